//! One request as the handlers see it: method, path segments, query options, body.

use bytes::Bytes;
use hyper::HeaderMap;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::clock::{Clock, Moment};
use super::options::CloudOptions;
use super::reply::Fault;
use super::state::State;
use crate::practice::https::Request;

/// What a handler works on: the service's memory, clock and options.
pub(super) struct Site<'a> {
    pub state: &'a mut State,
    pub clock: &'a Clock,
    pub options: &'a CloudOptions,
}

impl Site<'_> {
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// When a write of now can be read: directories are copied to their replicas with some delay.
    pub fn replicated(&mut self) -> Moment {
        let seconds = 2.0 + 4.0 * self.state.fraction();
        self.clock.after(seconds)
    }
}

/// A request taken apart.
pub(super) struct Call {
    pub method: String,
    /// Decoded segments without version prefixes.
    pub path: Vec<String>,
    /// Path as sent.
    pub raw_path: String,
    /// Decoded query options in order.
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Call {
    /// Takes a request apart.
    pub fn new(request: &Request) -> Call {
        let raw_path = request.uri().path().to_owned();
        let query = request.uri().query().unwrap_or_default();
        let query = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        Call {
            method: request.method().as_str().to_owned(),
            path: segments(&raw_path),
            raw_path,
            query,
            headers: request.headers().clone(),
            body: request.body().clone(),
        }
    }

    /// Method and path for matching.
    pub fn route(&self) -> (&str, Vec<&str>) {
        (self.method.as_str(), self.path.iter().map(String::as_str).collect())
    }

    /// A query option; `$` may be left out, letter case does not matter.
    pub fn option(&self, name: &str) -> Option<&str> {
        let name = name.trim_start_matches('$');
        let mut found = self.query.iter().filter(|(key, _)| key.trim_start_matches('$').eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.as_str())
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as a JSON object.
    pub fn json(&self) -> Result<Value, Fault> {
        if self.body.is_empty() {
            return Ok(Value::Object(serde_json::Map::new()));
        }
        match serde_json::from_slice::<Value>(&self.body) {
            Ok(value) if value.is_object() => Ok(value),
            Ok(_) => Err(Fault::new(400, "BadRequest", "The request body must be a JSON object.")),
            Err(_) => Err(Fault::new(400, "BadRequest", "Unable to read JSON request payload.")),
        }
    }

    /// Whether the body says to be plain text, the form for MIME.
    pub fn is_text(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.trim_start().to_lowercase().starts_with("text/plain"))
    }
}

/// The segments of a path: decoded, without version prefixes, without namespaces and `()` of actions and functions.
pub(super) fn segments(path: &str) -> Vec<String> {
    let parts = path.split('/').filter(|part| !part.is_empty());
    let mut decoded: Vec<String> =
        parts.map(|part| percent_decode_str(part).decode_utf8_lossy().into_owned()).collect();
    let versions = decoded.iter().take_while(|part| matches!(part.as_str(), "v1.0" | "beta")).count();
    decoded.drain(..versions);
    let bare = |part: String| {
        let part = part.strip_suffix("()").map(str::to_owned).unwrap_or(part);
        let short = part.strip_prefix("microsoft.graph.").or_else(|| part.strip_prefix("graph.")).map(str::to_owned);
        short.unwrap_or(part)
    };
    decoded.into_iter().map(bare).collect()
}

/// A JSON member whose name may be spelled in any letter case.
pub(super) fn member<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    value.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
