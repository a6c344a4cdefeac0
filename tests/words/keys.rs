//! Whoever says a message says one that exists, every message of the window is said somewhere, and the letters that press
//! buttons stand in their labels.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cutover::i18n::{LANGUAGES, names};
use cutover::words::Words;

use super::{messages, messages_of, sources};

/// The files of every language, in their order in [`LANGUAGES`]; keys of the window's begin with their file's name.
const FILES: [&str; 7] = ["cutover", "window", "welcome", "connect", "review", "run", "complete"];

/// Keys whose names the program puts together at run time: a whole key, or how such keys begin (with a dash at the end).
const COMPOSED: &[&str] = &["window-step-"];

/// Words that all pages share. They stay even when no page happens to need them.
const SHARED: &[&str] = &[
    "window-back",
    "window-next",
    "window-cancel",
    "window-close",
    "window-browse",
    "window-copy",
    "window-details",
    "window-retry",
];

/// What a button's letter must differ from on every page: the footer is always there.
const FOOTER: [&str; 3] = ["window-back", "window-next", "window-cancel"];

#[test]
fn the_windows_keys_begin_with_their_files_name() {
    for (tag, files) in LANGUAGES {
        for (file, text) in FILES.iter().zip(*files).skip(1) {
            for key in messages_of(text).into_keys() {
                let fine = key.starts_with(&format!("{file}-")) || key == "language-name";
                assert!(fine, "{tag}: {key} does not belong in {file}.ftl");
            }
        }
    }
}

#[test]
fn every_language_names_itself() {
    let names = names();
    assert_eq!(names[0], ("en-GB", "English (UK)".to_owned()));
    let different: BTreeSet<_> = names.iter().map(|(_, name)| name).collect();
    assert_eq!(different.len(), LANGUAGES.len(), "{names:?}");
    assert!(!different.contains(&"language-name".to_owned()));
}

#[test]
fn access_letters_stand_in_their_labels_and_differ_from_the_footers() {
    for (tag, files) in LANGUAGES {
        let words = Words::new(tag);
        let footer = FOOTER.map(|key| letter(&words, tag, key));
        for (file, text) in FILES.iter().zip(*files) {
            let mut taken = BTreeMap::new();
            for key in messages_of(text).into_keys() {
                let Some(key) = key.strip_suffix(".access") else { continue };
                let letter = letter(&words, tag, key);
                assert!(
                    !footer.contains(&letter) || FOOTER.contains(&key),
                    "{tag}: {letter} of {key} is the footer's"
                );
                if *file == "window" {
                    let other = taken.insert(letter, key.to_owned());
                    assert!(other.is_none(), "{tag}: {letter} presses {key} and {other:?}");
                }
            }
        }
    }
}

fn letter(words: &Words, tag: &str, key: &str) -> char {
    let (label, access) = (words.text(key, &[]), words.text(&format!("{key}.access"), &[]));
    let mut letters = access.chars().flat_map(char::to_lowercase);
    let (Some(letter), None) = (letters.next(), letters.next()) else { panic!("{tag}: {key} has “{access}”") };
    assert!(
        letter.is_alphanumeric() && label.to_lowercase().contains(letter),
        "{tag}: no {access} in {key} “{label}”"
    );
    letter
}

#[test]
fn every_key_that_is_said_exists_and_every_key_of_the_window_is_said() {
    let known = messages(LANGUAGES[0].1);
    let mut said = BTreeSet::new();
    let formats = |literal: &Literal| literal.text.starts_with("format-");
    let literals = literals_of(&["src/gui", "src/cli", "src/words"]);
    for (file, literal) in literals.into_iter().filter(|(_, literal)| !formats(literal)) {
        if looks_like_a_key(&literal.text) && (literal.is_said || belongs_to_the_window(&literal.text)) {
            assert!(known.contains_key(&literal.text), "{file} says {}, which is no message", literal.text);
            said.insert(literal.text);
        } else if let Some((start, _)) =
            literal.text.split_once('{').filter(|(start, _)| belongs_to_the_window(start))
        {
            assert!(COMPOSED.contains(&start), "{file} puts together {}, which is not in COMPOSED", literal.text);
        }
    }
    assert!(said.len() > 20, "{} keys were found", said.len());
    let composed = |key: &str| COMPOSED.iter().any(|start| key.starts_with(start));
    for text in &LANGUAGES[0].1[1..] {
        for key in messages_of(text).into_keys().filter(|key| !key.contains('.') && key != "language-name") {
            let attribute = format!("{key}.");
            let used = said.iter().any(|said| *said == key || said.starts_with(&attribute));
            assert!(used || composed(&key) || SHARED.contains(&key.as_str()), "nobody says {key}");
        }
    }
    for key in SHARED {
        assert!(known.contains_key(*key), "{key} is no message");
    }
    for start in COMPOSED {
        assert!(known.keys().any(|key| key.starts_with(start)), "no message begins with {start}");
    }
}

fn belongs_to_the_window(text: &str) -> bool {
    text.split_once('-').is_some_and(|(file, _)| FILES[1..].contains(&file))
}

/// Whether a literal is spelt like a key: words in small letters with dashes between them, perhaps an attribute.
fn looks_like_a_key(text: &str) -> bool {
    let mut parts = text.split(['-', '.']);
    text.contains('-')
        && text.matches('.').count() <= 1
        && parts.all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

/// A string literal of the sources.
#[derive(Debug, PartialEq)]
struct Literal {
    text: String,
    /// It is the first argument of what turns keys into sentences.
    is_said: bool,
}

fn literals_of(places: &[&str]) -> Vec<(String, Literal)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for place in places {
        let mut files = sources(&root.join(place));
        let top = format!("{place}.rs");
        files.push((top.clone(), std::fs::read_to_string(root.join(top)).unwrap()));
        for (file, text) in files {
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
            found.extend(literals(code).into_iter().map(|literal| (file.clone(), literal)));
        }
    }
    found
}

/// The plain string literals of code, without those in comments.
fn literals(code: &str) -> Vec<Literal> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(next) = code[at..].find(['"', '/', '\'']).map(|next| at + next) {
        let rest = &code[next..];
        at = if rest.starts_with("//") {
            next + rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\\"'") {
            next + rest[1..].find("'").unwrap() + 2
        } else if let Some(inside) = rest.strip_prefix('"') {
            let text = &inside[..end_of_literal(inside)];
            let before = code[..next].trim_end();
            let is_said = ["say(", "tell(", "text("].iter().any(|call| before.ends_with(call));
            found.push(Literal { text: text.to_owned(), is_said });
            next + text.len() + 2
        } else {
            next + 1
        };
    }
    found
}

fn end_of_literal(inside: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in inside.char_indices() {
        match letter {
            '"' if !escaped => return at,
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    inside.len()
}

#[test]
fn literals_are_found_and_comments_are_not() {
    let code = "// \"no-key\"\nshow.say(\n    \"a-key\", &[]);\nlet c = '\"'; f('\\\"', \"an \\\"other\\\"\"); look.tell(\"b.c\"";
    let said = |text: &str, is_said| Literal { text: text.to_owned(), is_said };
    assert_eq!(literals(code), [said("a-key", true), said("an \\\"other\\\"", false), said("b.c", true)]);
    assert!(looks_like_a_key("run-stop.access") && looks_like_a_key("cli-books"));
    for other in ["run", "Run-now", "run-", "run-stop.", "a b-c", "run-{state}"] {
        assert!(!looks_like_a_key(other), "{other}");
    }
}
