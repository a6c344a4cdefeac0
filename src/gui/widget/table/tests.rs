//! The table's cursor, pages and rows in sight.
#![allow(clippy::unwrap_used)]

use super::*;

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
