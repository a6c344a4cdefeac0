//! The two ends of a running batch: what the administrator may tell it, and what it hands back.

use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::books::Books;
use super::plan::MOST_AT_A_TIME;
use super::problem::{Guidance, Kind, Problem, Side};
use super::progress::{Event, Progress, Snapshot, Stage};
use super::run::BatchState;
use super::verdict::Verdict;

/// What the administrator told a run.
#[derive(Clone)]
pub(crate) struct Control {
    /// Stop at once: mailboxes in progress are put down.
    pub(crate) now: CancellationToken,
    /// Stop after the mailboxes in progress.
    pub(crate) after_current: CancellationToken,
    /// Mailboxes at a time.
    pub(crate) at_a_time: watch::Sender<usize>,
}

impl Control {
    pub(crate) fn new(at_a_time: usize) -> Control {
        let now = CancellationToken::new();
        Control { after_current: now.child_token(), now, at_a_time: watch::Sender::new(at_a_time) }
    }
}

/// A run that goes on by itself. Dropping the handle, or every clone of it, does not stop it.
#[derive(Clone)]
pub struct Handle {
    control: Control,
    progress: Progress,
    outcome: watch::Receiver<Option<Outcome>>,
}

impl Handle {
    /// The hold on work that has begun. However the work ends, also by breaking off, there is an outcome.
    pub(crate) fn supervise(control: Control, progress: Progress, work: JoinHandle<Outcome>) -> Handle {
        let (ended, outcome) = watch::channel(None);
        let shown = progress.clone();
        tokio::spawn(async move {
            let outcome = work.await.unwrap_or_else(|error| {
                let outcome = broke_off(&shown.read(Snapshot::clone), error);
                shown.update(|snapshot| (snapshot.state, snapshot.stage) = (outcome.state, Stage::Ended));
                outcome
            });
            ended.send_replace(Some(outcome));
        });
        Handle { control, progress, outcome }
    }

    /// The state of the run; the latest wins.
    pub fn snapshots(&self) -> watch::Receiver<Snapshot> {
        self.progress.watch()
    }
    /// What happens from now on; bounded: a slow listener loses the oldest and is told.
    pub fn events(&self) -> broadcast::Receiver<Event> {
        self.progress.listen()
    }
    /// Stops at once. Mailboxes in progress are not finished; mailboxes already done are untouched.
    pub fn stop_now(&self) {
        self.control.now.cancel();
    }
    /// Stops after the mailboxes in progress.
    pub fn stop_after_current(&self) {
        self.control.after_current.cancel();
    }
    /// Changes how many mailboxes are worked on at a time, 1 to [`MOST_AT_A_TIME`]. Fewer takes effect as mailboxes end.
    pub fn set_at_a_time(&self, mailboxes: usize) {
        self.control.at_a_time.send_replace(mailboxes.clamp(1, MOST_AT_A_TIME));
    }
    /// Whether it has ended.
    pub fn is_finished(&self) -> bool {
        self.outcome.borrow().is_some()
    }
    /// Waits for the end. May be asked by several and again.
    pub async fn outcome(&self) -> Outcome {
        let mut outcome = self.outcome.clone();
        match outcome.wait_for(Option::is_some).await.map(|ended| Option::clone(&ended)) {
            Ok(Some(outcome)) => outcome,
            Ok(None) => broke_off(&self.progress.read(Snapshot::clone), "no outcome"),
            Err(error) => broke_off(&self.progress.read(Snapshot::clone), error),
        }
    }
}

/// The outcome of a run that did not come to its own end. What it did is in the ledger.
fn broke_off(last: &Snapshot, cause: impl std::fmt::Display) -> Outcome {
    let problem =
        Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", "a run broke off").because(cause);
    Outcome {
        batch: last.batch.clone(),
        state: BatchState::Failed,
        books: last.books,
        failed_recipients: last.failed(),
        problem: Some(problem),
        verdict: None,
    }
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The batch's name.
    pub batch: String,
    /// Its state now.
    pub state: BatchState,
    /// All items, as this batch leaves them.
    pub books: Books,
    /// Mailboxes, contacts and groups that failed.
    pub failed_recipients: usize,
    /// Why it stopped or could not complete, if so.
    pub problem: Option<Problem>,
    /// The verdict of a completion.
    pub verdict: Option<Verdict>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::sync::Arc;

    use jiff::Timestamp;

    use super::*;
    use crate::engine::clock::SeededClock;

    fn begin(work: impl Future<Output = Outcome> + Send + 'static) -> Handle {
        let clock = Arc::new(SeededClock::new(Timestamp::UNIX_EPOCH, 1));
        let progress = Progress::new(Snapshot::new("Batch 7".to_owned(), Timestamp::UNIX_EPOCH), clock);
        Handle::supervise(Control::new(3), progress, tokio::spawn(work))
    }

    #[tokio::test]
    async fn several_may_wait_for_one_end_and_ask_again() {
        let (go, wait) = tokio::sync::oneshot::channel::<()>();
        let handle = begin(async move {
            wait.await.unwrap();
            broke_off(&Snapshot::new("Batch 7".to_owned(), Timestamp::UNIX_EPOCH), "told to")
        });
        assert!(!handle.is_finished());
        let (first, second) = (handle.clone(), handle.clone());
        let waiting = tokio::spawn(async move { tokio::join!(first.outcome(), second.outcome()) });
        go.send(()).unwrap();
        let (first, second) = waiting.await.unwrap();
        assert_eq!(first, second);
        assert!(handle.is_finished());
        assert_eq!(handle.outcome().await, first);
    }

    #[tokio::test]
    async fn a_run_that_breaks_off_has_failed_and_says_so_everywhere() {
        let handle = begin(async { panic!("a bug") });
        let outcome = handle.outcome().await;
        assert_eq!((outcome.batch.as_str(), outcome.state), ("Batch 7", BatchState::Failed));
        assert_eq!(outcome.problem.unwrap().guidance, Guidance::Internal);
        let snapshots = handle.snapshots();
        let seen = snapshots.borrow();
        assert_eq!((seen.state, seen.stage), (BatchState::Failed, Stage::Ended));
    }
}
