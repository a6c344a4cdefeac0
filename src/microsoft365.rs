//! The target: a Microsoft 365 organisation, through Microsoft Graph, its mailbox import, and the Exchange admin
//! service.
//!
//! [`Connection`] implements [`Target`]. Its parts: `sign_in` (tokens), `wire` (authorised requests), `failure` (what
//! a refusal means), `graph` and `exchange_admin` (the two ways of asking), and above them one file per thing asked
//! for.

use std::sync::Arc;

use async_trait::async_trait;
use url::Url;

use crate::engine::item::{Content, Facets, Folder, FolderId, ItemId, ItemPage, MailboxId};
use crate::engine::port::{InitialPassword, Made, Target, Tenant};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::{Address, Contact, Group, Mailbox, MailboxKind};
use crate::http;
pub use crate::http::Secret;

mod account;
mod addresses;
mod contact;
mod exchange_admin;
mod failure;
mod folder;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod graph;
mod group;
mod import;
mod item;
mod mailbox;
mod names;
mod recipient;
pub mod sign_in;
mod tenant;
#[cfg(test)]
mod tests;
mod wire;

/// How the application proves itself to the tenant.
#[derive(Clone)]
pub enum Credential {
    /// A client secret.
    Secret(Secret),
    /// A certificate that is registered with the application.
    Certificate {
        /// The certificate, DER.
        der: Vec<u8>,
        /// Its RSA private key, PKCS #8 DER.
        pkcs8_key: Vec<u8>,
    },
}

impl std::fmt::Debug for Credential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Credential::Secret(_) => "Secret(…)",
            Credential::Certificate { .. } => "Certificate(…)",
        })
    }
}

/// Where the organisation is and how to sign in to it.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Sign-in service, without the tenant.
    pub authority: Url,
    /// Microsoft Graph, with or without `/v1.0`.
    pub graph: Url,
    /// Exchange admin service, without path.
    pub exchange_admin: Url,
    /// The tenant: its id or one of its verified domains.
    pub tenant: String,
    /// The application's id.
    pub client_id: String,
    /// The application's proof.
    pub credential: Credential,
    /// A certificate authority to trust besides the system's (PEM).
    pub private_authority: Option<Vec<u8>>,
    /// ISO 3166 country in which licences are used; two letters.
    pub usage_location: String,
    /// Which licence people get: part number or id; otherwise the first with a mailbox and a free seat.
    pub sku: Option<String>,
    /// How many times faster than real time whoever asks lets pauses pass: 1, and more in a rehearsal.
    pub speed: f64,
}

impl Settings {
    /// The worldwide cloud.
    pub fn global_cloud(
        tenant: impl Into<String>,
        client_id: impl Into<String>,
        credential: Credential,
        usage_location: impl Into<String>,
    ) -> Result<Settings, Problem> {
        Ok(Settings {
            authority: service("authority", "https://login.microsoftonline.com")?,
            graph: service("graph_url", "https://graph.microsoft.com/v1.0")?,
            exchange_admin: service("exchange_admin_url", "https://outlook.office365.com")?,
            tenant: tenant.into(),
            client_id: client_id.into(),
            credential,
            private_authority: None,
            usage_location: usage_location.into(),
            sku: None,
            speed: 1.0,
        })
    }
}

fn service(setting: &str, url: &str) -> Result<Url, Problem> {
    Url::parse(url).map_err(|error| unusable(setting, "https", url).because(error))
}

/// A setting that breaks a rule (`i18n/` words each rule). The caller, who knows the file, names it.
fn unusable(setting: &str, rule: &str, given: impl ToString) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::SettingsInvalid)
        .with("setting", format!("target.{setting}"))
        .with("rule", rule)
        .with("given", given)
}

/// A certificate or key file that cannot be used. The caller, who knows the file of that setting, names it.
fn unreadable(setting: &str, reason: impl ToString) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::CertificateUnreadable)
        .with("setting", setting)
        .with("reason", reason)
}

/// Credentials travel only over TLS, or to this computer itself.
fn safe(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && loopback)
}

/// A signed-in connection to the organisation. Cheap to share behind an `Arc`.
pub struct Connection {
    tenant_setting: String,
    usage_location: String,
    sku: Option<String>,
    graph: graph::Graph,
    exchange: exchange_admin::ExchangeAdmin,
    accepted: tokio::sync::Mutex<Vec<String>>,
    heard: tokio::sync::Mutex<tenant::Heard>,
    mailboxes: mailbox::Mailboxes,
    importer: import::Importer,
    export_limit: usize,
}

impl std::fmt::Debug for Connection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connection").field("tenant", &self.tenant_setting).finish_non_exhaustive()
    }
}

impl Connection {
    /// Checks the settings; no request is made yet.
    pub fn new(settings: Settings) -> Result<Connection, Problem> {
        let services = [
            ("authority", &settings.authority),
            ("graph_url", &settings.graph),
            ("exchange_admin_url", &settings.exchange_admin),
        ];
        for (name, url) in services {
            if !safe(url) {
                return Err(unusable(name, "https", url));
            }
        }
        if settings.usage_location.len() != 2 || !settings.usage_location.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(unusable("usage_location", "country", &settings.usage_location));
        }
        let authority = settings.private_authority.as_deref();
        let client = http::client(authority, false).map_err(|error| unreadable("certificate_authority", error))?;
        let sign_in = sign_in::SignIn::new(client.clone(), &settings)?;
        let wire = Arc::new(wire::Wire::new(client, sign_in));
        Ok(Connection {
            graph: graph::Graph::new(wire.clone(), settings.graph),
            exchange: exchange_admin::ExchangeAdmin::new(wire, settings.exchange_admin, &settings.tenant),
            tenant_setting: settings.tenant,
            usage_location: settings.usage_location.to_uppercase(),
            sku: settings.sku,
            accepted: tokio::sync::Mutex::default(),
            heard: tokio::sync::Mutex::default(),
            mailboxes: mailbox::Mailboxes::default(),
            importer: import::Importer::new(settings.private_authority),
            export_limit: item::EXPORT_LIMIT,
        })
    }
}

#[async_trait]
impl Target for Connection {
    async fn tenant(&self) -> Result<Tenant, Problem> {
        self.read_tenant().await
    }

    async fn create_mailbox(&self, mailbox: &Mailbox, password: &InitialPassword) -> Result<Made, Problem> {
        match mailbox.kind {
            MailboxKind::User => self.create_account(mailbox, password).await,
            MailboxKind::Shared | MailboxKind::Room | MailboxKind::Equipment => self.create_shared(mailbox).await,
        }
    }

    async fn reset_password(&self, mailbox: &Address, password: &InitialPassword) -> Result<(), Problem> {
        self.set_password(mailbox, password).await
    }

    async fn mailbox(&self, mailbox: &Address) -> Result<Option<MailboxId>, Problem> {
        self.find_mailbox(mailbox).await
    }

    async fn finish_mailbox(&self, mailbox: &Mailbox) -> Result<(), Problem> {
        self.add_addresses("Set-Mailbox", mailbox.identity.address.as_str(), &mailbox.identity).await
    }

    async fn create_contact(&self, contact: &Contact) -> Result<Made, Problem> {
        self.make_contact(contact).await
    }

    async fn create_group(&self, group: &Group) -> Result<Made, Problem> {
        self.make_group(group).await
    }

    async fn set_members(&self, group: &Group) -> Result<Vec<Problem>, Problem> {
        self.replace_members(group).await
    }

    async fn members(&self, group: &Address) -> Result<Vec<Address>, Problem> {
        self.list_members(group).await
    }

    async fn recipient_exists(&self, address: &Address) -> Result<bool, Problem> {
        Ok(self.recipient(address).await?.is_some())
    }

    async fn folders(&self, mailbox: &MailboxId) -> Result<Vec<Folder>, Problem> {
        self.list_folders(mailbox).await
    }

    async fn create_folder(
        &self,
        mailbox: &MailboxId,
        parent: &FolderId,
        name: &str,
        class: &str,
    ) -> Result<FolderId, Problem> {
        self.make_folder(mailbox, parent, name, class).await
    }

    fn largest_item(&self) -> u64 {
        import::RAW_LIMIT as u64
    }

    async fn rename_folder(&self, mailbox: &MailboxId, folder: &FolderId, name: &str) -> Result<(), Problem> {
        self.name_folder(mailbox, folder, name).await
    }

    async fn delete_folder(&self, mailbox: &MailboxId, folder: &FolderId) -> Result<bool, Problem> {
        self.delete_empty_folder(mailbox, folder).await
    }

    async fn import(&self, mailbox: &MailboxId, folder: &FolderId, content: &Content) -> Result<ItemId, Problem> {
        self.import_item(mailbox, folder, content).await
    }

    async fn replace(
        &self,
        mailbox: &MailboxId,
        folder: &FolderId,
        item: &ItemId,
        content: &Content,
    ) -> Result<ItemId, Problem> {
        self.replace_item(mailbox, folder, item, content).await
    }

    async fn delete(&self, mailbox: &MailboxId, folder: &FolderId, item: &ItemId) -> Result<(), Problem> {
        self.delete_item(mailbox, folder, item).await
    }

    async fn look(&self, mailbox: &MailboxId, folder: &FolderId, from: Option<&str>) -> Result<ItemPage, Problem> {
        self.list_items(mailbox, folder, from).await
    }

    async fn facets(&self, mailbox: &MailboxId, items: &[ItemId]) -> Result<Vec<Result<Facets, Problem>>, Problem> {
        self.read_facets(mailbox, items).await
    }
}
