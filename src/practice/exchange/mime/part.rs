//! The parts of a MIME message and how they are written: encoded words, RFC 2231 names, base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::fmt::Write as _;

use crate::practice::exchange::fields::people::Person;

/// Longest line of a header, in characters, before it is folded.
const LINE: usize = 76;
/// Bytes that one encoded word holds, so that it stays below 75 characters.
const WORD: usize = 42;
/// Longest line that is sent unencoded.
const LONGEST_LINE: usize = 998;

/// What boundaries end in. Base64 has no underscore, and text with this in it is encoded.
const BOUNDARY: &str = "_practice_exchange_";

/// A part.
pub(super) struct Part {
    headers: Vec<(&'static str, String)>,
    content: Content,
}

enum Content {
    Bytes(Vec<u8>),
    Parts(&'static str, Vec<Part>),
}

impl Part {
    /// Text in UTF-8: as it is if every mail server would leave it alone, else base64.
    pub(super) fn text(kind: &str, text: &str) -> Part {
        Part::text_with(format!("{kind}; charset=\"utf-8\""), text)
    }

    /// Text with a content type of its own.
    pub(super) fn text_with(content_type: String, text: &str) -> Part {
        let harmless =
            text.is_ascii() && text.lines().all(|line| line.len() <= LONGEST_LINE && !line.starts_with("From "));
        let lines = text.replace("\r\n", "\n");
        let harmless = harmless && !lines.contains(['\r', '\0']) && !lines.contains(BOUNDARY);
        let (encoding, bytes) = if harmless {
            ("7bit", lines.replace('\n', "\r\n").into_bytes())
        } else {
            ("base64", base64_lines(text.as_bytes()))
        };
        let headers = vec![("Content-Type", content_type), ("Content-Transfer-Encoding", encoding.to_owned())];
        Part { headers, content: Content::Bytes(bytes) }
    }

    /// An attached file.
    pub(super) fn file(kind: &str, name: Option<&str>, data: &[u8], id: Option<&str>, inline: bool) -> Part {
        let disposition = if inline { "inline" } else { "attachment" };
        let parameter = |key: &str| name.map(|name| parameter(key, name)).unwrap_or_default();
        let mut headers = vec![
            ("Content-Type", format!("{kind}{}", parameter("name"))),
            ("Content-Disposition", format!("{disposition}{}", parameter("filename"))),
            ("Content-Transfer-Encoding", "base64".to_owned()),
        ];
        if let Some(id) = id {
            headers.push(("Content-ID", format!("<{}>", id.trim_matches(['<', '>']))));
        }
        Part { headers, content: Content::Bytes(base64_lines(data)) }
    }

    /// An attached message.
    pub(super) fn message(bytes: Vec<u8>, name: &str) -> Part {
        let headers = vec![
            ("Content-Type", format!("message/rfc822{}", parameter("name", name))),
            ("Content-Disposition", format!("attachment{}", parameter("filename", name))),
        ];
        Part { headers, content: Content::Bytes(bytes) }
    }

    /// Several parts; a single one stands for itself.
    pub(super) fn multi(kind: &'static str, mut parts: Vec<Part>) -> Part {
        match (parts.len(), parts.pop()) {
            (1, Some(only)) => only,
            (_, Some(last)) => {
                parts.push(last);
                Part { headers: Vec::new(), content: Content::Parts(kind, parts) }
            }
            (_, None) => Part { headers: Vec::new(), content: Content::Parts(kind, parts) },
        }
    }

    /// Writes header fields, empty line and content. `boundaries` counts the boundaries used.
    pub(super) fn write(self, boundaries: &mut usize, out: &mut Vec<u8>) {
        match self.content {
            Content::Bytes(bytes) => {
                for (name, value) in self.headers {
                    header(name, &value, out);
                }
                out.extend(b"\r\n");
                out.extend(bytes);
            }
            Content::Parts(kind, parts) => {
                *boundaries += 1;
                let boundary = format!("_{boundaries:03}{BOUNDARY}");
                header("Content-Type", &format!("{kind}; boundary=\"{boundary}\""), out);
                for part in parts {
                    out.extend(format!("\r\n--{boundary}\r\n").bytes());
                    part.write(boundaries, out);
                }
                out.extend(format!("\r\n--{boundary}--\r\n").bytes());
            }
        }
    }
}

fn base64_lines(bytes: &[u8]) -> Vec<u8> {
    let text = STANDARD.encode(bytes).into_bytes();
    let mut out = Vec::with_capacity(text.len() + text.len() / LINE * 2 + 2);
    for line in text.chunks(LINE) {
        out.extend(line);
        out.extend(b"\r\n");
    }
    out
}

/// Writes a header field, folded at spaces; line breaks inside the value are taken out.
pub(super) fn header(name: &str, value: &str, out: &mut Vec<u8>) {
    let value = value.replace(['\r', '\n', '\0'], " ");
    let mut line = format!("{name}:");
    for word in value.split(' ') {
        if line.len() + 1 + word.len() > LINE && !line.trim().is_empty() && line.len() > name.len() + 1 {
            out.extend(line.bytes());
            out.extend(b"\r\n");
            line = String::new();
        }
        line.push(' ');
        line.push_str(word);
    }
    out.extend(line.bytes());
    out.extend(b"\r\n");
}

/// Text as it may stand in a header field: as it is, or in encoded words.
pub(super) fn encoded(text: &str) -> String {
    if text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) && !text.contains("=?") {
        return text.to_owned();
    }
    let mut words = vec![String::new()];
    for character in text.chars() {
        if words.last().is_some_and(|word| word.len() + character.len_utf8() > WORD) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(character);
        }
    }
    let words = words.iter().map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word)));
    words.collect::<Vec<_>>().join(" ")
}

/// A parameter with its leading semicolon: quoted, or as RFC 2231 has it if it is not ASCII.
fn parameter(key: &str, value: &str) -> String {
    if value.bytes().all(|byte| (0x20..0x7F).contains(&byte)) {
        return format!("; {key}=\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
    }
    let mut text = format!("; {key}*=utf-8''");
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            text.push(byte.into());
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// People, separated by commas.
pub(super) fn address_list(people: &[Person]) -> String {
    let spelt = people.iter().map(|person| {
        let name = if person.name == person.address { "" } else { person.name.as_str() };
        let address = match (person.address.as_str(), person.routing.as_str()) {
            ("", _) => "undisclosed-recipients:;".to_owned(),
            (address, "SMTP") => format!("<{}>", address.replace(['<', '>', '\r', '\n'], "")),
            (address, routing) => {
                format!("<IMCE{routing}-{}@invalid>", address.replace(['/', '=', ' ', '<', '>'], "_"))
            }
        };
        match name {
            "" => address.clone(),
            name if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b' ') => format!("{name} {address}"),
            name if name.is_ascii() && !name.contains(['\r', '\n']) => {
                format!("\"{}\" {address}", name.replace('\\', "\\\\").replace('"', "\\\""))
            }
            name => format!("{} {address}", encoded(name)),
        }
    });
    spelt.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_fold_and_names_are_encoded() {
        let mut out = Vec::new();
        header("Subject", &"word ".repeat(30), &mut out);
        assert!(String::from_utf8_lossy(&out).lines().all(|line| line.len() <= LINE));
        assert_eq!(parameter("filename", "größe.txt"), "; filename*=utf-8''gr%C3%B6%C3%9Fe.txt");
        assert_eq!(encoded("plain"), "plain");
        assert_eq!(encoded("é"), "=?utf-8?B?w6k=?=");
        let person = Person { name: "Ng, An".into(), address: "an@x.test".into(), routing: "SMTP".into() };
        assert_eq!(address_list(&[person]), "\"Ng, An\" <an@x.test>");
    }
}
