//! The reports that an administrator opens in a spreadsheet: MigrationStatistics.csv, MigrationErrors.csv,
//! MigrationItems.csv and MigrationFolders.csv; and the proof of the last verification, MigrationProof.jsonl.
//!
//! UTF-8 with byte order mark, CRLF, RFC 4180 quoting, the header always there, one object per line; a text cell that a
//! spreadsheet could take for a formula is disarmed with an apostrophe. Files are written whole or not at all, for their
//! owner only.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tokio::sync::mpsc;

use super::books::FolderBooks;
use super::finding::Finding;
use super::ledger::batches;
use super::ledger::recipients::{self, Record};
use super::migration::Core;
use super::passwords;
use super::problem::{Guidance, Kind, Problem, Side};
use super::recipient::Address;
use super::run::Phase;

mod again;
mod aside;
mod closing;
mod errors;
mod facts;
mod file;
mod folders;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod items;
mod proof;
mod sheet;
mod statistics;
mod troubles;

pub use again::to_retry;
pub use closing::{ReportedMailbox, read_back};
pub use proof::Proof;
pub(crate) use troubles::read as troubles;
pub use troubles::{TROUBLES_SHOWN, Trouble, Troubles};

/// Turns problems into sentences of the user's language.
pub trait Words: Send + Sync {
    /// What happened.
    fn message(&self, problem: &Problem) -> String;
    /// What to do about it.
    fn remedy(&self, problem: &Problem) -> String;
}

/// What to put into the reports.
#[derive(Debug, Clone, Default)]
pub struct ReportOptions {
    /// Fill the initial-password column. The administrator asked for it explicitly; the passwords count as handed over
    /// afterwards, and those that were lost before are set anew.
    pub include_passwords: bool,
    /// Length of passwords that are set anew.
    pub password_length: usize,
    /// Further lines of the error report, such as files that are no mail.
    pub extra: Vec<ErrorLine>,
}

/// A line of the error report about something that the engine does not know.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorLine {
    /// The `ObjectType` column.
    pub object_type: String,
    /// The `EmailAddress` column, or whatever names the object.
    pub name: String,
    /// In which part of the work.
    pub phase: Phase,
    /// What is wrong.
    pub problem: Problem,
    /// How many items it concerns.
    pub items: u64,
}

/// What was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Reports {
    /// MigrationStatistics.csv.
    pub statistics: PathBuf,
    /// MigrationErrors.csv.
    pub errors: PathBuf,
    /// MigrationItems.csv.
    pub items: PathBuf,
    /// MigrationFolders.csv.
    pub folders: PathBuf,
    /// MigrationProof.jsonl, if a verification came to its end and nothing was done since.
    pub proof: Option<Proof>,
    /// What to tell the administrator: passwords that were set anew, that are not known here any more, or that an earlier
    /// report alone holds.
    pub findings: Vec<Finding>,
    /// The error report's lines about items.
    pub amiss: Vec<Amiss>,
}

/// Items of one mailbox that were skipped, failed or differ, with the same cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Amiss {
    /// The first one's problem.
    pub problem: Problem,
    /// How many they are.
    pub items: u64,
}

impl Amiss {
    /// What items share that can be told as one: the cause and, where it depends on that, the class of item.
    pub fn cause(&self) -> String {
        cause(&self.problem)
    }
}

/// See [`Amiss::cause`].
fn cause(problem: &Problem) -> String {
    let class = problem.values.get("class").map(String::as_str).unwrap_or_default();
    format!("{} {class}", problem.guidance.key())
}

/// Where the reports of a folder are.
struct Paths {
    statistics: PathBuf,
    errors: PathBuf,
    items: PathBuf,
    folders: PathBuf,
}

fn paths(folder: &Path) -> Paths {
    let named = |name: &str| folder.join(format!("Migration{name}.csv"));
    Paths {
        statistics: named("Statistics"),
        errors: named("Errors"),
        items: named("Items"),
        folders: named("Folders"),
    }
}

/// Tries whether reports can be written into a folder, so that it is known before a long run. Leaves nothing behind.
///
/// # Errors
/// `ReportUnwritable`.
pub async fn check(folder: &Path) -> Result<(), Problem> {
    let Paths { statistics, errors, items, folders } = paths(folder);
    for path in [statistics, errors, items, folders, proof::path(folder)] {
        file::check(&path).await?;
    }
    Ok(())
}

/// Pieces read ahead of what is written at most.
const PIECES_AHEAD: usize = 2;

/// Writes all reports, as things are at one moment. They are put in their places once all are whole and agree.
pub(crate) async fn write(
    core: &Core,
    folder: &Path,
    options: ReportOptions,
    words: &dyn Words,
) -> Result<Reports, Problem> {
    let (records, names) = core.ledger.read(|db| Ok((recipients::all(db)?, batches::names(db)?))).await?;
    let (passwords, mut findings) = passwords_of(core, &records, &options).await?;
    let (paths, in_folder) = (paths(folder), folder);
    let (pieces, taken) = mpsc::channel(PIECES_AHEAD);
    let (facts, written) = tokio::join!(
        core.ledger.survey(move |db| facts::gather(db, &pieces)),
        write_pieces(&paths, taken, items::Lines::new(words, names)),
    );
    let (facts, (folders, items)) = (facts?, written?);
    folders.add(vec![folders::of_all(&facts.whole)]).await;
    let statistics = file::Writer::begin(&paths.statistics, statistics::HEADER);
    statistics.add(statistics::lines(&facts, &passwords)).await;
    let errors = file::Writer::begin(&paths.errors, errors::HEADER);
    errors.add(errors::lines(&facts, &options.extra, words)).await;
    let (statistics, folders) = (statistics.end().await?, folders.end().await?);
    let (errors, items) = (errors.end().await?, items.end().await?);
    let [folders, statistics] = closed(folders, statistics).await?;
    for part in [errors, items, folders] {
        part.put()?;
    }
    let outlasting = passwords::outlasting(core, &records).await?;
    let known = records.iter().filter(|record| passwords.contains_key(&record.id) || outlasting.contains(&record.id));
    let known = known.map(|record| record.detail.address().key()).collect();
    let aside = aside::passwords(&paths.statistics, known).await?;
    findings.extend(aside.map(|file| {
        let kept = Problem::new(Kind::Run, Side::Here, Guidance::InitialPasswordsPutAside);
        Finding::look_at(kept.with("file", file.display()))
    }));
    statistics.put()?;
    let handed_over: Vec<i64> = passwords.into_keys().collect();
    core.ledger.write(move |db| recipients::hand_over(db, &handed_over)).await?;
    let proof = proof::write(core, in_folder).await?;
    let amiss = facts.groups.iter().map(errors::Group::amiss).collect();
    let Paths { statistics, errors, items, folders } = paths;
    Ok(Reports { statistics, errors, items, folders, proof, findings, amiss })
}

/// Writes what there may be a lot of, piece by piece.
async fn write_pieces(
    paths: &Paths,
    mut pieces: mpsc::Receiver<facts::Piece>,
    mut lines: items::Lines<'_>,
) -> Result<(file::Writer, file::Writer), Problem> {
    let folders = file::Writer::begin(&paths.folders, folders::HEADER);
    let items = file::Writer::begin(&paths.items, items::HEADER);
    while let Some(piece) = pieces.recv().await {
        match piece {
            facts::Piece::Mailbox(facts, of) => folders.add(folders::of_mailbox(&facts, &of)).await,
            facts::Piece::Items(mailbox, folder, some) => items.add(lines.of(&mailbox, &folder, some)).await,
        }
    }
    Ok((folders, items))
}

/// The books are read back before anybody sees them: they must close, and the statistics must say the same.
async fn closed(folders: file::Part, statistics: file::Part) -> Result<[file::Part; 2], Problem> {
    let (listed, counted) = (folders.lies().to_path_buf(), statistics.lies().to_path_buf());
    let agreed = tokio::task::spawn_blocking(move || closing::agree(&listed, &counted)).await;
    let open = |cause: String| {
        Problem::new(Kind::Run, Side::Here, Guidance::Internal)
            .with("what", "the books in the reports do not close")
            .because(cause)
    };
    match agreed {
        Ok(Ok(_)) => Ok([folders, statistics]),
        Ok(Err(problem)) => Err(open(problem.to_string())),
        Err(error) => Err(open(error.to_string())),
    }
}

/// The books of each folder of a mailbox, in the order in which its folders were first seen; `None` if no batch has taken
/// up such a mailbox.
pub(crate) async fn folder_books(core: &Core, mailbox: &Address) -> Result<Option<Vec<FolderBooks>>, Problem> {
    let key = mailbox.key();
    core.ledger
        .survey(move |db| {
            let batch = batches::last(db)?.map_or(0, |batch| batch.id);
            let Some(recipient) = recipients::mailbox(db, &key)? else { return Ok(None) };
            let folders = facts::of_mailbox(db, recipient, batch)?;
            Ok(Some(folders.into_iter().map(|(_, folder)| folder).collect()))
        })
        .await
}

/// The initial passwords that go into the statistics, if they were asked for. One without a line there would be handed
/// over to nobody.
async fn passwords_of(
    core: &Core,
    records: &[Record],
    options: &ReportOptions,
) -> Result<(HashMap<i64, String>, Vec<Finding>), Problem> {
    let (mut found, mut findings) = (HashMap::new(), Vec::new());
    if !options.include_passwords {
        return Ok((found, findings));
    }
    let caller = core.idle_caller(&core.scopes.directory);
    for record in records.iter().filter(|record| statistics::lists(record)) {
        let (password, finding) = match passwords::ask(core, &caller, record, options.password_length).await {
            Ok(answer) => answer,
            // One account that cannot be given a new one keeps nobody else's from being handed over.
            Err(problem) if problem.kind != Kind::Run => (None, Some(problem)),
            Err(problem) => return Err(problem),
        };
        found.extend(password.map(|password| (record.id, password.0)));
        findings.extend(finding.map(Finding::look_at));
    }
    Ok((found, findings))
}

/// Seconds since 1970 UTC as `2026-11-20T08:00:12Z`; empty if there is no time.
fn time(seconds: Option<i64>) -> String {
    seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).map(|time| time.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::books::Books;
    use super::super::verdict::ConsistencyGrade;
    use super::*;

    /// The books of one mailbox with so many items found, and what the statistics say of them.
    async fn books(folder: &Path, found: u64, counted: u64) -> (file::Part, file::Part) {
        let whole = FolderBooks { books: Books { found, moved: 3, ..Books::default() }, ..FolderBooks::default() };
        let (address, grade) = (Address::new("anna@contoso.com"), ConsistencyGrade::Perfect);
        let facts = facts::MailboxFacts { address, whole: whole.clone(), grade };
        let paths = paths(folder);
        let folders = file::Writer::begin(&paths.folders, folders::HEADER);
        folders.add(folders::of_mailbox(&facts, std::slice::from_ref(&whole))).await;
        folders.add(vec![folders::of_all(&whole)]).await;
        let statistics = file::Writer::begin(&paths.statistics, statistics::HEADER);
        let line = statistics::HEADER.iter().map(|column| match *column {
            "ObjectType" => "Mailbox".to_string(),
            "EmailAddress" => facts.address.to_string(),
            "ItemsMigrated" => counted.to_string(),
            "ItemsSkipped" | "BytesMigrated" => "0".to_string(),
            "ConsistencyGrade" => "Perfect".to_string(),
            _ => String::new(),
        });
        statistics.add(vec![line.collect()]).await;
        (folders.end().await.unwrap(), statistics.end().await.unwrap())
    }

    #[tokio::test]
    async fn books_that_do_not_read_back_are_not_put_in_place() {
        for (found, counted, well) in [(3, 3, true), (4, 3, false), (3, 2, false)] {
            let folder = tempfile::tempdir().unwrap();
            let (folders, statistics) = books(folder.path(), found, counted).await;
            let closed = closed(folders, statistics).await.map(drop);
            assert_eq!(
                closed.map_err(|problem| problem.guidance),
                if well { Ok(()) } else { Err(Guidance::Internal) }
            );
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
        }
    }
}
