//! Leaving the target: copies whose items are gone at the source, or that lie in another place by now, and folders of ours
//! that nothing needs any more. It is the last that happens to a mailbox in a pass, when everything that should be on the
//! target is there. What is to leave is in the ledger before it is asked for, and what became of it after; whatever was
//! not answered is asked about before it is asked for again.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use super::copies::{self, COPIES_A_QUESTION, Now};
use super::item::{Folder, MailboxId};
use super::ledger::copies::{self as kept, Leaving, Left, TargetCopy};
use super::ledger::folders::{self, Unneeded};
use super::ledger::problems;
use super::mailbox::Job;
use super::pacer::{TARGET_AT_A_TIME, so_many};
use super::plan::Deletions;
use super::problem::{Guidance, Kind, Problem, Side};
use super::recovery::{self, Looked};

/// So many items may be gone from a mailbox at once, whatever share of it they are.
const FEW: u64 = 50;
/// The share of a mailbox, in percent, that may be gone at once if it is more than a few items.
const USUAL: u64 = 25;

/// What is gone at the source as far as its folders were asked, and still on the target.
pub(crate) async fn gone(job: &Job) -> Result<BTreeSet<i64>, Problem> {
    let id = job.record.id;
    job.run.core.ledger.read(move |db| kept::unfollowed(db, id)).await
}

/// Which of these are to leave the target, now that all folders were asked after they were seen to be gone. None, if
/// deletions are not to be followed: what is gone stays, also later.
pub(crate) async fn chosen(job: &Job, gone: BTreeSet<i64>) -> Result<BTreeSet<i64>, Problem> {
    if job.run.plan.options.deletions == Deletions::Keep {
        job.run.core.ledger.write(move |db| kept::keep(db, &gone)).await?;
        return Ok(BTreeSet::new());
    }
    Ok(gone)
}

/// Removes the copies of these items if they are still gone, and those that were superseded. A copy that somebody changed
/// stands. Fails, after all were tried, if one cannot be removed: it is tried again in the next pass. Fails, too, if far
/// more than usual is gone: then none of these is removed, in this pass and in later ones, until the source has them again
/// or the administrator says that it is right.
pub(crate) async fn copies(job: &Job, mailbox: &MailboxId, gone: BTreeSet<i64>) -> Result<(), Problem> {
    let (ledger, id) = (&job.run.core.ledger, job.record.id);
    let plan = &job.run.plan;
    let follow_all = gone.is_empty() || plan.options.deletions == Deletions::FollowAll;
    let agreed = plan.agreed.get(&job.mailbox.identity.address).copied().unwrap_or_default();
    let mut refused = ledger
        .write(move |db| {
            let much = if follow_all { None } else { much(kept::share(db, id, &gone)?, agreed) };
            match &much {
                Some(problem) => problems::renew(db, id, problem)?,
                None => kept::settle_gone(db, id, &gone)?,
            }
            Ok(much)
        })
        .await?;
    let leaving = ledger.read(move |db| kept::leaving(db, id)).await?;
    for place in leaving.chunk_by(|one, other| one.place == other.place) {
        for some in place.chunks(COPIES_A_QUESTION) {
            let problem = remove(job, mailbox, some).await?;
            refused = refused.or(problem);
        }
    }
    refused.map_or(Ok(()), |problem: Problem| Err(Problem { kind: Kind::Mailbox, ..problem }))
}

/// Far more than usual is gone, of so many on the target: the source may have been set up anew or restored from a backup,
/// or no longer show all that it has. Where somebody agreed to lose so many, only what is gone beyond that is judged; and
/// it is told of all that is gone, to be agreed to anew.
fn much((gone, held): (u64, u64), agreed: u64) -> Option<Problem> {
    let problem = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceMuchGone);
    let beyond = is_much(gone.saturating_sub(agreed), held.saturating_sub(agreed));
    beyond.then(|| problem.with("gone", gone).with("held", held))
}

/// So many of so many items of a mailbox are far more than usually go at once.
pub(crate) fn is_much(gone: u64, held: u64) -> bool {
    gone > FEW && gone.saturating_mul(100) > held.saturating_mul(USUAL)
}

/// Removes copies of one folder; answers the first problem.
async fn remove(job: &Job, mailbox: &MailboxId, some: &[Leaving]) -> Result<Option<Problem>, Problem> {
    let mut refused = None;
    let strange = remove_ours(job, mailbox, some.to_vec(), &mut refused).await?;
    let (ours, others) = look(job, mailbox, &strange, &mut refused).await?;
    // What is strange after all was as we put it there a moment ago: the next pass looks again.
    remove_ours(job, mailbox, ours, &mut refused).await?;
    for (leaving, left) in others {
        if left == Left::Changed {
            job.stand(leaving.item, &leaving.folder, &leaving.subject, false).await?;
        }
        outcome(job, leaving.id, left).await?;
    }
    Ok(refused)
}

/// Removes those that are as we put them there; answers the others.
async fn remove_ours(
    job: &Job,
    mailbox: &MailboxId,
    some: Vec<Leaving>,
    refused: &mut Option<Problem>,
) -> Result<Vec<Leaving>, Problem> {
    let work = some.into_iter().map(|leaving| async {
        if !remove_unchanged(job, mailbox, &leaving).await? {
            return Ok(Some(leaving));
        }
        outcome(job, leaving.id, Left::Removed).await?;
        Ok::<_, Problem>(None)
    });
    let mut others = Vec::new();
    for done in so_many(TARGET_AT_A_TIME, work.collect()).await {
        match done {
            Err(problem) if problem.kind == Kind::Run => return Err(problem),
            Err(problem) => drop(refused.get_or_insert(problem)),
            Ok(other) => others.extend(other),
        }
    }
    Ok(others)
}

/// Removes a copy if it is as we put it there; answers whether that is done. Every attempt looks just before: there may have
/// been pauses since.
async fn remove_unchanged(job: &Job, mailbox: &MailboxId, leaving: &Leaving) -> Result<bool, Problem> {
    let asked = AtomicBool::new(false);
    let attempt = async || match copies::at_this_moment(job, mailbox, &leaving.copy).await? {
        Now::Ours(_) => {
            asked.store(true, Ordering::Relaxed);
            job.run.core.parts.target.delete(mailbox, &leaving.place, &leaving.copy.id).await?;
            Ok(true)
        }
        // Perhaps an earlier attempt removed it, and the answer was lost.
        Now::Missing => Ok(asked.load(Ordering::Relaxed)),
        Now::Changed(_) => Ok(false),
        Now::Unknown(problem) => Err(problem),
    };
    // What cannot be deleted now is tried again in the next pass: no reason to hold the mailbox up.
    job.target.at_once().call(attempt).await
}

/// What is not as we put it there is looked at with all that looking takes: it may be young, or have another id. Answers what
/// is ours after all, and the others.
async fn look(
    job: &Job,
    mailbox: &MailboxId,
    strange: &[Leaving],
    refused: &mut Option<Problem>,
) -> Result<(Vec<Leaving>, Vec<(Leaving, Left)>), Problem> {
    let known: Vec<_> = strange.iter().map(|leaving| &leaving.copy).collect();
    let (mut ours, mut others) = (Vec::new(), Vec::new());
    let mut looked = Looked::new(job, mailbox);
    for (leaving, now) in strange.iter().zip(copies::now(job, mailbox, &known).await?) {
        let (leaving, now) = match now {
            Now::Missing if leaving.copy.replacing.is_some() => found(job, mailbox, leaving, &mut looked).await?,
            now => (leaving.clone(), now),
        };
        match now {
            Now::Ours(_) => ours.push(leaving),
            Now::Missing => others.push((leaving, Left::Missing)),
            Now::Changed(_) => others.push((leaving, Left::Changed)),
            Now::Unknown(problem) => drop(refused.get_or_insert(problem)),
        }
    }
    Ok((ours, others))
}

/// A copy that is not under its id. A replacement whose answer was lost may have given it another one.
async fn found(
    job: &Job,
    mailbox: &MailboxId,
    leaving: &Leaving,
    looked: &mut Looked<'_>,
) -> Result<(Leaving, Now), Problem> {
    let Leaving { id, item, home, likeness, place, copy, .. } = leaving;
    let found = looked.find((*item, *home), likeness, vec![place.clone()], Some(&copy.id)).await?;
    let Some(found) = found else { return Ok((leaving.clone(), Now::Missing)) };
    let (id, new) = (*id, found.clone());
    job.run.core.ledger.write(move |db| kept::renumbered(db, id, &new)).await?;
    let leaving = Leaving { copy: TargetCopy { id: found, ..copy.clone() }, ..leaving.clone() };
    let now = copies::now(job, mailbox, &[&leaving.copy]).await?.pop().unwrap_or(Now::Missing);
    Ok((leaving, now))
}

async fn outcome(job: &Job, id: i64, left: Left) -> Result<(), Problem> {
    job.run.core.ledger.write(move |db| kept::left(db, id, left)).await
}

/// Deletes the folders of ours that were left behind, and those of these folders of the ledger, which are gone at the
/// source; if nothing is in them and nobody gave them another name. Others wait for a later pass.
pub(crate) async fn folders(job: &Job, mailbox: &MailboxId, gone: &BTreeSet<i64>) -> Result<(), Problem> {
    let core = &job.run.core;
    let follow = job.run.plan.options.deletions != Deletions::Keep;
    let (id, gone) = (job.record.id, if follow { gone.iter().copied().collect() } else { Vec::new() });
    let unneeded = core.ledger.read(move |db| folders::unneeded(db, id, &gone)).await?;
    if unneeded.is_empty() {
        return Ok(());
    }
    let mut tree = job.target.call(|| core.parts.target.folders(mailbox)).await?;
    // Children come after their parents in the tree, so that from its end on every folder comes before what it is in.
    let mut places: Vec<(Option<usize>, Unneeded)> =
        unneeded.into_iter().map(|old| (tree.iter().position(|there| there.id == old.target), old)).collect();
    places.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
    for (_, old) in places {
        if is_gone(job, mailbox, &tree, &old).await? {
            tree.retain(|there| there.id != old.target);
            core.ledger.write(move |db| folders::removed(db, id, &old.target)).await?;
        }
    }
    Ok(())
}

/// Whether a folder is on the target no longer, perhaps because it was deleted just now.
async fn is_gone(job: &Job, mailbox: &MailboxId, tree: &[Folder], old: &Unneeded) -> Result<bool, Problem> {
    let Some(there) = tree.iter().find(|there| there.id == old.target) else { return Ok(true) };
    let used = tree.iter().any(|other| other.parent.as_ref() == Some(&there.id));
    if used || there.role.is_some() || Some(&there.name) != old.given.as_ref() {
        return Ok(false);
    }
    if !recovery::look(job, mailbox, &there.id).await?.is_empty() {
        return Ok(false);
    }
    let target = &job.run.core.parts.target;
    job.target.call(|| target.delete_folder(mailbox, &there.id)).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_a_few_and_more_than_the_usual_share_is_much() {
        assert_eq!(much((50, 50), 0), None, "a few");
        assert_eq!(much((51, 204), 0), None, "a quarter");
        assert_eq!(much((51, 203), 0).map(|problem| problem.guidance), Some(Guidance::SourceMuchGone));
        assert_eq!(much((60, 60), 60), None, "agreed");
        assert_eq!(much((110, 110), 60), None, "a few beyond");
        let all =
            much((111, 111), 60).map(|problem| (problem.values["gone"].clone(), problem.values["held"].clone()));
        assert_eq!(all, Some(("111".to_owned(), "111".to_owned())), "told of all");
    }
}
