//! How a table looks: headings that stay, rows in sight, thin lines between them.

use iced::widget::{Column as Pile, Row, column, container, responsive, scrollable, space};
use iced::{Border, Center, Element as Any, Fill, FillPortion, Length, Padding, Renderer, Theme};

use super::rows::Rows;
use super::{Event, Message, ROW, State};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::{self, Colours};
use crate::gui::widget::icon::{Icon, icon};
use crate::gui::widget::press::{part, press};
use crate::gui::widget::{text, tone};

/// Width of the column with the boxes, in logical pixels.
pub(super) const BOX: f32 = 44.0;

/// Room for the bar at the end of a row.
const END: Padding = Padding { top: 0.0, right: 8.0, bottom: 0.0, left: 0.0 };

/// Size of the arrow beside a heading, in logical pixels.
const ARROW: f32 = 14.0;

/// How wide a column is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Width {
    /// In logical pixels.
    Fixed(f32),
    /// As its heading takes, or so many logical pixels.
    Heading(f32),
    /// A share of what is left.
    Portion(u16),
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    heading: String,
    width: Width,
    sortable: bool,
    least: f32,
    only_wide: bool,
    to_the_right: bool,
}

impl Column {
    /// A column under its heading.
    pub fn new(heading: impl Into<String>, width: Width) -> Column {
        let heading = heading.into();
        Column { heading, width, sortable: false, least: 0.0, only_wide: false, to_the_right: false }
    }

    /// Rows can be sorted by it.
    pub fn sortable(mut self) -> Column {
        self.sortable = true;
        self
    }

    /// A share that is less than so many logical pixels is short of room.
    pub fn least(mut self, least: f32) -> Column {
        self.least = least;
        self
    }

    /// Left out where room is short. The other columns keep their numbers.
    pub fn only_wide(mut self) -> Column {
        self.only_wide = true;
        self
    }

    /// For figures: they stand at the right.
    pub fn to_the_right(mut self) -> Column {
        self.to_the_right = true;
        self
    }

    fn length(&self) -> Length {
        match self.width {
            Width::Fixed(width) => Length::Fixed(width),
            Width::Heading(least) => Length::Fixed(self.heading_width().max(least)),
            Width::Portion(share) => FillPortion(share),
        }
    }

    /// The room that it cannot do without, in logical pixels.
    pub(super) fn needs(&self) -> f32 {
        match self.length() {
            Length::Fixed(width) => width,
            _ => self.least,
        }
    }

    /// What the heading takes with its arrow and the room around it, in logical pixels.
    fn heading_width(&self) -> f32 {
        let arrow = if self.sortable { ARROW + theme::space::XS } else { 0.0 };
        (text::width(theme::Type::LABEL, &self.heading) + arrow + 2.0 * theme::space::M).ceil()
    }

    /// The same with its heading measured: every cell is as wide.
    fn measured(self) -> Column {
        match self.length() {
            Length::Fixed(width) => Column { width: Width::Fixed(width), ..self },
            _ => self,
        }
    }

    fn side(&self) -> iced::alignment::Horizontal {
        if self.to_the_right { iced::Right } else { iced::Left }
    }
}

/// Which way rows are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// From A to Z, from small to large.
    Ascending,
    /// From Z to A, from large to small.
    Descending,
}

/// How much of the rows is selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checked {
    /// Nothing.
    No,
    /// A part.
    Partly,
    /// Everything.
    Yes,
}

type Of<'a, T> = Box<dyn Fn(usize) -> T + 'a>;

/// A table in the making; it turns into an element.
pub struct Table<'a, M> {
    look: Look<'a>,
    state: State,
    columns: Vec<Column>,
    rows: usize,
    cell: Box<dyn Fn(usize, usize) -> Element<'a, M> + 'a>,
    on: std::rc::Rc<dyn Fn(Event) -> M + 'a>,
    sort: Option<(usize, Order)>,
    selected: Option<(Checked, Of<'a, bool>)>,
    opened: Option<usize>,
    empty: Option<String>,
    height: Length,
}

/// A table of so many rows. `cell` makes the content of a row and a column, no taller than a row; only rows in sight are
/// asked for.
pub fn view<'a, M: Clone + 'a>(
    look: &Look<'a>,
    state: &State,
    columns: Vec<Column>,
    rows: usize,
    cell: impl Fn(usize, usize) -> Element<'a, M> + 'a,
    on: impl Fn(Event) -> M + 'a,
) -> Table<'a, M> {
    Table {
        look: *look,
        state: state.clone(),
        columns: columns.into_iter().map(Column::measured).collect(),
        rows,
        cell: Box::new(cell),
        on: std::rc::Rc::new(on),
        sort: None,
        selected: None,
        opened: None,
        empty: None,
        height: Fill,
    }
}

/// Words of a cell: one line, cut off at the cell's end.
pub fn cell_text<'a, M: 'a>(look: &Look<'_>, words: impl Into<String>) -> Element<'a, M> {
    text::body(look, words).wrapping(iced::widget::text::Wrapping::None).into()
}

impl<'a, M: Clone + 'a> Table<'a, M> {
    /// By which column the rows are sorted.
    pub fn sort(mut self, sort: Option<(usize, Order)>) -> Self {
        self.sort = sort;
        self
    }

    /// Rows have boxes: how it stands with all, and with each.
    pub fn selected(mut self, all: Checked, row: impl Fn(usize) -> bool + 'a) -> Self {
        self.selected = Some((all, Box::new(row)));
        self
    }

    /// The row that is open beside the table.
    pub fn opened(mut self, row: Option<usize>) -> Self {
        self.opened = row;
        self
    }

    /// What is said when there are no rows.
    pub fn empty(mut self, words: impl Into<String>) -> Self {
        self.empty = Some(words.into());
        self
    }

    /// How tall it is, with its headings. Within a scroller it needs a fixed height.
    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.height = height.into();
        self
    }

    /// Leaves out the columns that can be done without if there is no room for all.
    fn fit(&self, width: f32) -> Vec<usize> {
        let boxes = if self.selected.is_some() { BOX } else { 0.0 };
        let needed: f32 = boxes + END.right + self.columns.iter().map(Column::needs).sum::<f32>();
        let short = self.look.compact || needed > width;
        (0..self.columns.len()).filter(|number| !(short && self.columns[*number].only_wide)).collect()
    }

    /// The columns that are shown, with their numbers.
    fn shown<'b>(&'b self, fitting: &'b [usize]) -> impl Iterator<Item = (usize, &'b Column)> {
        fitting.iter().map(|number| (*number, &self.columns[*number]))
    }

    fn say(&self, event: Event) -> M {
        (self.on)(event)
    }

    fn headings(&self, fitting: &[usize]) -> Element<'a, M> {
        let mut cells: Vec<Element<'a, M>> = Vec::new();
        // What a press on a heading says, by its place.
        let mut says: Vec<Option<M>> = Vec::new();
        if let Some((all, _)) = &self.selected {
            let message = self.say(Event::ToggleAll);
            cells.push(part(&self.look, boxed(&self.look, *all)).on_press(message.clone()).into());
            says.push(Some(message));
        }
        for (number, column) in self.shown(fitting) {
            let message = column.sortable.then(|| self.say(Event::Sort(number)));
            let heading = self.heading(number, column);
            cells.push(match &message {
                Some(message) => part(&self.look, heading).width(column.length()).on_press(message.clone()).into(),
                None => container(heading).width(column.length()).into(),
            });
            says.push(message);
        }
        let pressable: Vec<usize> = (0..says.len()).filter(|place| says[*place].is_some()).collect();
        let Some(at) =
            pressable.iter().position(|place| *place >= self.state.heading).or(pressable.len().checked_sub(1))
        else {
            return Row::from_vec(cells).width(Fill).height(ROW).padding(END).into();
        };
        let to = |at: Option<usize>| Some(self.say(Event::Internal(Message::Heading(*pressable.get(at?)?))));
        press(
            &self.look,
            format!("{} headings", self.state.id),
            Row::from_vec(cells).width(Fill).height(ROW).padding(END),
        )
        .keyboard_only()
        .on_press_maybe(says[pressable[at]].clone())
        .on_arrow(to(at.checked_sub(1)), to(at.checked_add(1)))
        .ring_on(pressable[at])
        .width(Fill)
        .into()
    }

    fn heading(&self, number: usize, column: &Column) -> Element<'a, M> {
        let colours = self.look.colours;
        let words = text::label(&self.look, column.heading.clone())
            .color(colours.muted)
            .wrapping(iced::widget::text::Wrapping::None);
        let arrow = match self.sort {
            Some((sorted, order)) if sorted == number => Some(match order {
                Order::Ascending => (Icon::ArrowUp, colours.accent_text),
                Order::Descending => (Icon::ArrowDown, colours.accent_text),
            }),
            _ if column.sortable => Some((Icon::Sort, colours.outline)),
            _ => None,
        };
        let arrow = arrow.map(|(shown, colour)| icon::<M>(&self.look, shown, ARROW, colour));
        let content = Row::new().push(words).push(arrow).spacing(theme::space::XS).align_y(Center);
        container(content)
            .padding([0.0, theme::space::M])
            .center_y(ROW)
            .width(column.length())
            .align_x(column.side())
            .clip(true)
            .into()
    }

    fn row(&self, row: usize, fitting: &[usize]) -> Element<'a, M> {
        let colours = self.look.colours;
        let selected = self.selected.as_ref().map(|(_, of)| of(row));
        let mark = selected.map(|on| boxed(&self.look, if on { Checked::Yes } else { Checked::No }));
        let cells = self.shown(fitting).map(|(number, column)| {
            container((self.cell)(row, number))
                .padding([0.0, theme::space::M])
                .width(column.length())
                .center_y(Fill)
                .align_x(column.side())
                .clip(true)
                .into()
        });
        let cells = Row::new().push(mark).extend(cells).height(ROW - 1.0).padding(END);
        let lit = self.opened == Some(row);
        let ground = lit.then(|| colours.accent_soft.into());
        let style = container::Style { background: ground, ..container::Style::default() };
        column![container(cells).width(Fill).style(move |_| style), line(&colours)].into()
    }

    fn pile(&self, fitting: &[usize]) -> Element<'a, M> {
        let built = self.state.built(self.rows);
        let above = built.start as f32 * ROW;
        let below = (self.rows - built.end) as f32 * ROW;
        let rows = built.map(|row| self.row(row, fitting));
        Pile::new()
            .push(space().height(above))
            .push(Pile::from_iter(rows))
            .push(space().height(below))
            .width(Fill)
            .into()
    }
}

/// A thin line under a row.
fn line<'a, M: 'a>(colours: &Colours) -> Element<'a, M> {
    let style = container::background(colours.line);
    container(space().width(Fill).height(1.0)).style(move |_| style).into()
}

/// A box, ticked or not, in the column of boxes.
fn boxed<'a, M: 'a>(look: &Look<'_>, checked: Checked) -> Element<'a, M> {
    let colours = look.colours;
    let (ground, edge, shown) = match checked {
        Checked::No => (colours.surface, colours.outline, None),
        Checked::Partly => (colours.accent, colours.accent, Some(Icon::Minus)),
        Checked::Yes => (colours.accent, colours.accent, Some(Icon::Check)),
    };
    let border = Border::default().rounded(4.0).width(tone::outline(look)).color(edge);
    let style = container::Style { border, ..container::background(ground) };
    let tick = shown.map(|shown| icon::<M>(look, shown, 14.0, colours.on_accent));
    let square = container(tick.unwrap_or_else(|| space().into())).center(18.0).style(move |_| style);
    container(square).center_x(BOX).center_y(ROW - 1.0).into()
}

impl<'a, M: Clone + 'a> Table<'a, M> {
    /// The whole of it, in so much room.
    fn within(&self, width: f32) -> Element<'a, M> {
        let look = &self.look;
        let colours = look.colours;
        let style = tone::surface(look);
        let fitting = self.fit(width - 2.0 * style.border.width);
        let headings = container(self.headings(&fitting)).style(move |_| container::background(colours.panel));
        let body: Element<'a, M> = if self.rows == 0 {
            let words = text::muted(look, self.empty.clone().unwrap_or_default());
            container(words).padding(Padding::new(theme::space::XL)).center(Fill).into()
        } else {
            let scroller: Any<'a, M, Theme, Renderer> = scrollable(self.pile(&fitting))
                .id(self.state.scroller())
                .width(Fill)
                .height(Fill)
                .direction(scrollable::Direction::Vertical(scrollable::Scrollbar::hidden()))
                .on_scroll({
                    let on = self.on.clone();
                    move |seen| {
                        let (offset, height) = (seen.absolute_offset().y, seen.bounds().height);
                        on(Event::Internal(Message::Seen { offset, height }))
                    }
                })
                .into();
            Rows::new(look, &self.state, self.rows, self.selected.is_some(), self.on.clone(), scroller).into()
        };
        let whole = column![headings, line(&colours), body].height(self.height).width(Fill);
        container(container(whole).clip(true)).padding(style.border.width).style(move |_| style).into()
    }
}

impl<'a, M: Clone + 'a> From<Table<'a, M>> for Element<'a, M> {
    fn from(table: Table<'a, M>) -> Element<'a, M> {
        let height = match table.height {
            Length::Fixed(height) => Length::Fixed(height + 2.0 * tone::surface(&table.look).border.width),
            other => other,
        };
        responsive(move |room| table.within(room.width)).width(Fill).height(height).into()
    }
}
