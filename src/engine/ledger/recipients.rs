//! Recipients in the ledger: mailboxes, contacts and groups, with their states and sealed initial passwords.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::record::count;
use crate::engine::problem::Guidance;
use crate::engine::recipient::{Address, Contact, Group, Mailbox};
use crate::engine::run::UserState;

/// A recipient as surveyed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Detail {
    Mailbox(Mailbox),
    Contact(Contact),
    Group(Group),
}

impl Detail {
    pub(crate) fn address(&self) -> &Address {
        match self {
            Detail::Mailbox(mailbox) => &mailbox.identity.address,
            Detail::Contact(contact) => &contact.identity.address,
            Detail::Group(group) => &group.identity.address,
        }
    }
    pub(crate) fn display_name(&self) -> &str {
        match self {
            Detail::Mailbox(mailbox) => &mailbox.identity.display_name,
            Detail::Contact(contact) => &contact.identity.display_name,
            Detail::Group(group) => &group.identity.display_name,
        }
    }
    fn kind(&self) -> &'static str {
        match self {
            Detail::Mailbox(_) => "mailbox",
            Detail::Contact(_) => "contact",
            Detail::Group(_) => "group",
        }
    }
    /// The `ObjectType` column of the reports.
    pub(crate) fn object_type(&self) -> &'static str {
        match self {
            Detail::Mailbox(_) => "Mailbox",
            Detail::Contact(contact) if contact.mail_user => "MailUser",
            Detail::Contact(_) => "Contact",
            Detail::Group(_) => "DistributionGroup",
        }
    }
    fn text(&self) -> rusqlite::Result<String> {
        match self {
            Detail::Mailbox(mailbox) => to_json(mailbox),
            Detail::Contact(contact) => to_json(contact),
            Detail::Group(group) => to_json(group),
        }
    }
    fn parse(kind: &str, text: &str) -> rusqlite::Result<Detail> {
        match kind {
            "mailbox" => from_json(text).map(Detail::Mailbox),
            "contact" => from_json(text).map(Detail::Contact),
            _ => from_json(text).map(Detail::Group),
        }
    }
}

fn to_json(value: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(value).map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))
}

fn from_json<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error)))
}

/// What is known of a mailbox's initial password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PasswordState {
    /// None of ours: no user mailbox, or the account was there before.
    None,
    /// We made the account with one.
    Ours,
    /// It stood in a report that the administrator asked for.
    HandedOver,
}

impl PasswordState {
    fn name(self) -> &'static str {
        match self {
            PasswordState::None => "none",
            PasswordState::Ours => "ours",
            PasswordState::HandedOver => "handed-over",
        }
    }
    fn from_name(name: &str) -> PasswordState {
        match name {
            "ours" => PasswordState::Ours,
            "handed-over" => PasswordState::HandedOver,
            _ => PasswordState::None,
        }
    }
}

/// A recipient's record.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) id: i64,
    pub(crate) detail: Detail,
    pub(crate) state: UserState,
    pub(crate) batch: i64,
    pub(crate) arrived: bool,
    pub(crate) started: Option<i64>,
    pub(crate) finished: Option<i64>,
    pub(crate) synced: Option<i64>,
    pub(crate) password: PasswordState,
    pub(crate) sealed: Option<Vec<u8>>,
}

const COLUMNS: &str = "id, kind, detail, state, batch, arrived, started, finished, synced, password, sealed";

fn record(row: &Row) -> rusqlite::Result<Record> {
    let (kind, detail, state): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
    Ok(Record {
        id: row.get(0)?,
        detail: Detail::parse(&kind, &detail)?,
        state: UserState::from_name(&state).unwrap_or(UserState::Failed),
        batch: row.get(4)?,
        arrived: row.get(5)?,
        started: row.get(6)?,
        finished: row.get(7)?,
        synced: row.get(8)?,
        password: PasswordState::from_name(&row.get::<_, String>(9)?),
        sealed: row.get(10)?,
    })
}

/// Takes a recipient up into a batch as `Queued`, with today's details. Answers it as it was before, if it was known.
pub(crate) fn enrol(db: &Connection, batch: i64, detail: &Detail) -> rusqlite::Result<Record> {
    let (kind, key) = (detail.kind(), detail.address().key());
    let known = db
        .query_row(
            &format!("SELECT {COLUMNS} FROM recipient WHERE kind = ?1 AND key = ?2"),
            params![kind, key],
            record,
        )
        .optional()?;
    db.execute(
        "INSERT INTO recipient (kind, key, detail, state, batch) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (kind, key) DO UPDATE SET detail = excluded.detail, state = excluded.state, batch = excluded.batch",
        params![kind, key, detail.text()?, UserState::Queued.name(), batch],
    )?;
    match known {
        Some(known) => Ok(known),
        None => get(db, db.last_insert_rowid()),
    }
}

pub(crate) fn get(db: &Connection, id: i64) -> rusqlite::Result<Record> {
    db.query_row(&format!("SELECT {COLUMNS} FROM recipient WHERE id = ?1"), [id], record)
}

/// The number of the mailbox with this address in lower case, if the ledger knows one.
pub(crate) fn mailbox(db: &Connection, key: &str) -> rusqlite::Result<Option<i64>> {
    db.query_row("SELECT id FROM recipient WHERE kind = 'mailbox' AND key = ?1", [key], |row| row.get(0)).optional()
}

/// Every recipient: mailboxes, then contacts, then groups, by address.
pub(crate) fn all(db: &Connection) -> rusqlite::Result<Vec<Record>> {
    let order = "CASE kind WHEN 'mailbox' THEN 0 WHEN 'contact' THEN 1 ELSE 2 END, key";
    db.prepare(&format!("SELECT {COLUMNS} FROM recipient ORDER BY {order}"))?.query_map([], record)?.collect()
}

/// Moves a recipient on, and notes the times that go with the state.
pub(crate) fn set_state(db: &Connection, id: i64, state: UserState, now: i64) -> rusqlite::Result<()> {
    let (started, finished) = match state {
        UserState::Provisioning => (Some(now), None),
        UserState::Synced | UserState::Failed | UserState::IncrementalFailed | UserState::CompletionFailed => {
            (None, Some(now))
        }
        _ => (None, None),
    };
    let synced = (state == UserState::Synced).then_some(now);
    db.execute(
        "UPDATE recipient SET state = ?2, started = coalesce(started, ?3), finished = coalesce(?4, finished),
             synced = coalesce(?5, synced) WHERE id = ?1",
        params![id, state.name(), started, finished, synced],
    )?;
    Ok(())
}

/// Changes a recipient's details in the course of a run.
pub(crate) fn set_detail(db: &Connection, id: i64, detail: &Detail) -> rusqlite::Result<()> {
    db.execute("UPDATE recipient SET detail = ?2 WHERE id = ?1", params![id, detail.text()?])?;
    Ok(())
}

/// The members that a group was last given; `None` if it never was.
pub(crate) fn members(db: &Connection, id: i64) -> rusqlite::Result<Option<Vec<Address>>> {
    let text: Option<String> = db.query_row("SELECT members FROM recipient WHERE id = ?1", [id], |row| row.get(0))?;
    text.map(|text| from_json(&text)).transpose()
}

/// A group has these members now, as at the source.
pub(crate) fn set_members(db: &Connection, id: i64, members: &[Address]) -> rusqlite::Result<()> {
    db.execute("UPDATE recipient SET members = ?2 WHERE id = ?1", params![id, to_json(&members)?])?;
    Ok(())
}

/// Notes that the recipient is on the target.
pub(crate) fn set_arrived(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.execute("UPDATE recipient SET arrived = 1 WHERE id = ?1", [id])?;
    Ok(())
}

/// Keeps (or forgets) an initial password; `sealed` is never clear text.
pub(crate) fn set_password(
    db: &Connection,
    id: i64,
    state: PasswordState,
    sealed: Option<&[u8]>,
) -> rusqlite::Result<()> {
    db.execute("UPDATE recipient SET password = ?2, sealed = ?3 WHERE id = ?1", params![id, state.name(), sealed])?;
    Ok(())
}

/// The same initial password sealed in another way, unless there is a new one meanwhile.
pub(crate) fn seal_anew(db: &Connection, id: i64, old: &[u8], new: &[u8]) -> rusqlite::Result<()> {
    let mut seal = db.prepare_cached("UPDATE recipient SET sealed = ?3 WHERE id = ?1 AND sealed = ?2")?;
    seal.execute(params![id, old, new]).map(drop)
}

/// The administrator has the initial passwords of these now.
pub(crate) fn hand_over(db: &Connection, ids: &[i64]) -> rusqlite::Result<()> {
    let mut hand_over = db.prepare_cached("UPDATE recipient SET password = ?2 WHERE id = ?1")?;
    ids.iter().try_for_each(|id| hand_over.execute(params![id, PasswordState::HandedOver.name()]).map(drop))
}

/// How many that are not in this batch were failed, stopped or never reached by the last one that they were in.
pub(crate) fn undone_elsewhere(db: &Connection, batch: i64) -> rusqlite::Result<usize> {
    let done = [UserState::Synced, UserState::Completed, UserState::CompletedWithWarnings].map(UserState::name);
    let undone = db.query_row(
        "SELECT count(*) FROM recipient WHERE batch <> ?1 AND state NOT IN (?2, ?3, ?4)",
        params![batch, done[0], done[1], done[2]],
        |row| count(row, 0),
    )?;
    Ok(usize::try_from(undone).unwrap_or(usize::MAX))
}

/// After the end of a run: whoever is still being worked on was stopped.
pub(crate) fn stop_active(db: &Connection, batch: i64) -> rusqlite::Result<()> {
    for state in UserState::ALL.iter().filter(|state| state.is_active() || **state == UserState::ProvisionUpdating) {
        db.execute(
            "UPDATE recipient SET state = ?3 WHERE batch = ?1 AND state = ?2",
            params![batch, state.name(), UserState::Stopped.name()],
        )?;
    }
    Ok(())
}

/// After completion: what was synchronised and has all that it should by the final comparison is completed, the rest
/// completed with warnings. Whoever was left out of the final synchronisation may lack something. What somebody added on the
/// target is no warning.
pub(crate) fn complete(db: &Connection, left_out: &[Address]) -> rusqlite::Result<()> {
    let (done, warned) = (UserState::Completed.name(), UserState::CompletedWithWarnings.name());
    db.execute(
        "UPDATE recipient SET state = CASE WHEN state = ?1
             AND NOT EXISTS (SELECT 1 FROM problem WHERE problem.recipient = recipient.id
                 AND json_extract(problem, '$.guidance') <> ?4)
             AND NOT EXISTS (SELECT 1 FROM folder JOIN item ON item.folder = folder.id
                 WHERE folder.recipient = recipient.id AND (item.state IN ('waiting', 'failed')
                     OR item.state = 'moved' AND coalesce(item.verified, 'missing') IN ('missing', 'differs')))
         THEN ?2 ELSE ?3 END",
        params![UserState::Synced.name(), done, warned, Guidance::TargetMemberAdded.key()],
    )?;
    let mut warn = db.prepare("UPDATE recipient SET state = ?2 WHERE key = ?1")?;
    for address in left_out {
        warn.execute(params![address.key(), warned])?;
    }
    Ok(())
}
