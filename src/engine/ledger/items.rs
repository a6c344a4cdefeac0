//! Items in the ledger: each in exactly one place. Rows are never deleted; an import's intent is durable before the
//! request leaves, its acknowledgement after.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::copies::{self, TargetCopy};
use super::record::{Likeness, count, facets_bytes, facets_from, problem_from, problem_text};
use crate::engine::books::Place;
use crate::engine::item::{Content, Facets, FolderId, ItemId, Summary};
use crate::engine::problem::{Guidance, Problem};
use crate::engine::run::Phase;

/// Under which batch, when and in which phase something is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stamp {
    pub(crate) batch: i64,
    pub(crate) now: i64,
    pub(crate) phase: Phase,
}

/// An item that the ledger knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) id: i64,
    pub(crate) place: Place,
}

/// An item to be copied.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Waiting {
    pub(crate) id: i64,
    pub(crate) source: ItemId,
    pub(crate) likeness: Likeness,
    pub(crate) subject: String,
    pub(crate) size: u64,
    /// The batch that it counts to once it is there.
    pub(crate) batch: i64,
    /// It is on the target already, in another place.
    pub(crate) copy: Option<TargetCopy>,
}

/// An import that left and was not acknowledged.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Open {
    pub(crate) id: i64,
    pub(crate) likeness: Likeness,
    pub(crate) batch: i64,
    /// When it was about to leave.
    pub(crate) at: i64,
    pub(crate) attempts: u32,
    pub(crate) size: u64,
    pub(crate) subject: String,
    pub(crate) problem: Option<Problem>,
}

/// An item that was edited at the source since it was moved.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Changed {
    pub(crate) id: i64,
    pub(crate) source: ItemId,
    pub(crate) size: u64,
    pub(crate) subject: String,
    pub(crate) copy: TargetCopy,
    pub(crate) likeness: Likeness,
    /// The batch that moved it.
    pub(crate) batch: i64,
    /// The target's folder, if another than its folder's counterpart.
    pub(crate) place: Option<FolderId>,
    /// It is told already that somebody changed it on the target.
    pub(crate) stands: bool,
    /// It got its copy for its looks, and they were not compared since.
    pub(crate) unsure: bool,
}

fn place_of(state: &str) -> Place {
    match state {
        "moved" => Place::Moved,
        "skipped" => Place::Skipped,
        "failed" => Place::Failed,
        "gone" => Place::Gone,
        _ => Place::Waiting,
    }
}

/// What the copy of an item can be known by: its stamp if it has one, given last.
pub(super) fn likeness_of_copy(row: &Row, from: usize) -> rusqlite::Result<Likeness> {
    let stamp: Option<String> = row.get(from + 4)?;
    stamp.map_or_else(|| likeness(row, from), |stamp| Ok(Likeness::stamped(&stamp)))
}

/// What an item is known again by: search key, class, subject and date of a row, from this column on.
pub(super) fn likeness(row: &Row, from: usize) -> rusqlite::Result<Likeness> {
    let key: Option<Vec<u8>> = row.get(from)?;
    let (class, subject): (String, String) = (row.get(from + 1)?, row.get(from + 2)?);
    Ok(Likeness::of(key.as_deref(), &class, &subject, row.get(from + 3)?))
}

/// Those of these ids that the ledger knows in this folder.
pub(crate) fn known(db: &Connection, folder: i64, ids: &[ItemId]) -> rusqlite::Result<HashMap<ItemId, Known>> {
    let mut statement = db.prepare_cached("SELECT id, state FROM item WHERE folder = ?1 AND source_id = ?2")?;
    let mut known = HashMap::new();
    for id in ids {
        let found = statement
            .query_row(params![folder, id.0], |row| {
                Ok(Known { id: row.get(0)?, place: place_of(&row.get::<_, String>(1)?) })
            })
            .optional()?;
        if let Some(found) = found {
            known.insert(id.clone(), found);
        }
    }
    Ok(known)
}

/// A new item, waiting; or already known to be impossible.
pub(crate) fn add(db: &Connection, folder: i64, walk: i64, summary: &Summary, stamp: Stamp) -> rusqlite::Result<i64> {
    db.prepare_cached(
        "INSERT INTO item (folder, source_id, search_key, class, subject, size, date, state, batch, seen, sender)
         VALUES (?1, ?2, nullif(?3, x''), ?4, ?5, ?6, ?7, 'waiting', ?8, ?9, ?10)",
    )?
    .execute(params![
        folder,
        summary.id.0,
        summary.search_key,
        summary.class,
        summary.subject,
        summary.size as i64,
        summary.date,
        stamp.batch,
        walk,
        summary.sender
    ])?;
    let id = db.last_insert_rowid();
    db.prepare_cached("UPDATE folder SET found = found + 1 WHERE id = ?1")?.execute([folder])?;
    Ok(id)
}

/// A known item was met at the source again. If `changed`, what was moved is to be compared and what could not be moved
/// is tried again; what had gone is back.
pub(crate) fn met(db: &Connection, known: Known, walk: i64, changed: bool) -> rusqlite::Result<()> {
    let again = matches!(known.place, Place::Failed | Place::Skipped) && changed || known.place == Place::Gone;
    db.prepare_cached(
        "UPDATE item SET seen = ?2,
             changed = CASE WHEN target_id IS NOT NULL AND (?3 OR ?4) THEN 1 ELSE changed END,
             state = CASE WHEN NOT ?4 THEN state WHEN target_id IS NULL THEN 'waiting' ELSE 'moved' END, kept = 0,
             attempts = CASE WHEN ?4 THEN 0 ELSE attempts END
         WHERE id = ?1",
    )?
    .execute(params![known.id, walk, changed, again])?;
    Ok(())
}

/// An item is no longer in its folder at the source. What is on the target stays there.
pub(crate) fn gone(db: &Connection, id: i64, stamp: Stamp) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE item SET state = 'gone', batch = ?2, intent = NULL, changed = 0 WHERE id = ?1")?
        .execute(params![id, stamp.batch])?;
    Ok(())
}

/// Ends an item that cannot be moved: skipped or failed. Of what is only said to be gone, what was told before that users did
/// on the target stays told: of what is gone, nothing else is.
pub(crate) fn give_up(
    db: &Connection,
    id: i64,
    place: Place,
    problem: &Problem,
    stamp: Stamp,
) -> rusqlite::Result<()> {
    let state = if place == Place::Skipped { "skipped" } else { "failed" };
    db.prepare_cached("UPDATE item SET state = ?2, batch = ?3, intent = NULL, changed = 0 WHERE id = ?1")?
        .execute(params![id, state, stamp.batch])?;
    let stands = "SELECT stands FROM item WHERE id = ?1";
    if problem.guidance == Guidance::SourceItemGone
        && db.prepare_cached(stands)?.query_row([id], |row| row.get::<_, bool>(0))?
    {
        return Ok(());
    }
    note(db, id, problem, stamp)
}

/// Notes a problem with an item without ending it.
pub(crate) fn note(db: &Connection, id: i64, problem: &Problem, stamp: Stamp) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE item SET problem = ?2, phase = ?3, first_seen = coalesce(first_seen, ?4), last_seen = ?4,
             problem_batch = ?5 WHERE id = ?1",
    )?
    .execute(params![id, problem_text(problem), stamp.phase.name(), stamp.now, stamp.batch])?;
    Ok(())
}

/// Before a run: what failed in earlier ones is tried again, and earlier attempts do not count against this one. What users
/// changed is looked at again, too: if they took that back, the edit that it met is carried across.
pub(crate) fn take_again(db: &Connection, recipient: i64) -> rusqlite::Result<()> {
    let mine = "folder IN (SELECT id FROM folder WHERE recipient = ?1)";
    db.execute(
        &format!(
            "UPDATE item SET state = CASE WHEN target_id IS NULL THEN 'waiting' ELSE 'moved' END,
                 changed = (target_id IS NOT NULL)
             WHERE {mine} AND (state = 'failed' OR state = 'moved' AND stands AND target_id IS NOT NULL)"
        ),
        [recipient],
    )?;
    look_anew(db, recipient)?;
    db.execute(&format!("UPDATE item SET attempts = 0 WHERE {mine} AND state = 'waiting'"), [recipient])?;
    Ok(())
}

/// How many items of a mailbox failed in this batch for a cause that may have passed.
pub(crate) fn passing(db: &Connection, recipient: i64, batch: i64) -> rusqlite::Result<u64> {
    db.query_row(&format!("SELECT count(*) FROM item WHERE {PASSING}"), [recipient, batch], |row| count(row, 0))
}

/// These are tried again within the batch, and what is to be put into its place is looked at anew.
pub(crate) fn take_passing_again(db: &Connection, recipient: i64, batch: i64) -> rusqlite::Result<()> {
    db.execute(
        &format!(
            "UPDATE item SET state = CASE WHEN target_id IS NULL THEN 'waiting' ELSE 'moved' END,
                 changed = (target_id IS NOT NULL), attempts = 0 WHERE {PASSING}"
        ),
        [recipient, batch],
    )?;
    look_anew(db, recipient)
}

/// What was to be put into its place and has a copy still is looked at anew: somebody may have deleted or changed it since.
fn look_anew(db: &Connection, recipient: i64) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE item SET state = 'moved', changed = 1 WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1)
           AND state = 'waiting' AND intent IS NULL AND target_id IS NOT NULL",
        [recipient],
    )?;
    Ok(())
}

/// Items of a mailbox (1) that failed in a batch (2) for a cause that may have passed.
const PASSING: &str = "folder IN (SELECT id FROM folder WHERE recipient = ?1) AND state = 'failed' AND batch = ?2
    AND json_extract(problem, '$.kind') IN ('retry', 'wait')";

/// Items of a folder to be copied whose sizes are within this, after this one; without those whose import may have left.
pub(crate) fn waiting(
    db: &Connection,
    folder: i64,
    sizes: (u64, u64),
    after: i64,
    most: usize,
) -> rusqlite::Result<Vec<Waiting>> {
    let bound = |size| i64::try_from(size).unwrap_or(i64::MAX);
    db.prepare_cached(
        "SELECT id, source_id, size, subject, search_key, class, subject, date, batch, target_id, facets, replacing,
             intent_at FROM item
         WHERE folder = ?1 AND state = 'waiting' AND id > ?2 AND intent IS NULL AND size BETWEEN ?4 AND ?5
         ORDER BY id LIMIT ?3",
    )?
    .query_map(params![folder, after, most as i64, bound(sizes.0), bound(sizes.1)], |row| {
        Ok(Waiting {
            id: row.get(0)?,
            source: ItemId(row.get(1)?),
            size: count(row, 2)?,
            subject: row.get(3)?,
            likeness: likeness(row, 4)?,
            batch: row.get(8)?,
            copy: row.get::<_, Option<String>>(9)?.map(|_| TargetCopy::of(row, 9)).transpose()?,
        })
    })?
    .collect()
}

/// The import of this item is about to leave. Of one that is on the target already, in another place, it is known still
/// what that is like.
pub(crate) fn intend(db: &Connection, id: i64, content: &Intent, stamp: Stamp) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE item SET intent = ?2, intent_at = ?3, attempts = attempts + 1, size = ?4,
             facets = CASE WHEN target_id IS NULL THEN ?5 ELSE facets END,
             replacing = CASE WHEN target_id IS NULL THEN NULL ELSE ?5 END,
             search_key = coalesce(nullif(?6, x''), search_key), class = ?7, sender = coalesce(sender, ?8),
             identity = ?9 WHERE id = ?1",
    )?
    .execute(params![
        id,
        stamp.batch,
        stamp.now,
        content.size as i64,
        content.facets,
        content.search_key,
        content.class,
        content.sender,
        content.identity
    ])?;
    Ok(())
}

/// What an intent records of the content that is about to leave.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Intent {
    size: u64,
    search_key: Option<Vec<u8>>,
    class: String,
    identity: Option<String>,
    sender: String,
    facets: Vec<u8>,
}

impl Intent {
    pub(crate) fn of(content: &Content) -> Intent {
        Intent {
            size: content.summary.size,
            search_key: content.summary.search_key.clone(),
            class: content.summary.class.clone(),
            identity: content.summary.identity.clone(),
            sender: content.summary.sender.clone(),
            facets: facets_bytes(&content.facets),
        }
    }
}

/// The target acknowledged the import (or the item was found there), under this batch. What it had there before, in
/// another place, is to leave.
pub(crate) fn moved(db: &Connection, id: i64, target: &ItemId, batch: i64) -> rusqlite::Result<()> {
    copies::supersede(db, id, target)?;
    db.prepare_cached(
        "UPDATE item SET state = 'moved', batch = ?2, target_id = ?3, intent = NULL, verified = NULL,
             facets = coalesce(replacing, facets), replacing = NULL, place = NULL, unsure = 0, theirs = 0, stands = 0, kept = 0, whole = 0,
             problem = NULL, phase = NULL, first_seen = NULL, last_seen = NULL WHERE id = ?1",
    )?
    .execute(params![id, batch, target.0])?;
    Ok(())
}

/// What was last sent of an item, as far as is known: what its copy was put there as, and what that may have become since.
pub(crate) fn sent(db: &Connection, id: i64) -> rusqlite::Result<Vec<Facets>> {
    db.prepare_cached("SELECT replacing, facets FROM item WHERE id = ?1")?.query_row([id], |row| {
        let both: [Option<Vec<u8>>; 2] = [row.get(0)?, row.get(1)?];
        Ok(both.into_iter().flatten().map(|facets| facets_from(&facets)).collect())
    })
}

/// Imports of a folder that left and were not acknowledged.
pub(crate) fn open(db: &Connection, folder: i64) -> rusqlite::Result<Vec<Open>> {
    db.prepare_cached(
        "SELECT id, intent, attempts, size, subject, problem, search_key, class, subject, date, identity, intent_at FROM item
         WHERE folder = ?1 AND intent IS NOT NULL ORDER BY id",
    )?
    .query_map([folder], |row| {
        Ok(Open {
            id: row.get(0)?,
            batch: row.get(1)?,
            attempts: row.get(2)?,
            size: count(row, 3)?,
            subject: row.get(4)?,
            problem: row.get::<_, Option<String>>(5)?.map(|text| problem_from(&text)),
            likeness: likeness_of_copy(row, 6)?,
            at: row.get::<_, Option<i64>>(11)?.unwrap_or_default(),
        })
    })?
    .collect()
}

/// A copy on the target that was acknowledged, and the target's folder that it was put into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Copy {
    pub(crate) id: ItemId,
    pub(crate) place: FolderId,
}

/// Copies of a mailbox (that of folder 2) with a search key (3), without that of an item (1): by the index of keys.
pub(super) const COPIES_LIKE: &str =
    "SELECT search_key, item.class, subject, date, item.target_id, coalesce(item.place, folder.target_id) AS home
     FROM item JOIN folder ON folder.id = item.folder
     WHERE item.search_key IS ?3 AND (item.id <> ?1 OR item.intent IS NOT NULL) AND item.target_id IS NOT NULL
       AND home IS NOT NULL
       AND item.folder IN (SELECT id FROM folder WHERE recipient = (SELECT recipient FROM folder WHERE id = ?2))
     UNION ALL
     SELECT search_key, item.class, subject, date, leaving.copy, leaving.place
     FROM leaving JOIN item ON item.id = leaving.item
     WHERE item.search_key IS ?3 AND leaving.outcome IS NULL
       AND item.folder IN (SELECT id FROM folder WHERE recipient = (SELECT recipient FROM folder WHERE id = ?2))";

/// The copies of other items of the mailbox that look like this one, and those that are to leave. Their items may be gone at
/// the source. One that is being put into another place has its present copy, too. Nothing looks like an item that is
/// stamped.
pub(crate) fn copies_like(db: &Connection, item: i64) -> rusqlite::Result<Vec<Copy>> {
    let sql = "SELECT search_key, class, subject, date, folder, identity IS NOT NULL FROM item WHERE id = ?1";
    let (mine, key, folder, stamped): (_, Option<Vec<u8>>, i64, bool) =
        db.query_row(sql, [item], |row| Ok((likeness(row, 0)?, row.get(0)?, row.get(4)?, row.get(5)?)))?;
    if stamped {
        return Ok(Vec::new());
    }
    let mut others = db.prepare_cached(COPIES_LIKE)?;
    let others = others.query_map(params![item, folder, key], |row| {
        Ok((likeness(row, 0)?, Copy { id: ItemId(row.get(4)?), place: FolderId(row.get(5)?) }))
    })?;
    let alike = others.filter(|other| other.as_ref().map_or(true, |(likeness, _)| *likeness == mine));
    alike.map(|other| other.map(|(_, copy)| copy)).collect()
}

/// It was looked for on the target and is not there: it waits again.
pub(crate) fn reopen(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE item SET intent = NULL, replacing = NULL WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// It was looked for on the target and is not there: it waits again. If it was to be put into its place and has a copy still,
/// that is looked at anew: somebody may have deleted or changed it since.
pub(crate) fn reopen_anew(db: &Connection, id: i64) -> rusqlite::Result<()> {
    reopen(db, id)?;
    db.prepare_cached("UPDATE item SET state = 'moved', changed = 1 WHERE id = ?1 AND target_id IS NOT NULL")?
        .execute([id])?;
    Ok(())
}

/// The target ids that a mailbox's items hold already, and those that are to leave (the mailbox of this folder).
pub(crate) fn claimed(db: &Connection, folder: i64) -> rusqlite::Result<HashSet<ItemId>> {
    let mine = "folder IN (SELECT id FROM folder WHERE recipient = (SELECT recipient FROM folder WHERE id = ?1))";
    db.prepare_cached(&format!(
        "SELECT target_id FROM item WHERE target_id IS NOT NULL AND {mine}
         UNION SELECT copy FROM leaving JOIN item ON item.id = leaving.item WHERE {mine}"
    ))?
    .query_map([folder], |row| row.get(0).map(ItemId))?
    .collect()
}

/// Items of a folder to be compared with the source again, after this one.
pub(crate) fn changed(db: &Connection, folder: i64, after: i64, most: usize) -> rusqlite::Result<Vec<Changed>> {
    db.prepare_cached(
        "SELECT id, source_id, size, subject, target_id, facets, replacing, intent_at, place, batch,
             search_key, class, subject, date, identity, stands, unsure
         FROM item
         WHERE folder = ?1 AND changed = 1 AND state = 'moved' AND id > ?2 AND target_id IS NOT NULL
         ORDER BY id LIMIT ?3",
    )?
    .query_map(params![folder, after, most as i64], |row| {
        Ok(Changed {
            id: row.get(0)?,
            source: ItemId(row.get(1)?),
            size: count(row, 2)?,
            subject: row.get(3)?,
            copy: TargetCopy::of(row, 4)?,
            place: row.get::<_, Option<String>>(8)?.map(FolderId),
            batch: row.get(9)?,
            likeness: likeness_of_copy(row, 10)?,
            stands: row.get(15)?,
            unsure: row.get(16)?,
        })
    })?
    .collect()
}

/// The content of an edited item is about to leave for its copy, which is as we put it there.
pub(crate) fn intend_replacement(
    db: &Connection,
    id: i64,
    target: &ItemId,
    is: &Facets,
    content: &Intent,
    now: i64,
) -> rusqlite::Result<()> {
    let about = "target_id = ?2, facets = ?3, replacing = ?4, intent_at = ?5, whole = 0";
    db.prepare_cached(&format!("UPDATE item SET {about} WHERE id = ?1"))?.execute(params![
        id,
        target.0,
        facets_bytes(is),
        content.facets,
        now
    ])?;
    Ok(())
}

/// An edited item is on the target as it is at the source now; with its id there and what it is like if that is new. Or
/// its edit is of no account.
pub(crate) fn in_step(db: &Connection, id: i64, now_there: Option<(&ItemId, &Intent)>) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE item SET changed = 0, unsure = 0, attempts = 0, stands = 0, problem = NULL, phase = NULL WHERE id = ?1",
    )?
    .execute([id])?;
    if let Some((target, content)) = now_there {
        db.prepare_cached(
            "UPDATE item SET target_id = ?2, size = ?3, facets = ?4, replacing = NULL, identity = ?5, verified = NULL,
                 whole = 0 WHERE id = ?1",
        )?
        .execute(params![id, target.0, content.size as i64, content.facets, content.identity])?;
    }
    Ok(())
}

/// Somebody changed it on the target. That stands, whatever comes from the source; it is told with this problem.
pub(crate) fn stand(db: &Connection, id: i64, problem: &Problem, stamp: Stamp) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE item SET stands = 1, changed = 0, unsure = 0, attempts = 0 WHERE id = ?1")?
        .execute([id])?;
    note(db, id, problem, stamp)
}
