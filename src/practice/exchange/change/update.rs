//! UpdateItem: properties set, appended to and deleted.

use super::create::{set_extended, write_ids};
use super::{correspondents, finish, now};
use crate::mapi::{Item, Type, Value};
use crate::practice::exchange::call::{Call, stored};
use crate::practice::exchange::element::Element;
use crate::practice::exchange::fields::{Field, by_element, dictionary};
use crate::practice::exchange::ids::{What, change_key};
use crate::practice::exchange::path::Path;
use crate::practice::exchange::trouble::{Answers, Trouble};
use crate::practice::exchange::view::{Kind, Slot};
use crate::practice::exchange::xml::Xml;

/// UpdateItem.
pub(super) fn update_items(call: &Call) -> Result<String, Trouble> {
    let changes = call.list("m:ItemChanges")?;
    let mut answers = Answers::new("m:UpdateItemResponse", "m:UpdateItemResponseMessage", "m:Items");
    for change in changes {
        answers.put(update(call, change));
    }
    Ok(answers.finish())
}

fn update(call: &Call, change: &Element) -> Result<Xml, Trouble> {
    let id = change.child("t:ItemId").ok_or_else(|| Trouble::missing(change, "ItemId"))?;
    let updates = change.child("t:Updates").ok_or_else(|| Trouble::missing(change, "Updates"))?;
    let (address, key) = call.item(id)?;
    if !key.path.is_empty() {
        return Err(Trouble::new("ErrorInvalidIdMalformed", "Attached items cannot be updated."));
    }
    let mut mailbox = call.exchange.write(&address)?;
    let old = stored(&mailbox, key.key)?;
    let kind = Kind::of(&Slot::Id(0x001A).text(&old.item).unwrap_or_default());
    sending(call, kind)?;
    conflict(call, id, &change_key(What::Item, &key.mailbox, old.changed.max(old.read_changed)))?;
    let mut item = old.item.clone();
    let mut only_read = true;
    for update in &updates.children {
        only_read &= apply(&mut item, kind, update)?;
    }
    if !only_read {
        Slot::Id(0x3008).set(&mut item, Type::TIME, now());
        finish(&mut item, kind);
    }
    count(call, kind, &item);
    mailbox.change_item(key.key, only_read, |old| *old = item);
    let mut xml = Xml::new();
    write_ids(call, &address, stored(&mailbox, key.key)?, &mut xml);
    xml.open("m:ConflictResults").leaf("t:Count", "0").close();
    Ok(xml)
}

fn sending(call: &Call, kind: Kind) -> Result<(), Trouble> {
    let missing = |name: &str| call.request.attribute(name).is_none();
    match kind {
        Kind::Message if missing("MessageDisposition") => Err(Trouble::new(
            "ErrorMessageDispositionRequired",
            "Message disposition must be specified for messages.",
        )),
        Kind::CalendarItem if missing("SendMeetingInvitationsOrCancellations") => {
            let text = "SendMeetingInvitationsOrCancellations is required for calendar items.";
            Err(Trouble::new("ErrorSendMeetingInvitationsOrCancellationsRequired", text))
        }
        _ => Ok(()),
    }
}

fn count(call: &Call, kind: Kind, item: &Item) {
    let attribute = |name: &str| call.request.attribute(name);
    match kind {
        Kind::Message if attribute("MessageDisposition") != Some("SaveOnly") => call.exchange.count_sent(1),
        Kind::CalendarItem if attribute("SendMeetingInvitationsOrCancellations") != Some("SendToNone") => {
            call.exchange.count_sent(correspondents(item));
        }
        _ => {}
    }
}

/// Whoever does not overwrite always must know what is being changed.
fn conflict(call: &Call, id: &Element, current: &str) -> Result<(), Trouble> {
    match (call.request.attribute("ConflictResolution"), id.attribute("ChangeKey")) {
        (Some("AlwaysOverwrite"), _) => Ok(()),
        (Some("NeverOverwrite" | "AutoResolve"), None) => {
            let text = "Change key is required for this operation.";
            Err(Trouble::new("ErrorChangeKeyRequiredForWriteOperations", text))
        }
        (Some("NeverOverwrite"), Some(known)) if known != current => {
            let text = "The send or update operation could not be performed because the change key passed in the \
                        request does not match the current change key for the item.";
            Err(Trouble::new("ErrorIrresolvableConflict", text))
        }
        (Some("NeverOverwrite" | "AutoResolve"), Some(_)) => Ok(()),
        _ => Err(Trouble::schema(call.request, "ConflictResolution is invalid.")),
    }
}

/// Applies one update; whether it was about the read flag alone.
fn apply(item: &mut Item, kind: Kind, update: &Element) -> Result<bool, Trouble> {
    let path = Path::first_in(update)?;
    // Beside the path there is an element of the item's kind with the new value in it.
    let carrier = update.children.iter().find(|child| !child.name.ends_with("FieldURI"));
    let value = carrier.and_then(|carrier| carrier.children.first());
    match update.name.as_str() {
        "t:SetItemField" => {
            let value = value.ok_or_else(|| Trouble::missing(update, "value"))?;
            if let Path::Extended(_) = path {
                set_extended(item, value)?;
            } else {
                by_element(kind, &value.name).ok_or_else(|| Trouble::unexpected(value))?.write(item, Some(value))?;
            }
        }
        "t:AppendToItemField" => append(item, kind, value.ok_or_else(|| Trouble::missing(update, "value"))?)?,
        "t:DeleteItemField" => delete(item, kind, &path)?,
        _ => return Err(Trouble::unexpected(update)),
    }
    Ok(matches!(path, Path::Field(Field { uri: "message:IsRead", .. })))
}

fn delete(item: &mut Item, kind: Kind, path: &Path) -> Result<(), Trouble> {
    match path {
        Path::Field(field) => by_element(kind, field.element).unwrap_or(field).write(item, None),
        Path::Extended(extended) => {
            extended.slot.remove(item);
            Ok(())
        }
        Path::Indexed(dictionary, index) if dictionary::delete_entry(item, dictionary, index) => Ok(()),
        Path::Uri(_) | Path::Indexed(..) => {
            Err(Trouble::new("ErrorInvalidPropertyDelete", "The property cannot be deleted."))
        }
    }
}

/// Bodies and recipients can be appended to (R:appendtoitemfield).
fn append(item: &mut Item, kind: Kind, value: &Element) -> Result<(), Trouble> {
    let refused = || Trouble::new("ErrorInvalidPropertyAppend", "The property cannot be appended to.");
    let list = ["t:ToRecipients", "t:CcRecipients", "t:BccRecipients", "t:RequiredAttendees", "t:OptionalAttendees"];
    let mut whole = value.clone();
    if value.name == "t:Body" {
        let html = value.attribute("BodyType") == Some("HTML");
        let id = if html { 0x1013 } else { 0x1000 };
        let before = match Slot::Id(id).get(item) {
            Some(Value::Binary(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
            Some(Value::Unicode(text)) => text.clone(),
            _ => String::new(),
        };
        whole.text = before + &value.text;
    } else if list.contains(&value.name.as_str()) {
        let field = by_element(kind, &value.name).ok_or_else(refused)?;
        let mut added = Item::default();
        field.write(&mut added, Some(value))?;
        item.recipients.extend(added.recipients);
        for (row, recipient) in item.recipients.iter_mut().enumerate() {
            let row = i32::try_from(row).unwrap_or(i32::MAX);
            Slot::Id(0x3000).set(recipient, Type::I32, Value::I32(row));
        }
        return Ok(());
    } else {
        return Err(refused());
    }
    by_element(kind, &value.name).ok_or_else(refused)?.write(item, Some(&whole))
}
