//! Numbers people look for: large figures over their names, and facts as pairs of name and value.

use iced::widget::{Column, column, container, grid, row};
use iced::{Fill, FillPortion};

use super::text;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;

/// The widest a tile gets before one more fits beside it, in logical pixels.
const TILE: f32 = 220.0;

/// A large figure over what it counts.
pub fn tile<'a, M: 'a>(look: &Look<'_>, figure: impl Into<String>, label: impl Into<String>) -> Element<'a, M> {
    column![text::figure(look, figure), text::small_muted(look, label)].width(Fill).into()
}

/// Tiles beside each other, as many as fit, in columns of one width.
pub fn tiles<'a, M: 'a>(look: &Look<'_>, tiles: Vec<(String, String)>) -> Element<'a, M> {
    let cells = tiles.into_iter().map(|(figure, label)| tile(look, figure, label));
    grid(cells).fluid(TILE).height(iced::Shrink).spacing(space::L).into()
}

/// Names and values: beside each other, or one under the other where room is short.
pub fn facts<'a, M: 'a>(look: &Look<'_>, facts: Vec<(String, Element<'a, M>)>) -> Element<'a, M> {
    let lines = facts.into_iter().map(|(name, value)| {
        if look.compact {
            column![text::small_muted(look, name), value].spacing(2.0).width(Fill).into()
        } else {
            let name = text::muted(look, name).width(FillPortion(2));
            row![name, container(value).width(FillPortion(3))].spacing(space::L).into()
        }
    });
    Column::from_iter(lines).spacing(if look.compact { space::M } else { space::S }).width(Fill).into()
}
