//! One page alone, without the wizard around it: told things, listened to and looked at. Tasks and subscriptions run on the
//! test's paused clock.

use std::collections::BTreeMap;
use std::hash::Hasher as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use cutover::gui::look::{Look, Platform};
use cutover::gui::page::Page;
use cutover::gui::services::Services;
use cutover::gui::session::Session;
use cutover::gui::theme::{Appearance, Colours};
use cutover::gui::widget::{font, modal};
use cutover::launcher::{FoundBy, SourceFacts};
use cutover::settings::Settings;
use cutover::words::Words;
use iced::widget::Id;
use iced::{Size, Task};
use iced_test::core::renderer::Headless;
use iced_test::core::widget::Operation;
use iced_test::core::widget::operation::{self, Outcome as Found};
use iced_test::futures::futures::stream::{BoxStream, StreamExt, empty};
use iced_test::futures::subscription;
use iced_test::runtime::Action;
use iced_test::runtime::task::into_stream;
use iced_test::runtime::user_interface::{Cache, UserInterface};
use iced_test::selector::{Candidate, Selector};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::support::Bench;

/// How long, on the test's paused clock, everything may be silent before it counts as waiting for the test.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most messages that a test may lead to.
const MOST_MESSAGES: usize = 50_000;

/// A page on a bench.
pub struct Sheet<P: Page> {
    pub page: P,
    pub services: Services,
    pub outcomes: Vec<P::Outcome>,
    pub now: Timestamp,
    /// The room that the page has.
    pub size: Size,
    /// How far the page said it is, after every message.
    pub progress: Vec<f32>,
    measure: fn(&P) -> Option<f32>,
    words: Words,
    renderer: iced::Renderer,
    cache: Option<Cache>,
    tasks: Vec<BoxStream<'static, Action<P::Message>>>,
    listeners: BTreeMap<u64, BoxStream<'static, P::Message>>,
}

/// A session on the bench's migration, as the connection page would have made it.
pub async fn session(bench: &Bench) -> Session {
    let migration = bench.launcher.migration().unwrap();
    let text = "[source]\nemail = \"migration@contoso.com\"\nuser_name = 'CONTOSO\\migration'\n\
                ews_url = \"https://mail.contoso.com/EWS/Exchange.asmx\"\n\
                [target]\ntenant = \"contoso.com\"\n\
                client_id = \"11111111-2222-3333-4444-555555555555\"\nusage_location = \"GB\"\n";
    let settings: Settings = toml::from_str(text).unwrap();
    let survey = migration.survey(&|_| {}).await.unwrap();
    let plan = migration.plan(survey, Default::default()).await.unwrap();
    Session {
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
        reports: reports(bench),
        status_to: Vec::new(),
    }
}

/// Where reports of the bench's migration go.
pub fn reports(bench: &Bench) -> PathBuf {
    bench.shelf.path().join("Reports")
}

impl<P: Page> Sheet<P> {
    /// The page with its first work begun. `measure` tells how far it is.
    pub async fn new(bench: &Bench, made: (P, Task<P::Message>), measure: fn(&P) -> Option<f32>) -> Sheet<P> {
        for bytes in font::bytes() {
            iced_test::renderer::graphics::text::font_system().write().unwrap().load_font(bytes);
        }
        let (page, task) = made;
        Sheet {
            page,
            services: bench.services(),
            outcomes: Vec::new(),
            now: "2026-11-20T09:00:00Z".parse().unwrap(),
            size: Size::new(900.0, 4_000.0),
            progress: Vec::new(),
            measure,
            words: Words::new("en-GB"),
            renderer: <iced::Renderer as Headless>::new(font::REGULAR, 15.into(), Some("tiny-skia")).await.unwrap(),
            cache: Some(Cache::new()),
            tasks: into_stream(task).into_iter().collect(),
            listeners: BTreeMap::new(),
        }
    }

    /// Tells the page something; what it sets off is carried out by [`Sheet::until`] and [`Sheet::settle`].
    pub fn tell(&mut self, message: P::Message) {
        let action = self.page.update(message, &self.services);
        self.outcomes.extend(action.outcome);
        self.tasks.extend(into_stream(action.task));
        self.progress.extend((self.measure)(&self.page));
    }

    /// Lets the page hear something that is no message.
    pub fn hear(&mut self, hears: impl FnOnce(&mut P) -> Task<P::Message>) {
        let task = hears(&mut self.page);
        self.tasks.extend(into_stream(task));
    }

    /// Carries out what was begun and hears what is listened to, until this holds.
    pub async fn until(&mut self, what: &str, mut holds: impl FnMut(&mut Sheet<P>) -> bool) {
        for _ in 0..MOST_MESSAGES {
            if holds(self) {
                return;
            }
            if !self.step().await {
                break;
            }
        }
        assert!(holds(self), "never came: {what}; on screen: {:#?}", self.texts());
    }

    /// Carries out and hears everything, until all is silent.
    pub async fn settle(&mut self) {
        for _ in 0..MOST_MESSAGES {
            if !self.step().await {
                return;
            }
        }
        panic!("the page does not come to rest");
    }

    async fn step(&mut self) -> bool {
        self.listen();
        match tokio::time::timeout(PATIENCE, self.next()).await {
            Ok(Some(Action::Output(message))) => self.tell(message),
            Ok(Some(Action::Widget(mut operation))) => self.operate_to_its_end(&mut *operation),
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => return false,
        }
        true
    }

    fn listen(&mut self) {
        let recipes = subscription::into_recipes(self.page.subscription());
        let mut wanted = Vec::new();
        for recipe in recipes {
            let mut hasher = subscription::Hasher::default();
            recipe.hash(&mut hasher);
            let id = hasher.finish();
            wanted.push(id);
            self.listeners.entry(id).or_insert_with(|| recipe.stream(empty().boxed()));
        }
        self.listeners.retain(|id, _| wanted.contains(id));
    }

    async fn next(&mut self) -> Option<Action<P::Message>> {
        std::future::poll_fn(|context| {
            let mut at = 0;
            while let Some(task) = self.tasks.get_mut(at) {
                match task.poll_next_unpin(context) {
                    Poll::Ready(Some(action)) => return Poll::Ready(Some(action)),
                    Poll::Ready(None) => drop(self.tasks.remove(at)),
                    Poll::Pending => at += 1,
                }
            }
            for messages in self.listeners.values_mut() {
                if let Poll::Ready(Some(message)) = messages.poll_next_unpin(context) {
                    return Poll::Ready(Some(Action::Output(message)));
                }
            }
            if self.tasks.is_empty() && self.listeners.is_empty() { Poll::Ready(None) } else { Poll::Pending }
        })
        .await
    }

    /// All texts that are laid out, of the page and of a dialog over it.
    pub fn texts(&mut self) -> Vec<String> {
        let mut operation = Texts.find_all();
        self.operate(&mut operation::black_box(&mut operation));
        match operation.finish() {
            Found::Some(found) => found,
            _ => Vec::new(),
        }
    }

    /// Whether a text has this as a part.
    pub fn shows(&mut self, text: &str) -> bool {
        self.texts().iter().any(|shown| shown.contains(text))
    }

    /// A message without blanks.
    pub fn say(&self, key: &str) -> String {
        let text = self.words.text(key, &[]);
        assert_ne!(text, key, "no such message");
        text
    }

    /// Whether a text has this message as a part.
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

    /// The labels of the commands at the foot, the primary one last.
    pub fn footer(&self) -> Vec<&'static str> {
        let footer = self.page.footer();
        footer.others.iter().chain(&footer.primary).map(|command| command.label).collect()
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
            compact: false,
            low: false,
            platform: Platform::Linux,
            now: self.now,
            zone: &TimeZone::UTC,
            access_keys: false,
        };
        let page = modal::modal(&look, self.page.body(look), self.page.dialog(look));
        let cache = self.cache.take().unwrap_or_default();
        let mut interface = UserInterface::build(page, self.size, cache, &mut self.renderer);
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
