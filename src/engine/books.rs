//! The books: every item found is in exactly one place, and the sum always closes.

use std::ops::AddAssign;

use super::problem::{Guidance, Kind, Problem, Side};

/// The one place an item is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// To be done, or being done.
    Waiting,
    /// Moved by this batch: the target acknowledged it and its new id is in the ledger.
    Moved,
    /// Moved by an earlier batch, or found on the target.
    AlreadyThere,
    /// Left out for a reason that is nobody's failure.
    Skipped,
    /// Could not be moved.
    Failed,
    /// No longer at the source.
    Gone,
}

/// Counts of items. `found` is counted as items come in; the others are counted by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Books {
    /// Everything that was ever found.
    pub found: u64,
    /// See [`Place::Waiting`].
    pub waiting: u64,
    /// See [`Place::Moved`].
    pub moved: u64,
    /// See [`Place::AlreadyThere`].
    pub already_there: u64,
    /// See [`Place::Skipped`].
    pub skipped: u64,
    /// See [`Place::Failed`].
    pub failed: u64,
    /// See [`Place::Gone`].
    pub gone: u64,
}

impl Books {
    /// Checks that every item found is in exactly one place. Anything else is a bug of ours.
    pub fn close(&self) -> Result<(), Problem> {
        let placed = self.waiting + self.moved + self.already_there + self.skipped + self.failed + self.gone;
        if placed == self.found {
            return Ok(());
        }
        Err(Problem::new(Kind::Run, Side::Here, Guidance::Internal)
            .with("what", "the books do not close")
            .because(format!("{self:?}")))
    }

    /// What is at the source now: found without what has gone.
    pub fn at_source(&self) -> u64 {
        self.found.saturating_sub(self.gone)
    }

    /// What is on the target for an item at the source.
    pub fn arrived(&self) -> u64 {
        self.moved + self.already_there
    }

    /// The count of one place.
    pub fn place(&mut self, place: Place) -> &mut u64 {
        match place {
            Place::Waiting => &mut self.waiting,
            Place::Moved => &mut self.moved,
            Place::AlreadyThere => &mut self.already_there,
            Place::Skipped => &mut self.skipped,
            Place::Failed => &mut self.failed,
            Place::Gone => &mut self.gone,
        }
    }

    /// Takes one item from a place to another.
    pub fn shift(&mut self, from: Place, to: Place) {
        let origin = self.place(from);
        *origin = origin.saturating_sub(1);
        *self.place(to) += 1;
    }
}

/// The books of one folder, or of everything that a mailbox holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FolderBooks {
    /// The names from below the mailbox's root down to the folder.
    pub path: Vec<String>,
    /// Its items.
    pub books: Books,
    /// Bytes of the items that arrived.
    pub bytes: u64,
    /// Items that arrived and were not there when both sides were last compared.
    pub missing: u64,
    /// Items that differed then.
    pub differing: u64,
}

impl FolderBooks {
    /// The path as people read it, such as `Projects/2026`.
    pub fn shown(&self) -> String {
        self.path.join("/")
    }

    /// Adds another folder's figures to these.
    pub fn add(&mut self, other: &FolderBooks) {
        self.books += other.books;
        self.bytes += other.bytes;
        self.missing += other.missing;
        self.differing += other.differing;
    }
}

impl AddAssign for Books {
    fn add_assign(&mut self, other: Books) {
        self.found += other.found;
        self.waiting += other.waiting;
        self.moved += other.moved;
        self.already_there += other.already_there;
        self.skipped += other.skipped;
        self.failed += other.failed;
        self.gone += other.gone;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn books_close_only_when_every_item_has_one_place() {
        let mut books = Books { found: 3, waiting: 2, gone: 1, ..Books::default() };
        books.close().unwrap();
        books.shift(Place::Waiting, Place::Moved);
        books.close().unwrap();
        assert_eq!((books.waiting, books.moved, books.at_source()), (1, 1, 2));
        books.moved += 1;
        assert_eq!(books.close().unwrap_err().guidance, Guidance::Internal);
        // An item taken from a place that was empty must show.
        let mut wrong = Books::default();
        wrong.shift(Place::Waiting, Place::Moved);
        assert!(wrong.close().is_err());
    }
}
