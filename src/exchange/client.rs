//! The EWS client: one request, one answer, every failure classified. It makes one attempt (and one fresh sign-in).

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue, LOCATION};
use url::Url;
use uuid::Uuid;

use super::fault::{self, Place};
use super::request::Operation;
use super::soap;
use super::transport::{Call, Credentials, Transport};
use super::trust::Trust;
use super::version::{Schema, Version};
use super::xml::{self, Bounds, Element, Stop};
use super::{Access, Settings};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;
use crate::http::{self, Incoming};

/// The most bytes that an answer may have besides the content of items.
const ANSWER_LIMIT: usize = 32 * 1024 * 1024;
/// The largest item that is read, in bytes: somewhat more than any target takes.
const ITEM_LIMIT: usize = 120_000_000;
/// The same as MIME, in which everything is in base64 again.
const MIME_LIMIT: usize = 200_000_000;
/// The most bytes of several items read at once: more than twice what the engine asks for together. Beyond it each is
/// read alone.
const ITEMS_LIMIT: usize = 48 * 1024 * 1024;

/// A server with the account that asks it.
pub struct Ews {
    transport: Arc<dyn Transport>,
    url: Url,
    credentials: Credentials,
    trust: Arc<Trust>,
    own: Address,
    access: Access,
    signed_in: AtomicBool,
    refused: AtomicBool,
    learnt: Mutex<(Schema, Option<Version>)>,
}

impl Ews {
    /// A client for an address that [`Trust`] accepts.
    pub fn new(
        transport: Arc<dyn Transport>,
        url: Url,
        credentials: Credentials,
        trust: Arc<Trust>,
        settings: &Settings,
    ) -> Ews {
        Ews {
            transport,
            url,
            credentials,
            trust,
            own: settings.email.clone(),
            access: settings.access,
            signed_in: AtomicBool::new(false),
            refused: AtomicBool::new(false),
            learnt: Mutex::new((Schema::Exchange2010Sp1, None)),
        }
    }

    /// Signs in, and finds the request version that the server takes and the version that it is.
    pub async fn learn(&self) -> Result<Version, Problem> {
        let operation = Operation::GetFolder { names: &["inbox"], owner: None };
        let mut refusal = None;
        for schema in Schema::TRIED {
            let (reply, request) = self.ask(&operation, schema, None).await?;
            if let Err(trouble) = &reply.outcome {
                let problem = fault::problem(trouble, &self.place(None, &request));
                if trouble.is_version_refusal() {
                    refusal = Some(problem);
                    continue;
                }
                // A server that is busy has not looked at the request version yet.
                if reply.version.is_none() || matches!(problem.kind, Kind::Retry | Kind::Wait) {
                    return Err(problem);
                }
            }
            let Some(version) = reply.version else {
                let unknown = Problem::new(Kind::Run, Side::Source, Guidance::SourceVersionUnknown);
                return Err(unknown.with("version", "?").because("no ServerVersionInfo"));
            };
            *self.learnt.lock().unwrap_or_else(PoisonError::into_inner) = (schema, Some(version));
            return Ok(version);
        }
        Err(refusal.unwrap_or_else(|| fault::malformed("no request version tried")))
    }

    /// The version learnt.
    pub fn version(&self) -> Option<Version> {
        self.learnt.lock().unwrap_or_else(PoisonError::into_inner).1
    }

    /// Whether items come as streams. Without, they are read as MIME.
    pub fn exports(&self) -> bool {
        self.version().is_some_and(Version::exports)
    }

    /// Directory requests, and anything without an owner, need an account with a mailbox.
    pub async fn check_own_mailbox(&self) -> Result<(), Problem> {
        let operation = Operation::GetFolder { names: &["inbox"], owner: None };
        let response = self.call(&operation, None).await;
        let checked = response.and_then(|response| soap::single(&response, &self.place(None, "")).map(|_| ()));
        checked.map_err(|problem| match problem.guidance {
            Guidance::SourceMailboxMissing | Guidance::SourceAccessDenied | Guidance::SourceFolderGone => {
                Problem { guidance: Guidance::SourceAccountWithoutMailbox, ..problem }
                    .with("user", &self.credentials.user)
            }
            _ => problem,
        })
    }

    /// The owner to name in distinguished folder ids: none when acting as the owner.
    pub fn owner<'a>(&self, mailbox: &'a Address) -> Option<&'a Address> {
        (!self.impersonates(mailbox)).then_some(mailbox)
    }

    /// What a request about a mailbox is about.
    pub fn place<'a>(&'a self, mailbox: Option<&'a Address>, request: &'a str) -> Place<'a> {
        Place { user: &self.credentials.user, mailbox, item: false, request }
    }

    /// Sends a request and answers its response element; faults are problems, messages inside are not yet looked at.
    pub async fn call(&self, operation: &Operation<'_>, mailbox: Option<&Address>) -> Result<Element, Problem> {
        let schema = self.learnt.lock().unwrap_or_else(PoisonError::into_inner).0;
        self.call_as(operation, mailbox, schema).await
    }

    /// [`Ews::call`] at a version of one's own choice.
    pub async fn call_as(
        &self,
        operation: &Operation<'_>,
        mailbox: Option<&Address>,
        schema: Schema,
    ) -> Result<Element, Problem> {
        let (reply, request) = self.ask(operation, schema, mailbox).await?;
        reply.outcome.map_err(|trouble| fault::problem(&trouble, &self.place(mailbox, &request)))
    }

    /// Whether the server counts what is asked about a mailbox apart: only where the account acts as its owner.
    pub fn counts_apart(&self, mailbox: &Address) -> bool {
        self.impersonates(mailbox) && self.version().is_some_and(Version::counts_by_owner)
    }

    fn impersonates(&self, mailbox: &Address) -> bool {
        self.access == Access::Impersonation && *mailbox != self.own
    }

    async fn ask(
        &self,
        operation: &Operation<'_>,
        schema: Schema,
        mailbox: Option<&Address>,
    ) -> Result<(soap::Reply, String), Problem> {
        let request = Uuid::new_v4().to_string();
        let acting_as = mailbox.filter(|mailbox| self.impersonates(mailbox));
        let call = Call {
            url: self.url.clone(),
            body: Some(soap::envelope(operation, schema, acting_as)),
            headers: self.headers(&request, mailbox),
            credentials: None,
            limit: ANSWER_LIMIT,
            timeout: None,
        };
        let answer = self.send(call).await?;
        let status = answer.status;
        if !matches!(status, StatusCode::OK | StatusCode::INTERNAL_SERVER_ERROR) {
            return Err(self.refused(answer, operation).await);
        }
        let pause = http::retry_after(&answer.headers);
        let problem = match xml::read(answer, bounds(operation)).await.map(soap::reply) {
            Ok(Some(mut reply)) => {
                if let Err(trouble) = &mut reply.outcome {
                    trouble.retry_after = pause;
                }
                return Ok((reply, request));
            }
            Err(Stop::Failure(failure)) => self.failure(&failure),
            _ if status != StatusCode::OK => fault::busy("500 without SOAP", pause),
            Ok(None) => self.not_ews("200 without SOAP"),
            Err(Stop::Xml(error)) => {
                fault::malformed(operation.name()).because(format!("{error} (client-request-id {request})"))
            }
        };
        Err(fault::asking(problem, pause))
    }

    /// What an answer means whose status says all. Only for how long may stand in a fault that comes along.
    async fn refused(&self, answer: Incoming, operation: &Operation<'_>) -> Problem {
        let problem = self.status(answer.status, &answer.headers);
        if !problem.is_passing() {
            return problem;
        }
        let reply = xml::read(answer, bounds(operation)).await.ok().and_then(soap::reply);
        let fault = reply.and_then(|reply| reply.outcome.err());
        fault::asking(problem, fault.and_then(|fault| fault.back_off()))
    }

    fn headers(&self, request: &str, mailbox: Option<&Address>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let anchor = mailbox.unwrap_or(&self.own).as_str();
        let named =
            [("x-anchormailbox", anchor), ("client-request-id", request), ("return-client-request-id", "true")];
        for (name, value) in named {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        headers
    }

    /// The first request of all goes without credentials: Basic is sent only once the server asked for it. A 401
    /// later gets one fresh attempt; a second refusal ends all requests, lest the account be locked out.
    async fn send(&self, mut call: Call) -> Result<Incoming, Problem> {
        if self.refused.load(Ordering::Relaxed) {
            return Err(self.wrong_password(""));
        }
        if self.signed_in.load(Ordering::Relaxed) {
            call.credentials = Some(self.credentials.clone());
        }
        let first = self.transport.open(call.clone()).await.map_err(|failure| self.failure(&failure))?;
        if first.status != StatusCode::UNAUTHORIZED {
            return Ok(first);
        }
        let limit = call.limit;
        let first = first.whole(limit).await.map_err(|failure| self.failure(&failure))?;
        self.trust.basic(&self.url, &first.headers)?;
        call.credentials = Some(self.credentials.clone());
        let second = self.transport.open(call).await.map_err(|failure| self.failure(&failure))?;
        if second.status == StatusCode::UNAUTHORIZED {
            let second = second.whole(limit).await.map_err(|failure| self.failure(&failure))?;
            self.refused.store(true, Ordering::Relaxed);
            let locked = String::from_utf8_lossy(&second.body).contains("currently locked out");
            return Err(self.wrong_password(if locked { "the account is locked out" } else { "401" }));
        }
        self.signed_in.store(true, Ordering::Relaxed);
        Ok(second)
    }

    fn wrong_password(&self, cause: &str) -> Problem {
        Problem::new(Kind::Run, Side::Source, Guidance::SourcePasswordWrong)
            .with("user", &self.credentials.user)
            .because(cause)
    }

    fn failure(&self, failure: &http::Failure) -> Problem {
        fault::failure(failure, self.host())
    }

    fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    fn not_ews(&self, cause: &str) -> Problem {
        Problem::new(Kind::Run, Side::Source, Guidance::SourceEwsNotFound).with("url", &self.url).because(cause)
    }

    /// An answer that is neither SOAP nor a question for credentials, by its status and headers.
    fn status(&self, status: StatusCode, headers: &HeaderMap) -> Problem {
        let routing = headers.get("x-caserrorcode").and_then(|value| value.to_str().ok());
        let cause = match routing {
            Some(code) => format!("{status} {code}"),
            None => status.to_string(),
        };
        let pause = http::retry_after(headers);
        let problem = match status.as_u16() {
            301 | 302 | 303 | 307 | 308 => {
                let target = headers.get(LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
                if target.to_lowercase().contains("genericerrorpage") {
                    return fault::busy(&cause, pause);
                }
                self.not_ews(&cause)
            }
            403 => Problem::new(Kind::Run, Side::Source, Guidance::SourceEwsBlocked)
                .with("host", self.host())
                .because(cause),
            404 | 440 => self.not_ews(&cause),
            429 | 502 | 503 | 504 => fault::busy(&cause, pause),
            413 => Problem::new(Kind::Item, Side::Source, Guidance::SourceUnexpected)
                .with("code", "413")
                .with("text", "")
                .because(cause),
            status => Problem::new(Kind::Retry, Side::Source, Guidance::SourceUnexpected)
                .with("code", status)
                .with("text", "")
                .because(cause),
        };
        fault::asking(problem, pause)
    }
}

/// What the answer to an operation may hold.
fn bounds(operation: &Operation<'_>) -> Bounds {
    let (content, items, most) = match operation {
        Operation::ExportItems { ids } => (Some("Data"), ids.len(), ITEM_LIMIT),
        Operation::GetMime { ids, .. } => (Some("MimeContent"), ids.len(), MIME_LIMIT),
        _ => (None, 0, 0),
    };
    Bounds { rest: ANSWER_LIMIT, content, most: if items > 1 { ITEMS_LIMIT } else { most } }
}
