//! What the reports and the books must say of the source, by the truth alone.

use std::collections::BTreeMap;
use std::path::Path;

use cutover::engine::problem::Guidance;

use crate::memory::World;
use crate::truth::{Truth, mark_of};
use crate::world::unmovable;

/// An item that cannot move.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftBehind {
    pub subject: String,
    pub guidance: Guidance,
    /// It counts as skipped, not as failed.
    pub skipped: bool,
    /// Users of the target changed or deleted the copy of what it was before, which stands: then nothing is left behind.
    pub theirs: bool,
}

/// What cannot move of a mailbox, sorted.
pub fn left_behind(world: &World, truth: &Truth, address: &str) -> Vec<LeftBehind> {
    let state = world.state();
    let items = state.source[address].items.iter();
    let mut found: Vec<LeftBehind> = items
        .filter_map(|item| {
            let (guidance, skipped) = unmovable(&item.fields)?;
            // What is damaged does not even tell its subject.
            let subject = if guidance == Guidance::SourceItemDamaged { "" } else { &item.fields.subject }.to_string();
            let theirs = truth.lives.get(mark_of(&item.fields)).is_some_and(|life| !life.theirs.is_empty());
            Some(LeftBehind { subject, guidance, skipped, theirs })
        })
        .collect();
    found.sort();
    found
}

/// The ledger's books by folder are what the source holds, when nobody does anything.
pub fn folder_books(world: &World, ledger: &Path) -> Result<(), String> {
    let db = rusqlite::Connection::open(ledger).unwrap();
    let mut kept: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut statement = db
        .prepare(
            "SELECT recipient.key, folder.source_id, count(*) FROM item JOIN folder ON folder.id = item.folder
             JOIN recipient ON recipient.id = folder.recipient WHERE item.state <> 'gone' GROUP BY 1, 2",
        )
        .unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let count: i64 = row.get(2).unwrap();
        kept.insert((row.get(0).unwrap(), row.get(1).unwrap()), count as u64);
    }
    let mut true_ones: BTreeMap<(String, String), u64> = BTreeMap::new();
    for (address, mailbox) in &world.state().source {
        for item in &mailbox.items {
            *true_ones.entry((address.clone(), item.folder.clone())).or_default() += 1;
        }
    }
    if kept == true_ones { Ok(()) } else { Err(format!("the books say {kept:?}, there are {true_ones:?}")) }
}
