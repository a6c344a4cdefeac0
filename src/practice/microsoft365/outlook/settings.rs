//! Mailbox settings, inbox rules, and mail that is sent.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::super::call::{Call, Site, member};
use super::super::ident::{self, Kind};
use super::super::odata;
use super::super::odata::list::{self, OUTLOOK};
use super::super::recipient;
use super::super::reply::{self, Fault, Reply};

/// `GET` and `PATCH /users/{id}/mailboxSettings`
pub(super) fn mailbox(site: &mut Site, call: &Call, guid: &str) -> Reply {
    match call.method.as_str() {
        "GET" => {}
        "PATCH" => {
            let body = call.json()?;
            check(&body)?;
            let settings = &mut site.mailbox_mut(guid)?.settings;
            for (name, value) in body.as_object().into_iter().flatten().filter(|(name, _)| !name.starts_with('@')) {
                merge(&mut settings[name], value);
            }
        }
        _ => return Err(Fault::no_segment("mailboxSettings")),
    }
    let mailbox = site.mailbox(guid)?;
    let mut value = mailbox.settings.clone();
    let kind = site.state.recipients.get(guid).map(|recipient| recipient.kind);
    value["userPurpose"] = json!(match kind {
        Some(recipient::Kind::SharedMailbox) => "shared",
        Some(recipient::Kind::RoomMailbox) => "room",
        Some(recipient::Kind::EquipmentMailbox) => "equipment",
        _ => "user",
    });
    value["archiveFolder"] = json!(mailbox.folder_key("archive").map(|key| mailbox.folder_id(key)));
    value["@odata.context"] = json!(list::context(call, &site.options.base_url));
    Ok(reply::json(200, &odata::select(value, call.option("$select"))))
}

/// Objects are changed member by member, everything else is replaced.
fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

fn check(body: &Value) -> Result<(), Fault> {
    let replies = &body["automaticRepliesSetting"];
    let one_of =
        |value: &Value, words: &[&str]| value.is_null() || value.as_str().is_some_and(|word| words.contains(&word));
    if !one_of(&replies["status"], &["disabled", "alwaysEnabled", "scheduled"])
        || !one_of(&replies["externalAudience"], &["none", "contactsOnly", "all"])
    {
        return Err(Fault::new(400, "RequestBodyRead", "A value of automaticRepliesSetting is not valid."));
    }
    let when = |name: &str| replies[name]["dateTime"].as_str().map(str::to_owned);
    match (replies["status"].as_str(), when("scheduledStartDateTime"), when("scheduledEndDateTime")) {
        (Some("scheduled"), Some(start), Some(end)) if start >= end => {
            Err(Fault::new(400, "ErrorInvalidTimeSettings", "The end must be later than the start."))
        }
        (Some("scheduled"), None, _) | (Some("scheduled"), _, None) => {
            Err(Fault::new(400, "InvalidArguments", "A schedule needs a start and an end."))
        }
        _ => Ok(()),
    }
}

/// `/users/{id}/mailFolders/inbox/messageRules`
pub(super) fn rules(site: &mut Site, call: &Call, guid: &str, rest: &[&str]) -> Reply {
    let base = site.options.base_url.clone();
    let place =
        |rules: &[Value], id: &str| rules.iter().position(|rule| rule["id"] == json!(id)).ok_or_else(Fault::no_item);
    match (call.method.as_str(), rest) {
        ("GET", []) => {
            let rules = site.mailbox(guid)?.rules.clone();
            list::answer(call, &base, OUTLOOK, rules, |value| Ok(value.clone()))
        }
        ("POST", []) => {
            let mut rule = call.json()?;
            if rule["displayName"].as_str().is_none_or(str::is_empty) || !rule["actions"].is_object() {
                return Err(Fault::new(400, "ErrorInvalidArgument", "A rule needs a displayName and actions."));
            }
            let id = ident::make(Kind::Rule, guid, site.state.number(), 0);
            let mailbox = site.mailbox_mut(guid)?;
            let next = mailbox.rules.len() + 1;
            let defaults = [("sequence", json!(next)), ("isEnabled", json!(true))];
            for (name, value) in defaults {
                if rule[name].is_null() {
                    rule[name] = value;
                }
            }
            (rule["id"], rule["hasError"], rule["isReadOnly"]) = (json!(id), json!(false), json!(false));
            mailbox.rules.push(rule.clone());
            Ok(reply::json(201, &rule))
        }
        ("GET", [id]) => {
            let rules = &site.mailbox(guid)?.rules;
            Ok(reply::json(200, &rules[place(rules, id)?]))
        }
        ("PATCH", [id]) => {
            let body = call.json()?;
            let rules = &mut site.mailbox_mut(guid)?.rules;
            let at = place(rules, id)?;
            merge(&mut rules[at], &body);
            Ok(reply::json(200, &rules[at]))
        }
        ("DELETE", [id]) => {
            let rules = &mut site.mailbox_mut(guid)?.rules;
            let at = place(rules, id)?;
            rules.remove(at);
            Ok(reply::empty(204))
        }
        _ => Err(Fault::no_segment("messageRules")),
    }
}

/// `POST /users/{id}/sendMail`: accepted and counted.
pub(super) fn send_mail(site: &mut Site, call: &Call) -> Reply {
    if call.is_text() {
        let text: Vec<u8> = call.body.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
        let bytes = STANDARD.decode(text).ok().filter(|bytes| crate::practice::deep::parse(bytes).is_some());
        bytes.ok_or_else(|| {
            Fault::new(400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.")
        })?;
    } else {
        let body = call.json()?;
        let message = member(&body, "message")
            .ok_or_else(|| Fault::new(400, "ErrorInvalidArgument", "The message is missing."))?;
        let lists = ["toRecipients", "ccRecipients", "bccRecipients"];
        if lists.iter().all(|list| message[list].as_array().is_none_or(Vec::is_empty)) {
            return Err(Fault::new(400, "ErrorInvalidRecipients", "At least one recipient is not valid."));
        }
    }
    site.state.counts.mail += 1;
    Ok(reply::empty(202))
}
