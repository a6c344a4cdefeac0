//! Complete: the last synchronisation, the verdict, and what to do next.

use std::sync::Arc;

use iced::{Subscription, Task};
use jiff::Timestamp;

use super::live::finding::{self, Finder};
use super::live::reports::{self, Reporting};
use super::live::saving::{self, Saver};
use super::live::{self, Live, Stopping};
use super::{Action, Command, Footer, Page};
use crate::engine::ledger::overview::Overview;
use crate::engine::problem::Problem;
use crate::engine::report::Troubles;
use crate::engine::run::BatchState;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::services::Services;
use crate::gui::session::Session;

mod before;
mod next;
mod queue;
mod update;
mod view;

pub use queue::Behind;
use queue::Queue;

/// Something that happened on this page.
#[derive(Clone)]
pub enum Message {
    /// To the last synchronisation.
    Live(live::Message),
    /// To its reports.
    Reports(reports::Message),
    /// To the dialog that finds messages.
    Find(finding::Message),
    /// To the files of items that did not move.
    Save(saving::Message),
    /// What the ledger says of all batches, or why it cannot be read.
    Ledger(u64, Result<(Arc<Overview>, Arc<Troubles>), Problem>),
    /// Read the ledger again.
    Refresh,
    /// Whether to complete although something could not be synchronised.
    Ignore(bool),
    /// The MX records were changed, or that was said by mistake.
    Switched(bool),
    /// Mail was seen to arrive, or that was said by mistake.
    Arrives(bool),
    /// Complete? The page asks once.
    Ask,
    /// Complete.
    Confirm,
    /// Neither complete nor stop.
    Cancel,
    /// A completion that waits does not begin.
    Unqueue,
    /// Stop? The page asks how.
    Stop,
    /// Stop like this.
    StopAs(Stopping),
    /// To the run page.
    Back,
    /// Everything from the beginning, for another migration.
    StartOver,
    /// A notification was shown.
    Notified,
}

/// What leads on.
pub enum Outcome {
    /// To the run page as it was.
    Back,
    /// Not completed; both sides are to be kept in step for longer.
    Synchronise(Box<Session>),
    /// Everything from the beginning, for another migration.
    StartOver,
}

/// A question over the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    Complete,
    Stop,
}

/// The page's state.
pub struct Complete {
    session: Arc<Session>,
    live: Live,
    reports: Reporting,
    saver: Saver,
    finder: Finder,
    overview: Overview,
    unreadable: Option<Problem>,
    number: u64,
    reading: u64,
    ignore: bool,
    /// When it was said that the MX records were changed.
    switched: Option<Timestamp>,
    arrives: bool,
    asking: Option<Asking>,
    queue: Queue,
}

impl Complete {
    /// The page before completing, or (for a completed migration) with its verdict.
    pub fn new(session: Session, _services: &Services) -> (Complete, Task<Message>) {
        let session = Arc::new(session);
        let mut page = Complete {
            live: Live::idle(session.clone()),
            reports: Reporting::new(session.clone()),
            saver: Saver::new(session.clone()),
            finder: Finder::new(session.clone()),
            overview: session.overview.clone(),
            unreadable: None,
            number: 0,
            reading: 0,
            ignore: false,
            switched: None,
            arrives: false,
            asking: None,
            queue: Queue::default(),
            session,
        };
        let task = page.read_ledger();
        (page, task)
    }

    /// The last synchronisation or the comparison is going on.
    pub fn is_busy(&self) -> bool {
        self.live.is_busy()
    }

    /// A completion waits for the synchronisation under way.
    pub fn is_queued(&self) -> bool {
        self.queue.waits()
    }

    /// Stops at once, because the window closes.
    pub fn stop_now(&mut self) {
        self.queue.leave();
        self.live.stop(Stopping::Now);
    }

    /// How far the last synchronisation is, 0 to 1, while there is one.
    pub fn progress(&self) -> Option<f32> {
        self.is_busy().then(|| self.live.progress())
    }

    /// Mailboxes that no batch took up so far, such as those beside a pilot: completing takes them up.
    fn left_out(&self) -> usize {
        self.session.plan.surveyed().mailboxes.len().saturating_sub(self.overview.mailboxes.total)
    }

    /// The migration is over.
    pub fn is_completed(&self) -> bool {
        self.overview.last_batch.as_ref().map(|(_, state)| *state).is_some_and(BatchState::is_final)
    }
}

impl Page for Complete {
    type Message = Message;
    type Outcome = Outcome;

    fn title(&self, look: &Look<'_>) -> String {
        look.say(if self.is_completed() { "complete-title-done" } else { "complete-title" })
    }
    fn lead(&self, look: &Look<'_>) -> Option<String> {
        Some(look.say(match (self.is_completed(), self.is_busy()) {
            (false, false) if self.is_queued() => "complete-lead-queued",
            (true, _) => "complete-lead-done",
            (false, true) => "complete-lead-busy",
            (false, false) => "complete-lead",
        }))
    }
    fn body<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        view::body(look, self)
    }
    fn dialog<'a>(&'a self, look: Look<'a>) -> Option<Element<'a, Message>> {
        match self.asking {
            Some(Asking::Complete) => Some(before::dialog(&look, self)),
            Some(Asking::Stop) => Some(live::stop_dialog(&look, &self.live, Message::StopAs, Message::Cancel)),
            None => finding::view(&look, &self.finder).map(|found| found.map(Message::Find)),
        }
    }
    fn footer(&self) -> Footer<Message> {
        let primary = |label, message| Some(Command::primary(label, message));
        match (self.is_busy(), self.is_completed()) {
            (true, _) => {
                let stop = self.live.may_stop().then(|| Command::danger("run-stop", Message::Stop));
                Footer { back: None, others: stop.into_iter().collect(), primary: None }
            }
            (false, true) => {
                Footer { back: None, others: Vec::new(), primary: primary("complete-start-over", Message::StartOver) }
            }
            (false, false) if self.is_queued() => {
                let unqueue = Command::normal("complete-unqueue", Message::Unqueue);
                Footer { back: None, others: vec![unqueue], primary: None }
            }
            (false, false) => Footer {
                back: Some(Message::Back),
                others: Vec::new(),
                primary: primary("complete-now", Message::Ask),
            },
        }
    }
    fn escape(&self) -> Option<Message> {
        match self.asking {
            Some(_) => Some(Message::Cancel),
            None => self.finder.is_open().then_some(Message::Find(finding::Message::Close)),
        }
    }
    fn update(&mut self, message: Message, services: &Services) -> Action<Message, Outcome> {
        self.take(message, services)
    }
    fn subscription(&self) -> Subscription<Message> {
        let live = self.live.subscription().map(|(number, seen)| Message::Live(live::Message::Seen(number, seen)));
        let news = match self.is_busy() {
            true => Subscription::none(),
            false => live::news(&self.session.migration).map(|()| Message::Refresh),
        };
        Subscription::batch([live, news])
    }
}
