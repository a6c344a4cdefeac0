//! What tests of the window share: services that obey the test, and a window to click in.
//!
//!     #[tokio::test(start_paused = true)]
//!     async fn a_test() {
//!         let bench = Bench::contoso();
//!         bench.launcher.plan(Call::TryTarget, Turn::Fail(problem));
//!         let mut window = bench.window().await;
//!         window.click("Next").await;
//!         assert!(window.shows("Choose how to begin."));
//!     }

#![allow(dead_code, unused_imports)]

use std::sync::Arc;

use cutover::gui::app::{Start, System};
use cutover::gui::look::Platform;
use cutover::gui::services::Services;
use cutover::preferences::Preferences;
use jiff::tz::TimeZone;

#[path = "support/desktop.rs"]
mod desktop;
#[path = "support/driver.rs"]
mod driver;
#[path = "support/launcher.rs"]
mod launcher;
#[path = "support/walk.rs"]
mod walk;

pub use desktop::{TestDesktop, TestVault};
pub use driver::{Frame, Window, Written};
pub use launcher::{Call, TestLauncher, Turn};

/// Everything a window works with, to be told what to do and to be asked what was done.
pub struct Bench {
    /// Connects to services in memory.
    pub launcher: Arc<TestLauncher>,
    /// Opens nothing, and remembers what it was asked to open.
    pub desktop: Arc<TestDesktop>,
    /// Keeps passwords in memory.
    pub vault: Arc<TestVault>,
    /// Where migrations of this computer lie.
    pub shelf: tempfile::TempDir,
    /// What the user chose before.
    pub preferences: Preferences,
    /// What the desktop prefers.
    pub system: System,
    /// Whose habits the window follows.
    pub platform: Platform,
}

/// What time it is in every test: an hour after the migration was opened.
pub fn now() -> jiff::Timestamp {
    "2026-11-20T09:00:00Z".parse().unwrap()
}

impl Bench {
    /// Three mailboxes, two contacts and two groups.
    pub fn contoso() -> Bench {
        Bench {
            launcher: Arc::new(TestLauncher::contoso()),
            desktop: Arc::default(),
            vault: Arc::new(TestVault::usable()),
            shelf: tempfile::tempdir().unwrap(),
            preferences: Preferences::default(),
            system: System::default(),
            platform: Platform::Linux,
        }
    }

    /// What pages are handed.
    pub fn services(&self) -> Services {
        Services {
            launcher: self.launcher.clone(),
            desktop: self.desktop.clone(),
            vault: self.vault.clone(),
            preferences: self.preferences.clone(),
            shelf: Some(self.shelf.path().to_owned()),
            user: "m.webb".to_owned(),
            country: Some("GB".to_owned()),
            language: "en-GB",
        }
    }

    /// What an application begins with.
    pub fn start(&self) -> Start {
        Start {
            services: self.services(),
            system: self.system,
            platform: self.platform,
            zone: TimeZone::UTC,
            clock: now,
            preferences: None,
        }
    }

    /// A window of the usual size on the first page.
    pub async fn window(&self) -> Window {
        self.window_of(1180.0, 860.0).await
    }

    /// A window of this size in logical pixels.
    pub async fn window_of(&self, width: f32, height: f32) -> Window {
        Window::open(self.start(), iced::Size::new(width, height)).await
    }
}
