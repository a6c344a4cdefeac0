//! Items as internet messages, written from their typed properties as Exchange does when asked for MIME.

mod calendar;
mod part;

use super::fields::item::subject;
use super::fields::people::{FROM, Person, SENDER, recipient_type};
use super::item::attachment;
use super::view::{Kind, Slot, View, headers};
use crate::mapi::Attachment;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use part::{Part, address_list, encoded, header};

/// Header fields that belong to the body, which is written anew.
const BODY_HEADERS: [&str; 6] = [
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-disposition",
    "content-id",
    "content-language",
];
/// Header fields that name people.
const PEOPLE: [&str; 5] = ["From", "Sender", "To", "CC", "BCC"];
/// Deepest embedded item that is written as a message.
const DEEPEST: usize = 10;

/// The whole message.
pub(super) fn write(view: &View) -> Vec<u8> {
    message(view, &mut 0, 0)
}

fn message(view: &View, boundaries: &mut usize, depth: usize) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, value) in message_headers(view) {
        header(&name, &value, &mut out);
    }
    header("MIME-Version", "1.0", &mut out);
    body(view, boundaries, depth).write(boundaries, &mut out);
    out
}

/// The header fields that came with the message where they are stored, completed from properties. People always come from
/// the properties, which know their names.
fn message_headers(view: &View) -> Vec<(String, String)> {
    let (mut all, built) = (headers(view.item), built(view));
    let is = |name: &str, list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(name));
    all.retain(|(name, _)| !is(name, &BODY_HEADERS));
    for (name, value) in built.iter().filter(|(name, _)| is(name, &PEOPLE)) {
        all.iter_mut()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name))
            .for_each(|(_, old)| old.clone_from(value));
    }
    let missing: Vec<_> = built
        .into_iter()
        .filter(|(name, _)| !all.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)))
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    all.extend(missing);
    all
}

/// Header fields made from properties. A message without Message-ID gets none.
fn built(view: &View) -> Vec<(&'static str, String)> {
    let item = view.item;
    let text = |id: u16| Slot::Id(id).text(item).filter(|text| !text.is_empty());
    let of_type = |kind: i64| -> Vec<Person> {
        let recipients = item.recipients.iter().filter(|recipient| recipient_type(recipient) == kind);
        recipients.filter_map(Person::recipient).collect()
    };
    let from = Person::of(item, FROM).or_else(|| Person::of(item, SENDER));
    let sender =
        Person::of(item, SENDER).filter(|sender| from.as_ref().is_some_and(|from| from.address != sender.address));
    let people = |people: Vec<Person>| Some(address_list(&people)).filter(|list| !list.is_empty());
    let importance = match Slot::Id(0x0017).int(item) {
        Some(0) => Some("low"),
        Some(2) => Some("high"),
        _ => None,
    };
    let sensitivity = match Slot::Id(0x0036).int(item) {
        Some(1) => Some("personal"),
        Some(2) => Some("private"),
        Some(3) => Some("company-confidential"),
        _ => None,
    };
    let fields = [
        ("From", people(from.into_iter().collect())),
        ("Sender", people(sender.into_iter().collect())),
        ("To", people(of_type(1))),
        ("CC", people(of_type(2))),
        ("BCC", people(of_type(3))),
        ("Subject", subject(item).map(|subject| encoded(&subject))),
        ("Date", Slot::Id(0x0039).time(item).or_else(|| Slot::Id(0x0E06).time(item)).and_then(date)),
        ("Message-ID", text(0x1035)),
        ("In-Reply-To", text(0x1042)),
        ("References", text(0x1039)),
        ("Importance", importance.map(str::to_owned)),
        ("Sensitivity", sensitivity.map(str::to_owned)),
        ("Thread-Topic", text(0x0070).map(|topic| encoded(&topic))),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// A FILETIME as mail writes it.
fn date(filetime: u64) -> Option<String> {
    let (seconds, _) = crate::mapi::time::unix_from_filetime(filetime);
    let moment = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC);
    Some(moment.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string())
}

/// The body: alternatives of text, HTML and calendar; what the HTML refers to beside it; attachments around both.
fn body(view: &View, boundaries: &mut usize, depth: usize) -> Part {
    let visible: Vec<_> = view.visible_attachments().collect();
    let html = view.html();
    let belongs = |attachment: &Attachment| html.is_some() && attachment::is_inline(attachment);
    let (inline, attached): (Vec<_>, Vec<_>) = visible.into_iter().partition(|(_, attachment)| belongs(attachment));
    let mut alternatives = Vec::new();
    if let Some(plain) = view.plain().filter(|plain| !plain.is_empty() || html.is_none()) {
        alternatives.push(Part::text("text/plain", &plain));
    }
    if let Some(html) = &html {
        let page = Part::text("text/html", html);
        let images = inline.iter().map(|(_, attachment)| file(attachment, true));
        alternatives.push(Part::multi("multipart/related", std::iter::once(page).chain(images).collect()));
    }
    let meeting = matches!(
        view.kind(),
        Kind::CalendarItem | Kind::MeetingRequest | Kind::MeetingResponse | Kind::MeetingCancellation
    );
    if meeting {
        alternatives.push(calendar::part(view));
    }
    if alternatives.is_empty() {
        alternatives.push(Part::text("text/plain", ""));
    }
    let mut parts = vec![Part::multi("multipart/alternative", alternatives)];
    for (index, attachment) in attached {
        parts.push(match view.embedded(index).filter(|_| depth < DEEPEST) {
            Some(embedded) => {
                let name = attachment::name(attachment).unwrap_or_default();
                Part::message(message(&embedded, boundaries, depth + 1), &name)
            }
            None => file(attachment, false),
        });
    }
    Part::multi("multipart/mixed", parts)
}

fn file(attachment: &Attachment, inline: bool) -> Part {
    let text = |id: u16| Slot::Id(id).text(attachment).filter(|text| !text.is_empty());
    let kind = text(0x370E).filter(|kind| kind.contains('/') && !kind.starts_with("multipart/"));
    let kind = kind.filter(|kind| kind.is_ascii() && !kind.contains(['\r', '\n']));
    let kind = kind.unwrap_or_else(|| "application/octet-stream".to_owned());
    let name = attachment::name(attachment);
    Part::file(&kind, name.as_deref(), attachment::data(attachment), text(0x3712).as_deref(), inline)
}
