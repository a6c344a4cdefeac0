//! The books of each folder of the mailbox that was chosen: read from the ledger when somebody looks, and again now and
//! then while they change.

use std::cmp::Reverse;

use iced::Task;
use jiff::{SignedDuration, Timestamp};

use crate::engine::books::{Books, FolderBooks};
use crate::engine::migration::Migration;
use crate::engine::problem::Problem;
use crate::engine::recipient::Address;
use crate::gui::widget::table::{self, Order};

mod view;

pub use view::view;

/// The table's tab stop.
pub const TABLE: &str = "run-folders";
/// From one reading to the next at least, while a batch goes on: all items of the mailbox are read for it.
const EVERY: SignedDuration = SignedDuration::from_secs(10);

/// Something that happened to the folders.
#[derive(Debug, Clone)]
pub enum Message {
    /// In their table.
    Table(table::Event),
    /// What the reading of this number came to; nothing if the ledger has no such mailbox yet.
    Read(u64, Result<Option<Vec<FolderBooks>>, Problem>),
}

/// The folders of one mailbox.
pub struct Folders {
    table: table::State,
    sort: Option<(usize, Order)>,
    mailbox: Option<Address>,
    /// Of the last reading.
    number: u64,
    reading: bool,
    /// When it began, and the mailbox's books as they were then.
    begun: Option<(Timestamp, Books)>,
    folders: Vec<FolderBooks>,
    /// Places in these, in the order on screen.
    shown: Vec<usize>,
    problem: Option<Problem>,
}

impl Default for Folders {
    fn default() -> Folders {
        Folders {
            table: table::State::new(TABLE),
            sort: None,
            mailbox: None,
            number: 0,
            reading: false,
            begun: None,
            folders: Vec::new(),
            shown: Vec::new(),
            problem: None,
        }
    }
}

impl Folders {
    /// Shows those of this mailbox, whose books are like this by now. Reads them if they are not known, or not as they
    /// are by now; `over`: nothing changes any more.
    pub fn follow(&mut self, mailbox: Option<(&Address, Books)>, over: bool, migration: &Migration) -> Task<Message> {
        let Some((mailbox, books)) = mailbox else {
            *self = Folders { number: self.number + 1, ..Folders::default() };
            return Task::none();
        };
        if self.mailbox.as_ref() != Some(mailbox) {
            let mailbox = Some(mailbox.clone());
            *self = Folders { number: self.number + 1, mailbox, sort: self.sort, ..Folders::default() };
        }
        let now = migration.now();
        let stands =
            self.begun.is_some_and(|(at, before)| before == books || !over && now.duration_since(at) < EVERY);
        match self.reading || stands {
            true => Task::none(),
            false => self.read(now, books, migration),
        }
    }

    fn read(&mut self, now: Timestamp, books: Books, migration: &Migration) -> Task<Message> {
        let Some(mailbox) = self.mailbox.clone() else { return Task::none() };
        self.number += 1;
        (self.reading, self.begun) = (true, Some((now, books)));
        let (number, migration) = (self.number, migration.clone());
        let read = async move { migration.folder_books(&mailbox).await };
        Task::perform(read, move |folders| Message::Read(number, folders))
    }

    /// Takes in what happened.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Table(table::Event::Internal(message)) => return self.table.update(message, self.shown.len()),
            Message::Table(table::Event::Sort(column)) => {
                // Most come first: what is looked for is where something failed or waits.
                let first = if column == 0 { Order::Ascending } else { Order::Descending };
                self.sort = Some(match self.sort {
                    Some((by, order)) if by == column => (column, other(order)),
                    _ => (column, first),
                });
                self.order();
                return self.table.show(0, self.shown.len());
            }
            // There is nothing more to see of a folder.
            Message::Table(_) => {}
            Message::Read(number, read) if number == self.number => {
                self.reading = false;
                match read {
                    Ok(folders) => (self.folders, self.problem) = (folders.unwrap_or_default(), None),
                    Err(problem) => self.problem = Some(problem),
                }
                self.order();
            }
            // Of a mailbox that was looked at before.
            Message::Read(..) => {}
        }
        Task::none()
    }

    fn order(&mut self) {
        self.shown = (0..self.folders.len()).collect();
        let Some((column, order)) = self.sort else { return };
        let folders = &self.folders;
        match view::figure(column) {
            None => self.shown.sort_by_cached_key(|place| folders[*place].shown().to_lowercase()),
            Some(figure) => self.shown.sort_by_key(|place| figure(&folders[*place].books)),
        }
        if order == Order::Descending {
            // What is equal stays in the order of the mailbox.
            match view::figure(column) {
                None => self.shown.reverse(),
                Some(figure) => self.shown.sort_by_key(|place| Reverse(figure(&folders[*place].books))),
            }
        }
    }
}

fn other(order: Order) -> Order {
    match order {
        Order::Ascending => Order::Descending,
        Order::Descending => Order::Ascending,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders() -> Folders {
        let one = |name: &str, found, failed| FolderBooks {
            path: vec![name.to_owned()],
            books: Books { found, failed, moved: found - failed, ..Books::default() },
            ..FolderBooks::default()
        };
        let mut folders = Folders { number: 7, reading: true, ..Folders::default() };
        let read = vec![one("Inbox", 10, 0), one("archive", 30, 2), one("Drafts", 1, 0)];
        drop(folders.update(Message::Read(7, Ok(Some(read)))));
        folders
    }

    #[test]
    fn folders_stand_as_in_the_mailbox_until_somebody_sorts_them() {
        let mut folders = folders();
        assert_eq!(folders.shown, [0, 1, 2]);
        let mut sorted = |column| {
            drop(folders.update(Message::Table(table::Event::Sort(column))));
            folders.shown.clone()
        };
        assert_eq!(sorted(0), [1, 2, 0], "by name, whatever the case");
        assert_eq!(sorted(0), [0, 2, 1]);
        assert_eq!(sorted(1), [1, 0, 2], "the largest first");
        assert_eq!(sorted(5), [1, 0, 2], "where something failed");
    }

    #[test]
    fn what_was_read_of_another_mailbox_is_not_shown() {
        let mut folders = folders();
        drop(folders.update(Message::Read(6, Ok(Some(Vec::new())))));
        assert_eq!(folders.folders.len(), 3);
    }
}
