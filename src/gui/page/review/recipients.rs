//! Who would move: every recipient of the plan, who of them is chosen, and which are shown in which order. Filtering and
//! sorting happen when something changes, never while drawing.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeSet, HashMap, HashSet};

use super::causes::names;
use crate::engine::plan::Plan;
use crate::engine::recipient::{Address, GroupKind, Identity, MailboxKind, Size};

/// What a recipient is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A person's mailbox.
    User,
    /// A mailbox of several people.
    Shared,
    /// A room.
    Room,
    /// Equipment.
    Equipment,
    /// A group for mail.
    Distribution,
    /// A group for mail and permissions.
    Security,
    /// An outside address.
    Contact,
    /// An account whose mail goes outside.
    MailUser,
}

impl Kind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Kind; 8] = [
        Kind::User,
        Kind::Shared,
        Kind::Room,
        Kind::Equipment,
        Kind::Distribution,
        Kind::Security,
        Kind::Contact,
        Kind::MailUser,
    ];

    /// Its name in `i18n/`; the attribute `.many` is the name of several.
    pub fn key(self) -> &'static str {
        match self {
            Kind::User => "review-kind-user",
            Kind::Shared => "review-kind-shared",
            Kind::Room => "review-kind-room",
            Kind::Equipment => "review-kind-equipment",
            Kind::Distribution => "review-kind-distribution",
            Kind::Security => "review-kind-security",
            Kind::Contact => "review-kind-contact",
            Kind::MailUser => "review-kind-mail-user",
        }
    }

    /// It holds mail.
    pub fn is_mailbox(self) -> bool {
        matches!(self, Kind::User | Kind::Shared | Kind::Room | Kind::Equipment)
    }

    /// It has members.
    pub fn is_group(self) -> bool {
        matches!(self, Kind::Distribution | Kind::Security)
    }

    fn of_mailbox(kind: MailboxKind) -> Kind {
        match kind {
            MailboxKind::User => Kind::User,
            MailboxKind::Shared => Kind::Shared,
            MailboxKind::Room => Kind::Room,
            MailboxKind::Equipment => Kind::Equipment,
        }
    }
}

/// A recipient of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipient {
    /// Its primary address.
    pub address: Address,
    /// Its display name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How much it holds; `None` where there is nothing to hold or the server did not tell.
    pub size: Option<Size>,
    /// An earlier batch made it on the target.
    pub arrived: bool,
    /// How many findings name it.
    pub findings: usize,
    /// It moves with this batch.
    pub chosen: bool,
    /// Name and address as they are searched.
    sought: String,
}

/// A column of the table, as it is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The display name.
    Name,
    /// The address.
    Address,
    /// What it is.
    Kind,
    /// Items.
    Items,
    /// Bytes.
    Size,
    /// What is to be said about it.
    Note,
}

impl Column {
    /// In the order of the table.
    pub const ALL: [Column; 6] =
        [Column::Name, Column::Address, Column::Kind, Column::Items, Column::Size, Column::Note];
}

/// What a batch of those who are chosen does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Mailboxes that are new on the target.
    pub mailboxes: usize,
    /// New groups.
    pub groups: usize,
    /// New contacts and mail users.
    pub contacts: usize,
    /// Items of the new mailboxes.
    pub items: u64,
    /// Bytes of the new mailboxes.
    pub bytes: u64,
    /// New mailboxes whose size the server did not tell.
    pub unknown: usize,
    /// Recipients that an earlier batch made.
    pub arrived: usize,
    /// All who are chosen.
    pub chosen: usize,
}

/// All recipients, and those that are shown.
#[derive(Debug, Clone, Default)]
pub struct Recipients {
    all: Vec<Recipient>,
    shown: Vec<usize>,
    search: String,
    kinds: BTreeSet<Kind>,
    sort: Option<(Column, bool)>,
    census: Vec<(Kind, usize)>,
    totals: Totals,
    shown_chosen: usize,
}

impl Recipients {
    /// The recipients of a plan, all chosen.
    pub fn new(plan: &Plan) -> Recipients {
        let mut recipients = Recipients { all: of_plan(plan), ..Recipients::default() };
        recipients.census = census(&recipients.all);
        recipients.arrange();
        recipients
    }

    /// The recipients of a newer plan. Choice, search and order stay; who is new is chosen only if everybody was.
    pub fn renew(&mut self, plan: &Plan) {
        let everybody = self.all_chosen();
        let chosen = self.chosen();
        self.all = of_plan(plan);
        self.census = census(&self.all);
        for recipient in self.all.iter_mut().filter(|_| !everybody) {
            recipient.chosen = chosen.contains(&recipient.address);
        }
        self.arrange();
    }

    /// Everybody.
    pub fn all(&self) -> &[Recipient] {
        &self.all
    }

    /// How many are shown.
    pub fn shown(&self) -> usize {
        self.shown.len()
    }

    /// The one that is shown in a row.
    pub fn at(&self, row: usize) -> Option<&Recipient> {
        self.shown.get(row).and_then(|index| self.all.get(*index))
    }

    /// What is searched for.
    pub fn search(&self) -> &str {
        &self.search
    }

    /// The kinds that alone are shown; empty if all are.
    pub fn kinds(&self) -> &BTreeSet<Kind> {
        &self.kinds
    }

    /// By which column they are sorted, and whether ascending.
    pub fn sort(&self) -> Option<(Column, bool)> {
        self.sort
    }

    /// How many there are of each kind that there is.
    pub fn census(&self) -> &[(Kind, usize)] {
        &self.census
    }

    /// What a batch of the chosen ones does.
    pub fn totals(&self) -> Totals {
        self.totals
    }

    /// The addresses of those who are chosen.
    pub fn chosen(&self) -> HashSet<Address> {
        self.all.iter().filter(|recipient| recipient.chosen).map(|recipient| recipient.address.clone()).collect()
    }

    /// Nobody is left out.
    pub fn all_chosen(&self) -> bool {
        self.totals.chosen == self.all.len()
    }

    /// Of those who are shown, all (`Some(true)`), none (`Some(false)`) or some are chosen.
    pub fn shown_chosen(&self) -> Option<bool> {
        match self.shown_chosen {
            0 => Some(false),
            chosen if chosen == self.shown.len() => Some(true),
            _ => None,
        }
    }

    /// Shows those whose name or address has this in it.
    pub fn look_for(&mut self, search: String) {
        self.search = search;
        self.arrange();
    }

    /// Shows a kind, or no longer.
    pub fn toggle_kind(&mut self, kind: Kind) {
        if !self.kinds.remove(&kind) {
            self.kinds.insert(kind);
        }
        self.arrange();
    }

    /// Shows everybody again.
    pub fn show_all(&mut self) {
        self.search.clear();
        self.kinds.clear();
        self.arrange();
    }

    /// Sorts by a column; the other way round if it is sorted so already. Numbers begin with the largest.
    pub fn sort_by(&mut self, column: Column) {
        let first = !matches!(column, Column::Items | Column::Size | Column::Note);
        let ascending = match self.sort {
            Some((now, ascending)) if now == column => !ascending,
            _ => first,
        };
        self.sort = Some((column, ascending));
        self.arrange();
    }

    /// Chooses the one in a row, or no longer.
    pub fn toggle(&mut self, row: usize) {
        if let Some(recipient) = self.shown.get(row).and_then(|index| self.all.get_mut(*index)) {
            recipient.chosen = !recipient.chosen;
            self.count();
        }
    }

    /// Chooses all that are shown, or none of them.
    pub fn choose_shown(&mut self, chosen: bool) {
        for index in &self.shown {
            if let Some(recipient) = self.all.get_mut(*index) {
                recipient.chosen = chosen;
            }
        }
        self.count();
    }

    /// Chooses everybody.
    pub fn choose_all(&mut self) {
        self.all.iter_mut().for_each(|recipient| recipient.chosen = true);
        self.count();
    }

    fn arrange(&mut self) {
        let wanted = self.search.trim().to_lowercase();
        let fits = |recipient: &Recipient| {
            (self.kinds.is_empty() || self.kinds.contains(&recipient.kind)) && recipient.sought.contains(&wanted)
        };
        let mut shown: Vec<usize> = (0..self.all.len()).filter(|index| fits(&self.all[*index])).collect();
        if let Some((column, ascending)) = self.sort {
            shown.sort_by(|one, other| {
                let order = compare(&self.all[*one], &self.all[*other], column);
                if ascending { order } else { order.reverse() }
            });
        }
        self.shown = shown;
        self.count();
    }

    fn count(&mut self) {
        let mut totals = Totals::default();
        for recipient in self.all.iter().filter(|recipient| recipient.chosen) {
            totals.add(recipient);
        }
        self.totals = totals;
        self.shown_chosen = self.shown.iter().filter(|index| self.all[**index].chosen).count();
    }
}

impl Totals {
    fn add(&mut self, recipient: &Recipient) {
        self.chosen += 1;
        if recipient.arrived {
            self.arrived += 1;
        } else if recipient.kind.is_group() {
            self.groups += 1;
        } else if recipient.kind.is_mailbox() {
            self.mailboxes += 1;
            match recipient.size {
                Some(size) => {
                    self.items += size.items;
                    self.bytes += size.bytes;
                }
                None => self.unknown += 1,
            }
        } else {
            self.contacts += 1;
        }
    }
}

fn compare(one: &Recipient, other: &Recipient, column: Column) -> Ordering {
    // What is not known comes after what is, in the direction in which people look first.
    let by = |value: fn(&Recipient) -> u64| value(one).cmp(&value(other));
    let order = match column {
        Column::Name => one.sought.cmp(&other.sought),
        Column::Address => Ordering::Equal,
        Column::Kind => one.kind.cmp(&other.kind),
        Column::Items => by(|recipient| recipient.size.map_or(0, |size| size.items + 1)),
        Column::Size => by(|recipient| recipient.size.map_or(0, |size| size.bytes + 1)),
        Column::Note => (one.findings, Reverse(one.arrived)).cmp(&(other.findings, Reverse(other.arrived))),
    };
    order.then_with(|| one.address.cmp(&other.address))
}

fn census(all: &[Recipient]) -> Vec<(Kind, usize)> {
    let count = |kind| all.iter().filter(|recipient| recipient.kind == kind).count();
    Kind::ALL.into_iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0).collect()
}

fn of_plan(plan: &Plan) -> Vec<Recipient> {
    let mut findings: HashMap<Address, usize> = HashMap::new();
    for finding in &plan.findings {
        for address in names(&finding.problem) {
            *findings.entry(address).or_default() += 1;
        }
    }
    let make = |identity: &Identity, kind: Kind, size: Option<Size>| Recipient {
        address: identity.address.clone(),
        name: identity.display_name.clone(),
        kind,
        size,
        arrived: plan.arrived(&identity.address),
        findings: findings.get(&identity.address).copied().unwrap_or_default(),
        chosen: true,
        sought: format!("{}\n{}", identity.display_name, identity.address).to_lowercase(),
    };
    let mailboxes =
        plan.mailboxes.iter().map(|mailbox| make(&mailbox.identity, Kind::of_mailbox(mailbox.kind), mailbox.size));
    let groups = plan.groups.iter().map(|group| {
        let kind = if group.kind == GroupKind::Security { Kind::Security } else { Kind::Distribution };
        make(&group.identity, kind, None)
    });
    let contacts = plan.contacts.iter().map(|contact| {
        let kind = if contact.mail_user { Kind::MailUser } else { Kind::Contact };
        make(&contact.identity, kind, None)
    });
    mailboxes.chain(groups).chain(contacts).collect()
}
