//! Limits, batches and names of operations.

use super::*;

#[tokio::test(start_paused = true)]
async fn four_requests_at_a_time_in_one_mailbox() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let path = format!("/v1.0/admin/exchange/mailboxes/{mailbox}/folders/inbox");
    let mut pauses = Vec::new();
    for _ in 0..4 {
        let calls = (0..5).map(|_| world.send("GET", &path, Value::Null));
        let answers = futures_util::future::join_all(calls).await;
        let refused: Vec<&Response> = answers.iter().filter(|answer| answer.status() == 429).collect();
        assert_eq!(refused.len(), 1);
        assert_eq!(parsed(refused[0])["error"]["code"], "ApplicationThrottled");
        pauses.push(refused[0].headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned()));
    }
    assert_eq!(pauses[0].as_deref(), Some("5"));
    assert_eq!(pauses[1].as_deref(), Some("5.000"));
    assert!(pauses[2].as_deref().unwrap().ends_with("GMT"));
    assert_eq!(pauses[3], None);
}

#[tokio::test(start_paused = true)]
async fn uploads_are_counted_refused_ones_too() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let url = world.import_url(&mailbox).await;
    let big = json!({"FolderId": "x", "Mode": "create", "Data": "A".repeat(80 << 20)});
    assert_eq!(world.import(&url, big.clone()).await.0, 404);
    assert_eq!(world.import(&url, big.clone()).await.0, 429);
    world.wait(299);
    assert_eq!(world.import(&url, json!({})).await.0, 429);
    world.wait(2);
    assert_eq!(world.import(&url, json!({})).await.0, 400);
}

#[tokio::test(start_paused = true)]
async fn an_item_that_is_too_large_is_told_so_and_not_to_wait() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let url = world.import_url(&mailbox).await;
    let huge = request("POST", &url, None, &"A".repeat(151 << 20), "application/json");
    assert_eq!(world.cloud.answer(huge).await.status(), 413);
}

#[tokio::test(start_paused = true)]
async fn the_admin_service_takes_three_at_a_time() {
    let world = World::new().await;
    let calls = (0..4).map(|_| world.cmdlet("Get-Recipient", json!({})));
    let statuses: Vec<u16> =
        futures_util::future::join_all(calls).await.into_iter().map(|(status, _)| status).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_batch_answers_each_part() {
    let world = World::new().await;
    let batch = json!({"requests": [
        {"id": "1", "method": "GET", "url": "/organization"},
        {"id": "2", "method": "GET", "url": "/users/nobody@aldernook.example"},
        {"id": "3", "method": "GET", "url": "/domains", "dependsOn": ["2"]},
    ]});
    let (status, body) = world.call("POST", "/v1.0/$batch", batch).await;
    assert_eq!(status, 200);
    let got: Vec<(&str, u64)> = body["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["id"].as_str().unwrap(), part["status"].as_u64().unwrap()))
        .collect();
    assert_eq!(got, [("3", 424), ("2", 404), ("1", 200)]);
    let many: Vec<Value> =
        (0..21).map(|id| json!({"id": id.to_string(), "method": "GET", "url": "/domains"})).collect();
    assert_eq!(world.call("POST", "/v1.0/$batch", json!({"requests": many})).await.0, 400);
}

#[tokio::test(start_paused = true)]
async fn operations_have_names_and_refusals_their_forms() {
    let world = World::new().await;
    let name = |method: &str, path: &str, body: &str| {
        world.cloud.operation(&request(method, path, None, body, "application/json"))
    };
    assert_eq!(name("POST", "/api/gv1.0/Mailboxes('MBX%3Ax%40y')/importItem?authtoken=a", ""), "POST importItem");
    assert_eq!(
        name("POST", "/v1.0/admin/exchange/mailboxes/MBX:1/createImportSession", ""),
        "POST createImportSession"
    );
    assert_eq!(name("POST", "/v1.0/users", ""), "POST /users");
    assert_eq!(
        name("GET", "/v1.0/admin/exchange/mailboxes/MBX:1/folders/inbox/items?$top=5", ""),
        "GET /admin/exchange/mailboxes/{id}/folders/{id}/items"
    );
    assert_eq!(
        name("POST", "/adminapi/beta/t/InvokeCommand", r#"{"CmdletInput":{"CmdletName":"get-mailbox"}}"#),
        "Get-Mailbox"
    );
    let refuse = |path: &str, refusal: &Refusal| {
        world.cloud.refuse(&request("POST", path, None, "", "application/json"), refusal)
    };
    let busy = refuse("/v1.0/users", &Refusal::Throttle { pause: Some(2.128) });
    assert_eq!((busy.status().as_u16(), busy.headers()["retry-after"].to_str().unwrap()), (429, "2.128"));
    let reject = |pause| Refusal::Reject { status: 503, code: "serviceUnavailable".to_owned(), pause };
    let cmdlet = refuse("/adminapi/beta/t/InvokeCommand", &reject(Some(3.0)));
    assert_eq!((cmdlet.status().as_u16(), cmdlet.headers()["retry-after"].to_str().unwrap()), (503, "3"));
    let silent = refuse("/adminapi/beta/t/InvokeCommand", &reject(None));
    assert!(silent.headers().get("retry-after").is_none());
    let failed = refuse("/v1.0/users", &reject(Some(3.0)));
    assert_eq!(failed.headers()["retry-after"].to_str().unwrap(), "3");
    assert_eq!(
        (failed.status().as_u16(), parsed(&failed)["error"]["code"].as_str()),
        (503, Some("serviceUnavailable"))
    );
}

#[tokio::test(start_paused = true)]
async fn everything_goes_on_after_a_restart() {
    let world = World::new().await;
    let mailbox = world.mailbox("mara").await;
    let id = world.put(&mailbox, "inbox", &message("Roof quote")).await;
    let dir = tempfile::tempdir().unwrap();
    world.cloud.save(dir.path()).unwrap();
    world.cloud.save(dir.path()).unwrap();
    let now = world.clock.clone();
    let cloud = Cloud::load(world.cloud.options.clone(), dir.path()).unwrap();
    let cloud = Cloud {
        clock: Clock::new(move || jiff::Timestamp::from_millisecond(now.load(Ordering::SeqCst)).unwrap(), 1.0),
        ..cloud
    };
    assert_eq!(cloud.credentials(), world.cloud.credentials());
    assert_eq!(cloud.items(&format!("mara@{DOMAIN}")), world.cloud.items(&format!("mara@{DOMAIN}")));
    let restarted = World { cloud, ..world };
    restarted.get(&format!("/admin/exchange/mailboxes/{mailbox}/folders/inbox/items/{id}")).await;
    assert!(Cloud::load(restarted.cloud.options.clone(), &dir.path().join("nothing")).is_err());
}
