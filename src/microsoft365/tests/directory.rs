//! Contacts and groups.

use serde_json::json;

use super::*;
use crate::engine::recipient::GroupKind;

fn contact() -> Contact {
    let mut identity = identity("Brine & Sons", "orders@brine.example");
    identity.legacy_dn = Some("/o=Aldernook/cn=brine".into());
    let card = Card { surname: Some("Brine".into()), company: Some("Brine".into()), ..Card::default() };
    Contact { identity, card, mail_user: false }
}

fn group(kind: GroupKind, members: &[&str]) -> Group {
    let members = members.iter().map(|member| address(member)).collect();
    Group { identity: identity("Sales", "sales@aldernook.example"), kind, members }
}

fn found(kind: &str) -> Reply {
    found_at(kind, "ExternalEmailAddress", "SMTP:orders@brine.example")
}

fn found_at(kind: &str, property: &str, address: &str) -> Reply {
    Reply::list(json!([{"@odata.type": "#Exchange.GenericHashTable", "Guid@data.type": "System.Guid", "Guid": "g-1",
        "RecipientTypeDetails": kind, property: address}]))
}

fn nobody() -> Reply {
    Reply::list(json!([]))
}

fn done() -> Reply {
    Reply::text(204, "")
}

async fn with_contact() -> Fake {
    Fake::start().await.on("Set-Contact", done()).on("Set-MailContact", done()).on("New-MailContact", done())
}

#[tokio::test]
async fn a_contact_is_made_with_facts_and_old_address() {
    let fake = with_contact().await.on("Get-Recipient", nobody()).on("Get-Recipient", found("MailContact"));
    assert_eq!(connection(&fake).create_contact(&contact()).await, Ok(Made::Created));
    let expected = json!({"Name": "Brine & Sons", "Alias": "orders", "DisplayName": "Brine & Sons",
        "ExternalEmailAddress": "orders@brine.example", "LastName": "Brine"});
    assert_eq!(fake.one("New-MailContact").parameters(), expected);
    let facts = json!({"Identity": "g-1", "Confirm": false, "Company": "Brine"});
    assert_eq!(fake.one("Set-Contact").parameters(), facts);
    let addresses = &fake.one("Set-MailContact").parameters()["EmailAddresses"];
    assert_eq!(addresses["Add"], json!(["X500:/o=Aldernook/cn=brine"]));
    let filter = &fake.seen("Get-Recipient")[0].parameters()["Filter"];
    assert_eq!(filter, "EmailAddresses -eq 'smtp:orders@brine.example'");
    assert!(fake.seen("Get-Recipient")[0].query.starts_with("$select="));
}

#[tokio::test]
async fn a_contact_that_is_there_is_completed_and_a_mailbox_is_not_a_contact() {
    let fake = with_contact().await.on("Get-Recipient", found("MailContact"));
    assert_eq!(connection(&fake).create_contact(&contact()).await, Ok(Made::AlreadyThere));
    assert!(fake.seen("New-MailContact").is_empty());
    assert_eq!(fake.keys().last().unwrap(), "Set-MailContact");

    let user = Fake::start().await.on("Get-Recipient", found("MailUser")).on("Set-MailUser", done());
    assert_eq!(connection(&user).create_contact(&contact()).await, Ok(Made::AlreadyThere));
    assert_eq!(user.keys().last().unwrap(), "Set-MailUser");

    let taken = Fake::start().await.on("Get-Recipient", found("SharedMailbox"));
    let problem = connection(&taken).create_contact(&contact()).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Mailbox, Guidance::TargetAddressTaken));
}

#[tokio::test]
async fn a_name_in_use_gets_the_local_part_and_an_apostrophe_is_escaped() {
    let taken = Reply::exception(400, "NameNotAvailableException", "The name is already being used");
    let fake = with_contact().await.without("New-MailContact").on("New-MailContact", taken.clone());
    let fake = fake.on("New-MailContact", done()).on("Get-Recipient", nobody());
    let mut contact = contact();
    contact.identity.address = address("o'neil@brine.example");
    assert_eq!(connection(&fake).create_contact(&contact).await, Ok(Made::Created));
    let second = fake.seen("New-MailContact")[1].parameters();
    assert_eq!(
        (&second["Name"], &second["Alias"]),
        (&json!("Brine & Sons (o'neil)"), &json!("o-neil.brine.example"))
    );
    let filter = fake.seen("Get-Recipient")[0].parameters()["Filter"].clone();
    assert_eq!(filter, "EmailAddresses -eq 'smtp:o''neil@brine.example'");

    let never = Fake::start().await.on("Get-Recipient", nobody()).on("New-MailContact", taken);
    let problem = connection(&never).create_contact(&contact).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Mailbox, Guidance::TargetAddressTaken));
    assert_eq!(never.seen("New-MailContact").len(), 3);
}

#[tokio::test]
async fn a_lost_answer_to_a_creation_is_found_again() {
    let exists = Reply::exception(400, "ProxyAddressExistsException", "x");
    let fake = with_contact().await.without("New-MailContact").on("New-MailContact", exists);
    let fake = fake.on("Get-Recipient", nobody()).on("Get-Recipient", found("MailContact"));
    assert_eq!(connection(&fake).create_contact(&contact()).await, Ok(Made::AlreadyThere));
}

#[tokio::test]
async fn a_directory_that_does_not_show_yet_what_a_lost_answer_made_asks_for_patience() {
    let exists = || Reply::exception(400, "ProxyAddressExistsException", "is already being used");
    let fake = with_contact().await.without("New-MailContact").on("New-MailContact", exists());
    let fake = fake.on("Get-Recipient", nobody()).on("Get-Recipient", nobody());
    let fake = fake.on("Get-Recipient", found("MailContact"));
    let connection = connection(&fake);
    let problem = connection.create_contact(&contact()).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetRecipientMissing));
    assert_eq!(problem.values["address"], "orders@brine.example");
    fake.one("New-MailContact");
    assert_eq!(connection.create_contact(&contact()).await, Ok(Made::AlreadyThere));
    fake.one("New-MailContact");
}

#[tokio::test]
async fn groups_accept_mail_from_outside() {
    for (kind, wire, details) in [
        (GroupKind::Distribution, "Distribution", "MailUniversalDistributionGroup"),
        (GroupKind::Security, "Security", "MailUniversalSecurityGroup"),
    ] {
        let fake = Fake::start().await.on("Get-Recipient", nobody()).on("New-DistributionGroup", done());
        let fake = fake.on("Set-DistributionGroup", done());
        let fake = fake.on("Get-AcceptedDomain", Reply::list(json!([{"DomainName": "aldernook.example"}])));
        let mut group = group(kind.clone(), &[]);
        group.identity.aliases = vec![address("verkoop@aldernook.example")];
        assert_eq!(connection(&fake).create_group(&group).await, Ok(Made::Created));
        let expected = json!({"Name": "Sales", "Alias": "sales", "DisplayName": "Sales", "Type": wire,
            "PrimarySmtpAddress": "sales@aldernook.example", "RequireSenderAuthenticationEnabled": false});
        assert_eq!(fake.one("New-DistributionGroup").parameters(), expected);
        let set = fake.one("Set-DistributionGroup").parameters();
        assert_eq!(set["EmailAddresses"]["Add"], json!(["smtp:verkoop@aldernook.example"]));
        assert_eq!(set["BypassSecurityGroupManagerCheck"], true);

        let found = found_at(details, "PrimarySmtpAddress", "sales@aldernook.example");
        let there = Fake::start().await.on("Get-Recipient", found);
        let made = connection(&there).create_group(&self::group(kind, &[])).await;
        assert_eq!(made, Ok(Made::AlreadyThere));
    }
    let unified = Fake::start().await.on("Get-Recipient", found("GroupMailbox"));
    let problem = connection(&unified).create_group(&group(GroupKind::Distribution, &[])).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::TargetAddressTaken);
    let dynamic = group(GroupKind::Dynamic { filter: "x".into() }, &[]);
    let problem = connection(&unified).create_group(&dynamic).await.unwrap_err();
    assert_eq!(problem.guidance, Guidance::SourceDynamicGroup);
}

#[tokio::test]
async fn members_are_replaced_in_one_call() {
    let fake = Fake::start().await.on("Update-DistributionGroupMember", done());
    let group = group(GroupKind::Security, &["mara.quill@aldernook.example", "orders@brine.example"]);
    assert_eq!(connection(&fake).set_members(&group).await, Ok(Vec::new()));
    let sent = fake.one("Update-DistributionGroupMember").parameters();
    assert_eq!(sent["Members"], json!(["mara.quill@aldernook.example", "orders@brine.example"]));
    assert_eq!((&sent["BypassSecurityGroupManagerCheck"], &sent["Confirm"]), (&json!(true), &json!(false)));
    assert_eq!(fake.keys().len(), 1);
}

#[tokio::test]
async fn a_missing_member_is_named_and_the_others_are_set() {
    let unknown = || Reply::exception(404, "ManagementObjectNotFoundException", "couldn't be found");
    let fake = Fake::start().await.on("Update-DistributionGroupMember", unknown());
    let fake = fake.on("Update-DistributionGroupMember", done());
    let fake = fake.on("Get-Recipient", found("UserMailbox")).on("Get-Recipient", nobody());
    let group = group(GroupKind::Distribution, &["mara.quill@aldernook.example", "gone@aldernook.example"]);
    let problems = connection(&fake).set_members(&group).await.unwrap();
    assert_eq!((problems.len(), problems[0].guidance), (1, Guidance::TargetMemberMissing));
    assert_eq!(problems[0].values["member"], "gone@aldernook.example");
    let second = fake.seen("Update-DistributionGroupMember")[1].parameters();
    assert_eq!(second["Members"], json!(["mara.quill@aldernook.example"]));

    let late = Fake::start().await.on("Update-DistributionGroupMember", unknown());
    let late = late.on("Get-Recipient", found("UserMailbox"));
    let problem = connection(&late).set_members(&group).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetRecipientMissing));
    assert_eq!(problem.values["address"], "sales@aldernook.example");
}

#[tokio::test]
async fn members_are_read_by_the_address_that_mail_goes_to() {
    let members = json!([
        {"RecipientType": "UserMailbox", "PrimarySmtpAddress": "mara.quill@aldernook.example", "ExternalEmailAddress": ""},
        {"RecipientType": "MailContact", "PrimarySmtpAddress": "orders@brine.example",
            "ExternalEmailAddress": "SMTP:orders@brine.example"},
        {"RecipientType": "User", "PrimarySmtpAddress": null}]);
    let fake = Fake::start().await.on("Get-DistributionGroupMember", Reply::list(members));
    let members = connection(&fake).members(&address("sales@aldernook.example")).await.unwrap();
    assert_eq!(members, [address("mara.quill@aldernook.example"), address("orders@brine.example")]);
}

#[tokio::test]
async fn a_recipient_is_there_or_not() {
    let fake = Fake::start().await.on("Get-Recipient", found("MailContact")).on("Get-Recipient", nobody());
    let connection = connection(&fake);
    assert!(connection.recipient_exists(&address("orders@brine.example")).await.unwrap());
    assert!(!connection.recipient_exists(&address("orders@brine.example")).await.unwrap());
}
