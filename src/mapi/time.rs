//! FILETIME, the time of MAPI: 100-nanosecond intervals since 1601-01-01 UTC (MS-DTYP 2.3.3).

/// Intervals of 100 ns in a second.
const INTERVALS_PER_SECOND: u64 = 10_000_000;
/// Nanoseconds in one interval.
const NANOS_PER_INTERVAL: u32 = 100;
/// Seconds from 1601-01-01 to 1970-01-01.
const EPOCH_DISTANCE: i64 = 11_644_473_600;

/// The FILETIME of a Unix time (seconds since 1970 UTC plus nanoseconds). What lies outside FILETIME's range
/// becomes its nearest end.
pub fn filetime_from_unix(seconds: i64, nanos: u32) -> u64 {
    let since_1601 = i128::from(seconds) + i128::from(EPOCH_DISTANCE);
    let intervals = since_1601 * i128::from(INTERVALS_PER_SECOND) + i128::from(nanos / NANOS_PER_INTERVAL);
    u64::try_from(intervals.max(0)).unwrap_or(u64::MAX)
}

/// The Unix time (seconds since 1970 UTC, negative before, and nanoseconds) of a FILETIME.
pub fn unix_from_filetime(filetime: u64) -> (i64, u32) {
    let seconds = (filetime / INTERVALS_PER_SECOND) as i64 - EPOCH_DISTANCE;
    (seconds, (filetime % INTERVALS_PER_SECOND) as u32 * NANOS_PER_INTERVAL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_times() {
        assert_eq!(filetime_from_unix(0, 0), 116_444_736_000_000_000);
        assert_eq!(unix_from_filetime(0), (-11_644_473_600, 0));
        // 000.fts, 0039: 00 3e 3f f1 a6 9a d5 01
        assert_eq!(unix_from_filetime(0x01d5_9aa6_f13f_3e00).1, 0);
        assert_eq!(filetime_from_unix(i64::MIN, 0), 0);
        assert_eq!(filetime_from_unix(i64::MAX, 0), u64::MAX);
    }

    proptest! {
        #[test]
        fn there_and_back(filetime: u64) {
            let (seconds, nanos) = unix_from_filetime(filetime);
            prop_assert_eq!(filetime_from_unix(seconds, nanos), filetime);
        }
    }
}
