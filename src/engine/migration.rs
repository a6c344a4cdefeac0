//! A migration as whoever drives it sees it: open, survey, plan, run, verify, report.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::books::{Books, FolderBooks};
use super::budget::{BYTES_IN_FLIGHT, Budget};
use super::clock::Clock;
use super::control::Handle;
use super::forecast::Forecast;
use super::ledger::recipients::Detail;
use super::ledger::{self, Ledger, MigrationIdentity, Overview};
use super::pacer::{self, Scopes};
use super::password::Sealer;
use super::plan::{self, Basis, Known, Options, Plan};
use super::port::{Directory, Source, SurveyProgress, Target};
use super::problem::Problem;
use super::recipient::{Address, Survey};
use super::report::{self, ReportOptions, Reports, Troubles, Words};
use super::retry::Caller;
use super::run::{BatchState, Pass};
use super::save::{self, Chosen, Saving};
use super::verdict::{Scope, Verdict};
use super::waiting::{Waiting, Waits};
use super::{batch, survey, verify};

/// What the world provides.
#[derive(Clone)]
pub struct Parts {
    /// The source's address lists.
    pub directory: Arc<dyn Directory>,
    /// The source's mailboxes.
    pub source: Arc<dyn Source>,
    /// Microsoft 365.
    pub target: Arc<dyn Target>,
    /// Time and chance.
    pub clock: Arc<dyn Clock>,
    /// Seals initial passwords and the key of proofs for the ledger.
    pub sealer: Arc<dyn Sealer>,
}

/// What every part of a migration works with.
pub(crate) struct Core {
    pub(crate) parts: Parts,
    pub(crate) ledger: Ledger,
    pub(crate) budget: Budget,
    pub(crate) scopes: Scopes,
    /// What surveying, planning and comparing wait for, where no run shows it.
    pub(crate) waits: Waits,
    waiting: watch::Receiver<Option<Waiting>>,
    /// Held by whoever runs or verifies: one at a time.
    pub(crate) busy: Arc<tokio::sync::Mutex<()>>,
}

impl Core {
    /// Seconds since 1970 UTC.
    pub(crate) fn now(&self) -> i64 {
        self.parts.clock.now().as_second()
    }
    /// A caller for requests of a scope that somebody sits before and nobody stops.
    pub(crate) fn idle_caller(&self, scope: &Arc<pacer::Scope>) -> Caller {
        Caller::new(self.parts.clock.clone(), CancellationToken::new(), scope.clone())
    }
    /// A caller for requests of a scope that go on by themselves.
    pub(crate) fn caller(&self, scope: &Arc<pacer::Scope>, stop: &CancellationToken) -> Caller {
        Caller::new(self.parts.clock.clone(), stop.clone(), scope.clone()).in_rounds()
    }
    /// The scope of a mailbox of the source.
    pub(crate) fn source_scope_of(&self, mailbox: &Address) -> Arc<pacer::Scope> {
        match self.parts.source.counts_apart(mailbox) {
            true => self.scopes.apart(mailbox, self.parts.clock.as_ref()),
            false => self.scopes.source.clone(),
        }
    }
    /// The scope of a mailbox of the target.
    pub(crate) fn scope_of(&self, mailbox: &Address) -> Arc<pacer::Scope> {
        self.scopes.mailbox(mailbox, self.parts.clock.as_ref())
    }
}

/// A migration with its ledger. Holds the ledger's lock until it and every run of it are dropped.
#[derive(Clone)]
pub struct Migration {
    core: Arc<Core>,
    /// Nobody sits before it while it surveys and plans.
    unattended: bool,
}

impl Migration {
    /// Opens the ledger at this path, or begins a new one, for the migration of this identity.
    ///
    /// # Errors
    /// `LedgerBusy` if another process has it, `LedgerOtherMigration` if it is another migration's, `LedgerUnreadable`,
    /// `DiskFull`.
    pub fn open(ledger_path: &Path, parts: Parts, identity: &MigrationIdentity) -> Result<Migration, Problem> {
        let ledger = Ledger::open(ledger_path, identity, parts.clock.clone())?;
        let (tell, waiting) = watch::channel(None);
        let waits = Waits::new(parts.clock.clone(), move |now| {
            tell.send_replace(now);
        });
        let core = Core {
            parts,
            ledger,
            budget: Budget::new(BYTES_IN_FLIGHT),
            scopes: Scopes::new(),
            waits,
            waiting,
            busy: Arc::new(tokio::sync::Mutex::new(())),
        };
        Ok(Migration { core: Arc::new(core), unattended: false })
    }

    /// The same migration for work that goes on by itself: it surveys and plans as patiently as a run works, in
    /// [further rounds](super::retry::FURTHER_ROUNDS) over a quarter of an hour. Whoever sits before it would rather hear
    /// after half a minute that a server does not answer, and decide.
    #[must_use]
    pub fn unattended(&self) -> Migration {
        Migration { core: self.core.clone(), unattended: true }
    }

    /// A caller for what must be asked before a run.
    fn asking(&self, scope: &Arc<pacer::Scope>) -> Caller {
        let caller = self.core.idle_caller(scope).heard_by(self.core.waits.clone());
        if self.unattended { caller.in_rounds() } else { caller }
    }

    /// The time by the clock that everything here goes by.
    pub fn now(&self) -> Timestamp {
        self.core.parts.clock.now()
    }

    /// The clock that everything here goes by.
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.core.parts.clock.clone()
    }

    /// Where the ledger lies.
    pub fn ledger_path(&self) -> &Path {
        self.core.ledger.path()
    }

    /// What surveying, planning, comparing and saving items wait for, if they do: the latest counts. What a run waits for is
    /// in its snapshots.
    pub fn waiting(&self) -> watch::Receiver<Option<Waiting>> {
        self.core.waiting.clone()
    }

    /// Reads the source directory.
    ///
    /// # Errors
    /// Whatever the directory answers once repeating does not help.
    pub async fn survey(&self, progress: &(dyn Fn(SurveyProgress) + Send + Sync)) -> Result<Survey, Problem> {
        survey::survey(&self.core, &self.asking(&self.core.scopes.source), progress).await
    }

    /// Asks the target for what must be known first, and makes a plan with findings. Makes nothing on the target.
    ///
    /// # Errors
    /// Only if the target cannot be asked; whatever stands in the way of a run is a finding.
    pub async fn plan(&self, survey: Survey, options: Options) -> Result<Plan, Problem> {
        let caller = self.asking(&self.core.scopes.directory);
        let target = &self.core.parts.target;
        // The first that the target is asked: a host that was misspelt is told soon, whoever waits.
        let tenant = caller.at_once().call(|| target.tenant()).await?;
        let known = self.known().await?;
        let mut unlicensed: HashSet<Address> =
            plan::licences_needed(&survey, &known).map(|mailbox| mailbox.identity.address.clone()).collect();
        if unlicensed.len() as u64 > tenant.free_licences {
            for address in unlicensed.clone() {
                if caller.call(|| target.recipient_exists(&address)).await? {
                    unlicensed.remove(&address);
                }
            }
        }
        Ok(plan::make(Basis { survey, known, unlicensed }, tenant, options))
    }

    /// How long a plan takes, as far as the sizes of its mailboxes are known. What earlier batches moved is taken off.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub async fn forecast(&self, plan: &Plan) -> Result<Option<Forecast>, Problem> {
        let settled = self.core.ledger.read(ledger::books::settled).await?;
        let left = plan.mailboxes.iter().map(|mailbox| {
            let settled = settled.get(&mailbox.identity.address.key()).copied().unwrap_or_default();
            mailbox.size.map(|size| size.of_items(size.items.saturating_sub(settled)))
        });
        Ok(Forecast::of(&left.collect::<Vec<_>>(), plan.options.at_a_time))
    }

    /// Starts a batch.
    ///
    /// # Errors
    /// The plan's first must-fix finding; `MigrationCompleted`; `CompletionRefused` if the plan leaves somebody out and
    /// errors are not to be ignored; `LedgerBusy` if a run of this migration is going on.
    pub async fn run(&self, plan: Plan, pass: Pass) -> Result<Handle, Problem> {
        batch::start(self.core.clone(), plan, pass).await
    }

    /// Compares both sides item by item with each other and with what was moved, and the directory. `progress` is called
    /// with the number of items compared so far.
    ///
    /// # Errors
    /// If the target cannot be asked, or a run is going on.
    pub async fn verify(&self, progress: &(dyn Fn(u64) + Send + Sync)) -> Result<Verdict, Problem> {
        self.verify_scope(Scope::Full, progress).await
    }

    /// As [`Migration::verify`], for these of the items.
    ///
    /// # Errors
    /// If the target cannot be asked, or a run is going on.
    pub async fn verify_scope(
        &self,
        scope: Scope,
        progress: &(dyn Fn(u64) + Send + Sync),
    ) -> Result<Verdict, Problem> {
        let _busy = batch::only_one(&self.core)?;
        verify::verify(&self.core, scope, &CancellationToken::new(), &self.core.waits, progress).await
    }

    /// Writes MigrationStatistics.csv, MigrationErrors.csv, MigrationItems.csv and MigrationFolders.csv into a folder,
    /// which is made if need be.
    ///
    /// # Errors
    /// `ReportUnwritable` or `DiskFull`; nothing half-written is left behind. `Internal` if the books in them do not close.
    pub async fn report(&self, folder: &Path, options: ReportOptions, words: &dyn Words) -> Result<Reports, Problem> {
        report::write(&self.core, folder, options, words).await
    }

    /// All items, as the last batch left them.
    ///
    /// # Errors
    /// If the ledger cannot be read, or its books do not close.
    pub async fn books(&self) -> Result<Books, Problem> {
        self.core
            .ledger
            .read(|db| {
                let batch = ledger::batches::last(db)?.map_or(0, |batch| batch.id);
                ledger::books::count(db, ledger::books::Scope::Migration, batch)
            })
            .await
    }

    /// Saves every item that was skipped, failed, is missing or differs into a folder, read from the source anew, as
    /// mailbox/folder path/date subject.eml (.ics or .vcf where the server gives that). Nothing that is there is
    /// overwritten; the same file again is left as it is. `progress` hears of each item: also why one cannot be had even
    /// so, after which the rest goes on. Nothing on either side changes. Dropping it ends it after the file in hand.
    ///
    /// # Errors
    /// `FileUnwritable`, `DiskFull`, or the source cannot be asked any more.
    pub async fn save_items(
        &self,
        folder: &Path,
        chosen: &Chosen,
        progress: save::Progress<'_>,
    ) -> Result<Saving, Problem> {
        save::save(&self.core, folder, chosen, progress).await
    }

    /// The books of each folder of a mailbox as they are in the ledger now, also while a run goes on, in the order in which
    /// its folders were first seen; `None` if no batch has taken up such a mailbox. They add up to the mailbox's own. It
    /// reads all of the mailbox's items: ask for it when somebody looks, not with every snapshot.
    ///
    /// # Errors
    /// If the ledger cannot be read, or the books of a folder do not close.
    pub async fn folder_books(&self, mailbox: &Address) -> Result<Option<Vec<FolderBooks>>, Problem> {
        report::folder_books(&self.core, mailbox).await
    }

    /// The last batch's name and state, if there was one. What a crash left active shows as `Stopped`.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub async fn last_batch(&self) -> Result<Option<(String, BatchState)>, Problem> {
        let last = self.core.ledger.read(ledger::batches::last).await?;
        Ok(last.map(|batch| (batch.name, batch.state)))
    }

    /// What it has come to, over all batches.
    ///
    /// # Errors
    /// If the ledger cannot be read, or its books do not close.
    pub async fn overview(&self) -> Result<Overview, Problem> {
        self.core.ledger.read(ledger::overview::read).await
    }

    /// What is amiss with recipients and items: the facts of MigrationErrors.csv, one by one.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub async fn troubles(&self) -> Result<Troubles, Problem> {
        self.core.ledger.read(report::troubles).await
    }

    /// Finds messages: those of which every word of `text` stands in the subject or the sender, whatever the case; the
    /// latest `most` of them ([`ledger::FOUND_AT_MOST`] at most). Works while a run goes on.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub async fn find(&self, text: &str, most: usize) -> Result<ledger::Found, Problem> {
        let text = text.to_owned();
        self.core.ledger.survey(move |db| ledger::find::find_here(db, &text, most)).await
    }

    /// What earlier batches brought to the target.
    async fn known(&self) -> Result<Known, Problem> {
        let records = self.core.ledger.read(ledger::recipients::all).await?;
        let taken_up = records.iter().map(|record| record.detail.address().clone()).collect();
        let mut known = Known { taken_up, ..Known::default() };
        for record in records.into_iter().filter(|record| record.arrived) {
            let addresses = match record.detail {
                Detail::Mailbox(_) => &mut known.mailboxes,
                Detail::Contact(_) => &mut known.contacts,
                Detail::Group(_) => &mut known.groups,
            };
            addresses.insert(record.detail.address().clone());
        }
        Ok(known)
    }
}
