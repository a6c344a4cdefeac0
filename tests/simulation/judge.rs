//! After each pass, and at the end: what the engine says of itself and of what it left behind is held against the world.

use std::collections::BTreeMap;

use cutover::engine::Migration;
use cutover::engine::books::Books;
use cutover::engine::problem::Guidance;
use cutover::engine::recipient::Address;
use cutover::engine::report::Trouble;
use cutover::engine::run::UserState;

use crate::run::{Director, Passed};
use crate::truth::Life;
use crate::{accounts, oracle};

impl Director {
    pub fn harm_none(&self) {
        let truth = self.truth.lock().unwrap();
        let addresses: Vec<String> = self.world.state().source.keys().cloned().collect();
        for address in addresses {
            oracle::mailbox(&self.world, &truth, &address, None, 0).unwrap_or_else(|why| panic!("{why}"));
        }
        oracle::trespasses(&self.world, &truth).unwrap_or_else(|why| panic!("{why}"));
        assert!(self.world.state().most_in_flight <= 4);
    }

    /// What a pass came to: mailboxes that it calls in step are.
    pub fn judge(&self, passed: &Passed, calm: bool) {
        let Passed { outcome, rows, began, narrowed } = passed;
        self.harm_none();
        outcome.books.close().unwrap();
        for problem in outcome.problem.iter().chain(rows.mailboxes.iter().filter_map(|row| row.problem.as_ref())) {
            assert_ne!(problem.guidance, Guidance::Internal, "{problem}");
        }
        if !narrowed {
            let mut sum = Books::default();
            rows.mailboxes.iter().for_each(|row| sum += row.books);
            assert_eq!(sum, outcome.books, "the mailboxes' books make up the migration's");
        }
        let mut truth = self.truth.lock().unwrap();
        for row in rows.mailboxes.iter().filter(|row| row.state == UserState::Synced) {
            let address = row.address.key();
            let untouched = truth.touched.get(&address).is_none_or(|touched| touched <= began);
            let left = accounts::left_behind(&self.world, &truth, &address);
            let certain = left.iter().filter(|left| !left.theirs).count() as u64;
            let more = (row.books.skipped + row.books.failed + row.books.waiting).saturating_sub(certain);
            let allowed = if calm { 0 } else { more };
            let tally = oracle::mailbox(&self.world, &truth, &address, Some(*began), allowed)
                .unwrap_or_else(|why| panic!("{why}\n  {:?}", row.books));
            self.ending.lock().unwrap().tally.add(&tally);
            truth.in_step(&self.world, &address, *began);
            if untouched {
                let here = self.world.state().source[&address].items.len() as u64;
                assert_eq!(row.books.at_source(), here, "{address}: {:?}", row.books);
            }
            if calm {
                let count = |skipped: bool, theirs: bool| {
                    left.iter().filter(|left| left.skipped == skipped && (theirs || !left.theirs)).count() as u64
                };
                let skipped = count(true, false)..=count(true, true);
                assert!(skipped.contains(&row.books.skipped), "{address}: {skipped:?} {:?}", row.books);
                assert_eq!(row.books.failed, count(false, true), "{address}");
            }
        }
    }

    /// What was left behind is told, each with its reason.
    pub async fn reasons(&self, migration: &Migration) {
        let troubles = migration.troubles().await.unwrap();
        assert!(troubles.first.len() as u64 == troubles.total, "few enough to be told");
        let addresses: Vec<String> = self.world.state().source.keys().cloned().collect();
        for address in addresses {
            let compared = [
                Guidance::TargetItemMissing,
                Guidance::TargetItemDiffers,
                Guidance::TargetItemChanged,
                Guidance::TargetItemEdited,
                Guidance::TargetItemMoved,
                Guidance::TargetItemRemoved,
            ];
            let mine = troubles.first.iter().filter(|trouble| {
                let item = !trouble.folder.is_empty() && !compared.contains(&trouble.problem.guidance);
                item && trouble.address.key() == address
            });
            let mut told: Vec<(String, Guidance)> =
                mine.map(|trouble| (trouble.subject.clone(), trouble.problem.guidance)).collect();
            for left in accounts::left_behind(&self.world, &self.truth.lock().unwrap(), &address) {
                match told.iter().position(|told| *told == (left.subject.clone(), left.guidance)) {
                    Some(place) => drop(told.remove(place)),
                    None => assert!(left.theirs, "{address}: {left:?} is not told, but {told:?}"),
                }
            }
            assert!(told.is_empty(), "{address}: told for no reason: {told:?}");
        }
        self.removed(&troubles.first);
    }

    /// No more counts as deleted by users than they deleted.
    fn removed(&self, troubles: &[Trouble]) {
        let mut told: BTreeMap<(String, &str), usize> = BTreeMap::new();
        for trouble in troubles.iter().filter(|trouble| trouble.problem.guidance == Guidance::TargetItemRemoved) {
            *told.entry((trouble.address.key(), &trouble.subject)).or_default() += 1;
        }
        let truth = self.truth.lock().unwrap();
        for ((address, subject), told) in told {
            let such = |life: &&Life| {
                life.address == address && life.versions.iter().any(|fields| fields.subject == subject)
            };
            let deleted: usize = truth.lives.values().filter(such).map(|life| life.deletions().count()).sum();
            assert!(told <= deleted, "{address}: {told} of {subject} are told to be deleted, {deleted} were");
        }
    }

    /// Contacts, groups and their members are there.
    pub fn directory(&self) {
        let state = self.world.state();
        for contact in &state.contacts {
            assert!(state.target_contacts.contains(&contact.identity.address.key()), "{:?}", contact.identity);
        }
        for group in &state.groups {
            let sorted = |members: &[Address]| {
                let mut members = members.to_vec();
                members.sort();
                members
            };
            let there = &state.target_groups[&group.identity.address.key()];
            assert_eq!(sorted(there), sorted(&group.members), "{}", group.identity.address);
        }
    }
}
