//! The tokens the service gives out: JSON web tokens that only it can have signed, so none needs to be remembered.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::clock::Moment;

/// Resource of Microsoft Graph.
pub(super) const GRAPH: &str = "https://graph.microsoft.com";
/// Resource of the Exchange admin service.
pub(super) const EXCHANGE: &str = "https://outlook.office365.com";
/// Resource that stands for both, for clients that were pointed at this service's own address.
pub(super) const BOTH: &str = "*";

/// What a token says. Times are milliseconds here; the JWT also carries `exp` in seconds for clients that look.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Claims {
    /// Access, refresh, import or upload.
    pub kind: String,
    /// Resource, or the mailbox or upload it is good for.
    pub aud: String,
    pub appid: String,
    pub tid: String,
    pub until: Moment,
}

/// Makes a token.
pub(super) fn sign(key: &[u8], claims: &Claims, roles: &[&str], serial: u64) -> String {
    let mut payload = json!({
        "kind": claims.kind, "aud": claims.aud, "appid": claims.appid, "tid": claims.tid, "until": claims.until,
        "exp": claims.until.seconds(), "uti": serial,
    });
    if !roles.is_empty() {
        payload["roles"] = json!(roles);
    }
    let header = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"HS256"}"#);
    let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload.to_string()));
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref()))
}

/// Reads a token that we signed; says nothing about whether it has expired.
pub(super) fn read(key: &[u8], token: &str) -> Option<Claims> {
    let (signed, tag) = token.rsplit_once('.')?;
    let tag = URL_SAFE_NO_PAD.decode(tag).ok()?;
    hmac::verify(&hmac::Key::new(hmac::HMAC_SHA256, key), signed.as_bytes(), &tag).ok()?;
    let payload = URL_SAFE_NO_PAD.decode(signed.split_once('.')?.1).ok()?;
    let value: Value = serde_json::from_slice(&payload).ok()?;
    serde_json::from_value(value).ok()
}
