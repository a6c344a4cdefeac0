//! The shared HTTP transport of the connectors: bounded answers, and failures told apart.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt, TryStreamExt};
use http_body_util::BodyDataStream;
use reqwest::header::HeaderMap;
use reqwest::{Certificate, Client, RequestBuilder, StatusCode};

pub mod base64;

/// A password, secret or token in memory. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes it.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }
    /// Gives it, for the request that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What went wrong below HTTP. The connectors say what it means on their side.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The host name does not resolve.
    #[error("unknown host")]
    UnknownHost,
    /// The server's certificate is not trusted or is for another name.
    #[error("certificate not trusted: {0}")]
    Certificate(String),
    /// No connection could be made.
    #[error("no connection: {0}")]
    Connect(String),
    /// The connection broke or timed out after it was made: the request may have been carried out.
    #[error("connection lost: {0}")]
    Lost(String),
    /// The answer is beyond the bound.
    #[error("answer larger than {limit} bytes")]
    TooLarge {
        /// The bound in bytes.
        limit: usize,
    },
    /// The transport could not be set up, or the URL is unusable.
    #[error("unusable: {0}")]
    Unusable(String),
}

/// An answer with its whole body.
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body, within the bound.
    pub body: Bytes,
}

/// An answer whose body is still on its way.
pub struct Incoming {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    body: BoxStream<'static, Result<Bytes, Failure>>,
}

impl Incoming {
    /// A good answer with this body, for tests.
    #[cfg(test)]
    pub fn of(body: BoxStream<'static, Result<Bytes, Failure>>) -> Incoming {
        Incoming { status: StatusCode::OK, headers: HeaderMap::new(), body }
    }

    /// The next part of the body; nothing once it is over.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Failure> {
        self.body.try_next().await
    }

    /// The body, part by part.
    pub fn into_body(self) -> BoxStream<'static, Result<Bytes, Failure>> {
        self.body
    }

    /// The whole answer, with at most `limit` bytes of body.
    pub async fn whole(mut self, limit: usize) -> Result<Answer, Failure> {
        let mut body = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            if body.len() + chunk.len() > limit {
                return Err(Failure::TooLarge { limit });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status: self.status, headers: self.headers, body: body.freeze() })
    }
}

impl From<Answer> for Incoming {
    fn from(answer: Answer) -> Incoming {
        let Answer { status, headers, body } = answer;
        Incoming { status, headers, body: stream::once(async { Ok(body) }).boxed() }
    }
}

#[cfg(any(test, fuzzing))]
impl Incoming {
    /// An answer whose body comes in pieces of so many bytes, for the fuzzer.
    pub fn in_pieces(answer: Answer, length: usize) -> Incoming {
        let Answer { status, headers, body } = answer;
        let pieces: Vec<_> = body.chunks(length.max(1)).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        Incoming { status, headers, body: stream::iter(pieces).boxed() }
    }
}

/// How long a request may go without an answer: sending its body counts.
const PATIENCE: Duration = Duration::from_secs(120);

/// Builds a client: system trust plus an optional private authority (PEM), no redirects followed, HTTP/1.1 only where
/// asked (connection-bound sign-in needs it), cookies kept.
pub fn client(private_authority: Option<&[u8]>, http1_only: bool) -> Result<Client, Failure> {
    patient_client(private_authority, http1_only, PATIENCE)
}

/// Builds a client like [`client`] for requests whose bodies take long to send: the time until the first byte of the
/// answer counts from the start of the request.
pub fn patient_client(
    private_authority: Option<&[u8]>,
    http1_only: bool,
    patience: Duration,
) -> Result<Client, Failure> {
    let mut builder = Client::builder()
        .user_agent(concat!("cutover/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .cookie_store(true)
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(patience);
    if http1_only {
        builder = builder.http1_only();
    }
    if let Some(pem) = private_authority {
        let certificates = Certificate::from_pem_bundle(pem).map_err(|error| Failure::Unusable(chain(&error)))?;
        builder = builder.tls_certs_merge(certificates);
    }
    builder.build().map_err(|error| Failure::Unusable(chain(&error)))
}

/// Sends a request once; the body of its answer is still to be read.
pub async fn open(request: RequestBuilder) -> Result<Incoming, Failure> {
    let response = request.send().await.map_err(classify)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let body = BodyDataStream::new(reqwest::Body::from(response));
    let body = body.map_err(|error| Failure::Lost(chain(&error.without_url()))).boxed();
    Ok(Incoming { status, headers, body })
}

/// Sends a request once and reads at most `limit` bytes of its answer.
pub async fn send(request: RequestBuilder, limit: usize) -> Result<Answer, Failure> {
    open(request).await?.whole(limit).await
}

/// The longest pause that a server is believed to mean.
const LONGEST_PAUSE: Duration = Duration::from_secs(86_400);

/// The pause a `Retry-After` header asks for, a day at most: whole or fractional seconds, or an HTTP date. That is read
/// against the answer's own `Date` where it has one: the clocks of both sides may differ.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    let date = |text: &str| Some(jiff::fmt::rfc2822::parse(text).ok()?.timestamp());
    let after = text("retry-after")?;
    if let Ok(seconds) = after.parse::<f64>() {
        let most = LONGEST_PAUSE.as_secs_f64();
        return (seconds.is_finite() && seconds >= 0.0).then(|| Duration::from_secs_f64(seconds.min(most)));
    }
    let now = text("date").and_then(date).unwrap_or_else(jiff::Timestamp::now);
    let pause = date(after)?.duration_since(now);
    Some(Duration::try_from(pause).unwrap_or(Duration::ZERO).min(LONGEST_PAUSE))
}

fn classify(error: reqwest::Error) -> Failure {
    let error = error.without_url();
    let text = chain(&error);
    if error.is_builder() {
        Failure::Unusable(text)
    } else if text.contains("dns error") || text.contains("failed to lookup address") {
        Failure::UnknownHost
    } else if text.to_lowercase().contains("certificate") {
        Failure::Certificate(text)
    } else if error.is_connect() {
        Failure::Connect(text)
    } else {
        Failure::Lost(text)
    }
}

/// The error with its causes. Callers strip the URL first: it may carry a token.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        text.push_str(": ");
        text.push_str(&error.to_string());
        next = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use reqwest::header::HeaderValue;

    use super::*;

    fn pause(headers: &[(&'static str, &'static str)]) -> Option<u64> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, HeaderValue::from_static(value));
        }
        retry_after(&map).map(|pause| pause.as_secs())
    }

    #[test]
    fn a_pause_is_seconds_or_a_date_by_the_servers_own_clock_and_never_beyond_a_day() {
        const DATE: (&str, &str) = ("date", "Fri, 20 Nov 1998 08:00:00 GMT");
        let after = |text| ("retry-after", text);
        assert_eq!(pause(&[DATE]), None);
        for (text, seconds) in [
            ("30", Some(30)),
            (" 1.5 ", Some(1)),
            ("1e300", Some(86_400)),
            ("-1", None),
            ("NaN", None),
            ("soon", None),
            ("Fri, 20 Nov 1998 08:02:00 GMT", Some(120)),
            ("Fri, 20 Nov 1998 07:00:00 GMT", Some(0)),
            ("Thu, 31 Dec 9998 23:59:59 GMT", Some(86_400)),
        ] {
            assert_eq!(pause(&[after(text), DATE]), seconds, "{text}");
        }
        assert_eq!(pause(&[after("Fri, 20 Nov 1998 08:00:00 GMT")]), Some(0), "by our clock it is long over");
        assert_eq!(pause(&[after("Thu, 31 Dec 9998 23:59:59 GMT"), ("date", "?")]), Some(86_400));
    }
}
