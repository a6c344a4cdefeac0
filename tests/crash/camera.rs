//! What a power cut leaves behind is the file and the services. So a story is told once, and at every moment that could
//! matter both are put aside as they are then; each such shot is a crash, from which a new process starts. Two moments
//! between which neither has changed leave the same.
//!
//! The moments are those before and after every durable write, and that before every request. That between doing and
//! answering a request is among them: whatever a request did is seen at the next moment, and nothing can have been
//! written of its answer by then.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use async_trait::async_trait;
use cutover::engine::clock::{Breakpoint, Clock, SeededClock};
use cutover::engine::problem::Problem;
use jiff::Timestamp;

use crate::memory::{Fault, State, World};

/// The ledger's files, if there are any yet.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Files(Vec<(&'static str, Vec<u8>)>);

impl Files {
    fn of(ledger: &Path) -> Files {
        let read = |ending: &'static str| Some((ending, std::fs::read(beside(ledger, ending)).ok()?));
        Files(["", "-wal"].into_iter().filter_map(read).collect())
    }

    pub fn lay(&self, ledger: &Path) {
        self.0.iter().for_each(|(ending, bytes)| std::fs::write(beside(ledger, ending), bytes).unwrap());
    }
}

fn beside(ledger: &Path, ending: &str) -> PathBuf {
    PathBuf::from(format!("{}{ending}", ledger.display()))
}

/// What a crash left.
pub struct Shot {
    pub about: String,
    pub chapter: usize,
    pub files: Arc<Files>,
    pub state: State,
    /// The moment, by the time of the world and by that of people.
    pub at: Duration,
    pub now: Timestamp,
    /// What was on its way arrives after all, later.
    pub arrives: bool,
}

pub struct Camera {
    world: Weak<World>,
    ledger: PathBuf,
    clock: SeededClock,
    shots: SyncSender<Shot>,
    seen: Mutex<HashSet<(u64, bool)>>,
    /// The ledger at the last moment at which nobody was writing.
    files: Mutex<Arc<Files>>,
    chapter: AtomicUsize,
    /// Moments there were, distinct or not.
    moments: AtomicUsize,
}

impl Camera {
    /// A clock that starts now, and hands on a shot of every moment that has not been seen.
    pub fn new(world: &Arc<World>, ledger: &Path, start: Timestamp, shots: SyncSender<Shot>) -> Arc<Camera> {
        let camera = Arc::new(Camera {
            world: Arc::downgrade(world),
            ledger: ledger.to_path_buf(),
            clock: SeededClock::new(start, 42),
            shots,
            seen: Mutex::default(),
            files: Mutex::default(),
            chapter: AtomicUsize::new(0),
            moments: AtomicUsize::new(0),
        });
        let behind = camera.clone();
        world.misbehave(move |request| {
            behind.shoot(|| format!("before request {} {}", request.number, request.operation));
            Fault::None
        });
        camera
    }

    pub fn begin(&self, chapter: usize) {
        self.chapter.store(chapter, Ordering::SeqCst);
    }

    pub fn moments(&self) -> usize {
        self.moments.load(Ordering::SeqCst)
    }

    fn shoot(&self, about: impl Fn() -> String) {
        let world = self.world.upgrade().unwrap();
        let number = self.moments.fetch_add(1, Ordering::SeqCst);
        let (state, files, chapter) =
            (world.state().clone(), self.files.lock().unwrap().clone(), self.chapter.load(Ordering::SeqCst));
        for arrives in [false, true] {
            let mut hasher = DefaultHasher::new();
            (&files, chapter, lasting(&state, arrives)).hash(&mut hasher);
            let new = self.seen.lock().unwrap().insert((hasher.finish(), arrives));
            if !new || arrives && state.flying.is_empty() {
                continue;
            }
            let how = if arrives { ", and what was on its way arrives later" } else { "" };
            let about = format!("chapter {chapter}, moment {number}, {}{how}", about());
            let (files, state) = (files.clone(), state.clone());
            let shot = Shot { about, chapter, files, state, at: world.now(), now: self.clock.now(), arrives };
            // Once nobody develops shots any more, one of them has failed.
            let _taken = self.shots.send(shot);
        }
    }
}

/// What of the services outlasts a crash.
fn lasting(state: &State, arrives: bool) -> String {
    let mut state = state.clone();
    state.requests.clear();
    state.by_operation.clear();
    (state.flights, state.most_in_flight, state.most_mailboxes) = (0, 0, 0);
    state.target.values_mut().for_each(|mailbox| mailbox.in_flight = 0);
    if !arrives {
        state.flying.clear();
    }
    format!("{state:?}")
}

#[async_trait]
impl Clock for Camera {
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
    async fn breakpoint(&self, at: Breakpoint) -> Result<(), Problem> {
        if at == Breakpoint::AfterWrite {
            *self.files.lock().unwrap() = Arc::new(Files::of(&self.ledger));
        }
        self.shoot(|| format!("{at:?}"));
        Ok(())
    }
}
