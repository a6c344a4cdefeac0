//! How near a migration comes to what the service's limits allow: on the paused clock, with services in memory that enforce
//! the limits, and items whose bytes are declared and not there.

use std::time::Duration;

use cutover::engine::forecast;
use cutover::engine::plan::Options;
use cutover::engine::recipient::MailboxKind;
use cutover::engine::run::{BatchState, Pass};

use crate::harness::Bench;
use crate::memory::{Limits, fields};

/// How long an import takes: of what is known of the service, a quick one.
pub const IMPORT: Duration = Duration::from_millis(400);
/// How long any other request takes.
const OTHER: Duration = Duration::from_millis(50);
/// Changes on a page of the source: Exchange's most.
const PAGE: usize = 512;
/// Folders over which the items are spread.
const FOLDERS: usize = 10;
/// How far from the bound a migration may end.
pub const GOAL: f64 = 1.03;

/// So many mailboxes, all at a time, with so many items of so many bytes each.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub mailboxes: usize,
    pub items: u64,
    pub bytes: u64,
}

/// What came of it.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    pub bound: Duration,
    pub achieved: Duration,
    /// Requests that the service refused.
    pub refused: usize,
}

impl Measured {
    pub fn ratio(&self) -> f64 {
        self.achieved.as_secs_f64() / self.bound.as_secs_f64()
    }
}

/// Runs a whole migration. Time must be paused.
pub async fn measure(case: Case) -> Measured {
    let bench = Bench::new();
    let world = &bench.world;
    for mailbox in 0..case.mailboxes {
        let address = format!("person{mailbox}@contoso.com");
        world.add_mailbox(&address, MailboxKind::User);
        let folders: Vec<String> =
            (0..FOLDERS).map(|n| world.add_folder(&address, "s-Root", &format!("Folder {n}"), "IPF.Note")).collect();
        for n in 0..case.items {
            let mut item = fields("Declared", format!("{mailbox} {n}").into_bytes());
            item.size = case.bytes;
            world.add(&address, &folders[n as usize * FOLDERS / case.items as usize], item);
        }
    }
    {
        let mut state = world.state();
        (state.latency, state.import_latency, state.page) = (OTHER, Some(IMPORT), PAGE);
        state.limits = Some(Limits::default());
    }
    let migration = bench.open();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let options = Options { at_a_time: case.mailboxes, ..Options::default() };
    let plan = migration.plan(survey, options).await.unwrap();
    let began = tokio::time::Instant::now();
    let outcome = migration.run(plan, Pass::Initial).await.unwrap().outcome().await;
    let achieved = began.elapsed();
    assert_eq!(outcome.state, BatchState::Synced, "{:?}", outcome.problem);
    assert_eq!(outcome.books.moved, case.items * case.mailboxes as u64);
    let refused = world.state().limits.as_ref().unwrap().refused;
    Measured { bound: forecast::least(case.items, case.bytes, IMPORT), achieved, refused }
}
