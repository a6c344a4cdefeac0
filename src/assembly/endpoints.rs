//! Settings into a migration endpoint on the old side and a connection on the new one.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use url::Url;

use crate::engine::clock::{Clock, SystemClock};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::engine::retry::{FURTHER_ROUNDS, LONGEST_WAIT};
use crate::settings::{self, Access};
use crate::{exchange, microsoft365};

/// How often each step of connecting is tried while the failure may pass by itself.
const ATTEMPTS: u32 = 6;
/// The pause before the second attempt; it doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// The longest pause that a person waits for. A longer one is not cut short: the attempt ends with the problem, which says
/// how long the server asked for.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What hears how far connecting is.
pub(super) type Tell<'a> = &'a (dyn Fn(exchange::Step) + Send + Sync);

/// A broken connection or a busy server gets a few more tries; a person waits for the answer, so not many. In a rehearsal,
/// whose pauses pass so much faster, a step is tried in as many rounds as a run takes.
pub(super) struct Patience {
    clock: Arc<dyn Clock>,
    rounds: &'static [Duration],
    /// The longest pause that is waited for if the server asks for it.
    longest: Duration,
    /// Of the step in hand: rounds and tries that are left, and the next pause.
    further: std::slice::Iter<'static, Duration>,
    left: u32,
    pause: Duration,
}

impl Patience {
    /// Of somebody who waits for the answer.
    pub(super) fn of_a_person() -> Patience {
        Patience::of(Arc::new(SystemClock::default()), &[], LONGEST_PAUSE)
    }
    /// Of a rehearsal.
    pub(super) fn of_a_rehearsal(clock: Arc<dyn Clock>) -> Patience {
        Patience::of(clock, &FURTHER_ROUNDS, LONGEST_WAIT)
    }
    fn of(clock: Arc<dyn Clock>, rounds: &'static [Duration], longest: Duration) -> Patience {
        Patience { clock, rounds, longest, further: rounds.iter(), left: ATTEMPTS - 1, pause: FIRST_PAUSE }
    }
}

#[async_trait]
impl exchange::Patience for Patience {
    /// Waits until another try is due, or gives the problem back.
    async fn bear(&mut self, problem: Problem) -> Result<(), Problem> {
        let asked = problem.retry_after;
        if !problem.is_passing() || asked > Some(self.longest) {
            return Err(problem);
        }
        if self.left == 0 {
            let Some(pause) = self.further.next() else { return Err(problem) };
            self.clock.sleep(asked.unwrap_or_default().max(*pause)).await;
            (self.left, self.pause) = (ATTEMPTS - 1, FIRST_PAUSE);
            return Ok(());
        }
        self.clock.sleep(asked.unwrap_or_default().max(self.pause)).await;
        self.left -= 1;
        self.pause *= 2;
        Ok(())
    }
    fn done(&mut self) {
        *self = Patience::of(self.clock.clone(), self.rounds, self.longest);
    }
}

/// Connects to the Exchange server: finds it, signs in, learns its version.
pub(super) async fn source(
    settings: &settings::Source,
    password: &str,
    tell: Tell<'_>,
    mut patience: Patience,
) -> Result<exchange::Connection, Problem> {
    let authority = settings.certificate_authority.as_deref();
    let endpoint = match &settings.ews_url {
        Some(url) => exchange::Endpoint::Ews(checked(url)?),
        None => exchange::Endpoint::Autodiscover {
            url: settings.autodiscover_url.as_deref().map(checked).transpose()?,
            confirmed_hosts: settings.confirmed_hosts.clone(),
        },
    };
    let settings = exchange::Settings {
        email: settings.email.clone(),
        user_name: settings.user_name.clone(),
        password: exchange::Secret::new(password),
        endpoint,
        private_authority: authority.map(certificate).transpose()?,
        access: match settings.access {
            Access::Delegate => exchange::Access::Delegate,
            Access::Impersonation => exchange::Access::Impersonation,
        },
        also: settings.also.clone(),
        shared: settings.shared.clone(),
        rooms: settings.rooms.clone(),
        equipment: settings.equipment.clone(),
        security_groups: settings.security_groups.clone(),
        dynamic_groups: settings.dynamic_groups.iter().map(|g| (g.address.clone(), g.filter.clone())).collect(),
    };
    exchange::connect_telling(settings, tell, &mut patience).await.map_err(|problem| in_file(problem, authority))
}

/// Prepares the connection to Microsoft 365; nothing is sent yet. Whoever asks lets pauses pass so many times faster than
/// real time.
pub(super) fn target(
    settings: &settings::Target,
    secret: Option<&str>,
    speed: f64,
) -> Result<microsoft365::Connection, Problem> {
    let credential = match (&settings.client_certificate, &settings.client_key, secret) {
        (Some(certificate), Some(key), _) => microsoft365::Credential::Certificate {
            der: der(certificate, "CERTIFICATE")?,
            pkcs8_key: der(key, "PRIVATE KEY")?,
        },
        (_, _, secret) => microsoft365::Credential::Secret(microsoft365::Secret::new(secret.unwrap_or_default())),
    };
    microsoft365::Connection::new(microsoft365::Settings {
        authority: checked(&settings.authority)?,
        graph: checked(&settings.graph_url)?,
        exchange_admin: checked(&settings.exchange_admin_url)?,
        tenant: settings.tenant.clone(),
        client_id: settings.client_id.clone(),
        credential,
        private_authority: settings.certificate_authority.as_deref().map(certificate).transpose()?,
        usage_location: settings.usage_location.clone(),
        sku: settings.sku.clone(),
        speed,
    })
    .map_err(|problem| {
        let of_key = problem.values.get("setting").is_some_and(|setting| setting == "client_key");
        let file = if of_key { &settings.client_key } else { &settings.certificate_authority };
        in_file(problem, file.as_deref())
    })
}

/// Names the file of a certificate or key that the connectors could not use.
fn in_file(problem: Problem, file: Option<&Path>) -> Problem {
    match file {
        Some(file) if problem.guidance == Guidance::CertificateUnreadable => problem.with("file", file.display()),
        _ => problem,
    }
}

/// Settings were checked when they were read; anything else is a mistake of ours.
fn checked(url: &str) -> Result<Url, Problem> {
    let internal = || Problem::new(Kind::Run, Side::Here, Guidance::Internal).with("what", "url");
    Url::parse(url).map_err(|error| internal().because(error))
}

fn unreadable(file: &Path, reason: &dyn std::fmt::Display) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::CertificateUnreadable)
        .with("file", file.display())
        .with("reason", reason)
}

/// The certificates of a PEM file, as they are.
fn certificate(file: &Path) -> Result<Vec<u8>, Problem> {
    let bytes = std::fs::read(file).map_err(|error| unreadable(file, &error))?;
    if pem_blocks(&bytes, "CERTIFICATE").next().is_none() {
        return Err(unreadable(file, &"no certificate in it"));
    }
    Ok(bytes)
}

/// The first block of this label of a PEM file, or the whole file where it is no PEM.
fn der(file: &Path, label: &str) -> Result<Vec<u8>, Problem> {
    let bytes = std::fs::read(file).map_err(|error| unreadable(file, &error))?;
    if !bytes.windows(11).any(|part| part == b"-----BEGIN ") {
        return Ok(bytes);
    }
    pem_blocks(&bytes, label).next().ok_or_else(|| unreadable(file, &format!("no {label} in it")))
}

fn pem_blocks<'a>(bytes: &'a [u8], label: &'a str) -> impl Iterator<Item = Vec<u8>> + 'a {
    x509_parser::pem::Pem::iter_from_buffer(bytes)
        .filter_map(Result::ok)
        .filter(move |block| block.label == label)
        .map(|block| block.contents)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::engine::clock::SeededClock;
    use crate::settings::Settings;

    const PEM: &str = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";

    fn settings(more: &str, files: &[(&str, &str)]) -> (tempfile::TempDir, Settings) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let file = folder.path().join("settings.toml");
        let source = "[source]\nemail = \"a@alder.example\"\nuser_name = \"a\"\news_url = \"https://127.0.0.1:1/\"\n";
        let target = "[target]\ntenant = \"t\"\nclient_id = \"c\"\nusage_location = \"GB\"\n";
        std::fs::write(&file, format!("{source}certificate_authority = \"ca.pem\"\n{target}{more}")).unwrap();
        let settings = Settings::read(&file).unwrap();
        (folder, settings)
    }

    #[tokio::test(start_paused = true)]
    async fn a_rehearsal_has_the_patience_of_a_run_and_a_person_less() {
        let clock: Arc<dyn Clock> = Arc::new(SeededClock::new(jiff::Timestamp::UNIX_EPOCH, 1));
        let busy = Problem::new(Kind::Retry, Side::Source, Guidance::SourceBusy);
        for (mut patience, tries) in
            [(Patience::of_a_person(), ATTEMPTS), (Patience::of_a_rehearsal(clock), 4 * ATTEMPTS)]
        {
            for _ in 0..2 {
                let mut tried = 1;
                while exchange::Patience::bear(&mut patience, busy.clone()).await.is_ok() {
                    tried += 1;
                }
                assert_eq!(tried, tries);
                exchange::Patience::done(&mut patience);
            }
            let lasting = Problem::new(Kind::Run, Side::Source, Guidance::SourcePasswordWrong);
            assert!(exchange::Patience::bear(&mut patience, lasting).await.is_err());
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_is_waited_for_in_full_or_ends_the_attempt() {
        let clock: Arc<dyn Clock> = Arc::new(SeededClock::new(jiff::Timestamp::UNIX_EPOCH, 1));
        for (mut patience, longest, tries) in [
            (Patience::of_a_person(), LONGEST_PAUSE, ATTEMPTS - 1),
            (Patience::of_a_rehearsal(clock.clone()), LONGEST_WAIT, ATTEMPTS),
        ] {
            let busy = |pause| Problem::new(Kind::Retry, Side::Source, Guidance::SourceBusy).after(pause);
            // In the middle of a round, and before the next one.
            for _ in 0..tries {
                let began = clock.elapsed();
                exchange::Patience::bear(&mut patience, busy(longest)).await.unwrap();
                assert!(clock.elapsed() - began >= longest, "{:?}", clock.elapsed() - began);
            }
            exchange::Patience::done(&mut patience);
            let (began, longer) = (clock.elapsed(), longest + Duration::from_secs(1));
            let told = exchange::Patience::bear(&mut patience, busy(longer)).await.unwrap_err();
            assert_eq!((told.retry_after, clock.elapsed()), (Some(longer), began));
        }
    }

    #[tokio::test]
    async fn a_file_that_cannot_be_used_is_named() {
        let key = "-----BEGIN PRIVATE KEY-----\nAQID\n-----END PRIVATE KEY-----\n";
        let files =
            [("ca.pem", PEM), ("app.pem", PEM), ("app.key", key), ("rsa.key", "-----BEGIN RSA PRIVATE KEY-----")];
        for (more, name) in [
            ("client_certificate = \"app.pem\"\nclient_key = \"app.key\"", "app.key"),
            ("client_certificate = \"app.pem\"\nclient_key = \"rsa.key\"", "rsa.key"),
            ("certificate_authority = \"ca.pem\"", "ca.pem"),
            ("certificate_authority = \"none.pem\"", "none.pem"),
        ] {
            let (folder, settings) = settings(more, &files);
            let problem = target(&settings.target, None, 1.0).unwrap_err();
            assert_eq!(problem.guidance, Guidance::CertificateUnreadable);
            assert_eq!(problem.values["file"], folder.path().join(name).display().to_string());
        }
        let (folder, settings) = settings("", &files);
        let problem = source(&settings.source, "hunter2", &|_| {}, Patience::of_a_person()).await.unwrap_err();
        assert_eq!(problem.guidance, Guidance::CertificateUnreadable);
        assert_eq!(problem.values["file"], folder.path().join("ca.pem").display().to_string());
    }
}
