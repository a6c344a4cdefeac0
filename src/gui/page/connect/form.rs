//! What is typed: strings while they are typed, settings once they are checked. Nothing here is written anywhere.

use std::collections::BTreeMap;

use iced::widget::text_editor::Content;

use super::fault::{self, Fault};
use super::field::Field;
use crate::engine::recipient::Address;
use crate::gui::page::welcome::Method;
use crate::launcher::Secrets;
use crate::settings::{Access, Run, Settings, Source, Target};
use crate::shelf;

/// Where Exchange Web Services are on every server.
const EWS: &str = "/EWS/Exchange.asmx";

/// Both forms.
#[derive(Clone)]
pub struct Form {
    /// How the server is found.
    pub method: Method,
    /// How mailboxes are opened.
    pub access: Access,
    /// Mailboxes migrated simultaneously.
    pub at_a_time: u32,
    /// The application signs in with a certificate instead of a secret.
    pub by_certificate: bool,
    /// The passwords are to outlive the window.
    pub keep: bool,
    /// Hosts that may be sent the password.
    pub confirmed: Vec<String>,
    typed: BTreeMap<Field, String>,
    lists: BTreeMap<Field, Content>,
    /// What it was filled from: what has no field stays as it was.
    base: Settings,
}

/// Settings and secrets that look right.
#[derive(Clone)]
pub struct Checked {
    /// Without a secret.
    pub settings: Settings,
    /// The secrets.
    pub secrets: Secrets,
    /// The server's outside name, to be tried if the settings' own host cannot be reached.
    pub outside: Option<String>,
}

impl Form {
    /// Nothing typed yet but the country.
    pub fn new(method: Method, country: Option<&str>) -> Form {
        let mut form = Form::of(&Settings::blank(), method);
        form.set(Field::Location, country.unwrap_or_default());
        form
    }

    /// Filled from settings; passwords are not among them.
    pub fn filled(settings: &Settings) -> Form {
        let method = if settings.source.ews_url.is_some() { Method::Typed } else { Method::Autodiscover };
        Form::of(settings, method)
    }

    fn of(settings: &Settings, method: Method) -> Form {
        let (source, target) = (&settings.source, &settings.target);
        let path = |path: &Option<std::path::PathBuf>| path.as_deref().map(|path| path.display().to_string());
        let texts = [
            (Field::Email, Some(source.email.as_str().to_owned())),
            (Field::User, Some(source.user_name.clone())),
            (Field::Server, source.ews_url.as_deref().map(shortened)),
            (Field::Proxy, source.rpc_proxy.clone()),
            (Field::Autodiscover, source.autodiscover_url.clone()),
            (Field::Authority, path(&source.certificate_authority)),
            (Field::Tenant, Some(target.tenant.clone())),
            (Field::Client, Some(target.client_id.clone())),
            (Field::Certificate, path(&target.client_certificate)),
            (Field::Key, path(&target.client_key)),
            (Field::Location, Some(target.usage_location.clone())),
            (Field::Sku, target.sku.clone()),
        ];
        let lists = [
            (Field::Also, &source.also),
            (Field::Shared, &source.shared),
            (Field::Rooms, &source.rooms),
            (Field::Equipment, &source.equipment),
            (Field::SecurityGroups, &source.security_groups),
        ];
        let text = |addresses: &[Address]| -> String {
            addresses.iter().map(|address| address.as_str()).collect::<Vec<_>>().join("\n")
        };
        Form {
            method,
            access: source.access,
            at_a_time: u32::try_from(settings.run.mailboxes_at_a_time).unwrap_or(u32::MAX),
            by_certificate: target.client_certificate.is_some(),
            keep: true,
            confirmed: source.confirmed_hosts.clone(),
            typed: texts.into_iter().map(|(field, text)| (field, text.unwrap_or_default())).collect(),
            lists: lists.map(|(field, addresses)| (field, Content::with_text(&text(addresses)))).into(),
            base: settings.clone(),
        }
    }

    /// What stands in a field.
    pub fn get(&self, field: Field) -> &str {
        self.typed.get(&field).map_or("", String::as_str)
    }

    /// Without what is around it by accident, as after copying.
    fn trimmed(&self, field: Field) -> String {
        self.get(field).trim().to_owned()
    }

    /// Puts something into a field.
    pub fn set(&mut self, field: Field, text: impl Into<String>) {
        self.typed.insert(field, text.into());
    }

    /// A list of addresses that is being edited.
    pub fn list(&self, field: Field) -> Option<&Content> {
        self.lists.get(&field)
    }

    /// Likewise, to edit it.
    pub fn list_mut(&mut self, field: Field) -> Option<&mut Content> {
        self.lists.get_mut(&field)
    }

    /// Somebody listed special mailboxes or groups.
    pub(super) fn has_lists(&self) -> bool {
        self.lists.keys().any(|field| !self.addresses(*field).is_empty()) || self.dynamic_groups() > 0
    }

    /// How many groups with a query came with the settings; the form has no field for them and keeps them.
    pub fn dynamic_groups(&self) -> usize {
        self.base.source.dynamic_groups.len()
    }

    /// The settings that this makes, or every field that is wrong, in the order in which they are shown.
    pub fn check(&self) -> Result<Checked, BTreeMap<Field, Fault>> {
        let settings = self.settings();
        let faults = fault::faults(self, &settings);
        if !faults.is_empty() {
            return Err(faults);
        }
        let secret = self.get(Field::Secret);
        Ok(Checked {
            settings,
            secrets: Secrets {
                source_password: self.get(Field::Password).to_owned(),
                target_secret: (!self.by_certificate).then(|| secret.to_owned()),
            },
            outside: self.outside(),
        })
    }

    /// What is typed, right or wrong. What has no field comes from where the form was filled from.
    pub(super) fn settings(&self) -> Settings {
        let text = |field| Some(self.trimmed(field)).filter(|text| !text.is_empty());
        let path = |field| text(field).map(|text| std::path::absolute(&text).unwrap_or(text.into()));
        let typed = self.method == Method::Typed;
        let certificate = |field| path(field).filter(|_| self.by_certificate);
        let (source, target) = (&self.base.source, &self.base.target);
        let mut settings = Settings {
            file: self.base.file.clone(),
            source: Source {
                email: Address::new(self.trimmed(Field::Email)),
                user_name: self.trimmed(Field::User),
                ews_url: text(Field::Server).filter(|_| typed).map(|server| ews_url(&server)),
                rpc_proxy: text(Field::Proxy).filter(|_| typed),
                autodiscover_url: text(Field::Autodiscover).filter(|_| !typed),
                confirmed_hosts: self.confirmed.clone(),
                certificate_authority: path(Field::Authority),
                access: self.access,
                also: self.addresses(Field::Also),
                shared: self.addresses(Field::Shared),
                rooms: self.addresses(Field::Rooms),
                equipment: self.addresses(Field::Equipment),
                security_groups: self.addresses(Field::SecurityGroups),
                ..source.clone()
            },
            target: Target {
                tenant: self.trimmed(Field::Tenant),
                client_id: self.trimmed(Field::Client),
                client_certificate: certificate(Field::Certificate),
                client_key: certificate(Field::Key),
                usage_location: self.trimmed(Field::Location).to_uppercase(),
                sku: text(Field::Sku),
                ..target.clone()
            },
            run: Run { mailboxes_at_a_time: self.at_a_time as usize, ..self.base.run.clone() },
        };
        // Two other sides have a record of their own.
        if shelf::identity(&settings) != shelf::identity(&self.base) {
            settings.run.ledger = None;
        }
        settings
    }

    /// The addresses of a list: one a line, but commas and semicolons do as well.
    pub(super) fn addresses(&self, field: Field) -> Vec<Address> {
        let text = self.list(field).map(Content::text).unwrap_or_default();
        let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        parts.filter(|part| !part.is_empty()).map(Address::new).collect()
    }

    /// Exchange Web Services at the server's outside name.
    fn outside(&self) -> Option<String> {
        let proxy = Some(self.trimmed(Field::Proxy)).filter(|proxy| !proxy.is_empty())?;
        (self.method == Method::Typed).then(|| ews_url(&proxy))
    }
}

/// A whole address stays; a name alone is where Exchange Web Services are at that name.
pub(super) fn ews_url(server: &str) -> String {
    if !server.contains("://") {
        return format!("https://{server}{EWS}");
    }
    match url::Url::parse(server) {
        Ok(url) if url.path() == "/" => format!("{}{EWS}", server.trim_end_matches('/')),
        _ => server.to_owned(),
    }
}

/// The other way round: what is usual need not be shown.
fn shortened(url: &str) -> String {
    let name = url.strip_prefix("https://").and_then(|rest| rest.strip_suffix(EWS));
    name.filter(|name| !name.contains('/')).unwrap_or(url).to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_name_or_an_address_leads_to_web_services_and_back() {
        for (typed, url) in [
            ("mail.example.com", "https://mail.example.com/EWS/Exchange.asmx"),
            ("https://mail.example.com/", "https://mail.example.com/EWS/Exchange.asmx"),
            ("https://mail.example.com:444/own/path.asmx", "https://mail.example.com:444/own/path.asmx"),
            ("http://mail.example.com/EWS/Exchange.asmx", "http://mail.example.com/EWS/Exchange.asmx"),
        ] {
            assert_eq!(ews_url(typed), url);
        }
        assert_eq!(shortened("https://mail.example.com/EWS/Exchange.asmx"), "mail.example.com");
        assert_eq!(shortened("https://mail.example.com/own"), "https://mail.example.com/own");
    }

    #[test]
    fn settings_come_back_as_they_were() {
        let text = "[source]\nemail = \"Mig@Alder.example\"\nuser_name = 'ALDER\\mig'\nautodiscover_url = \"https://x/\"\n\
                    confirmed_hosts = [\"x\"]\naccess = \"impersonation\"\nalso = [\"a@alder.example\"]\n\
                    dynamic_groups = [{ address = \"all@alder.example\", filter = \"x\" }]\n\
                    [target]\nauthority = \"https://localhost:1\"\ntenant = \"t\"\nclient_id = \"c\"\n\
                    usage_location = \"GB\"\nsku = \"S\"\n[run]\nmailboxes_at_a_time = 7\nledger = \"/l\"\n";
        let settings: Settings = toml::from_str(text).unwrap();
        let mut form = Form::filled(&settings);
        form.set(Field::Password, "p");
        form.set(Field::Secret, "s");
        assert_eq!(form.dynamic_groups(), 1);
        assert_eq!(form.check().ok().unwrap().settings, settings);
    }
}
