//! `cutover rehearse` and `cutover migrate`: survey, plan, run, verify, report, and what is said about it.

use std::path::Path;
use std::time::Instant;

use fluent_bundle::FluentValue;
use serde_json::json;

use super::options::{Migrate, Rehearse};
use super::practise::{content, interrupted, until_told};
use super::show::Show;
use super::{FINE, FLAWED, REFUSED, STOPPED};
use crate::assembly::{self, Keeping, PracticeOptions, Secrets};
use crate::engine::control::{Handle, Outcome};
use crate::engine::migration::Migration;
use crate::engine::plan::{Options, Plan};
use crate::engine::problem::{Guidance, Problem};
use crate::engine::report::{ErrorLine, ReportOptions};
use crate::engine::run::{BatchState, Pass, Phase};
use crate::engine::verdict::Verdict;
use crate::secrets::password;
use crate::settings::Settings;
use crate::words::Words;

/// How many times faster than the real service's the waiting times of a rehearsal pass.
const REHEARSAL_SPEED: f64 = 200.0;

/// What is wanted of one go at a migration.
struct Wanted<'a> {
    options: Options,
    pass: Pass,
    reports: &'a Path,
    include_passwords: bool,
    /// Files that were left out before anything began.
    left_out: Vec<(String, Problem)>,
}

/// Migrates a practice organisation and says how it went.
pub async fn rehearse(options: Rehearse, words: &Words) -> u8 {
    let show = Show::new(words, options.showing.json);
    let wanted = PracticeOptions { speed: REHEARSAL_SPEED, ..content(options.content) };
    show.say("cli-practice-starting", &[]);
    let practice = match assembly::practise(wanted).await {
        Ok(practice) => practice,
        Err(problem) => return refused(&show, &problem),
    };
    let ready = &practice.ready;
    let secrets = Secrets {
        source_password: ready.exchange.password.clone(),
        target_secret: Some(ready.microsoft365.client_secret.clone()),
    };
    let left_out = assembly::left_out(&practice);
    let settings = Path::new(&ready.settings);
    let code = match go(&show, settings, secrets, Keeping::InMemory, |settings| Wanted {
        options: choices(settings),
        pass: Pass::Initial,
        reports: &options.showing.reports,
        include_passwords: false,
        left_out,
    })
    .await
    {
        Ok(code) => code,
        Err(problem) => refused(&show, &problem),
    };
    if options.keep_running {
        let values = [
            ("settings", FluentValue::from(ready.settings.as_str())),
            ("ews", ready.exchange.ews_url.as_str().into()),
            ("graph", ready.microsoft365.graph_url.as_str().into()),
        ];
        show.say("cli-still-running", &values);
        until_told().await;
    }
    match practice.shutdown().await {
        Ok(()) => code,
        Err(error) => {
            show.say("cli-practice-not-ended", &[("reason", error.to_string().into())]);
            code.max(FLAWED)
        }
    }
}

/// Migrates for real.
pub async fn migrate(options: Migrate, words: &Words) -> u8 {
    let show = Show::new(words, options.showing.json);
    let result = async {
        let settings = Settings::read(&options.settings)?;
        let secrets = Secrets {
            source_password: password(
                "CUTOVER_SOURCE_PASSWORD",
                &words.text("cli-ask-password", &[("user", settings.source.user_name.as_str().into())]),
            )?,
            target_secret: match settings.target.client_certificate {
                Some(_) => None,
                None => Some(password(
                    "CUTOVER_TARGET_SECRET",
                    &words.text("cli-ask-secret", &[("client", settings.target.client_id.as_str().into())]),
                )?),
            },
        };
        let pass = match options.complete {
            true => Pass::Complete { ignore_errors: options.ignore_errors },
            false => Pass::Initial,
        };
        go(&show, &options.settings, secrets, Keeping::Sealed, |settings| Wanted {
            options: choices(settings),
            pass,
            reports: &options.showing.reports,
            include_passwords: options.include_passwords,
            left_out: Vec::new(),
        })
        .await
    };
    match result.await {
        Ok(code) => code,
        Err(problem) => refused(&show, &problem),
    }
}

fn refused(show: &Show<'_>, problem: &Problem) -> u8 {
    show.refusal(problem);
    if problem.guidance == Guidance::Stopped { STOPPED } else { REFUSED }
}

fn choices(settings: &Settings) -> Options {
    Options { at_a_time: settings.run.mailboxes_at_a_time, password_length: settings.run.initial_password_length }
}

/// Connects, surveys, plans, runs, verifies, reports. An interruption before the run begins simply ends it.
async fn go<'a>(
    show: &Show<'_>,
    settings: &Path,
    secrets: Secrets,
    keeping: Keeping,
    wanted: impl FnOnce(&Settings) -> Wanted<'a>,
) -> Result<u8, Problem> {
    let began = Instant::now();
    let settings = Settings::read(settings)?;
    let wanted = wanted(&settings);
    let prepare = async {
        show.say("cli-connecting", &[]);
        let migration = assembly::migration(&settings, secrets, keeping).await?;
        show.say("cli-surveying", &[]);
        let survey = migration.survey(&|_| {}).await?;
        let plan = migration.plan(survey, wanted.options).await?;
        Ok::<_, Problem>((migration, plan))
    };
    let (migration, plan) = tokio::select! {
        prepared = prepare => prepared?,
        () = interrupted() => return Ok(STOPPED),
    };
    tell_plan(show, &plan);
    let handle = migration.run(plan, wanted.pass).await?;
    let outcome = watch(show, handle).await;
    conclude(show, &migration, outcome, wanted, began).await
}

fn tell_plan(show: &Show<'_>, plan: &Plan) {
    show.json(&json!({"event": "started", "mailboxes": plan.mailboxes.len(), "groups": plan.groups.len(),
        "contacts": plan.contacts.len()}));
    show.say("cli-plan", &[
        ("mailboxes", FluentValue::from(plan.mailboxes.len())),
        ("groups", FluentValue::from(plan.groups.len())),
        ("contacts", FluentValue::from(plan.contacts.len())),
        ("new", FluentValue::from(plan.new.mailboxes + plan.new.groups + plan.new.contacts)),
    ]);
    for finding in &plan.findings {
        show.problem("", &finding.problem);
    }
}

/// Shows a run until its end. The first interruption stops it after the mailboxes in progress, the second at once.
async fn watch(show: &Show<'_>, handle: Handle) -> Outcome {
    let stop = async {
        interrupted().await;
        show.say("cli-stopping", &[]);
        handle.stop_after_current();
        interrupted().await;
        handle.stop_now();
        std::future::pending::<()>().await
    };
    tokio::select! {
        () = show.follow(&handle) => {}
        () = stop => {}
    }
    handle.outcome().await
}

async fn conclude(
    show: &Show<'_>,
    migration: &Migration,
    outcome: Outcome,
    wanted: Wanted<'_>,
    began: Instant,
) -> Result<u8, Problem> {
    let ended = matches!(
        outcome.state,
        BatchState::Synced | BatchState::SyncedWithErrors | BatchState::Completed | BatchState::CompletedWithErrors
    );
    if let Some(problem) = &outcome.problem {
        show.problem("", problem);
    }
    let verdict = match outcome.verdict.clone() {
        Some(verdict) => Some(verdict),
        None if ended => {
            show.say("cli-verifying", &[]);
            Some(migration.verify(&|_| {}).await?)
        }
        None => None,
    };
    let line = |(file, problem): &(String, Problem)| ErrorLine {
        object_type: "File".to_owned(),
        name: file.clone(),
        phase: Phase::Inventory,
        problem: problem.clone(),
        items: 1,
    };
    let report = ReportOptions {
        include_passwords: wanted.include_passwords,
        password_length: wanted.options.password_length,
        extra: wanted.left_out.iter().map(line).collect(),
    };
    let reports = migration.report(wanted.reports, report, show.words()).await?;
    for finding in &reports.findings {
        show.problem("", &finding.problem);
    }
    for (_, problem) in &wanted.left_out {
        show.problem("", problem);
    }
    show.clear();
    tell_verdict(show, &outcome, verdict.as_ref(), wanted.left_out.len() as u64);
    show.say("cli-reports", &[
        ("statistics", reports.statistics.display().to_string().into()),
        ("errors", reports.errors.display().to_string().into()),
    ]);
    tell_end(show, &outcome, verdict.as_ref(), wanted.left_out.len() as u64, began);
    Ok(match verdict {
        _ if outcome.state == BatchState::Stopped => STOPPED,
        Some(verdict) if verdict.nothing_lost() && outcome.failed_recipients == 0 && outcome.problem.is_none() => FINE,
        _ => FLAWED,
    })
}

/// What a person wants to know: is anything lost?
fn tell_verdict(show: &Show<'_>, outcome: &Outcome, verdict: Option<&Verdict>, left_out: u64) {
    let books = &outcome.books;
    show.say("cli-books", &[
        ("found", FluentValue::from(books.at_source() + left_out)),
        ("moved", FluentValue::from(books.moved)),
        ("already", FluentValue::from(books.already_there)),
        ("skipped", FluentValue::from(books.skipped + left_out)),
        ("failed", FluentValue::from(books.failed)),
        ("waiting", FluentValue::from(books.waiting)),
    ]);
    let Some(verdict) = verdict else {
        show.say("cli-verdict-unfinished", &[]);
        return;
    };
    let directory = &verdict.directory;
    let objects = [
        ("cli-mailboxes", directory.mailboxes),
        ("cli-groups", directory.groups),
        ("cli-memberships", directory.memberships),
        ("cli-contacts", directory.contacts),
    ];
    for (key, objects) in objects {
        let values =
            [("arrived", FluentValue::from(objects.arrived)), ("expected", FluentValue::from(objects.expected))];
        show.say(key, &values);
    }
    show.say("cli-verified", &[
        ("verified", FluentValue::from(verdict.verified)),
        ("missing", FluentValue::from(verdict.missing)),
        ("differing", FluentValue::from(verdict.differing)),
    ]);
    for finding in &verdict.unseen {
        show.problem("", &finding.problem);
    }
    if books.moved == 0 && outcome.failed_recipients == 0 && books.failed == 0 {
        show.say("cli-nothing-new", &[]);
    }
    let key = if verdict.nothing_lost() && outcome.failed_recipients == 0 { "cli-nothing-lost" } else { "cli-look" };
    show.say(key, &[]);
}

fn tell_end(show: &Show<'_>, outcome: &Outcome, verdict: Option<&Verdict>, left_out: u64, began: Instant) {
    let books = &outcome.books;
    show.json(&json!({
        "event": "ended",
        "state": outcome.state.name(),
        "found": books.at_source() + left_out,
        "moved": books.moved,
        "already_there": books.already_there,
        "skipped": books.skipped + left_out,
        "failed": books.failed,
        "waiting": books.waiting,
        "verified": verdict.map_or(0, |verdict| verdict.verified),
        "seconds": (began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
    }));
}
