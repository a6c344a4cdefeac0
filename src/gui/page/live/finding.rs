//! Find a message: words of its subject or sender, and where it was and is now. A dialog over the page.

use std::sync::Arc;

use iced::Task;

use crate::engine::ledger::Found;
use crate::engine::problem::Problem;
use crate::gui::session::Session;
use crate::gui::widget::focus;

mod view;

pub use view::{offer, view};

/// The button that opens it.
pub const OPEN: &str = "run-find";
/// The field, which has the keyboard first.
pub const FIELD: &str = "run-find-field";
/// Messages shown at most, the latest.
pub const SHOWN: usize = 20;

/// Something that happened in the dialog.
#[derive(Clone)]
pub enum Message {
    /// It is wanted.
    Open,
    /// This is being typed.
    Typed(String),
    /// Look for it.
    Find,
    /// What the search of this number came to.
    Found(u64, Result<Arc<Found>, Problem>),
    /// It is done with.
    Close,
}

/// The dialog of a page.
pub struct Finder {
    session: Arc<Session>,
    open: bool,
    typed: String,
    /// Of the last search.
    number: u64,
    searching: bool,
    found: Option<Result<Arc<Found>, Problem>>,
}

impl Finder {
    /// Nothing is looked for.
    pub fn new(session: Arc<Session>) -> Finder {
        Finder { session, open: false, typed: String::new(), number: 0, searching: false, found: None }
    }

    /// The dialog is over the page.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Open => {
                self.open = true;
                focus::to(FIELD)
            }
            Message::Typed(typed) => {
                self.typed = typed;
                Task::none()
            }
            Message::Find if !self.typed.trim().is_empty() => self.find(),
            Message::Found(number, found) if number == self.number && self.open => {
                (self.searching, self.found) = (false, Some(found));
                Task::none()
            }
            // Nothing to look for, or of an earlier search.
            Message::Find | Message::Found(..) => Task::none(),
            Message::Close => {
                // What was found is of before when it is opened again; what was typed may be wanted.
                (self.open, self.searching, self.found) = (false, false, None);
                self.number += 1;
                focus::to(OPEN)
            }
        }
    }

    fn find(&mut self) -> Task<Message> {
        self.number += 1;
        (self.searching, self.found) = (true, None);
        let (number, text, migration) = (self.number, self.typed.clone(), self.session.migration.clone());
        let search = async move { migration.find(&text, SHOWN).await.map(Arc::new) };
        Task::perform(search, move |found| Message::Found(number, found))
    }
}
