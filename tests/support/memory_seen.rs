//! What is to be seen on both sides afterwards.

use super::*;

impl World {
    /// What a mailbox of the source holds: paths by role or name, with fields, sorted.
    pub fn source_content(&self, address: &str) -> Vec<(String, Fields)> {
        let state = self.state();
        let mailbox = &state.source[&address.to_lowercase()];
        let items = mailbox.items.iter().map(|item| (path(&mailbox.folders, &item.folder), item.fields.clone()));
        sorted(items)
    }

    /// What its mailbox on the target holds, likewise.
    pub fn target_content(&self, address: &str) -> Vec<(String, Fields)> {
        let state = self.state();
        let Some(mailbox) = state.target.get(&address.to_lowercase()) else { return Vec::new() };
        let items = mailbox.items.iter().map(|item| (path(&mailbox.folders, &item.folder), item.fields.clone()));
        sorted(items)
    }

    /// Paths of the folders of a mailbox on the target, sorted.
    pub fn target_folders(&self, address: &str) -> Vec<String> {
        let state = self.state();
        let folders = &state.target[address].folders;
        let mut paths: Vec<String> = folders.iter().map(|folder| path(folders, &folder.id.0)).collect();
        paths.sort();
        paths
    }
}

fn sorted(items: impl Iterator<Item = (String, Fields)>) -> Vec<(String, Fields)> {
    let mut items: Vec<_> = items.collect();
    items.sort();
    items
}

fn path(folders: &[Folder], id: &str) -> String {
    let Some(folder) = folders.iter().find(|folder| folder.id.0 == id) else { return "?".to_string() };
    // The target makes an ordinary folder of the Journal.
    if let Some(role) = folder.role.filter(|role| *role != FolderRole::Journal) {
        return format!("{role:?}");
    }
    let parent = folder.parent.as_ref().map(|parent| path(folders, &parent.0)).unwrap_or_default();
    format!("{parent}/{}", folder.name)
}
