//! What an import means whose answer was lost, by a crash, a stop or a broken connection: never to make the item again
//! blind, but to look for it on the target by its own identity.

use std::collections::HashMap;
use std::time::Duration;

use super::books::Place;
use super::item::{FolderId, ItemId, MailboxId, Summary};
use super::ledger::folders;
use super::ledger::items::{self, Open};
use super::ledger::record::Likeness;
use super::mailbox::Job;
use super::problem::{Guidance, Kind, Problem, Side};
use super::retry::ATTEMPTS;

/// Pauses before each look for an item whose answer was lost, counted from when nothing is in flight any more: reads may
/// lag behind writes. One that is not found at one look is looked for again at the next, and counts as not there after
/// the last.
pub const LOOKS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];

/// Resolves every open intent of a folder. What is there is adopted, under the batch that sent it; what is not waits
/// again, or has failed if it was tried often enough. No import into the folder may be in flight meanwhile.
pub(crate) async fn resolve(job: &Job, mailbox: &MailboxId, folder: &folders::Record) -> Result<(), Problem> {
    let core = &job.run.core;
    let id = folder.id;
    let mut open = core.ledger.read(move |db| items::open(db, id)).await?;
    let Some(place) = folder.target.as_ref().filter(|_| !open.is_empty()) else { return Ok(()) };
    for pause in LOOKS {
        job.target.sleep(pause).await?;
        let there = look(job, mailbox, place).await?;
        let claimed = core.ledger.read(move |db| items::claimed(db, id)).await?;
        let mut unclaimed: HashMap<Likeness, Vec<ItemId>> = HashMap::new();
        for summary in there.into_iter().filter(|summary| !claimed.contains(&summary.id)) {
            unclaimed.entry(Likeness::of_summary(&summary)).or_default().push(summary.id);
        }
        let mut left = Vec::new();
        for intent in open {
            match unclaimed.get_mut(&intent.likeness).and_then(Vec::pop) {
                Some(target) => adopt(job, &intent, target).await?,
                None => left.push(intent),
            }
        }
        open = left;
        if open.is_empty() {
            return Ok(());
        }
    }
    for intent in open {
        not_there(job, &folder.name, intent).await?;
    }
    Ok(())
}

/// Looks for an item in a folder of the target that no item of the ledger holds.
pub(crate) async fn find(
    job: &Job,
    mailbox: &MailboxId,
    folder: &folders::Record,
    place: &FolderId,
    likeness: &Likeness,
) -> Result<Option<ItemId>, Problem> {
    let id = folder.id;
    let there = look(job, mailbox, place).await?;
    let claimed = job.run.core.ledger.read(move |db| items::claimed(db, id)).await?;
    let found = there.into_iter().find(|s| !claimed.contains(&s.id) && Likeness::of_summary(s) == *likeness);
    Ok(found.map(|summary| summary.id))
}

/// What a folder of the target holds; nothing, if somebody deleted the folder there.
pub(crate) async fn look(job: &Job, mailbox: &MailboxId, place: &FolderId) -> Result<Vec<Summary>, Problem> {
    match job.target.call(|| job.run.core.parts.target.look(mailbox, place)).await {
        Err(problem) if problem.guidance == Guidance::TargetFolderGone => Ok(Vec::new()),
        there => there,
    }
}

async fn adopt(job: &Job, intent: &Open, target: ItemId) -> Result<(), Problem> {
    let (id, batch) = (intent.id, intent.batch);
    job.run.core.ledger.write(move |db| items::moved(db, id, &target, batch)).await?;
    let place = if batch == job.run.batch.id { Place::Moved } else { Place::AlreadyThere };
    job.row.shift(Place::Waiting, place, intent.size);
    Ok(())
}

async fn not_there(job: &Job, folder: &str, intent: Open) -> Result<(), Problem> {
    let id = intent.id;
    // Attempts of earlier runs do not count against this one.
    if intent.attempts < ATTEMPTS || intent.batch != job.run.batch.id {
        return job.run.core.ledger.write(move |db| items::reopen(db, id)).await;
    }
    let problem = intent.problem.unwrap_or_else(|| {
        Problem::new(Kind::Item, Side::Target, Guidance::TargetUnexpected)
            .with("code", "no answer")
            .with("text", "the answer was lost each time")
    });
    job.give_up(intent.id, Place::Waiting, folder, &intent.subject, problem).await
}
