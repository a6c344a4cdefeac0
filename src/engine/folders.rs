//! Which folder of the target takes the items of which folder of the source: folders that every mailbox has are found
//! by role, never by name; user-made ones are made level by level, parents first, under their own name and class. When they
//! are renamed or moved at the source later, their counterparts follow, unless somebody did the same on the target.

use std::collections::{BTreeSet, HashMap, HashSet};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::item::{Folder, FolderId, MailboxId};
use super::ledger::folders::{self as kept, Counterpart};
use super::mailbox::Job;
use super::pacer::TARGET_AT_A_TIME;
use super::problem::{Guidance, Kind, Problem, Side};

mod tree;

use tree::Tree;

/// The class of a mail folder.
const MAIL_CLASS: &str = "IPF.Note";
/// Classes that every target knows, tried for a class that it refuses.
const GENERIC_CLASSES: [&str; 5] = ["IPF.Appointment", "IPF.Contact", "IPF.Task", "IPF.StickyNote", "IPF.Journal"];

/// What became of the source's folders.
#[derive(Debug, Default)]
pub(crate) struct Mapped {
    /// The ledger's numbers of those that went away at the source.
    pub(crate) gone: BTreeSet<i64>,
    /// Why the first one that cannot be made or renamed cannot: its items wait, the others go on.
    pub(crate) unmade: Option<Problem>,
}

/// What a folder of the source has on the target from now on.
struct Place {
    counterpart: Option<Counterpart>,
    /// The name at the source up to which the counterpart has followed.
    name: String,
}

/// Maps every folder of the source and notes it in the ledger.
pub(crate) async fn map(job: &Job, mailbox: &MailboxId) -> Result<Mapped, Problem> {
    let core = &job.run.core;
    let id = job.record.id;
    let (known, held) = core.ledger.read(move |db| Ok((kept::of(db, id)?, kept::held(db, id)?))).await?;
    let (source, gone) = at_source(job, &known).await?;
    let target = job.target.call(|| core.parts.target.folders(mailbox)).await?;
    // The ledger keeps the source's order, whichever is made first.
    let new = |folder: &&Folder| !known.iter().any(|record| record.source == folder.id);
    let new: Vec<Folder> = source.iter().filter(new).cloned().collect();
    core.ledger.write(move |db| new.iter().try_for_each(|folder| kept::map(db, id, folder, None))).await?;
    let mut tree = Tree::new(target, &known, held);
    let mut mapped = Mapped { gone, unmade: None };
    for level in levels(&source) {
        // Those that have a counterpart come first: the new ones get names that are free beside them.
        let mut new = Vec::new();
        for folder in level {
            let record = known.iter().find(|record| record.source == folder.id);
            match tree.existing(folder, record).and_then(|id| tree.there(&id)).cloned() {
                Some(there) => {
                    let place = find(job, mailbox, folder, record, there, &mut tree, &mut mapped).await?;
                    let left = record.filter(|record| is_another(&place, record, &tree)).map(|record| record.id);
                    tree.map(folder, place.counterpart.as_ref());
                    note(job, folder, place, left).await?;
                }
                None => new.push(folder),
            }
        }
        make_all(job, mailbox, &new, &mut tree, &mut mapped).await?;
    }
    Ok(mapped)
}

/// Folders by how deep they lie, those of one depth in their order.
fn levels(folders: &[Folder]) -> Vec<Vec<&Folder>> {
    let mut depths: HashMap<&FolderId, usize> = HashMap::new();
    let mut levels: Vec<Vec<&Folder>> = Vec::new();
    for folder in folders {
        let depth = folder.parent.as_ref().and_then(|parent| depths.get(parent)).map_or(0, |above| above + 1);
        depths.insert(&folder.id, depth);
        if depth == levels.len() {
            levels.push(Vec::new());
        }
        levels[depth].push(folder);
    }
    levels
}

/// Notes what a folder has on the target, and whose place it left behind.
async fn note(job: &Job, folder: &Folder, place: Place, left: Option<i64>) -> Result<(), Problem> {
    let id = job.record.id;
    let folder = Folder { name: place.name, ..folder.clone() };
    job.run
        .core
        .ledger
        .write(move |db| {
            left.map_or(Ok(()), |left| kept::leave_behind(db, left))?;
            kept::map(db, id, &folder, place.counterpart.as_ref())
        })
        .await
}

/// Makes counterparts of folders of one level, so many at a time; each is noted as soon as it is there. After a failure of the
/// whole mailbox those under way are still heard out.
async fn make_all(
    job: &Job,
    mailbox: &MailboxId,
    folders: &[&Folder],
    tree: &mut Tree,
    mapped: &mut Mapped,
) -> Result<(), Problem> {
    let mut makings = Vec::new();
    for folder in folders {
        makings.push((*folder, Making::begin(folder, &folder.name, tree)?));
    }
    let mut makings = makings.into_iter();
    let mut working = FuturesUnordered::new();
    let mut failure = None;
    loop {
        while failure.is_none()
            && working.len() < TARGET_AT_A_TIME
            && let Some((folder, making)) = makings.next()
        {
            working.push(make(job, mailbox, folder, making));
        }
        match working.next().await {
            Some(Ok((folder, Ok((counterpart, there))))) => {
                tree.target.push(there);
                tree.map(folder, Some(&counterpart));
            }
            Some(Ok((folder, Err(refusal)))) => {
                mapped.unmade.get_or_insert(refusal.with("folder", &folder.name));
            }
            Some(Err(problem)) => {
                failure.get_or_insert(problem);
            }
            None => return failure.map_or(Ok(()), Err),
        }
    }
}

/// What came of making a folder: its counterpart and how it is there, or why the target will not have it.
type Made<'f> = (&'f Folder, Result<(Counterpart, Folder), Problem>);

/// Makes a counterpart, unless the target refuses it, and notes which.
async fn make<'f>(job: &Job, mailbox: &MailboxId, folder: &'f Folder, making: Making) -> Result<Made<'f>, Problem> {
    let made = match making.carry_out(job, mailbox).await {
        Err(problem) if !refused(&problem) => return Err(problem),
        made => made,
    };
    let counterpart = made.as_ref().ok().map(|(counterpart, _)| counterpart.clone());
    note(job, folder, Place { counterpart, name: folder.name.clone() }, None).await?;
    Ok((folder, made))
}

/// Whether the source lists no folder but these of the ledger.
pub(crate) async fn are_all(job: &Job, known: &[kept::Record]) -> Result<bool, Problem> {
    Ok(list(job).await?.iter().all(|there| known.iter().any(|folder| folder.source == there.id)))
}

/// The folders that the source has now.
pub(crate) async fn list(job: &Job) -> Result<Vec<Folder>, Problem> {
    job.source.call(|| job.run.core.parts.source.folders(job.address())).await
}

/// The folders that the source has, and the ledger's numbers of those that it has no longer. What is read while folders come
/// and go may lack one that is there: only what a second list lacks as well is gone.
async fn at_source(job: &Job, known: &[kept::Record]) -> Result<(Vec<Folder>, BTreeSet<i64>), Problem> {
    let mut source = list(job).await?;
    let mut missing: Vec<&kept::Record> = known.iter().collect();
    missing.retain(|folder| !has(&source, folder));
    if !missing.iter().all(|folder| folder.is_over()) {
        source = together(list(job).await?, source);
        missing.retain(|folder| !has(&source, folder));
    }
    Ok((source, missing.into_iter().map(|folder| folder.id).collect()))
}

/// What one of two lists has, as the later one says, parents first.
fn together(mut later: Vec<Folder>, earlier: Vec<Folder>) -> Vec<Folder> {
    let listed: HashSet<FolderId> = later.iter().map(|folder| folder.id.clone()).collect();
    later.extend(earlier.into_iter().filter(|folder| !listed.contains(&folder.id)));
    let parents: HashMap<FolderId, Option<FolderId>> =
        later.iter().map(|folder| (folder.id.clone(), folder.parent.clone())).collect();
    // As many as there are folders at most: two lists of different moments may name each other's parents.
    let depth = |folder: &Folder| {
        std::iter::successors(folder.parent.as_ref(), |above| parents.get(*above)?.as_ref())
            .take(parents.len())
            .count()
    };
    later.sort_by_cached_key(depth);
    later
}

/// Whether a folder is among these of the source.
pub(crate) fn has(source: &[Folder], folder: &kept::Record) -> bool {
    source.iter().any(|there| there.id == folder.source)
}

/// Whether a folder gets another counterpart than it had: what is in that is left behind there. It moved, or its role showed
/// only now, or the target has a default folder for it only now. What somebody deleted on the target holds nothing any more.
fn is_another(place: &Place, record: &kept::Record, tree: &Tree) -> bool {
    let (Some(now), Some(before)) = (&place.counterpart, &record.target) else { return false };
    now.id != *before && tree.there(before).is_some()
}

/// Lets what a folder of the source has on the target follow what was done at the source.
async fn find(
    job: &Job,
    mailbox: &MailboxId,
    folder: &Folder,
    record: Option<&kept::Record>,
    there: Folder,
    tree: &mut Tree,
    mapped: &mut Mapped,
) -> Result<Place, Problem> {
    let followed = |counterpart| Place { counterpart: Some(counterpart), name: folder.name.clone() };
    let now =
        Counterpart { id: there.id.clone(), given: there.name.clone(), under: there.parent.clone(), made: false };
    // What every mailbox has is where and what it is; and a counterpart that was found just now is as it should be.
    let Some(record) = record.filter(|record| there.role.is_none() && record.target.as_ref() == Some(&there.id))
    else {
        return Ok(followed(now));
    };
    let before = Counterpart {
        given: record.given.clone().unwrap_or(now.given),
        under: record.under.clone().or(now.under),
        made: record.made,
        ..now
    };
    let kept_back = |counterpart| Place { counterpart: Some(counterpart), name: record.name.clone() };
    match follow(job, mailbox, folder, record, &there, &before, tree).await {
        Ok(counterpart) => Ok(followed(counterpart)),
        Err(problem) if refused(&problem) => {
            mapped.unmade.get_or_insert(problem.with("folder", &folder.name));
            Ok(kept_back(before))
        }
        Err(problem) => Err(problem),
    }
}

/// Lets a counterpart follow its folder, which may have been moved or renamed. Whatever somebody did to it on the target
/// stands: then it is no longer where we put it, or no longer has the name that we gave it.
async fn follow(
    job: &Job,
    mailbox: &MailboxId,
    folder: &Folder,
    record: &kept::Record,
    there: &Folder,
    before: &Counterpart,
    tree: &mut Tree,
) -> Result<Counterpart, Problem> {
    let own_name = there.name == before.given || record.renaming.as_ref() == Some(&there.name);
    // A parent without a counterpart leaves its children where they are.
    let belongs = folder.parent.as_ref().and_then(|parent| tree.mapped.get(parent)).cloned();
    if belongs.is_some() && belongs != before.under {
        if there.parent == before.under {
            // The service cannot move folders: what is in it follows item by item.
            let name = if own_name { &folder.name } else { &there.name };
            let (made, there) = Making::begin(folder, name, tree)?.carry_out(job, mailbox).await?;
            tree.target.push(there);
            let given = if own_name { made.given } else { before.given.clone() };
            return Ok(Counterpart { given, ..made });
        }
        return Ok(Counterpart { under: belongs, ..before.clone() });
    }
    let Some(parent) = there.parent.as_ref().filter(|_| folder.name != record.name) else {
        return Ok(before.clone());
    };
    let name = tree.free_name(parent, &folder.name, folder, Some(&there.id));
    if there.name != name {
        if !own_name {
            return Ok(before.clone());
        }
        let (core, id, new) = (&job.run.core, record.id, name.clone());
        core.ledger.write(move |db| kept::rename(db, id, &new)).await?;
        job.target.call(|| core.parts.target.rename_folder(mailbox, &there.id, &name)).await?;
        if let Some(renamed) = tree.target.iter_mut().find(|other| other.id == there.id) {
            renamed.name.clone_from(&name);
        }
    }
    Ok(Counterpart { given: name, ..before.clone() })
}

/// The target will not make this folder, whatever its class; others it may.
fn refused(problem: &Problem) -> bool {
    matches!(problem.kind, Kind::Item | Kind::Mailbox)
}

/// A folder that is about to be made, under a name that no other gets.
struct Making {
    parent: FolderId,
    name: String,
    class: String,
    /// Nothing of this name was there.
    new: bool,
}

impl Making {
    fn begin(folder: &Folder, name: &str, tree: &mut Tree) -> Result<Making, Problem> {
        let parent = tree.parent(folder).ok_or_else(|| {
            Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetAnswerMalformed).with("what", "no root folder")
        })?;
        let name = tree.free_name(&parent, name, folder, None);
        let new = !tree.has(&parent, &name);
        tree.promise(&parent, &name);
        Ok(Making { parent, name, class: folder.class.clone(), new })
    }

    /// Makes it; in a class that the target knows, if it refuses the folder's own.
    async fn carry_out(self, job: &Job, mailbox: &MailboxId) -> Result<(Counterpart, Folder), Problem> {
        let target = &job.run.core.parts.target;
        let Making { parent, name, class, new } = self;
        let mut class = class.as_str();
        let id = loop {
            match job.target.call(|| target.create_folder(mailbox, &parent, &name, class)).await {
                Err(problem) if refused(&problem) => match plainer(class) {
                    Some(plain) => class = plain,
                    None => return Err(problem),
                },
                made => break made?,
            }
        };
        let there = Folder {
            id: id.clone(),
            parent: Some(parent.clone()),
            name: name.clone(),
            class: class.to_string(),
            role: None,
            items: 0,
        };
        Ok((Counterpart { id, given: name, under: Some(parent), made: new }, there))
    }
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

    #[test]
    fn classes_become_plainer_step_by_step() {
        assert_eq!(plainer("IPF.Contact.MOC.QuickContacts"), Some("IPF.Contact"));
        assert_eq!(plainer("IPF.Contact"), Some("IPF.Note"));
        assert_eq!(plainer("IPF.Files"), Some("IPF.Note"));
        assert_eq!(plainer("ipf.note"), None);
    }
}
