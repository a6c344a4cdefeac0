//! The target's folders while those of the source are mapped to them.

use std::collections::{HashMap, HashSet};

use super::super::item::{Folder, FolderId, FolderRole};
use super::super::ledger::folders::{self as kept, Counterpart};

/// Names tried for a folder whose name is taken by another: "Name (2)" and so on.
const MOST_NAMES: usize = 100;

/// The target's folders and what was mapped so far.
pub(super) struct Tree {
    pub(super) target: Vec<Folder>,
    /// Which folder of the target takes which of the source.
    pub(super) mapped: HashMap<FolderId, FolderId>,
    /// Folders of the target that take a folder of the source already, now or by an earlier run.
    pub(super) taken: HashSet<FolderId>,
    /// Folders of the target that folders of the source left behind, with these if they hold items of theirs still.
    held: Vec<(FolderId, FolderId)>,
    /// Names, in lower case, of folders that are being made under others.
    promised: HashSet<(FolderId, String)>,
}

impl Tree {
    pub(super) fn new(target: Vec<Folder>, known: &[kept::Record], held: Vec<(FolderId, FolderId)>) -> Tree {
        let taken = known.iter().filter_map(|record| record.target.clone()).collect();
        Tree { target, mapped: HashMap::new(), taken, held, promised: HashSet::new() }
    }

    /// From now on this folder of the source has this counterpart, if any.
    pub(super) fn map(&mut self, folder: &Folder, counterpart: Option<&Counterpart>) {
        if let Some(counterpart) = counterpart {
            self.mapped.insert(folder.id.clone(), counterpart.id.clone());
            self.taken.insert(counterpart.id.clone());
        }
    }

    /// No other folder gets this name under this parent.
    pub(super) fn promise(&mut self, parent: &FolderId, name: &str) {
        self.promised.insert((parent.clone(), name.to_lowercase()));
    }

    pub(super) fn of_role(&self, role: FolderRole) -> Option<FolderId> {
        self.target.iter().find(|folder| folder.role == Some(role)).map(|folder| folder.id.clone())
    }

    /// The folder of this role, or the one that an earlier run mapped, if it is still there.
    pub(super) fn existing(&self, folder: &Folder, record: Option<&kept::Record>) -> Option<FolderId> {
        if let Some(role) = folder.role
            && let Some(place) = self.of_role(role)
        {
            return Some(place);
        }
        let place = record?.target.clone()?;
        self.target.iter().any(|there| there.id == place).then_some(place)
    }

    /// Where a folder without a counterpart belongs: under its parent's counterpart, else under the root.
    pub(super) fn parent(&self, folder: &Folder) -> Option<FolderId> {
        let mapped = folder.parent.as_ref().and_then(|parent| self.mapped.get(parent)).cloned();
        mapped.or_else(|| self.of_role(FolderRole::Root))
    }

    /// A folder of the target.
    pub(super) fn there(&self, id: &FolderId) -> Option<&Folder> {
        self.target.iter().find(|there| there.id == *id)
    }

    /// Whether there is a folder of this name, whatever it is.
    pub(super) fn has(&self, parent: &FolderId, name: &str) -> bool {
        let same = |there: &Folder| there.name.to_lowercase() == name.to_lowercase();
        self.target.iter().any(|there| there.parent.as_ref() == Some(parent) && same(there))
    }

    /// A folder of this name that is something else than the counterpart of this one: one that every mailbox has, one of
    /// another class, or one that takes another folder or holds what that left behind. If `itself` is to get the name: any other.
    fn occupied(&self, parent: &FolderId, name: &str, folder: &Folder, itself: Option<&FolderId>) -> bool {
        if self.promised.contains(&(parent.clone(), name.to_lowercase())) {
            return true;
        }
        let held = |there: &Folder| self.held.iter().any(|(held, by)| *held == there.id && *by != folder.id);
        self.target.iter().any(|there| {
            there.parent.as_ref() == Some(parent)
                && Some(&there.id) != itself
                && there.name.to_lowercase() == name.to_lowercase()
                && (itself.is_some()
                    || there.role.is_some()
                    || !there.class.eq_ignore_ascii_case(&folder.class)
                    || self.taken.contains(&there.id)
                    || held(there))
        })
    }

    /// A name under this parent that no other folder has: this one, or with a number. `itself` may have it.
    pub(super) fn free_name(
        &self,
        parent: &FolderId,
        name: &str,
        folder: &Folder,
        itself: Option<&FolderId>,
    ) -> String {
        let numbered = (2..=MOST_NAMES).map(|n| format!("{name} ({n})"));
        std::iter::once(name.to_string())
            .chain(numbered)
            .find(|name| !self.occupied(parent, name, folder, itself))
            .unwrap_or_else(|| name.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(id: &str, parent: &str, name: &str, class: &str, role: Option<FolderRole>) -> Folder {
        let parent = (!parent.is_empty()).then(|| FolderId(parent.to_string()));
        Folder {
            id: FolderId(id.to_string()),
            parent,
            name: name.to_string(),
            class: class.to_string(),
            role,
            items: 0,
        }
    }

    #[test]
    fn folders_are_found_by_role_and_a_taken_name_gets_a_number() {
        let target = vec![
            folder("r", "", "", "IPF.Note", Some(FolderRole::Root)),
            folder("i", "r", "Posteingang", "IPF.Note", Some(FolderRole::Inbox)),
            folder("p", "r", "Projects", "IPF.Task", None),
            folder("m", "r", "Misc", "IPF.Note", None),
            folder("h", "r", "Held", "IPF.Note", None),
        ];
        let held = vec![(FolderId("h".to_string()), FolderId("3".to_string()))];
        let tree = Tree::new(target, &[], held);
        let inbox = folder("1", "0", "Inbox", "IPF.Note", Some(FolderRole::Inbox));
        assert_eq!(tree.existing(&inbox, None), Some(FolderId("i".to_string())));
        let root = FolderId("r".to_string());
        let free = |id: &str, name: &str| tree.free_name(&root, name, &folder(id, "0", name, "IPF.Note", None), None);
        assert_eq!(free("4", "posteingang"), "posteingang (2)");
        assert_eq!(free("4", "Projects"), "Projects (2)");
        assert_eq!(free("4", "Misc"), "Misc", "the same folder is used");
        assert_eq!(free("4", "Held"), "Held (2)", "another's items are in it");
        assert_eq!(free("3", "Held"), "Held", "its own are");
        let (itself, renamed) = (FolderId("new".to_string()), folder("3", "0", "Held", "IPF.Note", None));
        assert_eq!(tree.free_name(&root, "Held", &renamed, Some(&itself)), "Held (2)", "two cannot have one name");
        let journal = folder("2", "0", "Journal", "IPF.Journal", Some(FolderRole::Journal));
        assert_eq!(tree.existing(&journal, None), None);
        assert_eq!(tree.parent(&journal), Some(root));
    }
}
