//! What went wrong, as data: the words live in `i18n/`.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// What the failure means for the work in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The same request may succeed soon.
    Retry,
    /// The other side asked for a pause (see [`Problem::retry_after`]); nothing is wrong.
    Wait,
    /// This item cannot be done; the mailbox goes on.
    Item,
    /// This mailbox (or group, or contact) cannot be done; the batch goes on.
    Mailbox,
    /// Nothing can go on until somebody acts.
    Run,
}

/// On which side the cause lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The Exchange server that is being left.
    Source,
    /// Microsoft 365.
    Target,
    /// This computer: settings, disk, keyring.
    Here,
}

/// One recognisable cause with its own words and remedy in every language.
macro_rules! guidance {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// Why something failed, precisely enough to tell a person what to do. The key names its words in `i18n/`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Guidance { $($(#[$doc])* $name,)* }
        impl Guidance {
            /// Every cause there is.
            pub const ALL: &[Guidance] = &[$(Guidance::$name,)*];
            /// The key under which `i18n/` keeps the words.
            pub fn key(self) -> &'static str {
                match self { $(Guidance::$name => $key,)* }
            }
            /// The cause of a key, for reading it back from the ledger.
            pub fn from_key(key: &str) -> Option<Guidance> {
                match key { $($key => Some(Guidance::$name),)* _ => None }
            }
        }
    };
}

guidance! {
    /// The host name does not resolve. Values: host.
    SourceUnknownHost = "source-unknown-host",
    /// No connection. Values: host.
    SourceUnreachable = "source-unreachable",
    /// The certificate is not trusted. Values: host.
    SourceCertificateNotTrusted = "source-certificate-not-trusted",
    /// 401 with these credentials. Values: user.
    SourcePasswordWrong = "source-password-wrong",
    /// The server does not offer Basic sign-in. Values: host, offered.
    SourceBasicNotOffered = "source-basic-not-offered",
    /// 403. Values: host.
    SourceEwsBlocked = "source-ews-blocked",
    /// 404 or not EWS. Values: url.
    SourceEwsNotFound = "source-ews-not-found",
    /// Autodiscover found nothing. Values: domain, tried.
    SourceAutodiscoverFailed = "source-autodiscover-failed",
    /// Autodiscover leads to the cloud already. Values: host.
    SourceAutodiscoverInCloud = "source-autodiscover-in-cloud",
    /// Autodiscover leads to a host that nobody confirmed; `url` is the EWS address that it told, if it told one.
    /// Values: host, domain, url.
    SourceHostNotConfirmed = "source-host-not-confirmed",
    /// The mail address or its domain cannot be used for Autodiscover. Values: address.
    SourceAddressInvalid = "source-address-invalid",
    /// The migration account may not read this mailbox. Values: mailbox, user.
    SourceAccessDenied = "source-access-denied",
    /// The migration account may not impersonate. Values: mailbox, user.
    SourceImpersonationDenied = "source-impersonation-denied",
    /// No such mailbox. Values: mailbox.
    SourceMailboxMissing = "source-mailbox-missing",
    /// Store down, being moved, failing over. Values: mailbox, code.
    SourceMailboxUnavailable = "source-mailbox-unavailable",
    /// The migration account has no mailbox, which the directory search needs. Values: user.
    SourceAccountWithoutMailbox = "source-account-without-mailbox",
    /// Throttled.
    SourceBusy = "source-busy",
    /// The item is damaged in the store. Values: code.
    SourceItemDamaged = "source-item-damaged",
    /// The item went away meanwhile.
    SourceItemGone = "source-item-gone",
    /// The item's folder lists it, and the item itself is said to be gone.
    SourceItemWithheld = "source-item-withheld",
    /// The folder went away meanwhile. Values: folder.
    SourceFolderGone = "source-folder-gone",
    /// Data was cut off or malformed. Values: what.
    SourceAnswerMalformed = "source-answer-malformed",
    /// An answer was beyond our bound. Values: size, limit.
    SourceAnswerTooLarge = "source-answer-too-large",
    /// The sync state is no longer valid: a full comparison follows.
    SourceSyncStateExpired = "source-sync-state-expired",
    /// This server version cannot hand out this kind of item whole. Values: class.
    SourceKindNotExportable = "source-kind-not-exportable",
    /// The server's version is not known to us. Values: version.
    SourceVersionUnknown = "source-version-unknown",
    /// Far more than usual is gone from a mailbox at once: its deletions are not followed. Values: gone, held.
    SourceMuchGone = "source-much-gone",
    /// Far more members than usual, or all, are gone from a group: nobody is taken out of it. Values: group, gone, held.
    SourceMembersGone = "source-members-gone",
    /// An error code we have no better words for. Values: code, text.
    SourceUnexpected = "source-unexpected",
    /// A dynamic group: reported with its filter. Values: group, filter.
    SourceDynamicGroup = "source-dynamic-group",
    /// The server offered a stronger sign-in before and now only Basic. Values: host, offered.
    SourceSignInWeakened = "source-sign-in-weakened",
    /// A group showed no members: it may be empty, dynamic or unreadable. Values: group.
    SourceGroupEmpty = "source-group-empty",
    /// The server did not list all members of a group. Values: group.
    SourceGroupCut = "source-group-cut",
    /// The address list could not be read to its end. Values: prefix.
    SourceDirectoryCut = "source-directory-cut",
    /// The old legacyExchangeDN of mailboxes is not known: replies to old mail may not arrive. Values: mailboxes.
    SourceLegacyNamesUnknown = "source-legacy-names-unknown",
    /// A kind of recipient that does not move. Values: recipient, kind.
    SourceRecipientNotMoved = "source-recipient-not-moved",
    /// A contact or mail user whose outside address the address list does not show. Values: recipient.
    SourceOutsideAddressUnknown = "source-outside-address-unknown",
    /// The settings list an address as something special that the address list does not show. Values: key, address.
    SourceListedMissing = "source-listed-missing",

    /// The host name does not resolve. Values: host.
    TargetUnknownHost = "target-unknown-host",
    /// No connection. Values: host.
    TargetUnreachable = "target-unreachable",
    /// The certificate is not trusted. Values: host.
    TargetCertificateNotTrusted = "target-certificate-not-trusted",
    /// No such tenant. Values: tenant.
    TargetTenantUnknown = "target-tenant-unknown",
    /// No such application in the tenant. Values: client.
    TargetApplicationUnknown = "target-application-unknown",
    /// Wrong secret or certificate. Values: client.
    TargetSecretWrong = "target-secret-wrong",
    /// Expired secret. Values: client.
    TargetSecretExpired = "target-secret-expired",
    /// Signed in, but a permission is missing. Values: permission.
    TargetPermissionMissing = "target-permission-missing",
    /// A domain is not accepted by the tenant. Values: domain.
    TargetDomainNotAccepted = "target-domain-not-accepted",
    /// Directory synchronisation is on. Values: tenant.
    TargetDirectorySyncOn = "target-directory-sync-on",
    /// Not enough licences. Values: needed, free.
    TargetLicencesShort = "target-licences-short",
    /// The chosen kind of licence is not there, or has no mailbox. Values: sku, known.
    TargetLicenceUnknown = "target-licence-unknown",
    /// The address belongs to something else already. Values: address.
    TargetAddressTaken = "target-address-taken",
    /// The address cannot be a sign-in name there: a character or its length. Values: address.
    TargetAddressInvalid = "target-address-invalid",
    /// The tenant refused the password. Values: address.
    TargetPasswordRefused = "target-password-refused",
    /// The mailbox did not appear in time. Values: mailbox, waited.
    TargetMailboxLate = "target-mailbox-late",
    /// The service does not have the recipient (yet). Values: address.
    TargetRecipientMissing = "target-recipient-missing",
    /// A member of a group could not be set. Values: group, member.
    TargetMemberMissing = "target-member-missing",
    /// Throttled.
    TargetBusy = "target-busy",
    /// The service refused the item. Values: code, text.
    TargetItemRefused = "target-item-refused",
    /// The item is larger than the import takes. Values: size, limit.
    TargetItemTooLarge = "target-item-too-large",
    /// The folder is not there any more. Values: folder.
    TargetFolderGone = "target-folder-gone",
    /// An answer was malformed. Values: what.
    TargetAnswerMalformed = "target-answer-malformed",
    /// An error code we have no better words for. Values: code, text.
    TargetUnexpected = "target-unexpected",
    /// Verify: the item is not on the target.
    TargetItemMissing = "target-item-missing",
    /// Verify: the item differs. Values: facets.
    TargetItemDiffers = "target-item-differs",
    /// Somebody changed the item on the target: the newer change at the source was not carried across.
    TargetItemChanged = "target-item-changed",
    /// Verify: somebody changed the item on the target after it had been found there whole. Values: facets.
    TargetItemEdited = "target-item-edited",
    /// Verify: somebody moved the item on the target to another folder.
    TargetItemMoved = "target-item-moved",
    /// Verify: the item is not on the target any more, where it had been found whole.
    TargetItemRemoved = "target-item-removed",
    /// Verify: much of a mailbox that had been found whole is not on the target any more. Values: gone, held.
    TargetMuchGone = "target-much-gone",
    /// Verify: somebody added a member to the group on the target. Values: group, member.
    TargetMemberAdded = "target-member-added",

    /// The settings file cannot be read; the reason is absent, too-large, no-text, closed, no-toml, backslash, unknown-key,
    /// missing-key, number, text, list, choice or value. Values: file, reason, line, key, expected.
    SettingsUnreadable = "settings-unreadable",
    /// A setting has a value that cannot be. Values: file, setting, rule, given.
    SettingsInvalid = "settings-invalid",
    /// A certificate file cannot be read. Values: file, reason.
    CertificateUnreadable = "certificate-unreadable",
    /// Another process works on this migration. Values: holder.
    LedgerBusy = "ledger-busy",
    /// The ledger cannot be read or is not ours. Values: file, reason.
    LedgerUnreadable = "ledger-unreadable",
    /// The ledger belongs to another migration. Values: file, source, target.
    LedgerOtherMigration = "ledger-other-migration",
    /// Nothing was migrated with these settings yet. Values: file.
    NothingMigrated = "nothing-migrated",
    /// The migration is completed: nothing more is synchronised.
    MigrationCompleted = "migration-completed",
    /// Not completed, because something could not be synchronised and errors are not to be ignored. Values: errors.
    CompletionRefused = "completion-refused",
    /// An address-list walk does not see recipients hidden from address lists.
    UnseenHiddenRecipients = "unseen-hidden-recipients",
    /// An address-list walk does not see public folders.
    UnseenPublicFolders = "unseen-public-folders",
    /// An address-list walk does not see archive mailboxes.
    UnseenArchives = "unseen-archives",
    /// Rules, permissions and automatic replies are not carried across.
    UnseenSettings = "unseen-settings",
    /// No room left. Values: file.
    DiskFull = "disk-full",
    /// A file of our own, such as settings, cannot be saved. Values: file, reason.
    FileUnwritable = "file-unwritable",
    /// A report cannot be written. Values: file, reason.
    ReportUnwritable = "report-unwritable",
    /// A report of ours cannot be used again; the reason is unreadable, too-large, not-a-report, cut-off, line, books, gone or
    /// nobody. Values: file, reason, line.
    ReportUnusable = "report-unusable",
    /// A proof cannot be read. Values: file.
    ProofUnreadable = "proof-unreadable",
    /// The fingerprint that a proof is to be checked against is none. Values: key.
    ProofKeyMalformed = "proof-key-malformed",
    /// A proof does not hold; the reason is other-key, other-format, other-file or spoilt. Values: file, reason.
    ProofWorthless = "proof-worthless",
    /// A folder given with --mail cannot be read. Values: folder, reason.
    MailFolderUnreadable = "mail-folder-unreadable",
    /// A folder given with --mail holds no mail. Values: folder.
    MailFolderEmpty = "mail-folder-empty",
    /// A file under --mail is not mail. Values: file, reason.
    FileNotMail = "file-not-mail",
    /// The faults file cannot be used; the reason is unreadable, syntax or the rule that a fault breaks.
    /// Values: file, reason, line, number, key.
    FaultsInvalid = "faults-invalid",
    /// The sealed initial password is lost; a new one was set. Values: mailbox.
    InitialPasswordReset = "initial-password-reset",
    /// The initial password stood in an earlier report and is not known here any more. Values: mailbox.
    InitialPasswordShownBefore = "initial-password-shown-before",
    /// The earlier report alone holds initial passwords and was put aside. Values: file.
    InitialPasswordsPutAside = "initial-passwords-put-aside",
    /// No password was given and nobody can be asked. Values: variable.
    PasswordMissing = "password-missing",
    /// Stopped by the administrator.
    Stopped = "stopped",
    /// The survey found no mailboxes.
    NothingToMigrate = "nothing-to-migrate",
    /// The practice organisation could not be started. Values: reason.
    PracticeUnavailable = "practice-unavailable",
    /// Another process keeps a practice organisation in this folder. Values: folder.
    PracticeStateBusy = "practice-state-busy",
    /// The folder for a practice organisation's state cannot be used. Values: folder, reason.
    PracticeStateUnusable = "practice-state-unusable",
    /// No window can be opened here. Values: reason.
    NoDisplay = "no-display",
    /// Another window of ours is open and does not answer.
    WindowElsewhere = "window-elsewhere",
    /// A bug of ours. Values: what.
    Internal = "internal",
}

/// A failure: kind, side, guidance, values and the technical cause. No prose, never a secret.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What it means for the work in hand.
    pub kind: Kind,
    /// Whose side.
    pub side: Side,
    /// Which words and remedy.
    pub guidance: Guidance,
    /// The blanks in the words.
    pub values: BTreeMap<&'static str, String>,
    /// How long to wait, if the other side said so.
    pub retry_after: Option<Duration>,
    /// Technical detail for the helpdesk: codes and request ids.
    pub cause: Option<String>,
}

impl Problem {
    /// A problem without values.
    pub fn new(kind: Kind, side: Side, guidance: Guidance) -> Problem {
        Problem { kind, side, guidance, values: BTreeMap::new(), retry_after: None, cause: None }
    }
    /// It tells what somebody did to an item or a group on the target, which stands: that is no error, and nothing mends it.
    pub fn is_of_users(&self) -> bool {
        matches!(
            self.guidance,
            Guidance::TargetItemChanged
                | Guidance::TargetItemEdited
                | Guidance::TargetItemMoved
                | Guidance::TargetItemRemoved
                | Guidance::TargetMemberAdded
        )
    }
    /// A repeat may bring what this attempt did not: nobody needs to do anything.
    pub fn is_passing(&self) -> bool {
        matches!(self.kind, Kind::Retry | Kind::Wait)
    }
    /// Fills a blank.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Problem {
        self.values.insert(name, value.to_string());
        self
    }
    /// Adds technical detail. Must not hold a secret.
    pub fn because(mut self, cause: impl ToString) -> Problem {
        self.cause = Some(cause.to_string());
        self
    }
    /// Says how long to wait.
    pub fn after(mut self, pause: Duration) -> Problem {
        self.retry_after = Some(pause);
        self
    }
}

impl fmt::Display for Problem {
    /// For logs only; people read `words`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.guidance.key())?;
        for (name, value) in &self.values {
            write!(f, " {name}={value}")?;
        }
        if let Some(cause) = &self.cause {
            write!(f, " ({cause})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}
