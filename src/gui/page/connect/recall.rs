//! What this computer remembers: the last migration's settings, and the passwords that the keyring has for its accounts.

use iced::Task;

use super::form::Form;
use super::{Connect, Field, Message, Part, kept};
use crate::gui::services::{Secret, Services};
use crate::settings::Settings;

/// The name under which the keyring has what belongs to these settings.
type Name = fn(&Settings) -> String;
/// The fields that the keyring may fill.
const SECRETS: [(Field, Name); 2] = [(Field::Password, kept::source_name), (Field::Secret, kept::target_name)];

impl Connect {
    /// A new migration begins with the last one's settings, unless somebody has begun to type.
    pub(super) fn remember(&mut self, all: Vec<Settings>, services: &Services) -> Task<Message> {
        if let Some(last) = all.first().filter(|_| !self.touched) {
            let method = self.form.method;
            self.form = Form::filled(last);
            self.form.method = method;
            self.faults.clear();
            // Nobody should move another company's rooms without seeing that they are on the list.
            if self.form.has_lists() {
                self.open.insert(Part::Special);
            }
        }
        self.known = all;
        self.recall(services)
    }

    /// Asks the keyring for the passwords of the accounts that the form names, where it may have them. What it had for
    /// other accounts goes: it must not come near this one's server.
    pub(super) fn recall(&mut self, services: &Services) -> Task<Message> {
        let (number, now) = (self.number, self.form.settings());
        Task::batch(SECRETS.map(|(field, name)| {
            let wanted = name(&now);
            if self.recalled.get(&field).is_some_and(|recalled| *recalled != wanted) {
                self.recalled.remove(&field);
                self.form.set(field, "");
            }
            if !self.form.get(field).is_empty() || !self.known.iter().any(|known| name(known) == wanted) {
                return Task::none();
            }
            let found = services.vault.recall(wanted.clone());
            Task::perform(found, move |found| Message::Recalled(number, field, wanted, found))
        }))
    }

    /// Takes in what the keyring had. What somebody typed meanwhile, password or account, is newer.
    pub(super) fn recalled(&mut self, field: Field, name: String, found: Option<Secret>) {
        let now = self.form.settings();
        let wanted = SECRETS.iter().any(|(of, named)| *of == field && named(&now) == name);
        if let Some(Secret(secret)) = found.filter(|_| wanted && self.form.get(field).is_empty()) {
            self.form.set(field, secret);
            self.faults.remove(&field);
            self.recalled.insert(field, name);
        }
    }
}
