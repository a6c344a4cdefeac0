//! What the tests of the controls share.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::gui::look::{Look, Platform};
use crate::gui::theme::{Appearance, Colours};
use crate::words::Words;

/// Lends a look to a test: British English, light, wide.
pub(super) fn with_look<T>(test: impl FnOnce(&Look<'_>) -> T) -> T {
    let words = Words::new("en-GB");
    test(&Look {
        words: &words,
        colours: Colours::of(Appearance::Light),
        appearance: Appearance::Light,
        compact: false,
        low: false,
        platform: Platform::Linux,
        now: Timestamp::UNIX_EPOCH,
        zone: &TimeZone::UTC,
        access_keys: false,
    })
}
