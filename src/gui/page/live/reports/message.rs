//! The status message: plain numbers, no passwords, for the user's own mail program.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::engine::ledger::overview::Overview;
use crate::engine::recipient::Address;
use crate::engine::run::BatchState;
use crate::words::Words;

/// What stays as it is within a `mailto:` address (RFC 6068).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'@');
/// The longest `mailto:` address that every desktop passes on, in bytes.
const LONGEST: usize = 1_900;
/// What subject and text take of it at most; in some scripts a letter takes nine bytes.
const LONGEST_MESSAGE: usize = 1_700;

/// A message to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusMessage {
    /// Who gets it.
    pub to: Vec<Address>,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub body: String,
}

impl StatusMessage {
    /// What a migration has come to.
    pub fn of(words: &Words, overview: &Overview, to: &[Address], practice: bool) -> StatusMessage {
        let state = overview.last_batch.as_ref().map(|(_, state)| *state);
        let key = match state {
            Some(BatchState::Completed) => "run-mail-completed",
            Some(BatchState::CompletedWithErrors) => "run-mail-completed-with-errors",
            Some(BatchState::Stopped) => "run-mail-stopped",
            Some(BatchState::Failed) => "run-mail-failed",
            _ => "run-mail-synced",
        };
        let subject = words.text(key, &[]);
        let mut lines = Vec::new();
        if practice {
            lines.push(words.text("run-mail-practice", &[]));
        }
        let number = |number: usize| words.number(number as u64);
        let (mailboxes, groups, contacts) = (overview.mailboxes, overview.groups, overview.contacts);
        for (key, tally) in
            [("run-mail-mailboxes", mailboxes), ("run-mail-groups", groups), ("run-mail-contacts", contacts)]
        {
            lines.push(words.text(key, &[("done", number(tally.done).into()), ("all", number(tally.total).into())]));
        }
        let books = &overview.books;
        let items = [("done", words.number(books.arrived())), ("all", words.number(books.at_source()))];
        lines.push(words.text("run-mail-items", &items.map(|(name, number)| (name, number.into()))));
        let behind = words.number(books.failed + books.skipped);
        lines.push(words.text("run-mail-behind", &[("items", behind.into())]));
        let errors = number(overview.mailboxes_with_errors);
        lines.push(words.text("run-mail-errors", &[("mailboxes", errors.into())]));
        lines.push(words.text("run-mail-end", &[]));
        StatusMessage { to: to.to_vec(), subject, body: lines.join("\n") }
    }

    /// The address that makes the user's mail program write it. Last lines and recipients that would make it too long are
    /// left to be added by hand.
    pub fn address(&self) -> String {
        let encoded = |text: &str| utf8_percent_encode(text, ENCODED).to_string();
        let message =
            |lines: &[&str]| format!("?subject={}&body={}", encoded(&self.subject), encoded(&lines.join("\r\n")));
        let mut lines: Vec<&str> = self.body.lines().collect();
        let mut rest = message(&lines);
        while rest.len() > LONGEST_MESSAGE && lines.pop().is_some() {
            rest = message(&lines);
        }
        let mut to = String::new();
        for address in &self.to {
            let address = encoded(address.as_str());
            if rest.len() + to.len() + address.len() + "mailto:,".len() > LONGEST {
                break;
            }
            if !to.is_empty() {
                to.push(',');
            }
            to.push_str(&address);
        }
        format!("mailto:{to}{rest}")
    }

    /// The same as text, to be copied.
    pub fn text(&self) -> String {
        format!("{}\n\n{}", self.subject, self.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_carries_everything_and_never_grows_beyond_its_bound() {
        let message = StatusMessage {
            to: vec![Address::new("anna@contoso.com"), Address::new("o'neil+x@contoso.com")],
            subject: "Fertig: 3 & mehr".to_owned(),
            body: "Postfächer: 3\nElemente: 1.000".to_owned(),
        };
        assert_eq!(
            message.address(),
            "mailto:anna@contoso.com,o%27neil%2Bx@contoso.com?subject=Fertig%3A%203%20%26%20mehr&body=\
             Postf%C3%A4cher%3A%203%0D%0AElemente%3A%201.000"
        );
        let wide = StatusMessage { body: vec!["移行".repeat(20); 9].join("\n"), ..message.clone() };
        assert!(wide.address().len() <= LONGEST && wide.address().contains("anna@contoso.com,o%27neil"));
        assert!(wide.address().matches("%0D%0A").count() >= 3, "whole lines are left");
        let many = StatusMessage { to: vec![Address::new("a".repeat(60) + "@contoso.com"); 100], ..message };
        assert!(many.address().len() <= LONGEST && many.address().matches(',').count() > 10);
    }
}
