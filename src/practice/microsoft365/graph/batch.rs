//! `/$batch`: up to twenty requests in one, answered in any order, each with its own status.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::reply::Fault;
use crate::practice::https::{Request, Response};

/// Requests in one batch.
const MOST: usize = 20;

/// A part of a batch: its id, what it waits for, and the request it stands for.
pub(in super::super) struct Part {
    pub id: String,
    pub after: Vec<String>,
    pub request: Request,
}

/// Takes a batch apart.
pub(in super::super) fn parts(call: &Call) -> Result<Vec<Part>, Fault> {
    let body = call.json()?;
    let bad = |text: &str| Fault::new(400, "BadRequest", text);
    let requests = body["requests"].as_array().ok_or_else(|| bad("The property 'requests' is missing."))?;
    if requests.is_empty() || requests.len() > MOST {
        return Err(bad("The number of batch requests must be between 1 and 20."));
    }
    let mut seen = BTreeSet::new();
    let mut parts = Vec::new();
    for request in requests {
        let id = request["id"].as_str().unwrap_or_default().to_owned();
        if id.is_empty() || !seen.insert(id.clone()) {
            return Err(bad("Batch request ids must be present and unique."));
        }
        let after = request["dependsOn"].as_array().into_iter().flatten();
        let after: Vec<String> = after.filter_map(|id| id.as_str().map(str::to_owned)).collect();
        if after.iter().any(|other| !seen.contains(other)) {
            return Err(bad("A request depends on one that does not precede it."));
        }
        parts.push(Part { id, after, request: build(call, request)? });
    }
    Ok(parts)
}

fn build(call: &Call, part: &Value) -> Result<Request, Fault> {
    let bad = |text: &str| Fault::new(400, "BadRequest", text);
    let url = part["url"].as_str().filter(|url| !url.contains("://") && !url.contains("$batch"));
    let url = url.ok_or_else(|| bad("The url of a batch request must be relative."))?.replace(' ', "%20");
    let mut request = hyper::Request::builder()
        .method(part["method"].as_str().unwrap_or("GET"))
        .uri(format!("/{}", url.trim_start_matches('/')));
    for (name, value) in part["headers"].as_object().into_iter().flatten() {
        request = request.header(name, value.as_str().unwrap_or_default());
    }
    if let Some(bearer) = call.header("authorization") {
        request = request.header("authorization", bearer);
    }
    let has_type = part["headers"]
        .as_object()
        .is_some_and(|all| all.keys().any(|name| name.eq_ignore_ascii_case("content-type")));
    let body = match &part["body"] {
        Value::Null => Vec::new(),
        _ if !has_type => return Err(bad("Write request id does not contain Content-Type header.")),
        Value::String(text) => text.clone().into_bytes(),
        other => other.to_string().into_bytes(),
    };
    request.body(body.into()).map_err(|_| bad("A batch request is malformed."))
}

/// Puts the answers together; the real service gives no promise about their order, so the last comes first.
pub(in super::super) fn together(answers: BTreeMap<String, Response>) -> Value {
    let parts = answers.into_iter().rev().map(|(id, response)| {
        let headers: Map<String, Value> = response
            .headers()
            .iter()
            .map(|(name, value)| (title(name.as_str()), json!(value.to_str().unwrap_or_default())))
            .collect();
        let body =
            serde_json::from_slice(response.body()).unwrap_or_else(|_| json!(STANDARD.encode(response.body())));
        let mut part = json!({"id": id, "status": response.status().as_u16(), "headers": headers});
        if !response.body().is_empty() {
            part["body"] = body;
        }
        part
    });
    json!({"responses": parts.collect::<Vec<Value>>()})
}

/// `retry-after` as `Retry-After`.
fn title(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    });
    words.collect::<Vec<String>>().join("-")
}
