//! Where a mailbox's folders are: the names from below the root down to each.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

/// Levels that are followed at most: far more than a mailbox may have. A ring of parents ends there.
const MOST_LEVELS: usize = 64;

/// The paths of a mailbox's folders, by the ledger's number, in the order in which they were first seen. The root's is
/// its own name. A folder that was last listed by a program that kept no parents has its own name alone.
pub(crate) fn of(db: &Connection, recipient: i64) -> rusqlite::Result<Vec<(i64, Vec<String>)>> {
    let rows: Vec<(i64, String, String, Option<String>)> = db
        .prepare("SELECT id, source_id, name, parent FROM folder WHERE recipient = ?1 ORDER BY id")?
        .query_map([recipient], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let tree: Tree =
        rows.iter().map(|(_, source, name, parent)| (source.as_str(), (name.as_str(), parent.as_deref()))).collect();
    Ok(rows.iter().map(|(id, source, ..)| (*id, path(&tree, source))).collect())
}

/// Each folder's name and its parent, by its id.
pub(crate) type Tree<'a> = HashMap<&'a str, (&'a str, Option<&'a str>)>;

/// The names from below the root down to this folder.
pub(crate) fn path(tree: &Tree, source: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut next = Some(source);
    while let Some((name, parent)) = next.and_then(|source| tree.get(source)) {
        // The root has no parent; only where it is the folder in question does it show.
        if parent.is_some() || names.is_empty() {
            names.push((*name).to_owned());
        }
        next = parent.filter(|_| names.len() < MOST_LEVELS);
    }
    names.reverse();
    names
}

/// What the mailbox's folders are called whose counterparts on the target have these ids.
pub(crate) fn of_counterparts(db: &Connection, recipient: i64) -> rusqlite::Result<HashMap<String, String>> {
    let mut counterparts = db.prepare("SELECT target_id FROM folder WHERE id = ?1 AND target_id IS NOT NULL")?;
    let mut names = HashMap::new();
    for (id, path) in of(db, recipient)? {
        if let Some(target) = counterparts.query_row([id], |row| row.get(0)).optional()? {
            names.insert(target, shown(&path));
        }
    }
    Ok(names)
}

/// A path as people read it.
pub(crate) fn shown(path: &[String]) -> String {
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_below_the_root_and_rings_end() {
        let tree = HashMap::from([
            ("r", ("Top of Information Store", None)),
            ("p", ("Projects", Some("r"))),
            ("a", ("2026", Some("p"))),
            ("old", ("Inbox", None)),
            ("lost", ("Lost", Some("gone"))),
            ("x", ("X", Some("y"))),
            ("y", ("Y", Some("x"))),
        ]);
        let shown = |source: &str| shown(&path(&tree, source));
        assert_eq!(shown("a"), "Projects/2026");
        assert_eq!(shown("r"), "Top of Information Store");
        assert_eq!(shown("old"), "Inbox");
        assert_eq!(shown("lost"), "Lost");
        assert_eq!(path(&tree, "x").len(), MOST_LEVELS);
    }
}
