//! Sender and recipients.

use mail_parser::{Addr, Address, Message};

use super::property;
use crate::mapi::{Item, Recipient, pid};

/// Recipient types.
const TO: i32 = 1;
const CC: i32 = 2;
const BCC: i32 = 3;
/// Object type of a recipient: a mail user.
const MAIL_USER: i32 = 6;

/// Property ids of one who sends: name, address type, address, SMTP address.
type Quartet = [u16; 4];
const SENDER: Quartet =
    [pid::SENDER_NAME, pid::SENDER_ADDRESS_TYPE, pid::SENDER_EMAIL_ADDRESS, pid::SENDER_SMTP_ADDRESS];
const REPRESENTED: Quartet = [
    pid::SENT_REPRESENTING_NAME,
    pid::SENT_REPRESENTING_ADDRESS_TYPE,
    pid::SENT_REPRESENTING_EMAIL_ADDRESS,
    pid::SENT_REPRESENTING_SMTP_ADDRESS,
];

/// Sets those who sent it, and the recipients in the order of their header fields.
pub fn set(item: &mut Item, message: &Message<'_>) {
    let from = message.from().and_then(Address::first);
    let sender = message.sender().and_then(Address::first).or(from);
    if let Some(sender) = sender {
        sent_by(item, SENDER, sender);
    }
    if let Some(from) = from.or(sender) {
        sent_by(item, REPRESENTED, from);
    }
    let mut row = 0;
    let fields = message.all_to().map(|list| (TO, list));
    let fields = fields.chain(message.all_cc().map(|list| (CC, list)));
    for (kind, list) in fields.chain(message.all_bcc().map(|list| (BCC, list))) {
        for addr in list.iter() {
            if let Some(recipient) = recipient(addr, kind, row) {
                item.recipients.push(recipient);
                row += 1;
            }
        }
    }
}

fn sent_by(item: &mut Item, ids: Quartet, addr: &Addr<'_>) {
    let [name, kind, address, smtp] = ids;
    let Some(shown) = shown(addr) else { return };
    property::text(item, name, shown);
    if let Some(text) = addr.address() {
        property::text(item, kind, "SMTP");
        property::text(item, address, text);
        property::text(item, smtp, text);
    }
}

/// The name, or the address where there is none.
fn shown<'a>(addr: &'a Addr<'_>) -> Option<&'a str> {
    addr.name().filter(|name| !name.is_empty()).or_else(|| addr.address()).filter(|text| !text.is_empty())
}

fn recipient(addr: &Addr<'_>, kind: i32, row: i32) -> Option<Recipient> {
    let shown = shown(addr)?;
    let mut recipient = Recipient::default();
    property::number(&mut recipient, pid::ROW_ID, row);
    property::number(&mut recipient, pid::RECIPIENT_TYPE, kind);
    property::number(&mut recipient, pid::OBJECT_TYPE, MAIL_USER);
    property::text(&mut recipient, pid::DISPLAY_NAME, shown);
    if let Some(address) = addr.address() {
        property::text(&mut recipient, pid::ADDRESS_TYPE, "SMTP");
        property::text(&mut recipient, pid::EMAIL_ADDRESS, address);
        property::text(&mut recipient, pid::SMTP_ADDRESS, address);
        let key = format!("SMTP:{}\0", address.to_uppercase());
        property::bytes(&mut recipient, pid::SEARCH_KEY, key.into_bytes());
    }
    property::number(&mut recipient, pid::DISPLAY_TYPE, 0);
    Some(recipient)
}
