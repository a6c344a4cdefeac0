//! What the directory demands of a user: names, password, place of use.

use serde_json::{Map, Value};

use super::super::call::Site;
use super::super::reply::Fault;

const REQUIRED: [&str; 5] = ["accountEnabled", "displayName", "mailNickname", "userPrincipalName", "passwordProfile"];
/// Only Exchange writes these.
const READ_ONLY: [&str; 4] = ["proxyAddresses", "assignedLicenses", "id", "createdDateTime"];
/// Properties that clients may set, by what they hold.
const FLAGS: [&str; 2] = ["accountEnabled", "showInAddressList"];
const LISTS: [&str; 3] = ["businessPhones", "otherMails", "identities"];
const TEXTS: [&str; 24] = [
    "city",
    "companyName",
    "country",
    "department",
    "displayName",
    "employeeId",
    "faxNumber",
    "givenName",
    "jobTitle",
    "mail",
    "mailNickname",
    "mobilePhone",
    "officeLocation",
    "onPremisesImmutableId",
    "passwordPolicies",
    "postalCode",
    "preferredLanguage",
    "state",
    "streetAddress",
    "surname",
    "usageLocation",
    "userPrincipalName",
    "userType",
    "employeeType",
];
const BANNED: [&str; 5] = ["password", "welcome", "qwerty", "12345678", "letmein"];

fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> &'a str {
    fields.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A user that is to be made.
pub(super) fn new_user(site: &Site, fields: &Map<String, Value>) -> Result<(), Fault> {
    if let Some(missing) = REQUIRED.iter().find(|name| fields.get(**name).is_none_or(Value::is_null)) {
        return Err(Fault::bad(format!("A value is required for property '{missing}' of resource 'User'.")));
    }
    changed_user(fields)?;
    principal_name(site, text(fields, "userPrincipalName"))
}

/// Fields of a user that is made or changed.
pub(super) fn changed_user(fields: &Map<String, Value>) -> Result<(), Fault> {
    if let Some(name) = READ_ONLY.iter().find(|name| fields.contains_key(**name)) {
        return Err(Fault::bad(format!("Property '{name}' is read-only and cannot be set.")));
    }
    let invalid =
        |name: &str| Fault::bad(format!("Invalid value specified for property '{name}' of resource 'User'."));
    for (name, value) in fields.iter().filter(|(name, _)| !name.contains('@')) {
        let fits = match name.as_str() {
            name if FLAGS.contains(&name) => value.is_boolean(),
            name if LISTS.contains(&name) => value.is_array(),
            name if TEXTS.contains(&name) => value.is_string(),
            "passwordProfile" => value.is_object(),
            _ => return Err(Fault::bad(format!("Invalid property '{name}'."))),
        };
        if !fits && !value.is_null() {
            return Err(invalid(name));
        }
    }
    for (name, most) in
        [("displayName", 256), ("mailNickname", 64), ("jobTitle", 128), ("department", 64), ("usageLocation", 2)]
    {
        if let Some(value) = fields.get(name).filter(|value| !value.is_null()) {
            let length = value.as_str().ok_or_else(|| invalid(name))?.chars().count();
            if length > most || length == 0 {
                return Err(invalid(name));
            }
        }
    }
    if text(fields, "mailNickname").chars().any(|letter| letter.is_whitespace() || "@()\\[]\";:<>,".contains(letter))
    {
        return Err(invalid("mailNickname"));
    }
    let location = text(fields, "usageLocation");
    let is_country = location.len() == 2 && location.bytes().all(|byte| byte.is_ascii_uppercase());
    if !location.is_empty() && !is_country {
        return Err(invalid("usageLocation"));
    }
    if fields.get("businessPhones").and_then(Value::as_array).is_some_and(|phones| phones.len() > 1) {
        return Err(invalid("businessPhones"));
    }
    match fields.get("passwordProfile") {
        Some(profile) => password(profile.get("password").and_then(Value::as_str)),
        None => Ok(()),
    }
}

/// A user principal name: characters, lengths, a verified domain.
pub(super) fn principal_name(site: &Site, name: &str) -> Result<(), Fault> {
    let invalid =
        || Fault::bad("Property userPrincipalName is invalid.").detail("InvalidValue", "userPrincipalName", name);
    let (local, domain) = name.split_once('@').ok_or_else(invalid)?;
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "'.-_!#^~".contains(letter);
    let lengths = name.len() <= 113 && (1..=64).contains(&local.len()) && (1..=48).contains(&domain.len());
    if !lengths || !local.chars().all(allowed) || local.ends_with('.') {
        return Err(invalid());
    }
    if ![site.options.domain.clone(), site.options.initial_domain()]
        .iter()
        .any(|own| own.eq_ignore_ascii_case(domain))
    {
        let text = "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.";
        return Err(Fault::bad(text).detail("InvalidValue", "userPrincipalName", text));
    }
    Ok(())
}

/// A password: 8 to 256 characters of three of four classes, no banned word.
fn password(password: Option<&str>) -> Result<(), Fault> {
    let weak = || {
        let text = "The specified password does not comply with password complexity requirements. Please provide a different password.";
        Fault::bad(text).detail("InvalidPassword", "passwordProfile", text)
    };
    let password = password.ok_or_else(weak)?;
    let classes: [fn(&char) -> bool; 4] =
        [char::is_ascii_lowercase, char::is_ascii_uppercase, char::is_ascii_digit, |letter| {
            letter.is_ascii_punctuation() || *letter == ' '
        }];
    let present = classes.iter().filter(|class| password.chars().any(|letter| class(&letter))).count();
    let banned = BANNED.iter().any(|word| password.to_lowercase().contains(word));
    if !password.is_ascii() || !(8..=256).contains(&password.len()) || present < 3 || banned {
        return Err(weak());
    }
    Ok(())
}
