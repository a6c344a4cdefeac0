//! The state of a search: what is still to ask, and what came of the rest.

use std::collections::{HashSet, VecDeque};

use url::Url;

use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;

/// A search in progress: what is still to ask, what was asked, and what spoke against it.
pub struct Search {
    /// Still to ask.
    pub queue: VecDeque<(Url, Address)>,
    /// Asked already: no pair is asked twice.
    pub asked: HashSet<(Url, Address)>,
    /// Redirects so far.
    pub hops: usize,
    /// Passwords refused so far.
    pub refusals: usize,
    /// One address was typed and is the only one.
    pub only: bool,
    /// What came of each candidate.
    pub tried: Vec<String>,
    /// The most telling problem.
    pub against: Option<Problem>,
}

impl Search {
    /// A search along these candidates; with `only`, along nothing else.
    pub fn new(queue: VecDeque<(Url, Address)>, only: bool) -> Search {
        Search { queue, asked: HashSet::new(), hops: 0, refusals: 0, only, tried: Vec::new(), against: None }
    }
    /// Notes what came of a candidate.
    pub fn note(&mut self, url: &Url, what: impl std::fmt::Display) {
        self.tried.push(format!("{url}: {what}"));
    }
    /// Keeps the most telling problem: a host to confirm before the cloud before anything else.
    pub fn keep(&mut self, problem: Problem) {
        let rank = |guidance: Guidance| match guidance {
            Guidance::SourceHostNotConfirmed => 3,
            Guidance::SourceAutodiscoverInCloud => 2,
            _ => 1,
        };
        if self.against.as_ref().is_none_or(|kept| rank(problem.guidance) >= rank(kept.guidance)) {
            self.against = Some(problem);
        }
    }

    /// What a search without a result means.
    pub fn failed(self, email: &Address) -> Problem {
        let tried = self.tried.join("; ");
        match self.against {
            Some(problem) => problem.because(tried),
            None => Problem::new(Kind::Run, Side::Source, Guidance::SourceAutodiscoverFailed)
                .with("domain", email.domain())
                .with("tried", &tried)
                .because(tried),
        }
    }
}
