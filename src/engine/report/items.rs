//! MigrationItems.csv: every item that is not on the target as it is at the source, why, and what to do.

use std::collections::HashMap;

use super::errors::retryable;
use super::{Words, time};
use crate::engine::ledger::absent::{Absence, Absent};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;

pub(super) const HEADER: &[&str] = &[
    "EmailAddress",
    "Folder",
    "Subject",
    "Sender",
    "DateUtc",
    "SizeBytes",
    "ItemClass",
    "State",
    "ErrorCode",
    "Reason",
    "SuggestedFix",
    "Phase",
    "Retryable",
    "Attempts",
    "FirstSeenUtc",
    "LastSeenUtc",
    "Batch",
];

/// Makes lines of items. Neighbours mostly share their reason, whose words are made once.
pub(super) struct Lines<'w> {
    words: &'w dyn Words,
    batches: HashMap<i64, String>,
    last: Option<(Problem, [String; 3])>,
}

impl Lines<'_> {
    pub(super) fn new(words: &dyn Words, batches: HashMap<i64, String>) -> Lines<'_> {
        Lines { words, batches, last: None }
    }

    pub(super) fn of(&mut self, mailbox: &Address, folder: &str, items: Vec<Absent>) -> Vec<Vec<String>> {
        items.into_iter().map(|item| self.line(mailbox, folder, item)).collect()
    }

    fn line(&mut self, mailbox: &Address, folder: &str, item: Absent) -> Vec<String> {
        // What waits with nothing wrong was not reached yet.
        let problem = item.problem.unwrap_or_else(|| Problem::new(Kind::Run, Side::Here, Guidance::Stopped));
        let skipped = item.absence == Absence::Skipped;
        let retryable = item.absence == Absence::Waiting || retryable(&item.phase, &problem, skipped);
        let [code, reason, fix] = self.told(problem);
        vec![
            mailbox.to_string(),
            folder.to_owned(),
            item.subject,
            item.sender,
            time(item.date),
            item.size.to_string(),
            item.class,
            item.absence.name().to_owned(),
            code,
            reason,
            fix,
            item.phase,
            retryable.to_string(),
            item.attempts.to_string(),
            time(item.seen.0),
            time(item.seen.1),
            self.batches.get(&item.batch).cloned().unwrap_or_default(),
        ]
    }

    fn told(&mut self, problem: Problem) -> [String; 3] {
        if let Some((known, told)) = &self.last
            && *known == problem
        {
            return told.clone();
        }
        let code = problem.guidance.key().to_owned();
        let told = [code, self.words.message(&problem), self.words.remedy(&problem)];
        self.last = Some((problem, told.clone()));
        told
    }
}
