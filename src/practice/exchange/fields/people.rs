//! People in items: senders, recipients, attendees; and how EWS spells them.

use crate::mapi::{Item, Properties, Recipient, Type, Value};
use crate::practice::exchange::call::is_mailbox;
use crate::practice::exchange::element::Element;
use crate::practice::exchange::view::{Slot, View};
use crate::practice::exchange::xml::Xml;
use crate::practice::exchange::{Exchange, directory};

/// A person's name and address.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::practice::exchange) struct Person {
    /// Display name.
    pub(in crate::practice::exchange) name: String,
    /// Address, SMTP where known.
    pub(in crate::practice::exchange) address: String,
    /// Address type: `SMTP`, `EX`, …
    pub(in crate::practice::exchange) routing: String,
}

/// The ids of a person's properties: name, address type, address, SMTP address.
type Ids = [u16; 4];
/// Who sent it.
pub(in crate::practice::exchange) const SENDER: Ids = [0x0C1A, 0x0C1E, 0x0C1F, 0x5D01];
/// In whose name it was sent.
pub(in crate::practice::exchange) const FROM: Ids = [0x0042, 0x0064, 0x0065, 0x5D02];
/// Who received it.
pub(in crate::practice::exchange) const RECEIVED_BY: Ids = [0x0040, 0x0075, 0x0076, 0x5D07];
/// For whom it was received.
pub(in crate::practice::exchange) const RECEIVED_FOR: Ids = [0x0044, 0x0077, 0x0078, 0x5D08];
const RECIPIENT: Ids = [0x3001, 0x3002, 0x3003, 0x39FE];

impl Person {
    /// Reads a person's properties.
    pub(in crate::practice::exchange) fn of(from: &impl Properties, ids: Ids) -> Option<Person> {
        let [name, routing, address, smtp] = ids.map(|id| Slot::Id(id).text(from).filter(|text| !text.is_empty()));
        let person = match smtp {
            Some(smtp) => Person { name: name.unwrap_or_default(), address: smtp, routing: "SMTP".into() },
            None => Person {
                name: name.unwrap_or_default(),
                address: address.unwrap_or_default(),
                routing: routing.unwrap_or_else(|| "SMTP".into()),
            },
        };
        (!person.name.is_empty() || !person.address.is_empty()).then_some(person)
    }

    /// A recipient.
    pub(in crate::practice::exchange) fn recipient(recipient: &Recipient) -> Option<Person> {
        Person::of(recipient, RECIPIENT)
    }

    /// Reads `t:Mailbox`.
    pub(in crate::practice::exchange) fn parse(mailbox: &Element) -> Person {
        let text = |name: &str| mailbox.text_of(name).unwrap_or_default().trim().to_owned();
        let routing = Some(text("t:RoutingType")).filter(|routing| !routing.is_empty());
        let address = text("t:EmailAddress");
        let name = Some(text("t:Name")).filter(|name| !name.is_empty()).unwrap_or_else(|| address.clone());
        Person { name, address, routing: routing.unwrap_or_else(|| "SMTP".into()) }
    }

    /// Sets a person's properties.
    pub(in crate::practice::exchange) fn store(&self, on: &mut impl Properties, ids: Ids) {
        let smtp = if self.routing == "SMTP" { self.address.as_str() } else { "" };
        for (id, text) in ids.into_iter().zip([self.name.as_str(), &self.routing, &self.address, smtp]) {
            if text.is_empty() {
                on.remove(id);
            } else {
                on.set(id, Type::UNICODE, Value::Unicode(text.to_owned()));
            }
        }
    }

    /// Writes `t:Mailbox`; people that the directory knows by their legacyExchangeDN get their SMTP address.
    pub(in crate::practice::exchange) fn write(&self, exchange: &Exchange, xml: &mut Xml) {
        let entries = &exchange.organisation.entries;
        let known = match self.routing.as_str() {
            "EX" => entries.iter().find(|entry| entry.legacy_dn.eq_ignore_ascii_case(&self.address)),
            _ => exchange.entry(&self.address),
        };
        let address = known.filter(|_| self.routing == "EX").map_or(self.address.as_str(), |entry| &entry.address);
        let routing = if known.is_some() { "SMTP" } else { &self.routing };
        xml.open("t:Mailbox").leaf("t:Name", &self.name);
        if !address.is_empty() {
            xml.leaf("t:EmailAddress", address).leaf("t:RoutingType", routing);
        }
        let kind = match known {
            Some(entry) if is_mailbox(entry) => "Mailbox",
            Some(entry) => directory::mailbox_type(entry),
            None => "OneOff",
        };
        xml.leaf("t:MailboxType", kind).close();
    }
}

/// A recipient's type: 1 To or required, 2 Cc or optional, 3 Bcc or resource; the bits above are flags.
pub(in crate::practice::exchange) fn recipient_type(recipient: &Recipient) -> i64 {
    Slot::Id(0x0C15).int(recipient).map_or(1, |kind| kind & 0x0F)
}

/// Whether a recipient is the organiser of the meeting.
pub(in crate::practice::exchange) fn is_organiser(recipient: &Recipient) -> bool {
    Slot::Id(0x5FFD).int(recipient).is_some_and(|flags| flags & 2 != 0)
}

/// The names of the recipients of a type, as `DisplayTo` shows them.
pub(in crate::practice::exchange) fn display(item: &Item, kind: i64) -> String {
    let of_kind = item.recipients.iter().filter(|recipient| recipient_type(recipient) == kind);
    let names = of_kind.filter_map(Person::recipient);
    let names: Vec<_> = names.map(|p| if p.name.is_empty() { p.address } else { p.name }).collect();
    names.join("; ")
}

/// Writes one person under an element such as `t:Sender`.
pub(in crate::practice::exchange) fn write_one(view: &View, ids: Ids, element: &'static str, xml: &mut Xml) {
    if let Some(person) = Person::of(view.item, ids) {
        xml.open(element);
        person.write(view.call.exchange, xml);
        xml.close();
    }
}

/// Writes the recipients of a type under an element such as `t:ToRecipients`.
pub(in crate::practice::exchange) fn write_recipients(view: &View, kind: i64, element: &'static str, xml: &mut Xml) {
    let of_kind = view.item.recipients.iter().filter(|recipient| recipient_type(recipient) == kind);
    let people: Vec<_> = of_kind.filter_map(Person::recipient).collect();
    if !people.is_empty() {
        xml.open(element);
        for person in people {
            person.write(view.call.exchange, xml);
        }
        xml.close();
    }
}

/// Replaces the recipients of a type by these people.
pub(in crate::practice::exchange) fn replace_recipients(item: &mut Item, kind: i32, people: &[Person]) {
    item.recipients.retain(|recipient| recipient_type(recipient) != i64::from(kind) || is_organiser(recipient));
    for person in people {
        let mut recipient = Recipient::default();
        recipient.set(0x0C15, Type::I32, Value::I32(kind));
        person.store(&mut recipient, RECIPIENT);
        item.recipients.push(recipient);
    }
    for (row, recipient) in item.recipients.iter_mut().enumerate() {
        recipient.remove(0x3000);
        let row = i32::try_from(row).unwrap_or(i32::MAX);
        let tag = crate::mapi::Tag::new(0x3000, Type::I32);
        recipient.properties.insert(0, crate::mapi::Property { tag, name: None, value: Value::I32(row) });
    }
}
