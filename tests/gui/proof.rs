//! What the window tells of a comparison: how far it reaches, what is newer, and the proof with its fingerprint.

use cutover::gui::page::complete::{self, Complete};
use cutover::gui::page::live;
use cutover::gui::page::run::{Begin, Message, Run};

use crate::sheet::{self, Sheet, session};
use crate::support::Bench;

const ANNA: &str = "anna@contoso.com";

async fn ended(bench: &Bench) -> Sheet<Run> {
    let made = Run::new(Begin::Batch(Box::new(session(bench).await)), &bench.services());
    let mut sheet = Sheet::new(bench, made, Run::progress).await;
    sheet.until("the end", |sheet| !sheet.page.is_busy()).await;
    sheet.settle().await;
    sheet
}

#[tokio::test(start_paused = true)]
async fn the_fingerprint_of_the_proof_is_shown_as_the_program_that_checks_it_sees_it() {
    let bench = Bench::contoso();
    let mut sheet = ended(&bench).await;
    assert!(sheet.says("run-proof") && sheet.says("run-proof-note"), "{:#?}", sheet.texts());
    assert!(sheet.shows("MigrationProof.jsonl") && sheet.shows("MigrationFolders.csv"));
    let proof = std::fs::read_to_string(sheet::reports(&bench).join("MigrationProof.jsonl")).unwrap();
    let last: serde_json::Value = serde_json::from_str(proof.lines().last().unwrap()).unwrap();
    let key = last["key"].as_str().unwrap();
    let bytes: Vec<u8> =
        (0..key.len()).step_by(2).map(|at| u8::from_str_radix(&key[at..at + 2], 16).unwrap()).collect();
    let hash = <sha2::Sha256 as sha2::Digest>::digest(bytes);
    let digits: String = hash[..12].iter().map(|byte| format!("{byte:02x}")).collect();
    let groups: Vec<&str> = (0..digits.len()).step_by(4).map(|at| &digits[at..at + 4]).collect();
    assert!(sheet.shows(&groups.join("-")), "{groups:?} is not among {:#?}", sheet.texts());
    assert!(!sheet.says("run-proof-not-kept"));
}

#[tokio::test(start_paused = true)]
async fn without_a_comparison_since_there_is_no_proof() {
    let bench = Bench::contoso();
    let mut sheet = ended(&bench).await;
    sheet.tell(Message::Synchronise);
    sheet.until("the comparison", |sheet| sheet.says("run-give-up")).await;
    sheet.tell(Message::Live(live::Message::GiveUp));
    sheet.settle().await;
    assert!(sheet.says("run-ended-uncompared") && !sheet.says("run-proof"), "{:#?}", sheet.texts());
}

#[tokio::test(start_paused = true)]
async fn what_is_newer_on_the_source_is_told_and_what_it_means_depends_on_what_comes() {
    let bench = Bench::contoso();
    let mut sheet = ended(&bench).await;
    assert!(!sheet.shows("Since the last synchronisation"));
    bench.launcher.world.add_item(ANNA, "s-Inbox", "New since");
    sheet.tell(Message::Live(live::Message::CompareAgain));
    sheet.until("the end", |sheet| !sheet.page.is_busy()).await;
    assert!(sheet.shows("0 changed, 0 deleted, 1 new. Nothing of this is lost"), "{:#?}", sheet.texts());
    drop(sheet);
    let session = session(&bench).await;
    let mut sheet = Sheet::new(&bench, Complete::new(session, &bench.services()), Complete::progress).await;
    sheet.tell(complete::Message::Ask);
    sheet.tell(complete::Message::Confirm);
    sheet.until("the end", |sheet| !sheet.page.is_busy()).await;
    bench.launcher.world.add_item(ANNA, "s-Inbox", "Too late");
    sheet.tell(complete::Message::Live(live::Message::CompareAgain));
    sheet.until("the end", |sheet| !sheet.page.is_busy()).await;
    assert!(sheet.shows("1 new. This is not in Microsoft 365"), "{:#?}", sheet.texts());
}
