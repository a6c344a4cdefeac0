//! A migration under the service's limits ends near the bound that they set, and is never refused: the cheap cases of
//! `cargo bench --bench efficiency`.

use crate::efficiency::{Case, GOAL, measure};

async fn check(mailboxes: usize, items: u64, bytes: u64) {
    let measured = measure(Case { mailboxes, items, bytes }).await;
    assert!(measured.ratio() <= GOAL, "{measured:?}: {:.3}", measured.ratio());
    assert!(measured.ratio() >= 1.0, "nothing is faster than the bound: {measured:?}");
    assert_eq!(measured.refused, 0, "{measured:?}");
}

#[tokio::test(start_paused = true)]
async fn many_small_items_go_four_at_a_time_all_the_time() {
    check(1, 1_000, 10_000).await;
}

#[tokio::test(start_paused = true)]
async fn large_items_fill_every_window_as_far_as_whole_ones_can() {
    check(1, 200, 40_000_000).await;
}

#[tokio::test(start_paused = true)]
async fn ten_mailboxes_of_large_items_take_as_long_as_one() {
    check(10, 30, 40_000_000).await;
}

#[tokio::test(start_paused = true)]
async fn ten_mailboxes_of_small_items_take_as_long_as_one() {
    check(10, 1_000, 10_000).await;
}
