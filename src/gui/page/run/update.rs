//! What happens on the page and what comes of it.

use std::sync::Arc;

use iced::Task;
use jiff::SignedDuration;

use super::{Message, Outcome, Run, brake};
use crate::engine::keeping::Synchronised;
use crate::engine::plan::Deletions;
use crate::engine::problem::Guidance;
use crate::engine::run::Pass;
use crate::gui::monitor::{self, Decision, Whom};
use crate::gui::page::Action;
use crate::gui::page::live::{self, Event, Live, Stopping, ending, finding, reports};
use crate::gui::services::Services;
use crate::gui::session::Session;
use crate::gui::widget::focus;

/// From one reading of the whole ledger to the next while a batch goes on: the batch reads in it, too.
const FOLLOW_EVERY: SignedDuration = SignedDuration::from_secs(5);

/// An open question keeps a synchronisation that is due waiting for so long.
const ANSWER_WITHIN: SignedDuration = SignedDuration::from_hours(1);

impl Run {
    pub(super) fn take(&mut self, message: Message, services: &Services) -> Action<Message, Outcome> {
        let task = match message {
            Message::Live(message) => return self.live(message, services),
            Message::Reports(message) => self.reports.update(message, services).map(Message::Reports),
            Message::Find(finding::Message::Open) if self.asking => Task::none(),
            Message::Find(message) => self.finder.update(message).map(Message::Find),
            Message::Save(message) => self.saver.update(message, services).map(Message::Save),
            Message::Ledger(number, answer) if number == self.reading => {
                self.is_reading = false;
                match answer {
                    Ok((overview, troubles)) => {
                        (self.overview, self.unreadable) = (overview.as_ref().clone(), None);
                        // A batch of this page says itself how it ended, and whom it was for.
                        if !self.is_busy() {
                            self.rest.know(self.session.migration.clock().as_ref(), &overview);
                        }
                        self.live.know(&self.brake.know(&troubles));
                    }
                    Err(problem) => self.unreadable = Some(problem),
                }
                if std::mem::take(&mut self.checking) { self.synchronise_if_due() } else { Task::none() }
            }
            // A later reading is under way.
            Message::Ledger(..) => Task::none(),
            Message::Refresh => self.read_ledger(),
            Message::Due => {
                self.leave_old_question();
                // The page that completes may be at it meanwhile; the ledger knows.
                self.checking = self.is_due();
                if self.checking { self.read_ledger() } else { Task::none() }
            }
            Message::Brake(message) => self.decide(message),
            Message::Notified => Task::none(),
            Message::Stop => self.ask(),
            Message::StopAs(how) => {
                self.asking = false;
                self.live.stop(how);
                Task::none()
            }
            Message::KeepGoing => {
                self.asking = false;
                Task::none()
            }
            Message::ForgetRetry => {
                self.retry.clear();
                Task::none()
            }
            Message::Synchronise => self.synchronise(),
            Message::Again => self.start(initial(self.approved.clone())),
            Message::Another => self.start(monitor::Task::Survey),
            Message::Findings => return self.review(),
            Message::Complete if self.is_busy() => Task::none(),
            Message::Complete => return Action::done(Outcome::Complete(Box::new(self.current()))),
            Message::ShowMailboxes => focus::to(live::mailboxes::TABLE),
        };
        Action::run(task)
    }

    /// Begins a batch, unless there is one: a second press is not a second batch.
    pub(super) fn start(&mut self, task: monitor::Task) -> Task<Message> {
        if self.is_busy() {
            return Task::none();
        }
        self.number += 1;
        if !matches!(task, monitor::Task::Survey) {
            self.reports.outdated();
            self.saver.outdated();
        }
        (self.due, self.asking) = (None, false);
        self.brake.leave();
        self.live = Live::new(self.number, self.session.clone(), task);
        live::to_the_top()
    }

    fn synchronise(&mut self) -> Task<Message> {
        let (whom, pass) = (Whom::taken_up(), Pass::Incremental);
        self.start(monitor::Task::Run { plan: None, whom, pass, deletions: None })
    }

    /// Whether one is to begin by itself now. Not while the user decides about something else.
    fn is_due(&self) -> bool {
        let clock = self.session.migration.clock();
        let due = self.rest.due().is_some_and(|due| due.left(clock.as_ref()).is_zero());
        due && !self.held_off && !self.is_busy() && !self.reports.is_busy() && !self.brake.is_asking()
    }

    /// A question that nobody answers does not keep what is due from beginning for ever; it can be asked again.
    fn leave_old_question(&mut self) {
        let now = self.session.migration.now();
        if self.rest.due().is_some_and(|due| now.duration_since(due.at()) >= ANSWER_WITHIN) {
            self.brake.leave();
        }
    }

    fn synchronise_if_due(&mut self) -> Task<Message> {
        if !self.is_due() {
            return Task::none();
        }
        let due = self.rest.due().map(|due| due.at());
        let task = self.synchronise();
        self.due = due;
        task
    }

    /// What becomes of copies whose items are gone at the source is decided for some mailboxes alone, in a batch for them.
    fn decide(&mut self, message: brake::Message) -> Task<Message> {
        let (task, decision) = self.brake.update(message);
        let task = task.map(Message::Brake);
        let Some((deletions, agreed)) = decision.filter(|_| !self.is_busy()) else { return task };
        let (whom, pass) = (Whom::Only(Arc::new(agreed.keys().cloned().collect())), Pass::Incremental);
        let decision = match deletions {
            Deletions::Keep => Decision::Keep,
            Deletions::Follow | Deletions::FollowAll => Decision::Delete(Arc::new(agreed)),
        };
        let start = self.start(monitor::Task::Run { plan: None, whom, pass, deletions: Some(decision) });
        Task::batch([task, start])
    }

    /// What there is of the ledger, read again.
    pub(super) fn read_ledger(&mut self) -> Task<Message> {
        self.reading += 1;
        self.is_reading = true;
        let (number, migration) = (self.reading, self.session.migration.clone());
        let read = async move {
            let overview = migration.overview().await?;
            Ok((Arc::new(overview), Arc::new(migration.troubles().await?)))
        };
        Task::perform(read, move |answer| Message::Ledger(number, answer))
    }

    /// Asks how to stop; where no mailbox is in progress there is nothing to ask.
    fn ask(&mut self) -> Task<Message> {
        if !self.live.may_stop() {
            return Task::none();
        }
        if !self.live.is_running() {
            self.live.stop(Stopping::Now);
            return Task::none();
        }
        self.asking = true;
        focus::to_answer(live::KEEP_GOING)
    }

    fn live(&mut self, message: live::Message, services: &Services) -> Action<Message, Outcome> {
        let (task, event) = self.live.update(message);
        let task = Task::batch([task.map(Message::Live), self.keep_overview()]);
        match event {
            None => Action::run(task),
            Some(Event::Retry(concerned)) if self.is_busy() => {
                self.retry.extend(concerned);
                Action::run(task)
            }
            Some(Event::Retry(concerned)) => {
                let start = self.start(initial(Whom::Only(Arc::new(concerned))));
                Action::run(Task::batch([task, start]))
            }
            Some(Event::Compare) => {
                self.number += 1;
                self.due = None;
                self.reports.outdated();
                self.live.compare_again(self.number);
                Action::run(task)
            }
            Some(Event::Over) => {
                let Action { task: more, outcome } = self.over(services);
                Action { task: Task::batch([task, more]), outcome }
            }
        }
    }

    /// The figures over all batches follow those of this one: whenever something has come to its end.
    fn keep_overview(&mut self) -> Task<Message> {
        let ended = self.live.snapshot().map_or(0, |now| {
            let objects = now.contacts.done + now.groups.done;
            // The first counts, too: the batch has begun.
            1 + now.synced() + now.failed() + objects
        });
        if ended == self.ended || self.is_reading || !self.is_busy() {
            return Task::none();
        }
        let now = self.session.migration.now();
        if self.followed.is_some_and(|last| now.duration_since(last) < FOLLOW_EVERY) {
            return Task::none();
        }
        (self.ended, self.followed) = (ended, Some(now));
        self.read_ledger()
    }

    /// The batch is over: reports, the ledger's word, a notification; then what was to be tried again.
    fn over(&mut self, services: &Services) -> Action<Message, Outcome> {
        self.asking = false;
        if self.live.is_survey() {
            // Whatever stands in the way is shown among the findings.
            return if self.live.plan().is_some() { self.review() } else { Action::none() };
        }
        let clock = self.session.migration.clock();
        let busy = self.live.refusal().is_some_and(|problem| problem.guidance == Guidance::LedgerBusy);
        // The completion's own synchronisation goes on: this one is not missed.
        if self.due.is_some() && busy {
            self.rest.put_off(clock.as_ref());
            self.live = Live::idle(self.session.clone());
            return Action::run(self.read_ledger());
        }
        match self.live.ended() {
            // Stopping these does not stop keeping everybody in step.
            Some(Synchronised::Done | Synchronised::Over) if self.live.is_for_some() => self.rest.ended_aside(),
            Some(ended) => self.rest.ended(clock.as_ref(), ended),
            None => {}
        }
        let ledger = self.read_ledger();
        if self.gives_way {
            self.retry.clear();
            return Action::run(ledger);
        }
        if self.live.refusal().is_some() {
            self.retry.clear();
            return Action::run(ledger);
        }
        if !self.retry.is_empty() && !self.live.was_stopped() && !self.live.has_failed() {
            let these = Arc::new(std::mem::take(&mut self.retry));
            let start = self.start(initial(Whom::Only(these)));
            return Action::run(Task::batch([ledger, start]));
        }
        self.retry.clear();
        let write = self.reports.update(reports::Message::Write, services).map(Message::Reports);
        Action::run(Task::batch([ledger, write, self.notify(services), live::to_the_top()]))
    }

    fn notify(&self, services: &Services) -> Task<Message> {
        let words = reports::words(services);
        let Some(text) = ending::notification(&words, &self.live) else { return Task::none() };
        let notify = services.desktop.notify(words.text("run-notify-title", &[]), text);
        Task::perform(notify, |()| Message::Notified)
    }

    /// To the review page, with the plan that was just made.
    fn review(&mut self) -> Action<Message, Outcome> {
        match self.live.plan() {
            Some(plan) if !self.is_busy() => {
                let session = Session { plan, ..self.current() };
                Action::done(Outcome::Review(Box::new(session)))
            }
            _ => Action::none(),
        }
    }

    /// The session with what is known by now.
    fn current(&self) -> Session {
        Session {
            overview: self.overview.clone(),
            reports: self.reports.folder().clone(),
            ..self.session.as_ref().clone()
        }
    }
}

/// A batch with a plan that is made anew.
fn initial(whom: Whom) -> monitor::Task {
    monitor::Task::Run { plan: None, whom, pass: Pass::Initial, deletions: None }
}
