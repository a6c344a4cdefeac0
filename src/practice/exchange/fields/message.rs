//! Properties of messages and posts.

use super::people::{
    FROM, Person, RECEIVED_BY, RECEIVED_FOR, SENDER, replace_recipients, write_one, write_recipients,
};
use super::{Codec, Field};
use crate::mapi::Item;
use crate::practice::exchange::element::Element;
use crate::practice::exchange::shape::Shape;
use crate::practice::exchange::trouble::Trouble;
use crate::practice::exchange::version::Schema;
use crate::practice::exchange::view::{Slot, View};
use crate::practice::exchange::xml::Xml;

const READ: i64 = 0x01;

/// Of messages.
pub(in crate::practice::exchange) static MESSAGE: &[Field] = &[
    Field::default("message:Sender", "t:Sender", Codec::Both(read_sender, write_sender)),
    Field::default("message:ToRecipients", "t:ToRecipients", Codec::Both(read_to, write_to)),
    Field::default("message:CcRecipients", "t:CcRecipients", Codec::Both(read_cc, write_cc)),
    Field::default("message:BccRecipients", "t:BccRecipients", Codec::Both(read_bcc, write_bcc)),
    Field::default("message:IsReadReceiptRequested", "t:IsReadReceiptRequested", Codec::Bool(Slot::Id(0x0029))),
    Field::default(
        "message:IsDeliveryReceiptRequested",
        "t:IsDeliveryReceiptRequested",
        Codec::Bool(Slot::Id(0x0023)),
    ),
    Field::all("message:ConversationIndex", "t:ConversationIndex", Codec::Binary(Slot::Id(0x0071))),
    Field::all("message:ConversationTopic", "t:ConversationTopic", Codec::Text(Slot::Id(0x0070))),
    Field::default("message:From", "t:From", Codec::Both(read_from, write_from)),
    Field::default("message:InternetMessageId", "t:InternetMessageId", Codec::Text(Slot::Id(0x1035))),
    Field::default("message:IsRead", "t:IsRead", Codec::Flag(READ)),
    Field::default("message:IsResponseRequested", "t:IsResponseRequested", Codec::Bool(Slot::Id(0x0063))),
    Field::default("message:References", "t:References", Codec::Text(Slot::Id(0x1039))),
    Field::all("message:ReplyTo", "t:ReplyTo", Codec::Both(read_reply_to, write_reply_to)),
    Field::later("message:ReceivedBy", "t:ReceivedBy", Schema::E2007Sp1, Codec::Made(read_received_by)),
    Field::later(
        "message:ReceivedRepresenting",
        "t:ReceivedRepresenting",
        Schema::E2007Sp1,
        Codec::Made(read_received_for),
    ),
];

/// Of posts.
pub(in crate::practice::exchange) static POST: &[Field] = &[
    Field::all("message:ConversationIndex", "t:ConversationIndex", Codec::Binary(Slot::Id(0x0071))),
    Field::all("message:ConversationTopic", "t:ConversationTopic", Codec::Text(Slot::Id(0x0070))),
    Field::default("message:From", "t:From", Codec::Both(read_from, write_from)),
    Field::default("message:InternetMessageId", "t:InternetMessageId", Codec::Text(Slot::Id(0x1035))),
    Field::default("message:IsRead", "t:IsRead", Codec::Flag(READ)),
    Field::default("postitem:PostedTime", "t:PostedTime", Codec::Time(Slot::Id(0x0039))),
    Field::default("message:References", "t:References", Codec::Text(Slot::Id(0x1039))),
    Field::default("message:Sender", "t:Sender", Codec::Both(read_sender, write_sender)),
];

fn read_sender(view: &View, _: &Shape, xml: &mut Xml) {
    write_one(view, SENDER, "t:Sender", xml);
}

fn read_from(view: &View, _: &Shape, xml: &mut Xml) {
    write_one(view, FROM, "t:From", xml);
}

fn read_received_by(view: &View, _: &Shape, xml: &mut Xml) {
    write_one(view, RECEIVED_BY, "t:ReceivedBy", xml);
}

fn read_received_for(view: &View, _: &Shape, xml: &mut Xml) {
    write_one(view, RECEIVED_FOR, "t:ReceivedRepresenting", xml);
}

fn read_to(view: &View, shape: &Shape, xml: &mut Xml) {
    recipients(view, shape, 1, "t:ToRecipients", xml);
}

fn read_cc(view: &View, shape: &Shape, xml: &mut Xml) {
    recipients(view, shape, 2, "t:CcRecipients", xml);
}

fn read_bcc(view: &View, shape: &Shape, xml: &mut Xml) {
    recipients(view, shape, 3, "t:BccRecipients", xml);
}

/// Find and Sync operations never give recipients.
fn recipients(view: &View, shape: &Shape, kind: i64, element: &'static str, xml: &mut Xml) {
    if !shape.brief {
        write_recipients(view, kind, element, xml);
    }
}

/// Reply addresses are stored as entry ids; their names, which the store keeps beside them, are SMTP addresses in
/// messages that came from outside.
fn read_reply_to(view: &View, shape: &Shape, xml: &mut Xml) {
    let names = Slot::Id(0x0050).text(view.item).filter(|names| !names.is_empty());
    if let Some(names) = names.filter(|_| !shape.brief) {
        xml.open("t:ReplyTo");
        for name in names.split(';').map(str::trim).filter(|name| !name.is_empty()) {
            let address = if name.contains('@') { name } else { "" };
            let person = Person { name: name.into(), address: address.into(), routing: "SMTP".into() };
            person.write(view.call.exchange, xml);
        }
        xml.close();
    }
}

fn write_reply_to(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    let names: Vec<_> = people(element).into_iter().map(|person| person.address).collect();
    Slot::Id(0x0050).remove(item);
    if !names.is_empty() {
        let value = crate::mapi::Value::Unicode(names.join("; "));
        Slot::Id(0x0050).set(item, crate::mapi::Type::UNICODE, value);
    }
    Ok(())
}

fn people(element: Option<&Element>) -> Vec<Person> {
    element.iter().flat_map(|element| element.all("t:Mailbox")).map(Person::parse).collect()
}

fn write_sender(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    people(element).first().cloned().unwrap_or_default().store(item, SENDER);
    Ok(())
}

fn write_from(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    people(element).first().cloned().unwrap_or_default().store(item, FROM);
    Ok(())
}

fn write_to(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    replace_recipients(item, 1, &people(element));
    Ok(())
}

fn write_cc(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    replace_recipients(item, 2, &people(element));
    Ok(())
}

fn write_bcc(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    replace_recipients(item, 3, &people(element));
    Ok(())
}
