//! Following a batch: at the pace of a person, in order, to its end; nobody who looks holds up the engine.

use std::sync::Arc;
use std::time::Duration;

use cutover::engine::problem::Guidance;
use cutover::engine::run::{BatchState, Pass};
use cutover::gui::monitor::{EVENTS_AT_ONCE, Order, PACE, Seen, Task, Whom, stream};
use iced_test::futures::futures::StreamExt;
use tokio_util::sync::CancellationToken;

use crate::sheet::session;
use crate::support::Bench;

async fn order(bench: &Bench) -> Order {
    let session = Arc::new(session(bench).await);
    let task =
        Task::Run { plan: Some(session.plan.clone()), whom: Whom::Everybody, pass: Pass::Initial, deletions: None };
    Order { number: 7, session, task, give_up: CancellationToken::new() }
}

#[tokio::test(start_paused = true)]
async fn everything_is_heard_in_order_and_no_more_than_ten_times_a_second() {
    let bench = Bench::contoso();
    bench.launcher.world.state().latency = Duration::from_millis(20);
    let order = order(&bench).await;
    let mut seen = Box::pin(stream(&order));
    let (mut kinds, mut last) = (Vec::new(), None);
    while let Some((number, seen)) = seen.next().await {
        assert_eq!(number, 7);
        kinds.push(match seen {
            Seen::Planned(_) => "planned",
            Seen::Running(_) => "running",
            Seen::Snapshot(snapshot, at) => {
                snapshot.books.close().unwrap();
                let since = last.replace(at).map(|last| at.duration_since(last).unsigned_abs());
                assert!(since.is_none_or(|since| since >= PACE || snapshot.state == BatchState::Synced), "{since:?}");
                "snapshot"
            }
            Seen::Events(events, lost) => {
                assert!(events.len() <= EVENTS_AT_ONCE && lost == 0);
                "events"
            }
            Seen::Ended(outcome) => {
                assert_eq!(outcome.state, BatchState::Synced);
                "ended"
            }
            Seen::Compared(_) => "compared",
            Seen::Verified(verdict) => {
                assert!(verdict.unwrap().nothing_lost());
                "verified"
            }
            Seen::Over => "over",
            Seen::Waits(waiting) => panic!("nothing waits: {waiting:?}"),
            Seen::Surveying(_) | Seen::Refused(_) => panic!("nobody asked for a survey"),
        });
    }
    let place = |kind| kinds.iter().position(|seen| *seen == kind).unwrap_or_else(|| panic!("no {kind}: {kinds:?}"));
    assert!(place("planned") < place("running") && place("running") < place("snapshot"));
    assert!(place("ended") < place("verified") && kinds.last() == Some(&"over"), "{kinds:?}");
    assert!(kinds.iter().rposition(|kind| *kind == "snapshot") < Some(place("ended")));
}

#[tokio::test(start_paused = true)]
async fn a_window_that_does_not_look_holds_up_nothing() {
    let bench = Bench::contoso();
    let order = order(&bench).await;
    let migration = order.session.migration.clone();
    let mut seen = Box::pin(stream(&order));
    loop {
        if let Some((_, Seen::Running(handle))) = seen.next().await {
            // The window looks away: the stream is not polled any more.
            let outcome = handle.outcome().await;
            assert_eq!(outcome.state, BatchState::Synced);
            break;
        }
    }
    drop(seen);
    assert_eq!(migration.last_batch().await.unwrap().unwrap().1, BatchState::Synced);
}

#[tokio::test(start_paused = true)]
async fn a_survey_is_given_up_before_anything_begins() {
    let bench = Bench::contoso();
    let order = Order { task: Task::Survey, ..order(&bench).await };
    order.give_up.cancel();
    let mut seen = Box::pin(stream(&order));
    let Some((_, Seen::Refused(problem))) = seen.next().await else { panic!("it went on") };
    assert_eq!(problem.guidance, Guidance::Stopped);
    assert!(matches!(seen.next().await, Some((_, Seen::Over))));
    assert!(order.session.migration.last_batch().await.unwrap().is_none());
}
