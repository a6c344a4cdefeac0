//! `cutover migrate --keep-in-step`: stays after the first run and carries changes across every 24 hours.

use std::cell::Cell;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::conclude::Ended;
use super::interruption::Interruption;
use super::show::Show;
use super::work::refused;
use super::{REFUSED, STOPPED};
use crate::engine::clock::SystemClock;
use crate::engine::keeping::{Due, Synchronised, keep};
use crate::engine::problem::{Guidance, Problem};

/// Synchronises with `again` until interrupted, or until the migration is completed by somebody. Answers the code of the
/// last that came to an end; one that could not begin or go on is tried again, and not before a server wants it to be.
pub async fn in_step<F>(show: &Show<'_>, first: u8, interruption: &Interruption, mut again: impl FnMut() -> F) -> u8
where
    F: Future<Output = Result<Ended, Problem>>,
{
    let (last, completed) = (Cell::new(first), Cell::new(false));
    let clock = SystemClock::new();
    // Nothing is open between two synchronisations that would remember a pause that was asked for.
    let asked: Cell<Option<Due>> = Cell::new(None);
    let tell = |due: Timestamp| {
        let due = asked.get().map_or(due, |asked| asked.at().max(due));
        show.json(&json!({"event": "next", "at": due.to_string()}));
        let due = show.words().moment(due, &TimeZone::system());
        show.say("cli-next", &[("time", due.into())]);
    };
    let stop = || interruption.next();
    keep(&clock, Synchronised::Done, tell, stop, || {
        let synchronised = again();
        let (last, completed, asked, clock) = (&last, &completed, &asked, &clock);
        async move {
            if let Some(pause) = asked.take() {
                tokio::select! {
                    biased;
                    () = stop() => return Synchronised::Over,
                    () = pause.wait(clock) => {}
                }
            }
            let ended = synchronised.await;
            completed.set(matches!(&ended, Err(problem) if problem.guidance == Guidance::MigrationCompleted));
            let pause = ended.as_ref().map_or_else(|problem| problem.retry_after, |ended| ended.pause);
            asked.set(pause.map(|pause| Due::after(clock, pause)));
            judge(show, ended.map(|ended| ended.code), last)
        }
    })
    .await;
    if !completed.get() {
        show.json(&json!({"event": "no-longer-in-step"}));
        show.say("cli-no-longer-in-step", &[]);
    }
    last.get()
}

fn judge(show: &Show<'_>, ended: Result<u8, Problem>, last: &Cell<u8>) -> Synchronised {
    match ended {
        Err(problem) if problem.guidance == Guidance::MigrationCompleted => {
            show.say("cli-completed-elsewhere", &[]);
            Synchronised::Over
        }
        Err(problem) => match refused(show, &problem) {
            STOPPED => over(last, STOPPED),
            _ => Synchronised::Failed,
        },
        Ok(STOPPED) => over(last, STOPPED),
        Ok(REFUSED) => Synchronised::Failed,
        Ok(code) => {
            last.set(code);
            Synchronised::Done
        }
    }
}

fn over(last: &Cell<u8>, code: u8) -> Synchronised {
    last.set(code);
    Synchronised::Over
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::time::Duration;

    use super::super::work::stopped;
    use super::*;
    use crate::engine::problem::{Kind, Side};
    use crate::words::Words;

    #[tokio::test(start_paused = true)]
    async fn it_is_not_tried_again_before_a_server_wants_it_to_be() {
        let words = Words::new("en-GB");
        let problem = |kind, guidance| Problem::new(kind, Side::Source, guidance);
        let busy = |seconds| problem(Kind::Wait, Guidance::SourceBusy).after(Duration::from_secs(seconds));
        let (began, minutes) = (tokio::time::Instant::now(), RefCell::new(Vec::new()));
        let completed = problem(Kind::Run, Guidance::MigrationCompleted);
        let not_compared = Ended { code: REFUSED, pause: Some(Duration::from_secs(7_200)) };
        let mut answers = [Err(busy(3_600)), Err(busy(60)), Ok(not_compared), Err(completed)].into_iter();
        in_step(&Show::new(&words, true), 0, &Interruption::listen(), || {
            let (answer, minutes) = (answers.next(), &minutes);
            async move {
                minutes.borrow_mut().push((began.elapsed().as_secs_f64() / 60.0).round() as u64);
                answer.unwrap_or_else(|| Err(stopped()))
            }
        })
        .await;
        // An hour as asked for instead of a quarter of one; the usual half hour, for a minute is over by then; and two hours
        // that the comparison after a synchronisation was asked for, instead of one.
        assert_eq!(minutes.into_inner(), [24 * 60, 25 * 60, 25 * 60 + 30, 27 * 60 + 30]);
    }
}
