//! `cutover rehearse`: what it prints, what it writes, and how it ends.

use std::process::{Command, Stdio};
use std::thread;

use super::support::{Ran, Running, cutover, left_out, rehearse, reports};

const STATISTICS: &str = "ObjectType,EmailAddress,DisplayName,Status,ItemsMigrated,ItemsSkipped,BytesMigrated,\
    StartedUtc,FinishedUtc,LastSyncedUtc,ConsistencyGrade,InitialPassword,Batch";
const ERRORS: &str = "ObjectType,EmailAddress,Phase,State,ErrorCode,ErrorMessage,SuggestedFix,Retryable,Attempts,\
    FirstSeenUtc,LastSeenUtc,ItemsAffected,Batch";

#[test]
fn text_is_calm_and_ends_with_the_verdict_and_the_reports() {
    let (ran, folder) = rehearse(&["--mailboxes", "2", "--messages", "12"]);
    let ran = ran.ends(0);
    assert_eq!(ran.err, "");
    let lines: Vec<&str> = ran.out.lines().collect();
    let reports_at = lines.iter().position(|line| line.starts_with("Reports: ")).unwrap();
    let (verdict, paths) = (lines[reports_at - 1], lines[reports_at]);
    assert!(verdict.starts_with("Nothing was lost: every item"), "{verdict}");
    assert!(paths.contains("MigrationStatistics.csv"), "{paths}");
    assert!(ran.out.contains("To move: 2 mailboxes, 6 distribution groups, 5 contacts (13 of them new)."));
    assert!(ran.out.contains("alice.ashdown@aldernook.example: done, 12 items are there\n"), "{}", ran.out);
    assert!(ran.out.contains("Items: 24 found = 24 moved + 0 already there + 0 skipped + 0 failed.\n"));
    for word in ["Synced", "ProvisionUpdating", "source-", "target-", "cli-", "\u{1b}"] {
        assert!(!ran.out.contains(word), "“{word}” is no word for people: {}", ran.out);
    }
    let sentences = lines.iter().filter(|line| !line.is_empty() && !line.starts_with("  → "));
    let mut said: Vec<_> = sentences.collect();
    let all = said.len();
    said.sort();
    said.dedup();
    assert_eq!(said.len(), all, "nothing is said twice: {}", ran.out);

    let (statistics, errors) = reports(&folder.path().join("reports"));
    assert_eq!(statistics.columns.join(","), STATISTICS);
    assert_eq!(errors.columns.join(","), ERRORS);
    assert!(errors.troubles().is_empty());
    let found: Vec<_> = errors.lines.iter().map(|line| line["ErrorCode"].as_str()).collect();
    assert!(found.contains(&"source-dynamic-group"), "what does not move is named: {found:?}");
    let kinds = |kind: &str| statistics.lines.iter().filter(|line| line["ObjectType"] == kind).count();
    assert_eq!(kinds("Mailbox"), 2);
    assert_eq!(statistics.lines.len(), 13);
    for line in statistics.lines.iter().filter(|line| line["ObjectType"] == "Mailbox") {
        assert_eq!((line["Status"].as_str(), line["ItemsMigrated"].as_str()), ("Synced", "12"));
        assert_eq!((line["ConsistencyGrade"].as_str(), line["InitialPassword"].as_str()), ("Perfect", ""));
    }
}

#[test]
fn json_lines_end_with_books_that_close() {
    let (ran, _folder) = rehearse(&["--mailboxes", "3", "--messages", "20", "--json"]);
    let ran = ran.ends(0);
    let ended = ran.ended();
    assert_eq!((ended.found, ended.moved, ended.verified), (60, 60, 60));
    assert_eq!((ended.already_there, ended.skipped, ended.failed), (0, 0, 0));
    let verdict = &ran.events("verdict")[0];
    assert_eq!(verdict["nothing_lost"], true);
    for (objects, expected) in [("mailboxes", 3), ("groups", 6), ("contacts", 5)] {
        assert_eq!(verdict[objects]["arrived"], verdict[objects]["expected"], "{verdict}");
        assert_eq!(verdict[objects]["arrived"], expected, "{verdict}");
    }
    assert_eq!(ran.events("started")[0]["mailboxes"], 3);
    assert!(ran.lines().iter().all(|line| line["event"].is_string()));
    assert_eq!(ran.err, "");
}

/// Runs several rehearsals at once; most of their time is waiting.
fn together(all: &[&[&str]]) -> Vec<Ran> {
    thread::scope(|scope| {
        let started: Vec<_> = all.iter().map(|arguments| scope.spawn(|| rehearse(arguments).0)).collect();
        started.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

#[test]
fn every_exchange_version_can_be_rehearsed_on() {
    let small = |profile| ["--mailboxes", "2", "--messages", "20", "--json", "--profile", profile];
    let profiles = ["2007sp3", "2010sp3", "2013", "2016", "2019", "se"].map(small);
    let ran = together(&profiles.each_ref().map(|arguments| arguments.as_slice()));
    for (ran, arguments) in ran.into_iter().zip(profiles) {
        let ended = ran.ends(0).ended();
        assert_eq!((ended.found, ended.failed), (40, 0), "{arguments:?}");
        assert_eq!(ended.verified, ended.moved, "{arguments:?}");
        let mail_only = arguments.contains(&"2007sp3");
        assert_eq!(ended.skipped > 0, mail_only, "{arguments:?}: {ended:?}");
    }
}

#[test]
fn what_stays_behind_is_counted_by_kind_and_in_the_verdict() {
    let (ran, folder) = rehearse(&["--mailboxes", "3", "--messages", "30", "--profile", "2007sp3"]);
    let ran = ran.ends(0);
    let (_, errors) = reports(&folder.path().join("reports"));
    let affected = |line: &std::collections::BTreeMap<String, String>| line["ItemsAffected"].parse::<u64>().unwrap();
    let behind: u64 = errors.lines.iter().map(affected).sum();
    assert!(behind > 0);
    let verdict = ran.out.lines().take_while(|line| !line.starts_with("Reports: ")).last().unwrap();
    assert!(verdict.contains(&format!("{behind} items stay behind")), "{verdict}");
    let appointments = |line: &&str| line.contains("items of the class IPM.Appointment whole");
    let shown = ran.out.lines().filter(appointments);
    assert_eq!(shown.filter(|line| !line.contains(" / ")).count(), 1, "counted once: {}", ran.out);
    assert!(ran.out.lines().filter(|line| line.contains(" / ")).count() <= 3, "a handful is shown: {}", ran.out);
    for line in errors.lines.iter().filter(|line| line["ErrorMessage"].contains("IPM.Appointment")) {
        assert!(!line["ErrorMessage"].contains("Kontakte:"), "a line names only its own kind: {line:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_organisation() {
    let seeded = |seed: &'static str| {
        move || {
            let (ran, folder) = rehearse(&["--mailboxes", "2", "--messages", "10", "--seed", seed]);
            ran.ends(0);
            let (statistics, _) = reports(&folder.path().join("reports"));
            let columns = ["EmailAddress", "DisplayName", "ItemsMigrated", "BytesMigrated"];
            statistics.lines.iter().map(|line| columns.map(|column| line[column].clone())).collect::<Vec<_>>()
        }
    };
    thread::scope(|scope| {
        let [first, again, other] =
            ["7", "7", "8"].map(|seed| scope.spawn(seeded(seed))).map(|one| one.join().unwrap());
        assert_eq!(first, again);
        assert_ne!(first, other);
    });
}

#[test]
fn one_mailbox_and_no_messages_are_a_migration_too() {
    let ran = together(&[
        &["--mailboxes", "1", "--messages", "7", "--json"],
        &["--mailboxes", "2", "--messages", "0", "--json"],
        &["--mailboxes", "2", "--messages", "0"],
    ]);
    let [one, none, none_in_words] = ran.try_into().unwrap_or_else(|_| panic!("three"));
    assert_eq!(one.ends(0).ended().found, 7);
    let none = none.ends(0);
    assert_eq!((none.ended().found, none.ended().verified), (0, 0));
    assert_eq!(none.events("verdict")[0]["mailboxes"]["arrived"], 2);
    let words = none_in_words.ends(0).out;
    assert!(!words.contains("Nothing was new"), "there was nothing before: {words}");
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    for arguments in [["--mailboxes", "0"], ["--profile", "2003"], ["--seed", "x"], ["--no-such", "x"]] {
        let (ran, folder) = rehearse(&arguments);
        let ran = ran.ends(2);
        assert!(ran.err.contains("error:") && ran.out.is_empty(), "{}", ran.err);
        assert!(!folder.path().join("reports").exists());
    }
}

#[test]
fn without_a_command_there_is_the_window_or_a_sentence_why_not() {
    let ran = Ran::of(cutover().env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").output().unwrap()).ends(2);
    assert!(ran.err.contains("window cannot be opened here") && ran.err.contains("cutover --help"), "{}", ran.err);
    assert!(!ran.err.contains("panicked") && ran.out.is_empty());
}

#[test]
fn it_keeps_running_until_the_end_of_its_input() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = cutover();
    command.args(["rehearse", "--mailboxes", "1", "--messages", "3", "--keep-running", "--reports"]);
    let mut running = Running::start(command.arg(folder.path()).stdin(Stdio::piped()));
    running.wait_for("keeps running");
    running.wait_for("Settings for cutover migrate: ");
    assert!(running.child.try_wait().unwrap().is_none(), "it runs on");
    drop(running.child.stdin.take());
    running.end().ends(0);
}

/// On a terminal there is a bar. `script` gives the program one.
#[test]
#[cfg(target_os = "linux")]
fn a_bar_on_a_terminal_breaks_no_line() {
    let folder = tempfile::tempdir().unwrap();
    let program = env!("CARGO_BIN_EXE_cutover");
    let reports = folder.path().join("reports");
    let line =
        format!("stty cols 80; {program} rehearse --mailboxes 2 --messages 15 --reports {}", reports.display());
    let script = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .output();
    let Ok(output) = script else {
        return left_out("the bar on a terminal (there is no `script` here: bsdutils)");
    };
    let ran = Ran::of(output).ends(0);
    assert!(ran.out.contains('█') || ran.out.contains('░'), "there is a bar: {}", ran.out);
    let screen = screen(&ran.out);
    assert!(!screen.iter().any(|line| line.contains(['█', '░'])), "nothing of it stays: {screen:#?}");
    let verdict = screen.iter().rposition(|line| line.starts_with("Nothing was lost: every item")).unwrap();
    assert!(screen[verdict + 1].starts_with("Reports: "), "{screen:#?}");
    assert!(screen.iter().any(|line| line == "alice.ashdown@aldernook.example: done, 15 items are there"));
    assert!(screen.iter().any(|line| line == "Comparing both sides, item by item …"), "{screen:#?}");
}

/// What stays on an endlessly wide and long screen: carriage returns, line feeds and the sequences that a bar uses.
#[cfg(target_os = "linux")]
fn screen(text: &str) -> Vec<String> {
    let (mut lines, mut row, mut column) = (vec![Vec::new()], 0, 0);
    let mut rest = text.chars().peekable();
    while let Some(next) = rest.next() {
        match next {
            '\r' => column = 0,
            '\n' => row += 1,
            '\u{1b}' => {
                let sequence: String = std::iter::from_fn(|| rest.next_if(|c| !c.is_ascii_alphabetic())).collect();
                let count = sequence.trim_start_matches('[').parse::<usize>().unwrap_or(1);
                match rest.next() {
                    Some('A') => row -= count.min(row),
                    Some('B') => row += count,
                    Some('K') => lines[row].clear(),
                    _ => {}
                }
            }
            shown => {
                let line: &mut Vec<char> = &mut lines[row];
                line.resize(line.len().max(column + 1), ' ');
                line[column] = shown;
                column += 1;
            }
        }
        lines.resize(lines.len().max(row + 1), Vec::new());
    }
    lines.into_iter().map(|line| line.into_iter().collect::<String>().trim_end().to_owned()).collect()
}
