//! Any message is found from the run page and from the page that completes: where it was, where it is, or why it is not.

use cutover::engine::run::Pass;
use cutover::gui::page::Page;
use cutover::gui::page::complete::{self, Complete};
use cutover::gui::page::live::finding::{FIELD, Message, OPEN, SHOWN};
use cutover::gui::page::run::{self, Begin, Run};

use crate::memory::fields;
use crate::sheet::{Sheet, session};
use crate::support::Bench;

/// A migration that was synchronised once, with one item that did not move and many that look alike.
async fn migrated(bench: &Bench) {
    let mut refused = fields("Offer refused", b"refused".to_vec());
    refused.class = "IPM.Refused".to_owned();
    bench.launcher.world.add("anna@contoso.com", "s-Inbox", refused);
    for n in 0..SHOWN + 5 {
        bench.launcher.world.add_item("anna@contoso.com", "s-Inbox", &format!("Weekly {n}"));
    }
    bench.launcher.world.add_item("ben@contoso.com", "s-Inbox", "Contract for signature");
    let session = session(bench).await;
    let plan = session.plan.as_ref().clone();
    session.migration.run(plan, Pass::Initial).await.unwrap().outcome().await;
}

async fn page(bench: &Bench) -> Sheet<Run> {
    migrated(bench).await;
    let made = Run::new(Begin::Resting(Box::new(session(bench).await)), &bench.services());
    let mut sheet = Sheet::new(bench, made, Run::progress).await;
    sheet.settle().await;
    sheet
}

async fn find(sheet: &mut Sheet<Run>, text: &str) {
    sheet.tell(run::Message::Find(Message::Typed(text.to_owned())));
    sheet.tell(run::Message::Find(Message::Find));
    sheet.settle().await;
}

#[tokio::test(start_paused = true)]
async fn where_a_message_is_or_why_it_is_not_there_is_told() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    sheet.tell(run::Message::Find(Message::Open));
    sheet.settle().await;
    assert!(sheet.focuses(FIELD) && sheet.says("run-find-hint"));
    sheet.tell(run::Message::Find(Message::Find));
    sheet.settle().await;
    assert!(!sheet.shows("ound."), "nothing was typed");
    find(&mut sheet, "  CONTRACT signature ").await;
    assert!(sheet.shows("1 message found.") && sheet.shows("Contract for signature"), "{:#?}", sheet.texts());
    assert!(sheet.shows("ben@contoso.com") && sheet.shows("On the Exchange server: Inbox"));
    assert!(sheet.shows("It is in Microsoft 365, in the folder Inbox."), "{:#?}", sheet.texts());
    find(&mut sheet, "offer refused").await;
    assert!(sheet.says("run-find-failed") || sheet.says("run-find-skipped"), "{:#?}", sheet.texts());
    find(&mut sheet, "weekly").await;
    assert!(sheet.shows("25 messages found; these are the latest 20."), "{:#?}", sheet.texts());
    assert_eq!(sheet.texts().iter().filter(|text| text.starts_with("Weekly ")).count(), SHOWN);
    find(&mut sheet, "no such thing").await;
    assert!(sheet.shows("Nothing found."), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn escape_closes_it_and_late_answers_open_nothing() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    assert!(sheet.page.escape().is_none());
    sheet.tell(run::Message::Find(Message::Open));
    sheet.tell(run::Message::Find(Message::Typed("contract".to_owned())));
    sheet.tell(run::Message::Find(Message::Find));
    let close = sheet.page.escape().unwrap();
    sheet.tell(close);
    sheet.settle().await;
    assert!(!sheet.says("run-find-hint") && sheet.focuses(OPEN));
    sheet.tell(run::Message::Find(Message::Open));
    assert!(!sheet.shows("found."), "of before");
    sheet.tell(run::Message::Find(Message::Close));
    // Never two dialogs: the question comes first.
    sheet.tell(run::Message::Synchronise);
    sheet.until("the batch", |sheet| sheet.page.is_running()).await;
    sheet.tell(run::Message::Stop);
    sheet.tell(run::Message::Find(Message::Open));
    assert!(sheet.says("run-stop-body") && !sheet.says("run-find-hint"));
    sheet.tell(run::Message::KeepGoing);
    sheet.tell(run::Message::Find(Message::Open));
    find(&mut sheet, "contract").await;
    assert!(sheet.shows("1 message found."), "also while a batch goes on: {:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn the_page_of_a_completed_migration_finds_them_too() {
    let bench = Bench::contoso();
    migrated(&bench).await;
    let first = session(&bench).await;
    let plan = first.plan.as_ref().clone();
    first.migration.run(plan, Pass::Complete { ignore_errors: true }).await.unwrap().outcome().await;
    drop(first);
    let session = session(&bench).await;
    let mut sheet = Sheet::new(&bench, Complete::new(session, &bench.services()), Complete::progress).await;
    sheet.settle().await;
    assert!(sheet.says("run-find"), "{:#?}", sheet.texts());
    sheet.tell(complete::Message::Find(Message::Open));
    sheet.tell(complete::Message::Find(Message::Typed("contract".to_owned())));
    sheet.tell(complete::Message::Find(Message::Find));
    sheet.settle().await;
    assert!(sheet.shows("1 message found."), "{:#?}", sheet.texts());
    let close = sheet.page.escape().unwrap();
    sheet.tell(close);
    assert!(!sheet.says("run-find-hint"));
}
