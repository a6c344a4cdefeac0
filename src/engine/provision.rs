//! Making a mailbox on the target: account, licence and initial password; waiting until the service has made it; its
//! further addresses.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::item::MailboxId;
use super::mailbox::Job;
use super::passwords;
use super::port::{InitialPassword, Made};
use super::problem::{Guidance, Kind, Problem, Side};
use super::recipient::MailboxKind;
use super::run::Phase;
use super::waiting::Waiting;

/// How long a mailbox may take to appear.
pub const LONGEST_APPEARANCE: Duration = Duration::from_secs(24 * 3600);
/// The first pause between looks; it doubles.
const FIRST_LOOK: Duration = Duration::from_secs(1);
/// The longest pause between looks.
const LAST_LOOK: Duration = Duration::from_secs(120);

/// The mailbox on the target, made if need be, with its further addresses. These are set in every run: one that was
/// refused before may be free now, and until then it is said again.
pub(crate) async fn mailbox(job: &Job) -> Result<MailboxId, Problem> {
    let known = there_already(job).await?;
    let id = match known.clone() {
        Some(id) => id,
        None => {
            create(job).await?;
            appear(job).await?
        }
    };
    let target = &job.run.core.parts.target;
    match job.directory.call(|| target.finish_mailbox(&job.mailbox)).await {
        Err(problem) if problem.kind == Kind::Item || known.is_some() && problem.kind != Kind::Run => {
            job.enrolled.note(&problem, Phase::Provision).await?;
        }
        finished => finished?,
    }
    job.enrolled.arrived().await?;
    Ok(id)
}

/// The mailbox that an earlier run made, if it is still there.
async fn there_already(job: &Job) -> Result<Option<MailboxId>, Problem> {
    let target = &job.run.core.parts.target;
    match job.record.arrived {
        true => job.target.call(|| target.mailbox(job.address())).await,
        false => Ok(None),
    }
}

/// Makes the account. A password counts as its own only if the account cannot have been there before.
async fn create(job: &Job) -> Result<(), Problem> {
    let target = &job.run.core.parts.target;
    if job.mailbox.kind != MailboxKind::User {
        let none = InitialPassword(String::new());
        return job.directory.call(|| target.create_mailbox(&job.mailbox, &none)).await.map(drop);
    }
    let there_before = job.directory.call(|| target.recipient_exists(job.address())).await?;
    let password = passwords::prepare(job, there_before).await?;
    let attempts = AtomicU32::new(0);
    let made = job
        .directory
        .call(|| {
            attempts.fetch_add(1, Ordering::Relaxed);
            target.create_mailbox(&job.mailbox, &password)
        })
        .await?;
    // A first attempt that finds the account did not make it; a repeated one may have found its own.
    let first = attempts.load(Ordering::Relaxed) == 1;
    match made {
        Made::Created if there_before => passwords::keep(&job.run.core, job.record.id, &password).await,
        Made::AlreadyThere if there_before || first => passwords::as_before(job).await,
        Made::Created | Made::AlreadyThere => Ok(()),
    }
}

/// Waits for the mailbox, looking less and less often, within a bound.
async fn appear(job: &Job) -> Result<MailboxId, Problem> {
    let clock = &job.run.core.parts.clock;
    let target = &job.run.core.parts.target;
    let since = clock.elapsed();
    let mut pause = FIRST_LOOK;
    let mut shown = None;
    loop {
        if let Some(id) = job.target.call(|| target.mailbox(job.address())).await? {
            return Ok(id);
        }
        let waited = clock.elapsed().saturating_sub(since);
        if waited + pause > LONGEST_APPEARANCE {
            return Err(Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetMailboxLate)
                .with("mailbox", job.address())
                .with("waited", waited.as_secs()));
        }
        shown.get_or_insert_with(|| job.waits.show(pause, |_| Waiting::Mailbox));
        job.target.sleep(pause).await?;
        pause = (pause * 2).min(LAST_LOOK);
    }
}
