//! How often again, and how long to wait: the only place that decides it. Connectors make one attempt and classify.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::clock::Clock;
use super::pacer::{Booking, Pass, Room, Scope};
use super::problem::{Guidance, Kind, Problem, Side};
use super::waiting::{Waiting, Waits};

/// Attempts at a request that fails with `Retry`, the first included.
pub const ATTEMPTS: u32 = 6;
/// The pause before the second attempt; it doubles from there.
pub const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause between attempts.
pub const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// A run makes this many attempts again, after each of these pauses, at what failed for a passing cause: a burst of bad luck
/// leaves nothing behind. Items take part as a whole at the end of their mailbox, other requests one by one.
pub const FURTHER_ROUNDS: [Duration; 3] =
    [Duration::from_secs(30), Duration::from_secs(2 * 60), Duration::from_secs(10 * 60)];
/// The pause if the other side asks for one without saying how long.
pub const DEFAULT_WAIT: Duration = Duration::from_secs(10);
/// The pause if the other side asks for a shorter one, or for one of no time at all.
const SHORTEST_WAIT: Duration = Duration::from_secs(1);
/// How long one request may be put off in all by pauses that the other side asks for.
pub const LONGEST_WAIT: Duration = Duration::from_secs(2 * 3600);
/// How long an answer that must not be lost (an import's) is still awaited after "stop now".
pub const STOP_GRACE: Duration = Duration::from_secs(30);

/// Whether a request may simply be made again when its answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// Yes: asking twice is asking once.
    Freely,
    /// Only when the other side says that it did nothing (`Wait`); a lost answer is the caller's to resolve by looking.
    OnlyIfUndone,
}

/// Makes a request that may be repeated, as patiently as a run would: for whoever connects before there is a migration.
///
/// # Errors
/// The last problem, once repeating does not help.
pub async fn patiently<T, F>(clock: Arc<dyn Clock>, attempt: impl FnMut() -> F) -> Result<T, Problem>
where
    F: Future<Output = Result<T, Problem>>,
{
    Caller::new(clock, CancellationToken::new(), Scope::new(Side::Here, 1, 1)).call(attempt).await
}

/// Makes requests of one scope on behalf of one piece of work.
#[derive(Clone)]
pub(crate) struct Caller {
    clock: Arc<dyn Clock>,
    stop: CancellationToken,
    scope: Arc<Scope>,
    waits: Option<Waits>,
    /// Pauses before further rounds.
    rounds: &'static [Duration],
}

/// What goes with a request.
struct Manner<'a> {
    repeat: Repeat,
    /// The bytes that it uploads, and room for them if some is booked.
    upload: Option<(u64, Option<Booking>)>,
    /// Whether it came further than ever since this was asked last: it goes on where it was stopped.
    came_further: &'a (dyn Fn() -> bool + Send + Sync),
}

/// The positions without an answer that lasts.
fn open<T>(answers: &[Option<Result<T, Problem>>]) -> Vec<usize> {
    let passing = |answer: &Option<Result<T, Problem>>| match answer {
        Some(Ok(_)) => false,
        Some(Err(problem)) => problem.is_passing(),
        None => true,
    };
    (0..answers.len()).filter(|position| passing(&answers[*position])).collect()
}

/// A request that begins anew each time.
fn never() -> bool {
    false
}

/// The problem that ends work when the administrator stops it.
pub(crate) fn stopped() -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::Stopped)
}

/// The pause before attempt `attempt + 1`: doubling, bounded, spread by up to a quarter either way.
pub(crate) fn backoff(attempt: u32, clock: &dyn Clock) -> Duration {
    let doubled = FIRST_PAUSE.saturating_mul(1 << attempt.saturating_sub(1).min(16)).min(LONGEST_PAUSE);
    let millis = doubled.as_millis() as u64;
    Duration::from_millis(millis - millis / 4 + clock.random() % (millis / 2).max(1))
}

impl Caller {
    pub(crate) fn new(clock: Arc<dyn Clock>, stop: CancellationToken, scope: Arc<Scope>) -> Caller {
        Caller { clock, stop, scope, waits: None, rounds: &[] }
    }

    /// Says what it waits for.
    pub(crate) fn heard_by(self, waits: Waits) -> Caller {
        Caller { waits: Some(waits), ..self }
    }

    /// Takes [`FURTHER_ROUNDS`] at what fails for a passing cause: nobody sits before it.
    pub(crate) fn in_rounds(self) -> Caller {
        Caller { rounds: &FURTHER_ROUNDS, ..self }
    }

    /// Makes a request that may be repeated, until it succeeds, fails for good, or a bound is reached.
    pub(crate) async fn call<T, F>(&self, mut attempt: impl FnMut() -> F) -> Result<T, Problem>
    where
        F: Future<Output = Result<T, Problem>>,
    {
        for pause in self.rounds {
            match self.one_round(&mut attempt).await {
                Err(problem) if problem.is_passing() => self.rest(*pause).await?,
                answer => return answer,
            }
        }
        self.one_round(&mut attempt).await
    }

    async fn one_round<T, F>(&self, attempt: impl FnMut() -> F) -> Result<T, Problem>
    where
        F: Future<Output = Result<T, Problem>>,
    {
        self.request(Manner { repeat: Repeat::Freely, upload: None, came_further: &never }, attempt).await
    }

    /// Makes a request that goes on where it was stopped: attempts, and further rounds, count from where it came further
    /// last.
    pub(crate) async fn long<T, F>(
        &self,
        came_further: &(dyn Fn() -> bool + Send + Sync),
        mut attempt: impl FnMut() -> F,
    ) -> Result<T, Problem>
    where
        F: Future<Output = Result<T, Problem>>,
    {
        let further = AtomicBool::new(false);
        let asked = || {
            let came = came_further();
            further.fetch_or(came, Ordering::Relaxed);
            came
        };
        let mut rounds = self.rounds.iter();
        loop {
            let manner = Manner { repeat: Repeat::Freely, upload: None, came_further: &asked };
            let answer = self.request(manner, &mut attempt).await;
            if further.swap(false, Ordering::Relaxed) {
                rounds = self.rounds.iter();
            }
            match (answer, rounds.next()) {
                (Err(problem), Some(pause)) if problem.is_passing() => self.rest(*pause).await?,
                (answer, _) => return answer,
            }
        }
    }

    /// Makes a request that uploads an item's bytes, under a rule about repeating; `booking` is room booked before.
    pub(crate) async fn upload<T, F>(
        &self,
        repeat: Repeat,
        bytes: u64,
        booking: Option<Booking>,
        attempt: impl FnMut() -> F,
    ) -> Result<T, Problem>
    where
        F: Future<Output = Result<T, Problem>>,
    {
        self.request(Manner { repeat, upload: Some((bytes, booking)), came_further: &never }, attempt).await
    }

    async fn request<T, F>(&self, manner: Manner<'_>, mut attempt: impl FnMut() -> F) -> Result<T, Problem>
    where
        F: Future<Output = Result<T, Problem>>,
    {
        let Manner { repeat, mut upload, came_further } = manner;
        let mut attempts = 0;
        let mut waiting_since: Option<Duration> = None;
        loop {
            let answer = {
                let mut room = match &mut upload {
                    Some((bytes, booking)) => {
                        drop(booking.take());
                        Some(self.room(*bytes).await?)
                    }
                    None => None,
                };
                let pass = self.enter().await?;
                room.iter_mut().for_each(Room::leaves);
                let answer = self.watch(repeat, attempt()).await?;
                pass.answered(&answer);
                answer
            };
            let problem = match answer {
                Ok(value) => return Ok(value),
                Err(problem) => problem,
            };
            if came_further() {
                (attempts, waiting_since) = (0, None);
            }
            match problem.kind {
                Kind::Wait => {
                    let pause = problem.retry_after.unwrap_or(DEFAULT_WAIT).max(SHORTEST_WAIT);
                    // Also if this request gives up: others of its scope, and further rounds, wait as asked.
                    self.scope.pause(self.clock.as_ref(), pause);
                    if self.put_off(&mut waiting_since, pause) {
                        return Err(problem);
                    }
                }
                Kind::Retry => {
                    let pause = problem.retry_after.map(|pause| pause.min(LONGEST_WAIT));
                    // Whatever comes of this request, the other side asked for it.
                    let too_long = pause.is_some_and(|pause| {
                        self.scope.pause(self.clock.as_ref(), pause);
                        self.put_off(&mut waiting_since, pause)
                    });
                    attempts += 1;
                    if repeat != Repeat::Freely || attempts >= ATTEMPTS || too_long {
                        return Err(problem);
                    }
                    // What was asked for passes meanwhile: the longer one counts, and "no pause" is none to take up.
                    self.sleep(backoff(attempts, self.clock.as_ref())).await?;
                }
                _ => return Err(problem),
            }
        }
    }

    /// Notes that a request is put off by so much; whether that is longer in all than it is waited for.
    fn put_off(&self, since: &mut Option<Duration>, pause: Duration) -> bool {
        let now = self.clock.elapsed();
        now.saturating_sub(*since.get_or_insert(now)) + pause > LONGEST_WAIT
    }

    /// Waits for its turn, unless stopped.
    async fn enter(&self) -> Result<Pass, Problem> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(stopped()),
            pass = self.scope.enter(&self.clock, self.waits.as_ref()) => Ok(pass),
        }
    }

    /// Books room for so many bytes to upload that are still to be read, unless stopped.
    pub(crate) async fn book(&self, bytes: u64) -> Result<Booking, Problem> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(stopped()),
            booking = self.scope.book(&self.clock, self.waits.as_ref(), bytes) => Ok(booking),
        }
    }

    /// Waits for room for so many bytes to upload that are held in memory, unless stopped.
    async fn room(&self, bytes: u64) -> Result<Room, Problem> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(stopped()),
            room = self.scope.room(&self.clock, self.waits.as_ref(), bytes) => Ok(room),
        }
    }

    /// The same caller without further rounds: for what is taken again at the end of its mailbox, or is to be told soon.
    pub(crate) fn at_once(&self) -> Caller {
        Caller { rounds: &[], ..self.clone() }
    }

    /// Asks for several things at once and asks again for those that a repeat may bring. `ask` is given the positions
    /// still open, in order, and answers one result for each.
    pub(crate) async fn each<T, F>(
        &self,
        count: usize,
        mut ask: impl FnMut(Vec<usize>) -> F,
    ) -> Result<Vec<Result<T, Problem>>, Problem>
    where
        F: Future<Output = Result<Vec<Result<T, Problem>>, Problem>>,
    {
        let mut answers: Vec<Option<Result<T, Problem>>> = (0..count).map(|_| None).collect();
        for pause in self.rounds {
            match self.each_once(&mut answers, &mut ask).await {
                Err(problem) if problem.is_passing() => {}
                failed @ Err(_) => failed?,
                Ok(()) if open(&answers).is_empty() => break,
                Ok(()) => {}
            }
            self.rest(*pause).await?;
        }
        if !open(&answers).is_empty() {
            self.each_once(&mut answers, &mut ask).await?;
        }
        Ok(answers.into_iter().flatten().collect())
    }

    /// One round of it.
    async fn each_once<T, F>(
        &self,
        answers: &mut [Option<Result<T, Problem>>],
        mut ask: impl FnMut(Vec<usize>) -> F,
    ) -> Result<(), Problem>
    where
        F: Future<Output = Result<Vec<Result<T, Problem>>, Problem>>,
    {
        for attempt in 1..=ATTEMPTS {
            let asked = open(answers);
            let got = self.one_round(|| ask(asked.clone())).await?;
            if got.len() != asked.len() {
                return Err(Problem::new(Kind::Mailbox, Side::Here, Guidance::Internal)
                    .with("what", format!("{} answers to {} questions", got.len(), asked.len())));
            }
            for (position, answer) in asked.into_iter().zip(got) {
                if let Some(pause) = answer.as_ref().err().and_then(|problem| problem.retry_after) {
                    self.scope.pause(self.clock.as_ref(), pause.min(LONGEST_WAIT));
                }
                answers[position] = Some(answer);
            }
            if open(answers).is_empty() || attempt == ATTEMPTS {
                break;
            }
            self.sleep(backoff(attempt, self.clock.as_ref())).await?;
        }
        Ok(())
    }

    /// Sleeps until something that failed for a passing cause is tried again, and says so; unless stopped.
    pub(crate) async fn rest(&self, pause: Duration) -> Result<(), Problem> {
        let _shown = self.waits.as_ref().map(|waits| waits.show(pause, |until| Waiting::Again { until }));
        self.sleep(pause).await
    }

    /// Ends work that was stopped: for an attempt of several requests, before one that need not follow.
    pub(crate) fn go_on(&self) -> Result<(), Problem> {
        if self.stop.is_cancelled() { Err(stopped()) } else { Ok(()) }
    }

    /// Sleeps, unless stopped. Pauses between the attempts of one round are told nobody: they are over in half a minute.
    pub(crate) async fn sleep(&self, pause: Duration) -> Result<(), Problem> {
        tokio::select! {
            biased;
            () = self.stop.cancelled() => Err(stopped()),
            () = self.clock.sleep(pause) => Ok(()),
        }
    }

    /// Awaits an attempt. "Stop now" drops a request that may be repeated; one that may not is given a moment to answer.
    async fn watch<T>(
        &self,
        repeat: Repeat,
        attempt: impl Future<Output = Result<T, Problem>>,
    ) -> Result<Result<T, Problem>, Problem> {
        tokio::pin!(attempt);
        tokio::select! {
            biased;
            answer = &mut attempt => return Ok(answer),
            () = self.stop.cancelled() => {}
        }
        if repeat == Repeat::Freely {
            return Err(stopped());
        }
        tokio::select! {
            biased;
            answer = &mut attempt => Ok(answer),
            () = self.clock.sleep(STOP_GRACE) => Err(stopped()),
        }
    }
}

#[cfg(test)]
mod tests;
