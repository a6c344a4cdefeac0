//! What the page does about what happened.

use std::collections::{BTreeMap, BTreeSet};

use iced::Task;

use super::fault::Fault;
use super::form::{Checked, Form};
use super::trial::Trial;
use super::{Action, Connect, Field, Message, Outcome, Success, Typing, number, view};
use crate::gui::services::Services;
use crate::gui::widget::focus;

impl Connect {
    /// Takes in what happened.
    pub(super) fn happened(&mut self, message: Message, services: &Services) -> Action<Message, Outcome> {
        match message {
            Message::Next => return self.next(services),
            Message::Cancel => {
                self.trial = None;
                return Action::run(focus::to(self.first().id()));
            }
            Message::Back if self.is_busy() => {}
            Message::Back => return Action::done(Outcome::Back),
            Message::Trial(number, event) => {
                return match self.trial.take_if(|trial| trial.number == number) {
                    Some(trial) => self.heard(trial, event, services),
                    None => Action::none(),
                };
            }
            Message::Confirm => return Action::run(self.confirm(services)),
            Message::Deny => {
                if let Some(problem) = self.unconfirmed.take() {
                    self.fail(problem);
                }
                return Action::run(focus::to(self.first().id()));
            }
            Message::Browse(field, title) => {
                let picked = services.desktop.pick_file(title, endings(field));
                return Action::run(Task::perform(picked, move |picked| Message::Picked(field, picked)));
            }
            // Another page asked: its passwords must not come near this one's server.
            Message::Loaded(number, _) | Message::Remembered(number, _) | Message::Recalled(number, ..)
                if number != self.number => {}
            Message::Loaded(_, Ok(settings)) => {
                self.form = Form::filled(&settings);
                self.known = vec![*settings];
                let next = self.missing().unwrap_or(self.first());
                return Action::run(Task::batch([self.recall(services), focus::to(next.id())]));
            }
            Message::Loaded(_, Err(problem)) => self.fail(problem),
            Message::Remembered(_, all) => return Action::run(self.remember(all, services)),
            Message::Recalled(_, field, name, found) => self.recalled(field, name, found),
            Message::VaultUsable(usable) => self.vault = Some(usable),
            Message::Typed(field, Typing(text)) => {
                self.form.set(field, text);
                self.recalled.remove(&field);
                self.changed(field);
                if matches!(field, Field::Email | Field::User | Field::Tenant | Field::Client) {
                    return Action::run(self.recall(services));
                }
            }
            edit => self.edited(edit),
        }
        Action::none()
    }

    /// Something was chosen, opened or shut, or a list edited.
    fn edited(&mut self, message: Message) {
        match message {
            Message::Edited(field, action) => {
                if let Some(list) = self.form.list_mut(field) {
                    list.perform(action);
                }
                self.changed(field);
            }
            Message::Picked(field, Some(path)) => {
                self.form.set(field, path.display().to_string());
                self.changed(field);
            }
            Message::Method(method) => self.turn_to(method),
            Message::Access(access) => (self.form.access, self.touched) = (access, true),
            Message::AtATime(number) => (self.form.at_a_time, self.touched) = (number, true),
            Message::ByCertificate(by_certificate) => {
                self.form.by_certificate = by_certificate;
                [Field::Secret, Field::Certificate, Field::Key].into_iter().for_each(|field| self.changed(field));
            }
            Message::Keep(keep) => self.form.keep = keep,
            Message::Reveal(field) => toggle(&mut self.revealed, field),
            Message::Toggle(part) => toggle(&mut self.open, part),
            Message::Details => {
                if let Some(failure) = &mut self.failure {
                    failure.details = !failure.details;
                }
            }
            _ => {}
        }
    }

    /// Tests both sides, unless that was done already or something cannot be right.
    fn next(&mut self, services: &Services) -> Action<Message, Outcome> {
        if self.trial.is_some() {
            return Action::none();
        }
        let checked = match self.form.check() {
            Ok(checked) => checked,
            Err(faults) => return Action::run(self.show_faults(faults)),
        };
        let keep = self.form.keep && self.vault != Some(false);
        if let Some(success) = self.success.as_ref().filter(|success| success.is_about(&checked, keep)) {
            return Action::done(Outcome::Connected(success.session.clone()));
        }
        // A migration is open once at a time.
        self.success = None;
        Action::run(self.test(checked, keep, services))
    }

    pub(super) fn show_faults(&mut self, faults: BTreeMap<Field, Fault>) -> Task<Message> {
        self.open.extend(faults.keys().filter_map(|field| field.part()));
        let first = faults.keys().next().copied();
        self.faults = faults;
        first.map_or_else(Task::none, |field| focus::to(field.id()))
    }

    pub(super) fn test(&mut self, checked: Checked, keep: bool, services: &Services) -> Task<Message> {
        (self.failure, self.unconfirmed) = (None, None);
        self.faults.clear();
        let (trial, task) = Trial::begin(number(), checked, keep, self.practice.is_some(), services);
        self.trial = Some(trial);
        Task::batch([focus::to(view::CANCEL), task])
    }

    /// Something was typed or chosen; whatever stood beside it is about something else now.
    fn changed(&mut self, field: Field) {
        self.faults.remove(&field);
        self.touched = true;
    }
}

impl Success {
    fn is_about(&self, checked: &Checked, keep: bool) -> bool {
        let (tested, now) = (&self.checked, checked);
        keep == self.keep
            && tested.settings == now.settings
            && tested.outside == now.outside
            && tested.secrets.source_password == now.secrets.source_password
            && tested.secrets.target_secret == now.secrets.target_secret
    }
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, part: T) {
    if !set.remove(&part) {
        set.insert(part);
    }
}

/// What a certificate, or a key, is usually called.
fn endings(field: Field) -> &'static [&'static str] {
    match field {
        Field::Key => &["pem", "key", "der"],
        _ => &["pem", "crt", "cer", "der"],
    }
}
