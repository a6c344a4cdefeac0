//! What the window can set in motion, as a trait: it is handed the real one by `main`, and tests hand it their own.

use std::fmt;

use async_trait::async_trait;

use crate::engine::migration::Migration;
use crate::engine::port::Tenant;
use crate::engine::problem::Problem;
use crate::settings::{self, Settings};

/// What must be known and is never in a file.
#[derive(Clone)]
pub struct Secrets {
    /// The migration account's password on the Exchange server.
    pub source_password: String,
    /// The application's secret; not needed where it signs in with a certificate.
    pub target_secret: Option<String>,
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// With what initial passwords are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// A key from the keyring.
    Sealed,
    /// A key in memory only: a rehearsal leaves nothing in the user's keyring. Its waiting times pass faster.
    InMemory,
}

/// How far finding and signing in to the Exchange server is, in the order in which it happens: any number of `Asking`,
/// each followed by its `NotThere` unless it led to `Found`; then the rest, each at most once. A server that is busy is
/// asked again from the beginning, so an address may come more than once: the last word on it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceStep {
    /// This address is being asked where the server is.
    Asking(String),
    /// The address that is being asked leads no further itself.
    NotThere {
        /// The address, as it was in `Asking`.
        url: String,
        /// Why, as a key: unknown-host, unreachable, certificate, sign-in, redirected, not-confirmed, cloud or no-answer.
        why: &'static str,
    },
    /// The address of Exchange Web Services is known.
    Found(String),
    /// Name and password were accepted.
    SignedIn,
    /// The server told its version, such as `Exchange 2016 (15.1.2507.6)`.
    Version(String),
    /// The account's own mailbox could be opened.
    MailboxOpened,
}

/// How the server came to be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundBy {
    /// This Autodiscover address told it.
    Autodiscover(String),
    /// It was typed.
    Typed,
}

/// What is known of the Exchange server after signing in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFacts {
    /// Where Exchange Web Services are.
    pub ews_url: String,
    /// The version for people, such as `Exchange 2016 (15.1.2507.6)`.
    pub version: String,
    /// How it was found.
    pub found_by: FoundBy,
}

/// What the window sets in motion. Every call may be dropped in the middle: nothing goes on afterwards.
#[async_trait]
pub trait Launcher: Send + Sync {
    /// Finds the Exchange server and signs in, telling each step as it is reached; no survey, no ledger. `tell` must
    /// return at once.
    ///
    /// # Errors
    /// What stands in the way. After a search that failed the steps say what came of each address, and a
    /// `SourceHostNotConfirmed` names the `host` that was found and, if Autodiscover told it, the EWS `url`: enough to
    /// ask about the host, or to fill in the form for typing the address.
    async fn try_source(
        &self,
        source: &settings::Source,
        password: &str,
        tell: &(dyn Fn(SourceStep) + Send + Sync),
    ) -> Result<SourceFacts, Problem>;

    /// Signs in to Microsoft 365 and reads what must be known first. Without a certificate among the settings it needs
    /// the secret.
    ///
    /// # Errors
    /// What stands in the way.
    async fn try_target(&self, target: &settings::Target, secret: Option<&str>) -> Result<Tenant, Problem>;

    /// Connects both sides and opens the ledger, whose lock it takes.
    ///
    /// # Errors
    /// What stands in the way on either side; `LedgerBusy` where another process works on this migration.
    async fn open(&self, settings: &Settings, secrets: Secrets, keeping: Keeping) -> Result<Migration, Problem>;

    /// Starts a practice organisation within this program; it ends when the value is dropped or shut down.
    ///
    /// # Errors
    /// This computer does not let it run.
    async fn practise(&self) -> Result<Box<dyn Rehearsal>, Problem>;
}

/// A practice organisation that is running. Its secrets are invented; a migration of it is opened with
/// [`Keeping::InMemory`].
#[async_trait]
pub trait Rehearsal: Send + Sync {
    /// The settings of a migration of it.
    fn settings(&self) -> &Settings;
    /// What opens both sides.
    fn secrets(&self) -> Secrets;
    /// Ends it and waits until it has ended.
    ///
    /// # Errors
    /// Something of it could not be cleared away.
    async fn shutdown(self: Box<Self>) -> Result<(), Problem>;
}
