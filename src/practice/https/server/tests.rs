//! The servers are trusted by an ordinary client, and faults strike where they should.
#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;

use super::*;
use crate::http::{self, Failure};
use crate::practice::authority::Authority;
use crate::practice::https::{Refusal, Request};

/// Counts the work that it does.
#[derive(Default)]
struct Counter(AtomicUsize);

#[async_trait]
impl Service for Counter {
    async fn answer(&self, request: Request) -> Response {
        self.0.fetch_add(1, Ordering::SeqCst);
        Response::new(Bytes::from(format!("{} {}", request.uri().path(), request.body().len()).repeat(50)))
    }
    fn operation(&self, request: &Request) -> String {
        request.uri().path().trim_start_matches('/').to_owned()
    }
    fn refuse(&self, _request: &Request, refusal: &Refusal) -> Response {
        let status = match refusal {
            Refusal::Throttle { .. } => 429,
            Refusal::Reject { status, .. } => *status,
        };
        hyper::Response::builder().status(status).body(Bytes::from_static(b"refused")).unwrap()
    }
}

struct Setting {
    counter: Arc<Counter>,
    server: Server,
    base: String,
    client: reqwest::Client,
    authority: String,
}

async fn setting(faults: &str) -> Setting {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("faults.toml");
    std::fs::write(&file, faults).unwrap();
    let authority = Authority::new().unwrap();
    let listener = Listener::bind(None).await.unwrap();
    let base = format!("https://localhost:{}", listener.port());
    let counter = Arc::new(Counter::default());
    let faults = Arc::new(Faults::read(&file).unwrap());
    let server = listener.serve(authority.server().unwrap(), counter.clone(), Side::Exchange, faults);
    let client = http::client(Some(authority.certificate().as_bytes()), false).unwrap();
    Setting { counter, server, base, client, authority: authority.certificate().to_owned() }
}

impl Setting {
    async fn get(&self, path: &str) -> Result<http::Answer, Failure> {
        http::send(self.client.get(format!("{}/{path}", self.base)), 1 << 20).await
    }
    fn worked(&self) -> usize {
        self.counter.0.load(Ordering::SeqCst)
    }
}

fn fault(kind: &str, rest: &str) -> String {
    format!("[[fault]]\nside = \"exchange\"\noperation = \"bad*\"\nkind = \"{kind}\"\n{rest}")
}

#[tokio::test]
async fn an_ordinary_client_trusts_the_authority_and_nobody_else_does() {
    let setting = setting("").await;
    for host in ["localhost", "127.0.0.1"] {
        let url = setting.base.replace("localhost", host);
        let answer = http::send(setting.client.post(format!("{url}/good")).body("12345"), 1 << 20).await.unwrap();
        assert!(answer.body.starts_with(b"/good 5"));
    }
    let stranger = http::client(None, false).unwrap();
    let refused = http::send(stranger.get(format!("{}/good", setting.base)), 100).await;
    assert!(matches!(refused, Err(Failure::Certificate(_))), "{:?}", refused.err());
    setting.server.stop().await;
    assert!(http::send(setting.client.get(format!("{}/good", setting.base)), 100).await.is_err());
}

#[tokio::test]
async fn dropped_requests_are_lost_with_or_without_the_work() {
    let before = setting(&fault("drop_before", "times = 1")).await;
    assert!(matches!(before.get("bad").await, Err(Failure::Lost(_))));
    assert_eq!(before.worked(), 0);
    assert!(before.get("bad").await.is_ok());
    let after = setting(&fault("drop_after", "times = 1")).await;
    assert!(matches!(after.get("bad").await, Err(Failure::Lost(_))));
    assert_eq!(after.worked(), 1);
    assert!(after.get("good").await.is_ok());
    let refused = setting(&fault("reject_after", "status = 503\ncode = \"X\"\npause = 1\ntimes = 1")).await;
    assert_eq!(refused.get("bad").await.unwrap().status, 503);
    assert_eq!(refused.worked(), 1);
}

#[tokio::test]
async fn a_truncated_answer_is_noticed() {
    let setting = setting(&fault("truncate", "times = 1")).await;
    let response = setting.client.get(format!("{}/bad", setting.base)).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.bytes().await.is_err());
    assert_eq!(setting.worked(), 1);
}

#[tokio::test]
async fn refusals_and_delays_are_the_services_own() {
    let text = [fault("reject", "status = 503\ncode = \"X\"\ntimes = 1\n"), fault("throttle", "times = 1\n")];
    let setting = setting(&text.concat()).await;
    assert_eq!(setting.get("bad").await.unwrap().status, 503);
    assert_eq!(setting.get("bad").await.unwrap().status, 429);
    assert_eq!(setting.worked(), 0);
    assert_eq!(setting.get("bad").await.unwrap().status, 200);
}

#[tokio::test]
async fn a_port_is_used_again_when_free_and_another_when_not() {
    let first = Listener::bind(None).await.unwrap();
    let second = Listener::bind(Some(first.port())).await.unwrap();
    assert_ne!(first.port(), second.port());
    let port = first.port();
    drop(first);
    assert_eq!(Listener::bind(Some(port)).await.unwrap().port(), port);
}

/// Asks the server as Python's strictest checks do.
const STRICT: &str = "\
import http.client, ssl, sys
context = ssl.create_default_context(cafile=sys.argv[1])
context.verify_flags |= ssl.VERIFY_X509_STRICT | ssl.VERIFY_X509_PARTIAL_CHAIN
for host in ('localhost', '127.0.0.1'):
    connection = http.client.HTTPSConnection(host, int(sys.argv[2]), context=context)
    for request in range(2):
        connection.request('GET', '/good')
        print(connection.getresponse().read()[:7].decode())
";

#[tokio::test]
async fn pythons_strict_checks_accept_the_certificate() {
    let setting = setting("").await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    std::fs::write(&file, &setting.authority).unwrap();
    let port = setting.base.rsplit(':').next().unwrap().to_owned();
    let ask = move || std::process::Command::new("python3").arg("-c").arg(STRICT).arg(file).arg(port).output();
    // Without Python there is nobody to ask; the tests with other people's clients need it anyway.
    let Ok(output) = tokio::task::spawn_blocking(ask).await.unwrap() else { return };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(said.lines().collect::<Vec<_>>(), ["/good 0"; 4], "{}", String::from_utf8_lossy(&output.stderr));
}
