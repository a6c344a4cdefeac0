//! A batch on screen, as the pages Run and Complete both show it: how far it is, its books, its mailboxes, its problems
//! and what came of it.

use std::collections::HashSet;
use std::sync::Arc;

use iced::Subscription;
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use crate::engine::control::{Handle, Outcome};
use crate::engine::keeping::Synchronised;
use crate::engine::plan::Plan;
use crate::engine::port::SurveyProgress;
use crate::engine::problem::{Guidance, Problem};
use crate::engine::progress::Snapshot;
use crate::engine::recipient::Address;
use crate::engine::report;
use crate::engine::run::{BatchState, Pass};
use crate::engine::verdict::Verdict;
use crate::engine::waiting::Waiting;
use crate::gui::monitor::meter::Meter;
use crate::gui::monitor::troubles::{CauseKey, Troubles};
use crate::gui::monitor::{self, Order, Seen, Task, Whom};
use crate::gui::session::Session;

pub mod books;
pub mod ending;
pub mod finding;
pub mod folders;
pub mod mailboxes;
mod news;
pub mod problems;
pub mod reports;
pub mod saving;
pub mod state;
mod view;

pub use news::news;
pub use problems::view as problems_view;
pub use view::{
    KEEP_GOING, buttons, controls, ending as ending_view, head, items, line, mailboxes as mailboxes_view,
    stop_dialog, to_the_top,
};

use folders::Folders;
use mailboxes::Mailboxes;

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The source is surveyed.
    Surveying,
    /// There is a plan; the batch is about to run.
    Starting,
    /// It runs.
    Running,
    /// What was moved is read back and compared.
    Comparing,
    /// Nothing goes on any more.
    Over,
}

/// How a run was told to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stopping {
    /// It was not.
    No,
    /// After the mailboxes in progress.
    AfterCurrent,
    /// At once.
    Now,
}

/// Something that happened to the batch or on its part of the screen.
#[derive(Clone)]
pub enum Message {
    /// The batch of this number was seen.
    Seen(u64, Seen),
    /// In the table of mailboxes.
    Mailboxes(mailboxes::Message),
    /// So many mailboxes at a time.
    AtATime(u32),
    /// A cause is chosen for another try, or not any more.
    Choose(CauseKey, bool),
    /// What was chosen is to be tried again.
    Retry,
    /// The comparison is not waited for.
    GiveUp,
    /// The comparison is to be made after all.
    CompareAgain,
}

/// What the page has to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Nothing goes on any more.
    Over,
    /// These recipients are to be tried again.
    Retry(HashSet<Address>),
    /// A comparison is wanted; the page has the next number.
    Compare,
}

/// A batch of this window, from its survey to its verdict; or what is left of an earlier one.
pub struct Live {
    order: Order,
    pub(super) phase: Phase,
    pub(super) surveyed: SurveyProgress,
    pub(super) plan: Option<Arc<Plan>>,
    handle: Option<Arc<Handle>>,
    pub(super) snapshot: Option<Arc<Snapshot>>,
    pub(super) meter: Meter,
    pub(super) troubles: Troubles,
    pub(super) chosen: HashSet<CauseKey>,
    pub(super) outcome: Option<Arc<Outcome>>,
    pub(super) verdict: Option<Result<Arc<Verdict>, Problem>>,
    pub(super) refused: Option<Problem>,
    pub(super) compared: u64,
    /// What the survey, the plan or the comparison waits for.
    pub(super) waits: Option<Waiting>,
    /// Since when every mailbox in progress waits for the other side.
    pub(super) waiting_since: Option<Timestamp>,
    pub(super) stopping: Stopping,
    pub(super) at_a_time: u32,
    pub(super) mailboxes: Mailboxes,
    pub(super) folders: Folders,
}

impl Live {
    /// Nothing goes on; earlier batches may have left problems.
    pub fn idle(session: Arc<Session>) -> Live {
        Live { phase: Phase::Over, ..Live::new(0, session, Task::Survey) }
    }

    /// A batch that is to be run and followed. The number tells it from every other of the page.
    pub fn new(number: u64, session: Arc<Session>, task: Task) -> Live {
        let plan = match &task {
            Task::Run { plan, .. } => plan.clone(),
            Task::Survey | Task::Compare => None,
        };
        let phase = match (&task, &plan) {
            (Task::Compare, _) => Phase::Comparing,
            (_, Some(_)) => Phase::Starting,
            (_, None) => Phase::Surveying,
        };
        let at_a_time = u32::try_from(session.options().at_a_time).unwrap_or(1);
        Live {
            order: Order { number, session, task, give_up: CancellationToken::new() },
            phase,
            surveyed: SurveyProgress::default(),
            plan,
            handle: None,
            snapshot: None,
            meter: Meter::default(),
            troubles: Troubles::default(),
            chosen: HashSet::new(),
            outcome: None,
            verdict: None,
            refused: None,
            compared: 0,
            waits: None,
            waiting_since: None,
            stopping: Stopping::No,
            at_a_time,
            mailboxes: Mailboxes::default(),
            folders: Folders::default(),
        }
    }

    /// What was not compared is compared after all, or once more.
    pub fn compare_again(&mut self, number: u64) {
        if self.phase == Phase::Over {
            let session = self.order.session.clone();
            self.order = Order { number, session, task: Task::Compare, give_up: CancellationToken::new() };
            (self.phase, self.verdict, self.compared, self.waits) = (Phase::Comparing, None, 0, None);
        }
    }

    /// What it is for, if it is a run.
    pub fn pass(&self) -> Option<Pass> {
        match &self.order.task {
            Task::Run { pass, .. } => Some(*pass),
            Task::Survey | Task::Compare => None,
        }
    }

    /// How it ended, seen as a synchronisation; nothing if it was none, or goes on.
    pub fn ended(&self) -> Option<Synchronised> {
        self.pass().filter(|_| !self.is_busy())?;
        match (&self.refused, &self.outcome) {
            (Some(problem), _) if matches!(problem.guidance, Guidance::Stopped | Guidance::MigrationCompleted) => {
                Some(Synchronised::Over)
            }
            (Some(_), _) => Some(Synchronised::Failed),
            (None, outcome) => outcome.as_ref().map(|outcome| Synchronised::by(outcome)),
        }
    }

    /// It is for some recipients alone.
    pub fn is_for_some(&self) -> bool {
        matches!(&self.order.task, Task::Run { whom: Whom::Only(_), .. })
    }

    /// The comparison under way is not waited for.
    pub fn skip_comparison(&self) {
        if self.phase == Phase::Comparing {
            self.order.give_up.cancel();
        }
    }

    /// Only a survey is wanted.
    pub fn is_survey(&self) -> bool {
        matches!(self.order.task, Task::Survey)
    }

    /// There is a run that has not ended.
    pub fn is_running(&self) -> bool {
        self.phase == Phase::Running
    }

    /// Its latest state.
    pub fn snapshot(&self) -> Option<&Snapshot> {
        self.snapshot.as_deref()
    }

    /// The plan it works by, once there is one.
    pub fn plan(&self) -> Option<Arc<Plan>> {
        self.plan.clone()
    }

    /// Why it did not begin.
    pub fn refusal(&self) -> Option<&Problem> {
        self.refused.as_ref()
    }

    /// It did not begin because of something in its plan that must be mended first.
    pub fn has_obstacle(&self) -> bool {
        self.refused.is_some() && self.plan.as_ref().is_some_and(|plan| plan.obstacle().is_some())
    }

    /// Something goes on.
    pub fn is_busy(&self) -> bool {
        self.phase != Phase::Over
    }

    /// It can be stopped: there is a run that has not ended.
    pub fn may_stop(&self) -> bool {
        matches!(self.phase, Phase::Surveying | Phase::Starting | Phase::Running) && self.stopping != Stopping::Now
    }

    /// How far it is.
    pub fn progress(&self) -> f32 {
        self.meter.shown()
    }

    /// What the page listens to for it.
    pub fn subscription(&self) -> Subscription<(u64, Seen)> {
        if self.is_busy() { monitor::follow(self.order.clone()) } else { Subscription::none() }
    }

    /// Tells the run to stop. What was told before can only become more urgent.
    pub fn stop(&mut self, how: Stopping) {
        self.stopping = self.stopping.max(how);
        if let Some(handle) = &self.handle {
            match self.stopping {
                Stopping::No => {}
                Stopping::AfterCurrent => handle.stop_after_current(),
                Stopping::Now => handle.stop_now(),
            }
        }
        if how == Stopping::Now || self.handle.is_none() {
            self.order.give_up.cancel();
        }
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> (iced::Task<Message>, Option<Event>) {
        match message {
            Message::Seen(number, seen) if number == self.order.number && self.is_busy() => {
                let event = self.see(seen).then_some(Event::Over);
                return (self.keep_folders(), event);
            }
            // Of a batch that is over, or of another one.
            Message::Seen(..) => {}
            Message::Mailboxes(mailboxes::Message::Folders(message)) => {
                let task = self.folders.update(message).map(mailboxes::Message::Folders);
                // The batch may have gone on since what came now was asked for.
                return (iced::Task::batch([task.map(Message::Mailboxes), self.keep_folders()]), None);
            }
            Message::Mailboxes(message) => {
                let task = self.mailboxes.update(message, self.snapshot.as_deref()).map(Message::Mailboxes);
                return (iced::Task::batch([task, self.keep_folders()]), None);
            }
            Message::AtATime(mailboxes) => {
                self.at_a_time = mailboxes;
                if let Some(handle) = &self.handle {
                    handle.set_at_a_time(mailboxes as usize);
                }
            }
            Message::Choose(cause, true) => drop(self.chosen.insert(cause)),
            Message::Choose(cause, false) => drop(self.chosen.remove(&cause)),
            Message::Retry => {
                let concerned = self.concerned();
                self.chosen.clear();
                return (iced::Task::none(), (!concerned.is_empty()).then_some(Event::Retry(concerned)));
            }
            Message::GiveUp => self.order.give_up.cancel(),
            Message::CompareAgain => return (iced::Task::none(), Some(Event::Compare)),
        }
        (iced::Task::none(), None)
    }

    /// The folders of the mailbox whose details are shown follow its books.
    fn keep_folders(&mut self) -> iced::Task<Message> {
        let chosen = self.snapshot.as_deref().and_then(|now| self.mailboxes.chosen(now));
        let chosen = chosen.map(|row| (&row.address, row.books));
        let over = self.phase == Phase::Over;
        let task = self.folders.follow(chosen, over, &self.order.session.migration);
        task.map(mailboxes::Message::Folders).map(Message::Mailboxes)
    }

    /// What the ledger says is amiss: of this batch and of earlier ones.
    pub fn know(&mut self, troubles: &report::Troubles) {
        if !self.is_busy() {
            self.troubles = Troubles::of(troubles);
        }
    }

    /// Everybody whom the chosen causes concern.
    pub(super) fn concerned(&self) -> HashSet<Address> {
        self.troubles.concerned(&self.chosen)
    }

    fn see(&mut self, seen: Seen) -> bool {
        match seen {
            Seen::Surveying(now) => self.surveyed = now,
            Seen::Waits(waits) => self.waits = waits,
            Seen::Planned(plan) => {
                self.meter = Meter::new(&plan);
                self.plan = Some(plan);
                (self.phase, self.waits) = (Phase::Starting, None);
            }
            Seen::Refused(problem) => self.refused = Some(problem),
            Seen::Running(handle) => self.run(handle),
            Seen::Snapshot(snapshot, at) => self.take(snapshot, at),
            Seen::Events(events, lost) => {
                events.iter().for_each(|event| self.troubles.hear(event));
                self.troubles.lost += lost;
            }
            Seen::Ended(outcome) => {
                self.outcome = Some(outcome);
                self.verdict = self.outcome.as_ref().and_then(|o| o.verdict.clone()).map(|v| Ok(Arc::new(v)));
                (self.phase, self.waits) = (Phase::Comparing, None);
            }
            Seen::Compared(items) => {
                self.compared = items;
                self.meter.compared(items, self.to_compare());
            }
            Seen::Verified(verdict) => self.verdict = Some(verdict),
            Seen::Over => {
                self.phase = Phase::Over;
                self.waiting_since = None;
                if self.came_to_its_end() {
                    self.meter.end();
                }
                return true;
            }
        }
        false
    }

    fn run(&mut self, handle: Arc<Handle>) {
        self.phase = Phase::Running;
        self.handle = Some(handle);
        // It may have been told to stop, or another number, before it ran.
        let (stopping, at_a_time) = (self.stopping, self.at_a_time as usize);
        if let Some(handle) = &self.handle
            && at_a_time != self.order.session.options().at_a_time
        {
            handle.set_at_a_time(at_a_time);
        }
        if stopping != Stopping::No {
            self.stop(stopping);
        }
    }

    fn take(&mut self, snapshot: Arc<Snapshot>, at: Timestamp) {
        self.meter.run(&snapshot);
        self.waiting_since = if snapshot.stands_still() { self.waiting_since.or(Some(at)) } else { None };
        self.mailboxes.refresh(&snapshot);
        self.snapshot = Some(snapshot);
    }

    /// Items that a comparison reads back.
    pub(super) fn to_compare(&self) -> u64 {
        self.outcome.as_ref().map_or(0, |outcome| outcome.books.arrived())
    }

    /// It was neither stopped nor refused, and did not fail.
    fn came_to_its_end(&self) -> bool {
        let ended = |outcome: &Arc<Outcome>| outcome.state.is_final() || matches!(&self.verdict, Some(Ok(_)));
        self.outcome.as_ref().is_some_and(ended)
    }

    /// It broke off because nothing could go on.
    pub fn has_failed(&self) -> bool {
        self.outcome.as_ref().is_some_and(|outcome| outcome.state == BatchState::Failed)
    }

    /// Somebody chose to stop.
    pub fn was_stopped(&self) -> bool {
        self.stopping != Stopping::No
    }
}
