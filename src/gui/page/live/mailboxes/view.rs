//! How the mailboxes of a batch are drawn.

use iced::widget::{column, container, row};
use iced::{Center, Fill, FillPortion};

use super::{Filter, Mailboxes, Message, settled, shown_name, state_of, waits, waits_briefly};
use crate::engine::progress::{MailboxRow, Snapshot};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::page::live::books;
use crate::gui::page::live::folders::{self, Folders};
use crate::gui::theme::space;
use crate::gui::widget::badge;
use crate::gui::widget::button::icon_button;
use crate::gui::widget::field::field;
use crate::gui::widget::icon::{self, Icon};
use crate::gui::widget::table::{self, Column, ROW, Width};
use crate::gui::widget::tabs::tabs;
use crate::gui::widget::tone::Tone;
use crate::gui::widget::{card, figures, notice, text};

/// Rows in sight at most, so that the page around the table can still be scrolled.
const ROWS: usize = 9;

/// What a name takes at least, in logical pixels: “Jürgen Größler”.
const NAME: f32 = 144.0;
/// What a state takes at least, in logical pixels: “Waiting for mailbox”.
const STATE: f32 = 216.0;
/// Width of the column of items, in logical pixels: “123,456 of 123,456”.
const ITEMS: f32 = 180.0;
/// Width of the column of speeds, in logical pixels.
const RATE: f32 = 116.0;

/// Search, filter, table, details.
pub fn view<'a>(
    look: &Look<'a>,
    state: &'a Mailboxes,
    now: &'a Snapshot,
    folders: &'a Folders,
) -> Element<'a, Message> {
    let search = field(look, "run-search", look.say("run-search"), &state.search).on_input(Message::Search);
    let filters = Filter::ALL.map(|filter| {
        let count = now.mailboxes.iter().filter(|row| filter.passes(row)).count();
        let count = look.words.number(count as u64);
        (look.say(filter.key()), Some(count), state.filter == filter, Message::Filter(filter))
    });
    let filters = tabs(look, "live-filter", filters.into());
    let above: Element<'a, Message> = match look.compact {
        true => column![search, filters].spacing(space::M).into(),
        false => row![container(search).width(FillPortion(2)), container(filters).width(FillPortion(3))]
            .spacing(space::XL)
            .align_y(iced::Bottom)
            .into(),
    };
    let details = state.chosen(now).map(|row| details(look, row, folders));
    column![above, rows(look, state, now), details].spacing(space::L).into()
}

fn rows<'a>(look: &Look<'a>, state: &'a Mailboxes, now: &'a Snapshot) -> Element<'a, Message> {
    let columns = vec![
        Column::new(look.say("run-column-name"), Width::Portion(2)).least(NAME).sortable(),
        Column::new(look.say("run-column-state"), Width::Portion(3)).least(STATE).sortable(),
        Column::new(look.say("run-column-items"), Width::Fixed(ITEMS)).sortable().to_the_right().only_wide(),
        Column::new(look.say("run-column-rate"), Width::Fixed(RATE)).sortable().to_the_right().only_wide(),
    ];
    let view = *look;
    let cell = move |row: usize, column: usize| match state.shown.get(row).and_then(|place| now.mailboxes.get(*place))
    {
        Some(row) => cell(&view, row, column),
        None => table::cell_text(&view, ""),
    };
    let height = ROW * (state.shown.len().clamp(2, ROWS) + 1) as f32 + 2.0;
    let opened = state.shown.iter().position(|place| {
        let address = now.mailboxes.get(*place).map(|row| &row.address);
        address.is_some() && address == state.chosen.as_ref()
    });
    table::view(look, &state.table, columns, state.shown.len(), cell, Message::Table)
        .sort(state.sort)
        .opened(opened)
        .empty(look.say("run-none-shown"))
        .height(height)
        .into()
}

fn cell<'a>(look: &Look<'a>, row: &'a MailboxRow, column: usize) -> Element<'a, Message> {
    match column {
        0 => table::cell_text(look, shown_name(row)),
        1 => {
            let (key, tone, icon) = state_of(row.state);
            let failed = row.books.failed;
            let (tone, icon, words) = match waits_briefly(look, row) {
                Some(waits) => (Tone::Warn, Icon::Clock, waits),
                None if failed > 0 && tone == Tone::Good => {
                    let blanks = [("state", look.say(key).into()), ("number", look.words.number(failed).into())];
                    (Tone::Warn, Icon::Warning, look.tell("run-user-failed-items", &blanks))
                }
                None => (tone, icon, look.say(key)),
            };
            let icon = icon::icon(look, icon, 16.0, tone.colour(&look.colours));
            row![icon, table::cell_text(look, words)].spacing(space::S).align_y(Center).into()
        }
        2 => table::cell_text(look, items(look, row)),
        _ => table::cell_text(look, rate(look, row).unwrap_or_default()),
    }
}

/// Items that have their place, of all that were found so far.
fn items(look: &Look<'_>, row: &MailboxRow) -> String {
    if row.books.found == 0 && !row.counted {
        return String::new();
    }
    let (done, found) = (look.words.number(settled(row)), look.words.number(row.books.found));
    let key = if row.state.is_active() && !row.counted { "run-items-counting" } else { "run-items" };
    look.tell(key, &[("done", done.into()), ("found", found.into())])
}

fn rate(look: &Look<'_>, row: &MailboxRow) -> Option<String> {
    let moves = row.state.is_active() && row.bytes_per_minute > 0;
    moves.then(|| look.tell("run-rate", &[("size", look.words.size(row.bytes_per_minute).into())]))
}

/// All about one mailbox: its own books, its problem with remedy, its folders.
fn details<'a>(look: &Look<'a>, row: &'a MailboxRow, folders: &'a Folders) -> Element<'a, Message> {
    let shut = icon_button(look, "run-details-shut", Icon::Cross, look.say("run-details-shut"), Message::Shut);
    let head = row![text::heading(look, shown_name(row)).width(Fill), shut].align_y(Center).spacing(space::M);
    let (key, tone, icon) = state_of(row.state);
    let mut facts: Vec<(String, Element<'a, Message>)> = vec![
        (look.say("run-fact-address"), text::body(look, row.address.as_str()).into()),
        (look.say("run-column-state"), badge::state(look, tone, icon, look.say(key))),
    ];
    let mut fact = |key: &str, value: Option<String>| {
        facts.extend(value.map(|value| (look.say(key), text::body(look, value).into())));
    };
    fact("run-fact-size", row.size.map(|size| look.words.size(size.bytes)));
    fact("run-fact-moved", (row.bytes > 0).then(|| look.words.size(row.bytes)));
    fact("run-column-rate", rate(look, row));
    fact("run-fact-started", row.started.map(|at| look.words.moment(at, look.zone)));
    fact("run-fact-waits", waits(look, row));
    let problem: Option<Element<'a, Message>> =
        row.problem.as_ref().map(|problem| notice::problem(look, problem).into());
    let folders = folders::view(look, folders).map(Message::Folders);
    let books = books::view(look, &row.books);
    let body = column![head, figures::facts(look, facts), books, problem, folders].spacing(space::L);
    card::card(look, body)
}
