//! The private certificate authority of a practice organisation, and the certificate of its servers.
//!
//! Strict checkers accept both: the authority is marked as one, with its key's identifier and the right to sign; the
//! servers' certificate names every way to reach this computer, for server authentication, and whose key signed it.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::pki_types::PrivateKeyDer;

/// Names and addresses under which the servers can be reached.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];
/// Days for which a servers' certificate is valid; some systems refuse more than 398.
const SERVER_DAYS: i32 = 397;
/// Days for which the authority is valid.
const AUTHORITY_DAYS: i32 = 3650;

/// The authority could not be made or read back.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// A key or certificate could not be made, or a kept key is unusable.
    #[error("certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The TLS library does not take the certificate.
    #[error("TLS: {0}")]
    Tls(#[from] rustls::Error),
}

/// The authority with its key.
pub struct Authority {
    certificate: String,
    key: KeyPair,
}

impl Authority {
    /// A new authority.
    pub fn new() -> Result<Authority, AuthorityError> {
        let key = KeyPair::generate()?;
        let mut params = params();
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        valid_for(&mut params, AUTHORITY_DAYS);
        let certificate = params.self_signed(&key)?.pem();
        Ok(Authority { certificate, key })
    }

    /// An authority kept from an earlier run.
    pub fn kept(certificate: &str, key: &str) -> Result<Authority, AuthorityError> {
        Ok(Authority { certificate: certificate.to_owned(), key: KeyPair::from_pem(key)? })
    }

    /// Its certificate as PEM, for clients that are to trust it.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// Its key as PEM, to be kept where only the user can read it.
    pub fn key(&self) -> String {
        self.key.serialize_pem()
    }

    /// TLS settings with a fresh certificate for this computer.
    pub fn server(&self) -> Result<Arc<rustls::ServerConfig>, AuthorityError> {
        let key = KeyPair::generate()?;
        let mut leaf = CertificateParams::new(NAMES.map(str::to_owned))?;
        leaf.distinguished_name = DistinguishedName::new();
        leaf.distinguished_name.push(DnType::CommonName, "localhost");
        leaf.is_ca = IsCa::ExplicitNoCa;
        leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        leaf.use_authority_key_identifier_extension = true;
        valid_for(&mut leaf, SERVER_DAYS);
        let params = params();
        let certificate = leaf.signed_by(&key, &Issuer::from_params(&params, &self.key))?;
        let private = PrivateKeyDer::Pkcs8(key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], private)?;
        Ok(Arc::new(config))
    }
}

/// What every certificate of the authority says about its issuer.
fn params() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::OrganizationName, "Cutover practice organisation");
    params.distinguished_name.push(DnType::CommonName, "Cutover practice authority");
    params
}

/// Valid from yesterday, so that clocks may differ a little.
fn valid_for(params: &mut CertificateParams, days: i32) {
    let today = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let date = |days: i32| {
        let day = today.saturating_add(jiff::Span::new().days(days));
        date_time_ymd(day.year().into(), u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day()).unwrap_or(1))
    };
    params.not_before = date(-1);
    params.not_after = date(days);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use x509_parser::pem::parse_x509_pem;

    #[test]
    fn the_authority_is_marked_as_one_and_valid_now() {
        let authority = Authority::new().unwrap();
        let (_, pem) = parse_x509_pem(authority.certificate().as_bytes()).unwrap();
        let certificate = pem.parse_x509().unwrap();
        assert!(certificate.validity().is_valid());
        let constraints = certificate.basic_constraints().unwrap().unwrap();
        assert!(constraints.critical && constraints.value.ca);
        let usage = certificate.key_usage().unwrap().unwrap();
        assert!(usage.critical && usage.value.key_cert_sign());
        let extensions = certificate.extensions();
        assert!(extensions.iter().any(|e| e.oid == x509_parser::oid_registry::OID_X509_EXT_SUBJECT_KEY_IDENTIFIER));
    }

    #[test]
    fn a_kept_authority_signs_again() {
        let first = Authority::new().unwrap();
        let again = Authority::kept(first.certificate(), &first.key()).unwrap();
        assert_eq!(again.certificate(), first.certificate());
        assert!(again.server().is_ok());
        assert!(Authority::kept(first.certificate(), "no key").is_err());
    }
}
