//! Tests of the stream with hand-made and generated items; tests/fxstream.rs has a server's.
#![allow(clippy::unwrap_used, clippy::panic)]

mod generated;

use bytes::Bytes;

use super::*;
use crate::mapi::item::{Attachment, Properties, Recipient};
use crate::mapi::tag::{Name, NamedId, Tag, Type};
use crate::mapi::value::{Property, Value};
use crate::mapi::{guid, lid, pid};

const NEW_ATTACHMENT: [u8; 4] = [0x03, 0x00, 0x00, 0x40];
const END_ATTACHMENT: [u8; 4] = [0x03, 0x00, 0x0e, 0x40];
const START_EMBEDDED: [u8; 4] = [0x03, 0x00, 0x01, 0x40];
const END_EMBEDDED: [u8; 4] = [0x03, 0x00, 0x02, 0x40];
const START_RECIPIENT: [u8; 4] = [0x03, 0x00, 0x03, 0x40];
const END_RECIPIENT: [u8; 4] = [0x03, 0x00, 0x04, 0x40];
/// 0017:0003 = 1
const IMPORTANCE: [u8; 8] = [0x03, 0x00, 0x17, 0x00, 1, 0, 0, 0];

fn lid_name(lid: u32) -> Name {
    Name { set: guid::PSETID_COMMON, id: NamedId::Lid(lid) }
}

/// Decodes, and holds it to giving the bytes back.
fn there_and_back(bytes: &[u8]) -> Item {
    let item = decode(bytes).unwrap();
    assert_eq!(encode(&item).unwrap(), bytes);
    item
}

/// A property with this type, id 1 and value bytes.
fn property(kind: u16, value: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &[1, 0], value].concat()
}

#[test]
fn the_bytes_of_the_notes() {
    let named_bool = [
        &[0x0b, 0x00, 0xe1, 0x80][..],
        &[0x08, 0x20, 0x06, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46],
        &[0x00, 0x03, 0x85, 0, 0, 0x00, 0x00],
    ];
    let class = [0xe4, 0x84, 0x1a, 0, 9, 0, 0, 0, b'I', b'P', b'M', b'.', b'N', b'o', b't', b'e', 0];
    let item = there_and_back(&[&IMPORTANCE[..], &class, &named_bool.concat()].concat());
    assert_eq!(item.value(pid::IMPORTANCE), Some(&Value::I32(1)));
    assert_eq!(item.value(pid::MESSAGE_CLASS).unwrap().text().unwrap(), "IPM.Note");
    assert_eq!(item.named(&guid::PSETID_COMMON, &NamedId::Lid(lid::REMINDER_SET)), Some(&Value::Bool(false)));
    assert_eq!(item.properties[2].tag, Tag(0x80E1_000B));
}

#[test]
fn odd_values_come_back_as_they_were() {
    let cases: [(u16, &[u8], Value); 12] = [
        (0x000B, &[2, 0], Value::Raw(Bytes::from_static(&[2, 0]))),
        (0x000B, &[1, 1], Value::Raw(Bytes::from_static(&[1, 1]))),
        (0x001F, &[0, 0, 0, 0], Value::Raw(Bytes::new())),
        (0x001F, &[2, 0, 0, 0, 0, 0], Value::Unicode(String::new())),
        (0x84B0, &[2, 0, 0, 0, b'a', 0], Value::Raw(Bytes::from_static(b"a\0"))),
        (0x001F, &[3, 0, 0, 0, b'a', 0, 0], Value::Raw(Bytes::from_static(b"a\0\0"))),
        (0x001F, &[4, 0, 0, 0, 0x3d, 0xd8, 0, 0], Value::Raw(Bytes::from_static(&[0x3d, 0xd8, 0, 0]))),
        (0x001E, &[2, 0, 0, 0, b'a', b'b'], Value::Raw(Bytes::from_static(b"ab"))),
        (0x84E4, &[3, 0, 0, 0, 0xe0, 0xe1, 0], Value::Bytes8(Bytes::from_static(&[0xe0, 0xe1]))),
        (0x0102, &[0, 0, 0, 0], Value::Binary(Bytes::new())),
        (0x00FB, &[1, 0, 0, 0, 7], Value::Binary(Bytes::from_static(&[7]))),
        (0x101F, &[0, 0, 0, 0], Value::Multi(Vec::new())),
    ];
    for (kind, bytes, value) in cases {
        let item = there_and_back(&property(kind, bytes));
        assert_eq!(item.properties[0].value, value, "{kind:04X}");
    }
}

#[test]
fn a_code_page_with_the_multi_value_bit_is_a_string() {
    // 0x8000 | 20866 = D182: KOI8-R.
    let item = there_and_back(&property(0xD182, &[2, 0, 0, 0, 0xC1, 0]));
    assert_eq!(item.properties[0].value, Value::Bytes8(Bytes::from_static(&[0xC1])));
}

#[test]
fn properties_that_look_like_markers() {
    let bytes = [
        &[0x1e, 0x00, 0x08, 0x40, 1, 0, 0, 0, 0][..],
        &[0x03, 0x00, 0x0f, 0x40, 5, 0, 0, 0],
        &[0x03, 0x00, 0x16, 0x40, 0x0d, 0x00, 0x12, 0x0e],
        &START_RECIPIENT,
        &END_RECIPIENT,
        &[0x03, 0x00, 0x16, 0x40, 0x0d, 0x00, 0x13, 0x0e],
        &NEW_ATTACHMENT,
        &END_ATTACHMENT,
        &[0x02, 0x01, 0x29, 0x40, 0, 0, 0, 0],
    ];
    let item = there_and_back(&bytes.concat());
    let ids: Vec<u16> = item.properties.iter().map(|property| property.tag.id()).collect();
    assert_eq!(ids, [pid::DN_PREFIX, pid::EC_WARNING, pid::FX_DEL_PROP, pid::FX_DEL_PROP, 0x4029]);
    assert_eq!((item.recipients.len(), item.attachments.len()), (1, 1));
}

#[test]
fn any_order_of_parts_is_read_and_kept() {
    let attachment = [&NEW_ATTACHMENT[..], &START_EMBEDDED, &IMPORTANCE, &END_EMBEDDED, &IMPORTANCE, &END_ATTACHMENT];
    let attachment = attachment.concat();
    let recipient = [&START_RECIPIENT[..], &IMPORTANCE, &END_RECIPIENT].concat();
    let mut item = there_and_back(&[&attachment[..], &recipient, &IMPORTANCE, &attachment].concat());
    assert_eq!((item.properties.len(), item.recipients.len(), item.attachments.len()), (1, 1, 2));
    // Whatever is added or taken away later, all of the rest is written.
    item.set(pid::SENSITIVITY, Type::I32, Value::I32(2));
    item.attachments.remove(0);
    item.recipients.push(Recipient::default());
    let again = decode(&encode(&item).unwrap()).unwrap();
    assert_eq!(again.properties, item.properties);
    assert_eq!(again.recipients, item.recipients);
    assert_eq!(again.attachments, item.attachments);
}

#[test]
fn message_lists() {
    let message = |start: u8| [&[0x03, 0x00, start, 0x40][..], &IMPORTANCE, &[0x03, 0x00, 0x0d, 0x40]].concat();
    let bytes = [message(0x0c), message(0x10)].concat();
    let list = decode_list(&bytes).unwrap();
    assert_eq!(list.iter().map(|listed| listed.associated).collect::<Vec<_>>(), [false, true]);
    assert_eq!(encode_list(&list).unwrap(), bytes);
    assert_eq!(decode_list(&IMPORTANCE), Err(DecodeError::StrayProperty { at: 8 }));
    assert_eq!(decode_list(&bytes[..12]), Err(DecodeError::UnexpectedEnd { at: 12 }));
}

#[test]
fn damaged_structure_is_refused() {
    let misplaced = |at: u64, marker: u32| Err(DecodeError::MisplacedMarker { at, marker });
    assert_eq!(decode(&END_RECIPIENT), misplaced(4, 0x4004_0003));
    assert_eq!(decode(&END_EMBEDDED), misplaced(4, 0x4002_0003));
    assert_eq!(decode(&[START_RECIPIENT, NEW_ATTACHMENT].concat()), misplaced(8, 0x4000_0003));
    assert_eq!(decode(&[0x03, 0x00, 0x0c, 0x40]), misplaced(4, 0x400C_0003));
    assert_eq!(decode(&[0x03, 0x00, 0x12, 0x40]), misplaced(4, 0x4012_0003));
    assert_eq!(decode(&[0x03, 0x00, 0x18, 0x40]), Err(DecodeError::Incomplete { at: 4 }));
    assert_eq!(decode(&START_RECIPIENT), Err(DecodeError::UnexpectedEnd { at: 4 }));
    assert_eq!(decode(&IMPORTANCE[..3]), Err(DecodeError::UnexpectedEnd { at: 3 }));
    let two_items = [START_EMBEDDED, END_EMBEDDED, START_EMBEDDED].concat();
    assert!(decode(&[&NEW_ATTACHMENT[..], &two_items].concat()).is_err());
}

#[test]
fn lengths_and_counts_beyond_the_end_are_refused_at_once() {
    let beyond = |at: u64| Err(DecodeError::LengthBeyondEnd { at });
    assert_eq!(decode(&property(0x0102, &[0xFF, 0xFF, 0xFF, 0x7F, 1])), beyond(4));
    assert_eq!(decode(&property(0x1003, &[0xFF, 0xFF, 0xFF, 0xFF, 1])), beyond(0));
    assert_eq!(decode(&property(0x101F, &[2, 0, 0, 0, 0, 0, 0, 0])), beyond(0));
    assert_eq!(decode(&property(0x0003, &[1, 2])), beyond(0));
}

#[test]
fn unknown_types_and_bad_names_are_refused() {
    let unknown = Err(DecodeError::UnknownType { at: 0, tag: 0x0001_0000 });
    assert_eq!(decode(&property(0x0000, &[0; 8])), unknown);
    for kind in [0x0001, 0x100D, 0x10FB, 0x1000, 0x7FFF] {
        assert!(decode(&property(kind, &[0; 8])).is_err(), "{kind:04X}");
    }
    let named = |id: u16, kind: u8, rest: &[u8]| {
        decode(&[&[0x03, 0x00][..], &id.to_le_bytes(), &guid::PSETID_TASK, &[kind], rest].concat())
    };
    let malformed = Err(DecodeError::MalformedName { at: 0 });
    assert_eq!(named(0x8000, 2, &[0; 8]), malformed);
    assert_eq!(named(0xFFFF, 0, &[0; 8]), malformed);
    assert_eq!(named(0x8000, 1, &[0x00, 0xD8, 0, 0, 0, 0, 0, 0]), malformed);
    assert_eq!(named(0x8000, 1, &[b'a'; 2 * MAX_NAME_BYTES]), malformed);
    assert!(named(0x8000, 1, &[b'a', 0, 0, 0, 1, 0, 0, 0]).is_ok());
}

#[test]
fn nesting_has_a_limit_on_both_ways() {
    let nested = |levels: usize| {
        let open = [NEW_ATTACHMENT, START_EMBEDDED].concat().repeat(levels);
        [open, [END_EMBEDDED, END_ATTACHMENT].concat().repeat(levels)].concat()
    };
    let mut deepest = there_and_back(&nested(MAX_NESTING));
    assert!(matches!(decode(&nested(MAX_NESTING + 1)), Err(DecodeError::TooDeep { .. })));
    let embedded = Some(Box::new(deepest.clone()));
    deepest.attachments = vec![Attachment { embedded, ..Attachment::default() }];
    assert_eq!(encode(&deepest), Err(EncodeError::TooDeep));
}

#[test]
fn a_list_has_no_more_properties_than_there_are_ids() {
    let full = IMPORTANCE.repeat(MAX_PROPERTIES);
    assert_eq!(decode(&full).unwrap().properties.len(), MAX_PROPERTIES);
    let over = [full, IMPORTANCE.to_vec()].concat();
    assert_eq!(decode(&over), Err(DecodeError::TooManyProperties { at: over.len() as u64 }));
}

#[test]
fn names_are_numbered_once_and_numbers_are_kept() {
    let mut item = Item::default();
    let kept = Property { tag: Tag::new(0x8001, Type::I32), name: Some(lid_name(1)), value: Value::I32(1) };
    item.properties.push(kept);
    item.set_named(lid_name(2), Type::I32, Value::I32(2));
    item.set_named(lid_name(3), Type::I32, Value::I32(3));
    let mut embedded = Item::default();
    embedded.set_named(lid_name(3), Type::I32, Value::I32(3));
    embedded.set_named(lid_name(1), Type::I32, Value::I32(1));
    item.attachments.push(Attachment { embedded: Some(Box::new(embedded)), ..Attachment::default() });
    let item = decode(&encode(&item).unwrap()).unwrap();
    let ids = |item: &Item| item.properties.iter().map(|property| property.tag.id()).collect::<Vec<_>>();
    assert_eq!(ids(&item), [0x8001, 0x8000, 0x8002]);
    assert_eq!(ids(item.attachments[0].embedded.as_ref().unwrap()), [0x8002, 0x8001]);
}

#[test]
fn what_cannot_be_written_is_an_error() {
    let encoded = |tag: u32, name: Option<Name>, value: Value| {
        encode(&Item { properties: vec![Property { tag: Tag(tag), name, value }], ..Item::default() })
    };
    let wrong_type = EncodeError::ValueType { tag: 0x0017_0003 };
    assert_eq!(encoded(0x0017_0003, None, Value::Bool(true)), Err(wrong_type));
    assert_eq!(encoded(0x0017_0003, None, Value::Multi(vec![])), Err(wrong_type));
    assert!(encoded(0x0037_101F, None, Value::Unicode("not in a list".to_owned())).is_err());
    assert!(encoded(0x0037_84E4, None, Value::Unicode("wide".to_owned())).is_err());
    assert!(encoded(0x000B_000B, None, Value::Raw(Bytes::from_static(&[1]))).is_err());
    let unnamed = EncodeError::Name { tag: 0x8000_0003 };
    assert_eq!(encoded(0x8000_0003, None, Value::I32(1)), Err(unnamed));
    assert!(encoded(0x0017_0003, Some(lid_name(1)), Value::I32(1)).is_err());
    let text = |text: String| Some(Name { set: guid::PS_PUBLIC_STRINGS, id: NamedId::Text(text) });
    assert_eq!(encoded(0x8000_0003, text("a\0b".to_owned()), Value::I32(1)), Err(unnamed));
    assert_eq!(encoded(0x8000_0003, text("a".repeat(MAX_NAME_BYTES)), Value::I32(1)), Err(unnamed));
    let marker = EncodeError::Marker { tag: 0x4000_0003 };
    assert_eq!(encoded(0x4000_0003, None, Value::I32(1)), Err(marker));
}

#[test]
fn fresh_items_suit_a_strict_importer() {
    let mut item = Item::default();
    item.set_named(lid_name(lid::COMPANIES), Type(0x101F), Value::Multi(vec![Value::Unicode("A".to_owned())]));
    item.set(pid::SUBJECT, Type::UNICODE, Value::Unicode("Hello".to_owned()));
    item.set(pid::MESSAGE_CLASS, Type::UNICODE, Value::Unicode("IPM.Contact".to_owned()));
    let written = decode(&encode_fresh(&item).unwrap()).unwrap();
    let tags: Vec<u32> = written.properties.iter().map(|property| property.tag.0).collect();
    assert_eq!(tags, [0x001A_84B0, 0x8000_101F, 0x0037_84B0]);

    item.properties.truncate(1);
    item.properties[0].tag = Tag::new(0x9234, Type(0x101F));
    let written = decode(&encode_fresh(&item).unwrap()).unwrap();
    let tags: Vec<u32> = written.properties.iter().map(|property| property.tag.0).collect();
    assert_eq!(tags, [0x8000_101F, 0x400F_0003]);

    let mut twice = Recipient::default();
    twice.set(pid::ROW_ID, Type::I32, Value::I32(7));
    item.recipients = vec![twice.clone(), Recipient::default(), twice];
    item.attachments = vec![Attachment::default(), Attachment::default()];
    let written = decode(&encode_fresh(&item).unwrap()).unwrap();
    let rows: Vec<_> = written.recipients.iter().map(|recipient| recipient.value(pid::ROW_ID)).collect();
    assert_eq!(rows, [Some(&Value::I32(0)), Some(&Value::I32(1)), Some(&Value::I32(2))]);
    assert_eq!(written.attachments[1].value(pid::ATTACH_NUMBER), Some(&Value::I32(1)));
}

#[test]
fn an_unknown_length_does_not_make_the_reader_hoard() {
    let mut reader = Reader::new();
    reader.push(&property(0x0102, &u32::MAX.to_le_bytes()));
    assert!(matches!(reader.next_event(), Ok(Some(Event::Property { .. }))));
    assert_eq!(reader.next_event(), Ok(Some(Event::LongValue { length: u32::MAX, unit: 1 })));
    for _ in 0..3 {
        reader.push(&[7; 100]);
        assert_eq!(reader.next_event(), Ok(Some(Event::Piece(Bytes::from_static(&[7; 100])))));
        assert_eq!(reader.next_event(), Ok(None));
    }
    assert_eq!(reader.finish(), Err(DecodeError::UnexpectedEnd { at: 308 }));
}
