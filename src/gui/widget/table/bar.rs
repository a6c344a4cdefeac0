//! The bar beside the rows. The toolkit's own shrinks to two pixels beside thousands of rows; this one can always be grabbed.

use iced::Rectangle;

use super::ROW;

/// Where the mouse points at the bar and at no row, in logical pixels.
pub(super) const REACH: f32 = 14.0;
/// The shortest handle, in logical pixels.
const SHORTEST: f32 = 36.0;
/// How thick the handle is drawn, in logical pixels.
const THICK: f32 = 6.0;

/// A bar for so many rows, seen through a view.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    view: Rectangle,
    /// Logical pixels that can be scrolled.
    hidden: f32,
    length: f32,
}

impl Bar {
    /// None where all rows are in sight.
    pub(super) fn new(view: Rectangle, rows: usize) -> Option<Bar> {
        let content = rows as f32 * ROW;
        let hidden = content - view.height;
        if hidden <= 0.0 || view.height <= 0.0 {
            return None;
        }
        let length = (view.height * view.height / content).max(SHORTEST).min(view.height);
        Some(Bar { view, hidden, length })
    }

    /// Where the handle is drawn at an offset.
    pub(super) fn handle(&self, offset: f32) -> Rectangle {
        let at = (offset / self.hidden).clamp(0.0, 1.0) * (self.view.height - self.length);
        Rectangle {
            x: self.view.x + self.view.width - THICK - 4.0,
            y: (self.view.y + at).round(),
            width: THICK,
            height: self.length.round(),
        }
    }

    /// How far below the handle's upper end it is grabbed: where it is hit, or in its middle.
    pub(super) fn grab(&self, y: f32, offset: f32) -> f32 {
        let handle = self.handle(offset);
        if y >= handle.y && y <= handle.y + handle.height { y - handle.y } else { self.length / 2.0 }
    }

    /// The offset when the handle is held there.
    pub(super) fn offset(&self, y: f32, grabbed: f32) -> f32 {
        let travel = self.view.height - self.length;
        if travel <= 0.0 {
            return 0.0;
        }
        ((y - grabbed - self.view.y) / travel).clamp(0.0, 1.0) * self.hidden
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const VIEW: Rectangle = Rectangle { x: 0.0, y: 100.0, width: 600.0, height: 360.0 };

    #[test]
    fn the_handle_can_be_grabbed_however_many_rows_there_are() {
        for rows in [11, 2_000, 10_000, 1_000_000] {
            assert!(Bar::new(VIEW, rows).unwrap().handle(0.0).height >= SHORTEST, "{rows}");
        }
        assert!(Bar::new(VIEW, 10).is_none(), "all rows are in sight");
        assert!(Bar::new(Rectangle { height: 0.0, ..VIEW }, 10).is_none());
    }

    #[test]
    fn both_ends_can_be_reached() {
        let bar = Bar::new(VIEW, 10_000).unwrap();
        assert_eq!(bar.offset(-50.0, 5.0), 0.0);
        assert_eq!(bar.offset(5_000.0, 5.0), 10_000.0 * ROW - 360.0);
        let last = bar.handle(10_000.0 * ROW - 360.0);
        assert_eq!(last.y + last.height, 460.0);
    }

    #[test]
    fn a_handle_that_is_grabbed_does_not_jump() {
        let bar = Bar::new(VIEW, 100).unwrap();
        let offset = 720.0;
        let y = bar.handle(offset).y + 3.0;
        assert!((bar.offset(y, bar.grab(y, offset)) - offset).abs() < ROW / 2.0);
    }

    #[test]
    fn a_view_lower_than_the_shortest_handle_stays_where_it_is() {
        let bar = Bar::new(Rectangle { height: 20.0, ..VIEW }, 100).unwrap();
        assert_eq!(bar.offset(115.0, 2.0), 0.0);
    }
}
