//! The program itself is killed, over and over, while it migrates from and to a practice organisation that another process
//! keeps up; then it is let come to its end. What is there is seen over the wire.
//!
//! `CUTOVER_KILLS=5000 cargo test --test crash killed` kills more often; `CUTOVER_SEED` draws other moments.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::os::unix::process::ExitStatusExt;
use std::sync::Mutex;
use std::time::Duration;

use cutover::engine::clock::{Clock, SeededClock};
use serde_json::Value;

use crate::organisation::{Held, Known, Organisation};
use crate::support::Running;
use crate::watchdog::Watchdog;

/// Kills in all, unless the environment says otherwise.
const KILLS: usize = 200;
/// Kills of one migration at most: so many organisations are needed.
const KILLS_EACH: usize = 12;
/// Attempts at a kill for each that is wanted, at most: the program may have ended before.
const TRIES: usize = 10;
/// Migrations at a time. Most of what a killed one does next is to wait for what may still be under way.
const AT_A_TIME: usize = 20;
/// A kill comes so much later than the phase that it is drawn for, at most; in milliseconds.
const LATEST: u64 = 300;
/// Items that arrive before a kill in the midst of copying, at most: so that something is left for the next one.
const MOST_ITEMS: usize = 8;
/// How often practice is asked what has arrived.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);
/// The signal that no program can put off.
const SIGKILL: i32 = 9;
/// Attempts at a kill of each migration's last pass.
const COMPLETIONS: usize = 3;
/// What is said of a migration that has had its last pass.
const COMPLETED: &str = "This migration is completed";
const MAILBOXES: usize = 3;
const MESSAGES: usize = 12;
/// What else the practice organisation of three people has: groups that can move, contacts (mail users become such), and
/// members of all groups together.
const GROUPS: usize = 6;
const CONTACTS: usize = 5;
const MEMBERS: usize = 13;

/// Makes each request that changes something take a while, so that it can be met in the middle.
const SLOW: &str = r#"
[[fault]]
side = "microsoft365"
operation = "POST importItem"
kind = "delay"
pause = 0.1
[[fault]]
side = "microsoft365"
operation = "POST *"
kind = "delay"
pause = 0.03
[[fault]]
side = "microsoft365"
operation = "New-*"
kind = "delay"
pause = 0.05
[[fault]]
side = "microsoft365"
operation = "Set-*"
kind = "delay"
pause = 0.05
[[fault]]
side = "microsoft365"
operation = "Update-*"
kind = "delay"
pause = 0.05
[[fault]]
side = "microsoft365"
operation = "Add-*"
kind = "delay"
pause = 0.05
"#;

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Starting,
    Provision,
    Folders,
    Copy,
    Groups,
    Verify,
    /// In the last pass.
    Completing,
}

/// Those in which so many kills are asked for.
const PHASES: [Phase; 5] = [Phase::Provision, Phase::Folders, Phase::Copy, Phase::Groups, Phase::Verify];

/// Where to kill while something is left to be copied, and when nothing is.
const FILLING: &[Phase] =
    &[Phase::Provision, Phase::Folders, Phase::Copy, Phase::Copy, Phase::Copy, Phase::Copy, Phase::Groups];
const FILLED: &[Phase] = &[Phase::Provision, Phase::Folders, Phase::Groups, Phase::Verify];

impl Phase {
    /// The phase that a line of the program's tells of. Of copying, practice tells.
    fn of(line: &str) -> Phase {
        // The last line of a killed program may be cut off.
        let line: Value = serde_json::from_str(line).unwrap_or_default();
        let word = |key: &str| line[key].as_str().unwrap_or_default();
        match (word("event"), word("state"), word("stage")) {
            ("recipient", "Provisioning", _) => Phase::Provision,
            ("recipient", "Syncing", _) => Phase::Folders,
            ("stage", _, "contacts" | "groups") => Phase::Groups,
            ("stage", _, "verifying") => Phase::Verify,
            _ => Phase::Starting,
        }
    }
}

/// When to kill.
struct Moment {
    /// Once this phase has begun; in that of copying, once so many more items have arrived.
    phase: Phase,
    items: usize,
    /// And so much later.
    later: Duration,
}

/// Lets the program run until a moment and kills it; answers the phase in which it died, or nothing if it was faster.
fn kill(organisation: &mut Organisation, moment: &Moment) -> Option<Phase> {
    let before = organisation.arrived();
    let mut victim = Running::start(&mut organisation.migration());
    let watchdog = Watchdog::over(victim.child.id());
    let mut phase = Phase::Starting;
    let sign = if moment.phase == Phase::Copy { Phase::Folders } else { moment.phase };
    while phase < sign {
        let Some(line) = victim.line() else { break };
        phase = phase.max(Phase::of(&line));
    }
    while moment.phase == Phase::Copy
        && victim.child.try_wait().unwrap().is_none()
        && organisation.arrived() < before + moment.items
    {
        std::thread::sleep(BETWEEN_LOOKS);
    }
    std::thread::sleep(moment.later);
    // It may have ended by itself.
    let _gone = victim.child.kill();
    while let Some(line) = victim.line() {
        phase = phase.max(Phase::of(&line));
    }
    let status = victim.child.wait().unwrap();
    assert!(!watchdog.struck(), "it hung in {phase:?}: {}", victim.told());
    if phase == Phase::Folders && organisation.arrived() > before {
        phase = Phase::Copy;
    }
    if status.signal() == Some(SIGKILL) {
        return Some(phase);
    }
    assert!(status.success(), "it ended by itself, {status}: {}", victim.told());
    None
}

/// Nothing is missing and nothing is there twice: as many items as there were, and no two of them the same.
fn whole(organisation: &Organisation, held: &[Held], number: u64) {
    for address in organisation.addresses() {
        let there = held.iter().filter(|item| item.mailbox == address);
        assert_eq!(there.count(), MESSAGES, "migration {number}, {address}: {held:#?}");
    }
    let apart: BTreeSet<&str> = held.iter().map(|item| item.search_key.as_str()).collect();
    assert_eq!(apart.len(), held.len(), "migration {number}: {held:#?}");
    assert!(!apart.contains(""), "migration {number}: {held:#?}");
}

/// The groups and contacts that a migration comes to that was never killed. They are the same in every organisation.
fn reference() -> Vec<Known> {
    let mut organisation = Organisation::start(MAILBOXES, MESSAGES, "", 0);
    organisation.migrate().ends(0);
    let directory = organisation.directory();
    let (groups, contacts): (Vec<&Known>, Vec<&Known>) = directory.iter().partition(|known| known.group.is_some());
    assert_eq!((groups.len(), contacts.len()), (GROUPS, CONTACTS), "{directory:#?}");
    let members = groups.iter().flat_map(|known| &known.group).map(|group| group.members.len());
    assert_eq!(members.sum::<usize>(), MEMBERS, "{directory:#?}");
    directory
}

/// One migration that is killed so often, and in its last pass besides, and what it comes to; answers the phases in which it
/// died.
fn killed_so_often(number: u64, kills: usize, reference: &[Known]) -> Vec<Phase> {
    let mut organisation = Organisation::start(MAILBOXES, MESSAGES, SLOW, number + 1);
    let chance = chance(number);
    let mut died = Vec::new();
    for _ in 0..TRIES * kills {
        if died.len() == kills {
            break;
        }
        let left = (MAILBOXES * MESSAGES).saturating_sub(organisation.arrived());
        let phases = if left > 0 { FILLING } else { FILLED };
        let phase = phases[chance.random() as usize % phases.len()];
        let items = 1 + chance.random() as usize % left.clamp(1, MOST_ITEMS);
        let later = Duration::from_millis(chance.random() % LATEST);
        died.extend(kill(&mut organisation, &Moment { phase, items, later }));
    }
    assert_eq!(died.len(), kills, "migration {number}: it ended by itself too often");
    let all = (MAILBOXES * MESSAGES) as u64;
    let mut before = None;
    for _ in 0..2 {
        let ended = organisation.migrate().ends(0).ended();
        let seen = (ended.found, ended.moved + ended.already_there, ended.verified);
        assert_eq!(seen, (all, all, all), "migration {number}: {ended:?}");
        let now = organisation.held();
        whole(&organisation, &now, number);
        assert_eq!(organisation.directory(), reference, "migration {number}: groups and contacts");
        assert!(before.is_none_or(|before| before == now), "migration {number}: another run changes nothing");
        before = Some(now);
    }
    let completing = completes_though_killed(&mut organisation, &chance, number);
    let now = (Some(organisation.held()), organisation.directory());
    assert_eq!(now, (before, reference.to_vec()), "migration {number}: completing changes nothing");
    died.extend(std::iter::repeat_n(Phase::Completing, completing));
    died
}

/// The last pass is killed at any moment: then it is completed, or can be, and is compared as before. Answers how often it died.
fn completes_though_killed(organisation: &mut Organisation, chance: &SeededClock, number: u64) -> usize {
    let mut died = 0;
    for _ in 0..COMPLETIONS {
        let mut victim = Running::start(&mut organisation.completing());
        let watchdog = Watchdog::over(victim.child.id());
        // Once the pass, its groups or its comparison have begun.
        let (key, word) =
            [("state", "Completing"), ("stage", "groups"), ("stage", "verifying")][chance.random() as usize % 3];
        let mut begun = false;
        while !begun && let Some(line) = victim.line() {
            begun = serde_json::from_str::<Value>(&line).unwrap()[key] == word;
        }
        std::thread::sleep(Duration::from_millis(chance.random() % LATEST));
        // It may have ended by itself.
        let _gone = victim.child.kill();
        while victim.line().is_some() {}
        let status = victim.child.wait().unwrap();
        assert!(!watchdog.struck(), "migration {number}: completing hung: {}", victim.told());
        let killed = status.signal() == Some(SIGKILL);
        let completed = status.code() == Some(2) && victim.told().contains(COMPLETED);
        let fine = killed || status.success() || completed;
        assert!(fine, "migration {number}: completing ended by itself, {status}: {}", victim.told());
        died += usize::from(begun && killed);
    }
    let last = organisation.run(organisation.completing());
    match last.code {
        0 => assert_eq!(last.lines().pop().unwrap()["state"], "Completed", "migration {number}"),
        _ => drop(last.refused(&[COMPLETED])),
    }
    let compared = organisation.run(organisation.comparison()).ends(0);
    let verdict = compared.events("verdict").pop().unwrap();
    assert_eq!((&verdict["nothing_lost"], &verdict["verified"]), (&true.into(), &(MAILBOXES * MESSAGES).into()));
    died
}

fn chance(number: u64) -> SeededClock {
    let seed: u64 = std::env::var("CUTOVER_SEED").map_or(1, |seed| seed.parse().unwrap());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let _within = runtime.enter();
    SeededClock::new(jiff::Timestamp::UNIX_EPOCH, seed.wrapping_mul(1_000_003).wrapping_add(number))
}

#[test]
fn killed_over_and_over_nothing_is_missing_and_nothing_is_there_twice() {
    let kills = std::env::var("CUTOVER_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let shares: VecDeque<(u64, usize)> = (0..)
        .map(|n| (n, kills.saturating_sub(n as usize * KILLS_EACH).min(KILLS_EACH)))
        .take_while(|(_, k)| *k > 0)
        .collect();
    let reference = reference();
    let (shares, died) = (Mutex::new(shares), Mutex::new(BTreeMap::<Phase, usize>::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let next = shares.lock().unwrap().pop_front();
                    let Some((number, kills)) = next else { return };
                    for phase in killed_so_often(number, kills, &reference) {
                        *died.lock().unwrap().entry(phase).or_default() += 1;
                    }
                }
            });
        }
    });
    let mut died = died.into_inner().unwrap();
    eprintln!("killed {died:?}");
    assert!(died.remove(&Phase::Completing).is_some(), "never killed in the last pass");
    assert_eq!(died.values().sum::<usize>(), kills);
    let spared: Vec<&Phase> = PHASES.iter().filter(|phase| !died.contains_key(phase)).collect();
    assert!(kills < PHASES.len() * KILLS_EACH || spared.is_empty(), "never killed in {spared:?}: {died:?}");
}
