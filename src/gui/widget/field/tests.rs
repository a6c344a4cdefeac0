//! Typing, submitting, hiding, and what a field says below.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iced::keyboard::key::Named;
use iced_test::selector::{self, Target};

use super::*;
use crate::gui::widget::focus;
use crate::gui::widget::stage::Stage;
use crate::gui::widget::tests::with_look;

#[derive(Debug, Clone, PartialEq)]
enum Said {
    Typed(String),
    Submitted,
    Toggled,
}

fn password<'a>(look: &Look<'a>, value: &'a str, shown: bool) -> Field<'a, Said> {
    field(look, "password", "Password", value)
        .on_input(Said::Typed)
        .on_submit(Said::Submitted)
        .secure(true)
        .reveal(shown, Said::Toggled)
}

#[test]
fn typing_and_enter_are_heard_and_a_click_gives_the_keyboard() {
    with_look(|look| {
        let mut stage =
            Stage::new(field(look, "name", "Name", "ann").on_input(Said::Typed).on_submit(Said::Submitted));
        stage.click("ann");
        assert!(stage.has_keyboard("name"));
        stage.tap(Named::End);
        stage.type_in("a");
        assert!(stage.tap(Named::Enter));
        assert_eq!(stage.said(), [Said::Typed("anna".into()), Said::Submitted]);
    });
}

#[test]
fn enter_and_escape_go_on_to_the_page_unless_they_are_for_the_field() {
    with_look(|look| {
        let mut stage = Stage::new(field(look, "name", "Name", "").on_input(Said::Typed));
        stage.run(focus::first());
        assert!(!stage.tap(Named::Enter));
        assert!(!stage.tap(Named::Escape));
        assert!(stage.has_keyboard("name"), "Escape is the dialog's, the field keeps the keyboard");
    });
}

/// Everything a selector can read out of the window.
fn readable(stage: &mut Stage<'_, Said>) -> Vec<String> {
    let read = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let into = read.clone();
    let never = move |candidate: selector::Candidate<'_>| -> Option<Target> {
        if let Target::TextInput { content, .. } | Target::Text { content, .. } = Target::from(candidate) {
            into.lock().unwrap().push(content);
        }
        None
    };
    assert!(stage.find(never).is_none());
    let read = read.lock().unwrap();
    read.clone()
}

#[test]
fn nothing_can_read_a_password_hidden_or_shown() {
    with_look(|look| {
        for shown in [false, true] {
            let mut stage = Stage::new(password(look, "hunter2", shown));
            stage.run(focus::first());
            stage.type_in("3");
            assert_eq!(stage.said(), [Said::Typed("hunter23".into())]);
            let read = readable(&mut stage);
            assert!(read.contains(&"Password".to_owned()), "{} texts", read.len());
            assert!(!read.iter().any(|text| text.contains("hunter")), "a password can be read");
        }
    });
}

#[test]
fn the_letters_show_only_when_asked_for() {
    with_look(|look| {
        let pixels = |value: &'static str, shown| Stage::new(password(look, value, shown)).pixels();
        assert!(pixels("hunter2", false) == pixels("gurgle7", false), "dots look alike");
        assert!(pixels("hunter2", true) != pixels("gurgle7", true));
        let mut stage = Stage::new(password(look, "hunter2", false));
        stage.click("Show");
        assert_eq!(stage.said(), [Said::Toggled]);
        let mut stage = stage.show(password(look, "hunter2", true));
        assert!(stage.tap(Named::Space), "the button kept the keyboard");
        assert_eq!(stage.said(), [Said::Toggled]);
        assert!(stage.shows("Hide"));
    });
}

#[test]
fn a_disabled_field_is_out_of_reach() {
    with_look(|look| {
        let mut stage = Stage::new(field(look, "name", "Name", "anna").on_input(Said::Typed).disabled(true));
        stage.click("anna");
        stage.run(focus::first());
        stage.type_in("x");
        assert_eq!((stage.said(), stage.focused()), (Vec::new(), None));
    });
}

#[test]
fn what_is_wrong_and_what_belongs_there_is_said_below() {
    with_look(|look| {
        let view = field(look, "name", "Name", "")
            .on_input(Said::Typed)
            .required(true)
            .placeholder("exchange.example.com")
            .hint("As in the browser")
            .error(Some("Enter a name".to_owned()));
        let mut stage = Stage::new(view);
        for text in ["Name", "*", "exchange.example.com", "As in the browser", "Enter a name"] {
            assert!(stage.shows(text), "{text}");
        }
        let input = stage.find(selector::id("name")).unwrap().bounds();
        assert_eq!(input.height, 38.0);
        let wrong = stage.find("Enter a name").unwrap().bounds();
        assert!(wrong.y >= input.y + input.height);
    });
}
