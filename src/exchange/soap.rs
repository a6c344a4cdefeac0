//! The SOAP envelope, and the four places in which an outcome can sit.

use super::fault::{self, Place, Trouble};
use super::request::Operation;
use super::version::{Schema, Version};
use super::xml::{Element, escape};
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;

/// A request in its envelope; `acting_as` fills the impersonation header.
pub fn envelope(operation: &Operation<'_>, schema: Schema, acting_as: Option<&Address>) -> String {
    let impersonation = acting_as.map(|mailbox| {
        format!(
            "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>{}</t:PrimarySmtpAddress>\
             </t:ConnectingSID></t:ExchangeImpersonation>",
            escape(mailbox.as_str())
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
         <s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:t=\"http://schemas.microsoft.com/exchange/services/2006/types\" \
         xmlns:m=\"http://schemas.microsoft.com/exchange/services/2006/messages\">\
         <s:Header><t:RequestServerVersion Version=\"{}\"/>{}</s:Header><s:Body>{}</s:Body></s:Envelope>",
        schema.name(),
        impersonation.unwrap_or_default(),
        operation.xml()
    )
}

/// An answer that is SOAP: the version told in its header, and the response element or the fault.
pub struct Reply {
    /// `ServerVersionInfo`.
    pub version: Option<Version>,
    /// What the body holds.
    pub outcome: Result<Element, Trouble>,
}

/// What a document says; `None` if it is no SOAP answer of EWS.
pub fn reply(root: Element) -> Option<Reply> {
    let version = root.child("Header").and_then(|header| header.find("ServerVersionInfo")).and_then(version);
    if root.name != "Envelope" {
        return None;
    }
    let body = root.children.into_iter().find(|child| child.name == "Body");
    let first = body.and_then(|body| body.children.into_iter().next())?;
    let outcome = if first.name == "Fault" { Err(fault_of(&first)) } else { Ok(first) };
    Some(Reply { version, outcome })
}

fn version(info: &Element) -> Option<Version> {
    let number = |name: &str| info.attribute(name).and_then(|text| text.trim().parse().ok());
    Some(Version {
        major: number("MajorVersion")?,
        minor: number("MinorVersion")?,
        build: number("MajorBuildNumber").unwrap_or_default(),
        revision: number("MinorBuildNumber").unwrap_or_default(),
    })
}

fn fault_of(fault: &Element) -> Trouble {
    let detail = fault.child("detail");
    let inside = |name: &str| detail.and_then(|detail| detail.find(name)).map(|found| found.text.trim().to_owned());
    let code = inside("ResponseCode").filter(|code| !code.is_empty()).or_else(|| {
        let code = fault.text_of("faultcode")?;
        Some(code.rsplit(':').next().unwrap_or(code).to_owned())
    });
    Trouble {
        code: code.unwrap_or_else(|| "Fault".to_owned()),
        text: inside("Message").or_else(|| fault.text_of("faultstring").map(str::to_owned)).unwrap_or_default(),
        values: detail.and_then(|detail| detail.find("MessageXml")).map(values).unwrap_or_default(),
        retry_after: None,
    }
}

/// The response messages, wherever this operation keeps them: in an array, in one nested message, or flat on the
/// response element itself.
pub fn messages(response: &Element) -> Vec<&Element> {
    if let Some(array) = response.child("ResponseMessages") {
        return array.children.iter().collect();
    }
    if let Some(message) = response.child("ResponseMessage") {
        return vec![message];
    }
    if response.attribute("ResponseClass").is_some() || response.child("ResponseCode").is_some() {
        return vec![response];
    }
    Vec::new()
}

/// What a message says went wrong, if anything. A search with several results is a warning and yet data.
pub fn trouble(message: &Element) -> Option<Trouble> {
    let code = message.text_of("ResponseCode").unwrap_or_default();
    let failed = match message.attribute("ResponseClass") {
        Some("Success") => false,
        Some("Warning") => !matches!(code, "NoError" | "" | "ErrorNameResolutionMultipleResults"),
        Some(_) => true,
        None => code != "NoError",
    };
    failed.then(|| Trouble {
        code: if code.is_empty() { "NoResponseCode".to_owned() } else { code.to_owned() },
        text: message.text_of("MessageText").unwrap_or_default().to_owned(),
        values: message.child("MessageXml").map(values).unwrap_or_default(),
        retry_after: None,
    })
}

/// The message itself, or its problem.
pub fn check<'a>(message: &'a Element, place: &Place<'_>) -> Result<&'a Element, Problem> {
    match trouble(message) {
        Some(trouble) => Err(fault::problem(&trouble, place)),
        None => Ok(message),
    }
}

/// The only message of an answer that has one.
pub fn single<'a>(response: &'a Element, place: &Place<'_>) -> Result<&'a Element, Problem> {
    match messages(response).first() {
        Some(message) => check(message, place),
        None => Err(fault::malformed(&format!("{} without a message", response.name))),
    }
}

/// The messages of an answer that has one for each id asked.
pub fn one_each(response: &Element, asked: usize) -> Result<Vec<&Element>, Problem> {
    let messages = messages(response);
    if messages.len() == asked {
        return Ok(messages);
    }
    Err(fault::malformed(&format!("{}: {} messages for {asked} ids", response.name, messages.len())))
}

/// The named values of a `MessageXml`, including those that stand there under their own element name.
fn values(message: &Element) -> Vec<(String, String)> {
    let entry = |element: &Element| {
        let name = element.attribute("Name").unwrap_or(&element.name).to_owned();
        (name, element.text.trim().to_owned())
    };
    message.children.iter().map(entry).collect()
}
