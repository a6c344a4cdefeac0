//! What a request is: the name by which faults select it, and the mailbox whose limits it counts against.

use super::call::{self, Call, Site};
use super::{exchange, import, signin};
use crate::practice::https::Request;

/// Path words that are not ids. Everything else in a path is one.
const WORDS: &[&str] = &[
    "$batch",
    "$count",
    "$ref",
    "$value",
    "admin",
    "assignLicense",
    "attachments",
    "calendar",
    "calendarView",
    "calendars",
    "childFolders",
    "contactFolders",
    "contacts",
    "createImportSession",
    "createUploadSession",
    "deletedItems",
    "delta",
    "directory",
    "domains",
    "events",
    "exchange",
    "exportItems",
    "folders",
    "groups",
    "inbox",
    "instances",
    "items",
    "licenseDetails",
    "mailFolders",
    "mailboxSettings",
    "mailboxes",
    "members",
    "messageRules",
    "messages",
    "move",
    "organization",
    "restore",
    "sendMail",
    "serviceConfigurationRecords",
    "settings",
    "subscribedSkus",
    "users",
    "verificationDnsRecords",
    "verify",
    "me",
];

/// The operation's name: the cmdlet, `POST importItem`, `POST createImportSession`, or method and path with `{id}`
/// for every id.
pub(super) fn name(request: &Request) -> String {
    let path = call::segments(request.uri().path());
    let method = request.method();
    if exchange::owns(&path) {
        return exchange::cmdlet(request).unwrap_or_else(|| "InvokeCommand".to_owned());
    }
    if import::owns(&path) {
        return format!("{method} importItem");
    }
    if path.last().is_some_and(|last| last == "createImportSession") {
        return format!("{method} createImportSession");
    }
    if signin::owns(&path) {
        return format!("{method} {}", path.last().map(String::as_str).unwrap_or_default());
    }
    let parts = path.iter().enumerate().map(|(at, part)| {
        let user = at == 2 && part == "user" && path[1] == "deletedItems";
        let rules = path.get(at + 1).is_some_and(|next| next == "messageRules");
        match part.as_str() {
            _ if user => "microsoft.graph.user",
            "inbox" if !rules => "{id}",
            word if WORDS.contains(&word) => word,
            _ => "{id}",
        }
    });
    format!("{method} /{}", parts.collect::<Vec<&str>>().join("/"))
}

/// The mailbox that a Graph request works in, if it works in one.
pub(super) fn mailbox(site: &Site, call: &Call) -> Option<String> {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["admin", "exchange", "mailboxes", id, ..] => site.mailbox_by_id(id).ok(),
        ["users", _] | ["users", _, "assignLicense" | "licenseDetails" | "settings", ..] => None,
        ["users", id, ..] => site.mailbox_of(id).ok(),
        _ => None,
    }
}
