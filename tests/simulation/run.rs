//! One seed from beginning to end: processes that begin, run passes and are ended by themselves or by the power; at last
//! a calm one that finishes.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cutover::engine::clock::SeededClock;
use cutover::engine::control::{Handle, Outcome};
use cutover::engine::plan::{Deletions, Options, Plan};
use cutover::engine::port::{Directory, Source, Target};
use cutover::engine::problem::{Guidance, Problem};
use cutover::engine::progress::Snapshot;
use cutover::engine::recipient::Address;
use cutover::engine::retry::STOP_GRACE;
use cutover::engine::run::{BatchState, Pass};
use cutover::engine::{Migration, MigrationIdentity, Parts};
use jiff::Timestamp;

use crate::accounts;
use crate::ending::Ending;
use crate::faults::{Fates, Rates, Trigger};
use crate::memory::{Keyring, World, Wrong};
use crate::truth::{Dice, Life, Truth};
use crate::world::Maker;

/// Passes in calm after which everything must be in step.
const CALM_PASSES: usize = 3;
/// When a world begins, by the time of day, in seconds.
const BEGAN: i64 = 1_795_000_000;
/// The longest that anything may take, by the paused clock.
const LONGEST: Duration = Duration::from_secs(60 * 24 * 3600);

pub struct Simulation(Arc<Director>);

pub struct Director {
    seed: u64,
    dice: Mutex<Dice>,
    pub world: Arc<World>,
    pub truth: Arc<Mutex<Truth>>,
    maker: Arc<Mutex<Maker>>,
    fates: Arc<Fates>,
    folder: tempfile::TempDir,
    /// How far the time of day has jumped ahead, in seconds.
    jumped: Arc<AtomicI64>,
    deletions: Deletions,
    processes: AtomicU64,
    /// Passes in the storm that are left.
    passes: Mutex<usize>,
    over: Mutex<bool>,
    pub ending: Mutex<Ending>,
}

impl Simulation {
    pub fn new(seed: u64, tell: bool) -> Simulation {
        let (world, truth) = (World::new(), Arc::new(Mutex::new(Truth::default())));
        let maker = Maker::new(world.clone(), truth.clone(), Dice::new(seed, 1));
        let maker = Arc::new(Mutex::new(maker));
        let fates = Arc::new(Fates::new(maker.clone(), Dice::new(seed, 2), tell));
        let memory = std::path::Path::new("/dev/shm");
        let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let mut dice = Dice::new(seed, 3);
        let passes = Mutex::new(dice.between(1, 6));
        let kept = Dice::new(seed, 4).percent(20);
        let deletions = if kept { Deletions::Keep } else { Deletions::Follow };
        truth.lock().unwrap().deletions_stay = kept;
        Simulation(Arc::new(Director {
            seed,
            dice: Mutex::new(dice),
            world,
            truth,
            maker,
            fates,
            folder: folder.unwrap(),
            jumped: Arc::default(),
            deletions,
            processes: AtomicU64::new(0),
            passes,
            over: Mutex::new(false),
            ending: Mutex::new(Ending { seeds: 1, ..Ending::default() }),
        }))
    }

    /// The services do wrong.
    pub fn with(self, wrong: Wrong) -> Simulation {
        self.0.world.state().wrong = Some(wrong);
        self
    }

    pub fn play(self) -> Ending {
        let director = &self.0;
        director.world.power_off();
        director.maker.lock().unwrap().organisation();
        let fates = director.fates.clone();
        director.world.misbehave(move |request| fates.decide(request));
        let rates = director.dice(Rates::of);
        director.fates.say(|| format!("seed {}: {rates:?}", director.seed));
        {
            let mut state = director.world.state();
            state.late_by = director.dice(|dice| dice.weighed(&[(2, 0), (1, 3), (1, 40)]));
            // With the looks of recovery, one and five seconds after, this is what a service may lag behind.
            state.lag = director.dice(|dice| dice.weighed(&[(2, 0), (1, 500), (1, 4_500)])).millis();
            state.replacing_renumbers = director.dice(|dice| dice.percent(50));
        }
        director.fates.weather(rates);
        while *director.passes.lock().unwrap() > 0 && !director.is_over() {
            self.process(|director| async move { director.storm().await });
        }
        director.fates.weather(Rates::default());
        let ended = self.process(|director| async move { director.calm().await });
        assert!(ended, "the power went in calm weather");
        director.world.behave();
        let mut ending = director.ending.lock().unwrap();
        ending.hash = director.fates.hash();
        ending.requests = director.world.state().requests.len() as u64;
        ending.processes = director.processes.load(Ordering::SeqCst);
        ending.items = director.truth.lock().unwrap().lives.len() as u64;
        ending.clone()
    }

    /// A process, from power on to its end or power off; false if the power went.
    fn process<F: Future<Output = ()> + Send + 'static>(
        &self,
        work: impl FnOnce(Arc<Director>) -> F + Send + 'static,
    ) -> bool {
        let director = self.0.clone();
        director.processes.fetch_add(1, Ordering::SeqCst);
        director.fates.power_on();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        let run = async move {
            director.world.power_on();
            let whole = tokio::spawn(work(director.clone()));
            let ended = tokio::select! {
                biased;
                ended = whole => Some(ended),
                () = director.fates.cut.notified() => None,
                () = tokio::time::sleep(LONGEST) => panic!("nothing comes to an end"),
            };
            director.world.power_off();
            ended
        };
        let ended = runtime.block_on(async { tokio::spawn(run).await });
        drop(runtime);
        let ended = ended.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
        match ended {
            Some(Ok(())) => true,
            Some(Err(error)) => std::panic::resume_unwind(error.into_panic()),
            None => {
                self.0.ending.lock().unwrap().cuts += 1;
                self.0.after_a_cut();
                false
            }
        }
    }
}

trait Millis {
    fn millis(self) -> Duration;
}
impl Millis for u64 {
    fn millis(self) -> Duration {
        Duration::from_millis(self)
    }
}

/// How a pass went.
pub struct Passed {
    pub outcome: Outcome,
    pub rows: Snapshot,
    pub began: Duration,
    pub narrowed: bool,
}

impl Director {
    fn dice<T>(&self, draw: impl FnOnce(&mut Dice) -> T) -> T {
        draw(&mut self.dice.lock().unwrap())
    }
    fn is_over(&self) -> bool {
        *self.over.lock().unwrap()
    }
    fn ledger(&self) -> PathBuf {
        self.folder.path().join("migration.ledger")
    }

    fn open(&self) -> Migration {
        let dice = Dice::new(self.seed, 100 + self.processes.load(Ordering::SeqCst));
        let now = Timestamp::from_second(BEGAN).unwrap() + self.world.now();
        let parts = Parts {
            directory: self.world.clone() as Arc<dyn Directory>,
            source: self.world.clone() as Arc<dyn Source>,
            target: self.world.clone() as Arc<dyn Target>,
            clock: Arc::new(SeededClock::new(now, dice.state()).ahead_by(self.jumped.clone())),
            sealer: Arc::new(Keyring::default()),
        };
        let identity = MigrationIdentity {
            source: "https://mail.contoso.com/EWS".to_string(),
            target: "tenant".to_string(),
            account: "CONTOSO\\migrator".to_string(),
        };
        Migration::open(&self.ledger(), parts, &identity).expect("the ledger opens")
    }

    /// Passes while everything goes wrong that can.
    async fn storm(self: Arc<Director>) {
        let migration = self.open();
        self.fates.say(|| "=== a process begins".to_string());
        for _ in 0..self.dice(|dice| dice.between(1, 3)) {
            if *self.passes.lock().unwrap() == 0 || self.is_over() {
                return;
            }
            *self.passes.lock().unwrap() -= 1;
            self.between_passes().await;
            let (pass, narrow) = self.dice(|dice| {
                let pass = dice.weighed(&[
                    (10, Pass::Initial),
                    (10, Pass::Incremental),
                    (2, Pass::Complete { ignore_errors: false }),
                    (1, Pass::Complete { ignore_errors: true }),
                ]);
                (pass, dice.percent(20))
            });
            let script = self.dice(script);
            if let Some(passed) = self.pass(&migration, pass, narrow, script).await {
                self.judge(&passed, false);
                if passed.outcome.state.is_final() {
                    *self.over.lock().unwrap() = true;
                }
            }
        }
    }

    async fn between_passes(&self) {
        self.maker.lock().unwrap().quiet = true;
        for _ in 0..self.dice(|dice| dice.weighed(&[(2, 0), (3, 4), (2, 12)])) {
            let act = self.maker.lock().unwrap().act();
            self.fates.say(|| act);
        }
        self.maker.lock().unwrap().quiet = false;
        let (jump, pause) = self.dice(|dice| {
            let jump = dice.weighed(&[(4, 0), (1, -90_000), (1, 3_600), (1, 200_000)]);
            (jump, dice.weighed(&[(3, 0), (1, 60), (1, 90_000)]))
        });
        self.jumped.fetch_add(jump, Ordering::SeqCst);
        tokio::time::sleep(Duration::from_secs(pause)).await;
    }

    /// Survey, plan and a run to its end. Nothing, if it could not begin.
    async fn pass(
        self: &Arc<Director>,
        migration: &Migration,
        pass: Pass,
        narrow: bool,
        script: BTreeMap<usize, Vec<Trigger>>,
    ) -> Option<Passed> {
        let began = self.world.now();
        self.fates.say(|| format!("=== {pass:?} {narrow}"));
        let plan = match self.plan(migration, narrow).await {
            Ok(plan) => plan,
            Err(problem) => {
                assert_ne!(problem.guidance, Guidance::Internal, "{problem}");
                self.fates.say(|| format!("    no plan: {problem}"));
                return None;
            }
        };
        let narrowed = !plan.left_out().is_empty();
        self.fates.begin(script);
        let handle = match migration.run(plan, pass).await {
            Ok(handle) => handle,
            Err(problem) => {
                let refused = narrowed && problem.guidance == Guidance::CompletionRefused;
                assert!(refused, "a run does not begin: {problem}");
                return None;
            }
        };
        self.fates.hand(handle.clone());
        let watching = tokio::spawn(watch(handle.clone(), narrowed));
        let outcome = handle.outcome().await;
        watching.await.unwrap_or_else(|error| std::panic::resume_unwind(error.into_panic()));
        if let Some((requests, stopped)) = self.fates.end() {
            self.ending.lock().unwrap().stops += 1;
            assert_eq!(self.world.state().requests.len(), requests, "requests after stop now");
            assert!(self.world.now() - stopped <= STOP_GRACE, "stop now took {:?}", self.world.now() - stopped);
        }
        self.ending.lock().unwrap().passes += 1;
        let rows = handle.snapshots().borrow().clone();
        self.fates.say(|| format!("=== {:?} {:?} {:?}", outcome.state, outcome.problem, outcome.books));
        Some(Passed { outcome, rows, began, narrowed })
    }

    async fn plan(&self, migration: &Migration, narrow: bool) -> Result<Plan, Problem> {
        let survey = migration.survey(&|_| {}).await?;
        let at_a_time = self.dice(|dice| dice.between(1, 4));
        let plan =
            migration.plan(survey, Options { at_a_time, deletions: self.deletions, ..Options::default() }).await?;
        if !narrow {
            return Ok(plan);
        }
        let mut everybody: Vec<Address> = plan.chosen().into_iter().collect();
        everybody.sort();
        let mut chosen: HashSet<Address> =
            self.dice(|dice| everybody.iter().filter(|_| dice.percent(50)).cloned().collect());
        chosen.insert(plan.mailboxes[0].identity.address.clone());
        Ok(plan.only(&chosen))
    }

    /// Whatever was interrupted: nothing may be twice or made up.
    fn after_a_cut(&self) {
        self.fates.say(|| "=== the power went".to_string());
        self.harm_none();
    }

    /// Nothing goes wrong any more, and everybody rests: everything comes into step, is verified, and completes.
    async fn calm(self: Arc<Director>) {
        self.fates.say(|| "=== calm".to_string());
        let migration = self.open();
        if self.is_over() {
            return self.refuses(&migration).await;
        }
        let addresses: Vec<String> = self.world.state().source.keys().cloned().collect();
        let failing: u64 = {
            let truth = self.truth.lock().unwrap();
            let left = addresses.iter().flat_map(|address| accounts::left_behind(&self.world, &truth, address));
            left.filter(|left| !left.skipped).count() as u64
        };
        let expected = if failing == 0 { BatchState::Synced } else { BatchState::SyncedWithErrors };
        let mut passed = None;
        for n in 1..=CALM_PASSES {
            let pass = self.dice(|dice| dice.weighed(&[(1, Pass::Initial), (1, Pass::Incremental)]));
            let one = self.pass(&migration, pass, false, BTreeMap::new()).await.expect("a calm pass begins");
            let settled = one.outcome.state == expected
                && (one.outcome.books.failed, one.outcome.books.waiting) == (failing, 0)
                && one.outcome.failed_recipients == 0;
            let told = format!("{:?} {:?} {:?}", one.outcome.state, one.outcome.problem, one.outcome.books);
            passed = Some(one);
            if settled {
                break;
            }
            assert!(n < CALM_PASSES, "not in step after {n} calm passes: {told}");
        }
        self.judge(&passed.expect("a pass"), true);
        accounts::folder_books(&self.world, &self.ledger()).unwrap_or_else(|why| panic!("{why}"));
        self.reasons(&migration).await;
        self.directory();
        self.complete(&migration, failing).await;
        self.refuses(&migration).await;
    }

    async fn complete(self: &Arc<Director>, migration: &Migration, failing: u64) {
        let verdict = migration.verify(&|_| {}).await.unwrap();
        let theirs = self.truth.lock().unwrap().lives.values().any(|life| !life.theirs.is_empty());
        assert!(verdict.directory.whole(), "{:?}", verdict.directory);
        // Nobody's change is taken for that of a user who did nothing.
        for mailbox in &verdict.mailboxes {
            let is_theirs = |life: &Life| life.address == mailbox.address.key() && !life.theirs.is_empty();
            let (of, users) = (mailbox.compared, self.truth.lock().unwrap().lives.values().any(is_theirs));
            assert!(users || (of.stands, of.removed) == (0, 0), "{}: {of:?}", mailbox.address);
        }
        if !theirs {
            assert_eq!((verdict.missing, verdict.differing), (0, 0), "{verdict:?}");
            assert_eq!(verdict.nothing_lost(), failing == 0, "{verdict:?}");
        }
        let strict = Pass::Complete { ignore_errors: false };
        let passed = self.pass(migration, strict, false, BTreeMap::new()).await.expect("a completion begins");
        match passed.outcome.state {
            BatchState::Completed => {
                assert_eq!(failing, 0, "errors were ignored unasked");
                self.ending.lock().unwrap().completed += 1;
            }
            BatchState::SyncedWithErrors => {
                assert!(failing > 0 || theirs, "completion refused: {:?} {verdict:?}", passed.outcome);
                let lax = Pass::Complete { ignore_errors: true };
                let passed = self.pass(migration, lax, false, BTreeMap::new()).await.expect("a completion begins");
                assert_eq!(passed.outcome.state, BatchState::CompletedWithErrors);
            }
            other => panic!("a completion ends as {other:?}: {:?}", passed.outcome.problem),
        }
        self.harm_none();
    }

    async fn refuses(&self, migration: &Migration) {
        let requests = self.world.count("target.import");
        let plan = self.plan(migration, false).await.unwrap();
        for pass in [Pass::Initial, Pass::Incremental, Pass::Complete { ignore_errors: true }] {
            let refused = migration.run(plan.clone(), pass).await.err().expect("a completed migration is over");
            assert_eq!(refused.guidance, Guidance::MigrationCompleted);
        }
        assert_eq!(self.world.count("target.import"), requests);
    }
}

/// What will happen in a pass, by the number of its request.
fn script(dice: &mut Dice) -> BTreeMap<usize, Vec<Trigger>> {
    let mut script: BTreeMap<usize, Vec<Trigger>> = BTreeMap::new();
    let mut at = |dice: &mut Dice, trigger: Trigger| {
        let most = 1 << dice.between(1, 10);
        script.entry(dice.between(1, most)).or_default().push(trigger);
    };
    for _ in 0..dice.weighed(&[(2, 0), (3, 5), (2, 20)]) {
        at(dice, Trigger::People);
    }
    if dice.percent(35) {
        let done = dice.percent(50);
        at(dice, Trigger::Cut { done });
    }
    if dice.percent(12) {
        at(dice, Trigger::StopNow);
    }
    if dice.percent(8) {
        at(dice, Trigger::StopAfterCurrent);
    }
    for _ in 0..dice.weighed(&[(3, 0), (1, 2)]) {
        let mailboxes = dice.between(1, 6);
        at(dice, Trigger::AtATime(mailboxes));
    }
    script
}

/// At every snapshot the books close, and those of the mailboxes make up the run's.
async fn watch(handle: Handle, narrowed: bool) {
    let mut snapshots = handle.snapshots();
    loop {
        {
            let shown = snapshots.borrow_and_update();
            shown.books.close().unwrap();
            let mut sum = cutover::engine::books::Books::default();
            for row in &shown.mailboxes {
                row.books.close().unwrap();
                sum += row.books;
            }
            assert!(narrowed || sum == shown.books, "{sum:?} {:?}", shown.books);
            if shown.stage == cutover::engine::progress::Stage::Ended {
                return;
            }
        }
        if snapshots.changed().await.is_err() {
            return;
        }
    }
}
