//! The recurrence blob's bytes: RecurrencePattern and, for appointments, AppointmentRecurrencePattern.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

use super::{End, Exception, Pattern, Rule};

/// Version that both halves begin with.
const VERSION: u16 = 0x3004;
/// End date of a series without end.
const FOREVER: u32 = 0x5AE9_80DF;
/// Most dates or exceptions that a series may list.
const MOST: u32 = 10_000;
/// Minutes of a day.
const DAY: u32 = 1440;

const DAILY: u16 = 0x200A;
const WEEKLY: u16 = 0x200B;
const MONTHLY: u16 = 0x200C;
const YEARLY: u16 = 0x200D;

/// A moment of the blob: minutes since 1601-01-01, local.
pub(in crate::practice::exchange) fn moment(minutes: u32) -> Option<DateTime> {
    Date::new(1601, 1, 1).ok()?.at(0, 0, 0, 0).checked_add(i64::from(minutes).minutes()).ok()
}

/// The minutes since 1601-01-01 of a local moment.
pub(in crate::practice::exchange) fn minutes(moment: DateTime) -> u32 {
    let days = jiff::civil::date(1601, 1, 1).until(moment.date()).map_or(0, |span| span.get_days());
    let day = u32::try_from(days).unwrap_or(0) * DAY;
    day + u32::from(moment.hour().unsigned_abs()) * 60 + u32::from(moment.minute().unsigned_abs())
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn u16(&mut self) -> Option<u16> {
        let (head, tail) = self.0.split_first_chunk()?;
        self.0 = tail;
        Some(u16::from_le_bytes(*head))
    }

    fn u32(&mut self) -> Option<u32> {
        let (head, tail) = self.0.split_first_chunk()?;
        self.0 = tail;
        Some(u32::from_le_bytes(*head))
    }

    fn skip(&mut self, length: usize) -> Option<()> {
        self.0 = self.0.get(length..)?;
        Some(())
    }

    fn dates(&mut self) -> Option<Vec<u32>> {
        let count = self.u32().filter(|count| *count <= MOST)?;
        (0..count).map(|_| self.u32()).collect()
    }

    fn rule(&mut self, frequency: u16, kind: u16, period: u32) -> Option<Rule> {
        Some(match kind {
            0 => Rule::Daily((period / DAY).max(1)),
            1 if frequency == DAILY => Rule::Weekly(1, self.u32()?),
            1 => Rule::Weekly(period.max(1), self.u32()?),
            2 | 4 if frequency == YEARLY => Rule::Yearly(period.max(12), self.u32()?),
            2 | 4 => Rule::Monthly(period.max(1), self.u32()?),
            3 if frequency == YEARLY => Rule::YearlyNth(period.max(12), self.u32()?, self.u32()?),
            3 => Rule::MonthlyNth(period.max(1), self.u32()?, self.u32()?),
            _ => return None,
        })
    }

    fn exception(&mut self) -> Option<Exception> {
        let exception = Exception { start: self.u32()?, end: self.u32()?, original: self.u32()? };
        let flags = self.u16()?;
        for bit in 0..9 {
            match flags & (1 << bit) {
                0 => {}
                0x01 | 0x10 => {
                    self.skip(2)?;
                    let length = self.u16()?;
                    self.skip(length.into())?;
                }
                _ => self.skip(4)?,
            }
        }
        Some(exception)
    }
}

impl Pattern {
    /// Reads a blob; nothing if it is damaged or of a calendar other than the Gregorian.
    pub(in crate::practice::exchange) fn parse(bytes: &[u8]) -> Option<Pattern> {
        let mut reader = Reader(bytes);
        reader.skip(4)?;
        let (frequency, kind) = (reader.u16()?, reader.u16()?);
        reader.skip(2 + 4)?;
        let period = reader.u32()?;
        reader.skip(4)?;
        let rule = reader.rule(frequency, kind, period)?;
        let (ends, count, first_day) = (reader.u32()?, reader.u32()?, reader.u32()?);
        let (removed, modified) = (reader.dates()?, reader.dates()?);
        let start = moment(reader.u32()?)?.date();
        let last = moment(reader.u32()?)?.date();
        let end = match ends {
            0x2021 => End::Date(last),
            0x2022 => End::Count(count),
            _ => End::Never,
        };
        let mut pattern =
            Pattern { rule, end, first_day, start, removed, modified, times: None, exceptions: Vec::new() };
        if reader.skip(8).is_some() {
            pattern.times = Some((reader.u32()?, reader.u32()?));
            let exceptions = reader.u16()?;
            pattern.exceptions = (0..exceptions).map(|_| reader.exception()).collect::<Option<_>>()?;
        }
        Some(pattern)
    }

    /// The blob of a series without changed occurrences; appointments have the second half.
    pub(in crate::practice::exchange) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut u16 = |value: u16| out.extend(value.to_le_bytes());
        let (frequency, kind, period, specific) = match self.rule {
            Rule::Daily(n) => (DAILY, 0, n.saturating_mul(DAY), vec![]),
            Rule::Weekly(n, days) => (WEEKLY, 1, n, vec![days]),
            Rule::Monthly(n, day) => (MONTHLY, 2, n, vec![day]),
            Rule::MonthlyNth(n, days, nth) => (MONTHLY, 3, n, vec![days, nth]),
            Rule::Yearly(n, day) => (YEARLY, 2, n, vec![day]),
            Rule::YearlyNth(n, days, nth) => (YEARLY, 3, n, vec![days, nth]),
        };
        [VERSION, VERSION, frequency, kind, 0].into_iter().for_each(&mut u16);
        let start = minutes(self.start.at(0, 0, 0, 0));
        let last = self.last_day().map_or(FOREVER, |day| minutes(day.at(0, 0, 0, 0)));
        let (ends, count) = match self.end {
            End::Never => (0x2023, 10),
            End::Date(_) => (0x2021, 10),
            End::Count(count) => (0x2022, count),
        };
        let mut words = vec![self.first_date_time(), period, 0];
        words.extend(specific);
        words.extend([ends, count, self.first_day, 0, 0, start, last]);
        if let Some((from, to)) = self.times {
            words.extend([0x3006, 0x3009, from, to]);
        }
        out.extend(words.into_iter().flat_map(u32::to_le_bytes));
        if self.times.is_some() {
            // No exceptions, and two reserved blocks of no bytes.
            out.extend([0; 2 + 4 + 4]);
        }
        out
    }

    /// FirstDateTime: where the pattern's first period lies, in minutes (MS-OXOCAL 2.2.1.44.1).
    fn first_date_time(&self) -> u32 {
        let start = minutes(self.start.at(0, 0, 0, 0));
        match self.rule {
            Rule::Daily(n) => start % n.max(1).saturating_mul(DAY),
            Rule::Weekly(n, _) => {
                let offset = i64::from(self.start.weekday().to_sunday_zero_offset()) - i64::from(self.first_day);
                let back = u32::try_from(offset.rem_euclid(7)).unwrap_or(0) * DAY;
                start.saturating_sub(back) % n.max(1).saturating_mul(7 * DAY)
            }
            Rule::Monthly(n, _) | Rule::MonthlyNth(n, ..) | Rule::Yearly(n, _) | Rule::YearlyNth(n, ..) => {
                let months = i64::from(self.start.year() - 1601) * 12 + i64::from(self.start.month()) - 1;
                let into = months % i64::from(n.max(1));
                let first = jiff::civil::date(1601, 1, 1).checked_add(into.months());
                first.map_or(0, |first| minutes(first.at(0, 0, 0, 0)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::practice::exchange::element;
    use crate::practice::exchange::xml::{TYPES, Xml};

    #[test]
    fn every_pattern_survives_element_and_blob() {
        let rules = [
            "<DailyRecurrence><Interval>3</Interval></DailyRecurrence>",
            "<WeeklyRecurrence><Interval>2</Interval><DaysOfWeek>Monday Friday</DaysOfWeek></WeeklyRecurrence>",
            "<AbsoluteMonthlyRecurrence><Interval>1</Interval><DayOfMonth>31</DayOfMonth></AbsoluteMonthlyRecurrence>",
            "<RelativeYearlyRecurrence><DaysOfWeek>Weekday</DaysOfWeek><DayOfWeekIndex>Last</DayOfWeekIndex>\
             <Month>March</Month></RelativeYearlyRecurrence>",
        ];
        for rule in rules {
            let text = format!(
                "<Recurrence xmlns='{TYPES}'>{rule}<NumberedRecurrence><StartDate>2024-03-01</StartDate>\
                 <NumberOfOccurrences>4</NumberOfOccurrences></NumberedRecurrence></Recurrence>"
            );
            let element = element::parse(text.as_bytes()).unwrap();
            let pattern = Pattern::read(&element, Some((540, 600))).unwrap();
            let back = Pattern::parse(&pattern.bytes()).unwrap();
            assert_eq!(back, pattern, "{rule}");
            let mut xml = Xml::new();
            back.write(&mut xml);
            assert!(xml.finish().contains("NumberOfOccurrences>4<"));
        }
    }

    #[test]
    fn the_last_day_is_walked_to_and_damage_is_refused() {
        let start = jiff::civil::date(2024, 1, 31);
        let (removed, modified, exceptions) = Default::default();
        let rule = Rule::Monthly(1, 31);
        let pattern =
            Pattern { rule, end: End::Count(3), first_day: 0, start, removed, modified, times: None, exceptions };
        assert_eq!(pattern.last_day(), Some(jiff::civil::date(2024, 3, 31)));
        let bytes = pattern.bytes();
        for cut in 0..bytes.len() {
            assert!(Pattern::parse(&bytes[..cut]).is_none());
        }
    }
}
