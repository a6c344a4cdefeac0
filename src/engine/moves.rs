//! Items that moved at the source: such an item shows as gone in one folder and new in another. Its copy is first taken
//! over where it lies, so that it is not made again (unless somebody deleted it on the target meanwhile). Then it is put
//! into its place: imported there like anything that waits, and only once that is acknowledged does the old copy leave.

use std::collections::{BTreeMap, HashSet};

use super::copies::{self, COPIES_A_QUESTION, Now};
use super::item::{FolderId, ItemId, MailboxId};
use super::ledger::copies::{self as kept, Orphan};
use super::ledger::folders::Record;
use super::mailbox::Job;
use super::problem::{Guidance, Problem};
use super::recovery;

/// Gives copies whose items are gone to the items that look the same and wait.
pub(crate) async fn follow(job: &Job, mailbox: &MailboxId) -> Result<(), Problem> {
    let (ledger, id) = (&job.run.core.ledger, job.record.id);
    let mut places: BTreeMap<FolderId, Vec<Orphan>> = BTreeMap::new();
    for orphan in ledger.read(move |db| kept::orphans(db, id)).await? {
        places.entry(orphan.place.clone()).or_default().push(orphan);
    }
    for (place, orphans) in places {
        let there = there(job, mailbox, &place, &orphans).await?;
        ledger
            .write(move |db| {
                orphans.iter().try_for_each(|orphan| match there.contains(&orphan.copy) {
                    true => kept::adopt_orphan(db, orphan),
                    false => kept::disown(db, orphan),
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
    for some in elsewhere.chunks(COPIES_A_QUESTION) {
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

/// Lets the items of a folder whose copies lie in another place of the target wait for their right place, if these
/// copies are still as we put them there. What somebody changed there stays there.
pub(crate) async fn put_in_place(job: &Job, mailbox: &MailboxId, folder: &Record) -> Result<(), Problem> {
    if folder.target.is_none() {
        return Ok(());
    }
    let (ledger, id, mut after) = (&job.run.core.ledger, folder.id, 0);
    loop {
        let page = ledger.read(move |db| kept::misplaced(db, id, after, COPIES_A_QUESTION)).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        let copies: Vec<_> = page.iter().map(|item| &item.copy).collect();
        for (item, now) in page.iter().zip(copies::now(job, mailbox, &copies).await?) {
            let id = item.id;
            match now {
                Now::Ours(_) => ledger.write(move |db| kept::put_in_place(db, id)).await?,
                Now::Missing => ledger.write(move |db| kept::in_place(db, id)).await?,
                Now::Changed(_) => job.stand(id, &folder.name, &item.subject, false).await?,
                // It stays where it lies until its copy can be read.
                Now::Unknown(problem) => {
                    let stamp = job.stamp();
                    ledger.write(move |db| super::ledger::items::note(db, id, &problem, stamp)).await?;
                }
            }
        }
    }
}
