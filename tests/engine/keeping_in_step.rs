//! Incremental passes: what changed at the source since the last time, and nothing else.

use cutover::engine::run::{BatchState, Pass};

use crate::harness::{ALL, Bench, assert_state};
use crate::memory::fields;

const ANNA: &str = "anna@contoso.com";

async fn after_first_copy() -> (Bench, cutover::engine::Migration) {
    let bench = Bench::contoso();
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    (bench, migration)
}

#[tokio::test(start_paused = true)]
async fn new_items_edits_and_read_flags_are_carried_across() {
    let (bench, migration) = after_first_copy().await;
    let new = bench.world.add_item(ANNA, "s-Inbox", "New");
    bench.world.edit(ANNA, "i1", |item| item.body.push_str(" Edited."));
    bench.world.edit(ANNA, "i2", |item| item.read = true);
    bench.world.edit(ANNA, &new, |item| item.read = true);
    let imports = bench.world.count("target.import");
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!((outcome.books.moved, outcome.books.already_there), (1, ALL));
    assert_eq!(bench.world.count("target.import") - imports, 1);
    assert_eq!(bench.world.count("target.replace"), 2);
    bench.assert_equal();
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
    bench.run(&migration, Pass::Incremental).await;
    assert_eq!(bench.world.count("target.replace"), 2, "nothing changed, nothing is sent");
}

#[tokio::test(start_paused = true)]
async fn what_is_deleted_at_the_source_counts_as_gone_and_stays_on_the_target() {
    let (bench, migration) = after_first_copy().await;
    let before = bench.world.target_content(ANNA);
    bench.world.delete(ANNA, "i1");
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!((outcome.books.gone, outcome.books.already_there, outcome.books.at_source()), (1, ALL - 1, ALL - 1));
    assert_eq!(bench.world.target_content(ANNA), before);
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
}

#[tokio::test(start_paused = true)]
async fn an_item_moved_at_the_source_is_not_copied_again() {
    let (bench, migration) = after_first_copy().await;
    let imports = bench.world.count("target.import");
    let moved = bench.world.move_item(ANNA, "i1", "s-Sent");
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!(bench.world.count("target.import"), imports);
    assert_eq!((outcome.books.moved, outcome.books.already_there, outcome.books.gone), (0, ALL, 1));
    // Its later edits still find it.
    bench.world.edit(ANNA, &moved, |item| item.body = "Changed after moving".to_string());
    bench.run(&migration, Pass::Incremental).await;
    assert_eq!(bench.world.count("target.replace"), 1);
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
}

#[tokio::test(start_paused = true)]
async fn an_expired_sync_state_leads_to_a_full_comparison_without_one_double() {
    for renumber in [false, true] {
        let (bench, migration) = after_first_copy().await;
        bench.world.edit(ANNA, "i3", |item| item.body = "Edited while nobody watched".to_string());
        bench.world.expire_sync_states(ANNA, renumber);
        bench.world.add(ANNA, "s-Inbox", fields("New", b"new".to_vec()));
        let imports = bench.world.count("target.import");
        let outcome = bench.run(&migration, Pass::Incremental).await;
        assert_state(&outcome, BatchState::Synced);
        assert_eq!(bench.world.count("target.import") - imports, 1, "renumber {renumber}");
        bench.assert_equal();
        assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_user_deletes_or_edits_on_the_target_is_left_as_it_is() {
    let (bench, migration) = after_first_copy().await;
    {
        let mut state = bench.world.state();
        let anna = state.target.get_mut(ANNA).unwrap();
        anna.items.retain(|item| item.fields.subject != "Inbox 0");
        anna.items[5].fields.read = true;
    }
    let before = bench.world.target_content(ANNA);
    bench.world.edit(ANNA, "i1", |item| item.read = true);
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!(bench.world.target_content(ANNA), before, "neither brought back nor overwritten");
}

#[tokio::test(start_paused = true)]
async fn a_folder_that_goes_away_takes_its_items_out_of_the_books_only() {
    let (bench, migration) = after_first_copy().await;
    {
        let mut state = bench.world.state();
        let anna = state.source.get_mut(ANNA).unwrap();
        anna.folders.retain(|folder| folder.name != "Secret");
        anna.items.retain(|item| !item.folder.ends_with("Secret"));
    }
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!((outcome.books.gone, outcome.books.already_there), (1, ALL - 1));
}
