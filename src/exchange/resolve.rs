//! Directory answers: recipients as ResolveNames and ExpandDL show them.

use super::xml::Element;
use crate::engine::recipient::{Address, Card};

/// What a recipient is, as far as EWS tells.
#[derive(Debug, Clone, PartialEq)]
pub enum Sort {
    /// A mailbox of this organisation.
    Mailbox,
    /// A group, dynamic ones included.
    Group,
    /// A mail contact or mail user: which of them EWS does not tell.
    Contact,
    /// Anything else, by its own name.
    Other(String),
}

/// A recipient of the address list.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Primary SMTP address.
    pub address: Address,
    /// Display name.
    pub name: String,
    /// What it is.
    pub sort: Sort,
    /// Further SMTP addresses.
    pub aliases: Vec<Address>,
    /// An X500 address, where one is shown.
    pub x500: Option<String>,
    /// Directory facts.
    pub card: Card,
}

/// The entry of a `Resolution`; `None` if it has no SMTP address.
pub fn entry(resolution: &Element) -> Option<Entry> {
    let mailbox = resolution.child("Mailbox")?;
    let contact = resolution.child("Contact");
    let proxies = contact.map(proxies).unwrap_or_default();
    let primary = || proxies.iter().find(|(prefix, _)| *prefix == "SMTP").map(|(_, rest)| (*rest).to_owned());
    let address = Address::new(smtp(mailbox).map(str::to_owned).or_else(primary)?);
    let mut aliases: Vec<Address> = Vec::new();
    for (prefix, rest) in &proxies {
        let alias = Address::new(*rest);
        if prefix.eq_ignore_ascii_case("smtp") && rest.contains('@') && alias != address && !aliases.contains(&alias)
        {
            aliases.push(alias);
        }
    }
    let x500 = proxies.iter().find(|(prefix, _)| prefix.eq_ignore_ascii_case("x500"));
    let name = mailbox.text_of("Name").or_else(|| contact?.text_of("DisplayName"));
    Some(Entry {
        name: name.unwrap_or(address.as_str()).to_owned(),
        sort: sort(mailbox),
        aliases,
        x500: x500.map(|(_, rest)| (*rest).to_owned()),
        card: contact.map(card).unwrap_or_default(),
        address,
    })
}

/// The address of a member in a `DLExpansion`.
pub fn member(mailbox: &Element) -> Option<Address> {
    smtp(mailbox).map(Address::new)
}

fn smtp(mailbox: &Element) -> Option<&str> {
    let routed = mailbox.text_of("RoutingType").is_none_or(|kind| kind.eq_ignore_ascii_case("SMTP"));
    mailbox.text_of("EmailAddress").filter(|address| routed && address.contains('@'))
}

fn sort(mailbox: &Element) -> Sort {
    match mailbox.text_of("MailboxType") {
        Some("Mailbox") | None => Sort::Mailbox,
        Some("PublicDL") => Sort::Group,
        Some("Contact") => Sort::Contact,
        Some(other) => Sort::Other(other.to_owned()),
    }
}

/// `EmailAddresses` entries as (prefix, rest); an entry without a prefix is an SMTP alias.
fn proxies(contact: &Element) -> Vec<(&str, &str)> {
    let entries = contact.child("EmailAddresses").map(|list| list.children.as_slice()).unwrap_or_default();
    let is_prefix = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    entries
        .iter()
        .map(|entry| {
            let text = entry.text.trim();
            text.split_once(':').filter(|(prefix, _)| is_prefix(prefix)).unwrap_or(("smtp", text))
        })
        .filter(|(_, rest)| !rest.is_empty())
        .collect()
}

fn card(contact: &Element) -> Card {
    let text = |name: &str| contact.text_of(name).map(str::to_owned);
    let name = |part: &str| contact.child("CompleteName").and_then(|name| name.text_of(part)).map(str::to_owned);
    let phone = |key: &str| {
        let numbers = contact.child("PhoneNumbers")?;
        let entry = numbers.all("Entry").find(|entry| entry.attribute("Key") == Some(key))?;
        Some(entry.text.trim().to_owned()).filter(|number| !number.is_empty())
    };
    Card {
        given_name: text("GivenName").or_else(|| name("FirstName")),
        surname: text("Surname").or_else(|| name("LastName")),
        job_title: text("JobTitle"),
        department: text("Department"),
        company: text("CompanyName"),
        office: text("OfficeLocation"),
        phone: phone("BusinessPhone"),
        mobile: phone("MobilePhone"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::exchange::xml;

    const RESOLUTION: &str = r#"<t:Resolution xmlns:t="x">
      <t:Mailbox><t:Name>Nina Berg</t:Name><t:EmailAddress>nina@fabrikam.test</t:EmailAddress>
       <t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType></t:Mailbox>
      <t:Contact><t:DisplayName>Nina Berg</t:DisplayName><t:GivenName>Nina</t:GivenName>
       <t:EmailAddresses><t:Entry Key="EmailAddress1">SMTP:nina@fabrikam.test</t:Entry>
        <t:Entry Key="EmailAddress2">smtp:n.berg@fabrikam.test</t:Entry>
        <t:Entry Key="EmailAddress3">X500:/o=Old/cn=nina</t:Entry></t:EmailAddresses>
       <t:PhoneNumbers><t:Entry Key="BusinessPhone">+1 555</t:Entry><t:Entry Key="MobilePhone"/></t:PhoneNumbers>
       <t:Surname>Berg</t:Surname></t:Contact></t:Resolution>"#;

    #[test]
    fn a_mailbox_with_aliases_and_card() {
        let entry = entry(&xml::parse(RESOLUTION.as_bytes()).unwrap()).unwrap();
        assert_eq!(entry.address.as_str(), "nina@fabrikam.test");
        assert_eq!(entry.sort, Sort::Mailbox);
        assert_eq!(entry.aliases, [Address::new("n.berg@fabrikam.test")]);
        assert_eq!(entry.x500.as_deref(), Some("/o=Old/cn=nina"));
        assert_eq!(entry.card.given_name.as_deref(), Some("Nina"));
        assert_eq!((entry.card.phone.as_deref(), entry.card.mobile), (Some("+1 555"), None));
    }

    #[test]
    fn an_ex_address_gives_way_to_the_primary_proxy() {
        let text = RESOLUTION
            .replace("<t:EmailAddress>nina@fabrikam.test</t:EmailAddress>", "<t:EmailAddress>/o=x</t:EmailAddress>")
            .replace("<t:RoutingType>SMTP", "<t:RoutingType>EX");
        let entry = entry(&xml::parse(text.as_bytes()).unwrap()).unwrap();
        assert_eq!(entry.address.as_str(), "nina@fabrikam.test");
    }
}
