//! The ledger's tables and the steps that bring an older format up to date.

use std::path::Path;

use rusqlite::Connection;

use super::problem_of;
use crate::engine::problem::{Guidance, Kind, Problem, Side};

/// "Cuto": marks a file as ours.
const APPLICATION_ID: i32 = 0x4375_746f;

/// Step n brings format n to format n + 1. Times are seconds since 1970 UTC.
const STEPS: &[&str] = &[
    "
CREATE TABLE migration (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    source    TEXT NOT NULL,
    target    TEXT NOT NULL,
    account   TEXT NOT NULL,
    created   INTEGER NOT NULL
) STRICT;
CREATE TABLE batch (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    phase     TEXT NOT NULL,
    state     TEXT NOT NULL,
    started   INTEGER NOT NULL,
    finished  INTEGER
) STRICT;
CREATE TABLE recipient (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,             -- mailbox, contact, group
    key       TEXT NOT NULL,             -- address in lower case
    detail    TEXT NOT NULL,             -- the recipient as surveyed, as JSON
    state     TEXT NOT NULL,
    batch     INTEGER NOT NULL,          -- the last batch that took it up
    arrived   INTEGER NOT NULL DEFAULT 0,-- it is on the target
    started   INTEGER,
    finished  INTEGER,
    synced    INTEGER,                   -- last successful synchronisation
    password  TEXT NOT NULL DEFAULT 'none', -- none, ours, handed-over
    sealed    BLOB,                      -- the initial password
    UNIQUE (kind, key)
) STRICT;
CREATE TABLE folder (
    id         INTEGER PRIMARY KEY,
    recipient  INTEGER NOT NULL REFERENCES recipient,
    source_id  TEXT NOT NULL,
    name       TEXT NOT NULL,
    class      TEXT NOT NULL,
    target_id  TEXT,
    sync_state TEXT,
    walk       INTEGER NOT NULL DEFAULT 0, -- number of the last full enumeration
    walking    INTEGER NOT NULL DEFAULT 0, -- it has not ended
    found      INTEGER NOT NULL DEFAULT 0, -- items ever found
    UNIQUE (recipient, source_id)
) STRICT;
CREATE TABLE item (
    id         INTEGER PRIMARY KEY,
    folder     INTEGER NOT NULL REFERENCES folder,
    source_id  TEXT NOT NULL,
    search_key BLOB,
    class      TEXT NOT NULL,
    subject    TEXT NOT NULL,
    size       INTEGER NOT NULL,
    date       INTEGER,
    state      TEXT NOT NULL,              -- waiting, moved, skipped, failed, gone
    batch      INTEGER NOT NULL,           -- the batch that put it there
    seen       INTEGER NOT NULL DEFAULT 0, -- the last full enumeration that met it
    attempts   INTEGER NOT NULL DEFAULT 0,
    intent     INTEGER,                    -- the batch whose import may have left and was not acknowledged
    intent_at  INTEGER,
    target_id  TEXT,
    elsewhere  INTEGER,                    -- the folder whose counterpart holds it, where it moved at the source
    facets     BLOB,
    changed    INTEGER NOT NULL DEFAULT 0, -- edited at the source since it was moved
    verified   TEXT,                       -- equal, missing, differs
    problem    TEXT,
    phase      TEXT,
    first_seen INTEGER,
    last_seen  INTEGER,
    problem_batch INTEGER,
    UNIQUE (folder, source_id)
) STRICT;
CREATE INDEX item_by_state ON item (folder, state, id);
CREATE INDEX item_with_intent ON item (folder, intent) WHERE intent IS NOT NULL;
CREATE INDEX item_changed ON item (folder, changed) WHERE changed = 1;
CREATE TABLE problem (
    recipient  INTEGER NOT NULL REFERENCES recipient,
    phase      TEXT NOT NULL,
    problem    TEXT NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 1,
    first_seen INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    batch      INTEGER NOT NULL,
    stale      INTEGER NOT NULL DEFAULT 0, -- not met again yet by the run in hand
    PRIMARY KEY (recipient, phase, problem)
) STRICT;
",
    "
ALTER TABLE item ADD COLUMN sender TEXT; -- unknown of items that format 1 took in
-- item.verified is now one of equal, changed, gone, unread, stands, missing, differs
ALTER TABLE item ADD COLUMN identity TEXT; -- stamped into its content, if it was
ALTER TABLE item ADD COLUMN source_digest BLOB; -- what verify found at the source
ALTER TABLE item ADD COLUMN target_digest BLOB; -- what verify found on the target
CREATE TABLE verification (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    at         INTEGER NOT NULL,
    percent    INTEGER NOT NULL,         -- 100: everything
    seed       INTEGER NOT NULL,
    arrived    INTEGER NOT NULL,         -- items that came to the source since the last synchronisation
    unasked    INTEGER NOT NULL          -- folders that could not be asked for such
) STRICT;
CREATE TABLE proof_key (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    sealed     BLOB NOT NULL             -- the key that signs proofs
) STRICT;
ALTER TABLE recipient ADD COLUMN members TEXT; -- of a group: those last set, as JSON
ALTER TABLE folder ADD COLUMN given TEXT;      -- the name that its counterpart got
ALTER TABLE folder ADD COLUMN under TEXT;      -- the folder of the target under which its counterpart was put
ALTER TABLE folder ADD COLUMN made INTEGER NOT NULL DEFAULT 0; -- its counterpart is ours
UPDATE folder SET given = name;
ALTER TABLE item ADD COLUMN place TEXT;        -- the folder of the target that holds it, if not its folder's counterpart
UPDATE item SET place = (SELECT target_id FROM folder WHERE folder.id = item.elsewhere) WHERE elsewhere IS NOT NULL;
ALTER TABLE item DROP COLUMN elsewhere;
ALTER TABLE item ADD COLUMN replacing BLOB;    -- facets of content that may have left for the target, unacknowledged
-- Three marks say whose will stands. Each of them is about the copy that target_id names; a copy made anew has none.
-- stands: somebody changed what it is like on the target, which was told: no edit is carried across, nor is it put into its
-- place, unless it is as we put it there again
ALTER TABLE item ADD COLUMN stands INTEGER NOT NULL DEFAULT 0;
-- theirs: somebody put it where it lies (place): edits are carried across, but it is not put into its place
ALTER TABLE item ADD COLUMN theirs INTEGER NOT NULL DEFAULT 0;
-- kept: gone at the source, and by choice (or for doubt) the copy stays for good; what is gone, has a copy and is not
-- kept is to leave the target, at once or when the administrator says so
ALTER TABLE item ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
UPDATE item SET kept = 1 WHERE state = 'gone' AND target_id IS NOT NULL;
CREATE TABLE leaving (                         -- items that are to leave the target, or have left it
    id        INTEGER PRIMARY KEY,
    item      INTEGER NOT NULL REFERENCES item,
    place     TEXT NOT NULL,                   -- the folder of the target
    copy      TEXT NOT NULL UNIQUE,            -- the id there
    facets    BLOB,
    replacing BLOB,
    since     INTEGER,
    outcome   TEXT                             -- removed, missing, changed; NULL: may have been asked for or not
) STRICT;
CREATE INDEX leaving_open ON leaving (item) WHERE outcome IS NULL;
CREATE TABLE old_folder (                      -- folders of ours on the target that were left behind
    id        INTEGER PRIMARY KEY,
    recipient INTEGER NOT NULL REFERENCES recipient,
    target_id TEXT NOT NULL,
    given     TEXT,
    done      INTEGER NOT NULL DEFAULT 0
) STRICT;
ALTER TABLE item ADD COLUMN unsure INTEGER NOT NULL DEFAULT 0; -- its copy is another item's that looks the same, or its own
ALTER TABLE folder ADD COLUMN renaming TEXT; -- the name that its counterpart may have got, unacknowledged
ALTER TABLE folder ADD COLUMN parent TEXT; -- its parent's source_id; none for the root, or before it was listed again
CREATE INDEX item_with_problem ON item (folder, id) WHERE problem IS NOT NULL;
UPDATE item SET search_key = NULL WHERE search_key = x'';
CREATE INDEX item_by_key ON item (search_key, folder); -- items that may look alike
CREATE TABLE finding (
    problem    TEXT PRIMARY KEY,           -- what a plan said of something that does not move, or not as it is
    first_seen INTEGER NOT NULL,
    last_seen  INTEGER NOT NULL,
    batch      INTEGER NOT NULL
) STRICT;
",
    "
-- Whether its copy, the one that target_id names, was found on the target whole: as sent, or as it is at the source. What
-- such a copy becomes later was done there. 0: it was not yet; 1: it was; 2: it was, and it was told that it is gone since
ALTER TABLE item ADD COLUMN whole INTEGER NOT NULL DEFAULT 0;
-- item.verified may now be removed as well
UPDATE item SET whole = 1 WHERE verified IN ('equal', 'changed', 'gone', 'unread') AND replacing IS NULL;
-- The newest item when what is gone was last settled: times of day jump, and a second may hold a whole pass
ALTER TABLE recipient ADD COLUMN newest INTEGER NOT NULL DEFAULT 0;
",
    "
CREATE TABLE signing_key (                 -- the keys that sign proofs
    lasts      INTEGER PRIMARY KEY,        -- 1: the migration's; 0: a process's that had no key to keep one with
    sealed     BLOB NOT NULL
) STRICT;
INSERT INTO signing_key SELECT 1, sealed FROM proof_key;
DROP TABLE proof_key;
-- Runs set no initial password anew any more: what they noted about it is over
DELETE FROM problem WHERE problem ->> 'guidance' = 'initial-password-reset';
",
];

/// Today's format.
pub(super) const FORMAT: usize = STEPS.len();

/// Brings the file to today's format. A file that is not ours, or from a later program, is refused.
pub(super) fn upgrade(db: &mut Connection, path: &Path) -> Result<(), Problem> {
    let fail = |error: rusqlite::Error| problem_of(path, error);
    for (step, sql) in STEPS.iter().enumerate().skip(check(db, path)?) {
        let transaction = db.transaction().map_err(fail)?;
        transaction.execute_batch(sql).map_err(fail)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(fail)?;
        transaction.pragma_update(None, "user_version", step as i64 + 1).map_err(fail)?;
        transaction.commit().map_err(fail)?;
    }
    Ok(())
}

/// The format of the file; 0 if nothing is in it yet. A file that is not ours, or from a later program, is refused.
pub(super) fn check(db: &Connection, path: &Path) -> Result<usize, Problem> {
    let fail = |error: rusqlite::Error| problem_of(path, error);
    let number = |db: &Connection, name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let version = number(db, "user_version").map_err(fail)?;
    let ours = number(db, "application_id").map_err(fail)? == i64::from(APPLICATION_ID);
    let empty: bool = db.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0)).map_err(fail)?;
    let from = usize::try_from(version).unwrap_or(usize::MAX);
    if !(ours || empty && version == 0) || from > STEPS.len() {
        let reason = if ours { format!("format {version}") } else { "not a ledger".to_string() };
        return Err(Problem::new(Kind::Run, Side::Here, Guidance::LedgerUnreadable)
            .with("file", path.display())
            .with("reason", reason));
    }
    Ok(from)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::Arc;

    use super::super::{Ledger, MigrationIdentity, books, folders, proof};
    use super::*;
    use crate::engine::clock::SystemClock;

    /// Subject, copy, its place, kept, search key and sender of an item.
    type Item = (String, Option<String>, Option<String>, bool, Option<Vec<u8>>, Option<String>);

    /// A ledger as format 1 left it behind: Roof is where it belongs; Tiles moved at the source to a folder whose
    /// counterpart is another; Door is gone at the source, which format 1 did not follow; Wall waits.
    const FORMAT_1: &str = "
        INSERT INTO migration (id, source, target, account, created) VALUES (1, 's', 't', 'a', 1);
        INSERT INTO batch (id, name, phase, state, started) VALUES (1, 'b', 'InitialSync', 'Synced', 1);
        INSERT INTO recipient (id, kind, key, detail, state, batch) VALUES (1, 'mailbox', 'a', '', 'Synced', 1);
        INSERT INTO folder (id, recipient, source_id, name, class, target_id, sync_state, walk, found)
            VALUES (1, 1, 'f', 'Inbox', 'IPF.Note', 'ti', 'state', 1, 3),
                   (2, 1, 'g', 'Old', 'IPF.Note', 'to', 'state', 1, 1);
        INSERT INTO item (id, folder, source_id, search_key, class, subject, size, state, batch, seen, target_id, elsewhere)
            VALUES (1, 1, 's1', x'01', 'IPM.Note', 'Roof', 9, 'moved', 1, 1, 'c1', NULL),
                   (2, 1, 's2', x'', 'IPM.Note', 'Tiles', 9, 'moved', 1, 1, 'c2', 2),
                   (3, 1, 's3', NULL, 'IPM.Note', 'Wall', 9, 'waiting', 1, 1, NULL, NULL),
                   (4, 2, 's4', x'04', 'IPM.Note', 'Door', 9, 'gone', 1, 1, 'c4', NULL);";

    #[test]
    fn a_file_of_format_1_is_brought_up_to_date_with_all_that_it_holds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ledger");
        let db = Connection::open(&path).unwrap();
        db.execute_batch(STEPS[0]).unwrap();
        db.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        db.pragma_update(None, "user_version", 1).unwrap();
        db.execute_batch(FORMAT_1).unwrap();
        drop(db);
        let word = |word: &str| word.to_string();
        let identity = MigrationIdentity { source: word("s"), target: word("t"), account: word("a") };
        // Twice: what is up to date is left alone.
        for _ in 0..2 {
            drop(Ledger::open(&path, &identity, Arc::new(SystemClock::new())).unwrap());
        }
        let db = Connection::open(&path).unwrap();
        assert_eq!(check(&db, &path).unwrap(), STEPS.len());
        books::count(&db, books::Scope::Migration, 1).unwrap();
        let items: Vec<Item> = db
            .prepare("SELECT subject, target_id, place, kept, search_key, sender FROM item ORDER BY id")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?)))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        let item = |subject: &str, copy: Option<&str>, place: Option<&str>, kept, key: Option<Vec<u8>>| {
            (word(subject), copy.map(word), place.map(word), kept, key, None)
        };
        let expected = [
            item("Roof", Some("c1"), None, false, Some(vec![1])),
            item("Tiles", Some("c2"), Some("to"), false, None),
            item("Wall", None, None, false, None),
            item("Door", Some("c4"), None, true, Some(vec![4])),
        ];
        assert_eq!(items, expected, "whom these are from is not known");
        let newest = db.query_row("SELECT newest FROM recipient", [], |row| row.get::<_, i64>(0));
        assert_eq!(newest, Ok(0), "what cannot be described may be new");
        let known = folders::of(&db, 1).unwrap();
        let names: Vec<_> = known.iter().map(|folder| (folder.given.as_deref(), folder.made)).collect();
        assert_eq!(names, [(Some("Inbox"), false), (Some("Old"), false)]);
    }

    /// A ledger as format 2 left it behind, after a comparison: Roof was equal, Tiles is being replaced, Wall differed, Door
    /// was not compared, and Yard stands.
    const FORMAT_2: &str = "
        INSERT INTO migration (id, source, target, account, created) VALUES (1, 's', 't', 'a', 1);
        INSERT INTO recipient (id, kind, key, detail, state, batch) VALUES (1, 'mailbox', 'a', '', 'Synced', 1);
        INSERT INTO folder (id, recipient, source_id, name, class, target_id, found)
            VALUES (1, 1, 'f', 'Inbox', 'IPF.Note', 'ti', 5);
        INSERT INTO item (id, folder, source_id, class, subject, size, state, batch, target_id, verified, replacing)
            VALUES (1, 1, 's1', 'IPM.Note', 'Roof', 9, 'moved', 1, 'c1', 'equal', NULL),
                   (2, 1, 's2', 'IPM.Note', 'Tiles', 9, 'moved', 1, 'c2', 'changed', x'00'),
                   (3, 1, 's3', 'IPM.Note', 'Wall', 9, 'moved', 1, 'c3', 'differs', NULL),
                   (4, 1, 's4', 'IPM.Note', 'Door', 9, 'moved', 1, 'c4', NULL, NULL),
                   (5, 1, 's5', 'IPM.Note', 'Yard', 9, 'moved', 1, 'c5', 'stands', NULL);";

    #[test]
    fn a_file_of_format_2_knows_what_its_last_comparison_found_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ledger");
        let mut db = Connection::open(&path).unwrap();
        STEPS[..2].iter().for_each(|step| db.execute_batch(step).unwrap());
        db.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        db.pragma_update(None, "user_version", 2).unwrap();
        db.execute_batch(FORMAT_2).unwrap();
        upgrade(&mut db, &path).unwrap();
        assert_eq!(check(&db, &path).unwrap(), STEPS.len());
        books::count(&db, books::Scope::Migration, 1).unwrap();
        let whole: Vec<(String, i64)> = db
            .prepare("SELECT subject, whole FROM item ORDER BY id")
            .unwrap()
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        let word = |subject: &str, whole| (subject.to_string(), whole);
        assert_eq!(whole, [word("Roof", 1), word("Tiles", 0), word("Wall", 0), word("Door", 0), word("Yard", 0)]);
    }

    /// A ledger as format 3 left it behind: with a key, and what a run noted about a password and about an address.
    const FORMAT_3: &str = "
        INSERT INTO recipient (id, kind, key, detail, state, batch) VALUES (1, 'mailbox', 'a', '', 'Synced', 1);
        INSERT INTO proof_key (id, sealed) VALUES (1, x'5ea1ed');
        INSERT INTO problem (recipient, phase, problem, first_seen, last_seen, batch)
            VALUES (1, 'Provision', '{\"guidance\": \"initial-password-reset\"}', 1, 1, 1),
                   (1, 'Provision', '{\"guidance\": \"target-address-taken\"}', 1, 1, 1);";

    #[test]
    fn a_file_of_format_3_keeps_its_key_and_forgets_what_runs_noted_about_passwords() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ledger");
        let mut db = Connection::open(&path).unwrap();
        STEPS[..3].iter().for_each(|step| db.execute_batch(step).unwrap());
        db.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        db.pragma_update(None, "user_version", 3).unwrap();
        db.execute_batch(FORMAT_3).unwrap();
        upgrade(&mut db, &path).unwrap();
        assert_eq!(proof::keys(&db).unwrap(), [(true, vec![0x5e, 0xa1, 0xed])]);
        let left = db.query_row("SELECT group_concat(problem ->> 'guidance') FROM problem", [], |row| row.get(0));
        assert_eq!(left, Ok("target-address-taken".to_string()));
    }
}
