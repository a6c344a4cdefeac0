//! A scroller that the keyboard moves when nothing inside it took the key.

use iced::advanced::widget::operation::scrollable::{AbsoluteOffset, scroll_by};
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::Id;
use iced::{Event, Length, Rectangle, Renderer, Size, Theme, Vector};

use crate::gui::Element;

/// How far an arrow key moves the page, in logical pixels.
const LINE: f32 = 44.0;
/// What stays in sight of the page before when it is turned, in logical pixels.
const OVERLAP: f32 = 44.0;

/// Wraps the scroller of that id; otherwise it is as if it were not there.
pub(super) struct PageKeys<'a, M> {
    id: Id,
    scroller: Element<'a, M>,
}

impl<'a, M> PageKeys<'a, M> {
    pub(super) fn new(id: Id, scroller: impl Into<Element<'a, M>>) -> Self {
        PageKeys { id, scroller: scroller.into() }
    }
}

/// How far a key moves a page of that height.
fn movement(key: &Key, height: f32) -> Option<f32> {
    let page = (height - OVERLAP).max(LINE);
    match key {
        Key::Named(Named::ArrowDown) => Some(LINE),
        Key::Named(Named::ArrowUp) => Some(-LINE),
        Key::Named(Named::PageDown) => Some(page),
        Key::Named(Named::PageUp) => Some(-page),
        Key::Named(Named::Home) => Some(f32::MIN / 4.0),
        Key::Named(Named::End) => Some(f32::MAX / 4.0),
        _ => None,
    }
}

impl<M> Widget<M, Theme, Renderer> for PageKeys<'_, M> {
    fn tag(&self) -> tree::Tag {
        self.scroller.as_widget().tag()
    }

    fn state(&self) -> tree::State {
        self.scroller.as_widget().state()
    }

    fn children(&self) -> Vec<Tree> {
        self.scroller.as_widget().children()
    }

    fn diff(&self, tree: &mut Tree) {
        self.scroller.as_widget().diff(tree);
    }

    fn size(&self) -> Size<Length> {
        self.scroller.as_widget().size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.scroller.as_widget_mut().layout(tree, renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.scroller.as_widget_mut().operate(tree, layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let scroller = self.scroller.as_widget_mut();
        scroller.update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        if shell.is_event_captured() {
            return;
        }
        let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event else { return };
        if !modifiers.is_empty() {
            return;
        }
        if let Some(down) = movement(key, layout.bounds().height) {
            let mut operation = scroll_by::<()>(self.id.clone(), AbsoluteOffset { x: 0.0, y: down });
            scroller.operate(tree, layout, renderer, &mut operation);
            shell.capture_event();
            shell.invalidate_layout();
            shell.request_redraw();
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.scroller.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        self.scroller.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        self.scroller.as_widget_mut().overlay(tree, layout, renderer, viewport, translation)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_turned_page_keeps_a_line_of_the_one_before() {
        let down = movement(&Key::Named(Named::PageDown), 400.0).unwrap();
        assert!(down < 400.0 && down > 300.0, "{down}");
        assert_eq!(movement(&Key::Named(Named::PageUp), 400.0), Some(-down));
    }

    #[test]
    fn a_page_too_low_to_turn_still_moves() {
        assert_eq!(movement(&Key::Named(Named::PageDown), 10.0), Some(LINE));
    }

    #[test]
    fn other_keys_do_not_move_the_page() {
        assert_eq!(movement(&Key::Named(Named::Tab), 400.0), None);
        assert_eq!(movement(&Key::Character("j".into()), 400.0), None);
    }
}
