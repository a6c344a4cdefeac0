//! The dictionaries of contacts: addresses, telephone numbers, places; each entry has its own property.

use crate::mapi::guid::PSETID_ADDRESS;
use crate::mapi::{Item, Type, Value};
use crate::practice::exchange::element::Element;
use crate::practice::exchange::shape::Shape;
use crate::practice::exchange::trouble::Trouble;
use crate::practice::exchange::view::{Slot, View};
use crate::practice::exchange::xml::Xml;

const fn address(lid: u32) -> Slot {
    Slot::Lid(PSETID_ADDRESS, lid)
}

static PHONES: [(&str, u16); 19] = [
    ("AssistantPhone", 0x3A2E),
    ("BusinessFax", 0x3A24),
    ("BusinessPhone", 0x3A08),
    ("BusinessPhone2", 0x3A1B),
    ("Callback", 0x3A02),
    ("CarPhone", 0x3A1E),
    ("CompanyMainPhone", 0x3A57),
    ("HomeFax", 0x3A25),
    ("HomePhone", 0x3A09),
    ("HomePhone2", 0x3A2F),
    ("Isdn", 0x3A2D),
    ("MobilePhone", 0x3A1C),
    ("OtherFax", 0x3A23),
    ("OtherTelephone", 0x3A1F),
    ("Pager", 0x3A21),
    ("PrimaryPhone", 0x3A1A),
    ("RadioPhone", 0x3A1D),
    ("Telex", 0x3A2C),
    ("TtyTddPhone", 0x3A4B),
];

/// Key; LIDs of address type, display name, address.
static EMAILS: [(&str, [u32; 3]); 3] = [
    ("EmailAddress1", [0x8082, 0x8080, 0x8083]),
    ("EmailAddress2", [0x8092, 0x8090, 0x8093]),
    ("EmailAddress3", [0x80A2, 0x80A0, 0x80A3]),
];

/// The parts of a place, in schema order.
const PARTS: [(&str, &str); 5] = [
    ("t:Street", "contacts:PhysicalAddress:Street"),
    ("t:City", "contacts:PhysicalAddress:City"),
    ("t:State", "contacts:PhysicalAddress:State"),
    ("t:CountryOrRegion", "contacts:PhysicalAddress:CountryOrRegion"),
    ("t:PostalCode", "contacts:PhysicalAddress:PostalCode"),
];

/// Key, and the property of each part.
static PLACES: [(&str, [Slot; 5]); 3] = [
    ("Business", [address(0x8045), address(0x8046), address(0x8047), address(0x8049), address(0x8048)]),
    ("Home", [Slot::Id(0x3A5D), Slot::Id(0x3A59), Slot::Id(0x3A5C), Slot::Id(0x3A5A), Slot::Id(0x3A5B)]),
    ("Other", [Slot::Id(0x3A63), Slot::Id(0x3A5F), Slot::Id(0x3A62), Slot::Id(0x3A60), Slot::Id(0x3A61)]),
];

/// Writes `t:EmailAddresses`.
pub(super) fn read_emails(view: &View, shape: &Shape, xml: &mut Xml) {
    let wanted = EMAILS
        .iter()
        .filter(|(key, _)| shape.wants_entry("contacts:EmailAddresses", "contacts:EmailAddress", key))
        .filter_map(|(key, [routing, name, email])| {
            let text = |lid: u32| address(lid).text(view.item).filter(|text| !text.is_empty());
            Some((*key, text(*email)?, text(*name), text(*routing)))
        });
    let wanted: Vec<_> = wanted.collect();
    if wanted.is_empty() {
        return;
    }
    xml.open("t:EmailAddresses");
    for (key, email, name, routing) in wanted {
        xml.open("t:Entry").attr("Key", key);
        if let Some(name) = name {
            xml.attr("Name", &name);
        }
        xml.attr("RoutingType", routing.as_deref().unwrap_or("SMTP"));
        xml.text(&email).close();
    }
    xml.close();
}

/// Sets the entries of `t:EmailAddresses`.
pub(super) fn write_emails(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    for (key, lids) in EMAILS {
        let entry = element.and_then(|element| entry(element, key));
        if element.is_none() || entry.is_some() {
            lids.iter().for_each(|lid| address(*lid).remove(item));
        }
        let Some(entry) = entry.filter(|entry| !entry.text.is_empty()) else { continue };
        let routing = entry.attribute("RoutingType").unwrap_or("SMTP");
        let name = entry.attribute("Name").unwrap_or(&entry.text);
        for (lid, text) in lids.into_iter().zip([routing, name, &entry.text]) {
            address(lid).set(item, Type::UNICODE, Value::Unicode(text.to_owned()));
        }
    }
    Ok(())
}

/// Writes `t:PhoneNumbers`.
pub(super) fn read_phones(view: &View, shape: &Shape, xml: &mut Xml) {
    let wanted = PHONES
        .iter()
        .filter(|(key, _)| shape.wants_entry("contacts:PhoneNumbers", "contacts:PhoneNumber", key))
        .filter_map(|(key, id)| Some((*key, Slot::Id(*id).text(view.item)?)));
    write_entries("t:PhoneNumbers", wanted.collect(), xml);
}

/// Sets the entries of `t:PhoneNumbers`.
pub(super) fn write_phones(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    for (key, id) in PHONES {
        set_entry(item, &Slot::Id(id), element, key);
    }
    Ok(())
}

/// Writes `t:ImAddresses`.
pub(super) fn read_chat(view: &View, shape: &Shape, xml: &mut Xml) {
    let wanted = shape.wants_entry("contacts:ImAddresses", "contacts:ImAddress", "ImAddress1");
    let value = address(0x8062).text(view.item).filter(|_| wanted);
    write_entries("t:ImAddresses", value.into_iter().map(|value| ("ImAddress1", value)).collect(), xml);
}

/// Sets the entry of `t:ImAddresses` that the store has.
pub(super) fn write_chat(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    set_entry(item, &address(0x8062), element, "ImAddress1");
    Ok(())
}

/// Writes `t:PhysicalAddresses`.
pub(super) fn read_places(view: &View, shape: &Shape, xml: &mut Xml) {
    let mut places = Xml::new();
    for (key, slots) in &PLACES {
        let parts = PARTS.iter().zip(slots).filter_map(|((element, dictionary), slot)| {
            let wanted = shape.wants_entry("contacts:PhysicalAddresses", dictionary, key);
            Some((*element, slot.text(view.item).filter(|text| wanted && !text.is_empty())?))
        });
        let parts: Vec<_> = parts.collect();
        if !parts.is_empty() {
            places.open("t:Entry").attr("Key", key);
            for (element, text) in parts {
                places.leaf(element, &text);
            }
            places.close();
        }
    }
    if !places.is_empty() {
        xml.open("t:PhysicalAddresses").append(&places).close();
    }
}

/// Sets the parts of the entries of `t:PhysicalAddresses`.
pub(super) fn write_places(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    for (key, slots) in &PLACES {
        let entry = element.and_then(|element| entry(element, key));
        for ((part, _), slot) in PARTS.iter().zip(slots) {
            let text = entry.and_then(|entry| entry.text_of(part));
            if element.is_none() || text.is_some() {
                slot.remove(item);
            }
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                slot.set(item, Type::UNICODE, Value::Unicode(text.to_owned()));
            }
        }
    }
    Ok(())
}

/// Deletes what an `IndexedFieldURI` names; false if there is no such entry.
pub(in crate::practice::exchange) fn delete_entry(item: &mut Item, dictionary: &str, index: &str) -> bool {
    let slots: Vec<Slot> = match dictionary {
        "contacts:PhoneNumber" => {
            PHONES.iter().filter(|(key, _)| *key == index).map(|(_, id)| Slot::Id(*id)).collect()
        }
        "contacts:ImAddress" if index == "ImAddress1" => vec![address(0x8062)],
        "contacts:EmailAddress" => {
            let lids = EMAILS.iter().filter(|(key, _)| *key == index).flat_map(|(_, lids)| lids);
            lids.map(|lid| address(*lid)).collect()
        }
        _ => {
            let part = PARTS.iter().position(|(_, part)| *part == dictionary);
            let place = PLACES.iter().find(|(key, _)| *key == index);
            place.zip(part).map(|((_, slots), part)| slots[part].clone()).into_iter().collect()
        }
    };
    slots.iter().for_each(|slot| slot.remove(item));
    !slots.is_empty()
}

fn entry<'a>(element: &'a Element, key: &str) -> Option<&'a Element> {
    element.all("t:Entry").find(|entry| entry.attribute("Key") == Some(key))
}

fn set_entry(item: &mut Item, slot: &Slot, element: Option<&Element>, key: &str) {
    let text = element.and_then(|element| entry(element, key)).map(|entry| entry.text.clone());
    if element.is_none() || text.is_some() {
        slot.remove(item);
    }
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        slot.set(item, Type::UNICODE, Value::Unicode(text));
    }
}

fn write_entries(element: &'static str, entries: Vec<(&str, String)>, xml: &mut Xml) {
    if !entries.is_empty() {
        xml.open(element);
        for (key, value) in entries {
            xml.open("t:Entry").attr("Key", key).text(&value).close();
        }
        xml.close();
    }
}
