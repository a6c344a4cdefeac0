//! What is believed of the source's list of folders: it can leave one out, it is not yet told of one that is new, and what a
//! folder is for may show later.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use cutover::engine::item::{Folder, FolderId, FolderRole};
use cutover::engine::plan::{Deletions, Options};
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::run::{BatchState, Pass};

use crate::following::{copies_of, in_step};
use crate::harness::{ALL, ANNA, Bench, assert_state};
use crate::keeping_in_step::after_first_copy;
use crate::memory::{Fault, World};

const PROJECTS: &str = "s-s-Root-Projects";

/// Lets something happen before a request of Anna's mailbox is answered, given how many of this operation came before.
fn before(bench: &Bench, operation: &'static str, happens: impl Fn(&World, usize) + Send + Sync + 'static) {
    let (world, asked) = (Arc::downgrade(&bench.world), AtomicUsize::new(0));
    bench.world.misbehave(move |request| {
        if request.operation == operation && request.address == ANNA {
            happens(&world.upgrade().unwrap(), asked.fetch_add(1, Ordering::SeqCst));
        }
        Fault::None
    });
}

/// These of the next lists of Anna's folders leave this one out.
fn leave_out(bench: &Bench, folder: &'static str, lists: Range<usize>) {
    let (world, asked, out) = (Arc::downgrade(&bench.world), AtomicUsize::new(0), Mutex::new(None));
    bench.world.misbehave(move |request| {
        let (world, mut out) = (world.upgrade().unwrap(), out.lock().unwrap());
        let mut state = world.state();
        let folders = &mut state.source.get_mut(ANNA).unwrap().folders;
        if let Some((place, folder)) = out.take() {
            folders.insert(place, folder);
        }
        let listed = request.operation == "source.folders" && request.address == ANNA;
        if listed && lists.contains(&asked.fetch_add(1, Ordering::SeqCst)) {
            let place = folders.iter().position(|there| there.id.0 == folder).unwrap();
            *out = Some((place, folders.remove(place)));
        }
        Fault::None
    });
}

fn deleted(bench: &Bench) -> Vec<String> {
    let state = bench.world.state();
    let mut deleted: Vec<_> = state.target[ANNA].deleted.iter().map(|item| item.fields.subject.clone()).collect();
    deleted.sort();
    deleted
}

#[tokio::test(start_paused = true)]
async fn a_folder_that_one_list_leaves_out_is_not_gone() {
    let (bench, migration) = after_first_copy().await;
    let listed = bench.world.count("source.folders");
    let before = bench.world.target_content(ANNA);
    leave_out(&bench, PROJECTS, 0..1);
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!((outcome.books.gone, bench.world.target_content(ANNA)), (0, before));
    assert_eq!(deleted(&bench), Vec::<String>::new());
    assert_eq!(bench.world.count("source.folders") - listed, 4, "asked again where one was missing, and only there");
    bench.world.behave();
    in_step(&bench, &migration).await;
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn what_only_the_first_list_tells_of_a_folder_is_followed_at_once() {
    let (bench, migration) = after_first_copy().await;
    let old = bench.world.add_folder(ANNA, "s-Root", "Old", "IPF.Note");
    bench.run(&migration, Pass::Incremental).await;
    bench.world.delete_folder(ANNA, &old);
    bench.world.rename_folder(ANNA, PROJECTS, "Plans");
    leave_out(&bench, PROJECTS, 1..2);
    bench.run(&migration, Pass::Incremental).await;
    bench.world.behave();
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn a_folder_that_is_gone_is_looked_for_once_more_and_then_no_longer() {
    let (bench, migration) = after_first_copy().await;
    bench.world.delete_folder(ANNA, PROJECTS);
    // One list for each mailbox; of Anna's one more to believe it, and two before its items are let go.
    for lists in [6, 3] {
        let listed = bench.world.count("source.folders");
        let outcome = bench.run(&migration, Pass::Incremental).await;
        assert_state(&outcome, BatchState::Synced);
        assert_eq!((outcome.books.gone, bench.world.count("source.folders") - listed), (4, lists));
        bench.assert_equal();
    }
}

#[tokio::test(start_paused = true)]
async fn a_folder_that_is_listed_and_said_to_be_gone_fails_its_mailbox_and_loses_nothing() {
    let (bench, migration) = after_first_copy().await;
    let before = bench.world.target_content(ANNA);
    let folders = bench.world.state().source[ANNA].folders.len();
    let (asked, gone) = (
        AtomicUsize::new(0),
        Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceFolderGone).with("folder", "…"),
    );
    // It is the inbox, however often it is asked about.
    bench.world.misbehave(move |request| {
        let asks = request.operation == "source.changes" && request.address == ANNA;
        if asks && asked.fetch_add(1, Ordering::SeqCst) % folders == 1 {
            return Fault::Fail(gone.clone());
        }
        Fault::None
    });
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!((outcome.failed_recipients, outcome.books.gone), (1, 0));
    assert_eq!(bench.world.target_content(ANNA), before);
    let told = migration.troubles().await.unwrap().first;
    assert_eq!(told.len(), 1);
    let problem = &told[0].problem;
    assert_eq!((problem.guidance, problem.values["folder"].as_str()), (Guidance::SourceFolderGone, "Inbox"));
    bench.world.behave();
    in_step(&bench, &migration).await;
    bench.assert_equal();
    assert_eq!(deleted(&bench), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_folder_that_goes_while_folders_are_being_asked_goes_with_its_items() {
    let (bench, migration) = after_first_copy().await;
    before(&bench, "source.changes", |world, nth| {
        if nth == 0 {
            world.delete_folder(ANNA, PROJECTS);
        }
    });
    for _ in 0..2 {
        let outcome = in_step(&bench, &migration).await;
        assert_eq!((outcome.books.gone, outcome.books.already_there), (4, ALL - 4));
        bench.assert_equal();
    }
    assert_eq!(deleted(&bench).len(), 4);
    let folders = bench.world.target_folders(ANNA);
    assert!(!folders.iter().any(|path| path.contains("Projects")), "{folders:?}");
}

/// What moves into a folder that is made while folders are being asked shows as gone, and nowhere else yet.
#[tokio::test(start_paused = true)]
async fn what_moves_into_a_folder_that_is_made_meanwhile_is_never_deleted() {
    for deletions in [Deletions::Follow, Deletions::Keep] {
        let (bench, migration) = after_first_copy().await;
        let options = || Options { deletions, ..Options::default() };
        bench.world.delete(ANNA, "i2");
        before(&bench, "source.changes", |world, nth| {
            if nth == 0 {
                let new = world.new_folder(ANNA, "s-Root", "New", "IPF.Note");
                world.move_item(ANNA, "i1", &new);
            }
        });
        let before = bench.world.target_content(ANNA);
        assert_state(&bench.run_with(&migration, Pass::Incremental, options()).await, BatchState::Synced);
        assert_eq!(bench.world.target_content(ANNA), before, "any of them may have moved there");
        let imports = bench.world.count("target.import");
        assert_state(&bench.run_with(&migration, Pass::Incremental, options()).await, BatchState::Synced);
        assert_eq!(bench.world.count("target.import") - imports, 1, "it is put into its new place");
        let lies = |subject: &str| copies_of(&bench, subject);
        assert_eq!(lies("Inbox 0").into_iter().map(|(path, _)| path).collect::<Vec<_>>(), ["Root/New"]);
        match deletions {
            Deletions::Keep => {
                assert_eq!((deleted(&bench), lies("Inbox 1").len()), (vec!["Inbox 0".to_string()], 1));
            }
            _ => {
                assert_eq!(deleted(&bench), ["Inbox 0", "Inbox 1"]);
                bench.assert_equal();
            }
        }
    }
}

/// The list that is asked for what is new may leave it out.
#[tokio::test(start_paused = true)]
async fn what_moves_into_a_new_folder_that_one_list_leaves_out_is_not_deleted() {
    let (bench, migration) = after_first_copy().await;
    let before = bench.world.target_content(ANNA);
    let new = bench.world.new_folder(ANNA, "s-Root", "New", "IPF.Note");
    bench.world.move_item(ANNA, "i1", &new);
    leave_out(&bench, new.leak(), 0..2);
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    assert_eq!((bench.world.target_content(ANNA), deleted(&bench)), (before, Vec::new()));
}

/// In the next pass it is nothing new any more.
#[tokio::test(start_paused = true)]
async fn what_cannot_be_described_holds_deletions_back_also_where_a_folder_is_made_meanwhile() {
    let (bench, migration) = after_first_copy().await;
    before(&bench, "source.changes", |world, nth| {
        if nth == 0 {
            world.new_folder(ANNA, "s-Root", "New", "IPF.Note");
        }
    });
    let before = bench.world.target_content(ANNA);
    let moved = bench.world.move_item(ANNA, "i1", "s-Sent");
    bench.world.edit(ANNA, &moved, |item| item.class = "IPM.Damaged".to_string());
    for _ in 0..3 {
        bench.run(&migration, Pass::Incremental).await;
        assert_eq!(bench.world.target_content(ANNA), before, "it may be the one that cannot be described");
    }
}

/// Whenever it moves: its folder may have been asked by then, also if all are asked for the second time because of another.
#[tokio::test(start_paused = true)]
async fn what_moves_while_folders_are_asked_and_cannot_be_described_keeps_its_copy() {
    for (another, when) in (0..8).map(|when| (false, when)).chain((8..20).map(|when| (true, when))) {
        let (bench, migration) = after_first_copy().await;
        if another {
            bench.world.delete(ANNA, "i2");
        }
        before(&bench, "source.changes", move |world, nth| {
            if nth == when {
                let moved = world.move_item(ANNA, "i1", "s-Sent");
                world.edit(ANNA, &moved, |item| item.class = "IPM.Damaged".to_string());
            }
        });
        for _ in 0..3 {
            bench.run(&migration, Pass::Incremental).await;
            assert_eq!(copies_of(&bench, "Inbox 0").len(), 1, "another: {another}, before request {when}");
        }
    }
}

/// First into one that was asked by then, so that it shows as gone, and from there once folders were listed again.
#[tokio::test(start_paused = true)]
async fn what_moves_on_into_a_folder_that_is_made_while_folders_are_asked_again_is_never_deleted() {
    for when in 0..10 {
        let (bench, migration) = after_first_copy().await;
        let items = bench.world.state().source[ANNA].items.clone();
        let plan = items.into_iter().find(|item| item.fields.subject == "Plan 0").unwrap().id;
        let (world, listed, asked) = (Arc::downgrade(&bench.world), AtomicUsize::new(0), AtomicUsize::new(0));
        let moved = Mutex::new(None);
        bench.world.misbehave(move |request| {
            let (world, mut moved) = (world.upgrade().unwrap(), moved.lock().unwrap());
            if request.operation == "source.folders" && request.address == ANNA {
                listed.fetch_add(1, Ordering::SeqCst);
            } else if request.operation == "source.changes" && request.address == ANNA {
                let listed = listed.load(Ordering::SeqCst);
                if listed == 1 && asked.fetch_add(1, Ordering::SeqCst) == when {
                    *moved = Some(world.move_item(ANNA, &plan, "s-Inbox"));
                } else if let Some(item) = moved.take_if(|_| listed > 1) {
                    let new = world.new_folder(ANNA, "s-Root", "New", "IPF.Note");
                    world.move_item(ANNA, &item, &new);
                }
            }
            Fault::None
        });
        bench.run(&migration, Pass::Incremental).await;
        assert!(!copies_of(&bench, "Plan 0").is_empty(), "moved before request {when}");
    }
}

/// It only was said to be gone: by the end of the pass it is known.
#[tokio::test(start_paused = true)]
async fn what_could_not_be_described_at_first_keeps_nothing_for_good() {
    let (bench, migration) = after_first_copy().await;
    before(&bench, "source.changes", |world, nth| {
        if nth == 0 {
            world.new_folder(ANNA, "s-Root", "New", "IPF.Note");
        }
    });
    let new = bench.world.add_item(ANNA, "s-Sent", "Another");
    let gone = Problem::new(Kind::Item, Side::Source, Guidance::SourceItemGone);
    bench.world.mistake("source.describe", &new, 3, &gone);
    bench.world.delete(ANNA, "i1");
    bench.run(&migration, Pass::Incremental).await;
    in_step(&bench, &migration).await;
    assert_eq!(deleted(&bench), ["Inbox 0"]);
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn folders_are_listed_again_only_before_something_is_let_go() {
    let (bench, migration) = after_first_copy().await;
    for (gone, expected) in [(None, 3), (Some("i1"), 5), (None, 3)] {
        gone.into_iter().for_each(|id| drop(bench.world.delete(ANNA, id)));
        let listed = bench.world.count("source.folders");
        assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
        assert_eq!(bench.world.count("source.folders") - listed, expected, "{gone:?}");
    }
    assert_eq!(deleted(&bench), ["Inbox 0"]);
}

/// A folder that gets the default folder of its role as its counterpart after it had one of its own.
async fn after_a_role_showed(bench: &Bench, show: impl Fn(&World), name: &str) {
    let made = || {
        let state = bench.world.state();
        state.target[ANNA].folders.iter().filter(|folder| folder.role.is_none() && folder.name == name).count()
    };
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    assert_eq!(made(), 1);
    show(&bench.world);
    for _ in 0..2 {
        let outcome = in_step(bench, &migration).await;
        assert_eq!((outcome.books.at_source(), outcome.books.gone), (ALL, 0));
        bench.assert_equal();
        assert_eq!(made(), 0, "the old one leaves once it is empty");
    }
    // Later edits and deletions find what was put there.
    let some: Vec<String> = {
        let state = bench.world.state();
        let first = |folder: &str| state.source[ANNA].items.iter().find(|item| item.folder == folder);
        ["s-Inbox", "s-Journal"].iter().map(|folder| first(folder).unwrap().id.clone()).collect()
    };
    some.iter().for_each(|id| bench.world.edit(ANNA, id, |item| item.body.push_str(" Edited.")));
    in_step(bench, &migration).await;
    bench.assert_equal();
    some.iter().for_each(|id| drop(bench.world.delete(ANNA, id)));
    in_step(bench, &migration).await;
    bench.assert_equal();
}

fn role_at_the_source(world: &World, role: Option<FolderRole>) {
    let mut state = world.state();
    let folders = &mut state.source.get_mut(ANNA).unwrap().folders;
    folders.iter_mut().find(|folder| folder.id.0 == "s-Inbox").unwrap().role = role;
}

#[tokio::test(start_paused = true)]
async fn a_role_that_shows_at_the_source_later_takes_its_items_to_the_default_folder() {
    let bench = Bench::contoso();
    role_at_the_source(&bench.world, None);
    after_a_role_showed(&bench, |world| role_at_the_source(world, Some(FolderRole::Inbox)), "Inbox").await;
}

#[tokio::test(start_paused = true)]
async fn a_default_folder_that_the_target_gets_later_takes_its_items() {
    let journal = |world: &World| {
        let journal = Folder {
            id: FolderId("t-journal".to_string()),
            parent: Some(FolderId(format!("t-{ANNA}-Root"))),
            name: "Journal".to_string(),
            class: "IPF.Journal".to_string(),
            role: Some(FolderRole::Journal),
            items: 0,
        };
        world.state().target.get_mut(ANNA).unwrap().folders.push(journal);
    };
    after_a_role_showed(&Bench::contoso(), journal, "Journal").await;
}
