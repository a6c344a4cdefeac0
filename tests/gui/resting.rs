//! The run page between two batches: both sides are kept in step, what went wrong is tried again, and another batch begins.

use std::time::Duration;

use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::run::{BatchState, Pass};
use cutover::gui::page::run::{Begin, Message, Outcome, Run};

use crate::memory::Fault;
use crate::run::{DAY, ended, refuse};
use crate::sheet::{Sheet, session};
use crate::support::Bench;

/// The page of a migration that was synchronised before.
pub async fn resting(bench: &Bench) -> Sheet<Run> {
    let first = session(bench).await;
    let plan = first.plan.as_ref().clone();
    first.migration.run(plan, Pass::Initial).await.unwrap().outcome().await;
    drop(first);
    let session = session(bench).await;
    let made = Run::new(Begin::Resting(Box::new(session)), &bench.services());
    let mut sheet = Sheet::new(bench, made, Run::progress).await;
    sheet.settle().await;
    sheet
}

/// One side cannot be reached by this operation.
fn unreachable(bench: &Bench, side: Side, operation: &'static str) {
    let (guidance, host) = match side {
        Side::Source => (Guidance::SourceUnreachable, "mail"),
        _ => (Guidance::TargetUnreachable, "graph"),
    };
    let gone = Problem::new(Kind::Run, side, guidance).with("host", host);
    bench.launcher.world.misbehave(move |request| match request.operation == operation {
        true => Fault::Fail(gone.clone()),
        false => Fault::None,
    });
}

#[tokio::test(start_paused = true)]
async fn both_sides_are_synchronised_every_24_hours_without_being_asked() {
    let bench = Bench::contoso();
    let mut sheet = resting(&bench).await;
    assert!(!sheet.page.is_busy() && sheet.says("run-rest-synced"));
    assert_eq!(sheet.footer(), ["run-another", "run-synchronise", "run-complete"]);
    bench.launcher.world.add_item("anna@contoso.com", "s-Inbox", "New");
    tokio::time::sleep(DAY - Duration::from_secs(600)).await;
    sheet.settle().await;
    assert!(!sheet.page.is_busy(), "it is not due yet");
    tokio::time::sleep(Duration::from_secs(700)).await;
    sheet.until("the synchronisation", |sheet| sheet.page.is_busy()).await;
    assert!(sheet.shows("The synchronisation that was due on"));
    ended(&mut sheet).await;
    assert!(sheet.shows("31 of 31 items were read back"), "{:#?}", sheet.texts());
    tokio::time::sleep(DAY + Duration::from_secs(120)).await;
    sheet.until("the next one", |sheet| sheet.page.is_busy()).await;
}

#[tokio::test(start_paused = true)]
async fn one_that_failed_is_tried_again_by_itself_and_the_reason_stays_in_sight() {
    let bench = Bench::contoso();
    let mut sheet = resting(&bench).await;
    unreachable(&bench, Side::Target, "target.tenant");
    tokio::time::sleep(DAY).await;
    for minutes in [15, 30] {
        sheet.until("the synchronisation", |sheet| sheet.page.is_busy()).await;
        ended(&mut sheet).await;
        assert!(sheet.says("run-rest-again") && sheet.shows("It is tried again at 2"));
        assert!(sheet.says("run-ended-refused") && sheet.shows("graph"), "{:#?}", sheet.texts());
        tokio::time::sleep(Duration::from_secs(60 * minutes - 90)).await;
        sheet.settle().await;
        assert!(!sheet.page.is_busy(), "not before {minutes} minutes");
        tokio::time::sleep(Duration::from_secs(100)).await;
    }
    bench.launcher.world.behave();
    sheet.until("the third", |sheet| sheet.page.is_busy()).await;
    ended(&mut sheet).await;
    assert!(sheet.shows("Next synchronisation") && !sheet.says("run-rest-again"), "{:#?}", sheet.texts());
    tokio::time::sleep(DAY - Duration::from_secs(600)).await;
    sheet.settle().await;
    assert!(!sheet.page.is_busy(), "a day later, as after any that went well");
}

#[tokio::test(start_paused = true)]
async fn one_that_broke_off_in_the_middle_is_tried_again_too_and_one_that_was_stopped_is_not() {
    let bench = Bench::contoso();
    let mut sheet = resting(&bench).await;
    unreachable(&bench, Side::Source, "source.folders");
    sheet.tell(Message::Synchronise);
    ended(&mut sheet).await;
    assert!(sheet.says("run-ended-failed") && sheet.shows("It is tried again at"), "{:#?}", sheet.texts());
    assert_eq!(sheet.page.state(), Some(BatchState::Failed));
    bench.launcher.world.behave();
    tokio::time::sleep(Duration::from_secs(16 * 60)).await;
    sheet.until("another try", |sheet| sheet.page.is_busy()).await;
    ended(&mut sheet).await;
    assert!(sheet.says("run-rest-synced") && sheet.shows("Next synchronisation"), "{:#?}", sheet.texts());
    sheet.tell(Message::Synchronise);
    sheet.tell(Message::Stop);
    ended(&mut sheet).await;
    assert!(sheet.says("run-ended-not-begun") && sheet.says("run-rest-not-kept"), "{:#?}", sheet.texts());
    tokio::time::sleep(2 * DAY).await;
    sheet.settle().await;
    assert!(!sheet.page.is_busy(), "whoever stopped it starts it again");
    sheet.tell(Message::Synchronise);
    ended(&mut sheet).await;
    assert!(sheet.shows("Next synchronisation"));
}

#[tokio::test(start_paused = true)]
async fn another_batch_is_surveyed_first_and_only_once() {
    let bench = Bench::contoso();
    let mut sheet = resting(&bench).await;
    bench.launcher.world.add_mailbox("new@contoso.com", cutover::engine::recipient::MailboxKind::User);
    sheet.tell(Message::Another);
    sheet.tell(Message::Another);
    assert!(sheet.says("run-state-surveying"));
    ended(&mut sheet).await;
    let [Outcome::Review(session)] = &sheet.outcomes[..] else { panic!("not one review") };
    assert_eq!((session.plan.mailboxes.len(), session.plan.new.mailboxes), (4, 1));
    assert_eq!(session.overview.mailboxes.done, 3);
}

#[tokio::test(start_paused = true)]
async fn what_must_be_fixed_first_leads_to_the_findings() {
    let bench = Bench::contoso();
    let mut sheet = resting(&bench).await;
    bench.launcher.world.state().tenant.directory_sync = true;
    sheet.tell(Message::Synchronise);
    ended(&mut sheet).await;
    assert!(sheet.says("run-ended-refused") && sheet.says("run-findings"), "{:#?}", sheet.texts());
    sheet.tell(Message::Findings);
    let [Outcome::Review(session)] = &sheet.outcomes[..] else { panic!("not one review") };
    assert!(session.plan.obstacle().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_survey_that_fails_is_told_and_can_be_tried_again() {
    let bench = Bench::contoso();
    let mut sheet = resting(&bench).await;
    unreachable(&bench, Side::Target, "target.tenant");
    sheet.tell(Message::Synchronise);
    ended(&mut sheet).await;
    assert!(sheet.says("run-ended-refused") && !sheet.says("run-findings"), "{:#?}", sheet.texts());
    assert!(bench.desktop.notified().is_empty());
    bench.launcher.world.behave();
    sheet.tell(Message::Synchronise);
    ended(&mut sheet).await;
    assert!(sheet.says("run-verdict-nothing-new") || sheet.shows("Nothing was new"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn a_ledger_that_cannot_be_read_is_told_until_it_can() {
    let bench = Bench::contoso();
    let mut sheet = resting(&bench).await;
    let problem = Problem::new(Kind::Run, Side::Here, Guidance::LedgerUnreadable).with("file", "migration.ledger");
    sheet.tell(Message::Refresh);
    sheet.tell(Message::Ledger(2, Err(problem)));
    assert!(sheet.shows("migration.ledger"), "{:#?}", sheet.texts());
    sheet.tell(Message::Refresh);
    sheet.settle().await;
    assert!(!sheet.shows("migration.ledger") && sheet.says("run-rest-synced"));
}

#[tokio::test(start_paused = true)]
async fn what_another_page_did_to_the_migration_is_seen() {
    let bench = Bench::contoso();
    let session = session(&bench).await;
    let migration = session.migration.clone();
    let plan = session.plan.as_ref().clone();
    migration.run(plan.clone(), Pass::Initial).await.unwrap().outcome().await;
    let made = Run::new(Begin::Resting(Box::new(session)), &bench.services());
    let mut sheet = Sheet::new(&bench, made, Run::progress).await;
    sheet.settle().await;
    assert!(sheet.says("run-rest-synced"));
    migration.run(plan, Pass::Complete { ignore_errors: false }).await.unwrap().outcome().await;
    sheet.until("the news", |sheet| sheet.says("run-rest-completed")).await;
    assert_eq!(sheet.footer(), ["run-complete"]);
}

#[tokio::test(start_paused = true)]
async fn problems_of_earlier_batches_are_there_on_returning() {
    let bench = Bench::contoso();
    refuse(&bench, "ben@contoso.com");
    let sheet = &mut resting(&bench).await;
    assert!(
        sheet.says("run-rest-synced-with-errors") && sheet.says("run-problems") && sheet.shows("ben@contoso.com")
    );
    assert_eq!(sheet.page.state(), Some(BatchState::SyncedWithErrors));
}
