//! Groups as Graph sees them, and organisational contacts, which it only reads.

use serde_json::{Value, json};

use super::super::call::{Call, Site};
use super::super::odata::list::{self, DIRECTORY};
use super::super::recipient::{Kind, Recipient};
use super::super::reply::{self, Fault, Reply};
use super::super::state::Group;
use super::users;

/// Members in one PATCH.
const BIND: usize = 20;

fn of_exchange(recipient: &Recipient) -> Value {
    json!({
        "id": recipient.object, "displayName": recipient.display_name, "mail": recipient.primary(), "mailEnabled": true,
        "mailNickname": recipient.alias, "securityEnabled": recipient.kind == Kind::MailUniversalSecurityGroup,
        "groupTypes": [], "proxyAddresses": recipient.addresses, "createdDateTime": recipient.created.text(),
        "deletedDateTime": null, "description": null, "onPremisesSyncEnabled": null, "visibility": null,
    })
}

fn own(group: &Group) -> Value {
    let mut value = Value::Object(group.fields.clone());
    value["id"] = json!(group.id);
    value["createdDateTime"] = json!(group.created.text());
    value["deletedDateTime"] = Value::Null;
    value["proxyAddresses"] = json!([]);
    value["mail"] = Value::Null;
    value
}

/// `GET /groups`
pub(super) fn list(site: &Site, call: &Call) -> Reply {
    let now = site.now();
    let exchange = site.state.recipients.values().filter(|r| r.kind.is_group() && r.visible <= now).map(of_exchange);
    let groups = site.state.groups.values().filter(|group| group.visible <= now).map(own);
    let all = exchange.chain(groups).collect();
    list::answer(call, &site.options.base_url, DIRECTORY, all, |value| Ok(value.clone()))
}

/// `POST /groups`: Microsoft 365 and security groups only.
pub(super) fn create(site: &mut Site, call: &Call) -> Reply {
    let Value::Object(mut fields) = call.json()? else { return Err(Fault::bad("A group object is required.")) };
    for name in ["displayName", "mailEnabled", "mailNickname", "securityEnabled"] {
        if fields.get(name).is_none_or(Value::is_null) {
            return Err(Fault::bad(format!("A value is required for property '{name}' of resource 'Group'.")));
        }
    }
    let unified =
        fields.get("groupTypes").and_then(Value::as_array).is_some_and(|types| types.contains(&json!("Unified")));
    if fields["mailEnabled"] == json!(true) && !unified {
        return Err(Fault::bad(
            "The service does not currently support writes of mail-enabled groups. Please ensure that the mail-enablement property is unset and the security-enablement property is set.",
        ));
    }
    let nickname = fields["mailNickname"].as_str().unwrap_or_default();
    if nickname.is_empty()
        || nickname.len() > 64
        || nickname.chars().any(|letter| "@()\\[]\";:.<>, ".contains(letter))
    {
        return Err(Fault::bad("Invalid value specified for property 'mailNickname' of resource 'Group'."));
    }
    let bound = fields.remove("members@odata.bind");
    fields.remove("owners@odata.bind");
    fields.entry("groupTypes").or_insert(json!([]));
    let members = bound_ids(site, bound.as_ref())?;
    let (id, created, visible) = (site.state.guid(), site.now(), site.replicated());
    let group = Group { id: id.clone(), fields, members, created, visible };
    let value = own(&group);
    site.state.groups.insert(id, group);
    Ok(reply::json(201, &value))
}

/// The objects that a `…@odata.bind` list names.
fn bound_ids(site: &Site, list: Option<&Value>) -> Result<Vec<String>, Fault> {
    let links = list.and_then(Value::as_array).cloned().unwrap_or_default();
    if links.len() > BIND {
        return Err(Fault::bad(format!("At most {BIND} members can be added in one request.")));
    }
    links.iter().map(|link| linked(site, link)).collect()
}

/// The object at the end of a link.
fn linked(site: &Site, link: &Value) -> Result<String, Fault> {
    let id = link.as_str().and_then(|link| link.rsplit('/').next()).unwrap_or_default();
    object(site, id).map(|_| id.to_owned()).ok_or_else(|| Fault::no_resource(id))
}

/// A directory object of any kind.
fn object(site: &Site, id: &str) -> Option<Value> {
    let now = site.now();
    if let Ok(user) = site.user(id) {
        let mut value = users::json(site, user);
        value["@odata.type"] = json!("#microsoft.graph.user");
        return Some(value);
    }
    if let Some(group) = site.state.groups.get(id).filter(|group| group.visible <= now) {
        let mut value = own(group);
        value["@odata.type"] = json!("#microsoft.graph.group");
        return Some(value);
    }
    let recipient = site.state.recipient_of(id).filter(|recipient| recipient.visible <= now)?;
    let (mut value, kind) = if recipient.kind.is_group() {
        (of_exchange(recipient), "group")
    } else {
        (contact(recipient), "orgContact")
    };
    value["@odata.type"] = json!(format!("#microsoft.graph.{kind}"));
    Some(value)
}

/// The members' object ids of a group of either kind.
fn member_ids(site: &Site, id: &str) -> Result<Vec<String>, Fault> {
    if let Some(group) = site.state.groups.get(id) {
        return Ok(group.members.clone());
    }
    let group =
        site.state.recipient_of(id).filter(|recipient| recipient.kind.is_group() && recipient.visible <= site.now());
    let members = group.ok_or_else(|| Fault::no_resource(id))?.members.iter();
    Ok(members.filter_map(|guid| site.state.recipients.get(guid).map(|member| member.object.clone())).collect())
}

/// `GET /groups/{id}/members`
pub(super) fn members(site: &Site, call: &Call, id: &str) -> Reply {
    let members = member_ids(site, id)?.iter().filter_map(|member| object(site, member)).collect();
    list::answer(call, &site.options.base_url, DIRECTORY, members, |value| Ok(value.clone()))
}

fn writable<'a>(site: &'a mut Site, id: &str) -> Result<&'a mut Group, Fault> {
    if site.state.recipient_of(id).is_some_and(|recipient| recipient.kind.is_group()) {
        return Err(Fault::bad("Cannot update a mail-enabled security groups and or distribution list."));
    }
    let now = site.now();
    site.state.groups.get_mut(id).filter(|group| group.visible <= now).ok_or_else(|| Fault::no_resource(id))
}

fn join(group: &mut Group, member: String) -> Result<(), Fault> {
    if group.members.contains(&member) {
        return Err(Fault::bad(
            "One or more added object references already exist for the following modified properties: 'members'.",
        ));
    }
    group.members.push(member);
    Ok(())
}

/// `POST /groups/{id}/members/$ref`
pub(super) fn add_member(site: &mut Site, call: &Call, id: &str) -> Reply {
    let member = linked(site, &call.json()?["@odata.id"])?;
    join(writable(site, id)?, member)?;
    Ok(reply::empty(204))
}

/// `PATCH /groups/{id}`: fields, and up to twenty members, all or nothing.
pub(super) fn patch(site: &mut Site, call: &Call, id: &str) -> Reply {
    let Value::Object(mut fields) = call.json()? else { return Err(Fault::bad("A group object is required.")) };
    let members = bound_ids(site, fields.remove("members@odata.bind").as_ref())?;
    let group = writable(site, id)?;
    let mut changed = group.clone();
    members.into_iter().try_for_each(|member| join(&mut changed, member))?;
    changed.fields.extend(fields);
    *group = changed;
    Ok(reply::empty(204))
}

fn contact(recipient: &Recipient) -> Value {
    let field = |name: &str| recipient.fields.get(name).cloned().unwrap_or(Value::Null);
    let phones = [("business", "Phone"), ("mobile", "MobilePhone"), ("businessFax", "Fax")];
    let phones = phones.iter().map(|(kind, name)| json!({"type": kind, "number": field(name)}));
    let external =
        recipient.external.as_deref().and_then(|address| address.split_once(':')).map(|(_, address)| address);
    json!({
        "id": recipient.object, "displayName": recipient.display_name, "givenName": field("FirstName"),
        "surname": field("LastName"), "jobTitle": field("Title"), "companyName": field("Company"),
        "department": field("Department"), "mail": external, "mailNickname": recipient.alias,
        "proxyAddresses": recipient.addresses, "phones": phones.collect::<Vec<Value>>(), "deletedDateTime": null,
        "onPremisesSyncEnabled": null, "onPremisesLastSyncDateTime": null, "onPremisesProvisioningErrors": [],
        "serviceProvisioningErrors": [], "addresses": [{
            "city": field("City"), "countryOrRegion": field("CountryOrRegion"), "officeLocation": field("Office"),
            "postalCode": field("PostalCode"), "state": field("StateOrProvince"), "street": field("StreetAddress"),
        }],
    })
}

/// `GET /contacts`
pub(super) fn contacts(site: &Site, call: &Call) -> Reply {
    let now = site.now();
    let contacts = site.state.recipients.values().filter(|r| r.kind == Kind::MailContact && r.visible <= now);
    list::answer(call, &site.options.base_url, DIRECTORY, contacts.map(contact).collect(), |value| Ok(value.clone()))
}
