//! Where results are shown: text with a bar on a terminal, plain lines elsewhere, JSON lines on request.

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use fluent_bundle::FluentValue;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::engine::finding::{Finding, Grade};
use crate::engine::problem::Problem;
use crate::words::Words;

/// The blanks of a message.
pub type Blanks<'a> = &'a [(&'a str, FluentValue<'a>)];

/// Where and how a migration is shown.
pub struct Show<'a> {
    words: &'a Words,
    json: bool,
    bar: Option<ProgressBar>,
    /// The bar is to be seen at the moment.
    shown: AtomicBool,
}

impl<'a> Show<'a> {
    /// JSON lines, or text: with a bar if both outputs are a terminal.
    pub fn new(words: &'a Words, json: bool) -> Show<'a> {
        let terminal = std::io::stderr().is_terminal() && std::io::stdout().is_terminal();
        let bar = (!json && terminal).then(ProgressBar::no_length);
        if let Some(bar) = &bar {
            // A message that is too wide for the terminal is cut: a bar that wraps cannot be redrawn in place.
            let style = ProgressStyle::with_template("{bar:24} {percent:>3} %  {wide_msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        }
        Show { words, json, bar, shown: AtomicBool::new(false) }
    }

    /// The words in use.
    pub fn words(&self) -> &'a Words {
        self.words
    }

    /// Whether there is a bar, which makes lines about progress needless.
    pub fn has_bar(&self) -> bool {
        self.bar.is_some()
    }

    /// A JSON line, if those are wanted.
    pub fn json(&self, value: &Value) {
        if self.json {
            self.print(&value.to_string());
        }
    }

    /// A line of text, unless JSON is wanted.
    pub fn say(&self, key: &str, blanks: Blanks<'_>) {
        if !self.json {
            self.print(&self.words.text(key, blanks));
        }
    }

    /// An empty line of text.
    pub fn gap(&self) {
        if !self.json {
            self.print("");
        }
    }

    /// A problem that does not end the command. `about` names the recipient or item, if it is about one.
    pub fn problem(&self, about: &str, problem: &Problem) {
        self.json(&self.told("problem", about, problem));
        self.text(about, problem, true);
    }

    /// A problem in text only, with or without what to do about it.
    pub fn text(&self, about: &str, problem: &Problem, remedy: bool) {
        if !self.json {
            let about = if about.is_empty() { String::new() } else { format!("{about}: ") };
            let remedy = if remedy { format!("\n  → {}", self.words.remedy(problem)) } else { String::new() };
            self.print(&format!("{about}{}{remedy}", self.words.message(problem)));
        }
    }

    /// A problem as a JSON value.
    pub fn told(&self, event: &str, about: &str, problem: &Problem) -> Value {
        json!({"event": event, "about": about, "code": problem.guidance.key(),
            "message": self.words.message(problem), "remedy": self.words.remedy(problem), "cause": problem.cause})
    }

    /// Findings under a heading; what to do is said once where several call for the same.
    pub fn findings(&self, heading: &str, findings: &[Finding]) {
        for finding in findings {
            let mut told = self.told("finding", "", &finding.problem);
            told["grade"] = json!(match finding.grade {
                Grade::MustFix => "must-fix",
                Grade::LookAt => "look-at",
                Grade::GoodToKnow => "good-to-know",
            });
            self.json(&told);
        }
        if self.json || findings.is_empty() {
            return;
        }
        self.gap();
        self.say(heading, &[]);
        let said: Vec<_> =
            findings.iter().map(|f| (self.words.message(&f.problem), self.words.remedy(&f.problem))).collect();
        for (index, (message, remedy)) in said.iter().enumerate() {
            self.print(&format!("- {message}"));
            if said.get(index + 1).is_none_or(|(_, next)| next != remedy) {
                self.print(&format!("  → {remedy}"));
            }
        }
    }

    /// A problem that ends the command: on standard error, in JSON mode also as a line.
    pub fn refusal(&self, problem: &Problem) {
        self.clear();
        self.json(&self.told("refused", "", problem));
        let mut text = format!("{}\n  → {}", self.words.message(problem), self.words.remedy(problem));
        if let Some(cause) = &problem.cause {
            text.push_str(&format!("\n  ({cause})"));
        }
        // Nobody is left to tell if standard error is gone.
        drop(writeln!(std::io::stderr(), "{text}"));
    }

    /// Moves the bar, if there is one.
    pub fn advance(&self, done: u64, of: u64, key: &str, blanks: Blanks<'_>) {
        if let Some(bar) = &self.bar {
            if !self.shown.swap(true, Ordering::Relaxed) {
                bar.reset();
            }
            bar.set_message(self.words.text(key, blanks));
            bar.set_length(of.max(1));
            bar.set_position(done.min(of));
        }
    }

    /// Takes the bar away until it moves again.
    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
            self.shown.store(false, Ordering::Relaxed);
        }
    }

    fn print(&self, line: &str) {
        let print = || {
            let mut out = std::io::stdout().lock();
            // A reader that went away (as `head` does) must not end a migration.
            drop(writeln!(out, "{line}").and_then(|()| out.flush()));
        };
        match &self.bar {
            Some(bar) if self.shown.load(Ordering::Relaxed) => bar.suspend(print),
            _ => print(),
        }
    }
}
