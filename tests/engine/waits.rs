//! What work waits for is told: of a run in its snapshots, of all else by the migration.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cutover::engine::Migration;
use cutover::engine::control::Outcome;
use cutover::engine::plan::Options;
use cutover::engine::problem::Side;
use cutover::engine::progress::{Snapshot, Stage};
use cutover::engine::retry::ATTEMPTS;
use cutover::engine::run::{BatchState, Pass};
use cutover::engine::waiting::Waiting;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::harness::{Bench, assert_state};
use crate::memory::{Fault, busy};

/// What is waited for, one after the other and each once, until nobody can wait any more.
fn watched<T: Send + Sync + 'static>(
    mut shown: watch::Receiver<T>,
    look: fn(&T) -> Option<Waiting>,
) -> JoinHandle<Vec<Option<Waiting>>> {
    tokio::spawn(async move {
        let (mut waits, mut last) = (Vec::new(), None);
        while shown.changed().await.is_ok() {
            let now = look(&shown.borrow_and_update());
            if now.map(Waiting::name) != last {
                last = now.map(Waiting::name);
                waits.push(now);
            }
        }
        waits
    })
}

fn names(waits: &[Option<Waiting>]) -> Vec<Option<&'static str>> {
    waits.iter().map(|waiting| waiting.map(Waiting::name)).collect()
}

#[tokio::test(start_paused = true)]
async fn what_survey_plan_and_comparison_wait_for_is_told() {
    let bench = Bench::contoso();
    bench.world.misbehave(|request| match (request.operation, request.nth) {
        ("source.survey", 1) => Fault::Fail(busy(Side::Source, 300)),
        ("target.tenant", 1) => Fault::Fail(busy(Side::Target, 300)),
        ("target.facets", 0) => Fault::Fail(busy(Side::Target, 300)),
        _ => Fault::None,
    });
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let told = watched(migration.waiting(), |now| *now);
    let survey = migration.survey(&|_| {}).await.unwrap();
    migration.plan(survey, Options::default()).await.unwrap();
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
    drop(migration);
    let sides = [Some("source"), None, Some("target"), None, Some("target"), None];
    assert_eq!(names(&told.await.unwrap()), sides);
}

#[tokio::test(start_paused = true)]
async fn a_survey_by_itself_says_that_it_will_try_again() {
    let bench = Bench::contoso();
    bench.world.misbehave(|request| match (request.operation, request.nth as u32) {
        ("source.survey", 0..ATTEMPTS) => Fault::Fail(crate::memory::lost(Side::Source)),
        _ => Fault::None,
    });
    let migration = bench.open().unattended();
    let told = watched(migration.waiting(), |now| *now);
    migration.survey(&|_| {}).await.unwrap();
    drop(migration);
    assert_eq!(names(&told.await.unwrap()), [Some("another-try"), None]);
}

#[tokio::test(start_paused = true)]
async fn a_comparison_that_waits_in_part_does_not_stand_still() {
    let bench = Bench::contoso();
    bench.world.misbehave(|request| match (request.operation, request.nth) {
        ("target.facets", 0) => Fault::Fail(busy(Side::Target, 300)),
        _ => Fault::None,
    });
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Complete { ignore_errors: false }).await.unwrap();
    let compares = |now: &Snapshot| if now.stage == Stage::Verifying { now.waiting } else { None };
    let told = watched(handle.snapshots(), compares);
    let elsewhere = watched(migration.waiting(), |now| *now);
    let still = watched(handle.snapshots(), |now| now.waiting.filter(|_| now.stands_still()));
    assert_state(&handle.outcome().await, BatchState::Completed);
    drop((handle, migration));
    assert_eq!(names(&told.await.unwrap()), [Some("target"), None]);
    assert_eq!((still.await.unwrap(), elsewhere.await.unwrap()), (vec![], vec![]), "a run tells by itself");
}

/// Runs a batch; and what its contacts and groups were seen to wait for, one after the other and each once.
async fn run_and_look(migration: &Migration) -> (Outcome, Vec<Option<Waiting>>) {
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    let looking = watched(handle.snapshots(), |now| now.waiting);
    let outcome = handle.outcome().await;
    drop(handle);
    (outcome, looking.await.unwrap())
}

#[tokio::test(start_paused = true)]
async fn what_contacts_and_groups_wait_for_is_told() {
    let bench = Bench::contoso();
    bench.world.misbehave(|request| match (request.operation, request.nth) {
        ("target.create_group", 0) => Fault::Fail(busy(Side::Target, 300)),
        ("target.set_members", 0..12) => Fault::Fail(crate::memory::lost(Side::Target)),
        _ => Fault::None,
    });
    let migration = bench.open();
    let (outcome, waits) = run_and_look(&migration).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!(names(&waits), [Some("target"), None, Some("another-try"), None]);
}

#[tokio::test(start_paused = true)]
async fn a_member_that_was_made_just_now_and_does_not_show_yet_is_waited_for() {
    let bench = Bench::contoso();
    let (world, hidden) = (Arc::downgrade(&bench.world), Mutex::new(None));
    bench.world.misbehave(move |request| {
        let (world, mut hidden) = (world.upgrade().unwrap(), hidden.lock().unwrap());
        match &mut *hidden {
            None if request.operation == "target.create_group" => {
                *hidden = Some((world.now(), std::mem::take(&mut world.state().target_contacts)));
            }
            Some((since, contacts)) if world.now() - *since > Duration::from_secs(5) => {
                world.state().target_contacts.append(contacts);
            }
            _ => {}
        }
        Fault::None
    });
    let migration = bench.open();
    let (outcome, waits) = run_and_look(&migration).await;
    assert_state(&outcome, BatchState::Synced);
    assert!(matches!(waits[..], [Some(Waiting::Recipients { .. }), None]), "told, without a gap: {waits:?}");
    bench.assert_equal();
    let sets = bench.world.count("target.set_members");
    assert_eq!(sets, bench.world.state().groups.len(), "members are set once: users may change them at any time");
}
