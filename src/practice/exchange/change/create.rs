//! CreateItem: from MIME, typed and extended properties.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::attachments::parse_attachment;
use super::{complete, correspondents, distinguished};
use crate::mapi::Item;
use crate::practice::exchange::call::{Call, FolderPlace, stored};
use crate::practice::exchange::element::Element;
use crate::practice::exchange::fields::by_element;
use crate::practice::exchange::path::Extended;
use crate::practice::exchange::shape::Shape;
use crate::practice::exchange::trouble::{Answers, Trouble};
use crate::practice::exchange::view::{Kind, View};
use crate::practice::exchange::xml::Xml;
use crate::practice::mail;

/// CreateItem.
pub(super) fn create_items(call: &Call) -> Result<String, Trouble> {
    let items = call.list("m:Items")?;
    let mut answers = Answers::new("m:CreateItemResponse", "m:CreateItemResponseMessage", "m:Items");
    for element in items {
        // What breaks the schema spoils the whole request, before anything is done.
        if kind_of(element).is_none() && !is_response(element) {
            return Err(Trouble::unexpected(element));
        }
    }
    for element in items {
        answers.put(create(call, element));
    }
    Ok(answers.finish())
}

fn kind_of(element: &Element) -> Option<Kind> {
    Some(match element.name.as_str() {
        "t:Item" => Kind::Other,
        "t:Message" => Kind::Message,
        "t:CalendarItem" => Kind::CalendarItem,
        "t:Contact" => Kind::Contact,
        "t:DistributionList" => Kind::DistributionList,
        "t:Task" => Kind::Task,
        "t:PostItem" => Kind::Post,
        _ => return None,
    })
}

fn is_response(element: &Element) -> bool {
    const RESPONSES: [&str; 8] = [
        "AcceptItem",
        "TentativelyAcceptItem",
        "DeclineItem",
        "ReplyToItem",
        "ReplyAllToItem",
        "ForwardItem",
        "CancelCalendarItem",
        "SuppressReadReceipt",
    ];
    RESPONSES.contains(&element.local())
}

fn create(call: &Call, element: &Element) -> Result<Xml, Trouble> {
    let Some(kind) = kind_of(element) else {
        call.exchange.count_sent(1);
        return Err(Trouble::new("ErrorInvalidOperation", "This server does not answer, forward or cancel."));
    };
    let save = sending(call, kind)?;
    let mut item = build(element, kind)?;
    let draft = call.request.attribute("MessageDisposition") == Some("SaveOnly");
    complete(&mut item, kind, draft);
    count(call, kind, &item);
    let place = folder(call, kind, draft)?;
    let mut xml = Xml::new();
    if !save {
        xml.open("m:Items").close();
        return Ok(xml);
    }
    let mut mailbox = call.exchange.write(&place.address)?;
    let key = mailbox.add_item(place.key, item);
    write_ids(call, &place.address, stored(&mailbox, key)?, &mut xml);
    Ok(xml)
}

/// `m:Items` with nothing but the id.
pub(super) fn write_ids(call: &Call, address: &str, stored: &crate::practice::store::StoredItem, xml: &mut Xml) {
    xml.open("m:Items");
    let view = View::stored(call, address, stored);
    crate::practice::exchange::fields::write_item(&view, &Shape::ids(), xml);
    xml.close();
}

/// Whether the item is saved; the attributes that decide about sending are mandatory for the kinds that can be sent.
fn sending(call: &Call, kind: Kind) -> Result<bool, Trouble> {
    let disposition = call.request.attribute("MessageDisposition");
    match (kind, disposition) {
        (Kind::Message, None) => Err(Trouble::new(
            "ErrorMessageDispositionRequired",
            "Message disposition must be specified for messages.",
        )),
        (Kind::Message, disposition) => Ok(disposition != Some("SendOnly")),
        (Kind::CalendarItem, _) if call.request.attribute("SendMeetingInvitations").is_none() => {
            let text = "The SendMeetingInvitations attribute is required for calendar items.";
            Err(Trouble::new("ErrorSendMeetingInvitationsRequired", text))
        }
        _ => Ok(true),
    }
}

fn count(call: &Call, kind: Kind, item: &Item) {
    let sent = match kind {
        Kind::Message if call.request.attribute("MessageDisposition") != Some("SaveOnly") => 1,
        Kind::CalendarItem if call.request.attribute("SendMeetingInvitations") != Some("SendToNone") => {
            correspondents(item)
        }
        _ => 0,
    };
    call.exchange.count_sent(sent);
}

fn folder(call: &Call, kind: Kind, draft: bool) -> Result<FolderPlace, Trouble> {
    if let Some(target) = call.request.child("m:SavedItemFolderId") {
        return call.target_folder(target);
    }
    let id = match kind {
        Kind::Message if draft => "drafts",
        Kind::Message => "sentitems",
        Kind::CalendarItem => "calendar",
        Kind::Contact | Kind::DistributionList => "contacts",
        Kind::Task => "tasks",
        _ => "inbox",
    };
    let own = call.me.as_deref();
    distinguished(call, own.ok_or_else(|| Trouble::new("ErrorMissingEmailAddress", "Name a folder."))?, id)
}

/// An item from its element.
pub(super) fn build(element: &Element, kind: Kind) -> Result<Item, Trouble> {
    let mut item = match element.text_of("t:MimeContent") {
        Some(mime) => from_mime(mime, kind)?,
        None => Item::default(),
    };
    for child in &element.children {
        match child.name.as_str() {
            "t:MimeContent" => {}
            "t:ExtendedProperty" => set_extended(&mut item, child)?,
            "t:Attachments" => {
                for attachment in &child.children {
                    item.attachments.push(parse_attachment(attachment)?);
                }
            }
            name => {
                let field = by_element(kind, name).ok_or_else(|| Trouble::unexpected(child))?;
                field.write(&mut item, Some(child))?;
            }
        }
    }
    Ok(item)
}

/// Sets an extended property from its element.
pub(super) fn set_extended(item: &mut Item, property: &Element) -> Result<(), Trouble> {
    let path = property.child("t:ExtendedFieldURI").ok_or_else(|| Trouble::missing(property, "ExtendedFieldURI"))?;
    let path = Extended::parse(path)?;
    let value = path.read(property)?;
    path.slot.set(item, path.kind, value);
    Ok(())
}

fn from_mime(mime: &str, kind: Kind) -> Result<Item, Trouble> {
    let compact: String = mime.chars().filter(|character| !character.is_whitespace()).collect();
    let bytes = STANDARD
        .decode(compact)
        .map_err(|_| Trouble::new("ErrorMimeContentInvalidBase64String", "The MIME content is not base64."))?;
    if !matches!(kind, Kind::Message | Kind::Post) {
        let text = "MIME content is taken for messages and posts only.";
        return Err(Trouble::new("ErrorUnsupportedMimeConversion", text));
    }
    let now = jiff::Timestamp::now();
    let number = now.as_nanosecond().unsigned_abs() as u64;
    mail::convert::item(&bytes, now.as_second(), 0, number)
        .ok_or_else(|| Trouble::new("ErrorMimeContentInvalid", "The MIME content is no message."))
}
