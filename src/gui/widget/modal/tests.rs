//! What a dialog keeps from the page, and that the page is itself again afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iced::keyboard::key::Named;
use iced_test::selector;

use iced::widget::column;

use super::*;
use crate::gui::widget::button::button;
use crate::gui::widget::field::field;
use crate::gui::widget::focus;
use crate::gui::widget::inert::inert;
use crate::gui::widget::stage::Stage;
use crate::gui::widget::tests::with_look;

#[derive(Debug, Clone, PartialEq)]
enum Said {
    Page,
    Typed(String),
    Yes,
    No,
}

fn page<'a>(look: &Look<'a>) -> Element<'a, Said> {
    column![
        field(look, "name", "Name", "anna").on_input(Said::Typed).on_submit(Said::Page),
        button(look, "page", "Page").on_press(Said::Page),
    ]
    .into()
}

fn ask<'a>(look: &Look<'a>) -> Element<'a, Said> {
    let buttons = vec![
        button(look, "yes", "Stop the run").on_press(Said::Yes).into(),
        button(look, "no", "Go on").on_press(Said::No).into(),
    ];
    dialog(look, "Stop?", words(Type::BODY, look.colours.text, "It can be started again."), buttons)
}

fn view<'a>(look: &Look<'a>, open: bool) -> Element<'a, Said> {
    modal(look, page(look), open.then(|| ask(look)))
}

#[test]
fn the_keyboard_stays_in_the_dialog_and_comes_back_to_the_page() {
    with_look(|look| {
        let mut stage = Stage::new(view(look, false));
        stage.run(focus::to("name"));
        let mut stage = stage.show(view(look, true));
        assert_eq!(stage.focused(), None);
        stage.type_in("x");
        assert!(!stage.tap(Named::Enter), "the field below does not hear it");
        assert_eq!(stage.said(), []);
        assert!(!stage.wants_frame(), "nor does its cursor blink");
        for id in ["no", "yes", "no"] {
            stage.run(focus::next());
            assert!(stage.has_keyboard(id), "{id}");
        }
        stage.tap(Named::Enter);
        assert_eq!(stage.said(), [Said::No]);
        let mut stage = stage.show(view(look, false));
        assert!(stage.has_keyboard("name"));
        stage.type_in("x");
        assert_eq!(stage.said(), [Said::Typed("annax".into())]);
    });
}

#[test]
fn the_mouse_does_not_reach_the_page() {
    with_look(|look| {
        let mut stage = Stage::new(view(look, true));
        stage.click("Page");
        assert_eq!(stage.said(), []);
        stage.click("Stop the run");
        assert_eq!(stage.said(), [Said::Yes]);
    });
}

#[test]
fn an_inert_element_is_seen_and_nothing_more() {
    with_look(|look| {
        let mut stage = Stage::new(inert(page(look)));
        stage.click("Page");
        stage.run(focus::next());
        assert_eq!((stage.focused(), stage.said()), (None, vec![]));
        assert!(stage.shows("Page"));
    });
}

#[test]
fn the_buttons_stand_as_the_platform_has_them() {
    with_look(|look| {
        for (platform, affirmative_first) in
            [(Platform::Windows, true), (Platform::MacOs, false), (Platform::Linux, false)]
        {
            let look = Look { platform, ..*look };
            let mut stage = Stage::new(view(&look, true));
            let yes = stage.find("Stop the run").unwrap().bounds().x;
            let no = stage.find("Go on").unwrap().bounds().x;
            assert_eq!(yes < no, affirmative_first, "{platform:?}");
        }
    });
}

#[test]
fn a_dialog_taller_than_the_window_scrolls_to_its_buttons() {
    with_look(|look| {
        let mut stage = Stage::with_size(view(look, true), 400.0, 200.0);
        stage.run(focus::to("yes"));
        assert_eq!(stage.find(selector::id("yes")).unwrap().visible_bounds().unwrap().height, 36.0);
        stage.click("Stop the run");
        assert_eq!(stage.said(), [Said::Yes]);
    });
}

#[test]
fn a_dialog_taller_than_the_window_opens_at_its_title_and_the_keyboard_leads_on() {
    with_look(|look| {
        let in_sight = |stage: &mut Stage<'_, Said>, text: &str| {
            stage.find(text.to_owned()).is_some_and(|found| found.visible_bounds().is_some())
        };
        let mut stage = Stage::with_size(view(look, true), 400.0, 120.0);
        // An earlier dialog may have been left at its end.
        stage.run(focus::to("yes"));
        stage.run(focus::to_answer("no"));
        assert!(stage.has_keyboard("no"));
        assert!(in_sight(&mut stage, "Stop?") && !in_sight(&mut stage, "Go on"));
        assert!(stage.tap(Named::End), "whoever has no mouse reads on");
        assert!(in_sight(&mut stage, "Go on"));
        stage.run(focus::to_answer("no"));
        stage.run(focus::next());
        assert!(stage.has_keyboard("yes") && in_sight(&mut stage, "Stop the run"));
    });
}
