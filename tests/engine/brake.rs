//! Far more than usual is gone at the source: it is not followed unless the administrator says that it is right.

use cutover::engine::Migration;
use cutover::engine::control::Outcome;
use cutover::engine::plan::{Deletions, Options};
use cutover::engine::problem::Guidance;
use cutover::engine::recipient::{Address, Group};
use cutover::engine::run::{BatchState, Pass};

use crate::harness::{ANNA, Bench, EACH, assert_state};
use crate::memory::{contact, group};

const MORE: u64 = 60;
/// What Anna's mailbox holds: her own duplicates as well.
const HELD: u64 = EACH + 4 + MORE;

/// Anna's mailbox holds so much that a loss counts.
async fn after_first_copy() -> (Bench, Migration, Vec<String>) {
    let bench = Bench::contoso();
    let more = (0..MORE).map(|n| bench.world.add_item(ANNA, "s-Sent", &format!("Sent {n}"))).collect();
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    (bench, migration, more)
}

/// It told that so many are gone, of so many.
async fn assert_held(migration: &Migration, outcome: &Outcome, gone: u64, held: u64) {
    assert_state(outcome, BatchState::SyncedWithErrors);
    assert_eq!((outcome.failed_recipients, outcome.books.gone), (1, gone));
    let told = migration.troubles().await.unwrap().first;
    assert_eq!(told.len(), 1);
    let (problem, number) = (&told[0].problem, |name| told[0].problem.values[name].parse::<u64>().unwrap());
    assert_eq!((problem.guidance, number("gone"), number("held")), (Guidance::SourceMuchGone, gone, held));
}

#[tokio::test(start_paused = true)]
async fn a_mailbox_that_comes_back_empty_takes_nothing_from_the_target() {
    for folders_too in [false, true] {
        let (bench, migration, _) = after_first_copy().await;
        let before = bench.world.target_content(ANNA);
        let taken = {
            let mut state = bench.world.state();
            let anna = state.source.get_mut(ANNA).unwrap();
            let all = (std::mem::take(&mut anna.items), anna.folders.clone());
            if folders_too {
                anna.folders.retain(|folder| folder.role.is_some());
            }
            all
        };
        bench.world.expire_sync_states(ANNA, false);
        for _ in 0..2 {
            let outcome = bench.run(&migration, Pass::Incremental).await;
            assert_held(&migration, &outcome, HELD, HELD).await;
            assert_eq!(bench.world.target_content(ANNA), before);
        }
        bench.world.add_item(ANNA, "s-Inbox", "Meanwhile");
        let outcome = bench.run(&migration, Pass::Incremental).await;
        assert_eq!(outcome.books.moved, 1, "everything else goes on");
        assert_held(&migration, &outcome, HELD, HELD + 1).await;
        let imports = bench.world.count("target.import");
        {
            let mut state = bench.world.state();
            let anna = state.source.get_mut(ANNA).unwrap();
            // Items are kept in the order of their ids.
            anna.items.splice(..0, taken.0);
            anna.folders = taken.1;
        }
        bench.world.expire_sync_states(ANNA, false);
        let outcome = bench.run(&migration, Pass::Incremental).await;
        assert_state(&outcome, BatchState::Synced);
        bench.assert_equal();
        assert_eq!(bench.world.count("target.import"), imports, "what was there is not sent again");
        assert!(migration.troubles().await.unwrap().first.is_empty());
        let asked = (bench.world.count("target.delete"), bench.world.count("target.delete_folder"));
        assert_eq!(asked, (0, 0), "folders too: {folders_too}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_was_deleted_on_purpose_is_followed_once_the_administrator_says_so() {
    let (bench, migration, more) = after_first_copy().await;
    more.iter().for_each(|id| drop(bench.world.delete(ANNA, id)));
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_held(&migration, &outcome, MORE, HELD).await;
    let follow_all = Options { deletions: Deletions::FollowAll, ..Options::default() };
    let outcome = bench.run_with(&migration, Pass::Incremental, follow_all).await;
    assert_state(&outcome, BatchState::Synced);
    bench.assert_equal();
    assert_eq!(bench.world.state().target[ANNA].deleted.len() as u64, MORE, "recoverably");
    assert!(migration.verify(&|_| {}).await.unwrap().nothing_lost());
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
}

#[tokio::test(start_paused = true)]
async fn agreeing_to_lose_so_many_is_not_agreeing_to_lose_everything() {
    let (bench, migration, more) = after_first_copy().await;
    more.iter().for_each(|id| drop(bench.world.delete(ANNA, id)));
    assert_held(&migration, &bench.run(&migration, Pass::Incremental).await, MORE, HELD).await;
    // What else there is goes between the question and the answer.
    for n in 0..MORE {
        bench.world.add_item(ANNA, "s-Sent", &format!("Later {n}"));
    }
    assert_held(&migration, &bench.run(&migration, Pass::Incremental).await, MORE, HELD + MORE).await;
    let before = bench.world.target_content(ANNA);
    bench.world.state().source.get_mut(ANNA).unwrap().items.clear();
    bench.world.expire_sync_states(ANNA, false);
    let outcome = agreed(&migration, MORE).await;
    assert_held(&migration, &outcome, HELD + MORE, HELD + MORE).await;
    assert_eq!((bench.world.target_content(ANNA), bench.world.count("target.delete")), (before, 0));
    // Agreed to all of it, all of it goes.
    assert_state(&agreed(&migration, HELD + MORE).await, BatchState::Synced);
    assert_eq!(bench.world.state().target[ANNA].deleted.len() as u64, HELD + MORE, "recoverably");
    assert!(migration.troubles().await.unwrap().first.is_empty());
}

/// For Anna alone, who may lose so many.
async fn agreed(migration: &Migration, items: u64) -> Outcome {
    let survey = migration.survey(&|_| {}).await.unwrap();
    let mut plan = migration.plan(survey, Options::default()).await.unwrap();
    let anna = Address::new(ANNA);
    plan.agreed.insert(anna.clone(), items);
    migration.run(plan.only(&[anna].into()), Pass::Incremental).await.unwrap().outcome().await
}

const TEAM: &str = "team@contoso.com";
const PARTNERS: &str = "partners@contoso.com";

fn partner(n: usize) -> String {
    format!("partner{n}@fabrikam.com")
}

/// As [`Bench::contoso`], with a group of twenty.
async fn with_partners() -> (Bench, Migration) {
    let bench = Bench::contoso();
    let partners: Vec<String> = (0..20).map(partner).collect();
    {
        let mut state = bench.world.state();
        state.contacts.extend(partners.iter().map(|partner| contact(partner, false)));
        let members: Vec<&str> = partners.iter().map(String::as_str).collect();
        state.groups.push(group(PARTNERS, &members));
    }
    let migration = bench.open();
    assert_state(&bench.run(&migration, Pass::Initial).await, BatchState::Synced);
    bench.assert_equal();
    (bench, migration)
}

fn members(bench: &Bench, address: &str) -> Vec<Address> {
    let mut members = bench.world.state().target_groups[address].clone();
    members.sort();
    members
}

/// At the source, a group keeps these members alone.
fn keep_members(bench: &Bench, address: &str, keep: impl Fn(usize) -> bool) {
    let mut state = bench.world.state();
    let group = state.groups.iter_mut().find(|group| group.identity.address.key() == address).unwrap();
    let mut place = 0..;
    group.members.retain(|_| place.next().is_some_and(&keep));
}

/// It told that so many members of a group are gone, of so many.
async fn assert_members_held(migration: &Migration, outcome: &Outcome, address: &str, gone: usize, held: usize) {
    assert_state(outcome, BatchState::SyncedWithErrors);
    assert_eq!(outcome.failed_recipients, 1);
    let told = migration.troubles().await.unwrap().first;
    assert_eq!(told.len(), 1);
    let values = ["group", "gone", "held"].map(|name| told[0].problem.values[name].clone());
    assert_eq!(told[0].problem.guidance, Guidance::SourceMembersGone);
    assert_eq!(values, [address.to_string(), gone.to_string(), held.to_string()]);
}

fn choose(deletions: Deletions) -> Options {
    Options { deletions, ..Options::default() }
}

#[tokio::test(start_paused = true)]
async fn a_group_that_comes_back_empty_or_far_smaller_loses_nobody_until_the_administrator_says_so() {
    for (address, left, gone, held) in [(TEAM, 0, 2, 2), (PARTNERS, 14, 6, 20)] {
        let (bench, migration) = with_partners().await;
        let (before, source) = (members(&bench, address), bench.world.state().groups.clone());
        keep_members(&bench, address, |place| place < left);
        for _ in 0..2 {
            let outcome = bench.run(&migration, Pass::Incremental).await;
            assert_members_held(&migration, &outcome, address, gone, held).await;
            assert_eq!(members(&bench, address), before);
        }
        let more = Address::new("info.alias@contoso.com");
        bench.world.state().contacts.push(contact(more.as_str(), false));
        let shown = {
            let mut state = bench.world.state();
            let group = state.groups.iter_mut().find(|group| group.identity.address.key() == address).unwrap();
            group.members.push(more.clone());
            group.members.len()
        };
        if shown > 1 {
            let outcome = bench.run(&migration, Pass::Incremental).await;
            assert_members_held(&migration, &outcome, address, gone, held).await;
            assert!(members(&bench, address).contains(&more), "what came goes on");
        }
        bench.world.state().groups = source;
        assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
        assert_eq!(members(&bench, address), before, "the source shows them again");
        assert!(migration.troubles().await.unwrap().first.is_empty());
        keep_members(&bench, address, |place| place < left);
        let outcome = bench.run_with(&migration, Pass::Incremental, choose(Deletions::FollowAll)).await;
        assert_state(&outcome, BatchState::Synced);
        bench.assert_equal();
        assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    }
}

#[tokio::test(start_paused = true)]
async fn whom_somebody_takes_out_on_both_sides_is_nothing_to_ask_about() {
    let (bench, migration) = with_partners().await;
    let before = members(&bench, PARTNERS);
    keep_members(&bench, PARTNERS, |place| place < 8);
    let partners = |group: &&Group| group.identity.address.key() == PARTNERS;
    let shown = bench.world.state().groups.iter().find(partners).unwrap().members.clone();
    let (mut left, gone): (Vec<Address>, Vec<Address>) =
        before.into_iter().partition(|member| shown.contains(member));
    left.extend_from_slice(&gone[..6]);
    bench.world.state().target_groups.insert(PARTNERS.to_string(), left.clone());
    let outcome = bench.run(&migration, Pass::Incremental).await;
    assert_members_held(&migration, &outcome, PARTNERS, 12, 20).await;
    left.sort();
    assert_eq!(members(&bench, PARTNERS), left, "so many of those who are left do not go unasked");
    bench.world.state().target_groups.insert(PARTNERS.to_string(), shown);
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    assert!(migration.troubles().await.unwrap().first.is_empty());
    bench.assert_equal();
}

#[tokio::test(start_paused = true)]
async fn a_few_members_leave_and_those_who_are_kept_by_choice_are_kept_later() {
    let (bench, migration) = with_partners().await;
    keep_members(&bench, PARTNERS, |place| place > 0);
    let before = members(&bench, PARTNERS);
    for deletions in [Deletions::Keep, Deletions::Follow, Deletions::FollowAll] {
        assert_state(&bench.run_with(&migration, Pass::Incremental, choose(deletions)).await, BatchState::Synced);
        assert_eq!(members(&bench, PARTNERS), before, "{deletions:?}");
    }
    keep_members(&bench, PARTNERS, |place| place > 4);
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    assert_eq!(members(&bench, PARTNERS).len(), before.len() - 5);
    assert!(members(&bench, PARTNERS).contains(&Address::new(partner(0))));
    assert!(migration.verify(&|_| {}).await.unwrap().directory.whole());
}

#[tokio::test(start_paused = true)]
async fn what_the_address_list_no_longer_shows_stays_in_its_groups() {
    let (bench, migration) = with_partners().await;
    let before = [TEAM, PARTNERS, "all@contoso.com"].map(|address| members(&bench, address));
    let (groups, contacts) = {
        let mut state = bench.world.state();
        let taken = (state.groups.clone(), state.contacts.clone());
        // Groups and contacts go; the group of everybody, which holds some of them, is there.
        state.groups.retain(|group| group.identity.address.key() == "all@contoso.com");
        state.contacts.clear();
        taken
    };
    for _ in 0..2 {
        assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
        let now = [TEAM, PARTNERS, "all@contoso.com"].map(|address| members(&bench, address));
        assert_eq!(now, before);
    }
    {
        let mut state = bench.world.state();
        (state.groups, state.contacts) = (groups, contacts);
    }
    // Now the partner leaves for good.
    keep_members(&bench, "all@contoso.com", |place| place < 2);
    assert_state(&bench.run(&migration, Pass::Incremental).await, BatchState::Synced);
    bench.assert_equal();
}
