//! The survey from canned answers.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use super::fake::{Fake, envelope, error, fault, folder, property, reply, response, settings, success};
use crate::engine::port::{Directory, SurveyProgress};
use crate::engine::problem::Guidance;
use crate::engine::recipient::{Address, GroupKind, MailboxKind, Size, Survey};
use crate::exchange::transport::{Call, Transport};
use crate::exchange::{Connection, Impatience, connect_over};
use crate::http::{Failure, Incoming};

fn resolution(address: &str, kind: &str) -> String {
    let name = address.split('@').next().unwrap();
    format!(
        "<t:Resolution><t:Mailbox><t:Name>{name}</t:Name><t:EmailAddress>{address}</t:EmailAddress>\
         <t:RoutingType>SMTP</t:RoutingType><t:MailboxType>{kind}</t:MailboxType></t:Mailbox></t:Resolution>"
    )
}

/// A directory with prefix search, capped at two results; group `staff` has two members, the others none.
fn directory(body: &str) -> String {
    let people = [
        ("nina@fabrikam.test", "Mailbox"),
        ("nick@fabrikam.test", "Mailbox"),
        ("nora@fabrikam.test", "Mailbox"),
        ("room1@fabrikam.test", "Mailbox"),
        ("temp@agency.test", "Mailbox"),
        ("staff@fabrikam.test", "PublicDL"),
        ("empty@fabrikam.test", "PublicDL"),
        ("partner@other.test", "Contact"),
        ("folder@fabrikam.test", "PublicFolder"),
    ];
    if let Some(prefix) = between(body, "<m:UnresolvedEntry>smtp:", "<") {
        let found: Vec<_> = people.iter().filter(|(address, _)| address.starts_with(prefix)).collect();
        if found.is_empty() {
            return response("ResolveNames", &error("ResolveNames", "ErrorNameResolutionNoResults"));
        }
        let whole = found.len() <= 2;
        let listed: String = found.iter().take(2).map(|(address, kind)| resolution(address, kind)).collect();
        let message = format!(
            "<m:ResolveNamesResponseMessage ResponseClass=\"Warning\"><m:ResponseCode>ErrorNameResolutionMultipleResults\
             </m:ResponseCode><m:ResolutionSet TotalItemsInView=\"{}\" IncludesLastItemInRange=\"{whole}\">{listed}\
             </m:ResolutionSet></m:ResolveNamesResponseMessage>",
            found.len()
        );
        return response("ResolveNames", &message);
    }
    if body.contains("<m:ExpandDL") {
        let members = if body.contains("staff@") {
            "<m:DLExpansion TotalItemsInView=\"3\" IncludesLastItemInRange=\"true\">\
             <t:Mailbox><t:EmailAddress>nina@fabrikam.test</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType></t:Mailbox>\
             <t:Mailbox><t:EmailAddress>partner@other.test</t:EmailAddress></t:Mailbox>\
             <t:Mailbox><t:Name>no mail</t:Name></t:Mailbox></m:DLExpansion>"
        } else {
            ""
        };
        return response("ExpandDL", &success("ExpandDL", members));
    }
    tree(body)
}

/// The folders of every mailbox there is: 3 items in the root and 3 in the inbox, and 3 in a search folder. Nobody says how
/// many bytes nora's hold.
fn tree(body: &str) -> String {
    let size = |bytes: u64| match body.contains("nora@fabrikam.test") {
        true => String::new(),
        false => property("0xe08", "Long", &bytes.to_string()),
    };
    if body.contains("<m:FindFolder") {
        let folders = folder("Folder", "in", "root", "Inbox", &size(5_000_000_000))
            + &folder("SearchFolder", "search", "root", "Unread", &size(5_000_000_000));
        let page = format!(
            "<m:RootFolder IndexedPagingOffset=\"2\" TotalItemsInView=\"2\" IncludesLastItemInRange=\"true\">\
             <t:Folders>{folders}</t:Folders></m:RootFolder>"
        );
        return response("FindFolder", &success("FindFolder", &page));
    }
    let missing = body.contains("gone@fabrikam.test") || body.contains("temp@agency.test");
    let names = body.split("DistinguishedFolderId Id=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let messages: String = names
        .map(|name| match name {
            _ if missing => error("GetFolder", "ErrorNonExistentMailbox"),
            "msgfolderroot" | "inbox" => {
                let found = folder("Folder", name.trim_start_matches("msgfolder"), "x", name, &size(11));
                success("GetFolder", &format!("<m:Folders>{found}</m:Folders>"))
            }
            _ => error("GetFolder", "ErrorFolderNotFound"),
        })
        .collect();
    response("GetFolder", &messages)
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split_once(end).map(|(found, _)| found)
}

async fn connection() -> (std::sync::Arc<Fake>, Connection) {
    let fake = Fake::exchange("15.1.2507", |body| {
        if body.contains("GetUserSettingsRequestMessage") { String::new() } else { directory(body) }
    });
    let address = Address::new;
    let mut settings = settings();
    settings.rooms = vec![address("room1@fabrikam.test")];
    settings.also =
        vec![address("hidden@fabrikam.test"), address("gone@fabrikam.test"), address("NINA@fabrikam.test")];
    settings.security_groups = vec![address("Staff@fabrikam.test")];
    settings.dynamic_groups = vec![(address("all@fabrikam.test"), "(mail=*)".into())];
    let connection = connect_over(fake.clone(), settings, &|_| {}, &mut Impatience).await.unwrap();
    (fake, connection)
}

fn found(survey: &Survey, guidance: Guidance) -> usize {
    survey.findings.iter().filter(|finding| finding.guidance == guidance).count()
}

#[tokio::test]
async fn walks_the_address_list() {
    let (_, connection) = connection().await;
    let survey = connection.survey(&|_| {}).await.unwrap();
    let mailboxes: Vec<_> = survey.mailboxes.iter().map(|m| (m.identity.address.local(), m.kind)).collect();
    let user = MailboxKind::User;
    assert_eq!(
        mailboxes,
        [("hidden", user), ("nick", user), ("nina", user), ("nora", user), ("room1", MailboxKind::Room)]
    );
    let groups: Vec<_> =
        survey.groups.iter().map(|g| (g.identity.address.local(), g.kind.clone(), g.members.len())).collect();
    let dynamic = GroupKind::Dynamic { filter: "(mail=*)".into() };
    assert_eq!(
        groups,
        [("all", dynamic, 0), ("empty", GroupKind::Distribution, 0), ("staff", GroupKind::Security, 2)]
    );
    let contacts: Vec<_> = survey.contacts.iter().map(|c| (c.identity.address.as_str(), c.mail_user)).collect();
    assert_eq!(contacts, [("partner@other.test", false), ("temp@agency.test", true)]);
    assert_eq!(found(&survey, Guidance::SourceGroupEmpty), 1);
    assert_eq!(found(&survey, Guidance::SourceRecipientNotMoved), 1);
    assert_eq!(found(&survey, Guidance::SourceMailboxMissing), 1);
    assert_eq!(found(&survey, Guidance::SourceLegacyNamesUnknown), 1);
    assert_eq!(found(&survey, Guidance::SourceDirectoryCut), 0);
    // One member of `staff` has no mail.
    assert_eq!(found(&survey, Guidance::SourceGroupCut), 1);
}

#[tokio::test]
async fn whom_the_settings_list_and_nobody_is_is_named_with_the_key() {
    let (fake, _) = connection().await;
    let list = |names: &[&str]| names.iter().map(|name| Address::new(format!("{name}@fabrikam.test"))).collect();
    let mut settings = settings();
    settings.also = list(&["hidden", "gone"]);
    settings.shared = list(&["NICK", "nik", "hidden", "gone"]);
    settings.rooms = list(&["room1", "room2"]);
    settings.equipment = list(&["staff"]);
    settings.security_groups = list(&["staff", "stuff", "nina"]);
    settings.dynamic_groups = vec![(Address::new("all@fabrikam.test"), "(mail=*)".into())];
    let connection = connect_over(fake, settings, &|_| {}, &mut Impatience).await.unwrap();
    let survey = connection.survey(&|_| {}).await.unwrap();
    let missing = survey.findings.iter().filter(|finding| finding.guidance == Guidance::SourceListedMissing);
    let told: Vec<_> =
        missing.map(|finding| format!("{} {}", finding.values["key"], finding.values["address"])).collect();
    let expected = ["shared nik", "rooms room2", "equipment staff", "security_groups stuff", "security_groups nina"];
    assert_eq!(told, expected.map(|name| format!("{name}@fabrikam.test")));
    let shared = survey.mailboxes.iter().filter(|mailbox| mailbox.kind == MailboxKind::Shared).count();
    assert_eq!(shared, 2, "nick and hidden");
}

#[tokio::test]
async fn mailboxes_are_measured_as_far_as_the_server_tells() {
    let (fake, connection) = connection().await;
    let told = Mutex::new(Vec::new());
    let survey = connection.survey(&|progress| told.lock().unwrap().push(progress)).await.unwrap();
    let size = |local: &str| {
        let mut mailboxes = survey.mailboxes.iter();
        mailboxes.find(|mailbox| mailbox.identity.address.local() == local).unwrap().size
    };
    assert_eq!(size("nina"), Some(Size { items: 6, bytes: 5_000_000_011 }));
    assert_eq!(size("nora"), None);
    assert!(fake.bodies().iter().any(|body| body.contains("PropertyTag=\"0x0E08\" PropertyType=\"Long\"")));
    let told = told.into_inner().unwrap();
    let last = SurveyProgress { mailboxes: 5, opened: 5, groups: 3, contacts: 2 };
    assert_eq!(told.last(), Some(&last));
    assert!((0..=5).all(|n| told.iter().any(|progress| progress.opened == n)), "{told:?}");
    assert!(told.iter().all(|progress| progress.opened <= progress.mailboxes));
}

/// A server that refuses nick's mailbox and does not answer for nora's, until it is mended.
struct Ailing {
    server: Arc<Fake>,
    mended: AtomicBool,
    asked: tokio::sync::Notify,
}

#[async_trait]
impl Transport for Ailing {
    async fn open(&self, call: Call) -> Result<Incoming, Failure> {
        let body = call.body.clone().unwrap_or_default();
        let ails = body.contains("<m:GetFolder") && !self.mended.load(Ordering::Relaxed);
        if ails && body.contains("nora@fabrikam.test") {
            self.asked.notify_one();
            std::future::pending::<()>().await;
        }
        if ails && body.contains("nick@fabrikam.test") {
            let ids = body.matches("DistinguishedFolderId Id").count();
            let refused = response("GetFolder", &error("GetFolder", "ErrorAccessDenied").repeat(ids));
            return Ok(reply(200, &[], &envelope("15.1.2507", &refused)).into());
        }
        self.server.open(call).await
    }
}

#[tokio::test]
async fn a_survey_that_is_dropped_leaves_nothing_behind() {
    let server = Fake::exchange("15.1.2507", |body| {
        if body.contains("GetUserSettingsRequestMessage") { String::new() } else { directory(body) }
    });
    let ailing = Arc::new(Ailing { server, mended: AtomicBool::new(false), asked: tokio::sync::Notify::new() });
    let connection = connect_over(ailing.clone(), settings(), &|_| {}, &mut Impatience).await.unwrap();
    tokio::select! {
        _ = connection.survey(&|_| {}) => panic!("it ends before it is dropped"),
        () = ailing.asked.notified() => {}
    }
    ailing.mended.store(true, Ordering::Relaxed);
    let survey = connection.survey(&|_| {}).await.unwrap();
    assert_eq!(found(&survey, Guidance::SourceAccessDenied), 0, "what was put right meanwhile is seen");
    assert_eq!(survey.mailboxes.len(), 4);
}

#[tokio::test]
async fn a_capped_answer_is_asked_for_more_narrowly() {
    let (fake, connection) = connection().await;
    connection.survey(&|_| {}).await.unwrap();
    let bodies = fake.bodies();
    let asked: Vec<&str> = bodies.iter().filter_map(|body| between(body, "<m:UnresolvedEntry>smtp:", "<")).collect();
    assert!(asked.contains(&"n") && asked.contains(&"ni") && asked.contains(&"n.") && asked.contains(&"n@"));
    assert!(!asked.contains(&"s."));
}

fn settings_answer(body: &str) -> String {
    let user = |address: &str| match address {
        "nora@fabrikam.test" => "<UserResponse><ErrorCode>InvalidUser</ErrorCode></UserResponse>".to_owned(),
        _ => format!(
            "<UserResponse><ErrorCode>NoError</ErrorCode><UserSettings><UserSetting><Name>UserDN</Name>\
             <Value>/o=F/cn={address}</Value></UserSetting></UserSettings></UserResponse>"
        ),
    };
    let users: String = body.split("<a:Mailbox>").skip(1).map(|rest| user(rest.split('<').next().unwrap())).collect();
    format!(
        "<Envelope><Body><GetUserSettingsResponseMessage><Response><ErrorCode>NoError</ErrorCode>\
         <UserResponses>{users}</UserResponses></Response></GetUserSettingsResponseMessage></Body></Envelope>"
    )
}

fn pox_answer(body: &str) -> String {
    let address = between(body, "<EMailAddress>", "<").unwrap();
    format!(
        "<Autodiscover><Response><User><LegacyDN>/o=F/cn={address}</LegacyDN></User><Account><Action>settings</Action>\
         </Account></Response></Autodiscover>"
    )
}

#[tokio::test]
async fn legacy_names_come_from_autodiscover_in_either_tongue() {
    for newer in [true, false] {
        let fake = Fake::new(move |call| {
            if call.credentials.is_none() {
                return Ok(reply(401, &[("www-authenticate", "Basic")], ""));
            }
            let body = call.body.as_deref().unwrap();
            Ok(match call.url.path() {
                "/autodiscover/autodiscover.svc" if newer => reply(200, &[], &settings_answer(body)),
                "/autodiscover/autodiscover.svc" => reply(404, &[], ""),
                "/autodiscover/autodiscover.xml" => reply(200, &[], &pox_answer(body)),
                _ => reply(200, &[], &envelope("15.1.1", &directory(body))),
            })
        });
        let survey = fake.connect().await.unwrap().survey(&|_| {}).await.unwrap();
        let name = |local: &str| {
            let mut mailboxes = survey.mailboxes.iter();
            mailboxes.find(|m| m.identity.address.local() == local).unwrap().identity.legacy_dn.clone()
        };
        assert_eq!(name("nina").as_deref(), Some("/o=F/cn=nina@fabrikam.test"));
        assert_eq!(name("nora").is_none(), newer);
        assert_eq!(found(&survey, Guidance::SourceLegacyNamesUnknown), usize::from(newer));
    }
}

#[tokio::test]
async fn a_gateway_that_publishes_no_autodiscover_does_not_end_the_survey() {
    for (page, ends) in [("<!DOCTYPE html><html><form>", false), ("<html><br></html>", false), ("<Envelope>", true)] {
        let fake = Fake::new(move |call| {
            if call.credentials.is_none() {
                return Ok(reply(401, &[("www-authenticate", "Basic")], ""));
            }
            let body = call.body.as_deref().unwrap();
            Ok(match call.url.path().starts_with("/autodiscover") {
                true => reply(200, &[], page),
                false => reply(200, &[], &envelope("15.1.1", &directory(body))),
            })
        });
        match fake.connect().await.unwrap().survey(&|_| {}).await {
            Ok(survey) => assert_eq!((ends, found(&survey, Guidance::SourceLegacyNamesUnknown)), (false, 1)),
            Err(problem) => assert_eq!((ends, problem.guidance), (true, Guidance::SourceAnswerMalformed)),
        }
    }
}

#[tokio::test]
async fn a_contact_known_under_an_alias_domain_of_the_firm_is_not_outside_there() {
    let proxies = |list: &[&str]| {
        let entry = |at: &&str| format!("<t:Entry Key=\"EmailAddress1\">{at}</t:Entry>");
        let entries: String = list.iter().map(entry).collect();
        format!("</t:Mailbox><t:Contact><t:EmailAddresses>{entries}</t:EmailAddresses></t:Contact>")
    };
    let fake = Fake::exchange("15.1.2507", move |body| match between(body, "<m:UnresolvedEntry>smtp:", "<") {
        Some("n") => {
            let nina = resolution("nina@fabrikam.test", "Mailbox");
            let nina = nina.replace("</t:Mailbox>", &proxies(&["SMTP:nina@fabrikam.test", "smtp:n@fabrikam.net"]));
            let mill = resolution("mill@fabrikam.net", "Contact");
            let mill = mill.replace("</t:Mailbox>", &proxies(&["SMTP:mill@fabrikam.net", "smtp:info@mill.test"]));
            let set = format!("<m:ResolutionSet IncludesLastItemInRange=\"true\">{nina}{mill}</m:ResolutionSet>");
            response("ResolveNames", &success("ResolveNames", &set))
        }
        _ if body.contains("GetUserSettings") => String::new(),
        _ => directory(body),
    });
    let survey = fake.connect().await.unwrap().survey(&|_| {}).await.unwrap();
    assert!(survey.contacts.iter().any(|contact| contact.identity.address.as_str() == "info@mill.test"));
    assert!(!survey.contacts.iter().any(|contact| contact.identity.address.as_str() == "mill@fabrikam.net"));
}

#[tokio::test]
async fn a_repeated_survey_goes_on_where_a_busy_server_stopped_it() {
    let asked = AtomicUsize::new(0);
    let fake = Fake::exchange("15.1.2507", move |body| {
        if body.contains("GetUserSettingsRequestMessage") {
            return String::new();
        }
        // Once connected, every second request: nothing that takes more than one may begin anew.
        match asked.fetch_add(1, Ordering::Relaxed) {
            request if request >= 4 && request % 2 == 1 => fault("ErrorServerBusy", ""),
            _ => directory(body),
        }
    });
    let connection = fake.connect().await.unwrap();
    let mut surveys = 0;
    let survey = loop {
        surveys += 1;
        match connection.survey(&|_| {}).await {
            Ok(survey) => break survey,
            Err(problem) => assert_eq!(problem.guidance, Guidance::SourceBusy),
        }
        assert!(surveys < 100, "it begins again each time");
    };
    assert!(surveys > 1);
    assert_eq!((survey.mailboxes.len(), survey.groups.len()), (4, 2));
}
