//! Folders, import, listing and export.

use super::*;

#[tokio::test(start_paused = true)]
async fn default_folders_are_named_in_the_mailboxs_language() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let base = format!("/v1.0/admin/exchange/mailboxes/{mailbox}");
    let first = world.get(&format!("{base}/folders")).await;
    assert_eq!(first["value"].as_array().unwrap().len(), 10);
    let next = first["@odata.nextLink"].as_str().unwrap().trim_start_matches("https://localhost:8443");
    assert!(!world.get(next).await["value"].as_array().unwrap().is_empty());
    let inbox = world.get(&format!("{base}/folders/inbox")).await;
    assert_eq!((&inbox["displayName"], &inbox["wellKnownName"]), (&json!("Postvak IN"), &json!("inbox")));
    let same = world.get(&format!("/users/mara@{DOMAIN}/mailFolders/inbox")).await;
    assert_eq!(same["id"], inbox["id"]);
    let calendar = world.get(&format!("{base}/folders?$filter=type eq 'IPF.Appointment'")).await;
    assert_eq!(calendar["value"][0]["displayName"], "Agenda");
    let hidden = world.get(&format!("{base}/folders?includeHiddenFolders=true&$top=100")).await;
    let shown = world.get(&format!("{base}/folders?$top=100")).await;
    assert!(hidden["value"].as_array().unwrap().len() > shown["value"].as_array().unwrap().len());
}

#[tokio::test(start_paused = true)]
async fn folders_are_made_renamed_and_deleted() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let base = format!("/v1.0/admin/exchange/mailboxes/{mailbox}/folders");
    let stamp = "String {6e0f3c1a-52c7-4e1f-9a55-3a1c7d2b9e10} Name SourceFolder";
    let folder = json!({"displayName": "Tenders", "type": "IPF.Note", "singleValueExtendedProperties": [{"id": stamp, "value": "77"}]});
    let (status, made) = world.call("POST", &format!("{base}/inbox/childFolders"), folder.clone()).await;
    assert_eq!(status, 201, "{made}");
    let (status, body) = world.call("POST", &format!("{base}/inbox/childFolders"), folder).await;
    assert_eq!((status, body["error"]["code"].as_str()), (409, Some("ErrorFolderExists")));
    let filter = format!("singleValueExtendedProperties/any(ep: ep/id eq '{stamp}' and ep/value eq '77')");
    let expand = format!("singleValueExtendedProperties($filter=id eq '{stamp}')");
    let found = world
        .get(&format!("{base}/inbox/childFolders?$filter={}&$expand={}", encoded(&filter), encoded(&expand)))
        .await;
    assert_eq!(found["value"][0]["singleValueExtendedProperties"][0]["value"], "77");
    let id = made["id"].as_str().unwrap();
    assert_eq!(world.call("PATCH", &format!("{base}/{id}"), json!({"type": "IPF.Task"})).await.0, 400);
    let (_, renamed) = world.call("PATCH", &format!("{base}/{id}"), json!({"displayName": "Bids"})).await;
    assert_eq!(renamed["displayName"], "Bids");
    assert_eq!(world.call("DELETE", &format!("{base}/{id}/$ref"), Value::Null).await.0, 204);
    assert_eq!(world.call("GET", &format!("{base}/{id}"), Value::Null).await.0, 404);
    assert_eq!(world.call("DELETE", &format!("{base}/inbox/$ref"), Value::Null).await.0, 403);
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[tokio::test(start_paused = true)]
async fn an_imported_item_is_listed_and_exported() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let id = world.put(&mailbox, "inbox", &message("Roof quote")).await;
    let expand = "singleValueExtendedProperties($filter=(id eq 'String 0x0037') or (id eq 'SystemTime 0x0E06') or (id eq 'Binary 0x300B'))";
    let path = format!("/v1.0/admin/exchange/mailboxes/{mailbox}/folders/inbox/items?$expand={}", encoded(expand));
    let list = world.get(&path).await;
    let item = &list["value"][0];
    assert_eq!((item["id"].as_str(), &item["type"]), (Some(id.as_str()), &json!("IPM.Note")));
    let wanted = json!([{"id": "String 0x37", "value": "Roof quote"}, {"id": "SystemTime 0xe06", "value": "2019-04-02T07:11:09Z"},
        {"id": "Binary 0x300b", "value": "AQID"}]);
    assert_eq!(item["singleValueExtendedProperties"], wanted);
    let export = format!("/v1.0/admin/exchange/mailboxes/{mailbox}/exportItems");
    let (_, exported) = world.call("POST", &export, json!({"itemIds": [id, "AAMkAGnope"]})).await;
    let bytes = STANDARD.decode(exported["value"][0]["data"].as_str().unwrap()).unwrap();
    assert_eq!(container::unwrap(&bytes).unwrap().version.unwrap().0[..2], [0x14, 0x0F]);
    let back = container::decode_item(&bytes).unwrap();
    assert_eq!(back.value(pid::SUBJECT), Some(&Mapi::Unicode("Roof quote".to_owned())));
    assert_eq!(exported["value"][1]["error"]["code"], "ErrorItemNotFound");
    assert_eq!(world.cloud.items(&format!("mara@{DOMAIN}"))[0].well_known.as_deref(), Some("inbox"));
}

#[tokio::test(start_paused = true)]
async fn the_importer_refuses_what_it_must() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let url = world.import_url(&mailbox).await;
    let folder = world.get(&format!("/admin/exchange/mailboxes/{mailbox}/folders/inbox")).await["id"].clone();
    let good = json!({"FolderId": folder, "Mode": "create", "Data": data(&message("x"))});
    let with = |member: &str, value: Value| {
        let mut body = good.clone();
        body[member] = value;
        body
    };
    let cut = STANDARD.encode(&STANDARD.decode(data(&message("x"))).unwrap()[..90]);
    for (body, status) in [
        (with("ItemId", json!("AAMkAG")), 400),
        (with("Data", json!("***")), 400),
        (with("Data", json!(cut)), 400),
        (with("Mode", json!("merge")), 400),
        (with("Mode", json!("update")), 400),
        (with("FolderId", json!("AAMkAGgone")), 404),
        (json!({"folderId": folder, "mode": "create", "data": data(&message("x"))}), 400),
    ] {
        let (got, answer) = world.import(&url, body.clone()).await;
        assert_eq!(got, status, "{answer}");
    }
    assert_eq!(world.cloud.items(&format!("mara@{DOMAIN}")).len(), 0);
    for _ in 0..2 {
        assert_eq!(world.import(&url, good.clone()).await.0, 200);
    }
    assert_eq!(world.cloud.items(&format!("mara@{DOMAIN}")).len(), 2, "import never looks for duplicates");
    world.cloud.set_onprem_streams(OnPremStreams::None);
    assert_eq!(world.import(&url, good.clone()).await.0, 400);
    world.wait(46 * 60);
    assert_eq!(world.import(&url, good).await.0, 401);
}

#[tokio::test(start_paused = true)]
async fn an_update_needs_the_current_change_key() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let id = world.put(&mailbox, "inbox", &message("one")).await;
    let path = format!("/admin/exchange/mailboxes/{mailbox}/folders/inbox/items/{id}");
    let item = world.get(&path).await;
    let url = world.import_url(&mailbox).await;
    let folder = world.get(&format!("/admin/exchange/mailboxes/{mailbox}/folders/inbox")).await["id"].clone();
    let body = json!({"FolderId": folder, "Mode": "update", "ItemId": id, "ChangeKey": item["changeKey"], "Data": data(&message("two"))});
    let (status, answer) = world.import(&url, body.clone()).await;
    assert_eq!((status, answer["itemId"].as_str()), (200, Some(id.as_str())));
    assert_eq!(world.import(&url, body).await.0, 409);
}

#[tokio::test(start_paused = true)]
async fn deltas_tell_changes_and_grow_old() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let id = world.put(&mailbox, "inbox", &message("one")).await;
    let base = format!("/v1.0/admin/exchange/mailboxes/{mailbox}/folders/inbox/items");
    let first = world.get(&format!("{base}/delta")).await;
    assert_eq!(first["value"].as_array().unwrap().len(), 1);
    let link = first["@odata.deltaLink"].as_str().unwrap().trim_start_matches("https://localhost:8443").to_owned();
    assert_eq!(world.call("DELETE", &format!("{base}/{id}"), Value::Null).await.0, 204);
    let second = world.get(&link).await;
    assert_eq!(second["value"], json!([{"id": id, "@removed": {"reason": "deleted"}}]));
    let mut world = world;
    world.wait(8 * 86_400);
    world.sign_in().await;
    assert_eq!(world.call("GET", &link, Value::Null).await.0, 410);
}

/// The path behind a link.
fn behind(page: &Value, link: &str) -> String {
    page[link].as_str().unwrap().trim_start_matches("https://localhost:8443").to_owned()
}

#[tokio::test(start_paused = true)]
async fn what_changes_between_the_pages_of_a_delta_hides_nothing() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let mut ids = Vec::new();
    for number in 0..12 {
        ids.push(world.put(&mailbox, "inbox", &message(&number.to_string())).await);
    }
    let base = format!("/v1.0/admin/exchange/mailboxes/{mailbox}/folders/inbox/items");
    let first = world.get(&format!("{base}/delta")).await;
    assert_eq!(first["value"].as_array().unwrap().len(), 10);
    // One that was told changes and one that was told goes: the two that were not told move up.
    let path = format!("/v1.0/users/mara@{DOMAIN}/messages/{}", ids[0]);
    assert_eq!(world.call("PATCH", &path, json!({"isRead": false})).await.0, 200);
    let gone = format!("{base}/{}?disposalType=hardDelete", ids[1]);
    assert_eq!(world.call("DELETE", &gone, Value::Null).await.0, 204);
    let second = world.get(&behind(&first, "@odata.nextLink")).await;
    let told: Vec<&str> = second["value"].as_array().unwrap().iter().map(|v| v["id"].as_str().unwrap()).collect();
    assert_eq!(told, [&ids[10], &ids[11], &ids[0], &ids[1]]);
    assert!(second["value"][3]["@removed"].is_object());
    let third = world.get(&behind(&second, "@odata.deltaLink")).await;
    assert_eq!(third["value"], json!([]));
}
