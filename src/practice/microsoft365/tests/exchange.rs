//! Cmdlets.

use super::*;

#[tokio::test(start_paused = true)]
async fn unknown_cmdlets_and_parameters_are_refused() {
    let world = World::new().await;
    assert_eq!(world.cmdlet("Get-Weather", json!({})).await.0, 400);
    assert_eq!(world.cmdlet("Get-Mailbox", json!({"Colour": "red"})).await.0, 400);
    assert_eq!(world.cmdlet("New-MailContact", json!({"Name": "x"})).await.0, 400);
    let domains = world.done("get-accepteddomain", json!({})).await;
    assert_eq!(domains["value"][0]["DomainName"], DOMAIN);
}

#[tokio::test(start_paused = true)]
async fn addresses_are_one_space() {
    let world = World::new().await;
    world.mailbox("mara").await;
    let old = "X500:/o=Aldernook/ou=First/cn=Recipients/cn=mara";
    let add = json!({"Identity": format!("mara@{DOMAIN}"), "EmailAddresses": {"@odata.type": "#Exchange.GenericHashTable", "Add": [old, format!("smtp:mq@{DOMAIN}")]}});
    world.done("Set-Mailbox", add).await;
    let contact = json!({"Name": "Brine & Sons", "ExternalEmailAddress": "orders@brine.example", "Alias": "brine"});
    world.done("New-MailContact", contact).await;
    let (status, _) =
        world.cmdlet("Set-MailContact", json!({"Identity": "brine", "HiddenFromAddressListsEnabled": true})).await;
    assert_eq!(status, 404, "replicas do not know it yet");
    world.wait(7);
    world.done("Set-MailContact", json!({"Identity": "brine", "HiddenFromAddressListsEnabled": true})).await;
    world.done("Set-Contact", json!({"Identity": "brine", "Company": "Brine", "Phone": "+31 20 5550101"})).await;
    let steal = json!({"Identity": "brine", "EmailAddresses": {"Add": [old.replace("X500", "x500")]}});
    let (status, body) = world.cmdlet("Set-MailContact", steal).await;
    assert_eq!(status, 400);
    assert!(body["error"]["details"][0]["message"].as_str().unwrap().contains("ProxyAddressExistsException"));
    let owner =
        world.done("Get-Recipient", json!({"Filter": format!("EmailAddresses -eq 'smtp:MQ@{DOMAIN}'")})).await;
    assert_eq!(owner["value"][0]["DisplayName"], "mara");
    assert_eq!(
        world.done("Get-Recipient", json!({"Filter": "EmailAddresses -eq 'smtp:none@x.example'"})).await["value"],
        json!([])
    );
    let foreign = json!({"Identity": format!("mara@{DOMAIN}"), "EmailAddresses": [format!("SMTP:mara@{DOMAIN}"), "smtp:mara@elsewhere.example"]});
    assert_eq!(world.cmdlet("Set-Mailbox", foreign).await.0, 400);
    let nothing = world.done("Set-MailContact", json!({"Identity": "brine"})).await;
    assert!(nothing["@adminapi.warnings"][0].as_str().unwrap().contains("no settings"));
    assert_eq!(world.get("/contacts").await["value"][0]["companyName"], "Brine");
}

#[tokio::test(start_paused = true)]
async fn groups_hold_members_of_every_kind() {
    let world = World::new().await;
    world.mailbox("mara").await;
    world.done("New-MailContact", json!({"Name": "Brine", "ExternalEmailAddress": "orders@brine.example"})).await;
    let made = world
        .done(
            "New-DistributionGroup",
            json!({"Name": "Everyone", "Type": "Security", "PrimarySmtpAddress": format!("all@{DOMAIN}")}),
        )
        .await;
    assert_eq!(made["value"][0]["RequireSenderAuthenticationEnabled"], true);
    assert_eq!(made["value"][0]["RecipientTypeDetails"], "MailUniversalSecurityGroup");
    world.wait(7);
    let member = json!({"Identity": format!("all@{DOMAIN}"), "Member": format!("mara@{DOMAIN}")});
    world.done("Add-DistributionGroupMember", member.clone()).await;
    let (_, body) = world.cmdlet("Add-DistributionGroupMember", member).await;
    assert!(body["error"]["details"][0]["message"].as_str().unwrap().contains("MemberAlreadyExistsException"));
    let all = json!({"Identity": "Everyone", "Members": [format!("mara@{DOMAIN}"), "orders@brine.example"]});
    world.done("Update-DistributionGroupMember", all.clone()).await;
    world.done("Update-DistributionGroupMember", all).await;
    let members = world.done("Get-DistributionGroupMember", json!({"Identity": "Everyone"})).await;
    assert_eq!(members["value"].as_array().unwrap().len(), 2);
    let unknown = json!({"Identity": "Everyone", "Member": "nobody"});
    assert_eq!(world.cmdlet("Add-DistributionGroupMember", unknown).await.0, 404);
    assert_eq!(
        world.cmdlet("Set-DistributionGroup", json!({"Identity": "Everyone", "Type": "Distribution"})).await.0,
        400
    );
    let groups = world.get("/groups").await;
    assert_eq!(
        (&groups["value"][0]["mailEnabled"], &groups["value"][0]["securityEnabled"]),
        (&json!(true), &json!(true))
    );
}

#[tokio::test(start_paused = true)]
async fn shared_mailboxes_need_no_licence_and_carry_rights() {
    let world = World::new().await;
    world.mailbox("mara").await;
    world
        .done("New-Mailbox", json!({"Name": "Info", "Shared": true, "PrimarySmtpAddress": format!("info@{DOMAIN}")}))
        .await;
    world.wait(7);
    world.get(&format!("/users/info@{DOMAIN}/settings/exchange")).await;
    let right = json!({"Identity": format!("info@{DOMAIN}"), "User": format!("mara@{DOMAIN}"), "AccessRights": ["FullAccess"]});
    world.done("Add-MailboxPermission", right.clone()).await;
    let again = world.done("Add-MailboxPermission", right).await;
    assert_eq!(again["value"][0]["AccessRights"], json!(["FullAccess"]));
    let send = json!({"Identity": "Info", "Trustee": format!("mara@{DOMAIN}"), "AccessRights": ["SendAs"]});
    world.done("Add-RecipientPermission", send).await;
    let name = world
        .get(&format!("/admin/exchange/mailboxes/mara@{DOMAIN}/folders?$filter=type eq 'IPF.Appointment'"))
        .await;
    let calendar = format!("mara@{DOMAIN}:\\{}", name["value"][0]["displayName"].as_str().unwrap());
    let right = json!({"Identity": calendar, "User": "Info", "AccessRights": ["Reviewer"]});
    world.done("Add-MailboxFolderPermission", right.clone()).await;
    assert_eq!(world.cmdlet("Add-MailboxFolderPermission", right).await.0, 400);
    assert_eq!(
        world.cmdlet("Get-MailboxFolderPermission", json!({"Identity": format!("mara@{DOMAIN}:\\Calendar")})).await.0,
        404
    );
}

#[tokio::test(start_paused = true)]
async fn pages_are_fetched_by_posting_again() {
    let world = World::new().await;
    for at in 0..5 {
        world
            .done(
                "New-MailContact",
                json!({"Name": format!("c{at}"), "ExternalEmailAddress": format!("c{at}@brine.example")}),
            )
            .await;
    }
    world.wait(7);
    let body = json!({"CmdletInput": {"CmdletName": "Get-MailContact", "Parameters": {}}}).to_string();
    let mut path = format!("/adminapi/beta/{}/InvokeCommand?$select=Name", world.cloud.credentials().tenant_id);
    let mut names = Vec::new();
    loop {
        let mut post = request("POST", &path, Some(&world.exchange), &body, "application/json");
        post.headers_mut().insert("prefer", "odata.maxpagesize=2".parse().unwrap());
        let page = parsed(&world.cloud.answer(post).await);
        names.extend(page["value"].as_array().unwrap().iter().map(|row| row["Name"].as_str().unwrap().to_owned()));
        match page["@odata.nextLink"].as_str() {
            Some(next) => path = next.trim_start_matches("https://localhost:8443").to_owned(),
            None => break,
        }
    }
    assert_eq!(names, ["c0", "c1", "c2", "c3", "c4"]);
}
