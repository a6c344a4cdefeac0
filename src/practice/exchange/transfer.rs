//! ExportItems and UploadItems: whole items as fast transfer streams.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::call::{Call, stored};
use super::element::Element;
use super::item::ids;
use super::shape::truth_of;
use super::soap::Operation;
use super::trouble::{Answers, Trouble};
use super::version::Schema;
use super::view::View;
use super::xml::Xml;
use crate::mapi::{Item, Property, Tag, Type, Value, container};
use crate::practice::store::Mailbox;

/// The operations that carry whole items.
pub(super) static OPERATIONS: &[Operation] = &[
    Operation::new("m:ExportItems", Schema::E2010Sp1, &["m:ItemIds"], export_items),
    Operation::new("m:UploadItems", Schema::E2010Sp1, &["m:Items"], upload_items),
];

/// MetaTagDnPrefix, with which Exchange begins every stream.
const DN_PREFIX: u16 = 0x4008;

fn export_items(call: &Call) -> Result<String, Trouble> {
    let mut answers = Answers::new("m:ExportItemsResponse", "m:ExportItemsResponseMessage", "");
    for id in ids(call)? {
        answers.put(export(call, id));
    }
    Ok(answers.finish())
}

fn export(call: &Call, id: &Element) -> Result<Xml, Trouble> {
    let (address, id) = call.item(id)?;
    if !id.path.is_empty() {
        return Err(Trouble::new("ErrorInvalidIdMalformed", "Attachments cannot be exported."));
    }
    let mailbox = call.exchange.read(&address)?;
    let stored = stored(&mailbox, id.key)?;
    let mut item = stored.item.clone();
    item.properties.retain(|property| property.tag.id() != DN_PREFIX);
    let prefix = Value::Bytes8(bytes::Bytes::new());
    item.properties.insert(0, Property { tag: Tag::new(DN_PREFIX, Type::STRING8), name: None, value: prefix });
    let data = container::encode_item(&item, call.exchange.server().partner())
        .map_err(|error| Trouble::new("ErrorItemCorrupt", format!("The item cannot be exported: {error}")))?;
    let mut xml = Xml::new();
    View::stored(call, &address, stored).write_id("m:ItemId", &mut xml);
    xml.leaf("m:Data", &STANDARD.encode(data));
    Ok(xml)
}

fn upload_items(call: &Call) -> Result<String, Trouble> {
    let items = call.list("m:Items")?;
    let mut answers = Answers::new("m:UploadItemsResponse", "m:UploadItemsResponseMessage", "");
    for item in items {
        answers.put(upload(call, item));
    }
    Ok(answers.finish())
}

fn upload(call: &Call, element: &Element) -> Result<Xml, Trouble> {
    let child = |name: &'static str| element.child(name).ok_or_else(|| Trouble::missing(element, &name[2..]));
    let place = call.folder(child("t:ParentFolderId")?)?;
    let named = element.child("t:ItemId").map(|id| call.item(id)).transpose()?;
    if truth_of(element, "IsAssociated") {
        return Err(Trouble::new("ErrorUnsupportedTypeForConversion", "Associated items are not kept here."));
    }
    let item = decode(&child("t:Data")?.text)?;
    let mut mailbox = call.exchange.write(&place.address)?;
    let key = match (element.attribute("CreateAction"), named) {
        (Some("CreateNew"), _) | (Some("UpdateOrCreate"), None) => mailbox.add_item(place.key, item),
        (Some(action @ ("Update" | "UpdateOrCreate")), Some((address, id))) => {
            let there = address == place.address && mailbox.item(id.key).is_some_and(|old| old.folder == place.key);
            if there {
                replace(&mut mailbox, id.key, item)
            } else if action == "Update" {
                return Err(Trouble::item_not_found());
            } else {
                mailbox.add_item(place.key, item)
            }
        }
        (Some("Update"), None) => return Err(Trouble::missing(element, "ItemId")),
        _ => return Err(Trouble::schema(element, "CreateAction is invalid.")),
    };
    let mut xml = Xml::new();
    View::stored(call, &place.address, stored(&mailbox, key)?).write_id("m:ItemId", &mut xml);
    Ok(xml)
}

fn replace(mailbox: &mut Mailbox, key: u64, item: Item) -> u64 {
    mailbox.change_item(key, false, |old| *old = item);
    key
}

fn decode(data: &str) -> Result<Item, Trouble> {
    let wrong = |text: String| Trouble::new("ErrorCorruptData", text);
    let compact: String = data.chars().filter(|character| !character.is_whitespace()).collect();
    let bytes = STANDARD.decode(compact).map_err(|error| wrong(format!("The data is not base64: {error}")))?;
    let mut item =
        container::decode_item(&bytes).map_err(|error| wrong(format!("The data is no exported item: {error}")))?;
    item.properties.retain(|property| property.tag.id() != DN_PREFIX);
    Ok(item)
}
