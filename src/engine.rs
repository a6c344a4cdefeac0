//! The in-process engine: survey, plan, run, keep in step, complete, verify, report.
//!
//! It imports nothing of ours. The world reaches it through the traits of [`port`]; whoever drives it (window,
//! command line, test) reads snapshots and events and sends commands.

pub mod item;
pub mod port;
pub mod problem;
pub mod recipient;
