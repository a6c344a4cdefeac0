//! Microsoft Graph: addresses, JSON in and out, pages.

use std::sync::Arc;

use bytes::Bytes;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use reqwest::Method;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::Semaphore;
use url::Url;

use super::failure::{Refusal, Trouble, malformed, on_target, unreadable};
use super::sign_in::Resource;
use super::wire::{ANSWER_LIMIT, Call, Opened, PAGE_LIMIT, Wire};
use crate::engine::problem::{Guidance, Kind};
use crate::http::Answer;

/// What is escaped in the value of a query option. A space becomes %20, never a plus.
const QUERY: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'&').add(b'\'').add(b'+').add(b'<').add(b'>').add(b'%');

/// Microsoft Graph v1.0.
pub(super) struct Graph {
    wire: Arc<Wire>,
    base: Url,
}

impl Graph {
    /// At this address, with or without its version.
    pub fn new(wire: Arc<Wire>, mut base: Url) -> Graph {
        let versioned = base.path().trim_end_matches('/').ends_with("/v1.0");
        if let Ok(mut path) = base.path_segments_mut() {
            path.pop_if_empty();
            if !versioned {
                path.push("v1.0");
            }
        }
        Graph { wire, base }
    }

    /// A resource by its path, given in parts as they are (unescaped); `needs` is the permission it takes.
    pub fn at<'a>(&'a self, path: &[&str], needs: &'static str) -> At<'a> {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.extend(path);
        }
        At { graph: self, url, needs, permits: None, limit: ANSWER_LIMIT }
    }
}

/// A resource of Graph, to be asked.
pub(super) struct At<'a> {
    graph: &'a Graph,
    url: Url,
    needs: &'static str,
    permits: Option<&'a Semaphore>,
    limit: usize,
}

/// One page of a collection.
#[derive(Deserialize)]
pub(super) struct Page<T> {
    /// What is on it.
    pub value: Vec<T>,
    /// Where the next one is.
    #[serde(rename = "@odata.nextLink")]
    pub next: Option<String>,
}

impl<'a> At<'a> {
    /// Adds a query option.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        let value = utf8_percent_encode(value, QUERY);
        let query = match self.url.query() {
            Some(query) => format!("{query}&{name}={value}"),
            None => format!("{name}={value}"),
        };
        self.url.set_query(Some(&query));
        self
    }

    /// Holds a permit during each request.
    pub fn within(mut self, permits: &'a Semaphore) -> Self {
        self.permits = Some(permits);
        self
    }

    /// Bounds the answer, in bytes.
    pub fn at_most(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Reads one object.
    pub async fn get<T: DeserializeOwned>(&self) -> Result<T, Trouble> {
        self.read(&self.call(Method::GET, self.url.clone(), None).await?)
    }

    /// Reads a page of a collection: the first, or the one that an earlier page named.
    pub async fn page<T: DeserializeOwned>(&self, from: Option<&str>) -> Result<Page<T>, Trouble> {
        let url = from.map_or_else(|| Ok(self.url.clone()), |from| same_host(&self.graph.base, from))?;
        self.read(&self.call(Method::GET, url, None).await?)
    }

    /// Reads a collection, all pages of it. Pages may be short or empty before the end.
    pub async fn list<T: DeserializeOwned>(&self) -> Result<Vec<T>, Trouble> {
        let (mut all, mut from) = (Vec::new(), None::<String>);
        for _ in 0..PAGE_LIMIT {
            let page = self.page(from.as_deref()).await?;
            all.extend(page.value);
            from = page.next;
            if from.is_none() {
                return Ok(all);
            }
        }
        Err(malformed("more pages than allowed").into())
    }

    /// Posts an object and reads the answer.
    pub async fn post<T: DeserializeOwned>(&self, body: &Value) -> Result<T, Trouble> {
        self.read(&self.post_raw(body).await?)
    }

    /// Posts an object and answers the bytes of the answer.
    pub async fn post_raw(&self, body: &Value) -> Result<Bytes, Trouble> {
        self.call(Method::POST, self.url.clone(), Some(body)).await
    }

    /// Posts without a body and reads the answer.
    pub async fn post_nothing<T: DeserializeOwned>(&self) -> Result<T, Trouble> {
        self.read(&self.call(Method::POST, self.url.clone(), None).await?)
    }

    /// Changes an object.
    pub async fn patch(&self, body: &Value) -> Result<(), Trouble> {
        self.call(Method::PATCH, self.url.clone(), Some(body)).await.map(drop)
    }

    /// Deletes an object.
    pub async fn delete(&self) -> Result<(), Trouble> {
        self.call(Method::DELETE, self.url.clone(), None).await.map(drop)
    }

    /// Posts an object; the body of the answer is still to be read.
    pub async fn post_open(&self, body: &Value) -> Result<Opened<'a>, Trouble> {
        let answer = self.graph.wire.open(&self.request(Method::POST, self.url.clone(), Some(body))).await?;
        if answer.status().is_success() { Ok(answer) } else { Err(self.refused(&answer.refusal().await?)) }
    }

    async fn call(&self, method: Method, url: Url, body: Option<&Value>) -> Result<Bytes, Trouble> {
        let answer = self.graph.wire.send(&self.request(method, url, body)).await?;
        if answer.status.is_success() { Ok(answer.body) } else { Err(self.refused(&answer)) }
    }

    fn request(&self, method: Method, url: Url, body: Option<&Value>) -> Call<'a> {
        Call {
            method,
            url,
            resource: Resource::Graph,
            headers: vec![("accept", "application/json".to_owned())],
            body: body.map(|body| Bytes::from(body.to_string())),
            limit: self.limit,
            permits: self.permits,
        }
    }

    fn refused(&self, answer: &Answer) -> Trouble {
        Trouble::Refused(Box::new(Refusal::from_graph(answer, self.needs)))
    }

    fn read<T: DeserializeOwned>(&self, body: &[u8]) -> Result<T, Trouble> {
        serde_json::from_slice(body).map_err(|error| malformed(self.url.path()).because(unreadable(&error)).into())
    }
}

/// A link to the next page, if it leads to the host that was asked: the token goes nowhere else.
pub(super) fn same_host(base: &Url, link: &str) -> Result<Url, Trouble> {
    match Url::parse(link) {
        Ok(url) if url.origin() == base.origin() => Ok(url),
        _ => Err(on_target(Kind::Run, Guidance::TargetAnswerMalformed)
            .with("what", "@odata.nextLink leads to another host")
            .into()),
    }
}
