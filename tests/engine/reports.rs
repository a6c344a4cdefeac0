//! The reports, to the letter.

use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::recipient::MailboxKind;
use cutover::engine::report::{ErrorLine, ReportOptions};
use cutover::engine::run::{Pass, Phase};

use crate::harness::{Bench, PlainWords};
use crate::memory::{Fault, contact, fields, group};

pub fn bench() -> Bench {
    let bench = Bench::new();
    let world = &bench.world;
    world.add_mailbox("anna@contoso.com", MailboxKind::User);
    world.add_mailbox("ben@contoso.com", MailboxKind::User);
    world.add_item("anna@contoso.com", "s-Inbox", "Hello");
    for n in 0..5 {
        let mut refused = fields(&format!("=Refused {n}"), vec![n]);
        refused.class = "IPM.Refused".to_string();
        world.add("anna@contoso.com", "s-Inbox", refused);
    }
    let mut giant = fields("Giant", b"giant".to_vec());
    giant.size = 400 * 1024 * 1024;
    world.add("anna@contoso.com", "s-Sent", giant);
    let mut state = world.state();
    let anna = &mut state.source.get_mut("anna@contoso.com").unwrap().mailbox;
    anna.identity.display_name = "=Anna, \"Bell\"".to_string();
    state.contacts = vec![contact("partner@fabrikam.com", false), contact("guest@fabrikam.com", true)];
    state.groups = vec![group("all@contoso.com", &["anna@contoso.com"])];
    drop(state);
    let denied = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied).with("mailbox", "ben");
    world.misbehave(move |request| match (request.operation, request.address.as_str()) {
        ("source.folders", "ben@contoso.com") => Fault::Fail(denied.clone()),
        _ => Fault::None,
    });
    let dynamic =
        Problem::new(Kind::Item, Side::Source, Guidance::SourceDynamicGroup).with("group", "sales@contoso.com");
    world.state().findings = vec![dynamic.with("filter", "Department -eq 'Sales'")];
    bench
}

/// A time that depends on how requests interleave is not for a golden file.
fn without_times(text: &str) -> String {
    let cells = |line: &str| -> Vec<String> { line.split(',').map(str::to_string).collect() };
    let lines = text.split("\r\n").map(|line| {
        let timeless = cells(line).into_iter().map(|cell| match cell.parse::<jiff::Timestamp>() {
            Ok(_) => {
                assert!(cell.ends_with('Z') && cell.len() == 20, "{cell}");
                if cell.starts_with("2026-11-20T08:0") { "TIME".to_string() } else { cell }
            }
            Err(_) => cell,
        });
        timeless.collect::<Vec<_>>().join(",")
    });
    lines.collect::<Vec<_>>().join("\r\n")
}

/// The golden files are kept without the mark and with plain line ends, which version control leaves alone.
fn golden(text: &str) -> String {
    format!("\u{feff}{}", text.replace('\n', "\r\n"))
}

#[tokio::test(start_paused = true)]
async fn the_reports_are_as_specified() {
    let bench = bench();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let not_mail = Problem::new(Kind::Item, Side::Here, Guidance::FileNotMail).with("file", "a.png");
    let extra = ErrorLine {
        object_type: "File".to_string(),
        name: "mail/a.png".to_string(),
        phase: Phase::Inventory,
        problem: not_mail,
        items: 1,
    };
    let options = ReportOptions { extra: vec![extra], ..ReportOptions::default() };
    let reports =
        migration.report(&bench.folder.path().join("new").join("reports"), options, &PlainWords).await.unwrap();
    assert!(reports.statistics.ends_with("new/reports/MigrationStatistics.csv"));
    let statistics = without_times(&std::fs::read_to_string(&reports.statistics).unwrap());
    assert_eq!(statistics, golden(include_str!("MigrationStatistics.csv")));
    let errors = without_times(&std::fs::read_to_string(&reports.errors).unwrap());
    assert_eq!(errors, golden(include_str!("MigrationErrors.csv")));
    let items = without_times(&std::fs::read_to_string(&reports.items).unwrap());
    assert_eq!(items, golden(include_str!("MigrationItems.csv")));
    let folders = std::fs::read_to_string(&reports.folders).unwrap();
    assert_eq!(folders, golden(include_str!("MigrationFolders.csv")));
}

#[tokio::test(start_paused = true)]
async fn after_a_stop_the_error_report_lists_what_is_in_progress_and_what_waits() {
    let bench = bench();
    bench.world.add_mailbox("zoe@contoso.com", MailboxKind::User);
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let options = cutover::engine::plan::Options { at_a_time: 1, ..Default::default() };
    let plan = migration.plan(survey, options).await.unwrap();
    let handle = migration.run(plan, Pass::Initial).await.unwrap();
    while bench.world.count("target.import") < 3 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    handle.stop_now();
    handle.outcome().await;
    let reports = migration.report(bench.folder.path(), ReportOptions::default(), &PlainWords).await.unwrap();
    let errors = std::fs::read_to_string(&reports.errors).unwrap();
    assert!(
        errors.contains(
            "\r\nMailbox,anna@contoso.com,InitialSync,StoppedInProgress,stopped,About stopped.,Mend stopped.,true,"
        ),
        "{errors}"
    );
    assert!(errors.contains("\r\nMailbox,zoe@contoso.com,Provision,Waiting,stopped,"), "{errors}");
    let statistics = std::fs::read_to_string(&reports.statistics).unwrap();
    assert_eq!(statistics.lines().count(), 1, "nobody was finished: {statistics}");
}
