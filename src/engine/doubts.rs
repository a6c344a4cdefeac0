//! What the source says of one item alone, that it is gone, is not believed: it says so, too, of what it may not or cannot
//! hand out. Such an item has failed for a passing cause until its folder, asked after that, says that it is gone. What the
//! folder lists still is withheld: it is tried again like whatever fails for a passing cause, and told if that does not help.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::item::MailboxId;
use super::ledger::doubts as kept;
use super::ledger::folders::Record;
use super::ledger::items;
use super::mailbox::Job;
use super::moves::{self, Asked};
use super::problem::{Guidance, Kind, Problem};
use super::progress::Event;
use super::{copy, sync};

/// Items of a mailbox, as the ledger numbers them, that are said to be gone and whose folders were not asked since.
#[derive(Debug, Default)]
pub(crate) struct Doubts(Mutex<BTreeMap<i64, Doubt>>);

/// What was said of an item, and its subject.
#[derive(Debug, Clone)]
pub(crate) struct Doubt {
    subject: String,
    problem: Problem,
}

impl Doubts {
    fn all(&self) -> MutexGuard<'_, BTreeMap<i64, Doubt>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether something was said to be gone by itself.
    pub(crate) fn any(&self) -> bool {
        !self.all().is_empty()
    }

    /// This is what was said of an item last.
    pub(crate) fn hear(&self, item: i64, subject: &str, problem: &Problem) {
        if problem.guidance == Guidance::SourceItemGone {
            self.all().insert(item, Doubt { subject: subject.to_owned(), problem: problem.clone() });
        } else {
            self.all().remove(&item);
        }
    }
}

/// What an item's problem means: that it is said to be gone may pass.
pub(crate) fn meant(problem: Problem) -> Problem {
    if problem.guidance == Guidance::SourceItemGone { Problem { kind: Kind::Retry, ..problem } } else { problem }
}

/// What is doubted of a folder that is about to be asked. What could not be described because it was said to be gone is asked
/// for before: it may be what went away elsewhere, and that is known by its looks.
pub(crate) async fn of(job: &Job, folder: &Record) -> Result<BTreeMap<i64, Doubt>, Problem> {
    describe(job, folder, false).await?;
    let (id, mut doubts) = (folder.id, job.doubts.all().clone());
    if !doubts.is_empty() {
        let items: Vec<i64> = doubts.keys().copied().collect();
        let here = job.run.core.ledger.read(move |db| kept::failed(db, Some(id), &items)).await?;
        doubts.retain(|item, _| here.contains(item));
    }
    Ok(doubts)
}

/// Whether folders are to be asked again: what was read or is gone since is doubted no more.
pub(crate) async fn open(job: &Job) -> Result<bool, Problem> {
    let items: Vec<i64> = job.doubts.all().keys().copied().collect();
    if !items.is_empty() {
        let failed = job.run.core.ledger.read(move |db| kept::failed(db, None, &items)).await?;
        job.doubts.all().retain(|item, _| failed.contains(item));
    }
    Ok(job.doubts.any())
}

/// Describes what waits and was said to be gone when it was to be described before, so that it is told with its subject and
/// gets the copy that it had elsewhere. What cannot be described still may be read all the same.
pub(crate) async fn describe_waiting(job: &Job, mailbox: &MailboxId, folders: &[Record]) -> Result<(), Problem> {
    let mut described = false;
    for folder in folders {
        described |= describe(job, folder, true).await?;
    }
    if described { moves::follow(job, mailbox, Asked::Once).await } else { Ok(()) }
}

/// Asks again what those items of a folder are that could not be described because they were said to be gone; perhaps only
/// those that wait, which wait on if that is in vain. Answers whether there are any more that are known.
async fn describe(job: &Job, folder: &Record, waiting: bool) -> Result<bool, Problem> {
    let (ledger, id, stamp) = (&job.run.core.ledger, folder.id, job.stamp());
    let (unknown, ids): (Vec<i64>, Vec<_>) =
        ledger.read(move |db| kept::undescribed(db, id, waiting)).await?.into_iter().unzip();
    let described = sync::describe(job, ids).await?;
    let mut known: Vec<_> = unknown.into_iter().zip(described).collect();
    known.retain(|(_, (summary, _))| !waiting || !summary.class.is_empty());
    if known.is_empty() {
        return Ok(false);
    }
    let told = known.clone();
    ledger
        .write(move |db| {
            known.iter().try_for_each(|(item, (summary, problem))| {
                kept::describe(db, *item, summary)?;
                problem
                    .as_ref()
                    .map_or(Ok(()), |problem| items::give_up(db, *item, copy::place_after(problem), problem, stamp))
            })
        })
        .await?;
    for (item, (summary, problem)) in told {
        match problem {
            Some(problem) => job.tell(item, &folder.name, &summary.subject, problem),
            None => drop(job.doubts.all().remove(&item)),
        }
    }
    Ok(true)
}

/// Their folder was asked. What it lists still is not gone.
pub(crate) async fn settle(job: &Job, folder: &Record, doubts: BTreeMap<i64, Doubt>) -> Result<(), Problem> {
    if doubts.is_empty() {
        return Ok(());
    }
    let withheld = |doubt: &Doubt| Problem { guidance: Guidance::SourceItemWithheld, ..doubt.problem.clone() };
    let (id, stamp) = (folder.id, job.stamp());
    let problems: BTreeMap<i64, Problem> = doubts.iter().map(|(item, doubt)| (*item, withheld(doubt))).collect();
    let items: Vec<i64> = doubts.keys().copied().collect();
    let listed = job.run.core.ledger.write(move |db| {
        let listed = kept::failed(db, Some(id), &items)?;
        listed.iter().try_for_each(|item| items::note(db, *item, &problems[item], stamp))?;
        Ok(listed)
    });
    let listed = listed.await?;
    for (item, doubt) in doubts {
        job.doubts.all().remove(&item);
        if listed.contains(&item) && !job.takes_again.load(Ordering::Relaxed) {
            job.tell(item, &folder.name, &doubt.subject, withheld(&doubt));
        }
    }
    Ok(())
}

impl Job {
    /// Tells what became of an item; if it is said to be gone, only once its folder was asked.
    pub(crate) fn tell(&self, item: i64, folder: &str, subject: &str, problem: Problem) {
        self.doubts.hear(item, subject, &problem);
        if problem.guidance != Guidance::SourceItemGone {
            let (address, folder, subject) = (self.address().clone(), folder.to_owned(), subject.to_owned());
            self.run.progress.tell(Event::Item { address, folder, subject, problem });
        }
    }
}
