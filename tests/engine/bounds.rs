//! Whatever the other side does, no work goes on for ever.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use cutover::engine::item::{ChangePage, Content, Folder, FolderId, Interchange, ItemId, Summary};
use cutover::engine::port::Source;
use cutover::engine::problem::{Guidance, Problem};
use cutover::engine::recipient::Address;
use cutover::engine::retry::STOP_GRACE;
use cutover::engine::run::{BatchState, Pass};
use cutover::engine::{Migration, Parts};

use crate::harness::{ANNA, Bench, assert_state};
use crate::memory::{Fault, World};
use crate::stopping::{started, until_imports};

#[tokio::test(start_paused = true)]
async fn items_that_move_each_time_they_are_asked_for_hold_nobody_up_for_ever() {
    let bench = Bench::anna(5);
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    let (world, id) = (Arc::downgrade(&bench.world), Mutex::new("i1".to_string()));
    bench.world.misbehave(move |request| {
        if let (true, Some(world)) = (request.operation == "source.changes", world.upgrade()) {
            let mut id = id.lock().unwrap();
            *id = world.move_item(ANNA, &id, ["s-Sent", "s-Inbox"][request.nth % 2]);
        }
        Fault::None
    });
    let run = bench.run(&migration, Pass::Incremental);
    assert_state(&tokio::time::timeout(Duration::from_secs(3600), run).await.expect("it ends"), BatchState::Synced);
    bench.world.behave();
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn an_import_that_never_answers_is_awaited_for_a_moment_only() {
    let bench = Bench::new();
    let (migration, handle) = started(&bench).await;
    bench.world.misbehave(|request| if request.operation == "target.import" { Fault::Hang } else { Fault::None });
    until_imports(&bench, 4).await;
    handle.stop_now();
    let stopped_at = tokio::time::Instant::now();
    assert_state(&handle.outcome().await, BatchState::Stopped);
    assert!(stopped_at.elapsed() <= STOP_GRACE + Duration::from_secs(1), "{:?}", stopped_at.elapsed());
    bench.world.behave();
    bench.run_to_equal(&migration).await;
}

/// A source whose pages of changes lead from a state to the same state.
struct Circle(Arc<World>);

#[async_trait]
impl Source for Circle {
    async fn folders(&self, mailbox: &Address) -> Result<Vec<Folder>, Problem> {
        Source::folders(self.0.as_ref(), mailbox).await
    }
    async fn changes(&self, mailbox: &Address, folder: &FolderId, _: Option<&str>) -> Result<ChangePage, Problem> {
        let page = self.0.changes(mailbox, folder, None).await?;
        Ok(ChangePage { changes: page.changes, sync_state: "here".to_string(), last: false })
    }
    async fn describe(&self, mailbox: &Address, ids: &[ItemId]) -> Result<Vec<Result<Summary, Problem>>, Problem> {
        self.0.describe(mailbox, ids).await
    }
    async fn read(&self, mailbox: &Address, ids: &[ItemId]) -> Result<Vec<Result<Content, Problem>>, Problem> {
        self.0.read(mailbox, ids).await
    }
    async fn mime(&self, mailbox: &Address, item: &ItemId) -> Result<Interchange, Problem> {
        self.0.mime(mailbox, item).await
    }
}

#[tokio::test(start_paused = true)]
async fn pages_that_lead_nowhere_fail_the_mailbox() {
    let bench = Bench::anna(5);
    let parts = Parts { source: Arc::new(Circle(bench.world.clone())), ..bench.parts() };
    let migration = Migration::open(&bench.ledger(), parts, &crate::harness::identity()).unwrap();
    let run = bench.run(&migration, Pass::Initial);
    let outcome = tokio::time::timeout(Duration::from_secs(3600), run).await.expect("it ends");
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!(outcome.failed_recipients, 1);
    let told = migration.troubles().await.unwrap().first;
    assert_eq!(told[0].problem.guidance, Guidance::SourceAnswerMalformed);
}
