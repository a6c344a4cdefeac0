//! Retry only these: the plan for those alone whom a report of errors names.

use std::collections::HashSet;
use std::path::Path;

use fluent_bundle::FluentValue;
use serde_json::json;

use super::show::Show;
use crate::engine::plan::Plan;
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::Address;

/// Addresses told one by one; the rest is counted. All of them are in the JSON line.
const ADDRESSES_TOLD: usize = 20;

/// The plan for these alone, whom a report names; says whom it takes, and whom it no longer finds.
///
/// # Errors
/// `ReportUnusable`: nobody of them is left at the source.
pub fn these(show: &Show<'_>, plan: Plan, chosen: HashSet<Address>, report: &Path) -> Result<Plan, Problem> {
    let plan = plan.only(&chosen);
    let taken = plan.chosen();
    let gone: Vec<&Address> = sorted(chosen.difference(&taken));
    let nobody = taken.is_empty();
    let taken: Vec<&Address> = sorted(taken.iter());
    let names = |addresses: &[&Address]| addresses.iter().map(|a| a.as_str().to_owned()).collect::<Vec<_>>();
    show.json(&json!({"event": "only", "recipients": names(&taken), "gone": names(&gone)}));
    for (key, addresses) in [("cli-only", taken), ("cli-only-gone", gone)] {
        if addresses.is_empty() {
            continue;
        }
        let told = names(&addresses[..addresses.len().min(ADDRESSES_TOLD)]).join(", ");
        let more = addresses.len().saturating_sub(ADDRESSES_TOLD);
        show.say(key, &[("addresses", told.into()), ("more", FluentValue::from(more))]);
    }
    // Where the source shows nothing at all, that is what there is to say.
    if nobody && !plan.surveyed().mailboxes.is_empty() {
        return Err(Problem::new(Kind::Run, Side::Here, Guidance::ReportUnusable)
            .with("file", report.display())
            .with("reason", "gone")
            .with("line", 0));
    }
    Ok(plan)
}

fn sorted<'a>(addresses: impl Iterator<Item = &'a Address>) -> Vec<&'a Address> {
    let mut addresses: Vec<&Address> = addresses.collect();
    addresses.sort_by_key(|address| address.key());
    addresses
}
