//! What two copies of an item must agree on: the facets of a decoded item stream. Both connectors use it, so that
//! source and target are measured with one rule.
//!
//! What counts, by facet, is the table in `rule`; how values are made comparable is in `canonical`. In short:
//!
//! | facet | what is in it |
//! |---|---|
//! | class | message class |
//! | subject | the whole subject; where it is absent, prefix and normalised subject together |
//! | dates | submit, delivery, start, end, due, completion and reminder times |
//! | state | read, unsent, follow-up flag, importance, sensitivity, categories (in any order) |
//! | people | names and addresses of the sender and the one represented; recipients in row order |
//! | body | plain text, HTML and RTF, whichever there are |
//! | attachments | in order: method, name, content id, MIME type, path, data, hidden, and all facets of an item within |
//! | details | named properties of the standard sets, contact fields, message ids, transport headers |
//!
//! Left out: what servers number, count, time or derive by themselves.

mod canonical;
mod form;
mod rule;
pub mod stamp;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::engine::item::{Facet, Facets};
use crate::mapi::{Attachment, Item, NamedId, Properties, Recipient, Value, guid, pid};
use canonical::{Record, text_of};
use form::Form;

/// Message flag: read.
const READ: i64 = 1;
/// Message flag: unsent, a draft.
const UNSENT: i64 = 8;
/// The bits of a recipient's type that say To, Cc or Bcc.
const RECIPIENT_TYPE_BITS: i64 = 0xF;
/// Importance where none is said: normal.
const NORMAL_IMPORTANCE: i64 = 1;
/// Recipient type where none is said: To.
const TO: i64 = 1;

/// All facets of an item.
pub fn facets(item: &Item) -> Facets {
    let mut records: BTreeMap<Facet, Record<'_>> =
        Facet::ALL.iter().map(|facet| (*facet, Record::default())).collect();
    for property in &item.properties {
        if let Some(facet) = rule::facet_of(property) {
            records.entry(facet).or_default().property(property);
        }
    }
    records.entry(Facet::Subject).or_default().text("subject", &subject(item));
    state(item, records.entry(Facet::State).or_default());
    people(item, records.entry(Facet::People).or_default());
    for attachment in &item.attachments {
        records.entry(Facet::Attachments).or_default().part(&attachment_record(attachment).digest());
    }
    Facets(records.into_iter().map(|(facet, record)| (facet, record.digest())).collect())
}

/// The subject, whole: servers keep it in parts and may leave the whole one out.
pub fn subject(item: &Item) -> String {
    text_of(item, pid::SUBJECT)
        .unwrap_or_else(|| [pid::SUBJECT_PREFIX, pid::NORMALIZED_SUBJECT].map(|id| some_text(item, id)).concat())
}

fn some_text(of: &impl Properties, id: u16) -> String {
    text_of(of, id).unwrap_or_default()
}

fn number(of: &impl Properties, id: u16, default: i64) -> i64 {
    of.value(id).and_then(Value::integer).unwrap_or(default)
}

fn state<'a>(item: &'a Item, record: &mut Record<'a>) {
    let read = number(item, pid::READ, 0);
    record.number("flags", number(item, pid::MESSAGE_FLAGS, read) & (READ | UNSENT));
    record.number("importance", number(item, pid::IMPORTANCE, NORMAL_IMPORTANCE));
    record.number("sensitivity", number(item, pid::SENSITIVITY, 0));
    record.number("flag status", number(item, pid::FLAG_STATUS, 0));
    record.number("flag colour", number(item, pid::FOLLOWUP_ICON, 0));
    let keywords = NamedId::Text(rule::KEYWORDS.to_owned());
    let Some(Value::Multi(keywords)) = item.named(&guid::PS_PUBLIC_STRINGS, &keywords) else { return };
    let mut keywords: Vec<_> = keywords.iter().filter_map(Value::text).collect();
    keywords.sort();
    keywords.iter().for_each(|keyword| record.part(keyword.as_bytes()));
}

/// The best known address: servers add the SMTP address to what had only another one, or drop it where both agree.
fn people<'a>(item: &'a Item, record: &mut Record<'a>) {
    record.text("sender name", &some_text(item, pid::SENDER_NAME));
    record.text("sender address", &address(item, pid::SENDER_SMTP_ADDRESS, pid::SENDER_EMAIL_ADDRESS));
    record.text("represented name", &some_text(item, pid::SENT_REPRESENTING_NAME));
    let represented = address(item, pid::SENT_REPRESENTING_SMTP_ADDRESS, pid::SENT_REPRESENTING_EMAIL_ADDRESS);
    record.text("represented address", &represented);
    let mut recipients: Vec<&Recipient> = item.recipients.iter().collect();
    recipients.sort_by_key(|recipient| number(*recipient, pid::ROW_ID, i64::MAX));
    for recipient in recipients {
        let mut row = Record::default();
        row.number("type", number(recipient, pid::RECIPIENT_TYPE, TO) & RECIPIENT_TYPE_BITS);
        row.text("name", &some_text(recipient, pid::DISPLAY_NAME));
        row.text("address", &address(recipient, pid::SMTP_ADDRESS, pid::EMAIL_ADDRESS));
        record.part(&row.digest());
    }
}

fn address(of: &impl Properties, smtp: u16, any: u16) -> String {
    let smtp = text_of(of, smtp).filter(|address| !address.is_empty());
    smtp.unwrap_or_else(|| some_text(of, any))
}

fn attachment_record(attachment: &Attachment) -> Record<'_> {
    let mut record = Record::default();
    let names = [pid::ATTACH_LONG_FILENAME, pid::ATTACH_FILENAME, pid::DISPLAY_NAME];
    let name = names.iter().map(|id| some_text(attachment, *id)).find(|name| !name.is_empty());
    record.text("name", &name.unwrap_or_default());
    record.number("method", number(attachment, pid::ATTACH_METHOD, 0));
    record.number("hidden", number(attachment, pid::ATTACHMENT_HIDDEN, 0));
    let texts = [
        ("content id", pid::ATTACH_CONTENT_ID),
        ("MIME type", pid::ATTACH_MIME_TAG),
        ("path", pid::ATTACH_LONG_PATHNAME),
    ];
    for (key, id) in texts {
        record.text(key, &some_text(attachment, id));
    }
    let mut data = attachment.properties.iter().filter(|property| property.tag.id() == pid::ATTACH_DATA);
    if let Some(data) = data.next() {
        record.put(b"data".to_vec(), Form::of(data));
    }
    if let Some(embedded) = &attachment.embedded {
        facets(embedded).0.values().for_each(|digest| record.part(digest));
    }
    record
}
