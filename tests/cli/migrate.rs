//! `cutover migrate`: further runs, completion, initial passwords, and secrets that stay secret.

use std::fs;
use std::path::Path;

use cutover::mapi::{Item, Value, pid};

use super::support::{Ran, World, reports};

/// Every file below a folder that holds these bytes.
fn files_with(folder: &Path, secret: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, secret));
        } else if fs::read(&path).unwrap().windows(secret.len()).any(|part| part == secret.as_bytes()) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[test]
fn from_the_first_run_to_completion() {
    let world = World::sized(2, 10, "");
    let ready = &world.practice().ready;
    let home = world.settings().parent().unwrap().to_owned();
    let mut said = String::new();
    let mut keep = |ran: Ran| {
        said.push_str(&ran.out);
        said.push_str(&ran.err);
        ran
    };
    let first = keep(world.migrate(&["--json"]).ends(0));
    assert_eq!((first.ended().found, first.ended().moved), (20, 20));
    let likely = first.events("forecast")[0]["seconds_likely"].as_array().unwrap().clone();
    assert!(likely.len() == 2 && likely[0].as_u64() <= likely[1].as_u64(), "{likely:?}");
    let passwords = || {
        let (statistics, _) = reports(&world.reports());
        let mailboxes = statistics.lines.into_iter().filter(|line| line["ObjectType"] == "Mailbox");
        mailboxes.map(|line| line["InitialPassword"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(passwords(), ["", ""], "shown nowhere by default");
    for secret in [&ready.exchange.password, &ready.microsoft365.client_secret] {
        assert_eq!(files_with(&home, secret), [""; 0]);
        assert_eq!(files_with(world.folder.path(), secret), [""; 0]);
    }

    let second = keep(world.migrate(&["--include-passwords"]).ends(0));
    assert!(second.out.contains("Nothing was new"), "{}", second.out);
    assert!(second.out.contains("Items: 20 found = 0 moved + 20 already there + 0 skipped + 0 failed."));
    let shown = passwords();
    assert!(shown.iter().all(|password| password.chars().count() == 8), "{shown:?}");
    assert!(second.out.contains("so a new one was set"), "without a keyring they were lost: {}", second.out);

    let completed = keep(world.migrate(&["--complete", "--json", "--include-passwords"]).ends(0));
    assert_eq!((completed.ended().moved, completed.ended().already_there, completed.ended().verified), (0, 20, 20));
    assert_eq!(completed.lines().pop().unwrap()["state"], "Completed");
    assert_eq!(passwords(), ["", ""], "handed over once");
    let aside = fs::read_to_string(world.reports().join("MigrationStatistics.passwords-1.csv")).unwrap();
    assert!(shown.iter().all(|password| aside.contains(password.as_str())), "nobody else knows them");
    let told = completed.events("problem");
    assert_eq!(told.iter().filter(|line| line["code"] == "initial-password-shown-before").count(), 2, "{told:?}");
    let refused = keep(world.migrate(&[]).refused(&["completed"]));
    assert!(!refused.out.contains("Reading the address list"), "it says so at once: {}", refused.out);
    assert_eq!(world.arrived(), [10, 10]);

    for secret in shown.iter().chain([&ready.exchange.password, &ready.microsoft365.client_secret]) {
        assert!(!said.contains(secret.as_str()), "no output tells {secret}");
        assert_eq!(files_with(&home, secret), [""; 0], "neither ledger nor settings hold {secret}");
    }
    assert!(!said.contains("authtoken") && !said.contains("Bearer"), "no output tells a token");
}

#[test]
fn passwords_asked_for_at_once_are_the_ones_that_were_set() {
    let world = World::sized(1, 1, "");
    let ran = world.migrate(&["--include-passwords"]).ends(0);
    assert!(!ran.out.contains("a new one was set"), "{}", ran.out);
    let (statistics, _) = reports(&world.reports());
    assert_eq!(statistics.lines[0]["InitialPassword"].chars().count(), 8);
}

#[test]
fn a_completed_migration_still_hands_its_passwords_over() {
    let world = World::sized(1, 1, "");
    world.migrate(&["--complete"]).ends(0);
    let ran = world.migrate(&["--include-passwords"]).ends(0);
    assert!(ran.out.contains("This migration is completed; nothing was moved"), "{}", ran.out);
    let (statistics, _) = reports(&world.reports());
    let line = &statistics.lines[0];
    assert_eq!((line["Status"].as_str(), line["InitialPassword"].chars().count()), ("Completed", 8));
    let ran = world.migrate(&["--include-passwords", "--keep-in-step", "--json"]).ends(0);
    assert_eq!(ran.lines().pop().unwrap()["state"], "Completed", "it is not kept in step any more");
}

#[test]
fn completion_in_words_says_that_it_is_over() {
    let world = World::sized(1, 2, "");
    let ran = world.migrate(&["--complete"]).ends(0);
    assert!(ran.out.contains("The migration is completed"), "{}", ran.out);
}

#[test]
fn impersonation_works_as_well_and_hidden_mailboxes_move_when_listed() {
    let world = World::sized(2, 5, "");
    let settings =
        world.settings_with(&[("access = \"delegate\"", "access = \"impersonation\""), ("# also = ", "also = ")]);
    let ran = Ran::of(world.migration(&settings, &["--json"]).output().unwrap()).ends(0);
    assert!(ran.events("started")[0]["mailboxes"].as_u64().unwrap() > 2);
    assert!(ran.ended().moved > 10, "{:?}", ran.ended());
}

/// Sets a property of an item that has it.
fn set(item: &mut Item, id: u16, value: Value) {
    let property = item.properties.iter_mut().find(|property| property.tag.id() == id);
    property.unwrap().value = value;
}

#[test]
fn a_further_run_takes_only_what_is_new() {
    let world = World::sized(2, 10, "");
    assert_eq!(world.migrate(&["--json"]).ends(0).ended().moved, 20);
    let email = world.practice().ready.mailboxes[0].email.clone();
    {
        let mailbox = &world.practice().organisation.mailboxes[&email.to_lowercase()];
        let mut mailbox = mailbox.write().unwrap();
        let inbox = mailbox.distinguished("inbox").unwrap().key;
        let inboxed: Vec<_> = mailbox.items_in(inbox).take(3).map(|stored| stored.key).collect();
        let [gone, edited, model] = inboxed.try_into().unwrap();
        assert!(mailbox.remove_item(gone));
        assert!(mailbox.change_item(edited, false, |item| set(item, pid::SUBJECT, Value::Unicode("Edited".into()))));
        let mut new = mailbox.item(model).unwrap().item.clone();
        set(&mut new, pid::SEARCH_KEY, Value::Binary(vec![7; 16].into()));
        mailbox.add_item(inbox, new);
    }
    let ended = world.migrate(&["--json"]).ends(0).ended();
    assert_eq!((ended.moved, ended.already_there, ended.found), (1, 19, 20), "one new, one gone at the source");
    assert_eq!(ended.verified, 20, "the edited one is equal again");
    assert_eq!(world.arrived()[0], 11, "what was deleted at the source stays in Microsoft 365");
    let ended = world.migrate(&["--json"]).ends(0).ended();
    assert_eq!((ended.moved, ended.already_there), (0, 20));
}
