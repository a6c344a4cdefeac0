//! Run: the batch, live; and the time between batches, while both sides are kept in step.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use iced::widget::Id;
use iced::{Subscription, Task};
use jiff::Timestamp;

use super::live::finding::{self, Finder};
use super::live::reports::{self, Reporting};
use super::live::saving::{self, Saver};
use super::live::{self, Live, Stopping};
use super::{Action, Command, Footer, Page};
use crate::engine::ledger::overview::Overview;
use crate::engine::plan::Plan;
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;
use crate::engine::report::Troubles;
use crate::engine::run::{BatchState, Pass};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::monitor::{self, Whom};
use crate::gui::services::Services;
use crate::gui::session::Session;

pub mod brake;
mod panes;
mod rest;
mod update;
mod view;

use brake::Brake;
use rest::Rest;

/// How the page begins.
pub enum Begin {
    /// A batch starts at once with the session's plan.
    Batch(Box<Session>),
    /// Everything was synchronised before; the next synchronisation is due 24 hours after the last.
    Resting(Box<Session>),
}

/// Something that happened on this page.
#[derive(Clone)]
pub enum Message {
    /// To the batch.
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
    /// A synchronisation is due.
    Due,
    /// About mailboxes of which much is gone at the source.
    Brake(brake::Message),
    /// Stop? The page asks how.
    Stop,
    /// Stop like this.
    StopAs(Stopping),
    /// Do not stop.
    KeepGoing,
    /// Those that were to be tried again afterwards are not.
    ForgetRetry,
    /// Carry the changes across now.
    Synchronise,
    /// Run what was stopped or failed again.
    Again,
    /// A further batch, which is looked at first.
    Another,
    /// What stands in the way is looked at.
    Findings,
    /// To the page that completes the migration.
    Complete,
    /// The table of mailboxes gets the keyboard.
    ShowMailboxes,
    /// A notification was shown.
    Notified,
}

/// What leads on.
pub enum Outcome {
    /// A further batch is to be looked at (surveyed anew).
    Review(Box<Session>),
    /// To the page that completes the migration.
    Complete(Box<Session>),
}

/// The page's state.
pub struct Run {
    session: Arc<Session>,
    live: Live,
    reports: Reporting,
    saver: Saver,
    finder: Finder,
    overview: Overview,
    unreadable: Option<Problem>,
    /// Of the last batch, so that late answers of earlier ones are known as such.
    number: u64,
    /// Of the last reading of the ledger.
    reading: u64,
    is_reading: bool,
    /// When the figures over all batches last followed those of this one.
    followed: Option<Timestamp>,
    /// Of the batch, as of the last reading: mailboxes, groups and contacts that came to their end.
    ended: usize,
    asking: bool,
    /// Who runs when it is started again.
    approved: Whom,
    /// To be tried again after the present batch.
    retry: HashSet<Address>,
    /// The present batch began by itself, because it was due then.
    due: Option<Timestamp>,
    /// When the next one does.
    rest: Rest,
    /// The ledger is read because a synchronisation is due.
    checking: bool,
    /// Mailboxes of which much is gone at the source.
    brake: Brake,
    /// A completion waits for what goes on here.
    gives_way: bool,
    /// A completion goes on or waits: nothing begins here by itself.
    held_off: bool,
    /// Who is at this computer.
    user: String,
}

impl Run {
    /// The page, and the task that starts the batch.
    pub fn new(begin: Begin, services: &Services) -> (Run, Task<Message>) {
        let (session, starts) = match begin {
            Begin::Batch(session) => (Arc::new(*session), true),
            Begin::Resting(session) => (Arc::new(*session), false),
        };
        let approved = if starts { chosen_in(&session.plan) } else { Whom::taken_up() };
        let mut page = Run {
            approved,
            live: Live::idle(session.clone()),
            reports: Reporting::new(session.clone()),
            saver: Saver::new(session.clone()),
            finder: Finder::new(session.clone()),
            overview: session.overview.clone(),
            unreadable: None,
            number: 0,
            reading: 0,
            is_reading: false,
            followed: None,
            ended: 0,
            asking: false,
            retry: HashSet::new(),
            due: None,
            rest: Rest::default(),
            checking: false,
            brake: Brake::default(),
            gives_way: false,
            held_off: false,
            user: services.user.clone(),
            session,
        };
        page.rest.know(page.session.migration.clock().as_ref(), &page.overview);
        let begin = if starts {
            let (plan, whom) = (Some(page.session.plan.clone()), Whom::Everybody);
            page.start(monitor::Task::Run { plan, whom, pass: Pass::Initial, deletions: None })
        } else {
            Task::none()
        };
        let task = Task::batch([begin, page.read_ledger()]);
        (page, task)
    }

    /// Where the reports go.
    pub fn reports(&self) -> &Path {
        &self.session.reports
    }

    /// Mail is being moved, verified or synchronised.
    pub fn is_busy(&self) -> bool {
        self.live.is_busy()
    }

    /// Stops at once, because the window closes.
    pub fn stop_now(&mut self) {
        self.retry.clear();
        self.live.stop(Stopping::Now);
    }

    /// How far the run is, 0 to 1, while there is one. Never goes back within a batch.
    pub fn progress(&self) -> Option<f32> {
        (self.live.is_busy() && !self.live.is_survey()).then(|| self.live.progress())
    }

    /// The batch runs.
    pub fn is_running(&self) -> bool {
        self.live.is_running()
    }

    /// The migration's state as the ledger last told it.
    pub fn state(&self) -> Option<BatchState> {
        self.overview.last_batch.as_ref().map(|(_, state)| *state)
    }

    /// Both sides are in step as of the last synchronisation.
    fn is_synced(&self) -> bool {
        matches!(self.state(), Some(BatchState::Synced | BatchState::SyncedWithErrors))
    }

    /// A completion waits for what goes on here, or no longer. It compares everything itself, and tries everybody again.
    pub fn give_way(&mut self, gives_way: bool) {
        self.gives_way = gives_way;
        if gives_way {
            self.live.skip_comparison();
        }
    }

    /// A completion goes on or waits, or no longer: until it has ended, no synchronisation begins here by itself.
    pub fn hold_off(&mut self, held_off: bool) {
        self.held_off = held_off;
    }

    /// A plan was made and something in it must be mended first.
    fn has_obstacle(&self) -> bool {
        self.live.has_obstacle()
    }
}

/// Those whom a plan is for: a part, if others were left out.
fn chosen_in(plan: &Plan) -> Whom {
    if plan.left_out().is_empty() { Whom::Everybody } else { Whom::TakenUpAnd(Arc::new(plan.chosen())) }
}

impl Page for Run {
    type Message = Message;
    type Outcome = Outcome;

    fn title(&self, look: &Look<'_>) -> String {
        look.say("run-title")
    }
    fn lead(&self, look: &Look<'_>) -> Option<String> {
        match self.is_busy() {
            true => Some(look.say("run-lead")),
            // Stopped or completed: nothing is kept in step.
            false => self.rest.due().map(|_| look.say("run-lead-resting")),
        }
    }
    fn body<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        view::body(look, self)
    }
    fn dialog<'a>(&'a self, look: Look<'a>) -> Option<Element<'a, Message>> {
        if self.asking {
            return Some(live::stop_dialog(&look, &self.live, Message::StopAs, Message::KeepGoing));
        }
        if let Some(question) = brake::dialog(&look, &self.brake) {
            return Some(question.map(Message::Brake));
        }
        finding::view(&look, &self.finder).map(|found| found.map(Message::Find))
    }
    fn footer(&self) -> Footer<Message> {
        if self.is_busy() {
            let stop = self.live.may_stop().then(|| Command::danger("run-stop", Message::Stop));
            return Footer { back: None, others: stop.into_iter().collect(), primary: None };
        }
        let another = Command::normal("run-another", Message::Another);
        match self.state() {
            Some(state) if state.is_final() => Footer {
                back: None,
                others: Vec::new(),
                primary: Some(Command::primary("run-complete", Message::Complete)),
            },
            _ if self.is_synced() => Footer {
                back: None,
                others: vec![another, Command::normal("run-synchronise", Message::Synchronise)],
                primary: Some(Command::primary("run-complete", Message::Complete)),
            },
            _ => Footer {
                back: None,
                others: vec![another],
                primary: Some(Command::primary("run-again", Message::Again)),
            },
        }
    }
    fn escape(&self) -> Option<Message> {
        match (self.asking, self.brake.is_asking()) {
            (true, _) => Some(Message::KeepGoing),
            (false, true) => Some(Message::Brake(brake::Message::Later)),
            (false, false) => self.finder.is_open().then_some(Message::Find(finding::Message::Close)),
        }
    }
    fn first_focus(&self) -> Option<Id> {
        self.live.is_busy().then(|| Id::new(live::mailboxes::TABLE))
    }
    fn update(&mut self, message: Message, services: &Services) -> Action<Message, Outcome> {
        self.take(message, services)
    }
    fn subscription(&self) -> Subscription<Message> {
        let live = self.live.subscription().map(|(number, seen)| Message::Live(live::Message::Seen(number, seen)));
        let dues = match self.rest.due().filter(|_| !self.is_busy()) {
            Some(due) => rest::dues(&self.session.migration, due).map(|()| Message::Due),
            None => Subscription::none(),
        };
        let news = match self.is_busy() {
            true => Subscription::none(),
            false => live::news(&self.session.migration).map(|()| Message::Refresh),
        };
        Subscription::batch([live, dues, news])
    }
}
