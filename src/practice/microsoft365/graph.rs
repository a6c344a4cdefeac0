//! Microsoft Graph: which handler answers which path.

pub(super) mod batch;
mod delta;
pub(super) mod folders;
mod groups;
pub(super) mod items;
mod licences;
mod rules;
pub(super) mod tenant;
pub(super) mod users;

use super::call::{Call, Site};
use super::reply::{Fault, Reply};
use super::{import, outlook};

/// Answers a Graph request that was let in.
pub(super) fn answer(site: &mut Site, call: &Call) -> Reply {
    let (method, path) = call.route();
    match (method, path.as_slice()) {
        ("GET", ["organization"]) => tenant::organization(site, call),
        ("GET", ["domains"]) => tenant::domains(site, call),
        ("GET", ["domains", name]) => tenant::one_domain(site, call, name),
        ("GET", ["domains", name, "serviceConfigurationRecords"]) => tenant::configuration_records(site, call, name),
        ("GET", ["domains", name, "verificationDnsRecords"]) => tenant::verification_records(site, call, name),
        ("POST", ["domains", name, "verify"]) => tenant::verify(site, name),
        ("GET", ["subscribedSkus"]) => tenant::subscribed(site, call),
        ("GET", ["users"]) => users::list(site, call),
        ("POST", ["users"]) => users::create(site, call),
        ("GET", ["users", id]) => users::get(site, call, id),
        ("PATCH", ["users", id]) => users::patch(site, call, id),
        ("DELETE", ["users", id]) => users::delete(site, id),
        ("POST", ["users", id, "assignLicense"]) => licences::assign(site, call, id),
        ("GET", ["users", id, "licenseDetails"]) => licences::details(site, call, id),
        ("GET", ["directory", "deletedItems", "user"]) => users::deleted(site, call),
        ("POST", ["directory", "deletedItems", id, "restore"]) => users::restore(site, id),
        ("GET", ["groups"]) => groups::list(site, call),
        ("POST", ["groups"]) => groups::create(site, call),
        ("PATCH", ["groups", id]) => groups::patch(site, call, id),
        ("GET", ["groups", id, "members"]) => groups::members(site, call, id),
        ("POST", ["groups", id, "members", "$ref"]) => groups::add_member(site, call, id),
        ("GET", ["contacts"]) => groups::contacts(site, call),
        (_, ["admin", "exchange", "mailboxes", mailbox, rest @ ..]) => {
            let guid = site.mailbox_by_id(mailbox)?;
            mailbox_service(site, call, &guid, rest)
        }
        (_, ["users", user, rest @ ..]) => outlook::answer(site, call, user, rest),
        (_, ["me", ..]) => Err(Fault::bad("/me request is only valid with delegated authentication flow.")),
        _ => Err(Fault::no_segment(path.first().copied().unwrap_or_default())),
    }
}

/// `/admin/exchange/mailboxes/{id}/…`
fn mailbox_service(site: &mut Site, call: &Call, guid: &str, rest: &[&str]) -> Reply {
    match (call.method.as_str(), rest) {
        ("POST", ["createImportSession"]) => import::open_session(site, call, guid),
        ("POST", ["exportItems"]) => items::export(site, call, guid),
        ("GET", ["folders"]) => folders::children(site, call, guid, None),
        ("POST", ["folders"]) => folders::create(site, call, guid, None),
        ("GET", ["folders", "delta"]) => delta::of_folders(site, call, guid, None),
        ("GET", ["folders", id]) => folders::get(site, call, guid, id),
        ("PATCH", ["folders", id]) => folders::rename(site, call, guid, id),
        ("DELETE", ["folders", id, "$ref"]) => folders::delete(site, guid, id),
        ("GET", ["folders", id, "childFolders"]) => folders::children(site, call, guid, Some(id)),
        ("POST", ["folders", id, "childFolders"]) => folders::create(site, call, guid, Some(id)),
        ("GET", ["folders", id, "childFolders", "delta"]) => delta::of_folders(site, call, guid, Some(id)),
        ("GET", ["folders", id, "items"]) => items::list(site, call, guid, id),
        ("GET", ["folders", id, "items", "delta"]) => delta::of_items(site, call, guid, id),
        ("GET", ["folders", id, "items", item]) => items::get(site, call, guid, id, item),
        ("DELETE", ["folders", id, "items", item]) => items::delete(site, call, guid, id, item),
        _ => Err(Fault::no_segment(rest.first().copied().unwrap_or_default())),
    }
}
