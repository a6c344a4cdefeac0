//! Authorised requests: a token, a request id, an answer within bounds, and one renewal when the token is refused.

use std::collections::HashSet;
use std::sync::Mutex;

use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::{Client, Method, StatusCode};
use tokio::sync::{Semaphore, SemaphorePermit};
use url::Url;

use super::Secret;
use super::failure::{Trouble, transport};
use super::sign_in::{Resource, SignIn};
use crate::engine::problem::{Guidance, Kind};
use crate::http::{self, Answer, Failure, Incoming};

/// Bound of an answer unless a call says otherwise: a page of 999 items has about 2 MB.
pub(super) const ANSWER_LIMIT: usize = 32 * 1024 * 1024;

/// Bound of an answer that says no, in bytes.
const REFUSAL_LIMIT: usize = 1024 * 1024;

/// Bound of the pages that are gathered into one list: folders, members, licences, domains.
pub(super) const PAGE_LIMIT: usize = 2_000;

/// A request to be sent with a token.
pub(super) struct Call<'a> {
    /// Method.
    pub method: Method,
    /// Where to.
    pub url: Url,
    /// Whose token.
    pub resource: Resource,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// JSON body.
    pub body: Option<Bytes>,
    /// Bound of the answer in bytes.
    pub limit: usize,
    /// It changes nothing, so that it may be sent once more at once.
    pub reads: bool,
    /// Held while the request is on its way.
    pub permits: Option<&'a Semaphore>,
}

/// The way to both services.
pub(super) struct Wire {
    client: Client,
    sign_in: SignIn,
    reached: Mutex<HashSet<String>>,
}

impl Wire {
    /// Over this client, with these tokens.
    pub fn new(client: Client, sign_in: SignIn) -> Wire {
        Wire { client, sign_in, reached: Mutex::default() }
    }

    /// Sends a call and reads the answer. A refused token is renewed once; every other answer is the caller's to judge.
    ///
    /// A read whose connection broke is sent once more at once: of many reads that make one answer of ours, each would
    /// break all otherwise.
    pub async fn send(&self, call: &Call<'_>) -> Result<Answer, Trouble> {
        match self.send_once(call).await {
            Err(Trouble::Problem(problem))
                if call.reads && problem.kind == Kind::Retry && problem.guidance == Guidance::TargetUnreachable =>
            {
                self.send_once(call).await
            }
            answer => answer,
        }
    }

    async fn send_once(&self, call: &Call<'_>) -> Result<Answer, Trouble> {
        self.open(call).await?.whole().await
    }

    /// Sends a call as [`Wire::send`] does; the body of the answer is still to be read.
    pub async fn open<'a>(&'a self, call: &Call<'a>) -> Result<Opened<'a>, Trouble> {
        let permit = match call.permits {
            Some(permits) => permits.acquire().await.ok(),
            None => None,
        };
        let token = self.sign_in.token(call.resource).await?;
        let mut incoming = self.attempt(call, &token).await?;
        if incoming.status == StatusCode::UNAUTHORIZED {
            // Read to its end, so that the connection can be used again.
            let host = call.url.host_str().unwrap_or_default();
            incoming.whole(REFUSAL_LIMIT).await.map_err(|failure| self.trouble(failure, host))?;
            self.sign_in.forget(call.resource, &token).await;
            let token = self.sign_in.token(call.resource).await?;
            incoming = self.attempt(call, &token).await?;
        }
        let host = call.url.host_str().unwrap_or_default().to_owned();
        Ok(Opened { wire: self, host, incoming, limit: call.limit, left: call.limit, _permit: permit })
    }

    async fn attempt(&self, call: &Call<'_>, token: &Secret) -> Result<Incoming, Trouble> {
        let mut request = self
            .client
            .request(call.method.clone(), call.url.clone())
            .header(AUTHORIZATION, format!("Bearer {}", token.expose()))
            .header("client-request-id", uuid::Uuid::new_v4().to_string());
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if call.body.is_none() && call.method == Method::POST {
            // Without it the service answers 411.
            request = request.header(CONTENT_LENGTH, 0);
        }
        if let Some(body) = &call.body {
            request = request.header(CONTENT_TYPE, "application/json; charset=utf-8").body(body.clone());
        }
        let host = call.url.host_str().unwrap_or_default();
        let incoming = http::open(request).await.map_err(|failure| self.trouble(failure, host))?;
        self.reached().insert(host.to_owned());
        Ok(incoming)
    }

    fn trouble(&self, failure: Failure, host: &str) -> Trouble {
        match failure {
            Failure::TooLarge { limit } => Trouble::TooLarge(limit),
            failure => transport(failure, host, self.reached().contains(host)).into(),
        }
    }

    fn reached(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.reached.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// An answer whose body is still on its way. It holds the call's permit.
pub(super) struct Opened<'a> {
    wire: &'a Wire,
    host: String,
    incoming: Incoming,
    limit: usize,
    left: usize,
    _permit: Option<SemaphorePermit<'a>>,
}

impl Opened<'_> {
    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.incoming.status
    }

    /// The next part of the body, within the call's bound.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Trouble> {
        let chunk = self.incoming.chunk().await.map_err(|failure| self.wire.trouble(failure, &self.host))?;
        let length = chunk.as_ref().map_or(0, Bytes::len);
        self.left = self.left.checked_sub(length).ok_or(Trouble::TooLarge(self.limit))?;
        Ok(chunk)
    }

    /// The whole of an answer that says no.
    pub async fn refusal(mut self) -> Result<Answer, Trouble> {
        self.limit = self.limit.min(REFUSAL_LIMIT);
        self.whole().await
    }

    /// The whole answer, within the call's bound.
    pub async fn whole(self) -> Result<Answer, Trouble> {
        let Opened { wire, host, incoming, limit, _permit, .. } = self;
        incoming.whole(limit).await.map_err(|failure| wire.trouble(failure, &host))
    }
}
