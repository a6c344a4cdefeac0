//! Items that did not move, saved as files from the run page and from the page that completes.

use std::time::Duration;

use cutover::engine::problem::{Kind, Problem, Side};
use cutover::gui::page::complete::{self, Complete};
use cutover::gui::page::live::saving::{Message, SAVE, STOP};
use cutover::gui::page::run::{self, Begin, Run};
use cutover::words::Words;

use crate::memory::{Fault, busy, fields, lost};
use crate::resting::resting;
use crate::sheet::{Sheet, session};
use crate::support::Bench;

/// The run page of a migration of which three items did not move; one of them cannot be had as a file either.
async fn page(bench: &Bench) -> Sheet<Run> {
    for (class, subject) in [("IPM.Refused", "Offer"), ("IPM.Refused", "Order"), ("IPM.Task", "Task")] {
        let mut item = fields(subject, subject.as_bytes().to_vec());
        item.class = class.to_owned();
        if class == "IPM.Task" {
            item.size = 400 * 1024 * 1024;
        }
        bench.launcher.world.add("anna@contoso.com", "s-Inbox", item);
    }
    resting(bench).await
}

#[tokio::test(start_paused = true)]
async fn what_did_not_move_is_saved_and_what_could_not_be_had_is_told() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    assert!(sheet.says("run-save") && sheet.says("run-save-hint"), "{:#?}", sheet.texts());
    sheet.tell(run::Message::Save(Message::Pick));
    sheet.settle().await;
    assert!(sheet.says("run-save") && !sheet.shows("are now in"), "no folder was chosen");
    let folder = bench.shelf.path().join("Not moved");
    bench.desktop.will_pick(&folder);
    sheet.tell(run::Message::Save(Message::Pick));
    sheet.settle().await;
    assert_eq!(bench.desktop.asked(), vec![sheet.say("run-save-pick"); 2]);
    assert!(sheet.shows(&format!("2 of 3 items are now in {}.", folder.display())), "{:#?}", sheet.texts());
    assert!(sheet.shows("One item could not be had") && sheet.focuses(SAVE), "{:#?}", sheet.texts());
    assert!(sheet.shows("IPM.Task"), "the reason is told: {:#?}", sheet.texts());
    let files = std::fs::read_dir(folder.join("anna@contoso.com").join("Inbox")).unwrap();
    assert_eq!(files.count(), 2);
    sheet.tell(run::Message::Save(Message::Open));
    sheet.settle().await;
    assert_eq!(bench.desktop.opened(), [folder.display().to_string()]);
    bench.desktop.refuse("no file manager");
    sheet.tell(run::Message::Save(Message::Open));
    sheet.settle().await;
    assert!(sheet.shows("no file manager"));
    sheet.tell(run::Message::Synchronise);
    assert!(!sheet.shows("are now in") && !sheet.says("run-save"), "of before");
}

#[tokio::test(start_paused = true)]
async fn what_saving_waits_for_is_said() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    let busy = busy(Side::Source, 20);
    bench.launcher.world.misbehave(move |request| match (request.operation, request.nth) {
        ("source.mime", 1) => Fault::Fail(busy.clone()),
        _ => Fault::None,
    });
    bench.desktop.will_pick(bench.shelf.path().join("Not moved"));
    sheet.tell(run::Message::Save(Message::Pick));
    sheet.until("the waiting", |sheet| sheet.shows("Waiting for the Exchange server until")).await;
    assert!(sheet.shows("Saving items as files: 1 of 3"), "{:#?}", sheet.texts());
    sheet.settle().await;
    assert!(sheet.shows("2 of 3 items are now in") && !sheet.shows("Waiting for"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn saving_can_be_stopped_and_once_more_finishes_it() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    bench.launcher.world.state().latency = Duration::from_secs(1);
    let folder = bench.shelf.path().join("Not moved");
    bench.desktop.will_pick(&folder);
    sheet.tell(run::Message::Save(Message::Pick));
    sheet.until("the first file", |sheet| sheet.shows("Saving items as files: 1 of 3")).await;
    sheet.tell(run::Message::Save(Message::Pick));
    assert!(sheet.focuses(STOP) && bench.desktop.asked().len() == 1, "one at a time");
    sheet.tell(run::Message::Save(Message::Stop));
    sheet.settle().await;
    assert!(sheet.shows("1 of 3 items are now in") && sheet.says("run-save"), "{:#?}", sheet.texts());
    bench.desktop.will_pick(&folder);
    sheet.tell(run::Message::Save(Message::Pick));
    sheet.settle().await;
    assert!(sheet.shows("2 of 3 items are now in"), "{:#?}", sheet.texts());
    let files = std::fs::read_dir(folder.join("anna@contoso.com").join("Inbox")).unwrap();
    assert_eq!(files.count(), 2, "nothing lies there twice");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_answer_and_a_folder_that_cannot_be_made_are_told() {
    let bench = Bench::contoso();
    let mut sheet = page(&bench).await;
    let file = bench.shelf.path().join("file");
    std::fs::write(&file, "").unwrap();
    bench.desktop.will_pick(&file);
    sheet.tell(run::Message::Save(Message::Pick));
    sheet.settle().await;
    let place = file.join("anna@contoso.com").join("Inbox").display().to_string();
    assert!(sheet.shows(&place) && !sheet.shows("now in") && sheet.says("run-save"), "{:#?}", sheet.texts());
    let unreachable = Problem { kind: Kind::Run, ..lost(Side::Source) };
    let told = Words::new("en-GB").message(&unreachable);
    bench.launcher.world.misbehave(move |request| match request.operation {
        "source.mime" => Fault::Fail(unreachable.clone()),
        _ => Fault::None,
    });
    bench.desktop.will_pick(bench.shelf.path().join("Other"));
    sheet.tell(run::Message::Save(Message::Pick));
    sheet.settle().await;
    assert!(sheet.shows(&told) && !sheet.shows(&place) && sheet.says("run-save"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn the_page_that_completes_saves_them_too() {
    let bench = Bench::contoso();
    drop(page(&bench).await);
    let session = session(&bench).await;
    let mut sheet = Sheet::new(&bench, Complete::new(session, &bench.services()), Complete::progress).await;
    sheet.settle().await;
    assert!(sheet.says("run-save"), "{:#?}", sheet.texts());
    bench.desktop.will_pick(bench.shelf.path().join("Not moved"));
    sheet.tell(complete::Message::Save(Message::Pick));
    sheet.settle().await;
    assert!(sheet.shows("2 of 3 items are now in"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn where_everything_moved_nothing_is_offered() {
    let bench = Bench::contoso();
    let first = session(&bench).await;
    let made = Run::new(Begin::Batch(Box::new(first)), &bench.services());
    let mut sheet = Sheet::new(&bench, made, Run::progress).await;
    sheet.settle().await;
    assert!(!sheet.page.is_busy() && !sheet.says("run-save"));
}
