//! What lies under a dialog: seen, but out of reach of keyboard and mouse. And two lesser guards for fields: a password
//! that nothing can read out of the widget tree, and keys that reach the page.

use std::any::Any;

use iced::advanced::widget::operation::{Focusable, Operation, Scrollable, TextInput};
use iced::advanced::widget::{Id, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Event, Length, Rectangle, Renderer, Size, Theme, Vector};

use crate::gui::Element;

/// Shows an element that neither keyboard nor mouse reach.
pub fn inert<'a, M: 'a>(content: impl Into<Element<'a, M>>) -> Element<'a, M> {
    inert_if(content, true)
}

/// [`inert`] or not, with the element keeping its state (scroll offsets, what has the keyboard) from one to the other.
pub fn inert_if<'a, M: 'a>(content: impl Into<Element<'a, M>>, inert: bool) -> Element<'a, M> {
    Element::new(Guard { content: content.into(), inert, secret: false, page_keys: true })
}

/// Around an input: Escape and access letters go past it to the page or dialog, and with `secret` its text cannot be asked for.
pub(super) fn input<'a, M: 'a>(content: impl Into<Element<'a, M>>, inert: bool, secret: bool) -> Element<'a, M> {
    Element::new(Guard { content: content.into(), inert, secret, page_keys: false })
}

struct Guard<'a, M> {
    content: Element<'a, M>,
    inert: bool,
    /// Nothing can read the text out.
    secret: bool,
    /// It gets the keys that are for the page, too.
    page_keys: bool,
}

/// Passes on what a guard lets through.
struct Sieve<'a> {
    to: &'a mut dyn Operation,
    focusable: bool,
    text: bool,
}

impl Operation for Sieve<'_> {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation)) {
        let (focusable, text) = (self.focusable, self.text);
        self.to.traverse(&mut |to| operate(&mut Sieve { to, focusable, text }));
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        self.to.container(id, bounds);
    }

    fn scrollable(
        &mut self,
        id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        self.to.scrollable(id, bounds, content, translation, state);
    }

    fn focusable(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if self.focusable {
            self.to.focusable(id, bounds, state);
        }
    }

    fn text_input(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn TextInput) {
        if self.text {
            self.to.text_input(id, bounds, state);
        }
    }

    fn text(&mut self, id: Option<&Id>, bounds: Rectangle, text: &str) {
        self.to.text(id, bounds, text);
    }

    fn custom(&mut self, id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        self.to.custom(id, bounds, state);
    }
}

/// Escape, and letters with Alt, mean something to the page even while somebody types into a field. On macOS the Option
/// key types letters of its own.
fn is_for_the_page(event: &Event) -> bool {
    let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event else { return false };
    let access = *modifiers == Modifiers::ALT && matches!(key, Key::Character(_)) && !cfg!(target_os = "macos");
    access || *key == Key::Named(Named::Escape)
}

impl<M> Widget<M, Theme, Renderer> for Guard<'_, M> {
    fn tag(&self) -> tree::Tag {
        self.content.as_widget().tag()
    }

    fn state(&self) -> tree::State {
        self.content.as_widget().state()
    }

    fn children(&self) -> Vec<Tree> {
        self.content.as_widget().children()
    }

    fn diff(&self, tree: &mut Tree) {
        self.content.as_widget().diff(tree);
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.content.as_widget_mut().layout(tree, renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let mut sieve = Sieve { to: operation, focusable: !self.inert, text: !self.secret };
        self.content.as_widget_mut().operate(tree, layout, renderer, &mut sieve);
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
        let content = self.content.as_widget_mut();
        if !self.inert {
            if self.page_keys || !is_for_the_page(event) {
                content.update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
            }
            return;
        }
        if !matches!(event, Event::Window(_)) {
            return;
        }
        // The windows' events settle how things look. What they ask for (a blinking cursor, an input method) is not for
        // something out of reach, so only messages and a stale layout are handed on.
        let mut messages = Vec::new();
        let mut own = Shell::new(&mut messages);
        let nowhere = mouse::Cursor::Unavailable;
        content.update(tree, event, layout, nowhere, renderer, clipboard, &mut own, viewport);
        if own.is_layout_invalid() {
            shell.invalidate_layout();
        }
        if own.are_widgets_invalid() {
            shell.invalidate_widgets();
        }
        for message in messages {
            shell.publish(message);
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
        let cursor = if self.inert { mouse::Cursor::Unavailable } else { cursor };
        self.content.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        if self.inert {
            return mouse::Interaction::None;
        }
        self.content.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        if self.inert {
            return None;
        }
        self.content.as_widget_mut().overlay(tree, layout, renderer, viewport, translation)
    }
}
