//! Attachments: how items list them, and GetAttachment.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::view;
use crate::mapi::{Attachment, Properties, Value};
use crate::practice::exchange::call::Call;
use crate::practice::exchange::element::Element;
use crate::practice::exchange::fields::item::subject;
use crate::practice::exchange::ids::Id;
use crate::practice::exchange::shape::Shape;
use crate::practice::exchange::trouble::{Answers, Trouble};
use crate::practice::exchange::version::Schema;
use crate::practice::exchange::view::{Slot, View, date_time, size};
use crate::practice::exchange::xml::Xml;

/// Attach method of an embedded item.
const EMBEDDED: i64 = 5;
/// Attach flag of what the HTML body refers to.
const IN_HTML: i64 = 4;

/// An attachment's file name.
pub(in crate::practice::exchange) fn name(attachment: &Attachment) -> Option<String> {
    let slots = [0x3707, 0x3704, 0x3001].map(Slot::Id);
    let named = slots.iter().find_map(|slot| slot.text(attachment).filter(|name| !name.is_empty()));
    named.or_else(|| attachment.embedded.as_deref().and_then(subject))
}

/// Whether an attachment is an item.
pub(in crate::practice::exchange) fn is_item(attachment: &Attachment) -> bool {
    attachment.embedded.is_some() || Slot::Id(0x3705).int(attachment) == Some(EMBEDDED)
}

/// An attachment's bytes.
pub(in crate::practice::exchange) fn data(attachment: &Attachment) -> &[u8] {
    match attachment.value(0x3701) {
        Some(Value::Binary(bytes) | Value::Object(bytes)) => bytes,
        _ => &[],
    }
}

/// Whether an attachment belongs into the HTML body.
pub(in crate::practice::exchange) fn is_inline(attachment: &Attachment) -> bool {
    Slot::Id(0x3714).int(attachment).unwrap_or(0) & IN_HTML != 0
}

/// Writes `t:Attachments` of an item.
pub(in crate::practice::exchange) fn read_list(view: &View, shape: &Shape, xml: &mut Xml) {
    if shape.brief || view.visible_attachments().next().is_none() {
        return;
    }
    xml.open("t:Attachments");
    for (index, attachment) in view.visible_attachments() {
        xml.open(if is_item(attachment) { "t:ItemAttachment" } else { "t:FileAttachment" });
        write_facts(view, index, attachment, xml);
        xml.close();
    }
    xml.close();
}

fn write_facts(view: &View, index: usize, attachment: &Attachment, xml: &mut Xml) {
    let id = view.id.attachment(index);
    let root = Id::item(view.id.mailbox, view.id.key);
    let text = |id: u16| Slot::Id(id).text(attachment).filter(|text| !text.is_empty());
    xml.open("t:AttachmentId").attr("Id", &id.text());
    xml.attr("RootItemId", &root.text()).attr("RootItemChangeKey", &view.change_key()).close();
    xml.leaf("t:Name", &name(attachment).unwrap_or_default());
    xml.maybe("t:ContentType", text(0x370E).as_deref()).maybe("t:ContentId", text(0x3712).as_deref());
    xml.maybe("t:ContentLocation", text(0x3713).as_deref());
    if view.call.knows(Schema::E2010) {
        let bytes = attachment.embedded.as_deref().map_or(data(attachment).len(), size);
        xml.leaf("t:Size", &i32::try_from(bytes).unwrap_or(i32::MAX).to_string());
        xml.maybe("t:LastModifiedTime", Slot::Id(0x3008).time(attachment).and_then(date_time).as_deref());
        xml.bool("t:IsInline", is_inline(attachment));
        if !is_item(attachment) {
            xml.bool("t:IsContactPhoto", Slot::Id(0x7FFF).bool(attachment).unwrap_or(false));
        }
    }
}

/// GetAttachment: bytes of files, items of item attachments.
pub(super) fn get_attachment(call: &Call) -> Result<String, Trouble> {
    let shape = call.request.child("m:AttachmentShape").map(Shape::parse).transpose()?.unwrap_or_else(Shape::all);
    let ids = call.list("m:AttachmentIds")?;
    let mut answers = Answers::new("m:GetAttachmentResponse", "m:GetAttachmentResponseMessage", "m:Attachments");
    for id in ids {
        answers.put(get_one(call, &shape, id));
    }
    Ok(answers.finish())
}

fn get_one(call: &Call, shape: &Shape, id: &Element) -> Result<Xml, Trouble> {
    let unknown = || Trouble::new("ErrorInvalidAttachmentId", "The attachment id is invalid.");
    let (address, mut id) = call.item(id)?;
    let index = usize::from(id.path.pop().ok_or_else(unknown)?);
    let mailbox = call.exchange.read(&address)?;
    let owner = view(call, &address, &mailbox, &id)?;
    let attachment = owner.item.attachments.get(index).ok_or_else(Trouble::item_not_found)?;
    let mut xml = Xml::new();
    xml.open("m:Attachments");
    if is_item(attachment) {
        let item =
            owner.embedded(index).ok_or_else(|| Trouble::new("ErrorItemCorrupt", "The attachment is empty."))?;
        xml.open("t:ItemAttachment");
        write_facts(&owner, index, attachment, &mut xml);
        super::write_with_mime(&item, shape, &mut xml)?;
    } else {
        xml.open("t:FileAttachment");
        write_facts(&owner, index, attachment, &mut xml);
        xml.leaf("t:Content", &STANDARD.encode(data(attachment)));
    }
    xml.close().close();
    Ok(xml)
}
