//! The power goes at every request of a migration, before and after its work; the next start finishes it: nothing is
//! missing, nothing is there twice, the books close.

use std::time::Duration;

use cutover::engine::recipient::MailboxKind;
use cutover::engine::run::{BatchState, Pass};

use crate::harness::{Bench, assert_state};
use crate::memory::{Fault, contact, fields, group};

fn small() -> Bench {
    let bench = Bench::new();
    for address in ["anna@contoso.com", "info@contoso.com"] {
        let kind = if address.starts_with("anna") { MailboxKind::User } else { MailboxKind::Shared };
        bench.world.add_mailbox(address, kind);
        (0..9).for_each(|n| drop(bench.world.add_item(address, "s-Inbox", &format!("Inbox {n}"))));
        (0..3).for_each(|_| drop(bench.world.add(address, "s-Sent", fields("The same again", b"same".to_vec()))));
        let projects = bench.world.add_folder(address, "s-Root", "Projects", "IPF.Note");
        bench.world.add_item(address, &projects, "Plan");
    }
    bench.world.state().contacts = vec![contact("partner@fabrikam.com", false)];
    bench.world.state().groups = vec![group("all@contoso.com", &["anna@contoso.com", "partner@fabrikam.com"])];
    bench
}

/// A runtime with a paused clock that can be torn down like a process.
fn process<T>(work: impl Future<Output = T>) -> Option<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    runtime.block_on(async { tokio::time::timeout(Duration::from_secs(3 * 24 * 3600), work).await.ok() })
}

fn requests_of_a_whole_run() -> usize {
    let bench = small();
    process(async { assert_state(&bench.run(&bench.open(), Pass::Initial).await, BatchState::Synced) }).unwrap();
    let requests = bench.world.state().requests.len();
    assert!(requests > 60, "{requests}");
    requests
}

fn cut_at(number: usize, after: bool) {
    let bench = small();
    let fault = if after { Fault::HangAfter } else { Fault::Hang };
    bench.world.misbehave(move |request| if request.number == number { fault.clone() } else { Fault::None });
    let whole = process(async {
        let migration = bench.open();
        bench.run(&migration, Pass::Initial).await
    });
    assert!(whole.is_none(), "request {number} was never made");
    let interrupted = format!("cut at request {number} {:?}", bench.world.state().requests[number]);
    bench.world.behave();
    process(async {
        let migration = bench.open();
        if let Some((_, state)) = migration.last_batch().await.unwrap() {
            assert_eq!(state, BatchState::Stopped, "{interrupted}");
        }
        let outcome = bench.run(&migration, Pass::Initial).await;
        assert_eq!(outcome.state, BatchState::Synced, "{interrupted}: {:?} {:?}", outcome.problem, outcome.books);
        assert_eq!(outcome.books.arrived(), 26, "{interrupted}");
        bench.assert_equal();
        let verdict = migration.verify(&|_| {}).await.unwrap();
        assert!(verdict.nothing_lost(), "{interrupted}: {verdict:?}");
    })
    .expect("the second start ends");
}

#[test]
fn the_power_goes_before_any_request() {
    (0..requests_of_a_whole_run()).for_each(|number| cut_at(number, false));
}

#[test]
fn the_power_goes_after_any_request_was_done_but_not_answered() {
    (0..requests_of_a_whole_run()).for_each(|number| cut_at(number, true));
}
