//! The review page alone, without the wizard around it: pressed, typed into and looked at.

use std::pin::Pin;
use std::sync::Arc;
use std::task::Poll;

use cutover::engine::recipient::{Address, MailboxKind, Size};
use cutover::gui::look::{Look, Platform};
use cutover::gui::page::Page;
use cutover::gui::page::review::{Message, Outcome, Review};
use cutover::gui::services::Services;
use cutover::gui::session::Session;
use cutover::gui::theme::{Appearance, Colours};
use cutover::gui::widget::{font, modal};
use cutover::launcher::{FoundBy, SourceFacts};
use cutover::settings::Settings;
use cutover::words::Words;
use iced::widget::Id;
use iced_test::core::renderer::Headless;
use iced_test::core::widget::Operation;
use iced_test::core::widget::operation::{self, Outcome as Found};
use iced_test::futures::futures::stream::{BoxStream, StreamExt};
use iced_test::runtime::Action;
use iced_test::runtime::task::into_stream;
use iced_test::runtime::user_interface::{Cache, UserInterface};
use iced_test::selector::{Candidate, Selector};
use jiff::tz::TimeZone;

use crate::memory::World;
use crate::support::Bench;

/// How long, on the test's paused clock, work may be silent before it counts as waiting for the test.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(60);

pub struct Sheet {
    pub page: Review,
    pub bench: Bench,
    pub services: Services,
    pub outcomes: Vec<Outcome>,
    /// What the size of the window and its text make of the page.
    pub compact: bool,
    words: Words,
    renderer: iced::Renderer,
    cache: Option<Cache>,
    tasks: Vec<BoxStream<'static, Action<Message>>>,
}

/// Settings of a typed connection to the world in memory.
pub fn settings() -> Settings {
    let text = "[source]\nemail = \"migration@contoso.com\"\nuser_name = 'CONTOSO\\migration'\n\
                ews_url = \"https://mail.contoso.com/EWS/Exchange.asmx\"\n\
                [target]\ntenant = \"contoso.com\"\n\
                client_id = \"11111111-2222-3333-4444-555555555555\"\nusage_location = \"GB\"\n";
    toml::from_str(text).unwrap()
}

/// So many people more, and their names in several scripts.
pub fn crowd(world: &World, number: usize) {
    let names = ["Ünal Öztürk", "佐藤 花子", "Ελένη Παππά", "יעל כהן", "Zoë van den Berg"];
    for n in 0..number {
        let address = format!("person{n:05}@contoso.com");
        world.add_mailbox(&address, MailboxKind::User);
        let mut state = world.state();
        let mailbox = &mut state.source.get_mut(&address).unwrap().mailbox;
        mailbox.identity.display_name = format!("{} {n}", names[n % names.len()]);
    }
}

/// Says that a mailbox holds so much.
pub fn fill(session: &mut Session, address: &str, size: Size) {
    let mut plan = cutover::engine::plan::Plan::clone(&session.plan);
    let mailbox = plan.mailboxes.iter_mut().find(|m| m.identity.address == Address::new(address)).unwrap();
    mailbox.size = Some(size);
    session.plan = Arc::new(plan);
}

impl Sheet {
    /// The page over this world.
    pub async fn over(bench: Bench) -> Sheet {
        Sheet::with(bench, |_| {}).await
    }

    /// The page over this world and a session that was changed.
    pub async fn with(bench: Bench, change: impl FnOnce(&mut Session)) -> Sheet {
        let migration = bench.launcher.migration().unwrap();
        let survey = migration.survey(&|_| {}).await.unwrap();
        let settings = settings();
        let plan = migration.plan(survey, Default::default()).await.unwrap();
        let mut session = Session {
            overview: migration.overview().await.unwrap(),
            migration,
            settings: Arc::new(settings),
            source: SourceFacts {
                ews_url: "https://mail.contoso.com/EWS/Exchange.asmx".to_owned(),
                version: "Exchange 2016 (15.1.2507.6)".to_owned(),
                found_by: FoundBy::Typed,
            },
            plan: Arc::new(plan),
            practice: false,
            kept: true,
            reports: bench.shelf.path().join("Reports"),
            status_to: Vec::new(),
        };
        change(&mut session);
        let services = bench.services();
        for bytes in font::bytes() {
            iced_test::renderer::graphics::text::font_system().write().unwrap().load_font(bytes);
        }
        Sheet {
            page: Review::new(session, &services),
            bench,
            services,
            outcomes: Vec::new(),
            compact: false,
            words: Words::new("en-GB"),
            renderer: <iced::Renderer as Headless>::new(font::REGULAR, 15.into(), Some("tiny-skia")).await.unwrap(),
            cache: Some(Cache::new()),
            tasks: Vec::new(),
        }
    }

    /// Tells the page something and waits until nothing more comes of it.
    pub async fn tell(&mut self, message: Message) {
        self.begin(message);
        self.settle().await;
    }

    /// Tells the page something; what it sets off is not carried out yet.
    pub fn begin(&mut self, message: Message) {
        let action = self.page.update(message, &self.services);
        self.outcomes.extend(action.outcome);
        self.tasks.extend(into_stream(action.task));
    }

    /// Runs what was begun until it has ended, or waits for the test.
    pub async fn settle(&mut self) {
        while let Ok(Some(action)) = tokio::time::timeout(PATIENCE, self.next()).await {
            match action {
                Action::Output(message) => self.begin(message),
                Action::Widget(mut operation) => self.operate_to_its_end(&mut *operation),
                _ => {}
            }
        }
    }

    async fn next(&mut self) -> Option<Action<Message>> {
        std::future::poll_fn(|context| {
            let mut at = 0;
            while let Some(task) = self.tasks.get_mut(at) {
                match Pin::new(task).poll_next_unpin(context) {
                    Poll::Ready(Some(action)) => return Poll::Ready(Some(action)),
                    Poll::Ready(None) => drop(self.tasks.remove(at)),
                    Poll::Pending => at += 1,
                }
            }
            if self.tasks.is_empty() { Poll::Ready(None) } else { Poll::Pending }
        })
        .await
    }

    pub fn say(&self, key: &str) -> String {
        let text = self.words.text(key, &[]);
        assert_ne!(text, key, "no such message");
        text
    }

    /// All texts that are laid out.
    pub fn texts(&mut self) -> Vec<String> {
        let mut operation = Texts.find_all();
        self.operate(&mut operation::black_box(&mut operation));
        match operation.finish() {
            Found::Some(found) => found,
            _ => Vec::new(),
        }
    }

    pub fn shows(&mut self, text: &str) -> bool {
        self.texts().iter().any(|shown| shown.contains(text))
    }

    pub fn says(&mut self, key: &str) -> bool {
        let text = self.say(key);
        self.shows(&text)
    }

    /// What has the keyboard.
    pub fn focuses(&mut self, id: &'static str) -> bool {
        let mut found = operation::focusable::find_focused();
        self.operate(&mut operation::black_box(&mut found));
        matches!(found.finish(), Found::Some(focused) if focused == Id::new(id))
    }

    fn operate_to_its_end<T: 'static>(&mut self, operation: &mut dyn Operation<T>) {
        self.operate(&mut operation::black_box(operation));
        let mut outcome = operation.finish();
        while let Found::Chain(mut next) = outcome {
            self.operate(&mut operation::black_box(&mut *next));
            outcome = next.finish();
        }
    }

    fn operate(&mut self, operation: &mut dyn Operation) {
        let look = Look {
            words: &self.words,
            colours: Colours::of(Appearance::Light),
            appearance: Appearance::Light,
            compact: self.compact,
            platform: Platform::Linux,
            now: jiff::Timestamp::UNIX_EPOCH,
            zone: &TimeZone::UTC,
            access_keys: false,
        };
        let page = modal::modal(&look, self.page.body(look), self.page.dialog(look));
        let size = if self.compact { iced::Size::new(480.0, 4000.0) } else { iced::Size::new(776.0, 560.0) };
        let cache = self.cache.take().unwrap_or_default();
        let mut interface = UserInterface::build(page, size, cache, &mut self.renderer);
        interface.operate(&self.renderer, operation);
        self.cache = Some(interface.into_cache());
    }
}

struct Texts;

impl Selector for Texts {
    type Output = String;
    fn select(&mut self, candidate: Candidate<'_>) -> Option<String> {
        match candidate {
            Candidate::Text { content, .. } => Some(content.to_owned()),
            _ => None,
        }
    }
    fn description(&self) -> String {
        "every text".to_owned()
    }
}
