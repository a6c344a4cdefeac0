//! Names for files and folders that Windows, macOS and Linux all take, out of subjects and folder names that may hold
//! anything.

use jiff::Timestamp;

/// Letters of a folder's name at most.
const LONGEST_FOLDER: usize = 60;
/// Letters of a file's name at most, without number and ending.
const LONGEST_FILE: usize = 100;
/// Bytes of either in UTF-8 at most: systems take 255, and a number and an ending come after it.
const MOST_BYTES: usize = 200;
/// Letters of all folders of a path together at most; deeper levels are left out.
const LONGEST_PATH: usize = 160;
/// Names of devices on Windows, whatever follows after a dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
/// Devices that are numbered.
const NUMBERED: [&str; 2] = ["com", "lpt"];
/// What stands for anything that cannot be.
const INSTEAD: char = '_';

/// The folders below the one that was chosen.
pub(super) fn folders(mailbox: &str, path: &[String]) -> Vec<String> {
    let mut left = LONGEST_PATH;
    let names =
        std::iter::once(mailbox).chain(path.iter().map(String::as_str)).map(|name| safe(name, LONGEST_FOLDER));
    names
        .take_while(|name| {
            let fits = name.chars().count() < left;
            left = left.saturating_sub(name.chars().count() + 1);
            fits
        })
        .collect()
}

/// A file's name without number and ending: date and subject.
pub(super) fn file(date: Option<i64>, subject: &str) -> String {
    let day = date.and_then(|seconds| Timestamp::from_second(seconds).ok());
    let day = day.map(|time| time.strftime("%Y-%m-%d").to_string()).unwrap_or_default();
    safe(format!("{day} {subject}").trim(), LONGEST_FILE)
}

fn safe(name: &str, longest: usize) -> String {
    let plain: String = name.chars().map(|letter| if forbidden(letter) { INSTEAD } else { letter }).collect();
    let mut kept = String::new();
    for letter in plain.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(longest) {
        if kept.len() + letter.len_utf8() > MOST_BYTES {
            break;
        }
        kept.push(letter);
    }
    // Windows drops dots and spaces at the end; a dot at the beginning hides.
    let kept = kept.trim_matches([' ', '.']);
    if kept.is_empty() {
        return INSTEAD.to_string();
    }
    if is_device(kept) { format!("{INSTEAD}{kept}") } else { kept.to_owned() }
}

/// Separators, wildcards, control characters, and those that turn the writing around or cannot be seen.
fn forbidden(letter: char) -> bool {
    letter.is_control() && !letter.is_whitespace()
        || "<>:\"/\\|?*".contains(letter)
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let numbered = NUMBERED.iter().any(|device| {
        let mut number = stem.strip_prefix(device).unwrap_or_default().chars();
        matches!(number.next(), Some('0'..='9' | '¹' | '²' | '³')) && number.next().is_none()
    });
    numbered || DEVICES.contains(&stem.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ones_that_every_system_takes() {
        for (given, expected) in [
            ("RE: a/b\\c?", "RE_ a_b_c_"),
            ("..", "_"),
            ("", "_"),
            (" \t\r\n ", "_"),
            ("...hidden. . .", "hidden"),
            ("con", "_con"),
            ("COM1.txt", "_COM1.txt"),
            ("Com²", "_Com²"),
            ("CONSOLE", "CONSOLE"),
            ("com10", "com10"),
            ("aux .x", "_aux .x"),
            ("two\r\nlines\tand  spaces", "two lines and spaces"),
            ("gpj\u{202e}exe", "gpj_exe"),
            ("nul\0", "nul_"),
            ("Angebot „Müller“ 日本語", "Angebot „Müller“ 日本語"),
        ] {
            assert_eq!(safe(given, 100), expected, "{given:?}");
        }
        let long = safe(&"語".repeat(300), LONGEST_FILE);
        assert!(long.len() <= MOST_BYTES && long.chars().count() > 50, "{long}");
        assert_eq!(safe(&"a".repeat(300), LONGEST_FILE).len(), LONGEST_FILE);
        assert_eq!(safe(&format!("{} .x", "a".repeat(99)), LONGEST_FILE), "a".repeat(99), "no space at the end");
    }

    #[test]
    fn files_are_named_by_date_and_subject_and_folders_stay_short() {
        assert_eq!(file(Some(1_700_000_000), "Hello: you"), "2023-11-14 Hello_ you");
        assert_eq!(file(None, "CON"), "_CON");
        assert_eq!(file(Some(0), ""), "1970-01-01");
        assert_eq!(file(Some(i64::MAX), ""), "_");
        let path: Vec<String> = ["..", "Projects", "a/b"].map(str::to_owned).to_vec();
        assert_eq!(folders("anna@contoso.com", &path), ["anna@contoso.com", "_", "Projects", "a_b"]);
        let deep = folders("anna@contoso.com", &vec!["a long name of a folder".to_owned(); 50]);
        assert!(deep.len() > 3 && deep.join("/").len() <= LONGEST_PATH, "{deep:?}");
    }
}
