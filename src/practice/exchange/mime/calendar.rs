//! Calendar items and meeting messages as iCalendar (RFC 5545).

use jiff::civil::DateTime;

use super::part::Part;
use crate::mapi::{Item, Recipient};
use crate::practice::exchange::fields::calendar::{
    appointment, blob_time, civil, end, meeting, pattern, start, zone,
};
use crate::practice::exchange::fields::item::{CATEGORIES, subject};
use crate::practice::exchange::fields::people::{FROM, Person, is_organiser, recipient_type};
use crate::practice::exchange::fields::recurrence::zone::{Change, UTC, Zone};
use crate::practice::exchange::fields::recurrence::{DAYS, End, Pattern, Rule};
use crate::practice::exchange::view::{Kind, Slot, View};

/// Longest line in octets before it is folded.
const LINE: usize = 75;
/// The name under which the series' time zone is defined.
const ZONE: &str = "Series";

struct Calendar(String);

impl Calendar {
    /// A content line, folded.
    fn line(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for character in format!("{name}:{value}").chars() {
            if length + character.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(character);
            length += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A text value, if there is one.
    fn text(&mut self, name: &str, value: Option<String>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.line(name, &escape(&value));
        }
    }
}

fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

fn stamp(moment: DateTime) -> String {
    moment.strftime("%Y%m%dT%H%M%S").to_string()
}

/// The `text/calendar` part of an item.
pub(super) fn part(view: &View) -> Part {
    let is_meeting = appointment(0x8217).int(view.item).unwrap_or(0) & 1 != 0;
    let method = match view.kind() {
        Kind::MeetingCancellation => "CANCEL",
        Kind::MeetingResponse => "REPLY",
        Kind::MeetingRequest => "REQUEST",
        _ if is_meeting => "REQUEST",
        _ => "PUBLISH",
    };
    let mut calendar = Calendar(String::new());
    calendar.line("BEGIN", "VCALENDAR");
    calendar.line("METHOD", method);
    calendar.line("PRODID", "Practice Exchange");
    calendar.line("VERSION", "2.0");
    let pattern = pattern(view.item);
    let zone = Some(zone(view.item)).filter(|zone| pattern.is_some() && *zone != UTC);
    if let Some(zone) = zone {
        write_zone(zone, &mut calendar);
    }
    write_event(view, view.item, zone, pattern.as_ref(), &mut calendar);
    for exception in view.item.attachments.iter().filter_map(|attachment| attachment.embedded.as_deref()) {
        if appointment(0x8228).time(exception).is_some() {
            write_event(view, exception, zone, None, &mut calendar);
        }
    }
    calendar.line("END", "VCALENDAR");
    Part::text_with(format!("text/calendar; charset=\"utf-8\"; method={method}"), &calendar.0)
}

fn write_event(view: &View, item: &Item, zone: Option<Zone>, pattern: Option<&Pattern>, calendar: &mut Calendar) {
    calendar.line("BEGIN", "VEVENT");
    calendar.text("UID", meeting::uid(item).or_else(|| meeting::uid(view.item)));
    calendar.text("SUMMARY", subject(item));
    let whole_days = appointment(0x8215).bool(item) == Some(true);
    let mut time = |name: &str, filetime: Option<u64>| {
        if let Some(moment) = filetime.and_then(civil) {
            write_time(name, moment, zone, whole_days, calendar);
        }
    };
    time("DTSTART", start(item));
    time("DTEND", end(item));
    time("RECURRENCE-ID", appointment(0x8228).time(item));
    let modified = Slot::Id(0x3008).time(item).or_else(|| start(item)).and_then(civil);
    if let Some(moment) = modified {
        calendar.line("DTSTAMP", &(stamp(moment) + "Z"));
    }
    if let Some(pattern) = pattern {
        calendar.line("RRULE", &rule(pattern, zone.unwrap_or(UTC)));
        let offset = pattern.times.map_or(0, |(start, _)| start);
        let deleted = pattern.deleted().filter_map(|day| blob_time(day.checked_add(offset)?, zone.unwrap_or(UTC)));
        for moment in deleted.filter_map(civil) {
            write_time("EXDATE", moment, zone, whole_days, calendar);
        }
    }
    calendar.text("LOCATION", appointment(0x8208).text(item));
    calendar.text("DESCRIPTION", Slot::Id(0x1000).text(item));
    write_people(item, calendar);
    write_facts(item, calendar);
    calendar.line("END", "VEVENT");
}

fn write_time(name: &str, utc: DateTime, zone: Option<Zone>, whole_days: bool, calendar: &mut Calendar) {
    let local = zone.and_then(|zone| zone.to_local(utc));
    match (whole_days, local) {
        (true, local) => {
            let day = local.unwrap_or(utc).date().strftime("%Y%m%d").to_string();
            calendar.line(&format!("{name};VALUE=DATE"), &day);
        }
        (false, Some(local)) => calendar.line(&format!("{name};TZID={ZONE}"), &stamp(local)),
        (false, None) => calendar.line(name, &(stamp(utc) + "Z")),
    }
}

fn write_people(item: &Item, calendar: &mut Calendar) {
    let organiser = item.recipients.iter().find(|recipient| is_organiser(recipient)).and_then(Person::recipient);
    let is_meeting = appointment(0x8217).int(item).unwrap_or(0) & 1 != 0;
    let organiser = organiser.or_else(|| Person::of(item, FROM)).filter(|_| is_meeting);
    if let Some(person) = organiser {
        calendar.line(&format!("ORGANIZER;CN={}", quoted(&person.name)), &format!("mailto:{}", person.address));
    }
    for recipient in item.recipients.iter().filter(|recipient| !is_organiser(recipient)) {
        write_attendee(recipient, calendar);
    }
}

fn write_attendee(recipient: &Recipient, calendar: &mut Calendar) {
    let Some(person) = Person::recipient(recipient) else { return };
    let role = match recipient_type(recipient) {
        2 => "OPT-PARTICIPANT",
        3 => "NON-PARTICIPANT;CUTYPE=RESOURCE",
        _ => "REQ-PARTICIPANT",
    };
    let status = match Slot::Id(0x5FFF).int(recipient) {
        Some(2) => "TENTATIVE",
        Some(3) => "ACCEPTED",
        Some(4) => "DECLINED",
        _ => "NEEDS-ACTION",
    };
    let name = format!("ATTENDEE;ROLE={role};PARTSTAT={status};CN={}", quoted(&person.name));
    calendar.line(&name, &format!("mailto:{}", person.address));
}

/// A parameter's value: quotation marks and line breaks cannot stand in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace(['"', '\r', '\n'], "'"))
}

fn write_facts(item: &Item, calendar: &mut Calendar) {
    let categories = CATEGORIES.texts(item);
    if !categories.is_empty() {
        calendar.line("CATEGORIES", &categories.iter().map(|text| escape(text)).collect::<Vec<_>>().join(","));
    }
    let class = match Slot::Id(0x0036).int(item) {
        Some(2) => "PRIVATE",
        Some(3) => "CONFIDENTIAL",
        _ => "PUBLIC",
    };
    calendar.line("CLASS", class);
    let (busy, transparent) = match appointment(0x8205).int(item) {
        Some(0) => ("FREE", true),
        Some(1) => ("TENTATIVE", false),
        Some(3) => ("OOF", false),
        Some(4) => ("WORKINGELSEWHERE", false),
        _ => ("BUSY", false),
    };
    calendar.line("TRANSP", if transparent { "TRANSPARENT" } else { "OPAQUE" });
    calendar.line("SEQUENCE", &appointment(0x8201).int(item).unwrap_or(0).to_string());
    calendar.line("X-MICROSOFT-CDO-BUSYSTATUS", busy);
    if meeting::reminder(item) {
        calendar.line("BEGIN", "VALARM");
        calendar.line("ACTION", "DISPLAY");
        calendar.line("DESCRIPTION", "REMINDER");
        calendar.line("TRIGGER;RELATED=START", &format!("-PT{}M", meeting::reminder_minutes(item)));
        calendar.line("END", "VALARM");
    }
}

fn rule(pattern: &Pattern, zone: Zone) -> String {
    let days = |mask: u32| {
        let names = DAYS.iter().filter(|(_, bit)| mask & bit != 0).map(|(name, _)| name[..2].to_uppercase());
        names.collect::<Vec<_>>().join(",")
    };
    let nth = |nth: u32| if nth >= 5 { -1 } else { i64::from(nth) };
    let day = |day: u32| if day >= 31 { "-1".to_owned() } else { day.to_string() };
    let mut rule = match pattern.rule {
        Rule::Daily(n) => format!("FREQ=DAILY;INTERVAL={n}"),
        Rule::Weekly(n, mask) => {
            let first = DAYS[pattern.first_day as usize % 7].0[..2].to_uppercase();
            format!("FREQ=WEEKLY;INTERVAL={n};BYDAY={};WKST={first}", days(mask))
        }
        Rule::Monthly(n, of) => format!("FREQ=MONTHLY;INTERVAL={n};BYMONTHDAY={}", day(of)),
        Rule::MonthlyNth(n, mask, at) => {
            format!("FREQ=MONTHLY;INTERVAL={n};BYDAY={};BYSETPOS={}", days(mask), nth(at))
        }
        Rule::Yearly(n, of) => {
            format!("FREQ=YEARLY;INTERVAL={};BYMONTHDAY={};BYMONTH={}", n / 12, day(of), pattern.month())
        }
        Rule::YearlyNth(n, mask, at) => {
            let (every, month) = (n / 12, pattern.month());
            format!("FREQ=YEARLY;INTERVAL={every};BYDAY={};BYMONTH={month};BYSETPOS={}", days(mask), nth(at))
        }
    };
    match pattern.end {
        End::Never => {}
        End::Count(count) => rule.push_str(&format!(";COUNT={count}")),
        End::Date(date) => {
            let minutes = pattern.times.map_or(0, |(start, _)| start);
            let last = crate::practice::exchange::fields::recurrence::blob::minutes(date.at(0, 0, 0, 0));
            if let Some(until) = last.checked_add(minutes).and_then(|at| blob_time(at, zone)).and_then(civil) {
                rule.push_str(&format!(";UNTIL={}Z", stamp(until)));
            }
        }
    }
    rule
}

fn write_zone(zone: Zone, calendar: &mut Calendar) {
    calendar.line("BEGIN", "VTIMEZONE");
    calendar.line("TZID", ZONE);
    match zone.changes {
        None => observance("STANDARD", zone.standard, zone.standard, None, calendar),
        Some((to_standard, to_daylight)) => {
            observance("STANDARD", zone.daylight, zone.standard, Some(to_standard), calendar);
            observance("DAYLIGHT", zone.standard, zone.daylight, Some(to_daylight), calendar);
        }
    }
    calendar.line("END", "VTIMEZONE");
}

fn observance(name: &str, before: i32, after: i32, change: Option<Change>, calendar: &mut Calendar) {
    let offset = |bias: i32| {
        let east = -bias;
        format!("{}{:02}{:02}", if east < 0 { '-' } else { '+' }, east.abs() / 60, east.abs() % 60)
    };
    calendar.line("BEGIN", name);
    let (hour, minute) = change.map_or((0, 0), |change| (change.hour, change.minute));
    calendar.line("DTSTART", &format!("16010101T{hour:02}{minute:02}00"));
    calendar.line("TZOFFSETFROM", &offset(before));
    calendar.line("TZOFFSETTO", &offset(after));
    if let Some(change) = change {
        let nth = if change.nth >= 5 { -1 } else { change.nth };
        let day = DAYS[change.weekday.rem_euclid(7).unsigned_abs() as usize].0[..2].to_uppercase();
        calendar.line("RRULE", &format!("FREQ=YEARLY;INTERVAL=1;BYDAY={nth}{day};BYMONTH={}", change.month));
    }
    calendar.line("END", name);
}
