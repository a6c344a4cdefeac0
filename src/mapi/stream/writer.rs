//! Writes items as a stream.

use std::collections::{HashMap, HashSet};

use super::codec::{Layout, layout, single, write};
use super::error::EncodeError;
use super::marker::Marker;
use super::reader::MAX_NAME_BYTES;
use super::tree::{MAX_NESTING, MAX_PROPERTIES};
use crate::mapi::item::{Attachment, Item, Recipient};
use crate::mapi::order::Part;
use crate::mapi::tag::{Name, NamedId, Tag};
use crate::mapi::value::{Property, Value};

/// The numbers of named properties: those that items bring along stay, the others get the next free one.
#[derive(Debug, Default)]
struct Numbers {
    by_name: HashMap<Name, u16>,
    used: HashSet<u16>,
    next: u16,
}

impl Numbers {
    fn learn(&mut self, item: &Item) {
        let parts = item.recipients.iter().map(|r| &r.properties);
        let parts = parts.chain(item.attachments.iter().map(|a| &a.properties)).chain([&item.properties]);
        for property in parts.flatten() {
            if let (Some(name), true) = (&property.name, property.tag.id() != Tag::UNNUMBERED) {
                self.by_name.entry(name.clone()).or_insert(property.tag.id());
                self.used.insert(property.tag.id());
            }
        }
        for embedded in item.attachments.iter().filter_map(|attachment| attachment.embedded.as_deref()) {
            self.learn(embedded);
        }
    }

    /// The number of a name; `None` if there is none left.
    fn of(&mut self, name: &Name) -> Option<u16> {
        if let Some(id) = self.by_name.get(name) {
            return Some(*id);
        }
        while self.used.contains(&self.next) {
            self.next += 1;
        }
        let id = Some(self.next).filter(|id| *id != Tag::UNNUMBERED)?;
        self.used.insert(id);
        self.by_name.insert(name.clone(), id);
        Some(id)
    }
}

/// Collects the bytes.
pub(super) struct Writer {
    out: Vec<u8>,
    numbers: Numbers,
}

impl Writer {
    /// A writer that knows the numbers which these items bring along.
    pub(super) fn numbering<'a>(items: impl Iterator<Item = &'a Item>) -> Writer {
        let mut numbers = Numbers { next: Tag::FIRST_NAMED, ..Numbers::default() };
        items.for_each(|item| numbers.learn(item));
        Writer { out: Vec::new(), numbers }
    }

    /// What has been written.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Writes a marker.
    pub(super) fn marker(&mut self, marker: Marker) {
        self.out.extend_from_slice(&marker.bits().to_le_bytes());
    }

    /// Writes a `messageContent`.
    pub(super) fn item(&mut self, item: &Item, depth: usize) -> Result<(), EncodeError> {
        if depth > MAX_NESTING {
            return Err(EncodeError::TooDeep);
        }
        check_number(&item.properties)?;
        let counts = [
            (Part::Property, item.properties.len()),
            (Part::Recipient, item.recipients.len()),
            (Part::Attachment, item.attachments.len()),
        ];
        let mut properties = item.properties.iter();
        let mut recipients = item.recipients.iter();
        let mut attachments = item.attachments.iter();
        for (part, count) in item.order.sequence(counts) {
            match part {
                Part::Property => properties.by_ref().take(count).try_for_each(|p| self.property(p))?,
                Part::Recipient => recipients.by_ref().take(count).try_for_each(|r| self.recipient(r))?,
                _ => attachments.by_ref().take(count).try_for_each(|a| self.attachment(a, depth))?,
            }
        }
        Ok(())
    }

    fn recipient(&mut self, recipient: &Recipient) -> Result<(), EncodeError> {
        check_number(&recipient.properties)?;
        self.marker(Marker::StartRecipient);
        recipient.properties.iter().try_for_each(|property| self.property(property))?;
        self.marker(Marker::EndRecipient);
        Ok(())
    }

    fn attachment(&mut self, attachment: &Attachment, depth: usize) -> Result<(), EncodeError> {
        check_number(&attachment.properties)?;
        self.marker(Marker::NewAttachment);
        let embedded = usize::from(attachment.embedded.is_some());
        let counts =
            [(Part::Property, attachment.properties.len()), (Part::Embedded, embedded), (Part::Recipient, 0)];
        let mut properties = attachment.properties.iter();
        for (part, count) in attachment.order.sequence(counts) {
            match (part, &attachment.embedded) {
                (Part::Property, _) => properties.by_ref().take(count).try_for_each(|p| self.property(p))?,
                (Part::Embedded, Some(item)) if count > 0 => {
                    self.marker(Marker::StartEmbedded);
                    self.item(item, depth + 1)?;
                    self.marker(Marker::EndEmbedded);
                }
                _ => {}
            }
        }
        self.marker(Marker::EndAttachment);
        Ok(())
    }

    fn property(&mut self, property: &Property) -> Result<(), EncodeError> {
        let tag = self.number(property)?;
        if Marker::from_bits(tag.0).is_some() {
            return Err(EncodeError::Marker { tag: tag.0 });
        }
        self.out.extend_from_slice(&tag.0.to_le_bytes());
        if let Some(name) = &property.name {
            self.name(name, tag)?;
        }
        match (&property.value, single(tag.kind()).1) {
            (Value::Multi(values), true) => {
                let count = u32::try_from(values.len()).map_err(|_| EncodeError::TooLong { tag: tag.0 })?;
                self.out.extend(count.to_le_bytes());
                values.iter().try_for_each(|value| self.value(tag, value))
            }
            (value, false) => self.value(tag, value),
            _ => Err(EncodeError::ValueType { tag: tag.0 }),
        }
    }

    /// The tag to write: a named property without a number gets its own.
    fn number(&mut self, property: &Property) -> Result<Tag, EncodeError> {
        let (tag, named) = (property.tag, property.tag.id() >= Tag::FIRST_NAMED);
        match &property.name {
            Some(name) if tag.id() == Tag::UNNUMBERED => {
                let id = self.numbers.of(name).ok_or(EncodeError::TooManyProperties)?;
                Ok(Tag::new(id, tag.kind()))
            }
            name if name.is_some() == named => Ok(tag),
            _ => Err(EncodeError::Name { tag: tag.0 }),
        }
    }

    fn name(&mut self, name: &Name, tag: Tag) -> Result<(), EncodeError> {
        self.out.extend(name.set);
        match &name.id {
            NamedId::Lid(lid) => {
                self.out.push(0);
                self.out.extend(lid.to_le_bytes());
            }
            NamedId::Text(text) => {
                let units: Vec<u16> = text.encode_utf16().chain([0]).collect();
                if text.contains('\0') || 2 * units.len() > MAX_NAME_BYTES {
                    return Err(EncodeError::Name { tag: tag.0 });
                }
                self.out.push(1);
                self.out.extend(units.into_iter().flat_map(u16::to_le_bytes));
            }
        }
        Ok(())
    }

    /// Writes one value, with its length if its type has one.
    fn value(&mut self, tag: Tag, value: &Value) -> Result<(), EncodeError> {
        let wrong = EncodeError::ValueType { tag: tag.0 };
        let kind = single(tag.kind()).0;
        if let Layout::Fixed(_) = layout(tag.kind()).ok_or(wrong)? {
            return write(kind, value, &mut self.out).ok_or(wrong);
        }
        let at = self.out.len();
        self.out.extend_from_slice(&[0; 4]);
        write(kind, value, &mut self.out).ok_or(wrong)?;
        let length = u32::try_from(self.out.len() - at - 4).map_err(|_| EncodeError::TooLong { tag: tag.0 })?;
        self.out[at..at + 4].copy_from_slice(&length.to_le_bytes());
        Ok(())
    }
}

fn check_number(properties: &[Property]) -> Result<(), EncodeError> {
    if properties.len() > MAX_PROPERTIES { Err(EncodeError::TooManyProperties) } else { Ok(()) }
}
