//! `cutover find`: where a message was and where it is now, from the ledger alone.

use std::path::PathBuf;

use clap::Args;
use fluent_bundle::FluentValue;
use serde_json::json;

use super::show::Show;
use super::work::refused;
use super::{FINE, FLAWED};
use crate::assembly;
use crate::engine::ledger::{FOUND_AT_MOST, Found, Hit, Whereabouts};
use crate::engine::problem::Problem;
use crate::settings::Settings;
use crate::words::Words;

/// Messages told one by one, unless they go to a program.
const TOLD: usize = 50;

/// `cutover find`
#[derive(Debug, Args)]
pub struct Find {
    /// The settings file (see the README)
    #[arg(long, value_name = "FILE")]
    pub settings: PathBuf,
    /// Words of the subject or of the sender's name or address
    #[arg(value_name = "TEXT")]
    pub text: String,
    /// Print JSON lines instead of text
    #[arg(long)]
    pub json: bool,
}

/// Finds messages; needs no connection and no password, and disturbs no run that goes on.
pub async fn find(options: Find, words: &Words) -> u8 {
    let show = Show::new(words, options.json);
    match look(&options).await {
        Ok(found) => {
            tell(&show, &found);
            if found.total > 0 { FINE } else { FLAWED }
        }
        Err(problem) => refused(&show, &problem),
    }
}

async fn look(options: &Find) -> Result<Found, Problem> {
    let settings = Settings::read(&options.settings)?;
    let most = if options.json { FOUND_AT_MOST } else { TOLD };
    assembly::find(&settings, &options.text, most).await
}

fn tell(show: &Show<'_>, found: &Found) {
    for hit in &found.hits {
        tell_hit(show, hit);
    }
    show.json(&json!({"event": "ended", "found": found.total, "shown": found.hits.len()}));
    let blanks = [("found", FluentValue::from(found.total)), ("shown", FluentValue::from(found.hits.len()))];
    match found.total {
        0 => show.say("cli-found-nothing", &[]),
        total if total > found.hits.len() as u64 => show.say("cli-found-more", &blanks),
        _ => show.say("cli-found", &blanks),
    }
}

/// What a place is called, and the folder that goes with it.
fn place(now: &Whereabouts) -> (&'static str, &str) {
    match now {
        Whereabouts::There(folder) => ("there", folder),
        Whereabouts::Differs(folder) => ("differs", folder),
        Whereabouts::Missing => ("missing", ""),
        Whereabouts::Removed => ("removed", ""),
        Whereabouts::Waiting => ("waiting", ""),
        Whereabouts::Skipped => ("skipped", ""),
        Whereabouts::Failed => ("failed", ""),
        Whereabouts::Kept(folder) => ("kept", folder),
        Whereabouts::Gone => ("gone", ""),
    }
}

fn tell_hit(show: &Show<'_>, hit: &Hit) {
    let (now, folder) = place(&hit.now);
    let why = hit.problem.as_ref();
    show.json(&json!({
        "event": "found",
        "mailbox": hit.mailbox,
        "folder": hit.folder,
        "subject": hit.subject,
        "sender": hit.sender,
        "date": hit.date.map(|date| date.to_string()),
        "size": hit.size,
        "now": now,
        "target_folder": if folder.is_empty() { None } else { Some(folder) },
        "code": why.map(|problem| problem.guidance.key()),
        "message": why.map(|problem| show.words().message(problem)),
        "remedy": why.map(|problem| show.words().remedy(problem)),
    }));
    let unknown = || show.words().text("cli-found-unknown", &[]);
    show.say(
        "cli-hit",
        &[
            ("mailbox", hit.mailbox.as_str().into()),
            ("folder", hit.folder.as_str().into()),
            ("date", hit.date.map_or_else(unknown, |date| date.strftime("%Y-%m-%d %H:%M").to_string()).into()),
            ("size", show.words().size(hit.size).into()),
            ("subject", hit.subject.as_str().into()),
            ("sender", hit.sender.clone().unwrap_or_else(unknown).into()),
        ],
    );
    show.say("cli-hit-now", &[("now", now.into()), ("folder", folder.into())]);
    if let Some(problem) = why {
        show.text("", problem, true);
    }
}
