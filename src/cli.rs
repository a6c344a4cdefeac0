//! The command line: the engine without a window.

mod conclude;
mod find;
mod follow;
mod interruption;
mod keep;
mod only;
mod options;
mod practise;
mod prove;
mod save;
mod show;
mod waits;
mod work;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::engine::problem::Problem;
use crate::i18n;
use crate::words::Words;
use interruption::Interruption;
use options::{Command, Options};
use show::Show;

/// Everything arrived.
const FINE: u8 = 0;
/// Ended, but something failed, is missing or differs.
const FLAWED: u8 = 1;
/// Could not start or go on: settings, sign-in, disk.
const REFUSED: u8 = 2;
/// Stopped by the administrator.
const STOPPED: u8 = 130;

/// What has a window of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// The wizard.
    Wizard,
    /// Every control in every state, for whoever works on them.
    Gallery,
}

/// Reads the command line and carries it out. `open` opens a window and stays until it is closed.
pub fn run(open: fn(Window) -> Result<(), Problem>) -> ExitCode {
    let options = Options::parse();
    let words = Words::new(i18n::command_line());
    let command = match options.command {
        None => return show_window(&words, open, Window::Wizard),
        Some(Command::Gallery) => return show_window(&words, open, Window::Gallery),
        Some(command) => command,
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "{error}"));
            return ExitCode::from(REFUSED);
        }
    };
    let code = runtime.block_on(async {
        // Whoever only looks ends at once if it is interrupted.
        let listen = Interruption::listen;
        match command {
            Command::Rehearse(options) => work::rehearse(options, &words, &listen()).await,
            Command::Practice(options) => practise::practice(options, &words, &listen()).await,
            Command::Migrate(options) => work::migrate(options, &words, &listen()).await,
            Command::Verify(options) => prove::verify(options, &words, &listen()).await,
            Command::CheckProof(options) => prove::check(options, &words),
            Command::Find(options) => find::find(options, &words).await,
            Command::SaveItems(options) => save::items(options, &words, &listen()).await,
            Command::Gallery => FINE,
        }
    });
    // A connection that a stranger keeps open must not keep us.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    ExitCode::from(code)
}

/// A window has an event loop of its own; it only needs to be told why there is none.
fn show_window(words: &Words, open: fn(Window) -> Result<(), Problem>, window: Window) -> ExitCode {
    match open(window) {
        Ok(()) => ExitCode::from(FINE),
        Err(problem) => {
            Show::new(words, false).refusal(&problem);
            ExitCode::from(REFUSED)
        }
    }
}
