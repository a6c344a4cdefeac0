//! What is wrong with what was typed, field by field.

use std::collections::BTreeMap;

use super::field::Field;
use super::form::{Form, ews_url};
use crate::engine::recipient::Address;
use crate::gui::page::welcome::Method;
use crate::settings::{self, Settings};

/// The sentence of a field that must be filled in.
pub(super) const EMPTY: &str = "connect-fault-empty";

/// The sentence of an address that has a user name or a password in it.
const SIGNS_IN: &str = "connect-fault-sign-in";

/// What is wrong with a field: the key of the sentence that says so, and the value that it repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The sentence.
    pub key: &'static str,
    /// The value.
    pub given: String,
}

/// Everything that is wrong, by field.
pub(super) fn faults(form: &Form, settings: &Settings) -> BTreeMap<Field, Fault> {
    let mut faults = BTreeMap::new();
    for found in settings.faults() {
        if let Some((field, key)) = shown(&found, form) {
            // As it was typed, not as it would have been used; what may be a password is not repeated.
            let given = if key == SIGNS_IN { "" } else { form.get(field).trim() };
            faults.insert(field, Fault { key, given: given.to_owned() });
        }
    }
    let needed = [
        (Field::Email, true),
        (Field::User, true),
        (Field::Password, true),
        (Field::Server, form.method == Method::Typed),
        (Field::Tenant, true),
        (Field::Client, true),
        (Field::Secret, !form.by_certificate),
        (Field::Certificate, form.by_certificate),
        (Field::Key, form.by_certificate),
        (Field::Location, true),
    ];
    for (field, _) in needed.into_iter().filter(|(field, needed)| *needed && form.get(*field).trim().is_empty()) {
        faults.insert(field, Fault { key: EMPTY, given: String::new() });
    }
    let proxy = form.get(Field::Proxy).trim();
    if form.method == Method::Typed && !proxy.is_empty() && !is_web_address(&ews_url(proxy)) {
        let wrong = Fault { key: "connect-fault-server", given: proxy.to_owned() };
        faults.entry(Field::Proxy).or_insert(wrong);
    }
    for field in [Field::Also, Field::Shared, Field::Rooms, Field::Equipment, Field::SecurityGroups] {
        if let Some(wrong) = form.addresses(field).into_iter().find(|address| !is_mail_address(address)) {
            let given = wrong.as_str().to_owned();
            faults.insert(field, Fault { key: "connect-fault-list", given });
        }
    }
    faults
}

/// Where a fault of the settings is shown. Some have no field because nothing there can be typed.
fn shown(fault: &settings::Fault, form: &Form) -> Option<(Field, &'static str)> {
    let of_address = |key| if fault.rule == "sign-in" { SIGNS_IN } else { key };
    Some(match fault.setting {
        "source.email" => (Field::Email, "connect-fault-email"),
        "source.user_name" => (Field::User, "connect-fault-empty"),
        "source.ews_url" => (Field::Server, of_address("connect-fault-server")),
        "source.rpc_proxy" => (Field::Proxy, of_address("connect-fault-server")),
        "source.autodiscover_url" => (Field::Autodiscover, of_address("connect-fault-https")),
        "target.tenant" => (Field::Tenant, "connect-fault-empty"),
        "target.client_id" => (Field::Client, "connect-fault-empty"),
        "target.client_key" if form.by_certificate => (Field::Key, "connect-fault-empty"),
        "target.usage_location" => (Field::Location, "connect-fault-country"),
        _ => return None,
    })
}

fn is_web_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.host_str().is_some())
}

fn is_mail_address(address: &Address) -> bool {
    let text = address.as_str();
    !address.local().is_empty() && !address.domain().is_empty() && text.matches('@').count() == 1
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use iced::widget::text_editor::Content;

    fn faults_of(form: &Form) -> Vec<(Field, &'static str)> {
        let faults = form.check().err().unwrap_or_default();
        faults.into_iter().map(|(field, fault)| (field, fault.key)).collect()
    }

    #[test]
    fn everything_missing_is_named_at_once_in_the_order_of_the_form() {
        let mut form = Form::new(Method::Typed, None);
        form.set(Field::Location, "");
        let named: Vec<Field> = faults_of(&form).into_iter().map(|(field, _)| field).collect();
        let expected = [
            Field::Server,
            Field::Email,
            Field::User,
            Field::Password,
            Field::Tenant,
            Field::Client,
            Field::Secret,
            Field::Location,
        ];
        assert_eq!(named, expected);
        form.method = Method::Autodiscover;
        form.by_certificate = true;
        let named: Vec<Field> = faults_of(&form).into_iter().map(|(field, _)| field).collect();
        assert!(!named.contains(&Field::Server) && !named.contains(&Field::Secret));
        assert!(named.contains(&Field::Certificate) && named.contains(&Field::Key));
    }

    #[test]
    fn what_cannot_be_is_told_from_what_is_missing() {
        let mut form = Form::new(Method::Typed, None);
        for (field, text) in [
            (Field::Email, "migration"),
            (Field::User, "u"),
            (Field::Password, "p"),
            (Field::Server, "http://mail.example.com/"),
            (Field::Proxy, "two words"),
            (Field::Tenant, "t"),
            (Field::Client, "c"),
            (Field::Secret, "s"),
            (Field::Location, "England"),
        ] {
            form.set(field, text);
        }
        *form.list_mut(Field::Rooms).unwrap() = Content::with_text("a@x.example\nb@x.examplec@x.example");
        let expected = [
            (Field::Server, "connect-fault-server"),
            (Field::Email, "connect-fault-email"),
            (Field::Proxy, "connect-fault-server"),
            (Field::Rooms, "connect-fault-list"),
            (Field::Location, "connect-fault-country"),
        ];
        assert_eq!(faults_of(&form), expected);
        form.set(Field::Email, "migration@example.com");
        form.set(Field::Server, " mail.example.com ");
        form.set(Field::Proxy, "");
        form.set(Field::Location, " gb");
        *form.list_mut(Field::Rooms).unwrap() = Content::with_text("a@x.example, b@x.example;\nc@x.example\n");
        let checked = form.check().ok().unwrap();
        assert_eq!(checked.settings.source.rooms.len(), 3);
        assert_eq!(checked.settings.target.usage_location, "GB");
    }

    #[test]
    fn an_address_that_signs_in_is_refused_and_not_repeated() {
        for (method, field) in [
            (Method::Typed, Field::Server),
            (Method::Typed, Field::Proxy),
            (Method::Autodiscover, Field::Autodiscover),
        ] {
            for typed in ["https://nora:hunter2@mail.example.com/x", "nora:hunter2@mail", "http://a:hunter2 @b c"] {
                let mut form = Form::new(method, None);
                form.set(field, typed);
                let faults = form.check().err().unwrap();
                assert_eq!(faults[&field], Fault { key: SIGNS_IN, given: String::new() }, "{typed}");
            }
        }
    }
}
