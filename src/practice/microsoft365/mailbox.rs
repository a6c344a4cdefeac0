//! A mailbox of the service: folders and items with typed properties, and a counter that tells what changed since.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::clock::Moment;
use super::ident::{self, Kind};
use super::names::{self, Language};
use super::read::prop;
use crate::mapi::{Item, pid};

/// The message folder root has this key in every mailbox.
pub(super) const ROOT: u64 = 1;

/// A mailbox's content.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Mailbox {
    pub guid: String,
    pub language: Language,
    pub created: Moment,
    pub folders: BTreeMap<u64, Folder>,
    pub items: BTreeMap<u64, Stored>,
    /// Items and folders that are gone: change, folder they were in (or parent), key, whether it was a folder.
    pub gone: Vec<Gone>,
    pub change: u64,
    pub next: u64,
    pub settings: Value,
    pub rules: Vec<Value>,
}

/// A folder.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Folder {
    pub key: u64,
    /// `None` for the message folder root and for folders beside it.
    pub parent: Option<u64>,
    pub name: String,
    pub class: String,
    pub well_known: Option<String>,
    pub hidden: bool,
    pub created: Moment,
    pub change: u64,
    /// Stamped string properties: normalised id and value.
    pub stamps: BTreeMap<String, Value>,
}

/// An item as stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Stored {
    pub key: u64,
    pub folder: u64,
    /// Bytes of its stream.
    pub size: u64,
    pub change: u64,
    /// The content; kept in files of its own.
    #[serde(skip)]
    pub item: Item,
    /// `transactionId` it was created with.
    pub transaction: Option<String>,
    pub created: Moment,
    pub modified: Moment,
}

/// Something that was here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Gone {
    pub change: u64,
    pub folder: Option<u64>,
    pub key: u64,
    pub was_folder: bool,
}

impl Mailbox {
    /// A new mailbox with the folders the service makes, named in its language.
    pub fn new(guid: &str, language: Language, now: Moment) -> Mailbox {
        let mut mailbox = Mailbox {
            guid: guid.to_owned(),
            language,
            created: now,
            folders: BTreeMap::new(),
            items: BTreeMap::new(),
            gone: Vec::new(),
            change: 0,
            next: 0,
            settings: names::settings(language),
            rules: Vec::new(),
        };
        for made in names::FOLDERS {
            let parent = made.parent.and_then(|name| mailbox.by_internal_name(name)).or(match made.beside {
                true => None,
                false => Some(ROOT).filter(|_| mailbox.next > 0),
            });
            let key = mailbox.add_folder(parent, made.name(language), made.class, made.hidden, now);
            if let Some(folder) = mailbox.folders.get_mut(&key) {
                folder.well_known = made.well_known.then(|| made.id.to_owned());
                folder.stamps.insert(INTERNAL.to_owned(), Value::from(made.id));
            }
        }
        mailbox
    }

    /// The key of a folder that the service made, by our own name for it.
    pub fn by_internal_name(&self, id: &str) -> Option<u64> {
        let named = |folder: &&Folder| folder.stamps.get(INTERNAL).and_then(Value::as_str) == Some(id);
        self.folders.values().find(named).map(|folder| folder.key)
    }

    fn tick(&mut self) -> u64 {
        self.change += 1;
        self.change
    }

    fn key(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// The folder an id or well-known name means.
    pub fn folder_key(&self, id: &str) -> Option<u64> {
        if let Some((key, _)) = ident::read(Kind::Folder, &self.guid, id) {
            return self.folders.contains_key(&key).then_some(key);
        }
        let name = id.to_lowercase();
        self.folders.values().find(|folder| folder.well_known.as_deref() == Some(&name)).map(|folder| folder.key)
    }

    /// The item an id means.
    pub fn item_key(&self, id: &str) -> Option<u64> {
        let (key, _) = ident::read(Kind::Item, &self.guid, id)?;
        self.items.contains_key(&key).then_some(key)
    }

    pub fn folder_id(&self, key: u64) -> String {
        ident::make(Kind::Folder, &self.guid, key, 0)
    }

    pub fn item_id(&self, key: u64) -> String {
        ident::make(Kind::Item, &self.guid, key, 0)
    }

    /// Folders directly below another, in the order they were made.
    pub fn children(&self, parent: u64) -> impl Iterator<Item = &Folder> {
        self.folders.values().filter(move |folder| folder.parent == Some(parent))
    }

    /// Whether a folder is in a subtree or is its top.
    pub fn is_below(&self, mut key: u64, top: u64) -> bool {
        while key != top {
            match self.folders.get(&key).and_then(|folder| folder.parent) {
                Some(parent) => key = parent,
                None => return false,
            }
        }
        true
    }

    /// How many folders a folder is below.
    pub fn depth(&self, key: u64) -> usize {
        let parent = |key: &u64| self.folders.get(key).and_then(|folder| folder.parent);
        std::iter::successors(parent(&key), parent).count()
    }

    /// A child of this name, letter case aside.
    pub fn child_named(&self, parent: u64, name: &str) -> Option<u64> {
        let name = name.to_lowercase();
        self.children(parent).find(|folder| folder.name.to_lowercase() == name).map(|folder| folder.key)
    }

    pub fn add_folder(&mut self, parent: Option<u64>, name: &str, class: &str, hidden: bool, now: Moment) -> u64 {
        let (key, change) = (self.key(), self.tick());
        let folder = Folder {
            key,
            parent,
            name: name.to_owned(),
            class: class.to_owned(),
            well_known: None,
            hidden,
            created: now,
            change,
            stamps: BTreeMap::new(),
        };
        self.folders.insert(key, folder);
        key
    }

    /// Changes a folder.
    pub fn edit_folder(&mut self, key: u64, edit: impl FnOnce(&mut Folder)) {
        let change = self.tick();
        if let Some(folder) = self.folders.get_mut(&key) {
            edit(folder);
            folder.change = change;
        }
    }

    /// Removes a folder with everything below it.
    pub fn remove_folder(&mut self, key: u64) {
        let below: Vec<u64> = self.children(key).map(|folder| folder.key).collect();
        for child in below {
            self.remove_folder(child);
        }
        let inside: Vec<u64> = self.in_folder(key).map(|stored| stored.key).collect();
        for item in inside {
            self.remove_item(item);
        }
        if let Some(folder) = self.folders.remove(&key) {
            let change = self.tick();
            self.gone.push(Gone { change, folder: folder.parent, key, was_folder: true });
        }
    }

    /// Items of a folder, oldest first.
    pub fn in_folder(&self, folder: u64) -> impl Iterator<Item = &Stored> {
        self.items.values().filter(move |stored| stored.folder == folder)
    }

    /// Stores a new item.
    pub fn add_item(&mut self, folder: u64, item: Item, size: u64, now: Moment) -> u64 {
        let (key, change) = (self.key(), self.tick());
        let created = prop::time(&item, pid::CREATION_TIME).unwrap_or(now);
        self.items.insert(key, Stored { key, folder, size, change, item, transaction: None, created, modified: now });
        key
    }

    /// Changes an item's content.
    pub fn edit_item(&mut self, key: u64, now: Moment, edit: impl FnOnce(&mut Item)) {
        let change = self.tick();
        if let Some(stored) = self.items.get_mut(&key) {
            edit(&mut stored.item);
            (stored.change, stored.modified) = (change, now);
        }
    }

    /// Moves an item; it gets a new key, and so a new id.
    pub fn move_item(&mut self, key: u64, to: u64, now: Moment) -> Option<u64> {
        let stored = self.items.get(&key)?.clone();
        self.remove_item(key);
        let moved = self.add_item(to, stored.item, stored.size, now);
        Some(moved)
    }

    pub fn remove_item(&mut self, key: u64) {
        if let Some(stored) = self.items.remove(&key) {
            let change = self.tick();
            self.gone.push(Gone { change, folder: Some(stored.folder), key, was_folder: false });
        }
    }
}

/// Where our own name of a folder the service made is kept; no request can name this stamp.
const INTERNAL: &str = "*";
