//! One mailbox of a run, from nothing to in step: made, its folders mapped, open intents resolved, changes taken in,
//! items copied folder by folder, edits carried across, what is gone removed, books closed.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::batch::Run;
use super::books::Place;
use super::doubts::Doubts;
use super::enrolled::Enrolled;
use super::item::MailboxId;
use super::ledger::books::{self, Scope};
use super::ledger::{copies, folders as kept_folders, items, recipients};
use super::problem::{Guidance, Kind, Problem, Side};
use super::progress::Row;
use super::recipient::{Address, Mailbox};
use super::retry::{Caller, FURTHER_ROUNDS};
use super::run::{Pass, Phase, UserState};
use super::settling::Settling;
use super::waiting::Waits;
use super::{copy, doubts, folders, leave, moves, provision, recovery, sync};

/// The work on one mailbox.
pub(crate) struct Job {
    pub(crate) run: Arc<Run>,
    pub(crate) mailbox: Mailbox,
    /// Its record as it was before this run.
    pub(crate) record: recipients::Record,
    pub(crate) enrolled: Enrolled,
    pub(crate) row: Row,
    pub(crate) waits: Waits,
    pub(crate) source: Caller,
    pub(crate) target: Caller,
    /// For what concerns the account and its addresses.
    pub(crate) directory: Caller,
    /// What fails for a passing cause is not given up yet.
    pub(crate) takes_again: AtomicBool,
    /// The source had a folder that this pass does not ask.
    saw_new_folder: AtomicBool,
    pub(crate) settling: Settling,
    pub(crate) doubts: Doubts,
}

impl Job {
    fn new(run: Arc<Run>, index: usize) -> Job {
        let row = run.progress.row(index);
        let waits = row.waits();
        let record = run.mailboxes[index].clone();
        let caller = |scope| run.core.caller(scope, &run.control.now).heard_by(waits.clone());
        let scopes = &run.core.scopes;
        Job {
            mailbox: run.plan.mailboxes[index].clone(),
            enrolled: run.enrolled(&record, Some(index)),
            source: caller(&run.core.source_scope_of(record.detail.address())),
            target: caller(&run.core.scope_of(record.detail.address())),
            directory: caller(&scopes.directory),
            takes_again: AtomicBool::new(true),
            saw_new_folder: AtomicBool::new(false),
            settling: Settling::begin(&run.core),
            doubts: Doubts::default(),
            waits,
            record,
            row,
            run,
        }
    }
    pub(crate) fn address(&self) -> &Address {
        &self.mailbox.identity.address
    }
    /// What this run is for this mailbox: one that was in step once is brought up to date.
    fn pass(&self) -> Pass {
        match self.run.pass {
            Pass::Initial if self.record.synced.is_some() => Pass::Incremental,
            pass => pass,
        }
    }
    /// The phase of filling in this run.
    pub(crate) fn phase(&self) -> Phase {
        Phase::filling(self.pass())
    }
    pub(crate) fn stamp(&self) -> items::Stamp {
        self.run.stamp(self.phase())
    }
    /// Where an item that is on the target counts, by the batch that put it there.
    pub(crate) fn place_there(&self, batch: i64) -> Place {
        if batch == self.run.batch.id { Place::Moved } else { Place::AlreadyThere }
    }
    /// Takes the ledger's books of this mailbox for whoever looks.
    pub(crate) async fn show_books(&self) -> Result<(), Problem> {
        self.row.set_books(self.ledger_books().await?);
        Ok(())
    }
    async fn ledger_books(&self) -> Result<super::books::Books, Problem> {
        let (id, batch) = (self.record.id, self.run.batch.id);
        self.run.core.ledger.read(move |db| books::count(db, Scope::Recipient(id), batch)).await
    }
}

/// Works on the mailbox at this place of the plan. Fails only if nothing at all can go on.
pub(crate) async fn fill(run: Arc<Run>, index: usize) -> Result<(), Problem> {
    let job = Job::new(run, index);
    job.row.update(|row| row.started = Some(job.run.core.parts.clock.now()));
    let mut phase = Phase::Provision;
    let worked = work(&job, &mut phase).await;
    // Work that broke off may have written more than it showed.
    let shown = if worked.is_err() { job.show_books().await } else { Ok(()) };
    job.enrolled.settle(worked, phase).await?;
    shown
}

async fn work(job: &Job, phase: &mut Phase) -> Result<(), Problem> {
    let ledger = &job.run.core.ledger;
    let id = job.record.id;
    job.enrolled.to(UserState::Provisioning).await?;
    job.show_books().await?;
    let mailbox = provision::mailbox(job).await?;
    *phase = job.phase();
    job.enrolled.to(UserState::filling(job.pass())).await?;
    // Before folders are mapped anew: what was on its way into a copy of a folder has arrived there.
    let before = ledger.read(move |db| kept_folders::of(db, id)).await?;
    recovery::resolve(job, &mailbox, &before).await?;
    let folders::Mapped { gone, unmade } = folders::map(job, &mailbox).await?;
    let mut folders = ledger.read(move |db| kept_folders::of(db, id)).await?;
    let batch = job.run.batch.id;
    for &folder in &gone {
        ledger.write(move |db| kept_folders::gone(db, folder, batch)).await?;
    }
    folders.retain(|folder| !gone.contains(&folder.id));
    let mut no_longer = take_in(job, &mailbox, &folders).await?;
    job.row.update(|row| row.counted = true);
    fill_folders(job, &mailbox, &folders, &mut no_longer).await?;
    leave::copies(job, &mailbox, no_longer).await?;
    leave::folders(job, &mailbox, &gone).await?;
    close(job, &mailbox).await?;
    unmade.map_or(Ok(()), Err)
}

/// Takes in what changed in these folders, and gives copies of what moved to whatever it is now. Answers what is no longer
/// at the source and is to leave the target: all folders were asked after it was seen to be gone, so that it has not
/// moved into one that had been asked before. Where either of two lists, before that and after it, shows one that is not asked
/// in this pass, it may have moved there: nothing of it leaves before the next one has asked that. All are asked again, too,
/// where a single item is said to be gone; and once more after each that came and cannot be described, for it may have left
/// another folder.
async fn take_in(job: &Job, mailbox: &MailboxId, asking: &[kept_folders::Record]) -> Result<BTreeSet<i64>, Problem> {
    let (ledger, id) = (&job.run.core.ledger, job.record.id);
    ask(job, asking).await?;
    moves::ask_again(job).await?;
    moves::follow(job, mailbox, moves::Asked::Once).await?;
    let mut gone = leave::gone(job).await?;
    let mut unknown = ledger.read(move |db| copies::newest_unknown(db, id)).await?;
    if !gone.is_empty() || doubts::open(job).await? || unknown.is_some() {
        let all_before = !job.saw_new_folder.load(Ordering::Relaxed) && folders::are_all(job, asking).await?;
        for _ in 0..moves::MOST_ROUNDS {
            ask(job, asking).await?;
            moves::ask_again(job).await?;
            let before = unknown;
            unknown = ledger.read(move |db| copies::newest_unknown(db, id)).await?;
            if unknown <= before {
                break;
            }
        }
        let all_asked = all_before && folders::are_all(job, asking).await?;
        job.saw_new_folder.store(!all_asked, Ordering::Relaxed);
        let asked = if all_asked { moves::Asked::Twice } else { moves::Asked::Once };
        moves::follow(job, mailbox, asked).await?;
        if !all_asked {
            gone.clear();
        }
    }
    job.show_books().await?;
    leave::chosen(job, gone).await
}

/// Asks these folders for what changed since each was asked last.
async fn ask(job: &Job, folders: &[kept_folders::Record]) -> Result<(), Problem> {
    let id = job.record.id;
    let asked: BTreeSet<i64> = folders.iter().map(|folder| folder.id).collect();
    for folder in job.run.core.ledger.read(move |db| kept_folders::of(db, id)).await? {
        if asked.contains(&folder.id) {
            sync::take_in(job, &folder).await?;
            job.show_books().await?;
        }
    }
    Ok(())
}

/// Puts what moved into its place, copies what waits and carries edits across. What failed for a passing cause is taken
/// again, in further rounds. Keeps up what is no longer at the source.
async fn fill_folders(
    job: &Job,
    mailbox: &MailboxId,
    folders: &[kept_folders::Record],
    gone: &mut BTreeSet<i64>,
) -> Result<(), Problem> {
    let (ledger, id, batch) = (&job.run.core.ledger, job.record.id, job.run.batch.id);
    for pause in FURTHER_ROUNDS {
        match one_round(job, mailbox, folders, gone).await {
            Err(problem) if !problem.is_passing() => return Err(problem),
            Err(_) => {}
            Ok(()) if ledger.read(move |db| items::passing(db, id, batch)).await? == 0 => return Ok(()),
            Ok(()) => {}
        }
        job.target.rest(pause).await?;
        ledger.write(move |db| items::take_passing_again(db, id, batch)).await?;
        recovery::resolve(job, mailbox, folders).await?;
        job.show_books().await?;
    }
    job.takes_again.store(false, Ordering::Relaxed);
    one_round(job, mailbox, folders, gone).await
}

/// One round; once more with what changed meanwhile, as long as something was said to be gone by itself.
async fn one_round(
    job: &Job,
    mailbox: &MailboxId,
    folders: &[kept_folders::Record],
    gone: &mut BTreeSet<i64>,
) -> Result<(), Problem> {
    for _ in 0..moves::MOST_ROUNDS {
        carry_across(job, mailbox, folders).await?;
        if !doubts::open(job).await? {
            break;
        }
        *gone = take_in(job, mailbox, folders).await?;
    }
    Ok(())
}

async fn carry_across(job: &Job, mailbox: &MailboxId, folders: &[kept_folders::Record]) -> Result<(), Problem> {
    doubts::describe_waiting(job, mailbox, folders).await?;
    for folder in folders {
        moves::put_in_place(job, mailbox, folder).await?;
    }
    job.show_books().await?;
    copy::waiting(job, mailbox, folders).await?;
    for folder in folders {
        sync::carry_edits(job, mailbox, folder).await?;
    }
    // What looked as if it was there, and was not.
    copy::waiting(job, mailbox, folders).await
}

/// The books on screen were kept item by item; they must be the ledger's.
async fn close(job: &Job, mailbox: &MailboxId) -> Result<(), Problem> {
    let (shown, kept) = (job.row.books(), job.ledger_books().await?);
    if shown == kept {
        return Ok(());
    }
    Err(Problem::new(Kind::Mailbox, Side::Here, Guidance::Internal)
        .with("what", "the books on screen are not the ledger's")
        .because(format!("{}: {shown:?} {kept:?}", mailbox.0)))
}
