//! Sign-in with a certificate: the client assertion is a JWT signed with a registered certificate's key.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, SHA256, digest};
use ring::signature::{self, UnparsedPublicKey};
use serde_json::Value;
use x509_parser::prelude::FromDer;

use super::call::Site;
use super::signin::Refused;

/// Clock skew that is tolerated, seconds.
const SKEW: i64 = 300;

/// Checks a client assertion and marks its `jti` as used.
pub(super) fn check(site: &mut Site, tenant: &str, text: &str) -> Result<(), Refused> {
    let parts: Vec<&str> = text.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else { return Err(malformed()) };
    let (head, claims) = (part(header)?, part(payload)?);
    let key = known_key(site, &head)?;
    let algorithm: &dyn signature::VerificationAlgorithm = match head["alg"].as_str() {
        Some("PS256") => &signature::RSA_PSS_2048_8192_SHA256,
        Some("RS256") => &signature::RSA_PKCS1_2048_8192_SHA256,
        _ => return Err(malformed()),
    };
    let bytes = URL_SAFE_NO_PAD.decode(signature).map_err(|_| malformed())?;
    let signed = format!("{header}.{payload}");
    if UnparsedPublicKey::new(algorithm, key).verify(signed.as_bytes(), &bytes).is_err() {
        let text = "Client assertion contains an invalid signature.".to_owned();
        return Err(Refused(401, "invalid_client", 700_027, text));
    }
    check_claims(site, tenant, &claims)
}

fn check_claims(site: &mut Site, tenant: &str, claims: &Value) -> Result<(), Refused> {
    let bad = |number, text: &str| Err(Refused(401, "invalid_client", number, text.to_owned()));
    let now = site.now().seconds();
    let base = &site.options.base_url;
    let audiences = [format!("{base}/{tenant}/oauth2/v2.0/token"), format!("{base}/{tenant}/v2.0")];
    if !audiences.iter().any(|own| claims["aud"].as_str().is_some_and(|aud| aud.eq_ignore_ascii_case(own))) {
        return bad(700_023, "Client assertion audience claim does not match the token endpoint.");
    }
    let client = Some(site.state.tenant.client_id.as_str());
    if claims["iss"].as_str() != client || claims["sub"].as_str() != client {
        return bad(700_021, "Client assertion application identifier does not match 'client_id'.");
    }
    let expired = claims["exp"].as_i64().is_none_or(|exp| exp.saturating_add(SKEW) < now);
    if expired || claims["nbf"].as_i64().is_some_and(|nbf| nbf.saturating_sub(SKEW) > now) {
        return bad(700_024, "Client assertion is not within its valid time range.");
    }
    match claims["jti"].as_str() {
        Some(jti) if !jti.is_empty() && site.state.used_assertions.insert(jti.to_owned()) => Ok(()),
        _ => bad(50_012, "Client assertion identifier is missing or was used before."),
    }
}

/// The public key of the registered certificate that the header names by its thumbprint.
fn known_key(site: &Site, header: &Value) -> Result<Vec<u8>, Refused> {
    let now = site.now();
    let known = site.state.tenant.certificates.iter().filter(|certificate| certificate.known_from <= now);
    for certificate in known {
        let (long, short) = (digest(&SHA256, &certificate.der), digest(&SHA1_FOR_LEGACY_USE_ONLY, &certificate.der));
        let named = |claim: &str, print: &[u8]| header[claim].as_str() == Some(&URL_SAFE_NO_PAD.encode(print));
        if named("x5t#S256", long.as_ref()) || named("x5t", short.as_ref()) {
            let parsed = x509_parser::certificate::X509Certificate::from_der(&certificate.der);
            let (_, parsed) = parsed.map_err(|_| unknown())?;
            return Ok(parsed.public_key().subject_public_key.data.to_vec());
        }
    }
    Err(unknown())
}

fn unknown() -> Refused {
    let text = "The certificate with identifier used to sign the client assertion is not registered on application.";
    Refused(401, "invalid_client", 700_027, text.to_owned())
}

fn malformed() -> Refused {
    Refused(401, "invalid_client", 50_027, "Client assertion is malformed.".to_owned())
}

fn part(text: &str) -> Result<Value, Refused> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| malformed())?;
    serde_json::from_slice(&bytes).map_err(|_| malformed())
}
