//! Our reports as somebody hands them back, fed anything.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use super::again;

/// A report of errors: whoever is chosen stands in it and has an address.
pub(crate) fn errors(data: &[u8]) {
    let Ok(chosen) = again::read_from(std::io::Cursor::new(data.to_vec()), Path::new("MigrationErrors.csv")) else {
        return;
    };
    assert!(!chosen.is_empty() && chosen.len() <= data.len());
    assert!(chosen.iter().all(|address| address.as_str().contains('@') && address.as_str().len() <= 3 * data.len()));
}
