//! What generated content must be: exactly as much as asked for, the same every time, and of every kind.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;

use super::*;
use crate::mapi::{Item, NamedId, Properties, Value, guid, lid, pid};
use crate::practice::organisation::directory::directory;

fn mailboxes(count: usize, items: usize, seed: u64) -> Vec<Mailbox> {
    let directory = directory(count);
    let owner = |address: &String| directory.entries.iter().find(|entry| entry.address == *address).unwrap();
    let owners = directory.visible.iter().map(owner).enumerate();
    owners.map(|(number, owner)| mailbox(owner, number, &directory.entries, items, seed)).collect()
}

fn text(item: &Item, id: u16) -> Option<&str> {
    match item.value(id) {
        Some(Value::Unicode(text)) => Some(text),
        _ => None,
    }
}

fn long(item: &Item, id: u16) -> i32 {
    match item.value(id) {
        Some(Value::I32(number)) => *number,
        _ => 0,
    }
}

fn classes(mailbox: &Mailbox) -> BTreeSet<String> {
    mailbox.items().filter_map(|stored| text(&stored.item, pid::MESSAGE_CLASS)).map(str::to_owned).collect()
}

#[test]
fn counts_are_exact() {
    for items in [0, 1, 2, 9, 10, 11, 40, 73] {
        for mailbox in mailboxes(6, items, 1) {
            assert_eq!(mailbox.items().count(), items);
        }
    }
}

#[test]
fn ten_items_are_of_every_kind() {
    let kinds = classes(&mailboxes(1, 10, 1)[0]);
    assert_eq!(
        kinds.into_iter().collect::<Vec<_>>(),
        ["IPM.Appointment", "IPM.Contact", "IPM.Note", "IPM.StickyNote", "IPM.Task"]
    );
}

#[test]
fn the_same_seed_gives_the_same_content_and_another_does_not() {
    let items = |seed| {
        let all: Vec<_> =
            mailboxes(3, 45, seed).iter().flat_map(|m| m.items().cloned().collect::<Vec<_>>()).collect();
        all
    };
    let first = items(7);
    assert!(first == items(7));
    assert!(first != items(8));
}

#[test]
fn search_keys_are_unique_in_the_whole_company() {
    let mut keys = BTreeSet::new();
    for mailbox in mailboxes(5, 60, 3) {
        for stored in mailbox.items() {
            let Some(Value::Binary(key)) = stored.item.value(pid::SEARCH_KEY) else { panic!("no key") };
            assert_eq!(key.len(), 16);
            assert!(keys.insert(key.clone()));
        }
    }
}

#[test]
fn forty_items_have_nearly_every_oddity() {
    let all = mailboxes(2, 40, 1);
    let items: Vec<_> = all.iter().flat_map(Mailbox::items).map(|stored| &stored.item).collect();
    let any = |test: &dyn Fn(&Item) -> bool| items.iter().any(|item| test(item));
    let attachment = |test: &dyn Fn(&crate::mapi::Attachment) -> bool| any(&|item| item.attachments.iter().any(test));
    let data = |attachment: &crate::mapi::Attachment| match attachment.value(pid::ATTACH_DATA) {
        Some(Value::Binary(data)) => Some(data.len()),
        _ => None,
    };
    assert!(any(&|item| long(item, pid::MESSAGE_FLAGS) & 8 != 0), "draft");
    assert!(any(&|item| long(item, pid::MESSAGE_FLAGS) & 1 == 0), "unread");
    assert!(any(&|item| long(item, pid::FLAG_STATUS) == 2), "flagged");
    assert!(any(&|item| long(item, pid::FLAG_STATUS) == 1), "complete");
    assert!(any(&|item| long(item, pid::IMPORTANCE) == 2), "important");
    assert!(any(&|item| long(item, pid::SENSITIVITY) == 3), "confidential");
    assert!(any(&|item| item.value(pid::SUBJECT).is_none()), "no subject");
    assert!(any(&|item| text(item, pid::SUBJECT).is_some_and(|s| s.chars().count() > 800)), "long subject");
    assert!(any(&|item| item.recipients.len() > 100), "many recipients");
    assert!(any(&|item| text(item, pid::BODY).is_some_and(|body| body.contains('\u{1}'))), "control characters");
    assert!(any(&|item| text(item, pid::BODY).is_none() && item.value(pid::HTML).is_some()), "html only");
    assert!(any(&|item| text(item, pid::INTERNET_REFERENCES).is_some()), "threads");
    let nameless = |item: &Item| {
        text(item, pid::MESSAGE_CLASS) == Some("IPM.Note")
            && text(item, pid::INTERNET_MESSAGE_ID).is_none()
            && long(item, pid::MESSAGE_FLAGS) & 8 == 0
    };
    assert!(any(&nameless), "sent without Message-ID");
    assert!(attachment(&|a| a.embedded.as_ref().is_some_and(|item| !item.attachments.is_empty())), "embedded");
    assert!(attachment(&|a| data(a) == Some(0)), "empty attachment");
    assert!(attachment(&|a| a.value(pid::ATTACH_CONTENT_ID).is_some()), "inline");
    assert_eq!(items.iter().flat_map(|i| &i.attachments).filter(|a| data(a) == Some(5 << 20)).count(), 1, "largest");
    assert!(attachment(&|a| data(a).is_some_and(|size| (200_000..900_000).contains(&size))), "large");
    let bcc = |item: &Item| item.recipients.iter().any(|r| r.value(pid::RECIPIENT_TYPE) == Some(&Value::I32(3)));
    assert!(any(&bcc), "bcc");
}

#[test]
fn calendars_have_series_with_an_exception_and_meetings() {
    let all = mailboxes(1, 100, 1);
    let events: Vec<_> = all[0].items().map(|stored| &stored.item).collect();
    let series = |item: &&&Item| {
        let id = NamedId::Lid(lid::APPOINTMENT_RECURRENCE);
        item.named(&guid::PSETID_APPOINTMENT, &id).is_some()
    };
    let series: Vec<_> = events.iter().filter(series).collect();
    assert!(series.len() >= 2);
    for item in &series {
        let changed = item.attachments[0].embedded.as_ref().unwrap();
        assert!(text(changed, pid::MESSAGE_CLASS).unwrap().starts_with("IPM.OLE.CLASS.{00061055"));
        let id = NamedId::Lid(lid::EXCEPTION_REPLACE_TIME);
        assert!(changed.named(&guid::PSETID_APPOINTMENT, &id).is_some());
    }
    assert!(series.iter().any(|item| !item.recipients.is_empty()));
}

#[test]
fn recipients_and_attachments_are_numbered_from_zero() {
    for mailbox in mailboxes(2, 40, 5) {
        for stored in mailbox.items() {
            for (row, recipient) in (0..).zip(&stored.item.recipients) {
                assert_eq!(recipient.value(pid::ROW_ID), Some(&Value::I32(row)));
            }
            for (number, attachment) in (0..).zip(&stored.item.attachments) {
                assert_eq!(attachment.value(pid::ATTACH_NUMBER), Some(&Value::I32(number)));
            }
        }
    }
}

#[test]
fn the_header_block_is_ascii_and_ends_with_an_empty_line() {
    for mailbox in mailboxes(2, 60, 5) {
        for headers in mailbox.items().filter_map(|stored| text(&stored.item, pid::TRANSPORT_MESSAGE_HEADERS)) {
            assert!(headers.is_ascii() && headers.ends_with("\r\n\r\n"), "{headers}");
            assert!(headers.contains("Date: Mon, ") || headers.contains("Date: "), "{headers}");
        }
    }
}

#[test]
fn every_item_is_a_stream_and_back() {
    use crate::mapi::stream::{decode, encode};
    for mailbox in mailboxes(6, 60, 2) {
        for stored in mailbox.items() {
            let stream = encode(&stored.item).unwrap();
            let back = decode(&stream).unwrap();
            assert_eq!(back.properties.len(), stored.item.properties.len());
            assert_eq!(back.recipients.len(), stored.item.recipients.len());
            assert_eq!(back.attachments.len(), stored.item.attachments.len());
            assert!(encode(&back).unwrap() == stream);
        }
    }
}
