//! Recurrence: the pattern that appointments and tasks store as a blob (MS-OXOCAL 2.2.1.44), and its EWS form.

pub(in crate::practice::exchange) mod blob;
pub(in crate::practice::exchange) mod zone;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::practice::exchange::element::Element;
use crate::practice::exchange::trouble::Trouble;
use crate::practice::exchange::xml::Xml;

/// Days of the week in the blob's bit order.
pub(in crate::practice::exchange) const DAYS: [(&str, u32); 7] = [
    ("Sunday", 0x01),
    ("Monday", 0x02),
    ("Tuesday", 0x04),
    ("Wednesday", 0x08),
    ("Thursday", 0x10),
    ("Friday", 0x20),
    ("Saturday", 0x40),
];
/// Groups of days, for relative patterns.
const GROUPS: [(&str, u32); 3] = [("Day", 0x7F), ("Weekday", 0x3E), ("WeekendDay", 0x41)];
const INDEXES: [&str; 5] = ["First", "Second", "Third", "Fourth", "Last"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// When it recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::practice::exchange) enum Rule {
    /// Every `n` days.
    Daily(u32),
    /// Every `n` weeks on the days of a mask.
    Weekly(u32, u32),
    /// Every `n` months on a day of the month; 31 means the last.
    Monthly(u32, u32),
    /// Every `n` months on the days of a mask, first to fourth or (5) last.
    MonthlyNth(u32, u32, u32),
    /// Every `n` years (given in months) on a day of the start's month.
    Yearly(u32, u32),
    /// Every `n` years (given in months) on the days of a mask, in the start's month.
    YearlyNth(u32, u32, u32),
}

/// How it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::practice::exchange) enum End {
    /// Never.
    Never,
    /// After this day.
    Date(Date),
    /// After this many occurrences.
    Count(u32),
}

/// A changed occurrence; times in minutes since 1601, local.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::practice::exchange) struct Exception {
    pub(in crate::practice::exchange) start: u32,
    pub(in crate::practice::exchange) end: u32,
    pub(in crate::practice::exchange) original: u32,
}

/// A pattern.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::practice::exchange) struct Pattern {
    pub(in crate::practice::exchange) rule: Rule,
    pub(in crate::practice::exchange) end: End,
    /// First day of the week, 0 Sunday.
    pub(in crate::practice::exchange) first_day: u32,
    /// First day of the series.
    pub(in crate::practice::exchange) start: Date,
    /// Days that have no occurrence, changed ones included; minutes since 1601 of their midnight, local.
    pub(in crate::practice::exchange) removed: Vec<u32>,
    /// Days of changed occurrences.
    pub(in crate::practice::exchange) modified: Vec<u32>,
    /// Start and end in minutes from midnight, for appointments.
    pub(in crate::practice::exchange) times: Option<(u32, u32)>,
    /// Changed occurrences.
    pub(in crate::practice::exchange) exceptions: Vec<Exception>,
}

impl Pattern {
    /// Days whose occurrence was deleted and not changed.
    pub(in crate::practice::exchange) fn deleted(&self) -> impl Iterator<Item = u32> {
        let changed: Vec<_> = self.exceptions.iter().map(|exception| exception.original / 1440).collect();
        self.removed.iter().copied().filter(move |day| !changed.contains(&(day / 1440)))
    }

    /// The month of the series, for yearly rules.
    pub(in crate::practice::exchange) fn month(&self) -> u32 {
        u32::from(self.start.month().unsigned_abs())
    }

    /// Writes `t:Recurrence`.
    pub(in crate::practice::exchange) fn write(&self, xml: &mut Xml) {
        xml.open("t:Recurrence");
        let number = |number: u32| number.to_string();
        let index = |nth: u32| INDEXES.get(nth.saturating_sub(1) as usize).copied().unwrap_or("Last");
        let month = MONTHS.get(self.month().saturating_sub(1) as usize).copied().unwrap_or("January");
        match self.rule {
            Rule::Daily(every) => xml.open("t:DailyRecurrence").leaf("t:Interval", &number(every)),
            Rule::Weekly(every, days) => {
                xml.open("t:WeeklyRecurrence")
                    .leaf("t:Interval", &number(every))
                    .leaf("t:DaysOfWeek", &days_of(days));
                xml.leaf("t:FirstDayOfWeek", DAYS[self.first_day as usize % 7].0)
            }
            Rule::Monthly(every, day) => {
                xml.open("t:AbsoluteMonthlyRecurrence").leaf("t:Interval", &number(every));
                xml.leaf("t:DayOfMonth", &number(day))
            }
            Rule::MonthlyNth(every, days, nth) => {
                xml.open("t:RelativeMonthlyRecurrence").leaf("t:Interval", &number(every));
                xml.leaf("t:DaysOfWeek", day_of(days)).leaf("t:DayOfWeekIndex", index(nth))
            }
            Rule::Yearly(_, day) => {
                xml.open("t:AbsoluteYearlyRecurrence").leaf("t:DayOfMonth", &number(day)).leaf("t:Month", month)
            }
            Rule::YearlyNth(_, days, nth) => {
                xml.open("t:RelativeYearlyRecurrence").leaf("t:DaysOfWeek", day_of(days));
                xml.leaf("t:DayOfWeekIndex", index(nth)).leaf("t:Month", month)
            }
        };
        xml.close();
        let start = self.start.to_string();
        match self.end {
            End::Never => xml.open("t:NoEndRecurrence").leaf("t:StartDate", &start),
            End::Date(end) => {
                xml.open("t:EndDateRecurrence").leaf("t:StartDate", &start).leaf("t:EndDate", &end.to_string())
            }
            End::Count(count) => {
                xml.open("t:NumberedRecurrence").leaf("t:StartDate", &start);
                xml.leaf("t:NumberOfOccurrences", &number(count))
            }
        };
        xml.close().close();
    }

    /// Reads `t:Recurrence`; `times` are minutes from midnight of an appointment's start and end.
    pub(in crate::practice::exchange) fn read(
        element: &Element,
        times: Option<(u32, u32)>,
    ) -> Result<Pattern, Trouble> {
        let [rule, range] = element.children.as_slice() else { return Err(Trouble::missing(element, "range")) };
        let wrong = |what: &str| Trouble::schema(element, format!("The recurrence's {what} is invalid."));
        let number = |of: &Element, name: &str| of.text_of(name).and_then(|text| text.trim().parse::<u32>().ok());
        let date =
            |name: &str| range.text_of(name).and_then(|text| text.get(..10)).and_then(|text| text.parse().ok());
        let every = number(rule, "t:Interval").unwrap_or(1).clamp(1, 999);
        let day = || number(rule, "t:DayOfMonth").filter(|day| (1..=31).contains(day)).ok_or_else(|| wrong("day"));
        let days = || mask(rule.text_of("t:DaysOfWeek").unwrap_or_default()).ok_or_else(|| wrong("days"));
        let nth = || {
            let index = rule.text_of("t:DayOfWeekIndex").unwrap_or_default();
            INDEXES
                .iter()
                .zip(1..)
                .find(|(name, _)| **name == index)
                .map(|(_, nth)| nth)
                .ok_or_else(|| wrong("index"))
        };
        let rule = match rule.local() {
            "DailyRecurrence" => Rule::Daily(every),
            "WeeklyRecurrence" => Rule::Weekly(every, days()?),
            "AbsoluteMonthlyRecurrence" => Rule::Monthly(every, day()?),
            "RelativeMonthlyRecurrence" => Rule::MonthlyNth(every, days()?, nth()?),
            "AbsoluteYearlyRecurrence" => Rule::Yearly(12, day()?),
            "RelativeYearlyRecurrence" => Rule::YearlyNth(12, days()?, nth()?),
            _ => return Err(Trouble::new("ErrorUnsupportedRecurrence", "The recurrence is not supported.")),
        };
        let end = match range.local() {
            "NoEndRecurrence" => End::Never,
            "EndDateRecurrence" => End::Date(date("t:EndDate").ok_or_else(|| wrong("end"))?),
            "NumberedRecurrence" => End::Count(number(range, "t:NumberOfOccurrences").ok_or_else(|| wrong("count"))?),
            _ => return Err(Trouble::unexpected(range)),
        };
        let start = date("t:StartDate").ok_or_else(|| wrong("start"))?;
        let (removed, modified, exceptions) = Default::default();
        Ok(Pattern { rule, end, first_day: 0, start, removed, modified, times, exceptions })
    }

    /// The day of the last occurrence of a series that ends, found by walking it (a bounded number of days).
    pub(in crate::practice::exchange) fn last_day(&self) -> Option<Date> {
        /// Most days that are walked: some 200 years.
        const WALKED: i64 = 73_000;
        let count = match self.end {
            End::Never => return None,
            End::Date(date) => return Some(date),
            End::Count(count) => count,
        };
        let mut found = 0;
        for step in 0..WALKED {
            let day = self.start.checked_add(step.days()).ok()?;
            found += u32::from(self.falls_on(day, step));
            if found == count {
                return Some(day);
            }
        }
        None
    }

    fn falls_on(&self, day: Date, step: i64) -> bool {
        let months = i64::from(day.year() - self.start.year()) * 12 + i64::from(day.month() - self.start.month());
        let every = |count: i64, n: u32| count % i64::from(n.max(1)) == 0;
        let bit = 1 << day.weekday().to_sunday_zero_offset();
        let on_day =
            |of: u32| u32::from(day.day().unsigned_abs()) == of.min(day.days_in_month().unsigned_abs().into());
        let nth_of = |days: u32, nth: u32| {
            let matching = |other: i8| {
                let other = Date::new(day.year(), day.month(), other).map(Date::weekday).unwrap_or(Weekday::Sunday);
                days & (1 << other.to_sunday_zero_offset()) != 0
            };
            let before = (1..=day.day()).filter(|other| matching(*other)).count();
            let after = (day.day() + 1..=day.days_in_month()).any(matching);
            days & bit != 0 && if nth >= 5 { !after } else { before == nth as usize }
        };
        match self.rule {
            Rule::Daily(n) => every(step, n),
            Rule::Weekly(n, days) => {
                let offset = i64::from(self.start.weekday().to_sunday_zero_offset());
                let first = i64::from(self.first_day % 7);
                let week = (step + (offset - first).rem_euclid(7)) / 7;
                days & bit != 0 && every(week, n)
            }
            Rule::Monthly(n, of) | Rule::Yearly(n, of) => every(months, n) && on_day(of),
            Rule::MonthlyNth(n, days, nth) | Rule::YearlyNth(n, days, nth) => every(months, n) && nth_of(days, nth),
        }
    }
}

fn days_of(mask: u32) -> String {
    let names = DAYS.iter().filter(|(_, bit)| mask & bit != 0).map(|(name, _)| *name);
    names.collect::<Vec<_>>().join(" ")
}

fn day_of(mask: u32) -> &'static str {
    DAYS.iter().chain(&GROUPS).find(|(_, bits)| *bits == mask).map_or("Day", |(name, _)| name)
}

fn mask(names: &str) -> Option<u32> {
    let bits = names
        .split_whitespace()
        .map(|name| DAYS.iter().chain(&GROUPS).find(|(known, _)| *known == name).map(|(_, bits)| *bits));
    bits.sum::<Option<u32>>().filter(|mask| (1..=0x7F).contains(mask))
}
