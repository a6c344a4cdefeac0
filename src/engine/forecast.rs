//! How long a plan takes: a bound that the service's limits set, a range from what others measured, and, once a run is
//! going, a range from what it has done so far. Nothing here is rounded for show.

use std::time::Duration;

use jiff::Timestamp;

use super::pacer::{REQUEST_LIMIT, REQUEST_WINDOW, TARGET_AT_A_TIME, UPLOAD_LIMIT, UPLOAD_WINDOW};
use super::progress::{MailboxRow, Snapshot};
use super::recipient::Size;
use super::run::UserState;

const DAY: u64 = 24 * 3600;
const GB: u64 = 1_000_000_000;
/// Bytes of a mailbox, and the seconds that its move takes in the middle of all cases and in the slowest tenth: Microsoft's
/// table of onboarding times by mailbox size ("Microsoft 365 and Office 365 email migration performance and best practices":
/// 1 and 7 days up to 10 GB, 3 and 14 up to 50, 3 and 30 up to 100, 8 and 45 up to 200), each class at its upper end. They are
/// of Microsoft's own tools; nobody has published times of the import that this program uses.
const MEASURED: [(u64, u64, u64); 5] = [
    (0, 0, 0),
    (10 * GB, DAY, 7 * DAY),
    (50 * GB, 3 * DAY, 14 * DAY),
    (100 * GB, 3 * DAY, 30 * DAY),
    (200 * GB, 8 * DAY, 45 * DAY),
];

/// How long a run goes on before its own rate counts: before, it is mostly making mailboxes.
const RATE_AFTER: Duration = Duration::from_secs(5 * 60);
/// Around the time that the measured rate gives: a quarter less, as mailboxes differ, to a half more, as the service slows
/// whoever is at it for long.
const SPREAD: (f64, f64) = (0.75, 1.5);

/// A bound shorter than this tells nobody anything.
pub const WORTH_TELLING: Duration = Duration::from_secs(10 * 60);

/// How long a plan takes, beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forecast {
    /// It cannot be faster, whatever the line.
    pub at_least: Duration,
    /// From "all goes as in the middle of all cases" to "and the largest mailbox as in the slowest tenth".
    pub likely: (Duration, Duration),
    /// Mailboxes of unknown size, which are not in these times.
    pub unmeasured: usize,
}

impl Forecast {
    /// The forecast for mailboxes that still have so much to move; `None` stands for one of unknown size. No forecast if none
    /// is known.
    pub fn of(mailboxes: &[Option<Size>], at_a_time: usize) -> Option<Forecast> {
        let known: Vec<Size> = mailboxes.iter().copied().flatten().collect();
        if known.is_empty() {
            return None;
        }
        let times = |of: fn(Size) -> Duration| known.iter().copied().map(of);
        let middle = in_lanes(times(|size| middle(size).max(bound(size))), at_a_time);
        let late = times(|size| slow(size).saturating_sub(self::middle(size))).max().unwrap_or_default();
        Some(Forecast {
            at_least: in_lanes(times(bound), at_a_time),
            likely: (middle, middle.saturating_add(late)),
            unmeasured: mailboxes.len() - known.len(),
        })
    }
}

/// How long a run still takes, from its rate so far, between a shorter and a longer time; never less than the service's limits
/// allow. Nothing in its first minutes, before anything moved, and if the size of a mailbox still to be done is unknown.
pub fn remaining(run: &Snapshot, now: Timestamp) -> Option<(Duration, Duration)> {
    let elapsed = Duration::try_from(now.duration_since(run.started)).ok()?;
    if elapsed < RATE_AFTER || run.bytes == 0 {
        return None;
    }
    let left = run.mailboxes.iter().map(left).collect::<Option<Vec<Size>>>()?;
    let lanes = run.concurrency.clamp(1, run.mailboxes.len().max(1));
    let one_lane = run.bytes as f64 / elapsed.as_secs_f64() / lanes as f64;
    let at_this_rate = |size: Size| seconds(size.bytes as f64 / one_lane);
    let bound = in_lanes(left.iter().copied().map(bound), lanes);
    let time = in_lanes(left.iter().copied().map(at_this_rate), lanes).as_secs_f64();
    Some((seconds(time * SPREAD.0).max(bound), seconds(time * SPREAD.1).max(bound)))
}

/// What is left of a mailbox: its items that are in no place yet, at its average size.
fn left(row: &MailboxRow) -> Option<Size> {
    let working = row.state.is_active() || row.state == UserState::Queued;
    if !working {
        return Some(Size::default());
    }
    let settled = row.books.at_source().saturating_sub(row.books.waiting);
    row.size.map(|size| size.of_items(size.items.saturating_sub(settled).max(row.books.waiting)))
}

/// The least time that work on mailboxes takes, so many at a time and each for itself.
fn in_lanes(times: impl Iterator<Item = Duration> + Clone, at_a_time: usize) -> Duration {
    let longest = times.clone().max().unwrap_or_default();
    let all = times.fold(Duration::ZERO, Duration::saturating_add);
    longest.max(all / u32::try_from(at_a_time.max(1)).unwrap_or(u32::MAX))
}

/// The least time that the service's limits allow for one mailbox of which only the sum is known. Uploads are base64, each
/// item is a request, and the last window need not pass. How the sum falls into items is not known, so that the windows are
/// taken as filled to the last byte; nor is how long a request takes, so that four at a time bound nothing.
fn bound(size: Size) -> Duration {
    let windows = |amount: u64, limit: u64, window: Duration| window.saturating_mul(whole_before(amount, limit));
    windows(encoded(size.bytes), UPLOAD_LIMIT, UPLOAD_WINDOW).max(windows(size.items, REQUEST_LIMIT, REQUEST_WINDOW))
}

/// The least time in which one mailbox takes so many items of so many bytes each, if an import takes `latency`: whoever
/// paces requests is measured against it (`cargo bench --bench efficiency`).
///
/// A window lets k whole items pass: as many as fit by their base64 bytes, or the number of requests. Of any k + 1 items
/// the last leaves at least a window after the first. So, counted in the order in which they leave, item number w k leaves
/// after w windows at the earliest, and with it all that come later. If W windows are begun, the items of the last one,
/// N - (W - 1) k of them, leave after W - 1 windows and then go four at a time. Without any windows, all N do.
pub fn least(items: u64, item_bytes: u64, latency: Duration) -> Duration {
    let in_parallel = |items: u64| latency.saturating_mul(clamped(items.div_ceil(TARGET_AT_A_TIME as u64)));
    let windows = |fit: u64, window: Duration| {
        let before = whole_before(items, fit.max(1));
        let rest = items.saturating_sub(u64::from(before) * fit.max(1));
        window.saturating_mul(before).saturating_add(in_parallel(rest))
    };
    let uploads = windows(UPLOAD_LIMIT / encoded(item_bytes).max(1), UPLOAD_WINDOW);
    uploads.max(windows(REQUEST_LIMIT, REQUEST_WINDOW)).max(in_parallel(items))
}

/// Bytes in base64.
fn encoded(bytes: u64) -> u64 {
    bytes.div_ceil(3).saturating_mul(4)
}

/// Windows that must pass before the last part of an amount leaves.
fn whole_before(amount: u64, limit: u64) -> u32 {
    clamped(amount.div_ceil(limit).saturating_sub(1))
}

fn clamped(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The time of one mailbox in the middle of all cases.
fn middle(size: Size) -> Duration {
    between(size, |(_, middle, _)| middle)
}

/// Its time in the slowest tenth.
fn slow(size: Size) -> Duration {
    between(size, |(_, _, slow)| slow)
}

/// [`MEASURED`] along straight lines, the last of which goes on.
fn between(size: Size, column: fn((u64, u64, u64)) -> u64) -> Duration {
    let ends = MEASURED.windows(2).find(|ends| size.bytes <= ends[1].0).unwrap_or(&MEASURED[MEASURED.len() - 2..]);
    let (from, to) = (ends[0], ends[1]);
    let share = (size.bytes - from.0) as f64 / (to.0 - from.0) as f64;
    seconds(column(from) as f64 + share * (column(to) - column(from)) as f64)
}

fn seconds(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::engine::books::Books;
    use crate::engine::recipient::{Address, Card, Identity, Mailbox, MailboxKind};

    const HOUR: Duration = Duration::from_secs(3600);
    const DAYS: Duration = Duration::from_secs(DAY);

    fn size(items: u64, bytes: u64) -> Size {
        Size { items, bytes }
    }
    fn of(sizes: &[Size], at_a_time: usize) -> Forecast {
        Forecast::of(&sizes.iter().copied().map(Some).collect::<Vec<_>>(), at_a_time).unwrap()
    }
    /// Sizes from nothing to beyond the table, few items and many.
    fn sizes() -> Vec<Size> {
        let bytes = [0, 1, 100_000_000, GB, 9 * GB, 10 * GB, 60 * GB, 150 * GB, 400 * GB, u64::MAX];
        bytes.iter().flat_map(|bytes| [1, 30_000, 5_000_000].map(|items| size(items, *bytes))).collect()
    }

    #[test]
    fn one_mailbox_is_bounded_by_its_uploads_or_its_requests() {
        // 10 GB are 13.3 GB in base64: 85 windows, the last of which need not pass.
        assert_eq!(of(&[size(1_000, 10 * GB)], 3).at_least, 84 * UPLOAD_WINDOW);
        assert_eq!(of(&[size(100_000, GB)], 3).at_least, 9 * REQUEST_WINDOW);
        assert_eq!(of(&[size(10_000, 100_000_000)], 3).at_least, Duration::ZERO);
    }

    #[test]
    fn items_go_whole_and_the_last_ones_four_at_a_time() {
        let latency = Duration::from_millis(400);
        let (kb, mb) = (1_000, 1_000_000);
        assert_eq!(least(1_000, 10 * kb, latency), 250 * latency);
        // 40 MB are 53.3 in base64: two whole ones in a window, and the last two go together.
        assert_eq!(least(200, 40 * mb, latency), 99 * UPLOAD_WINDOW + latency);
        // 1,572 fit; twelve windows pass, and 1,136 are left.
        assert_eq!(least(20_000, 75 * kb, latency), 12 * UPLOAD_WINDOW + 284 * latency);
        assert_eq!(least(25_000, 1, Duration::from_millis(1)), 2 * REQUEST_WINDOW + Duration::from_millis(1250));
        assert_eq!((least(0, 0, latency), least(3, u64::MAX, Duration::ZERO)), (Duration::ZERO, 2 * UPLOAD_WINDOW));
    }

    #[test]
    fn the_range_of_one_mailbox_is_that_of_the_table() {
        assert_eq!(of(&[size(1, 10 * GB)], 1).likely, (DAYS, 7 * DAYS));
        assert_eq!(of(&[size(1, 30 * GB)], 3).likely, (2 * DAYS, DAYS * 21 / 2));
        assert_eq!(of(&[size(1, GB)], 3).likely.0, DAYS / 10);
    }

    #[test]
    fn lanes_share_the_work_but_the_largest_mailbox_stands_alone() {
        let (small, large) = (size(1, 10 * GB), size(1, 100 * GB));
        let alone = of(&[large], 3);
        assert_eq!(of(&[large, small, small], 3), alone);
        let many = of(&[small; 12], 3);
        assert_eq!((many.at_least, many.likely), (4 * 84 * UPLOAD_WINDOW, (4 * DAYS, 10 * DAYS)));
    }

    #[test]
    fn the_likely_range_is_never_below_the_bound_and_all_grow_with_the_work() {
        for (n, one) in sizes().into_iter().enumerate() {
            for other in &sizes()[n..] {
                for lanes in [1, 3, 10] {
                    let (less, more) = (of(&[one, one], lanes), of(&[one, one, *other], lanes));
                    assert!(more.at_least <= more.likely.0 && more.likely.0 <= more.likely.1, "{one:?} {other:?}");
                    assert!(less.at_least <= more.at_least, "{one:?} {other:?} {lanes}");
                    assert!(less.likely.0 <= more.likely.0 && less.likely.1 <= more.likely.1, "{one:?} {other:?}");
                    let faster = of(&[one, one, *other], lanes + 1);
                    assert!(faster.at_least <= more.at_least && faster.likely.1 <= more.likely.1);
                    let grown = size(one.items.max(other.items), one.bytes.max(other.bytes));
                    let bigger = of(&[one, grown, *other], lanes);
                    assert!(more.at_least <= bigger.at_least, "{one:?} {other:?} {lanes}");
                    assert!(more.likely.0 <= bigger.likely.0 && more.likely.1 <= bigger.likely.1);
                }
            }
        }
    }

    #[test]
    fn what_is_not_known_is_said() {
        assert_eq!(Forecast::of(&[], 3), None);
        assert_eq!(Forecast::of(&[None, None], 3), None);
        let some = Forecast::of(&[None, Some(size(1, 10 * GB))], 3).unwrap();
        assert_eq!(some, Forecast { unmeasured: 1, ..of(&[size(1, 10 * GB)], 3) });
    }

    fn row(size: Option<Size>, state: UserState, books: Books) -> MailboxRow {
        let identity = Identity {
            address: Address::new("a@x"),
            display_name: String::new(),
            aliases: Vec::new(),
            legacy_dn: None,
        };
        let mailbox = Mailbox { identity, kind: MailboxKind::User, card: Card::default(), size };
        MailboxRow { state, books, ..MailboxRow::queued(&mailbox) }
    }
    fn run(bytes: u64, rows: Vec<MailboxRow>) -> Snapshot {
        let run = Snapshot::new(String::new(), Timestamp::UNIX_EPOCH);
        Snapshot { bytes, mailboxes: rows, concurrency: 2, ..run }
    }
    fn after(run: &Snapshot, elapsed: Duration) -> Option<(Duration, Duration)> {
        remaining(run, Timestamp::UNIX_EPOCH.checked_add(elapsed).unwrap())
    }

    #[test]
    fn the_measured_rate_tells_what_remains() {
        let tenth = Some(size(1_000, GB / 10));
        let half = Books { found: 1_000, waiting: 500, moved: 500, ..Books::default() };
        let rows = vec![
            row(tenth, UserState::Synced, Books { found: 1_000, moved: 1_000, ..Books::default() }),
            row(tenth, UserState::Syncing, half),
            row(tenth, UserState::Queued, Books::default()),
            row(None, UserState::Failed, Books::default()),
        ];
        // 150 MB in an hour by two lanes; 50 MB and 100 MB are left, so that the last mailbox needs an hour and a third alone.
        let going = run(150_000_000, rows);
        let (sooner, later) = after(&going, HOUR).unwrap();
        assert_eq!((sooner.as_secs(), later.as_secs()), (3600, 7200));
        assert_eq!(after(&going, RATE_AFTER - Duration::from_secs(1)), None);
        assert_eq!(after(&run(0, going.mailboxes.clone()), HOUR), None);
        let mut unknown = going.mailboxes.clone();
        unknown.push(row(None, UserState::Queued, Books::default()));
        assert_eq!(after(&run(150_000_000, unknown), HOUR), None);
        let done = run(1, vec![row(tenth, UserState::Synced, Books::default())]);
        assert_eq!(after(&done, HOUR), Some((Duration::ZERO, Duration::ZERO)));
    }

    #[test]
    fn what_earlier_runs_moved_and_what_went_away_is_not_left() {
        let books = Books { found: 1_100, waiting: 40, already_there: 960, gone: 100, ..Books::default() };
        let left = left(&row(Some(size(1_000, 2_000_000)), UserState::IncrementalSyncing, books)).unwrap();
        assert_eq!(left, size(40, 80_000));
    }

    #[test]
    fn no_rate_promises_more_than_the_limits_allow() {
        let going = run(u64::MAX, vec![row(Some(size(1_000, 10 * GB)), UserState::Queued, Books::default())]);
        assert_eq!(after(&going, HOUR), Some((84 * UPLOAD_WINDOW, 84 * UPLOAD_WINDOW)));
    }
}
