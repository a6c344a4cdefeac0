//! Contacts and groups of a run: contacts after mailboxes, groups after contacts, and members only once every group is
//! there, so that groups may hold each other.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;

use super::batch::Run;
use super::enrolled::{End, Enrolled};
use super::ledger::recipients::{self, Detail, Record};
use super::members;
use super::pacer::{DIRECTORY_AT_A_TIME, SHOWN_FROM, so_many};
use super::port::Made;
use super::problem::{Kind, Problem};
use super::progress::{Snapshot, Tally};
use super::recipient::{Address, Contact, Group};
use super::retry::stopped;
use super::run::{Phase, UserState};
use super::waiting::Waiting;

/// What was made just now may be unknown for a while to whoever is asked next: it is asked about after each of these pauses.
const SHOWS_WITHIN: [Duration; 5] = [
    Duration::ZERO,
    Duration::from_secs(2),
    Duration::from_secs(8),
    Duration::from_secs(30),
    Duration::from_secs(120),
];

/// Makes the contacts and mail users.
pub(crate) async fn contacts(run: &Arc<Run>) -> Result<(), Problem> {
    let pairs = run.contacts.iter().zip(&run.plan.contacts);
    let work = pairs.map(|(record, contact)| one_contact(run, record, contact)).collect();
    all(run, so_many(DIRECTORY_AT_A_TIME, work).await)
}

async fn one_contact(run: &Arc<Run>, record: &Record, contact: &Contact) -> Result<(), Problem> {
    let enrolled = run.enrolled(record, None);
    let worked = make_contact(run, record, contact, &enrolled).await;
    settle(run, &enrolled, worked, |snapshot| &mut snapshot.contacts).await
}

async fn make_contact(run: &Run, record: &Record, contact: &Contact, enrolled: &Enrolled) -> Result<(), Problem> {
    enrolled.to(UserState::Provisioning).await?;
    if record.arrived && record.detail == Detail::Contact(contact.clone()) {
        return Ok(());
    }
    let made = run.directory.call(|| run.core.parts.target.create_contact(contact)).await;
    arrived(made, enrolled).await
}

/// One that lacks a further address is there all the same; as it does not count as arrived, the next run tries again.
async fn arrived(made: Result<Made, Problem>, enrolled: &Enrolled) -> Result<(), Problem> {
    match made {
        Ok(_) => enrolled.arrived().await,
        Err(problem) if problem.kind == Kind::Item => enrolled.note(&problem, Phase::Provision).await,
        Err(problem) => Err(problem),
    }
}

/// Makes the groups, then sets their members.
pub(crate) async fn groups(run: &Arc<Run>) -> Result<(), Problem> {
    let pairs = run.groups.iter().zip(&run.plan.groups);
    let work = pairs.map(|(record, group)| new_group(run, record, group)).collect();
    let made = so_many(DIRECTORY_AT_A_TIME, work).await;
    let waited = shown(run).await;
    let work = made.into_iter().map(|group| fill_group(run, group)).collect();
    let mut ends = so_many(DIRECTORY_AT_A_TIME, work).await;
    ends.push(waited);
    all(run, ends)
}

/// Waits until what was made in this run and is to be in a group shows to whoever asks. What does not is told with its group;
/// so is why nobody can be asked, once the groups are filled.
async fn shown(run: &Run) -> Result<(), Problem> {
    let members: BTreeSet<&Address> = run.plan.groups.iter().flat_map(|group| &group.members).collect();
    let records = run.mailboxes.iter().chain(&run.contacts).chain(&run.groups);
    let new: Vec<(i64, Address)> = records
        .filter(|record| !record.arrived && members.contains(record.detail.address()))
        .map(|record| (record.id, record.detail.address().clone()))
        .collect();
    let made = |db: &Connection| {
        let mut made = Vec::new();
        for (id, address) in new {
            if recipients::get(db, id)?.arrived {
                made.push(address);
            }
        }
        Ok(made)
    };
    let mut open = run.core.ledger.read(made).await?;
    // Told without a gap, also while it is asked.
    let mut told = None;
    for (look, pause) in SHOWS_WITHIN.iter().enumerate() {
        if open.is_empty() {
            break;
        }
        if *pause >= SHOWN_FROM {
            let left: Duration = SHOWS_WITHIN[look..].iter().sum();
            drop(told.replace(run.waits.show(left, |until| Waiting::Recipients { until })));
        }
        run.directory.sleep(*pause).await?;
        let work = open.into_iter().map(|address| async {
            let there = run.directory.call(|| run.core.parts.target.recipient_exists(&address)).await;
            (address, there)
        });
        open = Vec::new();
        for (address, there) in so_many(DIRECTORY_AT_A_TIME, work.collect()).await {
            match there {
                Err(problem) if problem.kind == Kind::Run => return Err(problem),
                Ok(true) => {}
                Ok(false) | Err(_) => open.push(address),
            }
        }
    }
    Ok(())
}

/// A group that was made, or could not be.
struct NewGroup<'a> {
    enrolled: Enrolled,
    group: &'a Group,
    made: Result<(), Problem>,
}

async fn new_group<'a>(run: &Arc<Run>, record: &Record, group: &'a Group) -> NewGroup<'a> {
    let enrolled = run.enrolled(record, None);
    let made = make_group(run, record, group, &enrolled).await;
    NewGroup { enrolled, group, made }
}

async fn fill_group(run: &Run, new: NewGroup<'_>) -> Result<(), Problem> {
    let worked = match new.made {
        Ok(()) => members::set(run, new.group, &new.enrolled).await,
        failed => failed,
    };
    settle(run, &new.enrolled, worked, |snapshot| &mut snapshot.groups).await
}

async fn make_group(run: &Run, record: &Record, group: &Group, enrolled: &Enrolled) -> Result<(), Problem> {
    enrolled.to(UserState::Provisioning).await?;
    let known = matches!(&record.detail, Detail::Group(before) if before.identity == group.identity);
    if !(record.arrived && known) {
        let made = run.directory.call(|| run.core.parts.target.create_group(group)).await;
        arrived(made, enrolled).await?;
    }
    enrolled.to(UserState::ProvisionUpdating).await
}

async fn settle(
    run: &Run,
    enrolled: &Enrolled,
    worked: Result<(), Problem>,
    tally: impl Fn(&mut Snapshot) -> &mut Tally,
) -> Result<(), Problem> {
    match enrolled.settle(worked, Phase::Provision).await? {
        End::Done => run.progress.update(|snapshot| tally(snapshot).done += 1),
        End::Failed => run.progress.update(|snapshot| tally(snapshot).failed += 1),
        End::Stopped => {}
    }
    Ok(())
}

/// The first failure after which nothing can go on, if there was one; or that it was stopped.
fn all(run: &Run, ends: Vec<Result<(), Problem>>) -> Result<(), Problem> {
    ends.into_iter().collect::<Result<(), Problem>>()?;
    if run.control.after_current.is_cancelled() { Err(stopped()) } else { Ok(()) }
}
