//! The ledger: the durable record of a migration, in one SQLite file of mode 0600.
//!
//! Writing: callers hand in pieces of work; whoever comes first commits everything that has gathered, in one
//! transaction, while the next group gathers. An answer means that the piece is durable. A piece that fails is undone
//! alone. Reading goes over a connection of its own and sees everything that was answered.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::oneshot;
use tokio::task::JoinError;

use super::clock::{Breakpoint, Clock};
use super::problem::{Guidance, Kind, Problem, Side};

pub(crate) mod absent;
pub(crate) mod batches;
pub(crate) mod books;
pub(crate) mod copies;
pub(crate) mod doubts;
pub(crate) mod find;
pub(crate) mod findings;
pub(crate) mod folders;
pub(crate) mod items;
mod lock;
pub(crate) mod overview;
pub(crate) mod paths;
mod peek;
pub(crate) mod problems;
pub(crate) mod proof;
pub(crate) mod recipients;
pub(crate) mod record;
mod schema;
pub(crate) mod verdicts;

pub use find::{FOUND_AT_MOST, Found, Hit, Whereabouts};
use lock::Lock;
pub use overview::Overview;
pub use peek::{find_in, is_busy, peek};

/// How long a statement waits for another one of ours, in milliseconds.
const BUSY_TIMEOUT_MS: u64 = 10_000;
/// Pieces of work in one transaction at most.
const LARGEST_GROUP: usize = 1_000;

/// What the migration is: the same settings go on with the same one, and another's ledger is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MigrationIdentity {
    /// The source organisation, such as its web services address.
    pub source: String,
    /// The target organisation, such as its tenant id.
    pub target: String,
    /// The migration administrator's account at the source.
    pub account: String,
}

/// The open ledger.
pub(crate) struct Ledger {
    file: Arc<File>,
    clock: Arc<dyn Clock>,
    queue: Mutex<Vec<Box<dyn Work>>>,
    leader: tokio::sync::Mutex<()>,
}

/// The file, as long as anybody is at work in it: the lock is let go of last.
struct File {
    path: PathBuf,
    writer: Mutex<Connection>,
    reader: Mutex<Connection>,
    _lock: Lock,
}

/// A piece of work, with a way to answer whoever gave it.
trait Work: Send {
    fn run(&mut self, db: &Connection) -> rusqlite::Result<()>;
    fn finish(self: Box<Self>, failure: Option<Problem>);
}

struct Piece<T, F> {
    work: Option<F>,
    value: Option<T>,
    reply: oneshot::Sender<Result<T, Problem>>,
}

impl<T: Send, F: FnOnce(&Connection) -> rusqlite::Result<T> + Send> Work for Piece<T, F> {
    fn run(&mut self, db: &Connection) -> rusqlite::Result<()> {
        if let Some(work) = self.work.take() {
            self.value = Some(work(db)?);
        }
        Ok(())
    }
    fn finish(self: Box<Self>, failure: Option<Problem>) {
        let answer = match (failure, self.value) {
            (Some(problem), _) => Err(problem),
            (None, Some(value)) => Ok(value),
            (None, None) => Err(internal("a piece of ledger work was not done")),
        };
        // Whoever asked may have been stopped meanwhile.
        let _ = self.reply.send(answer);
    }
}

fn internal(what: &str) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", what)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Ledger {
    /// Opens or makes the ledger of this migration; takes its lock first.
    pub(crate) fn open(path: &Path, identity: &MigrationIdentity, clock: Arc<dyn Clock>) -> Result<Ledger, Problem> {
        let lock = Lock::take(path)?;
        private_file(path).map_err(|error| io_problem(path, &error))?;
        let fail = |error: rusqlite::Error| problem_of(path, error);
        let mut writer = Connection::open(path).map_err(fail)?;
        prepare(&writer).map_err(fail)?;
        schema::upgrade(&mut writer, path)?;
        batches::claim(&mut writer, path, identity, clock.now().as_second())?;
        let reader = Connection::open(path).map_err(fail)?;
        prepare(&reader).map_err(fail)?;
        reader.pragma_update(None, "query_only", true).map_err(fail)?;
        let (writer, reader) = (Mutex::new(writer), Mutex::new(reader));
        Ok(Ledger {
            file: Arc::new(File { path: path.to_path_buf(), writer, reader, _lock: lock }),
            clock,
            queue: Mutex::new(Vec::new()),
            leader: tokio::sync::Mutex::new(()),
        })
    }

    /// Does a piece of work in the next group; answers once it is durable.
    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let (reply, mut answer) = oneshot::channel();
        lock(&self.queue).push(Box::new(Piece { work: Some(work), value: None, reply }));
        let lead = async {
            let _leader = self.leader.lock().await;
            loop {
                let group: Vec<Box<dyn Work>> = {
                    let mut queue = lock(&self.queue);
                    let most = queue.len().min(LARGEST_GROUP);
                    queue.drain(..most).collect()
                };
                if group.is_empty() {
                    return Ok(());
                }
                // A task of its own: a leader that stops waiting leaves nobody of its group without an answer.
                tokio::spawn(commit(self.file.clone(), self.clock.clone(), group))
                    .await
                    .map_err(|error| internal("the ledger's writer failed").because(error))?;
            }
        };
        tokio::select! {
            biased;
            done = &mut answer => done.map_err(|_| internal("the ledger's writer went away"))?,
            led = lead => {
                led?;
                answer.await.map_err(|_| internal("the ledger's writer went away"))?
            }
        }
    }

    /// Reads what is durable.
    pub(crate) async fn read<T, F>(&self, look: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let file = self.file.clone();
        apart(move || look(&lock(&file.reader)).map_err(|error| problem_of(&file.path, error)))
            .await
            .map_err(|error| internal("the ledger's reader failed").because(error))?
    }

    /// Reads a lot of what is durable, as it is at one moment, over a connection of its own: nobody waits for it.
    pub(crate) async fn survey<T, F>(&self, look: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let file = self.file.clone();
        // Never on this thread: whoever takes in what is met may have to run meanwhile.
        let looked = tokio::task::spawn_blocking(move || {
            let open = || -> rusqlite::Result<T> {
                let db = Connection::open(&file.path)?;
                prepare(&db)?;
                db.pragma_update(None, "query_only", true)?;
                let moment = db.unchecked_transaction()?;
                look(&moment)
            };
            open().map_err(|error| problem_of(&file.path, error))
        });
        looked.await.map_err(|error| internal("the ledger's reader failed").because(error))?
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        &self.file.path
    }
}

/// Does what blocks where it keeps nobody waiting. A runtime of one thread, which only tests have, does it at once and in
/// an order that repeats, so that what a seed finds can be found again. Such a test says nothing of what happens while a
/// thread is at work in the file; that is for the tests that kill the real program, whose runtime has several.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, JoinError> {
    if Handle::current().runtime_flavor() == RuntimeFlavor::CurrentThread {
        tokio::task::yield_now().await;
        return Ok(work());
    }
    tokio::task::spawn_blocking(work).await
}

fn prepare(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(std::time::Duration::from_millis(BUSY_TIMEOUT_MS))?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    // On macOS a file is only then on the disk; elsewhere this changes nothing.
    db.pragma_update(None, "fullfsync", true)?;
    db.pragma_update(None, "checkpoint_fullfsync", true)?;
    db.pragma_update(None, "foreign_keys", true)
}

/// Makes the file for its owner only, before SQLite does it for everybody.
fn private_file(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Commits a group, then answers everybody of it.
async fn commit(file: Arc<File>, clock: Arc<dyn Clock>, mut group: Vec<Box<dyn Work>>) {
    let mut done = clock.breakpoint(Breakpoint::BeforeWrite).await.map(|()| Vec::new());
    if done.is_ok() {
        let written = apart(move || {
            let outcomes = transact(&mut lock(&file.writer), &file.path, &mut group);
            (outcomes.map_err(|error| problem_of(&file.path, error)), group)
        });
        // Whoever gave work to a group that came to grief learns it from the answer that is missing.
        let Ok(written) = written.await else { return };
        (done, group) = written;
        done = clock.breakpoint(Breakpoint::AfterWrite).await.and(done);
    }
    match done {
        Ok(outcomes) => group.into_iter().zip(outcomes).for_each(|(work, failure)| work.finish(failure)),
        Err(problem) => group.into_iter().for_each(|work| work.finish(Some(problem.clone()))),
    }
}

/// One transaction for a group: pieces that fail are undone alone.
fn transact(db: &mut Connection, path: &Path, group: &mut [Box<dyn Work>]) -> rusqlite::Result<Vec<Option<Problem>>> {
    let mut outcomes = Vec::with_capacity(group.len());
    let mut transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for work in group {
        let savepoint = transaction.savepoint()?;
        match work.run(&savepoint) {
            Ok(()) => {
                savepoint.commit()?;
                outcomes.push(None);
            }
            Err(error) if ends_all(&error) => return Err(error),
            Err(error) => {
                savepoint.finish()?;
                outcomes.push(Some(problem_of(path, error)));
            }
        }
    }
    transaction.commit()?;
    Ok(outcomes)
}

/// Errors of the file itself, after which nothing of the group may count.
fn ends_all(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::OutOfMemory)
    )
}

/// A problem raised inside a piece of work, as an error that undoes it.
pub(crate) fn raise(problem: Problem) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(problem))
}

fn io_problem(path: &Path, error: &std::io::Error) -> Problem {
    if error.kind() == std::io::ErrorKind::StorageFull {
        return Problem::new(Kind::Run, Side::Here, Guidance::DiskFull).with("file", path.display());
    }
    Problem::new(Kind::Run, Side::Here, Guidance::LedgerUnreadable).with("file", path.display()).with("reason", error)
}

/// No room on the disk. Where there is none for the index of what was written last, which every opening makes anew, SQLite
/// speaks of a failure of the disk.
fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|error| {
        error.code == ErrorCode::DiskFull || error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE
    })
}

fn problem_of(path: &Path, error: rusqlite::Error) -> Problem {
    if is_full(&error) {
        return Problem::new(Kind::Run, Side::Here, Guidance::DiskFull).with("file", path.display());
    }
    match error {
        rusqlite::Error::ToSqlConversionFailure(inner) => match inner.downcast::<Problem>() {
            Ok(problem) => *problem,
            Err(other) => internal("ledger work failed").because(other),
        },
        error => Problem::new(Kind::Run, Side::Here, Guidance::LedgerUnreadable)
            .with("file", path.display())
            .with("reason", error),
    }
}

#[cfg(test)]
mod tests;
