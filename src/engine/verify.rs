//! Verify: everything that was moved is read back on the target and compared with what was sent, item by item; and
//! the directory is asked for every mailbox, contact, group and membership.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::item::{Facets, ItemId, MailboxId};
use super::ledger::books::{self, Scope};
use super::ledger::items::Stamp;
use super::ledger::recipients::{self, Detail, Record};
use super::ledger::verdicts::{self, Compared, ToVerify};
use super::ledger::{batches, problems};
use super::migration::Core;
use super::pacer::{DIRECTORY_AT_A_TIME, Lane, TARGET_AT_A_TIME, so_many};
use super::plan::MAILBOXES_AT_A_TIME;
use super::problem::{Guidance, Kind, Problem, Side};
use super::recipient::{Address, Group};
use super::retry::Caller;
use super::run::Phase;
use super::verdict::{self, ConsistencyGrade, DirectoryVerdict, MailboxVerdict, Verdict};

/// Items in one comparison: the port's bound.
const ITEMS_A_COMPARISON: usize = 20;
/// Items taken from the ledger at a time.
const ITEMS_A_PAGE: usize = 400;
/// Reads may lag behind writes: what is not there, or not as it was sent, is asked for again after these pauses.
const LOOK_AGAIN: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(8)];
/// An item that left longer ago than this, in seconds, is not looked for again: time for a slow upload, and some.
const SETTLED: i64 = 900;

struct Verifier<'a> {
    core: &'a Core,
    stop: &'a CancellationToken,
    progress: &'a (dyn Fn(u64) + Send + Sync),
    compared: AtomicU64,
    batch: i64,
}

/// A directory object that was asked for.
struct Checked<'r> {
    record: &'r Record,
    /// It is there, as it should be.
    there: bool,
    /// Its memberships expected and arrived.
    members: (u64, u64),
}

/// Verifies everything. What is amiss is kept in the ledger, for the reports.
pub(crate) async fn verify(
    core: &Core,
    stop: &CancellationToken,
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<Verdict, Problem> {
    let (batch, records) = core
        .ledger
        .write(|db| {
            problems::clear_phase(db, Phase::Verify.name())?;
            Ok((batches::last(db)?.map_or(0, |batch| batch.id), recipients::all(db)?))
        })
        .await?;
    let verifier = Verifier { core, stop, progress, compared: AtomicU64::new(0), batch };
    let mailboxes = records.iter().filter(|record| matches!(record.detail, Detail::Mailbox(_)));
    let work = mailboxes.map(|record| verifier.mailbox(record)).collect();
    let mut mailboxes =
        so_many(MAILBOXES_AT_A_TIME, work).await.into_iter().collect::<Result<Vec<MailboxVerdict>, Problem>>()?;
    mailboxes.sort_by_key(|mailbox| mailbox.address.key());
    let directory = verifier.directory(&records).await?;
    let books = core.ledger.read(move |db| books::count(db, Scope::Migration, batch)).await?;
    let sum = |part: fn(&MailboxVerdict) -> u64| mailboxes.iter().map(part).sum();
    Ok(Verdict {
        books,
        verified: sum(|mailbox| mailbox.verified),
        missing: sum(|mailbox| mailbox.missing),
        differing: sum(|mailbox| mailbox.differing),
        mailboxes,
        directory,
        unseen: verdict::unseen(),
    })
}

impl Verifier<'_> {
    fn stamp(&self) -> Stamp {
        Stamp { batch: self.batch, now: self.core.now(), phase: Phase::Verify }
    }

    fn caller(&self, at_a_time: usize) -> Caller {
        Caller::new(self.core.parts.clock.clone(), self.stop.clone(), Arc::new(Lane::new(at_a_time)))
    }

    async fn note(&self, record: &Record, problem: Problem) -> Result<(), Problem> {
        let (id, stamp) = (record.id, self.stamp());
        self.core
            .ledger
            .write(move |db| problems::note(db, id, stamp.phase.name(), &problem, stamp.batch, stamp.now))
            .await
    }

    async fn mailbox(&self, record: &Record) -> Result<MailboxVerdict, Problem> {
        let (id, batch) = (record.id, self.batch);
        self.core.ledger.write(move |db| verdicts::begin(db, id)).await?;
        match self.items(record).await {
            Err(problem) if problem.kind == Kind::Run => return Err(problem),
            Err(problem) => self.note(record, problem).await?,
            Ok(()) => {}
        }
        let (books, counts) = self
            .core
            .ledger
            .read(move |db| {
                Ok((books::count(db, Scope::Recipient(id), batch)?, verdicts::counts(db, Scope::Recipient(id))?))
            })
            .await?;
        let failed = record.state.is_failure();
        Ok(MailboxVerdict {
            address: record.detail.address().clone(),
            books,
            verified: counts.equal,
            missing: counts.missing,
            differing: counts.differs,
            grade: ConsistencyGrade::of(&books, counts.missing, counts.differs, failed),
        })
    }

    /// Compares a mailbox's items, page by page.
    async fn items(&self, record: &Record) -> Result<(), Problem> {
        let caller = self.caller(TARGET_AT_A_TIME);
        let address = record.detail.address();
        let mailbox = caller.call(|| self.core.parts.target.mailbox(address)).await?;
        let (id, mut after) = (record.id, 0);
        loop {
            let page = self.core.ledger.read(move |db| verdicts::page(db, id, after, ITEMS_A_PAGE)).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.id;
            let work =
                page.chunks(ITEMS_A_COMPARISON).map(|some| self.compare(&caller, mailbox.as_ref(), some)).collect();
            so_many(TARGET_AT_A_TIME, work).await.into_iter().collect::<Result<(), Problem>>()?;
        }
    }

    async fn compare(&self, caller: &Caller, mailbox: Option<&MailboxId>, some: &[ToVerify]) -> Result<(), Problem> {
        let answers = match mailbox {
            Some(mailbox) => self.facets(caller, mailbox, some).await?,
            None => some.iter().map(|_| Err(missing())).collect(),
        };
        let judged: Vec<(i64, Compared, Option<Problem>)> =
            some.iter().zip(answers).map(|(item, answer)| judge(item, answer)).collect();
        let stamp = self.stamp();
        self.core
            .ledger
            .write(move |db| {
                judged.iter().try_for_each(|(id, compared, problem)| {
                    verdicts::set(db, *id, *compared, problem.as_ref(), stamp)
                })
            })
            .await?;
        let count = some.len() as u64;
        (self.progress)(self.compared.fetch_add(count, Ordering::Relaxed) + count);
        Ok(())
    }

    /// The facets as they are now. A young item that is not there yet, or not as it was sent, is asked for again.
    async fn facets(
        &self,
        caller: &Caller,
        mailbox: &MailboxId,
        some: &[ToVerify],
    ) -> Result<Vec<Result<Facets, Problem>>, Problem> {
        let mut answers: Vec<Result<Facets, Problem>> = some.iter().map(|_| Err(missing())).collect();
        let mut open: Vec<usize> = (0..some.len()).collect();
        for pause in std::iter::once(Duration::ZERO).chain(LOOK_AGAIN) {
            if open.is_empty() {
                break;
            }
            caller.sleep(pause).await?;
            let asked = caller
                .each(open.len(), |positions| {
                    let ids: Vec<ItemId> = positions.into_iter().map(|n| some[open[n]].target.clone()).collect();
                    async move { self.core.parts.target.facets(mailbox, &ids).await }
                })
                .await?;
            open.iter().zip(asked).for_each(|(place, answer)| answers[*place] = answer);
            open.retain(|place| {
                is_amiss(&some[*place], &answers[*place])
                    && self.core.now().saturating_sub(some[*place].since) < SETTLED
            });
        }
        Ok(answers)
    }

    async fn directory(&self, records: &[Record]) -> Result<DirectoryVerdict, Problem> {
        let caller = self.caller(DIRECTORY_AT_A_TIME);
        let mut verdict = DirectoryVerdict::default();
        let work = records.iter().map(|record| self.object(&caller, record)).collect();
        for checked in so_many(DIRECTORY_AT_A_TIME, work).await {
            let Checked { record, there, members } = checked?;
            match &record.detail {
                Detail::Mailbox(_) => verdict.mailboxes.count(there),
                Detail::Contact(_) => verdict.contacts.count(there),
                Detail::Group(_) => verdict.groups.count(there),
            }
            verdict.memberships.expected += members.0;
            verdict.memberships.arrived += members.1;
        }
        Ok(verdict)
    }

    /// Whether an object is there (a group: with exactly its members), and its memberships expected and arrived. What is
    /// not there is asked for again and then noted.
    async fn object<'r>(&self, caller: &Caller, record: &'r Record) -> Result<Checked<'r>, Problem> {
        let address = record.detail.address();
        let mut outcome = (false, (0, 0), Vec::new());
        for pause in std::iter::once(Duration::ZERO).chain(LOOK_AGAIN) {
            caller.sleep(pause).await?;
            let there = caller.call(|| self.core.parts.target.recipient_exists(address)).await?;
            outcome = match &record.detail {
                Detail::Group(group) => self.members(caller, group, there).await?,
                _ => (there, (0, 0), Vec::new()),
            };
            if !there {
                let absent = Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetRecipientMissing);
                outcome.2.push(absent.with("address", address));
            }
            if outcome.0 {
                break;
            }
        }
        let (there, members, problems) = outcome;
        for problem in problems {
            self.note(record, problem).await?;
        }
        Ok(Checked { record, there, members })
    }

    async fn members(
        &self,
        caller: &Caller,
        group: &Group,
        there: bool,
    ) -> Result<(bool, (u64, u64), Vec<Problem>), Problem> {
        let address = &group.identity.address;
        let expected: BTreeSet<&Address> = group.members.iter().collect();
        let now: HashSet<Address> = match there {
            true => caller.call(|| self.core.parts.target.members(address)).await?.into_iter().collect(),
            false => HashSet::new(),
        };
        let problems: Vec<Problem> = expected
            .iter()
            .filter(|member| !now.contains(**member))
            .map(|member| {
                Problem::new(Kind::Item, Side::Target, Guidance::TargetMemberMissing)
                    .with("group", address)
                    .with("member", member)
            })
            .collect();
        let arrived = expected.len() - problems.len();
        let whole = there && problems.is_empty() && now.len() == expected.len();
        Ok((whole, (expected.len() as u64, arrived as u64), problems))
    }
}

fn missing() -> Problem {
    Problem::new(Kind::Item, Side::Target, Guidance::TargetItemMissing)
}

fn is_amiss(item: &ToVerify, answer: &Result<Facets, Problem>) -> bool {
    match answer {
        Ok(facets) => *facets != item.facets,
        Err(problem) => problem.guidance == Guidance::TargetItemMissing,
    }
}

/// An item that cannot be read back counts as differing, with the reason.
fn judge(item: &ToVerify, answer: Result<Facets, Problem>) -> (i64, Compared, Option<Problem>) {
    if item.stands && is_amiss(item, &answer) {
        return (item.id, Compared::Stands, None);
    }
    match answer {
        Ok(facets) => {
            let differences: Vec<&str> = facets.differences(&item.facets).iter().map(|facet| facet.name()).collect();
            if differences.is_empty() {
                return (item.id, Compared::Equal, None);
            }
            let differs = Problem::new(Kind::Item, Side::Target, Guidance::TargetItemDiffers);
            (item.id, Compared::Differs, Some(differs.with("facets", differences.join(", "))))
        }
        Err(problem) if problem.guidance == Guidance::TargetItemMissing => {
            (item.id, Compared::Missing, Some(problem))
        }
        Err(problem) => (item.id, Compared::Differs, Some(problem)),
    }
}
