//! Items of the mailbox import and export service: metadata, delete, export.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::super::call::{Call, Site, member};
use super::super::ident;
use super::super::mailbox::{Mailbox, Stored};
use super::super::odata::extended::ExtendedId;
use super::super::odata::filter::Subject;
use super::super::odata::list::{self, OUTLOOK};
use super::super::odata::{self, Expand};
use super::super::read::prop;
use super::super::reply::{self, Fault, Reply};
use super::folders;
use crate::mapi::container::{self, Version};
use crate::mapi::pid;

/// Items in one export.
const EXPORTS: usize = 20;
/// The service's version in the streams that it writes: 15.20.4566.
const SERVICE: Version = Version([0x14, 0x0F, 0xD6, 0x91, 0x86, 0x17]);

/// An item with its JSON, to filter and show.
pub(in super::super) struct Shown<'a> {
    pub stored: &'a Stored,
    pub value: Value,
}

impl Subject for Shown<'_> {
    fn json(&self) -> &Value {
        &self.value
    }
    fn extended(&self, id: &ExtendedId) -> Option<Value> {
        extended(self.stored, id)
    }
}

fn extended(stored: &Stored, id: &ExtendedId) -> Option<Value> {
    match id.text().as_str() {
        "Integer 0xe08" | "Long 0xe08" => Some(json!(stored.size.to_string())),
        _ => id.read(&stored.item),
    }
}

/// Members that every Outlook item has.
pub(in super::super) fn outlook_item(mailbox: &Mailbox, stored: &Stored) -> Value {
    json!({
        "id": mailbox.item_id(stored.key), "changeKey": ident::change_key(stored.change),
        "categories": prop::categories(&stored.item), "createdDateTime": stored.created.text(),
        "lastModifiedDateTime": stored.modified.text(),
    })
}

fn json(mailbox: &Mailbox, stored: &Stored) -> Value {
    let mut value = outlook_item(mailbox, stored);
    value["@odata.etag"] = json!(format!("W/\"{}\"", ident::change_key(stored.change)));
    value["size"] = json!(stored.size);
    value["type"] = json!(prop::text(&stored.item, pid::MESSAGE_CLASS));
    value
}

/// Adds the extended properties that `$expand` asks for; absent ones are left out.
pub(in super::super) fn with_extended(stored: &Stored, mut value: Value, expand: &Expand) -> Result<Value, Fault> {
    for (name, options) in expand {
        if !matches!(name.as_str(), "singleValueExtendedProperties" | "multiValueExtendedProperties") {
            continue;
        }
        let several = name == "multiValueExtendedProperties";
        let ids = odata::expanded_ids(options)?.into_iter().filter(|id| id.is_array() == several);
        let found = ids.filter_map(|id| Some(json!({"id": id.text(), "value": extended(stored, &id)?})));
        let found: Vec<Value> = found.collect();
        if !found.is_empty() {
            value[name] = json!(found);
        }
    }
    Ok(value)
}

/// `GET …/folders/{id}/items`
pub(super) fn list(site: &Site, call: &Call, guid: &str, folder: &str) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let folder = folders::find(mailbox, folder)?;
    let expand = odata::expand(call.option("$expand"))?;
    let items = mailbox.in_folder(folder).map(|stored| Shown { stored, value: json(mailbox, stored) }).collect();
    list::answer(call, &site.options.base_url, OUTLOOK, items, |shown| {
        with_extended(shown.stored, shown.value.clone(), &expand)
    })
}

fn find<'a>(mailbox: &'a Mailbox, folder: &str, id: &str) -> Result<&'a Stored, Fault> {
    let folder = folders::find(mailbox, folder)?;
    let stored = mailbox.item_key(id).and_then(|key| mailbox.items.get(&key));
    stored.filter(|stored| stored.folder == folder).ok_or_else(Fault::no_item)
}

/// `GET …/items/{id}`
pub(super) fn get(site: &Site, call: &Call, guid: &str, folder: &str, id: &str) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let stored = find(mailbox, folder, id)?;
    let value = with_extended(stored, json(mailbox, stored), &odata::expand(call.option("$expand"))?)?;
    Ok(reply::json(200, &odata::select(value, call.option("$select"))))
}

/// `DELETE …/items/{id}`
pub(super) fn delete(site: &mut Site, call: &Call, guid: &str, folder: &str, id: &str) -> Reply {
    let how = call.option("disposalType").unwrap_or("softDelete");
    if !matches!(how, "softDelete" | "hardDelete") {
        return Err(Fault::new(400, "BadRequest", "disposalType must be softDelete or hardDelete."));
    }
    let key = find(site.mailbox(guid)?, folder, id)?.key;
    let now = site.now();
    let mailbox = site.mailbox_mut(guid)?;
    let bin = mailbox.folder_key("recoverableitemsdeletions").filter(|_| how == "softDelete");
    match bin {
        Some(bin) => {
            mailbox.move_item(key, bin, now);
        }
        None => mailbox.remove_item(key),
    }
    Ok(reply::empty(204))
}

/// `GET …/items/delta` reads one item as any list does.
pub(super) fn delta_entry(mailbox: &Mailbox, stored: &Stored, expand: &Expand) -> Result<Value, Fault> {
    with_extended(stored, json(mailbox, stored), expand)
}

/// `POST …/exportItems`
pub(super) fn export(site: &Site, call: &Call, guid: &str) -> Reply {
    let body = call.json()?;
    let ids = member(&body, "itemIds").and_then(Value::as_array).cloned().unwrap_or_default();
    if ids.is_empty() || ids.len() > EXPORTS {
        return Err(Fault::new(400, "ErrorInvalidArgument", format!("itemIds must hold 1 to {EXPORTS} ids.")));
    }
    let mailbox = site.mailbox(guid)?;
    let exported = ids.iter().map(|id| {
        let id = id.as_str().unwrap_or_default();
        let stored = mailbox.item_key(id).and_then(|key| mailbox.items.get(&key));
        let failed = |code: &str, text: &str| json!({"itemId": id, "changeKey": null, "data": null, "error": {"code": code, "message": text}});
        match stored.map(|stored| (stored, container::encode_item(&stored.item, SERVICE))) {
            Some((stored, Ok(data))) => json!({
                "itemId": id, "changeKey": ident::change_key(stored.change), "data": STANDARD.encode(data), "error": null,
            }),
            Some((_, Err(_))) => failed("ErrorInternalServerError", "The item could not be exported."),
            None => failed("ErrorItemNotFound", "The specified object was not found in the store."),
        }
    });
    let context = list::context(call, &site.options.base_url);
    Ok(reply::json(200, &json!({"@odata.context": context, "value": exported.collect::<Vec<Value>>()})))
}
