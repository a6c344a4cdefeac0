//! Builds engine, connectors and practice organisation from settings: the one place that may import everything.

mod endpoints;
mod launch;
mod rehearsal;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use endpoints::Patience;

use crate::engine::clock::{Clock, SystemClock};
use crate::engine::ledger::{Found, Overview, find_in, peek};
use crate::engine::migration::{Migration, Parts};
use crate::engine::password::Sealer;
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::launcher::{Keeping, Secrets};
use crate::secrets::LedgerSealer;
use crate::settings::Settings;
use crate::shelf;

pub use crate::practice::organisation::Profile;
pub use crate::practice::{Options as PracticeOptions, Practice};
pub use launch::Assembly;
pub use rehearsal::{REHEARSAL_SPEED, left_out, practise};

/// Connects both sides and opens the migration's ledger.
///
/// # Errors
/// Whatever stands in the way: the source cannot be reached or signed in to, a file cannot be used, another process works
/// on this migration.
pub async fn migration(settings: &Settings, secrets: Secrets, keeping: Keeping) -> Result<Migration, Problem> {
    let clock = clock(keeping);
    let (patience, speed) = match keeping {
        Keeping::Sealed => (Patience::of_a_person(), 1.0),
        Keeping::InMemory => (Patience::of_a_rehearsal(clock.clone()), REHEARSAL_SPEED),
    };
    let target = endpoints::target(&settings.target, secrets.target_secret.as_deref(), speed);
    let target = Arc::new(target.map_err(|problem| match problem.guidance {
        Guidance::SettingsInvalid => problem.with("file", settings.file.display()),
        _ => problem,
    })?);
    let source = endpoints::source(&settings.source, &secrets.source_password, &|_| {}, patience);
    let source = Arc::new(source.await?);
    let identity = shelf::identity(settings);
    let ledger = ledger_of(settings)?;
    let parts = Parts { directory: source.clone(), source, target, clock, sealer: sealer(keeping, &ledger).await };
    Migration::open(&ledger, parts, &identity)
}

/// Refuses settings with which nothing was migrated yet, so that nobody takes the empty answer of an empty ledger for a good
/// one. Nothing is connected or made for that.
///
/// # Errors
/// `NothingMigrated`, or the ledger cannot be read.
pub async fn begun(settings: &Settings) -> Result<(), Problem> {
    let path = ledger_of(settings)?;
    match reading(&path, peek).await? {
        Some(Overview { last_batch: Some(_), .. }) => Ok(()),
        _ => Err(Problem::new(Kind::Run, Side::Here, Guidance::NothingMigrated).with("file", path.display())),
    }
}

/// Finds messages in the ledger of these settings, as it lies there: nothing is connected, nobody is disturbed.
///
/// # Errors
/// If the ledger cannot be read, or nothing was migrated with these settings yet.
pub async fn find(settings: &Settings, text: &str, most: usize) -> Result<Found, Problem> {
    begun(settings).await?;
    let text = text.to_owned();
    let found = reading(&ledger_of(settings)?, move |path| find_in(path, &text, most)).await?;
    Ok(found.unwrap_or_default())
}

/// Looks into a ledger from a thread that may wait.
async fn reading<T: Send + 'static>(
    path: &Path,
    look: impl FnOnce(&Path) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let place = path.to_owned();
    let looked = tokio::task::spawn_blocking(move || look(&place)).await;
    looked.map_err(|error| unreadable(&path.display().to_string(), &error.to_string()))?
}

fn ledger_of(settings: &Settings) -> Result<PathBuf, Problem> {
    shelf::ledger(shelf::folder().as_deref(), settings).ok_or_else(|| unreadable("~", "HOME"))
}

fn unreadable(file: &str, reason: &str) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::LedgerUnreadable).with("file", file).with("reason", reason)
}

/// What is not kept is a rehearsal.
fn clock(keeping: Keeping) -> Arc<dyn Clock> {
    match keeping {
        Keeping::Sealed => Arc::new(SystemClock::default()),
        Keeping::InMemory => Arc::new(rehearsal::RehearsalClock::default()),
    }
}

async fn sealer(keeping: Keeping, ledger: &Path) -> Arc<dyn Sealer> {
    let ledger = ledger.to_path_buf();
    let opened = match keeping {
        Keeping::Sealed => {
            tokio::task::spawn_blocking(move || LedgerSealer::open(&format!("ledger {}", placed(&ledger).display())))
                .await
                .ok()
        }
        Keeping::InMemory => None,
    };
    Arc::new(opened.unwrap_or_else(LedgerSealer::of_this_process))
}

/// A ledger by its folder's own name, however the settings name it: the window and a command in another folder are to find
/// the same key.
fn placed(ledger: &Path) -> PathBuf {
    let folder = ledger.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // It may be new. Whether it can be made, opening the ledger tells.
    let _ = std::fs::create_dir_all(folder);
    let name = ledger.file_name().unwrap_or_default();
    folder.canonicalize().map_or_else(|_| ledger.to_path_buf(), |folder| folder.join(name))
}

impl Sealer for LedgerSealer {
    fn seal(&self, secret: &[u8]) -> Option<Vec<u8>> {
        LedgerSealer::seal(self, secret)
    }
    fn unseal(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        LedgerSealer::unseal(self, sealed)
    }
    fn lasts(&self) -> bool {
        LedgerSealer::lasts(self)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_ledger_has_one_name_however_the_settings_name_it_and_before_its_folder_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let plain = folder.path().join("new").join("my.ledger");
        let name = placed(&plain);
        assert!(name.is_absolute() && name.ends_with("new/my.ledger"), "{}", name.display());
        assert_eq!(placed(&plain), name, "also once its folder is there");
        assert_eq!(placed(&folder.path().join("new").join("..").join("new").join("my.ledger")), name);
        let here = std::env::current_dir().unwrap().canonicalize().unwrap();
        assert_eq!(placed(Path::new("my.ledger")), here.join("my.ledger"));
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path().join("new"), folder.path().join("link")).unwrap();
            assert_eq!(placed(&folder.path().join("link").join("my.ledger")), name);
        }
    }
}
