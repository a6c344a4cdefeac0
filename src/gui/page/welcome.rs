//! Welcome: what will happen, what is needed, and how to begin.

use std::sync::Arc;

use iced::Task;

use super::{Action, Footer, Page};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::services::Services;
use crate::launcher::Rehearsal;
use crate::shelf::Kept;

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
pub enum Message {}

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
pub struct Welcome {}

impl Welcome {
    /// The page, and the task that reads the list of unfinished migrations.
    pub fn new(_services: &Services) -> (Welcome, Task<Message>) {
        (Welcome {}, Task::none())
    }
}

impl Page for Welcome {
    type Message = Message;
    type Outcome = Outcome;

    fn title(&self, look: &Look<'_>) -> String {
        look.say("welcome-title")
    }
    fn body<'a>(&'a self, _look: Look<'a>) -> Element<'a, Message> {
        iced::widget::space().into()
    }
    fn footer(&self) -> Footer<Message> {
        Footer::none()
    }
    fn update(&mut self, message: Message, _services: &Services) -> Action<Message, Outcome> {
        match message {}
    }
}
