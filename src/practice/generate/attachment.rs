//! The attachments of generated items.

use bytes::Bytes;

use crate::mapi::{Attachment, Item, pid};

use crate::practice::typed::Typed;

/// By value, as any file.
const BY_VALUE: i32 = 1;
/// An embedded item.
const EMBEDDED: i32 = 5;
/// Attach flag: the body's HTML refers to it.
const REFERENCED: i32 = 4;

/// A file. A name of nothing is left out, as some senders do.
pub(super) fn file(name: &str, kind: &str, data: impl Into<Bytes>) -> Attachment {
    let mut attachment = Attachment::default();
    attachment.long(pid::ATTACH_METHOD, BY_VALUE).long(pid::RENDERING_POSITION, -1);
    attachment.text(pid::ATTACH_MIME_TAG, kind).bytes(pid::ATTACH_DATA, data);
    if !name.is_empty() {
        attachment.text(pid::ATTACH_LONG_FILENAME, name).text(pid::DISPLAY_NAME, name);
        if let Some((_, extension)) = name.rsplit_once('.') {
            attachment.text(pid::ATTACH_EXTENSION, &format!(".{extension}"));
        }
    }
    attachment
}

/// A picture that the HTML body shows.
pub(super) fn inline(name: &str, content_id: &str, data: Vec<u8>) -> Attachment {
    let mut attachment = file(name, "image/png", data);
    attachment.text(pid::ATTACH_CONTENT_ID, content_id).long(pid::ATTACH_FLAGS, REFERENCED);
    attachment.flag(pid::ATTACHMENT_HIDDEN, true);
    attachment
}

/// An item inside an item.
pub(super) fn embedded(name: &str, item: Item) -> Attachment {
    let mut attachment = Attachment::default();
    attachment.long(pid::ATTACH_METHOD, EMBEDDED).long(pid::RENDERING_POSITION, -1).text(pid::DISPLAY_NAME, name);
    attachment.embedded = Some(Box::new(item));
    attachment
}

/// A PNG file of one pixel (RFC 2083): real enough for a viewer.
pub(super) fn pixel() -> Vec<u8> {
    const PIXEL: [u8; 67] = [
        0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0,
        0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63, 0, 1, 0, 0, 5, 0, 1,
        0x0D, 0x0A, 0x2D, 0xB4, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
    ];
    PIXEL.to_vec()
}
