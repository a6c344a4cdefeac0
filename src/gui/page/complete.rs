//! Complete: the last synchronisation, the verdict, and what to do next.

use iced::Task;

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
    /// To the run page as it was.
    Back,
    /// Not completed; both sides are to be kept in step for longer.
    Synchronise(Box<Session>),
    /// Everything from the beginning, for another migration.
    StartOver,
}

/// The page's state.
pub struct Complete {}

impl Complete {
    /// The page before completing, or (for a completed migration) with its verdict.
    pub fn new(_session: Session, _services: &Services) -> (Complete, Task<Message>) {
        (Complete {}, Task::none())
    }

    /// The last synchronisation or the comparison is going on.
    pub fn is_busy(&self) -> bool {
        false
    }

    /// Stops at once, because the window closes.
    pub fn stop_now(&mut self) {}

    /// How far the last synchronisation is, 0 to 1, while there is one.
    pub fn progress(&self) -> Option<f32> {
        None
    }
}

impl Page for Complete {
    type Message = Message;
    type Outcome = Outcome;

    fn title(&self, look: &Look<'_>) -> String {
        look.say("complete-title")
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
