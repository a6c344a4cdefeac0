//! Words in a step of the type scale.

use iced::widget::text::{LineHeight, Text, Wrapping};
use iced::{Color, Pixels};

use crate::gui::theme::Type;

/// Words in a step of the type scale and a colour.
pub(super) fn words<'a>(kind: Type, colour: Color, words: impl Into<String>) -> Text<'a, iced::Theme, iced::Renderer> {
    iced::widget::text(words.into())
        .size(kind.size)
        .line_height(LineHeight::Absolute(Pixels(kind.line)))
        .wrapping(Wrapping::WordOrGlyph)
        .color(colour)
}
