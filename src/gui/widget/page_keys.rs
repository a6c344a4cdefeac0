//! A scroller that the keyboard moves when nothing inside it took the key, and that begins at the top whenever it gets
//! another id, as it does on every page.

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

/// Wraps the scroller of that id.
pub(super) struct PageKeys<'a, M> {
    id: Id,
    scroller: Element<'a, M>,
}

/// Which page was shown here.
struct Page(Id);

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
        tree::Tag::of::<Page>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Page(self.id.clone()))
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.scroller)]
    }

    fn diff(&self, tree: &mut Tree) {
        let page = tree.state.downcast_mut::<Page>();
        // State is kept by place in the tree: another page would stand where this one was left.
        if page.0 != self.id {
            page.0 = self.id.clone();
            tree.children = self.children();
        }
        tree.diff_children(std::slice::from_ref(&self.scroller));
    }

    fn size(&self) -> Size<Length> {
        self.scroller.as_widget().size()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let inner = self.scroller.as_widget_mut().layout(&mut tree.children[0], renderer, limits);
        layout::Node::with_children(inner.size(), vec![inner])
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let Some(inner) = layout.children().next() else { return };
        self.scroller.as_widget_mut().operate(&mut tree.children[0], inner, renderer, operation);
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
        let Some(inner) = layout.children().next() else { return };
        let (scroller, tree) = (self.scroller.as_widget_mut(), &mut tree.children[0]);
        scroller.update(tree, event, inner, cursor, renderer, clipboard, shell, viewport);
        if shell.is_event_captured() {
            return;
        }
        let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event else { return };
        if !modifiers.is_empty() {
            return;
        }
        if let Some(down) = movement(key, layout.bounds().height) {
            let mut operation = scroll_by::<()>(self.id.clone(), AbsoluteOffset { x: 0.0, y: down });
            scroller.operate(tree, inner, renderer, &mut operation);
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
        let Some(inner) = layout.children().next() else { return mouse::Interaction::None };
        self.scroller.as_widget().mouse_interaction(&tree.children[0], inner, cursor, viewport, renderer)
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
        let Some(inner) = layout.children().next() else { return };
        self.scroller.as_widget().draw(&tree.children[0], renderer, theme, style, inner, cursor, viewport);
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let inner = layout.children().next()?;
        self.scroller.as_widget_mut().overlay(&mut tree.children[0], inner, renderer, viewport, translation)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::gui::look::Look;
    use crate::gui::widget::stage::Stage;
    use crate::gui::widget::tests::with_look;
    use crate::gui::widget::text;

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

    /// A page of forty lines.
    fn page<'a>(look: &Look<'a>, id: &'static str) -> Element<'a, ()> {
        let lines = (0..40).map(|line| text::body(look, format!("{line}")).height(22.0).into());
        crate::gui::widget::page::scroll(look, id, iced::widget::Column::from_iter(lines))
    }

    #[test]
    fn the_keyboard_scrolls_and_another_page_begins_at_its_top() {
        with_look(|look| {
            let in_sight = |stage: &mut Stage<'_, ()>, line: &str| {
                stage.find(line.to_owned()).is_some_and(|found| found.visible_bounds().is_some())
            };
            let mut stage = Stage::with_size(page(look, "one"), 400.0, 200.0);
            assert!(in_sight(&mut stage, "0") && !in_sight(&mut stage, "39"));
            assert!(stage.tap(Named::End));
            let mut stage = stage.show(page(look, "one"));
            assert!(!in_sight(&mut stage, "0") && in_sight(&mut stage, "39"));
            let mut stage = stage.show(page(look, "two"));
            assert!(in_sight(&mut stage, "0") && !in_sight(&mut stage, "39"));
        });
    }

    #[test]
    fn other_keys_do_not_move_the_page() {
        assert_eq!(movement(&Key::Named(Named::Tab), 400.0), None);
        assert_eq!(movement(&Key::Character("j".into()), 400.0), None);
    }
}
