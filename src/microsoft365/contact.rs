//! Mail contacts.

use super::Connection;
use super::exchange_admin::Cmdlet;
use super::failure::{Trouble, not_yet};
use super::names;
use crate::engine::port::Made;
use crate::engine::problem::{Kind, Problem};
use crate::engine::recipient::Contact;

/// What may already stand for an outside address.
const OUTSIDE: [&str; 3] = ["MailContact", "MailUser", "GuestMailUser"];

impl Connection {
    /// A mail contact with its facts and addresses. A mail user or guest that stands for the outside address serves
    /// as well and keeps its facts.
    pub(super) async fn make_contact(&self, contact: &Contact) -> Result<Made, Problem> {
        let (identity, card) = (&contact.identity, &contact.card);
        let cmdlet = Cmdlet::new("New-MailContact")
            .with("ExternalEmailAddress", identity.address.as_str())
            .with("DisplayName", names::display(identity))
            .with_some("FirstName", card.given_name.as_deref())
            .with_some("LastName", card.surname.as_deref());
        let (made, found) = self.make_or_find(cmdlet, identity, &OUTSIDE).await?;
        let found = match found {
            None => self.recipient(&identity.address).await?,
            found => found,
        };
        let kind = found.as_ref().map_or("MailContact", |found| found.kind.as_str());
        let name = found.as_ref().map_or(identity.address.as_str(), |found| found.identity.as_str());
        if kind != "MailContact" {
            self.add_addresses("Set-MailUser", name, identity).await?;
            return Ok(made);
        }
        self.set_facts(contact, name).await?;
        self.add_addresses("Set-MailContact", name, identity).await?;
        Ok(made)
    }

    async fn set_facts(&self, contact: &Contact, name: &str) -> Result<(), Problem> {
        let card = &contact.card;
        let facts = [
            ("Title", &card.job_title),
            ("Company", &card.company),
            ("Department", &card.department),
            ("Office", &card.office),
            ("Phone", &card.phone),
            ("MobilePhone", &card.mobile),
        ];
        if facts.iter().all(|(_, value)| value.as_deref().unwrap_or_default().is_empty()) {
            return Ok(());
        }
        let cmdlet = Cmdlet::new("Set-Contact").with("Identity", name).with("Confirm", false);
        let cmdlet = facts.iter().fold(cmdlet, |cmdlet, (name, value)| cmdlet.with_some(name, value.as_deref()));
        match self.run(cmdlet).await {
            Ok(_) => Ok(()),
            Err(Trouble::Refused(refusal)) if refusal.missing() => Err(not_yet(&contact.identity.address, &refusal)),
            Err(trouble) => Err(trouble.problem(Kind::Mailbox)),
        }
    }
}
