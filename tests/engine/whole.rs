//! From survey to verdict, and again.

use std::time::Duration;

use cutover::engine::plan::Options;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::progress::{Event, Stage};
use cutover::engine::recipient::{Address, GroupKind, MailboxKind, Size};
use cutover::engine::run::{BatchState, Pass, UserState};
use cutover::engine::verdict::ConsistencyGrade;
use cutover::engine::waiting::Waiting;

use crate::harness::{ALL, Bench, EACH, assert_state};
use crate::memory::{Fault, Limits};

#[tokio::test(start_paused = true)]
async fn a_whole_run_moves_everything_once_and_its_books_close() {
    let bench = Bench::contoso();
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    assert_eq!((plan.new.mailboxes, plan.new.groups, plan.new.contacts), (3, 2, 2));
    let forecast = migration.forecast(&plan).await.unwrap().unwrap();
    assert!(forecast.likely.0 > Duration::ZERO && forecast.at_least.is_zero(), "{forecast:?}");
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    let (snapshots, mut events) = (handle.snapshots(), handle.events());
    let outcome = handle.outcome().await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!((outcome.books.found, outcome.books.moved), (ALL, ALL));
    assert_eq!(outcome.batch, "Batch 1");
    bench.assert_equal();
    let shown = snapshots.borrow().clone();
    assert_eq!((shown.books, shown.stage), (outcome.books, Stage::Ended));
    assert_eq!((shown.contacts.done, shown.groups.done, shown.synced()), (2, 2, 3));
    assert!(shown.mailboxes.iter().all(|row| row.state == UserState::Synced && row.bytes_per_minute > 0));
    assert_eq!(events.recv().await.unwrap(), Event::Batch(BatchState::Starting));
    let verdict = migration.verify(&|_| {}).await.unwrap();
    assert!(verdict.nothing_lost(), "{verdict:?}");
    assert_eq!((verdict.verified, verdict.missing, verdict.differing), (ALL, 0, 0));
    assert_eq!(verdict.directory.memberships.arrived, 5);
    assert_eq!(verdict.grade(), ConsistencyGrade::Perfect);
    assert!(!verdict.unseen.is_empty());
    let state = bench.world.state();
    assert!(
        state.most_in_flight <= 4 && state.most_mailboxes == 3,
        "{} {}",
        state.most_in_flight,
        state.most_mailboxes
    );
    assert_eq!(state.target["info@contoso.com"].password, "", "a shared mailbox has no password");
    assert_eq!(state.target["info@contoso.com"].kind, MailboxKind::Shared);
    assert_eq!(state.target["anna@contoso.com"].password.len(), 8);
    assert_eq!(state.target["anna@contoso.com"].addresses.len(), 2, "further addresses are set");
}

#[tokio::test(start_paused = true)]
async fn a_second_run_moves_nothing_and_says_so() {
    let bench = Bench::contoso();
    bench.run(&bench.open(), Pass::Initial).await;
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    assert_eq!((plan.new.mailboxes, plan.new.groups, plan.new.contacts), (0, 0, 0));
    let nothing = Duration::ZERO;
    let forecast = migration.forecast(&plan).await.unwrap().unwrap();
    assert_eq!((forecast.likely, forecast.unmeasured), ((nothing, nothing), 0));
    let (imports, made) = (bench.world.count("target.import"), bench.world.count("target.create_mailbox"));
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    let queued = handle.snapshots().borrow().clone();
    assert_eq!((queued.books.already_there, queued.mailboxes[1].books.already_there), (ALL, EACH));
    assert_eq!(queued.mailboxes[1].size, Some(Size { items: EACH, bytes: EACH * 10_000 }));
    let outcome = handle.outcome().await;
    assert_state(&outcome, BatchState::Synced);
    assert_eq!((outcome.books.moved, outcome.books.already_there), (0, ALL));
    assert_eq!(bench.world.count("target.import"), imports);
    assert_eq!(bench.world.count("target.create_mailbox"), made);
    assert_eq!(outcome.batch, "Batch 2");
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn what_must_be_fixed_is_found_before_anything_is_made() {
    let bench = Bench::contoso();
    bench.world.state().tenant.domains = vec!["other.com".to_string()];
    bench.world.state().tenant.free_licences = 1;
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    let problem = migration.run(plan, Pass::Initial).await.err().unwrap();
    assert_eq!((problem.kind, problem.guidance), (Kind::Run, Guidance::TargetDomainNotAccepted));
    assert!(bench.world.state().requests.iter().all(|request| {
        ["source.survey", "target.tenant", "target.recipient_exists"].contains(&request.operation)
    }));
    assert_eq!(migration.last_batch().await.unwrap(), None);
}

#[tokio::test(start_paused = true)]
async fn licences_count_only_for_people_who_are_not_there_yet() {
    let bench = Bench::contoso();
    bench.run(&bench.open(), Pass::Initial).await;
    bench.world.state().tenant.free_licences = 0;
    let migration = bench.open();
    let outcome = bench.run(&migration, Pass::Initial).await;
    assert_state(&outcome, BatchState::Synced);
    bench.world.add_mailbox("carl@contoso.com", MailboxKind::User);
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    assert_eq!(plan.obstacle().unwrap().guidance, Guidance::TargetLicencesShort);
    assert_eq!(plan.obstacle().unwrap().values["needed"], "1");
}

#[tokio::test(start_paused = true)]
async fn a_dynamic_group_is_reported_with_its_filter_and_not_made() {
    let bench = Bench::contoso();
    let mut dynamic = crate::memory::group("everyone@contoso.com", &[]);
    dynamic.kind = GroupKind::Dynamic { filter: "(mail=*)".to_string() };
    bench.world.state().groups.push(dynamic);
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    let finding = plan.findings.iter().find(|f| f.problem.guidance == Guidance::SourceDynamicGroup).unwrap();
    assert_eq!(finding.problem.values["filter"], "(mail=*)");
    migration.run(plan, Pass::Initial).await.unwrap().outcome().await;
    assert!(!bench.world.state().target_groups.contains_key("everyone@contoso.com"));
}

#[tokio::test(start_paused = true)]
async fn late_mailboxes_are_waited_for_and_one_that_never_comes_fails_alone() {
    let bench = Bench::contoso();
    bench.world.state().late_by = 12;
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Options::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    let shown = handle.snapshots();
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(shown.borrow().mailboxes[0].waiting, Some(Waiting::Mailbox));
    assert_state(&handle.outcome().await, BatchState::Synced);
    bench.assert_equal();

    let bench = Bench::contoso();
    let migration = bench.open();
    bench.world.state().late_for = Some(("ben@contoso.com", usize::MAX));
    let started = tokio::time::Instant::now();
    let outcome = bench.run(&migration, Pass::Initial).await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    assert!(started.elapsed() < Duration::from_secs(25 * 3600));
    assert_eq!((outcome.failed_recipients, outcome.books.moved), (1, ALL - EACH));
    assert_eq!(bench.world.state().target_contacts.len(), 2, "contacts and groups go on");
}

#[tokio::test(start_paused = true)]
async fn folders_go_by_role_and_a_name_that_is_taken_gets_a_number() {
    let bench = Bench::new();
    let address = "anna@contoso.com";
    bench.world.add_mailbox(address, MailboxKind::User);
    for (name, class) in [("Posteingang", "IPF.Note"), ("Files", "IPF.Files"), ("People", "IPF.Contact")] {
        let folder = bench.world.add_folder(address, "s-Root", name, class);
        bench.world.add_item(address, &folder, &format!("In {name}"));
    }
    bench.world.add_item(address, "s-Inbox", "In the inbox");
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    let content = bench.world.target_content(address);
    let places: Vec<(&str, &str)> = content.iter().map(|(path, f)| (path.as_str(), f.subject.as_str())).collect();
    let expected = [
        ("Inbox", "In the inbox"),
        ("Root/Files", "In Files"),
        ("Root/People", "In People"),
        ("Root/Posteingang (2)", "In Posteingang"),
    ];
    assert_eq!(places, expected);
    let made = bench.world.state().target[address].folders.clone();
    let class = |name: &str| made.iter().find(|folder| folder.name == name).unwrap().class.as_str();
    assert_eq!((class("People"), class("Files")), ("IPF.Contact", "IPF.Note"));
    let folders = bench.world.count("target.create_folder");
    bench.run(&migration, Pass::Initial).await;
    assert_eq!(bench.world.count("target.create_folder"), folders, "made once");
}

#[tokio::test(start_paused = true)]
async fn folders_of_one_level_are_made_at_once_each_noted_and_under_its_own_name() {
    let bench = Bench::new();
    let address = "anna@contoso.com";
    bench.world.add_mailbox(address, MailboxKind::User);
    // Two of the same name for a target that minds no case, one below, and more of the first level.
    let plans = bench.world.add_folder(address, "s-Root", "Plans", "IPF.Note");
    bench.world.add_folder(address, &plans, "Deep", "IPF.Note");
    bench.world.add_folder(address, "s-Root", "PLANS", "IPF.Note");
    (0..6).for_each(|n| drop(bench.world.add_folder(address, "s-Root", &format!("Year {n}"), "IPF.Note")));
    bench.world.state().limits = Some(Limits::default());
    let signed_out = Problem::new(Kind::Run, Side::Target, Guidance::TargetUnexpected);
    bench.world.misbehave(move |request| match (request.operation, request.nth) {
        ("target.create_folder", 4) => Fault::Fail(signed_out.clone()),
        _ => Fault::None,
    });
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Failed);
    let asked = bench.world.count("target.create_folder");
    assert!(asked < 9, "after the failure no further one is begun: {asked}");
    bench.world.behave();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    // Nine of theirs and the one that this target does not have by itself; only the failed one is asked for again.
    assert_eq!(bench.world.count("target.create_folder"), 10 + 1);
    let there = bench.world.target_folders(address);
    let made: Vec<&str> = there.iter().filter_map(|path| path.strip_prefix("Root/")).collect();
    let years = (0..6).map(|n| format!("Year {n}"));
    let expected: Vec<String> =
        ["Journal", "PLANS (2)", "Plans", "Plans/Deep"].map(String::from).into_iter().chain(years).collect();
    assert_eq!(made, expected);
    let books = migration.folder_books(&Address::new(address)).await.unwrap().unwrap();
    let shown: Vec<String> = books.iter().map(|folder| folder.path.join("/")).collect();
    let order =
        ["Plans", "Plans/Deep", "PLANS", "Year 0", "Year 1"].map(|path| shown.iter().position(|it| it == path));
    assert!(order[0].is_some() && order.is_sorted(), "as the source lists them: {shown:?}");
    assert_eq!(
        bench.world.state().limits.as_ref().unwrap().refused,
        0,
        "never more at a time than the service takes"
    );
}

#[tokio::test(start_paused = true)]
async fn another_migrations_ledger_and_a_held_one_are_refused() {
    let bench = Bench::contoso();
    let migration = bench.open();
    let busy = bench.try_open().err().unwrap();
    assert_eq!(busy.guidance, Guidance::LedgerBusy);
    assert_eq!(busy.values["holder"], std::process::id().to_string());
    drop(migration);
    drop(bench.open());
    let parts = || cutover::engine::Parts {
        directory: bench.world.clone(),
        source: bench.world.clone(),
        target: bench.world.clone(),
        clock: std::sync::Arc::new(cutover::engine::clock::SystemClock::new()),
        sealer: bench.sealer.clone(),
    };
    let mut other = crate::harness::identity();
    other.target = "another".to_string();
    let refused = cutover::engine::Migration::open(&bench.ledger(), parts(), &other).err().unwrap();
    assert_eq!(refused.guidance, Guidance::LedgerOtherMigration);
    let alien = bench.folder.path().join("alien");
    std::fs::write(&alien, "this is no ledger at all, but text that is long enough to be read as a header").unwrap();
    let unreadable = cutover::engine::Migration::open(&alien, parts(), &crate::harness::identity()).err().unwrap();
    assert_eq!(unreadable.guidance, Guidance::LedgerUnreadable);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |name: &str| std::fs::metadata(bench.folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode("migration.ledger"), 0o600);
        assert_eq!(mode("migration.ledger.lock"), 0o600);
    }
}

#[tokio::test(start_paused = true)]
async fn a_comparison_that_is_dropped_leaves_nothing_held_and_can_be_made_again() {
    let bench = Bench::contoso();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let begun = tokio::sync::Notify::new();
    let progress = |_| begun.notify_one();
    tokio::select! {
        verdict = migration.verify(&progress) => panic!("it ended before it could be dropped: {verdict:?}"),
        () = begun.notified() => {}
    }
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
}
