//! What is not under its id on the target: somebody moved it there (which gives it another id), somebody deleted it there,
//! or it is lost. It counts as deleted there only if it was found whole before, and if not far more than usual is gone.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::items::Mailbox;
use crate::engine::copy::batches;
use crate::engine::item::{ItemId, MailboxId};
use crate::engine::leave;
use crate::engine::ledger::record::Likeness;
use crate::engine::ledger::verdicts::{self, Compared, NotFound};
use crate::engine::ledger::{items, paths};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recovery;
use crate::engine::verdict::Scope;

/// So many items may be all of a mailbox that is gone, and still be what somebody did there.
const HANDFUL: u64 = 10;

/// Something on the target that is no item's copy.
struct Stray {
    id: ItemId,
    size: u64,
    /// The folder that it lies in, as the source calls it, or as it is called there.
    folder: Arc<str>,
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
    /// Takes one that looks like this item and is as `fit` wants it; answers its folder.
    fn take(&mut self, lost: &NotFound, fit: impl Fn(Option<[u8; 32]>) -> bool) -> Option<Arc<str>> {
        let Strays { all, like } = self;
        let mut alike = like.get(&lost.likeness).into_iter().flatten();
        let found = alike.find(|n| !all[**n].taken && fit(all[**n].is))?;
        all[*found].taken = true;
        Some(all[*found].folder.clone())
    }

    /// Takes one for each of these items that it can; answers those with their folders, and the others.
    fn take_each(
        &mut self,
        lost: Vec<NotFound>,
        fit: impl Fn(&NotFound, Option<[u8; 32]>) -> bool,
    ) -> (Vec<(NotFound, Arc<str>)>, Vec<NotFound>) {
        let (mut found, mut others) = (Vec::new(), Vec::new());
        for lost in lost {
            match self.take(&lost, |is| fit(&lost, is)) {
                Some(folder) => found.push((lost, folder)),
                None => others.push(lost),
            }
        }
        (found, others)
    }
}

/// What is told of an item that is not where it was put.
fn told(guidance: Guidance) -> Problem {
    Problem::new(Kind::Item, Side::Target, guidance)
}

impl Mailbox<'_> {
    /// Explains what was not found in this mailbox, as far as it can be; the rest stays missing.
    pub(super) async fn explain_missing(&self, mailbox: &MailboxId) -> Result<(), Problem> {
        let (ledger, id) = (&self.verifier.core.ledger, self.record.id);
        let lost = ledger.read(move |db| verdicts::not_found(db, id)).await?;
        let Some(folder) = lost.first().map(|lost| lost.folder) else { return Ok(()) };
        let mut strays = self.strays(mailbox, folder, &lost).await?;
        let (as_sent, others) = strays.take_each(lost, |lost, is| is.is_some_and(|is| lost.was_sent(is)));
        let whole = others.into_iter().filter(|lost| lost.whole).collect();
        let (edited, others) = strays.take_each(whole, |_, is| is.is_some());
        let moved: Vec<_> = as_sent.into_iter().chain(edited).collect();
        let left =
            self.still_there.load(Ordering::Relaxed) + moved.iter().filter(|(lost, _)| lost.whole).count() as u64;
        let to =
            |(lost, folder): (NotFound, Arc<str>)| (lost, told(Guidance::TargetItemMoved).with("folder", folder));
        self.explain(moved.into_iter().map(to).collect(), Compared::Stands).await?;
        // What may lie there and cannot be read was not deleted for certain.
        let (_, gone) = strays.take_each(others, |_, _| true);
        let (before, now): (Vec<_>, Vec<_>) = gone.into_iter().partition(|lost| lost.told);
        let removed = |lost: Vec<NotFound>| lost.into_iter().map(|lost| (lost, told(Guidance::TargetItemRemoved)));
        self.explain(removed(before).collect(), Compared::Removed).await?;
        match self.much(now.len() as u64, left).await? {
            Some(problem) => self.verifier.note(self.record, problem).await,
            None => self.explain(removed(now).collect(), Compared::Removed).await,
        }
    }

    /// What became of these on the target, in the ledger.
    async fn explain(&self, items: Vec<(NotFound, Problem)>, compared: Compared) -> Result<(), Problem> {
        let stamp = self.verifier.stamp();
        let tell = move |db: &rusqlite::Connection| {
            items.iter().try_for_each(|(lost, why)| verdicts::explain(db, lost.id, compared, why, stamp))
        };
        self.verifier.core.ledger.write(move |db| tell(db)).await
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
        let recipient = self.record.id;
        let counterparts = core.ledger.read(move |db| paths::of_counterparts(db, recipient)).await?;
        let folders = self.target.call(|| core.parts.target.folders(mailbox)).await?;
        let tree: paths::Tree = folders
            .iter()
            .map(|folder| {
                (folder.id.0.as_str(), (folder.name.as_str(), folder.parent.as_ref().map(|id| id.0.as_str())))
            })
            .collect();
        let path = |place: &str| paths::shown(&paths::path(&tree, place));
        for place in &folders {
            let known = counterparts.get(&place.id.0).cloned();
            let name: Arc<str> = known.unwrap_or_else(|| path(&place.id.0)).into();
            for there in recovery::look_into(core.parts.target.as_ref(), &self.target, mailbox, &place.id).await? {
                let known: Vec<_> = Likeness::all_of(&there).filter(|likeness| wanted.contains(likeness)).collect();
                if known.is_empty() || claimed.contains(&there.id) {
                    continue;
                }
                let place = strays.all.len();
                known.into_iter().for_each(|likeness| strays.like.entry(likeness).or_default().push(place));
                let folder = name.clone();
                strays.all.push(Stray { id: there.id, size: there.size, folder, is: None, taken: false });
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
