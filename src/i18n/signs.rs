//! The signs within numbers: between whole and part, and between groups of three digits.

use std::convert::Infallible;

use fluent_bundle::FluentValue;
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use super::Messages;

/// The signs of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    decimal: String,
    group: String,
    /// Numbers with fewer digits are not grouped.
    group_from: usize,
}

impl Signs {
    /// The signs of a language; British ones if the program does not know them.
    pub fn new(tag: &str) -> Signs {
        let formats = Messages::formats(tag);
        let sign = |key| formats.text(key, &[]);
        Signs {
            decimal: sign("format-decimal-sign"),
            group: sign("format-group-sign"),
            // A test proves that every language gives a number.
            group_from: sign("format-group-from").parse().unwrap_or(4),
        }
    }

    /// A number as Rust writes it (`-1234.5`) with this language's signs.
    pub fn apply(&self, plain: &str) -> String {
        let digits = plain.strip_prefix('-').unwrap_or(plain);
        let minus = &plain[..plain.len() - digits.len()];
        let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
        let mut text = minus.to_owned();
        for (at, digit) in whole.char_indices() {
            let left = whole.len() - at;
            if at > 0 && left.is_multiple_of(3) && whole.len() >= self.group_from {
                text.push_str(&self.group);
            }
            text.push(digit);
        }
        if let Some(part) = part {
            text.push_str(&self.decimal);
            text.push_str(part);
        }
        text
    }
}

impl Memoizable for Signs {
    type Args = ();
    type Error = Infallible;

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Signs, Infallible> {
        Ok(Signs::new(&language.to_string()))
    }
}

/// Writes the numbers within messages. The bundle still sees them as numbers when it chooses a plural.
pub(super) fn number_in_words(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    if !number.value.is_finite() {
        return None;
    }
    memoizer.with_try_get::<Signs, _, _>((), |signs| signs.apply(&number.as_string())).ok()
}
