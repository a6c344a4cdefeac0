//! Whether a migration that has come to its end, by whatever detours, is whole.

use std::collections::{BTreeMap, BTreeSet};

use cutover::engine::Migration;
use cutover::engine::problem::Problem;
use cutover::engine::recipient::MailboxKind;
use cutover::engine::report::{ReportOptions, Words};

use crate::memory::{Fields, World};
use crate::story::{DISPUTED, THEIRS};

/// Words for reports that nobody reads.
struct NoWords;

impl Words for NoWords {
    fn message(&self, problem: &Problem) -> String {
        problem.to_string()
    }
    fn remedy(&self, _problem: &Problem) -> String {
        String::new()
    }
}

fn moves(fields: &Fields) -> bool {
    !["IPM.Refused", "IPM.Damaged", "IPM.Giant"].contains(&fields.class.as_str())
}

/// How often each item is there: by folder, and by everything that people see of it.
fn counts(items: Vec<(String, Fields)>) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for (path, fields) in items.into_iter().filter(|(_, fields)| moves(fields)) {
        let body = if fields.subject == DISPUTED { THEIRS } else { fields.body.as_str() };
        *counts.entry(format!("{path}: {} {body} {}", fields.subject, fields.read)).or_default() += 1;
    }
    counts
}

/// Nothing is missing and nothing is there twice.
pub fn content(world: &World, about: &str) {
    let addresses: Vec<String> = world.state().source.keys().cloned().collect();
    for address in addresses {
        let (source, target) = (counts(world.source_content(&address)), counts(world.target_content(&address)));
        let all: BTreeSet<&String> = source.keys().chain(target.keys()).collect();
        for item in all {
            let (here, there) = (source.get(item).unwrap_or(&0), target.get(item).unwrap_or(&0));
            assert_eq!(here, there, "{about}: {address} {item}");
        }
        let disputed = world.target_content(&address).into_iter().find(|(_, fields)| fields.subject == DISPUTED);
        assert!(disputed.is_none_or(|(_, fields)| fields.body == THEIRS), "{about}: {address}");
        // A folder that was made and not acknowledged is not known to be ours: once it is no longer wanted it stays, empty.
        let folders = world.target_folders(&address);
        let gone =
            |path: &&String| path.ends_with("/Doomed") || path.ends_with("/Attic") && !path.contains("Projects");
        for left in folders.iter().filter(gone) {
            let used = world.target_content(&address).iter().any(|(path, _)| path == left);
            assert!(about != "uncut" && !used, "{about}: {address} {left}");
        }
    }
}

/// The directory is there with every membership.
fn directory(world: &World, about: &str) {
    let state = world.state();
    for contact in &state.contacts {
        assert!(state.target_contacts.contains(&contact.identity.address.key()), "{about}");
    }
    for group in &state.groups {
        let sorted = |members: &[_]| BTreeSet::from_iter(members.iter().cloned());
        assert_eq!(
            sorted(&state.target_groups[&group.identity.address.key()]),
            sorted(&group.members),
            "{about}: {:?}",
            group.identity.address
        );
    }
}

/// Every first password that is shown is the one that opens the account.
async fn passwords(world: &World, migration: &Migration, about: &str) {
    let folder = migration.ledger_path().parent().unwrap().join("reports");
    let options = ReportOptions { include_passwords: true, password_length: 8, extra: Vec::new() };
    let reports = migration.report(&folder, options, &NoWords).await.unwrap();
    assert!(reports.findings.is_empty(), "{about}: a password was lost: {:?}", reports.findings);
    let text = std::fs::read_to_string(&reports.statistics).unwrap();
    for (address, mailbox) in world.state().target.iter().filter(|(_, there)| there.kind == MailboxKind::User) {
        let line = text.lines().find(|line| line.contains(address.as_str())).unwrap();
        assert_eq!(line.split(',').nth(11), Some(mailbox.password.as_str()), "{about}: {address}");
    }
}

/// Everything, also what the program itself says.
pub async fn all(world: &World, migration: &Migration, about: &str) {
    content(world, about);
    directory(world, about);
    let verdict = migration.verify(&|_| {}).await.unwrap();
    assert_eq!((verdict.missing, verdict.differing), (0, 0), "{about}: {verdict:?}");
    assert_eq!(verdict.verified, verdict.books.arrived(), "{about}");
    let books = migration.books().await.unwrap();
    books.close().unwrap();
    assert_eq!((books.waiting, books.failed, books.skipped), (0, 2, 1), "{about}: {books:?}");
    passwords(world, migration, about).await;
}
