//! MIME messages as items.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::message::convert;
use super::store::overlay;
use super::{ENCLOSED_LIMIT, FIELDS, is_mail};
use crate::exchange::request::Operation;
use crate::exchange::xml;
use crate::mapi::{Attachment, Item, NamedId, Properties, Value, guid, pid, stream, time};

const RICH: &str = "Received: from a by b; Wed, 1 Jan 2020 10:00:05 +0000\r\n\
From: =?utf-8?q?J=C3=BCrgen?= <juergen@x.test>\r\n\
Sender: Office <office@x.test>\r\n\
To: Friends: Anna <anna@y.test>, bob@y.test;\r\n\
Cc: \"Roe, Carl\" <carl@y.test>\r\n\
Bcc: dora@y.test\r\n\
Subject: =?iso-8859-1?q?AW:_Gr=FC=DFe?=\r\n\
Date: Wed, 1 Jan 2020 11:00:00 +0100\r\n\
Message-ID: <made@up.test>\r\n\
In-Reply-To: <one@x.test>\r\n\
References: <zero@x.test> <one@x.test>\r\n\
Importance: high\r\n\
Sensitivity: Private\r\n\
MIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=m\r\n\
\r\n\
--m\r\n\
Content-Type: multipart/related; boundary=r\r\n\
\r\n\
--r\r\n\
Content-Type: multipart/alternative; boundary=a\r\n\
\r\n\
--a\r\n\
Content-Type: text/plain; charset=iso-8859-1\r\n\
Content-Transfer-Encoding: quoted-printable\r\n\
\r\n\
Sch=F6n\r\n\
--a\r\n\
Content-Type: text/html; charset=utf-8\r\n\
\r\n\
<p>Schön <img src=\"cid:pic@x\"></p>\r\n\
--a--\r\n\
--r\r\n\
Content-Type: image/png; name=pic.png\r\n\
Content-ID: <pic@x>\r\n\
Content-Disposition: inline; filename=pic.png\r\n\
Content-Transfer-Encoding: base64\r\n\
\r\n\
iVBORw0KGgo=\r\n\
--r--\r\n\
--m\r\n\
Content-Type: text/plain; charset=iso-8859-1\r\n\
Content-Disposition: attachment; filename=\"notes.v2.txt\"\r\n\
Content-Transfer-Encoding: quoted-printable\r\n\
\r\n\
=E4=F6=FC\r\n\
--m\r\n\
Content-Type: message/rfc822\r\n\
\r\n\
Received: from c by d; Tue, 31 Dec 2019 10:00:00 +0000\r\n\
From: inner@z.test\r\n\
To: juergen@x.test\r\n\
Subject: Inner\r\n\
Message-ID: <inner@z.test>\r\n\
Date: Tue, 31 Dec 2019 09:00:00 +0000\r\n\
Content-Type: multipart/mixed; boundary=i\r\n\
\r\n\
--i\r\n\
\r\n\
Inner text\r\n\
--i\r\n\
Content-Type: application/pdf\r\n\
Content-Disposition: attachment; filename=a.pdf\r\n\
Content-Transfer-Encoding: base64\r\n\
\r\n\
JVBERg==\r\n\
--i--\r\n\
--m--\r\n";

fn rich() -> Item {
    convert(RICH.as_bytes(), "IPM.Note").unwrap()
}

fn text(of: &impl Properties, id: u16) -> Option<String> {
    of.value(id)?.text().map(|text| text.into_owned())
}

fn number(of: &impl Properties, id: u16) -> Option<i64> {
    of.value(id)?.integer()
}

fn bytes(attachment: &Attachment) -> &[u8] {
    attachment.value(pid::ATTACH_DATA).unwrap().binary().unwrap()
}

fn unix(of: &impl Properties, id: u16) -> Option<i64> {
    of.value(id)?.time().map(|filetime| time::unix_from_filetime(filetime).0)
}

#[test]
fn who_when_and_about_what() {
    let item = rich();
    assert_eq!(text(&item, pid::SUBJECT).as_deref(), Some("AW: Grüße"));
    assert_eq!(text(&item, pid::SUBJECT_PREFIX).as_deref(), Some("AW: "));
    assert_eq!(text(&item, pid::NORMALIZED_SUBJECT).as_deref(), Some("Grüße"));
    assert_eq!(text(&item, pid::SENDER_EMAIL_ADDRESS).as_deref(), Some("office@x.test"));
    assert_eq!(text(&item, pid::SENT_REPRESENTING_NAME).as_deref(), Some("Jürgen"));
    assert_eq!(unix(&item, pid::CLIENT_SUBMIT_TIME), Some(1_577_872_800));
    assert_eq!(text(&item, pid::INTERNET_REFERENCES).as_deref(), Some("<zero@x.test> <one@x.test>"));
    assert_eq!(text(&item, pid::IN_REPLY_TO_ID).as_deref(), Some("<one@x.test>"));
    assert_eq!((number(&item, pid::IMPORTANCE), number(&item, pid::SENSITIVITY)), (Some(2), Some(2)));
    let recipients: Vec<_> = item
        .recipients
        .iter()
        .map(|r| {
            (
                number(r, pid::ROW_ID),
                number(r, pid::RECIPIENT_TYPE),
                text(r, pid::DISPLAY_NAME),
                text(r, pid::SMTP_ADDRESS),
            )
        })
        .collect();
    let row = |row, kind, name: &str, address: &str| (Some(row), Some(kind), Some(name.into()), Some(address.into()));
    assert_eq!(
        recipients,
        [
            row(0, 1, "Anna", "anna@y.test"),
            row(1, 1, "bob@y.test", "bob@y.test"),
            row(2, 2, "Roe, Carl", "carl@y.test"),
            row(3, 3, "dora@y.test", "dora@y.test"),
        ]
    );
}

#[test]
fn bodies_and_attachments_byte_for_byte() {
    let item = rich();
    assert_eq!(text(&item, pid::BODY).as_deref(), Some("Schön"));
    let html = item.value(pid::HTML).unwrap().binary().unwrap();
    assert!(std::str::from_utf8(html).unwrap().contains("Schön"));
    assert_eq!(number(&item, pid::INTERNET_CODEPAGE), Some(65_001));
    let [picture, notes, inner] = &item.attachments[..] else { panic!("{} attachments", item.attachments.len()) };
    assert_eq!(bytes(picture), b"\x89PNG\r\n\x1a\n");
    assert_eq!(text(picture, pid::ATTACH_CONTENT_ID).as_deref(), Some("pic@x"));
    assert_eq!((number(picture, pid::ATTACH_FLAGS), number(picture, pid::ATTACHMENT_HIDDEN)), (Some(4), Some(1)));
    assert_eq!(bytes(notes), b"\xe4\xf6\xfc");
    assert_eq!(text(notes, pid::ATTACH_LONG_FILENAME).as_deref(), Some("notes.v2.txt"));
    assert_eq!(text(notes, pid::ATTACH_EXTENSION).as_deref(), Some(".txt"));
    assert_eq!(text(notes, pid::ATTACH_MIME_TAG).as_deref(), Some("text/plain"));
    assert_eq!(number(inner, pid::ATTACH_METHOD), Some(5));
    let inner = inner.embedded.as_ref().unwrap();
    assert_eq!(text(&**inner, pid::SUBJECT).as_deref(), Some("Inner"));
    assert_eq!(text(&**inner, pid::INTERNET_MESSAGE_ID).as_deref(), Some("<inner@z.test>"));
    assert!(text(&**inner, pid::TRANSPORT_MESSAGE_HEADERS).unwrap().starts_with("Received: from c"));
    assert_eq!(unix(&**inner, pid::MESSAGE_DELIVERY_TIME), Some(1_577_786_400));
    assert_eq!(number(&**inner, pid::MESSAGE_FLAGS), Some(17));
    assert_eq!(bytes(&inner.attachments[0]), b"%PDF");
    let encoded = stream::encode_fresh(&item).unwrap();
    assert_eq!(stream::decode(&encoded).unwrap().attachments.len(), 3);
}

#[test]
fn what_is_not_there_is_not_made_up() {
    let item = convert(b"From: a@x.test\r\n\r\nHi\r\n", "IPM.Note").unwrap();
    for id in [pid::SUBJECT, pid::SUBJECT_PREFIX, pid::HTML, pid::INTERNET_MESSAGE_ID, pid::CLIENT_SUBMIT_TIME] {
        assert_eq!(item.value(id), None, "{id:04x}");
    }
    assert!(item.recipients.is_empty());
    let html = convert(b"Content-Type: text/html\r\n\r\n<b>x</b>", "IPM.Note").unwrap();
    assert_eq!(html.value(pid::BODY), None);
    // Even a message that is enclosed nowhere else gets no Message-ID of its own: the store's counts.
    assert_eq!(rich().value(pid::INTERNET_MESSAGE_ID), None);
}

#[test]
fn the_store_wins() {
    let property =
        |uri: &str, value: &str| format!("<ExtendedProperty><ExtendedFieldURI {uri}/>{value}</ExtendedProperty>");
    let one = |tag: &str, value: &str| {
        property(&format!("PropertyTag=\"{tag}\" PropertyType=\"x\""), &format!("<Value>{value}</Value>"))
    };
    let text_of = [
        "<Message><Subject>Other: words</Subject><DateTimeReceived>2020-02-02T02:02:02Z</DateTimeReceived>".into(),
        one("0xe07", "1"),
        one("0x39", "2020-02-01T00:00:00.5Z"),
        one("0x1090", "2"),
        one("0x0017", "0"),
        one("0x300b", "AAEC"),
        one("0x1035", "&lt;real@x.test&gt;"),
        one("0x1082", "not a date"),
        property(
            "DistinguishedPropertySetId=\"PublicStrings\" PropertyName=\"Keywords\" PropertyType=\"StringArray\"",
            "<Values><Value>Red</Value><Value>Grün</Value></Values>",
        ),
        property("DistinguishedPropertySetId=\"Common\" PropertyId=\"34096\"", "<Value>Follow up</Value>"),
        "</Message>".into(),
    ]
    .concat();
    let mut item = rich();
    overlay(&mut item, &xml::parse(text_of.as_bytes()).unwrap());
    assert_eq!(text(&item, pid::SUBJECT).as_deref(), Some("Other: words"));
    assert_eq!(text(&item, pid::SUBJECT_PREFIX).as_deref(), Some(""));
    assert_eq!(number(&item, pid::MESSAGE_FLAGS), Some(17));
    assert_eq!((number(&item, pid::FLAG_STATUS), number(&item, pid::IMPORTANCE)), (Some(2), Some(0)));
    assert_eq!(unix(&item, pid::MESSAGE_DELIVERY_TIME), Some(1_580_608_922));
    assert_eq!(
        item.value(pid::CLIENT_SUBMIT_TIME).unwrap().time(),
        Some(time::filetime_from_unix(1_580_515_200, 500_000_000))
    );
    assert_eq!(text(&item, pid::INTERNET_MESSAGE_ID).as_deref(), Some("<real@x.test>"));
    assert_eq!(item.value(pid::LAST_VERB_EXECUTION_TIME), None);
    let categories = item.named(&guid::PS_PUBLIC_STRINGS, &NamedId::Text("Keywords".into())).unwrap();
    assert_eq!(*categories, Value::Multi(vec![Value::Unicode("Red".into()), Value::Unicode("Grün".into())]));
    let request = item.named(&guid::PSETID_COMMON, &NamedId::Lid(0x8530)).unwrap();
    assert_eq!(request.text().unwrap(), "Follow up");
    stream::decode(&stream::encode_fresh(&item).unwrap()).unwrap();
}

#[test]
fn a_draft_is_sent_only_when_the_store_says_so() {
    let property = |tag: &str, value: &str| {
        format!(
            "<ExtendedProperty><ExtendedFieldURI PropertyTag=\"{tag}\"/><Value>{value}</Value></ExtendedProperty>"
        )
    };
    for (flags, sent) in [("8", false), ("1", true)] {
        let mut item = rich();
        let text = format!("<Message>{}</Message>", property("0xe07", flags));
        overlay(&mut item, &xml::parse(text.as_bytes()).unwrap());
        assert_eq!(item.value(pid::CLIENT_SUBMIT_TIME).is_some(), sent, "flags {flags}");
    }
}

#[test]
fn every_field_is_asked_for_by_its_name_or_tag() {
    let request = Operation::GetMime { ids: &["a"], fields: FIELDS }.xml();
    assert!(request.contains("PropertyTag=\"0x0E07\" PropertyType=\"Integer\""));
    assert_eq!(request.matches("<t:ExtendedFieldURI").count(), FIELDS.len());
    assert!(!request.contains("PropertyTag=\"0x8"));
}

#[test]
fn a_signed_message_stays_whole() {
    let signed = "From: a@x.test\r\nContent-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s\r\n\r\n\
        --s\r\nContent-Type: text/plain\r\n\r\nSigned\r\n--s\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nMIAG\r\n--s--\r\n";
    let item = convert(signed.as_bytes(), "IPM.Note.SMIME.MultipartSigned").unwrap();
    let [whole] = &item.attachments[..] else { panic!("not one attachment") };
    let data = std::str::from_utf8(bytes(whole)).unwrap();
    assert!(data.starts_with("Content-Type: multipart/signed;") && data.ends_with("--s--\r\n"));
    assert_eq!(text(whole, pid::ATTACH_MIME_TAG).as_deref(), Some("multipart/signed"));
    assert_eq!(text(&item, pid::BODY).as_deref(), Some("Signed"));
}

#[test]
fn depth_is_bounded() {
    let nest = |levels: usize| "Content-Type: message/rfc822\r\n\r\n".repeat(levels) + "Subject: innermost\r\n\r\nx";
    let item = convert(nest(40).as_bytes(), "IPM.Note").unwrap();
    let mut depth = 0;
    let mut at = &item;
    while let Some(next) = at.attachments.first().and_then(|attachment| attachment.embedded.as_deref()) {
        depth += 1;
        at = next;
    }
    assert_eq!(depth, super::NESTING_LIMIT);
    assert!(!bytes(&at.attachments[0]).is_empty());
    assert!(convert(nest(ENCLOSED_LIMIT).as_bytes(), "IPM.Note").is_some());
    assert!(convert(nest(ENCLOSED_LIMIT + 1).as_bytes(), "IPM.Note").is_none());
}

#[test]
fn no_cut_and_no_odd_byte_panics() {
    for end in 0..RICH.len() {
        if let Some(item) = convert(&RICH.as_bytes()[..end], "IPM.Note") {
            stream::encode_fresh(&item).unwrap();
        }
    }
    for at in (0..RICH.len()).step_by(3) {
        let mut bytes = RICH.as_bytes().to_vec();
        bytes[at] = bytes[at].wrapping_add(101);
        if let Some(item) = convert(&bytes, "IPM.Note") {
            stream::decode(&stream::encode_fresh(&item).unwrap()).unwrap();
        }
    }
}

#[test]
fn mail_is_told_from_the_rest() {
    for class in ["IPM.Note", "ipm.note.SMIME", "REPORT.IPM.Note.NDR", "IPM.Post"] {
        assert!(is_mail(class), "{class}");
    }
    for class in
        ["IPM.Appointment", "IPM.Contact", "IPM.StickyNote", "IPM.NoteX", "IPM.Schedule.Meeting.Request", "IPM.Task"]
    {
        assert!(!is_mail(class), "{class}");
    }
}
