//! A parsed message as an item: what the MIME alone says.

use mail_parser::{HeaderName, HeaderValue, Message, MessageParser, MimeHeaders};

use super::{ENCLOSED_LIMIT, attachments, body, people, property, subject};
use crate::mapi::{Attachment, Item, pid};

/// Message flags: read, and with attachments.
const READ: i32 = 1;
const HAS_ATTACHMENTS: i32 = 16;
/// Classes of signed or encrypted messages begin so.
const SECURE: &str = "ipm.note.smime";

/// Converts a whole message; `None` if it is no MIME message, or one with too many enclosed in it.
pub fn convert(mime: &[u8], class: &str) -> Option<Item> {
    if enclosed_messages(mime) > ENCLOSED_LIMIT {
        return None;
    }
    let mut message = MessageParser::default().parse(mime)?;
    let mut item = item(&mut message, class, 0);
    let root = message.parts.first().and_then(|part| part.content_type());
    let signed = root.is_some_and(|kind| kind.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("signed")));
    if signed && class.to_ascii_lowercase().starts_with(SECURE) {
        item.attachments = vec![signed_whole(&message, mime)];
    }
    Some(item)
}

/// How many messages may be enclosed, at most.
fn enclosed_messages(mime: &[u8]) -> usize {
    let marks: [&[u8]; 3] = [b"message/rfc822", b"message/global", b"multipart/digest"];
    let count = |mark: &[u8]| mime.windows(mark.len()).filter(|window| window.eq_ignore_ascii_case(mark)).count();
    marks.into_iter().map(count).sum()
}

/// A message enclosed in another: it was received, and read with the other.
pub fn enclosed(message: &mut Message<'_>, depth: usize) -> Item {
    let mut item = item(message, "IPM.Note", depth);
    let flags = READ | attached_flag(&item);
    property::number(&mut item, pid::MESSAGE_FLAGS, flags);
    if let Some(id) = id(message, HeaderName::MessageId) {
        property::text(&mut item, pid::INTERNET_MESSAGE_ID, id);
    }
    if let Some(headers) = received_headers(message) {
        property::text(&mut item, pid::TRANSPORT_MESSAGE_HEADERS, headers);
    }
    if let Some(received) =
        message.received().and_then(|received| received.date()).or_else(|| message.date().copied())
    {
        property::seconds(&mut item, pid::MESSAGE_DELIVERY_TIME, received.to_timestamp());
    }
    item
}

fn item(message: &mut Message<'_>, class: &str, depth: usize) -> Item {
    let mut item = Item::default();
    property::text(&mut item, pid::MESSAGE_CLASS, class);
    subject::set(&mut item, message.subject().unwrap_or_default());
    people::set(&mut item, message);
    if let Some(date) = message.date() {
        property::seconds(&mut item, pid::CLIENT_SUBMIT_TIME, date.to_timestamp());
    }
    if let Some(importance) = importance(message) {
        property::number(&mut item, pid::IMPORTANCE, importance);
    }
    if let Some(sensitivity) = sensitivity(message) {
        property::number(&mut item, pid::SENSITIVITY, sensitivity);
    }
    let answers = [(pid::IN_REPLY_TO_ID, HeaderName::InReplyTo), (pid::INTERNET_REFERENCES, HeaderName::References)];
    for (property, header) in answers {
        if let Some(text) = id(message, header) {
            property::text(&mut item, property, text);
        }
    }
    let html = body::set(&mut item, message);
    attachments::set(&mut item, message, &html, depth);
    item
}

/// Message ids, with the angle brackets that the parser took off.
fn id(message: &Message<'_>, header: HeaderName<'_>) -> Option<String> {
    let ids: Vec<&str> = match message.parts.first()?.headers.iter().rev().find(|found| found.name == header)?.value()
    {
        HeaderValue::Text(text) => vec![text.as_ref()],
        HeaderValue::TextList(list) => list.iter().map(|text| text.as_ref()).collect(),
        _ => return None,
    };
    let ids: Vec<String> = ids.into_iter().filter(|id| !id.is_empty()).map(|id| format!("<{id}>")).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn header<'a>(message: &'a Message<'_>, name: &'static str) -> Option<&'a str> {
    message.header(name)?.as_text().map(str::trim)
}

fn importance(message: &Message<'_>) -> Option<i32> {
    if let Some(text) = header(message, "Importance") {
        return match text.to_ascii_lowercase().as_str() {
            "low" => Some(0),
            "high" => Some(2),
            _ => Some(1),
        };
    }
    match header(message, "X-Priority")?.bytes().next()? {
        b'1' | b'2' => Some(2),
        b'4' | b'5' => Some(0),
        _ => Some(1),
    }
}

fn sensitivity(message: &Message<'_>) -> Option<i32> {
    match header(message, "Sensitivity")?.to_ascii_lowercase().as_str() {
        "personal" => Some(1),
        "private" => Some(2),
        "company-confidential" => Some(3),
        _ => Some(0),
    }
}

/// The header block of a message that came over the network.
fn received_headers(message: &Message<'_>) -> Option<String> {
    message.received()?;
    let root = message.parts.first()?;
    let block = message.raw_message.get(root.offset_header as usize..root.offset_body as usize)?;
    Some(String::from_utf8_lossy(block).replace('\0', ""))
}

/// A signed message is kept whole in one attachment, so that its signature stays valid (MS-OXOSMIME 2.1.3).
fn signed_whole(message: &Message<'_>, mime: &[u8]) -> Attachment {
    let mut data = b"Content-Type: ".to_vec();
    data.extend(message.header_raw(HeaderName::ContentType).unwrap_or_default().trim().bytes());
    data.extend(b"\r\n\r\n");
    let start = message.parts.first().map_or(mime.len(), |part| part.offset_body as usize);
    data.extend(mime.get(start..).unwrap_or_default());
    let mut attachment = Attachment::default();
    property::number(&mut attachment, pid::RENDERING_POSITION, -1);
    property::number(&mut attachment, pid::ATTACH_METHOD, 1);
    property::text(&mut attachment, pid::ATTACH_MIME_TAG, "multipart/signed");
    property::text(&mut attachment, pid::ATTACH_EXTENSION, ".p7m");
    property::text(&mut attachment, pid::ATTACH_LONG_FILENAME, "smime.p7m");
    property::text(&mut attachment, pid::DISPLAY_NAME, "smime.p7m");
    property::bytes(&mut attachment, pid::ATTACH_DATA, data);
    attachment
}

/// The message flag that says whether there are attachments.
pub fn attached_flag(item: &Item) -> i32 {
    if item.attachments.is_empty() { 0 } else { HAS_ATTACHMENTS }
}
