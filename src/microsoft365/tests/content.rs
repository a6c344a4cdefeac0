//! Folders by role, items by identity, facets by export.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::*;
use crate::engine::item::FolderRole;
use crate::mapi::container::{Version, encode_item};
use crate::mapi::{Item, Properties, Type, value};

const BASE: &str = "/v1.0/admin/exchange/mailboxes/MBX:1@2";

fn id() -> MailboxId {
    MailboxId("MBX:1@2".into())
}

fn get(path: &str) -> String {
    format!("GET {BASE}{path}")
}

fn folder(id: &str, name: &str, class: &str, known: Option<&str>, children: u64) -> Value {
    json!({"id": id, "displayName": name, "type": class, "wellKnownName": known, "childFolderCount": children,
        "totalItemCount": 3})
}

async fn with_root() -> Fake {
    let root = folder("R=", "Oberste Ebene des Informationsspeichers", "IPF.Note", None, 9);
    Fake::start().await.on(&get("/folders/msgfolderroot"), Reply::ok(root))
}

#[tokio::test]
async fn folders_are_known_by_role_not_by_name() {
    let children = json!([
        folder("I", "Posteingang", "IPF.Note", Some("inbox"), 1),
        folder("S", "Gesendet", "IPF.Note", Some("sentitems"), 0),
        folder("D", "Entwürfe", "IPF.Note", Some("drafts"), 0),
        folder("X", "Gelöscht", "IPF.Note", Some("deleteditems"), 0),
        folder("O", "Postausgang", "IPF.Note", Some("outbox"), 0),
        folder("J", "Junk", "IPF.Note", Some("junkemail"), 0),
        folder("Q", "Buddies", "IPF.Contact.MOC.QuickContacts", None, 0),
        folder("C", "Kontakte", "IPF.Contact", Some("contacts"), 0),
        folder("K", "Kalender", "IPF.Appointment", None, 0),
        folder("N", "Inbox", "IPF.Note", None, 0),
        folder("T", "Aufgaben", "IPF.Task", None, 0),
        folder("U", "Unklar", "", None, 0)
    ]);
    let fake = with_root().await.on(&get("/folders/R=/childFolders"), Reply::list(children));
    let below = json!([folder("P", "Kalender", "IPF.Appointment", None, 0)]);
    let fake = fake.on(&get("/folders/I/childFolders"), Reply::list(below));
    let fake = fake.on(&get("/folders/tasks"), Reply::ok(folder("T", "Aufgaben", "IPF.Task", None, 0)));
    let fake = fake.on(&get("/folders/calendar"), Reply::error(400, "ErrorInvalidIdMalformed"));
    let fake = ["notes", "journal"]
        .iter()
        .fold(fake, |fake, name| fake.on(&get(&format!("/folders/{name}")), Reply::error(404, "ErrorItemNotFound")));

    let folders = connection(&fake).folders(&id()).await.unwrap();
    let role = |id: &str| folders.iter().find(|folder| folder.id.0 == id).unwrap().role;
    assert_eq!((folders.len(), role("R=")), (14, Some(FolderRole::Root)));
    assert_eq!((folders[0].parent.clone(), folders[0].items), (None, 3));
    let roles = ["I", "S", "D", "X", "O", "J", "C", "K", "T"].map(|id| role(id).unwrap());
    let expected = [
        FolderRole::Inbox,
        FolderRole::Sent,
        FolderRole::Drafts,
        FolderRole::Deleted,
        FolderRole::Outbox,
        FolderRole::Junk,
        FolderRole::Contacts,
        FolderRole::Calendar,
        FolderRole::Tasks,
    ];
    assert_eq!(roles, expected);
    assert_eq!(["Q", "N", "U", "P"].map(role), [None; 4]);
    let nested = folders.iter().find(|folder| folder.id.0 == "P").unwrap();
    assert_eq!(nested.parent, Some(FolderId("I".into())));
    assert_eq!(folders.iter().find(|folder| folder.id.0 == "U").unwrap().class, "IPF.Note");
    assert_eq!(fake.one(&get("/folders/R=/childFolders")).query, "includeHiddenFolders=true&$top=999");
}

#[tokio::test]
async fn a_service_that_tells_no_well_known_names_is_asked_for_them() {
    let children =
        json!([folder("N", "Inbox", "IPF.Note", None, 0), folder("I", "Posteingang", "IPF.Note", None, 0)]);
    let fake = with_root().await.on(&get("/folders/R=/childFolders"), Reply::list(children));
    let fake = fake.on(&get("/folders/inbox"), Reply::ok(folder("I", "Posteingang", "IPF.Note", None, 0)));
    let others = [
        "sentitems",
        "drafts",
        "deleteditems",
        "outbox",
        "junkemail",
        "calendar",
        "contacts",
        "tasks",
        "notes",
        "journal",
    ];
    let fake = others
        .iter()
        .fold(fake, |fake, name| fake.on(&get(&format!("/folders/{name}")), Reply::error(404, "ErrorItemNotFound")));
    let folders = connection(&fake).folders(&id()).await.unwrap();
    let roles: Vec<_> = folders.iter().map(|folder| (folder.id.0.as_str(), folder.role)).collect();
    assert_eq!(roles, [("R=", Some(FolderRole::Root)), ("N", None), ("I", Some(FolderRole::Inbox))]);
}

#[tokio::test]
async fn a_tree_with_a_loop_ends() {
    let fake = with_root().await;
    let fake = fake.on(&get("/folders/R=/childFolders"), Reply::list(json!([folder("A", "a", "IPF.Note", None, 1)])));
    let again = json!([folder("R=", "r", "IPF.Note", None, 1), folder("A", "a", "IPF.Note", None, 1)]);
    let fake = fake.on(&get("/folders/A/childFolders"), Reply::list(again));
    let connection = connection(&fake);
    // The default folders are missing: nothing else is scripted, so asking for one ends the call.
    assert_eq!(connection.folders(&id()).await.unwrap_err().kind, Kind::Retry);
    assert_eq!(fake.seen(&get("/folders/A/childFolders")).len(), 1);
}

#[tokio::test]
async fn a_mailbox_that_is_not_ready_asks_for_patience() {
    let late = Reply::error(404, "MailboxNotEnabledForRESTAPI");
    let fake = Fake::start().await.on(&get("/folders/msgfolderroot"), late.clone());
    let fake = fake.on(&get("/folders/F/items"), late);
    let connection = connection(&fake);
    for problem in [
        connection.folders(&id()).await.unwrap_err(),
        connection.look(&id(), &FolderId("F".into()), None).await.unwrap_err(),
    ] {
        assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetRecipientMissing));
    }
}

#[tokio::test]
async fn a_folder_is_made_or_found() {
    let parent = FolderId("R/=".into());
    let post = format!("POST {BASE}/folders/R/=/childFolders");
    let fake = Fake::start().await.on(&post, Reply::status(201, folder("F1", "Tenders 2019", "IPF.Note", None, 0)));
    let made = connection(&fake).create_folder(&id(), &parent, "Tenders 2019", "IPF.Note").await;
    assert_eq!(made, Ok(FolderId("F1".into())));
    assert_eq!(fake.one(&post).json(), json!({"displayName": "Tenders 2019", "type": "IPF.Note"}));

    let there = json!([
        folder("A", "tenders 2019", "IPF.Note", None, 0),
        folder("B", "Tenders 2019", "IPF.Task", None, 0),
        folder("C", "Tenders 2019", "IPF.Note", None, 0)
    ]);
    let fake = Fake::start().await.on(&post, Reply::error(409, "ErrorFolderExists"));
    let fake = fake.on(&get("/folders/R/=/childFolders"), Reply::list(there));
    let connection = connection(&fake);
    for (name, class, expected) in
        [("Tenders 2019", "IPF.Note", "C"), ("Tenders 2019", "IPF.Contact", "B"), ("TENDERS 2019", "IPF.Note", "A")]
    {
        let found = connection.create_folder(&id(), &parent, name, class).await;
        assert_eq!(found, Ok(FolderId(expected.into())));
    }
    assert_eq!(connection.create_folder(&id(), &parent, "Other", "IPF.Note").await.unwrap_err().kind, Kind::Retry);

    let fake = Fake::start().await.on(&post, Reply::error(404, "ErrorItemNotFound"));
    let problem = self::connection(&fake).create_folder(&id(), &parent, "a", "IPF.Note").await.unwrap_err();
    assert_eq!((problem.guidance, problem.values["folder"].as_str()), (Guidance::TargetFolderGone, "R/="));
}

#[tokio::test]
async fn items_are_listed_with_what_identifies_them() {
    let key = STANDARD.encode([1_u8, 2, 3]);
    let listed = json!([
        {"id": "a", "size": 812, "type": "IPM.Note", "createdDateTime": "2026-09-20T08:20:00Z",
         "singleValueExtendedProperties": [{"id": "Binary 0x300b", "value": key}, {"id": "String 0x37", "value": "Roof"}]},
        {"id": "b", "size": null, "type": "IPM.Appointment"}]);
    let fake = Fake::start().await.on(&get("/folders/F/items"), Reply::list(listed));
    let found = connection(&fake).look(&id(), &FolderId("F".into()), None).await.unwrap();
    assert_eq!(found.next, None);
    let found = found.items;
    let first = Summary {
        id: ItemId("a".into()),
        class: "IPM.Note".into(),
        subject: "Roof".into(),
        size: 812,
        search_key: Some(vec![1, 2, 3]),
        identity: None,
        date: Some(1_789_892_400),
        sender: String::new(),
    };
    assert_eq!(found[0], first);
    assert_eq!((found[1].search_key.clone(), found[1].size, found[1].date), (None, 0, None));
    let query = fake.one(&get("/folders/F/items")).query;
    let stamp = "String {8c1f2b6e-5d0a-4f0c-9b37-3e6a41d7c2f5} Name CutoverItem";
    let expand = "singleValueExtendedProperties($filter=(id eq '§') or (id eq 'Binary 0x300B') or (id eq 'String 0x0037') \
                  or (id eq 'SystemTime 0x0E06'))";
    assert_eq!(query, format!("$top=999&$expand={expand}").replace('§', stamp));

    let garbage = json!([{"id": "a", "singleValueExtendedProperties": [{"id": "Binary 0x300B", "value": "§"}]}]);
    let fake = Fake::start().await.on(&get("/folders/F/items"), Reply::list(garbage));
    let problem = connection(&fake).look(&id(), &FolderId("F".into()), None).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::TargetAnswerMalformed);
    let fake = Fake::start().await.on(&get("/folders/F/items"), Reply::error(404, "ErrorItemNotFound"));
    let problem = connection(&fake).look(&id(), &FolderId("F".into()), None).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Item, Guidance::TargetFolderGone));
}

fn export() -> String {
    format!("POST {BASE}/exportItems")
}

fn message(subject: &str) -> (Item, String) {
    let mut item = Item::default();
    item.set(0x001A, Type::UNICODE, value::Value::Unicode("IPM.Note".into()));
    item.set(0x0037, Type::UNICODE, value::Value::Unicode(subject.into()));
    let data = encode_item(&item, Version([0x14, 0x0F, 0xD6, 0x91, 0x86, 0x17])).unwrap();
    (item, STANDARD.encode(data))
}

#[tokio::test]
async fn facets_come_from_the_exported_item() {
    let (item, data) = message("Roof quote");
    let answer = json!([
        {"itemId": "gone", "changeKey": null, "data": null, "error": {"code": "ErrorItemNotFound", "message": "m"}},
        {"itemId": "cut", "data": format!("{data}=== Truncated Data ===")},
        {"itemId": "good", "changeKey": "k", "data": data, "error": null},
        {"itemId": "bad", "data": "AAAA"},
        {"itemId": "denied", "error": {"code": "ErrorAccessDenied", "message": "m"}}]);
    let fake = Fake::start().await.on(&export(), Reply::list(answer));
    let asked: Vec<ItemId> =
        ["good", "gone", "cut", "bad", "left out", "denied"].map(|id| ItemId(id.into())).into_iter().collect();
    let found = connection(&fake).facets(&id(), &asked).await.unwrap();
    assert_eq!(found[0], Ok(crate::fidelity::facets(&item)));
    let problems: Vec<_> = found[1..].iter().map(|found| found.as_ref().unwrap_err()).collect();
    let seen: Vec<_> = problems.iter().map(|problem| (problem.kind, problem.guidance)).collect();
    let expected = [
        (Kind::Item, Guidance::TargetItemMissing),
        (Kind::Retry, Guidance::TargetAnswerMalformed),
        (Kind::Item, Guidance::TargetAnswerMalformed),
        (Kind::Retry, Guidance::TargetAnswerMalformed),
        (Kind::Item, Guidance::TargetUnexpected),
    ];
    assert_eq!(seen, expected);
    assert_eq!(fake.one(&export()).json()["itemIds"][1], "gone");
}

#[tokio::test]
async fn exports_beyond_the_bound_are_asked_for_one_by_one() {
    let (item, data) = message("Roof quote");
    let large = Reply::list(json!([{"itemId": "a", "data": "A".repeat(4096)}]));
    let small = Reply::list(json!([{"itemId": "a", "data": data}]));
    let fake = Fake::start().await.on(&export(), large.clone()).on(&export(), small).on(&export(), large);
    let mut connection = connection(&fake);
    connection.export_limit = 2048;
    let asked = ["a", "b"].map(|id| ItemId(id.into()));
    let found = connection.facets(&id(), &asked).await.unwrap();
    assert_eq!(found[0], Ok(crate::fidelity::facets(&item)));
    let problem = found[1].as_ref().unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Item, Guidance::TargetItemTooLarge));
    assert_eq!((fake.seen(&export()).len(), problem.values["limit"].as_str()), (3, "2048"));
}

#[tokio::test]
async fn at_most_twenty_items_are_exported_at_a_time() {
    let fake = Fake::start().await.on(&export(), Reply::list(json!([])));
    let asked: Vec<ItemId> = (0..45).map(|n| ItemId(n.to_string())).collect();
    let found = connection(&fake).facets(&id(), &asked).await.unwrap();
    let sizes: Vec<_> =
        fake.seen(&export()).iter().map(|seen| seen.json()["itemIds"].as_array().unwrap().len()).collect();
    assert_eq!((found.len(), sizes), (45, vec![20, 20, 5]));
    let denied = Fake::start().await.on(&export(), Reply::error(403, "ErrorAccessDenied"));
    let problem = connection(&denied).facets(&id(), &asked).await.unwrap_err();
    assert_eq!(problem.values["permission"], "MailboxItem.Export.All");
    let garbage = Fake::start().await.on(&export(), Reply::text(200, "{\"value\":[{\"itemId\":\"0\",\"da"));
    let problem = connection(&garbage).facets(&id(), &asked).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetAnswerMalformed));
}

#[tokio::test]
async fn at_most_four_requests_per_mailbox_are_on_their_way() {
    let fake = Fake::start().await.on(&get("/folders/F/items"), Reply::list(json!([])));
    let (connection, folder, mailbox) = (connection(&fake), FolderId("F".into()), id());
    let looking = (0..20).map(|_| connection.look(&mailbox, &folder, None));
    for found in futures_util::future::join_all(looking).await {
        assert!(found.unwrap().items.is_empty());
    }
    assert_eq!(fake.most_at_once(), 4);
}

#[tokio::test]
async fn a_folder_is_looked_at_page_by_page_and_each_is_asked_for_alone() {
    let folder = FolderId("F".into());
    let fake = Fake::start().await;
    let next = fake.url("/v1.0/page-two?$skiptoken=999").to_string();
    let page = Reply::ok(json!({"value": [{"id": "a"}], "@odata.nextLink": next}));
    let fake = fake.on(&get("/folders/F/items"), page);
    let fake = fake.on("GET /v1.0/page-two", Reply::error(503, "serviceNotAvailable"));
    let fake = fake.on("GET /v1.0/page-two", Reply::list(json!([{"id": "b"}])));
    let connection = connection(&fake);
    let first = connection.look(&id(), &folder, None).await.unwrap();
    assert_eq!((first.items[0].id.0.as_str(), first.next.as_ref()), ("a", Some(&next)));
    assert!(connection.look(&id(), &folder, first.next.as_deref()).await.unwrap_err().is_passing());
    let second = connection.look(&id(), &folder, first.next.as_deref()).await.unwrap();
    assert_eq!((second.items[0].id.0.as_str(), second.next), ("b", None));
    assert_eq!(fake.seen(&get("/folders/F/items")).len(), 1, "it does not begin anew");
    let elsewhere = connection.look(&id(), &folder, Some("https://elsewhere.example/")).await.unwrap_err();
    assert_eq!((elsewhere.kind, elsewhere.guidance), (Kind::Run, Guidance::TargetAnswerMalformed));
}

#[tokio::test]
async fn deleting_is_recoverable_and_one_that_is_protected_fails_alone() {
    let delete = |item: &str| format!("DELETE {BASE}/folders/F/items/{item}");
    let fake = Fake::start().await;
    let fake = fake.on(&delete("A"), Reply::text(204, ""));
    let fake = fake.on(&delete("B"), Reply::error(404, "ErrorItemNotFound"));
    let fake = fake.on(&delete("C"), Reply::error(403, "ErrorAccessDenied"));
    let mut answers = Vec::new();
    for item in ["A", "B", "C"] {
        answers.push(connection(&fake).delete(&id(), &FolderId("F".into()), &ItemId(item.into())).await);
    }
    assert_eq!(fake.one(&delete("A")).query, "disposalType=softDelete");
    assert!(answers[0].is_ok() && answers[1].is_ok(), "{answers:?}");
    let refused = answers[2].as_ref().unwrap_err();
    assert_eq!((refused.kind, refused.guidance), (Kind::Item, Guidance::TargetPermissionMissing));
    assert_eq!(refused.values["permission"], "MailboxItem.ReadWrite.All");
}

#[tokio::test]
async fn only_an_empty_folder_is_deleted_and_a_name_is_all_that_is_changed() {
    let at = |method: &str, folder: &str| format!("{method} {BASE}/folders/{folder}");
    let holding = |items: u64, folders: u64| {
        let mut folder = folder("F", "Old", "IPF.Note", None, folders);
        folder["totalItemCount"] = json!(items);
        Reply::ok(folder)
    };
    for (there, gone, asked) in [
        (holding(0, 0), true, 1),
        (holding(1, 0), false, 0),
        (holding(0, 1), false, 0),
        (Reply::error(404, "ErrorItemNotFound"), true, 0),
    ] {
        let fake = Fake::start().await.on(&at("GET", "F"), there);
        let fake = fake.on(&at("DELETE", "F/$ref"), Reply::text(204, ""));
        let answer = connection(&fake).delete_folder(&id(), &FolderId("F".into())).await.unwrap();
        assert_eq!((answer, fake.seen(&at("DELETE", "F/$ref")).len()), (gone, asked));
    }
    let fake = Fake::start().await.on(&at("PATCH", "F"), holding(0, 0));
    connection(&fake).rename_folder(&id(), &FolderId("F".into()), "New").await.unwrap();
    assert_eq!(fake.one(&at("PATCH", "F")).json(), json!({"displayName": "New"}));
}
