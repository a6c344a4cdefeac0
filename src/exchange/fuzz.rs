//! The source's parsers, fed by a server that says anything: EWS, Autodiscover, MIME.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::FutureExt;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue, LOCATION, WWW_AUTHENTICATE};
use url::Url;

use super::transport::{Call, Transport};
use super::{Access, Connection, Endpoint, Impatience, Secret, Settings, connect_over, mime};
use crate::engine::item::{Facet, FolderId, ItemId, Summary};
use crate::engine::port::Source;
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;
use crate::http::{Answer, Failure, Incoming};
use crate::{fidelity, mapi};

/// What stands between two answers of an input.
const BETWEEN: &[u8] = b"\n---\n";
/// Answers that a server gives before the line goes dead.
const ANSWERS: usize = 24;
/// Bytes that come at once where an answer comes in pieces: those of even length do.
const PIECE: usize = 7;
/// Requests that one search may make: five candidates, ten hops with five each, asked twice.
const SEARCH_LIMIT: usize = 110;
/// How an answer begins that is a redirect; the rest of it says where to.
const REDIRECT: &[u8] = b"302 ";
/// The domain of everybody.
const DOMAIN: &str = "fabrikam.test";
/// The host that a person confirmed.
const CONFIRMED: &str = "mail.fabrikam.test";

/// A server that wants Basic, then says one thing after the other.
struct Anything {
    answers: Mutex<std::vec::IntoIter<Bytes>>,
    last: Bytes,
    calls: Mutex<Vec<Call>>,
}

impl Anything {
    /// A server that says `first` and then the parts of `input`, the last of them again and again.
    fn new(first: &[String], input: &[u8]) -> Arc<Anything> {
        let mut answers: Vec<Bytes> = first.iter().map(|text| Bytes::from(text.clone())).collect();
        answers.extend(parts(input).into_iter().map(Bytes::copy_from_slice));
        let last = answers.last().cloned().unwrap_or_default();
        let whole = ANSWERS.saturating_sub(answers.len());
        answers.extend(std::iter::repeat_n(last.clone(), whole));
        Arc::new(Anything { answers: Mutex::new(answers.into_iter()), last, calls: Mutex::default() })
    }
}

/// An input in its parts.
fn parts(input: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = input;
    while let Some(at) = rest.windows(BETWEEN.len()).position(|window| window == BETWEEN) {
        parts.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len()..];
    }
    parts.push(rest);
    parts
}

#[async_trait]
impl Transport for Anything {
    async fn open(&self, call: Call) -> Result<Incoming, Failure> {
        let signed_in = call.credentials.is_some();
        let peek = call.body.is_none();
        self.calls.lock().unwrap().push(call);
        let mut headers = HeaderMap::new();
        if !signed_in && !peek {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"x\""));
            return Ok(Answer { status: StatusCode::UNAUTHORIZED, headers, body: Bytes::new() }.into());
        }
        let said = self.answers.lock().unwrap().next();
        let body = said.ok_or_else(|| Failure::Lost("nothing more to say".to_owned()))?;
        let mut status = StatusCode::OK;
        if let Some(to) = body.strip_prefix(REDIRECT)
            && let Ok(to) = HeaderValue::from_bytes(to)
        {
            headers.insert(LOCATION, to);
            status = StatusCode::FOUND;
        }
        let length = if body.len() % 2 == 0 { PIECE } else { body.len() };
        Ok(Incoming::in_pieces(Answer { status, headers, body }, length))
    }
}

fn settings(endpoint: Endpoint) -> Settings {
    Settings {
        email: Address::new(format!("mig@{DOMAIN}")),
        user_name: "FABRIKAM\\mig".into(),
        password: Secret::new("x"),
        endpoint,
        private_authority: None,
        access: Access::Delegate,
        also: vec![],
        shared: vec![],
        rooms: vec![],
        equipment: vec![],
        security_groups: vec![],
        dynamic_groups: vec![],
    }
}

/// The answer that connecting wants, from a server of this version.
fn inbox(major: u16) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header>\
         <h:ServerVersionInfo MajorVersion=\"{major}\" MinorVersion=\"1\"/></s:Header><s:Body>\
         <m:GetFolderResponse><m:ResponseMessages><m:GetFolderResponseMessage ResponseClass=\"Success\">\
         <m:ResponseCode>NoError</m:ResponseCode><m:Folders><t:Folder><t:FolderId Id=\"i\"/></t:Folder></m:Folders>\
         </m:GetFolderResponseMessage></m:ResponseMessages></m:GetFolderResponse></s:Body></s:Envelope>"
    )
}

/// A connection to a server of this version that says `input` from now on.
fn connected(major: u16, input: &[u8]) -> Connection {
    let first = [inbox(major), inbox(major)];
    let typed = Url::parse(&format!("https://{CONFIRMED}/EWS/Exchange.asmx")).unwrap();
    let server = Anything::new(&first, input);
    connect_over(server, settings(Endpoint::Ews(typed)), &|_| {}, &mut Impatience)
        .now_or_never()
        .expect("no wait")
        .unwrap()
}

/// Answers of EWS: `0` folders, `1` changes, `2` items, `3` exported items, `4` items as MIME, `5` recipients, `6` members
/// and sizes, `7` connecting. Parts between lines of `---` answer one request after the other.
pub fn ews(data: &[u8]) {
    let Some((&pick, input)) = data.split_first() else { return };
    let mailbox = Address::new(format!("nina@{DOMAIN}"));
    let ids: Vec<ItemId> = (0..=(pick >> 3) % 3).map(|number| ItemId(format!("i{number}"))).collect();
    let room = bound(input);
    match pick % 8 {
        0 => check_tree(now(connected(15, input).folders(&mailbox)).unwrap_or_default()),
        1 => {
            let page = now(connected(15, input).changes(&mailbox, &FolderId("f".into()), None));
            assert!(page.map_or(0, |page| page.changes.len() + page.sync_state.len()) <= room);
        }
        2 => {
            for summary in
                now(connected(15, input).describe(&mailbox, &ids)).unwrap_or_default().into_iter().flatten()
            {
                check_summary(&summary, room);
            }
        }
        major @ (3 | 4) => {
            let connection = connected(if major == 3 { 15 } else { 8 }, input);
            for content in now(connection.read(&mailbox, &ids)).unwrap_or_default().into_iter().flatten() {
                check_summary(&content.summary, room);
                assert_eq!(content.facets.0.len(), Facet::ALL.len());
                assert!(content.data.len() <= 64 * room, "an item of {} bytes", content.data.len());
                let again = mapi::container::decode_item(&content.data).expect("what was read can be read again");
                assert_eq!(fidelity::facets(&again), content.facets);
            }
        }
        5 => {
            let found = now(connected(15, input).resolve("a"));
            assert!(found.map_or(0, |resolved| resolved.entries.len()) <= room);
        }
        6 => {
            let connection = connected(15, input);
            assert!(now(connection.members(&mailbox)).map_or(0, |members| members.members.len()) <= room);
            let _ = now(super::folders::measure(&connection.ews, &mailbox, &mut Default::default()));
        }
        _ => {
            let typed = Url::parse(&format!("https://{CONFIRMED}/EWS/Exchange.asmx")).unwrap();
            let server = Anything::new(&[], input);
            let _ = now(connect_over(server, settings(Endpoint::Ews(typed)), &|_| {}, &mut Impatience));
        }
    }
}

/// The most that can be made of an input, in bytes: a byte that is no UTF-8 becomes three.
fn bound(input: &[u8]) -> usize {
    256 + 3 * input.len()
}

fn now<T>(work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    work.now_or_never().expect("this server answers at once")
}

fn check_summary(summary: &Summary, room: usize) {
    let key = summary.search_key.as_ref().map_or(0, Vec::len);
    let length = summary.class.len() + summary.subject.len() + summary.sender.len() + key;
    assert!(length <= 4 * room, "{length} bytes of summary");
}

/// The root comes first, parents before children, and no folder twice.
fn check_tree(folders: Vec<crate::engine::item::Folder>) {
    for (at, folder) in folders.iter().enumerate() {
        let before = &folders[..at];
        let known = folder.parent.as_ref().is_none_or(|parent| before.iter().any(|other| other.id == *parent));
        assert!(known && folder.parent.is_none() == (at == 0), "{folder:?} hangs nowhere");
        assert!(!folder.class.is_empty());
    }
}

/// Autodiscover: `0` from the address alone, `1` at one typed address; parts answer one request after the other, and one
/// that begins with `302 ` redirects to what follows. Whatever is said, the password goes to hosts alone that are
/// confirmed, or within the mail domain and named by one that is; and the search ends.
pub fn autodiscover(data: &[u8]) {
    let Some((&pick, input)) = data.split_first() else { return };
    let typed = Url::parse(&format!("https://{CONFIRMED}/autodiscover/autodiscover.xml")).unwrap();
    let url = (pick % 2 == 1).then_some(typed);
    let hosts = [CONFIRMED, DOMAIN].map(str::to_owned).to_vec();
    let server = Anything::new(&[], input);
    let endpoint = Endpoint::Autodiscover { url, confirmed_hosts: hosts };
    let outcome =
        connect_over(server.clone(), settings(endpoint), &|_| {}, &mut Impatience).now_or_never().expect("no wait");
    let calls = server.calls.lock().unwrap();
    assert!(calls.len() <= SEARCH_LIMIT, "{} requests", calls.len());
    for call in calls.iter().filter(|call| call.credentials.is_some()) {
        let host = call.url.host_str().unwrap_or_default();
        let ours = host == DOMAIN || host.trim_end_matches('.').ends_with(&format!(".{DOMAIN}"));
        assert!(ours && call.url.scheme() == "https", "the password went to {}", call.url);
    }
    if let Ok(connection) = outcome {
        assert_eq!(connection.facts().ews_url.scheme(), "https");
    }
    assert!(server.last.len() <= input.len());
}

/// A message as it comes from a server that does not export items: what can be read can be written, and says the same
/// when it is read again.
pub fn mime(data: &[u8]) {
    let Some(item) = mime::convert(data, "IPM.Note") else { return };
    let stream = mapi::stream::encode_fresh(&item).expect("a message can be written");
    let again = mapi::stream::decode(&stream).expect("what was written can be read");
    assert_eq!(fidelity::facets(&again), fidelity::facets(&item));
    assert!(stream.len() <= 64 * 1024 + 64 * data.len(), "{} bytes of {}", stream.len(), data.len());
}
