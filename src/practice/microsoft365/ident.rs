//! Outlook ids: opaque, case-sensitive, bound to their mailbox; calendars have ids of another space than folders.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

/// What an id names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Folder = 1,
    Item = 2,
    Calendar = 3,
    Attachment = 4,
    Rule = 5,
}

const PREFIX: &str = "AAMkAG";

/// The id of something in a mailbox. `sub` numbers attachments within their item.
pub(super) fn make(kind: Kind, mailbox: &str, key: u64, sub: u32) -> String {
    let mut bytes = vec![kind as u8];
    bytes.extend(uuid::Uuid::try_parse(mailbox).unwrap_or_default().as_bytes());
    bytes.extend(key.to_be_bytes());
    bytes.extend(sub.to_be_bytes());
    bytes.extend([0, 0, 0]);
    format!("{PREFIX}{}", URL_SAFE.encode(bytes))
}

/// The key and sub-number behind an id, if it is of that kind and mailbox.
pub(super) fn read(kind: Kind, mailbox: &str, id: &str) -> Option<(u64, u32)> {
    let bytes = URL_SAFE.decode(id.strip_prefix(PREFIX)?).ok()?;
    let own = uuid::Uuid::try_parse(mailbox).ok()?;
    if bytes.len() != 32 || bytes[0] != kind as u8 || bytes[1..17] != own.as_bytes()[..] {
        return None;
    }
    let key = u64::from_be_bytes(bytes[17..25].try_into().ok()?);
    Some((key, u32::from_be_bytes(bytes[25..29].try_into().ok()?)))
}

/// A change key: another one after every change.
pub(super) fn change_key(change: u64) -> String {
    let mut bytes = vec![9, 0, 0, 0, 22, 0, 0, 0];
    bytes.extend(change.to_be_bytes());
    bytes.extend([0, 0, 0, 0, 0]);
    STANDARD.encode(bytes)
}
