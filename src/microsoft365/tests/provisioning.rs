//! People and shared mailboxes: made once, found again, licensed, addressed.

use serde_json::{Value, json};

use super::*;

const USER: &str = "GET /v1.0/users/mara.quill@aldernook.example";
const NEW: &str = "POST /v1.0/users";
const LICENSE: &str = "POST /v1.0/users/u-1/assignLicense";
const HELD: &str = "GET /v1.0/users/u-1/licenseDetails";
const SKUS: &str = "GET /v1.0/subscribedSkus";

fn password() -> InitialPassword {
    InitialPassword("Cobble-42-first".into())
}

fn sku(id: &str, plan: &str, used: u64) -> Value {
    json!({"skuId": id, "skuPartNumber": format!("PART_{id}"), "appliesTo": "User", "capabilityStatus": "Enabled",
        "consumedUnits": used, "prepaidUnits": {"enabled": 5}, "servicePlans": [{"servicePlanName": plan}]})
}

fn missing() -> Reply {
    Reply::error(404, "Request_ResourceNotFound")
}

fn conflict(target: &str) -> Reply {
    let details = json!([{"code": "ObjectConflict", "target": target, "message": "another object"}]);
    Reply::status(400, json!({"error": {"code": "Request_BadRequest", "message": "m", "details": details}}))
}

/// A tenant with free licences and nobody in it.
async fn empty() -> Fake {
    let skus =
        json!([sku("a", "VISIO", 0), sku("b", "EXCHANGE_S_STANDARD", 5), sku("c", "EXCHANGE_S_ENTERPRISE", 1)]);
    Fake::start()
        .await
        .on("Get-Recipient", Reply::list(json!([])))
        .on(SKUS, Reply::list(skus))
        .on(LICENSE, Reply::ok(json!({"id": "u-1"})))
        .on(HELD, Reply::list(json!([])))
}

async fn create(fake: &Fake) -> Result<Made, Problem> {
    connection(fake).create_mailbox(&mailbox(MailboxKind::User), &password()).await
}

#[tokio::test]
async fn a_person_gets_an_account_and_the_first_suitable_licence() {
    let fake = empty().await.on(USER, missing()).on(NEW, Reply::status(201, json!({"id": "u-1"})));
    assert_eq!(create(&fake).await, Ok(Made::Created));
    let expected = json!({
        "accountEnabled": true, "displayName": "Mara Quill", "mailNickname": "mara.quill",
        "userPrincipalName": "mara.quill@aldernook.example", "usageLocation": "NL", "givenName": "Mara",
        "businessPhones": ["+31 20 1"],
        "passwordProfile": {"password": "Cobble-42-first", "forceChangePasswordNextSignIn": true}});
    assert_eq!(fake.one(NEW).json(), expected);
    let license = json!({"addLicenses": [{"skuId": "c", "disabledPlans": []}], "removeLicenses": []});
    assert_eq!(fake.one(LICENSE).json(), license);
}

#[tokio::test]
async fn plans_without_a_mailbox_do_not_count() {
    let company = json!({"servicePlanName": "EXCHANGE_S_STANDARD", "appliesTo": "Company"});
    let mut of_company = sku("c", "x", 0);
    of_company["servicePlans"] = json!([company]);
    let mut absurd = sku("d", "EXCHANGE_S_STANDARD", 0);
    absurd["prepaidUnits"] = json!({"enabled": i64::MIN, "warning": -5});
    let free = sku("FLOW_FREE", "EXCHANGE_S_FOUNDATION", 0);
    let archive = sku("b", "EXCHANGE_S_ARCHIVE_ADDON", 0);
    let fake = empty().await.without(SKUS).on(SKUS, Reply::list(json!([free, archive, of_company, absurd])));
    let fake = fake.on(USER, missing()).on(NEW, Reply::status(201, json!({"id": "u-1"})));
    assert_eq!(create(&fake).await.unwrap_err().guidance, Guidance::TargetLicencesShort);
    assert!(fake.seen(LICENSE).is_empty());
}

#[tokio::test]
async fn a_chosen_licence_is_the_only_one() {
    let fake = empty().await.on(USER, missing()).on(NEW, Reply::status(201, json!({"id": "u-1"})));
    let refused = async |sku: &str| {
        let connection = Connection::new(Settings { sku: Some(sku.into()), ..settings(&fake) }).unwrap();
        let problem = connection.create_mailbox(&mailbox(MailboxKind::User), &password()).await.unwrap_err();
        assert_eq!(problem.kind, Kind::Mailbox);
        problem
    };
    let short = refused("part_B").await;
    assert_eq!(short.guidance, Guidance::TargetLicencesShort);
    assert_eq!((short.values["free"].as_str(), short.cause.as_deref()), ("0", Some("part_B")));
    for sku in ["nonsense", "part_a"] {
        let unknown = refused(sku).await;
        assert_eq!(unknown.guidance, Guidance::TargetLicenceUnknown);
        assert_eq!((unknown.values["sku"].as_str(), unknown.values["known"].as_str()), (sku, "PART_b, PART_c"));
    }
    let violation = json!({"error": {"code": "Request_BadRequest", "message": "CountViolation: no seats"}});
    let fake = fake.without(LICENSE).on(LICENSE, Reply::status(400, violation));
    assert_eq!(create(&fake).await.unwrap_err().guidance, Guidance::TargetLicencesShort);
}

#[tokio::test]
async fn an_account_that_is_there_is_adopted() {
    let known = Reply::ok(json!({"id": "u-1", "usageLocation": null}));
    let held = json!([{"skuId": "c", "servicePlans": [{"servicePlanName": "EXCHANGE_S_ENTERPRISE"}]}]);
    let licensed = empty().await.without(HELD).on(HELD, Reply::list(held)).on(USER, known.clone());
    assert_eq!(create(&licensed).await, Ok(Made::AlreadyThere));
    assert!(licensed.seen(LICENSE).is_empty() && licensed.seen(NEW).is_empty());

    let bare = empty().await.on(USER, known).on("PATCH /v1.0/users/u-1", Reply::text(204, ""));
    assert_eq!(create(&bare).await, Ok(Made::AlreadyThere));
    assert_eq!(bare.one("PATCH /v1.0/users/u-1").json(), json!({"usageLocation": "NL"}));
    assert_eq!(bare.one(LICENSE).json()["addLicenses"][0]["skuId"], "c");
}

#[tokio::test]
async fn a_duplicate_is_looked_at_before_it_is_called_taken() {
    let mine = Reply::ok(json!({"id": "u-1", "usageLocation": "NL"}));
    let same = empty().await.on(USER, missing()).on(USER, mine).on(NEW, conflict("userPrincipalName"));
    assert_eq!(create(&same).await, Ok(Made::AlreadyThere));

    let lag = empty().await.on(USER, missing()).on(NEW, conflict("userPrincipalName"));
    let problem = create(&lag).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetRecipientMissing));

    let other = empty().await.on(USER, missing()).on(NEW, conflict("proxyAddresses"));
    let problem = create(&other).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Mailbox, Guidance::TargetAddressTaken));
    assert_eq!(problem.values["address"], "mara.quill@aldernook.example");
}

#[tokio::test]
async fn an_address_of_another_recipient_is_taken() {
    let contact = json!([{"RecipientTypeDetails": "MailContact", "Guid": "g"}]);
    let fake = empty().await.without("Get-Recipient").on("Get-Recipient", Reply::list(contact));
    assert_eq!(create(&fake).await.unwrap_err().guidance, Guidance::TargetAddressTaken);
    assert!(fake.seen(NEW).is_empty());
}

#[tokio::test]
async fn directory_lag_after_creation_asks_for_patience() {
    let fake = empty().await.on(USER, missing()).on(NEW, Reply::status(201, json!({"id": "u-1"})));
    let fake = fake.without(LICENSE).on(LICENSE, missing());
    let problem = create(&fake).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetRecipientMissing));
}

#[tokio::test]
async fn a_refused_password_is_said_so_and_never_shown() {
    let words = format!("The specified password {} does not comply", password().0);
    let weak = Reply::status(400, json!({"error": {"code": "Request_BadRequest", "message": words}}));
    let fake = empty().await.on(USER, missing()).on(NEW, weak.clone());
    let fake = fake.on("PATCH /v1.0/users/mara.quill@aldernook.example", weak);
    let at = address("mara.quill@aldernook.example");
    let problems =
        [create(&fake).await.unwrap_err(), connection(&fake).reset_password(&at, &password()).await.unwrap_err()];
    for problem in problems {
        assert_eq!((problem.kind, problem.guidance), (Kind::Mailbox, Guidance::TargetPasswordRefused));
        assert!(!format!("{problem:?}").contains(&password().0));
    }
    assert!(!format!("{:?}", password()).contains("Cobble"));
}

#[tokio::test]
async fn a_password_is_reset() {
    let key = "PATCH /v1.0/users/mara.quill@aldernook.example";
    let fake = Fake::start().await.on(key, Reply::text(204, "")).on(key, missing());
    let (connection, at) = (connection(&fake), address("mara.quill@aldernook.example"));
    connection.reset_password(&at, &password()).await.unwrap();
    let profile = json!({"password": password().0, "forceChangePasswordNextSignIn": true});
    assert_eq!(fake.one(key).json(), json!({"passwordProfile": profile}));
    assert_eq!(connection.reset_password(&at, &password()).await.unwrap_err().kind, Kind::Retry);
}

#[tokio::test]
async fn an_address_that_cannot_sign_in_is_refused_here() {
    let fake = Fake::start().await;
    let mut odd = mailbox(MailboxKind::User);
    odd.identity.address = address("a+b@aldernook.example");
    let problem = connection(&fake).create_mailbox(&odd, &password()).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Mailbox, Guidance::TargetAddressInvalid));
    assert!(fake.keys().is_empty());
}

#[tokio::test]
async fn shared_and_resource_mailboxes_need_no_licence() {
    for (kind, switch, details) in [
        (MailboxKind::Shared, "Shared", "SharedMailbox"),
        (MailboxKind::Room, "Room", "RoomMailbox"),
        (MailboxKind::Equipment, "Equipment", "EquipmentMailbox"),
    ] {
        let fake = Fake::start().await.on("Get-Recipient", Reply::list(json!([])));
        let fake = fake.on("New-Mailbox", Reply::list(json!([])));
        let made = connection(&fake).create_mailbox(&mailbox(kind), &password()).await;
        assert_eq!(made, Ok(Made::Created));
        let expected = json!({"Name": "Mara Quill", "Alias": "mara.quill", "DisplayName": "Mara Quill",
            "PrimarySmtpAddress": "mara.quill@aldernook.example", switch: true});
        assert_eq!(fake.one("New-Mailbox").parameters(), expected);
        assert!(!fake.one("New-Mailbox").body.contains("Cobble"));

        let found = |kind| {
            let at = "Mara.Quill@aldernook.example";
            Reply::list(json!([{"RecipientTypeDetails": kind, "PrimarySmtpAddress": at}]))
        };
        let there = Fake::start().await.on("Get-Recipient", found(details));
        assert_eq!(connection(&there).create_mailbox(&mailbox(kind), &password()).await, Ok(Made::AlreadyThere));
        let other = Fake::start().await.on("Get-Recipient", found("UserMailbox"));
        let problem = connection(&other).create_mailbox(&mailbox(kind), &password()).await.unwrap_err();
        assert_eq!((problem.guidance, problem.cause.as_deref()), (Guidance::TargetAddressTaken, Some("UserMailbox")));
    }
}

#[tokio::test]
async fn an_alias_of_another_shared_mailbox_is_taken() {
    let other = json!([{"RecipientTypeDetails": "SharedMailbox", "PrimarySmtpAddress": "desk@aldernook.example"}]);
    let fake = Fake::start().await.on("Get-Recipient", Reply::list(other));
    let problem = connection(&fake).create_mailbox(&mailbox(MailboxKind::Shared), &password()).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Mailbox, Guidance::TargetAddressTaken));
    assert_eq!(problem.values["address"], "mara.quill@aldernook.example");
    assert_eq!(problem.cause.as_deref(), Some("SharedMailbox desk@aldernook.example"));
}

#[tokio::test]
async fn a_mailbox_is_asked_for_by_its_account_whatever_its_principal_name_is() {
    let shared = Reply::list(json!([{"Guid": "g", "ExternalDirectoryObjectId": "u-7"}]));
    let settings = Reply::ok(json!({"primaryMailboxId": "MBX:1@2"}));
    let fake = Fake::start().await.on("Get-Mailbox", shared).on("GET /v1.0/users/u-7/settings/exchange", settings);
    let fake = fake.on("GET /v1.0/admin/exchange/mailboxes/MBX:1@2/folders", Reply::list(json!([])));
    let found = connection(&fake).mailbox(&address("info@aldernook.example")).await;
    assert_eq!(found, Ok(Some(MailboxId("MBX:1@2".into()))));
}

#[tokio::test]
async fn a_mailbox_is_there_once_its_folders_can_be_listed() {
    let at = address("mara.quill@aldernook.example");
    let settings = "GET /v1.0/users/mara.quill@aldernook.example/settings/exchange";
    let folders = "GET /v1.0/admin/exchange/mailboxes/MBX:1@2/folders";
    let late = || Reply::error(404, "MailboxNotEnabledForRESTAPI");
    let steps = [
        ("Get-Mailbox", Reply::exception(404, "ManagementObjectNotFoundException", "x"), Reply::list(json!([{}]))),
        (settings, late(), Reply::ok(json!({"id": "s", "primaryMailboxId": "MBX:1@2"}))),
        (folders, late(), Reply::list(json!([]))),
    ];
    let fake = Fake::start().await;
    let connection = connection(&fake);
    for (key, not_yet, there) in steps {
        let fake = fake.clone().on(key, not_yet).on(key, there);
        assert_eq!(connection.mailbox(&at).await, Ok(None), "{key}");
        assert_eq!(fake.keys().last().map(String::as_str), Some(key));
    }
    assert_eq!(connection.mailbox(&at).await, Ok(Some(MailboxId("MBX:1@2".into()))));
    assert_eq!(fake.seen("Get-Mailbox")[0].header("x-anchormailbox"), "UPN:mara.quill@aldernook.example");
}

fn addressed() -> Mailbox {
    let mut mailbox = mailbox(MailboxKind::User);
    let aliases = ["mq@aldernook.example", "mara@old.local", "mara.quill@aldernook.example", "m@aldernook.example"];
    mailbox.identity.aliases = aliases.map(Address::new).into();
    mailbox.identity.legacy_dn = Some("/o=Aldernook/cn=mq".into());
    mailbox
}

async fn accepting() -> Fake {
    Fake::start().await.on("Get-AcceptedDomain", Reply::list(json!([{"DomainName": "Aldernook.example"}])))
}

#[tokio::test]
async fn addresses_are_added_and_foreign_domains_named() {
    let warning = json!({"@adminapi.warnings": ["completed but no settings have been modified"], "value": []});
    let fake = accepting().await.on("Set-Mailbox", Reply::ok(warning));
    let problem = connection(&fake).finish_mailbox(&addressed()).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Item, Guidance::TargetDomainNotAccepted));
    assert_eq!(problem.values["domain"], "old.local");
    let parameters = fake.one("Set-Mailbox").parameters();
    let add = ["smtp:mq@aldernook.example", "smtp:m@aldernook.example", "X500:/o=Aldernook/cn=mq"];
    assert_eq!(parameters["EmailAddresses"], json!({"@odata.type": "#Exchange.GenericHashTable", "Add": add}));
    assert_eq!(parameters["Identity"], "mara.quill@aldernook.example");

    let fake = accepting().await.on("Set-Mailbox", Reply::text(204, ""));
    let mut plain = addressed();
    plain.identity.aliases.remove(1);
    assert_eq!(connection(&fake).finish_mailbox(&plain).await, Ok(()));
    assert_eq!(connection(&fake).finish_mailbox(&mailbox(MailboxKind::User)).await, Ok(()));
    fake.one("Set-Mailbox");
}

#[tokio::test]
async fn a_taken_address_is_named_and_the_others_are_set() {
    let taken = || Reply::exception(400, "ProxyAddressExistsException", "is already being used");
    let owner = |at: &str| Reply::list(json!([{"PrimarySmtpAddress": at, "RecipientTypeDetails": "UserMailbox"}]));
    let fake = accepting().await;
    let fake = fake.on("Set-Mailbox", taken()).on("Set-Mailbox", taken()).on("Set-Mailbox", taken());
    let fake = fake.on("Set-Mailbox", Reply::text(204, ""));
    let fake =
        fake.on("Get-Recipient", owner("mara.quill@aldernook.example")).on("Get-Recipient", owner("x@y.example"));
    let mut mailbox = addressed();
    mailbox.identity.aliases.remove(1);
    let problem = connection(&fake).finish_mailbox(&mailbox).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Item, Guidance::TargetAddressTaken));
    assert_eq!(problem.values["address"], "m@aldernook.example");
    assert_eq!(fake.seen("Set-Mailbox").len(), 4);
}

#[tokio::test]
async fn a_mailbox_that_is_not_everywhere_yet_asks_for_patience() {
    let late = Reply::exception(404, "ManagementObjectNotFoundException", "couldn't be found");
    let fake = accepting().await.on("Set-Mailbox", late);
    let mut mailbox = addressed();
    mailbox.identity.aliases.clear();
    let problem = connection(&fake).finish_mailbox(&mailbox).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetRecipientMissing));
}
