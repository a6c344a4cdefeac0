//! How a directory object becomes a mailbox.

use serde_json::{Map, Value};

use super::call::Site;
use super::clock::Moment;
use super::graph::tenant::{BUSINESS_SKU, EXCHANGE_PLAN};
use super::mailbox::Mailbox;
use super::names::Language;
use super::recipient::{Kind, Recipient};
use super::reply::Fault;
use super::state::User;

/// How long the service takes to make a licensed user's mailbox, seconds: about two minutes.
const MAILBOX_SECONDS: f64 = 120.0;

impl Site<'_> {
    /// Makes the mailbox of a user, or connects the one it had; found by nobody before `visible`.
    pub fn give_mailbox(&mut self, object: &str, kind: Kind, visible: Moment) {
        let (now, fresh, chance) = (self.now(), self.state.guid(), self.state.fraction());
        let initial = self.options.initial_domain();
        let Some(user) = self.state.users.get_mut(object) else { return };
        let guid = user.mailbox.get_or_insert(fresh).clone();
        let text = |name: &str| user.fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (upn, alias, display_name) = (text("userPrincipalName"), text("mailNickname"), text("displayName"));
        let location = user.fields.get("usageLocation").and_then(Value::as_str);
        let language = Language::of(location, chance);
        let mut addresses = vec![format!("SMTP:{upn}")];
        let routing = format!("smtp:{alias}@{initial}");
        let own = addresses[0].eq_ignore_ascii_case(&routing);
        let recipient_fields = carried(user);
        if !own && self.state.owner(&routing).is_none() {
            addresses.push(routing);
        }
        let recipient = Recipient {
            guid: guid.clone(),
            object: object.to_owned(),
            kind,
            name: display_name.clone(),
            alias,
            display_name,
            addresses,
            external: None,
            hidden: false,
            fields: recipient_fields,
            members: Vec::new(),
            rights: Vec::new(),
            created: now,
            visible,
        };
        self.state.recipients.insert(guid.clone(), recipient);
        self.state.mailboxes.entry(guid.clone()).or_insert_with(|| Mailbox::new(&guid, language, now));
    }

    /// When a mailbox that is ordered now will be there.
    pub fn mailbox_ready(&mut self) -> Moment {
        let seconds = MAILBOX_SECONDS * (0.7 + 0.6 * self.state.fraction());
        self.clock.after(seconds)
    }

    /// A user by id or user principal name, if replicas know it.
    pub fn user(&self, id: &str) -> Result<&User, Fault> {
        let now = self.now();
        let called = |user: &&User| {
            user.id.eq_ignore_ascii_case(id)
                || user
                    .fields
                    .get("userPrincipalName")
                    .and_then(Value::as_str)
                    .is_some_and(|n| n.eq_ignore_ascii_case(id))
        };
        let live = |user: &&User| user.deleted.is_none() && user.visible <= now;
        self.state.users.values().filter(live).find(called).ok_or_else(|| Fault::no_resource(id))
    }

    /// The Exchange GUID of a user's mailbox, if it has one by now.
    pub fn mailbox_of(&self, user: &str) -> Result<String, Fault> {
        let object = self.user(user)?.id.clone();
        let now = self.now();
        let recipient = self.state.recipient_of(&object).filter(|r| r.kind.is_mailbox() && r.visible <= now);
        recipient.map(|recipient| recipient.guid.clone()).ok_or_else(no_mailbox)
    }

    /// The Exchange GUID behind a mailbox id of the import and export service, or an address of the mailbox.
    pub fn mailbox_by_id(&self, id: &str) -> Result<String, Fault> {
        let now = self.now();
        let tenant = &self.state.tenant.id;
        let found = match id.strip_prefix("MBX:").and_then(|rest| rest.strip_suffix(&format!("@{tenant}"))) {
            Some(guid) => self.state.recipients.get(guid),
            None => self.state.owner(&format!("smtp:{id}")),
        };
        let found = found.filter(|recipient| recipient.kind.is_mailbox() && recipient.visible <= now);
        found.map(|recipient| recipient.guid.clone()).ok_or_else(no_mailbox)
    }

    /// A mailbox's content.
    pub fn mailbox(&self, guid: &str) -> Result<&Mailbox, Fault> {
        self.state.mailboxes.get(guid).ok_or_else(no_mailbox)
    }

    /// A mailbox's content, to change.
    pub fn mailbox_mut(&mut self, guid: &str) -> Result<&mut Mailbox, Fault> {
        self.state.mailboxes.get_mut(guid).ok_or_else(no_mailbox)
    }
}

/// Person data that Exchange shows under its own names.
fn carried(user: &User) -> Map<String, Value> {
    let names = [
        ("givenName", "FirstName"),
        ("surname", "LastName"),
        ("jobTitle", "Title"),
        ("department", "Department"),
        ("companyName", "Company"),
        ("officeLocation", "Office"),
        ("usageLocation", "UsageLocation"),
    ];
    let found = names.iter().filter_map(|(from, to)| Some(((*to).to_owned(), user.fields.get(*from)?.clone())));
    found.collect()
}

fn no_mailbox() -> Fault {
    let text = "The mailbox is either inactive, soft-deleted, or is hosted on-premise.";
    Fault::new(404, "MailboxNotEnabledForRESTAPI", text)
}

/// Whether one of a user's licences carries the plan that makes a mailbox.
pub(super) fn has_exchange_plan(user: &User) -> bool {
    let with_plan = |licence: &super::state::Licence| {
        licence.sku == BUSINESS_SKU && !licence.disabled.iter().any(|plan| plan == EXCHANGE_PLAN)
    };
    user.licences.iter().any(with_plan)
}
