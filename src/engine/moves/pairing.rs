//! Which of several that look alike is which: an item that waits gets the copy that is like it before any other. Where
//! contents do not tell, nothing that somebody wants as it is may be taken: neither what users of the target moved or changed,
//! nor what stays there by choice.

use std::collections::HashMap;

use super::Asked;
use crate::engine::item::{Facet, Facets, ItemId};
use crate::engine::ledger::copies::{Alike, Arrival, Orphan, TargetCopy};

/// How a copy lies on the target. One that is not there does not lie at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lying {
    /// Where we put it.
    InPlace,
    /// Where somebody else put it.
    Elsewhere,
    /// Anywhere, and it is no longer what we put there.
    Changed,
}

/// A copy that changes hands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    pub(super) arrival: i64,
    pub(super) orphan: Orphan,
    /// It may be another's, and is compared before anything is done to it: even a search key that nothing else has may have
    /// come from another, by copying.
    pub(super) unsure: bool,
}

/// They are one item, or it does no harm to take them for one until they are compared: nobody needs to read anything before.
/// Where deletions stay, that must be as certain as a search key of their own makes it, or the item may take what stays of
/// another.
pub(super) fn is_plain(alike: &Alike, keep: bool) -> bool {
    let (1, [orphan], true) = (alike.arrivals.len(), &alike.orphans[..], alike.alone) else { return false };
    if keep { alike.keyed && !orphan.kept } else { alike.keyed || !orphan.kept }
}

/// Pairs them, given what the items that wait are like as far as they were read, and how copies lie. What is like none takes
/// another's only once all folders were asked twice: until then its own may not be known to be left.
pub(super) fn pair(
    alike: Vec<Alike>,
    read: &HashMap<i64, Facets>,
    lying: &HashMap<ItemId, Lying>,
    keep: bool,
    asked: Asked,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for mut some in alike {
        if is_plain(&some, keep) {
            let orphan = some.orphans.pop();
            let pair = some.arrivals.pop().zip(orphan);
            pairs.extend(pair.map(|(arrival, orphan)| {
                // What was edited on both sides before is known not to be like its copy.
                let unsure = !(some.keyed && orphan.stands);
                Pair { arrival: arrival.item, orphan, unsure }
            }));
            continue;
        }
        // What stays by choice comes last: its item was gone before the other came. Of those that were equal, what somebody
        // changed is taken only if no other is left: otherwise that one would leave instead.
        some.orphans.sort_by_key(|orphan| (orphan.kept, rank(lying.get(&orphan.copy.id))));
        // What got a new id within its folder needs no other place: the copy that lies there is taken first.
        let at_home = |orphan: &Orphan, arrival: &Arrival| {
            let in_place = lying.get(&orphan.copy.id) == Some(&Lying::InPlace);
            orphan.folder == arrival.folder && in_place && !orphan.kept
        };
        for (same, anywhere) in
            [equal, equal_but_for_flags].into_iter().flat_map(|same| [(same, false), (same, true)])
        {
            some.arrivals.retain(|arrival| {
                let Some(facets) = read.get(&arrival.item) else { return true };
                let is_own = |orphan: &Orphan| same(&orphan.copy, facets) && (anywhere || at_home(orphan, arrival));
                let own = some.orphans.iter().position(is_own);
                own.map(|own| Pair { arrival: arrival.item, orphan: some.orphans.remove(own), unsure: false })
                    .map(|pair| pairs.push(pair))
                    .is_none()
            });
        }
        if keep || asked == Asked::Once {
            continue;
        }
        let free = |orphan: &Orphan| !orphan.kept && lying.get(&orphan.copy.id) == Some(&Lying::InPlace);
        let rest = some.arrivals.into_iter().zip(some.orphans.into_iter().filter(free));
        pairs.extend(rest.map(|(arrival, orphan)| Pair { arrival: arrival.item, orphan, unsure: true }));
    }
    pairs
}

/// Which copies are taken first of those that are to be like the same item.
fn rank(lying: Option<&Lying>) -> u8 {
    match lying {
        Some(Lying::InPlace) => 0,
        Some(Lying::Elsewhere) | None => 1,
        Some(Lying::Changed) => 2,
    }
}

fn equal(copy: &TargetCopy, facets: &Facets) -> bool {
    copy.is_ours(facets)
}

/// But for its flags it is what we put there, or may have put there since.
fn equal_but_for_flags(copy: &TargetCopy, facets: &Facets) -> bool {
    let same = |sent: &Facets| facets.differences(sent).iter().all(|facet| *facet == Facet::State);
    same(&copy.facets) || copy.replacing.as_ref().is_some_and(same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::item::FolderId;
    use crate::engine::ledger::record::Likeness;

    fn facets(body: u8, state: u8) -> Facets {
        Facets([(Facet::Body, [body; 32]), (Facet::State, [state; 32])].into())
    }

    /// The copy of a gone item with this body.
    fn orphan(item: i64, body: u8, kept: bool) -> Orphan {
        let likeness = Likeness::of(Some(b"k"), "IPM.Note", "", None);
        let copy = TargetCopy { id: ItemId(format!("t{item}")), facets: facets(body, 0), replacing: None, since: 0 };
        Orphan {
            item,
            folder: 1,
            likeness,
            copy,
            place: FolderId("p".to_string()),
            kept,
            stands: false,
            theirs: false,
        }
    }

    fn alike(arrivals: &[i64], orphans: Vec<Orphan>, others: bool) -> Alike {
        let arrival = |item: &i64| Arrival { item: *item, folder: 1, source: ItemId(format!("s{item}")), size: 1 };
        Alike { arrivals: arrivals.iter().map(arrival).collect(), orphans, keyed: !others, alone: !others }
    }

    /// Who got which copy, and whether that is unsure; some lie like this.
    fn paired_if(alike: Alike, read: &[(i64, Facets)], some: &[(i64, Lying)], keep: bool) -> Vec<(i64, i64, bool)> {
        let some: HashMap<i64, Lying> = some.iter().copied().collect();
        let lying = |orphan: &Orphan| some.get(&orphan.item).copied().unwrap_or(Lying::InPlace);
        let lying = alike.orphans.iter().map(|orphan| (orphan.copy.id.clone(), lying(orphan))).collect();
        let pairs = pair(vec![alike], &read.iter().cloned().collect(), &lying, keep, Asked::Twice);
        pairs.into_iter().map(|pair| (pair.arrival, pair.orphan.item, pair.unsure)).collect()
    }

    /// Some were moved by users.
    fn paired(alike: Alike, read: &[(i64, Facets)], elsewhere: &[i64], keep: bool) -> Vec<(i64, i64, bool)> {
        let some: Vec<(i64, Lying)> = elsewhere.iter().map(|item| (*item, Lying::Elsewhere)).collect();
        paired_if(alike, read, &some, keep)
    }

    #[test]
    fn one_of_a_kind_needs_no_reading_until_it_is_compared() {
        let one = || alike(&[9], vec![orphan(1, 1, false)], false);
        assert!(is_plain(&one(), true) && is_plain(&one(), false));
        assert_eq!(paired(one(), &[], &[1], true), [(9, 1, true)], "wherever somebody put it");
        let disputed = Orphan { stands: true, ..orphan(1, 1, false) };
        assert_eq!(paired(alike(&[9], vec![disputed], false), &[], &[], false), [(9, 1, false)]);
        let kept = alike(&[9], vec![orphan(1, 1, true)], false);
        assert!(!is_plain(&kept, true) && is_plain(&kept, false));
    }

    #[test]
    fn each_gets_what_is_like_it_and_flags_come_second() {
        let both = || alike(&[8, 9], vec![orphan(1, 1, false), orphan(2, 2, false)], false);
        let (one, other, read) = (facets(1, 0), facets(2, 0), facets(1, 7));
        assert_eq!(paired(both(), &[(8, other.clone()), (9, one)], &[], false), [(8, 2, false), (9, 1, false)]);
        assert_eq!(paired(both(), &[(8, other), (9, read)], &[], true), [(8, 2, false), (9, 1, false)]);
    }

    #[test]
    fn what_somebody_changed_is_taken_only_if_nothing_else_was_like_it() {
        let (same, edited) = ([(9, facets(1, 0))], [(9, facets(5, 0))]);
        let both = || alike(&[9], vec![orphan(1, 1, false), orphan(2, 1, false)], true);
        let paired = |alike, read: &[_]| paired_if(alike, read, &[(1, Lying::Changed)], false);
        assert_eq!(paired(both(), &same), [(9, 2, false)]);
        assert_eq!(paired(both(), &edited), [(9, 2, true)]);
        let one = || alike(&[9], vec![orphan(1, 1, false)], true);
        assert_eq!(paired(one(), &same), [(9, 1, false)]);
        assert_eq!(paired(one(), &edited), []);
    }

    #[test]
    fn what_is_like_none_takes_only_what_nobody_wants_as_it_is() {
        let edited = [(9, facets(5, 0))];
        let two = |kept| alike(&[9], vec![orphan(1, 1, kept), orphan(2, 2, false)], true);
        assert_eq!(paired(two(false), &edited, &[], false), [(9, 1, true)]);
        assert_eq!(paired(two(true), &edited, &[], false), [(9, 2, true)], "one stays by choice");
        assert_eq!(paired(two(false), &edited, &[1], false), [(9, 2, true)], "a user moved one");
        assert_eq!(paired(two(false), &edited, &[], true), [], "deletions stay");
        assert_eq!(paired(two(true), &[(9, facets(1, 0))], &[], true), [(9, 1, false)], "it is back");
        let mut elsewhere = two(false);
        (elsewhere.orphans[0].folder, elsewhere.orphans[0].copy.facets) = (2, facets(2, 0));
        assert_eq!(paired(elsewhere, &[(9, facets(2, 0))], &[], false), [(9, 2, false)], "the one that lay there");
        let lying = [(ItemId("t1".to_string()), Lying::InPlace), (ItemId("t2".to_string()), Lying::InPlace)].into();
        let once = pair(vec![two(false)], &edited.into(), &lying, false, Asked::Once);
        assert_eq!(once, [], "its own may be left by another");
    }
}
