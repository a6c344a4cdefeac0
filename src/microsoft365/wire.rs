//! Authorised requests: a token, a request id, an answer within bounds, and one renewal when the token is refused.

use std::collections::HashSet;
use std::sync::Mutex;

use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use reqwest::{Client, Method, StatusCode};
use tokio::sync::Semaphore;
use url::Url;

use super::Secret;
use super::failure::{Trouble, transport};
use super::sign_in::{Resource, SignIn};
use crate::http::{self, Answer, Failure};

/// Bound of an answer unless a call says otherwise: a page of 999 items has about 2 MB.
pub(super) const ANSWER_LIMIT: usize = 32 * 1024 * 1024;

/// Bound of the pages that one listing may have: two million items at 999 a page.
pub(super) const PAGE_LIMIT: usize = 2_000;

/// A request to be sent with a token.
pub(super) struct Call<'a> {
    /// Method.
    pub method: Method,
    /// Where to.
    pub url: Url,
    /// Whose token.
    pub resource: Resource,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
    /// JSON body.
    pub body: Option<Bytes>,
    /// Bound of the answer in bytes.
    pub limit: usize,
    /// Held while the request is on its way.
    pub permits: Option<&'a Semaphore>,
}

/// The way to both services.
pub(super) struct Wire {
    client: Client,
    sign_in: SignIn,
    reached: Mutex<HashSet<String>>,
}

impl Wire {
    /// Over this client, with these tokens.
    pub fn new(client: Client, sign_in: SignIn) -> Wire {
        Wire { client, sign_in, reached: Mutex::default() }
    }

    /// Sends a call. A refused token is renewed once; every other answer is the caller's to judge.
    pub async fn send(&self, call: &Call<'_>) -> Result<Answer, Trouble> {
        let _permit = match call.permits {
            Some(permits) => permits.acquire().await.ok(),
            None => None,
        };
        let token = self.sign_in.token(call.resource).await?;
        let answer = self.attempt(call, &token).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return Ok(answer);
        }
        self.sign_in.forget(call.resource, &token).await;
        let token = self.sign_in.token(call.resource).await?;
        self.attempt(call, &token).await
    }

    async fn attempt(&self, call: &Call<'_>, token: &Secret) -> Result<Answer, Trouble> {
        let mut request = self
            .client
            .request(call.method.clone(), call.url.clone())
            .header(AUTHORIZATION, format!("Bearer {}", token.expose()))
            .header("client-request-id", uuid::Uuid::new_v4().to_string());
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        if call.body.is_none() && call.method == Method::POST {
            // Without it the service answers 411.
            request = request.header(CONTENT_LENGTH, 0);
        }
        if let Some(body) = &call.body {
            request = request.header(CONTENT_TYPE, "application/json; charset=utf-8").body(body.clone());
        }
        let host = call.url.host_str().unwrap_or_default();
        // A read is sent once more at once if its connection broke: of many reads that make one answer of ours, each would
        // break all otherwise.
        let again = if call.method == Method::GET { request.try_clone() } else { None };
        let answer = match (http::send(request, call.limit).await, again) {
            (Err(Failure::Lost(_)), Some(again)) => http::send(again, call.limit).await,
            (answer, _) => answer,
        };
        match answer {
            Ok(answer) => {
                self.reached().insert(host.to_owned());
                Ok(answer)
            }
            Err(Failure::TooLarge { limit }) => Err(Trouble::TooLarge(limit)),
            Err(failure) => Err(transport(failure, host, self.reached().contains(host)).into()),
        }
    }

    fn reached(&self) -> std::sync::MutexGuard<'_, HashSet<String>> {
        self.reached.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
