//! What mailboxes, and contacts and groups, wait for, told once it has lasted: whoever looks at a terminal that stands
//! still wants to know why.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::engine::progress::{Snapshot, Waiting};
use crate::engine::recipient::Address;

/// What is waited for is told when it has been waited for so long.
const TOLD_AFTER: Duration = Duration::from_secs(10);
/// The same of the same mailbox, or of contacts and groups, is not told again before so long a time.
const TOLD_EVERY: Duration = Duration::from_secs(10 * 60);

/// Who waits: a mailbox, or the work on contacts and groups.
type Who = Option<Address>;

/// What each mailbox waits for, and what contacts and groups do. There are as many as work goes on at.
#[derive(Default)]
pub struct Waits {
    since: HashMap<Who, (&'static str, Instant)>,
    told: HashMap<(Who, &'static str), Instant>,
}

impl Waits {
    /// Takes in how things are at a moment.
    pub fn follow(&mut self, now: &Snapshot, at: Instant, mut tell: impl FnMut(&Who, Waiting)) {
        let waits = now.mailboxes.iter().filter_map(|row| Some((Some(row.address.clone()), row.waiting?)));
        let waits: Vec<(Who, Waiting)> = waits.chain(now.waiting.map(|waiting| (None, waiting))).collect();
        self.since.retain(|who, _| waits.iter().any(|(waits, _)| waits == who));
        self.told.retain(|_, told| at.duration_since(*told) < TOLD_EVERY);
        for (who, waiting) in waits {
            let name = waiting.name();
            let since = self.since.entry(who.clone()).or_insert((name, at));
            if since.0 != name {
                *since = (name, at);
            }
            let key = (who, name);
            if at.duration_since(since.1) >= TOLD_AFTER && !self.told.contains_key(&key) {
                tell(&key.0, waiting);
                self.told.insert(key, at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::engine::books::Books;
    use crate::engine::progress::{MailboxRow, Stage, Tally};
    use crate::engine::run::{BatchState, UserState};

    fn snapshot(mailbox: Option<Waiting>, waiting: Option<Waiting>) -> Snapshot {
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
            waiting: mailbox,
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
            waiting,
        }
    }

    #[test]
    fn a_wait_that_lasts_is_told_once_and_a_short_one_never() {
        let (mut waits, begun, mut told) = (Waits::default(), Instant::now(), Vec::new());
        let until = Timestamp::UNIX_EPOCH;
        let (long, short) = (Waiting::UnderWay { until }, Waiting::Upload { until });
        let mut see = |seconds, waiting| {
            let at = begun + Duration::from_secs(seconds);
            waits.follow(&snapshot(waiting, None), at, |_, waiting| told.push((seconds, waiting)));
        };
        for (seconds, waiting) in [(0, None), (1, Some(short)), (9, Some(short)), (10, None), (11, Some(short))] {
            see(seconds, waiting);
        }
        (12..1_000).for_each(|seconds| see(seconds, Some(long)));
        assert_eq!(told, [(22, long), (622, long)]);
    }

    #[test]
    fn a_mailbox_and_the_groups_wait_each_for_their_own() {
        let (mut waits, begun, mut told) = (Waits::default(), Instant::now(), Vec::new());
        let until = Timestamp::UNIX_EPOCH;
        let (upload, recipients) = (Waiting::Upload { until }, Waiting::Recipients { until });
        for seconds in 0..30 {
            let now = snapshot(Some(upload), (seconds >= 5).then_some(recipients));
            let at = begun + Duration::from_secs(seconds);
            waits.follow(&now, at, |who, waiting| told.push((seconds, who.clone(), waiting)));
        }
        let anna = Some(Address::new("anna@contoso.com"));
        assert_eq!(told, [(10, anna, upload), (15, None, recipients)]);
    }
}
