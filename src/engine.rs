//! The in-process engine: survey, plan, run, keep in step, complete, verify, report.
//!
//! It imports nothing of ours. The world reaches it through the traits of [`port`]; whoever drives it (window,
//! command line, test) holds a [`migration::Migration`], reads snapshots and events and sends commands.

pub mod item;
pub mod port;
pub mod problem;
pub mod recipient;

pub mod books;
pub mod clock;
pub mod control;
pub mod finding;
pub mod forecast;
pub mod keeping;
pub mod ledger;
pub mod migration;
pub mod password;
pub mod plan;
pub mod progress;
pub mod report;
pub mod retry;
pub mod run;
pub mod save;
pub mod verdict;
pub mod waiting;

mod batch;
mod budget;
mod complete;
mod copies;
mod copy;
mod directory;
mod doubts;
mod enrolled;
mod folders;
mod leave;
mod mailbox;
mod members;
mod moves;
mod pacer;
mod passwords;
mod provision;
mod recovery;
mod settling;
mod survey;
mod sync;
mod verify;
mod window;

pub use ledger::MigrationIdentity;
pub use migration::{Migration, Parts};
