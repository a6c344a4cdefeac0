//! What names may look like on the target, and how ours are made to fit.

use super::failure::on_target;
use crate::engine::problem::{Guidance, Kind, Problem};
use crate::engine::recipient::{Address, Identity};

/// Longest `Name` and `Alias` of a recipient, in characters.
const NAME_LIMIT: usize = 64;
/// Longest display name, in characters.
const DISPLAY_LIMIT: usize = 256;
/// Longest user principal name, and its halves.
const UPN_LIMIT: usize = 113;
const UPN_LOCAL_LIMIT: usize = 64;
const UPN_DOMAIN_LIMIT: usize = 48;

/// Checks that an address can be a user principal name.
pub(super) fn check_principal_name(address: &Address) -> Result<(), Problem> {
    let (text, local, domain) = (address.as_str(), address.local(), address.domain());
    let allowed = |c: char| c.is_ascii_alphanumeric() || "'.-_!#^~".contains(c);
    let good = text.len() <= UPN_LIMIT
        && (1..=UPN_LOCAL_LIMIT).contains(&local.len())
        && (1..=UPN_DOMAIN_LIMIT).contains(&domain.len())
        && local.chars().chain(domain.chars()).all(allowed)
        && !local.ends_with('.');
    match good {
        true => Ok(()),
        false => Err(on_target(Kind::Mailbox, Guidance::TargetAddressInvalid).with("address", text)),
    }
}

/// The display name, within its limit; the address if there is none.
pub(super) fn display(identity: &Identity) -> String {
    let name: String = identity.display_name.chars().filter(|c| !c.is_control()).take(DISPLAY_LIMIT).collect();
    match name.trim() {
        "" => identity.address.as_str().to_owned(),
        name => name.to_owned(),
    }
}

/// An alias (mail nickname) from an address part: what is illegal there becomes a dash, dots stand alone and inside.
pub(super) fn alias(local: &str) -> String {
    let mut alias = String::new();
    for c in local.chars() {
        let c = if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' };
        if alias.len() < NAME_LIMIT && !(c == '.' && (alias.is_empty() || alias.ends_with('.'))) {
            alias.push(c);
        }
    }
    alias.truncate(alias.trim_end_matches('.').len());
    if alias.is_empty() { "recipient".to_owned() } else { alias }
}

/// Pairs of `Name` and `Alias` to try in turn: both must be unique in the organisation, and display names and local
/// parts often are not.
pub(super) fn candidates(identity: &Identity) -> [(String, String); 3] {
    let (name, address) = (display(identity), &identity.address);
    let long = alias(&format!("{}.{}", address.local(), address.domain()));
    [
        (fit(&name, ""), alias(address.local())),
        (fit(&name, &format!(" ({})", address.local())), long.clone()),
        (fit(&name, &format!(" ({address})")), long),
    ]
}

/// A name with its suffix, shortened in front so that both fit.
fn fit(name: &str, suffix: &str) -> String {
    let suffix: String = suffix.chars().take(NAME_LIMIT).collect();
    let room = NAME_LIMIT - suffix.chars().count();
    let name: String = name.chars().take(room).collect();
    format!("{}{suffix}", name.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(name: &str, address: &str) -> Identity {
        let address = Address::new(address);
        Identity { address, display_name: name.into(), aliases: Vec::new(), legacy_dn: None }
    }

    #[test]
    fn a_principal_name_is_checked_against_the_rules() {
        let long = format!("{}@aldernook.example", "a".repeat(65));
        for bad in ["", "plain", "@aldernook.example", "a b@aldernook.example", "dot.@aldernook.example"] {
            assert!(check_principal_name(&Address::new(bad)).is_err(), "{bad}");
        }
        for bad in [long.as_str(), "größe@aldernook.example", "a+b@aldernook.example"] {
            assert!(check_principal_name(&Address::new(bad)).is_err(), "{bad}");
        }
        for good in ["mara.quill@aldernook.example", "o'neil_!#^~-1@a.example"] {
            assert!(check_principal_name(&Address::new(good)).is_ok(), "{good}");
        }
    }

    #[test]
    fn an_alias_keeps_what_is_legal() {
        for (local, expected) in
            [("mara.quill", "mara.quill"), ("a..b.", "a.b"), ("o'neil+x", "o-neil-x"), ("..", "recipient")]
        {
            assert_eq!(alias(local), expected);
        }
        assert_eq!(alias(&"x".repeat(90)).len(), 64);
    }

    #[test]
    fn names_fit_and_differ() {
        let [first, second, third] = candidates(&identity(&"Ä".repeat(80), "info@brine.example"));
        for (name, alias) in [&first, &second, &third] {
            assert!(name.chars().count() <= 64 && alias.len() <= 64);
        }
        assert!(second.0.ends_with(" (info)") && third.0.ends_with(" (info@brine.example)"));
        assert_eq!((first.1.as_str(), second.1.as_str()), ("info", "info.brine.example"));
        assert_eq!(display(&identity("  ", "info@brine.example")), "info@brine.example");
    }
}
