//! Answers and errors in the forms the service uses.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::practice::https::Response;

/// What a handler gives back.
pub(super) type Reply = Result<Response, Fault>;

/// An error of Microsoft Graph, before it is put in its envelope.
#[derive(Debug, Clone)]
pub(super) struct Fault {
    pub status: u16,
    pub code: String,
    pub message: String,
    /// Nested errors: code, target, message.
    pub details: Vec<(String, String, String)>,
    pub headers: Vec<(&'static str, String)>,
}

impl Fault {
    pub fn new(status: u16, code: &str, message: impl Into<String>) -> Fault {
        let (code, message) = (code.to_owned(), message.into());
        Fault { status, code, message, details: Vec::new(), headers: Vec::new() }
    }

    /// 400 of the directory.
    pub fn bad(message: impl Into<String>) -> Fault {
        Fault::new(400, "Request_BadRequest", message)
    }

    /// 400 of Outlook for a body or an option that cannot be used.
    pub fn invalid(message: impl Into<String>) -> Fault {
        Fault::new(400, "ErrorInvalidRequest", message)
    }

    /// 404 of the directory.
    pub fn no_resource(id: &str) -> Fault {
        let message = format!(
            "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
        );
        Fault::new(404, "Request_ResourceNotFound", message)
    }

    /// 404 of Outlook.
    pub fn no_item() -> Fault {
        Fault::new(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    }

    /// 404 for a path that is no endpoint, 405 would need to know the others.
    pub fn no_segment(segment: &str) -> Fault {
        Fault::bad(format!("Resource not found for the segment '{segment}'."))
    }

    /// Nested error.
    pub fn detail(mut self, code: &str, target: &str, message: &str) -> Fault {
        self.details.push((code.to_owned(), target.to_owned(), message.to_owned()));
        self
    }

    /// Header of the answer.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Fault {
        self.headers.push((name, value.into()));
        self
    }

    /// The envelope of Graph.
    pub fn body(&self, date: &str, request_id: &str, client_request_id: &str) -> Value {
        let mut error = json!({"code": self.code, "message": self.message});
        if !self.details.is_empty() {
            let details = self
                .details
                .iter()
                .map(|(code, target, message)| json!({"code": code, "target": target, "message": message}));
            error["details"] = details.collect();
        }
        let date = date.trim_end_matches('Z');
        error["innerError"] = json!({"date": date, "request-id": request_id, "client-request-id": client_request_id});
        json!({"error": error})
    }

    /// The whole answer.
    pub fn response(&self, date: &str, request_id: &str, client_request_id: &str) -> Response {
        let mut response = json(self.status, &self.body(date, request_id, client_request_id));
        for (name, value) in &self.headers {
            put_header(&mut response, name, value);
        }
        response
    }
}

/// An answer with bytes.
pub(super) fn bytes(status: u16, content_type: &str, body: impl Into<Bytes>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    put_header(&mut response, "content-type", content_type);
    response
}

/// An answer with JSON.
pub(super) fn json(status: u16, body: &Value) -> Response {
    bytes(status, "application/json;odata.metadata=minimal;odata.streaming=true;charset=utf-8", body.to_string())
}

/// An answer without a body.
pub(super) fn empty(status: u16) -> Response {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// Sets a header; a value that no header can hold is left out.
pub(super) fn put_header(response: &mut Response, name: &'static str, value: &str) {
    if let Ok(value) = hyper::header::HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
