//! Looking into a ledger without opening it: no lock is kept, and not a byte of it changes.

use std::path::Path;
use std::time::SystemTime;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use url::Url;

use super::find::{self, Found};
use super::overview::{self, Overview};
use super::{BUSY_TIMEOUT_MS, batches, io_problem, lock, problem_of, schema};
use crate::engine::problem::Problem;
use crate::engine::run::BatchState;

/// How often looking is tried while somebody begins to write at that very moment.
const ATTEMPTS: u32 = 3;

/// What a migration has come to; `None` where nothing of it has begun. It may be running in this or another process.
/// A batch that is still active in the ledger although nobody works on it shows as `Stopped`, which is what it will be
/// once the ledger is opened. Reads the disk: call it from a thread that may wait.
///
/// # Errors
/// `LedgerUnreadable`: it is no ledger, or damaged.
pub fn peek(path: &Path) -> Result<Option<Overview>, Problem> {
    let mut seen = look(path, |db, _| overview::read(db))?;
    if let Some((_, state)) = seen.as_mut().and_then(|overview| overview.last_batch.as_mut())
        && state.is_active()
        && !is_busy(path)
    {
        *state = BatchState::Stopped;
    }
    Ok(seen)
}

/// Finds messages whose subject or sender has these words, the latest first: see [`Migration::find`], of which this is
/// the same without opening the ledger. `None` where nothing of the migration has begun. Reads the disk: call it from a
/// thread that may wait.
///
/// [`Migration::find`]: crate::engine::Migration::find
///
/// # Errors
/// `LedgerUnreadable`: it is no ledger, or damaged.
pub fn find_in(path: &Path, text: &str, most: usize) -> Result<Option<Found>, Problem> {
    look(path, |db, format| find::find(db, format, text, most))
}

/// Whether a process, this one included, has the ledger open.
pub fn is_busy(path: &Path) -> bool {
    lock::is_held(path)
}

fn look<T>(path: &Path, see: impl Fn(&Connection, usize) -> rusqlite::Result<T>) -> Result<Option<T>, Problem> {
    for _ in 1..ATTEMPTS {
        // Nobody has it open and nobody was cut off: the file alone is everything, and may be read as it lies there.
        let Some(before) = at_rest(path)? else { break };
        let seen = read(path, &uri(path)?, OpenFlags::SQLITE_OPEN_URI, &see);
        if at_rest(path)? == Some(before) {
            return seen;
        }
    }
    read(path, &path.to_string_lossy(), OpenFlags::empty(), &see)
}

/// What tells whether the file was written, if all of the ledger is in it.
fn at_rest(path: &Path) -> Result<Option<(u64, Option<SystemTime>)>, Problem> {
    let of = |path: &Path| match std::fs::metadata(path) {
        Ok(found) => Ok(Some((found.len(), found.modified().ok()))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(io_problem(path, &error)),
    };
    match of(&lock::beside(path, "-wal"))? {
        Some((1.., _)) => Ok(None),
        _ => Ok(Some(of(path)?.unwrap_or_default())),
    }
}

fn uri(path: &Path) -> Result<String, Problem> {
    let absolute = std::path::absolute(path).map_err(|error| io_problem(path, &error))?;
    let unusable = || io_problem(path, &std::io::ErrorKind::InvalidFilename.into());
    let mut uri = Url::from_file_path(absolute).map_err(|()| unusable())?;
    uri.set_query(Some("immutable=1"));
    Ok(uri.into())
}

fn read<T>(
    path: &Path,
    name: &str,
    flags: OpenFlags,
    see: &impl Fn(&Connection, usize) -> rusqlite::Result<T>,
) -> Result<Option<T>, Problem> {
    if !path.try_exists().map_err(|error| io_problem(path, &error))? {
        return Ok(None);
    }
    let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(name, flags).map_err(|error| problem_of(path, error))?;
    let prepare = || -> rusqlite::Result<()> {
        db.busy_timeout(std::time::Duration::from_millis(BUSY_TIMEOUT_MS))?;
        // Whoever looks last must not tidy up after a process that was cut off: recovering is for whoever opens.
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map(drop)
    };
    prepare().map_err(|error| problem_of(path, error))?;
    let format = schema::check(&db, path)?;
    if format == 0 {
        return Ok(None);
    }
    // One transaction, so that a process that goes on meanwhile cannot make numbers disagree.
    let all = db.unchecked_transaction().map_err(|error| problem_of(path, error))?;
    if batches::owner(&all).map_err(|error| problem_of(path, error))?.is_none() {
        return Ok(None);
    }
    see(&all, format).map(Some).map_err(|error| problem_of(path, error))
}
