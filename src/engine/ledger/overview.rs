//! A migration at a glance, over all its batches.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::books::{self, Scope};
use super::record::count;
use super::{MigrationIdentity, batches};
use crate::engine::books::Books;
use crate::engine::progress::Tally;
use crate::engine::run::{BatchState, UserState};

/// What a migration has come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Overview {
    /// Which migration it is.
    pub identity: MigrationIdentity,
    /// Mailboxes: taken up, migrated (synchronised at least once), failed.
    pub mailboxes: Tally,
    /// Distribution groups likewise.
    pub groups: Tally,
    /// Mail contacts and mail users likewise.
    pub contacts: Tally,
    /// Mailboxes that the error report names: with a problem of their own, or with items that failed or differ.
    pub mailboxes_with_errors: usize,
    /// When the first batch began.
    pub started: Option<Timestamp>,
    /// When a synchronisation, initial, incremental or final, last came to its end.
    pub last_synced: Option<Timestamp>,
    /// The last batch's name and state.
    pub last_batch: Option<(String, BatchState)>,
    /// All items.
    pub books: Books,
}

pub(crate) fn read(db: &Connection) -> rusqlite::Result<Overview> {
    let identity = batches::owner(db)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
    let last = batches::last(db)?;
    let (started, last_synced) = times(db)?;
    Ok(Overview {
        identity,
        mailboxes: tally(db, "mailbox")?,
        groups: tally(db, "group")?,
        contacts: tally(db, "contact")?,
        mailboxes_with_errors: with_errors(db)?,
        started,
        last_synced,
        books: books::count(db, Scope::Migration, last.as_ref().map_or(0, |batch| batch.id))?,
        last_batch: last.map(|batch| (batch.name, batch.state)),
    })
}

fn tally(db: &Connection, kind: &str) -> rusqlite::Result<Tally> {
    let mut tally = Tally::default();
    let mut statement = db.prepare(
        "SELECT state, synced IS NOT NULL, count(*) FROM recipient WHERE kind = ?1 GROUP BY state, synced IS NOT NULL",
    )?;
    let mut rows = statement.query([kind])?;
    while let Some(row) = rows.next()? {
        let recipients = usize::try_from(count(row, 2)?).unwrap_or(usize::MAX);
        tally.total += recipients;
        if row.get(1)? {
            tally.done += recipients;
        }
        if UserState::from_name(&row.get::<_, String>(0)?).is_none_or(UserState::is_failure) {
            tally.failed += recipients;
        }
    }
    Ok(tally)
}

/// A skipped item is nobody's failure.
fn with_errors(db: &Connection) -> rusqlite::Result<usize> {
    let mailboxes = db.query_row(
        "SELECT count(*) FROM recipient WHERE kind = 'mailbox' AND (
             EXISTS (SELECT 1 FROM problem WHERE problem.recipient = recipient.id)
             OR EXISTS (SELECT 1 FROM folder JOIN item ON item.folder = folder.id WHERE folder.recipient = recipient.id
                 AND (item.state = 'failed' OR item.state = 'moved' AND item.verified IN ('missing', 'differs'))))",
        [],
        |row| count(row, 0),
    )?;
    Ok(usize::try_from(mailboxes).unwrap_or(usize::MAX))
}

/// When the first batch began, and when the last one that came to its end did: the last in order, for a clock may have been
/// wrong once.
fn times(db: &Connection) -> rusqlite::Result<(Option<Timestamp>, Option<Timestamp>)> {
    let ended =
        [BatchState::Synced, BatchState::SyncedWithErrors, BatchState::Completed, BatchState::CompletedWithErrors];
    let [a, b, c, d] = ended.map(BatchState::name);
    let (started, finished): (Option<i64>, Option<i64>) = db.query_row(
        "SELECT (SELECT started FROM batch ORDER BY id LIMIT 1),
             (SELECT finished FROM batch WHERE state IN (?1, ?2, ?3, ?4) ORDER BY id DESC LIMIT 1)",
        params![a, b, c, d],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let time = |seconds: Option<i64>| seconds.and_then(|seconds| Timestamp::from_second(seconds).ok());
    Ok((time(started), time(finished)))
}
