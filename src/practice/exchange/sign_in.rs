//! Basic sign-in with the migration administrator's account.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::header::{AUTHORIZATION, HOST, HeaderValue, WWW_AUTHENTICATE};

use super::reply;
use crate::practice::https::{Request, Response};
use crate::practice::organisation::Administrator;

/// Whether the request carries the administrator's name (`DOMAIN\user` or mail address, in any case) and password.
pub(super) fn is_administrator(administrator: &Administrator, request: &Request) -> bool {
    let Some((name, password)) = credentials(request) else { return false };
    let known = [&administrator.user_name, &administrator.email];
    known.iter().any(|known| known.eq_ignore_ascii_case(&name)) && password == administrator.password
}

fn credentials(request: &Request) -> Option<(String, String)> {
    let header = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, value) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("Basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    pair.split_once(':').map(|(name, password)| (name.to_owned(), password.to_owned()))
}

/// The answer to whoever is not signed in. Real servers offer Negotiate and NTLM before Basic; this one offers only what
/// works, since clients try the first offer. `soap` announces SOAP Autodiscover to those who ask at the POX address.
pub(super) fn challenge(request: &Request, soap: bool) -> Response {
    let mut response = reply::html(401, "401 - Unauthorized: Access is denied due to invalid credentials.");
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    let host = host.or(request.uri().host()).unwrap_or("localhost").replace(['"', '\\'], "");
    if let Ok(offer) = HeaderValue::from_str(&format!("Basic realm=\"{host}\"")) {
        response.headers_mut().append(WWW_AUTHENTICATE, offer);
    }
    if soap {
        response.headers_mut().insert("x-soap-enabled", HeaderValue::from_static("True"));
    }
    response
}
