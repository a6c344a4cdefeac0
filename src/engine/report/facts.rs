//! What the reports are made of, read from the ledger as it is at one moment: the small things at once, mailboxes with
//! their folders and items piece by piece, so that neither needs memory for all of them.

use std::collections::HashMap;

use rusqlite::Connection;
use tokio::sync::mpsc;

use super::errors::{self, Group};
use crate::engine::books::{Books, FolderBooks};
use crate::engine::ledger::absent::{self, Absent};
use crate::engine::ledger::books::{self, Scope};
use crate::engine::ledger::recipients::{self, Detail, Record};
use crate::engine::ledger::{batches, findings, paths, problems, raise};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;
use crate::engine::verdict::ConsistencyGrade;

/// A mailbox as a whole.
#[derive(Debug, Clone)]
pub(super) struct MailboxFacts {
    pub(super) address: Address,
    /// Everything that it holds; the path is empty.
    pub(super) whole: FolderBooks,
    pub(super) grade: ConsistencyGrade,
}

/// A piece of what there may be a lot of.
pub(super) enum Piece {
    /// A mailbox with its folders.
    Mailbox(MailboxFacts, Vec<FolderBooks>),
    /// Items of a mailbox's folder that are not on the target.
    Items(Address, String, Vec<Absent>),
}

/// Everything else.
pub(super) struct Facts {
    pub(super) records: Vec<Record>,
    pub(super) noted: Vec<problems::Record>,
    pub(super) findings: Vec<findings::Record>,
    pub(super) batches: HashMap<i64, String>,
    pub(super) groups: Vec<Group>,
    /// Mailboxes by the ledger's number.
    pub(super) mailboxes: HashMap<i64, MailboxFacts>,
    /// The whole migration.
    pub(super) whole: FolderBooks,
}

/// Reads everything; pieces go out as they are met. Ends early if nobody takes them any more.
pub(super) fn gather(db: &Connection, pieces: &mpsc::Sender<Piece>) -> rusqlite::Result<Facts> {
    let batch = batches::last(db)?.map_or(0, |batch| batch.id);
    let (records, noted) = (recipients::all(db)?, problems::all(db)?);
    let (mut mailboxes, mut whole) = (HashMap::new(), FolderBooks::default());
    for record in records.iter().filter(|record| matches!(record.detail, Detail::Mailbox(_))) {
        let folders = of_mailbox(db, record.id, batch)?;
        let facts = sum(record, &folders);
        same(&facts.whole.books, &books::count(db, Scope::Recipient(record.id), batch)?)?;
        whole.add(&facts.whole);
        mailboxes.insert(record.id, facts.clone());
        let folders = folders.into_iter().map(|(_, folder)| folder).collect();
        let own = noted.iter().find(|note| note.recipient == record.id);
        let why = own.map(|note| &note.problem);
        if pieces.blocking_send(Piece::Mailbox(facts, folders)).is_err() || !items(db, record, why, pieces)? {
            break;
        }
    }
    Ok(Facts {
        noted,
        findings: findings::all(db)?,
        batches: batches::names(db)?,
        groups: errors::gather(db)?,
        records,
        mailboxes,
        whole,
    })
}

/// The folders of a mailbox, by the ledger's number, with their books; each of them closes.
pub(crate) fn of_mailbox(db: &Connection, recipient: i64, batch: i64) -> rusqlite::Result<Vec<(i64, FolderBooks)>> {
    let mut paths: HashMap<i64, Vec<String>> = paths::of(db, recipient)?.into_iter().collect();
    let folders = books::by_folder(db, recipient, batch)?.into_iter().map(|folder| {
        let path = paths.remove(&folder.folder).unwrap_or_default();
        let books::OfFolder { folder, books, bytes, missing, differing } = folder;
        (folder, FolderBooks { path, books, bytes, missing, differing })
    });
    Ok(folders.collect())
}

fn sum(record: &Record, folders: &[(i64, FolderBooks)]) -> MailboxFacts {
    let mut whole = FolderBooks::default();
    folders.iter().for_each(|(_, folder)| whole.add(folder));
    let grade = ConsistencyGrade::of(&whole.books, whole.missing, whole.differing, record.state.is_failure());
    MailboxFacts { address: record.detail.address().clone(), whole, grade }
}

fn same(folders: &Books, mailbox: &Books) -> rusqlite::Result<()> {
    if folders == mailbox {
        return Ok(());
    }
    Err(raise(
        Problem::new(Kind::Run, Side::Here, Guidance::Internal)
            .with("what", "a mailbox's books are not those of its folders")
            .because(format!("{folders:?} {mailbox:?}")),
    ))
}

/// Sends a mailbox's items; false if nobody takes them any more. What merely waits does so because of what is wrong with
/// the mailbox, if anything is.
fn items(
    db: &Connection,
    record: &Record,
    why: Option<&Problem>,
    pieces: &mpsc::Sender<Piece>,
) -> rusqlite::Result<bool> {
    for (folder, path) in paths::of(db, record.id)? {
        for page_of in [absent::amiss, absent::waiting] {
            let mut after = 0;
            loop {
                let mut page = page_of(db, folder, after)?;
                page.iter_mut().for_each(|item| item.problem = item.problem.take().or_else(|| why.cloned()));
                let Some(last) = page.last() else { break };
                after = last.id;
                let piece = Piece::Items(record.detail.address().clone(), paths::shown(&path), page);
                if pieces.blocking_send(piece).is_err() {
                    return Ok(false);
                }
            }
        }
    }
    Ok(true)
}
