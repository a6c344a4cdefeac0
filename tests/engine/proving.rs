//! Verify holds both sides against each other and against what was sent.

use cutover::check_proof::{self, Checked};
use cutover::engine::migration::Migration;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::report::{Proof, ReportOptions};
use cutover::engine::run::{BatchState, Pass};
use cutover::engine::verdict::{Arrivals, Comparison, ConsistencyGrade, Scope, Verdict};

use crate::harness::{ALL, ANNA, Bench, EACH, PlainWords, assert_state};
use crate::memory::Fault;

/// A migration whose first run is over.
async fn migrated(bench: &Bench) -> Migration {
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    migration
}

async fn verified(migration: &Migration) -> Verdict {
    migration.verify(&|_| {}).await.unwrap()
}

/// The ids of so many items of Anna's inbox at the source.
fn some_ids<const N: usize>(bench: &Bench) -> [String; N] {
    let state = bench.world.state();
    let inbox = state.source[ANNA].items.iter().filter(|item| item.folder == "s-Inbox");
    inbox.take(N).map(|item| item.id.clone()).collect::<Vec<_>>().try_into().unwrap()
}

/// One item of Anna's inbox is edited, one deleted, one cannot be read any more, and one comes.
fn people_go_on(bench: &Bench) {
    let [edited, deleted, damaged] = some_ids(bench);
    bench.world.edit(ANNA, &edited, |fields| fields.body.push_str(" More."));
    bench.world.delete(ANNA, &deleted);
    bench.world.edit(ANNA, &damaged, |fields| fields.class = "IPM.Damaged".to_string());
    bench.world.add_item(ANNA, "s-Inbox", "New since");
}

#[tokio::test(start_paused = true)]
async fn what_changed_at_the_source_since_is_told_apart_from_what_is_lost() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    people_go_on(&bench);
    let folder = bench.world.add_folder(ANNA, "s-Root", "New folder", "IPF.Note");
    bench.world.add_item(ANNA, &folder, "In it");
    bench.world.state().target.get_mut(ANNA).unwrap().items.last_mut().unwrap().fields.subject.push('!');
    let verdict = verified(&migration).await;
    let expected =
        Comparison { equal: ALL - 4, changed: 1, gone: 1, unread: 1, differing: 1, ..Comparison::default() };
    assert_eq!(verdict.compared, expected);
    assert_eq!((verdict.verified, verdict.missing, verdict.differing), (ALL - 1, 0, 1));
    assert_eq!(verdict.arrivals, Arrivals { items: 2, unasked: 0 });
    assert_eq!(verdict.mailboxes[0].compared, Comparison { equal: verdict.mailboxes[0].compared.equal, ..expected });
    assert_eq!(verdict.mailboxes[1].arrivals, Arrivals::default());
    assert_eq!(verdict.mailboxes[1].grade, ConsistencyGrade::Perfect);
    assert!(!verdict.nothing_lost());
    // What was lost is mended there; the rest is the next synchronisation's and was never lost.
    bench.world.state().target.get_mut(ANNA).unwrap().items.last_mut().unwrap().fields.subject.pop();
    assert!(verified(&migration).await.nothing_lost());
}

#[tokio::test(start_paused = true)]
async fn both_sides_edited_alike_are_equal() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    let [edited] = some_ids(&bench);
    bench.world.edit(ANNA, &edited, |fields| fields.read = true);
    {
        let mut state = bench.world.state();
        let subject = state.source[ANNA].items.iter().find(|item| item.id == edited).unwrap().fields.subject.clone();
        let copies = state.target.get_mut(ANNA).unwrap().items.iter_mut();
        copies.filter(|item| item.fields.subject == subject).for_each(|item| item.fields.read = true);
    }
    assert_eq!(verified(&migration).await.compared, Comparison { equal: ALL, ..Comparison::default() });
}

#[tokio::test(start_paused = true)]
async fn a_source_that_is_switched_off_leaves_the_comparison_with_what_was_sent() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    for (kind, guidance) in
        [(Kind::Run, Guidance::SourcePasswordWrong), (Kind::Mailbox, Guidance::SourceAccessDenied)]
    {
        let closed = Problem::new(kind, Side::Source, guidance).with("user", "migrator").with("mailbox", "all");
        bench.world.misbehave(move |request| match request.operation {
            operation if operation.starts_with("source.") => Fault::Fail(closed.clone()),
            _ => Fault::None,
        });
        let before = bench.world.state().requests.len();
        let verdict = verified(&migration).await;
        assert_eq!(verdict.compared, Comparison { unread: ALL, ..Comparison::default() });
        assert!(verdict.nothing_lost(), "everything is on the target as it was sent");
        assert!(verdict.arrivals.unasked >= 3 * 8, "{:?}", verdict.arrivals);
        let requests = bench.world.state().requests[before..].to_vec();
        let asked = requests.iter().filter(|request| request.operation.starts_with("source.")).count();
        assert!(asked <= 12, "a mailbox that does not answer is not asked over and over: {asked}");
        let told = migration.troubles().await.unwrap();
        assert!(told.first.iter().any(|trouble| trouble.problem.guidance == guidance), "{told:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_folder_whose_state_expired_is_not_counted_and_said_to_be_so() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    bench.world.expire_sync_states(ANNA, false);
    let verdict = verified(&migration).await;
    assert_eq!(verdict.arrivals, Arrivals { items: 0, unasked: 9 });
    assert!(verdict.nothing_lost());
}

#[tokio::test(start_paused = true)]
async fn a_sample_compares_what_it_draws_and_says_how_much_it_left_out() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    bench.world.state().requests.clear();
    let scope = Scope::Sample { percent: 20, seed: 3 };
    let verdict = migration.verify_scope(scope, &|_| {}).await.unwrap();
    let drawn = verdict.compared.equal;
    assert_eq!(verdict.scope, scope);
    assert_eq!(verdict.compared, Comparison { equal: drawn, left_out: ALL - drawn, ..Comparison::default() });
    assert!((10..=45).contains(&drawn), "{drawn} of {ALL}");
    assert!(verdict.nothing_lost());
    let again = migration.verify_scope(scope, &|_| {}).await.unwrap();
    assert_eq!(again.compared, verdict.compared, "the same draw draws the same");
    bench.world.state().target.get_mut(ANNA).unwrap().items.clear();
    let verdict = migration.verify_scope(scope, &|_| {}).await.unwrap();
    assert!(verdict.missing > 0 && !verdict.nothing_lost());
}

/// Writes the reports and answers the proof's text, checked by the stand-alone checker.
async fn proof_of(bench: &Bench, migration: &Migration) -> (Proof, Checked, String) {
    let folder = bench.folder.path().join("reports");
    let reports = migration.report(&folder, ReportOptions::default(), &PlainWords).await.unwrap();
    let proof = reports.proof.unwrap();
    let text = std::fs::read_to_string(&proof.path).unwrap();
    let checked = check_proof::check(text.as_bytes(), Some(&proof.fingerprint)).unwrap();
    assert_eq!(checked.flaws, [], "{text}");
    (proof, checked, text)
}

#[tokio::test(start_paused = true)]
async fn a_verification_leaves_a_proof_that_anybody_can_check() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    people_go_on(&bench);
    {
        let mut state = bench.world.state();
        let anna = state.target.get_mut(ANNA).unwrap();
        anna.items.last_mut().unwrap().fields.subject.push('!');
        anna.items.remove(20);
    }
    let verdict = verified(&migration).await;
    let (proof, checked, text) = proof_of(&bench, &migration).await;
    assert!(proof.path.ends_with("reports/MigrationProof.jsonl") && proof.key_kept);
    assert_eq!((proof.items, checked.mailboxes, checked.amiss()), (ALL, 3, 2));
    let head = checked.head.unwrap();
    assert_eq!((head.source.as_str(), head.target.as_str()), ("https://mail.contoso.com/EWS", "tenant"));
    assert_eq!((head.percent, head.seed, head.new_at_source), (100, None, 1));
    let (books, compared) = (head.books, head.compared);
    assert_eq!((books.found, books.moved, books.gone), (ALL, ALL, 0));
    assert_eq!(
        (compared.equal, compared.changed_since, compared.gone_since, compared.source_unread),
        (verdict.compared.equal, 1, 1, 1)
    );
    assert_eq!((compared.missing, compared.differs, compared.not_compared, compared.left_out), (1, 1, 0, 0));
    for private in ["Inbox", "Plan", "The same again", "nora", "fabrikam", "CONTOSO", "Secret"] {
        assert!(!text.contains(private), "{private} is nobody's business");
    }
    let again = proof_of(&bench, &migration).await;
    assert_eq!(again.2, text, "the same verification has the same proof");
}

#[tokio::test(start_paused = true)]
async fn a_users_change_that_stands_is_proven_as_such_is_told_and_holds_no_completion_up() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    let [edited] = some_ids(&bench);
    let subject = bench.world.state().source[ANNA].items.iter().find(|item| item.id == edited).cloned();
    bench.world.edit_on_target(ANNA, &subject.unwrap().fields.subject, |item| item.fields.body.push_str(" Mine."));
    bench.world.edit(ANNA, &edited, |fields| fields.body.push_str(" More."));
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    let verdict = verified(&migration).await;
    assert_eq!((verdict.compared.stands, verdict.missing, verdict.differing), (1, 0, 0), "{verdict:?}");
    assert!(verdict.nothing_lost() && verdict.grade() == ConsistencyGrade::Perfect);
    let (_, checked, text) = proof_of(&bench, &migration).await;
    assert_eq!(checked.amiss(), 0, "nothing of it is a loss");
    let compared = checked.head.unwrap().compared;
    assert_eq!((compared.changed_on_target, compared.differs), (1, 0));
    assert!(text.contains(r#""reason":"target-item-changed""#), "{text}");
    let outcome = bench.run(&migration, Pass::Complete { ignore_errors: false }).await;
    assert_state(&outcome, BatchState::Completed);
}

#[tokio::test(start_paused = true)]
async fn items_that_did_not_arrive_and_mailboxes_that_were_not_compared_stand_in_the_proof() {
    let bench = crate::reports::bench();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    migration.verify(&|_| {}).await.unwrap();
    let (_, checked, text) = proof_of(&bench, &migration).await;
    let books = checked.head.unwrap().books;
    assert_eq!((books.found, books.moved, books.skipped, books.failed), (7, 1, 1, 5));
    assert!(text.contains(r#""outcome":"skipped","reason":"target-item-too-large"}"#), "{text}");

    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    let closed = Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetUnexpected).with("mailbox", "anna");
    bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("target.mailbox", ANNA) => Fault::Fail(closed.clone()),
        _ => Fault::None,
    });
    assert!(!verified(&migration).await.nothing_lost());
    let (_, checked, _) = proof_of(&bench, &migration).await;
    assert_eq!((checked.amiss(), checked.head.unwrap().compared.not_compared), (EACH + 4, EACH + 4));
}

#[tokio::test(start_paused = true)]
async fn a_sample_is_proven_as_a_sample() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    let scope = Scope::Sample { percent: 30, seed: 12 };
    let verdict = migration.verify_scope(scope, &|_| {}).await.unwrap();
    let (proof, checked, _) = proof_of(&bench, &migration).await;
    let head = checked.head.unwrap();
    assert_eq!((head.percent, head.seed), (30, Some(12)));
    assert_eq!((proof.items, head.compared.left_out), (verdict.compared.equal, verdict.compared.left_out));
    assert!(proof.path.ends_with("MigrationProof.sample.jsonl"), "what was shown of everything stays");
}

#[tokio::test(start_paused = true)]
async fn what_was_verified_before_something_was_done_is_not_proven() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    let proof = |migration: Migration, folder: std::path::PathBuf| async move {
        migration.report(&folder, ReportOptions::default(), &PlainWords).await.unwrap().proof
    };
    let folder = bench.folder.path().join("reports");
    assert_eq!(proof(migration.clone(), folder.clone()).await, None, "nothing was verified yet");
    assert!(!folder.join("MigrationProof.jsonl").exists());
    verified(&migration).await;
    assert!(proof(migration.clone(), folder.clone()).await.is_some());
    let shown = std::fs::read(folder.join("MigrationProof.jsonl")).unwrap();
    for _ in 0..2 {
        bench.run(&migration, Pass::Initial).await;
        assert_eq!(proof(migration.clone(), folder.clone()).await, None, "a run came after it");
        assert!(!folder.join("MigrationProof.jsonl").exists(), "nobody takes it for one of what is so now");
        assert_eq!(std::fs::read(folder.join("MigrationProof.earlier.jsonl")).unwrap(), shown);
    }
}

#[tokio::test(start_paused = true)]
async fn the_key_is_the_migrations_and_without_a_keyring_the_processs() {
    let bench = Bench::contoso();
    let migration = migrated(&bench).await;
    verified(&migration).await;
    let first = proof_of(&bench, &migration).await.0;
    drop(migration);
    bench.sealer.end_process();
    assert_eq!(proof_of(&bench, &bench.open()).await.0, first, "another process has the same key");
    bench.lock(true);
    let without = proof_of(&bench, &bench.open()).await.0;
    assert!(!without.key_kept && without.fingerprint != first.fingerprint);
    assert_eq!(proof_of(&bench, &bench.open()).await.0, without, "at every pass of a process it is the same");
    bench.sealer.end_process();
    assert_ne!(proof_of(&bench, &bench.open()).await.0.fingerprint, without.fingerprint, "the next has another");
    bench.lock(false);
    assert_eq!(proof_of(&bench, &bench.open()).await.0, first, "the kept key was left alone");
}

#[tokio::test(start_paused = true)]
async fn the_key_of_a_process_becomes_the_migrations_once_there_is_a_keyring() {
    let bench = Bench::contoso();
    bench.lock(true);
    let migration = migrated(&bench).await;
    verified(&migration).await;
    let first = proof_of(&bench, &migration).await.0;
    drop(migration);
    assert!(!first.key_kept);
    bench.lock(false);
    for _ in 0..2 {
        let proof = proof_of(&bench, &bench.open()).await.0;
        assert_eq!((proof.fingerprint, proof.key_kept), (first.fingerprint.clone(), true));
        bench.sealer.end_process();
    }
}
