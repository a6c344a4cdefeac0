//! Buttons, and links that look like text.

use iced::advanced::widget::Id;
use iced::widget::{container, row, tooltip};
use iced::{Background, Border, Center, Color, Fill, Length, Shrink};

use super::icon::{Icon, icon};
use super::press::{Status, TARGET, press};
use super::text::words;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{Colours, Type, radius, space};

/// The side of a button's icon, in logical pixels.
const SIGN: f32 = 18.0;

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// What the page is for. One per page.
    Primary,
    /// Any other.
    #[default]
    Normal,
    /// Of little weight, without an outline.
    Quiet,
    /// What cannot be taken back.
    Danger,
}

/// A button; turn it into an element when it is complete. Without a message it is disabled.
pub struct Button<'a, M> {
    look: Look<'a>,
    id: Id,
    label: String,
    kind: Kind,
    icon: Option<Icon>,
    on_press: Option<M>,
    busy: bool,
    wide: bool,
}

/// A button with a verb on it.
pub fn button<'a, M>(look: &Look<'a>, id: impl Into<Id>, label: impl Into<String>) -> Button<'a, M> {
    Button {
        look: *look,
        id: id.into(),
        label: label.into(),
        kind: Kind::Normal,
        icon: None,
        on_press: None,
        busy: false,
        wide: false,
    }
}

impl<M> Button<'_, M> {
    /// How much it asks to be pressed.
    pub fn kind(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// A picture before the words.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// What a press says.
    pub fn on_press(self, message: M) -> Self {
        self.on_press_maybe(Some(message))
    }

    /// What a press says; disabled without.
    pub fn on_press_maybe(mut self, message: Option<M>) -> Self {
        self.on_press = message;
        self
    }

    /// At work on an earlier press: it keeps the keyboard, and further presses do nothing.
    pub fn busy(mut self, busy: bool) -> Self {
        self.busy = busy;
        self
    }

    /// As wide as there is room.
    pub fn wide(mut self, wide: bool) -> Self {
        self.wide = wide;
        self
    }
}

impl<'a, M: Clone + 'a> From<Button<'a, M>> for Element<'a, M> {
    fn from(button: Button<'a, M>) -> Self {
        let colours = button.look.colours;
        let kind = button.kind;
        let off = button.busy || button.on_press.is_none();
        let ink = if off { colours.muted } else { ink(&colours, kind) };
        let width: Length = if button.wide { Fill } else { Shrink };
        let sign = if button.busy { Some(Icon::Hourglass) } else { button.icon };
        let sign = sign.map(|sign| icon(&button.look, sign, SIGN, ink));
        let content = row![sign, words(Type::STRONG, ink, button.label)].spacing(space::S).align_y(Center);
        press(&button.look, button.id, container(content).center_x(width))
            .on_press_maybe(button.on_press)
            .busy(button.busy)
            .padding([7.0, if kind == Kind::Quiet { space::M } else { space::L }])
            .width(width)
            .style(move |status| style(&colours, kind, status))
            .into()
    }
}

fn ink(colours: &Colours, kind: Kind) -> Color {
    match kind {
        Kind::Primary => colours.on_accent,
        Kind::Normal => colours.text,
        Kind::Quiet => colours.accent_text,
        Kind::Danger => colours.on_bad,
    }
}

fn style(colours: &Colours, kind: Kind, status: Status) -> container::Style {
    let over = matches!(status, Status::Hovered | Status::Pressed);
    let (ground, line) = match (kind, status) {
        (Kind::Quiet, Status::Disabled) => (Color::TRANSPARENT, Color::TRANSPARENT),
        (_, Status::Disabled) => (colours.hover, colours.line),
        (Kind::Primary, _) if over => (colours.accent_hover, colours.accent_hover),
        (Kind::Primary, _) => (colours.accent, colours.accent),
        (Kind::Danger, _) if over => (colours.bad, colours.text),
        (Kind::Danger, _) => (colours.bad, colours.bad),
        (Kind::Normal, _) => (if over { colours.hover } else { colours.surface }, colours.outline),
        (Kind::Quiet, _) => (if over { colours.hover } else { Color::TRANSPARENT }, Color::TRANSPARENT),
    };
    let width = if status == Status::Pressed || (over && kind == Kind::Danger) { 2.0 } else { 1.0 };
    container::Style {
        background: Some(Background::Color(ground)),
        border: Border { color: line, width, radius: radius::S.into() },
        ..container::Style::default()
    }
}

/// A picture that is a button. Its words show under the mouse.
pub fn icon_button<'a, M: Clone + 'a>(
    look: &Look<'a>,
    id: impl Into<Id>,
    sign: Icon,
    label: impl Into<String>,
    message: M,
) -> Element<'a, M> {
    let colours = look.colours;
    let content = container(icon(look, sign, SIGN, colours.text)).center(TARGET);
    let button = press(look, id, content).on_press(message).style(move |status| style(&colours, Kind::Quiet, status));
    let label = container(words(Type::SMALL, colours.text, label)).padding([space::XS, space::S]).style(move |_| {
        container::Style {
            background: Some(Background::Color(colours.surface)),
            border: Border { color: colours.outline, width: 1.0, radius: radius::S.into() },
            ..container::Style::default()
        }
    });
    tooltip(button, label, tooltip::Position::Bottom).gap(space::S).into()
}

/// Words that lead elsewhere.
pub fn link<'a, M: Clone + 'a>(
    look: &Look<'a>,
    id: impl Into<Id>,
    label: impl Into<String>,
    message: M,
) -> Element<'a, M> {
    let colours = look.colours;
    press(look, id, words(Type::BODY, colours.accent_text, label))
        .on_press(message)
        .underline(colours.accent_text)
        .padding([7.0, 0.0])
        .style(move |status| container::Style {
            background: (status == Status::Hovered).then_some(Background::Color(colours.hover)),
            ..container::Style::default()
        })
        .into()
}
