//! What is not under its id on the target: somebody moved it there (which gives it another id), somebody deleted it there,
//! or it is lost. It counts as deleted there only if it was found whole before, and if not far more than usual is gone.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::Ordering;

use super::items::Mailbox;
use crate::engine::copy::batches;
use crate::engine::item::{ItemId, MailboxId};
use crate::engine::leave;
use crate::engine::ledger::items;
use crate::engine::ledger::record::Likeness;
use crate::engine::ledger::verdicts::{self, Compared, NotFound};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recovery;
use crate::engine::verdict::Scope;

/// So many items may be all of a mailbox that is gone, and still be what somebody did there.
const HANDFUL: u64 = 10;

/// Something on the target that is no item's copy.
struct Stray {
    id: ItemId,
    size: u64,
    /// What it is like, in short, if that could be read.
    is: Option<[u8; 32]>,
    taken: bool,
}

/// Those of a mailbox, and by what they can be known.
#[derive(Default)]
struct Strays {
    all: Vec<Stray>,
    like: HashMap<Likeness, Vec<usize>>,
}

impl Strays {
    /// Takes one that looks like this item and is as `fit` wants it.
    fn take(&mut self, lost: &NotFound, fit: impl Fn(Option<[u8; 32]>) -> bool) -> bool {
        let Strays { all, like } = self;
        let mut alike = like.get(&lost.likeness).into_iter().flatten();
        let found = alike.find(|n| !all[**n].taken && fit(all[**n].is));
        found.map(|n| all[*n].taken = true).is_some()
    }
}

impl Mailbox<'_> {
    /// Explains what was not found in this mailbox, as far as it can be; the rest stays missing.
    pub(super) async fn explain_missing(&self, mailbox: &MailboxId) -> Result<(), Problem> {
        let (ledger, id) = (&self.verifier.core.ledger, self.record.id);
        let lost = ledger.read(move |db| verdicts::not_found(db, id)).await?;
        let Some(folder) = lost.first().map(|lost| lost.folder) else { return Ok(()) };
        let mut strays = self.strays(mailbox, folder, &lost).await?;
        let (as_sent, others): (Vec<_>, Vec<_>) =
            lost.into_iter().partition(|lost| strays.take(lost, |is| is.is_some_and(|is| lost.was_sent(is))));
        let whole = others.into_iter().filter(|lost| lost.whole);
        let (edited, others): (Vec<_>, Vec<_>) = whole.partition(|lost| strays.take(lost, |is| is.is_some()));
        let moved: Vec<NotFound> = as_sent.into_iter().chain(edited).collect();
        let left = self.still_there.load(Ordering::Relaxed) + moved.iter().filter(|lost| lost.whole).count() as u64;
        self.told(moved, Compared::Stands, Guidance::TargetItemMoved).await?;
        // What may lie there and cannot be read was not deleted for certain.
        let gone = others.into_iter().filter(|lost| !strays.take(lost, |_| true));
        let (before, now): (Vec<_>, Vec<_>) = gone.partition(|lost| lost.told);
        self.told(before, Compared::Removed, Guidance::TargetItemRemoved).await?;
        match self.much(now.len() as u64, left).await? {
            Some(problem) => self.verifier.note(self.record, problem).await,
            None => self.told(now, Compared::Removed, Guidance::TargetItemRemoved).await,
        }
    }

    async fn told(&self, items: Vec<NotFound>, compared: Compared, guidance: Guidance) -> Result<(), Problem> {
        let (problem, stamp) = (Problem::new(Kind::Item, Side::Target, guidance), self.verifier.stamp());
        let ledger = &self.verifier.core.ledger;
        let tell = move |db: &rusqlite::Connection| {
            items.iter().try_for_each(|lost| verdicts::explain(db, lost.id, compared, &problem, stamp))
        };
        ledger.write(move |db| tell(db)).await
    }

    /// Far more than usual went from this mailbox at once, or nothing is left of what was there before: nobody's will, as
    /// far as can be told. Of a sample it is reckoned how many that makes in all.
    async fn much(&self, gone: u64, left: u64) -> Result<Option<Problem>, Problem> {
        let id = self.record.id;
        let held = self.verifier.core.ledger.read(move |db| verdicts::held(db, id)).await?;
        let in_all = |drawn: u64| match self.verifier.scope {
            Scope::Full => drawn,
            Scope::Sample { percent, .. } => drawn.saturating_mul(100) / u64::from(percent.max(1)),
        };
        let problem = || Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetMuchGone);
        let much = leave::is_much(in_all(gone), in_all(held)) || left == 0 && in_all(gone) > HANDFUL;
        Ok(much.then(|| problem().with("gone", gone).with("held", held)))
    }

    /// What is in the mailbox's folders, looks like one of these and is nobody's copy; with what it is like.
    async fn strays(&self, mailbox: &MailboxId, folder: i64, lost: &[NotFound]) -> Result<Strays, Problem> {
        let (core, mut strays) = (self.verifier.core, Strays::default());
        let wanted: HashSet<&Likeness> = lost.iter().map(|lost| &lost.likeness).collect();
        let claimed = core.ledger.read(move |db| items::claimed(db, folder)).await?;
        for place in self.target.call(|| core.parts.target.folders(mailbox)).await? {
            for there in recovery::look_into(core.parts.target.as_ref(), &self.target, mailbox, &place.id).await? {
                let known: Vec<_> = Likeness::all_of(&there).filter(|likeness| wanted.contains(likeness)).collect();
                if known.is_empty() || claimed.contains(&there.id) {
                    continue;
                }
                let place = strays.all.len();
                known.into_iter().for_each(|likeness| strays.like.entry(likeness).or_default().push(place));
                strays.all.push(Stray { id: there.id, size: there.size, is: None, taken: false });
            }
        }
        for some in batches(strays.all.iter_mut().collect(), |stray: &&mut Stray| stray.size) {
            let share = core.budget.take(some.iter().map(|stray| stray.size)).await?;
            let ask = |open: Vec<usize>| {
                let ids: Vec<ItemId> = open.into_iter().map(|n| some[n].id.clone()).collect();
                async move { core.parts.target.facets(mailbox, &ids).await }
            };
            let answers = self.target.each(some.len(), ask).await?;
            drop(share);
            for (stray, answer) in some.into_iter().zip(answers) {
                stray.is = answer.ok().map(|facets| facets.digest());
            }
        }
        Ok(strays)
    }
}
