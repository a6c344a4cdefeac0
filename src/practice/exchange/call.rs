//! One request in progress: who asks, in whose name, at which schema version, and the way to mailboxes.

use std::sync::atomic::Ordering;
use std::sync::{PoisonError, RwLockReadGuard, RwLockWriteGuard};

use super::Exchange;
use super::element::Element;
use super::ids::{Id, MailboxId, What, mailbox_id};
use super::trouble::Trouble;
use super::version::{Schema, Server};
use crate::practice::organisation::{Entry, EntryKind};
use crate::practice::store::{Folder, FolderKey, ItemKey, Mailbox, StoredItem};

/// The number of the invisible root above the message folder root; the store begins with the latter.
pub(super) const ROOT: FolderKey = 0;

/// A request in progress.
pub(super) struct Call<'a> {
    /// The server.
    pub(super) exchange: &'a Exchange,
    /// The operation's element.
    pub(super) request: &'a Element,
    /// Address, in lower case, of the mailbox in whose name the caller acts.
    pub(super) me: Option<String>,
    /// The version that the request named.
    pub(super) schema: Schema,
}

/// A folder that a request names.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FolderPlace {
    /// Its mailbox's address in lower case.
    pub(super) address: String,
    /// Its mailbox's GUID.
    pub(super) mailbox: MailboxId,
    /// Its number.
    pub(super) key: FolderKey,
}

impl Exchange {
    /// The directory entry with this address as primary or further address.
    pub(super) fn entry(&self, address: &str) -> Option<&Entry> {
        let is = |known: &str| known.eq_ignore_ascii_case(address);
        let mut entries = self.organisation.entries.iter();
        entries.find(|entry| is(&entry.address) || entry.proxies.iter().any(|proxy| is(proxy)))
    }

    /// The server's version.
    pub(super) fn server(&self) -> Server {
        Server::of(self.organisation.profile)
    }

    /// Reads a mailbox.
    pub(super) fn read(&self, address: &str) -> Result<RwLockReadGuard<'_, Mailbox>, Trouble> {
        let mailbox = self.organisation.mailboxes.get(address).ok_or_else(non_existent_mailbox)?;
        Ok(mailbox.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes a mailbox.
    pub(super) fn write(&self, address: &str) -> Result<RwLockWriteGuard<'_, Mailbox>, Trouble> {
        let mailbox = self.organisation.mailboxes.get(address).ok_or_else(non_existent_mailbox)?;
        Ok(mailbox.write().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts something that a real server would have sent.
    pub(super) fn count_sent(&self, messages: u64) {
        self.mail_sent.fetch_add(messages, Ordering::Relaxed);
    }

    fn mailbox_of(&self, id: &Id) -> Result<&String, Trouble> {
        self.mailboxes.get(&id.mailbox).ok_or_else(non_existent_mailbox)
    }
}

impl<'a> Call<'a> {
    /// A child of the request's element that must be there.
    pub(super) fn required(&self, name: &str) -> Result<&'a Element, Trouble> {
        let missing = || Trouble::missing(self.request, name.trim_start_matches("m:"));
        self.request.child(name).ok_or_else(missing)
    }

    /// What a list of the request's element holds; the schemas allow no empty ones.
    pub(super) fn list(&self, name: &str) -> Result<&'a [Element], Trouble> {
        let list = self.required(name)?;
        if list.children.is_empty() {
            return Err(Trouble::schema(list, format!("The element '{}' has incomplete content.", list.local())));
        }
        Ok(&list.children)
    }

    /// The folder named by the first child of `parent` (`FolderId` or `DistinguishedFolderId`).
    pub(super) fn target_folder(&self, parent: &Element) -> Result<FolderPlace, Trouble> {
        let id = parent.children.first().ok_or_else(|| Trouble::missing(parent, "FolderId"))?;
        self.folder(id)
    }

    /// The folder that a `FolderId` or `DistinguishedFolderId` names; it exists.
    pub(super) fn folder(&self, id: &Element) -> Result<FolderPlace, Trouble> {
        let named = id.attribute("Id").ok_or_else(|| Trouble::missing(id, "Id"))?;
        match id.name.as_str() {
            "t:FolderId" | "t:ParentFolderId" => {
                let id = Id::parse(named)?;
                if id.what != What::Folder {
                    return Err(Trouble::new("ErrorCannotUseItemIdForFolderId", "Id must be a folder id."));
                }
                let address = self.exchange.mailbox_of(&id)?;
                if id.key != ROOT && self.exchange.read(address)?.folder(id.key).is_none() {
                    return Err(Trouble::folder_not_found());
                }
                Ok(FolderPlace { address: address.clone(), mailbox: id.mailbox, key: id.key })
            }
            "t:DistinguishedFolderId" => {
                let address = match id.child("t:Mailbox") {
                    Some(mailbox) => self.owner(mailbox)?,
                    None => self.me.clone().ok_or_else(|| {
                        Trouble::new("ErrorMissingEmailAddress", "The caller has no mailbox; name one.")
                    })?,
                };
                let key = if named == "root" {
                    ROOT
                } else {
                    let mailbox = self.exchange.read(&address)?;
                    mailbox.distinguished(named).ok_or_else(Trouble::folder_not_found)?.key
                };
                Ok(FolderPlace { mailbox: mailbox_id(&address), address, key })
            }
            _ => Err(Trouble::unexpected(id)),
        }
    }

    /// The mailbox that a `t:Mailbox` names: by its primary address and nothing else (exchange-source.md 3.2).
    fn owner(&self, mailbox: &Element) -> Result<String, Trouble> {
        let address = mailbox.text_of("t:EmailAddress").unwrap_or_default().trim();
        let entry = self.exchange.entry(address).ok_or_else(non_existent_mailbox)?;
        if !self.exchange.organisation.mailboxes.contains_key(&entry.address.to_lowercase()) {
            return Err(non_existent_mailbox());
        }
        if !entry.address.eq_ignore_ascii_case(address) {
            let text = "When making a request as an account that does not have a mailbox, or for another one, you must \
                        use the primary SMTP address.";
            return Err(Trouble::new("ErrorNonPrimarySmtpAddress", text).with("Primary", entry.address.clone()));
        }
        Ok(entry.address.to_lowercase())
    }

    /// The item that an `ItemId` names, with its mailbox's address; not yet looked up.
    pub(super) fn item(&self, id: &Element) -> Result<(String, Id), Trouble> {
        let named = id.attribute("Id").ok_or_else(|| Trouble::missing(id, "Id"))?;
        let id = Id::parse(named)?;
        if id.what != What::Item {
            return Err(Trouble::new("ErrorCannotUseFolderIdForItemId", "Id must be an item id."));
        }
        Ok((self.exchange.mailbox_of(&id)?.clone(), id))
    }

    /// Whether both the server and the request's version know what came with `schema`.
    pub(super) fn knows(&self, schema: Schema) -> bool {
        self.schema >= schema && self.exchange.server().newest >= schema
    }
}

/// A stored item, or the reason why it is not there.
pub(super) fn stored(mailbox: &Mailbox, key: ItemKey) -> Result<&StoredItem, Trouble> {
    mailbox.item(key).ok_or_else(Trouble::item_not_found)
}

/// A folder of the mailbox, the invisible root included.
pub(super) fn folder_of(mailbox: &Mailbox, key: FolderKey) -> Option<Folder> {
    if key == ROOT {
        return Some(Folder {
            key: ROOT,
            parent: None,
            name: "Root".to_owned(),
            class: String::new(),
            distinguished: Some("root"),
            hidden: false,
            changed: 1,
        });
    }
    let mut folder = mailbox.folder(key)?.clone();
    folder.parent = folder.parent.or(Some(ROOT));
    Some(folder)
}

/// There is no such mailbox.
pub(super) fn non_existent_mailbox() -> Trouble {
    Trouble::new("ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.")
}

/// Whether an entry of the directory is a mailbox.
pub(super) fn is_mailbox(entry: &Entry) -> bool {
    matches!(
        entry.kind,
        EntryKind::UserMailbox | EntryKind::SharedMailbox | EntryKind::RoomMailbox | EntryKind::EquipmentMailbox
    )
}
