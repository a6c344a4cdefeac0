//! The order of the keyboard, round at the ends, and scrolling to it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iced::keyboard::key::Named;
use iced::widget::{Column, column, scrollable, text};
use iced_test::selector;

use super::*;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::widget::button::button;
use crate::gui::widget::field::field;
use crate::gui::widget::stage::Stage;
use crate::gui::widget::tests::with_look;

#[derive(Debug, Clone, PartialEq)]
enum Said {
    Typed(String),
    Go(usize),
}

fn form<'a>(look: &Look<'a>) -> Element<'a, Said> {
    column![
        field(look, "name", "Name", "").on_input(Said::Typed),
        button(look, "off", "Off"),
        button(look, "go", "Go").on_press(Said::Go(0)),
        field(look, "password", "Password", "").on_input(Said::Typed).disabled(true),
        field(look, "domain", "Domain", "").on_input(Said::Typed),
    ]
    .into()
}

#[test]
fn fields_and_buttons_are_one_order_round_at_the_ends() {
    with_look(|look| {
        let mut stage = Stage::new(form(look));
        for id in ["name", "go", "domain", "name", "go"] {
            stage.run(next());
            assert!(stage.has_keyboard(id), "{id}, not {:?}", stage.focused());
        }
        for id in ["name", "domain", "go"] {
            stage.run(previous());
            assert!(stage.has_keyboard(id), "{id}, not {:?}", stage.focused());
        }
        stage.run(to("domain"));
        stage.type_in("a");
        assert_eq!(stage.said(), [Said::Typed("a".into())]);
        stage.run(to("nowhere"));
        assert!(stage.has_keyboard("domain"));
        stage.run(first());
        assert!(stage.has_keyboard("name"));
    });
}

#[test]
fn back_from_nowhere_is_the_last() {
    with_look(|look| {
        let mut stage = Stage::new(form(look));
        stage.run(previous());
        assert!(stage.has_keyboard("domain"));
    });
}

#[test]
fn a_page_without_anything_to_press_stays_as_it_is() {
    let mut stage: Stage<'_, Said> = Stage::new(text("Nothing"));
    stage.run(next());
    stage.run(previous());
    assert_eq!(stage.focused(), None);
}

/// Buttons 0 to 39 in an inner scroll area of 10 to 39, within an outer one.
fn long<'a>(look: &Look<'a>) -> Element<'a, Said> {
    let some = |range: std::ops::Range<usize>| {
        let all = range.map(|at| button(look, format!("b{at}"), format!("B{at}")).on_press(Said::Go(at)).into());
        Column::with_children(all)
    };
    let inner = scrollable(some(10..40)).height(300);
    scrollable(column![some(0..10), inner, some(40..50)]).height(400).into()
}

#[test]
fn what_gets_the_keyboard_is_scrolled_into_view_in_every_area_around_it() {
    with_look(|look| {
        let mut stage = Stage::new(long(look));
        for at in [39, 12, 49, 0, 25] {
            stage.run(to(format!("b{at}")));
            let found = stage.find(selector::id(format!("b{at}"))).unwrap();
            let seen = found.visible_bounds().expect("it is in view");
            assert_eq!(seen.size(), found.bounds().size(), "all of {at}");
            assert!(seen.y >= 0.0 && seen.y + seen.height <= 400.0, "{at}: {seen:?}");
            assert!(stage.tap(Named::Enter));
            assert_eq!(stage.said(), [Said::Go(at)]);
        }
        stage.run(previous());
        assert!(stage.find("B24").is_some());
    });
}

#[test]
fn what_is_in_view_already_does_not_scroll() {
    with_look(|look| {
        let mut stage = Stage::new(long(look));
        stage.run(to("b2"));
        let before = stage.find("B0").unwrap().visible_bounds();
        stage.run(next());
        assert_eq!(stage.find("B0").unwrap().visible_bounds(), before);
        assert!(before.is_some());
    });
}

#[test]
fn a_view_moves_no_further_than_it_must_and_never_past_its_ends() {
    assert_eq!(shift((50.0, 36.0), (0.0, 400.0), (0.0, 1000.0)), 0.0);
    assert_eq!(shift((500.0, 36.0), (0.0, 400.0), (0.0, 1000.0)), 500.0 + 36.0 + ROOM - 400.0);
    assert_eq!(shift((500.0, 36.0), (600.0, 400.0), (0.0, 1000.0)), 500.0 - ROOM - 600.0);
    assert_eq!(shift((0.0, 36.0), (600.0, 400.0), (0.0, 1000.0)), -600.0);
    assert_eq!(shift((964.0, 36.0), (0.0, 400.0), (0.0, 1000.0)), 600.0);
    assert_eq!(shift((100.0, 500.0), (0.0, 400.0), (0.0, 1000.0)), 100.0, "its start");
    assert_eq!(shift((500.0, 36.0), (0.0, 60.0), (0.0, 1000.0)), 500.0 - 12.0, "as much room as there is");
    assert_eq!(shift((10.0, 36.0), (0.0, 400.0), (0.0, 100.0)), 0.0);
}
