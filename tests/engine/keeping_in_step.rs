//! Incremental passes: what changed at the source since the last time, and nothing else.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::recipient::Address;
use cutover::engine::run::{BatchState, Pass};

use crate::following::{copies_of, deleted, in_step};
use crate::harness::{ALL, ANNA, Bench, assert_state};
use crate::memory::{Fault, busy, fields};

pub async fn after_first_copy() -> (Bench, cutover::engine::Migration) {
    let bench = Bench::contoso();
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    (bench, migration)
}

fn copy_of(bench: &Bench, subject: &str) -> String {
    let state = bench.world.state();
    state.target[ANNA].items.iter().find(|item| item.fields.subject == subject).unwrap().id.clone()
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
async fn an_expired_sync_state_leads_to_a_full_comparison_without_one_double() {
    for renumber in [false, true] {
        let (bench, migration) = after_first_copy().await;
        bench.world.edit(ANNA, "i3", |item| item.body = "Edited while nobody watched".to_string());
        bench.world.delete(ANNA, "i4");
        bench.world.move_item(ANNA, "i5", "s-Sent");
        bench.world.expire_sync_states(ANNA, renumber);
        bench.world.add(ANNA, "s-Inbox", fields("New", b"new".to_vec()));
        let imports = bench.world.count("target.import");
        let outcome = bench.run(&migration, Pass::Incremental).await;
        assert_state(&outcome, BatchState::Synced);
        // The new one, and the one that moved into its new place.
        assert_eq!(bench.world.count("target.import") - imports, 2, "renumber {renumber}");
        assert_eq!(bench.world.state().target[ANNA].deleted.len(), 2, "renumber {renumber}");
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
async fn an_edit_is_not_carried_to_what_a_user_changed_and_that_is_told_once() {
    for lost in [false, true] {
        let (bench, migration) = after_first_copy().await;
        bench.world.edit_on_target(ANNA, "Inbox 0", |item| item.fields.body = "A note of mine".to_string());
        let before = bench.world.target_content(ANNA);
        bench.world.edit(ANNA, "i1", |item| item.body = "Edited at the source".to_string());
        if lost {
            // Not even an earlier replacement, of something else, whose answer was lost.
            bench.world.edit(ANNA, "i2", |item| item.body = "Edited as well".to_string());
            bench.world.misbehave(|request| match request.operation {
                "target.replace" if request.nth == 0 => Fault::LoseAnswer,
                _ => Fault::None,
            });
        }
        let outcome = bench.run(&migration, Pass::Incremental).await;
        assert_state(&outcome, BatchState::Synced);
        let content = bench.world.target_content(ANNA);
        assert_eq!(content.iter().filter(|item| !before.contains(item)).count(), usize::from(lost));
        let told = |troubles: cutover::engine::report::Troubles| -> Vec<Guidance> {
            troubles.first.iter().map(|item| item.problem.guidance).collect()
        };
        let verdict = migration.verify(&|_| {}).await.unwrap();
        assert!(verdict.nothing_lost() && verdict.differing == 0, "{verdict:?}");
        assert_eq!(told(migration.troubles().await.unwrap()), [Guidance::TargetItemChanged]);
        // Once the user puts it right, the next edit is carried across again.
        bench.world.edit(ANNA, "i1", |item| item.body = "Edited once more".to_string());
        bench.world.edit_on_target(ANNA, "Inbox 0", |item| item.fields.body = "The text of Inbox 0.".to_string());
        assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
        bench.assert_equal();
        assert_eq!(told(migration.troubles().await.unwrap()), []);
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_edited_on_both_sides_stays_told_as_such_when_it_goes_before_it_is_read() {
    let (bench, migration) = after_first_copy().await;
    bench.world.edit_on_target(ANNA, "Inbox 0", |item| item.fields.body = "A note of mine".to_string());
    bench.world.edit(ANNA, "i1", |item| item.body = "Edited at the source".to_string());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.world.edit(ANNA, "i1", |item| item.body = "Edited once more".to_string());
    let (world, deleted) = (Arc::downgrade(&bench.world), AtomicBool::new(false));
    bench.world.misbehave(move |request| {
        if request.operation == "source.read" && !deleted.swap(true, Ordering::SeqCst) {
            world.upgrade().unwrap().delete(ANNA, "i1");
        }
        Fault::None
    });
    for _ in 0..2 {
        let outcome = bench.run(&migration, Pass::Incremental).await;
        assert_state(&outcome, BatchState::Synced);
        assert_eq!(outcome.books.gone, 1);
        let told = migration.troubles().await.unwrap().first;
        assert_eq!(told.iter().map(|item| item.problem.guidance).collect::<Vec<_>>(), [Guidance::TargetItemChanged]);
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_edited_on_both_sides_is_told_as_such_again_once_it_can_be_read() {
    let (bench, migration) = after_first_copy().await;
    let was = bench.world.state().source[ANNA].items[0].fields.body.clone();
    bench.world.edit_on_target(ANNA, "Inbox 0", |item| item.fields.body = "A note of mine".to_string());
    bench.world.edit(ANNA, "i1", |item| item.body = "Edited at the source".to_string());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    let told = async |expected| {
        let told = migration.troubles().await.unwrap().first;
        assert_eq!(told.iter().map(|item| item.problem.guidance).collect::<Vec<_>>(), [expected]);
    };
    told(Guidance::TargetItemChanged).await;
    let broken = Problem::new(Kind::Item, Side::Source, Guidance::SourceItemDamaged);
    bench.world.edit(ANNA, "i1", |item| item.body = "Edited once more".to_string());
    bench.world.misbehave(move |request| match request.operation {
        "source.read" => Fault::Fail(broken.clone()),
        _ => Fault::None,
    });
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::SyncedWithErrors);
    told(Guidance::SourceItemDamaged).await;
    bench.world.behave();
    bench.world.edit(ANNA, "i1", |item| item.body = was.clone());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    told(Guidance::TargetItemChanged).await;
}

#[tokio::test(start_paused = true)]
async fn a_replacement_whose_answer_was_lost_is_not_taken_for_a_users_change() {
    for renumbers in [false, true] {
        let (bench, migration) = after_first_copy().await;
        bench.world.state().replacing_renumbers = renumbers;
        bench.world.edit(ANNA, "i1", |item| item.body = "First edit".to_string());
        bench.world.misbehave(|request| match request.operation {
            "target.replace" => Fault::LoseAnswer,
            _ => Fault::None,
        });
        bench.run(&migration, Pass::Incremental).await;
        bench.world.behave();
        bench.world.edit(ANNA, "i1", |item| item.body = "Second edit".to_string());
        assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
        bench.assert_equal();
        assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
    }
}

#[tokio::test(start_paused = true)]
async fn members_that_users_add_or_remove_stay_so_and_changes_at_the_source_are_carried_across() {
    let (bench, migration) = after_first_copy().await;
    let address = |name: &str| Address::new(format!("{name}@contoso.com"));
    let (anna, ben, team, info) = (address("anna"), address("ben"), address("team"), address("info"));
    {
        let mut state = bench.world.state();
        let members = state.target_groups.get_mut("all@contoso.com").unwrap();
        members.retain(|member| *member != anna);
        members.push(info.clone());
        let group = state.groups.iter_mut().find(|group| group.identity.address.key() == "all@contoso.com").unwrap();
        group.members.retain(|member| *member != team);
        group.members.push(ben.clone());
    }
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    let mut members = bench.world.state().target_groups["all@contoso.com"].clone();
    members.sort();
    assert_eq!(members, [ben, info, Address::new("partner@fabrikam.com")]);
    assert!(migration.verify(&|_| {}).await.unwrap().directory.whole());
    // Whoever is put back stays as well.
    bench.world.state().target_groups.get_mut("all@contoso.com").unwrap().push(anna);
    let directory = migration.verify(&|_| {}).await.unwrap().directory;
    assert_eq!((directory.whole(), directory.joined), (true, 1));
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    let verdict = migration.verify(&|_| {}).await.unwrap();
    assert!(verdict.directory.whole() && !verdict.stands_changed());
}

#[tokio::test(start_paused = true)]
async fn what_a_user_edits_while_the_service_asks_for_a_pause_stands() {
    let busy = busy(Side::Target, 300);
    for refusal in [busy, crate::memory::lost(Side::Target)] {
        let (bench, migration) = after_first_copy().await;
        bench.world.edit(ANNA, "i1", |item| item.body = "Edited at the source".to_string());
        let (world, note) = (Arc::downgrade(&bench.world), "A note of mine");
        bench.world.misbehave(move |request| match request.operation {
            "target.replace" if request.nth == 0 => {
                let world = world.upgrade().unwrap();
                world.edit_on_target(ANNA, "Inbox 0", |item| item.fields.body = note.to_string());
                Fault::Fail(refusal.clone())
            }
            _ => Fault::None,
        });
        assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
        let bodies = bench.world.target_content(ANNA).into_iter().map(|(_, item)| item.body);
        assert_eq!(bodies.filter(|body| body == note).count(), 1);
        let verdict = migration.verify(&|_| {}).await.unwrap();
        assert_eq!((verdict.compared.stands, verdict.differing), (1, 0));
    }
}

#[tokio::test(start_paused = true)]
async fn a_copy_that_a_user_edits_while_its_deletion_waits_stands() {
    let busy = busy(Side::Target, 300);
    for refusal in [busy, crate::memory::lost(Side::Target)] {
        let (bench, migration) = after_first_copy().await;
        ["i1", "i2"].iter().for_each(|id| drop(bench.world.delete(ANNA, id)));
        let (world, note) = (Arc::downgrade(&bench.world), "A note of mine");
        bench.world.misbehave(move |request| match (request.operation, request.nth) {
            ("target.delete", 0) => {
                let world = world.upgrade().unwrap();
                world.edit_on_target(ANNA, "Inbox 1", |item| item.fields.body = note.to_string());
                Fault::Fail(refusal.clone())
            }
            ("target.delete", 1) => Fault::Fail(refusal.clone()),
            _ => Fault::None,
        });
        in_step(&bench, &migration).await;
        assert_eq!(deleted(&bench), ["Inbox 0"]);
        let bodies = bench.world.target_content(ANNA).into_iter().map(|(_, item)| item.body);
        assert_eq!(bodies.filter(|body| body == note).count(), 1);
        let told = migration.troubles().await.unwrap().first;
        assert_eq!(told.iter().map(|item| item.problem.guidance).collect::<Vec<_>>(), [Guidance::TargetItemChanged]);
    }
}

/// What is not there any more when it is looked for again has left by our doing: nothing that looks like it is taken for it.
#[tokio::test(start_paused = true)]
async fn a_deletion_whose_answer_is_lost_takes_nothing_else_with_it() {
    let (bench, migration) = after_first_copy().await;
    let id = copy_of(&bench, "Inbox 0");
    // It is being replaced, which may give it another id, and nobody can tell what came of that.
    bench.world.edit(ANNA, "i1", |item| item.body = "Edited".to_string());
    let (world, ours) = (Arc::downgrade(&bench.world), id.clone());
    bench.world.misbehave(move |request| match request.operation {
        "target.replace" => {
            let lost = crate::memory::lost(Side::Target);
            world.upgrade().unwrap().mistake("target.facets", &ours, usize::MAX, &lost);
            Fault::LoseAnswer
        }
        _ => Fault::None,
    });
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::SyncedWithErrors);
    bench.world.forgive();
    // A user's own copy of it, in the same folder.
    {
        let mut state = bench.world.state();
        let items = &mut state.target.get_mut(ANNA).unwrap().items;
        let mut theirs = items.iter().find(|item| item.id == id).unwrap().clone();
        theirs.id = "theirs".to_string();
        items.push(theirs);
    }
    bench.world.delete(ANNA, "i1");
    bench.world.misbehave(|request| match (request.operation, request.nth) {
        ("target.delete", 0) => Fault::LoseAnswer,
        _ => Fault::None,
    });
    in_step(&bench, &migration).await;
    assert_eq!(deleted(&bench), ["Inbox 0"]);
    assert!(bench.world.state().target[ANNA].items.iter().any(|item| item.id == "theirs"));
}

#[tokio::test(start_paused = true)]
async fn what_is_answered_about_one_edited_item_concerns_no_other() {
    let denied = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied).with("mailbox", ANNA);
    let busy = busy(Side::Source, 300);
    for (operation, problem) in ["source.read", "target.facets"]
        .into_iter()
        .flat_map(|about| [(about, denied.clone()), (about, busy.clone())])
    {
        let (bench, migration) = after_first_copy().await;
        ["i1", "i2"].iter().for_each(|id| bench.world.edit(ANNA, id, |item| item.body.push_str(" Edited.")));
        let copy = copy_of(&bench, "Inbox 0");
        let id = if operation == "source.read" { "i1".to_string() } else { copy };
        bench.world.mistake(operation, &id, usize::MAX, &problem);
        let outcome = bench.run(&migration, Pass::Incremental).await;
        assert_state(&outcome, BatchState::SyncedWithErrors);
        assert_eq!((outcome.books.failed, outcome.failed_recipients), (1, 0), "{operation} {problem}");
        let there = |subject: &str| {
            let item = bench.world.target_content(ANNA).into_iter().find(|(_, item)| item.subject == subject);
            item.unwrap().1.body
        };
        assert_eq!((there("Inbox 0").ends_with("Edited."), there("Inbox 1").ends_with("Edited.")), (false, true));
        let told = migration.troubles().await.unwrap().first;
        let told: Vec<_> = told.iter().map(|item| (item.subject.as_str(), item.problem.guidance)).collect();
        assert_eq!(told, [("Inbox 0", problem.guidance)]);
        bench.world.forgive();
        assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
        bench.assert_equal();
    }
}

#[tokio::test(start_paused = true)]
async fn what_users_take_back_gets_the_edit_that_it_met_and_the_next_one() {
    let (bench, migration) = after_first_copy().await;
    let was = bench.world.state().source[ANNA].items[0].clone();
    let theirs =
        |body: &str| bench.world.edit_on_target(ANNA, &was.fields.subject, |item| item.fields.body = body.into());
    theirs("Mine");
    bench.world.edit(ANNA, &was.id, |item| item.body = "Edited in vain".to_string());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    theirs(&was.fields.body);
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.assert_equal();
    theirs("Mine again");
    bench.world.edit(ANNA, &was.id, |item| item.body = "Edited in vain again".to_string());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    theirs("Edited in vain");
    bench.world.edit(ANNA, &was.id, |item| item.body = "Edited once more".to_string());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn one_member_that_cannot_be_set_does_not_undo_what_users_do_with_the_others() {
    let bench = Bench::contoso();
    let world = Arc::downgrade(&bench.world);
    bench.world.misbehave(move |request| {
        if request.operation == "target.set_members" {
            world.upgrade().unwrap().state().target_contacts.clear();
        }
        Fault::None
    });
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::SyncedWithErrors);
    let info = Address::new("info@contoso.com");
    bench.world.state().target_groups.get_mut("all@contoso.com").unwrap().push(info.clone());
    bench.run(&migration, Pass::Incremental).await;
    assert!(bench.world.state().target_groups["all@contoso.com"].contains(&info));
}

/// One look alone settles nothing.
#[tokio::test(start_paused = true)]
async fn what_shows_at_one_look_and_not_at_the_next_leaves_in_the_next_pass() {
    let (bench, migration) = after_first_copy().await;
    tokio::time::sleep(Duration::from_secs(3600)).await;
    bench.world.delete(ANNA, "i1");
    let (world, asked, out) = (Arc::downgrade(&bench.world), AtomicUsize::new(0), Mutex::new(None));
    bench.world.misbehave(move |request| {
        let (world, mut out) = (world.upgrade().unwrap(), out.lock().unwrap());
        let mut state = world.state();
        let items = &mut state.target.get_mut(ANNA).unwrap().items;
        items.extend(out.take());
        if request.operation == "target.facets" && [0, 2].contains(&asked.fetch_add(1, Ordering::SeqCst)) {
            let place = items.iter().position(|item| item.fields.subject == "Inbox 0").unwrap();
            *out = Some(items.remove(place));
        }
        Fault::None
    });
    in_step(&bench, &migration).await;
    assert!(deleted(&bench).is_empty());
    in_step(&bench, &migration).await;
    assert_eq!(deleted(&bench), ["Inbox 0"]);
    bench.assert_equal();
}

/// However often the server gives it a new id, which looks as if it moved.
#[tokio::test(start_paused = true)]
async fn what_a_user_moved_stays_where_they_put_it() {
    let (bench, migration) = after_first_copy().await;
    bench.world.edit_on_target(ANNA, "Inbox 0", |copy| {
        (copy.id, copy.folder) = ("theirs".to_string(), copy.folder.replace("Inbox", "Deleted"));
    });
    for _ in 0..3 {
        bench.world.expire_sync_states(ANNA, true);
        in_step(&bench, &migration).await;
        let lies: Vec<_> = copies_of(&bench, "Inbox 0").into_iter().map(|(path, _)| path).collect();
        assert_eq!(lies, ["Deleted"]);
    }
    assert!(bench.world.state().trespasses.is_empty());
}

/// What came before and cannot be described is not what goes now.
#[tokio::test(start_paused = true)]
async fn deletions_are_followed_also_in_a_mailbox_that_fails_each_time() {
    let (bench, migration) = after_first_copy().await;
    bench.world.new_folder(ANNA, "s-Root", "New", "IPF.Note");
    let damaged = bench.world.add_item(ANNA, "s-Inbox", "Damaged");
    bench.world.edit(ANNA, &damaged, |item| item.class = "IPM.Damaged".to_string());
    bench.world.misbehave(|request| match request.operation {
        "target.create_folder" => {
            Fault::Fail(Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetUnexpected).with("code", "refused"))
        }
        _ => Fault::None,
    });
    for gone in [None, Some("i1")] {
        gone.into_iter().for_each(|id| drop(bench.world.delete(ANNA, id)));
        assert_eq!(bench.run(&migration, Pass::Incremental).await.failed_recipients, 1);
        assert_eq!(deleted(&bench).len(), usize::from(gone.is_some()));
    }
}
