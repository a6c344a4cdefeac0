//! The directory's part of verify: every mailbox, contact, group and membership is asked for.

use std::collections::BTreeSet;
use std::time::Duration;

use super::Verifier;
use crate::engine::ledger::recipients::{Detail, Record};
use crate::engine::pacer::{DIRECTORY_AT_A_TIME, so_many};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::{Address, Group};
use crate::engine::retry::Caller;
use crate::engine::settling::LOOK_AGAIN;
use crate::engine::verdict::DirectoryVerdict;

/// A directory object that was asked for.
struct Checked<'r> {
    record: &'r Record,
    /// It is there, as it should be.
    there: bool,
    /// Its memberships expected and arrived.
    members: (u64, u64),
}

impl Verifier<'_> {
    /// Asks for every recipient.
    pub(super) async fn directory(&self, records: &[Record]) -> Result<DirectoryVerdict, Problem> {
        let caller = self.caller(&self.core.scopes.directory);
        let mut verdict = DirectoryVerdict::default();
        let work = records.iter().map(|record| self.object(&caller, record)).collect();
        for checked in so_many(DIRECTORY_AT_A_TIME, work).await {
            let Checked { record, there, members } = checked?;
            match &record.detail {
                Detail::Mailbox(_) => verdict.mailboxes.count(there),
                Detail::Contact(_) => verdict.contacts.count(there),
                Detail::Group(_) => verdict.groups.count(there),
            }
            verdict.memberships.expected += members.0;
            verdict.memberships.arrived += members.1;
        }
        Ok(verdict)
    }

    /// Whether an object is there (a group: with its members), and its memberships expected and arrived. What is not there is
    /// asked for again and then noted.
    async fn object<'r>(&self, caller: &Caller, record: &'r Record) -> Result<Checked<'r>, Problem> {
        let address = record.detail.address();
        let mut outcome = (false, (0, 0), Vec::new());
        for pause in std::iter::once(Duration::ZERO).chain(LOOK_AGAIN) {
            caller.sleep(pause).await?;
            let there = caller.call(|| self.core.parts.target.recipient_exists(address)).await?;
            outcome = match &record.detail {
                Detail::Group(group) => self.members(caller, group, (there, record.state.is_failure())).await?,
                _ => (there, (0, 0), Vec::new()),
            };
            if !there {
                let absent = Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetRecipientMissing);
                outcome.2.push(absent.with("address", address));
            }
            if outcome.0 {
                break;
            }
        }
        let (there, members, problems) = outcome;
        for problem in problems {
            self.note(record, problem).await?;
        }
        Ok(Checked { record, there, members })
    }

    async fn members(
        &self,
        caller: &Caller,
        group: &Group,
        (there, failed): (bool, bool),
    ) -> Result<(bool, (u64, u64), Vec<Problem>), Problem> {
        let address = &group.identity.address;
        let expected: BTreeSet<&Address> = group.members.iter().collect();
        let now: BTreeSet<Address> = match there {
            true => caller.call(|| self.core.parts.target.members(address)).await?.into_iter().collect(),
            false => BTreeSet::new(),
        };
        let told = |guidance, member: &Address| {
            Problem::new(Kind::Item, Side::Target, guidance).with("group", address).with("member", member)
        };
        let missing = expected.iter().filter(|member| !now.contains(**member));
        let mut problems: Vec<Problem> = missing.map(|member| told(Guidance::TargetMemberMissing, member)).collect();
        let arrived = expected.len() - problems.len();
        let whole = there && problems.is_empty() && (!failed || now.len() == expected.len());
        // Who is in a group that failed may be about to be taken out of it; otherwise somebody added them, and that stands.
        if !failed {
            let added = now.iter().filter(|member| !expected.contains(member));
            problems.extend(added.map(|member| told(Guidance::TargetMemberAdded, member)));
        }
        Ok((whole, (expected.len() as u64, arrived as u64), problems))
    }
}
