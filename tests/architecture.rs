//! Who may know whom, how long a file may be, and that every file says what it is. Read from the sources
//! themselves, and from those of the tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The longest a source file may be, in lines.
const CEILING: usize = 500;

/// For each top-level module the others of ours it may name. `assembly` may name everything.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("check_proof", &[]),
    ("cli", &["assembly", "check_proof", "engine", "folders", "i18n", "launcher", "secrets", "settings", "words"]),
    ("engine", &[]),
    ("exchange", &["engine", "fidelity", "http", "mapi"]),
    ("fidelity", &["engine", "mapi"]),
    ("folders", &[]),
    ("fuzz", &["check_proof", "engine", "exchange", "fidelity", "mapi", "microsoft365", "practice", "settings"]),
    (
        "gui",
        &[
            "engine",
            "folders",
            "i18n",
            "instance",
            "launcher",
            "preferences",
            "secrets",
            "settings",
            "shelf",
            "words",
        ],
    ),
    ("http", &[]),
    ("i18n", &[]),
    ("instance", &["small_file"]),
    ("launcher", &["engine", "settings"]),
    ("mapi", &[]),
    ("microsoft365", &["engine", "fidelity", "http", "mapi"]),
    ("practice", &["http", "mapi"]),
    ("preferences", &["engine", "folders", "small_file"]),
    ("secrets", &["engine", "http"]),
    ("settings", &["engine", "small_file"]),
    ("shelf", &["engine", "folders", "settings"]),
    ("small_file", &["engine"]),
    ("words", &["engine", "i18n"]),
];

/// The parts of the engine that connectors may name: its ports and its vocabulary, not its works.
const ENGINE_FOR_CONNECTORS: &[&str] = &["port", "recipient", "item", "problem"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all_sources() -> Vec<(String, String)> {
    sources_of("src")
}

/// The sources below a folder of the project, with their paths in it.
fn sources_of(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = Vec::new();
    sources(&root, &mut found);
    assert!(found.len() > 20, "the sources were not found in {folder}");
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    found.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// The code without comments, spaces and the paths' line breaks, so that every spelling of a path looks alike.
fn code_of(text: &str) -> String {
    let lines = text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
    lines.flat_map(|line| line.split_whitespace()).collect()
}

/// The first segments (and the second ones of `engine`) that follow `crate::` or `cutover::`.
fn named(text: &str) -> BTreeSet<String> {
    let code = code_of(text);
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        paths(&code[at + "crate::".len()..], "", &mut names);
    }
    names
}

/// Collects `a`, `a::b` from `a::b::c` and from `{a::b,c::{d,e}}`.
fn paths(rest: &str, before: &str, names: &mut BTreeSet<String>) {
    if let Some(group) = rest.strip_prefix('{') {
        let mut depth = 1;
        let mut start = 0;
        for (at, letter) in group.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 || (depth == 1 && letter == ',') {
                paths(&group[start..at], before, names);
                start = at + 1;
            }
            if depth == 0 {
                return;
            }
        }
        return;
    }
    let end = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
    let name = &rest[..end];
    if name.is_empty() {
        return;
    }
    let full = if before.is_empty() { name.to_owned() } else { format!("{before}::{name}") };
    names.insert(full.clone());
    if before.is_empty()
        && let Some(next) = rest[end..].strip_prefix("::")
    {
        paths(next, &full, names);
    }
}

fn module_of(file: &str) -> String {
    file.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
}

#[test]
fn nobody_knows_whom_they_should_not() {
    let mut wrong = Vec::new();
    for (file, text) in all_sources() {
        let module = module_of(&file);
        if ["main", "lib", "assembly"].contains(&module.as_str()) {
            continue;
        }
        let Some((_, allowed)) = MAY_KNOW.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("{file}: the module {module} is not in the table of this test"));
            continue;
        };
        for name in named(&text) {
            let first = name.split("::").next().unwrap();
            if MAY_KNOW.iter().all(|(known, _)| *known != first) && first != "assembly" {
                continue; // an item of the crate root or a macro of its own
            }
            let judged_by = first == "fidelity" && file.contains("/tests/"); // a codec's tests may weigh content
            if first != module && !allowed.contains(&first) && !judged_by {
                wrong.push(format!("{file}: names crate::{first}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn connectors_know_only_the_engines_ports_and_vocabulary() {
    let mut wrong = Vec::new();
    for (file, text) in all_sources() {
        if !["exchange", "microsoft365", "fidelity"].contains(&module_of(&file).as_str()) {
            continue;
        }
        for name in named(&text) {
            if let Some(part) = name.strip_prefix("engine::")
                && !ENGINE_FOR_CONNECTORS.contains(&part)
            {
                wrong.push(format!("{file}: names crate::{name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn outside_crates_stay_where_they_belong() {
    let homes =
        [("iced", "gui"), ("rfd::", "gui"), ("open::", "gui"), ("keyring_core", "secrets"), ("clap::", "cli")];
    for (file, text) in all_sources() {
        for (outside, home) in homes {
            let module = module_of(&file);
            let excused = module == home || module == "main" || (outside == "clap::" && module == "practice");
            let used = code_of(&text).match_indices(outside).any(|(at, _)| {
                !code_of(&text)[..at]
                    .ends_with(|letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':')
            });
            assert!(!used || excused, "{file} uses {outside}, which belongs to {home}");
        }
    }
}

#[test]
fn every_file_says_what_it_is_and_stays_short() {
    let mut wrong = Vec::new();
    for folder in ["src", "tests"] {
        for (file, text) in sources_of(folder) {
            if !text.starts_with("//!") {
                wrong.push(format!("{folder}/{file}: does not begin with a line that says what it is"));
            }
            let lines = text.lines().count();
            if lines > CEILING {
                wrong.push(format!("{folder}/{file}: {lines} lines, more than {CEILING}"));
            }
            if file.ends_with("mod.rs") {
                wrong.push(format!("{folder}/{file}: module files stand beside their folder"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn paths_are_found_in_every_spelling() {
    let text =
        "use crate::engine::{port::Source, item};\nuse crate::{mapi::Item,\n  http};\nlet x = crate::words::Words;";
    let found = named(text);
    for name in ["engine", "engine::port", "engine::item", "mapi", "mapi::Item", "http", "words"] {
        assert!(found.contains(name), "{name} not in {found:?}");
    }
    assert!(!named("// crate::gui\n").contains("gui"));
}

#[test]
fn the_source_connector_has_no_word_for_changing_anything() {
    // Every operation of Exchange Web Services that changes something in a mailbox.
    let writing = [
        "CreateItem",
        "UpdateItem",
        "DeleteItem",
        "MoveItem",
        "CopyItem",
        "ArchiveItem",
        "SendItem",
        "UploadItems",
        "CreateFolder",
        "UpdateFolder",
        "DeleteFolder",
        "MoveFolder",
        "CopyFolder",
        "EmptyFolder",
        "CreateManagedFolder",
        "CreateAttachment",
        "DeleteAttachment",
        "MarkAllItemsAsRead",
        "MarkAsJunk",
        "ApplyConversationAction",
        "UpdateInboxRules",
        "AddDelegate",
        "UpdateDelegate",
        "RemoveDelegate",
        "SetUserOofSettings",
        "UserConfiguration",
        "SetHoldOnMailboxes",
    ];
    for (file, text) in all_sources() {
        if module_of(&file) == "exchange" {
            let code = text.split("#[cfg(test)]").next().unwrap();
            let code = code_of(code);
            for word in writing {
                assert!(!code.contains(word), "{file} names {word}");
            }
        }
    }
}
