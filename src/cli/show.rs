//! How a migration is shown: bars on a terminal, plain lines elsewhere, JSON lines on request.

use std::io::{IsTerminal, Write};
use std::time::Duration;

use fluent_bundle::FluentValue;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;

use crate::engine::control::Handle;
use crate::engine::problem::Problem;
use crate::engine::progress::{Event, Snapshot};
use crate::words::Words;

/// How often progress is shown at most.
const PACE: Duration = Duration::from_millis(500);

/// Where and how a migration is shown.
pub struct Show<'a> {
    words: &'a Words,
    json: bool,
    bar: Option<ProgressBar>,
}

impl<'a> Show<'a> {
    /// JSON lines, or text: with a bar if standard error is a terminal.
    pub fn new(words: &'a Words, json: bool) -> Show<'a> {
        let bar = (!json && std::io::stderr().is_terminal()).then(ProgressBar::no_length);
        if let Some(bar) = &bar {
            let style = ProgressStyle::with_template("{bar:40} {percent:>3} %  {msg}").unwrap_or_else(|_| {
                ProgressStyle::default_bar()
            });
            bar.set_style(style);
        }
        Show { words, json, bar }
    }

    /// The words in use.
    pub fn words(&self) -> &'a Words {
        self.words
    }

    /// A JSON line, if those are wanted.
    pub fn json(&self, value: &Value) {
        if self.json {
            self.print(&value.to_string());
        }
    }

    /// A line of text, unless JSON is wanted.
    pub fn say(&self, key: &str, values: &[(&str, FluentValue<'_>)]) {
        if !self.json {
            self.print(&self.words.text(key, values));
        }
    }

    /// A problem: what happened and what to do. `about` names the recipient or item, if it is about one.
    pub fn problem(&self, about: &str, problem: &Problem) {
        let (message, remedy) = (self.words.message(problem), self.words.remedy(problem));
        if self.json {
            self.print(
                &json!({"event": "problem", "about": about, "code": problem.guidance.key(), "message": message,
                    "remedy": remedy, "cause": problem.cause})
                .to_string(),
            );
            return;
        }
        let about = if about.is_empty() { String::new() } else { format!("{about}: ") };
        self.print(&format!("{about}{message}\n  → {remedy}"));
    }

    /// A problem that ends the command: also in JSON mode said in words, on standard error.
    pub fn refusal(&self, problem: &Problem) {
        self.clear();
        if self.json {
            self.problem("", problem);
        }
        let mut text = format!("{}\n  → {}", self.words.message(problem), self.words.remedy(problem));
        if let Some(cause) = &problem.cause {
            text.push_str(&format!("\n  ({cause})"));
        }
        // Nobody left to tell if standard error is gone.
        drop(writeln!(std::io::stderr(), "{text}"));
    }

    /// Shows a run until it ends.
    pub async fn follow(&self, handle: &Handle) {
        let mut snapshots = handle.snapshots();
        let mut events = handle.events();
        let mut tick = tokio::time::interval(PACE);
        let mut listening = true;
        loop {
            tokio::select! {
                event = events.recv(), if listening => match event {
                    Ok(event) => self.event(&event),
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => listening = false,
                },
                _ = tick.tick() => {
                    let changed = snapshots.has_changed();
                    if !matches!(changed, Ok(false)) {
                        self.progress(&snapshots.borrow_and_update());
                    }
                    if changed.is_err() || handle.is_finished() {
                        break;
                    }
                }
            }
        }
        while let Ok(event) = events.try_recv() {
            self.event(&event);
        }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn event(&self, event: &Event) {
        match event {
            Event::Batch(state) => self.json(&json!({"event": "batch", "state": state.name()})),
            Event::Recipient { address, state } => {
                self.json(&json!({"event": "recipient", "email": address.as_str(), "state": state.name()}));
                if !state.is_active() {
                    let values = [("address", address.as_str().into()), ("state", state.name().into())];
                    self.say("cli-recipient", &values);
                }
            }
            Event::Problem { address, problem } => self.problem(address.as_str(), problem),
            Event::Item { address, folder, subject, problem } => {
                self.problem(&format!("{address} / {folder} / {subject}"), problem);
            }
        }
    }

    fn progress(&self, snapshot: &Snapshot) {
        let books = &snapshot.books;
        self.json(&json!({"event": "progress", "state": snapshot.state.name(), "found": books.found,
            "waiting": books.waiting, "moved": books.moved, "already_there": books.already_there,
            "skipped": books.skipped, "failed": books.failed, "gone": books.gone, "bytes": snapshot.bytes,
            "verified": snapshot.verified}));
        if let Some(bar) = &self.bar {
            bar.set_length(books.found.max(1));
            bar.set_position(books.found - books.waiting.min(books.found));
            bar.set_message(self.words.text("cli-progress", &[
                ("active", FluentValue::from(snapshot.active())),
                ("synced", FluentValue::from(snapshot.synced())),
                ("total", FluentValue::from(snapshot.mailboxes.len())),
                ("moved", FluentValue::from(books.moved)),
            ]));
        }
    }

    fn print(&self, line: &str) {
        let print = || {
            let mut out = std::io::stdout().lock();
            // A reader that went away (as `head` does) must not end a migration.
            drop(writeln!(out, "{line}").and_then(|()| out.flush()));
        };
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }
}
