//! Findings as they are told: many of one cause as one, with the names of those it concerns.

use std::collections::BTreeSet;

use fluent_bundle::FluentValue;

use super::counted;
use crate::engine::finding::{Finding, Grade};
use crate::engine::problem::{Guidance, Problem};
use crate::engine::recipient::Address;
use crate::gui::look::Look;

/// How many names of a cause are told at most; the table marks them all.
pub const NAMES_TOLD: usize = 200;
/// Values by which a problem names a recipient.
const NAMES: [&str; 5] = ["mailbox", "group", "recipient", "member", "address"];

/// The recipients that a problem names.
pub fn names(problem: &Problem) -> BTreeSet<Address> {
    NAMES.iter().filter_map(|name| problem.values.get(*name)).map(|name| Address::new(name.as_str())).collect()
}

/// Findings of one cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// How much it matters.
    pub grade: Grade,
    /// All of them, in the plan's order; never empty.
    pub problems: Vec<Problem>,
}

/// Folds findings of one cause into one, gravest first, otherwise in the order in which each was first found.
pub fn fold(findings: &[Finding]) -> Vec<Cause> {
    let mut causes: Vec<Cause> = Vec::new();
    for finding in findings {
        let problem = finding.problem.clone();
        let same = |cause: &&mut Cause| cause.grade == finding.grade && cause.guidance() == Some(problem.guidance);
        match causes.iter_mut().find(same) {
            Some(cause) => cause.problems.push(problem),
            None => causes.push(Cause { grade: finding.grade, problems: vec![problem] }),
        }
    }
    causes.sort_by_key(|cause| cause.grade);
    causes
}

impl Cause {
    fn guidance(&self) -> Option<Guidance> {
        self.problems.first().map(|problem| problem.guidance)
    }

    /// How many findings it holds.
    pub fn count(&self) -> usize {
        self.problems.len()
    }

    /// What names it among others on the page, also after a new survey.
    pub fn id(&self) -> (Grade, &'static str) {
        (self.grade, self.guidance().map_or("", Guidance::key))
    }

    /// What happened, of one or of all.
    pub fn message(&self, look: &Look<'_>) -> String {
        match (self.problems.as_slice(), self.folded()) {
            ([one], _) => match self.left_out(one) {
                Some(domain) => look.tell("review-domain-left-out", &[("domain", domain.into())]),
                None => look.words.message(one),
            },
            (many, Some(key)) => counted(look, key, many.len()),
            (many, None) => many.first().map(|problem| look.words.message(problem)).unwrap_or_default(),
        }
    }

    /// What to do about it, once for all.
    pub fn remedy(&self, look: &Look<'_>) -> String {
        match (self.problems.as_slice(), self.folded()) {
            ([one], _) => match self.left_out(one) {
                Some(domain) => look.tell("review-domain-left-out.remedy", &[("domain", domain.into())]),
                None => look.words.remedy(one),
            },
            (many, Some(key)) => counted(look, &format!("{key}.remedy"), many.len()),
            (many, None) => many.first().map(|problem| look.words.remedy(problem)).unwrap_or_default(),
        }
    }

    /// The names of those it concerns, at most [`NAMES_TOLD`].
    pub fn told(&self, look: &Look<'_>) -> Vec<String> {
        self.problems.iter().take(NAMES_TOLD).map(|problem| self.told_of(look, problem)).collect()
    }

    /// How many names are not told.
    pub fn untold(&self) -> usize {
        self.count().saturating_sub(NAMES_TOLD)
    }

    /// The domain of further addresses that are left out: nothing else depends on it, as it does on a primary address'.
    fn left_out<'p>(&self, problem: &'p Problem) -> Option<&'p str> {
        let further = self.grade != Grade::MustFix && problem.guidance == Guidance::TargetDomainNotAccepted;
        problem.values.get("domain").filter(|_| further).map(String::as_str)
    }

    fn told_of(&self, look: &Look<'_>, problem: &Problem) -> String {
        if self.folded().is_none() {
            return look.words.message(problem);
        }
        let value = |name: &str| problem.values.get(name).map(String::as_str).filter(|value| !value.is_empty());
        let pair = match problem.guidance {
            Guidance::TargetMemberMissing => value("member").zip(value("group")).map(|pair| ("review-name-in", pair)),
            Guidance::SourceDynamicGroup => {
                value("group").zip(value("filter")).map(|pair| ("review-name-with", pair))
            }
            Guidance::SourceRecipientNotMoved => {
                value("recipient").zip(value("kind")).map(|pair| ("review-name-with", pair))
            }
            _ => None,
        };
        if let Some((key, (name, of))) = pair {
            return look.tell(key, &[("name", FluentValue::from(name)), ("of", FluentValue::from(of))]);
        }
        let name = NAMES.iter().chain(&["domain"]).find_map(|name| value(name));
        name.map_or_else(|| look.words.message(problem), str::to_owned)
    }

    /// The words for many findings of this cause, where there are such.
    fn folded(&self) -> Option<&'static str> {
        match self.guidance()? {
            Guidance::SourceDynamicGroup => Some("review-many-dynamic-groups"),
            Guidance::SourceGroupEmpty => Some("review-many-groups-empty"),
            Guidance::SourceGroupCut => Some("review-many-groups-cut"),
            Guidance::SourceRecipientNotMoved => Some("review-many-not-moved"),
            Guidance::SourceOutsideAddressUnknown => Some("review-many-outside-unknown"),
            Guidance::SourceAccessDenied => Some("review-many-access-denied"),
            Guidance::SourceImpersonationDenied => Some("review-many-impersonation-denied"),
            Guidance::SourceMailboxMissing => Some("review-many-mailboxes-missing"),
            Guidance::SourceMailboxUnavailable => Some("review-many-mailboxes-unavailable"),
            Guidance::TargetMemberMissing => Some("review-many-members-missing"),
            Guidance::TargetDomainNotAccepted if self.grade == Grade::MustFix => Some("review-many-domains"),
            Guidance::TargetDomainNotAccepted => Some("review-many-domains-left-out"),
            Guidance::TargetAddressInvalid => Some("review-many-addresses-invalid"),
            _ => None,
        }
    }
}
