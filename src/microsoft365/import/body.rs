//! The body of an import: JSON around the item in base64, which is made while it is sent. What it takes in memory is
//! one piece, whatever the item has; it can be made again for a second attempt.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

/// Bytes of the item encoded at once: whole groups of three.
const PIECE: usize = 48 * 1024;
/// What follows the item.
const END: &[u8] = b"\"}";

/// The body.
#[derive(Debug, Clone)]
pub(super) struct Body {
    /// What comes before the item; empty once it has gone.
    start: Bytes,
    /// What is left of the item.
    data: Bytes,
    /// What comes after it; empty once it has gone.
    end: &'static [u8],
}

impl Body {
    /// Of an item, after JSON that ends within a string.
    pub(super) fn new(start: String, data: Bytes) -> Body {
        Body { start: start.into(), data, end: END }
    }

    /// The bytes that are still to come.
    pub(super) fn len(&self) -> u64 {
        (self.start.len() + self.data.len().div_ceil(3) * 4 + self.end.len()) as u64
    }

    fn next(&mut self) -> Option<Bytes> {
        if !self.start.is_empty() {
            return Some(std::mem::take(&mut self.start));
        }
        if !self.data.is_empty() {
            let piece = self.data.split_to(self.data.len().min(PIECE));
            return Some(STANDARD.encode(piece).into());
        }
        Some(Bytes::from_static(std::mem::take(&mut self.end))).filter(|end| !end.is_empty())
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.get_mut().next().map(|piece| Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.len() == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_as_long_as_it_says_and_the_same_every_time() {
        for length in [0, 1, 2, 3, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 2] {
            let data: Vec<u8> = (0..length).map(|n| n as u8).collect();
            let whole = Body::new("{\"Data\":\"".into(), data.clone().into());
            for _ in 0..2 {
                let mut body = whole.clone();
                let mut sent = Vec::new();
                while let Some(piece) = body.next() {
                    assert!(!piece.is_empty() && piece.len() <= PIECE / 3 * 4);
                    sent.extend_from_slice(&piece);
                    assert_eq!(body.len(), whole.len() - sent.len() as u64);
                }
                assert_eq!(sent, format!("{{\"Data\":\"{}\"}}", STANDARD.encode(&data)).as_bytes());
            }
        }
    }
}
