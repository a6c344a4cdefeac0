//! What is amiss, one by one, for showing it again after a restart: the facts of MigrationErrors.csv, but for what a
//! stop left unfinished.

use std::collections::HashMap;

use rusqlite::Connection;

use super::errors::retryable;
use crate::engine::ledger::{problems, recipients, verdicts};
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;

/// Troubles that are named at most; the rest is counted.
pub const TROUBLES_SHOWN: usize = 1_000;

/// A recipient with a problem, or one of its items.
#[derive(Debug, Clone, PartialEq)]
pub struct Trouble {
    /// Whose it is.
    pub address: Address,
    /// The recipient's display name.
    pub name: String,
    /// The item's folder; empty if it is the recipient itself.
    pub folder: String,
    /// The item's subject; empty if it is the recipient itself.
    pub subject: String,
    /// What is wrong.
    pub problem: Problem,
    /// The next synchronisation tries it again.
    pub retryable: bool,
}

/// What is amiss.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Troubles {
    /// How many there are.
    pub total: u64,
    /// The first of them, [`TROUBLES_SHOWN`] at most: recipients before items, since more depends on them.
    pub first: Vec<Trouble>,
}

impl Troubles {
    fn add(&mut self, trouble: impl FnOnce() -> Option<Trouble>) {
        self.total += 1;
        if self.first.len() < TROUBLES_SHOWN {
            self.first.extend(trouble());
        }
    }
}

pub(crate) fn read(db: &Connection) -> rusqlite::Result<Troubles> {
    let records: HashMap<i64, _> =
        recipients::all(db)?.into_iter().map(|record| (record.id, record.detail)).collect();
    let trouble = |recipient: i64, folder: String, subject: String, problem: Problem, retryable: bool| {
        let detail = records.get(&recipient)?;
        let (address, name) = (detail.address().clone(), detail.display_name().to_owned());
        Some(Trouble { address, name, folder, subject, problem, retryable })
    };
    let mut troubles = Troubles::default();
    for note in problems::all(db)? {
        let again = retryable(&note.phase, &note.problem, false);
        troubles.add(|| trouble(note.recipient, String::new(), String::new(), note.problem, again));
    }
    verdicts::troubles(db, |item| {
        let again = retryable(&item.phase, &item.problem, item.skipped);
        troubles.add(|| trouble(item.recipient, item.folder, item.subject, item.problem, again));
    })?;
    Ok(troubles)
}
