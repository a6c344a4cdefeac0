//! An item as an operation sees it: its properties by slot, its kind, its bodies, its ids.

use std::borrow::Cow;

use super::call::Call;
use super::ids::{Id, What, change_key};
use super::xml::Xml;
use crate::mapi::time::{filetime_from_unix, unix_from_filetime};
use crate::mapi::{Attachment, Item, Name, NamedId, Properties, Type, Value};
use crate::practice::store::{FolderKey, StoredItem};

/// Where a property lies.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Slot {
    /// An unnamed property.
    Id(u16),
    /// A property named by set and number.
    Lid([u8; 16], u32),
    /// A property named by set and text.
    Word([u8; 16], Cow<'static, str>),
}

impl Slot {
    /// The value there.
    pub(super) fn get<'a>(&self, from: &'a impl Properties) -> Option<&'a Value> {
        match self {
            Slot::Id(id) => from.value(*id),
            Slot::Lid(set, lid) => from.named(set, &NamedId::Lid(*lid)),
            // Names are compared without regard to case on internet headers only; PublicStrings keep theirs.
            Slot::Word(set, word) => from.named(set, &NamedId::Text(word.clone().into_owned())),
        }
    }

    /// Sets the value there.
    pub(super) fn set(&self, on: &mut impl Properties, kind: Type, value: Value) {
        match self.name() {
            Ok(name) => on.set_named(name, kind, value),
            Err(id) => on.set(id, kind, value),
        }
    }

    /// Removes the value there.
    pub(super) fn remove(&self, from: &mut impl Properties) {
        match self.name() {
            Ok(name) => from.list_mut().retain(|property| property.name.as_ref() != Some(&name)),
            Err(id) => from.remove(id),
        }
    }

    fn name(&self) -> Result<Name, u16> {
        match self {
            Slot::Id(id) => Err(*id),
            Slot::Lid(set, lid) => Ok(Name { set: *set, id: NamedId::Lid(*lid) }),
            Slot::Word(set, word) => Ok(Name { set: *set, id: NamedId::Text(word.clone().into_owned()) }),
        }
    }

    /// A string.
    pub(super) fn text(&self, from: &impl Properties) -> Option<String> {
        self.get(from).and_then(text)
    }

    /// An integer.
    pub(super) fn int(&self, from: &impl Properties) -> Option<i64> {
        self.get(from).and_then(int)
    }

    /// A boolean.
    pub(super) fn bool(&self, from: &impl Properties) -> Option<bool> {
        match self.get(from)? {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// A moment as FILETIME.
    pub(super) fn time(&self, from: &impl Properties) -> Option<u64> {
        match self.get(from)? {
            Value::Time(value) => Some(*value),
            _ => None,
        }
    }

    /// Bytes.
    pub(super) fn bytes<'a>(&self, from: &'a impl Properties) -> Option<&'a [u8]> {
        match self.get(from)? {
            Value::Binary(value) | Value::Bytes8(value) | Value::Object(value) => Some(value),
            _ => None,
        }
    }

    /// Several strings.
    pub(super) fn texts(&self, from: &impl Properties) -> Vec<String> {
        match self.get(from) {
            Some(Value::Multi(values)) => values.iter().filter_map(text).collect(),
            _ => Vec::new(),
        }
    }
}

/// A value as text. Eight-bit strings are UTF-8 where they are that, else read as Latin-1: their code page is unsure.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::Unicode(text) => Some(text.clone()),
        Value::Bytes8(bytes) => Some(match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        }),
        _ => None,
    }
}

fn int(value: &Value) -> Option<i64> {
    match value {
        Value::I16(value) => Some((*value).into()),
        Value::I32(value) => Some((*value).into()),
        Value::I64(value) => Some(*value),
        _ => None,
    }
}

/// A FILETIME as EWS writes it: UTC, whole seconds (clients stumble over fractions).
pub(super) fn date_time(filetime: u64) -> Option<String> {
    let (seconds, _) = unix_from_filetime(filetime);
    let moment = jiff::Timestamp::from_second(seconds).ok()?;
    let text = moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    (text.len() == "0000-00-00T00:00:00Z".len()).then_some(text)
}

/// Reads an EWS date and time, or date; without offset it is UTC.
pub(super) fn parse_date_time(text: &str) -> Option<u64> {
    let text = text.trim();
    let moment = text.parse::<jiff::Timestamp>().ok().or_else(|| {
        let date = text.trim_end_matches('Z').parse::<jiff::civil::DateTime>().ok()?;
        date.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    })?;
    Some(filetime_from_unix(moment.as_second(), moment.subsec_nanosecond().unsigned_abs()))
}

/// What an item is to EWS: its element's name follows from its message class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Message,
    MeetingRequest,
    MeetingResponse,
    MeetingCancellation,
    CalendarItem,
    Contact,
    DistributionList,
    Task,
    Post,
    Other,
}

impl Kind {
    /// The kind of a message class.
    pub(super) fn of(class: &str) -> Kind {
        let class = class.to_ascii_lowercase();
        let is =
            |prefix: &str| class.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        match () {
            () if is("ipm.appointment") => Kind::CalendarItem,
            () if is("ipm.contact") => Kind::Contact,
            () if is("ipm.distlist") => Kind::DistributionList,
            () if is("ipm.task") => Kind::Task,
            () if is("ipm.post") => Kind::Post,
            () if is("ipm.schedule.meeting.request") => Kind::MeetingRequest,
            () if is("ipm.schedule.meeting.canceled") => Kind::MeetingCancellation,
            () if is("ipm.schedule.meeting.resp") => Kind::MeetingResponse,
            () if is("ipm.note") || is("report") || is("ipm.recall") || is("ipm.outlook.recall") => Kind::Message,
            // Occurrences inside a series are embedded under Outlook's class for exceptions.
            () if class.starts_with("ipm.ole.class.{00061055") => Kind::CalendarItem,
            () => Kind::Other,
        }
    }

    /// Whether items of this kind can be had as MIME.
    pub(super) fn has_mime(self) -> bool {
        !matches!(self, Kind::Contact | Kind::DistributionList | Kind::Task | Kind::Other)
    }

    /// The element's name.
    pub(super) fn element(self) -> &'static str {
        match self {
            Kind::Message => "t:Message",
            Kind::MeetingRequest => "t:MeetingRequest",
            Kind::MeetingResponse => "t:MeetingResponse",
            Kind::MeetingCancellation => "t:MeetingCancellation",
            Kind::CalendarItem => "t:CalendarItem",
            Kind::Contact => "t:Contact",
            Kind::DistributionList => "t:DistributionList",
            Kind::Task => "t:Task",
            Kind::Post => "t:PostItem",
            Kind::Other => "t:Item",
        }
    }
}

/// An item in a mailbox, or inside an attachment of one.
pub(super) struct View<'a> {
    /// The request.
    pub(super) call: &'a Call<'a>,
    /// Its mailbox's address in lower case.
    pub(super) address: &'a str,
    /// The item.
    pub(super) item: &'a Item,
    /// Its id.
    pub(super) id: Id,
    /// The folder; none for embedded items.
    pub(super) folder: Option<FolderKey>,
    /// Its change counter.
    pub(super) change: u64,
}

impl<'a> View<'a> {
    /// A stored item.
    pub(super) fn stored(call: &'a Call<'a>, address: &'a str, stored: &'a StoredItem) -> View<'a> {
        let id = Id::item(super::ids::mailbox_id(address), stored.key);
        let change = stored.changed.max(stored.read_changed);
        View { call, address, item: &stored.item, id, folder: Some(stored.folder), change }
    }

    /// The item inside an attachment.
    pub(super) fn embedded(&self, index: usize) -> Option<View<'a>> {
        let item = self.item.attachments.get(index)?.embedded.as_deref()?;
        let id = self.id.attachment(index);
        Some(View { call: self.call, address: self.address, item, id, folder: None, change: self.change })
    }

    /// The message class.
    pub(super) fn class(&self) -> String {
        Slot::Id(0x001A).text(self.item).unwrap_or_else(|| "IPM.Note".to_owned())
    }

    /// What it is.
    pub(super) fn kind(&self) -> Kind {
        Kind::of(&self.class())
    }

    /// Its change key.
    pub(super) fn change_key(&self) -> String {
        change_key(What::Item, &self.id.mailbox, self.change)
    }

    /// Its id as an element.
    pub(super) fn write_id(&self, element: &'static str, xml: &mut Xml) {
        xml.open(element).attr("Id", &self.id.text()).attr("ChangeKey", &self.change_key()).close();
    }

    /// PidTagMessageFlags.
    pub(super) fn flags(&self) -> i64 {
        Slot::Id(0x0E07).int(self.item).unwrap_or(0)
    }

    /// The attachments that users see, with their indexes: hidden ones carry a series' exceptions and contact photos.
    pub(super) fn visible_attachments(&self) -> impl Iterator<Item = (usize, &'a Attachment)> {
        let all = self.item.attachments.iter().enumerate();
        all.filter(|(_, attachment)| Slot::Id(0x7FFE).bool(*attachment) != Some(true))
    }

    /// Bytes that the item takes: what the store says, else what its values add up to.
    pub(super) fn size(&self) -> i64 {
        Slot::Id(0x0E08).int(self.item).unwrap_or_else(|| i64::try_from(size(self.item)).unwrap_or(i64::MAX))
    }

    /// The HTML body, in the code page that the item states or else UTF-8 with a fallback to Latin-1.
    pub(super) fn html(&self) -> Option<String> {
        match self.item.value(0x1013)? {
            Value::Binary(bytes) => text(&Value::Bytes8(bytes.clone())),
            value => text(value),
        }
    }

    /// The plain text body.
    pub(super) fn plain(&self) -> Option<String> {
        Slot::Id(0x1000).text(self.item)
    }
}

/// The header fields of the internet message that the item once was, unfolded, in order.
pub(super) fn headers(item: &Item) -> Vec<(String, String)> {
    let block = Slot::Id(0x007D).text(item).unwrap_or_default();
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    headers
}

/// Bytes that an item's values take, attachments and what they embed included.
pub(super) fn size(item: &Item) -> usize {
    let list =
        |properties: &[crate::mapi::Property]| properties.iter().map(|p| 8 + value_size(&p.value)).sum::<usize>();
    let recipients: usize = item.recipients.iter().map(|recipient| list(&recipient.properties)).sum();
    let attached =
        |attachment: &Attachment| list(&attachment.properties) + attachment.embedded.as_deref().map_or(0, size);
    list(&item.properties) + recipients + item.attachments.iter().map(attached).sum::<usize>()
}

fn value_size(value: &Value) -> usize {
    match value {
        Value::Unicode(text) => text.len() * 2,
        Value::Bytes8(bytes) | Value::Binary(bytes) | Value::Object(bytes) => bytes.len(),
        Value::Guid(_) => 16,
        Value::Multi(values) => values.iter().map(value_size).sum(),
        _ => 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_kinds() {
        assert_eq!(date_time(116_444_736_000_000_000).as_deref(), Some("1970-01-01T00:00:00Z"));
        assert_eq!(parse_date_time("1970-01-01T01:00:00+01:00"), Some(116_444_736_000_000_000));
        assert_eq!(parse_date_time("1970-01-01"), Some(116_444_736_000_000_000));
        assert_eq!(parse_date_time("1970-01-01T00:00:00"), Some(116_444_736_000_000_000));
        assert_eq!(Kind::of("IPM.Schedule.Meeting.Resp.Pos").element(), "t:MeetingResponse");
        assert_eq!(Kind::of("IPM.Notebook").element(), "t:Item");
        assert_eq!(Kind::of("IPM.Note.SMIME").element(), "t:Message");
    }
}
