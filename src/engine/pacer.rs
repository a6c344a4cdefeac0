//! How fast: a scope for all requests that the other side counts together. So many at a time, fewer where the other side is
//! busy; so many and so many bytes in a time; and a pause that one request is asked for holds back the others of its scope.
//!
//! | scope | who counts | at a time | in a time |
//! |---|---|---|---|
//! | a mailbox of the target | Microsoft 365, by application and mailbox | 4 | requests and uploaded bytes |
//! | the target's directory | Microsoft Graph and Exchange's administration, by application and tenant | 3 | a small firm never gets near |
//! | the source, as an account with rights to the mailboxes | Exchange, by the account: all mailboxes share its budget | 4 to begin with, up to 8 | it says so |
//! | a mailbox of the source, under impersonation | Exchange since 2010 SP2 RU4, by account and mailbox | 2 to begin with, up to 4 | it says so |
//!
//! So a pause that the source asks for ("BackOffMilliseconds": stop all requests of that identity) holds back every mailbox
//! where the account itself asks, and under impersonation only the mailbox that was asked about: the identity whose budget
//! is used up is the pair of both. Which of the two it is, [`Source::counts_apart`](super::port::Source::counts_apart) tells;
//! the address lists are always the account's own business.
//!
//! The scopes of a migration outlive its runs, as the other side's count does: verifying and looking count with importing.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::{StreamExt, stream};
use tokio::sync::Notify;

use super::clock::Clock;
use super::problem::{Kind, Problem, Side};
use super::recipient::Address;
use super::waiting::{Waiting, Waits};
use super::window::Window;

/// Requests at a time to one mailbox of Microsoft 365: the service refuses more.
pub const TARGET_AT_A_TIME: usize = 4;
/// Requests at a time to the source that an account begins with: Exchange 2010 takes 10 of an account, other programs of
/// the same account included.
pub const SOURCE_AT_FIRST: usize = 4;
/// Requests at a time to the source at most: Exchange 2013 and later take 27 of an account.
pub const SOURCE_AT_A_TIME: usize = 8;
/// Requests at a time about one mailbox of the source that is counted apart, to begin with: ten such mailboxes at a time
/// are one server's load all the same.
pub const APART_AT_FIRST: usize = 2;
/// Requests at a time about one mailbox of the source that is counted apart, at most.
pub const APART_AT_A_TIME: usize = 4;
/// Directory requests at a time to the target: Exchange's administration refuses more than a few of a tenant.
pub const DIRECTORY_AT_A_TIME: usize = 3;

/// Bytes that may be uploaded to one mailbox of Microsoft 365 in [`UPLOAD_WINDOW`], as base64: "150 MB", at its largest
/// reading. That it counts imports is said by Microsoft's page since September 2026.
pub const UPLOAD_LIMIT: u64 = 150 * 1024 * 1024;
/// The same at its smallest reading, which counts once the service refused with more than this under way.
pub const UPLOAD_LIMIT_STRICT: u64 = 150_000_000;
/// See [`UPLOAD_LIMIT`].
pub const UPLOAD_WINDOW: Duration = Duration::from_secs(5 * 60);
/// Requests to one mailbox of Microsoft 365 in [`REQUEST_WINDOW`].
pub const REQUEST_LIMIT: u64 = 10_000;
/// See [`REQUEST_LIMIT`].
pub const REQUEST_WINDOW: Duration = Duration::from_secs(10 * 60);
/// Bytes of an import's request besides the item: ids and names of fields.
pub const UPLOAD_ENVELOPE: u64 = 512;
/// Waits that are shorter than this are not shown.
pub(crate) const SHOWN_FROM: Duration = Duration::from_secs(1);

/// Bytes that the upload of an item of so many bytes takes: base64 in an envelope. What would be beyond the limit alone is
/// refused before it leaves, and takes none.
pub(crate) fn upload_of(size: u64) -> u64 {
    let upload = size.div_ceil(3).saturating_mul(4).saturating_add(UPLOAD_ENVELOPE);
    if upload > UPLOAD_LIMIT { 0 } else { upload }
}

/// All scopes of a migration.
pub(crate) struct Scopes {
    /// The source, as far as it counts by the account that asks.
    pub(crate) source: Arc<Scope>,
    /// The target's directory.
    pub(crate) directory: Arc<Scope>,
    mailboxes: Known,
    /// Mailboxes of the source that it counts apart.
    apart: Known,
}

/// Scopes of mailboxes. Those that nobody uses are kept as long as something of them counts.
type Known = Mutex<HashMap<String, Arc<Scope>>>;

fn of(known: &Known, mailbox: &Address, clock: &dyn Clock, new: impl FnOnce() -> Arc<Scope>) -> Arc<Scope> {
    let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
    let now = clock.elapsed();
    known.retain(|_, scope| Arc::strong_count(scope) > 1 || scope.state().counts(now));
    known.entry(mailbox.key()).or_insert_with(new).clone()
}

impl Scopes {
    pub(crate) fn new() -> Scopes {
        Scopes {
            source: Scope::new(Side::Source, SOURCE_AT_FIRST, SOURCE_AT_A_TIME),
            directory: Scope::new(Side::Target, DIRECTORY_AT_A_TIME, DIRECTORY_AT_A_TIME),
            mailboxes: Mutex::default(),
            apart: Mutex::default(),
        }
    }

    /// The scope of a mailbox of the target.
    pub(crate) fn mailbox(&self, address: &Address, clock: &dyn Clock) -> Arc<Scope> {
        of(&self.mailboxes, address, clock, Scope::of_mailbox)
    }

    /// The scope of a mailbox of the source that it counts apart.
    pub(crate) fn apart(&self, address: &Address, clock: &dyn Clock) -> Arc<Scope> {
        of(&self.apart, address, clock, || Scope::new(Side::Source, APART_AT_FIRST, APART_AT_A_TIME))
    }
}

/// The requests that the other side counts together.
pub(crate) struct Scope {
    side: Side,
    state: Mutex<State>,
    /// Something left, was answered, or is to pause.
    changed: Notify,
    /// Whoever is next to leave: in the order of coming.
    turn: tokio::sync::Mutex<()>,
}

struct State {
    most: f64,
    /// So many may be under way; it grows by one for each round of answers, and halves when the other side is busy.
    allowed: f64,
    flying: usize,
    /// When it was halved: requests that had left before say nothing new.
    eased: Option<Duration>,
    /// No request leaves before this moment of [`Clock::elapsed`].
    resume: Duration,
    requests: Option<Window>,
    uploads: Option<Window>,
    /// Bytes that are booked for uploads whose items are still to be read, or wait in memory.
    booked: u64,
    /// Uploads that wait for room: those that are held in memory already, then the others, each in the order of coming.
    line: VecDeque<Standing>,
    numbers: u64,
}

/// An upload that waits for room.
#[derive(Clone, Copy)]
struct Standing {
    number: u64,
    amount: u64,
    held: bool,
}

impl State {
    /// Something of this scope still matters to requests that come later.
    fn counts(&self, now: Duration) -> bool {
        let counted = |window: &Option<Window>| window.as_ref().is_some_and(|window| window.counted(now) > 0);
        self.resume > now || counted(&self.requests) || counted(&self.uploads)
    }

    /// How long an upload waits for room. One that came later may pass only if whoever is first waits no longer for it.
    fn wait_for_room(&self, own: &Standing, now: Duration) -> Duration {
        let Some(window) = &self.uploads else { return Duration::ZERO };
        let wait = |of: &Standing, besides| window.wait(of.amount, besides + self.before(of), now);
        match self.line.front() {
            Some(first) if first.number != own.number && wait(own, 0).is_zero() => {
                let delayed = wait(first, own.amount);
                if delayed > wait(first, 0) { delayed } else { Duration::ZERO }
            }
            _ => wait(own, 0),
        }
    }

    /// Takes the last place in the line of its kind.
    fn line_up(&mut self, amount: u64, held: bool) -> Standing {
        self.numbers += 1;
        let standing = Standing { number: self.numbers, amount, held };
        let before = self.line.iter().take_while(|other| other.held || !held).count();
        self.line.insert(before, standing);
        standing
    }

    /// What is booked goes before what is not held in memory yet, and only before that: whoever booked may wait for this
    /// very memory.
    fn before(&self, standing: &Standing) -> u64 {
        if standing.held { 0 } else { self.booked }
    }
}

/// A request under way; dropping it says that it ended.
pub(crate) struct Pass {
    scope: Arc<Scope>,
    clock: Arc<dyn Clock>,
    left: Duration,
}

impl Pass {
    /// What the answer says about how much at a time the other side takes.
    pub(crate) fn answered<T>(&self, answer: &Result<T, Problem>) {
        let mut state = self.scope.state();
        match answer {
            Ok(_) => state.allowed = (state.allowed + 1.0 / state.allowed).min(state.most),
            Err(problem) if problem.is_busy() => {
                if state.eased.is_none_or(|eased| eased <= self.left) {
                    state.allowed = (state.allowed / 2.0).max(1.0);
                    state.eased = Some(self.clock.elapsed());
                }
                let now = self.clock.elapsed();
                if let Some(uploads) = &mut state.uploads
                    && uploads.counted(now) > UPLOAD_LIMIT_STRICT
                {
                    uploads.lower(UPLOAD_LIMIT_STRICT);
                }
            }
            Err(_) => {}
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let now = self.clock.elapsed();
        let mut state = self.scope.state();
        state.flying -= 1;
        if let Some(requests) = &mut state.requests {
            requests.close(1, now);
        }
        drop(state);
        self.scope.changed.notify_waiters();
    }
}

/// Room that is booked for uploads before their items are read; dropping it gives it back.
pub(crate) struct Booking {
    scope: Arc<Scope>,
    amount: u64,
}

impl Booking {
    /// Splits a part off, or what there is.
    pub(crate) fn split(&mut self, amount: u64) -> Booking {
        let amount = amount.min(self.amount);
        self.amount -= amount;
        Booking { scope: self.scope.clone(), amount }
    }
}

impl Drop for Booking {
    fn drop(&mut self) {
        self.scope.state().booked -= self.amount;
        self.scope.changed.notify_waiters();
    }
}

/// Room for an upload. Dropping it gives it back, or counts it if the upload left.
pub(crate) struct Room {
    scope: Arc<Scope>,
    clock: Arc<dyn Clock>,
    amount: u64,
    left: bool,
}

impl Room {
    /// From now on it counts.
    pub(crate) fn leaves(&mut self) {
        self.left = true;
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let now = self.clock.elapsed();
        if let Some(uploads) = &mut self.scope.state().uploads {
            match self.left {
                true => uploads.close(self.amount, now),
                false => uploads.cancel(self.amount),
            }
        }
        self.scope.changed.notify_waiters();
    }
}

impl Scope {
    pub(crate) fn new(side: Side, at_first: usize, most: usize) -> Arc<Scope> {
        Scope::with(side, at_first, most, None, None)
    }

    fn of_mailbox() -> Arc<Scope> {
        let requests = Window::new(REQUEST_LIMIT, REQUEST_WINDOW);
        let uploads = Window::new(UPLOAD_LIMIT, UPLOAD_WINDOW);
        Scope::with(Side::Target, TARGET_AT_A_TIME, TARGET_AT_A_TIME, Some(requests), Some(uploads))
    }

    fn with(
        side: Side,
        at_first: usize,
        most: usize,
        requests: Option<Window>,
        uploads: Option<Window>,
    ) -> Arc<Scope> {
        let state = State {
            most: most as f64,
            allowed: at_first as f64,
            flying: 0,
            eased: None,
            resume: Duration::ZERO,
            requests,
            uploads,
            booked: 0,
            line: VecDeque::new(),
            numbers: 0,
        };
        Arc::new(Scope { side, state: Mutex::new(state), changed: Notify::new(), turn: tokio::sync::Mutex::new(()) })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the end of any pause, for its turn, and until the other side takes one more.
    pub(crate) async fn enter(self: &Arc<Scope>, clock: &Arc<dyn Clock>, waits: Option<&Waits>) -> Pass {
        loop {
            while let Some(left) = self.pause_left(clock.elapsed()) {
                let until = |until| Waiting::Pause { side: self.side, until };
                let _shown = waits.map(|waits| waits.show(left, until));
                clock.sleep(left).await;
            }
            let _turn = self.turn.lock().await;
            while self.pause_left(clock.elapsed()).is_none() {
                let changed = self.changed.notified();
                tokio::pin!(changed);
                changed.as_mut().enable();
                let Some(wait) = self.leave(clock.elapsed()) else {
                    return Pass { scope: self.clone(), clock: clock.clone(), left: clock.elapsed() };
                };
                let shown = wait >= SHOWN_FROM && wait < Duration::MAX;
                let waits = waits.filter(|_| shown);
                let _shown = waits.map(|waits| waits.show(wait, |until| Waiting::Requests { until }));
                tokio::select! {
                    () = changed => {}
                    () = clock.sleep(wait), if wait < Duration::MAX => {}
                }
            }
        }
    }

    fn pause_left(&self, now: Duration) -> Option<Duration> {
        Some(self.state().resume.saturating_sub(now)).filter(|left| !left.is_zero())
    }

    /// Counts a request that leaves now, or says how long it must wait; without end if for another one's answer.
    fn leave(&self, now: Duration) -> Option<Duration> {
        let mut state = self.state();
        if state.flying >= state.allowed as usize {
            return Some(Duration::MAX);
        }
        if let Some(requests) = &mut state.requests {
            let wait = requests.wait(1, 0, now);
            if !wait.is_zero() {
                return Some(wait);
            }
            requests.open(1, now);
        }
        state.flying += 1;
        None
    }

    /// Waits until so many bytes may be uploaded, and books them for what is still to be read.
    pub(crate) async fn book(
        self: &Arc<Scope>,
        clock: &Arc<dyn Clock>,
        waits: Option<&Waits>,
        amount: u64,
    ) -> Booking {
        self.stand_in_line(clock, waits, (amount, false), |state, _| state.booked += amount).await;
        Booking { scope: self.clone(), amount }
    }

    /// Waits until so many bytes may be uploaded, and takes them up. What is held in memory goes before all that is not, even
    /// if room is booked for it: memory must not wait for room that waits for memory.
    pub(crate) async fn room(self: &Arc<Scope>, clock: &Arc<dyn Clock>, waits: Option<&Waits>, amount: u64) -> Room {
        let open = |state: &mut State, now| {
            if let Some(uploads) = &mut state.uploads {
                uploads.open(amount, now);
            }
        };
        self.stand_in_line(clock, waits, (amount, true), open).await;
        Room { scope: self.clone(), clock: clock.clone(), amount, left: false }
    }

    /// Stands in line until there is room for an amount, which is held in memory or not, and takes it in that very moment.
    async fn stand_in_line(
        self: &Arc<Scope>,
        clock: &Arc<dyn Clock>,
        waits: Option<&Waits>,
        (amount, held): (u64, bool),
        take: impl FnOnce(&mut State, Duration),
    ) {
        let place = Place { scope: self.clone(), standing: self.state().line_up(amount, held) };
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let now = clock.elapsed();
            let wait = {
                let mut state = self.state();
                let wait = state.wait_for_room(&place.standing, now);
                if wait.is_zero() {
                    return take(&mut state, now);
                }
                wait
            };
            let waits = waits.filter(|_| wait >= SHOWN_FROM);
            let _shown = waits.map(|waits| waits.show(wait, |until| Waiting::Upload { until }));
            tokio::select! {
                () = changed => {}
                () = clock.sleep(wait) => {}
            }
        }
    }

    /// Holds every request of this scope back. A shorter pause never ends a longer one.
    pub(crate) fn pause(&self, clock: &dyn Clock, pause: Duration) {
        let until = clock.elapsed().saturating_add(pause);
        let mut state = self.state();
        state.resume = state.resume.max(until);
        drop(state);
        self.changed.notify_waiters();
    }
}

/// A place in the line for room.
struct Place {
    scope: Arc<Scope>,
    standing: Standing,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.scope.state().line.retain(|standing| standing.number != self.standing.number);
        self.scope.changed.notify_waiters();
    }
}

impl Problem {
    /// The other side has too much to do, for us or in all.
    fn is_busy(&self) -> bool {
        use super::problem::Guidance::{SourceBusy, TargetBusy};
        self.kind == Kind::Wait || matches!(self.guidance, SourceBusy | TargetBusy)
    }
}

/// Does work in parallel, so much at a time; answers in the order in which it ends.
pub(crate) async fn so_many<F: Future>(at_a_time: usize, work: Vec<F>) -> Vec<F::Output> {
    stream::iter(work).buffer_unordered(at_a_time).collect().await
}

#[cfg(test)]
mod tests;
