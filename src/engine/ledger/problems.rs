//! Problems of recipients in the ledger (items keep their own), each with when it was first and last met.

use rusqlite::{Connection, params};

use super::record::{count, problem_from, problem_text};
use crate::engine::problem::Problem;

/// A recipient's problem as recorded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) recipient: i64,
    pub(crate) phase: String,
    pub(crate) problem: Problem,
    pub(crate) attempts: u64,
    pub(crate) first_seen: i64,
    pub(crate) last_seen: i64,
    pub(crate) batch: i64,
}

/// Notes a problem, or that it was met again.
pub(crate) fn note(
    db: &Connection,
    recipient: i64,
    phase: &str,
    problem: &Problem,
    batch: i64,
    now: i64,
) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO problem (recipient, phase, problem, first_seen, last_seen, batch) VALUES (?1, ?2, ?3, ?4, ?4, ?5)
         ON CONFLICT (recipient, phase, problem)
         DO UPDATE SET attempts = attempts + 1, last_seen = ?4, batch = ?5, stale = 0",
        params![recipient, phase, problem_text(problem), now, batch],
    )?;
    Ok(())
}

/// A recipient is taken up again: its problems count only if they are met again.
pub(crate) fn suspect(db: &Connection, recipient: i64) -> rusqlite::Result<()> {
    db.execute("UPDATE problem SET stale = 1 WHERE recipient = ?1", [recipient])?;
    Ok(())
}

/// A recipient was done: problems that were not met again are over.
pub(crate) fn clear(db: &Connection, recipient: i64) -> rusqlite::Result<()> {
    db.execute("DELETE FROM problem WHERE recipient = ?1 AND stale = 1", [recipient])?;
    Ok(())
}

/// A recipient is about to have this problem: what earlier runs said of the same cause, with other figures, is over.
pub(crate) fn renew(db: &Connection, recipient: i64, problem: &Problem) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM problem WHERE recipient = ?1 AND stale = 1 AND problem <> ?2
           AND json_extract(problem, '$.guidance') = ?3",
        params![recipient, problem_text(problem), problem.guidance.key()],
    )?;
    Ok(())
}

/// Verify begins: what an earlier one said is over.
pub(crate) fn clear_phase(db: &Connection, phase: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM problem WHERE phase = ?1", [phase])?;
    Ok(())
}

/// All problems of recipients, by recipient and time.
pub(crate) fn all(db: &Connection) -> rusqlite::Result<Vec<Record>> {
    db.prepare(
        "SELECT recipient, phase, problem, attempts, first_seen, last_seen, batch FROM problem
         ORDER BY recipient, first_seen, problem",
    )?
    .query_map([], |row| {
        Ok(Record {
            recipient: row.get(0)?,
            phase: row.get(1)?,
            problem: problem_from(&row.get::<_, String>(2)?),
            attempts: count(row, 3)?,
            first_seen: row.get(4)?,
            last_seen: row.get(5)?,
            batch: row.get(6)?,
        })
    })?
    .collect()
}
