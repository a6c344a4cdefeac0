//! Stop now, stop after the mailboxes in progress, and go on.

use std::time::Duration;

use cutover::engine::control::Handle;
use cutover::engine::plan::Options;
use cutover::engine::problem::Guidance;
use cutover::engine::recipient::MailboxKind;
use cutover::engine::run::{BatchState, Pass, UserState};
use cutover::engine::waiting::Waiting;

use crate::harness::{Bench, assert_state};
use crate::memory::Fault;

/// Eight mailboxes of 40 items, two at a time.
pub async fn started(bench: &Bench) -> (cutover::engine::Migration, Handle) {
    for n in 0..8 {
        let address = format!("user{n}@contoso.com");
        bench.world.add_mailbox(&address, MailboxKind::User);
        (0..40).for_each(|item| drop(bench.world.add_item(&address, "s-Inbox", &format!("Item {item}"))));
    }
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options { at_a_time: 2, ..Options::default() }).await.unwrap();
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    (migration, handle)
}

/// Looks for imports before it is given up that they come; 10 ms of the paused clock apart.
const LOOKS: usize = 100_000;

pub async fn until_imports(bench: &Bench, imports: usize) {
    for _ in 0..LOOKS {
        if bench.world.count("target.import") >= imports {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{} imports of {imports}", bench.world.count("target.import"));
}

#[tokio::test(start_paused = true)]
async fn stop_now_puts_down_what_is_in_progress_and_a_restart_finishes_without_doubles() {
    let bench = Bench::new();
    let (migration, handle) = started(&bench).await;
    let shown = handle.snapshots();
    until_imports(&bench, 100).await;
    let second =
        migration.run(migration.plan(Default::default(), Options::default()).await.unwrap(), Pass::Initial).await;
    assert_eq!(second.err().unwrap().guidance, Guidance::LedgerBusy, "one run at a time");
    handle.stop_now();
    let stopped_at = tokio::time::Instant::now();
    let outcome = handle.outcome().await;
    assert!(stopped_at.elapsed() < Duration::from_secs(5));
    assert_state(&outcome, BatchState::Stopped);
    assert!(outcome.books.waiting > 0 && outcome.books.moved >= 80, "{:?}", outcome.books);
    let count = |state| shown.borrow().mailboxes.iter().filter(|row| row.state == state).count();
    assert_eq!((count(UserState::Synced), count(UserState::Stopped), count(UserState::Queued)), (2, 2, 4));
    let on_target: usize = bench.world.state().target.values().map(|mailbox| mailbox.items.len()).sum();
    assert_eq!(outcome.books.moved, on_target as u64, "imports in flight were heard out");
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn what_may_still_be_under_way_is_waited_for_and_the_reason_is_shown() {
    let bench = Bench::new();
    let address = "user@contoso.com";
    bench.world.add_mailbox(address, MailboxKind::User);
    let mut large = crate::memory::fields("Large", b"large".to_vec());
    large.size = 100_000_000;
    bench.world.add(address, "s-Inbox", large);
    bench.world.misbehave(|request| match request.operation {
        "target.import" => Fault::Hang,
        _ => Fault::None,
    });
    let migration = bench.open();
    let begin = async || {
        let survey = migration.survey(&|_| {}).await.unwrap();
        let plan = migration.plan(survey, Options::default()).await.unwrap();
        migration.run(plan, Pass::Initial).await.unwrap()
    };
    let first = begin().await;
    until_imports(&bench, 1).await;
    first.stop_now();
    assert_state(&first.outcome().await, BatchState::Stopped);
    bench.world.behave();
    let second = begin().await;
    let (shown, began) = (second.snapshots(), migration.now());
    let waiting = || shown.borrow().mailboxes[0].waiting;
    tokio::time::sleep(Duration::from_secs(60)).await;
    let Some(Waiting::UnderWay { until }) = waiting() else { panic!("{:?}", waiting()) };
    let longest = until.duration_since(began).as_secs();
    assert!((2 * 3600..5 * 3600 / 2).contains(&longest), "{longest} s");
    tokio::time::sleep(Duration::from_secs(3600)).await;
    let Some(Waiting::UnderWay { until: later }) = waiting() else { panic!("{:?}", waiting()) };
    assert!(until.duration_until(later).as_secs().abs() < 10, "{until} {later}");
    assert_state(&second.outcome().await, BatchState::Synced);
    assert!(waiting().is_none() && migration.now() >= until);
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn stop_after_current_finishes_the_mailboxes_in_progress() {
    let bench = Bench::new();
    let (migration, handle) = started(&bench).await;
    let shown = handle.snapshots();
    until_imports(&bench, 100).await;
    handle.stop_after_current();
    let outcome = handle.outcome().await;
    assert_state(&outcome, BatchState::Stopped);
    assert_eq!((outcome.books.moved, outcome.books.waiting), (160, 0));
    let queued = shown.borrow().mailboxes.iter().filter(|row| row.state == UserState::Queued).count();
    assert_eq!(queued, 4);
    assert_eq!(migration.last_batch().await.unwrap().unwrap().1, BatchState::Stopped);
}

#[tokio::test(start_paused = true)]
async fn concurrency_can_be_changed_while_running() {
    let bench = Bench::new();
    let (_migration, handle) = started(&bench).await;
    let shown = handle.snapshots();
    until_imports(&bench, 20).await;
    assert_eq!(shown.borrow().active(), 2);
    handle.set_at_a_time(5);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!((shown.borrow().active(), shown.borrow().concurrency), (5, 5));
    handle.set_at_a_time(99);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(shown.borrow().concurrency, 10);
    assert_state(&handle.outcome().await, BatchState::Synced);
}
