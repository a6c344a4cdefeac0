//! A world from a seed: mailboxes of all kinds, odd folder trees, items of every sort, contacts, groups in groups.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cutover::engine::problem::Guidance;
use cutover::engine::recipient::MailboxKind;

use crate::memory::{Fields, World, contact, group};
use crate::truth::{Dice, Truth};

/// Folder names that people and programs give: also names that the other side has for something else.
const NAMES: [&str; 16] = [
    "Projects",
    "projects 2019",
    "Projects (2)",
    "Inbox",
    "Posteingang",
    "Gelöschte Elemente",
    "Journal",
    "A/B\\C: \"quoted\"?",
    " leading and trailing ",
    "日本語",
    "😀",
    "ÜBER",
    "Archive",
    "Archive",
    "x",
    "..",
];
const CLASSES: [(usize, &str); 6] = [
    (12, "IPF.Note"),
    (2, "IPF.Appointment"),
    (2, "IPF.Contact"),
    (1, "IPF.Contact.MOC.QuickContacts"),
    (1, "IPF.Files"),
    (1, "IPF.Task"),
];

/// The class of what the source cannot even describe.
pub const UNDESCRIBED: &str = "IPM.Damaged";
/// Items that cannot move, and why.
const UNMOVABLE: [(&str, Guidance, bool); 5] = [
    ("IPM.Unexportable", Guidance::SourceKindNotExportable, true),
    ("IPM.Huge", Guidance::SourceAnswerTooLarge, true),
    (UNDESCRIBED, Guidance::SourceItemDamaged, false),
    ("IPM.Refused", Guidance::TargetItemRefused, false),
    ("IPM.Poison", Guidance::SourceUnreachable, false),
];
/// Too large for the target's import.
pub const GIANT: u64 = 400 * 1024 * 1024;

/// Why an item cannot move, and whether that counts as skipped; nothing if it can.
pub fn unmovable(fields: &Fields) -> Option<(Guidance, bool)> {
    let kind = UNMOVABLE.iter().find(|(class, ..)| fields.class == *class);
    let kind = kind.map(|(_, guidance, skipped)| (*guidance, *skipped));
    kind.or_else(|| (fields.size >= GIANT).then_some((Guidance::TargetItemTooLarge, true)))
}

/// Everything that acts on the world: it, the truth, and chance.
pub struct Maker {
    pub world: Arc<World>,
    pub truth: Arc<Mutex<Truth>>,
    pub dice: Dice,
    /// No pass is under way.
    pub quiet: bool,
    /// How likely odd items are in this world, per cent.
    pub odd: usize,
}

impl Maker {
    pub fn new(world: Arc<World>, truth: Arc<Mutex<Truth>>, mut dice: Dice) -> Maker {
        let odd = dice.weighed(&[(2, 0), (3, 5), (2, 30)]);
        Maker { world, truth, dice, quiet: false, odd }
    }

    pub fn now(&self) -> Duration {
        self.world.now()
    }

    /// The answer to an import that was done is lost.
    pub fn lost_import(&self, address: &str) {
        *self.truth.lock().unwrap().lost_imports.entry(address.to_string()).or_default() += 1;
    }

    /// The organisation as it is when the migration begins.
    pub fn organisation(&mut self) {
        let mailboxes = self.dice.weighed(&[(3, 1), (4, 2), (3, 3), (2, 4), (1, 5), (1, 6)]);
        for n in 0..mailboxes {
            self.mailbox(&format!("user{n}@contoso.com"));
        }
        let mut state = self.world.state();
        state.latency = Duration::from_millis(1);
        state.contacts = vec![contact("partner@fabrikam.com", false), contact("guest@fabrikam.com", true)];
        state.contacts.truncate(self.dice.below(3));
        let people: Vec<String> = state.source.keys().cloned().collect();
        let outside: Vec<String> = state.contacts.iter().map(|c| c.identity.address.key()).collect();
        let mut known: Vec<String> = people.into_iter().chain(outside).collect();
        for n in 0..self.dice.below(4) {
            let address = format!("group{n}@contoso.com");
            let members: Vec<&str> = known.iter().filter(|_| self.dice.percent(50)).map(String::as_str).collect();
            state.groups.push(group(&address, &members));
            known.push(address);
        }
        // A group may hold one that holds it.
        if state.groups.len() > 1 && self.dice.percent(30) {
            let last = state.groups.last().unwrap().identity.address.clone();
            if !state.groups[0].members.contains(&last) {
                state.groups[0].members.push(last);
            }
        }
    }

    /// A mailbox with folders and items.
    pub fn mailbox(&mut self, address: &str) {
        let kind = self.dice.weighed(&[
            (6, MailboxKind::User),
            (2, MailboxKind::Shared),
            (1, MailboxKind::Room),
            (1, MailboxKind::Equipment),
        ]);
        self.world.add_mailbox(address, kind);
        let now = self.now();
        let standard: Vec<(String, String)> = self.world.state().source[address]
            .folders
            .iter()
            .map(|folder| (folder.id.0.clone(), folder.name.clone()))
            .collect();
        for (id, name) in &standard {
            self.truth.lock().unwrap().place(address, id, name, "", now);
        }
        for _ in 0..self.dice.weighed(&[(3, 0), (4, 2), (3, 4), (1, 8)]) {
            self.folder(address);
        }
        let folders = self.folders(address);
        let many = self.dice.weighed(&[(6, 0), (1, 60)]);
        for n in 0..self.dice.weighed(&[(2, 2), (4, 10), (3, 20)]) + many {
            // Most of the many lie together, so that folders are read in several pages and batches.
            let folder = if n < many { "s-Inbox".to_string() } else { self.dice.pick(&folders).unwrap().clone() };
            self.item(address, &folder);
        }
    }

    pub fn folders(&self, address: &str) -> Vec<String> {
        self.world.state().source[address].folders.iter().map(|folder| folder.id.0.clone()).collect()
    }

    /// A name that no other folder under this parent has.
    pub fn free_name(&mut self, address: &str, parent: &str) -> String {
        let state = self.world.state();
        let siblings: Vec<String> = state.source[address]
            .folders
            .iter()
            .filter(|folder| folder.parent.as_ref().is_some_and(|known| known.0 == parent))
            .map(|folder| folder.name.to_lowercase())
            .collect();
        let mut name = self.dice.pick(&NAMES).unwrap().to_string();
        while siblings.contains(&name.to_lowercase()) {
            name = format!("{name} {}", self.dice.below(100));
        }
        name
    }

    /// A new folder somewhere.
    pub fn folder(&mut self, address: &str) -> String {
        let parent = self.dice.pick(&self.folders(address)).unwrap().clone();
        let name = self.free_name(address, &parent);
        let class = self.dice.weighed(&CLASSES);
        let id = self.world.new_folder(address, &parent, &name, class);
        self.truth.lock().unwrap().place(address, &id, &name, &parent, self.world.now());
        id
    }

    /// A new item, perhaps one that cannot move, or one that looks like another.
    pub fn item(&mut self, address: &str, folder: &str) -> String {
        let fields = self.fields(address, folder);
        self.put(address, folder, fields)
    }

    pub fn put(&mut self, address: &str, folder: &str, fields: Fields) -> String {
        let now = self.now();
        let mut truth = self.truth.lock().unwrap();
        truth.happened(address, &fields, folder, now);
        truth.renewed(address, &fields, now);
        let mark = crate::truth::mark_of(&fields).to_string();
        let id = self.world.add(address, folder, fields);
        let equal = self.world.state().source[address]
            .items
            .iter()
            .filter(|item| crate::truth::mark_of(&item.fields) == mark)
            .count();
        let life = truth.life(&mark);
        life.most = life.most.max(equal);
        truth.life(&mark).came += 1;
        id
    }

    fn fields(&mut self, address: &str, folder: &str) -> Fields {
        let (mark, known) = {
            let mut truth = self.truth.lock().unwrap();
            let mark = truth.mark();
            (mark, self.world.state().source[address].items.clone())
        };
        if self.dice.percent(self.odd)
            && let Some(twin) = self.dice.pick(&known).map(|item| item.fields.clone())
        {
            return match self.dice.below(3) {
                // Equal in everything, mark and all.
                0 => twin,
                // A copy that was edited apart: the search key stays.
                1 => Fields { body: format!("{mark} v1 apart"), ..twin },
                // Another one that shows the same, without a search key.
                _ => Fields { body: format!("{mark} v1"), search_key: Vec::new(), ..twin },
            };
        }
        let number: u64 = mark[1..].parse().unwrap();
        let (class, size) = match self.dice.below(100) {
            n if n < self.odd / 4 => (UNMOVABLE[self.dice.below(UNMOVABLE.len())].0, 4_000),
            n if n < self.odd / 3 => ("IPM.Note", GIANT),
            n if n < self.odd => ("IPM.Note", self.dice.between(1, 112) as u64 * 1024 * 1024),
            n if n % 7 == 0 => ("IPM.Appointment", 9_000),
            _ => ("IPM.Note", self.dice.between(500, 90_000) as u64),
        };
        let keyed = !self.dice.percent(self.odd / 2);
        // Without a search key, things are told apart by what they show: some show the same.
        let subject = if keyed || self.dice.percent(50) { format!("Item {number}") } else { "Re: hello".to_string() };
        Fields {
            class: class.to_string(),
            subject,
            body: format!("{mark} v1 {folder}"),
            read: self.dice.percent(30),
            search_key: if keyed { number.to_be_bytes().repeat(2) } else { Vec::new() },
            date: 1_700_000_000 + (number % 5) as i64,
            stamp: None,
            sender: format!("sender{}@fabrikam.com", number % 3),
            size,
        }
    }

    /// Folders that people made.
    pub fn own_folders(&self, address: &str) -> Vec<String> {
        let state = self.world.state();
        let own = state.source[address].folders.iter().filter(|folder| folder.role.is_none());
        own.map(|folder| folder.id.0.clone()).collect()
    }
}
