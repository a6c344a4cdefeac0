//! Far more than usual is gone at the source: it is not followed unless the administrator says that it is right.

use cutover::engine::Migration;
use cutover::engine::control::Outcome;
use cutover::engine::plan::{Deletions, Options};
use cutover::engine::problem::Guidance;
use cutover::engine::run::{BatchState, Pass};

use crate::harness::{Bench, EACH, assert_state};
use crate::keeping_in_step::ANNA;

const MORE: u64 = 60;
/// What Anna's mailbox holds: her own duplicates as well.
const HELD: u64 = EACH + 4 + MORE;

/// Anna's mailbox holds so much that a loss counts.
async fn after_first_copy() -> (Bench, Migration, Vec<String>) {
    let bench = Bench::contoso();
    let more = (0..MORE).map(|n| bench.world.add_item(ANNA, "s-Sent", &format!("Sent {n}"))).collect();
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    (bench, migration, more)
}

/// It told that so many are gone, of so many.
async fn assert_held(migration: &Migration, outcome: &Outcome, gone: u64, held: u64) {
    assert_state(outcome, BatchState::SyncedWithErrors);
    assert_eq!((outcome.failed_recipients, outcome.books.gone), (1, gone));
    let told = migration.troubles().await.unwrap().first;
    assert_eq!(told.len(), 1);
    let (problem, number) = (&told[0].problem, |name| told[0].problem.values[name].parse::<u64>().unwrap());
    assert_eq!((problem.guidance, number("gone"), number("held")), (Guidance::SourceMuchGone, gone, held));
}

#[tokio::test(start_paused = true)]
async fn a_mailbox_that_comes_back_empty_takes_nothing_from_the_target() {
    for folders_too in [false, true] {
        let (bench, migration, _) = after_first_copy().await;
        let before = bench.world.target_content(ANNA);
        let taken = {
            let mut state = bench.world.state();
            let anna = state.source.get_mut(ANNA).unwrap();
            let all = (std::mem::take(&mut anna.items), anna.folders.clone());
            if folders_too {
                anna.folders.retain(|folder| folder.role.is_some());
            }
            all
        };
        bench.world.expire_sync_states(ANNA, false);
        for _ in 0..2 {
            let outcome = bench.run(&migration, Pass::Incremental).await;
            assert_held(&migration, &outcome, HELD, HELD).await;
            assert_eq!(bench.world.target_content(ANNA), before);
        }
        bench.world.add_item(ANNA, "s-Inbox", "Meanwhile");
        let outcome = bench.run(&migration, Pass::Incremental).await;
        assert_eq!(outcome.books.moved, 1, "everything else goes on");
        assert_held(&migration, &outcome, HELD, HELD + 1).await;
        let imports = bench.world.count("target.import");
        {
            let mut state = bench.world.state();
            let anna = state.source.get_mut(ANNA).unwrap();
            anna.items.extend(taken.0);
            anna.folders = taken.1;
        }
        bench.world.expire_sync_states(ANNA, false);
        let outcome = bench.run(&migration, Pass::Incremental).await;
        assert_state(&outcome, BatchState::Synced);
        bench.assert_equal();
        assert_eq!(bench.world.count("target.import"), imports, "what was there is not sent again");
        assert!(migration.troubles().await.unwrap().first.is_empty());
        let asked = (bench.world.count("target.delete"), bench.world.count("target.delete_folder"));
        assert_eq!(asked, (0, 0), "folders too: {folders_too}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_deleted_on_purpose_is_followed_once_the_administrator_says_so() {
    let (bench, migration, more) = after_first_copy().await;
    more.iter().for_each(|id| drop(bench.world.delete(ANNA, id)));
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_held(&migration, &outcome, MORE, HELD).await;
    let follow_all = Options { deletions: Deletions::FollowAll, ..Options::default() };
    let outcome = bench.run_with(&migration, Pass::Incremental, follow_all).await;
    assert_state(&outcome, BatchState::Synced);
    bench.assert_equal();
    assert_eq!(bench.world.state().target[ANNA].deleted.len() as u64, MORE, "recoverably");
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
}
