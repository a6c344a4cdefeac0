//! The fast transfer stream: MS-OXCFXICS 2.2.4 (grammar) and MS-OXCDATA 2.11 (types).
//!
//! Three layers: `codec` knows the bytes of one value, `reader` cuts a stream that comes in chunks into events,
//! `tree` makes items of events. `writer` goes back, `fresh` prepares items that no server wrote.

mod codec;
mod error;
mod fresh;
mod marker;
mod reader;
mod tree;
mod writer;

#[cfg(test)]
mod tests;

pub use error::{DecodeError, EncodeError};
pub use fresh::encode_fresh;
pub use marker::Marker;
pub use reader::{Event, MAX_NAME_BYTES, Reader, WHOLE_VALUE_BYTES};
pub use tree::{Listed, MAX_NESTING, MAX_PROPERTIES};

use bytes::Bytes;

use super::container;
use super::item::Item;
use super::tag::Type;
use super::value::Value;
use tree::{Builder, Place};
use writer::Writer;

/// Reads an item from a stream that comes in chunks of any size, and takes from memory in proportion to them, not to
/// what they promise.
#[derive(Debug)]
pub struct Decoder {
    reader: Reader,
    builder: Builder,
}

impl Decoder {
    /// A decoder of one item (a bare `messageContent`) whose length is not known.
    pub fn new() -> Decoder {
        Decoder { reader: Reader::new(), builder: Builder::item() }
    }

    /// Takes the next bytes. After an error nothing more can be done.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), DecodeError> {
        // The reader copies what it is given: not all of a large item at once.
        for chunk in chunk.chunks(CHUNK_BYTES) {
            self.reader.push(chunk);
            while let Some(event) = self.reader.next_event()? {
                self.builder.take(event, self.reader.offset())?;
            }
        }
        Ok(())
    }

    /// The item, now that all bytes have come.
    pub fn finish(self) -> Result<Item, DecodeError> {
        self.reader.finish()?;
        self.builder.into_item(self.reader.offset())
    }
}

impl Default for Decoder {
    fn default() -> Decoder {
        Decoder::new()
    }
}

/// Bytes that are handed to the reader at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// Reads a bare `messageContent`, to its last byte. [`encode`] gives the same bytes back.
///
/// Lenient about order, about strings without their NUL and about odd booleans; strict about lengths, types and
/// structure.
pub fn decode(stream: &[u8]) -> Result<Item, DecodeError> {
    let mut decoder = Decoder { reader: Reader::of_length(stream.len() as u64), builder: Builder::item() };
    decoder.push(stream)?;
    decoder.finish()
}

/// Reads the stream of this many bytes that lies in a well-formed container; long values stay there.
pub(super) fn decode_in_place(data: &Bytes, length: u64) -> Result<Item, DecodeError> {
    let mut decoder = Decoder { reader: Reader::of_length(length), builder: Builder::item() };
    let mut before = 0;
    for (at, slice) in container::slices(data) {
        for (number, chunk) in slice.chunks(CHUNK_BYTES).enumerate() {
            let Decoder { reader, builder } = &mut decoder;
            reader.push(chunk);
            while let Some(event) = reader.next_event()? {
                let inside = reader.offset().saturating_sub(before) as usize + number * CHUNK_BYTES;
                let left = slice.len().saturating_sub(inside);
                let place = Place { container: data, at: at + inside, left };
                builder.take_in_place(event, reader.offset(), &place)?;
            }
            before += chunk.len() as u64;
        }
    }
    decoder.finish()
}

/// The value whose bytes these are, as it stands in a stream.
pub(super) fn value_of(kind: Type, bytes: Vec<u8>) -> Option<Value> {
    codec::parse(kind, bytes)
}

/// Reads a message list (`StartMessage … EndMessage` for each message).
pub fn decode_list(stream: &[u8]) -> Result<Vec<Listed>, DecodeError> {
    let mut decoder = Decoder { reader: Reader::of_length(stream.len() as u64), builder: Builder::list() };
    decoder.push(stream)?;
    decoder.reader.finish()?;
    decoder.builder.into_list(stream.len() as u64)
}

/// Writes an item: order, types and ids as they are; named properties without a number get one by their name.
pub fn encode(item: &Item) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::numbering(std::slice::from_ref(item).iter());
    writer.item(item, 0)?;
    Ok(writer.into_bytes())
}

/// Writes a message list.
pub fn encode_list(list: &[Listed]) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::numbering(list.iter().map(|listed| &listed.item));
    for listed in list {
        let start = if listed.associated { Marker::StartAssociatedMessage } else { Marker::StartMessage };
        writer.marker(start);
        writer.item(&listed.item, 0)?;
        writer.marker(Marker::EndMessage);
    }
    Ok(writer.into_bytes())
}
