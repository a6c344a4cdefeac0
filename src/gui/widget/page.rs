//! A page's body: a column as wide as one reads well, in a scroller that also the keyboard moves.

use iced::widget::{Column, container, scrollable};
use iced::{Background, Border, Color, Fill, Shadow};

use super::page_keys::PageKeys;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{COLUMN, space};

/// A column of reading, or a form.
pub fn column<'a, M: 'a>(look: &Look<'_>, parts: Vec<Element<'a, M>>) -> Element<'a, M> {
    container(wide(look, parts)).max_width(COLUMN + 2.0 * margin(look)).into()
}

/// A column as wide as the window, for tables and panes.
pub fn wide<'a, M: 'a>(look: &Look<'_>, parts: Vec<Element<'a, M>>) -> Element<'a, M> {
    Column::from_vec(parts).spacing(space::XL).padding(margin(look)).width(Fill).into()
}

/// Around a page, in logical pixels.
pub fn margin(look: &Look<'_>) -> f32 {
    if look.compact { space::L } else { space::XXL }
}

/// The page's scroller: wheel and bar, and Page Up, Page Down, Home, End and the arrows when nothing else takes them.
pub fn scroll<'a, M: 'a>(
    look: &Look<'_>,
    id: impl Into<iced::widget::Id>,
    content: impl Into<Element<'a, M>>,
) -> Element<'a, M> {
    let id = id.into();
    let scroller = scrollable(content).id(id.clone()).width(Fill).height(Fill).direction(bar()).style(bars(look));
    Element::new(PageKeys::new(id, scroller))
}

/// A thin upright bar.
pub fn bar() -> scrollable::Direction {
    scrollable::Direction::Vertical(scrollable::Scrollbar::new().width(10.0).scroller_width(6.0).margin(2.0))
}

/// How bars are drawn.
pub fn bars(look: &Look<'_>) -> impl Fn(&iced::Theme, scrollable::Status) -> scrollable::Style + 'static {
    let colours = look.colours;
    move |_, status| {
        let held = match status {
            scrollable::Status::Hovered { is_vertical_scrollbar_hovered, .. } => is_vertical_scrollbar_hovered,
            scrollable::Status::Dragged { .. } => true,
            scrollable::Status::Active { .. } => false,
        };
        let rail = scrollable::Rail {
            background: None,
            border: Border::default(),
            scroller: scrollable::Scroller {
                background: Background::Color(if held { colours.muted } else { colours.outline }),
                border: Border::default().rounded(3.0),
            },
        };
        scrollable::Style {
            container: container::Style::default(),
            vertical_rail: rail,
            horizontal_rail: rail,
            gap: None,
            auto_scroll: scrollable::AutoScroll {
                background: Background::Color(colours.surface),
                border: Border::default().rounded(20.0).width(1.0).color(colours.outline),
                shadow: Shadow { color: Color::TRANSPARENT, ..Shadow::default() },
                icon: colours.text,
            },
        }
    }
}
