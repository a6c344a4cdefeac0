//! Which language to speak: what the system prefers, matched to what the program carries.

use super::LANGUAGES;

/// Regions whose English is American: the United States, its territories, and those who learnt it from there.
const AMERICAN: [&str; 8] = ["US", "AS", "GU", "MP", "PH", "PR", "UM", "VI"];

/// The language for the window: the first of the system's that the program carries, else British English.
pub fn system() -> &'static str {
    let preferred: Vec<_> = sys_locale::get_locales().collect();
    choose(&preferred, &carried())
}

/// The language for the command line: British English where the environment asks for none (scripts do), else the
/// system's. Windows has no such habit; there only what is asked for counts.
pub fn command_line() -> &'static str {
    let asked = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok());
    if asks_for_none(&asked, cfg!(windows)) { LANGUAGES[0].0 } else { system() }
}

fn carried() -> Vec<&'static str> {
    LANGUAGES.iter().map(|(tag, _)| *tag).collect()
}

/// Whether the first variable that is set (or the lack of all) means: no language in particular.
fn asks_for_none(variables: &[Option<String>], unset_means_system: bool) -> bool {
    match variables.iter().flatten().find(|value| !value.is_empty()) {
        Some(value) => matches!(value.split(['.', '@']).next(), Some("C" | "POSIX")),
        None => !unset_means_system,
    }
}

/// The first preferred language that is carried: exactly, or else by language alone. Otherwise the first one carried.
fn choose<'a>(preferred: &[String], carried: &[&'a str]) -> &'a str {
    let fallback = carried.first().copied().unwrap_or_default();
    preferred.iter().find_map(|wanted| carried_for(wanted, carried)).unwrap_or(fallback)
}

fn carried_for<'a>(wanted: &str, carried: &[&'a str]) -> Option<&'a str> {
    let wanted = wanted.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    let exact = |tag: &str| carried.iter().copied().find(|known| known.eq_ignore_ascii_case(tag));
    if let Some(known) = exact(&wanted) {
        return Some(known);
    }
    let (language, rest) = wanted.split_once('-').unwrap_or((&wanted, ""));
    let american = rest.split('-').any(|part| AMERICAN.iter().any(|region| part.eq_ignore_ascii_case(region)));
    if language.eq_ignore_ascii_case("en")
        && american
        && let Some(known) = exact("en-US")
    {
        return Some(known);
    }
    carried.iter().copied().find(|known| {
        let its_language = known.split('-').next().unwrap_or_default();
        its_language.eq_ignore_ascii_case(language)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    const SIX: [&str; 6] = ["en-GB", "en-US", "de", "fr", "es", "ja"];

    fn chosen(preferred: &[&str]) -> &'static str {
        choose(&preferred.iter().map(|tag| (*tag).to_owned()).collect::<Vec<_>>(), &SIX)
    }

    #[test]
    fn the_same_language_is_found() {
        let cases =
            [("en-US", "en-US"), ("de", "de"), ("DE", "de"), ("de-AT", "de"), ("fr-CA", "fr"), ("es-419", "es")];
        for (wanted, expected) in cases {
            assert_eq!(chosen(&[wanted]), expected, "{wanted}");
        }
        assert_eq!(chosen(&["ja_JP.UTF-8"]), "ja");
        assert_eq!(chosen(&["de_DE@euro"]), "de");
        assert_eq!(chosen(&["zh-Hant-TW"]), "en-GB");
    }

    #[test]
    fn english_is_british_except_where_it_is_american() {
        for tag in ["en", "en-GB", "en-CA", "en-AU", "en-IE", "en-150"] {
            assert_eq!(chosen(&[tag]), "en-GB", "{tag}");
        }
        for tag in ["en-US", "en_US.UTF-8", "en-PH", "en-PR", "en-Latn-US"] {
            assert_eq!(chosen(&[tag]), "en-US", "{tag}");
        }
        assert_eq!(choose(&["en-PH".to_owned()], &["en-GB", "de"]), "en-GB");
    }

    #[test]
    fn the_first_language_that_is_carried_wins() {
        assert_eq!(chosen(&["nl-NL", "fr-BE", "de"]), "fr");
        assert_eq!(chosen(&["de-CH", "en-US"]), "de");
        assert_eq!(chosen(&["nl", "tlh"]), "en-GB");
        assert_eq!(chosen(&[]), "en-GB");
        assert_eq!(chosen(&["", "-"]), "en-GB");
    }

    #[test]
    fn the_command_line_knows_when_no_language_is_asked_for() {
        let none = |values: [Option<&str>; 3], windows| {
            asks_for_none(&values.map(|value| value.map(str::to_owned)), windows)
        };
        assert!(none([None, None, None], false) && !none([None, None, None], true));
        assert!(none([None, Some(""), None], false));
        for value in ["C", "POSIX", "C.UTF-8", "C.utf8"] {
            assert!(none([None, None, Some(value)], false), "{value}");
            assert!(none([Some(value), None, Some("de_DE.UTF-8")], true), "{value} comes first");
        }
        assert!(!none([None, None, Some("de_DE.UTF-8")], false));
        assert!(!none([Some(""), Some("fr_FR"), Some("C")], false));
        assert!(!none([None, None, Some("cs_CZ")], false));
    }
}
