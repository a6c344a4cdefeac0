//! The shelf of migrations: each one's settings in the data folder, beside its ledger, so that the window finds again
//! what it once began.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::Timestamp;

use crate::engine::ledger::{self, MigrationIdentity};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::run::BatchState;
use crate::folders;
use crate::settings::{self, Settings};

/// A migration on the shelf.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// Its settings file.
    pub settings: PathBuf,
    /// The mail domain that it comes from.
    pub source: String,
    /// The Microsoft 365 organisation that it goes to.
    pub target: String,
    /// The last batch's state; `None` before the first.
    pub state: Option<BatchState>,
    /// When a synchronisation last came to its end.
    pub last_synced: Option<Timestamp>,
    /// When its first batch began.
    pub started: Option<Timestamp>,
    /// A process, perhaps this one, has it open.
    pub busy: bool,
    /// Why its settings or its ledger cannot be read; what could be read stands all the same.
    pub problem: Option<Problem>,
}

/// The folder of the shelf; `None` without a home.
pub fn folder() -> Option<PathBuf> {
    Some(folders::data()?.join("migrations"))
}

/// Where these settings belong on the shelf: the same two sides have the same place.
pub fn place(folder: &Path, settings: &Settings) -> PathBuf {
    folder.join(format!("{}.toml", name(&identity(settings))))
}

/// Which migration these settings are for.
pub fn identity(settings: &Settings) -> MigrationIdentity {
    MigrationIdentity {
        source: settings.source.email.domain(),
        target: settings.target.tenant.to_lowercase(),
        account: settings.source.email.key(),
    }
}

/// Where the ledger of these settings lies: where they say, else in this folder under the name of both sides.
pub fn ledger(folder: Option<&Path>, settings: &Settings) -> Option<PathBuf> {
    match &settings.run.ledger {
        Some(path) => Some(path.clone()),
        None => Some(folder?.join(format!("{}.ledger", name(&identity(settings))))),
    }
}

/// A file name of both sides.
fn name(identity: &MigrationIdentity) -> String {
    let plain = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() || ".-".contains(c) { c } else { '_' }).collect()
    };
    format!("{}--{}", plain(&identity.source), plain(&identity.target))
}

/// Every migration of a shelf, the one that was worked on last first. What cannot be read is listed with its problem.
/// Reads the disk: call it from a thread that may wait.
pub fn list(folder: &Path) -> Vec<Kept> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => return vec![unreadable(folder, error)],
    };
    let mut found: Vec<(SystemTime, Kept)> = Vec::new();
    for entry in entries {
        match entry.map(|entry| entry.path()) {
            Ok(path) if path.extension().is_some_and(|extension| extension == "toml") => {
                let kept = look(folder, &path);
                found.push((kept.1, kept.0));
            }
            Ok(_) => {}
            Err(error) => found.push((SystemTime::UNIX_EPOCH, unreadable(folder, error))),
        }
    }
    found.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.settings.cmp(&other.settings)));
    found.into_iter().map(|(_, kept)| kept).collect()
}

/// A migration, and when it was last touched.
fn look(folder: &Path, file: &Path) -> (Kept, SystemTime) {
    let mut kept = nothing_known(file);
    let mut touched = modified(file);
    let settings = match Settings::read(file) {
        Ok(settings) => settings,
        Err(problem) => {
            kept.problem = Some(problem);
            return (kept, touched);
        }
    };
    let identity = identity(&settings);
    (kept.source, kept.target) = (identity.source.clone(), identity.target.clone());
    let Some(path) = ledger(Some(folder), &settings) else { return (kept, touched) };
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    touched = touched.max(modified(&path)).max(modified(Path::new(&wal)));
    kept.busy = ledger::is_busy(&path);
    match ledger::peek(&path) {
        Ok(Some(overview)) if overview.identity != identity => {
            let other = Problem::new(Kind::Run, Side::Here, Guidance::LedgerOtherMigration);
            let known = overview.identity;
            kept.problem =
                Some(other.with("file", path.display()).with("source", known.source).with("target", known.target));
        }
        Ok(Some(overview)) => {
            kept.state = overview.last_batch.map(|(_, state)| state);
            (kept.started, kept.last_synced) = (overview.started, overview.last_synced);
        }
        Ok(None) => {}
        Err(problem) => kept.problem = Some(problem),
    }
    (kept, touched)
}

/// What the file's name alone tells.
fn nothing_known(file: &Path) -> Kept {
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let (source, target) = name.split_once("--").unwrap_or((&name, ""));
    Kept {
        settings: file.to_owned(),
        source: source.to_owned(),
        target: target.to_owned(),
        state: None,
        last_synced: None,
        started: None,
        busy: false,
        problem: None,
    }
}

fn unreadable(path: &Path, error: std::io::Error) -> Kept {
    let problem = settings::unreadable(path, "closed").because(error);
    Kept { problem: Some(problem), ..nothing_known(path) }
}

/// What cannot be told is long ago: it is listed last.
fn modified(path: &Path) -> SystemTime {
    std::fs::metadata(path).and_then(|found| found.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Duration;

    use super::*;

    fn settings(domain: &str) -> Settings {
        toml::from_str(&format!(
            "[source]\nemail = \"Anna@{domain}\"\nuser_name = \"anna\"\n\
             [target]\ntenant = \"{domain}.ONMICROSOFT.test\"\nclient_id = \"c\"\nusage_location = \"GB\"\n"
        ))
        .unwrap()
    }

    fn keep(folder: &Path, domain: &str, age: u64) -> PathBuf {
        let settings = settings(domain);
        let file = place(folder, &settings);
        settings.write(&file).unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000 - age);
        std::fs::File::options().write(true).open(&file).unwrap().set_modified(at).unwrap();
        file
    }

    #[test]
    fn a_shelf_that_is_not_there_is_empty_and_one_that_cannot_be_read_says_so() {
        let home = tempfile::tempdir().unwrap();
        assert_eq!(list(&home.path().join("none")), []);
        std::fs::write(home.path().join("file"), "").unwrap();
        let listed = list(&home.path().join("file"));
        assert_eq!(listed[0].problem.as_ref().unwrap().guidance, Guidance::SettingsUnreadable);
    }

    #[test]
    fn names_are_plain_and_the_same_for_the_same_two_sides() {
        let folder = Path::new("shelf");
        let odd = settings("é../x.example");
        assert_eq!(place(folder, &odd), folder.join("_.._x.example--_.._x.example.onmicrosoft.test.toml"));
        assert_eq!(
            ledger(Some(folder), &odd).unwrap(),
            folder.join("_.._x.example--_.._x.example.onmicrosoft.test.ledger")
        );
        assert_eq!(ledger(None, &odd), None);
        let mut own = odd;
        own.run.ledger = Some(PathBuf::from("own.ledger"));
        assert_eq!(ledger(None, &own).unwrap(), Path::new("own.ledger"));
    }

    #[test]
    fn the_last_touched_comes_first_and_what_cannot_be_read_is_listed_with_its_problem() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path();
        keep(folder, "old.example", 500);
        let spoilt = keep(folder, "spoilt.example", 100);
        keep(folder, "new.example", 1);
        keep(folder, "wrong.example", 300);
        std::fs::write(folder.join("wrong.example--wrong.example.onmicrosoft.test.ledger"), "no ledger at all")
            .unwrap();
        std::fs::write(&spoilt, "[source").unwrap();
        std::fs::write(folder.join("notes.txt"), "not ours").unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let touched = |name: &str| {
            std::fs::File::options().write(true).open(folder.join(name)).unwrap().set_modified(at).unwrap();
        };
        touched("wrong.example--wrong.example.onmicrosoft.test.ledger");
        touched("spoilt.example--spoilt.example.onmicrosoft.test.toml");
        let listed = list(folder);
        let sources: Vec<_> = listed.iter().map(|kept| kept.source.as_str()).collect();
        assert_eq!(sources, ["new.example", "wrong.example", "old.example", "spoilt.example"]);
        assert_eq!(listed[0].target, "new.example.onmicrosoft.test");
        assert_eq!((listed[0].state, listed[0].busy, &listed[0].problem), (None, false, &None));
        assert_eq!(listed[1].problem.as_ref().unwrap().guidance, Guidance::LedgerUnreadable);
        assert_eq!(listed[3].problem.as_ref().unwrap().guidance, Guidance::SettingsUnreadable);
    }
}
