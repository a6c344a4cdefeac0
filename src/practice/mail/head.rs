//! What the header of a message says, as properties.

use std::borrow::Cow;

use base64::Engine;
use mail_parser::{Addr, Address, DateTime, HeaderName, HeaderValue, Message};
use sha2::{Digest, Sha256};

use crate::mapi::{Item, guid, pid, time};
use crate::practice::entry_id::{flat_list, one_off};
use crate::practice::generate::letter::{Party, Role, conversation_index, recipient, set_sender, set_subject};
use crate::practice::typed::Typed;

/// Icon of an answered message.
const ANSWERED: i32 = 261;
/// Fields whose names begin with `X-` that become properties; the others are in the header block alone.
const MOST_OWN_FIELDS: usize = 500;

/// The header of one message: its parsed fields and its bytes.
pub(super) struct Head<'a> {
    message: &'a Message<'a>,
}

impl<'a> Head<'a> {
    pub(super) fn of(message: &'a Message<'a>) -> Head<'a> {
        Head { message }
    }

    /// The header block as it came, with the line ends of the wire.
    pub(super) fn block(&self) -> String {
        let part = self.message.root_part();
        let range = part.offset_header as usize..part.offset_body as usize;
        crlf(&lossless(self.message.raw_message.get(range).unwrap_or_default()))
    }

    /// A field's value without folding; `None` when missing or empty.
    fn raw(&self, name: &str) -> Option<String> {
        let headers = &self.message.root_part().headers;
        let header = headers.iter().find(|header| header.name().eq_ignore_ascii_case(name))?;
        self.value(header.offset_start, header.offset_end)
    }

    fn value(&self, from: u32, to: u32) -> Option<String> {
        let value = lossless(self.message.raw_message.get(from as usize..to as usize)?);
        let value: String = value.chars().filter(|letter| !matches!(letter, '\r' | '\n')).collect();
        Some(value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// When it was sent: `Date`, in seconds since 1970.
    pub(super) fn sent(&self) -> Option<i64> {
        moment(self.message.date()?)
    }

    /// When it was delivered: the topmost `Received` with a date, else `Date`.
    pub(super) fn delivered(&self) -> Option<i64> {
        let received = self.message.root_part().headers.iter().filter(|header| header.name == HeaderName::Received);
        let stated = received.filter_map(|header| {
            let value = self.value(header.offset_start, header.offset_end)?;
            moment(&DateTime::parse_rfc822(value.rsplit_once(';')?.1)?)
        });
        stated.into_iter().next().or_else(|| self.sent())
    }

    /// Writes everything but dates and flags.
    pub(super) fn write(&self, item: &mut Item) {
        if let Some(subject) = self.message.subject().filter(|subject| !subject.trim().is_empty()) {
            let (prefix, rest) = split_subject(subject.trim());
            set_subject(item, prefix, rest);
        }
        self.write_sender(item);
        self.write_recipients(item);
        self.write_identity(item);
        self.write_marks(item);
        item.text(pid::TRANSPORT_MESSAGE_HEADERS, &self.block());
        // A name is printable (RFC 5322, section 2.2): one that is not cannot be that of a property either.
        let own = |name: &str| {
            name.len() > 2
                && name.as_bytes()[..2].eq_ignore_ascii_case(b"x-")
                && name.bytes().all(|letter| letter.is_ascii_graphic())
        };
        let headers = self.message.root_part().headers.iter().filter(|header| own(header.name()));
        // The first field of a name counts: it is set last.
        for header in headers.take(MOST_OWN_FIELDS).collect::<Vec<_>>().into_iter().rev() {
            let value = self.value(header.offset_start, header.offset_end).unwrap_or_default();
            item.custom_text(guid::PS_INTERNET_HEADERS, &header.name().to_lowercase(), &value);
        }
    }

    fn write_sender(&self, item: &mut Item) {
        let first = |address: Option<&Address<'_>>| address.and_then(|list| list.iter().find_map(party));
        let Some(from) = first(self.message.from()).or_else(|| first(self.message.sender())) else { return };
        set_sender(item, &from);
        if let Some(sender) = first(self.message.sender()) {
            item.text(pid::SENDER_NAME, &sender.name).text(pid::SENDER_EMAIL_ADDRESS, &sender.email);
            item.text(pid::SENDER_SMTP_ADDRESS, &sender.email);
        }
    }

    fn write_recipients(&self, item: &mut Item) {
        for (role, name) in [(Role::To, HeaderName::To), (Role::Cc, HeaderName::Cc), (Role::Bcc, HeaderName::Bcc)] {
            let lists = self.message.header_values(name).filter_map(HeaderValue::as_address);
            for party in lists.flat_map(Address::iter).filter_map(party) {
                item.recipients.push(recipient(item.recipients.len(), role, &party));
            }
        }
        let reply_to: Vec<_> =
            self.message.reply_to().into_iter().flat_map(Address::iter).filter_map(party).collect();
        if !reply_to.is_empty() {
            let ids: Vec<_> = reply_to.iter().map(|party| one_off(&party.name, &party.email)).collect();
            let names: Vec<_> = reply_to.iter().map(|party| party.name.as_str()).collect();
            item.bytes(pid::REPLY_RECIPIENT_ENTRIES, flat_list(&ids));
            item.text(pid::REPLY_RECIPIENT_NAMES, &names.join(";"));
        }
    }

    fn write_identity(&self, item: &mut Item) {
        let fields = [
            (pid::INTERNET_MESSAGE_ID, "Message-ID"),
            (pid::IN_REPLY_TO_ID, "In-Reply-To"),
            (pid::INTERNET_REFERENCES, "References"),
            (pid::LIST_HELP, "List-Help"),
            (pid::LIST_SUBSCRIBE, "List-Subscribe"),
            (pid::LIST_UNSUBSCRIBE, "List-Unsubscribe"),
        ];
        for (id, name) in fields {
            if let Some(value) = self.raw(name) {
                item.text(id, &value);
            }
        }
        let index = self.raw("Thread-Index").and_then(|text| base64::prelude::BASE64_STANDARD.decode(text).ok());
        item.bytes(pid::CONVERSATION_INDEX, index.unwrap_or_else(|| self.conversation()));
    }

    /// A conversation index from the topic, so that answers without one stay together.
    fn conversation(&self) -> Vec<u8> {
        let (_, topic) = split_subject(self.message.subject().unwrap_or_default().trim());
        let mut key = [0; 16];
        key.copy_from_slice(&Sha256::digest(topic.as_bytes())[..16]);
        conversation_index(&key, 0, 0)
    }

    /// Importance, sensitivity, receipts, categories, and what an mbox program noted of the message's state.
    fn write_marks(&self, item: &mut Item) {
        let says = |name: &str, words: &[&str]| {
            let value = self.raw(name).unwrap_or_default().to_lowercase();
            words.iter().any(|word| value.starts_with(word))
        };
        let high = says("Importance", &["high"]) || says("X-Priority", &["1", "2"]) || says("Priority", &["urgent"]);
        let low =
            says("Importance", &["low"]) || says("X-Priority", &["4", "5"]) || says("Priority", &["non-urgent"]);
        let importance = i32::from(high) - i32::from(low && !high);
        item.long(pid::IMPORTANCE, 1 + importance).long(pid::PRIORITY, importance);
        let levels = ["personal", "private", "company-confidential"];
        let level = (1..).zip(levels).find(|(_, word)| says("Sensitivity", &[word])).map_or(0, |(level, _)| level);
        item.long(pid::SENSITIVITY, level);
        if self.raw("Disposition-Notification-To").is_some() {
            item.flag(pid::READ_RECEIPT_REQUESTED, true);
        }
        let keywords = self.raw("Keywords").unwrap_or_default();
        let categories: Vec<_> = keywords.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
        if !categories.is_empty() {
            item.custom_texts(guid::PS_PUBLIC_STRINGS, "Keywords", &categories);
        }
        let state = self.raw("X-Status").unwrap_or_default();
        if state.contains('F') {
            item.long(pid::FLAG_STATUS, 2).long(pid::FOLLOWUP_ICON, 6);
        }
        if state.contains('A') {
            item.long(pid::ICON_INDEX, ANSWERED);
        }
    }

    /// Whether an mbox program noted that it was read.
    pub(super) fn is_read(&self) -> bool {
        self.raw("Status").is_some_and(|status| status.contains('R'))
    }
}

/// The person of an address; an address alone is also the name, and the other way round.
fn party(address: &Addr<'_>) -> Option<Party> {
    let text = |value: &Option<Cow<'_, str>>| value.as_deref().map(str::trim).unwrap_or_default().to_owned();
    let (name, email) = (text(&address.name), text(&address.address));
    match (name.is_empty(), email.is_empty()) {
        (true, true) => None,
        (true, false) => Some(Party { name: email.clone(), email }),
        (false, true) => Some(Party { email: name.clone(), name }),
        (false, false) => Some(Party { name, email }),
    }
}

/// Seconds since 1970 of a date that exists.
fn moment(date: &DateTime) -> Option<i64> {
    date.is_valid().then(|| date.to_timestamp())
}

/// Prefix and rest of a subject (MS-OXCMSG 3.2.5.2): one to three letters, a colon and a blank.
fn split_subject(subject: &str) -> (&str, &str) {
    match subject.split_once(": ") {
        Some((prefix, _)) if (1..=3).contains(&prefix.chars().count()) && prefix.chars().all(char::is_alphabetic) => {
            subject.split_at(prefix.len() + 2)
        }
        _ => ("", subject),
    }
}

/// Bytes as text without losing any: UTF-8 where they are, else every byte the letter of its number.
pub(super) fn lossless(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Lines as they are on the wire: files on some systems end them with a line feed alone.
pub(super) fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

/// Moments that the header states or, failing those, the file's.
pub(super) fn set_times(item: &mut Item, sent: Option<i64>, delivered: i64) {
    let filetime = |seconds| time::filetime_from_unix(seconds, 0);
    item.time(pid::CLIENT_SUBMIT_TIME, filetime(sent.unwrap_or(delivered)));
    for id in [pid::MESSAGE_DELIVERY_TIME, pid::CREATION_TIME, pid::LAST_MODIFICATION_TIME] {
        item.time(id, filetime(delivered));
    }
}
