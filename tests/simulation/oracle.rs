//! Judges what came of a migration by the truth alone: the source as it is, what people did, and the target as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::lenient::{Lenient, Tally};
use crate::memory::{Fields, TargetItem, World};
use crate::sides::{Items, Sides, counterpart, folders_apart, name};
use crate::truth::{Life, Theirs, Truth, looks_like, mark_of};
use crate::world::unmovable;

/// What is wrong with a mailbox. What must never be, at any moment; and for what nobody touched at the source after `since`
/// whether it is there as it should be, but for so many that may have failed. Answers how often it had to be lenient.
pub fn mailbox(
    world: &World,
    truth: &Truth,
    address: &str,
    since: Option<Duration>,
    failed: u64,
) -> Result<Tally, String> {
    let sides = Sides::of(world, address);
    let (none, nothing) = (Items::new(), Vec::new());
    let (mut wrong, mut tally) = (Vec::new(), Tally::default());
    for mark in sides.target.keys() {
        if truth.lives.get(mark).is_none_or(|life| life.address != address) {
            return Err(format!("{address}: {mark} is on the target and was never at the source"));
        }
    }
    stands(&sides, truth, address)?;
    for (mark, life) in truth.lives.iter().filter(|(_, life)| life.address == address) {
        let here = sides.source.get(mark).unwrap_or(&none);
        let there = sides.target.get(mark).unwrap_or(&nothing);
        let told = |why| format!("{address}: {mark} {why}\n  source {here:?}\n  target {there:?}\n  {life:?}");
        let case = Case { life, here, there, sides: &sides, truth, since: since.unwrap_or_default() };
        case.never().map_err(told)?;
        if since.is_some_and(|since| life.touched() <= since) {
            tally.count(Lenient::Judged);
            if let Err(why) = case.right(&mut tally) {
                wrong.push(told(why));
            }
        }
    }
    if wrong.len() as u64 > failed {
        return Err(format!("{} wrong, {failed} failed: {}", wrong.len(), wrong.join("\n")));
    }
    wrong.iter().for_each(|_| tally.count(Lenient::Failed));
    folders_apart(&sides, truth, address)?;
    Ok(tally)
}

/// Nothing was done to what users of the target had changed. What they made like the source, at whatever time, is as we would
/// have put it there: nobody can tell whose it is.
pub fn trespasses(world: &World, truth: &Truth) -> Result<(), String> {
    let theirs = |fields: &Fields| !is_like_source(fields, truth);
    let state = world.state();
    let wrong = state.trespasses.iter().find(|(fields, _)| fields.as_ref().is_none_or(theirs));
    wrong.map_or(Ok(()), |wrong| Err(format!("{wrong:?}")))
}

fn is_like_source(fields: &Fields, truth: &Truth) -> bool {
    truth.lives.get(mark_of(fields)).is_some_and(|life| life.versions.contains(fields))
}

/// What users of the target made of copies while no pass was under way is there, each as they left it.
fn stands(sides: &Sides, truth: &Truth, address: &str) -> Result<(), String> {
    let copies: BTreeMap<u64, &TargetItem> =
        sides.target.values().flatten().map(|item| (item.past.number, item)).collect();
    for ((_, number), stand) in truth.stands.iter().filter(|((whose, _), _)| whose == address) {
        let copy = copies.get(number);
        let as_left = |copy: &&TargetItem| {
            stand.fields.as_ref().is_none_or(|fields| *fields == copy.fields || is_like_source(fields, truth))
                && stand.folder.as_ref().is_none_or(|folder| *folder == copy.folder)
        };
        let ours = stand.folder.is_none() && stand.fields.as_ref().is_none_or(|fields| is_like_source(fields, truth));
        if !ours && !copy.is_some_and(as_left) {
            return Err(format!("{address}: copy {number} is no longer what a user made of it: {stand:?} {copy:?}"));
        }
    }
    Ok(())
}

/// An item (or equal ones) that nobody touched at the source since the last pass began.
struct Case<'a> {
    life: &'a Life,
    here: &'a Items,
    there: &'a [TargetItem],
    sides: &'a Sides,
    truth: &'a Truth,
    since: Duration,
}

impl Case<'_> {
    /// What must never be. While an item is put into another place (it moved, or a folder around it did) it is in both, until
    /// everything is in step, and in one more each time that it moves again before; what users of the target changed stays
    /// beside it, and so may what it was before.
    fn never(&self) -> Result<(), String> {
        let Case { life, there, .. } = self;
        let passes = self.truth.synced.get(&life.address).map_or(&[][..], Vec::as_slice);
        let in_step = passes.last().map_or(Duration::ZERO, |(began, _)| *began);
        let touches = life.touches.iter().chain(&self.moves_around()).filter(|at| **at > in_step).count();
        let most = life.most.max(life.came) * (1 + touches.max(1));
        let kept = || if self.may_stay() { life.most * life.versions.len() } else { 0 };
        let ours = there.iter().filter(|copy| !copy.is_edited()).count();
        if ours > most && ours > most + kept() + self.uncounted() {
            return Err(format!("is there {} times instead of {}", there.len(), life.most));
        }
        let known = |fields: &Fields| life.versions.contains(fields) || life.their_versions.contains(fields);
        match there.iter().find(|copy| !known(&copy.fields)) {
            Some(copy) => Err(format!("was never {:?}", copy.fields)),
            None => Ok(()),
        }
    }

    /// Whether it is on the target as it is at the source, or as users of the target made it.
    fn right(&self, tally: &mut Tally) -> Result<(), String> {
        let (bad, good): (Items, Items) =
            self.here.iter().cloned().partition(|(_, fields)| unmovable(fields).is_some());
        // Those that nobody changed first: what people made equal to an item counts only where there is nothing else.
        let mut left: Vec<&TargetItem> = self.there.iter().collect();
        left.sort_by_key(|copy| {
            let strange = !self.fits(copy) && !copy.is_moved();
            (copy.is_edited(), strange, copy.is_moved(), self.is_early(copy))
        });
        let (mut lacking, mut own) = (0, Vec::new());
        for (_, fields) in &good {
            match left.iter().position(|copy| copy.fields == *fields && !self.outstays(copy)) {
                Some(place) => own.push(left.remove(place)),
                None => lacking += 1,
            }
        }
        let (theirs, ours): (Vec<_>, Vec<_>) = left.into_iter().partition(|copy| self.is_theirs(copy));
        let theirs = self.lacks(lacking, theirs, tally)?;
        self.firmly_deleted(good.len() + bad.len(), tally)?;
        self.too_many(ours, theirs, good.is_empty(), bad.len(), tally)?;
        self.places(&own, tally)
    }

    /// So many are not there as they are at the source: they are there as users made them, or users deleted them.
    /// Answers what users made that stands for none of them.
    fn lacks<'c>(
        &self,
        lacking: usize,
        mut theirs: Vec<&'c TargetItem>,
        tally: &mut Tally,
    ) -> Result<Vec<&'c TargetItem>, String> {
        let stands = self.there.iter().filter(|copy| self.is_theirs(copy)).count();
        for _ in 0..lacking {
            if let Some(copy) = theirs.pop() {
                tally.count(if copy.is_edited() { Lenient::Edited } else { Lenient::LeftBehind });
            } else if self.deleted() > 0 {
                tally.count(Lenient::Deleted);
            } else {
                tally.count(Lenient::LeftBehind);
            }
        }
        if lacking > stands + self.deleted() + self.edited_twins() {
            Err("is not there as it is".to_string())
        } else {
            Ok(theirs)
        }
    }

    /// Copies that users edited of ones that look the same and are gone: what came elsewhere may be what such a one moved to.
    fn edited_twins(&self) -> usize {
        let gone = self.sides.target.iter().filter(|(mark, _)| !self.sides.source.contains_key(*mark));
        gone.flat_map(|(_, copies)| copies).filter(|copy| copy.is_edited() && self.is_like(&copy.past.put)).count()
    }

    /// Whether users touched a copy before its arrival was known.
    fn is_early(&self, copy: &TargetItem) -> bool {
        self.truth.early.contains(&(self.life.address.clone(), copy.past.number))
    }

    /// When folders around it were put into others: until its copy is in the new one's, it is in both.
    fn moves_around(&self) -> Vec<Duration> {
        let (mut moves, mut seen) = (Vec::new(), BTreeSet::new());
        let mut around: Vec<&String> = self.life.places.iter().collect();
        while let Some(folder) = around.pop() {
            let place = self.truth.places.get(&(self.life.address.clone(), folder.clone()));
            let Some(place) = place.filter(|_| seen.insert(folder)) else { continue };
            moves.extend(&place.moves);
            around.extend(&place.parents);
        }
        moves
    }

    /// Whether a copy is as users made it. Or it lacks an edit: one that met theirs, which they took back since, or which was
    /// the same until they changed it again; or one after they had moved it while the answer to its replacement was lost,
    /// which gave it another id.
    fn is_theirs(&self, copy: &TargetItem) -> bool {
        let taken_back = self.life.restored.last().is_some_and(|at| *at > self.since);
        let told = copy.past.told.as_ref().filter(|told| **told != copy.fields);
        let was_the_same = told.is_some_and(|told| self.life.versions.contains(told));
        let here = self.here.iter().filter(|(_, fields)| *fields == copy.fields).count();
        let old = here < self.there.iter().filter(|other| other.fields == copy.fields).count();
        copy.is_edited() || old && (taken_back || was_the_same || is_astray(copy))
    }

    /// How many copies users deleted for good, so that they may be lacking. One that got a new id at the source since is
    /// made again, for it may be wanted in its new place; of several that look alike nobody knows which that is.
    fn deleted(&self) -> usize {
        let alone = self.life.most == 1 && self.life.came == 1 && !self.has_twins();
        let all = self.life.deletions();
        all.filter(|(at, _)| !alone || *at >= self.life.renewed.0).count()
    }

    /// What users deleted when it was known to have arrived, under the id that it has at the source, is not put back. What was
    /// there beside it by then, on its way into another place, stays.
    fn firmly_deleted(&self, found: usize, tally: &mut Tally) -> Result<(), String> {
        let passes = self.truth.synced.get(&self.life.address).map_or(&[][..], Vec::as_slice);
        let known = |at: Duration| passes.iter().any(|(began, ended)| *began >= self.life.renewed.0 && *ended <= at);
        let firmly = || self.life.deletions().filter(|(at, settled)| *settled && known(*at)).map(|(at, _)| at);
        let most = found.saturating_sub(firmly().count());
        let Some(first) = firmly().min().filter(|_| !self.may_stay()) else { return Ok(()) };
        let ours: Vec<_> = self.there.iter().filter(|copy| !copy.is_edited() && !copy.is_moved()).collect();
        if ours.len() > most && ours.iter().any(|copy| copy.past.made > first) {
            if !self.has_twins() {
                return Err("was put back although users deleted it".to_string());
            }
            tally.count(Lenient::PutBack);
        }
        Ok(())
    }

    /// Copies beside those of what is at the source now.
    fn too_many(
        &self,
        ours: Vec<&TargetItem>,
        theirs: Vec<&TargetItem>,
        gone: bool,
        bad: usize,
        tally: &mut Tally,
    ) -> Result<(), String> {
        let (moved, ours): (Vec<_>, Vec<_>) = ours.into_iter().partition(|copy| copy.is_moved());
        // What people changed or moved does not leave with the item. Where that is there still, it was made again
        // because it, or a folder around it, moved at the source just then, because it could have been another's copy, or
        // because they touched it before its arrival was known.
        let elsewhere = self.life.renewed.1 || !self.moves_around().is_empty();
        for copy in theirs.iter().chain(&moved) {
            if !gone && !self.is_early(copy) && !elsewhere && !self.has_twins() {
                return Err("is there although users changed its only copy".to_string());
            }
            tally.count(if gone { Lenient::Outlives } else { Lenient::Beside });
        }
        // An older version of one that became unmovable.
        let extra = ours.len().saturating_sub(bad);
        if extra > 0 {
            let why = if gone && bad == 0 { "was deleted at the source" } else { "is there too often" };
            let excuse = self.excuse(&ours, extra, gone).ok_or(why)?;
            (0..extra).for_each(|_| tally.count(excuse));
        }
        self.kept(gone && bad == 0, tally)
    }

    /// Why so many copies that nobody changed may be there beside those of what is at the source.
    fn excuse(&self, ours: &[&TargetItem], extra: usize, gone: bool) -> Option<Lenient> {
        if self.all_may_stay(ours) {
            return Some(if self.truth.deletions_stay { Lenient::Kept } else { Lenient::Undescribed });
        }
        if extra <= self.put_back() {
            return Some(if gone { Lenient::Outlives } else { Lenient::Beside });
        }
        if extra <= self.uncounted() {
            return Some(Lenient::Uncounted);
        }
        // One that looks the same and was touched since may have got its copy, and be on its way itself.
        let on_their_way = alike(self.life, self.truth).filter(|other| other.touched() > self.since).count();
        if gone && extra <= on_their_way {
            return Some(Lenient::Passing);
        }
        // One that looks the same and never arrived may be what it moved to.
        if ours.len() <= self.life.most && self.is_lacking() {
            return Some(Lenient::Lacking);
        }
        self.may_be_held().then_some(Lenient::Held)
    }

    /// How many copies users put back: what they had changed or moved when one of them went, or got another id, stays.
    fn put_back(&self) -> usize {
        let one_left = self.here.len() < self.life.most || self.life.renewed.1;
        if one_left { self.life.restored.len() } else { 0 }
    }

    /// Whether a folder was made meanwhile, which is not asked before the next pass: what is gone may have moved there, and
    /// leaves in that.
    fn may_be_held(&self) -> bool {
        self.met_new_folder(self.since, Duration::MAX)
    }

    fn met_new_folder(&self, began: Duration, ended: Duration) -> bool {
        let mut places = self.truth.places.iter().filter(|((address, _), _)| *address == self.life.address);
        places.any(|(_, place)| place.made > began && place.made <= ended)
    }

    /// Whether one that looks the same cannot move.
    fn is_lacking(&self) -> bool {
        let mut source = self.sides.source.values().flatten();
        source.any(|(_, fields)| unmovable(fields).is_some() && self.is_like(fields))
    }

    /// How many may be there once more: where one that looks the same was deleted for good before an answer was found to be
    /// lost, counting cannot tell; of several whose answers were lost at once, each may be made again, also if fewer are left
    /// now. The same where users moved one that looks the same while the answer to its replacement was lost; and where they
    /// deleted one for good, a copy that was replaced under another id may be that one, put elsewhere.
    fn uncounted(&self) -> usize {
        let lost = self.truth.lost_imports.get(&self.life.address).copied().unwrap_or_default();
        let deleted: usize = alike(self.life, self.truth).map(|other| other.deletions().count()).sum();
        let like = || self.sides.target.values().flatten().filter(|copy| self.is_like(&copy.past.put));
        let astray = like().filter(|copy| is_astray(copy)).count();
        let replaced = if self.has_twins() { like().filter(|copy| is_renumbered(copy)).count() } else { 0 };
        lost.min((deleted + astray) * self.life.most.max(1)).max(replaced.min(deleted))
    }

    /// Where deletions stay, one that had arrived is there after it is gone at the source; unless another came that looks
    /// the same, which may have been the same one after an edit.
    fn kept(&self, gone: bool, tally: &mut Tally) -> Result<(), String> {
        let must = gone && self.truth.deletions_stay && self.life.arrived && self.life.deletions().next().is_none();
        match must && self.there.is_empty() {
            true if self.has_twins() => tally.count(Lenient::Taken),
            true => return Err("was to stay".to_string()),
            false => {}
        }
        Ok(())
    }

    fn is_like(&self, fields: &Fields) -> bool {
        let other = Life { versions: vec![fields.clone()], ..Life::default() };
        looks_like(self.life, &other)
    }

    /// Whether copies of what is gone may stay: by choice, or because something came that cannot be described since the
    /// mailbox was last in step, or before it was next: it may be whatever went away elsewhere.
    fn may_stay(&self) -> bool {
        let address = &self.life.address;
        let passes = self.truth.synced.get(address).map_or(&[][..], Vec::as_slice);
        // A pass that met a new folder let nothing go.
        let apart = |came: Duration, touched: Duration| {
            let (first, last) = (came.min(touched), came.max(touched));
            let mut between = passes.iter().filter(|(began, ended)| *began >= first && *ended <= last);
            between.any(|(began, ended)| !self.met_new_folder(*began, *ended))
        };
        let together = |came: &Duration| self.life.touches.iter().any(|touched| !apart(*came, *touched));
        self.truth.deletions_stay || self.truth.undescribed.get(address).is_some_and(|all| all.iter().any(together))
    }

    /// Whether all of these may stay of what is gone. One that got a new id and has no search key of its own may be made anew,
    /// once it was seen there before it was gone here, and stay here too; by choice, that may be each version of it.
    fn all_may_stay(&self, ours: &[&TargetItem]) -> bool {
        let keyed = self.life.versions.iter().any(|fields| !fields.search_key.is_empty()) && !self.has_twins();
        let anew = self.life.renewed.1 && !keyed;
        let few = |version: &Fields| {
            let here = self.here.iter().filter(|(_, fields)| fields == version).count();
            here + ours.iter().filter(|copy| copy.fields == *version).count() <= self.life.most
        };
        let in_all = ours.len() <= self.life.most || anew && self.truth.deletions_stay;
        self.may_stay() && in_all && (anew || self.life.versions.iter().all(few))
    }

    /// Whether a copy is that of an equal one that is gone and may stay, or one that was made again.
    fn outstays(&self, copy: &TargetItem) -> bool {
        let strange = !copy.is_edited() && !copy.is_moved() && !self.fits(copy);
        let movable = self.here.iter().filter(|(_, fields)| unmovable(fields).is_none()).count();
        let put_back = self.put_back() > 0 && movable < self.there.len();
        let stays = || self.may_stay() || put_back || self.uncounted() > 0 || self.is_lacking() || self.may_be_held();
        strange && movable < self.there.len() + self.deleted() && stays()
    }

    fn has_twins(&self) -> bool {
        self.life.came > 1 || alike(self.life, self.truth).count() > 1
    }

    /// Whether it lies in the counterpart of one of the places where it is.
    fn fits(&self, copy: &TargetItem) -> bool {
        let Case { sides, truth, since, life, .. } = *self;
        let places: BTreeSet<&String> = self.here.iter().map(|(folder, _)| folder).collect();
        places.iter().any(|place| counterpart(sides, truth, &life.address, place, &copy.folder, since))
    }

    /// Whether nobody can tell it from another that looks the same and was deleted, if the answer to its replacement was lost:
    /// then it stays where its folder was.
    fn may_be_a_twins(&self, copy: &TargetItem) -> bool {
        let deleted = || alike(self.life, self.truth).any(|other| other.deletions().next().is_some());
        is_renumbered(copy) && self.has_twins() && !self.moves_around().is_empty() && deleted()
    }

    /// Those that nobody changed or moved on the target lie in the counterparts of where they are. What users put back only
    /// during this pass is put there in the next.
    fn places(&self, own: &[&TargetItem], tally: &mut Tally) -> Result<(), String> {
        for copy in own.iter().filter(|copy| !copy.is_edited() && !self.fits(copy)) {
            if self.may_be_a_twins(copy) {
                tally.count(Lenient::Uncounted);
                continue;
            }
            if !copy.is_moved() && self.life.restored.last().is_none_or(|at| *at <= self.since) {
                return Err(format!("lies in {}", name(&self.sides.target_folders, &copy.folder)));
            }
            // Of several that look alike, one may have got the copy of another, where a user had put it.
            let own = self.life.theirs.iter().any(|theirs| matches!(theirs, Theirs::Moved(_)));
            tally.count(if own { Lenient::Moved } else { Lenient::MovedTwin });
        }
        Ok(())
    }
}

/// Lives that may be taken for this one, and itself.
fn alike<'a>(life: &'a Life, truth: &'a Truth) -> impl Iterator<Item = &'a Life> {
    truth.lives.values().filter(|other| other.address == life.address && looks_like(life, other))
}

/// Users moved it, and it got another id when it was replaced: if the answer to that was lost, nobody knows where it is.
fn is_astray(copy: &TargetItem) -> bool {
    copy.is_moved() && is_renumbered(copy)
}

/// It was replaced, and got another id.
fn is_renumbered(copy: &TargetItem) -> bool {
    copy.id != format!("t{}", copy.past.number)
}
