//! MigrationStatistics.csv: every mailbox, group and contact that was migrated.

use std::collections::HashMap;

use super::time;
use crate::engine::ledger::books::{self, Scope};
use crate::engine::ledger::recipients::{Detail, Record};
use crate::engine::ledger::verdicts;
use crate::engine::migration::Core;
use crate::engine::problem::Problem;
use crate::engine::verdict::ConsistencyGrade;

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

/// The figures of a mailbox; empty for objects without items.
#[derive(Default)]
struct Figures {
    migrated: String,
    skipped: String,
    bytes: String,
    grade: String,
}

pub(super) async fn lines(
    core: &Core,
    records: &[Record],
    passwords: &HashMap<i64, String>,
    batches: &HashMap<i64, String>,
) -> Result<Vec<Vec<String>>, Problem> {
    let mut lines = Vec::new();
    for record in records.iter().filter(|record| record.synced.is_some()) {
        let figures = match record.detail {
            Detail::Mailbox(_) => figures(core, record).await?,
            _ => Figures::default(),
        };
        lines.push(vec![
            record.detail.object_type().to_string(),
            record.detail.address().to_string(),
            record.detail.display_name().to_string(),
            record.state.name().to_string(),
            figures.migrated,
            figures.skipped,
            figures.bytes,
            time(record.started),
            time(record.finished),
            time(record.synced),
            figures.grade,
            passwords.get(&record.id).cloned().unwrap_or_default(),
            batches.get(&record.batch).cloned().unwrap_or_default(),
        ]);
    }
    Ok(lines)
}

/// Items migrated are those on the target for an item that is or was at the source: moved by any batch.
async fn figures(core: &Core, record: &Record) -> Result<Figures, Problem> {
    let (id, batch) = (record.id, record.batch);
    let (books, counts, bytes) = core
        .ledger
        .read(move |db| {
            let scope = Scope::Recipient(id);
            Ok((books::count(db, scope, batch)?, verdicts::counts(db, scope)?, verdicts::bytes(db, id)?))
        })
        .await?;
    let grade = ConsistencyGrade::of(&books, counts.missing, counts.differing, record.state.is_failure());
    Ok(Figures {
        migrated: books.arrived().to_string(),
        skipped: books.skipped.to_string(),
        bytes: bytes.to_string(),
        grade: grade.name().to_string(),
    })
}
