//! Ticking and choosing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iced::widget::column;

use super::*;
use crate::gui::widget::button::button;
use crate::gui::widget::focus;
use crate::gui::widget::stage::Stage;
use crate::gui::widget::tests::with_look;

#[derive(Debug, Clone, PartialEq)]
enum Said {
    On(bool),
    Chose(char),
}

#[test]
fn a_box_is_ticked_by_mouse_and_space() {
    with_look(|look| {
        let view = |on| check(look, "notify", "Tell me", on, Said::On).hint("By a notification");
        let mut stage = Stage::new(view(false));
        stage.click("Tell me");
        assert_eq!(stage.said(), [Said::On(true)]);
        let mut stage = stage.show(view(true));
        assert!(stage.shows("By a notification"));
        assert!(stage.tap(Named::Space));
        assert_eq!(stage.said(), [Said::On(false)]);
        let mut stage = stage.show(view(true).disabled(true));
        stage.click("Tell me");
        assert_eq!((stage.said(), stage.focused()), (vec![], None));
    });
}

#[test]
fn a_ticked_box_looks_different() {
    with_look(|look| {
        let pixels = |on| Stage::new(check(look, "notify", "Tell me", on, Said::On)).pixels();
        assert!(pixels(true) != pixels(false));
    });
}

fn abc<'a>(look: &Look<'a>, chosen: Option<char>) -> Element<'a, Said> {
    let all = ['a', 'b', 'c'].map(|value| (value, format!("Choice {value}"), format!("What {value} means")));
    column![
        button(look, "before", "Before").on_press(Said::On(false)),
        choices(look, "abc", chosen, all.to_vec(), Said::Chose),
        button(look, "after", "After").on_press(Said::On(true)),
    ]
    .into()
}

#[test]
fn the_arrow_keys_choose_round_at_the_ends() {
    with_look(|look| {
        let mut stage = Stage::new(abc(look, Some('b')));
        stage.run(focus::to("abc"));
        for (key, value) in [
            (Named::ArrowDown, 'c'),
            (Named::ArrowRight, 'a'),
            (Named::ArrowUp, 'c'),
            (Named::ArrowLeft, 'b'),
            (Named::Home, 'a'),
            (Named::End, 'c'),
        ] {
            assert!(stage.tap(key));
            assert_eq!(stage.said(), [Said::Chose(value)], "{key:?}");
            stage = stage.show(abc(look, Some(value)));
            assert!(stage.has_keyboard("abc"));
        }
        assert!(!stage.tap(Named::Enter), "one is chosen, so Enter is the page's");
    });
}

#[test]
fn it_is_one_tab_stop() {
    with_look(|look| {
        let mut stage = Stage::new(abc(look, Some('b')));
        for id in ["before", "abc", "after", "before"] {
            stage.run(focus::next());
            assert!(stage.has_keyboard(id));
        }
    });
}

#[test]
fn the_ring_and_the_scrolling_are_for_the_one_that_is_chosen() {
    with_look(|look| {
        let mut stage = Stage::new(abc(look, Some('c')));
        let whole = stage.find(iced_test::selector::id("abc")).unwrap().bounds();
        assert!(whole.contains(stage.find("Choice c").unwrap().bounds().center()));
        assert!(!whole.contains(stage.find("Choice a").unwrap().bounds().center()));
    });
}

#[test]
fn while_none_is_chosen_space_takes_the_first_and_the_arrows_an_end() {
    with_look(|look| {
        let mut stage = Stage::new(abc(look, None));
        stage.run(focus::to("abc"));
        stage.tap(Named::Space);
        stage.tap(Named::ArrowDown);
        stage.tap(Named::ArrowUp);
        assert_eq!(stage.said(), ['a', 'a', 'c'].map(Said::Chose));
    });
}

#[test]
fn the_whole_row_takes_the_mouse() {
    with_look(|look| {
        let mut stage = Stage::new(abc(look, Some('a')));
        stage.click("What c means");
        assert_eq!(stage.said(), [Said::Chose('c')]);
        assert!(stage.has_keyboard("abc"), "and the group has the keyboard");
        let middle = stage.find("Choice b").unwrap().bounds().center_y();
        stage.point_at(iced::Point::new(890.0, middle));
        stage.press_here();
        assert_eq!(stage.said(), [Said::Chose('b')], "out to its right edge");
    });
}
