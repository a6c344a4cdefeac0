//! `/users/{id}/mailFolders`: the folders that hold mail, with the same ids as the import service's.

use serde_json::{Value, json};

use super::super::call::{Call, Site};
use super::super::graph::folders::{self, Shown};
use super::super::mailbox::{Folder, Mailbox, ROOT};
use super::super::odata;
use super::super::odata::list::{self, OUTLOOK};
use super::super::read::prop;
use super::super::reply::{self, Fault, Reply};
use crate::mapi::pid;

fn json(mailbox: &Mailbox, folder: &Folder) -> Value {
    let unread = |stored: &&super::super::mailbox::Stored| {
        prop::integer(&stored.item, pid::MESSAGE_FLAGS).unwrap_or(0) & 1 == 0
    };
    let mut value = folders::json(mailbox, folder);
    if let Some(map) = value.as_object_mut() {
        map.remove("type");
        map.remove("wellKnownName");
    }
    value["isHidden"] = json!(folder.hidden);
    value["unreadItemCount"] = json!(mailbox.in_folder(folder.key).filter(unread).count());
    value
}

/// Answers below `/users/{id}/mailFolders`.
pub(super) fn answer(site: &mut Site, call: &Call, guid: &str, rest: &[&str]) -> Reply {
    match (call.method.as_str(), rest) {
        ("GET", []) => children(site, call, guid, None),
        ("POST", []) => create(site, call, guid, None),
        ("GET", [id]) => get(site, call, guid, id),
        ("DELETE", [id]) => folders::delete(site, guid, id),
        ("GET", [id, "childFolders"]) => children(site, call, guid, Some(id)),
        ("POST", [id, "childFolders"]) => create(site, call, guid, Some(id)),
        _ => Err(Fault::no_segment(rest.last().copied().unwrap_or_default())),
    }
}

fn children(site: &Site, call: &Call, guid: &str, parent: Option<&str>) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let parent = parent.map_or(Ok(ROOT), |id| folders::find(mailbox, id))?;
    let hidden = call.option("includeHiddenFolders").is_some_and(|text| text.eq_ignore_ascii_case("true"));
    let expand = odata::expand(call.option("$expand"))?;
    let holds_mail = |folder: &&Folder| folder.class.starts_with("IPF.Note") && (hidden || !folder.hidden);
    let found = mailbox.children(parent).filter(holds_mail);
    let found = found.map(|folder| Shown { folder, value: json(mailbox, folder) }).collect();
    list::answer(call, &site.options.base_url, OUTLOOK, found, |shown| {
        folders::with_expanded(mailbox, shown, &expand)
    })
}

fn get(site: &Site, call: &Call, guid: &str, id: &str) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let folder = mailbox.folders.get(&folders::find(mailbox, id)?).ok_or_else(Fault::no_item)?;
    Ok(reply::json(200, &odata::select(json(mailbox, folder), call.option("$select"))))
}

fn create(site: &mut Site, call: &Call, guid: &str, parent: Option<&str>) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let parent = parent.map_or(Ok(ROOT), |id| folders::find(mailbox, id))?;
    let key = folders::make(site, guid, parent, &call.json()?, Some("IPF.Note"))?;
    let mailbox = site.mailbox(guid)?;
    let folder = mailbox.folders.get(&key).ok_or_else(Fault::no_item)?;
    Ok(reply::json(201, &json(mailbox, folder)))
}
