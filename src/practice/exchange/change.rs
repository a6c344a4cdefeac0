//! Operations that change mailboxes. Nothing is ever sent: what would have been is counted.

mod attachments;
mod create;
mod dispose;
mod folders;
mod update;

use rand::RngExt as _;

use super::call::{Call, FolderPlace};
use super::element::Element;
use super::fields::{self, people};
use super::ids::mailbox_id;
use super::soap::Operation;
use super::trouble::Trouble;
use super::version::Schema;
use super::view::{Kind, Slot};
use crate::mapi::time::filetime_from_unix;
use crate::mapi::{Item, Type, Value};

/// The operations that change mailboxes.
pub(super) static OPERATIONS: &[Operation] = &[
    Operation::new("m:CreateItem", Schema::E2007, &["m:SavedItemFolderId", "m:Items"], create::create_items),
    Operation::new("m:UpdateItem", Schema::E2007, &["m:SavedItemFolderId", "m:ItemChanges"], update::update_items),
    Operation::new("m:DeleteItem", Schema::E2007, &["m:ItemIds"], dispose::delete_items),
    Operation::new(
        "m:MoveItem",
        Schema::E2007,
        &["m:ToFolderId", "m:ItemIds", "m:ReturnNewItemIds"],
        dispose::move_items,
    ),
    Operation::new(
        "m:CopyItem",
        Schema::E2007,
        &["m:ToFolderId", "m:ItemIds", "m:ReturnNewItemIds"],
        dispose::copy_items,
    ),
    Operation::new("m:SendItem", Schema::E2007, &["m:ItemIds", "m:SavedItemFolderId"], dispose::send_items),
    Operation::new("m:CreateFolder", Schema::E2007, &["m:ParentFolderId", "m:Folders"], folders::create_folders),
    Operation::new("m:UpdateFolder", Schema::E2007, &["m:FolderChanges"], folders::update_folders),
    Operation::new("m:DeleteFolder", Schema::E2007, &["m:FolderIds"], folders::delete_folders),
    Operation::new("m:MoveFolder", Schema::E2007, &["m:ToFolderId", "m:FolderIds"], folders::move_folders),
    Operation::new("m:EmptyFolder", Schema::E2010Sp1, &["m:FolderIds"], folders::empty_folders),
    Operation::new(
        "m:CreateAttachment",
        Schema::E2007,
        &["m:ParentItemId", "m:Attachments"],
        attachments::create_attachments,
    ),
    Operation::new("m:DeleteAttachment", Schema::E2007, &["m:AttachmentIds"], attachments::delete_attachments),
];

/// How something is disposed of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Disposal {
    /// For good; soft-deleted things are not kept here either.
    Remove,
    /// To the deleted items.
    ToDeletedItems,
}

impl Disposal {
    fn of(request: &Element) -> Result<Disposal, Trouble> {
        match request.attribute("DeleteType") {
            Some("HardDelete" | "SoftDelete") => Ok(Disposal::Remove),
            Some("MoveToDeletedItems") => Ok(Disposal::ToDeletedItems),
            _ => Err(Trouble::schema(request, "DeleteType is invalid.")),
        }
    }
}

/// A folder of the same mailbox by its distinguished id.
fn distinguished(call: &Call, address: &str, id: &str) -> Result<FolderPlace, Trouble> {
    let mailbox = call.exchange.read(address)?;
    let key = mailbox.distinguished(id).ok_or_else(Trouble::folder_not_found)?.key;
    Ok(FolderPlace { address: address.to_owned(), mailbox: mailbox_id(address), key })
}

/// The moment now.
fn now() -> Value {
    let now = jiff::Timestamp::now();
    Value::Time(filetime_from_unix(now.as_second(), 0))
}

/// How many people would get mail about this item: everybody but its organiser.
fn correspondents(item: &Item) -> u64 {
    let others = item.recipients.iter().filter(|recipient| !people::is_organiser(recipient));
    others.count().try_into().unwrap_or(u64::MAX)
}

/// Gives a new item what the store gives every item, and what its kind cannot be without.
fn complete(item: &mut Item, kind: Kind, draft: bool) {
    let default = |item: &mut Item, slot: Slot, kind: Type, value: Value| {
        if slot.get(item).is_none() {
            slot.set(item, kind, value);
        }
    };
    let class = match kind {
        Kind::CalendarItem => "IPM.Appointment",
        Kind::Contact => "IPM.Contact",
        Kind::DistributionList => "IPM.DistList",
        Kind::Task => "IPM.Task",
        Kind::Post => "IPM.Post",
        _ => "IPM.Note",
    };
    let is_mail = matches!(kind, Kind::Message | Kind::Post | Kind::Other);
    let flags = if draft && kind == Kind::Message { 0x09 } else { 0x01 };
    let key: [u8; 16] = rand::rng().random();
    default(item, Slot::Id(0x001A), Type::UNICODE, Value::Unicode(class.to_owned()));
    default(item, Slot::Id(0x0E07), Type::I32, Value::I32(flags));
    default(item, Slot::Id(0x3007), Type::TIME, now());
    default(item, Slot::Id(0x3008), Type::TIME, now());
    default(item, Slot::Id(0x300B), Type::BINARY, Value::Binary(key.to_vec().into()));
    if is_mail {
        default(item, Slot::Id(0x0E06), Type::TIME, now());
        default(item, Slot::Id(0x0039), Type::TIME, now());
        if let Some(subject) = fields::item::subject(item) {
            let topic = fields::item::split_subject(&subject).1.to_owned();
            default(item, Slot::Id(0x0070), Type::UNICODE, Value::Unicode(topic));
        }
    }
    finish(item, kind);
}

/// Makes an item's properties agree after a change.
fn finish(item: &mut Item, kind: Kind) {
    match kind {
        Kind::Contact => fields::contact::complete(item),
        Kind::Task => fields::task::complete(item),
        Kind::CalendarItem => fields::calendar::meeting::complete(item),
        _ => {}
    }
}
