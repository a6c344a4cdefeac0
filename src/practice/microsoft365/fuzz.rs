//! The practice Microsoft 365, asked anything.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::cell::LazyCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use hyper::header::{AUTHORIZATION, CONTENT_TYPE};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::state::State;
use super::{Cloud, CloudOptions};
use crate::practice::https::{Request, Response, Service};

/// Start of these runs' time, milliseconds since 1970: 2026-09-20 08:00 UTC.
const START: i64 = 1_789_891_200_000;
/// What stands between two requests of an input.
const BETWEEN: &str = "\n---\n";
/// Requests of one input that are heeded.
const REQUESTS: usize = 4;
/// How long after another a request comes, in milliseconds: long enough for everything to be known everywhere, and short
/// enough for the tokens.
const PAUSE: i64 = 240_000;
/// What an answer may grow to, in bytes for each of its input, and beside that.
const GROWTH: usize = 400;
const ROOM: usize = 256 * 1024;

/// A tenant with one mailbox, and what it takes to ask it.
struct World {
    runtime: Runtime,
    state: State,
    now: i64,
    graph: String,
    admin: String,
    mailbox: String,
    import: String,
}

thread_local! {
    static WORLD: LazyCell<World> = LazyCell::new(World::new);
}

/// Requests as a first line `METHOD /path?query`, then the body; up to four of them, between lines of `---`. In paths and
/// bodies `{mailbox}` and `{tenant}` stand for the ids of those there are; `/import` for the import address. Every answer
/// in JSON is JSON.
pub fn microsoft365(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    WORLD.with(|world| {
        let clock = Arc::new(AtomicI64::new(world.now));
        let cloud = cloud(Some(world.state.clone()), &clock);
        for request in text.split(BETWEEN).take(REQUESTS) {
            let Some(request) = world.request(request, &cloud) else { return };
            let _ = cloud.operation(&request);
            let answer = world.runtime.block_on(cloud.answer(request));
            assert!(answer.body().len() <= ROOM + GROWTH * data.len(), "{} bytes", answer.body().len());
            let kind = answer.headers().get(CONTENT_TYPE).map(|kind| kind.as_bytes().to_vec()).unwrap_or_default();
            if kind.starts_with(b"application/json") {
                parsed(&answer);
            }
            clock.fetch_add(PAUSE, Ordering::Relaxed);
        }
    });
}

fn parsed(answer: &Response) -> Value {
    serde_json::from_slice(answer.body()).expect("answers in JSON are JSON")
}

fn options() -> CloudOptions {
    CloudOptions {
        domain: "alder.example".to_owned(),
        organisation_name: "Alder".to_owned(),
        base_url: "https://localhost".to_owned(),
        speed: 1.0,
        seed: 7,
        mailbox_hint: 3,
    }
}

/// A cloud that keeps this time.
fn cloud(state: Option<State>, clock: &Arc<AtomicI64>) -> Cloud {
    let told = clock.clone();
    let now = move || jiff::Timestamp::from_millisecond(told.load(Ordering::Relaxed)).unwrap();
    let fresh = Cloud::with_clock(options(), now);
    match state {
        Some(state) => Cloud { state: std::sync::Mutex::new(state), ..fresh },
        None => fresh,
    }
}

impl World {
    fn new() -> World {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        #[cfg(test)]
        runtime.start_paused(true);
        let runtime = runtime.enable_time().build().unwrap();
        let clock = Arc::new(AtomicI64::new(START));
        let cloud = cloud(None, &clock);
        let ask = |method: &str, path: &str, token: &str, body: &str, kind: &str| {
            let request = hyper::Request::builder().method(method).uri(path).header(CONTENT_TYPE, kind);
            let request = request.header(AUTHORIZATION, format!("Bearer {token}"));
            let answer = runtime.block_on(cloud.answer(request.body(body.to_owned().into()).unwrap()));
            assert!(answer.status().is_success(), "{path}: {answer:?}");
            clock.fetch_add(PAUSE, Ordering::Relaxed);
            parsed(&answer)
        };
        let own = cloud.credentials();
        let token = |scope: &str| {
            let form = format!(
                "client_id={}&client_secret={}&grant_type=client_credentials&scope={scope}",
                own.client_id, own.client_secret
            );
            let path = format!("/{}/oauth2/v2.0/token", own.tenant_id);
            ask("POST", &path, "", &form, "application/x-www-form-urlencoded")["access_token"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        let (graph, admin) =
            (token("https://graph.microsoft.com/.default"), token("https://outlook.office365.com/.default"));
        let json_of =
            |method: &str, path: &str, body: Value| ask(method, path, &graph, &body.to_string(), "application/json");
        let user = json!({"accountEnabled": true, "displayName": "mara", "mailNickname": "mara",
            "userPrincipalName": "mara@alder.example", "usageLocation": "NL",
            "passwordProfile": {"password": "Kiezel-42-boot", "forceChangePasswordNextSignIn": true}});
        let user = json_of("POST", "/v1.0/users", user);
        let licence = json!({"addLicenses": [{"skuId": super::graph::tenant::BUSINESS_SKU, "disabledPlans": []}],
            "removeLicenses": []});
        json_of("POST", &format!("/v1.0/users/{}/assignLicense", user["id"].as_str().unwrap()), licence);
        let found = json_of("GET", "/v1.0/users/mara@alder.example/settings/exchange", Value::Null);
        let mailbox = found["primaryMailboxId"].as_str().unwrap().to_owned();
        let open = format!("/v1.0/admin/exchange/mailboxes/{mailbox}/createImportSession");
        let session = json_of("POST", &open, Value::Null);
        let import = session["importUrl"].as_str().unwrap().trim_start_matches("https://localhost").to_owned();
        let state = cloud.state.into_inner().unwrap();
        let now = clock.load(Ordering::Relaxed);
        World { runtime, state, now, graph, admin, mailbox, import }
    }

    fn request(&self, text: &str, cloud: &Cloud) -> Option<Request> {
        let tenant = cloud.credentials().tenant_id;
        let text = text.replace("{mailbox}", &self.mailbox).replace("{tenant}", &tenant);
        let (head, body) = text.split_once('\n').unwrap_or((&text, ""));
        let (method, path) = head.split_once(' ')?;
        let path = if path == "/import" { self.import.clone() } else { path.replace(' ', "%20") };
        let token = if path.contains("InvokeCommand") { &self.admin } else { &self.graph };
        let request = hyper::Request::builder().method(method).uri(path);
        let request =
            request.header(AUTHORIZATION, format!("Bearer {token}")).header(CONTENT_TYPE, "application/json");
        request.body(body.to_owned().into()).ok()
    }
}
