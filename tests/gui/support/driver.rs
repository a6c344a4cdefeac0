//! A window without a screen: draws nothing, but lays out, listens, focuses and scrolls as a real one does, and runs tasks
//! and subscriptions to their end. What cannot end is given up after a while of the test's paused clock.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use cutover::gui::app::{App, Message, Start};
use cutover::gui::widget::font;
use cutover::gui::wizard::Step;
use iced::widget::Id;
use iced::{Point, Size, Task};
use iced_test::core::clipboard::{self, Clipboard};
use iced_test::core::keyboard::key::{Named, NativeCode, Physical};
use iced_test::core::keyboard::{self, Key, Location, Modifiers};
use iced_test::core::renderer::Headless;
use iced_test::core::widget::Operation;
use iced_test::core::widget::operation::{self, Outcome};
use iced_test::core::{Event, event, mouse, window};
use iced_test::futures::futures::channel::mpsc;
use iced_test::futures::futures::stream::{BoxStream, Stream, StreamExt};
use iced_test::futures::subscription;
use iced_test::runtime::user_interface::{Cache, UserInterface};
use iced_test::runtime::{self, Action};
use iced_test::selector::{self, Candidate, Selector, Target};

#[path = "frame.rs"]
mod frame;

pub use frame::{Frame, Written};

/// How long, on the test's paused clock, a task may be silent before it counts as waiting for the test.
const PATIENCE: Duration = Duration::from_secs(60);
/// The most messages that one thing done to the window may lead to.
const MOST_MESSAGES: usize = 20_000;

type Tasks = Vec<BoxStream<'static, Action<Message>>>;

/// The whole window.
pub struct Window {
    app: App,
    size: Size,
    renderer: iced::Renderer,
    cache: Option<Cache>,
    tasks: Tasks,
    listeners: BTreeMap<u64, Listener>,
    copied: Option<String>,
    closed: bool,
    opened: std::time::Instant,
}

struct Listener {
    events: mpsc::UnboundedSender<subscription::Event>,
    messages: BoxStream<'static, Message>,
}

impl Window {
    /// Opens the window and waits until it has nothing more to do.
    pub async fn open(start: Start, size: Size) -> Window {
        for bytes in font::bytes() {
            iced_test::renderer::graphics::text::font_system().write().unwrap().load_font(bytes);
        }
        let renderer = <iced::Renderer as Headless>::new(font::REGULAR, 15.into(), Some("tiny-skia")).await.unwrap();
        let (app, task) = App::new(start);
        let mut window = Window {
            app,
            size,
            renderer,
            cache: Some(Cache::new()),
            tasks: Tasks::new(),
            listeners: BTreeMap::new(),
            copied: None,
            closed: false,
            opened: std::time::Instant::now(),
        };
        window.take_on(task);
        window.tell(Message::Resized(size)).await;
        window
    }

    /// The application, to look at.
    pub fn app(&self) -> &App {
        &self.app
    }
    /// The step that is shown.
    pub fn step(&self) -> Step {
        self.app.wizard().step()
    }
    /// Words of the application's language.
    pub fn say(&self, key: &str) -> String {
        self.app.look().say(key)
    }
    /// The window was closed.
    pub fn is_closed(&self) -> bool {
        self.closed
    }
    /// What was copied last.
    pub fn copied(&self) -> Option<&str> {
        self.copied.as_deref()
    }

    // What is on screen.

    /// All texts that are laid out, also those that are scrolled out of sight.
    pub fn texts(&mut self) -> Vec<String> {
        let mut texts = Vec::new();
        self.all(|candidate| match candidate {
            Candidate::Text { content, .. } => Some(content.to_owned()),
            _ => None,
        })
        .into_iter()
        .for_each(|text| texts.push(text));
        texts
    }
    /// Whether a text is laid out that is exactly this, or has it as a part.
    pub fn shows(&mut self, text: &str) -> bool {
        self.texts().iter().any(|shown| shown.contains(text))
    }
    /// Likewise, by the key of a message without blanks.
    pub fn says(&mut self, key: &str) -> bool {
        let text = self.say(key);
        assert_ne!(text, key, "no such message");
        self.shows(&text)
    }
    /// What is in a field.
    pub fn value(&mut self, id: &'static str) -> Option<String> {
        let wanted = Id::new(id);
        let values = self.all(move |candidate| match candidate {
            Candidate::TextInput { id: Some(id), state, .. } if *id == wanted => Some(state.text().to_owned()),
            _ => None,
        });
        values.into_iter().next()
    }
    /// Whether a control is there.
    pub fn has(&mut self, id: &'static str) -> bool {
        self.locate(&Wanted::Id(Id::new(id))).is_some()
    }
    /// What has the keyboard.
    pub fn focused(&mut self) -> Option<Id> {
        let mut found = operation::focusable::find_focused();
        self.operate(&mut operation::black_box(&mut found));
        match found.finish() {
            Outcome::Some(id) => Some(id),
            _ => None,
        }
    }
    /// Whether this has the keyboard.
    pub fn focuses(&mut self, id: &'static str) -> bool {
        self.focused() == Some(Id::new(id))
    }

    // What a person does.

    /// Clicks on a text that is exactly this, after scrolling to it.
    pub async fn click(&mut self, text: &str) {
        self.click_on(Wanted::Text(text.to_owned())).await;
    }
    /// Clicks on a control, after scrolling to it.
    pub async fn click_id(&mut self, id: &'static str) {
        self.click_on(Wanted::Id(Id::new(id))).await;
    }
    /// Clicks twice, as quickly as it goes: nothing is drawn in between.
    pub async fn double_click_id(&mut self, id: &'static str) {
        let point = self.reach(&Wanted::Id(Id::new(id)));
        self.handle(&clicks(point, 2), point).await;
    }
    /// Replaces what is in a field, as selecting all and typing does.
    pub async fn fill(&mut self, id: &'static str, text: &str) {
        self.click_id(id).await;
        self.chord(Key::Character("a".into()), Modifiers::COMMAND).await;
        match text {
            "" => self.key(Named::Backspace).await,
            text => self.write(text).await,
        }
    }
    /// Types into what has the keyboard.
    pub async fn write(&mut self, text: &str) {
        for letter in text.chars() {
            let letter: iced_test::core::SmolStr = letter.to_string().into();
            self.strike(Key::Character(letter.clone()), Modifiers::empty(), Some(letter)).await;
        }
    }
    /// Presses a key.
    pub async fn key(&mut self, key: Named) {
        self.chord(Key::Named(key), Modifiers::empty()).await;
    }
    /// Presses a key together with others.
    pub async fn chord(&mut self, key: Key, modifiers: Modifiers) {
        let text = (key == Key::Named(Named::Space)).then(|| " ".into());
        self.strike(key, modifiers, text).await;
    }
    /// Gives the window another size in logical pixels.
    pub async fn resize(&mut self, width: f32, height: f32) {
        self.size = Size::new(width, height);
        self.tell(Message::Resized(self.size)).await;
    }
    /// Tells the application something from outside.
    pub async fn tell(&mut self, message: Message) {
        self.update(message);
        self.settle().await;
    }

    // What goes on by itself.

    /// Runs what was begun until it has ended, or waits for the test.
    pub async fn settle(&mut self) {
        for _ in 0..MOST_MESSAGES {
            match tokio::time::timeout(PATIENCE, self.next(false)).await {
                Ok(Some(action)) => self.act(action),
                Ok(None) | Err(_) => return,
            }
        }
        panic!("the window does not come to rest");
    }

    /// Runs tasks and subscriptions until this holds. Everything waits on the test's paused clock, so a day is a moment.
    pub async fn until(&mut self, what: &str, mut holds: impl FnMut(&mut Window) -> bool) {
        for _ in 0..MOST_MESSAGES {
            if holds(self) {
                return;
            }
            match tokio::time::timeout(100 * PATIENCE, self.next(true)).await {
                Ok(Some(action)) => self.act(action),
                Ok(None) | Err(_) => break,
            }
        }
        assert!(holds(self), "never came: {what}; on screen: {:#?}", self.texts());
    }

    /// The next thing that a task or a subscription says; `None` when nothing is left that could. Subscriptions alone
    /// are waited for only if asked.
    async fn next(&mut self, listening: bool) -> Option<Action<Message>> {
        self.listen();
        std::future::poll_fn(|context| {
            if let Some(action) = poll_tasks(&mut self.tasks, context) {
                return Poll::Ready(Some(action));
            }
            for listener in self.listeners.values_mut() {
                if let Poll::Ready(Some(message)) = listener.messages.poll_next_unpin(context) {
                    return Poll::Ready(Some(Action::Output(message)));
                }
            }
            match self.tasks.is_empty() && !listening {
                true => Poll::Ready(None),
                false => Poll::Pending,
            }
        })
        .await
    }

    /// Begins what the application listens to now and ends what it no longer does.
    fn listen(&mut self) {
        let recipes = subscription::into_recipes(self.app.subscription());
        let mut wanted = BTreeSet::new();
        for recipe in recipes {
            let mut hasher = subscription::Hasher::default();
            recipe.hash(&mut hasher);
            let id = hasher.finish();
            wanted.insert(id);
            self.listeners.entry(id).or_insert_with(|| {
                let (events, input) = mpsc::unbounded();
                Listener { events, messages: recipe.stream(input.boxed()) }
            });
        }
        self.listeners.retain(|id, _| wanted.contains(id));
    }

    fn act(&mut self, action: Action<Message>) {
        match action {
            Action::Output(message) => self.update(message),
            Action::Widget(mut operation) => self.operate_to_its_end(&mut *operation),
            Action::Clipboard(runtime::clipboard::Action::Write { contents, .. }) => self.copied = Some(contents),
            Action::Exit => self.closed = true,
            // Windows and systems are not there to be asked.
            _ => {}
        }
    }

    fn update(&mut self, message: Message) {
        let task = self.app.update(message);
        self.take_on(task);
    }

    fn take_on(&mut self, task: Task<Message>) {
        self.tasks.extend(runtime::task::into_stream(task));
    }

    // How it is done.

    async fn click_on(&mut self, wanted: Wanted) {
        let point = self.reach(&wanted);
        self.handle(&clicks(point, 1), point).await;
    }

    async fn strike(&mut self, key: Key, modifiers: Modifiers, text: Option<iced_test::core::SmolStr>) {
        let physical_key = Physical::Unidentified(NativeCode::Unidentified);
        let (modified_key, location) = (key.clone(), Location::Standard);
        let events = [
            Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)),
            Event::Keyboard(keyboard::Event::KeyPressed {
                key: key.clone(),
                modified_key: modified_key.clone(),
                physical_key,
                location,
                modifiers,
                text: text.filter(|_| modifiers.is_empty() || modifiers == Modifiers::SHIFT),
                repeat: false,
            }),
            Event::Keyboard(keyboard::Event::KeyReleased { key, modified_key, physical_key, location, modifiers }),
            Event::Keyboard(keyboard::Event::ModifiersChanged(Modifiers::empty())),
        ];
        self.handle(&events, Point::new(-1.0, -1.0)).await;
    }

    /// Hands events to the controls, and to the application those that no control took.
    async fn handle(&mut self, events: &[Event], cursor: Point) {
        let cursor = mouse::Cursor::Available(cursor);
        let mut copying = Copying(None);
        let (messages, statuses) = self.with_interface(|interface, renderer| {
            let mut messages = Vec::new();
            let (_, statuses) = interface.update(events, cursor, renderer, &mut copying, &mut messages);
            (messages, statuses)
        });
        self.copied = copying.0.or(self.copied.take());
        messages.into_iter().for_each(|message| self.update(message));
        self.listen();
        for (event, status) in events.iter().zip(statuses) {
            let told =
                subscription::Event::Interaction { window: window::Id::unique(), event: event.clone(), status };
            for listener in self.listeners.values() {
                let _listens_no_more = listener.events.unbounded_send(told.clone());
            }
        }
        self.settle().await;
    }

    /// Where to click for this, after scrolling to it.
    fn reach(&mut self, wanted: &Wanted) -> Point {
        let third = self.size.height / self.app.scale() / 3.0;
        for _ in 0..2 {
            let found = self.locate(wanted);
            let Some(target) = found else { panic!("not there: {wanted:?}; on screen: {:#?}", self.texts()) };
            let (bounds, visible) = (target.bounds(), target.visible_bounds());
            if let Some(visible) = visible.filter(|visible| visible.height >= bounds.height.min(20.0)) {
                return visible.center();
            }
            let offset =
                operation::scrollable::AbsoluteOffset { x: None, y: Some((bounds.center_y() - third).max(0.0)) };
            let mut scroll = operation::scrollable::scroll_to::<()>(Id::new("page"), offset);
            self.operate_to_its_end(&mut scroll);
        }
        panic!("out of reach: {wanted:?}")
    }

    fn locate(&mut self, wanted: &Wanted) -> Option<Target> {
        let wanted = wanted.clone();
        self.all(move |candidate| wanted.is(&candidate).then(|| Target::from(candidate))).into_iter().next()
    }

    fn all<T: Clone + Send + 'static>(
        &mut self,
        select: impl FnMut(Candidate<'_>) -> Option<T> + Send + 'static,
    ) -> Vec<T> {
        let mut operation = Selecting(select).find_all();
        self.operate(&mut operation::black_box(&mut operation));
        match operation.finish() {
            Outcome::Some(found) => found,
            _ => Vec::new(),
        }
    }

    fn operate_to_its_end<T: 'static>(&mut self, operation: &mut dyn Operation<T>) {
        self.operate(&mut operation::black_box(operation));
        let mut outcome = operation.finish();
        while let Outcome::Chain(mut next) = outcome {
            self.operate(&mut operation::black_box(&mut *next));
            outcome = next.finish();
        }
    }

    fn operate(&mut self, operation: &mut dyn Operation) {
        self.with_interface(|interface, renderer| interface.operate(renderer, operation));
    }

    fn with_interface<T>(
        &mut self,
        f: impl FnOnce(&mut UserInterface<'_, Message, iced::Theme, iced::Renderer>, &mut iced::Renderer) -> T,
    ) -> T {
        let cache = self.cache.take().unwrap_or_default();
        let scale = self.app.scale();
        let size = Size::new(self.size.width / scale, self.size.height / scale);
        let mut interface = UserInterface::build(self.app.view(), size, cache, &mut self.renderer);
        let answer = f(&mut interface, &mut self.renderer);
        self.cache = Some(interface.into_cache());
        answer
    }
}

fn poll_tasks(tasks: &mut Tasks, context: &mut Context<'_>) -> Option<Action<Message>> {
    let mut at = 0;
    while let Some(task) = tasks.get_mut(at) {
        match Pin::new(task).poll_next(context) {
            Poll::Ready(Some(action)) => return Some(action),
            Poll::Ready(None) => drop(tasks.remove(at)),
            Poll::Pending => at += 1,
        }
    }
    None
}

fn clicks(point: Point, number: usize) -> Vec<Event> {
    let click = [
        Event::Mouse(mouse::Event::CursorMoved { position: point }),
        Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)),
        Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)),
    ];
    click.into_iter().cycle().take(3 * number).collect()
}

#[derive(Debug, Clone)]
enum Wanted {
    Text(String),
    Id(Id),
}

impl Wanted {
    fn is(&self, candidate: &Candidate<'_>) -> bool {
        match (self, candidate) {
            (Wanted::Text(text), Candidate::Text { content, .. }) => content == text,
            (Wanted::Text(_), _) => false,
            (Wanted::Id(wanted), candidate) => candidate.id() == Some(wanted),
        }
    }
}

struct Selecting<F>(F);

impl<T, F: FnMut(Candidate<'_>) -> Option<T>> Selector for Selecting<F> {
    type Output = T;
    fn select(&mut self, candidate: Candidate<'_>) -> Option<T> {
        (self.0)(candidate)
    }
    fn description(&self) -> String {
        String::new()
    }
}

/// A clipboard that keeps what is written.
struct Copying(Option<String>);

impl Clipboard for Copying {
    fn read(&self, _kind: clipboard::Kind) -> Option<String> {
        self.0.clone()
    }
    fn write(&mut self, _kind: clipboard::Kind, contents: String) {
        self.0 = Some(contents);
    }
}
