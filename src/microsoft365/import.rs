//! The mailbox import: sessions with their pre-authorised address, and one item per request.
//!
//! The address is a secret: it appears in no problem and no `Debug`, carries no token, and no redirect is followed
//! with it.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use tokio::time::Instant;
use url::Url;

use super::failure::{Refusal, Trouble, malformed, on_target, transport, unreadable};
use super::folder::{folder_trouble, on_content};
use super::mailbox::Shared;
use super::{Connection, safe};
use crate::engine::item::{Content, FolderId, ItemId, MailboxId};
use crate::engine::problem::{Guidance, Kind, Problem};
use crate::http::{self, Failure};

mod body;

use body::Body;

/// Largest base64 text that is sent, in bytes; the service's own limit is not documented.
const BASE64_LIMIT: usize = 150_000_000;
/// The same before encoding.
pub(super) const RAW_LIMIT: usize = BASE64_LIMIT / 4 * 3;
/// Bound of an import's answer in bytes.
const ANSWER_LIMIT: usize = 1024 * 1024;
/// How long the service may take at most, its body's way included. A single request asks for less.
const PATIENCE: Duration = Duration::from_secs(3 * 3600);
/// What a request may take besides its body.
const ANSWER_TIME: Duration = Duration::from_secs(180);
/// The slowest line that is still waited for, in bytes per second.
const SLOWEST: u64 = 16 * 1024;
/// The pause when the service refuses without saying for how long.
const PAUSE: Duration = Duration::from_secs(30);
/// How long a session lives if the service does not say.
const SESSION_LIFE: Duration = Duration::from_secs(45 * 60);
/// How long before its end a session is no longer used, unless it lives too shortly for that.
const MARGIN: Duration = Duration::from_secs(120);
/// So many characters of the secret in a text give it away; what is cut off behind them does not matter.
const SECRET_HEAD: usize = 12;
const NEEDS: &str = "MailboxItem.ImportExport.All";

/// An import session. No `Debug`: its address is a secret.
pub(super) struct Session {
    url: Url,
    until: Instant,
    /// With cookies of its own, which keep this session, and no other mailbox's, on one server.
    client: Client,
}

impl Session {
    /// Whether a text repeats the secret part of the address, or the beginning of it.
    fn is_told_by(&self, text: &str) -> bool {
        let head = |value: &str| value.chars().take(SECRET_HEAD).collect::<String>();
        let mut heads = self.url.query_pairs().map(|(_, value)| head(&value));
        heads.any(|head| !head.is_empty() && text.contains(&head))
    }
}

/// Makes the clients of import addresses.
pub(super) struct Importer {
    private_authority: Option<Vec<u8>>,
}

impl Importer {
    /// Trusts what the other client trusts.
    pub fn new(private_authority: Option<Vec<u8>>) -> Importer {
        Importer { private_authority }
    }

    fn client(&self) -> Result<Client, Failure> {
        http::patient_client(self.private_authority.as_deref(), false, PATIENCE)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ImportSession {
    import_url: String,
    #[serde(default)]
    expiration_date_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Imported {
    item_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Versioned {
    change_key: String,
}

/// An item on its way.
struct Sending<'a> {
    mailbox: &'a MailboxId,
    folder: &'a FolderId,
    content: &'a Content,
    old: Option<Old<'a>>,
}

/// What an item replaces.
struct Old<'a> {
    item: &'a ItemId,
    change_key: &'a str,
}

impl Connection {
    /// Imports an item as a new one.
    pub(super) async fn import_item(
        &self,
        id: &MailboxId,
        folder: &FolderId,
        content: &Content,
    ) -> Result<ItemId, Problem> {
        self.send_item(Sending { mailbox: id, folder, content, old: None }).await
    }

    /// Replaces an item's content.
    pub(super) async fn replace_item(
        &self,
        id: &MailboxId,
        folder: &FolderId,
        item: &ItemId,
        content: &Content,
    ) -> Result<ItemId, Problem> {
        let shared = self.mailboxes.of(id);
        let at = self.in_mailbox(id, &shared, &["folders", &folder.0, "items", &item.0], "MailboxItem.ReadWrite.All");
        let current: Versioned =
            at.query("$select", "id,changeKey").get().await.map_err(|trouble| match trouble {
                Trouble::Refused(refusal) if item_missing(&refusal) => missing(&refusal),
                trouble => folder_trouble(trouble, id, folder),
            })?;
        let old = Some(Old { item, change_key: &current.change_key });
        self.send_item(Sending { mailbox: id, folder, content, old }).await
    }

    async fn send_item(&self, sending: Sending<'_>) -> Result<ItemId, Problem> {
        let (id, size) = (sending.mailbox, sending.content.data.len());
        if size > RAW_LIMIT {
            return Err(too_large(size, RAW_LIMIT));
        }
        let shared = self.mailboxes.of(id);
        let body = sending.body();
        let session = self.session(id, &shared, None).await?;
        let answer = match self.post_item(&shared, &session, body.clone()).await? {
            Err(refusal) if refusal.status == StatusCode::UNAUTHORIZED => {
                let session = self.session(id, &shared, Some(&session)).await?;
                self.post_item(&shared, &session, body).await?
            }
            answer => answer,
        };
        answer.map_err(|refusal| refusal.asking(sending.problem(Refusal::clone(&refusal))))
    }

    /// The mailbox's session: the one at hand, or a new one if there is none, it ends soon, or it was refused.
    async fn session(
        &self,
        id: &MailboxId,
        shared: &Shared,
        refused: Option<&Arc<Session>>,
    ) -> Result<Arc<Session>, Problem> {
        let mut held = shared.session.lock().await;
        let good = |session: &&Arc<Session>| {
            session.until > Instant::now() && refused.is_none_or(|refused| !Arc::ptr_eq(refused, session))
        };
        if let Some(session) = held.as_ref().filter(good) {
            return Ok(session.clone());
        }
        let at = self.in_mailbox(id, shared, &["createImportSession"], NEEDS);
        let made: ImportSession = at.post_nothing().await.map_err(|trouble| match trouble {
            Trouble::Refused(refusal) if refusal.without_mailbox() => on_content(*refusal, id, ""),
            trouble => trouble.problem(Kind::Mailbox),
        })?;
        let url = Url::parse(&made.import_url).ok().filter(safe).ok_or_else(|| malformed("importUrl"))?;
        let end = made.expiration_date_time.and_then(|text| text.parse::<jiff::Timestamp>().ok());
        let left = |end: jiff::Timestamp| Duration::try_from(end.duration_since(jiff::Timestamp::now()));
        let life = end.map_or(SESSION_LIFE, |end| left(end).unwrap_or(Duration::ZERO));
        let until = Instant::now() + life.saturating_sub(MARGIN.min(life / 5));
        let client = self.importer.client();
        let client = client.map_err(|failure| transport(failure, url.host_str().unwrap_or_default(), true))?;
        let session = Arc::new(Session { url, until, client });
        *held = Some(session.clone());
        Ok(session)
    }

    /// One request; the inner error is the service's refusal.
    async fn post_item(
        &self,
        shared: &Shared,
        session: &Session,
        body: Body,
    ) -> Result<Result<ItemId, Box<Refusal>>, Problem> {
        let _permit = shared.permits.acquire().await.ok();
        let time = ANSWER_TIME + Duration::from_secs(body.len() / SLOWEST);
        let request = session.client.post(session.url.clone()).timeout(time);
        let request = request.header(CONTENT_TYPE, "application/json").body(reqwest::Body::wrap(body));
        let answer = match http::send(request, ANSWER_LIMIT).await {
            Ok(answer) => answer,
            Err(failure) => return Err(unsent_or_lost(failure, session)),
        };
        if !answer.status.is_success() {
            let mut refusal = Refusal::from_graph(&answer, NEEDS);
            if session.is_told_by(&refusal.text) {
                refusal.text.clear();
            }
            return Ok(Err(Box::new(refusal)));
        }
        let imported: Imported = serde_json::from_slice(&answer.body)
            .map_err(|error| lost(malformed("importItem"), unreadable(&error)))?;
        Ok(Ok(ItemId(imported.item_id)))
    }
}

impl Sending<'_> {
    /// The request body.
    fn body(&self) -> Body {
        let text = |value: &str| serde_json::Value::from(value).to_string();
        let mut start = format!("{{\"FolderId\":{},", text(&self.folder.0));
        match &self.old {
            None => start.push_str("\"Mode\":\"create\","),
            Some(old) => {
                let (item, key) = (text(&old.item.0), text(old.change_key));
                start.push_str(&format!("\"Mode\":\"update\",\"ItemId\":{item},\"ChangeKey\":{key},"));
            }
        }
        start.push_str("\"Data\":\"");
        Body::new(start, self.content.data.clone())
    }

    /// What the refusal of the item means.
    fn problem(&self, refusal: Refusal) -> Problem {
        let (cause, replacing) = (refusal.cause(), self.old.is_some());
        let told = |kind, guidance| {
            on_target(kind, guidance).with("code", &refusal.code).with("text", &refusal.text).because(&cause)
        };
        match refusal.status.as_u16() {
            _ if refusal.code.contains("QuotaExceeded") => told(Kind::Mailbox, Guidance::TargetUnexpected),
            429 => on_target(Kind::Wait, Guidance::TargetBusy).after(PAUSE).because(cause),
            // A gateway that gave up does not say whether the server behind it did its work.
            408 | 500 | 502 | 504 => lost(told(Kind::Retry, Guidance::TargetUnexpected), &cause),
            // Nor does one that is busy, unlike 429: what 503 means here is not documented. First the pause, then a look.
            503 if !replacing => lost(on_target(Kind::Retry, Guidance::TargetBusy), &cause),
            _ if refusal.busy() => refusal.problem(Kind::Item),
            404 if item_missing(&refusal) && replacing => missing(&refusal),
            404 => on_content(refusal, self.mailbox, &self.folder.0),
            413 => {
                let size = self.content.data.len();
                too_large(size, format!("<{size}")).because(cause)
            }
            // Somebody changed it meanwhile: the next attempt reads the new change key.
            409 | 412 if replacing => told(Kind::Retry, Guidance::TargetUnexpected),
            400 | 409 | 412 | 415 | 422 => told(Kind::Item, Guidance::TargetItemRefused),
            _ => refusal.problem(Kind::Item),
        }
    }
}

fn too_large(size: usize, limit: impl ToString) -> Problem {
    on_target(Kind::Item, Guidance::TargetItemTooLarge).with("size", size).with("limit", limit)
}

fn item_missing(refusal: &Refusal) -> bool {
    refusal.missing() && refusal.code.contains("ItemNotFound")
}

fn missing(refusal: &Refusal) -> Problem {
    on_target(Kind::Item, Guidance::TargetItemMissing).because(refusal.cause())
}

/// The request may have been carried out: the engine looks before it sends the item again.
fn lost(problem: Problem, cause: impl std::fmt::Display) -> Problem {
    problem.because(format!("answer lost: {cause}"))
}

fn unsent_or_lost(failure: Failure, session: &Session) -> Problem {
    let host = session.url.host_str().unwrap_or_default();
    match failure {
        Failure::Lost(_) | Failure::TooLarge { .. } => {
            let unreachable = on_target(Kind::Retry, Guidance::TargetUnreachable).with("host", host);
            lost(unreachable, failure)
        }
        failure => transport(failure, host, true),
    }
}
