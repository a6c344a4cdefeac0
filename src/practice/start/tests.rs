//! A practice organisation starts quickly, is trusted by its own certificate, and comes back from its folder.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::http;
use crate::practice::{Rejected, mail::Reason};

fn small() -> Options {
    Options { mailboxes: 2, messages: 12, speed: 1000.0, ..Options::default() }
}

/// Status of a request to a URL, trusting the authority that was told.
async fn status(ready: &Ready, url: &str) -> u16 {
    let authority = std::fs::read(&ready.ca_certificate).unwrap();
    let client = http::client(Some(&authority), false).unwrap();
    http::send(client.get(url), 1 << 20).await.unwrap().status.as_u16()
}

#[tokio::test]
async fn both_servers_answer_and_the_temporary_folder_goes() {
    let practice = start(small()).await.unwrap();
    let ready = practice.ready.clone();
    assert_eq!(status(&ready, &ready.exchange.ews_url).await, 401);
    assert_eq!(status(&ready, &format!("{}/users", ready.microsoft365.graph_url)).await, 401);
    let folder = Path::new(&ready.settings).parent().unwrap().to_owned();
    assert!(
        folder.is_absolute() && std::fs::read_to_string(&ready.settings).unwrap().contains(&ready.ca_certificate)
    );
    assert_eq!(ready.mailboxes.len(), 2);
    assert!(practice.rejected.is_empty());
    practice.shutdown().await.unwrap();
    assert!(!folder.exists());
}

#[tokio::test]
async fn a_kept_organisation_comes_back_with_ports_authority_and_credentials() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { state: Some(folder.path().join("state")), ..small() };
    let first = start(options.clone()).await.unwrap();
    let before = serde_json::to_string(&first.ready).unwrap();
    let authority = std::fs::read(&first.ready.ca_certificate).unwrap();
    assert!(
        matches!(start(options.clone()).await, Err(Error::State { source, .. }) if source.kind() == io::ErrorKind::WouldBlock)
    );
    {
        let mut mailbox = first.organisation.mailboxes[&first.ready.mailboxes[0].email].write().unwrap();
        let key = mailbox.items().next().unwrap().key;
        mailbox.remove_item(key);
    }
    first.shutdown().await.unwrap();
    let second = start(options).await.unwrap();
    assert_eq!(serde_json::to_string(&second.ready).unwrap(), before);
    assert_eq!(std::fs::read(&second.ready.ca_certificate).unwrap(), authority);
    assert_eq!(status(&second.ready, &second.ready.exchange.ews_url).await, 401);
    let count = second.organisation.mailboxes[&second.ready.mailboxes[0].email].read().unwrap().items().count();
    assert_eq!(count, 11);
    second.shutdown().await.unwrap();
}

#[tokio::test]
async fn real_mail_comes_in_and_other_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.eml"), "From: a@b.example\n\nx\n").unwrap();
    std::fs::write(folder.path().join("b.txt"), "no mail").unwrap();
    let options = Options { mail: vec![folder.path().to_owned()], ..small() };
    let practice = start(options).await.unwrap();
    let rejected = Rejected { file: folder.path().join("b.txt"), reason: Reason::NotMail };
    assert_eq!(practice.rejected, [rejected]);
    practice.shutdown().await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_used_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("file"), "x").unwrap();
    std::fs::write(at("faults.toml"), "[[fault]]\nsid = 1\n").unwrap();
    let mail = Options { mail: vec![at("missing")], ..small() };
    assert!(matches!(start(mail).await, Err(Error::Mail(_))));
    let faults = Options { faults: Some(at("faults.toml")), ..small() };
    assert!(matches!(start(faults).await, Err(Error::Faults(_))));
    let state = Options { state: Some(at("file")), ..small() };
    assert!(matches!(start(state).await, Err(Error::State { .. })));
}
