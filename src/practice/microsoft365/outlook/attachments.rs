//! Attachments of messages and events.

use serde_json::{Value, json};

use super::super::call::{Call, Site, member};
use super::super::ident::{self, Kind};
use super::super::mailbox::Stored;
use super::super::odata::list::{self, OUTLOOK};
use super::super::read::{attachment, mime};
use super::super::reply::{self, Fault, Reply};
use super::super::upload::Upload;
use super::super::write;
use super::messages::{REST_LIMIT, context};
use crate::mapi::Attachment;

/// Most bytes of an attachment that is uploaded in pieces: 150 MB.
const UPLOAD_LIMIT: u64 = 150 * 1024 * 1024;
/// Real lifetime of an upload, seconds.
const UPLOAD_SECONDS: f64 = 3600.0;
/// Shortest lifetime a scaled upload has, real seconds.
const UPLOAD_FLOOR: f64 = 20.0;

/// Answers below `…/{id}/attachments`.
pub(super) fn answer(site: &mut Site, call: &Call, guid: &str, id: &str, rest: &[&str]) -> Reply {
    let key = site.mailbox(guid)?.item_key(id).ok_or_else(Fault::no_item)?;
    match (call.method.as_str(), rest) {
        ("GET", []) => {
            let mailbox = site.mailbox(guid)?;
            let stored = mailbox.items.get(&key).ok_or_else(Fault::no_item)?;
            let all = attachment::list(mailbox, stored);
            list::answer(call, &site.options.base_url, OUTLOOK, all, |value| Ok(value.clone()))
        }
        ("POST", []) => add(site, call, guid, key),
        ("POST", ["createUploadSession"]) => open_upload(site, call, guid, key),
        ("GET", [own]) => {
            let mailbox = site.mailbox(guid)?;
            let stored = mailbox.items.get(&key).ok_or_else(Fault::no_item)?;
            let (number, found) = find(stored, guid, own)?;
            let whole =
                call.option("$expand").is_some_and(|text| text.to_lowercase().contains("itemattachment/item"));
            let mut value = attachment::json(mailbox, stored, number, found, whole);
            value["@odata.context"] = context(site, call);
            Ok(reply::json(200, &value))
        }
        ("GET", [own, "$value"]) => {
            let stored = site.mailbox(guid)?.items.get(&key).ok_or_else(Fault::no_item)?;
            let (_, found) = find(stored, guid, own)?;
            let failed = |_| Fault::new(500, "ErrorContentConversionFailed", "The item could not be converted.");
            let bytes = match &found.embedded {
                Some(item) => mime::of(item).map_err(failed)?.into(),
                None => attachment::data(found),
            };
            Ok(reply::bytes(200, "application/octet-stream", bytes))
        }
        _ => Err(Fault::no_segment(rest.last().copied().unwrap_or_default())),
    }
}

fn find<'a>(stored: &'a Stored, guid: &str, id: &str) -> Result<(u32, &'a Attachment), Fault> {
    let (key, number) = ident::read(Kind::Attachment, guid, id).ok_or_else(Fault::no_item)?;
    let found = attachment::shown(&stored.item).find(|(own, _)| *own == number);
    found.filter(|_| key == stored.key).ok_or_else(Fault::no_item)
}

fn add(site: &mut Site, call: &Call, guid: &str, key: u64) -> Reply {
    if call.body.len() > REST_LIMIT {
        return Err(Fault::new(413, "RequestEntityTooLarge", "The request is larger than 4 MB."));
    }
    let now = site.now();
    let made = write::file(&call.json()?)?;
    let mailbox = site.mailbox_mut(guid)?;
    mailbox.edit_item(key, now, |item| item.attachments.push(made));
    let stored = mailbox.items.get(&key).ok_or_else(Fault::no_item)?;
    let last = attachment::list(mailbox, stored).pop().unwrap_or(Value::Null);
    Ok(reply::json(201, &last))
}

fn open_upload(site: &mut Site, call: &Call, guid: &str, item: u64) -> Reply {
    let body = call.json()?;
    let attachment = member(&body, "AttachmentItem").cloned().unwrap_or(Value::Null);
    let size = attachment["size"].as_u64().filter(|size| *size > 0 && *size <= UPLOAD_LIMIT);
    let (Some(size), Some("file"), Some(_)) =
        (size, attachment["attachmentType"].as_str(), attachment["name"].as_str())
    else {
        return Err(Fault::new(
            400,
            "ErrorInvalidArgument",
            "AttachmentItem must have the attachmentType file, a name and a size.",
        ));
    };
    let (now, until) = (site.now(), site.clock.lifetime(UPLOAD_SECONDS, UPLOAD_FLOOR));
    site.state.uploads.retain(|_, other| other.until > now);
    let id = site.state.guid();
    let url = format!("{}/api/gv1.0/uploads/{id}", site.options.base_url);
    let upload = Upload { mailbox: guid.to_owned(), item, attachment, size, received: Vec::new(), until };
    site.state.uploads.insert(id, upload);
    let value = json!({
        "@odata.context": context(site, call), "uploadUrl": url, "expirationDateTime": until.text(), "nextExpectedRanges": ["0-"],
    });
    Ok(reply::json(201, &value))
}
