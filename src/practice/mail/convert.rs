//! A message as an item.

use mail_parser::Message;

use super::{body, head};
use crate::mapi::{Item, pid};
use crate::practice::deep;
use crate::practice::random::Random;
use crate::practice::typed::Typed;

/// UTF-8.
const UTF8: i32 = 65001;
/// Message flag: read.
const READ: i32 = 1;
/// Message flag: there are attachments.
const HAS_ATTACHMENTS: i32 = 16;
/// Messages inside messages, at most; deeper ones stay files.
const DEEPEST: usize = 20;

/// The item of a message; `None` when the parser finds no header. `dated` is its file's date, `number` its place among
/// all messages, from which its search key comes.
pub(in crate::practice) fn item(raw: &[u8], dated: i64, seed: u64, number: u64) -> Option<Item> {
    let message = deep::parse(raw)?;
    let mut item = convert(&message, Some(dated), DEEPEST);
    let key = Random::of(seed, &[u64::from(b'M'), number]).key();
    item.bytes(pid::SEARCH_KEY, key.to_vec());
    Some(item)
}

/// A message inside another has no delivery of its own: without a date it gets none.
fn convert(message: &Message<'_>, dated: Option<i64>, depth: usize) -> Item {
    let head = head::Head::of(message);
    let mut item = Item::default();
    item.text(pid::MESSAGE_CLASS, "IPM.Note");
    head.write(&mut item);
    if let Some(delivered) = head.delivered().or(dated) {
        head::set_times(&mut item, head.sent(), delivered);
    }
    body::write(&mut item, message, &mut |inner| match depth.checked_sub(1) {
        Some(depth) => convert(inner, None, depth),
        None => verbatim(inner),
    });
    let has = if item.attachments.is_empty() { 0 } else { HAS_ATTACHMENTS };
    let read = if head.is_read() { READ } else { 0 };
    item.long(pid::MESSAGE_FLAGS, read | has).long(pid::INTERNET_CODEPAGE, UTF8);
    item
}

/// A message nested beyond all measure, as a text.
fn verbatim(message: &Message<'_>) -> Item {
    let mut item = Item::default();
    item.text(pid::MESSAGE_CLASS, "IPM.Note").long(pid::MESSAGE_FLAGS, 0);
    item.text(pid::BODY, &head::crlf(&head::lossless(message.raw_message())));
    item
}
