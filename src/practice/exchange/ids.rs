//! The opaque ids of folders, items and attachments: base64, case-sensitive, and they carry their mailbox.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::trouble::Trouble;

/// Deepest nesting of item attachments that an id can name (exchange-source.md 3.5).
const DEEPEST_ATTACHMENT: usize = 10;
/// What real ids begin with: `AAMk` in base64.
const MARK: [u8; 3] = [0x00, 0x03, 0x24];
/// Bytes of the check value at the end, so that an id that changed case on its way is refused.
const CHECK: usize = 4;

/// A mailbox's GUID.
pub(super) type MailboxId = [u8; 16];

/// What an id names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Id {
    /// The mailbox.
    pub(super) mailbox: MailboxId,
    /// Folder or item.
    pub(super) what: What,
    /// The folder's or item's number in its mailbox.
    pub(super) key: u64,
    /// Indexes of attachments, from the item inwards; empty for the item itself.
    pub(super) path: Vec<u16>,
}

/// Folder or item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Folder = 1,
    Item = 2,
}

/// The GUID of the mailbox with this address.
pub(super) fn mailbox_id(address: &str) -> MailboxId {
    let hash = Sha256::digest(address.to_lowercase().as_bytes());
    std::array::from_fn(|at| hash[at])
}

impl Id {
    /// A folder's id.
    pub(super) fn folder(mailbox: MailboxId, key: u64) -> Id {
        Id { mailbox, what: What::Folder, key, path: Vec::new() }
    }

    /// An item's id.
    pub(super) fn item(mailbox: MailboxId, key: u64) -> Id {
        Id { mailbox, what: What::Item, key, path: Vec::new() }
    }

    /// The id of an attachment of this item or embedded item.
    pub(super) fn attachment(&self, index: usize) -> Id {
        let mut id = self.clone();
        id.path.push(u16::try_from(index).unwrap_or(u16::MAX));
        id
    }

    /// The wire form.
    pub(super) fn text(&self) -> String {
        let mut bytes = MARK.to_vec();
        bytes.extend(self.mailbox);
        bytes.push(self.what as u8);
        bytes.extend(self.key.to_be_bytes());
        for step in &self.path {
            bytes.extend(step.to_be_bytes());
        }
        bytes.extend(&Sha256::digest(&bytes)[..CHECK]);
        STANDARD.encode(bytes)
    }

    /// Reads the wire form.
    pub(super) fn parse(text: &str) -> Result<Id, Trouble> {
        if text.is_empty() {
            return Err(Trouble::new("ErrorInvalidIdEmpty", "Id must be non-empty."));
        }
        Id::decode(text).ok_or_else(|| Trouble::new("ErrorInvalidIdMalformed", "Id is malformed."))
    }

    fn decode(text: &str) -> Option<Id> {
        let bytes = STANDARD.decode(text).ok()?;
        let (content, check) = bytes.split_at_checked(bytes.len().checked_sub(CHECK)?)?;
        if Sha256::digest(content)[..CHECK] != *check {
            return None;
        }
        let rest = content.strip_prefix(&MARK)?;
        let (mailbox, rest) = rest.split_first_chunk::<16>()?;
        let (what, rest) = rest.split_first()?;
        let (key, path) = rest.split_first_chunk::<8>()?;
        let what = match what {
            1 => What::Folder,
            2 => What::Item,
            _ => return None,
        };
        let path: Vec<_> = path.chunks_exact(2).map(|step| u16::from_be_bytes([step[0], step[1]])).collect();
        (path.len() <= DEEPEST_ATTACHMENT + 1).then_some(())?;
        Some(Id { mailbox: *mailbox, what, key: u64::from_be_bytes(*key), path })
    }
}

/// The change key of an item (type 9) or folder (type 1): the change counter behind the header that real ones have.
pub(super) fn change_key(what: What, mailbox: &MailboxId, counter: u64) -> String {
    let kind: u32 = if what == What::Item { 9 } else { 1 };
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend(22u32.to_le_bytes());
    bytes.extend(mailbox);
    bytes.extend(&counter.to_be_bytes()[2..]);
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn ids_come_back_and_are_case_sensitive() {
        let id = Id::item(mailbox_id("Nina@Fabrikam.test"), 77).attachment(3);
        let text = id.text();
        assert!(text.starts_with("AAMk"));
        assert_eq!(Id::parse(&text).unwrap(), id);
        assert_eq!(Id::parse(&text.to_lowercase()).unwrap_err().code, "ErrorInvalidIdMalformed");
        assert_eq!(Id::parse("").unwrap_err().code, "ErrorInvalidIdEmpty");
        assert_eq!(mailbox_id("nina@fabrikam.test"), id.mailbox);
    }
}
