//! What the store knows beside the MIME, and how it goes into the item.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;

use super::message::attached_flag;
use super::{extended, extended_property, property, subject};
use crate::exchange::request::Field;
use crate::exchange::xml::Element;
use crate::mapi::{Item, Name, NamedId, Properties, Type, Value, guid, lid, pid, time};

/// The message flag of a draft.
const UNSENT: i32 = 0x08;

/// What GetItem is asked for besides the MIME.
pub const FIELDS: &[Field] = &[
    Field::Tag(pid::MESSAGE_FLAGS, "Integer"),
    Field::Tag(pid::MESSAGE_DELIVERY_TIME, "SystemTime"),
    Field::Tag(pid::CLIENT_SUBMIT_TIME, "SystemTime"),
    Field::Tag(pid::CREATION_TIME, "SystemTime"),
    Field::Tag(pid::IMPORTANCE, "Integer"),
    Field::Tag(pid::SENSITIVITY, "Integer"),
    Field::Tag(pid::FLAG_STATUS, "Integer"),
    Field::Tag(pid::FLAG_COMPLETE_TIME, "SystemTime"),
    Field::Tag(pid::FOLLOWUP_ICON, "Integer"),
    Field::Tag(pid::ICON_INDEX, "Integer"),
    Field::Tag(pid::LAST_VERB_EXECUTED, "Integer"),
    Field::Tag(pid::LAST_VERB_EXECUTION_TIME, "SystemTime"),
    Field::Tag(pid::READ_RECEIPT_REQUESTED, "Boolean"),
    Field::Tag(pid::DELIVERY_REPORT_REQUESTED, "Boolean"),
    Field::Tag(pid::CONVERSATION_INDEX, "Binary"),
    Field::Tag(pid::CONVERSATION_TOPIC, "String"),
    Field::Tag(pid::SEARCH_KEY, "Binary"),
    Field::Tag(pid::INTERNET_MESSAGE_ID, "String"),
    Field::Tag(pid::TRANSPORT_MESSAGE_HEADERS, "String"),
    Field::Categories,
    Field::Common(lid::REMINDER_SET, "Boolean"),
    Field::Common(lid::REMINDER_TIME, "SystemTime"),
    Field::Common(lid::REMINDER_SIGNAL_TIME, "SystemTime"),
    Field::Common(lid::COMMON_START, "SystemTime"),
    Field::Common(lid::COMMON_END, "SystemTime"),
    Field::Common(lid::FLAG_REQUEST, "String"),
    Field::Common(lid::PRIVATE, "Boolean"),
];

/// Sets what the store knows. It wins over what the MIME says.
pub fn overlay(item: &mut Item, element: &Element) {
    if let Some(text) = element.child("Subject") {
        for id in [pid::SUBJECT, pid::SUBJECT_PREFIX, pid::NORMALIZED_SUBJECT, pid::CONVERSATION_TOPIC] {
            item.remove(id);
        }
        subject::set(item, &text.text);
    }
    for field in FIELDS {
        match *field {
            Field::Categories => categories(item, element),
            Field::Tag(id, kind) => {
                if let Some((kind, value)) = extended(element, *field).and_then(|text| value(kind, text)) {
                    item.set(id, kind, value);
                }
            }
            Field::Common(number, kind) => {
                if let Some((kind, value)) = extended(element, *field).and_then(|text| value(kind, text)) {
                    let name = Name { set: guid::PSETID_COMMON, id: NamedId::Lid(number) };
                    item.set_named(name, kind, value);
                }
            }
        }
    }
    let flags = item.value(pid::MESSAGE_FLAGS).and_then(Value::integer).and_then(|flags| i32::try_from(flags).ok());
    let flags = flags.unwrap_or_default();
    if flags & UNSENT != 0 && extended(element, Field::Tag(pid::CLIENT_SUBMIT_TIME, "SystemTime")).is_none() {
        // The server dates the MIME of a draft all the same.
        item.remove(pid::CLIENT_SUBMIT_TIME);
    }
    property::number(item, pid::MESSAGE_FLAGS, flags | attached_flag(item));
    delivered(item, element);
}

/// When it arrived: a received message sorts by it.
fn delivered(item: &mut Item, element: &Element) {
    let received = element.text_of("DateTimeReceived").and_then(|text| value("SystemTime", text));
    if item.value(pid::MESSAGE_DELIVERY_TIME).is_none()
        && let Some((kind, value)) = received
    {
        item.set(pid::MESSAGE_DELIVERY_TIME, kind, value);
    }
}

fn categories(item: &mut Item, element: &Element) {
    let values = extended_property(element, Field::Categories).and_then(|property| property.child("Values"));
    let Some(values) = values else { return };
    let names: Vec<Value> = values.all("Value").map(|value| Value::Unicode(value.text.clone())).collect();
    if !names.is_empty() {
        let name = Name { set: guid::PS_PUBLIC_STRINGS, id: NamedId::Text("Keywords".to_owned()) };
        item.set_named(name, Type(Type::UNICODE.0 | Type::MULTI), Value::Multi(names));
    }
}

/// The value of a property text by its EWS type; texts that do not fit the type are as good as none.
fn value(kind: &str, text: &str) -> Option<(Type, Value)> {
    Some(match kind {
        "Integer" => (Type::I32, Value::I32(text.parse().ok()?)),
        "Boolean" => (Type::BOOL, Value::Bool(matches!(text, "true" | "1"))),
        "Binary" => (Type::BINARY, Value::Binary(Bytes::from(BASE64.decode(text).ok()?))),
        "SystemTime" => {
            let at: jiff::Timestamp = text.parse().ok()?;
            let nanos = u32::try_from(at.subsec_nanosecond()).unwrap_or_default();
            (Type::TIME, Value::Time(time::filetime_from_unix(at.as_second(), nanos)))
        }
        _ => (Type::UNICODE_CODEPAGE, Value::Unicode(text.to_owned())),
    })
}
