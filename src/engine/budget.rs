//! How many bytes of items may be in flight over the whole process, so that ten mailboxes with the largest items that an
//! import takes stay under 400 MB of memory. How that comes about:
//!
//! | what | MB |
//! |---|---|
//! | items in flight: [`BYTES_IN_FLIGHT`] over all mailboxes; each is held once, from its first byte read to its last one acknowledged or compared | 240 |
//! | connections: at most 10 mailboxes × (4 to the target + 4 to the source) × 0.5 MB of buffers | 40 |
//! | the program itself with its ledger, lists of items and what memory management keeps back | 100 |
//!
//! `cargo bench --bench memory` measures it.
//!
//! Who takes a share: copying (until the import is acknowledged), carrying edits, verifying (on both sides), and saving. Shares
//! are taken by the sizes that the source states. What was really read counts from then on: where a server understated
//! it, the surplus is owed, and nobody gets anything before it is paid back. How much one read can surprise us by is
//! bounded by the connectors.
//!
//! Shares are given in the order in which they were asked for: a giant waits until there is room for it and holds up
//! those who came later, but for no longer than those before it need; nobody starves. An item beyond the whole budget
//! passes alone.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use super::problem::{Guidance, Kind, Problem, Side};

/// Bytes of item content in flight at most, over all mailboxes: two of the largest items that an import takes.
pub const BYTES_IN_FLIGHT: u64 = 240_000_000;
/// The budget's unit in bytes.
const UNIT: u64 = 1024;
/// The size that a source states is near that of the item's stream: within one part in so many.
const NEAR: u64 = 16;

/// Whether an item is beyond a limit in bytes, as far as the size that its source states can tell.
pub(crate) fn is_beyond(stated: u64, limit: u64) -> bool {
    stated - stated / NEAR > limit
}

/// The process-wide budget. Cloning shares it.
#[derive(Debug, Clone)]
pub(crate) struct Budget {
    units: Arc<Semaphore>,
    total: u32,
    /// Units that are held by somebody who had not asked for them.
    owed: Arc<Mutex<u32>>,
}

/// A share of the budget; dropping it gives it back.
#[derive(Debug)]
pub(crate) struct Share {
    budget: Budget,
    units: u32,
}

impl Drop for Share {
    fn drop(&mut self) {
        self.budget.give_back(self.units);
    }
}

impl Budget {
    pub(crate) fn new(bytes: u64) -> Budget {
        let total = u32::try_from(bytes / UNIT).unwrap_or(u32::MAX).max(1);
        Budget { units: Arc::new(Semaphore::new(total as usize)), total, owed: Arc::default() }
    }

    /// What an item of a stated size may take.
    fn units(&self, stated: u64) -> u32 {
        self.exact(stated.saturating_add(stated / NEAR))
    }

    fn exact(&self, bytes: u64) -> u32 {
        u32::try_from(bytes / UNIT + 1).unwrap_or(u32::MAX).min(self.total)
    }

    /// Waits for room for items of these stated sizes in bytes. An item beyond the whole budget takes all of it, alone.
    pub(crate) async fn take(&self, sizes: impl Iterator<Item = u64>) -> Result<Share, Problem> {
        let units = sizes.fold(0u32, |sum, size| sum.saturating_add(self.units(size))).min(self.total);
        let permit = self.units.acquire_many(units).await.map_err(|_| {
            Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", "the byte budget was closed")
        })?;
        permit.forget();
        Ok(Share { budget: self.clone(), units })
    }

    /// Splits one item's part off a share, so that it is given back when that item is done. The share was taken for its
    /// stated size; its part is what it really holds.
    pub(crate) fn part(&self, share: &mut Share, stated: u64, held: u64) -> Share {
        let (given, needed) = (self.units(stated).min(share.units), self.exact(held));
        share.units -= given;
        if needed > given {
            let mut owed = self.owed.lock().unwrap_or_else(PoisonError::into_inner);
            let missing = needed - given;
            *owed += missing - u32::try_from(self.units.forget_permits(missing as usize)).unwrap_or(missing);
        } else {
            self.give_back(given - needed);
        }
        Share { budget: self.clone(), units: needed }
    }

    fn give_back(&self, units: u32) {
        let mut owed = self.owed.lock().unwrap_or_else(PoisonError::into_inner);
        let paid = units.min(*owed);
        *owed -= paid;
        self.units.add_permits((units - paid) as usize);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_budget_bounds_what_is_in_flight_and_lets_a_giant_pass_alone() {
        let budget = Budget::new(100 * UNIT);
        let giant = budget.take([u64::MAX].into_iter()).await.unwrap();
        let blocked = tokio::time::timeout(Duration::from_secs(1), budget.take([1].into_iter())).await;
        assert!(blocked.is_err(), "a giant must hold the whole budget");
        drop(giant);
        let mut share = budget.take([9 * UNIT, 20 * UNIT].into_iter()).await.unwrap();
        let first = budget.part(&mut share, 9 * UNIT, 9 * UNIT);
        assert_eq!(budget.units.available_permits(), 100 - 10 - 22);
        drop(first);
        assert_eq!(budget.units.available_permits(), 100 - 22);
        let second = budget.part(&mut share, 20 * UNIT, 4 * UNIT);
        drop(share);
        assert_eq!(budget.units.available_permits(), 100 - 5, "what is held counts");
        drop(second);
        assert_eq!(budget.units.available_permits(), 100);
    }

    #[tokio::test(start_paused = true)]
    async fn what_was_understated_is_owed_before_anybody_gets_more() {
        let budget = Budget::new(100 * UNIT);
        let mut share = budget.take([0, 0].into_iter()).await.unwrap();
        let first = budget.part(&mut share, 0, 90 * UNIT);
        let second = budget.part(&mut share, 0, 50 * UNIT);
        assert_eq!(budget.units.available_permits(), 0);
        drop(second);
        let blocked = tokio::time::timeout(Duration::from_secs(1), budget.take([9 * UNIT].into_iter())).await;
        assert!(blocked.is_err(), "only {} are left", budget.units.available_permits());
        drop(first);
        drop(share);
        assert_eq!(budget.units.available_permits(), 100);
    }

    #[tokio::test(start_paused = true)]
    async fn a_giant_is_not_overtaken_for_ever_and_does_not_hold_up_others_for_ever() {
        let budget = Budget::new(100 * UNIT);
        let small = budget.take([50 * UNIT].into_iter()).await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut waiting = Vec::new();
        for (number, size) in [90, 5, 90, 5].into_iter().enumerate() {
            let (budget, order) = (budget.clone(), order.clone());
            waiting.push(tokio::spawn(async move {
                let share = budget.take([size * UNIT].into_iter()).await.unwrap();
                order.lock().unwrap().push(number);
                tokio::time::sleep(Duration::from_secs(1)).await;
                drop(share);
            }));
            tokio::task::yield_now().await;
        }
        drop(small);
        for each in waiting {
            each.await.unwrap();
        }
        assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3]);
    }

    #[test]
    fn only_what_is_certainly_beyond_a_limit_is_said_to_be() {
        assert!(!is_beyond(112_500_000, 112_500_000) && !is_beyond(119_000_000, 112_500_000));
        assert!(is_beyond(121_000_000, 112_500_000) && is_beyond(u64::MAX, 112_500_000));
    }
}
