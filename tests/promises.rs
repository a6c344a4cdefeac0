//! docs/promises.md: every promise names tests, and every test that it names is there.

#![allow(clippy::unwrap_used)]

use std::path::Path;

/// The engine's promises; the guarantees after them have no number.
const NUMBERED: usize = 8;

/// The tests that a section names: a file, then functions in it.
fn tests_in(section: &str) -> Vec<(&str, &str)> {
    let lines = section.lines().filter(|line| line.starts_with("- `"));
    lines
        .flat_map(|line| {
            let mut quoted = line.split('`').skip(1).step_by(2);
            let file = quoted.next().unwrap();
            quoted.map(move |test| (file, test))
        })
        .collect()
}

/// Whether a file's text has a test of this name that runs.
fn has_test(text: &str, name: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let declared = |line: &str| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        line.strip_prefix("fn ").and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.starts_with('('))
    };
    let attributes = |at: usize| lines[..at].iter().rev().take_while(|line| line.starts_with("#[")).copied();
    let is_test = |line: &str| line == "#[test]" || line.starts_with("#[tokio::test");
    (0..lines.len()).any(|at| {
        declared(lines[at]) && attributes(at).any(is_test) && !attributes(at).any(|line| line.starts_with("#[ignore"))
    })
}

#[test]
fn every_promise_names_tests_and_all_of_them_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/promises.md")).unwrap();
    let promises: Vec<&str> = text.split("\n## ").skip(1).collect();
    let mut wrong = Vec::new();
    for number in 1..=NUMBERED {
        if !promises.get(number - 1).is_some_and(|promise| promise.starts_with(&format!("{number}. "))) {
            wrong.push(format!("promise {number} is not in its place"));
        }
    }
    for promise in promises {
        let title = promise.lines().next().unwrap_or_default();
        let named = tests_in(promise);
        if named.is_empty() {
            wrong.push(format!("“{title}” names no test"));
        }
        for (file, test) in named {
            match std::fs::read_to_string(root.join(file)) {
                Err(error) => wrong.push(format!("“{title}” names {file}: {error}")),
                Ok(code) if !has_test(&code, test) => wrong.push(format!("“{title}”: no test {test} in {file}")),
                Ok(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_what_runs_is_a_test() {
    let text = "#[test]\nfn one() {}\n#[tokio::test(start_paused = true)]\n    async fn two() {}\nfn three() {}\n\
                #[test]\n#[ignore]\nfn four() {}\n// fn five()\n";
    let there: Vec<&str> =
        ["one", "two", "three", "four", "five", "on"].into_iter().filter(|name| has_test(text, name)).collect();
    assert_eq!(there, ["one", "two"]);
    assert_eq!(tests_in("Title\n\nWords with `code`.\n\n- `a.rs`: `x`, `y`\n"), [("a.rs", "x"), ("a.rs", "y")]);
}
