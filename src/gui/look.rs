//! What every page is drawn with: words, colours, and how much room there is.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::theme::{Appearance, Colours};
use crate::words::Words;

/// Whose habits the window follows: order of buttons, command keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Platform {
    /// Affirmative button first, access keys with Alt.
    Windows,
    /// Confirming button last, Command keys.
    MacOs,
    /// Like Windows for keys, confirming button last.
    Linux,
}

impl Platform {
    /// This computer's.
    pub const fn current() -> Platform {
        if cfg!(windows) {
            Platform::Windows
        } else if cfg!(target_os = "macos") {
            Platform::MacOs
        } else {
            Platform::Linux
        }
    }
}

/// What a view is drawn with. Cheap to copy; made anew for every view.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// The user's language.
    pub words: &'a Words,
    /// Colours by use.
    pub colours: Colours,
    /// Which colours these are.
    pub appearance: Appearance,
    /// The window is narrow (or the text large): one column, no rail.
    pub compact: bool,
    /// The window is low (or the text large): the commands come at the end of the page.
    pub low: bool,
    /// Whose habits to follow.
    pub platform: Platform,
    /// The moment that is shown; ticks only while something on screen depends on it.
    pub now: Timestamp,
    /// Where the user is.
    pub zone: &'a TimeZone,
    /// The access keys are to be seen (Alt is held).
    pub access_keys: bool,
}

impl Look<'_> {
    /// A message without blanks.
    pub fn say(&self, key: &str) -> String {
        self.words.text(key, &[])
    }

    /// A message with blanks.
    pub fn tell(&self, key: &str, blanks: &[(&str, fluent_bundle::FluentValue<'_>)]) -> String {
        self.words.text(key, blanks)
    }
}
