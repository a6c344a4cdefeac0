//! The neutral directory model: what an organisation's address list holds.

use std::fmt;

/// An SMTP address, compared without regard to case; shown as given.
#[derive(Debug, Clone, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Address(String);

impl Address {
    /// Takes an address as written.
    pub fn new(text: impl Into<String>) -> Address {
        Address(text.into())
    }
    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// In lower case, for keys.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
    /// What follows the last `@`, in lower case; empty if there is none.
    pub fn domain(&self) -> String {
        self.0.rsplit_once('@').map(|(_, domain)| domain.to_lowercase()).unwrap_or_default()
    }
    /// What stands before the last `@`.
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or(&self.0, |(local, _)| local)
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Address) -> bool {
        self.key() == other.key()
    }
}
impl std::hash::Hash for Address {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}
impl PartialOrd for Address {
    fn partial_cmp(&self, other: &Address) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Address {
    fn cmp(&self, other: &Address) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a mailbox is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailboxKind {
    /// A person.
    User,
    /// Several people; needs no licence up to 50 GB.
    Shared,
    /// A room.
    Room,
    /// Equipment.
    Equipment,
}

/// Directory facts of a person or contact, as far as known.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Card {
    /// Given name.
    pub given_name: Option<String>,
    /// Family name.
    pub surname: Option<String>,
    /// Job title.
    pub job_title: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Office.
    pub office: Option<String>,
    /// Business telephone.
    pub phone: Option<String>,
    /// Mobile telephone.
    pub mobile: Option<String>,
}

/// What every recipient has.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Identity {
    /// Primary SMTP address (for contacts: the outside address).
    pub address: Address,
    /// Display name.
    pub display_name: String,
    /// Further SMTP addresses, without prefix.
    pub aliases: Vec<Address>,
    /// The old legacyExchangeDN, where known: becomes an X500 address so that replies to old mail arrive.
    pub legacy_dn: Option<String>,
}

/// How much a mailbox holds in the folders that move, as its server says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Size {
    /// Items.
    pub items: u64,
    /// Bytes.
    pub bytes: u64,
}

impl Size {
    /// What so many items of its average size hold.
    pub fn of_items(self, items: u64) -> Size {
        let bytes = u128::from(self.bytes) * u128::from(items);
        let bytes = bytes.checked_div(u128::from(self.items)).unwrap_or_default();
        Size { items, bytes: u64::try_from(bytes).unwrap_or(u64::MAX) }
    }
}

/// A mailbox of the source organisation.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Mailbox {
    /// Addresses and name.
    pub identity: Identity,
    /// What it is for.
    pub kind: MailboxKind,
    /// Directory facts.
    pub card: Card,
    /// How much it held when it was surveyed; `None` if the server did not tell.
    #[serde(default)]
    pub size: Option<Size>,
}

/// What a group is for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// Mail only.
    Distribution,
    /// Mail and permissions.
    Security,
    /// Members by query: reported, not moved.
    Dynamic {
        /// The query, where known.
        filter: String,
    },
}

/// A distribution group of the source organisation.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Group {
    /// Addresses and name.
    pub identity: Identity,
    /// What it is for.
    pub kind: GroupKind,
    /// Direct members (mailboxes, contacts, mail users and other groups) by primary SMTP address.
    pub members: Vec<Address>,
}

/// A mail contact or mail user: an outside address in the address list.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Contact {
    /// `address` is the outside address that mail goes to.
    pub identity: Identity,
    /// Directory facts.
    pub card: Card,
    /// True for a mail user (an account without a mailbox here); created as a mail contact on the target.
    pub mail_user: bool,
}

/// Everything the source directory showed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Survey {
    /// Mailboxes, by address.
    pub mailboxes: Vec<Mailbox>,
    /// Groups, by address.
    pub groups: Vec<Group>,
    /// Mail contacts and mail users, by address.
    pub contacts: Vec<Contact>,
    /// What was seen but could not be read, or needs a look.
    pub findings: Vec<super::problem::Problem>,
}

impl Survey {
    /// No recipient was seen.
    pub fn is_empty(&self) -> bool {
        self.mailboxes.is_empty() && self.groups.is_empty() && self.contacts.is_empty()
    }
}
