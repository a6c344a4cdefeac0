//! What happens on the page and what comes of it.

use std::sync::Arc;

use iced::Task;

use super::{Asking, Complete, Message, Outcome, before};
use crate::engine::run::Pass;
use crate::gui::monitor::{self, Whom};
use crate::gui::page::Action;
use crate::gui::page::live::{self, Event, Live, Stopping, ending, finding, reports};
use crate::gui::services::Services;
use crate::gui::session::Session;
use crate::gui::widget::focus;

impl Complete {
    pub(super) fn take(&mut self, message: Message, services: &Services) -> Action<Message, Outcome> {
        let task = match message {
            Message::Live(message) => self.live(message, services),
            Message::Reports(message) => self.reports.update(message, services).map(Message::Reports),
            Message::Find(finding::Message::Open) if self.asking.is_some() => Task::none(),
            Message::Find(message) => self.finder.update(message).map(Message::Find),
            Message::Save(message) => self.saver.update(message, services).map(Message::Save),
            Message::Ledger(number, answer) if number == self.reading => {
                match answer {
                    Ok((overview, troubles)) => {
                        (self.overview, self.unreadable) = (overview.as_ref().clone(), None);
                        self.live.know(&troubles);
                    }
                    Err(problem) => self.unreadable = Some(problem),
                }
                Task::none()
            }
            // A later reading is under way.
            Message::Ledger(..) | Message::Notified => Task::none(),
            Message::Refresh => self.read_ledger(),
            Message::Ignore(_) | Message::Switched(_) | Message::Arrives(_) if self.is_queued() => Task::none(),
            Message::Ignore(ignore) => {
                self.ignore = ignore;
                Task::none()
            }
            Message::Switched(true) => {
                self.switched.get_or_insert(self.session.migration.now());
                Task::none()
            }
            Message::Switched(false) => {
                self.switched = None;
                Task::none()
            }
            Message::Arrives(arrives) => {
                self.arrives = arrives;
                Task::none()
            }
            Message::Ask if !self.is_busy() && !self.is_completed() && !self.is_queued() => {
                self.asking = Some(Asking::Complete);
                focus::to_answer(before::NOT_YET)
            }
            Message::Ask => Task::none(),
            Message::Confirm => {
                let wanted = self.asking.take() == Some(Asking::Complete);
                if !wanted || self.queue.join() { live::to_the_top() } else { self.start() }
            }
            Message::Cancel => {
                self.asking = None;
                Task::none()
            }
            Message::Unqueue => {
                self.queue.leave();
                focus::to("footer-primary")
            }
            Message::Stop => self.ask_stop(),
            Message::StopAs(how) => {
                self.asking = None;
                self.live.stop(how);
                Task::none()
            }
            Message::Back if self.is_busy() || self.is_queued() => Task::none(),
            // What was tried here is news to the run page.
            Message::Back if self.number > 0 => {
                let (overview, reports) = (self.overview.clone(), self.reports.folder().clone());
                let session = Session { overview, reports, ..self.session.as_ref().clone() };
                return Action::done(Outcome::Synchronise(Box::new(session)));
            }
            Message::Back => return Action::done(Outcome::Back),
            Message::StartOver if self.is_busy() => Task::none(),
            Message::StartOver => return Action::done(Outcome::StartOver),
        };
        Action::run(task)
    }

    /// Begins the last synchronisation, once.
    pub(super) fn start(&mut self) -> Task<Message> {
        if self.is_busy() || self.is_completed() {
            return Task::none();
        }
        self.number += 1;
        self.reports.outdated();
        self.saver.outdated();
        let pass = Pass::Complete { ignore_errors: self.ignore };
        let task = monitor::Task::Run { plan: None, whom: Whom::Everybody, pass, deletions: None };
        self.live = Live::new(self.number, self.session.clone(), task);
        live::to_the_top()
    }

    fn ask_stop(&mut self) -> Task<Message> {
        if !self.live.may_stop() {
            return Task::none();
        }
        if !self.live.is_running() {
            self.live.stop(Stopping::Now);
            return Task::none();
        }
        self.asking = Some(Asking::Stop);
        focus::to_answer(live::KEEP_GOING)
    }

    pub(super) fn read_ledger(&mut self) -> Task<Message> {
        self.reading += 1;
        let (number, migration) = (self.reading, self.session.migration.clone());
        let read = async move {
            let overview = migration.overview().await?;
            Ok((Arc::new(overview), Arc::new(migration.troubles().await?)))
        };
        Task::perform(read, move |answer| Message::Ledger(number, answer))
    }

    fn live(&mut self, message: live::Message, services: &Services) -> Task<Message> {
        let (task, event) = self.live.update(message);
        let task = task.map(Message::Live);
        match event {
            // Some alone are tried again on the run page.
            None | Some(Event::Retry(_)) => task,
            Some(Event::Compare) => {
                self.number += 1;
                self.reports.outdated();
                self.live.compare_again(self.number);
                task
            }
            Some(Event::Over) => Task::batch([task, self.over(services)]),
        }
    }

    fn over(&mut self, services: &Services) -> Task<Message> {
        self.asking = None;
        let ledger = self.read_ledger();
        if self.live.refusal().is_some() {
            return ledger;
        }
        let write = self.reports.update(reports::Message::Write, services).map(Message::Reports);
        let words = reports::words(services);
        let notify = match ending::notification(&words, &self.live) {
            Some(text) => {
                let notify = services.desktop.notify(words.text("run-notify-title", &[]), text);
                Task::perform(notify, |()| Message::Notified)
            }
            None => Task::none(),
        };
        Task::batch([ledger, write, notify, live::to_the_top()])
    }
}
