//! A small number that goes up and down.

use std::ops::RangeInclusive;

use iced::advanced::widget::Id;
use iced::keyboard::key::Named;
use iced::widget::{column, container, row};
use iced::{Background, Border, Center, Color};

use super::field::name;
use super::icon::{Icon, icon};
use super::press::{Status, TARGET, part, press};
use super::text::{small_muted, words};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{Type, radius, space};

/// How wide the number is, in logical pixels.
const NUMBER: f32 = 56.0;

/// A small number; turn it into an element when it is complete.
pub struct Stepper<'a, M> {
    look: Look<'a>,
    id: Id,
    label: String,
    value: u32,
    range: RangeInclusive<u32>,
    message: Box<dyn Fn(u32) -> M + 'a>,
    hint: Option<String>,
}

/// A small number with a button on either side. The arrow keys, Home and End change it.
pub fn stepper<'a, M>(
    look: &Look<'a>,
    id: impl Into<Id>,
    label: impl Into<String>,
    value: u32,
    range: RangeInclusive<u32>,
    message: impl Fn(u32) -> M + 'a,
) -> Stepper<'a, M> {
    let message = Box::new(message);
    Stepper { look: *look, id: id.into(), label: label.into(), value, range, message, hint: None }
}

impl<M> Stepper<'_, M> {
    /// What it is for, in small letters below.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The message for a value, unless that is what it has already or may not have.
    fn to(&self, value: Option<u32>) -> Option<M> {
        value.filter(|value| *value != self.value && self.range.contains(value)).map(&self.message)
    }
}

impl<'a, M: Clone + 'a> From<Stepper<'a, M>> for Element<'a, M> {
    fn from(stepper: Stepper<'a, M>) -> Self {
        let (look, colours) = (stepper.look, stepper.look.colours);
        let (less, more) = (stepper.to(stepper.value.checked_sub(1)), stepper.to(stepper.value.checked_add(1)));
        let number = words(Type::STRONG, colours.text, stepper.value.to_string());
        let parts = row![
            step(&look, Icon::Minus, less.clone()),
            container(number).center_x(NUMBER),
            step(&look, Icon::Plus, more.clone()),
        ];
        let control = press(&look, stepper.id.clone(), parts.align_y(Center))
            .keyboard_only()
            .on_key(Named::ArrowDown, less.clone())
            .on_key(Named::ArrowLeft, less)
            .on_key(Named::ArrowUp, more.clone())
            .on_key(Named::ArrowRight, more)
            .on_key(Named::Home, stepper.to(Some(*stepper.range.start())))
            .on_key(Named::End, stepper.to(Some(*stepper.range.end())))
            .padding(1.0)
            .style(move |_| container::Style {
                background: Some(Background::Color(colours.surface)),
                border: Border { color: colours.outline, width: 1.0, radius: radius::S.into() },
                ..container::Style::default()
            });
        let hint = stepper.hint.map(|hint| small_muted(&look, hint));
        column![name(&look, stepper.label, false), control, hint].spacing(space::XS).into()
    }
}

fn step<'a, M: Clone + 'a>(look: &Look<'a>, sign: Icon, message: Option<M>) -> Element<'a, M> {
    let colours = look.colours;
    let ink = if message.is_some() { colours.text } else { colours.line };
    part(look, container(icon(look, sign, 18.0, ink)).center(TARGET))
        .on_press_maybe(message)
        .style(move |status| {
            let over = matches!(status, Status::Hovered | Status::Pressed);
            container::Style {
                background: Some(Background::Color(if over { colours.hover } else { Color::TRANSPARENT })),
                border: iced::border::rounded(radius::S - 1.0),
                ..container::Style::default()
            }
        })
        .into()
}

#[cfg(test)]
mod tests;
