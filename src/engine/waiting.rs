//! What work waits for, and until when: whoever looks at something that stands still wants to know why.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;

use super::clock::Clock;
use super::problem::Side;

/// What a mailbox waits for, or the work as a whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Waiting {
    /// The service has not made the mailbox yet.
    Mailbox,
    /// This side asked for a pause until then.
    Pause {
        /// Which side.
        side: Side,
        /// Until when.
        until: Timestamp,
    },
    /// Microsoft 365 takes only so many bytes for a mailbox in so long a time; there is room again then.
    Upload {
        /// Until when.
        until: Timestamp,
    },
    /// Microsoft 365 takes only so many requests for a mailbox in so long a time; there is room again then.
    Requests {
        /// Until when.
        until: Timestamp,
    },
    /// What an earlier run sent may still be on its way: it is waited for before anything like it is sent again.
    UnderWay {
        /// Until when at the latest.
        until: Timestamp,
    },
    /// Something failed for a passing cause, and is tried again then.
    Again {
        /// When.
        until: Timestamp,
    },
    /// Recipients that were made just now and are to be in a group do not show to everybody yet.
    Recipients {
        /// Until when at the latest.
        until: Timestamp,
    },
}

impl Waiting {
    /// Its name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Waiting::Mailbox => "mailbox",
            Waiting::Pause { side: Side::Source, .. } => "source",
            Waiting::Pause { .. } => "target",
            Waiting::Upload { .. } => "upload-limit",
            Waiting::Requests { .. } => "request-limit",
            Waiting::UnderWay { .. } => "under-way",
            Waiting::Again { .. } => "another-try",
            Waiting::Recipients { .. } => "new-recipients",
        }
    }

    /// When it is over, if that is known.
    pub fn until(self) -> Option<Timestamp> {
        match self {
            Waiting::Mailbox => None,
            Waiting::Pause { until, .. }
            | Waiting::Upload { until }
            | Waiting::Requests { until }
            | Waiting::UnderWay { until }
            | Waiting::Again { until }
            | Waiting::Recipients { until } => Some(until),
        }
    }
}

/// What a mailbox, or the work as a whole, waits for: of several things the one that takes longest is shown, and a mailbox's
/// not being there before anything else.
#[derive(Clone)]
pub(crate) struct Waits {
    clock: Arc<dyn Clock>,
    /// Told of each change.
    tell: Arc<dyn Fn(Option<Waiting>) + Send + Sync>,
    shown: Arc<Mutex<Vec<Waiting>>>,
}

/// Something that is waited for, until this is dropped.
pub(crate) struct Shown {
    waits: Waits,
    waiting: Waiting,
}

impl Waits {
    pub(crate) fn new(clock: Arc<dyn Clock>, tell: impl Fn(Option<Waiting>) + Send + Sync + 'static) -> Waits {
        Waits { clock, tell: Arc::new(tell), shown: Arc::default() }
    }

    /// Says that something of so long is waited for.
    pub(crate) fn show(&self, pause: Duration, waiting: impl Fn(Timestamp) -> Waiting) -> Shown {
        let until = self.clock.now().checked_add(pause).unwrap_or(Timestamp::MAX);
        let waiting = waiting(until);
        self.change(|shown| shown.push(waiting));
        Shown { waits: self.clone(), waiting }
    }

    fn change(&self, change: impl FnOnce(&mut Vec<Waiting>)) {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut shown);
        let longest = shown.iter().copied().max_by_key(|waiting| waiting.until().unwrap_or(Timestamp::MAX));
        (self.tell)(longest);
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.waits.change(|shown| {
            if let Some(place) = shown.iter().position(|waiting| *waiting == self.waiting) {
                shown.remove(place);
            }
        });
    }
}
