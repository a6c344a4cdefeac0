//! Messages that may be nested to any depth. The parser reads them level by level, but what it gives back would be
//! dropped level inside level, which ends the process where there are too many: here it is taken apart first.

use std::ops::Deref;

use mail_parser::{Message, MessageParser, PartType};

/// A parsed message.
pub(super) struct Deep<'a>(Message<'a>);

/// Parses a message; `None` when there is no header.
pub(super) fn parse(raw: &[u8]) -> Option<Deep<'_>> {
    MessageParser::default().parse(raw).map(Deep)
}

impl<'a> Deref for Deep<'a> {
    type Target = Message<'a>;

    fn deref(&self) -> &Message<'a> {
        &self.0
    }
}

impl Drop for Deep<'_> {
    fn drop(&mut self) {
        let mut waiting = std::mem::take(&mut self.0.parts);
        while let Some(part) = waiting.pop() {
            if let PartType::Message(mut inner) = part.body {
                waiting.append(&mut inner.parts);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn messages_nested_beyond_all_measure_are_read_and_dropped() {
        let level = "From: a@b.example\nContent-Type: message/rfc822\n\n";
        let raw = level.repeat(50_000) + "Subject: innermost\n\nbody\n";
        let mut depth = 0;
        let message = parse(raw.as_bytes()).unwrap();
        let mut at: &Message = &message;
        while let Some(PartType::Message(inner)) = at.parts.first().map(|part| &part.body) {
            (at, depth) = (inner, depth + 1);
        }
        assert_eq!((depth, at.subject()), (50_000, Some("innermost")));
    }
}
