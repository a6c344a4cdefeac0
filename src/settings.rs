//! The settings file of a migration: endpoints and choices, never a secret.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

mod check;
#[cfg(any(test, fuzzing))]
pub(crate) mod fuzz;
mod unreadable;
mod write;

pub use check::Fault;
pub(crate) use unreadable::unreadable;

use crate::engine::plan::{Deletions, Options};
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;

/// A settings file is small; anything beyond this many bytes is not one.
const MAX_BYTES: u64 = 1 << 20;

/// A whole settings file (TOML). Unknown keys are errors, so that a misspelt one is noticed.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The file itself.
    #[serde(skip)]
    pub file: PathBuf,
    /// The Exchange server that is being left.
    pub source: Source,
    /// The Microsoft 365 organisation.
    pub target: Target,
    /// How to run.
    #[serde(default)]
    pub run: Run,
}

/// `[source]`
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Mail address of the migration administrator.
    pub email: Address,
    /// `DOMAIN\user` or user principal name.
    pub user_name: String,
    /// Typed settings: the EWS address. Without it Autodiscover finds it.
    pub ews_url: Option<String>,
    /// The server's outside name, which the window tries where the typed address cannot be reached.
    pub rpc_proxy: Option<String>,
    /// The one Autodiscover address to ask, instead of the usual candidates.
    pub autodiscover_url: Option<String>,
    /// Hosts that the administrator confirmed may be sent the password.
    #[serde(default)]
    pub confirmed_hosts: Vec<String>,
    /// A private certificate authority (PEM file) to trust for this server.
    pub certificate_authority: Option<PathBuf>,
    /// How mailboxes are opened.
    #[serde(default)]
    pub access: Access,
    /// Mailboxes hidden from address lists that are to move as well.
    #[serde(default)]
    pub also: Vec<Address>,
    /// Mailboxes that are shared, which an address-list walk cannot tell.
    #[serde(default)]
    pub shared: Vec<Address>,
    /// Mailboxes that are rooms.
    #[serde(default)]
    pub rooms: Vec<Address>,
    /// Mailboxes that are equipment.
    #[serde(default)]
    pub equipment: Vec<Address>,
    /// Groups that are mail-enabled security groups.
    #[serde(default)]
    pub security_groups: Vec<Address>,
    /// Groups whose members are found by a query.
    #[serde(default)]
    pub dynamic_groups: Vec<DynamicGroup>,
}

/// How mailboxes are opened (exchange-source 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// With the administrator's own Full Access or Receive As right.
    #[default]
    Delegate,
    /// By the ApplicationImpersonation role.
    Impersonation,
}

/// A dynamic group as `Get-DynamicDistributionGroup` shows it.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct DynamicGroup {
    /// Primary address.
    pub address: Address,
    /// Recipient filter.
    pub filter: String,
}

/// `[target]`
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Sign-in service, without the tenant.
    #[serde(default = "global_authority")]
    pub authority: String,
    /// Microsoft Graph, with `/v1.0`.
    #[serde(default = "global_graph")]
    pub graph_url: String,
    /// Exchange administration.
    #[serde(default = "global_exchange_admin")]
    pub exchange_admin_url: String,
    /// Tenant id or a verified domain.
    pub tenant: String,
    /// Application (client) id.
    pub client_id: String,
    /// Sign in with a certificate instead of a secret: DER or PEM file.
    pub client_certificate: Option<PathBuf>,
    /// The certificate's private key, PKCS #8 PEM or DER. Keep it readable by you alone.
    pub client_key: Option<PathBuf>,
    /// A private certificate authority (PEM file) to trust for these addresses.
    pub certificate_authority: Option<PathBuf>,
    /// Where the users are: a two-letter country code, needed for licences.
    pub usage_location: String,
    /// Part number of the licence to assign; without it the first suitable one with free seats.
    pub sku: Option<String>,
}

/// `[run]`
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Run {
    /// Mailboxes migrated simultaneously, 1 to 10.
    pub mailboxes_at_a_time: usize,
    /// Length of generated initial passwords, 8 to 64 characters.
    pub initial_password_length: usize,
    /// What becomes of the copies of items that are deleted at the source.
    pub deletions: Deletions,
    /// Where the ledger lies, instead of the data folder.
    pub ledger: Option<PathBuf>,
}

impl Default for Run {
    fn default() -> Run {
        Run { mailboxes_at_a_time: 3, initial_password_length: 8, deletions: Deletions::default(), ledger: None }
    }
}

impl Run {
    /// The choices of a batch.
    pub fn options(&self) -> Options {
        Options {
            at_a_time: self.mailboxes_at_a_time,
            password_length: self.initial_password_length,
            deletions: self.deletions,
        }
    }
}

fn global_authority() -> String {
    "https://login.microsoftonline.com".to_owned()
}
fn global_graph() -> String {
    "https://graph.microsoft.com/v1.0".to_owned()
}
fn global_exchange_admin() -> String {
    "https://outlook.office365.com".to_owned()
}

impl Settings {
    /// Every default and nothing else: what a form begins with.
    pub fn blank() -> Settings {
        Settings {
            file: PathBuf::new(),
            source: Source {
                email: Address::new(""),
                user_name: String::new(),
                ews_url: None,
                rpc_proxy: None,
                autodiscover_url: None,
                confirmed_hosts: Vec::new(),
                certificate_authority: None,
                access: Access::default(),
                also: Vec::new(),
                shared: Vec::new(),
                rooms: Vec::new(),
                equipment: Vec::new(),
                security_groups: Vec::new(),
                dynamic_groups: Vec::new(),
            },
            target: Target {
                authority: global_authority(),
                graph_url: global_graph(),
                exchange_admin_url: global_exchange_admin(),
                tenant: String::new(),
                client_id: String::new(),
                client_certificate: None,
                client_key: None,
                certificate_authority: None,
                usage_location: String::new(),
                sku: None,
            },
            run: Run::default(),
        }
    }

    /// Reads and checks a settings file. Relative paths in it are relative to the file.
    ///
    /// # Errors
    /// `SettingsUnreadable` if there is no such file or it is no TOML, `SettingsInvalid` if a value is out of range.
    pub fn read(file: &Path) -> Result<Settings, Problem> {
        let unopened = |error| unreadable::unopened(file, &error);
        if std::fs::metadata(file).map_err(unopened)?.len() > MAX_BYTES {
            return Err(unreadable(file, "too-large"));
        }
        let text = std::fs::read_to_string(file).map_err(unopened)?;
        Settings::parse(&text, file)
    }

    fn parse(text: &str, file: &Path) -> Result<Settings, Problem> {
        let mut settings = unreadable::parse(text, file)?;
        settings.check(file)?;
        settings.file = file.to_owned();
        let base = file.parent().unwrap_or(Path::new("."));
        for path in settings.paths_mut() {
            *path = base.join(&*path);
        }
        Ok(settings)
    }

    fn paths_mut(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let target = &mut self.target;
        [
            self.source.certificate_authority.as_mut(),
            target.certificate_authority.as_mut(),
            target.client_certificate.as_mut(),
            target.client_key.as_mut(),
            self.run.ledger.as_mut(),
        ]
        .into_iter()
        .flatten()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::engine::problem::Guidance;

    const SMALL: &str = r#"
[source]
email = "anna@alder.example"
user_name = 'ALDER\anna'
[target]
tenant = "t"
client_id = "c"
usage_location = "GB"
"#;

    fn read(text: &str) -> Result<Settings, Problem> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        std::fs::write(&file, text).unwrap();
        Settings::read(&file)
    }

    #[test]
    fn a_small_file_gets_the_defaults() {
        let settings = read(SMALL).unwrap();
        assert_eq!(settings.run, Run::default());
        assert_eq!(settings.target.authority, "https://login.microsoftonline.com");
        assert_eq!(settings.source.access, Access::Delegate);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line_or_setting() {
        let missing = Settings::read(Path::new("no-such-file.toml")).unwrap_err();
        assert_eq!((missing.guidance, missing.values["reason"].as_str()), (Guidance::SettingsUnreadable, "absent"));
        let folder = Settings::read(Path::new(".")).unwrap_err();
        assert_eq!((folder.values["reason"].as_str(), folder.cause.is_some()), ("closed", true));
        let large = read(&" ".repeat(MAX_BYTES as usize + 1)).unwrap_err();
        assert_eq!(large.values["reason"], "too-large");
        let misspelt = read(&SMALL.replace("tenant", "tennant")).unwrap_err();
        assert_eq!(misspelt.values["key"], "tennant");
        let broken = read("[source\nemail").unwrap_err();
        assert_eq!(broken.values["line"], "1");
        for (wrong, setting) in [
            (SMALL.replace("GB", "England"), "target.usage_location"),
            (SMALL.replace("anna@alder.example", "anna"), "source.email"),
            (format!("{SMALL}[run]\nmailboxes_at_a_time = 11\n"), "run.mailboxes_at_a_time"),
            (SMALL.replace("[target]", "ews_url = \"http://x/\"\n[target]"), "source.ews_url"),
        ] {
            assert_eq!(read(&wrong).unwrap_err().values["setting"], setting);
        }
    }

    #[test]
    fn a_password_in_the_file_is_refused_and_not_repeated() {
        let problem = read(&SMALL.replace("[target]", "password = \"hunter2\"\n[target]")).unwrap_err();
        assert_eq!((problem.values["reason"].as_str(), problem.values["key"].as_str()), ("unknown-key", "password"));
        assert!(!problem.to_string().contains("hunter2"));
    }

    #[test]
    fn relative_paths_are_relative_to_the_file() {
        let settings = read(&SMALL.replace("[target]", "certificate_authority = \"ca.pem\"\n[target]")).unwrap();
        assert!(settings.source.certificate_authority.unwrap().parent().unwrap().is_absolute());
    }
}
