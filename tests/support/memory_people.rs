//! What people do at the source, and to copies of it on the target.

use super::*;

impl World {
    pub fn add_mailbox(&self, address: &str, kind: MailboxKind) {
        let mut state = self.state();
        let mailbox = Mailbox { identity: identity(address), kind, card: Card::default(), size: None };
        let log = Vec::new();
        state.source.insert(
            address.to_lowercase(),
            SourceBox { mailbox, folders: standard_folders("s", true), items: Vec::new(), log, epoch: 1 },
        );
    }

    pub fn add_folder(&self, address: &str, parent: &str, name: &str, class: &str) -> String {
        let mut state = self.state();
        let folder = source_box(&mut state, address);
        let id = format!("s-{parent}-{name}");
        let parent = Some(FolderId(parent.to_string()));
        let (name, class) = (name.to_string(), class.to_string());
        folder.folders.push(Folder { id: FolderId(id.clone()), parent, name, class, role: None, items: 0 });
        id
    }

    /// Adds a message and answers its id.
    pub fn add_item(&self, address: &str, folder: &str, subject: &str) -> String {
        let search_key = Sha256::digest(format!("{address}{folder}{subject}{}", self.state().counter))[..16].to_vec();
        self.add(address, folder, fields(subject, search_key))
    }

    pub fn add(&self, address: &str, folder: &str, fields: Fields) -> String {
        let mut state = self.state();
        state.counter += 1;
        let id = format!("i{}", state.counter);
        let mailbox = source_box(&mut state, address);
        mailbox.items.push(SourceItem { id: id.clone(), folder: folder.to_string(), fields });
        mailbox.log.push((folder.to_string(), Change::Created(ItemId(id.clone()))));
        id
    }

    pub fn edit(&self, address: &str, id: &str, edit: impl FnOnce(&mut Fields)) {
        let mut state = self.state();
        let mailbox = source_box(&mut state, address);
        let item = mailbox.items.iter_mut().find(|item| item.id == id).unwrap();
        let read = item.fields.read;
        edit(&mut item.fields);
        let flag_only = read != item.fields.read;
        let id = ItemId(id.to_string());
        let change = if flag_only { Change::ReadFlag(id) } else { Change::Updated(id) };
        mailbox.log.push((item.folder.clone(), change));
    }

    pub fn delete(&self, address: &str, id: &str) -> Fields {
        let mut state = self.state();
        let mailbox = source_box(&mut state, address);
        let place = mailbox.items.iter().position(|item| item.id == id).unwrap();
        let item = mailbox.items.remove(place);
        mailbox.log.push((item.folder.clone(), Change::Gone(ItemId(id.to_string()))));
        item.fields
    }

    /// Moves an item, which gives it a new id; answers that.
    pub fn move_item(&self, address: &str, id: &str, folder: &str) -> String {
        let fields = self.delete(address, id);
        self.add(address, folder, fields)
    }

    /// The server forgets its sync states; with `renumber`, items get new ids too.
    pub fn expire_sync_states(&self, address: &str, renumber: bool) {
        let mut state = self.state();
        let mut counter = state.counter;
        let mailbox = source_box(&mut state, address);
        mailbox.epoch += 1;
        for item in mailbox.items.iter_mut().filter(|_| renumber) {
            counter += 1;
            item.id = format!("i{counter}");
        }
        let created =
            mailbox.items.iter().map(|item| (item.folder.clone(), Change::Created(ItemId(item.id.clone()))));
        mailbox.log = created.collect();
        state.counter = counter;
    }

    /// Makes a folder of the source with an id that no other one ever had.
    pub fn new_folder(&self, address: &str, parent: &str, name: &str, class: &str) -> String {
        let known = self.add_folder(address, parent, name, class);
        let mut state = self.state();
        state.counter += 1;
        let id = format!("s-{}-{name}", state.counter);
        let folders = &mut source_box(&mut state, address).folders;
        folders.iter_mut().rfind(|folder| folder.id.0 == known).unwrap().id = FolderId(id.clone());
        id
    }

    pub fn rename_folder(&self, address: &str, id: &str, name: &str) {
        self.change_folder(address, id, |folder| folder.name = name.to_string());
    }

    /// Puts a folder, with everything in it, under another one.
    pub fn move_folder(&self, address: &str, id: &str, parent: &str) {
        self.change_folder(address, id, |folder| folder.parent = Some(FolderId(parent.to_string())));
        let mut state = self.state();
        let folders = &mut source_box(&mut state, address).folders;
        *folders = parents_first(std::mem::take(folders));
    }

    fn change_folder(&self, address: &str, id: &str, change: impl FnOnce(&mut Folder)) {
        let mut state = self.state();
        let mailbox = source_box(&mut state, address);
        change(mailbox.folders.iter_mut().find(|folder| folder.id.0 == id).unwrap());
    }

    /// A folder goes away with everything in it.
    pub fn delete_folder(&self, address: &str, id: &str) {
        let mut state = self.state();
        let mailbox = source_box(&mut state, address);
        let doomed = subtree(&mailbox.folders, id);
        mailbox.folders.retain(|folder| !doomed.contains(&folder.id.0));
        mailbox.items.retain(|item| !doomed.contains(&item.folder));
    }

    /// A user of the target edits an item there.
    pub fn edit_copy(&self, address: &str, id: &str, edit: impl FnOnce(&mut Fields)) {
        let mut state = self.state();
        let mailbox = state.target.get_mut(&address.to_lowercase()).unwrap();
        edit(&mut mailbox.items.iter_mut().find(|item| item.id == id).unwrap().fields);
    }

    /// A user of the target puts an item into another folder.
    pub fn move_copy(&self, address: &str, id: &str, folder: &str) {
        let mut state = self.state();
        let mailbox = state.target.get_mut(&address.to_lowercase()).unwrap();
        mailbox.items.iter_mut().find(|item| item.id == id).unwrap().folder = folder.to_string();
    }

    /// A user of the target deletes an item for good.
    pub fn delete_copy(&self, address: &str, id: &str) {
        let mut state = self.state();
        state.target.get_mut(&address.to_lowercase()).unwrap().items.retain(|item| item.id != id);
    }

    /// What a user does to an item of the target; found by its subject.
    pub fn edit_on_target(&self, address: &str, subject: &str, edit: impl FnOnce(&mut TargetItem)) {
        let mut state = self.state();
        let items = &mut state.target.get_mut(address).unwrap().items;
        edit(items.iter_mut().find(|item| item.fields.subject == subject).unwrap());
    }

    /// A user moves an item of the target to another folder, which gives it a new id.
    pub fn move_on_target(&self, address: &str, subject: &str, role: FolderRole) {
        let mut state = self.state();
        state.counter += 1;
        let id = format!("t{}", state.counter);
        let there = state.target.get_mut(address).unwrap();
        let folder = there.folders.iter().find(|folder| folder.role == Some(role)).unwrap().id.0.clone();
        let item = there.items.iter_mut().find(|item| item.fields.subject == subject).unwrap();
        (item.id, item.folder) = (id, folder);
    }
}

/// A folder and everything under it.
pub fn subtree(folders: &[Folder], id: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::from([id.to_string()]);
    loop {
        let under = |folder: &&Folder| folder.parent.as_ref().is_some_and(|parent| found.contains(&parent.0));
        let more: Vec<String> = folders.iter().filter(under).map(|folder| folder.id.0.clone()).collect();
        let before = found.len();
        found.extend(more);
        if found.len() == before {
            return found;
        }
    }
}

fn parents_first(mut folders: Vec<Folder>) -> Vec<Folder> {
    let mut sorted: Vec<Folder> = Vec::new();
    while !folders.is_empty() {
        let ready = |folder: &Folder| {
            folder.parent.as_ref().is_none_or(|parent| sorted.iter().any(|known| known.id == *parent))
        };
        let (now, later): (Vec<Folder>, Vec<Folder>) = folders.into_iter().partition(ready);
        assert!(!now.is_empty(), "folders in a circle");
        sorted.extend(now);
        folders = later;
    }
    sorted
}
