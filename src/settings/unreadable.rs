//! Why a settings file cannot be read, in terms that have words. Of what stands in the file only names of keys are
//! repeated: somebody may have put a password into it.

use std::io;
use std::path::Path;

use super::Settings;
use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// A settings file that cannot be read for this reason; `i18n/` words each.
pub(crate) fn unreadable(file: &Path, reason: &str) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::SettingsUnreadable)
        .with("file", file.display())
        .with("reason", reason)
        .with("line", "")
        .with("key", "")
        .with("expected", "")
}

/// The computer does not hand the file out.
pub(super) fn unopened(file: &Path, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound => unreadable(file, "absent"),
        io::ErrorKind::InvalidData => unreadable(file, "no-text"),
        _ => unreadable(file, "closed").because(error),
    }
}

/// The settings of a file's text. Whether it is TOML at all is asked first: the reader's words about that repeat nothing
/// of the text, unlike those about values that are of the wrong kind.
pub(super) fn parse(text: &str, file: &Path) -> Result<Settings, Problem> {
    toml::from_str::<toml::Table>(text).map_err(|error| no_toml(text, file, &error))?;
    toml::from_str(text).map_err(|error| unfit(text, file, &error))
}

fn no_toml(text: &str, file: &Path, error: &toml::de::Error) -> Problem {
    // A backslash in double quotes, as in "EXAMPLE\migration" or "EXAMPLE\user", where what follows has no meaning.
    let escape = ["escape", "unicode"].iter().any(|word| error.message().contains(word));
    let problem = unreadable(file, if escape { "backslash" } else { "no-toml" });
    let (line, key) = place(text, error);
    problem.with("line", line).with("key", key).because(error.message().replace('\n', ", "))
}

/// A key that is not known or missing, or a value of the wrong kind, which the reader's own words would repeat.
fn unfit(text: &str, file: &Path, error: &toml::de::Error) -> Problem {
    let message = error.message();
    let (line, key) = place(text, error);
    let named = |start: &str| Some(message.strip_prefix(start)?.split_once('`')?.0.to_owned());
    let (reason, key) = match (named("unknown field `"), named("missing field `")) {
        (Some(key), _) => ("unknown-key", key),
        (_, Some(key)) => ("missing-key", key),
        _ if key.is_empty() || within(text, error) => ("value", key),
        _ => (wanted(message), key),
    };
    let expected = if reason == "choice" { choices(message) } else { String::new() };
    unreadable(file, reason).with("line", line).with("key", key).with("expected", expected)
}

fn expected(message: &str) -> &str {
    message.rsplit_once(", expected ").map_or("", |(_, expected)| expected)
}

/// What kind of value is wanted.
fn wanted(message: &str) -> &'static str {
    match expected(message) {
        "usize" => "number",
        "a sequence" => "list",
        choices if choices.contains('`') => "choice",
        text if text.ends_with("string") => "text",
        _ => "value",
    }
}

/// The values there are to choose from.
fn choices(message: &str) -> String {
    let all: Vec<&str> = expected(message).split('`').skip(1).step_by(2).collect();
    all.join(", ")
}

/// The line, and the key that it begins with if it does.
fn place(text: &str, error: &toml::de::Error) -> (usize, String) {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let bare = |key: &&str| !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    let key = line.split_once('=').map(|(key, _)| key.trim()).filter(bare);
    (before.matches('\n').count() + 1, key.unwrap_or_default().to_owned())
}

/// It is about a part of its line's value, such as one of a list.
fn within(text: &str, error: &toml::de::Error) -> bool {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.split_once('=').is_some_and(|(_, value)| !value.trim().is_empty())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SMALL: &str = "[source]\nemail = \"anna@alder.example\"\nuser_name = \"anna\"\naccess = \"delegate\"\nalso = []\n\
                         [target]\ntenant = \"t\"\nclient_id = \"c\"\nusage_location = \"GB\"\n\
                         [run]\nmailboxes_at_a_time = 3\nledger = \"a\"\n";

    /// What the file is refused for, with something else in it.
    fn refused(from: &str, to: &str) -> Problem {
        assert!(SMALL.contains(from));
        parse(&SMALL.replacen(from, to, 1), Path::new("settings.toml")).unwrap_err()
    }

    #[test]
    fn each_reason_has_a_name_a_line_and_a_key() {
        parse(SMALL, Path::new("settings.toml")).unwrap();
        for (from, to, told) in [
            ("\"anna\"\n", "\"ALDER\\migration\"\n", "backslash 3 user_name "),
            ("\"anna\"\n", "\"ALDER\\user\"\n", "backslash 3 user_name "),
            ("[source]", "[source", "no-toml 1  "),
            ("tenant =", "tenant", "no-toml 7  "),
            ("tenant =", "tennant =", "unknown-key 7 tennant "),
            ("[run]", "[runs]", "unknown-key 10 runs "),
            ("tenant = \"t\"\n", "", "missing-key 6 tenant "),
            ("= 3", "= \"3\"", "number 11 mailboxes_at_a_time "),
            ("= 3", "= -3", "number 11 mailboxes_at_a_time "),
            ("\"t\"", "7", "text 7 tenant "),
            ("\"a\"", "7", "text 12 ledger "),
            ("[]", "\"a@b.example\"", "list 5 also "),
            ("[]", "[\n7]", "value 6  "),
            ("[]", "[7]", "value 5 also "),
            ("\"delegate\"", "\"full\"", "choice 4 access delegate, impersonation"),
        ] {
            let values = refused(from, to).values;
            let all = ["reason", "line", "key", "expected"].map(|name| values[name].as_str());
            assert_eq!(all.join(" "), told, "{to}");
        }
    }

    #[test]
    fn no_value_is_repeated_whatever_is_wrong_with_it() {
        for (from, to) in [
            ("access = ", "password = \"hunter2\"\naccess = "),
            ("access = ", "password = hunter2\naccess = "),
            ("access = ", "\"hunter2\naccess = "),
            ("access = ", "access = \"hunter2\\q\"\n#"),
            ("\"delegate\"", "\"hunter2\""),
            ("\"delegate\"", "\"hunter2, expected `hunter2`\""),
            ("\"t\"", "[\"hunter2\"]"),
            ("= 3", "= \"hunter2\""),
            ("[]", "\"hunter2=\""),
            ("[]", "[\n{ a = \"hunter2\" }]"),
        ] {
            let problem = refused(from, to);
            assert!(!problem.to_string().contains("hunter2"), "{problem}");
        }
    }
}
