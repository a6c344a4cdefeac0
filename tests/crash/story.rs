//! A migration with all kinds of content, in chapters: the first pass, changes and an incremental pass, changes and the
//! completion with its verification.

use std::path::Path;
use std::sync::Arc;

use cutover::engine::clock::Clock;
use cutover::engine::control::Outcome;
use cutover::engine::item::FolderId;
use cutover::engine::plan::Options;
use cutover::engine::port::{Directory, Source, Target};
use cutover::engine::problem::{Guidance, Problem};
use cutover::engine::recipient::MailboxKind;
use cutover::engine::run::{BatchState, Pass};
use cutover::engine::{Migration, MigrationIdentity, Parts};

use crate::memory::{Fields, Keyring, World, contact, fields, group};

pub const ANNA: &str = "anna@contoso.com";
pub const BEN: &str = "ben@contoso.com";
pub const INFO: &str = "info@contoso.com";
pub const ROOM: &str = "room@contoso.com";

/// A part of the story: what people do at the source before it, and the pass that follows.
pub struct Chapter {
    pub change: fn(&World),
    pub pass: Pass,
    pub end: BatchState,
}

/// Some items cannot move, so that no chapter ends without errors.
pub const CHAPTERS: [Chapter; 3] = [
    Chapter { change: |_| (), pass: Pass::Initial, end: BatchState::SyncedWithErrors },
    Chapter { change: a_day_at_work, pass: Pass::Incremental, end: BatchState::SyncedWithErrors },
    Chapter {
        change: a_last_day,
        pass: Pass::Complete { ignore_errors: true },
        end: BatchState::CompletedWithErrors,
    },
];

/// Prefix of subjects whose items move at the source.
const WANDERS: &str = "Wanders";
/// Prefix of subjects that are deleted at the source.
const DELETED: &str = "Deleted";
/// An item that is edited on both sides: what somebody made of it on the target stands.
pub const DISPUTED: &str = "Disputed";
/// What they made of it.
pub const THEIRS: &str = "A note of mine";
/// The name of a folder that gets another one.
const RENAMED: &str = "Working title";

fn odd(class: &str, size: u64) -> Fields {
    let mut odd = fields(class, class.as_bytes().to_vec());
    odd.class = class.to_string();
    odd.size = size;
    odd
}

/// The organisation before anything has moved.
pub fn contoso() -> Arc<World> {
    let world = World::new();
    for (address, kind) in
        [(ANNA, MailboxKind::User), (BEN, MailboxKind::User), (INFO, MailboxKind::Shared), (ROOM, MailboxKind::Room)]
    {
        world.add_mailbox(address, kind);
        (0..2).for_each(|n| drop(world.add_item(address, "s-Calendar", &format!("Meeting {n}"))));
    }
    for address in [ANNA, INFO] {
        (0..4).for_each(|n| drop(world.add_item(address, "s-Inbox", &format!("Inbox {n}"))));
        world.add_item(address, "s-Inbox", &format!("{WANDERS} off"));
        world.add_item(address, "s-Inbox", &format!("{DELETED} later"));
        let projects = world.add_folder(address, "s-Root", "Projects", "IPF.Note");
        let nested = world.add_folder(address, &projects, RENAMED, "IPF.Note");
        world.add_item(address, &projects, "Plan");
        world.add_item(address, &nested, "Code");
        world.add_item(address, "s-Journal", "Call");
        world.add_item(address, "s-Inbox", DISPUTED);
        let attic = world.add_folder(address, "s-Root", "Attic", "IPF.Note");
        world.add_item(address, &attic, "Dusty");
        let doomed = world.add_folder(address, "s-Root", "Doomed", "IPF.Note");
        world.add_item(address, &doomed, "Doomed as well");
    }
    // The user's own duplicates, in one folder and another, and ones that nobody could tell apart by a search key.
    (0..3).for_each(|_| drop(world.add(ANNA, "s-Sent", fields("The same again", b"same".to_vec()))));
    world.add(ANNA, "s-Inbox", fields("The same again", b"same".to_vec()));
    (0..2).for_each(|_| drop(world.add(ANNA, "s-Contacts", fields("No search key", Vec::new()))));
    world.add(ANNA, "s-Contacts", fields("Another without", Vec::new()));
    // Equal ones that were stamped apart.
    for stamp in ["one", "another", "a third"] {
        let equal = fields("Stamped", b"equal".to_vec());
        world.add(ROOM, "s-Inbox", Fields { stamp: Some(stamp.to_string()), ..equal });
    }
    // What will fail or be skipped.
    world.add(BEN, "s-Inbox", odd("IPM.Refused", 1_000));
    world.add(BEN, "s-Inbox", odd("IPM.Damaged", 1_000));
    world.add(BEN, "s-Inbox", odd("IPM.Giant", 400 * 1024 * 1024));
    let mut state = world.state();
    state.contacts = vec![contact("partner@fabrikam.com", false), contact("guest@fabrikam.com", true)];
    state.groups = vec![
        group("all@contoso.com", &[ANNA, "team@contoso.com", "partner@fabrikam.com"]),
        group("team@contoso.com", &[BEN, INFO]),
    ];
    state.late_by = 1;
    drop(state);
    world
}

/// The id of the first item of this subject.
fn id_of(world: &World, address: &str, subject: &str) -> String {
    let state = world.state();
    state.source[address].items.iter().find(|item| item.fields.subject == subject).unwrap().id.clone()
}

fn a_day_at_work(world: &World) {
    for address in [ANNA, INFO] {
        world.edit(address, &id_of(world, address, "Inbox 0"), |item| item.body = "Edited".to_string());
        world.edit(address, &id_of(world, address, "Inbox 1"), |item| item.read = true);
        world.delete(address, &id_of(world, address, "Deleted later"));
        world.add_item(address, "s-Inbox", "New mail");
        world.move_item(address, &id_of(world, address, "Wanders off"), "s-Sent");
        rename(world, address, RENAMED, "A better name");
        world.move_folder(address, "s-s-Root-Attic", "s-s-Root-Projects");
        world.delete_folder(address, "s-s-Root-Doomed");
        world.edit_on_target(address, DISPUTED, |item| item.fields.body = THEIRS.to_string());
        world.edit(address, &id_of(world, address, DISPUTED), |item| item.body = "Edited in vain".to_string());
    }
    world.add(ANNA, "s-Sent", fields("The same again", b"same".to_vec()));
    let archive = world.add_folder(BEN, "s-Root", "Archive", "IPF.Note");
    world.add_item(BEN, &archive, "Filed");
    let mut state = world.state();
    state.contacts.push(contact("new@fabrikam.com", false));
    state.groups[1] = group("team@contoso.com", &[BEN, INFO, "new@fabrikam.com"]);
    drop(state);
}

fn a_last_day(world: &World) {
    world.edit(INFO, &id_of(world, INFO, "Inbox 1"), |item| item.body = "Edited at last".to_string());
    world.add_item(BEN, "s-Inbox", "At the last moment");
    world.move_item(ANNA, &id_of(world, ANNA, "Wanders off"), "s-Inbox");
    // The server has forgotten its states: everything is compared.
    world.expire_sync_states(ANNA, true);
}

fn rename(world: &World, address: &str, from: &str, to: &str) {
    let mut state = world.state();
    let mailbox = state.source.get_mut(address).unwrap();
    mailbox.folders.iter_mut().find(|folder| folder.name == from).unwrap().name = to.to_string();
}

/// The folder of this id, for tests that look into one.
#[allow(dead_code)]
pub fn folder(id: &str) -> FolderId {
    FolderId(id.to_string())
}

pub fn open(ledger: &Path, world: &Arc<World>, clock: Arc<dyn Clock>) -> Migration {
    try_open(ledger, world, clock).unwrap()
}

pub fn try_open(ledger: &Path, world: &Arc<World>, clock: Arc<dyn Clock>) -> Result<Migration, Problem> {
    let parts = Parts {
        directory: world.clone() as Arc<dyn Directory>,
        source: world.clone() as Arc<dyn Source>,
        target: world.clone() as Arc<dyn Target>,
        clock,
        sealer: Arc::new(Keyring::default()),
    };
    let identity = MigrationIdentity {
        source: "https://mail.contoso.com/EWS".to_string(),
        target: "tenant".to_string(),
        account: "CONTOSO\\migrator".to_string(),
    };
    Migration::open(ledger, parts, &identity)
}

/// Survey, plan and one run, to its end.
pub async fn run(migration: &Migration, pass: Pass) -> Result<Outcome, Problem> {
    let survey = migration.survey(&|_| {}).await?;
    let plan = migration.plan(survey, Options::default()).await?;
    Ok(migration.run(plan, pass).await?.outcome().await)
}

/// The pass of a chapter; one that was cut off after its last word has been said already.
pub async fn read(migration: &Migration, chapter: &Chapter, about: &str) {
    let said = run(migration, chapter.pass).await;
    match said {
        Err(problem) if problem.guidance == Guidance::MigrationCompleted => {
            let (_, state) = migration.last_batch().await.unwrap().unwrap();
            assert_eq!(state, chapter.end, "{about}");
        }
        said => {
            let outcome = said.unwrap_or_else(|problem| panic!("{about}: {problem:?}"));
            let state = (outcome.state, outcome.failed_recipients);
            assert_eq!(state, (chapter.end, 0), "{about}: {:?} {:?}", outcome.problem, outcome.books);
            outcome.books.close().unwrap();
        }
    }
}
