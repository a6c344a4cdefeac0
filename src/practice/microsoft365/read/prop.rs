//! Looking single properties up in an item.

use bytes::Bytes;

use super::super::clock::Moment;
use crate::mapi::guid::{PS_PUBLIC_STRINGS, PSETID_ADDRESS, PSETID_APPOINTMENT, PSETID_COMMON};
use crate::mapi::{NamedId, Properties, Tag, Type, Value};

/// Text of a value; 8-bit text is read in its code page.
pub(in super::super) fn text_of(value: &Value, tag: Tag) -> Option<String> {
    match value {
        Value::Unicode(text) => Some(text.clone()),
        Value::Bytes8(bytes) => Some(decode(bytes, tag.kind().code_page())),
        Value::Raw(bytes) if matches!(tag.kind(), Type::UNICODE | Type::UNICODE_CODEPAGE) => {
            let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
            Some(String::from_utf16_lossy(&units).trim_end_matches('\0').to_owned())
        }
        Value::Raw(bytes) => Some(decode(bytes, tag.kind().code_page())),
        _ => None,
    }
}

fn decode(bytes: &Bytes, code_page: Option<u16>) -> String {
    if code_page.is_none()
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return text.to_owned();
    }
    let page = u32::from(code_page.unwrap_or(1252));
    charset(bytes, page)
}

/// Text of bytes in a Windows code page.
pub(in super::super) fn charset(bytes: &[u8], code_page: u32) -> String {
    let name = match code_page {
        20127 | 65001 => "utf-8".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        28591..=28606 => format!("iso-8859-{}", code_page - 28590),
        20866 => "koi8-r".to_owned(),
        page => format!("windows-{page}"),
    };
    match mail_parser::decoders::charsets::map::charset_decoder(name.as_bytes()) {
        Some(decoder) => decoder(bytes),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// A property's text.
pub(in super::super) fn text(from: &impl Properties, id: u16) -> Option<String> {
    let property = from.list().iter().find(|p| p.name.is_none() && p.tag.id() == id)?;
    text_of(&property.value, property.tag)
}

/// A property's integer, whatever its width.
pub(in super::super) fn integer(from: &impl Properties, id: u16) -> Option<i64> {
    number(from.value(id)?)
}

/// A property's boolean.
pub(in super::super) fn boolean(from: &impl Properties, id: u16) -> Option<bool> {
    from.value(id).and_then(truth)
}

/// A property's time.
pub(in super::super) fn time(from: &impl Properties, id: u16) -> Option<Moment> {
    from.value(id).and_then(moment)
}

/// A property's bytes.
pub(in super::super) fn binary(from: &impl Properties, id: u16) -> Option<Bytes> {
    match from.value(id)? {
        Value::Binary(bytes) | Value::Object(bytes) | Value::Bytes8(bytes) => Some(bytes.clone()),
        _ => None,
    }
}

/// An integer value, whatever its width.
pub(in super::super) fn number(value: &Value) -> Option<i64> {
    match value {
        Value::I16(number) => Some(i64::from(*number)),
        Value::I32(number) => Some(i64::from(*number)),
        Value::I64(number) => Some(*number),
        _ => None,
    }
}

/// A boolean value.
pub(in super::super) fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        _ => None,
    }
}

/// A time value.
pub(in super::super) fn moment(value: &Value) -> Option<Moment> {
    match value {
        Value::Time(filetime) => Some(Moment::from_filetime(*filetime)),
        _ => None,
    }
}

/// A property of PSETID_Appointment.
pub(in super::super) fn appointment(from: &impl Properties, lid: u32) -> Option<&Value> {
    from.named(&PSETID_APPOINTMENT, &NamedId::Lid(lid))
}

/// A property of PSETID_Common.
pub(in super::super) fn common(from: &impl Properties, lid: u32) -> Option<&Value> {
    from.named(&PSETID_COMMON, &NamedId::Lid(lid))
}

/// Text of a property of PSETID_Address.
pub(in super::super) fn address(from: &impl Properties, lid: u32) -> Option<String> {
    named_text(from, &PSETID_ADDRESS, lid)
}

/// Text of a named property.
pub(in super::super) fn named_text(from: &impl Properties, set: &[u8; 16], lid: u32) -> Option<String> {
    let id = NamedId::Lid(lid);
    let property = from.list().iter().find(|p| p.name.as_ref().is_some_and(|n| n.set == *set && n.id == id))?;
    text_of(&property.value, property.tag)
}

/// Categories.
pub(in super::super) fn categories(from: &impl Properties) -> Vec<String> {
    match from.named(&PS_PUBLIC_STRINGS, &NamedId::Text("Keywords".to_owned())) {
        Some(Value::Multi(values)) => values.iter().filter_map(|value| text_of(value, Tag(0x84E4))).collect(),
        _ => Vec::new(),
    }
}

/// Several strings of a multi-valued property.
pub(in super::super) fn texts(from: &impl Properties, id: u16) -> Vec<String> {
    match from.value(id) {
        Some(Value::Multi(values)) => values.iter().filter_map(|value| text_of(value, Tag(0x84E4))).collect(),
        _ => Vec::new(),
    }
}
