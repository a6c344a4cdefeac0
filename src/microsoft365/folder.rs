//! The folders of a mailbox: the whole tree, new ones, other names, and empty ones that go. Default folders are found by role, never by their
//! localised names.

use std::collections::{HashMap, HashSet};
use std::sync::{MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::StatusCode;
use serde::Deserialize;
use serde_json::json;
use tokio::time::Instant;

use super::Connection;
use super::failure::{Refusal, Trouble, malformed, not_yet, on_target};
use super::mailbox::Shared;
use crate::engine::item::{Folder, FolderId, FolderRole, MailboxId};
use crate::engine::problem::{Guidance, Kind, Problem};

/// Bound of the folders of one mailbox.
const FOLDER_LIMIT: usize = 100_000;
/// Folders per page.
const PAGE: &str = "999";
const READ: &str = "MailboxFolder.ReadWrite.All";
const ROOT: &str = "msgfolderroot";
/// How long a listing that was cut short is remembered, so that the next attempt goes on from there: of many requests one
/// always fails on a bad day.
pub(super) const HEARD_FOR: Duration = Duration::from_secs(120);

/// Well-known names, and the class by which a folder is recognised where the service does not tell the name.
const ROLES: [(FolderRole, &str, Option<&str>); 11] = [
    (FolderRole::Inbox, "inbox", None),
    (FolderRole::Sent, "sentitems", None),
    (FolderRole::Drafts, "drafts", None),
    (FolderRole::Deleted, "deleteditems", None),
    (FolderRole::Outbox, "outbox", None),
    (FolderRole::Junk, "junkemail", None),
    (FolderRole::Calendar, "calendar", Some("IPF.Appointment")),
    (FolderRole::Contacts, "contacts", Some("IPF.Contact")),
    (FolderRole::Tasks, "tasks", Some("IPF.Task")),
    (FolderRole::Notes, "notes", Some("IPF.StickyNote")),
    (FolderRole::Journal, "journal", Some("IPF.Journal")),
];

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MailboxFolder {
    id: String,
    #[serde(default)]
    display_name: Option<String>,
    #[serde(default)]
    child_folder_count: Option<u64>,
    #[serde(default)]
    total_item_count: Option<u64>,
    #[serde(default, rename = "type")]
    class: Option<String>,
    #[serde(default)]
    well_known_name: Option<String>,
}

/// What a listing heard before it was cut short.
pub(super) struct Heard {
    since: Instant,
    named: HashMap<String, Option<MailboxFolder>>,
    children: HashMap<FolderId, Vec<MailboxFolder>>,
}

impl Default for Heard {
    fn default() -> Heard {
        Heard { since: Instant::now(), named: HashMap::new(), children: HashMap::new() }
    }
}

impl Shared {
    fn heard(&self) -> MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MailboxFolder {
    pub(super) fn folder(self, parent: Option<FolderId>) -> Folder {
        let known = self.well_known_name.unwrap_or_default();
        let role = ROLES.iter().find(|(_, name, _)| known.eq_ignore_ascii_case(name)).map(|(role, ..)| *role);
        Folder {
            id: FolderId(self.id),
            role: if parent.is_none() { Some(FolderRole::Root) } else { role },
            parent,
            name: self.display_name.unwrap_or_default(),
            class: self.class.filter(|class| !class.is_empty()).unwrap_or_else(|| "IPF.Note".to_owned()),
            items: self.total_item_count.unwrap_or(0),
        }
    }
}

impl Connection {
    /// The tree, breadth first from its root.
    pub(super) async fn list_folders(&self, id: &MailboxId) -> Result<Vec<Folder>, Problem> {
        let shared = self.mailboxes.of(id);
        if shared.heard().since.elapsed() > HEARD_FOR {
            *shared.heard() = Heard::default();
        }
        let folders = self.tree(id, &shared).await?;
        *shared.heard() = Heard::default();
        Ok(folders)
    }

    async fn tree(&self, id: &MailboxId, shared: &Shared) -> Result<Vec<Folder>, Problem> {
        let root = self.named(id, shared, ROOT).await?.ok_or_else(|| gone(ROOT, "404"))?;
        let mut seen = HashSet::from([root.id.clone()]);
        let mut folders = vec![root.folder(None)];
        let mut open = 0;
        let mut parents = vec![folders[0].id.clone()];
        while let Some(parent) = parents.get(open).cloned() {
            open += 1;
            for child in self.heard_children(id, shared, &parent).await? {
                if !seen.insert(child.id.clone()) {
                    continue;
                }
                if seen.len() > FOLDER_LIMIT {
                    return Err(malformed("more folders than allowed"));
                }
                if child.child_folder_count != Some(0) {
                    parents.push(FolderId(child.id.clone()));
                }
                folders.push(child.folder(Some(parent.clone())));
            }
        }
        self.find_roles(id, shared, &mut folders).await?;
        Ok(folders)
    }

    /// Finds the default folders that the listing did not mark: by asking for them, and by class.
    async fn find_roles(&self, id: &MailboxId, shared: &Shared, folders: &mut [Folder]) -> Result<(), Problem> {
        for (role, name, class) in ROLES {
            if folders.iter().any(|folder| folder.role == Some(role)) {
                continue;
            }
            let known = self.named(id, shared, name).await?;
            let by_name = known.and_then(|known| folders.iter().position(|folder| folder.id.0 == known.id));
            let root = folders[0].id.clone();
            let by_class = || {
                let candidate = |folder: &Folder| folder.role.is_none() && folder.parent.as_ref() == Some(&root);
                folders.iter().position(|folder| candidate(folder) && Some(folder.class.as_str()) == class)
            };
            if let Some(at) = by_name.or_else(by_class) {
                folders[at].role = Some(role);
            }
        }
        Ok(())
    }

    async fn named(&self, id: &MailboxId, shared: &Shared, name: &str) -> Result<Option<MailboxFolder>, Problem> {
        if let Some(heard) = shared.heard().named.get(name) {
            return Ok(heard.clone());
        }
        let folder = self.folder(id, shared, name).await?;
        shared.heard().named.insert(name.to_owned(), folder.clone());
        Ok(folder)
    }

    async fn heard_children(
        &self,
        id: &MailboxId,
        shared: &Shared,
        parent: &FolderId,
    ) -> Result<Vec<MailboxFolder>, Problem> {
        if let Some(heard) = shared.heard().children.get(parent) {
            return Ok(heard.clone());
        }
        let children = self.children(id, shared, parent).await?;
        shared.heard().children.insert(parent.clone(), children.clone());
        Ok(children)
    }

    /// A folder by its id or well-known name; nothing if there is none.
    async fn folder(&self, id: &MailboxId, shared: &Shared, name: &str) -> Result<Option<MailboxFolder>, Problem> {
        match self.in_mailbox(id, shared, &["folders", name], READ).get().await {
            Ok(folder) => Ok(Some(folder)),
            Err(Trouble::Refused(refusal)) if refusal.without_mailbox() => Err(on_content(*refusal, id, name)),
            // An unknown well-known name is not found, or not a valid id.
            Err(Trouble::Refused(refusal)) if refusal.missing() || refusal.status == StatusCode::BAD_REQUEST => {
                Ok(None)
            }
            Err(trouble) => Err(trouble.problem(Kind::Mailbox)),
        }
    }

    async fn children(
        &self,
        id: &MailboxId,
        shared: &Shared,
        parent: &FolderId,
    ) -> Result<Vec<MailboxFolder>, Problem> {
        let at = self.in_mailbox(id, shared, &["folders", &parent.0, "childFolders"], READ);
        let at = at.query("includeHiddenFolders", "true").query("$top", PAGE);
        at.list().await.map_err(|trouble| folder_trouble(trouble, id, parent))
    }

    /// A new folder, or the one of this name.
    pub(super) async fn make_folder(
        &self,
        id: &MailboxId,
        parent: &FolderId,
        name: &str,
        class: &str,
    ) -> Result<FolderId, Problem> {
        let shared = self.mailboxes.of(id);
        let at = self.in_mailbox(id, &shared, &["folders", &parent.0, "childFolders"], READ);
        let refusal = match at.post::<MailboxFolder>(&json!({"displayName": name, "type": class})).await {
            Ok(made) => return Ok(FolderId(made.id)),
            Err(Trouble::Refused(refusal)) if exists(&refusal) => refusal,
            Err(trouble) => return Err(folder_trouble(trouble, id, parent)),
        };
        let children = self.children(id, &shared, parent).await?;
        let same = |folder: &&MailboxFolder| folder.display_name.as_deref() == Some(name);
        let alike = |folder: &&MailboxFolder| {
            folder.display_name.as_deref().is_some_and(|other| other.to_lowercase() == name.to_lowercase())
        };
        let of_class = |folder: &&MailboxFolder| folder.class.as_deref() == Some(class);
        let found = children.iter().find(|folder| same(folder) && of_class(folder));
        let found = found.or_else(|| children.iter().find(same)).or_else(|| children.iter().find(alike));
        match found {
            Some(folder) => Ok(FolderId(folder.id.clone())),
            // It was refused for being there, so it will show.
            None => Err(refusal.asking(
                on_target(Kind::Retry, Guidance::TargetUnexpected)
                    .with("code", &refusal.code)
                    .with("text", &refusal.text)
                    .because(refusal.cause()),
            )),
        }
    }
}

impl Connection {
    /// Another name for a folder.
    pub(super) async fn name_folder(&self, id: &MailboxId, folder: &FolderId, name: &str) -> Result<(), Problem> {
        let shared = self.mailboxes.of(id);
        let at = self.in_mailbox(id, &shared, &["folders", &folder.0], READ);
        at.patch(&json!({"displayName": name})).await.map_err(|trouble| folder_trouble(trouble, id, folder))
    }

    /// Deletes an empty folder; the service itself would delete what is in it as well. Answers whether it is gone.
    pub(super) async fn delete_empty_folder(&self, id: &MailboxId, folder: &FolderId) -> Result<bool, Problem> {
        let shared = self.mailboxes.of(id);
        let Some(there) = self.folder(id, &shared, &folder.0).await? else { return Ok(true) };
        // A count that the service does not tell is not taken for none.
        if there.total_item_count != Some(0) || there.child_folder_count != Some(0) {
            return Ok(false);
        }
        match self.in_mailbox(id, &shared, &["folders", &folder.0, "$ref"], READ).delete().await {
            Ok(()) => Ok(true),
            Err(Trouble::Refused(refusal)) if refusal.missing() && !refusal.without_mailbox() => Ok(true),
            Err(trouble) => Err(folder_trouble(trouble, id, folder)),
        }
    }
}

fn exists(refusal: &Refusal) -> bool {
    refusal.status == StatusCode::CONFLICT || refusal.code == "ErrorFolderExists"
}

fn gone(folder: &str, cause: &str) -> Problem {
    on_target(Kind::Item, Guidance::TargetFolderGone).with("folder", folder).because(cause)
}

/// A refusal about a folder's content: not found means that the folder has gone.
pub(super) fn folder_trouble(trouble: Trouble, mailbox: &MailboxId, folder: &FolderId) -> Problem {
    match trouble {
        Trouble::Refused(refusal) => on_content(*refusal, mailbox, &folder.0),
        trouble => trouble.problem(Kind::Mailbox),
    }
}

/// As [`folder_trouble`], for a refusal.
pub(super) fn on_content(refusal: Refusal, mailbox: &MailboxId, folder: &str) -> Problem {
    if refusal.without_mailbox() {
        return not_yet(&mailbox.0, &refusal);
    }
    match refusal.missing() {
        true => gone(folder, &refusal.cause()),
        false => refusal.problem(Kind::Mailbox),
    }
}
