//! Senders and recipients.

use serde_json::{Value, json};

use super::prop;
use crate::mapi::{Item, Properties, Recipient, pid};

/// Recipient type without its flags in the high bits.
const KIND: i64 = 0xF;
/// Flag of the meeting's organiser among its recipients.
const ORGANISER: i64 = 0x2;

/// A name and an address.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in super::super) struct Person {
    pub name: String,
    pub address: String,
}

impl Person {
    /// As a `recipient` of Graph.
    pub fn json(&self) -> Value {
        json!({"emailAddress": {"name": self.name, "address": self.address}})
    }
}

/// A person from the properties for name, address type, address and SMTP address.
fn person(from: &impl Properties, name: u16, kind: u16, address: u16, smtp: u16, key: Option<u16>) -> Option<Person> {
    let by_type = prop::text(from, address)
        .filter(|_| prop::text(from, kind).is_none_or(|kind| kind.eq_ignore_ascii_case("SMTP")));
    let by_key = || {
        let key = prop::binary(from, key?)?;
        let text = String::from_utf8_lossy(&key).trim_end_matches('\0').to_owned();
        text.strip_prefix("SMTP:").map(str::to_lowercase)
    };
    let address = prop::text(from, smtp).or(by_type).or_else(by_key).or_else(|| prop::text(from, address));
    let name = prop::text(from, name);
    let address = address.or_else(|| name.clone())?;
    Some(Person { name: name.unwrap_or_else(|| address.clone()), address })
}

/// In whose name it was sent.
pub(in super::super) fn from(item: &Item) -> Option<Person> {
    person(
        item,
        pid::SENT_REPRESENTING_NAME,
        pid::SENT_REPRESENTING_ADDRESS_TYPE,
        pid::SENT_REPRESENTING_EMAIL_ADDRESS,
        pid::SENT_REPRESENTING_SMTP_ADDRESS,
        Some(pid::SENT_REPRESENTING_SEARCH_KEY),
    )
}

/// Who sent it.
pub(in super::super) fn sender(item: &Item) -> Option<Person> {
    let key = Some(pid::SENDER_SEARCH_KEY);
    person(item, pid::SENDER_NAME, pid::SENDER_ADDRESS_TYPE, pid::SENDER_EMAIL_ADDRESS, pid::SENDER_SMTP_ADDRESS, key)
}

/// The person of a recipient row.
pub(in super::super) fn of_row(row: &Recipient) -> Option<Person> {
    person(row, pid::DISPLAY_NAME, pid::ADDRESS_TYPE, pid::EMAIL_ADDRESS, pid::SMTP_ADDRESS, Some(pid::SEARCH_KEY))
}

/// 1 To, 2 Cc, 3 Bcc; To where nothing is said.
pub(in super::super) fn kind(row: &Recipient) -> i64 {
    prop::integer(row, pid::RECIPIENT_TYPE).map_or(1, |kind| kind & KIND)
}

/// Whether a row stands for the meeting's organiser.
pub(in super::super) fn is_organiser(row: &Recipient) -> bool {
    prop::integer(row, pid::RECIPIENT_FLAGS).unwrap_or(0) & ORGANISER != 0 || kind(row) == 0
}

/// Recipients of a kind.
pub(in super::super) fn of_kind(item: &Item, wanted: i64) -> Vec<Person> {
    item.recipients.iter().filter(|row| kind(row) == wanted).filter_map(of_row).collect()
}

/// Whom to answer: the one-off entry ids of PidTagReplyRecipientEntries.
pub(in super::super) fn reply_to(item: &Item) -> Vec<Person> {
    let Some(list) = prop::binary(item, pid::REPLY_RECIPIENT_ENTRIES) else { return Vec::new() };
    let mut found = Vec::new();
    let mut rest = list.get(8..).unwrap_or_default();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_le_bytes(*length) as usize;
        let Some(entry) = after.get(..length) else { break };
        found.extend(one_off(entry));
        rest = after.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    found
}

/// A one-off entry id with UTF-16 texts: flags, provider, version, then name, type, address.
fn one_off(entry: &[u8]) -> Option<Person> {
    const PROVIDER: [u8; 16] =
        [0x81, 0x2b, 0x1f, 0xa4, 0xbe, 0xa3, 0x10, 0x19, 0x9d, 0x6e, 0x00, 0xdd, 0x01, 0x0f, 0x54, 0x02];
    if entry.get(4..20)? != PROVIDER || entry.get(23)? & 0x80 == 0 {
        return None;
    }
    let units: Vec<u16> = entry.get(24..)?.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    let mut texts = units.split(|unit| *unit == 0).map(String::from_utf16_lossy);
    let (name, _, address) = (texts.next()?, texts.next()?, texts.next()?);
    Some(Person { name, address })
}
