//! The time zone that a series keeps (MS-OXOCAL 2.2.1.39): bias and the rules of summer time.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Weekday};

/// When a bias begins, every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::practice::exchange) struct Change {
    /// Month, 1 to 12.
    pub(in crate::practice::exchange) month: i8,
    /// Which of the month's weekdays, 5 for the last.
    pub(in crate::practice::exchange) nth: i8,
    /// Day of the week, 0 Sunday.
    pub(in crate::practice::exchange) weekday: i8,
    /// Hour of the local time before the change.
    pub(in crate::practice::exchange) hour: i8,
    /// Minute.
    pub(in crate::practice::exchange) minute: i8,
}

/// A time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::practice::exchange) struct Zone {
    /// Minutes to add to local standard time to get UTC.
    pub(in crate::practice::exchange) standard: i32,
    /// Minutes to add to local summer time to get UTC.
    pub(in crate::practice::exchange) daylight: i32,
    /// Beginnings of standard and of summer time; none where there is no summer time.
    pub(in crate::practice::exchange) changes: Option<(Change, Change)>,
}

/// UTC.
pub(in crate::practice::exchange) const UTC: Zone = Zone { standard: 0, daylight: 0, changes: None };

impl Zone {
    /// Reads PidLidTimeZoneStruct.
    pub(in crate::practice::exchange) fn parse(bytes: &[u8]) -> Option<Zone> {
        /// Length of the structure.
        const LENGTH: usize = 48;
        let bytes: &[u8; LENGTH] = bytes.first_chunk()?;
        let bias = |at: usize| i32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
        let change = |at: usize| {
            let word = |index: usize| i16::from_le_bytes([bytes[at + index * 2], bytes[at + index * 2 + 1]]);
            let word = |index: usize| i8::try_from(word(index)).ok();
            let month = word(1).filter(|month| (1..=12).contains(month))?;
            Some(Change { month, weekday: word(2)?, nth: word(3)?, hour: word(4)?, minute: word(5)? })
        };
        let base = bias(0);
        let zone = Zone {
            standard: base.checked_add(bias(4))?,
            daylight: base.checked_add(bias(8))?,
            changes: change(14).zip(change(32)),
        };
        Some(zone)
    }

    /// Minutes to add to this local time to get UTC.
    pub(in crate::practice::exchange) fn bias(&self, local: DateTime) -> i32 {
        let Some((standard, daylight)) = self.changes else { return self.standard };
        let (Some(to_standard), Some(to_daylight)) = (standard.in_year(local.year()), daylight.in_year(local.year()))
        else {
            return self.standard;
        };
        let summer = if to_daylight < to_standard {
            to_daylight <= local && local < to_standard
        } else {
            local < to_standard || to_daylight <= local
        };
        if summer { self.daylight } else { self.standard }
    }

    /// A local time in UTC.
    pub(in crate::practice::exchange) fn to_utc(self, local: DateTime) -> Option<DateTime> {
        local.checked_add(i64::from(self.bias(local)).minutes()).ok()
    }

    /// A time in UTC as local time.
    pub(in crate::practice::exchange) fn to_local(self, utc: DateTime) -> Option<DateTime> {
        let standard = utc.checked_sub(i64::from(self.standard).minutes()).ok()?;
        let bias = self.bias(standard);
        utc.checked_sub(i64::from(bias).minutes()).ok()
    }
}

impl Change {
    fn in_year(self, year: i16) -> Option<DateTime> {
        let weekday = Weekday::from_sunday_zero_offset(self.weekday).ok()?;
        let first = Date::new(year, self.month, 1).ok()?;
        let nth = if self.nth >= 5 { -1 } else { self.nth.max(1) };
        let day = first.nth_weekday_of_month(nth, weekday).ok()?;
        DateTime::new(year, self.month, day.day(), self.hour.clamp(0, 23), self.minute.clamp(0, 59), 0, 0).ok()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use jiff::civil::date;

    #[test]
    fn summer_time_of_berlin() {
        let mut bytes = [0; 48];
        bytes[0..4].copy_from_slice(&(-60i32).to_le_bytes());
        bytes[8..12].copy_from_slice(&(-60i32).to_le_bytes());
        for (at, month) in [(14, 10), (32, 3)] {
            bytes[at + 2] = month;
            bytes[at + 6] = 5;
            bytes[at + 8] = 3;
        }
        let zone = Zone::parse(&bytes).unwrap();
        assert_eq!(zone.to_utc(date(2024, 7, 1).at(9, 0, 0, 0)).unwrap(), date(2024, 7, 1).at(7, 0, 0, 0));
        assert_eq!(zone.to_utc(date(2024, 12, 1).at(9, 0, 0, 0)).unwrap(), date(2024, 12, 1).at(8, 0, 0, 0));
        assert_eq!(zone.to_local(date(2024, 7, 1).at(7, 0, 0, 0)).unwrap(), date(2024, 7, 1).at(9, 0, 0, 0));
        assert!(Zone::parse(&bytes[..47]).is_none());
    }
}
