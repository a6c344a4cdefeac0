//! Verify holds both sides against each other and against what was sent.

use cutover::engine::migration::Migration;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::run::{BatchState, Pass};
use cutover::engine::verdict::{Arrivals, Comparison, ConsistencyGrade, Scope, Verdict};

use crate::harness::{ALL, Bench, assert_state};
use crate::memory::Fault;

const ANNA: &str = "anna@contoso.com";

/// A migration whose first run is over.
async fn migrated(bench: &Bench) -> Migration {
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    migration
}

async fn verified(migration: &Migration) -> Verdict {
    migration.verify(&|_| {}).await.unwrap()
}

/// The ids of so many items of Anna's inbox at the source.
fn some_ids<const N: usize>(bench: &Bench) -> [String; N] {
    let state = bench.world.state();
    let inbox = state.source[ANNA].items.iter().filter(|item| item.folder == "s-Inbox");
    inbox.take(N).map(|item| item.id.clone()).collect::<Vec<_>>().try_into().unwrap()
}

#[tokio::test(start_paused = true)]
async fn what_changed_at_the_source_since_is_told_apart_from_what_is_lost() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    let [edited, deleted, damaged] = some_ids(&bench);
    bench.world.edit(ANNA, &edited, |fields| fields.body.push_str(" More."));
    bench.world.delete(ANNA, &deleted);
    bench.world.edit(ANNA, &damaged, |fields| fields.class = "IPM.Damaged".to_string());
    bench.world.add_item(ANNA, "s-Inbox", "New since");
    let folder = bench.world.add_folder(ANNA, "s-Root", "New folder", "IPF.Note");
    bench.world.add_item(ANNA, &folder, "In it");
    bench.world.state().target.get_mut(ANNA).unwrap().items.last_mut().unwrap().fields.subject.push('!');
    let verdict = verified(&migration).await;
    let expected =
        Comparison { equal: ALL - 4, changed: 1, gone: 1, unread: 1, differing: 1, ..Comparison::default() };
    assert_eq!(verdict.compared, expected);
    assert_eq!((verdict.verified, verdict.missing, verdict.differing), (ALL - 1, 0, 1));
    assert_eq!(verdict.arrivals, Arrivals { items: 2, unasked: 0 });
    assert_eq!(verdict.mailboxes[0].compared, Comparison { equal: verdict.mailboxes[0].compared.equal, ..expected });
    assert_eq!(verdict.mailboxes[1].arrivals, Arrivals::default());
    assert_eq!(verdict.mailboxes[1].grade, ConsistencyGrade::Perfect);
    assert!(!verdict.nothing_lost());
    // What was lost is mended there; the rest is the next synchronisation's and was never lost.
    bench.world.state().target.get_mut(ANNA).unwrap().items.last_mut().unwrap().fields.subject.pop();
    assert!(verified(&migration).await.nothing_lost());
}

#[tokio::test(start_paused = true)]
async fn both_sides_edited_alike_are_equal() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    let [edited] = some_ids(&bench);
    bench.world.edit(ANNA, &edited, |fields| fields.read = true);
    let subject =
        bench.world.state().source[ANNA].items.iter().find(|item| item.id == edited).unwrap().fields.clone();
    let mut state = bench.world.state();
    let copy = state.target.get_mut(ANNA).unwrap().items.iter_mut();
    copy.filter(|item| item.fields.subject == subject.subject).for_each(|item| item.fields.read = true);
    drop(state);
    assert_eq!(verified(&migration).await.compared, Comparison { equal: ALL, ..Comparison::default() });
}

#[tokio::test(start_paused = true)]
async fn a_source_that_is_switched_off_leaves_the_comparison_with_what_was_sent() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    for (kind, guidance) in
        [(Kind::Run, Guidance::SourcePasswordWrong), (Kind::Mailbox, Guidance::SourceAccessDenied)]
    {
        let closed = Problem::new(kind, Side::Source, guidance).with("user", "migrator").with("mailbox", "all");
        bench.world.misbehave(move |request| match request.operation {
            operation if operation.starts_with("source.") => Fault::Fail(closed.clone()),
            _ => Fault::None,
        });
        let before = bench.world.state().requests.len();
        let verdict = verified(&migration).await;
        assert_eq!(verdict.compared, Comparison { unread: ALL, ..Comparison::default() });
        assert!(verdict.nothing_lost(), "everything is on the target as it was sent");
        assert!(verdict.arrivals.unasked >= 3 * 8, "{:?}", verdict.arrivals);
        let requests = bench.world.state().requests[before..].to_vec();
        let asked = requests.iter().filter(|request| request.operation.starts_with("source.")).count();
        assert!(asked <= 12, "a mailbox that does not answer is not asked over and over: {asked}");
        let told = migration.troubles().await.unwrap();
        assert!(told.first.iter().any(|trouble| trouble.problem.guidance == guidance), "{told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_folder_whose_state_expired_is_not_counted_and_said_to_be_so() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    bench.world.expire_sync_states(ANNA, false);
    let verdict = verified(&migration).await;
    assert_eq!(verdict.arrivals, Arrivals { items: 0, unasked: 9 });
    assert!(verdict.nothing_lost());
}

#[tokio::test(start_paused = true)]
async fn a_sample_compares_what_it_draws_and_says_how_much_it_left_out() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    bench.world.state().requests.clear();
    let scope = Scope::Sample { percent: 20, seed: 3 };
    let verdict = migration.verify_scope(scope, &|_| {}).await.unwrap();
    let drawn = verdict.compared.equal;
    assert_eq!(verdict.scope, scope);
    assert_eq!(verdict.compared, Comparison { equal: drawn, left_out: ALL - drawn, ..Comparison::default() });
    assert!((10..=45).contains(&drawn), "{drawn} of {ALL}");
    assert!(verdict.nothing_lost());
    let again = migration.verify_scope(scope, &|_| {}).await.unwrap();
    assert_eq!(again.compared, verdict.compared, "the same draw draws the same");
    bench.world.state().target.get_mut(ANNA).unwrap().items.clear();
    let verdict = migration.verify_scope(scope, &|_| {}).await.unwrap();
    assert!(verdict.missing > 0 && !verdict.nothing_lost());
}
