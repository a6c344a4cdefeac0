//! Items that are not on the target as they are at the source: page by page, so that there may be any number.

use rusqlite::{Connection, Row, params};

use super::record::{count, problem_from};
use crate::engine::item::ItemId;
use crate::engine::problem::Problem;

/// Items on a page at most.
pub(crate) const ITEMS_A_PAGE: usize = 500;

/// How an item is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absence {
    /// It has not been done yet.
    Waiting,
    /// Left out for a reason that is nobody's failure.
    Skipped,
    /// It could not be moved.
    Failed,
    /// It arrived, and was not there at the last comparison.
    Missing,
    /// It arrived, and differed at the last comparison.
    Differs,
    /// It arrived, and somebody changed or moved it on the target, which stands.
    Changed,
    /// It arrived, and somebody deleted it on the target, which stands.
    Removed,
}

impl Absence {
    /// Its name in reports.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Absence::Waiting => "Waiting",
            Absence::Skipped => "Skipped",
            Absence::Failed => "Failed",
            Absence::Missing => "Missing",
            Absence::Differs => "Differs",
            Absence::Changed => "ChangedOnTarget",
            Absence::Removed => "RemovedOnTarget",
        }
    }
}

/// An item that is not there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Absent {
    pub(crate) id: i64,
    pub(crate) source: ItemId,
    pub(crate) subject: String,
    /// Empty if nobody knows.
    pub(crate) sender: String,
    pub(crate) class: String,
    pub(crate) size: u64,
    pub(crate) date: Option<i64>,
    pub(crate) absence: Absence,
    /// Why. What merely waits may have none of its own.
    pub(crate) problem: Option<Problem>,
    pub(crate) phase: String,
    pub(crate) attempts: u64,
    pub(crate) seen: (Option<i64>, Option<i64>),
    pub(crate) batch: i64,
}

/// What could not be moved, or was not found as it should be.
const AMISS: &str = "problem IS NOT NULL
    AND (state IN ('skipped', 'failed') OR state = 'moved' AND verified IN ('missing', 'differs'))";
/// What is at the source alone as it is there: that, and what somebody deleted on the target, or changed there while the
/// source has a newer edit. Of what was changed there alone, the source holds nothing that the target has not been given.
const WORTH_SAVING: &str = "problem IS NOT NULL
    AND (state IN ('skipped', 'failed')
         OR state = 'moved' AND (verified IN ('missing', 'differs', 'removed') OR stands))";

/// Those of a folder after this one that are not on the target as they are at the source, though they were tried.
pub(crate) fn amiss(db: &Connection, folder: i64, after: i64) -> rusqlite::Result<Vec<Absent>> {
    let stands = "problem IS NOT NULL AND state = 'moved' AND (verified IN ('removed', 'stands') OR stands)";
    page(db, &format!("({AMISS} OR {stands})"), folder, after)
}

/// Those of a folder after this one that are worth saving from the source.
pub(crate) fn worth_saving(db: &Connection, folder: i64, after: i64) -> rusqlite::Result<Vec<Absent>> {
    page(db, WORTH_SAVING, folder, after)
}

/// Those of a folder after this one that wait.
pub(crate) fn waiting(db: &Connection, folder: i64, after: i64) -> rusqlite::Result<Vec<Absent>> {
    page(db, "state = 'waiting'", folder, after)
}

/// How many items of a mailbox are worth saving from the source.
pub(crate) fn count_worth_saving(db: &Connection, recipient: i64) -> rusqlite::Result<u64> {
    let mine = "folder IN (SELECT id FROM folder WHERE recipient = ?1)";
    db.prepare_cached(&format!("SELECT count(*) FROM item WHERE {mine} AND {WORTH_SAVING}"))?
        .query_row([recipient], |row| count(row, 0))
}

fn page(db: &Connection, which: &str, folder: i64, after: i64) -> rusqlite::Result<Vec<Absent>> {
    db.prepare_cached(&format!(
        "SELECT id, source_id, subject, class, size, date, state, verified, problem, phase, attempts, first_seen,
             last_seen, problem_batch, batch, sender
         FROM item WHERE folder = ?1 AND {which} AND id > ?2 ORDER BY id LIMIT ?3"
    ))?
    .query_map(params![folder, after, ITEMS_A_PAGE as i64], absent)?
    .collect()
}

fn absent(row: &Row) -> rusqlite::Result<Absent> {
    let (state, verified): (String, Option<String>) = (row.get(6)?, row.get(7)?);
    let absence = match (state.as_str(), verified.as_deref()) {
        ("skipped", _) => Absence::Skipped,
        ("failed", _) => Absence::Failed,
        ("moved", Some("missing")) => Absence::Missing,
        ("moved", Some("differs")) => Absence::Differs,
        ("moved", Some("removed")) => Absence::Removed,
        ("moved", _) => Absence::Changed,
        _ => Absence::Waiting,
    };
    Ok(Absent {
        id: row.get(0)?,
        source: ItemId(row.get(1)?),
        subject: row.get(2)?,
        sender: row.get::<_, Option<String>>(15)?.unwrap_or_default(),
        class: row.get(3)?,
        size: count(row, 4)?,
        date: row.get(5)?,
        absence,
        problem: row.get::<_, Option<String>>(8)?.map(|text| problem_from(&text)),
        phase: row.get::<_, Option<String>>(9)?.unwrap_or_default(),
        attempts: count(row, 10)?,
        seen: (row.get(11)?, row.get(12)?),
        batch: row.get::<_, Option<i64>>(13)?.unwrap_or(row.get(14)?),
    })
}
