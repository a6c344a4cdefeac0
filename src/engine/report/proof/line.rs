//! The lines of a proof. Their spelling is part of the format: what is signed are these very bytes.
//!
//! No subject, no correspondent, no folder name: who checks a proof need not learn what anybody writes about. Items and
//! folders stand under their numbers in the ledger, mailboxes under their addresses.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::tree::hex;
use crate::engine::books;
use crate::engine::ledger::proof::{Account, Folder, Item, Outcome, Subject};
use crate::engine::ledger::verdicts::Compared as How;
use crate::engine::verdict::Scope;

/// The format's number.
const FORMAT: u32 = 2;

/// What the signature is over.
pub(super) fn statement(entries: u64, root: &str) -> String {
    format!("Cutover proof {FORMAT}\nentries {entries}\nroot {root}\n")
}

/// Bytes, as hexadecimal digits; `null` where there are none.
struct Digits<'a>(&'a Option<[u8; 32]>);

impl Serialize for Digits<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Some(bytes) => to.serialize_str(&hex(bytes)),
            None => to.serialize_none(),
        }
    }
}

#[derive(Serialize)]
struct Books {
    found: u64,
    moved: u64,
    already_there: u64,
    skipped: u64,
    failed: u64,
    waiting: u64,
    gone: u64,
}

#[derive(Serialize)]
struct Compared {
    equal: u64,
    changed_since: u64,
    gone_since: u64,
    source_unread: u64,
    missing: u64,
    differs: u64,
    changed_on_target: u64,
    removed_on_target: u64,
    not_compared: u64,
    left_out: u64,
}

fn books(account: &Account) -> Books {
    let books::Books { found, waiting, moved, already_there, skipped, failed, gone } = account.books;
    Books { found, moved, already_there, skipped, failed, waiting, gone }
}

fn compared(account: &Account) -> Compared {
    let of = &account.compared;
    Compared {
        equal: of.equal,
        changed_since: of.changed,
        gone_since: of.gone,
        source_unread: of.unread,
        missing: of.missing,
        differs: of.differing,
        changed_on_target: of.stands,
        removed_on_target: of.removed,
        not_compared: account.uncompared,
        left_out: of.left_out,
    }
}

/// The first line: what the whole is about.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    cutover_proof: u32,
    program: &'static str,
    verified: String,
    source: &'a str,
    target: &'a str,
    percent: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u32>,
    new_at_source: u64,
    folders_not_asked: u64,
    books: Books,
    compared: Compared,
}

impl<'a> Head<'a> {
    pub(super) fn new(subject: &'a Subject, at: Timestamp, whole: &Account) -> Head<'a> {
        let (percent, seed) = match subject.ended.scope {
            Scope::Full => (100, None),
            Scope::Sample { percent, seed } => (percent, Some(seed)),
        };
        Head {
            cutover_proof: FORMAT,
            program: concat!("Cutover ", env!("CARGO_PKG_VERSION")),
            verified: at.to_string(),
            source: &subject.identity.source,
            target: &subject.identity.target,
            percent,
            seed,
            new_at_source: subject.ended.arrivals.items,
            folders_not_asked: subject.ended.arrivals.unasked,
            books: books(whole),
            compared: compared(whole),
        }
    }
}

/// A mailbox; its folders follow.
#[derive(Serialize)]
pub(super) struct MailboxLine<'a> {
    mailbox: &'a str,
    books: Books,
    compared: Compared,
}

impl<'a> MailboxLine<'a> {
    pub(super) fn new(mailbox: &'a str, account: &Account) -> MailboxLine<'a> {
        MailboxLine { mailbox, books: books(account), compared: compared(account) }
    }
}

/// A folder; its items follow.
#[derive(Serialize)]
pub(super) struct FolderLine<'a> {
    folder: i64,
    mailbox: &'a str,
    class: &'a str,
    books: Books,
    compared: Compared,
}

impl<'a> FolderLine<'a> {
    pub(super) fn new(mailbox: &'a str, folder: &'a Folder) -> FolderLine<'a> {
        let (books, compared) = (books(&folder.account), compared(&folder.account));
        FolderLine { folder: folder.id, mailbox, class: &folder.class, books, compared }
    }
}

/// An item. What is the same as what was sent is left out.
#[derive(Serialize)]
pub(super) struct ItemLine<'a> {
    item: i64,
    folder: i64,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent: Option<Digits<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<Digits<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<Digits<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

impl<'a> ItemLine<'a> {
    pub(super) fn new(folder: i64, item: &'a Item) -> ItemLine<'a> {
        let outcome = match item.outcome {
            Outcome::Compared(How::Equal) => "equal",
            Outcome::Compared(How::Changed) => "changed_since",
            Outcome::Compared(How::Gone) => "gone_since",
            Outcome::Compared(How::Unread) => "source_unread",
            Outcome::Compared(How::Missing) => "missing",
            Outcome::Compared(How::Differs) => "differs",
            Outcome::Compared(How::Stands) => "changed_on_target",
            Outcome::Compared(How::Removed) => "removed_on_target",
            Outcome::Uncompared => "not_compared",
            Outcome::NotThere(place) => place,
        };
        let there = matches!(item.outcome, Outcome::Compared(_));
        let other = |digest: &'a Option<[u8; 32]>| (there && *digest != item.sent).then_some(Digits(digest));
        let sent = !matches!(item.outcome, Outcome::NotThere(_));
        ItemLine {
            item: item.id,
            folder,
            outcome,
            sent: sent.then_some(Digits(&item.sent)),
            source: other(&item.source),
            target: other(&item.target),
            reason: item.reason,
        }
    }
}

/// The last line.
#[derive(Serialize)]
pub(super) struct End {
    pub(super) entries: u64,
    pub(super) root: String,
    pub(super) key: String,
    pub(super) signature: String,
}
