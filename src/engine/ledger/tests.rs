//! The ledger's own promises.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::books::Scope;
use super::items::Stamp;
use super::*;
use crate::engine::clock::SystemClock;
use crate::engine::item::{Content, Facets, Folder, FolderId, ItemId, Summary};
use crate::engine::recipient::{Address, Card, Identity, Mailbox, MailboxKind};
use crate::engine::run::Phase;

fn identity() -> MigrationIdentity {
    MigrationIdentity { source: "s".to_string(), target: "t".to_string(), account: "a".to_string() }
}

fn open(folder: &Path) -> Ledger {
    Ledger::open(&folder.join("a.ledger"), &identity(), Arc::new(SystemClock::new())).unwrap()
}

const STAMP: Stamp = Stamp { batch: 1, now: 5, phase: Phase::InitialSync };

/// A mailbox with one folder; answers the folder's number.
fn one_folder(db: &Connection) -> rusqlite::Result<i64> {
    let identity = Identity {
        address: Address::new("anna@contoso.com"),
        display_name: "Anna".to_string(),
        aliases: Vec::new(),
        legacy_dn: None,
    };
    let mailbox = Mailbox { identity, kind: MailboxKind::User, card: Card::default(), size: None };
    let record = recipients::enrol(db, 1, &recipients::Detail::Mailbox(mailbox))?;
    let folder = Folder {
        id: FolderId("f".to_string()),
        parent: None,
        name: "Inbox".to_string(),
        class: "IPF.Note".to_string(),
        role: None,
        items: 0,
    };
    let counterpart =
        folders::Counterpart { id: FolderId("t".to_string()), given: "Inbox".to_string(), under: None, made: false };
    folders::map(db, record.id, &folder, Some(&counterpart))?;
    Ok(folders::of(db, record.id)?[0].id)
}

#[tokio::test]
async fn a_mailbox_written_down_before_sizes_were_known_is_still_read() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path());
    let record = ledger
        .write(|db| {
            one_folder(db)?;
            db.execute("UPDATE recipient SET detail = json_remove(detail, '$.size')", [])?;
            recipients::get(db, 1)
        })
        .await
        .unwrap();
    assert!(matches!(record.detail, recipients::Detail::Mailbox(mailbox) if mailbox.size.is_none()));
}

fn summary(id: &str, key: &[u8]) -> Summary {
    Summary {
        id: ItemId(id.to_string()),
        class: "IPM.Note".to_string(),
        subject: id.to_string(),
        size: 10,
        search_key: Some(key.to_vec()),
        identity: None,
        date: None,
        sender: "Anna <anna@contoso.com>".to_string(),
    }
}

#[tokio::test]
async fn pieces_of_a_group_are_durable_together_and_a_failing_one_is_undone_alone() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Arc::new(open(folder.path()));
    let pieces = (0..200i64).map(|n| {
        let ledger = ledger.clone();
        tokio::spawn(async move {
            ledger
                .write(move |db| {
                    db.execute(
                        "INSERT INTO batch (id, name, phase, state, started) VALUES (?1, '', '', 'Synced', 0)",
                        [n + 1],
                    )?;
                    if n % 50 == 7 {
                        return Err(raise(internal("on purpose")));
                    }
                    Ok(n)
                })
                .await
        })
    });
    let answers = futures_util::future::join_all(pieces).await;
    for (n, answer) in answers.into_iter().enumerate() {
        match answer.unwrap() {
            Ok(value) => assert_eq!(value, n as i64),
            Err(problem) => assert_eq!((n % 50, problem.guidance), (7, Guidance::Internal)),
        }
    }
    let count = |ledger: Arc<Ledger>| async move {
        ledger.read(|db| db.query_row("SELECT count(*) FROM batch", [], |row| row.get::<_, i64>(0))).await.unwrap()
    };
    assert_eq!(count(ledger.clone()).await, 196);
    drop(ledger);
    assert_eq!(count(Arc::new(open(folder.path()))).await, 196);
}

#[tokio::test]
async fn a_commit_that_fails_is_said_to_have_failed_to_everybody_of_its_group() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path());
    // What belongs to nothing is noticed with the commit only.
    let orphan = ledger.write(|db| {
        db.pragma_update(None, "defer_foreign_keys", true)?;
        db.execute("INSERT INTO folder (recipient, source_id, name, class) VALUES (99, 'f', '', '')", [])
    });
    // What is handed in while the first is at work is the second group.
    let (first, orphan, other) = tokio::join!(write(&ledger, 10), orphan, write(&ledger, 10));
    first.unwrap();
    assert_eq!(orphan.unwrap_err().guidance, Guidance::LedgerUnreadable);
    assert_eq!(other.unwrap_err().guidance, Guidance::LedgerUnreadable, "it was to be durable together with it");
    let left = "SELECT (SELECT count(*) FROM folder) + (SELECT count(*) FROM batch)";
    assert_eq!(ledger.read(|db| db.query_row(left, [], |row| row.get::<_, i64>(0))).await.unwrap(), 1);
    write(&ledger, 10).await.unwrap();
}

#[tokio::test]
async fn a_commit_waits_for_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path());
    let setting = |name: &'static str| move |db: &Connection| db.pragma_query_value(None, name, |row| row.get(0));
    let synchronous: i64 = ledger.write(setting("synchronous")).await.unwrap();
    assert!(synchronous >= 2, "with a write-ahead log, NORMAL (1) loses what was committed last when the power goes");
    for on in ["fullfsync", "checkpoint_fullfsync", "foreign_keys"] {
        assert_eq!(ledger.write(setting(on)).await, Ok(1), "{on}");
    }
    assert_eq!(ledger.read(setting("query_only")).await, Ok(1), "only the writer writes");
}

async fn write(ledger: &Ledger, bytes: i64) -> Result<usize, Problem> {
    let sql = "INSERT INTO batch (name, phase, state, started) VALUES (hex(randomblob(?1)), '', '', 0)";
    ledger.write(move |db| db.execute(sql, [bytes])).await
}

#[tokio::test]
async fn a_full_disk_is_named_loses_nothing_and_work_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path());
    write(&ledger, 10).await.unwrap();
    ledger
        .write(|db| {
            let pages: i64 = db.query_row("PRAGMA page_count", [], |row| row.get(0))?;
            db.pragma_update(None, "max_page_count", pages + 2)
        })
        .await
        .unwrap();
    let problem = write(&ledger, 1_000_000).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Run, Guidance::DiskFull));
    ledger.write(|db| db.pragma_update(None, "max_page_count", 1_000_000)).await.unwrap();
    write(&ledger, 1_000_000).await.unwrap();
    let count = ledger.read(|db| db.query_row("SELECT count(*) FROM batch", [], |row| row.get::<_, i64>(0))).await;
    assert_eq!(count.unwrap(), 2);
}

/// A clock that lets writes fail on one side of the commit, or the power go.
struct Faulty {
    at: Breakpoint,
    /// Breakpoints of that kind that pass before.
    after: AtomicUsize,
    /// Told when the power goes; otherwise the write fails.
    power: Option<Arc<tokio::sync::Notify>>,
}

#[async_trait::async_trait]
impl Clock for Faulty {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }
    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
    async fn sleep(&self, _pause: Duration) {}
    fn random(&self) -> u64 {
        4
    }
    async fn breakpoint(&self, at: Breakpoint) -> Result<(), Problem> {
        if at != self.at || self.after.fetch_sub(1, Ordering::SeqCst) != 0 {
            return Ok(());
        }
        let Some(power) = &self.power else { return Err(Problem::new(Kind::Run, Side::Here, Guidance::DiskFull)) };
        power.notify_one();
        std::future::pending().await
    }
}

#[tokio::test]
async fn a_write_that_fails_is_said_to_have_failed_and_one_that_nobody_answered_for_may_be_durable() {
    use Breakpoint::{AfterWrite, BeforeWrite};
    for (at, power) in [(BeforeWrite, false), (BeforeWrite, true), (AfterWrite, false), (AfterWrite, true)] {
        let gone = Arc::new(tokio::sync::Notify::new());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ledger");
        let faulty = Arc::new(Faulty { at, after: AtomicUsize::new(1), power: power.then(|| gone.clone()) });
        let ledger = Ledger::open(&path, &identity(), faulty).unwrap();
        write(&ledger, 10).await.unwrap();
        tokio::select! {
            failed = write(&ledger, 10) => assert_eq!((power, failed.unwrap_err().guidance), (false, Guidance::DiskFull)),
            () = gone.notified() => assert!(power),
        }
        let rows = ledger.read(|db| db.query_row("SELECT count(*) FROM batch", [], |row| row.get::<_, i64>(0))).await;
        let durable = if at == AfterWrite { 2 } else { 1 };
        assert_eq!(rows.unwrap(), durable, "{at:?}");
    }
}

#[tokio::test]
async fn a_ledger_that_is_let_go_of_leaves_nothing_open() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..100 {
        let ledger = open(folder.path());
        write(&ledger, 10).await.unwrap();
        drop(ledger);
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
        assert_eq!(left.len(), 2, "{round}: {left:?}");
        std::fs::remove_file(folder.path().join("a.ledger")).unwrap();
    }
}

#[tokio::test]
async fn books_that_do_not_close_undo_the_page_and_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path());
    let id = ledger.write(one_folder).await.unwrap();
    ledger
        .write(move |db| {
            items::add(db, id, 1, &summary("a", b"a"), STAMP)?;
            folders::advance(db, id, "1", true, 1)
        })
        .await
        .unwrap();
    let wrong = ledger
        .write(move |db| {
            items::add(db, id, 1, &summary("b", b"b"), STAMP)?;
            db.execute("UPDATE folder SET found = found + 1", [])?;
            folders::advance(db, id, "2", true, 1)
        })
        .await;
    assert_eq!(wrong.unwrap_err().guidance, Guidance::Internal);
    let books = ledger.read(|db| books::count(db, Scope::Migration, 1)).await.unwrap();
    assert_eq!((books.found, books.waiting), (1, 1), "the page was undone");
    // The sum of a mailbox closes if one of its folders lacks what another has too many of.
    let other = "INSERT INTO folder (recipient, source_id, name, class, found) VALUES (1, 'g', '', '', 1)";
    ledger
        .write(|db| Ok((db.execute(other, [])?, db.execute("UPDATE folder SET found = 0 WHERE id = 1", [])?)))
        .await
        .unwrap();
    ledger.read(|db| books::count(db, Scope::Recipient(1), 1)).await.unwrap();
    let folders = ledger.read(|db| books::by_folder(db, 1, 1)).await;
    assert_eq!(folders.unwrap_err().guidance, Guidance::Internal);
    let folder = ledger.read(move |db| books::count(db, Scope::Folder(id), 1)).await;
    assert_eq!(folder.unwrap_err().guidance, Guidance::Internal);
    ledger.write(|db| db.execute("DELETE FROM folder WHERE id <> 1", [])).await.unwrap();
    ledger.write(|db| db.execute("UPDATE folder SET found = 1", [])).await.unwrap();
    ledger.write(|db| db.execute("UPDATE item SET state = 'lost'", [])).await.unwrap();
    let unread = ledger.read(|db| books::count(db, Scope::Migration, 1)).await;
    assert_eq!(unread.unwrap_err().guidance, Guidance::Internal);
}

#[tokio::test]
async fn a_moved_item_is_linked_to_its_copy_once_and_equal_ones_each_to_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path());
    let (relinked, states) = ledger
        .write(|db| {
            let id = one_folder(db)?;
            for name in ["old-1", "old-2"] {
                let item = items::add(db, id, 1, &summary(name, b"same"), STAMP)?;
                items::moved(db, item, &ItemId(format!("target of {name}")), 1)?;
                items::gone(db, item, STAMP)?;
            }
            for name in ["new-1", "new-2", "new-3"] {
                items::add(db, id, 1, &summary(name, b"same"), STAMP)?;
            }
            let recipient = 1;
            let alike = copies::orphans(db, recipient)?;
            let [copies::Alike { arrivals, orphans, keyed: true, alone: true }] = &alike[..] else {
                panic!("{alike:?}")
            };
            for (arrival, orphan) in arrivals.iter().zip(orphans) {
                copies::adopt_orphan(db, orphan, arrival.item, false, true)?;
            }
            assert_eq!(copies::orphans(db, recipient)?, []);
            let states: Vec<(String, String, Option<String>)> = db
                .prepare("SELECT source_id, state, target_id FROM item ORDER BY id")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok((orphans.len(), states))
        })
        .await
        .unwrap();
    assert_eq!(relinked, 2);
    let of = |n: usize| (states[n].1.as_str(), states[n].2.as_deref());
    assert_eq!((of(0), of(1)), (("gone", None), ("gone", None)));
    assert_eq!(of(2), ("moved", Some("target of old-1")));
    assert_eq!(of(3), ("moved", Some("target of old-2")));
    assert_eq!(of(4), ("waiting", None));
}

#[tokio::test]
async fn attempts_of_earlier_runs_do_not_count_against_a_later_one() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path());
    let attempts = ledger
        .write(|db| {
            let id = one_folder(db)?;
            let item = items::add(db, id, 1, &summary("a", b"a"), STAMP)?;
            let content = Content { summary: summary("a", b"a"), data: "a".into(), facets: Facets::default() };
            for _ in 0..4 {
                items::intend(db, item, &items::Intent::of(&content), STAMP)?;
                items::reopen(db, item)?;
            }
            items::take_again(db, 1)?;
            items::intend(db, item, &items::Intent::of(&content), STAMP)?;
            Ok(items::open(db, id)?[0].attempts)
        })
        .await;
    assert_eq!(attempts.unwrap(), 1);
}

#[test]
fn a_ledger_of_a_later_format_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let path = folder.path().join("a.ledger");
    let later = Connection::open(&path).unwrap();
    later.pragma_update(None, "user_version", 99).unwrap();
    drop(later);
    let refused = Ledger::open(&path, &identity(), Arc::new(SystemClock::new())).err().unwrap();
    assert_eq!((refused.guidance, refused.values["reason"].as_str()), (Guidance::LedgerUnreadable, "format 99"));
}

#[tokio::test]
async fn what_looks_alike_is_found_by_its_key_however_much_a_mailbox_holds() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path());
    let plans = ledger.read(|db| {
        let plan = |sql: &str| -> rusqlite::Result<String> {
            let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
            let nothing = vec![rusqlite::types::Null; statement.parameter_count()];
            let lines = statement.query_map(rusqlite::params_from_iter(nothing), |row| row.get::<_, String>(3))?;
            Ok(lines.collect::<rusqlite::Result<Vec<_>>>()?.join("\n"))
        };
        Ok([plan(copies::PERHAPS_LEFT)?, plan(items::COPIES_LIKE)?])
    });
    for plan in plans.await.unwrap() {
        assert!(plan.contains("item_by_key (search_key=?") && !plan.contains("SCAN item"), "{plan}");
    }
    let alike = ledger
        .write(|db| {
            let id = one_folder(db)?;
            for (name, key) in [("a", b"k"), ("b", b"k"), ("c", b"o")] {
                let item = items::add(db, id, 1, &summary(name, key), STAMP)?;
                items::moved(db, item, &ItemId(format!("copy of {name}")), 1)?;
            }
            // Without a key, an item is known by what people see.
            for name in ["d", "d-2"] {
                let item = items::add(db, id, 1, &Summary { subject: "d".to_string(), ..summary(name, b"") }, STAMP)?;
                items::moved(db, item, &ItemId(format!("copy of {name}")), 1)?;
            }
            let new = items::add(db, id, 1, &summary("new", b"k"), STAMP)?;
            let bare = Summary { subject: "d".to_string(), search_key: None, ..summary("bare", b"") };
            let bare = items::add(db, id, 1, &bare, STAMP)?;
            assert_eq!(copies::perhaps_left(db, 1)?, [(id, new)].into());
            let ids = |item| -> rusqlite::Result<Vec<String>> {
                Ok(items::copies_like(db, item)?.into_iter().map(|copy| copy.id.0).collect())
            };
            Ok([ids(new)?, ids(bare)?])
        })
        .await
        .unwrap();
    assert_eq!(alike, [["copy of a", "copy of b"], ["copy of d", "copy of d-2"]]);
}
