//! Where a plan comes from: the whole survey, and what earlier batches did.

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
}
