//! Mailboxes of which far more than usual is gone at the source: nothing of that leaves the target until somebody decides,
//! for one mailbox or for several, after a question that says what happens to the mail.

use std::collections::{HashMap, HashSet};

use iced::widget::{column, container, scrollable};
use iced::{Fill, Task};

use crate::engine::plan::Deletions;
use crate::engine::problem::Guidance;
use crate::engine::recipient::Address;
use crate::engine::report::{Trouble, Troubles};
use crate::gui::Element;
use crate::gui::look::Look;
use crate::gui::page::live;
use crate::gui::theme::space;
use crate::gui::widget::button::{Kind, button};
use crate::gui::widget::check::check;
use crate::gui::widget::notice::{Tone, notice};
use crate::gui::widget::{card, focus, modal, page, text};

/// The list of more mailboxes than fit is so high at most, in logical pixels; it scrolls.
const LISTED: f32 = 320.0;
/// Names told in the question.
const NAMES: usize = 3;
/// The answer that leaves all as it is; it has the keyboard first.
pub const LATER: &str = "run-brake-later";
/// The button that opens the question whether to delete.
pub const DELETE: &str = "run-brake-delete";

/// A mailbox of which much is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Its address.
    pub address: Address,
    /// Its display name.
    pub name: String,
    /// Items that are gone at the source and on the target still.
    pub gone: u64,
    /// Items on the target.
    pub of: u64,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// This mailbox is to be decided about, or not.
    Choose(Address, bool),
    /// All of them are, or none.
    ChooseAll(bool),
    /// This is to become of the copies; it is asked first.
    Ask(Deletions),
    /// It is.
    Decide,
    /// All is left as it is.
    Later,
}

/// What was decided, and for whom, with how many items of each were told of.
pub type Decided = (Deletions, HashMap<Address, u64>);

/// What is asked, about whom, and with the figures that are told; these stand until it is answered.
struct Question {
    deletions: Deletions,
    about: Vec<Held>,
}

/// Which mailboxes these are, and what is being decided about them.
#[derive(Default)]
pub struct Brake {
    held: Vec<Held>,
    chosen: HashSet<Address>,
    asking: Option<Question>,
}

impl Brake {
    /// Takes in what is amiss; answers the rest of it.
    pub fn know(&mut self, troubles: &Troubles) -> Troubles {
        let is_held = |one: &Trouble| one.folder.is_empty() && one.problem.guidance == Guidance::SourceMuchGone;
        let (held, rest): (Vec<_>, Vec<_>) = troubles.first.iter().cloned().partition(is_held);
        self.held = held.into_iter().map(Held::of).collect();
        let known: HashSet<&Address> = self.held.iter().map(|held| &held.address).collect();
        self.chosen.retain(|address| known.contains(address));
        if self.held.is_empty() {
            self.asking = None;
        }
        Troubles { total: troubles.total.saturating_sub(self.held.len() as u64), first: rest }
    }

    /// Something is asked.
    pub fn is_asking(&self) -> bool {
        self.asking.is_some()
    }

    /// Nothing is asked any more.
    pub fn leave(&mut self) {
        self.asking = None;
    }

    /// Those that are to be decided about: where there is one only, that.
    fn concerned(&self) -> Vec<&Held> {
        let one = self.held.len() == 1;
        self.held.iter().filter(|held| one || self.chosen.contains(&held.address)).collect()
    }

    /// Takes in what happened; answers what was decided, and for whom, with how many items of each were told of.
    pub fn update(&mut self, message: Message) -> (Task<Message>, Option<Decided>) {
        match message {
            Message::Choose(address, true) => drop(self.chosen.insert(address)),
            Message::Choose(address, false) => drop(self.chosen.remove(&address)),
            Message::ChooseAll(true) => self.chosen = self.held.iter().map(|held| held.address.clone()).collect(),
            Message::ChooseAll(false) => self.chosen.clear(),
            Message::Ask(deletions) => {
                let about: Vec<Held> = self.concerned().into_iter().cloned().collect();
                if !about.is_empty() {
                    self.asking = Some(Question { deletions, about });
                    return (focus::to_answer(LATER), None);
                }
            }
            Message::Decide => {
                let decision = self.asking.take().map(|Question { deletions, about }| {
                    (deletions, about.into_iter().map(|held| (held.address, held.gone)).collect())
                });
                return (Task::none(), decision);
            }
            Message::Later => {
                self.asking = None;
                return (focus::to(DELETE), None);
            }
        }
        (Task::none(), None)
    }
}

impl Held {
    fn of(trouble: Trouble) -> Held {
        let number = |name: &str| trouble.problem.values.get(name).and_then(|value| value.parse().ok());
        let (gone, of) = (number("gone").unwrap_or_default(), number("held").unwrap_or_default());
        Held { address: trouble.address, name: trouble.name, gone, of }
    }

    fn shown_name(&self) -> &str {
        if self.name.trim().is_empty() { self.address.as_str() } else { &self.name }
    }

    fn words(&self, look: &Look<'_>) -> String {
        let number = |number: u64| look.words.number(number);
        let blanks = [
            ("name", self.shown_name().to_owned().into()),
            ("gone", number(self.gone).into()),
            ("held", number(self.of).into()),
        ];
        look.tell("run-brake-mailbox", &blanks)
    }
}

/// The section, if there are any.
pub fn view<'a>(look: &Look<'a>, brake: &'a Brake) -> Option<Element<'a, Message>> {
    let count = brake.held.len();
    if count == 0 {
        return None;
    }
    let blanks = [("count", count.into()), ("number", look.words.number(count as u64).into())];
    let told = notice(look, Tone::Warn, look.tell("run-brake", &blanks)).body(look.say("run-brake-detail"));
    let ready = !brake.concerned().is_empty();
    let way = |id: &'static str, deletions| {
        let button = button(look, id, look.say(id)).on_press_maybe(ready.then_some(Message::Ask(deletions)));
        Element::from(button)
    };
    let ways = live::buttons(vec![way(DELETE, Deletions::Follow), way("run-brake-keep", Deletions::Keep)]);
    let hint = (!ready).then(|| text::small_muted(look, look.say("run-brake-choose")));
    let body = column![which(look, brake), ways, hint].spacing(space::M);
    let parts = column![Element::from(told), card::card(look, body)].spacing(space::M);
    Some(card::section(look, look.say("run-brake-heading"), parts))
}

/// The mailboxes: one is named, several can be ticked. Whoever is among all of them is on the list.
fn which<'a>(look: &Look<'a>, brake: &'a Brake) -> Element<'a, Message> {
    if let [held] = &brake.held[..] {
        return text::body(look, held.words(look)).into();
    }
    let one = |(place, held): (usize, &'a Held)| {
        let on = brake.chosen.contains(&held.address);
        let choose = |on| Message::Choose(held.address.clone(), on);
        Element::from(check(look, format!("live-brake-{place}"), held.words(look), on, choose))
    };
    let list = column(brake.held.iter().enumerate().map(one)).spacing(space::S).width(Fill);
    let list = scrollable(list).direction(page::bar()).style(page::bars(look));
    let number = look.words.number(brake.held.len() as u64);
    let all = look.tell("run-brake-all", &[("number", number.into())]);
    let all = check(look, "run-brake-all", all, brake.chosen.len() == brake.held.len(), Message::ChooseAll);
    column![container(list).max_height(LISTED), Element::from(all)].spacing(space::S).into()
}

/// The question, with what happens to the mail.
pub fn dialog<'a>(look: &Look<'a>, brake: &'a Brake) -> Option<Element<'a, Message>> {
    let Question { deletions, about: concerned } = brake.asking.as_ref()?;
    let deletes = *deletions != Deletions::Keep;
    let items: u64 = concerned.iter().map(|held| held.gone).sum();
    let names: Vec<&str> = concerned.iter().take(NAMES).map(|held| held.shown_name()).collect();
    let more = concerned.len().saturating_sub(names.len());
    let blanks = [
        ("count", items.into()),
        ("number", look.words.number(items).into()),
        ("names", names.join(", ").into()),
        ("more", more.into()),
    ];
    let keys = match deletes {
        true => {
            ["run-brake-delete-title", "run-brake-delete-which", "run-brake-delete-detail", "run-brake-delete-now"]
        }
        false => ["run-brake-keep-title", "run-brake-keep-which", "run-brake-keep-detail", "run-brake-keep-now"],
    };
    let [title, which, detail, now] = keys;
    let sure = deletes.then(|| Element::from(notice(look, Tone::Warn, look.say("run-brake-delete-sure"))));
    let body = column![text::body(look, look.tell(which, &blanks)), text::body(look, look.say(detail)), sure];
    let kind = if deletes { Kind::Danger } else { Kind::Normal };
    let decide = button(look, "live-brake-decide", look.say(now)).kind(kind).on_press(Message::Decide);
    let later = button(look, LATER, look.say(LATER)).kind(Kind::Primary).on_press(Message::Later);
    let title = look.tell(title, &blanks);
    Some(modal::dialog(look, title, body.spacing(space::L), vec![decide.into(), later.into()]))
}
