//! A dialog over the page, and the page out of reach until it is answered.

use iced::widget::{column, container, opaque, row, scrollable, stack};
use iced::{Background, Border, Fill, Right};

use super::inert::inert_if;
use super::page;
use super::page_keys::PageKeys;
use super::text::words;
use crate::gui::Element;
use crate::gui::look::{Look, Platform};
use crate::gui::theme::{Type, radius, space};

/// The widest a dialog gets, in logical pixels.
const WIDTH: f32 = 520.0;
/// What is too tall for the window scrolls, also by the keys that move a page.
const SCROLLER: &str = "dialog";

/// The whole window's page and the dialog over it, if there is one. While there is, neither keys nor mouse reach the page; it keeps its
/// state, so that whatever had the keyboard has it again afterwards. Give the keyboard to the dialog when it opens
/// ([`super::focus::to_answer`]).
pub fn modal<'a, M: 'a>(
    look: &Look<'_>,
    under: impl Into<Element<'a, M>>,
    dialog: Option<Element<'a, M>>,
) -> Element<'a, M> {
    let scrim = look.colours.scrim;
    let around = if look.compact { space::S } else { space::XL };
    let under = inert_if(under, dialog.is_some());
    let over = dialog.map(|dialog| {
        opaque(container(dialog).center(Fill).padding(around).style(move |_| container::Style {
            background: Some(Background::Color(scrim)),
            ..container::Style::default()
        }))
    });
    stack![under].extend(over).width(Fill).height(Fill).into()
}

/// A question or a form over the page. Buttons are given with the one that does it first and the one that leaves all as it
/// is last; they stand in the order of the platform.
pub fn dialog<'a, M: 'a>(
    look: &Look<'_>,
    title: impl Into<String>,
    body: impl Into<Element<'a, M>>,
    mut buttons: Vec<Element<'a, M>>,
) -> Element<'a, M> {
    let colours = look.colours;
    if look.platform != Platform::Windows {
        buttons.reverse();
    }
    let buttons = container(row(buttons).spacing(space::M).wrap().align_x(Right)).align_right(Fill);
    let content = column![words(Type::HEADING, colours.text, title), body.into(), buttons]
        .spacing(space::L)
        .padding(if look.compact { space::L } else { space::XL })
        .width(Fill);
    let scroller = scrollable(content).id(SCROLLER).direction(page::bar()).style(page::bars(look));
    container(Element::new(PageKeys::new(SCROLLER.into(), scroller)))
        .max_width(WIDTH)
        .style(move |_| container::Style {
            background: Some(Background::Color(colours.surface)),
            border: Border { color: colours.outline, width: 1.0, radius: radius::M.into() },
            text_color: Some(colours.text),
            ..container::Style::default()
        })
        .into()
}

#[cfg(test)]
mod tests;
