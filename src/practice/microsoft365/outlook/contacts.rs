//! Personal contacts and their folders.

use serde_json::{Value, json};

use super::super::call::{Call, Site};
use super::super::graph::folders;
use super::super::graph::items::{Shown, with_extended};
use super::super::mailbox::{Folder, Mailbox, Stored};
use super::super::odata;
use super::super::odata::filter::Subject;
use super::super::odata::list::{self, OUTLOOK};
use super::super::read::contact;
use super::super::reply::{self, Fault, Reply};
use super::super::write;
use super::{find, store};

const CLASS: &str = "IPF.Contact";

/// Answers below `/users/{id}` for contacts.
pub(super) fn answer(site: &mut Site, call: &Call, guid: &str, rest: &[&str]) -> Reply {
    let default = site.mailbox(guid)?.by_internal_name("contacts").ok_or_else(Fault::no_item)?;
    match (call.method.as_str(), rest) {
        ("GET", ["contactFolders"]) => folder_list(site, call, guid, default),
        ("POST", ["contactFolders"]) => {
            let body = call.json()?;
            let parent =
                body["parentFolderId"].as_str().map(|id| folders::find(site.mailbox(guid)?, id)).transpose()?;
            let key = folders::make(site, guid, parent.unwrap_or(default), &body, Some(CLASS))?;
            let mailbox = site.mailbox(guid)?;
            Ok(reply::json(201, &json(mailbox, mailbox.folders.get(&key).ok_or_else(Fault::no_item)?)))
        }
        ("GET", ["contacts"]) => contacts(site, call, guid, default),
        ("POST", ["contacts"]) => create(site, call, guid, default),
        ("GET", ["contactFolders", id, "contacts"]) => {
            let key = contact_folder(site.mailbox(guid)?, id)?;
            contacts(site, call, guid, key)
        }
        ("POST", ["contactFolders", id, "contacts"]) => {
            let key = contact_folder(site.mailbox(guid)?, id)?;
            create(site, call, guid, key)
        }
        ("GET", ["contacts", id] | ["contactFolders", _, "contacts", id]) => {
            let mailbox = site.mailbox(guid)?;
            let key = find(mailbox, id, contact::is_contact)?;
            let stored = mailbox.items.get(&key).ok_or_else(Fault::no_item)?;
            let value =
                with_extended(stored, contact::json(mailbox, stored), &odata::expand(call.option("$expand"))?)?;
            Ok(reply::json(200, &odata::select(value, call.option("$select"))))
        }
        ("DELETE", ["contacts", id]) => {
            let key = find(site.mailbox(guid)?, id, contact::is_contact)?;
            site.mailbox_mut(guid)?.remove_item(key);
            Ok(reply::empty(204))
        }
        _ => Err(Fault::no_segment(rest.last().copied().unwrap_or_default())),
    }
}

fn contact_folder(mailbox: &Mailbox, id: &str) -> Result<u64, Fault> {
    let named = if id.eq_ignore_ascii_case("contacts") { mailbox.by_internal_name("contacts") } else { None };
    named.map_or_else(|| folders::find(mailbox, id), Ok)
}

fn json(mailbox: &Mailbox, folder: &Folder) -> Value {
    json!({
        "id": mailbox.folder_id(folder.key), "displayName": folder.name,
        "parentFolderId": folder.parent.map(|parent| mailbox.folder_id(parent)),
    })
}

/// All folders of contacts but the default one.
fn folder_list(site: &Site, call: &Call, guid: &str, default: u64) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let found =
        mailbox.folders.values().filter(|folder| folder.class == CLASS && folder.key != default && !folder.hidden);
    let found = found.map(|folder| json(mailbox, folder)).collect();
    list::answer(call, &site.options.base_url, OUTLOOK, found, |value| Ok(value.clone()))
}

fn contacts(site: &Site, call: &Call, guid: &str, folder: u64) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let expand = odata::expand(call.option("$expand"))?;
    let found = mailbox.in_folder(folder).filter(|stored| contact::is_contact(&stored.item));
    let make = |stored: &Stored| contact::json(mailbox, stored);
    let found = found.map(|stored| Shown::new(stored, &make)).collect();
    list::answer(call, &site.options.base_url, OUTLOOK, found, |shown| {
        with_extended(shown.stored, shown.json().clone(), &expand)
    })
}

fn create(site: &mut Site, call: &Call, guid: &str, folder: u64) -> Reply {
    let item = write::contact::new(&call.json()?, site.now())?;
    let key = store(site, guid, folder, item)?;
    let mailbox = site.mailbox(guid)?;
    let stored = mailbox.items.get(&key).ok_or_else(Fault::no_item)?;
    Ok(reply::json(201, &contact::json(mailbox, stored)))
}
