//! How the folders of a mailbox are drawn: a table in which found is the sum of the other figures, as everywhere.

use iced::widget::column;

use super::{Folders, Message};
use crate::engine::books::Books;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::table::{self, Column, ROW, Width};
use crate::gui::widget::{notice, text};

/// Rows in sight at most.
const ROWS: usize = 8;
/// Width of a figure, in logical pixels: “123,456” under its heading.
const FIGURE: f32 = 104.0;

/// A figure of the books.
type Figure = fn(&Books) -> u64;

/// The columns of figures: their names in `i18n/`, and whether they are left out where room is short.
const FIGURES: [(&str, Figure, bool); 6] = [
    ("run-books-found", |books| books.found, false),
    ("run-folders-arrived", Books::arrived, true),
    ("run-books-waiting", |books| books.waiting, true),
    ("run-books-skipped", |books| books.skipped, true),
    ("run-books-failed", |books| books.failed, false),
    ("run-books-gone", |books| books.gone, true),
];

/// The figure of a column; the first has none.
pub fn figure(column: usize) -> Option<Figure> {
    FIGURES.get(column.checked_sub(1)?).map(|(_, figure, _)| *figure)
}

/// The folders under their heading.
pub fn view<'a>(look: &Look<'a>, folders: &'a Folders) -> Element<'a, Message> {
    let count = folders.folders.len();
    let blanks = [("count", count.into()), ("number", look.words.number(count as u64).into())];
    let heading = text::strong(look, look.tell("run-folders", &blanks));
    if let Some(problem) = &folders.problem {
        return column![heading, Element::from(notice::problem(look, problem))].spacing(space::S).into();
    }
    if count == 0 {
        let key = if folders.reading { "run-folders-reading" } else { "run-folders-none" };
        return text::muted(look, look.say(key)).into();
    }
    let figures = FIGURES.iter().map(|(key, _, only_wide)| {
        let column = Column::new(look.say(key), Width::Fixed(FIGURE)).sortable().to_the_right();
        if *only_wide { column.only_wide() } else { column }
    });
    let name = Column::new(look.say("run-column-folder"), Width::Portion(1)).sortable();
    let columns = std::iter::once(name).chain(figures).collect();
    let view = *look;
    let cell = move |row: usize, column: usize| {
        let folder = folders.shown.get(row).and_then(|place| folders.folders.get(*place));
        let words = folder.map(|folder| match figure(column) {
            None => folder.shown(),
            Some(figure) => view.words.number(figure(&folder.books)),
        });
        table::cell_text(&view, words.unwrap_or_default())
    };
    let height = ROW * (count.clamp(1, ROWS) + 1) as f32 + 2.0;
    let table = table::view(look, &folders.table, columns, count, cell, Message::Table);
    let table = table.sort(folders.sort).height(height);
    column![heading, Element::from(table)].spacing(space::S).into()
}
