//! Folders of the mailbox import and export service: `/admin/exchange/mailboxes/{id}/folders`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::call::{Call, Site, member};
use super::super::mailbox::{Folder, Mailbox, ROOT};
use super::super::odata::extended::ExtendedId;
use super::super::odata::filter::Subject;
use super::super::odata::list::{self, OUTLOOK};
use super::super::odata::{self, Expand};
use super::super::reply::{self, Fault, Reply};

/// Folders below each other that a mailbox may have.
const DEPTH: usize = 300;

/// A folder with its JSON, to filter and show.
pub(in super::super) struct Shown<'a> {
    pub folder: &'a Folder,
    pub value: Value,
}

impl Subject for Shown<'_> {
    fn json(&self) -> &Value {
        &self.value
    }
    fn extended(&self, id: &ExtendedId) -> Option<Value> {
        stamp(self.folder, id)
    }
}

/// A folder's extended property: a stamp, or what the store itself knows.
fn stamp(folder: &Folder, id: &ExtendedId) -> Option<Value> {
    match id.text().as_str() {
        "Boolean 0x10f4" => Some(json!(folder.hidden.to_string())),
        "String 0x3001" => Some(json!(folder.name)),
        "String 0x3613" => Some(json!(folder.class)),
        text => folder.stamps.get(text).cloned(),
    }
}

/// A folder's JSON.
pub(in super::super) fn json(mailbox: &Mailbox, folder: &Folder) -> Value {
    json!({
        "id": mailbox.folder_id(folder.key), "displayName": folder.name,
        "parentFolderId": mailbox.folder_id(folder.parent.unwrap_or(ROOT)),
        "childFolderCount": mailbox.children(folder.key).count(), "totalItemCount": mailbox.in_folder(folder.key).count(),
        "type": folder.class, "wellKnownName": folder.well_known,
    })
}

/// Adds what `$expand` asks for.
pub(in super::super) fn with_expanded(mailbox: &Mailbox, shown: &Shown, expand: &Expand) -> Result<Value, Fault> {
    let mut value = shown.value.clone();
    for (name, options) in expand {
        match name.as_str() {
            "singleValueExtendedProperties" | "multiValueExtendedProperties" => {
                let found = odata::expanded_ids(options)?.into_iter();
                let found = found.filter_map(|id| Some(json!({"id": id.text(), "value": stamp(shown.folder, &id)?})));
                let found: Vec<Value> = found.collect();
                if !found.is_empty() {
                    value[name] = json!(found);
                }
            }
            "childFolders" => {
                let children = mailbox.children(shown.folder.key).filter(|child| !child.hidden);
                value[name] = children.map(|child| json(mailbox, child)).collect();
            }
            _ => return Err(Fault::new(400, "BadRequest", format!("Could not find a property named '{name}'."))),
        }
    }
    Ok(value)
}

/// The folder that an id or well-known name in a path means.
pub(in super::super) fn find(mailbox: &Mailbox, id: &str) -> Result<u64, Fault> {
    mailbox.folder_key(id).ok_or_else(|| {
        if id.starts_with("AAMk") {
            Fault::no_item()
        } else {
            Fault::new(400, "ErrorInvalidIdMalformed", "Id is malformed.")
        }
    })
}

/// `GET …/folders` and `…/childFolders`
pub(in super::super) fn children(site: &Site, call: &Call, guid: &str, parent: Option<&str>) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let parent = parent.map_or(Ok(ROOT), |id| find(mailbox, id))?;
    let hidden = call.option("includeHiddenFolders").is_some_and(|text| text.eq_ignore_ascii_case("true"));
    let expand = odata::expand(call.option("$expand"))?;
    let folders = mailbox.children(parent).filter(|folder| hidden || !folder.hidden);
    let folders = folders.map(|folder| Shown { folder, value: json(mailbox, folder) }).collect();
    list::answer(call, &site.options.base_url, OUTLOOK, folders, |shown| with_expanded(mailbox, shown, &expand))
}

/// `GET …/folders/{id}`
pub(in super::super) fn get(site: &Site, call: &Call, guid: &str, id: &str) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let folder = mailbox.folders.get(&find(mailbox, id)?).ok_or_else(Fault::no_item)?;
    let shown = Shown { folder, value: json(mailbox, folder) };
    let value = with_expanded(mailbox, &shown, &odata::expand(call.option("$expand"))?)?;
    Ok(reply::json(200, &odata::select(value, call.option("$select"))))
}

/// The stamps in a body: extended properties with their values.
fn stamps(body: &Value) -> Result<BTreeMap<String, Value>, Fault> {
    let mut stamps = BTreeMap::new();
    for list in ["singleValueExtendedProperties", "multiValueExtendedProperties"] {
        for entry in body[list].as_array().into_iter().flatten() {
            let id = ExtendedId::parse(entry["id"].as_str().unwrap_or_default())?;
            id.write(&mut crate::mapi::Item::default(), &entry["value"])?;
            stamps.insert(id.text(), entry["value"].clone());
        }
    }
    Ok(stamps)
}

fn folder_name(body: &Value) -> Result<String, Fault> {
    let name = member(body, "displayName").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    if name.is_empty() || name.chars().count() > 255 {
        return Err(Fault::new(
            400,
            "ErrorInvalidParameter",
            "The display name of a folder must have 1 to 255 characters.",
        ));
    }
    Ok(name.to_owned())
}

fn exists(name: &str) -> Fault {
    Fault::new(409, "ErrorFolderExists", format!("A folder with the specified name already exists: {name}."))
}

/// Makes a folder; `class` where the kind of path says it.
pub(in super::super) fn make(
    site: &mut Site,
    guid: &str,
    parent: u64,
    body: &Value,
    class: Option<&str>,
) -> Result<u64, Fault> {
    let now = site.now();
    let name = folder_name(body)?;
    let class = match class.or(body["type"].as_str()) {
        Some(class) if class.starts_with("IPF") => class.to_owned(),
        _ => return Err(Fault::new(400, "ErrorInvalidParameter", "The type of a folder must be a container class.")),
    };
    let stamps = stamps(body)?;
    let mailbox = site.mailbox_mut(guid)?;
    if mailbox.depth(parent) >= DEPTH {
        return Err(Fault::new(400, "ErrorFolderSave", "The folder hierarchy is too deep."));
    }
    if mailbox.child_named(parent, &name).is_some() {
        return Err(exists(&name));
    }
    let stamped = stamps.get("Boolean 0x10f4").and_then(Value::as_str) == Some("true");
    let hidden = stamped || body["isHidden"] == json!(true);
    let key = mailbox.add_folder(Some(parent), &name, &class, hidden, now);
    if let Some(folder) = mailbox.folders.get_mut(&key) {
        folder.stamps = stamps;
    }
    Ok(key)
}

/// `POST …/folders` and `…/childFolders`
pub(in super::super) fn create(site: &mut Site, call: &Call, guid: &str, parent: Option<&str>) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let parent = parent.map_or(Ok(ROOT), |id| find(mailbox, id))?;
    let key = make(site, guid, parent, &call.json()?, None)?;
    let mailbox = site.mailbox(guid)?;
    let folder = mailbox.folders.get(&key).ok_or_else(Fault::no_item)?;
    Ok(reply::json(201, &json(mailbox, folder)))
}

/// `PATCH …/folders/{id}`: the name and stamps only.
pub(in super::super) fn rename(site: &mut Site, call: &Call, guid: &str, id: &str) -> Reply {
    let body = call.json()?;
    let key = find(site.mailbox(guid)?, id)?;
    let mailbox = site.mailbox_mut(guid)?;
    let folder = mailbox.folders.get(&key).ok_or_else(Fault::no_item)?;
    if body.get("type").is_some_and(|class| class.as_str() != Some(&folder.class)) {
        return Err(Fault::new(400, "ErrorInvalidPropertySet", "The type of a folder cannot be changed."));
    }
    if body.get("displayName").is_some() {
        let name = folder_name(&body)?;
        if folder.well_known.is_some() {
            return Err(Fault::new(403, "ErrorAccessDenied", "A default folder cannot be renamed."));
        }
        let taken = folder.parent.and_then(|parent| mailbox.child_named(parent, &name));
        if taken.is_some_and(|other| other != key) {
            return Err(exists(&name));
        }
        mailbox.edit_folder(key, |folder| folder.name = name);
    }
    let stamps = stamps(&body)?;
    mailbox.edit_folder(key, |folder| folder.stamps.extend(stamps));
    let folder = mailbox.folders.get(&key).ok_or_else(Fault::no_item)?;
    Ok(reply::json(200, &json(mailbox, folder)))
}

/// `DELETE …/folders/{id}/$ref`
pub(in super::super) fn delete(site: &mut Site, guid: &str, id: &str) -> Reply {
    let key = find(site.mailbox(guid)?, id)?;
    let mailbox = site.mailbox_mut(guid)?;
    let made_by_service = mailbox.folders.get(&key).is_some_and(|folder| folder.well_known.is_some());
    if made_by_service
        || ["calendar", "contacts", "tasks", "notes", "journal"]
            .iter()
            .any(|id| mailbox.by_internal_name(id) == Some(key))
    {
        return Err(Fault::new(403, "ErrorDeleteDistinguishedFolder", "A default folder cannot be deleted."));
    }
    mailbox.remove_folder(key);
    Ok(reply::empty(204))
}
