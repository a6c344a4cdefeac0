//! The answer of `exportItems`, read while it comes: the `data` of each item is decoded on its way into one buffer, is
//! looked at as soon as it is whole, and goes before the next one comes. The rest of the answer is small and is read
//! as JSON in the end.

use std::borrow::Cow;
use std::mem;

use serde::Deserialize;

use crate::http::base64::{Base64, Decoded, TooMuch};

/// Bytes of the answer besides the data of items, at most.
const REST_LIMIT: usize = 4 * 1024 * 1024;
/// Longest escape in a JSON string: `\uXXXX`.
const ESCAPE: usize = 6;

/// The answer, without the data.
#[derive(Deserialize)]
pub(super) struct Exports<'a> {
    /// One for each id.
    #[serde(borrow)]
    pub(super) value: Vec<Exported<'a>>,
}

/// An exported item, or why it was not.
#[derive(Deserialize)]
pub(super) struct Exported<'a> {
    /// The id that was asked for.
    #[serde(rename = "itemId", borrow)]
    pub(super) id: Cow<'a, str>,
    /// The number of its data among all data of the answer, as a text.
    #[serde(default, borrow)]
    pub(super) data: Option<Cow<'a, str>>,
    /// Why there is none.
    #[serde(default)]
    pub(super) error: Option<ExportError>,
}

/// Why an item was not exported.
#[derive(Default, Deserialize)]
pub(super) struct ExportError {
    /// Such as `ErrorItemNotFound`.
    #[serde(default)]
    pub(super) code: Option<String>,
    /// In the service's words.
    #[serde(default)]
    pub(super) message: Option<String>,
}

/// Where the reader is.
#[derive(Debug)]
enum At {
    /// Outside strings; whether the name `data` came last, and whether a colon after it.
    Between { named: bool, colon: bool },
    /// In a string that is kept, which began at this place of the rest; whether a backslash came last.
    Kept { start: usize, escaped: bool },
    /// In data, with the escape under way.
    Data { base64: Base64, escape: Vec<u8> },
}

/// The reader: it takes the data out and keeps the rest.
#[derive(Debug)]
pub(super) struct Sieve {
    at: At,
    rest: Vec<u8>,
    found: usize,
    most: usize,
}

impl Sieve {
    /// A reader of items of at most so many bytes each.
    pub(super) fn new(most: usize) -> Sieve {
        Sieve { at: At::Between { named: false, colon: false }, rest: Vec::new(), found: 0, most }
    }

    /// Takes from the front of a chunk, up to the end of the next data or of the chunk.
    pub(super) fn next(&mut self, chunk: &mut &[u8]) -> Result<Option<Decoded>, TooMuch> {
        while !chunk.is_empty() {
            if let At::Data { base64, escape } = &mut self.at {
                if data(base64, escape, chunk)? {
                    let base64 = mem::replace(base64, Base64::new(0));
                    self.rest.extend_from_slice(format!("{}\"", self.found).as_bytes());
                    self.found += 1;
                    self.at = At::Between { named: false, colon: false };
                    return Ok(Some(base64.finish()));
                }
            } else if let Some((byte, after)) = chunk.split_first() {
                *chunk = after;
                self.byte(*byte)?;
            }
        }
        Ok(None)
    }

    fn byte(&mut self, byte: u8) -> Result<(), TooMuch> {
        if self.rest.len() == REST_LIMIT {
            return Err(TooMuch);
        }
        self.rest.push(byte);
        self.at = match (&self.at, byte) {
            (At::Between { named: true, colon: true }, b'"') => {
                At::Data { base64: Base64::new(self.most), escape: Vec::new() }
            }
            (At::Between { .. }, b'"') => At::Kept { start: self.rest.len(), escaped: false },
            (At::Between { named, .. }, b':') => At::Between { named: *named, colon: true },
            (At::Between { named, colon }, b' ' | b'\t' | b'\r' | b'\n') => {
                At::Between { named: *named, colon: *colon }
            }
            (At::Kept { start, escaped: false }, b'"') => {
                At::Between { named: &self.rest[*start..] == b"data\"", colon: false }
            }
            (At::Kept { start, escaped }, byte) => At::Kept { start: *start, escaped: byte == b'\\' && !escaped },
            _ => At::Between { named: false, colon: false },
        };
        Ok(())
    }

    /// The rest of the answer, in which each data is its number.
    pub(super) fn rest(&self) -> serde_json::Result<Exports<'_>> {
        serde_json::from_slice(&self.rest)
    }
}

/// Takes data from the front of a chunk; true once it is over.
fn data(base64: &mut Base64, escape: &mut Vec<u8>, chunk: &mut &[u8]) -> Result<bool, TooMuch> {
    if escape.is_empty() {
        let end = chunk.iter().position(|byte| matches!(byte, b'"' | b'\\'));
        let (text, after) = chunk.split_at(end.unwrap_or(chunk.len()));
        base64.push(text)?;
        *chunk = after;
        match chunk.split_first() {
            Some((b'"', after)) => {
                *chunk = after;
                return Ok(true);
            }
            None => return Ok(false),
            Some(_) => {}
        }
    }
    while let Some((byte, after)) = chunk.split_first() {
        escape.push(*byte);
        *chunk = after;
        let whole = match escape.get(1) {
            Some(b'u') => escape.len() == ESCAPE,
            Some(_) => true,
            None => false,
        };
        if whole {
            base64.push(&[meaning(&mem::take(escape))])?;
            break;
        }
    }
    Ok(false)
}

/// What an escape stands for in base64; anything else is as good as a question mark there.
fn meaning(escape: &[u8]) -> u8 {
    match escape.get(1) {
        Some(b'n' | b'r' | b't' | b'f') => b' ',
        Some(b'/') => b'/',
        Some(b'u') => {
            let digits = escape.get(2..).and_then(|digits| std::str::from_utf8(digits).ok());
            digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(u8::is_ascii).unwrap_or(b'?')
        }
        _ => b'?',
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use serde_json::json;

    use super::*;

    /// The ids, and for each the data in it.
    fn read(answer: &[u8], chunk: usize) -> Option<Vec<(String, Option<Decoded>)>> {
        let mut sieve = Sieve::new(1000);
        let mut found = Vec::new();
        for mut chunk in answer.chunks(chunk) {
            while let Some(data) = sieve.next(&mut chunk).unwrap() {
                found.push(data);
            }
        }
        let of = |export: &Exported<'_>| export.data.as_ref().map(|n| found[n.parse::<usize>().unwrap()].clone());
        let exports = sieve.rest().ok()?.value;
        Some(exports.iter().map(|export| (export.id.to_string(), of(export))).collect())
    }

    fn whole(bytes: &[u8]) -> Option<Decoded> {
        Some(Decoded::Whole(bytes.to_vec().into()))
    }

    #[test]
    fn data_is_found_wherever_the_answer_is_cut() {
        let answer = json!({"data": "AQ==", "value": [
            {"changeKey": "data", "itemId": "da\"ta", "data": "AQIDBA==", "error": null},
            {"itemId": "data", "data": null, "error": {"code": "\\", "message": "\"data\":\"AQID"}},
            {"itemId": "\\\"", "data": ""}, {"itemId": "x"}, {"itemId": "cut", "data": "AQI=== Truncated Data ==="}]});
        for text in [answer.to_string(), serde_json::to_string_pretty(&answer).unwrap()] {
            for chunk in [1, 2, 3, 7, 10_000] {
                let found = read(text.as_bytes(), chunk).unwrap();
                assert_eq!(found[0], ("da\"ta".to_owned(), whole(&[1, 2, 3, 4])));
                assert_eq!(found[1], ("data".to_owned(), None));
                assert_eq!(found[2], ("\\\"".to_owned(), whole(&[])));
                assert_eq!(found[3], ("x".to_owned(), None));
                let Some(Decoded::Broken(tail)) = &found[4].1 else { panic!("it is broken") };
                assert!(tail.ends_with(b"=== Truncated Data ==="));
            }
        }
    }

    #[test]
    fn escapes_are_read_and_nonsense_is_no_base64() {
        for (text, bytes) in [
            (r"\/\u002b\u002B\/", Some(vec![0xff, 0xef, 0xbf])),
            (r"AQ\r\nID", Some(vec![1, 2, 3])),
            (r"AQ\u12", None),
            (r"AQ\x", None),
            (r"AQI\u0141", None),
            ("AQ\u{fffd}=", None),
        ] {
            let answer = format!(r#"{{"value":[{{"data":"{text}","itemId":"a"}}]}}"#);
            for chunk in [1, 4, 1000] {
                let found = read(answer.as_bytes(), chunk);
                let found = found.and_then(|found| match found.into_iter().next()?.1? {
                    Decoded::Whole(bytes) => Some(bytes.to_vec()),
                    Decoded::Broken(_) => None,
                });
                assert_eq!(found, bytes, "{text}");
            }
        }
    }

    #[test]
    fn an_answer_cut_anywhere_is_no_answer() {
        let answer = br#"{"value":[{"itemId":"a","data":"AQID"},{"itemId":"b","data":null}]}"#;
        assert!(read(answer, 5).is_some());
        for end in 0..answer.len() {
            assert!(read(&answer[..end], 5).is_none(), "cut at {end}");
        }
    }

    #[test]
    fn endless_data_and_endless_rest_end() {
        let endless = |start: &str, more: u8| {
            let mut sieve = Sieve::new(1000);
            let mut taken = 0;
            let piece = [more; 1000];
            let mut chunk = start.as_bytes();
            while sieve.next(&mut chunk).is_ok() {
                taken += 1;
                assert!(taken < 10_000, "it never ends");
                chunk = &piece;
            }
            sieve.rest.len()
        };
        assert!(endless(r#"{"value":[{"data":""#, b'A') < 100);
        assert_eq!(endless(r#"{"value":[{"itemId":""#, b'A'), REST_LIMIT);
        assert_eq!(endless("", b'['), REST_LIMIT);
    }
}
