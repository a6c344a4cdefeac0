//! Time, waiting and chance: the one seam through which the engine takes them, so that a three-day migration
//! runs in a test in milliseconds, from a printed seed.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use super::problem::Problem;

/// A moment around a durable write: the commit of one group of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Breakpoint {
    /// The group is complete, and nothing of it is in the file.
    BeforeWrite,
    /// The group is durable, and nobody has been told.
    AfterWrite,
}

/// Where the engine gets time, sleep and randomness.
#[async_trait]
pub trait Clock: Send + Sync {
    /// The time of day, for people and records. May jump.
    fn now(&self) -> Timestamp;
    /// Time since some fixed moment, for bounds and rates. Never goes back.
    fn elapsed(&self) -> Duration;
    /// Waits.
    async fn sleep(&self, pause: Duration);
    /// Sixty-four random bits, fit for initial passwords.
    fn random(&self) -> u64;
    /// Reached before and after every durable write. The one seam through which faults come to the ledger; outside of
    /// tests nothing happens here. A test ends the process here by never returning, or lets the write fail: with an
    /// error before, the group is not written; with one after, it is written and said not to be, as when a disk fails
    /// in the middle of its answer.
    ///
    /// # Errors
    /// The failure that whoever gave work to the group shall be told.
    async fn breakpoint(&self, _at: Breakpoint) -> Result<(), Problem> {
        Ok(())
    }
}

/// The computer's own clock and generator.
#[derive(Debug)]
pub struct SystemClock {
    origin: Instant,
}

impl SystemClock {
    /// The computer's clock.
    pub fn new() -> SystemClock {
        SystemClock { origin: Instant::now() }
    }
}

impl Default for SystemClock {
    fn default() -> SystemClock {
        SystemClock::new()
    }
}

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
    fn elapsed(&self) -> Duration {
        self.origin.elapsed()
    }
    async fn sleep(&self, pause: Duration) {
        tokio::time::sleep(pause).await;
    }
    fn random(&self) -> u64 {
        rand::random()
    }
}

/// A clock for tests and rehearsals of time: it starts at a given moment, follows tokio's (paused) time, and its chance
/// comes from a seed.
#[derive(Debug)]
pub struct SeededClock {
    start: Timestamp,
    origin: Instant,
    state: AtomicU64,
    ahead: Arc<AtomicI64>,
}

impl SeededClock {
    /// A clock that says `start` now. Must be made inside a tokio runtime.
    pub fn new(start: Timestamp, seed: u64) -> SeededClock {
        SeededClock { start, origin: Instant::now(), state: AtomicU64::new(seed), ahead: Arc::default() }
    }

    /// Lets the time of day jump: it is so many seconds ahead of the time that passes as `ahead` says at the moment.
    pub fn ahead_by(self, ahead: Arc<AtomicI64>) -> SeededClock {
        SeededClock { ahead, ..self }
    }
}

#[async_trait]
impl Clock for SeededClock {
    fn now(&self) -> Timestamp {
        let ahead = SignedDuration::from_secs(self.ahead.load(Ordering::SeqCst));
        let passed = self.start.checked_add(self.origin.elapsed());
        passed.and_then(|now| now.checked_add(ahead)).unwrap_or(Timestamp::MAX)
    }
    fn elapsed(&self) -> Duration {
        self.origin.elapsed()
    }
    async fn sleep(&self, pause: Duration) {
        tokio::time::sleep(pause).await;
    }
    /// SplitMix64.
    fn random(&self) -> u64 {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.state.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn seeded_time_follows_the_paused_clock_or_jumps_and_chance_repeats() {
        let start: Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();
        let clock = SeededClock::new(start, 7);
        clock.sleep(Duration::from_secs(3 * 24 * 3600)).await;
        assert_eq!(clock.now().to_string(), "2026-11-23T08:00:00Z");
        let again = SeededClock::new(start, 7);
        assert_eq!(clock.random(), again.random());
        assert_ne!(clock.random(), SeededClock::new(start, 8).random());
        let ahead = Arc::new(AtomicI64::new(-7_200));
        let jumping = SeededClock::new(start, 7).ahead_by(ahead.clone());
        assert_eq!(jumping.now().to_string(), "2026-11-20T06:00:00Z");
        ahead.store(60, Ordering::SeqCst);
        assert_eq!((jumping.now().to_string().as_str(), jumping.elapsed()), ("2026-11-20T08:01:00Z", Duration::ZERO));
    }
}
