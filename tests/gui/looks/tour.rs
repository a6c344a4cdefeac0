//! A walk through the whole wizard that stops at everything worth looking at. Nothing on screen depends on the computer, on
//! the time of day or on chance; all words are in the scripts of the bundled font.

use std::sync::Arc;
use std::time::Duration;

use cutover::engine::books::Books;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::progress::{Event, MailboxRow, Snapshot, Stage, Tally, Waiting};
use cutover::engine::recipient::{Address, Group, GroupKind, MailboxKind, Size};
use cutover::engine::run::{BatchState, UserState};
use cutover::gui::app::Message;
use cutover::gui::monitor::Seen;
use cutover::gui::page::live::Stopping;
use cutover::gui::page::{live, run};
use cutover::gui::wizard::{self, Step};
use jiff::Timestamp;

use crate::memory::{Fault, fields, group};
use crate::support::{Bench, Call, Turn, Window, now};

/// The usual window of these walks, in logical pixels.
pub const USUAL: (f32, f32) = (1080.0, 760.0);
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
    window.put(see(snapshot(false)));
    look(window, "run");
    window.put(see(snapshot(true)));
    look(window, "run-waiting");
    window.put(see(Seen::Events(Arc::new(troubles()), 0)));
    window.put(see(snapshot(false)));
    look(window, "run-problems");
    window.put(tell(run::Message::Stop));
    look(window, "run-stop");
    window.put(tell(run::Message::KeepGoing));
    window.put(Message::CloseAsked);
    look(window, "closing");
    window.put(Message::StayOpen);
    window.tell(tell(run::Message::StopAs(Stopping::Now))).await;
    at_rest(window).await;
    look(window, "run-stopped");
    bench.launcher.world.behave();
    window.click_id("footer-primary").await;
    at_rest(window).await;
    look(window, "run-ended");
    window.tell(tell(run::Message::Find(live::finding::Message::Open))).await;
    window.fill(live::finding::FIELD, "e").await;
    window.click_id("run-find-now").await;
    window.settle().await;
    look(window, "run-find");
    window.click_id("live-find-close").await;
    unmoved(bench, window, look).await;
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
    window.click_id("live-confirm").await;
    at_rest(window).await;
    look(window, "complete-done");
}

/// Until nothing goes on, and what was begun at the end is done, too.
async fn at_rest(window: &mut Window) {
    window.until("the end", |window| !window.app().wizard().is_busy()).await;
    window.settle().await;
}

/// A batch in the middle, or one that waits for the other side.
fn snapshot(waits: bool) -> Seen {
    let states = [
        UserState::Synced,
        UserState::Syncing,
        UserState::Syncing,
        UserState::Provisioning,
        UserState::Failed,
        UserState::Queued,
        UserState::Queued,
    ];
    let mailboxes: Vec<MailboxRow> =
        states.into_iter().enumerate().map(|(place, state)| row(place, state, waits)).collect();
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
    };
    Seen::Snapshot(Arc::new(snapshot), now())
}

fn begun() -> Timestamp {
    now() - Duration::from_secs(2_520)
}

fn row(place: usize, state: UserState, waits: bool) -> MailboxRow {
    let (name, address) = PEOPLE[place];
    let found = 12_345 * (place as u64 + 1);
    let moved = match state {
        UserState::Synced => found,
        UserState::Syncing => found / 3,
        _ => 0,
    };
    let until = now() + Duration::from_secs(300);
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
        waiting: (waits && state.is_active()).then_some(Waiting::Pause { side: Side::Target, until }),
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
