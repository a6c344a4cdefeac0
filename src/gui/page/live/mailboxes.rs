//! The mailboxes of a batch as a table: searched, filtered, sorted; and all about the one that was chosen.

use std::cmp::Ordering;

use iced::Task;

use crate::engine::progress::{MailboxRow, Snapshot};
use crate::engine::recipient::Address;
use crate::engine::run::UserState;
use crate::gui::look::Look;
use crate::gui::page::live::folders;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::table::{self, Order};
use crate::gui::widget::tone::Tone;

mod view;

pub use view::view;

/// The table's tab stop.
pub const TABLE: &str = "run-mailboxes";

/// Which mailboxes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those in progress.
    Active,
    /// Those whose turn comes, or which wait for one side.
    Waiting,
    /// Those that failed.
    Failed,
}

impl Filter {
    /// All of them, in the order on screen.
    pub const ALL: [Filter; 4] = [Filter::All, Filter::Active, Filter::Waiting, Filter::Failed];

    /// Its name in `i18n/`.
    pub fn key(self) -> &'static str {
        match self {
            Filter::All => "run-filter-all",
            Filter::Active => "run-filter-active",
            Filter::Waiting => "run-filter-waiting",
            Filter::Failed => "run-filter-failed",
        }
    }

    fn passes(self, row: &MailboxRow) -> bool {
        match self {
            Filter::All => true,
            Filter::Active => row.state.is_active(),
            Filter::Waiting => row.waiting.is_some() || matches!(row.state, UserState::Queued | UserState::Stopped),
            Filter::Failed => row.state.is_failure(),
        }
    }
}

/// Something that happened in the table.
#[derive(Debug, Clone)]
pub enum Message {
    /// Of the table itself.
    Table(table::Event),
    /// This is looked for.
    Search(String),
    /// These are shown.
    Filter(Filter),
    /// The details are shut.
    Shut,
    /// Of the folders in the details.
    Folders(folders::Message),
}

/// What of the mailboxes is shown.
pub struct Mailboxes {
    pub(super) table: table::State,
    sort: Option<(usize, Order)>,
    search: String,
    filter: Filter,
    /// Places in the snapshot, in the order on screen.
    shown: Vec<usize>,
    chosen: Option<Address>,
}

impl Default for Mailboxes {
    fn default() -> Mailboxes {
        Mailboxes {
            table: table::State::new(TABLE),
            sort: None,
            search: String::new(),
            filter: Filter::All,
            shown: Vec::new(),
            chosen: None,
        }
    }
}

impl Mailboxes {
    /// How many are shown.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether none is shown.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    /// The mailbox whose details are shown.
    pub fn chosen<'a>(&self, now: &'a Snapshot) -> Option<&'a MailboxRow> {
        let chosen = self.chosen.as_ref()?;
        now.mailboxes.iter().find(|row| row.address == *chosen)
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message, now: Option<&Snapshot>) -> Task<Message> {
        match message {
            Message::Table(table::Event::Internal(message)) => return self.table.update(message, self.shown.len()),
            Message::Table(table::Event::Sort(column)) => {
                self.sort = Some(match self.sort {
                    Some((by, Order::Ascending)) if by == column => (column, Order::Descending),
                    _ => (column, Order::Ascending),
                });
            }
            Message::Table(table::Event::Activate(row) | table::Event::Toggle(row)) => {
                let row = self.shown.get(row).and_then(|place| now?.mailboxes.get(*place));
                self.chosen = row.map(|row| row.address.clone());
            }
            Message::Table(table::Event::ToggleAll) => {}
            Message::Search(search) => self.search = search,
            Message::Filter(filter) => self.filter = filter,
            Message::Shut => self.chosen = None,
            // Whoever reads the ledger deals with them.
            Message::Folders(_) => {}
        }
        if let Some(now) = now {
            self.refresh(now);
        }
        Task::none()
    }

    /// Takes in the mailboxes as they are now.
    pub fn refresh(&mut self, now: &Snapshot) {
        let search = self.search.trim().to_lowercase();
        let found = |row: &MailboxRow| {
            search.is_empty() || row.name.to_lowercase().contains(&search) || row.address.key().contains(&search)
        };
        let rows = now.mailboxes.iter().enumerate();
        self.shown = rows.filter(|(_, row)| self.filter.passes(row) && found(row)).map(|(place, _)| place).collect();
        if let Some((column, order)) = self.sort {
            self.shown.sort_by(|a, b| {
                let sorted = compare(column, &now.mailboxes[*a], &now.mailboxes[*b]);
                if order == Order::Descending { sorted.reverse() } else { sorted }
            });
        }
    }
}

/// By name, state, items, speed.
fn compare(column: usize, a: &MailboxRow, b: &MailboxRow) -> Ordering {
    let name = |row: &MailboxRow| shown_name(row).to_lowercase();
    match column {
        0 => name(a).cmp(&name(b)),
        1 => rank(a.state).cmp(&rank(b.state)),
        2 => settled(a).cmp(&settled(b)),
        _ => a.bytes_per_minute.cmp(&b.bytes_per_minute),
    }
}

/// What needs a look comes first, then what goes on.
fn rank(state: UserState) -> u8 {
    match state {
        state if state.is_failure() => 0,
        state if state.is_active() => 1,
        UserState::Stopped => 2,
        UserState::Queued => 3,
        _ => 4,
    }
}

/// The name, or the address where there is none.
pub fn shown_name(row: &MailboxRow) -> &str {
    if row.name.trim().is_empty() { row.address.as_str() } else { &row.name }
}

/// Items that have their place.
pub fn settled(row: &MailboxRow) -> u64 {
    row.books.found.saturating_sub(row.books.waiting)
}

/// A state in words.
pub fn state_of(state: UserState) -> (&'static str, Tone, Icon) {
    match state {
        UserState::Queued => ("run-user-queued", Tone::Quiet, Icon::Waiting),
        UserState::Provisioning => ("run-user-provisioning", Tone::Info, Icon::Spinner),
        UserState::ProvisionUpdating => ("run-user-provision-updating", Tone::Info, Icon::Spinner),
        UserState::Syncing => ("run-user-syncing", Tone::Info, Icon::Spinner),
        UserState::IncrementalSyncing => ("run-user-incremental-syncing", Tone::Info, Icon::Spinner),
        UserState::Completing => ("run-user-completing", Tone::Info, Icon::Spinner),
        UserState::Synced => ("run-user-synced", Tone::Good, Icon::Good),
        UserState::Completed => ("run-user-completed", Tone::Good, Icon::Good),
        UserState::CompletedWithWarnings => ("run-user-completed-with-warnings", Tone::Warn, Icon::Warning),
        UserState::Stopped => ("run-user-stopped", Tone::Quiet, Icon::Stop),
        UserState::Failed => ("run-user-failed", Tone::Bad, Icon::Bad),
        UserState::IncrementalFailed => ("run-user-incremental-failed", Tone::Bad, Icon::Bad),
        UserState::CompletionFailed => ("run-user-completion-failed", Tone::Bad, Icon::Bad),
    }
}

/// What a mailbox waits for, in words.
pub fn waits(look: &Look<'_>, row: &MailboxRow) -> Option<String> {
    row.waiting.map(|waiting| look.words.waiting(waiting, look.zone))
}

/// The same, where room is short.
pub fn waits_briefly(look: &Look<'_>, row: &MailboxRow) -> Option<String> {
    Some(match row.waiting?.until() {
        Some(until) => look.tell("run-waits-until", &[("until", look.words.time(until, look.zone).into())]),
        None => look.say("run-waits-mailbox-briefly"),
    })
}
