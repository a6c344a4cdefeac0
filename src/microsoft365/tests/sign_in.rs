//! Tokens: what is sent, how long it is kept, and what each refusal means.

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::fake::Seen;
use super::*;
use crate::microsoft365::sign_in::device_code::{self, Polled};

/// RSA key of 2048 bits, made for these tests only (PKCS #8, DER), with its public key (PKCS #1, DER).
const KEY: &[u8] = include_bytes!("key.pkcs8");

fn form(seen: &Seen) -> HashMap<String, String> {
    url::form_urlencoded::parse(seen.body.as_bytes()).into_owned().collect()
}

fn refusal(error: &str, code: u64) -> Value {
    let text = format!("AADSTS{code}: words.\r\nTrace ID: 1\r\nTimestamp: 2026-09-20 08:15:11Z");
    json!({"error": error, "error_description": text, "error_codes": [code], "trace_id": "t-1"})
}

fn organisation(fake: Fake) -> Fake {
    fake.on("GET /v1.0/organization", Reply::list(json!([{"id": TENANT, "displayName": "Aldernook"}])))
}

#[tokio::test]
async fn a_secret_buys_one_token_per_service_and_it_is_kept() {
    let fake = organisation(Fake::start().await).on("Get-Recipient", Reply::list(json!([])));
    let connection = connection(&fake);
    for _ in 0..3 {
        connection.organisation().await.unwrap();
        connection.recipient(&address("a@b.example")).await.unwrap();
    }
    let tokens = fake.seen("token");
    let scopes: Vec<_> = tokens.iter().map(|seen| form(seen)["scope"].clone()).collect();
    assert_eq!(scopes, ["https://graph.microsoft.com/.default", "https://outlook.office365.com/.default"]);
    let sent = form(&tokens[0]);
    assert_eq!((sent["grant_type"].as_str(), sent["client_secret"].as_str()), ("client_credentials", SECRET));
    assert_eq!(fake.seen("GET /v1.0/organization")[0].header("authorization"), "Bearer token-1");
}

#[tokio::test]
async fn a_token_at_its_end_is_not_used() {
    let token = |name| Reply::ok(json!({"token_type": "Bearer", "expires_in": 0, "access_token": name}));
    let fake = organisation(Fake::start().await).without("token").on("token", token("a")).on("token", token("b"));
    let connection = connection(&fake);
    connection.organisation().await.unwrap();
    connection.organisation().await.unwrap();
    let seen = fake.seen("GET /v1.0/organization");
    assert_eq!((seen[0].header("authorization"), seen[1].header("authorization")), ("Bearer a", "Bearer b"));
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let token = |name| Reply::ok(json!({"token_type": "Bearer", "expires_in": 3599, "access_token": name}));
    let fake = organisation(Fake::start().await).without("token").on("token", token("old")).on("token", token("new"));
    let fake = fake.without("GET /v1.0/organization");
    let fake = organisation(fake.on("GET /v1.0/organization", Reply::error(401, "InvalidAuthenticationToken")));
    let connection = connection(&fake);
    connection.organisation().await.unwrap();
    let seen = fake.seen("GET /v1.0/organization");
    assert_eq!((seen[0].header("authorization"), seen[1].header("authorization")), ("Bearer old", "Bearer new"));

    let fake = fake.without("GET /v1.0/organization").on("GET /v1.0/organization", Reply::error(401, "Invalid"));
    let problem = connection.organisation().await.unwrap_err_problem();
    assert_eq!((problem.kind, problem.guidance), (Kind::Run, Guidance::TargetPermissionMissing));
    assert_eq!(fake.seen("GET /v1.0/organization").len(), 4);
}

/// The problem of a call that must fail.
trait Fails {
    fn unwrap_err_problem(self) -> Problem;
}

impl<T> Fails for Result<T, crate::microsoft365::failure::Trouble> {
    fn unwrap_err_problem(self) -> Problem {
        self.err().expect("must fail").problem(Kind::Run)
    }
}

#[tokio::test]
async fn every_refusal_has_its_words() {
    let cases = [
        (401, "invalid_client", 7_000_215, Guidance::TargetSecretWrong, Kind::Run),
        (401, "invalid_client", 7_000_222, Guidance::TargetSecretExpired, Kind::Run),
        (401, "invalid_client", 1, Guidance::TargetSecretWrong, Kind::Run),
        (400, "invalid_request", 90_002, Guidance::TargetTenantUnknown, Kind::Run),
        (400, "unauthorized_client", 700_016, Guidance::TargetApplicationUnknown, Kind::Run),
        (400, "invalid_resource", 500_011, Guidance::TargetPermissionMissing, Kind::Run),
        (400, "invalid_grant", 53_003, Guidance::TargetUnexpected, Kind::Run),
        (503, "temporarily_unavailable", 90_055, Guidance::TargetBusy, Kind::Retry),
    ];
    for (status, error, code, guidance, kind) in cases {
        let fake = Fake::start().await.without("token").on("token", Reply::status(status, refusal(error, code)));
        let problem = connection(&fake).tenant().await.unwrap_err();
        assert_eq!((problem.guidance, problem.kind, problem.side), (guidance, kind, Side::Target), "{code}");
        assert!(!format!("{problem:?}").contains(SECRET));
        assert!(problem.cause.unwrap().contains(&format!("AADSTS{code}")));
    }
}

#[tokio::test]
async fn while_the_sign_in_service_wants_a_pause_nobody_asks_it() {
    const PAUSE: Duration = Duration::from_secs(600);
    // In a rehearsal pauses pass faster.
    for speed in [1.0, 20.0] {
        let busy = Reply::status(429, refusal("temporarily_unavailable", 90_055)).header("retry-after", "600");
        let token = json!({"token_type": "Bearer", "expires_in": 3599, "access_token": "a"});
        let fake = organisation(Fake::start().await).without("token").on("token", busy).on("token", Reply::ok(token));
        let fake = fake.on("Get-Recipient", Reply::list(json!([])));
        let connection = Connection::new(Settings { speed, ..settings(&fake) }).unwrap();
        let asked = connection.organisation().await.unwrap_err_problem();
        assert_eq!((asked.kind, asked.retry_after), (Kind::Wait, Some(PAUSE)));
        // Tokens of the other service come from there as well.
        let others = connection.recipient(&address("a@b.example")).await.err().unwrap();
        let again = connection.organisation().await.unwrap_err_problem();
        for spared in [others, again] {
            assert_eq!((spared.kind, spared.guidance), (Kind::Wait, Guidance::TargetBusy));
            let left = spared.retry_after.unwrap();
            assert!(!left.is_zero() && left <= PAUSE, "{left:?}");
        }
        assert_eq!(fake.seen("token").len(), 1);

        tokio::time::pause();
        tokio::time::advance(PAUSE.div_f64(speed)).await;
        tokio::time::resume();
        connection.organisation().await.unwrap();
        connection.recipient(&address("a@b.example")).await.unwrap();
        assert_eq!(fake.seen("token").len(), 3);
    }
}

#[tokio::test]
async fn an_answer_that_is_no_token_is_malformed() {
    for body in ["", "<html>", "{\"access_token\":\"eyJ"] {
        let fake = Fake::start().await.without("token").on("token", Reply::text(200, body));
        let problem = connection(&fake).tenant().await.unwrap_err();
        assert_eq!(problem.guidance, Guidance::TargetAnswerMalformed);
    }
    let fake = Fake::start().await.without("token").on("token", Reply::text(502, "<html>bad gateway"));
    assert_eq!(connection(&fake).tenant().await.unwrap_err().kind, Kind::Retry);
}

#[tokio::test]
async fn a_certificate_signs_an_assertion() {
    let fake = organisation(Fake::start().await);
    let credential = Credential::Certificate { der: b"certificate".to_vec(), pkcs8_key: KEY.to_vec() };
    let connection = Connection::new(Settings { credential, ..settings(&fake) }).unwrap();
    connection.organisation().await.unwrap();

    let sent = form(&fake.one("token"));
    assert!(sent["client_assertion_type"].ends_with(":jwt-bearer") && !sent.contains_key("client_secret"));
    let parts: Vec<&str> = sent["client_assertion"].split('.').collect();
    let read = |part: &str| -> Value { serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap() };
    let (header, claims) = (read(parts[0]), read(parts[1]));
    assert_eq!((&header["alg"], &header["typ"]), (&json!("PS256"), &json!("JWT")));
    assert_eq!(header["x5t#S256"], URL_SAFE_NO_PAD.encode(Sha256::digest(b"certificate")));
    assert_eq!(claims["aud"], fake.url(&format!("/{TENANT}/oauth2/v2.0/token")).as_str());
    assert_eq!((&claims["iss"], &claims["iss"]), (&claims["sub"], &json!(sent["client_id"])));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["nbf"].as_i64().unwrap(), 600);

    let key = ring::signature::RsaKeyPair::from_pkcs8(KEY).unwrap();
    let public = UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, key.public().as_ref());
    let signed = format!("{}.{}", parts[0], parts[1]);
    public.verify(signed.as_bytes(), &URL_SAFE_NO_PAD.decode(parts[2]).unwrap()).unwrap();
}

#[tokio::test]
async fn a_person_signs_in_with_a_code() {
    let offered = json!({"user_code": "ABCD-EFGH", "device_code": "device-secret", "expires_in": 900, "interval": 5,
        "verification_uri": "https://microsoft.com/devicelogin", "message": "Enter the code"});
    let fake = Fake::start().await.without("token");
    let fake = fake.on("POST /organizations/oauth2/v2.0/devicecode", Reply::ok(offered));
    let fake = fake.on("token", Reply::status(400, refusal("authorization_pending", 70_016)));
    let fake = fake.on("token", Reply::status(400, refusal("slow_down", 0)));
    let granted = json!({"token_type": "Bearer", "expires_in": 3917, "access_token": "person", "refresh_token": "r"});
    let fake = fake.on("token", Reply::ok(granted));
    let fake = fake.on("token", Reply::status(400, refusal("expired_token", 70_020)));
    let client = http::client(None, false).unwrap();
    let request = device_code::Request {
        authority: fake.url(""),
        tenant: "organizations".into(),
        client_id: "client".into(),
        scope: "User.Read".into(),
    };

    let mut pending = device_code::start(&client, &request).await.unwrap();
    assert_eq!((pending.user_code.as_str(), pending.interval.as_secs()), ("ABCD-EFGH", 5));
    assert!(!format!("{pending:?}").contains("device-secret"));
    assert!(matches!(device_code::poll(&client, &request, &mut pending).await.unwrap(), Polled::NotYet));
    assert!(matches!(device_code::poll(&client, &request, &mut pending).await.unwrap(), Polled::NotYet));
    assert_eq!(pending.interval.as_secs(), 10);
    let Polled::SignedIn(token) = device_code::poll(&client, &request, &mut pending).await.unwrap() else {
        panic!("must be signed in");
    };
    assert_eq!(
        (token.bearer.expose(), form(&fake.seen("token")[0])["device_code"].as_str()),
        ("person", "device-secret")
    );
    let problem = device_code::poll(&client, &request, &mut pending).await.unwrap_err();
    assert_eq!((problem.kind, problem.values["code"].as_str()), (Kind::Run, "expired_token"));
}
