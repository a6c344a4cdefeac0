//! The typed properties of items, as tables in the order that the schemas prescribe. One table serves reading, shapes,
//! searching, creating and updating.

pub(super) mod body;
pub(super) mod calendar;
pub(super) mod contact;
pub(super) mod dictionary;
pub(super) mod item;
pub(super) mod message;
pub(super) mod people;
pub(super) mod recurrence;
pub(super) mod task;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::element::Element;
use super::shape::{Base, Shape};
use super::trouble::Trouble;
use super::version::Schema;
use super::view::{Kind, Slot, View, date_time, parse_date_time};
use super::xml::Xml;
use crate::mapi::{Item, Type, Value};

/// A typed property.
pub(super) struct Field {
    /// Its `FieldURI`.
    pub(super) uri: &'static str,
    /// Its element.
    pub(super) element: &'static str,
    /// The smallest base shape that includes it; none where it must be asked for by name.
    pub(super) level: Option<Base>,
    /// The schema that brought it.
    pub(super) since: Schema,
    /// How it is read and written.
    pub(super) codec: Codec,
}

/// Writes a property of an item.
pub(super) type Read = fn(&View, &Shape, &mut Xml);
/// Sets a property from its element, or deletes it.
pub(super) type Write = fn(&mut Item, Option<&Element>) -> Result<(), Trouble>;

/// How a property's element and its value correspond.
pub(super) enum Codec {
    /// A string.
    Text(Slot),
    /// A boolean; absent counts as false.
    Bool(Slot),
    /// A bit of the message flags.
    Flag(i64),
    /// An integer.
    Int(Slot),
    /// A floating-point number, stored as its hundredth.
    Percent(Slot),
    /// A moment.
    Time(Slot),
    /// Bytes.
    Binary(Slot),
    /// Several strings.
    Texts(Slot),
    /// An integer under names; the first is what an absent one counts as.
    Choice(Slot, &'static [(i32, &'static str)]),
    /// Something made from several properties, not to be set.
    Made(Read),
    /// Something made from several properties.
    Both(Read, Write),
}

impl Field {
    /// A property of every shape, there since 2007.
    pub(super) const fn always(uri: &'static str, element: &'static str, codec: Codec) -> Field {
        Field { uri, element, level: Some(Base::IdOnly), since: Schema::E2007, codec }
    }

    /// A property of the base shape `AllProperties`, there since 2007.
    pub(super) const fn all(uri: &'static str, element: &'static str, codec: Codec) -> Field {
        Field { uri, element, level: Some(Base::All), since: Schema::E2007, codec }
    }

    /// A property of the base shape `Default`, there since 2007.
    pub(super) const fn default(uri: &'static str, element: &'static str, codec: Codec) -> Field {
        Field { uri, element, level: Some(Base::Default), since: Schema::E2007, codec }
    }

    /// A property that must be asked for by name.
    pub(super) const fn asked(uri: &'static str, element: &'static str, since: Schema, codec: Codec) -> Field {
        Field { uri, element, level: None, since, codec }
    }

    /// A property of the base shape `AllProperties`, there since a later schema.
    pub(super) const fn later(uri: &'static str, element: &'static str, since: Schema, codec: Codec) -> Field {
        Field { uri, element, level: Some(Base::All), since, codec }
    }

    /// Writes the property, if the item has it.
    pub(super) fn read(&self, view: &View, shape: &Shape, xml: &mut Xml) {
        match &self.codec {
            Codec::Made(read) | Codec::Both(read, _) => read(view, shape, xml),
            Codec::Texts(slot) => {
                let texts = slot.texts(view.item);
                if !texts.is_empty() {
                    xml.open(self.element);
                    for text in texts {
                        xml.leaf("t:String", &text);
                    }
                    xml.close();
                }
            }
            _ => {
                xml.maybe(self.element, self.plain(view).map(|plain| plain.wire()).as_deref());
            }
        }
    }

    /// The property as something to compare; none if it is absent or no single value.
    pub(super) fn plain(&self, view: &View) -> Option<Plain> {
        Some(match &self.codec {
            Codec::Text(slot) => Plain::Text(slot.text(view.item)?),
            Codec::Bool(slot) => Plain::Bool(slot.bool(view.item).unwrap_or(false)),
            Codec::Flag(bit) => Plain::Bool(view.flags() & bit != 0),
            Codec::Int(slot) => Plain::Int(slot.int(view.item)?),
            Codec::Percent(slot) => match slot.get(view.item)? {
                Value::F64(value) => Plain::Float(value * 100.0),
                _ => return None,
            },
            Codec::Time(slot) => Plain::Time(slot.time(view.item)?),
            Codec::Binary(slot) => Plain::Text(STANDARD.encode(slot.bytes(view.item)?)),
            Codec::Choice(slot, names) => {
                let value = slot.int(view.item);
                let named = names.iter().find(|(number, _)| Some(i64::from(*number)) == value).or(names.first());
                Plain::Text(named?.1.to_owned())
            }
            Codec::Texts(_) | Codec::Made(_) | Codec::Both(..) => return None,
        })
    }

    /// Sets the property from its element, or deletes it.
    pub(super) fn write(&self, item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
        let refused = || Trouble::new("ErrorInvalidPropertySet", format!("{} cannot be set.", self.uri));
        let (slot, kind) = match &self.codec {
            Codec::Made(_) => return Err(refused()),
            Codec::Both(_, write) => return write(item, element),
            Codec::Flag(bit) => return self.write_flag(item, *bit, element),
            Codec::Text(slot) => (slot, Type::UNICODE),
            Codec::Bool(slot) => (slot, Type::BOOL),
            Codec::Int(slot) | Codec::Choice(slot, _) => (slot, Type::I32),
            Codec::Percent(slot) => (slot, Type::F64),
            Codec::Time(slot) => (slot, Type::TIME),
            Codec::Binary(slot) => (slot, Type::BINARY),
            Codec::Texts(slot) => (slot, Type(Type::UNICODE.0 | Type::MULTI)),
        };
        let Some(element) = element else {
            slot.remove(item);
            return Ok(());
        };
        let value = self
            .parse(element)
            .ok_or_else(|| Trouble::schema(element, format!("The value of '{}' is invalid.", element.local())))?;
        slot.set(item, kind, value);
        Ok(())
    }

    fn write_flag(&self, item: &mut Item, bit: i64, element: Option<&Element>) -> Result<(), Trouble> {
        let slot = Slot::Id(0x0E07);
        let flags = slot.int(item).unwrap_or(0);
        let on = element.is_some_and(|element| truth(&element.text));
        let flags = if on { flags | bit } else { flags & !bit };
        slot.set(item, Type::I32, Value::I32(i32::try_from(flags).unwrap_or(0)));
        Ok(())
    }

    fn parse(&self, element: &Element) -> Option<Value> {
        let text = element.text.trim();
        Some(match &self.codec {
            Codec::Text(_) => Value::Unicode(element.text.clone()),
            Codec::Bool(_) => Value::Bool(truth(text)),
            Codec::Int(_) => Value::I32(text.parse().ok()?),
            Codec::Percent(_) => Value::F64(text.parse::<f64>().ok()? / 100.0),
            Codec::Time(_) => Value::Time(parse_date_time(text)?),
            Codec::Binary(_) => Value::Binary(STANDARD.decode(text).ok()?.into()),
            Codec::Texts(_) => {
                Value::Multi(element.children.iter().map(|child| Value::Unicode(child.text.clone())).collect())
            }
            Codec::Choice(_, names) => Value::I32(names.iter().find(|(_, name)| *name == text)?.0),
            Codec::Flag(_) | Codec::Made(_) | Codec::Both(..) => return None,
        })
    }
}

/// Whether a boolean's text is true.
pub(super) fn truth(text: &str) -> bool {
    matches!(text.trim(), "true" | "1")
}

/// A single value, to write or to compare.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
pub(super) enum Plain {
    Text(String),
    Bool(bool),
    Int(i64),
    Float(f64),
    Time(u64),
}

impl Plain {
    /// The wire form.
    pub(super) fn wire(&self) -> String {
        match self {
            Plain::Text(text) => text.clone(),
            Plain::Bool(value) => value.to_string(),
            Plain::Int(value) => value.to_string(),
            Plain::Float(value) => value.to_string(),
            Plain::Time(value) => date_time(*value).unwrap_or_default(),
        }
    }
}

/// The tables of a kind, after those of every item.
pub(super) fn of_kind(kind: Kind) -> Vec<&'static [Field]> {
    match kind {
        Kind::Message => vec![message::MESSAGE],
        Kind::MeetingRequest => vec![message::MESSAGE, calendar::MEETING, calendar::REQUEST, calendar::TIMES],
        Kind::MeetingResponse | Kind::MeetingCancellation => {
            vec![message::MESSAGE, calendar::MEETING, calendar::BRIEF]
        }
        Kind::CalendarItem => vec![calendar::IDENTITY, calendar::TIMES],
        Kind::Contact => vec![contact::CONTACT],
        Kind::DistributionList => vec![contact::LIST],
        Kind::Task => vec![task::TASK],
        Kind::Post => vec![message::POST],
        Kind::Other => vec![],
    }
}

/// Whether a field of `calendar::TIMES` has no place in a meeting request.
fn out_of_place(kind: Kind, field: &Field) -> bool {
    kind == Kind::MeetingRequest && field.uri == "calendar:IsResponseRequested"
}

/// The property with this `FieldURI`.
pub(super) fn find_field(uri: &str) -> Option<&'static Field> {
    let kinds = [
        Kind::Message,
        Kind::CalendarItem,
        Kind::MeetingRequest,
        Kind::Contact,
        Kind::DistributionList,
        Kind::Task,
        Kind::Post,
    ];
    let tables = kinds.iter().flat_map(|kind| of_kind(*kind));
    let mut all = [item::HEAD, item::TAIL].into_iter().chain(tables).flatten();
    all.find(|field| field.uri == uri)
}

/// The property of a kind with this element.
pub(super) fn by_element(kind: Kind, element: &str) -> Option<&'static Field> {
    let mut all = [item::HEAD, item::TAIL].into_iter().chain(of_kind(kind)).flatten();
    all.find(|field| field.element == element && !out_of_place(kind, field))
}

/// Writes an item in a shape.
pub(super) fn write_item(view: &View, shape: &Shape, xml: &mut Xml) {
    let kind = view.kind();
    xml.open(kind.element());
    for field in item::HEAD.iter().filter(|field| shape.wants(field, view.call)) {
        field.read(view, shape, xml);
    }
    for extended in shape.extended() {
        if let Some(value) = extended.value(view) {
            extended.write(&value, xml);
        }
    }
    let rest = item::TAIL.iter().chain(of_kind(kind).into_iter().flatten());
    for field in rest.filter(|field| shape.wants(field, view.call) && !out_of_place(kind, field)) {
        field.read(view, shape, xml);
    }
    xml.close();
}
