//! Keeping in step: every 24 hours the changes are carried across, while the window is open.

use std::time::Duration;

use iced::futures::{SinkExt, Stream};
use jiff::{SignedDuration, Timestamp};

use super::Run;

/// From the end of a synchronisation to the beginning of the next.
pub const EVERY: SignedDuration = SignedDuration::from_hours(24);
/// Until a synchronisation that was refused is tried again by itself.
const AGAIN: SignedDuration = SignedDuration::from_mins(15);
/// How often it is looked whether one is due.
const TICK: Duration = Duration::from_secs(60);

/// The time now, at once and then every minute.
pub fn ticks() -> impl Stream<Item = Timestamp> {
    iced::stream::channel(1, async |mut out| {
        while out.send(Timestamp::now()).await.is_ok() {
            tokio::time::sleep(TICK).await;
        }
    })
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
