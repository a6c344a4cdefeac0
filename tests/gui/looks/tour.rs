//! A walk through the whole wizard that stops at everything worth looking at. Nothing on screen depends on the computer, on
//! the time of day or on chance; all words are in the scripts of the bundled font.

use std::sync::Arc;
use std::time::Duration;

use cutover::engine::books::Books;
use cutover::engine::plan::Deletions;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::progress::{Event, MailboxRow, Snapshot, Stage, Tally};
use cutover::engine::recipient::{Address, Group, GroupKind, MailboxKind, Size};
use cutover::engine::run::{BatchState, UserState};
use cutover::engine::waiting::Waiting;
use cutover::gui::app::Message;
use cutover::gui::monitor::Seen;
use cutover::gui::page::live::Stopping;
use cutover::gui::page::run::brake;
use cutover::gui::page::{complete, live, run};
use cutover::gui::widget::table;
use cutover::gui::wizard::{self, Step};
use jiff::Timestamp;

use crate::memory::{Fault, fields, group};
use crate::support::{Bench, Call, Turn, Window, now};

/// The usual window of these walks, in logical pixels.
pub const USUAL: (f32, f32) = (1080.0, 760.0);
/// The window as it opens for the first time.
pub const OPENS: (f32, f32) = (1000.0, 720.0);
/// A window of 1024 by 700 with text of twice its size.
pub const SMALL: (f32, f32) = (512.0, 350.0);

/// Who is being moved while the batch is looked at.
const PEOPLE: [(&str, &str); 7] = [
    ("Anna Ünal", "anna@contoso.com"),
    ("Ben Wolfeschlegelsteinhausenbergerdorff-Hohenlohe", "wolfeschlegelsteinhausenbergerdorff@contoso.com"),
    ("Ελένη Παππά", "eleni@contoso.com"),
    ("Information and reception desk", "info@contoso.com"),
    ("Zoë van den Berg", "zoe@contoso.com"),
    ("Наталья Орлова", "natalya@contoso.com"),
    ("Łukasz Żółć", "lukasz@contoso.com"),
];

/// Whether these words are a name or an address that was found on the server.
pub fn of_people(words: &str) -> bool {
    let found = ["anna", "ben", "info", "boardroom", "projector", "all", "team", "access", "guest", "partner"];
    let found = found.into_iter().chain(["Top of Information Store"]);
    let mut names = PEOPLE.iter().map(|(name, _)| *name).chain(found);
    words.contains('@') || words.starts_with("wolfeschlegel") || names.any(|name| name == words)
}

/// Goes from the first page to the completed migration. `look` is called with the name of each stop.
pub async fn tour(language: &'static str, look: &mut dyn FnMut(&mut Window, &str)) {
    let mut bench = Bench::contoso();
    bench.preferences.language = Some(language.to_owned());
    bench.preferences.reports = Some("/home/m.webb/Cutover".into());
    let world = bench.launcher.world.clone();
    world.add_mailbox("wolfeschlegelsteinhausenbergerdorff@contoso.com", MailboxKind::User);
    world.add_mailbox("boardroom@contoso.com", MailboxKind::Room);
    world.add_mailbox("projector@contoso.com", MailboxKind::Equipment);
    world
        .state()
        .groups
        .push(Group { kind: GroupKind::Security, ..group("access@contoso.com", &["anna@contoso.com"]) });
    world.state().tenant.free_licences = 0;
    let reports = reports();
    let mut window = bench.window_of(USUAL.0, USUAL.1).await;
    connecting(&bench, &mut window, look).await;
    reviewing(&bench, &mut window, reports.path().to_str().unwrap(), look).await;
    running(&bench, &mut window, look).await;
    completing(&mut window, look).await;
}

/// A folder whose name is as long on every computer, as the lines of the page depend on it.
fn reports() -> tempfile::TempDir {
    let short = std::path::Path::new("/tmp");
    if short.is_dir() { tempfile::tempdir_in(short).unwrap() } else { tempfile::tempdir().unwrap() }
}

async fn connecting(bench: &Bench, window: &mut Window, look: &mut dyn FnMut(&mut Window, &str)) {
    look(window, "welcome");
    window.click_id("need-account").await;
    look(window, "welcome-needs");
    window.walk_to_connect().await;
    look(window, "connect-empty");
    window.click_id("footer-primary").await;
    look(window, "connect-faults");
    let refused = Problem::new(Kind::Run, Side::Target, Guidance::TargetSecretWrong).with("client", "Cutover");
    bench.launcher.plan(Call::TryTarget, Turn::Fail(refused.with("tenant", "contoso.com")));
    window.fill_connect().await;
    window.click_id("footer-primary").await;
    look(window, "connect-refused");
    bench.launcher.plan(Call::TryTarget, Turn::Hang);
    window.click_id("footer-primary").await;
    look(window, "connect-testing");
    bench.launcher.release();
    window.until("the review", |window| window.step() == Step::Review).await;
}

async fn reviewing(bench: &Bench, window: &mut Window, reports: &str, look: &mut dyn FnMut(&mut Window, &str)) {
    look(window, "review-summary");
    choose(window, "review-tab-findings").await;
    look(window, "review-findings");
    bench.launcher.world.state().tenant.free_licences = 100;
    window.click_id("review-check").await;
    choose(window, "review-tab-summary").await;
    window.fill("review-reports", reports).await;
    choose(window, "review-tab-recipients").await;
    look(window, "review-recipients");
    window.click_id("footer-primary").await;
    look(window, "review-run");
}

async fn choose(window: &mut Window, tab: &str) {
    let tab = window.say(tab);
    window.click(&tab).await;
}

async fn running(bench: &Bench, window: &mut Window, look: &mut dyn FnMut(&mut Window, &str)) {
    let tell = |message| Message::Wizard(wizard::Message::Run(message));
    let see = |seen| tell(run::Message::Live(live::Message::Seen(1, seen)));
    bench.launcher.world.misbehave(|request| match request.operation {
        "target.create_mailbox" => Fault::Hang,
        _ => Fault::None,
    });
    window.click_id("review go").await;
    window.until("the batch", |window| window.says("run-active")).await;
    window.put(see(snapshot(None)));
    look(window, "run");
    let until = now() + Duration::from_secs(300);
    window.put(see(snapshot(Some(Waiting::Pause { side: Side::Target, until }))));
    look(window, "run-waiting");
    let until = now() + Duration::from_secs(9_000);
    window.put(see(snapshot(Some(Waiting::UnderWay { until }))));
    look(window, "run-under-way");
    window.put(see(snapshot(Some(Waiting::Mailbox))));
    look(window, "run-new-mailbox");
    window.put(see(Seen::Events(Arc::new(troubles()), 0)));
    window.put(see(snapshot(None)));
    look(window, "run-problems");
    window.put(tell(run::Message::Stop));
    look(window, "run-stop");
    window.put(tell(run::Message::KeepGoing));
    window.put(Message::CloseAsked);
    look(window, "closing");
    window.put(Message::StayOpen);
    window.put(see(snapshot_of(RARE, None)));
    look(window, "run-rare-states");
    let until = now() + Duration::from_secs(158);
    window.put(see(making_groups(Waiting::Recipients { until })));
    look(window, "run-new-recipients");
    window.tell(tell(run::Message::StopAs(Stopping::Now))).await;
    at_rest(window).await;
    look(window, "run-stopped");
    bench.launcher.world.behave();
    window.click_id("footer-primary").await;
    at_rest(window).await;
    look(window, "run-ended");
    folders(window, look).await;
    window.tell(tell(run::Message::Find(live::finding::Message::Open))).await;
    window.fill(live::finding::FIELD, "e").await;
    window.click_id("run-find-now").await;
    window.settle().await;
    look(window, "run-find");
    window.click_id("live-find-close").await;
    failing(bench, window, look).await;
    unmoved(bench, window, look).await;
    much_gone(bench, window, look).await;
}

/// The folders of a mailbox, while somebody looks at its details.
async fn folders(window: &mut Window, look: &mut dyn FnMut(&mut Window, &str)) {
    let tell = |message| Message::Wizard(wizard::Message::Run(run::Message::Live(live::Message::Mailboxes(message))));
    window.tell(tell(live::mailboxes::Message::Table(table::Event::Activate(0)))).await;
    look(window, "run-folders");
    window.tell(tell(live::mailboxes::Message::Shut)).await;
}

/// A synchronisation that does not begin, and is tried again.
async fn failing(bench: &Bench, window: &mut Window, look: &mut dyn FnMut(&mut Window, &str)) {
    let gone = Problem::new(Kind::Run, Side::Target, Guidance::TargetUnreachable).with("host", "graph.microsoft.com");
    bench.launcher.world.misbehave(move |request| match request.operation {
        "target.tenant" => Fault::Fail(gone.clone()),
        _ => Fault::None,
    });
    window.tell(Message::Wizard(wizard::Message::Run(run::Message::Synchronise))).await;
    at_rest(window).await;
    look(window, "run-again");
    bench.launcher.world.behave();
}

/// Much of two mailboxes is gone at the source. One question is looked at, the other one answered.
async fn much_gone(bench: &Bench, window: &mut Window, look: &mut dyn FnMut(&mut Window, &str)) {
    let world = &bench.launcher.world;
    let synchronise = || Message::Wizard(wizard::Message::Run(run::Message::Synchronise));
    let tell = |message| Message::Wizard(wizard::Message::Run(run::Message::Brake(message)));
    let add = |address| (0..60).map(move |n| (address, world.add_item(address, "s-Sent", &n.to_string())));
    let more: Vec<_> =
        ["anna@contoso.com", "wolfeschlegelsteinhausenbergerdorff@contoso.com"].into_iter().flat_map(add).collect();
    window.tell(synchronise()).await;
    at_rest(window).await;
    more.iter().for_each(|(address, id)| drop(world.delete(address, id)));
    window.tell(synchronise()).await;
    at_rest(window).await;
    look(window, "run-brake");
    window.tell(tell(brake::Message::ChooseAll(true))).await;
    window.click_id(brake::DELETE).await;
    look(window, "run-brake-ask");
    window.click_id(brake::LATER).await;
    window.tell(tell(brake::Message::Ask(Deletions::Keep))).await;
    look(window, "run-brake-keep");
    window.tell(tell(brake::Message::Decide)).await;
    at_rest(window).await;
}

/// Items that do not move: saved as files, and then gone from the source.
async fn unmoved(bench: &Bench, window: &mut Window, look: &mut dyn FnMut(&mut Window, &str)) {
    let world = &bench.launcher.world;
    let save = |message| Message::Wizard(wizard::Message::Run(run::Message::Save(message)));
    let bad = ["IPM.Refused", "IPM.Task"].map(|class| {
        let mut item = fields(class, class.as_bytes().to_vec());
        (item.class, item.size) = (class.to_owned(), 400 * 1024 * 1024);
        world.add("anna@contoso.com", "s-Inbox", item)
    });
    window.tell(Message::Wizard(wizard::Message::Run(run::Message::Synchronise))).await;
    at_rest(window).await;
    look(window, "run-unmoved");
    let folder = reports();
    bench.desktop.will_pick(folder.path().join("Not moved"));
    window.tell(save(live::saving::Message::Pick)).await;
    // No picture of the end: it names a folder that is another one each time.
    window.settle().await;
    bad.iter().for_each(|id| drop(world.delete("anna@contoso.com", id)));
    window.tell(Message::Wizard(wizard::Message::Run(run::Message::Synchronise))).await;
    at_rest(window).await;
}

async fn completing(window: &mut Window, look: &mut dyn FnMut(&mut Window, &str)) {
    window.click_id("footer-primary").await;
    assert_eq!(window.step(), Step::Complete);
    look(window, "complete-before");
    window.click_id("footer-primary").await;
    look(window, "complete-ask");
    window.click_id("complete-not-yet").await;
    // A synchronisation begins behind the page, and the completion waits for it.
    window.put(Message::Wizard(wizard::Message::Run(run::Message::Synchronise)));
    window.put(Message::Wizard(wizard::Message::Complete(complete::Message::Ask)));
    look(window, "complete-ask-behind");
    window.put(Message::Wizard(wizard::Message::Complete(complete::Message::Confirm)));
    look(window, "complete-queued");
    at_rest(window).await;
    look(window, "complete-done");
}

/// Until nothing goes on, and what was begun at the end is done, too.
async fn at_rest(window: &mut Window) {
    window.until("the end", |window| !window.app().wizard().is_busy()).await;
    window.settle().await;
}

/// What becomes of mailboxes in the middle of a batch.
const USUALLY: [UserState; PEOPLE.len()] = [
    UserState::Synced,
    UserState::Syncing,
    UserState::Syncing,
    UserState::Provisioning,
    UserState::Failed,
    UserState::Queued,
    UserState::Queued,
];
/// What becomes of them now and then; the first has items that failed.
const RARE: [UserState; PEOPLE.len()] = [
    UserState::Synced,
    UserState::CompletedWithWarnings,
    UserState::ProvisionUpdating,
    UserState::IncrementalSyncing,
    UserState::IncrementalFailed,
    UserState::CompletionFailed,
    UserState::Completing,
];

/// A batch in the middle, or one that waits.
fn snapshot(waits: Option<Waiting>) -> Seen {
    snapshot_of(USUALLY, waits)
}

/// The mailboxes are done, and the groups wait.
fn making_groups(waits: Waiting) -> Seen {
    let Seen::Snapshot(snapshot, at) = snapshot_of([UserState::Synced; PEOPLE.len()], None) else { unreachable!() };
    let snapshot = Snapshot { stage: Stage::Groups, waiting: Some(waits), ..(*snapshot).clone() };
    Seen::Snapshot(Arc::new(snapshot), at)
}

fn snapshot_of(states: [UserState; PEOPLE.len()], waits: Option<Waiting>) -> Seen {
    let mut mailboxes: Vec<MailboxRow> =
        states.into_iter().enumerate().map(|(place, state)| row(place, state, waits)).collect();
    if states == RARE {
        mailboxes[0].books.moved -= 12;
        mailboxes[0].books.failed += 12;
    }
    let mut books = Books::default();
    mailboxes.iter().for_each(|row| books += row.books);
    let snapshot = Snapshot {
        batch: "Batch 1".to_owned(),
        state: BatchState::Syncing,
        stage: Stage::Mailboxes,
        started: begun(),
        bytes: mailboxes.iter().map(|row| row.bytes).sum(),
        mailboxes,
        contacts: Tally { total: 2, done: 0, failed: 0 },
        groups: Tally { total: 2, done: 0, failed: 0 },
        books,
        verified: 0,
        concurrency: 3,
        waiting: None,
    };
    Seen::Snapshot(Arc::new(snapshot), now())
}

fn begun() -> Timestamp {
    now() - Duration::from_secs(2_520)
}

fn row(place: usize, state: UserState, waits: Option<Waiting>) -> MailboxRow {
    let (name, address) = PEOPLE[place];
    let found = 12_345 * (place as u64 + 1);
    let moved = match state {
        UserState::Synced => found,
        UserState::Syncing => found / 3,
        _ => 0,
    };
    MailboxRow {
        address: Address::new(address),
        name: name.to_owned(),
        state,
        size: Some(Size { items: found, bytes: found * 65_000 }),
        books: Books { found, waiting: found - moved, moved, ..Books::default() },
        counted: state != UserState::Queued,
        bytes: moved * 65_000,
        started: (state != UserState::Queued).then(begun),
        bytes_per_minute: moved * 65_000 / 42,
        waiting: waits.filter(|_| state.is_active()),
        problem: (state == UserState::Failed).then(denied),
    }
}

fn denied() -> Problem {
    let denied = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied);
    denied.with("mailbox", "zoe@contoso.com").with("user", "migration")
}

fn troubles() -> Vec<Event> {
    vec![Event::Problem { address: Address::new("zoe@contoso.com"), problem: denied() }]
}
