//! Items that did not move, saved as files: the folder is chosen, the work is followed, and what came of it is told.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use iced::Task;
use iced::futures::SinkExt;
use iced::task::Handle;
use tokio::sync::watch;

use super::Live;
use super::reports::words;
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::save::{Chosen, SavedItem, Saving};
use crate::engine::waiting::Waiting;
use crate::gui::monitor;
use crate::gui::monitor::troubles::Cause;
use crate::gui::services::Services;
use crate::gui::session::Session;
use crate::gui::widget::focus;

mod view;

pub use view::view;

/// The button that saves, which has the keyboard when it is over.
pub const SAVE: &str = "run-save";
/// The button that ends it.
pub const STOP: &str = "run-save-stop";
/// Reasons told one by one at most; further items are only counted.
const REASONS_KEPT: usize = 5;
/// Messages between the work and the window; when it is full, the window misses what the next one replaces.
const MESSAGES_WAITING: usize = 8;

/// Something that happened to the files.
#[derive(Clone)]
pub enum Message {
    /// Choose a folder for them.
    Pick,
    /// It was chosen, or not.
    Picked(Option<PathBuf>),
    /// The work of this number is so far, and waits for something or nothing.
    Came(u64, Saving, Option<Waiting>),
    /// It is over.
    Over(u64, Arc<Saved>),
    /// Do not go on.
    Stop,
    /// Show the folder.
    Open,
    /// The desktop opened it, or told why not.
    Opened(Result<(), String>),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Saved {
    /// How many items lie there now, and how many could not be had.
    pub saving: Saving,
    /// Why some could not be had, each reason once with its items.
    pub reasons: Vec<(Problem, u64)>,
    /// Why it ended before its end.
    pub problem: Option<Problem>,
}

impl Saved {
    fn failed(&mut self, problem: &Problem) {
        let class = |problem: &Problem| problem.values.get("class").cloned();
        let same = |known: &Problem| known.guidance == problem.guidance && class(known) == class(problem);
        match self.reasons.iter().position(|(known, _)| same(known)) {
            Some(place) => self.reasons[place].1 += 1,
            None if self.reasons.len() < REASONS_KEPT => self.reasons.push((problem.clone(), 1)),
            None => {}
        }
    }
}

/// The files of a page's migration.
pub struct Saver {
    session: Arc<Session>,
    /// Of the last attempt.
    number: u64,
    folder: PathBuf,
    work: Option<Handle>,
    now: Saving,
    waits: Option<Waiting>,
    saved: Option<Arc<Saved>>,
    refused: Option<String>,
}

impl Saver {
    /// Nothing is saved yet.
    pub fn new(session: Arc<Session>) -> Saver {
        Saver {
            folder: session.reports.clone(),
            session,
            number: 0,
            work: None,
            now: Saving::default(),
            waits: None,
            saved: None,
            refused: None,
        }
    }

    /// Files are being written.
    pub fn is_busy(&self) -> bool {
        self.work.is_some()
    }

    /// A batch begins: what was told of the items is of before.
    pub fn outdated(&mut self) {
        (self.saved, self.refused) = (None, None);
    }

    /// Whether there are items to be saved, as far as a page knows.
    fn is_of_use(live: &Live) -> bool {
        // What was changed or moved on the target alone is there, and needs no file.
        let there = [Guidance::TargetItemEdited, Guidance::TargetItemMoved];
        let some = |cause: &Cause| cause.items > 0 && !there.contains(&cause.problem.guidance);
        !live.is_busy() && (live.troubles.further > 0 || live.troubles.causes().iter().any(some))
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message, services: &Services) -> Task<Message> {
        match message {
            Message::Pick if !self.is_busy() => {
                let title = words(services).text("run-save-pick", &[]);
                return Task::perform(
                    services.desktop.pick_folder(title, Some(self.folder.clone())),
                    Message::Picked,
                );
            }
            Message::Picked(Some(folder)) if !self.is_busy() => return self.save(folder),
            Message::Came(number, now, waits) if number == self.number => (self.now, self.waits) = (now, waits),
            Message::Over(number, saved) if number == self.number => {
                (self.work, self.saved) = (None, Some(saved));
                return focus::to(SAVE);
            }
            Message::Stop if self.is_busy() => {
                self.number += 1;
                let problem = Some(Problem::new(Kind::Run, Side::Here, Guidance::Stopped));
                let saved = Saved { saving: self.now, problem, ..Saved::default() };
                (self.work, self.saved) = (None, Some(Arc::new(saved)));
                return focus::to(SAVE);
            }
            Message::Open => {
                self.refused = None;
                return Task::perform(services.desktop.open(Services::shown(&self.folder)), Message::Opened);
            }
            Message::Opened(result) => self.refused = result.err(),
            // A second press, a folder that was not chosen, or an answer of an earlier attempt.
            Message::Pick | Message::Picked(_) | Message::Came(..) | Message::Over(..) | Message::Stop => {}
        }
        Task::none()
    }

    fn save(&mut self, folder: PathBuf) -> Task<Message> {
        self.number += 1;
        (self.now, self.waits, self.saved, self.refused) = (Saving::default(), None, None, None);
        self.folder = folder.clone();
        let (number, session) = (self.number, self.session.clone());
        let work = iced::stream::channel(MESSAGES_WAITING, async move |mut out| {
            let (tell, told) = watch::channel(Saving::default());
            let waiting = session.migration.waiting();
            let failures = Mutex::new(Saved::default());
            let hear = |saving: &Saving, item: &SavedItem<'_>| {
                tell.send_replace(*saving);
                if let Err(problem) = item.outcome {
                    failures.lock().unwrap_or_else(PoisonError::into_inner).failed(problem);
                }
            };
            let saved = session.migration.save_items(&folder, &Chosen::All, &hear);
            let mut came = (*told.borrow(), None);
            let ended = monitor::paced(saved, || {
                let now = (*told.borrow(), *waiting.borrow());
                // If the window is behind, it is told the next time.
                if came != now && out.try_send(Message::Came(number, now.0, now.1)).is_ok() {
                    came = now;
                }
            })
            .await;
            let mut saved = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
            match ended {
                Ok(saving) => saved.saving = saving,
                Err(problem) => (saved.saving, saved.problem) = (*told.borrow(), Some(problem)),
            }
            let _window_is_there_or_nobody_cares = out.send(Message::Over(number, Arc::new(saved))).await;
        });
        // Whoever leaves the page, or stops, ends it after the file in hand.
        let (task, handle) = Task::stream(work).abortable();
        self.work = Some(handle.abort_on_drop());
        Task::batch([task, focus::to(STOP)])
    }
}
