//! Verify: everything that was moved is compared item by item: as it is at the source now, as it was sent, and as it is
//! on the target now. What came to the source since is counted, and the directory is asked for every mailbox, contact,
//! group and membership.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tokio_util::sync::CancellationToken;

use super::ledger::books::{self, Scope as Of};
use super::ledger::items::Stamp;
use super::ledger::recipients::{self, Detail, Record};
use super::ledger::verdicts::{self, Ended};
use super::ledger::{batches, problems};
use super::migration::Core;
use super::pacer::{Scope as Pace, so_many};
use super::plan::MAILBOXES_AT_A_TIME;
use super::problem::{Kind, Problem};
use super::retry::Caller;
use super::run::Phase;
use super::settling::Settling;
use super::verdict::{self, Arrivals, Comparison, ConsistencyGrade, MailboxVerdict, Scope, Verdict};
use super::waiting::Waits;

mod arrivals;
mod directory;
mod elsewhere;
mod items;

use items::Mailbox;

struct Verifier<'a> {
    core: &'a Core,
    stop: &'a CancellationToken,
    waits: &'a Waits,
    progress: &'a (dyn Fn(u64) + Send + Sync),
    compared: AtomicU64,
    batch: i64,
    scope: Scope,
    /// Nothing at the source can be asked any more, such as with a password that no longer holds.
    source_closed: Mutex<Option<Problem>>,
    settling: Settling,
}

/// Verifies everything, or a sample of the items. What is found is kept in the ledger, for the reports and the proof.
pub(crate) async fn verify(
    core: &Core,
    scope: Scope,
    stop: &CancellationToken,
    waits: &Waits,
    progress: &(dyn Fn(u64) + Send + Sync),
) -> Result<Verdict, Problem> {
    let (batch, records) = core
        .ledger
        .write(|db| {
            verdicts::forget(db)?;
            problems::clear_phase(db, Phase::Verify.name())?;
            Ok((batches::last(db)?.map_or(0, |batch| batch.id), recipients::all(db)?))
        })
        .await?;
    let (compared, source_closed) = (AtomicU64::new(0), Mutex::new(None));
    let settling = Settling::begin(core);
    let verifier = Verifier { core, stop, waits, progress, compared, batch, scope, source_closed, settling };
    let mailboxes = records.iter().filter(|record| matches!(record.detail, Detail::Mailbox(_)));
    let work = mailboxes.map(|record| verifier.mailbox(record)).collect();
    let mut mailboxes =
        so_many(MAILBOXES_AT_A_TIME, work).await.into_iter().collect::<Result<Vec<MailboxVerdict>, Problem>>()?;
    mailboxes.sort_by_key(|mailbox| mailbox.address.key());
    let directory = verifier.directory(&records).await?;
    let (mut compared, mut arrivals) = (Comparison::default(), Arrivals::default());
    for mailbox in &mailboxes {
        compared += mailbox.compared;
        arrivals += mailbox.arrivals;
    }
    let ended = Ended { at: core.now(), scope, arrivals };
    let books = core
        .ledger
        .write(move |db| {
            verdicts::end(db, &ended)?;
            books::count(db, Of::Migration, batch)
        })
        .await?;
    Ok(Verdict {
        scope,
        books,
        verified: compared.verified(),
        missing: compared.missing,
        differing: compared.differing,
        compared,
        arrivals,
        mailboxes,
        directory,
        unseen: verdict::unseen(),
    })
}

impl Verifier<'_> {
    fn stamp(&self) -> Stamp {
        Stamp { batch: self.batch, now: self.core.now(), phase: Phase::Verify }
    }

    fn caller(&self, pace: &Arc<Pace>) -> Caller {
        self.core.caller(pace, self.stop).heard_by(self.waits.clone())
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
        let mailbox = Mailbox::new(self, record);
        match mailbox.compare().await {
            Err(problem) if problem.kind == Kind::Run => return Err(problem),
            Err(problem) => self.note(record, problem).await?,
            Ok(()) => {}
        }
        let arrivals = mailbox.arrivals().await?;
        let (books, counts) = self
            .core
            .ledger
            .read(move |db| {
                let of = Of::Recipient(id);
                Ok((books::count(db, of, batch)?, verdicts::counts(db, of)?))
            })
            .await?;
        let failed = record.state.is_failure();
        let compared = Comparison { left_out: mailbox.left_out.load(Ordering::Relaxed), ..counts };
        let uncompared = books.arrived().saturating_sub(compared.asked());
        Ok(MailboxVerdict {
            address: record.detail.address().clone(),
            books,
            verified: counts.verified(),
            missing: counts.missing,
            differing: counts.differing,
            compared,
            arrivals,
            grade: ConsistencyGrade::of(&books, counts.missing, counts.differing + uncompared, failed),
        })
    }
}
