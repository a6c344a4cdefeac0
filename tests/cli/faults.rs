//! `--faults`: whatever goes wrong, nothing is lost and nothing is doubled.

use std::fs;

use super::support::{World, cutover, rehearse, reports};

/// Every kind of fault, at a few percent of what a migration asks for most.
const MIXED: &str = r#"
[[fault]]
side = "exchange"
operation = "*"
kind = "throttle"
share = 0.04
seed = 1
pause = 0.05

[[fault]]
side = "exchange"
operation = "*"
kind = "drop_before"
share = 0.03
seed = 2

[[fault]]
side = "exchange"
operation = "*"
kind = "truncate"
share = 0.03
seed = 3

[[fault]]
side = "microsoft365"
operation = "*"
kind = "drop_after"
share = 0.03
seed = 4

[[fault]]
side = "microsoft365"
operation = "*"
kind = "throttle"
share = 0.04
seed = 5
pause = 0.05

[[fault]]
side = "microsoft365"
operation = "*"
kind = "truncate"
share = 0.03
seed = 6

[[fault]]
side = "microsoft365"
operation = "POST importItem"
kind = "drop_after"
every = 9

[[fault]]
side = "microsoft365"
operation = "POST importItem"
kind = "delay"
share = 0.05
seed = 7
pause = 0.1

[[fault]]
side = "microsoft365"
operation = "*"
kind = "reject"
share = 0.02
seed = 8
status = 503
code = "serviceNotAvailable"
"#;

#[test]
fn nothing_is_lost_and_nothing_is_doubled() {
    let world = World::sized(3, 25, MIXED);
    let ran = world.migrate(&["--json"]).ends(0);
    let ended = ran.ended();
    assert_eq!((ended.found, ended.moved, ended.verified), (75, 75, 75), "{ended:?}");
    assert_eq!(world.arrived(), [25, 25, 25]);
    assert_eq!(world.practice().cloud.invitations_sent(), 0);
}

#[test]
fn a_storm_of_every_kind_of_fault_ends_complete_proven_and_with_closed_books() {
    let storm = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/storm.toml");
    let (ran, _folder) = rehearse(&["--mailboxes", "2", "--messages", "10", "--faults", storm, "--json"]);
    let ran = ran.ends(0);
    let ended = ran.ended();
    assert_eq!((ended.found, ended.moved, ended.verified), (20, 20, 20), "{ended:?}");
    assert_eq!((ended.failed, ended.skipped, ended.waiting), (0, 0, 0), "{ended:?}");
    assert_eq!(ran.events("verdict")[0]["nothing_lost"], true);
}

#[test]
fn the_storm_holds_every_kind_of_fault_on_both_sides() {
    let storm = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/storm.toml")).unwrap();
    for kind in ["throttle", "drop_before", "drop_after", "truncate", "delay", "reject", "reject_after"] {
        assert_eq!(storm.matches(&format!("kind = \"{kind}\"\n")).count(), 2, "{kind}");
    }
    let faults = storm.matches("[[fault]]").count();
    assert_eq!(
        (faults, storm.matches("share = 0.05").count(), storm.matches("operation = \"*\"").count()),
        (14, 14, 14)
    );
}

#[test]
fn what_is_refused_for_good_has_failed_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("faults.toml");
    let faults = "[[fault]]\nside = \"microsoft365\"\noperation = \"POST importItem\"\nkind = \"reject\"\nevery = 8\n\
        status = 400\ncode = \"ErrorInvalidRequest\"\n";
    fs::write(&file, faults).unwrap();
    let (ran, reports_in) =
        rehearse(&["--mailboxes", "2", "--messages", "20", "--faults", file.to_str().unwrap(), "--json"]);
    let ran = ran.ends(1);
    let ended = ran.ended();
    assert!(ended.failed > 0, "{ended:?}");
    assert_eq!(ended.found, 40);
    assert_eq!(ended.verified, ended.moved);
    let (statistics, errors) = reports(&reports_in.path().join("reports"));
    let counted: u64 = errors.lines.iter().map(|line| line["ItemsAffected"].parse::<u64>().unwrap()).sum();
    assert_eq!(counted, ended.failed);
    let graded = |line: &std::collections::BTreeMap<String, String>| line["ConsistencyGrade"] == "Perfect";
    assert!(!statistics.lines.iter().all(graded));
    for line in errors.troubles() {
        assert!(!line["SuggestedFix"].is_empty() && line["ErrorMessage"].contains("ErrorInvalidRequest"), "{line:?}");
    }
}

#[test]
fn a_faults_file_that_cannot_be_used_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("faults.toml");
    let name = file.to_str().unwrap().to_owned();
    rehearse(&["--faults", &name]).0.refused(&["faults.toml"]);
    for text in [
        "[[fault]]\nside = \"moon\"",
        "[[fault",
        "[[fault]]\nside = \"exchange\"\noperation = \"*\"\nkind = \"delay\"",
    ] {
        fs::write(&file, text).unwrap();
        rehearse(&["--faults", &name]).0.refused(&["faults.toml"]);
    }
    let output = cutover().args(["practice", "--faults", &name]).output().unwrap();
    assert_eq!(super::support::Ran::of(output).refused(&["faults.toml"]).out, "");
}
