//! Items of the mailbox import and export service: metadata, delete, export.

use std::cell::OnceCell;

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

/// An item to filter and show. Its JSON is made once somebody looks: most of a long list lies on other pages.
pub(in super::super) struct Shown<'a> {
    pub stored: &'a Stored,
    make: &'a dyn Fn(&Stored) -> Value,
    value: OnceCell<Value>,
}

impl<'a> Shown<'a> {
    /// An item whose JSON `make` makes.
    pub fn new(stored: &'a Stored, make: &'a dyn Fn(&Stored) -> Value) -> Shown<'a> {
        Shown { stored, make, value: OnceCell::new() }
    }
}

impl Subject for Shown<'_> {
    fn json(&self) -> &Value {
        self.value.get_or_init(|| (self.make)(self.stored))
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
    let make = |stored: &Stored| json(mailbox, stored);
    let items = mailbox.in_folder(folder).map(|stored| Shown::new(stored, &make)).collect();
    list::answer(call, &site.options.base_url, OUTLOOK, items, |shown| {
        with_extended(shown.stored, shown.json().clone(), &expand)
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::cell::Cell;

    use super::super::super::clock::Moment;
    use super::super::super::mailbox::ROOT;
    use super::super::super::names::Language;
    use super::*;
    use crate::mapi::Item;

    fn listed(query: &str) -> (usize, u16) {
        let mut mailbox = Mailbox::new("g", Language::of(None, 0.0), Moment(0));
        for _ in 0..9 {
            mailbox.add_item(ROOT, Item::default(), 1, Moment(0));
        }
        let made = Cell::new(0);
        let make = |stored: &Stored| {
            made.set(made.get() + 1);
            json(&mailbox, stored)
        };
        let request = hyper::Request::builder().uri(format!("/items?{query}")).body(bytes::Bytes::new()).unwrap();
        let items = mailbox.in_folder(ROOT).map(|stored| Shown::new(stored, &make)).collect();
        let call = Call::new(&request);
        let reply = list::answer(&call, "https://localhost", OUTLOOK, items, |shown| Ok(shown.json().clone()));
        (made.get(), reply.map_or_else(|fault| fault.status, |response| response.status().as_u16()))
    }

    #[test]
    fn only_what_is_looked_at_is_made() {
        assert_eq!(listed("$top=2&$skip=3"), (2, 200));
        assert_eq!(listed("$top=2&$filter=size%20eq%201"), (9, 200));
    }

    #[test]
    fn a_list_ends_even_where_numbers_end() {
        assert_eq!(listed("$skip=18446744073709551615"), (0, 200));
        assert_eq!(listed("$skip=18446744073709551616"), (0, 400));
        assert_eq!(listed("$skip=-1"), (0, 400));
    }
}
