//! Services that misbehave: lost answers, throttling, bad items, failing mailboxes.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cutover::engine::port::Target;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::progress::Event;
use cutover::engine::recipient::{Address, MailboxKind};
use cutover::engine::report::ReportOptions;
use cutover::engine::retry::ATTEMPTS;
use cutover::engine::run::{BatchState, Pass, UserState};
use cutover::engine::verdict::ConsistencyGrade;

use tokio::time::Instant;

use crate::harness::{ALL, Bench, EACH, PlainWords, assert_state};
use crate::memory::{Fault, Fields, busy, fields};

#[tokio::test(start_paused = true)]
async fn lost_answers_are_resolved_by_looking_and_nothing_is_made_twice() {
    let bench = Bench::contoso();
    bench.world.state().lag = Duration::from_secs(3);
    bench.world.misbehave(|request| match request.operation {
        "target.import" if request.nth.is_multiple_of(3) => Fault::LoseAnswer,
        "target.import" if request.nth % 7 == 1 => Fault::Fail(crate::memory::lost(Side::Target)),
        "target.import" => Fault::None,
        _ if request.number % 5 == 2 => Fault::LoseAnswer,
        _ => Fault::None,
    });
    let migration = bench.open();
    let outcome = bench.run_to_equal(&migration).await;
    assert_eq!(outcome.books.moved, ALL);
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
}

/// Of each operation the first requests fail: more of them than whoever waits for the answer has the patience for.
#[tokio::test(start_paused = true)]
async fn what_goes_on_by_itself_outlasts_a_burst_while_surveying_and_planning() {
    let bench = Bench::contoso();
    // So many mailboxes lack a licence that planning asks for each of them.
    bench.world.state().tenant.free_licences = 1;
    bench.world.misbehave(|request| match request.operation {
        "source.survey" | "target.recipient_exists" if request.nth < 10 => {
            Fault::Fail(crate::memory::lost(Side::Target))
        }
        _ => Fault::None,
    });
    let migration = bench.open();
    let told = migration.survey(&|_| {}).await.unwrap_err();
    assert!(told.is_passing(), "somebody waits, and is told soon: {told}");
    let migration = migration.unattended();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Default::default()).await.unwrap();
    assert_eq!(plan.licences_needed, 2);
    assert_eq!(bench.world.count("target.recipient_exists"), 12);
}

#[tokio::test(start_paused = true)]
async fn a_target_that_never_answered_is_told_soon_also_if_nobody_waits() {
    let bench = Bench::contoso();
    bench.world.misbehave(|request| match request.operation {
        "target.tenant" => Fault::Fail(crate::memory::lost(Side::Target)),
        _ => Fault::None,
    });
    let migration = bench.open().unattended();
    let survey = migration.survey(&|_| {}).await.unwrap();
    assert!(migration.plan(survey, Default::default()).await.unwrap_err().is_passing());
    assert_eq!(bench.world.count("target.tenant"), ATTEMPTS as usize);
}

#[tokio::test(start_paused = true)]
async fn copies_that_were_edited_apart_are_never_taken_for_each_other() {
    let bench = Bench::contoso();
    for n in 0..12 {
        let mut copy = fields("A copy", b"one search key".to_vec());
        copy.body = format!("Edited apart {n}");
        bench.world.add("anna@contoso.com", "s-Sent", copy);
    }
    bench.world.misbehave(|request| match (request.operation, request.nth % 3) {
        ("target.import", 0) => Fault::LoseAnswer,
        ("target.import", 1) => Fault::Fail(crate::memory::lost(Side::Target)),
        _ => Fault::None,
    });
    let migration = bench.open();
    bench.run_to_equal(&migration).await;
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
}

#[tokio::test(start_paused = true)]
async fn an_import_that_never_gets_through_fails_alone_and_the_next_run_takes_it() {
    let bench = Bench::contoso();
    let broken = Problem::new(Kind::Retry, Side::Target, Guidance::TargetUnexpected).with("code", "503");
    // The Journal's item comes in a folder of its own.
    bench.world.misbehave(move |request| match request.operation {
        "target.look" | "target.import" if request.address == "ben@contoso.com" => Fault::Fail(broken.clone()),
        _ => Fault::None,
    });
    let migration = bench.open();
    let outcome = bench.run(&migration, Pass::Initial).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!((outcome.books.moved, outcome.failed_recipients), (ALL - EACH, 1));
    bench.world.behave();
    let outcome = bench.run_to_equal(&migration).await;
    assert_eq!((outcome.books.moved, outcome.books.already_there), (EACH, ALL - EACH));
}

#[tokio::test(start_paused = true)]
async fn an_item_whose_import_is_lost_every_time_fails_after_six_attempts_in_each_of_four_rounds() {
    let bench = Bench::contoso();
    let broken = Problem::new(Kind::Retry, Side::Target, Guidance::TargetUnexpected).with("code", "503");
    bench.world.misbehave(move |request| match request.operation {
        "target.import" if request.address == "ben@contoso.com" => Fault::Fail(broken.clone()),
        _ => Fault::None,
    });
    let migration = bench.open();
    let outcome = bench.run(&migration, Pass::Initial).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!((outcome.books.failed, outcome.failed_recipients), (EACH, 0), "items fail, the mailbox does not");
    let tried = bench
        .world
        .state()
        .requests
        .iter()
        .filter(|r| r.operation == "target.import" && r.address == "ben@contoso.com")
        .count();
    assert_eq!(tried as u64, 4 * 6 * EACH);
    bench.world.behave();
    bench.run_to_equal(&migration).await;
}

#[tokio::test(start_paused = true)]
async fn throttling_delays_and_harms_nothing() {
    let bench = Bench::contoso();
    bench.world.misbehave(|request| match request.number % 10 {
        3 => {
            Fault::Fail(busy(if request.operation.starts_with("source") { Side::Source } else { Side::Target }, 300))
        }
        _ => Fault::None,
    });
    let migration = bench.open();
    bench.run_to_equal(&migration).await;
}

/// A gateway may say that it is busy of an import that the server behind it has done.
#[tokio::test(start_paused = true)]
async fn a_busy_answer_to_an_import_that_was_done_is_resolved_by_looking_once_its_pause_is_over() {
    const PAUSE: Duration = Duration::from_secs(300);
    let bench = Bench::contoso();
    let busy = Problem::new(Kind::Retry, Side::Target, Guidance::TargetBusy).after(PAUSE);
    let (paused, early) = (Arc::new(Mutex::new(None)), Arc::new(AtomicUsize::new(0)));
    let (since, count) = (paused.clone(), early.clone());
    bench.world.misbehave(move |request| {
        if request.address != "anna@contoso.com" || !request.operation.starts_with("target") {
            return Fault::None;
        }
        let now = Instant::now();
        let mut since = since.lock().unwrap();
        // What had left before is still answered.
        let answered = Duration::from_secs(1);
        count.fetch_add(
            usize::from(since.is_some_and(|since| now > since + answered && now < since + PAUSE)),
            Ordering::Relaxed,
        );
        match (request.operation, *since) {
            ("target.import", None) => {
                *since = Some(now);
                Fault::DoneBut(busy.clone())
            }
            _ => Fault::None,
        }
    });
    let migration = bench.open();
    let outcome = bench.run_to_equal(&migration).await;
    assert_eq!(outcome.books.moved, ALL);
    assert!(paused.lock().unwrap().is_some_and(|since| since.elapsed() >= PAUSE));
    assert_eq!(early.load(Ordering::Relaxed), 0, "the pause that was asked for comes first");
    assert_eq!(bench.world.count("target.import") as u64, ALL, "nothing is sent again");
}

/// Of 200 pages at one fault in twenty one always fails.
#[tokio::test(start_paused = true)]
async fn a_look_at_a_large_folder_goes_on_where_it_was_stopped() {
    const ITEMS: usize = 7 * 200;
    let bench = Bench::anna(ITEMS);
    bench.world.misbehave(|request| match request.operation {
        "target.import" if request.nth == ITEMS - 1 => Fault::LoseAnswer,
        "target.look" if request.nth % 20 == 7 => Fault::Fail(crate::memory::lost(Side::Target)),
        _ => Fault::None,
    });
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    assert_eq!(bench.world.count("target.import"), ITEMS, "it was found");
    let looks = bench.world.count("target.look");
    assert!((200..=212).contains(&looks), "{looks}");
}

/// Under impersonation a server that is new enough counts each mailbox apart, else all that the account asks.
#[tokio::test(start_paused = true)]
async fn a_pause_that_the_source_asks_for_holds_back_whomever_it_counts_together() {
    for apart in [false, true] {
        let bench = Bench::contoso();
        bench.world.state().counts_apart = apart;
        let bens = Arc::new(Mutex::new(None));
        let (began, last) = (Instant::now(), bens.clone());
        bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
            ("source.folders", "anna@contoso.com") if began.elapsed() < Duration::from_secs(60) => {
                Fault::Fail(busy(Side::Source, 300))
            }
            (operation, "ben@contoso.com") if operation.starts_with("source.") => {
                *last.lock().unwrap() = Some(began.elapsed());
                Fault::None
            }
            _ => Fault::None,
        });
        let migration = bench.open();
        bench.run_to_equal(&migration).await;
        let last: Duration = bens.lock().unwrap().unwrap();
        assert_eq!(last < Duration::from_secs(300), apart, "{last:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn bad_items_never_fail_a_mailbox_and_are_told() {
    let bench = Bench::contoso();
    let world = &bench.world;
    let mut refused = fields("Refused", b"refused".to_vec());
    refused.class = "IPM.Refused".to_string();
    let mut damaged = fields("Damaged", b"damaged".to_vec());
    damaged.class = "IPM.Damaged".to_string();
    let mut giant = fields("Giant", b"giant".to_vec());
    giant.size = 400 * 1024 * 1024;
    for bad in [refused, damaged, giant] {
        world.add("ben@contoso.com", "s-Inbox", bad);
    }
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Default::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    let mut events = handle.events();
    let outcome = handle.outcome().await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!((outcome.books.moved, outcome.books.failed, outcome.books.skipped), (ALL, 2, 1));
    let mut told = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Event::Item { folder, problem, .. } = event {
            told.push((folder, problem.guidance));
        }
    }
    told.sort();
    let inbox = |guidance| ("Inbox".to_string(), guidance);
    let expected = [Guidance::SourceItemDamaged, Guidance::TargetItemRefused, Guidance::TargetItemTooLarge];
    assert_eq!(told, expected.map(inbox));
    let verdict = migration.verify(&|_| {}).await.unwrap();
    assert!(!verdict.nothing_lost());
    assert_eq!(verdict.grade(), ConsistencyGrade::Poor);
}

#[tokio::test(start_paused = true)]
async fn what_the_target_certainly_does_not_take_is_skipped_without_being_read() {
    let bench = Bench::new();
    let (world, limit) = (&bench.world, bench.world.largest_item());
    world.add_mailbox("anna@contoso.com", MailboxKind::User);
    for (subject, size) in [("Giant", limit + limit / 10), ("Near", limit + 1000), ("Fits", limit)] {
        let item = Fields { size, ..fields(subject, subject.into()) };
        world.add("anna@contoso.com", "s-Inbox", item);
    }
    let migration = bench.open();
    let outcome = bench.run(&migration, Pass::Initial).await;
    assert_eq!((outcome.books.moved, outcome.books.skipped, outcome.books.found), (1, 2, 3));
    assert_eq!(world.count("source.read"), 2, "a stated size is only near the stream's");
    let told = migration.troubles().await.unwrap().first;
    let mut told: Vec<_> = told.iter().map(|t| (t.subject.as_str(), t.problem.guidance)).collect();
    told.sort();
    assert_eq!(told, [("Giant", Guidance::TargetItemTooLarge), ("Near", Guidance::TargetItemTooLarge)]);
}

#[tokio::test(start_paused = true)]
async fn a_failing_mailbox_stops_nobody_else() {
    let bench = Bench::contoso();
    let denied = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied).with("mailbox", "ben");
    bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("source.folders", "ben@contoso.com") => Fault::Fail(denied.clone()),
        _ => Fault::None,
    });
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Default::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    let shown = handle.snapshots();
    let outcome = handle.outcome().await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!(outcome.books.moved, ALL - EACH);
    let ben = shown.borrow().mailboxes[1].clone();
    assert_eq!((ben.state, ben.problem.unwrap().guidance), (UserState::Failed, Guidance::SourceAccessDenied));
    assert_eq!(migration.verify(&|_| {}).await.unwrap().mailboxes[1].grade, ConsistencyGrade::Poor);
}

#[tokio::test(start_paused = true)]
async fn a_failure_after_which_nothing_can_go_on_ends_the_run_and_names_itself() {
    let bench = Bench::contoso();
    let wrong = Problem::new(Kind::Run, Side::Source, Guidance::SourcePasswordWrong).with("user", "migrator");
    bench.world.misbehave(move |request| match request.operation {
        "source.read" if request.nth > 2 => Fault::Fail(wrong.clone()),
        _ => Fault::None,
    });
    let migration = bench.open();
    let outcome = bench.run(&migration, Pass::Initial).await;
    assert_state(&outcome, BatchState::Failed);
    assert_eq!(outcome.problem.unwrap().guidance, Guidance::SourcePasswordWrong);
    bench.world.behave();
    bench.run_to_equal(&migration).await;
}

#[tokio::test(start_paused = true)]
async fn verify_finds_what_was_tampered_with_and_what_is_missing() {
    let bench = Bench::contoso();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    {
        let mut state = bench.world.state();
        let anna = state.target.get_mut("anna@contoso.com").unwrap();
        anna.items[0].fields.body.push('!');
        anna.items[1].fields.read = true;
        anna.items.remove(2);
        state.target_groups.get_mut("all@contoso.com").unwrap().pop();
        state.target_contacts.remove("guest@fabrikam.com");
    }
    let verdict = migration.verify(&|_| {}).await.unwrap();
    assert_eq!((verdict.verified, verdict.missing, verdict.differing), (ALL - 3, 1, 2));
    assert!(!verdict.nothing_lost());
    assert_eq!((verdict.directory.memberships.expected, verdict.directory.memberships.arrived), (5, 4));
    assert_eq!((verdict.directory.groups.arrived, verdict.directory.contacts.arrived), (1, 1));
    assert_eq!(verdict.mailboxes[0].grade, ConsistencyGrade::Investigate);
    assert_eq!(verdict.mailboxes[1].grade, ConsistencyGrade::Perfect);
    // A group is not whole with somebody else instead of a member, and is with somebody besides all of them.
    for (joins, arrived, whole) in [("stranger@fabrikam.com", 4, 1), ("partner@fabrikam.com", 5, 2)] {
        bench.world.state().target_groups.get_mut("all@contoso.com").unwrap().push(Address::new(joins));
        let directory = migration.verify(&|_| {}).await.unwrap().directory;
        assert_eq!((directory.memberships.arrived, directory.groups.arrived), (arrived, whole), "{joins}");
    }
    // A verify judges anew.
    bench.world.state().target_contacts.insert("guest@fabrikam.com".to_string());
    assert_eq!(migration.verify(&|_| {}).await.unwrap().directory.contacts.arrived, 2);
}

#[tokio::test(start_paused = true)]
async fn an_item_that_breaks_every_read_it_is_part_of_fails_alone_and_one_beyond_the_bound_is_skipped() {
    let bench = Bench::contoso();
    for class in ["IPM.Poison", "IPM.Huge"] {
        let mut item = fields(class, class.as_bytes().to_vec());
        item.class = class.to_string();
        bench.world.add("ben@contoso.com", "s-Inbox", item);
    }
    let migration = bench.open();
    let outcome = bench.run(&migration, Pass::Initial).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!((outcome.books.moved, outcome.books.failed, outcome.books.skipped), (ALL, 1, 1));
    assert_eq!(outcome.failed_recipients, 0);
}

#[tokio::test(start_paused = true)]
async fn a_folder_that_cannot_be_made_keeps_its_items_waiting_and_the_others_go_on() {
    let bench = Bench::contoso();
    let folder = bench.world.add_folder("ben@contoso.com", "s-Root", "Unmakeable", "IPF.Note");
    bench.world.add_item("ben@contoso.com", &folder, "Waits");
    let migration = bench.open();
    let outcome = bench.run(&migration, Pass::Initial).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!((outcome.books.moved, outcome.books.waiting, outcome.failed_recipients), (ALL, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn a_further_address_that_is_taken_ends_nobody_and_is_said_until_it_is_set() {
    let bench = Bench::contoso();
    let taken = Problem::new(Kind::Item, Side::Target, Guidance::TargetAddressTaken).with("address", "alias");
    bench.world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("target.finish_mailbox", _) | ("target.create_group", "all@contoso.com") => Fault::Fail(taken.clone()),
        _ => Fault::None,
    });
    let migration = bench.open();
    let options = || ReportOptions { password_length: 8, ..ReportOptions::default() };
    for _ in 0..2 {
        bench.run_to_equal(&migration).await;
        let reports = migration.report(bench.folder.path(), options(), &PlainWords).await.unwrap();
        let errors = std::fs::read_to_string(reports.errors).unwrap();
        assert_eq!(errors.matches(",target-address-taken,").count(), 4, "{errors}");
    }
    bench.world.behave();
    bench.run(&migration, Pass::Initial).await;
    let reports = migration.report(bench.folder.path(), options(), &PlainWords).await.unwrap();
    assert!(!std::fs::read_to_string(reports.errors).unwrap().contains("target-address-taken"));
}

#[tokio::test(start_paused = true)]
async fn a_source_that_never_knows_its_own_states_fails_the_mailbox_and_nothing_runs_for_ever() {
    let bench = Bench::contoso();
    let expired = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceSyncStateExpired);
    // The root has one page; the Inbox has several, and after its first nothing of it is known.
    bench.world.misbehave(move |request| match (request.operation, request.nth) {
        ("source.changes", nth) if nth > 1 && nth.is_multiple_of(2) => Fault::Fail(expired.clone()),
        _ => Fault::None,
    });
    bench.world.state().source.retain(|address, _| address == "anna@contoso.com");
    let migration = bench.open();
    let run = bench.run(&migration, Pass::Initial);
    let outcome = tokio::time::timeout(Duration::from_secs(60), run).await.expect("it ends");
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert_eq!(outcome.failed_recipients, 1);
}
