//! Items that are not on the target: each has a record of its own, and the books of every folder close in the reports.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cutover::engine::Migration;
use cutover::engine::books::{Books, FolderBooks};
use cutover::engine::control::Outcome;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::recipient::{Address, GroupKind};
use cutover::engine::report::{ReportOptions, read_back};
use cutover::engine::run::{BatchState, Pass};

use crate::harness::{ALL, Bench, EACH, PlainWords, assert_state};
use crate::memory::{Fault, fields, group};

pub type Line = BTreeMap<String, String>;

/// The lines of a report by column.
pub fn lines(path: &Path) -> Vec<Line> {
    let text = std::fs::read_to_string(path).unwrap();
    let mut reader = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
    let columns = reader.headers().unwrap().clone();
    let line =
        |line: csv::StringRecord| columns.iter().zip(&line).map(|(c, v)| (c.to_owned(), v.to_owned())).collect();
    reader.records().map(|record| line(record.unwrap())).collect()
}

/// Adds an item of a class and answers its id.
pub fn bad(bench: &Bench, folder: &str, class: &str, subject: &str) -> String {
    let mut item = fields(subject, subject.as_bytes().to_vec());
    item.class = class.to_string();
    if class == "IPM.Giant" {
        item.size = 400 * 1024 * 1024;
    }
    bench.world.add("anna@contoso.com", folder, item)
}

async fn report(bench: &Bench, migration: &Migration) -> PathBuf {
    let folder = bench.folder.path().join("reports");
    migration.report(&folder, ReportOptions::default(), &PlainWords).await.unwrap();
    folder
}

fn state(items: &[Line], subject: &str) -> (String, String, String) {
    let found: Vec<_> = items.iter().filter(|line| line["Subject"] == subject).collect();
    assert_eq!(found.len(), 1, "{subject} has one record: {found:?}");
    let cell = |name: &str| found[0][name].clone();
    (cell("Folder"), cell("State"), cell("ErrorCode"))
}

fn is(folder: &str, state: &str, guidance: Guidance) -> (String, String, String) {
    (folder.to_owned(), state.to_owned(), guidance.key().to_owned())
}

#[tokio::test(start_paused = true)]
async fn every_item_that_is_not_there_has_a_record_with_its_folder_and_reason() {
    let bench = Bench::contoso();
    let secret = "s-s-s-Root-Projects-Secret";
    bad(&bench, secret, "IPM.Refused", "=Refused, \"quoted\"");
    bad(&bench, secret, "IPM.Giant", "Giant");
    bad(&bench, "s-Inbox", "IPM.Damaged", "Damaged");
    let unmakeable = bench.world.add_folder("anna@contoso.com", "s-Inbox", "Unmakeable", "IPF.Note");
    bench.world.add_item("anna@contoso.com", &unmakeable, "Waits");
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    {
        let mut state = bench.world.state();
        let anna = state.target.get_mut("anna@contoso.com").unwrap();
        anna.items.retain(|item| item.fields.subject != "Code");
        anna.items.iter_mut().find(|item| item.fields.subject == "Plan 1").unwrap().fields.body.push('!');
    }
    migration.verify(&|_| {}).await.unwrap();
    let items = lines(&report(&bench, &migration).await.join("MigrationItems.csv"));
    assert_eq!(items.len(), 6, "{items:?}");
    let found = state(&items, "'=Refused, \"quoted\"");
    assert_eq!(found, is("Projects/Secret", "Failed", Guidance::TargetItemRefused));
    assert_eq!(state(&items, "Giant"), is("Projects/Secret", "Skipped", Guidance::TargetItemTooLarge));
    // It could not even be described.
    assert_eq!(state(&items, ""), is("Inbox", "Failed", Guidance::SourceItemDamaged));
    assert_eq!(state(&items, "Waits"), is("Inbox/Unmakeable", "Waiting", Guidance::TargetUnexpected));
    assert_eq!(state(&items, "Code"), is("Projects/Secret", "Missing", Guidance::TargetItemMissing));
    assert_eq!(state(&items, "Plan 1"), is("Projects", "Differs", Guidance::TargetItemDiffers));
    let giant = items.iter().find(|line| line["Subject"] == "Giant").unwrap();
    assert_eq!((giant["EmailAddress"].as_str(), giant["ItemClass"].as_str()), ("anna@contoso.com", "IPM.Giant"));
    assert_eq!((giant["DateUtc"].as_str(), giant["Retryable"].as_str()), ("2023-11-14T22:13:20Z", "false"));
    assert!(giant["Reason"].starts_with("About ") && giant["SuggestedFix"].starts_with("Mend "));
    assert!(giant["SizeBytes"].parse::<u64>().unwrap() > 0);

    // What is put right disappears from the report.
    bench.world.state().source.get_mut("anna@contoso.com").unwrap().items.iter_mut().for_each(|item| {
        item.fields.class = "IPM.Note".to_string();
    });
    bench.run(&migration, Pass::Initial).await;
    let items = lines(&report(&bench, &migration).await.join("MigrationItems.csv"));
    assert!(items.iter().all(|line| line["State"] != "Failed"), "{items:?}");
}

fn sum(folders: &[FolderBooks]) -> Books {
    let mut sum = Books::default();
    folders.iter().for_each(|folder| {
        folder.books.close().unwrap();
        sum += folder.books;
    });
    sum
}

#[tokio::test(start_paused = true)]
async fn the_books_of_every_folder_close_live_and_in_the_reports() {
    let bench = Bench::contoso();
    bad(&bench, "s-Inbox", "IPM.Refused", "Refused");
    bad(&bench, "s-Sent", "IPM.Giant", "Giant");
    let migration = bench.open();
    let anna = Address::new("Anna@contoso.com");
    assert_eq!(migration.folder_books(&anna).await.unwrap(), None, "nothing was begun");
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Default::default()).await.unwrap();
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    while bench.world.count("target.import") < 40 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let live = sum(&migration.folder_books(&anna).await.unwrap().unwrap());
    assert!(live.waiting > 0 && live.moved > 0, "in the middle of it: {live:?}");
    assert_eq!(read_back(&report(&bench, &migration).await).unwrap().len(), 3, "also in the middle of it");
    let shown = handle.snapshots();
    let outcome: Outcome = handle.outcome().await;
    assert_state(&outcome, BatchState::SyncedWithErrors);
    let shown = shown.borrow().mailboxes.clone();
    for row in &shown {
        let kept = sum(&migration.folder_books(&row.address).await.unwrap().unwrap());
        assert_eq!(row.books, kept, "what is on screen is what is in the ledger");
    }
    let folders = migration.folder_books(&anna).await.unwrap().unwrap();
    let inbox = folders.iter().find(|folder| folder.shown() == "Inbox").unwrap();
    assert_eq!((inbox.books.found, inbox.books.moved, inbox.books.failed), (31, 30, 1));
    assert!(inbox.bytes > 30 * 100, "{inbox:?}");
    assert!(folders.iter().any(|folder| folder.path == ["Projects", "Secret"] && folder.books.moved == 1));

    let reports = report(&bench, &migration).await;
    let mailboxes = read_back(&reports).unwrap();
    let mut all = Books::default();
    mailboxes.iter().for_each(|mailbox| all += mailbox.whole.books);
    assert_eq!((all, mailboxes.len()), (outcome.books, 3));
    assert_eq!((mailboxes[0].whole.books, mailboxes[0].grade.as_str()), (sum(&folders), "Investigate"));
    assert_eq!(mailboxes[1].grade, "Perfect");
    let lines = lines(&reports.join("MigrationFolders.csv"));
    assert_eq!(lines.last().unwrap()["ItemsFound"], (ALL + 2).to_string());
    const { assert!(ALL > EACH) };
}

#[tokio::test(start_paused = true)]
async fn books_that_somebody_changed_do_not_read_back() {
    let bench = Bench::contoso();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let reports = report(&bench, &migration).await;
    let (folders, statistics) = (reports.join("MigrationFolders.csv"), reports.join("MigrationStatistics.csv"));
    let whole = std::fs::read_to_string(&folders).unwrap();
    let changed = |path: &Path, text: &str| {
        let before = std::fs::read_to_string(path).unwrap();
        assert_ne!(before, text);
        std::fs::write(path, text).unwrap();
        let problem = read_back(&reports).unwrap_err();
        assert_eq!(problem.guidance, Guidance::ReportUnusable);
        std::fs::write(path, before).unwrap();
        problem.values["reason"].clone()
    };
    let inbox = "Folder,anna@contoso.com,Inbox,30,30,0,";
    assert!(whole.contains(inbox), "{whole}");
    assert_eq!(changed(&folders, &whole.replacen(inbox, "Folder,anna@contoso.com,Inbox,30,29,0,", 1)), "books");
    assert_eq!(changed(&folders, &whole.replacen(inbox, "Folder,anna@contoso.com,Inbox,31,31,0,", 1)), "books");
    // A line that does not close, although every sum is that of its parts.
    let lines = ["Folder,anna@contoso.com,Inbox,", "Mailbox,anna@contoso.com,,", "Migration,,,"];
    let more = lines.iter().fold(whole.clone(), |text, line| {
        let (before, after) = text.split_once(line).unwrap();
        let (found, after) = after.split_once(',').unwrap();
        format!("{before}{line}{},{after}", found.parse::<u64>().unwrap() + 1)
    });
    assert_eq!(changed(&folders, &more), "books");
    let without = whole.lines().filter(|line| !line.contains(",Inbox,")).collect::<Vec<_>>().join("\r\n");
    assert_eq!(changed(&folders, &without), "books");
    let cut = &whole[..whole.find("\r\nMigration,").unwrap()];
    assert_eq!(changed(&folders, cut), "cut-off");
    assert_eq!(changed(&folders, &whole.replacen(inbox, "Folder,anna@contoso.com,Inbox,30,x,0,", 1)), "line");
    let said = std::fs::read_to_string(&statistics).unwrap();
    let annas = format!("anna,Synced,{},0,", EACH + 4);
    assert!(said.contains(&annas), "{said}");
    assert_eq!(changed(&statistics, &said.replacen(&annas, "anna,Synced,7,0,", 1)), "books");
    assert_eq!(changed(&statistics, &said.replacen(",Perfect,", ",Good,", 1)), "books");
    assert_eq!(read_back(&reports).unwrap().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_a_plan_leaves_out_stays_in_the_error_report_until_a_plan_for_all_does_not_say_it() {
    let bench = Bench::contoso();
    {
        let mut state = bench.world.state();
        let mut all_staff = group("staff@contoso.com", &[]);
        all_staff.kind = GroupKind::Dynamic { filter: "=Department".to_string() };
        state.groups.push(all_staff);
        state.groups[1].members.push(Address::new("hidden@contoso.com"));
        state.findings = vec![
            Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied)
                .with("mailbox", "ben@contoso.com"),
        ];
    }
    bench.world.misbehave(|request| match (request.operation, request.address.as_str()) {
        ("source.folders", "ben@contoso.com") => Fault::Fail(
            Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied)
                .with("mailbox", "ben@contoso.com"),
        ),
        _ => Fault::None,
    });
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    drop(migration);
    let migration = bench.open();
    let found = |lines: Vec<Line>| -> Vec<[String; 4]> {
        let columns = ["ObjectType", "EmailAddress", "ErrorCode", "Retryable"];
        let findings = lines.into_iter().filter(|line| line["State"] == "Finding" && line["ObjectType"] != "Domain");
        findings.map(|line| columns.map(|column| line[column].clone())).collect()
    };
    let errors = || async { lines(&report(&bench, &migration).await.join("MigrationErrors.csv")) };
    let line = |address: &str, guidance: Guidance| {
        ["DistributionGroup", address, guidance.key(), "false"].map(str::to_owned)
    };
    let dynamic = line("staff@contoso.com", Guidance::SourceDynamicGroup);
    let member = line("team@contoso.com", Guidance::TargetMemberMissing);
    let first = errors().await;
    let denied = first.iter().filter(|line| line["ErrorCode"] == Guidance::SourceAccessDenied.key()).count();
    assert_eq!(denied, 1, "the mailbox's own line says it already");
    assert_eq!(found(first), [dynamic.clone(), member.clone()]);

    bench.world.behave();
    {
        let mut state = bench.world.state();
        state.groups[1].members.pop();
        state.findings.clear();
    }
    let survey = migration.survey(&|_| {}).await.unwrap();
    let part = migration.plan(survey, Default::default()).await.unwrap();
    let part = part.only(&[Address::new("ben@contoso.com")].into());
    migration.run(part, Pass::Initial).await.unwrap().outcome().await;
    let mut after = found(errors().await);
    after.retain(|line| line[2] != Guidance::SourceAccessDenied.key());
    assert_eq!(after, [dynamic.clone(), member], "a part of it is not the last word on the others");
    bench.run(&migration, Pass::Initial).await;
    assert_eq!(found(errors().await), [dynamic]);
}
