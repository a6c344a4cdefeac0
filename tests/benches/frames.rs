//! How long a frame takes with 2,000 recipients: `cargo bench --bench frames`.
//!
//! Each line is a page of the real window, without a screen, as it takes in one message and is shown anew at 1280 by 900.
//! `view + layout` is what every message costs on the window's own thread, in milliseconds: median and 95th percentile,
//! and as a multiple of the first page's median, which does not depend on the computer. `draw` is all pixels of the
//! window; the real one draws only those that changed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::sync::Arc;
use std::time::Duration;

use cutover::engine::books::Books;
use cutover::engine::problem::{Guidance, Kind, Problem, Side};
use cutover::engine::progress::{Event, MailboxRow, Snapshot, Stage, Tally};
use cutover::engine::recipient::{Address, MailboxKind, Size};
use cutover::engine::run::{BatchState, UserState};
use cutover::engine::waiting::Waiting;
use cutover::gui::app::Message;
use cutover::gui::monitor::{EVENTS_AT_ONCE, Seen};
use cutover::gui::page::live::mailboxes::{self, Filter};
use cutover::gui::page::review::Tab;
use cutover::gui::page::{live, review, run};
use cutover::gui::widget::table;
use cutover::gui::wizard::{self, Step};

#[path = "../support/memory.rs"]
mod memory;
#[path = "../gui/support.rs"]
mod support;

use memory::Fault;
use support::{Bench, Frame, Window, now};

/// Recipients of the organisation.
const RECIPIENTS: usize = 2_000;
/// Frames of each line.
const FRAMES: usize = 200;
/// What view and layout may take together, in milliseconds.
const GOAL: f64 = 8.0;
/// What people type to find somebody.
const TYPED: [&str; 8] = ["p", "pe", "per", "pers", "person 01", "person 019", "öz", ""];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::time::pause();
    let mut table = Table::new();
    let mut window = organisation().window_of(1280.0, 900.0).await;
    table.measure("welcome", &mut window, |_| Message::Tick);
    window.walk_to_review().await;
    on_review(&mut table, &mut window);
    let bench = organisation();
    bench.launcher.world.misbehave(|request| match request.operation {
        "target.create_mailbox" => Fault::Hang,
        _ => Fault::None,
    });
    let reports = tempfile::tempdir().unwrap();
    let mut window = bench.window_of(1280.0, 900.0).await;
    window.walk_to_run(reports.path().to_str().unwrap()).await;
    window.until("the mailboxes", |window| window.says("run-active")).await;
    assert_eq!(window.step(), Step::Run);
    on_run(&mut table, &mut window);
    table.close();
}

/// Three mailboxes, and so many more that there are 2,000; the names are in the bundled font's scripts.
fn organisation() -> Bench {
    let bench = Bench::contoso();
    let world = &bench.launcher.world;
    let names = ["Ünal Öztürk", "Ελένη Παππά", "Наталья Орлова", "Zoë van den Berg", "Person"];
    for number in 0..RECIPIENTS - 7 {
        let address = address(number);
        world.add_mailbox(&address, MailboxKind::User);
        let mut state = world.state();
        let mailbox = &mut state.source.get_mut(&address).unwrap().mailbox;
        mailbox.identity.display_name = format!("{} {number}", names[number % names.len()]);
    }
    world.state().tenant.free_licences = 5_000;
    bench
}

fn address(number: usize) -> String {
    format!("person{number:05}@contoso.com")
}

fn on_review(table: &mut Table, window: &mut Window) {
    let tell = |message| Message::Wizard(wizard::Message::Review(message));
    table.measure("review, summary", window, |_| Message::Tick);
    window.frame(Some(tell(review::Message::Show(Tab::Findings))));
    table.measure("review, findings", window, |_| Message::Tick);
    window.frame(Some(tell(review::Message::Show(Tab::Recipients))));
    table.measure("review, table", window, |_| Message::Tick);
    table.measure("review, table scrolled", window, |frame| tell(review::Message::Table(seen(frame))));
    window.frame(Some(tell(review::Message::Table(seen(0)))));
    let search = |frame: usize| review::Message::Search(TYPED[frame % TYPED.len()].to_owned());
    table.measure("review, search typed", window, |frame| tell(search(frame)));
    window.frame(Some(tell(review::Message::Search(String::new()))));
    let sort = |frame| review::Message::Table(table::Event::Sort(frame / 2 % 6));
    table.measure("review, table sorted", window, |frame| tell(sort(frame)));
}

fn on_run(table: &mut Table, window: &mut Window) {
    let tell = |message| Message::Wizard(wizard::Message::Run(run::Message::Live(message)));
    let see = |seen| tell(live::Message::Seen(1, seen));
    let on_mailboxes = |message| tell(live::Message::Mailboxes(message));
    let snapshots: Vec<Arc<Snapshot>> = (0..FRAMES).map(|frame| Arc::new(snapshot(frame))).collect();
    let next = |frame: usize| see(Seen::Snapshot(snapshots[frame].clone(), snapshots[frame].started));
    window.frame(Some(next(0)));
    table.measure("run, snapshot", window, next);
    table.measure("run, table scrolled", window, |frame| on_mailboxes(mailboxes::Message::Table(seen(frame))));
    window.frame(Some(on_mailboxes(mailboxes::Message::Table(seen(0)))));
    let search = |frame: usize| mailboxes::Message::Search(TYPED[frame % TYPED.len()].to_owned());
    table.measure("run, search typed", window, |frame| on_mailboxes(search(frame)));
    window.frame(Some(on_mailboxes(mailboxes::Message::Search(String::new()))));
    window.frame(Some(on_mailboxes(mailboxes::Message::Table(table::Event::Sort(0)))));
    table.measure("run, snapshot, by name", window, next);
    window.frame(Some(on_mailboxes(mailboxes::Message::Filter(Filter::Waiting))));
    table.measure("run, snapshot, waiting", window, next);
    let troubles: Vec<Arc<Vec<Event>>> =
        troubles().chunks(EVENTS_AT_ONCE).map(|some| Arc::new(some.to_vec())).collect();
    let heard = |frame: usize| see(Seen::Events(troubles[frame % troubles.len()].clone(), 0));
    table.measure("run, bundle of problems", window, heard);
    let chosen = (Guidance::SourceAccessDenied, None);
    window.frame(Some(tell(live::Message::Choose(chosen, true))));
    table.measure("run, snapshot, problems", window, next);
}

/// As a wheel turned once more: three rows further down.
fn seen(frame: usize) -> table::Event {
    let offset = frame as f32 * 3.0 * table::ROW;
    table::Event::Internal(table::Message::Seen { offset, height: 9.0 * table::ROW })
}

/// A run in the middle: a tenth of a second later something has moved everywhere.
fn snapshot(frame: usize) -> Snapshot {
    let mailboxes: Vec<MailboxRow> = (0..RECIPIENTS).map(|number| row(number, frame as u64)).collect();
    let mut books = Books::default();
    mailboxes.iter().for_each(|row| books += row.books);
    Snapshot {
        batch: "Batch 1".to_owned(),
        state: BatchState::Syncing,
        stage: Stage::Mailboxes,
        started: now(),
        bytes: mailboxes.iter().map(|row| row.bytes).sum(),
        mailboxes,
        contacts: Tally { total: 2, done: 0, failed: 0 },
        groups: Tally { total: 2, done: 0, failed: 0 },
        books,
        verified: 0,
        concurrency: 10,
        waiting: None,
    }
}

fn row(number: usize, frame: u64) -> MailboxRow {
    let (state, moved) = match number % 20 {
        0..8 => (UserState::Synced, 4_000),
        8 | 9 => (UserState::Syncing, 1_000 + 3 * frame),
        10 => (UserState::Failed, 17),
        _ => (UserState::Queued, 0),
    };
    let until = now() + Duration::from_secs(300);
    let books = Books { found: 4_000, waiting: 4_000 - moved, moved, ..Books::default() };
    let denied = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied);
    MailboxRow {
        address: Address::new(address(number)),
        name: format!("Ünal Öztürk {number}"),
        state,
        size: Some(Size { items: 4_000, bytes: 400_000_000 }),
        books,
        counted: true,
        bytes: moved * 100_000,
        started: Some(now()),
        bytes_per_minute: 5_000_000 + frame,
        waiting: (number % 20 == 9).then_some(Waiting::Pause { side: Side::Target, until }),
        problem: (state == UserState::Failed).then_some(denied),
    }
}

/// One of every recipient.
fn troubles() -> Vec<Event> {
    let denied = Problem::new(Kind::Mailbox, Side::Source, Guidance::SourceAccessDenied);
    let of = |number| {
        let problem = denied.clone().with("mailbox", address(number)).with("user", "migration");
        Event::Problem { address: Address::new(address(number)), problem }
    };
    (0..RECIPIENTS).map(of).collect()
}

/// What is printed.
struct Table {
    reference: Option<f64>,
    over: usize,
}

impl Table {
    fn new() -> Table {
        println!("{RECIPIENTS} recipients, {FRAMES} frames each, milliseconds\n");
        println!("{:<26}{:>15}{:>19}{:>10}{:>15}", "", "update", "view + layout", "", "draw");
        println!(
            "{:<26}{:>8}{:>7}{:>11}{:>8}{:>10}{:>8}{:>7}",
            "", "median", "95 %", "median", "95 %", "ratio", "median", "95 %"
        );
        Table { reference: None, over: 0 }
    }

    /// A line: the window takes in a message, again and again. The first one is what others are compared with.
    fn measure(&mut self, name: &str, window: &mut Window, mut message: impl FnMut(usize) -> Message) {
        let frames: Vec<Frame> = (0..FRAMES).map(|frame| window.frame(Some(message(frame)))).collect();
        let update = spread(&frames, |frame| frame.update);
        let shown = spread(&frames, |frame| frame.view + frame.layout);
        let draw = spread(&frames, |frame| frame.draw);
        let ratio = shown.0 / *self.reference.get_or_insert(shown.0);
        let over = shown.1 > GOAL;
        self.over += usize::from(over);
        let mark = if over { "  over the goal" } else { "" };
        println!(
            "{name:<26}{:>8.2}{:>7.2}{:>11.2}{:>8.2}{ratio:>9.1}x{:>8.1}{:>7.1}{mark}",
            update.0, update.1, shown.0, shown.1, draw.0, draw.1
        );
    }

    fn close(self) {
        println!("\nview + layout above {GOAL} ms in 95 of 100 frames: {} lines", self.over);
    }
}

/// Median and 95th percentile in milliseconds.
fn spread(frames: &[Frame], part: impl Fn(&Frame) -> Duration) -> (f64, f64) {
    let mut times: Vec<f64> = frames.iter().map(|frame| part(frame).as_secs_f64() * 1e3).collect();
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() * 95 / 100])
}
