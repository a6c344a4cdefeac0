//! What belongs together: a card, a section under its heading.

use iced::Fill;
use iced::widget::{column, container};

use super::text;
use super::tone;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;

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
