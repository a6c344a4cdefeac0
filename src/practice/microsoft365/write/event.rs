//! An event from JSON.

use jiff::civil::DateTime;
use serde_json::Value;

use super::super::clock::Moment;
use super::super::reply::Fault;
use super::{
    row, set_body, set_categories, set_extended, set_importance, set_integer, set_named, set_text, set_time,
};
use crate::mapi::guid::{PSETID_APPOINTMENT, PSETID_COMMON};
use crate::mapi::{Item, Type, Value as Mapi, lid, pid};

/// Windows names of zones that a rehearsal meets; others must be IANA names.
const ZONES: [(&str, &str); 6] = [
    ("UTC", "UTC"),
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("GMT Standard Time", "Europe/London"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Eastern Standard Time", "America/New_York"),
];

/// A `dateTimeTimeZone` as a point in time.
fn point(value: &Value, what: &str) -> Result<Moment, Fault> {
    let bad = || {
        Fault::new(400, "ErrorPropertyValidationFailure", format!("The {what} of the event is missing or not valid."))
    };
    let text = value["dateTime"].as_str().ok_or_else(bad)?;
    if let Some(at) = Moment::parse(text) {
        return Ok(at);
    }
    let name = value["timeZone"].as_str().unwrap_or("UTC");
    let name = ZONES.iter().find(|(windows, _)| *windows == name).map_or(name, |(_, iana)| iana);
    let zone = jiff::tz::TimeZone::get(name)
        .map_err(|_| Fault::new(400, "TimeZoneNotSupportedException", "The time zone is not supported."))?;
    let local: DateTime = text.parse().map_err(|_| bad())?;
    let zoned = local.to_zoned(zone).map_err(|_| bad())?;
    Ok(Moment(zoned.timestamp().as_millisecond()))
}

/// How many people would be invited.
pub(in super::super) fn invited(body: &Value) -> u64 {
    body["attendees"].as_array().map_or(0, |all| all.len() as u64)
}

/// A new event.
pub(in super::super) fn new(body: &Value, now: Moment) -> Result<Item, Fault> {
    let mut item = Item::default();
    set_text(&mut item, pid::MESSAGE_CLASS, "IPM.Appointment");
    set_text(&mut item, pid::SUBJECT, body["subject"].as_str().unwrap_or_default());
    set_integer(&mut item, pid::MESSAGE_FLAGS, 1);
    set_time(&mut item, pid::CREATION_TIME, now);
    let (start, end) = (point(&body["start"], "start")?, point(&body["end"], "end")?);
    if end < start {
        return Err(Fault::new(
            400,
            "ErrorCalendarEndDateIsEarlierThanStartDate",
            "The end is earlier than the start.",
        ));
    }
    set_time(&mut item, pid::START_DATE, start);
    set_time(&mut item, pid::END_DATE, end);
    let mut put = |id: u32, kind: Type, value: Mapi| set_named(&mut item, PSETID_APPOINTMENT, id, kind, value);
    put(lid::APPOINTMENT_START, Type::TIME, Mapi::Time(start.filetime()));
    put(lid::APPOINTMENT_END, Type::TIME, Mapi::Time(end.filetime()));
    put(lid::APPOINTMENT_ALL_DAY, Type::BOOL, Mapi::Bool(body["isAllDay"] == Value::Bool(true)));
    let busy = ["free", "tentative", "busy", "oof", "workingElsewhere"];
    let busy = busy.iter().position(|word| body["showAs"].as_str() == Some(word)).unwrap_or(2);
    put(lid::BUSY_STATUS, Type::I32, Mapi::I32(i32::try_from(busy).unwrap_or(2)));
    if let Some(place) = body["location"]["displayName"].as_str() {
        put(lid::APPOINTMENT_LOCATION, Type::UNICODE, Mapi::Unicode(place.to_owned()));
    }
    if invited(body) > 0 {
        put(lid::APPOINTMENT_STATE_FLAGS, Type::I32, Mapi::I32(1));
    }
    let reminder = body["isReminderOn"] != Value::Bool(false);
    let minutes =
        body["reminderMinutesBeforeStart"].as_i64().and_then(|minutes| i32::try_from(minutes).ok()).unwrap_or(15);
    set_named(&mut item, PSETID_COMMON, lid::REMINDER_SET, Type::BOOL, Mapi::Bool(reminder));
    set_named(&mut item, PSETID_COMMON, lid::REMINDER_DELTA, Type::I32, Mapi::I32(minutes));
    let words = ["normal", "personal", "private", "confidential"];
    let sensitivity = words.iter().position(|word| body["sensitivity"].as_str() == Some(word)).unwrap_or(0);
    set_integer(&mut item, pid::SENSITIVITY, i32::try_from(sensitivity).unwrap_or_default());
    if body.get("body").is_some() {
        set_body(&mut item, &body["body"]);
    }
    set_importance(&mut item, &body["importance"])?;
    if body.get("categories").is_some() {
        set_categories(&mut item, &body["categories"]);
    }
    for value in body["attendees"].as_array().into_iter().flatten() {
        let kind = match value["type"].as_str() {
            Some("optional") => 2,
            Some("resource") => 3,
            _ => 1,
        };
        let number = item.recipients.len();
        item.recipients.extend(row(value, kind, number));
    }
    set_extended(&mut item, body)?;
    Ok(item)
}
