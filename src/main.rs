//! The program. This comment is the map of the sources:
//!
//! - `cli` is the command line; `assembly` builds what it drives from `settings` and `secrets`; `launcher` is how
//!   whoever is no command line asks for that.
//! - `engine` surveys, plans, runs, verifies and reports; it knows nothing of the rest.
//! - `exchange` is the source, `microsoft365` the target; both speak through `http` and read items with `mapi` and
//!   `fidelity`.
//! - `practice` is an Exchange server and a Microsoft 365 service of our own to rehearse on: the other end of the wire.
//! - `gui` is the window: five steps, each a page; `preferences` is what it remembers, `shelf` the migrations it goes on
//!   with, `instance` keeps it the only one.
//! - `words` and `i18n` turn the engine's values into sentences; `folders` knows where files live,
//!   `small_file` writes ours.

use std::process::ExitCode;
use std::sync::Arc;

use cutover::assembly::Assembly;
use cutover::cli::{self, Window};
use cutover::engine::problem::Problem;
use cutover::gui;

fn main() -> ExitCode {
    cli::run(open)
}

fn open(window: Window) -> Result<(), Problem> {
    match window {
        Window::Wizard => gui::start::run(Arc::new(Assembly)),
        Window::Gallery => gui::start::gallery(),
    }
}
