//! A migration at a glance, from inside and by looking at its ledger from outside; and what is amiss, one by one.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use cutover::engine::clock::SeededClock;
use cutover::engine::ledger::{is_busy, peek};
use cutover::engine::plan::Options;
use cutover::engine::problem::Guidance;
use cutover::engine::progress::Tally;
use cutover::engine::report::TROUBLES_SHOWN;
use cutover::engine::run::{BatchState, Pass};
use cutover::engine::{Migration, Parts};

use crate::harness::{Bench, assert_state, identity};
use crate::memory::fields;
use crate::reports::bench;

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap())).collect()
}

#[tokio::test(start_paused = true)]
async fn the_overview_is_over_all_batches_and_the_same_from_outside() {
    let bench = bench();
    assert_eq!(peek(&bench.ledger()).unwrap(), None);
    assert!(!is_busy(&bench.ledger()));
    assert!(files(bench.folder.path()).is_empty(), "looking makes no file");
    let migration = bench.open();
    let begun = migration.overview().await.unwrap();
    assert_eq!((begun.started, begun.last_synced, begun.last_batch), (None, None, None));

    bench.run(&migration, Pass::Initial).await;
    let overview = migration.overview().await.unwrap();
    assert_eq!(overview.identity, identity());
    assert_eq!(overview.mailboxes, Tally { total: 2, done: 1, failed: 1 });
    assert_eq!(overview.contacts, Tally { total: 2, done: 2, failed: 0 });
    assert_eq!(overview.groups, Tally { total: 1, done: 1, failed: 0 });
    assert_eq!(overview.mailboxes_with_errors, 2, "one that failed, one with items that failed");
    assert_eq!(overview.last_batch, Some(("Batch 1".to_owned(), BatchState::SyncedWithErrors)));
    assert_eq!((overview.books.found, overview.books.moved, overview.books.failed), (7, 1, 5));
    let (started, synced) = (overview.started.unwrap(), overview.last_synced.unwrap());
    assert!(started < synced);
    assert!(is_busy(&bench.ledger()));
    assert_eq!(peek(&bench.ledger()).unwrap().unwrap(), overview, "while it is open");

    // An hour later all goes well, but for what nobody can import.
    tokio::time::sleep(Duration::from_secs(3600)).await;
    bench.world.misbehave(|_| crate::memory::Fault::None);
    bench.run(&migration, Pass::Initial).await;
    let later = migration.overview().await.unwrap();
    assert_eq!(later.mailboxes, Tally { total: 2, done: 2, failed: 0 });
    assert_eq!((later.mailboxes_with_errors, later.last_batch.as_ref().unwrap().0.as_str()), (1, "Batch 2"));
    assert_eq!(later.started, Some(started));
    assert!(later.last_synced.unwrap() >= synced + Duration::from_secs(3600));
    drop(migration);
    let before = files(bench.folder.path());
    assert!(!is_busy(&bench.ledger()));
    assert_eq!(peek(&bench.ledger()).unwrap().unwrap(), later, "after it was closed");
    assert_eq!(files(bench.folder.path()), before, "looking changes nothing");
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_was_wrong_once_does_not_put_off_what_comes_after() {
    let bench = Bench::contoso();
    let ahead = Arc::new(AtomicI64::new(4 * 365 * 24 * 3600));
    let clock = SeededClock::new("2026-11-20T08:00:00Z".parse().unwrap(), 1).ahead_by(ahead.clone());
    let parts = Parts { clock: Arc::new(clock), ..bench.parts() };
    let migration = Migration::open(&bench.ledger(), parts, &identity()).unwrap();
    bench.run(&migration, Pass::Initial).await;
    let wrong = migration.overview().await.unwrap().last_synced.unwrap();
    ahead.store(0, Ordering::SeqCst);
    bench.run(&migration, Pass::Incremental).await;
    let right = migration.overview().await.unwrap().last_synced.unwrap();
    assert!(right < wrong && right <= migration.now(), "{right}, after {wrong}");
}

#[tokio::test(start_paused = true)]
async fn what_a_crash_left_is_seen_as_it_will_be_opened_and_stays_as_it_is() {
    let bench = Bench::contoso();
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    while bench.world.count("target.import") < 20 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let state = peek(&bench.ledger()).unwrap().unwrap().last_batch.unwrap().1;
    assert_eq!(state, BatchState::Syncing);
    // What the disk holds at this moment, without whoever writes there: the power went.
    let crashed = tempfile::tempdir().unwrap();
    for (name, bytes) in files(bench.folder.path()).into_iter().filter(|(name, _)| !name.ends_with("-shm")) {
        std::fs::write(crashed.path().join(name), bytes).unwrap();
    }
    let ledger = crashed.path().join("migration.ledger");
    let wal = crashed.path().join("migration.ledger-wal");
    assert!(std::fs::metadata(&wal).unwrap().len() > 0, "the crash left something to recover");
    let kept = |name: &str| std::fs::read(crashed.path().join(name)).unwrap();
    let before = (kept("migration.ledger"), kept("migration.ledger-wal"));
    for _ in 0..2 {
        let seen = peek(&ledger).unwrap().unwrap();
        assert_eq!(seen.last_batch, Some(("Batch 1".to_owned(), BatchState::Stopped)));
        assert_eq!(seen.mailboxes.total, 3);
        assert!(seen.books.moved > 0);
        assert_eq!(seen.last_synced, None);
        assert!((kept("migration.ledger"), kept("migration.ledger-wal")) == before, "nothing was recovered yet");
    }
    assert_state(&handle.outcome().await, BatchState::Synced);
}

#[test]
fn what_is_no_ledger_is_refused_by_looking_too() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a b #1%20é.ledger");
    std::fs::write(&file, b"").unwrap();
    assert_eq!(peek(&file).unwrap(), None, "made, and cut off before anything was in it");
    for bytes in [b"not a database, but long enough to be looked at".repeat(40), b"SQLite format 3\0".to_vec()] {
        std::fs::write(&file, &bytes).unwrap();
        assert_eq!(peek(&file).unwrap_err().guidance, Guidance::LedgerUnreadable);
        assert_eq!(std::fs::read(&file).unwrap(), bytes);
    }
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    assert_eq!(peek(&file).unwrap_err().guidance, Guidance::LedgerUnreadable);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing was made beside it");
}

#[tokio::test(start_paused = true)]
async fn troubles_are_those_of_the_error_report_one_by_one() {
    let bench = bench();
    let migration = bench.open();
    assert_eq!(migration.troubles().await.unwrap().total, 0);
    bench.run(&migration, Pass::Initial).await;
    drop(migration);
    let migration = bench.open();
    let troubles = migration.troubles().await.unwrap();
    assert_eq!(troubles.total, 7);
    let told: Vec<_> = troubles
        .first
        .iter()
        .map(|t| (t.address.as_str(), t.folder.as_str(), t.subject.as_str(), t.problem.guidance, t.retryable))
        .collect();
    let anna = "anna@contoso.com";
    assert_eq!(told[0], ("ben@contoso.com", "", "", Guidance::SourceAccessDenied, true));
    assert!(told.contains(&(anna, "Inbox", "=Refused 4", Guidance::TargetItemRefused, true)));
    assert!(told.contains(&(anna, "Sent Items", "Giant", Guidance::TargetItemTooLarge, false)));
    assert_eq!(told.iter().filter(|trouble| trouble.3 == Guidance::TargetItemRefused).count(), 5);
    assert_eq!(troubles.first[1].name, "=Anna, \"Bell\"");
}

#[tokio::test(start_paused = true)]
async fn more_troubles_than_anybody_reads_are_counted() {
    let bench = Bench::anna(0);
    for n in 0..TROUBLES_SHOWN + 5 {
        let mut refused = fields(&format!("Refused {n}"), n.to_be_bytes().to_vec());
        refused.class = "IPM.Refused".to_string();
        bench.world.add("anna@contoso.com", "s-Inbox", refused);
    }
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let troubles = migration.troubles().await.unwrap();
    assert_eq!((troubles.first.len(), troubles.total), (TROUBLES_SHOWN, TROUBLES_SHOWN as u64 + 5));
}
