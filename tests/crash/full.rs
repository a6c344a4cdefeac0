//! The disk under the ledger runs full at every durable write of a migration. The run says so and stops; once there is
//! room it is taken up again, in the same process or in another, and comes to the same end as if nothing had been.
//!
//! Twice: on a small disk that is really full, as far as SQLite and this computer can tell; and by word of the clock's
//! seam, on every computer, also where a write is said to have failed that is there all the same.
//!
//! Of the moments every fifth is tried; `CUTOVER_FULL_EVERY=1 cargo test --test crash full` tries them all.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use cutover::engine::Migration;
use cutover::engine::clock::{Breakpoint, Clock, SeededClock};
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::run::{BatchState, Pass};
use jiff::Timestamp;

use crate::judge;
use crate::moments::{folder, process};
use crate::small_disk::SmallDisk;
use crate::story::{self, CHAPTERS, Chapter, contoso, run};

/// The small disk, in kibibytes: room for the whole story.
const SMALL: u32 = 4_096;
/// Pages that may be left on it: now and then a write finds room for a part of what it has to say.
const PAGES_LEFT: usize = 7;
/// Of so many moments one is tried, unless the environment says otherwise. It has no factor in common with the other
/// numbers here, so that everything meets everything.
const EVERY: usize = 5;

/// Where the ledger lies.
enum Disk {
    Small(SmallDisk),
    /// One that the clock says is full.
    Said(tempfile::TempDir, AtomicBool),
}

impl Disk {
    fn said() -> Disk {
        Disk::Said(folder(), AtomicBool::new(false))
    }

    fn ledger(&self) -> PathBuf {
        match self {
            Disk::Small(disk) => disk.path().join("migration.ledger"),
            Disk::Said(folder, _) => folder.path().join("migration.ledger"),
        }
    }

    fn fill(&self, moment: usize) {
        match self {
            Disk::Small(disk) => disk.fill((moment % PAGES_LEFT) as u64),
            Disk::Said(_, full) => full.store(true, Ordering::SeqCst),
        }
    }

    fn clear(&self) {
        match self {
            Disk::Small(disk) => disk.clear(),
            Disk::Said(_, full) => full.store(false, Ordering::SeqCst),
        }
    }

    fn said_full(&self) -> bool {
        matches!(self, Disk::Said(_, full) if full.load(Ordering::SeqCst))
    }
}

/// A clock at one moment of which the disk runs full.
struct Filling {
    clock: SeededClock,
    disk: Disk,
    at: usize,
    moments: AtomicUsize,
    full: AtomicBool,
}

impl Filling {
    fn new(disk: Disk, at: usize) -> Arc<Filling> {
        let clock = SeededClock::new("2026-11-20T08:00:00Z".parse().unwrap(), 42);
        Arc::new(Filling { clock, disk, at, moments: AtomicUsize::new(0), full: AtomicBool::new(false) })
    }

    fn about(&self) -> String {
        let disk = if matches!(self.disk, Disk::Small(_)) { "small disk" } else { "disk said to be" };
        format!("{disk} full at moment {}", self.at)
    }

    fn is_full(&self) -> bool {
        self.full.load(Ordering::SeqCst)
    }

    fn clear(&self) {
        if self.full.swap(false, Ordering::SeqCst) {
            self.disk.clear();
        }
    }
}

#[async_trait]
impl Clock for Filling {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }
    fn elapsed(&self) -> Duration {
        self.clock.elapsed()
    }
    async fn sleep(&self, pause: Duration) {
        self.clock.sleep(pause).await;
    }
    fn random(&self) -> u64 {
        self.clock.random()
    }
    async fn breakpoint(&self, _at: Breakpoint) -> Result<(), Problem> {
        let moment = self.moments.fetch_add(1, Ordering::SeqCst);
        if moment == self.at {
            self.disk.fill(moment);
            self.full.store(true, Ordering::SeqCst);
        }
        if self.disk.said_full() {
            return Err(Problem::new(Kind::Run, Side::Here, Guidance::DiskFull));
        }
        Ok(())
    }
}

/// A pass that may meet the full disk; answers whether it came to its end all the same.
async fn came_through(migration: Result<Migration, Problem>, chapter: &Chapter, clock: &Filling) -> bool {
    let about = &clock.about();
    let said = match migration {
        Ok(migration) => run(&migration, chapter.pass).await,
        Err(problem) => Err(problem),
    };
    let problem = match said {
        Ok(outcome) => {
            outcome.books.close().unwrap();
            let Some(problem) = outcome.problem else {
                assert_eq!((outcome.state, outcome.failed_recipients), (chapter.end, 0), "{about}");
                return true;
            };
            assert_eq!(outcome.state, BatchState::Failed, "{about}: {problem:?}");
            problem
        }
        // Its last word was written although it was said not to be.
        Err(problem) if problem.guidance == Guidance::MigrationCompleted => {
            assert!(matches!(chapter.pass, Pass::Complete { .. }), "{about}");
            return true;
        }
        Err(problem) => problem,
    };
    assert!(clock.is_full(), "{about}: {problem:?}");
    let seen = (problem.kind, problem.side, problem.guidance);
    assert_eq!(seen, (Kind::Run, Side::Here, Guidance::DiskFull), "{about}: {problem:?}");
    false
}

/// What came of a story.
struct Told {
    moments: usize,
    /// Runs that had to stop.
    stopped: usize,
    /// Further ones that could not even open the ledger.
    turned_away: usize,
}

/// Tells the story with a disk that runs full at this moment.
fn tell(disk: Disk, at: usize) -> Told {
    process(async {
        let (world, clock) = (contoso(), Filling::new(disk, at));
        let (about, ledger) = (clock.about(), clock.disk.ledger());
        let open = || story::try_open(&ledger, &world, clock.clone());
        let (mut stopped, mut turned_away) = (0, 0);
        for chapter in &CHAPTERS {
            (chapter.change)(&world);
            let mut migration = open();
            let whole = came_through(migration.clone(), chapter, &clock).await;
            if !whole {
                stopped += 1;
                // Whoever does not believe it and starts again at once loses nothing by that, also if something else has
                // taken the room that the first one left behind.
                if at.is_multiple_of(3) {
                    drop(migration);
                    clock.disk.fill(at);
                    migration = open();
                    turned_away += usize::from(migration.is_err());
                    came_through(migration.clone(), chapter, &clock).await;
                }
                clock.clear();
                // Another process, or the same.
                if migration.is_err() || at.is_multiple_of(2) {
                    drop(migration);
                    migration = open();
                }
                story::read(migration.as_ref().unwrap(), chapter, &about).await;
            }
        }
        let moments = clock.moments.load(Ordering::SeqCst);
        clock.clear();
        judge::all(&world, &open().unwrap(), &about).await;
        Told { moments, stopped, turned_away }
    })
}

/// How many moments the story has: before and after every durable write.
fn moments() -> usize {
    let told = tell(Disk::said(), usize::MAX);
    assert_eq!(told.stopped, 0);
    assert!(told.moments > 300, "{}", told.moments);
    told.moments
}

/// Tells the story once for every one of these moments; answers how many runs had to stop, and how many were turned away.
fn tell_all(moments: &[usize], disk: impl Fn(usize) -> Disk + Sync) -> (usize, usize) {
    let (next, told, failed) = (AtomicUsize::new(0), Mutex::new((0, 0)), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let Some(at) = moments.get(next.fetch_add(1, Ordering::SeqCst)).copied() else { return };
                    match std::panic::catch_unwind(AssertUnwindSafe(|| tell(disk(at), at))) {
                        Ok(one) => {
                            let mut told = told.lock().unwrap();
                            *told = (told.0 + one.stopped, told.1 + one.turned_away);
                        }
                        Err(_) => failed.lock().unwrap().push(at),
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "full at {} moments ended badly: {failed:?}", failed.len());
    told.into_inner().unwrap()
}

/// The moments that are tried.
fn tried() -> Vec<usize> {
    let every = std::env::var("CUTOVER_FULL_EVERY").map_or(EVERY, |every| every.parse().unwrap());
    (0..moments()).step_by(every).collect()
}

#[test]
fn the_disk_is_said_to_be_full_at_every_write() {
    let tried = tried();
    let (stopped, _) = tell_all(&tried, |_| Disk::said());
    assert_eq!(stopped, tried.len(), "each of them stops one run");
}

#[test]
fn a_small_disk_runs_full_at_every_write() {
    let home = tempfile::tempdir().unwrap();
    if SmallDisk::new(home.path().join("first"), SMALL).is_none() {
        return;
    }
    let tried = tried();
    let disk = |at: usize| Disk::Small(SmallDisk::new(home.path().join(at.to_string()), SMALL).unwrap());
    let (stopped, turned_away) = tell_all(&tried, disk);
    eprintln!("{stopped} of {} stopped, then {turned_away} turned away", tried.len());
    // The last writes of a story may find the room that they need in the file.
    assert!(stopped * 10 > tried.len() * 9 && turned_away > 0, "{stopped}, {turned_away} of {}", tried.len());
}
