//! The records in which servers hand items out and take them: `u32 opcode, u32 length, data`, little-endian.
//!
//! Not documented as such; derived from the published samples of ExportItems and of Graph's exportItems.

use bytes::Bytes;

use super::item::Item;
use super::stream::{self, DecodeError, EncodeError, Event, Reader};

/// What a server writes at the end of an export that it cut off. Not base64, so it shows in the text around the data.
pub const TRUNCATED: &str = "=== Truncated Data ===";
/// Longest slice in bytes: what servers were seen to write.
pub const MAX_SLICE_BYTES: usize = 28_672;

/// Record: two flags, 0 and 1 (the transfer method CopyTo).
const CONFIG: u32 = 1;
/// Record: a slice of the stream.
const SLICE: u32 = 2;
/// Record: transfer method, interface (IMessage) and flags.
const INTERFACE: u32 = 3;
/// Record: the server's version.
const VERSION: u32 = 4;

/// Content of the first record.
const CONFIG_DATA: [u8; 8] = [0, 0, 0, 0, 1, 0, 0, 0];
/// Content of the second: 1, IID 00020307-0000-0000-C000-000000000046, 0x80002400.
const INTERFACE_DATA: [u8; 24] =
    [1, 0, 0, 0, 0x07, 0x03, 0x02, 0x00, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46, 0x00, 0x24, 0x00, 0x80];

/// The server's version as the container says it: the packed build, such as `01 0E 8B 80 00 00` for 14.1.139.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version(pub [u8; 6]);

/// What a container holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Unwrapped {
    /// The version of the server that wrote it, if it says so.
    pub version: Option<Version>,
    /// The slices, joined: a bare `messageContent`.
    pub stream: Vec<u8>,
}

/// Opens a container, wherever its slices were cut.
pub fn unwrap(data: &[u8]) -> Result<Unwrapped, DecodeError> {
    let (version, length) = survey(data)?;
    let mut stream = Vec::with_capacity(length);
    slices(data).for_each(|(_, slice)| stream.extend_from_slice(slice));
    Ok(Unwrapped { version, stream })
}

/// Checks every record; answers the version and the length of the stream.
fn survey(data: &[u8]) -> Result<(Option<Version>, usize), DecodeError> {
    if data.trim_ascii_end().ends_with(TRUNCATED.as_bytes()) {
        return Err(DecodeError::Truncated);
    }
    let (mut version, mut length) = (None, None);
    let mut rest = data;
    while !rest.is_empty() {
        let malformed = DecodeError::MalformedRecord { at: (data.len() - rest.len()) as u64 };
        let (opcode, content, after) = record(rest).ok_or(malformed)?;
        match opcode {
            CONFIG if content.len() == CONFIG_DATA.len() => {}
            INTERFACE if content.len() == INTERFACE_DATA.len() => {}
            VERSION => version = Some(Version(content.try_into().map_err(|_| malformed)?)),
            SLICE => length = Some(length.unwrap_or(0) + content.len()),
            _ => return Err(malformed),
        }
        rest = after;
    }
    length.map(|length| (version, length)).ok_or(DecodeError::Empty)
}

/// The slices of a well-formed container, each with its place in it.
pub(super) fn slices(data: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut rest = data;
    std::iter::from_fn(move || {
        let (slice, after) = next_slice(rest)?;
        rest = after;
        Some((data.len() - after.len() - slice.len(), slice))
    })
}

/// The next slice of a well-formed container, and what follows it.
pub(super) fn next_slice(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut rest = data;
    loop {
        let (opcode, content, after) = record(rest)?;
        if opcode == SLICE {
            return Some((content, after));
        }
        rest = after;
    }
}

/// The first record's opcode and content, and what follows it.
fn record(data: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let (opcode, rest) = data.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (content, after) = rest.split_at_checked(length)?;
    Some((u32::from_le_bytes(*opcode), content, after))
}

/// Puts a stream into a container. It is cut only between elements (or between the values of a long multi-valued
/// one) and inside the data of long strings and binaries, since not every server takes a cut elsewhere. What is no
/// stream is cut anywhere.
pub fn wrap(stream: &[u8], version: Version) -> Vec<u8> {
    let mut out = Vec::with_capacity(stream.len() + stream.len() / 1024 + 128);
    put(&mut out, CONFIG, &CONFIG_DATA);
    put(&mut out, INTERFACE, &INTERFACE_DATA);
    put(&mut out, VERSION, &version.0);
    let mut start = 0;
    for cut in cuts(stream) {
        put(&mut out, SLICE, &stream[start..cut]);
        start = cut;
    }
    put(&mut out, SLICE, &stream[start..]);
    out
}

fn put(out: &mut Vec<u8>, opcode: u32, content: &[u8]) {
    out.extend(opcode.to_le_bytes());
    out.extend((content.len() as u32).to_le_bytes());
    out.extend_from_slice(content);
}

/// A stream in slices of this size.
#[cfg(test)]
pub(super) fn in_slices_of(stream: &[u8], size: usize) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, SLICE, &[]);
    stream.chunks(size).for_each(|slice| put(&mut out, SLICE, slice));
    out
}

/// Where to cut a stream.
fn cuts(stream: &[u8]) -> Vec<usize> {
    let mut cuts = Cuts::default();
    let mut reader = Reader::new();
    let mut unit = 1;
    for chunk in stream.chunks(MAX_SLICE_BYTES) {
        reader.push(chunk);
        while let Ok(Some(event)) = reader.next_event() {
            let at = reader.offset() as usize;
            match event {
                Event::LongValue { unit: of_value, .. } => {
                    unit = of_value;
                    cuts.allow(at);
                }
                Event::Piece(_) => cuts.allow_up_to(at, unit),
                Event::Value(_) | Event::Marker(_) => cuts.allow(at),
                Event::Property { .. } if reader.between_elements() => cuts.allow(at),
                Event::Property { .. } => {}
            }
        }
    }
    cuts.allow(stream.len());
    cuts.made
}

/// Makes cuts as late as possible.
#[derive(Default)]
struct Cuts {
    made: Vec<usize>,
    /// The last place where cutting is allowed.
    allowed: usize,
}

impl Cuts {
    fn start(&self) -> usize {
        self.made.last().copied().unwrap_or(0)
    }

    /// Cutting is allowed at this place.
    fn allow(&mut self, at: usize) {
        while at - self.start() > MAX_SLICE_BYTES {
            let start = self.start();
            self.made.push(if self.allowed > start { self.allowed } else { start + MAX_SLICE_BYTES });
        }
        self.allowed = at;
    }

    /// Cutting is allowed from the last place on up to this one, at every multiple of `unit` bytes.
    fn allow_up_to(&mut self, end: usize, unit: usize) {
        while end - self.start() > MAX_SLICE_BYTES {
            let room = (self.start() + MAX_SLICE_BYTES).saturating_sub(self.allowed);
            let cut = self.allowed + room - room % unit;
            self.made.push(cut);
            self.allowed = cut;
        }
        self.allowed = end - (end - self.allowed) % unit;
    }
}

/// Opens a container and reads the item in it.
pub fn decode_item(data: &[u8]) -> Result<Item, DecodeError> {
    stream::decode(&unwrap(data)?.stream)
}

/// [`decode_item`] without a copy: strings, binaries and objects of more than
/// [`WHOLE_VALUE_BYTES`](stream::WHOLE_VALUE_BYTES) stay where they are, as [`Value::Long`](super::Value::Long). What
/// the item takes besides `data` is what is left when those are taken away.
pub fn read_item(data: &Bytes) -> Result<Item, DecodeError> {
    let (_, length) = survey(data)?;
    stream::decode_in_place(data, length as u64)
}

/// Writes an item and puts it into a container.
pub fn encode_item(item: &Item, version: Version) -> Result<Vec<u8>, EncodeError> {
    Ok(wrap(&stream::encode(item)?, version))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::mapi::{Properties, Type, Value, pid};
    use bytes::Bytes;

    const VERSION_14_1: Version = Version([0x01, 0x0E, 0x8B, 0x80, 0, 0]);

    /// The first bytes of the published sample: config, interface, version.
    const SAMPLE_HEAD: [u8; 62] = [
        1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, // config
        3, 0, 0, 0, 0x18, 0, 0, 0, 1, 0, 0, 0, 7, 3, 2, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46, 0, 0x24, 0,
        0x80, 4, 0, 0, 0, 6, 0, 0, 0, 1, 0x0E, 0x8B, 0x80, 0, 0, // version
    ];

    fn item_of(bytes: usize) -> Item {
        let mut item = Item::default();
        item.set(pid::MESSAGE_CLASS, Type::UNICODE_CODEPAGE, Value::Unicode("IPM.Note".to_owned()));
        item.set(pid::RTF_COMPRESSED, Type::BINARY, Value::Binary(Bytes::from(vec![7; bytes])));
        item
    }

    #[test]
    fn begins_as_the_published_sample() {
        let data = encode_item(&item_of(3), VERSION_14_1).unwrap();
        assert_eq!(data[..62], SAMPLE_HEAD);
        assert_eq!(data[62..66], SLICE.to_le_bytes());
        let opened = unwrap(&data).unwrap();
        assert_eq!(opened.version, Some(VERSION_14_1));
        assert_eq!(decode_item(&data).unwrap(), item_of(3));
    }

    #[test]
    fn long_values_fill_their_slices() {
        let stream = stream::encode(&item_of(100_000)).unwrap();
        let data = wrap(&stream, VERSION_14_1);
        let lengths: Vec<usize> = slices(&data).map(|(_, slice)| slice.len()).collect();
        assert_eq!(lengths[..3], [MAX_SLICE_BYTES; 3]);
        assert_eq!(lengths.iter().sum::<usize>(), stream.len());
        assert_eq!(decode_item(&data).unwrap(), item_of(100_000));
    }

    #[test]
    fn any_bytes_are_wrapped_and_cut() {
        let noise = vec![0xEE; 3 * MAX_SLICE_BYTES + 1];
        let data = wrap(&noise, VERSION_14_1);
        assert!(slices(&data).all(|(_, slice)| slice.len() <= MAX_SLICE_BYTES));
        assert_eq!(unwrap(&data).unwrap().stream, noise);
        assert_eq!(unwrap(&wrap(&[], VERSION_14_1)).unwrap().stream, Vec::<u8>::new());
    }

    #[test]
    fn slices_may_be_cut_anywhere_by_others() {
        let stream = stream::encode(&item_of(50)).unwrap();
        let data = in_slices_of(&stream, 1);
        assert_eq!(unwrap(&data).unwrap(), Unwrapped { version: None, stream });
    }

    #[test]
    fn damage_is_named() {
        let data = encode_item(&item_of(10), VERSION_14_1).unwrap();
        assert_eq!(unwrap(&data[..data.len() - 1]), Err(DecodeError::MalformedRecord { at: 62 }));
        assert_eq!(unwrap(&data[..65]), Err(DecodeError::MalformedRecord { at: 62 }));
        assert_eq!(unwrap(&data[..62]), Err(DecodeError::Empty));
        assert_eq!(unwrap(&[]), Err(DecodeError::Empty));
        assert_eq!(unwrap(b"AAAA=== Truncated Data ===\r\n"), Err(DecodeError::Truncated));
        for at in [0, 4, 16, 20, 48, 52] {
            let mut damaged = data.clone();
            damaged[at] ^= 0x40;
            assert!(matches!(unwrap(&damaged), Err(DecodeError::MalformedRecord { .. })), "{at}");
        }
    }
}
