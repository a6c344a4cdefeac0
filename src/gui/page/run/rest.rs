//! Keeping in step: every 24 hours the changes are carried across, while the window is open.

use std::hash::{Hash, Hasher};
use std::time::Duration;

use iced::Subscription;
use iced::futures::SinkExt;
use jiff::{SignedDuration, Timestamp};

use super::Run;
use crate::engine::migration::Migration;

/// From the end of a synchronisation to the beginning of the next.
pub const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// Until a synchronisation that was refused is tried again by itself.
const AGAIN: SignedDuration = SignedDuration::from_mins(15);
/// How often it is looked whether one is due.
const TICK: Duration = Duration::from_secs(60);

/// Looks at the clock at once and then every minute.
pub fn ticks(migration: &Migration) -> Subscription<Timestamp> {
    Subscription::run_with(Clock(migration.clone()), |Clock(migration)| {
        let migration = migration.clone();
        iced::stream::channel(1, async move |mut out| {
            while out.send(migration.now()).await.is_ok() {
                tokio::time::sleep(TICK).await;
            }
        })
    })
}

/// The clock of a migration; a page has one.
struct Clock(Migration);

impl Hash for Clock {
    fn hash<H: Hasher>(&self, state: &mut H) {
        "clock".hash(state);
    }
}

impl Run {
    /// When the next synchronisation is due; nothing if both sides are not kept in step.
    pub fn next(&self) -> Option<Timestamp> {
        let last = self.overview.last_synced.filter(|_| self.is_synced())?;
        let due = last.checked_add(EVERY).ok()?;
        Some(self.not_before.map_or(due, |earliest| due.max(earliest)))
    }

    /// Whether one is to begin by itself now. Not while the user decides about something else.
    pub fn is_due(&self, now: Timestamp) -> bool {
        !self.is_busy() && !self.reports.is_busy() && self.next().is_some_and(|due| due <= now)
    }

    /// One that was due and began by itself was refused.
    pub fn put_off(&mut self, due: Timestamp) {
        let since = self.ticked.map_or(due, |now| now.max(due));
        self.not_before = since.checked_add(AGAIN).ok();
    }
}
