//! Initial passwords: shown only when asked for, sealed in the ledger, and set anew only when they are asked for and lost.

use cutover::engine::Migration;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::report::{ReportOptions, Reports};
use cutover::engine::run::Pass;

use crate::harness::{ANNA, Bench, PlainWords};
use crate::memory::Fault;

const BEN: &str = "ben@contoso.com";

async fn report(bench: &Bench, migration: &Migration, include_passwords: bool) -> Reports {
    let options = ReportOptions { include_passwords, password_length: 8, extra: Vec::new() };
    migration.report(&bench.folder.path().join("reports"), options, &PlainWords).await.unwrap()
}

/// The password column of a mailbox.
fn shown(reports: &Reports, address: &str) -> String {
    line(reports, address).unwrap().split(',').nth(11).unwrap().to_string()
}

fn line(reports: &Reports, address: &str) -> Option<String> {
    let text = std::fs::read_to_string(&reports.statistics).unwrap();
    text.lines().find(|line| line.contains(address)).map(str::to_string)
}

fn guidances(reports: &Reports) -> Vec<Guidance> {
    reports.findings.iter().map(|finding| finding.problem.guidance).collect()
}

fn real(bench: &Bench, address: &str) -> String {
    bench.world.state().target[address].password.clone()
}

#[tokio::test(start_paused = true)]
async fn passwords_are_shown_only_when_asked_for_and_survive_a_restart_sealed() {
    let bench = Bench::contoso();
    bench.run(&bench.open(), Pass::Initial).await;
    bench.sealer.end_process();
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
async fn without_a_keyring_every_pass_of_a_process_knows_its_passwords() {
    let bench = Bench::contoso();
    bench.lock(true);
    let mut known = Vec::new();
    for pass in [Pass::Initial, Pass::Incremental, Pass::Incremental] {
        // Between two passes nothing is open.
        let migration = bench.open();
        bench.run(&migration, pass).await;
        let reports = report(&bench, &migration, true).await;
        assert_eq!(guidances(&reports), []);
        known.push([ANNA, BEN].map(|address| shown(&reports, address)));
    }
    assert_eq!(known, [[ANNA, BEN].map(|address| real(&bench, address)), known[0].clone(), known[0].clone()]);
    assert!(known[0].iter().all(|password| password.len() == 8), "{known:?}");
    let ledger = std::fs::read(bench.ledger()).unwrap();
    assert!(
        !known[0].iter().any(|secret| ledger.windows(8).any(|bytes| bytes == secret.as_bytes())),
        "never in clear"
    );
}

#[tokio::test(start_paused = true)]
async fn what_stood_in_an_earlier_report_and_is_lost_since_is_said_so_and_stays() {
    let bench = Bench::contoso();
    bench.lock(true);
    let first = bench.open();
    bench.run(&first, Pass::Initial).await;
    let secret = shown(&report(&bench, &first, true).await, ANNA);
    drop(first);
    bench.sealer.end_process();
    let second = bench.open();
    bench.run(&second, Pass::Incremental).await;
    let plain = report(&bench, &second, false).await;
    assert_eq!(guidances(&plain), [Guidance::InitialPasswordsPutAside], "nobody asked");
    let aside = &plain.findings[0].problem.values["file"];
    assert!(std::fs::read_to_string(aside).unwrap().contains(&secret), "{aside}");
    let reports = report(&bench, &second, true).await;
    assert_eq!(shown(&reports, ANNA), "");
    assert_eq!(guidances(&reports), [Guidance::InitialPasswordShownBefore; 2]);
    assert_eq!(reports.findings[0].problem.values["mailbox"], ANNA);
    assert_eq!(real(&bench, ANNA), secret);
}

#[tokio::test(start_paused = true)]
async fn a_run_sets_no_lost_password_anew_and_a_report_does_if_it_is_asked_for_them() {
    let bench = Bench::contoso();
    bench.lock(true);
    bench.run(&bench.open(), Pass::Initial).await;
    bench.sealer.end_process();
    bench.world.state().target.get_mut(ANNA).unwrap().password = "her own".to_string();
    for pass in [Pass::Initial, Pass::Incremental, Pass::Complete { ignore_errors: false }] {
        let migration = bench.open();
        bench.run(&migration, pass).await;
        assert_eq!(guidances(&report(&bench, &migration, false).await), []);
        bench.sealer.end_process();
    }
    assert_eq!((bench.world.count("target.reset_password"), real(&bench, ANNA).as_str()), (0, "her own"));
    let migration = bench.open();
    let reports = report(&bench, &migration, true).await;
    assert_eq!(guidances(&reports), [Guidance::InitialPasswordReset; 2]);
    assert_eq!(shown(&reports, ANNA), real(&bench, ANNA));
    assert_eq!(guidances(&report(&bench, &migration, true).await), [], "it is known now");
}

#[tokio::test(start_paused = true)]
async fn a_mailbox_without_a_line_in_the_statistics_keeps_its_password_for_later() {
    let bench = Bench::contoso();
    bench.lock(true);
    let late = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceMailboxMissing).with("mailbox", ANNA);
    bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("source.folders", ANNA) => Fault::Fail(late.clone()),
        _ => Fault::None,
    });
    let first = bench.open();
    bench.run(&first, Pass::Initial).await;
    let (reports, secret) = (report(&bench, &first, true).await, real(&bench, ANNA));
    assert!(line(&reports, ANNA).is_none() && line(&reports, BEN).is_some(), "it was never in step");
    assert_eq!(guidances(&reports), []);
    drop(first);
    bench.sealer.end_process();
    let second = bench.open();
    let reports = report(&bench, &second, true).await;
    let shown_before = [Guidance::InitialPasswordShownBefore, Guidance::InitialPasswordsPutAside];
    assert_eq!(guidances(&reports), shown_before, "only Ben's was handed over");
    assert_eq!(real(&bench, ANNA), secret, "what is shown nowhere is not set anew");
    bench.world.behave();
    bench.run(&second, Pass::Initial).await;
    let reports = report(&bench, &second, true).await;
    assert_eq!(guidances(&reports), [Guidance::InitialPasswordReset, Guidance::InitialPasswordShownBefore]);
    assert_eq!(shown(&reports, ANNA), real(&bench, ANNA));
}

#[tokio::test(start_paused = true)]
async fn what_was_set_anew_is_what_the_next_report_shows() {
    let bench = Bench::contoso();
    bench.lock(true);
    bench.run(&bench.open(), Pass::Initial).await;
    bench.sealer.end_process();
    bench.lock(false);
    let reports = report(&bench, &bench.open(), true).await;
    assert_eq!(guidances(&reports), [Guidance::InitialPasswordReset; 2]);
    let anew = real(&bench, ANNA);
    assert_eq!(shown(&reports, ANNA), anew);
    bench.sealer.end_process();
    let reports = report(&bench, &bench.open(), true).await;
    assert_eq!((shown(&reports, ANNA), guidances(&reports)), (anew, vec![]));
}

#[tokio::test(start_paused = true)]
async fn a_keyring_that_is_locked_for_a_while_costs_no_password() {
    let bench = Bench::contoso();
    bench.run(&bench.open(), Pass::Initial).await;
    let secret = real(&bench, ANNA);
    for handed_over in [false, true] {
        bench.lock(true);
        bench.sealer.end_process();
        let migration = bench.open();
        bench.run(&migration, Pass::Incremental).await;
        let shown_before = Guidance::InitialPasswordShownBefore;
        let lost = [shown_before, shown_before, Guidance::InitialPasswordsPutAside];
        let lost = if handed_over { &lost[..] } else { &[] };
        assert_eq!(guidances(&report(&bench, &migration, handed_over).await), lost);
        drop(migration);
        bench.lock(false);
        let reports = report(&bench, &bench.open(), true).await;
        assert_eq!((shown(&reports, ANNA), guidances(&reports)), (secret.clone(), vec![]));
    }
    assert_eq!(real(&bench, ANNA), secret);
}

#[tokio::test(start_paused = true)]
async fn what_was_sealed_while_the_keyring_was_locked_is_sealed_anew_once_it_is_not() {
    for handed_over in [false, true] {
        let bench = Bench::contoso();
        bench.lock(true);
        let migration = bench.open();
        bench.run(&migration, Pass::Initial).await;
        report(&bench, &migration, handed_over).await;
        drop(migration);
        bench.lock(false);
        assert_eq!(guidances(&report(&bench, &bench.open(), false).await), [], "the keyring knows them now");
        bench.sealer.end_process();
        let reports = report(&bench, &bench.open(), true).await;
        assert_eq!((shown(&reports, ANNA), guidances(&reports)), (real(&bench, ANNA), vec![]));
    }
}

#[tokio::test(start_paused = true)]
async fn a_report_that_needs_a_lost_password_sets_a_new_one() {
    let bench = Bench::contoso();
    bench.run(&bench.open(), Pass::Initial).await;
    bench.lock(true);
    let migration = bench.open();
    let reports = report(&bench, &migration, true).await;
    assert_eq!(shown(&reports, ANNA), real(&bench, ANNA));
    assert_eq!(guidances(&reports), [Guidance::InitialPasswordReset; 2]);
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
    for address in [ANNA, BEN] {
        assert_eq!(shown(&reports, address), real(&bench, address));
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_that_an_earlier_process_made_keeps_its_password_whether_it_is_known_or_not() {
    let known = [(false, vec![]), (true, vec![Guidance::InitialPasswordReset; 2])];
    for (without_keyring, found) in known {
        let bench = Bench::contoso();
        bench.lock(without_keyring);
        bench.world.misbehave(|request| match request.operation {
            "target.create_mailbox" => Fault::LoseAnswer,
            _ => Fault::None,
        });
        bench.run(&bench.open(), Pass::Initial).await;
        let secret = real(&bench, ANNA);
        bench.world.behave();
        // Locked or not: what the keyring sealed is not lost while it is locked.
        bench.lock(true);
        bench.sealer.end_process();
        bench.run(&bench.open(), Pass::Initial).await;
        assert_eq!(real(&bench, ANNA), secret, "nobody asked");
        bench.lock(without_keyring);
        let reports = report(&bench, &bench.open(), true).await;
        assert_eq!(guidances(&reports), found);
        assert_eq!(shown(&reports, ANNA), real(&bench, ANNA));
        assert_eq!(real(&bench, ANNA) == secret, !without_keyring);
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_that_is_made_again_has_the_password_that_is_shown() {
    let bench = Bench::contoso();
    bench.lock(true);
    let first = bench.open();
    bench.run(&first, Pass::Initial).await;
    report(&bench, &first, true).await;
    drop(first);
    bench.sealer.end_process();
    bench.world.state().target.remove(ANNA);
    let second = bench.open();
    bench.run(&second, Pass::Initial).await;
    let reports = report(&bench, &second, true).await;
    assert_eq!(shown(&reports, ANNA), real(&bench, ANNA));
    let shown_before = [Guidance::InitialPasswordShownBefore, Guidance::InitialPasswordsPutAside];
    assert_eq!(guidances(&reports), shown_before, "Ben's account is the one it was");
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
    bench.lock(true);
    let gone = Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetRecipientMissing).with("address", ANNA);
    bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("target.reset_password", ANNA) => Fault::Fail(gone.clone()),
        _ => Fault::None,
    });
    let reports = report(&bench, &bench.open(), true).await;
    assert_eq!(shown(&reports, ANNA), "");
    assert_eq!(shown(&reports, BEN), real(&bench, BEN));
    assert_eq!(reports.findings[0].problem.guidance, Guidance::TargetRecipientMissing);
}
