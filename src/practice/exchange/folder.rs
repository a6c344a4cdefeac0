//! Folders: how they are written, GetFolder and FindFolder.

use super::call::{Call, FolderPlace, ROOT, folder_of};
use super::element::Element;
use super::fields::Plain;
use super::fields::item::full_rights;
use super::find::restriction::{Restriction, plain};
use super::ids::{Id, MailboxId, What, change_key};
use super::path::{Extended, Path};
use super::shape::{Base, Shape};
use super::soap::Operation;
use super::trouble::{Answers, Trouble};
use super::version::Schema;
use super::view::{Slot, size};
use super::xml::Xml;
use crate::mapi::{Type, Value};
use crate::practice::store::{Folder, FolderKey, Mailbox};

/// The operations that read folders.
pub(super) static OPERATIONS: &[Operation] = &[
    Operation::new("m:GetFolder", Schema::E2007, &["m:FolderShape", "m:FolderIds"], get_folder),
    Operation::new(
        "m:FindFolder",
        Schema::E2007,
        &[
            "m:FolderShape",
            "m:IndexedPageFolderView",
            "m:FractionalPageFolderView",
            "m:Restriction",
            "m:ParentFolderIds",
        ],
        find_folder,
    ),
];

/// A folder's element, which follows from its class.
pub(super) fn element(folder: &Folder) -> &'static str {
    let class = folder.class.to_ascii_lowercase();
    let is = |prefix: &str| class == prefix || class.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('.'));
    match () {
        () if is("ipf.appointment") => "t:CalendarFolder",
        () if is("ipf.contact") => "t:ContactsFolder",
        () if is("ipf.task") => "t:TasksFolder",
        () => "t:Folder",
    }
}

/// A folder's id as an element.
pub(super) fn write_id(element: &'static str, mailbox: MailboxId, key: FolderKey, changed: u64, xml: &mut Xml) {
    let id = Id::folder(mailbox, key);
    xml.open(element).attr("Id", &id.text()).attr("ChangeKey", &change_key(What::Folder, &mailbox, changed)).close();
}

/// The folders directly below.
pub(super) fn children(mailbox: &Mailbox, key: FolderKey) -> impl Iterator<Item = Folder> {
    let parent = if key == ROOT { None } else { Some(key) };
    let below = mailbox.folders().filter(move |folder| folder.parent == parent && folder.key != key);
    below.filter_map(|folder| folder_of(mailbox, folder.key))
}

/// All folders below, each before what is below it.
pub(super) fn descendants(mailbox: &Mailbox, key: FolderKey) -> Vec<Folder> {
    let mut found = Vec::new();
    let mut waiting: Vec<Folder> = children(mailbox, key).collect();
    waiting.reverse();
    while let Some(folder) = waiting.pop() {
        let mut below: Vec<_> = children(mailbox, folder.key).collect();
        below.reverse();
        found.push(folder);
        waiting.extend(below);
    }
    found
}

/// Writes a folder in a shape.
pub(super) fn write(call: &Call, id: MailboxId, mailbox: &Mailbox, folder: &Folder, shape: &Shape, xml: &mut Xml) {
    let wants = |uri: &str, level: Base| level <= shape.base || shape.asks(uri);
    let kind = element(folder);
    xml.open(kind);
    write_id("t:FolderId", id, folder.key, folder.changed, xml);
    if let Some(parent) = folder.parent.filter(|_| wants("folder:ParentFolderId", Base::All)) {
        let changed = folder_of(mailbox, parent).map_or(0, |parent| parent.changed);
        write_id("t:ParentFolderId", id, parent, changed, xml);
    }
    if wants("folder:FolderClass", Base::All) && !folder.class.is_empty() {
        xml.leaf("t:FolderClass", &folder.class);
    }
    if wants("folder:DisplayName", Base::Default) {
        xml.leaf("t:DisplayName", &folder.name);
    }
    if wants("folder:TotalCount", Base::Default) {
        xml.leaf("t:TotalCount", &mailbox.items_in(folder.key).count().to_string());
    }
    if wants("folder:ChildFolderCount", Base::Default) {
        xml.leaf("t:ChildFolderCount", &children(mailbox, folder.key).count().to_string());
    }
    for extended in shape.extended() {
        if let Some(value) = extended_value(mailbox, folder, extended) {
            extended.write(&value, xml);
        }
    }
    if call.knows(Schema::E2007Sp1) && wants("folder:EffectiveRights", Base::All) {
        full_rights(xml);
        xml.close();
    }
    let well_known = folder.distinguished.filter(|_| call.knows(Schema::E2013));
    if let Some(name) = well_known.filter(|_| wants("folder:DistinguishedFolderId", Base::All)) {
        xml.leaf("t:DistinguishedFolderId", name);
    }
    if call.knows(Schema::E2007Sp1) && shape.asks("folder:PermissionSet") {
        write_permissions(kind == "t:CalendarFolder", xml);
    }
    if wants("folder:UnreadCount", Base::Default) && matches!(kind, "t:Folder" | "t:TasksFolder") {
        let unread =
            mailbox.items_in(folder.key).filter(|stored| Slot::Id(0x0E07).int(&stored.item).unwrap_or(0) & 1 == 0);
        xml.leaf("t:UnreadCount", &unread.count().to_string());
    }
    xml.close();
}

/// Nobody but the owner has rights on the practice company's folders.
fn write_permissions(calendar: bool, xml: &mut Xml) {
    let (list, entry, level) = if calendar {
        ("t:CalendarPermissions", "t:CalendarPermission", "t:CalendarPermissionLevel")
    } else {
        ("t:Permissions", "t:Permission", "t:PermissionLevel")
    };
    xml.open("t:PermissionSet").open(list);
    for user in ["Default", "Anonymous"] {
        xml.open(entry).open("t:UserId").leaf("t:DistinguishedUser", user).close();
        for right in ["t:CanCreateItems", "t:CanCreateSubFolders", "t:IsFolderOwner", "t:IsFolderVisible"] {
            xml.bool(right, false);
        }
        xml.bool("t:IsFolderContact", false).leaf("t:EditItems", "None").leaf("t:DeleteItems", "None");
        xml.leaf("t:ReadItems", "None").leaf(level, "None").close();
    }
    xml.close().close();
}

fn extended_value(mailbox: &Mailbox, folder: &Folder, extended: &Extended) -> Option<Value> {
    let Slot::Id(id) = extended.slot else { return None };
    let text = |text: &str| Value::Unicode(text.to_owned());
    let count = |count: usize| Value::I32(i32::try_from(count).unwrap_or(i32::MAX));
    let value = match id {
        0x10F4 => Value::Bool(folder.hidden),
        0x3601 => Value::I32(i32::from(folder.key != ROOT)),
        0x3001 => text(&folder.name),
        0x3613 => Some(text(&folder.class)).filter(|_| !folder.class.is_empty())?,
        0x3602 => count(mailbox.items_in(folder.key).count()),
        0x0E08 => {
            let bytes: usize = mailbox.items_in(folder.key).map(|stored| size(&stored.item)).sum();
            match extended.kind {
                Type::I64 => Value::I64(i64::try_from(bytes).unwrap_or(i64::MAX)),
                _ => count(bytes),
            }
        }
        _ => return None,
    };
    Some(value).filter(|value| extended.fits(value))
}

fn get_folder(call: &Call) -> Result<String, Trouble> {
    let shape = folder_shape(call)?;
    let ids = call.list("m:FolderIds")?;
    let mut answers = Answers::new("m:GetFolderResponse", "m:GetFolderResponseMessage", "m:Folders");
    for id in ids {
        answers.put(call.folder(id).and_then(|place| {
            let mut xml = Xml::new();
            let mailbox = call.exchange.read(&place.address)?;
            let folder = folder_of(&mailbox, place.key).ok_or_else(Trouble::folder_not_found)?;
            xml.open("m:Folders");
            write(call, place.mailbox, &mailbox, &folder, &shape, &mut xml);
            xml.close();
            Ok(xml)
        }));
    }
    Ok(answers.finish())
}

/// The shape of a request about folders.
pub(super) fn folder_shape(call: &Call) -> Result<Shape, Trouble> {
    let shape = call.required("m:FolderShape")?;
    Shape::parse(shape)
}

fn find_folder(call: &Call) -> Result<String, Trouble> {
    let shape = folder_shape(call)?;
    let deep = match call.request.attribute("Traversal") {
        Some("Shallow") => false,
        Some("Deep") => true,
        Some("SoftDeleted") => {
            return Err(Trouble::new("ErrorInvalidOperation", "Soft-deleted folders cannot be searched."));
        }
        _ => return Err(Trouble::schema(call.request, "The traversal is invalid.")),
    };
    let parents = call.list("m:ParentFolderIds")?;
    let mut answers = Answers::new("m:FindFolderResponse", "m:FindFolderResponseMessage", "");
    for parent in parents {
        answers.put(call.folder(parent).and_then(|place| find_below(call, &place, &shape, deep)));
    }
    Ok(answers.finish())
}

fn find_below(call: &Call, place: &FolderPlace, shape: &Shape, deep: bool) -> Result<Xml, Trouble> {
    let mailbox = call.exchange.read(&place.address)?;
    let mut folders =
        if deep { descendants(&mailbox, place.key) } else { children(&mailbox, place.key).collect::<Vec<_>>() };
    if let Some(restriction) = call.request.child("m:Restriction") {
        let restriction = Restriction::parse(restriction)?;
        let mut kept = Vec::new();
        for folder in folders {
            if restriction.matches(&|path| folder_plain(&mailbox, &folder, path))? {
                kept.push(folder);
            }
        }
        folders = kept;
    }
    let page = Page::of(call.request.child("m:IndexedPageFolderView"), folders.len())?;
    let mut xml = Xml::new();
    xml.open("m:RootFolder");
    page.attributes(&mut xml);
    xml.open("t:Folders");
    for folder in &folders[page.from..page.to] {
        write(call, place.mailbox, &mailbox, folder, shape, &mut xml);
    }
    xml.close().close();
    Ok(xml)
}

fn folder_plain(mailbox: &Mailbox, folder: &Folder, path: &Path) -> Result<Option<Plain>, Trouble> {
    let unsupported = || Trouble::new("ErrorUnsupportedPathForQuery", "The field cannot be searched.");
    Ok(Some(match path {
        Path::Uri(uri) => match uri.as_str() {
            "folder:DisplayName" => Plain::Text(folder.name.clone()),
            "folder:FolderClass" => Plain::Text(folder.class.clone()),
            "folder:TotalCount" => {
                Plain::Int(i64::try_from(mailbox.items_in(folder.key).count()).unwrap_or(i64::MAX))
            }
            "folder:ChildFolderCount" => {
                Plain::Int(i64::try_from(children(mailbox, folder.key).count()).unwrap_or(i64::MAX))
            }
            _ => return Err(unsupported()),
        },
        Path::Extended(extended) => {
            return Ok(extended_value(mailbox, folder, extended).and_then(|value| plain(&value)));
        }
        _ => return Err(unsupported()),
    }))
}

/// A page of a list.
pub(super) struct Page {
    /// First entry.
    pub(super) from: usize,
    /// End, exclusive.
    pub(super) to: usize,
    total: usize,
    backwards: bool,
}

impl Page {
    /// Reads an indexed view; without one the page is everything.
    pub(super) fn of(view: Option<&Element>, total: usize) -> Result<Page, Trouble> {
        let Some(view) = view else { return Ok(Page { from: 0, to: total, total, backwards: false }) };
        let number = |name: &str| match view.attribute(name) {
            Some(text) => {
                text.parse::<usize>().map(Some).map_err(|_| Trouble::schema(view, format!("{name} is invalid.")))
            }
            None => Ok(None),
        };
        let offset = number("Offset")?.ok_or_else(|| Trouble::missing(view, "Offset"))?.min(total);
        let most = number("MaxEntriesReturned")?.unwrap_or(total);
        if most == 0 && view.attribute("MaxEntriesReturned").is_some() {
            return Err(Trouble::new("ErrorInvalidPagingMaxRows", "MaxEntriesReturned must be more than zero."));
        }
        Ok(match view.attribute("BasePoint") {
            Some("Beginning") => {
                Page { from: offset, to: offset.saturating_add(most).min(total), total, backwards: false }
            }
            Some("End") => {
                let to = total - offset;
                Page { from: to.saturating_sub(most), to, total, backwards: true }
            }
            _ => return Err(Trouble::schema(view, "BasePoint is invalid.")),
        })
    }

    /// The paging attributes of the element just begun.
    pub(super) fn attributes(&self, xml: &mut Xml) {
        let (next, last) =
            if self.backwards { (self.total - self.from, self.from == 0) } else { (self.to, self.to == self.total) };
        xml.attr("IndexedPagingOffset", &next.to_string()).attr("TotalItemsInView", &self.total.to_string());
        xml.attr("IncludesLastItemInRange", if last { "true" } else { "false" });
    }
}
