//! CreateAttachment and DeleteAttachment.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::create::build;
use super::{complete, now};
use crate::mapi::{Attachment, Properties, Type, Value};
use crate::practice::exchange::call::{Call, stored};
use crate::practice::exchange::element::Element;
use crate::practice::exchange::fields::truth;
use crate::practice::exchange::trouble::{Answers, Trouble};
use crate::practice::exchange::view::{Kind, Slot, View};
use crate::practice::exchange::xml::Xml;

/// CreateAttachment.
pub(super) fn create_attachments(call: &Call) -> Result<String, Trouble> {
    let parent = call.required("m:ParentItemId")?;
    let list = call.list("m:Attachments")?;
    let mut answers =
        Answers::new("m:CreateAttachmentResponse", "m:CreateAttachmentResponseMessage", "m:Attachments");
    for attachment in list {
        answers.put(create(call, parent, attachment));
    }
    Ok(answers.finish())
}

fn create(call: &Call, parent: &Element, element: &Element) -> Result<Xml, Trouble> {
    let (address, id) = call.item(parent)?;
    if !id.path.is_empty() {
        return Err(Trouble::new("ErrorInvalidIdMalformed", "Attached items cannot be given attachments."));
    }
    let attachment = parse_attachment(element)?;
    let is_item = attachment.embedded.is_some();
    let mut mailbox = call.exchange.write(&address)?;
    let index = stored(&mailbox, id.key)?.item.attachments.len();
    mailbox.change_item(id.key, false, |item| {
        item.attachments.push(attachment);
        item.set(0x3008, Type::TIME, now());
    });
    let view = View::stored(call, &address, stored(&mailbox, id.key)?);
    let mut xml = Xml::new();
    xml.open("m:Attachments").open(if is_item { "t:ItemAttachment" } else { "t:FileAttachment" });
    xml.open("t:AttachmentId").attr("Id", &view.id.attachment(index).text());
    xml.attr("RootItemId", &view.id.text()).attr("RootItemChangeKey", &view.change_key()).close().close().close();
    Ok(xml)
}

/// An attachment from its element.
pub(super) fn parse_attachment(element: &Element) -> Result<Attachment, Trouble> {
    let mut attachment = Attachment::default();
    let number = |attachment: &mut Attachment, id: u16, value: i32| attachment.set(id, Type::I32, Value::I32(value));
    let texts =
        [("t:Name", 0x3707), ("t:ContentType", 0x370E), ("t:ContentId", 0x3712), ("t:ContentLocation", 0x3713)];
    for (name, id) in texts {
        if let Some(text) = element.text_of(name).filter(|text| !text.is_empty()) {
            attachment.set(id, Type::UNICODE, Value::Unicode(text.to_owned()));
        }
    }
    number(&mut attachment, 0x370B, -1);
    attachment.set(0x3008, Type::TIME, now());
    if element.text_of("t:IsInline").is_some_and(truth) {
        number(&mut attachment, 0x3714, 4);
    }
    match element.name.as_str() {
        "t:FileAttachment" => {
            let content = element.text_of("t:Content").unwrap_or_default();
            let compact: String = content.chars().filter(|character| !character.is_whitespace()).collect();
            let bytes = STANDARD.decode(compact).map_err(|_| Trouble::schema(element, "Content is not base64."))?;
            number(&mut attachment, 0x3705, 1);
            attachment.set(0x3701, Type::BINARY, Value::Binary(bytes.into()));
        }
        "t:ItemAttachment" => {
            let known = |child: &&Element| item_kind(child).is_some();
            let item = element.children.iter().find(known).ok_or_else(|| Trouble::missing(element, "Item"))?;
            let kind = item_kind(item).unwrap_or(Kind::Other);
            let mut embedded = build(item, kind)?;
            complete(&mut embedded, kind, false);
            number(&mut attachment, 0x3705, 5);
            attachment.embedded = Some(Box::new(embedded));
        }
        _ => return Err(Trouble::unexpected(element)),
    }
    Ok(attachment)
}

fn item_kind(element: &Element) -> Option<Kind> {
    Some(match element.name.as_str() {
        "t:Item" => Kind::Other,
        "t:Message" => Kind::Message,
        "t:CalendarItem" => Kind::CalendarItem,
        "t:Contact" => Kind::Contact,
        "t:Task" => Kind::Task,
        "t:PostItem" => Kind::Post,
        _ => return None,
    })
}

/// DeleteAttachment.
pub(super) fn delete_attachments(call: &Call) -> Result<String, Trouble> {
    let ids = call.list("m:AttachmentIds")?;
    let mut answers = Answers::new("m:DeleteAttachmentResponse", "m:DeleteAttachmentResponseMessage", "");
    // Later attachments move up when one goes: the last ones go first, the answers keep the order of the request.
    let mut order: Vec<usize> = (0..ids.len()).collect();
    let index = |at: usize| ids.get(at).and_then(|id| call.item(id).ok()).and_then(|(_, id)| id.path.last().copied());
    order.sort_by_key(|at| std::cmp::Reverse(index(*at)));
    let mut outcomes: Vec<_> = order.into_iter().map(|at| (at, delete(call, &ids[at]))).collect();
    outcomes.sort_by_key(|(at, _)| *at);
    for (_, outcome) in outcomes {
        answers.put(outcome);
    }
    Ok(answers.finish())
}

fn delete(call: &Call, id: &Element) -> Result<Xml, Trouble> {
    let (address, id) = call.item(id)?;
    let [index] = id.path[..] else {
        return Err(Trouble::new("ErrorInvalidAttachmentId", "The attachment id is invalid."));
    };
    let mut mailbox = call.exchange.write(&address)?;
    let there = stored(&mailbox, id.key)?.item.attachments.len() > usize::from(index);
    if !there {
        return Err(Trouble::item_not_found());
    }
    mailbox.change_item(id.key, false, |item| {
        item.attachments.remove(index.into());
        Slot::Id(0x3008).set(item, Type::TIME, now());
    });
    let view = View::stored(call, &address, stored(&mailbox, id.key)?);
    let mut xml = Xml::new();
    xml.open("m:RootItemId")
        .attr("RootItemId", &view.id.text())
        .attr("RootItemChangeKey", &view.change_key())
        .close();
    Ok(xml)
}
