//! A message from JSON, and changes to one.

use serde_json::{Value, json};

use super::super::clock::Moment;
use super::super::reply::Fault;
use super::{file, row, set_body, set_categories, set_extended, set_importance, set_integer, set_text, set_time};
use crate::mapi::{Item, Properties, Type, Value as Mapi, pid};

const READ: i32 = 1;
const UNSENT: i32 = 8;

/// A new message: a draft, unless extended properties clear that flag. Dates are today's unless they say otherwise.
pub(in super::super) fn new(body: &Value, now: Moment) -> Result<Item, Fault> {
    let mut item = Item::default();
    set_text(&mut item, pid::MESSAGE_CLASS, "IPM.Note");
    let read = if body["isRead"] == json!(false) { 0 } else { READ };
    set_integer(&mut item, pid::MESSAGE_FLAGS, UNSENT | read);
    set_time(&mut item, pid::CREATION_TIME, now);
    set_time(&mut item, pid::MESSAGE_DELIVERY_TIME, now);
    set_time(&mut item, pid::CLIENT_SUBMIT_TIME, now);
    fields(&mut item, body)?;
    for (list, kind) in [("toRecipients", 1), ("ccRecipients", 2), ("bccRecipients", 3)] {
        for value in body[list].as_array().into_iter().flatten() {
            let number = item.recipients.len();
            item.recipients.extend(row(value, kind, number));
        }
    }
    for value in body["attachments"].as_array().into_iter().flatten() {
        item.attachments.push(file(value)?);
    }
    set_extended(&mut item, body)?;
    Ok(item)
}

/// Writable members that a body has.
fn fields(item: &mut Item, body: &Value) -> Result<(), Fault> {
    for (name, id) in [("subject", pid::SUBJECT), ("internetMessageId", pid::INTERNET_MESSAGE_ID)] {
        if let Some(text) = body[name].as_str() {
            set_text(item, id, text);
        }
    }
    if body.get("body").is_some() {
        set_body(item, &body["body"]);
    }
    if body.get("importance").is_some() {
        set_importance(item, &body["importance"])?;
    }
    if body.get("categories").is_some() {
        set_categories(item, &body["categories"]);
    }
    let people = [
        (
            "from",
            pid::SENT_REPRESENTING_NAME,
            pid::SENT_REPRESENTING_ADDRESS_TYPE,
            pid::SENT_REPRESENTING_EMAIL_ADDRESS,
        ),
        ("sender", pid::SENDER_NAME, pid::SENDER_ADDRESS_TYPE, pid::SENDER_EMAIL_ADDRESS),
    ];
    for (member, name, kind, address) in people {
        let person = &body[member]["emailAddress"];
        if let Some(own) = person["address"].as_str() {
            set_text(item, name, person["name"].as_str().unwrap_or(own));
            set_text(item, kind, "SMTP");
            set_text(item, address, own);
        }
    }
    match body["flag"]["flagStatus"].as_str() {
        Some("flagged") => set_integer(item, pid::FLAG_STATUS, 2),
        Some("complete") => set_integer(item, pid::FLAG_STATUS, 1),
        Some("notFlagged") => item.remove(pid::FLAG_STATUS),
        _ => {}
    }
    for (name, id) in [
        ("isReadReceiptRequested", pid::READ_RECEIPT_REQUESTED),
        ("isDeliveryReceiptRequested", pid::DELIVERY_REPORT_REQUESTED),
    ] {
        if let Some(truth) = body[name].as_bool() {
            item.set(id, Type::BOOL, Mapi::Bool(truth));
        }
    }
    Ok(())
}

/// Changes a message. Its flags are fixed once it exists, but for the read one.
pub(in super::super) fn change(item: &mut Item, body: &Value) -> Result<(), Fault> {
    let flags = match item.value(pid::MESSAGE_FLAGS) {
        Some(Mapi::I32(flags)) => *flags,
        _ => 0,
    };
    fields(item, body)?;
    set_extended(item, body)?;
    let flags = match body["isRead"].as_bool() {
        Some(true) => flags | READ,
        Some(false) => flags & !READ,
        None => flags,
    };
    set_integer(item, pid::MESSAGE_FLAGS, flags);
    Ok(())
}
