//! What plans said of recipients that do not move, or not as they are, so that the error report can say it after a
//! restart.

use rusqlite::{Connection, params};

use super::record::{problem_from, problem_text};
use crate::engine::problem::Problem;

/// A finding as recorded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) problem: Problem,
    pub(crate) first_seen: i64,
    pub(crate) last_seen: i64,
    pub(crate) batch: i64,
}

/// Notes what a plan found. A plan for everybody is the last word: what it does not say again is over.
pub(crate) fn note(
    db: &Connection,
    found: &[Problem],
    everybody: bool,
    batch: i64,
    now: i64,
) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(
        "INSERT INTO finding (problem, first_seen, last_seen, batch) VALUES (?1, ?2, ?2, ?3)
         ON CONFLICT (problem) DO UPDATE SET last_seen = ?2, batch = ?3",
    )?;
    for problem in found {
        statement.execute(params![problem_text(problem), now, batch])?;
    }
    if everybody {
        db.execute("DELETE FROM finding WHERE batch <> ?1", [batch])?;
    }
    Ok(())
}

/// All of them, in the order in which they were first met.
pub(crate) fn all(db: &Connection) -> rusqlite::Result<Vec<Record>> {
    db.prepare("SELECT problem, first_seen, last_seen, batch FROM finding ORDER BY rowid")?
        .query_map([], |row| {
            Ok(Record {
                problem: problem_from(&row.get::<_, String>(0)?),
                first_seen: row.get(1)?,
                last_seen: row.get(2)?,
                batch: row.get(3)?,
            })
        })?
        .collect()
}
