//! MigrationStatistics.csv: every mailbox, group and contact that was migrated.

use std::collections::HashMap;

use super::facts::{Facts, MailboxFacts};
use super::time;
use crate::engine::ledger::recipients::Record;

pub(super) const HEADER: &[&str] = &[
    "ObjectType",
    "EmailAddress",
    "DisplayName",
    "Status",
    "ItemsMigrated",
    "ItemsSkipped",
    "BytesMigrated",
    "StartedUtc",
    "FinishedUtc",
    "LastSyncedUtc",
    "ConsistencyGrade",
    "InitialPassword",
    "Batch",
];

/// Whether it has a line: it was in step once.
pub(super) fn lists(record: &Record) -> bool {
    record.synced.is_some()
}

pub(super) fn lines(facts: &Facts, passwords: &HashMap<i64, String>) -> Vec<Vec<String>> {
    let line = |record: &Record| {
        let [migrated, skipped, bytes, grade] = facts.mailboxes.get(&record.id).map(figures).unwrap_or_default();
        vec![
            record.detail.object_type().to_string(),
            record.detail.address().to_string(),
            record.detail.display_name().to_string(),
            record.state.name().to_string(),
            migrated,
            skipped,
            bytes,
            time(record.started),
            time(record.finished),
            time(record.synced),
            grade,
            passwords.get(&record.id).cloned().unwrap_or_default(),
            facts.batches.get(&record.batch).cloned().unwrap_or_default(),
        ]
    };
    facts.records.iter().filter(|record| lists(record)).map(line).collect()
}

/// Items migrated are those on the target for an item that is at the source: moved by any batch. Objects without items
/// have no figures.
fn figures(mailbox: &MailboxFacts) -> [String; 4] {
    let whole = &mailbox.whole;
    let (migrated, skipped) = (whole.books.arrived().to_string(), whole.books.skipped.to_string());
    [migrated, skipped, whole.bytes.to_string(), mailbox.grade.name().to_string()]
}
