//! The command line: the engine without a window.

mod conclude;
mod follow;
mod interruption;
mod options;
mod practise;
mod show;
mod work;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::i18n;
use crate::words::Words;
use interruption::Interruption;
use options::{Command, Options};

/// Everything arrived.
const FINE: u8 = 0;
/// Ended, but something failed, is missing or differs.
const FLAWED: u8 = 1;
/// Could not start or go on: settings, sign-in, disk.
const REFUSED: u8 = 2;
/// Stopped by the administrator.
const STOPPED: u8 = 130;

/// Reads the command line and carries it out.
pub fn run() -> ExitCode {
    let options = Options::parse();
    let words = Words::new(i18n::command_line());
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            drop(writeln!(std::io::stderr(), "{error}"));
            return ExitCode::from(REFUSED);
        }
    };
    let code = runtime.block_on(async {
        let interruption = Interruption::listen();
        match options.command {
            Command::Rehearse(options) => work::rehearse(options, &words, &interruption).await,
            Command::Practice(options) => practise::practice(options, &words, &interruption).await,
            Command::Migrate(options) => work::migrate(options, &words, &interruption).await,
        }
    });
    // A connection that a stranger keeps open must not keep us.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    ExitCode::from(code)
}
