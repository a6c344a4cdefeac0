//! An item as a tree: properties, recipients, attachments, embedded items; and how to look things up in it.

use super::order::Order;
use super::tag::{Name, NamedId, Tag, Type};
use super::value::{Property, Value};

/// A message, event, contact, task, note or any other item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Item {
    /// The item's own properties, in stream order.
    pub properties: Vec<Property>,
    /// Recipients, in stream order.
    pub recipients: Vec<Recipient>,
    /// Attachments, in stream order.
    pub attachments: Vec<Attachment>,
    /// How the three were interleaved, where that was not the grammar's order; leave it at its default.
    pub order: Order,
}

/// A recipient's properties.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Recipient {
    /// The properties, in stream order.
    pub properties: Vec<Property>,
}

/// An attachment's properties and, for method 5, the item inside it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attachment {
    /// The properties, in stream order.
    pub properties: Vec<Property>,
    /// The embedded item.
    pub embedded: Option<Box<Item>>,
    /// Where among the properties the embedded item stood, if not after them; leave it at its default.
    pub order: Order,
}

/// Anything that carries a list of properties.
pub trait Properties {
    /// The properties, in stream order.
    fn list(&self) -> &Vec<Property>;
    /// The properties, to change.
    fn list_mut(&mut self) -> &mut Vec<Property>;

    /// The value of an unnamed property, whatever its type.
    fn value(&self, id: u16) -> Option<&Value> {
        let mut found = self.list().iter();
        found.find(|p| p.name.is_none() && p.tag.id() == id).map(|p| &p.value)
    }

    /// The value of a named property.
    fn named(&self, set: &[u8; 16], id: &NamedId) -> Option<&Value> {
        let matches = |name: &Name| name.set == *set && name.id == *id;
        let mut found = self.list().iter();
        found.find(|p| p.name.as_ref().is_some_and(matches)).map(|p| &p.value)
    }

    /// Sets an unnamed property, replacing one of the same id.
    fn set(&mut self, id: u16, kind: Type, value: Value) {
        self.remove(id);
        self.list_mut().push(Property { tag: Tag::new(id, kind), name: None, value });
    }

    /// Sets a named property, replacing one of the same name. The encoder gives it its number.
    fn set_named(&mut self, name: Name, kind: Type, value: Value) {
        self.list_mut().retain(|p| p.name.as_ref() != Some(&name));
        self.list_mut().push(Property { tag: Tag::new(Tag::UNNUMBERED, kind), name: Some(name), value });
    }

    /// Removes an unnamed property.
    fn remove(&mut self, id: u16) {
        self.list_mut().retain(|p| p.name.is_some() || p.tag.id() != id);
    }
}

impl Properties for Item {
    fn list(&self) -> &Vec<Property> {
        &self.properties
    }
    fn list_mut(&mut self) -> &mut Vec<Property> {
        &mut self.properties
    }
}

impl Properties for Recipient {
    fn list(&self) -> &Vec<Property> {
        &self.properties
    }
    fn list_mut(&mut self) -> &mut Vec<Property> {
        &mut self.properties
    }
}

impl Properties for Attachment {
    fn list(&self) -> &Vec<Property> {
        &self.properties
    }
    fn list_mut(&mut self) -> &mut Vec<Property> {
        &mut self.properties
    }
}
