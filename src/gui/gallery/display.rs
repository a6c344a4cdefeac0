//! What shows something: words, icons, notices, figures.

use iced::widget::{Column, Row, column, row};
use iced::{Center, Fill, FillPortion};

use super::{Gallery, Message, samples};
use crate::engine::problem::{Guidance, Kind, Problem, Side};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::badge::{badge, badge_with, dot, state};
use crate::gui::widget::button::{Kind as ButtonKind, button, link};
use crate::gui::widget::card::{card, disclosure, section};
use crate::gui::widget::figures::{facts, tiles};
use crate::gui::widget::icon::{Icon, icon};
use crate::gui::widget::meter::meter;
use crate::gui::widget::notice::{notice, problem};
use crate::gui::widget::steps::{StepState, steps};
use crate::gui::widget::text;
use crate::gui::widget::tone::Tone;

pub(super) fn words<'a>(look: &Look<'a>) -> Vec<Element<'a, Message>> {
    let scale = column![
        text::title(look, "Title"),
        text::heading(look, "Heading"),
        text::figure(look, samples::FIGURES),
        text::strong(look, samples::FIGURES),
        text::body(look, samples::FIGURES),
        text::body(look, samples::SENTENCE),
        text::muted(look, samples::SENTENCE),
        text::small(look, samples::SENTENCE),
        text::small_muted(look, samples::SENTENCE),
        text::label(look, "Label"),
        text::body(look, samples::LONG),
        text::body(look, samples::UNBROKEN),
        text::copyable(look, "anna@example.com", Message::Nothing),
    ]
    .spacing(space::S);
    let scripts = samples::SCRIPTS.map(|name| {
        let regular = text::body(look, name).width(FillPortion(1));
        row![regular, text::strong(look, name).width(FillPortion(1))].spacing(space::M).into()
    });
    let icons = Icon::ALL.iter().map(|shown| {
        let name = text::small(look, format!("{shown:?}"));
        row![icon(look, *shown, 20.0, look.colours.text), name.width(90.0)].spacing(space::S).align_y(Center).into()
    });
    let icons = Row::from_iter(icons).spacing(space::M).wrap().vertical_spacing(space::S);
    vec![
        section(look, "Type", card(look, scale)),
        section(look, "Other scripts", card(look, Column::from_iter(scripts).spacing(space::S))),
        section(look, "Icons", card(look, icons)),
    ]
}

pub(super) fn notices<'a>(look: &Look<'a>, gallery: &Gallery) -> Vec<Element<'a, Message>> {
    let mut shown: Vec<Element<'a, Message>> = Vec::new();
    for (tone, (title, body)) in Tone::ALL.iter().zip(samples::NOTICES) {
        shown.push(notice(look, *tone, title).body(body).into());
    }
    let again = button(look, "again", "Try again").kind(ButtonKind::Primary).on_press(Message::Nothing);
    let whole = notice(look, Tone::Bad, samples::NOTICES[4].0)
        .body(samples::LONG)
        .remedy(samples::REMEDY)
        .action(again)
        .action(link(look, "elsewhere", "Open the reports", Message::Nothing))
        .details(gallery.open, Message::Open, samples::DETAILS);
    shown.push(whole.into());
    let given = Problem::new(Kind::Run, Side::Source, Guidance::SourceUnreachable).with("host", "mail.example.com");
    shown.push(problem(look, &given).into());
    shown.push(notice(look, Tone::Good, samples::SENTENCE).into());
    let content = text::body(look, samples::LONG);
    shown.push(disclosure(look, "more", "What does not move", gallery.open, Message::Open, content));
    shown
}

pub(super) fn figures<'a>(look: &Look<'a>) -> Vec<Element<'a, Message>> {
    let badges = Tone::ALL.iter().map(|tone| badge(look, *tone, format!("{tone:?}")));
    let waits = badge_with(look, Tone::Quiet, Icon::Clock, "Waits for its turn");
    let badges = Row::from_iter(badges).push(waits).spacing(space::S).wrap().vertical_spacing(space::S);
    let states = Tone::ALL.iter().map(|tone| state(look, *tone, tone.icon(), format!("{tone:?}")));
    let states = Row::from_iter(states).spacing(space::XL).wrap().vertical_spacing(space::S);
    let dots = Tone::ALL
        .iter()
        .map(|tone| row![dot(look, *tone), text::small(look, format!("{tone:?}"))].spacing(space::S).align_y(Center));
    let dots = Row::from_iter(dots.map(Into::into)).spacing(space::XL).wrap().vertical_spacing(space::S);
    let meters = Tone::ALL.iter().zip([0.0, 0.37, 1.0, 0.8, 0.03]);
    let meters = meters.map(|(tone, fraction)| meter(look, fraction, *tone));
    let known = samples::FACTS.map(|(name, value)| (name.to_owned(), text::body(look, value).into()));
    let all = [StepState::Done, StepState::Done, StepState::Doing, StepState::Failed, StepState::Skipped];
    let ticked = all.into_iter().zip(samples::STEPS);
    let ticked = ticked.map(|(state, (name, detail))| (state, name.to_owned(), detail.map(str::to_owned)));
    let waiting = (StepState::Waiting, "Count what is there".to_owned(), None);
    vec![
        section(look, "Tiles", card(look, tiles(look, samples::TILES.map(|(a, b)| (a.into(), b.into())).into()))),
        section(look, "Facts", card(look, facts(look, known.into()))),
        section(look, "States", card(look, column![badges, states, dots].spacing(space::L).width(Fill))),
        section(look, "Meters", card(look, Column::from_iter(meters).spacing(space::L))),
        section(look, "Steps", card(look, steps(look, ticked.chain([waiting]).collect()))),
    ]
}
