//! The command line, as scripts and people use it: the built program is started, and what it prints, writes and answers
//! is looked at. Where a test must look behind a service's back, the practice organisation runs inside the test.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "cli/support.rs"]
mod support;

#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/faults.rs"]
mod faults;
#[path = "cli/mail.rs"]
mod mail;
#[path = "cli/memory.rs"]
#[cfg(target_os = "linux")]
mod memory;
#[path = "cli/migrate.rs"]
mod migrate;
#[path = "cli/practice.rs"]
mod practice;
#[path = "cli/prove.rs"]
mod prove;
#[path = "cli/readme.rs"]
mod readme;
#[path = "cli/rehearse.rs"]
mod rehearse;
#[path = "cli/save.rs"]
mod save;
#[allow(dead_code)]
#[path = "support/small_disk.rs"]
mod small_disk;
#[path = "cli/stopping.rs"]
mod stopping;
#[path = "support/weigh.rs"]
#[cfg(target_os = "linux")]
mod weigh;
