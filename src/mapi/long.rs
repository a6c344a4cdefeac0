//! A long value that still lies where its item came in: it is read from there, piece by piece, and never copied whole.

use std::fmt;

use bytes::Bytes;

use super::container;
use super::stream;
use super::tag::Type;
use super::value::Value;

/// The value. Its bytes are exactly those of the stream, without their length.
#[derive(Clone)]
pub struct Long {
    kind: Type,
    container: Bytes,
    at: usize,
    left: usize,
    length: usize,
}

impl Long {
    /// A value of a single-value type with this many bytes. They begin at this place of a well-formed container, inside a
    /// slice that has so many bytes left.
    pub(super) fn new(kind: Type, container: Bytes, at: usize, left: usize, length: usize) -> Long {
        Long { kind, container, at, left, length }
    }

    /// Its type, never a multi-valued one.
    pub fn kind(&self) -> Type {
        self.kind
    }

    /// Its bytes, in pieces.
    pub fn pieces(&self) -> Pieces<'_> {
        let (now, after) =
            self.container.get(self.at..).unwrap_or_default().split_at_checked(self.left).unwrap_or_default();
        Pieces { now, after, length: self.length }
    }

    /// The value in memory, as any other.
    pub fn to_value(&self) -> Option<Value> {
        stream::value_of(self.kind, self.pieces().collect::<Vec<&[u8]>>().concat())
    }
}

impl fmt::Debug for Long {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Long({:?}, {} bytes)", self.kind, self.length)
    }
}

impl PartialEq for Long {
    fn eq(&self, other: &Long) -> bool {
        let same = || self.pieces().flatten().eq(other.pieces().flatten());
        self.kind == other.kind && self.length == other.length && same()
    }
}

/// The pieces of a long value.
#[derive(Debug, Clone)]
pub struct Pieces<'a> {
    now: &'a [u8],
    after: &'a [u8],
    length: usize,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.length == 0 {
            return None;
        }
        while self.now.is_empty() {
            (self.now, self.after) = container::next_slice(self.after)?;
        }
        let (piece, rest) = self.now.split_at(self.now.len().min(self.length));
        self.now = rest;
        self.length -= piece.len();
        Some(piece)
    }
}
