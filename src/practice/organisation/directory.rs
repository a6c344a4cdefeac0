//! The directory of the practice company: who and what has an address.

use super::people::{Language, person};
use super::{Entry, EntryKind};

/// The company's mail domain. `.example` belongs to nobody (RFC 2606).
pub const DOMAIN: &str = "aldernook.example";
/// The company's display name.
pub const COMPANY: &str = "Aldernook Joinery";
/// Alias of the migration administrator.
pub const ADMINISTRATOR: &str = "migration.admin";

const DEPARTMENTS: [&str; 4] = ["Sales", "Workshop", "Accounts", "Design"];
const TITLES: [&str; 5] = ["Director", "Joiner", "Accountant", "Designer", "Sales Manager"];

/// The directory, with what it means for a default run.
pub struct Directory {
    /// All entries, the administrator's first.
    pub entries: Vec<Entry>,
    /// Primary addresses of the mailboxes that address lists show, in order: what a default run moves.
    pub visible: Vec<String>,
}

/// The directory of a company with so many visible mailboxes; an administrator's and one person's hidden mailboxes
/// come on top.
pub fn directory(mailboxes: usize) -> Directory {
    let mut entries = vec![administrator(), hidden_person()];
    let resources = resources(mailboxes);
    let people = mailboxes.saturating_sub(resources.len());
    let users = entries.len()..entries.len() + people;
    entries.extend((0..people).map(user));
    entries.extend(resources);
    let visible: Vec<String> =
        entries.iter().filter(|entry| !entry.hidden).map(|entry| entry.address.clone()).collect();
    let users: Vec<String> = entries[users].iter().map(|entry| entry.address.clone()).collect();
    entries.extend(outsiders());
    entries.extend(groups(&users, &visible));
    Directory { entries, visible }
}

/// The language of a mailbox's owner; shared mailboxes and resources speak English.
pub fn language(entry: &Entry) -> Language {
    let owner = (0..).map(person).take(20).find(|person| person.surname == entry.surname);
    owner.map_or(Language::English, |person| person.language)
}

fn entry(kind: EntryKind, alias: &str, display_name: &str) -> Entry {
    Entry {
        kind,
        address: format!("{alias}@{DOMAIN}"),
        display_name: display_name.to_owned(),
        alias: alias.to_owned(),
        proxies: Vec::new(),
        legacy_dn: format!(
            "/o=Aldernook/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn={alias}"
        ),
        hidden: false,
        given_name: String::new(),
        surname: String::new(),
        title: String::new(),
        department: String::new(),
        office: String::new(),
        phone: String::new(),
    }
}

fn administrator() -> Entry {
    Entry { hidden: true, ..entry(EntryKind::UserMailbox, ADMINISTRATOR, "Migration Administrator") }
}

fn hidden_person() -> Entry {
    Entry {
        hidden: true,
        given_name: "Ingrid".to_owned(),
        surname: "Falk".to_owned(),
        ..entry(EntryKind::UserMailbox, "ingrid.falk", "Ingrid Falk")
    }
}

fn user(number: usize) -> Entry {
    let person = person(number);
    let mut entry = entry(EntryKind::UserMailbox, &person.alias, &person.display);
    let initial = person.alias.chars().next().unwrap_or('x');
    let last = person.alias.split('.').nth(1).unwrap_or(&person.alias);
    if number.is_multiple_of(2) {
        entry.proxies.push(format!("{initial}{last}.{number}@{DOMAIN}"));
    }
    if number.is_multiple_of(3) {
        entry.proxies.push(format!("{last}.{number}@{DOMAIN}"));
    }
    entry.given_name = person.given;
    entry.surname = person.surname;
    entry.title = TITLES[number % TITLES.len()].to_owned();
    entry.department = DEPARTMENTS[number % DEPARTMENTS.len()].to_owned();
    entry.office = format!("Building {}", 1 + number % 3);
    entry.phone = format!("+44 1632 96{:04}", number % 10_000);
    entry
}

/// Mailboxes that are nobody's own. They count among the visible ones: a shared one from four mailboxes, a room
/// from five, equipment from six.
fn resources(mailboxes: usize) -> Vec<Entry> {
    let mut resources = Vec::new();
    if mailboxes >= 4 {
        let mut shared = entry(EntryKind::SharedMailbox, "office", "Office (shared)");
        shared.proxies = vec![format!("info@{DOMAIN}"), format!("contact@{DOMAIN}")];
        resources.push(shared);
    }
    if mailboxes >= 5 {
        resources.push(entry(EntryKind::RoomMailbox, "room.oak", "Room Oak 🌳"));
    }
    if mailboxes >= 6 {
        resources.push(entry(EntryKind::EquipmentMailbox, "van", "Delivery van"));
    }
    resources
}

fn outsiders() -> Vec<Entry> {
    let contact = |alias: &str, given: &str, surname: &str, target: &str| Entry {
        given_name: given.to_owned(),
        surname: surname.to_owned(),
        ..entry(EntryKind::MailContact { target: target.to_owned() }, alias, format!("{given} {surname}").trim())
    };
    let mail_user = |alias: &str, given: &str, surname: &str, target: &str| Entry {
        kind: EntryKind::MailUser { target: target.to_owned() },
        ..contact(alias, given, surname, target)
    };
    vec![
        contact("ext.sawmill", "Björn", "Åkesson", "orders@birchwater-sawmill.example"),
        contact("ext.accountant", "María", "Muñoz", "m.munoz@ledgerline.example"),
        contact("ext.translator", "Дарья", "Кузнецова", "daria@wordbridge.example"),
        mail_user("temp.designer", "Kwame", "Mensah", "kwame@freelance-drawings.example"),
        mail_user("temp.driver", "Luís", "Gonçalves", "luis@roadrunners.example"),
    ]
}

fn groups(users: &[String], visible: &[String]) -> Vec<Entry> {
    let address = |alias: &str| format!("{alias}@{DOMAIN}");
    let some = |step: usize, from: usize| -> Vec<String> { users.iter().skip(from).step_by(step).cloned().collect() };
    let distribution = |members| EntryKind::DistributionGroup { members };
    let mut sales = some(4, 0);
    sales.extend([address("ext.sawmill"), address("temp.designer")]);
    let mut workshop = some(4, 1);
    workshop.push(address("temp.driver"));
    let mut everyone = visible.iter().filter(|at| users.contains(at)).skip(1).cloned().collect::<Vec<_>>();
    everyone.extend([address("sales"), address("workshop"), address("ext.accountant")]);
    let mut accounts = some(3, 0);
    accounts.push(address("managers"));
    let filter = "((RecipientTypeDetails -eq 'UserMailbox') -and (Department -eq 'Sales'))";
    let mut sales = entry(distribution(sales), "sales", "Sales");
    sales.proxies = vec![address("orders"), address("quotes")];
    vec![
        sales,
        entry(distribution(workshop), "workshop", "Workshop 🔨"),
        entry(distribution(some(5, 0)), "managers", "Managers"),
        entry(distribution(everyone), "everyone", "Everyone at Aldernook"),
        entry(distribution(Vec::new()), "retired", "Retired (nobody yet)"),
        entry(EntryKind::SecurityGroup { members: accounts }, "accounts.access", "Accounts access"),
        entry(EntryKind::DynamicGroup { filter: filter.to_owned() }, "sales.dynamic", "Sales (dynamic)"),
    ]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use super::*;

    fn kinds(mailboxes: usize) -> (usize, usize, usize, usize) {
        let directory = directory(mailboxes);
        let count =
            |kind: &EntryKind| directory.entries.iter().filter(|entry| entry.kind == *kind && !entry.hidden).count();
        use EntryKind::{EquipmentMailbox, RoomMailbox, SharedMailbox, UserMailbox};
        (count(&UserMailbox), count(&SharedMailbox), count(&RoomMailbox), count(&EquipmentMailbox))
    }

    #[test]
    fn resources_count_among_the_mailboxes() {
        assert_eq!(kinds(1), (1, 0, 0, 0));
        assert_eq!(kinds(4), (3, 1, 0, 0));
        assert_eq!(kinds(5), (3, 1, 1, 0));
        assert_eq!(kinds(10), (7, 1, 1, 1));
        for mailboxes in [1, 3, 5, 60] {
            assert_eq!(directory(mailboxes).visible.len(), mailboxes);
        }
    }

    #[test]
    fn addresses_and_names_are_unique_and_members_exist() {
        for mailboxes in [1, 5, 60] {
            let entries = directory(mailboxes).entries;
            let mut addresses = BTreeSet::new();
            for entry in &entries {
                assert!(entry.proxies.len() <= 2);
                for address in std::iter::once(&entry.address).chain(&entry.proxies) {
                    assert!(addresses.insert(address.to_lowercase()), "{address} twice");
                }
            }
            let visible: BTreeSet<_> = entries.iter().filter(|entry| !entry.hidden).map(|e| &e.address).collect();
            for entry in &entries {
                let (EntryKind::DistributionGroup { members } | EntryKind::SecurityGroup { members }) = &entry.kind
                else {
                    continue;
                };
                let unique: BTreeSet<_> = members.iter().collect();
                assert_eq!(unique.len(), members.len());
                assert!(members.iter().all(|member| visible.contains(member)), "{members:?}");
            }
        }
    }

    #[test]
    fn only_the_administrator_and_one_person_are_hidden() {
        let entries = directory(10).entries;
        let hidden: Vec<_> = entries.iter().filter(|entry| entry.hidden).map(|e| e.alias.as_str()).collect();
        assert_eq!(hidden, [ADMINISTRATOR, "ingrid.falk"]);
    }
}
