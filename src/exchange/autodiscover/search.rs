//! The state of a search: what is still to ask, and what came of the rest.

use std::collections::{HashSet, VecDeque};
use std::time::Duration;

use url::Url;

use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;
use crate::exchange::{Step, fault};
use crate::http::Failure;

/// Why an address that was asked leads no further itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Miss {
    /// Its host name does not resolve.
    UnknownHost,
    /// No connection, or it broke.
    Unreachable,
    /// The host's certificate is not trusted.
    Certificate,
    /// It refused the sign-in, or offers none that we may use.
    SignIn,
    /// It points elsewhere; that is asked next, if it may be.
    Redirected,
    /// It points to a host that nobody confirmed.
    NotConfirmed,
    /// It points to the cloud.
    Cloud,
    /// What is there is no Autodiscover, or knows nothing of the address.
    NoAnswer,
}

impl Miss {
    /// Every reason there is.
    pub const ALL: &[Miss] = &[
        Miss::UnknownHost,
        Miss::Unreachable,
        Miss::Certificate,
        Miss::SignIn,
        Miss::Redirected,
        Miss::NotConfirmed,
        Miss::Cloud,
        Miss::NoAnswer,
    ];

    /// Its key, for choosing words.
    pub fn key(self) -> &'static str {
        match self {
            Miss::UnknownHost => "unknown-host",
            Miss::Unreachable => "unreachable",
            Miss::Certificate => "certificate",
            Miss::SignIn => "sign-in",
            Miss::Redirected => "redirected",
            Miss::NotConfirmed => "not-confirmed",
            Miss::Cloud => "cloud",
            Miss::NoAnswer => "no-answer",
        }
    }

    pub(super) fn of_failure(failure: &Failure) -> Miss {
        match failure {
            Failure::UnknownHost => Miss::UnknownHost,
            Failure::Certificate(_) => Miss::Certificate,
            Failure::Connect(_) | Failure::Lost(_) => Miss::Unreachable,
            Failure::TooLarge { .. } | Failure::Unusable(_) => Miss::NoAnswer,
        }
    }

    pub(super) fn of_problem(problem: &Problem) -> Miss {
        match problem.guidance {
            Guidance::SourceHostNotConfirmed => Miss::NotConfirmed,
            Guidance::SourceAutodiscoverInCloud => Miss::Cloud,
            Guidance::SourceBasicNotOffered | Guidance::SourceSignInWeakened | Guidance::SourcePasswordWrong => {
                Miss::SignIn
            }
            _ => Miss::NoAnswer,
        }
    }
}

/// A search in progress: what is still to ask, what was asked, and what spoke against it.
pub struct Search<'a> {
    /// Hears what comes of each address.
    tell: &'a (dyn Fn(Step) + Send + Sync),
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
    /// Some address gave an answer that may be another one soon.
    pub passing: bool,
    /// The longest pause that an address asked for.
    pub pause: Option<Duration>,
}

impl<'a> Search<'a> {
    /// A search along these candidates; with `only`, along nothing else.
    pub fn new(queue: VecDeque<(Url, Address)>, only: bool, tell: &'a (dyn Fn(Step) + Send + Sync)) -> Search<'a> {
        Search {
            tell,
            queue,
            asked: HashSet::new(),
            hops: 0,
            refusals: 0,
            only,
            tried: Vec::new(),
            against: None,
            passing: false,
            pause: None,
        }
    }
    /// Notes why the address that was asked leads no further, and tells it.
    pub fn miss(&mut self, url: &Url, miss: Miss, what: impl std::fmt::Display) {
        self.note(url, what);
        (self.tell)(Step::NotThere(url.clone(), miss));
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
        let kind = if self.passing { Kind::Retry } else { Kind::Run };
        let problem = match self.against {
            Some(problem) => problem.because(tried),
            None => Problem::new(kind, Side::Source, Guidance::SourceAutodiscoverFailed)
                .with("domain", email.domain())
                .with("tried", &tried)
                .because(tried),
        };
        fault::asking(problem, self.pause)
    }
}
