//! Generated calendar items: single, all-day, meetings, private ones and weekly series with exceptions.

use super::attachment::embedded;
use super::letter::{Role, filetime, recipient, set_sender, set_subject};
use super::recurrence::{self, Exception, Weekly};
use super::words::words;
use super::{Desk, NOW};
use crate::mapi::{Item, guid, lid, pid};
use crate::practice::random::Random;
use crate::practice::typed::Typed;

const APPOINTMENT: [u8; 16] = guid::PSETID_APPOINTMENT;
const COMMON: [u8; 16] = guid::PSETID_COMMON;
const MEETING: [u8; 16] = guid::PSETID_MEETING;
/// Seconds of a day.
const DAY: i64 = 86_400;
/// A Monday in November 2024, 00:00 UTC. All series run in the British winter, where local time is UTC.
const FIRST_MONDAY: i64 = 1_730_678_400;

/// The calendar item of a number in a mailbox.
pub(super) fn event(desk: &Desk<'_>, number: usize) -> Item {
    let mut random = desk.random(b'e', number);
    let day = NOW - NOW.rem_euclid(DAY) + DAY * (random.below(400) as i64 - 300);
    let start = day + 3_600 * (8 + random.below(9) as i64);
    let mut item = Item::default();
    match number % 5 {
        0 => series(&mut item, desk, number, &mut random),
        1 => {
            basics(&mut item, desk, start, start + 5_400, &mut random);
            attendees(&mut item, desk, &mut random);
        }
        2 => {
            basics(&mut item, desk, day, day + DAY * (1 + number as i64 % 3), &mut random);
            item.lid_flag(APPOINTMENT, lid::APPOINTMENT_ALL_DAY, true).lid_long(APPOINTMENT, lid::BUSY_STATUS, 3);
        }
        3 => {
            basics(&mut item, desk, start, start + 1_800, &mut random);
            item.long(pid::SENSITIVITY, 2).lid_flag(COMMON, lid::PRIVATE, true);
        }
        _ => {
            basics(&mut item, desk, start, start + 3_600, &mut random);
            item.custom_texts(guid::PS_PUBLIC_STRINGS, "Keywords", &["Site visit"]);
        }
    }
    item
}

fn basics(item: &mut Item, desk: &Desk<'_>, start: i64, end: i64, random: &mut Random) {
    let words = words(desk.language);
    item.text(pid::MESSAGE_CLASS, "IPM.Appointment").long(pid::IMPORTANCE, 1).long(pid::SENSITIVITY, 0);
    set_subject(item, "", random.pick(&words.subjects).copied().unwrap_or_default());
    let body = random.pick(&words.sentences).copied().unwrap_or_default();
    item.text(pid::BODY, &format!("{body}\r\n")).long(pid::MESSAGE_FLAGS, 1).long(pid::INTERNET_CODEPAGE, 65001);
    let made = filetime(start - 14 * DAY);
    item.time(pid::CREATION_TIME, made).time(pid::LAST_MODIFICATION_TIME, made);
    item.bytes(pid::SEARCH_KEY, random.key().to_vec());
    set_span(item, start, end);
    item.lid_long(APPOINTMENT, lid::BUSY_STATUS, 2).lid_flag(APPOINTMENT, lid::APPOINTMENT_ALL_DAY, false);
    item.lid_text(APPOINTMENT, lid::APPOINTMENT_LOCATION, "Workshop, Möbelhalle 2");
    item.lid_long(APPOINTMENT, lid::APPOINTMENT_STATE_FLAGS, 0).lid_long(APPOINTMENT, lid::RESPONSE_STATUS, 0);
    item.lid_flag(APPOINTMENT, lid::RECURRING, false);
    let reminder = random.chance(0.5);
    item.lid_flag(COMMON, lid::REMINDER_SET, reminder).lid_long(COMMON, lid::REMINDER_DELTA, 15);
    if reminder {
        item.lid_time(COMMON, lid::REMINDER_TIME, filetime(start));
        item.lid_time(COMMON, lid::REMINDER_SIGNAL_TIME, filetime(start - 900));
    }
    let id = recurrence::global_object_id(&random.key());
    item.lid_bytes(MEETING, lid::GLOBAL_OBJECT_ID, id.clone());
    item.lid_bytes(MEETING, lid::CLEAN_GLOBAL_OBJECT_ID, id);
}

fn set_span(item: &mut Item, start: i64, end: i64) {
    let (from, to) = (filetime(start), filetime(end));
    item.time(pid::START_DATE, from).time(pid::END_DATE, to);
    item.lid_time(APPOINTMENT, lid::APPOINTMENT_START, from).lid_time(APPOINTMENT, lid::APPOINTMENT_END, to);
    item.lid_time(COMMON, lid::COMMON_START, from).lid_time(COMMON, lid::COMMON_END, to);
    item.lid_long(APPOINTMENT, lid::APPOINTMENT_DURATION, i32::try_from((end - start) / 60).unwrap_or(0));
    for zone in [lid::TIME_ZONE_DEFINITION_START, lid::TIME_ZONE_DEFINITION_END] {
        item.lid_bytes(APPOINTMENT, zone, recurrence::zone_definition());
    }
}

/// Makes it a meeting of the owner's, with a required and an optional attendee.
fn attendees(item: &mut Item, desk: &Desk<'_>, random: &mut Random) {
    set_sender(item, &desk.owner);
    item.lid_long(APPOINTMENT, lid::APPOINTMENT_STATE_FLAGS, 1).lid_long(APPOINTMENT, lid::RESPONSE_STATUS, 1);
    item.long(pid::OWNER_APPOINTMENT_ID, 1 + random.below(1 << 20) as i32).flag(pid::RESPONSE_REQUESTED, true);
    let people = [
        (Role::To, desk.owner.clone()),
        (Role::To, desk.correspondent(random)),
        (Role::Cc, desk.correspondent(random)),
    ];
    for (row, (role, party)) in people.iter().enumerate() {
        let mut attendee = recipient(row, *role, party);
        let (flags, answer) = if row == 0 { (3, 1) } else { (1, 3) };
        attendee.long(pid::RECIPIENT_FLAGS, flags).long(pid::RECIPIENT_TRACK_STATUS, answer);
        item.recipients.push(attendee);
    }
}

/// A weekly meeting of eight, of which the third is moved and renamed and the fifth is cancelled.
fn series(item: &mut Item, desk: &Desk<'_>, number: usize, random: &mut Random) {
    let first_day = FIRST_MONDAY + DAY * (random.below(5) as i64) + 7 * DAY * (number as i64 % 6);
    let hour = 9 + random.below(6) as i64;
    let (start, end) = (first_day + 3_600 * hour, first_day + 3_600 * hour + 2_700);
    basics(item, desk, start, end, random);
    if number.is_multiple_of(2) {
        attendees(item, desk, random);
    }
    let moved = Exception {
        original: start + 14 * DAY,
        start: start + 15 * DAY + 1_800,
        end: end + 15 * DAY + 1_800,
        subject: "Moved: Überstunden & Späne".to_owned(),
    };
    let weekly = Weekly { start, end, occurrences: 8, moved, cancelled: start + 28 * DAY };
    item.lid_bytes(APPOINTMENT, lid::APPOINTMENT_RECURRENCE, weekly.blob());
    item.lid_flag(APPOINTMENT, lid::RECURRING, true).lid_long(APPOINTMENT, lid::RECURRENCE_TYPE, 2);
    item.lid_text(APPOINTMENT, lid::RECURRENCE_PATTERN, "every week, eight times");
    item.lid_bytes(APPOINTMENT, lid::TIME_ZONE_STRUCT, recurrence::zone_struct());
    item.lid_bytes(APPOINTMENT, lid::TIME_ZONE_DEFINITION_RECUR, recurrence::zone_definition());
    item.lid_text(APPOINTMENT, lid::TIME_ZONE_DESCRIPTION, "(UTC+00:00) Dublin, Edinburgh, Lisbon, London");
    item.lid_time(APPOINTMENT, lid::CLIP_START, filetime(first_day));
    item.lid_time(APPOINTMENT, lid::CLIP_END, filetime(first_day + 49 * DAY));
    item.attachments.push(exception(&weekly.moved, random));
}

/// The attachment that holds a changed occurrence.
fn exception(moved: &Exception, random: &mut Random) -> crate::mapi::Attachment {
    let mut changed = Item::default();
    changed.text(pid::MESSAGE_CLASS, "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}");
    set_subject(&mut changed, "", &moved.subject);
    changed.long(pid::IMPORTANCE, 1).long(pid::SENSITIVITY, 0).long(pid::MESSAGE_FLAGS, 1);
    changed.bytes(pid::SEARCH_KEY, random.key().to_vec());
    set_span(&mut changed, moved.start, moved.end);
    changed.lid_flag(APPOINTMENT, lid::RECURRING, false).lid_long(APPOINTMENT, lid::BUSY_STATUS, 2);
    changed.lid_time(APPOINTMENT, lid::EXCEPTION_REPLACE_TIME, filetime(moved.original));
    let mut attachment = embedded(&moved.subject, changed);
    attachment.long(pid::ATTACH_NUMBER, 0).long(pid::ATTACHMENT_LINK_ID, 0).long(pid::ATTACHMENT_FLAGS, 2);
    attachment.time(pid::EXCEPTION_START_TIME, filetime(moved.start));
    attachment.time(pid::EXCEPTION_END_TIME, filetime(moved.end)).flag(pid::ATTACHMENT_HIDDEN, true);
    attachment.bytes(pid::ATTACH_ENCODING, Vec::new());
    attachment
}
