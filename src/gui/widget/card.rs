//! What belongs together: a card, a section under its heading, and what is shown only when asked for.

use iced::advanced::widget::Id;
use iced::widget::{column, container, row};
use iced::{Background, Center, Fill, Padding};

use super::icon::{Icon, icon};
use super::press::{Status, press};
use super::text;
use super::tone;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{radius, space};

/// A surface with a thin line around it.
pub fn card<'a, M: 'a>(look: &Look<'_>, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    let style = tone::surface(look);
    container(content)
        .padding(if look.compact { space::L } else { space::XL })
        .width(Fill)
        .style(move |_| style)
        .into()
}

/// A heading and what it is about.
pub fn section<'a, M: 'a>(
    look: &Look<'_>,
    heading: impl Into<String>,
    content: impl Into<Element<'a, M>>,
) -> Element<'a, M> {
    column![text::heading(look, heading), content.into()].spacing(space::M).width(Fill).into()
}

/// What opens under its name when that is pressed.
pub fn disclosure<'a, M: Clone + 'a>(
    look: &Look<'a>,
    id: impl Into<Id>,
    label: impl Into<String>,
    open: bool,
    toggle: M,
    content: impl Into<Element<'a, M>>,
) -> Element<'a, M> {
    let colours = look.colours;
    let arrow = if open { Icon::ChevronDown } else { Icon::ChevronRight };
    let words = text::strong(look, label).color(colours.accent_text);
    let head = row![icon(look, arrow, 18.0, colours.accent_text), words].spacing(space::S).align_y(Center);
    let head = press(look, id, head).on_press(toggle).padding([7.0, space::S]).style(move |status| {
        let over = matches!(status, Status::Hovered | Status::Pressed);
        let border = iced::Border::default().rounded(radius::S);
        container::Style {
            background: over.then_some(Background::Color(colours.hover)),
            border,
            ..Default::default()
        }
    });
    let content = open.then(|| {
        let indent = if look.compact { space::S } else { space::XL + space::S + 2.0 };
        container(content).padding(Padding { left: indent, ..Padding::ZERO }).width(Fill)
    });
    column![head, content].spacing(space::S).width(Fill).into()
}
