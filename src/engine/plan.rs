//! From a survey to a plan: what will be made and filled, and what stands in the way. Everything that can be known
//! beforehand is asked before anything is made.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::finding::{self, Finding, Grade};
use super::password;
use super::port::Tenant;
use super::problem::{Guidance, Kind, Problem, Side};
use super::recipient::{Address, Contact, Group, GroupKind, Identity, Mailbox, MailboxKind, Survey};

mod choice;
mod origin;

/// Mailboxes at a time, if nothing else is chosen.
pub const MAILBOXES_AT_A_TIME: usize = 3;
/// The most mailboxes at a time.
pub const MOST_AT_A_TIME: usize = 10;

/// The administrator's choices for a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Mailboxes at a time: 1 to [`MOST_AT_A_TIME`]; brought inside.
    pub at_a_time: usize,
    /// Length of initial passwords in characters: at least [`password::SHORTEST`]; brought inside.
    pub password_length: usize,
    /// What deletions at the source mean for the target.
    pub deletions: Deletions,
}

/// What becomes of the copy on the target of an item that is deleted at the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deletions {
    /// It is deleted too, recoverably, if it is still as it was put there; unless far more than usual is gone at once.
    #[default]
    Follow,
    /// As `Follow`, however much is gone.
    FollowAll,
    /// It stays.
    Keep,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            at_a_time: MAILBOXES_AT_A_TIME,
            password_length: password::SHORTEST,
            deletions: Deletions::default(),
        }
    }
}

/// What a batch will do.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The choices.
    pub options: Options,
    /// The target as it was found.
    pub tenant: Tenant,
    /// Mailboxes to make and fill, with the addresses that the target accepts.
    pub mailboxes: Vec<Mailbox>,
    /// Contacts and mail users to make.
    pub contacts: Vec<Contact>,
    /// Groups to make, with the members that will be there.
    pub groups: Vec<Group>,
    /// How many of these are not on the target by an earlier batch: what the review page counts.
    pub new: NewObjects,
    /// How many user mailboxes need a licence, beside `tenant.free_licences`. If these suffice, the target was not asked
    /// which accounts have one already, so that it may be fewer.
    pub licences_needed: u64,
    /// What to know beforehand, gravest first.
    pub findings: Vec<Finding>,
    /// Mailboxes of which the administrator agreed to lose so many items, however much of the mailbox that is.
    pub agreed: HashMap<Address, u64>,
    /// Members that this plan leaves to a later batch, by group.
    later: HashMap<Address, Vec<Address>>,
    basis: Arc<Basis>,
}

/// Objects that this batch will make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NewObjects {
    /// Mailboxes.
    pub mailboxes: usize,
    /// Groups.
    pub groups: usize,
    /// Contacts and mail users.
    pub contacts: usize,
}

impl Plan {
    /// The first finding that stops a run, if there is one.
    pub fn obstacle(&self) -> Option<&Problem> {
        self.findings.iter().find(|finding| finding.grade == Grade::MustFix).map(|finding| &finding.problem)
    }

    /// What does not move, or not as it is: for the error report.
    pub(crate) fn to_look_at(&self) -> Vec<Problem> {
        let found = self.findings.iter().filter(|finding| finding.grade == Grade::LookAt);
        found.map(|finding| finding.problem.clone()).collect()
    }
}

/// What earlier batches left on the target: addresses by kind, and mailboxes that need a licence still.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Known {
    pub(crate) mailboxes: HashSet<Address>,
    pub(crate) contacts: HashSet<Address>,
    pub(crate) groups: HashSet<Address>,
    /// Whoever an earlier batch took up, arrived or not.
    pub(crate) taken_up: HashSet<Address>,
}

impl Known {
    fn has(&self, address: &Address) -> bool {
        self.mailboxes.contains(address) || self.contacts.contains(address) || self.groups.contains(address)
    }
}

/// What a plan is drawn up from.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Basis {
    pub(crate) survey: Survey,
    pub(crate) known: Known,
    /// User mailboxes that are neither known nor found on the target.
    pub(crate) unlicensed: HashSet<Address>,
}

/// User mailboxes that would need a licence of their own.
pub(crate) fn licences_needed<'a>(survey: &'a Survey, known: &'a Known) -> impl Iterator<Item = &'a Mailbox> {
    survey.mailboxes.iter().filter(|m| m.kind == MailboxKind::User && !known.mailboxes.contains(&m.identity.address))
}

/// Makes the plan for everything.
pub(crate) fn make(basis: Basis, tenant: Tenant, options: Options) -> Plan {
    let survey = basis.survey.clone();
    draw(Arc::new(basis), survey, tenant, options)
}

/// Draws up the plan for a part of the basis' survey.
fn draw(basis: Arc<Basis>, survey: Survey, tenant: Tenant, options: Options) -> Plan {
    let known = &basis.known;
    let licences_needed =
        survey.mailboxes.iter().filter(|m| basis.unlicensed.contains(&m.identity.address)).count() as u64;
    let mut findings = Vec::new();
    // Chosen contacts or groups may well go alone; an organisation without a mailbox was not seen rightly.
    if basis.survey.mailboxes.is_empty() || survey.is_empty() {
        let nothing = Problem::new(Kind::Run, Side::Source, Guidance::NothingToMigrate);
        finding::add(&mut findings, Finding::must_fix(nothing));
    }
    for problem in survey.findings.iter().cloned() {
        finding::add(&mut findings, Finding::look_at(problem));
    }
    check_tenant(&survey, &tenant, licences_needed, &mut findings);
    let accepted: HashSet<String> = tenant.domains.iter().map(|domain| domain.to_lowercase()).collect();
    let mut mailboxes = survey.mailboxes;
    let mut contacts = survey.contacts;
    for mailbox in &mut mailboxes {
        keep_accepted(&mut mailbox.identity, &accepted, &mut findings);
    }
    for contact in &mut contacts {
        keep_accepted(&mut contact.identity, &accepted, &mut findings);
    }
    let mut groups = static_groups(survey.groups, &mut findings);
    for group in &mut groups {
        keep_accepted(&mut group.identity, &accepted, &mut findings);
    }
    let here = mailboxes.iter().map(|m| &m.identity).chain(contacts.iter().map(|c| &c.identity));
    let here = here.chain(groups.iter().map(|g| &g.identity)).map(|i| i.address.clone()).collect();
    let later = keep_movable_members(&basis, &here, &mut groups, &mut findings);
    mailboxes.sort_by_key(|mailbox| mailbox.identity.address.key());
    contacts.sort_by_key(|contact| contact.identity.address.key());
    groups.sort_by_key(|group| group.identity.address.key());
    let new = NewObjects {
        mailboxes: mailboxes.iter().filter(|m| !known.mailboxes.contains(&m.identity.address)).count(),
        groups: groups.iter().filter(|g| !known.groups.contains(&g.identity.address)).count(),
        contacts: contacts.iter().filter(|c| !known.contacts.contains(&c.identity.address)).count(),
    };
    let options = Options {
        at_a_time: options.at_a_time.clamp(1, MOST_AT_A_TIME),
        password_length: options.password_length.clamp(password::SHORTEST, password::LONGEST),
        ..options
    };
    let agreed = HashMap::new();
    Plan { options, tenant, mailboxes, contacts, groups, new, licences_needed, findings, agreed, later, basis }
}

fn check_tenant(survey: &Survey, tenant: &Tenant, licences: u64, findings: &mut Vec<Finding>) {
    let run = |guidance| Problem::new(Kind::Run, Side::Target, guidance);
    if tenant.directory_sync {
        let on = run(Guidance::TargetDirectorySyncOn).with("tenant", &tenant.name);
        finding::add(findings, Finding::must_fix(on));
    }
    let identities =
        survey.mailboxes.iter().map(|m| &m.identity).chain(
            survey.groups.iter().filter(|g| !matches!(g.kind, GroupKind::Dynamic { .. })).map(|g| &g.identity),
        );
    let domains: BTreeSet<String> = identities.map(|identity| identity.address.domain()).collect();
    for domain in domains {
        if !tenant.domains.iter().any(|accepted| accepted.eq_ignore_ascii_case(&domain)) {
            let missing = run(Guidance::TargetDomainNotAccepted).with("domain", domain);
            finding::add(findings, Finding::must_fix(missing));
        }
    }
    if licences > tenant.free_licences {
        let short = || run(Guidance::TargetLicencesShort).with("needed", licences).with("free", tenant.free_licences);
        let unknown = tenant.unknown_licence.as_ref().map(|unknown| unknown.problem(Kind::Run));
        finding::add(findings, Finding::must_fix(unknown.unwrap_or_else(short)));
    }
}

/// Further addresses whose domain the target does not accept (such as an internal one) would be refused there.
fn keep_accepted(identity: &mut Identity, accepted: &HashSet<String>, findings: &mut Vec<Finding>) {
    identity.aliases.retain(|alias| {
        let domain = alias.domain();
        let keep = accepted.contains(&domain);
        if !keep {
            let problem = Problem::new(Kind::Item, Side::Target, Guidance::TargetDomainNotAccepted);
            finding::add(findings, Finding::look_at(problem.with("domain", domain)));
        }
        keep
    });
}

/// Dynamic groups are reported with their filter and not moved.
fn static_groups(groups: Vec<Group>, findings: &mut Vec<Finding>) -> Vec<Group> {
    groups
        .into_iter()
        .filter(|group| {
            let GroupKind::Dynamic { filter } = &group.kind else { return true };
            let known = findings.iter().any(|f| {
                f.problem.guidance == Guidance::SourceDynamicGroup
                    && f.problem
                        .values
                        .get("group")
                        .is_some_and(|g| group.identity.address == Address::new(g.as_str()))
            });
            if !known {
                let problem = Problem::new(Kind::Item, Side::Source, Guidance::SourceDynamicGroup)
                    .with("group", &group.identity.address)
                    .with("filter", filter);
                finding::add(findings, Finding::look_at(problem));
            }
            false
        })
        .collect()
}

/// Members that this migration does not make cannot be set; each is named once per group. Those that are neither here nor
/// on the target by an earlier batch are answered by group: they come later.
fn keep_movable_members(
    basis: &Basis,
    here: &HashSet<Address>,
    groups: &mut [Group],
    findings: &mut Vec<Finding>,
) -> HashMap<Address, Vec<Address>> {
    let movable: HashSet<&Address> = basis.movable().collect();
    let mut later: HashMap<Address, Vec<Address>> = HashMap::new();
    for group in groups {
        let mut met = HashSet::new();
        let name = group.identity.address.clone();
        group.members.retain(|member| {
            if !movable.contains(member) {
                let problem = Problem::new(Kind::Item, Side::Source, Guidance::TargetMemberMissing)
                    .with("group", &name)
                    .with("member", member);
                finding::add(findings, Finding::look_at(problem));
                return false;
            }
            let now = here.contains(member) || basis.known.has(member);
            let new = met.insert(member.clone());
            if new && !now {
                later.entry(name.clone()).or_default().push(member.clone());
            }
            new && now
        });
    }
    later
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::port::UnknownLicence;
    use crate::engine::recipient::Card;

    fn identity(address: &str, aliases: &[&str]) -> Identity {
        Identity {
            address: Address::new(address),
            display_name: address.to_string(),
            aliases: aliases.iter().map(|a| Address::new(*a)).collect(),
            legacy_dn: None,
        }
    }
    fn mailbox(address: &str, kind: MailboxKind) -> Mailbox {
        Mailbox { identity: identity(address, &["x@old.local"]), kind, card: Card::default(), size: None }
    }
    fn group(address: &str, kind: GroupKind, members: &[&str]) -> Group {
        let members = members.iter().map(|m| Address::new(*m)).collect();
        Group { identity: identity(address, &[]), kind, members }
    }
    fn tenant(domains: &[&str], licences: u64) -> Tenant {
        Tenant {
            domains: domains.iter().map(|d| d.to_string()).collect(),
            free_licences: licences,
            ..Tenant::default()
        }
    }
    fn survey() -> Survey {
        Survey {
            mailboxes: vec![mailbox("b@contoso.com", MailboxKind::User), mailbox("A@Contoso.com", MailboxKind::Room)],
            groups: vec![
                group(
                    "all@contoso.com",
                    GroupKind::Distribution,
                    &["a@contoso.com", "A@contoso.com", "hidden@contoso.com"],
                ),
                group("dyn@elsewhere.com", GroupKind::Dynamic { filter: "f".to_string() }, &[]),
            ],
            contacts: vec![Contact {
                identity: identity("partner@fabrikam.com", &["partner@contoso.com", "partner@fabrikam.net"]),
                card: Card::default(),
                mail_user: false,
            }],
            ..Survey::default()
        }
    }
    /// The plan of an organisation of which nothing is on the target.
    fn first(survey: Survey, tenant: Tenant, options: Options) -> Plan {
        let known = Known::default();
        let unlicensed = licences_needed(&survey, &known).map(|m| m.identity.address.clone()).collect();
        make(Basis { survey, known, unlicensed }, tenant, options)
    }
    fn guidance(plan: &Plan, grade: Grade) -> Vec<Guidance> {
        plan.findings.iter().filter(|f| f.grade == grade).map(|f| f.problem.guidance).collect()
    }

    #[test]
    fn a_plan_keeps_what_can_move_and_names_what_cannot() {
        let plan = first(survey(), tenant(&["contoso.com"], 1), Options::default());
        assert_eq!(plan.obstacle(), None);
        assert_eq!(
            guidance(&plan, Grade::LookAt),
            [
                Guidance::TargetDomainNotAccepted,
                Guidance::TargetDomainNotAccepted,
                Guidance::SourceDynamicGroup,
                Guidance::TargetMemberMissing
            ]
        );
        assert_eq!(plan.mailboxes[0].identity.address.as_str(), "A@Contoso.com");
        assert!(plan.mailboxes[0].identity.aliases.is_empty());
        assert_eq!(plan.contacts[0].identity.aliases, [Address::new("partner@contoso.com")]);
        assert_eq!(plan.groups.len(), 1);
        assert_eq!(plan.groups[0].members.len(), 1);
        assert_eq!(plan.new, NewObjects { mailboxes: 2, groups: 1, contacts: 1 });
        assert_eq!(plan.licences_needed, 1);
    }

    #[test]
    fn what_must_be_fixed_stops_a_run() {
        let synced = Tenant { directory_sync: true, ..tenant(&["other.com"], 0) };
        let plan = first(survey(), synced, Options { at_a_time: 99, password_length: 1, ..Options::default() });
        assert_eq!(
            guidance(&plan, Grade::MustFix),
            [Guidance::TargetDirectorySyncOn, Guidance::TargetDomainNotAccepted, Guidance::TargetLicencesShort]
        );
        assert!(plan.obstacle().is_some_and(|problem| problem.kind == Kind::Run));
        assert_eq!(plan.options, Options { at_a_time: 10, password_length: 8, ..Options::default() });
        let nothing = first(Survey::default(), tenant(&[], 0), Options::default());
        assert_eq!(guidance(&nothing, Grade::MustFix), [Guidance::NothingToMigrate]);
    }

    #[test]
    fn a_licence_that_is_not_there_is_no_matter_of_number_and_matters_only_where_one_is_needed() {
        let unknown = UnknownLicence { chosen: "NOPE".to_string(), known: vec!["A".to_string(), "B".to_string()] };
        let with = |licences| Tenant { unknown_licence: Some(unknown.clone()), ..tenant(&["contoso.com"], licences) };
        let plan = first(survey(), with(0), Options::default());
        let obstacle = plan.obstacle().map(|problem| (problem.guidance, problem.values["known"].as_str()));
        assert_eq!(obstacle, Some((Guidance::TargetLicenceUnknown, "A, B")));
        let nobody = Survey { mailboxes: vec![mailbox("a@contoso.com", MailboxKind::Room)], ..Survey::default() };
        assert_eq!(first(nobody, with(0), Options::default()).obstacle(), None);
    }

    #[test]
    fn licences_are_needed_for_people_who_are_not_there_yet() {
        let survey = survey();
        assert_eq!(licences_needed(&survey, &Known::default()).count(), 1);
        let known = Known { mailboxes: [Address::new("B@contoso.com")].into(), ..Known::default() };
        assert_eq!(licences_needed(&survey, &known).count(), 0);
    }
}
