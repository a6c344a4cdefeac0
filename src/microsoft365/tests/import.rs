//! Import sessions and the requests to the import address.

use serde_json::{Value, json};

use super::*;
use crate::engine::item::Facets;

const SESSION: &str = "POST /v1.0/admin/exchange/mailboxes/MBX:1@2/createImportSession";
const IMPORT: &str = "POST /api/gv1.0/Mailboxes('MBX:1@2')/importItem";
const ITEM: &str = "GET /v1.0/admin/exchange/mailboxes/MBX:1@2/folders/F/items/old";
const TOKEN: &str = "eyJ-very-secret";

fn id() -> MailboxId {
    MailboxId("MBX:1@2".into())
}

fn content(size: usize) -> Content {
    let id = ItemId("source".into());
    let summary = Summary {
        id,
        class: "IPM.Note".into(),
        subject: "Roof".into(),
        size: size as u64,
        search_key: None,
        identity: None,
        date: None,
        sender: String::new(),
    };
    Content { summary, data: vec![1; size].into(), facets: Facets::default() }
}

fn session(fake: &Fake, token: &str, end: &str) -> Reply {
    let url = fake.url(&format!("/api/gv1.0/Mailboxes('MBX:1@2')/importItem?authtoken={token}"));
    Reply::ok(json!({"importUrl": url.as_str(), "expirationDateTime": end}))
}

fn imported(item: &str) -> Reply {
    Reply::ok(json!({"@odata.context": "…", "itemId": item, "changeKey": "CQ"}))
}

async fn with_session() -> Fake {
    let fake = Fake::start().await;
    let reply = session(&fake, TOKEN, "2999-09-20T11:42:10.55Z");
    fake.on(SESSION, reply)
}

async fn import(connection: &Connection) -> Result<ItemId, Problem> {
    connection.import(&id(), &FolderId("F\"".into()), &content(3)).await
}

#[tokio::test]
async fn an_item_is_posted_without_token_and_the_session_is_kept() {
    let fake = with_session().await;
    let fake =
        fake.on(IMPORT, imported("new-1").header("set-cookie", "affinity=7; Path=/")).on(IMPORT, imported("new-2"));
    let connection = connection(&fake);
    assert_eq!(import(&connection).await, Ok(ItemId("new-1".into())));
    assert_eq!(import(&connection).await, Ok(ItemId("new-2".into())));
    assert_eq!((fake.one(SESSION).body.as_str(), fake.one(SESSION).header("content-length")), ("", "0"));
    let seen = fake.seen(IMPORT);
    assert_eq!(seen[0].body, "{\"FolderId\":\"F\\\"\",\"Mode\":\"create\",\"Data\":\"AQEB\"}");
    assert_eq!(seen[0].header("content-type"), "application/json");
    assert!(!seen[0].headers.contains_key("authorization"));
    assert_eq!((seen[0].query.as_str(), seen[1].header("cookie")), ("authtoken=eyJ-very-secret", "affinity=7"));
}

#[tokio::test]
async fn cookies_stay_within_their_session() {
    let fake = with_session().await.on(IMPORT, imported("n").header("set-cookie", "affinity=7; Path=/"));
    let url = fake.url(&format!("/api/other/importItem?authtoken={TOKEN}"));
    let session = Reply::ok(json!({"importUrl": url.as_str()}));
    let fake = fake.on("POST /v1.0/admin/exchange/mailboxes/MBX:3@2/createImportSession", session);
    let fake = fake.on("POST /api/other/importItem", imported("n"));
    let connection = connection(&fake);
    import(&connection).await.unwrap();
    let second = MailboxId("MBX:3@2".into());
    connection.import(&second, &FolderId("F".into()), &content(3)).await.unwrap();
    assert_eq!(fake.one("POST /api/other/importItem").header("cookie"), "");
}

#[tokio::test]
async fn a_session_at_its_end_is_not_used() {
    let fake = Fake::start().await;
    let ended = session(&fake, "ended", "2001-01-01T00:00:00Z");
    let good = session(&fake, TOKEN, "2999-01-01T00:00:00Z");
    let fake = fake.on(SESSION, ended).on(SESSION, good).on(IMPORT, imported("n"));
    let connection = connection(&fake);
    for _ in 0..3 {
        import(&connection).await.unwrap();
    }
    assert_eq!(fake.seen(SESSION).len(), 2);
}

#[tokio::test]
async fn a_refused_session_is_replaced_once() {
    let fake = with_session().await.on(IMPORT, Reply::error(401, "InvalidAuthenticationToken"));
    let fake = fake.on(IMPORT, imported("n"));
    let connection = connection(&fake);
    assert_eq!(import(&connection).await, Ok(ItemId("n".into())));
    assert_eq!((fake.seen(SESSION).len(), fake.seen(IMPORT).len()), (2, 2));

    let fake = fake.without(IMPORT).on(IMPORT, Reply::text(401, ""));
    let problem = import(&connection).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Run, Guidance::TargetPermissionMissing));
    assert_eq!((fake.seen(SESSION).len(), fake.seen(IMPORT).len()), (3, 4));
}

#[tokio::test]
async fn refusals_of_an_item_are_told_apart_and_never_show_the_address() {
    let cases = [
        (Reply::error(400, "ErrorImportStream"), Kind::Item, Guidance::TargetItemRefused, false),
        (Reply::error(404, "ErrorItemNotFound"), Kind::Item, Guidance::TargetFolderGone, false),
        (Reply::error(404, "MailboxNotEnabledForRESTAPI"), Kind::Retry, Guidance::TargetRecipientMissing, false),
        (Reply::text(413, ""), Kind::Item, Guidance::TargetItemTooLarge, false),
        (Reply::error(403, "ErrorAccessDenied"), Kind::Mailbox, Guidance::TargetPermissionMissing, false),
        (Reply::error(403, "Authorization_RequestDenied"), Kind::Run, Guidance::TargetPermissionMissing, false),
        (Reply::error(400, "ErrorQuotaExceeded"), Kind::Mailbox, Guidance::TargetUnexpected, false),
        (Reply::error(507, "ErrorQuotaExceeded"), Kind::Mailbox, Guidance::TargetUnexpected, false),
        (Reply::error(403, "ErrorQuotaExceeded"), Kind::Mailbox, Guidance::TargetUnexpected, false),
        (Reply::error(400, "ApplicationThrottled"), Kind::Retry, Guidance::TargetBusy, false),
        (
            Reply::status(
                400,
                json!({"error": {"code": "x", "message": format!("no importItem?authtoken={TOKEN}")}}),
            ),
            Kind::Item,
            Guidance::TargetItemRefused,
            false,
        ),
        (Reply::error(503, "ErrorServerBusy"), Kind::Retry, Guidance::TargetBusy, true),
        (Reply::error(500, "ErrorInternal"), Kind::Retry, Guidance::TargetUnexpected, true),
        (Reply::text(504, "<html>"), Kind::Retry, Guidance::TargetUnexpected, true),
        (Reply::text(200, "{\"itemId\":\"AA"), Kind::Retry, Guidance::TargetAnswerMalformed, true),
        (Reply::text(200, ""), Kind::Retry, Guidance::TargetAnswerMalformed, true),
        (Reply::dropped(), Kind::Retry, Guidance::TargetUnreachable, true),
        (Reply::truncated("{\"itemId\":\"AA"), Kind::Retry, Guidance::TargetUnreachable, true),
        (
            Reply::text(302, "").header("location", "https://elsewhere.example/"),
            Kind::Item,
            Guidance::TargetUnexpected,
            false,
        ),
    ];
    for (reply, kind, guidance, lost) in cases {
        let fake = with_session().await.on(IMPORT, reply.clone());
        let problem = import(&connection(&fake)).await.unwrap_err();
        assert_eq!((problem.kind, problem.guidance), (kind, guidance), "{reply:?}");
        let cause = problem.cause.clone().unwrap();
        assert_eq!(cause.starts_with("answer lost"), lost, "{cause}");
        assert!(!format!("{problem:?} {problem}").contains(TOKEN));
    }
}

#[tokio::test]
async fn throttling_without_a_time_means_thirty_seconds() {
    let fake = with_session().await.on(IMPORT, Reply::error(429, "TooManyRequests"));
    let fake = fake.on(IMPORT, Reply::error(429, "TooManyRequests").header("retry-after", "7"));
    let connection = connection(&fake);
    for seconds in [30, 7] {
        let problem = import(&connection).await.unwrap_err();
        assert_eq!((problem.kind, problem.guidance), (Kind::Wait, Guidance::TargetBusy));
        assert_eq!(problem.retry_after.unwrap().as_secs(), seconds);
    }
}

/// A gateway may say 503 of what the server behind it has done.
#[tokio::test]
async fn a_busy_service_may_have_done_its_work_and_its_pause_is_told() {
    for status in [408, 500, 502, 503, 504] {
        let reply = Reply::error(status, "ErrorServerBusy").header("retry-after", "7");
        let problem = import(&connection(&with_session().await.on(IMPORT, reply))).await.unwrap_err();
        assert_eq!((problem.kind, problem.retry_after.unwrap().as_secs()), (Kind::Retry, 7), "{status}");
        assert!(problem.cause.unwrap().starts_with("answer lost"), "{status}");
    }
}

#[tokio::test]
async fn what_is_too_large_is_not_sent() {
    let fake = Fake::start().await;
    let limit = connection(&fake).largest_item() as usize;
    let problem = connection(&fake).import(&id(), &FolderId("F".into()), &content(limit + 1)).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Item, Guidance::TargetItemTooLarge));
    assert_eq!(problem.values["limit"], "112500000");
    assert!(fake.keys().is_empty());
}

#[tokio::test]
async fn an_unusable_import_address_is_refused_without_being_shown() {
    for url in [format!("http://elsewhere.example/?authtoken={TOKEN}"), format!("not a url {TOKEN}")] {
        let fake = Fake::start().await.on(SESSION, Reply::ok(json!({"importUrl": url})));
        let problem = import(&connection(&fake)).await.unwrap_err();
        assert_eq!(problem.guidance, Guidance::TargetAnswerMalformed);
        assert!(!format!("{problem:?}").contains(TOKEN));
    }
    let address = format!("\"https://x.example/?authtoken={TOKEN}");
    for body in [format!("{{\"importUrl\":{address}"), format!("{address}\""), format!("{{\"value\":{address}\"}}")] {
        let fake = Fake::start().await.on(SESSION, Reply::text(200, &body));
        let problem = import(&connection(&fake)).await.unwrap_err();
        assert_eq!((problem.kind, problem.guidance), (Kind::Retry, Guidance::TargetAnswerMalformed));
        assert!(!format!("{problem:?}").contains(TOKEN));
    }
}

#[tokio::test]
async fn an_item_is_replaced_with_its_current_change_key() {
    let current = Reply::ok(json!({"id": "old", "changeKey": "CK-2"}));
    let fake = with_session().await.on(ITEM, current.clone()).on(IMPORT, imported("new"));
    let (folder, old) = (FolderId("F".into()), ItemId("old".into()));
    let replaced = connection(&fake).replace(&id(), &folder, &old, &content(3)).await;
    assert_eq!(replaced, Ok(ItemId("new".into())));
    let expected: Value =
        json!({"FolderId": "F", "Mode": "update", "ItemId": "old", "ChangeKey": "CK-2", "Data": "AQEB"});
    assert_eq!(fake.one(IMPORT).json(), expected);

    let gone = with_session().await.on(ITEM, Reply::error(404, "ErrorItemNotFound"));
    let problem = connection(&gone).replace(&id(), &folder, &old, &content(3)).await.unwrap_err();
    assert_eq!((problem.kind, problem.guidance), (Kind::Item, Guidance::TargetItemMissing));

    let answers = [
        (Reply::error(404, "ErrorItemNotFound"), Kind::Item, Guidance::TargetItemMissing),
        (Reply::error(409, "ErrorIrresolvableConflict"), Kind::Retry, Guidance::TargetUnexpected),
        (Reply::error(412, "ErrorIrresolvableConflict"), Kind::Retry, Guidance::TargetUnexpected),
    ];
    for (reply, kind, guidance) in answers {
        let fake = with_session().await.on(ITEM, current.clone()).on(IMPORT, reply);
        let problem = connection(&fake).replace(&id(), &folder, &old, &content(3)).await.unwrap_err();
        assert_eq!((problem.kind, problem.guidance), (kind, guidance));
    }
}
