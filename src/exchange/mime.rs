//! From MIME to a MAPI item, for servers that do not export streams: a received message stays a received message.
//!
//! What the store keeps beside the MIME (flags, dates, categories, the state of reading) is asked for as properties
//! and wins over what the MIME says.

use super::fault;
use super::request::Field;
use super::xml::Element;
use crate::engine::item::Summary;
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::mapi::Item;

mod attachments;
mod body;
mod message;
mod people;
mod property;
mod store;
mod subject;
#[cfg(test)]
mod tests;

#[cfg(any(test, fuzzing))]
pub use message::convert;
pub use store::FIELDS;

/// Message parts inside message parts that are still opened; deeper ones stay files.
const NESTING_LIMIT: usize = 10;
/// Enclosed messages in one message, at most: the parser's tree is taken down recursively.
const ENCLOSED_LIMIT: usize = 1_000;

/// Whether MIME carries this class of item whole. Meetings, contacts, tasks and notes it does not.
pub fn is_mail(class: &str) -> bool {
    let class = class.to_ascii_lowercase();
    let family = |name: &str| class == name || class.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    let report = class.starts_with("report.ipm.note.");
    family("ipm.note") || family("ipm.post") || report
}

/// The item of a GetItem answer that was asked for MIME and [`FIELDS`].
pub fn item(element: &Element, summary: &Summary) -> Result<Item, Problem> {
    let mime = element.child("MimeContent").ok_or_else(|| fault::malformed("an item without its MIME"))?;
    let bytes = mime.content().ok_or_else(|| fault::malformed("MIME cut off"))?;
    let mut item = message::convert(&bytes, &summary.class).ok_or_else(damaged)?;
    store::overlay(&mut item, element);
    Ok(item)
}

fn damaged() -> Problem {
    Problem::new(Kind::Item, Side::Source, Guidance::SourceItemDamaged).with("code", "MIME")
}

/// The value of an extended property that has one.
pub fn extended(item: &Element, field: Field) -> Option<&str> {
    extended_property(item, field)?.text_of("Value")
}

fn extended_property(item: &Element, field: Field) -> Option<&Element> {
    item.all("ExtendedProperty").find(|property| {
        property.child("ExtendedFieldURI").is_some_and(|uri| match field {
            Field::Tag(id, _) => uri.attribute("PropertyTag").and_then(number) == Some(u32::from(id)),
            Field::Categories => uri.attribute("PropertyName") == Some("Keywords"),
            Field::Common(lid, _) => uri.attribute("PropertyId").and_then(number) == Some(lid),
        })
    })
}

/// A property number as servers spell it: `0xe07` or decimal.
fn number(text: &str) -> Option<u32> {
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}
