//! How far a batch is, as one number that never goes back and is whole only at the end.

use crate::engine::plan::Plan;
use crate::engine::progress::{MailboxRow, Snapshot, Stage};
use crate::engine::run::UserState;

/// What copying takes of the whole.
const MAILBOXES: f64 = 0.74;
/// What contacts and groups take.
const DIRECTORY: f64 = 0.06;
/// What the comparison takes.
const COMPARING: f64 = 0.20;
/// What making the mailbox and listing its folders takes of one mailbox.
const PREPARED: f64 = 0.05;
/// As far as it gets before the end.
const NEARLY: f64 = 0.99;
/// What an empty mailbox weighs beside the bytes of the others: making it and listing its folders takes time, too.
const BYTES_OF_NONE: u64 = 20_000_000;

/// The meter of one batch.
#[derive(Debug, Clone, Default)]
pub struct Meter {
    /// What each mailbox of the plan weighs.
    weights: Vec<u64>,
    /// The most items that ever waited, by mailbox.
    most_waiting: Vec<u64>,
    shown: f64,
}

impl Meter {
    /// The meter of a batch with this plan.
    pub fn new(plan: &Plan) -> Meter {
        let weigh = |bytes: Option<u64>| bytes.unwrap_or(0).saturating_add(BYTES_OF_NONE);
        Meter {
            weights: plan.mailboxes.iter().map(|mailbox| weigh(mailbox.size.map(|size| size.bytes))).collect(),
            ..Meter::default()
        }
    }

    /// 0 to 1.
    pub fn shown(&self) -> f32 {
        self.shown as f32
    }

    /// Takes in how far the run is.
    pub fn run(&mut self, now: &Snapshot) {
        self.most_waiting.resize(now.mailboxes.len(), 0);
        let (mut done, mut all) = (0.0, 0.0);
        for (index, row) in now.mailboxes.iter().enumerate() {
            let weight = self.weights.get(index).copied().unwrap_or(BYTES_OF_NONE) as f64;
            let most = &mut self.most_waiting[index];
            *most = row.books.waiting.max(*most);
            done += weight * part(row, *most);
            all += weight;
        }
        let objects = (now.contacts.total + now.groups.total) as f64;
        let made = now.contacts.done + now.contacts.failed + now.groups.done + now.groups.failed;
        let mut whole = MAILBOXES * share(done, all) + DIRECTORY * share(made as f64, objects) * past(now.stage);
        if now.stage == Stage::Verifying {
            whole = MAILBOXES + DIRECTORY + COMPARING * share(now.verified as f64, now.books.arrived() as f64);
        }
        self.raise(whole);
    }

    /// Takes in how far the comparison is.
    pub fn compared(&mut self, compared: u64, all: u64) {
        self.raise(MAILBOXES + DIRECTORY + COMPARING * share(compared as f64, all as f64));
    }

    /// Everything came to its end.
    pub fn end(&mut self) {
        self.shown = 1.0;
    }

    fn raise(&mut self, to: f64) {
        self.shown = self.shown.max(to.min(NEARLY));
    }
}

/// How far a mailbox is.
fn part(row: &MailboxRow, most_waiting: u64) -> f64 {
    match row.state {
        UserState::Queued | UserState::Provisioning => 0.0,
        _ if row.state.is_active() || row.state == UserState::Stopped => {
            let done = most_waiting.saturating_sub(row.books.waiting) as f64;
            if row.counted { PREPARED + (1.0 - PREPARED) * share(done, most_waiting as f64) } else { 0.0 }
        }
        _ => 1.0,
    }
}

/// Where nothing is to be done, everything is done.
fn share(done: f64, all: f64) -> f64 {
    if all > 0.0 { (done / all).clamp(0.0, 1.0) } else { 1.0 }
}

/// The directory's share counts once its turn has come, also where there is nothing in it.
fn past(stage: Stage) -> f64 {
    if matches!(stage, Stage::Starting | Stage::Mailboxes) { 0.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use jiff::Timestamp;

    use super::*;
    use crate::engine::books::Books;
    use crate::engine::progress::Tally;
    use crate::engine::recipient::{Address, Card, Identity, Mailbox, MailboxKind};

    fn row(state: UserState, found: u64, waiting: u64) -> MailboxRow {
        let address = Address::new("a@contoso.com");
        let identity = Identity { address, display_name: String::new(), aliases: Vec::new(), legacy_dn: None };
        let mailbox = Mailbox { identity, kind: MailboxKind::User, card: Card::default(), size: None };
        let books = Books { found, waiting, moved: found - waiting, ..Books::default() };
        MailboxRow { state, books, counted: found > 0, ..MailboxRow::queued(&mailbox) }
    }

    fn run(rows: Vec<MailboxRow>, stage: Stage) -> Snapshot {
        let mut snapshot = Snapshot::new(String::new(), Timestamp::UNIX_EPOCH);
        (snapshot.mailboxes, snapshot.stage) = (rows, stage);
        snapshot.contacts = Tally { total: 2, done: 0, failed: 0 };
        snapshot
    }

    #[test]
    fn it_only_rises_and_is_whole_only_at_the_end() {
        let mut meter = Meter::default();
        meter.run(&run(vec![row(UserState::Queued, 0, 0), row(UserState::Syncing, 100, 100)], Stage::Mailboxes));
        let begun = meter.shown();
        assert!(begun < 0.1, "{begun}");
        meter.run(&run(vec![row(UserState::Queued, 0, 0), row(UserState::Syncing, 100, 50)], Stage::Mailboxes));
        let half = meter.shown();
        assert!(half > begun + 0.1 && half < 0.3, "{half}");
        // More was found meanwhile: it stays where it was.
        meter.run(&run(vec![row(UserState::Queued, 0, 0), row(UserState::Syncing, 300, 250)], Stage::Mailboxes));
        assert_eq!(meter.shown(), half);
        meter.run(&run(vec![row(UserState::Synced, 9, 0), row(UserState::Failed, 300, 250)], Stage::Contacts));
        assert!((meter.shown() - 0.74).abs() < 0.01, "{}", meter.shown());
        meter.compared(50, 100);
        meter.compared(100, 100);
        assert!(meter.shown() > 0.98 && meter.shown() < 1.0);
        meter.compared(1, 100);
        assert!(meter.shown() > 0.98);
        meter.end();
        assert_eq!(meter.shown(), 1.0);
    }

    #[test]
    fn a_larger_mailbox_weighs_more_and_nothing_at_all_is_no_division_by_zero() {
        let mut meter = Meter { weights: vec![1, 9], ..Meter::default() };
        meter.run(&run(vec![row(UserState::Synced, 1, 0), row(UserState::Queued, 0, 0)], Stage::Mailboxes));
        assert!((meter.shown() - 0.074).abs() < 0.001, "{}", meter.shown());
        let mut meter = Meter::default();
        meter.run(&run(Vec::new(), Stage::Verifying));
        assert!(meter.shown() < 1.0);
    }
}
