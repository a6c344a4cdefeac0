//! Items: GetItem, GetAttachment, and the way from an id to an item or to what an attachment embeds.

pub(super) mod attachment;

use super::call::{Call, stored};
use super::element::Element;
use super::fields::write_item;
use super::ids::Id;
use super::shape::Shape;
use super::soap::Operation;
use super::trouble::{Answers, Trouble};
use super::version::Schema;
use super::view::View;
use super::xml::Xml;
use crate::practice::store::Mailbox;

/// The operations on items.
pub(super) static OPERATIONS: &[Operation] = &[
    Operation::new("m:GetItem", Schema::E2007, &["m:ItemShape", "m:ItemIds"], get_item),
    Operation::new(
        "m:GetAttachment",
        Schema::E2007,
        &["m:AttachmentShape", "m:AttachmentIds"],
        attachment::get_attachment,
    ),
];

/// The item of an id: stored, or embedded along the id's path.
pub(super) fn view<'a>(call: &'a Call, address: &'a str, mailbox: &'a Mailbox, id: &Id) -> Result<View<'a>, Trouble> {
    let mut view = View::stored(call, address, stored(mailbox, id.key)?);
    for step in &id.path {
        view = view.embedded((*step).into()).ok_or_else(Trouble::item_not_found)?;
    }
    Ok(view)
}

fn get_item(call: &Call) -> Result<String, Trouble> {
    let shape = call.required("m:ItemShape")?;
    let shape = Shape::parse(shape)?;
    let mut answers = Answers::new("m:GetItemResponse", "m:GetItemResponseMessage", "m:Items");
    for id in ids(call)? {
        answers.put(get_one(call, &shape, id));
    }
    Ok(answers.finish())
}

/// The ids of `m:ItemIds`, of which there is at least one.
pub(super) fn ids<'a>(call: &Call<'a>) -> Result<&'a [Element], Trouble> {
    let ids = call.list("m:ItemIds")?;
    ids.iter().find(|id| !known_id(id)).map_or(Ok(ids), |other| Err(Trouble::unexpected(other)))
}

fn known_id(id: &Element) -> bool {
    matches!(
        id.name.as_str(),
        "t:ItemId" | "t:OccurrenceItemId" | "t:RecurringMasterItemId" | "t:RecurringMasterItemIdRanges"
    )
}

fn get_one(call: &Call, shape: &Shape, id: &Element) -> Result<Xml, Trouble> {
    if id.name != "t:ItemId" {
        let text = "Occurrences are read through their series' ModifiedOccurrences.";
        return Err(Trouble::new("ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange", text));
    }
    let (address, id) = call.item(id)?;
    let mailbox = call.exchange.read(&address)?;
    let view = view(call, &address, &mailbox, &id)?;
    let mut xml = Xml::new();
    xml.open("m:Items");
    write_with_mime(&view, shape, &mut xml)?;
    xml.close();
    Ok(xml)
}

/// Writes an item. MIME is refused for kinds without a MIME form (exchange-source.md 3.5); asked for by its field's
/// name it is merely left out, since clients ask for all names of fields that they know.
pub(super) fn write_with_mime(view: &View, shape: &Shape, xml: &mut Xml) -> Result<(), Trouble> {
    if shape.mime && !view.kind().has_mime() {
        let text = "MIME content is available for messages, posts and calendar items only.";
        return Err(Trouble::new("ErrorUnsupportedMimeConversion", text));
    }
    write_item(view, shape, xml);
    Ok(())
}
