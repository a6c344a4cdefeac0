//! Attachments' JSON and bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::super::ident::{self, Kind};
use super::super::mailbox::{Mailbox, Stored};
use super::{message, prop};
use crate::mapi::{Attachment, Item, pid};

const REFERENCE: [i64; 2] = [4, 7];
const EMBEDDED: i64 = 5;
/// Flag of an attachment that the HTML shows in place.
const IN_HTML: i64 = 4;

/// Whether users see it: exceptions of recurring appointments are hidden attachments.
fn is_shown(attachment: &Attachment) -> bool {
    prop::boolean(attachment, pid::ATTACHMENT_HIDDEN) != Some(true)
}

/// Whether the HTML shows it in place.
pub(in super::super) fn is_inline(attachment: &Attachment) -> bool {
    prop::integer(attachment, pid::ATTACH_FLAGS).unwrap_or(0) & IN_HTML != 0
}

/// The attachments that users see, with their numbers.
pub(in super::super) fn shown(item: &Item) -> impl Iterator<Item = (u32, &Attachment)> {
    let numbered = (0..).zip(&item.attachments);
    numbered.filter(|(_, attachment)| is_shown(attachment))
}

/// Whether there is one that is not shown in place.
pub(in super::super) fn shows_any(item: &Item) -> bool {
    shown(item).any(|(_, attachment)| !is_inline(attachment))
}

/// Its name: long, short or displayed.
pub(in super::super) fn name(attachment: &Attachment) -> Option<String> {
    let names = [pid::ATTACH_LONG_FILENAME, pid::ATTACH_FILENAME, pid::DISPLAY_NAME];
    let own = names.iter().find_map(|id| prop::text(attachment, *id).filter(|name| !name.is_empty()));
    own.or_else(|| attachment.embedded.as_deref().and_then(|item| prop::text(item, pid::SUBJECT)))
}

/// Its bytes.
pub(in super::super) fn data(attachment: &Attachment) -> bytes::Bytes {
    prop::binary(attachment, pid::ATTACH_DATA).unwrap_or_default()
}

/// An attachment's JSON; `whole` also shows an item within.
pub(in super::super) fn json(
    mailbox: &Mailbox,
    stored: &Stored,
    number: u32,
    attachment: &Attachment,
    whole: bool,
) -> Value {
    let method = prop::integer(attachment, pid::ATTACH_METHOD).unwrap_or(1);
    let bytes = data(attachment);
    let modified = prop::time(attachment, pid::LAST_MODIFICATION_TIME).unwrap_or(stored.modified);
    let mut value = json!({
        "id": ident::make(Kind::Attachment, &mailbox.guid, stored.key, number), "name": name(attachment),
        "contentType": prop::text(attachment, pid::ATTACH_MIME_TAG), "isInline": is_inline(attachment), "size": bytes.len(),
        "lastModifiedDateTime": modified.text(),
    });
    match (&attachment.embedded, method) {
        (Some(item), EMBEDDED) => {
            value["@odata.type"] = json!("#microsoft.graph.itemAttachment");
            if whole {
                let mut inner = message::content(item);
                inner["@odata.type"] = json!("#microsoft.graph.message");
                inner["id"] = json!("");
                value["item"] = inner;
            }
        }
        (_, method) if REFERENCE.contains(&method) => {
            value["@odata.type"] = json!("#microsoft.graph.referenceAttachment")
        }
        _ => {
            value["@odata.type"] = json!("#microsoft.graph.fileAttachment");
            value["contentId"] = json!(prop::text(attachment, pid::ATTACH_CONTENT_ID));
            value["contentLocation"] = json!(prop::text(attachment, pid::ATTACH_CONTENT_LOCATION));
            value["contentBytes"] = json!(STANDARD.encode(bytes));
        }
    }
    value
}

/// The JSON of all that users see.
pub(in super::super) fn list(mailbox: &Mailbox, stored: &Stored) -> Vec<Value> {
    shown(&stored.item).map(|(number, attachment)| json(mailbox, stored, number, attachment, false)).collect()
}
