//! Finding messages: which items have these words in their subject or sender, where they were, and where they are now.

use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap};

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::record::{count, problem_from};
use super::{paths, schema};
use crate::engine::problem::{Guidance, Problem};

/// Messages answered at most, the latest first.
pub const FOUND_AT_MOST: usize = 1_000;
/// The first format that knows senders and parents of folders.
const KNOWS_SENDERS: usize = 2;

/// Where a message is now.
#[derive(Debug, Clone, PartialEq)]
pub enum Whereabouts {
    /// On the target, in this folder (named as at the source).
    There(String),
    /// On the target, but not as it was sent, by the last comparison.
    Differs(String),
    /// It arrived, and was not there at the last comparison.
    Missing,
    /// It arrived whole, and somebody deleted it on the target, by the last comparison.
    Removed,
    /// Not moved yet.
    Waiting,
    /// Left out, for a reason that is nobody's failure.
    Skipped,
    /// It could not be moved.
    Failed,
    /// No longer at the source; on the target it is still, in this folder.
    Kept(String),
    /// No longer at the source.
    Gone,
}

/// A message that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Whose mailbox, by its address.
    pub mailbox: String,
    /// The folder at the source.
    pub folder: String,
    /// Its subject.
    pub subject: String,
    /// Whom it is from; `None` if the program that took it in did not keep that.
    pub sender: Option<String>,
    /// When it was received or created.
    pub date: Option<Timestamp>,
    /// Its size in bytes.
    pub size: u64,
    /// Where it is now.
    pub now: Whereabouts,
    /// Why it is not there, if it is not and that is known.
    pub problem: Option<Problem>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// The messages, the latest first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: u64,
}

/// Texts that differ only in case are the same, in every script.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c }).collect()
}

/// As [`find`], in a ledger that is open here.
pub(crate) fn find_here(db: &Connection, text: &str, most: usize) -> rusqlite::Result<Found> {
    find(db, schema::FORMAT, text, most)
}

/// Finds items of which every word of `text` stands in the subject or the sender. `format` is the ledger's.
pub(crate) fn find(db: &Connection, format: usize, text: &str, most: usize) -> rusqlite::Result<Found> {
    let words: Vec<String> = folded(text).split_whitespace().map(str::to_owned).collect();
    let sender = if format >= KNOWS_SENDERS { "sender" } else { "NULL" };
    let mut found = Found::default();
    let mut latest: BinaryHeap<Reverse<(Option<i64>, i64)>> = BinaryHeap::new();
    let mut statement = db.prepare(&format!("SELECT id, date, subject, {sender} FROM item"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let said =
            [row.get::<_, String>(2)?, row.get::<_, Option<String>>(3)?.unwrap_or_default()].map(|t| folded(&t));
        if words.iter().all(|word| said.iter().any(|text| text.contains(word))) {
            found.total += 1;
            latest.push(Reverse((row.get(1)?, row.get(0)?)));
            if latest.len() > most.min(FOUND_AT_MOST) {
                latest.pop();
            }
        }
    }
    let mut known = Known::default();
    for Reverse((_, item)) in latest.into_sorted_vec() {
        found.hits.push(hit(db, format, item, &mut known)?);
    }
    Ok(found)
}

/// What is read once.
#[derive(Default)]
struct Known {
    /// The folders of mailboxes that were met, by number.
    folders: HashMap<i64, HashMap<i64, String>>,
    /// Where copies lie that were to leave and have not, by their items.
    left: Option<HashMap<i64, String>>,
}

impl Known {
    fn folder(&mut self, db: &Connection, format: usize, recipient: i64, folder: i64) -> rusqlite::Result<String> {
        let folders = match self.folders.entry(recipient) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(match format >= KNOWS_SENDERS {
                true => paths::of(db, recipient)?.into_iter().map(|(id, path)| (id, paths::shown(&path))).collect(),
                false => db
                    .prepare("SELECT id, name FROM folder WHERE recipient = ?1")?
                    .query_map([recipient], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect::<rusqlite::Result<_>>()?,
            }),
        };
        Ok(folders.get(&folder).cloned().unwrap_or_default())
    }

    /// The place of this item's copy, if it was to leave and is still there, such as because users changed it.
    fn left(&mut self, db: &Connection, format: usize, item: i64) -> rusqlite::Result<Option<String>> {
        let left = match &mut self.left {
            Some(left) => left,
            none => none.insert(match format >= KNOWS_SENDERS {
                true => db
                    .prepare(
                        "SELECT item, place FROM leaving WHERE outcome IS NULL OR outcome = 'changed' ORDER BY id",
                    )?
                    .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                    .collect::<rusqlite::Result<_>>()?,
                false => HashMap::new(),
            }),
        };
        Ok(left.get(&item).cloned())
    }
}

fn hit(db: &Connection, format: usize, item: i64, known: &mut Known) -> rusqlite::Result<Hit> {
    let (sender, place, counterpart) = match format >= KNOWS_SENDERS {
        true => ("item.sender", "item.place", "NULL"),
        false => ("NULL", "NULL", "item.elsewhere"),
    };
    let mut statement = db.prepare_cached(&format!(
        "SELECT recipient.id, recipient.key, item.folder, {counterpart}, item.subject,
             {sender}, item.date, item.size, item.state, item.verified, item.problem, item.target_id IS NOT NULL, {place}
         FROM item JOIN folder ON folder.id = item.folder JOIN recipient ON recipient.id = folder.recipient
         WHERE item.id = ?1"
    ))?;
    statement.query_row([item], |row| {
        let recipient = row.get(0)?;
        let (state, verified): (String, Option<String>) = (row.get(8)?, row.get(9)?);
        let problem = row.get::<_, Option<String>>(10)?.map(|text| problem_from(&text));
        let (mut place, mut stays): (Option<String>, bool) = (row.get(12)?, row.get(11)?);
        if state == "gone"
            && let Some(left) = known.left(db, format, item)?
        {
            (place, stays) = (place.or(Some(left)), true);
        }
        let place = match problem.as_ref().and_then(moved_to).filter(|_| verified.as_deref() == Some("stands")) {
            Some(folder) => folder.to_owned(),
            None => {
                let counterpart = match place {
                    Some(place) => folder_at(db, recipient, &place)?,
                    None => row.get(3)?,
                };
                known.folder(db, format, recipient, counterpart.unwrap_or(row.get(2)?))?
            }
        };
        let now = match (state.as_str(), verified.as_deref()) {
            ("moved", Some("missing")) => Whereabouts::Missing,
            ("moved", Some("removed")) => Whereabouts::Removed,
            ("moved", Some("differs")) => Whereabouts::Differs(place),
            ("moved", _) => Whereabouts::There(place),
            ("skipped", _) => Whereabouts::Skipped,
            ("failed", _) => Whereabouts::Failed,
            ("gone", _) if stays => Whereabouts::Kept(place),
            ("gone", _) => Whereabouts::Gone,
            _ => Whereabouts::Waiting,
        };
        let problem = match now {
            Whereabouts::There(_) | Whereabouts::Kept(_) | Whereabouts::Gone => None,
            _ => problem,
        };
        Ok(Hit {
            mailbox: row.get(1)?,
            folder: known.folder(db, format, recipient, row.get(2)?)?,
            subject: row.get(4)?,
            sender: row.get(5)?,
            date: row.get::<_, Option<i64>>(6)?.and_then(|at| Timestamp::from_second(at).ok()),
            size: count(row, 7)?,
            now,
            problem,
        })
    })
}

/// The mailbox's folder whose counterpart has this id on the target.
fn folder_at(db: &Connection, recipient: i64, place: &str) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT min(id) FROM folder WHERE recipient = ?1 AND target_id = ?2")?
        .query_row(params![recipient, place], |row| row.get(0))
}

/// Where the last comparison found an item that somebody moved on the target.
fn moved_to(problem: &Problem) -> Option<&str> {
    let folder = problem.values.get("folder").filter(|_| problem.guidance == Guidance::TargetItemMoved);
    folder.map(String::as_str)
}
