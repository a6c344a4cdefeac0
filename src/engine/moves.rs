//! Items that moved at the source: such an item shows as gone in one folder and new in another. Its copy is first taken
//! over where it lies, so that it is not made again (unless somebody deleted it on the target meanwhile). Then it is put
//! into its place: imported there like anything that waits, and only once that is acknowledged does the old copy leave.

mod pairing;

use std::collections::{BTreeSet, HashMap, HashSet};

use super::copies::{self, COPIES_A_QUESTION, Now};
use super::copy::{self, batches};
use super::item::{Facets, FolderId, ItemId, MailboxId};
use super::ledger::copies::{self as kept, Alike, Arrival, Misplaced, Orphan, TargetCopy};
use super::ledger::folders::{self, Record};
use super::ledger::items;
use super::ledger::record::Likeness;
use super::mailbox::Job;
use super::plan::Deletions;
use super::problem::Problem;
use super::{recovery, sync};
use pairing::{Lying, Pair};

/// Rounds of asking again in one run at most: by then whoever moves things about has moved one in each.
pub(crate) const MOST_ROUNDS: usize = 10;

/// Folders are asked one after the other, and an item that moves meanwhile is new in one and still there in another that
/// was asked before. Whatever looks like something new is asked for again, until that was after the new one was seen.
pub(crate) async fn ask_again(job: &Job) -> Result<(), Problem> {
    let (ledger, id) = (&job.run.core.ledger, job.record.id);
    let mut asked: HashMap<i64, i64> = HashMap::new();
    for _ in 0..MOST_ROUNDS {
        let alike = ledger.read(move |db| kept::perhaps_left(db, id)).await?;
        let stale =
            |folder: &i64| alike.get(folder).is_some_and(|new| asked.get(folder).is_none_or(|seen| seen < new));
        let folders = ledger.read(move |db| folders::of(db, id)).await?;
        let again: Vec<_> = folders.into_iter().filter(|folder| stale(&folder.id)).collect();
        if again.is_empty() {
            break;
        }
        for folder in &again {
            sync::take_in(job, folder).await?;
            asked.insert(folder.id, alike[&folder.id]);
        }
    }
    Ok(())
}

/// How often all folders of the source were asked. An item that moves while they are asked for the first time may be new in
/// one, and not be known to be gone from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    Once,
    /// The second time was after something was seen to be gone, or came that cannot be described.
    Twice,
}

/// Gives copies whose items are gone to the items that look the same and wait. One that somebody moved on the target is
/// looked for there, and stays where they put it. One that they deleted is made again: it may be wanted in its new place.
pub(crate) async fn follow(job: &Job, mailbox: &MailboxId, asked: Asked) -> Result<(), Problem> {
    let (ledger, id) = (&job.run.core.ledger, job.record.id);
    let keep = job.run.plan.options.deletions == Deletions::Keep;
    let alike = ledger.read(move |db| kept::orphans(db, id)).await?;
    if alike.is_empty() {
        return Ok(());
    }
    let read = contents(job, &alike, keep).await?;
    let lying = lying(job, mailbox, &alike, keep).await?;
    let pairs = pairing::pair(alike, &read, &lying, keep, asked);
    let (here, missing): (Vec<_>, Vec<_>) =
        pairs.into_iter().partition(|pair| lying.contains_key(&pair.orphan.copy.id));
    ledger
        .write(move |db| {
            let adopt =
                |pair: &Pair| kept::adopt_orphan(db, &pair.orphan, pair.arrival, pair.orphan.theirs, pair.unsure);
            here.iter().try_for_each(adopt)
        })
        .await?;
    if missing.is_empty() {
        return Ok(());
    }
    let mut strays = strays(job, mailbox, &missing).await?;
    ledger
        .write(move |db| {
            missing.into_iter().try_for_each(|Pair { mut orphan, arrival, unsure }| {
                match strays.get_mut(&orphan.likeness).and_then(|alike| nearest(alike, &orphan.place)) {
                    Some((copy, place)) => {
                        // Another id in its own place: it was replaced and the answer was lost, or they put it back.
                        let theirs = orphan.theirs || place != orphan.place;
                        (orphan.copy.id, orphan.place) = (copy, place);
                        kept::adopt_orphan(db, &orphan, arrival, theirs, unsure)
                    }
                    None => kept::disown(db, &orphan),
                }
            })
        })
        .await
}

/// Takes one of these, in this place if there is one.
fn nearest(alike: &mut Vec<(ItemId, FolderId)>, place: &FolderId) -> Option<(ItemId, FolderId)> {
    let here = alike.iter().position(|(_, lies)| lies == place);
    here.map(|here| alike.remove(here)).or_else(|| alike.pop())
}

/// What the items are like that wait, where only that tells which copy is theirs. One that cannot be read shows that when it
/// is copied.
async fn contents(job: &Job, alike: &[Alike], keep: bool) -> Result<HashMap<i64, Facets>, Problem> {
    let core = &job.run.core;
    let open = alike.iter().filter(|alike| !pairing::is_plain(alike, keep));
    let arrivals: Vec<&Arrival> = open.flat_map(|alike| &alike.arrivals).collect();
    let mut read = HashMap::new();
    for batch in batches(arrivals, |arrival| arrival.size) {
        let share = core.budget.take(batch.iter().map(|arrival| core.parts.source.weight(arrival.size))).await?;
        let ids: Vec<ItemId> = batch.iter().map(|arrival| arrival.source.clone()).collect();
        for (arrival, content) in batch.iter().zip(copy::read(job, &ids).await?) {
            read.extend(content.ok().map(|content| (arrival.item, content.facets)));
        }
        drop(share);
    }
    Ok(read)
}

/// Which of these copies are on the target, and how they lie: in their folder, or under their id wherever somebody put them.
/// Where it matters which of several is taken, also whether somebody changed them.
async fn lying(
    job: &Job,
    mailbox: &MailboxId,
    alike: &[Alike],
    keep: bool,
) -> Result<HashMap<ItemId, Lying>, Problem> {
    let orphans = || alike.iter().flat_map(|alike| &alike.orphans);
    let open = alike.iter().filter(|alike| !pairing::is_plain(alike, keep)).flat_map(|alike| &alike.orphans);
    let open: HashSet<&ItemId> = open.map(|orphan| &orphan.copy.id).collect();
    let places: BTreeSet<&FolderId> = orphans().map(|orphan| &orphan.place).collect();
    let mut lying = HashMap::new();
    for place in places {
        let here: HashSet<ItemId> =
            recovery::look(job, mailbox, place).await?.into_iter().map(|summary| summary.id).collect();
        let (certain, asked): (Vec<&Orphan>, Vec<&Orphan>) = orphans()
            .filter(|orphan| orphan.place == *place)
            .partition(|orphan| here.contains(&orphan.copy.id) && !open.contains(&orphan.copy.id));
        lying.extend(certain.into_iter().map(|orphan| (orphan.copy.id.clone(), Lying::InPlace)));
        for some in asked.chunks(COPIES_A_QUESTION) {
            let copies: Vec<&TargetCopy> = some.iter().map(|orphan| &orphan.copy).collect();
            for (orphan, now) in some.iter().zip(copies::now(job, mailbox, &copies).await?) {
                let lies = match now {
                    Now::Missing => continue,
                    Now::Changed(_) => Lying::Changed,
                    Now::Ours(_) | Now::Unknown(_) if !orphan.theirs && here.contains(&orphan.copy.id) => {
                        Lying::InPlace
                    }
                    Now::Ours(_) | Now::Unknown(_) => Lying::Elsewhere,
                };
                lying.insert(orphan.copy.id.clone(), lies);
            }
        }
    }
    Ok(lying)
}

/// Items of the target that look like these and are nobody's, with where they are: moving an item gives it a new id.
async fn strays(
    job: &Job,
    mailbox: &MailboxId,
    missing: &[Pair],
) -> Result<HashMap<Likeness, Vec<(ItemId, FolderId)>>, Problem> {
    let core = &job.run.core;
    let mut strays: HashMap<Likeness, Vec<_>> =
        missing.iter().map(|pair| (pair.orphan.likeness.clone(), Vec::new())).collect();
    let Some(folder) = missing.first().map(|pair| pair.orphan.folder) else { return Ok(strays) };
    let claimed = core.ledger.read(move |db| items::claimed(db, folder)).await?;
    for place in job.target.call(|| core.parts.target.folders(mailbox)).await? {
        for summary in recovery::look(job, mailbox, &place.id).await? {
            if claimed.contains(&summary.id) {
                continue;
            }
            let known = Likeness::all_of(&summary).find(|likeness| strays.contains_key(likeness));
            if let Some(found) = known.and_then(|likeness| strays.get_mut(&likeness)) {
                found.push((summary.id, place.id.clone()));
            }
        }
    }
    Ok(strays)
}

/// Lets the items of a folder whose copies lie in another place of the target wait for their right place, if these
/// copies are still as we put them there. What somebody changed there stays there.
pub(crate) async fn put_in_place(job: &Job, mailbox: &MailboxId, folder: &Record) -> Result<(), Problem> {
    if folder.target.is_none() {
        return Ok(());
    }
    let (ledger, id, mut after) = (&job.run.core.ledger, folder.id, 0);
    let mut places: HashMap<FolderId, HashSet<ItemId>> = HashMap::new();
    loop {
        let page = ledger.read(move |db| kept::misplaced(db, id, after, COPIES_A_QUESTION)).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        let copies: Vec<_> = page.iter().map(|item| &item.copy).collect();
        for (item, now) in page.iter().zip(copies::now(job, mailbox, &copies).await?) {
            let id = item.id;
            match now {
                Now::Ours(is) if lies(job, mailbox, item, &mut places).await? => {
                    ledger.write(move |db| kept::put_in_place(db, id, &is)).await?;
                }
                // Somebody put it somewhere else, or it does not show there yet: the next pass looks again.
                Now::Ours(_) => {}
                // Whose that is shows when they are compared.
                Now::Changed(_) | Now::Missing if item.unsure => {}
                Now::Missing => ledger.write(move |db| kept::in_place(db, id)).await?,
                Now::Changed(_) => job.stand(id, &folder.name, &item.subject, item.stands).await?,
                // It stays where it lies until its copy can be read.
                Now::Unknown(problem) => {
                    let stamp = job.stamp();
                    ledger.write(move |db| items::note(db, id, &problem, stamp)).await?;
                }
            }
        }
    }
}

/// Whether a copy lies in the place where it is known to be; each place is looked at once.
async fn lies(
    job: &Job,
    mailbox: &MailboxId,
    item: &Misplaced,
    places: &mut HashMap<FolderId, HashSet<ItemId>>,
) -> Result<bool, Problem> {
    if !places.contains_key(&item.place) {
        let there = recovery::look(job, mailbox, &item.place).await?;
        places.insert(item.place.clone(), there.into_iter().map(|summary| summary.id).collect());
    }
    Ok(places.get(&item.place).is_some_and(|there| there.contains(&item.copy.id)))
}
