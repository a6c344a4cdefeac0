//! A launcher whose servers are in memory, and whose calls obey the test.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use cutover::engine::clock::SeededClock;
use cutover::engine::port::{Directory, Source, Target, Tenant};
use cutover::engine::problem::Problem;
use cutover::engine::recipient::MailboxKind;
use cutover::engine::{Migration, MigrationIdentity, Parts};
use cutover::launcher::{FoundBy, Keeping, Launcher, Rehearsal, Secrets, SourceFacts, SourceStep};
use cutover::settings::{self, Settings};
use tokio::sync::Semaphore;

use crate::memory::{Keyring, World, contact, group};

/// What a launcher is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Call {
    /// Find the Exchange server and sign in.
    TrySource,
    /// Sign in to Microsoft 365.
    TryTarget,
    /// Open the migration.
    Open,
    /// Start a practice organisation.
    Practise,
}

/// How a call goes; calls nobody planned simply succeed.
#[derive(Clone)]
pub enum Turn {
    /// It succeeds.
    Succeed,
    /// It fails.
    Fail(Problem),
    /// It neither succeeds nor fails until [`TestLauncher::release`], and then succeeds.
    Hang,
}

/// Both sides in memory.
pub struct TestLauncher {
    /// What is on both sides, and how their requests misbehave.
    pub world: Arc<World>,
    /// The steps the next searches for the Exchange server tell before they succeed or fail.
    pub steps: Mutex<Vec<SourceStep>>,
    folder: tempfile::TempDir,
    turns: Mutex<HashMap<Call, VecDeque<Turn>>>,
    begun: Mutex<Vec<Call>>,
    given_up: Mutex<Vec<Call>>,
    sources: Mutex<Vec<(settings::Source, String)>>,
    targets: Mutex<Vec<(settings::Target, Option<String>)>>,
    opened: Mutex<Vec<(Settings, Keeping)>>,
    gate: Semaphore,
    seed: AtomicU64,
    rehearsals: Arc<AtomicUsize>,
    sealer: Arc<Keyring>,
}

impl TestLauncher {
    /// Three mailboxes of ten messages each, two contacts and two groups.
    pub fn contoso() -> TestLauncher {
        let world = World::new();
        let kinds = [("anna", MailboxKind::User), ("ben", MailboxKind::User), ("info", MailboxKind::Shared)];
        for (name, kind) in kinds {
            let address = format!("{name}@contoso.com");
            world.add_mailbox(&address, kind);
            (0..10).for_each(|n| drop(world.add_item(&address, "s-Inbox", &format!("Letter {n}"))));
        }
        {
            let mut state = world.state();
            state.contacts = vec![contact("partner@fabrikam.com", false), contact("guest@fabrikam.com", true)];
            state.groups = vec![
                group("all@contoso.com", &["anna@contoso.com", "team@contoso.com", "partner@fabrikam.com"]),
                group("team@contoso.com", &["ben@contoso.com", "info@contoso.com"]),
            ];
        }
        TestLauncher::over(world)
    }

    /// Over a world of the test's own.
    pub fn over(world: Arc<World>) -> TestLauncher {
        TestLauncher {
            world,
            steps: Mutex::default(),
            folder: tempfile::tempdir().unwrap(),
            turns: Mutex::default(),
            begun: Mutex::default(),
            given_up: Mutex::default(),
            sources: Mutex::default(),
            targets: Mutex::default(),
            opened: Mutex::default(),
            gate: Semaphore::new(0),
            seed: AtomicU64::new(42),
            rehearsals: Arc::default(),
            sealer: Arc::default(),
        }
    }

    /// How the next call of this kind goes; several are taken in order.
    pub fn plan(&self, call: Call, turn: Turn) {
        self.turns.lock().unwrap().entry(call).or_default().push_back(turn);
    }
    /// Lets one call go on that hangs (or the next that will).
    pub fn release(&self) {
        self.gate.add_permits(1);
    }
    /// How often this was asked for.
    pub fn count(&self, call: Call) -> usize {
        self.begun.lock().unwrap().iter().filter(|begun| **begun == call).count()
    }
    /// How many calls of this kind were given up in the middle.
    pub fn given_up(&self, call: Call) -> usize {
        self.given_up.lock().unwrap().iter().filter(|given_up| **given_up == call).count()
    }
    /// What the Exchange server was tried with.
    pub fn sources(&self) -> Vec<(settings::Source, String)> {
        self.sources.lock().unwrap().clone()
    }
    /// What Microsoft 365 was tried with.
    pub fn targets(&self) -> Vec<(settings::Target, Option<String>)> {
        self.targets.lock().unwrap().clone()
    }
    /// What migrations were opened with.
    pub fn opened(&self) -> Vec<(Settings, Keeping)> {
        self.opened.lock().unwrap().clone()
    }
    /// How many practice organisations are running.
    pub fn rehearsals(&self) -> usize {
        self.rehearsals.load(Ordering::SeqCst)
    }
    /// The keyring that seals initial passwords: `true` locks it.
    pub fn lock_keyring(&self, locked: bool) {
        self.sealer.locked.store(locked, Ordering::SeqCst);
    }
    /// Where the ledger lies.
    pub fn ledger(&self) -> PathBuf {
        self.folder.path().join("migration.ledger")
    }

    /// Opens the migration as the window does.
    pub fn migration(&self) -> Result<Migration, Problem> {
        let start = "2026-11-20T08:00:00Z".parse().unwrap();
        let parts = Parts {
            directory: self.world.clone() as Arc<dyn Directory>,
            source: self.world.clone() as Arc<dyn Source>,
            target: self.world.clone() as Arc<dyn Target>,
            clock: Arc::new(SeededClock::new(start, self.seed.fetch_add(1, Ordering::SeqCst))),
            sealer: self.sealer.clone(),
        };
        let identity = MigrationIdentity {
            source: "https://mail.contoso.com/EWS/Exchange.asmx".to_owned(),
            target: "contoso.com".to_owned(),
            account: "CONTOSO\\migration".to_owned(),
        };
        Migration::open(&self.ledger(), parts, &identity)
    }

    async fn enter(&self, call: Call) -> Result<(), Problem> {
        self.begun.lock().unwrap().push(call);
        let turn = self.turns.lock().unwrap().get_mut(&call).and_then(VecDeque::pop_front).unwrap_or(Turn::Succeed);
        match turn {
            Turn::Succeed => Ok(()),
            Turn::Fail(problem) => Err(problem),
            Turn::Hang => {
                let mut watch = Watch { launcher: self, call, ended: false };
                self.gate.acquire().await.unwrap().forget();
                watch.ended = true;
                Ok(())
            }
        }
    }
}

/// Notices that a call was dropped in the middle.
struct Watch<'a> {
    launcher: &'a TestLauncher,
    call: Call,
    ended: bool,
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.launcher.given_up.lock().unwrap().push(self.call);
        }
    }
}

#[async_trait]
impl Launcher for TestLauncher {
    async fn try_source(
        &self,
        source: &settings::Source,
        password: &str,
        tell: &(dyn Fn(SourceStep) + Send + Sync),
    ) -> Result<SourceFacts, Problem> {
        self.sources.lock().unwrap().push((source.clone(), password.to_owned()));
        let steps = self.steps.lock().unwrap().clone();
        steps.into_iter().for_each(tell);
        self.enter(Call::TrySource).await?;
        let ews_url =
            source.ews_url.clone().unwrap_or_else(|| "https://mail.contoso.com/EWS/Exchange.asmx".to_owned());
        let found_by = match &source.ews_url {
            Some(_) => FoundBy::Typed,
            None => {
                FoundBy::Autodiscover("https://autodiscover.contoso.com/autodiscover/autodiscover.xml".to_owned())
            }
        };
        let version = "Exchange 2016 (15.1.2507.6)".to_owned();
        tell(SourceStep::Found(ews_url.clone()));
        tell(SourceStep::SignedIn);
        tell(SourceStep::Version(version.clone()));
        tell(SourceStep::MailboxOpened);
        Ok(SourceFacts { ews_url, version, found_by })
    }

    async fn try_target(&self, target: &settings::Target, secret: Option<&str>) -> Result<Tenant, Problem> {
        self.targets.lock().unwrap().push((target.clone(), secret.map(str::to_owned)));
        self.enter(Call::TryTarget).await?;
        self.world.tenant().await
    }

    async fn open(&self, settings: &Settings, _secrets: Secrets, keeping: Keeping) -> Result<Migration, Problem> {
        self.opened.lock().unwrap().push((settings.clone(), keeping));
        self.enter(Call::Open).await?;
        self.migration()
    }

    async fn practise(&self) -> Result<Box<dyn Rehearsal>, Problem> {
        self.enter(Call::Practise).await?;
        self.rehearsals.fetch_add(1, Ordering::SeqCst);
        Ok(Box::new(TestRehearsal { settings: practice_settings(), running: self.rehearsals.clone() }))
    }
}

fn practice_settings() -> Settings {
    let text = "[source]\nemail = \"migration@alder.example\"\nuser_name = 'ALDER\\migration'\n\
                autodiscover_url = \"https://localhost:4711/autodiscover/autodiscover.xml\"\n\
                confirmed_hosts = [\"localhost\"]\naccess = \"impersonation\"\nrooms = [\"boardroom@alder.example\"]\n\
                [target]\nauthority = \"https://localhost:4712\"\ntenant = \"alder.example\"\n\
                client_id = \"11111111-2222-3333-4444-555555555555\"\nusage_location = \"GB\"\n";
    toml::from_str(text).unwrap()
}

struct TestRehearsal {
    settings: Settings,
    running: Arc<AtomicUsize>,
}

#[async_trait]
impl Rehearsal for TestRehearsal {
    fn settings(&self) -> &Settings {
        &self.settings
    }
    fn secrets(&self) -> Secrets {
        Secrets { source_password: "practice password".to_owned(), target_secret: Some("practice secret".to_owned()) }
    }
    async fn shutdown(self: Box<Self>) -> Result<(), Problem> {
        Ok(())
    }
}

impl Drop for TestRehearsal {
    fn drop(&mut self) {
        self.running.fetch_sub(1, Ordering::SeqCst);
    }
}
