//! The practice company as a whole: its directory with a mailbox for everybody who has one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use super::generate;
use super::mail::{self, MailError, Rejected};
use super::organisation::directory::{ADMINISTRATOR, COMPANY, DOMAIN, Directory, directory, language};
use super::organisation::{Administrator, Entry, EntryKind, Organisation, Profile};
use super::store::Mailbox;

/// Letters of the administrator's password: none that XML, JSON or a shell treats specially.
const LETTERS: &[u8] = b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Length of the administrator's password.
const PASSWORD: usize = 20;
/// Items of the hidden person's mailbox, at most.
const HIDDEN_ITEMS: usize = 20;

/// A company whose visible mailboxes have so many generated items each, with the addresses of those.
#[cfg(test)]
pub(super) fn generated(mailboxes: usize, items: usize, seed: u64, profile: Profile) -> (Organisation, Vec<String>) {
    heavy(mailboxes, items, 0, seed, profile)
}

/// A company whose visible mailboxes have so many generated items each, with the addresses of those; and each one
/// message more, with an attachment of so many bytes, if any.
pub(super) fn heavy(
    mailboxes: usize,
    items: usize,
    attachment: usize,
    seed: u64,
    profile: Profile,
) -> (Organisation, Vec<String>) {
    let bulk = (attachment > 0).then(|| generate::bulk(attachment, seed));
    let Directory { entries, visible } = directory(mailboxes);
    let mut filled = BTreeMap::new();
    for (number, owner) in owners(&entries).enumerate() {
        let items = match (owner.hidden, owner.alias == ADMINISTRATOR) {
            (_, true) => 0,
            (true, _) => items.min(HIDDEN_ITEMS),
            _ => items,
        };
        // The first visible mailbox is the first of all; the hidden ones come last.
        let number = visible.iter().position(|address| *address == owner.address).unwrap_or(visible.len() + number);
        let mut mailbox = generate::mailbox(owner, number, &entries, items, seed);
        if let Some(bulk) = bulk.clone().filter(|_| visible.contains(&owner.address)) {
            generate::add_heavy(&mut mailbox, owner, number, &entries, seed, bulk);
        }
        filled.insert(owner.address.clone(), mailbox);
    }
    (organisation(entries, filled, profile), visible)
}

/// A company whose visible mailboxes are filled from folders of mail, with their addresses and the files that are no
/// mail. Hidden mailboxes are empty.
pub(super) fn from_mail(
    mailboxes: usize,
    folders: &[PathBuf],
    seed: u64,
    profile: Profile,
) -> Result<(Organisation, Vec<String>, Vec<Rejected>), MailError> {
    let Directory { entries, visible } = directory(mailboxes);
    let empty = |owner: &Entry| generate::folders::standard(language(owner));
    let mut filled: BTreeMap<_, _> = owners(&entries).map(|owner| (owner.address.clone(), empty(owner))).collect();
    let mut dealt: Vec<_> = visible.iter().filter_map(|address| filled.remove(address)).collect();
    let rejected = mail::deal(folders, &mut dealt, seed)?;
    filled.extend(visible.iter().cloned().zip(dealt));
    Ok((organisation(entries, filled, profile), visible, rejected))
}

/// Everybody who has a mailbox.
fn owners(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    use EntryKind::{EquipmentMailbox, RoomMailbox, SharedMailbox, UserMailbox};
    entries.iter().filter(|entry| matches!(entry.kind, UserMailbox | SharedMailbox | RoomMailbox | EquipmentMailbox))
}

fn organisation(entries: Vec<Entry>, mailboxes: BTreeMap<String, Mailbox>, profile: Profile) -> Organisation {
    let netbios = DOMAIN.split('.').next().unwrap_or(DOMAIN).to_uppercase();
    let administrator = Administrator {
        email: format!("{ADMINISTRATOR}@{DOMAIN}"),
        user_name: format!("{netbios}\\{ADMINISTRATOR}"),
        password: password(),
    };
    let shared = |(address, mailbox): (String, Mailbox)| (address.to_lowercase(), Arc::new(RwLock::new(mailbox)));
    Organisation {
        domain: DOMAIN.to_owned(),
        name: COMPANY.to_owned(),
        profile,
        administrator,
        entries,
        mailboxes: mailboxes.into_iter().map(shared).collect(),
    }
}

/// An invented password. It is not drawn from the seed: other users of this computer may know that.
fn password() -> String {
    let letter = || char::from(LETTERS[usize::from(rand::random::<u16>()) % LETTERS.len()]);
    std::iter::repeat_with(letter).take(PASSWORD).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::mapi::{Properties, pid};

    #[test]
    fn everybody_has_a_mailbox_and_the_administrators_is_empty() {
        let (organisation, visible) = generated(6, 15, 1, Profile::E2016);
        let count = |address: &str| organisation.mailboxes[address].read().unwrap().items().count();
        assert_eq!(organisation.mailboxes.len(), 8);
        assert!(visible.iter().all(|address| count(address) == 15));
        assert_eq!(count(&organisation.administrator.email), 0);
        assert_eq!(count("ingrid.falk@aldernook.example"), 15);
        assert_eq!(organisation.administrator.user_name, "ALDERNOOK\\migration.admin");
        assert_eq!(organisation.administrator.password.len(), PASSWORD);
    }

    #[test]
    fn every_visible_mailbox_has_its_heavy_message_and_its_bytes_are_shared() {
        let (organisation, visible) = heavy(3, 2, 100_000, 1, Profile::E2016);
        let mut places = std::collections::BTreeSet::new();
        for address in &visible {
            let mailbox = organisation.mailboxes[address].read().unwrap();
            let stored = mailbox.items().max_by_key(|stored| stored.item.attachments.len()).unwrap();
            let data = stored.item.attachments.last().unwrap().value(pid::ATTACH_DATA).unwrap().binary().unwrap();
            assert_eq!((mailbox.items().count(), data.len()), (3, 100_000));
            places.insert(data.as_ptr());
        }
        assert_eq!(places.len(), 1);
        let administrators = &organisation.mailboxes[&organisation.administrator.email];
        assert_eq!(administrators.read().unwrap().items().count(), 0);
    }

    #[test]
    fn mail_fills_only_visible_mailboxes() {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..5 {
            std::fs::write(folder.path().join(format!("{number}.eml")), "Subject: x\n\nbody\n").unwrap();
        }
        let folders = [folder.path().to_owned()];
        let (organisation, visible, rejected) = from_mail(3, &folders, 1, Profile::E2016).unwrap();
        let counts: Vec<_> =
            visible.iter().map(|address| organisation.mailboxes[address].read().unwrap().items().count()).collect();
        assert_eq!(counts, [2, 2, 1]);
        assert!(rejected.is_empty());
        assert!(from_mail(3, &[folder.path().join("none")], 1, Profile::E2016).is_err());
    }
}
