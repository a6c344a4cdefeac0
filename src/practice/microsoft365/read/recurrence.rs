//! The recurrence of a series, from its binary form (MS-OXOCAL 2.2.1.44.1).

use serde_json::{Value, json};

use super::super::clock::Moment;

const DAILY: u16 = 0x200A;
const WEEKLY: u16 = 0x200B;
const MONTHLY: u16 = 0x200C;
const YEARLY: u16 = 0x200D;
const BY_DATE: u32 = 0x2021;
const BY_NUMBER: u32 = 0x2022;
/// Minutes of a day.
const DAY: u32 = 1440;
/// Minutes between 1601-01-01 and 1970-01-01.
const EPOCH: i64 = 194_074_560;
const DAYS: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const WEEKS: [&str; 5] = ["first", "second", "third", "fourth", "last"];

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn u16(&mut self) -> Option<u16> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u16::from_le_bytes(*head))
    }
    fn u32(&mut self) -> Option<u32> {
        let (head, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*head))
    }
    fn skip_dates(&mut self) -> Option<()> {
        let count = self.u32()? as usize;
        self.0 = self.0.get(count.checked_mul(4)?..)?;
        Some(())
    }
}

fn days(mask: u32) -> Vec<&'static str> {
    DAYS.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0).map(|(_, day)| *day).collect()
}

fn date(minutes: u32) -> jiff::civil::Date {
    let at = Moment((i64::from(minutes) - EPOCH) * 60_000);
    at.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// `patternedRecurrence`, if the bytes say one that Graph can express.
pub(in super::super) fn json(bytes: &[u8], zone: &str) -> Option<Value> {
    let mut bytes = Bytes(bytes);
    bytes.u32()?;
    let (frequency, kind) = (bytes.u16()?, bytes.u16()?);
    bytes.u16()?;
    bytes.u32()?;
    let period = bytes.u32()?;
    bytes.u32()?;
    let specific = match kind {
        0 => (0, 0),
        3 | 0xB => (bytes.u32()?, bytes.u32()?),
        _ => (bytes.u32()?, 0),
    };
    let (end, count, first) = (bytes.u32()?, bytes.u32()?, bytes.u32()?);
    bytes.skip_dates()?;
    bytes.skip_dates()?;
    let (start, last) = (bytes.u32()?, bytes.u32()?);
    let mut pattern = json!({
        "interval": period.max(1), "month": 0, "dayOfMonth": 0, "firstDayOfWeek": DAYS.get(first as usize).unwrap_or(&"sunday"),
        "index": "first", "daysOfWeek": [],
    });
    let relative = kind == 3 || kind == 0xB;
    if relative {
        pattern["daysOfWeek"] = json!(days(specific.0));
        pattern["index"] = json!(WEEKS.get(specific.1.checked_sub(1)? as usize)?);
    }
    let word = match (frequency, kind) {
        (DAILY, 0) => {
            pattern["interval"] = json!((period / DAY).max(1));
            "daily"
        }
        (DAILY | WEEKLY, 1) => {
            pattern["daysOfWeek"] = json!(days(specific.0));
            "weekly"
        }
        (MONTHLY | YEARLY, 2 | 4 | 3 | 0xB) => {
            if !relative {
                pattern["dayOfMonth"] = json!(specific.0);
            }
            if frequency == YEARLY {
                pattern["interval"] = json!((period / 12).max(1));
                pattern["month"] = json!(date(start).month());
            }
            match (frequency, relative) {
                (MONTHLY, false) => "absoluteMonthly",
                (MONTHLY, true) => "relativeMonthly",
                (_, false) => "absoluteYearly",
                (_, true) => "relativeYearly",
            }
        }
        _ => return None,
    };
    pattern["type"] = json!(word);
    let (limit, last, count) = match end {
        BY_DATE => ("endDate", date(last).to_string(), 0),
        BY_NUMBER => ("numbered", "0001-01-01".to_owned(), count),
        _ => ("noEnd", "0001-01-01".to_owned(), 0),
    };
    let range = json!({
        "type": limit, "startDate": date(start).to_string(), "endDate": last, "numberOfOccurrences": count,
        "recurrenceTimeZone": zone,
    });
    Some(json!({"pattern": pattern, "range": range}))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn blob(frequency: u16, kind: u16, period: u32, specific: &[u32], end: u32, count: u32) -> Vec<u8> {
        let mut bytes = vec![0x04, 0x30, 0x04, 0x30];
        bytes.extend([frequency, kind, 0].iter().flat_map(|number| number.to_le_bytes()));
        let start = u32::try_from(EPOCH + 17_988 * i64::from(DAY)).unwrap();
        let numbers = [0, period, 0].into_iter().chain(specific.iter().copied());
        let numbers = numbers.chain([end, count, 1, 1, start, 0, start, start + 30 * DAY]);
        bytes.extend(numbers.flat_map(u32::to_le_bytes));
        bytes
    }

    #[test]
    fn patterns_are_read() {
        let daily = json(&blob(DAILY, 0, 2 * DAY, &[], BY_NUMBER, 5), "UTC").unwrap();
        assert_eq!((&daily["pattern"]["type"], &daily["pattern"]["interval"]), (&json!("daily"), &json!(2)));
        assert_eq!(
            (&daily["range"]["type"], &daily["range"]["numberOfOccurrences"]),
            (&json!("numbered"), &json!(5))
        );
        assert_eq!(daily["range"]["startDate"], "2019-04-02");
        let weekly = json(&blob(WEEKLY, 1, 1, &[0b10_0010], BY_DATE, 0), "UTC").unwrap();
        assert_eq!(
            (&weekly["pattern"]["daysOfWeek"], &weekly["range"]["endDate"]),
            (&json!(["monday", "friday"]), &json!("2019-05-02"))
        );
        let monthly = json(&blob(MONTHLY, 3, 1, &[0b100, 5], 0x2023, 0), "UTC").unwrap();
        assert_eq!((&monthly["pattern"]["index"], &monthly["range"]["type"]), (&json!("last"), &json!("noEnd")));
        let yearly = json(&blob(YEARLY, 2, 12, &[2], 0x2023, 0), "UTC").unwrap();
        assert_eq!((&yearly["pattern"]["month"], &yearly["pattern"]["interval"]), (&json!(4), &json!(1)));
    }

    #[test]
    fn cut_bytes_are_no_recurrence() {
        let whole = blob(WEEKLY, 1, 1, &[2], BY_DATE, 0);
        assert!((0..whole.len()).all(|end| json(&whole[..end], "UTC").is_none()));
    }
}
