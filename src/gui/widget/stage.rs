//! A stage for tests of pages and controls: shows an element without a screen, presses and types, carries out tasks that
//! move the keyboard, and keeps the controls' state when the page is shown anew, as the real window does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::sync::Once;

use iced::advanced::graphics::text::font_system;
use iced::advanced::widget::Id;
use iced::advanced::widget::operation::{Outcome, black_box};
use iced::advanced::{clipboard, mouse, renderer};
use iced::keyboard::{self, Key, Location, Modifiers, key};
use iced::{Color, Event, Point, Renderer, Size, Task, Theme, window};
use iced_test::core::renderer::Headless;
use iced_test::futures::futures::{StreamExt, executor::block_on};
use iced_test::runtime::{Action, UserInterface, task, user_interface};
use iced_test::selector::{Bounded, Selector, Target};

use crate::gui::Element;
use crate::gui::widget::font;

/// A page on show.
pub struct Stage<'a, M> {
    ui: UserInterface<'a, M, Theme, Renderer>,
    renderer: Renderer,
    size: Size,
    cursor: mouse::Cursor,
    said: Vec<M>,
    /// Something asked to be drawn again at once, or at a time.
    redraw: window::RedrawRequest,
}

impl<'a, M: 'static> Stage<'a, M> {
    /// Shows a page in a window of 900 by 640.
    pub fn new(page: impl Into<Element<'a, M>>) -> Stage<'a, M> {
        Stage::with_size(page, 900.0, 640.0)
    }

    pub fn with_size(page: impl Into<Element<'a, M>>, width: f32, height: f32) -> Stage<'a, M> {
        static FONTS: Once = Once::new();
        FONTS.call_once(|| {
            let mut system = font_system().write().unwrap();
            font::bytes().into_iter().for_each(|font| system.load_font(font));
        });
        let mut renderer = block_on(<Renderer as Headless>::new(font::REGULAR, 15.0.into(), None)).unwrap();
        let size = Size::new(width, height);
        let ui = UserInterface::build(page, size, user_interface::Cache::default(), &mut renderer);
        let redraw = window::RedrawRequest::Wait;
        let mut stage = Stage { ui, renderer, size, cursor: mouse::Cursor::Unavailable, said: Vec::new(), redraw };
        stage.frame();
        stage
    }

    /// Shows what the page has become; the controls keep their state.
    pub fn show<'b>(self, page: impl Into<Element<'b, M>>) -> Stage<'b, M> {
        let Stage { ui, mut renderer, size, cursor, said, redraw } = self;
        let ui = UserInterface::build(page, size, ui.into_cache(), &mut renderer);
        let mut stage = Stage { ui, renderer, size, cursor, said, redraw };
        stage.frame();
        stage
    }

    /// What was said since the last time.
    pub fn said(&mut self) -> Vec<M> {
        std::mem::take(&mut self.said)
    }

    /// Whether something asks to be drawn again since the last frame.
    pub fn wants_frame(&self) -> bool {
        self.redraw != window::RedrawRequest::Wait
    }

    /// Draws a frame.
    pub fn frame(&mut self) {
        self.events(&[Event::Window(window::Event::RedrawRequested(iced::time::Instant::now()))]);
        let style = renderer::Style { text_color: Color::BLACK };
        self.ui.draw(&mut self.renderer, &Theme::Light, &style, self.cursor);
    }

    /// The pixels (RGBA) of the page as it stands.
    pub fn pixels(&mut self) -> Vec<u8> {
        self.frame();
        let size = Size::new(self.size.width as u32, self.size.height as u32);
        self.renderer.screenshot(size, 1.0, Color::WHITE)
    }

    /// Whether the event was taken by a control.
    pub fn events(&mut self, events: &[Event]) -> bool {
        let (state, statuses) =
            self.ui.update(events, self.cursor, &mut self.renderer, &mut clipboard::Null, &mut self.said);
        if let user_interface::State::Updated { redraw_request, .. } = state {
            self.redraw = redraw_request;
        }
        statuses.contains(&iced::event::Status::Captured)
    }

    pub fn find<S>(&mut self, selector: S) -> Option<S::Output>
    where
        S: Selector + Send,
        S::Output: Clone + Send,
    {
        use iced::advanced::widget::Operation as _;
        let mut operation = selector.find();
        self.ui.operate(&self.renderer, &mut black_box(&mut operation));
        match operation.finish() {
            Outcome::Some(found) => found,
            _ => None,
        }
    }

    /// Whether a text reads exactly so.
    pub fn shows(&mut self, text: &str) -> bool {
        self.find(text.to_owned()).is_some()
    }

    /// Moves the mouse to the middle of something that is seen.
    pub fn point<S>(&mut self, selector: S)
    where
        S: Selector + Send,
        S::Output: Bounded + Clone + Send,
    {
        let found = self.find(selector).expect("it is on the page");
        let at = found.visible_bounds().expect("it can be seen").center();
        self.point_at(at);
    }

    pub fn point_at(&mut self, position: Point) {
        self.cursor = mouse::Cursor::Available(position);
        self.events(&[Event::Mouse(mouse::Event::CursorMoved { position })]);
    }

    /// Clicks the middle of something that is seen.
    pub fn click<S>(&mut self, selector: S)
    where
        S: Selector + Send,
        S::Output: Bounded + Clone + Send,
    {
        self.point(selector);
        self.press_here();
    }

    /// Presses and releases the left button where the mouse is.
    pub fn press_here(&mut self) {
        let button = mouse::Button::Left;
        self.events(&[
            Event::Mouse(mouse::Event::ButtonPressed(button)),
            Event::Mouse(mouse::Event::ButtonReleased(button)),
        ]);
    }

    /// Presses and releases a key; whether a control took it.
    pub fn tap(&mut self, named: key::Named) -> bool {
        self.tap_with(named, Modifiers::empty())
    }

    pub fn tap_with(&mut self, named: key::Named, modifiers: Modifiers) -> bool {
        self.key(Key::Named(named), modifiers, None, false)
    }

    /// A key that is held down repeats.
    pub fn hold(&mut self, named: key::Named) -> bool {
        self.key(Key::Named(named), Modifiers::empty(), None, true)
    }

    /// Types letters.
    pub fn type_in(&mut self, text: &str) {
        for letter in text.chars() {
            let letter = letter.to_string();
            self.key(Key::Character(letter.as_str().into()), Modifiers::empty(), Some(&letter), false);
        }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers, text: Option<&str>, repeat: bool) -> bool {
        let physical_key = key::Physical::Unidentified(key::NativeCode::Unidentified);
        let event = keyboard::Event::KeyPressed {
            key: key.clone(),
            modified_key: key,
            physical_key,
            location: Location::Standard,
            modifiers,
            text: text.map(Into::into),
            repeat,
        };
        self.events(&[Event::Keyboard(event)])
    }

    /// Carries out a task as far as it moves the keyboard, scrolls or says something.
    pub fn run(&mut self, task: Task<M>) {
        let Some(mut actions) = task::into_stream(task) else { return };
        while let Some(action) = block_on(actions.next()) {
            match action {
                Action::Output(message) => self.said.push(message),
                Action::Widget(operation) => {
                    let mut current = Some(operation);
                    while let Some(mut operation) = current.take() {
                        self.ui.operate(&self.renderer, operation.as_mut());
                        if let Outcome::Chain(next) = operation.finish() {
                            current = Some(next);
                        }
                    }
                }
                _ => panic!("the stage carries out widget operations only"),
            }
        }
        self.frame();
    }

    /// What has the keyboard.
    pub fn focused(&mut self) -> Option<Id> {
        match self.find(iced_test::selector::is_focused())? {
            Target::Focusable { id, .. } => id,
            _ => None,
        }
    }

    /// Whether that one has the keyboard.
    pub fn has_keyboard(&mut self, id: &'static str) -> bool {
        self.focused() == Some(Id::new(id))
    }
}
