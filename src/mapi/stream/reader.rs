//! Cuts a stream into events. It is fed chunks of any size (one may end inside a tag, a length or a value) and keeps
//! no more of them than one name or one short value needs, whatever the lengths in the stream say.

use bytes::Bytes;

use super::codec::{Layout, layout, parse, single};
use super::error::DecodeError;
use super::marker::Marker;
use crate::mapi::tag::{Name, NamedId, Tag, Type};
use crate::mapi::value::Value;

/// Longest text of a property name, in bytes of UTF-16 with its NUL. The property operations allow 254; this is
/// generous.
pub const MAX_NAME_BYTES: usize = 2048;
/// Values up to this many bytes come whole, longer ones in pieces.
pub const WHOLE_VALUE_BYTES: usize = 4096;

/// An event. A property is followed by its one value, or, if multi-valued, by as many as it says; a value is either
/// one `Value` or a `LongValue` and pieces that have its length together.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A marker.
    Marker(Marker),
    /// A property begins.
    Property {
        /// Id and type.
        tag: Tag,
        /// The name of a named one.
        name: Option<Name>,
        /// The number of values of a multi-valued one.
        count: Option<u32>,
    },
    /// A whole value.
    Value(Value),
    /// A value of this many bytes begins.
    LongValue {
        /// Bytes to come.
        length: u32,
        /// Two if it is UTF-16, else one: pieces of a stream should be cut at multiples of it.
        unit: usize,
    },
    /// The next bytes of the long value.
    Piece(Bytes),
}

/// The reader.
#[derive(Debug, Default)]
pub struct Reader {
    buffer: Vec<u8>,
    /// What of the buffer has been read.
    read: usize,
    /// Bytes of the stream before the buffer.
    before: u64,
    /// The stream's length, if it is known.
    length: Option<u64>,
    /// Type of the values under way, and how many of them are still to come.
    kind: Option<Type>,
    values: u32,
    /// Bytes of the long value still to come.
    long: u32,
}

impl Reader {
    /// A reader of a stream whose length is not known.
    pub fn new() -> Reader {
        Reader::default()
    }

    /// A reader of a stream of this many bytes: a length that goes beyond its end is noticed at once.
    pub fn of_length(bytes: u64) -> Reader {
        Reader { length: Some(bytes), ..Reader::default() }
    }

    /// Takes the next bytes. Call [`Reader::next_event`] until it returns `None` before pushing more.
    pub fn push(&mut self, chunk: &[u8]) {
        self.buffer.drain(..self.read);
        self.before += self.read as u64;
        self.read = 0;
        self.buffer.extend_from_slice(chunk);
    }

    /// Bytes of the stream that the events so far have covered.
    pub fn offset(&self) -> u64 {
        self.before + self.read as u64
    }

    /// Whether the next event begins an element: the only other place to cut a stream is inside a long value.
    pub fn between_elements(&self) -> bool {
        self.kind.is_none()
    }

    /// Bytes that wait for the rest of a tag, name, length or short value.
    pub fn waiting(&self) -> usize {
        self.rest().len()
    }

    /// Whether a long value is under way.
    pub fn inside_long_value(&self) -> bool {
        self.long > 0
    }

    /// The next event; `None` if it needs more bytes.
    pub fn next_event(&mut self) -> Result<Option<Event>, DecodeError> {
        if self.long > 0 {
            return Ok(self.piece());
        }
        match self.kind {
            Some(kind) => self.value(kind),
            None => self.element(),
        }
    }

    /// Says that no more bytes come. An error if they end inside an element.
    pub fn finish(&self) -> Result<(), DecodeError> {
        if self.kind.is_none() && self.read == self.buffer.len() {
            return Ok(());
        }
        Err(DecodeError::UnexpectedEnd { at: self.before + self.buffer.len() as u64 })
    }

    fn rest(&self) -> &[u8] {
        &self.buffer[self.read..]
    }

    /// An error if the stream is known to have fewer bytes left, counted from `skip` bytes ahead.
    fn require(&self, skip: usize, bytes: u64) -> Result<(), DecodeError> {
        let end = self.offset() + skip as u64;
        match self.length {
            Some(length) if bytes > length.saturating_sub(end) => {
                Err(DecodeError::LengthBeyondEnd { at: self.offset() })
            }
            _ => Ok(()),
        }
    }

    fn element(&mut self) -> Result<Option<Event>, DecodeError> {
        let at = self.offset();
        let mut cursor = Cursor { bytes: self.rest(), at: 0 };
        let Some(bits) = cursor.u32() else { return Ok(None) };
        if let Some(marker) = Marker::from_bits(bits) {
            self.read += cursor.at;
            return Ok(Some(Event::Marker(marker)));
        }
        let tag = Tag(bits);
        let layout = layout(tag.kind()).ok_or(DecodeError::UnknownType { at, tag: bits })?;
        let name = match tag.id() {
            Tag::UNNUMBERED => return Err(DecodeError::MalformedName { at }),
            Tag::FIRST_NAMED.. => match cursor.name().map_err(|Malformed| DecodeError::MalformedName { at })? {
                Some(name) => Some(name),
                None => return Ok(None),
            },
            _ => None,
        };
        let (kind, multi) = single(tag.kind());
        let count = if multi { cursor.u32() } else { None };
        if multi && count.is_none() {
            return Ok(None);
        }
        let used = cursor.at;
        self.require(used, u64::from(count.unwrap_or(1)) * minimum(layout))?;
        self.read += used;
        self.values = count.unwrap_or(1);
        self.kind = Some(kind).filter(|_| self.values > 0);
        Ok(Some(Event::Property { tag, name, count }))
    }

    fn value(&mut self, kind: Type) -> Result<Option<Event>, DecodeError> {
        let at = self.offset();
        let unknown = DecodeError::UnknownType { at, tag: kind.0.into() };
        let layout = layout(kind).ok_or(unknown)?;
        let mut cursor = Cursor { bytes: self.rest(), at: 0 };
        let size = match layout {
            Layout::Fixed(size) => size,
            Layout::Utf16 | Layout::Bytes => {
                let Some(length) = cursor.u32() else { return Ok(None) };
                self.require(cursor.at, length.into())?;
                if length as usize > WHOLE_VALUE_BYTES {
                    self.read += cursor.at;
                    self.long = length;
                    let unit = if layout == Layout::Utf16 { 2 } else { 1 };
                    return Ok(Some(Event::LongValue { length, unit }));
                }
                length as usize
            }
        };
        let Some(bytes) = cursor.take(size) else { return Ok(None) };
        let value = parse(kind, bytes.to_vec()).ok_or(unknown)?;
        self.read += cursor.at;
        self.value_done();
        Ok(Some(Event::Value(value)))
    }

    fn piece(&mut self) -> Option<Event> {
        let available = self.rest().len().min(self.long as usize);
        let piece = Bytes::copy_from_slice(self.rest().get(..available).filter(|piece| !piece.is_empty())?);
        self.read += available;
        self.long -= available as u32;
        if self.long == 0 {
            self.value_done();
        }
        Some(Event::Piece(piece))
    }

    fn value_done(&mut self) {
        self.values -= 1;
        self.kind = self.kind.filter(|_| self.values > 0);
    }
}

/// The fewest bytes that a value takes.
fn minimum(layout: Layout) -> u64 {
    match layout {
        Layout::Fixed(size) => size as u64,
        Layout::Utf16 | Layout::Bytes => 4,
    }
}

/// Reads ahead in bytes that may not all be there yet.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// A property name that cannot be.
struct Malformed;

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    /// A property name; `None` if it is not all there.
    fn name(&mut self) -> Result<Option<Name>, Malformed> {
        let Some(set) = self.array() else { return Ok(None) };
        let id = match self.array() {
            Some([0]) => self.u32().map(NamedId::Lid),
            Some([1]) => self.text()?.map(NamedId::Text),
            Some(_) => return Err(Malformed),
            None => None,
        };
        Ok(id.map(|id| Name { set, id }))
    }

    /// UTF-16LE up to its NUL; `None` if that has not come yet.
    fn text(&mut self) -> Result<Option<String>, Malformed> {
        let window = &self.bytes[self.at..self.bytes.len().min(self.at + MAX_NAME_BYTES)];
        let units = || window.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
        let Some(end) = units().position(|unit| unit == 0) else {
            return if window.len() == MAX_NAME_BYTES { Err(Malformed) } else { Ok(None) };
        };
        self.at += 2 * (end + 1);
        char::decode_utf16(units().take(end)).collect::<Result<String, _>>().map(Some).map_err(|_| Malformed)
    }
}
