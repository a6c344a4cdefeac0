//! The corner of the window: language, appearance, size of the text. Whatever is chosen shows at once and is kept.

use iced::Alignment;
use iced::widget::{Column, row, space};

use super::Element;
use super::look::Look;
use super::theme::space as gap;
use super::widget::button::icon_button;
use super::widget::icon::Icon;
use super::widget::menu::menu;
use super::widget::text;
use crate::i18n;
use crate::preferences::{Appearance, Preferences, TEXT_PERCENT};

/// One step of the text's size, in percent.
const STEP: u16 = 25;

/// Which menu is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Language,
    Appearance,
}

/// Something that happened here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// The list of languages opens or closes.
    Languages,
    /// The list of appearances opens or closes.
    Appearances,
    /// The controls are shown in a narrow window, or not any more.
    Unfold,
    /// Whatever is open closes.
    Shut,
    /// This language; `None` follows the system.
    Language(Option<&'static str>),
    /// This appearance.
    Appearance(Appearance),
    /// Larger text.
    Larger,
    /// Smaller text.
    Smaller,
    /// Text at its usual size.
    UsualSize,
}

/// The corner's state.
pub struct Corner {
    open: Option<Open>,
    /// In a narrow window: the controls are shown.
    unfolded: bool,
    /// Each language by its own name.
    languages: Vec<(&'static str, String)>,
}

impl Corner {
    /// The corner with nothing open.
    pub fn new() -> Corner {
        Corner { open: None, unfolded: false, languages: i18n::names() }
    }

    /// Something is open that Escape would close.
    pub fn is_open(&self) -> bool {
        self.open.is_some() || self.unfolded
    }

    /// Takes in what happened; `true` if the preferences changed.
    pub fn update(&mut self, message: Message, preferences: &mut Preferences) -> bool {
        let (least, most) = (*TEXT_PERCENT.start(), *TEXT_PERCENT.end());
        let toggled = |open: Option<Open>, this| if open == Some(this) { None } else { Some(this) };
        let before = preferences.clone();
        match message {
            Message::Languages => self.open = toggled(self.open, Open::Language),
            Message::Appearances => self.open = toggled(self.open, Open::Appearance),
            Message::Unfold => self.unfolded = !self.unfolded,
            Message::Shut => (self.open, self.unfolded) = (None, false),
            Message::Language(language) => preferences.language = language.map(str::to_owned),
            Message::Appearance(appearance) => preferences.appearance = appearance,
            Message::Larger => preferences.text_percent = (preferences.text_percent + STEP).min(most),
            Message::Smaller => preferences.text_percent = preferences.text_percent.saturating_sub(STEP).max(least),
            Message::UsualSize => preferences.text_percent = least,
        }
        *preferences != before
    }

    /// The controls below each other; in a narrow window only once they were asked for.
    pub fn panel<'a>(&'a self, look: Look<'a>, preferences: &Preferences) -> Option<Element<'a, Message>> {
        if look.compact && !self.unfolded {
            return None;
        }
        let smaller =
            icon_button(&look, "text/smaller", Icon::Minus, look.say("window-text-smaller"), Message::Smaller);
        let larger = icon_button(&look, "text/larger", Icon::Plus, look.say("window-text-larger"), Message::Larger);
        let size = text::label(&look, look.say("window-text-size"));
        let size = row![size, space::horizontal(), smaller, larger].spacing(gap::XS).align_y(Alignment::Center);
        let menus = [self.language_menu(&look, preferences), self.appearance_menu(&look, preferences), size.into()];
        Some(Column::with_children(menus).spacing(gap::M).into())
    }

    /// Asks for the controls where there is no room for them.
    pub fn button<'a>(&self, look: Look<'a>) -> Option<Element<'a, Message>> {
        let button = || icon_button(&look, "corner", Icon::Settings, look.say("window-corner"), Message::Unfold);
        look.compact.then(button)
    }

    fn language_menu<'a>(&'a self, look: &Look<'a>, preferences: &Preferences) -> Element<'a, Message> {
        let chosen = preferences.language.as_deref();
        let system = (look.say("window-language-system"), chosen.is_none(), Message::Language(None));
        let named = self.languages.iter();
        let entries = named.map(|(tag, name)| (name.clone(), chosen == Some(*tag), Message::Language(Some(*tag))));
        let shown = look.say("language-name");
        let open = self.open == Some(Open::Language);
        let entries = std::iter::once(system).chain(entries).collect();
        menu(look, "language", look.say("window-language"), shown, open, Message::Languages, entries)
    }

    fn appearance_menu<'a>(&'a self, look: &Look<'a>, preferences: &Preferences) -> Element<'a, Message> {
        let entry = |(appearance, key): (Appearance, &str)| {
            (look.say(key), preferences.appearance == appearance, Message::Appearance(appearance))
        };
        let all = [
            (Appearance::System, "window-appearance-system"),
            (Appearance::Light, "window-appearance-light"),
            (Appearance::Dark, "window-appearance-dark"),
            (Appearance::HighContrast, "window-appearance-contrast"),
        ];
        let shown = all.iter().find(|(appearance, _)| *appearance == preferences.appearance);
        let shown = look.say(shown.map_or("window-appearance-system", |(_, key)| key));
        let open = self.open == Some(Open::Appearance);
        let entries = all.map(entry).into_iter().collect();
        menu(look, "appearance", look.say("window-appearance"), shown, open, Message::Appearances, entries)
    }
}
