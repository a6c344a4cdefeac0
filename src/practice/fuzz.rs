//! The practice servers' parsers, fed anything: requests, mail files, the faults file.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use super::faults::{Faults, Side};
use super::mail;
use crate::mapi::stream;

pub use super::exchange::fuzz::exchange;
pub use super::microsoft365::fuzz::microsoft365;

/// What a message may grow to, in bytes for each of its own, and beside that.
const GROWTH: usize = 64;
const ROOM: usize = 64 * 1024;

/// A file of real mail: whatever is taken from it can be exported and read again.
pub fn mail(data: &[u8]) {
    for item in mail::fuzz_items(data) {
        let written = stream::encode_fresh(&item).expect("a message can be written");
        assert!(written.len() <= ROOM + GROWTH * data.len(), "{} bytes of {}", written.len(), data.len());
        assert!(stream::decode(&written).is_ok());
    }
}

/// A faults file: its rules decide about any request.
pub fn faults(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(faults) = Faults::parse(text, Path::new("faults.toml")) else { return };
    for operation in ["", "GetItem", "POST /users/{id}/mailFolders", text.get(..32).unwrap_or(text)] {
        for side in [Side::Exchange, Side::Microsoft365] {
            let _ = (faults.strike(side, operation), faults.strike(side, operation));
        }
    }
}
