//! When what was sent to the target can be relied upon to show there as it is: reads may lag behind writes. The time of
//! day alone does not tell, for it jumps.

use std::time::Duration;

use super::migration::Core;

/// Reads may lag behind writes: a young copy that does not show, or not as it was sent, is asked for again after these
/// pauses.
pub(crate) const LOOK_AGAIN: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(8)];
/// What left for the target longer ago than this, in seconds, shows as it is: time for a slow upload, and some.
const SETTLED: i64 = 900;

/// When some work began, before and in which copies are sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settling {
    elapsed: Duration,
    /// By the time of day.
    at: i64,
}

impl Settling {
    pub(crate) fn begin(core: &Core) -> Settling {
        Settling { elapsed: core.parts.clock.elapsed(), at: core.now() }
    }

    /// Whether a copy that left then (by the time of day) may not show yet.
    pub(crate) fn is_young(&self, core: &Core, since: i64) -> bool {
        self.at_this_moment(core.parts.clock.elapsed(), core.now(), since)
    }

    /// One that left during the work may be young whatever the time of day is by now, and any other until the work has gone
    /// on for as long as reads lag.
    fn at_this_moment(&self, elapsed: Duration, now: i64, since: i64) -> bool {
        let lag: Duration = LOOK_AGAIN.iter().sum();
        let just_begun = elapsed.saturating_sub(self.elapsed) < lag;
        just_begun || since >= self.at || now.saturating_sub(since) < SETTLED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_that_jumps_makes_nothing_old() {
        let work = Settling { elapsed: Duration::from_secs(100), at: 1_000_000 };
        let after = |seconds: u64, now, since| work.at_this_moment(Duration::from_secs(100 + seconds), now, since);
        assert!(after(1, 1_000_001, 900_000), "sent just before the clock was set forward");
        assert!(after(60, 1_200_000, 1_000_010), "sent in this work, and the clock was set forward");
        assert!(after(60, 1_000_060, 999_500));
        assert!(!after(60, 1_000_060, 900_000));
    }
}
