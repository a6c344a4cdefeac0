//! Users, licences and what the directory refuses.

use super::*;

#[tokio::test(start_paused = true)]
async fn users_lag_behind_and_conflict_at_once() {
    let world = World::new().await;
    let (status, user) = world.new_user("mara.quill").await;
    assert_eq!(status, 201);
    let id = user["id"].as_str().unwrap();
    assert_eq!(world.call("GET", &format!("/v1.0/users/{id}"), Value::Null).await.0, 404);
    let (status, body) = world.new_user("Mara.Quill").await;
    assert_eq!((status, body["error"]["code"].as_str()), (400, Some("Request_BadRequest")));
    assert_eq!(body["error"]["details"][0]["code"], "ObjectConflict");
    assert_eq!(body["error"]["details"][0]["target"], "userPrincipalName");
    world.wait(7);
    assert_eq!(world.get(&format!("/v1.0/users/MARA.quill@{DOMAIN}")).await["id"], id);
    let found = world.get("/users?$filter=startswith(displayName,'mar')&$select=id,usageLocation&$count=true").await;
    assert_eq!((&found["@odata.count"], &found["value"][0]["usageLocation"]), (&json!(1), &json!("NL")));
    assert!(found["value"][0].get("displayName").is_none());
}

#[tokio::test(start_paused = true)]
async fn bad_users_are_refused() {
    let world = World::new().await;
    for (member, value) in [
        ("passwordProfile", json!({"password": "abcdefgh"})),
        ("passwordProfile", json!({"password": "Password-123"})),
        ("passwordProfile", json!({"password": "Ab1-"})),
        ("userPrincipalName", json!("mara@elsewhere.example")),
        ("userPrincipalName", json!("ma ra@aldernook.example")),
        ("usageLocation", json!("Nederland")),
        ("displayName", Value::Null),
        ("proxyAddresses", json!(["smtp:x@aldernook.example"])),
        ("displayname", json!("spelled wrongly")),
        ("accountEnabled", json!("yes")),
        ("businessPhones", json!("+31 20 555 01 23")),
    ] {
        let mut user = new_user("mara");
        user[member] = value;
        let (status, body) = world.call("POST", "/v1.0/users", user).await;
        assert_eq!((status, body["error"]["code"].as_str()), (400, Some("Request_BadRequest")), "{member}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_licence_makes_a_mailbox_minutes_later() {
    let world = World::new().await;
    world.new_user("mara").await;
    world.wait(7);
    let skus = world.get("/v1.0/subscribedSkus").await;
    let with_mail = |sku: &&Value| {
        sku["servicePlans"].as_array().unwrap().iter().any(|plan| plan["servicePlanName"] == "EXCHANGE_S_STANDARD")
    };
    let sku = skus["value"].as_array().unwrap().iter().find(with_mail).unwrap();
    assert_eq!(sku["prepaidUnits"]["enabled"], 8);
    let path = format!("/v1.0/users/mara@{DOMAIN}/assignLicense");
    assert_eq!(world.call("POST", &path, json!({"addLicenses": []})).await.0, 400);
    let licence = json!({"addLicenses": [{"skuId": sku["skuId"]}], "removeLicenses": []});
    assert_eq!(world.call("POST", &path, licence).await.0, 200);
    let settings = format!("/v1.0/users/mara@{DOMAIN}/settings/exchange");
    let (status, body) = world.call("GET", &settings, Value::Null).await;
    assert_eq!((status, body["error"]["code"].as_str()), (404, Some("MailboxNotEnabledForRESTAPI")));
    let (status, body) = world.cmdlet("Get-Mailbox", json!({"Identity": format!("mara@{DOMAIN}")})).await;
    assert_eq!(status, 404);
    assert!(
        body["error"]["details"][0]["message"]
            .as_str()
            .unwrap()
            .contains("|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|")
    );
    let details = world.get(&format!("/v1.0/users/mara@{DOMAIN}/licenseDetails")).await;
    assert_eq!(details["value"][0]["servicePlans"][0]["provisioningStatus"], "PendingProvisioning");
    world.wait(200);
    assert!(world.get(&settings).await["primaryMailboxId"].as_str().unwrap().starts_with("MBX:"));
    let mailbox = world.done("Get-Mailbox", json!({"Identity": format!("mara@{DOMAIN}")})).await;
    assert_eq!(mailbox["value"][0]["RecipientTypeDetails"], "UserMailbox");
    assert_eq!(mailbox["value"][0]["Guid@data.type"], "System.Guid");
}

#[tokio::test(start_paused = true)]
async fn seats_run_out_and_a_place_of_use_is_needed() {
    let world = World::with_seats(0).await;
    let licence =
        json!({"addLicenses": [{"skuId": super::super::graph::tenant::BUSINESS_SKU}], "removeLicenses": []});
    for at in 0..6 {
        world.new_user(&format!("user{at}")).await;
        world.wait(7);
        let (status, body) =
            world.call("POST", &format!("/users/user{at}@{DOMAIN}/assignLicense"), licence.clone()).await;
        assert_eq!(status, if at < 5 { 200 } else { 400 }, "{body}");
        assert!(at < 5 || body["error"]["details"][0]["code"] == "CountViolation");
    }
    let mut nowhere = new_user("nowhere");
    nowhere.as_object_mut().unwrap().remove("usageLocation");
    world.call("POST", "/users", nowhere).await;
    world.wait(7);
    let (status, body) = world.call("POST", &format!("/users/nowhere@{DOMAIN}/assignLicense"), licence).await;
    assert_eq!(status, 400);
    assert!(body["error"]["message"].as_str().unwrap().contains("usage location"));
}

#[tokio::test(start_paused = true)]
async fn a_deleted_user_blocks_its_name_until_restored() {
    let world = World::new().await;
    world.mailbox("mara").await;
    assert_eq!(world.call("DELETE", &format!("/users/mara@{DOMAIN}"), Value::Null).await.0, 204);
    assert_eq!(world.call("GET", &format!("/users/mara@{DOMAIN}"), Value::Null).await.0, 404);
    assert_eq!(world.new_user("mara").await.0, 400);
    let bin = world.get("/v1.0/directory/deletedItems/microsoft.graph.user").await;
    let id = bin["value"][0]["id"].as_str().unwrap();
    assert_eq!(world.call("POST", &format!("/directory/deletedItems/{id}/restore"), Value::Null).await.0, 200);
    world.wait(200);
    world.get(&format!("/users/mara@{DOMAIN}/settings/exchange")).await;
}

#[tokio::test(start_paused = true)]
async fn the_tenant_tells_its_facts() {
    let world = World::new().await;
    let organisation = world.get("/v1.0/organization").await;
    assert_eq!(organisation["value"][0]["onPremisesSyncEnabled"], Value::Null);
    world.cloud.set_directory_sync(true);
    assert_eq!(world.get("/v1.0/organization").await["value"][0]["onPremisesSyncEnabled"], true);
    world.cloud.add_unverified_domain("new.example");
    let domains = world.get("/v1.0/domains").await;
    assert_eq!(domains["value"].as_array().unwrap().len(), 3);
    assert_eq!(domains["value"][0]["id"], "aldernook.onmicrosoft.test");
    assert_eq!(world.call("POST", "/domains/new.example/verify", json!({})).await.0, 400);
    let records = world.get(&format!("/domains/{DOMAIN}/serviceConfigurationRecords")).await;
    assert_eq!(records["value"][0]["@odata.type"], "#microsoft.graph.domainDnsMxRecord");
}

#[tokio::test(start_paused = true)]
async fn mail_enabled_groups_are_read_only_in_graph() {
    let world = World::new().await;
    let distribution =
        json!({"displayName": "All", "mailEnabled": true, "mailNickname": "all", "securityEnabled": false});
    assert_eq!(world.call("POST", "/groups", distribution).await.0, 400);
    let security =
        json!({"displayName": "Doors", "mailEnabled": false, "mailNickname": "doors", "securityEnabled": true});
    let (status, group) = world.call("POST", "/groups", security).await;
    assert_eq!(status, 201);
    let (_, user) = world.new_user("mara").await;
    world.wait(7);
    let link = json!({"@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects/{}", user["id"].as_str().unwrap())});
    let path = format!("/groups/{}/members/$ref", group["id"].as_str().unwrap());
    assert_eq!(world.call("POST", &path, link.clone()).await.0, 204);
    assert_eq!(world.call("POST", &path, link).await.0, 400);
    let members = world.get(&format!("/groups/{}/members", group["id"].as_str().unwrap())).await;
    assert_eq!(members["value"][0]["@odata.type"], "#microsoft.graph.user");
}
