//! Items that the source says are gone when it is asked for them alone, until their folder was asked.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use crate::engine::item::{ItemId, Summary};
use crate::engine::problem::Guidance;

/// Items of a folder that could not be described because the source said that they are gone; perhaps only those that wait.
/// What its folder listed all the same is asked for again only when it waits.
pub(crate) fn undescribed(db: &Connection, folder: i64, waiting: bool) -> rusqlite::Result<Vec<(i64, ItemId)>> {
    let [gone, withheld] = [Guidance::SourceItemGone, Guidance::SourceItemWithheld].map(Guidance::key);
    db.prepare_cached(
        "SELECT id, source_id FROM item WHERE folder = ?1 AND problem IS NOT NULL AND class = ''
           AND intent IS NULL AND target_id IS NULL AND (state = 'waiting' OR state = 'failed' AND NOT ?4)
           AND json_extract(problem, '$.guidance') IN (?2, CASE state WHEN 'waiting' THEN ?3 END) ORDER BY id",
    )?
    .query_map(params![folder, gone, withheld, waiting], |row| Ok((row.get(0)?, ItemId(row.get(1)?))))?
    .collect()
}

/// What such an item is: it waits.
pub(crate) fn describe(db: &Connection, id: i64, summary: &Summary) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE item SET state = 'waiting', search_key = nullif(?2, x''), class = ?3, subject = ?4, size = ?5, date = ?6,
             sender = ?7, problem = NULL, phase = NULL, first_seen = NULL, last_seen = NULL WHERE id = ?1",
    )?
    .execute(params![
        id,
        summary.search_key,
        summary.class,
        summary.subject,
        summary.size as i64,
        summary.date,
        summary.sender
    ])?;
    Ok(())
}

/// Those of these items that have failed, in this folder or in any.
pub(crate) fn failed(db: &Connection, folder: Option<i64>, items: &[i64]) -> rusqlite::Result<HashSet<i64>> {
    let mut failed =
        db.prepare_cached("SELECT id FROM item WHERE id = ?1 AND folder = ifnull(?2, folder) AND state = 'failed'")?;
    let one = |id: &i64| failed.query_row(params![id, folder], |row| row.get(0)).optional().transpose();
    items.iter().filter_map(one).collect()
}
