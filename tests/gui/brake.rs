//! Much of a mailbox is gone at the source: the run page asks what becomes of the copies, and carries out what was decided
//! for those mailboxes alone.

use cutover::engine::plan::Deletions;
use cutover::engine::recipient::Address;
use cutover::gui::page::run::brake::{self, LATER};
use cutover::gui::page::run::{Message, Run};

use crate::run::{ended, resting};
use crate::sheet::Sheet;
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
    assert_eq!(bench.launcher.world.count("source.folders") - asked, 1 + 3, "nobody else; then the comparison");
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
