//! The tenant: organisation, domains with the DNS records they need, and licences that were bought.

use serde_json::{Value, json};

use super::super::call::{Call, Site};
use super::super::odata;
use super::super::odata::list::{self, DIRECTORY};
use super::super::reply::{self, Fault, Reply};

/// SKU with a mailbox.
pub(in super::super) const BUSINESS_SKU: &str = "f245ecc8-75af-4f8e-b61f-27d8114de5f3";
/// SKU without a mailbox, with seats in plenty: a client must not take the first that has free seats.
const ANALYSIS_SKU: &str = "a403ebcc-fae0-4ca2-8c8c-7a907fd6c235";
/// The service plan that makes a mailbox.
pub(in super::super) const EXCHANGE_PLAN: &str = "9aaf7827-d63c-4b61-89c3-182f06f82e5c";
const OFFICE_PLAN: &str = "094e7854-93fc-4d55-b2c0-3ab5369ebdc1";
const ANALYSIS_PLAN: &str = "2049e525-b859-401b-b2a0-e0a31c4b1fe4";
const ANALYSIS_SEATS: usize = 1_000_000;
/// Country of the practice tenant.
const COUNTRY: &str = "NL";

/// `GET /organization`
pub(in super::super) fn organization(site: &Site, call: &Call) -> Reply {
    let state = &site.state;
    let domain = |name: &str, initial: bool| json!({"name": name, "isInitial": initial, "isDefault": !initial, "type": "Managed", "capabilities": "Email, OfficeCommunicationsOnline"});
    let synced = state.tenant.directory_sync == Some(true);
    let value = json!({
        "id": state.tenant.id, "displayName": site.options.organisation_name, "countryLetterCode": COUNTRY,
        "createdDateTime": state.tenant.created.text(), "deletedDateTime": null, "tenantType": "AAD",
        "preferredLanguage": "nl", "technicalNotificationMails": [format!("admin@{}", site.options.domain)],
        "onPremisesSyncEnabled": state.tenant.directory_sync,
        "onPremisesLastSyncDateTime": synced.then(|| site.now().text()),
        "verifiedDomains": [domain(&site.options.initial_domain(), true), domain(&site.options.domain, false)],
        "assignedPlans": [{
            "assignedDateTime": state.tenant.created.text(), "capabilityStatus": "Enabled", "service": "exchange",
            "servicePlanId": EXCHANGE_PLAN,
        }],
        "provisionedPlans": [{"capabilityStatus": "Enabled", "provisioningStatus": "Success", "service": "exchange"}],
    });
    list::answer(call, &site.options.base_url, DIRECTORY, vec![value], |value| Ok(value.clone()))
}

fn domain(site: &Site, name: &str, initial: bool, verified: bool) -> Value {
    let services: &[&str] = if verified { &["Email", "OfficeCommunicationsOnline"] } else { &[] };
    json!({
        "id": name, "authenticationType": "Managed", "availabilityStatus": null, "isAdminManaged": true,
        "isDefault": !initial && name.eq_ignore_ascii_case(&site.options.domain), "isInitial": initial, "isRoot": true,
        "isVerified": verified, "supportedServices": services, "passwordValidityPeriodInDays": 2_147_483_647,
        "passwordNotificationWindowInDays": 14, "state": null, "manufacturer": null, "model": null,
    })
}

fn domain_list(site: &Site) -> Vec<Value> {
    let mut domains = vec![
        domain(site, &site.options.initial_domain(), true, true),
        domain(site, &site.options.domain, false, true),
    ];
    domains.extend(site.state.tenant.unverified.iter().map(|name| domain(site, name, false, false)));
    domains
}

/// `GET /domains`
pub(in super::super) fn domains(site: &Site, call: &Call) -> Reply {
    list::answer(call, &site.options.base_url, DIRECTORY, domain_list(site), |value| Ok(value.clone()))
}

fn find_domain(site: &Site, name: &str) -> Result<Value, Fault> {
    let named = |domain: &Value| domain["id"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(name));
    domain_list(site).into_iter().find(named).ok_or_else(|| Fault::no_resource(name))
}

/// `GET /domains/{id}`
pub(in super::super) fn one_domain(site: &Site, call: &Call, name: &str) -> Reply {
    Ok(reply::json(200, &odata::select(find_domain(site, name)?, call.option("$select"))))
}

/// `POST /domains/{id}/verify`: the proof of a new domain is never found in DNS here.
pub(in super::super) fn verify(site: &Site, name: &str) -> Reply {
    let domain = find_domain(site, name)?;
    match domain["isVerified"].as_bool() {
        Some(true) => Ok(reply::json(200, &domain)),
        _ => Err(Fault::bad("Domain verification failed: no matching TXT record was found in DNS.")),
    }
}

/// `GET /domains/{id}/serviceConfigurationRecords`. The MX host cannot be derived from the domain's name.
pub(in super::super) fn configuration_records(site: &Site, call: &Call, name: &str) -> Reply {
    let domain = find_domain(site, name)?;
    let name = domain["id"].as_str().unwrap_or_default();
    let dashed = name.replace('.', "-");
    let base = |kind: &str, word: &str, label: String, service: &str, id: &str| {
        json!({"@odata.type": format!("#microsoft.graph.domainDns{kind}Record"), "id": id, "isOptional": false, "label": label,
            "recordType": word, "supportedService": service, "ttl": 3600})
    };
    let mut mx = base("Mx", "Mx", name.to_owned(), "Email", "5fbde38c-0865-497f-82b1-126f596bcee9");
    let host = if domain["isInitial"] == json!(true) {
        format!("{dashed}.mail.protection.outlook.test")
    } else {
        format!("{dashed}.k-v1.mx.microsoft.test")
    };
    (mx["mailExchange"], mx["preference"]) = (json!(host), json!(0));
    let mut txt = base("Txt", "Txt", name.to_owned(), "Email", "29f5c3ba-1f5d-4e0b-8b7f-6a2d6c5b0c11");
    txt["text"] = json!("v=spf1 include:spf.protection.outlook.test -all");
    let mut discover =
        base("Cname", "CName", format!("autodiscover.{name}"), "Email", "5eea7dcb-4a0f-4f4f-8d6e-6c7f0a8a1b77");
    discover["canonicalName"] = json!("autodiscover.outlook.test");
    let mut sip = base(
        "Srv",
        "Srv",
        format!("_sip._tls.{name}"),
        "OfficeCommunicationsOnline",
        "62bd3b2c-51e3-4c5f-9d57-0c7d5f8e2a90",
    );
    let target = json!({"nameTarget": "sipdir.online.lync.test", "port": 443, "priority": 100, "protocol": "_tls", "service": "_sip", "weight": 1});
    if let (Some(sip), Some(target)) = (sip.as_object_mut(), target.as_object()) {
        sip.extend(target.clone());
    }
    list::answer(call, &site.options.base_url, DIRECTORY, vec![mx, txt, discover, sip], |value| Ok(value.clone()))
}

/// `GET /domains/{id}/verificationDnsRecords`
pub(in super::super) fn verification_records(site: &Site, call: &Call, name: &str) -> Reply {
    find_domain(site, name)?;
    let number = &site.state.tenant.id[..8];
    let txt = json!({
        "@odata.type": "#microsoft.graph.domainDnsTxtRecord", "id": "aceff52c-06a5-447f-ac5f-256ad243cc5c", "isOptional": false,
        "label": name, "recordType": "Txt", "supportedService": "Email", "ttl": 3600, "text": format!("MS=ms{number}"),
    });
    list::answer(call, &site.options.base_url, DIRECTORY, vec![txt], |value| Ok(value.clone()))
}

fn plan(id: &str, name: &str, status: &str) -> Value {
    json!({"servicePlanId": id, "servicePlanName": name, "provisioningStatus": status, "appliesTo": "User"})
}

/// The service plans of a SKU; `exchange` is the state of the Exchange plan.
pub(in super::super) fn plans(sku: &str, exchange: &str) -> Option<(&'static str, Vec<Value>)> {
    match sku {
        BUSINESS_SKU => {
            let plans =
                [(EXCHANGE_PLAN, "EXCHANGE_S_STANDARD", exchange), (OFFICE_PLAN, "OFFICE_BUSINESS", "Success")];
            Some(("O365_BUSINESS_PREMIUM", plans.map(|(id, name, status)| plan(id, name, status)).to_vec()))
        }
        ANALYSIS_SKU => Some(("POWER_BI_STANDARD", vec![plan(ANALYSIS_PLAN, "BI_AZURE_P0", "Success")])),
        _ => None,
    }
}

/// How many users have a SKU.
pub(in super::super) fn consumed(site: &Site, sku: &str) -> usize {
    let users = site.state.users.values().filter(|user| user.deleted.is_none());
    users.filter(|user| user.licences.iter().any(|licence| licence.sku == sku)).count()
}

/// How many seats of a SKU were bought.
pub(in super::super) fn seats(site: &Site, sku: &str) -> usize {
    if sku == BUSINESS_SKU { site.state.tenant.seats } else { ANALYSIS_SEATS }
}

/// `GET /subscribedSkus`
pub(in super::super) fn subscribed(site: &Site, call: &Call) -> Reply {
    let tenant = &site.state.tenant.id;
    let skus = [ANALYSIS_SKU, BUSINESS_SKU].into_iter().filter_map(|sku| {
        let (name, plans) = plans(sku, "Success")?;
        Some(json!({
            "id": format!("{tenant}_{sku}"), "accountId": tenant, "accountName": site.options.domain.split('.').next(),
            "appliesTo": "User", "capabilityStatus": "Enabled", "consumedUnits": consumed(site, sku), "skuId": sku,
            "skuPartNumber": name, "servicePlans": plans, "subscriptionIds": [tenant],
            "prepaidUnits": {"enabled": seats(site, sku), "warning": 0, "suspended": 0, "lockedOut": 0},
        }))
    });
    list::answer(call, &site.options.base_url, DIRECTORY, skus.collect(), |value| Ok(value.clone()))
}
