//! What was chosen, while both sides are tested anew: the page itself must let go of its migration meanwhile.

use std::sync::Arc;

use iced::Task;

use super::recipients::Recipients;
use super::{Message, Review, Tab};
use crate::engine::plan::Deletions;
use crate::engine::recipient::Address;
use crate::settings::Settings;
use crate::shelf;

/// The answers of a review that was left.
pub struct Choices {
    settings: Arc<Settings>,
    practice: bool,
    tab: Tab,
    recipients: Recipients,
    at_a_time: usize,
    deletions: Deletions,
    reports: String,
    status_to: Vec<Address>,
    number: u64,
}

impl Review {
    /// Lets go of the migration, not of the answers.
    pub fn leave(self) -> Choices {
        Choices {
            settings: self.session.settings,
            practice: self.session.practice,
            tab: self.tab,
            recipients: self.recipients,
            at_a_time: self.at_a_time,
            deletions: self.deletions,
            reports: self.reports,
            status_to: self.session.status_to,
            number: self.number,
        }
    }

    /// Takes up what was chosen before, if it was about the same two sides.
    pub fn take_up(&mut self, choices: Choices) -> Task<Message> {
        let (before, now) = (&choices.settings, &self.session.settings);
        if choices.practice != self.session.practice || shelf::identity(before) != shelf::identity(now) {
            return Task::none();
        }
        // A number that was changed in the connection settings since is the newer one.
        if before.run.mailboxes_at_a_time == now.run.mailboxes_at_a_time {
            self.at_a_time = choices.at_a_time;
        }
        if before.run.deletions == now.run.deletions {
            self.deletions = choices.deletions;
        }
        (self.tab, self.recipients, self.reports) = (choices.tab, choices.recipients, choices.reports);
        self.session.status_to = choices.status_to;
        // Late answers are for the page that was left.
        self.number = choices.number + 1;
        self.take(self.session.plan.clone())
    }
}
