//! Whether the lines agree with each other: outcomes with hashes, sums with what they are sums of. Of every level only
//! the present one is held.

use ring::digest::{SHA256, digest};

use super::Flaw;
use super::line::{self, Books, Compared, Entry, Folder, Head, Item, Mailbox, Outcome, Said};

/// Sums as lines add them up; a number beyond all bounds spoils them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sums {
    books: Books,
    compared: Compared,
}

impl Sums {
    fn fields(&mut self) -> [&mut u64; 17] {
        let Sums { books: b, compared: c } = self;
        [
            &mut b.found,
            &mut b.moved,
            &mut b.already_there,
            &mut b.skipped,
            &mut b.failed,
            &mut b.waiting,
            &mut b.gone,
            &mut c.equal,
            &mut c.changed_since,
            &mut c.gone_since,
            &mut c.source_unread,
            &mut c.missing,
            &mut c.differs,
            &mut c.changed_on_target,
            &mut c.removed_on_target,
            &mut c.not_compared,
            &mut c.left_out,
        ]
    }

    fn add(&mut self, mut other: Sums) -> Option<()> {
        self.fields().into_iter().zip(other.fields()).try_for_each(|(sum, part)| {
            *sum = sum.checked_add(*part)?;
            Some(())
        })
    }

    /// The books close: every item found is in one place, and every one that arrived in one outcome or left out.
    fn close(&self) -> Option<bool> {
        let sum = |parts: &[u64]| parts.iter().try_fold(0u64, |sum, part| sum.checked_add(*part));
        let (b, c) = (&self.books, &self.compared);
        let placed = sum(&[b.moved, b.already_there, b.skipped, b.failed, b.waiting, b.gone])?;
        let fine = sum(&[c.equal, c.changed_since, c.gone_since, c.source_unread])?;
        let arrived =
            sum(&[fine, c.changed_on_target, c.removed_on_target, c.missing, c.differs, c.not_compared, c.left_out])?;
        Some(placed == b.found && arrived == sum(&[b.moved, b.already_there])?)
    }
}

/// A mailbox or folder whose parts are being added up.
struct Open<T> {
    name: T,
    stated: Sums,
    added: Sums,
    /// The number of its last part.
    last: Option<u64>,
}

impl<T> Open<T> {
    fn new(name: T, books: Books, compared: Compared) -> Open<T> {
        Open { name, stated: Sums { books, compared }, added: Sums::default(), last: None }
    }
}

/// Reads lines in their order and notes the first thing that is wrong.
#[derive(Default)]
pub(super) struct Auditor {
    head: Option<Head>,
    added: Sums,
    mailbox: Option<Open<String>>,
    folder: Option<Open<u64>>,
    mailboxes: u64,
    flaw: Option<Flaw>,
}

impl Auditor {
    pub(super) fn flaw(&self) -> Option<&Flaw> {
        self.flaw.as_ref()
    }
    /// The format that the first line names.
    pub(super) fn format(&self) -> Option<u64> {
        self.head.as_ref().map(|head| head.cutover_proof)
    }
    pub(super) fn into_head(self) -> Option<Head> {
        self.head
    }
    pub(super) fn mailboxes(&self) -> u64 {
        self.mailboxes
    }

    /// Takes a line. After the first flaw the rest is only hashed.
    pub(super) fn line(&mut self, number: u64, line: &[u8]) {
        if self.flaw.is_none()
            && let Err(flaw) = self.take(number, line)
        {
            self.flaw = Some(flaw);
        }
    }

    /// All lines are there.
    pub(super) fn end(&mut self, number: u64) {
        if self.flaw.is_some() {
            return;
        }
        let ended = self.end_mailbox(number).and_then(|()| match &self.head {
            Some(head) => agree(Sums { books: head.books, compared: head.compared }, self.added, number),
            None => Err(Flaw::NotAProof),
        });
        self.flaw = ended.err();
    }

    fn take(&mut self, number: u64, text: &[u8]) -> Result<(), Flaw> {
        if self.head.is_none() {
            self.head = Some(line::head(text)?);
            return Ok(());
        }
        match line::entry(text).ok_or(Flaw::Malformed(number))? {
            Entry::Mailbox(mailbox) => self.begin_mailbox(number, *mailbox),
            Entry::Folder(folder) => self.begin_folder(number, *folder),
            Entry::Item(item) => self.item(number, &item),
        }
    }

    fn begin_mailbox(&mut self, number: u64, mailbox: Mailbox) -> Result<(), Flaw> {
        if self.mailbox.as_ref().is_some_and(|before| before.name >= mailbox.mailbox) {
            return Err(Flaw::OutOfPlace(number));
        }
        self.end_mailbox(number)?;
        self.mailboxes += 1;
        self.mailbox = Some(Open::new(mailbox.mailbox, mailbox.books, mailbox.compared));
        Ok(())
    }

    fn end_mailbox(&mut self, number: u64) -> Result<(), Flaw> {
        self.end_folder(number)?;
        let Some(mailbox) = self.mailbox.take() else { return Ok(()) };
        agree(mailbox.stated, mailbox.added, number)?;
        self.added.add(mailbox.stated).ok_or(Flaw::SumsDiffer(number))
    }

    fn begin_folder(&mut self, number: u64, folder: Folder) -> Result<(), Flaw> {
        self.end_folder(number)?;
        let mailbox = self.mailbox.as_mut().ok_or(Flaw::OutOfPlace(number))?;
        if mailbox.name != folder.mailbox || mailbox.last >= Some(folder.folder) {
            return Err(Flaw::OutOfPlace(number));
        }
        mailbox.last = Some(folder.folder);
        self.folder = Some(Open::new(folder.folder, folder.books, folder.compared));
        Ok(())
    }

    /// An item says only that it arrived, not with which batch: how many came with the last one is the folder's word, and
    /// so is how many a sample left out.
    fn end_folder(&mut self, number: u64) -> Result<(), Flaw> {
        let Some(folder) = self.folder.take() else { return Ok(()) };
        let sampled = self.head.as_ref().is_some_and(|head| head.seed.is_some());
        let (stated, mut added) = (folder.stated, folder.added);
        (added.books.moved, added.books.already_there) = (stated.books.moved, stated.books.already_there);
        if sampled {
            added.compared.left_out = stated.compared.left_out;
        }
        added.books.found = added.books.found.checked_add(added.compared.left_out).ok_or(Flaw::SumsDiffer(number))?;
        agree(stated, added, number)?;
        let mailbox = self.mailbox.as_mut().ok_or(Flaw::OutOfPlace(number))?;
        mailbox.added.add(stated).ok_or(Flaw::SumsDiffer(number))
    }

    fn item(&mut self, number: u64, item: &Item) -> Result<(), Flaw> {
        let folder = self.folder.as_mut().ok_or(Flaw::OutOfPlace(number))?;
        if folder.name != item.folder || folder.last >= Some(item.item) {
            return Err(Flaw::OutOfPlace(number));
        }
        folder.last = Some(item.item);
        if !fits(item) {
            return Err(Flaw::Contradiction(number));
        }
        let (b, c) = (&mut folder.added.books, &mut folder.added.compared);
        let (count, arrived) = match item.outcome {
            Outcome::Equal => (&mut c.equal, true),
            Outcome::ChangedSince => (&mut c.changed_since, true),
            Outcome::GoneSince => (&mut c.gone_since, true),
            Outcome::SourceUnread => (&mut c.source_unread, true),
            Outcome::Missing => (&mut c.missing, true),
            Outcome::Differs => (&mut c.differs, true),
            Outcome::ChangedOnTarget => (&mut c.changed_on_target, true),
            Outcome::RemovedOnTarget => (&mut c.removed_on_target, true),
            Outcome::NotCompared => (&mut c.not_compared, true),
            Outcome::Skipped => (&mut b.skipped, false),
            Outcome::Failed => (&mut b.failed, false),
            Outcome::Waiting => (&mut b.waiting, false),
            Outcome::Gone => (&mut b.gone, false),
        };
        *count += 1;
        b.found += 1;
        match self.head.as_ref() {
            Some(Head { percent, seed: Some(seed), .. }) if arrived && !draws(*percent, *seed, item.item) => {
                Err(Flaw::NotDrawn(number))
            }
            _ => Ok(()),
        }
    }
}

fn agree(stated: Sums, added: Sums, number: u64) -> Result<(), Flaw> {
    match stated == added && stated.close() == Some(true) {
        true => Ok(()),
        false => Err(Flaw::SumsDiffer(number)),
    }
}

/// Whether an item's outcome is what its hashes show. A hash that is not said is the same as what was sent.
fn fits(item: &Item) -> bool {
    let said = |hash: Said| if hash == Said::Nothing { item.sent } else { hash };
    let (sent, source, target) = (item.sent, said(item.source), said(item.target));
    let there = |hash: Said| matches!(hash, Said::Hash(_));
    let nothing = item.source == Said::Nothing && item.target == Said::Nothing;
    match item.outcome {
        Outcome::Equal => there(target) && source == target,
        Outcome::ChangedSince => there(source) && there(target) && target == sent && source != sent,
        Outcome::GoneSince | Outcome::SourceUnread => there(target) && target == sent && source == Said::Absent,
        Outcome::Missing => target == Said::Absent,
        Outcome::Differs => target == Said::Absent || there(target) && target != sent && target != source,
        Outcome::ChangedOnTarget => sent != Said::Nothing && target != sent,
        Outcome::RemovedOnTarget => sent != Said::Nothing && target == Said::Absent,
        Outcome::NotCompared => item.sent != Said::Nothing && nothing,
        Outcome::Skipped | Outcome::Failed | Outcome::Waiting | Outcome::Gone => sent == Said::Nothing && nothing,
    }
}

/// Whether a sample holds an item.
pub(super) fn draws(percent: u8, seed: u32, item: u64) -> bool {
    let hash = digest(&SHA256, format!("cutover sample {seed} {item}").as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_ref()[..8]);
    u64::from_be_bytes(first) % 100 < u64::from(percent)
}
