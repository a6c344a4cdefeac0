//! A contact's JSON.

use serde_json::{Map, Value, json};

use super::super::clock::Moment;
use super::super::graph::items;
use super::super::mailbox::{Mailbox, Stored};
use super::prop;
use crate::mapi::{Item, lid, pid};

/// Members that are one text property each.
pub(in super::super) const TEXTS: [(&str, u16); 19] = [
    ("givenName", pid::GIVEN_NAME),
    ("surname", pid::SURNAME),
    ("middleName", pid::MIDDLE_NAME),
    ("displayName", pid::DISPLAY_NAME),
    ("title", pid::DISPLAY_NAME_PREFIX),
    ("generation", pid::GENERATION),
    ("initials", pid::INITIALS),
    ("nickName", pid::NICKNAME),
    ("jobTitle", pid::TITLE),
    ("companyName", pid::COMPANY_NAME),
    ("department", pid::DEPARTMENT_NAME),
    ("officeLocation", pid::OFFICE_LOCATION),
    ("manager", pid::MANAGER_NAME),
    ("assistantName", pid::ASSISTANT),
    ("profession", pid::PROFESSION),
    ("businessHomePage", pid::BUSINESS_HOME_PAGE),
    ("spouseName", pid::SPOUSE_NAME),
    ("mobilePhone", pid::MOBILE_TELEPHONE_NUMBER),
    ("personalNotes", pid::BODY),
];
/// Members that are one text property of PSETID_Address each.
pub(in super::super) const NAMED: [(&str, u32); 4] = [
    ("fileAs", lid::FILE_UNDER),
    ("yomiGivenName", lid::YOMI_FIRST_NAME),
    ("yomiSurname", lid::YOMI_LAST_NAME),
    ("yomiCompanyName", lid::YOMI_COMPANY_NAME),
];
/// Telephones: member and the properties it collects.
pub(in super::super) const PHONES: [(&str, [u16; 2]); 2] = [
    ("businessPhones", [pid::BUSINESS_TELEPHONE_NUMBER, pid::BUSINESS2_TELEPHONE_NUMBER]),
    ("homePhones", [pid::HOME_TELEPHONE_NUMBER, pid::HOME2_TELEPHONE_NUMBER]),
];
/// Members of an address in the order of the tables below.
pub(in super::super) const ADDRESS: [&str; 5] = ["street", "city", "state", "postalCode", "countryOrRegion"];
/// Addresses of unnamed properties.
pub(in super::super) const ADDRESSES: [(&str, [u16; 5]); 2] = [
    (
        "homeAddress",
        [
            pid::HOME_ADDRESS_STREET,
            pid::HOME_ADDRESS_CITY,
            pid::HOME_ADDRESS_STATE,
            pid::HOME_ADDRESS_POSTAL_CODE,
            pid::HOME_ADDRESS_COUNTRY,
        ],
    ),
    (
        "otherAddress",
        [
            pid::OTHER_ADDRESS_STREET,
            pid::OTHER_ADDRESS_CITY,
            pid::OTHER_ADDRESS_STATE,
            pid::OTHER_ADDRESS_POSTAL_CODE,
            pid::OTHER_ADDRESS_COUNTRY,
        ],
    ),
];
/// The business address: named properties.
pub(in super::super) const WORK: [u32; 5] = [
    lid::WORK_ADDRESS_STREET,
    lid::WORK_ADDRESS_CITY,
    lid::WORK_ADDRESS_STATE,
    lid::WORK_ADDRESS_POSTAL_CODE,
    lid::WORK_ADDRESS_COUNTRY,
];
/// Mail addresses: display name, type, address, original name.
pub(in super::super) const MAILS: [[u32; 4]; 3] = [
    [lid::EMAIL1_DISPLAY_NAME, lid::EMAIL1_ADDRESS_TYPE, lid::EMAIL1_ADDRESS, lid::EMAIL1_ORIGINAL_DISPLAY_NAME],
    [lid::EMAIL2_DISPLAY_NAME, lid::EMAIL2_ADDRESS_TYPE, lid::EMAIL2_ADDRESS, lid::EMAIL2_ORIGINAL_DISPLAY_NAME],
    [lid::EMAIL3_DISPLAY_NAME, lid::EMAIL3_ADDRESS_TYPE, lid::EMAIL3_ADDRESS, lid::EMAIL3_ORIGINAL_DISPLAY_NAME],
];

/// Whether an item is a contact of a person.
pub(in super::super) fn is_contact(item: &Item) -> bool {
    prop::text(item, pid::MESSAGE_CLASS).is_some_and(|class| class.to_lowercase().starts_with("ipm.contact"))
}

fn address(parts: [Option<String>; 5]) -> Value {
    let named = ADDRESS.iter().zip(parts).filter_map(|(name, value)| Some(((*name).to_owned(), json!(value?))));
    Value::Object(named.collect::<Map<String, Value>>())
}

fn mail(item: &Item, [display, kind, address, original]: [u32; 4]) -> Option<Value> {
    let smtp = prop::address(item, kind).is_none_or(|kind| kind.eq_ignore_ascii_case("SMTP"));
    let address = if smtp { prop::address(item, address) } else { prop::address(item, original) };
    let address = address.filter(|address| !address.is_empty())?;
    let name = prop::address(item, display).unwrap_or_else(|| address.clone());
    Some(json!({"name": name, "address": address}))
}

/// A contact's JSON.
pub(in super::super) fn json(mailbox: &Mailbox, stored: &Stored) -> Value {
    let item = &stored.item;
    let mut value = items::outlook_item(mailbox, stored);
    for (name, id) in TEXTS {
        value[name] = json!(prop::text(item, id));
    }
    for (name, id) in NAMED {
        value[name] = json!(prop::address(item, id));
    }
    for (name, ids) in PHONES {
        value[name] = ids.iter().filter_map(|id| prop::text(item, *id)).map(Value::from).collect();
    }
    for (name, ids) in ADDRESSES {
        value[name] = address(ids.map(|id| prop::text(item, id)));
    }
    value["businessAddress"] = address(WORK.map(|id| prop::address(item, id)));
    value["emailAddresses"] = MAILS.iter().filter_map(|ids| mail(item, *ids)).collect();
    value["imAddresses"] = prop::address(item, lid::INSTANT_MESSAGING_ADDRESS).map(Value::from).into_iter().collect();
    value["children"] = json!(prop::texts(item, pid::CHILDRENS_NAMES));
    value["birthday"] = json!(prop::time(item, pid::BIRTHDAY).map(Moment::text));
    value["parentFolderId"] = json!(mailbox.folder_id(stored.folder));
    value
}
