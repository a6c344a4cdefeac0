//! A batch as the pages hear of it: one subscription from survey to comparison. Snapshots come at most ten times a second
//! and the latest wins; events come in bounded bundles. The engine never waits for the window.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::hash::{Hash, Hasher};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use iced::Subscription;
use iced::futures::channel::mpsc::Sender;
use iced::futures::{SinkExt, Stream};
use jiff::Timestamp;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;

use super::session::Session;
use crate::engine::control::{Handle, Outcome};
use crate::engine::plan::{Deletions, Plan};
use crate::engine::port::SurveyProgress;
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::progress::{Event, Snapshot};
use crate::engine::recipient::Address;
use crate::engine::run::{BatchState, Pass};
use crate::engine::verdict::Verdict;
use crate::engine::waiting::Waiting;

pub mod meter;
pub mod troubles;

/// How often the window is told at most.
pub const PACE: Duration = Duration::from_millis(100);
/// Messages between the monitor and the window; when it is full, the monitor waits and the engine does not.
const MESSAGES_WAITING: usize = 8;
/// Events handed over in one message at most.
pub const EVENTS_AT_ONCE: usize = 256;

/// A batch to be run and followed.
#[derive(Clone)]
pub struct Order {
    /// Tells this batch from every other of this window.
    pub number: u64,
    /// The migration.
    pub session: Arc<Session>,
    /// What is wanted.
    pub task: Task,
    /// Gives up what is not the run itself: survey and comparison.
    pub give_up: CancellationToken,
}

/// What is wanted of a batch.
#[derive(Debug, Clone)]
pub enum Task {
    /// All of it, with this plan or a new one.
    Run {
        /// What to do; without it the source is surveyed and a plan is made anew.
        plan: Option<Arc<Plan>>,
        /// For whom.
        whom: Whom,
        /// What it is for.
        pass: Pass,
        /// What deletions at the source mean in this batch alone, if somebody decided that.
        deletions: Option<Decision>,
    },
    /// A survey and a plan, and no more.
    Survey,
    /// The comparison, once more.
    Compare,
}

/// What was decided about copies whose items are gone at the source.
#[derive(Debug, Clone)]
pub enum Decision {
    /// They leave the target, so many of each mailbox as somebody agreed to.
    Delete(Arc<HashMap<Address, u64>>),
    /// They stay.
    Keep,
}

/// For whom a batch is. Nobody is moved whom nobody chose: what runs by itself or again never takes in the rest of a pilot.
#[derive(Debug, Clone)]
pub enum Whom {
    /// Everybody in the plan.
    Everybody,
    /// Whoever was taken up before, and these.
    TakenUpAnd(Arc<HashSet<Address>>),
    /// These alone.
    Only(Arc<HashSet<Address>>),
}

impl Decision {
    fn put_into(&self, plan: &mut Plan) {
        match self {
            Decision::Delete(agreed) => {
                plan.options.deletions = Deletions::Follow;
                plan.agreed = agreed.as_ref().clone();
            }
            Decision::Keep => plan.options.deletions = Deletions::Keep,
        }
    }
}

impl Whom {
    /// Whoever was taken up before.
    pub fn taken_up() -> Whom {
        Whom::TakenUpAnd(Arc::default())
    }

    /// What of a plan is theirs.
    fn of(&self, plan: Arc<Plan>) -> Arc<Plan> {
        let chosen = match self {
            Whom::Everybody => return plan,
            Whom::TakenUpAnd(these) => &plan.taken_up().union(these).cloned().collect(),
            Whom::Only(these) => these.as_ref(),
        };
        Arc::new(Plan::clone(&plan).only(chosen))
    }
}

impl Hash for Order {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

/// What was seen of a batch.
#[derive(Clone)]
pub enum Seen {
    /// The survey is this far.
    Surveying(SurveyProgress),
    /// What survey, plan or comparison wait for now.
    Waits(Option<Waiting>),
    /// The survey is over, this is the plan.
    Planned(Arc<Plan>),
    /// The batch does not begin.
    Refused(Problem),
    /// The batch runs.
    Running(Arc<Handle>),
    /// Its state at a moment.
    Snapshot(Arc<Snapshot>, Timestamp),
    /// What happened, in order, after so many events that were lost to this listener (not to the ledger).
    Events(Arc<Vec<Event>>, u64),
    /// How it ended.
    Ended(Arc<Outcome>),
    /// So many items were read back and compared.
    Compared(u64),
    /// The comparison is over, or could not be made.
    Verified(Result<Arc<Verdict>, Problem>),
    /// Nothing follows.
    Over,
}

/// Runs and follows a batch. The same number is the same subscription; ending it gives up survey or comparison, but not
/// a run that has begun.
pub fn follow(order: Order) -> Subscription<(u64, Seen)> {
    Subscription::run_with(order, stream)
}

/// What [`follow`] listens to.
pub fn stream(order: &Order) -> impl Stream<Item = (u64, Seen)> + use<> {
    let order = order.clone();
    iced::stream::channel(MESSAGES_WAITING, async move |out| {
        let mut out = Out { number: order.number, out };
        work(&order, &mut out).await;
        out.send(Seen::Over).await;
    })
}

/// The way to the window.
struct Out {
    number: u64,
    out: Sender<(u64, Seen)>,
}

impl Out {
    /// A window that does not listen any more misses nothing that is not in the ledger.
    async fn send(&mut self, seen: Seen) {
        let _ = self.out.send((self.number, seen)).await;
    }
    /// For what the next message replaces: whether the window, which may be behind, took it.
    fn offer(&mut self, seen: Seen) -> bool {
        self.out.try_send((self.number, seen)).is_ok()
    }
}

async fn work(order: &Order, out: &mut Out) {
    let handle = match begin(order, out).await {
        Ok(handle) => handle,
        Err(problem) => return out.send(Seen::Refused(problem)).await,
    };
    if let Some(handle) = handle {
        out.send(Seen::Running(handle.clone())).await;
        let outcome = watch_run(order, &handle, out).await;
        // A completion has its verdict already; what was stopped or failed is not worth one.
        let whole = matches!(outcome.state, BatchState::Synced | BatchState::SyncedWithErrors);
        let compare = outcome.verdict.is_none() && whole;
        out.send(Seen::Ended(outcome)).await;
        if !compare {
            return;
        }
    }
    if !matches!(order.task, Task::Survey) {
        let verified = compare(order, out).await;
        out.send(Seen::Verified(verified.map(Arc::new))).await;
    }
}

/// Surveys and plans unless there is a plan, and starts, as far as is wanted.
async fn begin(order: &Order, out: &mut Out) -> Result<Option<Arc<Handle>>, Problem> {
    match &order.task {
        Task::Compare => Ok(None),
        Task::Survey => survey(order, false, out).await.map(|_| None),
        Task::Run { plan, whom, pass, deletions } => {
            let plan = match plan {
                Some(plan) => plan.clone(),
                // A batch is as patient here as later: nobody need be there.
                None => survey(order, true, out).await?,
            };
            let mut plan = whom.of(plan);
            if let Some(decision) = deletions {
                decision.put_into(Arc::make_mut(&mut plan));
            }
            out.send(Seen::Planned(plan.clone())).await;
            if order.give_up.is_cancelled() {
                return Err(given_up());
            }
            order.session.start(plan, *pass).await.map(Some)
        }
    }
}

async fn survey(order: &Order, by_itself: bool, out: &mut Out) -> Result<Arc<Plan>, Problem> {
    let (tell, mut told) = watch::channel(SurveyProgress::default());
    let progress = move |now| {
        tell.send_replace(now);
    };
    let survey = async {
        match by_itself {
            true => order.session.survey_by_itself(&progress).await,
            false => order.session.survey(&progress).await,
        }
    };
    let plan = telling(order, survey, (&mut told, Seen::Surveying), out).await?;
    out.send(Seen::Planned(plan.clone())).await;
    Ok(plan)
}

async fn compare(order: &Order, out: &mut Out) -> Result<Verdict, Problem> {
    let (tell, mut told) = watch::channel(0);
    let progress = move |compared| {
        tell.send_replace(compared);
    };
    let verify = order.session.migration.verify(&progress);
    telling(order, verify, (&mut told, Seen::Compared), out).await
}

/// Does some work unless it is given up, and tells how far it is and what it waits for.
async fn telling<T, P: Copy>(
    order: &Order,
    work: impl Future<Output = Result<T, Problem>>,
    (told, seen): (&mut watch::Receiver<P>, fn(P) -> Seen),
    out: &mut Out,
) -> Result<T, Problem> {
    let mut waiting = order.session.migration.waiting();
    let tell = || {
        offer_changed(told, |now| out.offer(seen(now)));
        offer_changed(&mut waiting, |now| out.offer(Seen::Waits(now)));
    };
    paced(unless(&order.give_up, work), tell).await
}

/// Follows a run to its end.
async fn watch_run(order: &Order, handle: &Handle, out: &mut Out) -> Arc<Outcome> {
    let (mut snapshots, mut events) = (handle.snapshots(), handle.events());
    snapshots.mark_changed();
    let mut ended = pin!(handle.outcome());
    loop {
        let outcome = tokio::select! {
            biased;
            outcome = &mut ended => Some(outcome),
            () = tokio::time::sleep(PACE) => None,
        };
        while let Some((some, lost)) = bundle(&mut events) {
            out.send(Seen::Events(Arc::new(some), lost)).await;
        }
        if snapshots.has_changed().unwrap_or(false) {
            // A copy: whoever draws it must not hold up the engine.
            let now = Arc::new(snapshots.borrow_and_update().clone());
            out.send(Seen::Snapshot(now, order.session.migration.now())).await;
        }
        if let Some(outcome) = outcome {
            return Arc::new(outcome);
        }
    }
}

/// What happened since the last time, as much as goes into one message.
fn bundle(events: &mut broadcast::Receiver<Event>) -> Option<(Vec<Event>, u64)> {
    let (mut some, mut lost) = (Vec::new(), 0);
    while some.len() < EVENTS_AT_ONCE {
        match events.try_recv() {
            Ok(event) => some.push(event),
            Err(TryRecvError::Lagged(missed)) => lost += missed,
            Err(TryRecvError::Empty | TryRecvError::Closed) => break,
        }
    }
    (!some.is_empty() || lost > 0).then_some((some, lost))
}

/// Hands on what is known now if it has changed; again the next time if it was not taken.
pub fn offer_changed<T: Copy>(told: &mut watch::Receiver<T>, offer: impl FnOnce(T) -> bool) {
    if told.has_changed().unwrap_or(false) {
        let now = *told.borrow_and_update();
        if !offer(now) {
            told.mark_changed();
        }
    }
}

/// Does some work and calls `each` now and then in between.
pub async fn paced<T>(work: impl Future<Output = T>, mut each: impl FnMut()) -> T {
    let mut work = pin!(work);
    loop {
        tokio::select! {
            biased;
            done = &mut work => return done,
            () = tokio::time::sleep(PACE) => each(),
        }
    }
}

async fn unless<T>(
    give_up: &CancellationToken,
    work: impl Future<Output = Result<T, Problem>>,
) -> Result<T, Problem> {
    tokio::select! {
        biased;
        () = give_up.cancelled() => Err(given_up()),
        done = work => done,
    }
}

fn given_up() -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::Stopped)
}
