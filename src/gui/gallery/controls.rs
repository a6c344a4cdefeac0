//! What is worked by mouse and keyboard: buttons, fields, lists, numbers, ticks, choices.

use iced::widget::{Row, column};

use super::{Gallery, Message, samples};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button, icon_button, link};
use crate::gui::widget::card::{card, section};
use crate::gui::widget::check::{check, choices};
use crate::gui::widget::field::field;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::menu::menu;
use crate::gui::widget::modal;
use crate::gui::widget::stepper::stepper;
use crate::gui::widget::tabs::tabs;
use crate::gui::widget::text;

const KINDS: [Kind; 4] = [Kind::Primary, Kind::Normal, Kind::Quiet, Kind::Danger];

pub(super) fn controls<'a>(look: &Look<'a>, gallery: &'a Gallery) -> Vec<Element<'a, Message>> {
    let row = |state: &'static str, make: &dyn Fn(Kind) -> Element<'a, Message>| {
        let buttons = Row::from_iter(KINDS.map(make)).spacing(space::M).wrap().vertical_spacing(space::S);
        column![text::small_muted(look, state), buttons].spacing(space::XS).into()
    };
    let name = |kind: Kind, state: &str| (format!("{kind:?} {state}"), format!("{kind:?}"));
    let buttons: Vec<Element<'a, Message>> = vec![
        row("Ready", &|kind| {
            let (id, label) = name(kind, "ready");
            button(look, id, label).kind(kind).on_press(Message::Nothing).into()
        }),
        row("Disabled", &|kind| {
            let (id, label) = name(kind, "disabled");
            button(look, id, label).kind(kind).into()
        }),
        row("Busy", &|kind| {
            let (id, label) = name(kind, "busy");
            button(look, id, label).kind(kind).on_press(Message::Nothing).busy(true).into()
        }),
        link(look, "link", "A link", Message::Nothing),
        button(look, "long", samples::LONG).on_press(Message::Nothing).into(),
    ];
    let buttons = iced::widget::Column::from_vec(buttons).spacing(space::L);
    vec![
        section(look, "Buttons", card(look, buttons)),
        section(look, "Fields", card(look, fields(look, gallery))),
        section(look, "Lists and numbers", card(look, lists(look, gallery))),
        section(look, "Ticks and choices", card(look, ticks(look, gallery))),
    ]
}

fn fields<'a>(look: &Look<'a>, gallery: &'a Gallery) -> Element<'a, Message> {
    let value = gallery.typed.as_str();
    column![
        field(look, "name", "Server", value)
            .on_input(Message::Typed)
            .placeholder("mail.example.com")
            .hint("The name by which the server is reached from here.")
            .required(true),
        field(look, "wrong", "Address", value)
            .on_input(Message::Typed)
            .error(Some("This is no mail address: the @ is missing.".to_owned())),
        field(look, "secret", "Password", value)
            .on_input(Message::Typed)
            .secure(!gallery.open)
            .reveal(gallery.open, Message::Open),
        field(look, "folder", "Reports", value)
            .on_input(Message::Typed)
            .beside(button(look, "browse", "Browse…").on_press(Message::Nothing)),
        field(look, "fixed", "Not to be changed", samples::UNBROKEN).disabled(true),
    ]
    .spacing(space::XL)
    .into()
}

fn lists<'a>(look: &Look<'a>, gallery: &Gallery) -> Element<'a, Message> {
    let entries = |names: &[&str]| {
        let entry = |(at, name): (usize, &&str)| ((*name).to_owned(), at == gallery.language, Message::Language(at));
        names.iter().enumerate().map(entry).collect::<Vec<_>>()
    };
    let shown = samples::LANGUAGES[gallery.language];
    let rooms = entries(&samples::LANGUAGES).into_iter().enumerate();
    let rooms = rooms.map(|(at, (name, on, message))| (name, (at == 1).then(|| "1,248".to_owned()), on, message));
    column![
        tabs(look, "tabs", rooms.collect()),
        menu(look, "menu", "Language", shown, gallery.menu, Message::Menu, entries(&samples::LANGUAGES)),
        stepper(look, "number", "Mailboxes at a time", gallery.number, 1..=20, Message::Number)
            .hint(samples::SENTENCE),
        Row::new()
            .push(button(look, "with icon", "Practise first").icon(Icon::Practice).on_press(Message::Nothing))
            .push(icon_button(look, "only icon", Icon::Refresh, "Try again", Message::Nothing))
            .spacing(space::M),
    ]
    .spacing(space::XL)
    .into()
}

fn ticks<'a>(look: &Look<'a>, gallery: &Gallery) -> Element<'a, Message> {
    let all = vec![
        (0, "Exchange 2007 or later".to_owned(), "Cutover finds the server by a mail address.".to_owned()),
        (1, "Any version, typed settings".to_owned(), samples::LONG.to_owned()),
        (2, "山田太郎".to_owned(), String::new()),
    ];
    column![
        check(look, "tick", "Tell me when it is done", gallery.open, |_| Message::Open),
        check(look, "hinted", samples::LONG, gallery.open, |_| Message::Open).hint(samples::SENTENCE),
        check(look, "off", "Out of reach", true, |_| Message::Open).disabled(true),
        choices(look, "choices", Some(gallery.chosen), all, Message::Chosen),
    ]
    .spacing(space::L)
    .into()
}

pub(super) fn dialog<'a>(look: &Look<'a>) -> Element<'a, Message> {
    let buttons = vec![
        button(look, "stop", "Stop and close").kind(Kind::Danger).on_press(Message::Room(0)).into(),
        button(look, "stay", "Keep going").on_press(Message::Room(0)).into(),
    ];
    modal::dialog(look, "Stop the migration and close?", text::body(look, samples::LONG), buttons)
}
