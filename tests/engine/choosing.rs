//! Plans for a part of the organisation: a pilot, or only what failed.

use std::collections::HashSet;

use cutover::engine::Migration;
use cutover::engine::control::Outcome;
use cutover::engine::plan::{Options, Plan};
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::recipient::{Address, MailboxKind};
use cutover::engine::report::{ReportOptions, to_retry};
use cutover::engine::run::{BatchState, Pass};

use crate::harness::{ALL, Bench, EACH, PlainWords, assert_state};
use crate::memory::{Fault, group};

/// What anna of [`Bench::contoso`] holds.
const ANNAS: u64 = EACH + 4;

async fn plan(migration: &Migration) -> Plan {
    let survey = migration.survey(&|_| {}).await.unwrap();
    migration.plan(survey, Options::default()).await.unwrap()
}

fn these(addresses: &[&str]) -> HashSet<Address> {
    addresses.iter().map(|address| Address::new(*address)).collect()
}

async fn run(migration: &Migration, plan: Plan, pass: Pass) -> Outcome {
    migration.run(plan, pass).await.unwrap().outcome().await
}

fn members(bench: &Bench, group: &str) -> HashSet<Address> {
    bench.world.state().target_groups[group].iter().cloned().collect()
}

/// The addresses in the statistics with their states, in order.
pub async fn reported(bench: &Bench, migration: &Migration) -> Vec<(String, String)> {
    let reports = migration.report(bench.folder.path(), ReportOptions::default(), &PlainWords).await.unwrap();
    let mut lines = csv::Reader::from_path(reports.statistics).unwrap();
    lines.records().map(|line| line.unwrap()).map(|line| (line[1].to_string(), line[3].to_string())).collect()
}

#[tokio::test(start_paused = true)]
async fn a_pilot_touches_nobody_else_and_a_whole_run_takes_the_rest() {
    let bench = Bench::contoso();
    let migration = bench.open();
    let pilot = plan(&migration).await.only(&these(&["ANNA@contoso.com", "all@contoso.com", "stranger@contoso.com"]));
    assert_eq!((pilot.new.mailboxes, pilot.new.groups, pilot.new.contacts), (1, 1, 0));
    assert_eq!((pilot.licences_needed, pilot.left_out().len()), (1, 5));
    assert_eq!(pilot.groups[0].members, [Address::new("anna@contoso.com")]);
    assert_eq!(these(&["team@contoso.com", "partner@fabrikam.com"]), {
        pilot.later_members(&Address::new("all@contoso.com")).iter().cloned().collect()
    });
    let outcome = run(&migration, pilot, Pass::Initial).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!((outcome.books.found, outcome.books.moved, outcome.failed_recipients), (ANNAS, ANNAS, 0));
    {
        let state = bench.world.state();
        let touched = ["anna@contoso.com", "all@contoso.com", ""];
        let work = state.requests.iter().filter(|request| request.operation != "source.survey");
        assert!(work.clone().count() > 10);
        work.for_each(|request| assert!(touched.contains(&request.address.as_str()), "{request:?}"));
        assert_eq!((state.target.len(), state.target_contacts.len(), state.target_groups.len()), (1, 0, 1));
    }
    let synced = |address: &str| (address.to_string(), "Synced".to_string());
    assert_eq!(reported(&bench, &migration).await, [synced("anna@contoso.com"), synced("all@contoso.com")]);
    let verdict = migration.verify(&|_| {}).await.unwrap();
    assert!(verdict.nothing_lost(), "{verdict:?}");
    assert_eq!((verdict.mailboxes.len(), verdict.verified, verdict.directory.memberships.expected), (1, ANNAS, 1));

    let rest = plan(&migration).await;
    assert_eq!((rest.new.mailboxes, rest.new.groups, rest.new.contacts, rest.licences_needed), (2, 1, 2, 1));
    assert!(rest.left_out().is_empty());
    let outcome = run(&migration, rest, Pass::Initial).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!((outcome.books.moved, outcome.books.already_there), (ALL - ANNAS, ANNAS));
    bench.assert_equal();
    let outcome = run(&migration, plan(&migration).await, Pass::Complete { ignore_errors: false }).await;
    assert_state(&outcome, BatchState::Completed);
}

#[tokio::test(start_paused = true)]
async fn only_what_failed_is_tried_again_and_no_member_is_lost() {
    let bench = Bench::contoso();
    let migration = bench.open();
    let refused = Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetUnexpected).with("code", "refused");
    bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("target.create_mailbox", "ben@contoso.com") => Fault::Fail(refused.clone()),
        _ => Fault::None,
    });
    let outcome = run(&migration, plan(&migration).await, Pass::Initial).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    // Ben, and the group that he could not become a member of.
    assert_eq!(outcome.failed_recipients, 2);
    bench.world.behave();
    let requests = bench.world.state().requests.len();
    let again = plan(&migration).await.only(&these(&["ben@contoso.com", "team@contoso.com"]));
    assert_eq!((again.new.mailboxes, again.new.groups, again.licences_needed), (1, 0, 1));
    assert!(again.later_members(&Address::new("team@contoso.com")).is_empty());
    let outcome = run(&migration, again, Pass::Initial).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!((outcome.books.moved, outcome.books.already_there), (EACH, ALL - EACH));
    let later = bench.world.state().requests[requests..].to_vec();
    assert!(later.iter().all(|request| !request.address.contains("anna") && !request.address.contains("fabrikam")));
    assert_eq!(members(&bench, "team@contoso.com"), these(&["ben@contoso.com", "info@contoso.com"]));
    bench.assert_equal();
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
}

#[tokio::test(start_paused = true)]
async fn a_member_that_comes_later_and_is_in_the_group_already_stays() {
    let bench = Bench::contoso();
    {
        let mut state = bench.world.state();
        state.target_contacts.insert("partner@fabrikam.com".to_string());
        let there = ["partner@fabrikam.com", "intruder@contoso.com"].map(Address::new).to_vec();
        state.target_groups.insert("all@contoso.com".to_string(), there);
    }
    let migration = bench.open();
    let pilot = plan(&migration).await.only(&these(&["anna@contoso.com", "all@contoso.com"]));
    assert_state(&run(&migration, pilot, Pass::Initial).await, BatchState::Synced);
    assert_eq!(members(&bench, "all@contoso.com"), these(&["anna@contoso.com", "partner@fabrikam.com"]));
    let verdict = migration.verify(&|_| {}).await.unwrap();
    assert!(verdict.nothing_lost(), "{verdict:?}");
    assert_eq!((verdict.directory.groups.arrived, verdict.directory.memberships.arrived), (1, 2));
    assert_state(&run(&migration, plan(&migration).await, Pass::Initial).await, BatchState::Synced);
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn whoever_is_left_out_refuses_a_completion_or_is_completed_with_a_warning() {
    let bench = Bench::contoso();
    let migration = bench.open();
    run(&migration, plan(&migration).await, Pass::Initial).await;
    let part = plan(&migration).await.only(&these(&["anna@contoso.com"]));
    let refused = migration.run(part.clone(), Pass::Complete { ignore_errors: false }).await.err().unwrap();
    assert_eq!((refused.guidance, refused.values["errors"].as_str()), (Guidance::CompletionRefused, "6"));
    assert_eq!(migration.last_batch().await.unwrap().unwrap().0, "Batch 1", "it is refused before it begins");
    let outcome = run(&migration, part, Pass::Complete { ignore_errors: true }).await;
    assert_state(&outcome, BatchState::CompletedWithErrors);
    let states: Vec<String> = reported(&bench, &migration).await.into_iter().map(|(_, state)| state).collect();
    assert_eq!(states[0], "Completed");
    assert!(states[1..].iter().all(|state| state == "CompletedWithWarnings"), "{states:?}");
}

#[tokio::test(start_paused = true)]
async fn what_stands_in_the_way_of_others_does_not_stop_the_chosen() {
    let bench = Bench::contoso();
    {
        let mut state = bench.world.state();
        state.tenant.free_licences = 1;
        let named = |guidance, name: &'static str, value: &str| {
            Problem::new(Kind::Mailbox, Side::Source, guidance).with(name, value)
        };
        state.findings = vec![
            named(Guidance::SourceAccessDenied, "mailbox", "ben@contoso.com"),
            named(Guidance::SourceAccessDenied, "mailbox", "anna@contoso.com"),
            named(Guidance::SourceLegacyNamesUnknown, "mailboxes", "3"),
        ];
        state.groups.push(group("old@elsewhere.com", &["anna@contoso.com"]));
    }
    bench.world.add_mailbox("zoe@elsewhere.com", MailboxKind::User);
    let migration = bench.open();
    let whole = plan(&migration).await;
    assert_eq!((whole.licences_needed, whole.tenant.free_licences), (3, 1));
    assert_eq!(whole.obstacle().unwrap().guidance, Guidance::TargetDomainNotAccepted);
    let part = whole.only(&these(&["anna@contoso.com"]));
    assert_eq!((part.obstacle(), part.licences_needed), (None, 1));
    let named: Vec<_> = part.findings.iter().map(|finding| finding.problem.values.values().next().unwrap()).collect();
    assert_eq!(named, ["anna@contoso.com", "3"]);
    let nobody = part.only(&these(&["ben@contoso.com"]));
    assert_eq!(
        nobody.obstacle().unwrap().guidance,
        Guidance::NothingToMigrate,
        "a part of a part is no more than it"
    );
}

#[tokio::test(start_paused = true)]
async fn a_part_that_goes_well_does_not_hide_what_others_lack() {
    let bench = Bench::contoso();
    let migration = bench.open();
    let denied = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied);
    bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("source.folders", "ben@contoso.com") => Fault::Fail(denied.clone().with("mailbox", "ben@contoso.com")),
        _ => Fault::None,
    });
    run(&migration, plan(&migration).await, Pass::Initial).await;
    let part = plan(&migration).await.only(&these(&["anna@contoso.com"]));
    let outcome = run(&migration, part, Pass::Initial).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!((outcome.failed_recipients, outcome.books.failed), (1, 0), "ben, who was in an earlier batch");
    bench.world.behave();
    let rest = plan(&migration).await;
    assert_eq!(rest.taken_up().len(), 7);
    assert_state(&run(&migration, rest.only(&these(&["ben@contoso.com"])), Pass::Initial).await, BatchState::Synced);
}

#[tokio::test(start_paused = true)]
async fn the_error_report_names_whom_to_try_again_and_a_batch_takes_only_those() {
    let bench = Bench::contoso();
    for (class, address) in [("IPM.Refused", "ben@contoso.com"), ("IPM.Huge", "anna@contoso.com")] {
        let mut item = crate::memory::fields(class, class.as_bytes().to_vec());
        item.class = class.to_string();
        bench.world.add(address, "s-Inbox", item);
    }
    let migration = bench.open();
    let refused = Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetAddressTaken).with("address", "alias");
    bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("target.create_group", "team@contoso.com") => Fault::Fail(refused.clone()),
        _ => Fault::None,
    });
    run(&migration, plan(&migration).await, Pass::Initial).await;
    bench.world.behave();
    bench.world.state().source.get_mut("ben@contoso.com").unwrap().items.iter_mut().for_each(|item| {
        item.fields.class = "IPM.Note".to_string();
    });
    let reports = migration.report(bench.folder.path(), ReportOptions::default(), &PlainWords).await.unwrap();
    let chosen = to_retry(&reports.errors).await.unwrap();
    let worth_it = ["ben@contoso.com", "team@contoso.com", "all@contoso.com"];
    assert_eq!(chosen, these(&worth_it), "what was skipped is not worth it");
    let requests = bench.world.state().requests.len();
    let again = plan(&migration).await.only(&chosen);
    let outcome = run(&migration, again, Pass::Initial).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!((outcome.books.moved, outcome.books.failed, outcome.books.skipped), (1, 0, 1));
    let later = bench.world.state().requests[requests..].to_vec();
    let left_alone = |request: &crate::memory::Request| !request.address.contains("anna@");
    assert!(later.iter().filter(|request| request.operation != "source.survey").all(left_alone));
    let reports = migration.report(bench.folder.path(), ReportOptions::default(), &PlainWords).await.unwrap();
    let nobody = to_retry(&reports.errors).await.unwrap_err();
    assert_eq!((nobody.guidance, nobody.values["reason"].as_str()), (Guidance::ReportUnusable, "nobody"));
}

#[tokio::test(start_paused = true)]
async fn a_further_batch_moves_only_what_is_new_or_failed() {
    let bench = Bench::contoso();
    let mut refused = crate::memory::fields("Refused", b"refused".to_vec());
    refused.class = "IPM.Refused".to_string();
    let id = bench.world.add("ben@contoso.com", "s-Inbox", refused);
    let migration = bench.open();
    run(&migration, plan(&migration).await, Pass::Initial).await;
    bench.world.add_item("anna@contoso.com", "s-Inbox", "New");
    bench.world.edit("ben@contoso.com", &id, |item| item.class = "IPM.Note".to_string());
    let imports = bench.world.count("target.import");
    let outcome = run(&migration, plan(&migration).await, Pass::Initial).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!((outcome.books.moved, outcome.books.already_there), (2, ALL));
    assert_eq!(bench.world.count("target.import") - imports, 2, "nothing that was there left again");
    bench.assert_equal();
}
