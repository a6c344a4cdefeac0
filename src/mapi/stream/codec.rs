//! The bytes of one value (MS-OXCDATA 2.11.1, with the stream's two-byte booleans and code-page strings).

use bytes::Bytes;

use crate::mapi::tag::Type;
use crate::mapi::value::Value;

/// MS-OXCDATA's server id: in streams like binary.
const SERVER_ID: Type = Type(0x00FB);
/// Set in the types of code-page strings.
const CODE_PAGE: u16 = 0x8000;

/// How the values of a type stand in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// That many bytes, no length before them.
    Fixed(usize),
    /// A 32-bit length in bytes, then UTF-16LE.
    Utf16,
    /// A 32-bit length in bytes, then bytes.
    Bytes,
}

/// The type of each value, and whether there is a count of them first. Code-page types are never multi-valued: code
/// pages such as 20866 have that bit set themselves.
pub(super) fn single(kind: Type) -> (Type, bool) {
    let multi = kind.0 & CODE_PAGE == 0 && kind.0 & Type::MULTI != 0;
    if multi { (Type(kind.0 & !Type::MULTI), true) } else { (kind, false) }
}

/// The layout of a type's values; `None` if the type does not occur in streams.
pub(super) fn layout(kind: Type) -> Option<Layout> {
    let (single, multi) = single(kind);
    match single {
        Type::I16 | Type::BOOL => Some(Layout::Fixed(2)),
        Type::I32 | Type::F32 | Type::ERROR => Some(Layout::Fixed(4)),
        Type::F64 | Type::CURRENCY | Type::APP_TIME | Type::I64 | Type::TIME => Some(Layout::Fixed(8)),
        Type::GUID => Some(Layout::Fixed(16)),
        Type::UNICODE | Type::UNICODE_CODEPAGE => Some(Layout::Utf16),
        Type::STRING8 | Type::BINARY => Some(Layout::Bytes),
        Type::OBJECT | SERVER_ID if !multi => Some(Layout::Bytes),
        other if other.0 & CODE_PAGE != 0 => Some(Layout::Bytes),
        _ => None,
    }
}

/// The value whose bytes these are, all of them; `None` if their number is wrong for the type.
pub(super) fn parse(kind: Type, bytes: Vec<u8>) -> Option<Value> {
    let value = match kind {
        Type::I16 => Value::I16(i16::from_le_bytes(array(&bytes)?)),
        Type::I32 => Value::I32(i32::from_le_bytes(array(&bytes)?)),
        Type::F32 => Value::F32(f32::from_le_bytes(array(&bytes)?)),
        Type::F64 => Value::F64(f64::from_le_bytes(array(&bytes)?)),
        Type::CURRENCY => Value::Currency(i64::from_le_bytes(array(&bytes)?)),
        Type::APP_TIME => Value::AppTime(f64::from_le_bytes(array(&bytes)?)),
        Type::ERROR => Value::Error(u32::from_le_bytes(array(&bytes)?)),
        Type::I64 => Value::I64(i64::from_le_bytes(array(&bytes)?)),
        Type::TIME => Value::Time(u64::from_le_bytes(array(&bytes)?)),
        Type::GUID => Value::Guid(array(&bytes)?),
        Type::BOOL => match array::<2>(&bytes)? {
            [0, 0] => Value::Bool(false),
            [1, 0] => Value::Bool(true),
            _ => Value::Raw(bytes.into()),
        },
        Type::BINARY | SERVER_ID => Value::Binary(bytes.into()),
        Type::OBJECT => Value::Object(bytes.into()),
        Type::UNICODE | Type::UNICODE_CODEPAGE => match utf16(&bytes) {
            Some(text) => Value::Unicode(text),
            None => Value::Raw(bytes.into()),
        },
        _ => match bytes.split_last() {
            Some((0, text)) => Value::Bytes8(Bytes::copy_from_slice(text)),
            _ => Value::Raw(bytes.into()),
        },
    };
    Some(value)
}

fn array<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    bytes.try_into().ok()
}

/// The text of well-formed UTF-16LE that ends with NUL, without it.
fn utf16(bytes: &[u8]) -> Option<String> {
    let text = bytes.strip_suffix(&[0, 0]).filter(|text| text.len() % 2 == 0)?;
    let units: Vec<u16> = text.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    String::from_utf16(&units).ok()
}

/// Appends a value without its length; `None` if it is not of this (single-value) type.
pub(super) fn write(kind: Type, value: &Value, out: &mut Vec<u8>) -> Option<()> {
    match (kind, value) {
        (Type::I16, Value::I16(n)) => out.extend_from_slice(&n.to_le_bytes()),
        (Type::I32, Value::I32(n)) => out.extend_from_slice(&n.to_le_bytes()),
        (Type::F32, Value::F32(n)) => out.extend_from_slice(&n.to_le_bytes()),
        (Type::F64, Value::F64(n)) => out.extend_from_slice(&n.to_le_bytes()),
        (Type::CURRENCY, Value::Currency(n)) => out.extend_from_slice(&n.to_le_bytes()),
        (Type::APP_TIME, Value::AppTime(n)) => out.extend_from_slice(&n.to_le_bytes()),
        (Type::ERROR, Value::Error(n)) => out.extend_from_slice(&n.to_le_bytes()),
        (Type::I64, Value::I64(n)) => out.extend_from_slice(&n.to_le_bytes()),
        (Type::TIME, Value::Time(n)) => out.extend_from_slice(&n.to_le_bytes()),
        (Type::GUID, Value::Guid(guid)) => out.extend_from_slice(guid),
        (Type::BOOL, Value::Bool(flag)) => out.extend_from_slice(&[u8::from(*flag), 0]),
        (Type::BOOL, Value::Raw(bytes)) if bytes.len() == 2 => out.extend_from_slice(bytes),
        (Type::BINARY | SERVER_ID, Value::Binary(bytes)) => out.extend_from_slice(bytes),
        (Type::OBJECT, Value::Object(bytes)) => out.extend_from_slice(bytes),
        (Type::UNICODE | Type::UNICODE_CODEPAGE, Value::Unicode(text)) => {
            out.reserve(2 * text.len() + 2);
            text.encode_utf16().for_each(|unit| out.extend_from_slice(&unit.to_le_bytes()));
            out.extend_from_slice(&[0, 0]);
        }
        (Type::UNICODE | Type::UNICODE_CODEPAGE, Value::Raw(bytes)) => out.extend_from_slice(bytes),
        (text, Value::Bytes8(bytes)) if is_text8(text) => {
            out.extend_from_slice(bytes);
            out.push(0);
        }
        (text, Value::Raw(bytes)) if is_text8(text) => out.extend_from_slice(bytes),
        (kind, Value::Long(long)) if kind == long.kind() => {
            long.pieces().for_each(|piece| out.extend_from_slice(piece));
        }
        _ => return None,
    }
    Some(())
}

fn is_text8(kind: Type) -> bool {
    kind == Type::STRING8 || (kind.0 & CODE_PAGE != 0 && kind != Type::UNICODE_CODEPAGE)
}
