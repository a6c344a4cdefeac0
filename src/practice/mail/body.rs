//! The parts of a message: which are its body, and how the others become attachments. Every part ends up as one or the
//! other.

use std::collections::{HashMap, HashSet};

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};

use super::head::{crlf, lossless};
use super::recognise::body_in_header;
use crate::mapi::{Attachment, Item, pid};
use crate::practice::typed::Typed;

/// PidTagTextAttachmentCharset.
const TEXT_ATTACHMENT_CHARSET: u16 = 0x371B;
/// Attach flag: the HTML refers to it.
const REFERENCED: i32 = 4;

/// The parts of a message that are its body.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Bodies {
    text: Option<u32>,
    html: Option<u32>,
}

/// Chooses the bodies: the first text and the first HTML that are to be shown; both only where they are alternatives of
/// one another. A message of one part that is text of any odd kind has that as its body.
fn choose(message: &Message<'_>) -> Bodies {
    let shown = |list: &[u32], html: bool| {
        let is = |id: &&u32| match message.part(**id).map(|part| &part.body) {
            Some(PartType::Text(_)) => !html,
            Some(PartType::Html(_)) => html,
            _ => false,
        };
        list.iter().find(is).copied()
    };
    let (text, html) = (shown(&message.text_body, false), shown(&message.html_body, true));
    match (text, html) {
        (Some(text), Some(html)) if !are_alternatives(message, text, html) => {
            if text < html {
                Bodies { text: Some(text), html: None }
            } else {
                Bodies { text: None, html: Some(html) }
            }
        }
        (None, None) if is_plain_root(message) => Bodies { text: Some(0), html: None },
        (text, html) => Bodies { text, html },
    }
}

/// Whether the nearest container of both parts offers alternatives.
fn are_alternatives(message: &Message<'_>, text: u32, html: u32) -> bool {
    let mut containers = HashMap::new();
    for (id, part) in (0_u32..).zip(&message.parts) {
        // A container comes before what it holds: nothing can go round in circles.
        let inside = part.sub_parts().unwrap_or_default().iter().filter(|child| **child > id);
        containers.extend(inside.map(|child| (*child, id)));
    }
    let around = |part: u32| std::iter::successors(containers.get(&part), |id| containers.get(*id));
    let around_text: HashSet<_> = around(text).collect();
    let nearest = around(html).find(|id| around_text.contains(id)).and_then(|id| message.part(*id));
    nearest.is_some_and(|part| part.is_content_type("multipart", "alternative"))
}

/// A single part that calls itself text, nothing at all, or a container although it is none.
fn is_plain_root(message: &Message<'_>) -> bool {
    let root = message.root_part();
    let kind = root.content_type().map(|kind| (kind.ctype().to_lowercase(), kind.subtype().map(str::to_lowercase)));
    let texts = ["text", "multipart"];
    let plain = match &kind {
        None => true,
        Some((kind, None)) => texts.contains(&kind.as_str()),
        Some((kind, Some(subtype))) => kind == "multipart" || kind == "text" && subtype == "plain",
    };
    plain && matches!(root.body, PartType::Text(_)) && root.attachment_name().is_none()
}

/// Writes bodies and attachments. `nested` makes an item of a message inside the message.
pub(super) fn write(item: &mut Item, message: &Message<'_>, nested: &mut dyn FnMut(&Message<'_>) -> Item) {
    let bodies = choose(message);
    for (id, part) in (0..).zip(&message.parts) {
        let text = || crlf(&text(message, part));
        if bodies.text == Some(id) {
            item.text(pid::BODY, &text());
        } else if bodies.html == Some(id) {
            item.bytes(pid::HTML, text().into_bytes());
        } else if !matches!(part.body, PartType::Multipart(_)) {
            let mut attachment = attachment(message, part, nested);
            attachment.long(pid::ATTACH_NUMBER, i32::try_from(item.attachments.len()).unwrap_or(i32::MAX));
            item.attachments.push(attachment);
        }
    }
}

/// A text part's letters. Where its character set is unknown or wrong, every byte is kept as the letter of its number.
fn text(message: &Message<'_>, part: &MessagePart<'_>) -> String {
    let (PartType::Text(decoded) | PartType::Html(decoded)) = &part.body else { return String::new() };
    let broken = decoded.contains(char::REPLACEMENT_CHARACTER);
    let kept = match broken.then(|| bytes(message, part)).flatten() {
        Some(bytes) => lossless(&bytes),
        None => decoded.clone().into_owned(),
    };
    lossless(misplaced(message, part)) + &kept
}

/// A part's bytes with the transfer encoding undone but the character set as it was; `None` when the encoding is broken.
fn bytes(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Vec<u8>> {
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize)?;
    match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::Base64 => base64_decode(raw),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
    }
}

/// The beginning of a part's content where the empty line before it is missing.
fn misplaced<'a>(message: &'a Message<'_>, part: &MessagePart<'_>) -> &'a [u8] {
    let header = message.raw_message.get(part.offset_header as usize..part.offset_body as usize);
    body_in_header(header.unwrap_or_default())
}

/// The data of a part that is a file. Where a part only says where its content is, its header is the content.
fn data(message: &Message<'_>, part: &MessagePart<'_>, decoded: &[u8]) -> Vec<u8> {
    if part.is_content_type("message", "external-body") {
        let whole = message.raw_message.get(part.offset_header as usize..part.offset_end as usize);
        return whole.unwrap_or(decoded).to_vec();
    }
    [misplaced(message, part), decoded].concat()
}

fn attachment(
    message: &Message<'_>,
    part: &MessagePart<'_>,
    nested: &mut dyn FnMut(&Message<'_>) -> Item,
) -> Attachment {
    let mut attachment = Attachment::default();
    attachment.long(pid::RENDERING_POSITION, -1);
    match &part.body {
        PartType::Message(inner) => {
            let name = inner.subject().unwrap_or_default();
            attachment.long(pid::ATTACH_METHOD, 5).text(pid::DISPLAY_NAME, name);
            attachment.embedded = Some(Box::new(nested(inner)));
        }
        PartType::Binary(decoded) | PartType::InlineBinary(decoded) => {
            attachment.long(pid::ATTACH_METHOD, 1).bytes(pid::ATTACH_DATA, data(message, part, decoded));
        }
        PartType::Text(decoded) | PartType::Html(decoded) => {
            let original = bytes(message, part).unwrap_or_else(|| decoded.as_bytes().to_vec());
            attachment.long(pid::ATTACH_METHOD, 1).bytes(pid::ATTACH_DATA, data(message, part, &original));
        }
        PartType::Multipart(_) => {}
    }
    describe(&mut attachment, part);
    attachment
}

/// Names, type and place of an attachment.
fn describe(attachment: &mut Attachment, part: &MessagePart<'_>) {
    if let Some(name) = part.attachment_name().or(part.content_description()) {
        attachment.text(pid::ATTACH_LONG_FILENAME, name).text(pid::DISPLAY_NAME, name);
        if let Some((_, extension)) = name.rsplit_once('.') {
            attachment.text(pid::ATTACH_EXTENSION, &format!(".{extension}"));
        }
    }
    if let Some(kind) = part.content_type() {
        let subtype = kind.subtype().map(|subtype| format!("/{subtype}")).unwrap_or_default();
        attachment.text(pid::ATTACH_MIME_TAG, &format!("{}{subtype}", kind.ctype()));
        if let Some(charset) = kind.attribute("charset") {
            attachment.text(TEXT_ATTACHMENT_CHARSET, charset);
        }
    }
    if let Some(id) = part.content_id() {
        attachment.text(pid::ATTACH_CONTENT_ID, id);
        if part.content_disposition().is_none_or(|disposition| disposition.is_inline()) {
            attachment.long(pid::ATTACH_FLAGS, REFERENCED);
        }
    }
    if let Some(location) = part.content_location() {
        attachment.text(pid::ATTACH_CONTENT_LOCATION, location);
    }
}
