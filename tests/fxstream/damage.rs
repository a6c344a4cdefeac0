//! Streams that are cut or changed: an error or a value, never a panic, never memory out of proportion; and what is
//! accepted comes back byte for byte all the same.

use std::mem::size_of;

use cutover::mapi::stream::{Decoder, Listed};
use cutover::mapi::{Attachment, Item, Name, NamedId, Property, Recipient, Value};

use super::corpus::{Decoded, Stream, streams};

/// Streams up to this many bytes are damaged at every position.
const SMALL_BYTES: usize = 8 * 1024;
/// Larger ones are damaged at so many positions.
const SEEDED_POSITIONS: u64 = 2_000;
/// Streams up to this many bytes are fed in two pieces, parted at every position.
const FED_EVERYWHERE_BYTES: usize = 4 * 1024;
/// Bytes of memory for a byte of stream: a property takes at least six there.
const MEMORY_FACTOR: usize = 40;

fn small() -> impl Iterator<Item = Stream> {
    streams().into_iter().filter(|stream| stream.bytes.len() <= SMALL_BYTES)
}

fn large() -> impl Iterator<Item = Stream> {
    streams().into_iter().filter(|stream| stream.bytes.len() > SMALL_BYTES)
}

/// Positions in a stream, always the same ones: SplitMix64 of their number.
fn seeded_positions(length: usize) -> impl Iterator<Item = usize> {
    (1..=SEEDED_POSITIONS).map(move |number| {
        let mut mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % length as u64) as usize
    })
}

/// Decodes what may be damaged, and holds it to its bounds.
fn survives(stream: &Stream, bytes: &[u8]) -> Option<Decoded> {
    let decoded = stream.decode_as(bytes).ok()?;
    let memory: usize = match &decoded {
        Decoded::Item(item) => memory_of_item(item),
        Decoded::List(list) => list.iter().map(|l| size_of::<Listed>() + memory_of_item(&l.item)).sum(),
    };
    assert!(memory <= MEMORY_FACTOR * bytes.len() + 1024, "{}: {memory} for {}", stream.name, bytes.len());
    Some(decoded)
}

/// Decodes what may be damaged; if it is accepted, it comes back.
fn comes_back(stream: &Stream, bytes: &[u8]) {
    if let Some(decoded) = survives(stream, bytes) {
        assert!(decoded.encode() == bytes, "{} changed, and accepted, does not come back", stream.name);
    }
}

/// Changes all bits of a byte, or the lowest, or the highest, by turns.
fn changed_byte(byte: u8, at: usize) -> u8 {
    byte ^ [0xFF, 0x01, 0x80][at % 3]
}

#[test]
fn small_streams_cut_at_every_position() {
    for stream in small() {
        (0..stream.bytes.len()).for_each(|at| comes_back(&stream, &stream.bytes[..at]));
    }
}

#[test]
fn small_streams_changed_at_every_position() {
    for stream in small() {
        let mut bytes = stream.bytes.clone();
        for at in 0..bytes.len() {
            bytes[at] = changed_byte(bytes[at], at);
            comes_back(&stream, &bytes);
            bytes[at] = stream.bytes[at];
        }
    }
}

#[test]
fn large_streams_cut_and_changed_at_seeded_positions() {
    for stream in large() {
        let mut bytes = stream.bytes.clone();
        for (number, at) in seeded_positions(stream.bytes.len()).enumerate() {
            bytes[at] = changed_byte(bytes[at], at);
            match number % 16 {
                // Writing takes its time: not every one of them.
                1 => comes_back(&stream, &bytes),
                odd if odd % 2 == 1 => drop(survives(&stream, &bytes)),
                _ => drop(survives(&stream, &stream.bytes[..at])),
            }
            bytes[at] = stream.bytes[at];
        }
    }
}

#[test]
fn small_streams_fed_in_two_pieces_at_every_position() {
    for stream in small().filter(|stream| !stream.is_list() && stream.bytes.len() <= FED_EVERYWHERE_BYTES) {
        let whole = stream.item();
        for at in 0..=stream.bytes.len() {
            let mut decoder = Decoder::new();
            decoder.push(&stream.bytes[..at]).unwrap();
            decoder.push(&stream.bytes[at..]).unwrap();
            assert!(decoder.finish().unwrap() == whole, "{} split at {at}", stream.name);
        }
    }
}

#[test]
fn all_streams_fed_in_pieces_of_one_size() {
    for stream in streams().into_iter().filter(|stream| !stream.is_list()) {
        let whole = stream.item();
        let sizes: &[usize] = if stream.bytes.len() <= SMALL_BYTES { &[1, 3, 777] } else { &[777, 28_671] };
        for &size in sizes {
            let mut decoder = Decoder::new();
            stream.bytes.chunks(size).for_each(|chunk| decoder.push(chunk).unwrap());
            assert!(decoder.finish().unwrap() == whole, "{} in pieces of {size}", stream.name);
        }
    }
}

fn memory_of_item(item: &Item) -> usize {
    let recipients = item.recipients.iter().map(|r| size_of::<Recipient>() + memory_of_list(&r.properties));
    let attachments = item.attachments.iter().map(|attachment| {
        let embedded = attachment.embedded.as_ref().map_or(0, |item| size_of::<Item>() + memory_of_item(item));
        size_of::<Attachment>() + memory_of_list(&attachment.properties) + embedded
    });
    memory_of_list(&item.properties) + recipients.sum::<usize>() + attachments.sum::<usize>()
}

fn memory_of_list(properties: &Vec<Property>) -> usize {
    let of_name = |name: &Option<Name>| match name {
        Some(Name { id: NamedId::Text(text), .. }) => text.capacity(),
        _ => 0,
    };
    let contents = properties.iter().map(|property| of_name(&property.name) + memory_of_value(&property.value));
    properties.capacity() * size_of::<Property>() + contents.sum::<usize>()
}

fn memory_of_value(value: &Value) -> usize {
    match value {
        Value::Unicode(text) => text.capacity(),
        Value::Bytes8(bytes) | Value::Binary(bytes) | Value::Object(bytes) | Value::Raw(bytes) => bytes.len(),
        Value::Multi(values) => {
            values.capacity() * size_of::<Value>() + values.iter().map(memory_of_value).sum::<usize>()
        }
        _ => 0,
    }
}
