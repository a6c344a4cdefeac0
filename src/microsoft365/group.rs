//! Distribution groups and mail-enabled security groups, and who is in them.

use super::Connection;
use super::exchange_admin::Cmdlet;
use super::failure::{Refusal, Trouble, not_yet, on_target};
use super::names;
use super::recipient::Recipient;
use crate::engine::port::Made;
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::{Address, Group, GroupKind};

impl Connection {
    /// A group without members. Whether it is for security can be said only now; people outside may write to it, as
    /// to the old one (the service's default would return their mail).
    pub(super) async fn make_group(&self, group: &Group) -> Result<Made, Problem> {
        let (kind, found) = match &group.kind {
            GroupKind::Distribution => ("Distribution", "MailUniversalDistributionGroup"),
            GroupKind::Security => ("Security", "MailUniversalSecurityGroup"),
            GroupKind::Dynamic { filter } => {
                return Err(Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceDynamicGroup)
                    .with("group", &group.identity.address)
                    .with("filter", filter));
            }
        };
        let address = group.identity.address.as_str();
        let cmdlet = Cmdlet::new("New-DistributionGroup")
            .with("DisplayName", names::display(&group.identity))
            .with("Type", kind)
            .with("PrimarySmtpAddress", address)
            .with("RequireSenderAuthenticationEnabled", false);
        let made = self.make(cmdlet, &group.identity, &[found]).await?;
        self.add_addresses("Set-DistributionGroup", address, &group.identity).await?;
        Ok(made)
    }

    /// Replaces the members. If the service does not know one of them, it is named and the others are set.
    pub(super) async fn replace_members(&self, group: &Group) -> Result<Vec<Problem>, Problem> {
        let address = &group.identity.address;
        let Err(first) = self.update_members(address, &group.members).await? else { return Ok(Vec::new()) };
        let (mut known, mut missing) = (Vec::new(), Vec::new());
        for member in &group.members {
            match self.recipient(member).await? {
                Some(_) => known.push(member.clone()),
                None => missing.push(
                    on_target(Kind::Mailbox, Guidance::TargetMemberMissing)
                        .with("group", address)
                        .with("member", member),
                ),
            }
        }
        if missing.is_empty() {
            // All are there, so it is the group that is not, or not everywhere yet.
            return Err(not_yet(address, &first));
        }
        match self.update_members(address, &known).await? {
            Ok(()) => Ok(missing),
            Err(refusal) => Err(not_yet(address, &refusal)),
        }
    }

    /// One attempt; the inner error says that something named in it was not found.
    async fn update_members(
        &self,
        group: &Address,
        members: &[Address],
    ) -> Result<Result<(), Box<Refusal>>, Problem> {
        let members: Vec<&str> = members.iter().map(Address::as_str).collect();
        let cmdlet = Cmdlet::new("Update-DistributionGroupMember")
            .with("Identity", group.as_str())
            .with("Members", members)
            .with("BypassSecurityGroupManagerCheck", true)
            .with("Confirm", false);
        match self.run(cmdlet).await {
            Ok(_) => Ok(Ok(())),
            Err(Trouble::Refused(refusal)) if refusal.missing() => Ok(Err(refusal)),
            Err(trouble) => Err(trouble.problem(Kind::Mailbox)),
        }
    }

    /// The members' addresses; of contacts the outside ones.
    pub(super) async fn list_members(&self, group: &Address) -> Result<Vec<Address>, Problem> {
        let cmdlet = Cmdlet::new("Get-DistributionGroupMember")
            .with("Identity", group.as_str())
            .with("ResultSize", "Unlimited")
            .select("PrimarySmtpAddress,ExternalEmailAddress,RecipientType");
        match self.run(cmdlet).await {
            Ok(objects) => Ok(objects.iter().filter_map(|object| Recipient::read(object).address).collect()),
            Err(Trouble::Refused(refusal)) if refusal.missing() => Err(not_yet(group, &refusal)),
            Err(trouble) => Err(trouble.problem(Kind::Mailbox)),
        }
    }
}
