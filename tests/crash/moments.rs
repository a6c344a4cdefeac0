//! The power goes at every moment of a migration; the next start finishes it.

use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cutover::engine::clock::SeededClock;
use tempfile::TempDir;

use crate::camera::{Camera, Shot};
use crate::memory::World;
use crate::story::{CHAPTERS, contoso, open, read};
use crate::{judge, story};

/// How long the computer was off.
const OFF: Duration = Duration::from_secs(20);
/// When something arrives that was on its way when the power went, after the next start.
const LATE: Duration = Duration::from_secs(9);
/// Shots that wait to be developed.
const WAITING: usize = 8;

/// A folder for a ledger. Memory will do where the system has it as a file system: what counts is what is in the files,
/// not how long a disk takes to keep them.
pub fn folder() -> TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// A runtime with a paused clock that ends like a process.
pub fn process<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime
        .block_on(async { tokio::time::timeout(Duration::from_secs(30 * 24 * 3600), work).await.expect("it ends") })
}

/// Tells the whole story once; answers how many moments it had.
fn tell(shots: std::sync::mpsc::SyncSender<Shot>) -> usize {
    let folder = folder();
    let ledger = folder.path().join("migration.ledger");
    process(async {
        let world = contoso();
        let camera = Camera::new(&world, &ledger, "2026-11-20T08:00:00Z".parse().unwrap(), shots);
        for (number, chapter) in CHAPTERS.iter().enumerate() {
            (chapter.change)(&world);
            camera.begin(number);
            let migration = open(&ledger, &world, camera.clone());
            read(&migration, chapter, "uncut").await;
            if number + 1 == CHAPTERS.len() {
                judge::all(&world, &migration, "uncut").await;
            }
        }
        world.behave();
        camera.moments()
    })
}

/// Starts again after a crash, and goes on to the end of the story.
fn develop(shot: Shot) {
    let folder = folder();
    let ledger = folder.path().join("migration.ledger");
    shot.files.lay(&ledger);
    process(async {
        let (world, flights) = World::revived(shot.state, shot.at);
        let landing = tokio::spawn({
            let (world, flights) = (world.clone(), if shot.arrives { flights } else { Vec::new() });
            async move {
                tokio::time::sleep(LATE).await;
                flights.iter().for_each(|flight| world.land(flight));
            }
        });
        let clock = Arc::new(SeededClock::new(shot.now.checked_add(OFF).unwrap(), 4_711));
        let migration = open(&ledger, &world, clock);
        for (number, chapter) in CHAPTERS.iter().enumerate().skip(shot.chapter) {
            if number > shot.chapter {
                (chapter.change)(&world);
            }
            story::read(&migration, chapter, &shot.about).await;
        }
        landing.await.unwrap();
        judge::all(&world, &migration, &shot.about).await;
    });
}

/// Develops shots until no more come; answers how many there were, and which did not come to a good end.
fn develop_all(shots: &Mutex<Receiver<Shot>>) -> (usize, Vec<String>) {
    let (mut developed, mut failed) = (0, Vec::new());
    loop {
        let next = shots.lock().unwrap().recv();
        let Ok(shot) = next else { return (developed, failed) };
        let about = shot.about.clone();
        if std::panic::catch_unwind(AssertUnwindSafe(|| develop(shot))).is_err() {
            failed.push(about);
        }
        developed += 1;
    }
}

#[test]
fn the_power_goes_at_every_moment() {
    let (send, receive) = sync_channel(WAITING);
    let receive = Arc::new(Mutex::new(receive));
    let workers: Vec<_> = (0..std::thread::available_parallelism().map_or(2, usize::from))
        .map(|_| {
            let shots = receive.clone();
            std::thread::spawn(move || develop_all(&shots))
        })
        .collect();
    drop(receive);
    let moments = tell(send);
    let (mut crashes, mut failed) = (0, Vec::new());
    for (some, bad) in workers.into_iter().map(|worker| worker.join().unwrap()) {
        crashes += some;
        failed.extend(bad);
    }
    eprintln!("{crashes} crashes at {moments} moments");
    assert!(failed.is_empty(), "{} of {crashes} crashes ended badly: {failed:#?}", failed.len());
    assert!(moments > 600 && crashes > 300, "{crashes} crashes at {moments} moments");
}
