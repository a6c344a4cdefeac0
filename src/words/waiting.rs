//! What is waited for, and until when.

use jiff::tz::TimeZone;

use super::Words;
use crate::engine::problem::Side;
use crate::engine::waiting::Waiting;

impl Words {
    /// What a mailbox, or the work as a whole, waits for, as a sentence without an end.
    pub fn waiting(&self, waiting: Waiting, zone: &TimeZone) -> String {
        let key = match waiting {
            Waiting::Mailbox => "run-waits-mailbox",
            Waiting::Pause { side: Side::Source, .. } => "run-waits-source",
            Waiting::Pause { .. } => "run-waits-target",
            Waiting::Upload { .. } => "run-waits-upload",
            Waiting::Requests { .. } => "run-waits-requests",
            Waiting::UnderWay { .. } => "run-waits-under-way",
            Waiting::Again { .. } => "run-waits-again",
            Waiting::Recipients { .. } => "run-waits-recipients",
        };
        match waiting.until() {
            Some(until) => self.text(key, &[("until", self.time(until, zone).into())]),
            None => self.text(key, &[]),
        }
    }
}
