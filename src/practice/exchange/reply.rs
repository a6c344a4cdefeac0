//! HTTP answers of the practice Exchange.

use bytes::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER};

use crate::practice::https::Response;

/// XML as Exchange sends it; clients compare this content type letter by letter.
pub(super) fn xml(status: u16, body: String) -> Response {
    respond(status, "text/xml; charset=utf-8", body)
}

/// A page that is no XML.
pub(super) fn html(status: u16, text: &str) -> Response {
    let body = format!("<!DOCTYPE html><html><head><title>{text}</title></head><body><h2>{text}</h2></body></html>");
    respond(status, "text/html", body)
}

/// The answer with `Retry-After`, if a pause of so many seconds is to be asked for.
pub(super) fn asking_for(pause: Option<f64>, mut response: Response) -> Response {
    if let Some(pause) = pause.and_then(|seconds| HeaderValue::from_str(&seconds.to_string()).ok()) {
        response.headers_mut().insert(RETRY_AFTER, pause);
    }
    response
}

fn respond(status: u16, content_type: &'static str, body: String) -> Response {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or(hyper::StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(HeaderName::from_static("x-feserver"), HeaderValue::from_static("PRACTICE-EX01"));
    if let Ok(id) = HeaderValue::from_str(&uuid::Uuid::new_v4().to_string()) {
        headers.insert(HeaderName::from_static("request-id"), id);
    }
    response
}
