//! Dates, times and durations as the user's language writes them.

use std::time::Duration;

use fluent_bundle::FluentValue;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::Words;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Units of measured durations: seconds in one, and its words.
const UNITS: [(u64, &str); 4] = [
    (DAY, "format-short-days"),
    (HOUR, "format-short-hours"),
    (MINUTE, "format-short-minutes"),
    (1, "format-short-seconds"),
];

/// Minutes from which a forecast is in steps of [`STEP`].
const STEPS_FROM: u64 = 10;
/// The step, in minutes.
const STEP: u64 = 5;
/// The most minutes of which a forecast speaks; beyond, it is in whole hours.
const MINUTES_TO: u64 = 90;
/// Hours from which a forecast is in whole days.
const DAYS_FROM: u64 = 48;

/// A duration as foreseen: so many of one unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Foreseen {
    Minutes(u64),
    Hours(u64),
    Days(u64),
}

/// Which way a forecast is rounded.
#[derive(Clone, Copy)]
enum Rounding {
    Down,
    Nearest,
    Up,
}

impl Rounding {
    fn divide(self, amount: u64, by: u64) -> u64 {
        match self {
            Rounding::Down => amount / by,
            Rounding::Nearest => (amount + by / 2) / by,
            Rounding::Up => amount.div_ceil(by),
        }
    }
}

impl Foreseen {
    fn of(duration: Duration, rounding: Rounding) -> Foreseen {
        let seconds = duration.as_secs();
        let mut minutes = rounding.divide(seconds, MINUTE);
        if minutes >= STEPS_FROM {
            minutes = rounding.divide(seconds, STEP * MINUTE) * STEP;
        }
        let hours = rounding.divide(seconds, HOUR);
        match minutes {
            60 => Foreseen::Hours(1),
            0..=MINUTES_TO => Foreseen::Minutes(minutes.max(1)),
            _ if hours < DAYS_FROM => Foreseen::Hours(hours),
            _ => Foreseen::Days(rounding.divide(seconds, DAY)),
        }
    }

    fn parts(self) -> (u64, &'static str, &'static str) {
        match self {
            Foreseen::Minutes(number) => (number, "format-minutes", "format-range-minutes"),
            Foreseen::Hours(number) => (number, "format-hours", "format-range-hours"),
            Foreseen::Days(number) => (number, "format-days", "format-range-days"),
        }
    }
}

impl Words {
    /// A date: `21 Nov 2026`.
    pub fn date(&self, at: Timestamp, zone: &TimeZone) -> String {
        let at = at.to_zoned(zone.clone());
        let month = self.formats.text("format-month", &[("number", FluentValue::from(at.month()))]);
        // As text: a year's digits are not grouped.
        let year = at.year().to_string();
        self.formats.text("format-date", &[("day", at.day().into()), ("month", month.into()), ("year", year.into())])
    }

    /// A time of day: `21:40`.
    pub fn time(&self, at: Timestamp, zone: &TimeZone) -> String {
        let at = at.to_zoned(zone.clone());
        let hour = at.hour();
        self.formats.text(
            "format-time",
            &[
                ("hour", hour.into()),
                ("hour-two", format!("{hour:02}").into()),
                ("hour-twelve", ((hour + 11) % 12 + 1).into()),
                ("half", if hour < 12 { "am" } else { "pm" }.into()),
                ("minute", format!("{:02}", at.minute()).into()),
            ],
        )
    }

    /// Date and time: `21 Nov 2026, 21:40`.
    pub fn moment(&self, at: Timestamp, zone: &TimeZone) -> String {
        let (date, time) = (self.date(at, zone), self.time(at, zone));
        self.formats.text("format-moment", &[("date", date.into()), ("time", time.into())])
    }

    /// A measured duration in at most two units that are next to each other, cut off below: `2 h 10 min`, `40 s`.
    pub fn duration(&self, duration: Duration) -> String {
        let seconds = duration.as_secs();
        let at = UNITS.iter().position(|(unit, _)| seconds >= *unit).unwrap_or(UNITS.len() - 1);
        let (unit, key) = UNITS[at];
        let larger = self.amount(key, seconds / unit);
        match UNITS.get(at + 1).map(|(unit_below, key)| (seconds % unit / unit_below, key)) {
            Some((rest @ 1.., key)) => {
                let smaller = self.amount(key, rest);
                self.formats.text("format-short-two", &[("larger", larger.into()), ("smaller", smaller.into())])
            }
            _ => larger,
        }
    }

    /// A foreseen duration: `about 5 hours`.
    pub fn about(&self, duration: Duration) -> String {
        if duration.as_secs() < MINUTE {
            return self.formats.text("format-less-than-a-minute", &[]);
        }
        let (number, key, _) = Foreseen::of(duration, Rounding::Nearest).parts();
        self.formats.text("format-about", &[("duration", self.amount(key, number).into())])
    }

    /// A foreseen duration that is not known exactly: `3 to 7 hours`. The lower end is rounded down, the upper one up.
    pub fn range(&self, (shortest, longest): (Duration, Duration)) -> String {
        let from = Foreseen::of(shortest, Rounding::Down);
        let to = Foreseen::of(longest, Rounding::Up);
        if longest.as_secs() < MINUTE || from >= to {
            return self.about(longest);
        }
        let ((from, from_key, from_range), (to, to_key, to_range)) = (from.parts(), to.parts());
        if from_range == to_range {
            return self.formats.text(to_range, &[("from", from.into()), ("to", to.into())]);
        }
        let (from, to) = (self.amount(from_key, from), self.amount(to_key, to));
        self.formats.text("format-range", &[("from", from.into()), ("to", to.into())])
    }

    /// How long ago something was, as people say it: `2 minutes ago`, `yesterday 21:40`. What is to come, and what is
    /// longer ago, has its date.
    pub fn ago(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
        let seconds = now.duration_since(at).as_secs();
        // Clocks that disagree by less than a minute must not make a future of the past.
        if seconds.unsigned_abs() < MINUTE {
            return self.formats.text("format-just-now", &[]);
        }
        let seconds = match u64::try_from(seconds) {
            Ok(seconds) => seconds,
            Err(_) => return self.moment(at, zone),
        };
        if seconds < HOUR {
            return self.amount("format-minutes-ago", seconds / MINUTE);
        }
        let day = |at: Timestamp| Zoned::new(at, zone.clone()).date();
        let key = match day(now) {
            today if day(at) == today => "format-today",
            today if today.yesterday().is_ok_and(|yesterday| day(at) == yesterday) => "format-yesterday",
            _ => return self.moment(at, zone),
        };
        self.formats.text(key, &[("time", self.time(at, zone).into())])
    }

    fn amount(&self, key: &str, number: u64) -> String {
        self.formats.text(key, &[("number", FluentValue::from(number))])
    }
}

#[cfg(test)]
mod tests;
