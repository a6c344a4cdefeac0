//! The certificate's proof: a signed assertion (JWT, PS256) that names the application.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PSS_SHA256, RsaKeyPair};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::microsoft365::unreadable;

/// How long an assertion is good for, in seconds.
const LIFE: i64 = 600;

/// Signs assertions with the key of a certificate.
pub(super) struct Signer {
    key: RsaKeyPair,
    thumbprint: String,
}

impl Signer {
    /// Takes a certificate (DER) and its key (PKCS #8 DER).
    pub fn new(der: &[u8], pkcs8_key: &[u8]) -> Result<Signer, Problem> {
        let key = RsaKeyPair::from_pkcs8(pkcs8_key).map_err(|error| unreadable("client_key", error))?;
        Ok(Signer { key, thumbprint: URL_SAFE_NO_PAD.encode(Sha256::digest(der)) })
    }

    /// A fresh assertion for a token endpoint.
    pub fn assertion(&self, client_id: &str, audience: &str) -> Result<String, Problem> {
        let now = jiff::Timestamp::now().as_second();
        let header = json!({"alg": "PS256", "typ": "JWT", "x5t#S256": self.thumbprint});
        let claims = json!({
            "aud": audience, "iss": client_id, "sub": client_id, "jti": uuid::Uuid::new_v4().to_string(),
            "nbf": now, "iat": now, "exp": now + LIFE,
        });
        let signed =
            format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key.sign(&RSA_PSS_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).map_err(|_| {
            Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", "client assertion not signed")
        })?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}
