//! A recipient as the Get- cmdlets show it.

use serde_json::{Map, Value, json};

use super::super::call::Site;
use super::super::recipient::{Kind, Recipient};

/// Everything the Get- cmdlets say of a recipient.
pub(super) fn recipient(site: &Site, recipient: &Recipient) -> Map<String, Value> {
    let mut shown = recipient.fields.clone();
    let mut put = |name: &str, value: Value| {
        shown.insert(name.to_owned(), value);
    };
    put("Identity", json!(recipient.name));
    put("Name", json!(recipient.name));
    put("Guid", json!(recipient.guid));
    put("ExternalDirectoryObjectId", json!(recipient.object));
    put(
        "DistinguishedName",
        json!(format!("CN={},OU={},DC=practice,DC=test", recipient.name, site.options.initial_domain())),
    );
    put("Alias", json!(recipient.alias));
    put("DisplayName", json!(recipient.display_name));
    put("PrimarySmtpAddress", json!(recipient.primary()));
    put("WindowsEmailAddress", json!(recipient.primary()));
    put("EmailAddresses", json!(recipient.addresses));
    put("LegacyExchangeDN", json!(recipient.legacy_dn()));
    put("HiddenFromAddressListsEnabled", json!(recipient.hidden));
    put("RecipientType", json!(recipient.kind.broad()));
    put("RecipientTypeDetails", json!(recipient.kind.details()));
    put("WhenCreatedUTC", json!(recipient.created.text()));
    put("ExternalEmailAddress", json!(recipient.external));
    if recipient.kind.is_mailbox() {
        put("ExchangeGuid", json!(recipient.guid));
        put("IsShared", json!(recipient.kind == Kind::SharedMailbox));
        put("IsResource", json!(matches!(recipient.kind, Kind::RoomMailbox | Kind::EquipmentMailbox)));
        put("UserPrincipalName", upn(site, recipient));
    }
    if recipient.kind.is_group() {
        let security = recipient.kind == Kind::MailUniversalSecurityGroup;
        put("GroupType", json!(if security { "Universal, SecurityEnabled" } else { "Universal" }));
    }
    shown
}

fn upn(site: &Site, recipient: &Recipient) -> Value {
    let user = site.state.users.get(&recipient.object);
    user.and_then(|user| user.fields.get("userPrincipalName").cloned()).unwrap_or(Value::Null)
}
