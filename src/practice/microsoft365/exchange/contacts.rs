//! Mail contacts.

use serde_json::json;

use super::super::call::Site;
use super::super::recipient::Kind;
use super::answer::Output;
use super::input::Input;
use super::{Outcome, addresses, mailboxes, table};

/// New-MailContact
pub(super) fn create(site: &mut Site, input: &Input) -> Outcome {
    let name = mailboxes::new_name(site, input)?;
    let alias = mailboxes::alias(site, input, &name)?;
    let external = mailboxes::external(input)?;
    let list = addresses::changed(&[], &json!([external.clone()]))?;
    addresses::free(site, None, &list)?;
    let display = input.text("DisplayName").unwrap_or(&name).to_owned();
    let object = site.state.guid();
    let contact = mailboxes::blank(site, Kind::MailContact, object, name, alias, display, list, Some(external));
    Ok(mailboxes::added(
        site,
        input,
        contact,
        &["FirstName", "Initials", "LastName", "MessageFormat", "ModeratedBy", "ModerationEnabled"],
    ))
}

/// Set-MailContact
pub(super) fn set_mail(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, |recipient| recipient.kind == Kind::MailContact)?;
    mailboxes::set_external(site, input, &guid)?;
    mailboxes::set_common(site, input, &guid, &["MessageFormat"])
}

/// Set-Contact: the person's data.
pub(super) fn set_person(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, |recipient| recipient.kind == Kind::MailContact)?;
    if let Some(contact) = site.state.recipients.get_mut(&guid) {
        if let Some(name) = input.text("DisplayName") {
            contact.display_name = name.to_owned();
        }
        let fields: Vec<&str> = table::PERSON.iter().filter(|name| **name != "DisplayName").copied().collect();
        mailboxes::copy(input, &fields, &mut contact.fields);
    }
    Ok(Output::default())
}

/// Remove-MailContact
pub(super) fn remove(site: &mut Site, input: &Input) -> Outcome {
    let guid = input.identity(site, |recipient| recipient.kind == Kind::MailContact)?;
    mailboxes::forget(site, &guid);
    Ok(Output::default())
}
