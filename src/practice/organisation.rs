//! The practice company: its directory, its accounts and its mailboxes on the Exchange side.

pub mod directory;
pub mod people;

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use super::store::Mailbox;

/// Which Exchange version the practice server plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Profile {
    /// Exchange 2007 SP3: no ExportItems, POX Autodiscover only.
    #[value(name = "2007sp3")]
    E2007Sp3,
    /// Exchange 2010 SP3.
    #[value(name = "2010sp3")]
    E2010Sp3,
    /// Exchange 2013.
    #[value(name = "2013")]
    E2013,
    /// Exchange 2016.
    #[default]
    #[value(name = "2016")]
    E2016,
    /// Exchange 2019.
    #[value(name = "2019")]
    E2019,
    /// Exchange Server SE.
    #[value(name = "se")]
    Se,
}

/// What a directory entry is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A person's mailbox.
    UserMailbox,
    /// A shared mailbox.
    SharedMailbox,
    /// A room mailbox.
    RoomMailbox,
    /// An equipment mailbox.
    EquipmentMailbox,
    /// A distribution group; members by primary address.
    DistributionGroup {
        /// Direct members.
        members: Vec<String>,
    },
    /// A mail-enabled security group.
    SecurityGroup {
        /// Direct members.
        members: Vec<String>,
    },
    /// A dynamic distribution group.
    DynamicGroup {
        /// Its recipient filter.
        filter: String,
    },
    /// A mail contact; mail goes to `target`.
    MailContact {
        /// The outside address.
        target: String,
    },
    /// A mail user (account without mailbox); mail goes to `target`.
    MailUser {
        /// The outside address.
        target: String,
    },
}

/// One directory entry.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// Primary SMTP address.
    pub address: String,
    /// Display name.
    pub display_name: String,
    /// Mail nickname.
    pub alias: String,
    /// Further SMTP addresses without prefix (at most two, so that they fit EWS's three address fields).
    pub proxies: Vec<String>,
    /// legacyExchangeDN.
    pub legacy_dn: String,
    /// Hidden from address lists.
    pub hidden: bool,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub surname: String,
    /// Job title.
    pub title: String,
    /// Department.
    pub department: String,
    /// Office.
    pub office: String,
    /// Business telephone.
    pub phone: String,
}

/// The migration administrator's account: full access to every mailbox, may impersonate, by Basic.
#[derive(Clone)]
pub struct Administrator {
    /// Mail address of its own (hidden) mailbox.
    pub email: String,
    /// `DOMAIN\user`.
    pub user_name: String,
    /// An invented password.
    pub password: String,
}

/// The whole company.
pub struct Organisation {
    /// Mail domain, also the target's accepted domain.
    pub domain: String,
    /// Display name of the company.
    pub name: String,
    /// Which Exchange version answers.
    pub profile: Profile,
    /// Who migrates.
    pub administrator: Administrator,
    /// The directory.
    pub entries: Vec<Entry>,
    /// Mailboxes by primary address in lower case.
    pub mailboxes: BTreeMap<String, Arc<RwLock<Mailbox>>>,
}
