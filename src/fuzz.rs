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
use crate::{check_proof, exchange, microsoft365, practice, settings};

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
    ("proof", proof),
    ("settings", settings::fuzz::settings),
    ("stream", stream::stream),
];

/// Bits of a proof that are turned, one after the other.
const TURNED: usize = 16;

/// A proof: what holds does so no longer once a bit of it is turned, or a line is taken away.
fn proof(data: &[u8]) {
    let holds = |data: &[u8]| check_proof::check(data, None).expect("memory can be read").holds();
    if !holds(data) {
        return;
    }
    for bit in (0..8 * data.len()).step_by(8 * data.len() / TURNED + 1) {
        let mut turned = data.to_vec();
        turned[bit / 8] ^= 1 << (bit % 8);
        assert!(!holds(&turned), "it holds with bit {bit} turned");
    }
    let second = data.iter().position(|byte| *byte == b'\n').map_or(data.len(), |at| at + 1);
    assert!(!holds(&data[second..]), "it holds without its first line");
}
