//! MigrationErrors.csv: every object with something amiss, why, and what to do. Items of one mailbox with the same cause
//! share a line that names the first of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rusqlite::Connection;

use super::facts::Facts;
use super::{Amiss, ErrorLine, Words, cause, time};
use crate::engine::ledger::absent::Absence;
use crate::engine::ledger::findings;
use crate::engine::ledger::recipients::Record;
use crate::engine::ledger::verdicts::{self, Trouble};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;
use crate::engine::run::{Phase, UserState};

pub(super) const HEADER: &[&str] = &[
    "ObjectType",
    "EmailAddress",
    "Phase",
    "State",
    "ErrorCode",
    "ErrorMessage",
    "SuggestedFix",
    "Retryable",
    "Attempts",
    "FirstSeenUtc",
    "LastSeenUtc",
    "ItemsAffected",
    "Batch",
];

/// Items that a line names.
const NAMED: usize = 3;

/// Items of one mailbox with the same cause.
pub(super) struct Group {
    first: Trouble,
    items: u64,
    last_seen: i64,
    attempts: u64,
    named: Vec<String>,
}

impl Group {
    /// What is told of it beside the report.
    pub(super) fn amiss(&self) -> Amiss {
        Amiss { problem: self.first.problem.clone(), items: self.items }
    }
}

/// Gathers items with problems by mailbox, cause and whether they were skipped.
pub(super) fn gather(db: &Connection) -> rusqlite::Result<Vec<Group>> {
    let mut groups: BTreeMap<(i64, String, bool, String), Group> = BTreeMap::new();
    verdicts::troubles(db, |trouble| {
        let key = (trouble.recipient, cause(&trouble.problem), trouble.skipped, trouble.phase.clone());
        let name = format!("{}: {}", trouble.folder, trouble.subject);
        match groups.get_mut(&key) {
            Some(group) => {
                group.items += 1;
                group.first.first_seen = group.first.first_seen.min(trouble.first_seen);
                group.last_seen = group.last_seen.max(trouble.last_seen);
                group.attempts = group.attempts.max(trouble.attempts);
                if group.named.len() < NAMED {
                    group.named.push(name);
                }
            }
            None => {
                let (last_seen, attempts) = (trouble.last_seen, trouble.attempts);
                groups.insert(key, Group { first: trouble, items: 1, last_seen, attempts, named: vec![name] });
            }
        }
    })?;
    Ok(groups.into_values().collect())
}

/// A line before it is text.
struct Line<'a> {
    object_type: &'a str,
    name: Cow<'a, str>,
    phase: &'a str,
    state: &'static str,
    problem: &'a Problem,
    /// The first items concerned.
    named: String,
    retryable: bool,
    attempts: u64,
    seen: (Option<i64>, Option<i64>),
    items: u64,
    batch: String,
}

impl Line<'_> {
    fn cells(self, words: &dyn Words) -> Vec<String> {
        let message = words.message(self.problem);
        let message = if self.named.is_empty() { message } else { format!("{message} [{}]", self.named) };
        vec![
            self.object_type.to_string(),
            self.name.to_string(),
            self.phase.to_string(),
            self.state.to_string(),
            self.problem.guidance.key().to_string(),
            message,
            words.remedy(self.problem),
            self.retryable.to_string(),
            self.attempts.to_string(),
            time(self.seen.0),
            time(self.seen.1),
            self.items.to_string(),
            self.batch,
        ]
    }
}

/// The `State` column of a problem met in a phase. What somebody changed or deleted on the target stands: that is told and
/// is no error.
fn state_of(phase: &str, problem: &Problem) -> &'static str {
    if problem.guidance == Guidance::TargetItemRemoved {
        Absence::Removed.name()
    } else if problem.is_of_users() {
        Absence::Changed.name()
    } else if phase == Phase::Verify.name() {
        "ValidationError"
    } else if [Phase::IncrementalSync.name(), Phase::Complete.name()].contains(&phase) {
        "SyncFailure"
    } else {
        "Failed"
    }
}

/// Whether the next synchronisation tries again what met a problem in this phase.
pub(super) fn retryable(phase: &str, problem: &Problem, skipped: bool) -> bool {
    !skipped && phase != Phase::Verify.name() && !problem.is_of_users()
}

pub(super) fn lines(facts: &Facts, extra: &[ErrorLine], words: &dyn Words) -> Vec<Vec<String>> {
    let batch = |id: i64| facts.batches.get(&id).cloned().unwrap_or_default();
    let stopped = Problem::new(Kind::Run, Side::Here, Guidance::Stopped);
    let mut lines = Vec::new();
    for record in &facts.records {
        let (object_type, name) = (record.detail.object_type(), record.detail.address().as_str());
        let own = facts.noted.iter().filter(|note| note.recipient == record.id);
        for note in own {
            let line = Line {
                object_type,
                name: name.into(),
                phase: &note.phase,
                state: state_of(&note.phase, &note.problem),
                problem: &note.problem,
                named: String::new(),
                retryable: retryable(&note.phase, &note.problem, false),
                attempts: note.attempts,
                seen: (Some(note.first_seen), Some(note.last_seen)),
                items: 0,
                batch: batch(note.batch),
            };
            lines.push(line.cells(words));
        }
        if let Some(state) = unfinished(record.state) {
            let waiting = facts.mailboxes.get(&record.id).map_or(0, |mailbox| mailbox.whole.books.waiting);
            let line = Line {
                object_type,
                name: name.into(),
                phase: phase_of_stop(record),
                state,
                problem: &stopped,
                named: String::new(),
                retryable: true,
                attempts: 0,
                seen: (record.started, record.finished),
                items: waiting,
                batch: batch(record.batch),
            };
            lines.push(line.cells(words));
        }
        for group in facts.groups.iter().filter(|group| group.first.recipient == record.id) {
            lines.push(item_line(object_type, name, group, batch(group.first.batch)).cells(words));
        }
    }
    let news = facts.findings.iter().filter(|finding| !is_said(facts, &finding.problem));
    lines.extend(news.map(|finding| finding_line(facts, finding, batch(finding.batch)).cells(words)));
    lines.extend(extra.iter().map(|line| extra_line(line).cells(words)));
    lines
}

/// Values by which a finding names what it is about, with the `ObjectType` of what the ledger does not know.
const NAMED_BY: [(&str, &str); 6] = [
    ("group", "DistributionGroup"),
    ("mailbox", "Mailbox"),
    ("recipient", "Recipient"),
    ("address", "Recipient"),
    ("domain", "Domain"),
    ("prefix", "AddressList"),
];

/// What a finding is about; the organisation, if nothing in particular.
fn about(facts: &Facts, problem: &Problem) -> (&'static str, String) {
    let named = NAMED_BY.into_iter().find_map(|(name, kind)| Some((kind, problem.values.get(name)?)));
    let Some((kind, name)) = named else { return ("Organisation", String::new()) };
    let address = Address::new(name.as_str());
    let known = facts.records.iter().find(|record| *record.detail.address() == address);
    (known.map_or(kind, |record| record.detail.object_type()), name.clone())
}

/// Whether a recipient's own line says the same.
fn is_said(facts: &Facts, problem: &Problem) -> bool {
    let address = Address::new(about(facts, problem).1);
    let of = |id: i64| facts.records.iter().any(|record| record.id == id && *record.detail.address() == address);
    facts.noted.iter().any(|note| note.problem.guidance == problem.guidance && of(note.recipient))
}

fn finding_line<'a>(facts: &Facts, finding: &'a findings::Record, batch: String) -> Line<'a> {
    let (object_type, name) = about(facts, &finding.problem);
    Line {
        object_type,
        name: name.into(),
        phase: Phase::Inventory.name(),
        state: "Finding",
        problem: &finding.problem,
        named: String::new(),
        retryable: false,
        attempts: 0,
        seen: (Some(finding.first_seen), Some(finding.last_seen)),
        items: 0,
        batch,
    }
}

fn item_line<'a>(object_type: &'a str, name: &'a str, group: &'a Group, batch: String) -> Line<'a> {
    let phase = group.first.phase.as_str();
    Line {
        object_type,
        name: name.into(),
        phase,
        state: if group.first.skipped { "Skipped" } else { state_of(phase, &group.first.problem) },
        problem: &group.first.problem,
        named: group.named.join("; "),
        retryable: retryable(phase, &group.first.problem, group.first.skipped),
        attempts: group.attempts,
        seen: (Some(group.first.first_seen), Some(group.last_seen)),
        items: group.items,
        batch,
    }
}

fn extra_line(line: &ErrorLine) -> Line<'_> {
    Line {
        object_type: &line.object_type,
        name: line.name.as_str().into(),
        phase: line.phase.name(),
        state: "ValidationError",
        problem: &line.problem,
        named: String::new(),
        retryable: false,
        attempts: 1,
        seen: (None, None),
        items: line.items,
        batch: String::new(),
    }
}

/// The `State` column of a recipient that a stop left unfinished.
fn unfinished(state: UserState) -> Option<&'static str> {
    match state {
        UserState::Queued => Some("Waiting"),
        UserState::Stopped => Some("StoppedInProgress"),
        state if state.is_active() || state == UserState::ProvisionUpdating => Some("StoppedInProgress"),
        _ => None,
    }
}

/// In which part of the work a stop met a recipient: those on the target already were being filled.
fn phase_of_stop(record: &Record) -> &'static str {
    match (record.synced, record.arrived) {
        (Some(_), _) => Phase::IncrementalSync.name(),
        (None, true) => Phase::InitialSync.name(),
        (None, false) => Phase::Provision.name(),
    }
}
