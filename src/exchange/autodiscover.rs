//! Autodiscover: from a mail address to the EWS address, without handing the password to strangers.
//!
//! Candidates come from the exact mail domain, newest tongue first: `https://<domain>`, then
//! `https://autodiscover.<domain>`, then where `http://autodiscover.<domain>` points (asked without credentials and
//! never followed unasked). Left out: the directory's service connection points (they need LDAP) and the
//! `_autodiscover._tcp` SRV record (it needs DNS look-ups of our own).

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, LOCATION};
use url::Url;

use super::Step;
use super::fault;
use super::transport::{Call, Credentials, Transport};
use super::trust::{self, Trust};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;
use crate::http::{self, Answer, Failure};
pub use search::Miss;
use search::Search;

mod legacy;
mod pox;
mod search;
mod settings;
#[cfg(test)]
mod tests;

/// Redirects of any sort in one search, at most.
const HOP_LIMIT: usize = 10;
/// One candidate's answer, at most.
const ANSWER_LIMIT: usize = 4 * 1024 * 1024;
/// One candidate's time, at most.
const CANDIDATE_TIME: Duration = Duration::from_secs(30);
/// Refusals by candidates that mean a wrong password rather than a wrong candidate.
const REFUSALS: usize = 2;

/// What an answer says to one address.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    /// Settings.
    Settings(Found),
    /// Ask for this address instead.
    Address(Address),
    /// Ask there.
    Url(Url),
    /// Nothing of use.
    Refused(String),
}

/// Settings of an address.
#[derive(Debug, Clone, Default, PartialEq)]
struct Found {
    external: Option<Url>,
    internal: Option<Url>,
    legacy_name: Option<String>,
}

/// The result of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Discovered {
    /// The EWS address, checked by [`Trust`].
    pub ews: Url,
    /// Who told it.
    pub told_by: Url,
}

/// A client that searches.
pub struct Autodiscover {
    transport: Arc<dyn Transport>,
    credentials: Credentials,
    trust: Arc<Trust>,
}

impl Autodiscover {
    /// A client that sends the credentials only where [`Trust`] lets it.
    pub fn new(transport: Arc<dyn Transport>, credentials: Credentials, trust: Arc<Trust>) -> Autodiscover {
        Autodiscover { transport, credentials, trust }
    }

    /// Finds the EWS address of a mail address; with `only`, by that Autodiscover address alone.
    pub async fn find(
        &self,
        email: &Address,
        only: Option<&Url>,
        tell: &(dyn Fn(Step) + Send + Sync),
    ) -> Result<Discovered, Problem> {
        let queue = match only {
            Some(url) => {
                self.trust.endpoint(url)?;
                VecDeque::from([(url.clone(), email.clone())])
            }
            None => candidates(email)?,
        };
        let mut search = Search::new(queue, only.is_some(), tell);
        while let Some((url, address)) = search.queue.pop_front() {
            if !search.asked.insert((url.clone(), address.clone())) {
                search.note(&url, "asked before");
                continue;
            }
            tell(Step::Asking(url.clone()));
            if url.scheme() == "http" {
                self.peek(&url, &address, &mut search).await;
            } else if let Some(found) = self.ask(&url, &address, &mut search).await? {
                return Ok(found);
            }
        }
        Err(search.failed(email))
    }

    /// One candidate, over TLS: settings end the search, redirects lengthen the queue, the rest is noted.
    async fn ask(
        &self,
        url: &Url,
        address: &Address,
        search: &mut Search<'_>,
    ) -> Result<Option<Discovered>, Problem> {
        let (answer, signed_in) = match self.post(url, body(url, address)).await {
            Ok(answer) => answer,
            Err(Stop::Failure(failure)) => {
                search.miss(url, Miss::of_failure(&failure), &failure);
                search.passing |= matches!(failure, Failure::Lost(_));
                if search.only || matches!(failure, Failure::Certificate(_)) {
                    search.keep(fault::failure(&failure, url.host_str().unwrap_or_default()));
                }
                return Ok(None);
            }
            Err(Stop::Problem(problem)) => {
                search.miss(url, Miss::of_problem(&problem), &problem);
                if problem.guidance == Guidance::SourceSignInWeakened {
                    return Err(problem);
                }
                search.keep(problem);
                return Ok(None);
            }
        };
        match answer.status.as_u16() {
            200 => self.hear(url, address, &answer, signed_in, search),
            301 | 302 | 303 | 307 | 308 => {
                self.redirect(url, address, location(url, &answer), search);
                Ok(None)
            }
            401 => {
                search.miss(url, Miss::SignIn, "401");
                search.refusals += 1;
                if search.refusals >= REFUSALS || search.only {
                    let wrong = Problem::new(Kind::Run, Side::Source, Guidance::SourcePasswordWrong);
                    return Err(wrong.with("user", &self.credentials.user).because(search.tried.join("; ")));
                }
                Ok(None)
            }
            status => {
                search.passing |= status == 429 || status >= 500;
                search.pause = search.pause.max(http::retry_after(&answer.headers));
                search.miss(url, Miss::NoAnswer, answer.status);
                Ok(None)
            }
        }
    }

    fn hear(
        &self,
        url: &Url,
        address: &Address,
        answer: &Answer,
        signed_in: bool,
        search: &mut Search<'_>,
    ) -> Result<Option<Discovered>, Problem> {
        let said = if is_soap(url) {
            settings::read(&answer.body, 1).map(|said| said.into_iter().next())
        } else {
            pox::read(&answer.body).map(Some)
        };
        match said {
            Ok(Some(Said::Settings(found))) => match self.choose(&found, signed_in) {
                Ok(ews) => return Ok(Some(Discovered { ews, told_by: url.clone() })),
                Err(objections) => {
                    let what =
                        if objections.is_empty() { "no EWS address among the settings" } else { "not to be used" };
                    search.miss(url, objections.last().map_or(Miss::NoAnswer, Miss::of_problem), what);
                    for problem in objections {
                        search.note(url, &problem);
                        search.keep(problem);
                    }
                }
            },
            Ok(Some(Said::Url(to))) => self.redirect(url, address, Some(to), search),
            Ok(Some(Said::Address(to))) => self.readdress(url, address, &to, search),
            Ok(Some(Said::Refused(why))) => search.miss(url, Miss::NoAnswer, why),
            Ok(None) => search.miss(url, Miss::NoAnswer, "an empty answer"),
            Err(error) => {
                // At an address that somebody typed it was probably cut off.
                search.passing |= search.only;
                search.miss(url, Miss::NoAnswer, error);
            }
        }
        Ok(None)
    }

    /// The outside address if it may be used, else the inside one; the objections if neither may, that to the outside
    /// address last. What was said without a sign-in confirms nobody.
    fn choose(&self, found: &Found, signed_in: bool) -> Result<Url, Vec<Problem>> {
        let mut objections = Vec::new();
        for url in [&found.external, &found.internal].into_iter().flatten() {
            if signed_in && url.scheme() == "https" {
                self.trust.vouch(url.host_str().unwrap_or_default());
            }
            match self.trust.endpoint(url) {
                Ok(()) => return Ok(url.clone()),
                Err(problem) => objections.insert(0, problem.with("url", url)),
            }
        }
        Err(objections)
    }

    /// Follows a redirect if it leads over TLS to an Autodiscover path of a host that may be visited.
    fn redirect(&self, from: &Url, address: &Address, to: Option<Url>, search: &mut Search<'_>) {
        search.hops += 1;
        let Some(to) = to.filter(|_| search.hops <= HOP_LIMIT) else {
            return search.miss(from, Miss::NoAnswer, "a redirect that leads nowhere, or too many");
        };
        let host = to.host_str().unwrap_or_default().to_owned();
        let path = to.path().to_ascii_lowercase();
        if trust::is_cloud(&host) {
            search.miss(from, Miss::Cloud, format!("redirects to {to}"));
            let cloud = Problem::new(Kind::Run, Side::Source, Guidance::SourceAutodiscoverInCloud);
            search.keep(cloud.with("host", host));
        } else if to.scheme() != "https"
            || !matches!(path.as_str(), "/autodiscover/autodiscover.xml" | "/autodiscover/autodiscover.svc")
        {
            search.miss(from, Miss::NoAnswer, format!("redirects to {to}, not an Autodiscover address over TLS"));
        } else if !self.trust.may_visit(&host) {
            search.miss(from, Miss::NotConfirmed, format!("redirects to {to}"));
            search.keep(self.trust.not_confirmed(&host));
        } else {
            search.miss(from, Miss::Redirected, format!("redirects to {to}"));
            search.queue.push_front((to, address.clone()));
        }
    }

    /// Starts again with the address that the server told.
    fn readdress(&self, from: &Url, address: &Address, to: &Address, search: &mut Search<'_>) {
        search.hops += 1;
        if search.hops > HOP_LIMIT || to == address {
            return search.miss(from, Miss::NoAnswer, format!("redirects to {to}, which leads nowhere, or too many"));
        }
        let cloud = trust::is_cloud(&to.domain());
        search.miss(from, if cloud { Miss::Cloud } else { Miss::Redirected }, format!("redirects to {to}"));
        if cloud {
            let cloud = Problem::new(Kind::Run, Side::Source, Guidance::SourceAutodiscoverInCloud);
            return search.keep(cloud.with("host", to.domain()));
        }
        if search.only {
            search.queue.push_front((from.clone(), to.clone()));
            return;
        }
        match candidates(to) {
            Ok(more) => more.into_iter().rev().for_each(|candidate| search.queue.push_front(candidate)),
            Err(problem) => search.keep(problem),
        }
    }

    /// The plain-HTTP step: a GET without credentials, whose redirect is looked at and not followed by itself.
    async fn peek(&self, url: &Url, address: &Address, search: &mut Search<'_>) {
        let call = Call {
            url: url.clone(),
            body: None,
            headers: HeaderMap::new(),
            credentials: None,
            limit: ANSWER_LIMIT,
            timeout: Some(CANDIDATE_TIME),
        };
        match self.transport.send(call).await {
            Ok(answer) if answer.status.is_redirection() => {
                self.redirect(url, address, location(url, &answer), search);
            }
            Ok(answer) => search.miss(url, Miss::NoAnswer, answer.status),
            Err(failure) => search.miss(url, Miss::of_failure(&failure), failure),
        }
    }

    /// Asks without credentials first, and once more with them if the server wants Basic and may have it.
    async fn post(&self, url: &Url, body: String) -> Result<(Answer, bool), Stop> {
        let mut call = Call {
            url: url.clone(),
            body: Some(body),
            headers: HeaderMap::new(),
            credentials: None,
            limit: ANSWER_LIMIT,
            timeout: Some(CANDIDATE_TIME),
        };
        let first = self.transport.send(call.clone()).await.map_err(Stop::Failure)?;
        if first.status != StatusCode::UNAUTHORIZED {
            return Ok((first, false));
        }
        self.trust.basic(url, &first.headers).map_err(Stop::Problem)?;
        call.credentials = Some(self.credentials.clone());
        let second = self.transport.send(call).await.map_err(Stop::Failure)?;
        Ok((second, true))
    }
}

/// Why a candidate gave no answer.
enum Stop {
    Failure(Failure),
    Problem(Problem),
}

fn is_soap(url: &Url) -> bool {
    url.path().to_ascii_lowercase().ends_with(".svc")
}

fn body(url: &Url, address: &Address) -> String {
    if is_soap(url) { settings::request(url, std::slice::from_ref(address)) } else { pox::request(address) }
}

fn location(from: &Url, answer: &Answer) -> Option<Url> {
    from.join(answer.headers.get(LOCATION)?.to_str().ok()?).ok()
}

/// Hosts are built from the whole mail domain and nothing else: falling back to parent domains gave the passwords
/// of many firms to whoever owned `autodiscover.<top-level domain>`.
fn candidates(email: &Address) -> Result<VecDeque<(Url, Address)>, Problem> {
    let domain = email.domain();
    let invalid = || Problem::new(Kind::Run, Side::Source, Guidance::SourceAddressInvalid).with("address", email);
    let labels: Vec<&str> = domain.split('.').collect();
    let named = labels.iter().all(|label| !label.is_empty() && !label.contains(['/', ':', '@', '?', '#', '\\', '[']));
    let numeric = labels.last().is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    if email.local().is_empty() || labels.len() < 2 || !named || numeric {
        return Err(invalid());
    }
    let texts = [
        format!("https://{domain}/autodiscover/autodiscover.svc"),
        format!("https://{domain}/autodiscover/autodiscover.xml"),
        format!("https://autodiscover.{domain}/autodiscover/autodiscover.svc"),
        format!("https://autodiscover.{domain}/autodiscover/autodiscover.xml"),
        format!("http://autodiscover.{domain}/autodiscover/autodiscover.xml"),
    ];
    texts.iter().map(|text| Ok((Url::parse(text).map_err(|_| invalid())?, email.clone()))).collect()
}
