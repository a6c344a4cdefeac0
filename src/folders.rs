//! Where this computer keeps our files.

use std::path::PathBuf;

/// The folder for migration ledgers: the platform's data folder for this program (`XDG_DATA_HOME/cutover` on Linux,
/// `~/Library/Application Support/…` on macOS, `%LOCALAPPDATA%\…` on Windows). `None` without a home.
///
/// Local, never roaming: a ledger must not live on a network share.
pub fn data() -> Option<PathBuf> {
    Some(ours()?.data_local_dir().to_path_buf())
}

/// The folder for what a person prefers (`XDG_CONFIG_HOME/cutover` on Linux, `~/Library/Application Support/…` on macOS,
/// `%LOCALAPPDATA%\…` on Windows: sizes of windows belong to this computer). `None` without a home.
pub fn config() -> Option<PathBuf> {
    Some(ours()?.config_local_dir().to_path_buf())
}

fn ours() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("example", "Cutover", "cutover")
}

/// The user's documents, where people look for what a program wrote for them.
pub fn documents() -> Option<PathBuf> {
    let home = directories::UserDirs::new()?;
    Some(home.document_dir().unwrap_or(home.home_dir()).to_path_buf())
}
