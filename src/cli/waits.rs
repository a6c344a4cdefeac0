//! What mailboxes wait for, told once it has lasted: whoever looks at a terminal that stands still wants to know why.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::engine::progress::{MailboxRow, Snapshot, Waiting};
use crate::engine::recipient::Address;

/// What is waited for is told when it has been waited for so long.
const TOLD_AFTER: Duration = Duration::from_secs(10);
/// The same of the same mailbox is not told again before so long a time.
const TOLD_EVERY: Duration = Duration::from_secs(10 * 60);

/// What each mailbox waits for. There are as many as work goes on at.
#[derive(Default)]
pub struct Waits {
    since: HashMap<Address, (&'static str, Instant)>,
    told: HashMap<(Address, &'static str), Instant>,
}

impl Waits {
    /// Takes in how mailboxes are at a moment.
    pub fn follow(&mut self, now: &Snapshot, at: Instant, mut tell: impl FnMut(&MailboxRow, Waiting)) {
        let waits: Vec<_> = now.mailboxes.iter().filter_map(|row| Some((row, row.waiting?))).collect();
        self.since.retain(|address, _| waits.iter().any(|(row, _)| row.address == *address));
        self.told.retain(|_, told| at.duration_since(*told) < TOLD_EVERY);
        for (row, waiting) in waits {
            let name = waiting.name();
            let since = self.since.entry(row.address.clone()).or_insert((name, at));
            if since.0 != name {
                *since = (name, at);
            }
            let key = (row.address.clone(), name);
            if at.duration_since(since.1) >= TOLD_AFTER && !self.told.contains_key(&key) {
                self.told.insert(key, at);
                tell(row, waiting);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::engine::books::Books;
    use crate::engine::progress::{Stage, Tally};
    use crate::engine::run::{BatchState, UserState};

    fn snapshot(waiting: Option<Waiting>) -> Snapshot {
        let row = MailboxRow {
            address: Address::new("anna@contoso.com"),
            name: String::new(),
            state: UserState::Syncing,
            size: None,
            books: Books::default(),
            counted: false,
            bytes: 0,
            started: None,
            bytes_per_minute: 0,
            waiting,
            problem: None,
        };
        Snapshot {
            batch: String::new(),
            state: BatchState::Syncing,
            stage: Stage::Mailboxes,
            started: Timestamp::UNIX_EPOCH,
            mailboxes: vec![row],
            contacts: Tally::default(),
            groups: Tally::default(),
            books: Books::default(),
            bytes: 0,
            verified: 0,
            concurrency: 1,
        }
    }

    #[test]
    fn a_wait_that_lasts_is_told_once_and_a_short_one_never() {
        let (mut waits, begun, mut told) = (Waits::default(), Instant::now(), Vec::new());
        let until = Timestamp::UNIX_EPOCH;
        let (long, short) = (Waiting::UnderWay { until }, Waiting::Upload { until });
        let mut see = |seconds, waiting| {
            let at = begun + Duration::from_secs(seconds);
            waits.follow(&snapshot(waiting), at, |_, waiting| told.push((seconds, waiting)));
        };
        for (seconds, waiting) in [(0, None), (1, Some(short)), (9, Some(short)), (10, None), (11, Some(short))] {
            see(seconds, waiting);
        }
        (12..1_000).for_each(|seconds| see(seconds, Some(long)));
        assert_eq!(told, [(22, long), (622, long)]);
    }
}
