//! Seeded worlds: from a number comes an organisation, everything that misbehaves, everything that people do on both
//! sides, and when the power goes. Then peace returns, passes run until everything is in step, and a model of the truth
//! that knows nothing of the ledger is asked whether anything was lost, doubled or made up.
//!
//! A failure prints its seed. `CUTOVER_SEED=123 cargo test --test simulation replay -- --nocapture` tells that seed's
//! story; `CUTOVER_SEEDS=100000 cargo test --release --test simulation seeds` tries so many.
//!
//! The same seed gives the same run, request by request: one thread runs everything, the ledger's writes too, and time
//! goes on only when it rests. What the ledger's files hold between two writes is left to `tests/crash.rs`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "support/memory.rs"]
mod memory;

#[path = "simulation/accounts.rs"]
mod accounts;
#[path = "simulation/ending.rs"]
mod ending;
#[path = "simulation/faults.rs"]
mod faults;
#[path = "simulation/judge.rs"]
mod judge;
#[path = "simulation/lenient.rs"]
mod lenient;
#[path = "simulation/oracle.rs"]
mod oracle;
#[path = "simulation/people.rs"]
mod people;
#[path = "simulation/run.rs"]
mod run;
#[path = "simulation/sides.rs"]
mod sides;
#[path = "simulation/truth.rs"]
mod truth;
#[path = "simulation/world.rs"]
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use ending::Ending;
use memory::Wrong;
use run::Simulation;

/// Seeds that are tried if nobody says how many.
const SEEDS: u64 = 500;
/// Seeds that found faults of the engine which few others find. They are tried first, however many are.
const REMEMBERED: [u64; 13] =
    [3218, 3997, 5449, 14035, 15016, 16474, 18076, 23136, 24945, 27050, 27842, 41731, 46308];
/// Failures after which trying ends.
const MOST_FAILURES: usize = 20;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().unwrap_or_else(|_| panic!("{variable} must be a number")))
}

/// Plays a seed; answers what it came to, or how it failed.
fn play(seed: u64, tell: bool) -> Result<Ending, String> {
    outcome(|| Simulation::new(seed, tell).play())
}

fn outcome(play: impl FnOnce() -> Ending) -> Result<Ending, String> {
    catch_unwind(AssertUnwindSafe(play)).map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| text.to_string())).unwrap_or_default()
    })
}

#[test]
fn seeds() {
    let (first, count) = (number("CUTOVER_FIRST").unwrap_or(0), number("CUTOVER_SEEDS").unwrap_or(SEEDS));
    let tried: Vec<u64> = REMEMBERED.into_iter().chain(first..first + count).collect();
    let next = AtomicUsize::new(0);
    let failures = Mutex::new(Vec::new());
    let sum = Mutex::new(Ending::default());
    let work = || {
        loop {
            let Some(&seed) = tried.get(next.fetch_add(1, Ordering::SeqCst)) else { return };
            if failures.lock().unwrap().len() >= MOST_FAILURES {
                return;
            }
            match play(seed, false) {
                Ok(ending) => sum.lock().unwrap().add(&ending),
                Err(why) => {
                    println!("seed {seed} failed");
                    failures.lock().unwrap().push((seed, why));
                }
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(work);
        }
    });
    let sum = sum.into_inner().unwrap();
    println!("{sum}");
    let mut failures = failures.into_inner().unwrap();
    failures.sort();
    let told: Vec<String> = failures.iter().map(|(seed, why)| format!("seed {seed}: {why}")).collect();
    assert!(
        told.is_empty(),
        "\n{}\n\nreplay: CUTOVER_SEED={} cargo test --test simulation replay -- --nocapture",
        told.join("\n"),
        failures[0].0
    );
    assert!(
        count < SEEDS || sum.tally.enough(),
        "too few judgements to tell how lenient the oracle is: {}",
        sum.tally
    );
    assert_eq!(sum.tally.too_often(), Vec::<String>::new(), "the oracle became more lenient");
}

#[test]
fn replay() {
    let seed = number("CUTOVER_SEED");
    let ending = play(seed.unwrap_or(1), seed.is_some());
    println!("{}", ending.unwrap_or_else(|why| panic!("seed {}: {why}", seed.unwrap_or(1))));
}

#[test]
fn the_same_seed_gives_the_same_run_request_by_request() {
    for seed in 0..10 {
        let (once, again) = (play(seed, false), play(seed, false));
        assert_eq!(once.unwrap().hash, again.unwrap().hash, "seed {seed}");
    }
}

/// What the oracle says of services that do wrong.
const WRONGS: [(Wrong, &str); 8] = [
    (Wrong::Loses, "is not there as it is"),
    (Wrong::Doubles, "is there too often"),
    (Wrong::Alters, "was never"),
    (Wrong::Misplaces, "lies in"),
    (Wrong::Keeps, "was deleted at the source"),
    (Wrong::StaysOld, "is not there as it is"),
    (Wrong::DeletesMore, "is not there as it is"),
    (Wrong::HidesEdits, "is no longer what a user made of it"),
];

#[test]
fn services_that_do_wrong_are_found_out() {
    for (wrong, expected) in WRONGS {
        let found = |seed: &u64| {
            let why = outcome(|| Simulation::new(*seed, false).with(wrong).play()).err();
            why.is_some_and(|why| why.contains(expected))
        };
        let seed = (0..SEEDS).find(found);
        println!("{wrong:?} is found out by seed {seed:?}");
        assert!(seed.is_some(), "{wrong:?} is not found out: {expected}");
    }
}
