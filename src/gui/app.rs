//! The application: the wizard, what it looks like, and everything about the window itself.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use iced::{Size, Subscription, Task, Theme, window};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Element;
use super::corner::{self, Corner};
use super::frame::{frame, to_the_top};
use super::keys::{self, Wish};
use super::look::{Look, Platform};
use super::services::Services;
use super::theme::{Appearance, COMPACT_BELOW, Colours, LOW_BELOW};
use super::widget::button::{Kind, button};
use super::widget::{focus, modal, text};
use super::wizard::{self, Step, Wizard};
use crate::preferences::{self, Preferences};
use crate::words::Words;

/// How long a closing window waits for a run to put down what it holds.
const CLOSING_WAIT: Duration = Duration::from_secs(15);
/// How long after the last resize the window's size is kept.
const SETTLED: Duration = Duration::from_millis(800);
/// How often what tells how long ago something was is told anew.
const TICK: Duration = Duration::from_secs(60);
/// The safe way out of the question whether to close.
const STAY: &str = "close-stay";

/// What the desktop prefers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct System {
    /// Light on dark.
    pub dark: bool,
    /// As much contrast as there is.
    pub contrast: bool,
}

/// What an application begins with.
#[derive(Clone)]
pub struct Start {
    /// What pages work with.
    pub services: Services,
    /// What the desktop prefers.
    pub system: System,
    /// Whose habits to follow.
    pub platform: Platform,
    /// Where the user is.
    pub zone: TimeZone,
    /// What time it is; in tests always the same.
    pub clock: fn() -> Timestamp,
    /// Where preferences are kept; nowhere in tests.
    pub preferences: Option<PathBuf>,
}

/// Something that happened.
#[derive(Clone)]
pub enum Message {
    /// On a page.
    Wizard(wizard::Message),
    /// In the corner: language, appearance, size of the text.
    Corner(corner::Message),
    /// The keyboard asks for something that no control took.
    Key(Wish),
    /// The desktop prefers something else now.
    System(System),
    /// The window has this size now, in logical pixels of the desktop whatever the size of the text.
    Resized(Size),
    /// The window has not changed for a while.
    Settled(Size),
    /// It has this size, and it fills the screen or not.
    Stands(Size, bool),
    /// Preferences were kept, or could not be.
    Kept(bool),
    /// The window is to be closed.
    CloseAsked,
    /// Close, after stopping what is going on.
    CloseAnyway,
    /// Do not close.
    StayOpen,
    /// Whatever was going on has been put down, or had its time.
    ReadyToClose,
    /// A second start of the program asks this one to show itself.
    Raise,
    /// Time passes.
    Tick,
}

/// The whole window.
pub struct App {
    services: Services,
    words: Words,
    system: System,
    platform: Platform,
    zone: TimeZone,
    clock: fn() -> Timestamp,
    keep: Option<PathBuf>,
    /// Of the last preferences that were kept: an earlier save that is late must not undo a later one.
    kept: Arc<Mutex<u64>>,
    /// Of the last preferences that were to be kept.
    keeping: u64,
    size: Size,
    now: Timestamp,
    access_keys: bool,
    closing: Closing,
    corner: Corner,
    wizard: Wizard,
}

/// Where the window is on its way to being closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    Open,
    Asking,
    Stopping,
}

impl App {
    /// The application and its first work.
    pub fn new(start: Start) -> (App, Task<Message>) {
        let (wizard, task) = Wizard::new(&start.services);
        let app = App {
            words: Words::new(start.services.language()),
            size: size_of(&start.services.preferences),
            corner: Corner::new(),
            services: start.services,
            system: start.system,
            platform: start.platform,
            zone: start.zone,
            clock: start.clock,
            keep: start.preferences,
            kept: Arc::default(),
            keeping: 0,
            now: (start.clock)(),
            access_keys: false,
            closing: Closing::Open,
            wizard,
        };
        let begun = app.begin_page();
        (app, Task::batch([task.map(Message::Wizard), begun]))
    }

    /// The window's title: how far the run is comes first, so that the taskbar shows it.
    pub fn title(&self) -> String {
        let name = self.words.text("window-product", &[]);
        let step = self.words.text(self.wizard.step().key(), &[]);
        match self.wizard.progress() {
            Some(done) => self.words.text(
                "window-title-running",
                &[("percent", self.words.percent(f64::from(done)).into()), ("name", name.into())],
            ),
            None => self.words.text("window-title", &[("step", step.into()), ("name", name.into())]),
        }
    }

    /// How many times its usual size everything has.
    pub fn scale(&self) -> f32 {
        scale(self.services.preferences.text_percent)
    }

    /// Iced's own theme: only what lies behind our controls comes from it.
    pub fn theme(&self) -> Theme {
        let colours = Colours::of(self.appearance());
        let palette = iced::theme::Palette {
            background: colours.background,
            text: colours.text,
            primary: colours.accent,
            success: colours.good,
            warning: colours.warn,
            danger: colours.bad,
        };
        Theme::custom("Cutover", palette)
    }

    /// The wizard, to look at.
    pub fn wizard(&self) -> &Wizard {
        &self.wizard
    }

    /// What views are drawn with.
    pub fn look(&self) -> Look<'_> {
        let appearance = self.appearance();
        Look {
            words: &self.words,
            colours: Colours::of(appearance),
            appearance,
            compact: self.size.width / self.scale() < COMPACT_BELOW,
            low: self.size.height / self.scale() < LOW_BELOW,
            platform: self.platform,
            now: self.now,
            zone: &self.zone,
            access_keys: self.access_keys,
        }
    }

    fn appearance(&self) -> Appearance {
        match self.services.preferences.appearance {
            preferences::Appearance::System if self.system.contrast => Appearance::HighContrast,
            preferences::Appearance::System if self.system.dark => Appearance::Dark,
            preferences::Appearance::System | preferences::Appearance::Light => Appearance::Light,
            preferences::Appearance::Dark => Appearance::Dark,
            preferences::Appearance::HighContrast => Appearance::HighContrast,
        }
    }

    /// What is on screen.
    pub fn view(&self) -> Element<'_, Message> {
        let look = self.look();
        let corner = self.corner.button(look).map(|button| button.map(Message::Corner));
        let controls = self.corner.panel(look, &self.services.preferences).map(|panel| panel.map(Message::Corner));
        let under = frame(look, &self.wizard, corner, controls, Message::Wizard);
        let page_asks = || Some(self.wizard.shown().dialog(look)?.map(Message::Wizard));
        let dialog = match self.closing {
            Closing::Open => page_asks(),
            Closing::Asking => Some(closing_dialog(look)),
            Closing::Stopping => Some(stopping_dialog(look)),
        };
        modal::modal(&look, under, dialog)
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        self.now = (self.clock)();
        match message {
            Message::Wizard(message) => return self.turn(message),
            Message::Corner(message) => return self.corner(message),
            Message::Key(wish) => return self.key(wish),
            Message::System(system) => self.system = system,
            // Windows calls a minimised window empty.
            Message::Resized(size) if size.width < 1.0 || size.height < 1.0 => {}
            Message::Resized(size) => {
                self.size = size;
                let settled = tokio::time::sleep(SETTLED);
                return Task::perform(settled, move |()| Message::Settled(size));
            }
            Message::Settled(size) if size == self.size => {
                let maximised = window::latest().and_then(window::is_maximized);
                return maximised.map(move |maximised| Message::Stands(size, maximised));
            }
            Message::Settled(_) => {}
            Message::Stands(size, maximised) => return self.stands(size, maximised),
            Message::Kept(_) | Message::Tick => {}
            Message::CloseAsked => return self.close_asked(),
            Message::ReadyToClose => return iced::exit(),
            Message::CloseAnyway => {
                self.closing = Closing::Stopping;
                self.wizard.stop_now();
                return self
                    .exit_if_ready(Task::perform(tokio::time::sleep(CLOSING_WAIT), |()| Message::ReadyToClose));
            }
            // What had the keyboard has it again, and the page stands where it stood.
            Message::StayOpen => self.closing = Closing::Open,
            Message::Raise => {
                return window::latest()
                    .and_then(|id| Task::batch([window::minimize(id, false), window::gain_focus(id)]));
            }
        }
        Task::none()
    }

    fn turn(&mut self, message: wizard::Message) -> Task<Message> {
        let (task, turned) = self.wizard.update(message, &self.services);
        let task = task.map(Message::Wizard);
        let task = match turned {
            true => Task::batch([task, self.begin_page(), self.remember_reports()]),
            false => task,
        };
        self.exit_if_ready(task)
    }

    /// Where the reports of a real migration go is where the next one's will go unless somebody chooses otherwise.
    fn remember_reports(&mut self) -> Task<Message> {
        let folder = self.wizard.reports().filter(|_| !self.wizard.is_practice()).map(Path::to_path_buf);
        if folder.is_none() || self.services.preferences.reports == folder {
            return Task::none();
        }
        self.services.preferences.reports = folder;
        self.keep_preferences()
    }

    fn close_asked(&mut self) -> Task<Message> {
        match self.closing {
            _ if !self.wizard.is_busy() => iced::exit(),
            // It goes as soon as it can; whoever asks again must not call that off.
            Closing::Stopping => Task::none(),
            Closing::Open | Closing::Asking => {
                self.closing = Closing::Asking;
                focus::to_answer(STAY)
            }
        }
    }

    /// A closing window goes as soon as nothing is going on any more. What has ended by itself need not be asked about.
    fn exit_if_ready(&mut self, task: Task<Message>) -> Task<Message> {
        match self.closing {
            _ if self.wizard.is_busy() => task,
            Closing::Open => task,
            Closing::Asking => {
                self.closing = Closing::Open;
                task
            }
            Closing::Stopping => iced::exit(),
        }
    }

    /// A maximised window comes back with the size that it had before.
    fn stands(&mut self, size: Size, maximised: bool) -> Task<Message> {
        let preferences = &mut self.services.preferences;
        let before = preferences.clone();
        preferences.maximised = maximised;
        if !maximised {
            (preferences.window_width, preferences.window_height) = (size.width as u32, size.height as u32);
        }
        if *preferences == before { Task::none() } else { self.keep_preferences() }
    }

    fn corner(&mut self, message: corner::Message) -> Task<Message> {
        let changed = self.corner.update(message, &mut self.services.preferences);
        if !changed {
            return Task::none();
        }
        self.words = Words::new(self.services.language());
        self.keep_preferences()
    }

    fn key(&mut self, wish: Wish) -> Task<Message> {
        match wish {
            Wish::Next => return focus::next(),
            Wish::Previous => return focus::previous(),
            Wish::ShowAccess(show) => self.access_keys = show,
            Wish::Larger => return self.corner(corner::Message::Larger),
            Wish::Smaller => return self.corner(corner::Message::Smaller),
            Wish::UsualSize => return self.corner(corner::Message::UsualSize),
            Wish::Close => return self.update(Message::CloseAsked),
            Wish::Escape if self.closing == Closing::Asking => return self.update(Message::StayOpen),
            Wish::Escape | Wish::Primary | Wish::Access(_) if self.closing != Closing::Open => {}
            Wish::Escape if self.corner.is_open() && !self.page_asks() => {
                return self.corner(corner::Message::Shut);
            }
            Wish::Escape => {
                let way_out = self.wizard.shown().escape();
                return self.on_page(way_out);
            }
            Wish::Primary | Wish::Access(_) if self.page_asks() => {}
            Wish::Primary => {
                let primary = self.wizard.shown().footer().primary;
                return self.on_page(primary.map(|command| command.message));
            }
            Wish::Access(letter) => return self.on_page(self.with_access(letter)),
        }
        Task::none()
    }

    /// A question of the page's own lies over it.
    fn page_asks(&self) -> bool {
        self.wizard.shown().dialog(self.look()).is_some()
    }

    fn on_page(&mut self, message: Option<wizard::Message>) -> Task<Message> {
        message.map_or_else(Task::none, |message| self.turn(message))
    }

    /// What the command with this access letter means.
    fn with_access(&self, letter: char) -> Option<wizard::Message> {
        let is = |label: &str| {
            let access = self.words.text(&format!("{label}.access"), &[]);
            access.to_lowercase().starts_with(letter)
        };
        let footer = self.wizard.shown().footer();
        if let Some(back) = footer.back.filter(|_| is("window-back")) {
            return Some(back);
        }
        footer
            .primary
            .into_iter()
            .chain(footer.others)
            .find(|command| is(command.label))
            .map(|command| command.message)
    }

    /// A page begins at its top, and what comes first on it has the keyboard.
    fn begin_page(&self) -> Task<Message> {
        let first = self.wizard.shown().first_focus();
        first.map_or_else(Task::none, focus::to).chain(to_the_top())
    }

    /// Keeps the preferences, off this thread. That they could not be kept costs nothing but comfort.
    fn keep_preferences(&mut self) -> Task<Message> {
        let Some(file) = self.keep.clone() else { return Task::none() };
        self.keeping += 1;
        let (number, last, preferences) = (self.keeping, self.kept.clone(), self.services.preferences.clone());
        let kept = tokio::task::spawn_blocking(move || {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if *last > number {
                return true;
            }
            *last = number;
            preferences.save(&file).is_ok()
        });
        Task::perform(kept, |kept| Message::Kept(kept.unwrap_or(false)))
    }

    /// Time passes where the page tells how long ago something was.
    fn ticks(&self) -> Subscription<Message> {
        match self.wizard.step() {
            Step::Run => iced::time::every(TICK).map(|_| Message::Tick),
            _ => Subscription::none(),
        }
    }

    /// What the window listens to.
    pub fn subscription(&self) -> Subscription<Message> {
        let platform = self.platform;
        Subscription::batch([
            iced::keyboard::listen()
                .with(platform)
                .filter_map(|(platform, event)| keys::wish(&event, platform).map(Message::Key)),
            // Iced divides by the scale of our text as well as by the desktop's.
            window::resize_events()
                .with(self.services.preferences.text_percent)
                .map(|(percent, (_, size))| Message::Resized(size * scale(percent))),
            window::close_requests().map(|_| Message::CloseAsked),
            self.ticks(),
            self.wizard.subscription().map(Message::Wizard),
        ])
    }
}

/// How many times its usual size everything has.
pub(super) fn scale(text_percent: u16) -> f32 {
    f32::from(text_percent) / 100.0
}

/// The window's size as it was last time, in logical pixels of the desktop.
pub(super) fn size_of(preferences: &Preferences) -> Size {
    Size::new(preferences.window_width as f32, preferences.window_height as f32)
}

/// “Mail is being moved”: what closing means, and the safe way out first.
fn closing_dialog(look: Look<'_>) -> Element<'_, Message> {
    let stay = button(&look, STAY, look.say("window-close-stay")).kind(Kind::Primary).on_press(Message::StayOpen);
    let stop =
        button(&look, "close-stop", look.say("window-close-stop")).kind(Kind::Danger).on_press(Message::CloseAnyway);
    let body = text::body(&look, look.say("window-close-body"));
    modal::dialog(&look, look.say("window-close-title"), body, vec![stop.into(), stay.into()])
}

fn stopping_dialog(look: Look<'_>) -> Element<'_, Message> {
    let body = text::body(&look, look.say("window-close-stopping"));
    modal::dialog(&look, look.say("window-close-stopping-title"), body, Vec::new())
}
