//! A migration is cut off at every moment that could matter and taken up again: nothing is missing, nothing is there twice,
//! the books close, and no password is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

#[path = "support/memory.rs"]
mod memory;

#[path = "crash/camera.rs"]
mod camera;
#[allow(dead_code)]
#[path = "cli/support.rs"]
mod support;

#[path = "crash/full.rs"]
mod full;
#[path = "crash/judge.rs"]
mod judge;
#[cfg(unix)]
#[path = "crash/killed.rs"]
mod killed;
#[path = "crash/moments.rs"]
mod moments;
#[cfg(unix)]
#[path = "crash/organisation.rs"]
mod organisation;
#[allow(dead_code)]
#[path = "support/small_disk.rs"]
mod small_disk;
#[path = "crash/story.rs"]
mod story;
#[cfg(unix)]
#[path = "crash/watchdog.rs"]
mod watchdog;
