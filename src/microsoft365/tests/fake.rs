//! A scripted service on loopback. It knows nothing of the protocol but how to tell requests apart.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::stream;
use http_body_util::{BodyExt, Full, StreamBody, combinators::BoxBody};
use hyper::body::{Frame, Incoming};
use hyper::service::service_fn;
use hyper::{HeaderMap, Request, Response};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use url::Url;

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Method and decoded path, or the name of the cmdlet.
    pub key: String,
    pub query: String,
    pub headers: HeaderMap,
    pub body: String,
}

impl Seen {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
    pub fn parameters(&self) -> Value {
        self.json()["CmdletInput"]["Parameters"].clone()
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// What to answer.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
    fault: Option<Fault>,
}

#[derive(Debug, Clone, PartialEq)]
enum Fault {
    Drop,
    Truncate,
}

impl Reply {
    pub fn text(status: u16, body: &str) -> Reply {
        Reply { status, headers: Vec::new(), body: body.to_owned(), fault: None }
    }
    pub fn ok(body: Value) -> Reply {
        Reply::text(200, &body.to_string())
    }
    pub fn status(status: u16, body: Value) -> Reply {
        Reply::text(status, &body.to_string())
    }
    /// A collection of one page.
    pub fn list(value: Value) -> Reply {
        Reply::ok(json!({"value": value}))
    }
    /// Graph's error envelope.
    pub fn error(status: u16, code: &str) -> Reply {
        Reply::status(status, json!({"error": {"code": code, "message": "text for humans", "innerError": {}}}))
    }
    /// The Exchange admin service's error envelope.
    pub fn exception(status: u16, exception: &str, text: &str) -> Reply {
        let message = format!("Ex6F9304|Microsoft.Exchange.Configuration.Tasks.{exception}|{text}");
        let details = json!([{"code": "Context", "target": "", "message": message}]);
        let error = json!({"code": "Error", "message": "Error executing cmdlet", "details": details});
        Reply::status(status, json!({"error": error}))
    }
    pub fn header(mut self, name: &'static str, value: &str) -> Reply {
        self.headers.push((name, value.to_owned()));
        self
    }
    /// Takes the request and closes the connection.
    pub fn dropped() -> Reply {
        Reply { fault: Some(Fault::Drop), ..Reply::text(200, "") }
    }
    /// Breaks off within the body.
    pub fn truncated(body: &str) -> Reply {
        Reply { fault: Some(Fault::Truncate), ..Reply::text(200, body) }
    }
}

#[derive(Default)]
struct State {
    script: Mutex<HashMap<String, VecDeque<Reply>>>,
    seen: Mutex<Vec<Seen>>,
    now: AtomicUsize,
    most: AtomicUsize,
}

/// The service.
#[derive(Clone)]
pub struct Fake {
    base: Url,
    state: Arc<State>,
}

impl Fake {
    pub async fn start() -> Fake {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let fake = Fake { base, state: Arc::default() };
        let state = fake.state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = state.clone();
                let service = service_fn(move |request| answer(state.clone(), request));
                tokio::spawn(
                    hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service),
                );
            }
        });
        let token = json!({"token_type": "Bearer", "expires_in": 3599, "access_token": "token-1"});
        fake.on("token", Reply::ok(token))
    }

    /// An address of it.
    pub fn url(&self, path: &str) -> Url {
        self.base.join(path).unwrap()
    }

    /// Answers requests of this key: one reply after the other, the last one again and again.
    pub fn on(self, key: &str, reply: Reply) -> Fake {
        self.state.script.lock().unwrap().entry(key.to_owned()).or_default().push_back(reply);
        self
    }

    /// Forgets the replies of a key.
    pub fn without(self, key: &str) -> Fake {
        self.state.script.lock().unwrap().remove(key);
        self
    }

    /// Every request of this key so far.
    pub fn seen(&self, key: &str) -> Vec<Seen> {
        self.state.seen.lock().unwrap().iter().filter(|seen| seen.key == key).cloned().collect()
    }

    /// The only request of this key.
    pub fn one(&self, key: &str) -> Seen {
        let mut seen = self.seen(key);
        assert_eq!(seen.len(), 1, "{key} in {:#?}", self.keys());
        seen.remove(0)
    }

    /// What was asked for, in order, tokens left out.
    pub fn keys(&self) -> Vec<String> {
        let seen = self.state.seen.lock().unwrap();
        seen.iter().map(|seen| seen.key.clone()).filter(|key| key != "token").collect()
    }

    /// The greatest number of requests that were being answered at a time.
    pub fn most_at_once(&self) -> usize {
        self.state.most.load(Ordering::SeqCst)
    }
}

type Body = BoxBody<Bytes, std::io::Error>;

async fn answer(state: Arc<State>, request: Request<Incoming>) -> Result<Response<Body>, std::io::Error> {
    let now = state.now.fetch_add(1, Ordering::SeqCst) + 1;
    state.most.fetch_max(now, Ordering::SeqCst);
    let (head, body) = request.into_parts();
    let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    let path = percent_encoding::percent_decode_str(head.uri.path()).decode_utf8_lossy().into_owned();
    let key = if path.ends_with("/oauth2/v2.0/token") {
        "token".to_owned()
    } else if path.ends_with("/InvokeCommand") {
        let input: Value = serde_json::from_str(&body).unwrap();
        input["CmdletInput"]["CmdletName"].as_str().unwrap().to_owned()
    } else {
        format!("{} {path}", head.method)
    };
    let query = percent_encoding::percent_decode_str(head.uri.query().unwrap_or_default());
    let query = query.decode_utf8_lossy().into_owned();
    let reply = next(&state, &key);
    state.seen.lock().unwrap().push(Seen { key, query, headers: head.headers, body });
    state.now.fetch_sub(1, Ordering::SeqCst);
    respond(reply)
}

fn next(state: &State, key: &str) -> Reply {
    let mut script = state.script.lock().unwrap();
    match script.get_mut(key) {
        Some(replies) if replies.len() > 1 => replies.pop_front().unwrap(),
        Some(replies) => replies[0].clone(),
        None => Reply::error(501, &format!("unscripted {key}")),
    }
}

fn respond(reply: Reply) -> Result<Response<Body>, std::io::Error> {
    let broken = || std::io::Error::other("scripted fault");
    let bytes = Bytes::from(reply.body);
    let body = match reply.fault {
        Some(Fault::Drop) => return Err(broken()),
        Some(Fault::Truncate) => {
            BodyExt::boxed(StreamBody::new(stream::iter([Ok(Frame::data(bytes)), Err(broken())])))
        }
        None => Full::new(bytes).map_err(|never: Infallible| match never {}).boxed(),
    };
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    Ok(response.body(body).unwrap())
}
