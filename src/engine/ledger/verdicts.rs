//! What verify found, item by item and as a whole, and what the error report says about items.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::books::Scope;
use super::items::{self, Stamp};
use super::paths;
use super::record::{Likeness, count, facets_from, problem_from};
use crate::engine::item::{Facets, ItemId};
use crate::engine::problem::Problem;
use crate::engine::run::Phase;
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
    /// Its copy was found there whole before: if it differs now, somebody changed it.
    pub(crate) whole: bool,
}

/// An item that was not on the target under its id.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct NotFound {
    pub(crate) id: i64,
    /// What was sent, in short: there may be many of these.
    pub(crate) sent: [u8; 32],
    /// What it was to be replaced with, if nobody heard what came of that.
    pub(crate) replaced: Option<[u8; 32]>,
    /// Its copy was found there whole before.
    pub(crate) whole: bool,
    /// What its copy can be known by.
    pub(crate) likeness: Likeness,
    pub(crate) folder: i64,
    /// It was told by an earlier comparison that somebody deleted it.
    pub(crate) told: bool,
}

impl NotFound {
    /// Whether we sent this for it.
    pub(crate) fn was_sent(&self, is: [u8; 32]) -> bool {
        is == self.sent || Some(is) == self.replaced
    }
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
    Removed,
}

impl Compared {
    pub(crate) const ALL: [Compared; 8] = [
        Compared::Equal,
        Compared::Changed,
        Compared::Gone,
        Compared::Unread,
        Compared::Missing,
        Compared::Differs,
        Compared::Stands,
        Compared::Removed,
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
            Compared::Removed => "removed",
        }
    }
    pub(crate) fn from_name(name: &str) -> Option<Compared> {
        Compared::ALL.into_iter().find(|compared| compared.name() == name)
    }
    /// What is on the target is whole: as sent, or as it is at the source.
    fn is_whole(self) -> bool {
        matches!(self, Compared::Equal | Compared::Changed | Compared::Gone | Compared::Unread)
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
            Compared::Removed => &mut counts.removed,
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

/// What an item to verify is made of. A copy that may be another's, or that may have been replaced, was not found whole.
const TO_VERIFY: &str = "item.id, item.target_id, facets, intent_at, item.source_id, size, stands,
    whole > 0 AND unsure = 0 AND replacing IS NULL";

fn to_verify(row: &Row) -> rusqlite::Result<ToVerify> {
    Ok(ToVerify {
        id: row.get(0)?,
        target: ItemId(row.get(1)?),
        facets: facets_from(&row.get::<_, Option<Vec<u8>>>(2)?.unwrap_or_default()),
        since: row.get::<_, Option<i64>>(3)?.unwrap_or_default(),
        source: ItemId(row.get(4)?),
        size: count(row, 5)?,
        stands: row.get(6)?,
        whole: row.get(7)?,
    })
}

/// Items of a mailbox that are at the source and on the target, after this one.
pub(crate) fn page(db: &Connection, recipient: i64, after: i64, most: usize) -> rusqlite::Result<Vec<ToVerify>> {
    db.prepare_cached(&format!(
        "SELECT {TO_VERIFY} FROM item WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1)
           AND state = 'moved' AND target_id IS NOT NULL AND id > ?2 ORDER BY id LIMIT ?3"
    ))?
    .query_map(params![recipient, after, most as i64], to_verify)?
    .collect()
}

/// Items of a mailbox that the comparison in hand did not find.
pub(crate) fn not_found(db: &Connection, recipient: i64) -> rusqlite::Result<Vec<NotFound>> {
    db.prepare_cached(&format!(
        "SELECT {TO_VERIFY}, search_key, item.class, subject, date, identity, folder, whole = 2, replacing
         FROM item JOIN folder ON folder.id = item.folder
         WHERE recipient = ?1 AND state = 'moved' AND verified = 'missing' AND item.target_id IS NOT NULL ORDER BY item.id"
    ))?
    .query_map([recipient], |row| {
        let (ToVerify { id, facets, whole, .. }, likeness) = (to_verify(row)?, items::likeness_of_copy(row, 8)?);
        let replaced = row.get::<_, Option<Vec<u8>>>(15)?.map(|facets| facets_from(&facets).digest());
        let (folder, told) = (row.get(13)?, row.get(14)?);
        Ok(NotFound { id, sent: facets.digest(), replaced, whole, likeness, folder, told })
    })?
    .collect()
}

/// How many items of a mailbox the comparison in hand might have found, without those whose deletion was told before.
pub(crate) fn held(db: &Connection, recipient: i64) -> rusqlite::Result<u64> {
    let sql = "SELECT count(*) FROM item WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1)
         AND state = 'moved' AND verified IS NOT NULL AND whole < 2";
    db.query_row(sql, [recipient], |row| count(row, 0))
}

/// What was not found is not lost: somebody moved or deleted it there, which is told.
pub(crate) fn explain(
    db: &Connection,
    id: i64,
    compared: Compared,
    problem: &Problem,
    stamp: Stamp,
) -> rusqlite::Result<()> {
    let whole = if compared == Compared::Removed { 2 } else { 1 };
    db.prepare_cached("UPDATE item SET verified = ?2, whole = ?3 WHERE id = ?1")?.execute(params![
        id,
        compared.name(),
        whole
    ])?;
    items::note(db, id, problem, stamp)
}

/// A new verify begins: nothing is verified.
pub(crate) fn begin(db: &Connection, recipient: i64) -> rusqlite::Result<()> {
    let mine = "folder IN (SELECT id FROM folder WHERE recipient = ?1)";
    let nothing = "problem = NULL, phase = NULL, first_seen = NULL, last_seen = NULL";
    let told = Phase::Verify.name();
    db.execute(&format!("UPDATE item SET {nothing} WHERE {mine} AND phase = ?2"), params![recipient, told])?;
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
    db.prepare_cached(
        "UPDATE item SET verified = ?2, source_digest = ?3, target_digest = ?4,
             whole = CASE WHEN ?5 THEN 1 WHEN ?4 IS NULL THEN whole ELSE min(whole, 1) END WHERE id = ?1",
    )?
    .execute(params![
        judged.id,
        judged.compared.name(),
        judged.source,
        judged.target,
        judged.compared.is_whole()
    ])?;
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
                OR item.state = 'moved' AND item.verified IN ('missing', 'differs', 'removed', 'stands'))
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
