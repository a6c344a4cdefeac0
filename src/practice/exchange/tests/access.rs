//! Sign-in, Autodiscover, versions, faults, whose mailbox, and the directory.

use super::super::soap::operation_name;
use super::company::*;
use crate::practice::exchange::Exchange;
use crate::practice::https::{Refusal, Service};
use crate::practice::organisation::{EntryKind, Profile};

fn get_folder(folder: &str) -> String {
    format!(
        "<m:GetFolder><m:FolderShape><t:BaseShape>Default</t:BaseShape></m:FolderShape><m:FolderIds>{folder}</m:FolderIds>\
         </m:GetFolder>"
    )
}

#[tokio::test]
async fn only_the_administrator_gets_in() {
    let exchange = company();
    let anonymous = hyper::Request::get(EWS).body(bytes::Bytes::new()).unwrap();
    let response = exchange.answer(anonymous).await;
    assert_eq!(response.status(), 401);
    let offers: Vec<_> = response.headers().get_all("www-authenticate").iter().collect();
    assert_eq!(offers, ["Basic realm=\"localhost\""]);
    let (response, _) =
        send(&exchange, post(&EWS.to_lowercase(), envelope("Exchange2010", "", &get_folder("")))).await;
    assert_eq!(response.headers()["content-type"], "text/xml; charset=utf-8");
    let pox = hyper::Request::get(POX).body(bytes::Bytes::new()).unwrap();
    assert_eq!(exchange.answer(pox).await.headers()["x-soap-enabled"], "True");
    let mut wrong = post(EWS, "");
    wrong.headers_mut().insert("authorization", "Basic bWlnYWRtaW46eA==".parse().unwrap());
    assert_eq!(exchange.answer(wrong).await.status(), 401);
}

async fn pox(exchange: &Exchange, user: &str) -> crate::practice::exchange::element::Element {
    let body = format!(
        "<Autodiscover xmlns='http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'><Request>{user}\
         <AcceptableResponseSchema>http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a\
         </AcceptableResponseSchema></Request></Autodiscover>"
    );
    send(exchange, post(POX, body)).await.1
}

#[tokio::test]
async fn plain_autodiscover() {
    let exchange = company();
    let found = pox(&exchange, "<EMailAddress>N.Person@fabrikam.test</EMailAddress>").await;
    assert_eq!(texts(&found, "AutoDiscoverSMTPAddress"), ["nina@fabrikam.test"]);
    assert_eq!(texts(&found, "EwsUrl"), [EWS, EWS]);
    assert_eq!(texts(&found, "Type"), ["EXCH", "EXPR"]);
    assert_eq!(texts(&pox(&exchange, "<EMailAddress>bob@fabrikam.test</EMailAddress>").await, "ErrorCode"), ["500"]);
    assert_eq!(texts(&pox(&exchange, "").await, "ErrorCode"), ["600"]);
    let old = with(Profile::E2007Sp3, Vec::new());
    let found = pox(&old, "<LegacyDN>/o=fabrikam/ou=First/cn=Recipients/cn=nina</LegacyDN>").await;
    assert_eq!((texts(&found, "EwsUrl").len(), texts(&found, "ASUrl").len()), (0, 2));
    assert_eq!(old.answer(post(SVC, "")).await.status(), 404);
}

#[tokio::test]
async fn soap_autodiscover() {
    let body = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' \
        xmlns:a='http://schemas.microsoft.com/exchange/2010/Autodiscover'><s:Body><a:GetUserSettingsRequestMessage><a:Request>\
        <a:Users><a:User><a:Mailbox>n.person@fabrikam.test</a:Mailbox></a:User><a:User><a:Mailbox>bob@fabrikam.test\
        </a:Mailbox></a:User></a:Users><a:RequestedSettings><a:Setting>UserDN</a:Setting><a:Setting>ExternalEwsUrl\
        </a:Setting><a:Setting>AlternateMailboxes</a:Setting></a:RequestedSettings></a:Request>\
        </a:GetUserSettingsRequestMessage></s:Body></s:Envelope>";
    let exchange = company();
    let (_, found) = send(&exchange, post(SVC, body)).await;
    let (_, same) = send(&exchange, post(POX, body)).await;
    assert_eq!(texts(&same, "Value"), texts(&found, "Value"));
    let codes = texts(&found, "ErrorCode");
    assert_eq!(codes, ["NoError", "NoError", "SettingIsNotAvailable", "InvalidUser"]);
    assert_eq!(texts(&found, "Value"), ["/o=Fabrikam/ou=First/cn=Recipients/cn=nina", EWS]);
}

#[tokio::test]
async fn versions_and_operations() {
    let exchange = with(Profile::E2010Sp3, Vec::new());
    let of = async |version: &str, body: &str| {
        let (response, root) = send(&exchange, post(EWS, envelope(version, "", body))).await;
        (response.status().as_u16(), code(&root))
    };
    let folder = get_folder(&ninas("inbox"));
    assert_eq!(of("Exchange2010_SP2", &folder).await, (200, "NoError".into()));
    assert_eq!(of("Exchange2013", &folder).await, (500, "ErrorInvalidServerVersion".into()));
    let export = "<m:ExportItems><m:ItemIds><t:ItemId Id='x'/></m:ItemIds></m:ExportItems>";
    assert_eq!(of("Exchange2010", export).await, (500, "ErrorInvalidServerVersion".into()));
    assert_eq!(of("Exchange2010_SP1", export).await, (200, "ErrorInvalidIdMalformed".into()));
    assert_eq!(of("Exchange2010", "<m:Unheard/>").await, (500, "ErrorSchemaValidation".into()));
    let old = with(Profile::E2007Sp3, Vec::new());
    let (response, root) = send(&old, post(EWS, envelope("Exchange2007_SP1", "", export))).await;
    assert_eq!((response.status().as_u16(), code(&root)), (500, "ErrorSchemaValidation".into()));
    assert_eq!(root.child("s:Header").unwrap().children[0].attribute("Version"), None);
}

#[tokio::test]
async fn broken_requests_end_in_faults() {
    let exchange = company();
    let whole = envelope("Exchange2016", "", &get_folder(&ninas("inbox")));
    let body = whole.replace("<m:FolderIds>", "<m:Nonsense/><m:FolderIds>");
    let (response, root) = send(&exchange, post(EWS, body)).await;
    assert_eq!((response.status().as_u16(), code(&root)), (500, "ErrorSchemaValidation".into()));
    let values: Vec<_> = find(&root, "Value").iter().map(|v| v.attribute("Name").unwrap().to_owned()).collect();
    assert_eq!(values, ["LineNumber", "LinePosition", "Violation"]);
    // Cut anywhere and with any byte changed, there is an answer that is XML.
    for at in (0..whole.len()).step_by(3) {
        let (response, _) = send(&exchange, post(EWS, whole[..at].to_owned())).await;
        assert_eq!(response.status(), 500, "cut at {at}");
        let mut changed = whole.clone().into_bytes();
        changed[at] = changed[at].wrapping_mul(31).wrapping_add(17);
        send(&exchange, post(EWS, changed)).await;
    }
}

#[tokio::test]
async fn whose_mailbox() {
    let exchange = company();
    assert_eq!(texts(&ask(&exchange, &get_folder(&ninas("inbox"))).await, "TotalCount"), ["3"]);
    let alias = ask(&exchange, &get_folder(&ninas("inbox").replace("nina@", "n.person@"))).await;
    assert_eq!(code(&alias), "ErrorNonPrimarySmtpAddress");
    assert_eq!(texts(&alias, "Value"), ["nina@fabrikam.test"]);
    let contact = ask(&exchange, &get_folder(&ninas("inbox").replace("nina@", "bob@"))).await;
    assert_eq!(code(&contact), "ErrorNonExistentMailbox");
    let own = get_folder("<t:DistinguishedFolderId Id='root'/>");
    for (sid, expected) in [
        ("<t:PrimarySmtpAddress>nina@fabrikam.test</t:PrimarySmtpAddress>", "NoError"),
        ("<t:SmtpAddress>n.person@fabrikam.test</t:SmtpAddress>", "NoError"),
        ("<t:PrincipalName>nina@fabrikam.test</t:PrincipalName>", "NoError"),
        ("<t:SID>S-1-5-21-2154378250-1029384756-3141592653-1000</t:SID>", "NoError"),
        ("<t:SID>S-1-5-21-2154378250-1029384756-3141592653-9999</t:SID>", "ErrorInvalidUserSid"),
        ("<t:PrimarySmtpAddress>n.person@fabrikam.test</t:PrimarySmtpAddress>", "ErrorNonPrimarySmtpAddress"),
        ("<t:PrimarySmtpAddress>bob@fabrikam.test</t:PrimarySmtpAddress>", "ErrorNonExistentMailbox"),
    ] {
        let header =
            format!("<t:ExchangeImpersonation><t:ConnectingSID>{sid}</t:ConnectingSID></t:ExchangeImpersonation>");
        let (_, root) = send(&exchange, post(EWS, envelope("Exchange2016", &header, &own))).await;
        assert_eq!(code(&root), expected, "{sid}");
    }
}

#[tokio::test]
async fn the_directory_by_prefix() {
    let many = (0..120).map(|number| entry(EntryKind::UserMailbox, &format!("zoe{number:03}"))).collect();
    let exchange = with(Profile::E2016, many);
    let resolve = async |text: &str| {
        let body = format!(
            "<m:ResolveNames ReturnFullContactData='true' SearchScope='ActiveDirectory'><m:UnresolvedEntry>{text}\
             </m:UnresolvedEntry></m:ResolveNames>"
        );
        ask(&exchange, &body).await
    };
    let capped = resolve("smtp:z").await;
    assert_eq!(code(&capped), "ErrorNameResolutionMultipleResults");
    assert_eq!(find(&capped, "Resolution").len(), 100);
    assert_eq!(find(&capped, "ResolutionSet")[0].attribute("IncludesLastItemInRange"), Some("false"));
    // A further address is found by prefix, and the proxy list is told, primary first.
    let alias = resolve("smtp:n.p").await;
    assert_eq!(code(&alias), "NoError");
    assert_eq!(texts(&alias, "Entry"), ["SMTP:nina@fabrikam.test", "smtp:n.person@fabrikam.test"]);
    let group = resolve("smtp:staff").await;
    assert_eq!(texts(&group, "MailboxType"), ["PublicDL"]);
    assert_eq!(code(&resolve("smtp:hidd").await), "ErrorNameResolutionNoResults");
    assert_eq!(code(&resolve("smtp:hidden@fabrikam.test").await), "NoError");
    assert_eq!(code(&resolve(" ").await), "ErrorInvalidNameForNameResolution");
    let contact = texts(&resolve("smtp:bob").await, "Entry");
    assert_eq!(contact, ["SMTP:bob@fabrikam.test", "smtp:bob@outside.test"]);
}

#[tokio::test]
async fn lists_expand_one_level() {
    let exchange = company();
    let expand = async |local: &str| {
        let body = format!(
            "<m:ExpandDL><m:Mailbox><t:EmailAddress>{local}@fabrikam.test</t:EmailAddress></m:Mailbox></m:ExpandDL>"
        );
        let answer = ask(&exchange, &body).await;
        assert_eq!(code(&answer), "NoError");
        texts(&answer, "EmailAddress")
    };
    assert_eq!(expand("staff").await, ["nina@fabrikam.test", "team@fabrikam.test"]);
    for empty in ["team", "secret", "everyone", "nobody"] {
        assert!(expand(empty).await.is_empty(), "{empty}");
    }
}

#[tokio::test]
async fn refusals_and_their_names() {
    let exchange = company();
    let request = post(EWS, envelope("Exchange2016", "", &get_folder("")));
    assert_eq!(exchange.operation(&request), "GetFolder");
    assert_eq!(exchange.operation(&post(POX, "")), "Autodiscover");
    assert_eq!(operation_name(b"nonsense"), None);
    let busy = exchange.refuse(&request, &Refusal::Throttle { pause: Some(1.5) });
    let text = String::from_utf8_lossy(busy.body()).into_owned();
    assert_eq!(busy.status(), 500);
    assert!(text.contains("<t:Value Name=\"BackOffMilliseconds\">1500</t:Value>"), "{text}");
    let reject = |pause| Refusal::Reject { status: 503, code: "ErrorInternalServerError".into(), pause };
    let rejected = exchange.refuse(&request, &reject(None));
    assert_eq!((rejected.status().as_u16(), rejected.headers().get("retry-after")), (503, None));
    assert!(String::from_utf8_lossy(rejected.body()).contains("a:ErrorInternalServerError"));
    for (request, refusal) in [
        (&request, reject(Some(2.5))),
        (&post(POX, ""), reject(Some(2.5))),
        (&post(POX, ""), Refusal::Throttle { pause: Some(2.5) }),
    ] {
        let asking = exchange.refuse(request, &refusal);
        assert_eq!((asking.status().as_u16(), asking.headers()["retry-after"].to_str().unwrap()), (503, "2.5"));
    }
}

#[tokio::test]
async fn empty_lists_break_the_schema() {
    assert_eq!(code(&ask(&company(), &get_folder("")).await), "ErrorSchemaValidation");
}
