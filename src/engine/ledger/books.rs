//! Counting the ledger's items into books, and checking that they close.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::{raise, record};
use crate::engine::books::{Books, Place};

/// Of what the books are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Folder(i64),
    Recipient(i64),
    Migration,
}

/// The books as of a batch: what it moved itself is "moved", what earlier ones moved is "already there".
pub(crate) fn count(db: &Connection, scope: Scope, batch: i64) -> rusqlite::Result<Books> {
    let (of, id) = match scope {
        Scope::Folder(id) => ("id = ?1", id),
        Scope::Recipient(id) => ("recipient = ?1", id),
        Scope::Migration => ("?1 = 0", 0),
    };
    let mut books = Books::default();
    let found = format!("SELECT coalesce(sum(found), 0) FROM folder WHERE {of}");
    books.found = db.prepare_cached(&found)?.query_row([id], |row| record::count(row, 0))?;
    let places = format!(
        "SELECT state, batch = ?2, count(*) FROM item WHERE folder IN (SELECT id FROM folder WHERE {of}) GROUP BY 1, 2"
    );
    let mut statement = db.prepare_cached(&places)?;
    let mut rows = statement.query(params![id, batch])?;
    while let Some(row) = rows.next()? {
        if let Some(place) = place(&row.get::<_, String>(0)?, row.get(1)?) {
            *books.place(place) += record::count(row, 2)?;
        }
    }
    books.close().map_err(raise)?;
    Ok(books)
}

/// A folder of a mailbox with its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct OfFolder {
    pub(crate) folder: i64,
    pub(crate) books: Books,
    /// Bytes of what arrived.
    pub(crate) bytes: u64,
    /// Of what arrived, by the last comparison.
    pub(crate) missing: u64,
    pub(crate) differing: u64,
}

/// The books of each folder of a mailbox, by the ledger's number; each of them closes.
pub(crate) fn by_folder(db: &Connection, recipient: i64, batch: i64) -> rusqlite::Result<Vec<OfFolder>> {
    let mut statement = db.prepare_cached(
        "SELECT folder.id, folder.found, item.state, item.batch = ?2, count(item.id),
             coalesce(sum(CASE WHEN item.state = 'moved' THEN size END), 0),
             coalesce(sum(item.state = 'moved' AND verified = 'missing'), 0),
             coalesce(sum(item.state = 'moved' AND verified = 'differs'), 0)
         FROM folder LEFT JOIN item ON item.folder = folder.id
         WHERE folder.recipient = ?1 GROUP BY 1, 3, 4 ORDER BY 1",
    )?;
    let mut all: Vec<OfFolder> = Vec::new();
    let mut rows = statement.query(params![recipient, batch])?;
    while let Some(row) = rows.next()? {
        let folder: i64 = row.get(0)?;
        if all.last().is_none_or(|last| last.folder != folder) {
            let books = Books { found: record::count(row, 1)?, ..Books::default() };
            all.push(OfFolder { folder, books, ..OfFolder::default() });
        }
        let (Some(last), Some(state)) = (all.last_mut(), row.get::<_, Option<String>>(2)?) else { continue };
        if let Some(place) = place(&state, row.get(3)?) {
            *last.books.place(place) += record::count(row, 4)?;
        }
        last.bytes += record::count(row, 5)?;
        last.missing += record::count(row, 6)?;
        last.differing += record::count(row, 7)?;
    }
    all.iter().try_for_each(|folder| folder.books.close().map_err(raise))?;
    Ok(all)
}

/// How many items of each mailbox, by its key, are done with: on the target, or left out for good.
pub(crate) fn settled(db: &Connection) -> rusqlite::Result<HashMap<String, u64>> {
    db.prepare(
        "SELECT recipient.key, count(*) FROM item JOIN folder ON folder.id = item.folder
             JOIN recipient ON recipient.id = folder.recipient
         WHERE recipient.kind = 'mailbox' AND item.state IN ('moved', 'skipped') GROUP BY recipient.id",
    )?
    .query_map([], |row| Ok((row.get(0)?, record::count(row, 1)?)))?
    .collect()
}

fn place(state: &str, this_batch: bool) -> Option<Place> {
    match (state, this_batch) {
        ("waiting", _) => Some(Place::Waiting),
        ("moved", true) => Some(Place::Moved),
        ("moved", false) => Some(Place::AlreadyThere),
        ("skipped", _) => Some(Place::Skipped),
        ("failed", _) => Some(Place::Failed),
        ("gone", _) => Some(Place::Gone),
        _ => None,
    }
}

/// Fails if a folder's books do not close. It is asked after every page, so that it reads the index alone.
pub(super) fn check(db: &Connection, folder: i64) -> rusqlite::Result<()> {
    let found = "SELECT found FROM folder WHERE id = ?1";
    let found = db.prepare_cached(found)?.query_row([folder], |row| record::count(row, 0))?;
    let mut books = Books { found, ..Books::default() };
    let mut statement = db.prepare_cached("SELECT state, count(*) FROM item WHERE folder = ?1 GROUP BY 1")?;
    let mut rows = statement.query([folder])?;
    while let Some(row) = rows.next()? {
        if let Some(place) = place(&row.get::<_, String>(0)?, false) {
            *books.place(place) += record::count(row, 1)?;
        }
    }
    books.close().map_err(raise)
}
