//! One request and its answer: the seam at which tests put a server of their own.

use std::time::Duration;

use async_trait::async_trait;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use url::Url;

use super::Secret;
use crate::http::{self, Answer, Failure, Incoming};

/// A sign-in name with its password.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// `DOMAIN\user` or a user principal name.
    pub user: String,
    /// The password.
    pub password: Secret,
}

/// A request to the source.
#[derive(Debug, Clone)]
pub struct Call {
    /// Where to.
    pub url: Url,
    /// The body of a POST; without one it is a GET.
    pub body: Option<String>,
    /// Further headers.
    pub headers: HeaderMap,
    /// Present only where [`Trust`](super::trust::Trust) allows.
    pub credentials: Option<Credentials>,
    /// The most bytes that an answer read whole may have.
    pub limit: usize,
    /// The longest the whole exchange may take; without one, only silence is bounded.
    pub timeout: Option<Duration>,
}

/// Whatever carries a [`Call`] to a server.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends once; redirects are answers like any other. The body is still to be read.
    async fn open(&self, call: Call) -> Result<Incoming, Failure>;

    /// Sends once and reads the whole answer, within the call's bound.
    async fn send(&self, call: Call) -> Result<Answer, Failure> {
        let limit = call.limit;
        self.open(call).await?.whole(limit).await
    }
}

/// The real network.
pub struct Wire(pub reqwest::Client);

#[async_trait]
impl Transport for Wire {
    async fn open(&self, call: Call) -> Result<Incoming, Failure> {
        let mut request = match call.body {
            Some(body) => self.0.post(call.url).header(CONTENT_TYPE, "text/xml; charset=utf-8").body(body),
            None => self.0.get(call.url),
        };
        request = request.headers(call.headers);
        if let Some(credentials) = &call.credentials {
            request = request.basic_auth(&credentials.user, Some(credentials.password.expose()));
        }
        if let Some(timeout) = call.timeout {
            request = request.timeout(timeout);
        }
        http::open(request).await
    }
}
