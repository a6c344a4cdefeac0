//! A state in one or two words: a soft pill with an icon. A dot where the words stand elsewhere already.

use iced::widget::{container, row};
use iced::{Border, Center, Padding};

use super::icon::{Icon, icon};
use super::text;
use super::tone::{self, Tone};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;

/// Height of an icon beside small words, in logical pixels.
const ICON: f32 = 14.0;

/// A pill with the tone's usual icon.
pub fn badge<'a, M: 'a>(look: &Look<'_>, tone: Tone, label: impl Into<String>) -> Element<'a, M> {
    badge_with(look, tone, tone.icon(), label)
}

/// A pill with an icon of its own.
pub fn badge_with<'a, M: 'a>(look: &Look<'_>, tone: Tone, shown: Icon, label: impl Into<String>) -> Element<'a, M> {
    let colour = tone.colour(&look.colours);
    let style = tone::ground(look, tone, 13.0);
    container(
        row![icon(look, shown, ICON, colour), text::label(look, label).color(colour)].spacing(6.0).align_y(Center),
    )
    .padding(Padding { top: 4.0, bottom: 4.0, left: 9.0, right: 11.0 })
    .style(move |_| style)
    .into()
}

/// An icon and a word without a ground, for table cells and lines of text.
pub fn state<'a, M: 'a>(look: &Look<'_>, tone: Tone, shown: Icon, label: impl Into<String>) -> Element<'a, M> {
    let colour = tone.colour(&look.colours);
    row![icon(look, shown, 16.0, colour), text::body(look, label)].spacing(space::S).align_y(Center).into()
}

/// A dot in the tone's colour. The words beside it say what it means.
pub fn dot<'a, M: 'a>(look: &Look<'_>, tone: Tone) -> Element<'a, M> {
    let style = container::Style {
        border: Border::default().rounded(4.0),
        ..container::background(tone.colour(&look.colours))
    };
    container(iced::widget::space().width(8.0).height(8.0)).style(move |_| style).into()
}
