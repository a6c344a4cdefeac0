//! The final synchronisation, ignoring errors or not, and that it is over then.

use std::time::Duration;

use cutover::engine::control::Handle;
use cutover::engine::plan::Options;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::run::{BatchState, Pass};
use cutover::engine::verdict::{ConsistencyGrade, Verdict};

use crate::choosing::reported;
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
    for (address, state) in reported(&bench, &migration).await {
        let expected = if address == "ben@contoso.com" { "CompletedWithWarnings" } else { "Completed" };
        assert_eq!(state, expected, "{address}");
    }
}

#[tokio::test(start_paused = true)]
async fn whoever_stops_during_the_final_verify_at_once_or_gently_has_completed_nothing() {
    for stop in [Handle::stop_now, Handle::stop_after_current] {
        let bench = Bench::contoso();
        let migration = bench.open();
        bench.run(&migration, Pass::Initial).await;
        let survey = migration.survey(&|_| {}).await.unwrap();
        let plan = migration.plan(survey, Options::default()).await.unwrap();
        let handle = migration.run(plan, Pass::Complete { ignore_errors: false }).await.unwrap();
        while bench.world.count("target.facets") < 2 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        stop(&handle);
        assert_state(&handle.outcome().await, BatchState::Stopped);
        assert_state(&bench.run(&migration, Pass::Complete { ignore_errors: false }).await, BatchState::Completed);
    }
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
    let grade = |verdict: &Verdict, address: &str| {
        verdict.mailboxes.iter().find(|mailbox| mailbox.address.as_str() == address).unwrap().grade
    };
    let verdict = outcome.verdict.unwrap();
    assert_eq!(grade(&verdict, "ben@contoso.com"), ConsistencyGrade::Investigate);
    assert_eq!(grade(&verdict, "anna@contoso.com"), ConsistencyGrade::Perfect);
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

/// What a completion of this is refused for, and how often; then it ends with errors if they are to be ignored.
async fn refused_for(about: &str, harm: impl AsyncFn(&Bench)) -> String {
    let bench = Bench::contoso();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    harm(&bench).await;
    let outcome = bench.run(&migration, Pass::Complete { ignore_errors: false }).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    let problem = outcome.problem.unwrap_or_else(|| panic!("{about} is no reason to refuse"));
    assert_eq!(problem.guidance, Guidance::CompletionRefused, "{about}");
    let outcome = bench.run(&migration, Pass::Complete { ignore_errors: true }).await;
    assert_state(&outcome, BatchState::CompletedWithErrors);
    let warned = reported(&bench, &migration).await;
    assert!(warned.iter().any(|(_, state)| state == "CompletedWithWarnings"), "{about}: {warned:?}");
    problem.values["errors"].clone()
}

/// Keeps these requests about this address from being answered.
fn refuse(bench: &Bench, operation: &'static str, address: &'static str, problem: Problem) {
    bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        asked if asked == (operation, address) => Fault::Fail(problem.clone()),
        _ => Fault::None,
    });
}

#[tokio::test(start_paused = true)]
async fn whatever_is_left_behind_refuses_a_completion() {
    let unexpected = |kind| Problem::new(kind, Side::Target, Guidance::TargetUnexpected).with("code", "500");
    let missing = refused_for("a copy that is not there", async |bench: &Bench| {
        bench.world.state().target.get_mut("ben@contoso.com").unwrap().items.pop();
    });
    assert_eq!(missing.await, "1");
    let differing = refused_for("a copy that is not as it was sent", async |bench: &Bench| {
        bench.world.edit_on_target("ben@contoso.com", "Inbox 0", |item| item.fields.body.clear());
    });
    assert_eq!(differing.await, "1");
    let waiting = refused_for("an item that waits", async |bench: &Bench| {
        let folder = bench.world.add_folder("ben@contoso.com", "s-Root", "Unmakeable", "IPF.Note");
        bench.world.add_item("ben@contoso.com", &folder, "Waits");
        bench.world.add_item("ben@contoso.com", &folder, "Waits as well");
    });
    assert_eq!(waiting.await, "3", "two items, and the mailbox that is not whole");
    let mailbox = refused_for("a mailbox that failed", async |bench: &Bench| {
        refuse(bench, "source.folders", "ben@contoso.com", unexpected(Kind::Mailbox));
    });
    assert_eq!(mailbox.await, "1");
    let group = refused_for("a group that failed", async |bench: &Bench| {
        refuse(bench, "target.set_members", "team@contoso.com", unexpected(Kind::Mailbox));
    });
    assert_eq!(group.await, "1");
    let contact = refused_for("a contact that went away", async |bench: &Bench| {
        // It goes right after it was made.
        let world = std::sync::Arc::downgrade(&bench.world);
        bench.world.misbehave(move |request| {
            if let ("target.facets", Some(world)) = (request.operation, world.upgrade()) {
                world.state().target_contacts.remove("guest@fabrikam.com");
            }
            Fault::None
        });
    });
    assert_eq!(contact.await, "1");
}
