//! Copying what waits in a folder: read in batches, the intent durable before each import leaves, the acknowledgement
//! after. Reading goes on while imports are in flight, within the budget of bytes. Imports whose answer is lost are
//! resolved by looking before anything equal to them leaves.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc;

use super::books::Place;
use super::budget::Share;
use super::item::{Content, FolderId, ItemId, MailboxId};
use super::ledger::folders;
use super::ledger::items::{self, Intent, Waiting};
use super::ledger::record::Likeness;
use super::mailbox::Job;
use super::pacer::{TARGET_AT_A_TIME, upload_of};
use super::port::Source;
use super::problem::{Guidance, Kind, Problem};
use super::progress::Event;
use super::recipient::Address;
use super::recovery;
use super::retry::{Caller, Repeat};

/// Items in one read at most: the port's bound.
pub(crate) const ITEMS_A_READ: usize = 20;
/// Bytes in one read at most, as the source states sizes; a larger item is read alone.
pub(crate) const BYTES_A_READ: u64 = 20 * 1024 * 1024;
/// Waiting items taken from the ledger at a time.
const ITEMS_A_PAGE: usize = 200;
/// Items read ahead of the imports at most (their bytes are bounded by the budget).
const READ_AHEAD: usize = ITEMS_A_READ;

/// An item that is read and about to be imported.
struct Piece {
    id: i64,
    likeness: Likeness,
    subject: String,
    content: Content,
    _share: Share,
}

/// Copies everything that waits in a folder, round after round until nothing is left.
pub(crate) async fn folder(job: &Job, mailbox: &MailboxId, folder: &folders::Record) -> Result<(), Problem> {
    let Some(place) = &folder.target else { return Ok(()) };
    loop {
        let round = Round { job, mailbox, folder, place, flying: Mutex::new(HashSet::new()) };
        let (pieces, ready) = mpsc::channel(READ_AHEAD);
        let (fed, sent) = tokio::join!(round.feed(pieces), round.send(ready));
        sent?;
        if fed? == 0 {
            return Ok(());
        }
        recovery::resolve(job, mailbox, std::slice::from_ref(folder)).await?;
    }
}

struct Round<'a> {
    job: &'a Job,
    mailbox: &'a MailboxId,
    folder: &'a folders::Record,
    place: &'a FolderId,
    /// What is in flight, or was lost in this round: nothing that looks the same may leave.
    flying: Mutex<HashSet<Likeness>>,
}

impl Round<'_> {
    fn flying(&self) -> std::sync::MutexGuard<'_, HashSet<Likeness>> {
        self.flying.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads what waits and hands it on; answers how many items were taken up. Those that must not fly yet stay for the
    /// next round.
    async fn feed(&self, pieces: mpsc::Sender<Piece>) -> Result<usize, Problem> {
        let (id, mut after, mut taken) = (self.folder.id, 0, 0);
        loop {
            let page = self.job.run.core.ledger.read(move |db| items::waiting(db, id, after, ITEMS_A_PAGE)).await?;
            let Some(last) = page.last() else { return Ok(taken) };
            after = last.id;
            for batch in batches(page, |item| item.size) {
                let batch: Vec<Waiting> = {
                    let mut flying = self.flying();
                    batch.into_iter().filter(|item| flying.insert(item.likeness.clone())).collect()
                };
                taken += batch.len();
                if !batch.is_empty() && !self.read(batch, &pieces).await? {
                    return Ok(taken);
                }
            }
        }
    }

    /// Reads one batch; false if nobody takes pieces any more.
    async fn read(&self, batch: Vec<Waiting>, pieces: &mpsc::Sender<Piece>) -> Result<bool, Problem> {
        let job = self.job;
        let mut share = job.run.core.budget.take(batch.iter().map(|item| item.size)).await?;
        let ids: Vec<ItemId> = batch.iter().map(|item| item.source.clone()).collect();
        let contents = read(job, &ids).await?;
        for (item, content) in batch.into_iter().zip(contents) {
            let part = job.run.core.budget.part(&mut share, item.size);
            match content {
                Ok(content) => {
                    let likeness = item.likeness;
                    let piece = Piece { id: item.id, likeness, subject: item.subject, content, _share: part };
                    if pieces.send(piece).await.is_err() {
                        return Ok(false);
                    }
                }
                Err(problem) => {
                    self.flying().remove(&item.likeness);
                    job.give_up(item.id, Place::Waiting, &self.folder.name, &item.subject, problem).await?;
                }
            }
        }
        Ok(true)
    }

    /// Imports pieces, so many at a time. After a failure of the whole mailbox those in flight are still heard out.
    async fn send(&self, mut ready: mpsc::Receiver<Piece>) -> Result<(), Problem> {
        let mut flights = FuturesUnordered::new();
        let mut failure = None;
        loop {
            tokio::select! {
                biased;
                Some(flown) = flights.next() => if let Err(problem) = flown {
                    failure.get_or_insert(problem);
                    ready.close();
                },
                Some(piece) = ready.recv(), if flights.len() < TARGET_AT_A_TIME => {
                    if failure.is_none() {
                        flights.push(self.import(piece));
                    }
                }
                else => return failure.map_or(Ok(()), Err),
            }
        }
    }

    /// One import, from intent to acknowledgement.
    async fn import(&self, piece: Piece) -> Result<(), Problem> {
        let (job, core) = (self.job, &self.job.run.core);
        let (id, intent, stamp) = (piece.id, Intent::of(&piece.content), job.stamp());
        core.ledger.write(move |db| items::intend(db, id, &intent, stamp)).await?;
        let target = &core.parts.target;
        let answer = job
            .target
            .upload(Repeat::OnlyIfUndone, upload_of(piece.content.summary.size), None, || {
                target.import(self.mailbox, self.place, &piece.content)
            })
            .await;
        match answer {
            Ok(target) => {
                core.ledger.write(move |db| items::moved(db, id, &target, stamp.batch)).await?;
                self.flying().remove(&piece.likeness);
                job.row.shift(Place::Waiting, Place::Moved, piece.content.data.len() as u64);
                Ok(())
            }
            Err(problem) if problem.kind == Kind::Item => {
                self.flying().remove(&piece.likeness);
                job.give_up(id, Place::Waiting, &self.folder.name, &piece.subject, problem).await
            }
            // The answer is lost: the intent stays open, and nothing like it leaves until it is resolved.
            Err(problem) if problem.kind == Kind::Retry => {
                core.ledger.write(move |db| items::note(db, id, &problem, stamp)).await
            }
            // Never sent, or refused without being done: nothing to look for.
            Err(problem) => {
                if problem.kind == Kind::Wait {
                    core.ledger.write(move |db| items::reopen(db, id)).await?;
                }
                Err(problem)
            }
        }
    }
}

/// Cuts items into reads: so many and so many bytes at most, larger ones alone.
pub(crate) fn batches<T>(items: Vec<T>, size: impl Fn(&T) -> u64) -> Vec<Vec<T>> {
    let mut batches: Vec<Vec<T>> = Vec::new();
    let mut bytes = 0;
    for item in items {
        let more = size(&item);
        match batches.last_mut() {
            Some(batch) if batch.len() < ITEMS_A_READ && bytes + more <= BYTES_A_READ => {
                bytes += more;
                batch.push(item);
            }
            _ => {
                bytes = more;
                batches.push(vec![item]);
            }
        }
    }
    batches
}

/// Where items are read, and on whose behalf.
#[derive(Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub(crate) source: &'a dyn Source,
    pub(crate) caller: &'a Caller,
    pub(crate) mailbox: &'a Address,
}

/// Reads items of a job's mailbox.
pub(crate) async fn read(job: &Job, ids: &[ItemId]) -> Result<Vec<Result<Content, Problem>>, Problem> {
    let source = job.run.core.parts.source.as_ref();
    read_from(Origin { source, caller: &job.source, mailbox: job.address() }, ids).await
}

/// Reads items; if a whole read fails because of something in it, each alone, so that one bad item fails alone.
pub(crate) async fn read_from(origin: Origin<'_>, ids: &[ItemId]) -> Result<Vec<Result<Content, Problem>>, Problem> {
    if ids.len() > 1 {
        match together(origin, ids).await {
            Err(problem) if lies_in_an_item(&problem) || problem.kind == Kind::Retry => {}
            answers => return answers,
        }
    }
    let mut answers = Vec::with_capacity(ids.len());
    for id in ids {
        match together(origin, std::slice::from_ref(id)).await {
            Ok(answer) => answers.extend(answer),
            Err(problem) if lies_in_an_item(&problem) => answers.push(Err(problem)),
            Err(problem) if problem.kind == Kind::Retry && is_described(origin, id).await => {
                answers.push(Err(problem))
            }
            Err(problem) => return Err(problem),
        }
    }
    Ok(answers)
}

async fn together(origin: Origin<'_>, ids: &[ItemId]) -> Result<Vec<Result<Content, Problem>>, Problem> {
    let some = |open: Vec<usize>| {
        let ids: Vec<ItemId> = open.into_iter().map(|n| ids[n].clone()).collect();
        async move { origin.source.read(origin.mailbox, &ids).await }
    };
    origin.caller.each(ids.len(), some).await
}

/// A failure of a whole read that the content of one item may have caused.
fn lies_in_an_item(problem: &Problem) -> bool {
    problem.kind == Kind::Item
        || matches!(problem.guidance, Guidance::SourceAnswerTooLarge | Guidance::SourceAnswerMalformed)
}

/// The source answers a simpler question about the item: if reading it breaks every time, the item is to blame.
async fn is_described(origin: Origin<'_>, id: &ItemId) -> bool {
    origin.caller.call(|| origin.source.describe(origin.mailbox, std::slice::from_ref(id))).await.is_ok()
}

impl Job {
    /// Ends an item: skipped if it is of a kind or size that cannot move, gone if it went away, otherwise failed.
    pub(crate) async fn give_up(
        &self,
        id: i64,
        from: Place,
        folder: &str,
        subject: &str,
        problem: Problem,
    ) -> Result<(), Problem> {
        let place = match problem.guidance {
            Guidance::SourceKindNotExportable | Guidance::SourceAnswerTooLarge | Guidance::TargetItemTooLarge => {
                Place::Skipped
            }
            Guidance::SourceItemGone => Place::Gone,
            _ => Place::Failed,
        };
        let (kept, stamp) = (problem.clone(), self.stamp());
        self.run.core.ledger.write(move |db| items::give_up(db, id, place, &kept, stamp)).await?;
        self.row.shift(from, place, 0);
        if place != Place::Gone {
            let (folder, subject) = (folder.to_string(), subject.to_string());
            self.run.progress.tell(Event::Item { address: self.address().clone(), folder, subject, problem });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_are_bounded_by_number_and_bytes() {
        let sizes = |batches: Vec<Vec<u64>>| batches.iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(sizes(batches(vec![1; 45], |n| *n)), [20, 20, 5]);
        let mb = 1024 * 1024;
        assert_eq!(sizes(batches(vec![mb, 30 * mb, mb, 12 * mb, 8 * mb], |n| *n)), [1, 1, 2, 1]);
    }
}
