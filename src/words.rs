//! Engine values and problems into sentences of the user's language.

mod format;
mod time;
mod waiting;

use std::collections::BTreeMap;
use std::time::Duration;

use fluent_bundle::FluentValue;

use crate::engine::problem::Problem;
use crate::engine::report;
use crate::i18n::signs::Signs;
use crate::i18n::{Messages, carried};

/// A pause is told if it is longer than this, as those are not that are taken where a server names none.
const TOLD_BEYOND: Duration = Duration::from_secs(30);

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
        let message = self.messages.text_of(problem.guidance.key(), &within_a_sentence(problem));
        match problem.retry_after.filter(|pause| *pause > TOLD_BEYOND) {
            Some(pause) => {
                self.text("problem-pause", &[("message", message.into()), ("pause", self.duration(pause).into())])
            }
            None => message,
        }
    }

    /// What to do now.
    pub fn remedy(&self, problem: &Problem) -> String {
        self.messages.text_of(&format!("{}.remedy", problem.guidance.key()), &within_a_sentence(problem))
    }

    /// Any other message.
    pub fn text(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        self.messages.text(key, values)
    }
}

/// What the other side said, without its full stop: the sentence that it stands in has one of its own.
fn within_a_sentence(problem: &Problem) -> BTreeMap<&'static str, String> {
    let mut values = problem.values.clone();
    for said in ["text", "reason"] {
        if let Some(value) = values.get_mut(said) {
            value.truncate(value.trim_end().trim_end_matches(['.', '。']).len());
        }
    }
    values
}

impl report::Words for Words {
    fn message(&self, problem: &Problem) -> String {
        Words::message(self, problem)
    }
    fn remedy(&self, problem: &Problem) -> String {
        Words::remedy(self, problem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::problem::{Guidance, Kind, Side};

    #[test]
    fn how_long_a_server_asked_to_wait_is_told() {
        let busy = Problem::new(Kind::Wait, Side::Source, Guidance::SourceBusy);
        let told = |tag: &str, seconds| Words::new(tag).message(&busy.clone().after(Duration::from_secs(seconds)));
        assert!(told("en-GB", 3_600).ends_with("no mail is lost. A pause of 1\u{a0}h was asked for."));
        assert!(told("de", 600).ends_with("Pause von 10\u{a0}Min. erbeten."));
        assert_eq!(told("en-GB", 30), Words::new("en-GB").message(&busy));
    }

    #[test]
    fn what_the_other_side_said_ends_with_one_full_stop() {
        let refused = Problem::new(Kind::Item, Side::Target, Guidance::TargetItemRefused).with("code", "Corrupt");
        let told = |text: &str| Words::new("en-GB").message(&refused.clone().with("text", text));
        assert!(told("The request was refused. ").contains("Corrupt The request was refused. The rest"));
        assert_eq!(told("The request was refused."), told("The request was refused"));
    }
}
