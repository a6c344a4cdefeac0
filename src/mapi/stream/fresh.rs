//! Prepares items that no server wrote, so that a strict importer takes them: class first, rows and attachments
//! numbered, strings under the code-page spelling of UTF-16, nothing multi-valued at the very end.

use super::encode;
use super::error::EncodeError;
use crate::mapi::item::{Attachment, Item, Properties};
use crate::mapi::order::Order;
use crate::mapi::pid;
use crate::mapi::tag::{Tag, Type};
use crate::mapi::value::{Property, Value};

/// Writes an item that was put together from elsewhere. Its 8-bit strings stay as they are: their bytes may be in any
/// code page.
pub fn encode_fresh(item: &Item) -> Result<Vec<u8>, EncodeError> {
    let mut item = item.clone();
    prepare(&mut item);
    if item.recipients.is_empty() && item.attachments.is_empty() && ends_multi_valued(&item.properties) {
        // One importer waits for more after a multi-valued property at the end, and loses it.
        let (tag, value) = (Tag::new(pid::EC_WARNING, Type::I32), Value::I32(0));
        item.properties.push(Property { tag, name: None, value });
    }
    encode(&item)
}

fn prepare(item: &mut Item) {
    item.order = Order::default();
    restring(&mut item.properties);
    // Stable: the class comes to the front, multi-valued ones go to the end of neither list nor stream.
    item.properties.sort_by_key(|property| {
        (property.tag.id() != pid::MESSAGE_CLASS, !matches!(property.value, Value::Multi(_)))
    });
    item.recipients
        .sort_by_key(|recipient| recipient.value(pid::ROW_ID).and_then(Value::integer).unwrap_or(i64::MAX));
    for (row, recipient) in (0..).zip(&mut item.recipients) {
        restring(&mut recipient.properties);
        recipient.remove(pid::ROW_ID);
        recipient.properties.insert(0, number(pid::ROW_ID, row));
    }
    for (row, attachment) in (0..).zip(&mut item.attachments) {
        prepare_attachment(attachment, row);
    }
}

fn prepare_attachment(attachment: &mut Attachment, row: i32) {
    attachment.order = Order::default();
    restring(&mut attachment.properties);
    attachment.remove(pid::ATTACH_NUMBER);
    attachment.properties.insert(0, number(pid::ATTACH_NUMBER, row));
    if let Some(embedded) = &mut attachment.embedded {
        prepare(embedded);
    }
}

fn number(id: u16, number: i32) -> Property {
    Property { tag: Tag::new(id, Type::I32), name: None, value: Value::I32(number) }
}

/// Spells UTF-16 strings as servers do, and takes numbers away that another store gave.
fn restring(properties: &mut [Property]) {
    for property in properties {
        let id = if property.name.is_some() { Tag::UNNUMBERED } else { property.tag.id() };
        let kind = match (&property.value, property.tag.kind()) {
            (Value::Unicode(_), Type::UNICODE) => Type::UNICODE_CODEPAGE,
            (_, kind) => kind,
        };
        property.tag = Tag::new(id, kind);
    }
}

fn ends_multi_valued(properties: &[Property]) -> bool {
    properties.last().is_some_and(|property| matches!(property.value, Value::Multi(_)))
}
