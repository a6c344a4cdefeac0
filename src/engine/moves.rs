//! Items that moved at the source keep their copies: such an item shows as gone in one folder and new in another. Its copy
//! is not made again, unless somebody deleted it on the target meanwhile.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use super::item::{FolderId, ItemId, MailboxId};
use super::ledger::folders;
use super::ledger::items::{self, Orphan};
use super::mailbox::Job;
use super::problem::{Guidance, Problem};
use super::{recovery, sync};

/// Items asked for at once: the port's bound.
const ITEMS_A_QUESTION: usize = 20;

/// Rounds of asking again in one run at most: by then whoever moves things about has moved one in each.
const MOST_ROUNDS: usize = 10;

/// Folders are asked one after the other, and an item that moves meanwhile is new in one and still there in another that
/// was asked before. Whatever looks like something new is asked for again, until that was after the new one was seen.
pub(crate) async fn ask_again(job: &Job) -> Result<(), Problem> {
    let (ledger, id) = (&job.run.core.ledger, job.record.id);
    let mut asked: HashMap<i64, i64> = HashMap::new();
    for _ in 0..MOST_ROUNDS {
        let alike = ledger.read(move |db| items::perhaps_left(db, id)).await?;
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

/// Gives copies whose items are gone to the items that look the same and wait.
pub(crate) async fn follow(job: &Job, mailbox: &MailboxId) -> Result<(), Problem> {
    let (ledger, id) = (&job.run.core.ledger, job.record.id);
    let mut places: BTreeMap<FolderId, Vec<Orphan>> = BTreeMap::new();
    for orphan in ledger.read(move |db| items::orphans(db, id)).await? {
        places.entry(orphan.place.clone()).or_default().push(orphan);
    }
    for (place, orphans) in places {
        let there = there(job, mailbox, &place, &orphans).await?;
        ledger
            .write(move |db| {
                orphans.iter().try_for_each(|orphan| match there.contains(&orphan.copy) {
                    true => items::adopt_orphan(db, orphan),
                    false => items::disown(db, orphan),
                })
            })
            .await?;
    }
    Ok(())
}

/// Which of these copies are on the target, in their folder or wherever somebody put them. Reads may lag behind writes:
/// what is not there is looked for again before it counts as deleted.
async fn there(
    job: &Job,
    mailbox: &MailboxId,
    place: &FolderId,
    orphans: &[Orphan],
) -> Result<HashSet<ItemId>, Problem> {
    let target = &job.run.core.parts.target;
    let here = recovery::look(job, mailbox, place).await?;
    let mut there: HashSet<ItemId> = here.into_iter().map(|summary| summary.id).collect();
    for pause in std::iter::once(Duration::ZERO).chain(recovery::LOOKS) {
        let elsewhere: Vec<ItemId> =
            orphans.iter().map(|orphan| orphan.copy.clone()).filter(|copy| !there.contains(copy)).collect();
        if elsewhere.is_empty() {
            break;
        }
        job.target.sleep(pause).await?;
        for some in elsewhere.chunks(ITEMS_A_QUESTION) {
            let ask = |open: Vec<usize>| {
                let ids: Vec<ItemId> = open.into_iter().map(|n| some[n].clone()).collect();
                async move { target.facets(mailbox, &ids).await }
            };
            for (copy, answer) in some.iter().zip(job.target.each(some.len(), ask).await?) {
                if !answer.is_err_and(|problem| problem.guidance == Guidance::TargetItemMissing) {
                    there.insert(copy.clone());
                }
            }
        }
    }
    Ok(there)
}
