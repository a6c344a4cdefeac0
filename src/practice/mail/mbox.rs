//! Taking mbox files apart (RFC 4155 and the mboxrd quoting).
//!
//! A `From ` line separates only where it must: at the start, or after an empty line when it has a time of day and a
//! header field follows. A body line such as "From here on" therefore stays where it is.

use std::borrow::Cow;

use super::recognise::{field_name, is_empty, lines};

/// The messages of an mbox file, without the `From ` lines, unquoted, without the empty line that ends each.
pub(super) fn split(content: &[u8]) -> Vec<Cow<'_, [u8]>> {
    let mut messages = Vec::new();
    let mut message: Option<Vec<u8>> = None;
    let mut after_empty = true;
    let mut lines = lines(content).peekable();
    while let Some(line) = lines.next() {
        let first = message.is_none();
        let separates = first || after_empty && is_separator(line, lines.peek().copied());
        if line.starts_with(b"From ") && separates {
            messages.extend(message.replace(Vec::new()).map(without_last_line));
        } else if let Some(message) = &mut message {
            message.extend_from_slice(unquoted(line));
        }
        after_empty = is_empty(line);
    }
    messages.extend(message.map(without_last_line));
    messages.into_iter().map(Cow::Owned).collect()
}

/// Whether a `From ` line in the middle begins a message.
fn is_separator(line: &[u8], next: Option<&[u8]>) -> bool {
    let has_time = line.split(|byte| *byte == b' ').any(|word| {
        matches!(word, [h, b':', m, n, ..] | [_, h, b':', m, n, ..]
            if h.is_ascii_digit() && m.is_ascii_digit() && n.is_ascii_digit())
    });
    has_time && next.is_some_and(|next| field_name(next).is_some() || next.starts_with(b">From "))
}

/// A line without one level of `>From ` quoting.
fn unquoted(line: &[u8]) -> &[u8] {
    let quotes = line.iter().take_while(|byte| **byte == b'>').count();
    if quotes > 0 && line[quotes..].starts_with(b"From ") { &line[1..] } else { line }
}

fn without_last_line(mut message: Vec<u8>) -> Vec<u8> {
    for end in [b"\r\n\r\n".as_slice(), b"\n\n"] {
        if message.ends_with(end) {
            message.truncate(message.len() - end.len() / 2);
            break;
        }
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_separated_and_unquoted() {
        let text = "From a@b.example Fri May  4 14:05:44 2001\nSubject: one\n\n>From quoted\n>>From twice\n\n\
                    From c@d.example  Fri Nov 26 21:40:36 2004\nSubject: two\n\nFrom here on\nFrom there\n\n\
                    From Monday we are closed\n";
        let messages = split(text.as_bytes());
        assert_eq!(messages.len(), 2);
        assert_eq!(messages[0].as_ref(), b"Subject: one\n\nFrom quoted\n>From twice\n");
        assert!(messages[1].ends_with(b"From here on\nFrom there\n\nFrom Monday we are closed\n"));
    }

    #[test]
    fn line_ends_of_windows_are_fine() {
        let text = "From a Fri May  4 14:05:44 2001\r\nSubject: one\r\n\r\nx\r\n\r\nFrom b Fri May  4 4:05 2001\r\nTo: c\r\n\r\n";
        let messages = split(text.as_bytes());
        assert_eq!(messages.len(), 2);
        assert_eq!(messages[0].as_ref(), b"Subject: one\r\n\r\nx\r\n");
    }

    #[test]
    fn a_header_quoted_in_a_body_does_not_separate() {
        let text = "From a Fri May  4 14:05:44 2001\nSubject: one\n\nsee:\n\nFrom bob to me\nSubject: quoted\n";
        assert_eq!(split(text.as_bytes()).len(), 1);
    }
}
