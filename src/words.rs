//! Engine values and problems into sentences of the user's language.

mod format;
mod time;
mod waiting;

use fluent_bundle::FluentValue;

use crate::engine::problem::Problem;
use crate::engine::report;
use crate::i18n::signs::Signs;
use crate::i18n::{Messages, carried};

/// The words of one language.
pub struct Words {
    messages: Messages,
    formats: Messages,
    signs: Signs,
}

impl Words {
    /// The words of a language, by tag such as `en-GB`.
    pub fn new(tag: &str) -> Words {
        Words::written_as(carried(tag))
    }

    /// The same, with the numbers and dates of that language even if its other words are not there yet.
    fn written_as(tag: &str) -> Words {
        Words { messages: Messages::new(tag), formats: Messages::formats(tag), signs: Signs::new(tag) }
    }

    /// What happened, on which side, and what it means for the mail.
    pub fn message(&self, problem: &Problem) -> String {
        self.messages.text_of(problem.guidance.key(), &problem.values)
    }

    /// What to do now.
    pub fn remedy(&self, problem: &Problem) -> String {
        self.messages.text_of(&format!("{}.remedy", problem.guidance.key()), &problem.values)
    }

    /// Any other message.
    pub fn text(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        self.messages.text(key, values)
    }
}

impl report::Words for Words {
    fn message(&self, problem: &Problem) -> String {
        Words::message(self, problem)
    }
    fn remedy(&self, problem: &Problem) -> String {
        Words::remedy(self, problem)
    }
}
