//! The EWS envelope: header, version, impersonation, the table of operations, and the way back.

use std::time::Duration;

use super::call::{Call, is_mailbox, non_existent_mailbox};
use super::element::{self, Element};
use super::trouble::Trouble;
use super::version::Schema;
use super::xml::{SOAP, TYPES, Xml};
use super::{Exchange, change, directory, find, folder, item, reply, sync, transfer};
use crate::practice::https::{Request, Response};

/// Largest request in bytes: what IIS lets through since 2013 (exchange-source.md 3.8).
const LARGEST_REQUEST: usize = 67_108_864;
/// How far into a request its operation is looked for, in bytes.
const SCANNED: usize = 16_384;

/// An operation: its element, the schema that brought it, the children its element may have in this order, and its work,
/// which gives the content of the answer's Body.
pub(super) struct Operation {
    pub(super) name: &'static str,
    pub(super) since: Schema,
    pub(super) children: &'static [&'static str],
    pub(super) run: fn(&Call) -> Result<String, Trouble>,
}

impl Operation {
    pub(super) const fn new(
        name: &'static str,
        since: Schema,
        children: &'static [&'static str],
        run: fn(&Call) -> Result<String, Trouble>,
    ) -> Operation {
        Operation { name, since, children, run }
    }
}

fn operations() -> impl Iterator<Item = &'static Operation> {
    let tables = [folder::OPERATIONS, find::OPERATIONS, sync::OPERATIONS, item::OPERATIONS];
    tables.into_iter().chain([transfer::OPERATIONS, directory::OPERATIONS, change::OPERATIONS]).flatten()
}

/// The names of the operations, as [`operation_name`] tells them.
pub(in crate::practice) fn operation_names() -> impl Iterator<Item = &'static str> {
    operations().map(|operation| operation.name.rsplit(':').next().unwrap_or_default())
}

impl Exchange {
    /// Answers a POST to the EWS address.
    pub(super) fn answer_ews(&self, request: &Request) -> Response {
        if request.body().len() > LARGEST_REQUEST {
            return reply::html(413, "Request Entity Too Large");
        }
        match self.perform(request.body()) {
            Ok(body) => {
                let mut xml = Xml::new();
                xml.append_text("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
                xml.open("s:Envelope").attr("xmlns:s", SOAP).append(&self.header());
                xml.open("s:Body").append_text(&body);
                reply::xml(200, xml.finish())
            }
            Err(trouble) => self.fault(500, &trouble, request),
        }
    }

    /// A fault's answer.
    pub(super) fn fault(&self, status: u16, trouble: &Trouble, request: &Request) -> Response {
        reply::xml(status, trouble.fault(request.body(), &self.header()))
    }

    fn header(&self) -> Xml {
        let server = self.server();
        let [major, minor, build, revision] = server.number.map(|number| number.to_string());
        let mut xml = Xml::new();
        xml.open("s:Header").open("h:ServerVersionInfo").attr("xmlns:h", TYPES);
        xml.attr("MajorVersion", &major).attr("MinorVersion", &minor);
        xml.attr("MajorBuildNumber", &build).attr("MinorBuildNumber", &revision);
        if let Some(label) = server.label {
            xml.attr("Version", label);
        }
        xml.close().close();
        xml
    }

    fn perform(&self, body: &[u8]) -> Result<String, Trouble> {
        let envelope = element::parse(body).map_err(Trouble::malformed)?;
        if envelope.name != "s:Envelope" {
            return Err(Trouble::unexpected(&envelope));
        }
        let header = envelope.child("s:Header").cloned().unwrap_or_default();
        let body = envelope.child("s:Body").ok_or_else(|| Trouble::missing(&envelope, "Body"))?;
        let request = body.children.first().ok_or_else(|| Trouble::missing(body, "request"))?;
        let schema = self.requested_version(&header)?;
        let operation = operations()
            .find(|operation| request.name == operation.name && operation.since <= self.server().newest)
            .ok_or_else(|| Trouble::unexpected(request))?;
        if operation.since > schema {
            let text = "The requested operation is not available in the request's version.";
            return Err(Trouble::new("ErrorInvalidServerVersion", text));
        }
        in_order(request, operation.children)?;
        let me = self.acting_as(&header)?;
        (operation.run)(&Call { exchange: self, request, me, schema })
    }

    fn requested_version(&self, header: &Element) -> Result<Schema, Trouble> {
        let refused = || Trouble::new("ErrorInvalidServerVersion", "The specified server version is invalid.");
        let mut named = header.all("t:RequestServerVersion");
        let Some(version) = named.next() else { return Ok(Schema::E2007Sp1) };
        if named.next().is_some() {
            return Err(Trouble::new("ErrorDuplicateSOAPHeader", "The SOAP header was specified more than once."));
        }
        let schema = version.attribute("Version").and_then(Schema::parse).ok_or_else(refused)?;
        if schema > self.server().newest { Err(refused()) } else { Ok(schema) }
    }

    /// The mailbox in whose name the caller acts: the one named by impersonation, else the administrator's own.
    fn acting_as(&self, header: &Element) -> Result<Option<String>, Trouble> {
        let Some(impersonation) = header.child("t:ExchangeImpersonation") else {
            let own = self.organisation.administrator.email.to_lowercase();
            return Ok(self.organisation.mailboxes.contains_key(&own).then_some(own));
        };
        let wrong = || {
            let text = "ExchangeImpersonation SOAP header must be present for this type of authentication.";
            Trouble::new("ErrorInvalidExchangeImpersonationHeaderData", text)
        };
        let named = impersonation.child("t:ConnectingSID").and_then(|sid| sid.children.first()).ok_or_else(wrong)?;
        let value = named.text.trim();
        let entry = match named.name.as_str() {
            _ if value.is_empty() => return Err(wrong()),
            "t:PrimarySmtpAddress" => match self.entry(value) {
                Some(entry) if !entry.address.eq_ignore_ascii_case(value) => {
                    let text = "When impersonating, the primary SMTP address must be used.";
                    let trouble = Trouble::new("ErrorNonPrimarySmtpAddress", text);
                    return Err(trouble.with("Primary", entry.address.clone()));
                }
                entry => entry,
            },
            "t:SmtpAddress" => self.entry(value),
            // The user principal names of the practice company are its primary addresses.
            "t:PrincipalName" => self.entry(value).filter(|entry| entry.address.eq_ignore_ascii_case(value)),
            "t:SID" => {
                let at =
                    value.strip_prefix(directory::SID_PREFIX).and_then(|relative| relative.parse::<usize>().ok());
                let at = at.and_then(|relative| relative.checked_sub(directory::FIRST_SID));
                let entry = at.and_then(|at| self.organisation.entries.get(at));
                entry.ok_or_else(|| Trouble::new("ErrorInvalidUserSid", "The user's SID is unknown.")).map(Some)?
            }
            _ => return Err(Trouble::unexpected(named)),
        };
        let entry = entry.ok_or_else(non_existent_mailbox)?;
        let address = entry.address.to_lowercase();
        if !is_mailbox(entry) || !self.organisation.mailboxes.contains_key(&address) {
            return Err(non_existent_mailbox());
        }
        Ok(Some(address))
    }
}

/// Checks that the element has no other children than these, in this order.
pub(super) fn in_order(element: &Element, allowed: &[&str]) -> Result<(), Trouble> {
    let mut rest = allowed;
    for child in &element.children {
        let at = rest.iter().position(|name| *name == child.name).ok_or_else(|| Trouble::unexpected(child))?;
        rest = &rest[at..];
    }
    Ok(())
}

/// The local name of the first child of Body, found without reading the whole request.
pub(super) fn operation_name(body: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&body[..body.len().min(SCANNED)]);
    let mut tags = start.split('<').skip(1).filter(|tag| !tag.starts_with(['/', '!', '?']));
    let local = |tag: &str| {
        let name = tag.split(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
        name.rsplit(':').next().unwrap_or_default().to_owned()
    };
    tags.find(|tag| local(tag) == "Body")?;
    tags.next().map(local)
}

/// The fault of a throttled request, with the pause in milliseconds where there is one to tell.
pub(super) fn server_busy(pause: Option<f64>) -> Trouble {
    let trouble =
        Trouble::new("ErrorServerBusy", "The server cannot service this request right now. Try again later.");
    match pause.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()) {
        Some(pause) => trouble.with("BackOffMilliseconds", pause.as_millis().to_string()),
        None => trouble,
    }
}

/// The fault of a request that is refused with this code.
pub(super) fn rejection(code: &str) -> Trouble {
    Trouble { code: code.to_owned().into(), ..Trouble::new("", format!("The request was refused: {code}.")) }
}
