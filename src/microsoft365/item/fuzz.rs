//! Lists and exports of items, from any bytes.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::exports::Sieve;
use super::{ITEM_LIMIT, MailboxItem, facets, outcome};
use crate::engine::item::Facet;
use crate::http::base64::Decoded;
use crate::microsoft365::graph::Page;

/// Bytes that come at once where an answer comes in pieces.
const PIECE: usize = 3;

/// A page of items: no more comes out than went in.
pub(in super::super) fn listed(input: &[u8]) {
    let Ok(page) = serde_json::from_slice::<Page<MailboxItem>>(input) else { return };
    for summary in page.value.into_iter().map(MailboxItem::summary).filter_map(Result::ok) {
        assert!(summary.subject.len() + summary.class.len() + summary.id.0.len() <= 3 * input.len());
    }
}

/// An export: the same wherever it is cut, and the same data that a reader of the whole finds.
pub(in super::super) fn exported(input: &[u8]) {
    let (whole, pieces) = (sifted(input, input.len().max(1)), sifted(input, PIECE));
    assert_eq!(whole, pieces);
    let Some((found, sieve)) = whole.zip(sieve(input)) else { return };
    let found_facets: Vec<_> = found.into_iter().map(facets).collect();
    let Ok(exports) = sieve.rest() else { return };
    for export in &exports.value {
        if let Ok(facets) = outcome(export, &found_facets) {
            assert_eq!(facets.0.len(), Facet::ALL.len());
        }
    }
}

/// All data of an answer that comes in pieces of this length; nothing if the rest is not what it should be.
fn sifted(input: &[u8], length: usize) -> Option<Vec<Decoded>> {
    let mut sieve = Sieve::new(ITEM_LIMIT);
    let mut found = Vec::new();
    for mut piece in input.chunks(length) {
        while let Some(data) = sieve.next(&mut piece).ok()? {
            found.push(data);
        }
    }
    let exports = sieve.rest().ok()?;
    agrees(input, exports.value.len(), &found);
    Some(found)
}

fn sieve(input: &[u8]) -> Option<Sieve> {
    let mut sieve = Sieve::new(ITEM_LIMIT);
    let mut left = input;
    while sieve.next(&mut left).ok()?.is_some() {}
    Some(sieve)
}

/// A reader that holds all of the answer finds the same, where each item has its data under that very name once, and
/// nothing else has.
fn agrees(input: &[u8], items: usize, found: &[Decoded]) {
    let Ok(Value::Object(answer)) = serde_json::from_slice::<Value>(input) else { return };
    let named = input.windows(6).filter(|window| window == b"\"data\"").count();
    let list = answer.get("value").and_then(Value::as_array).cloned().unwrap_or_default();
    let texts: Vec<&str> = list.iter().filter_map(|item| item.get("data")?.as_str()).collect();
    if named != texts.len() || list.len() != items || input.contains(&b'\\') {
        return;
    }
    assert_eq!(texts.len(), found.len());
    for (text, data) in texts.iter().zip(found) {
        let compact: String = text.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
        match (STANDARD.decode(compact), data) {
            (Ok(bytes), Decoded::Whole(data)) => assert_eq!(bytes, data[..]),
            (Err(_), Decoded::Broken(_)) => {}
            (plain, data) => assert!(plain.is_err(), "{data:?} of {text}"),
        }
    }
}
