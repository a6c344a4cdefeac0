//! Folders in the ledger: which folder of the source is which of the target, and how far each was enumerated.

use rusqlite::{Connection, Row, params};

use super::books;
use crate::engine::item::{Folder, FolderId};

/// A folder's record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) id: i64,
    pub(crate) source: FolderId,
    pub(crate) name: String,
    pub(crate) target: Option<FolderId>,
    /// The name that its counterpart got.
    pub(crate) given: Option<String>,
    /// The name that it may have got since: the answer was not heard.
    pub(crate) renaming: Option<String>,
    /// The folder of the target under which its counterpart was put.
    pub(crate) under: Option<FolderId>,
    /// We made its counterpart.
    pub(crate) made: bool,
    pub(crate) sync_state: Option<String>,
    /// The number of the last full enumeration.
    pub(crate) walk: i64,
    /// It has not ended.
    pub(crate) walking: bool,
}

impl Record {
    /// It went away at the source long ago, and what was made for it has left the target.
    pub(crate) fn is_over(&self) -> bool {
        self.sync_state.is_none() && self.target.is_none()
    }
}

/// Which folder of the target takes the items of one of the source.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Counterpart {
    pub(crate) id: FolderId,
    /// The name it got.
    pub(crate) given: String,
    /// The folder under which it was put.
    pub(crate) under: Option<FolderId>,
    /// We made it.
    pub(crate) made: bool,
}

const COLUMNS: &str = "id, source_id, name, target_id, given, under, made, sync_state, walk, walking, renaming";

fn record(row: &Row) -> rusqlite::Result<Record> {
    Ok(Record {
        id: row.get(0)?,
        source: FolderId(row.get(1)?),
        name: row.get(2)?,
        target: row.get::<_, Option<String>>(3)?.map(FolderId),
        given: row.get(4)?,
        under: row.get::<_, Option<String>>(5)?.map(FolderId),
        made: row.get(6)?,
        sync_state: row.get(7)?,
        walk: row.get(8)?,
        walking: row.get(9)?,
        renaming: row.get(10)?,
    })
}

/// The folders of a mailbox, in the order in which they were first seen: parents before children.
pub(crate) fn of(db: &Connection, recipient: i64) -> rusqlite::Result<Vec<Record>> {
    db.prepare(&format!("SELECT {COLUMNS} FROM folder WHERE recipient = ?1 ORDER BY id"))?
        .query_map([recipient], record)?
        .collect()
}

/// Notes which folder of the target takes the items of one of the source, if one does.
pub(crate) fn map(
    db: &Connection,
    recipient: i64,
    source: &Folder,
    target: Option<&Counterpart>,
) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO folder (recipient, source_id, name, class, target_id, given, under, made, parent)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,
             ?8 OR EXISTS (SELECT 1 FROM old_folder WHERE recipient = ?1 AND target_id = ?5), ?9)
         ON CONFLICT (recipient, source_id) DO UPDATE SET name = ?3, class = ?4, target_id = ?5, given = ?6,
             under = ?7, made = excluded.made, parent = ?9, renaming = NULL",
        params![
            recipient,
            source.id.0,
            source.name,
            source.class,
            target.map(|target| &target.id.0),
            target.map(|target| &target.given),
            target.and_then(|target| target.under.as_ref()).map(|under| &under.0),
            target.is_some_and(|target| target.made),
            source.parent.as_ref().map(|parent| &parent.0),
        ],
    )?;
    // What it left behind and has again holds its items in their place.
    if let Some(target) = target {
        no_longer_old(db, recipient, &target.id)?;
        db.execute(
            "UPDATE item SET place = NULL, theirs = 0
             WHERE place = ?3 AND folder = (SELECT id FROM folder WHERE recipient = ?1 AND source_id = ?2)",
            params![recipient, source.id.0, target.id.0],
        )?;
    }
    Ok(())
}

/// A folder that was left behind, if it is one, is needed again or is on the target no longer.
fn no_longer_old(db: &Connection, recipient: i64, target: &FolderId) -> rusqlite::Result<()> {
    let done = "UPDATE old_folder SET done = 1 WHERE recipient = ?1 AND target_id = ?2";
    db.execute(done, params![recipient, target.0]).map(drop)
}

/// A folder's counterpart is about to get this name.
pub(crate) fn rename(db: &Connection, folder: i64, name: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE folder SET renaming = ?2 WHERE id = ?1", params![folder, name])?;
    Ok(())
}

/// A folder is about to get another counterpart: its items are in the old one still.
pub(crate) fn leave_behind(db: &Connection, folder: i64) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE item SET place = (SELECT target_id FROM folder WHERE id = ?1)
         WHERE folder = ?1 AND target_id IS NOT NULL AND place IS NULL",
        [folder],
    )?;
    db.execute(
        "INSERT INTO old_folder (recipient, target_id, given)
         SELECT recipient, target_id, given FROM folder WHERE id = ?1 AND made = 1 AND target_id IS NOT NULL",
        [folder],
    )?;
    Ok(())
}

/// Folders of the target that were left behind in a mailbox and hold items still, each with whose items these are.
pub(crate) fn held(db: &Connection, recipient: i64) -> rusqlite::Result<Vec<(FolderId, FolderId)>> {
    db.prepare(
        "SELECT DISTINCT old_folder.target_id, folder.source_id
         FROM old_folder CROSS JOIN folder ON folder.recipient = old_folder.recipient
             CROSS JOIN item ON item.folder = folder.id AND item.place = old_folder.target_id
         WHERE old_folder.recipient = ?1 AND old_folder.done = 0 AND item.target_id IS NOT NULL",
    )?
    .query_map([recipient], |row| Ok((FolderId(row.get(0)?), FolderId(row.get(1)?))))?
    .collect()
}

/// A folder that we made on the target, and that no folder of the source needs any more.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unneeded {
    pub(crate) target: FolderId,
    /// The name that we gave it.
    pub(crate) given: Option<String>,
}

/// Those of a mailbox that were left behind, and the counterparts of these folders, which went away at the source.
pub(crate) fn unneeded(db: &Connection, recipient: i64, gone: &[i64]) -> rusqlite::Result<Vec<Unneeded>> {
    let unneeded = |row: &Row| Ok(Unneeded { target: FolderId(row.get(0)?), given: row.get(1)? });
    let mut all: Vec<Unneeded> = db
        .prepare("SELECT target_id, given FROM old_folder WHERE recipient = ?1 AND done = 0")?
        .query_map([recipient], unneeded)?
        .collect::<rusqlite::Result<_>>()?;
    let mut counterpart =
        db.prepare("SELECT target_id, given FROM folder WHERE id = ?1 AND made = 1 AND target_id IS NOT NULL")?;
    for id in gone {
        all.extend(counterpart.query_map([id], unneeded)?.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(all)
}

/// It is on the target no longer.
pub(crate) fn removed(db: &Connection, recipient: i64, target: &FolderId) -> rusqlite::Result<()> {
    no_longer_old(db, recipient, target)?;
    db.execute(
        "UPDATE folder SET target_id = NULL, made = 0 WHERE recipient = ?1 AND target_id = ?2 AND made = 1",
        params![recipient, target.0],
    )?;
    Ok(())
}

/// Begins a full enumeration; answers its number. Items that it does not meet are gone.
pub(crate) fn begin_walk(db: &Connection, folder: i64) -> rusqlite::Result<i64> {
    db.execute("UPDATE folder SET walk = walk + 1, walking = 1, sync_state = NULL WHERE id = ?1", [folder])?;
    db.query_row("SELECT walk FROM folder WHERE id = ?1", [folder], |row| row.get(0))
}

/// After a page: keeps the state from which to go on; at the end of a full enumeration, what it did not meet is gone.
/// The books must close, or the page is undone.
pub(crate) fn advance(
    db: &Connection,
    folder: i64,
    sync_state: &str,
    last: bool,
    batch: i64,
) -> rusqlite::Result<()> {
    db.execute("UPDATE folder SET sync_state = ?2 WHERE id = ?1", params![folder, sync_state])?;
    if last {
        db.execute(
            "UPDATE item SET state = 'gone', batch = ?2, intent = NULL, changed = 0
             WHERE folder = ?1 AND state <> 'gone'
               AND seen < (SELECT walk FROM folder WHERE id = ?1 AND walking = 1)",
            params![folder, batch],
        )?;
        db.execute("UPDATE folder SET walking = 0 WHERE id = ?1", [folder])?;
    }
    books::check(db, folder)
}

/// The folder is no longer at the source, nor are its items.
pub(crate) fn gone(db: &Connection, folder: i64, batch: i64) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE item SET state = 'gone', batch = ?2, intent = NULL, changed = 0 WHERE folder = ?1 AND state <> 'gone'",
        params![folder, batch],
    )?;
    db.execute("UPDATE folder SET sync_state = NULL WHERE id = ?1", [folder])?;
    Ok(())
}
