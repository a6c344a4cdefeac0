//! Connection settings: the Exchange server and Microsoft 365; nothing goes on without both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use iced::Task;
use iced::widget::Id;
use iced::widget::text_editor;

use super::welcome::Method;
use super::{Action, Command, Footer, Page};
use crate::engine::problem::Problem;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::services::{Secret, Services};
use crate::gui::session::Session;
use crate::launcher::Rehearsal;
use crate::settings::{Access, Settings};
use crate::shelf::Kept;

mod fault;
mod field;
mod form;
pub(in crate::gui::page) mod kept;
mod outcome;
mod recall;
mod trial;
mod update;
mod view;

use fault::Fault;
pub use field::{Field, Part};
use form::{Checked, Form};
pub use trial::Event;
use trial::{Asked, Trial};

/// How the page begins.
pub enum Begin {
    /// What this computer remembers of the last migration, or empty forms.
    New(Method),
    /// Filled with the practice organisation's settings and passwords.
    Practice(Arc<dyn Rehearsal>),
    /// Filled with a kept migration's settings, and with its passwords where the keyring has them.
    GoOn(Box<Kept>),
}

/// Something that happened on this page.
#[derive(Clone)]
pub enum Message {
    /// A field was typed into.
    Typed(Field, Typing),
    /// A list of addresses was edited.
    Edited(Field, text_editor::Action),
    /// The other way of finding the server.
    Method(Method),
    /// How mailboxes are opened.
    Access(Access),
    /// How many mailboxes at a time.
    AtATime(u32),
    /// The application signs in with a certificate, or not.
    ByCertificate(bool),
    /// The passwords are to outlive the window, or not.
    Keep(bool),
    /// A password is to be shown or hidden.
    Reveal(Field),
    /// A part is to be opened or shut.
    Toggle(Part),
    /// The technical details of a problem are to be opened or shut.
    Details,
    /// A file is to be chosen, under this title.
    Browse(Field, String),
    /// It was, or not.
    Picked(Field, Option<PathBuf>),
    /// Whether there is a keyring.
    VaultUsable(bool),
    /// The settings of a kept migration were read, for the page of this number.
    Loaded(u64, Result<Box<Settings>, Problem>),
    /// The settings of this computer's migrations were read, the last one's first, for the page of this number.
    Remembered(u64, Vec<Settings>),
    /// The keyring was asked for a password under this name, for the page of this number.
    Recalled(u64, Field, String, Option<Secret>),
    /// To test both sides.
    Next,
    /// To stop testing.
    Cancel,
    /// To the first page.
    Back,
    /// What the test of this number has come to.
    Trial(u64, Event),
    /// The host that was found is the administrator's.
    Confirm,
    /// It is not.
    Deny,
}

/// What was typed. Never shown by `Debug`: it may be a password.
#[derive(Clone)]
pub struct Typing(String);

/// What leads on.
pub enum Outcome {
    /// Both sides work, the survey is done.
    Connected(Box<Session>),
    /// To the welcome page; what was typed stays.
    Back,
}

/// What a failed test leaves on the page.
struct Failure {
    problem: Problem,
    /// The addresses that were asked, and what came of each.
    asked: Vec<Asked>,
    /// The last of them led to the server.
    found: bool,
    details: bool,
}

/// What a test that succeeded was about.
struct Success {
    checked: Checked,
    keep: bool,
    session: Box<Session>,
}

/// The page's state.
pub struct Connect {
    form: Form,
    faults: BTreeMap<Field, Fault>,
    open: BTreeSet<Part>,
    revealed: BTreeSet<Field>,
    vault: Option<bool>,
    practice: Option<Arc<dyn Rehearsal>>,
    /// It goes on with a kept migration.
    going_on: bool,
    /// Something was typed or chosen.
    touched: bool,
    /// Settings whose passwords the keyring may have.
    known: Vec<Settings>,
    /// The fields that the keyring filled, and under which name it had what it put there.
    recalled: BTreeMap<Field, String>,
    trial: Option<Trial>,
    /// This page's own number, so that answers for another one are known.
    number: u64,
    failure: Option<Failure>,
    /// The host that nobody has confirmed yet.
    unconfirmed: Option<Problem>,
    success: Option<Success>,
}

impl Connect {
    /// The page, and the task that recalls settings and passwords.
    pub fn new(begin: Begin, services: &Services) -> (Connect, Task<Message>) {
        let usable = Task::perform(services.vault.usable(), Message::VaultUsable);
        let number = number();
        let (form, practice, going_on, task) = match begin {
            Begin::New(method) => {
                let read =
                    Task::perform(kept::all(services.shelf.clone()), move |all| Message::Remembered(number, all));
                (Form::new(method, services.country.as_deref()), None, false, Task::batch([usable, read]))
            }
            Begin::Practice(rehearsal) => (practised(rehearsal.as_ref()), Some(rehearsal), false, Task::none()),
            Begin::GoOn(kept) => {
                let loaded = move |read: Result<_, _>| Message::Loaded(number, read.map(Box::new));
                let read = Task::perform(kept::read(kept.settings), loaded);
                (Form::new(Method::Autodiscover, None), None, true, Task::batch([usable, read]))
            }
        };
        let page = Connect {
            form,
            faults: BTreeMap::new(),
            open: BTreeSet::new(),
            revealed: BTreeSet::new(),
            vault: None,
            practice,
            going_on,
            touched: false,
            known: Vec::new(),
            recalled: BTreeMap::new(),
            trial: None,
            number,
            failure: None,
            unconfirmed: None,
            success: None,
        };
        (page, task)
    }

    /// Takes up another choice on the welcome page without losing what was typed; `false` if that cannot be (the page
    /// was about the practice organisation or a kept migration).
    pub fn adopt(&mut self, method: Method) -> bool {
        if self.practice.is_some() || self.going_on {
            return false;
        }
        self.trial = None;
        self.turn_to(method);
        true
    }

    /// What was typed for a new migration waits while somebody practises or looks after another one. Its migration may be
    /// the other one: it lets go of that.
    pub fn set_aside(mut self) -> Option<Connect> {
        (self.trial, self.success) = (None, None);
        (self.practice.is_none() && !self.going_on).then_some(self)
    }

    /// A test or a survey is going on.
    pub fn is_busy(&self) -> bool {
        self.trial.is_some()
    }

    /// The field that is shown first.
    fn first(&self) -> Field {
        if self.form.method == Method::Typed { Field::Server } else { Field::Email }
    }

    /// The first field that must be filled in still: whoever goes on with a migration has only the passwords to give.
    fn missing(&self) -> Option<Field> {
        let faults = self.form.check().err()?;
        faults.into_iter().find(|(_, fault)| fault.key == fault::EMPTY).map(|(field, _)| field)
    }

    /// Another way of finding the server has other fields.
    fn turn_to(&mut self, method: Method) {
        if self.form.method != method {
            self.form.method = method;
            (self.failure, self.unconfirmed) = (None, None);
            self.faults.clear();
        }
    }
}

/// The forms with everything that opens the practice organisation.
fn practised(rehearsal: &dyn Rehearsal) -> Form {
    let (mut form, secrets) = (Form::filled(rehearsal.settings()), rehearsal.secrets());
    form.set(Field::Password, secrets.source_password);
    form.set(Field::Secret, secrets.target_secret.unwrap_or_default());
    form
}

impl Page for Connect {
    type Message = Message;
    type Outcome = Outcome;

    fn title(&self, look: &Look<'_>) -> String {
        look.say(if self.is_busy() { "connect-testing-title" } else { "connect-title" })
    }

    fn lead(&self, look: &Look<'_>) -> Option<String> {
        let key = match (&self.trial, &self.practice) {
            (Some(_), _) => "connect-testing-lead",
            (None, Some(_)) => "connect-practice-lead",
            (None, None) => "connect-lead",
        };
        Some(look.say(key))
    }

    fn body<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        view::body(self, &look)
    }

    fn dialog<'a>(&'a self, look: Look<'a>) -> Option<Element<'a, Message>> {
        view::host_question(&look, self.unconfirmed.as_ref()?)
    }

    fn footer(&self) -> Footer<Message> {
        if self.is_busy() {
            let cancel = Command::normal("window-cancel", Message::Cancel);
            return Footer { back: None, others: vec![cancel], primary: None };
        }
        let next = Command::primary("window-next", Message::Next);
        Footer { back: Some(Message::Back), others: Vec::new(), primary: Some(next) }
    }

    fn escape(&self) -> Option<Message> {
        if self.unconfirmed.is_some() {
            return Some(Message::Deny);
        }
        self.is_busy().then_some(Message::Cancel)
    }

    fn first_focus(&self) -> Option<Id> {
        Some(Id::new(if self.is_busy() { view::CANCEL } else { self.first().id() }))
    }

    fn update(&mut self, message: Message, services: &Services) -> Action<Message, Outcome> {
        self.happened(message, services)
    }
}

/// A number that no page and no test has had.
fn number() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}
