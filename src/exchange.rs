//! The source: an Exchange server of one's own (2007 SP1 to Subscription Edition), read through EWS.
//!
//! [`connect`] finds the server, signs in and proves that the account works; the [`Connection`] it answers is the
//! engine's [`Directory`](crate::engine::port::Directory) and [`Source`](crate::engine::port::Source). The list of
//! operations that it can send is closed ([`request`]): nothing in it changes the source.
//!
//! Sign-in is Basic over validated TLS. NTLM and Negotiate come later.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use url::Url;

use crate::engine::item::{ChangePage, Content, Folder, FolderId, Interchange, ItemId, Summary};
use crate::engine::port::Source;
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;
use crate::http;
pub use crate::http::Secret;

mod autodiscover;
mod client;
mod directory;
mod fault;
mod folders;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod interchange;
mod items;
mod mime;
mod outside;
mod request;
mod resolve;
mod soap;
mod transport;
mod trust;
mod version;
mod walk;
mod xml;

pub use autodiscover::Miss;
pub use version::Version;

use autodiscover::Autodiscover;
use client::Ews;
use transport::{Credentials, Transport, Wire};
use trust::Trust;

/// How a certificate begins in PEM. A file without one would be trusted in silence, to no effect.
const PEM_MARK: &[u8] = b"-----BEGIN CERTIFICATE-----";

/// How the server is found.
#[derive(Debug, Clone, PartialEq)]
pub enum Endpoint {
    /// By asking the servers of the mail domain.
    Autodiscover {
        /// The one address to ask, where it was typed; its host must be among the confirmed ones.
        url: Option<Url>,
        /// Host names that a person confirmed: only they are ever sent the password.
        confirmed_hosts: Vec<String>,
    },
    /// By a typed address such as `https://mail.contoso.com/EWS/Exchange.asmx`. Typing it confirms its host.
    Ews(Url),
}

/// By which right the migration account opens other people's mailboxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Full access to each mailbox (or Receive As on the database).
    Delegate,
    /// Application impersonation.
    Impersonation,
}

/// What must be known of the source.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The migration account's mail address.
    pub email: Address,
    /// Its sign-in name: `DOMAIN\user` or a user principal name.
    pub user_name: String,
    /// Its password.
    pub password: Secret,
    /// How the server is found.
    pub endpoint: Endpoint,
    /// A private certification authority to trust, as PEM.
    pub private_authority: Option<Vec<u8>>,
    /// How mailboxes are opened.
    pub access: Access,
    /// Mailboxes that the address list hides and that move all the same.
    pub also: Vec<Address>,
    /// Mailboxes that several people use (the address list does not tell).
    pub shared: Vec<Address>,
    /// Mailboxes of rooms.
    pub rooms: Vec<Address>,
    /// Mailboxes of equipment.
    pub equipment: Vec<Address>,
    /// Groups that also carry permissions.
    pub security_groups: Vec<Address>,
    /// Groups whose members are a query, with that query.
    pub dynamic_groups: Vec<(Address, String)>,
}

/// How far connecting is, for a window that ticks lines off.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// This address is being asked where the server is.
    Asking(Url),
    /// The address that is being asked leads no further itself.
    NotThere(Url, Miss),
    /// The EWS address is known.
    Found(Url),
    /// Name and password were accepted.
    SignedIn,
    /// The server told its version.
    Version(Version),
    /// The account has a mailbox.
    MailboxOpened,
}

/// How the EWS address came to be known.
#[derive(Debug, Clone, PartialEq)]
pub enum FoundBy {
    /// This Autodiscover address told it.
    Autodiscover(Url),
    /// It was typed.
    Typed,
}

/// What is known of the server after connecting.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Where EWS is.
    pub ews_url: Url,
    /// Its version.
    pub version: Version,
    /// How it was found.
    pub found_by: FoundBy,
}

/// A source that was found, signed in to and tried.
pub struct Connection {
    settings: Settings,
    ews: Ews,
    autodiscover: Autodiscover,
    facts: Facts,
    heard: walk::Heard,
}

impl Connection {
    /// What is known of the server.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }
}

#[async_trait]
impl Source for Connection {
    fn counts_apart(&self, mailbox: &Address) -> bool {
        self.ews.counts_apart(mailbox)
    }
    async fn folders(&self, mailbox: &Address) -> Result<Vec<Folder>, Problem> {
        folders::tree(&self.ews, mailbox).await
    }
    async fn changes(
        &self,
        mailbox: &Address,
        folder: &FolderId,
        since: Option<&str>,
    ) -> Result<ChangePage, Problem> {
        items::changes(&self.ews, mailbox, folder, since).await
    }
    async fn describe(&self, mailbox: &Address, items: &[ItemId]) -> Result<Vec<Result<Summary, Problem>>, Problem> {
        items::describe(&self.ews, mailbox, items).await
    }
    fn weight(&self, stated: u64) -> u64 {
        if self.ews.exports() { stated } else { items::weight_as_mime(stated) }
    }
    async fn read(&self, mailbox: &Address, items: &[ItemId]) -> Result<Vec<Result<Content, Problem>>, Problem> {
        items::read(&self.ews, mailbox, items).await
    }
    async fn mime(&self, mailbox: &Address, item: &ItemId) -> Result<Interchange, Problem> {
        interchange::mime(&self.ews, mailbox, item).await
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("facts", &self.facts).finish_non_exhaustive()
    }
}

/// Finds the server, signs in, learns its version and checks that the account has a mailbox.
///
/// Errors are of kind [`Kind::Run`] (somebody has to act before anything can go on), or of kind [`Kind::Retry`] or
/// [`Kind::Wait`] where the same attempt may succeed soon.
pub async fn connect(settings: Settings) -> Result<Connection, Problem> {
    connect_telling(settings, &|_| {}, &mut Impatience).await
}

/// Decides whether a step of connecting is taken again.
#[async_trait]
pub trait Patience: Send {
    /// Waits until the step that failed like this is due again, or gives the problem back.
    async fn bear(&mut self, problem: Problem) -> Result<(), Problem>;
    /// The step is done; the next one begins.
    fn done(&mut self);
}

/// One attempt.
struct Impatience;

#[async_trait]
impl Patience for Impatience {
    async fn bear(&mut self, problem: Problem) -> Result<(), Problem> {
        Err(problem)
    }
    fn done(&mut self) {}
}

/// Takes a step, again as long as patience lasts.
macro_rules! take {
    ($patience:expr, $step:expr) => {
        loop {
            match $step.await {
                Err(problem) => $patience.bear(problem).await?,
                Ok(done) => {
                    $patience.done();
                    break done;
                }
            }
        }
    };
}

/// [`connect`], telling each step once it is reached; `patience` says which are taken again.
pub async fn connect_telling(
    settings: Settings,
    tell: &(dyn Fn(Step) + Send + Sync),
    patience: &mut dyn Patience,
) -> Result<Connection, Problem> {
    let authority = settings.private_authority.as_deref();
    if authority.is_some_and(|pem| !pem.windows(PEM_MARK.len()).any(|window| window == PEM_MARK)) {
        return Err(unreadable("no certificate in it"));
    }
    let wire = http::client(authority, true).map_err(unreadable)?;
    connect_over(Arc::new(Wire(wire)), settings, tell, patience).await
}

/// The caller, who knows the file, names it.
fn unreadable(reason: impl fmt::Display) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::CertificateUnreadable).with("reason", reason)
}

async fn connect_over(
    transport: Arc<dyn Transport>,
    settings: Settings,
    tell: &(dyn Fn(Step) + Send + Sync),
    patience: &mut dyn Patience,
) -> Result<Connection, Problem> {
    establish(transport, settings, tell, patience).await.map_err(|problem| match problem.kind {
        Kind::Retry | Kind::Wait => problem,
        _ => Problem { kind: Kind::Run, ..problem },
    })
}

async fn establish(
    transport: Arc<dyn Transport>,
    settings: Settings,
    tell: &(dyn Fn(Step) + Send + Sync),
    patience: &mut dyn Patience,
) -> Result<Connection, Problem> {
    let credentials = Credentials { user: settings.user_name.clone(), password: settings.password.clone() };
    let trust = Arc::new(match &settings.endpoint {
        Endpoint::Autodiscover { confirmed_hosts, .. } => Trust::new(&settings.email.domain(), confirmed_hosts),
        Endpoint::Ews(url) => Trust::new(&settings.email.domain(), &[url.host_str().unwrap_or_default().to_owned()]),
    });
    let autodiscover = Autodiscover::new(transport.clone(), credentials.clone(), trust.clone());
    let (ews_url, found_by) = match &settings.endpoint {
        Endpoint::Ews(url) => (url.clone(), FoundBy::Typed),
        Endpoint::Autodiscover { url, .. } => {
            let found = take!(patience, autodiscover.find(&settings.email, url.as_ref(), tell));
            (found.ews, FoundBy::Autodiscover(found.told_by))
        }
    };
    trust.endpoint(&ews_url)?;
    tell(Step::Found(ews_url.clone()));
    let ews = Ews::new(transport, ews_url.clone(), credentials, trust, &settings);
    let version = take!(patience, ews.learn());
    tell(Step::SignedIn);
    tell(Step::Version(version));
    take!(patience, ews.check_own_mailbox());
    tell(Step::MailboxOpened);
    let facts = Facts { ews_url, version, found_by };
    Ok(Connection { settings, ews, autodiscover, facts, heard: walk::Heard::default() })
}

#[cfg(test)]
pub(crate) mod tests;
