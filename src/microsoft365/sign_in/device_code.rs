//! Signing a person in with a code that they type on another page (device code flow).

use std::time::Duration;

use reqwest::Client;
use serde::Deserialize;
use url::Url;

use super::{LONGEST_LIFE, Token, TokenRefusal, endpoint, post_form, read_token};
use crate::engine::problem::{Guidance, Kind, Problem};
use crate::http::Answer;
use crate::microsoft365::Secret;
use crate::microsoft365::failure::{malformed, on_target};

/// How much slower to ask when the service says so (RFC 8628 3.5).
const SLOW_DOWN: Duration = Duration::from_secs(5);

/// Who signs in to what.
#[derive(Debug, Clone)]
pub struct Request {
    /// Sign-in service, without the tenant.
    pub authority: Url,
    /// Tenant id, a domain of it, or `organizations`.
    pub tenant: String,
    /// The application's id.
    pub client_id: String,
    /// What is asked for, space separated, of one resource.
    pub scope: String,
}

/// A sign-in under way: what to show the person, and how to go on.
#[derive(Debug, Clone)]
pub struct Pending {
    /// What to type.
    pub user_code: String,
    /// Where to type it.
    pub verification_uri: String,
    /// Both as a sentence of the service.
    pub message: String,
    /// How long to wait between two polls.
    pub interval: Duration,
    /// How long the code is good for, from the start.
    pub life: Duration,
    device_code: Secret,
}

/// What a poll brought.
#[derive(Debug, Clone)]
pub enum Polled {
    /// Not yet; wait [`Pending::interval`] and ask again.
    NotYet,
    /// Signed in.
    SignedIn(Token),
}

/// Asks for a code.
pub async fn start(client: &Client, request: &Request) -> Result<Pending, Problem> {
    let url = endpoint(&request.authority, &request.tenant, "devicecode")?;
    let fields = [("client_id", request.client_id.clone()), ("scope", request.scope.clone())];
    let answer = post_form(client, &url, &fields, false).await?;
    if !answer.status.is_success() {
        return Err(refused(&answer, request));
    }
    read_offer(&answer)
}

fn read_offer(answer: &Answer) -> Result<Pending, Problem> {
    #[derive(Deserialize)]
    struct Offered {
        user_code: String,
        device_code: String,
        verification_uri: String,
        expires_in: u64,
        interval: u64,
        message: String,
    }
    let offered: Offered = serde_json::from_slice(&answer.body).map_err(|_| malformed("device code"))?;
    Ok(Pending {
        user_code: offered.user_code,
        verification_uri: offered.verification_uri,
        message: offered.message,
        interval: Duration::from_secs(offered.interval.max(1)).min(LONGEST_LIFE),
        life: Duration::from_secs(offered.expires_in).min(LONGEST_LIFE),
        device_code: Secret::new(offered.device_code),
    })
}

/// Reads any answer as an offer, for the fuzzer.
#[cfg(any(test, fuzzing))]
pub(super) fn fuzz(answer: &Answer) {
    if let Ok(mut pending) = read_offer(answer) {
        pending.interval += SLOW_DOWN;
        assert!(pending.life <= LONGEST_LIFE);
    }
}

/// Asks once whether the person has signed in. A declined or expired code ends in a problem.
pub async fn poll(client: &Client, request: &Request, pending: &mut Pending) -> Result<Polled, Problem> {
    let url = endpoint(&request.authority, &request.tenant, "token")?;
    let fields = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code".to_owned()),
        ("client_id", request.client_id.clone()),
        ("device_code", pending.device_code.expose().to_owned()),
    ];
    let answer = post_form(client, &url, &fields, true).await?;
    if answer.status.is_success() {
        return read_token(&answer).map(Polled::SignedIn);
    }
    let refusal = TokenRefusal::read(&answer);
    match refusal.error.as_str() {
        "authorization_pending" => Ok(Polled::NotYet),
        "slow_down" => {
            pending.interval += SLOW_DOWN;
            Ok(Polled::NotYet)
        }
        "authorization_declined" | "bad_verification_code" | "expired_token" => {
            Err(on_target(Kind::Run, Guidance::TargetUnexpected).with("code", &refusal.error).with("text", ""))
        }
        _ => Err(refused(&answer, request)),
    }
}

fn refused(answer: &Answer, request: &Request) -> Problem {
    TokenRefusal::read(answer).problem(&request.tenant, &request.client_id, &request.scope)
}
