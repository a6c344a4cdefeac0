//! The rows as one tab stop: keys move the cursor, the mouse points, the ring shows where the keyboard is.

use std::rc::Rc;

use iced::advanced::widget::operation::scrollable::{AbsoluteOffset, scroll_to};
use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::widget::{Id, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::{Border, Color, Length, Point, Rectangle, Renderer, Size, Theme, Vector, touch};

use super::bar::{self, Bar};
use super::view::BOX;
use super::{Event, Message, Motion, ROW, State};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{Colours, radius};

/// The scroller with the rows in it.
pub(super) struct Rows<'a, M> {
    id: Id,
    scroller_id: Id,
    colours: Colours,
    offset: f32,
    cursor: Option<usize>,
    count: usize,
    boxes: bool,
    on: Rc<dyn Fn(Event) -> M + 'a>,
    scroller: Element<'a, M>,
}

impl<'a, M> Rows<'a, M> {
    pub(super) fn new(
        look: &Look<'_>,
        state: &State,
        count: usize,
        boxes: bool,
        on: Rc<dyn Fn(Event) -> M + 'a>,
        scroller: Element<'a, M>,
    ) -> Self {
        let (id, scroller_id, cursor) = (Id::new(state.id), state.scroller(), state.cursor(count));
        Rows { id, scroller_id, colours: look.colours, offset: state.offset, cursor, count, boxes, on, scroller }
    }

    /// The row at a height within the view.
    fn row_at(&self, y: f32) -> Option<usize> {
        let row = (y + self.offset) / ROW;
        (row >= 0.0 && (row as usize) < self.count).then_some(row as usize)
    }

    /// The row under the mouse, and whether it is over the row's box.
    fn under(&self, cursor: mouse::Cursor, bounds: Rectangle) -> Option<(usize, bool)> {
        let at = cursor.position_in(bounds)?;
        if Bar::new(bounds, self.count).is_some() && at.x > bounds.width - bar::REACH {
            return None;
        }
        Some((self.row_at(at.y)?, self.boxes && at.x < BOX))
    }

    /// Where a row is drawn.
    fn place(&self, row: usize, bounds: Rectangle) -> Rectangle {
        Rectangle { y: bounds.y + row as f32 * ROW - self.offset, height: ROW - 1.0, ..bounds }
    }

    fn key(&self, named: Named, repeat: bool) -> Option<Event> {
        let go = |motion| Some(Event::Internal(Message::Go(motion)));
        match named {
            Named::ArrowUp => go(Motion::Up),
            Named::ArrowDown => go(Motion::Down),
            Named::PageUp => go(Motion::PageUp),
            Named::PageDown => go(Motion::PageDown),
            Named::Home => go(Motion::Home),
            Named::End => go(Motion::End),
            // A key that is held down presses once.
            Named::Space if self.boxes && !repeat => self.cursor.map(Event::Toggle),
            Named::Enter | Named::Space if !repeat => self.cursor.map(Event::Activate),
            _ => None,
        }
    }
}

#[derive(Default)]
struct Attention {
    id: Option<Id>,
    focused: bool,
    ring: bool,
    held: Option<(usize, bool)>,
    /// How far below its upper end the bar's handle is held.
    grabbed: Option<f32>,
    hovered: Option<usize>,
}

impl Focusable for Attention {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        self.focused = true;
        self.ring = true;
    }

    fn unfocus(&mut self) {
        self.focused = false;
        self.ring = false;
    }
}

impl<M> Rows<'_, M> {
    /// Whether the event was for the bar; then where the rows go.
    fn dragged(
        &self,
        state: &mut Attention,
        event: &iced::Event,
        at: Option<Point>,
        bounds: Rectangle,
    ) -> Option<f32> {
        let (bar, at) = (Bar::new(bounds, self.count)?, at?);
        match event {
            iced::Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                if bounds.contains(at) && at.x > bounds.x + bounds.width - bar::REACH =>
            {
                state.grabbed = Some(bar.grab(at.y, self.offset));
            }
            iced::Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => state.grabbed = None,
            _ => {}
        }
        let moves =
            matches!(event, iced::Event::Mouse(mouse::Event::ButtonPressed(_) | mouse::Event::CursorMoved { .. }));
        state.grabbed.filter(|_| moves).map(|grabbed| bar.offset(at.y, grabbed))
    }

    fn pressed(&self, state: &mut Attention, under: Option<(usize, bool)>, inside: bool, shell: &mut Shell<'_, M>) {
        if (state.focused, state.ring) != (inside, false) {
            shell.request_redraw();
        }
        (state.focused, state.ring) = (inside, false);
        if !shell.is_event_captured() && under.is_some() {
            state.held = under;
            shell.capture_event();
        }
    }

    fn released(&self, state: &mut Attention, under: Option<(usize, bool)>, shell: &mut Shell<'_, M>) {
        let held = state.held.take();
        let (Some((row, boxed)), true) = (held, held == under) else { return };
        shell.publish((self.on)(Event::Internal(Message::Point(row))));
        shell.publish((self.on)(if boxed { Event::Toggle(row) } else { Event::Activate(row) }));
        shell.capture_event();
    }

    fn typed(&self, state: &mut Attention, event: &keyboard::Event, shell: &mut Shell<'_, M>) {
        let keyboard::Event::KeyPressed { key: Key::Named(named), modifiers, repeat, .. } = event else { return };
        if !state.focused || !modifiers.is_empty() || shell.is_event_captured() {
            return;
        }
        if let Some(event) = self.key(*named, *repeat) {
            state.ring = true;
            shell.publish((self.on)(event));
            shell.capture_event();
        }
    }
}

impl<M> Widget<M, Theme, Renderer> for Rows<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Attention>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Attention { id: Some(self.id.clone()), ..Attention::default() })
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.scroller)]
    }

    fn diff(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<Attention>();
        // State is kept by place in the tree: what now stands there may be another table.
        if state.id.as_ref() != Some(&self.id) {
            *state = Attention { id: Some(self.id.clone()), ..Attention::default() };
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
        let state = tree.state.downcast_mut::<Attention>();
        operation.focusable(Some(&self.id), layout.bounds(), state);
        let Some(inner) = layout.children().next() else { return };
        self.scroller.as_widget_mut().operate(&mut tree.children[0], inner, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &iced::Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let Some(inner) = layout.children().next() else { return };
        let child = &mut tree.children[0];
        self.scroller.as_widget_mut().update(child, event, inner, cursor, renderer, clipboard, shell, viewport);
        let state = tree.state.downcast_mut::<Attention>();
        let bounds = layout.bounds();
        if let Some(offset) = self.dragged(state, event, cursor.land().position(), bounds) {
            let to = AbsoluteOffset { x: None, y: Some(offset) };
            let mut operation = scroll_to::<()>(self.scroller_id.clone(), to);
            self.scroller.as_widget_mut().operate(child, inner, renderer, &mut operation);
            // Told at once: the next frame shall have the rows that are in sight then.
            let seen = Message::Seen { offset, height: bounds.height };
            shell.publish((self.on)(Event::Internal(seen)));
            shell.capture_event();
            return;
        }
        let under = self.under(cursor, bounds);
        match event {
            iced::Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | iced::Event::Touch(touch::Event::FingerPressed { .. }) => {
                self.pressed(state, under, cursor.is_over(layout.bounds()), shell);
            }
            iced::Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | iced::Event::Touch(touch::Event::FingerLifted { .. }) => self.released(state, under, shell),
            iced::Event::Touch(touch::Event::FingerLost { .. }) => state.held = None,
            iced::Event::Keyboard(event) => self.typed(state, event, shell),
            _ => {}
        }
        let hovered = under.map(|(row, _)| row);
        if state.hovered != hovered {
            state.hovered = hovered;
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
        let within = layout.children().next().map(|inner| {
            self.scroller.as_widget().mouse_interaction(&tree.children[0], inner, cursor, viewport, renderer)
        });
        match within {
            Some(interaction) if interaction != mouse::Interaction::None => interaction,
            _ if self.under(cursor, layout.bounds()).is_some() => mouse::Interaction::Pointer,
            _ => mouse::Interaction::None,
        }
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
        let bounds = layout.bounds();
        let Some(seen) = bounds.intersection(viewport) else { return };
        let state = tree.state.downcast_ref::<Attention>();
        if let Some(row) = state.hovered
            && let Some(place) = self.place(row, bounds).intersection(&seen)
        {
            renderer.fill_quad(renderer::Quad { bounds: place, ..renderer::Quad::default() }, self.colours.hover);
        }
        self.scroller.as_widget().draw(&tree.children[0], renderer, theme, style, inner, cursor, viewport);
        if let Some(bar) = Bar::new(bounds, self.count) {
            let near = cursor.position_in(bounds).is_some_and(|at| at.x > bounds.width - bar::REACH);
            let ink = if near || state.grabbed.is_some() { self.colours.muted } else { self.colours.outline };
            let border = Border::default().rounded(3.0);
            let handle = renderer::Quad { bounds: bar.handle(self.offset), border, ..Default::default() };
            renderer.with_layer(seen, |renderer| renderer.fill_quad(handle, ink));
        }
        if let (true, Some(row)) = (state.focused && state.ring, self.cursor) {
            let border = Border::default().rounded(radius::S).width(2.0).color(self.colours.ring);
            let around = renderer::Quad { bounds: self.place(row, bounds).shrink(1.0), border, ..Default::default() };
            renderer.with_layer(seen, |renderer| renderer.fill_quad(around, Color::TRANSPARENT));
        }
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

impl<'a, M: 'a> From<Rows<'a, M>> for Element<'a, M> {
    fn from(rows: Rows<'a, M>) -> Element<'a, M> {
        Element::new(rows)
    }
}
