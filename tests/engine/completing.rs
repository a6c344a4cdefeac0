//! The final synchronisation, ignoring errors or not, and that it is over then.

use std::time::Duration;

use cutover::engine::plan::Options;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::run::{BatchState, Pass};

use crate::harness::{ALL, Bench, EACH, assert_state};
use crate::memory::{Fault, fields};

#[tokio::test(start_paused = true)]
async fn a_completion_synchronises_once_more_verifies_and_ends_the_migration() {
    let bench = Bench::contoso();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    bench.world.add_item("ben@contoso.com", "s-Inbox", "At the last moment");
    let outcome = bench.run(&migration, Pass::Complete { ignore_errors: false }).await;
    assert_state(&outcome, BatchState::Completed);
    assert_eq!(outcome.books.moved, 1);
    let verdict = outcome.verdict.unwrap();
    assert!(verdict.nothing_lost());
    assert_eq!(verdict.verified, ALL + 1);
    bench.assert_equal();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    let refused = migration.run(plan, Pass::Incremental).await.err().unwrap();
    assert_eq!(refused.guidance, Guidance::MigrationCompleted);
}

#[tokio::test(start_paused = true)]
async fn errors_refuse_a_completion_unless_they_are_to_be_ignored() {
    let bench = Bench::contoso();
    let mut refused = fields("Refused", b"refused".to_vec());
    refused.class = "IPM.Refused".to_string();
    bench.world.add("ben@contoso.com", "s-Inbox", refused);
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let outcome = bench.run(&migration, Pass::Complete { ignore_errors: false }).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    let problem = outcome.problem.unwrap();
    assert_eq!((problem.guidance, problem.values["errors"].as_str()), (Guidance::CompletionRefused, "1"));
    assert!(outcome.verdict.is_some());
    let outcome = bench.run(&migration, Pass::Complete { ignore_errors: true }).await;
    assert_state(&outcome, BatchState::CompletedWithErrors);
}

#[tokio::test(start_paused = true)]
async fn a_stop_during_the_final_verify_stops() {
    let bench = Bench::contoso();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Complete { ignore_errors: false }).await.unwrap();
    while bench.world.count("target.facets") < 2 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    handle.stop_now();
    assert_state(&handle.outcome().await, BatchState::Stopped);
    assert_state(&bench.run(&migration, Pass::Complete { ignore_errors: false }).await, BatchState::Completed);
}

#[tokio::test(start_paused = true)]
async fn what_could_not_be_compared_refuses_a_completion() {
    let bench = Bench::contoso();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let broken = Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetUnexpected).with("code", "export");
    bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("target.facets", "ben@contoso.com") => Fault::Fail(broken.clone()),
        _ => Fault::None,
    });
    let outcome = bench.run(&migration, Pass::Complete { ignore_errors: false }).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!(outcome.problem.unwrap().values["errors"], EACH.to_string());
}

#[tokio::test(start_paused = true)]
async fn what_was_replaced_just_now_may_show_late() {
    let bench = Bench::contoso();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    tokio::time::sleep(Duration::from_secs(24 * 3600)).await;
    bench.world.state().lag = Duration::from_secs(5);
    bench.world.edit("anna@contoso.com", "i1", |item| item.body = "At the last moment".to_string());
    let outcome = bench.run(&migration, Pass::Complete { ignore_errors: false }).await;
    assert_state(&outcome, BatchState::Completed);
}
