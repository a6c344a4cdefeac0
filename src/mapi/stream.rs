//! The fast transfer stream: MS-OXCFXICS 2.2.4 (grammar) and MS-OXCDATA 2.11 (types).
//!
//! Three layers: [`codec`] knows the bytes of one value, [`reader`] cuts a stream that comes in chunks into events,
//! [`tree`] makes items of events. [`writer`] goes back, [`fresh`] prepares items that no server wrote.

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

use super::item::Item;
use tree::Builder;
use writer::Writer;

/// Bytes that are handed to the reader at once.
const CHUNK_BYTES: usize = 64 * 1024;

/// Reads a bare `messageContent`, to its last byte. [`encode`] gives the same bytes back.
///
/// Lenient about order, about strings without their NUL and about odd booleans; strict about lengths, types and
/// structure.
pub fn decode(stream: &[u8]) -> Result<Item, DecodeError> {
    build(stream, Builder::item())?.into_item(stream.len() as u64)
}

/// Reads a message list (`StartMessage … EndMessage` for each message).
pub fn decode_list(stream: &[u8]) -> Result<Vec<Listed>, DecodeError> {
    build(stream, Builder::list())?.into_list(stream.len() as u64)
}

fn build(stream: &[u8], mut builder: Builder) -> Result<Builder, DecodeError> {
    let mut reader = Reader::of_length(stream.len() as u64);
    for chunk in stream.chunks(CHUNK_BYTES) {
        reader.push(chunk);
        while let Some(event) = reader.next_event()? {
            builder.take(event, reader.offset())?;
        }
    }
    reader.finish()?;
    Ok(builder)
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
