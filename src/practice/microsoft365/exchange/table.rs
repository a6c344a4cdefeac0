//! Which cmdlets there are and what parameters they take.

use super::super::call::Site;
use super::answer::Failed;
use super::input::Input;
use super::{Outcome, contacts, groups, lookup, mailboxes, rights};

/// A cmdlet.
pub(super) struct Cmdlet {
    pub name: &'static str,
    mandatory: &'static [&'static str],
    optional: &'static [&'static [&'static str]],
    pub run: fn(&mut Site, &Input) -> Outcome,
}

const COMMON: &[&str] = &["Confirm", "ErrorAction", "WarningAction", "Verbose", "WhatIf"];
const GET: &[&str] = &["Identity", "Anr", "Filter", "ResultSize", "SortBy", "RecipientTypeDetails"];
/// Of every Set- cmdlet of a recipient.
pub(super) const MAIL: &[&str] = &[
    "EmailAddresses",
    "HiddenFromAddressListsEnabled",
    "Alias",
    "DisplayName",
    "Name",
    "PrimarySmtpAddress",
    "WindowsEmailAddress",
    "MailTip",
    "GrantSendOnBehalfTo",
    "AcceptMessagesOnlyFrom",
    "AcceptMessagesOnlyFromDLMembers",
    "AcceptMessagesOnlyFromSendersOrMembers",
    "RejectMessagesFrom",
    "RejectMessagesFromSendersOrMembers",
    "RequireSenderAuthenticationEnabled",
    "ModeratedBy",
    "ModerationEnabled",
    "MaxSendSize",
    "MaxReceiveSize",
    "CustomAttribute1",
    "CustomAttribute2",
    "CustomAttribute3",
    "CustomAttribute4",
    "CustomAttribute5",
    "CustomAttribute6",
    "CustomAttribute7",
    "CustomAttribute8",
    "CustomAttribute9",
    "CustomAttribute10",
    "CustomAttribute11",
    "CustomAttribute12",
    "CustomAttribute13",
    "CustomAttribute14",
    "CustomAttribute15",
];
/// Of Set-Mailbox.
pub(super) const MAILBOX: &[&str] = &[
    "ForwardingAddress",
    "ForwardingSmtpAddress",
    "DeliverToMailboxAndForward",
    "Type",
    "LitigationHoldEnabled",
    "ResourceCapacity",
];
/// Of Set-Contact.
pub(super) const PERSON: &[&str] = &[
    "FirstName",
    "LastName",
    "Initials",
    "DisplayName",
    "Title",
    "Company",
    "Department",
    "Office",
    "Phone",
    "MobilePhone",
    "Fax",
    "HomePhone",
    "StreetAddress",
    "City",
    "StateOrProvince",
    "PostalCode",
    "CountryOrRegion",
    "Notes",
    "Manager",
    "WebPage",
];
/// Of groups.
pub(super) const GROUP: &[&str] = &[
    "ManagedBy",
    "MemberJoinRestriction",
    "MemberDepartRestriction",
    "BypassNestedModerationEnabled",
    "BypassSecurityGroupManagerCheck",
    "Description",
    "RoomList",
];
const NEW_CONTACT: &[&str] = &[
    "Alias",
    "DisplayName",
    "FirstName",
    "Initials",
    "LastName",
    "MessageFormat",
    "MessageBodyFormat",
    "ModeratedBy",
    "ModerationEnabled",
];
const NEW_GROUP: &[&str] = &[
    "Alias",
    "DisplayName",
    "Type",
    "PrimarySmtpAddress",
    "Members",
    "RequireSenderAuthenticationEnabled",
    "CopyOwnerToMember",
    "Notes",
    "IgnoreNamingPolicy",
    "HiddenGroupMembershipEnabled",
    "ModeratedBy",
    "ModerationEnabled",
];
const NEW_MAILBOX: &[&str] = &[
    "Shared",
    "Room",
    "Equipment",
    "PrimarySmtpAddress",
    "Alias",
    "DisplayName",
    "ResourceCapacity",
    "FirstName",
    "LastName",
];
const NEW_USER: &[&str] = &["Alias", "DisplayName", "PrimarySmtpAddress", "FirstName", "LastName"];
const SET_USER: &[&str] = &["ExternalEmailAddress", "ExchangeGuid", "ArchiveGuid"];
const SET_CONTACT: &[&str] = &["ExternalEmailAddress", "MessageFormat"];
const LIST: &[&str] = &["RecipientType", "Properties", "PropertySet", "IncludeSoftDeletedRecipients"];
const SIZE: &[&str] = &["Identity", "ResultSize"];
const RIGHTS: &[&str] = &[
    "InheritanceType",
    "AutoMapping",
    "User",
    "Trustee",
    "AccessRights",
    "ResultSize",
    "SharingPermissionFlags",
    "SendNotificationToUser",
];
const PASS: &[&str] = &["BypassSecurityGroupManagerCheck", "ResultSize"];

macro_rules! cmdlets {
    ($($name:literal [$($mandatory:literal),*] [$($optional:expr),*] $run:path;)*) => {
        const ALL: &[Cmdlet] = &[$(Cmdlet { name: $name, mandatory: &[$($mandatory),*], optional: &[COMMON, $($optional),*], run: $run }),*];
    };
}

cmdlets! {
    "Get-AcceptedDomain" [] [SIZE] lookup::domains;
    "Get-OrganizationConfig" [] [] lookup::organisation;
    "Get-Recipient" [] [GET, LIST] lookup::recipients;
    "Get-Mailbox" [] [GET, LIST] lookup::mailboxes;
    "Get-MailContact" [] [GET] lookup::mail_contacts;
    "Get-Contact" [] [GET] lookup::contacts;
    "Get-MailUser" [] [GET] lookup::mail_users;
    "Get-DistributionGroup" [] [GET] lookup::groups;
    "New-Mailbox" ["Name"] [NEW_MAILBOX] mailboxes::create;
    "Set-Mailbox" ["Identity"] [MAIL, MAILBOX] mailboxes::set;
    "Remove-Mailbox" ["Identity"] [&["PermanentlyDelete", "Force"]] mailboxes::remove;
    "New-MailUser" ["Name", "ExternalEmailAddress", "MicrosoftOnlineServicesID", "Password"] [NEW_USER] mailboxes::create_mail_user;
    "Set-MailUser" ["Identity"] [MAIL, SET_USER] mailboxes::set_mail_user;
    "Remove-MailUser" ["Identity"] [&["Force"]] mailboxes::remove_mail_user;
    "New-MailContact" ["Name", "ExternalEmailAddress"] [NEW_CONTACT] contacts::create;
    "Set-MailContact" ["Identity"] [MAIL, SET_CONTACT] contacts::set_mail;
    "Set-Contact" ["Identity"] [PERSON] contacts::set_person;
    "Remove-MailContact" ["Identity"] [] contacts::remove;
    "New-DistributionGroup" ["Name"] [NEW_GROUP, GROUP] groups::create;
    "Set-DistributionGroup" ["Identity"] [MAIL, GROUP] groups::set;
    "Remove-DistributionGroup" ["Identity"] [PASS] groups::remove;
    "Get-DistributionGroupMember" ["Identity"] [PASS] groups::members;
    "Add-DistributionGroupMember" ["Identity"] [&["Member"], PASS] groups::add_member;
    "Remove-DistributionGroupMember" ["Identity"] [&["Member"], PASS] groups::remove_member;
    "Update-DistributionGroupMember" ["Identity"] [&["Members"], PASS] groups::update_members;
    "Add-MailboxPermission" ["Identity", "User", "AccessRights"] [RIGHTS] rights::add_mailbox;
    "Get-MailboxPermission" ["Identity"] [RIGHTS] rights::get_mailbox;
    "Remove-MailboxPermission" ["Identity", "User", "AccessRights"] [RIGHTS] rights::remove_mailbox;
    "Add-RecipientPermission" ["Identity", "Trustee", "AccessRights"] [RIGHTS] rights::add_recipient;
    "Get-RecipientPermission" [] [&["Identity"], RIGHTS] rights::get_recipient;
    "Remove-RecipientPermission" ["Identity", "Trustee", "AccessRights"] [RIGHTS] rights::remove_recipient;
    "Add-MailboxFolderPermission" ["Identity", "User", "AccessRights"] [RIGHTS] rights::add_folder;
    "Set-MailboxFolderPermission" ["Identity", "User", "AccessRights"] [RIGHTS] rights::set_folder;
    "Get-MailboxFolderPermission" ["Identity"] [RIGHTS] rights::get_folder;
    "Remove-MailboxFolderPermission" ["Identity", "User"] [RIGHTS] rights::remove_folder;
}

/// The names of all cmdlets.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|cmdlet| cmdlet.name)
}

/// The cmdlet of a name; letter case does not matter.
pub(super) fn find(name: &str) -> Option<&'static Cmdlet> {
    ALL.iter().find(|cmdlet| cmdlet.name.eq_ignore_ascii_case(name))
}

/// The cmdlet of a call whose parameters are all known and whose mandatory ones are all there.
pub(super) fn check(input: &Input) -> Result<&'static Cmdlet, Failed> {
    let Some(cmdlet) = find(&input.name) else {
        let text = format!(
            "The term '{}' is not recognized as the name of a cmdlet, function, script file, or operable program.",
            input.name
        );
        return Err(Failed::new(400, "BadRequest", "System.Management.Automation.CommandNotFoundException", &text));
    };
    let known = |name: &str| {
        let lists = cmdlet.optional.iter().copied().chain([cmdlet.mandatory]);
        lists.flatten().any(|known| known.eq_ignore_ascii_case(name))
    };
    let binding = "System.Management.Automation.ParameterBindingException";
    if let Some(name) = input.parameters.keys().find(|name| !known(name)) {
        let text = format!("A parameter cannot be found that matches parameter name '{name}'.");
        return Err(Failed::new(400, "BadRequest", binding, &text));
    }
    if let Some(missing) =
        cmdlet.mandatory.iter().find(|name| input.get(name).is_none_or(|value| value.as_str() == Some("")))
    {
        let text = format!("Cannot process command because of one or more missing mandatory parameters: {missing}.");
        return Err(Failed::new(400, "BadRequest", binding, &text));
    }
    Ok(cmdlet)
}
