//! How fast: a lane per mailbox and side. So many requests at a time, and a pause that one request is asked for holds
//! back the others of the same lane, because the other side counts them together.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio_util::sync::CancellationToken;

use super::clock::Clock;
use super::problem::{Guidance, Kind, Problem, Side};
use super::retry::stopped;

/// Requests at a time to one mailbox of Microsoft 365: the service refuses more.
pub const TARGET_AT_A_TIME: usize = 4;
/// Requests at a time to one mailbox of the source.
pub const SOURCE_AT_A_TIME: usize = 3;
/// Directory requests at a time to the target.
pub const DIRECTORY_AT_A_TIME: usize = 3;

type Listener = Box<dyn Fn(Option<Duration>) + Send + Sync>;

/// The requests that the other side counts together.
pub(crate) struct Lane {
    slots: Semaphore,
    /// No request leaves before this moment of [`Clock::elapsed`].
    resume: Mutex<Duration>,
    listener: Option<Listener>,
}

impl Lane {
    pub(crate) fn new(at_a_time: usize) -> Lane {
        Lane { slots: Semaphore::new(at_a_time), resume: Mutex::new(Duration::ZERO), listener: None }
    }

    /// Tells `listener` of every pause as it begins (with its length) and when requests flow again.
    pub(crate) fn heard_by(mut self, listener: impl Fn(Option<Duration>) + Send + Sync + 'static) -> Lane {
        self.listener = Some(Box::new(listener));
        self
    }

    /// Waits for a slot and for the end of any pause.
    pub(crate) async fn enter(
        &self,
        clock: &dyn Clock,
        stop: &CancellationToken,
    ) -> Result<SemaphorePermit<'_>, Problem> {
        tokio::select! {
            biased;
            () = stop.cancelled() => Err(stopped()),
            slot = self.slot(clock) => slot,
        }
    }

    async fn slot(&self, clock: &dyn Clock) -> Result<SemaphorePermit<'_>, Problem> {
        let slot =
            self.slots.acquire().await.map_err(|_| {
                Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", "a lane was closed")
            })?;
        let mut waited = false;
        loop {
            let left = self.resume().saturating_sub(clock.elapsed());
            if left.is_zero() {
                break;
            }
            waited = true;
            clock.sleep(left).await;
        }
        if waited && let Some(listener) = &self.listener {
            listener(None);
        }
        Ok(slot)
    }

    fn resume(&self) -> Duration {
        *self.resume.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Holds every request of this lane back. A shorter pause never ends a longer one.
    pub(crate) fn pause(&self, clock: &dyn Clock, pause: Duration) {
        let until = clock.elapsed() + pause;
        let mut resume = self.resume.lock().unwrap_or_else(PoisonError::into_inner);
        *resume = (*resume).max(until);
        drop(resume);
        if let Some(listener) = &self.listener {
            listener(Some(pause));
        }
    }
}

/// Does work in parallel, so much at a time; answers in the order in which it ends.
pub(crate) async fn so_many<F: Future>(at_a_time: usize, work: Vec<F>) -> Vec<F::Output> {
    stream::iter(work).buffer_unordered(at_a_time).collect().await
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::*;
    use crate::engine::clock::SeededClock;

    #[tokio::test(start_paused = true)]
    async fn a_pause_holds_the_whole_lane_and_slots_are_bounded() {
        let clock = SeededClock::new(jiff::Timestamp::UNIX_EPOCH, 1);
        let stop = CancellationToken::new();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = heard.clone();
        let lane = Lane::new(2).heard_by(move |pause| log.lock().unwrap().push(pause));
        lane.pause(&clock, Duration::from_secs(30));
        lane.pause(&clock, Duration::from_secs(5));
        let first = lane.enter(&clock, &stop).await.unwrap();
        assert_eq!(clock.elapsed().as_secs(), 30);
        assert_eq!(heard.lock().unwrap().last().unwrap(), &None);
        let _second = lane.enter(&clock, &stop).await.unwrap();
        let third = tokio::time::timeout(Duration::from_secs(1), lane.enter(&clock, &stop)).await;
        assert!(third.is_err(), "two at a time");
        drop(first);
        drop(lane.enter(&clock, &stop).await.unwrap());
        stop.cancel();
        assert_eq!(lane.enter(&clock, &stop).await.unwrap_err().guidance, Guidance::Stopped);
    }
}
