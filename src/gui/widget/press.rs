//! What everything that can be pressed is made of: it takes the keyboard, shows a ring when the keyboard brought it there,
//! and is pressed by the mouse, by Enter or by Space. Every control is this or composes it.

use iced::advanced::widget::operation::{Focusable, Operation};
use iced::advanced::widget::{Id, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::container;
use iced::{Background, Border, Color, Event, Length, Padding, Rectangle, Size, Vector, touch, window};
use iced::{Renderer, Theme};

use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::radius;

/// The smallest height of anything that is pressed, in logical pixels.
pub const TARGET: f32 = 36.0;
/// Between a control's border and its ring, in logical pixels.
const RING_GAP: f32 = 2.0;
/// How thick the ring is, in logical pixels.
const RING_WIDTH: f32 = 2.0;

/// How it stands with a press.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It can be pressed.
    Active,
    /// The mouse is over it.
    Hovered,
    /// The mouse holds it down.
    Pressed,
    /// It cannot be pressed.
    Disabled,
}

type StyleOf<'a> = Box<dyn Fn(Status) -> container::Style + 'a>;

/// Something that can be pressed.
pub struct Press<'a, M> {
    id: Option<Id>,
    content: Element<'a, M>,
    on_press: Option<M>,
    keys: Vec<(Named, Option<M>)>,
    by_mouse: bool,
    by_keyboard: bool,
    style: StyleOf<'a>,
    padding: Padding,
    width: Length,
    ring: Color,
    ring_on: Option<usize>,
    radius: f32,
    underline: Option<Color>,
    busy: bool,
    status: Option<Status>,
}

/// Makes its content pressable. Without [`Press::on_press`] or a key it is disabled.
pub fn press<'a, M>(look: &Look<'_>, id: impl Into<Id>, content: impl Into<Element<'a, M>>) -> Press<'a, M> {
    Press { id: Some(id.into()), by_keyboard: true, ..part(look, content) }
}

/// A part of a group: the mouse presses it, but the group is the tab stop.
pub fn part<'a, M>(look: &Look<'_>, content: impl Into<Element<'a, M>>) -> Press<'a, M> {
    let content = content.into();
    Press {
        id: None,
        width: content.as_widget().size_hint().width.fluid(),
        content,
        on_press: None,
        keys: Vec::new(),
        by_mouse: true,
        by_keyboard: false,
        style: Box::new(|_| container::Style::default()),
        padding: Padding::ZERO,
        ring: look.colours.ring,
        ring_on: None,
        radius: radius::S,
        underline: None,
        busy: false,
        status: None,
    }
}

impl<'a, M> Press<'a, M> {
    /// What a press says.
    pub fn on_press(self, message: M) -> Self {
        self.on_press_maybe(Some(message))
    }

    /// What a press says; disabled without.
    pub fn on_press_maybe(mut self, message: Option<M>) -> Self {
        self.on_press = message;
        self
    }

    /// What a further key says while this has the keyboard. With `None` the key is taken and nothing happens: at the end
    /// of a list an arrow key must not scroll the page.
    pub fn on_key(mut self, key: Named, message: Option<M>) -> Self {
        self.keys.push((key, message));
        self
    }

    /// What the arrow keys say: left and up the one, right and down the other.
    pub fn on_arrow(self, previous: Option<M>, next: Option<M>) -> Self
    where
        M: Clone,
    {
        self.on_key(Named::ArrowLeft, previous.clone())
            .on_key(Named::ArrowUp, previous)
            .on_key(Named::ArrowRight, next.clone())
            .on_key(Named::ArrowDown, next)
    }

    /// The mouse presses the parts, not the whole: a group that is one tab stop.
    pub fn keyboard_only(mut self) -> Self {
        self.by_mouse = false;
        self
    }

    /// Draws the ring around this child of the content (and scrolls that into view) instead of around all of it.
    pub fn ring_on(mut self, child: usize) -> Self {
        self.ring_on = Some(child);
        self
    }

    /// How it looks.
    pub fn style(mut self, style: impl Fn(Status) -> container::Style + 'a) -> Self {
        self.style = Box::new(style);
        self
    }

    /// Space between border and content.
    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.padding = padding.into();
        self
    }

    /// How wide it is.
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// How round the ring is within.
    pub fn radius(mut self, radius: f32) -> Self {
        self.radius = radius;
        self
    }

    /// Draws a line under the content, as under a link.
    pub fn underline(mut self, colour: Color) -> Self {
        self.underline = Some(colour);
        self
    }

    /// At work on an earlier press: it keeps the keyboard and looks disabled, and further presses do nothing.
    pub fn busy(mut self, busy: bool) -> Self {
        self.busy = busy;
        self
    }

    fn enabled(&self) -> bool {
        self.on_press.is_some() || self.keys.iter().any(|(_, message)| message.is_some())
    }

    fn takes_focus(&self) -> bool {
        self.by_keyboard && self.enabled()
    }

    fn takes_mouse(&self) -> bool {
        self.by_mouse && self.on_press.is_some() && !self.busy
    }

    fn ringed(&self, layout: Layout<'_>) -> Rectangle {
        let part = self.ring_on.and_then(|child| layout.children().next()?.children().nth(child));
        part.unwrap_or(layout).bounds()
    }

    fn status(&self, pressed: bool, over: bool) -> Status {
        match (self.enabled() && !self.busy, over && self.takes_mouse()) {
            (false, _) => Status::Disabled,
            (true, false) => Status::Active,
            (true, true) if pressed => Status::Pressed,
            (true, true) => Status::Hovered,
        }
    }
}

#[derive(Default)]
struct State {
    id: Option<Id>,
    focused: bool,
    ring: bool,
    pressed: bool,
}

impl Focusable for State {
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

impl<M: Clone> Press<'_, M> {
    fn mouse_down(&self, state: &mut State, over: bool, shell: &mut Shell<'_, M>) {
        let had = (state.focused, state.ring);
        // Whoever is pressed has the keyboard, but the ring is for those who came by keyboard.
        state.focused = over && self.takes_focus();
        state.ring = false;
        if had != (state.focused, state.ring) {
            shell.request_redraw();
        }
        if over && self.takes_mouse() && !shell.is_event_captured() {
            state.pressed = true;
            shell.capture_event();
        }
    }

    fn mouse_up(&self, state: &mut State, over: bool, shell: &mut Shell<'_, M>) {
        if std::mem::take(&mut state.pressed) && !shell.is_event_captured() {
            if over && let Some(message) = &self.on_press {
                shell.publish(message.clone());
            }
            shell.capture_event();
        }
    }

    fn key_down(&self, state: &mut State, event: &keyboard::Event, shell: &mut Shell<'_, M>) {
        let keyboard::Event::KeyPressed { key: Key::Named(named), modifiers, repeat, .. } = event else { return };
        if !state.focused || !modifiers.is_empty() || shell.is_event_captured() {
            return;
        }
        let message = match (self.keys.iter().find(|(key, _)| key == named), &self.on_press) {
            (Some((_, message)), _) => message.clone(),
            // A key that is held down presses once.
            (None, Some(message)) if matches!(named, Named::Enter | Named::Space) => {
                (!repeat && !self.busy).then(|| message.clone())
            }
            _ => return,
        };
        if let Some(message) = message {
            shell.publish(message);
        }
        if !state.ring {
            state.ring = true;
            shell.request_redraw();
        }
        shell.capture_event();
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Press<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State { id: self.id.clone(), ..State::default() })
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<State>();
        // State is kept by place in the tree: what now stands there may be another control.
        if state.id != self.id {
            *state = State { id: self.id.clone(), ..State::default() };
        }
        if !self.takes_focus() {
            state.unfocus();
        }
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size { width: self.width, height: Length::Shrink }
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::padded(limits, self.width, Length::Shrink, self.padding, |limits| {
            self.content.as_widget_mut().layout(&mut tree.children[0], renderer, limits)
        })
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let focusable = self.takes_focus();
        if focusable {
            let state = tree.state.downcast_mut::<State>();
            operation.focusable(self.id.as_ref(), self.ringed(layout), state);
        }
        operation.container(self.id.as_ref().filter(|_| !focusable), layout.bounds());
        operation.traverse(&mut |operation| {
            if let Some(inner) = layout.children().next() {
                self.content.as_widget_mut().operate(&mut tree.children[0], inner, renderer, operation);
            }
        });
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
        if let Some(inner) = layout.children().next() {
            let content = self.content.as_widget_mut();
            content.update(&mut tree.children[0], event, inner, cursor, renderer, clipboard, shell, viewport);
        }
        let over = cursor.is_over(layout.bounds());
        let state = tree.state.downcast_mut::<State>();
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => self.mouse_down(state, over, shell),
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. }) => self.mouse_up(state, over, shell),
            Event::Touch(touch::Event::FingerLost { .. }) => state.pressed = false,
            Event::Keyboard(event) => self.key_down(state, event, shell),
            _ => {}
        }
        let status = self.status(state.pressed, over);
        if matches!(event, Event::Window(window::Event::RedrawRequested(_))) {
            self.status = Some(status);
        } else if self.status.is_some_and(|drawn| drawn != status) {
            shell.request_redraw();
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
        let own = (self.style)(self.status.unwrap_or_else(|| self.status(false, false)));
        if own.background.is_some() || own.border.width > 0.0 {
            let quad =
                renderer::Quad { bounds: layout.bounds(), border: own.border, shadow: own.shadow, snap: own.snap };
            renderer.fill_quad(quad, own.background.unwrap_or(Background::Color(Color::TRANSPARENT)));
        }
        if let Some(inner) = layout.children().next() {
            let style = renderer::Style { text_color: own.text_color.unwrap_or(style.text_color) };
            self.content.as_widget().draw(&tree.children[0], renderer, theme, &style, inner, cursor, viewport);
        }
        if let (Some(colour), Some(inner)) = (self.underline, layout.children().next()) {
            let Rectangle { x, y, width, height } = inner.bounds();
            let line = Rectangle { x, y: y + height - 1.0, width, height: 1.0 };
            renderer.fill_quad(renderer::Quad { bounds: line, ..renderer::Quad::default() }, colour);
        }
        let state = tree.state.downcast_ref::<State>();
        if state.focused && state.ring {
            draw_ring(renderer, self.ringed(layout), self.ring, self.radius);
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
            self.content.as_widget().mouse_interaction(&tree.children[0], inner, cursor, viewport, renderer)
        });
        match within {
            Some(interaction) if interaction != mouse::Interaction::None => interaction,
            _ if cursor.is_over(layout.bounds()) && self.takes_mouse() => mouse::Interaction::Pointer,
            _ => mouse::Interaction::None,
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
        self.content.as_widget_mut().overlay(&mut tree.children[0], inner, renderer, viewport, translation)
    }
}

/// Whether the press with this state has the keyboard.
pub(super) fn has_keyboard(tree: &Tree) -> bool {
    tree.tag == tree::Tag::of::<State>() && tree.state.downcast_ref::<State>().focused
}

/// Draws the ring around what has the keyboard.
pub fn draw_ring(renderer: &mut Renderer, around: Rectangle, colour: Color, radius: f32) {
    let out = RING_GAP + RING_WIDTH;
    let border = Border { color: colour, width: RING_WIDTH, radius: (radius + out).into() };
    let quad = renderer::Quad { bounds: around.expand(out), border, ..renderer::Quad::default() };
    renderer.fill_quad(quad, Background::Color(Color::TRANSPARENT));
}

impl<'a, M: Clone + 'a> From<Press<'a, M>> for Element<'a, M> {
    fn from(press: Press<'a, M>) -> Self {
        Element::new(press)
    }
}

#[cfg(test)]
mod tests;
