//! The run page: a batch from its survey to its verdict, stopped, failed, tried again; and keeping in step afterwards.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::run::BatchState;
use cutover::gui::monitor::Seen;
use cutover::gui::page::live::reports::{self, What};
use cutover::gui::page::live::{self, Stopping};
use cutover::gui::page::run::{Begin, Message, Outcome, Run};

use crate::memory::{Fault, busy};
use crate::sheet::{self, Sheet, session};
use crate::support::Bench;

/// From one synchronisation to the next.
pub const DAY: Duration = Duration::from_secs(24 * 3600);

async fn batch(bench: &Bench) -> Sheet<Run> {
    let session = session(bench).await;
    let made = Run::new(Begin::Batch(Box::new(session)), &bench.services());
    Sheet::new(bench, made, Run::progress).await
}

/// Until nothing goes on any more.
pub async fn ended(sheet: &mut Sheet<Run>) {
    sheet.until("the end", |sheet| !sheet.page.is_busy()).await;
    sheet.settle().await;
}

/// Until so many imports have been asked for.
async fn imports(sheet: &mut Sheet<Run>, bench: &Bench, number: usize) {
    let world = bench.launcher.world.clone();
    sheet.until("imports", |sheet| world.count("target.import") >= number && sheet.page.is_running()).await;
}

/// Every request to one mailbox is refused.
pub fn refuse(bench: &Bench, address: &'static str) {
    let denied = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied);
    let denied = denied.with("mailbox", address).with("user", "migration");
    bench.launcher.world.misbehave(move |request| match (request.operation, request.address == address) {
        ("source.folders", true) => Fault::Fail(denied.clone()),
        _ => Fault::None,
    });
}

/// A batch that goes on, in which Ben's mailbox has failed and is chosen to be tried again.
async fn batch_with_ben_chosen(bench: &Bench) -> Sheet<Run> {
    refuse(bench, "ben@contoso.com");
    bench.launcher.world.state().latency = Duration::from_secs(2);
    let mut sheet = batch(bench).await;
    sheet.until("the problem", |sheet| sheet.says("run-problem-choose")).await;
    sheet.tell(Message::Live(live::Message::Choose((Guidance::SourceAccessDenied, None), true)));
    sheet
}

#[tokio::test(start_paused = true)]
async fn nothing_is_said_to_be_copied_while_the_new_mailboxes_are_waited_for() {
    let bench = Bench::contoso();
    bench.launcher.world.state().late_by = 3;
    let mut sheet = batch(&bench).await;
    sheet.until("the waiting", |sheet| sheet.shows("Waiting for the new mailboxes since")).await;
    assert!(
        sheet.says("run-state-waiting-mailboxes-detail") && !sheet.shows("Copying 3 mailboxes"),
        "{:#?}",
        sheet.texts()
    );
    assert!(sheet.says("run-waits-mailbox-briefly"), "{:#?}", sheet.texts());
    ended(&mut sheet).await;
    assert!(sheet.says("run-rest-synced"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn why_groups_have_no_members_yet_is_said() {
    let bench = Bench::contoso();
    // Contacts do not show until the groups no longer wait for them.
    let (hidden, waiting) =
        (Problem::new(Kind::Item, Side::Target, Guidance::TargetUnexpected), AtomicBool::new(true));
    bench.launcher.world.misbehave(move |request| match (request.operation, request.nth) {
        ("target.recipient_exists", _) if request.address.contains("fabrikam") && waiting.load(Relaxed) => {
            Fault::Fail(hidden.clone())
        }
        ("target.set_members", nth) => {
            waiting.store(false, Relaxed);
            if nth < 12 { Fault::Fail(crate::memory::lost(Side::Target)) } else { Fault::None }
        }
        _ => Fault::None,
    });
    let mut sheet = batch(&bench).await;
    sheet.until("the waiting", |sheet| sheet.shows("for new group members to appear; nothing to do")).await;
    assert!(sheet.shows("only then can they be added to a group"), "{:#?}", sheet.texts());
    tokio::time::sleep(Duration::from_secs(160)).await;
    sheet.until("another try", |sheet| sheet.shows("it is tried again at")).await;
    assert!(sheet.shows("Creating distribution groups: 0 of 2"), "the others go on: {:#?}", sheet.texts());
    ended(&mut sheet).await;
    assert!(sheet.says("run-rest-synced"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn what_survey_and_comparison_wait_for_is_said() {
    let bench = Bench::contoso();
    let mut sheet = batch(&bench).await;
    ended(&mut sheet).await;
    let (source, target) = (busy(Side::Source, 20), busy(Side::Target, 20));
    let asked = bench.launcher.world.count("target.facets");
    bench.launcher.world.misbehave(move |request| match (request.operation, request.nth) {
        ("source.survey", 1) => Fault::Fail(source.clone()),
        ("target.facets", nth) if nth == asked => Fault::Fail(target.clone()),
        _ => Fault::None,
    });
    sheet.tell(Message::Synchronise);
    sheet.until("the survey", |sheet| sheet.shows("Waiting for the Exchange server until")).await;
    assert!(sheet.says("run-state-surveying"), "{:#?}", sheet.texts());
    sheet
        .until("the comparison", |sheet| sheet.shows("Part of the comparison: Waiting for Microsoft 365 until"))
        .await;
    assert!(sheet.says("run-give-up"), "{:#?}", sheet.texts());
    ended(&mut sheet).await;
    assert!(!sheet.shows("Waiting for"), "{:#?}", sheet.texts());
    assert!(sheet.shows("Nothing was lost: 30 of 30"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn a_batch_ends_with_the_verdict_both_reports_and_a_notification() {
    let bench = Bench::contoso();
    bench.launcher.world.state().latency = Duration::from_millis(300);
    let mut sheet = batch(&bench).await;
    assert!(sheet.page.is_busy() && sheet.footer() == ["run-stop"]);
    sheet.until("the pane of the batch", |sheet| sheet.says("run-active")).await;
    assert!(sheet.shows("3 mailboxes, 2 distribution groups, 2 contacts"), "{:#?}", sheet.texts());
    assert!(sheet.says("run-left-unknown"));
    sheet.until("the figures over all batches", |sheet| sheet.shows("0 of 3")).await;
    ended(&mut sheet).await;
    assert!(sheet.shows("Nothing was lost: 30 of 30 items were read back and are equal."), "{:#?}", sheet.texts());
    assert!(!sheet.says("run-active"), "the pane goes with the batch");
    assert!(sheet.progress.windows(2).all(|pair| pair[0] <= pair[1]), "it never goes back: {:?}", sheet.progress);
    assert!(sheet.progress.iter().all(|progress| *progress < 1.0) && sheet.progress.len() > 3);
    assert_eq!(sheet.page.progress(), None);
    for file in ["MigrationStatistics.csv", "MigrationErrors.csv"] {
        assert!(sheet::reports(&bench).join(file).is_file(), "{file}");
    }
    assert_eq!(bench.desktop.notified(), [("Cutover".to_owned(), "The batch is done. Nothing was lost.".to_owned())]);
    assert_eq!(sheet.footer(), ["run-another", "run-synchronise", "run-complete"]);
    assert!(sheet.shows("3 of 3") && sheet.shows("Next synchronisation"));
}

#[tokio::test(start_paused = true)]
async fn how_long_it_still_takes_is_said_once_the_rate_is_known() {
    let bench = Bench::contoso();
    bench.launcher.world.state().latency = Duration::from_secs(5);
    let mut sheet = batch(&bench).await;
    sheet.until("the time left", |sheet| sheet.shows(" minutes left")).await;
    assert!(!sheet.says("run-left-unknown"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn stopping_asks_how_and_the_next_start_finishes_the_rest() {
    let bench = Bench::contoso();
    bench.launcher.world.state().latency = Duration::from_secs(2);
    let mut sheet = batch(&bench).await;
    imports(&mut sheet, &bench, 1).await;
    sheet.tell(Message::Stop);
    sheet.tell(Message::Stop);
    assert!(sheet.says("run-stop-body") && sheet.says("run-keep-going"));
    assert!(sheet.shows("If you stop now: 0 of 3 mailboxes are done"));
    sheet.tell(Message::KeepGoing);
    assert!(!sheet.says("run-stop-body") && sheet.page.is_busy());
    sheet.tell(Message::Stop);
    sheet.tell(Message::StopAs(Stopping::AfterCurrent));
    assert!(sheet.says("run-state-stopping"));
    sheet.tell(Message::Stop);
    sheet.tell(Message::StopAs(Stopping::Now));
    sheet.tell(Message::Stop);
    assert!(sheet.says("run-state-stopping-now") && !sheet.says("run-stop-body"), "there is nothing more to ask");
    ended(&mut sheet).await;
    assert!(sheet.says("run-ended-stopped") && sheet.footer() == ["run-another", "run-again"]);
    assert_eq!(bench.desktop.notified()[0].1, "The batch was stopped.");
    let errors = std::fs::read_to_string(sheet::reports(&bench).join("MigrationErrors.csv")).unwrap();
    assert!(errors.contains("anna@contoso.com"), "{errors}");
    sheet.tell(Message::Again);
    sheet.tell(Message::Again);
    ended(&mut sheet).await;
    assert!(sheet.shows("Nothing was lost: 30 of 30"), "{:#?}", sheet.texts());
    let on_target: usize = bench.launcher.world.state().target.values().map(|mailbox| mailbox.items.len()).sum();
    assert_eq!(on_target, 30, "nothing twice");
}

#[tokio::test(start_paused = true)]
async fn closing_the_window_stops_at_once_whatever_goes_on() {
    let bench = Bench::contoso();
    let mut sheet = batch(&bench).await;
    sheet.page.stop_now();
    ended(&mut sheet).await;
    assert_eq!(bench.launcher.world.count("target.import"), 0, "it was stopped before it began");
    assert!(sheet.says("run-ended-not-begun"), "{:#?}", sheet.texts());
    sheet.tell(Message::Again);
    imports(&mut sheet, &bench, 1).await;
    sheet.page.stop_now();
    ended(&mut sheet).await;
    assert!(sheet.says("run-ended-stopped"));
}

#[tokio::test(start_paused = true)]
async fn what_fails_has_a_remedy_and_is_tried_again_alone() {
    let bench = Bench::contoso();
    refuse(&bench, "ben@contoso.com");
    let mut sheet = batch(&bench).await;
    ended(&mut sheet).await;
    assert!(sheet.says("run-verdict-look") && sheet.says("run-rest-synced-with-errors"), "{:#?}", sheet.texts());
    assert!(sheet.shows("ben@contoso.com") && sheet.says("run-problem-choose") && sheet.says("run-retry-none"));
    sheet.tell(Message::Live(live::Message::Retry));
    assert!(!sheet.page.is_busy(), "nothing was chosen");
    let cause = (Guidance::SourceAccessDenied, None);
    sheet.tell(Message::Live(live::Message::Choose(cause, true)));
    bench.launcher.world.behave();
    let before = bench.launcher.world.count("source.folders");
    sheet.tell(Message::Live(live::Message::Retry));
    ended(&mut sheet).await;
    let asked = bench.launcher.world.count("source.folders") - before;
    assert_eq!(asked, 1 + 3, "nobody else was touched; the comparison asks all three for what is new");
    assert!(sheet.shows("30 of 30 items were read back"), "{:#?}", sheet.texts());
    assert!(!sheet.says("run-problems"));
}

#[tokio::test(start_paused = true)]
async fn what_is_chosen_while_the_batch_goes_on_is_tried_again_afterwards() {
    let bench = Bench::contoso();
    let mut sheet = batch_with_ben_chosen(&bench).await;
    assert!(sheet.shows("Retry only this one") && sheet.says("run-retry-later"));
    sheet.tell(Message::Live(live::Message::Retry));
    bench.launcher.world.behave();
    assert!(sheet.page.is_busy() && sheet.says("run-forget-retry"));
    ended(&mut sheet).await;
    assert!(sheet.shows("30 of 30 items were read back"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn a_mailboxs_folders_are_shown_with_their_books() {
    let bench = Bench::contoso();
    let session = session(&bench).await;
    let migration = session.migration.clone();
    let made = Run::new(Begin::Batch(Box::new(session)), &bench.services());
    let mut sheet = Sheet::new(&bench, made, Run::progress).await;
    bench.launcher.world.state().latency = Duration::from_millis(300);
    imports(&mut sheet, &bench, 1).await;
    let at = |message| Message::Live(live::Message::Mailboxes(message));
    let open = live::mailboxes::Message::Table(cutover::gui::widget::table::Event::Activate(0));
    sheet.tell(at(open));
    assert!(sheet.says("run-folders-reading"), "{:#?}", sheet.texts());
    ended(&mut sheet).await;
    let anna = cutover::engine::recipient::Address::new("anna@contoso.com");
    let books = migration.folder_books(&anna).await.unwrap().unwrap();
    assert!(books.len() > 1 && sheet.shows(&format!("{} folders", books.len())), "{:#?}", sheet.texts());
    for folder in books.iter().take(5) {
        assert!(sheet.shows(&folder.shown()), "{}", folder.shown());
    }
    assert!(sheet.says("run-folders-arrived"));
    let texts = sheet.texts();
    let counts = books.iter().map(|folder| folder.books.found.to_string());
    assert!(counts.take(5).all(|found| texts.contains(&found)), "{texts:#?}");
    sheet.tell(at(live::mailboxes::Message::Shut));
    assert!(!sheet.says("run-folders-arrived"));
}

#[tokio::test(start_paused = true)]
async fn a_pilot_stays_a_pilot_until_another_batch_is_chosen() {
    let bench = Bench::contoso();
    let mut session = session(&bench).await;
    let anna = cutover::engine::recipient::Address::new("anna@contoso.com");
    session.plan = Arc::new(session.plan.as_ref().clone().only(&[anna].into()));
    let made = Run::new(Begin::Batch(Box::new(session)), &bench.services());
    let mut sheet = Sheet::new(&bench, made, Run::progress).await;
    bench.launcher.world.state().latency = Duration::from_secs(2);
    imports(&mut sheet, &bench, 1).await;
    sheet.tell(Message::StopAs(Stopping::Now));
    ended(&mut sheet).await;
    sheet.tell(Message::Again);
    sheet.until("the next batch", |sheet| sheet.page.is_running()).await;
    // It waits for what may still have been under way when it was stopped.
    tokio::time::sleep(Duration::from_secs(600)).await;
    ended(&mut sheet).await;
    assert!(sheet.says("run-rest-synced"), "{:#?}", sheet.texts());
    sheet.tell(Message::Synchronise);
    ended(&mut sheet).await;
    tokio::time::sleep(DAY + Duration::from_secs(120)).await;
    sheet.until("the one that is due", |sheet| sheet.page.is_busy()).await;
    ended(&mut sheet).await;
    assert!(sheet.shows("1 of 1") && sheet.says("run-rest-synced"), "{:#?}", sheet.texts());
    let state = bench.launcher.world.state();
    assert_eq!(state.target.keys().collect::<Vec<_>>(), ["anna@contoso.com"], "nobody else was moved");
    assert!(state.target_contacts.is_empty() && state.target_groups.is_empty());
}

#[tokio::test(start_paused = true)]
async fn late_answers_change_nothing() {
    let bench = Bench::contoso();
    let mut sheet = batch(&bench).await;
    sheet.until("the run", |sheet| sheet.page.is_running()).await;
    sheet.tell(Message::Live(live::Message::Seen(99, Seen::Over)));
    assert!(sheet.page.is_busy());
    ended(&mut sheet).await;
    let texts = sheet.texts();
    sheet.tell(Message::Live(live::Message::Seen(1, Seen::Compared(3))));
    let problem = Problem::new(Kind::Run, Side::Here, Guidance::LedgerUnreadable).with("file", "x");
    sheet.tell(Message::Ledger(1, Err(problem.clone())));
    sheet.tell(Message::Reports(reports::Message::Written(99, Err(problem))));
    assert_eq!(sheet.texts(), texts);
}

#[tokio::test(start_paused = true)]
async fn an_unwritable_folder_is_told_and_another_one_can_be_chosen() {
    let bench = Bench::contoso();
    std::fs::write(sheet::reports(&bench), "a file").unwrap();
    let mut sheet = batch(&bench).await;
    ended(&mut sheet).await;
    assert!(sheet.says("run-folder") && sheet.says("run-write-again"), "{:#?}", sheet.texts());
    assert!(sheet.shows("30 of 30"), "the verdict does not depend on it");
    sheet.tell(Message::Reports(reports::Message::Typed(String::new())));
    sheet.tell(Message::Reports(reports::Message::Write));
    assert!(sheet.says("run-folder-empty"));
    let elsewhere = bench.shelf.path().join("Elsewhere");
    bench.desktop.will_pick(&elsewhere);
    sheet.tell(Message::Reports(reports::Message::Pick));
    sheet.settle().await;
    assert!(elsewhere.join("MigrationErrors.csv").is_file());
    sheet.tell(Message::Reports(reports::Message::Open(What::Errors)));
    sheet.settle().await;
    assert_eq!(bench.desktop.opened(), [elsewhere.join("MigrationErrors.csv").display().to_string()]);
    bench.desktop.refuse("no program for it");
    sheet.tell(Message::Reports(reports::Message::Open(What::Folder)));
    sheet.settle().await;
    assert!(sheet.shows("no program for it"));
    sheet.tell(Message::Complete);
    let [Outcome::Complete(session)] = &sheet.outcomes[..] else { panic!("not to completing") };
    assert_eq!(session.reports, elsewhere, "the choice goes along");
}

#[tokio::test(start_paused = true)]
async fn the_error_report_can_be_opened_while_the_batch_goes_on() {
    let bench = Bench::contoso();
    bench.launcher.world.state().latency = Duration::from_secs(2);
    let mut sheet = batch(&bench).await;
    imports(&mut sheet, &bench, 1).await;
    sheet.tell(Message::Reports(reports::Message::OpenFresh(What::Errors)));
    let desktop = bench.desktop.clone();
    sheet.until("the report", |_| !desktop.opened().is_empty()).await;
    assert!(sheet.page.is_busy() && desktop.opened()[0].ends_with("MigrationErrors.csv"));
}

#[tokio::test(start_paused = true)]
async fn a_batch_that_broke_off_is_told_before_anybody_is_tried_again() {
    let bench = Bench::contoso();
    let mut sheet = batch_with_ben_chosen(&bench).await;
    sheet.tell(Message::Live(live::Message::Retry));
    let gone = Problem::new(Kind::Run, Side::Target, Guidance::TargetUnreachable).with("host", "graph");
    bench.launcher.world.misbehave(move |_| Fault::Fail(gone.clone()));
    ended(&mut sheet).await;
    assert!(sheet.says("run-ended-failed") && !sheet.says("run-forget-retry"), "{:#?}", sheet.texts());
    assert_eq!(sheet.page.state(), Some(BatchState::Failed));
}

#[tokio::test(start_paused = true)]
async fn the_comparison_can_be_skipped_and_made_after_all() {
    let bench = Bench::contoso();
    let mut sheet = batch(&bench).await;
    bench.launcher.world.state().latency = Duration::from_millis(500);
    sheet.until("the comparison", |sheet| sheet.says("run-give-up")).await;
    sheet.tell(Message::Live(live::Message::GiveUp));
    ended(&mut sheet).await;
    assert!(sheet.says("run-ended-uncompared") && sheet.says("run-compare"), "{:#?}", sheet.texts());
    assert!(sheet.says("run-ended-uncompared-detail") && !sheet.shows("Nothing was lost"));
    sheet.tell(Message::Live(live::Message::CompareAgain));
    sheet.tell(Message::Live(live::Message::CompareAgain));
    assert!(sheet.page.is_busy());
    ended(&mut sheet).await;
    assert!(sheet.shows("Nothing was lost: 30 of 30"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn more_mailboxes_at_a_time_take_effect_at_once() {
    let bench = Bench::contoso();
    for n in 0..6 {
        bench.launcher.world.add_mailbox(&format!("u{n}@contoso.com"), cutover::engine::recipient::MailboxKind::User);
        (0..20).for_each(|m| {
            drop(bench.launcher.world.add_item(&format!("u{n}@contoso.com"), "s-Inbox", &format!("{m}")))
        });
    }
    bench.launcher.world.state().latency = Duration::from_secs(1);
    let mut sheet = batch(&bench).await;
    imports(&mut sheet, &bench, 2).await;
    sheet.tell(Message::Live(live::Message::AtATime(7)));
    sheet.until("seven at a time", |sheet| sheet.shows("Copying 7 mailboxes")).await;
    ended(&mut sheet).await;
    assert!(bench.launcher.world.state().most_mailboxes > 3, "more than were planned");
}

#[tokio::test(start_paused = true)]
async fn the_status_message_has_numbers_and_goes_to_those_who_were_chosen() {
    let bench = Bench::contoso();
    let mut session = session(&bench).await;
    session.status_to = vec![cutover::engine::recipient::Address::new("boss@contoso.com")];
    let made = Run::new(Begin::Batch(Box::new(session)), &bench.services());
    let mut sheet = Sheet::new(&bench, made, Run::progress).await;
    ended(&mut sheet).await;
    sheet.tell(Message::Reports(reports::Message::Preview(true)));
    assert!(sheet.shows("Mailboxes migrated: 3 of 3") && sheet.shows("boss@contoso.com"));
    let texts = sheet.texts().join("\n");
    for mailbox in bench.launcher.world.state().target.values().filter(|mailbox| !mailbox.password.is_empty()) {
        assert!(!texts.contains(&mailbox.password), "a password is on screen");
    }
}
