//! Strangers judge both ends of the wire: third-party clients and published schemas, driven by the scripts in `tests/peers`.
//!
//! They need the virtual environment that `tests/run` makes. Without it these tests say what they left out and pass, unless
//! `CUTOVER_REQUIRE_PEERS` is set: then its absence is a failure.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::{Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A script that takes longer than this hangs.
const HUNG: Duration = Duration::from_secs(600);

/// Each script keeps several processes busy, so they take turns.
static TURN: Mutex<()> = Mutex::new(());

/// Ends a script and everything it started.
fn end_group(script: &Child) {
    let group = format!("-{}", script.id());
    let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
}

/// What a pipe carries until its end, read beside the test.
fn gather(mut pipe: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut said = Vec::new();
        let _ = pipe.read_to_end(&mut said);
        String::from_utf8_lossy(&said).into_owned()
    })
}

/// Tells whoever runs the tests, past the test harness, which keeps what passing tests print to itself.
fn left_out(what: &str) {
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// Runs one script against the program under test.
fn judge(script: &str, what: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join(".venv/bin/python");
    if !root.join(".venv/pins").exists() {
        assert!(
            std::env::var_os("CUTOVER_REQUIRE_PEERS").is_none(),
            "the strangers' environment is missing: run tests/run"
        );
        left_out(&format!("left out: {what} (tests/run installs what it needs)"));
        return;
    }
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut child = Command::new(python)
        .args(["-B", "-W", "error::SyntaxWarning"])
        .arg(root.join("tests/peers").join(script))
        .env("CUTOVER_BINARY", env!("CARGO_BIN_EXE_cutover"))
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn()
        .unwrap();
    let (out, err) = (gather(child.stdout.take().unwrap()), gather(child.stderr.take().unwrap()));
    let started = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break Some(status),
            None if started.elapsed() > HUNG => break None,
            None => std::thread::sleep(Duration::from_millis(50)),
        }
    };
    end_group(&child);
    let _ = child.wait();
    let said = format!("{}{}", out.join().unwrap(), err.join().unwrap());
    match status {
        Some(status) if status.success() => said.lines().filter(|line| line.contains("left out")).for_each(left_out),
        Some(status) => panic!("{script} ended with {status}:\n{said}"),
        None => panic!("{script} did not end within {} s:\n{said}", HUNG.as_secs()),
    }
}

#[test]
fn exchangelib_reads_and_writes_the_practice_exchange() {
    judge("exchange_client.py", "exchangelib against the practice Exchange");
}

#[test]
fn microsofts_sdk_reads_what_was_migrated() {
    judge("graph_client.py", "Microsoft's Graph SDK against the practice Microsoft 365");
}

#[test]
fn every_item_arrives_as_it_was() {
    judge("fidelity.py", "the comparison of every item at both ends after a migration");
}

#[test]
fn every_message_on_the_wire_is_valid() {
    judge("schemas.py", "the validation of every EWS and Graph message");
}
