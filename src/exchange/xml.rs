//! XML from outside into a small tree, and text into XML: bounded, lenient about characters that XML 1.0 forbids,
//! strict about everything that says an answer was cut off.

use bytes::Bytes;
use futures_util::FutureExt;
use quick_xml::events::BytesStart;
use reqwest::StatusCode;
use reqwest::header::HeaderMap;

use crate::http::Answer;
use crate::http::base64::Decoded;

#[cfg(test)]
mod coming;
mod reader;

pub use reader::{Bounds, Stop, read};

/// Elements inside elements, at most. EWS needs about 12.
const DEPTH_LIMIT: usize = 64;
/// Elements in one answer, at most. A full page of 512 changes has about 2,000.
const ELEMENT_LIMIT: usize = 1_000_000;

/// An element. Namespaces are left out: the local names of our answers do not collide.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Element {
    /// Local name.
    pub name: String,
    /// Attributes by local name.
    pub attributes: Vec<(String, String)>,
    /// Child elements in order.
    pub children: Vec<Element>,
    /// The element's own text, character references resolved.
    pub text: String,
    /// The content of an item, where that is what the text would be.
    pub content: Option<Decoded>,
}

impl Element {
    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }
    /// The children of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }
    /// The trimmed text of a child, unless it is empty.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
    /// The content of an item; `None` if it is cut off or no base64.
    pub fn content(&self) -> Option<Bytes> {
        match &self.content {
            Some(Decoded::Whole(bytes)) => Some(bytes.clone()),
            // What has no text is not told apart from what has an empty one.
            None => Some(Bytes::new()),
            Some(Decoded::Broken(_)) => None,
        }
    }
    /// The first element of a name, this one or below, in document order.
    pub fn find(&self, name: &str) -> Option<&Element> {
        if self.name == name { Some(self) } else { self.children.iter().find_map(|child| child.find(name)) }
    }
}

/// Why an answer is no XML that we accept.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum XmlError {
    /// The document ends inside an element, or is empty.
    #[error("the answer is cut off")]
    CutOff,
    /// Not well-formed.
    #[error("the answer is not well-formed: {0}")]
    Malformed(String),
    /// A bound was hit.
    #[error("the answer has too many or too deeply nested elements")]
    TooComplex,
    /// A document type declaration: no server of ours sends one.
    #[error("the answer declares a document type")]
    DocumentType,
}

/// Reads a document that is all there into its root element. Bytes that are no UTF-8 are replaced.
pub fn parse(bytes: &[u8]) -> Result<Element, XmlError> {
    let body = Bytes::copy_from_slice(bytes);
    let whole = Answer { status: StatusCode::OK, headers: HeaderMap::new(), body };
    let bounds = Bounds { rest: bytes.len() + 1, content: None, most: 0 };
    match read(whole.into(), bounds).now_or_never() {
        Some(Ok(root)) => Ok(root),
        Some(Err(Stop::Xml(error))) => Err(error),
        Some(Err(Stop::Failure(_))) | None => Err(XmlError::CutOff),
    }
}

fn malformed(error: impl std::fmt::Display) -> XmlError {
    XmlError::Malformed(error.to_string())
}

fn add(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        if text.contains(forbidden) {
            element.text.extend(text.chars().filter(|c| !forbidden(*c)));
        } else {
            element.text.push_str(text);
        }
    }
}

fn attributes(start: &BytesStart<'_>) -> Result<Vec<(String, String)>, XmlError> {
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(malformed)?;
        let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
        attributes.push((key, unescape(&String::from_utf8_lossy(&attribute.value))));
    }
    Ok(attributes)
}

/// What a reference stands for. Character references that XML 1.0 forbids vanish; item bodies are full of them.
fn meaning(name: &str) -> String {
    let character = match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => number.parse().ok(),
                };
                return code
                    .and_then(char::from_u32)
                    .filter(|c| !forbidden(*c))
                    .map(String::from)
                    .unwrap_or_default();
            }
            None => None,
        },
    };
    character.map_or_else(|| format!("&{name};"), String::from)
}

/// Attribute values come with their references unresolved.
fn unescape(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        result.push_str(before);
        match reference.find(';') {
            Some(end) => {
                result.push_str(&meaning(&reference[1..end]));
                rest = &reference[end + 1..];
            }
            None => {
                result.push_str(reference);
                rest = "";
            }
        }
    }
    result.push_str(rest);
    result
}

/// Characters that XML 1.0 does not allow.
fn forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Text as XML content or attribute value; characters that XML forbids are left out.
pub fn escape(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !forbidden(*c)) {
        match c {
            '<' => result.push_str("&lt;"),
            '>' => result.push_str("&gt;"),
            '&' => result.push_str("&amp;"),
            '"' => result.push_str("&quot;"),
            _ => result.push(c),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn reads_names_attributes_and_text() {
        let root = parse("\u{feff}<?xml version=\"1.0\"?><s:A xmlns:s='u'><b Id=\"x&amp;y&#65;\">1 &lt; 2<!-- c --> &amp; <![CDATA[<3>]]></b><b/></s:A>".as_bytes()).unwrap();
        assert_eq!(root.name, "A");
        assert_eq!(root.all("b").count(), 2);
        assert_eq!(root.text_of("b"), Some("1 < 2 & <3>"));
        assert_eq!(root.child("b").unwrap().attribute("Id"), Some("x&yA"));
        assert!(root.find("c").is_none());
    }

    #[test]
    fn strips_characters_that_xml_forbids() {
        let root = parse(b"<a>x&#x1;y&#xB;\x02z&#xD800;&nbsp; R&D</a>").unwrap();
        assert_eq!(root.text, "xyz&nbsp; R&D");
        assert_eq!(escape("a\u{1}<b>&\"c\""), "a&lt;b&gt;&amp;&quot;c&quot;");
    }

    #[test]
    fn a_cut_at_every_position_is_an_error() {
        let whole = "<a x=\"1\"><b>t&amp;ü</b><c/><![CDATA[z]]></a>".as_bytes();
        assert!(parse(whole).is_ok());
        for end in 0..whole.len() {
            assert!(parse(&whole[..end]).is_err(), "cut at {end}");
        }
    }

    #[test]
    fn depth_and_document_types_are_refused() {
        assert_eq!(parse("<a>".repeat(DEPTH_LIMIT + 1).as_bytes()), Err(XmlError::TooComplex));
        assert_eq!(parse(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), Err(XmlError::DocumentType));
        assert_eq!(parse(b"<a/><b/>"), Err(XmlError::TooComplex));
    }
}
