//! Choosing a tab by mouse and arrow keys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use crate::gui::widget::focus;
use crate::gui::widget::stage::Stage;
use crate::gui::widget::tests::with_look;

fn three<'a>(look: &Look<'a>, chosen: usize) -> Element<'a, usize> {
    let all = ["Mailboxes", "Groups", "Contacts"].into_iter().enumerate();
    let all = all.map(|(at, name)| (name.to_owned(), (at == 0).then(|| "12".to_owned()), at == chosen, at));
    tabs(look, "tabs", all.collect())
}

#[test]
fn the_mouse_and_the_arrow_keys_choose() {
    with_look(|look| {
        let mut stage = Stage::new(three(look, 0));
        assert!(stage.shows("12"));
        stage.click("Groups");
        assert_eq!(stage.said(), [1]);
        let mut stage = stage.show(three(look, 1));
        assert!(stage.has_keyboard("tabs"));
        for (key, to) in
            [(Named::ArrowRight, 2), (Named::ArrowRight, 0), (Named::ArrowLeft, 2), (Named::Home, 0), (Named::End, 2)]
        {
            assert!(stage.tap(key));
            assert_eq!(stage.said(), [to]);
            stage = stage.show(three(look, to));
        }
        assert!(!stage.tap(Named::Enter));
        stage.run(focus::next());
        assert!(stage.has_keyboard("tabs"), "one tab stop");
    });
}

#[test]
fn tabs_that_find_no_room_go_to_the_next_line_and_the_ring_with_them() {
    with_look(|look| {
        let mut stage = Stage::with_size(three(look, 2), 200.0, 300.0);
        let ringed = stage.find(iced_test::selector::id("tabs")).unwrap().bounds();
        let last = stage.find("Contacts").unwrap().bounds();
        assert!(last.y > stage.find("Mailboxes").unwrap().bounds().y);
        assert!(ringed.contains(last.center()) && ringed.height == 36.0, "{ringed:?}");
    });
}
