//! What becomes of each request: how long it takes, whether it is done, whether the answer arrives. And what happens
//! when a certain one is made: people act, the administrator stops, the power goes.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cutover::engine::control::Handle;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use tokio::sync::Notify;

use crate::memory::{Fault, Request, lost};
use crate::truth::Dice;
use crate::world::Maker;

/// How often what goes wrong, in a thousand requests.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rates {
    lose: usize,
    fail: usize,
    throttle: usize,
    patchy: usize,
    malformed: usize,
    broken: usize,
    token: usize,
    /// The longest that a request or its answer takes, in milliseconds.
    slow: usize,
}

impl Rates {
    pub fn of(dice: &mut Dice) -> Rates {
        let mut rate = |high: usize| dice.weighed(&[(3, 0), (2, high / 10), (2, high)]);
        let (lose, fail, throttle, patchy) = (rate(100), rate(60), rate(60), rate(60));
        let (malformed, broken, token) = (rate(30), rate(10), rate(10));
        let slow = dice.weighed(&[(2, 0), (4, 100), (1, 20_000)]);
        Rates { lose, fail, throttle, patchy, malformed, broken, token, slow }
    }
}

/// What happens when a request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// Somebody does something to the mail, on either side.
    People,
    /// The administrator stops at once.
    StopNow,
    /// The administrator stops after the mailboxes in progress.
    StopAfterCurrent,
    /// So many mailboxes at a time from now on.
    AtATime(usize),
    /// The power goes: the request is not done, or done and not answered.
    Cut { done: bool },
}

/// Decides about every request.
pub struct Fates {
    inner: Mutex<Inner>,
    maker: Arc<Mutex<Maker>>,
    /// The power is gone.
    pub cut: Notify,
    tell: bool,
}

struct Inner {
    dice: Dice,
    rates: Rates,
    script: BTreeMap<usize, Vec<Trigger>>,
    /// Requests of this pass so far.
    count: usize,
    handle: Option<Handle>,
    dead: bool,
    /// How many requests had been made when the administrator stopped at once, and when that was.
    stopped: Option<(usize, Duration)>,
    hash: u64,
    log: String,
}

impl Fates {
    pub fn new(maker: Arc<Mutex<Maker>>, dice: Dice, tell: bool) -> Fates {
        let inner = Inner {
            dice,
            rates: Rates::default(),
            script: BTreeMap::new(),
            count: 0,
            handle: None,
            dead: false,
            stopped: None,
            hash: 0xcbf2_9ce4_8422_2325,
            log: String::new(),
        };
        Fates { inner: Mutex::new(inner), maker, cut: Notify::new(), tell }
    }

    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// From now on this goes wrong.
    pub fn weather(&self, rates: Rates) {
        self.inner().rates = rates;
    }

    /// A process begins: there is power.
    pub fn power_on(&self) {
        let mut inner = self.inner();
        (inner.dead, inner.handle, inner.stopped) = (false, None, None);
        inner.script.clear();
    }

    /// A pass begins, and this will happen in it.
    pub fn begin(&self, script: BTreeMap<usize, Vec<Trigger>>) {
        let mut inner = self.inner();
        (inner.script, inner.count, inner.stopped, inner.handle) = (script, 0, None, None);
    }

    /// What the administrator may stop.
    pub fn hand(&self, handle: Handle) {
        self.inner().handle = Some(handle);
    }

    pub fn end(&self) -> Option<(usize, Duration)> {
        let mut inner = self.inner();
        inner.script.clear();
        inner.handle = None;
        inner.stopped.take()
    }

    /// Stands for everything that was asked for and when, and what became of it.
    pub fn hash(&self) -> u64 {
        self.inner().hash
    }

    /// Notes something for whoever replays.
    pub fn say(&self, text: impl FnOnce() -> String) {
        if self.tell {
            let now = self.maker.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).now();
            println!("{:>10.3} {}", now.as_secs_f64(), text());
        }
    }

    pub fn decide(&self, request: &Request) -> Fault {
        let due = {
            let mut inner = self.inner();
            if inner.dead {
                return Fault::Hang;
            }
            inner.count += 1;
            let count = inner.count;
            inner.script.remove(&count).unwrap_or_default()
        };
        let cut = due.into_iter().filter_map(|trigger| self.pull(trigger)).next_back();
        let mut inner = self.inner();
        let fault = cut.unwrap_or_else(|| inner.draw(request));
        let unheard =
            matches!(fault, Fault::LoseAnswer | Fault::LoseAnswerAfter(_) | Fault::DoneBut(_) | Fault::HangAfter);
        if request.operation == "target.import" && unheard {
            self.maker.lock().unwrap().lost_import(&request.address);
        }
        inner.log.clear();
        let now = self.maker.lock().unwrap().now();
        let mut log = std::mem::take(&mut inner.log);
        let _ = write!(log, "#{} {} {} {fault:?}", request.number, request.operation, request.address);
        for byte in log.bytes().chain(now.as_micros().to_le_bytes()) {
            inner.hash = (inner.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        if self.tell {
            println!("{:>10.3} {log}", now.as_secs_f64());
        }
        inner.log = log;
        fault
    }

    fn pull(&self, trigger: Trigger) -> Option<Fault> {
        self.say(|| format!("*** {trigger:?}"));
        match trigger {
            Trigger::People => {
                let act = self.maker.lock().unwrap().act();
                self.say(|| act);
            }
            Trigger::StopNow => {
                let (requests, now) = {
                    let maker = self.maker.lock().unwrap();
                    (maker.world.state().requests.len(), maker.now())
                };
                let mut inner = self.inner();
                if let Some(handle) = &inner.handle {
                    handle.stop_now();
                    inner.stopped.get_or_insert((requests, now));
                }
            }
            Trigger::StopAfterCurrent => self.with_handle(Handle::stop_after_current),
            Trigger::AtATime(mailboxes) => self.with_handle(|handle| handle.set_at_a_time(mailboxes)),
            Trigger::Cut { done } => {
                self.inner().dead = true;
                self.cut.notify_one();
                return Some(if done { Fault::HangAfter } else { Fault::Hang });
            }
        }
        None
    }

    fn with_handle(&self, act: impl FnOnce(&Handle)) {
        if let Some(handle) = &self.inner().handle {
            act(handle);
        }
    }
}

impl Inner {
    fn draw(&mut self, request: &Request) -> Fault {
        let side = if request.operation.starts_with("source") { Side::Source } else { Side::Target };
        let Rates { lose, fail, throttle, patchy, malformed, broken, token, slow } = self.rates;
        let bits = self.dice.roll();
        let long = Duration::from_millis(bits % 120_000);
        let mut at = self.dice.below(1000);
        let mut falls = |rate: usize| {
            let hit = at < rate;
            at = at.wrapping_sub(rate);
            hit
        };
        if falls(lose) {
            if request.operation == "target.import" && bits.is_multiple_of(3) {
                let busy = Problem::new(Kind::Retry, side, Guidance::TargetBusy);
                return Fault::DoneBut(busy.after(long));
            }
            return if bits.is_multiple_of(5) { Fault::LoseAnswerAfter(long) } else { Fault::LoseAnswer };
        }
        if falls(fail) {
            return Fault::Fail(lost(side));
        }
        if falls(throttle) {
            let busy = if side == Side::Source { Guidance::SourceBusy } else { Guidance::TargetBusy };
            let busy = Problem::new(Kind::Wait, side, busy);
            return Fault::Fail(if bits.is_multiple_of(3) { busy } else { busy.after(long) });
        }
        if falls(patchy) {
            return Fault::Patchy(bits & bits >> 7);
        }
        if falls(malformed) {
            return Fault::Fail(malformed_answer(side));
        }
        // Seldom: such a failure ends a mailbox's turn, or the whole run.
        if falls(broken) && bits.is_multiple_of(4) {
            return Fault::Fail(unavailable(side).with("mailbox", &request.address));
        }
        if falls(token) && bits.is_multiple_of(8) {
            return Fault::Fail(expired(side));
        }
        match slow {
            0 => Fault::None,
            slow => Fault::Slow(self.dice.millis(0, slow), self.dice.millis(0, slow / 2)),
        }
    }
}

fn malformed_answer(side: Side) -> Problem {
    let guidance =
        if side == Side::Source { Guidance::SourceAnswerMalformed } else { Guidance::TargetAnswerMalformed };
    Problem::new(Kind::Retry, side, guidance).with("what", "half a page")
}

fn unavailable(side: Side) -> Problem {
    let guidance = if side == Side::Source { Guidance::SourceMailboxUnavailable } else { Guidance::TargetUnexpected };
    Problem::new(Kind::Mailbox, side, guidance).with("code", "ErrorMailboxStoreUnavailable")
}

/// What the connectors report when a token has expired and cannot be renewed.
fn expired(side: Side) -> Problem {
    let guidance = if side == Side::Source { Guidance::SourcePasswordWrong } else { Guidance::TargetSecretExpired };
    Problem::new(Kind::Run, side, guidance).with("user", "migrator").with("client", "cutover")
}
