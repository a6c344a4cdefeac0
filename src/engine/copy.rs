//! Copying what waits in a mailbox, folder after folder without a stop between them: read in batches, the intent durable
//! before each import leaves, the acknowledgement after. Room for an upload is booked before its item is read, so that
//! nothing is held in memory while it waits for room; reading goes on while imports are in flight, within the budget of
//! bytes. Small items do not wait behind large ones. Imports whose answer is lost are resolved by looking before anything
//! equal to them leaves.

use std::collections::{HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::stream::FuturesUnordered;
use futures_util::{StreamExt, TryStreamExt, stream};
use tokio::sync::mpsc;

use super::books::Place;
use super::budget::Share;
use super::copies::{self, Now};
use super::item::{Content, FolderId, ItemId, MailboxId};
use super::ledger::copies::TargetCopy;
use super::ledger::folders;
use super::ledger::items::{self, Intent, Waiting};
use super::ledger::record::Likeness;
use super::mailbox::Job;
use super::pacer::{Booking, TARGET_AT_A_TIME, upload_of};
use super::port::Source;
use super::problem::{Guidance, Kind, Problem};
use super::recipient::Address;
use super::retry::{Caller, Repeat};
use super::{doubts, recovery};

/// Items in one read at most: the port's bound.
pub(crate) const ITEMS_A_READ: usize = 20;
/// Bytes in one read at most, as the source states sizes; a larger item is read alone.
pub(crate) const BYTES_A_READ: u64 = 20 * 1024 * 1024;
/// Waiting items taken from the ledger at a time.
const ITEMS_A_PAGE: usize = 200;
/// Reads at a time, of small items and of large ones each: one may be slow.
const READS_AT_A_TIME: usize = 2;
/// Items read ahead of the imports at most, of small ones and of large ones (their bytes are bounded by the budget).
const READ_AHEAD: (usize, usize) = (ITEMS_A_READ, 1);
/// Bytes of an item from which on it is large, as the source states sizes.
const LARGE: u64 = 4 * 1024 * 1024;
/// Imports of large items at a time while there may be small ones: half of all.
const LARGE_AT_A_TIME: usize = TARGET_AT_A_TIME / 2;

/// An item that is read and about to be imported.
struct Piece<'a> {
    id: i64,
    home: Home<'a>,
    likeness: Likeness,
    subject: String,
    /// The batch that it counts to if it is on the target already, and what it has there.
    batch: i64,
    copy: Option<TargetCopy>,
    content: Content,
    booking: Booking,
    _share: Share,
}

/// A folder, and its counterpart on the target.
#[derive(Clone, Copy)]
struct Home<'a> {
    folder: &'a folders::Record,
    place: &'a FolderId,
}

/// Copies everything that waits in these folders, round after round until nothing is left.
pub(crate) async fn waiting(job: &Job, mailbox: &MailboxId, folders: &[folders::Record]) -> Result<(), Problem> {
    let homes: Vec<Home> =
        folders.iter().filter_map(|folder| Some(Home { folder, place: folder.target.as_ref()? })).collect();
    loop {
        let (flying, taken, broken) = (Mutex::default(), AtomicUsize::new(0), AtomicBool::new(false));
        let round = Round { job, mailbox, homes: &homes, flying, taken, broken };
        let (small, small_ready) = mpsc::channel(READ_AHEAD.0);
        let (large, large_ready) = mpsc::channel(READ_AHEAD.1);
        let (fed, fed_large, sent) = tokio::join!(
            round.feed((0, LARGE - 1), small),
            round.feed((LARGE, u64::MAX), large),
            round.send(small_ready, large_ready)
        );
        sent.and(fed).and(fed_large)?;
        if round.taken.load(Ordering::Relaxed) == 0 {
            return Ok(());
        }
        recovery::resolve(job, mailbox, folders).await?;
    }
}

struct Round<'a> {
    job: &'a Job,
    mailbox: &'a MailboxId,
    homes: &'a [Home<'a>],
    /// What is in flight, or was lost in this round: nothing that looks the same may leave for the same folder.
    flying: Mutex<HashSet<(FolderId, Likeness)>>,
    /// How many items were taken up.
    taken: AtomicUsize,
    /// Something failed that ends the round.
    broken: AtomicBool,
}

/// What waits, in the order of folders, within these sizes.
struct Queue<'a> {
    round: &'a Round<'a>,
    sizes: (u64, u64),
    /// The folder in hand, and its last item that was taken from the ledger.
    at: usize,
    after: i64,
    page: VecDeque<Waiting>,
}

/// An item to be read.
type Wanted<'a> = (Home<'a>, Waiting);

impl<'a> Queue<'a> {
    /// Whether there is anything more, of the same folder or of the next ones.
    async fn turn(&mut self) -> Result<bool, Problem> {
        while self.page.is_empty() {
            let Some(home) = self.round.homes.get(self.at) else { return Ok(false) };
            let (id, sizes, after) = (home.folder.id, self.sizes, self.after);
            let ledger = &self.round.job.run.core.ledger;
            let page = ledger.read(move |db| items::waiting(db, id, sizes, after, ITEMS_A_PAGE)).await?;
            (self.at, self.after) = page.last().map_or((self.at + 1, 0), |last| (self.at, last.id));
            self.page = page.into();
        }
        Ok(true)
    }

    /// What is read next; nothing at the end. What looks like something in flight stays for the next round.
    async fn batch(&mut self) -> Result<Vec<Wanted<'a>>, Problem> {
        let (mut batch, mut bytes) = (Vec::new(), 0_u64);
        while !self.round.broken.load(Ordering::Relaxed) && self.turn().await? {
            let home = self.round.homes[self.at];
            while let Some(item) = self.page.front() {
                bytes = bytes.saturating_add(item.size);
                if batch.len() == ITEMS_A_READ || !batch.is_empty() && bytes > BYTES_A_READ {
                    return Ok(batch);
                }
                if let Some(item) = self.page.pop_front()
                    && self.round.flying().insert((home.place.clone(), item.likeness.clone()))
                {
                    batch.push((home, item));
                }
            }
        }
        Ok(batch)
    }
}

impl<'a> Round<'a> {
    fn flying(&self) -> MutexGuard<'_, HashSet<(FolderId, Likeness)>> {
        self.flying.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn landed(&self, home: Home<'_>, likeness: Likeness) {
        self.flying().remove(&(home.place.clone(), likeness));
    }

    /// Reads what waits within these sizes and hands it on.
    async fn feed(&'a self, sizes: (u64, u64), pieces: mpsc::Sender<Piece<'a>>) -> Result<(), Problem> {
        let queue = Queue { round: self, sizes, at: 0, after: 0, page: VecDeque::new() };
        let batches = stream::try_unfold(queue, |mut queue| async move {
            let batch = queue.batch().await?;
            Ok::<_, Problem>((!batch.is_empty()).then_some((batch, queue)))
        });
        let pieces = &pieces;
        let fed = batches.try_for_each_concurrent(READS_AT_A_TIME, |batch| self.read(batch, pieces)).await;
        fed.inspect_err(|_| self.broken.store(true, Ordering::Relaxed))
    }

    /// Reads one batch, once there is room for its uploads.
    async fn read(&self, batch: Vec<Wanted<'a>>, pieces: &mpsc::Sender<Piece<'a>>) -> Result<(), Problem> {
        let job = self.job;
        self.taken.fetch_add(batch.len(), Ordering::Relaxed);
        let core = &job.run.core;
        let weight = |stated| core.parts.source.weight(stated);
        let mut booking = job.target.book(batch.iter().map(|(_, item)| upload_of(item.size)).sum()).await?;
        let mut share = core.budget.take(batch.iter().map(|(_, item)| weight(item.size))).await?;
        let ids: Vec<ItemId> = batch.iter().map(|(_, item)| item.source.clone()).collect();
        let contents = read(job, &ids).await?;
        for ((home, item), content) in batch.into_iter().zip(contents) {
            let held = content.as_ref().map_or(0, |content| content.summary.size);
            let _share = core.budget.part(&mut share, weight(item.size), held);
            let booking = booking.split(upload_of(item.size));
            let Waiting { id, likeness, subject, batch, copy, .. } = item;
            match content {
                Ok(content) => {
                    let piece = Piece { id, home, likeness, subject, batch, copy, content, booking, _share };
                    if pieces.send(piece).await.is_err() {
                        self.broken.store(true, Ordering::Relaxed);
                        return Ok(());
                    }
                }
                Err(problem) => {
                    self.landed(home, likeness);
                    job.give_up(id, Place::Waiting, &home.folder.name, &subject, problem).await?;
                }
            }
        }
        Ok(())
    }

    /// Imports pieces, so many at a time. After a failure of the whole mailbox those in flight are still heard out.
    async fn send(
        &self,
        mut small: mpsc::Receiver<Piece<'a>>,
        mut large: mpsc::Receiver<Piece<'a>>,
    ) -> Result<(), Problem> {
        let mut flights = FuturesUnordered::new();
        let mut large_ones = 0;
        let mut failure = None;
        loop {
            let free = flights.len() < TARGET_AT_A_TIME;
            let none_small = small.is_closed() && small.is_empty();
            tokio::select! {
                biased;
                Some((weight, flown)) = flights.next() => {
                    large_ones -= weight;
                    if let Err(problem) = flown {
                        failure.get_or_insert(problem);
                        self.broken.store(true, Ordering::Relaxed);
                        small.close();
                        large.close();
                    }
                }
                Some(piece) = large.recv(), if free && (large_ones < LARGE_AT_A_TIME || none_small) => {
                    if failure.is_none() {
                        large_ones += 1;
                        flights.push(self.flight(piece, 1));
                    }
                }
                Some(piece) = small.recv(), if free => {
                    if failure.is_none() {
                        flights.push(self.flight(piece, 0));
                    }
                }
                else => return failure.map_or(Ok(()), Err),
            }
        }
    }

    async fn flight(&self, piece: Piece<'a>, weight: usize) -> (usize, Result<(), Problem>) {
        (weight, self.import(piece).await)
    }

    /// One import, from intent to acknowledgement.
    async fn import(&self, piece: Piece<'a>) -> Result<(), Problem> {
        let (job, core) = (self.job, &self.job.run.core);
        let Piece { id, home, likeness, subject, batch, copy, content, booking, _share } = piece;
        let (intent, stamp, size) = (Intent::of(&content), job.stamp(), content.summary.size);
        core.ledger.write(move |db| items::intend(db, id, &intent, stamp)).await?;
        let copy = copy.as_ref();
        let attempt = async || {
            // What is to be put into its place may have been deleted or changed by users while it waited: it is looked at anew.
            if let Some(copy) = copy
                && !matches!(copies::at_this_moment(job, self.mailbox, copy).await?, Now::Ours(_))
            {
                return Ok(None);
            }
            core.parts.target.import(self.mailbox, home.place, &content).await.map(Some)
        };
        let answer = job.target.upload(Repeat::OnlyIfUndone, upload_of(size), Some(booking), attempt).await;
        match answer {
            Ok(Some(target)) => {
                core.ledger.write(move |db| items::moved(db, id, &target, stamp.batch)).await?;
                self.landed(home, likeness);
                job.row.shift(Place::Waiting, Place::Moved, size);
                Ok(())
            }
            Ok(None) => {
                core.ledger.write(move |db| items::reopen_anew(db, id)).await?;
                self.landed(home, likeness);
                job.row.shift(Place::Waiting, job.place_there(batch), 0);
                Ok(())
            }
            Err(problem) if problem.kind == Kind::Item => {
                self.landed(home, likeness);
                job.give_up(id, Place::Waiting, &home.folder.name, &subject, problem).await
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

/// Reads items of a job's mailbox. What fails for a passing cause is taken again at the end of the mailbox.
pub(crate) async fn read(job: &Job, ids: &[ItemId]) -> Result<Vec<Result<Content, Problem>>, Problem> {
    let source = job.run.core.parts.source.as_ref();
    read_from(Origin { source, caller: &job.source.at_once(), mailbox: job.address() }, ids).await
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
            // It is the item's own, and no repeat will help.
            Err(problem) if problem.kind == Kind::Retry && is_described(origin, id).await => {
                answers.push(Err(Problem { kind: Kind::Item, ..problem }));
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
    let caller = origin.caller.at_once();
    caller.call(|| origin.source.describe(origin.mailbox, std::slice::from_ref(id))).await.is_ok()
}

/// Where an item with a problem ends: skipped if it is of a kind or size that cannot move, otherwise failed.
pub(crate) fn place_after(problem: &Problem) -> Place {
    match problem.guidance {
        Guidance::SourceKindNotExportable | Guidance::SourceAnswerTooLarge | Guidance::TargetItemTooLarge => {
            Place::Skipped
        }
        _ => Place::Failed,
    }
}

impl Job {
    /// Ends an item with a problem.
    pub(crate) async fn give_up(
        &self,
        id: i64,
        from: Place,
        folder: &str,
        subject: &str,
        problem: Problem,
    ) -> Result<(), Problem> {
        let problem = doubts::meant(problem);
        let place = place_after(&problem);
        let (kept, stamp) = (problem.clone(), self.stamp());
        self.run.core.ledger.write(move |db| items::give_up(db, id, place, &kept, stamp)).await?;
        self.row.shift(from, place, 0);
        let taken_again = problem.is_passing() && self.takes_again.load(Ordering::Relaxed);
        match taken_again {
            true => self.doubts.hear(id, subject, &problem),
            false => self.tell(id, folder, subject, problem),
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
