//! Dates, times and durations in every language.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};

use crate::words::Words;

fn in_all(write: impl Fn(&Words) -> String) -> [String; 6] {
    ["en-GB", "en-US", "de", "fr", "es", "ja"].map(|tag| plain(&write(&Words::written_as(tag))))
}

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

#[test]
fn dates_have_the_order_of_the_language() {
    let date = in_all(|words| words.date(at("2026-11-01T12:00:00Z"), &TimeZone::UTC));
    let expected = ["1 Nov 2026", "Nov 1, 2026", "1. Nov. 2026", "1er nov. 2026", "1 nov 2026", "2026年11月1日"];
    assert_eq!(date, expected);
    let months: Vec<_> = (1..=12)
        .map(|month| Words::new("en-GB").date(at(&format!("2026-{month:02}-05T12:00:00Z")), &TimeZone::UTC))
        .collect();
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec"];
    assert_eq!(months, names.map(|name| format!("5 {name} 2026")));
}

#[test]
fn times_have_twelve_or_twenty_four_hours() {
    let time = |hour| in_all(|words| words.time(at(&format!("2026-11-21T{hour}Z")), &TimeZone::UTC));
    assert_eq!(time("09:05:00"), ["09:05", "9:05 AM", "09:05", "09:05", "9:05", "9:05"]);
    assert_eq!(time("21:40:59"), ["21:40", "9:40 PM", "21:40", "21:40", "21:40", "21:40"]);
    let american = Words::written_as("en-US");
    let noons = ["00:00:00", "11:59:00", "12:00:00", "13:00:00"]
        .map(|hour| plain(&american.time(at(&format!("2026-11-21T{hour}Z")), &TimeZone::UTC)));
    assert_eq!(noons, ["12:00 AM", "11:59 AM", "12:00 PM", "1:00 PM"]);
}

#[test]
fn moments_are_told_where_the_user_is() {
    let tokyo = TimeZone::fixed(offset(9));
    let moment = in_all(|words| words.moment(at("2026-11-20T15:07:00Z"), &tokyo));
    let expected = [
        "21 Nov 2026, 00:07",
        "Nov 21, 2026, 12:07 AM",
        "21. Nov. 2026, 00:07",
        "21 nov. 2026, 00:07",
        "21 nov 2026, 0:07",
        "2026年11月21日 0:07",
    ];
    assert_eq!(moment, expected);
}

#[test]
fn durations_have_two_units_at_most() {
    let duration = in_all(|words| words.duration(Duration::from_secs(2 * 3600 + 10 * 60 + 59)));
    assert_eq!(duration, ["2 h 10 min", "2 h 10 min", "2 Std. 10 Min.", "2 h 10 min", "2 h 10 min", "2時間10分"]);
    let words = Words::new("en-GB");
    let told = [0, 40, 60, 200, 3600, 3659, 86_400, 90_000, 3 * 86_400 + 3599]
        .map(|seconds| plain(&words.duration(Duration::from_secs(seconds))));
    assert_eq!(told, ["0 s", "40 s", "1 min", "3 min 20 s", "1 h", "1 h", "1 day", "1 day 1 h", "3 days"]);
}

#[test]
fn forecasts_are_round() {
    let about = in_all(|words| words.about(minutes(4 * 60 + 50)));
    let expected = [
        "about 5 hours",
        "about 5 hours",
        "etwa 5 Stunden",
        "environ 5 heures",
        "aproximadamente 5 horas",
        "約5時間",
    ];
    assert_eq!(about, expected);
    let words = Words::new("en-GB");
    let told = [1, 7, 9, 12, 13, 42, 60, 84, 89, 93, 47 * 60, 60 * 60, 72 * 60].map(|m| words.about(minutes(m)));
    let expected = ["1 minute", "7 minutes", "9 minutes", "10 minutes", "15 minutes", "40 minutes", "1 hour"];
    let longer = ["85 minutes", "90 minutes", "2 hours", "47 hours", "3 days", "3 days"];
    assert_eq!(
        told,
        [&expected[..], &longer[..]].concat().iter().map(|s| format!("about {s}")).collect::<Vec<_>>()[..]
    );
    assert_eq!(words.about(Duration::from_secs(59)), "less than a minute");
}

#[test]
fn ranges_never_promise_too_much() {
    let range = in_all(|words| words.range((minutes(3 * 60 + 50), minutes(6 * 60 + 10))));
    let expected = ["3 to 7 hours", "3 to 7 hours", "3 bis 7 Stunden", "3 à 7 heures", "de 3 a 7 horas", "3～7時間"];
    assert_eq!(range, expected);
    let mixed = in_all(|words| words.range((minutes(44), minutes(100))));
    let expected = [
        "40 minutes to 2 hours",
        "40 minutes to 2 hours",
        "40 Minuten bis 2 Stunden",
        "40 minutes à 2 heures",
        "de 40 minutos a 2 horas",
        "40分～2時間",
    ];
    assert_eq!(mixed, expected);
    let words = Words::new("en-GB");
    let range = |from, to| words.range((from, to));
    assert_eq!(range(Duration::ZERO, Duration::from_secs(50)), "less than a minute");
    assert_eq!(range(Duration::from_secs(20), minutes(4)), "1 to 4 minutes");
    assert_eq!(range(minutes(60), minutes(150)), "1 to 3 hours");
    assert_eq!(range(minutes(20 * 60), minutes(50 * 60)), "20 hours to 3 days");
    assert_eq!(range(minutes(120), minutes(120)), "about 2 hours");
}

#[test]
fn the_past_is_told_as_people_say_it() {
    let zone = TimeZone::fixed(offset(1));
    let now = at("2026-11-21T10:00:00Z");
    let ago = |words: &Words, then: &str| words.ago(at(then), now, &zone);
    let minutes = in_all(|words| ago(words, "2026-11-21T09:58:00Z"));
    assert_eq!(
        minutes,
        ["2 minutes ago", "2 minutes ago", "vor 2 Minuten", "il y a 2 minutes", "hace 2 minutos", "2分前"]
    );
    let yesterday = in_all(|words| ago(words, "2026-11-20T20:40:00Z"));
    let expected =
        ["yesterday 21:40", "yesterday at 9:40 PM", "gestern, 21:40", "hier à 21:40", "ayer 21:40", "昨日 21:40"];
    assert_eq!(yesterday, expected);
    let words = Words::new("en-GB");
    let told = [
        "2026-11-21T10:00:30Z",
        "2026-11-21T09:59:01Z",
        "2026-11-21T09:59:00Z",
        "2026-11-21T09:00:01Z",
        "2026-11-21T09:00:00Z",
        "2026-11-20T23:00:00Z",
        "2026-11-20T22:59:00Z",
        "2026-11-19T22:59:00Z",
        "2026-11-21T10:02:00Z",
    ]
    .map(|then| ago(&words, then));
    let expected = [
        "just now",
        "just now",
        "1 minute ago",
        "59 minutes ago",
        "today 10:00",
        "today 00:00",
        "yesterday 23:59",
        "19 Nov 2026, 23:59",
        "21 Nov 2026, 11:02",
    ];
    assert_eq!(told, expected);
}
