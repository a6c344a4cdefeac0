//! Chance from a seed, and the truth as the people who make it know it: what every item ever was and where, and what
//! was done to its copy. Items are told apart by a mark in their text that the engine does not know of.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::memory::Fields;

/// Chance that comes from a seed (SplitMix64).
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64, purpose: u64) -> Dice {
        let mut dice = Dice(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) ^ purpose.wrapping_mul(0x9e6c_63d0_876a_9a35));
        dice.roll();
        dice
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
    Deleted,
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
    /// When people last touched it at the source.
    pub touched: Duration,
    /// What users of the target did to its copy.
    pub theirs: Vec<Theirs>,
    /// What it became by their hands.
    pub their_versions: Vec<Fields>,
    /// What a user of the target last made of it, while no pass was under way: that must be there.
    pub stands: Option<Fields>,
    /// How often it came to the source as something new.
    pub came: usize,
}

/// A folder of the source: what it was ever called, and where it ever was.
#[derive(Debug, Clone, Default)]
pub struct Place {
    pub names: BTreeSet<String>,
    pub parents: BTreeSet<String>,
    pub touched: Duration,
}

#[derive(Debug, Default)]
pub struct Truth {
    pub lives: BTreeMap<String, Life>,
    /// By mailbox and the source's id.
    pub places: BTreeMap<(String, String), Place>,
    /// When people last did anything at the source, by mailbox; and the server with its states.
    pub touched: BTreeMap<String, Duration>,
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
        life.touched = now;
        life.places.insert(folder.to_string());
        if life.versions.last() != Some(fields) {
            life.versions.push(fields.clone());
        }
        life.most = life.most.max(1);
    }
    pub fn place(&mut self, address: &str, id: &str, name: &str, parent: &str, now: Duration) {
        self.touch(address, now);
        let place = self.places.entry((address.to_string(), id.to_string())).or_default();
        place.names.insert(name.to_string());
        place.parents.insert(parent.to_string());
        place.touched = now;
    }
}

/// The mark that an item carries in its text.
pub fn mark_of(fields: &Fields) -> &str {
    fields.body.split(' ').next().unwrap_or_default()
}
