//! The window without a screen: pages are clicked through over services in memory, with a paused clock.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "support/memory.rs"]
mod memory;

#[path = "gui/review.rs"]
mod review;
#[path = "gui/support.rs"]
mod support;

#[path = "gui/connect.rs"]
mod connect;
#[path = "gui/welcome.rs"]
mod welcome;

#[path = "gui/brake.rs"]
mod brake;
#[path = "gui/complete.rs"]
mod complete;
#[path = "gui/finding.rs"]
mod finding;
#[path = "gui/keyboard.rs"]
mod keyboard;
#[path = "gui/monitor.rs"]
mod monitor;
#[path = "gui/proof.rs"]
mod proof;
#[path = "gui/resting.rs"]
mod resting;
#[path = "gui/run.rs"]
mod run;
#[path = "gui/saving.rs"]
mod saving;
#[path = "gui/sheet.rs"]
mod sheet;
#[path = "gui/window.rs"]
mod window;
#[path = "gui/wizard.rs"]
mod wizard;

#[path = "gui/looks.rs"]
mod looks;

#[path = "gui/stories.rs"]
mod stories;
