//! How many bytes of items may be in flight over the whole process.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::problem::{Guidance, Kind, Problem, Side};

/// Bytes of item content in flight at most, over all mailboxes, as the source states their sizes.
pub const BYTES_IN_FLIGHT: u64 = 256 * 1024 * 1024;
/// The budget's unit: 1 KiB.
const UNIT: u64 = 1024;

/// The process-wide budget. Cloning shares it.
#[derive(Debug, Clone)]
pub(crate) struct Budget {
    units: Arc<Semaphore>,
    total: u32,
}

/// A share of the budget; dropping it gives it back.
#[derive(Debug)]
pub(crate) struct Share(Option<OwnedSemaphorePermit>);

impl Budget {
    pub(crate) fn new(bytes: u64) -> Budget {
        let total = u32::try_from(bytes / UNIT).unwrap_or(u32::MAX).max(1);
        Budget { units: Arc::new(Semaphore::new(total as usize)), total }
    }

    fn units(&self, bytes: u64) -> u32 {
        u32::try_from(bytes / UNIT + 1).unwrap_or(u32::MAX).min(self.total)
    }

    /// Waits for room for items of these sizes in bytes. An item beyond the whole budget takes all of it, alone.
    pub(crate) async fn take(&self, sizes: impl Iterator<Item = u64>) -> Result<Share, Problem> {
        let wanted = sizes.fold(0u32, |sum, size| sum.saturating_add(self.units(size))).min(self.total);
        let permit = self.units.clone().acquire_many_owned(wanted).await.map_err(|_| {
            Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", "the byte budget was closed")
        })?;
        Ok(Share(Some(permit)))
    }

    /// Splits one item's part off a share, so that it is given back when that item is done.
    pub(crate) fn part(&self, share: &mut Share, size: u64) -> Share {
        let Some(permit) = &mut share.0 else { return Share(None) };
        let units = (self.units(size) as usize).min(permit.num_permits());
        Share(permit.split(units))
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
        let mut share = budget.take([10 * UNIT, 20 * UNIT].into_iter()).await.unwrap();
        let first = budget.part(&mut share, 10 * UNIT);
        assert_eq!(budget.units.available_permits(), 100 - 32);
        drop(first);
        assert_eq!(budget.units.available_permits(), 100 - 21);
        drop(share);
        assert_eq!(budget.units.available_permits(), 100);
    }
}
