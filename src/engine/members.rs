//! Who is to be in a group of the target. At first those that the source shows; later whoever is in it, with what was added
//! and without what was removed at the source since it was last given members: what somebody changed there stands.
//!
//! Nobody is taken out of a group because the source showed too little. A member that it still lists stays, even if the
//! address list itself shows them no longer. A group that comes back empty, as one does that the server could not expand,
//! or with far fewer members than before, takes out nobody until the administrator says that it is right, or the source
//! shows them again; whom somebody takes out there as well is not asked about. A group that it does not show at all is left
//! as it is.

use super::batch::Run;
use super::enrolled::Enrolled;
use super::ledger::problems;
use super::ledger::recipients::{self, Detail};
use super::plan::Deletions;
use super::problem::{Guidance, Kind, Problem, Side};
use super::recipient::{Address, Group};
use super::run::Phase;

/// So many members may be gone from a group at once, whatever share of it they are, as long as somebody is left.
const FEW: usize = 5;
/// The share of a group, in percent, that may be gone at once if it is more than a few members.
const USUAL: usize = 25;

/// What a group is to be given.
struct Wanted {
    /// The group with exactly the members that it is to have.
    group: Group,
    /// Those of the source's that it has then, or is not to lose by us: what the next time is compared with.
    ours: Vec<Address>,
    /// Far more than usual is gone: it was not followed.
    held: Option<Problem>,
}

/// Sets the members of a group. One with a member that could not be set is not whole: it fails with the first such
/// problem, and all are kept. It fails, too, after everything else was done, if far more members than usual are gone.
pub(crate) async fn set(run: &Run, group: &Group, enrolled: &Enrolled) -> Result<(), Problem> {
    let Wanted { group, mut ours, held } = wanted(run, group, enrolled.id).await?;
    let mut problems = run.directory.call(|| run.core.parts.target.set_members(&group)).await?;
    let id = enrolled.id;
    // Who could not be set is asked for again; what users do with the others stands all the same.
    let lacking: Vec<Address> = problems.iter().filter_map(lacking).collect();
    if lacking.len() == problems.len() {
        ours.retain(|member| !lacking.contains(member));
        run.core.ledger.write(move |db| recipients::set_members(db, id, &ours)).await?;
    }
    if let Some(held) = held {
        let problem = held.clone();
        run.core.ledger.write(move |db| problems::renew(db, id, &problem)).await?;
        problems.push(held);
    }
    let mut problems = problems.into_iter();
    let first = problems.next();
    for problem in problems {
        enrolled.note(&problem, Phase::Provision).await?;
    }
    first.map_or(Ok(()), Err)
}

/// The member that could not be set, if that is what the problem tells.
fn lacking(problem: &Problem) -> Option<Address> {
    problem.values.get("member").map(Address::new)
}

async fn wanted(run: &Run, group: &Group, id: i64) -> Result<Wanted, Problem> {
    let address = &group.identity.address;
    let later = run.plan.later_members(address);
    let last = run.core.ledger.read(move |db| recipients::members(db, id)).await?;
    if later.is_empty() && last.is_none() {
        return Ok(Wanted { group: group.clone(), ours: group.members.clone(), held: None });
    }
    let there = run.directory.call(|| run.core.parts.target.members(address)).await?;
    let surveyed = run.plan.surveyed().groups.iter().find(|surveyed| surveyed.identity.address == *address);
    let shown = surveyed.map_or(&group.members, |surveyed| &surveyed.members);
    let wanted = decide(group, last.as_deref(), &there, shown, later, run.plan.options.deletions);
    if wanted.group.members != group.members {
        let detail = Detail::Group(wanted.group.clone());
        run.core.ledger.write(move |db| recipients::set_detail(db, id, &detail)).await?;
    }
    Ok(wanted)
}

/// Who is in a group that the plan gives members, that was `last` given these, has those `there` now and at the source
/// shows these. Whom the plan leaves for `later` and who is in it already (somebody put them there, or an earlier batch did
/// before it failed with them) stays as well.
fn decide(
    group: &Group,
    last: Option<&[Address]>,
    there: &[Address],
    shown: &[Address],
    later: &[Address],
    deletions: Deletions,
) -> Wanted {
    let mut whole = group.clone();
    let Some(last) = last else {
        let already = later.iter().filter(|member| there.contains(member) && !group.members.contains(member));
        whole.members.extend(already.cloned());
        return Wanted { group: whole, ours: group.members.clone(), held: None };
    };
    let gone: Vec<&Address> = last.iter().filter(|member| !shown.contains(member)).collect();
    // Whoever was taken out there as well is nothing to ask about.
    let still: Vec<&Address> = last.iter().filter(|member| there.contains(member)).collect();
    let leaving = still.iter().filter(|member| gone.contains(member)).count();
    let much = much(leaving, still.len(), shown.is_empty());
    let (follow, held) = match deletions {
        Deletions::Keep => (false, false),
        Deletions::Follow => (!much, much),
        Deletions::FollowAll => (true, false),
    };
    whole.members.retain(|member| !last.contains(member) || there.contains(member));
    let stays = |member: &&Address| !(group.members.contains(member) || follow && gone.contains(member));
    whole.members.extend(there.iter().filter(stays).cloned());
    // Whoever is kept by choice is nobody's to remove any more, also later.
    let stays_ours = |member: &&Address| !group.members.contains(member) && (held || !gone.contains(member));
    let ours = group.members.iter().chain(last.iter().filter(stays_ours)).cloned().collect();
    let problem = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceMembersGone);
    let told = problem.with("group", &group.identity.address).with("gone", gone.len()).with("held", last.len());
    Wanted { group: whole, ours, held: held.then_some(told) }
}

/// Far more than usual is gone, of so many of those it was last given who are in it still.
fn much(gone: usize, held: usize, empty: bool) -> bool {
    gone > 0 && (empty || gone > FEW && gone.saturating_mul(100) > held.saturating_mul(USUAL))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_group_and_more_than_a_few_and_the_usual_share_are_much() {
        assert!(!much(0, 0, true), "it was empty");
        assert!(much(1, 1, true), "nobody is left");
        assert!(!much(5, 6, false), "a few");
        assert!(!much(6, 24, false), "a quarter");
        assert!(much(6, 23, false));
    }
}
