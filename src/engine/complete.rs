//! Completing a migration after its final synchronisation: the verdict, and the administrator's choice about errors.

use std::sync::Arc;

use super::batch::Run;
use super::books::Books;
use super::control::Outcome;
use super::ledger::recipients;
use super::plan::Plan;
use super::problem::{Guidance, Kind, Problem, Side};
use super::progress::Stage;
use super::retry::stopped;
use super::run::BatchState;
use super::verdict::{Scope, Verdict};
use super::verify;

/// Verifies, and completes if nothing is left behind or errors are to be ignored.
pub(crate) async fn complete(run: &Arc<Run>, ignore_errors: bool) -> Result<Outcome, Problem> {
    run.progress.update(|snapshot| snapshot.stage = Stage::Verifying);
    let show = |compared| run.progress.update(|snapshot| snapshot.verified = compared);
    // Whoever stops after the mailboxes in progress stops here, too: nothing is completed against their will.
    let verdict = verify::verify(&run.core, Scope::Full, &run.control.after_current, &run.waits, &show).await?;
    if run.control.after_current.is_cancelled() {
        return Err(stopped());
    }
    let left_out = run.plan.left_out();
    let errors = errors(run.failed_recipients(), &verdict.books, &verdict) + left_out.len() as u64;
    if errors > 0 && !ignore_errors {
        run.to(BatchState::SyncedWithErrors).await?;
        let outcome = run.outcome(BatchState::SyncedWithErrors, Some(refused(errors)));
        return Ok(Outcome { verdict: Some(verdict), ..outcome });
    }
    run.core.ledger.write(move |db| recipients::complete(db, &left_out)).await?;
    let state = if errors > 0 { BatchState::CompletedWithErrors } else { BatchState::Completed };
    run.to(state).await?;
    Ok(Outcome { verdict: Some(verdict), ..run.outcome(state, None) })
}

/// Whoever a plan leaves out has no final synchronisation. That is known before anything is done.
pub(crate) fn check(plan: &Plan) -> Result<(), Problem> {
    match plan.left_out().len() as u64 {
        0 => Ok(()),
        left_out => Err(refused(left_out)),
    }
}

fn refused(errors: u64) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::CompletionRefused).with("errors", errors)
}

/// Synchronisation errors: recipients that failed, items that failed or still wait, items that are
/// not on the target as they were sent, or could not be compared.
fn errors(failed_recipients: usize, books: &Books, verdict: &Verdict) -> u64 {
    let objects = [verdict.directory.mailboxes, verdict.directory.contacts, verdict.directory.groups];
    let absent: u64 = objects.iter().map(|kind| kind.expected - kind.arrived).sum();
    (failed_recipients as u64).max(absent)
        + books.failed
        + books.waiting
        + (books.arrived() - verdict.compared.settled())
}
