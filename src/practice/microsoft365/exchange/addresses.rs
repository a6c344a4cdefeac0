//! Addresses of recipients: one primary, one space for all kinds, accepted domains.

use serde_json::Value;

use super::super::call::Site;
use super::super::recipient::Recipient;
use super::answer::Failed;
use super::input::Input;

/// An address with its prefix; one without is SMTP and secondary.
fn prefixed(text: &str) -> String {
    let text = text.trim();
    match text.split_once(':') {
        Some((kind, _)) if !kind.is_empty() && kind.chars().all(|letter| letter.is_ascii_alphanumeric()) => {
            text.to_owned()
        }
        _ => format!("smtp:{text}"),
    }
}

fn is_smtp(address: &str) -> bool {
    address.get(..5).is_some_and(|kind| kind.eq_ignore_ascii_case("smtp:"))
}

fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || a.to_lowercase() == b.to_lowercase()
}

/// The address list that `EmailAddresses` asks for: a whole new list, or a table with `Add` and `Remove`.
pub(super) fn changed(current: &[String], value: &Value) -> Result<Vec<String>, Failed> {
    let texts = |value: &Value| -> Vec<String> {
        match value {
            Value::String(text) => vec![prefixed(text)],
            Value::Array(values) => values.iter().filter_map(|value| value.as_str().map(prefixed)).collect(),
            _ => Vec::new(),
        }
    };
    let mut list = match value {
        Value::Object(table) => {
            let part = |name: &str| {
                table.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| texts(value))
            };
            let (add, remove) = (part("Add").unwrap_or_default(), part("Remove").unwrap_or_default());
            let mut list: Vec<String> =
                current.iter().filter(|own| !remove.iter().any(|gone| same(own, gone))).cloned().collect();
            for new in add {
                let primary = new.starts_with("SMTP:");
                if primary {
                    for own in list.iter_mut().filter(|own| own.starts_with("SMTP:")) {
                        *own = own.replacen("SMTP:", "smtp:", 1);
                    }
                }
                list.retain(|own| !same(own, &new));
                list.push(new);
            }
            list
        }
        value => texts(value),
    };
    let mut seen: Vec<String> = Vec::new();
    list.retain(|own| {
        let fresh = !seen.contains(&own.to_lowercase());
        seen.push(own.to_lowercase());
        fresh
    });
    let invalid = |text: &str| Failed::task("Microsoft.Exchange.Data.DataValidationException", text);
    match list.iter().filter(|address| address.starts_with("SMTP:")).count() {
        1 => {}
        0 => match list.iter_mut().find(|address| is_smtp(address)) {
            Some(first) => *first = format!("SMTP:{}", &first[5..]),
            None => return Err(invalid("The primary SMTP address must be specified.")),
        },
        _ => return Err(invalid("There are multiple primary proxy addresses of type SMTP.")),
    }
    if let Some(bad) = list.iter().find(|address| is_smtp(address) && !is_mail_address(&address[5..])) {
        return Err(invalid(&format!("The address '{bad}' is invalid: it is not a valid SMTP address.")));
    }
    Ok(list)
}

/// Whether a text looks like a mail address.
pub(super) fn is_mail_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && domain.contains('.') && !text.contains(char::is_whitespace) && !domain.contains('@')
    })
}

/// Refuses addresses that somebody else has. Not even replicas that lag behind would let them pass.
pub(super) fn free(site: &Site, own: Option<&str>, addresses: &[String]) -> Result<(), Failed> {
    for address in addresses {
        let owner = site.state.recipients.values().find(|r| Some(r.guid.as_str()) != own && r.has_address(address));
        let by_name = || {
            let plain =
                address.split_once(':').filter(|(kind, _)| kind.eq_ignore_ascii_case("x500")).map(|(_, dn)| dn)?;
            site.state
                .recipients
                .values()
                .find(|r| Some(r.guid.as_str()) != own && r.legacy_dn().eq_ignore_ascii_case(plain))
        };
        if let Some(owner) = owner.or_else(by_name) {
            return Err(Failed::address_taken(address, &owner.name));
        }
        let object = own.and_then(|own| site.state.recipients.get(own)).map(|recipient| recipient.object.as_str());
        let plain =
            address.split_once(':').filter(|(kind, _)| kind.eq_ignore_ascii_case("smtp")).map(|(_, rest)| rest);
        let user = site.state.users.values().filter(|user| Some(user.id.as_str()) != object).find(|user| {
            let name = user.fields.get("userPrincipalName").and_then(Value::as_str);
            name.zip(plain).is_some_and(|(name, plain)| name.eq_ignore_ascii_case(plain))
        });
        if let Some(user) = user {
            return Err(Failed::address_taken(
                address,
                user.fields["userPrincipalName"].as_str().unwrap_or_default(),
            ));
        }
    }
    Ok(())
}

/// Refuses SMTP addresses in domains that the tenant does not accept.
pub(super) fn accepted(site: &Site, addresses: &[String]) -> Result<(), Failed> {
    let own = [site.options.domain.clone(), site.options.initial_domain()];
    let foreign = addresses.iter().filter(|address| is_smtp(address)).find(|address| {
        let domain = address.rsplit('@').next().unwrap_or_default();
        !own.iter().any(|own| own.eq_ignore_ascii_case(domain))
    });
    match foreign {
        None => Ok(()),
        Some(address) => {
            let domain = address.rsplit('@').next().unwrap_or_default();
            let text = format!(
                "You can't use the domain \"{domain}\" because it's not an accepted domain for your organization."
            );
            Err(Failed::task("Microsoft.Exchange.Management.Tasks.NotAcceptedDomainException", &text))
        }
    }
}

/// What the parameters about addresses make of a recipient's list.
pub(super) fn of_input(site: &Site, recipient: &Recipient, input: &Input) -> Result<Vec<String>, Failed> {
    let mut list = recipient.addresses.clone();
    if let Some(value) = input.get("EmailAddresses") {
        list = changed(&list, value)?;
    }
    for name in ["PrimarySmtpAddress", "WindowsEmailAddress"] {
        if let Some(primary) = input.text(name) {
            let table = serde_json::json!({"Add": format!("SMTP:{primary}")});
            list = changed(&list, &table)?;
        }
    }
    let new: Vec<String> = list.iter().filter(|address| !recipient.has_address(address)).cloned().collect();
    free(site, Some(&recipient.guid), &new)?;
    if recipient.external.is_none() {
        accepted(site, &list)?;
    }
    Ok(list)
}
