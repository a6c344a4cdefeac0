//! The reports that an administrator opens in a spreadsheet: MigrationStatistics.csv and MigrationErrors.csv; and the
//! proof of the last verification.
//!
//! UTF-8 with byte order mark, CRLF, RFC 4180 quoting, the header always there, one object per line; a text cell that a
//! spreadsheet could take for a formula is disarmed with an apostrophe. Files are written whole or not at all, for their
//! owner only.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::finding::Finding;
use super::ledger::recipients::{self, PasswordState, Record};
use super::ledger::{batches, problems};
use super::migration::Core;
use super::passwords;
use super::problem::{Kind, Problem};
use super::run::Phase;

mod errors;
mod file;
mod proof;
mod statistics;
mod troubles;

pub use proof::Proof;
pub(crate) use proof::ProofKey;
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
    /// afterwards.
    pub include_passwords: bool,
    /// Length of passwords that must be set anew because they were lost.
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
    /// MigrationProof.jsonl, if a verification came to its end and nothing was done since.
    pub proof: Option<Proof>,
    /// What to tell the administrator, such as passwords that had to be set anew.
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

fn paths(folder: &Path) -> (PathBuf, PathBuf) {
    (folder.join("MigrationStatistics.csv"), folder.join("MigrationErrors.csv"))
}

/// Tries whether reports can be written into a folder, so that it is known before a long run. Leaves nothing behind.
///
/// # Errors
/// `ReportUnwritable`.
pub async fn check(folder: &Path) -> Result<(), Problem> {
    let (statistics, errors) = paths(folder);
    file::check(&statistics).await?;
    file::check(&errors).await?;
    file::check(&proof::path(folder)).await
}

/// Writes the reports and, after a verification, its proof.
pub(crate) async fn write(
    core: &Core,
    folder: &Path,
    options: ReportOptions,
    words: &dyn Words,
) -> Result<Reports, Problem> {
    let (records, noted, names, troubles) = core
        .ledger
        .read(|db| {
            let names = batches::names(db)?;
            Ok((recipients::all(db)?, problems::all(db)?, names, errors::gather(db)?))
        })
        .await?;
    let (passwords, findings) = passwords_of(core, &records, &options).await?;
    let statistics = statistics::lines(core, &records, &passwords, &names).await?;
    let errors = errors::lines(core, &records, &noted, &troubles, &options.extra, &names, words).await?;
    let (statistics_path, errors_path) = paths(folder);
    let mut reports = Reports {
        statistics: statistics_path,
        errors: errors_path,
        proof: None,
        findings,
        amiss: troubles.iter().map(errors::Group::amiss).collect(),
    };
    file::write(&reports.statistics, statistics::HEADER, statistics).await?;
    file::write(&reports.errors, errors::HEADER, errors).await?;
    for record in records.iter().filter(|record| passwords.contains_key(&record.id)) {
        passwords::handed_over(core, record).await?;
    }
    reports.proof = proof::write(core, folder).await?;
    Ok(reports)
}

/// The initial passwords, if they were asked for. One that was lost before it was handed over is set anew.
async fn passwords_of(
    core: &Core,
    records: &[Record],
    options: &ReportOptions,
) -> Result<(HashMap<i64, String>, Vec<Finding>), Problem> {
    let (mut found, mut findings) = (HashMap::new(), Vec::new());
    if !options.include_passwords {
        return Ok((found, findings));
    }
    let caller = core.idle_caller();
    for record in records.iter().filter(|record| record.arrived && record.password != PasswordState::None) {
        let password = match passwords::current(core, record) {
            Some(password) => password,
            None if record.password == PasswordState::HandedOver => continue,
            None => match passwords::renew(core, &caller, record, options.password_length).await {
                Ok((password, finding)) => {
                    findings.push(Finding::look_at(finding));
                    password
                }
                // One account that cannot be given a new one keeps nobody else's from being handed over.
                Err(problem) if problem.kind != Kind::Run => {
                    findings.push(Finding::look_at(problem));
                    continue;
                }
                Err(problem) => return Err(problem),
            },
        };
        found.insert(record.id, password.0);
    }
    Ok((found, findings))
}

/// Seconds since 1970 UTC as `2026-11-20T08:00:12Z`; empty if there is no time.
fn time(seconds: Option<i64>) -> String {
    seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).map(|time| time.to_string()).unwrap_or_default()
}
