//! Properties that every item has, in schema order around the extended properties.

use std::borrow::Cow;

use super::{Codec, Field, body, people};
use crate::mapi::guid::{PS_PUBLIC_STRINGS, PSETID_COMMON, PSETID_TASK};
use crate::mapi::{Attachment, Item, Type, Value};
use crate::practice::exchange::element::Element;
use crate::practice::exchange::ids::{Id, What, change_key};
use crate::practice::exchange::item::attachment;
use crate::practice::exchange::shape::Shape;
use crate::practice::exchange::trouble::Trouble;
use crate::practice::exchange::version::Schema;
use crate::practice::exchange::view::{Kind, Slot, View, date_time, headers, parse_date_time};
use crate::practice::exchange::xml::Xml;

const SENSITIVITY: &[(i32, &str)] = &[(0, "Normal"), (1, "Personal"), (2, "Private"), (3, "Confidential")];
const IMPORTANCE: &[(i32, &str)] = &[(1, "Normal"), (0, "Low"), (2, "High")];
/// The user's categories.
pub(in crate::practice::exchange) const CATEGORIES: Slot = Slot::Word(PS_PUBLIC_STRINGS, Cow::Borrowed("Keywords"));

/// What stands before the extended properties.
pub(in crate::practice::exchange) static HEAD: &[Field] = &[
    Field::asked("item:MimeContent", "t:MimeContent", Schema::E2007, Codec::Both(body::read_mime, body::refuse_mime)),
    Field::always("item:ItemId", "t:ItemId", Codec::Made(read_id)),
    Field::all("item:ParentFolderId", "t:ParentFolderId", Codec::Made(read_parent)),
    Field::all("item:ItemClass", "t:ItemClass", Codec::Text(Slot::Id(0x001A))),
    Field::default("item:Subject", "t:Subject", Codec::Both(read_subject, write_subject)),
    Field::default("item:Sensitivity", "t:Sensitivity", Codec::Choice(Slot::Id(0x0036), SENSITIVITY)),
    Field::default("item:Body", "t:Body", Codec::Both(body::read_body, body::write_body)),
    Field::default("item:Attachments", "t:Attachments", Codec::Made(attachment::read_list)),
    Field::all("item:DateTimeReceived", "t:DateTimeReceived", Codec::Time(Slot::Id(0x0E06))),
    Field::default("item:Size", "t:Size", Codec::Made(read_size)),
    Field::all("item:Categories", "t:Categories", Codec::Texts(CATEGORIES)),
    Field::all("item:Importance", "t:Importance", Codec::Choice(Slot::Id(0x0017), IMPORTANCE)),
    Field::all("item:InReplyTo", "t:InReplyTo", Codec::Text(Slot::Id(0x1042))),
    Field::all("item:IsSubmitted", "t:IsSubmitted", Codec::Flag(0x04)),
    Field::all("item:IsDraft", "t:IsDraft", Codec::Flag(0x08)),
    Field::all("item:IsFromMe", "t:IsFromMe", Codec::Flag(0x20)),
    Field::all("item:IsResend", "t:IsResend", Codec::Flag(0x80)),
    Field::all("item:IsUnmodified", "t:IsUnmodified", Codec::Flag(0x02)),
    Field::all("item:InternetMessageHeaders", "t:InternetMessageHeaders", Codec::Made(read_headers)),
    Field::all("item:DateTimeSent", "t:DateTimeSent", Codec::Time(Slot::Id(0x0039))),
    Field::all("item:DateTimeCreated", "t:DateTimeCreated", Codec::Time(Slot::Id(0x3007))),
    Field::all("item:ReminderDueBy", "t:ReminderDueBy", Codec::Time(Slot::Lid(PSETID_COMMON, 0x8502))),
    Field::all("item:ReminderIsSet", "t:ReminderIsSet", Codec::Bool(Slot::Lid(PSETID_COMMON, 0x8503))),
    Field::asked(
        "item:ReminderNextTime",
        "t:ReminderNextTime",
        Schema::E2013,
        Codec::Time(Slot::Lid(PSETID_COMMON, 0x8560)),
    ),
    Field::all(
        "item:ReminderMinutesBeforeStart",
        "t:ReminderMinutesBeforeStart",
        Codec::Int(Slot::Lid(PSETID_COMMON, 0x8501)),
    ),
    Field::all("item:DisplayCc", "t:DisplayCc", Codec::Made(read_display_cc)),
    Field::all("item:DisplayTo", "t:DisplayTo", Codec::Made(read_display_to)),
    Field::default("item:HasAttachments", "t:HasAttachments", Codec::Made(read_has_attachments)),
];

/// What stands after the extended properties.
pub(in crate::practice::exchange) static TAIL: &[Field] = &[
    Field::all("item:Culture", "t:Culture", Codec::Both(read_culture, write_culture)),
    Field::later("item:EffectiveRights", "t:EffectiveRights", Schema::E2007Sp1, Codec::Made(read_rights)),
    Field::later("item:LastModifiedName", "t:LastModifiedName", Schema::E2007Sp1, Codec::Text(Slot::Id(0x3FFA))),
    Field::later("item:LastModifiedTime", "t:LastModifiedTime", Schema::E2007Sp1, Codec::Time(Slot::Id(0x3008))),
    Field::later("item:IsAssociated", "t:IsAssociated", Schema::E2010, Codec::Made(read_associated)),
    Field::later("item:ConversationId", "t:ConversationId", Schema::E2010, Codec::Made(read_conversation)),
    Field::asked("item:UniqueBody", "t:UniqueBody", Schema::E2010, Codec::Made(body::read_unique_body)),
    Field::later("item:Flag", "t:Flag", Schema::E2013, Codec::Both(read_flag, write_flag)),
    Field::asked("item:TextBody", "t:TextBody", Schema::E2013, Codec::Made(body::read_text_body)),
    Field::asked("item:MimeContentUTF8", "t:MimeContentUTF8", Schema::E2013Sp1, Codec::Made(body::read_mime_utf8)),
];

fn read_id(view: &View, _: &Shape, xml: &mut Xml) {
    view.write_id("t:ItemId", xml);
}

fn read_parent(view: &View, _: &Shape, xml: &mut Xml) {
    if let Some(folder) = view.folder {
        let id = Id::folder(view.id.mailbox, folder);
        let key = change_key(What::Folder, &view.id.mailbox, folder);
        xml.open("t:ParentFolderId").attr("Id", &id.text()).attr("ChangeKey", &key).close();
    }
}

/// The subject; where it is stored in two parts only, their sum.
pub(in crate::practice::exchange) fn subject(item: &Item) -> Option<String> {
    Slot::Id(0x0037).text(item).or_else(|| {
        let normalized = Slot::Id(0x0E1D).text(item)?;
        Some(Slot::Id(0x003D).text(item).unwrap_or_default() + &normalized)
    })
}

fn read_subject(view: &View, _: &Shape, xml: &mut Xml) {
    xml.maybe("t:Subject", subject(view.item).as_deref());
}

fn write_subject(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    for id in [0x0037, 0x003D, 0x0E1D] {
        Slot::Id(id).remove(item);
    }
    if let Some(element) = element {
        let (prefix, normalized) = split_subject(&element.text);
        for (id, text) in [(0x0037, element.text.as_str()), (0x003D, prefix), (0x0E1D, normalized)] {
            Slot::Id(id).set(item, Type::UNICODE, Value::Unicode(text.to_owned()));
        }
    }
    Ok(())
}

/// Prefix (up to three characters, colon and space) and the rest.
pub(in crate::practice::exchange) fn split_subject(subject: &str) -> (&str, &str) {
    match subject.find(": ") {
        Some(at)
            if (1..=3).contains(&subject[..at].chars().count()) && subject[..at].chars().all(char::is_alphabetic) =>
        {
            subject.split_at(at + 2)
        }
        _ => ("", subject),
    }
}

fn read_size(view: &View, _: &Shape, xml: &mut Xml) {
    xml.leaf("t:Size", &view.size().min(i32::MAX.into()).to_string());
}

fn read_headers(view: &View, shape: &Shape, xml: &mut Xml) {
    let all = headers(view.item);
    let wanted: Vec<_> = all
        .iter()
        .filter(|(name, _)| shape.wants_entry("item:InternetMessageHeaders", "item:InternetMessageHeader", name))
        .collect();
    if !wanted.is_empty() {
        xml.open("t:InternetMessageHeaders");
        for (name, value) in wanted {
            xml.open("t:InternetMessageHeader").attr("HeaderName", name).text(value).close();
        }
        xml.close();
    }
}

fn read_display_cc(view: &View, _: &Shape, xml: &mut Xml) {
    xml.leaf("t:DisplayCc", &people::display(view.item, 2));
}

fn read_display_to(view: &View, _: &Shape, xml: &mut Xml) {
    xml.leaf("t:DisplayTo", &people::display(view.item, 1));
}

fn read_has_attachments(view: &View, _: &Shape, xml: &mut Xml) {
    let inline = |attachment: &Attachment| Slot::Id(0x3714).int(attachment).unwrap_or(0) & 4 != 0;
    xml.bool("t:HasAttachments", view.visible_attachments().any(|(_, attachment)| !inline(attachment)));
}

/// Locales that items may state, by their Windows number; the first is what others count as.
const LOCALES: [(i32, &str); 12] = [
    (0x0409, "en-US"),
    (0x0809, "en-GB"),
    (0x0407, "de-DE"),
    (0x040C, "fr-FR"),
    (0x0410, "it-IT"),
    (0x0C0A, "es-ES"),
    (0x0816, "pt-PT"),
    (0x0413, "nl-NL"),
    (0x0406, "da-DK"),
    (0x0408, "el-GR"),
    (0x0415, "pl-PL"),
    (0x0411, "ja-JP"),
];

fn read_culture(view: &View, _: &Shape, xml: &mut Xml) {
    let number = Slot::Id(0x3FF1).int(view.item);
    let known = LOCALES.iter().find(|(locale, _)| Some(i64::from(*locale)) == number);
    xml.leaf("t:Culture", known.unwrap_or(&LOCALES[0]).1);
}

fn write_culture(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    let number = element.and_then(|element| LOCALES.iter().find(|(_, name)| *name == element.text.trim()));
    match number {
        Some((number, _)) => Slot::Id(0x3FF1).set(item, Type::I32, Value::I32(*number)),
        None => Slot::Id(0x3FF1).remove(item),
    }
    Ok(())
}

/// The administrator has full access to every mailbox.
pub(in crate::practice::exchange) fn full_rights(xml: &mut Xml) {
    xml.open("t:EffectiveRights");
    let rights = ["t:CreateAssociated", "t:CreateContents", "t:CreateHierarchy", "t:Delete", "t:Modify", "t:Read"];
    for right in rights {
        xml.bool(right, true);
    }
}

fn read_rights(view: &View, _: &Shape, xml: &mut Xml) {
    full_rights(xml);
    if view.call.knows(Schema::E2010Sp1) {
        xml.bool("t:ViewPrivateItems", true);
    }
    xml.close();
}

fn read_associated(_: &View, _: &Shape, xml: &mut Xml) {
    xml.bool("t:IsAssociated", false);
}

/// The conversation: what the 16 bytes after the first six of the conversation index name.
fn read_conversation(view: &View, _: &Shape, xml: &mut Xml) {
    let index = Slot::Id(0x0071).bytes(view.item);
    if let Some(guid) = index.and_then(|index| index.get(6..22)) {
        let mut mailbox = [0; 16];
        mailbox.copy_from_slice(guid);
        xml.open("t:ConversationId").attr("Id", &Id::item(mailbox, 0).text()).close();
    }
}

/// Follow-up flag: status 0x1090 (1 complete, 2 flagged), dates in PSETID_Task and PSETID_Common.
fn read_flag(view: &View, _: &Shape, xml: &mut Xml) {
    if matches!(view.kind(), Kind::CalendarItem | Kind::Task) {
        return;
    }
    let status = match Slot::Id(0x1090).int(view.item) {
        Some(1) => "Complete",
        Some(2) => "Flagged",
        _ => "NotFlagged",
    };
    xml.open("t:Flag").leaf("t:FlagStatus", status);
    let date = |slot: Slot| slot.time(view.item).and_then(date_time);
    if status == "Flagged" {
        let dates = (date(Slot::Lid(PSETID_TASK, 0x8104)), date(Slot::Lid(PSETID_TASK, 0x8105)));
        if let (Some(start), Some(due)) = dates {
            xml.leaf("t:StartDate", &start).leaf("t:DueDate", &due);
        }
    } else if status == "Complete" {
        xml.maybe("t:CompleteDate", date(Slot::Id(0x1091)).as_deref());
    }
    xml.close();
}

fn write_flag(item: &mut Item, element: Option<&Element>) -> Result<(), Trouble> {
    let slots = [
        ("t:StartDate", Slot::Lid(PSETID_TASK, 0x8104)),
        ("t:DueDate", Slot::Lid(PSETID_TASK, 0x8105)),
        ("t:CompleteDate", Slot::Id(0x1091)),
    ];
    Slot::Id(0x1090).remove(item);
    for (_, slot) in &slots {
        slot.remove(item);
    }
    let Some(element) = element else { return Ok(()) };
    let status = match element.text_of("t:FlagStatus") {
        Some("Flagged") => 2,
        Some("Complete") => 1,
        _ => return Ok(()),
    };
    Slot::Id(0x1090).set(item, Type::I32, Value::I32(status));
    for (name, slot) in slots {
        if let Some(time) = element.text_of(name).and_then(parse_date_time) {
            slot.set(item, Type::TIME, Value::Time(time));
        }
    }
    Ok(())
}
