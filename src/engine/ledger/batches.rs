//! Whose ledger it is, and its batches. Every run is a batch of its own: "moved" means moved by this one.

use std::collections::HashMap;
use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use super::{MigrationIdentity, problem_of, verdicts};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::run::{BatchState, Phase};

/// A batch as recorded.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Batch {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) state: BatchState,
}

/// Makes a new ledger this migration's, or checks that it is; ends what a crash left active.
pub(super) fn claim(db: &mut Connection, path: &Path, identity: &MigrationIdentity, now: i64) -> Result<(), Problem> {
    let fail = |error: rusqlite::Error| problem_of(path, error);
    db.execute(
        "INSERT OR IGNORE INTO migration (id, source, target, account, created) VALUES (1, ?1, ?2, ?3, ?4)",
        params![identity.source, identity.target, identity.account, now],
    )
    .map_err(fail)?;
    if let Some(known) = owner(db).map_err(fail)?
        && known != *identity
    {
        return Err(Problem::new(Kind::Run, Side::Here, Guidance::LedgerOtherMigration)
            .with("file", path.display())
            .with("source", known.source)
            .with("target", known.target));
    }
    if let Some(last) = last(db).map_err(fail)?
        && last.state.is_active()
    {
        set_state(db, last.id, BatchState::Stopped, Some(now)).map_err(fail)?;
    }
    Ok(())
}

/// Whose ledger it is; `None` before it was claimed.
pub(super) fn owner(db: &Connection) -> rusqlite::Result<Option<MigrationIdentity>> {
    db.query_row("SELECT source, target, account FROM migration", [], |row| {
        Ok(MigrationIdentity { source: row.get(0)?, target: row.get(1)?, account: row.get(2)? })
    })
    .optional()
}

/// Begins a batch; it is named by its number.
pub(crate) fn begin(db: &Connection, phase: Phase, now: i64) -> rusqlite::Result<Batch> {
    verdicts::forget(db)?;
    let state = BatchState::Created;
    let id: i64 = db.query_row("SELECT coalesce(max(id), 0) + 1 FROM batch", [], |row| row.get(0))?;
    let name = format!("Batch {id}");
    db.execute(
        "INSERT INTO batch (id, name, phase, state, started) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id, name, phase.name(), state.name(), now],
    )?;
    Ok(Batch { id, name, state })
}

pub(crate) fn set_state(db: &Connection, id: i64, state: BatchState, finished: Option<i64>) -> rusqlite::Result<()> {
    db.execute("UPDATE batch SET state = ?2, finished = ?3 WHERE id = ?1", params![id, state.name(), finished])?;
    Ok(())
}

/// The latest batch.
pub(crate) fn last(db: &Connection) -> rusqlite::Result<Option<Batch>> {
    db.query_row("SELECT id, name, state FROM batch ORDER BY id DESC LIMIT 1", [], |row| {
        let state: String = row.get(2)?;
        Ok(Batch {
            id: row.get(0)?,
            name: row.get(1)?,
            // A state of a later program: the batch is not ours to go on with.
            state: BatchState::from_name(&state).unwrap_or(BatchState::Failed),
        })
    })
    .optional()
}

/// The names of all batches, by number.
pub(crate) fn names(db: &Connection) -> rusqlite::Result<HashMap<i64, String>> {
    db.prepare("SELECT id, name FROM batch")?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
