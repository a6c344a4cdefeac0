//! Mailboxes and mail users.

use serde_json::{Map, Value, json};

use super::super::call::Site;
use super::super::graph::users;
use super::super::recipient::{Kind, Recipient};
use super::answer::{Failed, Output};
use super::input::Input;
use super::{Outcome, addresses, show, table};

/// The most characters of a recipient's name and alias.
const NAME: usize = 64;

/// The name of a new recipient: not too long, and nobody else's.
pub(super) fn new_name(site: &Site, input: &Input) -> Result<String, Failed> {
    let name = input.text("Name").unwrap_or_default();
    if name.chars().count() > NAME {
        let text = format!(
            "The length of the property is too long. The maximum length is {NAME} and the length of the value provided is {}.",
            name.chars().count()
        );
        return Err(Failed::task("Microsoft.Exchange.Data.DataValidationException", &text));
    }
    if site.state.recipients.values().any(|other| other.name.eq_ignore_ascii_case(name)) {
        let text = format!("The name \"{name}\" is already being used. Please try another name.");
        return Err(Failed::task("Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException", &text));
    }
    Ok(name.to_owned())
}

/// The alias that was asked for, or one made from the name.
pub(super) fn alias(site: &Site, input: &Input, name: &str) -> Result<String, Failed> {
    let taken = |alias: &str| site.state.recipients.values().any(|other| other.alias.eq_ignore_ascii_case(alias));
    if let Some(alias) = input.text("Alias") {
        let allowed = |letter: char| letter.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(letter);
        if alias.chars().count() > NAME
            || !alias.chars().all(allowed)
            || alias.starts_with('.')
            || alias.ends_with('.')
        {
            let text = format!("The alias \"{alias}\" is invalid.");
            return Err(Failed::task("Microsoft.Exchange.Data.DataValidationException", &text));
        }
        if taken(alias) {
            let text = format!("The alias \"{alias}\" is already being used. Please choose another alias.");
            return Err(Failed::task("RecipientTaskException", &text));
        }
        return Ok(alias.to_owned());
    }
    let plain: String =
        name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '.').take(NAME - 4).collect();
    let plain =
        if plain.trim_matches('.').is_empty() { "recipient".to_owned() } else { plain.trim_matches('.').to_owned() };
    let mut candidates = std::iter::once(plain.clone()).chain((1..10_000).map(|n| format!("{plain}{n}")));
    Ok(candidates.find(|alias| !taken(alias)).unwrap_or(plain))
}

/// New-Mailbox of the kinds that need no licence.
pub(super) fn create(site: &mut Site, input: &Input) -> Outcome {
    let kinds = [("Shared", Kind::SharedMailbox), ("Room", Kind::RoomMailbox), ("Equipment", Kind::EquipmentMailbox)];
    let asked: Vec<Kind> =
        kinds.iter().filter(|(name, _)| input.flag(name) == Some(true)).map(|(_, kind)| *kind).collect();
    let [kind] = asked.as_slice() else {
        let text = "Parameter set cannot be resolved using the specified named parameters.";
        return Err(Failed::task("System.Management.Automation.ParameterBindingException", text));
    };
    let name = new_name(site, input)?;
    let alias = alias(site, input, &name)?;
    let address =
        input.text("PrimarySmtpAddress").map_or_else(|| format!("{alias}@{}", site.options.domain), str::to_owned);
    let list = addresses::changed(&[], &json!([format!("SMTP:{address}")]))?;
    addresses::accepted(site, &list)?;
    addresses::free(site, None, &list)?;
    let display = input.text("DisplayName").unwrap_or(&name);
    let object = new_user(site, &address, &alias, display);
    let visible = site.replicated();
    site.give_mailbox(&object, *kind, visible);
    let guid = site.state.recipient_of(&object).map(|recipient| recipient.guid.clone()).unwrap_or_default();
    if let Some(recipient) = site.state.recipients.get_mut(&guid) {
        recipient.name = name;
        copy(input, &["ResourceCapacity", "FirstName", "LastName"], &mut recipient.fields);
    }
    Ok(Output::of(
        site.state.recipients.get(&guid).map(|recipient| show::recipient(site, recipient)).into_iter().collect(),
    ))
}

/// A directory object for a recipient made here; nobody signs in with it.
fn new_user(site: &mut Site, address: &str, alias: &str, display: &str) -> String {
    let fields = json!({
        "accountEnabled": false, "displayName": display, "mailNickname": alias, "userPrincipalName": address,
    });
    users::add(site, fields.as_object().cloned().unwrap_or_default()).id
}

/// Copies parameters that were given into fields.
pub(super) fn copy(input: &Input, names: &[&str], fields: &mut Map<String, Value>) {
    for name in names {
        if let Some(value) = input.get(name) {
            fields.insert((*name).to_owned(), value.clone());
        }
    }
}

/// Sets what all kinds of recipients have in common, and `more` besides.
pub(super) fn set_common(site: &mut Site, input: &Input, guid: &str, more: &[&str]) -> Outcome {
    let own = site.state.recipients.get(guid).ok_or_else(|| Failed::missing(guid))?;
    let list = addresses::of_input(site, own, input)?;
    let alias = match input.text("Alias") {
        Some(same) if same.eq_ignore_ascii_case(&own.alias) => None,
        Some(_) => Some(alias(site, input, "")?),
        None => None,
    };
    let only_identity = input
        .parameters
        .keys()
        .all(|name| name.eq_ignore_ascii_case("Identity") || name.eq_ignore_ascii_case("Confirm"));
    let Some(recipient) = site.state.recipients.get_mut(guid) else { return Err(Failed::missing(guid)) };
    recipient.addresses = list;
    if let Some(alias) = alias {
        recipient.alias = alias;
    }
    if let Some(name) = input.text("DisplayName") {
        recipient.display_name = name.to_owned();
    }
    if let Some(name) = input.text("Name") {
        recipient.name = name.to_owned();
    }
    if let Some(hidden) = input.flag("HiddenFromAddressListsEnabled") {
        recipient.hidden = hidden;
    }
    let own = [
        "EmailAddresses",
        "HiddenFromAddressListsEnabled",
        "Alias",
        "DisplayName",
        "Name",
        "PrimarySmtpAddress",
        "WindowsEmailAddress",
    ];
    let kept: Vec<&str> = table::MAIL.iter().chain(more).filter(|name| !own.contains(name)).copied().collect();
    copy(input, &kept, &mut recipient.fields);
    if only_identity {
        return Ok(Output::warning(&format!(
            "The command completed successfully but no settings of '{}' have been modified.",
            recipient.name
        )));
    }
    Ok(Output::default())
}

/// Set-Mailbox
pub(super) fn set(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, |recipient| recipient.kind.is_mailbox())?;
    let output = set_common(site, input, &guid, table::MAILBOX)?;
    let kind = match input.text("Type").map(str::to_lowercase).as_deref() {
        None => None,
        Some("regular") => Some(Kind::UserMailbox),
        Some("shared") => Some(Kind::SharedMailbox),
        Some("room") => Some(Kind::RoomMailbox),
        Some("equipment") => Some(Kind::EquipmentMailbox),
        Some(other) => {
            return Err(Failed::task(
                "System.ArgumentException",
                &format!("Cannot bind parameter 'Type' to '{other}'."),
            ));
        }
    };
    if let (Some(kind), Some(recipient)) = (kind, site.state.recipients.get_mut(&guid)) {
        recipient.kind = kind;
    }
    Ok(output)
}

/// Remove-Mailbox: the user goes with it.
pub(super) fn remove(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, |recipient| recipient.kind.is_mailbox())?;
    forget(site, &guid);
    Ok(Output::default())
}

/// Takes a recipient and its user away, and out of every group.
pub(super) fn forget(site: &mut Site, guid: &str) {
    let now = site.now();
    if let Some(gone) = site.state.recipients.remove(guid)
        && let Some(user) = site.state.users.get_mut(&gone.object)
    {
        user.deleted = Some(now);
    }
    for group in site.state.recipients.values_mut() {
        group.members.retain(|member| member != guid);
    }
}

/// New-MailUser
pub(super) fn create_mail_user(site: &mut Site, input: &Input) -> Outcome {
    let name = new_name(site, input)?;
    let alias = alias(site, input, &name)?;
    let external = external(input)?;
    let principal = input.text("MicrosoftOnlineServicesID").unwrap_or_default().to_owned();
    let primary = input.text("PrimarySmtpAddress").unwrap_or(&principal);
    let list = addresses::changed(&[], &json!([format!("SMTP:{primary}")]))?;
    addresses::accepted(site, &list)?;
    addresses::free(site, None, &[list.clone(), vec![external.clone()]].concat())?;
    let display = input.text("DisplayName").unwrap_or(&name).to_owned();
    let object = new_user(site, &principal, &alias, &display);
    let recipient = blank(site, Kind::MailUser, object, name, alias, display, list, Some(external));
    Ok(added(site, input, recipient, &["FirstName", "LastName"]))
}

/// `ExternalEmailAddress` with its prefix.
pub(super) fn external(input: &Input) -> Result<String, Failed> {
    let address = input.text("ExternalEmailAddress").unwrap_or_default();
    let plain = address
        .split_once(':')
        .filter(|(kind, _)| kind.eq_ignore_ascii_case("smtp"))
        .map_or(address, |(_, rest)| rest);
    if !addresses::is_mail_address(plain) {
        let text = format!("The address '{address}' is not a valid external e-mail address.");
        return Err(Failed::task("Microsoft.Exchange.Data.DataValidationException", &text));
    }
    Ok(format!("SMTP:{plain}"))
}

/// A recipient that is known everywhere a little later.
#[allow(clippy::too_many_arguments)]
pub(super) fn blank(
    site: &mut Site,
    kind: Kind,
    object: String,
    name: String,
    alias: String,
    display_name: String,
    addresses: Vec<String>,
    external: Option<String>,
) -> Recipient {
    let (guid, created, visible) = (site.state.guid(), site.now(), site.replicated());
    let (fields, members, rights) = (Map::new(), Vec::new(), Vec::new());
    Recipient {
        guid,
        object,
        kind,
        name,
        alias,
        display_name,
        addresses,
        external,
        hidden: false,
        fields,
        members,
        rights,
        created,
        visible,
    }
}

/// Puts a new recipient down and shows it.
pub(super) fn added(site: &mut Site, input: &Input, mut recipient: Recipient, fields: &[&str]) -> Output {
    copy(input, fields, &mut recipient.fields);
    let shown = show::recipient(site, &recipient);
    site.state.recipients.insert(recipient.guid.clone(), recipient);
    Output::of(vec![shown])
}

/// Set-MailUser
pub(super) fn set_mail_user(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, |recipient| recipient.kind == Kind::MailUser)?;
    set_external(site, input, &guid)?;
    set_common(site, input, &guid, &["ExchangeGuid", "ArchiveGuid"])
}

/// Sets where mail goes, if that was given.
pub(super) fn set_external(site: &mut Site, input: &Input, guid: &str) -> Result<(), Failed> {
    if input.get("ExternalEmailAddress").is_none() {
        return Ok(());
    }
    let external = external(input)?;
    addresses::free(site, Some(guid), std::slice::from_ref(&external))?;
    if let Some(recipient) = site.state.recipients.get_mut(guid) {
        recipient.external = Some(external);
    }
    Ok(())
}

/// Remove-MailUser
pub(super) fn remove_mail_user(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, |recipient| recipient.kind == Kind::MailUser)?;
    forget(site, &guid);
    Ok(Output::default())
}
