//! The table of all recipients: search, kinds, order, and the boxes that make a pilot.

use iced::widget::{Row, column, container, responsive, row};
use iced::{Center, Fill};

use super::recipients::{Column as By, Kind, Recipient};
use super::{Message, Review, counted};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind as Weight, button};
use crate::gui::widget::field::field;
use crate::gui::widget::icon::{Icon, icon};
use crate::gui::widget::press::{Status, press};
use crate::gui::widget::table::{self, Checked, Column, Event, Order, Table, Width, cell_text};
use crate::gui::widget::text;

/// The table's tab stop.
pub const TABLE: &str = "review table";
/// The field that searches.
pub const SEARCH: &str = "review-search";
/// Height of the line under the table in logical pixels, with its button or without.
const COUNT: f32 = 36.0;
/// From here on a table has room for all columns, in logical pixels.
const ALL_COLUMNS: f32 = 740.0;
/// Height of the table where the page scrolls as a whole, in logical pixels: a heading and six rows.
const HEIGHT: f32 = 256.0;

impl Review {
    pub(super) fn who<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let search = field(&look, SEARCH, look.say("review-search"), self.recipients.search())
            .on_input(Message::Search)
            .on_submit(Message::ToTable);
        let head: Element<'a, Message> = match look.compact {
            true => column![search, self.all_shown(look)].spacing(space::S).into(),
            false => row![search, self.all_shown(look)].spacing(space::L).align_y(iced::Bottom).into(),
        };
        let table = column![self.table(look), self.count(look)].spacing(space::XS);
        column![head, self.chips(look), table].spacing(space::M).width(Fill).into()
    }

    /// The kinds that there are, each to be shown alone.
    fn chips<'a>(&'a self, look: Look<'a>) -> Option<Element<'a, Message>> {
        let census = self.recipients.census();
        if census.len() < 2 {
            return None;
        }
        let chips = census.iter().map(|(kind, count)| self.chip(look, *kind, *count));
        Some(Row::with_children(chips).spacing(space::S).wrap().vertical_spacing(space::S).into())
    }

    fn chip<'a>(&'a self, look: Look<'a>, kind: Kind, count: usize) -> Element<'a, Message> {
        let on = self.recipients.kinds().contains(&kind);
        let colours = look.colours;
        let name = look.say(&format!("{}.many", kind.key()));
        let number = look.words.number(count as u64);
        let name = look.tell("review-chip", &[("kind", name.into()), ("count", number.into())]);
        let ink = if on { colours.accent_text } else { colours.text };
        let tick = on.then(|| icon::<Message>(&look, Icon::Check, 14.0, ink));
        let content = row![tick, text::small(&look, name).color(ink)].spacing(space::XS).align_y(Center);
        press(&look, kind.key(), content)
            .on_press(Message::Narrow(kind))
            .padding([8.0, space::M])
            .radius(18.0)
            .style(move |status| {
                let over = matches!(status, Status::Hovered | Status::Pressed);
                let ground = match (on, over) {
                    (true, _) => colours.accent_soft,
                    (false, true) => colours.hover,
                    (false, false) => colours.surface,
                };
                let (color, width) = if on { (colours.accent, 2.0) } else { (colours.outline, 1.0) };
                let border = iced::Border { color, width, radius: 18.0.into() };
                container::Style { border, ..container::background(ground) }
            })
            .into()
    }

    /// How many are shown and chosen, and what it means if these are not all.
    fn count<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let number = |count: usize| look.words.number(count as u64);
        let words = look.tell(
            "review-shown",
            &[
                ("shown", number(self.recipients.shown()).into()),
                ("all", number(self.recipients.all().len()).into()),
                ("chosen", number(self.recipients.totals().chosen).into()),
            ],
        );
        let pilot = (!self.recipients.all_chosen() && self.recipients.totals().chosen > 0)
            .then(|| text::small_muted(&look, look.say("review-pilot-rest")));
        let narrowed = !self.recipients.search().is_empty() || !self.recipients.kinds().is_empty();
        let everybody = narrowed.then(|| {
            let everybody = button(&look, "review-show-all", look.say("review-show-all")).kind(Weight::Quiet);
            Element::from(everybody.on_press(Message::ShowAll))
        });
        let line = row![text::small_muted(&look, words).width(Fill), everybody].spacing(space::L).align_y(Center);
        column![container(line).center_y(COUNT), pilot].into()
    }

    /// What can be done with all that are shown at once.
    fn all_shown<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        let some = self.recipients.shown() > 0;
        let all = self.recipients.shown_chosen();
        let choose = button(&look, "review-choose-shown", look.say("review-choose-shown"))
            .on_press_maybe((some && all != Some(true)).then_some(Message::ChooseShown(true)));
        let leave = button(&look, "review-leave-shown", look.say("review-leave-shown"))
            .on_press_maybe((some && all != Some(false)).then_some(Message::ChooseShown(false)));
        Row::new().push(choose).push(leave).spacing(space::S).wrap().vertical_spacing(space::S).into()
    }

    /// The table; where it is narrow, without the number of items, which the size tells well enough.
    fn table<'a>(&'a self, look: Look<'a>) -> Element<'a, Message> {
        if look.compact {
            return self.table_of(look, &[By::Name, By::Address, By::Size]).height(HEIGHT).into();
        }
        responsive(move |size| {
            let narrow = size.width < ALL_COLUMNS;
            let columns: Vec<By> = By::ALL.into_iter().filter(|column| !(narrow && *column == By::Items)).collect();
            self.table_of(look, &columns).into()
        })
        .into()
    }

    fn table_of<'a>(&'a self, look: Look<'a>, columns: &[By]) -> Table<'a, Message> {
        let sort = self.recipients.sort().and_then(|(by, ascending)| {
            let order = if ascending { Order::Ascending } else { Order::Descending };
            columns.iter().position(|column| *column == by).map(|column| (column, order))
        });
        let all = match self.recipients.shown_chosen() {
            Some(true) => Checked::Yes,
            Some(false) => Checked::No,
            None => Checked::Partly,
        };
        let recipients = &self.recipients;
        let (of_cell, of_event) = (columns.to_vec(), columns.to_vec());
        let cell = move |row: usize, column: usize| match (recipients.at(row), of_cell.get(column)) {
            (Some(recipient), Some(column)) => cell(look, recipient, *column),
            _ => iced::widget::space().into(),
        };
        // The page knows columns by their place among all.
        let on = move |event| match event {
            Event::Sort(column) => {
                let by = of_event.get(column);
                let place = By::ALL.iter().position(|column| Some(column) == by);
                Message::Table(Event::Sort(place.unwrap_or(column)))
            }
            event => Message::Table(event),
        };
        let columns = columns.iter().map(|column| heading(look, *column)).collect();
        table::view(&look, &self.table, columns, recipients.shown(), cell, on)
            .sort(sort)
            .selected(all, move |row| recipients.at(row).is_some_and(|recipient| recipient.chosen))
            .empty(look.say("review-none-fits"))
    }
}

fn heading(look: Look<'_>, column: By) -> Column {
    let (key, width) = match column {
        By::Name => ("review-column-name", Width::Portion(4)),
        By::Address => ("review-column-address", Width::Portion(5)),
        By::Kind => ("review-column-kind", Width::Fixed(132.0)),
        By::Items => ("review-column-items", Width::Fixed(104.0)),
        By::Size => ("review-column-size", Width::Fixed(88.0)),
        By::Note => ("review-column-note", Width::Fixed(108.0)),
    };
    let heading = Column::new(look.say(key), width).sortable();
    match column {
        By::Items | By::Size => heading.to_the_right(),
        _ => heading,
    }
}

fn cell<'a>(look: Look<'a>, recipient: &'a Recipient, column: By) -> Element<'a, Message> {
    match column {
        By::Name => cell_text(&look, recipient.name.as_str()),
        By::Address => cell_text(&look, recipient.address.as_str()),
        By::Kind => cell_text(&look, look.say(&format!("{}.short", recipient.kind.key()))),
        By::Items => figure(look, recipient, |size| look.words.number(size.items)),
        By::Size => figure(look, recipient, |size| look.words.size(size.bytes)),
        By::Note => note(look, recipient),
    }
}

/// A figure, or that it is not known; nothing where there is nothing to count.
fn figure<'a>(
    look: Look<'a>,
    recipient: &Recipient,
    of: impl Fn(crate::engine::recipient::Size) -> String,
) -> Element<'a, Message> {
    match recipient.size {
        Some(size) => cell_text(&look, of(size)),
        None if recipient.kind.is_mailbox() => cell_text(&look, look.say("review-unknown")),
        None => iced::widget::space().into(),
    }
}

fn note<'a>(look: Look<'a>, recipient: &Recipient) -> Element<'a, Message> {
    let colours = look.colours;
    let (colour, words) = match (recipient.findings, recipient.arrived) {
        (0, false) => (colours.muted, look.say("review-note-new")),
        (0, true) => (colours.good, look.say("review-note-arrived")),
        (count, _) => (colours.warn, counted(&look, "review-note-findings", count)),
    };
    text::body(&look, words).color(colour).wrapping(iced::widget::text::Wrapping::None).into()
}
