//! The two ends of a running batch: what the administrator may tell it, and what it hands back.

use tokio::sync::{broadcast, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::books::Books;
use super::plan::MOST_AT_A_TIME;
use super::problem::{Guidance, Kind, Problem, Side};
use super::progress::{Event, Progress, Snapshot};
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

/// A run that goes on by itself. Dropping the handle does not stop it.
pub struct Handle {
    pub(crate) control: Control,
    pub(crate) progress: Progress,
    pub(crate) task: JoinHandle<Outcome>,
}

impl Handle {
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
        self.task.is_finished()
    }
    /// Waits for the end.
    pub async fn outcome(self) -> Outcome {
        match self.task.await {
            Ok(outcome) => outcome,
            Err(error) => Outcome {
                batch: String::new(),
                state: BatchState::Failed,
                books: Books::default(),
                failed_recipients: 0,
                problem: Some(
                    Problem::new(Kind::Run, Side::Here, Guidance::Internal)
                        .with("what", "a run broke off")
                        .because(error),
                ),
                verdict: None,
            },
        }
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
