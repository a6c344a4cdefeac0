//! What users do in Microsoft 365 to what had arrived there whole stands: it is told, and is no error. What nobody ever saw
//! whole there, and what goes in masses, is one.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use cutover::check_proof;
use cutover::engine::Migration;
use cutover::engine::item::FolderRole;
use cutover::engine::ledger::Whereabouts;
use cutover::engine::problem::Guidance;
use cutover::engine::report::ReportOptions;
use cutover::engine::run::{BatchState, Pass};
use cutover::engine::save::Chosen;
use cutover::engine::verdict::{Comparison, ConsistencyGrade, Scope, Verdict};

use crate::harness::{ALL, ANNA, Bench, EACH, PlainWords, assert_state};
use crate::items::{Line, lines};
use crate::memory::Fault;

const BEN: &str = "ben@contoso.com";
const COMPLETE: Pass = Pass::Complete { ignore_errors: false };

async fn migrated(bench: &Bench) -> Migration {
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    migration
}

/// A migration of which everything was seen whole.
async fn seen_whole(bench: &Bench) -> Migration {
    let migration = migrated(bench).await;
    let verdict = verified(&migration).await;
    assert_eq!(verdict.compared.equal, verdict.books.arrived());
    migration
}

async fn verified(migration: &Migration) -> Verdict {
    migration.verify(&|_| {}).await.unwrap()
}

/// Deletes for good what a user deletes on the target.
fn delete_there(bench: &Bench, address: &str, gone: impl Fn(&str) -> bool) {
    let mut state = bench.world.state();
    state.target.get_mut(address).unwrap().items.retain(|item| !gone(&item.fields.subject));
}

/// Users read, edit, move and delete one item each.
fn users_work(bench: &Bench) {
    bench.world.edit_on_target(ANNA, "Inbox 1", |item| item.fields.read = true);
    bench.world.edit_on_target(ANNA, "Inbox 2", |item| item.fields.body.push_str(" Mine."));
    bench.world.move_on_target(ANNA, "Inbox 3", FolderRole::Sent);
    delete_there(bench, ANNA, |subject| subject == "Inbox 4");
}

async fn reports(bench: &Bench, migration: &Migration) -> PathBuf {
    let folder = bench.folder.path().join("reports");
    migration.report(&folder, ReportOptions::default(), &PlainWords).await.unwrap();
    folder
}

fn states(lines: &[Line]) -> Vec<(&str, &str, &str)> {
    let mut states: Vec<_> = lines
        .iter()
        .map(|line| (line["ErrorCode"].as_str(), line["State"].as_str(), line["Retryable"].as_str()))
        .collect();
    states.sort_unstable();
    states
}

#[tokio::test(start_paused = true)]
async fn what_users_read_edit_move_and_delete_stands_is_told_and_holds_no_completion_up() {
    let bench = Bench::contoso();
    let migration = seen_whole(&bench).await;
    users_work(&bench);
    // A second time: it stays so, however often both sides are compared.
    for _ in 0..2 {
        let verdict = verified(&migration).await;
        let expected = Comparison { equal: ALL - 4, stands: 3, removed: 1, ..Comparison::default() };
        assert_eq!(verdict.compared, expected);
        assert_eq!((verdict.verified, verdict.missing, verdict.differing), (ALL - 1, 0, 0));
        assert!(verdict.nothing_lost());
        assert_eq!(verdict.grade(), ConsistencyGrade::Perfect);
    }
    let folder = reports(&bench, &migration).await;
    let expected = [
        ("target-item-edited", "ChangedOnTarget", "false"),
        ("target-item-moved", "ChangedOnTarget", "false"),
        ("target-item-removed", "RemovedOnTarget", "false"),
    ];
    let mut errors = lines(&folder.join("MigrationErrors.csv"));
    errors.retain(|line| line["State"] != "Finding");
    assert_eq!(states(&errors), expected, "two of them share a line");
    let items = lines(&folder.join("MigrationItems.csv"));
    assert_eq!(states(&items), [expected[0], expected[0], expected[1], expected[2]]);
    let proof = std::fs::read(folder.join("MigrationProof.jsonl")).unwrap();
    let checked = check_proof::check(&proof[..], None).unwrap();
    assert_eq!((&checked.flaws[..], checked.amiss()), (&[][..], 0));
    let compared = checked.head.unwrap().compared;
    assert_eq!((compared.equal, compared.changed_on_target, compared.removed_on_target), (ALL - 4, 3, 1));
    assert!(migration.troubles().await.unwrap().first.iter().all(|trouble| !trouble.retryable));
    let found = migration.find("Inbox 4", 10).await.unwrap().hits;
    let hers = found.iter().find(|hit| hit.mailbox == ANNA && hit.subject == "Inbox 4").unwrap();
    assert_eq!(hers.now, Whereabouts::Removed);

    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    let outcome = bench.run(&migration, COMPLETE).await;
    assert_state(&outcome, BatchState::Completed);
    assert_eq!(outcome.verdict.unwrap().compared.removed, 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_never_seen_whole_stays_an_error() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    users_work(&bench);
    let verdict = verified(&migration).await;
    // What was moved is seen now, as it was sent.
    let expected = Comparison { equal: ALL - 4, stands: 1, missing: 1, differing: 2, ..Comparison::default() };
    assert_eq!(verdict.compared, expected);
    assert!(!verdict.nothing_lost());
    assert_eq!(verified(&migration).await.compared, expected, "to be seen amiss is not to be seen whole");
    let outcome = bench.run(&migration, COMPLETE).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!(outcome.problem.unwrap().values["errors"], "3");
}

#[tokio::test(start_paused = true)]
async fn a_sample_has_seen_what_it_drew_and_nothing_else() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    let scope = Scope::Sample { percent: 50, seed: 3 };
    let drawn = migration.verify_scope(scope, &|_| {}).await.unwrap().compared.equal;
    bench.world.state().target.values_mut().for_each(|mailbox| {
        mailbox.items.iter_mut().for_each(|item| item.fields.read = !item.fields.read);
    });
    let verdict = verified(&migration).await;
    assert_eq!((verdict.compared.stands, verdict.differing), (drawn, ALL - drawn));
}

#[tokio::test(start_paused = true)]
async fn a_copy_that_was_replaced_is_to_be_seen_anew() {
    let bench = Bench::contoso();
    let migration = seen_whole(&bench).await;
    let edited = bench.world.state().source[ANNA].items[0].clone();
    bench.world.edit(ANNA, &edited.id, |fields| fields.body.push_str(" More."));
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.world.edit_on_target(ANNA, &edited.fields.subject, |item| item.fields.body.push('?'));
    let verdict = verified(&migration).await;
    assert_eq!((verdict.compared.stands, verdict.differing), (0, 1), "nobody saw the new one");
    bench.world.edit_on_target(ANNA, &edited.fields.subject, |item| {
        item.fields.body.pop();
    });
    assert!(verified(&migration).await.nothing_lost());
    bench.world.edit_on_target(ANNA, &edited.fields.subject, |item| item.fields.body.push('?'));
    let verdict = verified(&migration).await;
    assert_eq!((verdict.compared.stands, verdict.differing), (1, 0));
}

#[tokio::test(start_paused = true)]
async fn what_comes_back_is_told_no_more() {
    let bench = Bench::contoso();
    let migration = seen_whole(&bench).await;
    let before = bench.world.state().target[ANNA].items.clone();
    users_work(&bench);
    assert_eq!(verified(&migration).await.compared.removed, 1);
    bench.world.state().target.get_mut(ANNA).unwrap().items = before;
    assert_eq!(verified(&migration).await.compared.equal, ALL);
    assert!(lines(&reports(&bench, &migration).await.join("MigrationItems.csv")).is_empty());
    assert_eq!(migration.troubles().await.unwrap().total, 0);
}

#[tokio::test(start_paused = true)]
async fn what_was_changed_on_both_sides_and_is_gone_later_counts_as_gone() {
    let bench = Bench::contoso();
    (0..60).for_each(|n| drop(bench.world.add_item(ANNA, "s-Sent", &format!("Sent {n}"))));
    let migration = seen_whole(&bench).await;
    let sent: Vec<(String, String)> = {
        let items = &bench.world.state().source[ANNA].items;
        let sent = items.iter().filter(|item| item.fields.subject.starts_with("Sent "));
        sent.map(|item| (item.id.clone(), item.fields.subject.clone())).collect()
    };
    for (id, subject) in &sent {
        bench.world.edit_on_target(ANNA, subject, |item| item.fields.body.push_str(" Mine."));
        bench.world.edit(ANNA, id, |fields| fields.body.push_str(" Newer."));
    }
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    assert_eq!(verified(&migration).await.compared.stands, 60);
    delete_there(&bench, ANNA, |subject| subject == "Sent 0");
    let verdict = verified(&migration).await;
    assert_eq!((verdict.compared.stands, verdict.compared.removed, verdict.missing), (59, 1, 0));
    delete_there(&bench, ANNA, |subject| subject.starts_with("Sent "));
    for _ in 0..2 {
        let verdict = verified(&migration).await;
        assert_eq!((verdict.compared.stands, verdict.compared.removed, verdict.missing), (0, 1, 59));
    }
}

#[tokio::test(start_paused = true)]
async fn of_a_users_own_duplicates_each_is_accounted_for() {
    let bench = Bench::contoso();
    let migration = seen_whole(&bench).await;
    {
        let mut state = bench.world.state();
        let items = &mut state.target.get_mut(ANNA).unwrap().items;
        for _ in 0..2 {
            let place = items.iter().position(|item| item.fields.subject == "The same again").unwrap();
            items.remove(place);
        }
    }
    bench.world.move_on_target(ANNA, "The same again", FolderRole::Inbox);
    let verdict = verified(&migration).await;
    assert_eq!((verdict.compared.removed, verdict.compared.stands, verdict.missing), (2, 1, 0));
    bench.world.edit_on_target(ANNA, "The same again", |item| item.fields.body.push('!'));
    let verdict = verified(&migration).await;
    assert_eq!((verdict.compared.removed, verdict.compared.stands, verdict.missing), (2, 1, 0), "moved and edited");
}

/// The guidance and the values of what is told of mailboxes.
async fn told_of_mailboxes(migration: &Migration) -> Vec<(Guidance, String, String)> {
    let troubles = migration.troubles().await.unwrap().first;
    let own = troubles.into_iter().filter(|trouble| trouble.folder.is_empty());
    let told = own.map(|trouble| {
        let value = |name| trouble.problem.values.get(name).cloned().unwrap_or_default();
        (trouble.problem.guidance, value("gone"), value("held"))
    });
    told.collect()
}

#[tokio::test(start_paused = true)]
async fn far_more_than_usual_that_is_gone_stays_an_error() {
    let bench = Bench::contoso();
    (0..60).for_each(|n| drop(bench.world.add_item(ANNA, "s-Sent", &format!("Sent {n}"))));
    let migration = seen_whole(&bench).await;
    let held = EACH + 4 + 60;
    let kept = bench.world.state().target[ANNA].items.clone();
    delete_there(&bench, ANNA, |subject| subject.starts_with("Sent "));
    for _ in 0..2 {
        let verdict = verified(&migration).await;
        assert_eq!((verdict.compared.removed, verdict.missing), (0, 60), "also when it is seen again");
        assert_eq!(verdict.mailboxes[0].grade, ConsistencyGrade::Poor);
        let expected = [(Guidance::TargetMuchGone, "60".to_string(), held.to_string())];
        assert_eq!(told_of_mailboxes(&migration).await, expected);
    }
    let outcome = bench.run(&migration, COMPLETE).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!(outcome.problem.unwrap().values["errors"], "60");

    // Less at a time is what people do, and what was told does not count again.
    bench.world.state().target.get_mut(ANNA).unwrap().items = kept;
    assert!(verified(&migration).await.nothing_lost());
    for (more, removed) in [("Sent 1", 11), ("Sent 2", 22), ("Sent 3", 33), ("Sent 4", 44), ("Sent ", 60)] {
        delete_there(&bench, ANNA, |subject| subject.starts_with(more));
        let verdict = verified(&migration).await;
        assert_eq!((verdict.compared.removed, verdict.missing), (removed, 0));
    }
    assert_eq!(told_of_mailboxes(&migration).await, []);
    assert_state(&bench.run(&migration, COMPLETE).await, BatchState::Completed);
}

#[tokio::test(start_paused = true)]
async fn a_mailbox_that_is_empty_or_gone_is_nobodys_will() {
    for (whole_mailbox, one_comes) in [(false, false), (false, true), (true, false)] {
        let bench = Bench::contoso();
        let migration = seen_whole(&bench).await;
        match whole_mailbox {
            true => drop(bench.world.state().target.remove(BEN)),
            false => delete_there(&bench, BEN, |_| true),
        }
        if one_comes {
            bench.world.add_item(BEN, "s-Inbox", "New");
            assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
        }
        let verdict = verified(&migration).await;
        assert_eq!((verdict.compared.removed, verdict.missing), (0, EACH));
        assert!(!verdict.nothing_lost());
    }
}

#[tokio::test(start_paused = true)]
async fn what_went_away_in_masses_shows_in_a_sample_too() {
    let bench = Bench::contoso();
    (0..60).for_each(|n| drop(bench.world.add_item(ANNA, "s-Sent", &format!("Sent {n}"))));
    let migration = seen_whole(&bench).await;
    delete_there(&bench, ANNA, |subject| subject.starts_with("Sent "));
    let scope = Scope::Sample { percent: 40, seed: 3 };
    let verdict = migration.verify_scope(scope, &|_| {}).await.unwrap();
    assert_eq!(verdict.compared.removed, 0);
    assert!((15..=40).contains(&verdict.missing), "fewer than would be much of everything: {}", verdict.missing);
}

#[tokio::test(start_paused = true)]
async fn a_file_is_made_of_what_was_deleted_there_and_not_of_what_is_there() {
    let bench = Bench::contoso();
    let migration = seen_whole(&bench).await;
    users_work(&bench);
    verified(&migration).await;
    let told = std::sync::Mutex::new(Vec::new());
    let folder = bench.folder.path().join("saved");
    let saving = migration
        .save_items(&folder, &Chosen::All, &|_, item| told.lock().unwrap().push(item.subject.to_owned()))
        .await
        .unwrap();
    assert_eq!((saving.all, saving.saved), (1, 1));
    assert_eq!(told.into_inner().unwrap(), ["Inbox 4"]);
}

#[tokio::test(start_paused = true)]
async fn what_fails_after_a_comparison_keeps_its_own_reason() {
    let bench = Bench::contoso();
    let migration = seen_whole(&bench).await;
    let item = bench.world.state().source[ANNA].items[0].clone();
    bench.world.edit_on_target(ANNA, &item.fields.subject, |item| item.fields.body.push_str(" Mine."));
    assert_eq!(verified(&migration).await.compared.stands, 1);
    bench.world.edit(ANNA, &item.id, |fields| fields.class = "IPM.Damaged".to_string());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::SyncedWithErrors);
    for _ in 0..2 {
        let told = migration.troubles().await.unwrap().first;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].problem.guidance, Guidance::SourceItemDamaged);
        verified(&migration).await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_lies_elsewhere_and_cannot_be_read_was_not_deleted_for_certain() {
    let bench = Bench::contoso();
    let migration = seen_whole(&bench).await;
    bench.world.move_on_target(ANNA, "Inbox 3", FolderRole::Sent);
    // Whatever is asked for once folders were looked through.
    let looked = AtomicBool::new(false);
    bench.world.misbehave(move |request| match request.operation {
        "target.look" => {
            looked.store(true, Ordering::SeqCst);
            Fault::None
        }
        "target.facets" if looked.load(Ordering::SeqCst) => Fault::Patchy(u64::MAX),
        _ => Fault::None,
    });
    let verdict = verified(&migration).await;
    assert_eq!((verdict.compared.removed, verdict.compared.stands, verdict.missing), (0, 0, 1));
}
