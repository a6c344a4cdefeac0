//! What is believed of the source's list of folders: what a folder is for may show later.

use cutover::engine::item::{Folder, FolderId, FolderRole};
use cutover::engine::run::{BatchState, Pass};

use crate::following::in_step;
use crate::harness::{ALL, ANNA, Bench, assert_state};
use crate::memory::World;

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
