//! What a proof of the last verification is made of: read from the ledger item by item, never held whole.

use rusqlite::{Connection, Row, params};

use super::books::{self, Scope as Of};
use super::record::{facets_from, problem_from};
use super::verdicts::{self, Compared, Ended};
use super::{MigrationIdentity, batches};
use crate::engine::books::Books;
use crate::engine::verdict::{Comparison, Scope};

/// Books and what came of comparing: of the migration, a mailbox or a folder.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Account {
    pub(crate) books: Books,
    pub(crate) compared: Comparison,
    /// Items that were to be compared and were not, because their mailbox could not be asked.
    pub(crate) uncompared: u64,
}

impl std::ops::AddAssign for Account {
    fn add_assign(&mut self, other: Account) {
        self.books += other.books;
        self.compared += other.compared;
        self.uncompared += other.uncompared;
    }
}

/// What is proven.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Subject {
    pub(crate) identity: MigrationIdentity,
    pub(crate) ended: Ended,
    batch: i64,
}

/// A folder of a mailbox.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Folder {
    pub(crate) id: i64,
    pub(crate) class: String,
    pub(crate) account: Account,
}

/// An item's outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It was compared.
    Compared(Compared),
    /// It was to be compared and was not.
    Uncompared,
    /// It is not on the target; the ledger's word for its place.
    NotThere(&'static str),
}

/// An item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) id: i64,
    pub(crate) outcome: Outcome,
    pub(crate) sent: Option<[u8; 32]>,
    pub(crate) source: Option<[u8; 32]>,
    pub(crate) target: Option<[u8; 32]>,
    /// The key of the guidance about it.
    pub(crate) reason: Option<&'static str>,
}

/// The last verification, if nothing was done since.
pub(crate) fn subject(db: &Connection) -> rusqlite::Result<Option<Subject>> {
    let (Some(identity), Some(ended)) = (batches::owner(db)?, verdicts::ended(db)?) else { return Ok(None) };
    let batch = batches::last(db)?.map_or(0, |batch| batch.id);
    Ok(Some(Subject { identity, ended, batch }))
}

/// Every mailbox, with its key, in the keys' order.
pub(crate) fn mailboxes(db: &Connection) -> rusqlite::Result<Vec<(i64, String)>> {
    db.prepare("SELECT id, key FROM recipient WHERE kind = 'mailbox' ORDER BY key")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// The folders of a mailbox.
pub(crate) fn folders(db: &Connection, subject: &Subject, recipient: i64) -> rusqlite::Result<Vec<Folder>> {
    let folders: Vec<(i64, String)> = db
        .prepare_cached("SELECT id, class FROM folder WHERE recipient = ?1 ORDER BY id")?
        .query_map([recipient], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    folders.into_iter().map(|(id, class)| Ok(Folder { id, class, account: account(db, subject, id)? })).collect()
}

fn account(db: &Connection, subject: &Subject, folder: i64) -> rusqlite::Result<Account> {
    let of = Of::Folder(folder);
    let mut account = Account {
        books: books::count(db, of, subject.batch)?,
        compared: verdicts::counts(db, of)?,
        ..Account::default()
    };
    let mut unverified =
        db.prepare_cached("SELECT id FROM item WHERE folder = ?1 AND state = 'moved' AND verified IS NULL")?;
    let mut rows = unverified.query([folder])?;
    while let Some(row) = rows.next()? {
        match subject.ended.scope.draws(row.get(0)?) {
            true => account.uncompared += 1,
            false => account.compared.left_out += 1,
        }
    }
    Ok(account)
}

/// Hands every item of a folder to `each`, by number, without those that the sample does not hold.
pub(crate) fn items<E: From<rusqlite::Error>>(
    db: &Connection,
    subject: &Subject,
    folder: i64,
    mut each: impl FnMut(Item) -> Result<(), E>,
) -> Result<(), E> {
    let mut statement = db.prepare_cached(
        "SELECT id, state, verified, facets, source_digest, target_digest, problem FROM item
         WHERE folder = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([folder])?;
    while let Some(row) = rows.next()? {
        if let Some(item) = item(row, subject.ended.scope)? {
            each(item)?;
        }
    }
    Ok(())
}

fn item(row: &Row, scope: Scope) -> rusqlite::Result<Option<Item>> {
    let (id, state, verified): (i64, String, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let outcome = match (state.as_str(), verified.as_deref().and_then(Compared::from_name)) {
        ("moved", Some(compared)) => Outcome::Compared(compared),
        ("moved", None) if scope.draws(id) => Outcome::Uncompared,
        ("moved", None) => return Ok(None),
        ("skipped", _) => Outcome::NotThere("skipped"),
        ("failed", _) => Outcome::NotThere("failed"),
        ("gone", _) => Outcome::NotThere("gone"),
        _ => Outcome::NotThere("waiting"),
    };
    let reason = row.get::<_, Option<String>>(6)?.map(|text| problem_from(&text).guidance.key());
    let mut item = Item { id, outcome, sent: None, source: None, target: None, reason };
    if let Outcome::Compared(_) | Outcome::Uncompared = outcome {
        item.sent = row.get::<_, Option<Vec<u8>>>(3)?.map(|bytes| facets_from(&bytes).digest());
        (item.source, item.target) = (row.get(4)?, row.get(5)?);
    }
    Ok(Some(item))
}

/// The sealed keys that sign proofs, the lasting one first, and whether each of them lasts.
pub(crate) fn keys(db: &Connection) -> rusqlite::Result<Vec<(bool, Vec<u8>)>> {
    db.prepare("SELECT lasts, sealed FROM signing_key ORDER BY lasts DESC")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Keeps a sealed key, in place of one of its kind that can no longer be opened.
pub(crate) fn set_key(db: &Connection, lasts: bool, sealed: &[u8]) -> rusqlite::Result<()> {
    db.execute("INSERT OR REPLACE INTO signing_key (lasts, sealed) VALUES (?1, ?2)", params![lasts, sealed]).map(drop)
}
