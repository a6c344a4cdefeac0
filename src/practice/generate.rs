//! Content from a seed: mailboxes as a small firm has them after some years. The same seed gives the same content, on
//! any day and on any computer: nothing here reads a clock.

mod attachment;
mod contact;
mod errand;
mod event;
pub(crate) mod folders;
pub(crate) mod letter;
mod message;
mod recurrence;
mod words;

use bytes::Bytes;

use super::organisation::directory::language;
use super::organisation::people::Language;
use super::organisation::{Entry, EntryKind};
use super::random::Random;
use super::store::{FolderKey, Mailbox};
use folders::Folders;
use letter::Party;
use message::Kind;

/// The moment at which the practice company's time stands still: Monday, 2025-10-06 08:00 UTC, in seconds since 1970.
const NOW: i64 = 1_759_737_600;
/// Items from which the company's first mailbox has one very large message.
const LARGEST_FROM: usize = 40;
/// Items from which a mailbox has at least one of each kind.
const EVERY_KIND_FROM: usize = 10;

/// The number of a message beyond those that a mailbox has: of those without anything special.
const HEAVY: usize = 1_000_000;
/// Bytes after which bulk repeats itself, but for a number.
const BLOCK: usize = 4096;

/// A mailbox owner at work: who writes to whom, in which language, from which numbers.
struct Desk<'a> {
    owner: Party,
    colleagues: &'a [Party],
    language: Language,
    seed: u64,
    mailbox: usize,
    largest: bool,
}

impl Desk<'_> {
    /// The numbers of one item: `kind` tells the streams of the kinds apart.
    fn random(&self, kind: u8, number: usize) -> Random {
        Random::of(self.seed, &[self.mailbox as u64, u64::from(kind), number as u64])
    }

    /// Somebody else: a colleague or an outsider.
    fn correspondent(&self, random: &mut Random) -> Party {
        const OUTSIDERS: [(&str, &str); 5] = [
            ("Greta Lindqvist", "greta@birchwater-sawmill.example"),
            ("Σταύρος Ιωάννου", "stavros@xylourgiki.example"),
            ("\"Planning\" Office", "planning@borough-council.example"),
            ("鈴木 太郎", "taro@mokko.example"),
            ("orders@odowd.example", "orders@odowd.example"),
        ];
        let others: Vec<_> = self.colleagues.iter().filter(|party| party.email != self.owner.email).collect();
        match random.pick(&others) {
            Some(colleague) if random.chance(0.5) => (*colleague).clone(),
            _ => {
                let (name, email) = OUTSIDERS[random.below(OUTSIDERS.len())];
                Party { name: name.to_owned(), email: email.to_owned() }
            }
        }
    }
}

/// How many of each kind: messages, events, contacts, tasks, notes.
fn shares(items: usize) -> [usize; 5] {
    let least = usize::from(items >= EVERY_KIND_FROM);
    let part = |percent: usize| (items * percent / 100).max(least);
    let [events, contacts, tasks, notes] = [part(8), part(6), part(3), part(3)];
    [items - events - contacts - tasks - notes, events, contacts, tasks, notes]
}

/// The mailbox of an entry with exactly so many items. `number` is its place among the company's mailboxes;
/// `directory` is the company's.
pub fn mailbox(owner: &Entry, number: usize, directory: &[Entry], items: usize, seed: u64) -> Mailbox {
    let language = language(owner);
    let colleagues: Vec<_> = directory.iter().filter(|entry| is_colleague(entry)).map(party).collect();
    let largest = number == 0 && items >= LARGEST_FROM;
    let desk = Desk { owner: party(owner), colleagues: &colleagues, language, seed, mailbox: number, largest };
    let mut mailbox = folders::standard(language);
    let folders = folders::with_own_folders(&mut mailbox);
    let [messages, events, contacts, tasks, notes] = shares(items);
    for number in 0..messages {
        let (folder, kind) = place(&folders, number);
        mailbox.add_item(folder, message::message(&desk, number, kind));
    }
    for number in 0..events {
        mailbox.add_item(folders.calendar, event::event(&desk, number));
    }
    for number in 0..contacts {
        mailbox.add_item(folders.contacts, contact::contact(&desk, number));
    }
    for number in 0..tasks {
        mailbox.add_item(folders.tasks, errand::task(&desk, number));
    }
    for number in 0..notes {
        mailbox.add_item(folders.notes, errand::note(&desk, number));
    }
    mailbox
}

/// Adds one more message to a mailbox of [`mailbox`], with this attachment. Its bytes are shared, however many mailboxes
/// have it.
pub fn add_heavy(to: &mut Mailbox, owner: &Entry, number: usize, directory: &[Entry], seed: u64, data: Bytes) {
    let colleagues: Vec<_> = directory.iter().filter(|entry| is_colleague(entry)).map(party).collect();
    let (language, owner) = (language(owner), party(owner));
    let desk = Desk { owner, colleagues: &colleagues, language, seed, mailbox: number, largest: false };
    let mut item = message::message(&desk, HEAVY, Kind::Received);
    item.attachments.push(attachment::file("survey.bin", "application/octet-stream", data));
    let inbox = to.distinguished("inbox").map_or(1, |inbox| inbox.key);
    to.add_item(inbox, item);
}

/// So many bytes that do not repeat soon.
pub fn bulk(bytes: usize, seed: u64) -> Bytes {
    let mut random = Random::of(seed, &[HEAVY as u64]);
    let block: Vec<u8> = (0..BLOCK).map(|_| random.below(256) as u8).collect();
    let mut bulk = Vec::with_capacity(bytes + BLOCK);
    for number in 0..bytes.div_ceil(BLOCK) as u64 {
        bulk.extend_from_slice(&number.to_le_bytes());
        bulk.extend_from_slice(&block[8..]);
    }
    bulk.truncate(bytes);
    bulk.into()
}

fn is_colleague(entry: &Entry) -> bool {
    !entry.hidden && matches!(entry.kind, EntryKind::UserMailbox | EntryKind::SharedMailbox)
}

fn party(entry: &Entry) -> Party {
    Party { name: entry.display_name.clone(), email: entry.address.clone() }
}

/// The folder of a message: of twenty, eight lie in the inbox, four in sent items, five in the user's own folders.
fn place(folders: &Folders, number: usize) -> (FolderKey, Kind) {
    let own = folders.own.get(number % folders.own.len().max(1)).copied().unwrap_or(folders.inbox);
    match number % 20 {
        2 | 7 | 12 | 17 => (folders.sent, Kind::Sent),
        4 | 8 | 11 | 15 | 18 => (own, Kind::Received),
        9 => (folders.drafts, Kind::Draft),
        13 => (folders.deleted, Kind::Received),
        16 => (folders.junk, Kind::Received),
        _ => (folders.inbox, Kind::Received),
    }
}

#[cfg(test)]
mod tests;
