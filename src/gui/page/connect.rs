//! Connection settings: the Exchange server and Microsoft 365; nothing goes on without both.

use std::sync::Arc;

use iced::Task;

use super::welcome::Method;
use super::{Action, Footer, Page};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::services::Services;
use crate::gui::session::Session;
use crate::launcher::Rehearsal;
use crate::shelf::Kept;

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
pub enum Message {}

/// What leads on.
pub enum Outcome {
    /// Both sides work, the survey is done.
    Connected(Box<Session>),
    /// To the welcome page; what was typed stays.
    Back,
}

/// The page's state.
pub struct Connect {}

impl Connect {
    /// The page, and the task that recalls passwords.
    pub fn new(_begin: Begin, _services: &Services) -> (Connect, Task<Message>) {
        (Connect {}, Task::none())
    }

    /// Takes up another choice on the welcome page without losing what was typed; `false` if that cannot be (the page
    /// was about the practice organisation or a kept migration).
    pub fn adopt(&mut self, _method: Method) -> bool {
        false
    }

    /// A test or a survey is going on.
    pub fn is_busy(&self) -> bool {
        false
    }
}

impl Page for Connect {
    type Message = Message;
    type Outcome = Outcome;

    fn title(&self, look: &Look<'_>) -> String {
        look.say("connect-title")
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
