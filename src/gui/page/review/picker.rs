//! Browse…: the surveyed people, to choose from who else gets the status message.

use std::collections::BTreeSet;

use iced::Task;
use iced::widget::column;

use super::counted;
use super::recipients::{Kind, Recipient};
use crate::engine::recipient::Address;
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind as Weight, button};
use crate::gui::widget::field::field;
use crate::gui::widget::table::{self, Checked, Column, Width, cell_text};
use crate::gui::widget::{modal, text};

/// The field that has the keyboard when the dialog opens.
pub const SEARCH: &str = "review-people-search";
/// The table's tab stop.
const TABLE: &str = "review people";
/// Height of the table in logical pixels: a heading and six rows.
const HEIGHT: f32 = 256.0;
/// The same where the window is small.
const LOW: f32 = 148.0;

/// The dialog's state: nothing of it counts until it is taken over.
#[derive(Debug, Clone)]
pub struct Picker {
    people: Vec<Person>,
    shown: Vec<usize>,
    search: String,
    chosen: BTreeSet<Address>,
    table: table::State,
}

#[derive(Debug, Clone)]
struct Person {
    name: String,
    address: Address,
    sought: String,
}

/// Something that happened in the dialog.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something is searched for.
    Search(String),
    /// In the table.
    Table(table::Event),
    /// Take them over.
    Take,
}

impl Picker {
    /// The people among the recipients but for one; those given are chosen already.
    pub fn new(recipients: &[Recipient], chosen: &[Address], but: &Address) -> Picker {
        let people = recipients.iter().filter(|one| one.kind == Kind::User && one.address != *but);
        let people: Vec<Person> = people
            .map(|one| Person {
                name: one.name.clone(),
                address: one.address.clone(),
                sought: format!("{}\n{}", one.name, one.address).to_lowercase(),
            })
            .collect();
        let chosen = chosen.iter().filter(|address| *address != but).cloned().collect();
        let mut picker =
            Picker { people, shown: Vec::new(), search: String::new(), chosen, table: table::State::new(TABLE) };
        picker.arrange();
        picker
    }

    /// Who is chosen, by address.
    pub fn chosen(&self) -> Vec<Address> {
        self.chosen.iter().cloned().collect()
    }

    /// How many people are shown.
    pub fn shown(&self) -> usize {
        self.shown.len()
    }

    /// Takes in what happened.
    pub fn update<M: Send + 'static>(&mut self, message: Message) -> Task<M> {
        match message {
            Message::Search(search) => {
                self.search = search;
                self.arrange();
                self.table.show(0, self.shown.len())
            }
            Message::Table(table::Event::Internal(message)) => self.table.update(message, self.shown.len()),
            Message::Table(table::Event::Toggle(row) | table::Event::Activate(row)) => {
                if let Some(address) = self.at(row).map(|person| person.address.clone())
                    && !self.chosen.remove(&address)
                {
                    self.chosen.insert(address);
                }
                Task::none()
            }
            Message::Table(table::Event::ToggleAll) => {
                let all = self.all() == Checked::Yes;
                for index in &self.shown {
                    let address = &self.people[*index].address;
                    if all {
                        self.chosen.remove(address);
                    } else {
                        self.chosen.insert(address.clone());
                    }
                }
                Task::none()
            }
            Message::Table(table::Event::Sort(_)) | Message::Take => Task::none(),
        }
    }

    fn at(&self, row: usize) -> Option<&Person> {
        self.shown.get(row).and_then(|index| self.people.get(*index))
    }

    fn all(&self) -> Checked {
        let chosen = self.shown.iter().filter(|index| self.chosen.contains(&self.people[**index].address)).count();
        match chosen {
            0 => Checked::No,
            chosen if chosen == self.shown.len() => Checked::Yes,
            _ => Checked::Partly,
        }
    }

    fn arrange(&mut self) {
        let wanted = self.search.trim().to_lowercase();
        let fits = |index: &usize| self.people[*index].sought.contains(&wanted);
        self.shown = (0..self.people.len()).filter(fits).collect();
    }

    /// The dialog; `wrap` makes its messages the page's and `close` leaves all as it is.
    pub fn view<'a, M: Clone + 'a>(
        &'a self,
        look: Look<'a>,
        wrap: impl Fn(Message) -> M + Copy + 'a,
        close: M,
    ) -> Element<'a, M> {
        let search = field(&look, SEARCH, look.say("review-people-search"), &self.search)
            .on_input(move |search| wrap(Message::Search(search)));
        let columns = vec![
            Column::new(look.say("review-column-name"), Width::Portion(2)),
            Column::new(look.say("review-column-address"), Width::Portion(3)),
        ];
        let table = table::view(
            &look,
            &self.table,
            columns,
            self.shown.len(),
            move |row, column| match self.at(row) {
                Some(person) if column == 0 => cell_text(&look, person.name.as_str()),
                Some(person) => cell_text(&look, person.address.as_str()),
                None => iced::widget::space().into(),
            },
            move |event| wrap(Message::Table(event)),
        )
        .selected(self.all(), move |row| self.at(row).is_some_and(|person| self.chosen.contains(&person.address)))
        .empty(look.say("review-none-fits"))
        .height(if look.compact { LOW } else { HEIGHT });
        let count = counted(&look, "review-people-chosen", self.chosen.len());
        let body = column![search, table, text::small_muted(&look, count)].spacing(space::M);
        let take = button(&look, "review-people-take", look.say("review-people-take"))
            .kind(Weight::Primary)
            .on_press(wrap(Message::Take));
        let cancel = button(&look, "review people cancel", look.say("window-cancel")).on_press(close);
        modal::dialog(&look, look.say("review-people-title"), body, vec![take.into(), cancel.into()])
    }
}
