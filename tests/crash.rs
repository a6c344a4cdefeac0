//! A migration is cut off at every moment that could matter and taken up again: nothing is missing, nothing is there twice,
//! the books close, and no password is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

// What others need of these services is theirs.
#[allow(dead_code)]
#[path = "support/memory.rs"]
mod memory;

#[path = "crash/camera.rs"]
mod camera;
#[path = "crash/judge.rs"]
mod judge;
#[path = "crash/moments.rs"]
mod moments;
#[path = "crash/story.rs"]
mod story;
