//! How much one application may do with one mailbox: four requests at a time, a number of them and an amount of
//! upload per window. Refused requests count too.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::tz::TimeZone;

use super::clock::{Clock, Moment};
use super::reply::Fault;

/// Requests of an application in one mailbox at a time.
const CONCURRENT: usize = 4;
/// Requests in their window.
const REQUESTS: usize = 10_000;
/// Window of requests, real seconds.
const REQUEST_SECONDS: f64 = 600.0;
/// Bytes of upload in their window: 150 MB.
const UPLOAD: usize = 150 * 1024 * 1024;
/// Window of upload, real seconds.
const UPLOAD_SECONDS: f64 = 300.0;
/// What a client is asked to wait when it has too many requests open, real seconds.
const CONCURRENCY_PAUSE: f64 = 5.0;

/// The limits of all mailboxes.
#[derive(Clone, Default)]
pub(super) struct Limits {
    usage: Arc<Mutex<BTreeMap<String, Usage>>>,
}

#[derive(Default)]
struct Usage {
    open: usize,
    requests: VecDeque<Moment>,
    uploads: VecDeque<(Moment, usize)>,
    uploaded: usize,
    refused: u64,
}

/// One open request; closing it is dropping it.
pub(super) struct Permit {
    limits: Limits,
    mailbox: String,
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut usage = self.limits.usage.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(usage) = usage.get_mut(&self.mailbox) {
            usage.open = usage.open.saturating_sub(1);
        }
    }
}

impl Limits {
    /// Lets a request with `upload` bytes in, or refuses it.
    pub fn enter(&self, clock: &Clock, mailbox: &str, upload: usize) -> Result<Permit, Fault> {
        let now = clock.now();
        let mut all = self.usage.lock().unwrap_or_else(PoisonError::into_inner);
        let usage = all.entry(mailbox.to_owned()).or_default();
        usage.forget(clock, now);
        usage.requests.push_back(now);
        usage.uploads.push_back((now, upload));
        usage.uploaded += upload;
        let left = |since: Option<Moment>, window: f64| {
            let until = since.unwrap_or(now).plus(clock.scaled(window));
            (until.0 - now.0).max(0) as f64 / 1000.0
        };
        let refusal = if usage.open >= CONCURRENT {
            Some((
                "ApplicationThrottled",
                "Application is over its MailboxConcurrency limit.",
                clock.scaled(CONCURRENCY_PAUSE),
            ))
        } else if usage.requests.len() > REQUESTS {
            let pause = left(usage.requests.front().copied(), REQUEST_SECONDS);
            Some(("TooManyRequests", "Application is over its mailbox request limit.", pause))
        } else if usage.uploaded > UPLOAD && usage.uploaded > upload {
            let pause = left(usage.uploads.front().map(|(at, _)| *at), UPLOAD_SECONDS);
            Some(("TooManyRequests", "Application is over its mailbox upload limit.", pause))
        } else {
            None
        };
        if let Some((code, text, pause)) = refusal {
            usage.refused += 1;
            return Err(throttled(code, text, Some(pause), now, usage.refused));
        }
        usage.open += 1;
        Ok(Permit { limits: self.clone(), mailbox: mailbox.to_owned() })
    }
}

impl Usage {
    /// Forgets what is older than its window.
    fn forget(&mut self, clock: &Clock, now: Moment) {
        while self.requests.front().is_some_and(|at| at.plus(clock.scaled(REQUEST_SECONDS)) <= now) {
            self.requests.pop_front();
        }
        while let Some((at, bytes)) = self.uploads.front().copied() {
            if at.plus(clock.scaled(UPLOAD_SECONDS)) > now {
                break;
            }
            self.uploads.pop_front();
            self.uploaded -= bytes;
        }
    }
}

/// A refusal; `turn` picks the form of its Retry-After: whole seconds, fractional, a date, none.
pub(super) fn throttled(code: &str, text: &str, pause: Option<f64>, now: Moment, turn: u64) -> Fault {
    let fault = Fault::new(429, code, text).header("rate-limit-reason", "MailboxLimit");
    match (pause, turn % 4) {
        (None, _) | (_, 0) => fault,
        (Some(pause), 1) => fault.header("retry-after", format!("{}", pause.ceil().max(1.0))),
        (Some(pause), 2) => fault.header("retry-after", format!("{:.3}", pause.max(0.001))),
        (Some(pause), _) => fault.header("retry-after", http_date(now.plus(pause.ceil() + 1.0))),
    }
}

/// The plain-text refusal of the Exchange admin service.
pub(super) const ADMIN_BUSY: &str =
    "You have reached the maximum number of concurrent requests per tenant. Please wait and try again.";

/// A date as HTTP writes it.
fn http_date(at: Moment) -> String {
    at.timestamp().to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_in_a_window_that_speed_shortens() {
        let now = Arc::new(Mutex::new(1000_i64));
        let told = now.clone();
        let read = move || *told.lock().unwrap_or_else(PoisonError::into_inner);
        let clock = Clock::new(move || Moment(read() * 1000).timestamp(), 10.0);
        let limits = Limits::default();
        for _ in 0..REQUESTS {
            assert!(limits.enter(&clock, "a", 0).is_ok());
        }
        let refused = limits.enter(&clock, "a", 0).err().map(|fault| (fault.status, fault.code));
        assert_eq!(refused, Some((429, "TooManyRequests".to_owned())));
        assert!(limits.enter(&clock, "b", 0).is_ok(), "every mailbox has its own");
        *now.lock().unwrap_or_else(PoisonError::into_inner) += 60;
        assert!(limits.enter(&clock, "a", 0).is_ok());
    }

    #[test]
    fn dates_are_http_dates() {
        assert_eq!(http_date(Moment(1_554_189_069_000)), "Tue, 02 Apr 2019 07:11:09 GMT");
    }
}
