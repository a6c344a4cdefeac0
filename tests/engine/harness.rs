//! A bench to put a migration on: a world in memory, a ledger in a temporary folder, a seeded clock.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use cutover::engine::clock::SeededClock;
use cutover::engine::control::Outcome;
use cutover::engine::plan::Options;
use cutover::engine::port::{Directory, Source, Target};
use cutover::engine::problem::Problem;
use cutover::engine::recipient::MailboxKind;
use cutover::engine::report::Words;
use cutover::engine::run::{BatchState, Pass};
use cutover::engine::{Migration, MigrationIdentity, Parts};

use crate::memory::{Keyring, World, contact, fields, group};

/// The mailbox that most of these tests look at.
pub const ANNA: &str = "anna@contoso.com";

pub struct Bench {
    pub world: Arc<World>,
    pub folder: tempfile::TempDir,
    pub sealer: Arc<Keyring>,
    /// Every opening has its own chance.
    seed: AtomicU64,
}

/// Words that show what they were given.
pub struct PlainWords;

impl Words for PlainWords {
    fn message(&self, problem: &Problem) -> String {
        format!("About {problem}.")
    }
    fn remedy(&self, problem: &Problem) -> String {
        format!("Mend {}.", problem.guidance.key())
    }
}

pub fn identity() -> MigrationIdentity {
    MigrationIdentity {
        source: "https://mail.contoso.com/EWS".to_string(),
        target: "tenant".to_string(),
        account: "CONTOSO\\migrator".to_string(),
    }
}

impl Bench {
    pub fn new() -> Bench {
        let folder = tempfile::tempdir().unwrap();
        Bench { world: World::new(), folder, sealer: Arc::new(Keyring::default()), seed: AtomicU64::new(42) }
    }

    /// Anna's mailbox alone, with so many messages in its inbox.
    pub fn anna(messages: usize) -> Bench {
        let bench = Bench::new();
        bench.world.add_mailbox(ANNA, MailboxKind::User);
        (0..messages).for_each(|n| drop(bench.world.add_item(ANNA, "s-Inbox", &format!("Inbox {n}"))));
        bench
    }

    /// Three mailboxes with folders of every kind, contacts and nested groups.
    pub fn contoso() -> Bench {
        let bench = Bench::new();
        let world = &bench.world;
        for (address, kind) in [
            (ANNA, MailboxKind::User),
            ("ben@contoso.com", MailboxKind::User),
            ("info@contoso.com", MailboxKind::Shared),
        ] {
            world.add_mailbox(address, kind);
            for n in 0..30 {
                world.add_item(address, "s-Inbox", &format!("Inbox {n}"));
            }
            (0..5).for_each(|n| drop(world.add_item(address, "s-Calendar", &format!("Meeting {n}"))));
            world.add_item(address, "s-Journal", "Call");
            let projects = world.add_folder(address, "s-Root", "Projects", "IPF.Note");
            let secret = world.add_folder(address, &projects, "Secret", "IPF.Note");
            (0..3).for_each(|n| drop(world.add_item(address, &projects, &format!("Plan {n}"))));
            world.add_item(address, &secret, "Code");
        }
        // The user's own duplicates stay duplicates.
        for _ in 0..4 {
            world.add(ANNA, "s-Sent", fields("The same again", b"same".to_vec()));
        }
        let mut state = world.state();
        state.contacts = vec![contact("partner@fabrikam.com", false), contact("guest@fabrikam.com", true)];
        state.groups = vec![
            group("all@contoso.com", &["anna@contoso.com", "team@contoso.com", "partner@fabrikam.com"]),
            group("team@contoso.com", &["ben@contoso.com", "info@contoso.com"]),
        ];
        drop(state);
        bench
    }

    /// Locks the keyring, or opens it again.
    pub fn lock(&self, locked: bool) {
        self.sealer.locked.store(locked, Ordering::SeqCst);
    }

    pub fn ledger(&self) -> PathBuf {
        self.folder.path().join("migration.ledger")
    }

    pub fn parts(&self) -> Parts {
        let start = "2026-11-20T08:00:00Z".parse().unwrap();
        Parts {
            directory: self.world.clone() as Arc<dyn Directory>,
            source: self.world.clone() as Arc<dyn Source>,
            target: self.world.clone() as Arc<dyn Target>,
            clock: Arc::new(SeededClock::new(start, self.seed.fetch_add(1, Ordering::SeqCst))),
            sealer: self.sealer.clone(),
        }
    }

    pub fn try_open(&self) -> Result<Migration, Problem> {
        Migration::open(&self.ledger(), self.parts(), &identity())
    }

    pub fn open(&self) -> Migration {
        self.try_open().unwrap()
    }

    /// Survey, plan and one run, to its end.
    pub async fn run(&self, migration: &Migration, pass: Pass) -> Outcome {
        self.run_with(migration, pass, Options::default()).await
    }

    /// Likewise, with these choices.
    pub async fn run_with(&self, migration: &Migration, pass: Pass, options: Options) -> Outcome {
        let survey = migration.survey(&|_| {}).await.unwrap();
        let plan = migration.plan(survey, options).await.unwrap();
        migration.run(plan, pass).await.unwrap().outcome().await
    }

    /// A first run, or one that finishes it, after which both sides are equal.
    pub async fn run_to_equal(&self, migration: &Migration) -> Outcome {
        let outcome = self.run(migration, Pass::Initial).await;
        assert_state(&outcome, BatchState::Synced);
        self.assert_equal();
        outcome
    }

    /// Everything of the source is on the target, once, in its folder.
    pub fn assert_equal(&self) {
        let addresses: Vec<String> = self.world.state().source.keys().cloned().collect();
        for address in addresses {
            similar(&self.world.source_content(&address), &self.world.target_content(&address), &address);
        }
        let state = self.world.state();
        for contact in &state.contacts {
            assert!(
                state.target_contacts.contains(&contact.identity.address.key()),
                "{:?}",
                contact.identity.address
            );
        }
        for group in &state.groups {
            let mut members = state.target_groups[&group.identity.address.key()].clone();
            let mut expected = group.members.clone();
            members.sort();
            expected.sort();
            assert_eq!(members, expected);
        }
    }
}

fn similar(source: &[(String, crate::memory::Fields)], target: &[(String, crate::memory::Fields)], address: &str) {
    let short = |items: &[(String, crate::memory::Fields)]| -> Vec<String> {
        items.iter().map(|(path, f)| format!("{path}: {} {} {}", f.subject, f.body, f.read)).collect()
    };
    let (mut lost, mut extra) = (short(source), short(target));
    let both = lost.clone();
    both.iter().for_each(|item| {
        if let Some(place) = extra.iter().position(|other| other == item) {
            extra.remove(place);
            lost.remove(lost.iter().position(|other| other == item).unwrap());
        }
    });
    assert!(lost.is_empty() && extra.is_empty(), "{address}: lost {lost:?}, too many {extra:?}");
}

pub fn assert_state(outcome: &Outcome, state: BatchState) {
    assert_eq!(outcome.state, state, "{:?} {:?}", outcome.problem, outcome.books);
    outcome.books.close().unwrap();
}

/// What a mailbox of [`Bench::contoso`] holds.
pub const EACH: u64 = 30 + 5 + 1 + 3 + 1;
/// What all of them hold.
pub const ALL: u64 = 3 * EACH + 4;
