//! Tokens of the sign-in service (Entra ID, OAuth 2.0): client credentials with a secret or a certificate.

use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::Url;

use super::failure::{busy, malformed, on_target, shorten, transport};
use super::{Credential, Secret, Settings, unusable};
use crate::engine::problem::{Guidance, Kind, Problem};
use crate::http::{self, Answer, retry_after};

mod assertion;
pub mod device_code;

/// Bound of a token answer; real ones have a few KB.
const TOKEN_LIMIT: usize = 256 * 1024;
/// How long before its end a token is no longer used, unless it lives too shortly for that.
const MARGIN: Duration = Duration::from_secs(300);
/// The longest life of a token or a code that is believed: the service's own are far shorter.
const LONGEST_LIFE: Duration = Duration::from_secs(7 * 86_400);

/// A service with tokens of its own. Its name is fixed, wherever the service is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// Microsoft Graph.
    Graph,
    /// Exchange Online.
    Exchange,
}

impl Resource {
    /// The scope that means "everything that was consented to".
    pub fn scope(self) -> &'static str {
        match self {
            Resource::Graph => "https://graph.microsoft.com/.default",
            Resource::Exchange => "https://outlook.office365.com/.default",
        }
    }
}

/// A token and when to stop using it.
#[derive(Debug, Clone)]
pub struct Token {
    /// The bearer token.
    pub bearer: Secret,
    until: Instant,
}

/// Gets tokens as the application and keeps them while they are good.
pub(super) struct SignIn {
    client: Client,
    endpoint: Url,
    tenant: String,
    client_id: String,
    proof: Proof,
    graph: Mutex<Option<Token>>,
    exchange: Mutex<Option<Token>>,
    reached: AtomicBool,
    /// Nobody asks for a token before this moment: the service asked one of us for a pause, and means all.
    resume: std::sync::Mutex<Option<Instant>>,
    speed: f64,
}

enum Proof {
    Secret(Secret),
    Signer(Box<assertion::Signer>),
}

impl SignIn {
    /// Checks the credential; no request is made yet.
    pub fn new(client: Client, settings: &Settings) -> Result<SignIn, Problem> {
        let proof = match &settings.credential {
            Credential::Secret(secret) => Proof::Secret(secret.clone()),
            Credential::Certificate { der, pkcs8_key } => {
                Proof::Signer(Box::new(assertion::Signer::new(der, pkcs8_key)?))
            }
        };
        Ok(SignIn {
            client,
            endpoint: endpoint(&settings.authority, &settings.tenant, "token")?,
            tenant: settings.tenant.clone(),
            client_id: settings.client_id.clone(),
            proof,
            graph: Mutex::default(),
            exchange: Mutex::default(),
            reached: AtomicBool::new(false),
            resume: std::sync::Mutex::default(),
            speed: settings.speed,
        })
    }

    /// A token for a service: the one at hand, or a new one. Concurrent callers share one request, and a pause that one of
    /// them was asked for.
    pub async fn token(&self, resource: Resource) -> Result<Secret, Problem> {
        let mut held = self.slot(resource).lock().await;
        if let Some(token) = held.as_ref().filter(|token| token.until > Instant::now()) {
            return Ok(token.bearer.clone());
        }
        if let Some(left) = self.pause_left() {
            return Err(busy(Some(left)).because("the sign-in service asked for a pause"));
        }
        let token = self.request(resource).await.inspect_err(|problem| self.pause(problem))?;
        let bearer = token.bearer.clone();
        *held = Some(token);
        Ok(bearer)
    }

    /// Drops a token that the service refused, unless somebody renewed it meanwhile.
    pub async fn forget(&self, resource: Resource, refused: &Secret) {
        let mut held = self.slot(resource).lock().await;
        if held.as_ref().is_some_and(|token| token.bearer == *refused) {
            *held = None;
        }
    }

    /// What is left of the pause that the service asked for, as whoever waits for it counts.
    fn pause_left(&self) -> Option<Duration> {
        let resume = (*self.resume.lock().unwrap_or_else(PoisonError::into_inner))?;
        Some(resume.saturating_duration_since(Instant::now()).mul_f64(self.speed)).filter(|left| !left.is_zero())
    }

    /// Holds everybody back for the pause that an answer asked for. A shorter one never ends a longer one.
    fn pause(&self, problem: &Problem) {
        if let Some(pause) = problem.retry_after {
            let until = Some(Instant::now() + pause.div_f64(self.speed));
            let mut resume = self.resume.lock().unwrap_or_else(PoisonError::into_inner);
            *resume = until.max(*resume);
        }
    }

    fn slot(&self, resource: Resource) -> &Mutex<Option<Token>> {
        match resource {
            Resource::Graph => &self.graph,
            Resource::Exchange => &self.exchange,
        }
    }

    async fn request(&self, resource: Resource) -> Result<Token, Problem> {
        let mut fields = vec![
            ("client_id", self.client_id.clone()),
            ("grant_type", "client_credentials".to_owned()),
            ("scope", resource.scope().to_owned()),
        ];
        match &self.proof {
            Proof::Secret(secret) => fields.push(("client_secret", secret.expose().to_owned())),
            Proof::Signer(signer) => {
                let kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                fields.push(("client_assertion_type", kind.to_owned()));
                fields.push(("client_assertion", signer.assertion(&self.client_id, self.endpoint.as_str())?));
            }
        }
        let reached = self.reached.load(Ordering::Relaxed);
        let answer = post_form(&self.client, &self.endpoint, &fields, reached).await?;
        self.reached.store(true, Ordering::Relaxed);
        if answer.status.is_success() {
            return read_token(&answer);
        }
        let refusal = TokenRefusal::read(&answer);
        Err(refusal.problem(&self.tenant, &self.client_id, resource.scope()))
    }
}

/// An address of the sign-in service.
fn endpoint(authority: &Url, tenant: &str, leaf: &str) -> Result<Url, Problem> {
    let mut url = authority.clone();
    match url.path_segments_mut() {
        Ok(mut path) => path.pop_if_empty().extend([tenant, "oauth2", "v2.0", leaf]),
        Err(()) => return Err(unusable("authority", "https", authority)),
    };
    Ok(url)
}

async fn post_form(
    client: &Client,
    url: &Url,
    fields: &[(&'static str, String)],
    reached_before: bool,
) -> Result<Answer, Problem> {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = client.post(url.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
    let host = url.host_str().unwrap_or_default();
    http::send(request, TOKEN_LIMIT).await.map_err(|failure| transport(failure, host, reached_before))
}

fn read_token(answer: &Answer) -> Result<Token, Problem> {
    #[derive(Deserialize)]
    struct Granted {
        access_token: String,
        expires_in: u64,
    }
    let granted: Granted = serde_json::from_slice(&answer.body).map_err(|_| malformed("token"))?;
    let life = Duration::from_secs(granted.expires_in).min(LONGEST_LIFE);
    let until = Instant::now() + life.saturating_sub(MARGIN.min(life / 5));
    Ok(Token { bearer: Secret::new(granted.access_token), until })
}

/// Reads any answer as each that the service gives, for the fuzzer.
#[cfg(any(test, fuzzing))]
pub(super) fn fuzz(answer: &Answer) {
    if let Ok(token) = read_token(answer) {
        assert!(token.until <= Instant::now() + LONGEST_LIFE);
    }
    device_code::fuzz(answer);
    let problem = TokenRefusal::read(answer).problem("tenant", "client", "scope");
    assert!(problem.to_string().len() <= 16 * 1024, "{problem}");
}

/// A refusal of the sign-in service.
#[derive(Debug)]
struct TokenRefusal {
    status: u16,
    error: String,
    codes: Vec<u64>,
    trace: String,
    retry_after: Option<Duration>,
}

impl TokenRefusal {
    fn read(answer: &Answer) -> TokenRefusal {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Body {
            error: String,
            error_description: String,
            error_codes: Vec<u64>,
            trace_id: String,
        }
        let body: Body = serde_json::from_slice(&answer.body).unwrap_or_default();
        let mut codes = body.error_codes;
        if let Some((_, rest)) = body.error_description.split_once("AADSTS") {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            codes.extend(digits.parse::<u64>().ok().filter(|code| !codes.contains(code)));
        }
        TokenRefusal {
            status: answer.status.as_u16(),
            error: shorten(&body.error),
            codes,
            trace: shorten(&body.trace_id),
            retry_after: retry_after(&answer.headers),
        }
    }

    /// `error` decides what it can; the numbers, which may change, give better words.
    fn problem(self, tenant: &str, client: &str, scope: &str) -> Problem {
        let codes: Vec<String> = self.codes.iter().map(|code| format!("AADSTS{code}")).collect();
        let cause = format!("{} {} {} trace {}", self.status, self.error, codes.join(" "), self.trace);
        let known = self.codes.iter().find_map(|code| guidance_of(*code));
        let guidance = known.or(match self.error.as_str() {
            "invalid_client" => Some(Guidance::TargetSecretWrong),
            "unauthorized_client" => Some(Guidance::TargetApplicationUnknown),
            "invalid_resource" | "consent_required" | "access_denied" => Some(Guidance::TargetPermissionMissing),
            "temporarily_unavailable" => Some(Guidance::TargetBusy),
            _ if self.status == 429 || self.status >= 500 => Some(Guidance::TargetBusy),
            _ => None,
        });
        let problem = match guidance {
            Some(Guidance::TargetBusy) => return busy(self.retry_after).because(cause),
            Some(Guidance::TargetTenantUnknown) => {
                on_target(Kind::Run, Guidance::TargetTenantUnknown).with("tenant", tenant)
            }
            Some(Guidance::TargetPermissionMissing) => {
                on_target(Kind::Run, Guidance::TargetPermissionMissing).with("permission", scope)
            }
            Some(guidance) => on_target(Kind::Run, guidance).with("client", client),
            None => on_target(Kind::Run, Guidance::TargetUnexpected)
                .with("code", codes.first().map_or(self.status.to_string(), String::clone))
                .with("text", &self.error),
        };
        problem.because(cause)
    }
}

/// What an AADSTS number means for whoever typed the settings.
fn guidance_of(code: u64) -> Option<Guidance> {
    Some(match code {
        7_000_222 => Guidance::TargetSecretExpired,
        7_000_215 | 7_000_218 | 700_027 | 700_025 | 50_012 | 70_002 => Guidance::TargetSecretWrong,
        700_016 | 700_011 => Guidance::TargetApplicationUnknown,
        90_002 | 900_023 | 90_038 | 500_208 | 50_194 => Guidance::TargetTenantUnknown,
        500_011 | 650_052 | 650_056 | 650_057 | 65_001 | 65_004 | 90_094 | 90_095 | 50_105 => {
            Guidance::TargetPermissionMissing
        }
        90_055 | 50_196 => Guidance::TargetBusy,
        _ => return None,
    })
}
