//! Initial passwords: shown only when asked for, sealed until handed over, replaced when lost.

use std::sync::atomic::Ordering;

use cutover::engine::Migration;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::report::{ReportOptions, Reports};
use cutover::engine::run::Pass;

use crate::harness::{ANNA, Bench, PlainWords};
use crate::memory::Fault;

async fn report(bench: &Bench, migration: &Migration, include_passwords: bool) -> Reports {
    let options = ReportOptions { include_passwords, password_length: 8, extra: Vec::new() };
    migration.report(&bench.folder.path().join("reports"), options, &PlainWords).await.unwrap()
}

/// The password column of a mailbox.
fn shown(reports: &Reports, address: &str) -> String {
    let text = std::fs::read_to_string(&reports.statistics).unwrap();
    let line = text.lines().find(|line| line.contains(address)).unwrap();
    line.split(',').nth(11).unwrap().to_string()
}

fn real(bench: &Bench, address: &str) -> String {
    bench.world.state().target[address].password.clone()
}

#[tokio::test(start_paused = true)]
async fn passwords_are_shown_only_when_asked_for_and_survive_a_restart_sealed() {
    let bench = Bench::contoso();
    bench.run(&bench.open(), Pass::Initial).await;
    let migration = bench.open();
    assert_eq!(shown(&report(&bench, &migration, false).await, ANNA), "");
    let secret = real(&bench, ANNA);
    let ledger = std::fs::read(bench.ledger()).unwrap();
    assert!(!ledger.windows(8).any(|bytes| bytes == secret.as_bytes()), "never in clear");
    let reports = report(&bench, &migration, true).await;
    assert_eq!(shown(&reports, ANNA), secret);
    assert_eq!(shown(&reports, "info@contoso.com"), "", "a shared mailbox has none");
    assert!(reports.findings.is_empty());
    assert_eq!(shown(&report(&bench, &migration, true).await, ANNA), secret, "again on request");
}

#[tokio::test(start_paused = true)]
async fn without_a_keyring_a_lost_password_is_replaced_by_the_next_run_and_said_so() {
    let bench = Bench::contoso();
    bench.sealer.locked.store(true, Ordering::SeqCst);
    let first = bench.open();
    bench.run(&first, Pass::Initial).await;
    let secret = real(&bench, ANNA);
    bench.run(&first, Pass::Initial).await;
    assert_eq!(real(&bench, ANNA), secret, "the process still knows it");
    drop(first);
    let second = bench.open();
    let survey = second.survey(&|_| {}).await.unwrap();
    let plan = second.plan(survey, Default::default()).await.unwrap();
    let handle = second.run(plan, Pass::Initial).await.unwrap();
    let rows = handle.snapshots();
    handle.outcome().await;
    let replaced = real(&bench, ANNA);
    assert_ne!(replaced, secret);
    assert_eq!(rows.borrow().mailboxes[0].problem.as_ref().unwrap().guidance, Guidance::InitialPasswordReset);
    assert_eq!(shown(&report(&bench, &second, true).await, ANNA), replaced);
    drop(second);
    // What was handed over is not replaced any more.
    let third = bench.open();
    bench.run(&third, Pass::Initial).await;
    assert_eq!(real(&bench, ANNA), replaced);
    assert_eq!(shown(&report(&bench, &third, true).await, ANNA), "");
}

#[tokio::test(start_paused = true)]
async fn a_password_set_anew_is_no_warning_about_a_completed_mailbox() {
    let bench = Bench::contoso();
    bench.sealer.locked.store(true, Ordering::SeqCst);
    bench.run(&bench.open(), Pass::Initial).await;
    let migration = bench.open();
    bench.run(&migration, Pass::Complete { ignore_errors: false }).await;
    let text = std::fs::read_to_string(&report(&bench, &migration, false).await.statistics).unwrap();
    assert!(text.contains(",Completed,") && !text.contains("CompletedWithWarnings"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_report_that_needs_a_lost_password_sets_a_new_one() {
    let bench = Bench::contoso();
    bench.run(&bench.open(), Pass::Initial).await;
    bench.sealer.locked.store(true, Ordering::SeqCst);
    let migration = bench.open();
    let reports = report(&bench, &migration, true).await;
    assert_eq!(shown(&reports, ANNA), real(&bench, ANNA));
    let resets: Vec<_> = reports.findings.iter().map(|finding| finding.problem.guidance).collect();
    assert_eq!(resets, [Guidance::InitialPasswordReset; 2]);
}

#[tokio::test(start_paused = true)]
async fn the_password_of_a_repeated_creation_is_the_one_that_was_kept() {
    let bench = Bench::contoso();
    bench.world.misbehave(|request| match (request.operation, request.nth) {
        ("target.create_mailbox", 0 | 1) => Fault::LoseAnswer,
        _ => Fault::None,
    });
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let reports = report(&bench, &migration, true).await;
    for address in [ANNA, "ben@contoso.com"] {
        assert_eq!(shown(&reports, address), real(&bench, address));
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_that_was_there_before_keeps_its_password_and_none_is_shown() {
    let bench = Bench::contoso();
    bench.run(&bench.open(), Pass::Initial).await;
    let known = real(&bench, ANNA);
    std::fs::remove_file(bench.ledger()).unwrap();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    assert_eq!(real(&bench, ANNA), known);
    assert_eq!(shown(&report(&bench, &migration, true).await, ANNA), "");
}

#[tokio::test(start_paused = true)]
async fn an_account_that_cannot_be_given_a_new_password_keeps_nobody_elses_back() {
    let bench = Bench::contoso();
    bench.run(&bench.open(), Pass::Initial).await;
    bench.sealer.locked.store(true, Ordering::SeqCst);
    let gone = Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetRecipientMissing).with("address", ANNA);
    bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("target.reset_password", ANNA) => Fault::Fail(gone.clone()),
        _ => Fault::None,
    });
    let reports = report(&bench, &bench.open(), true).await;
    assert_eq!(shown(&reports, ANNA), "");
    assert_eq!(shown(&reports, "ben@contoso.com"), real(&bench, "ben@contoso.com"));
    assert_eq!(reports.findings[0].problem.guidance, Guidance::TargetRecipientMissing);
}
