//! A message as MIME, written from its properties.

use std::borrow::Cow;
use std::io;

use mail_builder::headers::address::Address;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::headers::{Header, HeaderType};
use mail_builder::mime::MimePart;

use super::people::{self, Person};
use super::{attachment, message, prop};
use crate::mapi::{Attachment, Item, pid};

/// Messages within messages beyond this are left out.
const DEPTH: usize = 16;

fn address(person: &Person) -> Address<'static> {
    let name = Some(person.name.clone()).filter(|name| !name.is_empty() && *name != person.address);
    Address::new_address(name.map(Cow::from), person.address.clone())
}

fn list(people: Vec<Person>) -> Option<Address<'static>> {
    (!people.is_empty()).then(|| Address::new_list(people.iter().map(address).collect()))
}

/// The headers that the properties tell, in their usual order.
fn headers(item: &Item) -> Vec<(&'static str, HeaderType<'static>)> {
    let from = people::from(item).or_else(|| people::sender(item));
    let sender =
        people::sender(item).filter(|sender| from.as_ref().is_some_and(|from| from.address != sender.address));
    let people = [
        ("From", from.as_ref().map(address)),
        ("Sender", sender.as_ref().map(address)),
        ("To", list(people::of_kind(item, 1))),
        ("Cc", list(people::of_kind(item, 2))),
        ("Bcc", list(people::of_kind(item, 3))),
        ("Reply-To", list(people::reply_to(item))),
    ];
    let mut headers: Vec<(&str, HeaderType)> = Vec::new();
    headers.extend(people.into_iter().filter_map(|(name, value)| Some((name, HeaderType::Address(value?)))));
    if let Some(subject) = prop::text(item, pid::SUBJECT) {
        headers.push(("Subject", Text::new(subject).into()));
    }
    let date = prop::time(item, pid::CLIENT_SUBMIT_TIME).or_else(|| prop::time(item, pid::MESSAGE_DELIVERY_TIME));
    if let Some(date) = date {
        headers.push(("Date", Date::new(date.seconds()).into()));
    }
    let raw = [
        ("Message-ID", pid::INTERNET_MESSAGE_ID),
        ("In-Reply-To", pid::IN_REPLY_TO_ID),
        ("References", pid::INTERNET_REFERENCES),
    ];
    for (name, id) in raw {
        if let Some(value) = prop::text(item, id).filter(|value| !value.is_empty()) {
            headers.push((name, Raw::new(value.replace(['\r', '\n'], " ")).into()));
        }
    }
    if message::importance(item) != "normal" {
        headers.push(("Importance", Text::new(message::importance(item)).into()));
    }
    headers
}

fn part(attached: &Attachment, depth: usize) -> io::Result<Option<MimePart<'static>>> {
    let name = attachment::name(attached).unwrap_or_else(|| "attachment".to_owned());
    if let Some(inner) = &attached.embedded {
        let bytes = if depth < DEPTH { write(inner, depth + 1)? } else { return Ok(None) };
        return Ok(Some(MimePart::new("message/rfc822", bytes).attachment(name)));
    }
    let kind = prop::text(attached, pid::ATTACH_MIME_TAG).unwrap_or_else(|| "application/octet-stream".to_owned());
    let part = MimePart::new(kind, attachment::data(attached).to_vec());
    Ok(Some(match prop::text(attached, pid::ATTACH_CONTENT_ID) {
        Some(id) if attachment::is_inline(attached) => part.inline().cid(id),
        Some(id) => part.attachment(name).cid(id),
        None => part.attachment(name),
    }))
}

fn body(item: &Item) -> MimePart<'static> {
    let text = prop::text(item, pid::BODY);
    match (text, message::html(item)) {
        (Some(text), Some(html)) => {
            let parts = vec![MimePart::new("text/plain", text), MimePart::new("text/html", html)];
            MimePart::new("multipart/alternative", parts)
        }
        (None, Some(html)) => MimePart::new("text/html", html),
        (text, None) => MimePart::new("text/plain", text.unwrap_or_default()),
    }
}

/// Writes header by header: a message without Message-ID or date gets none.
fn write(item: &Item, depth: usize) -> io::Result<Vec<u8>> {
    let mut output = Vec::new();
    for (name, value) in headers(item) {
        output.extend(format!("{name}: ").bytes());
        value.write_header(&mut output, name.len() + 2)?;
    }
    output.extend(b"MIME-Version: 1.0\r\n");
    let parts = attachment::shown(item).filter_map(|(_, attached)| part(attached, depth).transpose());
    let parts = parts.collect::<io::Result<Vec<MimePart>>>()?;
    let whole = if parts.is_empty() {
        body(item)
    } else {
        MimePart::new("multipart/mixed", std::iter::once(body(item)).chain(parts).collect::<Vec<MimePart>>())
    };
    whole.write_part(&mut output)?;
    Ok(output)
}

/// The message as MIME.
pub(in super::super) fn of(item: &Item) -> io::Result<Vec<u8>> {
    write(item, 0)
}
