//! Starting: is there a display, is this the first window, what does the desktop prefer; then the window.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use iced::futures::stream::{self, BoxStream, StreamExt};
use iced::{Settings, Size, Subscription, window};
use jiff::tz::TimeZone;

use super::app::{App, Message, Start, System, scale, size_of};
use super::dialog::SystemDesktop;
use super::keyring::Keyring;
use super::look::Platform;
use super::services::Services;
use super::widget::{font, icon};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::instance::{self, Claim, Raises};
use crate::launcher::Launcher;
use crate::preferences::Preferences;
use crate::{folders, i18n, shelf};

/// How long the desktop may take to say what it prefers before the window opens without knowing.
const DESKTOP_WAIT: Duration = Duration::from_millis(120);
/// The smallest window, in logical pixels.
const SMALLEST: Size = Size::new(480.0, 360.0);
/// The name by which the desktop knows the program.
const ID: &str = "cutover";

/// Opens the window and stays until it is closed.
///
/// # Errors
/// There is no display, no window can be opened on it, or another one is open that does not answer.
pub fn run(launcher: Arc<dyn Launcher>) -> Result<(), Problem> {
    display()?;
    let (_instance, raises) = match instance::claim(folders::data().as_deref()) {
        Claim::First(instance, raises) => (instance, raises),
        Claim::AlreadyRunning { raised: true } => return Ok(()),
        Claim::AlreadyRunning { raised: false } => {
            return Err(Problem::new(Kind::Run, Side::Here, Guidance::WindowElsewhere));
        }
    };
    let file = Preferences::file();
    let start = Start {
        services: Services {
            launcher,
            desktop: Arc::new(SystemDesktop),
            vault: Arc::new(Keyring),
            preferences: file.as_deref().map(Preferences::load).unwrap_or_default(),
            shelf: shelf::folder(),
            user: user(),
            country: country(),
            language: i18n::system(),
        },
        system: system(mundy::Preferences::once_blocking(interest(), DESKTOP_WAIT).unwrap_or_default()),
        platform: Platform::current(),
        zone: TimeZone::system(),
        clock: jiff::Timestamp::now,
        preferences: file,
    };
    application(start, Some(Further::new(raises))).run().map_err(|error| no_display(&error))
}

/// Opens the gallery of controls.
///
/// # Errors
/// As for [`run`].
pub fn gallery() -> Result<(), Problem> {
    display()?;
    super::gallery::run().map_err(|error| no_display(&error))
}

/// Whoever is signed in to this computer, as its system knows them.
fn user() -> String {
    ["USERNAME", "USER", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default()
}

/// The country of this computer's user, of whose formats the system tells.
fn country() -> Option<String> {
    let locale = sys_locale::get_locale()?;
    let parsed: unic_langid::LanguageIdentifier = locale.split('.').next()?.parse().ok()?;
    let region = parsed.region?.as_str().to_owned();
    (region.len() == 2).then_some(region)
}

/// What of the desktop's preferences matters here.
fn interest() -> mundy::Interest {
    mundy::Interest::ColorScheme | mundy::Interest::Contrast
}

/// The window, to be run or to be tested. Without `further`, it hears neither of the desktop nor of other starts.
pub fn application(
    start: Start,
    further: Option<Further>,
) -> iced::Application<impl iced::Program<State = App, Message = Message, Theme = iced::Theme>> {
    let preferences = &start.services.preferences;
    let window = window::Settings {
        // Iced multiplies by the scale of our text.
        size: size_of(preferences) * (1.0 / scale(preferences.text_percent)),
        maximized: preferences.maximised,
        min_size: Some(SMALLEST),
        icon: icon::own(),
        exit_on_close_request: false,
        ..window::Settings::default()
    };
    iced::application(move || App::new(start.clone()), App::update, App::view)
        .title(App::title)
        .theme(App::theme)
        .scale_factor(App::scale)
        .subscription(move |app: &App| {
            let outside = further.clone().map(|further| {
                Subscription::batch([Subscription::run(desktop), Subscription::run_with(further, Further::stream)])
            });
            Subscription::batch([Some(app.subscription()), outside].into_iter().flatten())
        })
        .settings(Settings {
            id: Some(ID.to_owned()),
            fonts: font::bytes(),
            default_font: font::REGULAR,
            ..Settings::default()
        })
        .window(window)
}

/// Further starts of the program, which this window hears of.
#[derive(Clone)]
pub struct Further(Arc<Mutex<Option<Raises>>>);

impl Further {
    fn new(raises: Raises) -> Further {
        Further(Arc::new(Mutex::new(Some(raises))))
    }

    fn stream(&self) -> BoxStream<'static, Message> {
        let raises = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        raises.map_or_else(|| stream::pending().boxed(), |raises| raises.map(|()| Message::Raise).boxed())
    }
}

impl Hash for Further {
    /// There is one per program.
    fn hash<H: Hasher>(&self, _state: &mut H) {}
}

/// The desktop's preferences as they change.
fn desktop() -> impl iced::futures::Stream<Item = Message> {
    mundy::Preferences::stream(interest()).map(|preferences| Message::System(system(preferences)))
}

fn system(preferences: mundy::Preferences) -> System {
    System { dark: preferences.color_scheme.is_dark(), contrast: preferences.contrast.is_more() }
}

/// Without a display iced would panic; a sentence is better.
fn display() -> Result<(), Problem> {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY") {
        true => Ok(()),
        false => Err(no_display(&"DISPLAY, WAYLAND_DISPLAY")),
    }
}

fn no_display(reason: &dyn std::fmt::Display) -> Problem {
    Problem::new(Kind::Run, Side::Here, Guidance::NoDisplay).with("reason", reason)
}
