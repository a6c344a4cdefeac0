//! Review: what will move, what will not, what to know beforehand, how long it takes.

use super::{Action, Footer, Page};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::services::Services;
use crate::gui::session::Session;

/// Something that happened on this page.
#[derive(Clone)]
pub enum Message {}

/// What leads on.
pub enum Outcome {
    /// The plan was approved (it may have been narrowed); the batch is to start.
    Run(Box<Session>),
    /// Everything from the beginning.
    StartOver,
    /// To the connection settings.
    Back,
}

/// The page's state.
pub struct Review {
    session: Session,
}

impl Review {
    /// The page for what was surveyed.
    pub fn new(session: Session, _services: &Services) -> Review {
        Review { session }
    }
}

impl Page for Review {
    type Message = Message;
    type Outcome = Outcome;

    fn title(&self, look: &Look<'_>) -> String {
        let _ = &self.session;
        look.say("review-title")
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
