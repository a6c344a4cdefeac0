//! Licences of users; one with an Exchange plan makes a mailbox, some minutes later.

use serde_json::{Value, json};

use super::super::call::{Call, Site, member};
use super::super::odata::list::{self, DIRECTORY};
use super::super::provision::has_exchange_plan;
use super::super::recipient::Kind;
use super::super::reply::{self, Fault, Reply};
use super::super::state::{Licence, User};
use super::{tenant, users};

/// `POST /users/{id}/assignLicense`
pub(in super::super) fn assign(site: &mut Site, call: &Call, id: &str) -> Reply {
    let user = site.user(id)?.clone();
    let body = call.json()?;
    let array = |name: &str| {
        let found = member(&body, name).and_then(Value::as_array).cloned();
        found.ok_or_else(|| Fault::bad(format!("One or more parameters of the operation 'assignLicense' are missing from the request payload. The missing parameters are: {name}.")))
    };
    let (add, remove) = (array("addLicenses")?, array("removeLicenses")?);
    let mut licences = user.licences.clone();
    for sku in remove.iter().filter_map(Value::as_str) {
        if !licences.iter().any(|licence| licence.sku.eq_ignore_ascii_case(sku)) {
            return Err(Fault::bad(format!("User does not have a corresponding license: {sku}.")));
        }
        licences.retain(|licence| !licence.sku.eq_ignore_ascii_case(sku));
    }
    for wanted in &add {
        let licence = check(site, &user, wanted)?;
        licences.retain(|own| own.sku != licence.sku);
        licences.push(licence);
    }
    settle(site, &user, licences);
    let user = site.user(&user.id)?;
    Ok(reply::json(200, &users::json(site, user)))
}

/// A licence that may be given.
fn check(site: &Site, user: &User, wanted: &Value) -> Result<Licence, Fault> {
    let sku = wanted["skuId"].as_str().unwrap_or_default().to_lowercase();
    if tenant::plans(&sku, "Success").is_none() {
        return Err(Fault::bad(format!("License {sku} does not correspond to a valid company License.")));
    }
    if user.fields.get("usageLocation").and_then(Value::as_str).is_none_or(str::is_empty) {
        return Err(Fault::bad("License assignment cannot be done for user with invalid usage location."));
    }
    let has = user.licences.iter().any(|licence| licence.sku == sku);
    if !has && tenant::consumed(site, &sku) >= tenant::seats(site, &sku) {
        let text = format!("Subscription with SKU {sku} does not have any available licenses.");
        return Err(Fault::bad(&text).detail("CountViolation", "addLicenses", &text));
    }
    let disabled = wanted["disabledPlans"].as_array().into_iter().flatten();
    let disabled = disabled.filter_map(|plan| plan.as_str().map(str::to_lowercase)).collect();
    Ok(Licence { sku, disabled, since: site.now() })
}

/// Puts the licences down and makes or disconnects the mailbox.
fn settle(site: &mut Site, user: &User, licences: Vec<Licence>) {
    let before = has_exchange_plan(user);
    let Some(own) = site.state.users.get_mut(&user.id) else { return };
    own.licences = licences;
    let after = has_exchange_plan(own);
    if after && !before && site.state.recipient_of(&user.id).is_none() {
        let ready = site.mailbox_ready();
        site.give_mailbox(&user.id, Kind::UserMailbox, ready);
    }
    if before && !after {
        site.state
            .recipients
            .retain(|_, recipient| !(recipient.object == user.id && recipient.kind == Kind::UserMailbox));
    }
}

/// `GET /users/{id}/licenseDetails`: the Exchange plan is pending until the mailbox is there.
pub(in super::super) fn details(site: &Site, call: &Call, id: &str) -> Reply {
    let user = site.user(id)?;
    let state = match site.mailbox_of(id) {
        Ok(_) => "Success",
        Err(_) => "PendingProvisioning",
    };
    let details = user.licences.iter().filter_map(|licence| {
        let (name, mut plans) = tenant::plans(&licence.sku, state)?;
        for plan in &mut plans {
            if licence.disabled.iter().any(|disabled| plan["servicePlanId"] == json!(disabled)) {
                plan["provisioningStatus"] = json!("Disabled");
            }
        }
        Some(json!({"id": format!("{}_{}", user.id, licence.sku), "skuId": licence.sku, "skuPartNumber": name, "servicePlans": plans}))
    });
    list::answer(call, &site.options.base_url, DIRECTORY, details.collect(), |value| Ok(value.clone()))
}
