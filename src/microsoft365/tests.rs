//! The connector against a scripted service on loopback, with answers typed from the documents.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::engine::item::Summary;
use crate::engine::recipient::{Card, Identity};

mod content;
mod directory;
mod fake;
mod import;
mod provisioning;
mod sign_in;
mod transport;

use fake::{Fake, Reply};

const TENANT: &str = "7c1d3a52-0f57-4a0e-9d0c-2f6f7a1f9b11";
const SECRET: &str = "s3cret-of-the-application";

fn settings(fake: &Fake) -> Settings {
    Settings {
        authority: fake.url(""),
        graph: fake.url(""),
        exchange_admin: fake.url(""),
        tenant: TENANT.into(),
        client_id: "51aa3f2e-8f0b-4b0d-8a5e-3f1c3c1b7a10".into(),
        credential: Credential::Secret(Secret::new(SECRET)),
        private_authority: None,
        usage_location: "nl".into(),
        sku: None,
        speed: 1.0,
    }
}

fn connection(fake: &Fake) -> Connection {
    Connection::new(settings(fake)).unwrap()
}

fn address(text: &str) -> Address {
    Address::new(text)
}

fn identity(name: &str, at: &str) -> Identity {
    Identity { address: address(at), display_name: name.into(), aliases: Vec::new(), legacy_dn: None }
}

fn mailbox(kind: MailboxKind) -> Mailbox {
    let identity = identity("Mara Quill", "mara.quill@aldernook.example");
    let card = Card { given_name: Some("Mara".into()), phone: Some("+31 20 1".into()), ..Card::default() };
    Mailbox { identity, kind, card, size: None }
}

#[test]
fn debug_output_shows_no_secret() {
    let credential = Credential::Secret(Secret::new(SECRET));
    let settings = Settings::global_cloud(TENANT, "client", credential, "NL").unwrap();
    assert_eq!(settings.graph.as_str(), "https://graph.microsoft.com/v1.0");
    let shown = format!("{settings:?} {:?}", Connection::new(settings.clone()).unwrap());
    assert!(!shown.contains(SECRET) && shown.contains("Secret(…)"), "{shown}");
    let certificate = Credential::Certificate { der: vec![1, 2], pkcs8_key: vec![77, 88] };
    assert_eq!(format!("{certificate:?}"), "Certificate(…)");
}

#[test]
fn settings_that_cannot_work_are_refused_at_once() {
    let credential = Credential::Secret(Secret::new(SECRET));
    let good = Settings::global_cloud(TENANT, "client", credential, "NL").unwrap();
    let plain = Settings { graph: Url::parse("http://graph.example/").unwrap(), ..good.clone() };
    let country = Settings { usage_location: "Netherlands".into(), ..good.clone() };
    let authority = Settings { private_authority: Some(b"-----BEGIN CERTIFICATE-----\nx".to_vec()), ..good.clone() };
    let broken = [
        (plain, "target.graph_url", "https", "http://graph.example/"),
        (country, "target.usage_location", "country", "Netherlands"),
    ];
    for (bad, setting, rule, given) in broken {
        let Problem { guidance, values, .. } = Connection::new(bad).unwrap_err();
        assert_eq!(guidance, Guidance::SettingsInvalid);
        assert_eq!([&values["setting"], &values["rule"], &values["given"]], [setting, rule, given]);
    }
    let problem = Connection::new(authority).unwrap_err();
    assert_eq!(problem.guidance, Guidance::CertificateUnreadable);
    assert_eq!(problem.values["setting"], "certificate_authority");
    let key = Credential::Certificate { der: vec![1], pkcs8_key: vec![2] };
    let problem = Connection::new(Settings { credential: key, ..good }).unwrap_err();
    assert_eq!(
        (problem.guidance, problem.values["setting"].as_str()),
        (Guidance::CertificateUnreadable, "client_key")
    );
}
