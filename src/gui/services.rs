//! What the window works with besides its own state: the launcher, the desktop, the preferences. Tests hand in their own.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use crate::launcher::Launcher;
use crate::preferences::Preferences;

/// A future that a message will come of.
pub type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What the window asks of the desktop around it. Everything here waits somewhere else than in `update`; futures are made
/// on the main thread, as macOS wants.
pub trait Desktop: Send + Sync {
    /// Opens a file, folder or address with the program that the user has for it. The error is the system's own words.
    fn open(&self, what: String) -> Later<Result<(), String>>;
    /// Lets the user choose a folder; `None` if they did not, or if this desktop has no dialogs (the window always offers
    /// a field to type into as well).
    fn pick_folder(&self, title: String, from: Option<PathBuf>) -> Later<Option<PathBuf>>;
    /// Lets the user choose a file with one of these endings.
    fn pick_file(&self, title: String, endings: &'static [&'static str]) -> Later<Option<PathBuf>>;
    /// Shows a notification outside the window, where the desktop has such a thing.
    fn notify(&self, title: String, text: String) -> Later<()>;
}

/// The passwords that outlive the window.
pub trait Vault: Send + Sync {
    /// Whether something put there can be read back.
    fn usable(&self) -> Later<bool>;
    /// Keeps a secret under a name; `false` if it is kept for this session only.
    fn remember(&self, name: String, secret: Secret) -> Later<bool>;
    /// The secret of a name.
    fn recall(&self, name: String) -> Later<Option<Secret>>;
    /// Takes a secret away.
    fn forget(&self, name: String) -> Later<()>;
}

/// A password on its way through messages. Never shown by `Debug`.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(pub String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// What pages work with.
#[derive(Clone)]
pub struct Services {
    /// Connects, opens, practises.
    pub launcher: Arc<dyn Launcher>,
    /// Dialogs, other programs, notifications.
    pub desktop: Arc<dyn Desktop>,
    /// The keyring.
    pub vault: Arc<dyn Vault>,
    /// What the user chose before; a page that changes them asks the application to keep them.
    pub preferences: Preferences,
    /// Where migrations of this computer lie.
    pub shelf: Option<PathBuf>,
    /// Who is signed in to this computer, as its system knows them; empty if it does not tell.
    pub user: String,
    /// The country of this computer's user, by its two letters, if the system tells.
    pub country: Option<String>,
    /// The language to speak if the user has chosen none.
    pub language: &'static str,
}

impl Services {
    /// The language that was chosen, or else the system's.
    pub fn language(&self) -> &str {
        self.preferences.language.as_deref().unwrap_or(self.language)
    }

    /// Where reports go unless the user chose otherwise: a folder of our own among the user's documents.
    pub fn reports(&self) -> PathBuf {
        self.preferences.reports.clone().unwrap_or_else(|| {
            let base = crate::folders::documents().unwrap_or_else(std::env::temp_dir);
            base.join("Cutover")
        })
    }

    /// The folder a path lies in, as text for a person.
    pub fn shown(path: &Path) -> String {
        path.display().to_string()
    }
}
