//! The directory's part of verify: every mailbox, contact, group and membership is asked for.

use std::collections::BTreeSet;
use std::time::Duration;

use super::Verifier;
use crate::engine::ledger::recipients::{Detail, Record};
use crate::engine::pacer::{DIRECTORY_AT_A_TIME, so_many};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::{Address, Group};
use crate::engine::retry::Caller;
use crate::engine::run::UserState;
use crate::engine::settling::LOOK_AGAIN;
use crate::engine::verdict::DirectoryVerdict;

/// A directory object that was asked for.
struct Checked<'r> {
    record: &'r Record,
    seen: Seen,
}

/// What a look at a directory object showed.
#[derive(Default)]
struct Seen {
    /// It is there, as it should be.
    whole: bool,
    /// Its memberships expected and arrived.
    members: (u64, u64),
    /// What is missing.
    missing: Vec<Problem>,
    /// Members whom somebody added.
    joined: Vec<Problem>,
}

impl Verifier<'_> {
    /// Asks for every recipient.
    pub(super) async fn directory(&self, records: &[Record]) -> Result<DirectoryVerdict, Problem> {
        let caller = self.caller(&self.core.scopes.directory);
        let mut verdict = DirectoryVerdict::default();
        let work = records.iter().map(|record| self.object(&caller, record)).collect();
        for checked in so_many(DIRECTORY_AT_A_TIME, work).await {
            let Checked { record, seen } = checked?;
            match &record.detail {
                Detail::Mailbox(_) => verdict.mailboxes.count(seen.whole),
                Detail::Contact(_) => verdict.contacts.count(seen.whole),
                Detail::Group(_) => verdict.groups.count(seen.whole),
            }
            verdict.memberships.expected += seen.members.0;
            verdict.memberships.arrived += seen.members.1;
            verdict.joined += seen.joined.len() as u64;
        }
        Ok(verdict)
    }

    /// Looks for an object. What is not as expected is looked at again, for what is read may lag behind what was written; then
    /// it is noted.
    async fn object<'r>(&self, caller: &Caller, record: &'r Record) -> Result<Checked<'r>, Problem> {
        let address = record.detail.address();
        let mut seen = Seen::default();
        for pause in std::iter::once(Duration::ZERO).chain(LOOK_AGAIN) {
            caller.sleep(pause).await?;
            let there = caller.call(|| self.core.parts.target.recipient_exists(address)).await?;
            let mut now = match &record.detail {
                Detail::Group(group) => self.group(caller, group, is_settled(record), there).await?,
                _ => Seen { whole: there, ..Seen::default() },
            };
            if !there {
                let absent = Problem::new(Kind::Mailbox, Side::Target, Guidance::TargetRecipientMissing);
                now.missing.push(absent.with("address", address));
            }
            if now.whole || !seen.whole {
                seen = now;
            }
            if seen.whole && seen.joined.is_empty() {
                break;
            }
        }
        for problem in seen.missing.iter().chain(&seen.joined) {
            self.note(record, problem.clone()).await?;
        }
        Ok(Checked { record, seen })
    }

    /// Looks at a group that is there or not. Whoever is in it besides was added by somebody; as long as it is not settled, a
    /// run may have yet to take them out.
    async fn group(&self, caller: &Caller, group: &Group, settled: bool, there: bool) -> Result<Seen, Problem> {
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
        let missing: Vec<Problem> = missing.map(|member| told(Guidance::TargetMemberMissing, member)).collect();
        let besides = now.iter().filter(|member| !expected.contains(member));
        let joined: Vec<Problem> = besides.map(|member| told(Guidance::TargetMemberAdded, member)).collect();
        Ok(Seen {
            whole: there && missing.is_empty() && (settled || joined.is_empty()),
            members: (expected.len() as u64, (expected.len() - missing.len()) as u64),
            missing,
            joined: if settled { joined } else { Vec::new() },
        })
    }
}

/// The last run that took it up brought it to its end: nothing is under way to it.
fn is_settled(record: &Record) -> bool {
    use UserState::{Completed, CompletedWithWarnings, Synced};
    matches!(record.state, Synced | Completed | CompletedWithWarnings)
}
