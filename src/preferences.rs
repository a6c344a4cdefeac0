//! What a person prefers of the window: language, appearance, text size, and where things were last time. A file of the
//! window's own in the platform's configuration folder. Nothing in it matters to a migration, so reading forgives.

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::engine::problem::Problem;
use crate::{folders, small_file};

/// A preferences file is small; anything beyond this many bytes is not one.
const MAX_BYTES: u64 = 1 << 16;
/// Text scales, in percent.
pub const TEXT_PERCENT: std::ops::RangeInclusive<u16> = 100..=200;
/// Widths and heights of a window, in logical pixels.
const EXTENT: std::ops::RangeInclusive<u32> = 320..=16_384;

/// How the window looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Appearance {
    /// As the system is set.
    #[default]
    System,
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
    /// The strongest contrast.
    HighContrast,
}

/// What a person prefers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Preferences {
    /// Tag of the language, such as `en-GB`; `None` is the system's.
    pub language: Option<String>,
    /// How the window looks.
    pub appearance: Appearance,
    /// Size of text in percent, see [`TEXT_PERCENT`].
    pub text_percent: u16,
    /// Width of the window when it is not maximised, in logical pixels.
    pub window_width: u32,
    /// Height of the window when it is not maximised, in logical pixels.
    pub window_height: u32,
    /// The window fills the screen.
    pub maximised: bool,
    /// Where reports go; `None` until somebody chose.
    pub reports: Option<PathBuf>,
}

impl Default for Preferences {
    fn default() -> Preferences {
        Preferences {
            language: None,
            appearance: Appearance::System,
            text_percent: 100,
            window_width: 1_000,
            window_height: 720,
            maximised: false,
            reports: None,
        }
    }
}

impl Preferences {
    /// Where they are kept; `None` without a home.
    pub fn file() -> Option<PathBuf> {
        Some(folders::config()?.join("preferences.toml"))
    }

    /// Reads them. What is not there or cannot be takes its default, one by one; what is unknown is left out. A file that
    /// cannot be understood at all is set aside, as `preferences.toml.broken`, for whoever wants to look at it.
    pub fn load(file: &Path) -> Preferences {
        match table(file) {
            Ok(table) => Preferences::from_table(&table),
            Err(error) => {
                if error.kind() == io::ErrorKind::InvalidData {
                    let mut aside = file.as_os_str().to_owned();
                    aside.push(".broken");
                    // Where it cannot even be renamed, saving will say what is wrong.
                    let _ = std::fs::rename(file, aside);
                }
                Preferences::default()
            }
        }
    }

    /// Writes them, all or nothing.
    ///
    /// # Errors
    /// `FileUnwritable`, `DiskFull`.
    pub fn save(&self, file: &Path) -> Result<(), Problem> {
        let text = toml::to_string(self).map_err(|error| small_file::unwritable(file, error))?;
        small_file::save(file, text.as_bytes())
    }

    fn from_table(table: &toml::Table) -> Preferences {
        let usual = Preferences::default();
        let extent = |key: &str, usual: u32| value(table, key).filter(|size| EXTENT.contains(size)).unwrap_or(usual);
        Preferences {
            language: value(table, "language"),
            appearance: value(table, "appearance").unwrap_or_default(),
            text_percent: value(table, "text_percent")
                .filter(|percent| TEXT_PERCENT.contains(percent))
                .unwrap_or(usual.text_percent),
            window_width: extent("window_width", usual.window_width),
            window_height: extent("window_height", usual.window_height),
            maximised: value(table, "maximised").unwrap_or_default(),
            reports: value(table, "reports"),
        }
    }
}

/// The value of a key, if it is there and of the right kind.
fn value<T: for<'de> Deserialize<'de>>(table: &toml::Table, key: &str) -> Option<T> {
    table.get(key)?.clone().try_into().ok()
}

fn table(file: &Path) -> io::Result<toml::Table> {
    let broken = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
    let length = std::fs::metadata(file)?.len();
    if length > MAX_BYTES {
        return Err(broken(format!("{length} bytes > {MAX_BYTES}")));
    }
    std::fs::read_to_string(file)?.parse().map_err(|error: toml::de::Error| broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn loaded(bytes: &[u8]) -> (Preferences, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("preferences.toml");
        std::fs::write(&file, bytes).unwrap();
        (Preferences::load(&file), folder)
    }

    #[test]
    fn what_is_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("new").join("preferences.toml");
        assert_eq!(Preferences::load(&file), Preferences::default(), "there is none at first");
        let all = Preferences {
            language: Some("de".to_owned()),
            appearance: Appearance::HighContrast,
            text_percent: 150,
            window_width: 1_920,
            window_height: 1_080,
            maximised: true,
            reports: Some(folder.path().join("a \"b\" é")),
        };
        for preferences in [all, Preferences::default()] {
            preferences.save(&file).unwrap();
            assert_eq!(Preferences::load(&file), preferences);
        }
        for appearance in [Appearance::System, Appearance::Light, Appearance::Dark, Appearance::HighContrast] {
            Preferences { appearance, ..Preferences::default() }.save(&file).unwrap();
            assert_eq!(Preferences::load(&file).appearance, appearance);
        }
        let problem = Preferences::default().save(&file.join("below")).unwrap_err();
        assert_eq!(problem.guidance, crate::engine::problem::Guidance::FileUnwritable);
    }

    #[test]
    fn a_wrong_value_costs_itself_only() {
        let usual = Preferences::default();
        for wrong in [
            "language = 5",
            "appearance = \"pink\"",
            "text_percent = 99",
            "text_percent = 1000000",
            "text_percent = -1",
            "text_percent = \"100\"",
            "window_width = 3",
            "window_height = 99999",
            "maximised = \"yes\"",
            "reports = [\"a\"]",
            "invented = { by = \"a later program\" }",
        ] {
            let key = wrong.split(' ').next().unwrap();
            let rest = if key == "text_percent" { "appearance = \"dark\"" } else { "text_percent = 175" };
            let (read, folder) = loaded(format!("{wrong}\n{rest}\n").as_bytes());
            let expected = match key {
                "text_percent" => Preferences { appearance: Appearance::Dark, ..usual.clone() },
                _ => Preferences { text_percent: 175, ..usual.clone() },
            };
            assert_eq!(read, expected, "{wrong}");
            assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is set aside");
        }
    }

    #[test]
    fn a_broken_file_is_set_aside_and_the_next_one_is_good() {
        for bytes in [&b"language = "[..], b"\xff\xfe\x00", &vec![b'\n'; MAX_BYTES as usize + 1]] {
            let (read, folder) = loaded(bytes);
            assert_eq!(read, Preferences::default());
            assert_eq!(std::fs::read(folder.path().join("preferences.toml.broken")).unwrap(), bytes);
            let file = folder.path().join("preferences.toml");
            Preferences { text_percent: 120, ..read }.save(&file).unwrap();
            assert_eq!(Preferences::load(&file).text_percent, 120);
        }
    }
}
