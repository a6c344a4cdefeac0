//! A table of thousands of rows of which only those in sight are built: where one is in it, as a pure state.

mod bar;
mod rows;
mod view;

use std::ops::Range;

use iced::Task;
use iced::advanced::widget::Id;
use iced::advanced::widget::operate;
use iced::advanced::widget::operation::scrollable::{AbsoluteOffset, scroll_to};

pub use view::{Checked, Column, Order, Table, Width, cell_text, view};

/// Height of a row in logical pixels: a whole number, so that no line falls between pixels.
pub const ROW: f32 = 36.0;
/// Height that is assumed before the first frame told the real one, in logical pixels.
const ASSUMED: f32 = 720.0;
/// Rows built above and below those in sight, so that a fast wheel finds them there.
const SPARE: usize = 4;

/// Where one is in a table.
#[derive(Debug, Clone)]
pub struct State {
    id: &'static str,
    offset: f32,
    height: f32,
    cursor: usize,
    heading: usize,
}

/// What the user did in the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// For [`State::update`].
    Internal(Message),
    /// Sort by this column; by it already: the other way round.
    Sort(usize),
    /// Select this row, or no longer.
    Toggle(usize),
    /// Select all rows, or none.
    ToggleAll,
    /// Open this row. May come twice.
    Activate(usize),
}

/// What moves within the table.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// The rows stand at this offset in a view of this height.
    Seen {
        /// Logical pixels above the first row in sight.
        offset: f32,
        /// Logical pixels in sight.
        height: f32,
    },
    /// The cursor moves.
    Go(Motion),
    /// The cursor is put on this row.
    Point(usize),
    /// The column heading of this number has the keyboard's attention.
    Heading(usize),
}

/// How the cursor moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// A row up.
    Up,
    /// A row down.
    Down,
    /// What is in sight up.
    PageUp,
    /// What is in sight down.
    PageDown,
    /// To the first row.
    Home,
    /// To the last row.
    End,
}

impl State {
    /// At the top. The id is the table's tab stop.
    pub const fn new(id: &'static str) -> State {
        State { id, offset: 0.0, height: ASSUMED, cursor: 0, heading: 0 }
    }

    /// Follows the user. Rows: how many there are now.
    pub fn update<M: Send + 'static>(&mut self, message: Message, rows: usize) -> Task<M> {
        match self.apply(message, rows) {
            Some(offset) => self.scroll(offset),
            None => Task::none(),
        }
    }

    /// Puts the cursor on a row and shows it: after a search, or when the order changed.
    pub fn show<M: Send + 'static>(&mut self, row: usize, rows: usize) -> Task<M> {
        self.update(Message::Point(row), rows)
    }

    /// The row the cursor is on, if there are any.
    pub fn cursor(&self, rows: usize) -> Option<usize> {
        rows.checked_sub(1).map(|last| self.cursor.min(last))
    }

    /// The rows that are built.
    pub fn built(&self, rows: usize) -> Range<usize> {
        let first = (self.offset.max(0.0) / ROW) as usize;
        let count = (self.height.max(0.0) / ROW).ceil() as usize + 1;
        // Rows may have gone since the offset was seen: then the last ones are in sight.
        let first = first.min(rows.saturating_sub(count.saturating_sub(1)));
        first.saturating_sub(SPARE)..(first + count + SPARE).min(rows)
    }

    /// The new offset, if the rows must move to keep the cursor in sight.
    fn apply(&mut self, message: Message, rows: usize) -> Option<f32> {
        match message {
            Message::Seen { offset, height } => {
                (self.offset, self.height) = (offset, height);
                return None;
            }
            Message::Heading(heading) => {
                self.heading = heading;
                return None;
            }
            Message::Go(motion) => self.cursor = self.after(motion, rows),
            Message::Point(row) => self.cursor = row,
        }
        self.cursor = self.cursor(rows).unwrap_or(0);
        let top = self.cursor as f32 * ROW;
        let offset = self.offset.clamp((top + ROW - self.height).min(top).max(0.0), top);
        (offset != self.offset).then(|| {
            self.offset = offset;
            offset
        })
    }

    fn after(&self, motion: Motion, rows: usize) -> usize {
        let page = ((self.height / ROW) as usize).saturating_sub(1).max(1);
        let cursor = self.cursor(rows).unwrap_or(0);
        match motion {
            Motion::Up => cursor.saturating_sub(1),
            Motion::Down => cursor.saturating_add(1),
            Motion::PageUp => cursor.saturating_sub(page),
            Motion::PageDown => cursor.saturating_add(page),
            Motion::Home => 0,
            Motion::End => rows.saturating_sub(1),
        }
    }

    fn scroll<M: Send + 'static>(&self, offset: f32) -> Task<M> {
        operate(scroll_to(self.scroller(), AbsoluteOffset { x: None, y: Some(offset) }))
    }

    fn scroller(&self) -> Id {
        Id::from(format!("{} rows", self.id))
    }
}

#[cfg(test)]
mod tests;
