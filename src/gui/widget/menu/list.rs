//! The open list of a menu: below its button or above it, always within the window.

use iced::advanced::widget::Tree;
use iced::advanced::widget::operation::Operation;
use iced::advanced::{Clipboard, Layout, Overlay, Renderer as _, Shell, layout, mouse, renderer};
use iced::{Background, Border, Event, Point, Rectangle, Renderer, Size, Theme, Vector, touch};

use crate::gui::Element;
use crate::gui::theme::{Colours, radius, space};

/// Between the list's border and its entries, in logical pixels.
const PADDING: f32 = space::XS;

pub(super) struct List<'a, 'b, M> {
    pub content: &'b mut Element<'a, M>,
    pub tree: &'b mut Tree,
    pub cursor: &'b mut usize,
    pub toggle: &'b M,
    pub messages: &'b [M],
    pub colours: Colours,
    /// Where the menu's button is in the window.
    pub button: Rectangle,
}

/// Says what an entry says, and closes.
pub(super) fn choose<M: Clone>(messages: &[M], at: usize, toggle: &M, shell: &mut Shell<'_, M>) {
    if let Some(message) = messages.get(at) {
        shell.publish(message.clone());
    }
    shell.publish(toggle.clone());
}

impl<M> List<'_, '_, M> {
    /// By how much a list that is longer than the window is moved up, so that the cursor's entry is seen.
    fn offset(&self, layout: Layout<'_>) -> f32 {
        let bounds = layout.bounds();
        let entry = entries(layout).nth(*self.cursor).unwrap_or(bounds);
        (entry.y + entry.height + PADDING - bounds.y - bounds.height).max(0.0)
    }

    fn under(&self, layout: Layout<'_>, cursor: mouse::Cursor) -> Option<usize> {
        let position = cursor.position_over(layout.bounds())? + Vector::new(0.0, self.offset(layout));
        entries(layout).position(|entry| entry.y <= position.y && position.y < entry.y + entry.height)
    }
}

fn entries(layout: Layout<'_>) -> impl Iterator<Item = Rectangle> {
    layout.children().flat_map(|list| list.children()).map(|entry| entry.bounds())
}

/// Where a list of a size goes: below its button if there is room, else above, else where there is more of it.
fn place(size: Size, button: Rectangle, window: Size) -> Rectangle {
    let below = button.y + button.height + space::XS;
    let room = (window.height - below - space::S, button.y - space::XS - space::S);
    let down = size.height <= room.0 || room.0 >= room.1;
    let height = size.height.min(if down { room.0 } else { room.1 }).max(0.0);
    let y = if down { below } else { button.y - space::XS - height };
    let x = button.x.min(window.width - size.width - space::S).max(0.0);
    Rectangle { x, y, width: size.width, height }
}

impl<M: Clone> Overlay<M, Theme, Renderer> for List<'_, '_, M> {
    fn layout(&mut self, renderer: &Renderer, window: Size) -> layout::Node {
        let widest = (window.width - 2.0 * (space::S + PADDING)).max(0.0);
        let limits = layout::Limits::new(Size::ZERO, Size::new(widest, f32::INFINITY));
        let list = self.content.as_widget_mut().layout(self.tree, renderer, &limits);
        let size = list.size().expand([2.0 * PADDING, 2.0 * PADDING]);
        let size = Size::new(size.width.max(self.button.width), size.height);
        let place = place(size, self.button, window);
        let list = list.move_to(Point::new(PADDING, PADDING));
        layout::Node::with_children(place.size(), vec![list]).move_to(place.position())
    }

    fn operate(&mut self, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        operation.container(None, layout.bounds());
        operation.traverse(&mut |operation| {
            if let Some(list) = layout.children().next() {
                self.content.as_widget_mut().operate(self.tree, list, renderer, operation);
            }
        });
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
    ) {
        let under = self.under(layout, cursor);
        match (event, under) {
            (Event::Mouse(mouse::Event::CursorMoved { .. }), Some(at)) if at != *self.cursor => {
                *self.cursor = at;
                shell.request_redraw();
            }
            (Event::Mouse(mouse::Event::ButtonPressed(_)) | Event::Touch(touch::Event::FingerPressed { .. }), _) => {
                match under {
                    Some(at) => choose(self.messages, at, self.toggle, shell),
                    None if cursor.is_over(layout.bounds()) => {}
                    None => shell.publish(self.toggle.clone()),
                }
                shell.capture_event();
            }
            (Event::Mouse(mouse::Event::WheelScrolled { .. }), _) => shell.capture_event(),
            _ => {}
        }
    }

    fn mouse_interaction(
        &self,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        match self.under(layout, cursor) {
            Some(_) => mouse::Interaction::Pointer,
            None => mouse::Interaction::Idle,
        }
    }

    fn draw(
        &self,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
    ) {
        let bounds = layout.bounds();
        let border = Border { color: self.colours.outline, width: 1.0, radius: radius::S.into() };
        let ground = renderer::Quad { bounds, border, ..renderer::Quad::default() };
        renderer.fill_quad(ground, Background::Color(self.colours.surface));
        let Some(list) = layout.children().next() else { return };
        let up = Vector::new(0.0, -self.offset(layout));
        renderer.with_layer(bounds.shrink(1.0), |renderer| {
            renderer.with_translation(up, |renderer| {
                if let Some(entry) = entries(layout).nth(*self.cursor) {
                    let marked = Rectangle { x: bounds.x + PADDING, width: bounds.width - 2.0 * PADDING, ..entry };
                    let border = Border { color: self.colours.ring, width: 2.0, radius: (radius::S - 2.0).into() };
                    let quad = renderer::Quad { bounds: marked, border, ..renderer::Quad::default() };
                    renderer.fill_quad(quad, Background::Color(self.colours.accent_soft));
                }
                let style = renderer::Style { text_color: self.colours.text };
                let everywhere = Rectangle::INFINITE;
                let nowhere = mouse::Cursor::Unavailable;
                self.content.as_widget().draw(self.tree, renderer, theme, &style, list, nowhere, &everywhere);
            });
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_stays_within_the_window() {
        let window = Size::new(400.0, 300.0);
        let button = |x, y| Rectangle { x, y, width: 100.0, height: 38.0 };
        let at = |size, button| place(size, button, window);
        let small = Size::new(150.0, 80.0);
        assert_eq!(at(small, button(20.0, 20.0)).position(), Point::new(20.0, 62.0), "below");
        assert_eq!(at(small, button(20.0, 220.0)).position(), Point::new(20.0, 136.0), "above");
        assert_eq!(at(small, button(300.0, 20.0)).x, 242.0, "not over the right edge");
        let long = at(Size::new(150.0, 900.0), button(20.0, 100.0));
        assert!(long.y >= 0.0 && long.y + long.height <= window.height, "{long:?}");
    }
}
