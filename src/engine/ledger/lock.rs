//! One process per ledger: a kernel lock on a file beside it, which ends with the process however it ends. The holder's
//! process id stands in a second file, because a locked file cannot be read everywhere.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::io_problem;
use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// How often taking the lock is tried.
const ATTEMPTS: u32 = 5;
/// The pause between two tries.
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(20);

/// Held until dropped.
pub(super) struct Lock {
    file: File,
    holder: PathBuf,
}

/// The name of a file that stands beside the ledger.
pub(super) fn beside(ledger: &Path, ending: &str) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

impl Lock {
    pub(super) fn take(ledger: &Path) -> Result<Lock, Problem> {
        if let Some(folder) = ledger.parent() {
            std::fs::create_dir_all(folder).map_err(|error| io_problem(ledger, &error))?;
        }
        let holder = beside(ledger, ".holder");
        let mut options = OpenOptions::new();
        options.create(true).truncate(false).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(beside(ledger, ".lock")).map_err(|error| io_problem(ledger, &error))?;
        match patiently(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                // The holder may be just about to write its name.
                let name = std::fs::read_to_string(&holder).unwrap_or_default();
                return Err(Problem::new(Kind::Run, Side::Here, Guidance::LedgerBusy).with("holder", name.trim()));
            }
            Err(TryLockError::Error(error)) => return Err(io_problem(ledger, &error)),
        }
        std::fs::write(&holder, std::process::id().to_string()).map_err(|error| io_problem(ledger, &error))?;
        Ok(Lock { file, holder })
    }
}

/// Whoever only asks whether the lock is held has it for a moment.
fn patiently(file: &File) -> Result<(), TryLockError> {
    for _ in 1..ATTEMPTS {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(BETWEEN_ATTEMPTS),
            settled => return settled,
        }
    }
    file.try_lock()
}

/// Whether somebody holds the lock of this ledger. Makes no file.
pub(super) fn is_held(ledger: &Path) -> bool {
    let Ok(file) = File::open(beside(ledger, ".lock")) else { return false };
    let held = matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock));
    // Closing the file gives the lock back as well.
    let _ = file.unlock();
    held
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The name goes first, so that it is never the name of a process that has let go. What matters is the lock.
        let _ = std::fs::remove_file(&self.holder);
        let _ = self.file.unlock();
    }
}
