//! The practice organisation on disk: `practice.json` with the company, its credentials and ports, a pair of files for
//! every mailbox, the authority with its key, and what the cloud keeps of its own.
//!
//! Everything is replaced as a whole and only readable by the user. A mailbox is an index beside its items, which are
//! streams one after the other; the index names its items' file, and it is replaced last, so that both always agree.

mod files;
mod mailbox;

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use serde::{Deserialize, Serialize};

pub(super) use files::{create_private, read, replace};

use super::organisation::{Administrator, Entry, Organisation, Profile};

/// The form of the files; another number is not read.
const FORM: u32 = 1;
/// The company.
const COMPANY: &str = "practice.json";
/// The authority's certificate.
pub(super) const CERTIFICATE: &str = "ca.pem";
/// The authority's key.
const KEY: &str = "ca.key";
/// Locked while a practice organisation uses the folder.
const LOCK: &str = "lock";
/// Folder of the mailboxes.
const MAILBOXES: &str = "mailboxes";
/// Folder of the cloud.
const CLOUD: &str = "microsoft365";

/// The ports of both servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ports {
    pub exchange: u16,
    pub microsoft365: u16,
}

/// What is kept of a practice organisation, but for mailboxes, authority and cloud.
#[derive(Serialize, Deserialize)]
struct Company {
    form: u32,
    domain: String,
    name: String,
    profile: String,
    administrator: (String, String, String),
    entries: Vec<Entry>,
    visible: Vec<String>,
    mailboxes: Vec<String>,
    ports: Ports,
}

/// A practice organisation as it was kept.
pub(super) struct Kept {
    pub organisation: Organisation,
    pub visible: Vec<String>,
    pub ports: Ports,
    pub certificate: String,
    pub key: String,
}

/// A state folder in use.
pub(super) struct State {
    folder: PathBuf,
    _lock: File,
    /// Change counter of each mailbox when it was last written.
    written: BTreeMap<String, u64>,
}

impl State {
    /// Takes a folder into use, making it where it is missing. A folder that another process uses is refused with
    /// `WouldBlock`.
    pub(super) fn open(folder: &Path) -> io::Result<State> {
        create_private(folder)?;
        create_private(&folder.join(MAILBOXES))?;
        let folder = folder.canonicalize()?;
        let lock = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK))?;
        lock.try_lock().map_err(io::Error::from)?;
        Ok(State { folder, _lock: lock, written: BTreeMap::new() })
    }

    /// The folder, absolute.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder in which the cloud keeps its own.
    pub(super) fn cloud(&self) -> PathBuf {
        self.folder.join(CLOUD)
    }

    /// What was kept; `None` in a new folder.
    pub(super) fn load(&mut self) -> io::Result<Option<Kept>> {
        let Some(company) = read(&self.folder.join(COMPANY))? else { return Ok(None) };
        let company: Company = serde_json::from_slice(&company)?;
        if company.form != FORM {
            return Err(invalid(format!("form {} of the state is unknown", company.form)));
        }
        let mut mailboxes = BTreeMap::new();
        for (number, address) in company.mailboxes.into_iter().enumerate() {
            let mailbox = mailbox::load(&self.folder.join(MAILBOXES), number)?;
            self.written.insert(address.clone(), mailbox.counter());
            mailboxes.insert(address, Arc::new(RwLock::new(mailbox)));
        }
        let (email, user_name, password) = company.administrator;
        let profile = <Profile as clap::ValueEnum>::from_str(&company.profile, false).map_err(invalid)?;
        let organisation = Organisation {
            domain: company.domain,
            name: company.name,
            profile,
            administrator: Administrator { email, user_name, password },
            entries: company.entries,
            mailboxes,
        };
        let (certificate, key) = (self.text(CERTIFICATE)?, self.text(KEY)?);
        Ok(Some(Kept { organisation, visible: company.visible, ports: company.ports, certificate, key }))
    }

    fn text(&self, name: &str) -> io::Result<String> {
        let bytes = read(&self.folder.join(name))?.ok_or_else(|| invalid(format!("{name} is missing")))?;
        String::from_utf8(bytes).map_err(invalid)
    }

    /// Keeps the authority.
    pub(super) fn keep_authority(&self, certificate: &str, key: &str) -> io::Result<()> {
        replace(&self.folder.join(KEY), key.as_bytes())?;
        replace(&self.folder.join(CERTIFICATE), certificate.as_bytes())
    }

    /// Keeps every mailbox that has changed since it was last kept.
    pub(super) fn keep_mailboxes(&mut self, organisation: &Organisation) -> io::Result<()> {
        for (number, (address, mailbox)) in organisation.mailboxes.iter().enumerate() {
            let counter = mailbox.read().unwrap_or_else(PoisonError::into_inner).counter();
            if self.written.get(address) != Some(&counter) {
                // Copied first: clients do not wait for the disk.
                let parts = mailbox.read().unwrap_or_else(PoisonError::into_inner).to_parts();
                mailbox::keep(&self.folder.join(MAILBOXES), number, &parts)?;
                self.written.insert(address.clone(), parts.counter);
            }
        }
        Ok(())
    }

    /// Keeps the company. What it names must have been kept before: with this file the state is complete.
    pub(super) fn keep_company(&self, of: &Organisation, visible: &[String], ports: Ports) -> io::Result<()> {
        let profile = clap::ValueEnum::to_possible_value(&of.profile).map(|value| value.get_name().to_owned());
        let administrator = of.administrator.clone();
        let company = Company {
            form: FORM,
            domain: of.domain.clone(),
            name: of.name.clone(),
            profile: profile.unwrap_or_default(),
            administrator: (administrator.email, administrator.user_name, administrator.password),
            entries: of.entries.clone(),
            visible: visible.to_vec(),
            mailboxes: of.mailboxes.keys().cloned().collect(),
            ports,
        };
        replace(&self.folder.join(COMPANY), &serde_json::to_vec(&company)?)
    }
}

fn invalid(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests;
