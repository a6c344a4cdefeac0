//! What a seed, or many, came to.

use crate::lenient::Tally;

/// What a seed, or many, came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ending {
    pub hash: u64,
    pub seeds: u64,
    pub requests: u64,
    pub processes: u64,
    pub cuts: u64,
    pub passes: u64,
    pub stops: u64,
    pub items: u64,
    pub completed: u64,
    pub tally: Tally,
}

impl Ending {
    pub fn add(&mut self, other: &Ending) {
        self.hash ^= other.hash;
        self.seeds += other.seeds;
        self.requests += other.requests;
        self.processes += other.processes;
        self.cuts += other.cuts;
        self.passes += other.passes;
        self.stops += other.stops;
        self.items += other.items;
        self.completed += other.completed;
        self.tally.add(&other.tally);
    }
}

impl std::fmt::Display for Ending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Ending { hash, seeds, requests, processes, cuts, passes, stops, items, completed, tally } = self;
        write!(f, "{seeds} seeds: {requests} requests, {processes} processes of which the power ended {cuts}, ")?;
        write!(
            f,
            "{passes} passes of which {stops} were stopped, {items} items ever, {completed} completed ({hash:x})\n  the oracle: {tally}"
        )
    }
}
