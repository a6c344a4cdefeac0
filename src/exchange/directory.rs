//! The survey: every recipient that the address list shows, by a walk over address prefixes.
//!
//! Such a walk cannot see what is hidden from address lists; the settings name those mailboxes (`also`). It asks one
//! request at a time, because the server charges directory load to the account.

use std::collections::{BTreeMap, HashMap, VecDeque};

use async_trait::async_trait;

use super::request::Operation;
use super::resolve::{self, Entry, Sort};
use super::{Connection, fault, folders, soap};
use crate::engine::port::{Directory, SurveyProgress};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::recipient::{Address, Card, Contact, Group, GroupKind, Identity, Mailbox, MailboxKind, Survey};

/// What the local part of an address starts with, as far as the walk goes.
const FIRST: &str = "abcdefghijklmnopqrstuvwxyz0123456789_-+&'";
/// What else may follow, where an answer was capped.
const FURTHER: &str = ".@";
/// Characters of a prefix, at most.
const DEPTH_LIMIT: usize = 12;
/// Requests of one walk, at most.
const REQUEST_LIMIT: usize = 20_000;

#[async_trait]
impl Directory for Connection {
    async fn survey(&self, progress: &(dyn Fn(SurveyProgress) + Send + Sync)) -> Result<Survey, Problem> {
        let mut survey = Survey::default();
        let entries = self.walk(&mut survey.findings, progress).await?;
        for entry in entries.into_values() {
            self.sort_in(entry, &mut survey);
        }
        self.add_hidden(&mut survey).await?;
        self.add_dynamic(&mut survey);
        for group in &mut survey.groups {
            if !matches!(group.kind, GroupKind::Dynamic { .. }) {
                self.expand(group, &mut survey.findings).await?;
            }
        }
        self.add_legacy_names(&mut survey).await?;
        survey.mailboxes.sort_by_key(|mailbox| mailbox.identity.address.key());
        survey.groups.sort_by_key(|group| group.identity.address.key());
        survey.contacts.sort_by_key(|contact| contact.identity.address.key());
        progress(count(&survey));
        Ok(survey)
    }
}

fn count(survey: &Survey) -> SurveyProgress {
    SurveyProgress {
        mailboxes: survey.mailboxes.len(),
        groups: survey.groups.len(),
        contacts: survey.contacts.len(),
    }
}

fn finding(guidance: Guidance) -> Problem {
    Problem::new(Kind::Mailbox, Side::Source, guidance)
}

impl Connection {
    async fn walk(
        &self,
        findings: &mut Vec<Problem>,
        progress: &(dyn Fn(SurveyProgress) + Send + Sync),
    ) -> Result<BTreeMap<Address, Entry>, Problem> {
        let mut found: BTreeMap<Address, Entry> = BTreeMap::new();
        let mut queue: VecDeque<String> = FIRST.chars().map(String::from).collect();
        let mut requests = 0;
        while let Some(prefix) = queue.pop_front() {
            requests += 1;
            if requests > REQUEST_LIMIT {
                findings.push(finding(Guidance::SourceDirectoryCut).with("prefix", &prefix));
                break;
            }
            let (entries, whole) = self.resolve(&prefix).await?;
            for entry in entries {
                found.entry(entry.address.clone()).or_insert(entry);
            }
            if !whole && prefix.chars().count() < DEPTH_LIMIT {
                queue.extend(FIRST.chars().chain(FURTHER.chars()).map(|next| format!("{prefix}{next}")));
            } else if !whole {
                findings.push(finding(Guidance::SourceDirectoryCut).with("prefix", &prefix));
            }
            let of = |sort: Sort| found.values().filter(|entry| entry.sort == sort).count();
            progress(SurveyProgress {
                mailboxes: of(Sort::Mailbox),
                groups: of(Sort::Group),
                contacts: of(Sort::Contact),
            });
        }
        Ok(found)
    }

    /// The recipients with an address that starts so, and whether these are all.
    async fn resolve(&self, prefix: &str) -> Result<(Vec<Entry>, bool), Problem> {
        let entry = format!("smtp:{prefix}");
        let response = self.ews.call(&Operation::ResolveNames { entry: &entry }, None).await?;
        let none = ["ErrorNameResolutionNoResults", "ErrorInvalidNameForNameResolution", "ErrorADSessionFilter"];
        let messages = soap::messages(&response);
        let message = messages.first().ok_or_else(|| fault::malformed("ResolveNames without a message"))?;
        if soap::trouble(message).is_some_and(|trouble| none.contains(&trouble.code.as_str())) {
            return Ok((Vec::new(), true));
        }
        let message = soap::check(message, &self.ews.place(None, ""))?;
        let set = message.child("ResolutionSet").ok_or_else(|| fault::malformed("ResolveNames without its set"))?;
        let whole = set.attribute("IncludesLastItemInRange").is_none_or(|last| last == "true");
        Ok((set.all("Resolution").filter_map(resolve::entry).collect(), whole))
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
                let kind = self.mailbox_kind(&identity.address);
                survey.mailboxes.push(Mailbox { identity, kind, card: entry.card });
            }
            Sort::Group => {
                let kind = self.group_kind(&identity.address);
                survey.groups.push(Group { identity, kind, members: Vec::new() });
            }
            Sort::Contact => survey.contacts.push(Contact { identity, card: entry.card, mail_user: false }),
            Sort::Other(kind) => {
                let found = finding(Guidance::SourceRecipientNotMoved);
                survey.findings.push(found.with("recipient", &identity.address).with("kind", kind));
            }
        }
    }

    fn mailbox_kind(&self, address: &Address) -> MailboxKind {
        let settings = &self.settings;
        if settings.shared.contains(address) {
            MailboxKind::Shared
        } else if settings.rooms.contains(address) {
            MailboxKind::Room
        } else if settings.equipment.contains(address) {
            MailboxKind::Equipment
        } else {
            MailboxKind::User
        }
    }

    fn group_kind(&self, address: &Address) -> GroupKind {
        let dynamic = self.settings.dynamic_groups.iter().find(|(group, _)| group == address);
        match dynamic {
            Some((_, filter)) => GroupKind::Dynamic { filter: filter.clone() },
            None if self.settings.security_groups.contains(address) => GroupKind::Security,
            None => GroupKind::Distribution,
        }
    }

    /// Mailboxes that the settings name beside the address list: opened once, to see that they are there. An alias
    /// gives way to the primary address that the server tells.
    async fn add_hidden(&self, survey: &mut Survey) -> Result<(), Problem> {
        for address in &self.settings.also {
            let known = |address: &Address, survey: &Survey| {
                let mut mailboxes = survey.mailboxes.iter();
                mailboxes.any(|known| known.identity.address == *address || known.identity.aliases.contains(address))
            };
            if known(address, survey) {
                continue;
            }
            let primary = match folders::open(&self.ews, address).await {
                Ok(()) => address.clone(),
                Err(problem) if matches!(problem.kind, Kind::Retry | Kind::Wait | Kind::Run) => return Err(problem),
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
            let kind = self.mailbox_kind(&identity.address);
            survey.mailboxes.push(Mailbox { identity, kind, card: Card::default() });
        }
        Ok(())
    }

    /// Dynamic groups that the settings name and the walk did not show.
    fn add_dynamic(&self, survey: &mut Survey) {
        for (address, filter) in &self.settings.dynamic_groups {
            if !survey.groups.iter().any(|group| group.identity.address == *address) {
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

    /// Reads the direct members. The server answers success with nothing for groups it cannot expand, so that
    /// "empty" is worth a look.
    async fn expand(&self, group: &mut Group, findings: &mut Vec<Problem>) -> Result<(), Problem> {
        let address = group.identity.address.clone();
        let response = self.ews.call(&Operation::ExpandDl { group: &address }, None).await?;
        let message = match soap::single(&response, &self.ews.place(Some(&address), "")) {
            Ok(message) => message,
            Err(problem) if matches!(problem.kind, Kind::Retry | Kind::Wait | Kind::Run) => return Err(problem),
            Err(problem) => {
                findings.push(problem);
                return Ok(());
            }
        };
        let expansion = message.child("DLExpansion");
        let capped = [Some(message), expansion].into_iter().flatten();
        if capped.into_iter().any(|element| element.attribute("IncludesLastItemInRange") == Some("false")) {
            findings.push(finding(Guidance::SourceGroupCut).with("group", &address));
        }
        let members = expansion.map(|expansion| expansion.children.as_slice()).unwrap_or_default();
        for member in members.iter().filter_map(resolve::member) {
            if !group.members.contains(&member) {
                group.members.push(member);
            }
        }
        if group.members.is_empty() {
            findings.push(finding(Guidance::SourceGroupEmpty).with("group", &address));
        }
        Ok(())
    }

    /// The legacyExchangeDN of mailboxes, which only Autodiscover tells.
    async fn add_legacy_names(&self, survey: &mut Survey) -> Result<(), Problem> {
        let addresses: Vec<Address> = survey.mailboxes.iter().map(|mailbox| mailbox.identity.address.clone()).collect();
        let names: HashMap<Address, String> = self.autodiscover.legacy_names(&self.facts, &addresses).await?;
        let mut unknown = 0;
        for mailbox in &mut survey.mailboxes {
            match names.get(&mailbox.identity.address) {
                Some(name) => mailbox.identity.legacy_dn = Some(name.clone()),
                None => unknown += usize::from(mailbox.identity.legacy_dn.is_none()),
            }
        }
        if unknown > 0 {
            survey.findings.push(finding(Guidance::SourceLegacyNamesUnknown).with("mailboxes", unknown));
        }
        Ok(())
    }
}
