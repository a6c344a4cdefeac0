//! The README is true: its settings and its faults can be used, and the options that it names are there.

use std::collections::BTreeSet;
use std::fs;

use cutover::settings::Settings;

use super::support::{Ran, cutover, rehearse};

const README: &str = include_str!("../../README.md");

/// The TOML examples, in their order.
fn examples() -> Vec<&'static str> {
    README.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn its_settings_can_be_read_and_its_faults_rehearsed() {
    let [settings, faults] = examples().try_into().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let file = folder.path().join(name);
        fs::write(&file, text).unwrap();
        file
    };
    let read = Settings::read(&file("settings.toml", settings)).unwrap();
    assert_eq!(read.source.email.as_str(), "migration@example.com");
    // What is switched off by a comment must be right as well.
    let all: String = settings.lines().map(|line| format!("{}\n", line.strip_prefix("# ").unwrap_or(line))).collect();
    let all = all.replace("Either let", "# Either let").replace("… or", "# … or").replace("What an", "# What an");
    let read = Settings::read(&file("all.toml", &all)).unwrap();
    assert!(read.source.ews_url.is_some() && read.target.client_key.is_some() && read.run.ledger.is_some());
    let faults = file("faults.toml", faults);
    let (ran, _) = rehearse(&["--mailboxes", "1", "--messages", "12", "--faults", faults.to_str().unwrap()]);
    ran.ends(0);
}

#[test]
fn its_options_are_those_that_there_are() {
    let options = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        words.filter(|word| word.starts_with("--") && word.len() > 3).map(str::to_owned).collect()
    };
    for command in ["rehearse", "practice", "migrate"] {
        let help = Ran::of(cutover().args([command, "--help"]).output().unwrap()).ends(0).out;
        // The usage lines are the ones that go on with an option.
        let line = format!("    cutover {command} ");
        let mut usage = README.match_indices(&line).map(|(at, _)| &README[at + line.len()..]);
        let usage = usage.find(|rest| rest.starts_with(['[', '-'])).unwrap();
        let named = options(usage.split("\n\n").next().unwrap());
        let mut there = options(&help);
        there.remove("--help");
        assert_eq!(named, there, "{command}");
    }
}
