//! Problems by cause, as they come: how often, of whom, what to do. Bounded; all of them are in the ledger and in the
//! error report.

use std::collections::HashSet;

use crate::engine::problem::{Guidance, Kind, Problem};
use crate::engine::progress::Event;
use crate::engine::recipient::Address;
use crate::engine::report;

/// Causes kept; further ones are only counted.
pub const CAUSES_KEPT: usize = 100;

/// What is told as one: the cause and, where it depends on that, the class of item.
pub type CauseKey = (Guidance, Option<String>);

/// Problems of one cause.
#[derive(Debug, Clone)]
pub struct Cause {
    /// The first one.
    pub problem: Problem,
    /// Recipients that it concerns as a whole.
    pub recipients: u64,
    /// Items that it concerns.
    pub items: u64,
    /// Another batch may get further.
    pub retryable: bool,
    /// Whose they are, in the order in which they came up: never more than there are recipients.
    pub addresses: Vec<Address>,
    known: HashSet<Address>,
}

/// All causes.
#[derive(Debug, Clone, Default)]
pub struct Troubles {
    causes: Vec<Cause>,
    /// Problems beyond those kept; they are in the error report.
    pub further: u64,
    /// Events that were lost to the window.
    pub lost: u64,
}

impl Troubles {
    /// The causes, gravest first, then in the order in which they came up.
    pub fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// Takes in an event.
    pub fn hear(&mut self, event: &Event) {
        match event {
            Event::Problem { address, problem } => self.add(address, problem, 0, true),
            Event::Item { address, problem, .. } => self.add(address, problem, 1, !problem.is_of_users()),
            Event::Batch(_) | Event::Recipient { .. } => {}
        }
    }

    /// What the ledger says.
    pub fn of(known: &report::Troubles) -> Troubles {
        let mut troubles = Troubles::default();
        for one in &known.first {
            let items = u64::from(!one.folder.is_empty());
            troubles.add(&one.address, &one.problem, items, one.retryable);
        }
        troubles.further += known.total.saturating_sub(known.first.len() as u64);
        troubles
    }

    /// Takes in a problem of a recipient, or of so many of its items.
    pub fn add(&mut self, address: &Address, problem: &Problem, items: u64, retryable: bool) {
        if problem.guidance == Guidance::Stopped {
            return;
        }
        let key = key(problem);
        let index = match self.causes.iter().position(|cause| cause.key() == key) {
            Some(index) => index,
            None if self.causes.len() == CAUSES_KEPT => return self.further += items.max(1),
            None => {
                let graver = |cause: &Cause| weight(&cause.problem) >= weight(problem);
                let index = self.causes.iter().take_while(|cause| graver(cause)).count();
                let (addresses, known) = (Vec::new(), HashSet::new());
                let (problem, retryable) = (problem.clone(), false);
                self.causes.insert(index, Cause { problem, recipients: 0, items: 0, retryable, addresses, known });
                index
            }
        };
        let cause = &mut self.causes[index];
        cause.items += items;
        cause.retryable |= retryable;
        cause.recipients += u64::from(items == 0);
        if cause.known.insert(address.clone()) {
            cause.addresses.push(address.clone());
        }
    }

    /// How many causes there are.
    pub fn len(&self) -> usize {
        self.causes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.causes.is_empty()
    }

    /// Everybody whom these causes concern.
    pub fn concerned(&self, causes: &HashSet<CauseKey>) -> HashSet<Address> {
        let chosen = self.causes.iter().filter(|cause| causes.contains(&cause.key()));
        chosen.flat_map(|cause| cause.addresses.iter().cloned()).collect()
    }

    /// How many these causes concern, without a list of them.
    pub fn concerns(&self, causes: &HashSet<CauseKey>) -> usize {
        let mut chosen = self.causes.iter().filter(|cause| causes.contains(&cause.key()));
        match (chosen.next(), chosen.next()) {
            (None, _) => 0,
            (Some(only), None) => only.addresses.len(),
            (Some(one), Some(other)) => {
                let all = [one, other].into_iter().chain(chosen).flat_map(|cause| &cause.addresses);
                all.collect::<HashSet<_>>().len()
            }
        }
    }
}

impl Cause {
    /// What tells it from others.
    pub fn key(&self) -> CauseKey {
        key(&self.problem)
    }
}

fn key(problem: &Problem) -> CauseKey {
    (problem.guidance, problem.values.get("class").cloned())
}

fn weight(problem: &Problem) -> u8 {
    match problem.kind {
        _ if problem.is_of_users() => 0,
        Kind::Run => 3,
        Kind::Mailbox => 2,
        Kind::Item => 1,
        Kind::Retry | Kind::Wait => 0,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic)]
    use super::*;
    use crate::engine::problem::Side;

    fn address(number: usize) -> Address {
        Address::new(format!("u{number}@contoso.com"))
    }

    #[test]
    fn causes_are_told_once_with_everybody_whom_they_concern_gravest_first() {
        let mut troubles = Troubles::default();
        let item = Problem::new(Kind::Item, Side::Source, Guidance::SourceItemDamaged);
        let denied = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied);
        troubles.add(&address(1), &item, 1, true);
        troubles.add(&address(1), &item, 1, true);
        troubles.add(&address(2), &denied.clone().with("mailbox", "u2"), 0, true);
        troubles.add(&address(3), &denied.with("mailbox", "u3"), 0, true);
        troubles.add(&address(4), &Problem::new(Kind::Run, Side::Here, Guidance::Stopped), 0, true);
        let [first, second] = troubles.causes() else { panic!("{troubles:?}") };
        assert_eq!((first.problem.guidance, first.recipients, first.items), (Guidance::SourceAccessDenied, 2, 0));
        assert_eq!((second.items, second.addresses.len()), (2, 1));
        let chosen = HashSet::from([first.key()]);
        assert_eq!(troubles.concerned(&chosen), HashSet::from([address(2), address(3)]));
        let both = HashSet::from([first.key(), second.key()]);
        for chosen in [HashSet::new(), chosen, both] {
            assert_eq!(troubles.concerns(&chosen), troubles.concerned(&chosen).len());
        }
    }

    #[test]
    fn kinds_of_items_are_told_apart_and_there_is_an_end_to_what_is_kept() {
        let mut troubles = Troubles::default();
        for class in 0..CAUSES_KEPT + 5 {
            let item = Problem::new(Kind::Item, Side::Source, Guidance::SourceKindNotExportable);
            troubles.add(&address(1), &item.with("class", class), 1, false);
        }
        assert_eq!((troubles.len(), troubles.further), (CAUSES_KEPT, 5));
        assert!(!troubles.causes()[0].retryable);
    }
}
