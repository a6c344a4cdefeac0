//! Makes items of a stream's events.

use super::codec::parse;
use super::error::DecodeError;
use super::marker::Marker;
use super::reader::Event;
use bytes::Bytes;

use crate::mapi::item::{Attachment, Item, Recipient};
use crate::mapi::long::Long;
use crate::mapi::order::Part;
use crate::mapi::tag::{Name, Tag};
use crate::mapi::value::{Property, Value};

/// Levels of items in attachments of items. Exchange refuses 10 already by default.
pub const MAX_NESTING: usize = 64;
/// Properties in one list: ids have 16 bits, so a list that does not repeat itself has no more.
pub const MAX_PROPERTIES: usize = 65_536;

/// A message of a message list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Listed {
    /// It is associated (hidden) content of its folder.
    pub associated: bool,
    /// The message.
    pub item: Item,
}

/// What is open.
#[derive(Debug)]
enum Frame {
    List(Vec<Listed>),
    Message(Listed),
    Item(Item),
    Recipient(Recipient),
    Attachment(Attachment),
}

/// A property whose values are under way.
#[derive(Debug)]
struct Pending {
    tag: Tag,
    name: Option<Name>,
    /// The number of values of a multi-valued one.
    count: Option<u32>,
    values: Vec<Value>,
    /// A long value that is under way.
    long: Option<Underway>,
}

/// A long value that has not come whole.
#[derive(Debug)]
enum Underway {
    /// Its length and the bytes so far.
    Copied(usize, Vec<u8>),
    /// It stays where it is; so many bytes are still to pass.
    Left(usize, Long),
}

/// Where the bytes after an event lie: in this container, at this place, in a slice with so many bytes left.
pub(super) struct Place<'a> {
    pub(super) container: &'a Bytes,
    pub(super) at: usize,
    pub(super) left: usize,
}

/// Collects events.
#[derive(Debug)]
pub(super) struct Builder {
    stack: Vec<Frame>,
    pending: Option<Pending>,
}

impl Builder {
    /// For one item.
    pub(super) fn item() -> Builder {
        Builder { stack: vec![Frame::Item(Item::default())], pending: None }
    }

    /// For a message list.
    pub(super) fn list() -> Builder {
        Builder { stack: vec![Frame::List(Vec::new())], pending: None }
    }

    /// The item, if everything that was opened has been closed. The stream ended at this offset.
    pub(super) fn into_item(mut self, end: u64) -> Result<Item, DecodeError> {
        match (self.stack.pop(), self.stack.is_empty()) {
            (Some(Frame::Item(item)), true) => Ok(settled(item)),
            _ => Err(DecodeError::UnexpectedEnd { at: end }),
        }
    }

    /// The messages, if everything that was opened has been closed. The stream ended at this offset.
    pub(super) fn into_list(mut self, end: u64) -> Result<Vec<Listed>, DecodeError> {
        match self.stack.pop() {
            Some(Frame::List(list)) => Ok(list),
            _ => Err(DecodeError::UnexpectedEnd { at: end }),
        }
    }

    /// [`Builder::take`], but a long value is not copied from its place.
    pub(super) fn take_in_place(&mut self, event: Event, at: u64, place: &Place<'_>) -> Result<(), DecodeError> {
        if let (Event::LongValue { length, .. }, Some(pending)) = (&event, &mut self.pending) {
            let (kind, length) = (super::codec::single(pending.tag.kind()).0, *length as usize);
            let long = Long::new(kind, place.container.clone(), place.at, place.left, length);
            pending.long = Some(Underway::Left(length, long));
            return Ok(());
        }
        self.take(event, at)
    }

    /// Takes the next event, which ended at this offset.
    pub(super) fn take(&mut self, event: Event, at: u64) -> Result<(), DecodeError> {
        match event {
            Event::Marker(Marker::ErrorInfo) => return Err(DecodeError::Incomplete { at }),
            Event::Marker(marker) => return self.marker(marker, at),
            Event::Property { tag, name, count } => {
                self.pending = Some(Pending { tag, name, count, values: Vec::new(), long: None });
            }
            Event::Value(value) => self.value(value),
            Event::LongValue { length, .. } => {
                if let Some(pending) = &mut self.pending {
                    pending.long = Some(Underway::Copied(length as usize, Vec::new()));
                }
            }
            Event::Piece(piece) => self.piece(&piece),
        }
        self.finish_property(at)
    }

    fn value(&mut self, value: Value) {
        if let Some(pending) = &mut self.pending {
            pending.values.push(value);
        }
    }

    fn piece(&mut self, piece: &[u8]) {
        let Some(pending) = &mut self.pending else { return };
        let value = match &mut pending.long {
            None => return,
            Some(Underway::Copied(length, bytes)) => {
                bytes.extend_from_slice(piece);
                let kind = super::codec::single(pending.tag.kind()).0;
                (bytes.len() == *length).then(|| parse(kind, std::mem::take(bytes)))
            }
            Some(Underway::Left(left, long)) => {
                *left -= piece.len();
                (*left == 0).then(|| Some(Value::Long(long.clone())))
            }
        };
        if let Some(value) = value {
            pending.values.extend(value);
            pending.long = None;
        }
    }

    /// Puts the property where it belongs once its values are all there.
    fn finish_property(&mut self, at: u64) -> Result<(), DecodeError> {
        let complete = |pending: &Pending| pending.values.len() == pending.count.unwrap_or(1) as usize;
        let Some(pending) = self.pending.take_if(|pending| complete(pending)) else { return Ok(()) };
        let Pending { tag, name, count, mut values, .. } = pending;
        let value = match count {
            Some(_) => Value::Multi(values),
            None => values.remove(0),
        };
        let list = match self.stack.last_mut() {
            Some(Frame::Item(item) | Frame::Message(Listed { item, .. })) => {
                item.order.note(Part::Property);
                &mut item.properties
            }
            Some(Frame::Attachment(attachment)) => {
                attachment.order.note(Part::Property);
                &mut attachment.properties
            }
            Some(Frame::Recipient(recipient)) => &mut recipient.properties,
            Some(Frame::List(_)) | None => return Err(DecodeError::StrayProperty { at }),
        };
        if list.len() == MAX_PROPERTIES {
            return Err(DecodeError::TooManyProperties { at });
        }
        list.push(Property { tag, name, value });
        Ok(())
    }

    fn marker(&mut self, marker: Marker, at: u64) -> Result<(), DecodeError> {
        let misplaced = DecodeError::MisplacedMarker { at, marker: marker.bits() };
        let top = self.stack.pop().ok_or(misplaced)?;
        match (marker, top) {
            (Marker::StartRecipient, item @ (Frame::Item(_) | Frame::Message(_))) => {
                self.open(item, Frame::Recipient(Recipient::default()));
            }
            (Marker::NewAttachment, item @ (Frame::Item(_) | Frame::Message(_))) => {
                self.open(item, Frame::Attachment(Attachment::default()));
            }
            (Marker::StartEmbedded, Frame::Attachment(attachment)) if attachment.embedded.is_none() => {
                let depth = self.stack.iter().filter(|frame| matches!(frame, Frame::Attachment(_))).count();
                if depth >= MAX_NESTING {
                    return Err(DecodeError::TooDeep { at });
                }
                self.open(Frame::Attachment(attachment), Frame::Item(Item::default()));
            }
            (Marker::StartMessage, list @ Frame::List(_)) => self.open(list, Frame::Message(Listed::default())),
            (Marker::StartAssociatedMessage, list @ Frame::List(_)) => {
                self.open(list, Frame::Message(Listed { associated: true, ..Listed::default() }));
            }
            (Marker::EndRecipient, closed @ Frame::Recipient(_))
            | (Marker::EndAttachment, closed @ Frame::Attachment(_))
            | (Marker::EndEmbedded, closed @ Frame::Item(_))
            | (Marker::EndMessage, closed @ Frame::Message(_)) => return self.close(closed).ok_or(misplaced),
            _ => return Err(misplaced),
        }
        Ok(())
    }

    fn open(&mut self, outer: Frame, inner: Frame) {
        self.stack.extend([outer, inner]);
    }

    /// Puts what has been closed into what it belongs to.
    fn close(&mut self, closed: Frame) -> Option<()> {
        match (self.stack.last_mut()?, closed) {
            (Frame::Item(item) | Frame::Message(Listed { item, .. }), Frame::Recipient(recipient)) => {
                item.order.note(Part::Recipient);
                item.recipients.push(recipient);
            }
            (Frame::Item(item) | Frame::Message(Listed { item, .. }), Frame::Attachment(mut attachment)) => {
                attachment.order = attachment.order.settled();
                item.order.note(Part::Attachment);
                item.attachments.push(attachment);
            }
            (Frame::Attachment(attachment), Frame::Item(item)) => {
                attachment.order.note(Part::Embedded);
                attachment.embedded = Some(Box::new(settled(item)));
            }
            (Frame::List(list), Frame::Message(Listed { associated, item })) => {
                list.push(Listed { associated, item: settled(item) });
            }
            _ => return None,
        }
        Some(())
    }
}

fn settled(mut item: Item) -> Item {
    item.order = item.order.settled();
    item
}
