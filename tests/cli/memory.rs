//! Memory: an item is never held twice. `cargo bench --bench memory` shows the whole promise.

use super::weigh::{Company, weigh};

/// The large item's attachment in bytes: it outweighs everything else by far.
const ATTACHMENT: u64 = 60_000_000;
/// What else may grow with such an item, in bytes: buffers of connections, and what memory management keeps back.
const BESIDES: u64 = 20_000_000;

#[test]
fn a_large_item_is_held_once() {
    let company = Company { mailboxes: 1, messages: 5, attachment: 0, profile: "2016" };
    let small = weigh(company);
    let large = weigh(Company { attachment: ATTACHMENT, ..company });
    let more = large.saturating_sub(small);
    assert!(more > ATTACHMENT / 2, "{more} bytes: what is measured is not the item");
    assert!(more < ATTACHMENT + BESIDES, "an item of {ATTACHMENT} bytes took {more} ({small}, {large})");
}
