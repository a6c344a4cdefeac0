//! What a folder leaves behind on the target when it moves at the source, if the pass that follows it breaks off.

use std::sync::Arc;

use cutover::engine::Migration;
use cutover::engine::item::{Folder, FolderId};
use cutover::engine::plan::{Deletions, Options};
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::run::{BatchState, Pass};

use crate::following::{copies_of, in_step};
use crate::harness::{ANNA, Bench, assert_state};
use crate::memory::Fault;

/// A mailbox that was copied, and one that was moved to the deleted items and followed there by a pass that broke off once
/// it had made the new folder.
async fn moved(items: &[&str]) -> (Bench, Migration, String) {
    moved_on(Bench::anna(1), items).await
}

async fn moved_on(bench: Bench, items: &[&str]) -> (Bench, Migration, String) {
    let folder = bench.world.new_folder(ANNA, "s-Root", "Projects", "IPF.Note");
    items.iter().for_each(|subject| drop(bench.world.add_item(ANNA, &folder, subject)));
    let migration = bench.open();
    bench.run_to_equal(&migration).await;
    bench.world.move_folder(ANNA, &folder, "s-Deleted");
    let broken = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceMailboxUnavailable).with("code", "E");
    bench.world.misbehave(move |request| match request.operation {
        "source.changes" => Fault::Fail(broken.clone()),
        _ => Fault::None,
    });
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::SyncedWithErrors);
    bench.world.behave();
    assert_eq!(projects(&bench), ["Deleted/Projects", "Root/Projects"]);
    (bench, migration, folder)
}

/// Where there are folders for projects on the target.
fn projects(bench: &Bench) -> Vec<String> {
    bench.world.target_folders(ANNA).into_iter().filter(|path| path.contains("Projects")).collect()
}

#[tokio::test(start_paused = true)]
async fn what_stays_by_choice_where_its_folder_was_is_not_mixed_with_a_new_folder() {
    let (bench, migration, folder) = moved(&["Plan"]).await;
    bench.world.delete_folder(ANNA, &folder);
    let new = bench.world.new_folder(ANNA, "s-Root", "Projects", "IPF.Note");
    bench.world.add_item(ANNA, &new, "New");
    let keep = Options { deletions: Deletions::Keep, ..Options::default() };
    assert_state(&bench.run_with(&migration, Pass::Incremental, keep).await, BatchState::Synced);
    let lies = |subject: &str| copies_of(&bench, subject).into_iter().map(|(path, _)| path).collect::<Vec<_>>();
    assert_eq!(
        (lies("New"), lies("Plan")),
        (vec!["Root/Projects (2)".to_string()], vec!["Root/Projects".to_string()])
    );
}

#[tokio::test(start_paused = true)]
async fn a_folder_that_moves_back_to_one_that_was_there_before_us_needs_no_new_copies() {
    let bench = Bench::anna(1);
    let world = Arc::downgrade(&bench.world);
    bench.world.misbehave(move |request| {
        if (request.operation, request.nth) == ("source.folders", 0) {
            let there = Folder {
                id: FolderId("t-theirs".to_string()),
                parent: Some(FolderId(format!("t-{ANNA}-Root"))),
                name: "Projects".to_string(),
                class: "IPF.Note".to_string(),
                role: None,
                items: 0,
            };
            world.upgrade().unwrap().state().target.get_mut(ANNA).unwrap().folders.push(there);
        }
        Fault::None
    });
    let (bench, migration, folder) = moved_on(bench, &["Plan"]).await;
    bench.world.move_folder(ANNA, &folder, "s-Root");
    let imports = bench.world.count("target.import");
    in_step(&bench, &migration).await;
    bench.assert_equal();
    assert_eq!(bench.world.count("target.import"), imports, "it lies there already");
    assert!(bench.world.target_folders(ANNA).contains(&"Root/Projects".to_string()));
}

#[tokio::test(start_paused = true)]
async fn a_folder_that_moves_back_takes_its_old_place_again() {
    for items in [&["Plan"][..], &[]] {
        let (bench, migration, folder) = moved(items).await;
        bench.world.move_folder(ANNA, &folder, "s-Root");
        let imports = bench.world.count("target.import");
        for _ in 0..2 {
            in_step(&bench, &migration).await;
            assert_eq!(projects(&bench), ["Root/Projects"], "{items:?}");
            bench.assert_equal();
            assert_eq!(bench.world.count("target.import"), imports, "it lies there already");
        }
        bench.world.delete_folder(ANNA, &folder);
        in_step(&bench, &migration).await;
        assert_eq!(projects(&bench), Vec::<String>::new(), "{items:?}");
    }
}
