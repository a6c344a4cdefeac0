//! The neutral content model: folders, items, and the facets by which two copies of an item are compared.

use std::collections::BTreeMap;

use bytes::Bytes;
use sha2::{Digest, Sha256};

macro_rules! opaque_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub String);
    };
}
opaque_id!(
    /// A folder's id on one side: opaque and case-sensitive.
    FolderId
);
opaque_id!(
    /// An item's id on one side: opaque and case-sensitive.
    ItemId
);
opaque_id!(
    /// The target's id of a mailbox: opaque.
    MailboxId
);

/// A folder that every mailbox has, found by role and never by its (localised) name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum FolderRole {
    Root,
    Inbox,
    Sent,
    Drafts,
    Deleted,
    Outbox,
    Junk,
    Calendar,
    Contacts,
    Tasks,
    Notes,
    Journal,
}

/// A folder of a mailbox, on either side. The tree's root (role `Root`) is part of every listing.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    /// Its id on its side.
    pub id: FolderId,
    /// Its parent; `None` for the root.
    pub parent: Option<FolderId>,
    /// Display name, for user-made folders the name to keep.
    pub name: String,
    /// Container class, such as `IPF.Note`; never empty.
    pub class: String,
    /// What the folder is, if it is one that every mailbox has.
    pub role: Option<FolderRole>,
    /// Number of items, as the side says.
    pub items: u64,
}

/// What an item is, for counting and for words.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Its id on its side.
    pub id: ItemId,
    /// Message class, such as `IPM.Note`.
    pub class: String,
    /// Subject; empty if none.
    pub subject: String,
    /// Size in bytes as its own side states it.
    pub size: u64,
    /// PidTagSearchKey, which stays the same when an item is copied or moved.
    pub search_key: Option<Vec<u8>>,
    /// When it was received or created: seconds since 1970 UTC.
    pub date: Option<i64>,
    /// What was stamped into the item so that its copy is known again, where the source made its content itself and so
    /// could; one item's alone.
    pub identity: Option<String>,
    /// Whom it is from, such as `Anna Vogt <anna@contoso.com>`; empty if nobody, or where nobody asked.
    pub sender: String,
}

/// A change that the source reports since a sync state.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// New in this folder.
    Created(ItemId),
    /// Edited.
    Updated(ItemId),
    /// Marked read or unread.
    ReadFlag(ItemId),
    /// No longer in this folder.
    Gone(ItemId),
}

/// One page of changes.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangePage {
    /// In the order given.
    pub changes: Vec<Change>,
    /// The state after this page; opaque.
    pub sync_state: String,
    /// True if nothing is left to fetch.
    pub last: bool,
}

/// One page of what a folder holds.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemPage {
    /// In the order given.
    pub items: Vec<Summary>,
    /// What to ask for the next page with; opaque. None if nothing is left.
    pub next: Option<String>,
}

/// An aspect of an item in which two copies must agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// Message class.
    Class,
    /// Subject, whole.
    Subject,
    /// Sent, received, start, end, due and completion dates.
    Dates,
    /// Read and draft state, follow-up flag, importance, sensitivity, categories.
    State,
    /// Sender, and recipients with type, name and address.
    People,
    /// Body texts.
    Body,
    /// Attachments with name, method and bytes, nested items included.
    Attachments,
    /// The rest of what makes an event, contact, task or note what it is.
    Details,
}

impl Facet {
    /// Every facet, in the order by which the ledger numbers them: new ones go to the end.
    pub const ALL: [Facet; 8] = [
        Facet::Class,
        Facet::Subject,
        Facet::Dates,
        Facet::State,
        Facet::People,
        Facet::Body,
        Facet::Attachments,
        Facet::Details,
    ];

    /// Name for reports and the ledger.
    pub fn name(self) -> &'static str {
        match self {
            Facet::Class => "class",
            Facet::Subject => "subject",
            Facet::Dates => "dates",
            Facet::State => "state",
            Facet::People => "people",
            Facet::Body => "body",
            Facet::Attachments => "attachments",
            Facet::Details => "details",
        }
    }
}

/// SHA-256 of the canonical form of each facet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets(pub BTreeMap<Facet, [u8; 32]>);

impl Facets {
    /// One hash of all: SHA-256 over each facet's number in [`Facet::ALL`] (one byte) and its hash.
    pub fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for (number, facet) in Facet::ALL.iter().enumerate() {
            if let Some(of_facet) = self.0.get(facet) {
                hash.update([number as u8]);
                hash.update(of_facet);
            }
        }
        hash.finalize().into()
    }

    /// The facets in which two copies differ.
    pub fn differences(&self, other: &Facets) -> Vec<Facet> {
        let mut all: Vec<Facet> = self.0.keys().chain(other.0.keys()).copied().collect();
        all.sort();
        all.dedup();
        all.retain(|facet| self.0.get(facet) != other.0.get(facet));
        all
    }
}

/// An item's content, whole, ready for the target's import.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// What it is. `summary.size` is the length of `data`, or what an import of it would count as.
    pub summary: Summary,
    /// The item stream in its ExportItems container.
    pub data: Bytes,
    /// What must be equal on the target.
    pub facets: Facets,
}

/// How an item goes from program to program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// An internet message.
    Message,
    /// An iCalendar object.
    Event,
    /// A vCard.
    Card,
}

impl Form {
    /// What bytes are, by how they begin: a message, unless they say otherwise.
    pub fn of(data: &[u8]) -> Form {
        let text = data.strip_prefix(b"\xef\xbb\xbf").unwrap_or(data).trim_ascii_start();
        let begins = |word: &[u8]| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if begins(b"BEGIN:VCALENDAR") {
            Form::Event
        } else if begins(b"BEGIN:VCARD") {
            Form::Card
        } else {
            Form::Message
        }
    }

    /// How files of it end.
    pub fn extension(self) -> &'static str {
        match self {
            Form::Message => "eml",
            Form::Event => "ics",
            Form::Card => "vcf",
        }
    }
}

/// An item as other programs take it. Not all that it holds has a place there.
#[derive(Debug, Clone, PartialEq)]
pub struct Interchange {
    /// What the bytes are.
    pub form: Form,
    /// The bytes.
    pub data: Bytes,
}
