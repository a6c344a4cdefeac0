//! Comparing one mailbox's items: both sides are read, within the budget of bytes, and held against what was sent.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use super::Verifier;
use crate::engine::copy::{self, Origin, batches};
use crate::engine::item::{Facets, ItemId, MailboxId};
use crate::engine::ledger::recipients::Record;
use crate::engine::ledger::verdicts::{self, Compared, Judged, ToVerify};
use crate::engine::pacer::{TARGET_AT_A_TIME, so_many};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::retry::Caller;
use crate::engine::settling::LOOK_AGAIN;

/// Items taken from the ledger at a time.
const ITEMS_A_PAGE: usize = 400;

type Each = Vec<Result<Facets, Problem>>;

/// The work on one mailbox.
pub(super) struct Mailbox<'a> {
    pub(super) verifier: &'a Verifier<'a>,
    pub(super) record: &'a Record,
    pub(super) source: Caller,
    pub(super) target: Caller,
    /// This mailbox cannot be asked at the source.
    silent: Mutex<Option<Problem>>,
    /// Items that the sample does not hold.
    pub(super) left_out: AtomicU64,
    /// Items compared whose copy was found whole before and is there now.
    pub(super) still_there: AtomicU64,
}

impl<'a> Mailbox<'a> {
    pub(super) fn new(verifier: &'a Verifier<'a>, record: &'a Record) -> Mailbox<'a> {
        Mailbox {
            verifier,
            record,
            source: verifier.caller(&verifier.core.source_scope_of(record.detail.address())),
            target: verifier.caller(&verifier.core.scope_of(record.detail.address())),
            silent: Mutex::new(None),
            left_out: AtomicU64::new(0),
            still_there: AtomicU64::new(0),
        }
    }

    /// Compares the items, page by page.
    pub(super) async fn compare(&self) -> Result<(), Problem> {
        let core = self.verifier.core;
        let address = self.record.detail.address();
        let mailbox = self.target.call(|| core.parts.target.mailbox(address)).await?;
        let (id, mut after) = (self.record.id, 0);
        loop {
            let page = core.ledger.read(move |db| verdicts::page(db, id, after, ITEMS_A_PAGE)).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            let (drawn, left_out): (Vec<_>, Vec<_>) =
                page.into_iter().partition(|item| self.verifier.scope.draws(item.id));
            self.left_out.fetch_add(left_out.len() as u64, Ordering::Relaxed);
            let some = batches(drawn, |item| item.size);
            let work = some.iter().map(|some| self.some(mailbox.as_ref(), some)).collect();
            so_many(TARGET_AT_A_TIME, work).await.into_iter().collect::<Result<(), Problem>>()?;
        }
        match mailbox {
            Some(mailbox) => self.explain_missing(&mailbox).await,
            None => Ok(()),
        }
    }

    async fn some(&self, mailbox: Option<&MailboxId>, some: &[ToVerify]) -> Result<(), Problem> {
        let verifier = self.verifier;
        let copies = match mailbox {
            Some(mailbox) => self.copies(mailbox, some).await?,
            None => some.iter().map(|_| Err(missing())).collect(),
        };
        let there = some.iter().zip(&copies).filter(|(item, copy)| item.whole && copy.is_ok()).count();
        self.still_there.fetch_add(there as u64, Ordering::Relaxed);
        let originals = self.originals(some).await?;
        let pairs = originals.into_iter().zip(copies);
        let judged: Vec<Judged> =
            some.iter().zip(pairs).map(|(item, (original, copy))| judge(item, original, copy)).collect();
        let stamp = verifier.stamp();
        let write = verifier
            .core
            .ledger
            .write(move |db| judged.iter().try_for_each(|judged| verdicts::set(db, judged, stamp)));
        write.await?;
        let count = some.len() as u64;
        (verifier.progress)(verifier.compared.fetch_add(count, Ordering::Relaxed) + count);
        Ok(())
    }

    /// The copies as they are now. A young one that is not there yet, or not as it was sent, is asked for again.
    async fn copies(&self, mailbox: &MailboxId, some: &[ToVerify]) -> Result<Each, Problem> {
        let core = self.verifier.core;
        let mut answers: Each = some.iter().map(|_| Err(missing())).collect();
        let mut open: Vec<usize> = (0..some.len()).collect();
        for pause in std::iter::once(Duration::ZERO).chain(LOOK_AGAIN) {
            if open.is_empty() {
                break;
            }
            self.target.sleep(pause).await?;
            let share = core.budget.take(open.iter().map(|place| some[*place].size)).await?;
            let asked = self
                .target
                .each(open.len(), |positions| {
                    let ids: Vec<ItemId> = positions.into_iter().map(|n| some[open[n]].target.clone()).collect();
                    async move { core.parts.target.facets(mailbox, &ids).await }
                })
                .await?;
            drop(share);
            open.iter().zip(asked).for_each(|(place, answer)| answers[*place] = answer);
            open.retain(|place| {
                is_amiss(&some[*place], &answers[*place]) && self.verifier.settling.is_young(core, some[*place].since)
            });
        }
        Ok(answers)
    }

    /// The originals as they are now. What cannot be read there is no reason to know less about the copies: once the
    /// mailbox does not answer it is not asked again, and its problem is noted.
    async fn originals(&self, some: &[ToVerify]) -> Result<Each, Problem> {
        let core = self.verifier.core;
        let problem = match self.silent() {
            Some(problem) => problem,
            None => {
                let ids: Vec<ItemId> = some.iter().map(|item| item.source.clone()).collect();
                let weights = some.iter().map(|item| core.parts.source.weight(item.size));
                let share = core.budget.take(weights).await?;
                let origin = Origin {
                    source: core.parts.source.as_ref(),
                    caller: &self.source,
                    mailbox: self.record.detail.address(),
                };
                let read = copy::read_from(origin, &ids).await;
                let read = read.map(|contents| contents.into_iter().map(|content| Ok(content?.facets)).collect());
                drop(share);
                match read {
                    Ok(facets) => return Ok(facets),
                    Err(problem) => self.silenced(problem).await?,
                }
            }
        };
        Ok(some.iter().map(|_| Err(problem.clone())).collect())
    }

    /// Why the source is not asked any more about this mailbox, if it is not.
    pub(super) fn silent(&self) -> Option<Problem> {
        let reason = |of: &Mutex<Option<Problem>>| of.lock().unwrap_or_else(PoisonError::into_inner).clone();
        reason(&self.silent).or_else(|| reason(&self.verifier.source_closed))
    }

    /// The source does not answer for this mailbox, or (after a problem of the whole run) for any. Noted once.
    pub(super) async fn silenced(&self, problem: Problem) -> Result<Problem, Problem> {
        if problem.guidance == Guidance::Stopped {
            return Err(problem);
        }
        let because = |of: &Mutex<Option<Problem>>| {
            of.lock().unwrap_or_else(PoisonError::into_inner).replace(problem.clone()).is_none()
        };
        if problem.kind == Kind::Run {
            because(&self.verifier.source_closed);
        }
        if because(&self.silent) {
            self.verifier.note(self.record, problem.clone()).await?;
        }
        Ok(problem)
    }
}

fn missing() -> Problem {
    Problem::new(Kind::Item, Side::Target, Guidance::TargetItemMissing)
}

fn is_amiss(item: &ToVerify, copy: &Result<Facets, Problem>) -> bool {
    match copy {
        Ok(facets) => *facets != item.facets,
        Err(problem) => problem.guidance == Guidance::TargetItemMissing,
    }
}

/// An item whose copy cannot be read back counts as differing, with the reason. One whose copy was found whole before and
/// is like something else now was changed there, which stands.
fn judge(item: &ToVerify, original: Result<Facets, Problem>, copy: Result<Facets, Problem>) -> Judged {
    let digest = |facets: &Result<Facets, Problem>| facets.as_ref().ok().map(Facets::digest);
    let (source, target) = (digest(&original), digest(&copy));
    // One that was seen whole and is not there any more is explained like any other.
    if item.stands && is_amiss(item, &copy) && (copy.is_ok() || !item.whole) {
        let problem = Problem::new(Kind::Item, Side::Target, Guidance::TargetItemChanged);
        return Judged { id: item.id, compared: Compared::Stands, problem: Some(problem), source, target };
    }
    let (compared, problem) = match (copy, original) {
        (Err(problem), _) if problem.guidance == Guidance::TargetItemMissing => (Compared::Missing, Some(problem)),
        (Err(problem), _) => (Compared::Differs, Some(problem)),
        (Ok(copy), Ok(original)) if copy == original => (Compared::Equal, None),
        (Ok(copy), _) if copy != item.facets && item.whole => {
            (Compared::Stands, Some(differs(Guidance::TargetItemEdited, &copy, &item.facets)))
        }
        (Ok(copy), _) if copy != item.facets => {
            (Compared::Differs, Some(differs(Guidance::TargetItemDiffers, &copy, &item.facets)))
        }
        (Ok(_), Ok(_)) => (Compared::Changed, None),
        (Ok(_), Err(problem)) if problem.guidance == Guidance::SourceItemGone => (Compared::Gone, None),
        (Ok(_), Err(problem)) => (Compared::Unread, Some(problem)),
    };
    Judged { id: item.id, compared, problem, source, target }
}

fn differs(guidance: Guidance, copy: &Facets, sent: &Facets) -> Problem {
    let names: Vec<&str> = copy.differences(sent).iter().map(|facet| facet.name()).collect();
    Problem::new(Kind::Item, Side::Target, guidance).with("facets", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::item::Facet;

    fn facets(body: u8) -> Facets {
        Facets([(Facet::Subject, [1; 32]), (Facet::Body, [body; 32])].into())
    }

    #[test]
    fn an_item_is_judged_by_what_is_on_both_sides_and_what_was_sent() {
        let item = ToVerify {
            id: 1,
            source: ItemId("s".to_string()),
            target: ItemId("t".to_string()),
            size: 1,
            facets: facets(5),
            since: 0,
            stands: false,
            whole: false,
        };
        let problem = |guidance| Err(Problem::new(Kind::Item, Side::Source, guidance));
        let (gone, damaged) = (problem(Guidance::SourceItemGone), problem(Guidance::SourceItemDamaged));
        let absent = problem(Guidance::TargetItemMissing);
        let (same, other, third) = (Ok(facets(5)), Ok(facets(6)), Ok(facets(7)));
        for (original, copy, expected) in [
            (&same, &same, Compared::Equal),
            (&other, &other, Compared::Equal),
            (&other, &same, Compared::Changed),
            (&gone, &same, Compared::Gone),
            (&damaged, &same, Compared::Unread),
            (&same, &other, Compared::Differs),
            (&third, &other, Compared::Differs),
            (&gone, &other, Compared::Differs),
            (&damaged, &other, Compared::Differs),
            (&same, &damaged, Compared::Differs),
            (&same, &absent, Compared::Missing),
            (&gone, &absent, Compared::Missing),
        ] {
            let judged = judge(&item, original.clone(), copy.clone());
            assert_eq!(judged.compared, expected, "{original:?} {copy:?}");
            let amiss = matches!(expected, Compared::Differs | Compared::Missing | Compared::Unread);
            assert_eq!(judged.problem.is_some(), amiss, "{original:?} {copy:?}");
            assert_eq!(judged.target.is_some(), copy.is_ok());
        }
        let standing = ToVerify { stands: true, ..item.clone() };
        for copy in [&other, &absent] {
            let judged = judge(&standing, same.clone(), copy.clone());
            let told = judged.problem.map(|problem| problem.guidance);
            assert_eq!(
                (judged.compared, told),
                (Compared::Stands, Some(Guidance::TargetItemChanged)),
                "it stays told"
            );
        }
        let whole = ToVerify { whole: true, ..standing };
        assert_eq!(judge(&whole, same.clone(), absent.clone()).compared, Compared::Missing, "to be explained");
        let whole = ToVerify { whole: true, ..item.clone() };
        for (original, copy, expected) in [
            (&same, &other, Compared::Stands),
            (&third, &other, Compared::Stands),
            (&gone, &other, Compared::Stands),
            (&other, &other, Compared::Equal),
            (&same, &damaged, Compared::Differs),
            (&same, &absent, Compared::Missing),
        ] {
            let judged = judge(&whole, original.clone(), copy.clone());
            assert_eq!(judged.compared, expected, "found whole before: {original:?} {copy:?}");
            assert_eq!(judged.problem.is_some(), expected != Compared::Equal);
        }
        let judged = judge(&item, same, other);
        assert_eq!(judged.problem.map(|problem| problem.values["facets"].clone()).as_deref(), Some("body"));
    }
}
