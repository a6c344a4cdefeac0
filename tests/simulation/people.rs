//! What people do while the migration goes on, on both sides; and what servers do by themselves.

use crate::memory::people::subtree;
use crate::memory::{Fields, TargetItem};
use crate::truth::{Stand, Theirs, mark_of};
use crate::world::{GIANT, Maker, unmovable};

#[derive(Debug, Clone, Copy)]
enum Act {
    Add,
    Edit,
    Read,
    Delete,
    Move,
    Copy,
    NewFolder,
    RenameFolder,
    MoveFolder,
    DeleteFolder,
    NewMailbox,
    Expire,
    TheyEdit,
    TheyRead,
    TheyMove,
    TheyDelete,
}

const ACTS: [(usize, Act); 16] = [
    (30, Act::Add),
    (18, Act::Edit),
    (12, Act::Read),
    (10, Act::Delete),
    (12, Act::Move),
    (4, Act::Copy),
    (4, Act::NewFolder),
    (3, Act::RenameFolder),
    (3, Act::MoveFolder),
    (2, Act::DeleteFolder),
    (1, Act::NewMailbox),
    (2, Act::Expire),
    (3, Act::TheyEdit),
    (2, Act::TheyRead),
    (4, Act::TheyMove),
    (3, Act::TheyDelete),
];

impl Maker {
    /// Somebody does something; answers what.
    pub fn act(&mut self) -> String {
        let act = self.dice.weighed(&ACTS);
        let addresses: Vec<String> = self.world.state().source.keys().cloned().collect();
        let address = self.dice.pick(&addresses).unwrap().clone();
        let what = match act {
            Act::Add => {
                let folder = self.dice.pick(&self.folders(&address)).unwrap().clone();
                Some(self.item(&address, &folder))
            }
            Act::Edit | Act::Read => self.edit(&address, matches!(act, Act::Read)),
            Act::Delete => self.delete(&address),
            Act::Move => self.move_one(&address),
            Act::Copy => self.copy(&address),
            Act::NewFolder => {
                let folder = self.folder(&address);
                Some(self.item(&address, &folder))
            }
            Act::RenameFolder => self.rename(&address),
            Act::MoveFolder => self.move_tree(&address),
            Act::DeleteFolder => self.delete_tree(&address),
            Act::NewMailbox if addresses.len() < 7 => {
                let address = format!("late{}@contoso.com", addresses.len());
                self.mailbox(&address);
                Some(address)
            }
            Act::NewMailbox => None,
            Act::Expire => self.expire(&address),
            Act::TheyEdit | Act::TheyRead | Act::TheyMove | Act::TheyDelete => self.they(&address, act),
        };
        format!("    {act:?} {address} {}", what.unwrap_or_else(|| "nothing".to_string()))
    }

    fn any(&mut self, address: &str) -> Option<(String, String, Fields)> {
        let state = self.world.state();
        let items = &state.source[address].items;
        self.dice.pick(items).map(|item| (item.id.clone(), item.folder.clone(), item.fields.clone()))
    }

    fn edit(&mut self, address: &str, read: bool) -> Option<String> {
        let (id, folder, mut fields) = self.any(address)?;
        let mark = mark_of(&fields).to_string();
        if read {
            fields.read = !fields.read;
        } else {
            let version = self.truth.lock().unwrap().life(&mark).versions.len() + 1;
            fields.body = format!("{mark} v{version}");
            // Somebody attaches what is too large, or takes it away again.
            if fields.size >= GIANT {
                fields.size = 5_000;
            } else if self.dice.percent(self.odd / 4) && unmovable(&fields).is_none() {
                fields.size = GIANT;
            }
        }
        let now = self.now();
        self.truth.lock().unwrap().happened(address, &fields, &folder, now);
        let told = format!("{id} {mark} {}", fields.body);
        self.world.edit(address, &id, |known| *known = fields);
        Some(told)
    }

    fn delete(&mut self, address: &str) -> Option<String> {
        let (id, folder, fields) = self.any(address)?;
        let now = self.now();
        self.truth.lock().unwrap().happened(address, &fields, &folder, now);
        self.world.delete(address, &id);
        Some(format!("{id} {}", mark_of(&fields)))
    }

    fn move_one(&mut self, address: &str) -> Option<String> {
        let (id, _, fields) = self.any(address)?;
        let to = self.dice.pick(&self.folders(address)).unwrap().clone();
        let now = self.now();
        let mut truth = self.truth.lock().unwrap();
        truth.happened(address, &fields, &to, now);
        truth.renewed(address, &fields, now);
        let new = self.world.move_item(address, &id, &to);
        Some(format!("{id} {} to {to} as {new}", mark_of(&fields)))
    }

    /// Copying keeps the search key: from now on there are two that are equal in everything.
    fn copy(&mut self, address: &str) -> Option<String> {
        let (id, _, fields) = self.any(address)?;
        let to = self.dice.pick(&self.folders(address)).unwrap().clone();
        let told = format!("{id} {} to {to}", mark_of(&fields));
        Some(format!("{told} as {}", self.put(address, &to, fields)))
    }

    fn own(&mut self, address: &str) -> Option<String> {
        let own = self.own_folders(address);
        self.dice.pick(&own).cloned()
    }

    fn parent_and_name(&self, address: &str, id: &str) -> (String, String) {
        let state = self.world.state();
        let folder = state.source[address].folders.iter().find(|folder| folder.id.0 == id).unwrap();
        (folder.parent.as_ref().map(|parent| parent.0.clone()).unwrap_or_default(), folder.name.clone())
    }

    fn rename(&mut self, address: &str) -> Option<String> {
        let id = self.own(address)?;
        let (parent, _) = self.parent_and_name(address, &id);
        let name = self.free_name(address, &parent);
        self.world.rename_folder(address, &id, &name);
        self.truth.lock().unwrap().place(address, &id, &name, &parent, self.world.now());
        Some(format!("{id} to {name}"))
    }

    fn move_tree(&mut self, address: &str) -> Option<String> {
        let id = self.own(address)?;
        let (_, name) = self.parent_and_name(address, &id);
        let within = subtree(&self.world.state().source[address].folders, &id);
        let outside: Vec<String> = self.folders(address).into_iter().filter(|f| !within.contains(f)).collect();
        let parent = self.dice.pick(&outside)?.clone();
        let taken = self.world.state().source[address].folders.iter().any(|folder| {
            folder.parent.as_ref().is_some_and(|p| p.0 == parent) && folder.name.to_lowercase() == name.to_lowercase()
        });
        if taken {
            return None;
        }
        self.world.move_folder(address, &id, &parent);
        self.truth.lock().unwrap().place(address, &id, &name, &parent, self.world.now());
        Some(format!("{id} under {parent}"))
    }

    fn delete_tree(&mut self, address: &str) -> Option<String> {
        let id = self.own(address)?;
        let now = self.now();
        let doomed = subtree(&self.world.state().source[address].folders, &id);
        let items: Vec<(String, Fields)> = self.world.state().source[address]
            .items
            .iter()
            .filter(|item| doomed.contains(&item.folder))
            .map(|item| (item.folder.clone(), item.fields.clone()))
            .collect();
        let mut truth = self.truth.lock().unwrap();
        truth.touch(address, now);
        items.iter().for_each(|(folder, fields)| truth.happened(address, fields, folder, now));
        self.world.delete_folder(address, &id);
        Some(format!("{id} with {} items", items.len()))
    }

    /// The server forgets its states, and perhaps gives everything a new id.
    fn expire(&mut self, address: &str) -> Option<String> {
        let (renumber, now) = (self.dice.percent(50), self.now());
        let mut truth = self.truth.lock().unwrap();
        truth.touch(address, now);
        truth.lives.values_mut().filter(|life| life.address == address).for_each(|life| life.touches.push(now));
        self.world.expire_sync_states(address, renumber);
        for item in self.world.state().source[address].items.iter().filter(|_| renumber) {
            truth.renewed(address, &item.fields, now);
        }
        Some(format!("renumbering {renumber}"))
    }

    /// A user of the target does something to a copy there.
    fn they(&mut self, address: &str, act: Act) -> Option<String> {
        let (items, folders) = {
            let state = self.world.state();
            let there = state.target.get(address)?;
            let now = self.world.now();
            let seen: Vec<TargetItem> = there.items.iter().filter(|item| item.visible <= now).cloned().collect();
            (seen, there.folders.iter().map(|folder| folder.id.0.clone()).collect::<Vec<_>>())
        };
        let copy = self.dice.pick(&items)?;
        let (id, mut fields, place) = (&copy.id, copy.fields.clone(), (address.to_string(), copy.past.number));
        let mark = mark_of(&fields).to_string();
        let at = self.now();
        let mut truth = self.truth.lock().unwrap();
        let settled = self.quiet && truth.settled.contains(&place);
        // Or it is being put into another place just then, and is in both, or will be.
        if !self.quiet || !truth.settled.contains(&place) {
            truth.early.insert(place.clone());
        }
        // In a pass it may cross what is on its way there already, unless it stood before.
        let stood = truth.stands.get(&place).cloned().unwrap_or_default();
        let life = truth.lives.entry(mark.clone()).or_default();
        match act {
            Act::TheyEdit | Act::TheyRead => {
                if matches!(act, Act::TheyRead) {
                    fields.read = !fields.read;
                } else {
                    fields.body = format!("{mark} theirs{}", life.their_versions.len());
                }
                life.theirs.push(Theirs::Edited);
                life.restored.extend((copy.is_edited() && fields == copy.past.put).then_some(at));
                life.their_versions.push(fields.clone());
                let stands = (self.quiet || stood.fields.is_some()) && fields != copy.past.put;
                let stand = Stand { fields: stands.then(|| fields.clone()), ..stood };
                truth.stands.insert(place, stand);
                self.world.edit_copy(address, id, |known| *known = fields);
            }
            Act::TheyMove => {
                let to = self.dice.pick(&folders)?.clone();
                life.theirs.push(Theirs::Moved(to.clone()));
                life.restored.extend((copy.is_moved() && to == copy.past.into).then_some(at));
                let stands = (self.quiet || stood.folder.is_some()) && to != copy.past.into;
                truth.stands.insert(place, Stand { folder: stands.then(|| to.clone()), ..stood });
                self.world.move_copy(address, id, &to);
            }
            _ => {
                life.theirs.push(Theirs::Deleted { at, settled });
                truth.stands.remove(&place);
                self.world.delete_copy(address, id);
            }
        }
        Some(format!("{id} {mark}"))
    }
}
