//! The reports of a batch: written when it is over, opened with whatever the user has for it, and the status message that
//! is prepared for the user's own mail program. Passwords are only in a file that was asked for.

use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;

use crate::engine::problem::Problem;
use crate::engine::report::{ReportOptions, Reports};
use crate::gui::services::Services;
use crate::gui::session::Session;
use crate::words::Words;

pub mod message;
pub mod proof;
mod view;

pub use view::{Shown, passwords, view};

/// The field for another folder.
pub const FOLDER: &str = "run-folder";

/// Something that happened to the reports.
#[derive(Clone)]
pub enum Message {
    /// Write them (again).
    Write,
    /// Write them with the initial passwords.
    WritePasswords,
    /// They were written, or not; the number tells the last attempt from earlier ones.
    Written(u64, Result<Arc<Reports>, Problem>),
    /// Choose a folder.
    Pick,
    /// A folder was chosen, or not.
    Picked(Option<PathBuf>),
    /// A folder was typed.
    Typed(String),
    /// Open this; what is not there yet is written first.
    Open(What),
    /// Write anew and open this: while a batch goes on, a report is as old as it is.
    OpenFresh(What),
    /// The desktop opened it, or told why not.
    Opened(Result<(), String>),
    /// The text of the status message is to be seen, or not any more.
    Preview(bool),
    /// The status message goes to the user's own mail program.
    Send(String),
    /// This goes to the clipboard.
    Copy(String),
}

/// What can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The folder.
    Folder,
    /// MigrationErrors.csv.
    Errors,
    /// MigrationStatistics.csv.
    Statistics,
}

/// The reports of a migration.
pub struct Reporting {
    session: Arc<Session>,
    folder: PathBuf,
    typed: String,
    number: u64,
    writing: bool,
    /// What is being written is of before by now.
    stale: bool,
    /// Once more, with passwords or without, when what is being written is written.
    again: Option<bool>,
    /// What is being written has passwords in it.
    asked: bool,
    /// What to open once they are written.
    then: Option<What>,
    passwords: bool,
    pub(super) written: Option<Arc<Reports>>,
    pub(super) failed: Option<Problem>,
    pub(super) refused: Option<String>,
    pub(super) preview: bool,
}

impl Reporting {
    /// Nothing is written yet.
    pub fn new(session: Arc<Session>) -> Reporting {
        let folder = session.reports.clone();
        Reporting {
            typed: Services::shown(&folder),
            session,
            folder,
            number: 0,
            writing: false,
            stale: false,
            again: None,
            asked: false,
            then: None,
            passwords: false,
            written: None,
            failed: None,
            refused: None,
            preview: false,
        }
    }

    /// Being written.
    pub fn is_busy(&self) -> bool {
        self.writing
    }

    /// Where they go.
    pub fn folder(&self) -> &PathBuf {
        &self.folder
    }

    /// With passwords in them, on explicit request.
    pub fn has_passwords(&self) -> bool {
        self.passwords && self.written.is_some()
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message, services: &Services) -> Task<Message> {
        match message {
            Message::Write => return self.write(false, services),
            Message::WritePasswords => return self.write(true, services),
            Message::Written(number, result) if self.writing && number == self.number => {
                return self.written(result, services);
            }
            // Of an earlier attempt.
            Message::Written(..) => {}
            Message::Pick => {
                let title = words(services).text("run-folder-pick", &[]);
                let picked = services.desktop.pick_folder(title, Some(self.folder.clone()));
                return Task::perform(picked, Message::Picked);
            }
            Message::Picked(Some(folder)) => {
                self.typed = Services::shown(&folder);
                return self.write(self.passwords, services);
            }
            Message::Picked(None) => {}
            Message::Typed(typed) => self.typed = typed,
            Message::Open(what) if self.written.is_some() => return self.open(what, services),
            Message::Open(what) if self.writing => self.then = Some(what),
            Message::Open(what) | Message::OpenFresh(what) => {
                self.then = Some(what);
                return self.write(self.passwords, services);
            }
            Message::Opened(result) => self.refused = result.err(),
            Message::Preview(shown) => self.preview = shown,
            Message::Copy(text) => return iced::clipboard::write(text),
            Message::Send(address) => return Task::perform(services.desktop.open(address), Message::Opened),
        }
        Task::none()
    }

    fn write(&mut self, passwords: bool, services: &Services) -> Task<Message> {
        if self.typed.trim().is_empty() {
            return Task::none();
        }
        if self.writing {
            // What was asked for later is newer: nobody must take the earlier one for it.
            self.again = Some(passwords || self.again == Some(true));
            return Task::none();
        }
        self.number += 1;
        (self.writing, self.failed, self.asked) = (true, None, passwords);
        self.folder = PathBuf::from(self.typed.trim());
        let (number, folder, session) = (self.number, self.folder.clone(), self.session.clone());
        let words = words(services);
        let options = ReportOptions {
            include_passwords: passwords,
            password_length: session.options().password_length,
            extra: Vec::new(),
        };
        let write = async move { session.migration.report(&folder, options, &words).await.map(Arc::new) };
        Task::perform(write, move |result| Message::Written(number, result))
    }

    fn written(&mut self, result: Result<Arc<Reports>, Problem>, services: &Services) -> Task<Message> {
        self.writing = false;
        let stale = std::mem::take(&mut self.stale);
        if let Some(passwords) = self.again.take() {
            return self.write(passwords, services);
        }
        if stale {
            self.then = None;
            return Task::none();
        }
        match result {
            Ok(reports) => {
                (self.written, self.passwords) = (Some(reports), self.asked);
                match self.then.take() {
                    Some(what) => self.open(what, services),
                    None => Task::none(),
                }
            }
            Err(problem) => {
                (self.failed, self.then) = (Some(problem), None);
                crate::gui::widget::focus::to(FOLDER)
            }
        }
    }

    fn open(&mut self, what: What, services: &Services) -> Task<Message> {
        self.refused = None;
        let Some(reports) = &self.written else { return Task::none() };
        let path = match what {
            What::Folder => &self.folder,
            What::Errors => &reports.errors,
            What::Statistics => &reports.statistics,
        };
        Task::perform(services.desktop.open(Services::shown(path)), Message::Opened)
    }

    /// A batch goes on: what was written is of before.
    pub fn outdated(&mut self) {
        (self.written, self.failed, self.passwords, self.again) = (None, None, false, None);
        self.stale = self.writing;
    }
}

/// The words of the user's language, for files and for other programs.
pub fn words(services: &Services) -> Words {
    Words::new(services.language())
}
