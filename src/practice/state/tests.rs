//! What is kept comes back, and a folder has one user at a time.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::mapi::{Properties, pid};
use crate::practice::company;
use crate::practice::typed::Typed;

const PORTS: Ports = Ports { exchange: 1, microsoft365: 2 };

fn keep(state: &mut State, organisation: &Organisation, visible: &[String]) {
    state.keep_authority("certificate", "key").unwrap();
    state.keep_mailboxes(organisation).unwrap();
    state.keep_company(organisation, visible, PORTS).unwrap();
}

/// An item's content, without the ids under which a stream numbers named properties.
fn content(item: &crate::mapi::Item) -> Vec<u8> {
    crate::mapi::stream::encode(item).unwrap()
}

#[test]
fn an_organisation_comes_back_with_its_mailboxes() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("new");
    let (organisation, visible) = company::generated(3, 12, 5, Profile::Se);
    let mut state = State::open(&folder).unwrap();
    assert!(state.load().unwrap().is_none());
    keep(&mut state, &organisation, &visible);
    drop(state);
    let kept = State::open(&folder).unwrap().load().unwrap().unwrap();
    assert_eq!(
        (kept.visible, kept.ports, kept.certificate.as_str(), kept.key.as_str()),
        (visible, PORTS, "certificate", "key")
    );
    assert_eq!(kept.organisation.profile, Profile::Se);
    assert_eq!(kept.organisation.administrator.password, organisation.administrator.password);
    assert!(kept.organisation.entries == organisation.entries);
    for (address, mailbox) in &organisation.mailboxes {
        let (before, after) =
            (mailbox.read().unwrap().to_parts(), kept.organisation.mailboxes[address].read().unwrap().to_parts());
        assert!(before.folders == after.folders && before.counter == after.counter && before.next == after.next);
        assert_eq!(before.items.len(), after.items.len());
        for (before, after) in before.items.iter().zip(&after.items) {
            assert_eq!((before.key, before.folder, before.created), (after.key, after.folder, after.created));
            assert!(content(&before.item) == content(&after.item));
        }
    }
}

#[test]
fn only_changed_mailboxes_are_written_and_changes_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let (organisation, visible) = company::generated(2, 10, 5, Profile::E2016);
    let mut state = State::open(folder.path()).unwrap();
    keep(&mut state, &organisation, &visible);
    let names = || -> std::collections::BTreeSet<_> {
        std::fs::read_dir(folder.path().join(MAILBOXES)).unwrap().map(|entry| entry.unwrap().file_name()).collect()
    };
    let before = names();
    let address = &visible[0];
    let (key, gone) = {
        let mut mailbox = organisation.mailboxes[address].write().unwrap();
        let keys: Vec<_> = mailbox.items().map(|item| item.key).collect();
        mailbox.change_item(keys[0], false, |item| {
            item.text(pid::SUBJECT, "changed");
        });
        mailbox.remove_item(keys[1]);
        (keys[0], keys[1])
    };
    keep(&mut state, &organisation, &visible);
    assert_eq!(before.len(), names().len());
    assert_eq!(before.difference(&names()).count(), 1);
    drop(state);
    let kept = State::open(folder.path()).unwrap().load().unwrap().unwrap();
    let mailbox = kept.organisation.mailboxes[address].read().unwrap();
    assert_eq!(
        mailbox.item(key).unwrap().item.value(pid::SUBJECT),
        Some(&crate::mapi::Value::Unicode("changed".to_owned()))
    );
    assert!(mailbox.item(gone).is_none());
    assert_eq!(mailbox.to_parts().gone.len(), 1);
}

#[test]
fn what_could_not_be_written_is_written_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let (organisation, visible) = company::generated(1, 10, 5, Profile::E2016);
    let mut state = State::open(folder.path()).unwrap();
    // Where the first mailbox's index belongs, there is something that cannot be replaced.
    let obstacle = folder.path().join(MAILBOXES).join("0.json");
    std::fs::create_dir(&obstacle).unwrap();
    assert!(state.keep_mailboxes(&organisation).is_err());
    std::fs::remove_dir(&obstacle).unwrap();
    keep(&mut state, &organisation, &visible);
    assert!(obstacle.is_file());
}

#[test]
fn a_folder_has_one_user() {
    let folder = tempfile::tempdir().unwrap();
    let state = State::open(folder.path()).unwrap();
    assert_eq!(State::open(folder.path()).err().unwrap().kind(), io::ErrorKind::WouldBlock);
    drop(state);
    assert!(State::open(folder.path()).is_ok());
}

#[test]
fn a_damaged_state_is_an_error_and_not_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let (organisation, visible) = company::generated(1, 10, 5, Profile::E2016);
    let mut state = State::open(folder.path()).unwrap();
    keep(&mut state, &organisation, &visible);
    let streams = std::fs::read_dir(folder.path().join(MAILBOXES)).unwrap().map(|entry| entry.unwrap().path());
    let streams: Vec<_> = streams.filter(|path| path.extension().is_some_and(|e| e == "items")).collect();
    for file in streams {
        let bytes = std::fs::read(&file).unwrap();
        std::fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    }
    assert!(state.load().is_err());
    std::fs::write(folder.path().join(COMPANY), "{").unwrap();
    assert!(state.load().is_err());
}

#[cfg(unix)]
#[test]
fn only_the_user_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let state = State::open(&folder.path().join("state")).unwrap();
    state.keep_authority("certificate", "key").unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(state.folder()), 0o700);
    assert_eq!(mode(&state.folder().join(KEY)), 0o600);
}
