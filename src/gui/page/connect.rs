//! Connection settings: the Exchange server and Microsoft 365; nothing goes on without both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

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
use crate::gui::widget::focus;
use crate::launcher::Rehearsal;
use crate::settings::{Access, Settings};
use crate::shelf::Kept;

mod fault;
mod field;
mod form;
mod kept;
mod outcome;
mod trial;
mod view;

use fault::Fault;
pub use field::{Field, Part};
use form::{Checked, Form};
pub use trial::Event;
use trial::{Asked, Trial};

/// How the page begins.
pub enum Begin {
    /// Empty forms (or what this computer remembers of the last batch).
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
    /// The settings of a kept migration were read.
    Loaded(Result<Box<Settings>, Problem>),
    /// The keyring was asked for a password.
    Recalled(Field, Option<Secret>),
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
    trial: Option<Trial>,
    /// Number of the last test, so that late answers are known.
    number: u64,
    failure: Option<Failure>,
    /// The host that nobody has confirmed yet.
    unconfirmed: Option<Problem>,
    success: Option<Success>,
}

impl Connect {
    /// The page, and the task that recalls passwords.
    pub fn new(begin: Begin, services: &Services) -> (Connect, Task<Message>) {
        let usable = Task::perform(services.vault.usable(), Message::VaultUsable);
        let (form, practice, going_on, task) = match begin {
            Begin::New(method) => (Form::new(method), None, false, usable),
            Begin::Practice(rehearsal) => (practised(rehearsal.as_ref()), Some(rehearsal), false, Task::none()),
            Begin::GoOn(kept) => {
                let read = Task::perform(kept::read(kept.settings), |read| Message::Loaded(read.map(Box::new)));
                (Form::new(Method::Autodiscover), None, true, Task::batch([usable, read]))
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
            trial: None,
            number: 0,
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

    /// A test or a survey is going on.
    pub fn is_busy(&self) -> bool {
        self.trial.is_some()
    }

    /// Another way of finding the server has other fields.
    fn turn_to(&mut self, method: Method) {
        if self.form.method != method {
            self.form.method = method;
            (self.failure, self.unconfirmed) = (None, None);
            self.faults.clear();
        }
    }

    /// Tests both sides, unless that was done already or something cannot be right.
    fn next(&mut self, services: &Services) -> Action<Message, Outcome> {
        if self.trial.is_some() {
            return Action::none();
        }
        let checked = match self.form.check() {
            Ok(checked) => checked,
            Err(faults) => return Action::run(self.show_faults(faults)),
        };
        let keep = self.form.keep && self.vault != Some(false);
        if let Some(success) = self.success.as_ref().filter(|success| success.is_about(&checked, keep)) {
            return Action::done(Outcome::Connected(success.session.clone()));
        }
        // A migration is open once at a time.
        self.success = None;
        Action::run(self.test(checked, keep, services))
    }

    fn show_faults(&mut self, faults: BTreeMap<Field, Fault>) -> Task<Message> {
        self.open.extend(faults.keys().filter_map(|field| field.part()));
        let first = faults.keys().next().copied();
        self.faults = faults;
        first.map_or_else(Task::none, |field| focus::to(field.id()))
    }

    fn test(&mut self, checked: Checked, keep: bool, services: &Services) -> Task<Message> {
        self.number += 1;
        (self.failure, self.unconfirmed) = (None, None);
        self.faults.clear();
        let (trial, task) = Trial::begin(self.number, checked, keep, self.practice.is_some(), services);
        self.trial = Some(trial);
        Task::batch([focus::to(view::CANCEL), task])
    }

    fn recall(&self, services: &Services, settings: &Settings) -> Task<Message> {
        let recall =
            |field, name| Task::perform(services.vault.recall(name), move |found| Message::Recalled(field, found));
        Task::batch([
            recall(Field::Password, kept::source_name(settings)),
            recall(Field::Secret, kept::target_name(settings)),
        ])
    }

    /// Something was typed or chosen; whatever stood beside it is about something else now.
    fn changed(&mut self, field: Field) {
        self.faults.remove(&field);
    }
}

impl Success {
    fn is_about(&self, checked: &Checked, keep: bool) -> bool {
        let (tested, now) = (&self.checked, checked);
        keep == self.keep
            && tested.settings == now.settings
            && tested.outside == now.outside
            && tested.secrets.source_password == now.secrets.source_password
            && tested.secrets.target_secret == now.secrets.target_secret
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
        Some(Id::new(if self.is_busy() { view::CANCEL } else { Field::Email.id() }))
    }

    fn update(&mut self, message: Message, services: &Services) -> Action<Message, Outcome> {
        match message {
            Message::Typed(field, Typing(text)) => {
                self.form.set(field, text);
                self.changed(field);
            }
            Message::Edited(field, action) => {
                if let Some(list) = self.form.list_mut(field) {
                    list.perform(action);
                }
                self.changed(field);
            }
            Message::Method(method) => self.turn_to(method),
            Message::Access(access) => self.form.access = access,
            Message::AtATime(number) => self.form.at_a_time = number,
            Message::ByCertificate(by_certificate) => {
                self.form.by_certificate = by_certificate;
                [Field::Secret, Field::Certificate, Field::Key].into_iter().for_each(|field| self.changed(field));
            }
            Message::Keep(keep) => self.form.keep = keep,
            Message::Reveal(field) => toggle(&mut self.revealed, field),
            Message::Toggle(part) => toggle(&mut self.open, part),
            Message::Details => {
                if let Some(failure) = &mut self.failure {
                    failure.details = !failure.details;
                }
            }
            Message::Browse(field, title) => {
                let picked = services.desktop.pick_file(title, endings(field));
                return Action::run(Task::perform(picked, move |picked| Message::Picked(field, picked)));
            }
            Message::Picked(field, picked) => {
                if let Some(path) = picked {
                    self.form.set(field, path.display().to_string());
                    self.changed(field);
                }
            }
            Message::VaultUsable(usable) => self.vault = Some(usable),
            Message::Loaded(Ok(settings)) => {
                self.form = Form::filled(&settings);
                return Action::run(self.recall(services, &settings));
            }
            Message::Loaded(Err(problem)) => self.fail(problem),
            Message::Recalled(field, found) => {
                // What somebody typed meanwhile is newer.
                if let Some(Secret(secret)) = found.filter(|_| self.form.get(field).is_empty()) {
                    self.form.set(field, secret);
                }
            }
            Message::Next => return self.next(services),
            Message::Cancel => {
                self.trial = None;
                return Action::run(focus::to(Field::Email.id()));
            }
            Message::Back if self.is_busy() => {}
            Message::Back => return Action::done(Outcome::Back),
            Message::Trial(number, event) => {
                return match self.trial.take_if(|trial| trial.number == number) {
                    Some(trial) => self.heard(trial, event, services),
                    None => Action::none(),
                };
            }
            Message::Confirm => return Action::run(self.confirm(services)),
            Message::Deny => {
                if let Some(problem) = self.unconfirmed.take() {
                    self.fail(problem);
                }
                return Action::run(focus::to(Field::Email.id()));
            }
        }
        Action::none()
    }
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, part: T) {
    if !set.remove(&part) {
        set.insert(part);
    }
}

/// What a certificate, or a key, is usually called.
fn endings(field: Field) -> &'static [&'static str] {
    match field {
        Field::Key => &["pem", "key", "der"],
        _ => &["pem", "crt", "cer", "der"],
    }
}
