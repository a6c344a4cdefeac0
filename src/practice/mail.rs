//! Mailboxes filled from folders of real mail: message files and mbox files, recognised by their content.
//!
//! Files are dealt to the mailboxes in turn, in sorted order; an mbox file is dealt as a whole. What lies directly in
//! a folder goes to the inbox, sub-folders become mail folders of the same name. Everything that a reader of the
//! message would see is kept: header fields, every part as body or attachment, nested messages as messages. Text before
//! and after the parts of a multipart is not, as RFC 2046 5.1.1 has it. A message that states no date gets that of
//! its file; one without Message-ID gets none.

mod body;
pub(super) mod convert;
mod head;
mod mbox;
mod recognise;
mod walk;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::store::{FolderKey, Mailbox};

/// The largest file in bytes.
const LARGEST_FILE: u64 = 1024 * 1024 * 1024;

/// Why a file is not carried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Nothing in it looks like mail.
    NotMail,
    /// It is an mbox file with mail, but a part of it has no header.
    PartNotMail,
    /// It has no content.
    Empty,
    /// It is larger than a gibibyte.
    TooLarge,
    /// It is a link that leads to a folder or nowhere.
    Link,
    /// It is neither file nor folder.
    Special,
    /// It is a folder nested more than thirty deep.
    TooDeep,
}

/// A file that is not carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// The file.
    pub file: PathBuf,
    /// Why.
    pub reason: Reason,
}

/// Why the mail of a folder cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// A file or folder cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A folder holds no mail at all.
    #[error("no mail in {folder}")]
    NoMail {
        /// The folder.
        folder: PathBuf,
    },
}

/// Deals the mail of all folders to the mailboxes and says which files are no mail.
pub fn deal(folders: &[PathBuf], mailboxes: &mut [Mailbox], seed: u64) -> Result<Vec<Rejected>, MailError> {
    let mut dealer = Dealer { mailboxes, seed, files: 0, messages: 0, rejected: Vec::new() };
    for folder in folders {
        let before = dealer.files;
        let walk = walk::walk(folder)?;
        dealer.rejected.extend(walk.odd.into_iter().map(|(file, reason)| Rejected { file, reason }));
        for found in walk.files {
            dealer.take(found)?;
        }
        if dealer.files == before {
            return Err(MailError::NoMail { folder: folder.clone() });
        }
    }
    Ok(dealer.rejected)
}

struct Dealer<'a> {
    mailboxes: &'a mut [Mailbox],
    seed: u64,
    files: usize,
    messages: u64,
    rejected: Vec<Rejected>,
}

impl Dealer<'_> {
    fn take(&mut self, found: walk::Found) -> Result<(), MailError> {
        let (content, dated) = match read(&found.file)? {
            Ok(read) => read,
            Err(reason) => {
                self.rejected.push(Rejected { file: found.file, reason });
                return Ok(());
            }
        };
        let recognise::Content { messages, others } = recognise::messages(&content);
        let mut items = Vec::new();
        for message in &messages {
            items.extend(convert::item(message, dated, self.seed, self.messages + items.len() as u64));
        }
        let turn = self.files % self.mailboxes.len().max(1);
        let Some(mailbox) = self.mailboxes.get_mut(turn).filter(|_| !items.is_empty()) else {
            self.rejected.push(Rejected { file: found.file, reason: Reason::NotMail });
            return Ok(());
        };
        if others > 0 || items.len() < messages.len() {
            self.rejected.push(Rejected { file: found.file, reason: Reason::PartNotMail });
        }
        self.files += 1;
        self.messages += items.len() as u64;
        let folder = folder(mailbox, &found.folders);
        for item in items {
            mailbox.add_item(folder, item);
        }
        Ok(())
    }
}

/// The items that a file's content becomes, for the fuzzer.
#[cfg(any(test, fuzzing))]
pub(super) fn fuzz_items(content: &[u8]) -> Vec<crate::mapi::Item> {
    let messages = recognise::messages(content).messages;
    messages.iter().filter_map(|message| convert::item(message, 0, 1, 0)).collect()
}

/// A file's content and the seconds since 1970 of its last change.
fn read(file: &Path) -> Result<Result<(Vec<u8>, i64), Reason>, MailError> {
    let unreadable = |source| MailError::Unreadable { path: file.to_owned(), source };
    let facts = fs::metadata(file).map_err(unreadable)?;
    if facts.len() > LARGEST_FILE {
        return Ok(Err(Reason::TooLarge));
    }
    let content = fs::read(file).map_err(unreadable)?;
    if content.is_empty() {
        return Ok(Err(Reason::Empty));
    }
    let changed = facts.modified().map_err(unreadable)?.duration_since(UNIX_EPOCH);
    let dated = changed.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(0));
    Ok(Ok((content, dated)))
}

/// The mail folder of a path of names: the inbox for none; made where it is missing. A first name that is one of the
/// mailbox's standard folders means that folder.
fn folder(mailbox: &mut Mailbox, names: &[String]) -> FolderKey {
    let key = |mailbox: &Mailbox, id: &str| mailbox.distinguished(id).map_or(1, |folder| folder.key);
    let mut at = if names.is_empty() { key(mailbox, "inbox") } else { key(mailbox, "msgfolderroot") };
    for name in names {
        let same = |known: &str, standard: bool| known == name || standard && known.eq_ignore_ascii_case(name);
        let known = mailbox.folders().find(|folder| {
            let sibling = folder.parent == Some(at) && folder.class == "IPF.Note";
            sibling && same(&folder.name, folder.distinguished.is_some())
        });
        at = match known.map(|folder| folder.key) {
            Some(key) => key,
            None => mailbox.add_folder(Some(at), name, "IPF.Note", None),
        };
    }
    at
}

#[cfg(test)]
mod tests;
