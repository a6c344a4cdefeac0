//! `cutover practice`: one line, and an organisation behind it that other programs can use.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::support::{Ran, Running, cutover};

/// Starts `practice` and reads its line.
fn practice(arguments: &[&str]) -> (Running, Value) {
    let mut command = cutover();
    let mut running = Running::start(command.arg("practice").args(arguments).stdin(Stdio::piped()));
    let line = running.line().expect("a line");
    (running, serde_json::from_str(&line).unwrap())
}

/// Ends it by the end of its input; nothing else may have been printed.
fn end(mut running: Running) {
    drop(running.child.stdin.take());
    let ran = running.end().ends(0);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert_eq!(ran.err, "");
}

fn migrate(ready: &Value, arguments: &[&str]) -> Ran {
    let folder = tempfile::tempdir().unwrap();
    let mut command = cutover();
    command.arg("migrate").arg("--settings").arg(ready["settings"].as_str().unwrap()).args(arguments);
    command.arg("--reports").arg(folder.path());
    command.env("CUTOVER_SOURCE_PASSWORD", ready["exchange"]["password"].as_str().unwrap());
    command.env("CUTOVER_TARGET_SECRET", ready["microsoft365"]["client_secret"].as_str().unwrap());
    Ran::of(command.output().unwrap())
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_line_has_exactly_what_is_documented() {
    let began = Instant::now();
    let (running, ready) = practice(&["--mailboxes", "10", "--messages", "200"]);
    let waited = began.elapsed();
    // A program that is not optimised, on a busy computer, is given more than the ten seconds it is meant to take.
    let allowed = if cfg!(debug_assertions) { 60 } else { 10 };
    assert!(waited < Duration::from_secs(allowed), "{waited:?}");
    assert_eq!(keys(&ready), BTreeSet::from(["ca_certificate", "settings", "exchange", "microsoft365", "mailboxes"]));
    let exchange = &ready["exchange"];
    assert_eq!(keys(exchange), BTreeSet::from(["email", "user_name", "password", "autodiscover_url", "ews_url"]));
    let cloud = &ready["microsoft365"];
    let expected = "authority graph_url exchange_admin_url tenant_id client_id client_secret domain";
    assert_eq!(keys(cloud), expected.split(' ').collect());
    for file in ["ca_certificate", "settings"].map(|key| Path::new(ready[key].as_str().unwrap())) {
        assert!(file.is_absolute() && file.is_file(), "{}", file.display());
    }
    let certificate = std::fs::read_to_string(ready["ca_certificate"].as_str().unwrap()).unwrap();
    assert!(certificate.starts_with("-----BEGIN CERTIFICATE-----"));
    assert!(!cloud["authority"].as_str().unwrap().contains(cloud["tenant_id"].as_str().unwrap()));
    let (user, domain) = exchange["email"].as_str().unwrap().split_once('@').unwrap();
    assert_eq!(cloud["domain"], domain);
    assert!(exchange["user_name"].as_str().unwrap().ends_with(&format!("\\{user}")));
    let mailboxes = ready["mailboxes"].as_array().unwrap();
    assert_eq!(mailboxes.len(), 10);
    for mailbox in mailboxes {
        assert_eq!(keys(mailbox), BTreeSet::from(["email"]));
        assert!(mailbox["email"].as_str().unwrap().ends_with(domain));
        assert_ne!(mailbox["email"], exchange["email"]);
    }
    let home = Path::new(ready["settings"].as_str().unwrap()).parent().unwrap().to_owned();
    end(running);
    assert!(!home.exists(), "nothing is left behind");
}

#[test]
#[cfg(unix)]
fn signals_end_it_cleanly() {
    for signal in ["INT", "TERM"] {
        let (running, ready) = practice(&["--mailboxes", "1", "--messages", "1"]);
        running.signal(signal);
        running.end().ends(0);
        assert!(!Path::new(ready["settings"].as_str().unwrap()).exists());
    }
}

#[test]
#[cfg(unix)]
fn a_signal_right_after_the_line_ends_it_cleanly() {
    let folder = tempfile::tempdir().unwrap();
    let script = "mkfifo line && exec 3<&0 || exit 90
        for turn in 1 2 3 4 5 6 7 8; do
            \"$0\" practice --mailboxes 1 --messages 1 <&3 >line & read -r ready <line; kill -TERM $!; wait $! || exit 91
        done";
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script, env!("CARGO_BIN_EXE_cutover")]).current_dir(folder.path());
    let mut running = command.stdin(Stdio::piped()).spawn().unwrap();
    let open = running.stdin.take();
    assert_eq!(running.wait().unwrap().code(), Some(0));
    drop(open);
}

#[test]
fn two_processes_migrate_and_what_is_kept_outlives_a_restart() {
    let state = tempfile::tempdir().unwrap();
    let arguments =
        ["--mailboxes", "2", "--messages", "15", "--speed", "1000", "--state", state.path().to_str().unwrap()];
    let (running, ready) = practice(&arguments);
    let ran = migrate(&ready, &["--json"]).ends(0);
    assert_eq!((ran.ended().moved, ran.ended().verified), (30, 30));
    let moved: BTreeSet<_> =
        ran.events("recipient").iter().map(|e| e["email"].as_str().unwrap().to_owned()).collect();
    for mailbox in ready["mailboxes"].as_array().unwrap() {
        assert!(moved.contains(mailbox["email"].as_str().unwrap()), "the line names what a default run moves");
    }
    let second = cutover().arg("practice").args(arguments).output().unwrap();
    assert_eq!(
        Ran::of(second).refused(&["Another Cutover", state.path().to_str().unwrap()]).out,
        "",
        "one process per state folder"
    );
    let unusable = cutover().args(["practice", "--state", "/dev/null/state"]).output().unwrap();
    Ran::of(unusable).refused(&["/dev/null/state", "cannot be used"]);
    end(running);

    let (running, again) = practice(&arguments);
    assert_eq!(again, ready, "the same organisation under the same addresses");
    let ran = migrate(&again, &["--json"]).ends(0);
    assert_eq!((ran.ended().moved, ran.ended().already_there, ran.ended().verified), (0, 30, 30));
    let words = migrate(&again, &[]).ends(0).out;
    assert!(words.contains("Nothing was new: everything had been moved before, and nothing was moved twice."));
    assert!(words.contains("(all of them made before)"), "{words}");
    end(running);
}
