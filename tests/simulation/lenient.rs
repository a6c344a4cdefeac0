//! Where the oracle cannot know what is right, it lets more than one thing pass. Every such case is counted, so that whoever
//! makes it more lenient sees it.

use std::collections::BTreeMap;

/// Why something was let pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lenient {
    /// Not at all: items that were judged.
    Judged,
    /// It is not there, in a pass after which something in the mailbox failed for a passing cause.
    Failed,
    /// Users of the target edited it: it is there as they made it.
    Edited,
    /// It lacks an edit that met one that users of the target took back, or that came after they had moved it while the answer to
    /// its replacement was lost.
    LeftBehind,
    /// Users of the target deleted it.
    Deleted,
    /// Users of the target deleted one of several that look alike, and there are as many as before.
    PutBack,
    /// It is gone at the source, and there as users of the target changed or moved it.
    Outlives,
    /// It is there as it should be, and beside that as users of the target changed or moved it.
    Beside,
    /// It is gone at the source, and deletions stay.
    Kept,
    /// It is gone at the source, and something came then that cannot be described.
    Undescribed,
    /// It is gone at the source, and one that looks the same and is being moved there may have its copy.
    Passing,
    /// It is gone at the source, and one that looks the same cannot move.
    Lacking,
    /// It is gone at the source, and a folder was made there during the pass, into which it may have moved.
    Held,
    /// It is gone at the source and was to stay, and one came that looks the same.
    Taken,
    /// It is there once more than it should be, or where it was before, for users deleted one that looks the same.
    Uncounted,
    /// It lies where users of the target put it.
    Moved,
    /// It lies where users of the target put one that looks the same.
    MovedTwin,
}

/// How often each may be in so many judgements ([`ENOUGH`]): about twice as often as it is.
const MOST: [(Lenient, u64); 16] = [
    (Lenient::Failed, 5),
    (Lenient::Edited, 800),
    (Lenient::LeftBehind, 5),
    (Lenient::Deleted, 500),
    (Lenient::PutBack, 5),
    (Lenient::Outlives, 120),
    (Lenient::Beside, 40),
    (Lenient::Kept, 400),
    (Lenient::Undescribed, 40),
    (Lenient::Passing, 5),
    (Lenient::Lacking, 10),
    (Lenient::Held, 15),
    (Lenient::Taken, 10),
    (Lenient::Uncounted, 5),
    (Lenient::Moved, 600),
    (Lenient::MovedTwin, 5),
];
/// Judgements of items from which on it is held against that.
const ENOUGH: u64 = 50_000;

/// How often each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally(pub BTreeMap<Lenient, u64>);

impl Tally {
    pub fn count(&mut self, lenient: Lenient) {
        *self.0.entry(lenient).or_default() += 1;
    }
    /// Whether so much was judged that leniency is held against it.
    pub fn enough(&self) -> bool {
        self.0.get(&Lenient::Judged).is_some_and(|judged| *judged >= ENOUGH)
    }
    /// What was let pass far more often than usual.
    pub fn too_often(&self) -> Vec<String> {
        let of = |lenient: Lenient| self.0.get(&lenient).copied().unwrap_or_default();
        let judged = of(Lenient::Judged);
        let over = MOST.iter().filter(|(lenient, most)| self.enough() && of(*lenient) * ENOUGH > most * judged);
        over.map(|(lenient, most)| format!("{lenient:?} {} of {judged}, at most {most} of {ENOUGH}", of(*lenient)))
            .collect()
    }
    pub fn add(&mut self, other: &Tally) {
        other.0.iter().for_each(|(lenient, count)| *self.0.entry(*lenient).or_default() += count);
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts: Vec<String> = self.0.iter().map(|(lenient, count)| format!("{lenient:?} {count}")).collect();
        write!(f, "{}", parts.join(", "))
    }
}
