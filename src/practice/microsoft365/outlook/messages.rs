//! `/users/{id}/messages`.

use serde_json::{Value, json};

use super::super::call::{Call, Site, member};
use super::super::graph::folders;
use super::super::graph::items::{Shown, with_extended};
use super::super::mailbox::{Mailbox, ROOT, Stored};
use super::super::odata;
use super::super::odata::filter::Subject;
use super::super::odata::list::{self, OUTLOOK};
use super::super::read::{message, mime};
use super::super::reply::{self, Fault, Reply};
use super::super::write;
use super::{attachments, expanded_attachments, find, store};

/// Most bytes of a whole request: 4 MB.
pub(super) const REST_LIMIT: usize = 4 * 1024 * 1024;

/// Answers below `/users/{id}/messages`.
pub(super) fn answer(site: &mut Site, call: &Call, guid: &str, rest: &[&str]) -> Reply {
    match (call.method.as_str(), rest) {
        ("GET", []) => list(site, call, guid, None),
        ("POST", []) => create(site, call, guid, None),
        ("GET", [id]) => get(site, call, guid, id),
        ("PATCH", [id]) => patch(site, call, guid, id),
        ("DELETE", [id]) => delete(site, guid, id),
        ("GET", [id, "$value"]) => value(site, guid, id),
        ("POST", [id, "move"]) => relocate(site, call, guid, id),
        (_, [id, "attachments", rest @ ..]) => attachments::answer(site, call, guid, id, rest),
        _ => Err(Fault::no_segment(rest.last().copied().unwrap_or_default())),
    }
}

/// `/users/{id}/mailFolders/{id}/messages`
pub(super) fn of_folder(site: &mut Site, call: &Call, guid: &str, folder: &str) -> Reply {
    let folder = folders::find(site.mailbox(guid)?, folder)?;
    match call.method.as_str() {
        "GET" => list(site, call, guid, Some(folder)),
        "POST" if call.is_text() => {
            Err(Fault::new(400, "UnableToDeserializePostBody", "were unable to deserialize "))
        }
        "POST" => create(site, call, guid, Some(folder)),
        _ => Err(Fault::no_segment("messages")),
    }
}

fn list(site: &Site, call: &Call, guid: &str, folder: Option<u64>) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let (select, expand) = (call.option("$select"), odata::expand(call.option("$expand"))?);
    let inside = |at: u64| folder.map_or_else(|| mailbox.is_below(at, ROOT), |folder| folder == at);
    let make = |stored: &Stored| message::json(mailbox, stored, select);
    let mut found: Vec<Shown> = mailbox
        .items
        .values()
        .filter(|stored| inside(stored.folder) && message::is_message(&stored.item))
        .map(|stored| Shown::new(stored, &make))
        .collect();
    if call.option("$orderby").is_none() {
        found.reverse();
    }
    if let Some(text) = call.option("$search") {
        let text = text.trim_matches('"').to_lowercase();
        found.retain(|shown| {
            shown.json()["subject"].as_str().is_some_and(|subject| subject.to_lowercase().contains(&text))
        });
    }
    list::answer(call, &site.options.base_url, OUTLOOK, found, |shown| {
        let mut value = with_extended(shown.stored, shown.json().clone(), &expand)?;
        expanded_attachments(mailbox, shown.stored.key, &mut value, &expand);
        Ok(value)
    })
}

fn shown(mailbox: &Mailbox, call: &Call, key: u64) -> Result<Value, Fault> {
    let stored = mailbox.items.get(&key).ok_or_else(Fault::no_item)?;
    let expand = odata::expand(call.option("$expand"))?;
    let mut value = with_extended(stored, message::json(mailbox, stored, call.option("$select")), &expand)?;
    expanded_attachments(mailbox, key, &mut value, &expand);
    Ok(odata::select(value, call.option("$select")))
}

fn get(site: &Site, call: &Call, guid: &str, id: &str) -> Reply {
    let mailbox = site.mailbox(guid)?;
    Ok(reply::json(200, &shown(mailbox, call, find(mailbox, id, message::is_message)?)?))
}

fn create(site: &mut Site, call: &Call, guid: &str, folder: Option<u64>) -> Reply {
    if call.body.len() > REST_LIMIT {
        return Err(Fault::new(413, "RequestEntityTooLarge", "The request is larger than 4 MB."));
    }
    let now = site.now();
    let item =
        if call.is_text() { write::mime::draft(&call.body, now)? } else { write::message::new(&call.json()?, now)? };
    let drafts = site.mailbox(guid)?.folder_key("drafts").ok_or_else(Fault::no_item)?;
    let key = store(site, guid, folder.unwrap_or(drafts), item)?;
    Ok(reply::json(201, &shown(site.mailbox(guid)?, call, key)?))
}

fn patch(site: &mut Site, call: &Call, guid: &str, id: &str) -> Reply {
    let (now, body) = (site.now(), call.json()?);
    let key = find(site.mailbox(guid)?, id, message::is_message)?;
    let mailbox = site.mailbox_mut(guid)?;
    let mut changed = mailbox.items.get(&key).ok_or_else(Fault::no_item)?.item.clone();
    write::message::change(&mut changed, &body)?;
    mailbox.edit_item(key, now, |item| *item = changed);
    Ok(reply::json(200, &shown(mailbox, call, key)?))
}

/// Into the deleted items; from there, out of sight.
fn delete(site: &mut Site, guid: &str, id: &str) -> Reply {
    let now = site.now();
    let mailbox = site.mailbox_mut(guid)?;
    let key = find(mailbox, id, message::is_message)?;
    let bin = mailbox.folder_key("deleteditems").ok_or_else(Fault::no_item)?;
    let there = mailbox.items.get(&key).is_some_and(|stored| mailbox.is_below(stored.folder, bin));
    let to = if there { mailbox.folder_key("recoverableitemsdeletions").ok_or_else(Fault::no_item)? } else { bin };
    mailbox.move_item(key, to, now);
    Ok(reply::empty(204))
}

fn value(site: &Site, guid: &str, id: &str) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let key = find(mailbox, id, message::is_message)?;
    let stored = mailbox.items.get(&key).ok_or_else(Fault::no_item)?;
    let failed = |_| Fault::new(500, "ErrorContentConversionFailed", "The message could not be converted.");
    Ok(reply::bytes(200, "text/plain", mime::of(&stored.item).map_err(failed)?))
}

fn relocate(site: &mut Site, call: &Call, guid: &str, id: &str) -> Reply {
    let (now, body) = (site.now(), call.json()?);
    let mailbox = site.mailbox_mut(guid)?;
    let key = find(mailbox, id, message::is_message)?;
    let to = member(&body, "destinationId").and_then(Value::as_str).unwrap_or_default();
    let to = folders::find(mailbox, to)?;
    let moved = mailbox.move_item(key, to, now).ok_or_else(Fault::no_item)?;
    Ok(reply::json(201, &shown(mailbox, call, moved)?))
}

/// The JSON that says an item is one.
pub(super) fn context(site: &Site, call: &Call) -> Value {
    json!(list::context(call, &site.options.base_url))
}
