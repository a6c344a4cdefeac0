//! The table's cursor, pages and rows in sight.
#![allow(clippy::unwrap_used)]

use iced::keyboard::key::Named;
use iced::{Point, mouse};

use super::*;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::widget::focus;
use crate::gui::widget::stage::Stage;
use crate::gui::widget::tests::with_look;

/// A table that shows ten rows.
fn ten() -> State {
    let mut state = State::new("t");
    state.apply(Message::Seen { offset: 0.0, height: 10.0 * ROW }, 100);
    state
}

fn go(state: &mut State, motion: Motion, rows: usize) -> Option<f32> {
    state.apply(Message::Go(motion), rows)
}

#[test]
fn the_cursor_stays_within_the_rows() {
    let mut state = ten();
    go(&mut state, Motion::Up, 100);
    assert_eq!(state.cursor(100), Some(0));
    go(&mut state, Motion::End, 100);
    go(&mut state, Motion::Down, 100);
    assert_eq!(state.cursor(100), Some(99));
    go(&mut state, Motion::Home, 100);
    assert_eq!(state.cursor(100), Some(0));
    state.apply(Message::Point(5_000), 100);
    assert_eq!(state.cursor(100), Some(99));
}

#[test]
fn rows_move_only_when_the_cursor_would_leave_them() {
    let mut state = ten();
    for _ in 0..9 {
        assert_eq!(go(&mut state, Motion::Down, 100), None);
    }
    assert_eq!(go(&mut state, Motion::Down, 100), Some(ROW));
    assert_eq!(go(&mut state, Motion::Up, 100), None);
    assert_eq!(go(&mut state, Motion::Home, 100), Some(0.0));
    assert_eq!(go(&mut state, Motion::End, 100), Some(90.0 * ROW));
}

#[test]
fn a_page_keeps_one_row_of_the_page_before() {
    let mut state = ten();
    go(&mut state, Motion::PageDown, 100);
    assert_eq!(state.cursor(100), Some(9));
    go(&mut state, Motion::PageDown, 100);
    assert_eq!(state.cursor(100), Some(18));
    go(&mut state, Motion::PageUp, 100);
    assert_eq!(state.cursor(100), Some(9));
}

#[test]
fn a_table_lower_than_a_row_still_moves_row_by_row() {
    let mut state = State::new("t");
    state.apply(Message::Seen { offset: 0.0, height: 10.0 }, 100);
    assert_eq!(go(&mut state, Motion::PageDown, 100), Some(ROW));
    assert_eq!(go(&mut state, Motion::Down, 100), Some(2.0 * ROW));
}

#[test]
fn rows_that_went_take_the_cursor_along() {
    let mut state = ten();
    go(&mut state, Motion::End, 100);
    assert_eq!(state.cursor(3), Some(2));
    assert_eq!(state.built(3), 0..3);
    go(&mut state, Motion::Up, 3);
    assert_eq!(state.cursor(3), Some(1));
    assert_eq!(state.cursor(0), None);
    assert_eq!(state.built(0), 0..0);
    assert_eq!(go(&mut state, Motion::Down, 0), Some(0.0));
}

#[test]
fn what_is_built_does_not_depend_on_how_many_rows_there_are() {
    let mut state = ten();
    state.apply(Message::Seen { offset: 500.0 * ROW, height: 10.0 * ROW }, 2_000);
    let few = state.built(2_000);
    assert_eq!(few, state.built(10_000));
    assert!(few.contains(&500) && few.contains(&510) && few.len() < 25, "{few:?}");
}

#[test]
fn every_row_in_sight_is_built_at_any_offset() {
    let mut state = ten();
    for offset in 0..(90.0 * ROW) as usize {
        state.apply(Message::Seen { offset: offset as f32, height: 10.0 * ROW }, 100);
        let (first, last) = (offset / ROW as usize, ((offset as f32 + 10.0 * ROW - 1.0) / ROW) as usize);
        let built = state.built(100);
        assert!(built.contains(&first) && built.contains(&last.min(99)), "{offset}: {built:?}");
    }
}

/// A table of 2,000 rows on a stage, and what it said that is not its own business.
fn worked(act: impl FnOnce(&mut dyn FnMut(Act) -> Vec<Event>)) {
    with_look(|look| {
        let mut state = State::new("t");
        let mut stage = Some(Stage::with_size(shown(look, &state), 600.0, 401.0));
        act(&mut |act| {
            let mut on = stage.take().unwrap();
            match act {
                Act::Tap(key) => drop(on.tap(key)),
                Act::Click(point) => {
                    on.point_at(point);
                    let button = mouse::Button::Left;
                    let events = [mouse::Event::ButtonPressed(button), mouse::Event::ButtonReleased(button)];
                    on.events(&events.map(iced::Event::Mouse));
                }
                Act::Focus => on.run(focus::to("t")),
                Act::FocusHeadings => on.run(focus::to("t headings".to_owned())),
                Act::See(words) => assert!(on.shows(words), "{words} is in sight"),
                Act::Miss(words) => assert!(!on.shows(words), "{words} is not built"),
            }
            let mut told = Vec::new();
            // What moves the rows makes the scroller tell where they are now.
            for _ in 0..3 {
                for event in on.said() {
                    match event {
                        Event::Internal(message) => on.run(state.update(message, ROWS)),
                        other => told.push(other),
                    }
                }
                on = on.show(shown(look, &state));
            }
            stage = Some(on);
            told
        });
    });
}

const ROWS: usize = 2_000;

enum Act {
    Tap(Named),
    Click(Point),
    Focus,
    FocusHeadings,
    See(&'static str),
    Miss(&'static str),
}

fn shown<'a>(look: &Look<'a>, state: &State) -> Element<'a, Event> {
    let columns = vec![
        Column::new("Name", Width::Portion(1)).sortable(),
        Column::new("State", Width::Fixed(100.0)),
        Column::new("Size", Width::Fixed(100.0)).sortable().to_the_right(),
    ];
    let look = *look;
    let cell = move |row, column| cell_text(&look, format!("{row}/{column}"));
    view(&look, state, columns, ROWS, cell, |event| event).selected(Checked::Partly, |row| row == 1).into()
}

#[test]
fn the_keyboard_walks_selects_and_opens() {
    worked(|act| {
        act(Act::Focus);
        act(Act::Tap(Named::ArrowDown));
        assert_eq!(act(Act::Tap(Named::Space)), [Event::Toggle(1)]);
        assert_eq!(act(Act::Tap(Named::Enter)), [Event::Activate(1)]);
        act(Act::Miss("1999/0"));
        act(Act::Tap(Named::End));
        act(Act::See("1999/0"));
        act(Act::Miss("1/0"));
        assert_eq!(act(Act::Tap(Named::Enter)), [Event::Activate(1_999)]);
        act(Act::Tap(Named::PageUp));
        act(Act::Tap(Named::Home));
        act(Act::See("0/0"));
    });
}

#[test]
fn without_the_keyboards_attention_keys_do_nothing() {
    worked(|act| {
        assert_eq!(act(Act::Tap(Named::Enter)), []);
        act(Act::Tap(Named::End));
        act(Act::See("0/0"));
    });
}

#[test]
fn headings_are_one_stop_and_sort() {
    worked(|act| {
        act(Act::FocusHeadings);
        assert_eq!(act(Act::Tap(Named::Enter)), [Event::ToggleAll]);
        act(Act::Tap(Named::ArrowRight));
        assert_eq!(act(Act::Tap(Named::Enter)), [Event::Sort(0)]);
        act(Act::Tap(Named::ArrowRight));
        assert_eq!(act(Act::Tap(Named::Space)), [Event::Sort(2)], "the state's column cannot be sorted");
        act(Act::Tap(Named::ArrowRight));
        assert_eq!(act(Act::Tap(Named::Enter)), [Event::Sort(2)]);
    });
}

#[test]
fn the_mouse_selects_in_the_box_and_opens_elsewhere() {
    worked(|act| {
        let in_row = |row: f32| 38.0 + row * ROW + 18.0;
        assert_eq!(act(Act::Click(Point::new(22.0, in_row(2.0)))), [Event::Toggle(2)]);
        assert_eq!(act(Act::Click(Point::new(200.0, in_row(3.0)))), [Event::Activate(3)]);
        act(Act::Tap(Named::ArrowDown));
        assert_eq!(act(Act::Tap(Named::Enter)), [Event::Activate(4)], "the mouse gave it the keyboard");
        assert_eq!(act(Act::Click(Point::new(100.0, 18.0))), [Event::Sort(0)]);
    });
}

#[test]
fn the_bar_takes_the_rows_along() {
    worked(|act| {
        act(Act::Miss("1000/0"));
        assert_eq!(act(Act::Click(Point::new(593.0, 219.0))), [], "the bar opens no row");
        act(Act::See("1000/0"));
        act(Act::Click(Point::new(593.0, 398.0)));
        act(Act::See("1999/0"));
    });
}

/// A table with a name, and with figures that can be done without.
fn narrow(look: &Look<'_>, width: f32) -> Vec<String> {
    let columns = vec![
        Column::new("Folder", Width::Portion(1)).least(140.0),
        Column::new("Items", Width::Heading(84.0)).to_the_right(),
        Column::new("Fehlgeschlagen", Width::Heading(84.0)).to_the_right().only_wide().sortable(),
    ];
    let cell = |_, column: usize| cell_text(look, ["name", "items", "failed"][column]);
    let table: Element<'_, Event> = view(look, &ten(), columns, 1, cell, |event| event).height(200.0).into();
    let mut stage = Stage::with_size(table, width, 300.0);
    let all = ["Folder", "Items", "Fehlgeschlagen", "name", "items", "failed"];
    all.into_iter().filter(|words| stage.shows(words)).map(str::to_owned).collect()
}

#[test]
fn what_can_be_done_without_goes_where_a_share_would_be_too_narrow() {
    with_look(|look| {
        assert_eq!(narrow(look, 520.0), ["Folder", "Items", "Fehlgeschlagen", "name", "items", "failed"]);
        assert_eq!(narrow(look, 360.0), ["Folder", "Items", "name", "items"]);
    });
}

#[test]
fn a_column_is_as_wide_as_its_heading_in_any_language() {
    let column = |heading| Column::new(heading, Width::Heading(84.0)).sortable();
    assert_eq!(column("Items").needs(), 84.0);
    assert!((130.0..170.0).contains(&column("Fehlgeschlagen").needs()), "{}", column("Fehlgeschlagen").needs());
}
