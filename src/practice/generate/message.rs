//! Generated messages: threads with answers, and in turn every feature that a mailbox of some years holds.

use super::attachment::{embedded, file, inline, pixel};
use super::letter::{Letter, Party, Role, filetime};
use super::words::{Words, words};
use super::{Desk, NOW};
use crate::mapi::{Item, guid, lid, pid};
use crate::practice::organisation::people::Language;
use crate::practice::random::Random;
use crate::practice::typed::Typed;

/// Messages of one thread.
const THREAD: usize = 4;
/// Bytes of the large attachment that every mailbox has.
const LARGE: usize = 300 * 1024;
/// Bytes of the largest attachment of the company.
const LARGEST: usize = 5 * 1024 * 1024;
/// Bytes of attachments that are large only in the small.
const ORDINARY: usize = 20 * 1024;
/// PidTagToDoItemFlags; it is of no interest to anybody else.
const TO_DO_ITEM_FLAGS: u16 = 0x0E2B;

/// Where a message lies decides what it is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Received,
    Sent,
    Draft,
}

/// What is special about a message. Messages take turns, so that a mailbox of two dozen has everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Feature {
    Plain,
    Html,
    HtmlOnly,
    Files,
    InlinePicture,
    Forwarded,
    EmptyFile,
    Flagged,
    Completed,
    Categories,
    HighImportance,
    Confidential,
    NoSubject,
    LongSubject,
    ManyRecipients,
    OwnHeaders,
    ControlCharacters,
    LoneHeaders,
    NoMessageId,
    Large,
    Private,
    EmptyBody,
    Emoji,
    OddFileNames,
    Answered,
}

const FEATURES: [Feature; 25] = {
    use Feature::*;
    [
        Plain,
        Html,
        Files,
        Flagged,
        Large,
        InlinePicture,
        NoMessageId,
        Forwarded,
        Categories,
        HtmlOnly,
        EmptyFile,
        Completed,
        HighImportance,
        Confidential,
        NoSubject,
        LongSubject,
        ManyRecipients,
        OwnHeaders,
        Emoji,
        ControlCharacters,
        LoneHeaders,
        Private,
        EmptyBody,
        OddFileNames,
        Answered,
    ]
};

/// The message of a number in a mailbox.
pub(super) fn message(desk: &Desk<'_>, number: usize, kind: Kind) -> Item {
    let mut random = desk.random(b'm', number);
    let feature = FEATURES[number % FEATURES.len()];
    let mut letter = letter(desk, number, kind, &mut random);
    shape(&mut letter, feature, desk, number, &mut random);
    let mut item = letter.into_item();
    mark(&mut item, feature);
    item
}

/// An ordinary letter in its thread.
fn letter(desk: &Desk<'_>, number: usize, kind: Kind, random: &mut Random) -> Letter {
    let (thread, place) = (number / THREAD, number % THREAD);
    let mut of_thread = desk.random(b't', thread);
    let language = if of_thread.chance(0.7) { desk.language } else { Language::English };
    let words = words(language);
    let key = of_thread.key();
    let topic = of_thread.pick(&words.subjects).copied().unwrap_or_default().to_owned();
    let started = NOW - 86_400 * (of_thread.below(3 * 365) as i64 + 1) + of_thread.below(36_000) as i64;
    let other = desk.correspondent(&mut of_thread);
    let id = |place: usize| {
        format!("<{:02x}{:02x}{:02x}{:02x}.{thread}.{place}@{}>", key[0], key[1], key[2], key[3], host(&other))
    };
    let (from, to) = if kind == Kind::Received {
        (other.clone(), desk.owner.clone())
    } else {
        (desk.owner.clone(), other.clone())
    };
    let mut recipients = vec![(Role::To, to)];
    if random.chance(0.3) {
        recipients.push((Role::Cc, desk.correspondent(random)));
    }
    if kind == Kind::Sent && random.chance(0.3) {
        recipients.push((Role::Bcc, desk.correspondent(random)));
    }
    Letter {
        subject: Some((if place == 0 { "" } else { words.answer }, topic)),
        sent: started + 7_200 * place as i64,
        transit: if kind == Kind::Received { 3 } else { 0 },
        text: Some(text(words, &from, random)),
        html: None,
        attachments: Vec::new(),
        message_id: (kind != Kind::Draft).then(|| id(place)),
        references: (0..place).map(id).collect(),
        conversation: (key, place),
        headers: Vec::new(),
        read: kind != Kind::Received || random.chance(0.7),
        draft: kind == Kind::Draft,
        transported: kind == Kind::Received,
        search_key: random.key(),
        recipients,
        from,
    }
}

fn host(party: &Party) -> &str {
    party.email.split('@').nth(1).unwrap_or("aldernook.example")
}

fn text(words: &Words, from: &Party, random: &mut Random) -> String {
    let mut text = format!("{},\r\n\r\n", words.greeting);
    for _ in 0..2 + random.below(4) {
        text.push_str(random.pick(&words.sentences).copied().unwrap_or_default());
        text.push_str(if random.chance(0.4) { "\r\n" } else { " " });
    }
    text.push_str(&format!("\r\n\r\n{}\r\n{}\r\n", words.closing, from.name));
    text
}

fn html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace("\r\n", "<br>\r\n");
    format!("<html><head><meta charset=\"utf-8\"></head><body><div dir=\"auto\">{escaped}</div></body></html>\r\n")
}

/// Gives a letter its feature.
fn shape(letter: &mut Letter, feature: Feature, desk: &Desk<'_>, number: usize, random: &mut Random) {
    let plain = letter.text.clone().unwrap_or_default();
    match feature {
        Feature::Html => letter.html = Some(html(&plain)),
        Feature::HtmlOnly => (letter.text, letter.html) = (None, Some(html(&plain))),
        Feature::Files => letter.attachments = files(random),
        Feature::InlinePicture => {
            let shown = "<p><img src=\"cid:logo.1@aldernook.example\"></p></body>";
            letter.html = Some(html(&plain).replace("</body>", shown));
            letter.attachments.push(inline("logo.png", "logo.1@aldernook.example", pixel()));
        }
        Feature::Forwarded => letter.attachments.push(forwarded(desk, number)),
        Feature::EmptyFile => letter.attachments.push(file("empty.txt", "text/plain", Vec::new())),
        Feature::NoSubject => letter.subject = None,
        Feature::LongSubject => {
            let long = "A very long subject about oak, ash and walnut – ".repeat(18);
            letter.subject = Some(("", long.trim_end().to_owned()));
        }
        Feature::ManyRecipients => {
            let many = (0..120).map(|number| Party {
                name: format!("Customer {number}"),
                email: format!("customer{number}@many.example"),
            });
            letter.recipients.extend(many.map(|party| (Role::Cc, party)));
        }
        Feature::OwnHeaders => letter.headers = own_headers(),
        Feature::ControlCharacters => {
            letter.text = Some(format!("{plain}\u{1}\u{8}\u{b}\u{1f}\r\nafter the bell\u{7}\r\n"));
        }
        Feature::LoneHeaders => {
            letter.recipients.clear();
            let empty = ("X-Empty".to_owned(), String::new());
            letter.headers = vec![empty, ("X-Long".to_owned(), "0123456789".repeat(90))];
        }
        Feature::NoMessageId => letter.message_id = None,
        Feature::Large => {
            letter.attachments.push(file("plans.bin", "application/octet-stream", large(desk, number, random)))
        }
        Feature::EmptyBody => letter.text = None,
        Feature::Emoji => letter.text = Some(format!("{plain}👩‍🔧🪵 e\u{301} ﷽ \u{202e}reversed\u{202c} 𝔒𝔞𝔨\r\n")),
        Feature::OddFileNames => {
            for name in ["設計図 最終版.pdf", "a/b\\c:d?.txt", "", "Ünïcödé – Entwurf (2).docx", "noextension"]
            {
                letter.attachments.push(file(name, "application/octet-stream", random.bytes(300)));
            }
        }
        _ => {}
    }
}

fn large(desk: &Desk<'_>, number: usize, random: &mut Random) -> Vec<u8> {
    let first = number < FEATURES.len();
    random.bytes(match (first, desk.largest) {
        (true, true) => LARGEST,
        (true, false) => LARGE,
        (false, _) => ORDINARY,
    })
}

fn files(random: &mut Random) -> Vec<crate::mapi::Attachment> {
    let rows: String = (0..40).map(|row| format!("{row},oak,{}\r\n", 100 + random.below(900))).collect();
    let pdf = [b"%PDF-1.4\n".as_slice(), &random.bytes(ORDINARY)].concat();
    vec![file("price list.csv", "text/csv", rows.into_bytes()), file("Drawing 7.pdf", "application/pdf", pdf)]
}

/// A message in a message: the one of the thread before, with a file of its own.
fn forwarded(desk: &Desk<'_>, number: usize) -> crate::mapi::Attachment {
    let mut random = desk.random(b'f', number);
    let mut inner = letter(desk, number + THREAD, Kind::Received, &mut random);
    inner.attachments.push(file("inner.txt", "text/plain", b"inside\r\n".to_vec()));
    let name = inner.subject.as_ref().map(|(_, rest)| rest.clone()).unwrap_or_default();
    embedded(&name, inner.into_item())
}

fn own_headers() -> Vec<(String, String)> {
    [("X-Mailer", "Plane & Saw 3.1"), ("X-Spam-Score", "-1.9"), ("List-Id", "joiners <joiners.lists.example>")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

/// Marks that the owner or the sender put on the item.
fn mark(item: &mut Item, feature: Feature) {
    let due = filetime(NOW + 7 * 86_400);
    match feature {
        Feature::Flagged => {
            item.long(pid::FLAG_STATUS, 2).long(pid::FOLLOWUP_ICON, 6).long(TO_DO_ITEM_FLAGS, 1);
            item.lid_text(guid::PSETID_COMMON, lid::FLAG_REQUEST, "Follow up");
            item.lid_time(guid::PSETID_TASK, lid::TASK_START_DATE, filetime(NOW));
            item.lid_time(guid::PSETID_TASK, lid::TASK_DUE_DATE, due);
        }
        Feature::Completed => {
            item.long(pid::FLAG_STATUS, 1).time(pid::FLAG_COMPLETE_TIME, filetime(NOW - 86_400));
            item.lid_time(guid::PSETID_TASK, lid::TASK_DATE_COMPLETED, filetime(NOW - 86_400));
            item.lid_flag(guid::PSETID_TASK, lid::TASK_COMPLETE, true);
        }
        Feature::Categories => {
            item.custom_texts(guid::PS_PUBLIC_STRINGS, "Keywords", &["Customer", "Größe 😀"]);
        }
        Feature::HighImportance => {
            item.long(pid::IMPORTANCE, 2).long(pid::PRIORITY, 1);
        }
        Feature::Confidential => {
            item.long(pid::SENSITIVITY, 3);
        }
        Feature::Private => {
            item.long(pid::SENSITIVITY, 2).long(pid::IMPORTANCE, 0).long(pid::PRIORITY, -1);
            item.lid_flag(guid::PSETID_COMMON, lid::PRIVATE, true);
        }
        Feature::Answered => {
            item.long(pid::ICON_INDEX, 261).long(pid::LAST_VERB_EXECUTED, 102);
            item.time(pid::LAST_VERB_EXECUTION_TIME, filetime(NOW - 3_600));
        }
        _ => {}
    }
}
