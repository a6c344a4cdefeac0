//! The folder tree of a mailbox: everything that a user can see, roles by distinguished id and never by name; and how
//! much these folders hold.

use std::collections::{HashMap, HashSet};

use super::client::Ews;
use super::fault::{self, Trouble};
use super::mime::extended;
use super::request::{FOLDER_HIDDEN, FOLDER_KIND, FOLDER_SIZE, Operation};
use super::soap;
use super::version::{Schema, Version};
use super::xml::Element;
use crate::engine::item::{Folder, FolderId, FolderRole};
use crate::engine::problem::{Kind, Problem};
use crate::engine::recipient::{Address, Size};

/// Pages of one mailbox's folder list, at most: 200,000 folders.
const PAGE_LIMIT: usize = 400;
/// How often the list is begun, at most, because folders come and go while it is read.
const LISTINGS: usize = 3;

/// Distinguished folders with the role that they have on both sides. The root comes first.
const ROLES: [(&str, FolderRole); 12] = [
    ("msgfolderroot", FolderRole::Root),
    ("inbox", FolderRole::Inbox),
    ("sentitems", FolderRole::Sent),
    ("drafts", FolderRole::Drafts),
    ("deleteditems", FolderRole::Deleted),
    ("outbox", FolderRole::Outbox),
    ("junkemail", FolderRole::Junk),
    ("calendar", FolderRole::Calendar),
    ("contacts", FolderRole::Contacts),
    ("tasks", FolderRole::Tasks),
    ("notes", FolderRole::Notes),
    ("journal", FolderRole::Journal),
];

/// Folders that the server and Outlook keep for themselves; their ids are told from 2013 on.
const OURS_TO_SKIP: [&str; 11] = [
    "syncissues",
    "conflicts",
    "localfailures",
    "serverfailures",
    "recipientcache",
    "quickcontacts",
    "todosearch",
    "mycontacts",
    "imcontactlist",
    "peopleconnect",
    "favorites",
];

/// Classes of such folders, for servers that do not tell their ids.
const CLASSES_TO_SKIP: [&str; 8] = [
    "IPF.Contact.RecipientCache",
    "IPF.Contact.MOC.QuickContacts",
    "IPF.Contact.MOC.ImContactList",
    "IPF.Contact.GalContacts",
    "IPF.Contact.OrganizationalContacts",
    "IPF.Contact.PeopleCentricConversationBuddies",
    "IPF.Contact.Company",
    "IPF.Configuration",
];

/// PidTagFolderType of a search folder.
const SEARCH: &str = "2";

/// A folder as listed, before anything is left out.
#[derive(Debug, Clone)]
struct Listed {
    folder: Folder,
    /// What it holds, as far as told.
    bytes: Option<u64>,
    skip: bool,
}

/// The tree: root first, parents before children.
pub async fn tree(ews: &Ews, mailbox: &Address) -> Result<Vec<Folder>, Problem> {
    Ok(read(ews, mailbox, &mut Begun::default()).await?.into_iter().map(|listed| listed.folder).collect())
}

/// How much the folders of the tree hold; nothing if that is not told of each. Reading the tree also proves that the
/// mailbox is there and may be read. What was begun is gone on with when this is asked again.
pub async fn measure(ews: &Ews, mailbox: &Address, begun: &mut Begun) -> Result<Option<Size>, Problem> {
    Ok(sum(&read(ews, mailbox, begun).await?))
}

fn sum(tree: &[Listed]) -> Option<Size> {
    tree.iter().try_fold(Size::default(), |sum, Listed { folder, bytes, .. }| {
        let bytes = bytes.or((folder.items == 0).then_some(0))?;
        Some(Size { items: sum.items.saturating_add(folder.items), bytes: sum.bytes.saturating_add(bytes) })
    })
}

/// A tree of which only the first questions are answered.
#[derive(Debug, Default)]
pub struct Begun {
    named: Option<Vec<Result<Listed, Problem>>>,
    hidden: Option<HashSet<FolderId>>,
}

async fn read(ews: &Ews, mailbox: &Address, begun: &mut Begun) -> Result<Vec<Listed>, Problem> {
    let names: Vec<&str> = ROLES.iter().map(|(name, _)| *name).collect();
    let found = match &begun.named {
        Some(found) => found.clone(),
        None => begun.named.insert(distinguished(ews, mailbox, &names, None).await?).clone(),
    };
    let mut found = found.into_iter();
    let root = found.next().unwrap_or_else(|| Err(fault::malformed("GetFolder without messages")))?;
    let roles: HashMap<FolderId, FolderRole> = found
        .zip(&ROLES[1..])
        .filter_map(|(found, (_, role))| found.ok().map(|found| (found.folder.id, *role)))
        .collect();
    let mut skipped = begun.hidden.clone().unwrap_or_default();
    if begun.hidden.is_none() && ews.version().is_some_and(Version::names_hidden_folders) {
        let hidden = distinguished(ews, mailbox, &OURS_TO_SKIP, Some(Schema::Exchange2013)).await?;
        skipped.extend(hidden.into_iter().filter_map(|found| Some(found.ok()?.folder.id)));
    }
    begun.hidden = Some(skipped.clone());
    let mut listed = list(ews, mailbox).await?;
    for entry in &mut listed {
        entry.folder.role = roles.get(&entry.folder.id).copied();
        entry.skip = entry.folder.role.is_none() && (entry.skip || skipped.contains(&entry.folder.id));
    }
    let folder = Folder { parent: None, role: Some(FolderRole::Root), ..root.folder };
    let root = Listed { folder, ..root };
    Ok(arrange(root, listed))
}

/// Opens the mailbox's root: the cheapest proof that it is there and may be read.
pub async fn open(ews: &Ews, mailbox: &Address) -> Result<(), Problem> {
    let operation = Operation::GetFolder { names: &["msgfolderroot"], owner: ews.owner(mailbox) };
    let response = ews.call(&operation, Some(mailbox)).await?;
    soap::single(&response, &ews.place(Some(mailbox), "")).map(|_| ())
}

/// One outcome for each name, if such names are known at all: the folder, or that the mailbox has none. Whatever else is
/// said of one name is a failure of the whole: a default folder that a busy server did not tell would be taken for one of
/// the user's own.
async fn distinguished(
    ews: &Ews,
    mailbox: &Address,
    names: &[&str],
    schema: Option<Schema>,
) -> Result<Vec<Result<Listed, Problem>>, Problem> {
    let operation = Operation::GetFolder { names, owner: ews.owner(mailbox) };
    let response = match schema {
        Some(schema) => match ews.call_as(&operation, Some(mailbox), schema).await {
            // A mailbox that is still on an older server behind this one: its folders are told by class alone.
            Err(problem) if problem.kind == Kind::Mailbox => return Ok(Vec::new()),
            answer => answer?,
        },
        None => ews.call(&operation, Some(mailbox)).await?,
    };
    let place = ews.place(Some(mailbox), "");
    // Names that need a version of their own are not known to every server.
    let is_none = |trouble: &Trouble| trouble.is_no_such_folder() || schema.is_some() && trouble.is_unknown_name();
    let read = |message: &Element| {
        if let Some(trouble) = soap::trouble(message) {
            let problem = fault::problem(&trouble, &place);
            // A hidden folder that cannot be opened is told by its class alone: for that no mailbox stays behind.
            let lasting = schema.is_some() && matches!(problem.kind, Kind::Mailbox | Kind::Item);
            return if is_none(&trouble) || lasting { Ok(Err(problem)) } else { Err(problem) };
        }
        let first = message.child("Folders").and_then(|folders| folders.children.first());
        first.and_then(listed).map(Ok).ok_or_else(|| fault::malformed("a folder without an id"))
    };
    soap::one_each(&response, names.len())?.into_iter().map(read).collect()
}

/// Everything below the root, in one piece: it is counted from the first folder on, so that where one comes or goes between
/// two pages, another is told twice or not at all.
async fn list(ews: &Ews, mailbox: &Address) -> Result<Vec<Listed>, Problem> {
    for _ in 0..LISTINGS {
        if let Some(listed) = list_once(ews, mailbox).await? {
            return Ok(listed);
        }
    }
    Err(fault::malformed("folders that change while they are listed"))
}

/// Nothing, if the pages do not fit together: the number of folders that is told of all changes or is not reached, or one
/// is told twice.
async fn list_once(ews: &Ews, mailbox: &Address) -> Result<Option<Vec<Listed>>, Problem> {
    let (mut listed, mut seen, mut offset, mut all) = (Vec::new(), HashSet::new(), 0, None);
    for _ in 0..PAGE_LIMIT {
        let operation = Operation::FindFolder { owner: ews.owner(mailbox), offset };
        let response = ews.call(&operation, Some(mailbox)).await?;
        let message = soap::single(&response, &ews.place(Some(mailbox), ""))?;
        let root = message.child("RootFolder").ok_or_else(|| fault::malformed("FindFolder without RootFolder"))?;
        let stated = number(root, "TotalItemsInView");
        if *all.get_or_insert(stated) != stated {
            return Ok(None);
        }
        let folders = root.child("Folders").map(|folders| folders.children.as_slice()).unwrap_or_default();
        for element in folders {
            let entry = self::listed(element).ok_or_else(|| fault::malformed("a folder without an id"))?;
            if !seen.insert(entry.folder.id.clone()) {
                return Ok(None);
            }
            listed.push(entry);
        }
        if root.attribute("IncludesLastItemInRange").is_none_or(|last| last == "true") {
            let whole = stated.is_none_or(|stated| listed.len() >= stated as usize);
            return Ok(whole.then_some(listed));
        }
        let next = number(root, "IndexedPagingOffset").filter(|next| *next > offset);
        offset = next.ok_or_else(|| fault::malformed("folder pages that do not end"))?;
    }
    Err(fault::malformed("more folders than a mailbox can have"))
}

fn number(root: &Element, name: &str) -> Option<u32> {
    root.attribute(name).and_then(|number| number.parse().ok())
}

fn listed(element: &Element) -> Option<Listed> {
    let folder = folder(element)?;
    let search = element.name == "SearchFolder" || extended(element, FOLDER_KIND) == Some(SEARCH);
    let hidden = extended(element, FOLDER_HIDDEN) == Some("true");
    let own = CLASSES_TO_SKIP.iter().any(|class| has_prefix(&folder.class, class));
    let bytes = extended(element, FOLDER_SIZE).and_then(|bytes| bytes.trim().parse().ok());
    Some(Listed { skip: search || hidden || own, bytes, folder })
}

/// Whether a class is another one or a refinement of it.
fn has_prefix(class: &str, prefix: &str) -> bool {
    let head = class.get(..prefix.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(prefix))
        && matches!(class.as_bytes().get(prefix.len()), None | Some(b'.'))
}

fn folder(element: &Element) -> Option<Folder> {
    let id = |name: &str| element.child(name)?.attribute("Id").map(|id| FolderId(id.to_owned()));
    Some(Folder {
        id: id("FolderId")?,
        parent: id("ParentFolderId"),
        name: element.child("DisplayName").map(|name| name.text.clone()).unwrap_or_default(),
        class: element.text_of("FolderClass").unwrap_or("IPF.Note").to_owned(),
        role: None,
        items: element.text_of("TotalCount").and_then(|count| count.parse().ok()).unwrap_or_default(),
    })
}

/// Puts parents before children and leaves out what is skipped with all below it. A folder whose parent was not
/// listed (the account may not see it) hangs from the root.
fn arrange(root: Listed, listed: Vec<Listed>) -> Vec<Listed> {
    let known: HashSet<FolderId> = listed.iter().map(|entry| entry.folder.id.clone()).collect();
    let mut children: HashMap<FolderId, Vec<Listed>> = HashMap::new();
    for entry in listed {
        let parent = entry.folder.parent.clone().filter(|parent| known.contains(parent));
        children.entry(parent.unwrap_or_else(|| root.folder.id.clone())).or_default().push(entry);
    }
    let mut arranged = vec![root];
    let mut at = 0;
    while let Some(parent) = arranged.get(at).map(|entry| entry.folder.id.clone()) {
        for entry in children.remove(&parent).unwrap_or_default() {
            if !entry.skip && entry.folder.id != parent {
                let folder = Folder { parent: Some(parent.clone()), ..entry.folder };
                arranged.push(Listed { folder, ..entry });
            }
        }
        at += 1;
    }
    arranged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: &str, parent: &str, skip: bool) -> Listed {
        let folder = Folder {
            id: FolderId(id.into()),
            parent: Some(FolderId(parent.into())),
            name: id.into(),
            class: "IPF.Note".into(),
            role: None,
            items: 0,
        };
        Listed { folder, bytes: None, skip }
    }

    #[test]
    fn parents_first_and_skipped_trees_left_out() {
        let root = entry("root", "", false);
        let listed = vec![
            entry("c", "b", false),
            entry("b", "a", false),
            entry("a", "root", false),
            entry("s", "root", true),
            entry("below-s", "s", false),
            entry("orphan", "unseen", false),
            entry("loop1", "loop2", false),
            entry("loop2", "loop1", false),
        ];
        let ids: Vec<String> = arrange(root, listed).into_iter().map(|entry| entry.folder.id.0).collect();
        assert_eq!(ids, ["root", "a", "orphan", "b", "c"]);
    }

    #[test]
    fn a_size_is_told_only_if_every_folder_with_items_tells_its_own() {
        let holding = |items, bytes| {
            let listed = entry("f", "root", false);
            Listed { folder: Folder { items, ..listed.folder }, bytes, ..listed }
        };
        assert_eq!(sum(&[]), Some(Size::default()));
        let told = [holding(2, Some(5_000_000_000)), holding(0, None), holding(1, Some(7))];
        assert_eq!(sum(&told), Some(Size { items: 3, bytes: 5_000_000_007 }));
        assert_eq!(sum(&[holding(2, Some(5)), holding(1, None)]), None);
    }

    #[test]
    fn classes_match_whole_parts() {
        assert!(has_prefix("ipf.configuration", "IPF.Configuration"));
        assert!(has_prefix("IPF.Contact.Company.X", "IPF.Contact.Company"));
        assert!(!has_prefix("IPF.Contact.CompanyX", "IPF.Contact.Company"));
        assert!(!has_prefix("IPF.Contact", "IPF.Contact.Company"));
    }
}
