//! MigrationFolders.csv: the books of every folder, of every mailbox with its grade, and of the migration. Every line
//! closes, and every sum is the sum of the lines above it.

use super::facts::MailboxFacts;
use crate::engine::books::FolderBooks;

pub(super) const HEADER: &[&str] = &[
    "ObjectType",
    "EmailAddress",
    "Folder",
    "ItemsFound",
    "ItemsMoved",
    "ItemsAlreadyThere",
    "ItemsSkipped",
    "ItemsFailed",
    "ItemsWaiting",
    "ItemsGone",
    "ItemsMissing",
    "ItemsDiffering",
    "BytesMigrated",
    "ConsistencyGrade",
];

/// The folders of a mailbox, then the mailbox.
pub(super) fn of_mailbox(facts: &MailboxFacts, folders: &[FolderBooks]) -> Vec<Vec<String>> {
    let address = facts.address.as_str();
    let mut lines: Vec<Vec<String>> =
        folders.iter().map(|folder| line("Folder", address, folder, String::new())).collect();
    lines.push(line("Mailbox", address, &facts.whole, facts.grade.name().to_owned()));
    lines
}

/// The whole migration.
pub(super) fn of_all(whole: &FolderBooks) -> Vec<String> {
    line("Migration", "", whole, String::new())
}

fn line(object_type: &str, address: &str, folder: &FolderBooks, grade: String) -> Vec<String> {
    let books = &folder.books;
    let mut line = vec![object_type.to_owned(), address.to_owned(), folder.shown()];
    line.extend(
        [
            books.found,
            books.moved,
            books.already_there,
            books.skipped,
            books.failed,
            books.waiting,
            books.gone,
            folder.missing,
            folder.differing,
            folder.bytes,
        ]
        .map(|figure| figure.to_string()),
    );
    line.push(grade);
    line
}
