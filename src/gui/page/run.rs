//! Run: the batch, live; and the time between batches, while both sides are kept in step.

use iced::Task;

use super::{Action, Footer, Page};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::services::Services;
use crate::gui::session::Session;

/// How the page begins.
pub enum Begin {
    /// A batch starts at once with the session's plan.
    Batch(Box<Session>),
    /// Everything was synchronised before; the next synchronisation is due 24 hours after the last.
    Resting(Box<Session>),
}

/// Something that happened on this page.
#[derive(Clone)]
pub enum Message {}

/// What leads on.
pub enum Outcome {
    /// A further batch is to be looked at (surveyed anew).
    Review(Box<Session>),
    /// To the page that completes the migration.
    Complete(Box<Session>),
}

/// The page's state.
pub struct Run {}

impl Run {
    /// The page, and the task that starts the batch.
    pub fn new(_begin: Begin, _services: &Services) -> (Run, Task<Message>) {
        (Run {}, Task::none())
    }

    /// Mail is being moved, verified or synchronised.
    pub fn is_busy(&self) -> bool {
        false
    }

    /// Stops at once, because the window closes.
    pub fn stop_now(&mut self) {}

    /// How far the run is, 0 to 1, while there is one. Never goes back within a batch.
    pub fn progress(&self) -> Option<f32> {
        None
    }
}

impl Page for Run {
    type Message = Message;
    type Outcome = Outcome;

    fn title(&self, look: &Look<'_>) -> String {
        look.say("run-title")
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
