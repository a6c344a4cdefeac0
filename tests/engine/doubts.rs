//! What the source says of one item alone, that it is gone, is believed once its folder says so.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use cutover::engine::Migration;
use cutover::engine::control::Outcome;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::progress::Event;
use cutover::engine::retry::{ATTEMPTS, FURTHER_ROUNDS};
use cutover::engine::run::{BatchState, Pass};

use crate::following::{deleted, in_step};
use crate::harness::{ALL, ANNA, Bench, assert_state};
use crate::keeping_in_step::after_first_copy;
use crate::memory::Fault;

fn gone() -> Problem {
    Problem::new(Kind::Item, Side::Source, Guidance::SourceItemGone)
}

/// What is to be done about an item when the source says that it is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    New,
    Edited,
    Moved,
}

/// After a first copy there is something to do about one item; answers its id.
fn something(bench: &Bench, about: About) -> String {
    match about {
        About::New => bench.world.add_item(ANNA, "s-Inbox", "New"),
        About::Edited => {
            bench.world.edit(ANNA, "i1", |item| item.body.push_str(" Edited."));
            "i1".to_string()
        }
        About::Moved => bench.world.move_item(ANNA, "i1", "s-Sent"),
    }
}

const EVERYWHERE: [(&str, About); 5] = [
    ("source.describe", About::New),
    ("source.describe", About::Moved),
    ("source.read", About::New),
    ("source.read", About::Edited),
    ("source.read", About::Moved),
];

/// A pass, with what was told of single items in it.
async fn told(bench: &Bench, migration: &Migration) -> (Outcome, Vec<Guidance>) {
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Default::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Incremental).await.unwrap();
    let mut events = handle.events();
    let outcome = handle.outcome().await;
    let mut told = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Event::Item { problem, .. } = event {
            told.push(problem.guidance);
        }
    }
    assert_state(&outcome, outcome.state);
    assert!(bench.world.state().trespasses.is_empty());
    (outcome, told)
}

#[tokio::test(start_paused = true)]
async fn what_is_said_once_to_be_gone_and_is_not_arrives_in_the_same_pass() {
    for (operation, about) in EVERYWHERE {
        let (bench, migration) = after_first_copy().await;
        let id = something(&bench, about);
        bench.world.mistake(operation, &id, 1, &gone());
        let (outcome, told) = told(&bench, &migration).await;
        assert_eq!((outcome.state, told), (BatchState::Synced, Vec::new()), "{operation} {about:?}");
        bench.assert_equal();
        // Nothing but the copy in its old place has left.
        assert_eq!(deleted(&bench).len(), usize::from(about == About::Moved), "{operation} {about:?}");
        in_step(&bench, &migration).await;
        bench.assert_equal();
    }
}

#[tokio::test(start_paused = true)]
async fn what_its_folder_lists_and_the_source_says_is_gone_is_told_and_keeps_its_copy() {
    for (operation, about) in EVERYWHERE {
        let (bench, migration) = after_first_copy().await;
        let id = something(&bench, about);
        bench.world.mistake(operation, &id, usize::MAX, &gone());
        if operation == "source.describe" {
            bench.world.mistake("source.read", &id, usize::MAX, &gone());
        }
        let before = bench.world.target_content(ANNA);
        for _ in 0..2 {
            let (outcome, told) = told(&bench, &migration).await;
            assert_eq!(outcome.state, BatchState::SyncedWithErrors, "{operation} {about:?}");
            assert_eq!((outcome.books.failed, outcome.failed_recipients), (1, 0), "{operation} {about:?}");
            let keys: Vec<_> = told.iter().map(|guidance| guidance.key()).collect();
            assert_eq!(keys, ["source-item-withheld"], "{operation} {about:?}");
            let shown = migration.troubles().await.unwrap().first;
            let shown: Vec<_> = shown.iter().map(|item| (item.problem.guidance.key(), item.retryable)).collect();
            assert_eq!(shown, [("source-item-withheld", true)], "{operation} {about:?}");
            assert_eq!(bench.world.target_content(ANNA), before, "{operation} {about:?}");
        }
        bench.world.forgive();
        in_step(&bench, &migration).await;
        bench.assert_equal();
    }
}

#[tokio::test(start_paused = true)]
async fn what_goes_between_being_listed_and_read_is_gone_without_an_error() {
    for (operation, about) in EVERYWHERE {
        let (bench, migration) = after_first_copy().await;
        let id = something(&bench, about);
        let (world, deleted) = (Arc::downgrade(&bench.world), AtomicBool::new(false));
        bench.world.misbehave(move |request| {
            if request.operation == operation && !deleted.swap(true, Ordering::SeqCst) {
                world.upgrade().unwrap().delete(ANNA, &id);
            }
            Fault::None
        });
        let (outcome, told) = told(&bench, &migration).await;
        assert_eq!((outcome.state, told), (BatchState::Synced, Vec::new()), "{operation} {about:?}");
        bench.assert_equal();
        assert_eq!(migration.troubles().await.unwrap().total, 0);
        in_step(&bench, &migration).await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_moves_between_being_listed_and_read_is_in_its_new_place_at_once() {
    for (operation, about) in EVERYWHERE {
        let (bench, migration) = after_first_copy().await;
        let id = something(&bench, about);
        let (world, moved) = (Arc::downgrade(&bench.world), AtomicBool::new(false));
        bench.world.misbehave(move |request| {
            if request.operation == operation && !moved.swap(true, Ordering::SeqCst) {
                world.upgrade().unwrap().move_item(ANNA, &id, "s-Calendar");
            }
            Fault::None
        });
        let (outcome, told) = told(&bench, &migration).await;
        assert_eq!((outcome.state, told), (BatchState::Synced, Vec::new()), "{operation} {about:?}");
        bench.assert_equal();
    }
}

/// Nothing is lost in a first copy either, where nothing is on the target yet.
#[tokio::test(start_paused = true)]
async fn a_first_copy_misses_nothing_that_is_said_once_to_be_gone() {
    for operation in ["source.describe", "source.read"] {
        let bench = Bench::contoso();
        (1..=30).for_each(|n| bench.world.mistake(operation, &format!("i{n}"), 1, &gone()));
        let migration = bench.open();
        let outcome = bench.run_to_equal(&migration).await;
        assert_eq!((outcome.books.moved, outcome.books.gone), (ALL, 0));
        assert_eq!(bench.world.count("target.import") as u64, ALL);
    }
}

/// Its folder could not be asked then; by the next round it can be read after all.
#[tokio::test(start_paused = true)]
async fn what_was_read_after_all_is_asked_for_no_more() {
    let (bench, migration) = after_first_copy().await;
    let id = something(&bench, About::New);
    bench.world.mistake("source.read", &id, 1, &gone());
    let failing = AtomicUsize::new(0);
    // As often as a run asks, in all its rounds.
    let asked = ATTEMPTS as usize * (FURTHER_ROUNDS.len() + 1);
    let first = bench.world.count("source.read");
    bench.world.misbehave(move |request| match request.operation {
        "source.read" if request.nth == first => {
            failing.store(asked, Ordering::SeqCst);
            Fault::None
        }
        "source.changes" if failing.load(Ordering::SeqCst) > 0 => {
            failing.fetch_sub(1, Ordering::SeqCst);
            Fault::Fail(crate::memory::lost(Side::Source))
        }
        _ => Fault::None,
    });
    let before = bench.world.count("source.changes");
    let (outcome, told) = told(&bench, &migration).await;
    assert_eq!((outcome.state, told), (BatchState::Synced, Vec::new()));
    let folders = bench.world.state().source.values().map(|mailbox| mailbox.folders.len()).sum::<usize>();
    let times = bench.world.count("source.changes") - before - asked;
    assert!(times <= 3 * folders, "{times} of {folders} folders");
    bench.assert_equal();
}

/// It is described when it is to be read again.
#[tokio::test(start_paused = true)]
async fn what_could_not_be_described_at_first_is_told_with_its_subject() {
    let (bench, migration) = after_first_copy().await;
    let id = bench.world.add_item(ANNA, "s-Inbox", "New");
    bench.world.edit(ANNA, &id, |item| item.class = "IPM.Huge".to_string());
    bench.world.mistake("source.describe", &id, 2, &gone());
    bench.run(&migration, Pass::Incremental).await;
    let shown = migration.troubles().await.unwrap().first;
    let shown: Vec<_> = shown.iter().map(|item| (item.subject.as_str(), item.problem.guidance.key())).collect();
    assert_eq!(shown, [("New", "source-answer-too-large")]);
}

/// Nobody knows whether it is what went away elsewhere.
#[tokio::test(start_paused = true)]
async fn what_can_neither_be_described_nor_moved_keeps_a_copy() {
    let (bench, migration) = after_first_copy().await;
    let before = bench.world.target_content(ANNA);
    let moved = bench.world.move_item(ANNA, "i1", "s-Sent");
    bench.world.edit(ANNA, &moved, |item| item.class = "IPM.Huge".to_string());
    bench.world.mistake("source.describe", &moved, usize::MAX, &gone());
    for _ in 0..3 {
        let outcome = bench.run(&migration, Pass::Incremental).await;
        assert_eq!((outcome.books.skipped, bench.world.target_content(ANNA)), (1, before.clone()));
    }
}
