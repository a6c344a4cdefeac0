//! What a run shows while it goes on: a snapshot of which the latest wins, and bounded events. The engine never waits for
//! whoever looks; what an event said can be read again from the ledger.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{broadcast, watch};

use super::books::{Books, Place};
use super::clock::Clock;
use super::problem::Problem;
use super::recipient::{Address, Mailbox, Size};
use super::run::{BatchState, UserState};
use super::waiting::{Waiting, Waits};

/// Events kept for a slow listener; older ones are lost to it (it is told), never to the ledger.
pub const EVENTS_KEPT: usize = 1024;

/// What is being worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Preparing.
    Starting,
    /// Mailboxes.
    Mailboxes,
    /// Contacts and mail users.
    Contacts,
    /// Groups, then their members.
    Groups,
    /// Comparing item by item.
    Verifying,
    /// Nothing any more.
    Ended,
}

/// Directory objects of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// In this batch.
    pub total: usize,
    /// Arrived.
    pub done: usize,
    /// Failed.
    pub failed: usize,
}

/// A mailbox in a run.
#[derive(Debug, Clone, PartialEq)]
pub struct MailboxRow {
    /// Its primary address.
    pub address: Address,
    /// Its display name.
    pub name: String,
    /// Its state.
    pub state: UserState,
    /// How much it held when it was surveyed, if that is known.
    pub size: Option<Size>,
    /// Its items.
    pub books: Books,
    /// All its folders were listed by this run: `books.found` does not grow any more.
    pub counted: bool,
    /// Bytes moved by this run.
    pub bytes: u64,
    /// When this run began with it.
    pub started: Option<Timestamp>,
    /// Bytes per minute since then.
    pub bytes_per_minute: u64,
    /// What it waits for, if it does.
    pub waiting: Option<Waiting>,
    /// Why it failed.
    pub problem: Option<Problem>,
}

impl MailboxRow {
    pub(crate) fn queued(mailbox: &Mailbox) -> MailboxRow {
        MailboxRow {
            address: mailbox.identity.address.clone(),
            name: mailbox.identity.display_name.clone(),
            state: UserState::Queued,
            size: mailbox.size,
            books: Books::default(),
            counted: false,
            bytes: 0,
            started: None,
            bytes_per_minute: 0,
            waiting: None,
            problem: None,
        }
    }
}

/// The state of a run at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// The batch's name.
    pub batch: String,
    /// The batch's state.
    pub state: BatchState,
    /// What is being worked on.
    pub stage: Stage,
    /// When the run began.
    pub started: Timestamp,
    /// Mailboxes, in the order of the plan.
    pub mailboxes: Vec<MailboxRow>,
    /// Contacts and mail users.
    pub contacts: Tally,
    /// Groups.
    pub groups: Tally,
    /// All items.
    pub books: Books,
    /// Bytes moved by this run.
    pub bytes: u64,
    /// Items compared by verify so far.
    pub verified: u64,
    /// Mailboxes at a time.
    pub concurrency: usize,
    /// What the work on contacts and groups, or the comparison, waits for, if it does.
    pub waiting: Option<Waiting>,
}

impl Snapshot {
    /// A run that has not begun.
    pub(crate) fn new(batch: String, started: Timestamp) -> Snapshot {
        Snapshot {
            batch,
            state: BatchState::Created,
            stage: Stage::Starting,
            started,
            mailboxes: Vec::new(),
            contacts: Tally::default(),
            groups: Tally::default(),
            books: Books::default(),
            bytes: 0,
            verified: 0,
            concurrency: 0,
            waiting: None,
        }
    }
    /// Nothing goes on: whatever is being worked on waits.
    pub fn stands_still(&self) -> bool {
        // One request that is made again later does not hold up the others, nor one mailbox the comparison of the rest.
        let lasting = self.waiting.filter(|waiting| !matches!(waiting, Waiting::Again { .. }));
        let all_wait = lasting.is_some() && self.stage != Stage::Verifying;
        let mut active = self.mailboxes.iter().filter(|row| row.state.is_active()).peekable();
        all_wait || active.peek().is_some() && active.all(|row| row.waiting.is_some())
    }
    /// Mailboxes being worked on now.
    pub fn active(&self) -> usize {
        self.mailboxes.iter().filter(|row| row.state.is_active()).count()
    }
    /// Recipients of every kind that failed.
    pub fn failed(&self) -> usize {
        self.mailboxes.iter().filter(|row| row.state.is_failure()).count() + self.contacts.failed + self.groups.failed
    }
    /// Mailboxes that are done.
    pub fn synced(&self) -> usize {
        self.mailboxes.iter().filter(|row| row.state == UserState::Synced).count()
    }
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The batch is in a new state.
    Batch(BatchState),
    /// A recipient is in a new state.
    Recipient {
        /// Which one.
        address: Address,
        /// Its state.
        state: UserState,
    },
    /// A recipient met a problem.
    Problem {
        /// Which one.
        address: Address,
        /// What it is.
        problem: Problem,
    },
    /// An item was skipped or failed.
    Item {
        /// Whose it is.
        address: Address,
        /// The folder's name.
        folder: String,
        /// The item's subject.
        subject: String,
        /// Why.
        problem: Problem,
    },
}

/// The sending end.
#[derive(Clone)]
pub(crate) struct Progress {
    snapshot: Arc<watch::Sender<Snapshot>>,
    events: broadcast::Sender<Event>,
    clock: Arc<dyn Clock>,
}

impl Progress {
    pub(crate) fn new(snapshot: Snapshot, clock: Arc<dyn Clock>) -> Progress {
        Progress {
            snapshot: Arc::new(watch::Sender::new(snapshot)),
            events: broadcast::Sender::new(EVENTS_KEPT),
            clock,
        }
    }
    pub(crate) fn watch(&self) -> watch::Receiver<Snapshot> {
        self.snapshot.subscribe()
    }
    pub(crate) fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }
    pub(crate) fn update(&self, change: impl FnOnce(&mut Snapshot)) {
        self.snapshot.send_modify(change);
    }
    pub(crate) fn read<T>(&self, look: impl FnOnce(&Snapshot) -> T) -> T {
        look(&self.snapshot.borrow())
    }
    /// Nobody listening is no failure.
    pub(crate) fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }
    /// The row of the mailbox at this place of the plan.
    pub(crate) fn row(&self, index: usize) -> Row {
        Row { progress: self.clone(), index }
    }
    /// What the run waits for apart from its mailboxes, for several to say.
    pub(crate) fn waits(&self) -> Waits {
        let progress = self.clone();
        Waits::new(self.clock.clone(), move |waiting| progress.update(|snapshot| snapshot.waiting = waiting))
    }
}

/// The sending end for one mailbox.
#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) progress: Progress,
    index: usize,
}

impl Row {
    pub(crate) fn update(&self, change: impl FnOnce(&mut MailboxRow)) {
        self.progress.update(|snapshot| {
            if let Some(row) = snapshot.mailboxes.get_mut(self.index) {
                change(row);
            }
        });
    }

    /// Replaces the mailbox's books and keeps the run's in step.
    pub(crate) fn set_books(&self, books: Books) {
        self.progress.update(|snapshot| {
            if let Some(row) = snapshot.mailboxes.get_mut(self.index) {
                row.books = books;
            }
            let mut all = Books::default();
            snapshot.mailboxes.iter().for_each(|row| all += row.books);
            snapshot.books = all;
        });
    }

    /// One item moves from a place to another.
    pub(crate) fn shift(&self, from: Place, to: Place, bytes: u64) {
        let now = self.progress.clock.now();
        self.progress.update(|snapshot| {
            let Some(row) = snapshot.mailboxes.get_mut(self.index) else { return };
            row.books.shift(from, to);
            snapshot.books.shift(from, to);
            row.bytes += bytes;
            snapshot.bytes += bytes;
            if let Some(started) = row.started {
                let seconds = now.duration_since(started).as_secs().max(1) as u64;
                row.bytes_per_minute = row.bytes.saturating_mul(60) / seconds;
            }
        });
    }

    pub(crate) fn books(&self) -> Books {
        self.progress.read(|snapshot| snapshot.mailboxes.get(self.index).map(|row| row.books).unwrap_or_default())
    }

    /// What this mailbox waits for, for several to say.
    pub(crate) fn waits(&self) -> Waits {
        let row = self.clone();
        Waits::new(self.progress.clock.clone(), move |waiting| row.update(|row| row.waiting = waiting))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::engine::clock::SeededClock;
    use crate::engine::recipient::{Card, Identity, MailboxKind};

    fn row(address: &str) -> MailboxRow {
        let identity = Identity {
            address: Address::new(address),
            display_name: String::new(),
            aliases: Vec::new(),
            legacy_dn: None,
        };
        MailboxRow::queued(&Mailbox { identity, kind: MailboxKind::User, card: Card::default(), size: None })
    }

    #[tokio::test(start_paused = true)]
    async fn totals_follow_the_rows_and_nobody_listening_harms_nobody() {
        let clock = Arc::new(SeededClock::new(Timestamp::UNIX_EPOCH, 1));
        let mut snapshot = Snapshot::new("Batch 1".to_string(), clock.now());
        snapshot.mailboxes = vec![row("a@x"), row("b@x")];
        let progress = Progress::new(snapshot, clock.clone());
        let (a, b) = (progress.row(0), progress.row(1));
        a.update(|row| row.started = Some(Timestamp::UNIX_EPOCH));
        a.set_books(Books { found: 2, waiting: 2, ..Books::default() });
        b.set_books(Books { found: 1, waiting: 1, ..Books::default() });
        clock.sleep(std::time::Duration::from_secs(120)).await;
        a.shift(Place::Waiting, Place::Moved, 1000);
        progress.tell(Event::Batch(BatchState::Synced));
        let seen = progress.watch();
        let seen = seen.borrow();
        seen.books.close().unwrap();
        assert_eq!((seen.books.found, seen.books.moved, seen.bytes), (3, 1, 1000));
        assert_eq!(seen.mailboxes[0].bytes_per_minute, 500);
    }

    #[tokio::test]
    async fn a_slow_listener_loses_old_events_and_is_told() {
        let clock = Arc::new(SeededClock::new(Timestamp::UNIX_EPOCH, 1));
        let progress = Progress::new(Snapshot::new(String::new(), clock.now()), clock);
        let mut events = progress.listen();
        (0..=EVENTS_KEPT).for_each(|_| progress.tell(Event::Batch(BatchState::Synced)));
        assert!(matches!(events.recv().await, Err(broadcast::error::RecvError::Lagged(1))));
        assert!(events.recv().await.is_ok());
    }
}
