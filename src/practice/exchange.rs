//! The practice Exchange server: Autodiscover and Exchange Web Services over the practice company.
//!
//! ```text
//! answer ─► sign_in ─► autodiscover (POX, SOAP)
//!                  └─► soap (envelope, version, impersonation) ─► one operation ─► envelope
//! ```

mod autodiscover;
mod call;
mod change;
mod directory;
mod element;
mod fields;
mod find;
mod folder;
#[cfg(any(test, fuzzing))]
pub(super) mod fuzz;
mod ids;
mod item;
mod mime;
mod path;
mod reply;
mod shape;
mod sign_in;
mod soap;
mod sync;
mod transfer;
mod trouble;
mod version;
mod view;
mod xml;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use hyper::Method;

use super::https::{Refusal, Request, Response, Service};
use super::organisation::{Organisation, Profile};
use ids::MailboxId;

/// The name of every request to Autodiscover.
const AUTODISCOVER: &str = "Autodiscover";

/// Where the practice Exchange answers; the full addresses that Autodiscover hands out.
#[derive(Debug, Clone)]
pub struct ExchangeUrls {
    /// Exchange Web Services, such as `https://localhost:8443/EWS/Exchange.asmx`.
    pub ews: String,
    /// Plain XML Autodiscover, such as `https://localhost:8443/autodiscover/autodiscover.xml`.
    pub autodiscover_pox: String,
    /// SOAP Autodiscover, such as `https://localhost:8443/autodiscover/autodiscover.svc`; not answered by 2007.
    pub autodiscover_soap: String,
}

/// The practice Exchange server.
pub struct Exchange {
    organisation: Arc<Organisation>,
    urls: ExchangeUrls,
    mailboxes: HashMap<MailboxId, String>,
    mail_sent: AtomicU64,
}

/// What [`Service::operation`] may say of a request that the server knows.
pub(super) fn operation_names() -> impl Iterator<Item = &'static str> {
    soap::operation_names().chain([AUTODISCOVER])
}

/// What a path of the server leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Endpoint {
    Ews,
    Pox,
    Soap,
}

impl Exchange {
    /// A server for this company at these addresses.
    pub fn new(organisation: Arc<Organisation>, urls: ExchangeUrls) -> Exchange {
        let mailboxes = organisation.mailboxes.keys().map(|address| (ids::mailbox_id(address), address.clone()));
        Exchange { mailboxes: mailboxes.collect(), organisation, urls, mail_sent: AtomicU64::new(0) }
    }

    /// How many messages, invitations, cancellations and answers clients asked to send. None is ever delivered.
    pub fn mail_sent(&self) -> u64 {
        self.mail_sent.load(Ordering::Relaxed)
    }

    fn endpoint(&self, request: &Request) -> Option<Endpoint> {
        let path = request.uri().path();
        let is = |url: &str| url::Url::parse(url).is_ok_and(|url| url.path().eq_ignore_ascii_case(path));
        if is(&self.urls.ews) {
            Some(Endpoint::Ews)
        } else if is(&self.urls.autodiscover_pox) {
            Some(Endpoint::Pox)
        } else if is(&self.urls.autodiscover_soap) && self.organisation.profile != Profile::E2007Sp3 {
            Some(Endpoint::Soap)
        } else {
            None
        }
    }
}

#[async_trait]
impl Service for Exchange {
    async fn answer(&self, request: Request) -> Response {
        let Some(endpoint) = self.endpoint(&request) else {
            return reply::html(404, "404 - File or directory not found.");
        };
        if !sign_in::is_administrator(&self.organisation.administrator, &request) {
            return sign_in::challenge(&request, endpoint == Endpoint::Pox && self.speaks_soap_autodiscover());
        }
        match (endpoint, request.method()) {
            (Endpoint::Ews, &Method::POST) => self.answer_ews(&request),
            (Endpoint::Soap, &Method::POST) => self.answer_autodiscover_soap(&request),
            (Endpoint::Pox, _) => self.answer_autodiscover_pox(&request),
            _ => reply::html(200, "Service"),
        }
    }

    fn operation(&self, request: &Request) -> String {
        match self.endpoint(request) {
            Some(Endpoint::Ews) => soap::operation_name(request.body()).unwrap_or_default(),
            Some(_) => AUTODISCOVER.to_owned(),
            None => String::new(),
        }
    }

    fn refuse(&self, request: &Request, refusal: &Refusal) -> Response {
        let autodiscover = self.endpoint(request).is_some_and(|endpoint| endpoint != Endpoint::Ews);
        match refusal {
            Refusal::Throttle { pause } if autodiscover => {
                reply::asking_for(*pause, reply::html(503, "Service Unavailable"))
            }
            Refusal::Reject { status, pause, .. } if autodiscover => {
                reply::asking_for(*pause, reply::html(*status, "Server Error"))
            }
            Refusal::Throttle { pause } => self.fault(500, &soap::server_busy(*pause), request),
            Refusal::Reject { status, code, pause } => {
                reply::asking_for(*pause, self.fault(*status, &soap::rejection(code), request))
            }
        }
    }
}
