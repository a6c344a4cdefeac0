//! Reading XML: a bounded tree of elements with canonical prefixes, whatever prefixes the client chose.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::xml::{ADDRESSING, AUTODISCOVER, MESSAGES, SOAP, TYPES};

/// How deep elements may nest (search restrictions nest deepest).
const DEEPEST: usize = 100;
/// How many elements a request may have.
const MOST_ELEMENTS: usize = 200_000;
/// How many attributes an element may have.
const MOST_ATTRIBUTES: usize = 32;

/// POX Autodiscover request.
const POX: &str = "http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006";

/// An element.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Element {
    /// Name with a canonical prefix: `s:` SOAP, `t:` types, `m:` messages, `a:` Autodiscover, `w:` addressing, `p:`
    /// POX Autodiscover, `?:` anything else.
    pub(super) name: String,
    /// Attributes without prefix.
    pub(super) attributes: Vec<(String, String)>,
    /// Elements inside.
    pub(super) children: Vec<Element>,
    /// Text directly inside.
    pub(super) text: String,
    /// Offset of the element in the request, in bytes.
    pub(super) at: usize,
}

/// Why a request is no XML that this server reads.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Malformed {
    /// Offset in bytes.
    pub(super) at: usize,
    /// What is wrong.
    pub(super) what: String,
}

impl Element {
    /// The first child of that name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of that name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of that name.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.as_str())
    }

    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        self.name.split_once(':').map_or(self.name.as_str(), |(_, local)| local)
    }
}

/// Reads a document.
pub(super) fn parse(document: &[u8]) -> Result<Element, Malformed> {
    let text = std::str::from_utf8(document.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(document))
        .map_err(|error| Malformed { at: error.valid_up_to(), what: "The request is not UTF-8.".into() })?;
    let mut reader = NsReader::from_str(text);
    let mut stack = vec![Element::default()];
    let mut count = 0;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let wrong = |what: String| Malformed { at, what };
        let event = reader.read_event().map_err(|error| wrong(error.to_string()))?;
        match event {
            Event::Start(ref start) | Event::Empty(ref start) => {
                count += 1;
                if stack.len() > DEEPEST || count > MOST_ELEMENTS {
                    return Err(wrong("The request has too many elements.".into()));
                }
                let mut element = element(&reader, start, at)?;
                if matches!(event, Event::Start(_)) {
                    stack.push(element);
                } else {
                    element.text.clear();
                    attach(&mut stack, element);
                }
            }
            Event::End(_) => {
                if let Some(element) = stack.pop() {
                    attach(&mut stack, element);
                }
            }
            Event::Text(text) => {
                let text = text.xml10_content().map_err(|error| wrong(error.to_string()))?;
                push(&mut stack, &text);
            }
            Event::CData(data) => push(&mut stack, &String::from_utf8_lossy(&data)),
            Event::GeneralRef(reference) => {
                let resolved = reference.resolve_char_ref().map_err(|error| wrong(error.to_string()))?;
                match (resolved, &*reference) {
                    (Some(character), _) => push(&mut stack, character.encode_utf8(&mut [0; 4])),
                    (None, b"amp") => push(&mut stack, "&"),
                    (None, b"lt") => push(&mut stack, "<"),
                    (None, b"gt") => push(&mut stack, ">"),
                    (None, b"quot") => push(&mut stack, "\""),
                    (None, b"apos") => push(&mut stack, "'"),
                    _ => return Err(wrong("The request refers to an unknown entity.".into())),
                }
            }
            Event::DocType(_) => return Err(wrong("DTD is prohibited in this XML document.".into())),
            Event::Eof => break,
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
        }
    }
    let incomplete = Malformed { at: text.len(), what: "Unexpected end of the request.".into() };
    if stack.len() != 1 {
        return Err(incomplete);
    }
    stack.pop().and_then(|mut document| document.children.pop()).ok_or(incomplete)
}

fn attach(stack: &mut [Element], element: Element) {
    if let Some(parent) = stack.last_mut() {
        parent.children.push(element);
    }
}

fn push(stack: &mut [Element], text: &str) {
    if let Some(parent) = stack.last_mut() {
        parent.text.push_str(text);
    }
}

fn element(reader: &NsReader<&[u8]>, start: &BytesStart, at: usize) -> Result<Element, Malformed> {
    let wrong = |what: String| Malformed { at, what };
    let (namespace, local) = reader.resolver().resolve_element(start.name());
    let prefix = match namespace {
        ResolveResult::Bound(namespace) => match std::str::from_utf8(namespace.as_ref()).unwrap_or_default() {
            SOAP => "s",
            TYPES => "t",
            MESSAGES => "m",
            AUTODISCOVER => "a",
            ADDRESSING => "w",
            POX => "p",
            _ => "?",
        },
        ResolveResult::Unbound => "?",
        ResolveResult::Unknown(_) => return Err(wrong("An element's prefix is not declared.".into())),
    };
    let name = format!("{prefix}:{}", String::from_utf8_lossy(local.as_ref()));
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| wrong(error.to_string()))?;
        let key = attribute.key;
        if key.as_namespace_binding().is_some() {
            continue;
        }
        if attributes.len() == MOST_ATTRIBUTES {
            return Err(wrong("An element has too many attributes.".into()));
        }
        let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|error| wrong(error.to_string()))?;
        attributes.push((String::from_utf8_lossy(key.local_name().as_ref()).into_owned(), value.into_owned()));
    }
    Ok(Element { name, attributes, at, ..Element::default() })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn prefixes_are_canonical_and_entities_resolved() {
        let text = format!(
            "<x:A xmlns:x='{TYPES}' xmlns='{MESSAGES}'><B k='a&amp;b'>1 &lt; &#50;<![CDATA[<]]></B><x:C/></x:A>"
        );
        let root = parse(text.as_bytes()).unwrap();
        assert_eq!(root.name, "t:A");
        let b = root.child("m:B").unwrap();
        assert_eq!((b.text.as_str(), b.attribute("k")), ("1 < 2<", Some("a&b")));
        assert!(root.child("t:C").is_some());
    }

    #[test]
    fn bad_documents_end_in_an_error() {
        for bad in ["", "<a>", "<a></b>", "<!DOCTYPE a><a/>", "<a>&x;</a>", "<x:a/>", "\u{1}"] {
            assert!(parse(bad.as_bytes()).is_err(), "{bad}");
        }
        let deep = "<a>".repeat(500) + &"</a>".repeat(500);
        assert!(parse(deep.as_bytes()).is_err());
    }
}
