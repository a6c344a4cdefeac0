//! Mail from folders: everything that is mail is carried, with everything in it; what is none is named.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;

use mail_parser::{Message, MessageParser, PartType};

use super::*;
use crate::mapi::{Attachment, Item, Properties, Value, pid, time};
use crate::practice::generate::folders::standard;
use crate::practice::organisation::people::Language;

/// A date for files in tests: 2020-01-01.
const DATED: i64 = 1_577_836_800;

fn item(text: &str) -> Item {
    let messages = recognise::messages(text.as_bytes()).messages;
    convert::item(&messages[0], DATED, 1, 0).unwrap()
}

fn text(properties: &impl Properties, id: u16) -> Option<&str> {
    match properties.value(id) {
        Some(Value::Unicode(text)) => Some(text),
        _ => None,
    }
}

fn bytes(properties: &impl Properties, id: u16) -> Option<&[u8]> {
    match properties.value(id) {
        Some(Value::Binary(bytes)) => Some(bytes),
        _ => None,
    }
}

fn seconds(item: &Item, id: u16) -> i64 {
    match item.value(id) {
        Some(Value::Time(filetime)) => time::unix_from_filetime(*filetime).0,
        _ => 0,
    }
}

fn mailboxes(count: usize) -> Vec<Mailbox> {
    (0..count).map(|_| standard(Language::English)).collect()
}

#[test]
fn a_message_becomes_typed_properties() {
    let item = item(
        "Received: by mail.zzz.example; Fri, 4 May 2001 14:05:44 -0400\n\
         Message-ID: <1@zzz.example>\nFrom: \"Doe, J\u{f6}hn\" <john@zzz.example>\nSender: bot@zzz.example\n\
         To: a@b.example, Group: c@d.example, e@f.example;\nCc: =?utf-8?q?Gr=C3=B6=C3=9Fe?= <g@h.example>\n\
         Subject: Re: AW: =?utf-8?b?8J+Yig==?=\nDate: Fri, 4 May 2001 14:00:00 -0400\nImportance: High\n\
         In-Reply-To: <0@zzz.example>\nReferences: <x@y>\n <0@zzz.example>\nX-Own: yes\nKeywords: one, two\nStatus: RO\n\
         \nHello\n",
    );
    assert_eq!(text(&item, pid::SUBJECT), Some("Re: AW: 😊"));
    assert_eq!(text(&item, pid::SUBJECT_PREFIX), Some("Re: "));
    assert_eq!(text(&item, pid::NORMALIZED_SUBJECT), Some("AW: 😊"));
    assert_eq!(text(&item, pid::SENT_REPRESENTING_NAME), Some("Doe, Jöhn"));
    assert_eq!(text(&item, pid::SENDER_SMTP_ADDRESS), Some("bot@zzz.example"));
    assert_eq!(text(&item, pid::INTERNET_MESSAGE_ID), Some("<1@zzz.example>"));
    assert_eq!(text(&item, pid::INTERNET_REFERENCES), Some("<x@y> <0@zzz.example>"));
    assert_eq!(text(&item, pid::BODY), Some("Hello\r\n"));
    assert_eq!(seconds(&item, pid::CLIENT_SUBMIT_TIME), 988_999_200);
    assert_eq!(seconds(&item, pid::MESSAGE_DELIVERY_TIME), 988_999_544);
    assert_eq!(item.value(pid::IMPORTANCE), Some(&Value::I32(2)));
    assert_eq!(item.value(pid::MESSAGE_FLAGS), Some(&Value::I32(1)));
    let people: Vec<_> = item.recipients.iter().map(|r| text(r, pid::SMTP_ADDRESS).unwrap()).collect();
    assert_eq!(people, ["a@b.example", "c@d.example", "e@f.example", "g@h.example"]);
    assert_eq!(item.recipients[3].value(pid::RECIPIENT_TYPE), Some(&Value::I32(2)));
    assert!(
        text(&item, pid::TRANSPORT_MESSAGE_HEADERS).unwrap().contains("References: <x@y>\r\n <0@zzz.example>\r\n")
    );
}

#[test]
fn what_is_not_stated_is_not_invented() {
    let item = item("From: a@b.example\nSubject:\n\nx\n");
    assert_eq!(text(&item, pid::INTERNET_MESSAGE_ID), None);
    assert_eq!(item.value(pid::SUBJECT), None);
    assert_eq!(seconds(&item, pid::MESSAGE_DELIVERY_TIME), DATED);
    assert_eq!(bytes(&item, pid::SEARCH_KEY).unwrap().len(), 16);
}

const MIXED: &str = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=A\n\n--A\n\
    Content-Type: multipart/alternative; boundary=B\n\n--B\nContent-Type: text/plain\n\nplain\n--B\n\
    Content-Type: text/html\n\n<p>html</p>\n--B--\n--A\nContent-Type: text/plain; charset=iso-8859-1\n\
    Content-Disposition: attachment; filename=\"n\u{f6}te.txt\"\nContent-Transfer-Encoding: quoted-printable\n\nGr=F6=DFe\n--A\n\
    Content-Type: image/png\nContent-ID: <pic@x>\nContent-Transfer-Encoding: base64\n\niVBORw==\n--A\n\
    Content-Type: message/rfc822\n\nFrom: c@d.example\nSubject: inside\n\ninner\n--A--\n";

#[test]
fn parts_are_bodies_or_attachments() {
    let item = item(MIXED);
    assert_eq!(text(&item, pid::BODY), Some("plain"));
    assert_eq!(bytes(&item, pid::HTML), Some(b"<p>html</p>".as_slice()));
    let [file, picture, inside] = &item.attachments[..] else { panic!("{:?}", item.attachments) };
    assert_eq!(bytes(file, pid::ATTACH_DATA), Some(b"Gr\xF6\xDFe".as_slice()));
    assert_eq!(text(file, pid::ATTACH_LONG_FILENAME), Some("nöte.txt"));
    assert_eq!(text(picture, pid::ATTACH_CONTENT_ID), Some("pic@x"));
    assert_eq!(bytes(picture, pid::ATTACH_DATA), Some(b"\x89PNG".as_slice()));
    let inner = inside.embedded.as_ref().unwrap();
    assert_eq!(text(inner.as_ref(), pid::SUBJECT), Some("inside"));
    assert_eq!(text(inner.as_ref(), pid::BODY), Some("inner"));
    assert_eq!(text(inner.as_ref(), pid::TRANSPORT_MESSAGE_HEADERS).unwrap().lines().count(), 3);
}

#[test]
fn text_and_html_that_are_no_alternatives_are_both_kept() {
    let item = item(
        "Content-Type: multipart/mixed; boundary=A\n\n--A\n\nfirst\n--A\nContent-Type: text/html\n\n<p>second</p>\n--A\n\
         Content-Type: text/plain\n\nthird\n--A--\n",
    );
    assert_eq!(text(&item, pid::BODY), Some("first"));
    assert_eq!(bytes(&item, pid::HTML), None);
    let data: Vec<_> = item.attachments.iter().map(|a| bytes(a, pid::ATTACH_DATA).unwrap()).collect();
    assert_eq!(data, [b"<p>second</p>".as_slice(), b"third"]);
}

#[test]
fn parts_nested_beyond_all_measure_are_read() {
    const DEPTH: usize = 50_000;
    let mut mail = "From: a@b.example\nMIME-Version: 1.0\n".to_owned();
    for level in 0..DEPTH {
        mail += &format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
    }
    mail += "Content-Type: multipart/alternative; boundary=z\n\n--z\nContent-Type: text/plain\n\nHello\n\
             --z\nContent-Type: text/html\n\n<p>Hello\n--z--\n";
    let item = item(&mail);
    assert_eq!(text(&item, pid::BODY), Some("Hello"));
    assert_eq!((bytes(&item, pid::HTML), item.attachments.len()), (Some(b"<p>Hello".as_slice()), 0));
}

#[test]
fn of_very_many_own_header_fields_the_first_become_properties() {
    let fields: String = (0..900).map(|number| format!("X-F{number}: {number}\nX-Same: {number}\n")).collect();
    let item = item(&format!("From: a@b.example\n{fields}\nHello\n"));
    let own = |name: &str| {
        let id = crate::mapi::NamedId::Text(name.to_owned());
        item.named(&crate::mapi::guid::PS_INTERNET_HEADERS, &id).cloned()
    };
    assert_eq!(own("x-same"), Some(Value::Unicode("0".to_owned())));
    assert_eq!((own("x-f0").is_some(), own("x-f899").is_some()), (true, false));
    assert!(text(&item, pid::TRANSPORT_MESSAGE_HEADERS).unwrap().contains("X-F899: 899"));
}

#[test]
fn letters_of_unknown_character_sets_are_kept() {
    let messages =
        recognise::messages(b"Subject: x\nContent-Type: text/plain; charset=x-none\n\nGr\xF6\xDFe\n").messages;
    let item = convert::item(&messages[0], DATED, 1, 0).unwrap();
    assert_eq!(text(&item, pid::BODY), Some("Größe\r\n"));
}

#[test]
fn a_body_without_separator_is_a_body() {
    let item = item("From: a@b.example\nSubject: here\ncounter to RFC 2822\nmore: text\n");
    assert_eq!(text(&item, pid::SUBJECT), Some("here"));
    let all = format!("{:?}", item);
    assert!(all.contains("counter to RFC 2822"));
}

#[test]
fn files_are_dealt_in_turn_and_folders_kept() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    for name in ["a.eml", "b", "sub/c.txt", "sub/deeper/d", "INBOX/e"] {
        write(name, &format!("From: x@y.example\nSubject: {name}\n\nbody\n"));
    }
    let mbox =
        "From a Fri May  4 14:05:44 2001\nSubject: one\n\nx\n\nFrom b Fri May  4 14:05:44 2001\nSubject: two\n\ny\n";
    write("f.mbox", mbox);
    write("picture.eml", "GIF89a\0\0");
    write("nothing", "");
    let mut boxes = mailboxes(2);
    let rejected = deal(&[folder.path().to_owned()], &mut boxes, 1).unwrap();
    let reasons: Vec<_> =
        rejected.iter().map(|r| (r.file.file_name().unwrap().to_str().unwrap(), r.reason)).collect();
    assert_eq!(reasons, [("nothing", Reason::Empty), ("picture.eml", Reason::NotMail)]);
    let placed = |mailbox: &Mailbox| -> Vec<(String, String)> {
        let place = |stored: &crate::practice::store::StoredItem| {
            let folder = mailbox.folder(stored.folder).unwrap().name.clone();
            (folder, text(&stored.item, pid::SUBJECT).unwrap().to_owned())
        };
        mailbox.items().map(place).collect()
    };
    let pairs = |list: &[(&str, &str)]| -> Vec<(String, String)> {
        list.iter().map(|(folder, subject)| ((*folder).to_owned(), (*subject).to_owned())).collect()
    };
    let first = [("Inbox", "a.eml"), ("Inbox", "one"), ("Inbox", "two"), ("sub", "sub/c.txt")];
    assert_eq!(placed(&boxes[0]), pairs(&first));
    let second = [("Inbox", "b"), ("Inbox", "INBOX/e"), ("deeper", "sub/deeper/d")];
    assert_eq!(placed(&boxes[1]), pairs(&second));
}

#[test]
fn a_part_of_an_mbox_file_that_is_no_mail_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let stray = "From a Fri May  4 14:05:44 2001\n\nno header\n\n";
    let bare = "From b Fri May  4 14:05:44 2001\nX-Only: this\n\nx\n\nFrom c Fri May  4 14:05:44 2001\nTo: a\n\ny\n";
    fs::write(folder.path().join("box"), [stray, bare].concat()).unwrap();
    let mut boxes = mailboxes(1);
    let rejected = deal(&[folder.path().to_owned()], &mut boxes, 1).unwrap();
    assert_eq!(rejected.iter().map(|rejected| rejected.reason).collect::<Vec<_>>(), [Reason::PartNotMail]);
    assert_eq!(boxes[0].items().count(), 2);
}

#[test]
fn a_folder_without_mail_or_none_at_all_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    assert!(matches!(deal(std::slice::from_ref(&path), &mut mailboxes(1), 1), Err(MailError::NoMail { .. })));
    fs::write(path.join("x"), "no mail here").unwrap();
    assert!(matches!(deal(std::slice::from_ref(&path), &mut mailboxes(1), 1), Err(MailError::NoMail { .. })));
    let missing = deal(&[path.join("missing")], &mut mailboxes(1), 1);
    assert!(matches!(missing, Err(MailError::Unreadable { path: at, .. }) if at.ends_with("missing")));
}

/// The message files of the installed Python's own email tests, where there are some.
fn python_mail() -> Option<PathBuf> {
    let ask = "import os, test.test_email as t; print(os.path.join(os.path.dirname(t.__file__), 'data'))";
    let output = std::process::Command::new("python3").args(["-c", ask]).output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    folder.is_dir().then_some(folder)
}

/// Leaves of a message as the parser sees them, without the messages inside.
fn leaves(message: &Message<'_>) -> usize {
    message.parts.iter().filter(|part| !matches!(part.body, PartType::Multipart(_))).count()
}

fn parts(item: &Item) -> usize {
    let bodies = usize::from(item.value(pid::BODY).is_some()) + usize::from(item.value(pid::HTML).is_some());
    bodies + item.attachments.len()
}

#[test]
fn every_message_of_pythons_own_tests_is_carried_whole() {
    let Some(folder) = python_mail() else { return };
    let mut boxes = mailboxes(3);
    let rejected = deal(std::slice::from_ref(&folder), &mut boxes, 1).unwrap();
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let rejected: BTreeSet<_> = rejected.iter().map(|rejected| name(&rejected.file)).collect();
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let is_message = name(&path).starts_with("msg_") && name(&path) != "msg_19.txt";
        // msg_19 is the text of a digest without any header field.
        assert_eq!(rejected.contains(&name(&path)), !is_message, "{}", path.display());
        if !is_message {
            continue;
        }
        let content = fs::read(&path).unwrap();
        let messages = recognise::messages(&content).messages;
        assert_eq!(messages.len(), 1, "{}", path.display());
        let item = convert::item(&messages[0], DATED, 1, 0).unwrap();
        let parsed = MessageParser::default().parse(&messages[0]).unwrap();
        assert_eq!(parts(&item), leaves(&parsed), "{}", path.display());
        every_word_is_somewhere(&content, &item, &path);
    }
}

/// Every line of an unencoded message is found in the item, but for the boundaries, the envelope, the header fields of
/// MIME parts, and what programs write around the parts.
fn every_word_is_somewhere(content: &[u8], item: &Item, path: &Path) {
    let content = String::from_utf8_lossy(content);
    if content.to_lowercase().contains("base64") || content.contains("quoted-printable") || content.contains("=?") {
        return;
    }
    let mut all = String::new();
    gather(item, &mut all);
    let around = ["MIME", "multi-part message", "End of Ppp Digest"];
    let expected = |line: &&str| {
        let field = recognise::field_name(line.as_bytes()).is_some() || line.starts_with("\tfilename");
        field || line.starts_with("--") || line.starts_with("From ") || around.iter().any(|text| line.contains(text))
    };
    let lost: Vec<_> = content.lines().filter(|line| !all.contains(line.trim_end()) && !expected(line)).collect();
    assert!(lost.is_empty(), "{}: {lost:#?}", path.display());
}

fn gather(item: &Item, all: &mut String) {
    all.push_str(text(item, pid::TRANSPORT_MESSAGE_HEADERS).unwrap_or_default());
    all.push_str(text(item, pid::BODY).unwrap_or_default());
    all.push_str(&String::from_utf8_lossy(bytes(item, pid::HTML).unwrap_or_default()));
    for attachment in &item.attachments {
        gather_attachment(attachment, all);
    }
}

fn gather_attachment(attachment: &Attachment, all: &mut String) {
    all.push_str(&String::from_utf8_lossy(bytes(attachment, pid::ATTACH_DATA).unwrap_or_default()));
    if let Some(inner) = &attachment.embedded {
        gather(inner, all);
    }
}
