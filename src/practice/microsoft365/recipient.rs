//! What Exchange knows: mailboxes, mail users, mail contacts and distribution groups, with one space of addresses.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::clock::Moment;
use super::state::State;

/// RecipientTypeDetails, spelled as Exchange does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    UserMailbox,
    SharedMailbox,
    RoomMailbox,
    EquipmentMailbox,
    MailUser,
    MailContact,
    MailUniversalDistributionGroup,
    MailUniversalSecurityGroup,
}

impl Kind {
    pub fn details(self) -> &'static str {
        match self {
            Kind::UserMailbox => "UserMailbox",
            Kind::SharedMailbox => "SharedMailbox",
            Kind::RoomMailbox => "RoomMailbox",
            Kind::EquipmentMailbox => "EquipmentMailbox",
            Kind::MailUser => "MailUser",
            Kind::MailContact => "MailContact",
            Kind::MailUniversalDistributionGroup => "MailUniversalDistributionGroup",
            Kind::MailUniversalSecurityGroup => "MailUniversalSecurityGroup",
        }
    }

    /// RecipientType: the coarser word.
    pub fn broad(self) -> &'static str {
        if self.is_mailbox() { "UserMailbox" } else { self.details() }
    }

    pub fn is_mailbox(self) -> bool {
        matches!(self, Kind::UserMailbox | Kind::SharedMailbox | Kind::RoomMailbox | Kind::EquipmentMailbox)
    }

    pub fn is_group(self) -> bool {
        matches!(self, Kind::MailUniversalDistributionGroup | Kind::MailUniversalSecurityGroup)
    }
}

/// A right that someone has on a mailbox, a folder or a recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Right {
    /// `mailbox`, `recipient`, or the folder's key.
    pub on: String,
    /// Exchange GUID of the one who has it, or a name such as `Default`.
    pub who: String,
    pub rights: Vec<String>,
}

/// A recipient.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Recipient {
    /// Exchange GUID.
    pub guid: String,
    /// Id of the same object in the directory.
    pub object: String,
    pub kind: Kind,
    pub name: String,
    pub alias: String,
    pub display_name: String,
    /// Addresses with their prefixes, exactly one `SMTP:` among them.
    pub addresses: Vec<String>,
    /// Where mail to a contact or mail user goes, `SMTP:` prefix included.
    pub external: Option<String>,
    pub hidden: bool,
    /// Everything else, by the cmdlets' names.
    pub fields: Map<String, Value>,
    /// Members of a group by Exchange GUID.
    pub members: Vec<String>,
    pub rights: Vec<Right>,
    pub created: Moment,
    /// Not found before.
    pub visible: Moment,
}

impl Recipient {
    /// The primary SMTP address.
    pub fn primary(&self) -> &str {
        self.addresses.iter().find_map(|address| address.strip_prefix("SMTP:")).unwrap_or_default()
    }

    /// The legacyExchangeDN that the service made.
    pub fn legacy_dn(&self) -> String {
        let number = self.guid.replace('-', "");
        format!(
            "/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn={number}-{}",
            self.alias
        )
    }

    /// Whether an address with prefix is one of this recipient's; the prefix's letter case does not matter.
    pub fn has_address(&self, address: &str) -> bool {
        let address = address.to_lowercase();
        self.addresses.iter().chain(&self.external).any(|own| own.to_lowercase() == address)
    }

    /// Whether an identity (name, alias, address, GUID, legacyExchangeDN) means this recipient.
    pub fn is_called(&self, identity: &str) -> bool {
        let identity = identity.trim();
        let plain = [&self.guid, &self.object, &self.name, &self.alias, &self.display_name];
        plain.iter().any(|own| own.eq_ignore_ascii_case(identity))
            || self.has_address(&format!("smtp:{identity}"))
            || self.has_address(identity)
            || self.legacy_dn().eq_ignore_ascii_case(identity)
    }
}

impl State {
    /// Who has an address (with its prefix), letter case aside, replicated or not.
    pub fn owner(&self, address: &str) -> Option<&Recipient> {
        self.recipients.values().find(|recipient| recipient.has_address(address))
    }

    /// The recipient of a directory object.
    pub fn recipient_of(&self, object: &str) -> Option<&Recipient> {
        self.recipients.values().find(|recipient| recipient.object == object)
    }
}
