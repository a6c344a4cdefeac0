//! One run of a batch: mailboxes first, as many at a time as chosen; then contacts; then groups, and members last. A
//! recipient's failure stops nobody else; a failure after which nothing can go on stops all.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;
use tokio::task::JoinSet;

use super::control::{Control, Handle, Outcome};
use super::enrolled::Enrolled;
use super::ledger::batches::{self, Batch};
use super::ledger::books::Scope;
use super::ledger::items::{self, Stamp};
use super::ledger::recipients::{self, Detail};
use super::ledger::{books, findings, problems};
use super::mailbox;
use super::migration::Core;
use super::plan::Plan;
use super::problem::{Guidance, Kind, Problem, Side};
use super::progress::{Event, MailboxRow, Progress, Snapshot, Stage};
use super::retry::{Caller, stopped};
use super::run::{BatchState, Pass, Phase, UserState};
use super::waiting::Waits;
use super::{complete, directory};

/// A run in hand.
pub(crate) struct Run {
    pub(crate) core: Arc<Core>,
    pub(crate) plan: Plan,
    pub(crate) pass: Pass,
    pub(crate) batch: Batch,
    pub(crate) progress: Progress,
    pub(crate) control: Control,
    /// For contacts and groups.
    pub(crate) directory: Caller,
    /// What contacts and groups wait for.
    pub(crate) waits: Waits,
    /// The ledger's records as they were before this run, in the order of the plan.
    pub(crate) mailboxes: Vec<recipients::Record>,
    pub(crate) contacts: Vec<recipients::Record>,
    pub(crate) groups: Vec<recipients::Record>,
    /// The first failure after which nothing could go on.
    halted: Mutex<Option<Problem>>,
}

/// One run or verify at a time.
pub(crate) fn only_one(core: &Core) -> Result<OwnedMutexGuard<()>, Problem> {
    core.busy
        .clone()
        .try_lock_owned()
        .map_err(|_| Problem::new(Kind::Run, Side::Here, Guidance::LedgerBusy).with("holder", std::process::id()))
}

/// Begins a batch in the ledger and lets it go.
pub(crate) async fn start(core: Arc<Core>, plan: Plan, pass: Pass) -> Result<Handle, Problem> {
    let busy = only_one(&core)?;
    if let Some(obstacle) = plan.obstacle() {
        return Err(obstacle.clone());
    }
    if core.ledger.read(batches::last).await?.is_some_and(|last| last.state.is_final()) {
        return Err(Problem::new(Kind::Run, Side::Here, Guidance::MigrationCompleted));
    }
    if pass == (Pass::Complete { ignore_errors: false }) {
        complete::check(&plan)?;
    }
    let run = Arc::new(enrol(core, plan, pass).await?);
    let (control, progress) = (run.control.clone(), run.progress.clone());
    let task = tokio::spawn(async move {
        let outcome = run.whole().await;
        drop(busy);
        outcome
    });
    Ok(Handle::supervise(control, progress, task))
}

/// Writes the batch and all its recipients down, queued.
async fn enrol(core: Arc<Core>, plan: Plan, pass: Pass) -> Result<Run, Problem> {
    let now = core.now();
    let details = (
        plan.mailboxes.iter().cloned().map(Detail::Mailbox).collect::<Vec<_>>(),
        plan.contacts.iter().cloned().map(Detail::Contact).collect::<Vec<_>>(),
        plan.groups.iter().cloned().map(Detail::Group).collect::<Vec<_>>(),
    );
    let (found, everybody) = (plan.to_look_at(), plan.left_out().is_empty());
    let (batch, mailboxes, contacts, groups, before) = core
        .ledger
        .write(move |db| {
            let batch = batches::begin(db, Phase::filling(pass), now)?;
            let enrol = |details: Vec<Detail>| -> rusqlite::Result<Vec<recipients::Record>> {
                details
                    .iter()
                    .map(|detail| {
                        let record = recipients::enrol(db, batch.id, detail)?;
                        problems::suspect(db, record.id)?;
                        items::take_again(db, record.id)?;
                        Ok(record)
                    })
                    .collect()
            };
            findings::note(db, &found, everybody, batch.id, now)?;
            let (mailboxes, contacts, groups) = (enrol(details.0)?, enrol(details.1)?, enrol(details.2)?);
            let before = mailboxes.iter().map(|record| books::count(db, Scope::Recipient(record.id), batch.id));
            let before = before.collect::<rusqlite::Result<Vec<_>>>()?;
            Ok((batch, mailboxes, contacts, groups, before))
        })
        .await?;
    let clock = core.parts.clock.clone();
    let mut snapshot = Snapshot::new(batch.name.clone(), clock.now());
    let rows = plan.mailboxes.iter().zip(before);
    snapshot.mailboxes = rows.map(|(mailbox, books)| MailboxRow { books, ..MailboxRow::queued(mailbox) }).collect();
    snapshot.mailboxes.iter().for_each(|row| snapshot.books += row.books);
    snapshot.contacts.total = contacts.len();
    snapshot.groups.total = groups.len();
    snapshot.concurrency = plan.options.at_a_time;
    let control = Control::new(plan.options.at_a_time);
    let progress = Progress::new(snapshot, clock);
    let waits = progress.waits();
    let directory = core.caller(&core.scopes.directory, &control.now).heard_by(waits.clone());
    let halted = Mutex::new(None);
    Ok(Run { core, plan, pass, batch, progress, control, directory, waits, mailboxes, contacts, groups, halted })
}

impl Run {
    /// Under which batch, when and in which phase something is written now.
    pub(crate) fn stamp(&self, phase: Phase) -> Stamp {
        Stamp { batch: self.batch.id, now: self.core.now(), phase }
    }

    /// Stops everything because nothing can go on; the first reason counts.
    pub(crate) fn halt(&self, problem: Problem) {
        if problem.guidance != Guidance::Stopped {
            self.halted.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(problem);
        }
        self.control.now.cancel();
    }

    async fn whole(self: &Arc<Run>) -> Outcome {
        let worked = self.work().await;
        if let Err(problem) = worked {
            self.halt(problem);
        }
        let outcome = match self.end().await {
            Ok(outcome) => outcome,
            // The end itself can fail or be stopped (a completion verifies); then it ends as such.
            Err(problem) => {
                self.halt(problem.clone());
                self.end().await.unwrap_or_else(|_| self.outcome(BatchState::Failed, Some(problem)))
            }
        };
        self.progress.update(|snapshot| snapshot.stage = Stage::Ended);
        outcome
    }

    async fn work(self: &Arc<Run>) -> Result<(), Problem> {
        self.to(BatchState::Starting).await?;
        self.to(match self.pass {
            Pass::Initial => BatchState::Syncing,
            Pass::Incremental => BatchState::IncrementalSyncing,
            Pass::Complete { .. } => BatchState::Completing,
        })
        .await?;
        self.stage(Stage::Mailboxes)?;
        self.fill_mailboxes().await;
        self.stage(Stage::Contacts)?;
        directory::contacts(self).await?;
        self.stage(Stage::Groups)?;
        directory::groups(self).await
    }

    fn stage(&self, stage: Stage) -> Result<(), Problem> {
        if self.control.after_current.is_cancelled() {
            return Err(stopped());
        }
        self.progress.update(|snapshot| snapshot.stage = stage);
        Ok(())
    }

    /// Moves the batch on: in the ledger first, then for whoever looks.
    pub(crate) async fn to(&self, next: BatchState) -> Result<(), Problem> {
        self.progress.read(|snapshot| snapshot.state).to(next)?;
        let id = self.batch.id;
        let finished = (!next.is_active()).then(|| self.core.now());
        self.core.ledger.write(move |db| batches::set_state(db, id, next, finished)).await?;
        self.progress.update(|snapshot| snapshot.state = next);
        self.progress.tell(Event::Batch(next));
        Ok(())
    }

    async fn fill_mailboxes(self: &Arc<Run>) {
        let mut limit = self.control.at_a_time.subscribe();
        let mut next = 0;
        let mut working = JoinSet::new();
        loop {
            let most = *limit.borrow_and_update();
            self.progress.update(|snapshot| snapshot.concurrency = most);
            while next < self.mailboxes.len() && working.len() < most && !self.control.after_current.is_cancelled() {
                working.spawn(mailbox::fill(self.clone(), next));
                next += 1;
            }
            tokio::select! {
                biased;
                done = working.join_next() => match done {
                    None => return,
                    Some(Ok(Ok(()))) => {}
                    Some(Ok(Err(problem))) => self.halt(problem),
                    Some(Err(error)) => self.halt(
                        Problem::new(Kind::Run, Side::Here, Guidance::Internal)
                            .with("what", "work on a mailbox broke off")
                            .because(error),
                    ),
                },
                changed = limit.changed() => if changed.is_err() { return },
            }
        }
    }

    /// Settles the batch's state and the books.
    async fn end(self: &Arc<Run>) -> Result<Outcome, Problem> {
        let halted = self.halted.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(problem) = halted {
            // The ledger may be what failed; then it says "active", which counts as stopped when it is opened again.
            let id = self.batch.id;
            let written = self.core.ledger.write(move |db| recipients::stop_active(db, id)).await;
            let written = written.and(self.to(BatchState::Failed).await);
            if written.is_err() {
                self.progress.update(|snapshot| snapshot.state = BatchState::Failed);
            }
            return Ok(self.outcome(BatchState::Failed, Some(problem)));
        }
        if self.control.after_current.is_cancelled() {
            self.to(BatchState::Stopping).await?;
            let id = self.batch.id;
            self.core.ledger.write(move |db| recipients::stop_active(db, id)).await?;
            self.settle_books().await?;
            self.to(BatchState::Stopped).await?;
            return Ok(self.outcome(BatchState::Stopped, Some(stopped())));
        }
        let books = self.settle_books().await?;
        if let Pass::Complete { ignore_errors } = self.pass {
            return complete::complete(self, ignore_errors).await;
        }
        // The state is the migration's: a part that went well does not make up for others that earlier batches left undone.
        let batch = self.batch.id;
        let undone = self.core.ledger.read(move |db| recipients::undone_elsewhere(db, batch)).await?;
        let failed_recipients = self.failed_recipients() + undone;
        let errors = books.failed > 0 || books.waiting > 0 || failed_recipients > 0;
        let state = if errors { BatchState::SyncedWithErrors } else { BatchState::Synced };
        self.to(state).await?;
        Ok(Outcome { failed_recipients, ..self.outcome(state, None) })
    }

    /// The ledger's word on all items: it must close.
    pub(crate) async fn settle_books(&self) -> Result<super::books::Books, Problem> {
        let batch = self.batch.id;
        let settled = self.core.ledger.read(move |db| books::count(db, Scope::Migration, batch)).await?;
        self.progress.update(|snapshot| snapshot.books = settled);
        Ok(settled)
    }

    /// Recipients of every kind that failed or are not whole.
    pub(crate) fn failed_recipients(&self) -> usize {
        self.progress.read(Snapshot::failed)
    }

    pub(crate) fn outcome(&self, state: BatchState, problem: Option<Problem>) -> Outcome {
        Outcome {
            batch: self.batch.name.clone(),
            state,
            books: self.progress.read(|snapshot| snapshot.books),
            failed_recipients: self.failed_recipients(),
            problem,
            verdict: None,
        }
    }

    /// A recipient of this run.
    pub(crate) fn enrolled(self: &Arc<Run>, record: &recipients::Record, row: Option<usize>) -> Enrolled {
        Enrolled::new(self.clone(), record, row.map(|index| self.progress.row(index)), UserState::Queued)
    }
}
