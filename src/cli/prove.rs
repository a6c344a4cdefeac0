//! `cutover verify` and `cutover check-proof`: comparing both sides again, and checking what an earlier comparison left.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use clap::Args;
use fluent_bundle::FluentValue;
use serde_json::json;

use super::conclude::{tell_amiss, tell_arrived};
use super::interruption::Interruption;
use super::options::Showing;
use super::show::Show;
use super::waits::{Who, telling};
use super::work::{ask, refused, stopped};
use super::{FINE, FLAWED};
use crate::assembly;
use crate::check_proof::{self, Checked, Flaw, Head};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::report::{self, Proof, ReportOptions};
use crate::engine::verdict::{Scope, Verdict};
use crate::launcher::Keeping;
use crate::settings::Settings;
use crate::words::Words;

/// `cutover verify`
#[derive(Debug, Args)]
pub struct Verify {
    /// The settings file (see the README)
    #[arg(long, value_name = "FILE")]
    pub settings: PathBuf,
    /// Compare about so many of a hundred items instead of all
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(1..=99))]
    pub sample: Option<u8>,
    /// Draw the sample that was drawn with this seed
    #[arg(long, value_name = "S", requires = "sample")]
    pub seed: Option<u32>,
    /// How results are shown.
    #[command(flatten)]
    pub showing: Showing,
}

/// `cutover check-proof`
#[derive(Debug, Args)]
pub struct CheckProof {
    /// The MigrationProof.jsonl to check
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The fingerprint that was shown when the proof was written
    #[arg(long, value_name = "FINGERPRINT")]
    pub key: Option<String>,
    /// Print JSON lines instead of text
    #[arg(long)]
    pub json: bool,
}

/// Compares both sides as they are now, and writes reports and proof.
pub async fn verify(options: Verify, words: &Words, interruption: &Interruption) -> u8 {
    let show = Show::new(words, options.showing.json);
    compare(&show, options, interruption).await.unwrap_or_else(|problem| refused(&show, &problem))
}

async fn compare(show: &Show<'_>, options: Verify, interruption: &Interruption) -> Result<u8, Problem> {
    let settings = Settings::read(&options.settings)?;
    assembly::begun(&settings).await?;
    let secrets = ask(&settings, show.words())?;
    let reports = &options.showing.reports;
    let scope = match options.sample {
        None => Scope::Full,
        Some(percent) => Scope::Sample { percent, seed: options.seed.unwrap_or_else(rand::random) },
    };
    let work = async {
        report::check(reports).await?;
        show.say("cli-connecting", &[]);
        let migration = assembly::migration(&settings, secrets, Keeping::Sealed).await?;
        show.say("cli-verifying", &[]);
        let all = migration.books().await?.arrived();
        let progress = |compared: u64| {
            let blanks = [("verified", FluentValue::from(compared)), ("all", FluentValue::from(all))];
            show.advance(compared, all, "cli-verified-so-far", &blanks);
        };
        let verdict = telling(show, &migration, Who::Comparison, migration.verify_scope(scope, &progress)).await?;
        Ok((migration, verdict))
    };
    let worked = tokio::select! {
        worked = work => worked,
        () = interruption.next() => Err(stopped()),
    };
    show.clear();
    let (migration, verdict) = worked?;
    // Not to be interrupted half-way.
    let written = migration.report(reports, ReportOptions::default(), show.words()).await?;
    tell_amiss(show, &written.amiss);
    written.findings.iter().for_each(|finding| show.problem("", &finding.problem));
    tell_arrived(show, &verdict);
    tell_verdict(show, &verdict);
    show.say("cli-reports", &[("folder", reports.display().to_string().into())]);
    tell_proof(show, written.proof.as_ref());
    Ok(if verdict.nothing_lost() && !nothing_drawn(&verdict) { FINE } else { FLAWED })
}

/// A small sample of few items may hold none of them.
fn nothing_drawn(verdict: &Verdict) -> bool {
    let arrived = verdict.books.arrived();
    matches!(verdict.scope, Scope::Sample { .. }) && arrived > 0 && verdict.compared.left_out == arrived
}

fn tell_verdict(show: &Show<'_>, verdict: &Verdict) {
    match (verdict.nothing_lost(), verdict.scope, verdict.books.skipped) {
        (false, ..) => show.say("cli-look", &[]),
        (true, Scope::Sample { .. }, _) if nothing_drawn(verdict) => show.say("cli-sample-empty", &[]),
        (true, Scope::Sample { .. }, _) => show.say("cli-sample-fine", &[]),
        (true, Scope::Full, _) if verdict.stands_changed() => show.say("cli-nothing-lost-but-changed", &[]),
        (true, Scope::Full, 0) => show.say("cli-nothing-lost", &[]),
        (true, Scope::Full, skipped) => {
            show.say("cli-nothing-lost-some-stay", &[("skipped", FluentValue::from(skipped))])
        }
    }
}

/// Where the proof is, and the fingerprint to note down.
pub fn tell_proof(show: &Show<'_>, proof: Option<&Proof>) {
    let Some(proof) = proof else { return };
    show.json(&json!({"event": "proof", "file": proof.path, "fingerprint": proof.fingerprint,
        "key_kept": proof.key_kept, "items": proof.items}));
    let blanks =
        [("file", proof.path.display().to_string().into()), ("fingerprint", proof.fingerprint.as_str().into())];
    show.say("cli-proof", &blanks);
    if !proof.key_kept {
        show.say("cli-proof-key-not-kept", &[]);
    }
}

/// Checks a proof file, which needs nothing else.
pub fn check(options: CheckProof, words: &Words) -> u8 {
    let show = Show::new(words, options.json);
    look_at(&show, &options).unwrap_or_else(|problem| refused(&show, &problem))
}

fn look_at(show: &Show<'_>, options: &CheckProof) -> Result<u8, Problem> {
    let here = |guidance| Problem::new(Kind::Run, Side::Here, guidance);
    if let Some(key) = options.key.as_deref().filter(|key| !check_proof::is_fingerprint(key)) {
        return Err(here(Guidance::ProofKeyMalformed).with("key", key));
    }
    let read = File::open(&options.file)
        .and_then(|file| check_proof::check(BufReader::with_capacity(1 << 16, file), options.key.as_deref()));
    let checked =
        read.map_err(|error| here(Guidance::ProofUnreadable).with("file", options.file.display()).because(error))?;
    tell_json(show, &checked);
    if !checked.holds() {
        for flaw in &checked.flaws {
            tell_flaw(show, flaw);
        }
        let worthless = here(Guidance::ProofWorthless).with("file", options.file.display());
        return Err(worthless.with("reason", reason(&checked.flaws)));
    }
    if let Some(head) = &checked.head {
        tell_head(show, head, &checked);
    }
    Ok(if checked.amiss() == 0 { FINE } else { FLAWED })
}

/// What a proof that does not hold calls for.
fn reason(flaws: &[Flaw]) -> &'static str {
    match flaws {
        [Flaw::OtherKey] => "other-key",
        [Flaw::OtherFormat(_), ..] => "other-format",
        [Flaw::Empty | Flaw::NotAProof, ..] => "other-file",
        _ => "spoilt",
    }
}

fn tell_json(show: &Show<'_>, checked: &Checked) {
    let flaws: Vec<_> =
        checked.flaws.iter().map(|flaw| json!({"flaw": name(flaw).0, "line": name(flaw).1})).collect();
    let head = checked.head.as_ref().filter(|_| checked.holds());
    show.json(&json!({
        "event": "checked",
        "holds": checked.holds(),
        "fingerprint": checked.fingerprint,
        "key_as_expected": checked.expected_key,
        "flaws": flaws,
        "amiss": head.map(|_| checked.amiss()),
        "verified": head.map(|head| head.verified.as_str()),
        "percent": head.map(|head| head.percent),
        "found": head.map(|head| head.books.found),
        "equal": head.map(|head| head.compared.equal),
    }));
}

/// What a flaw is called, and the line or number that goes with it.
fn name(flaw: &Flaw) -> (&'static str, u64) {
    match flaw {
        Flaw::Empty => ("empty", 0),
        Flaw::NotAProof => ("not-a-proof", 0),
        Flaw::OtherFormat(format) => ("other-format", *format),
        Flaw::CutOff => ("cut-off", 0),
        Flaw::LineTooLong(line) => ("line-too-long", *line),
        Flaw::TooLong => ("too-long", 0),
        Flaw::EntriesMissing { there, .. } => ("entries-missing", *there),
        Flaw::Changed => ("changed", 0),
        Flaw::SignatureWrong => ("signature-wrong", 0),
        Flaw::OtherKey => ("other-key", 0),
        Flaw::Malformed(line) => ("malformed", *line),
        Flaw::OutOfPlace(line) => ("out-of-place", *line),
        Flaw::Contradiction(line) => ("contradiction", *line),
        Flaw::NotDrawn(line) => ("not-drawn", *line),
        Flaw::SumsDiffer(line) => ("sums-differ", *line),
    }
}

fn tell_flaw(show: &Show<'_>, flaw: &Flaw) {
    let (flaw, number) = name(flaw);
    show.say("cli-proof-flaw", &[("flaw", flaw.into()), ("number", FluentValue::from(number))]);
}

/// What is proven, and what is not.
fn tell_head(show: &Show<'_>, head: &Head, checked: &Checked) {
    show.say("cli-proof-holds", &[]);
    let fingerprint = [("fingerprint", checked.fingerprint.as_deref().unwrap_or_default().into())];
    match checked.expected_key {
        Some(_) => show.say("cli-proof-key-expected", &fingerprint),
        None => show.say("cli-proof-key-any", &fingerprint),
    }
    show.say(
        "cli-proof-about",
        &[
            ("source", head.source.as_str().into()),
            ("target", head.target.as_str().into()),
            ("time", head.verified.as_str().into()),
            ("program", head.program.as_str().into()),
            ("mailboxes", FluentValue::from(checked.mailboxes)),
        ],
    );
    let (books, compared) = (&head.books, &head.compared);
    match head.seed {
        None => show.say("cli-proof-full", &[]),
        Some(seed) => show.say(
            "cli-proof-sample",
            &[
                ("percent", FluentValue::from(head.percent)),
                ("seed", seed.to_string().into()),
                ("left", FluentValue::from(compared.left_out)),
            ],
        ),
    }
    show.say(
        "cli-proof-counts",
        &[
            ("found", FluentValue::from(books.found)),
            ("equal", FluentValue::from(compared.equal)),
            ("sent", FluentValue::from(compared.changed_since + compared.gone_since + compared.source_unread)),
            ("changed", FluentValue::from(compared.changed_on_target)),
            ("removed", FluentValue::from(compared.removed_on_target)),
            ("skipped", FluentValue::from(books.skipped)),
            ("gone", FluentValue::from(books.gone)),
        ],
    );
    match checked.amiss() {
        0 => show.say("cli-proof-nothing-amiss", &[]),
        amiss => show.say("cli-proof-amiss", &[("amiss", FluentValue::from(amiss))]),
    }
    show.say("cli-proof-limits", &[]);
}
