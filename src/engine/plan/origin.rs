//! Where a plan comes from: the whole survey, and what earlier batches did.

use std::collections::HashSet;

use super::Plan;
use crate::engine::recipient::{Address, Survey};

impl Plan {
    /// Everything that was surveyed, as it is at the source: also what this plan leaves out.
    pub fn surveyed(&self) -> &Survey {
        &self.basis.survey
    }

    /// An earlier batch made this on the target.
    pub fn arrived(&self, address: &Address) -> bool {
        self.basis.known.has(address)
    }

    /// Whoever an earlier batch took up, whether it got through with them or not: these are kept in step.
    pub fn taken_up(&self) -> &HashSet<Address> {
        &self.basis.known.taken_up
    }
}
