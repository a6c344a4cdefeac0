//! The test of both sides, up to the survey: what has been reached, and the work behind it. Each part of the work is
//! dropped with its handle: nothing goes on after that.

use std::sync::{Arc, Mutex, PoisonError};

use iced::Task;
use iced::futures::SinkExt;
use iced::futures::channel::mpsc;
use iced::task::Handle;

use super::Message;
use super::form::Checked;
use super::kept;
use crate::engine::port::{SurveyProgress, Tenant};
use crate::engine::problem::{Guidance, Problem};
use crate::engine::waiting::Waiting;
use crate::gui::monitor::{offer_changed, paced};
use crate::gui::services::Services;
use crate::gui::session::Session;
use crate::launcher::{Keeping, Launcher, SourceFacts, SourceStep};
use crate::shelf;

/// Steps and counts on their way to the window, at most; the latest counts are repeated, so none is missed for long.
const ON_THE_WAY: usize = 256;

/// What a part of the work has come to.
#[derive(Clone)]
pub enum Event {
    /// Towards the Exchange server.
    Step(SourceStep),
    /// The Exchange server was tried.
    Source(Result<SourceFacts, Problem>),
    /// Microsoft 365 was tried.
    Target(Result<Tenant, Problem>),
    /// The migration is open.
    Opened,
    /// So much of the address lists was read.
    Counted(SurveyProgress),
    /// What reading the address lists, or planning, waits for now.
    Waits(Option<Waiting>),
    /// Everything is there, or not.
    Ready(Result<Box<Session>, Problem>),
}

/// Where the test is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// At the Exchange server.
    Source,
    /// At Microsoft 365.
    Target,
    /// At the record of the migration.
    Open,
    /// At the address lists.
    Survey,
}

/// An Autodiscover address that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The address.
    pub url: String,
    /// Why it leads no further, by key, once that is known.
    pub why: Option<&'static str>,
}

/// A test that is going on.
pub struct Trial {
    /// Tells its answers from those of an earlier one.
    pub number: u64,
    /// What is tested.
    pub checked: Checked,
    /// The passwords are to outlive the window.
    pub keep: bool,
    /// It is a rehearsal.
    pub practice: bool,
    /// Where it is.
    pub stage: Stage,
    /// Which addresses were asked.
    pub asked: Vec<Asked>,
    /// Where Exchange Web Services are.
    pub found: Option<String>,
    /// Name and password were accepted.
    pub signed_in: bool,
    /// The server's version.
    pub version: Option<String>,
    /// The account's mailbox could be opened.
    pub mailbox: bool,
    /// The server as it was found.
    pub facts: Option<SourceFacts>,
    /// The organisation's name.
    pub tenant: Option<String>,
    /// What was counted so far.
    pub counted: SurveyProgress,
    /// What it waits for.
    pub waits: Option<Waiting>,
    /// Ends what is going on when it is dropped.
    work: Option<Handle>,
}

impl Trial {
    /// Begins at the Exchange server.
    pub fn begin(
        number: u64,
        checked: Checked,
        keep: bool,
        practice: bool,
        services: &Services,
    ) -> (Trial, Task<Message>) {
        let mut trial = Trial {
            number,
            checked,
            keep,
            practice,
            stage: Stage::Source,
            asked: Vec::new(),
            found: None,
            signed_in: false,
            version: None,
            mailbox: false,
            facts: None,
            tenant: None,
            counted: SurveyProgress::default(),
            waits: None,
            work: None,
        };
        let task = trial.try_source(services);
        (trial, task)
    }

    /// Takes in a step towards the Exchange server. The last word on an address counts.
    pub fn step(&mut self, step: SourceStep) {
        match step {
            SourceStep::Asking(url) => match self.asked.iter_mut().find(|asked| asked.url == url) {
                Some(asked) => asked.why = None,
                None => self.asked.push(Asked { url, why: None }),
            },
            SourceStep::NotThere { url, why } => {
                if let Some(asked) = self.asked.iter_mut().find(|asked| asked.url == url) {
                    asked.why = Some(why);
                }
            }
            SourceStep::Found(url) => self.found = Some(url),
            SourceStep::SignedIn => self.signed_in = true,
            SourceStep::Version(version) => self.version = Some(version),
            SourceStep::MailboxOpened => self.mailbox = true,
        }
    }

    /// The typed host cannot be reached: its outside name is tried, once.
    pub fn try_outside(&mut self, problem: &Problem, services: &Services) -> Option<Task<Message>> {
        let unreachable = matches!(problem.guidance, Guidance::SourceUnknownHost | Guidance::SourceUnreachable);
        let outside = self.checked.outside.take_if(|_| unreachable)?;
        self.checked.settings.source.ews_url = Some(outside);
        Some(self.try_source(services))
    }

    fn try_source(&mut self, services: &Services) -> Task<Message> {
        let (launcher, settings) = (services.launcher.clone(), self.checked.settings.source.clone());
        let password = self.checked.secrets.source_password.clone();
        self.start(move |tell| async move {
            let tried = launcher.try_source(&settings, &password, &|step| tell.now(Event::Step(step))).await;
            tell.last(Event::Source(tried)).await;
        })
    }

    /// The Exchange server works: on to Microsoft 365.
    pub fn try_target(&mut self, facts: SourceFacts, services: &Services) -> Task<Message> {
        self.found = Some(facts.ews_url.clone());
        self.version = Some(facts.version.clone());
        (self.signed_in, self.mailbox) = (true, true);
        self.facts = Some(facts);
        self.stage = Stage::Target;
        let (launcher, settings) = (services.launcher.clone(), self.checked.settings.target.clone());
        let secret = self.checked.secrets.target_secret.clone();
        self.start(move |tell| async move {
            let tried = launcher.try_target(&settings, secret.as_deref()).await;
            tell.last(Event::Target(tried)).await;
        })
    }

    /// Both sides work: keeps the settings, opens the migration and surveys.
    pub fn open(&mut self, tenant: Tenant, services: &Services) -> Task<Message> {
        self.tenant = Some(tenant.name);
        self.stage = Stage::Open;
        let Some(source) = self.facts.clone() else { return Task::none() };
        let (checked, services) = (self.checked.clone(), services.clone());
        let (keep, practice) = (self.keep, self.practice);
        self.start(move |tell| async move {
            let ready = connect(checked, source, keep, practice, &services, &tell).await;
            tell.last(Event::Ready(ready.map(Box::new))).await;
        })
    }

    /// Starts a part of the work; an earlier one has ended.
    fn start<F: Future<Output = ()> + Send + 'static>(
        &mut self,
        work: impl FnOnce(Teller) -> F + Send + 'static,
    ) -> Task<Message> {
        let number = self.number;
        let stream = iced::stream::channel(ON_THE_WAY, async move |sender: mpsc::Sender<Event>| {
            work(Teller(Mutex::new(sender))).await;
        });
        let (task, handle) = Task::run(stream, move |event| Message::Trial(number, event)).abortable();
        self.work = Some(handle.abort_on_drop());
        task
    }
}

/// Tells the window what happens.
struct Teller(Mutex<mpsc::Sender<Event>>);

impl Teller {
    /// At once, or not at all where the window is far behind: only steps and counts are told so.
    fn now(&self, event: Event) {
        let _told_or_too_many = self.offer(event);
    }

    fn offer(&self, event: Event) -> bool {
        let mut sender = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sender.try_send(event).is_ok()
    }

    /// For certain.
    async fn last(self, event: Event) {
        let mut sender = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let _window_is_there_or_nobody_cares = sender.send(event).await;
    }
}

/// Keeps what was typed, opens the migration, surveys and plans. A rehearsal leaves nothing behind.
async fn connect(
    checked: Checked,
    source: SourceFacts,
    keep: bool,
    practice: bool,
    services: &Services,
    tell: &Teller,
) -> Result<Session, Problem> {
    let Checked { mut settings, secrets, .. } = checked;
    let mut remembered = false;
    if !practice {
        if let Some(folder) = services.shelf.clone() {
            let file = shelf::place(&folder, &settings);
            settings.file.clone_from(&file);
            kept::write(settings.clone(), file).await?;
        }
        remembered = kept::passwords(&settings, &secrets, keep, services).await;
    }
    let keeping = if practice { Keeping::InMemory } else { Keeping::Sealed };
    let launcher: Arc<dyn Launcher> = services.launcher.clone();
    let migration = launcher.open(&settings, secrets, keeping).await?;
    tell.now(Event::Opened);
    let counted = |counted| tell.now(Event::Counted(counted));
    let plan = async { migration.plan(migration.survey(&counted).await?, settings.run.options()).await };
    let mut waiting = migration.waiting();
    let plan = paced(plan, || offer_changed(&mut waiting, |now| tell.offer(Event::Waits(now)))).await?;
    let overview = migration.overview().await?;
    Ok(Session {
        migration,
        settings: Arc::new(settings),
        source,
        plan: Arc::new(plan),
        overview,
        practice,
        kept: remembered,
        reports: services.reports(),
        status_to: Vec::new(),
    })
}
