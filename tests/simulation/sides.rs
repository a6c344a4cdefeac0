//! Both sides of a mailbox as they are, and which folder of the target can be the one for a folder of the source.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cutover::engine::item::{Folder, FolderRole};

use crate::memory::{Fields, TargetItem, World};
use crate::truth::{Place, Truth, mark_of};

/// An item of the source: its folder and what it is.
pub type Items = Vec<(String, Fields)>;

/// Both sides of a mailbox.
pub struct Sides {
    pub source: BTreeMap<String, Items>,
    pub target: BTreeMap<String, Vec<TargetItem>>,
    pub source_folders: Vec<Folder>,
    pub target_folders: Vec<Folder>,
}

impl Sides {
    pub fn of(world: &World, address: &str) -> Sides {
        let state = world.state();
        let here = &state.source[address];
        let (mut source, mut target): (BTreeMap<_, Items>, BTreeMap<_, Vec<TargetItem>>) = Default::default();
        for item in &here.items {
            let mark = mark_of(&item.fields).to_string();
            source.entry(mark).or_default().push((item.folder.clone(), item.fields.clone()));
        }
        let there = state.target.get(address);
        for item in there.into_iter().flat_map(|there| &there.items) {
            target.entry(mark_of(&item.fields).to_string()).or_default().push(item.clone());
        }
        let target_folders = there.map(|there| there.folders.clone()).unwrap_or_default();
        Sides { source, target, source_folders: here.folders.clone(), target_folders }
    }
}

/// What a folder is called.
pub fn name(folders: &[Folder], id: &str) -> String {
    folders.iter().find(|folder| folder.id.0 == id).map_or(format!("? {id}"), |folder| folder.name.clone())
}

/// Whether a folder of the target can be the one for a folder of the source: by role, or by name and parent; by any that it
/// ever had if people touched it after `since`.
pub fn counterpart(sides: &Sides, truth: &Truth, address: &str, source: &str, target: &str, since: Duration) -> bool {
    let Some(there) = sides.target_folders.iter().find(|folder| folder.id.0 == target) else { return false };
    let here = sides.source_folders.iter().find(|folder| folder.id.0 == source);
    let role = here.and_then(|folder| folder.role);
    if let Some(role) = role.filter(|role| *role != FolderRole::Journal) {
        return there.role == Some(role);
    }
    let Some(Place { names, parents, touched, .. }) = truth.places.get(&(address.to_string(), source.to_string()))
    else {
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

/// Two folders of the source never share one of the target, but for what users changed in one that was left behind.
pub fn folders_apart(sides: &Sides, truth: &Truth, address: &str) -> Result<(), String> {
    let mut homes: BTreeMap<&str, &str> = BTreeMap::new();
    for (mark, life) in truth.lives.iter().filter(|(_, life)| life.address == address) {
        let (Some(place), 1) = (life.places.first(), life.places.len()) else { continue };
        for copy in sides.target.get(mark).into_iter().flatten().filter(|copy| !copy.is_moved() && !copy.is_edited())
        {
            let known = *homes.entry(&copy.folder).or_insert(place);
            if known != place {
                return Err(format!(
                    "{address}: {known} and {place} share {}",
                    name(&sides.target_folders, &copy.folder)
                ));
            }
        }
    }
    Ok(())
}
