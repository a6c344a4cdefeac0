//! Reading the books back from MigrationFolders.csv: every line closes, every sum is that of the lines above it, and
//! MigrationStatistics.csv says the same of each mailbox.

use std::collections::HashMap;
use std::path::Path;

use super::sheet::Sheet;
use super::{folders, paths};
use crate::engine::books::{Books, FolderBooks};
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;

/// Columns before the figures, among those that are read of the folders.
const FIGURES: usize = 3;
const STATISTICS: [&str; 6] =
    ["ObjectType", "EmailAddress", "ItemsMigrated", "ItemsSkipped", "BytesMigrated", "ConsistencyGrade"];

/// A mailbox in the reports.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedMailbox {
    /// Its primary address.
    pub address: Address,
    /// Everything that it holds.
    pub whole: FolderBooks,
    /// Its grade, by name.
    pub grade: String,
}

/// Reads the books of a folder with reports back. Reads the disk: call it from a thread that may wait.
///
/// # Errors
/// `ReportUnusable`: a report cannot be read, or a line does not close or does not agree with the others.
pub fn read_back(folder: &Path) -> Result<Vec<ReportedMailbox>, Problem> {
    let paths = paths(folder);
    agree(&paths.folders, &paths.statistics)
}

/// [`read_back`] of these files.
pub(super) fn agree(folders: &Path, statistics: &Path) -> Result<Vec<ReportedMailbox>, Problem> {
    let mailboxes = close(folders)?;
    let known: HashMap<String, &ReportedMailbox> =
        mailboxes.iter().map(|mailbox| (mailbox.address.key(), mailbox)).collect();
    let mut sheet = Sheet::open(statistics, &STATISTICS, u64::MAX)?;
    while let Some(line) = sheet.next()? {
        if line.cells[0] != "Mailbox" {
            continue;
        }
        let mailbox = known.get(&Address::new(line.cells[1].as_str()).key());
        let said = mailbox.map(|mailbox| {
            let figures = [mailbox.whole.books.arrived(), mailbox.whole.books.skipped, mailbox.whole.bytes];
            (figures.map(|figure| figure.to_string()), mailbox.grade.clone())
        });
        if said.is_none_or(|(figures, grade)| line.cells[2..5] != figures || line.cells[5] != grade) {
            return Err(sheet.open_books(line.number));
        }
    }
    Ok(mailboxes)
}

/// The mailboxes of MigrationFolders.csv.
fn close(path: &Path) -> Result<Vec<ReportedMailbox>, Problem> {
    let mut sheet = Sheet::open(path, folders::HEADER, u64::MAX)?;
    let (mut mailboxes, mut mailbox, mut all) = (Vec::new(), FolderBooks::default(), FolderBooks::default());
    let mut ended = false;
    while let Some(line) = sheet.next()? {
        let figures = figures(&line.cells[FIGURES..]).ok_or_else(|| sheet.wrong(line.number))?;
        figures.books.close().map_err(|_| sheet.open_books(line.number))?;
        let sum = match line.cells[0].as_str() {
            "Folder" => {
                mailbox.add(&figures);
                continue;
            }
            "Mailbox" => {
                let (address, grade) = (Address::new(line.cells[1].as_str()), line.cells[13].clone());
                mailboxes.push(ReportedMailbox { address, whole: figures.clone(), grade });
                all.add(&figures);
                std::mem::take(&mut mailbox)
            }
            "Migration" if !ended => {
                ended = true;
                std::mem::take(&mut all)
            }
            _ => return Err(sheet.wrong(line.number)),
        };
        if sum != figures {
            return Err(sheet.open_books(line.number));
        }
    }
    let left = [mailbox, all].iter().any(|sum| *sum != FolderBooks::default());
    if ended && !left { Ok(mailboxes) } else { Err(super::sheet::unusable(path, "cut-off")) }
}

/// The figures of a line, in the order of the header.
fn figures(cells: &[String]) -> Option<FolderBooks> {
    let figures: Vec<u64> = cells.iter().take(10).map(|cell| cell.parse().ok()).collect::<Option<_>>()?;
    let [found, moved, already_there, skipped, failed, waiting, gone, missing, differing, bytes] =
        figures.try_into().ok()?;
    let books = Books { found, waiting, moved, already_there, skipped, failed, gone };
    Some(FolderBooks { path: Vec::new(), books, bytes, missing, differing })
}
