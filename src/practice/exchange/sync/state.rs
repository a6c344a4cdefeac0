//! Synchronisation states: opaque, bound to operation and folder, and a memory of what is still to be told.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::practice::exchange::ids::MailboxId;
use crate::practice::exchange::trouble::Trouble;

/// Bytes of the check value at the end.
const CHECK: usize = 8;
/// Most intervals that a state keeps; each comes from a page that was interrupted by new changes.
const MOST_INTERVALS: usize = 64;

/// What a state is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// The items of a folder.
    Items {
        /// Its mailbox.
        mailbox: MailboxId,
        /// Its number.
        folder: u64,
    },
    /// The folders below a folder.
    Hierarchy {
        /// Its mailbox.
        mailbox: MailboxId,
        /// Its number.
        root: u64,
        /// The request named the folder; a state got without naming it is another (exchange-source.md 3.4).
        named: bool,
    },
}

impl Scope {
    fn bytes(self) -> Vec<u8> {
        let (kind, mailbox, key) = match self {
            Scope::Items { mailbox, folder } => (1, mailbox, folder),
            Scope::Hierarchy { mailbox, root, named } => (2 + u8::from(named), mailbox, root),
        };
        [&[kind][..], &mailbox, &key.to_be_bytes()].concat()
    }
}

/// A state: everything up to `told` was told, but for what lies in the intervals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct State {
    /// Change counter up to which this state looked.
    told: u64,
    /// Intervals of the change counter, open below, that are still to be told.
    pending: Vec<(u64, u64)>,
    /// Highest number of an item or folder that the client may know.
    pub(super) highest: u64,
}

impl State {
    /// Reads a state; none or an empty one is the beginning.
    pub(super) fn read(text: Option<&str>, scope: Scope) -> Result<State, Trouble> {
        let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(State::default()) };
        State::parse(text, scope).ok_or_else(|| {
            Trouble::new("ErrorInvalidSyncStateData", "Synchronization state data is corrupt or otherwise invalid.")
        })
    }

    fn parse(text: &str, scope: Scope) -> Option<State> {
        let bytes = STANDARD.decode(text).ok()?;
        let (content, check) = bytes.split_at_checked(bytes.len().checked_sub(CHECK)?)?;
        if Sha256::digest(content)[..CHECK] != *check {
            return None;
        }
        let numbers = content.strip_prefix(scope.bytes().as_slice())?;
        let mut numbers =
            numbers.chunks_exact(8).map(|eight| eight.iter().fold(0u64, |sum, byte| (sum << 8) | u64::from(*byte)));
        let (told, highest) = (numbers.next()?, numbers.next()?);
        let rest: Vec<_> = numbers.collect();
        let pending = rest.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
        Some(State { told, pending, highest })
    }

    /// The wire form.
    pub(super) fn text(&self, scope: Scope) -> String {
        let mut bytes = scope.bytes();
        let pairs = self.pending.iter().flat_map(|(low, high)| [*low, *high]);
        bytes.extend([self.told, self.highest].into_iter().chain(pairs).flat_map(u64::to_be_bytes));
        bytes.extend(&Sha256::digest(&bytes)[..CHECK]);
        STANDARD.encode(bytes)
    }

    /// Whether nothing was ever told.
    pub(super) fn is_first(&self) -> bool {
        self.told == 0
    }

    /// The counter from which on nothing was told.
    pub(super) fn newest(&self) -> u64 {
        self.told
    }

    /// The counter below which everything was told.
    pub(super) fn oldest(&self) -> u64 {
        self.pending.iter().map(|(low, _)| *low).min().unwrap_or(self.told)
    }

    /// Whether the event at this value of the counter is still to be told.
    pub(super) fn is_pending(&self, at: u64, now: u64) -> bool {
        (at > self.told && at <= now) || self.pending.iter().any(|(low, high)| at > *low && at <= *high)
    }

    /// The state when everything up to now is told.
    pub(super) fn finished(&self, now: u64) -> State {
        State { told: now, pending: Vec::new(), highest: self.highest }
    }

    /// The state after a page whose last event was at this value, newest or oldest first.
    pub(super) fn advance(&self, last: u64, now: u64, newest_first: bool) -> State {
        let all = self.pending.iter().copied().chain([(self.told, now)]);
        let cut = all.map(|(low, high)| if newest_first { (low, high.min(last - 1)) } else { (low.max(last), high) });
        let mut pending: Vec<_> = cut.filter(|(low, high)| low < high).collect();
        if let [(first, _), .., (_, last)] = pending[..]
            && pending.len() > MOST_INTERVALS
        {
            // Telling something twice is allowed, forgetting it is not.
            pending = vec![(first, last)];
        }
        State { told: now, pending, highest: self.highest }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const SCOPE: Scope = Scope::Items { mailbox: [7; 16], folder: 3 };

    #[test]
    fn states_are_bound_to_their_scope() {
        let state = State { told: 9, pending: vec![(1, 4)], highest: 5 };
        let text = state.text(SCOPE);
        assert_eq!(State::read(Some(&text), SCOPE).unwrap(), state);
        let other = Scope::Hierarchy { mailbox: [7; 16], root: 3, named: true };
        assert_eq!(State::read(Some(&text), other).unwrap_err().code, "ErrorInvalidSyncStateData");
        assert!(State::read(Some(&text[..text.len() - 4]), SCOPE).is_err());
        assert_eq!(State::read(Some(""), SCOPE).unwrap(), State::default());
    }

    #[test]
    fn pages_leave_what_they_did_not_tell() {
        for newest_first in [true, false] {
            let mut state = State::default();
            let mut told: Vec<u64> = Vec::new();
            for now in [10, 12, 12, 12, 12, 12] {
                let mut pending: Vec<u64> = (1..=now).filter(|at| state.is_pending(*at, now)).collect();
                if newest_first {
                    pending.reverse();
                }
                pending.truncate(3);
                told.extend(&pending);
                state = pending.last().map_or(state.finished(now), |last| state.advance(*last, now, newest_first));
            }
            told.sort_unstable();
            assert_eq!(told, (1..=12).collect::<Vec<_>>());
        }
    }
}
