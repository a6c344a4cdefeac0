//! How the folders of a mailbox are drawn: a table in which the items of a folder are the sum of the other figures.

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
/// What “123,456” takes, in logical pixels.
const FIGURE: f32 = 84.0;
/// What the name of a folder takes, in logical pixels: “Deleted Items”.
const NAME: f32 = 140.0;
/// A figure of the books.
type Figure = fn(&Books) -> u64;

/// A column of figures.
struct Figures {
    /// Its name in `i18n/`.
    key: &'static str,
    figure: Figure,
    /// It says whether a folder needs a look: it can be sorted by and is there also where room is short.
    telling: bool,
}

/// The columns of figures: what is in the folder on the source now, and where all of that is.
const FIGURES: [Figures; 5] = [
    Figures { key: "run-column-items", figure: Books::at_source, telling: true },
    Figures { key: "run-folders-arrived", figure: Books::arrived, telling: false },
    Figures { key: "run-folders-waiting", figure: |books| books.waiting, telling: false },
    Figures { key: "run-folders-skipped", figure: |books| books.skipped, telling: false },
    Figures { key: "run-folders-failed", figure: |books| books.failed, telling: true },
];

/// The figure of a column; the first has none.
pub fn figure(column: usize) -> Option<Figure> {
    FIGURES.get(column.checked_sub(1)?).map(|figures| figures.figure)
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
    let figures = FIGURES.iter().map(|figures| {
        let column = Column::new(look.say(figures.key), Width::Heading(FIGURE)).to_the_right();
        if figures.telling { column.sortable() } else { column.only_wide() }
    });
    let name = Column::new(look.say("run-column-folder"), Width::Portion(1)).least(NAME).sortable();
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
