//! Time as the service sees it: a clock that tests can hold, and waits that a rehearsal can shorten.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A point in time, in milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub(super) struct Moment(pub i64);

impl Moment {
    /// RFC 3339 in UTC with whole seconds, the form the service answers with.
    pub fn text(self) -> String {
        self.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// Reads RFC 3339.
    pub fn parse(text: &str) -> Option<Moment> {
        let text = text.trim();
        let whole = if text.len() == 10 { format!("{text}T00:00:00Z") } else { text.to_owned() };
        whole.parse::<Timestamp>().ok().map(|at| Moment(at.as_millisecond()))
    }

    /// The same as a `jiff` timestamp.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// Whole seconds since 1970.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This much later.
    pub fn plus(self, seconds: f64) -> Moment {
        Moment(self.0.saturating_add((seconds * 1000.0).ceil() as i64))
    }

    /// As FILETIME.
    pub fn filetime(self) -> u64 {
        crate::mapi::time::filetime_from_unix(self.seconds(), (self.0.rem_euclid(1000) as u32) * 1_000_000)
    }

    /// From FILETIME.
    pub fn from_filetime(filetime: u64) -> Moment {
        let (seconds, nanos) = crate::mapi::time::unix_from_filetime(filetime);
        Moment(seconds.saturating_mul(1000).saturating_add(i64::from(nanos / 1_000_000)))
    }
}

/// The service's clock and how fast its waits pass.
#[derive(Clone)]
pub(super) struct Clock {
    now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Waits are divided by this.
    pub speed: f64,
}

impl Clock {
    /// A clock that tells what `now` says.
    pub fn new(now: impl Fn() -> Timestamp + Send + Sync + 'static, speed: f64) -> Clock {
        let speed = if speed.is_finite() && speed > 0.0 { speed } else { 1.0 };
        Clock { now: Arc::new(now), speed }
    }

    /// Now.
    pub fn now(&self) -> Moment {
        Moment((self.now)().as_millisecond())
    }

    /// How many real seconds a service wait of `seconds` takes here.
    pub fn scaled(&self, seconds: f64) -> f64 {
        seconds / self.speed
    }

    /// Waits as long as the service does for `seconds`; under the fuzzer not at all.
    pub async fn pass(&self, seconds: f64) {
        if cfg!(not(fuzzing)) {
            tokio::time::sleep(Duration::from_secs_f64(self.scaled(seconds))).await;
        }
    }

    /// When a service wait of `seconds` that begins now is over.
    pub fn after(&self, seconds: f64) -> Moment {
        self.now().plus(self.scaled(seconds))
    }

    /// The same, but never sooner than `floor` real seconds: for lifetimes that a client must be able to live with.
    pub fn lifetime(&self, seconds: f64, floor: f64) -> Moment {
        self.now().plus(self.scaled(seconds).max(floor))
    }
}
