//! The survey: every recipient that the address list shows, and what the settings name beside it.

use async_trait::async_trait;

use super::resolve::{Entry, Sort};
use super::walk::{Listening, Members};
use super::{Connection, folders};
use crate::engine::port::{Directory, SurveyProgress};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::{Address, Card, Contact, Group, GroupKind, Identity, Mailbox, MailboxKind, Survey};

/// How far a survey is whose mailboxes were all opened.
pub fn count(survey: &Survey) -> SurveyProgress {
    let opened = survey.mailboxes.len();
    SurveyProgress { mailboxes: opened, opened, groups: survey.groups.len(), contacts: survey.contacts.len() }
}

/// Something that needs a look.
pub fn finding(guidance: Guidance) -> Problem {
    Problem::new(Kind::Mailbox, Side::Source, guidance)
}

/// It is the recipient's address, or a further one.
fn is_of(address: &Address, recipient: &Identity) -> bool {
    recipient.address == *address || recipient.aliases.contains(address)
}

/// The list names this recipient.
fn names(list: &[Address], recipient: &Identity) -> bool {
    list.iter().any(|address| is_of(address, recipient))
}

#[async_trait]
impl Directory for Connection {
    async fn survey(&self, progress: &(dyn Fn(SurveyProgress) + Send + Sync)) -> Result<Survey, Problem> {
        let mut listening = Listening::to(&self.heard);
        let survey = self.whole(progress).await;
        listening.goes_on(survey.as_ref().is_err_and(|problem| matches!(problem.kind, Kind::Retry | Kind::Wait)));
        survey
    }
}

impl Connection {
    async fn whole(&self, progress: &(dyn Fn(SurveyProgress) + Send + Sync)) -> Result<Survey, Problem> {
        let mut survey = Survey::default();
        let entries = self.walk(&mut survey.findings, progress).await?;
        for entry in entries.into_values() {
            self.sort_in(entry, &mut survey);
        }
        self.add_hidden(&mut survey, progress).await?;
        self.add_dynamic(&mut survey);
        self.miss_listed(&mut survey);
        let seen = SurveyProgress { opened: 0, ..count(&survey) };
        for group in &mut survey.groups {
            if !matches!(group.kind, GroupKind::Dynamic { .. }) {
                self.expand(group, &mut survey.findings).await?;
                progress(seen);
            }
        }
        self.settle(&mut survey, progress).await?;
        self.add_legacy_names(&mut survey, progress).await?;
        survey.mailboxes.sort_by_key(|mailbox| mailbox.identity.address.key());
        survey.groups.sort_by_key(|group| group.identity.address.key());
        survey.contacts.sort_by_key(|contact| contact.identity.address.key());
        progress(count(&survey));
        Ok(survey)
    }

    fn sort_in(&self, entry: Entry, survey: &mut Survey) {
        let identity = Identity {
            address: entry.address,
            display_name: entry.name,
            aliases: entry.aliases,
            legacy_dn: entry.x500,
        };
        match entry.sort {
            Sort::Mailbox => {
                let kind = self.mailbox_kind(&identity);
                survey.mailboxes.push(Mailbox { identity, kind, card: entry.card, size: None });
            }
            Sort::Group => {
                let kind = self.group_kind(&identity);
                survey.groups.push(Group { identity, kind, members: Vec::new() });
            }
            Sort::Contact => survey.contacts.push(Contact { identity, card: entry.card, mail_user: false }),
            Sort::Other(kind) => {
                let found = finding(Guidance::SourceRecipientNotMoved);
                survey.findings.push(found.with("recipient", &identity.address).with("kind", kind));
            }
        }
    }

    fn mailbox_kind(&self, mailbox: &Identity) -> MailboxKind {
        let settings = &self.settings;
        if names(&settings.shared, mailbox) {
            MailboxKind::Shared
        } else if names(&settings.rooms, mailbox) {
            MailboxKind::Room
        } else if names(&settings.equipment, mailbox) {
            MailboxKind::Equipment
        } else {
            MailboxKind::User
        }
    }

    fn group_kind(&self, group: &Identity) -> GroupKind {
        let dynamic = self.settings.dynamic_groups.iter().find(|(address, _)| is_of(address, group));
        match dynamic {
            Some((_, filter)) => GroupKind::Dynamic { filter: filter.clone() },
            None if names(&self.settings.security_groups, group) => GroupKind::Security,
            None => GroupKind::Distribution,
        }
    }

    /// Whom the settings list as special and nobody is: misspelt, they would move as something else. Dynamic groups need not
    /// be shown ([`Connection::add_dynamic`]), and what is listed under `also` was looked for.
    fn miss_listed(&self, survey: &mut Survey) {
        let Survey { mailboxes, groups, findings, .. } = survey;
        let settings = &self.settings;
        let is_mailbox = |address: &Address| mailboxes.iter().any(|mailbox| is_of(address, &mailbox.identity));
        let is_group = |address: &Address| groups.iter().any(|group| is_of(address, &group.identity));
        let mut miss = |key: &str, list: &[Address], is_there: &dyn Fn(&Address) -> bool| {
            for address in list.iter().filter(|address| !is_there(address) && !settings.also.contains(address)) {
                findings.push(finding(Guidance::SourceListedMissing).with("key", key).with("address", address));
            }
        };
        miss("shared", &settings.shared, &is_mailbox);
        miss("rooms", &settings.rooms, &is_mailbox);
        miss("equipment", &settings.equipment, &is_mailbox);
        miss("security_groups", &settings.security_groups, &is_group);
    }

    /// Mailboxes that the settings name beside the address list: opened once, to see that they are there. An alias
    /// gives way to the primary address that the server tells.
    async fn add_hidden(
        &self,
        survey: &mut Survey,
        progress: &(dyn Fn(SurveyProgress) + Send + Sync),
    ) -> Result<(), Problem> {
        for address in &self.settings.also {
            let known = |address: &Address, survey: &Survey| {
                survey.mailboxes.iter().any(|known| is_of(address, &known.identity))
            };
            if known(address, survey) {
                continue;
            }
            let opened = self.open_once(address).await?;
            progress(SurveyProgress { opened: 0, ..count(survey) });
            let primary = match opened {
                Ok(()) => address.clone(),
                Err(problem) => match problem.values.get("primary").map(|primary| Address::new(primary.as_str())) {
                    Some(primary) if known(&primary, survey) => continue,
                    Some(primary) => primary,
                    None => {
                        survey.findings.push(problem);
                        continue;
                    }
                },
            };
            let identity = Identity {
                display_name: primary.local().to_owned(),
                aliases: if primary == *address { Vec::new() } else { vec![address.clone()] },
                legacy_dn: None,
                address: primary,
            };
            let kind = self.mailbox_kind(&identity);
            survey.mailboxes.push(Mailbox { identity, kind, card: Card::default(), size: None });
        }
        Ok(())
    }

    async fn open_once(&self, mailbox: &Address) -> Result<Result<(), Problem>, Problem> {
        if let Some(outcome) = self.heard.hidden(mailbox) {
            return Ok(outcome);
        }
        let outcome = folders::open(&self.ews, mailbox).await;
        match outcome {
            Err(problem) if matches!(problem.kind, Kind::Retry | Kind::Wait | Kind::Run) => Err(problem),
            outcome => {
                self.heard.keep_hidden(mailbox, outcome.clone());
                Ok(outcome)
            }
        }
    }

    /// Dynamic groups that the settings name and the walk did not show.
    fn add_dynamic(&self, survey: &mut Survey) {
        for (address, filter) in &self.settings.dynamic_groups {
            if !survey.groups.iter().any(|group| is_of(address, &group.identity)) {
                let identity = Identity {
                    address: address.clone(),
                    display_name: address.local().to_owned(),
                    aliases: Vec::new(),
                    legacy_dn: None,
                };
                let kind = GroupKind::Dynamic { filter: filter.clone() };
                survey.groups.push(Group { identity, kind, members: Vec::new() });
            }
        }
    }

    /// The server answers success with nothing for groups it cannot expand, so that "empty" is worth a look.
    async fn expand(&self, group: &mut Group, findings: &mut Vec<Problem>) -> Result<(), Problem> {
        let address = &group.identity.address;
        match self.members(address).await {
            Ok(Members { whole, members }) => {
                if !whole {
                    findings.push(finding(Guidance::SourceGroupCut).with("group", address));
                }
                if members.is_empty() {
                    findings.push(finding(Guidance::SourceGroupEmpty).with("group", address));
                }
                group.members = members;
            }
            Err(problem) if matches!(problem.kind, Kind::Retry | Kind::Wait | Kind::Run) => return Err(problem),
            Err(problem) => findings.push(problem),
        }
        Ok(())
    }

    /// The legacyExchangeDN of mailboxes, which only Autodiscover tells.
    async fn add_legacy_names(
        &self,
        survey: &mut Survey,
        progress: &(dyn Fn(SurveyProgress) + Send + Sync),
    ) -> Result<(), Problem> {
        let seen = count(survey);
        let addresses = survey.mailboxes.iter().map(|mailbox| mailbox.identity.address.clone());
        let unheard: Vec<Address> = addresses.filter(|address| self.heard.name(address).is_none()).collect();
        let told = |address: &Address, name: Option<String>| {
            self.heard.keep_name(address, name);
            progress(seen);
        };
        // What a repeated survey has heard already counts as well, as in the walk.
        (unheard.len()..seen.opened).for_each(|_| progress(seen));
        self.autodiscover.legacy_names(&self.facts, &unheard, &told).await?;
        let mut unknown = 0;
        for mailbox in &mut survey.mailboxes {
            match self.heard.name(&mailbox.identity.address).flatten() {
                Some(name) => mailbox.identity.legacy_dn = Some(name),
                None => unknown += usize::from(mailbox.identity.legacy_dn.is_none()),
            }
        }
        if unknown > 0 {
            survey.findings.push(finding(Guidance::SourceLegacyNamesUnknown).with("mailboxes", unknown));
        }
        Ok(())
    }
}
