//! Keeping in step: when the next synchronisation is due. Every 24 hours, and sooner after one that failed.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::clock::Clock;
use super::control::Outcome;
use super::run::BatchState;

/// From the end of a synchronisation to the beginning of the next.
pub const EVERY: Duration = Duration::from_hours(24);
/// Until a synchronisation that failed is tried again, the first time; it doubles from there.
pub const FIRST_AGAIN: Duration = Duration::from_mins(15);
/// The longest pause until a synchronisation that failed is tried again.
pub const LONGEST_AGAIN: Duration = Duration::from_hours(4);
/// How often it is looked whether one is due: a computer that slept, or a clock that was set, is noticed so soon.
pub const TICK: Duration = Duration::from_secs(60);

/// How a synchronisation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synchronised {
    /// It came to its end, with or without errors in the report.
    Done,
    /// It could not begin or go on.
    Failed,
    /// There will be no other: the migration is completed, or somebody stopped it.
    Over,
}

impl Synchronised {
    /// How a run ended, seen as a synchronisation.
    pub fn by(outcome: &Outcome) -> Synchronised {
        match outcome.state {
            BatchState::Synced | BatchState::SyncedWithErrors => Synchronised::Done,
            BatchState::Stopped | BatchState::Completed | BatchState::CompletedWithErrors => Synchronised::Over,
            _ => Synchronised::Failed,
        }
    }
}

/// When the next synchronisation is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Schedule {
    /// Synchronisations that failed since the last that did not.
    failures: u32,
}

impl Schedule {
    /// The pause after a synchronisation that ended like this; nothing after the last.
    pub fn after(&mut self, ended: Synchronised) -> Option<Duration> {
        match ended {
            Synchronised::Done => {
                self.failures = 0;
                Some(EVERY)
            }
            Synchronised::Failed => {
                let doubled = FIRST_AGAIN.saturating_mul(1 << self.failures.min(16));
                self.failures = self.failures.saturating_add(1);
                Some(doubled.min(LONGEST_AGAIN))
            }
            Synchronised::Over => None,
        }
    }
}

/// When something is due: by the time of day, which goes on while the computer sleeps, and by the time that passes, which
/// nobody sets; whichever comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Due {
    at: Timestamp,
    elapsed: Duration,
}

impl Due {
    /// A pause from now.
    pub fn after(clock: &dyn Clock, pause: Duration) -> Due {
        Due::since(clock, clock.now(), pause)
    }

    /// A pause after something that happened then. Never later than a pause from now: the clock may have been set back
    /// since.
    pub fn since(clock: &dyn Clock, then: Timestamp, pause: Duration) -> Due {
        let now = clock.now();
        let left = Duration::try_from(later(then, pause).duration_since(now)).unwrap_or(Duration::ZERO).min(pause);
        Due { at: later(now, left), elapsed: clock.elapsed().saturating_add(left) }
    }

    /// The time of day.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// How long it still takes; nothing if it is due.
    pub fn left(&self, clock: &dyn Clock) -> Duration {
        let left = Duration::try_from(self.at.duration_since(clock.now())).unwrap_or(Duration::ZERO);
        left.min(self.elapsed.saturating_sub(clock.elapsed()))
    }

    /// Waits for it. A computer that slept or a clock that was set is noticed within a [`TICK`].
    pub async fn wait(&self, clock: &dyn Clock) {
        loop {
            let left = self.left(clock);
            if left.is_zero() {
                return;
            }
            clock.sleep(left.min(TICK)).await;
        }
    }
}

fn later(then: Timestamp, pause: Duration) -> Timestamp {
    then.checked_add(SignedDuration::try_from(pause).unwrap_or(SignedDuration::MAX)).unwrap_or(Timestamp::MAX)
}

/// Synchronises whenever it is due, the first time a pause after one that ended as `first` did, until one is the last or
/// `stop` answers. `tell` hears when the next one is due. Only the time between two synchronisations is cut short by
/// `stop`; whoever synchronises takes care of the rest.
pub async fn keep<F, S>(
    clock: &dyn Clock,
    first: Synchronised,
    tell: impl Fn(Timestamp),
    stop: impl Fn() -> S,
    mut synchronise: impl FnMut() -> F,
) where
    F: Future<Output = Synchronised>,
    S: Future<Output = ()>,
{
    let (mut schedule, mut ended) = (Schedule::default(), first);
    while let Some(pause) = schedule.after(ended) {
        let due = Due::after(clock, pause);
        tell(due.at());
        tokio::select! {
            biased;
            () = stop() => return,
            () = due.wait(clock) => {}
        }
        ended = synchronise().await;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::cell::RefCell;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;
    use crate::engine::clock::SeededClock;

    const HOUR: u64 = 3600;

    #[tokio::test(start_paused = true)]
    async fn it_synchronises_every_day_and_sooner_after_a_failure() {
        use Synchronised::{Done, Failed, Over};
        let clock = SeededClock::new(Timestamp::UNIX_EPOCH, 1);
        let ends = [Done, Failed, Failed, Failed, Failed, Failed, Failed, Done, Over];
        let (began, told) = (RefCell::new(Vec::new()), RefCell::new(Vec::new()));
        let start = clock.elapsed();
        keep(
            &clock,
            Done,
            |due| told.borrow_mut().push(due.as_second()),
            std::future::pending,
            || {
                began.borrow_mut().push((clock.elapsed() - start).as_secs());
                let ended = ends[began.borrow().len() - 1];
                async move { ended }
            },
        )
        .await;
        let began = began.into_inner();
        assert_eq!(told.into_inner(), began.iter().map(|at| *at as i64).collect::<Vec<_>>());
        let pauses: Vec<u64> = std::iter::once(&0).chain(&began).zip(&began).map(|(one, next)| next - one).collect();
        let day = 24 * HOUR;
        let quarter = HOUR / 4;
        let failed = [quarter, 2 * quarter, HOUR, 2 * HOUR, 4 * HOUR, 4 * HOUR];
        assert_eq!(pauses, [&[day, day][..], &failed, &[day]].concat());
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_due_is_so_by_the_time_of_day_or_by_the_time_that_passes() {
        let ahead = Arc::new(AtomicI64::new(0));
        let clock = SeededClock::new(Timestamp::UNIX_EPOCH, 1).ahead_by(ahead.clone());
        let hours = |hours: u64| Duration::from_hours(hours);
        let due = Due::since(&clock, Timestamp::UNIX_EPOCH - hours(10), EVERY);
        assert_eq!((due.left(&clock), due.at()), (hours(14), Timestamp::UNIX_EPOCH + hours(14)));
        let missed = Due::since(&clock, Timestamp::UNIX_EPOCH - hours(50), EVERY);
        assert_eq!((missed.left(&clock), missed.at()), (Duration::ZERO, Timestamp::UNIX_EPOCH), "it was missed");
        let set_back = Due::since(&clock, Timestamp::UNIX_EPOCH + hours(72), EVERY);
        assert_eq!(set_back.left(&clock), EVERY);
        // The computer sleeps: the time of day goes on alone.
        ahead.store(13 * HOUR as i64, Ordering::SeqCst);
        assert_eq!(due.left(&clock), hours(1));
        ahead.store(-40 * HOUR as i64, Ordering::SeqCst);
        assert_eq!(due.left(&clock), hours(14), "the time that passes");
        due.wait(&clock).await;
        assert_eq!(clock.elapsed(), hours(14));
    }

    #[tokio::test(start_paused = true)]
    async fn after_the_last_and_when_told_to_stop_there_is_no_other() {
        let clock = SeededClock::new(Timestamp::UNIX_EPOCH, 1);
        let never = || async { unreachable!("nothing is due") };
        keep(&clock, Synchronised::Over, |_| {}, std::future::pending, never).await;
        assert_eq!(clock.elapsed(), Duration::ZERO);
        let stop = || clock.sleep(Duration::from_hours(5));
        keep(&clock, Synchronised::Done, |_| {}, stop, never).await;
        assert_eq!(clock.elapsed(), Duration::from_hours(5));
    }
}
