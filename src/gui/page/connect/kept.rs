//! What outlives the window: settings on the shelf, passwords in the keyring.

use std::path::PathBuf;

use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::gui::services::{Secret, Services};
use crate::launcher::Secrets;
use crate::settings::Settings;
use crate::shelf;

/// The name under which the keyring has the migration account's password.
pub(super) fn source_name(settings: &Settings) -> String {
    let source = &settings.source;
    format!("exchange {} {}", source.email.domain(), source.user_name.to_lowercase())
}

/// The name under which the keyring has the application's secret.
pub(super) fn target_name(settings: &Settings) -> String {
    let target = &settings.target;
    format!("microsoft365 {} {}", target.tenant.to_lowercase(), target.client_id.to_lowercase())
}

/// Puts settings on the shelf.
pub(in crate::gui::page) async fn write(settings: Settings, file: PathBuf) -> Result<(), Problem> {
    off_thread(move || settings.write(&file)).await
}

/// All settings on the shelf, the last one's first. What cannot be read is told of on the welcome page.
pub(super) async fn all(folder: Option<PathBuf>) -> Vec<Settings> {
    let Some(folder) = folder else { return Vec::new() };
    let read = move || shelf::list(&folder).iter().filter_map(|kept| Settings::read(&kept.settings).ok()).collect();
    tokio::task::spawn_blocking(read).await.unwrap_or_default()
}

/// Reads settings from the shelf.
pub(super) async fn read(file: PathBuf) -> Result<Settings, Problem> {
    off_thread(move || Settings::read(&file)).await
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let internal = || Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", "shelf");
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(internal().because(error)))
}

/// Keeps both passwords, or takes them away. `true` if both will be there the next time.
pub(super) async fn passwords(settings: &Settings, secrets: &Secrets, keep: bool, services: &Services) -> bool {
    let vault = &services.vault;
    let both = [
        (source_name(settings), Some(secrets.source_password.clone())),
        (target_name(settings), secrets.target_secret.clone()),
    ];
    let mut all = keep;
    for (name, secret) in both {
        match secret {
            Some(secret) if keep => all &= vault.remember(name, Secret(secret)).await,
            // An application with a certificate has no secret to be kept.
            None if keep => {}
            _ => vault.forget(name).await,
        }
    }
    all
}
