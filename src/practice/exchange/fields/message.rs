//! Properties of messages and posts.

use super::contact::one_off;
use super::people::{
    FROM, Person, RECEIVED_BY, RECEIVED_FOR, SENDER, replace_recipients, write_one, write_recipients,
};
use super::{Codec, Field};
use crate::mapi::{Item, Type, Value};
use crate::practice::entry_id;
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

fn read_reply_to(view: &View, shape: &Shape, xml: &mut Xml) {
    let ids = Slot::Id(0x004F).bytes(view.item).map(flat_entries).unwrap_or_default();
    let people: Vec<_> = ids.into_iter().filter_map(one_off).collect();
    if !people.is_empty() && !shape.brief {
        xml.open("t:ReplyTo");
        for person in people {
            person.write(view.call.exchange, xml);
        }
        xml.close();
    }
}

/// The entries of a flat list (MS-OXCDATA 2.3.3): count, size, then each with its size, padded to four bytes.
fn flat_entries(list: &[u8]) -> Vec<&[u8]> {
    let mut entries = Vec::new();
    let mut rest = list.get(8..).unwrap_or_default();
    while let Some((size, tail)) = rest.split_first_chunk::<4>() {
        let size = u32::from_le_bytes(*size) as usize;
        let Some(entry) = tail.get(..size) else { break };
        entries.push(entry);
        rest = tail.get(size.next_multiple_of(4)..).unwrap_or_default();
    }
    entries
}

fn write_reply_to(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    Slot::Id(0x004F).remove(item);
    Slot::Id(0x0050).remove(item);
    let people = people(element);
    if !people.is_empty() {
        let names: Vec<_> = people.iter().map(|person| person.name.clone()).collect();
        let ids: Vec<_> = people.iter().map(|person| entry_id::one_off(&person.name, &person.address)).collect();
        Slot::Id(0x004F).set(item, Type::BINARY, Value::Binary(entry_id::flat_list(&ids).into()));
        Slot::Id(0x0050).set(item, Type::UNICODE, Value::Unicode(names.join("; ")));
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
