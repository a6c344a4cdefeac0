//! Mailboxes: when they are there, shared and resource ones, and what is remembered of each while work goes on.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Semaphore;

use super::Connection;
use super::exchange_admin::Cmdlet;
use super::failure::Trouble;
use super::folder::Heard;
use super::graph::At;
use super::import::Session;
use super::names;
use crate::engine::item::MailboxId;
use crate::engine::port::Made;
use crate::engine::problem::{Kind, Problem};
use crate::engine::recipient::{Address, Mailbox, MailboxKind};

/// Requests in flight per mailbox: more are refused by the service.
const IN_FLIGHT: usize = 4;

/// The id of a mailbox's account in the directory.
const ACCOUNT: &str = "ExternalDirectoryObjectId";
/// What is asked of a mailbox.
const PROPERTIES: &str = "Guid,PrimarySmtpAddress,ExternalDirectoryObjectId";

/// What is remembered of a mailbox.
pub(super) struct Shared {
    /// One per request in flight.
    pub permits: Semaphore,
    /// The import session in use.
    pub session: tokio::sync::Mutex<Option<Arc<Session>>>,
    /// What a listing of its folders heard that was cut short.
    pub heard: Mutex<Heard>,
}

/// What is remembered of each mailbox; one entry per mailbox of the migration.
#[derive(Default)]
pub(super) struct Mailboxes(Mutex<HashMap<MailboxId, Arc<Shared>>>);

impl Mailboxes {
    /// Of this one.
    pub fn of(&self, id: &MailboxId) -> Arc<Shared> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || {
            let permits = Semaphore::new(IN_FLIGHT);
            Arc::new(Shared { permits, session: tokio::sync::Mutex::default(), heard: Mutex::default() })
        };
        known.entry(id.clone()).or_insert_with(new).clone()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ExchangeSettings {
    #[serde(default)]
    primary_mailbox_id: Option<String>,
}

impl Connection {
    /// A resource of a mailbox, by the path below it.
    pub(super) fn in_mailbox<'a>(
        &'a self,
        id: &MailboxId,
        shared: &'a Shared,
        path: &[&str],
        needs: &'static str,
    ) -> At<'a> {
        let mut whole = vec!["admin", "exchange", "mailboxes", id.0.as_str()];
        whole.extend(path);
        self.graph.at(&whole, needs).within(&shared.permits)
    }

    /// The mailbox's id once Exchange has made it and its content can be reached.
    pub(super) async fn find_mailbox(&self, address: &Address) -> Result<Option<MailboxId>, Problem> {
        let name = address.as_str();
        let probe = Cmdlet::new("Get-Mailbox").with("Identity", name).on(name).select(PROPERTIES);
        let found = absent(self.run(probe).await)?.unwrap_or_default();
        let Some(found) = found.first() else { return Ok(None) };
        // A shared mailbox has an account of its own, whose principal name need not be the address.
        let account = found.get(ACCOUNT).and_then(Value::as_str).filter(|account| !account.is_empty());
        let account = account.unwrap_or(name);
        let settings = self.graph.at(&["users", account, "settings", "exchange"], "User.Read.All");
        let settings = absent(settings.get::<ExchangeSettings>().await)?;
        let Some(id) = settings.and_then(|settings| settings.primary_mailbox_id).filter(|id| !id.is_empty()) else {
            return Ok(None);
        };
        let id = MailboxId(id);
        let shared = self.mailboxes.of(&id);
        let folders = self.in_mailbox(&id, &shared, &["folders"], "MailboxFolder.ReadWrite.All").query("$top", "1");
        Ok(absent(folders.get::<Value>().await)?.map(|_| id))
    }

    /// A mailbox that needs no licence.
    pub(super) async fn create_shared(&self, mailbox: &Mailbox) -> Result<Made, Problem> {
        let (switch, kind) = match mailbox.kind {
            MailboxKind::Room => ("Room", "RoomMailbox"),
            MailboxKind::Equipment => ("Equipment", "EquipmentMailbox"),
            MailboxKind::Shared | MailboxKind::User => ("Shared", "SharedMailbox"),
        };
        let cmdlet = Cmdlet::new("New-Mailbox")
            .with(switch, true)
            .with("PrimarySmtpAddress", mailbox.identity.address.as_str())
            .with("DisplayName", names::display(&mailbox.identity));
        self.make(cmdlet, &mailbox.identity, &[kind]).await
    }
}

/// A result, or nothing if the mailbox is not there yet.
fn absent<T>(result: Result<T, Trouble>) -> Result<Option<T>, Problem> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Trouble::Refused(refusal)) if refusal.missing() || refusal.without_mailbox() => Ok(None),
        Err(trouble) => Err(trouble.problem(Kind::Mailbox)),
    }
}
