//! Following a run: what is shown while it goes on.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use fluent_bundle::FluentValue;
use jiff::Timestamp;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::watch;

use super::show::Show;
use super::waits::{self, Waits};
use crate::engine::control::Handle;
use crate::engine::forecast;
use crate::engine::problem::Guidance;
use crate::engine::progress::{Event, MailboxRow, Snapshot, Stage};

/// How often progress is shown at most.
const PACE: Duration = Duration::from_millis(500);
/// How often a line of text tells the progress where there is no bar.
const LINE_EVERY: Duration = Duration::from_secs(30);
/// Items shown per cause as they come up; all of them are counted at the end and named in the error report.
const ITEMS_SHOWN: u32 = 3;

/// Shows a run until it ends.
pub async fn follow(show: &Show<'_>, handle: &Handle) {
    let mut snapshots = handle.snapshots();
    let mut events = handle.events();
    let mut follower = Follower {
        show,
        shown: HashMap::new(),
        stage: Stage::Starting,
        last_line: Instant::now(),
        waits: Waits::default(),
    };
    let mut tick = tokio::time::interval(PACE);
    let mut listening = true;
    loop {
        tokio::select! {
            event = events.recv(), if listening => match event {
                Ok(event) => follower.event(&event, &snapshots),
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => listening = false,
            },
            _ = tick.tick() => {
                let changed = snapshots.has_changed();
                if !matches!(changed, Ok(false)) {
                    // A copy: whoever waits for the terminal must not hold up the engine.
                    let now = snapshots.borrow_and_update().clone();
                    follower.progress(&now);
                }
                if changed.is_err() || handle.is_finished() {
                    break;
                }
            }
        }
    }
    while let Ok(event) = events.try_recv() {
        follower.event(&event, &snapshots);
    }
    show.clear();
}

struct Follower<'a> {
    show: &'a Show<'a>,
    /// How many items of each cause were shown.
    shown: HashMap<Guidance, u32>,
    stage: Stage,
    last_line: Instant,
    waits: Waits,
}

impl Follower<'_> {
    fn event(&mut self, event: &Event, snapshots: &watch::Receiver<Snapshot>) {
        let show = self.show;
        let stage = snapshots.borrow().stage;
        self.enter(stage);
        match event {
            Event::Batch(state) => show.json(&json!({"event": "batch", "state": state.name()})),
            Event::Recipient { address, state } => {
                show.json(&json!({"event": "recipient", "email": address.as_str(), "state": state.name()}));
                // Of contacts and groups only what goes wrong is worth a line.
                let row = |row: &&MailboxRow| row.address == *address && !state.is_active();
                let items = snapshots.borrow().mailboxes.iter().find(row).map(|row| row.books.arrived());
                if let Some(items) = items {
                    show.say(
                        "cli-mailbox",
                        &[
                            ("address", address.as_str().into()),
                            ("state", state.name().into()),
                            ("items", FluentValue::from(items)),
                        ],
                    );
                }
            }
            Event::Problem { address, problem } => show.problem(address.as_str(), problem),
            Event::Item { address, folder, subject, problem } => {
                let about = format!("{address} / {folder} / {subject}");
                show.json(&show.told("item", &about, problem));
                let shown = self.shown.entry(problem.guidance).or_default();
                *shown += 1;
                if *shown <= ITEMS_SHOWN {
                    show.text(&about, problem, false);
                }
                if *shown == ITEMS_SHOWN {
                    show.say("cli-more-items", &[]);
                }
            }
        }
    }

    /// Says what is being worked on, once.
    fn enter(&mut self, stage: Stage) {
        if stage != self.stage {
            self.stage = stage;
            enter(self.show, stage);
        }
    }

    fn progress(&mut self, now: &Snapshot) {
        let (show, books) = (self.show, &now.books);
        self.enter(now.stage);
        let left = Some(now).filter(|now| now.stage == Stage::Mailboxes);
        let left = left.and_then(|now| forecast::remaining(now, Timestamp::now()));
        show.json(&json!({"event": "progress", "state": now.state.name(), "found": books.found,
            "waiting": books.waiting, "moved": books.moved, "already_there": books.already_there,
            "skipped": books.skipped, "failed": books.failed, "gone": books.gone, "bytes": now.bytes,
            "verified": now.verified, "seconds_left": left.map(|(from, to)| [from.as_secs(), to.as_secs()])}));
        let blanks = [
            ("synced", FluentValue::from(now.synced())),
            ("total", FluentValue::from(now.mailboxes.len())),
            ("moved", FluentValue::from(books.moved)),
            ("range", left.map(|range| show.words().range(range)).unwrap_or_default().into()),
        ];
        let words = if left.is_some() { "cli-progress-left" } else { "cli-progress" };
        show.advance(books.found.saturating_sub(books.waiting), books.found, words, &blanks);
        if !show.has_bar() && self.last_line.elapsed() >= LINE_EVERY {
            self.last_line = Instant::now();
            show.say(words, &blanks);
        }
        self.waits.follow(waits::of(now), Instant::now(), |who, waiting| who.tell(show, waiting));
    }
}

/// Says that this is being worked on from now on.
pub fn enter(show: &Show<'_>, stage: Stage) {
    let (name, words) = match stage {
        Stage::Starting | Stage::Ended => return,
        Stage::Mailboxes => ("mailboxes", "cli-copying"),
        Stage::Contacts => ("contacts", "cli-making-contacts"),
        Stage::Groups => ("groups", "cli-making-groups"),
        Stage::Verifying => ("verifying", "cli-verifying"),
    };
    show.json(&json!({"event": "stage", "stage": name}));
    show.say(words, &[]);
}
