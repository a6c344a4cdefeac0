//! A message's JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::super::clock::Moment;
use super::super::graph::items;
use super::super::mailbox::{Mailbox, Stored};
use super::people::{self, Person};
use super::{attachment, prop};
use crate::mapi::guid::PSETID_TASK;
use crate::mapi::{Item, NamedId, Properties, lid, pid};

const READ: i64 = 1;
const UNSENT: i64 = 8;
/// Characters of a preview.
const PREVIEW: usize = 255;

/// Classes that are no messages; the rest are.
const OTHERS: [&str; 7] = [
    "IPM.Appointment",
    "IPM.Contact",
    "IPM.DistList",
    "IPM.Task",
    "IPM.StickyNote",
    "IPM.Activity",
    "IPM.Configuration",
];

/// Whether an item is a message.
pub(in super::super) fn is_message(item: &Item) -> bool {
    let class = prop::text(item, pid::MESSAGE_CLASS).unwrap_or_default().to_lowercase();
    !OTHERS.iter().any(|other| class.starts_with(&other.to_lowercase()))
}

/// Body type and content: HTML where there is one.
pub(in super::super) fn body(item: &Item) -> (&'static str, String) {
    match html(item) {
        Some(html) => ("html", html),
        None => ("text", prop::text(item, pid::BODY).unwrap_or_default()),
    }
}

/// The HTML body; its bytes are in the code page that another property names.
pub(in super::super) fn html(item: &Item) -> Option<String> {
    if let Some(text) = prop::text(item, pid::HTML).filter(|text| !text.is_empty()) {
        return Some(text);
    }
    let bytes = prop::binary(item, pid::HTML).filter(|bytes| !bytes.is_empty())?;
    let page = prop::integer(item, pid::INTERNET_CODEPAGE).and_then(|page| u32::try_from(page).ok()).unwrap_or(65001);
    Some(prop::charset(&bytes, page))
}

fn body_json(item: &Item) -> Value {
    let (kind, content) = body(item);
    json!({"contentType": kind, "content": content})
}

/// The first characters of the text.
pub(in super::super) fn preview(item: &Item) -> String {
    let text = prop::text(item, pid::BODY).filter(|text| !text.is_empty()).unwrap_or_else(|| {
        let (mut inside, mut text) = (false, String::new());
        for letter in html(item).unwrap_or_default().chars() {
            match letter {
                '<' => inside = true,
                '>' => inside = false,
                _ if !inside => text.push(letter),
                _ => {}
            }
        }
        text
    });
    text.trim().chars().take(PREVIEW).collect()
}

fn people_json(people: &[Person]) -> Value {
    people.iter().map(Person::json).collect()
}

/// A point in time as `dateTimeTimeZone`.
pub(in super::super) fn zoned(at: Moment) -> Value {
    json!({"dateTime": at.timestamp().strftime("%Y-%m-%dT%H:%M:%S.0000000").to_string(), "timeZone": "UTC"})
}

fn flag(item: &Item) -> Value {
    let status = match prop::integer(item, pid::FLAG_STATUS) {
        Some(1) => "complete",
        Some(2) => "flagged",
        _ => return json!({"flagStatus": "notFlagged"}),
    };
    let mut flag = json!({"flagStatus": status});
    let task = |id: u32| item.named(&PSETID_TASK, &NamedId::Lid(id)).and_then(prop::moment).map(zoned);
    let done = prop::time(item, pid::FLAG_COMPLETE_TIME).map(zoned);
    for (name, value) in [
        ("startDateTime", task(lid::TASK_START_DATE)),
        ("dueDateTime", task(lid::TASK_DUE_DATE)),
        ("completedDateTime", done),
    ] {
        if let Some(value) = value {
            flag[name] = value;
        }
    }
    flag
}

/// Importance as a word.
pub(in super::super) fn importance(item: &Item) -> &'static str {
    match prop::integer(item, pid::IMPORTANCE) {
        Some(0) => "low",
        Some(2) => "high",
        _ => "normal",
    }
}

fn headers(item: &Item) -> Vec<Value> {
    let block = prop::text(item, pid::TRANSPORT_MESSAGE_HEADERS).unwrap_or_default();
    let mut found: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        match (line.starts_with([' ', '\t']), line.split_once(':')) {
            (true, _) => {
                if let Some((_, value)) = found.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            (false, Some((name, value))) => found.push((name.trim().to_owned(), value.trim().to_owned())),
            (false, None) => {}
        }
    }
    found.into_iter().map(|(name, value)| json!({"name": name, "value": value})).collect()
}

/// Members of a message that come from its content alone.
pub(in super::super) fn content(item: &Item) -> Value {
    let flags = prop::integer(item, pid::MESSAGE_FLAGS).unwrap_or(0);
    let index = prop::binary(item, pid::CONVERSATION_INDEX);
    let conversation = prop::binary(item, pid::CONVERSATION_ID)
        .or_else(|| index.clone().filter(|i| i.len() >= 22).map(|i| i.slice(6..22)));
    let from = people::from(item).or_else(|| people::sender(item));
    let sender = people::sender(item).or_else(|| from.clone());
    let truth = |id: u16| prop::boolean(item, id).unwrap_or(false);
    json!({
        "subject": prop::text(item, pid::SUBJECT), "bodyPreview": preview(item), "body": body_json(item),
        "from": from.map(|person| person.json()), "sender": sender.map(|person| person.json()),
        "toRecipients": people_json(&people::of_kind(item, 1)), "ccRecipients": people_json(&people::of_kind(item, 2)),
        "bccRecipients": people_json(&people::of_kind(item, 3)), "replyTo": people_json(&people::reply_to(item)),
        "importance": importance(item), "flag": flag(item), "hasAttachments": attachment::shows_any(item),
        "internetMessageId": prop::text(item, pid::INTERNET_MESSAGE_ID),
        "isRead": flags & READ != 0, "isDraft": flags & UNSENT != 0,
        "isReadReceiptRequested": truth(pid::READ_RECEIPT_REQUESTED),
        "isDeliveryReceiptRequested": truth(pid::DELIVERY_REPORT_REQUESTED), "inferenceClassification": "focused",
        "conversationId": conversation.map(|bytes| STANDARD.encode(bytes)),
        "conversationIndex": index.map(|bytes| STANDARD.encode(bytes)),
        "sentDateTime": prop::time(item, pid::CLIENT_SUBMIT_TIME).map(Moment::text),
    })
}

/// A message's JSON.
pub(in super::super) fn json(mailbox: &Mailbox, stored: &Stored, select: Option<&str>) -> Value {
    let item = &stored.item;
    let mut value = items::outlook_item(mailbox, stored);
    if let (Some(into), Value::Object(content)) = (value.as_object_mut(), content(item)) {
        into.extend(content);
    }
    let class = prop::text(item, pid::MESSAGE_CLASS).unwrap_or_default();
    if let Some(kind) = class.strip_prefix("IPM.Schedule.Meeting.") {
        let kind = match kind.split('.').next_back() {
            Some("Request") => "meetingRequest",
            Some("Canceled") => "meetingCancelled",
            Some("Pos") => "meetingAccepted",
            Some("Tent") => "meetingTenativelyAccepted",
            Some("Neg") => "meetingDeclined",
            _ => "none",
        };
        value["@odata.type"] = json!("#microsoft.graph.eventMessage");
        value["meetingMessageType"] = json!(kind);
    }
    let received = prop::time(item, pid::MESSAGE_DELIVERY_TIME).unwrap_or(stored.created);
    value["receivedDateTime"] = json!(received.text());
    value["parentFolderId"] = json!(mailbox.folder_id(stored.folder));
    value["webLink"] = json!(format!("https://outlook.office365.com/owa/?ItemID={}", mailbox.item_id(stored.key)));
    if select.is_some_and(|select| select.contains("internetMessageHeaders")) {
        value["internetMessageHeaders"] = json!(headers(item));
    }
    value
}
