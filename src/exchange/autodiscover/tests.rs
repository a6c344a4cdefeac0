//! The search and its guards, on a world of invented hosts.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::{Arc, Mutex};

use url::Url;

use super::{Autodiscover, Discovered, HOP_LIMIT, Miss};
use crate::engine::problem::{Guidance, Kind, Problem};
use crate::engine::recipient::Address;
use crate::exchange::tests::fake::{Fake, reply};
use crate::exchange::transport::{Call, Credentials};
use crate::exchange::trust::Trust;
use crate::exchange::{Secret, Step};
use crate::http::{Answer, Failure};

const SVC: &str = "https://autodiscover.fabrikam.test/autodiscover/autodiscover.svc";
const XML: &str = "https://autodiscover.fabrikam.test/autodiscover/autodiscover.xml";
const PLAIN: &str = "http://autodiscover.fabrikam.test/autodiscover/autodiscover.xml";

async fn find(fake: &Arc<Fake>, confirmed: &[&str], only: Option<&str>) -> Result<Discovered, Problem> {
    find_for("nina@fabrikam.test", fake, confirmed, only).await
}

async fn find_for(
    email: &str,
    fake: &Arc<Fake>,
    confirmed: &[&str],
    only: Option<&str>,
) -> Result<Discovered, Problem> {
    search(email, fake, confirmed, only, &|_| {}).await
}

async fn search(
    email: &str,
    fake: &Arc<Fake>,
    confirmed: &[&str],
    only: Option<&str>,
    tell: &(dyn Fn(Step) + Send + Sync),
) -> Result<Discovered, Problem> {
    let email = Address::new(email);
    let confirmed: Vec<String> = confirmed.iter().map(|host| (*host).to_owned()).collect();
    let trust = Arc::new(Trust::new(&email.domain(), &confirmed));
    let credentials = Credentials { user: "FAB\\nina".into(), password: Secret::new("hunter2") };
    let only = only.map(|url| Url::parse(url).unwrap());
    Autodiscover::new(fake.clone(), credentials, trust).find(&email, only.as_ref(), tell).await
}

/// A world in which one address wants Basic and then answers; the others do not exist.
fn world(served: &'static str, answer: impl Fn(&Call) -> Answer + Send + Sync + 'static) -> Arc<Fake> {
    Fake::new(move |call| match call.url.as_str() == served {
        false => Err(Failure::UnknownHost),
        true if call.credentials.is_none() && call.url.scheme() == "https" => Ok(basic()),
        true => Ok(answer(call)),
    })
}

fn basic() -> Answer {
    reply(401, &[("www-authenticate", "Basic realm=\"x\"")], "")
}

fn pox(account: &str) -> Answer {
    let body = format!(
        "<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\"><Response \
         xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a\">\
         <User><LegacyDN>/o=F/cn=nina</LegacyDN></User><Account>{account}</Account></Response></Autodiscover>"
    );
    reply(200, &[], &body)
}

fn protocols(exch: &str, expr: &str) -> Answer {
    let protocol = |kind: &str, url: &str| format!("<Protocol><Type>{kind}</Type><EwsUrl>{url}</EwsUrl></Protocol>");
    pox(&format!("<Action>settings</Action>{}{}", protocol("EXCH", exch), protocol("EXPR", expr)))
}

fn soap(user: &str) -> Answer {
    let body = format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><GetUserSettingsResponseMessage \
         xmlns=\"http://schemas.microsoft.com/exchange/2010/Autodiscover\"><Response><ErrorCode>NoError</ErrorCode>\
         <UserResponses><UserResponse>{user}</UserResponse></UserResponses></Response>\
         </GetUserSettingsResponseMessage></s:Body></s:Envelope>"
    );
    reply(200, &[], &body)
}

const MAIL: &str = "https://mail.fabrikam.test/EWS/Exchange.asmx";

fn settings() -> Answer {
    soap(&format!(
        "<ErrorCode>NoError</ErrorCode><UserSettings>\
         <UserSetting><Name>InternalEwsUrl</Name><Value>https://ex01.corp.local/EWS/Exchange.asmx</Value></UserSetting>\
         <UserSetting><Name>ExternalEwsUrl</Name><Value>{MAIL}</Value></UserSetting></UserSettings>"
    ))
}

#[tokio::test]
async fn the_confirmed_host_tells_the_outside_address() {
    let fake = world(SVC, |_| settings());
    let found = find(&fake, &["autodiscover.fabrikam.test"], None).await.unwrap();
    assert_eq!((found.ews.as_str(), found.told_by.as_str()), (MAIL, SVC));
    assert_eq!(fake.given_away(), [SVC]);
    let asked: Vec<String> = fake.calls().iter().map(|call| call.url.to_string()).collect();
    let root = "https://fabrikam.test/autodiscover/autodiscover";
    assert_eq!(asked, [format!("{root}.svc"), format!("{root}.xml"), SVC.into(), SVC.into()]);
}

#[tokio::test]
async fn the_older_tongue_is_asked_second() {
    let fake = world(XML, |_| protocols("https://ex01.corp.local/EWS/Exchange.asmx", MAIL));
    let found = find(&fake, &["autodiscover.fabrikam.test"], None).await.unwrap();
    assert_eq!((found.ews.as_str(), found.told_by.as_str()), (MAIL, XML));
}

#[tokio::test]
async fn no_host_outside_the_mail_domain_is_ever_asked() {
    for email in ["nina@a.b.com", "nina@b.com"] {
        let fake = Fake::new(|_| Err(Failure::UnknownHost));
        let problem = find_for(email, &fake, &[], None).await.unwrap_err();
        assert_eq!(problem.guidance, Guidance::SourceAutodiscoverFailed);
        let domain = email.split('@').nth(1).unwrap();
        for call in fake.calls() {
            let host = call.url.host_str().unwrap();
            assert!(host == domain || host == format!("autodiscover.{domain}"), "{host}");
        }
    }
}

#[tokio::test]
async fn unusable_addresses_ask_nobody() {
    for email in
        ["nina@local", "nina", "nina@", "@b.com", "nina@b..com", "nina@10.0.0.1", "nina@b.com/x", "nina@[::1]"]
    {
        let fake = Fake::new(|_| Err(Failure::UnknownHost));
        let problem = find_for(email, &fake, &[], None).await.unwrap_err();
        assert_eq!(problem.guidance, Guidance::SourceAddressInvalid, "{email}");
        assert!(fake.calls().is_empty());
    }
}

#[tokio::test]
async fn an_unconfirmed_host_is_a_question_and_gets_no_password() {
    let fake = world(SVC, |_| settings());
    let problem = find(&fake, &[], None).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourceHostNotConfirmed);
    assert_eq!(problem.values["host"], "autodiscover.fabrikam.test");
    assert!(fake.given_away().is_empty());
    let only = find(&fake, &["other.test"], Some(SVC)).await.unwrap_err();
    assert_eq!(only.guidance, Guidance::SourceHostNotConfirmed);
}

#[tokio::test]
async fn an_ews_address_elsewhere_is_a_question() {
    let fake = world(XML, |_| {
        protocols("https://evil.test/EWS/Exchange.asmx", "http://mail.fabrikam.test/EWS/Exchange.asmx")
    });
    let problem = find(&fake, &["autodiscover.fabrikam.test"], None).await.unwrap_err();
    assert_eq!((problem.guidance, problem.values["host"].as_str()), (Guidance::SourceHostNotConfirmed, "evil.test"));
    let found = find(&fake, &["autodiscover.fabrikam.test", "evil.test"], None).await.unwrap();
    assert_eq!(found.ews.host_str(), Some("evil.test"));
}

#[tokio::test]
async fn plain_http_is_looked_at_and_its_redirect_confirmed() {
    let target = "https://elsewhere.test/autodiscover/autodiscover.xml";
    let fake = Fake::new(move |call| match (call.url.as_str(), call.credentials.is_some()) {
        (PLAIN, _) => Ok(reply(302, &[("location", target)], "")),
        (url, false) if url == target => Ok(basic()),
        (url, true) if url == target => Ok(protocols(MAIL, MAIL)),
        _ => Err(Failure::UnknownHost),
    });
    let problem = find(&fake, &[], None).await.unwrap_err();
    assert_eq!(
        (problem.guidance, problem.values["host"].as_str()),
        (Guidance::SourceHostNotConfirmed, "elsewhere.test")
    );
    assert!(
        fake.calls().iter().all(|call| call.credentials.is_none() && call.url.host_str() != Some("elsewhere.test"))
    );
    let plain: Vec<_> = fake.calls().into_iter().filter(|call| call.url.as_str() == PLAIN).collect();
    assert!(plain.iter().all(|call| call.body.is_none()));
    find(&fake, &["elsewhere.test"], None).await.unwrap();
    assert_eq!(fake.given_away(), [target]);
}

#[tokio::test]
async fn redirects_must_be_autodiscover_over_tls() {
    for target in ["http://mail.fabrikam.test/autodiscover/autodiscover.xml", "https://mail.fabrikam.test/owa/", "x:"]
    {
        let fake = world(PLAIN, move |_| reply(302, &[("location", target)], ""));
        let problem = find(&fake, &["mail.fabrikam.test"], None).await.unwrap_err();
        assert_eq!(problem.guidance, Guidance::SourceAutodiscoverFailed, "{target}");
        assert!(fake.calls().iter().all(|call| call.url.as_str() != target));
    }
}

#[tokio::test]
async fn the_cloud_never_gets_the_password() {
    let cloud = "https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml";
    let answers: [fn(&Call) -> Answer; 5] = [
        |_| reply(302, &[("location", "https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml")], ""),
        |_| {
            pox(
                "<Action>redirectUrl</Action><RedirectUrl>https://autodiscover-s.outlook.com/autodiscover/autodiscover.xml</RedirectUrl>",
            )
        },
        |_| pox("<Action>redirectAddr</Action><RedirectAddr>nina@fabrikam.mail.onmicrosoft.com</RedirectAddr>"),
        |_| {
            protocols(
                "https://outlook.office365.com/EWS/Exchange.asmx",
                "https://outlook.office365.com/EWS/Exchange.asmx",
            )
        },
        |_| reply(301, &[("location", "https://autodiscover-s.outlook.com/elsewhere")], ""),
    ];
    for answer in answers {
        let fake = world(XML, answer);
        let confirmed = ["autodiscover.fabrikam.test", "autodiscover-s.outlook.com", "outlook.office365.com"];
        let problem = find(&fake, &confirmed, None).await.unwrap_err();
        assert_eq!(problem.guidance, Guidance::SourceAutodiscoverInCloud);
        assert!(fake.calls().iter().all(|call| call.url.as_str() != cloud));
    }
}

#[tokio::test]
async fn redirects_end() {
    let itself = world(XML, |_| pox("<Action>redirectAddr</Action><RedirectAddr>NINA@fabrikam.test</RedirectAddr>"));
    let problem = find(&itself, &["autodiscover.fabrikam.test"], None).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourceAutodiscoverFailed);
    let back_and_forth =
        world(XML, |_| pox(&format!("<Action>redirectUrl</Action><RedirectUrl>{XML}</RedirectUrl>")));
    find(&back_and_forth, &["autodiscover.fabrikam.test"], None).await.unwrap_err();
    assert_eq!(back_and_forth.given_away().len(), 1);
    let chain = Fake::new(|call| {
        if call.credentials.is_none() {
            return Ok(basic());
        }
        let host = call.url.host_str().unwrap();
        let next =
            host.strip_prefix('h').and_then(|rest| rest.split('.').next()?.parse::<u32>().ok()).unwrap_or(0) + 1;
        let to = format!("https://h{next}.fabrikam.test/autodiscover/autodiscover.xml");
        Ok(reply(302, &[("location", &to)], ""))
    });
    let hosts: Vec<String> =
        (1..40).map(|n| format!("h{n}.fabrikam.test")).chain([String::from("fabrikam.test")]).collect();
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    find(&chain, &hosts, Some("https://fabrikam.test/autodiscover/autodiscover.xml")).await.unwrap_err();
    assert_eq!(chain.given_away().len(), HOP_LIMIT + 1);
}

#[tokio::test]
async fn another_address_starts_again_and_redirect_targets_of_the_newer_tongue_count() {
    let fake = Fake::new(|call| match call.url.as_str() {
        _ if call.url.scheme() == "http" => Err(Failure::UnknownHost),
        _ if call.credentials.is_none() => Ok(basic()),
        SVC if call.body.as_deref().unwrap().contains("nina@fabrikam.test") => {
            Ok(soap("<ErrorCode>RedirectAddress</ErrorCode><RedirectTarget>nina@new.test</RedirectTarget>"))
        }
        "https://autodiscover.new.test/autodiscover/autodiscover.svc" => {
            Ok(soap(&format!("<ErrorCode>RedirectUrl</ErrorCode><RedirectTarget>{SVC}</RedirectTarget>")))
        }
        SVC => Ok(settings()),
        _ => Ok(reply(404, &[], "")),
    });
    let found = find(&fake, &["autodiscover.fabrikam.test", "autodiscover.new.test"], None).await.unwrap();
    assert_eq!((found.ews.as_str(), found.told_by.as_str()), (MAIL, SVC));
}

#[tokio::test]
async fn two_refusals_mean_a_wrong_password_and_no_more_are_risked() {
    let fake = Fake::new(|_| Ok(basic()));
    let confirmed = ["fabrikam.test", "autodiscover.fabrikam.test"];
    let problem = find(&fake, &confirmed, None).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourcePasswordWrong);
    assert_eq!(fake.given_away().len(), 2);
    let one = world(SVC, |_| basic());
    let problem = find(&one, &confirmed, None).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourceAutodiscoverFailed);
    let only = world(SVC, |_| basic());
    let problem = find(&only, &confirmed, Some(SVC)).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourcePasswordWrong);
    assert_eq!(only.given_away().len(), 1);
}

#[tokio::test]
async fn failures_of_the_only_address_are_its_own() {
    let unknown = Fake::new(|_| Err(Failure::UnknownHost));
    let problem = find(&unknown, &["autodiscover.fabrikam.test"], Some(SVC)).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourceUnknownHost);
    assert_eq!(unknown.calls().len(), 1);
    let untrusted = Fake::new(|_| Err(Failure::Certificate("self-signed".into())));
    let problem = find(&untrusted, &[], None).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourceCertificateNotTrusted);
    assert!(untrusted.given_away().is_empty());
    let ntlm = Fake::new(|_| Ok(reply(401, &[("www-authenticate", "NTLM")], "")));
    let problem = find(&ntlm, &["autodiscover.fabrikam.test"], Some(XML)).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourceBasicNotOffered);
}

#[tokio::test]
async fn a_search_that_busy_servers_end_tells_the_longest_pause() {
    let fake = Fake::new(|call| match call.url.as_str() {
        SVC => Ok(reply(503, &[("retry-after", "60")], "")),
        XML => Ok(reply(500, &[("retry-after", "7")], "")),
        _ => Err(Failure::UnknownHost),
    });
    let problem = find(&fake, &[], None).await.unwrap_err();
    assert_eq!((problem.kind, problem.retry_after.unwrap().as_secs()), (Kind::Retry, 60));
    let lasting = Fake::new(|_| Ok(reply(404, &[("retry-after", "60")], "")));
    assert_eq!(find(&lasting, &[], None).await.unwrap_err().retry_after, None);
}

#[tokio::test]
async fn answers_that_make_no_sense_are_noted() {
    for body in [
        "",
        "<html>",
        "<a/>",
        "<Autodiscover><Response><Error><ErrorCode>600</ErrorCode></Error></Response></Autodiscover>",
    ] {
        let fake = world(XML, move |_| reply(200, &[], body));
        let problem = find(&fake, &["autodiscover.fabrikam.test"], None).await.unwrap_err();
        assert_eq!(problem.guidance, Guidance::SourceAutodiscoverFailed, "{body}");
        assert!(problem.values["tried"].contains(XML));
    }
    let whole = settings().body;
    for end in 0..whole.len() {
        let cut = String::from_utf8_lossy(&whole[..end]).into_owned();
        let fake = world(SVC, move |_| reply(200, &[], &cut));
        find(&fake, &["autodiscover.fabrikam.test"], Some(SVC)).await.unwrap_err();
    }
}

#[tokio::test]
async fn every_address_that_is_asked_leads_on_or_is_crossed_out_with_the_reason() {
    let elsewhere = "https://elsewhere.test/autodiscover/autodiscover.xml";
    let root = "https://fabrikam.test/autodiscover/autodiscover";
    let fake = Fake::new(move |call| match (call.url.as_str(), call.credentials.is_some()) {
        (url, _) if url == format!("{root}.svc") => Err(Failure::Connect("refused".into())),
        (url, _) if url == format!("{root}.xml") => Err(Failure::Certificate("other name".into())),
        (SVC, _) => Ok(reply(404, &[], "")),
        (XML, _) => Ok(reply(302, &[("location", "https://mail.fabrikam.test/autodiscover/autodiscover.xml")], "")),
        (PLAIN, _) => Ok(reply(302, &[("location", elsewhere)], "")),
        ("https://mail.fabrikam.test/autodiscover/autodiscover.xml", false) => Ok(basic()),
        _ => Ok(protocols("https://ex01.corp.local/EWS/Exchange.asmx", "https://evil.test/EWS/Exchange.asmx")),
    });
    let steps = Mutex::new(Vec::new());
    let tell = |step: Step| steps.lock().unwrap().push(step);
    let confirmed = ["mail.fabrikam.test"];
    let problem = search("nina@fabrikam.test", &fake, &confirmed, None, &tell).await.unwrap_err();
    assert_eq!(problem.values["host"], "elsewhere.test");
    let steps = steps.into_inner().unwrap();
    let mut outcomes = Vec::new();
    for pair in steps.chunks(2) {
        let [Step::Asking(asked), Step::NotThere(crossed, miss)] = pair else { panic!("{steps:?}") };
        assert_eq!(asked, crossed);
        outcomes.push(*miss);
    }
    let expected = [
        Miss::Unreachable,
        Miss::Certificate,
        Miss::NoAnswer,
        Miss::Redirected,
        Miss::NotConfirmed,
        Miss::NotConfirmed,
    ];
    assert_eq!(outcomes, expected);
    let told = search("nina@fabrikam.test", &fake, &["mail.fabrikam.test"], Some(REDIRECTED), &|_| {}).await;
    let told = told.unwrap_err();
    assert_eq!(told.values["host"], "evil.test");
    assert_eq!(told.values["url"], "https://evil.test/EWS/Exchange.asmx", "for the form that is filled in");
}

const REDIRECTED: &str = "https://mail.fabrikam.test/autodiscover/autodiscover.xml";

#[test]
fn reasons_have_keys_of_their_own() {
    let keys: std::collections::HashSet<_> = Miss::ALL.iter().map(|miss| miss.key()).collect();
    assert_eq!(keys.len(), Miss::ALL.len());
}
