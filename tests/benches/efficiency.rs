//! How near a migration comes to what the service's limits allow: `cargo bench --bench efficiency`.
//!
//! Each line is a whole migration on the paused clock, to a service in memory that enforces Microsoft's limits: 10,000 requests
//! in 10 minutes, 150 MB of base64 in 5 minutes, 4 at a time, each for one mailbox. `bound` is the least time that these
//! allow, which `src/engine/forecast.rs` derives; it ends with status 1 if a migration takes more than 3 % longer.
//! With numbers of mailboxes after `--`, only these are measured.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "../support/efficiency.rs"]
mod efficiency;
#[path = "../engine/harness.rs"]
#[allow(dead_code)]
mod harness;
#[path = "../support/memory.rs"]
mod memory;

use std::process::ExitCode;

use efficiency::{Case, GOAL, IMPORT, measure};

/// Items of a mailbox, and bytes of each.
const MAILBOXES: [(u64, u64); 3] = [(1_000, 10_000), (20_000, 75_000), (200, 40_000_000)];

fn main() -> ExitCode {
    let chosen: Vec<usize> = std::env::args().skip(1).filter_map(|number| number.parse().ok()).collect();
    let at_a_time = if chosen.is_empty() { vec![1, 3, 10] } else { chosen };
    println!("an import takes {} ms\n", IMPORT.as_millis());
    println!(
        "{:>9}{:>9}{:>9}{:>12}{:>14}{:>9}{:>9}",
        "mailboxes", "items", "kB each", "bound, s", "achieved, s", "ratio", "refused"
    );
    let mut over = 0;
    for (items, bytes) in MAILBOXES {
        for &mailboxes in &at_a_time {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
            let measured = runtime.block_on(measure(Case { mailboxes, items, bytes }));
            let mark = if measured.ratio() > GOAL { "  over the goal" } else { "" };
            over += usize::from(measured.ratio() > GOAL);
            println!(
                "{mailboxes:>9}{items:>9}{:>9}{:>12.1}{:>14.1}{:>9.4}{:>9}{mark}",
                bytes / 1_000,
                measured.bound.as_secs_f64(),
                measured.achieved.as_secs_f64(),
                measured.ratio(),
                measured.refused
            );
        }
    }
    if over > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
