//! What verify found, item by item and as a whole, and what the error report says about items.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::books::Scope;
use super::items::{self, Stamp};
use super::paths;
use super::record::{count, facets_from, problem_from};
use crate::engine::item::{Facets, ItemId};
use crate::engine::problem::Problem;
use crate::engine::verdict::{Arrivals, Comparison, Scope as Sampled};

/// The percentage of a verification that was no sample.
const EVERYTHING: i64 = 100;

/// An item to verify.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ToVerify {
    pub(crate) id: i64,
    pub(crate) source: ItemId,
    pub(crate) target: ItemId,
    pub(crate) size: u64,
    pub(crate) facets: Facets,
    /// When its import left.
    pub(crate) since: i64,
    /// Somebody changed it on the target, which stands and was told.
    pub(crate) stands: bool,
}

/// How an item compared; see [`Comparison`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compared {
    Equal,
    Changed,
    Gone,
    Unread,
    Missing,
    Differs,
    Stands,
}

impl Compared {
    pub(crate) const ALL: [Compared; 7] = [
        Compared::Equal,
        Compared::Changed,
        Compared::Gone,
        Compared::Unread,
        Compared::Missing,
        Compared::Differs,
        Compared::Stands,
    ];
    pub(crate) fn name(self) -> &'static str {
        match self {
            Compared::Equal => "equal",
            Compared::Changed => "changed",
            Compared::Gone => "gone",
            Compared::Unread => "unread",
            Compared::Missing => "missing",
            Compared::Differs => "differs",
            Compared::Stands => "stands",
        }
    }
    pub(crate) fn from_name(name: &str) -> Option<Compared> {
        Compared::ALL.into_iter().find(|compared| compared.name() == name)
    }
    /// Its count.
    pub(crate) fn of(self, counts: &mut Comparison) -> &mut u64 {
        match self {
            Compared::Equal => &mut counts.equal,
            Compared::Changed => &mut counts.changed,
            Compared::Gone => &mut counts.gone,
            Compared::Unread => &mut counts.unread,
            Compared::Missing => &mut counts.missing,
            Compared::Differs => &mut counts.differing,
            Compared::Stands => &mut counts.stands,
        }
    }
}

/// What came of comparing an item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judged {
    pub(crate) id: i64,
    pub(crate) compared: Compared,
    pub(crate) problem: Option<Problem>,
    /// What is at the source now, if it could be read.
    pub(crate) source: Option<[u8; 32]>,
    /// What is on the target now, if it could be read.
    pub(crate) target: Option<[u8; 32]>,
}

/// A verification that came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ended {
    pub(crate) at: i64,
    pub(crate) scope: Sampled,
    pub(crate) arrivals: Arrivals,
}

/// Items of a mailbox that are at the source and on the target, after this one.
pub(crate) fn page(db: &Connection, recipient: i64, after: i64, most: usize) -> rusqlite::Result<Vec<ToVerify>> {
    db.prepare_cached(
        "SELECT id, target_id, facets, intent_at, source_id, size, stands FROM item WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1)
           AND state = 'moved' AND target_id IS NOT NULL AND id > ?2 ORDER BY id LIMIT ?3",
    )?
    .query_map(params![recipient, after, most as i64], |row| {
        Ok(ToVerify {
            id: row.get(0)?,
            target: ItemId(row.get(1)?),
            facets: facets_from(&row.get::<_, Option<Vec<u8>>>(2)?.unwrap_or_default()),
            since: row.get::<_, Option<i64>>(3)?.unwrap_or_default(),
            source: ItemId(row.get(4)?),
            size: count(row, 5)?,
            stands: row.get(6)?,
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
             WHERE {mine} AND verified IN ('missing', 'differs', 'unread')"
        ),
        [recipient],
    )?;
    let none = "verified = NULL, source_digest = NULL, target_digest = NULL";
    db.execute(&format!("UPDATE item SET {none} WHERE {mine} AND verified IS NOT NULL"), [recipient])?;
    Ok(())
}

/// What the last verification found no longer holds: something is about to change.
pub(crate) fn forget(db: &Connection) -> rusqlite::Result<()> {
    db.execute("DELETE FROM verification", []).map(drop)
}

/// A verification has come to its end.
pub(crate) fn end(db: &Connection, ended: &Ended) -> rusqlite::Result<()> {
    let (percent, seed) = match ended.scope {
        Sampled::Full => (EVERYTHING, 0),
        Sampled::Sample { percent, seed } => (i64::from(percent), seed),
    };
    db.execute(
        "INSERT OR REPLACE INTO verification (id, at, percent, seed, arrived, unasked) VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        params![ended.at, percent, seed, ended.arrivals.items as i64, ended.arrivals.unasked as i64],
    )
    .map(drop)
}

/// The last verification, if it came to its end and nothing was done since.
pub(crate) fn ended(db: &Connection) -> rusqlite::Result<Option<Ended>> {
    db.query_row("SELECT at, percent, seed, arrived, unasked FROM verification", [], |row| {
        let scope = match u8::try_from(row.get::<_, i64>(1)?) {
            Ok(percent @ 1..100) => Sampled::Sample { percent, seed: row.get(2)? },
            _ => Sampled::Full,
        };
        let arrivals = Arrivals { items: count(row, 3)?, unasked: count(row, 4)? };
        Ok(Ended { at: row.get(0)?, scope, arrivals })
    })
    .optional()
}

/// Notes how an item compared, and with which problem if something is amiss.
pub(crate) fn set(db: &Connection, judged: &Judged, stamp: Stamp) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE item SET verified = ?2, source_digest = ?3, target_digest = ?4 WHERE id = ?1")?
        .execute(params![judged.id, judged.compared.name(), judged.source, judged.target])?;
    match &judged.problem {
        Some(problem) => items::note(db, judged.id, problem, stamp),
        None => Ok(()),
    }
}

/// Counts of a verify; what a sample left out is not in the ledger.
pub(crate) fn counts(db: &Connection, scope: Scope) -> rusqlite::Result<Comparison> {
    let (of, id) = match scope {
        Scope::Folder(id) => ("folder = ?1", id),
        Scope::Recipient(id) => ("folder IN (SELECT id FROM folder WHERE recipient = ?1)", id),
        Scope::Migration => ("?1 = 0", 0),
    };
    let sql = format!(
        "SELECT verified, count(*) FROM item WHERE {of} AND state = 'moved' AND verified IS NOT NULL GROUP BY verified"
    );
    let mut counts = Comparison::default();
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        if let Some(compared) = Compared::from_name(&row.get::<_, String>(0)?) {
            *compared.of(&mut counts) += count(row, 1)?;
        }
    }
    Ok(counts)
}

/// A skipped, failed or differing item, for the error report.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Trouble {
    pub(crate) recipient: i64,
    /// Its path.
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
        "SELECT folder.recipient, folder.id, item.subject, item.state = 'skipped', item.phase, item.problem,
             item.attempts, item.first_seen, item.last_seen, item.problem_batch
         FROM item JOIN folder ON folder.id = item.folder
         WHERE item.problem IS NOT NULL
           AND (item.state IN ('skipped', 'failed') OR item.stands = 1
                OR item.state = 'moved' AND item.verified IN ('missing', 'differs'))
         ORDER BY folder.recipient, item.id",
    )?;
    let mut rows = statement.query([])?;
    let (mut of, mut paths) = (None, HashMap::new());
    while let Some(row) = rows.next()? {
        let recipient = row.get(0)?;
        if of != Some(recipient) {
            (of, paths) = (Some(recipient), paths::of(db, recipient)?.into_iter().collect());
        }
        each(Trouble {
            recipient,
            folder: paths.get(&row.get(1)?).map(|path| paths::shown(path)).unwrap_or_default(),
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
