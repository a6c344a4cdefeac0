//! The desktop as it really is: file dialogs, other programs, notifications. The only user of rfd and open.

use std::path::PathBuf;

use tokio::task::spawn_blocking;

use super::services::{Desktop, Later};

/// This computer's desktop.
pub struct SystemDesktop;

impl Desktop for SystemDesktop {
    fn open(&self, what: String) -> Later<Result<(), String>> {
        Box::pin(async move {
            let opened = spawn_blocking(move || open::that_detached(what)).await;
            match opened {
                Ok(result) => result.map_err(|error| error.to_string()),
                Err(error) => Err(error.to_string()),
            }
        })
    }

    fn pick_folder(&self, title: String, from: Option<PathBuf>) -> Later<Option<PathBuf>> {
        let mut dialog = rfd::AsyncFileDialog::new().set_title(title).set_can_create_directories(true);
        if let Some(from) = from {
            dialog = dialog.set_directory(from);
        }
        let chosen = dialog.pick_folder();
        Box::pin(async move { chosen.await.map(|folder| folder.path().to_owned()) })
    }

    fn pick_file(&self, title: String, endings: &'static [&'static str]) -> Later<Option<PathBuf>> {
        let chosen = rfd::AsyncFileDialog::new().set_title(title).add_filter("", endings).pick_file();
        Box::pin(async move { chosen.await.map(|file| file.path().to_owned()) })
    }

    fn notify(&self, title: String, text: String) -> Later<()> {
        Box::pin(async move {
            let shown = spawn_blocking(move || {
                // A desktop without notifications is no failure: the window shows the same.
                let _shown = notify_rust::Notification::new().summary(&title).body(&text).appname("Cutover").show();
            });
            let _ended = shown.await;
        })
    }
}
