//! Tests of the facets: what does not matter does not change them, and what does changes exactly its own.
#![allow(clippy::unwrap_used)]

use bytes::Bytes;

use super::*;
use crate::mapi::container::{self, Version};
use crate::mapi::{Name, Property, Tag, Type, lid, stream};

const STRINGS: Type = Type(Type::UNICODE.0 | Type::MULTI);

fn text(text: &str) -> Value {
    Value::Unicode(text.to_owned())
}

fn named(set: [u8; 16], number: u32) -> Name {
    Name { set, id: NamedId::Lid(number) }
}

fn keywords() -> Name {
    Name { set: guid::PS_PUBLIC_STRINGS, id: NamedId::Text(rule::KEYWORDS.to_owned()) }
}

fn recipient(row: i32, name: &str, address: &str) -> Recipient {
    let mut recipient = Recipient::default();
    recipient.set(pid::ROW_ID, Type::I32, Value::I32(row));
    recipient.set(pid::RECIPIENT_TYPE, Type::I32, Value::I32(1));
    recipient.set(pid::DISPLAY_NAME, Type::UNICODE, text(name));
    recipient.set(pid::EMAIL_ADDRESS, Type::UNICODE, text(address));
    recipient
}

/// Something of everything.
fn sample() -> Item {
    let mut item = Item::default();
    item.set(pid::MESSAGE_CLASS, Type::UNICODE, text("IPM.Note"));
    item.set(pid::SUBJECT_PREFIX, Type::UNICODE, text("AW: "));
    item.set(pid::NORMALIZED_SUBJECT, Type::UNICODE, text("Größe"));
    item.set(pid::SUBJECT, Type::UNICODE, text("AW: Größe"));
    item.set(pid::CLIENT_SUBMIT_TIME, Type::TIME, Value::Time(132_000_000_000_000_000));
    item.set(pid::MESSAGE_FLAGS, Type::I32, Value::I32(1));
    item.set(pid::SENDER_NAME, Type::UNICODE, text("Jörg"));
    item.set(pid::SENDER_EMAIL_ADDRESS, Type::UNICODE, text("joerg@corp.test"));
    item.set(pid::BODY, Type::UNICODE, text("Hello\r\n"));
    item.set(pid::HTML, Type::BINARY, Value::Binary(Bytes::from_static(b"<p>Hello</p>")));
    item.set(pid::INTERNET_MESSAGE_ID, Type::UNICODE, text("<1@corp.test>"));
    item.set_named(keywords(), STRINGS, Value::Multi(vec![text("Red"), text("Blue")]));
    item.set_named(named(guid::PSETID_APPOINTMENT, lid::APPOINTMENT_LOCATION), Type::UNICODE, text("Room 1"));
    item.set_named(named(guid::PSETID_APPOINTMENT, lid::APPOINTMENT_START), Type::TIME, Value::Time(1));
    item.recipients = vec![recipient(0, "Ann", "ann@corp.test"), recipient(1, "Bob", "bob@corp.test")];
    let mut attachment = Attachment::default();
    attachment.set(pid::ATTACH_METHOD, Type::I32, Value::I32(1));
    attachment.set(pid::ATTACH_LONG_FILENAME, Type::UNICODE, text("a.bin"));
    attachment.set(pid::ATTACH_DATA, Type::BINARY, Value::Binary(Bytes::from_static(&[1, 2, 3])));
    let mut inner = Item::default();
    inner.set(pid::SUBJECT, Type::UNICODE, text("inner"));
    let mut outer = Attachment { embedded: Some(Box::new(inner)), ..Attachment::default() };
    outer.set(pid::ATTACH_METHOD, Type::I32, Value::I32(5));
    item.attachments = vec![attachment, outer];
    item
}

/// The facets in which a changed sample differs.
fn changed(change: impl FnOnce(&mut Item)) -> Vec<Facet> {
    let mut item = sample();
    change(&mut item);
    facets(&sample()).differences(&facets(&item))
}

fn set(id: u16, kind: Type, value: Value) -> impl FnOnce(&mut Item) {
    move |item| item.set(id, kind, value)
}

fn set_named(name: Name, kind: Type, value: Value) -> impl FnOnce(&mut Item) {
    move |item| item.set_named(name, kind, value)
}

#[test]
fn every_facet_has_its_digest() {
    assert_eq!(facets(&Item::default()).0.len(), Facet::ALL.len());
}

#[test]
fn order_numbers_and_spelling_do_not_matter() {
    assert_eq!(changed(|item| item.properties.reverse()), []);
    assert_eq!(changed(|item| item.recipients.reverse()), [], "row ids say the order");
    assert_eq!(changed(|item| *item = stream::decode(&stream::encode(item).unwrap()).unwrap()), []);
    assert_eq!(changed(|item| *item = stream::decode(&stream::encode_fresh(item).unwrap()).unwrap()), []);
    let latin = Value::Bytes8(Bytes::from_static(b"AW: Gr\xf6\xdfe"));
    assert_eq!(changed(set(pid::SUBJECT, Type(0x84E4), latin.clone())), []);
    assert_eq!(changed(set(pid::SUBJECT, Type::STRING8, latin)), []);
    assert_eq!(changed(|item| item.remove(pid::SUBJECT)), [], "prefix and normalised subject say the same");
    assert_eq!(changed(set(pid::BODY, Type::UNICODE, text("Hello\r\n\0"))), []);
    assert_eq!(changed(set(pid::HTML, Type::UNICODE, text("<p>Hello</p>"))), []);
    assert_eq!(changed(set_named(keywords(), STRINGS, Value::Multi(vec![text("Blue"), text("Red")]))), []);
    assert_eq!(changed(|item| item.recipients[0].set(pid::RECIPIENT_TYPE, Type::I32, Value::I32(0x101))), []);
    let smtp = |item: &mut Item| item.recipients[0].set(pid::SMTP_ADDRESS, Type::UNICODE, text("ann@corp.test"));
    assert_eq!(changed(smtp), []);
}

#[test]
fn what_servers_make_anew_does_not_matter() {
    assert_eq!(changed(set(pid::CREATION_TIME, Type::TIME, Value::Time(5))), []);
    assert_eq!(changed(set(pid::LAST_MODIFICATION_TIME, Type::TIME, Value::Time(5))), []);
    assert_eq!(changed(set(pid::MESSAGE_FLAGS, Type::I32, Value::I32(1 | 2 | 16 | 0x400))), []);
    assert_eq!(changed(set(pid::MID, Type::I64, Value::I64(5))), []);
    assert_eq!(changed(set(pid::IMPORTANCE, Type::I32, Value::I32(1))), [], "normal is what none means");
    assert_eq!(changed(set(pid::SENSITIVITY, Type::I32, Value::I32(0))), []);
    assert_eq!(changed(set(pid::TRANSPORT_MESSAGE_HEADERS, Type::UNICODE, text(""))), [], "empty is as good as none");
    let version = named(guid::PSETID_COMMON, lid::CURRENT_VERSION);
    assert_eq!(changed(set_named(version, Type::I32, Value::I32(160_000))), []);
}

#[test]
fn class_and_subject() {
    assert_eq!(changed(set(pid::MESSAGE_CLASS, Type::UNICODE, text("IPM.Post"))), [Facet::Class]);
    assert_eq!(changed(set(pid::SUBJECT, Type::UNICODE, text("AW: Grösse"))), [Facet::Subject]);
    assert_eq!(changed(set(pid::SUBJECT, Type::UNICODE, text("AW: größe"))), [Facet::Subject]);
}

#[test]
fn dates() {
    let later = Value::Time(132_000_000_000_000_001);
    assert_eq!(changed(set(pid::CLIENT_SUBMIT_TIME, Type::TIME, later.clone())), [Facet::Dates]);
    assert_eq!(changed(set(pid::MESSAGE_DELIVERY_TIME, Type::TIME, later.clone())), [Facet::Dates]);
    assert_eq!(changed(|item| item.remove(pid::CLIENT_SUBMIT_TIME)), [Facet::Dates]);
    for (set, number) in [
        (guid::PSETID_APPOINTMENT, lid::APPOINTMENT_START),
        (guid::PSETID_TASK, lid::TASK_DUE_DATE),
        (guid::PSETID_TASK, lid::TASK_DATE_COMPLETED),
        (guid::PSETID_COMMON, lid::REMINDER_TIME),
    ] {
        assert_eq!(changed(set_named(named(set, number), Type::TIME, later.clone())), [Facet::Dates], "{number:04X}");
    }
}

#[test]
fn state() {
    for flags in [0, 8, 9] {
        assert_eq!(changed(set(pid::MESSAGE_FLAGS, Type::I32, Value::I32(flags))), [Facet::State]);
    }
    for id in [pid::FLAG_STATUS, pid::FOLLOWUP_ICON, pid::IMPORTANCE, pid::SENSITIVITY] {
        assert_eq!(changed(set(id, Type::I32, Value::I32(2))), [Facet::State], "{id:04X}");
    }
    assert_eq!(changed(set(pid::FLAG_COMPLETE_TIME, Type::TIME, Value::Time(5))), [Facet::State]);
    assert_eq!(changed(set_named(keywords(), STRINGS, Value::Multi(vec![text("Red")]))), [Facet::State]);
    let one = Value::Multi(vec![text("RedBlue")]);
    assert_eq!(changed(set_named(keywords(), STRINGS, one)), [Facet::State]);
}

#[test]
fn people() {
    assert_eq!(changed(set(pid::SENDER_NAME, Type::UNICODE, text("Jorg"))), [Facet::People]);
    assert_eq!(changed(set(pid::SENDER_SMTP_ADDRESS, Type::UNICODE, text("j@corp.test"))), [Facet::People]);
    assert_eq!(changed(set(pid::SENT_REPRESENTING_NAME, Type::UNICODE, text("Eve"))), [Facet::People]);
    assert_eq!(changed(|item| item.recipients.truncate(1)), [Facet::People]);
    assert_eq!(changed(|item| item.recipients[1] = recipient(1, "Bob", "bob@else.test")), [Facet::People]);
    assert_eq!(changed(|item| item.recipients[1] = recipient(1, "Rob", "bob@corp.test")), [Facet::People]);
    let cc = |item: &mut Item| item.recipients[1].set(pid::RECIPIENT_TYPE, Type::I32, Value::I32(2));
    assert_eq!(changed(cc), [Facet::People]);
    let swapped = |item: &mut Item| {
        item.recipients = vec![recipient(0, "Bob", "bob@corp.test"), recipient(1, "Ann", "ann@corp.test")];
    };
    assert_eq!(changed(swapped), [Facet::People]);
}

#[test]
fn body() {
    assert_eq!(changed(set(pid::BODY, Type::UNICODE, text("Hello\n"))), [Facet::Body], "line ends count");
    let html = Value::Binary(Bytes::from_static(b"<p>hello</p>"));
    assert_eq!(changed(set(pid::HTML, Type::BINARY, html)), [Facet::Body]);
    let rtf = Value::Binary(Bytes::from_static(&[1]));
    assert_eq!(changed(set(pid::RTF_COMPRESSED, Type::BINARY, rtf)), [Facet::Body]);
}

#[test]
fn attachments() {
    let only = [Facet::Attachments];
    let data = |item: &mut Item| {
        item.attachments[0].set(pid::ATTACH_DATA, Type::BINARY, Value::Binary(Bytes::from_static(&[1, 2, 4])));
    };
    assert_eq!(changed(data), only);
    let name = |item: &mut Item| item.attachments[0].set(pid::ATTACH_LONG_FILENAME, Type::UNICODE, text("b.bin"));
    assert_eq!(changed(name), only);
    let id = |item: &mut Item| item.attachments[0].set(pid::ATTACH_CONTENT_ID, Type::UNICODE, text("x"));
    assert_eq!(changed(id), only);
    assert_eq!(changed(|item| item.attachments.reverse()), only);
    assert_eq!(changed(|item| item.attachments.truncate(1)), only);
    assert_eq!(changed(|item| item.attachments[1].embedded = None), only);
    let hidden = |item: &mut Item| item.attachments[0].set(pid::ATTACHMENT_HIDDEN, Type::BOOL, Value::Bool(true));
    assert_eq!(changed(hidden), only);
    let inner = |item: &mut Item| {
        let embedded = item.attachments[1].embedded.as_mut().unwrap();
        embedded.set(pid::SUBJECT, Type::UNICODE, text("other"));
    };
    assert_eq!(changed(inner), only);
}

#[test]
fn details() {
    let only = [Facet::Details];
    assert_eq!(changed(set(pid::INTERNET_MESSAGE_ID, Type::UNICODE, text("<2@corp.test>"))), only);
    assert_eq!(changed(set(pid::GIVEN_NAME, Type::UNICODE, text("Ann"))), only);
    let location = named(guid::PSETID_APPOINTMENT, lid::APPOINTMENT_LOCATION);
    assert_eq!(changed(set_named(location, Type::UNICODE, text("Room 2"))), only);
    let email = named(guid::PSETID_ADDRESS, lid::EMAIL1_ADDRESS);
    assert_eq!(changed(set_named(email, Type::UNICODE, text("a@corp.test"))), only);
    let companies = named(guid::PSETID_COMMON, lid::COMPANIES);
    let [one, two] = [vec![text("A"), text("B")], vec![text("B"), text("A")]];
    let mut first = sample();
    first.set_named(companies.clone(), STRINGS, Value::Multi(one));
    let mut second = sample();
    second.set_named(companies, STRINGS, Value::Multi(two));
    assert_eq!(facets(&first).differences(&facets(&second)), only, "values in order");
    let foreign = Property { tag: Tag::new(0x9000, Type::I32), name: Some(named([7; 16], 1)), value: Value::I32(1) };
    assert_eq!(changed(|item| item.properties.push(foreign)), [], "sets that are nobody's");
}

#[test]
fn strings_of_other_code_pages_are_compared_as_bytes() {
    let cyrillic = Value::Bytes8(Bytes::from_static(&[0xC1, 0xC2]));
    let mut one = sample();
    one.set(pid::BODY, Type(0x84E3), cyrillic.clone());
    let mut other = sample();
    other.set(pid::BODY, Type::STRING8, cyrillic);
    assert_eq!(facets(&one).differences(&facets(&other)), [Facet::Body]);
    one.set(pid::BODY, Type(0x84E3), Value::Bytes8(Bytes::from_static(b"Hello\r\n")));
    assert_eq!(facets(&one).differences(&facets(&sample())), []);
}

#[test]
fn the_digests_are_those_that_ledgers_hold() {
    let mut item = Item::default();
    item.set(pid::BODY, Type::UNICODE, text("Hello"));
    // SHA-256 of: 2, the id 1000; 6, "sHello"; the number of entries, 1. Numbers are 64 bits, little-endian.
    let hex: String = facets(&item).0[&Facet::Body].iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, "f527ec0b6de1048a8ad1e8d56c69332bf8c9860be9689b9ea1d0c9bc155fc3b0");
}

/// The same item as it lies in a container.
fn in_place(item: &Item) -> Item {
    let stream = stream::encode(item).unwrap();
    container::read_item(&container::wrap(&stream, Version([0; 6])).into()).unwrap()
}

#[test]
fn long_values_count_as_short_ones_do() {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let repeated = |piece: &[u8], end: &[u8]| Bytes::from([&piece.repeat(50_000 / piece.len()), end].concat());
    let odd = [&wide("ä€𐐀x")[..], &[0x3d, 0xd8]].concat();
    let values = [
        (Type::UNICODE, Value::Unicode("ä€𐐀\0x".repeat(9_000) + "\0\0")),
        (Type::UNICODE_CODEPAGE, Value::Unicode("\0".repeat(40_000) + "x")),
        (Type::UNICODE, Value::Raw(repeated(&odd, b""))),
        (Type::UNICODE, Value::Raw(repeated(&wide("ab\0"), &[7]))),
        (Type::STRING8, Value::Bytes8(repeated(b"na\xefve \x80\0", b"\0\0"))),
        (Type::STRING8, Value::Raw(repeated(b"na\xefve", b"!"))),
        (Type(0x84E4), Value::Bytes8(repeated(b"na\xefve", b"\0"))),
        (Type(0x84E3), Value::Bytes8(repeated(b"\xc1\xc2\0", b"\0"))),
        (Type(0x84E3), Value::Bytes8(repeated(b"ascii", b""))),
        (Type(0x84E3), Value::Raw(repeated(b"\xc1\xc2", b""))),
        (Type::BINARY, Value::Binary(repeated(b"<p>\0", b"\0\0"))),
        (Type::BINARY, Value::Binary(repeated(b"\0", b""))),
        (Type::OBJECT, Value::Object(repeated(&[1, 2, 0], b""))),
        (STRINGS, Value::Multi(vec![text(&"long".repeat(9_000)), text("short"), text("")])),
    ];
    for (kind, value) in values {
        for id in [pid::BODY, pid::HTML, pid::SUBJECT, pid::SENDER_NAME, pid::TRANSPORT_MESSAGE_HEADERS] {
            let mut item = sample();
            item.set(id, kind, value.clone());
            item.attachments[0].set(pid::ATTACH_DATA, kind, value.clone());
            item.attachments[0].set(pid::ATTACH_LONG_FILENAME, kind, value.clone());
            let left = in_place(&item);
            assert!(matches!(left.value(id), Some(Value::Long(_) | Value::Multi(_))), "{kind:?}");
            assert_eq!(facets(&left).differences(&facets(&item)), [], "{kind:?} {id:04X}");
            assert_eq!(subject(&left), subject(&item));
        }
    }
}
