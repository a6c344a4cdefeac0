//! Items that moved at the source keep their copies: such an item shows as gone in one folder and new in another. Its copy
//! is not made again, unless somebody deleted it on the target meanwhile.

use std::collections::{BTreeMap, HashSet};

use super::item::{FolderId, ItemId, MailboxId};
use super::ledger::items::{self, Orphan};
use super::mailbox::Job;
use super::problem::{Guidance, Problem};
use super::recovery;

/// Items asked for at once: the port's bound.
const ITEMS_A_QUESTION: usize = 20;

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

/// Which of these copies are on the target, in their folder or wherever somebody put them.
async fn there(
    job: &Job,
    mailbox: &MailboxId,
    place: &FolderId,
    orphans: &[Orphan],
) -> Result<HashSet<ItemId>, Problem> {
    let target = &job.run.core.parts.target;
    let here = recovery::look(job, mailbox, place).await?;
    let mut there: HashSet<ItemId> = here.into_iter().map(|summary| summary.id).collect();
    let elsewhere: Vec<ItemId> =
        orphans.iter().map(|orphan| orphan.copy.clone()).filter(|copy| !there.contains(copy)).collect();
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
    Ok(there)
}
