//! A completion that waits for the synchronisation under way on the run page: it begins when that has ended, however it
//! ended, unless it is called off before.

use iced::Task;

use super::{Complete, Message};
use crate::gui::look::Look;
use crate::gui::page::live::state::Sentence;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::tone::Tone;

/// What goes on behind the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Behind {
    /// How far it is, 0 to 1, if that is known.
    pub progress: Option<f32>,
}

/// What is known of it, and whether a completion waits for it.
#[derive(Default)]
pub struct Queue {
    behind: Option<Behind>,
    waits: bool,
}

impl Queue {
    /// A completion waits.
    pub fn waits(&self) -> bool {
        self.waits
    }

    /// Something goes on behind the page.
    pub fn is_behind(&self) -> bool {
        self.behind.is_some()
    }

    /// A completion is wanted: whether it must wait.
    pub fn join(&mut self) -> bool {
        self.waits = self.behind.is_some();
        self.waits
    }

    /// No completion is wanted any more.
    pub fn leave(&mut self) {
        self.waits = false;
    }
}

impl Complete {
    /// What goes on behind the page by now. When it has ended, what waits begins.
    pub fn hear(&mut self, behind: Option<Behind>) -> Task<Message> {
        self.queue.behind = behind;
        if behind.is_some() || !self.queue.waits {
            return Task::none();
        }
        self.queue.leave();
        self.start()
    }
}

/// What is said about it where nothing goes on here.
pub fn sentence(look: &Look<'_>, page: &Complete) -> Option<Sentence> {
    let queue = &page.queue;
    let behind = queue.behind?;
    let so_far = behind.progress.map(|progress| {
        look.tell("complete-queue-so-far", &[("percent", look.words.percent(f64::from(progress)).into())])
    });
    let (key, detail) = match queue.waits {
        true => ("complete-queued", "complete-queued-detail"),
        false => ("complete-behind", "complete-behind-detail"),
    };
    let detail = [Some(look.say(detail)), so_far].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Some(Sentence::new(Tone::Info, Icon::Hourglass, look.say(key)).detail(detail))
}
