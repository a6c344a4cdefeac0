//! Much of a mailbox is gone at the source: the run page asks what becomes of the copies, and carries out what was decided
//! for those mailboxes alone.

use std::sync::Arc;

use cutover::engine::plan::Deletions;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::recipient::Address;
use cutover::engine::report::{Trouble, Troubles};
use cutover::engine::run::BatchState;
use cutover::gui::page::live::Stopping;
use cutover::gui::page::run::brake::{self, LATER};
use cutover::gui::page::run::{Message, Run};

use crate::resting::resting;
use crate::run::ended;
use crate::sheet::{Sheet, session};
use crate::support::Bench;

const ANNA: &str = "anna@contoso.com";
const BEN: &str = "ben@contoso.com";
/// So many that it counts as much.
const MORE: u64 = 60;

/// The page after a synchronisation in which much of these mailboxes was gone.
async fn held(bench: &Bench, mailboxes: &[&str]) -> Sheet<Run> {
    let world = &bench.launcher.world;
    let ids: Vec<(&str, String)> = mailboxes
        .iter()
        .flat_map(|address| (0..MORE).map(move |n| (*address, world.add_item(address, "s-Sent", &format!("{n}")))))
        .collect();
    let mut sheet = resting(bench).await;
    ids.iter().for_each(|(address, id)| drop(world.delete(address, id)));
    sheet.tell(Message::Synchronise);
    ended(&mut sheet).await;
    sheet
}

fn tell(sheet: &mut Sheet<Run>, message: brake::Message) {
    sheet.tell(Message::Brake(message));
}

/// So many items are in the recoverable items of these mailboxes.
fn deleted(bench: &Bench, address: &str) -> u64 {
    bench.launcher.world.state().target[address].deleted.len() as u64
}

#[tokio::test(start_paused = true)]
async fn what_was_deleted_on_purpose_is_deleted_there_too_once_somebody_says_so() {
    let bench = Bench::contoso();
    let mut sheet = held(&bench, &[ANNA]).await;
    assert!(sheet.says("run-brake-heading") && sheet.shows("60 of 7"), "{:#?}", sheet.texts());
    assert!(!sheet.says("run-problems"), "it is told once");
    tell(&mut sheet, brake::Message::Decide);
    assert!(!sheet.page.is_busy(), "nobody was asked");
    tell(&mut sheet, brake::Message::Ask(Deletions::Follow));
    sheet.settle().await;
    assert!(sheet.focuses(LATER), "the harmless answer has the keyboard");
    assert!(sheet.shows("Delete 60 items in Microsoft 365 too?") && sheet.shows("anna"), "{:#?}", sheet.texts());
    assert!(sheet.shows("bring deleted items back in Outlook for 14 days"));
    tell(&mut sheet, brake::Message::Later);
    assert!(!sheet.shows("Delete 60 items") && !sheet.page.is_busy() && deleted(&bench, ANNA) == 0);
    let asked = bench.launcher.world.count("source.folders");
    tell(&mut sheet, brake::Message::Ask(Deletions::Follow));
    tell(&mut sheet, brake::Message::Decide);
    assert!(sheet.page.is_busy() && !sheet.says("run-brake-heading"));
    ended(&mut sheet).await;
    assert_eq!(deleted(&bench, ANNA), MORE, "recoverably");
    // Where something is gone, a folder made meanwhile may have it: two lists say so.
    assert_eq!(bench.launcher.world.count("source.folders") - asked, 3 + 3, "nobody else; then the comparison");
    assert!(sheet.says("run-rest-synced") && !sheet.says("run-brake-heading"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn what_is_kept_stays_for_good() {
    let bench = Bench::contoso();
    let mut sheet = held(&bench, &[ANNA]).await;
    tell(&mut sheet, brake::Message::Ask(Deletions::Keep));
    assert!(sheet.shows("Keep 60 items in Microsoft 365?") && !sheet.says("run-brake-delete-sure"));
    tell(&mut sheet, brake::Message::Decide);
    ended(&mut sheet).await;
    assert!(!sheet.says("run-brake-heading"), "{:#?}", sheet.texts());
    sheet.tell(Message::Synchronise);
    ended(&mut sheet).await;
    assert!(!sheet.says("run-brake-heading") && deleted(&bench, ANNA) == 0, "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn of_several_mailboxes_each_can_be_decided_about() {
    let bench = Bench::contoso();
    let mut sheet = held(&bench, &[ANNA, BEN]).await;
    assert!(sheet.shows("Much of 2 mailboxes is gone") && sheet.says("run-brake-choose"), "{:#?}", sheet.texts());
    tell(&mut sheet, brake::Message::Ask(Deletions::Follow));
    assert!(!sheet.says("run-brake-delete-sure"), "nobody is chosen");
    tell(&mut sheet, brake::Message::Choose(Address::new(BEN), true));
    tell(&mut sheet, brake::Message::Ask(Deletions::Follow));
    assert!(sheet.shows("Delete 60 items"));
    tell(&mut sheet, brake::Message::Decide);
    ended(&mut sheet).await;
    assert_eq!((deleted(&bench, ANNA), deleted(&bench, BEN)), (0, MORE));
    assert!(sheet.shows("Much of one mailbox is gone"), "{:#?}", sheet.texts());
    tell(&mut sheet, brake::Message::Ask(Deletions::Keep));
    tell(&mut sheet, brake::Message::Decide);
    ended(&mut sheet).await;
    assert!(deleted(&bench, ANNA) == 0 && !sheet.says("run-brake-heading"));
}

#[tokio::test(start_paused = true)]
async fn all_can_be_decided_about_together_however_many_are_listed() {
    let bench = Bench::contoso();
    let mut sheet = held(&bench, &[ANNA, BEN]).await;
    tell(&mut sheet, brake::Message::ChooseAll(true));
    tell(&mut sheet, brake::Message::Ask(Deletions::Follow));
    assert!(sheet.shows("Delete 120 items"), "{:#?}", sheet.texts());
    tell(&mut sheet, brake::Message::Decide);
    ended(&mut sheet).await;
    assert_eq!((deleted(&bench, ANNA), deleted(&bench, BEN)), (MORE, MORE));
}

#[tokio::test(start_paused = true)]
async fn the_others_are_synchronised_when_they_would_have_been() {
    let bench = Bench::contoso();
    let mut sheet = held(&bench, &[ANNA]).await;
    let due = |sheet: &mut Sheet<Run>| sheet.texts().into_iter().find(|text| text.contains("Next synchronisation"));
    let before = due(&mut sheet);
    assert!(before.is_some());
    tokio::time::sleep(std::time::Duration::from_secs(3 * 3600)).await;
    tell(&mut sheet, brake::Message::Ask(Deletions::Keep));
    tell(&mut sheet, brake::Message::Decide);
    ended(&mut sheet).await;
    assert_eq!(due(&mut sheet), before);
}

#[tokio::test(start_paused = true)]
async fn no_more_is_deleted_than_was_asked_about() {
    let bench = Bench::contoso();
    let mut sheet = held(&bench, &[ANNA]).await;
    for n in 0..MORE {
        bench.launcher.world.add_item(ANNA, "s-Sent", &format!("later {n}"));
    }
    sheet.tell(Message::Synchronise);
    ended(&mut sheet).await;
    tell(&mut sheet, brake::Message::Ask(Deletions::Follow));
    assert!(sheet.shows("Delete 60 items"), "{:#?}", sheet.texts());
    bench.launcher.world.state().source.get_mut(ANNA).unwrap().items.clear();
    bench.launcher.world.expire_sync_states(ANNA, false);
    tell(&mut sheet, brake::Message::Decide);
    ended(&mut sheet).await;
    assert_eq!(deleted(&bench, ANNA), 0);
    assert!(sheet.says("run-brake-heading") && !sheet.shows("60 of"), "it asks again: {:#?}", sheet.texts());
    tell(&mut sheet, brake::Message::Ask(Deletions::Follow));
    tell(&mut sheet, brake::Message::Decide);
    ended(&mut sheet).await;
    assert!(deleted(&bench, ANNA) > 2 * MORE && !sheet.says("run-brake-heading"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn a_slow_batch_for_some_does_not_put_off_the_others_either() {
    let bench = Bench::contoso();
    let mut sheet = held(&bench, &[ANNA, BEN]).await;
    let due = |sheet: &mut Sheet<Run>| sheet.texts().into_iter().find(|text| text.contains("Next synchronisation"));
    let before = due(&mut sheet);
    assert!(before.is_some());
    tokio::time::sleep(std::time::Duration::from_secs(3 * 3600)).await;
    // Slow enough for the ledger to be read in between, again and again.
    bench.launcher.world.state().latency = std::time::Duration::from_secs(1);
    tell(&mut sheet, brake::Message::ChooseAll(true));
    tell(&mut sheet, brake::Message::Ask(Deletions::Follow));
    tell(&mut sheet, brake::Message::Decide);
    ended(&mut sheet).await;
    assert_eq!((deleted(&bench, ANNA), deleted(&bench, BEN)), (MORE, MORE));
    assert_eq!(due(&mut sheet), before);
}

#[tokio::test(start_paused = true)]
async fn stopping_what_was_decided_for_one_mailbox_keeps_everybody_in_step() {
    let bench = Bench::contoso();
    let mut sheet = held(&bench, &[ANNA]).await;
    tell(&mut sheet, brake::Message::Ask(Deletions::Follow));
    tell(&mut sheet, brake::Message::Decide);
    sheet.tell(Message::StopAs(Stopping::Now));
    ended(&mut sheet).await;
    assert!(sheet.shows("Next synchronisation"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn stopping_everybodys_synchronisation_says_that_none_begins_by_itself() {
    let bench = Bench::contoso();
    let mut sheet = resting(&bench).await;
    let world = bench.launcher.world.clone();
    for n in 0..MORE {
        world.add_item(ANNA, "s-Sent", &format!("{n}"));
    }
    let before = world.count("target.import");
    sheet.tell(Message::Synchronise);
    sheet.until("mail", |sheet| sheet.page.is_running() && world.count("target.import") > before).await;
    sheet.tell(Message::StopAs(Stopping::Now));
    ended(&mut sheet).await;
    assert!(sheet.page.state() == Some(BatchState::Stopped) && sheet.says("run-rest-stopped-not-kept"));
    assert!(sheet.footer().contains(&"run-again"), "the button that it names");
}

#[tokio::test(start_paused = true)]
async fn a_question_that_nobody_answers_holds_up_a_synchronisation_for_an_hour_at_most() {
    let bench = Bench::contoso();
    let mut sheet = held(&bench, &[ANNA]).await;
    tell(&mut sheet, brake::Message::Ask(Deletions::Follow));
    tokio::time::sleep(std::time::Duration::from_secs(24 * 3600 + 60)).await;
    sheet.tell(Message::Due);
    sheet.settle().await;
    assert!(!sheet.page.is_busy() && sheet.shows("Delete 60 items"), "somebody may be about to answer");
    tokio::time::sleep(std::time::Duration::from_secs(3600)).await;
    sheet.tell(Message::Due);
    sheet.until("the beginning", |sheet| sheet.page.is_busy()).await;
    ended(&mut sheet).await;
    assert!(sheet.says("run-brake-heading") && deleted(&bench, ANNA) == 0, "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn whoever_is_among_all_is_on_the_list() {
    let bench = Bench::contoso();
    let mut sheet = resting(&bench).await;
    let gone = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceMuchGone).with("gone", 60).with("held", 70);
    let one = |n: usize| Trouble {
        address: Address::new(format!("one{n}@contoso.com")),
        name: format!("Number {n} of many"),
        folder: String::new(),
        subject: String::new(),
        problem: gone.clone(),
        retryable: true,
    };
    let (overview, troubles) = (
        Arc::new(session(&Bench::contoso()).await.overview),
        Arc::new(Troubles { total: 30, first: (0..30).map(one).collect() }),
    );
    // One of these readings is the one that is waited for.
    for reading in 0..20 {
        sheet.tell(Message::Ledger(reading, Ok((overview.clone(), troubles.clone()))));
    }
    assert!((0..30).all(|n| sheet.shows(&format!("Number {n} of many"))), "{:#?}", sheet.texts());
    tell(&mut sheet, brake::Message::ChooseAll(true));
    (0..29).for_each(|n| tell(&mut sheet, brake::Message::Choose(one(n).address, false)));
    tell(&mut sheet, brake::Message::Ask(Deletions::Follow));
    assert!(
        sheet.shows("Delete 60 items") && sheet.shows("This is about: Number 29 of many."),
        "{:#?}",
        sheet.texts()
    );
}
