//! Users: create, read, change, delete and restore.

use serde_json::{Map, Value, json};

use super::super::call::{Call, Site};
use super::super::odata;
use super::super::odata::list::{self, DIRECTORY};
use super::super::provision;
use super::super::reply::{self, Fault, Reply};
use super::super::state::User;
use super::rules;

/// What is shown when nobody selects.
const DEFAULT: &str = "businessPhones,displayName,givenName,jobTitle,mail,mobilePhone,officeLocation,preferredLanguage,surname,userPrincipalName";

/// A user's JSON.
pub(in super::super) fn json(site: &Site, user: &User) -> Value {
    let mut value = Value::Object(user.fields.clone());
    let recipient = site.state.recipient_of(&user.id).filter(|recipient| recipient.visible <= site.now());
    let mail = recipient.map(|recipient| recipient.primary().to_owned());
    let licences =
        user.licences.iter().map(|licence| json!({"skuId": licence.sku, "disabledPlans": licence.disabled}));
    value["id"] = json!(user.id);
    value["mail"] = json!(mail);
    value["proxyAddresses"] = json!(recipient.map(|recipient| recipient.addresses.clone()).unwrap_or_default());
    value["assignedLicenses"] = licences.collect();
    value["createdDateTime"] = json!(user.created.text());
    value["deletedDateTime"] = json!(user.deleted.map(|at| at.text()));
    value["userType"] = json!("Member");
    for name in
        ["givenName", "jobTitle", "mobilePhone", "officeLocation", "preferredLanguage", "surname", "usageLocation"]
    {
        value[name] = value[name].take();
    }
    if value["businessPhones"].is_null() {
        value["businessPhones"] = json!([]);
    }
    value
}

fn shown(site: &Site, call: &Call, user: &User) -> Value {
    let mut value = odata::select(json(site, user), Some(call.option("$select").unwrap_or(DEFAULT)));
    value["@odata.context"] = json!(format!("{}/v1.0/$metadata#users/$entity", site.options.base_url));
    value
}

/// `GET /users`
pub(in super::super) fn list(site: &Site, call: &Call) -> Reply {
    let now = site.now();
    let users = site.state.users.values().filter(|user| user.deleted.is_none() && user.visible <= now);
    let users: Vec<Value> = users.map(|user| json(site, user)).filter(|user| found(call, user)).collect();
    let selected = call.option("$select").is_some();
    list::answer(call, &site.options.base_url, DIRECTORY, users, |user| {
        Ok(if selected { user.clone() } else { odata::select(user.clone(), Some(DEFAULT)) })
    })
}

/// `$search="displayName:text"` looks at the words' beginnings.
fn found(call: &Call, user: &Value) -> bool {
    let Some(search) = call.option("$search") else { return true };
    let Some((member, text)) = search.trim_matches('"').split_once(':') else { return true };
    let value = user[member].as_str().unwrap_or_default().to_lowercase();
    value.split_whitespace().any(|word| word.starts_with(&text.to_lowercase()))
}

/// `GET /users/{id}`
pub(in super::super) fn get(site: &Site, call: &Call, id: &str) -> Reply {
    let user = site.user(id)?;
    Ok(reply::json(200, &shown(site, call, user)))
}

/// `POST /users`
pub(in super::super) fn create(site: &mut Site, call: &Call) -> Reply {
    let Value::Object(mut fields) = call.json()? else { return Err(Fault::bad("A user object is required.")) };
    rules::new_user(site, &fields)?;
    let name = fields.get("userPrincipalName").and_then(Value::as_str).unwrap_or_default().to_owned();
    conflict(site, &name)?;
    fields.remove("passwordProfile");
    let user = add(site, fields);
    let mut value = shown(site, call, &user);
    value["id"] = json!(user.id);
    let place = format!("{}/v1.0/users/{}", site.options.base_url, user.id);
    let mut response = reply::json(201, &value);
    reply::put_header(&mut response, "location", &place);
    Ok(response)
}

/// Adds a user; replicas know it a little later.
pub(in super::super) fn add(site: &mut Site, fields: Map<String, Value>) -> User {
    let (id, created, visible) = (site.state.guid(), site.now(), site.replicated());
    let user = User { id: id.clone(), fields, licences: Vec::new(), created, visible, deleted: None, mailbox: None };
    site.state.users.insert(id, user.clone());
    user
}

/// Refuses a user principal name that another object has, as such or as an address.
pub(in super::super) fn conflict(site: &Site, name: &str) -> Result<(), Fault> {
    let same = |user: &&User| {
        user.fields.get("userPrincipalName").and_then(Value::as_str).is_some_and(|n| n.eq_ignore_ascii_case(name))
    };
    let other = site.state.users.values().find(same).map(|user| (user.id.clone(), "userPrincipalName"));
    let owner = || site.state.owner(&format!("smtp:{name}")).map(|owner| (owner.object.clone(), "proxyAddresses"));
    let Some((id, target)) = other.or_else(owner) else { return Ok(()) };
    let text = format!("Another object with the same value for property {target} already exists.");
    let fault = Fault::bad(&text).detail("ObjectConflict", target, &text);
    Err(fault.detail("ConflictingObjects", target, &id))
}

/// `PATCH /users/{id}`
pub(in super::super) fn patch(site: &mut Site, call: &Call, id: &str) -> Reply {
    let id = site.user(id)?.id.clone();
    let Value::Object(mut changes) = call.json()? else { return Err(Fault::bad("A user object is required.")) };
    rules::changed_user(&changes)?;
    if let Some(name) = changes.get("userPrincipalName").and_then(Value::as_str) {
        rules::principal_name(site, name)?;
        if !site
            .user(&id)?
            .fields
            .get("userPrincipalName")
            .and_then(Value::as_str)
            .is_some_and(|own| own.eq_ignore_ascii_case(name))
        {
            conflict(site, name)?;
        }
    }
    changes.remove("passwordProfile");
    if let Some(user) = site.state.users.get_mut(&id) {
        user.fields.extend(changes);
    }
    Ok(reply::empty(204))
}

/// `DELETE /users/{id}`: into the recycle bin; the mailbox is disconnected.
pub(in super::super) fn delete(site: &mut Site, id: &str) -> Reply {
    let (id, now) = (site.user(id)?.id.clone(), site.now());
    if let Some(user) = site.state.users.get_mut(&id) {
        user.deleted = Some(now);
    }
    site.state.recipients.retain(|_, recipient| recipient.object != id);
    Ok(reply::empty(204))
}

/// `GET /directory/deletedItems/microsoft.graph.user`
pub(in super::super) fn deleted(site: &Site, call: &Call) -> Reply {
    let users = site.state.users.values().filter(|user| user.deleted.is_some());
    let users = users.map(|user| json(site, user)).collect();
    list::answer(call, &site.options.base_url, DIRECTORY, users, |user| Ok(user.clone()))
}

/// `POST /directory/deletedItems/{id}/restore`
pub(in super::super) fn restore(site: &mut Site, id: &str) -> Reply {
    let missing = || Fault::no_resource(id);
    let user = site.state.users.get_mut(id).filter(|user| user.deleted.is_some()).ok_or_else(missing)?;
    user.deleted = None;
    let licensed = provision::has_exchange_plan(user);
    if licensed {
        let ready = site.mailbox_ready();
        site.give_mailbox(id, super::super::recipient::Kind::UserMailbox, ready);
    }
    let user = site.state.users.get(id).ok_or_else(missing)?;
    let mut value = json(site, user);
    value["@odata.type"] = json!("#microsoft.graph.user");
    Ok(reply::json(200, &value))
}
