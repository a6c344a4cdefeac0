//! Who is in groups of the target besides those who are to be: whom somebody added is told and stays; whom a run has yet to
//! take out is not said to stay.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cutover::engine::Migration;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::recipient::Address;
use cutover::engine::report::ReportOptions;
use cutover::engine::run::{BatchState, Pass};

use crate::choosing::reported;
use crate::harness::{Bench, PlainWords, assert_state};
use crate::keeping_in_step::after_first_copy;
use crate::memory::{Fault, World};

const ALL: &str = "all@contoso.com";
const STRANGER: &str = "stranger@fabrikam.com";

/// Lets something happen before this group's members are answered, given how often they were asked for before.
fn before_members(bench: &Bench, happens: impl Fn(&World, usize) + Send + Sync + 'static) {
    let (world, asked) = (Arc::downgrade(&bench.world), AtomicUsize::new(0));
    bench.world.misbehave(move |request| {
        if request.operation == "target.members" && request.address == ALL {
            happens(&world.upgrade().unwrap(), asked.fetch_add(1, Ordering::SeqCst));
        }
        Fault::None
    });
}

fn join(world: &World, member: &str) {
    world.state().target_groups.get_mut(ALL).unwrap().push(Address::new(member));
}

fn leave(world: &World, member: &str) {
    world.state().target_groups.get_mut(ALL).unwrap().retain(|there| *there != Address::new(member));
}

async fn told(migration: &Migration) -> Vec<String> {
    let told = migration.troubles().await.unwrap().first;
    let added = told.into_iter().filter(|told| told.problem.guidance == Guidance::TargetMemberAdded);
    added.map(|told| told.problem.values["member"].clone()).collect()
}

#[tokio::test(start_paused = true)]
async fn whom_somebody_adds_is_told_and_holds_no_completion_up() {
    let (bench, migration) = after_first_copy().await;
    join(&bench.world, STRANGER);
    let verdict = migration.verify(&|_| {}).await.unwrap();
    assert!(verdict.nothing_lost() && verdict.stands_changed());
    assert_eq!((verdict.directory.joined, told(&migration).await), (1, vec![STRANGER.to_string()]));
    let reports = migration.report(bench.folder.path(), ReportOptions::default(), &PlainWords).await.unwrap();
    let mut lines = csv::Reader::from_path(reports.errors).unwrap();
    let columns = lines.headers().unwrap().clone();
    let line = lines.records().map(Result::unwrap).find(|line| line.iter().any(|cell| cell == "target-member-added"));
    let line = line.expect("a line of its own");
    let cell = |name: &str| line[columns.iter().position(|column| column == name).unwrap()].to_string();
    assert_eq!(["EmailAddress", "State", "Retryable"].map(cell), [ALL, "ChangedOnTarget", "false"]);
    leave(&bench.world, STRANGER);
    assert!(!migration.verify(&|_| {}).await.unwrap().stands_changed());
    // In the last pass, after it gave the group its members.
    before_members(&bench, |world, nth| {
        if nth == 1 {
            join(world, STRANGER)
        }
    });
    let outcome = bench.run(&migration, Pass::Complete { ignore_errors: false }).await;
    assert_state(&outcome, BatchState::Completed);
    assert_eq!(outcome.verdict.unwrap().directory.joined, 1);
    let states = reported(&bench, &migration).await;
    assert!(states.contains(&(ALL.to_string(), "Completed".to_string())), "{states:?}");
}

#[tokio::test(start_paused = true)]
async fn whom_a_run_has_yet_to_take_out_is_not_said_to_stay() {
    let bench = Bench::contoso();
    bench.world.state().target_groups.insert(ALL.to_string(), vec![Address::new(STRANGER)]);
    let ends = Problem::new(Kind::Run, Side::Target, Guidance::TargetUnexpected);
    let fails = ends.clone();
    bench.world.misbehave(move |request| match request.operation {
        "target.create_group" => Fault::Fail(fails.clone()),
        _ => Fault::None,
    });
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Failed);
    bench.world.behave();
    let directory = migration.verify(&|_| {}).await.unwrap().directory;
    assert_eq!((directory.joined, told(&migration).await), (0, Vec::new()));
    assert!(!directory.groups.whole());
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    assert!(!bench.world.state().target_groups[ALL].contains(&Address::new(STRANGER)));
    // One who left at the source, in a run that did not come to the group.
    let anna = Address::new("anna@contoso.com");
    let members = bench.world.state().target_groups[ALL].clone();
    assert!(members.contains(&anna));
    for group in bench.world.state().groups.iter_mut().filter(|group| group.identity.address.key() == ALL) {
        group.members.retain(|member| *member != anna);
    }
    bench.world.misbehave(move |request| match request.operation {
        "target.set_members" => Fault::Fail(ends.clone()),
        _ => Fault::None,
    });
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Failed);
    bench.world.behave();
    let directory = migration.verify(&|_| {}).await.unwrap().directory;
    assert_eq!((directory.joined, directory.groups.whole()), (0, false));
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    assert!(!bench.world.state().target_groups[ALL].contains(&anna));
    assert!(migration.verify(&|_| {}).await.unwrap().directory.whole());
}

#[tokio::test(start_paused = true)]
async fn a_member_who_still_shows_after_being_taken_out_is_looked_at_again() {
    let (bench, migration) = after_first_copy().await;
    before_members(&bench, |world, nth| if nth == 0 { join(world, STRANGER) } else { leave(world, STRANGER) });
    let verdict = migration.verify(&|_| {}).await.unwrap();
    assert!(verdict.nothing_lost() && !verdict.stands_changed());
    assert_eq!(told(&migration).await, Vec::<String>::new());
}
