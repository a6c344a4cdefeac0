//! Uploads of large attachments in pieces, in order, at an address of their own.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::call::{Call, Site};
use super::clock::Moment;
use super::ident::{self, Kind};
use super::reply::{self, Fault, Reply};
use super::write;

/// Most bytes of a piece: 4 MB.
const PIECE: usize = 4 * 1024 * 1024;

/// An upload under way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Upload {
    pub mailbox: String,
    pub item: u64,
    /// The `AttachmentItem` it was opened with.
    pub attachment: Value,
    pub size: u64,
    pub received: Vec<u8>,
    pub until: Moment,
}

/// Whether a path is the address of an upload.
pub(super) fn owns(path: &[String]) -> bool {
    path.len() == 4 && path[0] == "api" && path[2] == "uploads"
}

/// Takes a piece, or cancels. The address is the secret; no token is needed.
pub(super) fn receive(site: &mut Site, call: &Call) -> Reply {
    let id = call.path.get(3).cloned().unwrap_or_default();
    let now = site.now();
    let known = site.state.uploads.get(&id).is_some_and(|upload| upload.until > now);
    if !known {
        site.state.uploads.remove(&id);
        return Err(Fault::new(404, "ErrorItemNotFound", "The upload session is not found."));
    }
    match call.method.as_str() {
        "DELETE" => {
            site.state.uploads.remove(&id);
            Ok(reply::empty(204))
        }
        "PUT" => piece(site, call, &id),
        _ => Err(Fault::new(405, "ErrorInvalidRequest", "Only PUT and DELETE are supported.")),
    }
}

/// First and last byte and the total of `Content-Range: bytes a-b/total`.
fn range(call: &Call) -> Option<(u64, u64, u64)> {
    let text = call.header("content-range")?.strip_prefix("bytes ")?;
    let (range, total) = text.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    Some((first.trim().parse().ok()?, last.trim().parse().ok()?, total.trim().parse().ok()?))
}

fn piece(site: &mut Site, call: &Call, id: &str) -> Reply {
    let Some(upload) = site.state.uploads.get_mut(id) else { return Err(Fault::no_item()) };
    let (first, last, total) = range(call).ok_or_else(|| Fault::invalid("Content-Range is missing or not valid."))?;
    let length = call.body.len() as u64;
    if total != upload.size || last >= total || last.checked_sub(first).is_none_or(|span| span + 1 != length) {
        return Err(Fault::invalid("Content-Range does not fit the upload."));
    }
    if call.body.len() > PIECE {
        return Err(Fault::new(413, "RequestEntityTooLarge", "A piece is at most 4 MB."));
    }
    if first != upload.received.len() as u64 {
        return Err(Fault::new(416, "ErrorInvalidRange", "The pieces must come in order."));
    }
    upload.received.extend_from_slice(&call.body);
    let next = upload.received.len() as u64;
    if next < upload.size {
        let body = json!({"ExpirationDateTime": upload.until.text(), "NextExpectedRanges": [next.to_string()]});
        return Ok(reply::json(200, &body));
    }
    finish(site, id)
}

fn finish(site: &mut Site, id: &str) -> Reply {
    let now = site.now();
    let Some(upload) = site.state.uploads.remove(id) else { return Err(Fault::no_item()) };
    let told = |name: &str| upload.attachment[name].as_str();
    let inline = upload.attachment["isInline"] == json!(true);
    let name = told("name").unwrap_or("attachment");
    let made = write::attachment(name, told("contentType"), told("contentId"), inline, upload.received.clone());
    let base = site.options.base_url.clone();
    let mailbox = site.mailbox_mut(&upload.mailbox)?;
    mailbox.edit_item(upload.item, now, |item| item.attachments.push(made));
    let stored = mailbox.items.get(&upload.item).ok_or_else(Fault::no_item)?;
    let number = u32::try_from(stored.item.attachments.len().saturating_sub(1)).unwrap_or_default();
    let attachment = ident::make(Kind::Attachment, &upload.mailbox, upload.item, number);
    let place = format!(
        "{base}/api/v2.0/Users('{}')/Messages('{}')/Attachments('{attachment}')",
        upload.mailbox,
        mailbox.item_id(upload.item)
    );
    let mut response = reply::empty(201);
    reply::put_header(&mut response, "location", &place);
    Ok(response)
}
