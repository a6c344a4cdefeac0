//! The practice Microsoft 365: sign-in, Microsoft Graph, mailbox import and the Exchange admin service behind one
//! address. Written from the services' documents alone; it shares nothing with the connectors but MAPI's codec.
//!
//! It behaves like the real thing where that hurts: mailboxes appear late, reads lag behind writes, limits are
//! enforced, tokens and sessions end. All those waits pass `speed` times faster than real ones.

mod assertion;
mod call;
mod clock;
mod exchange;
#[cfg(any(test, fuzzing))]
pub(super) mod fuzz;
mod graph;
mod ident;
mod import;
mod limits;
mod mailbox;
mod names;
mod odata;
mod operation;
mod options;
mod outlook;
mod provision;
mod read;
mod recipient;
mod reply;
mod save;
mod signin;
mod state;
#[cfg(test)]
mod tests;
mod token;
mod upload;
mod write;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use hyper::header::AUTHORIZATION;

use self::call::{Call, Site};
use self::clock::Clock;
use self::limits::{Limits, Permit};
pub(super) use self::operation::may_be as may_be_operation;
pub use self::options::{CloudCredentials, CloudOptions, OnPremStreams};
use self::reply::{Fault, Reply};
use self::state::{Certificate, State};
use super::https::{Refusal, Request, Response, Service};
use crate::mapi::Item;

/// How long the real service takes for a request to a mailbox, seconds.
const LATENCY: f64 = 0.1;
/// How long replicas do not know a new certificate, real seconds.
const CERTIFICATE_SECONDS: f64 = 8.0;

/// A practice Microsoft 365.
pub struct Cloud {
    options: CloudOptions,
    clock: Clock,
    state: Mutex<State>,
    limits: Limits,
    admin: exchange::Gate,
}

/// An item of a mailbox, for tests that look behind the service's back.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldItem {
    /// Names of the folders from the top to the one it lies in.
    pub folder: Vec<String>,
    /// Well-known name of that folder, if it has one.
    pub well_known: Option<String>,
    /// Its content.
    pub item: Item,
}

impl Cloud {
    /// A fresh tenant that keeps the computer's time.
    pub fn new(options: CloudOptions) -> Cloud {
        Cloud::with_clock(options, jiff::Timestamp::now)
    }

    /// A fresh tenant whose time is what `now` says.
    pub fn with_clock(options: CloudOptions, now: impl Fn() -> jiff::Timestamp + Send + Sync + 'static) -> Cloud {
        let clock = Clock::new(now, options.speed);
        let state = State::new(&options, clock.now());
        Cloud::assemble(options, clock, state)
    }

    fn assemble(options: CloudOptions, clock: Clock, state: State) -> Cloud {
        Cloud {
            options,
            clock,
            state: Mutex::new(state),
            limits: Limits::default(),
            admin: exchange::Gate::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with_site<T>(&self, work: impl FnOnce(&mut Site) -> T) -> T {
        work(&mut Site { state: &mut self.state(), clock: &self.clock, options: &self.options })
    }

    /// The tenant and the application that may do everything in it.
    pub fn credentials(&self) -> CloudCredentials {
        let state = self.state();
        CloudCredentials {
            tenant_id: state.tenant.id.clone(),
            client_id: state.tenant.client_id.clone(),
            client_secret: state.tenant.client_secret.clone(),
        }
    }

    /// Registers a certificate (DER) with the application; as in reality it is not known everywhere at once.
    pub fn register_certificate(&self, der: &[u8]) {
        let known_from = self.clock.after(CERTIFICATE_SECONDS);
        self.state().tenant.certificates.push(Certificate { der: der.to_vec(), known_from });
    }

    /// Says whether the tenant's directory is synchronised from one on the premises.
    pub fn set_directory_sync(&self, on: bool) {
        self.state().tenant.directory_sync = Some(on);
    }

    /// Says which streams the importer takes.
    pub fn set_onprem_streams(&self, accepted: OnPremStreams) {
        self.state().tenant.on_prem_streams = accepted;
    }

    /// Adds a domain that the tenant has not verified.
    pub fn add_unverified_domain(&self, name: &str) {
        self.state().tenant.unverified.insert(name.to_lowercase());
    }

    /// How many invitations were mailed because events were created with attendees. A migration keeps it at zero.
    pub fn invitations_sent(&self) -> u64 {
        self.state().counts.invitations
    }

    /// How many messages were sent by `sendMail`.
    pub fn mail_sent(&self) -> u64 {
        self.state().counts.mail
    }

    /// Every item of the mailbox with this address, in the order they came.
    pub fn items(&self, address: &str) -> Vec<HeldItem> {
        let state = self.state();
        let owner = state.owner(&format!("smtp:{address}"));
        let Some(mailbox) = owner.and_then(|owner| state.mailboxes.get(&owner.guid)) else { return Vec::new() };
        let held = mailbox.items.values().map(|stored| {
            let (mut folder, mut at) = (Vec::new(), Some(stored.folder));
            while let Some(found) = at.and_then(|key| mailbox.folders.get(&key)) {
                folder.insert(0, found.name.clone());
                at = found.parent;
            }
            let well_known = mailbox.folders.get(&stored.folder).and_then(|folder| folder.well_known.clone());
            HeldItem { folder, well_known, item: stored.item.clone() }
        });
        held.collect()
    }

    /// Writes everything into a folder, so that `load` goes on from here. What was there before stays valid until
    /// the new state is complete.
    pub fn save(&self, dir: &Path) -> io::Result<()> {
        save::save(&self.state(), dir)
    }

    /// Goes on from what `save` wrote. Fails if the folder holds no such state.
    pub fn load(options: CloudOptions, dir: &Path) -> io::Result<Cloud> {
        let clock = Clock::new(jiff::Timestamp::now, options.speed);
        let state = save::load(dir)?;
        Ok(Cloud::assemble(options, clock, state))
    }

    /// Lets a request of a mailbox in, waits as long as the service would, and answers.
    async fn paced(&self, permit: Result<Option<Permit>, Fault>, work: impl FnOnce() -> Reply + Send) -> Reply {
        let permit = permit?;
        if permit.is_some() {
            self.clock.pass(LATENCY).await;
        }
        let reply = work();
        drop(permit);
        reply
    }

    /// Lets a request in if its mailbox is within its limits.
    fn permit(&self, call: &Call) -> Result<Option<Permit>, Fault> {
        let mailbox = self.with_site(|site| operation::mailbox(site, call));
        let upload = if matches!(call.method.as_str(), "POST" | "PATCH" | "PUT") { call.body.len() } else { 0 };
        mailbox.map(|mailbox| self.limits.enter(&self.clock, &mailbox, upload)).transpose()
    }

    async fn graph(&self, call: &Call) -> Reply {
        self.with_site(|site| signin_check(site, call, token::GRAPH))?;
        self.paced(self.permit(call), || self.with_site(|site| graph::answer(site, call))).await
    }

    async fn batch(&self, call: &Call) -> Reply {
        self.with_site(|site| signin_check(site, call, token::GRAPH))?;
        let mut answers: BTreeMap<String, Response> = BTreeMap::new();
        for part in graph::batch::parts(call)? {
            let failed = part.after.iter().any(|id| answers.get(id).is_none_or(|r| r.status().as_u16() >= 400));
            let inner = Call::new(&part.request);
            let outcome = match failed {
                true => Err(Fault::new(424, "FailedDependency", "A request that this one depends on failed.")),
                false => self.graph(&inner).await,
            };
            answers.insert(part.id, outcome.unwrap_or_else(|fault| self.fault(&inner, &fault)));
        }
        Ok(reply::json(200, &graph::batch::together(answers)))
    }

    async fn import(&self, call: &Call) -> Reply {
        let guid = self.with_site(|site| import::authorised(site, call))?;
        import::check_size(call)?;
        let permit = self.limits.enter(&self.clock, &guid, call.body.len()).map(Some);
        self.paced(permit, || self.with_site(|site| import::take(site, call, &guid))).await
    }

    /// An error in Graph's envelope.
    fn fault(&self, call: &Call, fault: &Fault) -> Response {
        let (date, request_id) = self.with_site(|site| (site.now().text(), site.state.guid()));
        let client = call.header("client-request-id").unwrap_or(&request_id);
        fault.response(&date, &request_id, client)
    }
}

/// Refuses a request without a token that is good for the resource.
fn signin_check(site: &Site, call: &Call, resource: &str) -> Result<(), Fault> {
    let refused = |text: &str| {
        let fault = Fault::new(401, "InvalidAuthenticationToken", text);
        Err(fault.header(
            "www-authenticate",
            "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\"",
        ))
    };
    let header = call.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(bearer) = header.and_then(|value| value.strip_prefix("Bearer ")) else {
        return refused("Access token is empty.");
    };
    let claims = token::read(&site.state.tenant.key, bearer.trim()).filter(|claims| claims.kind == "access");
    match claims {
        None => refused("The access token could not be verified."),
        Some(claims) if claims.until <= site.now() => refused("Lifetime validation failed, the token is expired."),
        Some(claims) if claims.aud != resource && claims.aud != token::BOTH => {
            refused("Access token validation failure. Invalid audience.")
        }
        Some(_) => Ok(()),
    }
}

#[async_trait]
impl Service for Cloud {
    async fn answer(&self, request: Request) -> Response {
        let call = Call::new(&request);
        drop(request);
        if signin::owns(&call.path) {
            return self.with_site(|site| signin::answer(site, &call));
        }
        if exchange::owns(&call.path) {
            return exchange::answer(self, &call).await;
        }
        let outcome = if import::owns(&call.path) {
            self.import(&call).await
        } else if upload::owns(&call.path) {
            self.with_site(|site| upload::receive(site, &call))
        } else if call.path.as_slice() == ["$batch"] {
            self.batch(&call).await
        } else {
            self.graph(&call).await
        };
        let mut response = outcome.unwrap_or_else(|fault| self.fault(&call, &fault));
        let fresh = self.state().guid();
        reply::put_header(&mut response, "request-id", &fresh);
        reply::put_header(&mut response, "client-request-id", call.header("client-request-id").unwrap_or(&fresh));
        response
    }

    fn operation(&self, request: &Request) -> String {
        operation::name(request)
    }

    fn refuse(&self, request: &Request, refusal: &Refusal) -> Response {
        let call = Call::new(request);
        if let (Refusal::Throttle { pause }, true) = (refusal, exchange::owns(&call.path)) {
            return exchange::busy(*pause);
        }
        let fault = match refusal {
            Refusal::Throttle { pause } => {
                let fault = Fault::new(429, "TooManyRequests", "Too many requests.");
                match pause {
                    Some(pause) => fault.header("retry-after", format!("{pause}")),
                    None => fault,
                }
            }
            Refusal::Reject { status, code, pause } => {
                let fault = Fault::new(*status, code, "The request was refused.");
                match pause {
                    Some(pause) => fault.header("retry-after", format!("{pause}")),
                    None => fault,
                }
            }
        };
        if exchange::owns(&call.path) {
            return exchange::refusal(&fault);
        }
        self.fault(&call, &fault)
    }
}
