//! Keeping in step: what the source says has changed since the last time is taken into the ledger, page by page; edits
//! of what was moved are carried across, except to copies that somebody changed on the target.

use std::collections::HashMap;

use tokio::sync::Mutex;

use super::books::Place;
use super::budget::is_beyond;
use super::copies::{self, Now};
use super::copy::{self, batches};
use super::doubts;
use super::folders as mapping;
use super::item::{Change, ChangePage, Content, Facet, Facets, FolderId, ItemId, MailboxId, Summary};
use super::ledger::copies::{self as kept, TargetCopy};
use super::ledger::folders;
use super::ledger::items::{self, Changed, Intent, Known, Stamp};
use super::mailbox::Job;
use super::pacer::{TARGET_AT_A_TIME, so_many, upload_of};
use super::problem::{Guidance, Kind, Problem, Side};
use super::recovery::Looked;
use super::retry::Repeat;

/// Items in one description at most: the port's bound.
const ITEMS_A_DESCRIPTION: usize = 100;
/// Edited items taken from the ledger at a time.
const ITEMS_A_PAGE: usize = 200;

/// How often a folder's enumeration begins anew in one run because the source does not know its own states.
const MOST_RESTARTS: u32 = 3;

/// What a page says of one item, after all its changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    There { changed: bool },
    Gone,
}

/// Takes a folder's changes into the ledger. What was said to be gone of its items alone is so if the folder says so.
pub(crate) async fn take_in(job: &Job, folder: &folders::Record) -> Result<(), Problem> {
    let doubts = doubts::of(job, folder).await?;
    take_in_all(job, folder).await?;
    doubts::settle(job, folder, doubts).await
}

/// Without a usable sync state the whole folder is enumerated and compared with the ledger.
async fn take_in_all(job: &Job, folder: &folders::Record) -> Result<(), Problem> {
    let core = &job.run.core;
    let id = folder.id;
    let mut since = folder.sync_state.clone();
    let mut walk = (folder.walk, folder.walking);
    if since.is_none() {
        walk = (core.ledger.write(move |db| folders::begin_walk(db, id)).await?, true);
    }
    let mut restarts = 0;
    loop {
        let asked =
            job.source.call(|| core.parts.source.changes(job.address(), &folder.source, since.as_deref())).await;
        let page = match asked {
            Ok(page) => page,
            Err(problem)
                if problem.guidance == Guidance::SourceSyncStateExpired
                    && since.is_some()
                    && restarts < MOST_RESTARTS =>
            {
                restarts += 1;
                walk = (core.ledger.write(move |db| folders::begin_walk(db, id)).await?, true);
                since = None;
                continue;
            }
            Err(problem) if problem.guidance == Guidance::SourceFolderGone => {
                return gone(job, folder, problem).await;
            }
            Err(problem) => return Err(problem),
        };
        if !page.last && since.as_ref() == Some(&page.sync_state) {
            return Err(Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAnswerMalformed)
                .with("what", "a page of changes that leads nowhere"));
        }
        since = Some(page.sync_state.clone());
        let last = page.last;
        take_in_page(job, folder, page, walk).await?;
        if last {
            return Ok(());
        }
    }
}

/// A folder that is said to be gone is so if a new list of the source's folders lacks it as well. Otherwise its mailbox fails
/// for now: one answer alone lets nothing go.
async fn gone(job: &Job, folder: &folders::Record, problem: Problem) -> Result<(), Problem> {
    if mapping::has(&mapping::list(job).await?, folder) {
        return Err(Problem { kind: Kind::Retry, ..problem }.with("folder", &folder.name));
    }
    let (id, batch) = (folder.id, job.run.batch.id);
    job.run.core.ledger.write(move |db| folders::gone(db, id, batch)).await
}

/// One page: described first, then written together with the state that leads on from it.
async fn take_in_page(
    job: &Job,
    folder: &folders::Record,
    page: ChangePage,
    walk: (i64, bool),
) -> Result<(), Problem> {
    let (ledger, name, folder) = (&job.run.core.ledger, &folder.name, folder.id);
    let said = in_short(page.changes);
    let ids: Vec<ItemId> = said.iter().map(|(id, _)| id.clone()).collect();
    let known = ledger.read(move |db| items::known(db, folder, &ids)).await?;
    let new: Vec<ItemId> = said
        .iter()
        .filter(|(id, said)| *said != Said::Gone && !known.contains_key(id))
        .map(|(id, _)| id.clone())
        .collect();
    let described = describe(job, new).await?;
    let (stamp, batch, state, last) = (job.stamp(), job.run.batch.id, page.sync_state, page.last);
    let lost = ledger
        .write(move |db| {
            for (id, said) in &said {
                if let Some(known) = known.get(id) {
                    take_in_known(db, *known, *said, walk, stamp)?;
                }
            }
            let mut lost = Vec::new();
            for (summary, problem) in described {
                let item = items::add(db, folder, walk.0, &summary, stamp)?;
                if let Some(problem) = problem {
                    items::give_up(db, item, copy::place_after(&problem), &problem, stamp)?;
                    lost.push((item, summary.subject, problem));
                }
            }
            folders::advance(db, folder, &state, last, batch)?;
            Ok(lost)
        })
        .await?;
    lost.into_iter().for_each(|(item, subject, problem)| job.tell(item, name, &subject, problem));
    Ok(())
}

/// A full enumeration that is not the first cannot say what was edited meanwhile: everything it meets is compared.
fn take_in_known(
    db: &rusqlite::Connection,
    known: Known,
    said: Said,
    walk: (i64, bool),
    stamp: Stamp,
) -> rusqlite::Result<()> {
    match said {
        Said::Gone if known.place == Place::Gone => Ok(()),
        Said::Gone => items::gone(db, known.id, stamp),
        Said::There { changed } => items::met(db, known, walk.0, changed || walk.1 && walk.0 > 1),
    }
}

/// The last word of a page on each item, in the order of first mention.
pub(super) fn in_short(changes: Vec<Change>) -> Vec<(ItemId, Said)> {
    let mut places: HashMap<ItemId, usize> = HashMap::new();
    let mut said: Vec<(ItemId, Said)> = Vec::with_capacity(changes.len());
    for change in changes {
        let (id, word) = match change {
            Change::Created(id) => (id, Said::There { changed: false }),
            Change::Updated(id) | Change::ReadFlag(id) => (id, Said::There { changed: true }),
            Change::Gone(id) => (id, Said::Gone),
        };
        match places.get(&id) {
            Some(place) => said[*place].1 = word,
            None => {
                places.insert(id.clone(), said.len());
                said.push((id, word));
            }
        }
    }
    said
}

/// What new items are; with the problem of those that cannot even be described or that the target does not take.
pub(crate) async fn describe(job: &Job, ids: Vec<ItemId>) -> Result<Vec<(Summary, Option<Problem>)>, Problem> {
    let source = &job.run.core.parts.source;
    let mut described = Vec::with_capacity(ids.len());
    for some in ids.chunks(ITEMS_A_DESCRIPTION) {
        let answers = job
            .source
            .each(some.len(), |open| {
                let ids: Vec<ItemId> = open.into_iter().map(|n| some[n].clone()).collect();
                async move { source.describe(job.address(), &ids).await }
            })
            .await?;
        for (id, answer) in some.iter().zip(answers) {
            match answer {
                Ok(summary) => {
                    let problem = too_large(summary.size, job.run.core.parts.target.largest_item());
                    described.push((Summary { id: id.clone(), ..summary }, problem));
                }
                Err(problem) => described.push((unknown(id), Some(doubts::meant(problem)))),
            }
        }
    }
    Ok(described)
}

/// An item that the target certainly does not take is never read.
fn too_large(size: u64, limit: u64) -> Option<Problem> {
    let problem = || Problem::new(Kind::Item, Side::Target, Guidance::TargetItemTooLarge);
    is_beyond(size, limit).then(|| problem().with("size", size).with("limit", limit))
}

fn unknown(id: &ItemId) -> Summary {
    let (class, subject, sender) = (String::new(), String::new(), String::new());
    Summary { id: id.clone(), class, subject, size: 0, search_key: None, date: None, identity: None, sender }
}

/// Reads edited items again and replaces their copies, if they really differ from what was moved.
pub(crate) async fn carry_edits(job: &Job, mailbox: &MailboxId, folder: &folders::Record) -> Result<(), Problem> {
    let (id, mut after) = (folder.id, 0);
    let looked = Mutex::new(Looked::new(job, mailbox));
    loop {
        let page = job.run.core.ledger.read(move |db| items::changed(db, id, after, ITEMS_A_PAGE)).await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        for batch in batches(page, |item| item.size) {
            let core = &job.run.core;
            let share = core.budget.take(batch.iter().map(|item| core.parts.source.weight(item.size))).await?;
            let ids: Vec<ItemId> = batch.iter().map(|item| item.source.clone()).collect();
            let contents = copy::read(job, &ids).await?;
            let edits = edited(job, folder, batch, contents).await?;
            let known: Vec<_> = edits.iter().map(|(item, _)| &item.copy).collect();
            let seen = copies::now(job, mailbox, &known).await?;
            let triples = edits.into_iter().zip(seen);
            let work = triples
                .map(|((item, content), now)| carry(job, mailbox, folder, item, content, now, &looked))
                .collect();
            so_many(TARGET_AT_A_TIME, work).await.into_iter().collect::<Result<(), Problem>>()?;
            drop(share);
        }
    }
}

/// Those that really differ from what was moved, with their content. The others are in step, or cannot be read.
async fn edited(
    job: &Job,
    folder: &folders::Record,
    batch: Vec<Changed>,
    contents: Vec<Result<Content, Problem>>,
) -> Result<Vec<(Changed, Content)>, Problem> {
    let mut edits = Vec::new();
    for (item, content) in batch.into_iter().zip(contents) {
        match content {
            Err(problem) => give_up(job, folder, &item, problem).await?,
            Ok(content) => {
                let copy = &item.copy;
                // Of one that may be another's and lies elsewhere it is yet to be told if somebody changed it there.
                let certain = !item.unsure || item.place.is_none();
                let same = || copy.replacing.is_none() && content.facets.differences(&copy.facets).is_empty();
                if certain && !item.stands && same() {
                    let id = item.id;
                    job.run.core.ledger.write(move |db| items::in_step(db, id, None)).await?;
                } else {
                    edits.push((item, content));
                }
            }
        }
    }
    Ok(edits)
}

/// Carries one edit across, given what its copy is like now and what was seen in the folder.
async fn carry(
    job: &Job,
    mailbox: &MailboxId,
    folder: &folders::Record,
    item: Changed,
    content: Content,
    now: Now,
    looked: &Mutex<Looked<'_>>,
) -> Result<(), Problem> {
    let ledger = &job.run.core.ledger;
    let Some(place) = item.place.clone().or_else(|| folder.target.clone()) else { return Ok(()) };
    let id = item.id;
    let own = !item.unsure || is_same(&content.facets, &item.copy);
    let (copy, now) = match now {
        // An earlier replacement, whose answer was lost, may have given it a new id.
        Now::Missing => match found(job, mailbox, folder, &place, &item, &mut *looked.lock().await).await? {
            Some(found) => found,
            None if !own => return give_back(job, item).await,
            // Somebody deleted it there, which stands; if they had changed it before, it stays told.
            None if item.stands => return job.stand(id, &folder.name, &item.subject, true).await,
            None => return ledger.write(move |db| items::in_step(db, id, None)).await,
        },
        now => (item.copy.id.clone(), now),
    };
    let intent = Intent::of(&content);
    match now {
        Now::Ours(is) | Now::Changed(is) if is.differences(&content.facets).is_empty() => {
            ledger.write(move |db| items::in_step(db, id, Some((&copy, &intent)))).await
        }
        Now::Ours(is) => {
            let (kept, seen, to, at) = (intent.clone(), is.clone(), copy.clone(), job.run.core.now());
            ledger.write(move |db| items::intend_replacement(db, id, &to, &seen, &kept, at)).await?;
            let upload = upload_of(content.summary.size);
            let seen = TargetCopy { id: copy, facets: is, replacing: None, since: item.copy.since };
            let replace = || replace_unchanged(job, mailbox, &place, &seen, &content);
            match job.target.upload(Repeat::OnlyIfUndone, upload, None, replace).await {
                Ok(new) => ledger.write(move |db| items::in_step(db, id, Some((&new, &intent)))).await,
                Err(problem) if matches!(problem.kind, Kind::Item | Kind::Retry) => {
                    give_up(job, folder, &item, problem).await
                }
                // What refuses or puts off a request as such concerns more than the item.
                Err(problem) => Err(problem),
            }
        }
        Now::Changed(_) if !own => give_back(job, item).await,
        Now::Changed(_) => job.stand(id, &folder.name, &item.subject, item.stands).await,
        Now::Unknown(problem) => give_up(job, folder, &item, problem).await,
        Now::Missing => Ok(()),
    }
}

/// Whether an item is, but for its flags, what we put there: then its copy is its own, or of an equal one.
fn is_same(content: &Facets, copy: &TargetCopy) -> bool {
    let same = |sent: &Facets| content.differences(sent).iter().all(|facet| *facet == Facet::State);
    same(&copy.facets) || copy.replacing.as_ref().is_some_and(same)
}

/// It got its copy for its looks, and somebody changed that or deleted it. What was there looked like the item and was not:
/// whether it was the item before an edit or another one nobody can say. So the item is copied anew: it may be there in an
/// older shape as well, but it is never lost.
async fn give_back(job: &Job, item: Changed) -> Result<(), Problem> {
    job.run.core.ledger.write(move |db| kept::give_back(db, item.id)).await?;
    job.row.shift(job.place_there(item.batch), Place::Waiting, 0);
    Ok(())
}

/// A copy that is not under its id: the one in its place that looks like it and is no other item's, and what that is like.
async fn found(
    job: &Job,
    mailbox: &MailboxId,
    folder: &folders::Record,
    place: &FolderId,
    item: &Changed,
    looked: &mut Looked<'_>,
) -> Result<Option<(ItemId, Now)>, Problem> {
    let Some(id) = looked.find((item.id, folder.id), &item.likeness, vec![place.clone()], None).await? else {
        return Ok(None);
    };
    let copy = TargetCopy { id: id.clone(), ..item.copy.clone() };
    let now = copies::now(job, mailbox, &[&copy]).await?;
    Ok(now.into_iter().next().filter(|now| *now != Now::Missing).map(|now| (id, now)))
}

/// Replaces a copy that is still what was seen; there may have been pauses since. What is something else now, or whose
/// answer is lost, is looked at anew in the next round, with all that looking takes.
async fn replace_unchanged(
    job: &Job,
    mailbox: &MailboxId,
    place: &FolderId,
    seen: &TargetCopy,
    content: &Content,
) -> Result<ItemId, Problem> {
    let changed = |guidance| Problem::new(Kind::Retry, Side::Target, guidance);
    match copies::at_this_moment(job, mailbox, seen).await? {
        Now::Changed(_) => Err(changed(Guidance::TargetItemChanged)),
        Now::Missing => Err(changed(Guidance::TargetItemMissing)),
        Now::Unknown(problem) => Err(problem),
        Now::Ours(_) => match job.run.core.parts.target.replace(mailbox, place, &seen.id, content).await {
            Err(problem) if problem.guidance == Guidance::TargetItemMissing => Err(changed(problem.guidance)),
            answer => answer,
        },
    }
}

/// Ends an item whose edit cannot be carried across.
async fn give_up(job: &Job, folder: &folders::Record, item: &Changed, problem: Problem) -> Result<(), Problem> {
    job.give_up(item.id, job.place_there(item.batch), &folder.name, &item.subject, problem).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_of_a_page_counts() {
        let id = |n: &str| ItemId(n.to_string());
        let said = in_short(vec![
            Change::Created(id("a")),
            Change::Updated(id("b")),
            Change::Gone(id("a")),
            Change::Gone(id("c")),
            Change::Created(id("c")),
        ]);
        assert_eq!(
            said,
            [
                (id("a"), Said::Gone),
                (id("b"), Said::There { changed: true }),
                (id("c"), Said::There { changed: false })
            ]
        );
    }
}
