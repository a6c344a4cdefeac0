//! What is waited for, told once it has lasted: whoever looks at a terminal that stands still wants to know why.

use std::collections::HashMap;
use std::pin::pin;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use serde_json::json;
use tokio::sync::watch;

use super::show::Show;
use crate::engine::Migration;
use crate::engine::progress::{Snapshot, Stage};
use crate::engine::recipient::Address;
use crate::engine::waiting::Waiting;

/// How often it is looked at outside of a run.
const PACE: Duration = Duration::from_millis(500);
/// What is waited for is told when it has been waited for so long.
const TOLD_AFTER: Duration = Duration::from_secs(10);
/// The same of the same is not told again before so long a time.
const TOLD_EVERY: Duration = Duration::from_secs(10 * 60);

/// Who waits.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Who {
    /// A mailbox.
    Mailbox(Address),
    /// The work on contacts and groups.
    Directory,
    /// What is done before a run: the survey and the plan.
    Preparation,
    /// A part of the comparison: not all mailboxes wait at a time.
    Comparison,
    /// Saving items as files.
    Saving,
}

impl Who {
    /// Says what it waits for.
    pub fn tell(&self, show: &Show<'_>, waiting: Waiting) {
        let (of, email, words) = match self {
            Who::Mailbox(address) => ("mailbox", Some(address.as_str()), "cli-waits"),
            Who::Directory => ("directory", None, "cli-waits-directory"),
            Who::Preparation => ("preparation", None, "cli-waits-preparation"),
            Who::Saving => ("saving", None, "cli-waits-saving"),
            Who::Comparison => ("comparison", None, "run-waits-comparison"),
        };
        let until = waiting.until().map(|until| until.to_string());
        show.json(&json!({"event": "waits", "of": of, "email": email, "for": waiting.name(), "until": until}));
        let waits = show.words().waiting(waiting, &TimeZone::system());
        show.say(words, &[("address", email.into()), ("waits", waits.into())]);
    }
}

/// What a run waits for.
pub fn of(now: &Snapshot) -> impl Iterator<Item = (Who, Waiting)> {
    let mailboxes = now.mailboxes.iter().filter_map(|row| Some((Who::Mailbox(row.address.clone()), row.waiting?)));
    let rest = if now.stage == Stage::Verifying { Who::Comparison } else { Who::Directory };
    mailboxes.chain(now.waiting.map(|waiting| (rest, waiting)))
}

/// Does something of a migration that is no run, and tells what it waits for.
pub async fn telling<T>(show: &Show<'_>, migration: &Migration, who: Who, work: impl Future<Output = T>) -> T {
    hearing(migration.waiting(), who, work, |who, waiting| who.tell(show, waiting)).await
}

async fn hearing<T>(
    waiting: watch::Receiver<Option<Waiting>>,
    who: Who,
    work: impl Future<Output = T>,
    mut tell: impl FnMut(&Who, Waiting),
) -> T {
    let (mut waits, mut work) = (Waits::default(), pin!(work));
    loop {
        tokio::select! {
            biased;
            done = &mut work => return done,
            () = tokio::time::sleep(PACE) => {}
        }
        let now = waiting.borrow().map(|waiting| (who.clone(), waiting));
        waits.follow(now, tokio::time::Instant::now().into_std(), &mut tell);
    }
}

/// What each waits for. There are as many as work goes on at.
#[derive(Default)]
pub struct Waits {
    since: HashMap<Who, (&'static str, Instant)>,
    told: HashMap<(Who, &'static str), Instant>,
}

impl Waits {
    /// Takes in how things are at a moment.
    pub fn follow(
        &mut self,
        now: impl IntoIterator<Item = (Who, Waiting)>,
        at: Instant,
        mut tell: impl FnMut(&Who, Waiting),
    ) {
        let waits: Vec<(Who, Waiting)> = now.into_iter().collect();
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
            waits.follow(of(&snapshot(waiting, None)), at, |_, waiting| told.push((seconds, waiting)));
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
            waits.follow(of(&now), at, |who, waiting| told.push((seconds, who.clone(), waiting)));
        }
        let anna = Who::Mailbox(Address::new("anna@contoso.com"));
        assert_eq!(told, [(10, anna, upload), (15, Who::Directory, recipients)]);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_no_run_says_what_it_waits_for_once_that_has_lasted() {
        let (now, waiting) = watch::channel(None);
        let until = Timestamp::UNIX_EPOCH;
        let work = async {
            for (seconds, waits) in [(5, Waiting::Again { until }), (30, Waiting::Requests { until })] {
                now.send_replace(Some(waits));
                tokio::time::sleep(Duration::from_secs(seconds)).await;
            }
            "done"
        };
        let mut told = Vec::new();
        let done = hearing(waiting, Who::Preparation, work, |who, waiting| told.push((who.clone(), waiting))).await;
        assert_eq!((done, told), ("done", vec![(Who::Preparation, Waiting::Requests { until })]));
    }
}
