//! Keeping in step: when the next synchronisation is due, while the window is open. How often, and how soon after one that
//! failed, the engine says.

use std::hash::{Hash, Hasher};

use iced::Subscription;
use iced::futures::SinkExt;
use jiff::Timestamp;

use crate::engine::clock::Clock;
use crate::engine::keeping::{Due, EVERY, FIRST_AGAIN, Schedule, Synchronised, TICK};
use crate::engine::ledger::Overview;
use crate::engine::migration::Migration;
use crate::engine::run::BatchState;

/// When the next synchronisation is due.
#[derive(Default)]
pub struct Rest {
    schedule: Schedule,
    due: Option<Due>,
    failed: bool,
    /// The end of the last synchronisation that is known of.
    last: Option<Timestamp>,
    /// The next one to be known of was for some mailboxes alone.
    aside: bool,
}

impl Rest {
    /// The moment; nothing if both sides are not kept in step.
    pub fn due(&self) -> Option<Due> {
        self.due
    }

    /// The last one failed, and is tried again then.
    pub fn is_again(&self) -> bool {
        self.failed && self.due.is_some()
    }

    /// One ended like this. What was never in step is not kept in step by itself.
    pub fn ended(&mut self, clock: &dyn Clock, ended: Synchronised) {
        self.aside = false;
        let ended = match ended {
            Synchronised::Failed if self.last.is_none() => Synchronised::Over,
            ended => ended,
        };
        self.failed = ended == Synchronised::Failed;
        self.due = self.schedule.after(ended).map(|pause| Due::after(clock, pause));
    }

    /// Some mailboxes alone were synchronised: the others are due when they were.
    pub fn ended_aside(&mut self) {
        self.aside = true;
    }

    /// One that was due could not begin because another page is at it.
    pub fn put_off(&mut self, clock: &dyn Clock) {
        self.due = Some(Due::after(clock, FIRST_AGAIN));
    }

    /// Takes in what the ledger says: the last one may have been another page's, or another day's.
    pub fn know(&mut self, clock: &dyn Clock, overview: &Overview) {
        let state = overview.last_batch.as_ref().map(|(_, state)| *state);
        if state.is_some_and(BatchState::is_final) {
            self.due = None;
        }
        let (Some(last), true) = (overview.last_synced, overview.last_synced != self.last) else { return };
        let first = self.last.replace(last).is_none();
        match state {
            _ if std::mem::take(&mut self.aside) && self.due.is_some() => {}
            Some(BatchState::Synced | BatchState::SyncedWithErrors) => {
                let pause = self.schedule.after(Synchronised::Done).unwrap_or(EVERY);
                (self.failed, self.due) = (false, Some(Due::since(clock, last, pause)));
            }
            Some(BatchState::Failed) if first => self.ended(clock, Synchronised::Failed),
            _ => {}
        }
    }
}

/// Tells when it is due, and again every minute as long as nothing comes of it.
pub fn dues(migration: &Migration, due: Due) -> Subscription<()> {
    Subscription::run_with(Awaited(migration.clone(), due), |Awaited(migration, due)| {
        let (clock, due) = (migration.clock(), *due);
        iced::stream::channel(1, async move |mut out| {
            due.wait(clock.as_ref()).await;
            while out.send(()).await.is_ok() {
                clock.sleep(TICK).await;
            }
        })
    })
}

/// A moment that is waited for; a page has one at a time.
struct Awaited(Migration, Due);

impl Hash for Awaited {
    fn hash<H: Hasher>(&self, state: &mut H) {
        ("due", self.1).hash(state);
    }
}
