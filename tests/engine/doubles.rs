//! What could lose or double an item though every request is right by itself: answers that come late, things that move
//! between two requests, copies that somebody took away.

use std::sync::Arc;
use std::time::Duration;

use cutover::engine::Migration;
use cutover::engine::item::{Folder, FolderId, FolderRole};
use cutover::engine::plan::{Deletions, Options};
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::recipient::MailboxKind;
use cutover::engine::run::{BatchState, Pass};

use crate::following::{copies_of, in_step};
use crate::harness::{ANNA, Bench, assert_state};
use crate::keeping_in_step::after_first_copy;
use crate::memory::{Fault, Fields, busy, fields, lost};

/// Lets a run begin and stops it while so many imports are on their way: done, but not acknowledged.
async fn stopped_while_importing(bench: &Bench, migration: &Migration, imports: usize) {
    bench.world.misbehave(|request| match request.operation {
        "target.import" => Fault::HangAfter,
        _ => Fault::None,
    });
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    while bench.world.target_content(ANNA).len() < imports {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    handle.stop_now();
    assert_state(&handle.outcome().await, BatchState::Stopped);
    bench.world.behave();
}

#[tokio::test(start_paused = true)]
async fn an_answer_lost_long_after_its_request_left_is_still_waited_for() {
    let bench = Bench::anna(5);
    bench.world.state().lag = Duration::from_secs(3);
    bench.world.misbehave(|request| match (request.operation, request.nth) {
        ("target.import", 0) => Fault::LoseAnswerAfter(Duration::from_secs(60)),
        _ => Fault::None,
    });
    let migration = bench.open();
    bench.run_to_equal(&migration).await;
}

#[tokio::test(start_paused = true)]
async fn what_was_on_its_way_when_its_folder_went_away_is_not_made_again() {
    let bench = Bench::anna(0);
    let projects = bench.world.add_folder(ANNA, "s-Root", "Projects", "IPF.Note");
    let plan = bench.world.add_item(ANNA, &projects, "Plan");
    let migration = bench.open();
    stopped_while_importing(&bench, &migration, 1).await;
    bench.world.move_item(ANNA, &plan, "s-Sent");
    bench.world.state().source.get_mut(ANNA).unwrap().folders.retain(|folder| folder.name != "Projects");
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    assert_eq!(bench.world.target_content(ANNA).len(), 1);
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
}

#[tokio::test(start_paused = true)]
async fn what_was_on_its_way_when_its_folder_was_deleted_on_the_target_is_made_anew() {
    let bench = Bench::anna(0);
    let projects = bench.world.add_folder(ANNA, "s-Root", "Projects", "IPF.Note");
    bench.world.add_item(ANNA, &projects, "Plan");
    let migration = bench.open();
    stopped_while_importing(&bench, &migration, 1).await;
    let hidden = {
        let mut state = bench.world.state();
        let anna = state.target.get_mut(ANNA).unwrap();
        anna.folders.retain(|folder| folder.name != "Projects");
        anna.items.clear();
        state.source.get_mut(ANNA).unwrap().folders.pop().unwrap()
    };
    assert_eq!(hidden.name, "Projects");
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    bench.world.state().source.get_mut(ANNA).unwrap().folders.push(hidden);
    bench.run_to_equal(&migration).await;
}

#[tokio::test(start_paused = true)]
async fn an_item_that_moves_while_its_folders_are_being_asked_is_there_once() {
    for deletions in [Deletions::Follow, Deletions::Keep] {
        // Into the folder that is asked next; or, from one that is asked then, into one that was asked before.
        for (n, from, to) in [(2, "s-Inbox", "s-Sent"), (1, "s-Inbox", "s-Root")] {
            let bench = Bench::anna(5);
            let migration = bench.open();
            assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
            let (world, asked) = (Arc::downgrade(&bench.world), bench.world.count("source.changes"));
            assert_eq!(bench.world.state().source[ANNA].items[0].folder, from);
            bench.world.misbehave(move |request| {
                if (request.operation, request.nth) == ("source.changes", asked + n)
                    && let Some(world) = world.upgrade()
                {
                    world.move_item(ANNA, "i1", to);
                }
                Fault::None
            });
            let options = Options { deletions, ..Options::default() };
            let outcome = bench.run_with(&migration, Pass::Incremental, options).await;
            assert_state(&outcome, BatchState::Synced);
            let books = (outcome.books.moved, outcome.books.already_there, outcome.books.gone);
            assert_eq!(books, (1, 4, 1), "{deletions:?} {to}");
            bench.assert_equal();
            assert_eq!(bench.world.target_content(ANNA).len(), 5, "{deletions:?} {to}");
        }
    }
}

/// Without a search key only its content tells that it is not the one that was deleted.
#[tokio::test(start_paused = true)]
async fn what_moves_while_folders_are_being_asked_is_not_taken_for_a_deleted_one_that_looks_the_same() {
    let bench = Bench::anna(0);
    let alike = |body: &str| Fields { body: body.to_string(), ..fields("Re: hello", Vec::new()) };
    let moving = bench.world.add(ANNA, "s-Root", alike("I move"));
    let deleted = bench.world.add(ANNA, "s-Inbox", alike("I go"));
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    bench.world.delete(ANNA, &deleted);
    // The root was asked already when it moves into a folder that is asked later.
    let (world, asked) = (std::sync::Arc::downgrade(&bench.world), bench.world.count("source.changes"));
    bench.world.misbehave(move |request| {
        if (request.operation, request.nth) == ("source.changes", asked + 2)
            && let Some(world) = world.upgrade()
        {
            world.move_item(ANNA, &moving, "s-Sent");
        }
        Fault::None
    });
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.assert_equal();
    assert_eq!(bench.world.target_content(ANNA).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_item_that_comes_back_at_the_source_is_made_again_if_its_copy_was_deleted() {
    let bench = Bench::anna(5);
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    let deleted = bench.world.delete(ANNA, "i1");
    bench.run(&migration, Pass::Incremental).await;
    bench.world.state().target.get_mut(ANNA).unwrap().items.retain(|item| item.fields != deleted);
    bench.world.add(ANNA, "s-Sent", deleted);
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.assert_equal();
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
}

/// Further passes leave the target as it is now.
async fn stays_as_it_is(bench: &Bench, migration: &Migration) {
    let before = bench.world.target_content(ANNA);
    for _ in 0..2 {
        assert_state(&bench.run(migration, Pass::Incremental).await, BatchState::Synced);
        assert_eq!(bench.world.target_content(ANNA), before, "it is where somebody put it");
    }
}

#[tokio::test(start_paused = true)]
async fn an_item_that_moves_on_both_sides_is_not_made_again() {
    let bench = Bench::anna(5);
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    bench.world.state().target.get_mut(ANNA).unwrap().items[0].folder = format!("t-{ANNA}-Deleted");
    bench.world.move_item(ANNA, "i1", "s-Sent");
    stays_as_it_is(&bench, &migration).await;
}

#[tokio::test(start_paused = true)]
async fn an_item_that_a_user_moves_before_it_is_in_its_place_is_not_made_again() {
    let bench = Bench::anna(5);
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    bench.world.move_item(ANNA, "i1", "s-Sent");
    // It is known to have moved, and then the target cannot say what its copy is like.
    bench.world.misbehave(|request| match request.operation {
        "target.facets" => Fault::Fail(lost(Side::Target)),
        _ => Fault::None,
    });
    bench.run(&migration, Pass::Incremental).await;
    bench.world.behave();
    bench.world.move_on_target(ANNA, "Inbox 0", FolderRole::Deleted);
    stays_as_it_is(&bench, &migration).await;
}

#[tokio::test(start_paused = true)]
async fn of_those_edited_apart_each_is_found_again_though_a_user_put_one_beside_the_other() {
    let bench = Bench::anna(0);
    for (folder, body) in [("s-Inbox", "One"), ("s-Sent", "Other")] {
        let apart = Fields { body: body.to_string(), ..fields("A copy", b"one search key".to_vec()) };
        bench.world.add(ANNA, folder, apart);
    }
    let migration = bench.open();
    stopped_while_importing(&bench, &migration, 2).await;
    let inbox = format!("t-{ANNA}-Inbox");
    {
        let mut state = bench.world.state();
        let items = &mut state.target.get_mut(ANNA).unwrap().items;
        items.iter_mut().for_each(|item| item.folder.clone_from(&inbox));
        items.sort_by_key(|item| item.fields.body == "One");
    }
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    let edited = bench.world.state().source[ANNA].items.iter().find(|item| item.fields.body == "One").cloned();
    bench.world.edit(ANNA, &edited.unwrap().id, |item| item.body = "One, edited".to_string());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    let mut texts: Vec<String> =
        bench.world.target_content(ANNA).into_iter().map(|(_, fields)| fields.body).collect();
    texts.sort();
    assert_eq!(texts, ["One, edited", "Other"]);
}

#[tokio::test(start_paused = true)]
async fn what_a_user_deletes_before_it_is_in_its_place_is_not_put_back() {
    for fails in ["source.read", "target.import"] {
        let bench = Bench::anna(5);
        let migration = bench.open();
        assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
        bench.world.move_item(ANNA, "i1", "s-Sent");
        let wrong = Problem::new(Kind::Run, Side::Source, Guidance::SourcePasswordWrong).with("user", "migrator");
        bench.world.misbehave(move |request| match request.operation {
            operation if operation == fails => Fault::Fail(wrong.clone()),
            _ => Fault::None,
        });
        assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Failed);
        bench.world.behave();
        bench.world.state().target.get_mut(ANNA).unwrap().items.retain(|item| item.fields.subject != "Inbox 0");
        for _ in 0..2 {
            assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
            assert_eq!(bench.world.target_content(ANNA).len(), 4, "{fails}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_user_deletes_or_edits_while_it_waits_for_its_place_stands() {
    let busy = busy(Side::Target, 300);
    // Behind others, or because the service asks for a pause.
    for (others, fault) in [(100, Fault::None), (0, Fault::Fail(busy))] {
        for edits in [false, true] {
            let bench = Bench::anna(5);
            let migration = bench.open();
            assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
            bench.world.move_item(ANNA, "i1", "s-Sent");
            (0..others).for_each(|n| drop(bench.world.add_item(ANNA, "s-Inbox", &format!("New {n}"))));
            let (world, imports) = (Arc::downgrade(&bench.world), bench.world.count("target.import"));
            let fault = fault.clone();
            bench.world.misbehave(move |request| {
                if request.operation != "target.import" || request.nth != imports {
                    return Fault::None;
                }
                let world = world.upgrade().unwrap();
                if edits {
                    world.edit_on_target(ANNA, "Inbox 0", |item| item.fields.body = "A note of mine".to_string());
                } else {
                    world.state().target.get_mut(ANNA).unwrap().items.retain(|item| item.fields.subject != "Inbox 0");
                }
                fault.clone()
            });
            for _ in 0..2 {
                assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
                let there = bench.world.target_content(ANNA);
                let of_it: Vec<_> = there.iter().filter(|(_, item)| item.subject == "Inbox 0").collect();
                assert_eq!((there.len() - of_it.len(), of_it.len()), (4 + others, usize::from(edits)));
                assert!(of_it.iter().all(|(_, item)| item.body == "A note of mine"));
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn equal_items_that_get_new_ids_keep_their_copies_where_they_are() {
    let bench = Bench::anna(0);
    let equal = || fields("A copy", b"one search key".to_vec());
    ["s-Inbox", "s-Sent"].iter().for_each(|folder| drop(bench.world.add(ANNA, folder, equal())));
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    // It comes last, and lies in the folder that is asked first.
    bench.world.add(ANNA, "s-Root", equal());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.world.expire_sync_states(ANNA, true);
    let imports = bench.world.count("target.import");
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    assert_eq!(bench.world.count("target.import"), imports);
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn what_goes_after_a_lost_replacement_leaves_the_target_under_its_new_id() {
    for renumbers in [true, false] {
        let bench = Bench::anna(5);
        // An equal one stays.
        let equal = bench.world.state().source[ANNA].items[0].fields.clone();
        bench.world.add(ANNA, "s-Inbox", equal);
        let migration = bench.open();
        assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
        bench.world.state().replacing_renumbers = renumbers;
        bench.world.edit(ANNA, "i1", |item| item.body = "Edited".to_string());
        let world = Arc::downgrade(&bench.world);
        bench.world.misbehave(move |request| {
            if request.operation != "target.replace" {
                return Fault::None;
            }
            world.upgrade().unwrap().delete(ANNA, "i1");
            Fault::LoseAnswer
        });
        for _ in 0..2 {
            assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
        }
        bench.assert_equal();
        assert_eq!(bench.world.target_content(ANNA).len(), 5, "{renumbers}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_edit_after_a_lost_replacement_is_carried_to_the_item_that_came_of_it() {
    let bench = Bench::anna(5);
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    bench.world.state().replacing_renumbers = true;
    bench.world.edit(ANNA, "i1", |item| item.body = "First edit".to_string());
    bench.world.misbehave(|request| match (request.operation, request.nth) {
        ("target.replace", 0) => Fault::LoseAnswer,
        ("target.replace", _) => Fault::Fail(lost(Side::Target)),
        _ => Fault::None,
    });
    // It is seen to have been done, once the copy is asked what it is like.
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.world.behave();
    bench.world.edit(ANNA, "i1", |item| item.body = "Second edit".to_string());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.assert_equal();
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
}

#[tokio::test(start_paused = true)]
async fn what_moves_after_a_lost_replacement_is_not_taken_for_something_that_a_user_moved() {
    let bench = Bench::anna(5);
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    bench.world.state().replacing_renumbers = true;
    bench.world.edit(ANNA, "i1", |item| item.body = "An edit".to_string());
    let world = std::sync::Arc::downgrade(&bench.world);
    bench.world.misbehave(move |request| match (request.operation, request.nth) {
        ("target.replace", 0) => {
            world.upgrade().unwrap().move_item(ANNA, "i1", "s-Sent");
            Fault::LoseAnswer
        }
        _ => Fault::None,
    });
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.world.behave();
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.assert_equal();
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
}

/// Two equal messages: the first has arrived, the second was lost on its way, with or without effect.
async fn one_of_two_lost(bench: &Bench, arrived: bool) {
    bench.world.add_mailbox(ANNA, MailboxKind::User);
    (0..2).for_each(|_| drop(bench.world.add(ANNA, "s-Inbox", fields("The same again", b"same".to_vec()))));
    bench.world.misbehave(move |request| match (request.operation, request.nth) {
        ("target.import", 1) if arrived => Fault::HangAfter,
        ("target.import", 1) => Fault::Hang,
        _ => Fault::None,
    });
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    while bench.world.count("target.import") < 2 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    handle.stop_now();
    assert_state(&handle.outcome().await, BatchState::Stopped);
    bench.world.behave();
}

#[tokio::test(start_paused = true)]
async fn an_equal_copy_that_somebody_moved_out_and_back_is_not_taken_for_a_lost_one() {
    for arrived in [false, true] {
        let bench = Bench::new();
        one_of_two_lost(&bench, arrived).await;
        bench.world.state().target.get_mut(ANNA).unwrap().items[0].id = "another id".to_string();
        assert_state(&bench.run(&bench.open(), Pass::Initial).await, BatchState::Synced);
        bench.assert_equal();
    }
}

#[tokio::test(start_paused = true)]
async fn an_equal_copy_that_somebody_put_into_another_folder_does_not_hide_what_was_lost() {
    for own_folder in [false, true] {
        let bench = Bench::new();
        one_of_two_lost(&bench, true).await;
        {
            let mut state = bench.world.state();
            let anna = state.target.get_mut(ANNA).unwrap();
            if own_folder {
                // One that no folder of the source is mapped to: there it answers to its id only.
                let mine = Folder {
                    id: FolderId("mine".to_string()),
                    name: "Mine".to_string(),
                    role: None,
                    ..anna.folders[1].clone()
                };
                anna.folders.push(mine);
                anna.items[0].folder = "mine".to_string();
            } else {
                (anna.items[0].id, anna.items[0].folder) = ("another id".to_string(), format!("t-{ANNA}-Sent"));
            }
        }
        assert_state(&bench.run(&bench.open(), Pass::Initial).await, BatchState::Synced);
        assert_eq!(bench.world.target_content(ANNA).len(), 2, "own folder: {own_folder}");
    }
}

/// A user put a copy there, whose item is gone since, and moved the other one out and back.
#[tokio::test(start_paused = true)]
async fn what_stands_as_users_made_it_does_not_hide_what_was_lost() {
    let (bench, migration) = after_first_copy().await;
    let alike = || fields("A copy", b"one search key".to_vec());
    bench.world.add(ANNA, "s-Inbox", alike());
    bench.world.add(ANNA, "s-Sent", alike());
    in_step(&bench, &migration).await;
    let into_sent = |from: &str, id: &str| {
        let mut state = bench.world.state();
        let mut copies = state.target.get_mut(ANNA).unwrap().items.iter_mut();
        let copy = copies.find(|copy| copy.fields == alike() && copy.folder.ends_with(from) && copy.id != "theirs");
        let copy = copy.unwrap();
        (copy.id, copy.folder) = (id.to_string(), format!("t-{ANNA}-Sent"));
    };
    into_sent("Inbox", "theirs");
    bench.world.expire_sync_states(ANNA, true);
    in_step(&bench, &migration).await;
    let items = bench.world.state().source[ANNA].items.clone();
    let gone = items.into_iter().find(|item| item.fields == alike() && item.folder == "s-Inbox").unwrap().id;
    bench.world.delete(ANNA, &gone);
    in_step(&bench, &migration).await;
    into_sent("Sent", "out and back");
    bench.world.add(ANNA, "s-Sent", alike());
    bench.world.misbehave(|request| match request.operation {
        "target.import" => Fault::Fail(lost(Side::Target)),
        _ => Fault::None,
    });
    bench.run(&migration, Pass::Incremental).await;
    bench.world.behave();
    bench.run(&migration, Pass::Incremental).await;
    assert_eq!(copies_of(&bench, "A copy").len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_arrived_unacknowledged_and_was_moved_or_thrown_away_since_is_not_made_again() {
    for place in ["Sent", "Deleted"] {
        let bench = Bench::anna(5);
        let migration = bench.open();
        stopped_while_importing(&bench, &migration, 1).await;
        for item in &mut bench.world.state().target.get_mut(ANNA).unwrap().items {
            item.folder = format!("t-{ANNA}-{place}");
            item.id = format!("{} elsewhere", item.id);
        }
        assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
        assert_eq!(bench.world.target_content(ANNA).len(), 5, "{place}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_large_item_that_is_still_under_way_after_the_crash_is_waited_for() {
    let bench = Bench::anna(0);
    let mut large = fields("Large", b"large".to_vec());
    (large.body, large.size) = ("x".repeat(6_000_000), 6_000_000);
    bench.world.add(ANNA, "s-Inbox", large);
    bench.world.misbehave(|request| match request.operation {
        "target.import" => Fault::Hang,
        _ => Fault::None,
    });
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    while bench.world.count("target.import") < 1 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let flights: Vec<_> = bench.world.state().flying.values().cloned().collect();
    handle.stop_now();
    handle.outcome().await;
    bench.world.behave();
    let arrives = tokio::spawn({
        let world = bench.world.clone();
        async move {
            tokio::time::sleep(Duration::from_secs(8_000_000 / 16_384)).await;
            flights.iter().for_each(|flight| world.land(flight));
        }
    });
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    arrives.await.unwrap();
    bench.assert_equal();
}
