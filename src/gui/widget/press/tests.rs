//! Pressing by mouse and by keyboard, the ring, and who is left out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iced::keyboard::{Modifiers, key::Named};
use iced::widget::{column, text};
use iced_test::selector;

use super::*;
use crate::gui::widget::button::{Kind, button, icon_button, link};
use crate::gui::widget::focus;
use crate::gui::widget::icon::Icon;
use crate::gui::widget::stage::Stage;
use crate::gui::widget::tests::with_look;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Said {
    Go,
    Stop,
    Left,
    Right,
}

fn two<'a>(look: &Look<'a>, go: Option<Said>) -> Element<'a, Said> {
    column![
        button(look, "go", "Go").kind(Kind::Primary).on_press_maybe(go),
        button(look, "stop", "Stop").on_press(Said::Stop),
    ]
    .spacing(20)
    .padding(20)
    .into()
}

#[test]
fn the_mouse_presses_when_it_lets_go_over_it() {
    with_look(|look| {
        let mut stage = Stage::new(two(look, Some(Said::Go)));
        stage.click("Go");
        assert_eq!(stage.said(), [Said::Go]);
        let left = mouse::Button::Left;
        stage.events(&[Event::Mouse(mouse::Event::ButtonPressed(left))]);
        stage.point_at(iced::Point::new(800.0, 600.0));
        stage.events(&[Event::Mouse(mouse::Event::ButtonReleased(left))]);
        assert_eq!(stage.said(), []);
    });
}

#[test]
fn enter_and_space_press_what_has_the_keyboard_once() {
    with_look(|look| {
        let mut stage = Stage::new(two(look, Some(Said::Go)));
        assert!(!stage.tap(Named::Enter), "nobody has the keyboard yet");
        stage.run(focus::to("stop"));
        assert!(stage.tap(Named::Enter));
        assert!(stage.tap(Named::Space));
        assert_eq!(stage.said(), [Said::Stop, Said::Stop]);
        assert!(stage.hold(Named::Enter), "a key that is held down is taken");
        assert!(!stage.tap_with(Named::Enter, Modifiers::CTRL), "a shortcut is not for the button");
        assert!(!stage.tap(Named::Escape));
        assert_eq!(stage.said(), []);
    });
}

#[test]
fn a_disabled_one_is_out_of_reach() {
    with_look(|look| {
        let mut stage = Stage::new(two(look, None));
        stage.click("Go");
        assert_eq!(stage.said(), []);
        stage.run(focus::first());
        assert!(stage.has_keyboard("stop"));
    });
}

#[test]
fn one_that_becomes_disabled_lets_the_keyboard_go() {
    with_look(|look| {
        let mut stage = Stage::new(two(look, Some(Said::Go)));
        stage.run(focus::to("go"));
        let mut stage = stage.show(two(look, None));
        assert_eq!(stage.focused(), None);
        let mut stage = stage.show(two(look, Some(Said::Go)));
        assert_eq!(stage.focused(), None, "and does not take it back");
    });
}

#[test]
fn a_busy_one_keeps_the_keyboard_and_swallows_presses() {
    with_look(|look| {
        let view = |busy| -> Element<'_, Said> { button(look, "go", "Go").on_press(Said::Go).busy(busy).into() };
        let mut stage = Stage::new(view(false));
        stage.run(focus::to("go"));
        let mut stage = stage.show(view(true));
        assert!(stage.tap(Named::Enter));
        stage.click("Go");
        assert_eq!(stage.said(), []);
        assert!(stage.has_keyboard("go"));
    });
}

#[test]
fn another_control_in_the_same_place_does_not_inherit_the_keyboard() {
    with_look(|look| {
        let mut stage = Stage::new(button(look, "go", "Go").on_press(Said::Go));
        stage.run(focus::to("go"));
        let mut stage = stage.show(button(look, "stop", "Stop").on_press(Said::Stop));
        assert_eq!(stage.focused(), None);
    });
}

/// Whether the ring's colour is seen outside the button's border.
fn ring_is_seen(stage: &mut Stage<'_, Said>, look: &Look<'_>, id: &'static str) -> bool {
    let bounds = stage.find(selector::id(id)).unwrap().bounds();
    let [red, green, blue, _] = look.colours.ring.into_rgba8();
    let (x, y) = (bounds.center_x() as usize, bounds.y as usize - 4);
    let pixels = stage.pixels();
    (0..2).all(|row| {
        let at = ((y + row) * 900 + x) * 4;
        pixels[at..at + 3] == [red, green, blue] || pixels[at..at + 3] == [blue, green, red]
    })
}

#[test]
fn the_ring_is_for_those_who_came_by_keyboard() {
    with_look(|look| {
        let mut stage = Stage::new(two(look, Some(Said::Go)));
        assert!(!ring_is_seen(&mut stage, look, "stop"));
        stage.click("Stop");
        assert!(stage.has_keyboard("stop"));
        assert!(!ring_is_seen(&mut stage, look, "stop"), "the mouse brought it here");
        stage.run(focus::next());
        assert!(ring_is_seen(&mut stage, look, "go"));
        stage.run(focus::next());
        assert!(ring_is_seen(&mut stage, look, "stop"));
        assert!(!ring_is_seen(&mut stage, look, "go"));
        stage.point_at(iced::Point::new(800.0, 600.0));
        stage.events(&[Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))]);
        assert!(stage.wants_frame(), "the ring goes at once");
        assert_eq!(stage.focused(), None);
        assert!(!ring_is_seen(&mut stage, look, "stop"));
    });
}

#[test]
fn hovering_asks_for_one_frame_and_resting_for_none() {
    with_look(|look| {
        let mut stage = Stage::new(two(look, Some(Said::Go)));
        assert!(!stage.wants_frame());
        stage.point("Go");
        assert!(stage.wants_frame());
        stage.frame();
        assert!(!stage.wants_frame());
        stage.run(focus::next());
        assert!(!stage.wants_frame(), "a ring costs nothing while it rests");
    });
}

#[test]
fn keys_of_its_own_are_taken_even_when_they_do_nothing() {
    with_look(|look| {
        let content = press(look, "go", text("Go")).on_arrow(None, Some(Said::Right));
        let mut stage = Stage::new(content.on_key(Named::Home, Some(Said::Left)));
        stage.run(focus::first());
        assert!(stage.tap(Named::ArrowLeft));
        assert_eq!(stage.said(), []);
        stage.tap(Named::ArrowDown);
        stage.tap(Named::Home);
        assert_eq!(stage.said(), [Said::Right, Said::Left]);
        assert!(!stage.tap(Named::Enter), "it has nothing to press");
    });
}

#[test]
fn everything_pressed_is_large_enough() {
    with_look(|look| {
        let all = column![
            button(look, "a", "Go").on_press(Said::Go),
            link(look, "b", "Go there", Said::Go),
            icon_button(look, "c", Icon::Copy, "Copy", Said::Go),
            button(look, "d", "Go").kind(Kind::Quiet).icon(Icon::Play).on_press(Said::Go),
        ];
        let mut stage = Stage::new(all);
        for id in ["a", "b", "c", "d"] {
            let bounds = stage.find(selector::id(id)).unwrap().bounds();
            assert!(bounds.height >= TARGET && bounds.height.fract() == 0.0, "{id}: {bounds:?}");
            stage.click(selector::id(id));
        }
        assert_eq!(stage.said().len(), 4);
    });
}
