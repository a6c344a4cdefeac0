//! How much may leave in so long a time: a window that slides along [`Clock::elapsed`](super::clock::Clock::elapsed).
//!
//! When the other side counts a request is not known: as it arrives, or as it is answered. So an amount counts here from
//! before it leaves until the window's length after its answer, which covers every reading, and fixed windows too.

use std::collections::VecDeque;
use std::time::Duration;

/// Amounts whose answers came this close together are kept as one, at the later end: it bounds what a window holds.
const GRAIN: Duration = Duration::from_millis(250);

/// A limit on an amount per time.
#[derive(Debug)]
pub(crate) struct Window {
    limit: u64,
    length: Duration,
    /// Taken up and not answered yet.
    open: u64,
    /// Answered: when, and how much.
    closed: VecDeque<(Duration, u64)>,
    /// The sum of what is answered and still counts.
    used: u64,
}

impl Window {
    pub(crate) fn new(limit: u64, length: Duration) -> Window {
        Window { limit, length, open: 0, closed: VecDeque::new(), used: 0 }
    }

    /// What counts at this moment.
    pub(crate) fn counted(&self, now: Duration) -> u64 {
        let over: u64 =
            self.closed.iter().take_while(|(at, _)| *at + self.length <= now).map(|(_, amount)| amount).sum();
        self.used - over + self.open
    }

    /// The other side turned out to take less.
    pub(crate) fn lower(&mut self, limit: u64) {
        self.limit = self.limit.min(limit);
    }

    /// Takes room up.
    pub(crate) fn open(&mut self, amount: u64, now: Duration) {
        while self.closed.front().is_some_and(|(at, _)| *at + self.length <= now) {
            self.used -= self.closed.pop_front().map_or(0, |(_, amount)| amount);
        }
        self.open += amount;
    }

    /// What was taken up left and was answered, also with a refusal, which counts like any other.
    pub(crate) fn close(&mut self, amount: u64, now: Duration) {
        self.open -= amount;
        self.used += amount;
        let grains = now.as_nanos().div_ceil(GRAIN.as_nanos());
        let at = GRAIN.saturating_mul(u32::try_from(grains).unwrap_or(u32::MAX));
        match self.closed.back_mut() {
            Some(last) if last.0 >= at => last.1 += amount,
            _ => self.closed.push_back((at, amount)),
        }
    }

    /// What was taken up never left.
    pub(crate) fn cancel(&mut self, amount: u64) {
        self.open -= amount;
    }

    /// How long until there is room for an amount, with `besides` taken up before it. What is beyond the limit has room
    /// once nothing else counts.
    pub(crate) fn wait(&self, amount: u64, besides: u64, now: Duration) -> Duration {
        let fits = |counted: u64| counted == 0 || counted.saturating_add(amount) <= self.limit;
        let mut counted = self.used + self.open + besides;
        for (at, closed) in &self.closed {
            if fits(counted) {
                return Duration::ZERO;
            }
            counted -= closed;
            if fits(counted) {
                return (*at + self.length).saturating_sub(now);
            }
        }
        // What is not answered yet counts for the window's length from now at least.
        if fits(counted) { Duration::ZERO } else { self.length }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn room_comes_back_as_what_was_answered_leaves_the_window() {
        let mut window = Window::new(100, seconds(300));
        window.open(60, seconds(0));
        window.open(40, seconds(0));
        assert_eq!(window.wait(1, 0, seconds(1)), seconds(300), "nothing is answered");
        window.close(60, seconds(10));
        window.close(40, seconds(20));
        assert_eq!(window.wait(60, 0, seconds(20)), seconds(290));
        assert_eq!(window.wait(61, 0, seconds(20)), seconds(300));
        assert_eq!(window.wait(60, 1, seconds(20)), seconds(300), "who goes first takes its part");
        assert_eq!((window.counted(seconds(309)), window.counted(seconds(310))), (100, 40));
        assert_eq!(window.wait(60, 0, seconds(310)), Duration::ZERO);
        window.open(60, seconds(310));
        window.cancel(60);
        assert_eq!(window.counted(seconds(320)), 0);
    }

    #[test]
    fn a_giant_goes_alone_and_a_lower_limit_stays() {
        let mut window = Window::new(100, seconds(300));
        assert_eq!(window.wait(1_000, 0, seconds(0)), Duration::ZERO);
        window.open(1, seconds(0));
        window.close(1, seconds(0));
        assert_eq!(window.wait(1_000, 0, seconds(0)), seconds(300));
        window.lower(50);
        window.lower(70);
        assert_eq!(window.wait(49, 0, seconds(0)), Duration::ZERO);
        assert_eq!(window.wait(50, 0, seconds(0)), seconds(300));
    }

    #[test]
    fn many_small_amounts_take_little_room() {
        let mut window = Window::new(10_000, seconds(600));
        for n in 0..10_000 {
            let now = Duration::from_millis(n);
            window.open(1, now);
            window.close(1, now);
        }
        assert!(window.closed.len() <= 41, "{}", window.closed.len());
        assert_eq!(window.counted(seconds(10)), 10_000);
    }
}
