//! What an import means whose answer was lost, by a crash, a stop or a broken connection: never to make the item again
//! blind, but to look for it on the target by its own identity.
//!
//! Ids alone do not tell which copy is whose: a copy that somebody moves out of its folder and back has another id
//! afterwards. So copies that look alike are counted: one is the lost import's only if the target holds more of them
//! than the ledger has had acknowledged and that do not answer to their ids somewhere else. Where counting cannot tell (somebody deleted for good an equal copy in the
//! meantime, or the import itself), the item is made again: "never lost" goes before "never doubled".

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::books::Place;
use super::copies::COPIES_A_QUESTION;
use super::item::{Facets, FolderId, ItemId, MailboxId, Summary};
use super::ledger::folders;
use super::ledger::items::{self, Copy, Open};
use super::ledger::record::Likeness;
use super::mailbox::Job;
use super::pacer::SHOWN_FROM;
use super::port::Target;
use super::problem::{Guidance, Kind, Problem, Side};
use super::retry::{ATTEMPTS, Caller, LONGEST_WAIT};
use super::waiting::Waiting;

/// Pauses before each look for an item whose answer was lost, counted from when nothing is in flight any more: the service
/// may still be at work on it, and reads may lag behind writes. One that is not found at one look is looked for again at
/// the next, and counts as not there after the last.
pub const LOOKS: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(9)];
/// Pages of one look at a folder, at most: nearly ten million items as Microsoft 365 pages them.
const PAGES_A_LOOK: usize = 10_000;
/// The slowest line over which what a dead process sent still arrives, from wherever it was held up; in bytes per second.
const SLOWEST_LINE: u64 = 16 * 1024;

/// An import whose answer was lost, and where it was to go.
struct Lost<'a> {
    intent: Open,
    folder: &'a folders::Record,
    place: &'a FolderId,
}

/// Resolves every open intent of these folders. What is there is adopted, under the batch that sent it; what is not waits
/// again, or has failed if it was tried often enough. No import into these folders may be in flight meanwhile.
pub(crate) async fn resolve(job: &Job, mailbox: &MailboxId, folders: &[folders::Record]) -> Result<(), Problem> {
    let core = &job.run.core;
    let mut lost = Vec::new();
    for folder in folders {
        let (id, Some(place)) = (folder.id, &folder.target) else { continue };
        let open = core.ledger.read(move |db| items::open(db, id)).await?;
        lost.extend(open.into_iter().map(|intent| Lost { intent, folder, place }));
    }
    if lost.is_empty() {
        return Ok(());
    }
    let under_way = lost.iter().map(|lost| under_way(&lost.intent, job.run.batch.id, core.now())).max();
    let last = under_way.unwrap_or_default().saturating_sub(LOOKS.iter().sum());
    let pauses: Vec<Duration> = LOOKS.into_iter().chain((!last.is_zero()).then_some(last)).collect();
    for (look, pause) in pauses.iter().enumerate() {
        let left: Duration = pauses[look..].iter().sum();
        let shown = (last >= SHOWN_FROM).then(|| job.waits.show(left, |until| Waiting::UnderWay { until }));
        job.target.sleep(*pause).await?;
        drop(shown);
        let mut looked = Looked::new(job, mailbox);
        lost = looked.for_all(lost, None).await?;
        if lost.is_empty() {
            return Ok(());
        }
    }
    // Since an earlier run, people may have moved or deleted what arrived.
    let everywhere: HashSet<&FolderId> = folders.iter().filter_map(|folder| folder.target.as_ref()).collect();
    let (earlier, ours) = lost.into_iter().partition(|lost| lost.intent.batch != job.run.batch.id);
    let missing = Looked::new(job, mailbox).for_all(earlier, Some(&everywhere)).await?;
    for lost in missing.into_iter().chain::<Vec<Lost>>(ours) {
        not_there(job, &lost.folder.name, lost.intent).await?;
    }
    Ok(())
}

/// How long an import may still take effect, beyond the common looks. One of this run is not under way any more. One that
/// an earlier run left behind may be held up between here and the service, however that run ended: for as long as its
/// bytes take over the slowest line, counted from now, because it may have left long after its intent (the service may
/// have asked for pauses first). By the time of day it can be seen to be too old for that; a time of day that was set
/// back counts for nothing, and one that is set forward by hours just then is the one thing that could mislead.
fn under_way(intent: &Open, batch: i64, now: i64) -> Duration {
    if intent.batch == batch {
        return Duration::ZERO;
    }
    let settles: Duration = LOOKS.iter().sum();
    let base64 = intent.size.div_ceil(3) * 4;
    let most = settles + Duration::from_secs(base64.div_ceil(SLOWEST_LINE));
    let age = u64::try_from(now.saturating_sub(intent.at)).map_or(Duration::ZERO, Duration::from_secs);
    if age > LONGEST_WAIT + most { Duration::ZERO } else { most }
}

/// What some folders of the target hold, each looked at once, and which copies have an owner.
pub(crate) struct Looked<'a> {
    job: &'a Job,
    mailbox: &'a MailboxId,
    folders: HashMap<FolderId, HashMap<Likeness, Vec<ItemId>>>,
    claimed: Option<HashSet<ItemId>>,
}

impl<'a> Looked<'a> {
    pub(crate) fn new(job: &'a Job, mailbox: &'a MailboxId) -> Looked<'a> {
        Looked { job, mailbox, folders: HashMap::new(), claimed: None }
    }

    /// Adopts those that are there, in their folder or in one of these; answers the others.
    async fn for_all<'l>(
        &mut self,
        lost: Vec<Lost<'l>>,
        anywhere: Option<&HashSet<&FolderId>>,
    ) -> Result<Vec<Lost<'l>>, Problem> {
        let mut left = Vec::new();
        for lost in lost {
            let mut places = vec![lost.place.clone()];
            let others = anywhere.into_iter().flatten().filter(|place| **place != lost.place);
            places.extend(others.map(|place| (*place).clone()));
            let (id, home) = (lost.intent.id, lost.folder.id);
            match self.find((id, home), &lost.intent.likeness, places, None).await? {
                Some(found) => adopt(self.job, &lost.intent, found).await?,
                None => left.push(lost),
            }
        }
        Ok(left)
    }

    /// A copy in these folders that looks like this item, of this folder, and can be nobody else's: of more than are
    /// acknowledged, one whose id is not. `own` is the item's own acknowledged copy, if it may have got another id.
    pub(crate) async fn find(
        &mut self,
        (item, folder): (i64, i64),
        likeness: &Likeness,
        places: Vec<FolderId>,
        own: Option<&ItemId>,
    ) -> Result<Option<ItemId>, Problem> {
        let ledger = &self.job.run.core.ledger;
        if self.claimed.is_none() {
            self.claimed = Some(ledger.read(move |db| items::claimed(db, folder)).await?);
        }
        let mut candidates = Vec::new();
        for place in &places {
            let alike = self.alike(place, likeness).await?;
            let claimed = self.claimed.get_or_insert_default();
            candidates.extend(alike.into_iter().filter(|id| !claimed.contains(id)));
        }
        if candidates.is_empty() {
            return Ok(None);
        }
        let mut acknowledged: Vec<Copy> = ledger.read(move |db| items::copies_like(db, item)).await?;
        acknowledged.retain(|copy| Some(&copy.id) != own);
        let mut places: HashSet<FolderId> = places.into_iter().collect();
        places.extend(acknowledged.iter().map(|copy| copy.place.clone()));
        let mut there = HashSet::new();
        for place in &places {
            there.extend(self.alike(place, likeness).await?);
        }
        // What is settled, and stands as somebody made it, is no longer one of those that are acknowledged.
        let claimed = self.claimed.get_or_insert_default();
        there.retain(|id| !claimed.contains(id) || acknowledged.iter().any(|copy| copy.id == *id));
        if there.len() <= acknowledged.len() {
            let unseen = acknowledged.iter().map(|copy| &copy.id).filter(|id| !there.contains(id)).collect();
            let elsewhere = elsewhere(self.job, self.mailbox, unseen).await?;
            if there.len() + elsewhere <= acknowledged.len() {
                return Ok(None);
            }
        }
        let found = self.likest(item, candidates).await?;
        self.claimed.get_or_insert_default().extend(found.clone());
        Ok(found)
    }

    /// Of several that look alike the first that is what was sent, or else the first.
    async fn likest(&self, item: i64, candidates: Vec<ItemId>) -> Result<Option<ItemId>, Problem> {
        if candidates.len() > 1 {
            let sent = self.job.run.core.ledger.read(move |db| items::sent(db, item)).await?;
            for some in candidates.chunks(COPIES_A_QUESTION) {
                let answers = facets(self.job, self.mailbox, some).await?;
                let same = |answer: &Result<Facets, Problem>| answer.as_ref().is_ok_and(|is| sent.contains(is));
                if let Some(place) = answers.iter().position(same) {
                    return Ok(Some(some[place].clone()));
                }
            }
        }
        Ok(candidates.into_iter().next())
    }

    /// What looks like this in a folder.
    async fn alike(&mut self, place: &FolderId, likeness: &Likeness) -> Result<Vec<ItemId>, Problem> {
        if !self.folders.contains_key(place) {
            let mut seen: HashMap<Likeness, Vec<ItemId>> = HashMap::new();
            for summary in look(self.job, self.mailbox, place).await? {
                for likeness in Likeness::all_of(&summary) {
                    seen.entry(likeness).or_default().push(summary.id.clone());
                }
            }
            self.folders.insert(place.clone(), seen);
        }
        Ok(self.folders.get(place).and_then(|seen| seen.get(likeness)).cloned().unwrap_or_default())
    }
}

/// How many of these copies are on the target under their ids, wherever somebody put them: nothing else that is found can
/// be one of those.
async fn elsewhere(job: &Job, mailbox: &MailboxId, copies: Vec<&ItemId>) -> Result<usize, Problem> {
    let mut there = 0;
    for some in copies.chunks(COPIES_A_QUESTION) {
        let some: Vec<ItemId> = some.iter().map(|id| (*id).clone()).collect();
        there += facets(job, mailbox, &some).await?.into_iter().filter(Result::is_ok).count();
    }
    Ok(there)
}

/// What these are like on the target; at most as many as may be asked about at once.
async fn facets(job: &Job, mailbox: &MailboxId, ids: &[ItemId]) -> Result<Vec<Result<Facets, Problem>>, Problem> {
    let ask = |open: Vec<usize>| {
        let ids: Vec<ItemId> = open.into_iter().map(|n| ids[n].clone()).collect();
        async move { job.run.core.parts.target.facets(mailbox, &ids).await }
    };
    job.target.each(ids.len(), ask).await
}

/// What a folder of the target holds; see [`look_into`].
pub(crate) async fn look(job: &Job, mailbox: &MailboxId, place: &FolderId) -> Result<Vec<Summary>, Problem> {
    look_into(job.run.core.parts.target.as_ref(), &job.target, mailbox, place).await
}

/// What a folder of the target holds, each item once; nothing, if somebody deleted the folder there. It is asked page by
/// page, each with attempts of its own: on a bad day one of many pages always fails.
pub(crate) async fn look_into(
    target: &dyn Target,
    caller: &Caller,
    mailbox: &MailboxId,
    place: &FolderId,
) -> Result<Vec<Summary>, Problem> {
    let (mut there, mut seen, mut from) = (Vec::new(), HashSet::new(), None::<String>);
    for _ in 0..PAGES_A_LOOK {
        let page = match caller.call(|| target.look(mailbox, place, from.as_deref())).await {
            Err(problem) if problem.guidance == Guidance::TargetFolderGone => return Ok(Vec::new()),
            page => page?,
        };
        there.extend(page.items.into_iter().filter(|item| seen.insert(item.id.clone())));
        from = page.next;
        if from.is_none() {
            return Ok(there);
        }
    }
    let endless = Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetAnswerMalformed);
    Err(endless.with("what", "more pages than allowed"))
}

async fn adopt(job: &Job, intent: &Open, target: ItemId) -> Result<(), Problem> {
    let (id, batch) = (intent.id, intent.batch);
    job.run.core.ledger.write(move |db| items::moved(db, id, &target, batch)).await?;
    job.row.shift(Place::Waiting, job.place_there(batch), intent.size);
    Ok(())
}

async fn not_there(job: &Job, folder: &str, intent: Open) -> Result<(), Problem> {
    let id = intent.id;
    // Attempts of earlier runs do not count against this one.
    if intent.batch != job.run.batch.id {
        return job.run.core.ledger.write(move |db| items::reopen_anew(db, id)).await;
    }
    if intent.attempts < ATTEMPTS {
        return job.run.core.ledger.write(move |db| items::reopen(db, id)).await;
    }
    let problem = intent.problem.unwrap_or_else(|| {
        Problem::new(Kind::Item, Side::Target, Guidance::TargetUnexpected)
            .with("code", "no answer")
            .with("text", "the answer was lost each time")
    });
    job.give_up(intent.id, Place::Waiting, folder, &intent.subject, problem).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intent(size: u64, batch: i64) -> Open {
        let likeness = Likeness::of(Some(b"key"), "IPM.Note", "", None);
        Open { id: 1, likeness, batch, at: 1_000_000, attempts: 1, size, subject: String::new(), problem: None }
    }

    #[test]
    fn what_an_earlier_run_sent_is_waited_for_as_long_as_its_bytes_may_take() {
        let large = intent(112 * 1024 * 1024, 1);
        let hours = |now: i64| under_way(&large, 2, now).as_secs() / 3600;
        assert_eq!(hours(1_000_000), 2, "its body is 149 MB");
        assert_eq!(hours(1_000_000 + 3600), 2, "it may have left late");
        assert_eq!(hours(1_000_000 + 24 * 3600), 0, "it has settled long ago");
        assert_eq!(hours(5), 2, "a clock that was set back");
        assert_eq!(under_way(&large, 1, 1_000_000), Duration::ZERO, "this run's own");
        assert_eq!(under_way(&intent(10_000, 1), 2, 1_000_000), Duration::from_secs(11));
    }
}
