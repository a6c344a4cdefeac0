//! Attachments by value, with exactly the bytes that were sent; enclosed messages as items.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};

use super::{NESTING_LIMIT, message, property};
use crate::mapi::{Attachment, Item, pid};

/// Attachment methods.
const BY_VALUE: i32 = 1;
const EMBEDDED: i32 = 5;
/// Attachment flag: shown inside the HTML.
const IN_HTML: i32 = 4;

/// Sets the attachments in the order of their parts. What the parser decoded of them moves into the item.
pub fn set(item: &mut Item, message: &mut Message<'_>, html: &str, depth: usize) {
    let Message { attachments, parts, raw_message, .. } = message;
    let mut all = Vec::with_capacity(attachments.len());
    for id in attachments {
        if let Some(part) = parts.get_mut(*id as usize) {
            all.push(attachment(raw_message, part, html, depth));
        }
    }
    item.attachments = all;
}

fn attachment(raw: &[u8], part: &mut MessagePart<'_>, html: &str, depth: usize) -> Attachment {
    let mut attachment = Attachment::default();
    property::number(&mut attachment, pid::RENDERING_POSITION, -1);
    let kind = mime_type(part);
    if let Some(kind) = &kind {
        property::text(&mut attachment, pid::ATTACH_MIME_TAG, kind);
    }
    let called = part.attachment_name().map(str::to_owned);
    match &mut part.body {
        PartType::Message(enclosed) if depth < NESTING_LIMIT => embed(&mut attachment, called, enclosed, depth),
        _ => {
            let data = data(raw, part);
            property::number(&mut attachment, pid::ATTACH_METHOD, BY_VALUE);
            property::bytes(&mut attachment, pid::ATTACH_DATA, data);
            name(&mut attachment, called.as_deref());
        }
    }
    if let Some(id) = part.content_id() {
        let id = id.trim_matches(['<', '>']);
        property::text(&mut attachment, pid::ATTACH_CONTENT_ID, id);
        if html.contains(&format!("cid:{id}")) {
            property::number(&mut attachment, pid::ATTACH_FLAGS, IN_HTML);
            property::flag(&mut attachment, pid::ATTACHMENT_HIDDEN, true);
        }
    }
    if let Some(location) = part.content_location() {
        property::text(&mut attachment, pid::ATTACH_CONTENT_LOCATION, location);
    }
    attachment
}

fn mime_type(part: &MessagePart<'_>) -> Option<String> {
    let kind = part.content_type()?;
    Some(match kind.subtype() {
        Some(subtype) => format!("{}/{subtype}", kind.ctype()).to_ascii_lowercase(),
        None => kind.ctype().to_ascii_lowercase(),
    })
}

fn embed(attachment: &mut Attachment, called: Option<String>, enclosed: &mut Message<'_>, depth: usize) {
    property::number(attachment, pid::ATTACH_METHOD, EMBEDDED);
    let shown = called.as_deref().or_else(|| enclosed.subject()).filter(|name| !name.is_empty());
    if let Some(shown) = shown {
        property::text(attachment, pid::DISPLAY_NAME, shown);
    }
    attachment.embedded = Some(Box::new(message::enclosed(enclosed, depth + 1)));
}

fn name(attachment: &mut Attachment, name: Option<&str>) {
    let Some(name) = name.map(|name| name.replace('\0', "")).filter(|name| !name.is_empty()) else { return };
    if let Some((_, extension)) = name.rsplit_once('.').filter(|(stem, rest)| !stem.is_empty() && !rest.is_empty()) {
        property::text(attachment, pid::ATTACH_EXTENSION, format!(".{extension}"));
    }
    property::text(attachment, pid::DISPLAY_NAME, name.as_str());
    property::text(attachment, pid::ATTACH_LONG_FILENAME, name);
}

/// The bytes as sent. Text is taken from the raw part, because the parser has converted its charset.
fn data(raw: &[u8], part: &mut MessagePart<'_>) -> Vec<u8> {
    match std::mem::take(&mut part.body) {
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => return bytes.into_owned(),
        PartType::Message(enclosed) => return enclosed.raw_message().to_vec(),
        body => part.body = body,
    }
    if !matches!(part.body, PartType::Text(_) | PartType::Html(_)) {
        return part.contents().to_vec();
    }
    let range = part.offset_body as usize..part.offset_end as usize;
    let Some(raw) = raw.get(range) else { return part.contents().to_vec() };
    let decoded = match part.encoding {
        Encoding::None => return raw.to_vec(),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    decoded.unwrap_or_else(|| part.contents().to_vec())
}
