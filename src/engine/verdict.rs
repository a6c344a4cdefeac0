//! The verdict: what was found, what arrived, what was compared and how each mailbox is graded.

use std::ops::AddAssign;

use sha2::{Digest, Sha256};

use super::books::Books;
use super::finding::Finding;
use super::problem::{Guidance, Kind, Problem, Side};
use super::recipient::Address;

/// Up to this share of a mailbox's items may be lost or differ for it to be graded good: one in a thousand.
const GOOD: u64 = 1_000;
/// Up to this share is to be investigated: one in twenty. Beyond it, the mailbox is graded poor.
const INVESTIGATE: u64 = 20;

/// Which items are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every item.
    Full,
    /// Some of them, drawn by chance but reproducibly.
    Sample {
        /// About so many of a hundred: 1 to 99.
        percent: u8,
        /// The draw: the same seed draws the same items.
        seed: u32,
    },
}

impl Scope {
    /// Whether the item of this number in the ledger is drawn: the first eight bytes of the SHA-256 of
    /// `cutover sample <seed> <item>`, as a big-endian number, modulo 100, are below the percentage.
    pub fn draws(self, item: i64) -> bool {
        let Scope::Sample { percent, seed } = self else { return true };
        let hash: [u8; 32] = Sha256::digest(format!("cutover sample {seed} {item}")).into();
        let (first, _) = hash.split_at(8);
        first.iter().fold(0, |rest: u64, byte| (rest * 256 + u64::from(*byte)) % 100) < u64::from(percent)
    }
}

/// What came of comparing items: as they are at the source now, as they were sent, and as they are on the target now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Comparison {
    /// The same on both sides.
    pub equal: u64,
    /// On the target as sent; edited at the source since, which the next synchronisation carries across.
    pub changed: u64,
    /// On the target as sent; gone at the source since.
    pub gone: u64,
    /// On the target as sent; cannot be read at the source now.
    pub unread: u64,
    /// Not as sent, or not where it was put, for somebody changed or moved it on the target after it had arrived there
    /// whole. That stands, and is told.
    pub stands: u64,
    /// Not on the target any more, where it had been found whole before: somebody deleted it there. That stands, and is
    /// told.
    pub removed: u64,
    /// Not on the target.
    pub missing: u64,
    /// On the target, but neither as sent nor as at the source now; or not readable there.
    pub differing: u64,
    /// Not compared, because the sample does not hold them.
    pub left_out: u64,
}

impl Comparison {
    /// Items that are on the target as they should be, or as somebody there wants them.
    pub fn verified(&self) -> u64 {
        self.equal + self.changed + self.gone + self.unread + self.stands
    }
    /// Items that nothing is amiss with: those, and the ones that somebody deleted there.
    pub fn settled(&self) -> u64 {
        self.verified() + self.removed
    }
    /// Items that something is known of, or that were not to be compared; the others could not be.
    pub(crate) fn asked(&self) -> u64 {
        self.settled() + self.missing + self.differing + self.left_out
    }
}

impl AddAssign for Comparison {
    fn add_assign(&mut self, other: Comparison) {
        self.equal += other.equal;
        self.changed += other.changed;
        self.gone += other.gone;
        self.unread += other.unread;
        self.stands += other.stands;
        self.removed += other.removed;
        self.missing += other.missing;
        self.differing += other.differing;
        self.left_out += other.left_out;
    }
}

/// What came to the source since the last synchronisation: it is not lost, the next one carries it across.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrivals {
    /// Items.
    pub items: u64,
    /// Folders that could not be asked for such.
    pub unasked: u64,
}

impl AddAssign for Arrivals {
    fn add_assign(&mut self, other: Arrivals) {
        self.items += other.items;
        self.unasked += other.unasked;
    }
}

/// How consistent a mailbox is, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConsistencyGrade {
    /// Everything arrived and is equal.
    Perfect,
    /// Something small is amiss.
    Good,
    /// Noticeable loss.
    Investigate,
    /// Major loss, or the mailbox itself failed.
    Poor,
}

impl ConsistencyGrade {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            ConsistencyGrade::Perfect => "Perfect",
            ConsistencyGrade::Good => "Good",
            ConsistencyGrade::Investigate => "Investigate",
            ConsistencyGrade::Poor => "Poor",
        }
    }

    /// The grade of a mailbox: by what did not arrive (skipped, failed, waiting, missing) and what differs or could not be
    /// compared; `failed` if the mailbox itself did. Items that merely differ never make it poor.
    pub fn of(books: &Books, missing: u64, differing: u64, failed: bool) -> ConsistencyGrade {
        let lost = books.skipped + books.failed + books.waiting + missing;
        let found = books.at_source();
        if failed || lost * INVESTIGATE > found {
            ConsistencyGrade::Poor
        } else if (lost + differing) * GOOD > found {
            ConsistencyGrade::Investigate
        } else if lost + differing > 0 {
            ConsistencyGrade::Good
        } else {
            ConsistencyGrade::Perfect
        }
    }
}

/// Objects of one kind: what should be there and what is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Arrived {
    /// That should be there.
    pub expected: u64,
    /// That are.
    pub arrived: u64,
}

impl Arrived {
    /// Nothing is missing.
    pub fn whole(&self) -> bool {
        self.expected == self.arrived
    }
    pub(crate) fn count(&mut self, there: bool) {
        self.expected += 1;
        self.arrived += u64::from(there);
    }
}

/// The directory check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DirectoryVerdict {
    /// Mailboxes.
    pub mailboxes: Arrived,
    /// Contacts and mail users.
    pub contacts: Arrived,
    /// Groups; one counts as arrived only with its members, and with nobody who is still to be taken out.
    pub groups: Arrived,
    /// Memberships of groups.
    pub memberships: Arrived,
    /// Memberships besides, of people whom somebody added to groups on the target: that stands.
    pub joined: u64,
}

impl DirectoryVerdict {
    /// Every object and membership arrived.
    pub fn whole(&self) -> bool {
        self.mailboxes.whole() && self.contacts.whole() && self.groups.whole() && self.memberships.whole()
    }
}

/// The verdict on one mailbox.
#[derive(Debug, Clone, PartialEq)]
pub struct MailboxVerdict {
    /// Its primary address.
    pub address: Address,
    /// Its items.
    pub books: Books,
    /// Items compared that are on the target as they should be.
    pub verified: u64,
    /// Items not there.
    pub missing: u64,
    /// Items that differ.
    pub differing: u64,
    /// All that came of comparing.
    pub compared: Comparison,
    /// What came to the source since the last synchronisation.
    pub arrivals: Arrivals,
    /// Its grade.
    pub grade: ConsistencyGrade,
}

/// The verdict on a migration.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Which items were compared.
    pub scope: Scope,
    /// All items.
    pub books: Books,
    /// Items compared that are on the target as they should be: equal to the source, or as they were sent.
    pub verified: u64,
    /// Items that were acknowledged but are not there now.
    pub missing: u64,
    /// Items that differ from what was moved.
    pub differing: u64,
    /// All that came of comparing.
    pub compared: Comparison,
    /// What came to the source since the last synchronisation.
    pub arrivals: Arrivals,
    /// Mailboxes by address.
    pub mailboxes: Vec<MailboxVerdict>,
    /// Mailboxes, contacts, groups and memberships.
    pub directory: DirectoryVerdict,
    /// What a walk of the address lists cannot see, and so cannot vouch for.
    pub unseen: Vec<Finding>,
}

impl Verdict {
    /// Nothing failed or waits, everything that arrived (of a sample: everything drawn) was compared and is as it should
    /// be or as somebody there wants it, and every object is there. (Skipped items have their reasons in the error report.)
    pub fn nothing_lost(&self) -> bool {
        self.books.failed == 0
            && self.books.waiting == 0
            && self.compared.settled() + self.compared.left_out == self.books.arrived()
            && self.directory.whole()
    }
    /// Whether anything is as somebody on the target wants it, and not as it was sent.
    pub fn stands_changed(&self) -> bool {
        self.compared.stands + self.compared.removed + self.directory.joined > 0
    }
    /// The worst grade of any mailbox.
    pub fn grade(&self) -> ConsistencyGrade {
        self.mailboxes.iter().map(|mailbox| mailbox.grade).max().unwrap_or(ConsistencyGrade::Perfect)
    }
}

/// What a walk of the address lists cannot see.
pub(crate) fn unseen() -> Vec<Finding> {
    [
        Guidance::UnseenHiddenRecipients,
        Guidance::UnseenPublicFolders,
        Guidance::UnseenArchives,
        Guidance::UnseenSettings,
    ]
    .into_iter()
    .map(|guidance| Finding::good_to_know(Problem::new(Kind::Item, Side::Source, guidance)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_drawn_the_same_way_again_and_is_about_as_large_as_it_says() {
        let drawn = |percent, seed| -> Vec<i64> {
            (0..10_000).filter(|item| Scope::Sample { percent, seed }.draws(*item)).collect()
        };
        assert_eq!(drawn(5, 7), drawn(5, 7));
        assert_ne!(drawn(5, 7), drawn(5, 8));
        for percent in [1, 5, 50, 99] {
            let share = drawn(percent, 7).len() / 100;
            assert!(share.abs_diff(usize::from(percent)) <= 2, "{share} of {percent}");
        }
        assert!((0..100).all(|item| Scope::Full.draws(item)));
    }

    #[test]
    fn grades_follow_what_was_lost() {
        use ConsistencyGrade::*;
        let waits = Books { found: 100, waiting: 90, moved: 10, ..Books::default() };
        assert_eq!(ConsistencyGrade::of(&waits, 0, 0, false), Poor, "most of it is not there yet");
        let grade = |found, skipped, missing, differing, failed| {
            let books = Books { found, skipped, moved: found - skipped, ..Books::default() };
            ConsistencyGrade::of(&books, missing, differing, failed)
        };
        assert_eq!(grade(18_236, 0, 0, 0, false), Perfect);
        assert_eq!(grade(18_236, 2, 0, 0, false), Good);
        assert_eq!(grade(18_236, 0, 0, 2, false), Good);
        assert_eq!(grade(100, 0, 1, 0, false), Investigate);
        assert_eq!(grade(100, 0, 0, 100, false), Investigate);
        assert_eq!(grade(100, 3, 3, 0, false), Poor);
        assert_eq!(grade(100, 0, 0, 0, true), Poor);
        assert_eq!(grade(0, 0, 0, 0, false), Perfect);
    }
}
