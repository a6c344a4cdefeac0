//! The connector against a server made of canned answers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod connecting;
pub(super) mod fake;
mod reading;
mod surveying;
mod wire;
