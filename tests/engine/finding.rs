//! Finding a message: where it was, and where it is now.

use cutover::engine::item::FolderRole;
use cutover::engine::ledger::Whereabouts;
use cutover::engine::migration::Migration;
use cutover::engine::plan::{Deletions, Options};
use cutover::engine::problem::Guidance;
use cutover::engine::run::{BatchState, Pass};

use crate::following::in_step;
use crate::harness::{ALL, ANNA, Bench, assert_state};
use crate::keeping_in_step::after_first_copy;
use crate::memory::fields;

#[tokio::test(start_paused = true)]
async fn messages_are_found_by_subject_and_sender_wherever_they_are() {
    let bench = Bench::contoso();
    let mut letter = fields("Übergabe der Schlüssel", b"keys".to_vec());
    (letter.sender, letter.date) = ("ΝΊΚΟΣ Petrov <nikos@fabrikam.example>".to_string(), 1_800_000_000);
    bench.world.add(ANNA, "s-Sent", letter);
    let mut refused = fields("Übergabe, refused", b"refused".to_vec());
    refused.class = "IPM.Refused".to_string();
    bench.world.add(ANNA, "s-Inbox", refused);
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let found = migration.find("νίκος übergabe", 10).await.unwrap();
    assert_eq!((found.total, found.hits.len()), (1, 1));
    let hit = &found.hits[0];
    assert_eq!((hit.mailbox.as_str(), hit.folder.as_str()), (ANNA, "Sent Items"));
    assert_eq!(hit.now, Whereabouts::There("Sent Items".to_string()));
    assert_eq!(hit.sender.as_deref(), Some("ΝΊΚΟΣ Petrov <nikos@fabrikam.example>"));
    let found = migration.find("ÜBERGABE", 10).await.unwrap();
    assert_eq!(found.hits[0], *hit, "the latest comes first");
    assert_eq!(found.hits[1].now, Whereabouts::Failed);
    assert_eq!(found.hits[1].problem.as_ref().unwrap().guidance, Guidance::TargetItemRefused);
    let all = migration.find("nora", 7).await.unwrap();
    assert_eq!((all.total, all.hits.len()), (ALL + 1, 7));
    assert_eq!(migration.find("nobody wrote this", 7).await.unwrap().total, 0);
    let peeked = cutover::engine::ledger::find_in(&bench.ledger(), "ÜBERGABE", 10).unwrap().unwrap();
    assert_eq!(peeked, found, "the same without opening it");
    drop(migration);
    assert_eq!(cutover::engine::ledger::find_in(&bench.ledger(), "ÜBERGABE", 10).unwrap().unwrap(), found);
}

/// Where Anna's item with this subject is now.
async fn now(migration: &Migration, subject: &str) -> Whereabouts {
    let found = migration.find(subject, 100).await.unwrap().hits;
    found.into_iter().find(|hit| hit.mailbox == ANNA && hit.subject == subject).unwrap().now
}

#[tokio::test(start_paused = true)]
async fn what_users_moved_is_found_where_the_last_comparison_saw_it() {
    let (bench, migration) = after_first_copy().await;
    let there = |folder: &str| Whereabouts::There(folder.to_string());
    migration.verify(&|_| {}).await.unwrap();
    bench.world.move_on_target(ANNA, "Inbox 3", FolderRole::Sent);
    assert_eq!(now(&migration, "Inbox 3").await, there("Inbox"), "nobody has looked yet");
    for folder in [FolderRole::Sent, FolderRole::Deleted] {
        bench.world.move_on_target(ANNA, "Inbox 3", folder);
        migration.verify(&|_| {}).await.unwrap();
        let name = if folder == FolderRole::Sent { "Sent Items" } else { "Deleted Items" };
        assert_eq!(now(&migration, "Inbox 3").await, there(name));
    }
    assert_eq!(now(&migration, "Inbox 2").await, there("Inbox"));
}

#[tokio::test(start_paused = true)]
async fn what_is_gone_on_the_old_server_is_found_where_its_copy_stays() {
    let (bench, migration) = after_first_copy().await;
    let kept = || Whereabouts::Kept("Inbox".to_string());
    bench.world.delete(ANNA, "i1");
    let keep = Options { deletions: Deletions::Keep, ..Options::default() };
    assert_state(&bench.run_with(&migration, Pass::Incremental, keep).await, BatchState::Synced);
    assert_eq!(now(&migration, "Inbox 0").await, kept(), "by choice");
    bench.world.edit_on_target(ANNA, "Inbox 1", |item| item.fields.read = true);
    ["i2", "i3"].iter().for_each(|id| drop(bench.world.delete(ANNA, id)));
    in_step(&bench, &migration).await;
    assert_eq!(now(&migration, "Inbox 1").await, kept(), "because somebody changed it");
    assert_eq!(now(&migration, "Inbox 2").await, Whereabouts::Gone);
}
