//! The walk over the address list by prefixes of addresses, and the members of groups.
//!
//! Such a walk cannot see what is hidden from address lists; the settings name those mailboxes (`also`). It asks one
//! request at a time, because the server charges directory load to the account. What was heard is kept until a survey
//! is whole, so that a repeated survey goes on where a busy server stopped it.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::directory::finding;
use super::folders::Begun;
use super::request::Operation;
use super::resolve::{self, Entry, Sort};
use super::{Connection, fault, soap};
use crate::engine::port::SurveyProgress;
use crate::engine::problem::{Guidance, Problem};
use crate::engine::recipient::{Address, Size};

/// What the local part of an address starts with, as far as the walk goes.
const FIRST: &str = "abcdefghijklmnopqrstuvwxyz0123456789_-+&'";
/// What else may follow, where an answer was capped.
const FURTHER: &str = ".@";
/// Characters of a prefix, at most.
const DEPTH_LIMIT: usize = 12;
/// Requests of one walk, at most.
const REQUEST_LIMIT: usize = 20_000;
/// Codes that say nobody's address starts so.
const NO_RESULTS: [&str; 3] =
    ["ErrorNameResolutionNoResults", "ErrorInvalidNameForNameResolution", "ErrorADSessionFilter"];

/// The recipients of one prefix.
#[derive(Debug, Clone)]
pub(super) struct Resolved {
    pub(super) entries: Vec<Entry>,
    whole: bool,
}

/// The members of one group.
#[derive(Debug, Clone)]
pub struct Members {
    /// By primary SMTP address; members without mail are not told.
    pub members: Vec<Address>,
    /// Whether these are all.
    pub whole: bool,
}

/// Answers of a survey that is not whole yet.
#[derive(Debug, Default)]
pub struct Heard {
    prefixes: Mutex<HashMap<String, Resolved>>,
    groups: Mutex<HashMap<Address, Members>>,
    measured: Mutex<HashMap<Address, Measured>>,
    begun: Mutex<HashMap<Address, Begun>>,
    hidden: Mutex<HashMap<Address, Result<(), Problem>>>,
    names: Mutex<HashMap<Address, Option<String>>>,
}

/// How much an opened mailbox holds, as far as told; or why it could not be opened.
pub type Measured = Result<Option<Size>, Problem>;

impl Heard {
    /// Starts afresh.
    fn forget(&self) {
        lock(&self.prefixes).clear();
        lock(&self.groups).clear();
        lock(&self.measured).clear();
        lock(&self.begun).clear();
        lock(&self.hidden).clear();
        lock(&self.names).clear();
    }
    /// What is known of a mailbox whose measuring broke off.
    pub fn begun(&self, mailbox: &Address) -> Begun {
        lock(&self.begun).remove(mailbox).unwrap_or_default()
    }
    /// Keeps it.
    pub fn keep_begun(&self, mailbox: &Address, begun: Begun) {
        lock(&self.begun).insert(mailbox.clone(), begun);
    }
    /// What came of looking for a mailbox that the address list does not show; nothing if it was not tried.
    pub fn hidden(&self, mailbox: &Address) -> Option<Result<(), Problem>> {
        lock(&self.hidden).get(mailbox).cloned()
    }
    /// Keeps what came of it.
    pub fn keep_hidden(&self, mailbox: &Address, outcome: Result<(), Problem>) {
        lock(&self.hidden).insert(mailbox.clone(), outcome);
    }
    /// What Autodiscover said of a mailbox's legacyExchangeDN; nothing if it was not asked.
    pub fn name(&self, mailbox: &Address) -> Option<Option<String>> {
        lock(&self.names).get(mailbox).cloned()
    }
    /// Keeps what it said.
    pub fn keep_name(&self, mailbox: &Address, name: Option<String>) {
        lock(&self.names).insert(mailbox.clone(), name);
    }
    /// What came of opening a mailbox; nothing if it was not tried.
    pub fn measured(&self, mailbox: &Address) -> Option<Measured> {
        lock(&self.measured).get(mailbox).cloned()
    }
    /// Keeps what came of opening a mailbox.
    pub fn keep_measured(&self, mailbox: &Address, outcome: Measured) {
        lock(&self.measured).insert(mailbox.clone(), outcome);
    }
}

/// A survey in hand: when it is over, or dropped, what was heard is forgotten, lest a later one tell of a server that is no
/// longer so; unless it is to be repeated soon.
pub struct Listening<'a> {
    heard: &'a Heard,
    goes_on: bool,
}

impl<'a> Listening<'a> {
    /// Begins to listen.
    pub fn to(heard: &'a Heard) -> Listening<'a> {
        Listening { heard, goes_on: false }
    }
    /// Whether this survey is to be repeated soon.
    pub fn goes_on(&mut self, goes_on: bool) {
        self.goes_on = goes_on;
    }
}

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        if !self.goes_on {
            self.heard.forget();
        }
    }
}

impl Connection {
    /// Every recipient that the walk shows, by address.
    pub async fn walk(
        &self,
        findings: &mut Vec<Problem>,
        progress: &(dyn Fn(SurveyProgress) + Send + Sync),
    ) -> Result<BTreeMap<Address, Entry>, Problem> {
        let mut found: BTreeMap<Address, Entry> = BTreeMap::new();
        let mut queue: VecDeque<String> = FIRST.chars().map(String::from).collect();
        let mut requests = 0;
        while let Some(prefix) = queue.pop_front() {
            requests += 1;
            if requests > REQUEST_LIMIT {
                findings.push(finding(Guidance::SourceDirectoryCut).with("prefix", &prefix));
                break;
            }
            let Resolved { entries, whole } = self.resolve(&prefix).await?;
            for entry in entries {
                found.entry(entry.address.clone()).or_insert(entry);
            }
            if !whole && prefix.chars().count() < DEPTH_LIMIT {
                queue.extend(FIRST.chars().chain(FURTHER.chars()).map(|next| format!("{prefix}{next}")));
            } else if !whole {
                findings.push(finding(Guidance::SourceDirectoryCut).with("prefix", &prefix));
            }
            let of = |sort: Sort| found.values().filter(|entry| entry.sort == sort).count();
            progress(SurveyProgress {
                mailboxes: of(Sort::Mailbox),
                opened: 0,
                groups: of(Sort::Group),
                contacts: of(Sort::Contact),
            });
        }
        Ok(found)
    }

    /// The recipients with an address that starts so, and whether these are all.
    pub(super) async fn resolve(&self, prefix: &str) -> Result<Resolved, Problem> {
        if let Some(resolved) = lock(&self.heard.prefixes).get(prefix) {
            return Ok(resolved.clone());
        }
        let entry = format!("smtp:{prefix}");
        let response = self.ews.call(&Operation::ResolveNames { entry: &entry }, None).await?;
        let messages = soap::messages(&response);
        let message = messages.first().ok_or_else(|| fault::malformed("ResolveNames without a message"))?;
        let none = soap::trouble(message).is_some_and(|trouble| NO_RESULTS.contains(&trouble.code.as_str()));
        let resolved = if none {
            Resolved { entries: Vec::new(), whole: true }
        } else {
            let message = soap::check(message, &self.ews.place(None, ""))?;
            let set =
                message.child("ResolutionSet").ok_or_else(|| fault::malformed("ResolveNames without its set"))?;
            Resolved {
                entries: set.all("Resolution").filter_map(resolve::entry).collect(),
                whole: set.attribute("IncludesLastItemInRange").is_none_or(|last| last == "true"),
            }
        };
        lock(&self.heard.prefixes).insert(prefix.to_owned(), resolved.clone());
        Ok(resolved)
    }

    /// The direct members of a group.
    pub async fn members(&self, group: &Address) -> Result<Members, Problem> {
        if let Some(members) = lock(&self.heard.groups).get(group) {
            return Ok(members.clone());
        }
        let response = self.ews.call(&Operation::ExpandDl { group }, None).await?;
        let message = soap::single(&response, &self.ews.place(Some(group), ""))?;
        let expansion = message.child("DLExpansion");
        let mut capped = [Some(message), expansion].into_iter().flatten();
        let capped = capped.any(|element| element.attribute("IncludesLastItemInRange") == Some("false"));
        let listed = expansion.map(|expansion| expansion.children.as_slice()).unwrap_or_default();
        let mut members: Vec<Address> = listed.iter().filter_map(resolve::member).collect();
        let whole = !capped && members.len() == listed.len();
        let mut seen = HashSet::new();
        members.retain(|member| seen.insert(member.clone()));
        let members = Members { members, whole };
        lock(&self.heard.groups).insert(group.clone(), members.clone());
        Ok(members)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
