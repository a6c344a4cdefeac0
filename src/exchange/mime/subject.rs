//! The three properties of a subject: whole, prefix, and what is left of it.

use super::property;
use crate::mapi::{Item, pid};

/// The longest prefix: three characters before the colon (MS-OXCMSG 2.2.1.9).
const PREFIX_CHARACTERS: usize = 3;

/// Sets them; an item without a subject gets none.
pub fn set(item: &mut Item, subject: &str) {
    if subject.is_empty() {
        return;
    }
    let (prefix, rest) = split(subject);
    property::text(item, pid::SUBJECT_PREFIX, prefix);
    property::text(item, pid::NORMALIZED_SUBJECT, rest);
    property::text(item, pid::CONVERSATION_TOPIC, rest);
    property::text(item, pid::SUBJECT, subject);
}

/// One to three characters that are no digits, a colon and a space make a prefix.
fn split(subject: &str) -> (&str, &str) {
    let Some(at) = subject.find(": ") else { return ("", subject) };
    let head = &subject[..at];
    let short = (1..=PREFIX_CHARACTERS).contains(&head.chars().count());
    let plain = head.chars().all(|c| !c.is_ascii_digit() && !c.is_whitespace() && c != ':');
    if short && plain { subject.split_at(at + 2) } else { ("", subject) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes() {
        assert_eq!(split("RE: AW: wichtig"), ("RE: ", "AW: wichtig"));
        assert_eq!(split("Größe: 3"), ("", "Größe: 3"));
        assert_eq!(split("Re:no space"), ("", "Re:no space"));
        assert_eq!(split("1: one"), ("", "1: one"));
        assert_eq!(split(": x"), ("", ": x"));
        assert_eq!(split("回复: 你好"), ("回复: ", "你好"));
    }
}
