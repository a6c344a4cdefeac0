//! The program. This comment is the map of the sources:
//!
//! - `cli` is the command line; `assembly` builds what it drives from `settings` and `secrets`; `launcher` is how
//!   whoever is no command line asks for that.
//! - `engine` surveys, plans, runs, verifies and reports; it knows nothing of the rest.
//! - `exchange` is the source, `microsoft365` the target; both speak through `http` and read items with `mapi` and
//!   `fidelity`.
//! - `practice` is an Exchange server and a Microsoft 365 service of our own to rehearse on: the other end of the wire.
//! - `words` and `i18n` turn the engine's values into sentences; `folders` knows where files live,
//!   `small_file` writes ours; `shelf` finds migrations again, `preferences` what a person likes, `instance` the window
//!   that is open already.

use std::process::ExitCode;

fn main() -> ExitCode {
    cutover::cli::run()
}
