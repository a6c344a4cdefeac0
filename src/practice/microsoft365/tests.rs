//! The service as a client meets it, but without sockets and on a clock that the tests move.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod directory;
mod exchange;
mod mailbox;
mod outlook;
mod pacing;
mod signin;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::*;
use crate::mapi::container::{self, Version};
use crate::mapi::{Properties, Type, Value as Mapi, pid};

/// Start of the tests' time, seconds since 1970: 2026-09-20 08:00 UTC.
const START: i64 = 1_789_891_200;
const DOMAIN: &str = "aldernook.example";

/// A service with its clock and a client that is signed in.
struct World {
    cloud: Cloud,
    clock: Arc<AtomicI64>,
    graph: String,
    exchange: String,
}

fn request(method: &str, path: &str, bearer: Option<&str>, body: &str, kind: &str) -> Request {
    let mut request =
        hyper::Request::builder().method(method).uri(path.replace(' ', "%20")).header("content-type", kind);
    if let Some(bearer) = bearer {
        request = request.header("authorization", format!("Bearer {bearer}"));
    }
    request.body(body.to_owned().into()).unwrap()
}

fn parsed(response: &Response) -> Value {
    serde_json::from_slice(response.body()).unwrap_or(Value::Null)
}

impl World {
    async fn new() -> World {
        World::with_seats(3).await
    }

    async fn with_seats(mailbox_hint: usize) -> World {
        let clock = Arc::new(AtomicI64::new(START * 1000));
        let told = clock.clone();
        let options = CloudOptions {
            domain: DOMAIN.to_owned(),
            organisation_name: "Aldernook".to_owned(),
            base_url: "https://localhost:8443".to_owned(),
            speed: 1.0,
            seed: 7,
            mailbox_hint,
        };
        let now = move || jiff::Timestamp::from_millisecond(told.load(Ordering::SeqCst)).unwrap();
        let cloud = Cloud::with_clock(options, now);
        let mut world = World { cloud, clock, graph: String::new(), exchange: String::new() };
        world.sign_in().await;
        world
    }

    async fn sign_in(&mut self) {
        self.graph = self.token("https://graph.microsoft.com/.default").await;
        self.exchange = self.token("https://outlook.office365.com/.default").await;
    }

    async fn token(&self, scope: &str) -> String {
        let own = self.cloud.credentials();
        let form = format!(
            "client_id={}&client_secret={}&grant_type=client_credentials&scope={scope}",
            own.client_id, own.client_secret
        );
        let (status, body) = self.form(&format!("/{}/oauth2/v2.0/token", own.tenant_id), &form).await;
        assert_eq!(status, 200, "{body}");
        body["access_token"].as_str().unwrap().to_owned()
    }

    async fn form(&self, path: &str, form: &str) -> (u16, Value) {
        let response =
            self.cloud.answer(request("POST", path, None, form, "application/x-www-form-urlencoded")).await;
        (response.status().as_u16(), parsed(&response))
    }

    async fn send(&self, method: &str, path: &str, body: Value) -> Response {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.cloud.answer(request(method, path, Some(&self.graph), &body, "application/json")).await
    }

    async fn call(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        let response = self.send(method, path, body).await;
        (response.status().as_u16(), parsed(&response))
    }

    async fn get(&self, path: &str) -> Value {
        let (status, body) = self.call("GET", path, Value::Null).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    async fn cmdlet(&self, name: &str, parameters: Value) -> (u16, Value) {
        let path = format!("/adminapi/beta/{}/InvokeCommand", self.cloud.credentials().tenant_id);
        let body = json!({"CmdletInput": {"CmdletName": name, "Parameters": parameters}}).to_string();
        let response =
            self.cloud.answer(request("POST", &path, Some(&self.exchange), &body, "application/json")).await;
        (response.status().as_u16(), parsed(&response))
    }

    async fn done(&self, name: &str, parameters: Value) -> Value {
        let (status, body) = self.cmdlet(name, parameters).await;
        assert_eq!(status, 200, "{name}: {body}");
        body
    }

    fn wait(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    async fn new_user(&self, name: &str) -> (u16, Value) {
        self.call("POST", "/v1.0/users", new_user(name)).await
    }

    /// A user with a mailbox that is there; its mailbox id.
    async fn mailbox(&self, name: &str) -> String {
        let (status, user) = self.new_user(name).await;
        assert_eq!(status, 201, "{user}");
        self.wait(10);
        let licence = json!({"addLicenses": [{"skuId": super::graph::tenant::BUSINESS_SKU, "disabledPlans": []}], "removeLicenses": []});
        let path = format!("/v1.0/users/{}/assignLicense", user["id"].as_str().unwrap());
        assert_eq!(self.call("POST", &path, licence).await.0, 200);
        self.wait(200);
        let found = self.get(&format!("/v1.0/users/{name}@{DOMAIN}/settings/exchange")).await;
        found["primaryMailboxId"].as_str().unwrap().to_owned()
    }

    async fn import_url(&self, mailbox: &str) -> String {
        let path = format!("/v1.0/admin/exchange/mailboxes/{mailbox}/createImportSession");
        let (status, session) = self.call("POST", &path, Value::Null).await;
        assert_eq!(status, 200, "{session}");
        session["importUrl"].as_str().unwrap().trim_start_matches("https://localhost:8443").to_owned()
    }

    async fn import(&self, url: &str, body: Value) -> (u16, Value) {
        let response = self.cloud.answer(request("POST", url, None, &body.to_string(), "application/json")).await;
        (response.status().as_u16(), parsed(&response))
    }

    /// Imports an item into a folder; its id.
    async fn put(&self, mailbox: &str, folder: &str, item: &Item) -> String {
        let url = self.import_url(mailbox).await;
        let folder = self.get(&format!("/v1.0/admin/exchange/mailboxes/{mailbox}/folders/{folder}")).await;
        let body = json!({"FolderId": folder["id"], "Mode": "create", "Data": data(item)});
        let (status, body) = self.import(&url, body).await;
        assert_eq!(status, 200, "{body}");
        body["itemId"].as_str().unwrap().to_owned()
    }
}

fn new_user(name: &str) -> Value {
    json!({"accountEnabled": true, "displayName": name, "mailNickname": name, "userPrincipalName": format!("{name}@{DOMAIN}"),
        "usageLocation": "NL", "passwordProfile": {"password": "Kiezel-42-boot", "forceChangePasswordNextSignIn": true}})
}

/// An item in the container of an Exchange 2016.
fn data(item: &Item) -> String {
    STANDARD.encode(container::encode_item(item, Version([0x01, 0x0F, 0x9C, 0x88, 0x05, 0])).unwrap())
}

fn put_text(to: &mut impl Properties, id: u16, text: &str) {
    to.set(id, Type::UNICODE, Mapi::Unicode(text.to_owned()));
}

/// A plain received message.
fn message(subject: &str) -> Item {
    let mut item = Item::default();
    put_text(&mut item, pid::MESSAGE_CLASS, "IPM.Note");
    put_text(&mut item, pid::SUBJECT, subject);
    put_text(&mut item, pid::BODY, "Good morning");
    put_text(&mut item, pid::INTERNET_MESSAGE_ID, "<q77@brine.example>");
    item.set(pid::MESSAGE_FLAGS, Type::I32, Mapi::I32(3));
    item.set(
        pid::MESSAGE_DELIVERY_TIME,
        Type::TIME,
        Mapi::Time(crate::mapi::time::filetime_from_unix(1_554_189_069, 0)),
    );
    item.set(pid::SEARCH_KEY, Type::BINARY, Mapi::Binary(vec![1, 2, 3].into()));
    item
}
