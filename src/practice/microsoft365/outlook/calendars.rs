//! Calendars and their events. A calendar's id is not its folder's.

use serde_json::{Value, json};

use super::super::call::{Call, Site};
use super::super::graph::folders;
use super::super::graph::items::{Shown, with_extended};
use super::super::ident::{self, Kind};
use super::super::mailbox::{Folder, Mailbox, Stored};
use super::super::odata;
use super::super::odata::filter::Subject;
use super::super::odata::list::{self, OUTLOOK};
use super::super::read::event;
use super::super::reply::{self, Fault, Reply};
use super::super::write;
use super::{attachments, expanded_attachments, find, store};

const CLASS: &str = "IPF.Appointment";

/// Answers below `/users/{id}` for calendars and events.
pub(super) fn answer(site: &mut Site, call: &Call, guid: &str, rest: &[&str]) -> Reply {
    let default = site.mailbox(guid)?.by_internal_name("calendar").ok_or_else(Fault::no_item)?;
    match (call.method.as_str(), rest) {
        ("GET", ["calendars"]) => calendars(site, call, guid),
        ("POST", ["calendars"]) => {
            let mut body = call.json()?;
            body["displayName"] = body["name"].take();
            let key = folders::make(site, guid, default, &body, Some(CLASS))?;
            Ok(reply::json(201, &one(site, guid, key)?))
        }
        ("GET", ["calendar"]) => Ok(reply::json(200, &one(site, guid, default)?)),
        ("GET", ["calendars", id]) => {
            let key = calendar(site.mailbox(guid)?, id)?;
            Ok(reply::json(200, &one(site, guid, key)?))
        }
        ("GET", ["events"] | ["calendar", "events"]) => events(site, call, guid, default),
        ("POST", ["events"] | ["calendar", "events"]) => create(site, call, guid, default),
        ("GET", ["calendars", id, "events"]) => {
            let key = calendar(site.mailbox(guid)?, id)?;
            events(site, call, guid, key)
        }
        ("POST", ["calendars", id, "events"]) => {
            let key = calendar(site.mailbox(guid)?, id)?;
            create(site, call, guid, key)
        }
        ("GET", ["events", id] | ["calendar", "events", id] | ["calendars", _, "events", id]) => {
            get(site, call, guid, id)
        }
        ("DELETE", ["events", id]) => {
            let key = find(site.mailbox(guid)?, id, event::is_event)?;
            site.mailbox_mut(guid)?.remove_item(key);
            Ok(reply::empty(204))
        }
        (_, ["events", id, "attachments", rest @ ..]) => attachments::answer(site, call, guid, id, rest),
        _ => Err(Fault::no_segment(rest.last().copied().unwrap_or_default())),
    }
}

fn calendar(mailbox: &Mailbox, id: &str) -> Result<u64, Fault> {
    let key = ident::read(Kind::Calendar, &mailbox.guid, id).map(|(key, _)| key);
    key.filter(|key| mailbox.folders.contains_key(key)).ok_or_else(Fault::no_item)
}

fn json(site: &Site, mailbox: &Mailbox, folder: &Folder) -> Value {
    let default = mailbox.by_internal_name("calendar") == Some(folder.key);
    let owner = site.state.recipients.get(&mailbox.guid);
    json!({
        "id": ident::make(Kind::Calendar, &mailbox.guid, folder.key, 0), "name": folder.name,
        "changeKey": ident::change_key(folder.change), "color": "auto", "hexColor": "", "isDefaultCalendar": default,
        "canEdit": true, "canShare": true, "canViewPrivateItems": true, "isRemovable": !default, "isTallyingResponses": default,
        "allowedOnlineMeetingProviders": [], "defaultOnlineMeetingProvider": "unknown",
        "owner": {"name": owner.map(|owner| owner.display_name.clone()), "address": owner.map(|owner| owner.primary().to_owned())},
    })
}

fn one(site: &Site, guid: &str, key: u64) -> Result<Value, Fault> {
    let mailbox = site.mailbox(guid)?;
    Ok(json(site, mailbox, mailbox.folders.get(&key).ok_or_else(Fault::no_item)?))
}

fn calendars(site: &Site, call: &Call, guid: &str) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let found = mailbox.folders.values().filter(|folder| folder.class == CLASS && !folder.hidden);
    let found = found.map(|folder| json(site, mailbox, folder)).collect();
    list::answer(call, &site.options.base_url, OUTLOOK, found, |value| Ok(value.clone()))
}

fn events(site: &Site, call: &Call, guid: &str, folder: u64) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let expand = odata::expand(call.option("$expand"))?;
    let found = mailbox.in_folder(folder).filter(|stored| event::is_event(&stored.item));
    let make = |stored: &Stored| event::json(mailbox, stored);
    let found = found.map(|stored| Shown::new(stored, &make)).collect();
    list::answer(call, &site.options.base_url, OUTLOOK, found, |shown| {
        let mut value = with_extended(shown.stored, shown.json().clone(), &expand)?;
        expanded_attachments(mailbox, shown.stored.key, &mut value, &expand);
        Ok(value)
    })
}

fn get(site: &Site, call: &Call, guid: &str, id: &str) -> Reply {
    let mailbox = site.mailbox(guid)?;
    let key = find(mailbox, id, event::is_event)?;
    let stored = mailbox.items.get(&key).ok_or_else(Fault::no_item)?;
    let expand = odata::expand(call.option("$expand"))?;
    let mut value = with_extended(stored, event::json(mailbox, stored), &expand)?;
    expanded_attachments(mailbox, key, &mut value, &expand);
    Ok(reply::json(200, &odata::select(value, call.option("$select"))))
}

/// Makes an event and mails an invitation to each attendee. A transaction that was done is not done again.
fn create(site: &mut Site, call: &Call, guid: &str, folder: u64) -> Reply {
    let (body, now) = (call.json()?, site.now());
    let transaction = body["transactionId"].as_str().map(str::to_owned);
    let mailbox = site.mailbox(guid)?;
    let done = transaction
        .as_ref()
        .and_then(|own| mailbox.items.values().find(|stored| stored.transaction.as_ref() == Some(own)));
    if let Some(done) = done {
        return Ok(reply::json(201, &event::json(mailbox, done)));
    }
    let item = write::event::new(&body, now)?;
    site.state.counts.invitations += write::event::invited(&body);
    let key = store(site, guid, folder, item)?;
    let mailbox = site.mailbox_mut(guid)?;
    let stored = mailbox.items.get_mut(&key).ok_or_else(Fault::no_item)?;
    stored.transaction = transaction;
    let mailbox = site.mailbox(guid)?;
    let stored = mailbox.items.get(&key).ok_or_else(Fault::no_item)?;
    Ok(reply::json(201, &event::json(mailbox, stored)))
}
