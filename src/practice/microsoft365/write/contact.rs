//! A contact from JSON.

use serde_json::Value;

use super::super::clock::Moment;
use super::super::read::contact::{ADDRESS, ADDRESSES, MAILS, NAMED, PHONES, TEXTS, WORK};
use super::super::reply::Fault;
use super::{set_categories, set_extended, set_named, set_text, set_time};
use crate::mapi::guid::PSETID_ADDRESS;
use crate::mapi::{Item, Properties, Type, Value as Mapi, lid, pid};

fn set_address(item: &mut Item, id: u32, text: &str) {
    set_named(item, PSETID_ADDRESS, id, Type::UNICODE, Mapi::Unicode(text.to_owned()));
}

/// A new contact.
pub(in super::super) fn new(body: &Value, now: Moment) -> Result<Item, Fault> {
    let mut item = Item::default();
    set_text(&mut item, pid::MESSAGE_CLASS, "IPM.Contact");
    set_time(&mut item, pid::CREATION_TIME, now);
    for (name, id) in TEXTS {
        if let Some(text) = body[name].as_str() {
            set_text(&mut item, id, text);
        }
    }
    for (name, id) in NAMED {
        if let Some(text) = body[name].as_str() {
            set_address(&mut item, id, text);
        }
    }
    for (name, ids) in PHONES {
        let numbers = body[name].as_array().into_iter().flatten().filter_map(Value::as_str);
        ids.iter().zip(numbers).for_each(|(id, number)| set_text(&mut item, *id, number));
    }
    for (name, ids) in ADDRESSES {
        for (part, id) in ADDRESS.iter().zip(ids) {
            if let Some(text) = body[name][*part].as_str() {
                set_text(&mut item, id, text);
            }
        }
    }
    for (part, id) in ADDRESS.iter().zip(WORK) {
        if let Some(text) = body["businessAddress"][*part].as_str() {
            set_address(&mut item, id, text);
        }
    }
    let mails = body["emailAddresses"].as_array().cloned().unwrap_or_default();
    if mails.len() > MAILS.len() {
        return Err(Fault::new(400, "ErrorInvalidArgument", "A contact has at most three e-mail addresses."));
    }
    for (mail, [display, kind, address, _]) in mails.iter().zip(MAILS) {
        let own = mail["address"].as_str().unwrap_or_default();
        set_address(&mut item, display, mail["name"].as_str().unwrap_or(own));
        set_address(&mut item, kind, "SMTP");
        set_address(&mut item, address, own);
    }
    if let Some(im) = body["imAddresses"][0].as_str() {
        set_address(&mut item, lid::INSTANT_MESSAGING_ADDRESS, im);
    }
    if let Some(at) = body["birthday"].as_str().and_then(Moment::parse) {
        set_time(&mut item, pid::BIRTHDAY, at);
    }
    if let Some(names) = body["children"].as_array() {
        let names =
            names.iter().filter_map(|name| name.as_str().map(|name| Mapi::Unicode(name.to_owned()))).collect();
        item.set(pid::CHILDRENS_NAMES, Type(Type::UNICODE.0 | Type::MULTI), Mapi::Multi(names));
    }
    if body.get("categories").is_some() {
        set_categories(&mut item, &body["categories"]);
    }
    set_extended(&mut item, body)?;
    Ok(item)
}
