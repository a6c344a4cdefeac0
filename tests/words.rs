//! Every problem has words and a remedy in every language, with the same blanks; every message parses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::i18n::{FORMATS, LANGUAGES};
use cutover::words::Words;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

#[path = "words/keys.rs"]
mod keys;

type Blanks = BTreeMap<String, BTreeSet<String>>;

fn blanks_of(pattern: &Pattern<&str>, blanks: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => blanks_inline(inline, blanks),
                Expression::Select { selector, variants } => {
                    blanks_inline(selector, blanks);
                    variants.iter().for_each(|variant| blanks_of(&variant.value, blanks));
                }
            }
        }
    }
}

fn blanks_inline(inline: &InlineExpression<&str>, blanks: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => drop(blanks.insert(id.name.to_owned())),
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = expression.as_ref() {
                blanks_inline(inner, blanks);
            }
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            arguments.positional.iter().for_each(|argument| blanks_inline(argument, blanks));
        }
        _ => {}
    }
}

/// What the files of a language hold together. No key stands twice in them.
fn messages(files: &[&str]) -> Blanks {
    let mut found = Blanks::new();
    for file in files {
        for (key, blanks) in messages_of(file) {
            assert!(found.insert(key.clone(), blanks).is_none(), "{key} stands in two files");
        }
    }
    found
}

fn messages_of(file: &str) -> Blanks {
    let resource = fluent_syntax::parser::parse(file).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut found = Blanks::new();
    for entry in resource.body {
        if let Entry::Message(message) = entry {
            let mut blanks = BTreeSet::new();
            message.value.iter().for_each(|value| blanks_of(value, &mut blanks));
            assert!(found.insert(message.id.name.to_owned(), blanks).is_none(), "{} stands twice", message.id.name);
            for attribute in &message.attributes {
                let mut blanks = BTreeSet::new();
                blanks_of(&attribute.value, &mut blanks);
                found.insert(format!("{}.{}", message.id.name, attribute.id.name), blanks);
            }
        }
    }
    found
}

#[test]
fn every_problem_has_words_and_a_remedy_in_every_language() {
    for (tag, files) in LANGUAGES {
        let known = messages(files);
        for guidance in Guidance::ALL {
            for key in [guidance.key().to_owned(), format!("{}.remedy", guidance.key())] {
                assert!(known.contains_key(&key), "{tag} lacks {key}");
            }
        }
    }
}

#[test]
fn all_languages_have_the_same_messages_with_the_same_blanks() {
    let source = messages(LANGUAGES[0].1);
    for (tag, files) in &LANGUAGES[1..] {
        let theirs = messages(files);
        let missing: Vec<_> = source.iter().filter(|(key, _)| !theirs.contains_key(*key)).collect();
        let invented: Vec<_> = theirs.iter().filter(|(key, _)| !source.contains_key(*key)).collect();
        assert!(missing.is_empty() && invented.is_empty(), "{tag} lacks {missing:?} and invents {invented:?}");
        for (key, blanks) in &source {
            assert_eq!(&theirs[key], blanks, "{tag}: {key} has other blanks than in {}", LANGUAGES[0].0);
        }
    }
}

/// What the program fills in for those formats of which languages use different parts.
const PARTS: [(&str, &[&str]); 2] = [
    ("format-date", &["day", "month", "year"]),
    ("format-time", &["hour", "hour-two", "hour-twelve", "half", "minute"]),
];

#[test]
fn all_languages_have_the_same_formats_and_only_blanks_that_are_filled() {
    let source = messages_of(FORMATS[0].1);
    for (tag, file) in FORMATS {
        let formats = messages_of(file);
        assert!(formats.keys().eq(source.keys()), "{tag} has other formats than {}", FORMATS[0].0);
        for (key, blanks) in formats {
            match PARTS.iter().find(|(parted, _)| *parted == key) {
                Some((_, filled)) => {
                    assert!(blanks.iter().all(|blank| filled.contains(&blank.as_str())), "{tag}: {key}")
                }
                None => assert_eq!(blanks, source[&key], "{tag}: {key}"),
            }
        }
    }
    for (tag, files) in LANGUAGES {
        assert!(FORMATS.iter().any(|(known, _)| known == tag), "{tag} has no formats");
        assert!(messages(files).keys().all(|key| !source.contains_key(key)), "{tag} has a format among its messages");
    }
}

#[test]
fn blanks_are_filled_and_settings_get_their_own_remedy() {
    let words = Words::new("en-GB");
    let problem = Problem::new(Kind::Run, Side::Here, Guidance::SettingsInvalid)
        .with("file", "a.toml")
        .with("setting", "run.mailboxes_at_a_time")
        .with("rule", "simultaneous")
        .with("given", "11");
    assert!(words.message(&problem).contains("a.toml"), "{}", words.message(&problem));
    assert!(words.message(&problem).contains("11"));
    assert_eq!(words.remedy(&problem), "Enter a number from 1 to 10.");
    let other = Problem::new(Kind::Run, Side::Source, Guidance::SourceUnknownHost).with("host", "mail.alder.example");
    assert!(words.message(&other).contains("“mail.alder.example”"));
}

#[test]
fn no_message_is_shown_with_the_name_of_a_blank() {
    let words = Words::new("en-GB");
    for guidance in Guidance::ALL {
        let problem = Problem::new(Kind::Run, Side::Here, *guidance);
        for text in [words.message(&problem), words.remedy(&problem)] {
            assert!(!text.contains("{$") && !text.contains("{ $"), "{text}");
        }
    }
    let busy = Problem::new(Kind::Run, Side::Source, Guidance::SourceAccessDenied).with("user", "ALDER\\mig");
    assert!(words.message(&busy).contains("“ALDER\\mig” may not open the mailbox … on"), "{}", words.message(&busy));
}

#[test]
fn keys_lead_back_to_their_cause() {
    for guidance in Guidance::ALL {
        assert_eq!(Guidance::from_key(guidance.key()), Some(*guidance));
    }
    assert_eq!(Guidance::from_key("no-such"), None);
}

/// A problem built anywhere in the sources must fill the blanks that its words have.
#[test]
fn whoever_makes_a_problem_fills_its_blanks() {
    let known = messages(LANGUAGES[0].1);
    let mut made = 0;
    for (file, text) in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for guidance in Guidance::ALL {
            let name = format!("{guidance:?}");
            if !makes(code, &name) {
                continue;
            }
            made += 1;
            let blanks =
                [guidance.key().to_owned(), format!("{}.remedy", guidance.key())].map(|key| known[&key].clone());
            for blank in blanks.into_iter().flatten() {
                let elsewhere = FILLED_BY_THE_CALLER.contains(&(name.as_str(), blank.as_str()));
                assert!(elsewhere || code.contains(&format!(".with(\"{blank}\"")), "{file}: {name} lacks {blank}");
            }
        }
    }
    assert!(made > 100, "{made} places were found");
}

/// Blanks that only the settings' reader can fill: it knows the file.
const FILLED_BY_THE_CALLER: [(&str, &str); 2] = [("SettingsInvalid", "file"), ("CertificateUnreadable", "file")];

/// Whether code names a cause to make a problem of it, not only to recognise one.
fn makes(code: &str, name: &str) -> bool {
    let spellings = [format!("Guidance::{name}"), format!("G::{name}")];
    let mut places = spellings.iter().flat_map(|spelling| code.match_indices(spelling.as_str()));
    places.any(|(at, spelling)| {
        let (before, after) = (code[..at].trim_end(), code[at + spelling.len()..].trim_start());
        let whole = !after.starts_with(|letter: char| letter.is_alphanumeric());
        let pattern = after.starts_with("=>") || after.starts_with('|') || after.starts_with("if ");
        let only_its_key = after.starts_with(".key()");
        whole && !pattern && !only_its_key && (before.ends_with([',', '(', '{']) || before.ends_with("=>"))
    })
}

fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let tests = path.file_stem().is_some_and(|stem| stem == "tests");
        if path.is_dir() && !tests {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") && !tests {
            found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
        }
    }
    found
}

#[test]
fn the_causes_documentation_names_the_blanks_of_their_words() {
    let text = include_str!("../src/engine/problem.rs");
    let known = messages(LANGUAGES[0].1);
    let mut documented = BTreeSet::new();
    for line in text.lines().map(str::trim) {
        if let Some(comment) = line.strip_prefix("///") {
            if let Some((_, values)) = comment.split_once("Values:") {
                documented = values.trim().trim_end_matches('.').split(", ").map(str::to_owned).collect();
            }
        } else if let Some((_, key)) = line.split_once(" = \"") {
            let Some(key) = key.strip_suffix("\",") else { continue };
            for part in [key.to_owned(), format!("{key}.remedy")] {
                let missing: Vec<_> = known[&part].difference(&documented).collect();
                assert!(missing.is_empty(), "{part} has blanks that the cause does not name: {missing:?}");
            }
            documented.clear();
        }
    }
}

/// In French a space stands before `: ; ! ?` and within quotation marks; a line must not break there.
#[test]
fn french_signs_do_not_begin_a_line() {
    let (_, files) = LANGUAGES.iter().find(|(tag, _)| *tag == "fr").unwrap();
    let words = files.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#'));
    let breaks = [" :", " ;", " !", " ?", " »", "« "];
    let loose: Vec<&str> = words.filter(|line| breaks.iter().any(|sign| line.contains(sign))).collect();
    assert!(loose.is_empty(), "{loose:#?}");
}
