//! Base64 that comes in pieces, into one buffer: the text itself is never kept.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

/// Text taken up at once, in bytes.
const PIECE: usize = 16 * 1024;
/// Up to here a buffer doubles, in bytes. Then it is given all that it may ever hold, in one step: memory that nothing
/// has been written to costs nothing, and copying a large buffer into a larger one holds both.
const DOUBLES_TO: usize = 8 * 1024 * 1024;
/// The end of a text that is no base64 is kept for its reader, up to so many bytes: servers say there what went wrong.
const TAIL: usize = 64;

/// What the text was, now that it is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decoded {
    /// Base64, whole.
    Whole(Bytes),
    /// Something else, or cut off; with its last bytes.
    Broken(Vec<u8>),
}

/// More bytes than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMuch;

/// The decoder of one text.
#[derive(Debug)]
pub struct Base64 {
    out: Vec<u8>,
    /// Characters that wait for the rest of their four.
    open: Vec<u8>,
    most: usize,
    /// Padding has come: nothing may follow.
    ended: bool,
    broken: bool,
    tail: Vec<u8>,
}

impl Base64 {
    /// A decoder of at most so many bytes.
    pub fn new(most: usize) -> Base64 {
        Base64 { out: Vec::new(), open: Vec::new(), most, ended: false, broken: false, tail: Vec::new() }
    }

    /// Bytes so far.
    pub fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether nothing has come yet.
    pub fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// Takes the next part of the text, cut anywhere; white space does not count.
    ///
    /// # Errors
    /// If it holds more bytes than allowed.
    pub fn push(&mut self, text: &[u8]) -> Result<(), TooMuch> {
        self.remember(text);
        for piece in text.chunks(PIECE) {
            if self.broken {
                return Ok(());
            }
            self.piece(piece)?;
        }
        Ok(())
    }

    fn piece(&mut self, text: &[u8]) -> Result<(), TooMuch> {
        if self.open.is_empty() && !self.ended {
            // Text without white space is decoded where it lies.
            let (fours, rest) = text.split_at(text.len() / 4 * 4);
            if self.decode(fours)? {
                self.open.extend(rest.iter().filter(|byte| !byte.is_ascii_whitespace()));
                return Ok(());
            }
        }
        self.open.extend(text.iter().filter(|byte| !byte.is_ascii_whitespace()));
        let mut open = std::mem::take(&mut self.open);
        let fours = open.len() / 4 * 4;
        self.broken = self.ended && !open.is_empty() || !self.decode(&open[..fours])?;
        open.drain(..fours);
        self.open = open;
        if self.broken {
            (self.out, self.open) = (Vec::new(), Vec::new());
        }
        Ok(())
    }

    /// Appends what these fours stand for; false, and nothing done, if they are no base64.
    fn decode(&mut self, fours: &[u8]) -> Result<bool, TooMuch> {
        if fours.is_empty() {
            return Ok(true);
        }
        let before = self.out.len();
        if before + fours.len() / 4 * 3 > self.most.saturating_add(2) {
            return Err(TooMuch);
        }
        self.make_room(fours.len() / 4 * 3);
        if STANDARD.decode_vec(fours, &mut self.out).is_err() {
            self.out.truncate(before);
            return Ok(false);
        }
        self.ended = fours.ends_with(b"=");
        if self.out.len() > self.most { Err(TooMuch) } else { Ok(true) }
    }

    fn make_room(&mut self, more: usize) {
        let wanted = self.out.len() + more;
        if wanted > self.out.capacity() {
            let doubled = self.out.capacity() * 2;
            let next = if wanted < DOUBLES_TO { doubled.max(PIECE) } else { self.most };
            self.out.reserve_exact(next.max(wanted) - self.out.len());
        }
    }

    fn remember(&mut self, text: &[u8]) {
        let last = &text[text.len().saturating_sub(TAIL)..];
        let kept = (self.tail.len() + last.len()).saturating_sub(TAIL);
        self.tail.drain(..kept);
        self.tail.extend_from_slice(last);
    }

    /// What the text was, now that it is over.
    pub fn finish(mut self) -> Decoded {
        if self.broken || !self.open.is_empty() {
            return Decoded::Broken(self.tail);
        }
        self.out.shrink_to_fit();
        Decoded::Whole(Bytes::from(self.out))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;

    fn decoded(parts: &[&[u8]]) -> Option<Vec<u8>> {
        let mut base64 = Base64::new(1_000_000);
        for part in parts {
            assert_eq!(base64.push(part), Ok(()));
        }
        match base64.finish() {
            Decoded::Whole(bytes) => Some(bytes.to_vec()),
            Decoded::Broken(_) => None,
        }
    }

    #[test]
    fn it_is_the_same_wherever_the_text_is_cut_and_folded() {
        let bytes: Vec<u8> = (0..100_001_u32).map(|n| (n.wrapping_mul(n) >> 3) as u8).collect();
        let text = STANDARD.encode(&bytes);
        assert_eq!(decoded(&[text.as_bytes()]), Some(bytes.clone()));
        for length in [1, 2, 3, 5, 76, 4095, 70_000] {
            let parts: Vec<&[u8]> = text.as_bytes().chunks(length).collect();
            assert_eq!(decoded(&parts).as_ref(), Some(&bytes), "{length}");
            let folded: Vec<u8> = parts.join(&b"\r\n"[..]);
            assert_eq!(decoded(&[&folded]).as_ref(), Some(&bytes), "{length} folded");
        }
        assert_eq!(decoded(&[b"", b" AQ", b"ID\n "]), Some(vec![1, 2, 3]));
        assert_eq!(decoded(&[b" \n"]), Some(Vec::new()));
    }

    #[test]
    fn what_is_cut_off_or_no_base64_is_said_with_its_end() {
        let texts: [&[&[u8]]; 7] =
            [&[b"AQI"], &[b"AQ=", b""], &[b"AQ==", b"AQID"], &[b"AQ==AQID"], &[b"A\xffID"], &[b"AQJ="], &[b"="]];
        for text in texts {
            assert_eq!(decoded(text), None, "{text:?}");
        }
        let mut base64 = Base64::new(10_000);
        let endless = [b'?'; 1000];
        assert_eq!(base64.push(&endless), Ok(()));
        assert_eq!(base64.push(b"AQID=== Truncated Data ==="), Ok(()));
        let Decoded::Broken(tail) = base64.finish() else { panic!("it was taken") };
        assert!(tail.ends_with(b"AQID=== Truncated Data ===") && tail.len() == TAIL);
    }

    #[test]
    fn the_bound_is_exact_and_what_is_reserved_stays_near_it() {
        for (bytes, most, fits) in [(99, 100, true), (100, 100, true), (101, 100, false), (1000, 100, false)] {
            let text = STANDARD.encode(vec![7; bytes]);
            let mut base64 = Base64::new(most);
            assert_eq!(base64.push(text.as_bytes()), if fits { Ok(()) } else { Err(TooMuch) }, "{bytes}");
        }
        let text = STANDARD.encode(vec![7; 3_000_000]);
        let mut base64 = Base64::new(20_000_000);
        for _ in 0..6 {
            assert_eq!(base64.push(text.as_bytes()), Ok(()));
            assert!(base64.out.capacity() <= 20_000_000, "{}", base64.out.capacity());
        }
        assert_eq!(base64.len(), 18_000_000);
    }
}
