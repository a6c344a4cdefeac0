//! An organisation and a Microsoft 365 in memory, behind the engine's ports: they obey `tests/ports.rs`, keep count of every
//! request, and misbehave on request. Time is tokio's, so tests pause it.

// Each program of tests needs a part of it.
#![allow(dead_code, unused_imports)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use cutover::engine::item::*;
use cutover::engine::port::*;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::recipient::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::time::Instant;

#[path = "memory_keyring.rs"]
mod keyring;
#[allow(unused_imports)]
pub use keyring::Keyring;
#[path = "memory_limits.rs"]
mod limits;
pub use limits::Limits;
#[path = "memory_mistakes.rs"]
mod mistakes;
#[path = "memory_people.rs"]
pub mod people;
#[path = "memory_seen.rs"]
mod seen;
#[path = "memory_source.rs"]
mod source;
#[path = "memory_target.rs"]
mod target;

/// A request as a fault sees it.
#[derive(Debug, Clone)]
pub struct Request {
    /// Number of this request of all, from 0.
    pub number: usize,
    /// Number of this request among those of its operation, from 0.
    pub nth: usize,
    /// The port's method, with `source.` or `target.` before it.
    pub operation: &'static str,
    /// Whose mailbox, or which address.
    pub address: String,
}

/// How a request misbehaves.
#[derive(Debug, Clone)]
pub enum Fault {
    /// Not at all.
    None,
    /// It fails without being done.
    Fail(Problem),
    /// It is done, but the answer is lost.
    LoseAnswer,
    /// Likewise, after the request was on its way for so long.
    LoseAnswerAfter(Duration),
    /// It is done, and the answer is this all the same.
    DoneBut(Problem),
    /// It is done after the first time, and answered after the second.
    Slow(Duration, Duration),
    /// It is done; of several answers, those whose bit is set ask to be asked again, or are untrue; a list lacks a folder that is known.
    Patchy(u64),
    /// It is not done and never answers: the power went.
    Hang,
    /// It is done and never answers: the power went.
    HangAfter,
}

/// What an item is made of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fields {
    pub class: String,
    pub subject: String,
    pub body: String,
    pub read: bool,
    /// Empty if it has none.
    pub search_key: Vec<u8>,
    /// What its source stamps into its content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp: Option<String>,
    pub date: i64,
    pub sender: String,
    /// The declared size in bytes; the data is smaller.
    pub size: u64,
}

impl Fields {
    pub fn facets(&self) -> Facets {
        let hash = |text: &str| -> [u8; 32] { Sha256::digest(text.as_bytes()).into() };
        Facets(BTreeMap::from([
            (Facet::Class, hash(&self.class)),
            (Facet::Subject, hash(&self.subject)),
            (Facet::Body, hash(&self.body)),
            (Facet::State, hash(&self.read.to_string())),
        ]))
    }
    pub fn summary(&self, id: &str) -> Summary {
        Summary {
            id: ItemId(id.to_string()),
            class: self.class.clone(),
            subject: self.subject.clone(),
            size: self.size,
            search_key: (!self.search_key.is_empty()).then(|| self.search_key.clone()),
            date: Some(self.date),
            identity: self.stamp.clone(),
            sender: self.sender.clone(),
        }
    }
    pub fn content(&self, id: &str) -> Content {
        let data = Bytes::from(serde_json::to_vec(self).unwrap());
        Content { summary: self.summary(id), data, facets: self.facets() }
    }
}

#[derive(Debug, Clone)]
pub struct SourceItem {
    pub id: String,
    pub folder: String,
    pub fields: Fields,
}

#[derive(Debug, Clone)]
pub struct SourceBox {
    pub mailbox: Mailbox,
    pub folders: Vec<Folder>,
    pub items: Vec<SourceItem>,
    /// Everything that ever happened, by folder.
    pub log: Vec<(String, Change)>,
    /// Sync states of other epochs have expired.
    pub epoch: u32,
}

#[derive(Debug, Clone)]
pub struct TargetItem {
    pub id: String,
    pub folder: String,
    pub fields: Fields,
    /// From which moment of [`World::now`] on it is seen.
    pub visible: Duration,
    pub past: Past,
}

/// What only the service knows of a copy.
#[derive(Debug, Clone)]
pub struct Past {
    /// Its number, under whatever id.
    pub number: u64,
    /// When it was made.
    pub made: Duration,
    /// What was last imported or replaced, and the folder that it was imported into: what is otherwise, people changed.
    pub put: Fields,
    pub into: String,
    /// What it was when its facets were last asked for.
    pub told: Option<Fields>,
}

impl TargetItem {
    /// Somebody made something else of it.
    pub fn is_edited(&self) -> bool {
        self.fields != self.past.put
    }
    /// Somebody put it into another folder.
    pub fn is_moved(&self) -> bool {
        self.folder != self.past.into
    }
    /// Why its removal or replacement is wrong, for one who was told what it is: people changed it before.
    fn stood(&self) -> Option<(Option<Fields>, String)> {
        let known = self.is_edited() && self.past.told.as_ref() == Some(&self.fields);
        known.then(|| (Some(self.fields.clone()), format!("{} was known to be what a user made of it", self.id)))
    }
}

#[derive(Debug, Clone)]
pub struct TargetBox {
    pub kind: MailboxKind,
    pub password: String,
    /// Looks until it appears.
    pub looks_left: usize,
    pub addresses: BTreeSet<Address>,
    pub folders: Vec<Folder>,
    pub items: Vec<TargetItem>,
    /// What was deleted from it, recoverably.
    pub deleted: Vec<TargetItem>,
    pub in_flight: usize,
}

/// An import that is on its way: sent, and neither done nor refused.
#[derive(Debug, Clone)]
pub struct Flight {
    pub mailbox: MailboxId,
    pub folder: FolderId,
    pub content: Content,
}

#[derive(Debug, Clone, Default)]
pub struct State {
    pub counter: u64,
    pub source: BTreeMap<String, SourceBox>,
    pub groups: Vec<Group>,
    pub contacts: Vec<Contact>,
    pub findings: Vec<Problem>,
    pub tenant: Tenant,
    pub target: BTreeMap<String, TargetBox>,
    pub target_contacts: BTreeSet<String>,
    pub target_groups: BTreeMap<String, Vec<Address>>,
    pub requests: Vec<Request>,
    /// How many of them were of each operation.
    pub by_operation: BTreeMap<&'static str, usize>,
    /// Imports ever sent, and those on their way by their number.
    pub flights: u64,
    pub flying: BTreeMap<u64, Flight>,
    /// The most imports that were in flight to one mailbox at a time, and to all.
    pub most_in_flight: usize,
    pub most_mailboxes: usize,
    /// Looks until any mailbox appears; and until a certain one does.
    pub late_by: usize,
    pub late_for: Option<(&'static str, usize)>,
    /// A replaced item gets a new id.
    pub replacing_renumbers: bool,
    pub lag: Duration,
    pub latency: Duration,
    /// That of an import, if it is another one.
    pub import_latency: Option<Duration>,
    /// Changes, and items of a look, on a page; seven if it is none.
    pub page: usize,
    /// The source counts the requests about each mailbox apart.
    pub counts_apart: bool,
    /// The service's limits, if it has any.
    pub limits: Option<Limits>,
    /// What was done to copies although users had changed them, which whoever did it had been told; with what they had made
    /// of them, if it is about that.
    pub trespasses: Vec<(Option<Fields>, String)>,
    /// Mailboxes of which the last list of folders lacked one.
    pub lacked: BTreeSet<String>,
    /// Folders of the source that were asked for changes: whoever migrates knows them.
    pub asked: BTreeSet<FolderId>,
    /// What is answered about single items, by request and id, and how often.
    pub mistakes: BTreeMap<(&'static str, String), (usize, Problem)>,
    /// How the service will do wrong, once, if it will.
    pub wrong: Option<Wrong>,
}

impl State {
    /// Whether it does wrong in this way now.
    fn does(&mut self, wrong: Wrong) -> bool {
        self.wrong.take_if(|will| *will == wrong).is_some()
    }
}

/// How a service does wrong while it says that all is well: for judges that must notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// An import is acknowledged and not done.
    Loses,
    /// An import is done twice.
    Doubles,
    /// What is imported is not what was sent.
    Alters,
    /// It is imported into another folder.
    Misplaces,
    /// What is to be deleted stays.
    Keeps,
    /// A replacement changes nothing.
    StaysOld,
    /// Something else goes with what is deleted.
    DeletesMore,
    /// What somebody changed looks as if nobody had: it is replaced and deleted.
    HidesEdits,
}

/// Changes, and items of a look, on a page.
const PAGE: usize = 7;

impl State {
    fn page(&self) -> usize {
        if self.page == 0 { PAGE } else { self.page }
    }
}

type Misbehaviour = dyn Fn(&Request) -> Fault + Send + Sync;

/// Both sides. One value serves as Directory, Source and Target.
pub struct World {
    state: Mutex<State>,
    faults: Mutex<Arc<Misbehaviour>>,
    time: Mutex<Time>,
}

/// Time goes on over the ends of processes, though each runtime's paused clock begins anew.
enum Time {
    /// Nobody asked yet.
    Unasked,
    /// So long before this moment.
    Running(Duration, Instant),
    /// The power is off.
    Standing(Duration),
}

/// What remains to be done after the work of a request.
pub(crate) struct Ticket(Fault, Side);

impl World {
    pub fn new() -> Arc<World> {
        let tenant = Tenant {
            id: "tenant".to_string(),
            name: "Contoso".to_string(),
            domains: vec!["contoso.com".to_string()],
            directory_sync: false,
            free_licences: 1_000,
            unknown_licence: None,
        };
        let state = State { tenant, latency: Duration::from_millis(50), ..State::default() };
        Arc::new(World::of(state))
    }

    fn of(state: State) -> World {
        World {
            state: Mutex::new(state),
            faults: Mutex::new(Arc::new(|_| Fault::None)),
            time: Mutex::new(Time::Unasked),
        }
    }

    /// Time since the world began.
    pub fn now(&self) -> Duration {
        let mut time = self.time.lock().unwrap();
        if let Time::Unasked = *time {
            *time = Time::Running(Duration::ZERO, Instant::now());
        }
        match *time {
            Time::Unasked => Duration::ZERO,
            Time::Running(before, since) => before + since.elapsed(),
            Time::Standing(before) => before,
        }
    }

    /// The runtime ends: time stands still until the power is on again.
    pub fn power_off(&self) {
        let now = self.now();
        *self.time.lock().unwrap() = Time::Standing(now);
    }

    /// A runtime begins.
    pub fn power_on(&self) {
        let now = if let Time::Standing(before) = *self.time.lock().unwrap() { before } else { Duration::ZERO };
        *self.time.lock().unwrap() = Time::Running(now, Instant::now());
    }

    /// Services as they were at some moment ([`World::now`]) of an earlier process, and what was on its way to them then.
    pub fn revived(state: State, at: Duration) -> (Arc<World>, Vec<Flight>) {
        let mut state = state;
        let flights = std::mem::take(&mut state.flying).into_values().collect();
        state.requests.clear();
        state.by_operation.clear();
        for mailbox in state.target.values_mut() {
            mailbox.in_flight = 0;
            mailbox.items.iter_mut().for_each(|item| item.visible = item.visible.saturating_sub(at));
        }
        (Arc::new(World::of(state)), flights)
    }

    /// Something that was on its way arrives after all. What the service would refuse changes nothing.
    pub fn land(&self, flight: &Flight) {
        let _answered_to_nobody = self.take(&flight.mailbox, &flight.folder, &flight.content);
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// From now on requests misbehave like this.
    pub fn misbehave(&self, faults: impl Fn(&Request) -> Fault + Send + Sync + 'static) {
        *self.faults.lock().unwrap() = Arc::new(faults);
    }

    pub fn behave(&self) {
        self.misbehave(|_| Fault::None);
    }

    /// How often an operation was asked for.
    pub fn count(&self, operation: &str) -> usize {
        self.state().by_operation.get(operation).copied().unwrap_or_default()
    }

    async fn enter(&self, operation: &'static str, address: &str) -> Result<Ticket, Problem> {
        let (request, latency) = {
            let mut state = self.state();
            let count = state.by_operation.entry(operation).or_default();
            let nth = *count;
            *count += 1;
            let request = Request { number: state.requests.len(), nth, operation, address: address.to_lowercase() };
            state.requests.push(request.clone());
            let latency = state.import_latency.filter(|_| operation == "target.import").unwrap_or(state.latency);
            (request, latency)
        };
        tokio::time::sleep(latency).await;
        let faults = self.faults.lock().unwrap().clone();
        let side = if operation.starts_with("source") { Side::Source } else { Side::Target };
        match faults(&request) {
            Fault::Fail(problem) => Err(problem),
            Fault::Hang => std::future::pending().await,
            Fault::LoseAnswerAfter(time) => {
                tokio::time::sleep(time).await;
                Ok(Ticket(Fault::LoseAnswer, side))
            }
            Fault::Slow(before, after) => {
                tokio::time::sleep(before).await;
                Ok(Ticket(Fault::Slow(before, after), side))
            }
            fault => Ok(Ticket(fault, side)),
        }
    }

    async fn leave<T>(&self, ticket: Ticket, answer: Result<T, Problem>) -> Result<T, Problem> {
        match ticket.0 {
            Fault::LoseAnswer => Err(lost(ticket.1)),
            Fault::DoneBut(problem) => Err(problem),
            Fault::HangAfter => std::future::pending().await,
            Fault::Slow(_, after) => {
                tokio::time::sleep(after).await;
                answer
            }
            _ => answer,
        }
    }
}

fn source_box<'s>(state: &'s mut State, address: &str) -> &'s mut SourceBox {
    state.source.get_mut(&address.to_lowercase()).unwrap()
}

/// The problem of an answer that was lost.
pub fn lost(side: Side) -> Problem {
    let guidance = if side == Side::Source { Guidance::SourceUnreachable } else { Guidance::TargetUnreachable };
    Problem::new(Kind::Retry, side, guidance).with("host", "memory")
}

/// A side that asks for a pause of so many seconds.
pub fn busy(side: Side, seconds: u64) -> Problem {
    let guidance = if side == Side::Source { Guidance::SourceBusy } else { Guidance::TargetBusy };
    Problem::new(Kind::Wait, side, guidance).after(Duration::from_secs(seconds))
}

pub fn fields(subject: &str, search_key: Vec<u8>) -> Fields {
    let body = format!("The text of {subject}.");
    let (class, subject) = ("IPM.Note".to_string(), subject.to_string());
    let sender = "Nora Sender <nora@fabrikam.example>".to_string();
    Fields { class, subject, body, read: false, search_key, stamp: None, date: 1_700_000_000, sender, size: 10_000 }
}

pub fn identity(address: &str) -> Identity {
    Identity {
        address: Address::new(address),
        display_name: address.split('@').next().unwrap_or_default().to_string(),
        aliases: vec![Address::new(address.replace('@', ".alias@"))],
        legacy_dn: Some(format!("/o=Contoso/cn={address}")),
    }
}

pub fn group(address: &str, members: &[&str]) -> Group {
    let members = members.iter().map(|member| Address::new(*member)).collect();
    Group { identity: identity(address), kind: GroupKind::Distribution, members }
}

pub fn contact(address: &str, mail_user: bool) -> Contact {
    Contact { identity: identity(address), card: Card::default(), mail_user }
}

/// Folders that every mailbox has. The target's names are another language's, and it has no Journal.
pub fn standard_folders(prefix: &str, source: bool) -> Vec<Folder> {
    let names = [
        (FolderRole::Root, "Top of Information Store", "Oberste Ebene", "IPF.Note"),
        (FolderRole::Inbox, "Inbox", "Posteingang", "IPF.Note"),
        (FolderRole::Sent, "Sent Items", "Gesendete Elemente", "IPF.Note"),
        (FolderRole::Deleted, "Deleted Items", "Gelöschte Elemente", "IPF.Note"),
        (FolderRole::Calendar, "Calendar", "Kalender", "IPF.Appointment"),
        (FolderRole::Contacts, "Contacts", "Kontakte", "IPF.Contact"),
        (FolderRole::Journal, "Journal", "Journal", "IPF.Journal"),
    ];
    names
        .into_iter()
        .filter(|(role, ..)| source || *role != FolderRole::Journal)
        .map(|(role, english, german, class)| Folder {
            id: FolderId(format!("{prefix}-{role:?}")),
            parent: (role != FolderRole::Root).then(|| FolderId(format!("{prefix}-Root"))),
            name: if source { english } else { german }.to_string(),
            class: class.to_string(),
            role: Some(role),
            items: 0,
        })
        .collect()
}
