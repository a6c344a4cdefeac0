//! What goes wrong in a request: a code, a text and details, put in a fault or in one response message.

use std::borrow::Cow;

use super::element::{Element, Malformed};
use super::xml::{ERRORS, MESSAGES, SOAP, TYPES, Xml};

/// Bytes of an answer after which nothing more is put in: a request may name the same large item very often.
const LARGEST_ANSWER: usize = 256 * 1024 * 1024;

/// A failure that a client is told.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trouble {
    /// `ResponseCode`.
    pub(super) code: Cow<'static, str>,
    /// `MessageText`.
    pub(super) text: String,
    /// Named values of `MessageXml`.
    pub(super) values: Vec<(&'static str, String)>,
    /// Where in the request, in bytes, for schema violations.
    pub(super) at: Option<usize>,
}

impl Trouble {
    /// A failure with code and text.
    pub(super) fn new(code: &'static str, text: impl Into<String>) -> Trouble {
        Trouble { code: code.into(), text: text.into(), values: Vec::new(), at: None }
    }

    /// Adds a value of `MessageXml`.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Trouble {
        self.values.push((name, value.into()));
        self
    }

    /// The request breaks the schema at this element.
    pub(super) fn schema(element: &Element, what: impl Into<String>) -> Trouble {
        Trouble::malformed(Malformed { at: element.at, what: what.into() })
    }

    /// The request has an element that has no business there.
    pub(super) fn unexpected(element: &Element) -> Trouble {
        Trouble::schema(element, format!("The element '{}' is not expected here.", element.local()))
    }

    /// The request lacks something that the schema requires.
    pub(super) fn missing(element: &Element, child: &str) -> Trouble {
        Trouble::schema(element, format!("The element '{}' lacks '{child}'.", element.local()))
    }

    /// The request is not even well-formed.
    pub(super) fn malformed(malformed: Malformed) -> Trouble {
        let text = "The request failed schema validation.";
        Trouble { at: Some(malformed.at), ..Trouble::new("ErrorSchemaValidation", text) }
            .with("Violation", malformed.what)
    }

    /// The item, folder or what it is, is not there.
    pub(super) fn item_not_found() -> Trouble {
        Trouble::new("ErrorItemNotFound", "The specified object was not found in the store.")
    }

    /// The folder is not there.
    pub(super) fn folder_not_found() -> Trouble {
        Trouble::new("ErrorFolderNotFound", "The specified folder could not be found in the store.")
    }

    /// The whole envelope of a fault; `request` tells line and position of a schema violation.
    pub(super) fn fault(&self, request: &[u8], header: &Xml) -> String {
        let mut xml = Xml::new();
        xml.open("s:Envelope").attr("xmlns:s", SOAP).append(header).open("s:Body").open("s:Fault");
        xml.open("faultcode").attr("xmlns:a", TYPES).text(&format!("a:{}", self.code)).close();
        xml.open("faultstring").attr("xml:lang", "en-US").text(&self.text).close();
        xml.open("detail");
        xml.open("e:ResponseCode").attr("xmlns:e", ERRORS).text(&self.code).close();
        xml.open("e:Message").attr("xmlns:e", ERRORS).text(&self.text).close();
        let mut values = Vec::new();
        if let Some(at) = self.at {
            let (line, position) = line_and_position(request, at);
            values.push(("LineNumber", line.to_string()));
            values.push(("LinePosition", position.to_string()));
        }
        values.extend(self.values.iter().cloned());
        if !values.is_empty() {
            xml.open("t:MessageXml").attr("xmlns:t", TYPES).append(&named(&values)).close();
        }
        format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>{}", xml.finish())
    }

    /// The inside of a response message of class Error.
    pub(super) fn message(&self, xml: &mut Xml) {
        xml.leaf("m:MessageText", &self.text).leaf("m:ResponseCode", &self.code).leaf("m:DescriptiveLinkKey", "0");
        if !self.values.is_empty() {
            xml.open("m:MessageXml").append(&named(&self.values)).close();
        }
    }
}

fn named(values: &[(&'static str, String)]) -> Xml {
    let mut xml = Xml::new();
    for (name, value) in values {
        xml.open("t:Value").attr("Name", name).text(value).close();
    }
    xml
}

fn line_and_position(request: &[u8], at: usize) -> (usize, usize) {
    let before = request.get(..at).unwrap_or(request);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    (line, before.len() - before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1) + 1)
}

/// The response messages of an operation, one for each thing asked, in order.
pub(super) struct Answers {
    xml: Xml,
    message: &'static str,
    on_error: &'static str,
}

impl Answers {
    /// Begins; `on_error` names the element that error messages carry empty because the schema requires it.
    pub(super) fn new(response: &'static str, message: &'static str, on_error: &'static str) -> Answers {
        let mut xml = Xml::new();
        xml.open(response).attr("xmlns:m", MESSAGES).attr("xmlns:t", TYPES).open("m:ResponseMessages");
        Answers { xml, message, on_error }
    }

    /// Adds the outcome for one thing. What no longer fits is refused, so that clients ask for less at a time.
    pub(super) fn put(&mut self, outcome: Result<Xml, Trouble>) {
        self.put_within(LARGEST_ANSWER, outcome);
    }

    fn put_within(&mut self, most: usize, outcome: Result<Xml, Trouble>) {
        let outcome = outcome.and_then(|content| match self.xml.len() + content.len() > most {
            true => {
                Err(Trouble::new("ErrorInsufficientResources", "The answer is too large; ask for less at a time."))
            }
            false => Ok(content),
        });
        let class = if outcome.is_ok() { "Success" } else { "Error" };
        self.xml.open(self.message).attr("ResponseClass", class);
        match outcome {
            Ok(content) => self.xml.leaf("m:ResponseCode", "NoError").append(&content),
            Err(trouble) => {
                trouble.message(&mut self.xml);
                if self.on_error.is_empty() { &mut self.xml } else { self.xml.open(self.on_error).close() }
            }
        };
        self.xml.close();
    }

    /// The Body's content.
    pub(super) fn finish(self) -> String {
        self.xml.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_into_an_answer_is_refused() {
        let mut answers = Answers::new("m:ExportItemsResponse", "m:ExportItemsResponseMessage", "");
        for length in [500, 900, 100] {
            let mut xml = Xml::new();
            xml.leaf("m:Data", &"A".repeat(length));
            answers.put_within(1400, Ok(xml));
        }
        let answer = answers.finish();
        let codes: Vec<_> =
            answer.split("<m:ResponseCode>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
        assert_eq!(codes, ["NoError", "ErrorInsufficientResources", "NoError"]);
    }

    #[test]
    fn a_fault_tells_line_and_position() {
        let trouble = Trouble::malformed(Malformed { at: 7, what: "x".into() });
        let fault = trouble.fault(b"<a>\n  <b/></a>", &Xml::new());
        assert!(fault.contains("<t:Value Name=\"LineNumber\">2</t:Value>"), "{fault}");
        assert!(fault.contains("<t:Value Name=\"LinePosition\">4</t:Value>"), "{fault}");
        assert!(fault.contains("a:ErrorSchemaValidation"));
    }
}
