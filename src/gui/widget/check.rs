//! Yes or no, and one of several.

use iced::advanced::widget::Id;
use iced::keyboard::key::Named;
use iced::widget::{column, container, row, space as gap};
use iced::{Background, Border, Color, Fill};

use super::icon::{Icon, icon};
use super::press::{Status, part, press};
use super::text::words;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{Colours, Type, radius, space};

/// The side of the box and of the ring, in logical pixels.
const MARK: f32 = 22.0;

/// A box to tick; turn it into an element when it is complete.
pub struct Check<'a, M> {
    look: Look<'a>,
    id: Id,
    label: String,
    on: bool,
    toggled: Option<M>,
    hint: Option<String>,
}

/// A box to tick. `message` gets what it is to become.
pub fn check<'a, M>(
    look: &Look<'a>,
    id: impl Into<Id>,
    label: impl Into<String>,
    on: bool,
    message: impl Fn(bool) -> M,
) -> Check<'a, M> {
    Check { look: *look, id: id.into(), label: label.into(), on, toggled: Some(message(!on)), hint: None }
}

impl<M> Check<'_, M> {
    /// What it means, in small letters below.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Shown, but out of reach.
    pub fn disabled(mut self, disabled: bool) -> Self {
        self.toggled = self.toggled.filter(|_| !disabled);
        self
    }
}

impl<'a, M: Clone + 'a> From<Check<'a, M>> for Element<'a, M> {
    fn from(check: Check<'a, M>) -> Self {
        let colours = check.look.colours;
        let ink = if check.toggled.is_some() { colours.text } else { colours.muted };
        let hint = check.hint.map(|hint| words(Type::SMALL, colours.muted, hint));
        let label = column![words(Type::BODY, ink, check.label), hint];
        press(&check.look, check.id, row![tick(&check.look, check.on), label].spacing(space::S))
            .on_press_maybe(check.toggled)
            .padding([7.0, space::XS])
            .style(move |status| container::Style {
                background: hovered(status).then_some(Background::Color(colours.hover)),
                border: iced::border::rounded(radius::S),
                ..container::Style::default()
            })
            .into()
    }
}

fn hovered(status: Status) -> bool {
    matches!(status, Status::Hovered | Status::Pressed)
}

fn tick<'a, M: 'a>(look: &Look<'_>, on: bool) -> Element<'a, M> {
    let colours = look.colours;
    let (ground, line) = if on { (colours.accent, colours.accent) } else { (colours.surface, colours.outline) };
    let sign = on.then(|| icon(look, Icon::Check, 16.0, colours.on_accent));
    mark(sign, ground, line, radius::S - 2.0)
}

fn dot<'a, M: 'a>(colours: &Colours, on: bool) -> Element<'a, M> {
    let accent = colours.accent;
    let sign = on.then(|| {
        container(gap().width(10.0).height(10.0)).style(move |_| container::Style {
            background: Some(Background::Color(accent)),
            border: iced::border::rounded(5.0),
            ..container::Style::default()
        })
    });
    mark(sign, colours.surface, if on { colours.accent } else { colours.outline }, MARK / 2.0)
}

fn mark<'a, M: 'a>(
    sign: Option<impl Into<Element<'a, M>>>,
    ground: Color,
    line: Color,
    radius: f32,
) -> Element<'a, M> {
    let sign = sign.map_or_else(|| gap().into(), Into::into);
    container(sign)
        .center_x(MARK)
        .center_y(MARK)
        .style(move |_| container::Style {
            background: Some(Background::Color(ground)),
            border: Border { color: line, width: 2.0, radius: radius.into() },
            ..container::Style::default()
        })
        .into()
}

/// One of several, each with its name and what it means (which may be empty). One tab stop: the arrow keys choose.
pub fn choices<'a, V: PartialEq, M: Clone + 'a>(
    look: &Look<'a>,
    id: impl Into<Id>,
    chosen: Option<V>,
    all: Vec<(V, String, String)>,
    message: impl Fn(V) -> M,
) -> Element<'a, M> {
    let at = all.iter().position(|(value, ..)| chosen.as_ref() == Some(value));
    let (mut rows, mut messages) = (Vec::new(), Vec::new());
    for (index, (value, label, description)) in all.into_iter().enumerate() {
        let choose = message(value);
        messages.push(choose.clone());
        rows.push(choice(look, at == Some(index), label, description, choose));
    }
    let to = Arrows::new(at, &messages);
    press(look, id, column(rows).spacing(space::S))
        .keyboard_only()
        .on_press_maybe(messages.first().filter(|_| at.is_none()).cloned())
        .on_arrow(to.previous, to.next)
        .on_key(Named::Home, to.first)
        .on_key(Named::End, to.last)
        .ring_on(at.unwrap_or(0))
        .radius(radius::M)
        .width(Fill)
        .into()
}

fn choice<'a, M: Clone + 'a>(
    look: &Look<'a>,
    on: bool,
    label: String,
    description: String,
    choose: M,
) -> Element<'a, M> {
    let colours = look.colours;
    let description =
        Some(description).filter(|text| !text.is_empty()).map(|text| words(Type::BODY, colours.muted, text));
    let label = column![words(Type::STRONG, colours.text, label), description].width(Fill);
    part(look, row![dot(&colours, on), label].spacing(space::M))
        .on_press(choose)
        .padding(space::M)
        .width(Fill)
        .style(move |status| {
            let (ground, color, width) = match (on, hovered(status)) {
                (true, _) => (colours.accent_soft, colours.accent, 2.0),
                (false, true) => (colours.hover, colours.outline, 1.0),
                (false, false) => (colours.surface, colours.outline, 1.0),
            };
            container::Style {
                background: Some(Background::Color(ground)),
                border: Border { color, width, radius: radius::M.into() },
                ..container::Style::default()
            }
        })
        .into()
}

/// Where the arrow keys lead from the one that is chosen; round at the ends.
pub(super) struct Arrows<M> {
    pub previous: Option<M>,
    pub next: Option<M>,
    pub first: Option<M>,
    pub last: Option<M>,
}

impl<M: Clone> Arrows<M> {
    pub fn new(at: Option<usize>, all: &[M]) -> Arrows<M> {
        let (first, last) = (all.first().cloned(), all.last().cloned());
        let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| all.get(at)).cloned();
        let after = at.and_then(|at| all.get(at + 1)).cloned();
        Arrows { previous: before.or_else(|| last.clone()), next: after.or_else(|| first.clone()), first, last }
    }
}

#[cfg(test)]
mod tests;
