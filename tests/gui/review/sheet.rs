//! The review page alone, over a world that a test prepares.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use cutover::engine::recipient::{Address, MailboxKind, Size};
use cutover::gui::page::review::{Message, Review};
use cutover::gui::session::Session;
use iced::Task;

use crate::memory::World;
use crate::sheet;
use crate::support::Bench;

/// The room that the page has beside the rail.
const ROOM: iced::Size = iced::Size::new(776.0, 560.0);

/// The page on its bench.
pub struct Sheet {
    pub sheet: sheet::Sheet<Review>,
    pub bench: Bench,
}

impl Deref for Sheet {
    type Target = sheet::Sheet<Review>;
    fn deref(&self) -> &sheet::Sheet<Review> {
        &self.sheet
    }
}

impl DerefMut for Sheet {
    fn deref_mut(&mut self) -> &mut sheet::Sheet<Review> {
        &mut self.sheet
    }
}

/// So many people more, and their names in several scripts.
pub fn crowd(world: &World, number: usize) {
    let names = ["Ünal Öztürk", "佐藤 花子", "Ελένη Παππά", "יעל כהן", "Zoë van den Berg"];
    for n in 0..number {
        let address = format!("person{n:05}@contoso.com");
        world.add_mailbox(&address, MailboxKind::User);
        let mut state = world.state();
        let mailbox = &mut state.source.get_mut(&address).unwrap().mailbox;
        mailbox.identity.display_name = format!("{} {n}", names[n % names.len()]);
    }
}

/// Says that a mailbox holds so much.
pub fn fill(session: &mut Session, address: &str, size: Size) {
    let mut plan = cutover::engine::plan::Plan::clone(&session.plan);
    let mailbox = plan.mailboxes.iter_mut().find(|m| m.identity.address == Address::new(address)).unwrap();
    mailbox.size = Some(size);
    session.plan = Arc::new(plan);
}

impl Sheet {
    /// The page over this world.
    pub async fn over(bench: Bench) -> Sheet {
        Sheet::with(bench, |_| {}).await
    }

    /// The page over this world and a session that was changed.
    pub async fn with(bench: Bench, change: impl FnOnce(&mut Session)) -> Sheet {
        let mut session = sheet::session(&bench).await;
        change(&mut session);
        let page = Review::new(session, &bench.services());
        let mut sheet = sheet::Sheet::new(&bench, (page, Task::none()), |_| None).await;
        sheet.size = ROOM;
        Sheet { sheet, bench }
    }

    /// Tells the page something and waits until nothing more comes of it.
    pub async fn tell(&mut self, message: Message) {
        self.begin(message);
        self.settle().await;
    }

    /// Tells the page something; what it sets off is not carried out yet.
    pub fn begin(&mut self, message: Message) {
        self.sheet.tell(message);
    }
}
