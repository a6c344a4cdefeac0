//! A letter and how it becomes a message item.

use crate::mapi::{Attachment, Item, Recipient, guid, pid, time};
use crate::practice::typed::Typed;

/// UTF-8.
const UTF8: i32 = 65001;
/// Message flag: read.
const READ: i32 = 1;
/// Message flag: a draft, never sent.
const UNSENT: i32 = 8;
/// Message flag: there are attachments.
const HAS_ATTACHMENTS: i32 = 16;

/// A correspondent.
#[derive(Debug, Clone)]
pub(crate) struct Party {
    pub name: String,
    pub email: String,
}

/// Kinds of recipients, numbered as in PidTagRecipientType.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    To = 1,
    Cc = 2,
    Bcc = 3,
}

/// What a letter consists of.
pub(super) struct Letter {
    pub from: Party,
    pub recipients: Vec<(Role, Party)>,
    /// Prefix such as `RE: `, and the rest of the subject; `None` when there is no subject at all.
    pub subject: Option<(&'static str, String)>,
    /// Seconds since 1970 when it was sent.
    pub sent: i64,
    /// Seconds until it was delivered.
    pub transit: i64,
    pub text: Option<String>,
    pub html: Option<String>,
    pub attachments: Vec<Attachment>,
    pub message_id: Option<String>,
    pub references: Vec<String>,
    /// The conversation's key, and the number of the answer in it.
    pub conversation: ([u8; 16], usize),
    /// Further headers, also kept as named properties.
    pub headers: Vec<(String, String)>,
    pub read: bool,
    pub draft: bool,
    /// Whether the header block of its way through the internet is kept.
    pub transported: bool,
    pub search_key: [u8; 16],
}

/// A FILETIME of seconds since 1970.
pub(super) fn filetime(seconds: i64) -> u64 {
    time::filetime_from_unix(seconds, 0)
}

/// A recipient row.
pub(crate) fn recipient(row: usize, role: Role, party: &Party) -> Recipient {
    let mut recipient = Recipient::default();
    recipient.long(pid::ROW_ID, i32::try_from(row).unwrap_or(i32::MAX)).long(pid::RECIPIENT_TYPE, role as i32);
    recipient.long(pid::OBJECT_TYPE, 6).long(pid::DISPLAY_TYPE, 0);
    recipient.text(pid::DISPLAY_NAME, &party.name).text(pid::ADDRESS_TYPE, "SMTP");
    recipient.text(pid::EMAIL_ADDRESS, &party.email).text(pid::SMTP_ADDRESS, &party.email);
    recipient.long(pid::RECIPIENT_FLAGS, 1);
    recipient
}

/// Writes the sender, also as the one on whose behalf it was sent.
pub(crate) fn set_sender(item: &mut Item, from: &Party) {
    item.text(pid::SENDER_NAME, &from.name).text(pid::SENDER_ADDRESS_TYPE, "SMTP");
    item.text(pid::SENDER_EMAIL_ADDRESS, &from.email).text(pid::SENDER_SMTP_ADDRESS, &from.email);
    item.text(pid::SENT_REPRESENTING_NAME, &from.name).text(pid::SENT_REPRESENTING_ADDRESS_TYPE, "SMTP");
    item.text(pid::SENT_REPRESENTING_EMAIL_ADDRESS, &from.email);
    item.text(pid::SENT_REPRESENTING_SMTP_ADDRESS, &from.email);
}

/// Writes the subject with its parts, and the conversation's topic.
pub(crate) fn set_subject(item: &mut Item, prefix: &str, rest: &str) {
    item.text(pid::SUBJECT, &format!("{prefix}{rest}")).text(pid::SUBJECT_PREFIX, prefix);
    item.text(pid::NORMALIZED_SUBJECT, rest).text(pid::CONVERSATION_TOPIC, rest);
}

/// A conversation index (MS-OXOMSG 2.2.1.3): header of 22 bytes, then 5 bytes for every answer.
pub(crate) fn conversation_index(key: &[u8; 16], answers: usize, started: i64) -> Vec<u8> {
    let mut index = vec![1];
    index.extend_from_slice(&(filetime(started) >> 16).to_be_bytes()[3..8]);
    index.extend_from_slice(key);
    for answer in 0..answers {
        index.extend_from_slice(&[0, 0, 1, 0x40, u8::try_from(answer).unwrap_or(u8::MAX)]);
    }
    index
}

impl Letter {
    /// The message item of this letter.
    pub(super) fn into_item(self) -> Item {
        let mut item = Item::default();
        item.text(pid::MESSAGE_CLASS, "IPM.Note").long(pid::IMPORTANCE, 1).long(pid::SENSITIVITY, 0);
        if let Some((prefix, rest)) = &self.subject {
            set_subject(&mut item, prefix, rest);
        }
        set_sender(&mut item, &self.from);
        self.set_times(&mut item);
        self.set_identity(&mut item);
        let has = if self.attachments.is_empty() { 0 } else { HAS_ATTACHMENTS };
        let flags = if self.read { READ } else { 0 } | if self.draft { UNSENT } else { 0 } | has;
        item.long(pid::MESSAGE_FLAGS, flags).long(pid::INTERNET_CODEPAGE, UTF8);
        if let Some(text) = &self.text {
            item.text(pid::BODY, text);
        }
        if let Some(html) = &self.html {
            item.bytes(pid::HTML, html.clone().into_bytes());
        }
        for (name, value) in &self.headers {
            item.custom_text(guid::PS_INTERNET_HEADERS, &name.to_lowercase(), value);
        }
        if self.transported {
            item.text(pid::TRANSPORT_MESSAGE_HEADERS, &self.header_block());
        }
        let rows = self.recipients.iter().enumerate();
        item.recipients = rows.map(|(row, (role, party))| recipient(row, *role, party)).collect();
        item.attachments = self.attachments;
        for (number, attachment) in (0..).zip(&mut item.attachments) {
            attachment.long(pid::ATTACH_NUMBER, number);
        }
        item
    }

    fn set_times(&self, item: &mut Item) {
        let delivered = filetime(self.sent + self.transit);
        if !self.draft {
            item.time(pid::CLIENT_SUBMIT_TIME, filetime(self.sent));
        }
        item.time(pid::MESSAGE_DELIVERY_TIME, delivered).time(pid::CREATION_TIME, delivered);
        item.time(pid::LAST_MODIFICATION_TIME, delivered);
    }

    fn set_identity(&self, item: &mut Item) {
        let (key, answers) = &self.conversation;
        item.bytes(pid::CONVERSATION_INDEX, conversation_index(key, *answers, self.sent));
        item.bytes(pid::SEARCH_KEY, self.search_key.to_vec());
        if let Some(id) = &self.message_id {
            item.text(pid::INTERNET_MESSAGE_ID, id);
        }
        if let Some(last) = self.references.last() {
            item.text(pid::IN_REPLY_TO_ID, last).text(pid::INTERNET_REFERENCES, &self.references.join(" "));
        }
    }

    /// The header block as the receiving server kept it. Names are left to the typed properties, so that the block
    /// stays ASCII as it would be on the wire.
    fn header_block(&self) -> String {
        let date = rfc2822(self.sent);
        let mut block = format!(
            "Received: from mail.{host} (203.0.113.9) by mx.aldernook.example\r\n\twith ESMTPS; {arrived}\r\n",
            host = self.from.email.split('@').nth(1).unwrap_or("aldernook.example"),
            arrived = rfc2822(self.sent + self.transit),
        );
        block.push_str(&format!("From: <{}>\r\nDate: {date}\r\n", self.from.email));
        for (role, label) in [(Role::To, "To"), (Role::Cc, "Cc")] {
            let some = self.recipients.iter().filter(|(of, _)| *of == role);
            let list: Vec<_> = some.map(|(_, party)| format!("<{}>", party.email)).collect();
            if !list.is_empty() {
                block.push_str(&format!("{label}: {}\r\n", list.join(",\r\n\t")));
            }
        }
        if let Some(id) = &self.message_id {
            block.push_str(&format!("Message-ID: {id}\r\n"));
        }
        if let Some(last) = self.references.last() {
            block.push_str(&format!("In-Reply-To: {last}\r\nReferences: {}\r\n", self.references.join("\r\n\t")));
        }
        for (name, value) in &self.headers {
            block.push_str(&format!("{name}: {value}\r\n"));
        }
        block.push_str("MIME-Version: 1.0\r\n\r\n");
        block
    }
}

fn rfc2822(seconds: i64) -> String {
    let moment = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    jiff::fmt::rfc2822::to_string(&moment.to_zoned(jiff::tz::TimeZone::UTC)).unwrap_or_default()
}
