//! Stopping, and two processes at once: what is there stays there, and a further run goes on. (Killing: `tests/crash.rs`.)

#![cfg(unix)]

use std::fs;

use super::support::{Ran, Running, World, cutover};

/// Makes each item take a while, so that a run can be met in the middle.
const SLOW: &str =
    "[[fault]]\nside = \"microsoft365\"\noperation = \"POST importItem\"\nkind = \"delay\"\npause = 0.15\n";

/// Settings that work on one mailbox at a time.
const ONE_AT_A_TIME: &[(&str, &str)] = &[("mailboxes_at_a_time = 3", "mailboxes_at_a_time = 1")];

fn running(world: &World, arguments: &[&str]) -> Running {
    let settings = world.settings_with(ONE_AT_A_TIME);
    Running::start(&mut world.migration(&settings, arguments))
}

/// A further run finds everything, each item once.
fn completes(world: &World, mailboxes: usize, messages: usize) {
    let ended = world.migrate(&["--json"]).ends(0).ended();
    let all = (mailboxes * messages) as u64;
    assert_eq!((ended.found, ended.moved + ended.already_there, ended.verified), (all, all, all), "{ended:?}");
    assert_eq!(world.arrived(), vec![messages; mailboxes], "nothing missing, nothing twice");
}

#[test]
fn an_interruption_stops_after_the_mailboxes_in_progress() {
    let world = World::sized(3, 12, SLOW);
    let mut first = running(&world, &["--json"]);
    first.wait_for("\"state\":\"Syncing\"");
    first.wait_for("\"event\":\"recipient\"");
    first.signal("INT");
    let ran = first.end().ends(130);
    let ended = ran.ended();
    assert_eq!(ran.lines().pop().unwrap()["state"], "Stopped");
    assert_eq!(ended.moved, 12, "the mailbox in progress was finished, the others not begun: {ended:?}");
    completes(&world, 3, 12);
}

#[test]
fn in_words_a_stop_says_what_it_means() {
    let world = World::sized(2, 12, SLOW);
    let mut first = running(&world, &[]);
    first.wait_for("Copying the mailboxes");
    first.signal("TERM");
    first.wait_for("Stopping after the mailboxes in progress.");
    let ran = first.end().ends(130);
    assert!(ran.out.contains("The migration is not finished. What has arrived is safe and recorded;"), "{}", ran.out);
    assert!(ran.out.lines().last().unwrap().starts_with("Reports: "));
}

#[test]
fn a_second_interruption_stops_at_once() {
    let world = World::sized(2, 30, SLOW);
    let mut first = running(&world, &[]);
    first.wait_for("Copying the mailboxes");
    first.signal("INT");
    first.wait_for("Stopping after");
    first.signal("INT");
    let ran = first.end().ends(130);
    assert!(!ran.out.contains("30 items are there"), "it did not finish the mailbox: {}", ran.out);
    completes(&world, 2, 30);
}

#[test]
fn a_comparison_can_be_interrupted_too() {
    let slow = "[[fault]]\nside = \"microsoft365\"\noperation = \"*exportItems\"\nkind = \"delay\"\npause = 30\n";
    let world = World::sized(1, 3, slow);
    let mut first = running(&world, &[]);
    first.wait_for("Comparing both sides");
    first.signal("INT");
    let ran = first.end().ends(130);
    assert!(ran.out.contains("The migration is not finished."), "{}", ran.out);
    assert!(!ran.out.contains("Nothing was lost"), "{}", ran.out);
}

#[test]
fn keeping_in_step_waits_with_nothing_open_until_it_is_interrupted() {
    let world = World::sized(1, 3, "");
    let mut first = running(&world, &["--keep-in-step", "--json"]);
    first.wait_for("\"event\":\"next\"");
    let settings = world.settings_with(ONE_AT_A_TIME);
    let second = Running::start(&mut world.migration(&settings, &["--complete", "--json"])).end().ends(0);
    assert_eq!(second.lines().pop().unwrap()["state"], "Completed", "the ledger was free meanwhile");
    first.signal("INT");
    let ran = first.end().ends(0);
    assert!(ran.lines().iter().any(|line| line["event"] == "ended"));
    assert_eq!(ran.lines().pop().unwrap()["event"], "no-longer-in-step", "its last word");
}

#[test]
fn whoever_ends_keeping_in_step_is_told_how_to_go_on() {
    let world = World::sized(1, 3, "");
    let mut first = running(&world, &["--keep-in-step"]);
    first.wait_for("The next synchronisation is at");
    first.signal("INT");
    let ran = first.end().ends(0);
    assert!(ran.out.trim_end().ends_with("or with --complete to end the migration."), "{}", ran.out);
}

#[test]
fn an_interruption_before_anything_began_simply_ends_it() {
    let world =
        World::sized(1, 1, "[[fault]]\nside = \"exchange\"\noperation = \"*\"\nkind = \"delay\"\npause = 30\n");
    let mut first = running(&world, &[]);
    first.wait_for("Connecting to both sides");
    first.signal("INT");
    let ran = first.end().ends(130);
    assert!(ran.err.contains("Stopped before it was finished."), "{}", ran.err);
    assert!(!world.reports().exists());
}

#[test]
fn a_second_process_is_told_who_holds_the_migration() {
    let world = World::sized(1, 30, SLOW);
    let mut first = running(&world, &[]);
    first.wait_for("Copying the mailboxes");
    let number = first.child.id().to_string();
    world.migrate(&[]).refused(&["is working on this migration", &number]);
    drop(first);
    completes(&world, 1, 30);
}

#[test]
fn an_interrupted_rehearsal_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let homes = folder.path().join("homes");
    fs::create_dir(&homes).unwrap();
    let mut command = cutover();
    command
        .args(["rehearse", "--mailboxes", "2", "--messages", "200", "--reports"])
        .arg(folder.path().join("reports"));
    let mut rehearsal = Running::start(command.env("TMPDIR", &homes));
    rehearsal.wait_for("Copying the mailboxes");
    rehearsal.signal("INT");
    rehearsal.signal("INT");
    let ran: Ran = rehearsal.end();
    assert_eq!(ran.code, 130, "{}{}", ran.out, ran.err);
    assert_eq!(fs::read_dir(&homes).unwrap().count(), 0);
}
