//! Welcome: what will happen, what is needed, and how to begin.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;
use iced::task::Handle;
use iced::widget::Id;

use super::{Action, Command, Footer, Page};
use crate::engine::problem::Problem;
use crate::gui::Element;
use crate::gui::frame::to_the_top;
use crate::gui::look::Look;
use crate::gui::services::Services;
use crate::gui::widget::focus;
use crate::launcher::Rehearsal;
use crate::shelf::{self, Kept};

mod needs;
mod view;

pub use needs::Need;

/// The choice of the way.
const METHOD: &str = "begin-method";
/// The button that begins a rehearsal.
const PRACTISE: &str = "begin-practise";
/// The button that gives it up.
const CANCEL: &str = "begin-practise-cancel";

/// How the Exchange server is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Exchange 2007 and later: Autodiscover finds it.
    Autodiscover,
    /// Any version: its name is typed.
    Typed,
}

/// Something that happened on this page.
#[derive(Clone)]
pub enum Message {
    /// A way was chosen.
    Chose(Method),
    /// On to the connection settings.
    Next,
    /// A prerequisite is to be opened or shut.
    Toggle(Need),
    /// A page of somebody else's is to be opened.
    Open(&'static str),
    /// It was, or could not be.
    Opened(&'static str, Result<(), String>),
    /// A command or address is to be copied.
    Copy(&'static str),
    /// A rehearsal is to begin.
    Practise,
    /// The practice organisation of this request runs, or could not be started.
    Practising(u64, Result<Arc<dyn Rehearsal>, Problem>),
    /// No rehearsal after all.
    CancelPractice,
    /// The shelf was read.
    Read(Vec<Kept>),
    /// The one of the shelf with this settings file is to go on.
    GoOn(PathBuf),
}

/// What leads on.
pub enum Outcome {
    /// A new migration.
    Begin(Method),
    /// A rehearsal on this practice organisation, which runs already.
    Practise(Arc<dyn Rehearsal>),
    /// A migration that is under way.
    GoOn(Box<Kept>),
}

/// The page's state.
pub struct Welcome {
    method: Option<Method>,
    /// Next was pressed without a choice.
    choice_missing: bool,
    /// What was under way when the page was last opened.
    kept: Vec<Kept>,
    open: BTreeSet<Need>,
    practice: Practice,
    /// Number of the last request, so that late answers are known.
    request: u64,
    copied: Option<&'static str>,
    /// The address that could not be opened.
    unopened: Option<&'static str>,
}

enum Practice {
    Idle,
    /// Ends with the handle.
    Starting(#[allow(dead_code, reason = "dropping it gives up")] Handle),
    Failed(Problem),
}

impl Welcome {
    /// The page, and the task that reads the list of unfinished migrations.
    pub fn new(services: &Services) -> (Welcome, Task<Message>) {
        let page = Welcome {
            method: None,
            choice_missing: false,
            kept: Vec::new(),
            open: BTreeSet::new(),
            practice: Practice::Idle,
            request: 0,
            copied: None,
            unopened: None,
        };
        (page, read_shelf(services))
    }

    /// The task that reads the list of unfinished migrations anew.
    pub fn read_again(&self, services: &Services) -> Task<Message> {
        read_shelf(services)
    }

    fn practise(&mut self, services: &Services) -> Task<Message> {
        self.request += 1;
        let (request, launcher) = (self.request, services.launcher.clone());
        let started = async move { launcher.practise().await.map(Arc::from) };
        let (task, handle) = Task::perform(started, move |started| Message::Practising(request, started)).abortable();
        self.practice = Practice::Starting(handle.abort_on_drop());
        // The command at the foot begins it, too: what comes of it must be in sight.
        Task::batch([focus::to(CANCEL), task])
    }

    fn is_starting(&self) -> bool {
        matches!(self.practice, Practice::Starting(_))
    }
}

/// Reads what lies on the shelf, off this thread.
fn read_shelf(services: &Services) -> Task<Message> {
    let Some(folder) = services.shelf.clone() else { return Task::none() };
    let listed = async move { tokio::task::spawn_blocking(move || shelf::list(&folder)).await };
    Task::perform(listed, |listed| Message::Read(listed.unwrap_or_default()))
}

impl Page for Welcome {
    type Message = Message;
    type Outcome = Outcome;

    fn title(&self, look: &Look<'_>) -> String {
        look.say("welcome-title")
    }

    fn lead(&self, look: &Look<'_>) -> Option<String> {
        Some(look.say("welcome-lead"))
    }

    fn body<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        view::body(self, &look)
    }

    fn footer(&self) -> Footer<Message> {
        let practise = Command::normal("welcome-practise-first", Message::Practise);
        Footer { back: None, others: vec![practise], primary: Some(Command::primary("window-next", Message::Next)) }
    }

    fn escape(&self) -> Option<Message> {
        self.is_starting().then_some(Message::CancelPractice)
    }

    fn first_focus(&self) -> Option<Id> {
        Some(Id::new(METHOD))
    }

    fn update(&mut self, message: Message, services: &Services) -> Action<Message, Outcome> {
        match message {
            Message::Chose(method) => {
                self.method = Some(method);
                self.choice_missing = false;
            }
            // Whoever waits for a rehearsal has decided already.
            Message::Next if self.is_starting() => {}
            Message::Next => match self.method {
                Some(method) => return Action::done(Outcome::Begin(method)),
                None => {
                    self.choice_missing = true;
                    // From the top down, so that what is missing is in sight with it.
                    return Action::run(Task::batch([to_the_top(), focus::to(METHOD)]));
                }
            },
            Message::Toggle(need) => {
                if !self.open.remove(&need) {
                    self.open.insert(need);
                }
            }
            Message::Open(url) => {
                self.unopened = None;
                let opened = services.desktop.open(url.to_owned());
                return Action::run(Task::perform(opened, move |opened| Message::Opened(url, opened)));
            }
            Message::Opened(url, opened) => self.unopened = opened.err().map(|_| url),
            Message::Copy(text) => {
                self.copied = Some(text);
                return Action::run(iced::clipboard::write(text.to_owned()));
            }
            Message::Practise if !self.is_starting() => return Action::run(self.practise(services)),
            Message::Practise => {}
            Message::Practising(request, started) if request == self.request && self.is_starting() => match started {
                Ok(rehearsal) => {
                    self.practice = Practice::Idle;
                    return Action::done(Outcome::Practise(rehearsal));
                }
                Err(problem) => {
                    self.practice = Practice::Failed(problem);
                    return Action::run(focus::to(PRACTISE));
                }
            },
            // Nobody waits for it any more: it ends where it is dropped.
            Message::Practising(..) => {}
            Message::CancelPractice => {
                self.practice = Practice::Idle;
                return Action::run(focus::to(PRACTISE));
            }
            Message::Read(kept) => self.kept = kept,
            Message::GoOn(file) => {
                let kept = self.kept.iter().find(|kept| kept.settings == file && may_go_on(kept)).cloned();
                let outcome = kept.filter(|_| !self.is_starting()).map(|kept| Outcome::GoOn(Box::new(kept)));
                return Action { task: Task::none(), outcome };
            }
        }
        Action::none()
    }
}

/// Whether there is anything to go on with: settings and a ledger that can be read.
fn may_go_on(kept: &Kept) -> bool {
    kept.problem.is_none()
}
