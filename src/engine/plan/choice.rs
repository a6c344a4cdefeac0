//! A part of a plan: a pilot, or only what failed.

use std::collections::HashSet;

use super::{Basis, Plan, draw};
use crate::engine::problem::Problem;
use crate::engine::recipient::{Address, GroupKind, Survey};

/// Values by which a problem names a recipient.
const NAMES: [&str; 5] = ["mailbox", "group", "recipient", "member", "address"];

impl Plan {
    /// The same plan for these recipients alone: nobody else is touched. What it counts and finds is theirs, or the whole
    /// organisation's.
    ///
    /// Groups keep the members that are chosen too or are on the target by an earlier batch. The others
    /// ([`Plan::later_members`]) are set by a later run of the group; whoever of them is in the group already stays in it.
    pub fn only(self, chosen: &HashSet<Address>) -> Plan {
        let chosen: HashSet<Address> = self.addresses().filter(|address| chosen.contains(address)).cloned().collect();
        let survey = narrowed(&self.basis.survey, &chosen);
        Plan { agreed: self.agreed, ..draw(self.basis, survey, self.tenant, self.options) }
    }

    /// Who was surveyed and is not in this plan, because others were chosen.
    pub fn left_out(&self) -> Vec<Address> {
        let here: HashSet<&Address> = self.addresses().collect();
        self.basis.movable().filter(|address| !here.contains(address)).cloned().collect()
    }

    /// Who is in this plan.
    pub fn chosen(&self) -> HashSet<Address> {
        self.addresses().cloned().collect()
    }

    /// The members of a group that are left to a later batch.
    pub fn later_members(&self, group: &Address) -> &[Address] {
        self.later.get(group).map(Vec::as_slice).unwrap_or_default()
    }

    fn addresses(&self) -> impl Iterator<Item = &Address> {
        let mailboxes = self.mailboxes.iter().map(|mailbox| &mailbox.identity);
        let contacts = self.contacts.iter().map(|contact| &contact.identity);
        mailboxes.chain(contacts).chain(self.groups.iter().map(|group| &group.identity)).map(|i| &i.address)
    }
}

impl Basis {
    /// Everything that can be made on the target.
    pub(super) fn movable(&self) -> impl Iterator<Item = &Address> {
        let Survey { mailboxes, groups, contacts, .. } = &self.survey;
        let groups = groups.iter().filter(|group| !matches!(group.kind, GroupKind::Dynamic { .. }));
        let people = mailboxes.iter().map(|m| &m.identity).chain(contacts.iter().map(|c| &c.identity));
        people.chain(groups.map(|group| &group.identity)).map(|identity| &identity.address)
    }
}

fn narrowed(survey: &Survey, chosen: &HashSet<Address>) -> Survey {
    let mut survey = survey.clone();
    survey.mailboxes.retain(|mailbox| chosen.contains(&mailbox.identity.address));
    survey.contacts.retain(|contact| chosen.contains(&contact.identity.address));
    survey.groups.retain(|group| chosen.contains(&group.identity.address));
    survey.findings.retain(|problem| concerns(problem, chosen));
    survey
}

/// Whether a problem names somebody chosen, or nobody.
fn concerns(problem: &Problem, chosen: &HashSet<Address>) -> bool {
    let mut named = NAMES.iter().filter_map(|name| problem.values.get(*name)).peekable();
    named.peek().is_none() || named.any(|name| chosen.contains(&Address::new(name.as_str())))
}
