//! The settings file, fed anything.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;

use super::Settings;

/// A settings file: what is accepted can be written, and read again as the same.
pub(crate) fn settings(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let file = Path::new("/migration/settings.toml");
    let Ok(settings) = Settings::parse(text, file) else { return };
    assert_eq!(settings.faults(), []);
    let written = toml::to_string(&settings).expect("settings can be written");
    assert_eq!(Settings::parse(&written, file).expect("what was written can be read"), settings);
}
