//! The gallery's table: ten thousand rows that can be sorted and selected.

use std::collections::BTreeSet;

use iced::Task;

use super::{Message, samples};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::widget::badge::state;
use crate::gui::widget::table::{self, Checked, Column, Event, Order, State, Width, cell_text};
use crate::gui::widget::tone::Tone;

const ROWS: usize = 10_000;

pub(super) struct People {
    state: State,
    rows: Vec<usize>,
    selected: BTreeSet<usize>,
    sort: (usize, Order),
    opened: Option<usize>,
}

impl People {
    pub(super) fn new() -> People {
        People {
            state: State::new("people"),
            rows: (0..ROWS).collect(),
            selected: BTreeSet::from([2, 3]),
            sort: (0, Order::Ascending),
            opened: None,
        }
    }

    pub(super) fn update(&mut self, event: Event) -> Task<Message> {
        match event {
            Event::Internal(message) => return self.state.update(message, self.rows.len()),
            Event::Sort(column) => {
                let down = self.sort == (column, Order::Ascending);
                self.sort = (column, if down { Order::Descending } else { Order::Ascending });
                self.rows.sort_unstable();
                if down {
                    self.rows.reverse();
                }
                self.opened = None;
                return self.state.show(0, self.rows.len());
            }
            Event::Toggle(row) => {
                let person = self.rows[row];
                if !self.selected.remove(&person) {
                    self.selected.insert(person);
                }
            }
            Event::ToggleAll if self.selected.len() == ROWS => self.selected.clear(),
            Event::ToggleAll => self.selected = self.rows.iter().copied().collect(),
            Event::Activate(row) => self.opened = Some(row),
        }
        Task::none()
    }

    pub(super) fn view<'a>(&'a self, look: &Look<'a>) -> Element<'a, Message> {
        let columns = vec![
            Column::new("Name", Width::Portion(2)).sortable(),
            Column::new("State", Width::Fixed(150.0)),
            Column::new("Address", Width::Portion(2)).only_wide(),
            Column::new("Items", Width::Fixed(110.0)).sortable().to_the_right(),
        ];
        let all = match self.selected.len() {
            0 => Checked::No,
            ROWS => Checked::Yes,
            _ => Checked::Partly,
        };
        let look = *look;
        let cell = move |row: usize, column: usize| {
            let person = self.rows[row];
            match column {
                0 => cell_text(&look, samples::PEOPLE[person % samples::PEOPLE.len()]),
                1 => {
                    let tone = Tone::ALL[person % Tone::ALL.len()];
                    state(&look, tone, tone.icon(), format!("{tone:?}"))
                }
                2 => cell_text(&look, format!("person{person}@example.com")),
                _ => cell_text(&look, (person * 37).to_string()),
            }
        };
        table::view(&look, &self.state, columns, self.rows.len(), cell, Message::Table)
            .sort(Some(self.sort))
            .selected(all, |row| self.selected.contains(&self.rows[row]))
            .opened(self.opened)
            .into()
    }
}
