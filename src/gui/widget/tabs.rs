//! Views of the same thing beside each other, of which one is shown.

use iced::advanced::widget::Id;
use iced::keyboard::key::Named;
use iced::widget::{Row, container, row};
use iced::{Background, Border, Center, Color, Fill};

use super::check::Arrows;
use super::press::{Status, part, press};
use super::text::words;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{Type, radius, space};

/// Tabs: name, how many are in it if that is known, whether it is shown, what choosing it says. One tab stop: the arrow
/// keys choose.
pub fn tabs<'a, M: Clone + 'a>(
    look: &Look<'a>,
    id: impl Into<Id>,
    all: Vec<(String, Option<String>, bool, M)>,
) -> Element<'a, M> {
    let at = all.iter().position(|(_, _, chosen, _)| *chosen);
    let messages: Vec<M> = all.iter().map(|(.., message)| message.clone()).collect();
    let to = Arrows::new(at, &messages);
    let row = Row::with_children(all.into_iter().map(|tab| one(look, tab))).spacing(space::S);
    press(look, id, row.wrap().vertical_spacing(space::S))
        .keyboard_only()
        .on_press_maybe(messages.first().filter(|_| at.is_none()).cloned())
        .on_arrow(to.previous, to.next)
        .on_key(Named::Home, to.first)
        .on_key(Named::End, to.last)
        .ring_on(at.unwrap_or(0))
        .width(Fill)
        .into()
}

fn one<'a, M: Clone + 'a>(
    look: &Look<'a>,
    (label, count, chosen, message): (String, Option<String>, bool, M),
) -> Element<'a, M> {
    let colours = look.colours;
    let ink = if chosen { colours.accent_text } else { colours.text };
    let count = count.map(|count| words(Type::BODY, if chosen { ink } else { colours.muted }, count));
    part(look, row![words(Type::STRONG, ink, label), count].spacing(space::S).align_y(Center))
        .on_press(message)
        .padding([7.0, space::M])
        .style(move |status| {
            let over = matches!(status, Status::Hovered | Status::Pressed);
            let (ground, color, width) = match (chosen, over) {
                (true, _) => (colours.accent_soft, colours.accent, 2.0),
                (false, true) => (colours.hover, Color::TRANSPARENT, 0.0),
                (false, false) => (Color::TRANSPARENT, Color::TRANSPARENT, 0.0),
            };
            container::Style {
                background: Some(Background::Color(ground)),
                border: Border { color, width, radius: radius::S.into() },
                ..container::Style::default()
            }
        })
        .into()
}

#[cfg(test)]
mod tests;
