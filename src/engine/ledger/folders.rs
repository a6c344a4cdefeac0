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
    pub(crate) sync_state: Option<String>,
    /// The number of the last full enumeration.
    pub(crate) walk: i64,
    /// It has not ended.
    pub(crate) walking: bool,
}

const COLUMNS: &str = "id, source_id, name, target_id, sync_state, walk, walking";

fn record(row: &Row) -> rusqlite::Result<Record> {
    Ok(Record {
        id: row.get(0)?,
        source: FolderId(row.get(1)?),
        name: row.get(2)?,
        target: row.get::<_, Option<String>>(3)?.map(FolderId),
        sync_state: row.get(4)?,
        walk: row.get(5)?,
        walking: row.get(6)?,
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
    target: Option<&FolderId>,
) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO folder (recipient, source_id, name, class, target_id, parent) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (recipient, source_id) DO UPDATE SET name = ?3, class = ?4, target_id = ?5, parent = ?6",
        params![
            recipient,
            source.id.0,
            source.name,
            source.class,
            target.map(|target| &target.0),
            source.parent.as_ref().map(|parent| &parent.0)
        ],
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
