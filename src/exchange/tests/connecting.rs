//! Finding, signing in, learning: and what each refusal is called.

use std::sync::Mutex;

use super::fake::{Fake, envelope, error, fault, inbox, reply, response, settings};
use crate::engine::problem::{Guidance, Kind};
use crate::exchange::request::NAMES;
use crate::exchange::{Endpoint, Impatience, Step, connect_over};
use crate::http::Failure;
use url::Url;

#[tokio::test]
async fn signs_in_only_when_asked_and_tells_the_steps() {
    let fake = Fake::exchange("15.1.2507", |_| inbox());
    let steps = Mutex::new(Vec::new());
    let tell = |step| steps.lock().unwrap().push(step);
    let connection = connect_over(fake.clone(), settings(), &tell, &mut Impatience).await.unwrap();
    assert_eq!(connection.facts().version.product(), "Exchange 2016");
    let calls = fake.calls();
    assert!(calls[0].credentials.is_none() && calls[1].credentials.is_some() && calls[2].credentials.is_some());
    assert_eq!(calls.len(), 3);
    assert_eq!(calls[1].headers["x-anchormailbox"], "mig@fabrikam.test");
    let steps = steps.into_inner().unwrap();
    assert!(matches!(steps[..], [Step::Found(_), Step::SignedIn, Step::Version(_), Step::MailboxOpened]));
}

#[tokio::test]
async fn falls_back_to_the_version_that_the_server_takes() {
    let fake = Fake::exchange("8.3.83", |body| {
        if body.contains("Exchange2007_SP1") { inbox() } else { fault("ErrorInvalidServerVersion", "") }
    });
    let connection = fake.connect().await.unwrap();
    assert_eq!(connection.facts().version.product(), "Exchange 2007");
    let asked: Vec<bool> = fake.bodies().iter().map(|body| body.contains("Exchange2007_SP1")).collect();
    assert_eq!(asked, [false, false, true, true]);
}

#[tokio::test]
async fn a_wrong_password_is_tried_once() {
    let fake = Fake::new(|_| Ok(reply(401, &[("www-authenticate", "Basic realm=x")], "")));
    let problem = fake.connect().await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Run, Guidance::SourcePasswordWrong));
    assert_eq!(fake.given_away().len(), 1);
    assert!(!format!("{problem:?} {:?}", settings()).contains("hunter2"));
}

#[tokio::test]
async fn http_outcomes_have_names() {
    let cases = [
        (reply(403, &[], ""), Guidance::SourceEwsBlocked),
        (reply(404, &[], ""), Guidance::SourceEwsNotFound),
        (reply(302, &[("location", "/owa/auth.owa")], ""), Guidance::SourceEwsNotFound),
        (reply(302, &[("location", "/ews/genericerrorpage.htm?x")], ""), Guidance::SourceBusy),
        (reply(503, &[("retry-after", "5")], ""), Guidance::SourceBusy),
        (reply(500, &[], "<html>Server Error in '/EWS' Application.</html>"), Guidance::SourceBusy),
        (reply(200, &[], "<html/>"), Guidance::SourceEwsNotFound),
        (reply(200, &[], "<s:Envelope"), Guidance::SourceAnswerMalformed),
        (
            reply(500, &[], &envelope("15.1.1", &fault("ErrorImpersonateUserDenied", ""))),
            Guidance::SourceImpersonationDenied,
        ),
        (
            reply(
                200,
                &[],
                &envelope("15.1.1", &response("GetFolder", &error("GetFolder", "ErrorMissingEmailAddress"))),
            ),
            Guidance::SourceAccountWithoutMailbox,
        ),
        (
            reply(
                200,
                &[],
                &envelope("15.1.1", &response("GetFolder", &error("GetFolder", "ErrorNonExistentMailbox"))),
            ),
            Guidance::SourceAccountWithoutMailbox,
        ),
        (
            reply(500, &[], &envelope("15.1.1", &fault("ErrorServerBusy", "")).replace("ServerVersionInfo", "X")),
            Guidance::SourceBusy,
        ),
        (
            reply(
                500,
                &[],
                &envelope("15.1.1", &fault("ErrorPasswordExpired", "")).replace("ServerVersionInfo", "X"),
            ),
            Guidance::SourcePasswordWrong,
        ),
        (
            reply(200, &[], &envelope("15.1.1", &inbox()).replace("ServerVersionInfo", "X")),
            Guidance::SourceVersionUnknown,
        ),
        (
            reply(401, &[("www-authenticate", "NTLM"), ("www-authenticate", "Negotiate")], ""),
            Guidance::SourceBasicNotOffered,
        ),
    ];
    for (answer, guidance) in cases {
        let answer = Mutex::new(answer);
        let fake = Fake::new(move |_| {
            let answer = answer.lock().unwrap();
            Ok(crate::http::Answer {
                status: answer.status,
                headers: answer.headers.clone(),
                body: answer.body.clone(),
            })
        });
        let problem = fake.connect().await.unwrap_err();
        let kind = match guidance {
            Guidance::SourceBusy => Kind::Wait,
            Guidance::SourceAnswerMalformed => Kind::Retry,
            _ => Kind::Run,
        };
        assert_eq!((problem.guidance, problem.kind), (guidance, kind), "{problem}");
        assert!(fake.given_away().is_empty());
    }
}

#[tokio::test]
async fn of_the_pauses_that_an_answer_names_the_longest_counts() {
    let back_off = "<t:Value Name=\"BackOffMilliseconds\">42000</t:Value>";
    let (wait, retry) = (Kind::Wait, Kind::Retry);
    // Status, `Retry-After`, code and values of a fault; what comes of it.
    let cases = [
        (500, "60", "ErrorServerBusy", "", wait, Some(60)),
        (500, "3", "ErrorServerBusy", "", wait, Some(3)),
        (500, "", "ErrorServerBusy", "", wait, Some(10)),
        (500, "60", "ErrorServerBusy", back_off, wait, Some(60)),
        (500, "3", "ErrorServerBusy", back_off, wait, Some(42)),
        (500, "60", "ErrorInternalServerTransientError", "", retry, Some(60)),
        (500, "60", "ErrorImpersonateUserDenied", "", Kind::Run, None),
        (500, "60", "", "", wait, Some(60)),
        (503, "60", "ErrorServerBusy", back_off, wait, Some(60)),
        (503, "3", "ErrorServerBusy", back_off, wait, Some(42)),
        (429, "", "ErrorServerBusy", back_off, wait, Some(42)),
        (429, "60", "", "", wait, Some(60)),
        (408, "60", "", "", retry, Some(60)),
        (501, "60", "ErrorServerBusy", back_off, retry, Some(60)),
        (501, "99999", "", "", retry, Some(3_600)),
        (404, "60", "", "", Kind::Run, None),
    ];
    for (status, retry_after, code, values, kind, pause) in cases {
        let fake = Fake::new(move |_| {
            let body = if code.is_empty() { String::new() } else { envelope("15.1.1", &fault(code, values)) };
            let header = [("retry-after", retry_after)];
            Ok(reply(status, if retry_after.is_empty() { &[] } else { &header }, &body))
        });
        let problem = fake.connect().await.unwrap_err();
        let told = (problem.kind, problem.retry_after.map(|pause| pause.as_secs()));
        assert_eq!(told, (kind, pause), "{status} {retry_after} {code} {values}");
    }
}

#[tokio::test]
async fn failures_below_http_have_names() {
    let cases: [(fn() -> Failure, Guidance); 3] = [
        (|| Failure::UnknownHost, Guidance::SourceUnknownHost),
        (|| Failure::Certificate("x".into()), Guidance::SourceCertificateNotTrusted),
        (|| Failure::Connect("x".into()), Guidance::SourceUnreachable),
    ];
    for (failure, guidance) in cases {
        let problem = Fake::new(move |_| Err(failure())).connect().await.unwrap_err();
        assert_eq!(problem.guidance, guidance);
        assert_eq!(problem.values["host"], "mail.fabrikam.test");
    }
}

#[tokio::test]
async fn a_server_that_weakens_its_offer_gets_no_password() {
    let asked = Mutex::new(0);
    let fake = Fake::new(move |call| {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        Ok(match (*asked, call.credentials.is_some()) {
            (1, _) => reply(401, &[("www-authenticate", "Negotiate"), ("www-authenticate", "Basic realm=x")], ""),
            (_, true) if *asked == 2 => reply(200, &[], &envelope("15.1.1", &inbox())),
            _ => reply(401, &[("www-authenticate", "Basic realm=x")], ""),
        })
    });
    let problem = fake.connect().await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourceSignInWeakened);
}

#[tokio::test]
async fn typed_addresses_must_be_https_and_not_the_cloud() {
    for (url, guidance) in [
        ("http://mail.fabrikam.test/EWS/Exchange.asmx", Guidance::SourceEwsNotFound),
        ("https://outlook.office365.com/EWS/Exchange.asmx", Guidance::SourceAutodiscoverInCloud),
    ] {
        let fake = Fake::exchange("15.1.1", |_| inbox());
        let mut settings = settings();
        settings.endpoint = Endpoint::Ews(Url::parse(url).unwrap());
        let problem = connect_over(fake.clone(), settings, &|_| {}, &mut Impatience).await.unwrap_err();
        assert_eq!(problem.guidance, guidance);
        assert!(fake.calls().is_empty());
    }
}

#[test]
fn nothing_it_can_send_changes_the_source() {
    let reading = ["Get", "Find", "Sync", "Export", "Resolve", "Expand"];
    for name in NAMES {
        assert!(reading.iter().any(|verb| name.starts_with(verb)), "{name}");
    }
    let source = include_str!("../request.rs");
    let listed = source.matches("=> \"").count();
    // Two variants share GetItem in one arm.
    assert_eq!(listed, NAMES.len());
    for verb in ["Create", "Update", "Delete", "Move", "Copy", "Send", "Upload", "Set", "Empty", "Mark", "Import"] {
        assert!(!source.contains(&format!("=> \"{verb}")), "{verb}");
    }
}
