//! Items that are not on the target, saved as files.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use cutover::engine::Migration;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::recipient::Address;
use cutover::engine::run::Pass;
use cutover::engine::save::{Chosen, Saving};

use crate::harness::Bench;
use crate::items::bad;
use crate::memory::{Fault, fields};

type Told = Vec<(String, String, Option<Guidance>)>;

/// Saves, and answers what was told of each item: folder, subject, and why not.
async fn save(migration: &Migration, folder: &Path, chosen: &Chosen) -> (Result<Saving, Problem>, Told) {
    let told = Mutex::new(Vec::new());
    let saving = migration
        .save_items(folder, chosen, &|so_far, item| {
            let outcome = item.outcome.map(|path| assert!(path.starts_with(folder) && path.is_file()));
            let why = outcome.err().map(|problem| problem.guidance);
            told.lock().unwrap().push((item.folder.to_owned(), item.subject.to_owned(), why));
            assert_eq!(so_far.done(), told.lock().unwrap().len() as u64);
        })
        .await;
    (saving, told.into_inner().unwrap())
}

/// Every file below a folder, by its path from there.
fn files(folder: &Path) -> Vec<(String, String)> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).into_iter().flatten() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, folder, &mut found);
    found.sort();
    found
}

fn bench() -> Bench {
    let bench = Bench::contoso();
    let secret = "s-s-s-Root-Projects-Secret";
    bad(&bench, secret, "IPM.Refused", "../../Re: offer?");
    bad(&bench, secret, "IPM.Giant", "Giant");
    bad(&bench, "s-Inbox", "IPM.Damaged", "Damaged");
    let upper = bench.world.add_folder("anna@contoso.com", "s-Root", "CON", "IPF.Note");
    for subject in ["Same", "SAME", "Same"] {
        bad(&bench, &upper, "IPM.Refused", subject);
    }
    let mut task = fields("Task", b"task".to_vec());
    (task.class, task.size) = ("IPM.Task".to_string(), 400 * 1024 * 1024);
    bench.world.add("ben@contoso.com", "s-Inbox", task);
    for (class, subject) in [("IPM.Appointment", "Meeting"), ("IPM.Contact", "Zoe")] {
        let mut giant = fields(subject, subject.as_bytes().to_vec());
        (giant.class, giant.size) = (class.to_string(), 400 * 1024 * 1024);
        bench.world.add("ben@contoso.com", "s-Calendar", giant);
    }
    bench
}

#[tokio::test(start_paused = true)]
async fn what_could_not_be_moved_lies_in_files_and_the_rest_is_told() {
    let bench = bench();
    let migration = bench.open();
    let home = bench.folder.path().join("saved");
    let nothing = save(&migration, &home, &Chosen::All).await;
    assert_eq!(nothing, (Ok(Saving::default()), Vec::new()));
    assert!(!home.exists(), "nothing was made for nothing");
    bench.run(&migration, Pass::Initial).await;
    {
        let mut state = bench.world.state();
        let ben = state.target.get_mut("ben@contoso.com").unwrap();
        ben.items.retain(|item| item.fields.subject != "Code");
    }
    migration.verify(&|_| {}).await.unwrap();
    let (saving, told) = save(&migration, &home, &Chosen::All).await;
    assert_eq!(saving.unwrap(), Saving { all: 10, saved: 8, already: 0, failed: 2 });
    let failed: Vec<_> = told.into_iter().filter(|(.., why)| why.is_some()).collect();
    let not = |folder: &str, subject: &str, why| (folder.to_owned(), subject.to_owned(), Some(why));
    let expected =
        [not("Inbox", "", Guidance::SourceItemDamaged), not("Inbox", "Task", Guidance::SourceKindNotExportable)];
    assert_eq!(failed, expected);
    let found = files(&home);
    let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "anna@contoso.com/Projects/Secret/2023-11-14 .._.._Re_ offer_.eml",
        "anna@contoso.com/Projects/Secret/2023-11-14 Giant.eml",
        "anna@contoso.com/_CON/2023-11-14 SAME (2).eml",
        "anna@contoso.com/_CON/2023-11-14 Same (3).eml",
        "anna@contoso.com/_CON/2023-11-14 Same.eml",
        "ben@contoso.com/Calendar/2023-11-14 Meeting.ics",
        "ben@contoso.com/Calendar/2023-11-14 Zoe.vcf",
        "ben@contoso.com/Projects/Secret/2023-11-14 Code.eml",
    ];
    assert_eq!(names, expected);
    assert!(found[0].1.contains("Subject: ../../Re: offer?\r\n\r\nThe text of ../../Re: offer?."));

    // Again: nothing is doubled, and somebody's own changes stand.
    let giant = home.join(expected[1]);
    std::fs::write(&giant, "mine").unwrap();
    let (saving, _) = save(&migration, &home, &Chosen::All).await;
    assert_eq!(saving.unwrap(), Saving { all: 10, saved: 1, already: 7, failed: 2 });
    assert_eq!(std::fs::read_to_string(&giant).unwrap(), "mine");
    assert!(home.join("anna@contoso.com/Projects/Secret/2023-11-14 Giant (2).eml").is_file());
    let only = Chosen::Of([Address::new("BEN@contoso.com")].into());
    assert_eq!(save(&migration, &home, &only).await.0.unwrap(), Saving { all: 4, saved: 0, already: 3, failed: 1 });
}

#[tokio::test(start_paused = true)]
async fn a_mailbox_that_cannot_be_read_stops_nobody_and_a_source_that_is_gone_stops_all() {
    let bench = bench();
    let migration = bench.open();
    bench.run(&migration, Pass::Initial).await;
    let home = bench.folder.path().join("saved");
    bench.world.misbehave(|request| match (request.operation, request.address.as_str()) {
        ("source.mime", "anna@contoso.com") => Fault::Fail(
            Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied).with("mailbox", "anna"),
        ),
        // An answer that is lost now and then is asked for again.
        ("source.mime", _) if request.nth.is_multiple_of(2) => Fault::LoseAnswer,
        _ => Fault::None,
    });
    let (saving, told) = save(&migration, &home, &Chosen::All).await;
    assert_eq!(saving.unwrap(), Saving { all: 9, saved: 2, already: 0, failed: 7 });
    assert_eq!(told.iter().filter(|(.., why)| *why == Some(Guidance::SourceAccessDenied)).count(), 6);
    let asked = bench
        .world
        .state()
        .requests
        .iter()
        .filter(|r| r.operation == "source.mime" && r.address.contains("anna"))
        .count();
    assert_eq!(asked, 1, "a closed door is knocked at once");

    bench.world.misbehave(|request| match request.operation {
        "source.mime" | "source.describe" => Fault::Fail(crate::memory::lost(Side::Source)),
        _ => Fault::None,
    });
    let (gone, told) = save(&migration, &home, &Chosen::All).await;
    assert_eq!((gone.unwrap_err().guidance, told), (Guidance::SourceUnreachable, Vec::new()));
    bench.world.behave();
    std::fs::remove_dir_all(&home).unwrap();
    std::fs::write(&home, "a file").unwrap();
    let (blocked, _) = save(&migration, &home, &Chosen::All).await;
    let problem = blocked.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Run, Guidance::FileUnwritable));
    assert_eq!(std::fs::read_to_string(&home).unwrap(), "a file");
}
