//! Tests of the pacer, on the paused clock.
#![allow(clippy::unwrap_used)]

use std::cell::Cell;

use tokio_util::sync::CancellationToken;

use super::super::clock::SeededClock;
use super::super::problem::Guidance;
use super::super::retry::{ATTEMPTS, Caller};
use super::*;

const MB: u64 = 1_000_000;

fn clock() -> Arc<dyn Clock> {
    Arc::new(SeededClock::new(jiff::Timestamp::UNIX_EPOCH, 1))
}

fn busy(kind: Kind) -> Result<(), Problem> {
    Err(Problem::new(kind, Side::Target, Guidance::TargetBusy))
}

/// Whether something is not ready within a second.
async fn waits<F: Future>(work: F) -> bool {
    tokio::time::timeout(Duration::from_secs(1), work).await.is_err()
}

#[tokio::test(start_paused = true)]
async fn a_pause_holds_the_whole_scope_and_requests_at_a_time_are_bounded() {
    let clock = clock();
    let scope = Scope::new(Side::Target, 2, 2);
    scope.pause(clock.as_ref(), Duration::from_secs(30));
    scope.pause(clock.as_ref(), Duration::from_secs(5));
    let first = scope.enter(&clock, None).await;
    assert_eq!(clock.elapsed().as_secs(), 30);
    let _second = scope.enter(&clock, None).await;
    assert!(waits(scope.enter(&clock, None)).await, "two at a time");
    drop(first);
    assert!(!waits(scope.enter(&clock, None)).await);
}

#[tokio::test(start_paused = true)]
async fn busy_answers_halve_what_goes_at_a_time_once_and_good_ones_bring_it_back_one_by_one() {
    let clock = clock();
    let scope = Scope::new(Side::Source, 4, 8);
    let mut passes = Vec::new();
    for _ in 0..4 {
        passes.push(scope.enter(&clock, None).await);
    }
    clock.sleep(Duration::from_millis(10)).await;
    passes.iter().for_each(|pass| pass.answered(&busy(Kind::Wait)));
    assert_eq!(scope.state().allowed, 2.0, "they left before the first of them said so");
    passes.clear();
    for _ in 0..3 {
        clock.sleep(Duration::from_millis(10)).await;
        scope.enter(&clock, None).await.answered(&busy(Kind::Retry));
    }
    assert_eq!(scope.state().allowed, 1.0, "never less than one");
    let mut answers = 0;
    while scope.state().allowed < 7.9 {
        scope.enter(&clock, None).await.answered(&Ok(()));
        answers += 1;
    }
    assert!((28..=40).contains(&answers), "one more for each round: {answers}");
    for _ in 0..9 {
        scope.enter(&clock, None).await.answered(&Ok(()));
    }
    for _ in 0..8 {
        passes.push(scope.enter(&clock, None).await);
    }
    assert!(waits(scope.enter(&clock, None)).await, "never more than the most");
}

#[tokio::test(start_paused = true)]
async fn a_mailbox_takes_so_many_requests_in_a_time() {
    let clock = clock();
    let scope = Scope::of_mailbox();
    for _ in 0..REQUEST_LIMIT {
        drop(scope.enter(&clock, None).await);
    }
    assert_eq!(clock.elapsed(), Duration::ZERO);
    drop(scope.enter(&clock, None).await);
    assert_eq!(clock.elapsed(), REQUEST_WINDOW);
}

#[tokio::test(start_paused = true)]
async fn uploads_wait_for_room_and_small_ones_pass_a_large_one_that_waits() {
    let clock = clock();
    let scope = Scope::of_mailbox();
    let send = |amount: u64| {
        let (scope, clock) = (scope.clone(), clock.clone());
        async move {
            drop(scope.book(&clock, None, amount).await);
            scope.room(&clock, None, amount).await.leaves();
            clock.elapsed()
        }
    };
    assert_eq!(send(100 * MB).await, Duration::ZERO);
    clock.sleep(Duration::from_secs(10)).await;
    send(20 * MB).await;
    // 37 MB are left: the large one waits for the 100, and 137 are left beside it then.
    let large = tokio::spawn(send(90 * MB));
    tokio::task::yield_now().await;
    assert!(!waits(send(30 * MB)).await, "it leaves room for the large one");
    let small = tokio::spawn(send(20 * MB));
    assert_eq!(large.await.unwrap(), UPLOAD_WINDOW);
    assert_eq!(
        small.await.unwrap(),
        UPLOAD_WINDOW + Duration::from_secs(10),
        "it would have made the large one wait"
    );
}

#[tokio::test(start_paused = true)]
async fn a_refusal_with_less_than_we_took_the_limit_for_lowers_it() {
    let clock = clock();
    let scope = Scope::of_mailbox();
    scope.room(&clock, None, 149 * MB).await.leaves();
    scope.enter(&clock, None).await.answered(&busy(Kind::Wait));
    let wait = |amount| scope.state().uploads.as_ref().unwrap().wait(amount, 0, clock.elapsed());
    assert_eq!(wait(8 * MB), Duration::ZERO, "it was about something else");
    scope.room(&clock, None, 8 * MB).await.leaves();
    scope.enter(&clock, None).await.answered(&busy(Kind::Wait));
    clock.sleep(UPLOAD_WINDOW).await;
    clock.sleep(Duration::from_secs(1)).await;
    scope.room(&clock, None, 150 * MB).await.leaves();
    assert!(!wait(1).is_zero(), "150 MB and no byte more");
}

#[tokio::test(start_paused = true)]
async fn what_is_held_in_memory_goes_before_what_is_still_to_be_read() {
    let clock = clock();
    let scope = Scope::of_mailbox();
    scope.room(&clock, None, 150 * MB).await.leaves();
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut waiting = Vec::new();
    for (number, held) in [(0, false), (1, true), (2, false), (3, true)] {
        let (scope, clock, order) = (scope.clone(), clock.clone(), order.clone());
        waiting.push(tokio::spawn(async move {
            if !held {
                drop(scope.book(&clock, None, 100 * MB).await);
            }
            scope.room(&clock, None, 100 * MB).await.leaves();
            order.lock().unwrap().push(number);
        }));
        tokio::task::yield_now().await;
    }
    for each in waiting {
        each.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), [1, 3, 0, 2]);
}

#[tokio::test(start_paused = true)]
async fn bookings_split_and_what_never_left_does_not_count() {
    let clock = clock();
    let scope = Scope::of_mailbox();
    let counted = || {
        let state = scope.state();
        (state.booked, state.uploads.as_ref().unwrap().counted(clock.elapsed()))
    };
    let mut all = scope.book(&clock, None, 10).await;
    let part = all.split(4);
    assert_eq!((all.amount, part.amount, counted()), (6, 4, (10, 0)));
    drop(all);
    drop(part);
    let mut room = scope.room(&clock, None, 6).await;
    drop(scope.room(&clock, None, 5).await);
    room.leaves();
    drop(room);
    assert_eq!(counted(), (0, 6));
}

#[tokio::test(start_paused = true)]
async fn what_is_held_in_memory_never_waits_for_a_booking_which_waits_for_the_room_that_it_takes() {
    let clock = clock();
    let scope = Scope::of_mailbox();
    let booking = scope.book(&clock, None, 150 * MB).await;
    assert!(waits(scope.book(&clock, None, 8 * MB)).await, "the next one does");
    let start = clock.elapsed();
    scope.room(&clock, None, 8 * MB).await.leaves();
    assert_eq!(clock.elapsed(), start);
    drop(booking);
    scope.room(&clock, None, 150 * MB).await.leaves();
    assert!(clock.elapsed() - start >= UPLOAD_WINDOW);
}

#[tokio::test(start_paused = true)]
async fn a_mailbox_that_the_source_counts_apart_has_a_pace_of_its_own() {
    let clock = clock();
    let scopes = Scopes::new();
    let (anna, ben) = (Address::new("anna@contoso.com"), Address::new("ben@contoso.com"));
    scopes.apart(&anna, clock.as_ref()).pause(clock.as_ref(), Duration::from_secs(60));
    assert!(waits(scopes.apart(&anna, clock.as_ref()).enter(&clock, None)).await, "also for whoever asks later");
    let of_ben = scopes.apart(&ben, clock.as_ref());
    let passes = [of_ben.enter(&clock, None).await, of_ben.enter(&clock, None).await];
    assert!(waits(of_ben.enter(&clock, None)).await, "two to begin with");
    drop(passes);
    assert!(!waits(scopes.source.enter(&clock, None)).await);
}

#[tokio::test(start_paused = true)]
async fn the_scope_of_a_mailbox_is_kept_as_long_as_something_of_it_counts() {
    let clock = clock();
    let scopes = Scopes::new();
    let (anna, ben) = (Address::new("Anna@contoso.com"), Address::new("ben@contoso.com"));
    let of_anna = scopes.mailbox(&anna, clock.as_ref());
    assert!(Arc::ptr_eq(&of_anna, &scopes.mailbox(&Address::new("anna@contoso.com"), clock.as_ref())));
    drop(of_anna.enter(&clock, None).await);
    drop(of_anna);
    scopes.mailbox(&ben, clock.as_ref());
    assert!(scopes.mailboxes.lock().unwrap().contains_key(&anna.key()));
    clock.sleep(REQUEST_WINDOW + Duration::from_secs(1)).await;
    scopes.mailbox(&ben, clock.as_ref());
    assert_eq!(scopes.mailboxes.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn whatever_asks_for_a_pause_gets_it_from_its_whole_scope() {
    let pause = Duration::from_secs(300);
    let asks = |kind| Problem::new(kind, Side::Target, Guidance::TargetBusy).after(pause);
    for (kind, one_of_several) in [(Kind::Wait, false), (Kind::Retry, false), (Kind::Retry, true), (Kind::Item, true)]
    {
        let (clock, scope) = (clock(), Scope::new(Side::Target, 4, 4));
        let caller = Caller::new(clock.clone(), CancellationToken::new(), scope.clone());
        let calls = Cell::new(0);
        let next = || {
            calls.set(calls.get() + 1);
            calls.get()
        };
        let other = async {
            clock.sleep(Duration::from_secs(1)).await;
            drop(scope.enter(&clock, None).await);
            assert_eq!(clock.elapsed(), pause, "{kind:?}: others of its scope");
        };
        if one_of_several {
            let answers = caller.each(2, |open| {
                let answer = |first| if first { Err(asks(kind)) } else { Ok(()) };
                let first = next() == 1;
                async move { Ok(open.into_iter().map(|n| answer(first && n == 0)).collect()) }
            });
            assert_eq!(tokio::join!(answers, other).0.unwrap()[1], Ok(()));
        } else {
            let answer = caller.call(|| {
                let first = next() == 1;
                async move { if first { Err(asks(kind)) } else { Ok(()) } }
            });
            tokio::join!(answer, other).0.unwrap();
        }
        let itself = if kind == Kind::Item { 1 } else { 2 };
        assert_eq!(calls.get(), itself);
        assert!(clock.elapsed() < pause + Duration::from_secs(5), "and no longer");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_answered_for_some_of_several_only_is_asked_for_so_often() {
    let caller = Caller::new(clock(), CancellationToken::new(), Scope::new(Side::Target, 4, 4));
    let calls = Cell::new(0);
    let answers = caller.each(2, |open| {
        calls.set(calls.get() + 1);
        let lost = || Problem::new(Kind::Retry, Side::Target, Guidance::TargetUnreachable);
        async move { Ok(open.into_iter().map(|n| if n == 0 { Ok(()) } else { Err(lost()) }).collect()) }
    });
    assert!(answers.await.unwrap()[1].is_err());
    assert_eq!(calls.get(), ATTEMPTS);
}
