//! Judges what came of a migration by the truth alone: the source as it is, what people did, and the target as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use cutover::engine::item::{Folder, FolderRole};
use cutover::engine::problem::Guidance;

use crate::memory::{Fields, World};
use crate::truth::{Life, Place, Truth, mark_of};
use crate::world::{UNDESCRIBED, unmovable};

/// An item on either side: its folder and what it is.
type Items = Vec<(String, Fields)>;

/// Both sides of a mailbox.
struct Sides {
    source: BTreeMap<String, Items>,
    target: BTreeMap<String, Items>,
    source_folders: Vec<Folder>,
    target_folders: Vec<Folder>,
}

fn by_mark(items: impl Iterator<Item = (String, Fields)>) -> BTreeMap<String, Items> {
    let mut sorted: BTreeMap<String, Items> = BTreeMap::new();
    for (folder, fields) in items {
        sorted.entry(mark_of(&fields).to_string()).or_default().push((folder, fields));
    }
    sorted
}

impl Sides {
    fn of(world: &World, address: &str) -> Sides {
        let state = world.state();
        let source = &state.source[address];
        let (target, target_folders) = match state.target.get(address) {
            Some(there) => {
                let items = there.items.iter().map(|item| (item.folder.clone(), item.fields.clone()));
                (by_mark(items), there.folders.clone())
            }
            None => Default::default(),
        };
        let items = source.items.iter().map(|item| (item.folder.clone(), item.fields.clone()));
        Sides { source: by_mark(items), target, source_folders: source.folders.clone(), target_folders }
    }
}

/// What is wrong with a mailbox. What must never be, at any moment; and for what nobody touched at the source after `since`
/// whether it is there as it should be, but for so many that may have failed.
pub fn mailbox(
    world: &World,
    truth: &Truth,
    address: &str,
    since: Option<Duration>,
    failed: u64,
) -> Result<(), String> {
    let sides = Sides::of(world, address);
    let none = Items::new();
    let mut wrong = Vec::new();
    for mark in sides.target.keys() {
        if truth.lives.get(mark).is_none_or(|life| life.address != address) {
            return Err(format!("{address}: {mark} is on the target and was never at the source"));
        }
    }
    for (mark, life) in truth.lives.iter().filter(|(_, life)| life.address == address) {
        let here = sides.source.get(mark).unwrap_or(&none);
        let there = sides.target.get(mark).unwrap_or(&none);
        never(life, there, since.is_some(), truth.deletions_stay)
            .map_err(|why| format!("{address}: {mark} {why}\n  source {here:?}\n  target {there:?}"))?;
        if let Some(since) = since
            && life.touched <= since
            && let Err(why) = right(life, here, there, &sides, truth, since)
        {
            wrong.push(format!("{mark} {why}\n  source {here:?}\n  target {there:?}"));
        }
    }
    if wrong.len() as u64 > failed {
        return Err(format!("{address}: {} wrong, {failed} failed: {}", wrong.len(), wrong.join("\n")));
    }
    folders_apart(&sides, truth, address)
}

/// What must never be. While an item is put into another place it is in both, until everything is in step; and where users
/// of the target change what is about to leave, that stays as well.
fn never(life: &Life, there: &Items, in_step: bool, deletions_stay: bool) -> Result<(), String> {
    // Where deletions stay, a copy of one that was deleted may be taken for that of a look-alike which moved.
    let once = in_step && life.theirs.is_empty() && !deletions_stay;
    let most = if once { life.most } else { life.most.max(life.came) * 2 };
    if there.len() > most {
        return Err(format!("is there {} times instead of {}", there.len(), life.most));
    }
    if let Some(theirs) = life.stands.as_ref().filter(|theirs| there.iter().all(|(_, fields)| fields != *theirs)) {
        return Err(format!("is no longer what a user made of it: {theirs:?}"));
    }
    let known = |fields: &Fields| life.versions.contains(fields) || life.their_versions.contains(fields);
    match there.iter().find(|(_, fields)| !known(fields)) {
        Some((_, fields)) => Err(format!("was never {fields:?}")),
        None => Ok(()),
    }
}

/// Whether copies of what is gone may stay: by choice, or because there ever was something in the mailbox that cannot even
/// be described. It may be whatever went away elsewhere.
fn may_stay(truth: &Truth, address: &str) -> bool {
    let mut lives = truth.lives.values().filter(|life| life.address == address);
    truth.deletions_stay || lives.any(|life| life.versions.iter().any(|fields| fields.class == UNDESCRIBED))
}

/// Whether it is on the target as it is at the source.
fn right(
    life: &Life,
    here: &Items,
    there: &Items,
    sides: &Sides,
    truth: &Truth,
    since: Duration,
) -> Result<(), String> {
    let (bad, good): (Items, Items) = here.iter().cloned().partition(|(_, fields)| unmovable(fields).is_some());
    if !life.theirs.is_empty() {
        return Ok(());
    }
    if good.is_empty() {
        let left = bad.is_empty() && !there.is_empty() && !may_stay(truth, &life.address);
        return if left { Err("was deleted at the source".to_string()) } else { Ok(()) };
    }
    let sorted = |items: &Items| {
        let mut fields: Vec<Fields> = items.iter().map(|(_, fields)| fields.clone()).collect();
        fields.sort();
        fields
    };
    let (expected, found) = (sorted(&good), sorted(there));
    // Copies of equal ones that are gone may remain, and so may an older version of one that became unmovable.
    let mut extra = found.clone();
    for fields in &expected {
        match extra.iter().position(|other| other == fields) {
            Some(place) => drop(extra.remove(place)),
            None => return Err("is not there as it is".to_string()),
        }
    }
    if extra.len() > bad.len() && !may_stay(truth, &life.address) {
        return Err("is there too often".to_string());
    }
    // A copy goes to whichever of those that look alike takes it up, and lies where a user of the target put it.
    let key = |fields: &Fields| (fields.search_key.clone(), fields.subject.clone());
    let alike = |other: &Life| other.versions.iter().any(|fields| key(fields) == key(&good[0].1));
    if truth.lives.values().any(|other| !other.theirs.is_empty() && alike(other)) {
        return Ok(());
    }
    let places: BTreeSet<&String> = here.iter().map(|(folder, _)| folder).collect();
    let fits = |(folder, _): &(String, Fields)| {
        places.iter().any(|place| counterpart(sides, truth, &life.address, place, folder, since))
    };
    // What an unmovable one was before stays where it was.
    match there.iter().filter(|(_, fields)| !extra.contains(fields)).find(|copy| !fits(copy)) {
        Some((folder, _)) => Err(format!("lies in {}", name(&sides.target_folders, folder))),
        None => Ok(()),
    }
}

fn name(folders: &[Folder], id: &str) -> String {
    folders.iter().find(|folder| folder.id.0 == id).map_or(format!("? {id}"), |folder| folder.name.clone())
}

/// Whether a folder of the target can be the one for a folder of the source: by role, or by name and parent; by any that it
/// ever had if people touched it after `since`.
fn counterpart(sides: &Sides, truth: &Truth, address: &str, source: &str, target: &str, since: Duration) -> bool {
    let Some(there) = sides.target_folders.iter().find(|folder| folder.id.0 == target) else { return false };
    let here = sides.source_folders.iter().find(|folder| folder.id.0 == source);
    let role = here.and_then(|folder| folder.role);
    if let Some(role) = role.filter(|role| *role != FolderRole::Journal) {
        return there.role == Some(role);
    }
    let Some(Place { names, parents, touched }) = truth.places.get(&(address.to_string(), source.to_string())) else {
        return false;
    };
    let followed = *touched <= since;
    let names: BTreeSet<&String> = match here {
        Some(here) if followed => [&here.name].into(),
        _ => names.iter().collect(),
    };
    let parents: BTreeSet<&String> = match here.and_then(|here| here.parent.as_ref()) {
        Some(parent) if followed => [&parent.0].into(),
        _ => parents.iter().collect(),
    };
    let above = there.parent.as_ref().map(|parent| parent.0.as_str()).unwrap_or_default();
    there.role.is_none()
        && names.iter().any(|name| named(&there.name, name))
        && (role.is_some() || parents.iter().any(|parent| counterpart(sides, truth, address, parent, above, since)))
}

/// A name, or that name with a number.
fn named(name: &str, expected: &str) -> bool {
    name.strip_prefix(expected).is_some_and(|rest| {
        let number = rest.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')'));
        rest.is_empty() || number.is_some_and(|number| number.parse::<u32>().is_ok())
    })
}

/// Two folders of the source never share one of the target.
fn folders_apart(sides: &Sides, truth: &Truth, address: &str) -> Result<(), String> {
    let mut homes: BTreeMap<&str, &str> = BTreeMap::new();
    for (mark, life) in truth.lives.iter().filter(|(_, life)| life.address == address) {
        let (Some(place), true) = (life.places.first(), life.theirs.is_empty() && life.places.len() == 1) else {
            continue;
        };
        for (folder, _) in sides.target.get(mark).into_iter().flatten() {
            let known = *homes.entry(folder).or_insert(place);
            if known != place {
                return Err(format!("{address}: {known} and {place} share {}", name(&sides.target_folders, folder)));
            }
        }
    }
    Ok(())
}

/// An item that cannot move.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftBehind {
    pub subject: String,
    pub guidance: Guidance,
    /// It counts as skipped, not as failed.
    pub skipped: bool,
    /// Users of the target changed or deleted the copy of what it was before, which stands: then nothing is left behind.
    pub theirs: bool,
}

/// What cannot move of a mailbox, sorted.
pub fn left_behind(world: &World, truth: &Truth, address: &str) -> Vec<LeftBehind> {
    let state = world.state();
    let items = state.source[address].items.iter();
    let mut found: Vec<LeftBehind> = items
        .filter_map(|item| {
            let (guidance, skipped) = unmovable(&item.fields)?;
            // What is damaged does not even tell its subject.
            let subject = if guidance == Guidance::SourceItemDamaged { "" } else { &item.fields.subject }.to_string();
            let theirs = truth.lives.get(mark_of(&item.fields)).is_some_and(|life| !life.theirs.is_empty());
            Some(LeftBehind { subject, guidance, skipped, theirs })
        })
        .collect();
    found.sort();
    found
}

/// The ledger's books by folder are what the source holds, when nobody does anything.
pub fn folder_books(world: &World, ledger: &Path) -> Result<(), String> {
    let db = rusqlite::Connection::open(ledger).unwrap();
    let mut kept: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut statement = db
        .prepare(
            "SELECT recipient.key, folder.source_id, count(*) FROM item JOIN folder ON folder.id = item.folder
             JOIN recipient ON recipient.id = folder.recipient WHERE item.state <> 'gone' GROUP BY 1, 2",
        )
        .unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let count: i64 = row.get(2).unwrap();
        kept.insert((row.get(0).unwrap(), row.get(1).unwrap()), count as u64);
    }
    let mut true_ones: BTreeMap<(String, String), u64> = BTreeMap::new();
    for (address, mailbox) in &world.state().source {
        for item in &mailbox.items {
            *true_ones.entry((address.clone(), item.folder.clone())).or_default() += 1;
        }
    }
    if kept == true_ones { Ok(()) } else { Err(format!("the books say {kept:?}, there are {true_ones:?}")) }
}
