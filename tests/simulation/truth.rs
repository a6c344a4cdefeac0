//! Chance from a seed, and the truth as the people who make it know it: what every item ever was and where, and what
//! was done to its copy. Items are told apart by a mark in their text that the engine does not know of.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::memory::{Fields, World};
use crate::world::UNDESCRIBED;

/// Chance that comes from a seed (SplitMix64).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64, purpose: u64) -> Dice {
        let mut dice = Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ purpose.wrapping_mul(0x9e6c_63d0_876a_9a35));
        dice.roll();
        dice
    }
    /// What a generator of the same kind goes on from as this one would.
    pub fn state(&self) -> u64 {
        self.0
    }
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    pub fn below(&mut self, bound: usize) -> usize {
        (self.roll() % bound.max(1) as u64) as usize
    }
    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> Option<&'a T> {
        of.get(self.below(of.len()))
    }
    /// One of these, each as often as its weight says.
    pub fn weighed<T: Copy>(&mut self, of: &[(usize, T)]) -> T {
        let mut at = self.below(of.iter().map(|(weight, _)| weight).sum());
        for (weight, value) in of {
            if at < *weight {
                return *value;
            }
            at -= weight;
        }
        of[0].1
    }
    pub fn millis(&mut self, least: usize, most: usize) -> Duration {
        Duration::from_millis(self.between(least, most) as u64)
    }
}

/// What a user of the target did to a copy.
#[derive(Debug, Clone, PartialEq)]
pub enum Theirs {
    Edited,
    Moved(String),
    /// When that was; and whether the mailbox had been in step since the copy was made, and no pass was under way.
    Deleted {
        at: Duration,
        settled: bool,
    },
}

/// An item of the source (or several that are equal in everything), from its beginning.
#[derive(Debug, Clone, Default)]
pub struct Life {
    pub address: String,
    /// Everything that it ever was, the latest last.
    pub versions: Vec<Fields>,
    /// The source's folders that it was ever in.
    pub places: BTreeSet<String>,
    /// How many equal ones there were at most.
    pub most: usize,
    /// When people touched it at the source.
    pub touches: Vec<Duration>,
    /// When it last got an id that it never had: made, moved or numbered anew; and whether that was not the first.
    pub renewed: (Duration, bool),
    /// What users of the target did to its copies.
    pub theirs: Vec<Theirs>,
    /// When they made of a changed or moved copy what it had been.
    pub restored: Vec<Duration>,
    /// What it became by their hands.
    pub their_versions: Vec<Fields>,
    /// How often it came to the source as something new.
    pub came: usize,
    /// It was on the target when its mailbox was in step.
    pub arrived: bool,
}

impl Life {
    /// When people last touched it at the source.
    pub fn touched(&self) -> Duration {
        self.touches.last().copied().unwrap_or_default()
    }

    pub fn renew(&mut self, now: Duration) {
        self.renewed = (now, self.renewed.0 > Duration::ZERO || self.came > 0);
    }

    /// How often users of the target deleted it.
    pub fn deletions(&self) -> impl Iterator<Item = (Duration, bool)> {
        self.theirs.iter().filter_map(|theirs| match theirs {
            Theirs::Deleted { at, settled } => Some((*at, *settled)),
            _ => None,
        })
    }
}

/// What a user of the target made of a copy while no pass was under way: that must be there, and in this folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stand {
    pub fields: Option<Fields>,
    pub folder: Option<String>,
}

/// A folder of the source: what it was ever called, and where it ever was.
#[derive(Debug, Clone, Default)]
pub struct Place {
    pub names: BTreeSet<String>,
    pub parents: BTreeSet<String>,
    pub parent: String,
    /// When it was put under another one.
    pub moves: Vec<Duration>,
    pub made: Duration,
    pub touched: Duration,
}

#[derive(Debug, Default)]
pub struct Truth {
    pub lives: BTreeMap<String, Life>,
    /// By mailbox and the source's id.
    pub places: BTreeMap<(String, String), Place>,
    /// When people last did anything at the source, by mailbox; and the server with its states.
    pub touched: BTreeMap<String, Duration>,
    /// By mailbox and the copy's number.
    pub stands: BTreeMap<(String, u64), Stand>,
    /// Copies that were there when their mailbox was in step, likewise.
    pub settled: BTreeSet<(String, u64)>,
    /// Copies that users touched before that: perhaps before their import was known to have arrived.
    pub early: BTreeSet<(String, u64)>,
    /// When something that cannot be described got an id, by mailbox.
    pub undescribed: BTreeMap<String, Vec<Duration>>,
    /// Passes after which a mailbox was in step: when they began and ended.
    pub synced: BTreeMap<String, Vec<(Duration, Duration)>>,
    /// Imports that were done, and whose answers were lost, by mailbox.
    pub lost_imports: BTreeMap<String, usize>,
    /// Nothing leaves the target because it is deleted at the source.
    pub deletions_stay: bool,
    marks: usize,
}

impl Truth {
    /// A mark for a new item.
    pub fn mark(&mut self) -> String {
        self.marks += 1;
        format!("#{}", self.marks)
    }
    pub fn life(&mut self, mark: &str) -> &mut Life {
        self.lives.entry(mark.to_string()).or_default()
    }
    pub fn touch(&mut self, address: &str, now: Duration) {
        self.touched.insert(address.to_string(), now);
    }
    /// Something became of an item at the source.
    pub fn happened(&mut self, address: &str, fields: &Fields, folder: &str, now: Duration) {
        self.touch(address, now);
        let life = self.life(mark_of(fields));
        life.address = address.to_string();
        life.touches.push(now);
        life.places.insert(folder.to_string());
        if life.versions.last() != Some(fields) {
            life.versions.push(fields.clone());
        }
        life.most = life.most.max(1);
    }
    /// It has an id that it never had.
    pub fn renewed(&mut self, address: &str, fields: &Fields, now: Duration) {
        self.life(mark_of(fields)).renew(now);
        if fields.class == UNDESCRIBED {
            self.undescribed.entry(address.to_string()).or_default().push(now);
        }
    }
    /// A pass that began then brought the mailbox into step: what is there has arrived, and is known to have.
    pub fn in_step(&mut self, world: &World, address: &str, began: Duration) {
        let now = world.now();
        self.synced.entry(address.to_string()).or_default().push((began, now));
        let state = world.state();
        for copy in state.target.get(address).into_iter().flat_map(|there| &there.items) {
            self.settled.insert((address.to_string(), copy.past.number));
            if let Some(life) = self.lives.get_mut(mark_of(&copy.fields)) {
                life.arrived = true;
            }
        }
    }
    pub fn place(&mut self, address: &str, id: &str, name: &str, parent: &str, now: Duration) {
        self.touch(address, now);
        let new = || Place { made: now, parent: parent.to_string(), ..Place::default() };
        let place = self.places.entry((address.to_string(), id.to_string())).or_insert_with(new);
        place.names.insert(name.to_string());
        place.parents.insert(parent.to_string());
        if place.parent != parent {
            place.parent = parent.to_string();
            place.moves.push(now);
        }
        place.touched = now;
    }
}

/// Whether one may be taken for the other: by search key and class, or without a key by what is seen of them.
pub fn looks_like(one: &Life, other: &Life) -> bool {
    let (Some(one), Some(other)) = (one.versions.first(), other.versions.first()) else { return false };
    let seen = |fields: &Fields| (fields.class.clone(), fields.subject.clone(), fields.date);
    if one.search_key.is_empty() || other.search_key.is_empty() {
        one.search_key == other.search_key && seen(one) == seen(other)
    } else {
        one.search_key == other.search_key && one.class == other.class
    }
}

/// The mark that an item carries in its text.
pub fn mark_of(fields: &Fields) -> &str {
    fields.body.split(' ').next().unwrap_or_default()
}
