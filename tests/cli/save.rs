//! `cutover save-items` and `cutover migrate --only-failed-in`: what becomes of what could not be moved.

use std::fs;
use std::path::Path;

use super::support::{Ran, World, cutover, reports, table};

/// Every eighth import is refused for good.
const REFUSING: &str = "[[fault]]\nside = \"microsoft365\"\noperation = \"POST importItem\"\nkind = \"reject\"\n\
    every = 8\ntimes = 5\nstatus = 400\ncode = \"ErrorInvalidRequest\"\n";

fn save(world: &World, to: &Path, arguments: &[&str]) -> Ran {
    let ready = &world.practice().ready;
    let mut command = cutover();
    command.arg("save-items").arg("--settings").arg(world.settings()).arg("--to").arg(to).args(arguments);
    command.env("CUTOVER_SOURCE_PASSWORD", &ready.exchange.password);
    command.env("CUTOVER_TARGET_SECRET", &ready.microsoft365.client_secret);
    Ran::of(command.output().unwrap())
}

#[test]
fn what_failed_is_saved_then_tried_again_alone_and_then_nothing_is_left() {
    let world = World::sized(2, 20, REFUSING);
    let to = world.folder.path().join("saved");
    save(&world, &to, &[]).refused(&["Nothing has been migrated with these settings yet"]);
    assert!(!to.exists());
    let failed = world.migrate(&["--json"]).ends(1).ended().failed;
    assert_eq!(failed, 5);
    let items = table(&world.reports().join("MigrationItems.csv"));
    assert_eq!(items.lines.len(), 5);
    assert!(items.lines.iter().all(|line| line["State"] == "Failed" && !line["Folder"].is_empty()));
    let folders = table(&world.reports().join("MigrationFolders.csv"));
    let last = folders.lines.last().unwrap();
    assert_eq!((last["ObjectType"].as_str(), last["ItemsFound"].as_str()), ("Migration", "40"));

    let ran = save(&world, &to, &["--json"]);
    let ended = ran.lines().pop().unwrap();
    let (saved, not) = (ran.events("saved"), ran.events("not-saved"));
    assert_eq!((ended["items"].as_u64(), (saved.len() + not.len()) as u64), (Some(failed), failed), "{}", ran.out);
    assert_eq!(ran.code, i32::from(!not.is_empty()), "{}", ran.out);
    assert!(!saved.is_empty());
    for line in &saved {
        let file = Path::new(line["file"].as_str().unwrap());
        assert!(file.starts_with(&to), "{line}");
        let text = String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned();
        assert!(text.contains("MIME-Version: 1.0") || text.starts_with("BEGIN:"), "{text}");
    }
    for line in &not {
        assert_eq!(line["code"], "source-kind-not-exportable", "{line}");
    }
    let again = save(&world, &to, &[]);
    assert!(
        again.out.contains("0 items were saved, ") && again.out.contains(" had been saved before"),
        "{}",
        again.out
    );

    let errors = world.reports().join("MigrationErrors.csv");
    let named: Vec<String> = {
        let (_, errors) = reports(&world.reports());
        let mut named: Vec<String> = errors.troubles().iter().map(|line| line["EmailAddress"].clone()).collect();
        named.dedup();
        named
    };
    let ran = world.migrate(&["--only-failed-in", errors.to_str().unwrap(), "--json"]).ends(0);
    let only = &ran.events("only")[0];
    let taken: Vec<&str> = only["recipients"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(taken, named);
    assert_eq!(ran.ended().moved, failed);
    assert_eq!(ran.events("grade").len(), 2);
    assert!(ran.events("grade").iter().all(|line| line["grade"] == "Perfect"));

    let ran = world.migrate(&["--only-failed-in", errors.to_str().unwrap()]).refused(&["names nobody"]);
    assert!(!ran.err.contains("that Cutover wrote"), "it is that: {}", ran.err);
    let ran = save(&world, &to.join("more"), &[]).ends(0);
    assert!(ran.out.contains("There is nothing to save"), "{}", ran.out);
    assert!(!to.join("more").exists());
}

#[test]
fn a_list_that_is_none_is_refused_before_anything_is_asked() {
    let world = World::sized(1, 1, "");
    let list = world.folder.path().join("list.csv");
    for (text, words) in [("", "not such a report"), ("EmailAddress,Retryable\na@b.example,perhaps\n", "line 2")] {
        fs::write(&list, text).unwrap();
        let ran = world.migrate(&["--only-failed-in", list.to_str().unwrap()]).refused(&["list.csv", words]);
        assert_eq!(ran.out, "");
    }
    fs::write(&list, "EmailAddress;Retryable\r\nstranger@b.example;WAHR\r\n").unwrap();
    let ran = world.migrate(&["--only-failed-in", list.to_str().unwrap()]);
    let ran = ran.refused(&["list.csv", "no longer at the source"]);
    assert!(ran.out.contains("No longer at the source, so left out: stranger@b.example."), "{}", ran.out);
    assert_eq!(world.arrived(), [0]);
}
