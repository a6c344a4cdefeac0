//! What an earlier report alone holds is put aside before a new one takes its place: initial passwords that nobody else
//! knows, and the proof of a time that is over.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file::problem_of;
use super::sheet::{NOT_A_REPORT, Sheet};
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;

/// Puts the statistics of this path aside if they hold an initial password of somebody who is not among these, by the
/// addresses' keys. Answers where they are then.
pub(super) async fn passwords(path: &Path, known: HashSet<String>) -> Result<Option<PathBuf>, Problem> {
    let place = path.to_path_buf();
    on_disk(path, move || {
        if !holds_others(&place, &known) {
            return Ok(None);
        }
        let free = (1_u32..).map(|n| beside(&place, &format!("passwords-{n}"))).find(|free| !free.exists());
        let Some(free) = free else { return Err(io::ErrorKind::AlreadyExists.into()) };
        fs::rename(&place, &free).map(|()| Some(free))
    })
    .await
}

/// Puts a proof aside that is no longer about what is so now, in the place of the one before.
pub(super) async fn proof(path: &Path) -> Result<(), Problem> {
    let place = path.to_path_buf();
    on_disk(path, move || match fs::rename(&place, beside(&place, "earlier")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    })
    .await
}

async fn on_disk<T: Send + 'static>(
    path: &Path,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Problem> {
    let done = tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)));
    done.map_err(|error| problem_of(path, &error))
}

/// `Name.csv` as `Name.marked.csv`.
fn beside(path: &Path, mark: &str) -> PathBuf {
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    path.with_extension(format!("{mark}.{ending}"))
}

/// What is no report of ours holds nothing of ours; one that cannot be read, or not to its end, may.
fn holds_others(path: &Path, known: &HashSet<String>) -> bool {
    let mut sheet = match Sheet::open(path, &["EmailAddress", "InitialPassword"], u64::MAX) {
        Ok(sheet) => sheet,
        Err(_) if !path.exists() => return false,
        Err(problem) => return problem.values.get("reason").is_none_or(|reason| reason != NOT_A_REPORT),
    };
    loop {
        match sheet.next() {
            Ok(None) => return false,
            Ok(Some(line))
                if line.cells[1].is_empty() || known.contains(&Address::new(line.cells[0].as_str()).key()) => {}
            Ok(Some(_)) | Err(_) => return true,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn set(folder: &Path, text: &str) -> PathBuf {
        let path = folder.join("MigrationStatistics.csv");
        fs::write(&path, text).unwrap();
        path
    }

    #[tokio::test]
    async fn only_passwords_that_nobody_else_knows_are_put_aside_and_never_over_others() {
        let folder = tempfile::tempdir().unwrap();
        let anna = || HashSet::from(["anna@contoso.com".to_string()]);
        let absent = folder.path().join("MigrationStatistics.csv");
        assert_eq!(passwords(&absent, anna()).await.unwrap(), None);
        let header = "\u{feff}EmailAddress,InitialPassword\r\n";
        for known in ["no report", &format!("{header}ANNA@contoso.com,secret\r\nben@contoso.com,\r\n")] {
            let path = set(folder.path(), known);
            assert_eq!(passwords(&path, anna()).await.unwrap(), None);
            assert!(path.exists());
        }
        assert!(holds_others(folder.path(), &anna()), "what cannot be read may hold some");
        for (n, text) in [(1, "ben@contoso.com,secret\r\n"), (2, "cut off"), (3, "ben@contoso.com,secret\r\n")] {
            let text = format!("{header}{text}");
            let path = set(folder.path(), &text);
            let aside = folder.path().join(format!("MigrationStatistics.passwords-{n}.csv"));
            assert_eq!(passwords(&path, anna()).await.unwrap().as_ref(), Some(&aside));
            assert_eq!((path.exists(), fs::read_to_string(aside).unwrap()), (false, text));
        }
    }

    #[tokio::test]
    async fn a_proof_that_is_over_takes_the_place_of_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("MigrationProof.jsonl");
        proof(&path).await.unwrap();
        for text in ["first", "second"] {
            fs::write(&path, text).unwrap();
            proof(&path).await.unwrap();
            assert!(!path.exists());
            assert_eq!(fs::read_to_string(folder.path().join("MigrationProof.earlier.jsonl")).unwrap(), text);
        }
    }
}
