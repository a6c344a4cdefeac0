//! `cutover migrate --keep-in-step`: stays after the first run and carries changes across every 24 hours.

use std::cell::Cell;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;

use super::interruption::Interruption;
use super::show::Show;
use super::work::refused;
use super::{REFUSED, STOPPED};
use crate::engine::clock::SystemClock;
use crate::engine::keeping::{Synchronised, keep};
use crate::engine::problem::{Guidance, Problem};

/// Synchronises with `again` until interrupted, or until the migration is completed by somebody. Answers the code of the
/// last that came to an end; one that could not begin or go on is tried again.
pub async fn in_step<F>(show: &Show<'_>, first: u8, interruption: &Interruption, mut again: impl FnMut() -> F) -> u8
where
    F: Future<Output = Result<u8, Problem>>,
{
    let (last, completed) = (Cell::new(first), Cell::new(false));
    let tell = |due: Timestamp| {
        show.json(&json!({"event": "next", "at": due.to_string()}));
        let due = show.words().moment(due, &TimeZone::system());
        show.say("cli-next", &[("time", due.into())]);
    };
    let stop = || interruption.next();
    keep(&SystemClock::new(), Synchronised::Done, tell, stop, || {
        let synchronised = again();
        let (last, completed) = (&last, &completed);
        async move {
            let ended = synchronised.await;
            completed.set(matches!(&ended, Err(problem) if problem.guidance == Guidance::MigrationCompleted));
            judge(show, ended, last)
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
