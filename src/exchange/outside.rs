//! Recipients whose mail goes elsewhere: telling mail users from mailboxes, and finding where a contact's mail goes.
//!
//! An address list shows a mail user as a mailbox, and a mail contact under its address in the firm's own domain as
//! often as under the outside one. So every mailbox is opened and measured once (which also shows missing rights before
//! anything runs), and a contact's outside address is the one whose domain holds no mailbox.

use std::collections::{HashMap, HashSet};

use super::directory::{count, finding};
use super::walk::Measured;
use super::{Connection, folders};
use crate::engine::port::SurveyProgress;
use crate::engine::problem::{Guidance, Kind, Problem};
use crate::engine::recipient::{Address, Contact, Identity, Mailbox, Survey};

impl Connection {
    /// Moves what has no mailbox here from the mailboxes to the contacts, gives contacts their outside addresses, and
    /// names the members of groups as the survey names them.
    pub async fn settle(
        &self,
        survey: &mut Survey,
        progress: &(dyn Fn(SurveyProgress) + Send + Sync),
    ) -> Result<(), Problem> {
        let mut unopened = std::mem::take(&mut survey.mailboxes).into_iter();
        while let Some(mailbox) = unopened.next() {
            match self.measure_once(&mailbox.identity.address).await? {
                Ok(size) => survey.mailboxes.push(Mailbox { size, ..mailbox }),
                Err(problem) if problem.guidance == Guidance::SourceMailboxMissing => {
                    let Mailbox { identity, card, .. } = mailbox;
                    survey.contacts.push(Contact { identity, card, mail_user: true });
                }
                Err(problem) => {
                    survey.findings.push(problem);
                    survey.mailboxes.push(mailbox);
                }
            }
            let seen = count(survey);
            progress(SurveyProgress { mailboxes: seen.opened + unopened.len(), ..seen });
        }
        let own = self.own_domains(survey);
        let mut called = HashMap::new();
        for contact in std::mem::take(&mut survey.contacts) {
            let known_as = contact.identity.address.clone();
            match outside(contact.identity, &own) {
                Ok(identity) => {
                    called.insert(known_as, identity.address.clone());
                    survey.contacts.push(Contact { identity, ..contact });
                }
                Err(identity) => {
                    let unknown = finding(Guidance::SourceOutsideAddressUnknown);
                    survey.findings.push(unknown.with("recipient", identity.address));
                }
            }
        }
        for member in survey.groups.iter_mut().flat_map(|group| &mut group.members) {
            if let Some(name) = called.get(member) {
                *member = name.clone();
            }
        }
        Ok(())
    }

    /// Opens and measures a mailbox, and remembers the outcome for a repeated survey.
    async fn measure_once(&self, mailbox: &Address) -> Result<Measured, Problem> {
        if let Some(known) = self.heard.measured(mailbox) {
            return Ok(known);
        }
        let mut begun = self.heard.begun(mailbox);
        let outcome = match folders::measure(&self.ews, mailbox, &mut begun).await {
            Err(problem) if matches!(problem.kind, Kind::Retry | Kind::Wait | Kind::Run) => {
                self.heard.keep_begun(mailbox, begun);
                return Err(problem);
            }
            outcome => outcome,
        };
        self.heard.keep_measured(mailbox, outcome.clone());
        Ok(outcome)
    }

    /// The domains in which this organisation receives mail: those of its mailboxes and groups, aliases included.
    fn own_domains(&self, survey: &Survey) -> HashSet<String> {
        let mailboxes = survey.mailboxes.iter().map(|mailbox| &mailbox.identity);
        let identities = mailboxes.chain(survey.groups.iter().map(|group| &group.identity));
        let addresses = identities.flat_map(|identity| identity.aliases.iter().chain([&identity.address]));
        addresses.map(Address::domain).chain([self.settings.email.domain()]).collect()
    }
}

/// The identity with an outside address first, and the others as aliases; unchanged as `Err` if there is none.
fn outside(mut identity: Identity, own: &HashSet<String>) -> Result<Identity, Identity> {
    let is_outside = |address: &Address| !own.contains(&address.domain());
    if is_outside(&identity.address) {
        return Ok(identity);
    }
    let Some(at) = identity.aliases.iter().position(is_outside) else { return Err(identity) };
    std::mem::swap(&mut identity.address, &mut identity.aliases[at]);
    Ok(identity)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn identity(address: &str, aliases: &[&str]) -> Identity {
        Identity {
            address: Address::new(address),
            display_name: String::new(),
            aliases: aliases.iter().map(|alias| Address::new(*alias)).collect(),
            legacy_dn: None,
        }
    }

    #[test]
    fn a_contacts_mail_goes_where_the_firm_has_no_mailboxes() {
        let own = HashSet::from(["alder.test".to_owned()]);
        let found = outside(identity("ext@Alder.test", &["e@alder.test", "e@mill.test"]), &own).unwrap();
        assert_eq!(found, identity("e@mill.test", &["e@alder.test", "ext@alder.test"]));
        let plain = identity("e@mill.test", &["ext@alder.test"]);
        assert_eq!(outside(plain.clone(), &own).unwrap(), plain);
        assert!(outside(identity("ext@alder.test", &[]), &own).is_err());
    }
}
