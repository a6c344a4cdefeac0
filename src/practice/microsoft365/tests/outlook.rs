//! Messages, events and contacts: what was imported is shown, what is created behaves.

use super::*;
use crate::mapi::guid::{PS_PUBLIC_STRINGS, PSETID_ADDRESS, PSETID_APPOINTMENT};
use crate::mapi::{Attachment, Name, NamedId, Recipient, lid};

fn named(item: &mut Item, set: [u8; 16], lid: u32, kind: Type, value: Mapi) {
    item.set_named(Name { set, id: NamedId::Lid(lid) }, kind, value);
}

fn filetime(text: &str) -> Mapi {
    let at: jiff::Timestamp = text.parse().unwrap();
    Mapi::Time(crate::mapi::time::filetime_from_unix(at.as_second(), 0))
}

fn row(kind: i32, name: &str, address: &str) -> Recipient {
    let mut row = Recipient::default();
    row.set(pid::ROW_ID, Type::I32, Mapi::I32(kind));
    row.set(pid::RECIPIENT_TYPE, Type::I32, Mapi::I32(kind));
    put_text(&mut row, pid::DISPLAY_NAME, name);
    put_text(&mut row, pid::ADDRESS_TYPE, "SMTP");
    put_text(&mut row, pid::EMAIL_ADDRESS, address);
    row
}

fn rich() -> Item {
    let mut item = message("Größe 😀");
    item.set(pid::HTML, Type::BINARY, Mapi::Binary(b"<p>caf\xe9</p>".to_vec().into()));
    item.set(pid::INTERNET_CODEPAGE, Type::I32, Mapi::I32(1252));
    put_text(&mut item, pid::SENT_REPRESENTING_NAME, "Orders");
    put_text(&mut item, pid::SENT_REPRESENTING_ADDRESS_TYPE, "SMTP");
    put_text(&mut item, pid::SENT_REPRESENTING_EMAIL_ADDRESS, "orders@brine.example");
    item.set(pid::CLIENT_SUBMIT_TIME, Type::TIME, filetime("2019-04-02T07:11:00Z"));
    item.set(pid::IMPORTANCE, Type::I32, Mapi::I32(2));
    item.set(pid::FLAG_STATUS, Type::I32, Mapi::I32(2));
    let keywords = Name { set: PS_PUBLIC_STRINGS, id: NamedId::Text("Keywords".to_owned()) };
    item.set_named(keywords, Type(0x101F), Mapi::Multi(vec![Mapi::Unicode("Rot".to_owned())]));
    item.recipients = vec![row(1, "Mara Quill", "mara@aldernook.example"), row(2, "Bo", "bo@aldernook.example")];
    let mut file = Attachment::default();
    file.set(pid::ATTACH_METHOD, Type::I32, Mapi::I32(1));
    put_text(&mut file, pid::ATTACH_LONG_FILENAME, "plan.pdf");
    put_text(&mut file, pid::ATTACH_MIME_TAG, "application/pdf");
    file.set(pid::ATTACH_DATA, Type::BINARY, Mapi::Binary(vec![0, 159, 146, 150].into()));
    let mut inner = Attachment { embedded: Some(Box::new(message("inside"))), ..Attachment::default() };
    inner.set(pid::ATTACH_METHOD, Type::I32, Mapi::I32(5));
    item.attachments = vec![file, inner];
    item
}

#[tokio::test(start_paused = true)]
async fn an_imported_message_is_shown_as_it_was() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let id = world.put(&mailbox, "inbox", &rich()).await;
    let user = format!("/v1.0/users/mara@{DOMAIN}");
    let list = world
        .get(&format!("{user}/mailFolders/inbox/messages?$filter=internetMessageId eq '%3Cq77@brine.example%3E'"))
        .await;
    let shown = &list["value"][0];
    assert_eq!(shown["id"], id.as_str());
    assert_eq!(shown["subject"], "Größe 😀");
    assert_eq!(shown["body"], json!({"contentType": "html", "content": "<p>café</p>"}));
    assert_eq!(shown["from"]["emailAddress"], json!({"name": "Orders", "address": "orders@brine.example"}));
    assert_eq!(shown["toRecipients"][0]["emailAddress"]["address"], "mara@aldernook.example");
    assert_eq!(shown["ccRecipients"][0]["emailAddress"]["name"], "Bo");
    assert_eq!(
        (&shown["receivedDateTime"], &shown["sentDateTime"]),
        (&json!("2019-04-02T07:11:09Z"), &json!("2019-04-02T07:11:00Z"))
    );
    assert_eq!(
        (&shown["isRead"], &shown["isDraft"], &shown["hasAttachments"]),
        (&json!(true), &json!(false), &json!(true))
    );
    assert_eq!(
        (&shown["importance"], &shown["flag"]["flagStatus"], &shown["categories"]),
        (&json!("high"), &json!("flagged"), &json!(["Rot"]))
    );
    let attachments = world.get(&format!("{user}/messages/{id}/attachments")).await;
    assert_eq!(attachments["value"][0]["contentBytes"], "AJ+Slg==");
    assert_eq!(attachments["value"][1]["@odata.type"], "#microsoft.graph.itemAttachment");
    let one = format!("{user}/messages/{id}/attachments/{}", attachments["value"][1]["id"].as_str().unwrap());
    let whole = world.get(&format!("{one}?$expand=microsoft.graph.itemattachment/item")).await;
    assert_eq!(whole["item"]["subject"], "inside");
    let mime = world.send("GET", &format!("{user}/messages/{id}/$value"), Value::Null).await;
    let parsed = mail_parser::MessageParser::default().parse(mime.body().as_ref()).unwrap();
    assert_eq!(parsed.subject(), Some("Größe 😀"));
    assert_eq!(parsed.message_id(), Some("q77@brine.example"));
    assert_eq!(parsed.attachments().count(), 2);
    assert_eq!(parsed.attachment(0).unwrap().contents(), [0, 159, 146, 150]);
    let mut bare = message("no id");
    bare.remove(pid::INTERNET_MESSAGE_ID);
    let id = world.put(&mailbox, "inbox", &bare).await;
    let mime = world.send("GET", &format!("{user}/messages/{id}/$value"), Value::Null).await;
    assert!(!String::from_utf8_lossy(mime.body()).to_lowercase().contains("message-id"));
}

#[tokio::test(start_paused = true)]
async fn an_imported_event_is_shown_and_invites_nobody() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let mut event = Item::default();
    put_text(&mut event, pid::MESSAGE_CLASS, "IPM.Appointment");
    put_text(&mut event, pid::SUBJECT, "Away");
    named(&mut event, PSETID_APPOINTMENT, lid::APPOINTMENT_START, Type::TIME, filetime("2026-10-04T22:00:00Z"));
    named(&mut event, PSETID_APPOINTMENT, lid::APPOINTMENT_END, Type::TIME, filetime("2026-10-05T22:00:00Z"));
    named(&mut event, PSETID_APPOINTMENT, lid::APPOINTMENT_ALL_DAY, Type::BOOL, Mapi::Bool(true));
    named(&mut event, PSETID_APPOINTMENT, lid::BUSY_STATUS, Type::I32, Mapi::I32(3));
    event.set(pid::SENSITIVITY, Type::I32, Mapi::I32(2));
    let mut answered = row(2, "Bo", "bo@aldernook.example");
    answered.set(pid::RECIPIENT_TRACK_STATUS, Type::I32, Mapi::I32(3));
    event.recipients = vec![answered];
    let folders =
        world.get(&format!("/admin/exchange/mailboxes/{mailbox}/folders?$filter=type eq 'IPF.Appointment'")).await;
    world.put(&mailbox, folders["value"][0]["id"].as_str().unwrap(), &event).await;
    let calendars = world.get(&format!("/users/mara@{DOMAIN}/calendars")).await;
    assert_ne!(calendars["value"][0]["id"], folders["value"][0]["id"]);
    let path = format!("/users/mara@{DOMAIN}/calendars/{}/events", calendars["value"][0]["id"].as_str().unwrap());
    let shown = world.get(&path).await["value"][0].clone();
    assert_eq!(shown["start"], json!({"dateTime": "2026-10-05T00:00:00.0000000", "timeZone": "UTC"}));
    assert_eq!(
        (&shown["showAs"], &shown["sensitivity"], &shown["isAllDay"]),
        (&json!("oof"), &json!("private"), &json!(true))
    );
    assert_eq!(
        (&shown["attendees"][0]["type"], &shown["attendees"][0]["status"]["response"]),
        (&json!("optional"), &json!("accepted"))
    );
    assert_eq!(world.cloud.invitations_sent(), 0);
    let new = json!({"subject": "Talk", "start": {"dateTime": "2026-10-06T09:00:00", "timeZone": "W. Europe Standard Time"},
        "end": {"dateTime": "2026-10-06T10:00:00", "timeZone": "Europe/Amsterdam"}, "transactionId": "t1",
        "attendees": [{"emailAddress": {"address": "x@y.example"}, "type": "required"}]});
    let path = format!("/users/mara@{DOMAIN}/calendar/events");
    let (status, made) = world.call("POST", &path, new.clone()).await;
    assert_eq!((status, &made["start"]["dateTime"]), (201, &json!("2026-10-06T07:00:00.0000000")));
    let (_, again) = world.call("POST", &path, new).await;
    assert_eq!(again["id"], made["id"]);
    assert_eq!(world.cloud.invitations_sent(), 1);
}

#[tokio::test(start_paused = true)]
async fn contacts_are_shown_and_made() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let mut contact = Item::default();
    put_text(&mut contact, pid::MESSAGE_CLASS, "IPM.Contact");
    put_text(&mut contact, pid::GIVEN_NAME, "Bo");
    put_text(&mut contact, pid::BUSINESS_TELEPHONE_NUMBER, "+31 20 5550101");
    named(
        &mut contact,
        PSETID_ADDRESS,
        lid::EMAIL1_ADDRESS,
        Type::UNICODE,
        Mapi::Unicode("bo@brine.example".to_owned()),
    );
    named(&mut contact, PSETID_ADDRESS, lid::WORK_ADDRESS_CITY, Type::UNICODE, Mapi::Unicode("Gouda".to_owned()));
    let folders =
        world.get(&format!("/admin/exchange/mailboxes/{mailbox}/folders?$filter=type eq 'IPF.Contact'")).await;
    let folder = folders["value"][0]["id"].as_str().unwrap().to_owned();
    world.put(&mailbox, &folder, &contact).await;
    let shown =
        world.get(&format!("/users/mara@{DOMAIN}/contactFolders/{folder}/contacts")).await["value"][0].clone();
    assert_eq!((&shown["givenName"], &shown["businessPhones"]), (&json!("Bo"), &json!(["+31 20 5550101"])));
    assert_eq!(
        (&shown["emailAddresses"][0]["address"], &shown["businessAddress"]["city"]),
        (&json!("bo@brine.example"), &json!("Gouda"))
    );
    let new = json!({"givenName": "Ada", "emailAddresses": [{"address": "ada@brine.example"}], "homePhones": ["1", "2"],
        "homeAddress": {"city": "Delft"}, "children": ["Kit"], "fileAs": "Ada"});
    let (status, made) = world.call("POST", &format!("/users/mara@{DOMAIN}/contacts"), new.clone()).await;
    assert_eq!(status, 201);
    for name in ["givenName", "homePhones", "homeAddress", "children", "fileAs"] {
        assert_eq!(made[name], new[name], "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn created_messages_are_drafts_unless_their_flags_say_otherwise() {
    let world = World::new().await;
    world.mailbox("mara").await;
    let user = format!("/v1.0/users/mara@{DOMAIN}");
    let mime =
        STANDARD.encode("From: a@b.example\r\nSubject: Hi\r\nDate: Tue, 2 Apr 2019 07:11:00 +0000\r\n\r\nText\r\n");
    let post = |body: String| request("POST", &format!("{user}/messages"), Some(&world.graph), &body, "text/plain");
    let draft = parsed(&world.cloud.answer(post(mime)).await);
    assert_eq!((&draft["isDraft"], &draft["subject"]), (&json!(true), &json!("Hi")));
    assert!(draft["receivedDateTime"].as_str().unwrap().starts_with("2026-09-20"));
    let bad = world.cloud.answer(post("***".to_owned())).await;
    assert_eq!(parsed(&bad)["error"]["code"], "ErrorMimeContentInvalidBase64String");
    let body = json!({"subject": "Old", "receivedDateTime": "2001-01-01T00:00:00Z", "toRecipients": [{"emailAddress": {"address": "a@b.example"}}],
        "singleValueExtendedProperties": [{"id": "Integer 0x0E07", "value": "1"}, {"id": "SystemTime 0x0E06", "value": "2019-04-02T07:11:09Z"}]});
    let (status, made) = world.call("POST", &format!("{user}/mailFolders/inbox/messages"), body).await;
    assert_eq!(
        (status, &made["isDraft"], &made["receivedDateTime"]),
        (201, &json!(false), &json!("2019-04-02T07:11:09Z"))
    );
    let id = made["id"].as_str().unwrap();
    let (_, changed) =
        world.call("PATCH", &format!("{user}/messages/{id}"), json!({"isRead": false, "categories": ["x"]})).await;
    assert_eq!((&changed["isRead"], &changed["categories"]), (&json!(false), &json!(["x"])));
    let (status, moved) =
        world.call("POST", &format!("{user}/messages/{id}/move"), json!({"destinationId": "archive"})).await;
    assert_eq!(status, 201);
    assert_ne!(moved["id"], id);
    assert_eq!(world.call("GET", &format!("{user}/messages/{id}"), Value::Null).await.0, 404);
    let big = "A".repeat(5 << 20);
    assert_eq!(world.cloud.answer(post(big)).await.status(), 413);
}

#[tokio::test(start_paused = true)]
async fn large_attachments_come_in_pieces_and_in_order() {
    let world = World::new().await;
    world.mailbox("mara").await;
    let user = format!("/v1.0/users/mara@{DOMAIN}");
    let (_, draft) = world.call("POST", &format!("{user}/messages"), json!({"subject": "x"})).await;
    let path = format!("{user}/messages/{}/attachments", draft["id"].as_str().unwrap());
    let small = json!({"@odata.type": "#microsoft.graph.fileAttachment", "name": "a.txt", "contentBytes": "QQ=="});
    assert_eq!(world.call("POST", &path, small).await.0, 201);
    let open = json!({"AttachmentItem": {"attachmentType": "file", "name": "plan.bin", "size": 6}});
    let (status, session) = world.call("POST", &format!("{path}/createUploadSession"), open).await;
    assert_eq!(status, 201);
    let url = session["uploadUrl"].as_str().unwrap().trim_start_matches("https://localhost:8443").to_owned();
    let put = |range: &str, bytes: &str| {
        let mut request = request("PUT", &url, None, bytes, "application/octet-stream");
        request.headers_mut().insert("content-range", format!("bytes {range}/6").parse().unwrap());
        world.cloud.answer(request)
    };
    assert_eq!(put("3-5", "def").await.status(), 416);
    assert_eq!(parsed(&put("0-2", "abc").await)["NextExpectedRanges"], json!(["3"]));
    let done = put("3-5", "def").await;
    assert!(done.status() == 201 && done.body().is_empty() && done.headers().contains_key("location"));
    assert_eq!(world.get(&path).await["value"][1]["contentBytes"], "YWJjZGVm");
}

#[tokio::test(start_paused = true)]
async fn settings_rules_and_sent_mail() {
    let world = World::new().await;
    world.mailbox("mara").await;
    let user = format!("/v1.0/users/mara@{DOMAIN}");
    assert_eq!(world.get(&format!("{user}/mailboxSettings")).await["language"]["locale"], "nl-NL");
    let away = json!({"automaticRepliesSetting": {"status": "alwaysEnabled", "internalReplyMessage": "Weg"}});
    let (status, settings) = world.call("PATCH", &format!("{user}/mailboxSettings"), away).await;
    assert_eq!((status, &settings["automaticRepliesSetting"]["externalAudience"]), (200, &json!("all")));
    let wrong = json!({"automaticRepliesSetting": {"status": "sometimes"}});
    assert_eq!(world.call("PATCH", &format!("{user}/mailboxSettings"), wrong).await.0, 400);
    let rule = json!({"displayName": "Tenders", "conditions": {"subjectContains": ["tender"]}, "actions": {"markAsRead": true}});
    let rules = format!("{user}/mailFolders/inbox/messageRules");
    assert_eq!(world.call("POST", &rules, rule).await.0, 201);
    assert_eq!(world.get(&rules).await["value"][0]["sequence"], 1);
    let mail = json!({"message": {"subject": "Hi", "toRecipients": [{"emailAddress": {"address": "a@b.example"}}]}});
    assert_eq!(world.call("POST", &format!("{user}/sendMail"), mail).await.0, 202);
    assert_eq!(world.cloud.mail_sent(), 1);
}
