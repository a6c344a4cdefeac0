//! The practice Exchange, asked directly.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod access;
mod company;
mod content;
mod incremental;
mod writing;
