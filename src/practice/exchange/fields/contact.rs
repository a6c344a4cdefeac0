//! Properties of contacts and private distribution lists.

use super::dictionary::{
    read_chat, read_emails, read_phones, read_places, write_chat, write_emails, write_phones, write_places,
};
use super::people::Person;
use super::{Codec, Field};
use crate::mapi::guid::{PSETID_ADDRESS, PSETID_COMMON};
use crate::mapi::{Type, Value};
use crate::practice::exchange::shape::Shape;
use crate::practice::exchange::version::Schema;
use crate::practice::exchange::view::{Slot, View};
use crate::practice::exchange::xml::Xml;

const fn address(lid: u32) -> Slot {
    Slot::Lid(PSETID_ADDRESS, lid)
}

const POSTAL: &[(i32, &str)] = &[(0, "None"), (1, "Home"), (2, "Business"), (3, "Other")];

/// Of contacts.
pub(in crate::practice::exchange) static CONTACT: &[Field] = &[
    Field::default("contacts:FileAs", "t:FileAs", Codec::Text(address(0x8005))),
    Field::all("contacts:DisplayName", "t:DisplayName", Codec::Text(Slot::Id(0x3001))),
    Field::all("contacts:GivenName", "t:GivenName", Codec::Text(Slot::Id(0x3A06))),
    Field::all("contacts:Initials", "t:Initials", Codec::Text(Slot::Id(0x3A0A))),
    Field::all("contacts:MiddleName", "t:MiddleName", Codec::Text(Slot::Id(0x3A44))),
    Field::all("contacts:Nickname", "t:Nickname", Codec::Text(Slot::Id(0x3A4F))),
    Field::default("contacts:CompleteName", "t:CompleteName", Codec::Made(read_complete_name)),
    Field::default("contacts:CompanyName", "t:CompanyName", Codec::Text(Slot::Id(0x3A16))),
    Field::default("contacts:EmailAddresses", "t:EmailAddresses", Codec::Both(read_emails, write_emails)),
    Field::default("contacts:PhysicalAddresses", "t:PhysicalAddresses", Codec::Both(read_places, write_places)),
    Field::default("contacts:PhoneNumbers", "t:PhoneNumbers", Codec::Both(read_phones, write_phones)),
    Field::all("contacts:AssistantName", "t:AssistantName", Codec::Text(Slot::Id(0x3A30))),
    Field::all("contacts:Birthday", "t:Birthday", Codec::Time(Slot::Id(0x3A42))),
    Field::all("contacts:BusinessHomePage", "t:BusinessHomePage", Codec::Text(Slot::Id(0x3A51))),
    Field::all("contacts:Children", "t:Children", Codec::Texts(Slot::Id(0x3A58))),
    Field::all("contacts:Companies", "t:Companies", Codec::Texts(Slot::Lid(PSETID_COMMON, 0x8539))),
    Field::all("contacts:Department", "t:Department", Codec::Text(Slot::Id(0x3A18))),
    Field::all("contacts:Generation", "t:Generation", Codec::Text(Slot::Id(0x3A05))),
    Field::default("contacts:ImAddresses", "t:ImAddresses", Codec::Both(read_chat, write_chat)),
    Field::default("contacts:JobTitle", "t:JobTitle", Codec::Text(Slot::Id(0x3A17))),
    Field::all("contacts:Manager", "t:Manager", Codec::Text(Slot::Id(0x3A4E))),
    Field::all("contacts:Mileage", "t:Mileage", Codec::Text(Slot::Lid(PSETID_COMMON, 0x8534))),
    Field::all("contacts:OfficeLocation", "t:OfficeLocation", Codec::Text(Slot::Id(0x3A19))),
    Field::all("contacts:PostalAddressIndex", "t:PostalAddressIndex", Codec::Choice(address(0x8022), POSTAL)),
    Field::all("contacts:Profession", "t:Profession", Codec::Text(Slot::Id(0x3A46))),
    Field::all("contacts:SpouseName", "t:SpouseName", Codec::Text(Slot::Id(0x3A48))),
    Field::all("contacts:Surname", "t:Surname", Codec::Text(Slot::Id(0x3A11))),
    Field::all("contacts:WeddingAnniversary", "t:WeddingAnniversary", Codec::Time(Slot::Id(0x3A41))),
    Field::later("contacts:HasPicture", "t:HasPicture", Schema::E2010, Codec::Bool(address(0x8015))),
];

/// Of private distribution lists.
pub(in crate::practice::exchange) static LIST: &[Field] = &[
    Field::default("contacts:DisplayName", "t:DisplayName", Codec::Text(Slot::Id(0x3001))),
    Field::default("contacts:FileAs", "t:FileAs", Codec::Text(address(0x8005))),
    Field::asked("distributionlist:Members", "t:Members", Schema::E2010, Codec::Made(read_members)),
];

fn read_complete_name(view: &View, _: &Shape, xml: &mut Xml) {
    const PARTS: [(&str, u16); 8] = [
        ("t:Title", 0x3A45),
        ("t:FirstName", 0x3A06),
        ("t:MiddleName", 0x3A44),
        ("t:LastName", 0x3A11),
        ("t:Suffix", 0x3A05),
        ("t:Initials", 0x3A0A),
        ("t:FullName", 0x3001),
        ("t:Nickname", 0x3A4F),
    ];
    xml.open("t:CompleteName");
    for (element, id) in PARTS {
        xml.maybe(element, Slot::Id(id).text(view.item).as_deref());
    }
    xml.close();
}

/// The members stand as one-off entry ids in 0x8054: provider, flags, then name, type and address in UTF-16.
fn read_members(view: &View, _: &Shape, xml: &mut Xml) {
    let Some(Value::Multi(ids)) = address(0x8054).get(view.item) else { return };
    xml.open("t:Members");
    for id in ids {
        let Value::Binary(bytes) = id else { continue };
        if let Some(person) = one_off(bytes) {
            xml.open("t:Member");
            person.write(view.call.exchange, xml);
            xml.leaf("t:Status", "Normal").close();
        }
    }
    xml.close();
}

/// Reads a one-off entry id (MS-OXCDATA 2.2.5.1).
pub(in crate::practice::exchange) fn one_off(bytes: &[u8]) -> Option<Person> {
    /// Bytes of flags, provider, version and format before the strings.
    const HEADER: usize = 24;
    /// The format bit of UTF-16 strings.
    const UNICODE: u8 = 0x80;
    if bytes.get(23)? & UNICODE == 0 {
        return None;
    }
    let units = bytes.get(HEADER..)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let text = String::from_utf16_lossy(&units.collect::<Vec<_>>());
    let mut parts = text.split('\0').map(str::to_owned);
    Some(Person { name: parts.next()?, routing: parts.next()?, address: parts.next()? })
}

/// Every contact that a client creates has a display name and a filing name.
pub(in crate::practice::exchange) fn complete(item: &mut crate::mapi::Item) {
    let names = [0x3A06, 0x3A44, 0x3A11].map(|id| Slot::Id(id).text(item).unwrap_or_default());
    let full = names.iter().filter(|name| !name.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    for slot in [Slot::Id(0x3001), Slot::Id(0x0037), address(0x8005)] {
        if slot.text(item).is_none() && !full.is_empty() {
            slot.set(item, Type::UNICODE, Value::Unicode(full.clone()));
        }
    }
}
