//! DeleteItem, MoveItem, CopyItem and SendItem.

use super::create::write_ids;
use super::{Disposal, correspondents, distinguished};
use crate::mapi::Item;
use crate::practice::exchange::call::{Call, FolderPlace, stored};
use crate::practice::exchange::element::Element;
use crate::practice::exchange::ids::Id;
use crate::practice::exchange::item::ids;
use crate::practice::exchange::trouble::{Answers, Trouble};
use crate::practice::exchange::version::Schema;
use crate::practice::exchange::view::{Kind, Slot};
use crate::practice::exchange::xml::Xml;

/// DeleteItem.
pub(super) fn delete_items(call: &Call) -> Result<String, Trouble> {
    let disposal = Disposal::of(call.request)?;
    let mut answers = Answers::new("m:DeleteItemResponse", "m:DeleteItemResponseMessage", "");
    for id in ids(call)? {
        answers.put(delete(call, disposal, id).map(|()| Xml::new()));
    }
    Ok(answers.finish())
}

fn delete(call: &Call, disposal: Disposal, id: &Element) -> Result<(), Trouble> {
    let (address, id) = whole_item(call, id)?;
    let bin = distinguished(call, &address, "deleteditems").map(|place| place.key);
    let mut mailbox = call.exchange.write(&address)?;
    let old = stored(&mailbox, id.key)?;
    required(call, &old.item)?;
    let cancel = call.request.attribute("SendMeetingCancellations").is_some_and(|value| value != "SendToNone");
    if cancel && kind(&old.item) == Kind::CalendarItem {
        call.exchange.count_sent(correspondents(&old.item));
    }
    match disposal {
        Disposal::ToDeletedItems if bin.as_ref().is_ok_and(|bin| *bin != old.folder) => {
            mailbox.move_item(id.key, bin?);
        }
        Disposal::ToDeletedItems | Disposal::Remove => {
            mailbox.remove_item(id.key);
        }
    }
    Ok(())
}

fn kind(item: &Item) -> Kind {
    Kind::of(&Slot::Id(0x001A).text(item).unwrap_or_default())
}

fn required(call: &Call, item: &Item) -> Result<(), Trouble> {
    let missing = |name: &str| call.request.attribute(name).is_none();
    match kind(item) {
        Kind::CalendarItem if missing("SendMeetingCancellations") => {
            let text = "The SendMeetingCancellations attribute is required for calendar items.";
            Err(Trouble::new("ErrorSendMeetingCancellationsRequired", text))
        }
        Kind::Task if missing("AffectedTaskOccurrences") => {
            let text = "The AffectedTaskOccurrences attribute is required for tasks.";
            Err(Trouble::new("ErrorAffectedTaskOccurrencesRequired", text))
        }
        _ => Ok(()),
    }
}

fn whole_item(call: &Call, id: &Element) -> Result<(String, Id), Trouble> {
    if id.name != "t:ItemId" {
        let text = "Occurrences of a series cannot be changed one by one.";
        return Err(Trouble::new("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange", text));
    }
    let (address, id) = call.item(id)?;
    if id.path.is_empty() { Ok((address, id)) } else { Err(Trouble::item_not_found()) }
}

/// MoveItem.
pub(super) fn move_items(call: &Call) -> Result<String, Trouble> {
    transfer(call, "m:MoveItemResponse", "m:MoveItemResponseMessage", true)
}

/// CopyItem.
pub(super) fn copy_items(call: &Call) -> Result<String, Trouble> {
    transfer(call, "m:CopyItemResponse", "m:CopyItemResponseMessage", false)
}

fn transfer(call: &Call, response: &'static str, message: &'static str, away: bool) -> Result<String, Trouble> {
    let target = call.required("m:ToFolderId")?;
    let target = call.target_folder(target);
    let mut answers = Answers::new(response, message, "m:Items");
    for id in ids(call)? {
        answers.put(target.clone().and_then(|target| transfer_one(call, &target, id, away)));
    }
    Ok(answers.finish())
}

fn transfer_one(call: &Call, target: &FolderPlace, id: &Element, away: bool) -> Result<Xml, Trouble> {
    let (address, id) = whole_item(call, id)?;
    let item = stored(&*call.exchange.read(&address)?, id.key)?.item.clone();
    let key = if away && address == target.address {
        call.exchange.write(&address)?.move_item(id.key, target.key).ok_or_else(Trouble::item_not_found)?
    } else {
        if away && !call.exchange.write(&address)?.remove_item(id.key) {
            return Err(Trouble::item_not_found());
        }
        call.exchange.write(&target.address)?.add_item(target.key, item)
    };
    let mut xml = Xml::new();
    // Within a mailbox the new id is told since 2010 SP1, and to another mailbox it never is.
    if call.knows(Schema::E2010Sp1) && address == target.address {
        let mailbox = call.exchange.read(&target.address)?;
        write_ids(call, &target.address, stored(&mailbox, key)?, &mut xml);
    } else {
        xml.open("m:Items").close();
    }
    Ok(xml)
}

/// SendItem: counted, and put where sent items go.
pub(super) fn send_items(call: &Call) -> Result<String, Trouble> {
    let save = call.request.attribute("SaveItemToFolder").is_some_and(|save| save == "true" || save == "1");
    let mut answers = Answers::new("m:SendItemResponse", "m:SendItemResponseMessage", "");
    for id in ids(call)? {
        answers.put(send(call, id, save).map(|()| Xml::new()));
    }
    Ok(answers.finish())
}

fn send(call: &Call, id: &Element, save: bool) -> Result<(), Trouble> {
    let (address, id) = whole_item(call, id)?;
    let target = match call.request.child("m:SavedItemFolderId") {
        Some(target) => call.target_folder(target)?,
        None => distinguished(call, &address, "sentitems")?,
    };
    let mut mailbox = call.exchange.write(&address)?;
    stored(&mailbox, id.key)?;
    call.exchange.count_sent(1);
    if save && target.address == address {
        mailbox.move_item(id.key, target.key);
    } else {
        mailbox.remove_item(id.key);
    }
    Ok(())
}
