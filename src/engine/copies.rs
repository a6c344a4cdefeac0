//! What copies on the target are like now: before one is replaced or removed it is asked whether it is still as we put it
//! there. Whatever somebody changed there stands.

use std::time::Duration;

use super::item::{Facets, ItemId, MailboxId};
use super::ledger::copies::TargetCopy;
use super::ledger::items::{self, Stamp};
use super::mailbox::Job;
use super::problem::{Guidance, Kind, Problem, Side};
use super::progress::Event;
use super::settling::LOOK_AGAIN;

/// Copies asked about at once: the port's bound.
pub(crate) const COPIES_A_QUESTION: usize = 20;

/// A copy as it is now.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Now {
    /// As we put it there.
    Ours(Facets),
    /// Somebody changed it.
    Changed(Facets),
    /// Not there, at least not under its id.
    Missing,
    /// That cannot be said.
    Unknown(Problem),
}

/// What these copies are like now; at most as many as may be asked about at once.
pub(crate) async fn now(job: &Job, mailbox: &MailboxId, copies: &[&TargetCopy]) -> Result<Vec<Now>, Problem> {
    let target = &job.run.core.parts.target;
    let mut seen: Vec<Now> = copies.iter().map(|_| Now::Missing).collect();
    let mut open: Vec<usize> = (0..copies.len()).collect();
    for pause in std::iter::once(Duration::ZERO).chain(LOOK_AGAIN) {
        if open.is_empty() {
            break;
        }
        job.target.sleep(pause).await?;
        let ask = |positions: Vec<usize>| {
            let ids: Vec<ItemId> = positions.into_iter().map(|n| copies[open[n]].id.clone()).collect();
            async move { target.facets(mailbox, &ids).await }
        };
        let answers = job.target.each(open.len(), ask).await?;
        open.iter().zip(answers).for_each(|(place, answer)| seen[*place] = judge(copies[*place], answer));
        open.retain(|place| {
            matches!(seen[*place], Now::Missing | Now::Changed(_))
                && job.settling.is_young(&job.run.core, copies[*place].since)
        });
    }
    Ok(seen)
}

/// What a copy is like at this moment: for an attempt that is about to do something to it, since there may have been pauses
/// after it was looked at. It fails as the attempt does; one that is young may look as if somebody had changed or deleted it.
pub(crate) async fn at_this_moment(job: &Job, mailbox: &MailboxId, copy: &TargetCopy) -> Result<Now, Problem> {
    let target = &job.run.core.parts.target;
    let answer = target.facets(mailbox, std::slice::from_ref(&copy.id)).await?.pop();
    job.target.go_on()?;
    let malformed = || Problem::new(Kind::Retry, Side::Target, Guidance::TargetAnswerMalformed);
    let answer = answer.ok_or_else(|| malformed().with("what", "no answer about an item"))?;
    match judge(copy, answer) {
        Now::Unknown(problem) => Err(problem),
        now => Ok(now),
    }
}

fn judge(copy: &TargetCopy, answer: Result<Facets, Problem>) -> Now {
    match answer {
        Ok(facets) if copy.is_ours(&facets) => Now::Ours(facets),
        Ok(facets) => Now::Changed(facets),
        Err(problem) if problem.guidance == Guidance::TargetItemMissing => Now::Missing,
        Err(problem) => Now::Unknown(problem),
    }
}

impl Job {
    /// Somebody changed an item on the target, which stands. It is told once.
    pub(crate) async fn stand(&self, id: i64, folder: &str, subject: &str, told: bool) -> Result<(), Problem> {
        let problem = Problem::new(Kind::Item, Side::Target, Guidance::TargetItemChanged);
        let (kept, stamp): (Problem, Stamp) = (problem.clone(), self.stamp());
        self.run.core.ledger.write(move |db| items::stand(db, id, &kept, stamp)).await?;
        if !told {
            let (folder, subject) = (folder.to_string(), subject.to_string());
            self.run.progress.tell(Event::Item { address: self.address().clone(), folder, subject, problem });
        }
        Ok(())
    }
}
