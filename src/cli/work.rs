//! `cutover rehearse` and `cutover migrate`: survey, plan, run, verify, report.

use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use fluent_bundle::FluentValue;
use serde_json::json;

use super::conclude::{End, Ended};
use super::follow::{enter, follow};
use super::interruption::Interruption;
use super::keep;
use super::only;
use super::options::{Migrate, Rehearse};
use super::practise::{content, until_told};
use super::prove::tell_proof;
use super::show::Show;
use super::waits::{Who, telling};
use super::{FINE, FLAWED, REFUSED, STOPPED};
use crate::assembly::{self, Practice, PracticeOptions, REHEARSAL_SPEED};
use crate::engine::control::{Handle, Outcome};
use crate::engine::forecast::{Forecast, WORTH_TELLING};
use crate::engine::migration::Migration;
use crate::engine::plan::{Options, Plan};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::progress::Stage;
use crate::engine::report::{self, ErrorLine, ReportOptions, Reports};
use crate::engine::run::{BatchState, Pass, Phase};
use crate::engine::verdict::Verdict;
use crate::launcher::{Keeping, Secrets};
use crate::secrets::password;
use crate::settings::Settings;
use crate::words::Words;

/// What is wanted of one go at a migration.
struct Wanted<'a> {
    keeping: Keeping,
    pass: Pass,
    reports: &'a Path,
    include_passwords: bool,
    /// Try only those again whom this report of errors names.
    only: Option<&'a Path>,
    /// Files that were left out before anything began.
    left_out: Vec<(String, Problem)>,
    interruption: &'a Interruption,
}

/// Migrates a practice organisation and says how it went.
pub async fn rehearse(options: Rehearse, words: &Words, interruption: &Interruption) -> u8 {
    let show = Show::new(words, options.json);
    let content = PracticeOptions { speed: REHEARSAL_SPEED, ..content(options.content) };
    show.say("cli-practice-starting", &[]);
    let practice = tokio::select! {
        practice = assembly::practise(content) => practice,
        () = interruption.next() => Err(stopped()),
    };
    let practice = match practice {
        Ok(practice) => practice,
        Err(problem) => return refused(&show, &problem),
    };
    if options.keep_running {
        show.json(&json!({"event": "practice", "ready": practice.ready}));
    }
    let code = rehearse_on(&show, &practice, &options.reports, interruption).await;
    if options.keep_running {
        tell_how_to_reach(&show, &practice);
        until_told(interruption).await;
    }
    match practice.shutdown().await {
        Ok(()) => code,
        Err(error) => {
            let not_ended = Problem::new(Kind::Run, Side::Here, Guidance::PracticeUnavailable);
            show.problem("", &not_ended.with("reason", error));
            code.max(FLAWED)
        }
    }
}

async fn rehearse_on(show: &Show<'_>, practice: &Practice, reports: &Path, interruption: &Interruption) -> u8 {
    let ready = &practice.ready;
    let secrets = Secrets {
        source_password: ready.exchange.password.clone(),
        target_secret: Some(ready.microsoft365.client_secret.clone()),
    };
    let wanted = Wanted {
        keeping: Keeping::InMemory,
        pass: Pass::Initial,
        reports,
        include_passwords: false,
        only: None,
        left_out: assembly::left_out(practice),
        interruption,
    };
    let gone = match Settings::read(Path::new(&ready.settings)) {
        Ok(settings) => go(show, &settings, secrets, wanted).await,
        Err(problem) => Err(problem),
    };
    gone.map_or_else(|problem| refused(show, &problem), |ended| ended.code)
}

/// Where the practice organisation is and what opens it; all of that is invented.
fn tell_how_to_reach(show: &Show<'_>, practice: &Practice) {
    let ready = &practice.ready;
    show.gap();
    show.say(
        "cli-still-running",
        &[
            ("ews", ready.exchange.ews_url.as_str().into()),
            ("user", ready.exchange.user_name.as_str().into()),
            ("password", ready.exchange.password.as_str().into()),
            ("graph", ready.microsoft365.graph_url.as_str().into()),
            ("client", ready.microsoft365.client_id.as_str().into()),
            ("secret", ready.microsoft365.client_secret.as_str().into()),
            ("settings", ready.settings.as_str().into()),
        ],
    );
}

/// Migrates for real.
pub async fn migrate(options: Migrate, words: &Words, interruption: &Interruption) -> u8 {
    let show = Show::new(words, options.showing.json);
    let prepared = Settings::read(&options.settings).and_then(|settings| Ok((ask(&settings, words)?, settings)));
    let (secrets, settings) = match prepared {
        Ok(prepared) => prepared,
        Err(problem) => return refused(&show, &problem),
    };
    let wanted = |pass, only| Wanted {
        keeping: Keeping::Sealed,
        pass,
        reports: &options.showing.reports,
        include_passwords: options.include_passwords,
        only,
        left_out: Vec::new(),
        interruption,
    };
    let pass = match options.complete {
        true => Pass::Complete { ignore_errors: options.ignore_errors },
        false => Pass::Initial,
    };
    let first = go(&show, &settings, secrets.clone(), wanted(pass, options.only_failed_in.as_deref())).await;
    // Whoever asked a completed migration for its passwords has them.
    let completed = |problem: &Problem| problem.guidance == Guidance::MigrationCompleted;
    if options.include_passwords && first.as_ref().is_err_and(completed) {
        return FINE;
    }
    let first = first.map_or_else(|problem| refused(&show, &problem), |ended| ended.code);
    if !options.keep_in_step || matches!(first, REFUSED | STOPPED) {
        return first;
    }
    // Between two synchronisations nothing is open: whoever completes the migration meanwhile is not in anybody's way.
    let again = || go(&show, &settings, secrets.clone(), wanted(Pass::Incremental, None));
    keep::in_step(&show, first, interruption, again).await
}

/// The passwords that these settings call for.
pub(super) fn ask(settings: &Settings, words: &Words) -> Result<Secrets, Problem> {
    let (source, target) = (&settings.source, &settings.target);
    let question = words.text("cli-ask-password", &[("user", source.user_name.as_str().into())]);
    let source_password = password("CUTOVER_SOURCE_PASSWORD", &question)?;
    let target_secret = match target.client_certificate {
        Some(_) => None,
        None => {
            let question = words.text("cli-ask-secret", &[("client", target.client_id.as_str().into())]);
            Some(password("CUTOVER_TARGET_SECRET", &question)?)
        }
    };
    Ok(Secrets { source_password, target_secret })
}

pub(super) fn stopped() -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::Stopped)
}

/// Tells why nothing could be done.
pub(super) fn refused(show: &Show<'_>, problem: &Problem) -> u8 {
    show.refusal(problem);
    if problem.guidance == Guidance::Stopped { STOPPED } else { REFUSED }
}

/// Connects, surveys, plans, runs, verifies, reports. An interruption before the run begins simply ends it.
async fn go(show: &Show<'_>, settings: &Settings, secrets: Secrets, wanted: Wanted<'_>) -> Result<Ended, Problem> {
    let began = Instant::now();
    let options = settings.run.options();
    let prepare = async {
        report::check(wanted.reports).await?;
        let chosen = match wanted.only {
            Some(errors) => Some((report::to_retry(errors).await?, errors)),
            None => None,
        };
        show.say("cli-connecting", &[]);
        let migration = assembly::migration(settings, secrets, wanted.keeping).await?;
        if migration.last_batch().await?.is_some_and(|(_, state)| state.is_final()) {
            return Ok(ControlFlow::Break(migration));
        }
        show.say("cli-surveying", &[]);
        // Who began it at night has gone home.
        let by_itself = migration.unattended();
        let plan = async { by_itself.plan(by_itself.survey(&|_| {}).await?, options).await };
        let plan = telling(show, &migration, Who::Preparation, plan).await?;
        let plan = match chosen {
            Some((chosen, errors)) => only::these(show, plan, chosen, errors)?,
            None => plan,
        };
        Ok(ControlFlow::Continue((migration, plan)))
    };
    let prepared = tokio::select! {
        prepared = prepare => prepared?,
        () = wanted.interruption.next() => return Err(stopped()),
    };
    let (migration, plan) = match prepared {
        ControlFlow::Continue(prepared) => prepared,
        ControlFlow::Break(migration) => {
            if wanted.include_passwords {
                hand_over(show, &migration, &wanted, options.password_length).await?;
            }
            return Err(Problem::new(Kind::Run, Side::Here, Guidance::MigrationCompleted));
        }
    };
    if let Some(obstacle) = plan.obstacle() {
        return Err(obstacle.clone());
    }
    tell_plan(show, &plan);
    // The service of a rehearsal is faster than the one that the forecast is about.
    if matches!(wanted.keeping, Keeping::Sealed) {
        tell_forecast(show, migration.forecast(&plan).await?, plan.options.at_a_time);
    }
    let handle = migration.run(plan, wanted.pass).await?;
    let outcome = watch(show, handle, wanted.interruption).await;
    conclude(show, &migration, outcome, wanted, options, began).await
}

fn tell_plan(show: &Show<'_>, plan: &Plan) {
    show.json(&json!({"event": "started", "mailboxes": plan.mailboxes.len(), "groups": plan.groups.len(),
        "contacts": plan.contacts.len()}));
    show.say(
        "cli-plan",
        &[
            ("mailboxes", FluentValue::from(plan.mailboxes.len())),
            ("groups", FluentValue::from(plan.groups.len())),
            ("contacts", FluentValue::from(plan.contacts.len())),
            ("new", FluentValue::from(plan.new.mailboxes + plan.new.groups + plan.new.contacts)),
        ],
    );
    show.findings("cli-findings", &plan.findings);
    show.gap();
}

/// How long it takes, as far as that can be said beforehand.
fn tell_forecast(show: &Show<'_>, forecast: Option<Forecast>, at_a_time: usize) {
    let Some(Forecast { at_least, likely, unmeasured }) = forecast else { return };
    show.json(&json!({"event": "forecast", "seconds_at_least": at_least.as_secs(),
        "seconds_likely": [likely.0.as_secs(), likely.1.as_secs()], "mailboxes_unmeasured": unmeasured}));
    if likely.1 < Duration::from_secs(60) {
        // There is next to nothing to copy; what takes time then is looking.
        return;
    }
    show.say("review-time-range", &[("range", show.words().range(likely).into())]);
    if at_least >= WORTH_TELLING {
        let blanks = [("least", show.words().about(at_least).into()), ("count", FluentValue::from(at_a_time))];
        show.say("cli-time-least", &blanks);
    }
    if unmeasured > 0 {
        let number = show.words().number(unmeasured as u64);
        show.say("review-time-unmeasured", &[("count", FluentValue::from(unmeasured)), ("number", number.into())]);
    }
    show.gap();
}

/// The migration is over; its reports, with the initial passwords in them, may still be asked for.
async fn hand_over(
    show: &Show<'_>,
    migration: &Migration,
    wanted: &Wanted<'_>,
    password_length: usize,
) -> Result<(), Problem> {
    let options = ReportOptions { include_passwords: true, password_length, extra: Vec::new() };
    let reports = migration.report(wanted.reports, options, show.words()).await?;
    show.say("cli-completed-before", &[]);
    reports.findings.iter().for_each(|finding| show.problem("", &finding.problem));
    tell_reports(show, wanted.reports, &reports);
    show.json(&json!({"event": "ended", "state": migration.last_batch().await?.map(|(_, state)| state.name())}));
    Ok(())
}

fn tell_reports(show: &Show<'_>, folder: &Path, reports: &Reports) {
    show.say("cli-reports", &[("folder", folder.display().to_string().into())]);
    tell_proof(show, reports.proof.as_ref());
}

/// Shows a run until its end. The first interruption stops it after the mailboxes in progress, the second at once.
async fn watch(show: &Show<'_>, handle: Handle, interruption: &Interruption) -> Outcome {
    let stop = async {
        interruption.next().await;
        show.say("cli-stopping", &[]);
        handle.stop_after_current();
        interruption.next().await;
        handle.stop_now();
        std::future::pending::<()>().await
    };
    tokio::select! {
        () = follow(show, &handle) => {}
        () = stop => {}
    }
    handle.outcome().await
}

async fn conclude(
    show: &Show<'_>,
    migration: &Migration,
    outcome: Outcome,
    wanted: Wanted<'_>,
    options: Options,
    began: Instant,
) -> Result<Ended, Problem> {
    let (verdict, cut_short) = match verdict(show, migration, &outcome, wanted.interruption).await {
        Ok(verdict) => (verdict, None),
        Err(problem) => (None, Some(problem)),
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
        password_length: options.password_length,
        extra: wanted.left_out.iter().map(line).collect(),
    };
    let reports = migration.report(wanted.reports, report, show.words()).await;
    let end = End { outcome: &outcome, verdict: verdict.as_ref(), left_out: &wanted.left_out, began };
    end.tell(show, reports.as_ref().ok());
    let halted = outcome.problem.clone().filter(|_| outcome.state == BatchState::Failed);
    let mut refusal = halted.or(cut_short);
    match reports {
        Ok(reports) => tell_reports(show, wanted.reports, &reports),
        Err(problem) => refusal = refusal.or(Some(problem)),
    }
    if let Some(problem) = &refusal {
        show.refusal(problem);
    }
    end.tell_end(show);
    let code = match &refusal {
        Some(problem) if problem.guidance == Guidance::Stopped => STOPPED,
        Some(_) => REFUSED,
        None if outcome.state == BatchState::Stopped => STOPPED,
        None if end.is_fine() => FINE,
        None => FLAWED,
    };
    Ok(Ended { code, pause: refusal.and_then(|problem| problem.retry_after) })
}

/// The comparison of both sides, if the run came to its end. It can be interrupted.
async fn verdict(
    show: &Show<'_>,
    migration: &Migration,
    outcome: &Outcome,
    interruption: &Interruption,
) -> Result<Option<Verdict>, Problem> {
    if outcome.verdict.is_some() || !matches!(outcome.state, BatchState::Synced | BatchState::SyncedWithErrors) {
        return Ok(outcome.verdict.clone());
    }
    enter(show, Stage::Verifying);
    let all = outcome.books.arrived();
    let progress = |compared: u64| {
        let blanks = [("verified", FluentValue::from(compared)), ("all", FluentValue::from(all))];
        show.advance(compared, all, "cli-verified-so-far", &blanks);
    };
    let verdict = tokio::select! {
        verdict = telling(show, migration, Who::Comparison, migration.verify(&progress)) => verdict.map(Some),
        () = interruption.next() => Err(stopped()),
    };
    show.clear();
    verdict
}
