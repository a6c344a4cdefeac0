//! Counting up and down, and stopping at the ends.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::gui::widget::focus;
use crate::gui::widget::stage::Stage;
use crate::gui::widget::tests::with_look;

fn workers<'a>(look: &Look<'a>, value: u32) -> Element<'a, u32> {
    stepper(look, "workers", "Mailboxes at a time", value, 1..=10, |value| value).hint("More is not faster").into()
}

#[test]
fn the_arrow_keys_count_and_home_and_end_go_to_the_ends() {
    with_look(|look| {
        let mut stage = Stage::new(workers(look, 4));
        stage.run(focus::first());
        for (key, to) in [
            (Named::ArrowUp, 5),
            (Named::ArrowRight, 5),
            (Named::ArrowDown, 3),
            (Named::ArrowLeft, 3),
            (Named::Home, 1),
            (Named::End, 10),
        ] {
            assert!(stage.tap(key));
            assert_eq!(stage.said(), [to], "{key:?}");
        }
        assert!(!stage.tap(Named::Enter));
    });
}

#[test]
fn at_an_end_its_key_is_taken_and_changes_nothing() {
    with_look(|look| {
        let mut stage = Stage::new(workers(look, 10));
        stage.run(focus::first());
        assert!(stage.tap(Named::ArrowUp) && stage.tap(Named::End));
        assert!(stage.said().is_empty());
        let mut stage = stage.show(workers(look, 1));
        assert!(stage.has_keyboard("workers"), "the keyboard stays");
        assert!(stage.tap(Named::ArrowDown));
        assert!(stage.said().is_empty());
        stage.tap(Named::ArrowUp);
        assert_eq!(stage.said(), [2]);
    });
}

#[test]
fn the_signs_take_the_mouse_and_are_large_enough() {
    with_look(|look| {
        let mut stage = Stage::new(workers(look, 4));
        let bounds = stage.find(iced_test::selector::id("workers")).unwrap().bounds();
        assert!(bounds.height >= TARGET);
        for (x, to) in [(bounds.x + 18.0, 3), (bounds.x + bounds.width - 18.0, 5)] {
            stage.point_at(iced::Point::new(x, bounds.center_y()));
            stage.press_here();
            assert_eq!(stage.said(), [to]);
        }
        assert!(stage.shows("Mailboxes at a time") && stage.shows("More is not faster") && stage.shows("4"));
    });
}
