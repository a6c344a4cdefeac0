//! Saving items that are not on the target as files that any mail program opens: what was skipped, failed, is missing or
//! differs, and what somebody deleted on the target or changed on both sides, read from the source in its interchange form, one at a time.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::item::Interchange;
use super::ledger::absent::{self, Absent};
use super::ledger::paths;
use super::ledger::recipients::{self, Detail, Record};
use super::migration::Core;
use super::problem::{Guidance, Kind, Problem, Side};
use super::recipient::Address;

mod drawer;
mod names;

use drawer::{Drawer, Put};

/// What is taken of the budget for an item whose size nobody knows, in bytes.
const UNKNOWN_SIZE: u64 = 1024 * 1024;

/// Whose items are saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Everybody's.
    All,
    /// Those of these mailboxes.
    Of(HashSet<Address>),
}

/// How far saving is, and in the end what came of it. Every item is saved, was there, or failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Saving {
    /// Items to be saved.
    pub all: u64,
    /// Saved now.
    pub saved: u64,
    /// The same file lay there already.
    pub already: u64,
    /// Could not be had.
    pub failed: u64,
}

impl Saving {
    /// Items that are done with.
    pub fn done(&self) -> u64 {
        self.saved + self.already + self.failed
    }
}

/// An item that was dealt with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SavedItem<'a> {
    /// Whose it is.
    pub mailbox: &'a Address,
    /// Its folder's path.
    pub folder: &'a str,
    /// Its subject.
    pub subject: &'a str,
    /// Where it is now, or why it could not be had.
    pub outcome: Result<&'a Path, &'a Problem>,
}

/// Hears of every item; must return at once.
pub type Progress<'a> = &'a (dyn Fn(&Saving, &SavedItem<'_>) + Send + Sync);

/// Saves items into a folder. See [`Migration::save_items`](super::Migration::save_items).
pub(crate) async fn save(
    core: &Core,
    folder: &Path,
    chosen: &Chosen,
    progress: Progress<'_>,
) -> Result<Saving, Problem> {
    let (records, all) = core
        .ledger
        .read({
            let chosen = chosen.clone();
            move |db| {
                let mut records = recipients::all(db)?;
                records.retain(|record| matches!(record.detail, Detail::Mailbox(_)) && has(&chosen, record));
                let amiss = records.iter().map(|record| absent::count_worth_saving(db, record.id));
                let all = amiss.sum::<rusqlite::Result<u64>>()?;
                Ok((records, all))
            }
        })
        .await?;
    let mut saver = Saver { core, root: folder, progress, saving: Saving { all, ..Saving::default() } };
    for record in &records {
        saver.mailbox(record).await?;
    }
    Ok(saver.saving)
}

fn has(chosen: &Chosen, record: &Record) -> bool {
    match chosen {
        Chosen::All => true,
        Chosen::Of(addresses) => addresses.contains(record.detail.address()),
    }
}

struct Saver<'a> {
    core: &'a Core,
    root: &'a Path,
    progress: Progress<'a>,
    saving: Saving,
}

/// Where the items of a folder go.
struct Place<'r> {
    mailbox: &'r Address,
    shown: String,
    names: Vec<String>,
    /// Opened with the first item: folders without any are not made.
    drawer: Option<Drawer>,
}

impl Saver<'_> {
    async fn mailbox(&mut self, record: &Record) -> Result<(), Problem> {
        let (id, mailbox) = (record.id, record.detail.address());
        let mut closed = None;
        for (folder, path) in self.core.ledger.read(move |db| paths::of(db, id)).await? {
            let names = names::folders(mailbox.as_str(), &path);
            let mut place = Place { mailbox, shown: paths::shown(&path), names, drawer: None };
            let mut after = 0;
            loop {
                let page = self.core.ledger.read(move |db| absent::worth_saving(db, folder, after)).await?;
                let Some(last) = page.last() else { break };
                after = last.id;
                for item in page {
                    self.item(&mut place, &item, &mut closed).await?;
                }
            }
        }
        Ok(())
    }

    /// One item. `closed` is why the mailbox cannot be read at all: the rest of its items need not be asked for.
    async fn item(
        &mut self,
        place: &mut Place<'_>,
        item: &Absent,
        closed: &mut Option<Problem>,
    ) -> Result<(), Problem> {
        let stated = item.size.max(UNKNOWN_SIZE);
        let mut share = self.core.budget.take([stated].into_iter()).await?;
        let got = match closed {
            Some(problem) => Err(problem.clone()),
            None => self.fetch(place.mailbox, item).await,
        };
        let held = got.as_ref().map_or(0, |content| content.data.len() as u64);
        let _held = self.core.budget.part(&mut share, stated, held);
        let put = match got {
            Ok(content) => Ok(self.put(place, item, content).await?),
            Err(problem) if problem.kind == Kind::Run => return Err(problem),
            Err(problem) => {
                if problem.kind == Kind::Mailbox {
                    closed.get_or_insert(problem.clone());
                }
                Err(problem)
            }
        };
        match &put {
            Ok(Put::New(_)) => self.saving.saved += 1,
            Ok(Put::There(_)) => self.saving.already += 1,
            Err(_) => self.saving.failed += 1,
        }
        let outcome = put.as_ref().map(|(Put::New(path) | Put::There(path))| path.as_path());
        let told = SavedItem { mailbox: place.mailbox, folder: &place.shown, subject: &item.subject, outcome };
        (self.progress)(&self.saving, &told);
        Ok(())
    }

    /// A failure that repeating does not mend is the item's if the server still answers for it, else the server's.
    async fn fetch(&self, mailbox: &Address, item: &Absent) -> Result<Interchange, Problem> {
        let source = &self.core.parts.source;
        let caller = self.core.idle_caller(&self.core.source_scope_of(mailbox)).heard_by(self.core.waits.clone());
        let problem = match caller.call(|| source.mime(mailbox, &item.source)).await {
            Ok(content) => return Ok(content),
            Err(problem) if problem.guidance == Guidance::SourceKindNotExportable => {
                problem.with("class", &item.class)
            }
            Err(problem) => problem,
        };
        if matches!(problem.kind, Kind::Retry | Kind::Wait) {
            let ask = || source.describe(mailbox, std::slice::from_ref(&item.source));
            if caller.call(ask).await.is_err() {
                return Err(Problem { kind: Kind::Run, ..problem });
            }
        }
        Err(problem)
    }

    async fn put(&self, place: &mut Place<'_>, item: &Absent, content: Interchange) -> Result<Put, Problem> {
        let (root, names, drawer) = (self.root.to_path_buf(), place.names.clone(), place.drawer.take());
        let stem = names::file(item.date, &item.subject);
        let work = move || -> io::Result<(Drawer, Put)> {
            let mut drawer = drawer.map_or_else(|| Drawer::open(&root, &names), Ok)?;
            let put = drawer.put(&stem, content.form.extension(), &content.data)?;
            Ok((drawer, put))
        };
        let written = tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)));
        let (drawer, put) = written.map_err(|error| self.unwritable(place, error))?;
        place.drawer = Some(drawer);
        Ok(put)
    }

    fn unwritable(&self, place: &Place<'_>, error: io::Error) -> Problem {
        let folder: PathBuf = place.names.iter().fold(self.root.to_path_buf(), |folder, name| folder.join(name));
        let guidance =
            if error.kind() == io::ErrorKind::StorageFull { Guidance::DiskFull } else { Guidance::FileUnwritable };
        let problem = Problem::new(Kind::Run, Side::Here, guidance).with("file", folder.display());
        if guidance == Guidance::DiskFull { problem } else { problem.with("reason", error) }
    }
}
