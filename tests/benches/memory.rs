//! How much memory a migration takes at most: `cargo bench --bench memory` (Linux).
//!
//! Each line is a migration by the real program, ten mailboxes at a time, of a practice organisation in another process:
//! copying and verifying, with everything arriving and found equal. `peak` is the most memory that the program ever held
//! (VmHWM). It is shown as it is, as a part of all content, and as a multiple of what the same migration of small items
//! takes. The goal is the one of `engine::budget`: 400 MB, however large the items are.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "../support/weigh.rs"]
mod weigh;

use std::time::{Duration, Instant};

use weigh::{Company, weigh};

/// Mailboxes: as many as are migrated at a time.
const MAILBOXES: u64 = 10;
/// Items beside the large one in each.
const MESSAGES: u64 = 10;
/// The attachment of the largest items that an import takes (112.5 MB with all that is around it).
const LARGEST: u64 = 112_300_000;
/// What a migration may take, in bytes.
const GOAL: u64 = 400_000_000;
/// A megabyte.
const MB: f64 = 1e6;

fn main() {
    println!(
        "{:<44}{:>12}{:>12}{:>12}{:>10}",
        "ten mailboxes, each with", "peak", "of content", "of small", "seconds"
    );
    let mut small = None;
    let mut most = 0;
    for (words, attachment, profile) in [
        ("10 small items", 0, "2016"),
        ("10 small items, 1 of 5 MB", 5_000_000, "2016"),
        ("10 small items, 1 of 40 MB", 40_000_000, "2016"),
        ("10 small items, 1 of 112 MB", LARGEST, "2016"),
    ] {
        let began = Instant::now();
        let peak = weigh(Company { mailboxes: MAILBOXES, messages: MESSAGES, attachment, profile });
        let base = *small.get_or_insert(peak);
        most = most.max(peak);
        line(words, attachment, (peak, began.elapsed()), base);
    }
    println!("goal: {:.0} MB; most: {:.0} MB", GOAL as f64 / MB, most as f64 / MB);
    assert!(most < GOAL, "a migration took more memory than promised");
}

fn line(words: &str, attachment: u64, (peak, time): (u64, Duration), small: u64) {
    let content = MAILBOXES * attachment;
    let part = match content {
        0 => "-".to_owned(),
        content => format!("{:.2}", peak as f64 / content as f64),
    };
    println!(
        "{words:<44}{:>9.0} MB{part:>12}{:>12.2}{:>10.0}",
        peak as f64 / MB,
        peak as f64 / small as f64,
        time.as_secs_f64()
    );
}
