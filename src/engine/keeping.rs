//! Keeping in step: when the next synchronisation is due. Every 24 hours, and sooner after one that failed.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::clock::Clock;

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
        tokio::select! {
            biased;
            () = stop() => return,
            () = wait(clock, pause, &tell) => {}
        }
        ended = synchronise().await;
    }
}

/// Waits, by the time of day and by the time that passes: whichever comes first.
async fn wait(clock: &dyn Clock, pause: Duration, tell: impl Fn(Timestamp)) {
    let signed = SignedDuration::try_from(pause).unwrap_or(SignedDuration::MAX);
    let due = clock.now().checked_add(signed).unwrap_or(Timestamp::MAX);
    let until = clock.elapsed().saturating_add(pause);
    tell(due);
    loop {
        let left = Duration::try_from(due.duration_since(clock.now())).unwrap_or(Duration::ZERO);
        let left = left.min(until.saturating_sub(clock.elapsed()));
        if left.is_zero() {
            return;
        }
        clock.sleep(left.min(TICK)).await;
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

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
