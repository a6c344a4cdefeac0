//! Tokens: who gets one, and what it is good for.

use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PSS_SHA256, RsaKeyPair};

use super::*;

fn code(body: &Value) -> u64 {
    body["error_codes"][0].as_u64().unwrap_or_default()
}

#[tokio::test(start_paused = true)]
async fn wrong_credentials_are_told_apart() {
    let world = World::new().await;
    let own = world.cloud.credentials();
    let ask = |tenant: String, client: String, secret: &str, scope: &str| {
        let form = format!("client_id={client}&client_secret={secret}&grant_type=client_credentials&scope={scope}");
        let world = &world;
        async move { world.form(&format!("/{tenant}/oauth2/v2.0/token"), &form).await }
    };
    let graph = "https://graph.microsoft.com/.default";
    let (status, body) = ask(own.tenant_id.clone(), own.client_id.clone(), "nope", graph).await;
    assert_eq!((status, body["error"].as_str(), code(&body)), (401, Some("invalid_client"), 7_000_215));
    let (status, body) = ask(own.tenant_id.clone(), "0000".to_owned(), "nope", graph).await;
    assert_eq!((status, code(&body)), (400, 700_016));
    let (status, body) = ask("elsewhere.example".to_owned(), own.client_id.clone(), &own.client_secret, graph).await;
    assert_eq!((status, code(&body)), (400, 90_002));
    let both = "https://graph.microsoft.com/.default https://outlook.office365.com/.default";
    let (_, body) = ask(DOMAIN.to_owned(), own.client_id.clone(), &own.client_secret, both).await;
    assert_eq!(code(&body), 700_022);
    assert!(!format!("{own:?}").contains(&own.client_secret));
}

#[tokio::test(start_paused = true)]
async fn tokens_are_for_one_resource_and_end() {
    let world = World::new().await;
    world.get("/v1.0/organization").await;
    let mut other = World::new().await;
    std::mem::swap(&mut other.graph, &mut other.exchange);
    assert_eq!(other.call("GET", "/organization", Value::Null).await.0, 401);
    let own = world.token("https://localhost:8443/.default").await;
    let answer =
        world.cloud.answer(request("GET", "/v1.0/v1.0/organization", Some(&own), "", "application/json")).await;
    assert_eq!(answer.status(), 200);
    world.wait(3601);
    let (status, body) = world.call("GET", "/v1.0/organization", Value::Null).await;
    assert_eq!((status, body["error"]["code"].as_str()), (401, Some("InvalidAuthenticationToken")));
}

#[tokio::test(start_paused = true)]
async fn a_device_is_approved_after_a_poll_and_its_refresh_token_works_for_another_resource() {
    let world = World::new().await;
    let client = world.cloud.credentials().client_id;
    let form = format!("client_id={client}&scope=https://graph.microsoft.com/User.Read offline_access");
    let (_, started) = world.form("/organizations/oauth2/v2.0/devicecode", &form).await;
    let device = started["device_code"].as_str().unwrap();
    let form =
        format!("client_id={client}&grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code={device}");
    let (_, pending) = world.form("/organizations/oauth2/v2.0/token", &form).await;
    assert_eq!(pending["error"], "authorization_pending");
    let (status, tokens) = world.form("/organizations/oauth2/v2.0/token", &form).await;
    assert_eq!(status, 200);
    let refresh = tokens["refresh_token"].as_str().unwrap();
    let form = format!(
        "client_id={client}&grant_type=refresh_token&refresh_token={refresh}&scope=https://outlook.office365.com/.default"
    );
    let (status, tokens) = world.form("/organizations/oauth2/v2.0/token", &form).await;
    assert_eq!((status, tokens["token_type"].as_str()), (200, Some("Bearer")));
}

/// An invented key (2048 bits, PKCS#8) and a certificate for it.
const KEY: &[u8] = include_bytes!("key.p8");
const CERTIFICATE: &[u8] = include_bytes!("certificate.der");

fn assertion(world: &World, jti: &str, audience: &str) -> String {
    let now = world.clock.load(Ordering::SeqCst) / 1000;
    assertion_for(world, jti, audience, now, now + 300)
}

/// An assertion that is good from one second to another.
fn assertion_for(world: &World, jti: &str, audience: &str, from: i64, until: i64) -> String {
    let own = world.cloud.credentials();
    let print = URL_SAFE_NO_PAD.encode(ring::digest::digest(&ring::digest::SHA256, CERTIFICATE));
    let header = json!({"alg": "PS256", "typ": "JWT", "x5t#S256": print});
    let claims =
        json!({"aud": audience, "iss": own.client_id, "sub": own.client_id, "jti": jti, "nbf": from, "exp": until});
    let signed =
        format!("{}.{}", URL_SAFE_NO_PAD.encode(header.to_string()), URL_SAFE_NO_PAD.encode(claims.to_string()));
    let pair = RsaKeyPair::from_pkcs8(KEY).unwrap();
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PSS_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[tokio::test(start_paused = true)]
async fn a_certificate_signs_in_once_known_and_each_assertion_once() {
    let world = World::new().await;
    let own = world.cloud.credentials();
    let path = format!("/{}/oauth2/v2.0/token", own.tenant_id);
    let audience = format!("https://localhost:8443{path}");
    let ask = |assertion: String| {
        let form = format!(
            "client_id={}&grant_type=client_credentials&scope=https://graph.microsoft.com/.default&client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer&client_assertion={assertion}",
            own.client_id
        );
        let (world, path) = (&world, path.clone());
        async move { world.form(&path, &form).await }
    };
    world.cloud.register_certificate(CERTIFICATE);
    assert_eq!(code(&ask(assertion(&world, "a", &audience)).await.1), 700_027);
    world.wait(10);
    assert_eq!(ask(assertion(&world, "a", &audience)).await.0, 200);
    assert_eq!(code(&ask(assertion(&world, "a", &audience)).await.1), 50_012);
    assert_eq!(code(&ask(assertion(&world, "b", "https://elsewhere.example/")).await.1), 700_023);
    assert_eq!(code(&ask(assertion_for(&world, "d", &audience, i64::MIN, i64::MIN)).await.1), 700_024);
    assert_eq!(ask(assertion_for(&world, "e", &audience, i64::MIN, i64::MAX)).await.0, 200);
    let mut forged = assertion(&world, "c", &audience);
    forged.truncate(forged.len() - 8);
    assert_eq!(ask(format!("{forged}AAAAAAAA")).await.0, 401);
}
