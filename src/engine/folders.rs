//! Which folder of the target takes the items of which folder of the source: folders that every mailbox has are found
//! by role, never by name; user-made ones are made in order, parents first, under their own name and class.

use std::collections::{HashMap, HashSet};

use super::item::{Folder, FolderId, FolderRole, MailboxId};
use super::ledger::folders as kept;
use super::mailbox::Job;
use super::problem::{Guidance, Kind, Problem, Side};

/// Names tried for a folder whose name is taken by another: "Name (2)" and so on.
const MOST_NAMES: usize = 100;
/// The class of a mail folder.
const MAIL_CLASS: &str = "IPF.Note";
/// Classes that every target knows, tried for a class that it refuses.
const GENERIC_CLASSES: [&str; 5] = ["IPF.Appointment", "IPF.Contact", "IPF.Task", "IPF.StickyNote", "IPF.Journal"];

/// What became of the source's folders.
#[derive(Debug, Default)]
pub(crate) struct Mapped {
    /// The ledger's numbers of those that went away at the source.
    pub(crate) gone: HashSet<i64>,
    /// Why the first one that cannot be made cannot: its items wait, the others go on.
    pub(crate) unmade: Option<Problem>,
}

/// Maps every folder of the source and notes it in the ledger.
pub(crate) async fn map(job: &Job, mailbox: &MailboxId) -> Result<Mapped, Problem> {
    let core = &job.run.core;
    let source = job.source.call(|| core.parts.source.folders(job.address())).await?;
    let target = job.target.call(|| core.parts.target.folders(mailbox)).await?;
    let id = job.record.id;
    let known = core.ledger.read(move |db| kept::of(db, id)).await?;
    let mut tree = Tree::new(target, &known);
    let mut mapped = Mapped::default();
    for folder in &source {
        let place = match tree.existing(folder, &known) {
            Some(place) => Some(place),
            None => match make(job, mailbox, folder, &mut tree).await {
                Ok(place) => Some(place),
                Err(problem) if refused(&problem) => {
                    mapped.unmade.get_or_insert(problem.with("folder", &folder.name));
                    None
                }
                Err(problem) => return Err(problem),
            },
        };
        if let Some(place) = &place {
            tree.mapped.insert(folder.id.clone(), place.clone());
            tree.taken.insert(place.clone());
        }
        let folder = folder.clone();
        core.ledger.write(move |db| kept::map(db, id, &folder, place.as_ref())).await?;
    }
    let there: HashSet<&FolderId> = source.iter().map(|folder| &folder.id).collect();
    mapped.gone = known.iter().filter(|folder| !there.contains(&folder.source)).map(|folder| folder.id).collect();
    Ok(mapped)
}

/// The target will not make this folder, whatever its class; others it may.
fn refused(problem: &Problem) -> bool {
    matches!(problem.kind, Kind::Item | Kind::Mailbox)
}

/// The target's folders and what was mapped so far.
struct Tree {
    target: Vec<Folder>,
    mapped: HashMap<FolderId, FolderId>,
    /// Folders of the target that take a folder of the source already, now or by an earlier run.
    taken: HashSet<FolderId>,
}

impl Tree {
    fn new(target: Vec<Folder>, known: &[kept::Record]) -> Tree {
        let taken = known.iter().filter_map(|record| record.target.clone()).collect();
        Tree { target, mapped: HashMap::new(), taken }
    }

    fn of_role(&self, role: FolderRole) -> Option<FolderId> {
        self.target.iter().find(|folder| folder.role == Some(role)).map(|folder| folder.id.clone())
    }

    /// The folder of this role, or the one that an earlier run mapped, if it is still there.
    fn existing(&self, folder: &Folder, known: &[kept::Record]) -> Option<FolderId> {
        if let Some(role) = folder.role
            && let Some(place) = self.of_role(role)
        {
            return Some(place);
        }
        let place = known.iter().find(|record| record.source == folder.id)?.target.clone()?;
        self.target.iter().any(|there| there.id == place).then_some(place)
    }

    /// Where a folder without a counterpart belongs: under its parent's counterpart, else under the root.
    fn parent(&self, folder: &Folder) -> Option<FolderId> {
        let mapped = folder.parent.as_ref().and_then(|parent| self.mapped.get(parent)).cloned();
        mapped.or_else(|| self.of_role(FolderRole::Root))
    }

    /// A folder of this name that is something else: one that every mailbox has, one of another class, or one that takes
    /// another folder.
    fn occupied(&self, parent: &FolderId, name: &str, class: &str) -> bool {
        self.target.iter().any(|there| {
            there.parent.as_ref() == Some(parent)
                && there.name.to_lowercase() == name.to_lowercase()
                && (there.role.is_some()
                    || !there.class.eq_ignore_ascii_case(class)
                    || self.taken.contains(&there.id))
        })
    }

    fn free_name(&self, parent: &FolderId, name: &str, class: &str) -> String {
        let numbered = (2..=MOST_NAMES).map(|n| format!("{name} ({n})"));
        std::iter::once(name.to_string())
            .chain(numbered)
            .find(|name| !self.occupied(parent, name, class))
            .unwrap_or_else(|| name.to_string())
    }
}

/// Makes a folder; in a class that the target knows, if it refuses the folder's own.
async fn make(job: &Job, mailbox: &MailboxId, folder: &Folder, tree: &mut Tree) -> Result<FolderId, Problem> {
    let target = &job.run.core.parts.target;
    let parent = tree.parent(folder).ok_or_else(|| {
        Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetAnswerMalformed).with("what", "no root folder")
    })?;
    let name = tree.free_name(&parent, &folder.name, &folder.class);
    let mut class = folder.class.as_str();
    let made = loop {
        match job.target.call(|| target.create_folder(mailbox, &parent, &name, class)).await {
            Err(problem) if refused(&problem) => match plainer(class) {
                Some(plain) => class = plain,
                None => return Err(problem),
            },
            made => break made?,
        }
    };
    tree.target.push(Folder {
        id: made.clone(),
        parent: Some(parent),
        name,
        class: class.to_string(),
        role: None,
        items: 0,
    });
    Ok(made)
}

/// A class that more targets know: `IPF.Contact.MOC.QuickContacts` is a kind of `IPF.Contact`; anything else holds mail.
fn plainer(class: &str) -> Option<&'static str> {
    let lower = class.to_ascii_lowercase();
    let generic = GENERIC_CLASSES
        .into_iter()
        .find(|generic| lower.strip_prefix(&generic.to_ascii_lowercase()).is_some_and(|rest| rest.starts_with('.')));
    generic.or_else(|| (!class.eq_ignore_ascii_case(MAIL_CLASS)).then_some(MAIL_CLASS))
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
    fn classes_become_plainer_step_by_step() {
        assert_eq!(plainer("IPF.Contact.MOC.QuickContacts"), Some("IPF.Contact"));
        assert_eq!(plainer("IPF.Contact"), Some("IPF.Note"));
        assert_eq!(plainer("IPF.Files"), Some("IPF.Note"));
        assert_eq!(plainer("ipf.note"), None);
    }

    #[test]
    fn folders_are_found_by_role_and_a_taken_name_gets_a_number() {
        let target = vec![
            folder("r", "", "", "IPF.Note", Some(FolderRole::Root)),
            folder("i", "r", "Posteingang", "IPF.Note", Some(FolderRole::Inbox)),
            folder("p", "r", "Projects", "IPF.Task", None),
            folder("m", "r", "Misc", "IPF.Note", None),
        ];
        let tree = Tree::new(target, &[]);
        let inbox = folder("1", "0", "Inbox", "IPF.Note", Some(FolderRole::Inbox));
        assert_eq!(tree.existing(&inbox, &[]), Some(FolderId("i".to_string())));
        let root = FolderId("r".to_string());
        assert_eq!(tree.free_name(&root, "posteingang", "IPF.Note"), "posteingang (2)");
        assert_eq!(tree.free_name(&root, "Projects", "IPF.Note"), "Projects (2)");
        assert_eq!(tree.free_name(&root, "Misc", "IPF.Note"), "Misc", "the same folder is used");
        let journal = folder("2", "0", "Journal", "IPF.Journal", Some(FolderRole::Journal));
        assert_eq!(tree.existing(&journal, &[]), None);
        assert_eq!(tree.parent(&journal), Some(root));
    }
}
