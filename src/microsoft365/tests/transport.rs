//! What goes over the wire, and what becomes of answers that are late, cut, foreign or no answers at all.

use serde_json::json;

use super::*;
use crate::microsoft365::exchange_admin::Cmdlet;

const ORGANISATION: &str = "GET /v1.0/organization";
const DOMAINS: &str = "GET /v1.0/domains";

async fn tenant_problem(reply: Reply) -> Problem {
    let fake = Fake::start().await.on(ORGANISATION, reply);
    connection(&fake).tenant().await.unwrap_err()
}

#[tokio::test]
async fn the_tenant_is_read_from_both_services() {
    let plan = |name: &str| json!([{"servicePlanName": name, "provisioningStatus": "Success"}]);
    let sku = |id: &str, plan: serde_json::Value, used: u64| {
        json!({"skuId": id, "skuPartNumber": id, "appliesTo": "User", "capabilityStatus": "Enabled",
            "consumedUnits": used, "prepaidUnits": {"enabled": 10, "warning": 1}, "servicePlans": plan})
    };
    let accepted = |name: &str| {
        json!({"@odata.type": "#Exchange.GenericHashTable", "DomainName": name,
        "DomainName@data.type": "System.String", "DomainType": "Authoritative"})
    };
    let domain = |name: &str, verified: bool, services: &[&str]| json!({"id": name, "isVerified": verified, "supportedServices": services});
    let fake = Fake::start()
        .await
        .on(
            ORGANISATION,
            Reply::list(json!([{"id": TENANT, "displayName": "Aldernook", "onPremisesSyncEnabled": null}])),
        )
        .on(
            DOMAINS,
            Reply::list(json!([
                domain("Aldernook.example", true, &["Email", "Intune"]),
                domain("new.example", false, &["Email"]),
                domain("teams.example", true, &["Teams"]),
                domain("graph-only.example", true, &["Email"])
            ])),
        )
        .on("Get-AcceptedDomain", Reply::list(json!([accepted("aldernook.example"), accepted("new.example")])))
        .on(
            "GET /v1.0/subscribedSkus",
            Reply::list(json!([
                sku("O365_BUSINESS", plan("EXCHANGE_S_STANDARD"), 4),
                sku("VISIO", plan("VISIO"), 0),
                sku("FULL", plan("EXCHANGE_S_ENTERPRISE"), 12)
            ])),
        );
    let tenant = connection(&fake).tenant().await.unwrap();
    let expected = Tenant {
        id: TENANT.into(),
        name: "Aldernook".into(),
        domains: vec!["aldernook.example".into()],
        directory_sync: false,
        free_licences: 7,
        unknown_licence: None,
    };
    assert_eq!(tenant, expected);
    let chosen = Settings { sku: Some("visio".into()), ..settings(&fake) };
    let tenant = Connection::new(chosen).unwrap().tenant().await.unwrap();
    assert_eq!(tenant.free_licences, 0);
    let known = tenant.unknown_licence.unwrap().known;
    assert_eq!(known, ["O365_BUSINESS", "FULL"], "those without a mailbox would not do");
}

#[tokio::test]
async fn a_look_at_the_tenant_that_was_cut_short_goes_on_from_there() {
    const SKUS: &str = "GET /v1.0/subscribedSkus";
    let fake = Fake::start().await.on(ORGANISATION, Reply::list(json!([{"id": TENANT}])));
    let fake = fake.on(DOMAINS, Reply::error(503, "serviceNotAvailable")).on(DOMAINS, Reply::list(json!([])));
    let fake = fake.on("Get-AcceptedDomain", Reply::list(json!([])));
    let fake = fake.on(SKUS, Reply::error(500, "InternalServerError")).on(SKUS, Reply::list(json!([])));
    let connection = connection(&fake);
    for well in [false, false, true] {
        assert_eq!(connection.tenant().await.is_ok(), well);
    }
    let asked = |fake: &Fake| [ORGANISATION, DOMAINS, "Get-AcceptedDomain", SKUS].map(|key| fake.seen(key).len());
    assert_eq!(asked(&fake), [1, 2, 1, 2]);
    connection.tenant().await.unwrap();
    assert_eq!(asked(&fake), [2, 3, 2, 3], "what is known is asked for anew");

    let fake = Fake::start().await.on(ORGANISATION, Reply::list(json!([{"id": TENANT}])));
    let fake = fake.on(DOMAINS, Reply::error(403, "Authorization_RequestDenied"));
    let connection = self::connection(&fake);
    for _ in 0..2 {
        assert_eq!(connection.tenant().await.unwrap_err().kind, Kind::Run);
    }
    assert_eq!(fake.seen(ORGANISATION).len(), 2, "somebody may have changed something in between");
}

#[tokio::test]
async fn requests_carry_what_the_services_ask_for() {
    let fake = Fake::start().await.on("Get-AcceptedDomain", Reply::list(json!([])));
    connection(&fake).accepts("x.example").await.unwrap();
    let seen = fake.one("Get-AcceptedDomain");
    assert_eq!(seen.header("authorization"), "Bearer token-1");
    assert_eq!(seen.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(
        seen.header("x-anchormailbox"),
        format!("APP:SystemMailbox{{bb558c35-97f1-4cb9-8ff7-d53741dc928c}}@{TENANT}")
    );
    assert_eq!((seen.header("x-cmdletname"), seen.header("x-responseformat")), ("Get-AcceptedDomain", "json"));
    assert!(uuid::Uuid::parse_str(seen.header("client-request-id")).is_ok());
    assert_eq!(seen.json(), json!({"CmdletInput": {"CmdletName": "Get-AcceptedDomain", "Parameters": {}}}));
}

#[tokio::test]
async fn a_tenant_given_by_its_domain_is_looked_up_once() {
    let fake = Fake::start().await.on("Get-AcceptedDomain", Reply::list(json!([])));
    let fake = fake.on(ORGANISATION, Reply::list(json!([{"id": TENANT}])));
    let settings = Settings { tenant: "aldernook.example".into(), ..settings(&fake) };
    let connection = Connection::new(settings).unwrap();
    for _ in 0..2 {
        connection.accepts("x.example").await.unwrap();
    }
    fake.one(ORGANISATION);
    assert!(fake.seen("Get-AcceptedDomain")[0].header("x-anchormailbox").ends_with(TENANT));
}

#[tokio::test]
async fn pages_are_followed_to_the_end_even_if_one_is_empty() {
    let fake = Fake::start().await;
    let next = |n: u32| fake.url(&format!("/v1.0/domains?$skiptoken=p{n}")).to_string();
    let page = |name: &str, n: u32| json!({"value": [{"id": name}], "@odata.nextLink": next(n)});
    let fake = fake
        .clone()
        .on(DOMAINS, Reply::ok(page("a.example", 1)))
        .on(DOMAINS, Reply::ok(json!({"value": [], "@odata.nextLink": next(2)})))
        .on(DOMAINS, Reply::list(json!([{"id": "b.example"}])));
    let connection = connection(&fake);
    let all: Vec<serde_json::Value> = connection.graph.at(&["domains"], "").list().await.unwrap();
    assert_eq!(all, [json!({"id": "a.example"}), json!({"id": "b.example"})]);
    let queries: Vec<_> = fake.seen(DOMAINS).into_iter().map(|seen| seen.query).collect();
    assert_eq!(queries, ["", "$skiptoken=p1", "$skiptoken=p2"]);
}

#[tokio::test]
async fn cmdlet_pages_are_asked_for_with_the_same_body() {
    let fake = Fake::start().await;
    let next = fake.url(&format!("/adminapi/beta/{TENANT}/InvokeCommand?$skiptoken=1")).to_string();
    let first = json!({"value": [{"PrimarySmtpAddress": "a@b.example"}], "@odata.nextLink": next});
    let fake = fake.on("Get-DistributionGroupMember", Reply::ok(first));
    let rest = json!([{"PrimarySmtpAddress": "c@b.example"}]);
    let fake = fake.on("Get-DistributionGroupMember", Reply::list(rest));
    let members = connection(&fake).members(&address("all@b.example")).await.unwrap();
    assert_eq!(members, [address("a@b.example"), address("c@b.example")]);
    let seen = fake.seen("Get-DistributionGroupMember");
    assert_eq!((seen[0].body.as_str(), seen[1].query.as_str()), (seen[1].body.as_str(), "$skiptoken=1"));
}

#[tokio::test]
async fn a_token_is_never_sent_to_another_host() {
    let (fake, stranger) = (Fake::start().await, Fake::start().await);
    let page = json!({"value": [], "@odata.nextLink": stranger.url("/v1.0/organization?$skip=1").as_str()});
    let fake = fake.on(ORGANISATION, Reply::ok(page));
    let problem = connection(&fake).tenant().await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Run, Guidance::TargetAnswerMalformed));
    assert!(stranger.keys().is_empty());
}

#[tokio::test]
async fn a_listing_without_end_is_given_up() {
    let fake = Fake::start().await;
    let next = fake.url("/v1.0/domains?$skiptoken=again").to_string();
    let fake = fake.on(DOMAINS, Reply::ok(json!({"value": [], "@odata.nextLink": next})));
    let connection = connection(&fake);
    let trouble = connection.graph.at(&["domains"], "").list::<serde_json::Value>().await.err().unwrap();
    assert_eq!(trouble.problem(Kind::Run).guidance, Guidance::TargetAnswerMalformed);
}

#[tokio::test]
async fn throttling_says_how_long_to_wait_if_it_is_known() {
    for status in [429, 503, 504] {
        let told = tenant_problem(Reply::error(status, "TooManyRequests").header("retry-after", "2.128")).await;
        assert_eq!((told.kind, told.guidance), (Kind::Wait, Guidance::TargetBusy));
        assert_eq!(told.retry_after.unwrap().as_millis(), 2128);
        let silent = tenant_problem(Reply::error(status, "ApplicationThrottled")).await;
        assert_eq!((silent.kind, silent.retry_after), (Kind::Retry, None));
    }
}

#[tokio::test]
async fn whatever_is_tried_again_keeps_the_pause_that_was_asked_for() {
    for status in [408, 500, 502] {
        let told = tenant_problem(Reply::error(status, "Internal").header("retry-after", "7")).await;
        assert_eq!((told.kind, told.retry_after.map(|pause| pause.as_secs())), (Kind::Retry, Some(7)), "{status}");
    }
    let never = tenant_problem(Reply::error(400, "Request_BadRequest").header("retry-after", "7")).await;
    assert_eq!((never.kind, never.retry_after), (Kind::Run, None));
    // Also where the caller knows better what a refusal means.
    let missing = Reply::error(404, "ManagementObjectNotFoundException").header("retry-after", "7");
    let fake = Fake::start().await.on("Get-DistributionGroupMember", missing);
    let late = connection(&fake).members(&address("all@aldernook.example")).await.unwrap_err();
    assert_eq!(late.guidance, Guidance::TargetRecipientMissing);
    assert_eq!(late.retry_after.unwrap().as_secs(), 7);
}

#[tokio::test]
async fn refusals_become_problems() {
    let denied = tenant_problem(Reply::error(403, "Authorization_RequestDenied").header("request-id", "r-7")).await;
    assert_eq!((denied.kind, denied.guidance), (Kind::Run, Guidance::TargetPermissionMissing));
    assert_eq!(denied.values["permission"], "Organization.Read.All");
    assert!(denied.cause.unwrap().ends_with("request-id r-7"));
    let other = tenant_problem(Reply::error(400, "Request_BadRequest")).await;
    assert_eq!((other.kind, other.guidance), (Kind::Run, Guidance::TargetUnexpected));
    assert_eq!(
        (other.values["code"].as_str(), other.values["text"].as_str()),
        ("Request_BadRequest", "text for humans")
    );
    assert_eq!(tenant_problem(Reply::error(500, "InternalServerError")).await.kind, Kind::Retry);
    assert_eq!(tenant_problem(Reply::text(502, "<html>")).await.values["code"], "502");
}

#[tokio::test]
async fn broken_answers_may_be_asked_for_again() {
    for body in ["", "<html>", "{\"value\":[{\"id\":", "{\"value\":7}", "{\"value\":[]}"] {
        let problem = tenant_problem(Reply::text(200, body)).await;
        assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetAnswerMalformed), "{body}");
    }
    for reply in [Reply::dropped(), Reply::truncated("{\"value\":[{\"id\":")] {
        let problem = tenant_problem(reply).await;
        assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetUnreachable));
        assert_eq!(problem.values["host"], "127.0.0.1");
    }
}

#[tokio::test]
async fn a_read_whose_connection_broke_is_sent_once_more_and_nothing_else_is() {
    for broken in [Reply::dropped(), Reply::truncated("{\"value\":[{\"id\":")] {
        let fake = Fake::start().await.on(DOMAINS, broken.clone()).on(DOMAINS, Reply::list(json!([{"id": "a"}])));
        let connection = connection(&fake);
        let read: Vec<serde_json::Value> = connection.graph.at(&["domains"], "").list().await.unwrap();
        assert_eq!((read.len(), fake.seen(DOMAINS).len()), (1, 2));
        for method in ["POST", "PATCH", "DELETE"] {
            let key = format!("{method} /v1.0/domains");
            let fake = Fake::start().await.on(&key, broken.clone());
            let at = super::connection(&fake);
            let at = at.graph.at(&["domains"], "");
            let answer = match method {
                "POST" => at.post_raw(&json!({})).await.map(drop),
                "PATCH" => at.patch(&json!({})).await,
                _ => at.delete().await,
            };
            assert!(answer.is_err());
            fake.one(&key);
        }
        for (cmdlet, sent) in [("Get-AcceptedDomain", 2), ("New-MailContact", 1), ("Set-Mailbox", 1)] {
            let fake = Fake::start().await.on(cmdlet, broken.clone()).on(cmdlet, Reply::list(json!([])));
            let answer = super::connection(&fake).run(Cmdlet::new(cmdlet)).await;
            assert_eq!((answer.is_ok(), fake.seen(cmdlet).len()), (sent == 2, sent), "{cmdlet}");
        }
    }
}

#[tokio::test]
async fn a_service_that_is_not_there_is_named() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let fake = Fake::start().await;
    let closed = Settings { authority: nobody, ..settings(&fake) };
    let problem = Connection::new(closed).unwrap().tenant().await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetUnreachable));
}

#[test]
fn transport_failures_are_told_apart() {
    use crate::http::Failure;
    use crate::microsoft365::failure::transport;
    let first = transport(Failure::UnknownHost, "graph.example", false);
    assert_eq!((first.kind, first.guidance), (Kind::Run, Guidance::TargetUnknownHost));
    assert_eq!(transport(Failure::UnknownHost, "graph.example", true).kind, Kind::Retry);
    let certificate = transport(Failure::Certificate("self-signed".into()), "graph.example", true);
    assert_eq!((certificate.kind, certificate.guidance), (Kind::Run, Guidance::TargetCertificateNotTrusted));
    assert_eq!(certificate.values["host"], "graph.example");
    let large = transport(Failure::TooLarge { limit: 5 }, "graph.example", true);
    assert_eq!(large.guidance, Guidance::TargetAnswerMalformed);
}

#[tokio::test]
async fn every_shape_of_a_cmdlet_error_is_read() {
    let nested = json!({"error": {"details": [{"message": "x|A.B.ManagementObjectNotFoundException|gone"}]}});
    let twice = json!({"error": {"code": "NotFound", "message": "Error executing cmdlet",
        "details": [{"code": "Context", "message": nested.to_string()}]}});
    let inner = json!({"error": {"code": "NotFound", "message": "Error executing cmdlet", "innererror":
        {"internalexception": {"message": "|A.ManagementObjectNotFoundException|gone", "type": "A"}}}});
    let missing = [
        Reply::exception(404, "ManagementObjectNotFoundException", "couldn't be found"),
        Reply::status(404, twice),
        Reply::status(404, inner),
        Reply::status(400, json!({"ErrorRecords": [{"Message": "|A.ManagementObjectNotFoundException|gone"}]})),
        Reply::text(400, "gone").header("x-exceptiontype", "A.B.ManagementObjectNotFoundException"),
    ];
    for reply in missing {
        let fake = Fake::start().await.on("Get-Recipient", reply.clone());
        assert!(!connection(&fake).recipient_exists(&address("a@b.example")).await.unwrap(), "{reply:?}");
    }
    let busy = "The maximum number of concurrent requests per tenant has been reached.";
    let busy = [Reply::text(200, busy), Reply::text(400, busy), Reply::exception(400, "OverBudgetException", "x")];
    for reply in busy {
        let fake = Fake::start().await.on("Get-Recipient", reply);
        let problem = connection(&fake).recipient_exists(&address("a@b.example")).await.unwrap_err();
        assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetBusy));
    }
    let fake = Fake::start().await.on("Get-Recipient", Reply::error(403, "Forbidden"));
    let problem = connection(&fake).recipient_exists(&address("a@b.example")).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Run, Guidance::TargetPermissionMissing));
    assert!(problem.values["permission"].contains("Exchange.ManageAsApp"));
    let fake = Fake::start().await.on("Get-Recipient", Reply::text(200, "{\"value\":[{\"Pri"));
    let problem = connection(&fake).recipient_exists(&address("a@b.example")).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetAnswerMalformed));
}

#[tokio::test]
async fn at_most_two_cmdlets_run_at_a_time() {
    let fake = Fake::start().await.on("Get-Recipient", Reply::list(json!([])));
    let connection = connection(&fake);
    let who = address("a@b.example");
    let asking = (0..12).map(|_| connection.recipient_exists(&who));
    for answer in futures_util::future::join_all(asking).await {
        assert!(!answer.unwrap());
    }
    assert_eq!(fake.most_at_once(), 2);
}

/// A TLS listener that hangs up after the handshake, and the PEM of its certificate.
async fn hanging_up() -> (Url, String) {
    use tokio_rustls::rustls::{ServerConfig, pki_types::PrivateKeyDer};
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![made.cert.der().clone()], key).unwrap();
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            acceptor.accept(stream).await.ok();
        }
    });
    (Url::parse(&url).unwrap(), made.cert.pem())
}

#[tokio::test]
async fn a_certificate_is_trusted_only_through_its_authority() {
    let (url, pem) = hanging_up().await;
    let fake = Fake::start().await;
    for (private_authority, guidance) in
        [(None, Guidance::TargetCertificateNotTrusted), (Some(pem.into_bytes()), Guidance::TargetUnreachable)]
    {
        let settings = Settings { authority: url.clone(), private_authority, ..settings(&fake) };
        let problem = Connection::new(settings).unwrap().tenant().await.unwrap_err();
        assert_eq!((problem.guidance, problem.values["host"].as_str()), (guidance, "localhost"), "{problem:?}");
    }
}
