//! The verdict: what was found, what arrived, what was compared and how each mailbox is graded.

use super::books::Books;
use super::finding::Finding;
use super::problem::{Guidance, Kind, Problem, Side};
use super::recipient::Address;

/// Up to this share of a mailbox's items may be lost or differ for it to be graded good: one in a thousand.
const GOOD: u64 = 1_000;
/// Up to this share is to be investigated: one in twenty. Beyond it, the mailbox is graded poor.
const INVESTIGATE: u64 = 20;

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

    /// The grade of a mailbox: by what did not arrive (skipped, failed, missing) and what differs; `failed` if the mailbox
    /// itself did. Items that merely differ never make it poor.
    pub fn of(books: &Books, missing: u64, differing: u64, failed: bool) -> ConsistencyGrade {
        let lost = books.skipped + books.failed + missing;
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
    /// Groups; one counts as arrived only with exactly its members.
    pub groups: Arrived,
    /// Memberships of groups.
    pub memberships: Arrived,
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
    /// Items compared and equal.
    pub verified: u64,
    /// Items not there.
    pub missing: u64,
    /// Items that differ.
    pub differing: u64,
    /// Its grade.
    pub grade: ConsistencyGrade,
}

/// The verdict on a migration.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// All items.
    pub books: Books,
    /// Items compared and equal.
    pub verified: u64,
    /// Items that were acknowledged but are not there now.
    pub missing: u64,
    /// Items that differ from what was moved.
    pub differing: u64,
    /// Mailboxes by address.
    pub mailboxes: Vec<MailboxVerdict>,
    /// Mailboxes, contacts, groups and memberships.
    pub directory: DirectoryVerdict,
    /// What a walk of the address lists cannot see, and so cannot vouch for.
    pub unseen: Vec<Finding>,
}

impl Verdict {
    /// Nothing failed or waits, everything that arrived was compared and is equal, and every object is there. (Skipped
    /// items have their reasons in the error report.)
    pub fn nothing_lost(&self) -> bool {
        self.books.failed == 0
            && self.books.waiting == 0
            && self.verified == self.books.arrived()
            && self.directory.whole()
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
    fn grades_follow_what_was_lost() {
        use ConsistencyGrade::*;
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
