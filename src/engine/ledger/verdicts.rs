//! What verify found, item by item, and what the error report says about items.

use rusqlite::{Connection, params};

use super::books::Scope;
use super::items::{self, Stamp};
use super::record::{count, facets_from, problem_from};
use crate::engine::item::{Facets, ItemId};
use crate::engine::problem::Problem;

/// An item to verify.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ToVerify {
    pub(crate) id: i64,
    pub(crate) target: ItemId,
    pub(crate) facets: Facets,
    /// When its import left.
    pub(crate) since: i64,
    /// Somebody changed it on the target, which stands and was told.
    pub(crate) stands: bool,
}

/// How an item compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compared {
    Equal,
    Missing,
    Differs,
    /// Not as we put it there, for somebody changed it, which stands: told already, and no error.
    Stands,
}

/// Items of a mailbox that are at the source and on the target, after this one.
pub(crate) fn page(db: &Connection, recipient: i64, after: i64, most: usize) -> rusqlite::Result<Vec<ToVerify>> {
    db.prepare_cached(
        "SELECT id, target_id, facets, intent_at, stands FROM item WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1)
           AND state = 'moved' AND target_id IS NOT NULL AND id > ?2 ORDER BY id LIMIT ?3",
    )?
    .query_map(params![recipient, after, most as i64], |row| {
        Ok(ToVerify {
            id: row.get(0)?,
            target: ItemId(row.get(1)?),
            facets: facets_from(&row.get::<_, Option<Vec<u8>>>(2)?.unwrap_or_default()),
            since: row.get::<_, Option<i64>>(3)?.unwrap_or_default(),
            stands: row.get(4)?,
        })
    })?
    .collect()
}

/// A new verify begins: nothing is verified.
pub(crate) fn begin(db: &Connection, recipient: i64) -> rusqlite::Result<()> {
    let mine = "folder IN (SELECT id FROM folder WHERE recipient = ?1)";
    db.execute(
        &format!(
            "UPDATE item SET problem = NULL, phase = NULL, first_seen = NULL, last_seen = NULL
             WHERE {mine} AND verified IN ('missing', 'differs')"
        ),
        [recipient],
    )?;
    db.execute(&format!("UPDATE item SET verified = NULL WHERE {mine}"), [recipient])?;
    Ok(())
}

/// Notes how an item compared, and with which problem if not equal.
pub(crate) fn set(
    db: &Connection,
    id: i64,
    compared: Compared,
    problem: Option<&Problem>,
    stamp: Stamp,
) -> rusqlite::Result<()> {
    let word = match compared {
        Compared::Equal => "equal",
        Compared::Missing => "missing",
        Compared::Differs => "differs",
        Compared::Stands => "stands",
    };
    db.prepare_cached("UPDATE item SET verified = ?2 WHERE id = ?1")?.execute(params![id, word])?;
    match problem {
        Some(problem) => items::note(db, id, problem, stamp),
        None => Ok(()),
    }
}

/// Counts of a verify. What somebody changed on the target, which stands, counts as equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    pub(crate) equal: u64,
    pub(crate) missing: u64,
    pub(crate) differs: u64,
}

pub(crate) fn counts(db: &Connection, scope: Scope) -> rusqlite::Result<Counts> {
    let (of, id) = match scope {
        Scope::Folder(id) => ("folder = ?1", id),
        Scope::Recipient(id) => ("folder IN (SELECT id FROM folder WHERE recipient = ?1)", id),
        Scope::Migration => ("?1 = 0", 0),
    };
    let sql = format!(
        "SELECT coalesce(sum(verified IN ('equal', 'stands')), 0), coalesce(sum(verified = 'missing'), 0),
             coalesce(sum(verified = 'differs'), 0) FROM item WHERE {of} AND state = 'moved'"
    );
    db.query_row(&sql, [id], |row| {
        Ok(Counts { equal: count(row, 0)?, missing: count(row, 1)?, differs: count(row, 2)? })
    })
}

/// Bytes that a mailbox's arrived items hold.
pub(crate) fn bytes(db: &Connection, recipient: i64) -> rusqlite::Result<u64> {
    db.query_row(
        "SELECT coalesce(sum(size), 0) FROM item
         WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1) AND state = 'moved'",
        [recipient],
        |row| count(row, 0),
    )
}

/// A skipped, failed or differing item, for the error report.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trouble {
    pub(crate) recipient: i64,
    pub(crate) folder: String,
    pub(crate) subject: String,
    pub(crate) skipped: bool,
    pub(crate) phase: String,
    pub(crate) problem: Problem,
    pub(crate) attempts: u64,
    pub(crate) first_seen: i64,
    pub(crate) last_seen: i64,
    pub(crate) batch: i64,
}

/// Hands every item with a problem that stands to `each`, by mailbox.
pub(crate) fn troubles(db: &Connection, mut each: impl FnMut(Trouble)) -> rusqlite::Result<()> {
    let mut statement = db.prepare(
        "SELECT folder.recipient, folder.name, item.subject, item.state = 'skipped', item.phase, item.problem,
             item.attempts, item.first_seen, item.last_seen, item.problem_batch
         FROM item JOIN folder ON folder.id = item.folder
         WHERE item.problem IS NOT NULL
           AND (item.state IN ('skipped', 'failed') OR item.stands = 1
                OR item.state = 'moved' AND item.verified IN ('missing', 'differs'))
         ORDER BY folder.recipient, item.id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(Trouble {
            recipient: row.get(0)?,
            folder: row.get(1)?,
            subject: row.get(2)?,
            skipped: row.get(3)?,
            phase: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
            problem: problem_from(&row.get::<_, String>(5)?),
            attempts: count(row, 6)?,
            first_seen: row.get::<_, Option<i64>>(7)?.unwrap_or_default(),
            last_seen: row.get::<_, Option<i64>>(8)?.unwrap_or_default(),
            batch: row.get::<_, Option<i64>>(9)?.unwrap_or_default(),
        });
    }
    Ok(())
}
