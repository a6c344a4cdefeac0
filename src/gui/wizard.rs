//! The five steps: their order, what may be entered or left, and what one page hands to the next.

use std::path::Path;
use std::sync::Arc;

use iced::Task;

use super::page::{Page, complete, connect, review, run, welcome};
use super::services::Services;
use super::session::Session;
use crate::engine::run::BatchState;
use crate::launcher::Rehearsal;

mod shown;

pub use shown::Shown;
use shown::Wrapped;

/// The administrator's story in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// What will happen, and how to begin.
    Welcome,
    /// Both sides.
    Connect,
    /// What will move.
    Review,
    /// It moves.
    Run,
    /// The end of it.
    Complete,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Step; 5] = [Step::Welcome, Step::Connect, Step::Review, Step::Run, Step::Complete];

    /// Its name in `i18n/`.
    pub fn key(self) -> &'static str {
        match self {
            Step::Welcome => "window-step-welcome",
            Step::Connect => "window-step-connect",
            Step::Review => "window-step-review",
            Step::Run => "window-step-run",
            Step::Complete => "window-step-complete",
        }
    }
}

/// Something that happened on a page.
#[derive(Clone)]
pub enum Message {
    /// On the first page.
    Welcome(welcome::Message),
    /// On the second page.
    Connect(connect::Message),
    /// On the third page.
    Review(review::Message),
    /// On the fourth page.
    Run(run::Message),
    /// On the last page.
    Complete(complete::Message),
    /// Back to an earlier page.
    To(Step),
    /// What comes of work that the page of this number began.
    Answer(u64, Box<Message>),
}

/// The pages, and which of them is shown. A page that was left keeps its answers; one that was not reached does not exist.
pub struct Wizard {
    step: Step,
    welcome: welcome::Welcome,
    connect: Option<connect::Connect>,
    /// The connection settings of a new migration, while those of another are shown.
    aside: Option<connect::Connect>,
    review: Option<review::Review>,
    /// What was chosen in a review that had to let go of its migration.
    choices: Option<review::Choices>,
    run: Option<run::Run>,
    complete: Option<complete::Complete>,
    /// Keeps the practice organisation running.
    rehearsal: Option<Arc<dyn Rehearsal>>,
    /// Of the pages, in their order. Each page has its own, so that late answers never reach the one that took its place.
    numbers: [u64; Step::ALL.len()],
    /// Pages that there have been.
    last: u64,
}

impl Wizard {
    /// At the beginning.
    pub fn new(services: &Services) -> (Wizard, Task<Message>) {
        Wizard::after(0, services)
    }

    /// At the beginning, after so many pages of earlier ones.
    fn after(last: u64, services: &Services) -> (Wizard, Task<Message>) {
        let (welcome, task) = welcome::Welcome::new(services);
        let mut wizard = Wizard {
            numbers: [0; Step::ALL.len()],
            last,
            step: Step::Welcome,
            welcome,
            connect: None,
            aside: None,
            review: None,
            choices: None,
            run: None,
            complete: None,
            rehearsal: None,
        };
        let task = wizard.opened(Step::Welcome, task.map(Message::Welcome));
        (wizard, task)
    }

    /// A new page is shown; the task is its first work.
    fn opened(&mut self, step: Step, task: Task<Message>) -> Task<Message> {
        self.last += 1;
        self.numbers[step as usize] = self.last;
        self.step = step;
        self.work(step, task)
    }

    /// Work of a page, whose answers are for that page alone.
    fn work(&self, step: Step, task: Task<Message>) -> Task<Message> {
        let number = self.numbers[step as usize];
        task.map(move |message| Message::Answer(number, Box::new(message)))
    }

    /// The step that is shown.
    pub fn step(&self) -> Step {
        self.step
    }

    /// What is rehearsed must never be mistaken for what is real.
    pub fn is_practice(&self) -> bool {
        self.rehearsal.is_some()
    }

    /// Mail is being moved, verified or synchronised.
    pub fn is_busy(&self) -> bool {
        self.run.as_ref().is_some_and(run::Run::is_busy)
            || self.complete.as_ref().is_some_and(complete::Complete::is_busy)
    }

    /// Where the reports of the run go, once there is one.
    pub fn reports(&self) -> Option<&Path> {
        self.run.as_ref().map(run::Run::reports)
    }

    /// Asks whatever is going on to stop at once, because the window closes.
    pub fn stop_now(&mut self) {
        if let Some(run) = &mut self.run {
            run.stop_now();
        }
        if let Some(complete) = &mut self.complete {
            complete.stop_now();
        }
    }

    /// How far the run is, 0 to 1, while there is one.
    pub fn progress(&self) -> Option<f32> {
        let run = self.run.as_ref().and_then(run::Run::progress);
        run.or_else(|| self.complete.as_ref().and_then(complete::Complete::progress))
    }

    /// Whether a step can be gone back to from here by the rail: before anything runs.
    pub fn may_go_to(&self, step: Step) -> bool {
        let exists = match step {
            Step::Welcome => true,
            Step::Connect => self.connect.is_some(),
            Step::Review => self.review.is_some(),
            Step::Run => self.run.is_some(),
            Step::Complete => self.complete.is_some(),
        };
        // After Run there is no way back to before it, except by its own commands.
        let committed = (self.run.is_some() || self.complete.is_some()) && step < Step::Run;
        let waits = self.connect.as_ref().is_some_and(connect::Connect::is_busy)
            || self.review.as_ref().is_some_and(review::Review::is_busy);
        exists && step < self.step && !committed && !waits && !self.is_busy()
    }

    /// The page that is shown.
    pub fn shown(&self) -> Box<dyn Shown<'_> + '_> {
        let fallback = || Box::new(Wrapped { page: &self.welcome, wrap: Message::Welcome });
        match self.step {
            Step::Welcome => fallback(),
            Step::Connect => match &self.connect {
                Some(page) => Box::new(Wrapped { page, wrap: Message::Connect }),
                None => fallback(),
            },
            Step::Review => match &self.review {
                Some(page) => Box::new(Wrapped { page, wrap: Message::Review }),
                None => fallback(),
            },
            Step::Run => match &self.run {
                Some(page) => Box::new(Wrapped { page, wrap: Message::Run }),
                None => fallback(),
            },
            Step::Complete => match &self.complete {
                Some(page) => Box::new(Wrapped { page, wrap: Message::Complete }),
                None => fallback(),
            },
        }
    }

    /// What the pages listen to; those that were left listen, too, as a run goes on behind them.
    pub fn subscription(&self) -> iced::Subscription<Message> {
        let run = self.run.as_ref().map(|page| page.subscription().map(Message::Run));
        let complete = self.complete.as_ref().map(|page| page.subscription().map(Message::Complete));
        let connect = self.connect.as_ref().map(|page| page.subscription().map(Message::Connect));
        iced::Subscription::batch([run, complete, connect].into_iter().flatten())
    }

    /// Takes in what happened. `true` if another page is shown now.
    pub fn update(&mut self, message: Message, services: &Services) -> (Task<Message>, bool) {
        let before = self.shown_page();
        let task = Task::batch([self.take(message, services), self.queue()]);
        let back = self.step == Step::Welcome && before.0 != Step::Welcome;
        // What was begun since is on the list as well.
        let read = match back {
            true => self.welcome.read_again(services).map(Message::Welcome),
            false => Task::none(),
        };
        (Task::batch([task, self.work(Step::Welcome, read)]), self.shown_page() != before)
    }

    /// The page that completes hears of the synchronisation behind it, which gives way to a completion that waits for it.
    fn queue(&mut self) -> Task<Message> {
        let (Some(run), Some(complete)) = (&mut self.run, &mut self.complete) else { return Task::none() };
        run.hold_off(complete.is_busy() || complete.is_queued());
        if run.is_busy() {
            run.give_way(complete.is_queued());
        }
        let behind = run.is_busy().then(|| complete::Behind { progress: run.progress() });
        let task = complete.hear(behind).map(Message::Complete);
        self.work(Step::Complete, task)
    }

    /// Which page is shown, also told from another one of the same step.
    fn shown_page(&self) -> (Step, u64) {
        (self.step, self.numbers[self.step as usize])
    }

    fn take(&mut self, message: Message, services: &Services) -> Task<Message> {
        match message {
            Message::Answer(number, message) => match self.numbers.contains(&number) {
                true => self.take(*message, services),
                false => Task::none(),
            },
            Message::To(step) => {
                if self.may_go_to(step) {
                    self.step = step;
                }
                if self.step == Step::Welcome {
                    self.rehearsal = None;
                }
                Task::none()
            }
            Message::Welcome(message) => {
                let action = self.welcome.update(message, services);
                let task = self.work(Step::Welcome, action.task.map(Message::Welcome));
                let more = action.outcome.map(|outcome| self.chosen(outcome, services));
                task.chain(more.unwrap_or_else(Task::none))
            }
            Message::Connect(message) => match &mut self.connect {
                Some(page) => {
                    let action = page.update(message, services);
                    if page.is_busy() {
                        // A migration is open once at a time: the one under review is let go.
                        self.choices = self.review.take().map(review::Review::leave).or(self.choices.take());
                    }
                    let task = self.work(Step::Connect, action.task.map(Message::Connect));
                    let more = action.outcome.map(|outcome| self.connected(outcome, services));
                    task.chain(more.unwrap_or_else(Task::none))
                }
                None => Task::none(),
            },
            Message::Review(message) => match &mut self.review {
                Some(page) => {
                    let action = page.update(message, services);
                    let task = self.work(Step::Review, action.task.map(Message::Review));
                    let more = action.outcome.map(|outcome| self.reviewed(outcome, services));
                    task.chain(more.unwrap_or_else(Task::none))
                }
                None => Task::none(),
            },
            Message::Run(message) => match &mut self.run {
                Some(page) => {
                    let action = page.update(message, services);
                    let task = self.work(Step::Run, action.task.map(Message::Run));
                    let more = action.outcome.map(|outcome| self.ran(outcome, services));
                    task.chain(more.unwrap_or_else(Task::none))
                }
                None => Task::none(),
            },
            Message::Complete(message) => match &mut self.complete {
                Some(page) => {
                    let action = page.update(message, services);
                    if page.is_completed() {
                        // There is nothing left to run.
                        self.run = None;
                    }
                    let task = self.work(Step::Complete, action.task.map(Message::Complete));
                    let more = action.outcome.map(|outcome| self.ended(outcome, services));
                    task.chain(more.unwrap_or_else(Task::none))
                }
                None => Task::none(),
            },
        }
    }

    fn chosen(&mut self, outcome: welcome::Outcome, services: &Services) -> Task<Message> {
        let begin = match outcome {
            welcome::Outcome::Practise(rehearsal) => {
                let begin = connect::Begin::Practice(rehearsal.clone());
                self.rehearsal = Some(rehearsal);
                begin
            }
            welcome::Outcome::Begin(method) => {
                self.rehearsal = None;
                // The same way again keeps what was typed.
                if let Some(page) = &mut self.connect
                    && page.adopt(method)
                {
                    self.step = Step::Connect;
                    return Task::none();
                }
                connect::Begin::New(method)
            }
            welcome::Outcome::GoOn(kept) => {
                self.rehearsal = None;
                connect::Begin::GoOn(kept)
            }
        };
        (self.review, self.choices, self.run, self.complete) = (None, None, None, None);
        self.aside = self.connect.take().and_then(connect::Connect::set_aside).or(self.aside.take());
        if let connect::Begin::New(method) = begin
            && let Some(page) = self.aside.take_if(|page| page.adopt(method))
        {
            self.connect = Some(page);
            return self.opened(Step::Connect, Task::none());
        }
        let (page, task) = connect::Connect::new(begin, services);
        self.connect = Some(page);
        self.opened(Step::Connect, task.map(Message::Connect))
    }

    /// A migration that is under way goes on where it is; a new one is looked at first.
    fn connected(&mut self, outcome: connect::Outcome, services: &Services) -> Task<Message> {
        match outcome {
            connect::Outcome::Back => {
                self.step = Step::Welcome;
                self.rehearsal = None;
                Task::none()
            }
            connect::Outcome::Connected(session) => {
                match session.overview.last_batch.as_ref().map(|(_, state)| *state) {
                    Some(state) if state.is_final() => self.complete_with(*session, services),
                    Some(BatchState::Synced | BatchState::SyncedWithErrors) => {
                        self.run_with(run::Begin::Resting(session), services)
                    }
                    // Nothing was tested anew, so everything that was chosen there holds.
                    _ if self.review.is_some() => {
                        self.step = Step::Review;
                        Task::none()
                    }
                    _ => {
                        let mut page = review::Review::new(*session, services);
                        let choices = self.choices.take();
                        let task = choices.map_or_else(Task::none, |choices| page.take_up(choices));
                        self.review = Some(page);
                        self.opened(Step::Review, task.map(Message::Review))
                    }
                }
            }
        }
    }

    fn reviewed(&mut self, outcome: review::Outcome, services: &Services) -> Task<Message> {
        match outcome {
            review::Outcome::Back => {
                self.step = Step::Connect;
                Task::none()
            }
            review::Outcome::StartOver => self.start_over(services),
            review::Outcome::Run(session) => self.run_with(run::Begin::Batch(session), services),
        }
    }

    fn ran(&mut self, outcome: run::Outcome, services: &Services) -> Task<Message> {
        match outcome {
            run::Outcome::Review(session) => {
                self.run = None;
                self.review_with(*session, services);
                Task::none()
            }
            run::Outcome::Complete(session) => self.complete_with(*session, services),
        }
    }

    fn ended(&mut self, outcome: complete::Outcome, services: &Services) -> Task<Message> {
        match outcome {
            complete::Outcome::Back if self.run.is_some() => {
                self.step = Step::Run;
                Task::none()
            }
            complete::Outcome::Back | complete::Outcome::StartOver => self.start_over(services),
            complete::Outcome::Synchronise(session) => self.run_with(run::Begin::Resting(session), services),
        }
    }

    fn review_with(&mut self, session: Session, services: &Services) {
        self.review = Some(review::Review::new(session, services));
        // It has no first work.
        let _nothing = self.opened(Step::Review, Task::none());
    }

    fn run_with(&mut self, begin: run::Begin, services: &Services) -> Task<Message> {
        let (page, task) = run::Run::new(begin, services);
        self.complete = None;
        self.run = Some(page);
        self.opened(Step::Run, task.map(Message::Run))
    }

    fn complete_with(&mut self, session: Session, services: &Services) -> Task<Message> {
        let (page, task) = complete::Complete::new(session, services);
        if page.is_completed() {
            self.run = None;
        }
        self.complete = Some(page);
        self.opened(Step::Complete, task.map(Message::Complete))
    }

    /// Everything as at the beginning; the ledger and what is on the target stay.
    fn start_over(&mut self, services: &Services) -> Task<Message> {
        let (wizard, task) = Wizard::after(self.last, services);
        *self = wizard;
        task
    }
}
