//! Which property belongs to which facet. What is in no list does not count.

use crate::engine::item::Facet;
use crate::mapi::{Name, NamedId, Property, guid, lid, pid};

/// The name of the categories in PS_PUBLIC_STRINGS.
pub(super) const KEYWORDS: &str = "Keywords";

/// Unnamed dates. 3007 and 3008 are not among them: servers set them anew.
const DATES: [u16; 4] = [pid::CLIENT_SUBMIT_TIME, pid::MESSAGE_DELIVERY_TIME, pid::START_DATE, pid::END_DATE];

/// Named dates.
const NAMED_DATES: [([u8; 16], u32); 16] = [
    (guid::PSETID_APPOINTMENT, lid::APPOINTMENT_START),
    (guid::PSETID_APPOINTMENT, lid::APPOINTMENT_END),
    (guid::PSETID_APPOINTMENT, lid::EXCEPTION_REPLACE_TIME),
    (guid::PSETID_APPOINTMENT, lid::CLIP_START),
    (guid::PSETID_APPOINTMENT, lid::CLIP_END),
    (guid::PSETID_TASK, lid::TASK_START_DATE),
    (guid::PSETID_TASK, lid::TASK_DUE_DATE),
    (guid::PSETID_TASK, lid::TASK_DATE_COMPLETED),
    (guid::PSETID_COMMON, lid::REMINDER_TIME),
    (guid::PSETID_COMMON, lid::REMINDER_SET),
    (guid::PSETID_COMMON, lid::REMINDER_DELTA),
    (guid::PSETID_COMMON, lid::REMINDER_SIGNAL_TIME),
    (guid::PSETID_COMMON, lid::COMMON_START),
    (guid::PSETID_COMMON, lid::COMMON_END),
    (guid::PSETID_LOG, lid::LOG_START),
    (guid::PSETID_LOG, lid::LOG_END),
];

/// Unnamed details besides the contact fields.
const DETAILS: [u16; 5] = [
    pid::DISPLAY_NAME,
    pid::INTERNET_MESSAGE_ID,
    pid::INTERNET_REFERENCES,
    pid::IN_REPLY_TO_ID,
    pid::TRANSPORT_MESSAGE_HEADERS,
];

/// The sets whose properties are details.
const DETAIL_SETS: [[u8; 16]; 8] = [
    guid::PS_PUBLIC_STRINGS,
    guid::PSETID_COMMON,
    guid::PSETID_APPOINTMENT,
    guid::PSETID_MEETING,
    guid::PSETID_ADDRESS,
    guid::PSETID_TASK,
    guid::PSETID_NOTE,
    guid::PSETID_LOG,
];

/// Members of those sets that servers and clients derive anew: the saving client's version, whether there are visible
/// attachments, the attendees in words.
const DERIVED: [([u8; 16], u32); 6] = [
    (guid::PSETID_COMMON, lid::CURRENT_VERSION),
    (guid::PSETID_COMMON, lid::CURRENT_VERSION_NAME),
    (guid::PSETID_COMMON, lid::SMART_NO_ATTACH),
    (guid::PSETID_APPOINTMENT, lid::ALL_ATTENDEES),
    (guid::PSETID_APPOINTMENT, lid::TO_ATTENDEES),
    (guid::PSETID_APPOINTMENT, lid::CC_ATTENDEES),
];

/// The facet of a property that counts just as it is. The subject, most of the state, people and attachments are put
/// together from several and are not here.
pub(super) fn facet_of(property: &Property) -> Option<Facet> {
    match &property.name {
        Some(name) => facet_of_name(name),
        None => facet_of_id(property.tag.id()),
    }
}

fn facet_of_id(id: u16) -> Option<Facet> {
    match id {
        pid::MESSAGE_CLASS => Some(Facet::Class),
        pid::BODY | pid::HTML | pid::RTF_COMPRESSED => Some(Facet::Body),
        pid::FLAG_COMPLETE_TIME => Some(Facet::State),
        pid::ACCOUNT..=pid::OTHER_ADDRESS_POST_OFFICE_BOX => Some(Facet::Details),
        _ if DATES.contains(&id) => Some(Facet::Dates),
        _ if DETAILS.contains(&id) => Some(Facet::Details),
        _ => None,
    }
}

fn facet_of_name(name: &Name) -> Option<Facet> {
    let listed = |list: &[([u8; 16], u32)]| {
        list.iter().any(|(set, number)| *set == name.set && NamedId::Lid(*number) == name.id)
    };
    let keywords = name.set == guid::PS_PUBLIC_STRINGS && name.id == NamedId::Text(KEYWORDS.to_owned());
    if keywords || listed(&DERIVED) || !DETAIL_SETS.contains(&name.set) {
        return None;
    }
    Some(if listed(&NAMED_DATES) { Facet::Dates } else { Facet::Details })
}
