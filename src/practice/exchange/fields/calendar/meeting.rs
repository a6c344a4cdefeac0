//! The parts of calendar items that take more than one property: identity, attendees, times, time zone.

use std::fmt::Write as _;

use super::{RESPONSES, appointment};
use crate::mapi::guid::{PSETID_COMMON, PSETID_MEETING};
use crate::mapi::{Item, Type, Value};
use crate::practice::exchange::element::Element;
use crate::practice::exchange::fields::people::{Person, is_organiser, recipient_type, replace_recipients};
use crate::practice::exchange::shape::Shape;
use crate::practice::exchange::trouble::Trouble;
use crate::practice::exchange::view::{Slot, View, date_time, parse_date_time};
use crate::practice::exchange::xml::Xml;

/// What every global object id begins with (MS-OXOCAL 2.2.1.27).
const GLOBAL_ID: [u8; 16] = [0x04, 0, 0, 0, 0x82, 0, 0xE0, 0, 0x74, 0xC5, 0xB7, 0x10, 0x1A, 0x82, 0xE0, 0x08];
/// Bytes before the data of a global object id: class, date, creation time, reserved, size.
const GLOBAL_HEADER: usize = 40;
/// What the data begins with if a foreign UID follows.
const FOREIGN: &[u8] = b"vCal-Uid\x01\0\0\0";

/// A property of every kind of item.
pub(super) const fn common(lid: u32) -> Slot {
    Slot::Lid(PSETID_COMMON, lid)
}

/// The iCalendar UID: a foreign one as it came, one of Exchange's own in hexadecimal.
pub(in crate::practice::exchange) fn uid(item: &Item) -> Option<String> {
    let clean = Slot::Lid(PSETID_MEETING, 0x0023).bytes(item);
    let id = clean.or_else(|| Slot::Lid(PSETID_MEETING, 0x0003).bytes(item))?;
    if let Some(foreign) = id.get(GLOBAL_HEADER..).and_then(|data| data.strip_prefix(FOREIGN)) {
        let end = foreign.iter().position(|byte| *byte == 0).unwrap_or(foreign.len());
        return Some(String::from_utf8_lossy(&foreign[..end]).into_owned());
    }
    Some(id.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    }))
}

/// Whether a reminder is set.
pub(in crate::practice::exchange) fn reminder(item: &Item) -> bool {
    common(0x8503).bool(item) == Some(true)
}

/// Minutes from the reminder to the start.
pub(in crate::practice::exchange) fn reminder_minutes(item: &Item) -> i64 {
    common(0x8501).int(item).filter(|minutes| *minutes >= 0).unwrap_or(15)
}

/// The global object id of a UID.
pub(in crate::practice::exchange) fn global_id(uid: &str) -> Vec<u8> {
    let own = (0..uid.len() / 2).map(|at| u8::from_str_radix(uid.get(at * 2..at * 2 + 2)?, 16).ok());
    if let Some(own) = own.collect::<Option<Vec<u8>>>().filter(|own| own.starts_with(&GLOBAL_ID)) {
        return own;
    }
    let mut id = GLOBAL_ID.to_vec();
    id.resize(GLOBAL_HEADER - 4, 0);
    let size = u32::try_from(FOREIGN.len() + uid.len() + 1).unwrap_or(u32::MAX);
    id.extend(size.to_le_bytes());
    id.extend(FOREIGN);
    id.extend(uid.as_bytes());
    id.push(0);
    id
}

/// Gives a calendar item what it cannot be without: an identity, and the marks that agree with its attendees.
pub(in crate::practice::exchange) fn complete(item: &mut Item) {
    if uid(item).is_none() {
        let unique = uuid::Uuid::new_v4();
        let mut id = GLOBAL_ID.to_vec();
        id.resize(GLOBAL_HEADER - 4, 0);
        id.extend(16u32.to_le_bytes());
        id.extend(unique.as_bytes());
        for lid in [0x0003, 0x0023] {
            Slot::Lid(PSETID_MEETING, lid).set(item, Type::BINARY, Value::Binary(id.clone().into()));
        }
    }
    let numbers = [(0x8205, 2), (0x8217, 0), (0x8218, i32::from(!item.recipients.is_empty()))];
    for (lid, number) in numbers {
        if appointment(lid).get(item).is_none() {
            appointment(lid).set(item, Type::I32, Value::I32(number));
        }
    }
}

/// Writes `t:UID`.
pub(super) fn read_uid(view: &View, _: &Shape, xml: &mut Xml) {
    xml.maybe("t:UID", uid(view.item).as_deref());
}

/// Sets the UID.
pub(super) fn write_uid(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    for lid in [0x0003, 0x0023] {
        let slot = Slot::Lid(PSETID_MEETING, lid);
        slot.remove(item);
        if let Some(element) = element {
            slot.set(item, Type::BINARY, Value::Binary(global_id(&element.text).into()));
        }
    }
    Ok(())
}

/// Sets the same moment in several properties.
pub(super) fn write_time(item: &mut Item, element: Option<&Element>, slots: [Slot; 3]) -> Result<(), Trouble> {
    for slot in slots {
        slot.remove(item);
        if let Some(element) = element {
            let time = parse_date_time(&element.text)
                .ok_or_else(|| Trouble::schema(element, "The date and time is invalid."))?;
            slot.set(item, Type::TIME, Value::Time(time));
        }
    }
    Ok(())
}

/// Writes `t:RequiredAttendees`.
pub(super) fn read_required(view: &View, shape: &Shape, xml: &mut Xml) {
    read_attendees(view, shape, 1, "t:RequiredAttendees", xml);
}

/// Writes `t:OptionalAttendees`.
pub(super) fn read_optional(view: &View, shape: &Shape, xml: &mut Xml) {
    read_attendees(view, shape, 2, "t:OptionalAttendees", xml);
}

/// Writes `t:Resources`.
pub(super) fn read_resources(view: &View, shape: &Shape, xml: &mut Xml) {
    read_attendees(view, shape, 3, "t:Resources", xml);
}

fn read_attendees(view: &View, shape: &Shape, kind: i64, element: &'static str, xml: &mut Xml) {
    let all = view.item.recipients.iter().filter(|r| recipient_type(r) == kind && !is_organiser(r));
    let attendees: Vec<_> = all.filter_map(|r| Some((r, Person::recipient(r)?))).collect();
    if attendees.is_empty() || shape.brief {
        return;
    }
    xml.open(element);
    for (recipient, person) in attendees {
        let status = Slot::Id(0x5FFF).int(recipient).unwrap_or(0);
        let response = RESPONSES.iter().find(|(number, _)| i64::from(*number) == status);
        xml.open("t:Attendee");
        person.write(view.call.exchange, xml);
        xml.leaf("t:ResponseType", response.map_or("Unknown", |(_, name)| name));
        xml.maybe("t:LastResponseTime", Slot::Id(0x5FFB).time(recipient).and_then(date_time).as_deref());
        xml.close();
    }
    xml.close();
}

/// Sets the required attendees.
pub(super) fn write_required(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    write_attendees(item, element, 1);
    Ok(())
}

/// Sets the optional attendees.
pub(super) fn write_optional(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    write_attendees(item, element, 2);
    Ok(())
}

/// Sets the resources.
pub(super) fn write_resources(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    write_attendees(item, element, 3);
    Ok(())
}

fn write_attendees(item: &mut Item, element: Option<&Element>, kind: i32) {
    let mailboxes = element.iter().flat_map(|list| &list.children).filter_map(|attendee| attendee.child("t:Mailbox"));
    let people: Vec<_> = mailboxes.map(Person::parse).collect();
    replace_recipients(item, kind, &people);
    // Whoever has attendees is a meeting.
    let meeting = !item.recipients.is_empty();
    appointment(0x8217).set(item, Type::I32, Value::I32(meeting.into()));
}

/// Writes a time zone's name.
pub(super) fn read_zone(view: &View, element: &'static str, xml: &mut Xml) {
    let name = zone_name(view.item);
    xml.open(element).attr("Id", &name).attr("Name", &name).close();
}

/// The Windows name of an item's time zone: the key of its definition, else its description unless that is one for
/// human eyes, else UTC.
fn zone_name(item: &Item) -> String {
    let definition = [0x825E, 0x8260].into_iter().find_map(|lid| key_name(appointment(lid).bytes(item)?));
    let described = appointment(0x8234).text(item).filter(|text| !text.is_empty() && !text.starts_with('('));
    definition.or(described).unwrap_or_else(|| "UTC".to_owned())
}

/// The key name in a time zone definition (MS-OXOCAL 2.2.1.41): versions, header size, flags, length, UTF-16.
fn key_name(definition: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes(*definition.get(6..)?.first_chunk()?));
    let text = definition.get(8..8 + length * 2)?;
    let units: Vec<_> = text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).ok().filter(|name| !name.is_empty())
}

/// `t:MeetingTimeZone`, in which 2007 takes the time zone, is not told: what a client would need are its rules.
pub(super) fn read_meeting_zone(_: &View, _: &Shape, _: &mut Xml) {}

/// Keeps the name of the meeting's time zone.
pub(super) fn write_meeting_zone(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    keep_name(item, element, "TimeZoneName")
}

/// Keeps the name of the start's time zone.
pub(super) fn write_zone(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    keep_name(item, element, "Id")
}

fn keep_name(item: &mut Item, element: Option<&Element>, attribute: &str) -> Result<(), Trouble> {
    appointment(0x8234).remove(item);
    if let Some(name) = element.and_then(|element| element.attribute(attribute)) {
        appointment(0x8234).set(item, Type::UNICODE, Value::Unicode(name.to_owned()));
    }
    Ok(())
}

/// The end's time zone: items of this server have one time zone, the start's.
pub(super) fn keep_zone(_: &mut Item, _: Option<&Element>) -> Result<(), Trouble> {
    Ok(())
}

/// Writes `t:AllowNewTimeProposal`, the contrary of what is stored.
pub(super) fn read_counter(view: &View, _: &Shape, xml: &mut Xml) {
    xml.bool("t:AllowNewTimeProposal", appointment(0x825A).bool(view.item) != Some(true));
}

/// Writes `t:IsDelegated`: nobody here reads another's invitations.
pub(super) fn read_false_delegated(_: &View, _: &Shape, xml: &mut Xml) {
    xml.bool("t:IsDelegated", false);
}

/// Writes `t:IsOutOfDate`: nothing here updates meetings.
pub(super) fn read_false_out_of_date(_: &View, _: &Shape, xml: &mut Xml) {
    xml.bool("t:IsOutOfDate", false);
}

/// Writes `t:HasBeenProcessed`.
pub(super) fn read_processed(view: &View, _: &Shape, xml: &mut Xml) {
    xml.bool("t:HasBeenProcessed", Slot::Id(0x0E7D).bool(view.item).unwrap_or(false));
}

/// Writes `t:ResponseType`, which the class of an answer tells.
pub(super) fn read_response(view: &View, _: &Shape, xml: &mut Xml) {
    let class = view.class().to_ascii_lowercase();
    let response = match () {
        () if class.contains(".resp.pos") => "Accept",
        () if class.contains(".resp.neg") => "Decline",
        () if class.contains(".resp.tent") => "Tentative",
        () => "NoResponseReceived",
    };
    xml.leaf("t:ResponseType", response);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uids_come_back() {
        for text in ["series-1@fabrikam.test", "040000008200E00074C5B7101A82E00800000000"] {
            let mut item = Item::default();
            let element = Element { text: text.to_owned(), ..Element::default() };
            assert_eq!(write_uid(&mut item, Some(&element)), Ok(()));
            assert_eq!(uid(&item).as_deref(), Some(text));
        }
    }
}
