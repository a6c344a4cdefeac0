//! What the engine gets from outside of the services: a clock whose time of day jumps.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use cutover::engine::clock::Clock;
use jiff::{SignedDuration, Timestamp};
use tokio::time::Instant;

use crate::memory::World;
use crate::truth::Dice;

/// The engine's clock: the world's time, with a time of day that jumps.
pub struct JumpyClock {
    pub world: Arc<World>,
    pub began: Instant,
    /// In seconds.
    pub jumped: Arc<AtomicI64>,
    pub dice: Mutex<Dice>,
}

#[async_trait]
impl Clock for JumpyClock {
    fn now(&self) -> Timestamp {
        let start = Timestamp::from_second(1_795_000_000).unwrap();
        let jumped = SignedDuration::from_secs(self.jumped.load(Ordering::SeqCst));
        start.checked_add(self.world.now()).unwrap().checked_add(jumped).unwrap()
    }
    fn elapsed(&self) -> Duration {
        self.began.elapsed()
    }
    async fn sleep(&self, pause: Duration) {
        tokio::time::sleep(pause).await;
    }
    fn random(&self) -> u64 {
        self.dice.lock().unwrap().roll()
    }
}
