//! Writing typed properties with few words: every setter names the property and takes a Rust value.

use bytes::Bytes;

use crate::mapi::{Attachment, Item, Name, NamedId, Properties, Recipient, Type, Value};

/// Setters for everything that carries properties.
pub trait Typed: Properties {
    /// A string.
    fn text(&mut self, id: u16, value: &str) -> &mut Self {
        self.set(id, Type::UNICODE, Value::Unicode(value.to_owned()));
        self
    }

    /// A 32-bit integer.
    fn long(&mut self, id: u16, value: i32) -> &mut Self {
        self.set(id, Type::I32, Value::I32(value));
        self
    }

    /// A boolean.
    fn flag(&mut self, id: u16, value: bool) -> &mut Self {
        self.set(id, Type::BOOL, Value::Bool(value));
        self
    }

    /// A moment as FILETIME.
    fn time(&mut self, id: u16, value: u64) -> &mut Self {
        self.set(id, Type::TIME, Value::Time(value));
        self
    }

    /// Bytes.
    fn bytes(&mut self, id: u16, value: impl Into<Bytes>) -> &mut Self {
        self.set(id, Type::BINARY, Value::Binary(value.into()));
        self
    }

    /// A named property with a number.
    fn lid(&mut self, set: [u8; 16], lid: u32, kind: Type, value: Value) -> &mut Self {
        self.set_named(Name { set, id: NamedId::Lid(lid) }, kind, value);
        self
    }

    /// A named string.
    fn lid_text(&mut self, set: [u8; 16], lid: u32, value: &str) -> &mut Self {
        self.lid(set, lid, Type::UNICODE, Value::Unicode(value.to_owned()))
    }

    /// A named 32-bit integer.
    fn lid_long(&mut self, set: [u8; 16], lid: u32, value: i32) -> &mut Self {
        self.lid(set, lid, Type::I32, Value::I32(value))
    }

    /// A named boolean.
    fn lid_flag(&mut self, set: [u8; 16], lid: u32, value: bool) -> &mut Self {
        self.lid(set, lid, Type::BOOL, Value::Bool(value))
    }

    /// A named moment.
    fn lid_time(&mut self, set: [u8; 16], lid: u32, value: u64) -> &mut Self {
        self.lid(set, lid, Type::TIME, Value::Time(value))
    }

    /// Named bytes.
    fn lid_bytes(&mut self, set: [u8; 16], lid: u32, value: impl Into<Bytes>) -> &mut Self {
        self.lid(set, lid, Type::BINARY, Value::Binary(value.into()))
    }

    /// A property named by text in a set, such as an internet header or a custom field.
    fn custom_text(&mut self, set: [u8; 16], name: &str, value: &str) -> &mut Self {
        let name = Name { set, id: NamedId::Text(name.to_owned()) };
        self.set_named(name, Type::UNICODE, Value::Unicode(value.to_owned()));
        self
    }

    /// Several strings in a property named by text, such as the categories.
    fn custom_texts(&mut self, set: [u8; 16], name: &str, values: &[&str]) -> &mut Self {
        let name = Name { set, id: NamedId::Text(name.to_owned()) };
        let values = values.iter().map(|value| Value::Unicode((*value).to_owned())).collect();
        self.set_named(name, Type(Type::UNICODE.0 | Type::MULTI), Value::Multi(values));
        self
    }
}

impl Typed for Item {}
impl Typed for Recipient {}
impl Typed for Attachment {}
