//! Opening, moving, choosing and closing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iced::widget::column;

use super::*;
use crate::gui::widget::button::button;
use crate::gui::widget::focus;
use crate::gui::widget::inert::inert_if;
use crate::gui::widget::stage::Stage;
use crate::gui::widget::tests::with_look;

#[derive(Debug, Clone, PartialEq)]
enum Said {
    Toggle,
    Chose(usize),
    Other,
}

const NAMES: [&str; 4] = ["English", "Deutsch", "Français", "Español"];

fn view<'a>(look: &Look<'a>, open: bool) -> Element<'a, Said> {
    let entries = NAMES.iter().enumerate().map(|(at, name)| ((*name).to_owned(), at == 1, Said::Chose(at)));
    column![
        menu(look, "language", "Language", "(Deutsch)", open, Said::Toggle, entries.collect()),
        button(look, "other", "Other").on_press(Said::Other),
    ]
    .into()
}

#[test]
fn it_opens_by_mouse_enter_space_and_arrows() {
    with_look(|look| {
        let mut stage = Stage::new(view(look, false));
        assert!(!stage.shows("Español"));
        stage.click("(Deutsch)");
        stage.run(focus::to("language"));
        for key in [Named::Enter, Named::Space, Named::ArrowDown, Named::ArrowUp] {
            assert!(stage.tap(key));
        }
        assert_eq!(stage.said(), vec![Said::Toggle; 5]);
        assert!(!stage.tap(Named::Escape), "closed, Escape is the page's");
        let mut stage = stage.show(view(look, true));
        assert!(stage.shows("Español"));
    });
}

#[test]
fn arrows_move_round_at_the_ends_and_enter_chooses() {
    with_look(|look| {
        for (keys, at) in [
            (vec![], 1),
            (vec![Named::ArrowDown], 2),
            (vec![Named::ArrowDown; 3], 0),
            (vec![Named::ArrowUp; 2], 3),
            (vec![Named::Home], 0),
            (vec![Named::End], 3),
        ] {
            let mut stage = Stage::new(view(look, false));
            stage.run(focus::to("language"));
            let mut stage = stage.show(view(look, true));
            for key in keys {
                assert!(stage.tap(key));
            }
            assert_eq!(stage.said(), [], "moving chooses nothing");
            assert!(stage.tap(Named::Enter));
            assert_eq!(stage.said(), [Said::Chose(at), Said::Toggle]);
        }
    });
}

#[test]
fn escape_and_tab_close_it_and_leave_all_as_it_was() {
    with_look(|look| {
        let mut stage = Stage::new(view(look, true));
        stage.run(focus::to("language"));
        stage.tap(Named::ArrowDown);
        assert!(stage.tap(Named::Escape), "it does not also close the dialog around it");
        assert_eq!(stage.said(), [Said::Toggle]);
        assert!(!stage.tap(Named::Tab), "Tab also moves on");
        assert_eq!(stage.said(), [Said::Toggle]);
    });
}

#[test]
fn the_mouse_chooses_and_a_press_elsewhere_only_closes() {
    with_look(|look| {
        let mut stage = Stage::new(view(look, true));
        stage.click("Español");
        assert_eq!(stage.said(), [Said::Chose(3), Said::Toggle]);
        stage.point_at(iced::Point::new(800.0, 600.0));
        stage.press_here();
        assert_eq!(stage.said(), [Said::Toggle]);
        stage.click("(Deutsch)");
        assert_eq!(stage.said(), [Said::Toggle], "once, not closed and opened again");
    });
}

#[test]
fn the_entry_under_the_mouse_is_the_one_enter_chooses() {
    with_look(|look| {
        let mut stage = Stage::new(view(look, true));
        stage.run(focus::to("language"));
        stage.point("Français");
        assert!(stage.wants_frame());
        stage.tap(Named::Enter);
        assert_eq!(stage.said(), [Said::Chose(2), Said::Toggle]);
    });
}

#[test]
fn a_list_longer_than_the_window_follows_the_keyboard() {
    with_look(|look| {
        let names = (0..40).map(|at| (format!("Entry {at}"), false, Said::Chose(at)));
        let long = menu(look, "many", "", "Entry", true, Said::Toggle, names.collect());
        let mut stage = Stage::with_size(long, 300.0, 200.0);
        stage.run(focus::to("many"));
        let before = stage.pixels();
        stage.tap(Named::End);
        assert!(stage.pixels() != before);
        // The last entry now stands at the list's lower end.
        stage.point_at(iced::Point::new(30.0, 200.0 - space::S - space::XS - 18.0));
        stage.press_here();
        assert_eq!(stage.said(), [Said::Chose(39), Said::Toggle]);
    });
}

#[test]
fn it_is_one_tab_stop_and_under_a_dialog_it_is_closed() {
    with_look(|look| {
        let mut stage = Stage::new(view(look, false));
        for id in ["language", "other", "language"] {
            stage.run(focus::next());
            assert!(stage.has_keyboard(id));
        }
        let mut stage = stage.show(inert_if(view(look, true), true));
        assert!(!stage.shows("Español"));
        assert!(!stage.tap(Named::Enter));
    });
}
