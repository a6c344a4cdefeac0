//! Folders, changes, descriptions and contents from canned answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use super::fake::{Fake, envelope, error, fault, folder, inbox, property, reply, response, success};
use crate::engine::item::{Change, FolderId, FolderRole, Form, ItemId};
use crate::engine::port::Source;
use crate::engine::problem::{Guidance, Kind, Problem};
use crate::engine::recipient::Address;
use crate::exchange::{Access, Impatience, connect_over};
use crate::mapi::{Item, Properties, Type, Value, container, pid, stream};

fn nina() -> Address {
    Address::new("nina@fabrikam.test")
}

fn ids(names: &[&str]) -> Vec<ItemId> {
    names.iter().map(|name| ItemId((*name).into())).collect()
}

/// A server of 2016 that answers one operation, after connecting, by a body of its own.
async fn connection(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> crate::exchange::Connection {
    Fake::exchange(
        "15.1.2507",
        move |body| if body.contains("Id=\"inbox\"/></m:FolderIds>") { inbox() } else { answer(body) },
    )
    .connect()
    .await
    .unwrap()
}

fn folders_answer(body: &str) -> String {
    folders_answer_but(body, "", "")
}

/// Of one distinguished folder it says something else.
fn folders_answer_but(body: &str, name: &str, says: &str) -> String {
    if body.contains("<m:FindFolder") {
        let page = |content: &str, next: u32, last: bool| {
            let root = format!(
                "<m:RootFolder IndexedPagingOffset=\"{next}\" TotalItemsInView=\"7\" IncludesLastItemInRange=\"{last}\">\
                 <t:Folders>{content}</t:Folders></m:RootFolder>"
            );
            response("FindFolder", &success("FindFolder", &root))
        };
        if body.contains("Offset=\"0\"") {
            let first = folder("Folder", "sub", "IN", "Projekte &amp; mehr", "")
                + &folder("Folder", "IN", "ROOT", "Posteingang", "<t:FolderClass>IPF.Note</t:FolderClass>")
                + &folder("SearchFolder", "se", "ROOT", "Search", "");
            return page(&first, 3, false);
        }
        let second =
            folder("CalendarFolder", "CAL", "ROOT", "Kalender", "<t:FolderClass>IPF.Appointment</t:FolderClass>")
                + &folder("Folder", "SI", "ROOT", "Sync Issues", "")
                + &folder("Folder", "SI2", "SI", "Conflicts", "")
                + &folder("Folder", "hid", "ROOT", "Hidden", &property("0x10f4", "Boolean", "true"));
        return page(&second, 7, true);
    }
    let known = [("msgfolderroot", "ROOT"), ("inbox", "IN"), ("calendar", "CAL"), ("syncissues", "SI")];
    let names = body.split("DistinguishedFolderId Id=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let messages: String = names
        .map(|asked| match known.iter().find(|(known, _)| *known == asked) {
            _ if asked == name => says.to_owned(),
            Some((_, id)) => {
                success("GetFolder", &format!("<m:Folders>{}</m:Folders>", folder("Folder", id, "x", "n", "")))
            }
            None => error("GetFolder", "ErrorFolderNotFound"),
        })
        .collect();
    response("GetFolder", &messages)
}

#[tokio::test]
async fn folders_with_roles_parents_first() {
    let folders = connection(folders_answer).await.folders(&nina()).await.unwrap();
    let seen: Vec<_> = folders.iter().map(|f| (f.id.0.as_str(), f.role, f.class.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("ROOT", Some(FolderRole::Root), "IPF.Note"),
            ("IN", Some(FolderRole::Inbox), "IPF.Note"),
            ("CAL", Some(FolderRole::Calendar), "IPF.Appointment"),
            ("sub", None, "IPF.Note"),
        ]
    );
    assert_eq!(folders[3].parent, Some(FolderId("IN".into())));
    assert_eq!((folders[3].name.as_str(), folders[3].items), ("Projekte & mehr", 3));
}

/// The roles that are made out if of one distinguished folder it says this.
async fn told_of(name: &'static str, says: String) -> Result<Vec<Option<FolderRole>>, Problem> {
    let connection = connection(move |body| folders_answer_but(body, name, &says)).await;
    let folders = connection.folders(&nina()).await?;
    Ok(folders.into_iter().map(|folder| folder.role).filter(|role| role.is_some()).collect())
}

#[tokio::test]
async fn only_what_says_so_means_that_a_mailbox_has_no_such_folder() {
    let pause = "<m:MessageXml><t:Value Name=\"BackOffMilliseconds\">42000</t:Value></m:MessageXml>";
    for name in ["inbox", "syncissues"] {
        let says = |code: &str| error("GetFolder", code);
        let busy = says("ErrorServerBusy").replace("</m:GetFolder", &format!("{pause}</m:GetFolder"));
        let problem = told_of(name, busy).await.unwrap_err();
        assert_eq!((problem.kind, problem.retry_after.unwrap().as_secs()), (Kind::Wait, 42), "{name}");
        for code in ["ErrorMailboxFailover", "ErrorInternalServerError"] {
            assert_eq!(told_of(name, says(code)).await.unwrap_err().kind, Kind::Retry, "{name} {code}");
        }
        let cut_off = success("GetFolder", "<m:Folders></m:Folders>");
        assert_eq!(told_of(name, cut_off).await.unwrap_err().guidance, Guidance::SourceAnswerMalformed);
        for code in ["ErrorFolderNotFound", "ErrorItemNotFound"] {
            let roles = told_of(name, says(code)).await.unwrap();
            assert_eq!(roles.contains(&Some(FolderRole::Inbox)), name != "inbox", "{code}");
        }
    }
    assert_eq!(told_of("calendar", error("GetFolder", "ErrorNoCalendar")).await.unwrap().len(), 2);
    // A hidden folder that stays shut concerns nobody.
    let shut = || error("GetFolder", "ErrorAccessDenied");
    assert_eq!(told_of("inbox", shut()).await.unwrap_err().kind, Kind::Mailbox);
    assert_eq!(told_of("syncissues", shut()).await.unwrap().len(), 3);
    // What only newer servers know.
    for code in ["ErrorInvalidOperation", "ErrorInvalidSchemaVersionForMailboxVersion"] {
        assert_eq!(told_of("syncissues", error("GetFolder", code)).await.unwrap().len(), 3);
        assert_eq!(told_of("inbox", error("GetFolder", code)).await.unwrap_err().kind, Kind::Mailbox);
    }
}

/// A server that lists its folders like this, page after page of which every second is the last: their ids, and how many it
/// says there are. Answers what is made of that, and how many pages were asked for.
async fn listed(pages: &'static [(&'static str, usize)]) -> (Result<String, Problem>, usize) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let connection = connection(move |body| {
        if !body.contains("<m:FindFolder") {
            return folders_answer(body);
        }
        let nth = counted.fetch_add(1, Ordering::Relaxed);
        let (ids, total) = pages[nth % pages.len()];
        assert_eq!(body.contains("Offset=\"0\""), nth.is_multiple_of(2));
        let folders: String = ids.chars().map(|id| folder("Folder", &id.to_string(), "ROOT", "n", "")).collect();
        let root = format!(
            "<m:RootFolder IndexedPagingOffset=\"{}\" TotalItemsInView=\"{total}\" IncludesLastItemInRange=\"{}\">\
             <t:Folders>{folders}</t:Folders></m:RootFolder>",
            ids.len(),
            !nth.is_multiple_of(2)
        );
        response("FindFolder", &success("FindFolder", &root))
    })
    .await;
    let folders = connection.folders(&nina()).await;
    let ids = folders.map(|folders| folders.iter().skip(1).map(|folder| folder.id.0.as_str()).collect());
    (ids, asked.load(Ordering::Relaxed))
}

#[tokio::test]
async fn folders_that_change_between_pages_are_listed_anew() {
    // One went away, and the next page begins behind one that nobody listed; one came, and another is listed twice; fewer
    // came than there are.
    for pages in [
        &[("abc", 6), ("ef", 5), ("bcd", 5), ("ef", 5)],
        &[("abc", 5), ("cde", 5), ("xab", 5), ("cd", 5)],
        &[("abc", 6), ("ef", 6), ("abc", 6), ("def", 6)],
    ] {
        let whole: String = pages[2].0.to_owned() + pages[3].0;
        let (ids, asked) = listed(pages).await;
        assert_eq!((ids.unwrap(), asked), (whole, 4));
    }
    let (never, asked) = listed(&[("abc", 6), ("ef", 5)]).await;
    let problem = never.unwrap_err();
    assert_eq!((problem.kind, problem.guidance, asked), (Kind::Retry, Guidance::SourceAnswerMalformed, 6));
}

#[tokio::test]
async fn delegate_names_the_owner_and_impersonation_acts_as_it() {
    for access in [Access::Delegate, Access::Impersonation] {
        let fake = Fake::exchange("15.1.2507", |body| {
            if body.contains("msgfolderroot") || body.contains("syncissues") { folders_answer(body) } else { inbox() }
        });
        let mut settings = super::fake::settings();
        settings.access = access;
        let connection = connect_over(fake.clone(), settings, &|_| {}, &mut Impatience).await.unwrap();
        connection.folders(&nina()).await.unwrap();
        let call = fake.calls().pop().unwrap();
        let body = call.body.unwrap();
        assert_eq!(body.contains("<t:Mailbox><t:EmailAddress>nina@"), access == Access::Delegate);
        assert_eq!(body.contains("<t:PrimarySmtpAddress>nina@"), access == Access::Impersonation);
        assert_eq!(call.headers["x-anchormailbox"], "nina@fabrikam.test");
    }
}

#[tokio::test]
async fn changes_of_every_kind() {
    let connection = connection(|body| {
        assert!(body.contains("<m:SyncState>old&amp;</m:SyncState><m:MaxChangesReturned>512</m:MaxChangesReturned>"));
        let changes = "<m:SyncState>new</m:SyncState><m:IncludesLastItemInRange>true</m:IncludesLastItemInRange><m:Changes>\
            <t:Create><t:Message><t:ItemId Id=\"a\" ChangeKey=\"k\"/></t:Message></t:Create>\
            <t:Update><t:Contact><t:ItemId Id=\"b\"/></t:Contact></t:Update>\
            <t:Delete><t:ItemId Id=\"c\"/></t:Delete>\
            <t:ReadFlagChange><t:ItemId Id=\"A\"/><t:IsRead>true</t:IsRead></t:ReadFlagChange></m:Changes>";
        response("SyncFolderItems", &success("SyncFolderItems", changes))
    })
    .await;
    let page = connection.changes(&nina(), &FolderId("f".into()), Some("old&")).await.unwrap();
    let id = |text: &str| ItemId(text.into());
    assert_eq!(
        page.changes,
        [Change::Created(id("a")), Change::Updated(id("b")), Change::Gone(id("c")), Change::ReadFlag(id("A"))]
    );
    assert!(page.last && page.sync_state == "new");
}

#[tokio::test]
async fn an_expired_state_and_a_busy_server() {
    let expired =
        connection(|_| response("SyncFolderItems", &error("SyncFolderItems", "ErrorInvalidSyncStateData"))).await;
    let problem = expired.changes(&nina(), &FolderId("f".into()), Some("x")).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourceSyncStateExpired);
    let busy =
        connection(|_| fault("ErrorServerBusy", "<t:Value Name=\"BackOffMilliseconds\">42000</t:Value>")).await;
    let problem = busy.changes(&nina(), &FolderId("f".into()), None).await.unwrap_err();
    assert_eq!((problem.kind, problem.retry_after.unwrap().as_secs()), (Kind::Wait, 42));
}

fn described(id: &str, class: &str) -> String {
    let item = format!(
        "<m:Items><t:Message><t:ItemId Id=\"{id}\"/><t:ItemClass>{class}</t:ItemClass><t:Subject>Hi &#x1;there</t:Subject>\
         <t:DateTimeReceived>2020-01-02T03:04:05Z</t:DateTimeReceived><t:Size>1234</t:Size>{}</t:Message></m:Items>",
        property("0x300b", "Binary", "AQID")
            + &property("0x42", "String", "Anna Vogt")
            + &property("0x5d02", "String", "anna@fabrikam.example")
    );
    success("GetItem", &item)
}

#[tokio::test]
async fn senders_are_told_by_name_and_internet_address() {
    let (name, smtp, any) = ("0x42", "0x5d02", "0x65");
    let expected = [
        (vec![(name, "Anna Vogt"), (smtp, "anna@f.example"), (any, "/O=F/CN=ANNA")], "Anna Vogt <anna@f.example>"),
        (vec![(name, "Anna Vogt"), (any, "anna@f.example")], "Anna Vogt <anna@f.example>"),
        (vec![(name, "Anna Vogt"), (any, "/O=F/CN=ANNA")], "Anna Vogt"),
        (vec![(name, "Anna@f.example"), (smtp, "anna@f.example")], "anna@f.example"),
        (vec![(smtp, "anna@f.example")], "anna@f.example"),
        (vec![], ""),
    ];
    for (properties, sender) in expected {
        let properties: String = properties.iter().map(|(tag, value)| property(tag, "String", value)).collect();
        let item = format!(
            "<m:Items><t:Message><t:ItemId Id=\"a\"/><t:ItemClass>IPM.Note</t:ItemClass>{properties}</t:Message></m:Items>"
        );
        let answer = response("GetItem", &success("GetItem", &item));
        let connection = connection(move |_| answer.clone()).await;
        let found = connection.describe(&nina(), &ids(&["a"])).await.unwrap();
        assert_eq!(found[0].as_ref().unwrap().sender, sender);
    }
}

#[tokio::test]
async fn descriptions_keep_their_order() {
    let connection = connection(|_| {
        response(
            "GetItem",
            &(described("a", "IPM.Note") + &error("GetItem", "ErrorItemNotFound") + &described("c", "IPM.Task")),
        )
    })
    .await;
    let found = connection.describe(&nina(), &ids(&["a", "b", "c"])).await.unwrap();
    let first = found[0].as_ref().unwrap();
    assert_eq!((first.subject.as_str(), first.size, first.date), ("Hi there", 1234, Some(1_577_934_245)));
    assert_eq!(first.search_key.as_deref(), Some(&[1_u8, 2, 3][..]));
    assert_eq!(found[1].as_ref().unwrap_err().guidance, Guidance::SourceItemGone);
    assert_eq!(first.sender, "Anna Vogt <anna@fabrikam.example>");
    assert_eq!(found[2].as_ref().unwrap().class, "IPM.Task");
    let short = connection.describe(&nina(), &ids(&["a"])).await.unwrap_err();
    assert_eq!((short.kind, short.guidance), (Kind::Retry, Guidance::SourceAnswerMalformed));
}

fn exported() -> Vec<u8> {
    let mut item = Item::default();
    item.set(pid::MESSAGE_CLASS, Type::UNICODE_CODEPAGE, Value::Unicode("IPM.Note".into()));
    item.set(pid::SUBJECT, Type::UNICODE_CODEPAGE, Value::Unicode("Grüße".into()));
    item.set(pid::SEARCH_KEY, Type::BINARY, Value::Binary(bytes::Bytes::from_static(b"key")));
    container::wrap(&stream::encode_fresh(&item).unwrap(), container::Version([1, 14, 139, 128, 0, 0]))
}

fn exporting(id: &str, data: &str) -> String {
    success("ExportItems", &format!("<m:ItemId Id=\"{id}\"/><m:Data>{data}</m:Data>"))
}

#[tokio::test]
async fn contents_by_export() {
    let connection = connection(|_| {
        let whole = BASE64.encode(exported());
        let cut = &whole[..whole.len() - 8];
        let messages = exporting("a", &whole)
            + &error("ExportItems", "ErrorCorruptData")
            + &exporting("c", &format!("{cut}=== Truncated Data ==="))
            + &exporting("d", cut)
            + &exporting("other", &whole);
        response("ExportItems", &messages)
    })
    .await;
    let found = connection.read(&nina(), &ids(&["a", "b", "c", "d", "e"])).await.unwrap();
    let content = found[0].as_ref().unwrap();
    assert_eq!(content.data, exported());
    assert_eq!((content.summary.subject.as_str(), content.summary.class.as_str()), ("Grüße", "IPM.Note"));
    assert_eq!(
        (content.summary.search_key.as_deref(), content.summary.size),
        (Some(&b"key"[..]), content.data.len() as u64)
    );
    let problems: Vec<_> =
        found[1..].iter().map(|each| each.as_ref().unwrap_err()).map(|p| (p.kind, p.guidance)).collect();
    let cut = (Kind::Retry, Guidance::SourceAnswerMalformed);
    assert_eq!(problems, [(Kind::Item, Guidance::SourceItemDamaged), cut, cut, cut]);
}

#[tokio::test]
async fn an_answer_beyond_the_bound_is_asked_for_by_halves() {
    let fake = Fake::new(|call| {
        if call.credentials.is_none() {
            return Ok(reply(401, &[("www-authenticate", "Basic")], ""));
        }
        let body = call.body.as_deref().unwrap();
        if body.contains("GetFolder") {
            return Ok(reply(200, &[], &envelope("15.1.1", &inbox())));
        }
        let asked: Vec<&str> =
            body.split("ItemId Id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        if asked.len() > 1 || asked[0] == "huge" {
            return Err(crate::http::Failure::TooLarge { limit: 1 });
        }
        Ok(reply(
            200,
            &[],
            &envelope("15.1.1", &response("ExportItems", &exporting(asked[0], &BASE64.encode(exported())))),
        ))
    });
    let found = fake.connect().await.unwrap().read(&nina(), &ids(&["a", "b"])).await.unwrap();
    assert!(found.iter().all(Result::is_ok));
    let found = fake.connect().await.unwrap().read(&nina(), &ids(&["a", "huge", "c"])).await.unwrap();
    let problem = found[1].as_ref().unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Item, Guidance::SourceAnswerTooLarge));
    assert!(found[0].is_ok() && found[2].is_ok());
}

#[tokio::test]
async fn one_item_that_the_server_fails_over_fails_alone() {
    let answer = |asked: usize, bad: bool, failing: Result<&str, ()>| match (bad, failing) {
        (false, _) => Ok(response("ExportItems", &exporting("x", &BASE64.encode(exported())).repeat(asked))),
        (true, Ok(code)) => Ok(fault(code, "")),
        (true, Err(())) => Err(crate::http::Failure::Lost("reset".into())),
    };
    for failing in [Ok("ErrorInternalServerError"), Ok("ErrorTimeoutExpired"), Err(()), Ok("ErrorADUnavailable")] {
        let fake = Fake::new(move |call| {
            if call.credentials.is_none() {
                return Ok(reply(401, &[("www-authenticate", "Basic")], ""));
            }
            let body = call.body.as_deref().unwrap();
            if body.contains("GetFolder") {
                return Ok(reply(200, &[], &envelope("15.1.1", &inbox())));
            }
            let body = answer(body.matches("ItemId Id=").count(), body.contains("Id=\"bad\""), failing)?;
            Ok(reply(200, &[], &envelope("15.1.1", &body)))
        });
        let found = fake.connect().await.unwrap().read(&nina(), &ids(&["x", "bad", "x"])).await;
        if failing == Ok("ErrorADUnavailable") {
            assert_eq!(found.unwrap_err().kind, Kind::Retry);
            continue;
        }
        let found = found.unwrap();
        assert!(found[0].is_ok() && found[2].is_ok(), "{failing:?}");
        assert_eq!(found[1].as_ref().unwrap_err().kind, Kind::Retry);
    }
}

#[tokio::test]
async fn where_a_pause_is_asked_for_no_half_is_asked_for_at_once() {
    let fake = Fake::new(|call| match call.body.as_deref().unwrap().contains("GetFolder") {
        true => Ok(reply(200, &[], &envelope("15.1.1", &inbox()))),
        false => Ok(reply(500, &[("retry-after", "60")], &envelope("15.1.1", &fault("ErrorTimeoutExpired", "")))),
    });
    let connection = fake.connect().await.unwrap();
    let before = fake.calls().len();
    let problem = connection.read(&nina(), &ids(&["a", "b"])).await.unwrap_err();
    assert_eq!((problem.kind, problem.retry_after.unwrap().as_secs()), (Kind::Retry, 60));
    assert_eq!(fake.calls().len() - before, 1);
}

#[tokio::test]
async fn a_kind_that_gives_no_mime_is_named() {
    let fake = Fake::exchange("8.3.83", |body| match body {
        _ if body.contains("GetFolder") => inbox(),
        _ if body.contains("IncludeMimeContent") => {
            response("GetItem", &error("GetItem", "ErrorUnsupportedMimeConversion"))
        }
        _ => response("GetItem", &described("a", "IPM.Note.Custom")),
    });
    let found = fake.connect().await.unwrap().read(&nina(), &ids(&["a"])).await.unwrap();
    let problem = found[0].as_ref().unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourceKindNotExportable);
    assert_eq!(problem.values["class"], "IPM.Note.Custom");
}

#[tokio::test]
async fn without_export_mail_comes_as_mime_and_the_rest_is_named() {
    let mime = BASE64.encode("From: A <a@x.test>\r\nTo: b@x.test\r\nSubject: RE: Hi\r\n\r\nText\r\n");
    let fake = Fake::exchange("8.3.83", move |body| {
        if body.contains("GetFolder") {
            return inbox();
        }
        if !body.contains("IncludeMimeContent") {
            return response("GetItem", &(described("a", "IPM.Appointment") + &described("b", "IPM.Note")));
        }
        assert!(!body.contains("Id=\"a\""));
        let flags = property("0xe07", "Integer", "1");
        let item = format!(
            "<m:Items><t:Message><t:MimeContent CharacterSet=\"UTF-8\">{mime}</t:MimeContent><t:ItemId Id=\"b\"/>\
             <t:Subject>RE: Hi</t:Subject>{flags}</t:Message></m:Items>"
        );
        response("GetItem", &success("GetItem", &item))
    });
    let connection = fake.connect().await.unwrap();
    let found = connection.read(&nina(), &ids(&["a", "b"])).await.unwrap();
    let problem = found[0].as_ref().unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Item, Guidance::SourceKindNotExportable));
    assert_eq!(problem.values["class"], "IPM.Appointment");
    let item = container::decode_item(&found[1].as_ref().unwrap().data).unwrap();
    assert_eq!(item.value(pid::MESSAGE_FLAGS), Some(&Value::I32(1)));
    assert_eq!(item.value(pid::SUBJECT_PREFIX).unwrap().text().unwrap(), "RE: ");
    assert_eq!(item.recipients.len(), 1);
}

#[tokio::test]
async fn every_cut_answer_is_a_problem_and_no_panic() {
    let whole = envelope("15.1.1", &response("ExportItems", &exporting("a", &BASE64.encode(exported()))));
    for end in 0..whole.len() {
        let cut = whole[..end].to_owned();
        let fake = Fake::new(move |call| {
            let body = call.body.as_deref().unwrap();
            let answer = if body.contains("GetFolder") { &envelope("15.1.1", &inbox()) } else { &cut };
            Ok(reply(200, &[], answer))
        });
        let result = fake.connect().await.unwrap().read(&nina(), &ids(&["a"])).await;
        assert!(result.is_err() || result.unwrap()[0].is_err(), "cut at {end}");
    }
}

#[tokio::test]
async fn one_item_comes_in_the_form_that_the_server_gives() {
    let fake = Fake::exchange("15.1.1", |body| {
        let mime = |text: &str| {
            let (mime, class) = (BASE64.encode(text), "<t:ItemClass>IPM.Task</t:ItemClass>");
            let mime = if text.is_empty() { String::new() } else { format!("<t:MimeContent>{mime}</t:MimeContent>") };
            response("GetItem", &success("GetItem", &format!("<m:Items><t:Item>{mime}{class}</t:Item></m:Items>")))
        };
        match body {
            _ if body.contains("GetFolder") => inbox(),
            _ if body.contains("Id=\"event\"") => mime("\r\nbegin:vcalendar\r\n"),
            _ if body.contains("Id=\"card\"") => mime("\u{feff}BEGIN:VCARD\r\n"),
            _ if body.contains("Id=\"none\"") => mime(""),
            _ if body.contains("Id=\"cut\"") => mime("x").replace("<t:MimeContent>", "<t:MimeContent>=== Truncated"),
            _ if body.contains("Id=\"kind\"") => {
                response("GetItem", &error("GetItem", "ErrorUnsupportedMimeConversion"))
            }
            _ if body.contains("Id=\"gone\"") => response("GetItem", &error("GetItem", "ErrorItemNotFound")),
            _ => mime("Subject: Hi\r\n\r\nText"),
        }
    });
    let source = fake.connect().await.unwrap();
    let of = |id: &'static str| {
        let source = &source;
        async move { source.mime(&nina(), &ids(&[id])[0]).await }
    };
    let forms = [("mail", Form::Message), ("event", Form::Event), ("card", Form::Card)];
    for (id, form) in forms {
        assert_eq!(of(id).await.unwrap().form, form, "{id}");
    }
    assert_eq!(&of("mail").await.unwrap().data[..], b"Subject: Hi\r\n\r\nText");
    let problems = [
        ("none", Kind::Item, Guidance::SourceKindNotExportable),
        ("kind", Kind::Item, Guidance::SourceKindNotExportable),
        ("gone", Kind::Item, Guidance::SourceItemGone),
        ("cut", Kind::Retry, Guidance::SourceAnswerMalformed),
    ];
    for (id, kind, guidance) in problems {
        let problem = of(id).await.unwrap_err();
        assert_eq!((problem.kind, problem.guidance), (kind, guidance), "{id}");
    }
    assert_eq!(of("none").await.unwrap_err().values["class"], "IPM.Task");
}
