//! Faults strike when their file says so, and the same way every time.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

fn faults(text: &str) -> Result<Faults, FaultsError> {
    Faults::parse(text, Path::new("faults.toml"))
}

fn hits(faults: &Faults, operation: &str, requests: usize) -> Vec<usize> {
    (1..=requests).filter(|_| faults.strike(Side::Exchange, operation).is_some()).collect()
}

fn rule(selection: &str) -> Faults {
    faults(&format!("[[fault]]\nside = \"exchange\"\noperation = \"Export*\"\nkind = \"drop_after\"\n{selection}"))
        .unwrap()
}

#[test]
fn every_at_and_times_select() {
    assert_eq!(hits(&rule("every = 3"), "ExportItems", 10), [3, 6, 9]);
    assert_eq!(hits(&rule("every = 3\ntimes = 2"), "ExportItems", 20), [3, 6]);
    assert_eq!(hits(&rule("at = [1, 5]"), "ExportItems", 10), [1, 5]);
    assert_eq!(hits(&rule(""), "ExportItems", 3), [1, 2, 3]);
    assert!(hits(&rule(""), "GetItem", 3).is_empty());
    assert_eq!(rule("").strike(Side::Microsoft365, "ExportItems"), None);
}

#[test]
fn a_share_is_drawn_from_the_seed() {
    let some = hits(&rule("share = 0.2\nseed = 7"), "ExportItems", 500);
    assert_eq!(some, hits(&rule("share = 0.2\nseed = 7"), "ExportItems", 500));
    assert_ne!(some, hits(&rule("share = 0.2\nseed = 8"), "ExportItems", 500));
    assert!((60..140).contains(&some.len()), "{}", some.len());
}

#[test]
fn requests_of_other_operations_do_not_count() {
    let faults = rule("at = [2]");
    assert_eq!(faults.strike(Side::Exchange, "ExportItems"), None);
    assert_eq!(faults.strike(Side::Exchange, "GetItem"), None);
    assert_eq!(faults.strike(Side::Exchange, "ExportItems"), Some(Strike::DropAfter));
}

#[test]
fn kinds_become_strikes() {
    let text = r#"
        [[fault]]
        side = "microsoft365"
        operation = "POST *importItem*"
        kind = "throttle"
        pause = 1.5
        times = 1
        [[fault]]
        side = "microsoft365"
        operation = "*"
        kind = "reject"
        status = 503
        code = "ErrorServerBusy"
    "#;
    let faults = faults(text).unwrap();
    let first = faults.strike(Side::Microsoft365, "POST /import/importItem");
    assert_eq!(first, Some(Strike::Refuse(Refusal::Throttle { pause: Some(1.5) })));
    let second = faults.strike(Side::Microsoft365, "POST /import/importItem");
    let reject = Refusal::Reject { status: 503, code: "ErrorServerBusy".to_owned(), pause: None };
    assert_eq!(second, Some(Strike::Refuse(reject)));
}

#[test]
fn an_unknown_key_is_named() {
    let text = "[[fault]]\nside = \"exchange\"\noperation = \"*\"\nkind = \"truncate\"\nevry = 2\n";
    let Err(FaultsError::Syntax { message, .. }) = faults(text) else { panic!("accepted") };
    assert!(message.contains("evry"), "{message}");
    let Err(FaultsError::Syntax { message, .. }) = faults("[[faults]]\n") else { panic!("accepted") };
    assert!(message.contains("faults"), "{message}");
}

#[test]
fn senseless_values_name_their_key_and_the_rule() {
    let told = |kind: &str, rest: &str| {
        let text = format!("[[fault]]\nside = \"exchange\"\noperation = \"*\"\nkind = \"{kind}\"\n{rest}");
        match faults(&text) {
            Err(FaultsError::Value { key, rule, number: 1, .. }) => format!("{key} {rule}"),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(told("throttle", "every = 0"), "every from-one");
    assert_eq!(told("throttle", "every = 2\nshare = 0.5"), "every one-of-three");
    assert_eq!(told("throttle", "at = [1]\nshare = 0.5"), "every one-of-three");
    assert_eq!(told("throttle", "at = []"), "at list-from-one");
    assert_eq!(told("throttle", "share = 1.5"), "share share");
    assert_eq!(told("throttle", "every = 2\nseed = 1"), "seed with-share");
    assert_eq!(told("truncate", "pause = 1.0"), "pause pauses");
    assert_eq!(told("delay", ""), "pause needed");
    assert_eq!(told("delay", "pause = nan"), "pause pause");
    assert_eq!(told("reject", "code = \"X\""), "status needed");
    assert_eq!(told("reject", "status = 200\ncode = \"X\""), "status status");
    assert_eq!(told("reject", "status = 500"), "code needed");
    assert_eq!(told("reject_after", "code = \"X\""), "status needed");
    assert_eq!(told("drop_after", "status = 500"), "status rejects");
    assert_eq!(told("drop_after", "code = \"X\""), "code rejects");
}

#[test]
fn an_operation_that_there_is_not_is_noticed() {
    let known = |side: &str, operation: &str| {
        let rule = format!("[[fault]]\nside = \"{side}\"\noperation = \"{operation}\"\nkind = \"drop_after\"");
        match faults(&rule).unwrap().named(Path::new("faults.toml")) {
            Ok(_) => true,
            Err(FaultsError::Value { key: "operation", .. }) => false,
            other => panic!("{other:?}"),
        }
    };
    for operation in ["*", "SyncFolderItems", "ExportItems", "Export*", "Autodiscover", "*Item*"] {
        assert!(known("exchange", operation), "{operation}");
    }
    for operation in ["", "ExportItem", "exportitems", "POST importItem", "Add-*"] {
        assert!(!known("exchange", operation), "{operation}");
    }
    for operation in [
        "*",
        "POST importItem",
        "POST *importItem*",
        "POST createImportSession",
        "POST *token*",
        "*-DistributionGroupMember",
        "Get-Recipient",
        "GET /users/{id}",
        "GET /users/{id}/mailFolders/*",
        "GET */messages/delta",
        "* /users/{id}/assignLicense",
        "POST /users",
        "POST /$batch",
        "GET /directory/deletedItems/microsoft.graph.user",
    ] {
        assert!(known("microsoft365", operation), "{operation}");
    }
    for operation in [
        "",
        "ImportItem",
        "ExportItems",
        "Add-DistributionGroupMembers",
        "GET /user/{id}",
        "users/{id}",
        "FETCH /users",
    ] {
        assert!(!known("microsoft365", operation), "{operation}");
    }
}

#[test]
fn patterns_match_whole_names() {
    let matches = |pattern: &str, text: &str| glob(pattern.as_bytes(), text.as_bytes());
    assert!(matches("*", "") && matches("*", "GetItem") && matches("Get*", "GetItem") && matches("*Item", "GetItem"));
    assert!(matches("POST *import*", "POST /x/importItem") && matches("a*b*c", "aXbYbZc"));
    assert!(!matches("Get", "GetItem") && !matches("", "x") && !matches("a*b", "aXbY"));
}
