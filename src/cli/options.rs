//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::find::Find;
use super::prove::{CheckProof, Verify};
use crate::assembly::Profile;

/// Moves a small organisation's mail from its own Exchange server to Microsoft 365, and proves that nothing was lost.
///
/// Without a command it opens its window.
#[derive(Debug, Parser)]
#[command(name = "cutover", version)]
pub struct Options {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Try a whole migration on a practice organisation that runs on this computer
    Rehearse(Rehearse),
    /// Keep a practice organisation running, for trying `migrate` and other programs
    Practice(Practice),
    /// Migrate to Microsoft 365; run again to go on, to take what is new, or to complete
    Migrate(Migrate),
    /// Compare both sides of a migration again, item by item, and write a signed proof
    Verify(Verify),
    /// Check a proof that a migration or `verify` wrote; needs nothing but the file
    CheckProof(CheckProof),
    /// Find a message by words of its subject or sender: where it was and where it is now
    Find(Find),
    /// Save what could not be moved as files that any mail program opens
    SaveItems(SaveItems),
    /// Show every control of the window in every state
    #[command(hide = true)]
    Gallery,
}

/// What the practice organisation holds.
#[derive(Debug, Args)]
pub struct Content {
    /// Mailboxes in the practice organisation
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=2000))]
    pub mailboxes: u16,
    /// Items in each mailbox: messages, events, contacts, tasks and notes
    #[arg(long, value_name = "M", default_value_t = 40, value_parser = clap::value_parser!(u32).range(0..=250_000))]
    pub messages: u32,
    /// Give each mailbox one more message, with an attachment of this many bytes
    #[arg(long, value_name = "BYTES", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=500_000_000))]
    pub attachment: u32,
    /// Take messages and mbox files from this folder instead of inventing some (may be repeated)
    #[arg(long, value_name = "DIR")]
    pub mail: Vec<PathBuf>,
    /// The same seed gives the same organisation
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// The Exchange version to practise on
    #[arg(long, value_name = "P", value_enum, default_value_t = Profile::default())]
    pub profile: Profile,
    /// Make things go wrong as this file says
    #[arg(long, value_name = "FILE")]
    pub faults: Option<PathBuf>,
}

/// How results are shown.
#[derive(Debug, Args)]
pub struct Showing {
    /// Where the reports and the proof go
    #[arg(long, value_name = "DIR", default_value = "reports")]
    pub reports: PathBuf,
    /// Print JSON lines instead of text
    #[arg(long)]
    pub json: bool,
}

/// `cutover rehearse`
#[derive(Debug, Args)]
pub struct Rehearse {
    /// What the organisation holds.
    #[command(flatten)]
    pub content: Content,
    /// Where the reports and the proof go: not where those of a migration are, which they would replace
    #[arg(long, value_name = "DIR", default_value = "rehearsal-reports")]
    pub reports: PathBuf,
    /// Print JSON lines instead of text
    #[arg(long)]
    pub json: bool,
    /// Keep the practice organisation running afterwards, to look at it, until Ctrl-C or the end of the input
    #[arg(long)]
    pub keep_running: bool,
}

/// `cutover practice`
#[derive(Debug, Args)]
pub struct Practice {
    /// What the organisation holds.
    #[command(flatten)]
    pub content: Content,
    /// Keep the organisation's state in this folder, to go on with it later
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// How many times faster the service's waiting times pass
    #[arg(long, value_name = "X", default_value_t = 1.0, value_parser = speed)]
    pub speed: f64,
}

/// `cutover migrate`
#[derive(Debug, Args)]
pub struct Migrate {
    /// The settings file (see the README)
    #[arg(long, value_name = "FILE")]
    pub settings: PathBuf,
    /// How results are shown.
    #[command(flatten)]
    pub showing: Showing,
    /// Fill the InitialPassword column of MigrationStatistics.csv; sets a password anew that was in no report yet and is
    /// no longer known on this computer
    #[arg(long)]
    pub include_passwords: bool,
    /// Try only those again whom this MigrationErrors.csv names as worth another attempt
    #[arg(long, value_name = "FILE", conflicts_with = "complete")]
    pub only_failed_in: Option<PathBuf>,
    /// Make the last pass and end the migration
    #[arg(long)]
    pub complete: bool,
    /// Stay, and carry changes across every 24 hours until Ctrl-C or until the migration is completed
    #[arg(long, conflicts_with = "complete")]
    pub keep_in_step: bool,
    /// Complete even if some mailboxes have synchronisation errors
    #[arg(long, requires = "complete")]
    pub ignore_errors: bool,
}

/// `cutover save-items`
#[derive(Debug, Args)]
pub struct SaveItems {
    /// The settings file of the migration
    #[arg(long, value_name = "FILE")]
    pub settings: PathBuf,
    /// Where the files go: a folder per mailbox, in it its folders; nothing there is overwritten
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
    /// Print JSON lines instead of text
    #[arg(long)]
    pub json: bool,
}

fn speed(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(speed) if speed.is_finite() && (0.01..=100_000.0).contains(&speed) => Ok(speed),
        _ => Err("0.01 … 100000".to_owned()),
    }
}
