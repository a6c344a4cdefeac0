//! Which of several that look alike is which: an item that waits gets the copy that is like it before any other. Where
//! contents do not tell, nothing that somebody wants as it is may be taken: neither what users of the target moved, nor what
//! stays there by choice.

use std::collections::HashMap;

use crate::engine::item::{Facet, Facets, ItemId};
use crate::engine::ledger::copies::{Alike, Orphan, TargetCopy};

/// How a copy lies on the target. One that is not there does not lie at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lying {
    /// Where we put it.
    InPlace,
    /// Where somebody else put it.
    Elsewhere,
}

/// A copy that changes hands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pair {
    pub(super) arrival: i64,
    pub(super) orphan: Orphan,
    /// It may be another's, and is compared before anything is done to it.
    pub(super) unsure: bool,
}

/// They are one item, or it does no harm to take them for one: nobody needs to read anything. Where deletions stay, that
/// must be certain, or the item may take what stays of another.
pub(super) fn is_plain(alike: &Alike, keep: bool) -> bool {
    let (1, [orphan], true) = (alike.arrivals.len(), &alike.orphans[..], alike.alone) else { return false };
    if keep { alike.keyed && !orphan.kept } else { alike.keyed || !orphan.kept }
}

/// Pairs them, given what the items that wait are like as far as they were read, and how copies lie.
pub(super) fn pair(
    alike: Vec<Alike>,
    read: &HashMap<i64, Facets>,
    lying: &HashMap<ItemId, Lying>,
    keep: bool,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for mut some in alike {
        let unsure = !some.keyed || some.arrivals.len() + some.orphans.len() > 2;
        if is_plain(&some, keep) {
            let orphan = some.orphans.pop();
            let pair = some.arrivals.pop().zip(orphan);
            pairs.extend(pair.map(|(arrival, orphan)| Pair { arrival: arrival.item, orphan, unsure }));
            continue;
        }
        // What stays by choice comes last: its item was gone before the other came.
        some.orphans.sort_by_key(|orphan| (orphan.kept, lying.get(&orphan.copy.id) != Some(&Lying::InPlace)));
        for same in [equal, equal_but_for_flags] {
            some.arrivals.retain(|arrival| {
                let Some(facets) = read.get(&arrival.item) else { return true };
                let own = some.orphans.iter().position(|orphan| same(&orphan.copy, facets));
                own.map(|own| Pair { arrival: arrival.item, orphan: some.orphans.remove(own), unsure: false })
                    .map(|pair| pairs.push(pair))
                    .is_none()
            });
        }
        let free = |orphan: &Orphan| !keep && !orphan.kept && lying.get(&orphan.copy.id) == Some(&Lying::InPlace);
        let rest = some.arrivals.into_iter().zip(some.orphans.into_iter().filter(free));
        pairs.extend(rest.map(|(arrival, orphan)| Pair { arrival: arrival.item, orphan, unsure: true }));
    }
    pairs
}

fn equal(copy: &TargetCopy, facets: &Facets) -> bool {
    copy.is_ours(facets)
}

/// But for its flags it is what we put there, or may have put there since.
fn equal_but_for_flags(copy: &TargetCopy, facets: &Facets) -> bool {
    let same = |sent: &Facets| facets.differences(sent).iter().all(|facet| *facet == Facet::State);
    same(&copy.facets) || copy.replacing.as_ref().is_some_and(same)
}
