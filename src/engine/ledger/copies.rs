//! Copies on the target in the ledger: which one changes hands because its item moved at the source, and which ones are
//! to leave because their item is gone or is now in another place. Rows of copies that left stay, so that none of them is
//! ever taken for a new one.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::items::{likeness, likeness_of_copy};
use super::record::{Likeness, count, facets_bytes, facets_from};
use crate::engine::item::{Facets, FolderId, ItemId};

/// A copy on the target, and what we know it to be like.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TargetCopy {
    pub(crate) id: ItemId,
    /// As we put it there.
    pub(crate) facets: Facets,
    /// As we may have put it there since: the answer was lost.
    pub(crate) replacing: Option<Facets>,
    /// When it last left for the target.
    pub(crate) since: i64,
}

impl TargetCopy {
    /// Of four columns from this one on: id, facets, facets of a replacement, time.
    pub(super) fn of(row: &Row, from: usize) -> rusqlite::Result<TargetCopy> {
        let facets = |column| -> rusqlite::Result<Option<Facets>> {
            Ok(row.get::<_, Option<Vec<u8>>>(column)?.map(|bytes| facets_from(&bytes)))
        };
        Ok(TargetCopy {
            id: ItemId(row.get(from)?),
            facets: facets(from + 1)?.unwrap_or_default(),
            replacing: facets(from + 2)?,
            since: row.get::<_, Option<i64>>(from + 3)?.unwrap_or_default(),
        })
    }

    /// It is like this as we put it there. Otherwise somebody changed it.
    pub(crate) fn is_ours(&self, now: &Facets) -> bool {
        self.facets.differences(now).is_empty()
            || self.replacing.as_ref().is_some_and(|replacing| replacing.differences(now).is_empty())
    }
}

/// A copy on the target whose item is gone.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Orphan {
    pub(crate) item: i64,
    /// The folder of the item that is gone.
    pub(crate) folder: i64,
    pub(crate) likeness: Likeness,
    pub(crate) copy: TargetCopy,
    /// The target's folder that holds the copy.
    pub(crate) place: FolderId,
    /// It stays by choice: its item was gone when all folders had been asked.
    pub(crate) kept: bool,
    /// Somebody changed it, and so was the item: that was told.
    pub(crate) stands: bool,
    /// Somebody put it where it lies.
    pub(crate) theirs: bool,
}

/// An item that waits and was never on the target.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Arrival {
    pub(crate) item: i64,
    pub(crate) folder: i64,
    pub(crate) source: ItemId,
    pub(crate) size: u64,
}

/// Items that wait and look the same, and their search key.
type Arrived = (Option<Vec<u8>>, Vec<Arrival>);

/// Items that wait, and copies of gone ones that look the same.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alike {
    pub(crate) arrivals: Vec<Arrival>,
    pub(crate) orphans: Vec<Orphan>,
    /// They have a search key, and nothing else in the mailbox has it: if they are two, they are one item.
    pub(crate) keyed: bool,
    /// Nothing else in the mailbox looks like them.
    pub(crate) alone: bool,
}

/// Items that moved to another folder at the source show as new there and gone here, under a new id but looking the same.
/// The same holds for items that got a new id within a folder.
pub(crate) fn orphans(db: &Connection, recipient: i64) -> rusqlite::Result<Vec<Alike>> {
    let of = "item.folder IN (SELECT id FROM folder WHERE recipient = ?1)";
    let mut left: BTreeMap<Likeness, Vec<Orphan>> = BTreeMap::new();
    let mut gone = db.prepare(&format!(
        "SELECT search_key, item.class, subject, date, item.id, item.folder, item.target_id, facets, replacing,
             intent_at, coalesce(item.place, folder.target_id), kept, stands, theirs
         FROM item JOIN folder ON folder.id = item.folder
         WHERE {of} AND state = 'gone' AND item.target_id IS NOT NULL
           AND coalesce(item.place, folder.target_id) IS NOT NULL
         ORDER BY item.id"
    ))?;
    let mut rows = gone.query([recipient])?;
    while let Some(row) = rows.next()? {
        let (likeness, copy, place) = (likeness(row, 0)?, TargetCopy::of(row, 6)?, FolderId(row.get(10)?));
        let (item, folder) = (row.get(4)?, row.get(5)?);
        let (kept, stands, theirs) = (row.get(11)?, row.get(12)?, row.get(13)?);
        let orphan = Orphan { item, folder, likeness: likeness.clone(), copy, place, kept, stands, theirs };
        left.entry(likeness).or_default().push(orphan);
    }
    if left.is_empty() {
        return Ok(Vec::new());
    }
    let mut arrived: BTreeMap<Likeness, Arrived> = BTreeMap::new();
    let mut waiting = db.prepare(&format!(
        "SELECT search_key, class, subject, date, id, source_id, size, folder FROM item
         WHERE {of} AND state = 'waiting' AND intent IS NULL AND target_id IS NULL ORDER BY id"
    ))?;
    let mut rows = waiting.query([recipient])?;
    while let Some(row) = rows.next()? {
        let likeness = likeness(row, 0)?;
        if left.contains_key(&likeness) {
            let (item, folder, size) = (row.get(4)?, row.get(7)?, count(row, 6)?);
            let arrival = Arrival { item, folder, source: ItemId(row.get(5)?), size };
            arrived.entry(likeness).or_insert((row.get(0)?, Vec::new())).1.push(arrival);
        }
    }
    if arrived.is_empty() {
        return Ok(Vec::new());
    }
    let (keys, looks) = crowd(db, recipient, &arrived)?;
    let alike = arrived.into_iter().map(|(likeness, (key, arrivals))| {
        let orphans = left.remove(&likeness).unwrap_or_default();
        let here = arrivals.len() + orphans.len();
        let keyed = key.is_some_and(|key| keys.get(&key) == Some(&here));
        Alike { keyed, alone: looks.get(&likeness) == Some(&here), arrivals, orphans }
    });
    Ok(alike.collect())
}

/// How many items there are by search key, and by looks.
type Crowd = (HashMap<Vec<u8>, usize>, HashMap<Likeness, usize>);

/// How many items of a mailbox that are at the source or on the target share the search keys of these, and how many look
/// like them.
fn crowd(db: &Connection, recipient: i64, arrived: &BTreeMap<Likeness, Arrived>) -> rusqlite::Result<Crowd> {
    let mut keys: HashMap<Vec<u8>, usize> = arrived.values().filter_map(|(key, _)| Some((key.clone()?, 0))).collect();
    let mut looks: HashMap<Likeness, usize> = arrived.keys().map(|likeness| (likeness.clone(), 0)).collect();
    let mut all = db.prepare(
        "SELECT search_key, class, subject, date FROM item WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1)
           AND (state <> 'gone' OR target_id IS NOT NULL)",
    )?;
    let mut rows = all.query([recipient])?;
    while let Some(row) = rows.next()? {
        if let Some(key) = row.get::<_, Option<Vec<u8>>>(0)? {
            let Some(count) = keys.get_mut(&key) else { continue };
            *count += 1;
        }
        looks.entry(likeness(row, 0)?).and_modify(|count| *count += 1);
    }
    Ok((keys, looks))
}

/// The copy is the arrival's from now on, in the place where it lies; for good if somebody else put it there. If `unsure`, it
/// may be another's that looks the same, and is compared before anything is done to it.
pub(crate) fn adopt_orphan(
    db: &Connection,
    orphan: &Orphan,
    arrival: i64,
    theirs: bool,
    unsure: bool,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE item SET state = 'moved', batch = 0, changed = 1, target_id = ?4, unsure = ?6,
             theirs = ?5 AND ?3 IS NOT (SELECT target_id FROM folder WHERE folder.id = item.folder),
             whole = coalesce((SELECT min(whole, 1) FROM item WHERE id = ?2 AND target_id = ?4), 0),
             place = nullif(?3, (SELECT target_id FROM folder WHERE folder.id = item.folder)),
             (facets, replacing, intent_at) = (SELECT facets, replacing, intent_at FROM item WHERE id = ?2)
         WHERE id = ?1",
    )?
    .execute(params![arrival, orphan.item, orphan.place.0, orphan.copy.id.0, theirs, unsure])?;
    disown(db, orphan)
}

/// The copy is another item's now, or somebody deleted it on the target: nothing is to be told of it here any more.
pub(crate) fn disown(db: &Connection, orphan: &Orphan) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE item SET target_id = NULL, stands = 0 WHERE id = ?1")?.execute([orphan.item])?;
    Ok(())
}

/// The copy that an item got for its looks is not its own, and somebody changed it or deleted it: that stands, and the
/// item waits to be copied.
pub(crate) fn give_back(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO leaving (item, place, copy, facets, replacing, since, outcome)
         SELECT item.id, coalesce(item.place, folder.target_id), item.target_id, item.facets, item.replacing, item.intent_at,
             'changed'
         FROM item JOIN folder ON folder.id = item.folder
         WHERE item.id = ?1 AND item.target_id IS NOT NULL AND coalesce(item.place, folder.target_id) IS NOT NULL
         ON CONFLICT (copy) DO NOTHING",
    )?
    .execute([id])?;
    db.prepare_cached(
        "UPDATE item SET state = 'waiting', target_id = NULL, place = NULL, facets = NULL, replacing = NULL, changed = 0,
             unsure = 0, theirs = 0, stands = 0, whole = 0, attempts = 0 WHERE id = ?1",
    )?
    .execute([id])?;
    Ok(())
}

/// An item that is on the target in another place than its folder's counterpart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Misplaced {
    pub(crate) id: i64,
    pub(crate) subject: String,
    pub(crate) copy: TargetCopy,
    pub(crate) place: FolderId,
    /// Its copy is yet to be compared with it.
    pub(crate) unsure: bool,
    /// Somebody changed it on the target, or a copy of it that was to leave, and that was told.
    pub(crate) stands: bool,
}

/// Those of a folder, after this one; without those that somebody put there.
pub(crate) fn misplaced(db: &Connection, folder: i64, after: i64, most: usize) -> rusqlite::Result<Vec<Misplaced>> {
    db.prepare_cached(
        "SELECT id, subject, target_id, facets, replacing, intent_at, place, unsure, stands FROM item
         WHERE folder = ?1 AND place IS NOT NULL AND state = 'moved' AND NOT theirs AND target_id IS NOT NULL AND id > ?2
         ORDER BY id LIMIT ?3",
    )?
    .query_map(params![folder, after, most as i64], |row| {
        let (copy, place) = (TargetCopy::of(row, 2)?, FolderId(row.get(6)?));
        let (unsure, stands) = (row.get(7)?, row.get(8)?);
        Ok(Misplaced { id: row.get(0)?, subject: row.get(1)?, copy, place, unsure, stands })
    })?
    .collect()
}

/// It waits to be put into its folder's counterpart. Until the target has acknowledged that, it holds its present copy, which
/// is like this now.
pub(crate) fn put_in_place(db: &Connection, id: i64, is: &Facets) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE item SET state = 'waiting', changed = 0, attempts = 0, facets = ?2, replacing = NULL WHERE id = ?1",
    )?
    .execute(params![id, facets_bytes(is)])?;
    Ok(())
}

/// It is where it belongs, or nowhere.
pub(crate) fn in_place(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE item SET place = NULL WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// What this item has on the target is to leave, for it has this in its right place now. What somebody put where it lies stays
/// there.
pub(super) fn supersede(db: &Connection, id: i64, by: &ItemId) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO leaving (item, place, copy, facets, replacing, since, outcome)
         SELECT item.id, coalesce(item.place, folder.target_id), item.target_id, item.facets, item.replacing, item.intent_at,
             CASE WHEN item.theirs THEN 'changed' END
         FROM item JOIN folder ON folder.id = item.folder
         WHERE item.id = ?1 AND item.target_id <> ?2 AND coalesce(item.place, folder.target_id) IS NOT NULL
         ON CONFLICT (copy) DO NOTHING",
    )?
    .execute(params![id, by.0])?;
    Ok(())
}

/// Items of a mailbox that are gone at the source and on the target still, and are not kept there by choice.
pub(crate) fn unfollowed(db: &Connection, recipient: i64) -> rusqlite::Result<BTreeSet<i64>> {
    db.prepare(
        "SELECT id FROM item WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1)
           AND state = 'gone' AND target_id IS NOT NULL AND kept = 0",
    )?
    .query_map([recipient], |row| row.get(0))?
    .collect()
}

/// What of these is gone at the source still, and has its copy, stays on the target, also later.
pub(crate) fn keep(db: &Connection, gone: &BTreeSet<i64>) -> rusqlite::Result<()> {
    let mut keep =
        db.prepare("UPDATE item SET kept = 1 WHERE id = ?1 AND state = 'gone' AND target_id IS NOT NULL")?;
    gone.iter().try_for_each(|id| keep.execute([id]).map(drop))
}

/// How many of these items are gone at the source and on the target still, and how many items of the mailbox are there.
pub(crate) fn share(db: &Connection, recipient: i64, items: &BTreeSet<i64>) -> rusqlite::Result<(u64, u64)> {
    let gone = unfollowed(db, recipient)?.intersection(items).count() as u64;
    let held = db.query_row(
        "SELECT count(*) FROM item WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1)
           AND target_id IS NOT NULL AND kept = 0",
        [recipient],
        |row| count(row, 0),
    )?;
    Ok((gone, held))
}

/// The newest item that could not even be described, if it came since all that is gone was last settled: any that is gone may be
/// it.
pub(crate) fn newest_unknown(db: &Connection, recipient: i64) -> rusqlite::Result<Option<i64>> {
    db.query_row(
        "SELECT max(id) FROM item WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1) AND class = ''
           AND state IN ('waiting', 'failed', 'skipped') AND id > (SELECT newest FROM recipient WHERE id = ?1)",
        [recipient],
        |row| row.get(0),
    )
}

/// Settles what is gone by now, these and others: where one came that could not be described, all of it stays, and otherwise
/// these are to leave. Whatever shows as gone later is none of those that came before.
pub(crate) fn settle_gone(db: &Connection, recipient: i64, items: &BTreeSet<i64>) -> rusqlite::Result<()> {
    if newest_unknown(db, recipient)?.is_some() {
        keep(db, &unfollowed(db, recipient)?)?;
    } else {
        let_go(db, recipient, items)?;
    }
    let newest = "UPDATE recipient SET newest = (SELECT coalesce(max(id), 0) FROM item) WHERE id = ?1";
    db.execute(newest, [recipient]).map(drop)
}

/// Those of these items that are gone at the source for certain are to leave the target. Not so where one that looks the
/// same is at the source and not on the target: the item may have moved; nor where any of them may have.
fn let_go(db: &Connection, recipient: i64, items: &BTreeSet<i64>) -> rusqlite::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    let lacking: HashSet<Likeness> = db
        .prepare(
            "SELECT search_key, class, subject, date FROM item WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1)
               AND state IN ('waiting', 'failed', 'skipped') AND target_id IS NULL",
        )?
        .query_map([recipient], |row| likeness(row, 0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in items {
        let like = db
            .prepare_cached(
                "SELECT search_key, class, subject, date FROM item
                 WHERE id = ?1 AND state = 'gone' AND target_id IS NOT NULL AND kept = 0",
            )?
            .query_row([id], |row| likeness(row, 0))
            .optional()?;
        if like.is_some_and(|like| !lacking.contains(&like)) {
            // No id is the empty one.
            supersede(db, *id, &ItemId(String::new()))?;
            db.prepare_cached("UPDATE item SET target_id = NULL, place = NULL, replacing = NULL WHERE id = ?1")?
                .execute([id])?;
        }
    }
    Ok(())
}

/// A copy that is to leave the target.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Leaving {
    pub(crate) id: i64,
    pub(crate) item: i64,
    /// The folder of its item, and its name.
    pub(crate) home: i64,
    pub(crate) folder: String,
    pub(crate) subject: String,
    pub(crate) likeness: Likeness,
    pub(crate) place: FolderId,
    pub(crate) copy: TargetCopy,
}

/// What became of a copy that was to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    /// We removed it.
    Removed,
    /// It was not there (any more).
    Missing,
    /// Somebody changed it, which stands.
    Changed,
}

/// The copies of a mailbox that are to leave: whether their removal was asked for already is not known.
pub(crate) fn leaving(db: &Connection, recipient: i64) -> rusqlite::Result<Vec<Leaving>> {
    db.prepare(
        "SELECT leaving.id, item.id, folder.name, item.subject, leaving.place, leaving.copy, leaving.facets,
             leaving.replacing, leaving.since, folder.id, search_key, item.class, subject, date, identity
         FROM leaving JOIN item ON item.id = leaving.item JOIN folder ON folder.id = item.folder
         WHERE leaving.outcome IS NULL AND folder.recipient = ?1 ORDER BY leaving.place, leaving.id",
    )?
    .query_map([recipient], |row| {
        Ok(Leaving {
            id: row.get(0)?,
            item: row.get(1)?,
            folder: row.get(2)?,
            subject: row.get(3)?,
            place: FolderId(row.get(4)?),
            copy: TargetCopy::of(row, 5)?,
            home: row.get(9)?,
            likeness: likeness_of_copy(row, 10)?,
        })
    })?
    .collect()
}

/// It has this id by now.
pub(crate) fn renumbered(db: &Connection, id: i64, copy: &ItemId) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE leaving SET copy = ?2 WHERE id = ?1")?.execute(params![id, copy.0])?;
    Ok(())
}

/// Notes what became of it.
pub(crate) fn left(db: &Connection, id: i64, outcome: Left) -> rusqlite::Result<()> {
    let word = match outcome {
        Left::Removed => "removed",
        Left::Missing => "missing",
        Left::Changed => "changed",
    };
    db.prepare_cached("UPDATE leaving SET outcome = ?2 WHERE id = ?1")?.execute(params![id, word])?;
    Ok(())
}

/// From the few that wait to those that look like them, by the index of keys; never the other way round.
pub(super) const PERHAPS_LEFT: &str = "SELECT here.folder, max(new.id)
    FROM (SELECT search_key, max(id) AS id FROM item
          WHERE folder IN (SELECT id FROM folder WHERE recipient = ?1) AND state = 'waiting' GROUP BY 1) AS new
        CROSS JOIN item AS here ON here.search_key = new.search_key
    WHERE here.folder IN (SELECT id FROM folder WHERE recipient = ?1) AND here.state = 'moved' GROUP BY 1";

/// Folders with items that look like ones waiting in the mailbox, and the newest of those for each. If they moved at the
/// source while its folders were being asked one after the other, only asking again tells.
pub(crate) fn perhaps_left(db: &Connection, recipient: i64) -> rusqlite::Result<HashMap<i64, i64>> {
    db.prepare(PERHAPS_LEFT)?.query_map([recipient], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
