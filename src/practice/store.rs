//! A practice mailbox: folders and items with typed properties, and a change log for synchronisation.

use std::collections::{BTreeMap, BTreeSet};

use crate::mapi::Item;

/// A folder's number within its mailbox.
pub type FolderKey = u64;
/// An item's number within its mailbox; a moved item gets a new one, as on a real server.
pub type ItemKey = u64;

/// A folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    /// Its number.
    pub key: FolderKey,
    /// Its parent; `None` only for the message folder root.
    pub parent: Option<FolderKey>,
    /// Display name.
    pub name: String,
    /// Container class.
    pub class: String,
    /// EWS distinguished id (`inbox`, `sentitems`, …, `msgfolderroot`), if it is one of those.
    pub distinguished: Option<&'static str>,
    /// Hidden from users (PidTagAttributeHidden).
    pub hidden: bool,
    /// Value of the mailbox's change counter when it last changed.
    pub changed: u64,
}

/// An item as stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredItem {
    /// Its number.
    pub key: ItemKey,
    /// Where it lies.
    pub folder: FolderKey,
    /// Typed properties, recipients, attachments.
    pub item: Item,
    /// Change counter when it came into this folder.
    pub created: u64,
    /// Change counter of the last edit (not of read-flag changes).
    pub changed: u64,
    /// Change counter of the last read-flag change.
    pub read_changed: u64,
}

/// What happened to an item since a point of the change counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemChange {
    /// New in the folder.
    Created(ItemKey),
    /// Edited.
    Updated(ItemKey),
    /// Read or unread.
    Read(ItemKey),
    /// No longer in the folder.
    Gone(ItemKey),
}

/// A mailbox's content.
#[derive(Debug, Clone, Default)]
pub struct Mailbox {
    folders: BTreeMap<FolderKey, Folder>,
    items: BTreeMap<ItemKey, StoredItem>,
    gone: Vec<(u64, FolderKey, ItemKey)>,
    gone_folders: Vec<(u64, FolderKey)>,
    counter: u64,
    next: u64,
}

impl Mailbox {
    /// A mailbox with nothing but a message folder root (key 1).
    pub fn new(root_name: &str) -> Mailbox {
        let mut mailbox = Mailbox::default();
        mailbox.add_folder(None, root_name, "IPF.Note", Some("msgfolderroot"));
        mailbox
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn tick(&mut self) -> u64 {
        self.counter += 1;
        self.counter
    }

    /// The change counter now.
    pub fn counter(&self) -> u64 {
        self.counter
    }

    /// Adds a folder.
    pub fn add_folder(
        &mut self,
        parent: Option<FolderKey>,
        name: &str,
        class: &str,
        distinguished: Option<&'static str>,
    ) -> FolderKey {
        let (key, changed) = (self.number(), self.tick());
        let (name, class) = (name.to_owned(), class.to_owned());
        self.folders.insert(key, Folder { key, parent, name, class, distinguished, hidden: false, changed });
        key
    }

    /// A folder.
    pub fn folder(&self, key: FolderKey) -> Option<&Folder> {
        self.folders.get(&key)
    }

    /// All folders, by number.
    pub fn folders(&self) -> impl Iterator<Item = &Folder> {
        self.folders.values()
    }

    /// The folder of a distinguished id.
    pub fn distinguished(&self, id: &str) -> Option<&Folder> {
        self.folders.values().find(|folder| folder.distinguished == Some(id))
    }

    /// Changes a folder's name, class, parent or hidden mark.
    pub fn change_folder(&mut self, key: FolderKey, change: impl FnOnce(&mut Folder)) -> bool {
        let now = self.tick();
        let Some(folder) = self.folders.get_mut(&key) else { return false };
        change(folder);
        folder.changed = now;
        true
    }

    /// Removes a folder with everything below it.
    pub fn remove_folder(&mut self, key: FolderKey) -> bool {
        let mut below: BTreeMap<FolderKey, Vec<FolderKey>> = BTreeMap::new();
        for folder in self.folders.values() {
            below.entry(folder.parent.unwrap_or_default()).or_default().push(folder.key);
        }
        // Folders may be nested as deep as clients like: no recursion.
        let mut gone = BTreeSet::new();
        let mut waiting = vec![key];
        while let Some(folder) = waiting.pop().filter(|folder| self.folders.contains_key(folder)) {
            if gone.insert(folder) {
                waiting.extend(below.remove(&folder).unwrap_or_default());
            }
        }
        self.items.retain(|_, item| !gone.contains(&item.folder));
        for folder in &gone {
            self.folders.remove(folder);
            let now = self.tick();
            self.gone_folders.push((now, *folder));
        }
        !gone.is_empty()
    }

    /// Folders removed since a point of the counter.
    pub fn folders_gone_since(&self, since: u64) -> impl Iterator<Item = FolderKey> {
        self.gone_folders.iter().filter(move |(at, _)| *at > since).map(|(_, key)| *key)
    }

    /// Adds an item.
    pub fn add_item(&mut self, folder: FolderKey, item: Item) -> ItemKey {
        let (key, created) = (self.number(), self.tick());
        self.items.insert(key, StoredItem { key, folder, item, created, changed: created, read_changed: 0 });
        key
    }

    /// An item.
    pub fn item(&self, key: ItemKey) -> Option<&StoredItem> {
        self.items.get(&key)
    }

    /// The items of a folder, by number.
    pub fn items_in(&self, folder: FolderKey) -> impl Iterator<Item = &StoredItem> {
        self.items.values().filter(move |item| item.folder == folder)
    }

    /// Every item.
    pub fn items(&self) -> impl Iterator<Item = &StoredItem> {
        self.items.values()
    }

    /// Edits an item. `only_read` marks a read-flag change, which synchronisation reports as such.
    pub fn change_item(&mut self, key: ItemKey, only_read: bool, change: impl FnOnce(&mut Item)) -> bool {
        let now = self.tick();
        let Some(stored) = self.items.get_mut(&key) else { return false };
        change(&mut stored.item);
        if only_read {
            stored.read_changed = now;
        } else {
            stored.changed = now;
        }
        true
    }

    /// Moves an item: it gets a new number, as ids change on a move.
    pub fn move_item(&mut self, key: ItemKey, to: FolderKey) -> Option<ItemKey> {
        let stored = self.items.get(&key)?.item.clone();
        self.remove_item(key);
        Some(self.add_item(to, stored))
    }

    /// Removes an item for good.
    pub fn remove_item(&mut self, key: ItemKey) -> bool {
        let Some(stored) = self.items.remove(&key) else { return false };
        let now = self.tick();
        self.gone.push((now, stored.folder, key));
        true
    }

    /// What changed in a folder since a point of the counter, oldest first, with the counter of each change.
    pub fn changes_since(&self, folder: FolderKey, since: u64) -> Vec<(u64, ItemChange)> {
        let mut changes = Vec::new();
        for item in self.items_in(folder) {
            if item.created > since {
                changes.push((item.created.max(item.changed).max(item.read_changed), ItemChange::Created(item.key)));
            } else if item.changed > since {
                changes.push((item.changed.max(item.read_changed), ItemChange::Updated(item.key)));
            } else if item.read_changed > since {
                changes.push((item.read_changed, ItemChange::Read(item.key)));
            }
        }
        for (at, in_folder, key) in &self.gone {
            if *at > since && *in_folder == folder {
                changes.push((*at, ItemChange::Gone(*key)));
            }
        }
        changes.sort_by_key(|(at, _)| *at);
        changes
    }
}

/// Everything in a mailbox, in the open: for keeping it on disk.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parts {
    /// The folders.
    pub folders: Vec<Folder>,
    /// The items.
    pub items: Vec<StoredItem>,
    /// Items that are gone: change counter, folder, item.
    pub gone: Vec<(u64, FolderKey, ItemKey)>,
    /// Folders that are gone: change counter, folder.
    pub gone_folders: Vec<(u64, FolderKey)>,
    /// The change counter.
    pub counter: u64,
    /// The last number given.
    pub next: u64,
}

impl Mailbox {
    /// A copy of everything.
    pub fn to_parts(&self) -> Parts {
        Parts {
            folders: self.folders.values().cloned().collect(),
            items: self.items.values().cloned().collect(),
            gone: self.gone.clone(),
            gone_folders: self.gone_folders.clone(),
            counter: self.counter,
            next: self.next,
        }
    }

    /// The mailbox that was copied.
    pub fn from_parts(parts: Parts) -> Mailbox {
        Mailbox {
            folders: parts.folders.into_iter().map(|folder| (folder.key, folder)).collect(),
            items: parts.items.into_iter().map(|item| (item.key, item)).collect(),
            gone: parts.gone,
            gone_folders: parts.gone_folders,
            counter: parts.counter,
            next: parts.next,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_folder_goes_with_all_below_it_however_deep() {
        let mut mailbox = Mailbox::new("Root");
        let top = mailbox.add_folder(Some(1), "top", "IPF.Note", None);
        let beside = mailbox.add_folder(Some(1), "beside", "IPF.Note", None);
        let kept = mailbox.add_item(beside, Item::default());
        let mut deepest = top;
        for _ in 0..50_000 {
            deepest = mailbox.add_folder(Some(deepest), "x", "IPF.Note", None);
        }
        let gone = mailbox.add_item(deepest, Item::default());
        let before = mailbox.counter();
        assert!(mailbox.remove_folder(top));
        assert_eq!(mailbox.folders().map(|folder| folder.key).collect::<Vec<_>>(), [1, beside]);
        assert!(mailbox.item(kept).is_some() && mailbox.item(gone).is_none());
        assert_eq!(mailbox.folders_gone_since(before).count(), 50_001);
        assert!(!mailbox.remove_folder(top));
    }
}
