//! Entry points for the fuzzer: one function for each parser of outside bytes. Compiled for tests and for fuzzing only.
//!
//! Each takes any bytes, must come back soon and without a panic, and asserts whatever must hold of what it read: bounds,
//! round trips, promises about the password. `fuzz/run` drives them with libFuzzer; [`tests`] runs the stored corpus
//! and a few thousand mutations of it wherever the library is tested. Where a target has several readers, the first byte
//! says which; in the stored corpus it is a digit.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod stream;
#[cfg(test)]
mod tests;

use crate::engine::report;
use crate::{exchange, microsoft365, practice, settings};

/// A parser's entry point.
pub type Target = fn(&[u8]);

/// Every target with its name, which is also that of its folder in `tests/corpora/fuzz`.
pub const TARGETS: &[(&str, Target)] = &[
    ("autodiscover", exchange::fuzz::autodiscover),
    ("container", stream::container),
    ("errors_csv", report::fuzz::errors),
    ("ews", exchange::fuzz::ews),
    ("faults", practice::fuzz::faults),
    ("graph", microsoft365::fuzz::graph),
    ("message_list", stream::message_list),
    ("mime", exchange::fuzz::mime),
    ("practice_exchange", practice::fuzz::exchange),
    ("practice_mail", practice::fuzz::mail),
    ("practice_microsoft365", practice::fuzz::microsoft365),
    ("settings", settings::fuzz::settings),
    ("stream", stream::stream),
];
