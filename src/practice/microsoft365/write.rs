//! Items made from what clients send other than streams: JSON and MIME. This service's own mapping.

pub(super) mod contact;
pub(super) mod event;
pub(super) mod message;
pub(super) mod mime;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::clock::Moment;
use super::odata::extended::ExtendedId;
use super::reply::Fault;
use crate::mapi::guid::PS_PUBLIC_STRINGS;
use crate::mapi::{Attachment, Item, Name, NamedId, Properties, Recipient, Type, Value as Mapi, pid};

pub(super) fn set_text(to: &mut impl Properties, id: u16, text: &str) {
    to.set(id, Type::UNICODE, Mapi::Unicode(text.to_owned()));
}

pub(super) fn set_integer(to: &mut impl Properties, id: u16, number: i32) {
    to.set(id, Type::I32, Mapi::I32(number));
}

pub(super) fn set_time(to: &mut impl Properties, id: u16, at: Moment) {
    to.set(id, Type::TIME, Mapi::Time(at.filetime()));
}

pub(super) fn set_named(to: &mut impl Properties, set: [u8; 16], lid: u32, kind: Type, value: Mapi) {
    to.set_named(Name { set, id: NamedId::Lid(lid) }, kind, value);
}

/// Categories.
pub(super) fn set_categories(to: &mut Item, value: &Value) {
    let names = value.as_array().into_iter().flatten();
    let names: Vec<Mapi> =
        names.filter_map(|name| name.as_str().map(|name| Mapi::Unicode(name.to_owned()))).collect();
    let name = Name { set: PS_PUBLIC_STRINGS, id: NamedId::Text("Keywords".to_owned()) };
    to.set_named(name, Type(Type::UNICODE.0 | Type::MULTI), Mapi::Multi(names));
}

/// Importance by its word.
pub(super) fn set_importance(to: &mut Item, value: &Value) -> Result<(), Fault> {
    let number = match value.as_str() {
        Some("low") => 0,
        Some("normal") | None => 1,
        Some("high") => 2,
        Some(other) => return Err(Fault::invalid(format!("'{other}' is no importance."))),
    };
    set_integer(to, pid::IMPORTANCE, number);
    Ok(())
}

/// Body by its type.
pub(super) fn set_body(to: &mut Item, value: &Value) {
    let content = value["content"].as_str().unwrap_or_default();
    if value["contentType"].as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("html")) {
        set_integer(to, pid::INTERNET_CODEPAGE, 65001);
        to.set(pid::HTML, Type::BINARY, Mapi::Binary(content.as_bytes().to_vec().into()));
    } else {
        set_text(to, pid::BODY, content);
    }
}

/// Extended properties, as Graph writes them.
pub(super) fn set_extended(to: &mut Item, body: &Value) -> Result<(), Fault> {
    for list in ["singleValueExtendedProperties", "multiValueExtendedProperties"] {
        for entry in body[list].as_array().into_iter().flatten() {
            ExtendedId::parse(entry["id"].as_str().unwrap_or_default())?.write(to, &entry["value"])?;
        }
    }
    Ok(())
}

/// A recipient row from `{"emailAddress": …}`.
pub(super) fn row(value: &Value, kind: i32, number: usize) -> Option<Recipient> {
    let address = value["emailAddress"]["address"].as_str().filter(|address| !address.is_empty())?;
    let mut row = Recipient::default();
    set_integer(&mut row, pid::ROW_ID, i32::try_from(number).unwrap_or_default());
    set_integer(&mut row, pid::RECIPIENT_TYPE, kind);
    set_text(&mut row, pid::DISPLAY_NAME, value["emailAddress"]["name"].as_str().unwrap_or(address));
    set_text(&mut row, pid::ADDRESS_TYPE, "SMTP");
    set_text(&mut row, pid::EMAIL_ADDRESS, address);
    set_text(&mut row, pid::SMTP_ADDRESS, address);
    Some(row)
}

/// A file attachment from Graph's JSON.
pub(super) fn file(value: &Value) -> Result<Attachment, Fault> {
    if value["@odata.type"].as_str().is_some_and(|kind| !kind.ends_with("fileAttachment")) {
        return Err(Fault::invalid("Only file attachments can be added here."));
    }
    let name = value["name"].as_str().ok_or_else(|| Fault::invalid("The name of the attachment is missing."))?;
    let bytes = STANDARD.decode(value["contentBytes"].as_str().unwrap_or_default());
    let bytes = bytes.map_err(|_| Fault::invalid("contentBytes is not base64."))?;
    Ok(attachment(
        name,
        value["contentType"].as_str(),
        value["contentId"].as_str(),
        value["isInline"] == Value::Bool(true),
        bytes,
    ))
}

/// A file attachment.
pub(super) fn attachment(
    name: &str,
    kind: Option<&str>,
    id: Option<&str>,
    inline: bool,
    bytes: Vec<u8>,
) -> Attachment {
    let mut attachment = Attachment::default();
    set_integer(&mut attachment, pid::ATTACH_METHOD, 1);
    set_integer(&mut attachment, pid::RENDERING_POSITION, -1);
    set_text(&mut attachment, pid::ATTACH_LONG_FILENAME, name);
    set_text(&mut attachment, pid::ATTACH_MIME_TAG, kind.unwrap_or("application/octet-stream"));
    if let Some(id) = id {
        set_text(&mut attachment, pid::ATTACH_CONTENT_ID, id);
    }
    if inline {
        set_integer(&mut attachment, pid::ATTACH_FLAGS, 4);
    }
    attachment.set(pid::ATTACH_DATA, Type::BINARY, Mapi::Binary(bytes.into()));
    attachment
}
