//! Properties of appointments and meetings, and of the messages about them.

pub(in crate::practice::exchange) mod meeting;

use jiff::civil::DateTime;

use super::people::{FROM, Person, is_organiser, write_one};
use super::recurrence::blob::{minutes, moment};
use super::recurrence::zone::{UTC, Zone};
use super::recurrence::{End, Pattern};
use super::{Codec, Field};
use crate::mapi::guid::{PSETID_APPOINTMENT, PSETID_MEETING};
use crate::mapi::time::{filetime_from_unix, unix_from_filetime};
use crate::mapi::{Item, Type, Value};
use crate::practice::exchange::element::Element;
use crate::practice::exchange::shape::Shape;
use crate::practice::exchange::trouble::Trouble;
use crate::practice::exchange::version::Schema;
use crate::practice::exchange::view::{Slot, View, date_time};
use crate::practice::exchange::xml::Xml;
use meeting::{read_optional, read_required, read_resources, write_optional, write_required, write_resources};

/// A property of appointments.
pub(in crate::practice::exchange) const fn appointment(lid: u32) -> Slot {
    Slot::Lid(PSETID_APPOINTMENT, lid)
}

/// Free or busy.
pub(in crate::practice::exchange) const BUSY: &[(i32, &str)] =
    &[(2, "Busy"), (0, "Free"), (1, "Tentative"), (3, "OOF"), (4, "WorkingElsewhere")];
/// Answers to invitations.
pub(in crate::practice::exchange) const RESPONSES: &[(i32, &str)] =
    &[(0, "Unknown"), (1, "Organizer"), (2, "Tentative"), (3, "Accept"), (4, "Decline"), (5, "NoResponseReceived")];

/// What identifies a calendar item.
pub(in crate::practice::exchange) static IDENTITY: &[Field] = &[
    Field::default("calendar:UID", "t:UID", Codec::Both(meeting::read_uid, meeting::write_uid)),
    Field::all("calendar:RecurrenceId", "t:RecurrenceId", Codec::Time(appointment(0x8228))),
    Field::all("calendar:DateTimeStamp", "t:DateTimeStamp", Codec::Time(Slot::Lid(PSETID_MEETING, 0x001A))),
];

/// Of calendar items and invitations.
pub(in crate::practice::exchange) static TIMES: &[Field] = &[
    Field::default("calendar:Start", "t:Start", Codec::Both(read_start, write_start)),
    Field::default("calendar:End", "t:End", Codec::Both(read_end, write_end)),
    Field::all("calendar:OriginalStart", "t:OriginalStart", Codec::Time(appointment(0x8228))),
    Field::all("calendar:IsAllDayEvent", "t:IsAllDayEvent", Codec::Bool(appointment(0x8215))),
    Field::default(
        "calendar:LegacyFreeBusyStatus",
        "t:LegacyFreeBusyStatus",
        Codec::Choice(appointment(0x8205), BUSY),
    ),
    Field::default("calendar:Location", "t:Location", Codec::Text(appointment(0x8208))),
    Field::all("calendar:IsMeeting", "t:IsMeeting", Codec::Made(read_is_meeting)),
    Field::all("calendar:IsCancelled", "t:IsCancelled", Codec::Made(read_is_cancelled)),
    Field::all("calendar:IsRecurring", "t:IsRecurring", Codec::Bool(appointment(0x8223))),
    Field::all("calendar:MeetingRequestWasSent", "t:MeetingRequestWasSent", Codec::Bool(appointment(0x8229))),
    Field::all("calendar:IsResponseRequested", "t:IsResponseRequested", Codec::Bool(Slot::Id(0x0063))),
    Field::default("calendar:CalendarItemType", "t:CalendarItemType", Codec::Made(read_type)),
    Field::default("calendar:MyResponseType", "t:MyResponseType", Codec::Choice(appointment(0x8218), RESPONSES)),
    Field::default("calendar:Organizer", "t:Organizer", Codec::Made(read_organiser)),
    Field::all("calendar:RequiredAttendees", "t:RequiredAttendees", Codec::Both(read_required, write_required)),
    Field::all("calendar:OptionalAttendees", "t:OptionalAttendees", Codec::Both(read_optional, write_optional)),
    Field::all("calendar:Resources", "t:Resources", Codec::Both(read_resources, write_resources)),
    Field::all("calendar:Duration", "t:Duration", Codec::Made(read_duration)),
    Field::all("calendar:TimeZone", "t:TimeZone", Codec::Text(appointment(0x8234))),
    Field::all("calendar:AppointmentReplyTime", "t:AppointmentReplyTime", Codec::Time(appointment(0x8220))),
    Field::all("calendar:AppointmentSequenceNumber", "t:AppointmentSequenceNumber", Codec::Int(appointment(0x8201))),
    Field::all("calendar:AppointmentState", "t:AppointmentState", Codec::Int(appointment(0x8217))),
    Field::all("calendar:Recurrence", "t:Recurrence", Codec::Both(read_recurrence, write_recurrence)),
    Field::all("calendar:ModifiedOccurrences", "t:ModifiedOccurrences", Codec::Made(read_modified)),
    Field::all("calendar:DeletedOccurrences", "t:DeletedOccurrences", Codec::Made(read_deleted)),
    Field::asked(
        "calendar:MeetingTimeZone",
        "t:MeetingTimeZone",
        Schema::E2007,
        Codec::Both(meeting::read_meeting_zone, meeting::write_meeting_zone),
    ),
    Field::later(
        "calendar:StartTimeZone",
        "t:StartTimeZone",
        Schema::E2010,
        Codec::Both(read_start_zone, meeting::write_zone),
    ),
    Field::later(
        "calendar:EndTimeZone",
        "t:EndTimeZone",
        Schema::E2010,
        Codec::Both(read_end_zone, meeting::keep_zone),
    ),
    Field::all("calendar:ConferenceType", "t:ConferenceType", Codec::Int(appointment(0x8241))),
    Field::all("calendar:AllowNewTimeProposal", "t:AllowNewTimeProposal", Codec::Made(meeting::read_counter)),
    Field::all("calendar:IsOnlineMeeting", "t:IsOnlineMeeting", Codec::Bool(appointment(0x8240))),
];

/// Of every message about a meeting.
pub(in crate::practice::exchange) static MEETING: &[Field] = &[
    Field::default("meeting:IsDelegated", "t:IsDelegated", Codec::Made(meeting::read_false_delegated)),
    Field::default("meeting:IsOutOfDate", "t:IsOutOfDate", Codec::Made(meeting::read_false_out_of_date)),
    Field::default("meeting:HasBeenProcessed", "t:HasBeenProcessed", Codec::Made(meeting::read_processed)),
    Field::default("meeting:ResponseType", "t:ResponseType", Codec::Made(meeting::read_response)),
    Field::all("calendar:UID", "t:UID", Codec::Made(meeting::read_uid)),
];

/// Of invitations.
pub(in crate::practice::exchange) static REQUEST: &[Field] = &[
    Field::default(
        "meetingRequest:MeetingRequestType",
        "t:MeetingRequestType",
        Codec::Choice(
            Slot::Lid(PSETID_MEETING, 0x0026),
            &[(1, "NewMeetingRequest"), (0x10000, "FullUpdate"), (0x20000, "InformationalUpdate")],
        ),
    ),
    Field::default(
        "meetingRequest:IntendedFreeBusyStatus",
        "t:IntendedFreeBusyStatus",
        Codec::Choice(appointment(0x8224), BUSY),
    ),
];

/// Of answers and cancellations, since 2013.
pub(in crate::practice::exchange) static BRIEF: &[Field] = &[
    Field::later("calendar:Start", "t:Start", Schema::E2013, Codec::Made(read_start)),
    Field::later("calendar:End", "t:End", Schema::E2013, Codec::Made(read_end)),
    Field::later("calendar:Location", "t:Location", Schema::E2013, Codec::Text(appointment(0x8208))),
];

/// When an item begins, in FILETIME.
pub(in crate::practice::exchange) fn start(item: &Item) -> Option<u64> {
    appointment(0x820D).time(item).or_else(|| Slot::Id(0x0060).time(item))
}

/// When an item ends, in FILETIME.
pub(in crate::practice::exchange) fn end(item: &Item) -> Option<u64> {
    appointment(0x820E).time(item).or_else(|| Slot::Id(0x0061).time(item))
}

/// The series, if the item is one.
pub(in crate::practice::exchange) fn pattern(item: &Item) -> Option<Pattern> {
    Pattern::parse(appointment(0x8216).bytes(item)?)
}

/// The time zone that a series keeps; UTC where none is stored.
pub(in crate::practice::exchange) fn zone(item: &Item) -> Zone {
    appointment(0x8233).bytes(item).and_then(Zone::parse).unwrap_or(UTC)
}

/// A FILETIME as civil time in UTC.
pub(in crate::practice::exchange) fn civil(filetime: u64) -> Option<DateTime> {
    let (seconds, _) = unix_from_filetime(filetime);
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    Some(moment.to_zoned(jiff::tz::TimeZone::UTC).datetime())
}

/// A civil time in UTC as FILETIME.
pub(in crate::practice::exchange) fn filetime(utc: DateTime) -> Option<u64> {
    let moment = utc.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    Some(filetime_from_unix(moment.as_second(), 0))
}

/// A moment of the recurrence blob as FILETIME.
pub(in crate::practice::exchange) fn blob_time(minutes: u32, zone: Zone) -> Option<u64> {
    filetime(zone.to_utc(moment(minutes)?)?)
}

fn read_start(view: &View, _: &Shape, xml: &mut Xml) {
    xml.maybe("t:Start", start(view.item).and_then(date_time).as_deref());
}

fn read_end(view: &View, _: &Shape, xml: &mut Xml) {
    xml.maybe("t:End", end(view.item).and_then(date_time).as_deref());
}

fn write_start(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    meeting::write_time(item, element, [appointment(0x820D), Slot::Id(0x0060), meeting::common(0x8516)])
}

fn write_end(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    meeting::write_time(item, element, [appointment(0x820E), Slot::Id(0x0061), meeting::common(0x8517)])
}

fn state(view: &View) -> i64 {
    appointment(0x8217).int(view.item).unwrap_or(0)
}

fn read_is_meeting(view: &View, _: &Shape, xml: &mut Xml) {
    xml.bool("t:IsMeeting", state(view) & 1 != 0);
}

fn read_is_cancelled(view: &View, _: &Shape, xml: &mut Xml) {
    xml.bool("t:IsCancelled", state(view) & 4 != 0);
}

fn read_type(view: &View, _: &Shape, xml: &mut Xml) {
    let kind = match appointment(0x8216).bytes(view.item) {
        Some(_) => "RecurringMaster",
        None if view.folder.is_none() && appointment(0x8228).time(view.item).is_some() => "Exception",
        None => "Single",
    };
    xml.leaf("t:CalendarItemType", kind);
}

fn read_organiser(view: &View, _: &Shape, xml: &mut Xml) {
    let organiser = view.item.recipients.iter().find(|recipient| is_organiser(recipient));
    match organiser.and_then(Person::recipient) {
        Some(person) => {
            xml.open("t:Organizer");
            person.write(view.call.exchange, xml);
            xml.close();
        }
        None => write_one(view, FROM, "t:Organizer", xml),
    }
}

fn read_duration(view: &View, _: &Shape, xml: &mut Xml) {
    /// FILETIME intervals in a minute.
    const MINUTE: u64 = 600_000_000;
    if let Some((start, end)) = start(view.item).zip(end(view.item)) {
        xml.leaf("t:Duration", &format!("PT{}M", end.saturating_sub(start) / MINUTE));
    }
}

fn read_recurrence(view: &View, shape: &Shape, xml: &mut Xml) {
    if let Some(pattern) = pattern(view.item).filter(|_| !shape.brief) {
        pattern.write(xml);
    }
}

fn write_recurrence(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    appointment(0x8216).remove(item);
    appointment(0x8223).set(item, Type::BOOL, Value::Bool(element.is_some()));
    let Some(element) = element else { return Ok(()) };
    let zone = zone(item);
    let local = |time: Option<u64>| zone.to_local(civil(time?)?);
    let required =
        || Trouble::new("ErrorCalendarEndDateIsEarlierThanStartDate", "A series needs a start and an end.");
    let from = local(start(item)).ok_or_else(required)?;
    let to = local(end(item)).ok_or_else(required)?;
    let midnight = minutes(from.date().at(0, 0, 0, 0));
    let times = (minutes(from).saturating_sub(midnight), minutes(to).saturating_sub(midnight));
    let pattern = Pattern::read(element, Some(times))?;
    appointment(0x8216).set(item, Type::BINARY, Value::Binary(pattern.bytes().into()));
    let last = match pattern.end {
        End::Never => None,
        _ => pattern.last_day().and_then(|day| filetime(day.at(23, 59, 0, 0))),
    };
    if let Some(first) = start(item) {
        appointment(0x8235).set(item, Type::TIME, Value::Time(first));
    }
    if let Some(last) = last {
        appointment(0x8236).set(item, Type::TIME, Value::Time(last));
    }
    Ok(())
}

fn read_modified(view: &View, shape: &Shape, xml: &mut Xml) {
    let Some(pattern) = pattern(view.item).filter(|pattern| !pattern.exceptions.is_empty() && !shape.brief) else {
        return;
    };
    let zone = zone(view.item);
    let mut list = Xml::new();
    for (position, exception) in pattern.exceptions.iter().enumerate() {
        let time = |minutes: u32| blob_time(minutes, zone).and_then(date_time).unwrap_or_default();
        let index = attachment_of(view, blob_time(exception.original, zone)).unwrap_or(position);
        let id = view.id.attachment(index);
        list.open("t:Occurrence")
            .open("t:ItemId")
            .attr("Id", &id.text())
            .attr("ChangeKey", &view.change_key())
            .close();
        list.leaf("t:Start", &time(exception.start)).leaf("t:End", &time(exception.end));
        list.leaf("t:OriginalStart", &time(exception.original)).close();
    }
    xml.open("t:ModifiedOccurrences").append(&list).close();
}

/// The attachment that holds the changed occurrence which replaces the one at this time.
fn attachment_of(view: &View, original: Option<u64>) -> Option<usize> {
    let replaces = |item: &Item| appointment(0x8228).time(item) == original;
    view.item.attachments.iter().position(|attachment| attachment.embedded.as_deref().is_some_and(replaces))
}

fn read_deleted(view: &View, shape: &Shape, xml: &mut Xml) {
    let Some(pattern) = pattern(view.item).filter(|_| !shape.brief) else { return };
    let (zone, offset) = (zone(view.item), pattern.times.map_or(0, |(start, _)| start));
    let times = pattern.deleted().filter_map(|day| blob_time(day.checked_add(offset)?, zone).and_then(date_time));
    let times: Vec<_> = times.collect();
    if !times.is_empty() {
        xml.open("t:DeletedOccurrences");
        for time in times {
            xml.open("t:DeletedOccurrence").leaf("t:Start", &time).close();
        }
        xml.close();
    }
}

fn read_start_zone(view: &View, _: &Shape, xml: &mut Xml) {
    meeting::read_zone(view, "t:StartTimeZone", xml);
}

fn read_end_zone(view: &View, _: &Shape, xml: &mut Xml) {
    meeting::read_zone(view, "t:EndTimeZone", xml);
}
