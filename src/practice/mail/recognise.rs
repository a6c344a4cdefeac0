//! What a file is, told from its content: a message, an mbox file with several, or no mail.
//!
//! A message begins with header fields, of which at least one is a field that only mail has. What stands before them is
//! forgiven where it is clear what it is: a byte order mark, empty lines, a `From ` or `>From ` line.

use std::borrow::Cow;

use super::mbox;

/// Header fields that make a text a message, in lower case.
const TELLING: [&str; 16] = [
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "received",
    "message-id",
    "mime-version",
    "content-type",
    "return-path",
    "delivered-to",
    "reply-to",
    "sender",
    "in-reply-to",
    "references",
    "resent-from",
];
/// Empty lines at the start that are forgiven.
const EMPTY_LINES: usize = 3;
/// The longest header field name; no registered one comes near.
const LONGEST_NAME: usize = 100;

/// What is in a file.
pub(super) struct Content<'a> {
    /// The messages, each ready for the parser; none when the file is no mail.
    pub messages: Vec<Cow<'a, [u8]>>,
    /// Parts of an mbox file with messages that are none.
    pub others: usize,
}

/// What is in a file. In an mbox file with at least one message, any header field makes a message.
pub(super) fn messages(content: &[u8]) -> Content<'_> {
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
    let start = first_line(content);
    let parts = match content[start..].starts_with(b"From ") {
        true => mbox::split(&content[start..]),
        false => vec![Cow::Borrowed(content)],
    };
    let (found, count) = (parts.iter().any(|part| tells(part)), parts.len());
    let messages: Vec<_> = parts.into_iter().filter(|_| found).filter_map(message).collect();
    let others = if found { count - messages.len() } else { 0 };
    Content { messages, others }
}

/// Where the first line that is not empty begins.
fn first_line(content: &[u8]) -> usize {
    let mut at = 0;
    for _ in 0..EMPTY_LINES {
        match content.get(at..) {
            Some([b'\n', ..]) => at += 1,
            Some([b'\r', b'\n', ..]) => at += 2,
            _ => break,
        }
    }
    at
}

/// Where the first header field begins.
fn header_start(content: &[u8]) -> usize {
    let start = first_line(content);
    let envelope = content[start..].starts_with(b">From ");
    start + if envelope { lines(&content[start..]).next().map_or(0, <[u8]>::len) } else { 0 }
}

/// Whether a header has a field that only mail has.
fn tells(content: &[u8]) -> bool {
    let rest = &content[header_start(content)..];
    let telling = |name: &[u8]| TELLING.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
    lines(&rest[..fields_length(rest)]).filter_map(field_name).any(telling)
}

/// The message from its first header field on, if it has one. Where the empty line between header and body is missing,
/// it is put in, so that the body is not taken for broken header fields.
fn message(content: Cow<'_, [u8]>) -> Option<Cow<'_, [u8]>> {
    let start = header_start(&content);
    let end = start + Some(fields_length(&content[start..])).filter(|length| *length > 0)?;
    if needs_separator(&content[end..]) {
        return Some(Cow::Owned([&content[start..end], b"\n", &content[end..]].concat()));
    }
    Some(match content {
        Cow::Borrowed(content) => Cow::Borrowed(&content[start..]),
        Cow::Owned(content) => Cow::Owned(content[start..].to_vec()),
    })
}

/// Bytes of the header fields at the start, with their folded lines.
fn fields_length(content: &[u8]) -> usize {
    let mut length = 0;
    for line in lines(content) {
        let folded = length > 0 && matches!(line.first(), Some(b' ' | b'\t')) && !line.trim_ascii().is_empty();
        if field_name(line).is_none() && !folded {
            break;
        }
        length += line.len();
    }
    length
}

/// What the parser took for broken header fields although it is the body: lines after the fields, without an empty line
/// between them.
pub(super) fn body_in_header(header: &[u8]) -> &[u8] {
    let rest = &header[fields_length(header)..];
    if needs_separator(rest) { rest } else { &[] }
}

/// Whether a body follows without an empty line. Where more header fields follow, only a line among them is broken.
fn needs_separator(rest: &[u8]) -> bool {
    let mut header = lines(rest).take_while(|line| !is_empty(line)).peekable();
    header.peek().is_some() && !header.any(|line| field_name(line).is_some())
}

/// The name of the header field that a line begins (RFC 5322 2.2: printable ASCII without colon; blanks before the
/// colon are obsolete but allowed).
pub(super) fn field_name(line: &[u8]) -> Option<&[u8]> {
    let colon = line.iter().take(LONGEST_NAME).position(|byte| *byte == b':')?;
    let name = line[..colon].trim_ascii_end();
    (!name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic())).then_some(name)
}

/// Whether a line is empty.
pub(super) fn is_empty(line: &[u8]) -> bool {
    matches!(line, b"\n" | b"\r\n" | b"")
}

/// The lines with their ends.
pub(super) fn lines(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content.split_inclusive(|byte| *byte == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(content: &str) -> usize {
        messages(content.as_bytes()).messages.len()
    }

    #[test]
    fn messages_are_told_from_other_texts() {
        assert_eq!(count("From: a@b.example\nSubject: x\n\nbody\n"), 1);
        assert_eq!(count("Content-Type: text/plain\n\nonly a part\n"), 1);
        assert_eq!(count("\r\n\nSUBJECT : late\r\n\r\nbody"), 1);
        assert_eq!(count(">From somebody Fri May  4\nTo: a@b.example\n\nx"), 1);
        assert_eq!(count("\u{feff}From: a@b.example\n\n"), 1);
        for other in [
            "",
            "\n\n\n\n",
            "Send Ppp mailing list submissions to\n\tppp@zzz.org\n\nTo: x\n",
            "# Title\n\nFrom: here\n",
            "name: x\nversion: 1\n",
            "def from(x):\n    to: int\n",
            "#define python_width 16\n",
            "RIFF$\0\0\0WAVE",
            "\"Subject: quoted\"\n",
            "HTTP/1.1 200 OK\nContent-Type: text/html\n",
            "From here on, it is text.\nTo: be\n",
        ] {
            let expected = usize::from(other.starts_with("From here"));
            assert!(count(other) <= expected, "{other}");
        }
    }

    #[test]
    fn a_missing_separator_is_put_in() {
        let Content { messages, .. } = messages(b"From: a\nSubject: b\ncounter to the rules\nbody\n");
        assert_eq!(messages[0].as_ref(), b"From: a\nSubject: b\n\ncounter to the rules\nbody\n");
    }

    #[test]
    fn one_broken_line_among_header_fields_is_left_to_the_parser() {
        let text = b"From: a\nbroken line\nSubject: b\n\nbody\n";
        assert_eq!(messages(text).messages[0].as_ref(), text);
    }
}
