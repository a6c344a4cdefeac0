//! One process per ledger: a kernel lock on a file beside it, which ends with the process however it ends. The holder's
//! process id stands in a second file, because a locked file cannot be read everywhere.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use super::io_problem;
use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// Held until dropped.
pub(super) struct Lock {
    file: File,
    holder: PathBuf,
}

fn beside(ledger: &Path, ending: &str) -> PathBuf {
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
        match file.try_lock() {
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

impl Drop for Lock {
    fn drop(&mut self) {
        // The name goes first, so that it is never the name of a process that has let go. What matters is the lock.
        let _ = std::fs::remove_file(&self.holder);
        let _ = self.file.unlock();
    }
}
