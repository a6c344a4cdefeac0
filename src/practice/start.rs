//! Starting and stopping a practice organisation: company, authority, both servers, and the folder that tells of them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::task::{JoinHandle, spawn_blocking};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::authority::Authority;
use super::exchange::{Exchange, ExchangeUrls};
use super::faults::{Faults, Side};
use super::https::{Listener, Server};
use super::microsoft365::{Cloud, CloudOptions};
use super::organisation::Organisation;
use super::ready::{Ready, ReadyExchange, ReadyMailbox, ReadyMicrosoft365, settings};
use super::state::{CERTIFICATE, Kept, Ports, State, replace};
use super::{Error, Options, Rejected, company};

/// How often changes are written to the state folder.
const SAVE_EVERY: Duration = Duration::from_secs(3);
/// File of the settings.
const SETTINGS: &str = "settings.toml";
/// Folder of a migration's ledger.
const LEDGER: &str = "ledger";

/// A running practice organisation. It is stopped by `shutdown`; when merely dropped, its servers stop and its temporary
/// folder goes, but the latest changes may not be kept.
pub struct Practice {
    /// How to use it.
    pub ready: Ready,
    /// Files under the mail folders that are no mail.
    pub rejected: Vec<Rejected>,
    /// The company, to look behind the Exchange server.
    pub organisation: Arc<Organisation>,
    /// The service, to look behind Microsoft 365.
    pub cloud: Arc<Cloud>,
    servers: Vec<Server>,
    home: Home,
    saver: Option<Saver>,
}

/// The folder with certificate and settings: the state folder, or one that goes with the organisation.
enum Home {
    Kept(PathBuf),
    Temporary(PathBuf),
}

impl Home {
    fn path(&self) -> &Path {
        let (Home::Kept(path) | Home::Temporary(path)) = self;
        path
    }

    fn temporary() -> Result<Home, Error> {
        let folder = std::env::temp_dir().join(format!("cutover-practice-{}", uuid::Uuid::new_v4()));
        super::state::create_private(&folder).map_err(|source| Error::State { folder: folder.clone(), source })?;
        Ok(Home::Temporary(folder))
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        if let Home::Temporary(folder) = self {
            // Nothing to be done about a folder that cannot be removed; the system's own clean-up takes it.
            let _removed = std::fs::remove_dir_all(folder);
        }
    }
}

/// What a start works with: made new, or kept.
struct Company {
    organisation: Arc<Organisation>,
    visible: Vec<String>,
    rejected: Vec<Rejected>,
    authority: Authority,
    ports: Option<Ports>,
}

/// Starts a practice organisation; when this returns, both servers answer.
pub async fn start(options: Options) -> Result<Practice, Error> {
    let faults = options.faults.as_deref().map(|file| Faults::read(file)?.named(file)).transpose()?;
    let faults = Arc::new(faults.unwrap_or_default());
    let prepared = options.clone();
    let (company, state) = spawn_blocking(move || prepare(&prepared)).await??;
    let bind = async |port: fn(Ports) -> u16| Listener::bind(company.ports.map(port)).await.map_err(Error::Port);
    let (first, second) = (bind(|ports| ports.exchange).await?, bind(|ports| ports.microsoft365).await?);
    let ports = Ports { exchange: first.port(), microsoft365: second.port() };
    let cloud = Arc::new(cloud(&options, &company, ports, state.as_ref())?);
    let home = match &state {
        Some(state) => Home::Kept(state.folder().to_owned()),
        None => Home::temporary()?,
    };
    let ready = ready(&company, &cloud, ports, home.path());
    let in_home = |source| Error::State { folder: home.path().to_owned(), source };
    let text = settings(&ready, &company.organisation, &home.path().join(LEDGER));
    replace(&home.path().join(CERTIFICATE), company.authority.certificate().as_bytes()).map_err(in_home)?;
    replace(&home.path().join(SETTINGS), text.as_bytes()).map_err(in_home)?;
    let tls = company.authority.server()?;
    let exchange = Arc::new(Exchange::new(company.organisation.clone(), urls(ports)));
    let servers = vec![
        first.serve(tls.clone(), exchange, Side::Exchange, faults.clone()),
        second.serve(tls, cloud.clone(), Side::Microsoft365, faults),
    ];
    let saver = state.map(|state| Saver::new(state, &company, cloud.clone(), ports));
    let Company { organisation, rejected, .. } = company;
    Ok(Practice { ready, rejected, organisation, cloud, servers, home, saver })
}

/// Makes or loads the company; everything here takes its time and waits for nothing.
fn prepare(options: &Options) -> Result<(Company, Option<State>), Error> {
    let Some(folder) = &options.state else { return Ok((make(options)?, None)) };
    let failed = |source| Error::State { folder: folder.clone(), source };
    let mut state = State::open(folder).map_err(failed)?;
    let company = match state.load().map_err(failed)? {
        Some(kept) => from_kept(kept)?,
        None => {
            let company = make(options)?;
            state.keep_authority(company.authority.certificate(), &company.authority.key()).map_err(failed)?;
            company
        }
    };
    Ok((company, Some(state)))
}

fn make(options: &Options) -> Result<Company, Error> {
    let Options { mailboxes, messages, attachment, mail, seed, profile, .. } = options;
    let (organisation, visible, rejected) = if mail.is_empty() {
        let (organisation, visible) = company::heavy(*mailboxes, *messages, *attachment, *seed, *profile);
        (organisation, visible, Vec::new())
    } else {
        company::from_mail(*mailboxes, mail, *seed, *profile)?
    };
    let authority = Authority::new()?;
    Ok(Company { organisation: Arc::new(organisation), visible, rejected, authority, ports: None })
}

fn from_kept(kept: Kept) -> Result<Company, Error> {
    Ok(Company {
        organisation: Arc::new(kept.organisation),
        visible: kept.visible,
        rejected: Vec::new(),
        authority: Authority::kept(&kept.certificate, &kept.key)?,
        ports: Some(kept.ports),
    })
}

/// The cloud: as it was kept, or new.
fn cloud(options: &Options, company: &Company, ports: Ports, state: Option<&State>) -> Result<Cloud, Error> {
    let wanted = CloudOptions {
        domain: company.organisation.domain.clone(),
        organisation_name: company.organisation.name.clone(),
        base_url: format!("https://localhost:{}", ports.microsoft365),
        speed: options.speed,
        seed: options.seed,
        mailbox_hint: company.organisation.mailboxes.len(),
    };
    // Company and cloud are kept together: a kept company without its cloud is damage, not a new beginning.
    let Some(state) = state.filter(|_| company.ports.is_some()) else { return Ok(Cloud::new(wanted)) };
    Cloud::load(wanted, &state.cloud()).map_err(|source| Error::State { folder: state.cloud(), source })
}

fn urls(ports: Ports) -> ExchangeUrls {
    let base = format!("https://localhost:{}", ports.exchange);
    ExchangeUrls {
        ews: format!("{base}/EWS/Exchange.asmx"),
        autodiscover_pox: format!("{base}/autodiscover/autodiscover.xml"),
        autodiscover_soap: format!("{base}/autodiscover/autodiscover.svc"),
    }
}

fn ready(company: &Company, cloud: &Cloud, ports: Ports, home: &Path) -> Ready {
    let (urls, credentials) = (urls(ports), cloud.credentials());
    let administrator = company.organisation.administrator.clone();
    let base = format!("https://localhost:{}", ports.microsoft365);
    let file = |name: &str| home.join(name).to_string_lossy().into_owned();
    Ready {
        ca_certificate: file(CERTIFICATE),
        settings: file(SETTINGS),
        exchange: ReadyExchange {
            email: administrator.email,
            user_name: administrator.user_name,
            password: administrator.password,
            autodiscover_url: urls.autodiscover_pox,
            ews_url: urls.ews,
        },
        microsoft365: ReadyMicrosoft365 {
            authority: base.clone(),
            graph_url: format!("{base}/v1.0"),
            exchange_admin_url: base,
            tenant_id: credentials.tenant_id,
            client_id: credentials.client_id,
            client_secret: credentials.client_secret,
            domain: company.organisation.domain.clone(),
        },
        mailboxes: company.visible.iter().map(|email| ReadyMailbox { email: email.clone() }).collect(),
    }
}

impl Practice {
    /// Stops both servers, keeps what is to be kept, and removes the temporary folder.
    pub async fn shutdown(self) -> Result<(), Error> {
        let Practice { servers, saver, home, .. } = self;
        for server in servers {
            server.stop().await;
        }
        let saved = match saver {
            Some(saver) => saver.finish().await,
            None => Ok(()),
        };
        drop(home);
        saved
    }
}

/// Writes changes to the state folder every few seconds, and once more at the end.
struct Saver {
    keeper: Arc<Keeper>,
    stop: DropGuard,
    task: JoinHandle<()>,
}

struct Keeper {
    state: Mutex<State>,
    organisation: Arc<Organisation>,
    visible: Vec<String>,
    cloud: Arc<Cloud>,
    ports: Ports,
}

impl Keeper {
    fn keep(&self) -> Result<(), Error> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let mut keep = || -> io::Result<()> {
            state.keep_mailboxes(&self.organisation)?;
            self.cloud.save(&state.cloud())?;
            state.keep_company(&self.organisation, &self.visible, self.ports)
        };
        keep().map_err(|source| Error::State { folder: state.folder().to_owned(), source })
    }
}

impl Saver {
    fn new(state: State, company: &Company, cloud: Arc<Cloud>, ports: Ports) -> Saver {
        let (organisation, visible) = (company.organisation.clone(), company.visible.clone());
        let keeper = Arc::new(Keeper { state: Mutex::new(state), organisation, visible, cloud, ports });
        let stop = CancellationToken::new();
        let (kept, stopped) = (keeper.clone(), stop.clone());
        let task = tokio::spawn(async move {
            loop {
                let keeper = kept.clone();
                // A failure is not final: the next attempt writes everything that this one could not, and the last
                // attempt tells of its failure.
                let _tried_again_later = spawn_blocking(move || keeper.keep()).await;
                if stopped.run_until_cancelled(tokio::time::sleep(SAVE_EVERY)).await.is_none() {
                    return;
                }
            }
        });
        Saver { keeper, stop: stop.drop_guard(), task }
    }

    async fn finish(self) -> Result<(), Error> {
        drop(self.stop);
        self.task.await?;
        spawn_blocking(move || self.keeper.keep()).await?
    }
}

#[cfg(test)]
mod tests;
