//! `/users/{id}/…`: what Graph shows of a mailbox beyond import and export.

mod attachments;
mod calendars;
mod contacts;
mod mail_folders;
mod messages;
mod settings;

use serde_json::{Value, json};

use super::call::{Call, Site};
use super::mailbox::Mailbox;
use super::reply::{self, Fault, Reply};
use crate::mapi::{Item, stream};

/// Answers a request below `/users/{id}` that the directory does not.
pub(super) fn answer(site: &mut Site, call: &Call, user: &str, rest: &[&str]) -> Reply {
    let guid = site.mailbox_of(user)?;
    match (call.method.as_str(), rest) {
        ("GET", ["settings", "exchange"]) => exchange_settings(site, user, &guid),
        (_, ["mailFolders", "inbox", "messageRules", rest @ ..]) => settings::rules(site, call, &guid, rest),
        (_, ["mailFolders", folder, "messages"]) => messages::of_folder(site, call, &guid, folder),
        (_, ["mailFolders", _, "messages", rest @ ..] | ["messages", rest @ ..]) => {
            messages::answer(site, call, &guid, rest)
        }
        (_, ["mailFolders", rest @ ..]) => mail_folders::answer(site, call, &guid, rest),
        (_, ["calendar" | "calendars" | "events", ..]) => calendars::answer(site, call, &guid, rest),
        (_, ["contacts" | "contactFolders", ..]) => contacts::answer(site, call, &guid, rest),
        (_, ["mailboxSettings"]) => settings::mailbox(site, call, &guid),
        ("POST", ["sendMail"]) => settings::send_mail(site, call),
        _ => Err(Fault::no_segment(rest.first().copied().unwrap_or_default())),
    }
}

fn exchange_settings(site: &Site, user: &str, guid: &str) -> Reply {
    let object = &site.user(user)?.id;
    let mailbox = format!("MBX:{guid}@{}", site.state.tenant.id);
    let context = format!("{}/v1.0/$metadata#users('{object}')/settings/exchange/$entity", site.options.base_url);
    Ok(reply::json(200, &json!({"@odata.context": context, "id": object, "primaryMailboxId": mailbox})))
}

/// Stores an item that was not imported as a stream; its size is that of the stream it makes.
fn store(site: &mut Site, guid: &str, folder: u64, item: Item) -> Result<u64, Fault> {
    let now = site.now();
    let bytes = stream::encode(&item).map_err(|_| Fault::invalid("The item cannot be stored."))?;
    Ok(site.mailbox_mut(guid)?.add_item(folder, item, bytes.len() as u64, now))
}

/// The key of an item that an id means, if it is of the wanted kind.
fn find(mailbox: &Mailbox, id: &str, kind: fn(&Item) -> bool) -> Result<u64, Fault> {
    let stored = mailbox.item_key(id).and_then(|key| mailbox.items.get(&key));
    stored.filter(|stored| kind(&stored.item)).map(|stored| stored.key).ok_or_else(Fault::no_item)
}

/// Puts into a list's JSON what only `$expand` asks for.
fn expanded_attachments(mailbox: &Mailbox, key: u64, value: &mut Value, expand: &super::odata::Expand) {
    if let (true, Some(stored)) = (expand.contains_key("attachments"), mailbox.items.get(&key)) {
        value["attachments"] = json!(super::read::attachment::list(mailbox, stored));
    }
}
