//! A window for developers that shows every control in every state, in each appearance, size of text and width.

mod controls;
mod display;
mod people;
mod samples;

use iced::keyboard::{self, Key, key::Named};
use iced::widget::{Row, column, container, space as gap};
use iced::{Border, Center, Fill, Settings, Size, Subscription, Task, window};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Element;
use super::look::{Look, Platform};
use super::theme::{Appearance, Colours, space};
use super::widget::button::{Kind, button};
use super::widget::{focus, font, icon, modal, page, table};
use crate::words::Words;

const APPEARANCES: [Appearance; 3] = [Appearance::Light, Appearance::Dark, Appearance::HighContrast];
/// Sizes of the text, in hundredths.
const SCALES: [u16; 3] = [100, 150, 200];

struct Gallery {
    words: Words,
    room: usize,
    appearance: usize,
    scale: usize,
    compact: bool,
    open: bool,
    typed: String,
    chosen: u8,
    menu: bool,
    language: usize,
    number: u32,
    people: people::People,
    zone: TimeZone,
}

#[derive(Debug, Clone)]
enum Message {
    Nothing,
    Room(usize),
    Appearance(usize),
    Scale(usize),
    Compact,
    Open,
    Typed(String),
    Chosen(u8),
    Menu,
    Language(usize),
    Number(u32),
    Table(table::Event),
    Key(keyboard::Event),
}

/// Opens the gallery and stays until it is closed.
///
/// # Errors
/// There is no display, or no window can be opened on it.
pub fn run() -> iced::Result {
    let window =
        window::Settings { size: Size::new(1120.0, 800.0), icon: icon::own(), ..window::Settings::default() };
    let settings = Settings { fonts: font::bytes(), default_font: font::REGULAR, ..Settings::default() };
    iced::application(Gallery::new, Gallery::update, Gallery::view)
        .title(|_: &Gallery| samples::TITLE.to_owned())
        .style(|gallery: &Gallery, _| {
            let colours = gallery.colours();
            iced::theme::Style { background_color: colours.background, text_color: colours.text }
        })
        .scale_factor(|gallery| f32::from(SCALES[gallery.scale]) / 100.0)
        .subscription(|_| keyboard_events())
        .settings(settings)
        .window(window)
        .run()
}

fn keyboard_events() -> Subscription<Message> {
    keyboard::listen().map(Message::Key)
}

impl Gallery {
    fn new() -> Gallery {
        Gallery {
            words: Words::new("en-GB"),
            room: 0,
            appearance: 0,
            scale: 0,
            compact: false,
            open: false,
            typed: String::new(),
            chosen: 0,
            menu: false,
            language: 0,
            number: 4,
            people: people::People::new(),
            zone: TimeZone::UTC,
        }
    }

    fn colours(&self) -> Colours {
        Colours::of(APPEARANCES[self.appearance])
    }

    fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Nothing => {}
            Message::Room(room) => self.room = room,
            Message::Appearance(appearance) => self.appearance = appearance,
            Message::Scale(scale) => self.scale = scale,
            Message::Compact => self.compact = !self.compact,
            Message::Open => self.open = !self.open,
            Message::Typed(typed) => self.typed = typed,
            Message::Chosen(chosen) => self.chosen = chosen,
            Message::Menu => self.menu = !self.menu,
            Message::Language(language) => {
                self.language = language;
                self.menu = false;
            }
            Message::Number(number) => self.number = number,
            Message::Table(event) => return self.people.update(event),
            Message::Key(keyboard::Event::KeyPressed { key: Key::Named(Named::Tab), modifiers, .. }) => {
                return if modifiers.shift() { focus::previous() } else { focus::next() };
            }
            Message::Key(_) => {}
        }
        Task::none()
    }

    fn look(&self) -> Look<'_> {
        Look {
            words: &self.words,
            colours: self.colours(),
            appearance: APPEARANCES[self.appearance],
            compact: self.compact,
            low: false,
            platform: Platform::current(),
            now: Timestamp::UNIX_EPOCH,
            zone: &self.zone,
            access_keys: false,
        }
    }

    fn view(&self) -> Element<'_, Message> {
        let look = self.look();
        let look = &look;
        let shown = match self.room {
            0 => page::scroll(look, "words", page::column(look, display::words(look))),
            1 => page::scroll(look, "notices", page::column(look, display::notices(look, self))),
            2 => page::scroll(look, "figures", page::column(look, display::figures(look))),
            4 => page::wide(look, vec![self.people.view(look)]),
            _ => page::scroll(look, "controls", page::column(look, controls::controls(look, self))),
        };
        let whole = column![self.switches(look), container(shown).height(Fill)];
        modal::modal(look, whole, (self.room == 5).then(|| controls::dialog(look)))
    }

    fn switches<'a>(&self, look: &Look<'a>) -> Element<'a, Message> {
        let switch = |label: &str, on: bool, message: Message| -> Element<'a, Message> {
            let kind = if on { Kind::Primary } else { Kind::Normal };
            button(look, format!("switch {label}"), label).kind(kind).on_press(message).into()
        };
        let mut all = Vec::new();
        for (room, name) in samples::ROOMS.iter().enumerate() {
            all.push(switch(name, room == self.room, Message::Room(room)));
        }
        all.push(gap().width(space::L).into());
        for (index, name) in samples::APPEARANCES.iter().enumerate() {
            all.push(switch(name, index == self.appearance, Message::Appearance(index)));
        }
        all.push(gap().width(space::L).into());
        for (index, scale) in SCALES.iter().enumerate() {
            all.push(switch(&format!("{scale} %"), index == self.scale, Message::Scale(index)));
        }
        all.push(switch(samples::COMPACT, self.compact, Message::Compact));
        let row = Row::from_vec(all).spacing(space::S).align_y(Center).wrap().vertical_spacing(space::S);
        let colours = look.colours;
        let style = container::Style {
            border: Border::default().width(1.0).color(colours.line),
            ..container::background(colours.panel)
        };
        container(row).padding(space::M).width(Fill).style(move |_| style).into()
    }
}
