//! What a request is: the name by which faults select it, and the mailbox whose limits it counts against.

use super::call::{self, Call, Site};
use super::{exchange, import, signin};
use crate::practice::faults::matches;
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

/// Operations that are neither cmdlets nor a method and a path.
const OTHERS: &[&str] = &[
    "POST importItem",
    "POST createImportSession",
    "POST token",
    "POST devicecode",
    "GET openid-configuration",
    "GET instance",
    "GET keys",
];
const METHODS: &[&str] = &["GET", "POST", "PATCH", "PUT", "DELETE"];

/// Whether a pattern may be that of a request's [`name`]. A path is looked at part by part, so that one which no request has
/// passes if all its words are known.
pub(in crate::practice) fn may_be(pattern: &str) -> bool {
    if exchange::cmdlets().chain(OTHERS.iter().copied()).any(|name| matches(pattern, name)) {
        return true;
    }
    let parts = || WORDS.iter().copied().chain(["{id}", "microsoft.graph.user"]);
    match pattern.split_once('/') {
        Some((method, path)) => {
            let is_part = |part: &str| part.contains('*') || parts().any(|known| known == part);
            METHODS.iter().any(|known| matches(method, &format!("{known} "))) && path.split('/').all(is_part)
        }
        // Pieces of a path; what stands for anything may stand for its slashes.
        None => {
            let is_piece = |piece: &str| parts().chain(METHODS.iter().copied()).any(|known| known.contains(piece));
            pattern.contains('*') && pattern.split('*').all(|piece| is_piece(piece.trim()))
        }
    }
}

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
