//! Distribution groups and mail-enabled security groups, and their members.

use serde_json::json;

use super::super::call::Site;
use super::super::recipient::{Kind, Recipient};
use super::answer::{Failed, Output};
use super::input::Input;
use super::{Outcome, addresses, mailboxes, show, table};

/// Members that one cmdlet may name.
const MEMBERS: usize = 10_000;

fn is_group(recipient: &Recipient) -> bool {
    recipient.kind.is_group()
}

/// The GUIDs of people who may own a group.
fn check_owners(site: &Site, input: &Input) -> Result<(), Failed> {
    let able =
        |r: &Recipient| r.kind.is_mailbox() || matches!(r.kind, Kind::MailUser | Kind::MailUniversalSecurityGroup);
    for owner in input.texts("ManagedBy").unwrap_or_default() {
        input.resolve(site, &owner, able)?;
    }
    Ok(())
}

/// New-DistributionGroup
pub(super) fn create(site: &mut Site, input: &Input) -> Outcome {
    let name = mailboxes::new_name(site, input)?;
    let alias = mailboxes::alias(site, input, &name)?;
    let kind = match input.text("Type").map(str::to_lowercase).as_deref() {
        None | Some("distribution") => Kind::MailUniversalDistributionGroup,
        Some("security") => Kind::MailUniversalSecurityGroup,
        Some(other) => {
            return Err(Failed::task(
                "System.ArgumentException",
                &format!("Cannot bind parameter 'Type' to '{other}'."),
            ));
        }
    };
    if kind == Kind::MailUniversalSecurityGroup
        && input.text("MemberJoinRestriction").is_some_and(|join| join.eq_ignore_ascii_case("open"))
    {
        return Err(Failed::task(
            "RecipientTaskException",
            "The MemberJoinRestriction of a security group can't be Open.",
        ));
    }
    check_owners(site, input)?;
    let members = resolve_members(site, input)?;
    let address =
        input.text("PrimarySmtpAddress").map_or_else(|| format!("{alias}@{}", site.options.domain), str::to_owned);
    let list = addresses::changed(&[], &json!([format!("SMTP:{address}")]))?;
    addresses::accepted(site, &list)?;
    addresses::free(site, None, &list)?;
    let display = input.text("DisplayName").unwrap_or(&name).to_owned();
    let object = site.state.guid();
    let mut group = mailboxes::blank(site, kind, object, name, alias, display, list, None);
    group.members = members;
    group.fields.insert("RequireSenderAuthenticationEnabled".to_owned(), json!(true));
    group.fields.insert("MemberJoinRestriction".to_owned(), json!("Closed"));
    let given = ["RequireSenderAuthenticationEnabled", "Notes", "ModeratedBy", "ModerationEnabled"];
    let given: Vec<&str> = table::GROUP.iter().copied().chain(given).collect();
    Ok(mailboxes::added(site, input, group, &given))
}

/// Set-DistributionGroup
pub(super) fn set(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, is_group)?;
    check_owners(site, input)?;
    mailboxes::set_common(site, input, &guid, table::GROUP)
}

/// Remove-DistributionGroup
pub(super) fn remove(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, is_group)?;
    mailboxes::forget(site, &guid);
    Ok(Output::default())
}

/// Get-DistributionGroupMember
pub(super) fn members(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, is_group)?;
    let members = site.state.recipients.get(&guid).map(|group| group.members.clone()).unwrap_or_default();
    let shown = members.iter().filter_map(|member| site.state.recipients.get(member));
    Ok(Output::of(shown.map(|member| show::recipient(site, member)).collect()))
}

/// Add-DistributionGroupMember
pub(super) fn add_member(site: &mut Site, input: &Input) -> Outcome {
    let (guid, member) = (input.identity(site, is_group)?, input.recipient(site, "Member")?);
    let Some(group) = site.state.recipients.get_mut(&guid) else { return Err(Failed::missing(&guid)) };
    if group.members.contains(&member) {
        let text = format!(
            "The recipient \"{}\" is already a member of the group \"{}\".",
            input.text("Member").unwrap_or_default(),
            group.name
        );
        return Err(Failed::task("Microsoft.Exchange.Management.Tasks.MemberAlreadyExistsException", &text));
    }
    group.members.push(member);
    Ok(Output::default())
}

/// Remove-DistributionGroupMember
pub(super) fn remove_member(site: &mut Site, input: &Input) -> Outcome {
    let (guid, member) = (input.identity(site, is_group)?, input.recipient(site, "Member")?);
    let Some(group) = site.state.recipients.get_mut(&guid) else { return Err(Failed::missing(&guid)) };
    if !group.members.contains(&member) {
        let text = format!(
            "The recipient \"{}\" isn't a member of the group \"{}\".",
            input.text("Member").unwrap_or_default(),
            group.name
        );
        return Err(Failed::task("Microsoft.Exchange.Management.Tasks.MemberNotFoundException", &text));
    }
    group.members.retain(|own| *own != member);
    Ok(Output::default())
}

/// Update-DistributionGroupMember: replaces the whole list.
pub(super) fn update_members(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, is_group)?;
    let members = resolve_members(site, input)?;
    if let Some(group) = site.state.recipients.get_mut(&guid) {
        group.members = members;
    }
    Ok(Output::default())
}

fn resolve_members(site: &Site, input: &Input) -> Result<Vec<String>, Failed> {
    let named = input.texts("Members").unwrap_or_default();
    if named.len() > MEMBERS {
        return Err(Failed::task("RecipientTaskException", &format!("At most {MEMBERS} members can be given.")));
    }
    let mut members = Vec::new();
    for name in named {
        let guid = input.resolve(site, &name, |_| true)?;
        if !members.contains(&guid) {
            members.push(guid);
        }
    }
    Ok(members)
}
