//! An event's JSON.

use serde_json::{Value, json};

use super::super::clock::Moment;
use super::super::graph::items;
use super::super::mailbox::{Mailbox, Stored};
use super::people::{self, Person};
use super::{attachment, message, prop, recurrence};
use crate::mapi::guid::{PSETID_APPOINTMENT, PSETID_MEETING};
use crate::mapi::{Item, NamedId, Properties, Recipient, Value as Mapi, lid, pid};

const MEETING: i64 = 1;
const RECEIVED: i64 = 2;
const CANCELLED: i64 = 4;
const RESPONSES: [&str; 6] = ["none", "organizer", "tentativelyAccepted", "accepted", "declined", "notResponded"];
const DAY: i64 = 86_400_000;

/// Whether an item is an event of a calendar.
pub(in super::super) fn is_event(item: &Item) -> bool {
    prop::text(item, pid::MESSAGE_CLASS).is_some_and(|class| class.to_lowercase().starts_with("ipm.appointment"))
}

fn integer(item: &Item, id: u32) -> Option<i64> {
    prop::appointment(item, id).and_then(prop::number)
}

/// Start or end. Midnights of all-day events are local ones: the nearest day is meant.
fn point(item: &Item, id: u32, spare: u16, all_day: bool) -> Option<Moment> {
    let at = prop::appointment(item, id).and_then(prop::moment).or_else(|| prop::time(item, spare))?;
    Some(if all_day { Moment((at.0 + DAY / 2).div_euclid(DAY) * DAY) } else { at })
}

/// The name of a time zone from its definition: version, header size, reserved, length, name.
fn zone(item: &Item, id: u32) -> Option<String> {
    let Some(Mapi::Binary(bytes)) = prop::appointment(item, id) else { return None };
    let length = usize::from(u16::from_le_bytes(bytes.get(6..8)?.try_into().ok()?));
    let units = bytes.get(8..8 + length * 2)?.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair));
    let name = String::from_utf16_lossy(&units.collect::<Vec<u16>>());
    Some(name.trim_end_matches('\0').to_owned()).filter(|name| !name.is_empty())
}

fn attendee(row: &Recipient) -> Option<Value> {
    let kind = match people::kind(row) {
        2 => "optional",
        3 => "resource",
        _ => "required",
    };
    let mut value = people::of_row(row)?.json();
    let answer = prop::integer(row, pid::RECIPIENT_TRACK_STATUS).and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
    let time = prop::time(row, pid::RECIPIENT_TRACK_STATUS_TIME).map(Moment::text);
    value["type"] = json!(kind);
    value["status"] = json!({"response": RESPONSES.get(answer).unwrap_or(&"none"), "time": time});
    Some(value)
}

/// The calendar id that copies of a meeting share.
fn uid(item: &Item) -> Option<String> {
    let id = item.named(&PSETID_MEETING, &NamedId::Lid(lid::CLEAN_GLOBAL_OBJECT_ID));
    let id = id.or_else(|| item.named(&PSETID_MEETING, &NamedId::Lid(lid::GLOBAL_OBJECT_ID)));
    let Some(Mapi::Binary(bytes)) = id else { return None };
    let foreign = bytes.windows(8).position(|window| window == b"vCal-Uid").and_then(|at| bytes.get(at + 12..));
    Some(match foreign {
        Some(text) => String::from_utf8_lossy(text).trim_end_matches('\0').to_owned(),
        None => bytes.iter().map(|byte| format!("{byte:02X}")).collect(),
    })
}

fn show_as(item: &Item) -> &'static str {
    match integer(item, lid::BUSY_STATUS) {
        Some(0) => "free",
        Some(1) => "tentative",
        Some(2) => "busy",
        Some(3) => "oof",
        Some(4) => "workingElsewhere",
        _ => "unknown",
    }
}

/// Sensitivity as a word.
fn sensitivity(item: &Item) -> &'static str {
    match prop::integer(item, pid::SENSITIVITY) {
        Some(1) => "personal",
        Some(2) => "private",
        Some(3) => "confidential",
        _ => "normal",
    }
}

/// An event's JSON.
pub(in super::super) fn json(mailbox: &Mailbox, stored: &Stored) -> Value {
    let item = &stored.item;
    let truth = |id: u32| prop::appointment(item, id).and_then(prop::truth);
    let all_day = truth(lid::APPOINTMENT_ALL_DAY).unwrap_or(false);
    let state = integer(item, lid::APPOINTMENT_STATE_FLAGS).unwrap_or(0);
    let response = integer(item, lid::RESPONSE_STATUS).and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
    let start_zone = zone(item, lid::TIME_ZONE_DEFINITION_START);
    let series = zone(item, lid::TIME_ZONE_DEFINITION_RECUR)
        .or_else(|| start_zone.clone())
        .unwrap_or_else(|| "UTC".to_owned());
    let pattern = match prop::appointment(item, lid::APPOINTMENT_RECURRENCE) {
        Some(Mapi::Binary(bytes)) => recurrence::json(bytes, &series),
        _ => None,
    };
    let place = prop::named_text(item, &PSETID_APPOINTMENT, lid::APPOINTMENT_LOCATION).unwrap_or_default();
    let place = json!({"displayName": place, "locationType": "default", "uniqueIdType": "unknown"});
    let organiser = people::from(item)
        .or_else(|| item.recipients.iter().find(|row| people::is_organiser(row)).and_then(people::of_row));
    let attendees: Vec<Value> =
        item.recipients.iter().filter(|row| !people::is_organiser(row)).filter_map(attendee).collect();
    let (kind, content) = message::body(item);
    let mut value = items::outlook_item(mailbox, stored);
    let members = json!({
        "subject": prop::text(item, pid::SUBJECT), "bodyPreview": message::preview(item), "body": {"contentType": kind, "content": content},
        "start": point(item, lid::APPOINTMENT_START, pid::START_DATE, all_day).map(message::zoned),
        "end": point(item, lid::APPOINTMENT_END, pid::END_DATE, all_day).map(message::zoned),
        "originalStartTimeZone": start_zone.unwrap_or_else(|| "UTC".to_owned()),
        "originalEndTimeZone": zone(item, lid::TIME_ZONE_DEFINITION_END).unwrap_or_else(|| "UTC".to_owned()),
        "isAllDay": all_day, "location": place, "locations": [place], "showAs": show_as(item), "sensitivity": sensitivity(item),
        "importance": message::importance(item), "attendees": attendees, "organizer": organiser.as_ref().map(Person::json),
        "isOrganizer": state & RECEIVED == 0, "isCancelled": state & CANCELLED != 0, "isDraft": false,
        "responseStatus": {"response": RESPONSES.get(response).unwrap_or(&"none"), "time": null},
        "responseRequested": prop::boolean(item, pid::RESPONSE_REQUESTED).unwrap_or(state & MEETING != 0),
        "isReminderOn": prop::common(item, lid::REMINDER_SET).and_then(prop::truth).unwrap_or(false),
        "reminderMinutesBeforeStart": prop::common(item, lid::REMINDER_DELTA).and_then(prop::number).unwrap_or(15),
        "type": if pattern.is_some() { "seriesMaster" } else { "singleInstance" }, "seriesMasterId": null, "recurrence": pattern,
        "iCalUId": uid(item), "hasAttachments": attachment::shows_any(item), "hideAttendees": false, "isOnlineMeeting": false,
        "allowNewTimeProposals": truth(lid::APPOINTMENT_NOT_ALLOW_PROPOSE) != Some(true), "onlineMeeting": null,
        "onlineMeetingProvider": "unknown", "onlineMeetingUrl": null, "transactionId": stored.transaction,
        "webLink": format!("https://outlook.office365.com/owa/?ItemID={}", mailbox.item_id(stored.key)),
    });
    if let (Some(into), Value::Object(members)) = (value.as_object_mut(), members) {
        into.extend(members);
    }
    value
}
