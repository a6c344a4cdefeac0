//! Writing XML: a string that grows element by element, with everything escaped on the way in.

use std::fmt::Write as _;

/// The namespaces of an Exchange Web Services envelope, declared once on its root.
pub(super) const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// EWS types.
pub(super) const TYPES: &str = "http://schemas.microsoft.com/exchange/services/2006/types";
/// EWS messages.
pub(super) const MESSAGES: &str = "http://schemas.microsoft.com/exchange/services/2006/messages";
/// Details of an EWS fault.
pub(super) const ERRORS: &str = "http://schemas.microsoft.com/exchange/services/2006/errors";
/// SOAP Autodiscover.
pub(super) const AUTODISCOVER: &str = "http://schemas.microsoft.com/exchange/2010/Autodiscover";
/// WS-Addressing.
pub(super) const ADDRESSING: &str = "http://www.w3.org/2005/08/addressing";
/// XML Schema instance.
pub(super) const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// A growing piece of XML.
#[derive(Debug, Clone, Default)]
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
    in_tag: bool,
}

impl Xml {
    /// Nothing yet.
    pub(super) fn new() -> Xml {
        Xml::default()
    }

    /// Begins an element; attributes may follow.
    pub(super) fn open(&mut self, name: &'static str) -> &mut Xml {
        self.end_tag();
        self.out.push('<');
        self.out.push_str(name);
        self.open.push(name);
        self.in_tag = true;
        self
    }

    /// An attribute of the element just begun.
    pub(super) fn attr(&mut self, name: &str, value: &str) -> &mut Xml {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, true, &mut self.out);
        self.out.push('"');
        self
    }

    /// Text inside the open element.
    pub(super) fn text(&mut self, value: &str) -> &mut Xml {
        self.end_tag();
        escape(value, false, &mut self.out);
        self
    }

    /// Ends the innermost element.
    pub(super) fn close(&mut self) -> &mut Xml {
        if let Some(name) = self.open.pop() {
            if std::mem::take(&mut self.in_tag) {
                self.out.push_str("/>");
            } else {
                let _ = write!(self.out, "</{name}>");
            }
        }
        self
    }

    /// An element with text alone.
    pub(super) fn leaf(&mut self, name: &'static str, value: &str) -> &mut Xml {
        self.open(name).text(value).close()
    }

    /// An element with text, if there is a value.
    pub(super) fn maybe(&mut self, name: &'static str, value: Option<&str>) -> &mut Xml {
        match value {
            Some(value) => self.leaf(name, value),
            None => self,
        }
    }

    /// A boolean element.
    pub(super) fn bool(&mut self, name: &'static str, value: bool) -> &mut Xml {
        self.leaf(name, if value { "true" } else { "false" })
    }

    /// Adds a finished piece.
    pub(super) fn append(&mut self, piece: &Xml) -> &mut Xml {
        self.end_tag();
        self.out.push_str(&piece.out);
        self
    }

    /// Adds a finished piece that is text already.
    pub(super) fn append_text(&mut self, piece: &str) -> &mut Xml {
        self.end_tag();
        self.out.push_str(piece);
        self
    }

    /// Bytes written so far.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    /// Whether anything was written.
    pub(super) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    /// The finished text.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn end_tag(&mut self) {
        if std::mem::take(&mut self.in_tag) {
            self.out.push('>');
        }
    }
}

/// Exchange writes characters that XML 1.0 forbids as numeric references (`&#x1;`), which no conforming parser reads.
/// This server writes U+FFFD in their place: every client can parse the answer, and the loss is visible in it (the
/// exported stream has the original).
fn escape(value: &str, attribute: bool, out: &mut String) {
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\t' | '\n' if attribute => {
                let _ = write!(out, "&#x{:X};", u32::from(character));
            }
            '\r' => out.push_str("&#xD;"),
            '\t' | '\n' => out.push(character),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_close_and_values_are_escaped() {
        let mut xml = Xml::new();
        xml.open("t:Item").attr("Id", "a\"&\n").leaf("t:Subject", "1 < 2\r\u{1}").open("t:Empty");
        assert_eq!(
            xml.finish(),
            "<t:Item Id=\"a&quot;&amp;&#xA;\"><t:Subject>1 &lt; 2&#xD;\u{FFFD}</t:Subject><t:Empty/></t:Item>"
        );
    }
}
