//! Words in the steps of the type scale, in the colours of the look, breaking anywhere rather than being cut off.

use iced::advanced::text::{self as advanced, Paragraph as _};
use iced::widget::text::{LineHeight, Shaping, Wrapping};
use iced::widget::{container, row};
use iced::{Background, Border, Center, Color, Pixels, Renderer, Size};

use super::font;
use super::icon::{Icon, icon};
use super::press::{Status, press};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{Type, radius, space};

/// A run of words; wrap, align and colour it as any text of iced.
pub type Text<'a> = iced::widget::Text<'a, iced::Theme, iced::Renderer>;

/// Words in a step of the type scale and a colour.
pub fn words<'a>(kind: Type, colour: Color, words: impl Into<String>) -> Text<'a> {
    iced::widget::text(words.into())
        .size(kind.size)
        .line_height(LineHeight::Absolute(Pixels(kind.line)))
        .font(if kind.strong { font::STRONG } else { font::REGULAR })
        .wrapping(Wrapping::WordOrGlyph)
        .color(colour)
}

/// How wide words are on one line, in logical pixels.
pub fn width(kind: Type, words: &str) -> f32 {
    let line = advanced::Text {
        content: words,
        bounds: Size::INFINITE,
        size: Pixels(kind.size),
        line_height: LineHeight::Absolute(Pixels(kind.line)),
        font: if kind.strong { font::STRONG } else { font::REGULAR },
        align_x: advanced::Alignment::Default,
        align_y: iced::alignment::Vertical::Top,
        shaping: Shaping::default(),
        wrapping: Wrapping::None,
    };
    <Renderer as advanced::Renderer>::Paragraph::with_text(line).min_width()
}

/// A page's title.
pub fn title<'a>(look: &Look<'_>, text: impl Into<String>) -> Text<'a> {
    words(Type::TITLE, look.colours.text, text)
}

/// A section's heading.
pub fn heading<'a>(look: &Look<'_>, text: impl Into<String>) -> Text<'a> {
    words(Type::HEADING, look.colours.text, text)
}

/// A figure that is to be seen from afar.
pub fn figure<'a>(look: &Look<'_>, text: impl Into<String>) -> Text<'a> {
    words(Type::FIGURE, look.colours.text, text)
}

/// Running text.
pub fn body<'a>(look: &Look<'_>, text: impl Into<String>) -> Text<'a> {
    words(Type::BODY, look.colours.text, text)
}

/// Emphasis within running text.
pub fn strong<'a>(look: &Look<'_>, text: impl Into<String>) -> Text<'a> {
    words(Type::STRONG, look.colours.text, text)
}

/// Hints and second lines.
pub fn small<'a>(look: &Look<'_>, text: impl Into<String>) -> Text<'a> {
    words(Type::SMALL, look.colours.text, text)
}

/// Column headings and names of fields.
pub fn label<'a>(look: &Look<'_>, text: impl Into<String>) -> Text<'a> {
    words(Type::LABEL, look.colours.text, text)
}

/// Running text of less weight.
pub fn muted<'a>(look: &Look<'_>, text: impl Into<String>) -> Text<'a> {
    words(Type::BODY, look.colours.muted, text)
}

/// Hints of less weight.
pub fn small_muted<'a>(look: &Look<'_>, text: impl Into<String>) -> Text<'a> {
    words(Type::SMALL, look.colours.muted, text)
}

/// Words that people take elsewhere: an address, a command. The message is to put them on the clipboard.
pub fn copyable<'a, M: Clone + 'a>(look: &Look<'a>, text: impl Into<String>, copy: M) -> Element<'a, M> {
    let colours = look.colours;
    let text = text.into();
    let id = format!("copy {text}");
    let name = label(look, look.say("window-copy")).color(colours.accent_text);
    let name = row![icon(look, Icon::Copy, 14.0, colours.accent_text), name].spacing(space::XS).align_y(Center);
    let press = press(look, id, name).on_press(copy).padding([space::XS, space::S]).style(move |status| {
        let over = matches!(status, Status::Hovered | Status::Pressed);
        let border = Border::default().rounded(radius::S);
        container::Style {
            background: over.then_some(Background::Color(colours.hover)),
            border,
            ..Default::default()
        }
    });
    row![body(look, text), press].spacing(space::S).align_y(Center).wrap().into()
}
