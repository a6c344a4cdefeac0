//! The engine's behaviours on services in memory, with a paused clock: whatever takes days takes milliseconds.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/memory.rs"]
mod memory;

#[path = "engine/harness.rs"]
mod harness;

#[path = "support/efficiency.rs"]
mod efficiency;

#[path = "engine/bounds.rs"]
mod bounds;
#[path = "engine/brake.rs"]
mod brake;
#[path = "engine/choosing.rs"]
mod choosing;
#[path = "engine/completing.rs"]
mod completing;
#[path = "engine/doubles.rs"]
mod doubles;
#[path = "engine/doubts.rs"]
mod doubts;
#[path = "engine/efficiency.rs"]
mod efficient;
#[path = "engine/faults.rs"]
mod faults;
#[path = "engine/finding.rs"]
mod finding;
#[path = "engine/following.rs"]
mod following;
#[path = "engine/groups.rs"]
mod groups;
#[path = "engine/items.rs"]
mod items;
#[path = "engine/keeping_in_step.rs"]
mod keeping_in_step;
#[path = "engine/left_behind.rs"]
mod left_behind;
#[path = "engine/overview.rs"]
mod overview;
#[path = "engine/passwords.rs"]
mod passwords;
#[path = "engine/proving.rs"]
mod proving;
#[path = "engine/reports.rs"]
mod reports;
#[path = "engine/saving.rs"]
mod saving;
#[path = "engine/source_folders.rs"]
mod source_folders;
#[path = "engine/standing.rs"]
mod standing;
#[path = "engine/stopping.rs"]
mod stopping;
#[path = "engine/waits.rs"]
mod waits;
#[path = "engine/whole.rs"]
mod whole;
