//! Rights on mailboxes, recipients and folders.

use serde_json::{Map, Value, json};

use super::super::call::Site;
use super::super::recipient::{Recipient, Right};
use super::Outcome;
use super::answer::{Failed, Output};
use super::input::Input;

const MAILBOX: &str = "mailbox";
const RECIPIENT: &str = "recipient";
/// Folder rights of everybody and of nobody in particular.
const GENERAL: [&str; 2] = ["Default", "Anonymous"];

fn is_mailbox(recipient: &Recipient) -> bool {
    recipient.kind.is_mailbox()
}

fn asked(input: &Input) -> Vec<String> {
    let rights = input.texts("AccessRights").unwrap_or_default();
    rights.iter().flat_map(|right| right.split(',')).map(|right| right.trim().to_owned()).collect()
}

/// Adds rights; those that are there already change nothing.
fn add(site: &mut Site, guid: &str, on: &str, who: String, rights: Vec<String>) {
    let Some(recipient) = site.state.recipients.get_mut(guid) else { return };
    match recipient.rights.iter_mut().find(|right| right.on == on && right.who == who) {
        Some(own) => {
            let new: Vec<String> = rights.into_iter().filter(|right| !own.rights.contains(right)).collect();
            own.rights.extend(new);
        }
        None => recipient.rights.push(Right { on: on.to_owned(), who, rights }),
    }
}

fn take(site: &mut Site, guid: &str, on: &str, who: &str) {
    if let Some(recipient) = site.state.recipients.get_mut(guid) {
        recipient.rights.retain(|right| !(right.on == on && right.who == who));
    }
}

/// How the one who has a right is shown.
fn shown_name(site: &Site, who: &str) -> String {
    site.state.recipients.get(who).map_or_else(|| who.to_owned(), |recipient| recipient.primary().to_owned())
}

fn show(site: &Site, guid: &str, on: &str, who: &str, extra: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let Some(recipient) = site.state.recipients.get(guid) else { return Vec::new() };
    let rights = recipient.rights.iter().filter(|right| right.on == on);
    let rows = rights.map(|right| {
        let mut row = extra.clone();
        row.insert("Identity".to_owned(), json!(recipient.name));
        row.insert(who.to_owned(), json!(shown_name(site, &right.who)));
        row.insert("AccessRights".to_owned(), json!(right.rights));
        row
    });
    rows.collect()
}

fn extra(value: Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// Add-MailboxPermission
pub(super) fn add_mailbox(site: &mut Site, input: &Input) -> Outcome {
    let (guid, who) = (input.identity(site, is_mailbox)?, input.recipient(site, "User")?);
    add(site, &guid, MAILBOX, who, asked(input));
    get_mailbox(site, input)
}

/// Get-MailboxPermission
pub(super) fn get_mailbox(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, is_mailbox)?;
    let note = extra(json!({"IsInherited": false, "Deny": false, "InheritanceType": "All"}));
    Ok(Output::of(show(site, &guid, MAILBOX, "User", &note)))
}

/// Remove-MailboxPermission
pub(super) fn remove_mailbox(site: &mut Site, input: &Input) -> Outcome {
    let (guid, who) = (input.identity(site, is_mailbox)?, input.recipient(site, "User")?);
    take(site, &guid, MAILBOX, &who);
    Ok(Output::default())
}

/// Add-RecipientPermission
pub(super) fn add_recipient(site: &mut Site, input: &Input) -> Outcome {
    let (guid, who) = (input.identity(site, |_| true)?, input.recipient(site, "Trustee")?);
    add(site, &guid, RECIPIENT, who, asked(input));
    get_recipient(site, input)
}

/// Get-RecipientPermission
pub(super) fn get_recipient(site: &mut Site, input: &Input) -> Outcome {
    let note = extra(json!({"AccessControlType": "Allow", "IsInherited": false, "InheritanceType": "None"}));
    let guids: Vec<String> = match input.text("Identity") {
        Some(_) => vec![input.identity(site, |_| true)?],
        None => site.state.recipients.keys().cloned().collect(),
    };
    Ok(Output::of(guids.iter().flat_map(|guid| show(site, guid, RECIPIENT, "Trustee", &note)).collect()))
}

/// Remove-RecipientPermission
pub(super) fn remove_recipient(site: &mut Site, input: &Input) -> Outcome {
    let (guid, who) = (input.identity(site, |_| true)?, input.recipient(site, "Trustee")?);
    take(site, &guid, RECIPIENT, &who);
    Ok(Output::default())
}

/// The mailbox and folder of an identity such as `mara@aldernook.example:\Agenda\Team`; folder names are localised.
fn folder(site: &Site, input: &Input) -> Result<(String, String), Failed> {
    let identity = input.text("Identity").unwrap_or_default();
    let (mailbox, path) = identity.split_once(":\\").ok_or_else(|| Failed::missing(identity))?;
    let guid = input.resolve(site, mailbox, is_mailbox)?;
    let content = site.state.mailboxes.get(&guid).ok_or_else(|| Failed::missing(identity))?;
    let parts = path.split('\\').filter(|part| !part.is_empty());
    let key =
        parts.into_iter().try_fold(super::super::mailbox::ROOT, |parent, part| content.child_named(parent, part));
    key.map(|key| (guid, key.to_string())).ok_or_else(|| Failed::missing(identity))
}

fn holder(site: &Site, input: &Input) -> Result<String, Failed> {
    let user = input.text("User").unwrap_or_default();
    match GENERAL.iter().find(|name| name.eq_ignore_ascii_case(user)) {
        Some(general) => Ok((*general).to_owned()),
        None => input.recipient(site, "User"),
    }
}

fn has(site: &Site, guid: &str, on: &str, who: &str) -> bool {
    site.state.recipients.get(guid).is_some_and(|r| r.rights.iter().any(|right| right.on == on && right.who == who))
}

/// Add-MailboxFolderPermission
pub(super) fn add_folder(site: &mut Site, input: &Input) -> Outcome {
    let ((guid, on), who) = (folder(site, input)?, holder(site, input)?);
    if has(site, &guid, &on, &who) {
        let text = format!("An existing permission entry was found for user: {}.", shown_name(site, &who));
        return Err(Failed::task(
            "Microsoft.Exchange.Management.StoreTasks.UserAlreadyExistsInPermissionEntryException",
            &text,
        ));
    }
    add(site, &guid, &on, who, asked(input));
    get_folder(site, input)
}

/// Set-MailboxFolderPermission
pub(super) fn set_folder(site: &mut Site, input: &Input) -> Outcome {
    let ((guid, on), who) = (folder(site, input)?, holder(site, input)?);
    if !has(site, &guid, &on, &who) && !GENERAL.contains(&who.as_str()) {
        let text = format!("There is no existing permission entry found for user: {}.", shown_name(site, &who));
        return Err(Failed::new(
            404,
            "NotFound",
            "Microsoft.Exchange.Management.StoreTasks.UserNotFoundInPermissionEntryException",
            &text,
        ));
    }
    take(site, &guid, &on, &who);
    add(site, &guid, &on, who, asked(input));
    Ok(Output::default())
}

/// Get-MailboxFolderPermission
pub(super) fn get_folder(site: &mut Site, input: &Input) -> Outcome {
    let (guid, on) = folder(site, input)?;
    Ok(Output::of(show(site, &guid, &on, "User", &extra(json!({"IsValid": true})))))
}

/// Remove-MailboxFolderPermission
pub(super) fn remove_folder(site: &mut Site, input: &Input) -> Outcome {
    let ((guid, on), who) = (folder(site, input)?, holder(site, input)?);
    take(site, &guid, &on, &who);
    Ok(Output::default())
}
