//! What a page is: its own state, messages for things that happened, and outcomes that the wizard acts on. The wizard
//! draws rail, title and footer once, for all of them.

use iced::widget::Id;
use iced::{Subscription, Task};

use super::Element;
use super::look::Look;
use super::services::Services;
use super::widget::button::Kind;
use super::widget::icon::Icon;

pub mod complete;
pub mod connect;
pub mod live;
pub mod review;
pub mod run;
pub mod welcome;

/// One of the five pages.
pub trait Page {
    /// Things that happened.
    type Message: Clone + Send + 'static;
    /// What leads on to another page.
    type Outcome;

    /// The main instruction.
    fn title(&self, look: &Look<'_>) -> String;
    /// One sentence under the title.
    fn lead(&self, _look: &Look<'_>) -> Option<String> {
        None
    }
    /// Everything between title and footer. It scrolls as a whole unless [`Page::fills`].
    fn body<'a>(&'a self, look: Look<'a>) -> Element<'a, Self::Message>;
    /// The body takes the whole height and scrolls by itself, as a page with a long table does.
    fn fills(&self) -> bool {
        false
    }
    /// A question over the page.
    fn dialog<'a>(&'a self, _look: Look<'a>) -> Option<Element<'a, Self::Message>> {
        None
    }
    /// The commands at the foot of the page.
    fn footer(&self) -> Footer<Self::Message>;
    /// What Escape means here: the harmless way out of a dialog or of waiting.
    fn escape(&self) -> Option<Self::Message> {
        None
    }
    /// The control that has the keyboard when the page opens.
    fn first_focus(&self) -> Option<Id> {
        None
    }
    /// Takes in what happened.
    fn update(&mut self, message: Self::Message, services: &Services) -> Action<Self::Message, Self::Outcome>;
    /// What the page listens to.
    fn subscription(&self) -> Subscription<Self::Message> {
        Subscription::none()
    }
}

/// What comes of a message: work to start, an outcome, both or nothing.
pub struct Action<M, O> {
    /// Work to start.
    pub task: Task<M>,
    /// What leads on.
    pub outcome: Option<O>,
}

impl<M, O> Action<M, O> {
    /// Nothing further.
    pub fn none() -> Action<M, O> {
        Action { task: Task::none(), outcome: None }
    }
    /// Work to start.
    pub fn run(task: Task<M>) -> Action<M, O> {
        Action { task, outcome: None }
    }
    /// Something that leads on.
    pub fn done(outcome: O) -> Action<M, O> {
        Action { task: Task::none(), outcome: Some(outcome) }
    }
}

/// The commands at the foot of a page. There is at most one primary command, and it is never switched off to keep somebody
/// from going on: pressed too early, the page says what is missing.
pub struct Footer<M> {
    /// The way back, if there is one.
    pub back: Option<M>,
    /// Commands beside the primary one.
    pub others: Vec<Command<M>>,
    /// What leads on.
    pub primary: Option<Command<M>>,
}

impl<M> Footer<M> {
    /// No commands.
    pub fn none() -> Footer<M> {
        Footer { back: None, others: Vec::new(), primary: None }
    }

    /// The same commands as another kind of message.
    pub fn map<N>(self, f: impl Fn(M) -> N) -> Footer<N> {
        Footer {
            back: self.back.map(&f),
            others: self.others.into_iter().map(|command| command.map(&f)).collect(),
            primary: self.primary.map(|command| command.map(&f)),
        }
    }
}

/// A command at the foot of a page.
pub struct Command<M> {
    /// Its label in `i18n/`; the attribute `.access` is its access letter.
    pub label: &'static str,
    /// What pressing it means.
    pub message: M,
    /// How much weight it has.
    pub kind: Kind,
    /// Its picture.
    pub icon: Option<Icon>,
}

impl<M> Command<M> {
    /// The command that leads on.
    pub fn primary(label: &'static str, message: M) -> Command<M> {
        Command { label, message, kind: Kind::Primary, icon: None }
    }
    /// Another command.
    pub fn normal(label: &'static str, message: M) -> Command<M> {
        Command { label, message, kind: Kind::Normal, icon: None }
    }
    /// A command that ends or undoes something.
    pub fn danger(label: &'static str, message: M) -> Command<M> {
        Command { label, message, kind: Kind::Danger, icon: None }
    }
    /// With a picture.
    pub fn icon(self, icon: Icon) -> Command<M> {
        Command { icon: Some(icon), ..self }
    }

    fn map<N>(self, f: impl Fn(M) -> N) -> Command<N> {
        Command { label: self.label, message: f(self.message), kind: self.kind, icon: self.icon }
    }
}
