//! CreateFolder, UpdateFolder, DeleteFolder, MoveFolder and EmptyFolder.

use super::{Disposal, distinguished};
use crate::mapi::Value;
use crate::practice::exchange::call::{Call, FolderPlace, ROOT};
use crate::practice::exchange::element::Element;
use crate::practice::exchange::fields::truth;
use crate::practice::exchange::folder::{children, descendants, element, write_id};
use crate::practice::exchange::path::{Extended, Path};
use crate::practice::exchange::trouble::{Answers, Trouble};
use crate::practice::exchange::view::Slot;
use crate::practice::exchange::xml::Xml;
use crate::practice::store::Mailbox;

/// CreateFolder.
pub(super) fn create_folders(call: &Call) -> Result<String, Trouble> {
    let parent = call.required("m:ParentFolderId")?;
    let folders = call.list("m:Folders")?;
    let parent = call.target_folder(parent);
    let mut answers = Answers::new("m:CreateFolderResponse", "m:CreateFolderResponseMessage", "m:Folders");
    for folder in folders {
        answers.put(parent.clone().and_then(|parent| create(call, &parent, folder)));
    }
    Ok(answers.finish())
}

fn create(call: &Call, parent: &FolderPlace, folder: &Element) -> Result<Xml, Trouble> {
    let name = folder.text_of("t:DisplayName").unwrap_or_default();
    let class = folder.text_of("t:FolderClass").filter(|class| !class.is_empty()).unwrap_or(match folder.local() {
        "CalendarFolder" => "IPF.Appointment",
        "ContactsFolder" => "IPF.Contact",
        "TasksFolder" => "IPF.Task",
        _ => "IPF.Note",
    });
    if name.is_empty() {
        return Err(Trouble::new("ErrorFolderSave", "A folder needs a display name."));
    }
    let mut mailbox = call.exchange.write(&parent.address)?;
    if parent.key == ROOT {
        return Err(Trouble::new("ErrorAccessDenied", "Folders cannot be made beside the message folder root."));
    }
    free_name(&mailbox, parent.key, name, None)?;
    let key = mailbox.add_folder(Some(parent.key), name, class, None);
    for property in folder.all("t:ExtendedProperty") {
        set_extended(&mut mailbox, key, property)?;
    }
    Ok(answer(&mailbox, parent, key))
}

fn answer(mailbox: &Mailbox, place: &FolderPlace, key: u64) -> Xml {
    let mut xml = Xml::new();
    xml.open("m:Folders");
    if let Some(folder) = mailbox.folder(key) {
        xml.open(element(folder));
        write_id("t:FolderId", place.mailbox, key, folder.changed, &mut xml);
        xml.close();
    }
    xml.close();
    xml
}

fn free_name(mailbox: &Mailbox, parent: u64, name: &str, own: Option<u64>) -> Result<(), Trouble> {
    let taken =
        children(mailbox, parent).any(|other| other.name.eq_ignore_ascii_case(name) && Some(other.key) != own);
    if taken {
        return Err(Trouble::new("ErrorFolderExists", "A folder with the specified name already exists."));
    }
    Ok(())
}

fn set_extended(mailbox: &mut Mailbox, key: u64, property: &Element) -> Result<(), Trouble> {
    let path = property.child("t:ExtendedFieldURI").ok_or_else(|| Trouble::missing(property, "ExtendedFieldURI"))?;
    let path = Extended::parse(path)?;
    match (&path.slot, path.read(property)?) {
        (Slot::Id(0x10F4), Value::Bool(hidden)) => {
            mailbox.change_folder(key, |folder| folder.hidden = hidden);
        }
        (Slot::Id(0x3613), Value::Unicode(class)) => {
            mailbox.change_folder(key, |folder| folder.class = class);
        }
        _ => return Err(Trouble::new("ErrorInvalidPropertySet", "Folders keep no such property here.")),
    }
    Ok(())
}

/// UpdateFolder.
pub(super) fn update_folders(call: &Call) -> Result<String, Trouble> {
    let changes = call.list("m:FolderChanges")?;
    let mut answers = Answers::new("m:UpdateFolderResponse", "m:UpdateFolderResponseMessage", "m:Folders");
    for change in changes {
        answers.put(update(call, change));
    }
    Ok(answers.finish())
}

fn update(call: &Call, change: &Element) -> Result<Xml, Trouble> {
    let place = call.target_folder(change)?;
    let updates = change.child("t:Updates").ok_or_else(|| Trouble::missing(change, "Updates"))?;
    let mut mailbox = call.exchange.write(&place.address)?;
    for update in &updates.children {
        let value = update.children.iter().find(|child| !child.name.ends_with("FieldURI"));
        let value = value.and_then(|carrier| carrier.children.first());
        if update.name != "t:SetFolderField" {
            return Err(Trouble::new("ErrorInvalidPropertyDelete", "The property can be set only."));
        }
        let value = value.ok_or_else(|| Trouble::missing(update, "value"))?;
        match Path::first_in(update)? {
            Path::Extended(_) => set_extended(&mut mailbox, place.key, value)?,
            Path::Uri(uri) if uri == "folder:DisplayName" => {
                let folder = mailbox.folder(place.key).ok_or_else(Trouble::folder_not_found)?;
                free_name(&mailbox, folder.parent.unwrap_or(ROOT), &value.text, Some(place.key))?;
                mailbox.change_folder(place.key, |folder| folder.name.clone_from(&value.text));
            }
            Path::Uri(uri) if uri == "folder:FolderClass" => {
                mailbox.change_folder(place.key, |folder| folder.class.clone_from(&value.text));
            }
            _ => return Err(Trouble::new("ErrorInvalidPropertySet", "The property cannot be set.")),
        }
    }
    Ok(answer(&mailbox, &place, place.key))
}

/// DeleteFolder.
pub(super) fn delete_folders(call: &Call) -> Result<String, Trouble> {
    let disposal = Disposal::of(call.request)?;
    each_folder(call, "m:DeleteFolderResponse", "m:DeleteFolderResponseMessage", "", |place| {
        let bin = distinguished(call, &place.address, "deleteditems");
        let mut mailbox = call.exchange.write(&place.address)?;
        if place.key == ROOT || mailbox.folder(place.key).is_some_and(|folder| folder.distinguished.is_some()) {
            let text = "Distinguished folders cannot be deleted.";
            return Err(Trouble::new("ErrorDeleteDistinguishedFolder", text));
        }
        match disposal {
            Disposal::Remove => {
                mailbox.remove_folder(place.key);
            }
            Disposal::ToDeletedItems => {
                let bin = bin?.key;
                mailbox.change_folder(place.key, |folder| folder.parent = Some(bin));
            }
        }
        Ok(Xml::new())
    })
}

/// MoveFolder.
pub(super) fn move_folders(call: &Call) -> Result<String, Trouble> {
    let target = call.required("m:ToFolderId")?;
    let target = call.target_folder(target);
    each_folder(call, "m:MoveFolderResponse", "m:MoveFolderResponseMessage", "m:Folders", |place| {
        let target = target.clone()?;
        let mut mailbox = call.exchange.write(&place.address)?;
        let folder = mailbox.folder(place.key).ok_or_else(Trouble::folder_not_found)?;
        let into_itself =
            target.key == place.key || descendants(&mailbox, place.key).iter().any(|f| f.key == target.key);
        if folder.distinguished.is_some() || into_itself || target.address != place.address || target.key == ROOT {
            return Err(Trouble::new("ErrorMoveCopyFailed", "The folder cannot be moved there."));
        }
        free_name(&mailbox, target.key, &folder.name.clone(), Some(place.key))?;
        mailbox.change_folder(place.key, |folder| folder.parent = Some(target.key));
        Ok(answer(&mailbox, place, place.key))
    })
}

/// EmptyFolder.
pub(super) fn empty_folders(call: &Call) -> Result<String, Trouble> {
    let disposal = Disposal::of(call.request)?;
    let deep = call.request.attribute("DeleteSubFolders").is_some_and(truth);
    each_folder(call, "m:EmptyFolderResponse", "m:EmptyFolderResponseMessage", "", |place| {
        let bin = distinguished(call, &place.address, "deleteditems").map(|bin| bin.key);
        let mut mailbox = call.exchange.write(&place.address)?;
        let items: Vec<_> = mailbox.items_in(place.key).map(|stored| stored.key).collect();
        for key in items {
            match (disposal, &bin) {
                (Disposal::ToDeletedItems, Ok(bin)) if *bin != place.key => {
                    mailbox.move_item(key, *bin);
                }
                _ => {
                    mailbox.remove_item(key);
                }
            }
        }
        let below: Vec<_> = children(&mailbox, place.key).filter(|folder| folder.distinguished.is_none()).collect();
        for folder in below.into_iter().filter(|_| deep) {
            mailbox.remove_folder(folder.key);
        }
        Ok(Xml::new())
    })
}

fn each_folder(
    call: &Call,
    response: &'static str,
    message: &'static str,
    on_error: &'static str,
    work: impl Fn(&FolderPlace) -> Result<Xml, Trouble>,
) -> Result<String, Trouble> {
    let ids = call.list("m:FolderIds")?;
    let mut answers = Answers::new(response, message, on_error);
    for id in ids {
        answers.put(call.folder(id).and_then(|place| work(&place)));
    }
    Ok(answers.finish())
}
