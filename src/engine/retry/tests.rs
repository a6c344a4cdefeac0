//! Tests of repeating and waiting, on the paused clock.
#![allow(clippy::unwrap_used)]

use std::cell::Cell;
use std::sync::atomic::AtomicU32;

use super::super::pacer::{Scopes, UPLOAD_LIMIT, UPLOAD_WINDOW};
use super::super::recipient::Address;
use super::*;
use crate::engine::clock::SeededClock;

fn caller() -> Caller {
    let clock = Arc::new(SeededClock::new(jiff::Timestamp::UNIX_EPOCH, 3));
    Caller::new(clock, CancellationToken::new(), Scope::new(Side::Target, 4, 4))
}
fn problem(kind: Kind) -> Problem {
    Problem::new(kind, Side::Target, Guidance::TargetBusy)
}

#[tokio::test(start_paused = true)]
async fn retry_is_bounded_and_backs_off() {
    let calls = Cell::new(0);
    let started = tokio::time::Instant::now();
    let answer: Result<(), Problem> = caller()
        .call(|| {
            calls.set(calls.get() + 1);
            async { Err(problem(Kind::Retry)) }
        })
        .await;
    assert_eq!(answer.unwrap_err().kind, Kind::Retry);
    assert_eq!(calls.get(), ATTEMPTS);
    // 1 + 2 + 4 + 8 + 16 seconds, a quarter either way.
    assert!((23..=39).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
}

/// Of what a server asks for and the usual pause between two attempts the longer one counts.
#[tokio::test(start_paused = true)]
async fn a_pause_of_no_time_does_not_hurry_attempts_and_a_long_one_is_not_lengthened() {
    for (asked, tries, least, most) in
        [(0, ATTEMPTS, 23, 39), (600, ATTEMPTS, 5 * 600, 5 * 600), (3600, 3, 7200, 7200)]
    {
        let calls = Cell::new(0);
        let started = tokio::time::Instant::now();
        let answer: Result<(), Problem> = caller()
            .call(|| {
                calls.set(calls.get() + 1);
                async { Err(problem(Kind::Retry).after(Duration::from_secs(asked))) }
            })
            .await;
        assert_eq!((answer.unwrap_err().kind, calls.get()), (Kind::Retry, tries));
        assert!((least..=most).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
    }
    let (calls, started) = (Cell::new(0), tokio::time::Instant::now());
    let busy = || {
        calls.set(calls.get() + 1);
        let answer = if calls.get() > 5 { Ok(()) } else { Err(problem(Kind::Wait).after(Duration::ZERO)) };
        async { answer }
    };
    caller().call(busy).await.unwrap();
    assert!(started.elapsed().as_secs() >= 5, "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn further_rounds_outlast_a_burst_and_end() {
    for (lasts, well) in [(ATTEMPTS + 2, true), (u32::MAX, false)] {
        let calls = Cell::new(0);
        let answer = caller()
            .in_rounds()
            .call(|| {
                calls.set(calls.get() + 1);
                let bad = calls.get() <= lasts;
                async move { if bad { Err(problem(Kind::Retry)) } else { Ok(()) } }
            })
            .await;
        assert_eq!(answer.is_ok(), well);
        let most = ATTEMPTS * (1 + FURTHER_ROUNDS.len() as u32);
        assert_eq!(calls.get(), if well { lasts + 1 } else { most });
    }
}

#[tokio::test(start_paused = true)]
async fn what_goes_on_where_it_was_stopped_ends_only_if_it_comes_no_further() {
    let most = ATTEMPTS * (1 + FURTHER_ROUNDS.len() as u32);
    let calls = Cell::new(0);
    let stuck: Result<(), Problem> = caller()
        .in_rounds()
        .long(&never, || {
            calls.set(calls.get() + 1);
            async { Err(problem(Kind::Retry)) }
        })
        .await;
    assert!(stuck.is_err());
    assert_eq!(calls.get(), most);
    // One step in each round.
    let steps = AtomicU32::new(0);
    let came = || steps.load(Ordering::Relaxed).is_multiple_of(ATTEMPTS);
    let far = 10 * most;
    let caller = caller().in_rounds();
    let walk = || {
        let step = steps.fetch_add(1, Ordering::Relaxed) + 1;
        async move { if step < far { Err(problem(Kind::Retry)) } else { Ok(step) } }
    };
    assert_eq!(caller.long(&came, walk).await, Ok(far));
}

#[tokio::test(start_paused = true)]
async fn wait_honours_the_pause_does_not_use_up_attempts_and_ends_after_its_bound() {
    let caller = caller();
    let calls = Cell::new(0);
    let started = tokio::time::Instant::now();
    let answer = caller
        .upload(Repeat::OnlyIfUndone, 1, None, || {
            calls.set(calls.get() + 1);
            let n = calls.get();
            async move { if n <= 20 { Err(problem(Kind::Wait).after(Duration::from_secs(60))) } else { Ok(n) } }
        })
        .await;
    assert_eq!(answer.unwrap(), 21);
    assert_eq!(started.elapsed().as_secs(), 1200);
    let started = tokio::time::Instant::now();
    let never: Result<(), Problem> =
        caller.call(|| async { Err(problem(Kind::Wait).after(Duration::from_secs(600))) }).await;
    assert_eq!(never.unwrap_err().kind, Kind::Wait);
    assert!(started.elapsed() <= LONGEST_WAIT);
}

#[tokio::test(start_paused = true)]
async fn uploads_that_turn_out_larger_than_what_they_booked_never_wait_for_each_other() {
    let clock: Arc<dyn Clock> = Arc::new(SeededClock::new(jiff::Timestamp::UNIX_EPOCH, 3));
    let scope = Scopes::new().mailbox(&Address::new("anna@contoso.com"), clock.as_ref());
    let caller = Caller::new(clock.clone(), CancellationToken::new(), scope);
    let part = UPLOAD_LIMIT / 3;
    let bookings = [caller.book(part).await, caller.book(part).await, caller.book(part).await];
    let uploads = bookings.into_iter().map(|booking| {
        caller.upload(Repeat::OnlyIfUndone, part + 1_000, Some(booking.unwrap()), || async { Ok(()) })
    });
    assert!(futures_util::future::join_all(uploads).await.iter().all(Result::is_ok));
    assert_eq!(clock.elapsed().as_secs(), UPLOAD_WINDOW.as_secs(), "only the last, for what is beyond the limit");
}

#[tokio::test(start_paused = true)]
async fn an_import_is_never_blindly_repeated_and_other_kinds_end_at_once() {
    let caller = caller();
    for (repeat, kind) in
        [(Repeat::OnlyIfUndone, Kind::Retry), (Repeat::Freely, Kind::Item), (Repeat::Freely, Kind::Run)]
    {
        let calls = Cell::new(0);
        let answer: Result<(), Problem> = caller
            .upload(repeat, 1, None, || {
                calls.set(calls.get() + 1);
                async { Err(problem(kind)) }
            })
            .await;
        assert_eq!((answer.unwrap_err().kind, calls.get()), (kind, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn each_asks_again_only_for_what_may_come() {
    let asked = std::cell::RefCell::new(Vec::new());
    let answers = caller()
        .each(3, |open| {
            let first = asked.borrow().is_empty();
            asked.borrow_mut().push(open.clone());
            async move {
                Ok(open
                    .into_iter()
                    .map(|n| match n {
                        0 => Ok("a"),
                        1 if first => Err(problem(Kind::Retry)),
                        1 => Ok("b"),
                        _ => Err(problem(Kind::Item)),
                    })
                    .collect())
            }
        })
        .await
        .unwrap();
    assert_eq!(*asked.borrow(), vec![vec![0, 1, 2], vec![1]]);
    assert_eq!(answers[1], Ok("b"));
    assert_eq!(answers[2].as_ref().unwrap_err().kind, Kind::Item);
}

#[tokio::test(start_paused = true)]
async fn stop_drops_what_may_be_repeated_but_awaits_an_import() {
    let caller = caller();
    let slow = || async {
        tokio::time::sleep(Duration::from_secs(10)).await;
        Ok(5)
    };
    let stop = caller.stop.clone();
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(1)).await;
        stop.cancel();
    });
    let (read, import) = tokio::join!(caller.call(slow), caller.upload(Repeat::OnlyIfUndone, 1, None, slow));
    assert_eq!(read.unwrap_err().guidance, Guidance::Stopped);
    assert_eq!(import.unwrap(), 5);
    assert_eq!(caller.call(slow).await.unwrap_err().guidance, Guidance::Stopped);
}
