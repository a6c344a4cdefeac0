//! How values stand in the ledger: problems as JSON, facets as bytes, likeness for finding an item again.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::Row;
use serde_json::{Value, json};

use crate::engine::item::{Facet, Facets, Summary};
use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// Names of values that the ledger may hold at most: far more than there are.
const MOST_NAMES: usize = 256;
const HASH: usize = 32;

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Retry => "retry",
        Kind::Wait => "wait",
        Kind::Item => "item",
        Kind::Mailbox => "mailbox",
        Kind::Run => "run",
    }
}

fn side_name(side: Side) -> &'static str {
    match side {
        Side::Source => "source",
        Side::Target => "target",
        Side::Here => "here",
    }
}

/// A problem as JSON.
pub(crate) fn problem_text(problem: &Problem) -> String {
    json!({
        "kind": kind_name(problem.kind),
        "side": side_name(problem.side),
        "guidance": problem.guidance.key(),
        "values": problem.values,
        "retry_after_ms": problem.retry_after.map(|pause| pause.as_millis() as u64),
        "cause": problem.cause,
    })
    .to_string()
}

/// The problem of a JSON text. What cannot be understood (a later program's) becomes `Internal`, with the text as cause.
pub(crate) fn problem_from(text: &str) -> Problem {
    parse(text).unwrap_or_else(|| {
        Problem::new(Kind::Item, Side::Here, Guidance::Internal)
            .with("what", "an unknown problem in the ledger")
            .because(text)
    })
}

fn parse(text: &str) -> Option<Problem> {
    let json: Value = serde_json::from_str(text).ok()?;
    let kinds = [Kind::Retry, Kind::Wait, Kind::Item, Kind::Mailbox, Kind::Run];
    let kind = kinds.into_iter().find(|kind| Some(kind_name(*kind)) == json["kind"].as_str())?;
    let sides = [Side::Source, Side::Target, Side::Here];
    let side = sides.into_iter().find(|side| Some(side_name(*side)) == json["side"].as_str())?;
    let mut problem = Problem::new(kind, side, Guidance::from_key(json["guidance"].as_str()?)?);
    for (name, value) in json["values"].as_object()? {
        if let Some(name) = intern(name) {
            problem.values.insert(name, value.as_str()?.to_string());
        }
    }
    problem.retry_after = json["retry_after_ms"].as_u64().map(Duration::from_millis);
    problem.cause = json["cause"].as_str().map(str::to_string);
    Some(problem)
}

/// The names of values are constants of the program, so the few that are read back live as long as it does.
fn intern(name: &str) -> Option<&'static str> {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return Some(known);
    }
    if names.len() >= MOST_NAMES {
        return None;
    }
    let name: &'static str = Box::leak(name.to_string().into_boxed_str());
    names.insert(name);
    Some(name)
}

/// Facets: for each a number byte and its hash.
pub(crate) fn facets_bytes(facets: &Facets) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(facets.0.len() * (1 + HASH));
    for (number, facet) in Facet::ALL.iter().enumerate() {
        if let Some(hash) = facets.0.get(facet) {
            bytes.push(number as u8);
            bytes.extend_from_slice(hash);
        }
    }
    bytes
}

/// The facets of such bytes.
pub(crate) fn facets_from(bytes: &[u8]) -> Facets {
    let mut facets = Facets::default();
    for record in bytes.chunks_exact(1 + HASH) {
        if let (Some(facet), Ok(hash)) = (Facet::ALL.get(usize::from(record[0])), record[1..].try_into()) {
            facets.0.insert(*facet, hash);
        }
    }
    facets
}

/// A count or size in a row: SQLite's integers are signed, ours are not.
pub(crate) fn count(row: &Row, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or_default())
}

/// What an item can be recognised by in a folder of the other side. Equal items look alike; such are never in flight
/// together.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Likeness(String, Vec<u8>);

impl Likeness {
    /// By search key and class; without a search key by class, subject and date to the second. Sizes are no help: each
    /// side counts in its own way. What remains: something with neither stamp nor search key that was on the
    /// target before us, of the same class, subject and second, may be taken for a lost import.
    pub(crate) fn of(search_key: Option<&[u8]>, class: &str, subject: &str, date: Option<i64>) -> Likeness {
        let mark = match search_key {
            Some(key) if !key.is_empty() => [b"K", key].concat(),
            _ => format!("S{}\n{subject}", date.unwrap_or_default()).into_bytes(),
        };
        Likeness(class.to_ascii_lowercase(), mark)
    }
    /// By what was stamped into it, which is one item's alone.
    pub(crate) fn stamped(identity: &str) -> Likeness {
        Likeness(String::new(), [b"I", identity.as_bytes()].concat())
    }
    /// Whether something on the target looks like this: by its stamp, or by all that it is known by without one.
    pub(crate) fn is_of(&self, there: &Summary) -> bool {
        let by_looks = || Likeness::of(there.search_key.as_deref(), &there.class, &there.subject, there.date);
        there.identity.as_deref().is_some_and(|identity| *self == Likeness::stamped(identity)) || *self == by_looks()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_and_facets_come_back_as_they_went_in() {
        let problem = Problem::new(Kind::Wait, Side::Target, Guidance::TargetItemTooLarge)
            .with("size", 5)
            .with("limit", "150 MB")
            .after(Duration::from_secs(3))
            .because("413 \"x\"");
        assert_eq!(problem_from(&problem_text(&problem)), problem);
        for &guidance in Guidance::ALL {
            let problem = Problem::new(Kind::Run, Side::Here, guidance);
            assert_eq!(problem_from(&problem_text(&problem)), problem);
        }
        assert_eq!(problem_from("{").guidance, Guidance::Internal);
        assert_eq!(problem_from("{}").guidance, Guidance::Internal);
        let facets = Facets(Facet::ALL.iter().enumerate().map(|(n, facet)| (*facet, [n as u8; 32])).collect());
        assert_eq!(facets_from(&facets_bytes(&facets)), facets);
        assert_eq!(facets_from(&[9; 40]), Facets::default());
    }

    #[test]
    fn likeness_is_search_key_and_class_or_else_what_people_see() {
        let key = Some(&b"k"[..]);
        assert_eq!(Likeness::of(key, "IPM.Note", "a", None), Likeness::of(key, "ipm.note", "b", Some(4)));
        assert_ne!(Likeness::of(key, "IPM.Note", "a", None), Likeness::of(key, "IPM.Task", "a", None));
        assert_ne!(Likeness::of(None, "IPM.Note", "a", None), Likeness::of(None, "IPM.Note", "b", None));
    }
}
