//! The page that completes the migration: it asks once, refuses where errors are not to be ignored, and says what is next.

use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::run::Pass;
use cutover::gui::page::complete::{Behind, Complete, Message, Outcome};
use cutover::gui::page::live::Stopping;
use cutover::gui::page::live::reports;

use crate::memory::Fault;
use crate::sheet::{self, Sheet, session};
use crate::support::Bench;

/// The page of a migration that was synchronised once.
async fn page(bench: &Bench) -> Sheet<Complete> {
    let first = session(bench).await;
    let plan = first.plan.as_ref().clone();
    first.migration.run(plan, Pass::Initial).await.unwrap().outcome().await;
    drop(first);
    again(bench).await
}

async fn again(bench: &Bench) -> Sheet<Complete> {
    let session = session(bench).await;
    let mut sheet = Sheet::new(bench, Complete::new(session, &bench.services()), Complete::progress).await;
    sheet.settle().await;
    sheet
}

async fn ended(sheet: &mut Sheet<Complete>) {
    sheet.until("the end", |sheet| !sheet.page.is_busy()).await;
    sheet.settle().await;
}

fn refuse(bench: &Bench) {
    let denied = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied);
    let denied = denied.with("mailbox", "ben@contoso.com").with("user", "migration");
    bench.launcher.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("source.folders", "ben@contoso.com") => Fault::Fail(denied.clone()),
        _ => Fault::None,
    });
}

#[tokio::test(start_paused = true)]
async fn it_asks_once_synchronises_a_last_time_and_says_what_comes_next() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    assert!(sheet.shows("contoso.com") && sheet.shows("Last synchronised") && sheet.footer() == ["complete-now"]);
    bench.launcher.world.add_item("anna@contoso.com", "s-Inbox", "The last one");
    sheet.tell(Message::Confirm);
    assert!(!sheet.page.is_busy(), "nobody was asked");
    sheet.tell(Message::Ask);
    assert!(sheet.says("complete-ask") && sheet.says("complete-doubts"));
    sheet.tell(Message::Cancel);
    assert!(!sheet.says("complete-ask") && !sheet.page.is_busy());
    sheet.tell(Message::Ask);
    sheet.tell(Message::Confirm);
    sheet.tell(Message::Confirm);
    assert!(sheet.page.is_busy());
    ended(&mut sheet).await;
    assert!(sheet.shows("Nothing was lost: 31 of 31 items were read back"), "{:#?}", sheet.texts());
    assert!(sheet.says("complete-licences") && sheet.says("complete-hand-over"));
    assert!(sheet.progress.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", sheet.progress);
    assert_eq!(bench.desktop.notified().last().unwrap().1, "The migration is completed.");
    assert_eq!(sheet.footer(), ["complete-start-over"]);
    sheet.tell(Message::Ask);
    assert!(!sheet.says("complete-ask"), "it is completed already");
    sheet.tell(Message::StartOver);
    assert!(matches!(&sheet.outcomes[..], [Outcome::StartOver]));
    drop(sheet);
    let mut later = again(&bench).await;
    assert!(later.says("complete-title-done") || later.says("complete-state-done"), "{:#?}", later.texts());
    assert!(later.says("complete-next") && later.footer() == ["complete-start-over"]);
}

#[tokio::test(start_paused = true)]
async fn what_users_did_on_the_target_is_told_and_refuses_nothing() {
    let bench = Bench::contoso();
    let first = session(&bench).await;
    let plan = first.plan.as_ref().clone();
    first.migration.run(plan, Pass::Initial).await.unwrap().outcome().await;
    assert!(first.migration.verify(&|_| {}).await.unwrap().nothing_lost());
    drop(first);
    let gone = {
        let mut state = bench.launcher.world.state();
        let items = &mut state.target.get_mut("anna@contoso.com").unwrap().items;
        items[1].fields.read = !items[1].fields.read;
        items.remove(0)
    };
    let mut sheet = again(&bench).await;
    sheet.tell(Message::Ask);
    sheet.tell(Message::Confirm);
    ended(&mut sheet).await;
    assert!(sheet.shows("Nothing was lost: 28 of 30 items were read back"), "{gone:?} {:#?}", sheet.texts());
    assert!(sheet.shows("One item was changed or moved by somebody in Microsoft 365"), "{:#?}", sheet.texts());
    assert!(sheet.shows("One item had arrived in Microsoft 365 whole and was deleted there since"));
    assert_eq!(bench.desktop.notified().last().unwrap().1, "The migration is completed.");
}

#[tokio::test(start_paused = true)]
async fn with_errors_it_refuses_unless_they_are_to_be_ignored() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    refuse(&bench);
    sheet.tell(Message::Ask);
    sheet.tell(Message::Confirm);
    ended(&mut sheet).await;
    assert!(sheet.says("run-verdict-look") && sheet.says("run-open-errors"), "{:#?}", sheet.texts());
    assert_eq!(sheet.footer(), ["complete-now"]);
    assert!(sheet::reports(&bench).join("MigrationErrors.csv").is_file());
    sheet.tell(Message::Ignore(true));
    sheet.tell(Message::Ask);
    assert!(sheet.says("complete-doubt-ignore") || sheet.shows("Errors will be ignored"));
    sheet.tell(Message::Confirm);
    ended(&mut sheet).await;
    assert!(
        sheet.says("complete-state-done-with-errors") && sheet.says("run-verdict-ignored"),
        "{:#?}",
        sheet.texts()
    );
}

#[tokio::test(start_paused = true)]
async fn a_refused_completion_leads_back_to_keeping_in_step() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    sheet.tell(Message::Back);
    assert!(matches!(&sheet.outcomes[..], [Outcome::Back]));
    refuse(&bench);
    sheet.tell(Message::Ask);
    sheet.tell(Message::Confirm);
    sheet.tell(Message::Back);
    assert_eq!(sheet.outcomes.len(), 1, "not while it goes on");
    ended(&mut sheet).await;
    sheet.tell(Message::Back);
    let [_, Outcome::Synchronise(session)] = &sheet.outcomes[..] else { panic!("not back to the run page") };
    assert_eq!(session.overview.mailboxes_with_errors, 1);
}

#[tokio::test(start_paused = true)]
async fn it_can_be_stopped_and_completed_later() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    bench.launcher.world.state().latency = std::time::Duration::from_secs(2);
    sheet.tell(Message::Ask);
    sheet.tell(Message::Confirm);
    sheet.until("the run", |sheet| sheet.says("run-active") || sheet.says("run-mailboxes")).await;
    sheet.tell(Message::Stop);
    assert!(sheet.says("run-stop-body"));
    sheet.tell(Message::StopAs(Stopping::Now));
    ended(&mut sheet).await;
    assert!(sheet.says("run-ended-stopped") && sheet.footer() == ["complete-now"], "{:#?}", sheet.texts());
    bench.launcher.world.state().latency = std::time::Duration::ZERO;
    sheet.tell(Message::Ask);
    sheet.tell(Message::Confirm);
    ended(&mut sheet).await;
    assert!(sheet.says("complete-state-done"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn doubts_go_as_the_steps_are_ticked() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    sheet.tell(Message::Switched(true));
    sheet.tell(Message::Switched(true));
    sheet.tell(Message::Arrives(true));
    assert!(sheet.shows("The MX records were changed (ticked 20 Nov 2026") && sheet.shows("better from 23 Nov 2026"));
    sheet.now = "2026-11-20T20:00:00Z".parse().unwrap();
    sheet.tell(Message::Ask);
    assert!(sheet.shows("less than 24 hours ago"));
    sheet.now = "2026-11-22T20:00:00Z".parse().unwrap();
    assert!(!sheet.says("complete-doubts"));
    sheet.tell(Message::Cancel);
    sheet.tell(Message::Switched(false));
    sheet.tell(Message::Ask);
    assert!(sheet.shows("You have not ticked that the MX records were changed."));
}

#[tokio::test(start_paused = true)]
async fn passwords_are_written_only_when_asked_for() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    sheet.tell(Message::Ask);
    sheet.tell(Message::Confirm);
    ended(&mut sheet).await;
    let file = sheet::reports(&bench).join("MigrationStatistics.csv");
    let password = bench.launcher.world.state().target["anna@contoso.com"].password.clone();
    assert!(!std::fs::read_to_string(&file).unwrap().contains(&password));
    assert!(sheet.says("complete-passwords-warning"));
    sheet.tell(Message::Reports(reports::Message::Typed(file.display().to_string())));
    sheet.tell(Message::Reports(reports::Message::WritePasswords));
    sheet.settle().await;
    assert!(sheet.says("run-write-again") && !sheet.says("complete-passwords-written"), "{:#?}", sheet.texts());
    let folder = sheet::reports(&bench).display().to_string();
    sheet.tell(Message::Reports(reports::Message::Typed(folder)));
    sheet.tell(Message::Reports(reports::Message::Write));
    sheet.tell(Message::Reports(reports::Message::WritePasswords));
    sheet.tell(Message::Reports(reports::Message::WritePasswords));
    sheet.settle().await;
    assert!(sheet.says("complete-passwords-written"), "{:#?}", sheet.texts());
    assert!(std::fs::read_to_string(&file).unwrap().contains(&password));
    assert!(!sheet.shows(&password));
}

#[tokio::test(start_paused = true)]
async fn whoever_was_left_out_of_a_pilot_is_told_before_completing() {
    let bench = Bench::contoso();
    let first = session(&bench).await;
    let anna = cutover::engine::recipient::Address::new("anna@contoso.com");
    let pilot = first.plan.as_ref().clone().only(&[anna].into());
    first.migration.run(pilot, Pass::Initial).await.unwrap().outcome().await;
    drop(first);
    let mut sheet = again(&bench).await;
    sheet.tell(Message::Ask);
    assert!(sheet.shows("2 mailboxes have been in no batch so far") && sheet.shows("3 mailboxes are synchronised"));
    sheet.tell(Message::Confirm);
    ended(&mut sheet).await;
    assert!(sheet.shows("Nothing was lost: 30 of 30"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn a_completion_waits_for_the_synchronisation_under_way() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    let behind = |progress| Some(Behind { progress });
    sheet.hear(|page| page.hear(behind(Some(0.25))));
    assert!(sheet.says("complete-behind") && sheet.footer() == ["complete-now"], "{:#?}", sheet.texts());
    sheet.tell(Message::Ask);
    assert!(sheet.says("complete-ask-behind"));
    sheet.tell(Message::Confirm);
    assert!(!sheet.page.is_busy() && sheet.page.is_queued());
    assert!(sheet.says("complete-queued") && sheet.shows("so far: 25%"), "{:#?}", sheet.texts());
    assert_eq!(sheet.footer(), ["complete-unqueue"]);
    sheet.tell(Message::Back);
    sheet.tell(Message::Ask);
    assert!(sheet.outcomes.is_empty() && !sheet.says("complete-ask"), "it is wanted already");
    assert!(!sheet.says("complete-errors-ignore"), "what was confirmed stands");
    sheet.tell(Message::Unqueue);
    sheet.hear(|page| page.hear(None));
    assert!(!sheet.page.is_busy() && sheet.footer() == ["complete-now"], "it was called off");
    sheet.hear(|page| page.hear(behind(None)));
    sheet.tell(Message::Ask);
    sheet.tell(Message::Confirm);
    sheet.hear(|page| page.hear(behind(Some(0.9))));
    assert!(!sheet.page.is_busy());
    sheet.hear(|page| page.hear(None));
    assert!(sheet.page.is_busy() && !sheet.page.is_queued(), "its turn");
    ended(&mut sheet).await;
    assert!(sheet.says("complete-state-done"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn a_window_that_closes_completes_nothing() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    sheet.hear(|page| page.hear(Some(Behind { progress: None })));
    sheet.tell(Message::Ask);
    sheet.tell(Message::Confirm);
    sheet.page.stop_now();
    sheet.hear(|page| page.hear(None));
    assert!(!sheet.page.is_busy() && !sheet.page.is_queued());
}
