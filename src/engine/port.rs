//! What the engine needs of the world. Every implementation passes `tests/ports.rs`.
//!
//! Contracts common to all: a call may be repeated after a `Retry` or `Wait` problem; implementations make one
//! attempt (they may renew a token or an import session and try once more), classify the failure, and leave all
//! waiting and repeating to the engine's `retry`. Answers for several ids keep their order, one answer per id.

use async_trait::async_trait;

use super::item::{ChangePage, Content, Facets, Folder, FolderId, Interchange, ItemId, ItemPage, MailboxId, Summary};
use super::problem::{Guidance, Kind, Problem, Side};
use super::recipient::{Address, Contact, Group, Mailbox, Survey};

/// How far a survey is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SurveyProgress {
    /// Mailboxes seen so far.
    pub mailboxes: usize,
    /// How many of these were opened and measured.
    pub opened: usize,
    /// Groups seen so far.
    pub groups: usize,
    /// Contacts seen so far.
    pub contacts: usize,
}

/// A source directory.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Reads every recipient it can see, and how much each mailbox holds: the items and bytes of the folders that
    /// [`Source::folders`] answers, as far as the server tells. `progress` is called at least once for each mailbox and
    /// must return at once. A survey may be dropped at any moment; the next one begins afresh.
    async fn survey(&self, progress: &(dyn Fn(SurveyProgress) + Send + Sync)) -> Result<Survey, Problem>;
}

/// The mailboxes that are being left. Nothing here changes them.
#[async_trait]
pub trait Source: Send + Sync {
    /// Whether the server counts the requests about this mailbox apart from all others, so that a pause which it asks for
    /// concerns this mailbox alone. Otherwise it counts together what the account asks, about whomever.
    fn counts_apart(&self, _mailbox: &Address) -> bool {
        false
    }
    /// Every folder that a user can see, the root first, parents before children; no search folders.
    async fn folders(&self, mailbox: &Address) -> Result<Vec<Folder>, Problem>;
    /// One page of changes since a state; `None` lists everything. An unusable state is
    /// [`SourceSyncStateExpired`](super::problem::Guidance::SourceSyncStateExpired).
    async fn changes(&self, mailbox: &Address, folder: &FolderId, since: Option<&str>)
    -> Result<ChangePage, Problem>;
    /// What items are, without their content. At most 100 ids.
    async fn describe(&self, mailbox: &Address, items: &[ItemId]) -> Result<Vec<Result<Summary, Problem>>, Problem>;
    /// How many bytes reading an item of a stated size takes in memory at most, its content included.
    fn weight(&self, stated: u64) -> u64 {
        stated
    }
    /// The content of items. At most 20 ids; callers keep the sum of sizes below about 20 MB, or ask for one.
    async fn read(&self, mailbox: &Address, items: &[ItemId]) -> Result<Vec<Result<Content, Problem>>, Problem>;
    /// One item in its interchange form, whole: mail as a message, and what else the server can give in whatever form it
    /// gives. A kind that it cannot give is
    /// [`SourceKindNotExportable`](super::problem::Guidance::SourceKindNotExportable), an item that is not there
    /// [`SourceItemGone`](super::problem::Guidance::SourceItemGone).
    async fn mime(&self, mailbox: &Address, item: &ItemId) -> Result<Interchange, Problem>;
}

/// What is known of the target before anything is made there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tenant {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Domains that are verified, used for e-mail and accepted by Exchange; lower case.
    pub domains: Vec<String>,
    /// Directory synchronisation from an on-premises directory is on.
    pub directory_sync: bool,
    /// Free seats of licences that include a mailbox; of the chosen kind, if one is chosen.
    pub free_licences: u64,
    /// The chosen kind of licence is not there.
    pub unknown_licence: Option<UnknownLicence>,
}

/// A kind of licence that was chosen and is not there.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownLicence {
    /// What was chosen.
    pub chosen: String,
    /// The kinds with a mailbox that there are.
    pub known: Vec<String>,
}

impl UnknownLicence {
    /// The same as a problem.
    pub fn problem(&self, kind: Kind) -> Problem {
        let known = if self.known.is_empty() { "–".to_owned() } else { self.known.join(", ") };
        Problem::new(kind, Side::Target, Guidance::TargetLicenceUnknown)
            .with("sku", &self.chosen)
            .with("known", known)
    }
}

/// What came of asking for an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// It is new.
    Created,
    /// It was there, with this address, and is of the right kind.
    AlreadyThere,
}

/// A person's first password. Never shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct InitialPassword(pub String);

impl std::fmt::Debug for InitialPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InitialPassword(…)")
    }
}

/// The organisation that mail moves to.
#[async_trait]
pub trait Target: Send + Sync {
    /// Signs in and reads what must be known first.
    async fn tenant(&self) -> Result<Tenant, Problem>;

    /// Makes the account (user principal name = primary address) with its licence, or the shared or resource
    /// mailbox. `password` is for user mailboxes only and must be changed at first sign-in. Repeating it is harmless:
    /// what is there already keeps its password.
    async fn create_mailbox(&self, mailbox: &Mailbox, password: &InitialPassword) -> Result<Made, Problem>;
    /// Sets a new first password.
    async fn reset_password(&self, mailbox: &Address, password: &InitialPassword) -> Result<(), Problem>;
    /// The mailbox, once the service has made it; `None` until then.
    async fn mailbox(&self, mailbox: &Address) -> Result<Option<MailboxId>, Problem>;
    /// Sets further addresses and the old legacyExchangeDN as X500. Replaces nothing, may be repeated.
    async fn finish_mailbox(&self, mailbox: &Mailbox) -> Result<(), Problem>;

    /// Makes a mail contact with all its addresses and facts.
    async fn create_contact(&self, contact: &Contact) -> Result<Made, Problem>;
    /// Makes a group without members, with all its addresses.
    async fn create_group(&self, group: &Group) -> Result<Made, Problem>;
    /// Makes the members of a group exactly these; answers a problem for each that could not be set.
    async fn set_members(&self, group: &Group) -> Result<Vec<Problem>, Problem>;
    /// The addresses of the members a group has now.
    async fn members(&self, group: &Address) -> Result<Vec<Address>, Problem>;
    /// Whether something with this address is there (mailbox, contact or group).
    async fn recipient_exists(&self, address: &Address) -> Result<bool, Problem>;

    /// Every folder, the root first, parents before children.
    async fn folders(&self, mailbox: &MailboxId) -> Result<Vec<Folder>, Problem>;
    /// Makes a folder. If one of this name is there, answers that one.
    async fn create_folder(
        &self,
        mailbox: &MailboxId,
        parent: &FolderId,
        name: &str,
        class: &str,
    ) -> Result<FolderId, Problem>;
    /// The largest content that is taken, in bytes. A larger one is
    /// [`TargetItemTooLarge`](super::problem::Guidance::TargetItemTooLarge) and is not sent.
    fn largest_item(&self) -> u64;
    /// Gives a folder another name. Repeating it is harmless.
    async fn rename_folder(&self, mailbox: &MailboxId, folder: &FolderId, name: &str) -> Result<(), Problem>;
    /// Deletes a folder if nothing is in it, neither an item nor a folder. Answers whether it is gone; one that was not
    /// there is. What somebody puts into it between the look and the deletion goes with it to where the service keeps what
    /// people delete: services offer no way to make the two one.
    async fn delete_folder(&self, mailbox: &MailboxId, folder: &FolderId) -> Result<bool, Problem>;
    /// Imports an item and answers its new id. Not repeatable: a lost answer is resolved by [`Target::look`]. `Wait` says
    /// that the service certainly did nothing; where that is not certain, it is `Retry`, with the pause that was asked for.
    async fn import(&self, mailbox: &MailboxId, folder: &FolderId, content: &Content) -> Result<ItemId, Problem>;
    /// Replaces the content of an item that was imported before; answers its (perhaps new) id.
    async fn replace(
        &self,
        mailbox: &MailboxId,
        folder: &FolderId,
        item: &ItemId,
        content: &Content,
    ) -> Result<ItemId, Problem>;
    /// Deletes an item from a folder, recoverably. One that is not in it (any more) is left alone, which is success. It is
    /// one item at a time, because services count each deletion as a request, also where several travel together.
    async fn delete(&self, mailbox: &MailboxId, folder: &FolderId, item: &ItemId) -> Result<(), Problem>;
    /// What a folder holds now, under the ids that [`Target::import`] and [`Target::replace`] answered, with the search
    /// keys and classes that were imported. May lag behind imports by a few seconds. One page: the first, or the one that
    /// `from` names, which an earlier page told. What comes or goes between two pages may be missed or told twice; what
    /// stays where it is is told, unless something before it went away just then.
    async fn look(&self, mailbox: &MailboxId, folder: &FolderId, from: Option<&str>) -> Result<ItemPage, Problem>;
    /// The facets of items as they are now; at most 20 ids. An item that is not there is
    /// [`TargetItemMissing`](super::problem::Guidance::TargetItemMissing).
    async fn facets(&self, mailbox: &MailboxId, items: &[ItemId]) -> Result<Vec<Result<Facets, Problem>>, Problem>;
}
