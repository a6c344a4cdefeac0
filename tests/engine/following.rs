//! Following the source: what is deleted, moved or renamed there is so on the target afterwards, unless somebody changed it
//! on the target meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use cutover::engine::item::FolderRole;
use cutover::engine::plan::{Deletions, Options};
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::run::{BatchState, Pass};

use crate::harness::{ALL, ANNA, Bench, assert_state};
use crate::keeping_in_step::after_first_copy;
use crate::memory::{Fault, Fields, Limits, fields};

const PROJECTS: &str = "s-s-Root-Projects";

/// Runs an incremental pass that must succeed, and checks that nothing is lost.
pub async fn in_step(bench: &Bench, migration: &cutover::engine::Migration) -> cutover::engine::control::Outcome {
    let outcome = bench.run(migration, Pass::Incremental).await;
    assert_state(&outcome, BatchState::Synced);
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
    outcome
}

/// What was deleted from Anna's mailbox on the target.
pub fn deleted(bench: &Bench) -> Vec<String> {
    bench.world.state().target[ANNA].deleted.iter().map(|item| item.fields.subject.clone()).collect()
}

#[tokio::test(start_paused = true)]
async fn deletions_are_followed_recoverably() {
    let (bench, migration) = after_first_copy().await;
    bench.world.delete(ANNA, "i1");
    let outcome = in_step(&bench, &migration).await;
    assert_eq!((outcome.books.gone, outcome.books.already_there, outcome.books.at_source()), (1, ALL - 1, ALL - 1));
    bench.assert_equal();
    assert_eq!(deleted(&bench), ["Inbox 0"]);
    in_step(&bench, &migration).await;
    assert_eq!(bench.world.count("target.delete"), 1);
}

/// The service refuses what is beyond four requests at a time to a mailbox, deletions like any other.
#[tokio::test(start_paused = true)]
async fn every_deletion_is_a_request_under_the_limits() {
    let (bench, migration) = after_first_copy().await;
    bench.world.state().limits = Some(Limits::default());
    (1..=30).for_each(|n| drop(bench.world.delete(ANNA, &format!("i{n}"))));
    in_step(&bench, &migration).await;
    bench.assert_equal();
    assert_eq!(bench.world.count("target.delete"), 30);
    assert_eq!(bench.world.state().limits.as_ref().map(|limits| limits.refused), Some(0));
}

#[tokio::test(start_paused = true)]
async fn deletions_are_not_followed_by_choice_nor_later() {
    let (bench, migration) = after_first_copy().await;
    let before = bench.world.target_content(ANNA);
    bench.world.delete(ANNA, "i1");
    bench.world.delete_folder(ANNA, PROJECTS);
    let keep = Options { deletions: Deletions::Keep, ..Options::default() };
    let outcome = bench.run_with(&migration, Pass::Incremental, keep).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!(outcome.books.gone, 5);
    assert_eq!(bench.world.target_content(ANNA), before);
    in_step(&bench, &migration).await;
    assert_eq!(bench.world.target_content(ANNA), before, "what was kept is kept");
}

#[tokio::test(start_paused = true)]
async fn a_deletion_leaves_alone_what_a_user_changed_moved_or_deleted() {
    let (bench, migration) = after_first_copy().await;
    bench.world.edit_on_target(ANNA, "Inbox 0", |item| item.fields.read = true);
    bench.world.move_on_target(ANNA, "Inbox 1", FolderRole::Deleted);
    bench.world.state().target.get_mut(ANNA).unwrap().items.retain(|item| item.fields.subject != "Inbox 2");
    // A service may also leave what is moved its id.
    bench.world.edit_on_target(ANNA, "Inbox 3", |item| item.folder = format!("t-{ANNA}-Sent"));
    let before = bench.world.target_content(ANNA);
    ["i1", "i2", "i3", "i4"].iter().for_each(|id| drop(bench.world.delete(ANNA, id)));
    in_step(&bench, &migration).await;
    assert_eq!(bench.world.target_content(ANNA), before);
    let told = migration.troubles().await.unwrap().first;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].problem.guidance, Guidance::TargetItemChanged);
    in_step(&bench, &migration).await;
    assert_eq!(bench.world.target_content(ANNA), before);
    assert_eq!(bench.world.count("target.delete"), 1, "only what answers to its id, and that from its place");
}

#[tokio::test(start_paused = true)]
async fn a_deletion_that_is_refused_loses_nothing_and_is_tried_again() {
    let (bench, migration) = after_first_copy().await;
    bench.world.delete(ANNA, "i1");
    let refused = Problem::new(Kind::Item, Side::Target, Guidance::TargetPermissionMissing).with("permission", "P");
    bench.world.misbehave(move |request| match request.operation {
        "target.delete" => Fault::Fail(refused.clone()),
        _ => Fault::None,
    });
    bench.world.edit(ANNA, "i2", |item| item.read = true);
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!(outcome.failed_recipients, 1);
    assert_eq!((outcome.books.failed, bench.world.count("target.replace")), (0, 1));
    bench.world.behave();
    in_step(&bench, &migration).await;
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn a_moved_item_is_put_into_its_place_and_is_never_missing() {
    let (bench, migration) = after_first_copy().await;
    let imports = bench.world.count("target.import");
    let moved = bench.world.move_item(ANNA, "i1", "s-Sent");
    bench.world.move_item(ANNA, "i2", PROJECTS);
    bench.world.edit(ANNA, &moved, |item| item.body.push_str(" Edited after moving."));
    let missing = Arc::new(AtomicBool::new(false));
    let (world, seen) = (Arc::downgrade(&bench.world), missing.clone());
    bench.world.misbehave(move |_| {
        let content = world.upgrade().unwrap().target_content(ANNA);
        let there = |subject: &str| content.iter().any(|(_, fields)| fields.subject == subject);
        seen.fetch_or(!there("Inbox 0") || !there("Inbox 1"), Ordering::SeqCst);
        Fault::None
    });
    let outcome = in_step(&bench, &migration).await;
    bench.assert_equal();
    assert!(!missing.load(Ordering::SeqCst));
    assert_eq!(bench.world.count("target.import") - imports, 2);
    assert_eq!((outcome.books.moved, outcome.books.already_there, outcome.books.gone), (2, ALL - 2, 2));
    // Its later edits, moves and deletion still find it.
    bench.world.edit(ANNA, &moved, |item| item.body = "Edited later".to_string());
    in_step(&bench, &migration).await;
    bench.assert_equal();
    let back = bench.world.move_item(ANNA, &moved, "s-Inbox");
    in_step(&bench, &migration).await;
    bench.assert_equal();
    bench.world.delete(ANNA, &back);
    in_step(&bench, &migration).await;
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn a_moved_item_that_a_user_changed_or_moved_stays_as_they_want_it() {
    let (bench, migration) = after_first_copy().await;
    bench.world.edit_on_target(ANNA, "Inbox 0", |item| item.fields.body = "A note of mine".to_string());
    // This one the user put where it is put at the source as well.
    bench.world.move_on_target(ANNA, "Inbox 1", FolderRole::Sent);
    let imports = bench.world.count("target.import");
    bench.world.move_on_target(ANNA, "Inbox 3", FolderRole::Deleted);
    let before = bench.world.target_content(ANNA);
    ["i1", "i2"].iter().for_each(|id| drop(bench.world.move_item(ANNA, id, "s-Sent")));
    let moved = bench.world.move_item(ANNA, "i4", PROJECTS);
    for _ in 0..2 {
        assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
        assert_eq!(bench.world.target_content(ANNA), before);
        assert_eq!(bench.world.count("target.import"), imports);
    }
    // What they moved, and moved only, still gets the edits.
    bench.world.edit(ANNA, &moved, |item| item.read = true);
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    let content = bench.world.target_content(ANNA);
    assert!(content.iter().any(|(path, fields)| path == "Deleted" && fields.subject == "Inbox 3" && fields.read));
    assert_eq!(bench.world.count("target.import"), imports);
}

#[tokio::test(start_paused = true)]
async fn a_move_that_cannot_be_made_keeps_the_copy_where_it_is() {
    let (bench, migration) = after_first_copy().await;
    bench.world.move_item(ANNA, "i1", "s-Sent");
    let refused =
        Problem::new(Kind::Item, Side::Target, Guidance::TargetItemRefused).with("code", "x").with("text", "");
    bench.world.misbehave(move |request| match request.operation {
        "target.import" => Fault::Fail(refused.clone()),
        _ => Fault::None,
    });
    let before = bench.world.target_content(ANNA);
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!((outcome.books.failed, bench.world.target_content(ANNA)), (1, before));
    bench.world.behave();
    in_step(&bench, &migration).await;
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn a_renamed_folder_is_renamed_unless_a_user_renamed_it() {
    for user in [false, true] {
        let (bench, migration) = after_first_copy().await;
        let imports = bench.world.count("target.import");
        if user {
            let mut state = bench.world.state();
            let folders = &mut state.target.get_mut(ANNA).unwrap().folders;
            folders.iter_mut().find(|folder| folder.name == "Projects").unwrap().name = "Mine".to_string();
        }
        bench.world.rename_folder(ANNA, PROJECTS, "Plans");
        in_step(&bench, &migration).await;
        let name = if user { "//Mine" } else { "//Plans" };
        let folders = bench.world.target_folders(ANNA);
        assert!(folders.iter().any(|path| path.ends_with(&name[1..])), "{folders:?}");
        assert_eq!(bench.world.count("target.rename_folder"), usize::from(!user));
        assert_eq!(bench.world.count("target.import"), imports);
        if !user {
            bench.assert_equal();
        }
        in_step(&bench, &migration).await;
        assert_eq!(bench.world.count("target.rename_folder"), usize::from(!user));
    }
}

#[tokio::test(start_paused = true)]
async fn a_new_name_whose_answer_was_lost_is_not_taken_for_a_users() {
    for moves in [false, true] {
        let (bench, migration) = after_first_copy().await;
        bench.world.rename_folder(ANNA, PROJECTS, "Plans");
        let broken = Problem::new(Kind::Run, Side::Target, Guidance::TargetSecretExpired).with("client", "cutover");
        bench.world.misbehave(move |request| match request.operation {
            "target.rename_folder" => Fault::DoneBut(broken.clone()),
            _ => Fault::None,
        });
        assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Failed);
        bench.world.behave();
        bench.world.rename_folder(ANNA, PROJECTS, "Later plans");
        if moves {
            bench.world.move_folder(ANNA, PROJECTS, "s-Deleted");
        }
        in_step(&bench, &migration).await;
        bench.assert_equal();
        bench.world.rename_folder(ANNA, PROJECTS, "Last plans");
        in_step(&bench, &migration).await;
        bench.assert_equal();
    }
}

#[tokio::test(start_paused = true)]
async fn a_new_name_that_is_taken_gets_a_number_and_one_that_is_refused_is_tried_again() {
    let (bench, migration) = after_first_copy().await;
    let other = bench.world.add_folder(ANNA, "s-Root", "Other", "IPF.Note");
    in_step(&bench, &migration).await;
    bench.world.rename_folder(ANNA, &other, "Gesendete Elemente");
    let refused = Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetUnexpected).with("code", "ErrorX");
    bench.world.misbehave(move |request| match request.operation {
        "target.rename_folder" => Fault::Fail(refused.clone()),
        _ => Fault::None,
    });
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    bench.world.behave();
    in_step(&bench, &migration).await;
    let folders = bench.world.target_folders(ANNA);
    assert!(folders.iter().any(|path| path.ends_with("/Gesendete Elemente (2)")), "{folders:?}");
}

#[tokio::test(start_paused = true)]
async fn a_moved_folder_is_made_anew_with_its_items_and_the_old_one_goes() {
    let (bench, migration) = after_first_copy().await;
    bench.world.move_folder(ANNA, PROJECTS, "s-Deleted");
    in_step(&bench, &migration).await;
    bench.assert_equal();
    let folders = bench.world.target_folders(ANNA);
    assert_eq!(folders.iter().filter(|path| path.ends_with("/Projects")).count(), 1, "{folders:?}");
    assert_eq!(folders.iter().filter(|path| path.ends_with("/Secret")).count(), 1, "{folders:?}");
    let imports = bench.world.count("target.import");
    in_step(&bench, &migration).await;
    assert_eq!(bench.world.count("target.import"), imports);
}

#[tokio::test(start_paused = true)]
async fn what_a_user_edits_as_it_moves_stays_and_what_was_put_into_its_place_follows_further() {
    let (bench, migration) = after_first_copy().await;
    bench.world.move_item(ANNA, "i1", PROJECTS);
    let (world, edited) = (Arc::downgrade(&bench.world), AtomicBool::new(false));
    bench.world.misbehave(move |request| {
        if request.operation == "target.import" && !edited.swap(true, Ordering::SeqCst) {
            world.upgrade().unwrap().edit_on_target(ANNA, "Inbox 0", |item| item.fields.body = "Mine".to_string());
        }
        Fault::None
    });
    in_step(&bench, &migration).await;
    bench.world.behave();
    let told = migration.troubles().await.unwrap().first;
    assert_eq!(told.iter().map(|told| told.problem.guidance).collect::<Vec<_>>(), [Guidance::TargetItemChanged]);
    bench.world.move_folder(ANNA, PROJECTS, "s-Deleted");
    for _ in 0..2 {
        in_step(&bench, &migration).await;
        let mut copies = copies_of(&bench, "Inbox 0");
        copies.sort();
        let expected = [("Deleted/Projects", "The text of Inbox 0."), ("Inbox", "Mine")];
        assert_eq!(copies, expected.map(|(place, body)| (place.to_string(), body.to_string())));
    }
}

#[tokio::test(start_paused = true)]
async fn an_old_folder_with_something_of_a_users_stays() {
    let (bench, migration) = after_first_copy().await;
    bench.world.edit_on_target(ANNA, "Plan 1", |item| item.fields.body = "A note of mine".to_string());
    bench.world.delete_folder(ANNA, PROJECTS);
    in_step(&bench, &migration).await;
    let folders = bench.world.target_folders(ANNA);
    assert!(folders.iter().any(|path| path.ends_with("/Projects")), "{folders:?}");
    assert!(!folders.iter().any(|path| path.ends_with("/Secret")), "{folders:?}");
    let left: Vec<_> =
        bench.world.target_content(ANNA).into_iter().filter(|(path, _)| path.ends_with("Projects")).collect();
    assert_eq!(left.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_old_folder_that_a_user_gave_another_name_stays() {
    let (bench, migration) = after_first_copy().await;
    let secret = bench.world.target_folders(ANNA).into_iter().find(|path| path.ends_with("/Secret")).unwrap();
    {
        let mut state = bench.world.state();
        let folders = &mut state.target.get_mut(ANNA).unwrap().folders;
        folders.iter_mut().find(|folder| folder.name == "Secret").unwrap().name = "Mine".to_string();
    }
    bench.world.delete_folder(ANNA, PROJECTS);
    in_step(&bench, &migration).await;
    let folders = bench.world.target_folders(ANNA);
    assert!(folders.contains(&secret.replace("Secret", "Mine")), "{folders:?}");
}

#[tokio::test(start_paused = true)]
async fn a_copy_stays_as_long_as_its_item_may_have_become_something_that_cannot_be_moved() {
    for (class, size) in [("IPM.Giant", 400 * 1024 * 1024), ("IPM.Damaged", 1_000)] {
        let (bench, migration) = after_first_copy().await;
        let before = bench.world.target_content(ANNA);
        let moved = bench.world.move_item(ANNA, "i1", "s-Sent");
        // One is too large by now, the other cannot even be described.
        bench.world.edit(ANNA, &moved, |item| {
            item.size = size;
            if class == "IPM.Damaged" {
                item.class = class.to_string();
            }
        });
        for _ in 0..2 {
            bench.run(&migration, Pass::Incremental).await;
            assert_eq!(bench.world.target_content(ANNA), before, "{class}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_deleted_folder_goes_with_its_items() {
    let (bench, migration) = after_first_copy().await;
    bench.world.delete_folder(ANNA, PROJECTS);
    let outcome = in_step(&bench, &migration).await;
    assert_eq!((outcome.books.gone, outcome.books.already_there), (4, ALL - 4));
    bench.assert_equal();
    let folders = bench.world.target_folders(ANNA);
    assert!(!folders.iter().any(|path| path.contains("Projects")), "{folders:?}");
    assert_eq!(deleted(&bench).len(), 4);
}

#[tokio::test(start_paused = true)]
async fn an_item_that_moves_while_folders_are_being_asked_is_never_deleted() {
    let (bench, migration) = after_first_copy().await;
    bench.world.delete(ANNA, "i1");
    let (world, asked) = (Arc::downgrade(&bench.world), AtomicUsize::new(0));
    // As soon as the pass asks the last folder, an item moves from there into one that was asked already.
    let (secret, folders) = {
        let anna = &bench.world.state().source[ANNA];
        let code = anna.items.iter().find(|item| item.fields.subject == "Code").unwrap();
        assert_eq!(anna.folders.last().unwrap().id.0, code.folder);
        (code.id.clone(), anna.folders.len())
    };
    bench.world.misbehave(move |request| {
        if request.operation == "source.changes"
            && request.address == ANNA
            && asked.fetch_add(1, Ordering::SeqCst) + 1 == folders
        {
            world.upgrade().unwrap().move_item(ANNA, &secret, "s-Root");
        }
        Fault::None
    });
    in_step(&bench, &migration).await;
    bench.assert_equal();
    assert_eq!(deleted(&bench).len(), 2, "the deleted one, and the moved one's old copy");
}

/// One of those that share a search key, and were edited apart.
fn apart(n: usize) -> Fields {
    Fields { body: format!("Apart {n}"), ..fields("A copy", b"one search key".to_vec()) }
}

/// Two such.
fn two_apart(bench: &Bench, folders: [&str; 2]) -> [String; 2] {
    [0, 1].map(|n| bench.world.add(ANNA, folders[n], apart(n)))
}

/// Where the copies of these are, by their text.
pub fn copies_of(bench: &Bench, subject: &str) -> Vec<(String, String)> {
    let all = bench.world.target_content(ANNA).into_iter().filter(|(_, fields)| fields.subject == subject);
    all.map(|(path, fields)| (path, fields.body)).collect()
}

#[tokio::test(start_paused = true)]
async fn what_stays_by_choice_is_never_taken_for_something_that_looks_the_same() {
    for at_once in [false, true] {
        let (bench, migration) = after_first_copy().await;
        let [first, second] = two_apart(&bench, ["s-Inbox", "s-Sent"]);
        in_step(&bench, &migration).await;
        let keep = || Options { deletions: Deletions::Keep, ..Options::default() };
        bench.world.delete(ANNA, &first);
        if !at_once {
            bench.run_with(&migration, Pass::Incremental, keep()).await;
        }
        bench.world.move_item(ANNA, &second, "s-Calendar");
        assert_state(&bench.run_with(&migration, Pass::Incremental, keep()).await, BatchState::Synced);
        let place = |path: &str, n: usize| (path.to_string(), format!("Apart {n}"));
        assert_eq!(copies_of(&bench, "A copy"), [place("Calendar", 1), place("Inbox", 0)], "at once: {at_once}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_user_moved_and_is_gone_is_not_taken_for_something_that_looks_the_same() {
    for renumbered in [false, true] {
        let (bench, migration) = after_first_copy().await;
        two_apart(&bench, ["s-Inbox", "s-Sent"]);
        in_step(&bench, &migration).await;
        {
            let mut state = bench.world.state();
            let mut copies = state.target.get_mut(ANNA).unwrap().items.iter_mut();
            let copy = copies.find(|item| item.fields.body == "Apart 0").unwrap();
            copy.folder = copy.folder.replace("Inbox", "Deleted");
            if renumbered {
                copy.id = "theirs".to_string();
            }
        }
        if renumbered {
            // On both sides: by then it is known where they put it.
            bench.world.expire_sync_states(ANNA, true);
            in_step(&bench, &migration).await;
        }
        let [first, second] = [0, 1].map(|n| {
            let state = bench.world.state();
            state.source[ANNA].items.iter().find(|item| item.fields == apart(n)).unwrap().id.clone()
        });
        bench.world.delete(ANNA, &first);
        let moved = bench.world.move_item(ANNA, &second, "s-Calendar");
        bench.world.edit(ANNA, &moved, |item| item.body = apart(7).body);
        in_step(&bench, &migration).await;
        let place = |path: &str, n: usize| (path.to_string(), format!("Apart {n}"));
        let left = [place("Calendar", 7), place("Deleted", 0)];
        assert_eq!(copies_of(&bench, "A copy"), left, "renumbered: {renumbered}");
        assert!(bench.world.state().trespasses.is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_user_changed_and_is_gone_is_not_taken_for_an_equal_one_that_moved() {
    let (bench, migration) = after_first_copy().await;
    let [first, second] = ["s-Inbox", "s-Sent"].map(|folder| bench.world.add(ANNA, folder, apart(0)));
    in_step(&bench, &migration).await;
    let place = |path: &str, n: usize| (path.to_string(), format!("Apart {n}"));
    let copies = bench.world.state().target[ANNA].items.clone();
    let copy = copies.into_iter().find(|item| item.fields == apart(0) && item.folder.contains("Inbox")).unwrap();
    bench.world.edit_copy(ANNA, &copy.id, |fields| fields.body = apart(7).body);
    bench.world.delete(ANNA, &first);
    bench.world.move_item(ANNA, &second, "s-Calendar");
    in_step(&bench, &migration).await;
    assert_eq!(copies_of(&bench, "A copy"), [place("Calendar", 0), place("Inbox", 7)]);
    assert!(bench.world.state().trespasses.is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_takes_a_deleted_ones_search_key_over_is_not_lost_behind_what_a_user_made_of_that() {
    let (bench, migration) = after_first_copy().await;
    let first = bench.world.add(ANNA, "s-Inbox", apart(0));
    in_step(&bench, &migration).await;
    bench.world.edit_on_target(ANNA, "A copy", |item| item.fields.read = !item.fields.read);
    bench.world.delete(ANNA, &first);
    bench.world.add(ANNA, "s-Sent", apart(1));
    in_step(&bench, &migration).await;
    let place = |path: &str, n: usize| (path.to_string(), format!("Apart {n}"));
    assert_eq!(copies_of(&bench, "A copy"), [place("Inbox", 0), place("Sent", 1)]);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_described_holds_deletions_back_only_while_it_is_new() {
    let (bench, migration) = after_first_copy().await;
    let damaged = Fields { class: "IPM.Damaged".to_string(), ..fields("Damaged", b"damaged".to_vec()) };
    bench.world.add(ANNA, "s-Inbox", damaged);
    bench.world.delete(ANNA, "i1");
    let before = bench.world.target_content(ANNA);
    tokio::time::sleep(Duration::from_secs(3600)).await;
    bench.run(&migration, Pass::Incremental).await;
    assert_eq!(bench.world.target_content(ANNA), before, "it may be the one that cannot be described");
    // The clock is set back: it begins anew.
    drop(migration);
    let migration = bench.open();
    bench.run(&migration, Pass::Incremental).await;
    bench.world.delete(ANNA, "i2");
    bench.run(&migration, Pass::Incremental).await;
    assert_eq!(deleted(&bench), ["Inbox 1"]);
}
