//! The limits of the target in memory, as Microsoft's documents describe them: four requests at a time to one mailbox,
//! 10,000 of them in 10 minutes, 150 MB of upload as base64 in 5 minutes. They count as a request arrives, in windows
//! that slide; refused requests count too. Off unless [`State::limits`] is set.

use std::collections::VecDeque;

use super::*;

const AT_A_TIME: usize = 4;
const REQUESTS: usize = 10_000;
const REQUEST_WINDOW: Duration = Duration::from_secs(600);
const UPLOAD: u64 = 150 * 1024 * 1024;
const UPLOAD_WINDOW: Duration = Duration::from_secs(300);
/// What is asked for when too many are under way.
const CONCURRENCY_PAUSE: Duration = Duration::from_secs(5);

/// The limits with what counts of each mailbox.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    usage: BTreeMap<String, Usage>,
    /// Requests that were refused.
    pub refused: usize,
}

#[derive(Debug, Clone, Default)]
struct Usage {
    open: usize,
    requests: VecDeque<Duration>,
    uploads: VecDeque<(Duration, u64)>,
    uploaded: u64,
}

impl Usage {
    fn forget(&mut self, now: Duration) {
        while self.requests.front().is_some_and(|at| *at + REQUEST_WINDOW <= now) {
            self.requests.pop_front();
        }
        while self.uploads.front().is_some_and(|(at, _)| *at + UPLOAD_WINDOW <= now) {
            self.uploaded -= self.uploads.pop_front().unwrap().1;
        }
    }

    /// The pause that it asks for, if it refuses.
    fn arrive(&mut self, now: Duration, upload: u64) -> Option<Duration> {
        self.forget(now);
        self.requests.push_back(now);
        if upload > 0 {
            self.uploads.push_back((now, upload));
            self.uploaded += upload;
        }
        if self.open >= AT_A_TIME {
            return Some(CONCURRENCY_PAUSE);
        }
        if self.requests.len() > REQUESTS {
            return Some(self.requests[0] + REQUEST_WINDOW - now);
        }
        (self.uploaded > UPLOAD && self.uploaded > upload).then(|| self.uploads[0].0 + UPLOAD_WINDOW - now)
    }
}

/// A request that was let in.
pub(crate) struct Admission<'w>(&'w World, String);

impl Drop for Admission<'_> {
    fn drop(&mut self) {
        if let Some(limits) = &mut self.0.state().limits
            && let Some(usage) = limits.usage.get_mut(&self.1)
        {
            usage.open -= 1;
        }
    }
}

impl World {
    /// Lets a request to a mailbox in that uploads an item of so many declared bytes, or refuses it.
    pub(crate) fn admit(&self, mailbox: &MailboxId, size: u64) -> Result<Option<Admission<'_>>, Problem> {
        let now = self.now();
        let mut state = self.state();
        let Some(limits) = &mut state.limits else { return Ok(None) };
        let usage = limits.usage.entry(mailbox.0.clone()).or_default();
        if let Some(pause) = usage.arrive(now, size.div_ceil(3) * 4) {
            limits.refused += 1;
            return Err(Problem::new(Kind::Wait, Side::Target, Guidance::TargetBusy).after(pause));
        }
        usage.open += 1;
        Ok(Some(Admission(self, mailbox.0.clone())))
    }
}
